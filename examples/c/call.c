/* The one call as a program: a request a line in, its response a line out.
 *     echo '{"call":"version"}' | call */
#include <pilot.h>

#include <stdio.h>

static char line[1 << 22];

/* The length of the next line without its end; -1: there is none, -2: it is too long. A NUL is a byte
 * as any other. */
static long next_line(void)
{
    size_t length = 0;
    int c = getchar();
    if (c == EOF)
        return -1;
    for (; c != EOF && c != '\n'; c = getchar()) {
        if (length == sizeof line)
            return -2;
        line[length++] = (char)c;
    }
    return (long)length;
}

int main(void)
{
    long length;
    while ((length = next_line()) >= 0) {
        char *response;
        if (pilot_call(line, (size_t)length, &response) != PILOT_OK)
            return 1;
        puts(response);
        fflush(stdout);
        pilot_text_free(response);
    }
    if (length < -1)
        fprintf(stderr, "call: a request is longer than %zu bytes\n", sizeof line);
    return length < -1 ? 2 : 0;
}
