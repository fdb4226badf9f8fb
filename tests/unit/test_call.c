/* The one call: the shared requests and their responses, to the byte; that each call is among them, and
 * gives what the typed function does; what is given beside a request. */
#include "cases.h"

#define LINE_MAX_BYTES (1 << 20)

static char *called(const pilot_call_given *given, const char *request)
{
    char *response = NULL;
    const pilot_status status = pilot_call_with(given, request, strlen(request), NULL, &response);
    CHECK(status == PILOT_OK && response, "%.200s: %s", request, pilot_status_name(status));
    return response;
}

/* The next line that is neither empty nor a comment; NULL at the end. */
static char *next_line(FILE *file, char *line)
{
    while (fgets(line, LINE_MAX_BYTES, file)) {
        line[strcspn(line, "\n")] = '\0';
        if (*line && *line != '#')
            return line;
    }
    return NULL;
}

Test(call, cases)
{
    char *request = malloc(LINE_MAX_BYTES), *wanted = malloc(LINE_MAX_BYTES);
    bool *answered = calloc(pilot_call_count(), sizeof *answered);
    FILE *file = fopen("tests/cases/calls.txt", "r");
    int cases = 0;
    cr_assert(request && wanted && answered && file);
    for (; next_line(file, request); cases++) {
        cr_assert_not_null(next_line(file, wanted));
        char *response = called(NULL, request);
        CHECK(strcmp(response, wanted) == 0, "%.200s\ngives  %s\nwanted %s", request, response, wanted);
        for (size_t i = 0; i < pilot_call_count(); i++) {
            char name[64];
            snprintf(name, sizeof name, "{\"call\":\"%s\"", pilot_call_at(i).name);
            answered[i] = answered[i] || (strncmp(request, name, strlen(name)) == 0 &&
                                          strncmp(wanted, "{\"status\":\"ok\",\"result\":", 24) == 0);
        }
        pilot_text_free(response);
    }
    fclose(file);
    cr_assert_geq(cases, 60);
    for (size_t i = 0; i < pilot_call_count(); i++)
        cr_expect(answered[i], "no request is answered of %s", pilot_call_at(i).name);
    free(request);
    free(wanted);
    free(answered);
}

static void expect_result(const char *response, pilot_status status, char *typed, const char *what)
{
    cr_assert_eq(status, PILOT_OK);
    const size_t length = strlen(typed);
    CHECK(strncmp(response, "{\"status\":\"ok\",\"result\":", 24) == 0 &&
              strncmp(response + 24, typed, length) == 0 && strcmp(response + 24 + length, "}") == 0,
          "%s: %s is not %s", what, response, typed);
    pilot_text_free(typed);
}

/* Of 956 households that pass in 2020: 18 yuan in 13 months, halved (4.4.1-4, 4.4.1-8). */
Test(call, is_the_typed_function)
{
    const pilot_assessment pass = {2020, PILOT_PASSED, {0, false}, NULL, PILOT_ACTOR_NONE};
    const pilot_claim claim = {.quantity = {[PILOT_PER_HOUSEHOLD] = {956, true}},
                               .first = PILOT_MONTH(2019, 12),
                               .last = PILOT_MONTH(2020, 12),
                               .assessments = &pass,
                               .assessment_count = 1};
    pilot_policy *policy;
    pilot_award award;
    pilot_award_line lines[8];
    char *text = NULL, *response;
    cr_assert_eq(pilot_policy_nanchang_2019(&policy), PILOT_OK);
    cr_assert_eq(pilot_award_compute(policy, &claim, &award, lines, COUNT(lines), NULL), PILOT_OK);
    cr_assert_eq(award.total, 956 * 18 * 13 * 100);
    response = called(
        NULL,
        "{\"call\":\"award\",\"claim\":{\"households\":956,\"first\":\"2019-12\",\"last\":\"2020-12\","
        "\"assessments\":[{\"year\":2020,\"result\":\"passed\"}]}}");
    pilot_status status = pilot_award_write(&award, lines, PILOT_JSON_COMPACT, &text);
    expect_result(response, status, text, "award");
    pilot_text_free(response);
    response = called(NULL, "{\"call\":\"policy\"}");
    status = pilot_policy_write(policy, PILOT_JSON_COMPACT, &text);
    expect_result(response, status, text, "policy");
    pilot_text_free(response);
    response = called(NULL, "{\"call\":\"schema\",\"document\":\"report\"}");
    status = pilot_schema_write(PILOT_SCHEMA_REPORT, PILOT_JSON_COMPACT, &text);
    expect_result(response, status, text, "schema");
    pilot_text_free(response);
    pilot_policy_free(policy);
}

