/* What of the notice is carried out, and whether every parameter matters. */
#include "cases.h"

/* Nothing that can be decided, by computing or by evidence, is left to nobody. */
Test(notice, every_clause_that_can_be_decided_is_bound)
{
    const pilot_clause_filter decidable = {.classes = PILOT_COMPUTABLE | PILOT_EVIDENCE | PILOT_MIXED};
    char text[96];
    int count = 0;
    for (const pilot_clause *c = NULL; (c = pilot_clause_next(c, &decidable)); count++)
        cr_expect_eq(pilot_clause_binding(c->id, 0, text, sizeof text), PILOT_OK, "%s: %s", c->id,
                     c->en);
    cr_assert_eq(count, 98);
    cr_assert_eq(pilot_clause_binding("4.2-1", 0, text, sizeof text), PILOT_OK);
    cr_assert_str_eq(text, "rule office_area");
    cr_assert_eq(pilot_clause_binding("4.2-1", 1, text, sizeof text), PILOT_OK);
    cr_assert_str_eq(text, "parameter office_min_area_m2");
    cr_assert_eq(pilot_clause_binding("no clause", 0, text, sizeof text), PILOT_ERROR_NOT_FOUND);
    cr_assert_eq(pilot_clause_binding(NULL, 0, text, sizeof text), PILOT_ERROR_ARGUMENT);
}

static void add_report(buffer *s, const pilot_policy *policy, const pilot_city *city, const char *as_of)
{
    pilot_report *report;
    char *text;
    cr_assert_eq(pilot_check(policy, city, cases_date(as_of), &report, NULL), PILOT_OK);
    for (int language = 0; language < 2; language++) {
        cr_assert_eq(pilot_report_print(report, NULL, (pilot_language)language, &text), PILOT_OK);
        char fingerprint[20];
        snprintf(fingerprint, sizeof fingerprint, "%016llx",
                 (unsigned long long)pilot_policy_fingerprint(policy));
        char *place = strstr(text, fingerprint);
        cr_assert_not_null(place);
        memset(place, '-', 16);
        add(s, text);
        pilot_text_free(text);
    }
    pilot_report_free(report);
}

static void add_awards(buffer *s, const pilot_policy *policy, const pilot_city *city)
{
    pilot_award_sum sum;
    char text[128];
    for (size_t i = 0; i < pilot_city_records(city)->community_count; i++) {
        const pilot_community *c = &pilot_city_records(city)->communities[i];
        cr_assert_eq(pilot_city_award(policy, city, c, cases_date("2022-06-30"), &sum, NULL, 0, NULL),
                     PILOT_OK);
        snprintf(text, sizeof text, "%lld %lld %lld\n", (long long)sum.award.total,
                 (long long)sum.award.city, (long long)sum.award.withheld);
        add(s, text);
    }
}

static void add_sides(buffer *s, const pilot_policy *policy, const pilot_city *city)
{
    const pilot_records *r = pilot_city_records(city);
    for (size_t i = 0; i < r->area_count; i++)
        add(s, pilot_side_on(policy, &r->areas[i], PILOT_PLACE_COURTYARD, cases_date("2020-03-31")) ==
                       PILOT_INSIDE
                   ? "inside\n"
                   : "outside\n");
}

/* A vote of a hundred owners on each matter, the day before the Civil Code and the day of it. */
static void add_votes(buffer *s, const pilot_policy *policy)
{
    pilot_vote_totals totals = {
        .all = {1000000, 100}, .in_favour = {500000, 50}, .against = {200000, 10}};
    static const char *const days[] = {"2020-12-31", "2021-01-01"};
    for (int i = 0; i < 2 * PILOT_MATTER_COUNT; i++) {
        pilot_vote_result result;
        char *text;
        totals.day = cases_date(days[i % 2]);
        totals.matter = (pilot_matter)(i / 2);
        pilot_status status = pilot_vote_decide(policy, &totals, &result, NULL);
        if (status != PILOT_OK) {
            add(s, pilot_status_name(status));
            continue;
        }
        memset(&result.receipt, 0, sizeof result.receipt);
        cr_assert_eq(pilot_vote_result_write(&result, PILOT_JSON_COMPACT, &text), PILOT_OK);
        add(s, text);
        pilot_text_free(text);
    }
}

