/* Claims by column, and a row of them by itself. */
#include "panel_internal.h"

pilot_status pilot_claims_check(const pilot_claim_columns *claims)
{
    if (!claims || !claims->first.values || !claims->last.values)
        return PILOT_ERROR_ARGUMENT;
    bool valid = pilot_column_valid(claims->first) && pilot_column_valid(claims->last) &&
                 pilot_column_valid(claims->passed) && pilot_column_valid(claims->failed) &&
                 pilot_column_valid(claims->passed_from);
    for (int b = 0; b < PILOT_BASIS_COUNT; b++)
        valid = valid && pilot_column_valid(claims->quantity[b]);
    return valid ? PILOT_OK : PILOT_ERROR_ARGUMENT;
}

static bool from_the_pass(const pilot_policy *policy)
{
    return policy->parameters.readings[PILOT_READING_PASS_EFFECT] == PILOT_PASS_EFFECT_FROM_THE_PASS;
}

pilot_status pilot_claims_plan(const pilot_policy *policy, const pilot_claim_columns *claims,
                               const pilot_plan **plan)
{
    pilot_status status = pilot_plan_of(policy, plan);
    if (status == PILOT_OK && from_the_pass(policy) && !claims->passed_from.values)
        return PILOT_ERROR_MISSING_VALUE;
    return status;
}

/* The day that the row's passes count from; not known where they count for all months. */
static pilot_opt_date pass_day(const pilot_plan *plan, const pilot_claim_columns *claims, size_t row)
{
    static const pilot_opt_date unknown = {.known = false};
    if (!from_the_pass(plan->policy))
        return unknown;
    const int64_t month = pilot_column_value(claims->passed_from, row);
    const bool known = month == (pilot_month)month && pilot_month_valid((pilot_month)month);
    return known ? (pilot_opt_date){pilot_month_first_day((pilot_month)month), true} : unknown;
}

/* The years' results, for the walk. */
static size_t list_assessments(const pilot_plan *plan, pilot_row_gate gate, pilot_opt_date passed_on,
                               pilot_assessment *list)
{
    int32_t year = pilot_month_year(plan->origin);
    size_t count = 0;
    for (int32_t i = 0; i < 64; i++) {
        if (!((gate.passed | gate.failed) >> i & 1))
            continue;
        bool passed = gate.passed >> i & 1;
        list[count++] = (pilot_assessment){
            .year = year + i, .result = passed ? PILOT_PASSED : PILOT_FAILED, .date = passed_on};
    }
    return count;
}

pilot_status pilot_row_claim(const pilot_plan *plan, const pilot_claim_columns *claims, size_t row,
                             pilot_assessment assessments[64], pilot_claim *claim)
{
    pilot_row_gate gate = pilot_row_gate_of(claims, row);
    int64_t first = pilot_column_value(claims->first, row), last = pilot_column_value(claims->last, row);
    if (first != (int32_t)first || last != (int32_t)last)
        return PILOT_ERROR_RANGE;
    if (gate.passed & gate.failed)
        return PILOT_ERROR_INCONSISTENT;
    *claim = (pilot_claim){.first = (pilot_month)first,
                           .last = (pilot_month)last,
                           .assessments = assessments,
                           .assessment_count =
                               list_assessments(plan, gate, pass_day(plan, claims, row), assessments)};
    for (int b = 0; b < PILOT_BASIS_COUNT; b++)
        if (plan->bases[b] && claims->quantity[b].values)
            claim->quantity[b] = (pilot_opt_int){pilot_column_value(claims->quantity[b], row), true};
    return PILOT_OK;
}

pilot_status pilot_row_walk(const pilot_plan *plan, const pilot_claim_columns *claims, size_t row,
                            pilot_line_function visit, void *context, pilot_award *award)
{
    pilot_assessment assessments[64];
    pilot_claim claim;
    pilot_status status = pilot_row_claim(plan, claims, row, assessments, &claim);
    return status == PILOT_OK ? pilot_award_walk(plan->policy, &claim, visit, context, award) : status;
}

static const words element_words =
    WORD_LIST({"int64", "64位整数", "64-bit integer"}, {"int32", "32位整数", "32-bit integer"},
              {"int16", "16位整数", "16-bit integer"});

WORDED(pilot_element, pilot_element, element_words)
