/* What carries each clause out: rules and parameters cite their clauses themselves; functions that do
 * are listed here. */
#include "pilot/check.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *clause, *function;
} functions[] = {
    {"0.1-1", "pilot_is_addressee"},
    {"1-3", "pilot_side_of"},
    {"1-4", "pilot_gate_of"},
    {"1-4", "pilot_side_on"},
    {"2-2", "pilot_district_on"},
    {"4.3-1", "pilot_side_of"},
    {"4.3-3", "pilot_quote_compute"},
    {"4.3-3", "pilot_bill_compute"},
    {"4.3-3", "pilot_bills_apportion"},
    {"4.3-4", "pilot_responsible"},
    {"4.3-14", "pilot_responsible"},
    {"4.4.1-1", "pilot_award_compute"},
    {"4.4.1-2", "pilot_award_compute"},
    {"4.4.1-3", "pilot_award_compute"},
    {"4.4.1-4", "pilot_rate_at"},
    {"4.4.1-6", "pilot_award_compute"},
    {"4.4.1-6", "pilot_residential_area_claim"},
    {"4.4.1-6", "pilot_award_columns_compute"},
    {"4.4.1-8", "pilot_award_compute"},
    {"4.4-1", "pilot_account_compute"},
    {"4.4.1-5", "pilot_account_compute"},
    {"4.4.1-5", "pilot_account_columns_compute"},
    {"4.4.2-2", "pilot_account_compute"},
    {"4.4.2-5", "pilot_account_compute"},
    {"4.5-1", "pilot_account_compute"},
    {"4.5-1", "pilot_account_answer_compute"},
    {"4.4.1-8", "pilot_budget_city_share"},
    {"5.5-3", "pilot_award_compute"},
    {"5.1-1", "pilot_duty_due"},
    {"5.2-1", "pilot_duty_due"},
    {"5.3-1", "pilot_duty_due"},
    {"5.4-1", "pilot_duty_due"},
    {"5.5-1", "pilot_duty_due"},
    {"6.1-3", "pilot_timeline_make"},
    {"4.4.2-1", "pilot_vote_law_on"},
    {"5.3-2", "pilot_vote_decide"},
    {"5.4-2", "pilot_vote_choose"},
    {"5.4-2", "pilot_offers_compare"},
    {"5.4-2", "pilot_comparison_compute"},
    {"5.4-2b", "pilot_menu_check_prices"},
    {"3.2-5c", "pilot_outside_compute"},
    {"3.2-5d", "pilot_handover_compute"},
    {"4.3-5", "pilot_handover_compute"},
    {"4.3-8", "pilot_handover_compute"},
    {"4.3-9", "pilot_handover_compute"},
    {"5.2-5", "pilot_outside_compute"},
};

static bool cites(const pilot_rule *rule, const char *clause)
{
    for (int i = 0; i < PILOT_RULE_CLAUSES_MAX && rule->clauses[i]; i++)
        if (strcmp(rule->clauses[i], clause) == 0)
            return true;
    return false;
}

pilot_status pilot_clause_binding(const char *clause, size_t index, char *text, size_t size)
{
    pilot_parameter_info parameter;
    if (!clause || !text || !size)
        return PILOT_ERROR_ARGUMENT;
    for (size_t i = 0; i < pilot_rule_count(); i++)
        if (cites(pilot_rule_at(i), clause) && index-- == 0) {
            snprintf(text, size, "rule %s", pilot_rule_at(i)->id);
            return PILOT_OK;
        }
    for (size_t i = 0; pilot_parameter_at(i, &parameter) == PILOT_OK; i++)
        if (parameter.clause && strcmp(parameter.clause, clause) == 0 && index-- == 0) {
            snprintf(text, size, "parameter %s%s%s", parameter.parent ? parameter.parent : "",
                     parameter.parent ? "." : "", parameter.key);
            return PILOT_OK;
        }
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (strcmp(functions[i].clause, clause) == 0 && index-- == 0) {
            snprintf(text, size, "function %s", functions[i].function);
            return PILOT_OK;
        }
    return PILOT_ERROR_NOT_FOUND;
}
