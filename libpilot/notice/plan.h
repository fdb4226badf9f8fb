/* A policy's rates compiled for columns, once for each policy. */
#ifndef PILOT_PLAN_H
#define PILOT_PLAN_H

#include "base/widths.h"
#include "counting.h"
#include "policy_internal.h"

/* Division of what is not negative by a constant: multiplied by 2^(63 + shift) / divisor, rounded up. */
typedef struct pilot_divisor {
    uint64_t magic;
    int shift;
} pilot_divisor;

/* 1 <= divisor < 2^62 */
pilot_divisor pilot_divisor_make(int64_t divisor);

PILOT_INLINE uint64_t pilot_multiply_high(uint64_t a, uint64_t b)
{
    uint64_t a0 = a & UINT32_MAX, a1 = a >> 32, b0 = b & UINT32_MAX, b1 = b >> 32;
    uint64_t low = a1 * b0 + (a0 * b0 >> 32);
    uint64_t middle = a0 * b1 + (low & UINT32_MAX);
    return a1 * b1 + (low >> 32) + (middle >> 32);
}

/* value: 0..INT64_MAX */
PILOT_INLINE int64_t pilot_divide_by(int64_t value, pilot_divisor by)
{
    return (int64_t)(pilot_multiply_high((uint64_t)value << 1, by.magic) >> by.shift);
}

/* A rounding without branches: one more where what is left over, the bias and, for half even, an odd
 * quotient reach the divisor. */
typedef struct pilot_rounder {
    pilot_divisor by;
    int64_t divisor;
    int64_t bias;
    int64_t odd; /* 1: half even */
    /* For values below 2^small_bits, where one multiplication of 32 bits will do. */
    uint32_t small_magic;
    int small_halves, small_shift, small_bits;
} pilot_rounder;

/* divisor: 1, or even */
pilot_rounder pilot_rounder_make(int64_t divisor, pilot_rounding rounding);

PILOT_INLINE int64_t pilot_round_by(int64_t value, const pilot_rounder *r)
{
    int64_t whole = pilot_divide_by(value, r->by);
    int64_t rest = value - whole * r->divisor + r->bias + (whole & r->odd);
    return whole + (rest >= r->divisor);
}

PILOT_INLINE int64_t pilot_round_small(int64_t value, const pilot_rounder *r)
{
    uint64_t whole = (((uint64_t)value >> r->small_halves) * r->small_magic) >> r->small_shift;
    int64_t rest = value - (int64_t)whole * r->divisor + r->bias + (int64_t)(whole & (uint64_t)r->odd);
    return (int64_t)whole + (rest >= r->divisor);
}

/* The longest run of months in one calendar year under one rate. Months count from January of the first
 * rate's year; last is not included. */
typedef struct pilot_segment {
    int32_t first, last;
    int32_t year;
    pilot_basis basis;
    size_t rate;
    int64_t unit; /* what a month of one unit gives: 0.000001 yuan, or fen where plan.whole_fen */
} pilot_segment;

/* More years than these have no plan. */
#define PILOT_PLAN_YEARS_MAX 64

struct pilot_plan {
    const pilot_policy *policy; /* that it is of */
    pilot_counting counting;
    pilot_month origin; /* January of the first rate's year */
    int32_t months;     /* from there to December of the last one's */
    int32_t years;
    int32_t rate_first, rate_last; /* from origin; last not included */
    bool bases[PILOT_BASIS_COUNT]; /* that some rate is paid for */
    bool whole_fen;                /* every unit is, so that nothing is rounded */
    bool once;                     /* reading A-5 */
    /* Up to this quantity in every basis no sum of a row can overflow, nor the city's numerator times
     * it; -1: none is safe. Other rows are left to pilot_award_compute's own walk. */
    int64_t limit;
    pilot_rounder fen;
    /* One side's part is floor(total x numerator / denominator), and the other has the rest. */
    int64_t numerator;
    pilot_divisor denominator;
    int halves; /* the fraction is one half, this many times; else -1 */
    bool part_is_district;
    int width; /* pilot_machine_width() */
    int32_t segment_count;
    pilot_segment *segments;
    int64_t *prices[PILOT_BASIS_COUNT]; /* units of all months before one, of months + 1 of them */
};

/* The plan that pilot_plan_make made with the policy. A copy of a policy whose parameters were changed
 * has no plan. Errors: ARGUMENT (NULL), LIMIT (none). */
pilot_status pilot_plan_of(const pilot_policy *policy, const pilot_plan **plan);

#endif
