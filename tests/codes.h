/* Codes for the records that tests make. */
#ifndef PILOT_TESTS_CODES_H
#define PILOT_TESTS_CODES_H

#include "base/code.h"

/* One of the form: those of divisions lie in each other. */
static inline const char *example_code(const code_form *form)
{
    return form == &pilot_credit_code_form     ? "91110000600037341L"
           : form == &pilot_district_code_form ? "360102"
           : form == &pilot_street_code_form   ? "360102008"
                                               : "360102008001";
}

#endif