/* A community whose reward is more than it lacks, and a project whose business has costs. */
static void add_account(buffer *s, const pilot_policy *policy)
{
    const pilot_assessment passed = {
        .year = 2020, .result = PILOT_PASSED, .date = {18628, true}}; /* 2021-01-01 */
    const pilot_claim claim = {.quantity = {[PILOT_PER_HOUSEHOLD] = {956, true},
                                            [PILOT_PER_SQUARE_METRE] = {8336320, true},
                                            [PILOT_PER_COMMUNITY] = {1, true}},
                               .first = 600, /* 2020-01 */
                               .last = 611,
                               .assessments = &passed,
                               .assessment_count = 1};
    const pilot_account_cost cost = {NULL, PILOT_LEDGER_COMMUNITY, 600, 611, 1000000};
    const pilot_account_income income = {PILOT_INCOME_LOCKERS, 600, 611, 90000, 30000};
    const pilot_account_terms terms = {.first = 600,
                                       .last = 611,
                                       .fee = {.billed = {1500000, true}},
                                       .collection_rate = {4, 5},
                                       .claim = &claim,
                                       .costs = &cost,
                                       .cost_count = 1,
                                       .incomes = &income,
                                       .income_count = 1};
    pilot_account account;
    char *text;
    cr_assert_eq(pilot_account_compute(policy, &terms, &account, NULL, 0, NULL, 0, NULL), PILOT_OK);
    memset(&account.receipt, 0, sizeof account.receipt);
    cr_assert_eq(pilot_account_write(&account, NULL, NULL, NULL, 0, PILOT_JSON_COMPACT, &text),
                 PILOT_OK);
    add(s, text);
    pilot_text_free(text);
}

/* Everything that a policy and a city give, as text, without the receipts' fingerprints. */
static char *sample_of(const pilot_policy *policy)
{
    /* At these prices awards are odd and do not end in whole fen. */
    static const char metered[] =
        "{\"rates\": [{\"first\": \"2019-01\", \"last\": \"2023-12\", \"yuan\": \"0.2003\", \"per\": "
        "\"square_metre_month\"}]}";
    buffer s = {0};
    pilot_policy *by_area;
    pilot_city *city = cases_city("tests/cases/impact/city.json");
    cr_assert_eq(pilot_policy_patch(policy, metered, sizeof metered - 1, &by_area, NULL), PILOT_OK);
    add_report(&s, policy, city, "2019-10-01");
    add_report(&s, policy, city, "2020-03-31");
    add_report(&s, policy, city, "2020-07-31");
    add_awards(&s, policy, city);
    add_awards(&s, by_area, city);
    add_sides(&s, policy, city);
    add_votes(&s, policy);
    add_account(&s, policy);
    pilot_policy_free(by_area);
    pilot_city_free(city);
    return s.text;
}

static bool moves(const pilot_policy *policy, const cJSON *move, const char *before)
{
    pilot_policy *moved;
    pilot_error error;
    char *patch = cJSON_PrintUnformatted(move);
    cr_assert_eq(pilot_policy_patch(policy, patch, strlen(patch), &moved, &error), PILOT_OK,
                 "%s: %s: %s", patch, error.path, error.message);
    cJSON_free(patch);
    char *after = sample_of(moved);
    bool differs = strcmp(before, after) != 0;
    free(after);
    pilot_policy_free(moved);
    return differs;
}

/* Each parameter has a move of its own in the file; none may leave everything as it was. */
Test(notice, every_parameter_matters)
{
    cJSON *tests = cases_read("tests/cases/impact/moves.json");
    pilot_policy *policy = notice();
    pilot_parameter_info parameter;
    char *before = sample_of(policy);
    for (size_t i = 0; pilot_parameter_at(i, &parameter) == PILOT_OK; i++) {
        const cJSON *all = tests;
        if (parameter.parent)
            all = cJSON_GetObjectItemCaseSensitive(tests, parameter.parent);
        const cJSON *move = cJSON_GetObjectItemCaseSensitive(all, parameter.key);
        cr_expect(move != NULL, "%s has no move", parameter.key);
        const cJSON *each;
        cJSON_ArrayForEach(each, move)
        {
            cr_expect(moves(policy, each, before), "%s: nothing moves", parameter.key);
        }
    }
    free(before);
    pilot_policy_free(policy);
    cJSON_Delete(tests);
}
