/* Writes tests/cases/calls.txt anew, with the responses that the library gives: calls FILE, as make
 * calls does. A request is a line that is neither empty nor a comment, and the next line is its
 * response. */
#include <pilot.h>

#include <stdio.h>
#include <string.h>

int main(int count, char **words)
{
    static char line[1 << 20];
    FILE *file = count == 2 ? fopen(words[1], "r") : NULL;
    if (!file) {
        fputs("usage: calls FILE\n", stderr);
        return 2;
    }
    while (fgets(line, sizeof line, file)) {
        char *response = NULL;
        line[strcspn(line, "\n")] = '\0';
        puts(line);
        if (!*line || *line == '#')
            continue;
        if (pilot_call(line, strlen(line), &response) != PILOT_OK)
            return 1;
        puts(response);
        pilot_text_free(response);
        if (!fgets(line, sizeof line, file)) /* the response that was there */
            break;
    }
    return fclose(file) == 0 ? 0 : 1;
}
