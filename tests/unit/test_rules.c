/* The cases of tests/cases/rules: what each rule has to find in a small city. */
#include "rule_cases.h"

/* Rules that cannot give an outcome which every rule is expected to give, and why. */
static const struct {
    const char *rule;
    pilot_outcome never;
} exceptions[] = {
    {"district_in_scope", PILOT_UNKNOWN}, /* its only input is a required id */
    {"menu_quality", PILOT_UNKNOWN},      /* its only input is a menu, which is whole or not there */
    {"parking_fee", PILOT_UNKNOWN},       /* a collector not known may be a fee not asked for */
};

/* When a case is asked of its rule, by the rule's day: its key "when". */
typedef enum moment { BEFORE_FORCE, BEFORE_DATE, AFTER_DATE, DONE_LATE, IN_TIME, MOMENTS } moment;
static const char *const moment_names[MOMENTS] = {"before_force", "before_date", "after_date",
                                                  "done_late", "in_time"};

#define OUTCOME(name) (1u << PILOT_##name)

/* Rules whose cases of a moment have other outcomes than their day asks for, and why. */
static const struct {
    const char *rule;
    moment when;
    unsigned outcomes; /* 0: it has no such case */
} moment_exceptions[] = {
    {"assessor", DONE_LATE, 0},          /* that an assessment is late is not its assessor's */
    {"remediation_items", DONE_LATE, 0}, /* what was brought about has no day but the acceptance's */
    {"chosen_by_vote", DONE_LATE, OUTCOME(MET)},  /* its clause sets no day for the vote */
    {"assessment_gate", DONE_LATE, OUTCOME(MET)}, /* a late pass opens the gate as well */
    {"reward_due", DONE_LATE, OUTCOME(MET)},      /* what is paid is no longer owed */
};

static unsigned seen[256];             /* rule -> outcomes that a case has */
static unsigned seen_at[256][MOMENTS]; /* of the cases of a moment */
static int cases_before_force, cases_on_due_day;

/* What several cases have in their city: tests/cases/NAME.json. */
static void add_shared(cJSON *city, const char *name)
{
    char path[64];
    if (!*name)
        return;
    snprintf(path, sizeof path, "tests/cases/%s.json", name);
    cJSON *shared = cases_read(path);
    cases_merge(city, shared);
    cJSON_Delete(shared);
}

/* One district, one community, one area, nothing known. */
static cJSON *small_city(const cJSON *test)
{
    cJSON *city = cJSON_Parse("{\"districts\": [{\"id\": \"360102\"}],"
                              " \"communities\": [{\"id\": \"c\", \"district\": \"360102\"}],"
                              " \"areas\": [{\"id\": \"a\", \"communities\": [\"c\"]}]}");
    static const char *const records[][2] = {
        {"district", "districts"}, {"community", "communities"}, {"area", "areas"}};
    add_shared(city, cases_text(test, "with"));
    for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
        cJSON *list = cJSON_GetObjectItemCaseSensitive(city, records[i][1]);
        const cJSON *changes = cJSON_GetObjectItemCaseSensitive(test, records[i][0]);
        if (changes)
            cases_merge(list->child, changes);
    }
    const cJSON *changes = cJSON_GetObjectItemCaseSensitive(test, "city");
    if (changes)
        cases_merge(city, changes);
    return city;
}

pilot_city *rule_case_city(const cJSON *test, const char *name)
{
    cJSON *tree = small_city(test);
    char *text = cJSON_PrintUnformatted(tree);
    pilot_city *city = NULL;
    pilot_error error;
    pilot_status status = pilot_city_parse(text, strlen(text), &city, &error);
    cr_assert_eq(status, PILOT_OK, "%s: %s: %s", name, error.path, error.message);
    cJSON_free(text);
    cJSON_Delete(tree);
    return city;
}

pilot_policy *rule_case_policy(const cJSON *test, const char *name)
{
    pilot_policy *policy = notice(), *reform;
    const cJSON *patch = cJSON_GetObjectItemCaseSensitive(test, "policy");
    if (!patch)
        return policy;
    char *text = cJSON_PrintUnformatted(patch);
    pilot_error error;
    pilot_status status = pilot_policy_patch(policy, text, strlen(text), &reform, &error);
    cr_assert_eq(status, PILOT_OK, "%s: %s: %s", name, error.path, error.message);
    cJSON_free(text);
    pilot_policy_free(policy);
    return reform;
}

pilot_date rule_case_day(const cJSON *test)
{
    const cJSON *as_of = cJSON_GetObjectItemCaseSensitive(test, "as_of");
    return cases_date(as_of ? as_of->valuestring : "2020-03-01");
}

/* The finding of the rule at the path, as the report writes it. */
static const cJSON *finding_in(const cJSON *report, const char *rule, const char *path)
{
    const cJSON *finding;
    cJSON_ArrayForEach(finding, cJSON_GetObjectItemCaseSensitive(report, "findings"))
    {
        if (strcmp(cases_text(finding, "rule"), rule) == 0 &&
            (!path || strcmp(cases_text(finding, "path"), path) == 0))
            return finding;
    }
    return NULL;
}

static void compare(const cJSON *finding, const cJSON *test, const char *name)
{
    const cJSON *wanted;
    const pilot_rule *row = pilot_rule_find(cases_text(test, "rule"));
    bool cited = false;
    for (int i = 0; i < PILOT_RULE_CLAUSES_MAX && row->clauses[i]; i++)
        cited |= strcmp(row->clauses[i], cases_text(finding, "clause")) == 0;
    cr_assert(cited, "%s: %s is not a clause of the rule", name, cases_text(finding, "clause"));
    cr_assert_str_eq(cases_text(finding, "outcome"), cases_text(test, "outcome"), "%s: is %s: %s", name,
                     cases_text(finding, "outcome"), cases_text(finding, "en"));
    cJSON_ArrayForEach(wanted, cJSON_GetObjectItemCaseSensitive(test, "finding"))
    {
        const cJSON *found = cJSON_GetObjectItemCaseSensitive(finding, wanted->string);
        /* null: it is not there. */
        cr_assert(cJSON_IsNull(wanted) ? !found : found && cJSON_Compare(found, wanted, true),
                  "%s: \"%s\" is not as wanted: %s", name, wanted->string, cases_text(finding, "en"));
    }
}

