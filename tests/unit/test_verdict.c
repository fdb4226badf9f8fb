/* Verdicts: of each rule the worst that a report of the same records has. */
#include "rule_cases.h"

enum { RULES_MAX = 256 };

/* From the best outcome to the worst. */
static int badness(pilot_outcome outcome)
{
    static const pilot_outcome order[] = {PILOT_NOT_APPLICABLE, PILOT_MET,     PILOT_INFO,
                                          PILOT_PENDING,        PILOT_UNKNOWN, PILOT_BREACH};
    int i = 0;
    while (order[i] != outcome)
        i++;
    return i;
}

static size_t rule_number(const pilot_rule *rule)
{
    size_t i = 0;
    while (pilot_rule_at(i) != rule)
        i++;
    return i;
}

static void worsen(uint8_t *worst, const pilot_rule *rule, pilot_outcome outcome)
{
    uint8_t *own = &worst[rule_number(rule)];
    if (badness(outcome) > badness((pilot_outcome)*own))
        *own = (uint8_t)outcome;
}

static void begin_worst(uint8_t *worst)
{
    memset(worst, PILOT_NOT_APPLICABLE, RULES_MAX);
}

/* The worst of each rule among the report's findings of the subject's records. */
static void worst_of_report(const pilot_report *report, const pilot_subject *subject, uint8_t *worst)
{
    const pilot_report_filter filter = {.community = subject->community ? subject->community->id : NULL};
    begin_worst(worst);
    for (size_t i = pilot_report_next(report, 0, &filter); i < pilot_report_size(report);
         i = pilot_report_next(report, i + 1, &filter)) {
        pilot_finding f;
        cr_assert_eq(pilot_report_at(report, i, &f), PILOT_OK);
        if (!subject->area || f.subject.area == subject->area || (subject->community && !f.subject.area))
            worsen(worst, f.rule, f.outcome);
    }
}

static size_t verdicts, seen[PILOT_OUTCOME_COUNT];

static void check_subject(const pilot_report *report, const pilot_subject *subject, const char *name)
{
    const pilot_date day = pilot_report_receipt(report)->as_of.value;
    const pilot_policy *policy = pilot_report_policy(report);
    uint8_t wanted[RULES_MAX], found[RULES_MAX];
    pilot_error error;
    mark(found, sizeof found);
    worst_of_report(report, subject, wanted);
    const pilot_status status = pilot_verdict(policy, subject, day, NULL, RULES_MAX, found, &error);
    CHECK(status == PILOT_OK, "%s: %s", name, error.message);
    for (size_t i = 0; i < pilot_rule_count(); i++) {
        CHECK(found[i] == wanted[i], "%s: %s is %s and in the report %s", name, pilot_rule_at(i)->id,
              pilot_outcome_name((pilot_outcome)found[i]), pilot_outcome_name((pilot_outcome)wanted[i]));
        seen[found[i]]++;
    }
    CHECK(marked(found + pilot_rule_count(), RULES_MAX - pilot_rule_count()), "%s: too many", name);
    verdicts++;
}

/* The city, each community, each area, and both. */
static void check_city(const pilot_policy *policy, const pilot_city *city, pilot_date day,
                       const char *name)
{
    const pilot_records *r = pilot_city_records(city);
    pilot_report *report;
    cr_assert_eq(pilot_check(policy, city, day, &report, NULL), PILOT_OK);
    check_subject(report, &(pilot_subject){.city = city}, name);
    for (size_t i = 0; i < r->community_count; i++)
        check_subject(report, &(pilot_subject){.city = city, .community = &r->communities[i]}, name);
    for (size_t i = 0; i < r->area_count; i++) {
        const pilot_residential_area *area = &r->areas[i];
        check_subject(report, &(pilot_subject){.city = city, .area = area}, name);
        for (size_t j = 0; j < area->community_count; j++)
            check_subject(
                report, &(pilot_subject){.city = city, .area = area, .community = area->communities[j]},
                name);
    }
    pilot_report_free(report);
}

static const char *const days[] = {"2019-10-31", "2019-11-30", "2019-12-31",
                                   "2020-03-01", "2021-06-30", "2026-01-01"};

/* Under every option of every reading in turn, on the day, and by the policy itself on all days. */
static void check_policies(const pilot_policy *policy, const pilot_city *city, pilot_date day,
                           const char *name)
{
    check_city(policy, city, day, name);
    for (size_t i = 0; i < COUNT(days); i++)
        check_city(policy, city, cases_date(days[i]), name);
    for (int i = 0; i < PILOT_READING_COUNT; i++) {
        pilot_reading_info info;
        cr_assert_eq(pilot_reading_at((pilot_reading)i, &info), PILOT_OK);
        for (int32_t option = 0; option < info.option_count; option++) {
            pilot_policy *other;
            if (pilot_policy_with_reading(policy, (pilot_reading)i, option, &other) != PILOT_OK)
                continue;
            check_city(other, city, day, name);
            pilot_policy_free(other);
        }
    }
}

