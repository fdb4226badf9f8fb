#include "reward_internal.h"

#include "account_internal.h"
#include "base/base_internal.h"
#include "notice/clause_internal.h"
#include "record/fields.h"
#include "notice/policy_internal.h"

#include <stdio.h>

/* Awards are added up in 0.000001 yuan, which holds a month of any basis exactly: a price has four
 * decimals, and so has a price times 0.01 m² two more. */
#define MICRO_PER_FEN INT64_C(10000)
#define MICRO_PER_PRICE INT64_C(100)

#define GATE_CLAUSE "4.4.1-2"
#define PERIOD_CLAUSE "4.4.1-3"
#define RATE_CLAUSE "4.4.1-4"
#define FAILED_CLAUSE "5.5-4"

const words pilot_withheld_words =
    WORD_LIST({"payable", "应付", "payable"}, {"not_assessed", "未考核", "not assessed"},
              {"failed", "考核不合格", "assessment failed"},
              {"outside_period", "不在奖励期内", "outside the reward's period"});

static const words result_words =
    WORD_LIST({"not_assessed", "未考核", "not assessed"}, {"failed", "不合格", "failed"},
              {"passed", "合格", "passed"});

WORDED(pilot_withheld, pilot_withheld, pilot_withheld_words)
WORDED(pilot_assessment_result, pilot_assessment_result, result_words)

static const field assessment_fields[] = {
    REQUIRED(pilot_assessment, year, "year", YEAR, "4.4.1-1", "服务年度",
             "year of service it speaks of"),
    REQUIRED(pilot_assessment, result, "result", WORD, "4.4.1-2", "考核结果", "the result",
             .of = &result_words),
    OPTIONAL(pilot_assessment, date, "date", DATE, "5.5-1", "考核日期", "day on which it was made"),
    OPTIONAL(pilot_assessment, method, "method", TEXT, "4.4.1-7", "考核办法版本",
             "version of the method applied"),
    OPTIONAL(pilot_assessment, assessor, "assessor", WORD, "3.2-2f", "考核单位", "body that made it",
             .of = &pilot_actor_words),
};
const record pilot_assessment_record = RECORD("assessments", pilot_assessment, assessment_fields,
                                              "社区工作的考核", "an assessment of a community's work");

