/* How long a city takes, from JSON text to report, beside what cJSON alone needs for the same text.
 * Ratios within one run, medians of several. The bars are aims, set before this was measured. */
#define _DEFAULT_SOURCE
#include "../text.h"
#include "clock.h"

#include <pilot.h>

#include <cjson/cJSON.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define ROUNDS 5

static uint64_t state = UINT64_C(20191101);

static unsigned draw(unsigned below)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)(state % below);
}

static void add_community(buffer *b, unsigned i)
{
    static const char *const districts[] = {"360102", "360103", "360104", "360105", "360111"};
    add(b,
        "%s\n{\"id\":\"c%u\",\"name\":\"社区%u\",\"district\":\"%s\",\"workstation\":{\"property_"
        "staff\":%u},",
        i ? "," : "", i, i, districts[draw(5)], draw(8) ? 1 + draw(3) : 0);
    add(b, "\"offices\":[{\"area_m2\":\"%u.%02u\",\"route\":\"own\"}],",
        draw(10) ? 120 + draw(80) : 90 + draw(30), draw(100));
    add(b,
        "\"assessments\":[{\"year\":2019,\"result\":\"%s\",\"date\":\"2020-02-%02u\",\"assessor\":"
        "\"leading_group_office\"}],",
        draw(12) ? "passed" : "failed", 1 + draw(29));
    add(b, "\"reward_payments\":[],\"uses\":[],\"appointments\":[{\"appointed\":\"2019-12-01\",\"by_"
           "procedure\":true,\"paid\":true}],");
    add(b, "\"handovers\":[");
    static const char *const services[] = {"road_upkeep",    "greenery",        "street_lights",
                                           "public_toilets", "municipal_pipes", "septic_tanks"};
    for (int j = 0; j < 6; j++)
        add(b,
            "%s{\"service\":\"%s\",\"duty_moved\":\"2019-12-20\",\"money_moved\":\"2019-12-2%u\","
            "\"transferred_yuan\":\"%u000.00\","
            "\"former_budget_yuan\":\"90000.00\",\"reduced_budget_yuan\":\"50000.00\",\"coordinator\":"
            "\"city_management_bureau\"}",
            j ? "," : "", services[j], draw(10), draw(10) ? 40 : 41);
    add(b, "],\"evidence\":[{\"clause\":\"5.5-3\",\"done\":\"2020-02-29\"},");
    static const char *const clauses[] = {"3.2-5g",  "3.2-13d", "3.2-13f", "4.1-3",
                                          "3.2-14c", "4.3-6",   "4.3-12",  "4.3-14"};
    for (int j = 0; j < 8; j++)
        add(b, "%s{\"clause\":\"%s\",\"done\":\"2019-12-%02u\"}", j ? "," : "", clauses[j],
            1 + draw(31));
    add(b, "]}");
}

static void add_area(buffer *b, unsigned i)
{
    add(b,
        "%s\n{\"id\":\"a%u\",\"name\":\"居民区%u\",\"communities\":[\"c%u\"],\"old\":true,\"owners_"
        "willing\":true,"
        "\"layout_at_selection\":\"%s\",\"branch\":\"in_progress\",\"households\":%u,\"building_area_"
        "m2\":\"%u.%02u\",",
        i ? "," : "", i, i, i, draw(20) ? "open" : "closed", 300 + draw(2900), 20000 + draw(200000),
        draw(100));
    add(b,
        "\"steps\":{\"survey\":\"2019-07-%02u\",\"selection\":\"2019-08-%02u\",\"remediation\":\"2019-"
        "12-%02u\","
        "\"preparatory_group\":\"2019-10-%02u\",\"assembly_notice\":\"2019-11-%02u\",\"assembly\":"
        "\"2019-11-%02u\",\"committee\":\"2019-11-30\","
        "\"entry\":\"2019-12-%02u\"},",
        1 + draw(31), 1 + draw(31), 1 + draw(31), 1 + draw(31), 1 + draw(12), 20 + draw(11),
        1 + draw(31));
    add(b,
        "\"remediation_items\":{\"level_roads\":true,\"free_drainage\":true,\"tidy_stairwells\":true,"
        "\"improved_courtyards\":true,\"working_lights\":true,\"regulated_shop_signs\":%s,\"orderly_"
        "parking\":true,"
        "\"bike_charging\":true,\"property_premises\":true},\"ownership_restricted\":false,",
        draw(20) ? "true" : "false");
    add(b,
        "\"offers\":[{\"grade\":1,\"yuan_per_m2\":\"0.9000\"},{\"grade\":2,\"yuan_per_m2\":\"0.%u000\"}]"
        ",",
        1 + draw(9));
    add(b, "\"votes\":[{\"held_on\":\"2019-11-30\",\"matter\":\"hire_provider\",\"decided_by\":"
           "\"assembly\",\"passed\":true}],");
    add(b,
        "\"contracts\":[{\"provider\":\"p%u\",\"signed_on\":\"2019-12-%02u\",\"signed_by\":"
        "\"committee\",\"written\":true,"
        "\"states_content\":true,\"states_standard\":true,\"states_price\":true,\"package\":"
        "\"comprehensive\","
        "\"yearly_income_yuan\":\"100000.00\",\"yearly_cost_yuan\":\"98000.00\"}],",
        draw(9), 1 + draw(28));
    add(b, "\"grid_posts\":[");
    static const char *const departments[] = {"public_security_bureau", "fire_brigade",
                                              "city_management_bureau", "environment_bureau"};
    for (int j = 0; j < 4; j++)
        add(b, "%s{\"department\":\"%s\",\"post\":\"%u-%d\",\"linked\":true}", j ? "," : "",
            departments[j], i, j);
    add(b, "],\"charges\":[");
    for (unsigned j = 0; j < 4; j++)
        add(b,
            "%s{\"dwelling\":\"%u-%u\",\"service\":\"cleaning\",\"kind\":\"cleaning\",\"first\":\"2020-"
            "01\",\"last\":\"2020-%"
            "02u\","
            "\"amount_yuan\":\"%u.00\",\"payer\":\"owners\",\"price_marked\":true}",
            j ? "," : "", i, draw(4), 1 + draw(12), 20 + draw(50));
    add(b, "],\"incomes\":[],\"uses\":[],\"parking\":[],\"evidence\":[{\"clause\":\"3.2-4a\",\"done\":"
           "\"2019-11-05\"},"
           "{\"clause\":\"3.2-5a\",\"done\":\"2019-12-20\"}]}");
}