/* The outcomes that the cases of a moment have to have, each one of them, by what the rule waits for. */
static unsigned asked_at(const pilot_rule *rule, moment when)
{
    const unsigned not_so = rule->soft ? OUTCOME(INFO) : OUTCOME(BREACH);
    for (size_t i = 0; i < COUNT(moment_exceptions); i++)
        if (strcmp(moment_exceptions[i].rule, rule->id) == 0 && moment_exceptions[i].when == when)
            return moment_exceptions[i].outcomes;
    if (when == BEFORE_FORCE)
        return OUTCOME(NOT_APPLICABLE);
    if (rule->due == PILOT_DUE_NONE)
        return 0;
    switch (when) {
    case BEFORE_DATE:
        return OUTCOME(PENDING) | OUTCOME(UNKNOWN);
    case AFTER_DATE:
        return not_so | OUTCOME(UNKNOWN);
    case DONE_LATE: /* what waits for a step has no day of its own to be late for */
        return rule->due == PILOT_DUE_OWN ? not_so : OUTCOME(MET);
    default:
        return OUTCOME(MET);
    }
}

static void note_moment(const cJSON *test, const char *name, size_t rule, unsigned outcome)
{
    const char *when = cases_text(test, "when");
    for (int i = 0; i < MOMENTS; i++)
        if (strcmp(moment_names[i], when) == 0) {
            seen_at[rule][i] |= outcome;
            cr_assert(asked_at(pilot_rule_at(rule), (moment)i) & outcome,
                      "%s: \"when\" is %s, which does not give this outcome", name, when);
            return;
        }
    cr_assert(!*when, "%s: \"when\" is %s", name, when);
}

static void note(const cJSON *test, const char *name)
{
    for (size_t i = 0; i < pilot_rule_count(); i++) {
        if (strcmp(pilot_rule_at(i)->id, cases_text(test, "rule")) != 0)
            continue;
        for (int outcome = 0; outcome < PILOT_OUTCOME_COUNT; outcome++)
            if (strcmp(pilot_outcome_name((pilot_outcome)outcome), cases_text(test, "outcome")) == 0)
                seen[i] |= 1u << outcome, note_moment(test, name, i, 1u << outcome);
        return;
    }
    cr_assert_fail("%s: there is no such rule", name);
}

static void run_case(const cJSON *test, const char *name)
{
    note(test, name);
    pilot_policy *policy = rule_case_policy(test, name);
    pilot_city *city = rule_case_city(test, name);
    pilot_report *report;
    char *text;
    cr_assert_eq(pilot_check(policy, city, rule_case_day(test), &report, NULL), PILOT_OK);
    cr_assert_eq(pilot_report_write(report, NULL, PILOT_JSON_COMPACT, &text), PILOT_OK);
    cJSON *tree = cJSON_Parse(text);
    const cJSON *path = cJSON_GetObjectItemCaseSensitive(test, "path");
    const cJSON *finding = finding_in(tree, cases_text(test, "rule"), path ? path->valuestring : NULL);
    cr_assert_not_null(finding, "%s: no such finding", name);
    compare(finding, test, name);
    cJSON_Delete(tree);
    pilot_text_free(text);
    pilot_report_free(report);
    pilot_city_free(city);
    pilot_policy_free(policy);
}

static pilot_date in_force(const pilot_parameters *p)
{
    return p->readings[PILOT_READING_IN_FORCE_FROM] == PILOT_IN_FORCE_FROM_PUBLISHED ? p->published
                                                                                     : p->issued;
}

/* The last day for a step, which is the day in force where the notice only confirms what came before. */
static pilot_date last_day(const pilot_parameters *p, pilot_due due)
{
    const pilot_date days[PILOT_DUE_COUNT] = {
        [PILOT_DUE_SELECTION] = p->selection_due,   [PILOT_DUE_REMEDIATION] = p->remediation_due,
        [PILOT_DUE_ASSEMBLY] = p->assembly_due,     [PILOT_DUE_ENTRY] = p->entry_due,
        [PILOT_DUE_ASSESSMENT] = p->assessment_due,
    };
    const bool confirmed = p->readings[PILOT_READING_PRE_NOTICE] == PILOT_PRE_NOTICE_CONFIRMATORY &&
                           days[due] < in_force(p);
    return confirmed ? in_force(p) : days[due];
}

/* No rule asks anything on the day before the notice is in force. */
static void check_before_force(const pilot_policy *policy, const pilot_city *city, const char *name)
{
    pilot_report *report;
    const pilot_date day = in_force(pilot_policy_parameters(policy)) - 1;
    cr_assert_eq(pilot_check(policy, city, day, &report, NULL), PILOT_OK);
    cr_assert_eq(pilot_report_count(report, PILOT_NOT_APPLICABLE), pilot_report_size(report),
                 "%s: a rule asks something before the notice is in force", name);
    pilot_report_free(report);
    cases_before_force++;
}

/* On the last day for a step nothing is not so that waits for the step. */
static void check_on_due_day(const pilot_policy *policy, const pilot_city *city, pilot_due due,
                             const char *name)
{
    pilot_report *report;
    const pilot_date day = last_day(pilot_policy_parameters(policy), due);
    cr_assert_eq(pilot_check(policy, city, day, &report, NULL), PILOT_OK);
    for (size_t i = 0; i < pilot_report_size(report); i++) {
        const pilot_outcome outcome = pilot_report_outcome(report, i);
        if (pilot_report_rule(report, i)->due != due)
            continue;
        cr_assert(outcome != PILOT_BREACH && outcome != PILOT_INFO, "%s: %s is %s on its last day", name,
                  pilot_report_rule(report, i)->id, pilot_outcome_name(outcome));
        cases_on_due_day++;
    }
    pilot_report_free(report);
}

