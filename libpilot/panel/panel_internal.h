/* Columns and a block of rows. */
#ifndef PILOT_PANEL_INTERNAL_H
#define PILOT_PANEL_INTERNAL_H

#include "base/base_internal.h"
#include "pilot/panel.h"
#include "money/reward_internal.h"
#include "notice/plan.h"

#include <string.h>

_Static_assert(PILOT_PANEL_YEARS_MAX == PILOT_PLAN_YEARS_MAX, "columns have what plans have");
#define PILOT_PANEL_MONTHS_MAX (PILOT_PANEL_YEARS_MAX * 12)

/* Rows worked on together: few enough that they and their results stay in the nearest cache, and that
 * reading the next and writing the last overlap. */
#define PILOT_BLOCK 64

/* Sums by group or draw are not negative, so that one cut off at INT64_MAX is so in whatever order it is
 * made. */
static inline void pilot_add_capped(int64_t *sum, int64_t value)
{
    uint64_t made = (uint64_t)*sum + (uint64_t)value;
    *sum = (int64_t)((made | (0 - (made >> 63))) & INT64_MAX);
}

static inline size_t pilot_element_size(pilot_element element)
{
    return element == PILOT_INT64   ? sizeof(int64_t)
           : element == PILOT_INT32 ? sizeof(int32_t)
                                    : sizeof(int16_t);
}

static inline const void *pilot_column_at(pilot_column c, size_t row)
{
    return (const char *)c.values + (c.constant ? 0 : row * pilot_element_size(c.element));
}

static inline int64_t pilot_column_value(pilot_column c, size_t row)
{
    const void *at = pilot_column_at(c, row);
    return c.element == PILOT_INT64   ? *(const int64_t *)at
           : c.element == PILOT_INT32 ? *(const int32_t *)at
                                      : *(const int16_t *)at;
}

static inline bool pilot_column_valid(pilot_column c)
{
    return (unsigned)c.element <= PILOT_INT16 && pilot_is_bool(&c.constant);
}

/* Rows at.. of a column as int64_t: in place where they are so already, else in room. Zeros where the
 * column is not given. */
PILOT_INLINE const int64_t *pilot_column_load(pilot_column c, size_t at, size_t n, int64_t *room)
{
    if (c.values && c.element == PILOT_INT64 && !c.constant)
        return (const int64_t *)c.values + at;
    if (c.values && !c.constant && c.element == PILOT_INT32) {
        const int32_t *narrow = (const int32_t *)c.values + at;
        for (size_t i = 0; i < n; i++)
            room[i] = narrow[i];
        return room;
    }
    if (c.values && !c.constant) {
        const int16_t *narrow = (const int16_t *)c.values + at;
        for (size_t i = 0; i < n; i++)
            room[i] = narrow[i];
        return room;
    }
    int64_t value = c.values ? pilot_column_value(c, 0) : 0;
    for (size_t i = 0; i < n; i++)
        room[i] = value;
    return room;
}

/* Whether a month gives each unit whole fen, which the share splits whole. */
static inline bool pilot_splits_whole(const pilot_plan *plan)
{
    const int64_t denominator = plan->policy->parameters.city_share.denominator;
    bool whole = plan->whole_fen && plan->limit >= 0;
    for (int32_t s = 0; whole && s < plan->segment_count; s++)
        whole = plan->segments[s].unit % denominator == 0;
    return whole;
}

static inline bool pilot_has_masks(const pilot_claim_columns *claims)
{
    return claims->passed.values || claims->failed.values;
}

/* Years by bit, as pilot_claim_columns has them. */
typedef struct pilot_row_gate {
    uint64_t passed, failed;
} pilot_row_gate;

/* The years that a mask of such elements has. */
static inline uint64_t pilot_mask_bits(pilot_element element)
{
    return UINT64_MAX >> (64 - 8 * pilot_element_size(element));
}

static inline uint64_t pilot_mask_at(pilot_column c, size_t row)
{
    uint64_t mask = c.values ? (uint64_t)pilot_column_value(c, row) : 0;
    return mask & pilot_mask_bits(c.element);
}

static inline pilot_row_gate pilot_row_gate_of(const pilot_claim_columns *claims, size_t row)
{
    uint64_t failed = pilot_mask_at(claims->failed, row);
    return (pilot_row_gate){claims->passed.values ? pilot_mask_at(claims->passed, row) : ~failed,
                            failed};
}

static inline void pilot_pass_start(pilot_pass *pass, size_t count)
{
    *pass = (pilot_pass){0, count, PILOT_OK};
}

/* Rows come in order. */
static inline void pilot_pass_bad(pilot_pass *pass, size_t row, pilot_status status)
{
    if (!pass->bad++) {
        pass->first_bad = row;
        pass->status = status;
    }
}

