/* How long the outcomes of all rules on one community's records take, beside a report of them, and how
 * long the records take to come from their text and from a program's own values. The record is that of
 * tests/bench/peers/record.py. Medians within one run, in which all take turns; no bar is asserted. */
#define _DEFAULT_SOURCE
#include "clock.h"
#include "../text.h"

#include <pilot.h>

#include <string.h>

enum { ROUNDS = 2001, TIMES = 20, RULES_MAX = 256 };

static const char record[] =
    "{\"name\": \"南昌市\", \"districts\": [{\"id\": \"360102\", \"name\": \"东湖区\"}], \"providers\": "
    "[{\"id\": \"provider-1\", \"name\": \"物业服务企业甲\"}], \"communities\": [{\"id\": \"yuan-1\", "
    "\"name\": \"院一社区\", \"district\": \"360102\", \"workstation\": {\"property_staff\": 2}, "
    "\"offices\": [{\"area_m2\": \"138.50\", \"route\": \"own\"}], \"assessments\": [{\"year\": 2019, "
    "\"result\": \"passed\", \"date\": \"2020-02-20\"}]}], \"areas\": [{\"id\": \"area-yuan-1\", "
    "\"name\": \"院一片区\", \"communities\": [\"yuan-1\"], \"branch\": \"in_progress\", \"steps\": "
    "{\"selection\": \"2019-08-20\", \"remediation\": \"2019-12-20\", \"assembly\": \"2019-11-18\", "
    "\"entry\": \"2019-12-06\"}, \"remediation_items\": {\"level_roads\": true, \"free_drainage\": "
    "true, "
    "\"tidy_stairwells\": true, \"improved_courtyards\": true, \"working_lights\": true, "
    "\"regulated_shop_signs\": true, \"orderly_parking\": true, \"bike_charging\": true, "
    "\"property_premises\": true}, \"contracts\": [{\"provider\": \"provider-1\", \"signed_on\": "
    "\"2019-11-28\", \"written\": true, \"states_content\": true, \"states_standard\": true, "
    "\"states_price\": true}]}]}";

typedef struct bench {
    pilot_policy *policy;
    pilot_city *city;
    const pilot_rule *one;
    uint8_t outcomes[RULES_MAX];
} bench;

enum { AS_OF = 18352 }; /* 2020-03-31 */

static void report(bench *b)
{
    pilot_report *made;
    require(pilot_check(b->policy, b->city, AS_OF, &made, NULL) == PILOT_OK, "no report");
    pilot_report_free(made);
}

static void ask(bench *b, const pilot_community *community, const pilot_rule *const *rules, size_t count)
{
    const pilot_subject s = {.city = b->city, .community = community};
    require(pilot_verdict(b->policy, &s, AS_OF, rules, count, b->outcomes, NULL) == PILOT_OK,
            "no verdict");
}

static void of_city(bench *b)
{
    ask(b, NULL, NULL, RULES_MAX);
}

static void of_community(bench *b)
{
    ask(b, pilot_city_records(b->city)->communities, NULL, RULES_MAX);
}

static void of_one_rule(bench *b)
{
    ask(b, pilot_city_records(b->city)->communities, &b->one, 1);
}

static pilot_city *read_record(void)
{
    pilot_city *made = NULL;
    require(pilot_city_parse(record, sizeof record - 1, &made, NULL) == PILOT_OK, "it is refused");
    return made;
}

static void of_text(bench *b)
{
    pilot_city_free(read_record());
    (void)b;
}

static void of_text_with_verdict(bench *b)
{
    pilot_city *kept = b->city;
    b->city = read_record();
    of_city(b);
    pilot_city_free(b->city);
    b->city = kept;
}

static const struct {
    const char *what;
    void (*run)(bench *b);
    double bar; /* us, an aim; 0: none */
} works[] = {
    {"report (pilot_check)", report, 0},
    {"verdict, the whole city file", of_city, 0},
    {"verdict, its community", of_community, 1},
    {"verdict, one rule of its community", of_one_rule, 0},
    {"text to records", of_text, 0},
    {"text to verdict", of_text_with_verdict, 0},
};
enum { WORKS = sizeof works / sizeof *works };

int main(void)
{
    static double taken[WORKS][ROUNDS];
    bench b = {.city = read_record(), .one = pilot_rule_find("office_area")};
    require(pilot_policy_nanchang_2019(&b.policy) == PILOT_OK, "no policy");
    for (int round = 0; round < ROUNDS; round++)
        for (int work = 0; work < WORKS; work++) {
            const double start = now();
            for (int i = 0; i < TIMES; i++)
                works[work].run(&b);
            taken[work][round] = (now() - start) / TIMES;
        }
    puts("                                         us   times as fast as a report");
    for (int work = 0; work < WORKS; work++) {
        qsort(taken[work], ROUNDS, sizeof(double), ascending);
        const double took = taken[work][ROUNDS / 2], times = taken[0][ROUNDS / 2] / took;
        printf("%-38s %6.3f  %6.2f", works[work].what, took, times);
        if (works[work].bar > 0)
            printf("  aim: %g us, %s", works[work].bar, took < works[work].bar ? "met" : "not met");
        putchar('\n');
    }
    pilot_city_free(b.city);
    pilot_policy_free(b.policy);
    return 0;
}
