/* What codes of records have to be. */
#ifndef PILOT_BASE_CODE_H
#define PILOT_BASE_CODE_H

#include "base_internal.h"

#include <pilot/code.h>

typedef struct code_form {
    pilot_status (*check)(const char *code, pilot_error *error);
    const char *pattern; /* its characters, as a regular expression */
    pilot_phrase wanted; /* what to write */
} code_form;

extern const code_form pilot_credit_code_form, pilot_district_code_form, pilot_street_code_form,
    pilot_community_code_form;

#define PILOT_DISTRICT_DIGITS 6
#define PILOT_STREET_DIGITS 9
#define PILOT_COMMUNITY_DIGITS 12

/* Whether what has the code, of a street or a community, may lie in the district: its first digits are
 * the district's, or those of one that parts of it went to or came from. */
bool pilot_division_within(const char *code, const char *district);

#endif
