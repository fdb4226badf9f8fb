/* Every combination of the readings that bear on an award, those of an area last. */
#ifndef TESTS_COMBINATIONS_H
#define TESTS_COMBINATIONS_H

#include "common.h"

enum {
    CLAIM_READINGS = 6,
    CITY_READINGS = 7,
    CLAIM_COMBINATIONS = 3 * 2 * 2 * 2 * 3 * 2,
    CITY_COMBINATIONS = 3 * CLAIM_COMBINATIONS
};

static const pilot_reading bearing[CITY_READINGS] = {
    PILOT_READING_MONTH_RULE,     PILOT_READING_GATE_MODE,      PILOT_READING_ODD_FEN_TO,
    PILOT_READING_IN_FORCE_FROM,  PILOT_READING_HOUSEHOLD_DATE, PILOT_READING_PASS_EFFECT,
    PILOT_READING_HOUSEHOLD_BASIS};
static const int32_t option_counts[CITY_READINGS] = {3, 2, 2, 2, 3, 2, 3};

static inline void options_of(int combination, int32_t options[CITY_READINGS])
{
    for (size_t i = 0; i < CITY_READINGS; combination /= option_counts[i++])
        options[i] = combination % option_counts[i];
}

/* The first so many readings as the combination has them. */
static inline void take_options(pilot_parameters *parameters, int combination, size_t readings)
{
    int32_t options[CITY_READINGS];
    options_of(combination, options);
    for (size_t i = 0; i < readings; i++)
        parameters->readings[bearing[i]] = options[i];
}

/* The reading in which alone the combinations differ; CITY_READINGS where they differ in another way. */
static inline size_t differing(int a, int b)
{
    int32_t x[CITY_READINGS], y[CITY_READINGS];
    size_t at = CITY_READINGS;
    int count = 0;
    options_of(a, x);
    options_of(b, y);
    for (size_t i = 0; i < CITY_READINGS; i++)
        if (x[i] != y[i]) {
            at = i;
            count++;
        }
    return count == 1 ? at : CITY_READINGS;
}

#endif