/* What a case's rule does not ask before the notice is in force it would hold against somebody later. */
static void check_later(const pilot_policy *policy, const pilot_city *city, const cJSON *test,
                        const char *name)
{
    pilot_report *report;
    bool held = false;
    if (strcmp(cases_text(test, "when"), moment_names[BEFORE_FORCE]) != 0)
        return;
    cr_assert_eq(pilot_check(policy, city, cases_date("2024-06-01"), &report, NULL), PILOT_OK);
    for (size_t i = 0; i < pilot_report_size(report); i++) {
        const pilot_outcome outcome = pilot_report_outcome(report, i);
        held = held || (strcmp(pilot_report_rule(report, i)->id, cases_text(test, "rule")) == 0 &&
                        (outcome == PILOT_BREACH || outcome == PILOT_INFO));
    }
    cr_assert(held, "%s: nor is it held against anybody later", name);
    pilot_report_free(report);
}

/* What holds of every city, whatever its case asks. */
static void check_city(const cJSON *test, const char *name)
{
    pilot_policy *policy = rule_case_policy(test, name);
    pilot_city *city = rule_case_city(test, name);
    check_before_force(policy, city, name);
    for (int due = PILOT_DUE_SELECTION; due <= PILOT_DUE_ASSESSMENT; due++)
        check_on_due_day(policy, city, (pilot_due)due, name);
    check_later(policy, city, test, name);
    pilot_city_free(city);
    pilot_policy_free(policy);
}

static bool excepted(const char *rule, pilot_outcome outcome)
{
    for (size_t i = 0; i < sizeof exceptions / sizeof *exceptions; i++)
        if (strcmp(exceptions[i].rule, rule) == 0 && exceptions[i].never == outcome)
            return true;
    return false;
}

/* What the law says there, as no other case of the rule has it. */
static void check_says(const cJSON *tests, const cJSON *test, const char *name)
{
    const char *says = cases_text(test, "says");
    cr_assert(*says, "%s: the case does not say what the law says there", name);
    for (const cJSON *other = tests->child; other != test; other = other->next)
        cr_assert(strcmp(cases_text(other, "rule"), cases_text(test, "rule")) != 0 ||
                      strcmp(cases_text(other, "says"), says) != 0,
                  "%s: another case of the rule says the same", name);
}

static void run_file(const char *path, rule_case_function run)
{
    cJSON *tests = cases_read(path);
    const cJSON *test;
    int number = 0;
    cJSON_ArrayForEach(test, tests)
    {
        char name[384];
        snprintf(name, sizeof name, "%s: case %d: %s %s: %s", path, number++, cases_text(test, "rule"),
                 cases_text(test, "outcome"), cases_text(test, "says"));
        check_says(tests, test, name);
        run(test, name);
    }
    cJSON_Delete(tests);
}

/* For a quick look at the cases of one part alone, such as a change of its file first gets. */
static const char *one_part(void)
{
    return getenv("PILOT_TEST_PART");
}

void each_rule_case(rule_case_function run)
{
    static const char *const parts[] = {"siting",   "organisation", "workstation", "community",
                                        "services", "funding",      "market",      "steps"};
    for (size_t i = 0; i < COUNT(parts); i++) {
        char path[64];
        if (one_part() && strcmp(one_part(), parts[i]) != 0)
            continue;
        snprintf(path, sizeof path, "tests/cases/rules/%s.json", parts[i]);
        run_file(path, run);
    }
}

/* Every rule is shown to give each outcome it is meant to give, at each moment that its day makes. */
Test(rules, cases)
{
    each_rule_case(run_case);
    for (size_t i = 0; !one_part() && i < pilot_rule_count(); i++) {
        const pilot_rule *rule = pilot_rule_at(i);
        const pilot_outcome needed[] = {PILOT_MET, rule->soft ? PILOT_INFO : PILOT_BREACH, PILOT_UNKNOWN,
                                        rule->due ? PILOT_PENDING : PILOT_MET};
        for (size_t j = 0; j < sizeof needed / sizeof *needed; j++)
            cr_assert(seen[i] & 1u << needed[j] || excepted(rule->id, needed[j]),
                      "%s: no case that is %s", rule->id, pilot_outcome_name(needed[j]));
        cr_assert(!(rule->soft && seen[i] & 1u << PILOT_BREACH), "%s is soft", rule->id);
        cr_assert(rule->due || !(seen[i] & 1u << PILOT_PENDING), "%s waits for nothing", rule->id);
        for (size_t j = 0; j < sizeof needed / sizeof *needed; j++)
            cr_assert(pilot_rule_outcomes(rule) & 1u << needed[j]);
        for (int when = 0; when < MOMENTS; when++)
            for (int outcome = 0; outcome < PILOT_OUTCOME_COUNT; outcome++)
                cr_assert(!(asked_at(rule, (moment)when) & ~seen_at[i][when] & 1u << outcome),
                          "%s: no case with \"when\" %s that is %s", rule->id, moment_names[when],
                          pilot_outcome_name((pilot_outcome)outcome));
        char path[64];
        size_t length;
        snprintf(path, sizeof path, "tests/cases/rules/%s.json", pilot_rule_part(rule));
        char *text = cases_slurp(path, &length);
        cr_assert_not_null(strstr(text, rule->id), "%s is not in the file of its part", rule->id);
        free(text);
    }
    cr_assert_null(pilot_rule_part(NULL));
}

