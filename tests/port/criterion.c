/* Runs a test of tests/port/criterion/criterion.h, "suite/name", or lists all where none is named: each
 * is a process of its own, which tests/port/run.py starts. Ends with 1 where the test fails or is not
 * there. */
#include <criterion/criterion.h>

#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

enum { FAILED = 1, SKIPPED = 77 };

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

static void *run(void *named)
{
    const port_test *test = named;
    const port_options *suite = suite_of(test);
    running = test->name;
    if (suite->init)
        suite->init();
    test->body();
    if (suite->fini)
        suite->fini();
    exit(failed ? FAILED : 0); /* which is when a sanitizer looks for leaks */
}

#ifdef __wasi__
/* The stack is the linker's, and overflows into a trap. */
static void run_on_small_stack(port_test *test)
{
    run(test);
}

/* What a test that is left out asks for. */
char *mkdtemp(char *name)
{
    (void)name;
    return NULL;
}

int system(const char *command)
{
    (void)command;
    return -1;
}
#else
#include <pthread.h>

#ifndef STACK /* as much as musl gives a thread that asks for nothing else */
#define STACK ((size_t)128 * 1024)
#endif

static void run_on_small_stack(port_test *test)
{
    pthread_attr_t attributes;
    pthread_t thread;
    if (pthread_attr_init(&attributes) == 0 && pthread_attr_setstacksize(&attributes, STACK) == 0 &&
        pthread_create(&thread, &attributes, run, test) == 0)
        (void)pthread_join(thread, NULL);
}
#endif

int main(int argc, char **argv)
{
    char name[256];
    for (port_test *test = tests; test; test = test->next) {
        if (!test->name)
            continue;
        snprintf(name, sizeof name, "%s/%s", test->suite, test->name);
        if (argc < 2)
            puts(name);
        else if (strcmp(argv[1], name) == 0)
            run_on_small_stack(test);
    }
    return argc < 2 ? 0 : FAILED;
}
