/* Runs the tests of tests/port/criterion/criterion.h, each in a process of its own, as many at once as
 * there are processors; arguments name tests that are left out, "suite/name". Ends with 1 where one
 * fails, crashes, or is named and not there. */
#define _DEFAULT_SOURCE
#include <criterion/criterion.h>

#include <stdarg.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FAILED = 1, SKIPPED = 77, AT_ONCE_MAX = 16 };

static port_test *tests;
static bool failed;
static const char *running = "";

void port_add(port_test *test)
{
    test->next = tests;
    tests = test;
}

void port_failed(bool ends, const char *file, int line, const char *what, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    fprintf(stderr, "%s: %s:%d: %s: ", running, file, line, what);
    vfprintf(stderr, format, values);
    fputc('\n', stderr);
    va_end(values);
    failed = true;
    if (ends)
        _exit(FAILED);
}

void port_skip(const char *why)
{
    fprintf(stderr, "%s: skipped: %s\n", running, why);
    _exit(SKIPPED);
}

static const port_options *suite_of(const port_test *test)
{
    static const port_options none;
    for (const port_test *t = tests; t; t = t->next)
        if (!t->name && strcmp(t->suite, test->suite) == 0)
            return &t->options;
    return &none;
}

static void run(const port_test *test)
{
    const port_options *suite = suite_of(test);
    running = test->name;
    if (suite->init)
        suite->init();
    test->body();
    if (suite->fini)
        suite->fini();
    _exit(failed ? FAILED : 0);
}

static bool is_left_out(const port_test *test, char **left_out, bool *found)
{
    char name[256];
    snprintf(name, sizeof name, "%s/%s", test->suite, test->name);
    for (size_t i = 0; left_out[i]; i++)
        if (strcmp(left_out[i], name) == 0)
            return found[i] = true;
    return false;
}

int main(int argc, char **argv)
{
    size_t counts[3] = {0}, at_once = (size_t)sysconf(_SC_NPROCESSORS_ONLN), now = 0;
    struct {
        pid_t process;
        const port_test *test;
    } slots[AT_ONCE_MAX] = {{0}};
    bool *found = calloc((size_t)argc, sizeof *found), all_found = true;
    if (!found)
        return FAILED;
    at_once = at_once < AT_ONCE_MAX ? at_once : AT_ONCE_MAX;
    for (const port_test *next = tests; next || now;) {
        if (next && now < at_once) {
            const port_test *test = next;
            next = next->next;
            if (!test->name || is_left_out(test, argv + 1, found))
                continue;
            size_t slot = 0;
            while (slots[slot].process)
                slot++;
            slots[slot].test = test;
            slots[slot].process = fork();
            if (slots[slot].process == 0)
                run(test);
            now++;
            continue;
        }
        int status;
        const pid_t process = wait(&status);
        size_t slot = 0;
        while (slots[slot].process != process)
            slot++;
        slots[slot].process = 0;
        now--;
        const bool ended = WIFEXITED(status);
        counts[ended && WEXITSTATUS(status) == 0         ? 0
               : ended && WEXITSTATUS(status) == SKIPPED ? 2
                                                         : 1]++;
        if (!ended)
            fprintf(stderr, "%s/%s: ended by signal %d\n", slots[slot].test->suite,
                    slots[slot].test->name, WTERMSIG(status));
    }
    for (int i = 1; i < argc; i++)
        if (!found[i - 1]) {
            fprintf(stderr, "%s is no test\n", argv[i]);
            all_found = false;
        }
    free(found);
    printf("%zu passed, %zu failed, %zu skipped\n", counts[0], counts[1], counts[2]);
    return counts[1] || !counts[0] || !all_found ? FAILED : 0;
}
