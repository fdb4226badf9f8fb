/* A policy compiled for columns. */
#include "plan.h"

/* As in reward.c: sums are exact in 0.000001 yuan. */
#define MICRO_PER_FEN INT64_C(10000)
#define MICRO_PER_PRICE INT64_C(100)

/* Above every numerator of a share over MICRO_PER_FEN, so that a total times it fits where this many
 * times the exact sum does. */
#define HEADROOM 128
/* And so that a quantity times all months fits, whatever the price. */
#define QUANTITY_MAX (INT64_C(1) << 52)

pilot_divisor pilot_divisor_make(int64_t divisor)
{
    uint64_t d = (uint64_t)divisor, whole = (UINT64_C(1) << 63) / d, rest = (UINT64_C(1) << 63) % d;
    pilot_divisor made = {0, 0};
    while (UINT64_C(1) << made.shift < d) {
        rest <<= 1;
        whole = (whole << 1) + (rest >= d);
        rest -= rest >= d ? d : 0;
        made.shift++;
    }
    made.magic = whole + (rest != 0);
    return made;
}

/* The divisor's halves are shifted out, and 2^(31 + bits) / odd part, rounded up, has 32 bits: exact for
 * what is below 2^31. */
static void make_small(pilot_rounder *r)
{
    uint64_t odd = (uint64_t)r->divisor;
    int bits = 0;
    for (; odd % 2 == 0; odd /= 2)
        r->small_halves++;
    while (UINT64_C(1) << bits < odd)
        bits++;
    const bool fits = !(odd >> 31);
    r->small_shift = 31 + bits;
    r->small_bits = fits ? 31 + r->small_halves : 0;
    r->small_magic = fits ? (uint32_t)(((UINT64_C(1) << r->small_shift) + odd - 1) / odd) : 0;
}

pilot_rounder pilot_rounder_make(int64_t divisor, pilot_rounding rounding)
{
    pilot_rounder made = {.by = pilot_divisor_make(divisor), .divisor = divisor};
    if (rounding == PILOT_HALF_UP)
        made.bias = divisor / 2;
    else if (rounding == PILOT_UP)
        made.bias = divisor - 1;
    else if (rounding == PILOT_HALF_EVEN) {
        made.bias = divisor / 2 - 1;
        made.odd = 1;
    }
    make_small(&made);
    return made;
}

static void add_segments(pilot_plan *plan, const pilot_rate *rate, size_t index, int64_t unit)
{
    int32_t first = rate->first - plan->origin, end = rate->last - plan->origin + 1;
    while (first < end) {
        int32_t year = first / 12, last = year * 12 + 12 < end ? year * 12 + 12 : end;
        plan->segments[plan->segment_count++] =
            (pilot_segment){first, last, year, rate->basis, index, unit};
        first = last;
    }
}

/* What all months of the rate give for one unit, added to *sum. Errors: OVERFLOW. */
static pilot_status add_rate(const pilot_rate *rate, int64_t *unit, int64_t *sum)
{
    int64_t all;
    pilot_status status =
        pilot_multiply(rate->price, rate->basis == PILOT_PER_SQUARE_METRE ? 1 : MICRO_PER_PRICE, unit);
    if (status == PILOT_OK)
        status = pilot_multiply(*unit, rate->last - rate->first + 1, &all);
    return status == PILOT_OK ? pilot_add(*sum, all, sum) : status;
}

static void compile_rates(const pilot_parameters *p, pilot_plan *plan)
{
    int64_t sum = 0, unit = 0;
    pilot_status status = PILOT_OK;
    plan->whole_fen = true;
    for (size_t i = 0; i < p->rate_count; i++) {
        plan->bases[p->rates[i].basis] = true;
        if (status == PILOT_OK)
            status = add_rate(&p->rates[i], &unit, &sum);
        plan->whole_fen = plan->whole_fen && unit % MICRO_PER_FEN == 0;
        add_segments(plan, &p->rates[i], i, unit);
    }
    plan->limit = sum ? INT64_MAX / HEADROOM / sum : QUANTITY_MAX;
    if (plan->limit > QUANTITY_MAX)
        plan->limit = QUANTITY_MAX;
    /* By from_the_pass months are held back within a year, which only the walk knows. */
    if (status != PILOT_OK || p->readings[PILOT_READING_PASS_EFFECT] == PILOT_PASS_EFFECT_FROM_THE_PASS)
        plan->limit = -1;
}