static int skipped;

static void check_case(const cJSON *test, const char *name)
{
    if (skipped++ % stride())
        return;
    pilot_policy *policy = rule_case_policy(test, name);
    pilot_city *city = rule_case_city(test, name);
    check_city(policy, city, rule_case_day(test), name);
    for (size_t i = 0; i < COUNT(days); i++)
        check_city(policy, city, cases_date(days[i]), name);
    if (skipped % 7 == 0)
        check_policies(policy, city, rule_case_day(test), name);
    pilot_city_free(city);
    pilot_policy_free(policy);
}

Test(verdict, is_the_worst_of_the_report_in_every_case)
{
    each_rule_case(check_case);
    for (int i = 0; i < PILOT_OUTCOME_COUNT; i++)
        cr_expect_gt(seen[i], 0, "%s", pilot_outcome_name((pilot_outcome)i));
    cr_expect_gt(verdicts, (size_t)(1000 / stride()));
}

Test(verdict, is_the_worst_of_the_report_of_the_example)
{
    pilot_policy *policy = notice();
    pilot_city *city = cases_city("examples/data/nanchang-2019.json");
    check_policies(policy, city, cases_date("2020-02-29"), "nanchang-2019");
    pilot_city_free(city);
    pilot_policy_free(policy);
}

Test(verdict, orders_outcomes)
{
    for (int a = 0; a < PILOT_OUTCOME_COUNT; a++)
        for (int b = 0; b < PILOT_OUTCOME_COUNT; b++)
            cr_expect_eq(pilot_outcome_worse((pilot_outcome)a, (pilot_outcome)b),
                         badness((pilot_outcome)a) > badness((pilot_outcome)b));
    cr_expect_not(pilot_outcome_worse((pilot_outcome)6, PILOT_MET));
    cr_expect_not(pilot_outcome_worse(PILOT_BREACH, (pilot_outcome)-1));
}

Test(verdict, asks_the_rules_that_are_named)
{
    pilot_policy *policy = notice();
    pilot_city *city = cases_city("examples/data/nanchang-2019.json");
    const pilot_date day = cases_date("2020-02-29");
    const pilot_subject s = {.city = city};
    const size_t count = pilot_rule_count();
    uint8_t all[RULES_MAX], some[RULES_MAX];
    const pilot_rule *rules[RULES_MAX];
    cr_assert_eq(pilot_verdict(policy, &s, day, NULL, count, all, NULL), PILOT_OK);
    for (size_t i = 0; i < count; i++) {
        const pilot_rule copy = *pilot_rule_at(i), *one = below(2) ? &copy : pilot_rule_at(i);
        mark(some, sizeof some);
        cr_assert_eq(pilot_verdict(policy, &s, day, &one, 1, some, NULL), PILOT_OK);
        cr_assert(some[0] == all[i] && marked(some + 1, sizeof some - 1), "%s", one->id);
    }
    for (int round = 0; round < 50; round++) { /* in any order, some twice */
        const size_t asked = (size_t)below(RULES_MAX);
        for (size_t i = 0; i < asked; i++)
            rules[i] = pilot_rule_at((size_t)below((int64_t)count));
        mark(some, sizeof some);
        cr_assert_eq(pilot_verdict(policy, &s, day, rules, asked, some, NULL), PILOT_OK);
        for (size_t i = 0; i < asked; i++)
            cr_assert_eq(some[i], all[rule_number(rules[i])], "%s", rules[i]->id);
        cr_assert(marked(some + asked, sizeof some - asked));
    }
    pilot_city_free(city);
    pilot_policy_free(policy);
}

/* Asks a rule of one record, as pilot_check_rule does. */
static void ask(const pilot_policy *policy, const pilot_subject *s, pilot_scope scope, uint8_t *worst)
{
    for (size_t i = 0; i < pilot_rule_count(); i++) {
        const pilot_rule *rule = pilot_rule_at(i);
        pilot_finding f;
        if (rule->scope != scope)
            continue;
        const pilot_status status = pilot_check_rule(policy, rule, s, s->as_of, &f, NULL);
        CHECK(status == PILOT_OK, "%s: status %d", rule->id, (int)status);
        worsen(worst, rule, f.outcome);
    }
}

#define ASK_EACH(s, parent, list, count, member, scope)                                                 \
    for (size_t i_ = 0; i_ < (parent)->count; i_++) {                                                   \
        (s).member = &(parent)->list[i_];                                                               \
        ask(policy, &(s), scope, worst);                                                                \
    }

