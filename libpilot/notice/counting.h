/* Months by the calendar, and which of them count. */
#ifndef PILOT_COUNTING_H
#define PILOT_COUNTING_H

#include "policy_internal.h"

static inline pilot_month pilot_year_first_month(int32_t year)
{
    return (year - 1970) * 12;
}

static inline pilot_month pilot_year_last_month(int32_t year)
{
    return pilot_year_first_month(year) + 11;
}

/* 4.4.1-3, reading A-3: which months of service count. */
typedef struct pilot_counting {
    int32_t rule;       /* option of month_rule */
    pilot_month notice; /* from which the notice binds */
} pilot_counting;

static inline pilot_counting pilot_counting_of(const pilot_parameters *p)
{
    return (pilot_counting){p->readings[PILOT_READING_MONTH_RULE],
                            pilot_month_of(pilot_policy_in_force(p))};
}

/* Months since a January, of a valid month. */
static inline int32_t pilot_month_in_year(pilot_month month)
{
    return (month - (PILOT_YEAR_MIN - 1970) * 12) % 12;
}

static inline pilot_month pilot_counted_first(pilot_counting c, pilot_month first)
{
    if (c.rule == PILOT_MONTH_RULE_CALENDAR_YEARS)
        return first - pilot_month_in_year(first);
    bool from_notice =
        c.rule == PILOT_MONTH_RULE_FROM_NOTICE && first <= c.notice + 11 - pilot_month_in_year(c.notice);
    return from_notice ? c.notice : first;
}

static inline pilot_month pilot_counted_last(pilot_counting c, pilot_month last)
{
    return c.rule == PILOT_MONTH_RULE_CALENDAR_YEARS ? last + 11 - pilot_month_in_year(last) : last;
}

#endif
