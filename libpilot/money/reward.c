#include "reward_internal.h"

#include "account_internal.h"
#include "base/base_internal.h"
#include "notice/clause_internal.h"
#include "record/fields.h"
#include "notice/policy_internal.h"

#include <stdio.h>
#include <string.h>

/* Awards are added up in 0.000001 yuan, which holds a month of any basis exactly: a price has four
 * decimals, and so has a price times 0.01 m² two more. */
#define MICRO_PER_FEN INT64_C(10000)
#define MICRO_PER_PRICE INT64_C(100)

#define GATE_CLAUSE "4.4.1-2"
#define PERIOD_CLAUSE "4.4.1-3"
#define RATE_CLAUSE "4.4.1-4"
#define FAILED_CLAUSE "5.5-4"
#define PASS_CLAUSE "5.5-3"

const words pilot_withheld_words =
    WORD_LIST({"payable", "应付", "payable"}, {"not_assessed", "未考核", "not assessed"},
              {"failed", "考核不合格", "assessment failed"},
              {"outside_period", "不在奖励期内", "outside the reward's period"},
              {"before_pass", "合格之前", "before the pass"});

const words pilot_assessment_result_words =
    WORD_LIST({"not_assessed", "未考核", "not assessed"}, {"failed", "不合格", "failed"},
              {"passed", "合格", "passed"});

WORDED(pilot_withheld, pilot_withheld, pilot_withheld_words)
WORDED(pilot_assessment_result, pilot_assessment_result, pilot_assessment_result_words)

static const field assessment_fields[] = {
    REQUIRED(pilot_assessment, year, "year", YEAR, "4.4.1-1", "服务年度",
             "year of service it speaks of"),
    REQUIRED(pilot_assessment, result, "result", WORD, "4.4.1-2", "考核结果", "the result",
             .of = &pilot_assessment_result_words),
    OPTIONAL(pilot_assessment, date, "date", DATE, "5.5-1", "考核日期", "day on which it was made",
             NAMED("考核日期", "date of the assessment")),
    OPTIONAL(pilot_assessment, method, "method", TEXT, "4.4.1-7", "考核办法版本",
             "version of the method applied"),
    OPTIONAL(pilot_assessment, assessor, "assessor", WORD, "3.2-2f", "考核单位", "body that made it",
             .of = &pilot_actor_words, NAMED("考核单位", "body that made the assessment")),
};
const record pilot_assessment_record =
    RECORD("assessments", pilot_assessment, assessment_fields, "社区工作的考核",
           "an assessment of a community's work", NAMED("考核", "assessment"));

#define COUNT_DAY                                                                                       \
    REQUIRED(pilot_count, from, "from", DATE, "4.4.1-6", "起算日期，此日起按此数",                      \
             "day from which it holds")
#define COUNT_AREA                                                                                      \
    OPTIONAL(pilot_count, building_area, "building_area_m2", AREA, "4.4.1-6",                           \
             "建筑面积，住宅合计，不填为不变", "building area of its dwellings; left out: as before")
static const field count_fields[] = {
    COUNT_DAY,
    OPTIONAL(pilot_count, households, "households", COUNT, "4.4.1-6", "总户数，全部住宅，不填为不变",
             "all dwellings; left out: as before"),
    OPTIONAL(pilot_count, occupied_households, "occupied_households", COUNT, "4.4.1-6",
             "入住户数，不填为不变", "dwellings that are lived in; left out: as before"),
    OPTIONAL(pilot_count, paying_households, "paying_households", COUNT, "4.4.1-6",
             "缴费户数，不填为不变", "dwellings that pay the property fee; left out: as before"),
    COUNT_AREA,
};
const record pilot_count_record = RECORD("counts", pilot_count, count_fields, "自某日起的户数和面积",
                                         "households and area from a day on");