#define CITY "{\"districts\":[],\"communities\":[],\"areas\":[]}"

/* What is given beside a request counts as if it stood there, and what stands there goes before. */
Test(call, documents_beside_the_request)
{
    pilot_policy *policy, *reform;
    pilot_city *city;
    pilot_report *report;
    const char *patch = "{\"city_share\":\"1/3\"}";
    cr_assert_eq(pilot_policy_nanchang_2019(&policy), PILOT_OK);
    cr_assert_eq(pilot_policy_patch(policy, patch, strlen(patch), &reform, NULL), PILOT_OK);
    cr_assert_eq(pilot_city_parse(CITY, strlen(CITY), &city, NULL), PILOT_OK);
    cr_assert_eq(pilot_check(reform, city, PILOT_DATE(2020, 3, 31), &report, NULL), PILOT_OK);
    const char *whole = "{\"call\":\"check\",\"policy\":{\"city_share\":\"1/3\"},\"city\":" CITY
                        ",\"as_of\":\"2020-03-31\"}";
    char *wanted = called(NULL, whole);
    const struct {
        pilot_call_given given;
        const char *request;
    } cases[] = {
        {{.policy = reform}, "{\"call\":\"check\",\"city\":" CITY ",\"as_of\":\"2020-03-31\"}"},
        {{.city = city},
         "{\"call\":\"check\",\"policy\":{\"city_share\":\"1/3\"},\"as_of\":\"2020-03-31\"}"},
        {{.policy = reform, .city = city}, "{\"call\":\"check\",\"as_of\":\"2020-03-31\"}"},
        {{.report = report}, "{\"call\":\"check\"}"},
        {{.report = report}, "{\"call\":\"check\",\"as_of\":\"2020-03-31\"}"},
        {{.report = report}, "{\"call\":\"check\",\"city\":" CITY "}"},
        {{.policy = policy, .city = city}, whole},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *response = called(&cases[i].given, cases[i].request);
        cr_expect_str_eq(response, wanted);
        pilot_text_free(response);
    }
    pilot_text_free(wanted);
    /* A refused request leaves what was given as it is. */
    const pilot_call_given all = {.policy = reform, .city = city};
    char *refused =
        called(&all, "{\"call\":\"check\",\"policy\":{},\"city\":" CITY ",\"as_of\":7,\"x\":1}");
    cr_expect(strncmp(refused, "{\"status\":\"type\",\"problem_count\":2", 34) == 0, "%s", refused);
    pilot_text_free(refused);
    cr_expect_eq(pilot_policy_fingerprint(reform),
                 pilot_policy_fingerprint(pilot_report_policy(report)));
    pilot_report_free(report);
    pilot_city_free(city);
    pilot_policy_free(reform);
    pilot_policy_free(policy);
}

