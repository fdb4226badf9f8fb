/* Questions that a budget asks of sums. Each is one inequality, fixed + slope x answer <= bound, for
 * every year that has a bound and for all years, in 0.000001 yuan times the denominators of whatever is
 * asked; both sides are exact in 128 bits. */
#include "aggregate.h"

#define MICRO_PER_FEN UINT64_C(10000)
#define MICRO_PER_PRICE UINT64_C(100)
#define TEN_THOUSANDTHS UINT64_C(10000)

typedef struct wide {
    uint64_t high, low;
} wide;

static const wide WIDE_MAX = {UINT64_MAX, UINT64_MAX};

/* Sums and products beyond 128 bits stay at the greatest: above every bound, which has less than 112. */
static wide wide_add(wide a, wide b)
{
    wide sum = {a.high + b.high, a.low + b.low};
    uint64_t carry = sum.low < a.low;
    bool over = sum.high < a.high || (carry && sum.high == UINT64_MAX);
    sum.high += carry;
    return over ? WIDE_MAX : sum;
}

static wide wide_times(wide a, uint64_t b)
{
    wide made = {a.high * b, a.low * b};
    uint64_t carry = pilot_multiply_high(a.low, b);
    bool over = pilot_multiply_high(a.high, b) || made.high > UINT64_MAX - carry;
    made.high += carry;
    return over ? WIDE_MAX : made;
}

static bool wide_at_most(wide a, wide b)
{
    return a.high < b.high || (a.high == b.high && a.low <= b.low);
}

typedef struct bounded {
    wide fixed, slope;
} bounded;

typedef struct question {
    bounded years[PILOT_PANEL_YEARS_MAX], total;
    size_t year_count;
    uint64_t numerator; /* of the payer's part */
    uint64_t scale;     /* of the budget: the denominators */
    const pilot_budget *budget;
} question;

static bool keeps(const question *q, const bounded *b, pilot_money budget, int64_t answer)
{
    wide cost = wide_add(b->fixed, wide_times(b->slope, (uint64_t)answer));
    wide bound = wide_times((wide){0, (uint64_t)budget}, MICRO_PER_FEN);
    return wide_at_most(wide_times(cost, q->numerator), wide_times(bound, q->scale));
}

static bool keeps_all(const question *q, int64_t answer)
{
    const pilot_budget *b = q->budget;
    bool kept = !b->total.known || keeps(q, &q->total, b->total.value, answer);
    for (size_t i = 0; kept && b->years && i < q->year_count; i++)
        kept = keeps(q, &q->years[i], b->years[i], answer);
    return kept;
}

/* Errors: INCONSISTENT (not even 0 keeps the budget), NOT_FOUND (the greatest number does). */
static pilot_status largest(const question *q, int64_t *answer)
{
    int64_t kept = 0, broken = INT64_MAX;
    if (!keeps_all(q, kept))
        return PILOT_ERROR_INCONSISTENT;
    if (keeps_all(q, broken))
        return PILOT_ERROR_NOT_FOUND;
    while (broken - kept > 1) {
        int64_t middle = kept + (broken - kept) / 2;
        *(keeps_all(q, middle) ? &kept : &broken) = middle;
    }
    *answer = kept;
    return PILOT_OK;
}

static pilot_status start(question *q, const pilot_plan *plan, const pilot_budget *budget,
                          pilot_payer payer)
{
    const pilot_share share = plan->policy->parameters.city_share;
    if ((unsigned)payer > PILOT_PAYER_DISTRICT || !pilot_is_bool(&budget->total.known))
        return PILOT_ERROR_ARGUMENT;
    if (!budget->total.known && !budget->years)
        return PILOT_ERROR_MISSING_VALUE;
    bool negative = budget->total.known && budget->total.value < 0;
    for (int32_t i = 0; budget->years && i < plan->years; i++)
        negative = negative || budget->years[i] < 0;
    if (negative)
        return PILOT_ERROR_RANGE;
    const int32_t parts[] = {[PILOT_PAYER_BOTH] = share.denominator,
                             [PILOT_PAYER_CITY] = share.numerator,
                             [PILOT_PAYER_DISTRICT] = share.denominator - share.numerator};
    *q = (question){.year_count = (size_t)plan->years,
                    .numerator = (uint64_t)parts[payer],
                    .scale = (uint64_t)share.denominator,
                    .budget = budget};
    return PILOT_OK;
}

static uint64_t micro_of(pilot_basis basis)
{
    return basis == PILOT_PER_SQUARE_METRE ? 1 : MICRO_PER_PRICE;
}

static void add_cost(question *q, const pilot_segment *s, bool sloped, wide cost)
{
    bounded *both[] = {&q->years[s->year], &q->total};
    for (int i = 0; i < 2; i++) {
        wide *to = sloped ? &both[i]->slope : &both[i]->fixed;
        *to = wide_add(*to, cost);
    }
}

static wide cost_of(const pilot_plan *plan, const pilot_segment *s, uint64_t unit_months)
{
    wide cost = wide_times((wide){0, unit_months}, micro_of(s->basis));
    return wide_times(cost, (uint64_t)plan->policy->parameters.rates[s->rate].price);
}