static void compile_prices(pilot_plan *plan)
{
    int64_t units[PILOT_BASIS_COUNT] = {0};
    int32_t month = 0;
    for (int32_t s = 0; plan->limit >= 0 && s < plan->segment_count; s++) {
        pilot_segment *segment = &plan->segments[s];
        if (plan->whole_fen)
            segment->unit /= MICRO_PER_FEN;
        for (; month < segment->last; month++) {
            for (int b = 0; b < PILOT_BASIS_COUNT; b++)
                plan->prices[b][month] = units[b];
            units[segment->basis] += month >= segment->first ? segment->unit : 0;
        }
    }
    for (; month <= plan->months; month++)
        for (int b = 0; b < PILOT_BASIS_COUNT; b++)
            plan->prices[b][month] = units[b];
}

static void compile_split(const pilot_parameters *p, pilot_plan *plan)
{
    plan->part_is_district = p->readings[PILOT_READING_ODD_FEN_TO] == PILOT_ODD_FEN_TO_CITY;
    plan->numerator = p->city_share.numerator;
    if (plan->part_is_district)
        plan->numerator = p->city_share.denominator - p->city_share.numerator;
    plan->denominator = pilot_divisor_make(p->city_share.denominator);
    bool power = (p->city_share.denominator & (p->city_share.denominator - 1)) == 0;
    plan->halves = power && plan->numerator == 1 ? plan->denominator.shift : -1;
}

/* A year has a segment more for each rate that begins in it. */
static pilot_plan *take_plan(arena *a, size_t years, size_t rates)
{
    pilot_plan *plan = pilot_arena_take(a, 1, sizeof *plan);
    if (plan)
        plan->segments = pilot_arena_take(a, years + rates, sizeof *plan->segments);
    bool taken = plan && plan->segments;
    for (int b = 0; taken && b < PILOT_BASIS_COUNT; b++) {
        plan->prices[b] = pilot_arena_take(a, years * 12 + 1, sizeof *plan->prices[b]);
        taken = plan->prices[b];
    }
    return taken ? plan : NULL;
}

bool pilot_plan_make(pilot_policy *policy)
{
    int32_t year = 1970;
    size_t years = pilot_policy_years(policy, &year);
    const pilot_parameters *p = &policy->parameters;
    if (years > PILOT_PLAN_YEARS_MAX)
        return true;
    pilot_plan *plan = take_plan(&policy->memory, years, p->rate_count);
    if (!plan)
        return false;
    plan->policy = policy;
    plan->width = pilot_machine_width();
    plan->counting = pilot_counting_of(p);
    plan->origin = pilot_year_first_month(year);
    plan->years = (int32_t)years;
    plan->months = plan->years * 12;
    plan->rate_first = years ? p->rates[0].first - plan->origin : 0;
    plan->rate_last = years ? p->rates[p->rate_count - 1].last - plan->origin + 1 : 0;
    plan->once = p->readings[PILOT_READING_GATE_MODE] == PILOT_GATE_MODE_ONCE;
    compile_rates(p, plan);
    compile_prices(plan);
    compile_split(p, plan);
    plan->fen = pilot_rounder_make(MICRO_PER_FEN, p->rounding);
    policy->plan = plan;
    return true;
}

pilot_status pilot_plan_of(const pilot_policy *policy, const pilot_plan **plan)
{
    if (!policy)
        return PILOT_ERROR_ARGUMENT;
    if (!policy->plan || policy->plan->policy != policy)
        return PILOT_ERROR_LIMIT;
    *plan = policy->plan;
    return PILOT_OK;
}
