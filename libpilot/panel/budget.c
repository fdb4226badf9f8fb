/* Questions that a budget asks of sums. Each is one inequality, fixed + slope x answer <= bound, for
 * every year that has a bound and for all years, in 0.000001 yuan times the denominators of whatever is
 * asked; both sides are exact in 128 bits. */
#include "aggregate.h"

#include "base/base_internal.h"

#include <stdio.h>

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
static pilot_status largest(const question *q, int64_t *answer, pilot_error *error)
{
    int64_t kept = 0, broken = INT64_MAX;
    if (!keeps_all(q, kept))
        return pilot_error_refuse(
            error, PILOT_ERROR_INCONSISTENT, "/total", NULL,
            "预算过小：其余应付部分已超出预算，所求取0也不够",
            "the budget is too small: what is paid besides is more, so that not even 0 keeps it");
    if (keeps_all(q, broken))
        return pilot_error_refuse(
            error, PILOT_ERROR_NOT_FOUND, "", NULL, "所求与应付金额无关，取多大都不超出预算",
            "nothing that it bears on is paid, so that any number keeps the budget");
    while (broken - kept > 1) {
        int64_t middle = kept + (broken - kept) / 2;
        *(keeps_all(q, middle) ? &kept : &broken) = middle;
    }
    *answer = kept;
    return PILOT_OK;
}

static pilot_status refuse_amount(pilot_error *error, const char *path, pilot_money amount)
{
    pilot_text text;
    return pilot_error_refuse(error, PILOT_ERROR_RANGE, path, pilot_money_text(amount, &text),
                              "预算不得小于0", "a budget is 0 or more");
}

static pilot_status check_budget(const pilot_plan *plan, const pilot_budget *budget, pilot_payer payer,
                                 pilot_error *error)
{
    char path[32];
    if ((unsigned)payer > PILOT_PAYER_DISTRICT)
        return pilot_error_number(error, PILOT_ERROR_ARGUMENT, "/payer", (int64_t)payer,
                                  "没有这个编号的付款方", "it is the number of no payer");
    if (!pilot_is_bool(&budget->total.known))
        return pilot_error_bool(error, "/total");
    if (!budget->total.known && !budget->years)
        return pilot_error_refuse(error, PILOT_ERROR_MISSING_VALUE, "/total", NULL,
                                  "总预算和分年预算都没有给出",
                                  "neither a budget of all years nor one of each year is given");
    if (budget->total.known && budget->total.value < 0)
        return refuse_amount(error, "/total", budget->total.value);
    for (int32_t i = 0; budget->years && i < plan->years; i++)
        if (budget->years[i] < 0) {
            snprintf(path, sizeof path, "/years/%d", (int)i);
            return refuse_amount(error, path, budget->years[i]);
        }
    return PILOT_OK;
}

