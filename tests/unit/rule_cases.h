/* The cases of tests/cases/rules, for the tests that ask rules of their cities. */
#ifndef TESTS_RULE_CASES_H
#define TESTS_RULE_CASES_H

#include "cases.h"

/* The case's own city, policy and day; name is of the case. Released by the caller. */
pilot_city *rule_case_city(const cJSON *test, const char *name);
pilot_policy *rule_case_policy(const cJSON *test, const char *name);
pilot_date rule_case_day(const cJSON *test);

typedef void (*rule_case_function)(const cJSON *test, const char *name);
/* Every case of every part. */
void each_rule_case(rule_case_function run);

#endif
