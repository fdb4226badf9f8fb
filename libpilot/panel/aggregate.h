#ifndef PILOT_PANEL_AGGREGATE_H
#define PILOT_PANEL_AGGREGATE_H

#include "panel_internal.h"

struct pilot_aggregate {
    uint64_t fingerprint; /* pilot_policy_award_fingerprint, which tells years and segments too */
    size_t groups, years, segments;
    int64_t bad_of_no_group;
    /* For each group: rows, bad rows, a pilot_aggregate_cell a year, unit-months paid a segment. Behind
     * them room for the counts of a pass, all zero between two. */
    int64_t sums[];
};

enum { AGGREGATE_YEAR_FIELDS = sizeof(pilot_aggregate_cell) / sizeof(int64_t) };
enum { AGGREGATE_ROWS, AGGREGATE_BAD, AGGREGATE_GROUP_FIELDS };

static inline int64_t pilot_times_capped(int64_t value, int64_t times)
{
    int64_t made;
    return pilot_multiply(value, times, &made) == PILOT_OK ? made : INT64_MAX;
}

static inline size_t pilot_group_size(size_t years, size_t segments)
{
    return AGGREGATE_GROUP_FIELDS + years * AGGREGATE_YEAR_FIELDS + segments;
}

static inline int64_t *pilot_group_at(pilot_aggregate *a, size_t group)
{
    return a->sums + group * pilot_group_size(a->years, a->segments);
}

static inline pilot_aggregate_cell *pilot_cell_at(pilot_aggregate *a, size_t group, size_t year)
{
    return (pilot_aggregate_cell *)(void *)(pilot_group_at(a, group) + AGGREGATE_GROUP_FIELDS +
                                            year * AGGREGATE_YEAR_FIELDS);
}

static inline int64_t *pilot_unit_months_at(pilot_aggregate *a, size_t group)
{
    return pilot_group_at(a, group) + AGGREGATE_GROUP_FIELDS + a->years * AGGREGATE_YEAR_FIELDS;
}

/* Adds the award of a row, that many times, by the walk. Where the row is bad its status, with the
 * group's number of bad rows, or that of no group, times more. */
pilot_status pilot_aggregate_row(pilot_aggregate *a, const pilot_plan *plan,
                                 const pilot_claim_columns *claims, size_t group, size_t row,
                                 int64_t times);
/* Errors: those of pilot_aggregate_add, but of the pass. */
pilot_status pilot_aggregate_check(const pilot_aggregate *a, const pilot_policy *policy,
                                   const pilot_claim_columns *claims, const pilot_plan **plan);

/* Quantity x months paid in each of the aggregate's segments. Errors: NOT_FOUND, OVERFLOW. */
pilot_status pilot_aggregate_unit_months(const pilot_aggregate *a, size_t group, int64_t *unit_months);

#endif