static pilot_status start(question *q, const pilot_plan *plan, const pilot_budget *budget,
                          pilot_payer payer, pilot_error *error)
{
    const pilot_share share = plan->policy->parameters.city_share;
    pilot_status status = check_budget(plan, budget, payer, error);
    if (status != PILOT_OK)
        return status;
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

static pilot_status open_plan(const pilot_policy *policy, const pilot_plan **plan, pilot_error *error)
{
    pilot_status status = pilot_plan_of(policy, plan);
    if (status == PILOT_ERROR_LIMIT)
        return pilot_error_refuse(error, status, "/policy", NULL, "政策的年数或标准过多，无法按列计算",
                                  "the policy has more years or rates than columns are computed for");
    return status == PILOT_OK ? status : pilot_error_null(error);
}

/* What every question of an aggregate begins with. */
static pilot_status open_aggregate(const pilot_policy *policy, const pilot_aggregate *aggregate,
                                   size_t group, const pilot_budget *budget, const pilot_plan **plan,
                                   int64_t unit_months[PILOT_PANEL_MONTHS_MAX], pilot_error *error)
{
    if (!aggregate || !budget)
        return pilot_error_null(error);
    pilot_status status = open_plan(policy, plan, error);
    if (status != PILOT_OK)
        return status;
    if (policy->award_fingerprint != aggregate->fingerprint)
        return pilot_error_refuse(error, PILOT_ERROR_INCONSISTENT, "/aggregate", NULL,
                                  "汇总所依据的政策，其奖励算法与此不同",
                                  "the sums are of awards that this policy computes otherwise");
    status = pilot_aggregate_unit_months(aggregate, group, unit_months);
    if (status == PILOT_ERROR_NOT_FOUND)
        return pilot_error_number(error, status, "/group", (int64_t)group, "汇总中没有这一组",
                                  "the sums have no such group");
    return status == PILOT_ERROR_OVERFLOW ? pilot_error_sum(error) : status;
}

pilot_status pilot_budget_factor(const pilot_policy *policy, const pilot_aggregate *aggregate,
                                 size_t group, const pilot_budget *budget, int64_t *factor,
                                 pilot_error *error)
{
    const pilot_plan *plan;
    question q;
    int64_t unit_months[PILOT_PANEL_MONTHS_MAX];
    if (!factor)
        return pilot_error_null(error);
    pilot_status status = open_aggregate(policy, aggregate, group, budget, &plan, unit_months, error);
    if (status == PILOT_OK)
        status = start(&q, plan, budget, budget->payer, error);
    if (status != PILOT_OK)
        return status;
    for (int32_t i = 0; i < plan->segment_count; i++)
        add_cost(&q, &plan->segments[i], true,
                 cost_of(plan, &plan->segments[i], (uint64_t)unit_months[i]));
    q.scale *= TEN_THOUSANDTHS;
    return largest(&q, factor, error);
}

pilot_status pilot_budget_rate(const pilot_policy *policy, const pilot_aggregate *aggregate,
                               size_t group, const pilot_budget *budget, size_t rate, pilot_price *price,
                               pilot_error *error)
{
    const pilot_plan *plan;
    question q;
    int64_t unit_months[PILOT_PANEL_MONTHS_MAX];
    if (!price)
        return pilot_error_null(error);
    pilot_status status = open_aggregate(policy, aggregate, group, budget, &plan, unit_months, error);
    if (status == PILOT_OK && rate >= policy->parameters.rate_count)
        status = pilot_error_number(error, PILOT_ERROR_RANGE, "/rate", (int64_t)rate,
                                    "政策没有这个序号的标准，序号从0起",
                                    "the policy has no rate of this number, counted from 0");
    if (status == PILOT_OK)
        status = start(&q, plan, budget, budget->payer, error);
    if (status != PILOT_OK)
        return status;
    for (int32_t i = 0; i < plan->segment_count; i++) {
        const pilot_segment *s = &plan->segments[i];
        bool asked = s->rate == rate;
        wide units = wide_times((wide){0, (uint64_t)unit_months[i]}, micro_of(s->basis));
        add_cost(&q, s, asked, asked ? units : cost_of(plan, s, (uint64_t)unit_months[i]));
    }
    return largest(&q, price, error);
}

pilot_status pilot_budget_city_share(const pilot_policy *policy, const pilot_aggregate *aggregate,
                                     size_t group, const pilot_budget *budget, int64_t *share,
                                     pilot_error *error)
{
    const pilot_plan *plan;
    question q;
    int64_t unit_months[PILOT_PANEL_MONTHS_MAX], districts = 0;
    if (!share)
        return pilot_error_null(error);
    pilot_status status = open_aggregate(policy, aggregate, group, budget, &plan, unit_months, error);
    if (status == PILOT_OK)
        status = start(&q, plan, budget, PILOT_PAYER_BOTH, error);
    if (status != PILOT_OK)
        return status;
    for (int32_t i = 0; i < plan->segment_count; i++)
        add_cost(&q, &plan->segments[i], true,
                 cost_of(plan, &plan->segments[i], (uint64_t)unit_months[i]));
    q.scale *= TEN_THOUSANDTHS;
    status =
        largest(&q, &districts, NULL); /* there always is an answer: of the whole, it pays nothing */
    if (status == PILOT_ERROR_NOT_FOUND || districts > (int64_t)TEN_THOUSANDTHS)
        districts = (int64_t)TEN_THOUSANDTHS;
    *share = (int64_t)TEN_THOUSANDTHS - districts;
    return PILOT_OK;
}

pilot_status pilot_budget_quantity(const pilot_policy *policy, pilot_basis basis, pilot_month first,
                                   pilot_month last, const pilot_budget *budget, int64_t *quantity,
                                   pilot_error *error)
{
    const pilot_plan *plan;
    question q;
    if (!budget || !quantity)
        return pilot_error_null(error);
    if ((unsigned)basis >= PILOT_BASIS_COUNT)
        return pilot_error_number(error, PILOT_ERROR_ARGUMENT, "/basis", (int64_t)basis,
                                  "没有这个编号的计算单位", "it is the number of no basis");
    pilot_status status = open_plan(policy, &plan, error);
    if (status == PILOT_OK)
        status = pilot_check_months(first, last, "/first", "/last", error);
    if (status == PILOT_OK)
        status = start(&q, plan, budget, budget->payer, error);
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
    return largest(&q, quantity, error);
}
