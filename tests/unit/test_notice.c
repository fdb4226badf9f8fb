/* What of the notice is carried out, and whether every parameter matters. */
#include "cases.h"

#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Computable clauses that nothing carries out yet. */
static const char *const open_clauses[] = {
    "0.1-1",  "1-3",    "1-4",   "3.1-1", "3.2-3a",  "3.2-3b",  "3.2-5b",  "3.2-5d",
    "3.2-7c", "4.1-2",  "4.3-1", "4.3-3", "5.4-2b",  "4.3-4",   "4.3-7",   "4.3-8",
    "4.3-9",  "4.3-13", "4.4-1", "4.4-3", "4.4.1-5", "4.4.2-2", "4.4.2-4", "4.4.2-5",
    "4.5-2",  "5.2-3",  "5.4-2", "6.1-3", "6.2-2"};

static bool is_open(const char *id)
{
    for (size_t i = 0; i < sizeof open_clauses / sizeof *open_clauses; i++)
        if (strcmp(open_clauses[i], id) == 0)
            return true;
    return false;
}

Test(notice, every_computable_clause_is_bound)
{
    const pilot_clause_filter computable = {.classes = PILOT_COMPUTABLE};
    char text[96];
    for (const pilot_clause *c = NULL; (c = pilot_clause_next(c, &computable));) {
        bool bound = pilot_clause_binding(c->id, 0, text, sizeof text) == PILOT_OK;
        cr_expect(bound != is_open(c->id), "%s is %s", c->id,
                  bound ? "bound and listed as open" : "not bound");
    }
    cr_assert_eq(pilot_clause_binding("4.2-1", 0, text, sizeof text), PILOT_OK);
    cr_assert_str_eq(text, "rule office_area");
    cr_assert_eq(pilot_clause_binding("4.2-1", 1, text, sizeof text), PILOT_OK);
    cr_assert_str_eq(text, "parameter office_min_area_m2");
    cr_assert_eq(pilot_clause_binding("no clause", 0, text, sizeof text), PILOT_ERROR_NOT_FOUND);
    cr_assert_eq(pilot_clause_binding(NULL, 0, text, sizeof text), PILOT_ERROR_ARGUMENT);
}

/* Everything that a policy and a city give, as text, without the receipts' fingerprints. */
typedef struct sample {
    char *text;
    size_t length;
} sample;

static void add(sample *s, const char *text)
{
    size_t length = strlen(text);
    s->text = realloc(s->text, s->length + length + 1);
    cr_assert_not_null(s->text);
    memcpy(s->text + s->length, text, length + 1);
    s->length += length;
}

static void add_report(sample *s, const pilot_policy *policy, const pilot_city *city, const char *as_of)
{
    pilot_report *report;
    char *text;
    cr_assert_eq(pilot_check(policy, city, cases_date(as_of), &report), PILOT_OK);
    for (int language = 0; language < 2; language++) {
        cr_assert_eq(pilot_report_print(report, PILOT_OUTCOMES_ALL, (pilot_language)language, &text),
                     PILOT_OK);
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

static void add_awards(sample *s, const pilot_policy *policy, const pilot_city *city)
{
    pilot_award_sum sum;
    char text[128];
    for (size_t i = 0; i < pilot_city_records(city)->community_count; i++) {
        const pilot_community *c = &pilot_city_records(city)->communities[i];
        cr_assert_eq(pilot_city_award(policy, city, c, cases_date("2022-06-30"), &sum, NULL, 0),
                     PILOT_OK);
        snprintf(text, sizeof text, "%lld %lld %lld\n", (long long)sum.award.total,
                 (long long)sum.award.city, (long long)sum.award.withheld);
        add(s, text);
    }
}

static char *sample_of(const pilot_policy *policy)
{
    /* At these prices awards are odd and do not end in whole fen. */
    static const char metered[] =
        "{\"rates\": [{\"first\": \"2019-01\", \"last\": \"2023-12\", \"yuan\": \"0.2003\", \"per\": "
        "\"square_metre_month\"}]}";
    sample s = {0};
    size_t length;
    pilot_city *city;
    pilot_policy *by_area;
    pilot_error error;
    char *file = cases_slurp("tests/cases/impact/city.json", &length);
    cr_assert_eq(pilot_city_parse(file, length, &city, &error), PILOT_OK, "%s: %s", error.path,
                 error.message);
    cr_assert_eq(pilot_policy_patch(policy, metered, sizeof metered - 1, &by_area, NULL), PILOT_OK);
    add_report(&s, policy, city, "2019-10-01");
    add_report(&s, policy, city, "2020-03-31");
    add_awards(&s, policy, city);
    add_awards(&s, by_area, city);
    pilot_policy_free(by_area);
    pilot_city_free(city);
    free(file);
    return s.text;
}

/* Parameters whose rules do not exist yet. */
static const char *const idle_parameters[] = {NULL};

static bool is_idle(const char *key)
{
    for (size_t i = 0; idle_parameters[i]; i++)
        if (strcmp(idle_parameters[i], key) == 0)
            return true;
    return false;
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
    pilot_policy *policy;
    pilot_parameter_info parameter;
    cr_assert_eq(pilot_policy_nanchang_2019(&policy), PILOT_OK);
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
            cr_expect(moves(policy, each, before) != is_idle(parameter.key),
                      "%s: nothing moves, or it is listed as idle", parameter.key);
        }
    }
    free(before);
    pilot_policy_free(policy);
    cJSON_Delete(tests);
}
