/* Codes that registers give to bodies and places: checked by what their standards say of their
 * characters, never looked up and never repaired. Nothing here allocates. */
#ifndef PILOT_CODE_H
#define PILOT_CODE_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A unified social credit code (GB 32100-2015): 18 characters, digits and capital letters without I, O,
 * S, V and Z. Characters 3 to 8 are digits, the division whose register it is in; 9 to 17 are an
 * organisation code (GB 11714) with a check character of its own, the 18th checks them all. What the
 * first two stand for is not looked at, nor whether there is such a division: registers have numbers of
 * their own there. The error names the character that is wrong where that can be told: one that no code
 * has; and where the check characters do not fit, one that makes both fit when it is changed, or two
 * neighbours that do when they change places, if there is no other such. Else it has the check
 * characters found and wanted. Some registers gave out codes before 2016 whose check character does not
 * fit; they are refused too. code: NULL is refused like an empty one. error may be NULL. Errors: FORMAT.
 */
PILOT_API pilot_status pilot_credit_code_check(const char *code, pilot_error *error);

/* A division code as statistics have it: 6 digits are a district or county (GB/T 2260), 9 a street or
 * township, 12 a community. digits: one of these, or 0 for any of them, and for those that stand for a
 * whole city or province (360100, 360000000000). The first two are a province's. Of Nanchang (3601) the
 * districts and counties are known: others are refused, and on a day those that had surely ended before
 * it or were surely not there yet. Wanli (360105) went into Xinjian (360112), and Honggutan (360113) was
 * set up from parts of Donghu and Xinjian: made known by the province on 2019-12-24, carried out on
 * 2020-06-28, so that between the two days both lists do. Xinjian was a county, 360122, until 2015.
 * code: NULL is refused like an empty one. on: not known: no day is looked at. error may be NULL.
 * Errors: FORMAT; NOT_FOUND (no such province, or district of Nanchang); RANGE (one of another time; on
 * is no day, path "/on"); ARGUMENT (digits). */
PILOT_API pilot_status pilot_division_code_check(const char *code, int32_t digits, pilot_opt_date on,
                                                 pilot_error *error);

#ifdef __cplusplus
}
#endif
#endif