/* More is wrong than is listed: all of it is counted. */
Test(call, more_problems_than_are_listed)
{
    const int districts = 3 * PILOT_CALL_PROBLEMS_MAX;
    char *request = malloc((size_t)districts * 16 + 200);
    size_t used = (size_t)sprintf(request, "{\"call\":\"city\",\"city\":{\"districts\":[");
    char counted[64];
    for (int i = 0; i < districts; i++)
        used += (size_t)sprintf(request + used, "%s{\"ID\":\"%d\"}", i ? "," : "", i);
    sprintf(request + used, "],\"communities\":[],\"areas\":[]}}");
    char *response = called(NULL, request);
    snprintf(counted, sizeof counted, "\"problem_count\":%d,", districts);
    cr_expect(strstr(response, counted), "%.200s", response);
    int listed = 0;
    for (const char *at = response; (at = strstr(at, "\"path\":")); at++)
        listed++;
    cr_expect_eq(listed, PILOT_CALL_PROBLEMS_MAX);
    pilot_text_free(response);
    free(request);
}

static bool at_once(void *context)
{
    (void)context;
    return true;
}

Test(call, refused_arguments)
{
    char *response = NULL;
    const pilot_stop stop = {at_once, NULL};
    cr_expect_eq(pilot_call(NULL, 0, &response), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_call("{}", 2, NULL), PILOT_ERROR_ARGUMENT);
    const char *request = "{\"call\":\"check\",\"city\":" CITY ",\"as_of\":\"2020-03-31\"}";
    cr_expect_eq(pilot_call_with(NULL, request, strlen(request), &stop, &response), PILOT_ERROR_STOPPED);
    cr_expect_null(response);
    cr_expect_null(pilot_call_at(pilot_call_count()).name);
    cr_expect_eq(pilot_call_request_schema("none", PILOT_JSON_COMPACT, &response),
                 PILOT_ERROR_NOT_FOUND);
    cr_expect_eq(pilot_call_result_schema("none", PILOT_JSON_COMPACT, &response), PILOT_ERROR_NOT_FOUND);
    cr_expect_eq(pilot_call_result_schema(NULL, PILOT_JSON_COMPACT, &response), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_call_openapi(PILOT_JSON_COMPACT, NULL), PILOT_ERROR_ARGUMENT);
}

/* Each schema in both styles: of one line, or of many that say the same. */
Test(call, schemas_in_both_styles)
{
    for (int i = 0; i < 4; i++) {
        char *texts[2] = {NULL, NULL};
        for (int style = 0; style < 2; style++) {
            const pilot_json_style as = style ? PILOT_JSON_INDENTED : PILOT_JSON_COMPACT;
            char **to = &texts[style];
            cr_assert_eq(i == 0   ? pilot_call_openapi(as, to)
                         : i == 1 ? pilot_call_response_schema(as, to)
                         : i == 2 ? pilot_call_request_schema("check", as, to)
                                  : pilot_call_result_schema("check", as, to),
                         PILOT_OK);
        }
        cJSON *compact = cJSON_Parse(texts[0]), *indented = cJSON_Parse(texts[1]);
        cr_expect(!strchr(texts[0], '\n') && strstr(texts[1], "\n  \""), "%d", i);
        cr_expect(compact && cJSON_Compare(compact, indented, true), "%d", i);
        cJSON_Delete(compact);
        cJSON_Delete(indented);
        pilot_text_free(texts[0]);
        pilot_text_free(texts[1]);
    }
}

/* The list of a duty's matters has room for those of every duty. */
Test(call, all_matters_of_a_duty)
{
    char *response = called(NULL, "{\"call\":\"duties\"}");
    size_t listed = 0, there = 0;
    for (const char *at = response; (at = strstr(at, "\"matters\":[")); at++) {
        const char *end = strchr(at, ']');
        listed++;
        for (const char *comma = at; (comma = memchr(comma, ',', (size_t)(end - comma))); comma++)
            listed++;
    }
    for (size_t i = 0; i < pilot_duty_count(); i++)
        for (uint64_t left = pilot_duty_at(i)->matters; left; left &= left - 1)
            there++;
    cr_expect_eq(listed, there);
    pilot_text_free(response);
}