static buffer make_city(unsigned communities)
{
    buffer b = {0};
    add(&b, "{\"name\":\"city\",\"complete\":true,\"districts\":[{\"id\":\"360102\"},{\"id\":\"360103\"}"
            ",{\"id\":\"360104\"},"
            "{\"id\":\"360105\"},{\"id\":\"360111\"}],\"providers\":[");
    for (int i = 0; i < 9; i++)
        add(&b, "%s{\"id\":\"p%d\"}", i ? "," : "", i);
    add(&b, "],\"communities\":[");
    for (unsigned i = 0; i < communities; i++)
        add_community(&b, i);
    add(&b, "],\"areas\":[");
    for (unsigned i = 0; i < communities; i++)
        add_area(&b, i);
    add(&b, "]}");
    return b;
}

static double median(double *values)
{
    qsort(values, ROUNDS, sizeof *values, ascending);
    return values[ROUNDS / 2];
}

/* The most memory that this process has had, in bytes. */
static double peak_memory(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss * 1024;
}

typedef struct timing {
    double whole, rules, cjson;
    double memory; /* what the library's first run added to the peak, in bytes of input */
    size_t input, output, findings, breaches;
} timing;

static void run_library(const buffer *city_text, const pilot_policy *policy, double *whole,
                        double *rules, char **out, timing *t)
{
    static const pilot_report_filter open = {.outcomes = PILOT_OUTCOMES_OPEN};
    pilot_city *city;
    pilot_report *report;
    pilot_error error;
    double start = seconds();
    require(pilot_city_parse(city_text->text, city_text->length, &city, &error) == PILOT_OK,
            "the city is refused");
    double parsed = seconds();
    require(pilot_check(policy, city, 18321, &report, NULL) == PILOT_OK, "the check fails");
    *rules = seconds() - parsed;
    require(pilot_report_write(report, &open, PILOT_JSON_COMPACT, out) == PILOT_OK,
            "the report is not written");
    *whole = seconds() - start;
    t->findings = pilot_report_size(report);
    t->breaches = pilot_report_count(report, PILOT_BREACH);
    pilot_report_free(report);
    pilot_city_free(city);
}

/* Parse the input, print a tree of the output. */
static double run_cjson(const buffer *city_text, const cJSON *output)
{
    double start = seconds();
    cJSON *tree = cJSON_ParseWithLength(city_text->text, city_text->length);
    char *text = cJSON_PrintUnformatted(output);
    double taken = seconds() - start;
    cJSON_free(text);
    cJSON_Delete(tree);
    return taken;
}

static timing measure(unsigned communities, const pilot_policy *policy)
{
    timing t = {0};
    double whole[ROUNDS], rules[ROUNDS], cjson[ROUNDS];
    buffer city_text = make_city(communities);
    t.input = city_text.length;
    double before = peak_memory();
    for (int i = 0; i < ROUNDS; i++) {
        char *out;
        run_library(&city_text, policy, &whole[i], &rules[i], &out, &t);
        t.output = strlen(out);
        if (i == 0)
            t.memory = (peak_memory() - before) / (double)t.input;
        cJSON *output = cJSON_Parse(out);
        pilot_text_free(out);
        cjson[i] = run_cjson(&city_text, output);
        cJSON_Delete(output);
    }
    free(city_text.text);
    t.whole = median(whole);
    t.rules = median(rules);
    t.cjson = median(cjson);
    return t;
}

int main(void)
{
    static const unsigned sizes[] = {100, 1000, 10000, 100000};
    static const double bars[] = {2.5, 2.5, 2, 2}; /* of the ratio */
    pilot_policy *policy;
    require(pilot_policy_nanchang_2019(&policy) == PILOT_OK, "no policy");
    double first = 0;
    puts("communities  input MB  output MB  findings  text to report s  cJSON alone s  ratio  rules us "
         "each  "
         "memory/input  time each to first  bar of the ratio");
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        state = UINT64_C(20191101);
        timing t = measure(sizes[i], policy);
        first = i ? first : t.whole / sizes[i];
        printf("%11u  %8.1f  %9.1f  %8zu  %16.4f  %13.4f  %5.2f  %13.2f  %12.2f  %18.2f  %.1f, %s\n",
               sizes[i], (double)t.input / 1e6, (double)t.output / 1e6, t.findings, t.whole, t.cjson,
               t.whole / t.cjson, t.rules / sizes[i] * 1e6, t.memory, t.whole / sizes[i] / first,
               bars[i], t.whole / t.cjson <= bars[i] ? "met" : "not met");
        fflush(stdout);
    }
    pilot_policy_free(policy);
    return 0;
}