/* The first rate that ends in or after the month; rate_count where there is none. Rates are in order. */
static size_t rate_index(const pilot_parameters *p, pilot_month month)
{
    size_t low = 0, high = p->rate_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (p->rates[middle].last < month)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

pilot_status pilot_rate_at(const pilot_policy *policy, pilot_month month, pilot_rate *rate)
{
    if (!policy || !rate)
        return PILOT_ERROR_ARGUMENT;
    if (!pilot_month_valid(month))
        return PILOT_ERROR_RANGE;
    const pilot_parameters *p = &policy->parameters;
    size_t i = rate_index(p, month);
    if (i == p->rate_count || p->rates[i].first > month)
        return PILOT_ERROR_NOT_FOUND;
    *rate = p->rates[i];
    return PILOT_OK;
}

static bool counts(const pilot_claim *claim, const pilot_assessment *a)
{
    return a->result != PILOT_NOT_ASSESSED &&
           !(claim->as_of.known && a->date.known && a->date.value > claim->as_of.value);
}

/* Of two assessments of a year the later date holds, then the later place. */
static bool supersedes(const pilot_assessment *a, const pilot_assessment *held)
{
    return !held || !held->date.known || (a->date.known && a->date.value >= held->date.value);
}

#define YEARS (PILOT_RESULT_WORDS * 64)

static bool is_year(int32_t year)
{
    return year >= PILOT_YEAR_MIN && year - PILOT_YEAR_MIN < YEARS;
}

static void mark_year(uint64_t *years, int32_t year)
{
    years[(year - PILOT_YEAR_MIN) / 64] |= UINT64_C(1) << (year - PILOT_YEAR_MIN) % 64;
}

static bool has_year(const uint64_t *years, int32_t year)
{
    return years[(year - PILOT_YEAR_MIN) / 64] >> (year - PILOT_YEAR_MIN) % 64 & 1;
}

static const char *key_at(const record *type, size_t offset)
{
    size_t i = 0;
    while (i < type->field_count - 1 && type->fields[i].offset != offset)
        i++;
    return type->fields[i].key;
}

/* The place of a claim's member, or of an assessment's, by the keys that a file has for them. */
typedef struct place {
    char text[64];
} place;

static place place_of(size_t member)
{
    place made;
    snprintf(made.text, sizeof made.text, "/%s", key_at(&pilot_account_claim_record, member));
    return made;
}

static place place_in(size_t assessment, size_t member)
{
    const place list = place_of(offsetof(pilot_claim, assessments));
    place made;
    snprintf(made.text, sizeof made.text, "%.20s/%zu/%.20s", list.text, assessment,
             key_at(&pilot_assessment_record, member));
    return made;
}

static pilot_status check_result(const pilot_claim *claim, size_t i, pilot_error *error)
{
    const pilot_assessment *a = &claim->assessments[i];
    if (!pilot_is_bool(&a->date.known))
        return pilot_error_bool(error, place_in(i, offsetof(pilot_assessment, date)).text);
    if ((unsigned)a->result > PILOT_PASSED)
        return pilot_error_number(error, PILOT_ERROR_RANGE,
                                  place_in(i, offsetof(pilot_assessment, result)).text, a->result,
                                  "考核结果中没有这个编号", "it is the number of no assessment result");
    return PILOT_OK;
}

static pilot_status check_results(const pilot_claim *claim, pilot_error *error)
{
    pilot_status status = PILOT_OK;
    if (claim->assessment_count && !claim->assessments)
        return pilot_error_refuse(error, PILOT_ERROR_ARGUMENT,
                                  place_of(offsetof(pilot_claim, assessments)).text, NULL,
                                  "列表为NULL，而项数不为0", "the list is NULL and its count is not 0");
    for (size_t i = 0; status == PILOT_OK && i < claim->assessment_count; i++)
        status = check_result(claim, i, error);
    return status;
}

/* Few claims have more than some assessments, and those need not clear a row for every year. */
static void mark_held(const pilot_claim *claim, pilot_results *results)
{
    const pilot_assessment *held[YEARS];
    int32_t first = PILOT_YEAR_MIN + YEARS, last = PILOT_YEAR_MIN - 1;
    for (size_t i = 0; i < claim->assessment_count; i++) {
        int32_t year = claim->assessments[i].year;
        first = is_year(year) && year < first ? year : first;
        last = is_year(year) && year > last ? year : last;
    }
    for (int32_t year = first; year <= last; year++)
        held[year - PILOT_YEAR_MIN] = NULL;
    for (size_t i = 0; i < claim->assessment_count; i++) {
        const pilot_assessment *a = &claim->assessments[i];
        if (is_year(a->year) && counts(claim, a) && supersedes(a, held[a->year - PILOT_YEAR_MIN]))
            held[a->year - PILOT_YEAR_MIN] = a;
    }
    for (int32_t year = first; year <= last; year++)
        if (held[year - PILOT_YEAR_MIN])
            mark_year(held[year - PILOT_YEAR_MIN]->result == PILOT_PASSED ? results->passed
                                                                          : results->failed,
                      year);
}

static pilot_status results_of(const pilot_claim *claim, pilot_results *results, pilot_error *error)
{
    pilot_status status = check_results(claim, error);
    if (status != PILOT_OK)
        return status;
    *results = (pilot_results){{0}, {0}};
    if (claim->assessment_count)
        mark_held(claim, results);
    return PILOT_OK;
}

pilot_status pilot_results_of(const pilot_claim *claim, pilot_results *results)
{
    return results_of(claim, results, NULL);
}

pilot_assessment_result pilot_result_of_year(const pilot_results *results, int32_t year)
{
    return !is_year(year)                    ? PILOT_NOT_ASSESSED
           : has_year(results->passed, year) ? PILOT_PASSED
           : has_year(results->failed, year) ? PILOT_FAILED
                                             : PILOT_NOT_ASSESSED;
}

static bool has_any(const uint64_t *years)
{
    uint64_t any = 0;
    for (int i = 0; i < PILOT_RESULT_WORDS; i++)
        any |= years[i];
    return any;
}

bool pilot_has_failed(const pilot_results *results)
{
    return has_any(results->failed);
}

pilot_assessment_result pilot_best_result(const pilot_results *results)
{
    return has_any(results->passed)    ? PILOT_PASSED
           : pilot_has_failed(results) ? PILOT_FAILED
                                       : PILOT_NOT_ASSESSED;
}

/* 4.4.1-2 and 5.5-3, reading A-5: whether the gate is open for a year. One pass opens every year, gone
 * by or to come, but one that failed itself. */
static pilot_withheld gate(const pilot_parameters *p, const pilot_results *results, int32_t year)
{
    pilot_assessment_result result = pilot_result_of_year(results, year);
    if (p->readings[PILOT_READING_GATE_MODE] == PILOT_GATE_MODE_ONCE && result == PILOT_NOT_ASSESSED)
        result = pilot_best_result(results);
    return result == PILOT_PASSED   ? PILOT_PAYABLE
           : result == PILOT_FAILED ? PILOT_WITHHELD_FAILED
                                    : PILOT_WITHHELD_NOT_ASSESSED;
}

/* Each line gets what it adds to the rounded sum, so the lines add up to the total rounded once. */
static pilot_status run_on(pilot_running *sum, int64_t exact, pilot_rounding rounding, pilot_money *step)
{
    int64_t total;
    pilot_money rounded;
    pilot_status status = pilot_add(sum->exact, exact, &total);
    if (status == PILOT_OK)
        status = pilot_divide(total, MICRO_PER_FEN, rounding, &rounded);
    if (status != PILOT_OK)
        return status;
    *step = rounded - sum->rounded;
    *sum = (pilot_running){total, rounded};
    return PILOT_OK;
}

pilot_status pilot_city_part(const pilot_parameters *p, pilot_money total, pilot_money *part)
{
    if (p->readings[PILOT_READING_ODD_FEN_TO] == PILOT_ODD_FEN_TO_DISTRICT)
        return pilot_share_of(total, p->city_share, part);
    pilot_share district = {p->city_share.denominator - p->city_share.numerator,
                            p->city_share.denominator};
    pilot_money rest;
    pilot_status status = pilot_share_of(total, district, &rest);
    if (status == PILOT_OK)
        *part = total - rest;
    return status;
}

/* 4.4.1-6: quantity x rate x months, exactly. */
static pilot_status exact_amount(const pilot_claim *claim, const pilot_award_line *line, int64_t *exact)
{
    const pilot_opt_int *quantity = &claim->quantity[line->rate.basis];
    if (!quantity->known)
        return PILOT_ERROR_MISSING_VALUE;
    int64_t per_unit;
    int64_t scale = line->rate.basis == PILOT_PER_SQUARE_METRE ? 1 : MICRO_PER_PRICE;
    pilot_status status = pilot_multiply(line->rate.price, line->months * scale, &per_unit);
    return status == PILOT_OK ? pilot_multiply(quantity->value, per_unit, exact) : status;
}

static pilot_status price_line(pilot_award_steps *w, pilot_award_line *line)
{
    int64_t exact;
    pilot_money city;
    if (line->reason == PILOT_WITHHELD_OUTSIDE)
        return PILOT_OK;
    pilot_status status = exact_amount(w->claim, line, &exact);
    if (status != PILOT_OK)
        return status;
    if (line->reason != PILOT_PAYABLE)
        return run_on(&w->withheld, exact, w->p->rounding, &line->withheld);
    status = run_on(&w->paid, exact, w->p->rounding, &line->amount);
    if (status == PILOT_OK)
        status = pilot_city_part(w->p, w->paid.rounded, &city);
    if (status != PILOT_OK)
        return status;
    line->city = city - w->award.city;
    line->district = line->amount - line->city;
    return PILOT_OK;
}

static void add_line(pilot_award_steps *w, const pilot_award_line *line)
{
    pilot_award *a = &w->award;
    a->total += line->amount;
    a->city += line->city;
    a->district += line->district;
    a->withheld += line->withheld;
    a->reasons |= UINT32_C(1) << line->reason;
    if (line->reason == PILOT_PAYABLE)
        a->months_paid += line->months;
    else
        a->months_withheld += line->months;
    a->line_count++;
}

/* The longest run of months still to come, within the walk's limit, that lies in one calendar year under
 * one rate, or in a gap between rates. */
static pilot_award_line next_line(const pilot_award_steps *w)
{
    const pilot_parameters *p = w->p;
    pilot_month first = w->next, last = w->last;
    if (last - first >= w->longest)
        last = first + w->longest - 1;
    int32_t year = pilot_month_year(first);
    size_t i = rate_index(p, first);
    pilot_award_line line = {.first = first, .last = pilot_year_last_month(year)};
    if (line.last > last)
        line.last = last;
    if (i < p->rate_count && p->rates[i].first <= first) {
        static const char *const clauses[] = {RATE_CLAUSE, GATE_CLAUSE, FAILED_CLAUSE};
        if (line.last > p->rates[i].last)
            line.last = p->rates[i].last;
        line.rate = p->rates[i];
        line.reason = gate(p, &w->results, year);
        line.clause = clauses[line.reason];
    } else {
        if (i < p->rate_count && line.last >= p->rates[i].first)
            line.last = p->rates[i].first - 1;
        line.reason = PILOT_WITHHELD_OUTSIDE;
        line.clause = PERIOD_CLAUSE;
    }
    line.months = line.last - line.first + 1;
    return line;
}

static place place_of_quantity(int basis)
{
    return place_of(offsetof(pilot_claim, quantity) + (size_t)basis * sizeof(pilot_opt_int));
}

static pilot_status check_quantity(const pilot_claim *claim, int basis, pilot_error *error)
{
    const pilot_opt_int *quantity = &claim->quantity[basis];
    pilot_text text;
    if (!pilot_is_bool(&quantity->known))
        return pilot_error_bool(error, place_of_quantity(basis).text);
    if (!quantity->known || quantity->value >= 0)
        return PILOT_OK;
    pilot_decimal_text(quantity->value, basis == PILOT_PER_SQUARE_METRE ? 2 : 0, &text);
    return pilot_error_refuse(error, PILOT_ERROR_RANGE, place_of_quantity(basis).text, text.text,
                              "数量不得小于0", "a quantity is 0 or more");
}

static pilot_status check_months(const pilot_claim *claim, pilot_error *error)
{
    int32_t count;
    if (pilot_month_count(claim->first, claim->last, &count) == PILOT_OK)
        return PILOT_OK;
    const place first = place_of(offsetof(pilot_claim, first));
    const place last = place_of(offsetof(pilot_claim, last));
    return pilot_check_months(claim->first, claim->last, first.text, last.text, error);
}

/* All but the assessments. */
static pilot_status check_claim(const pilot_policy *policy, const pilot_claim *claim, pilot_error *error)
{
    pilot_status status = PILOT_OK;
    if (!policy || !claim)
        return pilot_error_null(error);
    for (int basis = 0; status == PILOT_OK && basis < PILOT_BASIS_COUNT; basis++)
        status = check_quantity(claim, basis, error);
    if (status == PILOT_OK && !pilot_is_bool(&claim->as_of.known))
        status = pilot_error_bool(error, place_of(offsetof(pilot_claim, as_of)).text);
    return status == PILOT_OK ? check_months(claim, error) : status;
}

pilot_status pilot_claim_check(const pilot_policy *policy, const pilot_claim *claim,
                               pilot_results *results, pilot_error *error)
{
    pilot_status status = check_claim(policy, claim, error);
    return status == PILOT_OK ? results_of(claim, results, error) : status;
}

bool pilot_claim_lacks(const pilot_policy *policy, const pilot_claim *claim, pilot_basis *basis)
{
    const pilot_parameters *p = &policy->parameters;
    const pilot_counting counting = pilot_counting_of(p);
    const pilot_month first = pilot_counted_first(counting, claim->first);
    const pilot_month last = pilot_counted_last(counting, claim->last);
    for (size_t i = 0; i < p->rate_count; i++) {
        const pilot_rate *rate = &p->rates[i];
        *basis = rate->basis;
        if (rate->last >= first && rate->first <= last && !claim->quantity[rate->basis].known)
            return true;
    }
    return false;
}

/* results: NULL, those of the claim's own assessments. */
static pilot_status start(const pilot_policy *policy, const pilot_claim *claim,
                          const pilot_results *results, int32_t longest, pilot_award_steps *steps)
{
    pilot_results own;
    pilot_status status =
        results ? check_claim(policy, claim, NULL) : pilot_claim_check(policy, claim, &own, NULL);
    if (status != PILOT_OK)
        return status;
    *steps = (pilot_award_steps){.p = &policy->parameters,
                                 .claim = claim,
                                 .results = results ? *results : own,
                                 .longest = longest};
    const pilot_counting counting = pilot_counting_of(steps->p);
    steps->next = pilot_counted_first(counting, claim->first);
    steps->last = pilot_counted_last(counting, claim->last);
    return PILOT_OK;
}

pilot_status pilot_award_start(const pilot_policy *policy, const pilot_claim *claim, int32_t longest,
                               pilot_award_steps *steps)
{
    return start(policy, claim, NULL, longest, steps);
}

pilot_status pilot_award_step(pilot_award_steps *steps, pilot_award_line *line)
{
    *line = next_line(steps);
    pilot_status status = price_line(steps, line);
    if (status != PILOT_OK)
        return status;
    add_line(steps, line);
    steps->next = line->last + 1;
    return PILOT_OK;
}

pilot_status pilot_award_walk_by(const pilot_policy *policy, const pilot_claim *claim,
                                 const pilot_results *results, pilot_line_function visit, void *context,
                                 pilot_award *award)
{
    pilot_award_steps steps;
    pilot_award_line line;
    pilot_status status = start(policy, claim, results, INT32_MAX, &steps);
    if (status != PILOT_OK)
        return status;
    while (steps.next <= steps.last) {
        status = pilot_award_step(&steps, &line);
        if (status == PILOT_OK && visit)
            status = visit(&line, context);
        if (status != PILOT_OK)
            return status;
    }
    *award = steps.award;
    return PILOT_OK;
}

pilot_status pilot_award_walk(const pilot_policy *policy, const pilot_claim *claim,
                              pilot_line_function visit, void *context, pilot_award *award)
{
    return pilot_award_walk_by(policy, claim, NULL, visit, context, award);
}

typedef struct line_buffer {
    pilot_award_line *lines;
    size_t count;
} line_buffer;

static pilot_status keep_line(const pilot_award_line *line, void *context)
{
    line_buffer *buffer = context;
    buffer->lines[buffer->count++] = *line;
    return PILOT_OK;
}

/* What only shows on the way: the claim has been checked by itself. */
static pilot_status explain(const pilot_policy *policy, const pilot_claim *claim, pilot_status status,
                            pilot_error *error)
{
    pilot_basis basis;
    if (status == PILOT_ERROR_MISSING_VALUE && pilot_claim_lacks(policy, claim, &basis))
        return pilot_error_refuse(
            error, status, place_of_quantity((int)basis).text, NULL,
            "政策中有一项标准按此数量计算，而数量没有给出",
            "a rate of the policy is paid for each of these, and their number is not given");
    return status == PILOT_ERROR_OVERFLOW ? pilot_error_sum(error) : status;
}

pilot_status pilot_award_compute(const pilot_policy *policy, const pilot_claim *claim,
                                 pilot_award *award, pilot_award_line *lines, size_t capacity,
                                 pilot_error *error)
{
    pilot_results results;
    pilot_award made;
    if (!award)
        return pilot_error_null(error);
    pilot_status status = pilot_claim_check(policy, claim, &results, error);
    if (status != PILOT_OK)
        return status;
    status = pilot_award_walk_by(policy, claim, &results, NULL, NULL, &made);
    if (status != PILOT_OK)
        return explain(policy, claim, status, error);
    if (lines) { /* only now that nothing can fail any more: a failure leaves them untouched */
        line_buffer buffer = {lines, 0};
        if (capacity < made.line_count)
            return pilot_error_room(error, made.line_count);
        (void)pilot_award_walk_by(policy, claim, &results, keep_line, &buffer, &made);
    }
    pilot_receipt_fill(policy, claim->as_of, &made.receipt);
    *award = made;
    return PILOT_OK;
}

size_t pilot_award_lines_max(const pilot_policy *policy, pilot_month first, pilot_month last)
{
    if (!policy || !pilot_month_valid(first) || !pilot_month_valid(last) || last < first)
        return 0;
    size_t years = (size_t)(pilot_month_year(last) - pilot_month_year(first)) + 1;
    return years + 2 * policy->parameters.rate_count; /* each rate can cut a year twice */
}

typedef struct checked_claim {
    const pilot_claim *claim;
    pilot_results results;
} checked_claim;

static pilot_status award_values(const pilot_policy *policy, const void *context,
                                 int64_t values[PILOT_SWEEP_VALUES])
{
    const checked_claim *c = context;
    pilot_award award;
    pilot_status status = pilot_award_walk_by(policy, c->claim, &c->results, NULL, NULL, &award);
    if (status == PILOT_OK)
        pilot_award_values(&award, values);
    return status;
}

void pilot_award_values(const pilot_award *award, int64_t values[PILOT_SWEEP_VALUES])
{
    values[0] = award->total;
    values[1] = award->city;
    values[2] = award->district;
}

pilot_status pilot_award_sweep(const pilot_policy *policy, uint32_t readings,
                               pilot_sweep_function evaluate, const void *context,
                               pilot_award_range *range)
{
    pilot_spread s[PILOT_SWEEP_VALUES];
    pilot_status status = pilot_sweep(policy, readings, evaluate, context, s);
    if (status != PILOT_OK)
        return status;
    range->total = (pilot_range){s[0].least, s[0].greatest, s[0].moved_by};
    range->city = (pilot_range){s[1].least, s[1].greatest, s[1].moved_by};
    range->district = (pilot_range){s[2].least, s[2].greatest, s[2].moved_by};
    return PILOT_OK;
}

pilot_status pilot_award_range_compute(const pilot_policy *policy, const pilot_claim *claim,
                                       pilot_award_range *range, pilot_error *error)
{
    checked_claim checked = {.claim = claim};
    if (!range)
        return pilot_error_null(error);
    pilot_status status = pilot_claim_check(policy, claim, &checked.results, error);
    if (status != PILOT_OK)
        return status;
    status = pilot_award_sweep(policy, PILOT_AWARD_READINGS, award_values, &checked, range);
    return status == PILOT_OK ? PILOT_OK : explain(policy, claim, status, error);
}
