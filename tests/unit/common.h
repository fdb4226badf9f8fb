/* What the tests have in common. */
#ifndef TESTS_COMMON_H
#define TESTS_COMMON_H

#include <criterion/criterion.h>
#include <pilot.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __SIZEOF_INT128__
__extension__ typedef __int128 wide;
#else
__extension__ typedef _BitInt(128) wide; /* on 32 bits, where clang has it */
#endif

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Criterion reports every assertion that holds to its parent; in a long loop only failures matter. */
#define CHECK(condition, ...)                                                                           \
    do {                                                                                                \
        if (!(condition))                                                                               \
            cr_assert_fail(__VA_ARGS__);                                                                \
    } while (0)

/* Under valgrind a test runs some forty times slower: there the stride thins what is exhaustive here. It
 * is odd: what goes by the digits of a number is still of each kind. */
static inline int stride(void)
{
    const char *text = getenv("PILOT_TEST_STRIDE");
    int value = text ? atoi(text) : 1;
    return value > 1 ? value | 1 : 1;
}

/* xorshift: the same cases on every machine. Each test is a process, and begins with the seed. */
static uint64_t random_state = 88172645463325252u;

static inline uint64_t random_bits(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

static inline int64_t below(int64_t end)
{
    return (int64_t)(random_bits() % (uint64_t)end);
}

/* Every number of the one sentence stands in the other. */
static inline bool same_numbers(const char *sentence, const char *other)
{
    static const char digits[] = "0123456789";
    for (const char *at = sentence; *(at += strcspn(at, digits)); at += strspn(at, digits)) {
        char number[400];
        snprintf(number, sizeof number, "%.*s", (int)strspn(at, digits), at);
        if (!strstr(other, number))
            return false;
    }
    return true;
}

/* Whether the error says in Chinese what it says in English, rather than what its status says. */
static inline bool says_it_in_chinese(const pilot_error *error)
{
    const char *zh = error->message_zh;
    bool chinese = false;
    for (const char *c = zh; *c; c++)
        chinese = chinese || ((unsigned char)*c >= 0xE4 && (unsigned char)*c <= 0xE9);
    return chinese && strcmp(zh, pilot_status_text(error->status, PILOT_CHINESE)) != 0 &&
           same_numbers(error->message, zh);
}

/* What a call that fails has to leave alone. */
static inline void mark(void *bytes, size_t size)
{
    memset(bytes, 0xA5, size);
}

static inline bool marked(const void *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (((const unsigned char *)bytes)[i] != 0xA5)
            return false;
    return true;
}

static inline pilot_opt_int known(int64_t value)
{
    return (pilot_opt_int){value, true};
}

static inline pilot_month month(int32_t year, int32_t month_of_year)
{
    return (year - 1970) * 12 + month_of_year - 1;
}

static inline pilot_date date(int32_t year, int32_t month_of_year, int32_t day)
{
    pilot_date made = 0;
    CHECK(pilot_date_make(year, month_of_year, day, &made) == PILOT_OK, "%d-%d-%d", year, month_of_year,
          day);
    return made;
}

static inline pilot_policy *notice(void)
{
    pilot_policy *policy = NULL;
    cr_assert_eq(pilot_policy_nanchang_2019(&policy), PILOT_OK);
    return policy;
}

static inline pilot_policy *policy_of(const pilot_parameters *parameters)
{
    pilot_policy *policy = NULL;
    pilot_error error;
    pilot_status status = pilot_policy_new(parameters, &policy, &error);
    CHECK(status == PILOT_OK, "%s: %s", error.path, error.message);
    return policy;
}

/* The notice with other rates. */
static inline pilot_policy *with_rates(const pilot_rate *rates, size_t count)
{
    pilot_policy *policy = notice();
    pilot_parameters p = *pilot_policy_parameters(policy);
    p.rates = rates;
    p.rate_count = count;
    pilot_policy *made = policy_of(&p);
    pilot_policy_free(policy);
    return made;
}

/* Another option of a reading, in place of the policy. */
static inline pilot_policy *reading(pilot_policy *policy, pilot_reading which, int32_t option)
{
    pilot_policy *changed = NULL;
    CHECK(pilot_policy_with_reading(policy, which, option, &changed) == PILOT_OK, "%d", (int)which);
    pilot_policy_free(policy);
    return changed;
}

#endif