/* Nothing binds before the notice is in force, nor is anything late on its last day. */
Test(rules, cases_and_their_days)
{
    each_rule_case(check_city);
    if (one_part())
        return;
    cr_assert_gt(cases_before_force, 1000);
    cr_assert_gt(cases_on_due_day, 10000);
}

Test(rules, table)
{
    for (size_t i = 0; i < pilot_rule_count(); i++) {
        const pilot_rule *rule = pilot_rule_at(i);
        cr_assert_eq(pilot_rule_find(rule->id), rule, "%s is not found, or twice there", rule->id);
        cr_assert_not_null(rule->clauses[0]);
        for (int j = 0; j < PILOT_RULE_CLAUSES_MAX && rule->clauses[j]; j++)
            cr_assert_not_null(pilot_clause_find(rule->clauses[j]), "%s: no clause %s", rule->id,
                               rule->clauses[j]);
        cr_assert(*rule->zh && *rule->en && (unsigned)rule->scope < PILOT_SCOPE_COUNT);
    }
    cr_assert_null(pilot_rule_at(pilot_rule_count()));
    cr_assert_null(pilot_rule_find("no such rule"));
    cr_assert_null(pilot_rule_find(NULL));
}

/* A rule asked of one record by hand finds what the report finds. */
Test(rules, one_record)
{
    pilot_policy *policy = notice();
    pilot_finding finding;
    pilot_office office = {.area = {11999, true}};
    pilot_community community = {.offices = &office, .office_count = 1};
    pilot_subject subject = {.community = &community};
    const pilot_rule *rule = pilot_rule_find("office_area");
    const pilot_date day = cases_date("2020-02-29");
    cr_assert_eq(pilot_check_rule(policy, rule, &subject, day, &finding, NULL), PILOT_OK);
    cr_assert_eq(finding.outcome, PILOT_BREACH);
    cr_assert_eq(finding.found.number, 11999);
    office.area.value = 12000;
    cr_assert_eq(pilot_check_rule(policy, rule, &subject, day, &finding, NULL), PILOT_OK);
    cr_assert_eq(finding.outcome, PILOT_MET);
    cr_assert_eq(pilot_check_rule(policy, pilot_rule_find("one_area"), &subject, day, &finding, NULL),
                 PILOT_OK);
    cr_assert_eq(finding.outcome, PILOT_UNKNOWN);
    pilot_district district = {.id = "360102"};
    cr_assert_eq(pilot_check_rule(policy, pilot_rule_find("quota"),
                                  &(pilot_subject){.district = &district}, day, &finding, NULL),
                 PILOT_OK);
    cr_assert_eq(finding.outcome, PILOT_UNKNOWN);
    static const char *const of_district[] = {"all_steps_on_time", "circular_criticism"};
    for (size_t i = 0; i < sizeof of_district / sizeof *of_district; i++) {
        cr_assert_eq(pilot_check_rule(policy, pilot_rule_find(of_district[i]),
                                      &(pilot_subject){.district = &district}, day, &finding, NULL),
                     PILOT_OK);
        cr_assert_eq(finding.outcome, PILOT_UNKNOWN);
    }
    cr_assert_eq(pilot_check_rule(policy, pilot_rule_find("quota"), &subject, day, &finding, NULL),
                 PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_check_rule(policy, rule, &subject, INT32_MAX, &finding, NULL), PILOT_ERROR_RANGE);
    cr_assert_eq(pilot_check_rule(policy, rule, &subject, day, NULL, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_check_rule(NULL, rule, &subject, day, &finding, NULL), PILOT_ERROR_ARGUMENT);
    char text[8];
    cr_assert_gt(pilot_finding_text(&finding, PILOT_ENGLISH, text, sizeof text), sizeof text);
    cr_assert_eq(strlen(text), sizeof text - 1);
    pilot_policy_free(policy);
}

static pilot_finding asked_on(const pilot_policy *policy, const char *rule, const pilot_subject *subject,
                              const char *day)
{
    pilot_finding finding;
    cr_assert_eq(
        pilot_check_rule(policy, pilot_rule_find(rule), subject, cases_date(day), &finding, NULL),
        PILOT_OK);
    return finding;
}

static pilot_finding asked(const pilot_policy *policy, const char *rule, const pilot_subject *subject)
{
    return asked_on(policy, rule, subject, "2020-02-29");
}

/* Contract, charge and menu may be had from anywhere. */
Test(rules, contract_by_hand)
{
    pilot_policy *policy = notice();
    pilot_menu *menu;
    const pilot_menu_grade grades[] = {{1, 4900}, {2, 4300}};
    const pilot_menu_service service = {
        "cleaning", NULL, PILOT_SERVICE_CLEANING, PILOT_MENU_PER_SQUARE_METRE, grades, 2};
    const pilot_price_list list = {
        .id = "m", .best_is_low = PILOT_ANSWER_YES, .services = &service, .service_count = 1};
    const pilot_menu_item item = {"cleaning", 2};
    cr_assert_eq(pilot_menu_new(&list, &menu, NULL), PILOT_OK);
    pilot_contract contract = {.signed_on = {cases_date("2019-12-20"), true},
                               .menu = menu,
                               .selection = {.items = &item, .item_count = 1},
                               .price = {4800, true}};
    pilot_charge charge = {.dwelling = "1-101",
                           .service = "cleaning",
                           .first = 600, /* 2020-01 */
                           .last = 602,
                           .amount = 8838, /* 61.37 m² x 0.4800 x 3, 88.3728 */
                           .area = {6137, true}};
    pilot_residential_area area = {.building_area = {10000000, true},
                                   .contracts = &contract,
                                   .contract_count = 1,
                                   .charges = &charge,
                                   .charge_count = 1};
    const pilot_subject subject = {.area = &area, .contract = &contract, .charge = &charge};
    pilot_finding f = asked(policy, "contract_price", &subject);
    cr_assert_eq(f.outcome, PILOT_INFO);
    cr_assert(f.found.kind == PILOT_VALUE_PRICE && f.found.number == 4800 && f.required.number == 4300);
    char text[256];
    pilot_finding_text(&f, PILOT_ENGLISH, text, sizeof text);
    cr_assert_not_null(strstr(text, "; found 0.4800 yuan, required 0.4300 yuan"), "%s", text);
    pilot_finding_text(&f, PILOT_CHINESE, text, sizeof text);
    cr_assert_not_null(strstr(text, "；实际为0.4800元，要求为0.4300元"), "%s", text);
    cr_assert_eq(asked(policy, "menu_quality", &subject).outcome, PILOT_MET);
    f = asked(policy, "charge_price", &subject);
    cr_assert_eq(f.outcome, PILOT_BREACH);
    cr_assert_eq(f.required.number, 8837);
    charge.amount = 8837;
    cr_assert_eq(asked(policy, "charge_price", &subject).outcome, PILOT_MET);
    const pilot_rule *rule = pilot_rule_find("charge_price");
    charge.area.value = -1;
    cr_assert_eq(pilot_check_rule(policy, rule, &subject, 18321, &f, NULL), PILOT_ERROR_RANGE);
    charge.area.known = false;
    cr_assert_str_eq(asked(policy, "charge_price", &subject).missing, "area_m2");
    area.building_area.known = false;
    cr_assert_str_eq(asked(policy, "contract_price", &subject).missing, "building_area_m2");
    contract.signed_on.value = INT32_MAX;
    cr_assert_eq(pilot_check_rule(policy, rule, &subject, 18321, &f, NULL), PILOT_ERROR_RANGE);
    contract.signed_on.known = false;
    cr_assert_str_eq(asked(policy, "contract_price", &subject).missing, "signed_on");
    contract.menu = NULL;
    cr_assert_eq(asked(policy, "contract_price", &subject).outcome, PILOT_NOT_APPLICABLE);
    cr_assert_eq(asked(policy, "charge_price", &subject).outcome, PILOT_NOT_APPLICABLE);
    pilot_menu_free(menu);
    pilot_policy_free(policy);
}

/* The totals' own day and matter do not count, and those that contradict themselves decide nothing. */
Test(rules, votes_by_hand)
{
    pilot_policy *policy = notice();
    pilot_vote vote = {.held_on = cases_date("2019-11-25"),
                       .matter = PILOT_MATTER_HIRE_PROVIDER,
                       .decided_by = PILOT_ACTOR_ASSEMBLY,
                       .passed = PILOT_ANSWER_YES,
                       .totals = {.day = INT32_MAX,
                                  .matter = PILOT_MATTER_REBUILD,
                                  .all = {100000, 100},
                                  .in_favour = {50001, 51}}};
    const pilot_residential_area area = {.votes = &vote, .vote_count = 1};
    const pilot_income income = {.source = PILOT_INCOME_LOCKERS,
                                 .within_area = PILOT_ANSWER_YES,
                                 .permitted = PILOT_ANSWER_YES,
                                 .owners_consent = PILOT_ANSWER_YES};
    const pilot_subject subject = {.area = &area, .income = &income};
    cr_assert_eq(asked(policy, "chosen_by_vote", &subject).outcome, PILOT_MET);
    vote.totals.in_favour.heads = 50;
    pilot_finding f = asked(policy, "chosen_by_vote", &subject);
    cr_assert_eq(f.outcome, PILOT_BREACH);
    char text[256];
    pilot_finding_text(&f, PILOT_ENGLISH, text, sizeof text);
    cr_assert_not_null(strstr(text, "; found 50, required 51 (participation of owners)"), "%s", text);
    pilot_finding_text(&f, PILOT_CHINESE, text, sizeof text);
    cr_assert_not_null(strstr(text, "；实际为50，要求为51（参与表决人数）"), "%s", text);
    vote.totals.against = (pilot_vote_weight){20000, 20};
    f = asked(policy, "chosen_by_vote", &subject);
    cr_assert_str_eq(f.required.word, "approval_heads");
    vote.totals.in_favour = (pilot_vote_weight){100001, 60};
    f = asked(policy, "chosen_by_vote", &subject);
    cr_assert_eq(f.outcome, PILOT_UNKNOWN);
    cr_assert_str_eq(f.missing, "votes/totals");
    cr_assert_eq(asked(policy, "own_business", &subject).outcome, PILOT_MET);
    vote.matter = PILOT_MATTER_USE_COMMON_PARTS;
    f = asked(policy, "own_business", &subject);
    cr_assert_eq(f.outcome, PILOT_UNKNOWN);
    cr_assert_str_eq(f.missing, "votes/totals");
    pilot_policy_free(policy);
}

/* Fees that overlap are found pair by pair where no city has put them in order. */
Test(rules, charges_by_hand)
{
    pilot_policy *policy = notice();
    pilot_charge charges[] = {
        {.dwelling = "1", .service = "a", .first = 602, .last = 603, .amount = 1},
        {.dwelling = "1", .service = "a", .first = 600, .last = 605, .amount = 10}, /* covers all */
        {.dwelling = "1", .service = "a", .first = 602, .last = 602, .amount = 100},
        {.dwelling = "1", .service = "b", .first = 600, .last = 605, .amount = 1000},
        {.dwelling = "2", .service = "a", .first = 600, .last = 605, .amount = 10000},
        {.dwelling = "1", .service = "a", .first = 606, .last = 606, .amount = 100000},
        {.dwelling = "1", .service = "a", .first = 600, .last = 606, .amount = -2}, /* a refund */
    };
    const pilot_residential_area area = {.charges = charges, .charge_count = COUNT(charges)};
    const pilot_subject subject = {.area = &area};
    pilot_finding f = asked_on(policy, "charged_once", &subject, "2020-12-31");
    cr_assert_eq(f.outcome, PILOT_BREACH);
    cr_assert_eq(f.found.number, 99, "%" PRId64, f.found.number);
    policy = reading(policy, PILOT_READING_DUPLICATE_KEY, PILOT_DUPLICATE_KEY_ANY_SERVICE);
    cr_assert_eq(asked_on(policy, "charged_once", &subject, "2020-12-31").found.number, 1099);
    charges[0].amount = charges[2].amount = INT64_MAX;
    cr_assert_str_eq(asked_on(policy, "charged_once", &subject, "2020-12-31").missing,
                     "charges/amount_yuan");
    charges[4].service = NULL;
    cr_assert_str_eq(asked_on(policy, "charged_once", &subject, "2020-12-31").missing,
                     "charges/service");
    charges[3].dwelling = NULL;
    cr_assert_str_eq(asked_on(policy, "charged_once", &subject, "2020-12-31").missing,
                     "charges/dwelling");
    charges[0].service = NULL; /* the first that lacks anything is named */
    cr_assert_str_eq(asked_on(policy, "charged_once", &subject, "2020-12-31").missing,
                     "charges/service");
    pilot_charge many[] = {
        {.dwelling = "1", .service = "a", .first = 590, .last = 590, .amount = INT64_MAX},
        {.dwelling = "1", .service = "a", .first = 590, .last = 590, .amount = INT64_MAX},
        {.dwelling = "1", .service = "a", .first = 591, .last = 591, .amount = 1},
        {.dwelling = "1", .service = "a", .first = 591, .last = 591, .amount = 1},
        {.dwelling = "1", .service = "a", .first = 592, .last = 592, .amount = 1},
    };
    const pilot_residential_area full = {.charges = many, .charge_count = COUNT(many)};
    f = asked(policy, "charged_once", &(pilot_subject){.area = &full});
    cr_assert_eq(f.outcome, PILOT_UNKNOWN, "more than money holds over all its months");
    cr_assert_str_eq(f.missing, "charges/amount_yuan");
    pilot_policy_free(policy);
}

/* What follows from other records of the city is not known without it. */
Test(rules, without_city)
{
    pilot_policy *policy = notice();
    pilot_finding finding;
    const pilot_date day = cases_date("2020-02-29");
    pilot_subject subject;
    pilot_assessment passed = {.year = 2019, .result = PILOT_PASSED};
    pilot_payment payment = {.paid_on = day, .amount = 100};
    pilot_community community = {.assessments = &passed,
                                 .assessment_count = 1,
                                 .reward_payments = &payment,
                                 .reward_payment_count = 1};
    subject = (pilot_subject){.community = &community};
    static const char *const of_city[] = {"reward_due", "reward_not_overpaid", "same_provider",
                                          "parking_spent"};
    for (size_t i = 0; i < COUNT(of_city); i++) {
        cr_assert_eq(
            pilot_check_rule(policy, pilot_rule_find(of_city[i]), &subject, day, &finding, NULL),
            PILOT_OK);
        cr_assert_eq(finding.outcome, PILOT_UNKNOWN, "%s", of_city[i]);
        cr_assert_str_eq(finding.missing, "areas");
    }
    pilot_policy_free(policy);
}

/* Whether a rule that is asked of such records, or of what lies in them, cites the clause. */
static bool is_asked(const char *clause, pilot_scope scope)
{
    static const pilot_scope lies_in[PILOT_SCOPE_COUNT] = {
        [PILOT_SCOPE_DISTRICT] = PILOT_SCOPE_DISTRICT,
        [PILOT_SCOPE_COMMUNITY] = PILOT_SCOPE_COMMUNITY,
        [PILOT_SCOPE_AREA] = PILOT_SCOPE_AREA,
        [PILOT_SCOPE_OFFICE] = PILOT_SCOPE_COMMUNITY,
        [PILOT_SCOPE_APPOINTMENT] = PILOT_SCOPE_COMMUNITY,
        [PILOT_SCOPE_HANDOVER] = PILOT_SCOPE_COMMUNITY,
        [PILOT_SCOPE_CONTRACT] = PILOT_SCOPE_AREA,
        [PILOT_SCOPE_CHARGE] = PILOT_SCOPE_AREA,
        [PILOT_SCOPE_INCOME] = PILOT_SCOPE_AREA,
        [PILOT_SCOPE_PARKING] = PILOT_SCOPE_AREA,
    };
    for (size_t i = 0; i < pilot_rule_count(); i++)
        for (int j = 0; j < PILOT_RULE_CLAUSES_MAX && pilot_rule_at(i)->clauses[j]; j++)
            if (lies_in[pilot_rule_at(i)->scope] == scope &&
                strcmp(pilot_rule_at(i)->clauses[j], clause) == 0)
                return true;
    return false;
}

/* A clause's evidence is read where the clause is asked, and refused elsewhere with the places where it
 * belongs; two records for it are refused everywhere. */
Test(rules, evidence_places)
{
    static const char *const forms[] = {
        "{'evidence': [%s], 'districts': [], 'communities': [], 'areas': []}",
        "{'districts': [{'id': 'd', 'evidence': [%s]}], 'communities': [], 'areas': []}",
        ("{'districts': [{'id': 'd'}], 'communities': [{'id': 'c', 'district': 'd', 'evidence': [%s]}],"
         " 'areas': []}"),
        "{'districts': [], 'communities': [], 'areas': [{'id': 'a', 'evidence': [%s]}]}"};
    int read = 0;
    for (size_t i = 0; i < pilot_clause_count(); i++)
        for (int scope = PILOT_SCOPE_CITY; scope <= PILOT_SCOPE_AREA; scope++) {
            const char *clause = pilot_clause_at(i)->id;
            char one[96], two[256], text[512];
            pilot_city *city = NULL;
            pilot_error error;
            snprintf(one, sizeof one, "{'clause': '%s', 'done': '2019-12-01'}", clause);
            snprintf(two, sizeof two, "%s, %s", one, one);
            snprintf(text, sizeof text, forms[scope], one);
            const char *json = quoted(text);
            pilot_status status = pilot_city_parse(json, strlen(json), &city, &error);
            if (!is_asked(clause, (pilot_scope)scope)) {
                CHECK(status == PILOT_ERROR_INCONSISTENT, "%s of a %s is read", clause,
                      pilot_scope_name((pilot_scope)scope));
                for (int other = PILOT_SCOPE_CITY; other <= PILOT_SCOPE_AREA; other++)
                    if (is_asked(clause, (pilot_scope)other))
                        expect_part(error.message, pilot_scope_name((pilot_scope)other));
                CHECK(says_it_in_chinese(&error), "%s", error.message_zh);
                continue;
            }
            read++;
            CHECK(status == PILOT_OK, "%s: %s", error.path, error.message);
            pilot_city_free(city);
            snprintf(text, sizeof text, forms[scope], two);
            json = quoted(text);
            status = pilot_city_parse(json, strlen(json), &city, &error);
            CHECK(status == PILOT_ERROR_DUPLICATE_ID, "%s twice is read", clause);
            expect_part(error.path, "/evidence/1/clause");
            expect_part(error.message, "/evidence/0");
            CHECK(says_it_in_chinese(&error), "%s", error.message_zh);
        }
    cr_assert_gt(read, 70);
}

/* By hand a clause can have two records: the least holds, in whatever order they stand. */
Test(rules, evidence_by_hand)
{
    pilot_policy *policy = notice();
    const pilot_clause *clause = pilot_clause_find("3.2-12a");
    pilot_evidence items[] = {{clause, {PILOT_ANSWER_YES, cases_date("2019-12-01")}, NULL},
                              {clause, {PILOT_ANSWER_NO, 0}, NULL},
                              {NULL, {PILOT_ANSWER_YES, cases_date("2019-12-01")}, NULL},
                              {clause, {PILOT_ANSWER_UNKNOWN, 0}, NULL}};
    pilot_district district = {.evidence = {items, 2}};
    const pilot_subject subject = {.district = &district};
    cr_assert_eq(asked(policy, "district_scheme", &subject).outcome, PILOT_BREACH);
    district.evidence = (pilot_evidence_list){items + 1, 2};
    cr_assert_eq(asked(policy, "district_scheme", &subject).outcome, PILOT_BREACH);
    district.evidence = (pilot_evidence_list){items + 2, 2};
    cr_assert_eq(asked(policy, "district_scheme", &subject).outcome, PILOT_UNKNOWN);
    items[1].done = (pilot_step){PILOT_ANSWER_YES, cases_date("2020-01-05")};
    district.evidence = (pilot_evidence_list){items, 4};
    const pilot_finding f = asked(policy, "district_scheme", &subject);
    cr_assert_eq(f.outcome, PILOT_MET);
    cr_assert_eq(f.found.number, cases_date("2020-01-05"));
    pilot_policy_free(policy);
}

/* What a record filled in by hand does not say is missing by its own key. */
Test(rules, missing_by_hand)
{
    pilot_policy *policy = notice();
    pilot_district district = {0};
    pilot_finding f = asked(policy, "district_in_scope", &(pilot_subject){.district = &district});
    cr_assert_eq(f.outcome, PILOT_UNKNOWN);
    cr_assert_str_eq(f.missing, "id");
    pilot_contract contract = {0};
    pilot_charge charge = {.amount = 100};
    pilot_residential_area area = {.contracts = &contract, .contract_count = 1};
    f = asked(policy, "charge_price", &(pilot_subject){.area = &area, .charge = &charge});
    cr_assert_eq(f.outcome, PILOT_UNKNOWN);
    cr_assert_str_eq(f.missing, "service");
    pilot_policy_free(policy);
}

/* 2-3 by areas: as many as are wanted are a full quota, whatever lies in no community yet. */
Test(rules, quota_beside_an_unplaced_area)
{
    pilot_policy *policy = reading(notice(), PILOT_READING_QUOTA_UNIT, PILOT_QUOTA_UNIT_AREAS);
    static const char text[] =
        "{\"complete\":true,\"districts\":[{\"id\":\"360102\"}],\"providers\":[],\"communities\":[{"
        "\"id\":\"c\","
        "\"district\":\"360102\"}],\"areas\":[{\"id\":\"a\",\"communities\":[\"c\"]},{\"id\":\"b\","
        "\"communities\":[\"c\"]},{\"id\":\"n\"}]}";
    pilot_city *city = NULL;
    pilot_error error;
    cr_assert_eq(pilot_city_parse(text, sizeof text - 1, &city, &error), PILOT_OK, "%s", error.message);
    const pilot_subject s = {.city = city, .district = &pilot_city_records(city)->districts[0]};
    cr_assert_eq(asked(policy, "quota", &s).outcome, PILOT_MET);
    pilot_city_free(city);
    pilot_policy_free(policy);
}

/* n items of a list, each made by the function. */
static void add_list(buffer *b, const char *key, int64_t n, void (*item)(buffer *b))
{
    char text[64];
    snprintf(text, sizeof text, ",\"%s\":[", key);
    add(b, text);
    for (int64_t i = 0; i < n; i++) {
        add(b, i ? "," : "");
        item(b);
    }
    add(b, "]");
}

static void add_offer(buffer *b)
{
    char text[96];
    snprintf(text, sizeof text, "{%s\"grade\":%d,\"yuan_per_m2\":\"0.%d\"}",
             below(3) ? "\"provider\":\"p\"," : "", (int)below(4), 1 + (int)below(5));
    add(b, text);
}

static void add_vote(buffer *b)
{
    char text[192];
    snprintf(
        text, sizeof text, "{\"held_on\":\"2020-%02d-01\",\"matter\":\"%s\",\"passed\":true%s%d}}}",
        1 + (int)below(12), below(3) ? "use_common_parts" : "hire_provider",
        ",\"totals\":{\"all\":{\"area_m2\":100,\"owners\":9},\"in_favour\":{\"area_m2\":60,\"owners\":",
        1 + (int)below(8));
    add(b, text);
}

static void add_contract(buffer *b)
{
    static const char *const selections[] = {
        "", ",\"selection\":{\"package\":\"p0\"}", ",\"selection\":{\"package\":\"none\"}",
        (",\"selection\":{\"items\":[{\"service\":\"s1\",\"grade\":1},"
         "{\"service\":\"m\",\"grade\":1}]}")};
    char text[192];
    snprintf(text, sizeof text, "{\"monthly_yuan\":1%s", below(5) ? ",\"menu\":\"m\"" : "");
    add(b, text);
    snprintf(text, sizeof text, ",\"signed_on\":\"20%d-%02d-15\"", 19 + (int)below(2),
             1 + (int)below(12));
    add(b, below(8) ? text : "");
    add(b, selections[below(12) ? 1 + below(3) : 0]);
    add(b, "}");
}

static void add_charge(buffer *b)
{
    static const char *const services[] = {"s0", "s1", "m", "p0", "none", "other"};
    char text[192];
    snprintf(text, sizeof text,
             "{\"dwelling\":\"1\",\"service\":\"%s\",\"first\":\"2020-%02d\",\"last\":\"2020-12\","
             "\"amount_yuan\":%d,\"area_m2\":60}",
             services[below(6)], 1 + (int)below(12), (int)below(300));
    add(b, text);
}

static void add_income(buffer *b)
{
    add(b, "{\"source\":\"lockers\",\"within_area\":true,\"owners_consent\":true,\"permitted\":true}");
}

static void compare_rule(const pilot_policy *policy, const char *rule, pilot_subject s, pilot_date day)
{
    pilot_finding with, without;
    cr_assert_eq(pilot_check_rule(policy, pilot_rule_find(rule), &s, day, &with, NULL), PILOT_OK);
    s.city = NULL;
    cr_assert_eq(pilot_check_rule(policy, pilot_rule_find(rule), &s, day, &without, NULL), PILOT_OK);
    char texts[2][256];
    pilot_finding_text(&with, PILOT_ENGLISH, texts[0], sizeof *texts);
    pilot_finding_text(&without, PILOT_ENGLISH, texts[1], sizeof *texts);
    /* Alone it has no number among its area's. */
    CHECK(with.outcome == without.outcome && strcmp(strchr(texts[0], ':'), strchr(texts[1], ':')) == 0,
          "%s: %s, alone: %s", rule, texts[0], texts[1]);
}

/* What a city's links find is what a walk of the area's own lists finds. */
Test(rules, linked_or_alone)
{
    pilot_policy *policy = notice();
    for (int round = 0; round < 400 / stride() + 60; round++) {
        buffer b = {0};
        add(&b, "{\"menus\":[{\"id\":\"m\",\"best_is_low\":true,\"services\":[");
        add(&b, "{\"id\":\"s0\",\"kind\":\"order\",\"per\":\"square_metre_month\",\"grades\":["
                "{\"grade\":1,\"yuan\":\"0.5\"}]},");
        add(&b, "{\"id\":\"s1\",\"kind\":\"lift\",\"per\":\"household_month\",\"grades\":["
                "{\"grade\":1,\"yuan\":\"9\"}]}],");
        add(&b, "\"packages\":[{\"id\":\"p0\",\"items\":[{\"service\":\"s0\",\"grade\":1}]}]}],");
        add(&b, "\"districts\":[],\"providers\":[{\"id\":\"p\"}],\"communities\":[],\"areas\":[{\"id\":"
                "\"a\"");
        add_list(&b, "offers", below(7), add_offer);
        add_list(&b, "votes", below(5), add_vote);
        add_list(&b, "contracts", below(6), add_contract);
        add_list(&b, "charges", below(8), add_charge);
        add_list(&b, "incomes", below(3), add_income);
        add(&b, "}]}");
        pilot_city *city = NULL;
        pilot_error error;
        CHECK(pilot_city_parse(b.text, b.length, &city, &error) == PILOT_OK, "%s: %s", error.path,
              error.message);
        const pilot_residential_area *area = &pilot_city_records(city)->areas[0];
        pilot_subject s = {.city = city, .area = area};
        const pilot_date day = cases_date("2020-07-01");
        compare_rule(policy, "offer_prices", s, day);
        compare_rule(policy, "offer_grades", s, day);
        for (size_t i = 0; i < area->income_count; i++) {
            s.income = &area->incomes[i];
            compare_rule(policy, "own_business", s, day);
        }
        for (size_t i = 0; i < area->charge_count; i++) {
            s.charge = &area->charges[i];
            compare_rule(policy, "charge_price", s, day);
        }
        pilot_city_free(city);
        free(b.text);
    }
    pilot_policy_free(policy);
}

static int compared;

static void compare_charges(const cJSON *test, const char *name)
{
    if (strcmp(cases_text(test, "rule"), "charged_once") != 0)
        return;
    pilot_policy *policy = rule_case_policy(test, name);
    pilot_city *city = rule_case_city(test, name);
    const pilot_records *r = pilot_city_records(city);
    for (size_t i = 0; i < r->area_count; i++, compared++)
        compare_rule(policy, "charged_once", (pilot_subject){.city = city, .area = &r->areas[i]},
                     rule_case_day(test));
    pilot_city_free(city);
    pilot_policy_free(policy);
}

/* The cases come from files, whose cities have links, so that none of them reaches the walk by itself.
 */
Test(rules, charged_once_linked_or_alone)
{
    each_rule_case(compare_charges);
    cr_assert(one_part() || compared > 25);
}
