/* What twice as much costs in time, of cities whose lists are held against each other or whose ids were
 * chosen to collide: medians of several runs. tests/scale.c counts it for every list, and asserts. */
#define _DEFAULT_SOURCE
#include "../text.h"
#include "clock.h"

#include <pilot.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROUNDS 5
#define DAY 18400

/* A city of n of something. */
static const char *const head =
    "{\"districts\":[{\"id\":\"d\"}],\"communities\":[{\"id\":\"c\",\"district\":\"d\"";

static void assessments(buffer *b, size_t n)
{
    add(b, "%s,\"assessments\":[", head);
    for (size_t i = 0; i < n; i++)
        add(b, "%s{\"year\":%zu,\"result\":\"passed\"}", i ? "," : "", 2019 + i % 6);
    add(b, "]}],\"areas\":[");
    for (size_t i = 0; i < n; i++)
        add(b,
            "%s{\"id\":\"a%zu\",\"communities\":[\"c\"],\"households\":9,\"steps\":{\"entry\":\"2019-12-"
            "01\"}}",
            i ? "," : "", i);
    add(b, "]}");
}

static void communities_of_area(buffer *b, size_t n)
{
    add(b, "%s}", head);
    for (size_t i = 0; i < n; i++)
        add(b, ",{\"id\":\"c%zu\",\"district\":\"d\"}", i);
    add(b, "],\"areas\":[{\"id\":\"a\",\"communities\":[\"c\"");
    for (size_t i = 0; i < n; i++)
        add(b, ",\"c%zu\"", i);
    add(b, "]}]}");
}

static void districts(buffer *b, size_t n)
{
    add(b, "{\"districts\":[");
    for (size_t i = 0; i < n; i++)
        add(b, "%s{\"id\":\"d%zu\"}", i ? "," : "", i);
    add(b, "],\"communities\":[");
    for (size_t i = 0; i < n; i++)
        add(b, "%s{\"id\":\"c%zu\",\"district\":\"d%zu\"}", i ? "," : "", i, i);
    add(b, "],\"areas\":[]}");
}

static void charges(buffer *b, size_t n)
{
    add(b,
        "{\"menus\":[{\"id\":\"m\",\"best_is_low\":true,\"services\":[{\"id\":\"s\",\"kind\":\"order\","
        "\"per\":"
        "\"square_metre_month\",\"grades\":[{\"grade\":1,\"yuan\":\"0.5\"}]}]}],%s}],\"areas\":[{\"id\":"
        "\"a\","
        "\"communities\":[\"c\"],\"contracts\":[",
        head + 1);
    for (size_t i = 0; i < n; i++)
        add(b,
            "%s{\"signed_on\":\"2019-12-01\",\"menu\":\"m\",\"selection\":{\"items\":[{\"service\":"
            "\"s\","
            "\"grade\":1}]}}",
            i ? "," : "");
    add(b, "],\"charges\":[");
    for (size_t i = 0; i < n; i++)
        add(b,
            "%s{\"dwelling\":\"%zu\",\"service\":\"s\",\"first\":\"2020-01\",\"last\":\"2020-01\","
            "\"amount_yuan\":"
            "\"1.00\",\"area_m2\":60}",
            i ? "," : "", i);
    add(b, "]}]}");
}

static void offers(buffer *b, size_t n)
{
    add(b, "%s}],\"areas\":[{\"id\":\"a\",\"communities\":[\"c\"],\"offers\":[", head);
    for (size_t i = 0; i < n; i++)
        add(b, "%s{\"grade\":%zu,\"yuan_per_m2\":\"0.%zu\"}", i ? "," : "", 1 + i, 1 + i % 9999);
    add(b, "]}]}");
}

/* Ids of one value in 14 bits of FNV-1a, by which ids were once found. */
static void colliding(buffer *b, size_t n)
{
    add(b, "%s}", head);
    for (unsigned i = 0; n; i++) {
        char id[16];
        uint64_t hash = UINT64_C(0xcbf29ce484222325);
        snprintf(id, sizeof id, "c%u", i);
        for (const char *c = id; *c; c++)
            hash = (hash ^ (unsigned char)*c) * UINT64_C(0x100000001b3);
        if ((hash ^ hash >> 32) & 0x3FFF)
            continue;
        add(b, ",{\"id\":\"%s\",\"district\":\"d\"}", id);
        n--;
    }
    add(b, "],\"areas\":[]}");
}

static const struct {
    const char *name;
    void (*make)(buffer *b, size_t n);
    size_t n;
} cities[] = {
    {"areas x assessments", assessments, 4000},
    {"communities of an area", communities_of_area, 40000},
    {"districts x communities", districts, 8000},
    {"charges x contracts", charges, 4000},
    {"offers x offers", offers, 8000},
    {"colliding ids", colliding, 4000},
};

/* From text to report, and the award. */
static double median_of(const pilot_policy *policy, const buffer *b)
{
    double taken[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
        pilot_city *city;
        pilot_report *report;
        pilot_award_sum sum;
        char *text;
        pilot_error error = {0};
        double start = seconds();
        require(pilot_city_parse(b->text, b->length, &city, &error) == PILOT_OK, error.message);
        require(pilot_check(policy, city, DAY, &report, NULL) == PILOT_OK, "the check fails");
        require(pilot_report_print(report, NULL, PILOT_ENGLISH, &text) == PILOT_OK, "no text");
        require(pilot_city_award(policy, city, NULL, DAY, &sum, NULL, 0, NULL) == PILOT_OK, "no award");
        taken[i] = seconds() - start;
        pilot_text_free(text);
        pilot_report_free(report);
        pilot_city_free(city);
    }
    qsort(taken, ROUNDS, sizeof *taken, ascending);
    return taken[ROUNDS / 2];
}

int main(void)
{
    pilot_policy *policy;
    require(pilot_policy_nanchang_2019(&policy) == PILOT_OK, "no policy");
    puts("of each                       n         s   of 2n, s  ratio");
    for (size_t i = 0; i < sizeof cities / sizeof *cities; i++) {
        double taken[2];
        for (size_t twice = 0; twice < 2; twice++) {
            buffer b = {0};
            cities[i].make(&b, cities[i].n << twice);
            taken[twice] = median_of(policy, &b);
            free(b.text);
        }
        printf("%-24s %6zu  %8.4f   %8.4f  %5.2f\n", cities[i].name, cities[i].n, taken[0], taken[1],
               taken[1] / taken[0]);
        fflush(stdout);
    }
    pilot_policy_free(policy);
    return 0;
}
