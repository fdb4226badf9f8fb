/* What is NULL where something is wanted is refused, and nothing else that was given is written to. */
#include "cases.h"

typedef struct fixture {
    pilot_policy *policy;
    pilot_city *city;
    pilot_report *report;
    pilot_finding finding;
} fixture;

static fixture begin(void)
{
    fixture f = {.policy = notice(), .city = cases_city("examples/data/nanchang-2019.json")};
    cr_assert_eq(pilot_check(f.policy, f.city, cases_date("2020-02-29"), &f.report, NULL), PILOT_OK);
    cr_assert_eq(pilot_report_at(f.report, 0, &f.finding), PILOT_OK);
    return f;
}

static void end(fixture *f)
{
    pilot_report_free(f->report);
    pilot_city_free(f->city);
    pilot_policy_free(f->policy);
}

static char *text;

#define REFUSED(call)                                                                                   \
    do {                                                                                                \
        mark(&text, sizeof text);                                                                       \
        cr_expect_eq((call), PILOT_ERROR_ARGUMENT, "%s", #call);                                        \
        cr_expect(marked(&text, sizeof text), "%s: the text is touched", #call);                        \
    } while (0)

Test(arguments, of_what_is_written)
{
    fixture f = begin();
    pilot_finding strange = f.finding;
    const pilot_rule none = {.id = "none"};
    const pilot_json_style style = PILOT_JSON_COMPACT;
    strange.rule = &none;
    REFUSED(pilot_finding_write(NULL, style, &text));
    REFUSED(pilot_finding_write(&f.finding, style, NULL));
    REFUSED(pilot_finding_write(&strange, style, &text));
    REFUSED(pilot_report_write(NULL, NULL, style, &text));
    REFUSED(pilot_report_write(f.report, NULL, style, NULL));
    REFUSED(pilot_report_print(NULL, NULL, PILOT_ENGLISH, &text));
    REFUSED(pilot_report_print(f.report, NULL, PILOT_ENGLISH, NULL));
    REFUSED(pilot_readings_print(NULL, PILOT_ENGLISH, &text));
    REFUSED(pilot_readings_print(f.report, PILOT_ENGLISH, NULL));
    REFUSED(pilot_call_request_schema(NULL, style, &text));
    REFUSED(pilot_call_request_schema("check", style, NULL));
    REFUSED(pilot_call_result_schema(NULL, style, &text));
    REFUSED(pilot_call_result_schema("check", style, NULL));
    REFUSED(pilot_call_response_schema(style, NULL));
    REFUSED(pilot_choice_write(NULL, NULL, NULL, 0, style, &text));
    const pilot_choice choice = {.chosen = SIZE_MAX}, beyond = {.chosen = 1};
    const pilot_contest_offer offer = {0};
    const pilot_offer_result result = {0};
    REFUSED(pilot_choice_write(&choice, NULL, NULL, 0, style, NULL));
    REFUSED(pilot_choice_write(&choice, NULL, &result, 1, style, &text));
    REFUSED(pilot_choice_write(&choice, &offer, NULL, 1, style, &text));
    REFUSED(pilot_choice_write(&beyond, &offer, &result, 1, style, &text));
    end(&f);
}

Test(arguments, of_what_is_made)
{
    fixture f = begin();
    pilot_finding finding;
    pilot_report *report = NULL;
    pilot_timeline timeline;
    pilot_award_sum sum;
    pilot_summary rows[64];
    char binding[64];
    size_t count;
    const pilot_date day = cases_date("2020-02-29");
    const pilot_residential_area *area = pilot_city_records(f.city)->areas;
    REFUSED(pilot_report_at(NULL, 0, &finding));
    REFUSED(pilot_report_at(f.report, 0, NULL));
    REFUSED(pilot_check(f.policy, f.city, day, NULL, NULL));
    REFUSED(pilot_check(NULL, f.city, day, &report, NULL));
    REFUSED(pilot_report_summaries(NULL, PILOT_SCOPE_DISTRICT, rows, COUNT(rows)));
    REFUSED(pilot_report_summaries(f.report, PILOT_SCOPE_DISTRICT, NULL, COUNT(rows)));
    REFUSED(pilot_report_summaries(f.report, PILOT_SCOPE_AREA, rows, COUNT(rows)));
    REFUSED(pilot_city_award(NULL, f.city, NULL, day, &sum, NULL, 0, NULL));
    REFUSED(pilot_city_award(f.policy, f.city, NULL, day, NULL, NULL, 0, NULL));
    REFUSED(pilot_timeline_make(NULL, area, day, &timeline, NULL));
    REFUSED(pilot_timeline_make(f.policy, area, day, NULL, NULL));
    REFUSED(pilot_clause_binding(NULL, 0, binding, sizeof binding));
    REFUSED(pilot_clause_binding("3.2-7b", 0, NULL, sizeof binding));
    REFUSED(pilot_clause_binding("3.2-7b", 0, binding, 0));
    REFUSED(pilot_record_problems(PILOT_SCHEMA_CITY, NULL, NULL, 0, &count));
    REFUSED(pilot_record_problems(PILOT_SCHEMA_CITY, pilot_city_records(f.city), NULL, 0, NULL));
    cr_expect_null(report);
    end(&f);
}

Test(arguments, of_one_rule_s_records)
{
    static const char json[] = "{\"id\":\"c\",\"district\":\"d\"}";
    const pilot_rule *rule = pilot_rule_find("office_area");
    const pilot_rule_records records = {.record = {json, sizeof json - 1}},
                             empty = {.record = {NULL, 0}};
    const pilot_date day = cases_date("2020-02-29");
    pilot_policy *policy = notice();
    pilot_city *city = NULL;
    pilot_finding finding;
    REFUSED(pilot_check_rule_text(NULL, rule, &records, day, &city, &finding, NULL));
    REFUSED(pilot_check_rule_text(policy, NULL, &records, day, &city, &finding, NULL));
    REFUSED(pilot_check_rule_text(policy, rule, NULL, day, &city, &finding, NULL));
    REFUSED(pilot_check_rule_text(policy, rule, &empty, day, &city, &finding, NULL));
    REFUSED(pilot_check_rule_text(policy, rule, &records, day, NULL, &finding, NULL));
    REFUSED(pilot_check_rule_text(policy, rule, &records, day, &city, NULL, NULL));
    cr_expect_null(city);
    pilot_policy_free(policy);
}