/* Pieces of a request that lacks something, and where it is said to. */
Test(call, what_is_asked_for_in_part)
{
    static const char menu[] =
        "{\"id\":\"m\",\"best_is_low\":true,\"services\":[{\"id\":\"s\",\"kind\":\"cleaning\",\"per\":"
        "\"square_metre_month\",\"grades\":[{\"grade\":1,\"yuan\":\"0.5\"}]}]}";
    static const struct {
        const char *format, *wanted;
    } asked[] = {
        {"{\"call\":\"bill\",\"menu\":%s,\"order\":{\"day\":\"2020-01-01\",\"selection\":{\"items\":[{"
         "\"service\":\"s\","
         "\"grade\":1}]}"
         ",\"premises\":{\"households\":1},\"period\":{\"first\":\"2020-01\",\"last\":\"2020-02\"}}}",
         "building_area_m2"},
        {"{\"call\":\"bills\",\"menu\":%s,\"order\":{\"day\":\"2020-01-01\",\"selection\":{\"items\":[{"
         "\"service\":\"s\","
         "\"grade\":"
         "1}]},\"premises\":{\"dwellings_m2\":[\"60\"]}}}",
         "a bill is of months"},
        {"{\"call\":\"check_rule\",\"rule\":\"charge_price\",\"record\":{\"service\":\"s\",\"first\":"
         "\"2020-01\",\"last\":\"2020-02\",\"amount_yuan\":\"10\"},\"area\":{"
         "\"id\":1,"
         "\"name\":%s},\"as_of\":\"2020-03-31\"}",
         "\"/area/"},
        {"{\"call\":\"rules\",\"clause\":\"4.2\",\"x-menu\":%s}", "\"office_area\""},
    };
    for (size_t i = 0; i < COUNT(asked); i++) {
        char request[2048];
        snprintf(request, sizeof request, asked[i].format, menu);
        char *response = called(NULL, request);
        CHECK(strstr(response, asked[i].wanted), "%s: %s", request, response);
        pilot_text_free(response);
    }
    char *within = called(NULL, "{\"call\":\"rules\",\"clause\":\"4.2\"}");
    cr_expect_null(strstr(within, "\"clauses\":[\"4.3"));
    pilot_text_free(within);
}

static size_t times(const char *text, const char *part)
{
    size_t count = 0;
    for (; (text = strstr(text, part)); text += strlen(part))
        count++;
    return count;
}

/* A digest has each text once, however many findings say it. */
Test(call, digest_of_a_city)
{
    static char city[1 << 17], request[1 << 18];
    FILE *file = fopen("examples/data/nanchang-2019.json", "r");
    cr_assert_not_null(file);
    city[fread(city, 1, sizeof city - 1, file)] = '\0';
    fclose(file);
    snprintf(request, sizeof request, "{\"call\":\"digest\",\"city\":%s,\"as_of\":\"2020-02-29\"}",
             city);
    char *response = called(NULL, request);
    for (size_t i = 0; i < pilot_rule_count(); i++) {
        char id[64];
        snprintf(id, sizeof id, "\"%s\"", pilot_rule_at(i)->id);
        CHECK(times(response, id) <= 1, "%s: %zu times", id, times(response, id));
    }
    cr_expect_eq(times(response, "\"office_area\""), 1);
    cr_expect_geq(times(response, "\"/areas/"), 20);
    pilot_policy *policy = notice();
    pilot_city *same = NULL;
    pilot_report *report = NULL;
    cJSON *digest = cJSON_Parse(response);
    const cJSON *result = cJSON_GetObjectItem(digest, "result");
    cr_assert_eq(pilot_city_parse(city, strlen(city), &same, NULL), PILOT_OK);
    cr_assert_eq(pilot_check(policy, same, PILOT_DATE(2020, 2, 29), &report, NULL), PILOT_OK);
    cr_expect_eq((size_t)cJSON_GetArraySize(cJSON_GetObjectItem(result, "findings")),
                 pilot_report_size(report));
    cJSON_Delete(digest);
    pilot_report_free(report);
    pilot_city_free(same);
    pilot_policy_free(policy);
    pilot_text_free(response);
}
