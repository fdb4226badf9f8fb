/* Bills of many dwellings that differ in their areas alone, without a division for each. */
#ifndef PILOT_BILLER_H
#define PILOT_BILLER_H

#include "pilot/menu.h"

/* round((value x numerator + added) / denominator) in binary fixed point: what one value gives, and what
 * is added, are rounded up to 2^-shift, by so little that together they carry no value up to the
 * greatest to the next whole number. */
typedef struct pilot_scaling {
    uint64_t factor, added; /* in 2^-shift */
    uint64_t
        tie; /* half even: less than this is left over where the quotient lay in the middle; else 0 */
    int shift;
    int64_t greatest; /* value; -1: none is safe */
} pilot_scaling;

/* numerator, added: 0 or more; denominator: 1 to 2^40, even where ties count. */
pilot_scaling pilot_scaling_make(int64_t numerator, int64_t added, int64_t denominator,
                                 pilot_rounding rounding);

/* A bill: parts of the area, each rounded by itself, perhaps scaled once more, added up, times fen, and
 * what is the same for all. */
typedef struct pilot_biller {
    size_t count;
    pilot_scaling parts[PILOT_MENU_SERVICES_MAX];
    bool twice;
    pilot_scaling again;
    int64_t fen;
    pilot_money alike;
    int64_t greatest; /* area whose bill is safe; -1: none */
    int width;        /* pilot_machine_width() */
} pilot_biller;

/* Sets the last two of what the others say. */
void pilot_biller_settle(pilot_biller *biller);

#define PILOT_BILLS_AT_ONCE 64
/* Whether none of the areas is above the greatest. */
bool pilot_biller_takes(const pilot_biller *biller, const pilot_area *areas, size_t count);
/* The bills of up to PILOT_BILLS_AT_ONCE such areas. Each fits, and so does their sum. */
void pilot_biller_bill(const pilot_biller *biller, const pilot_area *areas, size_t count,
                       pilot_money *restrict bills);

#endif
