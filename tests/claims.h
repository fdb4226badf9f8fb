/* The claim that a row of columns makes. */
#ifndef TESTS_CLAIMS_H
#define TESTS_CLAIMS_H

#include <pilot.h>

/* 0 in a column that is not given. */
static inline int64_t value_at(pilot_column c, size_t row)
{
    row = c.constant ? 0 : row;
    return !c.values                  ? 0
           : c.element == PILOT_INT16 ? ((const int16_t *)c.values)[row]
           : c.element == PILOT_INT32 ? ((const int32_t *)c.values)[row]
                                      : ((const int64_t *)c.values)[row];
}

static inline uint64_t mask_at(pilot_column c, size_t row)
{
    uint64_t mask = (uint64_t)value_at(c, row);
    return c.element == PILOT_INT16   ? mask & UINT16_MAX
           : c.element == PILOT_INT32 ? mask & UINT32_MAX
                                      : mask;
}

/* The rows from this one on. */
static inline pilot_column part_of(pilot_column c, size_t row)
{
    if (c.values && !c.constant)
        c.values = (const char *)c.values + row * (c.element == PILOT_INT16   ? 2
                                                   : c.element == PILOT_INT32 ? 4
                                                                              : 8);
    return c;
}

static inline pilot_claim_columns claims_from(const pilot_claim_columns *all, size_t row)
{
    pilot_claim_columns c = *all;
    for (int b = 0; b < PILOT_BASIS_COUNT; b++)
        c.quantity[b] = part_of(c.quantity[b], row);
    c.first = part_of(c.first, row);
    c.last = part_of(c.last, row);
    c.passed = part_of(c.passed, row);
    c.failed = part_of(c.failed, row);
    c.passed_from = part_of(c.passed_from, row);
    return c;
}

/* A row's claim, and what is wrong with it that a claim cannot say. */
static inline pilot_status claim_at(const pilot_policy *policy, const pilot_claim_columns *c, size_t row,
                                    pilot_assessment list[64], pilot_claim *claim)
{
    const pilot_parameters *p = pilot_policy_parameters(policy);
    int32_t year = 1970;
    (void)pilot_policy_years(policy, &year);
    uint64_t failed = mask_at(c->failed, row);
    uint64_t passed = c->passed.values ? mask_at(c->passed, row) : ~failed;
    const int64_t from = value_at(c->passed_from, row);
    pilot_opt_date passed_on = {.known = false};
    if (p->readings[PILOT_READING_PASS_EFFECT] == PILOT_PASS_EFFECT_FROM_THE_PASS &&
        from == (pilot_month)from && pilot_month_valid((pilot_month)from))
        passed_on = (pilot_opt_date){pilot_month_first_day((pilot_month)from), true};
    *claim = (pilot_claim){.assessments = list};
    for (int32_t i = 0; i < 64; i++)
        if ((passed | failed) >> i & 1)
            list[claim->assessment_count++] =
                (pilot_assessment){.year = year + i,
                                   .result = passed >> i & 1 ? PILOT_PASSED : PILOT_FAILED,
                                   .date = passed_on};
    for (size_t i = 0; i < p->rate_count; i++) {
        pilot_basis basis = p->rates[i].basis;
        if (c->quantity[basis].values)
            claim->quantity[basis] = (pilot_opt_int){value_at(c->quantity[basis], row), true};
    }
    int64_t first = value_at(c->first, row), last = value_at(c->last, row);
    claim->first = (pilot_month)first;
    claim->last = (pilot_month)last;
    return first != claim->first || last != claim->last ? PILOT_ERROR_RANGE
           : passed & failed                            ? PILOT_ERROR_INCONSISTENT
                                                        : PILOT_OK;
}

#endif