/* Months of one price, from the plan's origin, last not included; the price of a unit in fen. */
typedef struct pilot_run {
    int32_t first, last, unit;
} pilot_run;

/* How totals of 32-bit quantities are made, which need neither a wider product nor a look into a table:
 * where all amounts are whole fen of one basis, at few prices. */
#define PILOT_RUNS_MAX 6
typedef struct pilot_narrow {
    pilot_basis basis;
    int32_t limit; /* of a quantity */
    int32_t runs;  /* 0: totals are not made so */
    pilot_run run[PILOT_RUNS_MAX];
} pilot_narrow;

/* A block of rows, ready for the years. */
typedef struct pilot_block {
    size_t at, n;
    const int32_t *narrow; /* the quantities of the plan's basis, where they are not loaded */
    size_t care_count;
    uint8_t
        care[PILOT_BLOCK]; /* the rows, in order, that are left to the walk; here they have no months */
    bool all_paid;         /* no row has a year of the policy that is held back */
    const int64_t *quantity[PILOT_BASIS_COUNT];    /* of the policy's bases */
    int32_t first[PILOT_BLOCK], last[PILOT_BLOCK]; /* months from origin that count, last not included */
    bool asks_outside;
    int32_t outside[PILOT_BLOCK];  /* 1: months before the first or after the last rate */
    uint64_t paid[PILOT_BLOCK];    /* years of an open gate */
    uint64_t failing[PILOT_BLOCK]; /* years held back for a fail, if not open */
    int64_t room[PILOT_BASIS_COUNT][PILOT_BLOCK];
} pilot_block;

/* A block's sums up to a year, and the year's own. */
typedef struct pilot_block_sums {
    int64_t paid_exact[PILOT_BLOCK], withheld_exact[PILOT_BLOCK];
    int64_t total[PILOT_BLOCK], city[PILOT_BLOCK], withheld[PILOT_BLOCK];
    int64_t year_total[PILOT_BLOCK], year_city[PILOT_BLOCK], year_withheld[PILOT_BLOCK];
    int64_t year_months[PILOT_BASIS_COUNT][PILOT_BLOCK]; /* that are paid */
    int64_t rated[PILOT_BLOCK];                          /* months that a rate has */
    uint64_t touched[PILOT_BLOCK];                       /* years with such a month */
} pilot_block_sums;

/* Whether and how narrow totals of the claims are made. */
pilot_narrow pilot_narrow_of(const pilot_plan *plan, const pilot_claim_columns *claims);
/* Reads rows at..at + n - 1. narrow: NULL, or how the totals are made, which alone are wanted then.
 * asks_outside: whether outside is wanted. */
void pilot_block_load(const pilot_plan *plan, const pilot_claim_columns *claims, size_t at, size_t n,
                      const pilot_narrow *narrow, bool asks_outside, pilot_block *block);
/* The awards of a block that is all paid, into room for n each. narrow: as of its load; city and
 * district may be NULL, both of them. */
void pilot_block_awards(const pilot_plan *plan, const pilot_block *block, const pilot_narrow *narrow,
                        pilot_money *total, pilot_money *city, pilot_money *district);
/* Sums of no months yet. */
void pilot_block_begin(const pilot_claim_columns *claims, pilot_block *block, pilot_block_sums *sums);
/* Adds the months of a segment. */
void pilot_block_segment(const pilot_plan *plan, const pilot_block *block, const pilot_segment *segment,
                         pilot_block_sums *sums);
/* Rounds and splits what the sums have come to: the year's own are what that adds. */
void pilot_block_round(const pilot_plan *plan, const pilot_block *block, pilot_block_sums *sums);

/* Errors: ARGUMENT. */
pilot_status pilot_claims_check(const pilot_claim_columns *claims);
/* The policy's plan for such claims. Errors: ARGUMENT, LIMIT, MISSING_VALUE, as
 * pilot_award_columns_compute. */
pilot_status pilot_claims_plan(const pilot_policy *policy, const pilot_claim_columns *claims,
                               const pilot_plan **plan);

/* The claim of one row, its list of assessments in the room given. Errors: RANGE (a month that does not
 * fit), INCONSISTENT (a year passed and failed). */
pilot_status pilot_row_claim(const pilot_plan *plan, const pilot_claim_columns *claims, size_t row,
                             pilot_assessment assessments[64], pilot_claim *claim);
/* The award of one row, by the walk; visit as there. Errors: those as well. */
pilot_status pilot_row_walk(const pilot_plan *plan, const pilot_claim_columns *claims, size_t row,
                            pilot_line_function visit, void *context, pilot_award *award);

#endif
