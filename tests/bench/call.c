/* What the one call costs beside the typed ones: an award, and a report of the example city, whose file
 * it reads and writes. Ratios within one run, medians of many; no bar is asserted. */
#define _DEFAULT_SOURCE
#include "clock.h"
#include "../text.h"

#include <pilot.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 501, SMALL = 200 };

static const pilot_assessment pass = {2019, PILOT_PASSED, {0, false}, NULL, PILOT_ACTOR_NONE};
static const pilot_claim claim = {.quantity = {[PILOT_PER_HOUSEHOLD] = {956, true}},
                                  .first = PILOT_MONTH(2019, 12),
                                  .last = PILOT_MONTH(2023, 12),
                                  .assessments = &pass,
                                  .assessment_count = 1};
static const char award_request[] =
    "{\"call\":\"award\",\"claim\":{\"households\":956,\"first\":\"2019-12\","
    "\"last\":\"2023-12\",\"assessments\":[{\"year\":2019,\"result\":\"passed\"}]}}";
static char city_text[1 << 20], check_request[(1 << 20) + 64];
static pilot_policy *policy;
static pilot_city *city;
static pilot_call_given given;

static void asked(const pilot_call_given *beside, const char *request)
{
    char *response = NULL;
    require(pilot_call_with(beside, request, strlen(request), NULL, &response) == PILOT_OK, "no answer");
    pilot_text_free(response);
}

static void award_computed(void)
{
    pilot_award award;
    pilot_award_line lines[16];
    require(pilot_award_compute(policy, &claim, &award, lines, 16, NULL) == PILOT_OK, "no award");
}

static void award_written(void)
{
    pilot_award award;
    pilot_award_line lines[16];
    char *text = NULL;
    require(pilot_award_compute(policy, &claim, &award, lines, 16, NULL) == PILOT_OK &&
                pilot_award_write(&award, lines, PILOT_JSON_COMPACT, &text) == PILOT_OK,
            "no award");
    pilot_text_free(text);
}

static void award_called(void)
{
    asked(NULL, award_request);
}

static void award_called_beside_a_policy(void)
{
    asked(&given, award_request);
}

static void report_written(void)
{
    pilot_city *read = NULL;
    pilot_report *report = NULL;
    char *text = NULL;
    require(pilot_city_parse(city_text, strlen(city_text), &read, NULL) == PILOT_OK &&
                pilot_check(policy, read, PILOT_DATE(2020, 2, 29), &report, NULL) == PILOT_OK &&
                pilot_report_write(report, NULL, PILOT_JSON_COMPACT, &text) == PILOT_OK,
            "no report");
    pilot_text_free(text);
    pilot_report_free(report);
    pilot_city_free(read);
}

static void report_called(void)
{
    asked(NULL, check_request);
}

static void report_called_beside_a_city(void)
{
    asked(&given, "{\"call\":\"check\",\"as_of\":\"2020-02-29\"}");
}

typedef struct way {
    const char *name;
    void (*run)(void);
    int times; /* in one round */
    double took[ROUNDS];
} way;

int main(void)
{
    static way ways[] = {
        {"award, computed", award_computed, SMALL, {0}},
        {"award, computed and written", award_written, SMALL, {0}},
        {"award, called", award_called, SMALL, {0}},
        {"award, called beside a policy", award_called_beside_a_policy, SMALL, {0}},
        {"report: city read, checked, written", report_written, 1, {0}},
        {"report, called", report_called, 1, {0}},
        {"report, called beside a city", report_called_beside_a_city, 1, {0}},
    };
    const size_t count = sizeof ways / sizeof *ways;
    FILE *file = fopen("examples/data/nanchang-2019.json", "rb");
    require(file && fread(city_text, 1, sizeof city_text - 1, file) > 0, "no city");
    fclose(file);
    snprintf(check_request, sizeof check_request,
             "{\"call\":\"check\",\"as_of\":\"2020-02-29\",\"city\":%s}", city_text);
    require(pilot_policy_nanchang_2019(&policy) == PILOT_OK &&
                pilot_city_parse(city_text, strlen(city_text), &city, NULL) == PILOT_OK,
            "no policy or city");
    given = (pilot_call_given){.policy = policy, .city = city};
    for (int round = 0; round < ROUNDS; round++)
        for (size_t i = 0; i < count; i++) {
            const double began = now();
            for (int j = 0; j < ways[i].times; j++)
                ways[i].run();
            ways[i].took[round] = (now() - began) / ways[i].times;
        }
    for (size_t i = 0; i < count; i++) {
        qsort(ways[i].took, ROUNDS, sizeof *ways[i].took, ascending);
        printf("%-38s %10.2f us\n", ways[i].name, ways[i].took[ROUNDS / 2]);
    }
    pilot_city_free(city);
    pilot_policy_free(policy);
    return 0;
}