static const field claim_count_fields[] = {
    COUNT_DAY,
    OPTIONAL(pilot_count, households, "households", COUNT, "4.4.1-6", "服务区域内户数，不填为不变",
             "dwellings in the service area; left out: as before"),
    COUNT_AREA,
};
const record pilot_claim_count_record =
    RECORD("claim_counts", pilot_count, claim_count_fields, "自某日起的户数和面积",
           "households and area from a day on");

pilot_status pilot_counts_checked(const checker *c, const record_place *at, const pilot_count *counts,
                                  size_t count)
{
    const record_place list = pilot_member(at, "counts");
    pilot_status first = PILOT_OK;
    for (size_t i = 1; i < count; i++) {
        const record_place here = {&list, NULL, i}, from = pilot_member(&here, "from");
        pilot_text text;
        if (counts[i].from > counts[i - 1].from)
            continue;
        pilot_status status =
            pilot_refuse(c->to, &from, PILOT_ERROR_ORDER, pilot_date_text(counts[i].from, &text),
                         "各次户数须按日期先后排列，一日一次",
                         "counts stand in the order of their days, one of a day");
        if (pilot_ends(c->to, status))
            return status;
        first = first == PILOT_OK ? status : first;
    }
    return first;
}

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

static void mark_result(pilot_results *results, const pilot_assessment *a)
{
    const bool passed = a->result == PILOT_PASSED;
    mark_year(passed ? results->passed : results->failed, a->year);
    if (!passed || !a->date.known)
        return;
    mark_year(results->dated, a->year);
    results->passed_on[a->year - PILOT_YEAR_MIN] = a->date.value;
    if (!results->first_pass.known || a->date.value < results->first_pass.value)
        results->first_pass = a->date;
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
            mark_result(results, held[year - PILOT_YEAR_MIN]);
}

static pilot_status results_of(const pilot_claim *claim, pilot_results *results, pilot_error *error)
{
    pilot_status status = check_results(claim, error);
    if (status != PILOT_OK)
        return status;
    memset(results->passed, 0, sizeof results->passed);
    memset(results->failed, 0, sizeof results->failed);
    memset(results->dated, 0, sizeof results->dated);
    results->first_pass.known = false;
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

/* Whether the year has a pass whose day is not known. */
static bool is_undated(const pilot_results *results, int32_t year)
{
    return is_year(year) && has_year(results->passed, year) && !has_year(results->dated, year);
}

/* The first year that has such a pass; a year that is none where there is none. */
static int32_t undated_year(const pilot_results *results)
{
    for (int i = 0; i < PILOT_RESULT_WORDS; i++)
        for (int32_t bit = 0; results->passed[i] & ~results->dated[i] && bit < 64; bit++)
            if (is_undated(results, PILOT_YEAR_MIN + i * 64 + bit))
                return PILOT_YEAR_MIN + i * 64 + bit;
    return PILOT_YEAR_MIN - 1;
}

/* 4.4.1-2 and 5.5-3, readings A-5: whether the gate is open in the line's first month. One pass opens
 * every year, gone by or to come, but one that failed itself. The line ends with the answer. Errors:
 * MISSING_VALUE. */
static pilot_status gate(pilot_award_steps *w, int32_t year, pilot_award_line *line)
{
    const int32_t *readings = w->p->readings;
    const bool once = readings[PILOT_READING_GATE_MODE] == PILOT_GATE_MODE_ONCE;
    pilot_assessment_result result = pilot_result_of_year(w->results, year);
    if (once && result == PILOT_NOT_ASSESSED)
        result = pilot_best_result(w->results);
    line->reason = result == PILOT_PASSED   ? PILOT_PAYABLE
                   : result == PILOT_FAILED ? PILOT_WITHHELD_FAILED
                                            : PILOT_WITHHELD_NOT_ASSESSED;
    if (result != PILOT_PASSED || readings[PILOT_READING_PASS_EFFECT] == PILOT_PASS_EFFECT_RETROACTIVE)
        return PILOT_OK;
    /* One whose day is not known may be the first. */
    const int32_t undated = once ? undated_year(w->results) : year;
    if (is_undated(w->results, undated)) {
        w->lack = (pilot_lack){.what = PILOT_LACKS_PASS_DATE, .year = undated};
        return PILOT_ERROR_MISSING_VALUE;
    }
    const pilot_month from = pilot_month_of(once ? w->results->first_pass.value
                                                 : w->results->passed_on[year - PILOT_YEAR_MIN]);
    if (line->first >= from)
        return PILOT_OK;
    line->reason = PILOT_WITHHELD_BEFORE_PASS;
    if (line->last >= from)
        line->last = from - 1;
    return PILOT_OK;
}

static const pilot_opt_int *counted(const pilot_count *count, pilot_basis basis, int32_t household_basis)
{
    if (basis == PILOT_PER_SQUARE_METRE)
        return &count->building_area;
    return household_basis == PILOT_HOUSEHOLD_BASIS_OCCUPIED ? &count->occupied_households
           : household_basis == PILOT_HOUSEHOLD_BASIS_PAYING ? &count->paying_households
                                                             : &count->households;
}

/* The quantity in force on a day: that of the last count by then which has it. */
static pilot_opt_int in_force(const pilot_claim *claim, pilot_basis basis, pilot_date day)
{
    size_t low = 0, high = basis == PILOT_PER_COMMUNITY ? 0 : claim->count_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (claim->counts[middle].from <= day)
            low = middle + 1;
        else
            high = middle;
    }
    while (low--) {
        const pilot_opt_int *quantity = counted(&claim->counts[low], basis, claim->household_basis);
        if (quantity->known)
            return *quantity;
    }
    return claim->quantity[basis];
}

