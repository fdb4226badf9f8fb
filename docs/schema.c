/* Writes the schemas of docs/schema from the library's own tables: make docs. */
#include <pilot.h>

#include <stdio.h>

static int write_file(const char *folder, pilot_schema schema)
{
    char path[1024], *text;
    snprintf(path, sizeof path, "%s/%s.schema.json", folder, pilot_schema_name(schema));
    pilot_status status = pilot_schema_write(schema, PILOT_JSON_INDENTED, &text);
    if (status != PILOT_OK) {
        fprintf(stderr, "%s: %s\n", path, pilot_status_text(status, PILOT_ENGLISH));
        return 1;
    }
    FILE *file = fopen(path, "w");
    int failed = !file || fputs(text, file) < 0;
    if (file && fclose(file) != 0)
        failed = 1;
    pilot_text_free(text);
    if (failed)
        perror(path);
    return failed;
}

int main(int count, char **words)
{
    int failed = 0;
    if (count != 2) {
        fputs("usage: schema FOLDER\n", stderr);
        return 2;
    }
    for (int i = 0; i < PILOT_SCHEMA_COUNT; i++)
        failed |= write_file(words[1], (pilot_schema)i);
    return failed;
}