/* The records of a caller, one after another. */
static void ask_own(const pilot_policy *policy, pilot_subject s, uint8_t *worst)
{
    begin_worst(worst);
    if (s.community) {
        pilot_subject c = s;
        ask(policy, &c, PILOT_SCOPE_COMMUNITY, worst);
        ASK_EACH(c, s.community, offices, office_count, office, PILOT_SCOPE_OFFICE)
        ASK_EACH(c, s.community, appointments, appointment_count, appointment, PILOT_SCOPE_APPOINTMENT)
        ASK_EACH(c, s.community, handovers, handover_count, handover, PILOT_SCOPE_HANDOVER)
    }
    if (s.area) {
        ask(policy, &s, PILOT_SCOPE_AREA, worst);
        ASK_EACH(s, s.area, contracts, contract_count, contract, PILOT_SCOPE_CONTRACT)
        ASK_EACH(s, s.area, charges, charge_count, charge, PILOT_SCOPE_CHARGE)
        ASK_EACH(s, s.area, incomes, income_count, income, PILOT_SCOPE_INCOME)
        ASK_EACH(s, s.area, parking, parking_count, parking, PILOT_SCOPE_PARKING)
    }
}

/* A caller's own records, of no city or beside one: what is theirs is asked as by pilot_check_rule. */
Test(verdict, asks_callers_records)
{
    pilot_policy *policy = notice();
    pilot_city *city = cases_city("examples/data/nanchang-2019.json");
    const pilot_records *r = pilot_city_records(city);
    for (size_t i = 0; i < r->area_count; i++) {
        const pilot_residential_area area = r->areas[i];
        const pilot_community community = *area.communities[0];
        const pilot_district district = *community.district;
        for (int given = 0; given < 16; given++) {
            pilot_subject s = {.district = given & 1 ? &district : NULL,
                               .community = given & 2 ? &community : NULL,
                               .area = given & 4 ? &area : NULL,
                               .city = given & 8 ? city : NULL};
            uint8_t wanted[RULES_MAX], found[RULES_MAX];
            if (!s.community && !s.area)
                continue;
            s.as_of = cases_date("2020-02-29");
            ask_own(policy, s, wanted);
            cr_assert_eq(pilot_verdict(policy, &s, s.as_of, NULL, RULES_MAX, found, NULL), PILOT_OK);
            for (size_t j = 0; j < pilot_rule_count(); j++)
                CHECK(found[j] == wanted[j], "%s, given %d: %d and not %d", pilot_rule_at(j)->id, given,
                      (int)found[j], (int)wanted[j]);
        }
    }
    pilot_city_free(city);
    pilot_policy_free(policy);
}

Test(verdict, refuses_what_it_cannot_answer)
{
    pilot_policy *policy = notice();
    pilot_city *city = cases_city("examples/data/nanchang-2019.json");
    const pilot_subject s = {.city = city}, none = {0};
    const pilot_date day = 18321;
    const pilot_rule stranger = {.id = "no_rule"}, nameless = {0};
    const pilot_rule *strangers[] = {pilot_rule_at(0), &stranger}, *nothing[] = {NULL};
    const pilot_rule *nameless_one = &nameless;
    pilot_community wrong = {.workstation = {.property_staff = {-1, true}}};
    const pilot_subject of_wrong = {.community = &wrong};
    uint8_t found[RULES_MAX];
    pilot_error error;
    mark(found, sizeof found);
#define REFUSED(wanted, where, policy_, subject_, day_, rules_, count_)                                 \
    do {                                                                                                \
        memset(&error, 0, sizeof error);                                                                \
        cr_expect_eq(pilot_verdict(policy_, subject_, day_, rules_, count_, found, &error), wanted);    \
        cr_expect_str_eq(error.path, where);                                                            \
        cr_expect(error.status == wanted && says_it_in_chinese(&error), "%s", error.message);           \
        cr_expect_eq(pilot_verdict(policy_, subject_, day_, rules_, count_, found, NULL), wanted);      \
    } while (0)
    REFUSED(PILOT_ERROR_ARGUMENT, "", NULL, &s, day, NULL, RULES_MAX);
    REFUSED(PILOT_ERROR_ARGUMENT, "", policy, NULL, day, NULL, RULES_MAX);
    REFUSED(PILOT_ERROR_ARGUMENT, "/community", policy, &none, day, NULL, RULES_MAX);
    REFUSED(PILOT_ERROR_RANGE, "/as_of", policy, &s, INT32_MAX, NULL, RULES_MAX);
    REFUSED(PILOT_ERROR_CAPACITY, "/outcomes", policy, &s, day, NULL, pilot_rule_count() - 1);
    REFUSED(PILOT_ERROR_ARGUMENT, "/rules/1", policy, &s, day, strangers, 2);
    REFUSED(PILOT_ERROR_ARGUMENT, "/rules/0", policy, &s, day, nothing, 1);
    REFUSED(PILOT_ERROR_ARGUMENT, "/rules/0", policy, &s, day, &nameless_one, 1);
    REFUSED(PILOT_ERROR_RANGE, "/community/workstation/property_staff", policy, &of_wrong, day, NULL,
            RULES_MAX);
    cr_expect_eq(pilot_verdict(policy, &s, day, NULL, RULES_MAX, NULL, &error), PILOT_ERROR_ARGUMENT);
    cr_expect(marked(found, sizeof found));
    pilot_city_free(city);
    pilot_policy_free(policy);
}
