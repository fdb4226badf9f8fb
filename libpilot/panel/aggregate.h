#ifndef PILOT_PANEL_AGGREGATE_H
#define PILOT_PANEL_AGGREGATE_H

#include "panel_internal.h"

struct pilot_aggregate {
    uint64_t fingerprint; /* pilot_policy_award_fingerprint */
    size_t groups, years, segments;
    int64_t bad_of_no_group;
    /* For each group: rows, bad rows, a pilot_aggregate_cell a year, unit-months paid a segment. Behind
     * them room for the counts of a pass, all zero between two. */
    int64_t sums[];
};

/* Quantity x months paid in each of the aggregate's segments. Errors: NOT_FOUND, OVERFLOW. */
pilot_status pilot_aggregate_unit_months(const pilot_aggregate *a, size_t group, int64_t *unit_months);

#endif
