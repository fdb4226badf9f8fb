/* What the tests that read their cases from files have in common. */
#ifndef TESTS_CASES_H
#define TESTS_CASES_H

#include "common.h"

#include <cjson/cJSON.h>

/* The whole file, NUL-terminated; released with free. Fails the test where it cannot be read. */
char *cases_slurp(const char *path, size_t *length);
/* The file's JSON; released with cJSON_Delete. Likewise. */
cJSON *cases_read(const char *path);
/* The member's text; "" where there is none. */
const char *cases_text(const cJSON *object, const char *key);
pilot_date cases_date(const char *text);
/* RFC 7396, within an object. */
void cases_merge(cJSON *target, const cJSON *patch);

#endif
