/* Writes the schemas of docs/schema from the library's own tables: make generated. */
#include <pilot.h>

#include <stdio.h>

/* Writes and releases the text; 1 where that fails. */
static int write_file(const char *folder, const char *name, const char *kind, pilot_status status,
                      char *text)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s%s.json", folder, name, kind);
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

static int write_calls(const char *folder)
{
    char *text = NULL;
    pilot_status status;
    int failed = 0;
    for (size_t i = 0; i < pilot_call_count(); i++) {
        const char *name = pilot_call_at(i).name;
        status = pilot_call_request_schema(name, PILOT_JSON_INDENTED, &text);
        failed |= write_file(folder, name, ".request.schema", status, text);
        status = pilot_call_result_schema(name, PILOT_JSON_INDENTED, &text);
        failed |= write_file(folder, name, ".result.schema", status, text);
    }
    status = pilot_call_response_schema(PILOT_JSON_INDENTED, &text);
    failed |= write_file(folder, "response", ".schema", status, text);
    status = pilot_call_openapi(PILOT_JSON_INDENTED, &text);
    return failed | write_file(folder, "openapi", "", status, text);
}

int main(int count, char **words)
{
    char calls[1000], *text = NULL;
    int failed = 0;
    if (count != 2) {
        fputs("usage: schema FOLDER, which has a folder call\n", stderr);
        return 2;
    }
    for (int i = 0; i < PILOT_SCHEMA_COUNT; i++) {
        const pilot_status status = pilot_schema_write((pilot_schema)i, PILOT_JSON_INDENTED, &text);
        failed |= write_file(words[1], pilot_schema_name((pilot_schema)i), ".schema", status, text);
    }
    snprintf(calls, sizeof calls, "%s/call", words[1]);
    return failed | write_calls(calls);
}