/* 4.4.1-6, reading A-4: the day whose count a month is paid for. */
static pilot_date counting_day(const pilot_award_steps *w, pilot_month month)
{
    const pilot_month january = month - pilot_month_in_year(month);
    switch (w->p->readings[PILOT_READING_HOUSEHOLD_DATE]) {
    case PILOT_HOUSEHOLD_DATE_JANUARY:
        return pilot_month_first_day(january < w->first ? w->first : january);
    case PILOT_HOUSEHOLD_DATE_EACH_MONTH:
        return pilot_month_first_day(month);
    default:
        return w->results->first_pass.known ? w->results->first_pass.value
               : w->claim->as_of.known      ? w->claim->as_of.value
                                            : INT32_MAX;
    }
}

static pilot_opt_int quantity_in(const pilot_award_steps *w, pilot_basis basis, pilot_month month)
{
    return w->claim->count_count ? in_force(w->claim, basis, counting_day(w, month))
                                 : w->claim->quantity[basis];
}

static bool same_quantity(pilot_opt_int a, pilot_opt_int b)
{
    return a.known == b.known && (!a.known || a.value == b.value);
}

/* The line ends where its quantity does. Errors: MISSING_VALUE. */
static pilot_status count_line(pilot_award_steps *w, pilot_award_line *line)
{
    const pilot_basis basis = line->rate.basis;
    const pilot_opt_int quantity = quantity_in(w, basis, line->first);
    if (!quantity.known) {
        w->lack = (pilot_lack){.what = PILOT_LACKS_QUANTITY, .basis = basis};
        return PILOT_ERROR_MISSING_VALUE;
    }
    line->quantity[basis] = quantity;
    if (!w->claim->count_count)
        return PILOT_OK;
    for (pilot_month month = line->first + 1; month <= line->last; month++)
        if (!same_quantity(quantity_in(w, basis, month), quantity))
            line->last = month - 1;
    return PILOT_OK;
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
static pilot_status exact_amount(const pilot_award_line *line, int64_t *exact)
{
    int64_t per_unit;
    int64_t scale = line->rate.basis == PILOT_PER_SQUARE_METRE ? 1 : MICRO_PER_PRICE;
    pilot_status status = pilot_multiply(line->rate.price, line->months * scale, &per_unit);
    return status == PILOT_OK ? pilot_multiply(line->quantity[line->rate.basis].value, per_unit, exact)
                              : status;
}

static pilot_status price_line(pilot_award_steps *w, pilot_award_line *line)
{
    int64_t exact;
    pilot_money city;
    if (line->reason == PILOT_WITHHELD_OUTSIDE)
        return PILOT_OK;
    pilot_status status = exact_amount(line, &exact);
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
 * one rate, for one quantity and with one answer, or in a gap between rates. Errors: MISSING_VALUE. */
static pilot_status next_line(pilot_award_steps *w, pilot_award_line *made)
{
    static const char *const clauses[] = {[PILOT_PAYABLE] = RATE_CLAUSE,
                                          [PILOT_WITHHELD_NOT_ASSESSED] = GATE_CLAUSE,
                                          [PILOT_WITHHELD_FAILED] = FAILED_CLAUSE,
                                          [PILOT_WITHHELD_OUTSIDE] = PERIOD_CLAUSE,
                                          [PILOT_WITHHELD_BEFORE_PASS] = PASS_CLAUSE};
    const pilot_parameters *p = w->p;
    pilot_month first = w->next, last = w->last;
    pilot_status status = PILOT_OK;
    if (last - first >= w->longest)
        last = first + w->longest - 1;
    int32_t year = pilot_month_year(first);
    size_t i = rate_index(p, first);
    pilot_award_line line = {.first = first, .last = pilot_year_last_month(year)};
    if (line.last > last)
        line.last = last;
    if (i < p->rate_count && p->rates[i].first <= first) {
        if (line.last > p->rates[i].last)
            line.last = p->rates[i].last;
        line.rate = p->rates[i];
        status = gate(w, year, &line);
        if (status == PILOT_OK)
            status = count_line(w, &line);
    } else {
        if (i < p->rate_count && line.last >= p->rates[i].first)
            line.last = p->rates[i].first - 1;
        line.reason = PILOT_WITHHELD_OUTSIDE;
    }
    line.clause = clauses[line.reason];
    line.months = line.last - line.first + 1;
    *made = line;
    return status;
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

static pilot_status check_counts(const pilot_claim *claim, pilot_error *error)
{
    const record_place list = pilot_member(NULL, "counts");
    problems first = pilot_first_problem(error);
    const checker c = {.to = &first};
    if (claim->count_count && !claim->counts)
        return pilot_error_refuse(error, PILOT_ERROR_ARGUMENT,
                                  place_of(offsetof(pilot_claim, counts)).text, NULL,
                                  "列表为NULL，而项数不为0", "the list is NULL and its count is not 0");
    if ((uint32_t)claim->household_basis > PILOT_HOUSEHOLD_BASIS_PAYING)
        return pilot_error_number(error, PILOT_ERROR_RANGE, "/household_basis", claim->household_basis,
                                  "户数口径中没有这个编号", "it is the number of no household_basis");
    for (size_t i = 0; i < claim->count_count; i++) {
        const record_place here = {&list, NULL, i};
        pilot_status status = pilot_checked(&c, &here, &pilot_count_record, &claim->counts[i]);
        if (status != PILOT_OK)
            return status;
    }
    return pilot_counts_checked(&c, NULL, claim->counts, claim->count_count);
}

/* All but the assessments. */
static pilot_status check_claim(const pilot_policy *policy, const pilot_claim *claim, pilot_error *error)
{
    pilot_status status = PILOT_OK;
    if (!policy || !claim)
        return pilot_error_null(error);
    for (int basis = 0; status == PILOT_OK && basis < PILOT_BASIS_COUNT; basis++)
        status = check_quantity(claim, basis, error);
    if (status == PILOT_OK)
        status = check_counts(claim, error);
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

/* The walk's first month: of a claim that has been checked. */
static pilot_award_steps steps_of(const pilot_policy *policy, const pilot_claim *claim,
                                  const pilot_results *results, int32_t longest)
{
    const pilot_counting counting = pilot_counting_of(&policy->parameters);
    const pilot_month first = pilot_counted_first(counting, claim->first);
    return (pilot_award_steps){.p = &policy->parameters,
                               .claim = claim,
                               .results = results,
                               .first = first,
                               .next = first,
                               .last = pilot_counted_last(counting, claim->last),
                               .longest = longest};
}

pilot_lack pilot_claim_lacks(const pilot_policy *policy, const pilot_claim *claim)
{
    pilot_results results;
    pilot_award_line line;
    pilot_claim own = *claim;
    if (!claim->count_count &&
        policy->parameters.readings[PILOT_READING_PASS_EFFECT] == PILOT_PASS_EFFECT_RETROACTIVE)
        own.assessment_count = 0; /* nothing asks for a pass's day: many areas share a long list */
    if (pilot_results_of(&own, &results) != PILOT_OK)
        return (pilot_lack){.what = PILOT_LACKS_NOTHING};
    pilot_award_steps steps = steps_of(policy, claim, &results, INT32_MAX);
    while (steps.next <= steps.last && next_line(&steps, &line) == PILOT_OK)
        steps.next = line.last + 1;
    return steps.lack;
}

void pilot_claim_quantities(const pilot_policy *policy, const pilot_claim *claim,
                            const pilot_results *results, pilot_month month,
                            pilot_opt_int quantities[PILOT_BASIS_COUNT])
{
    const pilot_award_steps steps = steps_of(policy, claim, results, INT32_MAX);
    for (int basis = 0; basis < PILOT_BASIS_COUNT; basis++)
        quantities[basis] = quantity_in(&steps, (pilot_basis)basis, month);
}

uint32_t pilot_claim_readings(bool counts, bool assessments)
{
    uint32_t set = PILOT_AWARD_READINGS;
    if (!counts)
        set &= ~PILOT_READING_BIT(PILOT_READING_HOUSEHOLD_DATE);
    if (!assessments)
        set &= ~PILOT_READING_BIT(PILOT_READING_PASS_EFFECT);
    return set;
}

pilot_status pilot_award_start(const pilot_policy *policy, const pilot_claim *claim, int32_t longest,
                               pilot_results *own, pilot_award_steps *steps)
{
    pilot_status status = pilot_claim_check(policy, claim, own, NULL);
    if (status == PILOT_OK)
        *steps = steps_of(policy, claim, own, longest);
    return status;
}

pilot_status pilot_award_step(pilot_award_steps *steps, pilot_award_line *line)
{
    pilot_status status = next_line(steps, line);
    if (status == PILOT_OK)
        status = price_line(steps, line);
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
    pilot_award_line line;
    pilot_status status = check_claim(policy, claim, NULL);
    if (status != PILOT_OK)
        return status;
    pilot_award_steps steps = steps_of(policy, claim, results, INT32_MAX);
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

pilot_status pilot_award_through(const pilot_policy *policy, const pilot_claim *claim,
                                 const pilot_results *results, pilot_month through, pilot_award *award)
{
    pilot_award_line line;
    pilot_status status = check_claim(policy, claim, NULL);
    if (status != PILOT_OK)
        return status;
    pilot_award_steps steps = steps_of(policy, claim, results, INT32_MAX);
    steps.last = steps.last < through ? steps.last : through;
    while (status == PILOT_OK && steps.next <= steps.last)
        status = pilot_award_step(&steps, &line);
    *award = steps.award;
    return status;
}

pilot_status pilot_award_walk(const pilot_policy *policy, const pilot_claim *claim,
                              pilot_line_function visit, void *context, pilot_award *award)
{
    pilot_results own;
    pilot_status status = pilot_claim_check(policy, claim, &own, NULL);
    return status == PILOT_OK ? pilot_award_walk_by(policy, claim, &own, visit, context, award) : status;
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

/* A year's pass that holds and has no date: of such the last one. */
static size_t undated_pass(const pilot_claim *claim, int32_t year)
{
    size_t found = 0;
    for (size_t i = 0; i < claim->assessment_count; i++) {
        const pilot_assessment *a = &claim->assessments[i];
        if (a->year == year && a->result == PILOT_PASSED && !a->date.known)
            found = i;
    }
    return found;
}

static pilot_status refuse_undated(const pilot_claim *claim, int32_t year, pilot_error *error)
{
    const size_t pass = undated_pass(claim, year);
    return pilot_error_refuse(
        error, PILOT_ERROR_MISSING_VALUE, place_in(pass, offsetof(pilot_assessment, date)).text, NULL,
        "政策自合格当月起发放奖励，须有合格日期",
        "the policy pays from the month of a pass on, and the day of the pass is not given");
}

/* What only shows on the way: the claim has been checked by itself. */
static pilot_status explain(const pilot_policy *policy, const pilot_claim *claim, pilot_status status,
                            pilot_error *error)
{
    if (status == PILOT_ERROR_MISSING_VALUE) {
        const pilot_lack lack = pilot_claim_lacks(policy, claim);
        if (lack.what == PILOT_LACKS_PASS_DATE)
            return refuse_undated(claim, lack.year, error);
        return pilot_error_refuse(
            error, status, place_of_quantity((int)lack.basis).text, NULL,
            "政策中有一项标准按此数量计算，而数量没有给出",
            "a rate of the policy is paid for each of these, and their number is not given");
    }
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

size_t pilot_award_lines_max(const pilot_policy *policy, const pilot_claim *claim)
{
    int32_t months;
    if (!policy || !claim || pilot_month_count(claim->first, claim->last, &months) != PILOT_OK)
        return 0;
    const pilot_parameters *p = &policy->parameters;
    const size_t years = (size_t)(pilot_month_year(claim->last) - pilot_month_year(claim->first)) + 1;
    const bool from_the_pass = p->readings[PILOT_READING_PASS_EFFECT] == PILOT_PASS_EFFECT_FROM_THE_PASS;
    /* A rate can cut a year twice, a pass its own year once, and a count any month. */
    return years + 2 * p->rate_count + (from_the_pass ? years : 0) + claim->count_count;
}

/* The runs from the first month on; runs: NULL where only their number is asked for. */
static size_t list_runs(const pilot_policy *policy, const pilot_claim *claim,
                        const pilot_results *results, pilot_claim_run *runs)
{
    const pilot_award_steps steps = steps_of(policy, claim, results, INT32_MAX);
    pilot_claim_run run = {.first = steps.first};
    size_t count = 0;
    for (pilot_month month = steps.first; month <= steps.last; month++) {
        bool same = count;
        pilot_opt_int now[PILOT_BASIS_COUNT];
        pilot_claim_quantities(policy, claim, results, month, now);
        for (int basis = 0; basis < PILOT_BASIS_COUNT; basis++)
            same = same && same_quantity(now[basis], run.quantity[basis]);
        if (!same) {
            run.first = month;
            memcpy(run.quantity, now, sizeof now);
            count++;
        }
        run.last = month;
        if (runs)
            runs[count - 1] = run;
    }
    return count;
}

pilot_status pilot_claim_runs(const pilot_policy *policy, const pilot_claim *claim,
                              pilot_claim_run *runs, size_t capacity, size_t *count, pilot_error *error)
{
    pilot_results results;
    if (!count)
        return pilot_error_null(error);
    pilot_status status = pilot_claim_check(policy, claim, &results, error);
    if (status != PILOT_OK)
        return status;
    const size_t made = list_runs(policy, claim, &results, NULL);
    if (runs && capacity < made)
        return pilot_error_room(error, made);
    if (runs)
        (void)list_runs(policy, claim, &results, runs);
    *count = made;
    return PILOT_OK;
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
    status = pilot_award_sweep(policy, pilot_claim_readings(claim->count_count, claim->assessment_count),
                               award_values, &checked, range);
    return status == PILOT_OK ? PILOT_OK : explain(policy, claim, status, error);
}