/* What every question of an aggregate begins with. */
static pilot_status open_aggregate(const pilot_policy *policy, const pilot_aggregate *aggregate,
                                   size_t group, const pilot_budget *budget, const pilot_plan **plan,
                                   int64_t unit_months[PILOT_PANEL_MONTHS_MAX])
{
    if (!aggregate || !budget)
        return PILOT_ERROR_ARGUMENT;
    pilot_status status = pilot_plan_of(policy, plan);
    if (status != PILOT_OK)
        return status;
    if (policy->fingerprint != aggregate->fingerprint)
        return PILOT_ERROR_INCONSISTENT;
    return pilot_aggregate_unit_months(aggregate, group, unit_months);
}

pilot_status pilot_budget_factor(const pilot_policy *policy, const pilot_aggregate *aggregate,
                                 size_t group, const pilot_budget *budget, int64_t *factor)
{
    const pilot_plan *plan;
    question q;
    int64_t unit_months[PILOT_PANEL_MONTHS_MAX];
    if (!factor)
        return PILOT_ERROR_ARGUMENT;
    pilot_status status = open_aggregate(policy, aggregate, group, budget, &plan, unit_months);
    if (status == PILOT_OK)
        status = start(&q, plan, budget, budget->payer);
    if (status != PILOT_OK)
        return status;
    for (int32_t i = 0; i < plan->segment_count; i++)
        add_cost(&q, &plan->segments[i], true,
                 cost_of(plan, &plan->segments[i], (uint64_t)unit_months[i]));
    q.scale *= TEN_THOUSANDTHS;
    return largest(&q, factor);
}

pilot_status pilot_budget_rate(const pilot_policy *policy, const pilot_aggregate *aggregate,
                               size_t group, const pilot_budget *budget, size_t rate, pilot_price *price)
{
    const pilot_plan *plan;
    question q;
    int64_t unit_months[PILOT_PANEL_MONTHS_MAX];
    if (!price)
        return PILOT_ERROR_ARGUMENT;
    pilot_status status = open_aggregate(policy, aggregate, group, budget, &plan, unit_months);
    if (status == PILOT_OK && rate >= policy->parameters.rate_count)
        status = PILOT_ERROR_RANGE;
    if (status == PILOT_OK)
        status = start(&q, plan, budget, budget->payer);
    if (status != PILOT_OK)
        return status;
    for (int32_t i = 0; i < plan->segment_count; i++) {
        const pilot_segment *s = &plan->segments[i];
        bool asked = s->rate == rate;
        wide units = wide_times((wide){0, (uint64_t)unit_months[i]}, micro_of(s->basis));
        add_cost(&q, s, asked, asked ? units : cost_of(plan, s, (uint64_t)unit_months[i]));
    }
    return largest(&q, price);
}

pilot_status pilot_budget_city_share(const pilot_policy *policy, const pilot_aggregate *aggregate,
                                     size_t group, const pilot_budget *budget, int64_t *share)
{
    const pilot_plan *plan;
    question q;
    int64_t unit_months[PILOT_PANEL_MONTHS_MAX], districts = 0;
    if (!share)
        return PILOT_ERROR_ARGUMENT;
    pilot_status status = open_aggregate(policy, aggregate, group, budget, &plan, unit_months);
    if (status == PILOT_OK)
        status = start(&q, plan, budget, PILOT_PAYER_BOTH);
    if (status != PILOT_OK)
        return status;
    for (int32_t i = 0; i < plan->segment_count; i++)
        add_cost(&q, &plan->segments[i], true,
                 cost_of(plan, &plan->segments[i], (uint64_t)unit_months[i]));
    q.scale *= TEN_THOUSANDTHS;
    status = largest(&q, &districts);
    if (status == PILOT_ERROR_NOT_FOUND || districts > (int64_t)TEN_THOUSANDTHS)
        districts = (int64_t)TEN_THOUSANDTHS;
    *share = (int64_t)TEN_THOUSANDTHS - districts;
    return PILOT_OK;
}

pilot_status pilot_budget_quantity(const pilot_policy *policy, pilot_basis basis, pilot_month first,
                                   pilot_month last, const pilot_budget *budget, int64_t *quantity)
{
    const pilot_plan *plan;
    question q;
    int32_t months;
    if (!budget || !quantity || (unsigned)basis >= PILOT_BASIS_COUNT)
        return PILOT_ERROR_ARGUMENT;
    pilot_status status = pilot_plan_of(policy, &plan);
    if (status == PILOT_OK)
        status = pilot_month_count(first, last, &months);
    if (status == PILOT_OK)
        status = start(&q, plan, budget, budget->payer);
    if (status != PILOT_OK)
        return status;
    int32_t from = pilot_counted_first(plan->counting, first) - plan->origin;
    int32_t to = pilot_counted_last(plan->counting, last) - plan->origin + 1;
    for (int32_t i = 0; i < plan->segment_count; i++) {
        const pilot_segment *s = &plan->segments[i];
        int32_t begin = s->first > from ? s->first : from, end = s->last < to ? s->last : to;
        if (s->basis == basis && end > begin)
            add_cost(&q, s, true, cost_of(plan, s, (uint64_t)(end - begin)));
    }
    return largest(&q, quantity);
}
