/* As much of Criterion as the C suite uses, where Criterion is not to be had: other libcs and machines.
 * Each test is a process, as there, and its body runs in a thread with a small stack. */
#ifndef TESTS_PORT_CRITERION_H
#define TESTS_PORT_CRITERION_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

typedef struct port_options {
    void (*init)(void);
    void (*fini)(void);
    double timeout; /* seconds; a machine that is emulated takes no note of it */
} port_options;

typedef struct port_test {
    const char *suite, *name; /* name NULL: what all tests of the suite have */
    void (*body)(void);
    port_options options;
    struct port_test *next;
} port_test;

#ifdef __wasi__
char *mkdtemp(char *name);
#endif

void port_add(port_test *test);
/* Tells what is wrong and ends the test, or lets it go on and fail in the end. */
__attribute__((format(printf, 5, 6))) void port_failed(bool ends, const char *file, int line,
                                                       const char *what, const char *format, ...);
_Noreturn void port_skip(const char *why);

#define PORT_REGISTER(identifier, suite_name, test_name, function, ...)                                 \
    static port_test identifier;                                                                        \
    __attribute__((constructor)) static void identifier##_add(void)                                     \
    {                                                                                                   \
        port_add(&identifier);                                                                          \
    }                                                                                                   \
    static port_test identifier = {suite_name, test_name, function, {__VA_ARGS__}, NULL}
#define Test(suite, name, ...)                                                                          \
    static void suite##_##name##_body(void);                                                            \
    PORT_REGISTER(suite##_##name##_test, #suite, #name, suite##_##name##_body, __VA_ARGS__);            \
    static void suite##_##name##_body(void)
#define TestSuite(suite, ...) PORT_REGISTER(suite##_suite, #suite, NULL, NULL, __VA_ARGS__)

#define PORT_CHECK(ends, condition, what, ...)                                                          \
    do {                                                                                                \
        if (!(condition))                                                                               \
            port_failed(ends, __FILE__, __LINE__, what, "" __VA_ARGS__);                                \
    } while (0)
#define PORT_COMPARE(ends, a, compares, b, ...)                                                         \
    PORT_CHECK(ends, (a)compares(b), #a " " #compares " " #b, __VA_ARGS__)
#define PORT_STRINGS(ends, a, compares, b, ...)                                                         \
    PORT_CHECK(ends, strcmp((a), (b)) compares 0, #a " " #compares " " #b, __VA_ARGS__)

#define cr_assert(condition, ...) PORT_CHECK(true, condition, #condition, __VA_ARGS__)
#define cr_assert_not(condition, ...) PORT_CHECK(true, !(condition), "not " #condition, __VA_ARGS__)
#define cr_assert_fail(...) PORT_CHECK(true, false, "", __VA_ARGS__)
#define cr_assert_eq(a, b, ...) PORT_COMPARE(true, a, ==, b, __VA_ARGS__)
#define cr_assert_neq(a, b, ...) PORT_COMPARE(true, a, !=, b, __VA_ARGS__)
#define cr_assert_lt(a, b, ...) PORT_COMPARE(true, a, <, b, __VA_ARGS__)
#define cr_assert_leq(a, b, ...) PORT_COMPARE(true, a, <=, b, __VA_ARGS__)
#define cr_assert_gt(a, b, ...) PORT_COMPARE(true, a, >, b, __VA_ARGS__)
#define cr_assert_geq(a, b, ...) PORT_COMPARE(true, a, >=, b, __VA_ARGS__)
#define cr_assert_null(a, ...) PORT_COMPARE(true, a, ==, NULL, __VA_ARGS__)
#define cr_assert_not_null(a, ...) PORT_COMPARE(true, a, !=, NULL, __VA_ARGS__)
#define cr_assert_str_eq(a, b, ...) PORT_STRINGS(true, a, ==, b, __VA_ARGS__)
#define cr_assert_str_neq(a, b, ...) PORT_STRINGS(true, a, !=, b, __VA_ARGS__)
#define cr_assert_arr_eq(a, b, size, ...)                                                               \
    PORT_CHECK(true, memcmp((a), (b), (size)) == 0, #a " == " #b, __VA_ARGS__)

#define cr_expect(condition, ...) PORT_CHECK(false, condition, #condition, __VA_ARGS__)
#define cr_expect_not(condition, ...) PORT_CHECK(false, !(condition), "not " #condition, __VA_ARGS__)
#define cr_expect_eq(a, b, ...) PORT_COMPARE(false, a, ==, b, __VA_ARGS__)
#define cr_expect_neq(a, b, ...) PORT_COMPARE(false, a, !=, b, __VA_ARGS__)
#define cr_expect_gt(a, b, ...) PORT_COMPARE(false, a, >, b, __VA_ARGS__)
#define cr_expect_geq(a, b, ...) PORT_COMPARE(false, a, >=, b, __VA_ARGS__)
#define cr_expect_null(a, ...) PORT_COMPARE(false, a, ==, NULL, __VA_ARGS__)
#define cr_expect_not_null(a, ...) PORT_COMPARE(false, a, !=, NULL, __VA_ARGS__)
#define cr_expect_str_eq(a, b, ...) PORT_STRINGS(false, a, ==, b, __VA_ARGS__)
#define cr_expect_str_neq(a, b, ...) PORT_STRINGS(false, a, !=, b, __VA_ARGS__)
#define cr_expect_arr_eq(a, b, size, ...)                                                               \
    PORT_CHECK(false, memcmp((a), (b), (size)) == 0, #a " == " #b, __VA_ARGS__)

#define cr_skip_test(why) port_skip(why)
#define cr_log_info(...) ((void)sizeof(printf(__VA_ARGS__)))

#endif
