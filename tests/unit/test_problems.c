/* Every problem of a text in one run. tests/cases/problems/city.json has one mistake a line;
 * problems.json says of each what is told of it, and has the line put right. */
#include "cases.h"

#define PROBLEMS "tests/cases/problems"
#define MISTAKES 31
#define KINDS 9

typedef struct found {
    pilot_error errors[MISTAKES + 1];
    size_t count;
    pilot_status status;
} found;

static found found_in(pilot_schema document, const char *text, size_t capacity)
{
    found f;
    memset(&f, 0xA5, sizeof f);
    f.status = pilot_problems(document, text, strlen(text), NULL, f.errors, capacity, &f.count);
    return f;
}

static int number(const cJSON *object, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(object, key)->valueint;
}

static void expect_same(const char *name, const cJSON *mistake, const pilot_error *error)
{
    const char *path = cases_text(mistake, "path");
    cr_expect_str_eq(error->path, path, "%s: %s", name, error->message);
    cr_expect_str_eq(pilot_status_name(error->status), cases_text(mistake, "status"), "%s: %s", name,
                     path);
    cr_expect(error->line == number(mistake, "line") && error->column == number(mistake, "column"),
              "%s: %s: %d:%d", name, path, error->line, error->column);
}

/* The text with the lines put right that right says, one for each mistake; released with free. */
static char *put_right(const char *text, const cJSON *mistakes, const bool right[MISTAKES])
{
    buffer made = {0};
    int line = 1, i = 0;
    for (const char *start = text, *end; *start; start = end, line++) {
        const cJSON *mistake = cJSON_GetArrayItem(mistakes, i);
        char copy[256];
        end = start + strcspn(start, "\n");
        end += *end == '\n';
        snprintf(copy, sizeof copy, "%.*s", (int)(end - start), start);
        const bool here = mistake && number(mistake, "line") == line;
        if (here && right[i])
            snprintf(copy, sizeof copy, "%s\n", cases_text(mistake, "right"));
        i += here;
        add(&made, copy);
    }
    cr_assert_eq(i, MISTAKES);
    return made.text;
}

static void expect_parts_of(const char *sentence, const cJSON *parts)
{
    const cJSON *part;
    cr_expect_gt(cJSON_GetArraySize(parts), 0);
    cJSON_ArrayForEach(part, parts)
    {
        cr_expect_not_null(strstr(sentence, part->valuestring), "%s in %s", part->valuestring, sentence);
    }
}

static size_t kinds_of(const cJSON *mistakes)
{
    const char *kinds[MISTAKES];
    size_t count = 0;
    const cJSON *mistake;
    cJSON_ArrayForEach(mistake, mistakes)
    {
        size_t i = 0;
        kinds[count] = cases_text(mistake, "kind");
        while (strcmp(kinds[i], kinds[count]) != 0)
            i++;
        count += i == count;
    }
    return count;
}

Test(problems, all_are_told_in_the_order_of_the_text)
{
    size_t length;
    char *text = cases_slurp(PROBLEMS "/city.json", &length);
    cJSON *mistakes = cases_read(PROBLEMS ".json");
    const found all = found_in(PILOT_SCHEMA_CITY, text, COUNT(all.errors));
    cr_assert_eq(cJSON_GetArraySize(mistakes), MISTAKES);
    cr_expect_eq(kinds_of(mistakes), KINDS);
    cr_assert_eq(all.count, MISTAKES, "%zu", all.count);
    cr_expect_eq(all.status, all.errors[0].status);
    for (int i = 0; i < MISTAKES; i++) {
        const cJSON *mistake = cJSON_GetArrayItem(mistakes, i);
        expect_same("all", mistake, &all.errors[i]);
        expect_parts_of(all.errors[i].message, cJSON_GetObjectItemCaseSensitive(mistake, "en"));
        expect_parts_of(all.errors[i].message_zh, cJSON_GetObjectItemCaseSensitive(mistake, "zh"));
    }
    cJSON_Delete(mistakes);
    free(text);
}

/* A key that begins as another does is not that one. */
Test(problems, a_place_is_that_of_its_own_key)
{
    static const char text[] = "{\"areas2\": [{\"id\": 7}],\n"
                               " \"areas/0\": [{\"id\": 7}],\n"
                               " \"areas\": [{\"id\": 7}]}";
    const found f = found_in(PILOT_SCHEMA_CITY, text, COUNT(f.errors));
    const char *const paths[] = {"/areas2", "/areas~10", "/areas/0/id"};
    size_t met = 0;
    for (size_t i = 0; i < f.count; i++)
        for (int line = 0; line < 3; line++)
            if (strcmp(f.errors[i].path, paths[line]) == 0) {
                cr_expect_eq(f.errors[i].line, line + 1, "%s: %d", paths[line], f.errors[i].line);
                met++;
            }
    cr_expect_eq(met, COUNT(paths));
}

/* Whatever is read of a text. */
Test(problems, what_is_no_text_has_the_wrong_type)
{
    static const char *const values[] = {"7", "true", "[]", "{}"};
    for (size_t v = 0; v < COUNT(values); v++) {
        char text[200];
        size_t met = 0;
        snprintf(text, sizeof text,
                 "{\"districts\":[{\"id\":\"d\",\"evidence\":[{\"clause\":%s,\"done\":%s}]}],"
                 "\"communities\":[],\"areas\":[]}",
                 values[v], values[v]);
        const found f = found_in(PILOT_SCHEMA_CITY, text, COUNT(f.errors));
        for (size_t i = 0; i < f.count; i++)
            met += f.errors[i].status == PILOT_ERROR_TYPE &&
                   (strcmp(f.errors[i].path, "/districts/0/evidence/0/clause") == 0 ||
                    strcmp(f.errors[i].path, "/districts/0/evidence/0/done") == 0);
        cr_expect_eq(met, 2, "%s", text);
        cr_expect_eq(f.count, 2, "%s", text);
    }
}

Test(problems, the_first_of_the_text_are_kept)
{
    static const size_t capacities[] = {0, 1, 5, MISTAKES - 1, MISTAKES, MISTAKES + 1};
    size_t length;
    char *text = cases_slurp(PROBLEMS "/city.json", &length);
    const found all = found_in(PILOT_SCHEMA_CITY, text, COUNT(all.errors));
    found rest;
    memset(&rest, 0xA5, sizeof rest);
    for (size_t i = 0; i < COUNT(capacities); i++) {
        const size_t kept = capacities[i] < all.count ? capacities[i] : all.count;
        const found f = found_in(PILOT_SCHEMA_CITY, text, capacities[i]);
        cr_expect(f.count == MISTAKES && f.status == all.status, "%zu: %zu", kept, f.count);
        cr_expect_arr_eq(f.errors, all.errors, kept * sizeof *f.errors, "%zu", kept);
        cr_expect_arr_eq(f.errors + kept, rest.errors, sizeof f.errors - kept * sizeof *f.errors);
    }
    size_t count = 0;
    cr_expect_eq(pilot_problems(PILOT_SCHEMA_CITY, text, length, NULL, NULL, 5, &count), all.status);
    cr_expect_eq(count, MISTAKES);
    free(text);
}

/* With one line put right its problem is gone and no other, and with all but one put right it is alone.
 */
Test(problems, one_mistake_is_one_problem)
{
    size_t length;
    char *text = cases_slurp(PROBLEMS "/city.json", &length);
    cJSON *mistakes = cases_read(PROBLEMS ".json");
    for (int i = 0; i < MISTAKES; i++) {
        bool one[MISTAKES] = {false}, others[MISTAKES];
        memset(others, true, sizeof others);
        one[i] = !(others[i] = false);
        char *without = put_right(text, mistakes, one), *alone = put_right(text, mistakes, others);
        const char *path = cases_text(cJSON_GetArrayItem(mistakes, i), "path");
        found f = found_in(PILOT_SCHEMA_CITY, without, COUNT(f.errors));
        cr_expect_eq(f.count, MISTAKES - 1, "without %s: %zu", path, f.count);
        for (int j = 0; j < MISTAKES - 1 && f.count == MISTAKES - 1; j++)
            expect_same(path, cJSON_GetArrayItem(mistakes, j + (j >= i)), &f.errors[j]);
        f = found_in(PILOT_SCHEMA_CITY, alone, COUNT(f.errors));
        cr_expect_eq(f.count, 1, "%s alone: %zu", path, f.count);
        expect_same(path, cJSON_GetArrayItem(mistakes, i), &f.errors[0]);
        free(without);
        free(alone);
    }
    bool all[MISTAKES];
    memset(all, true, sizeof all);
    char *good = put_right(text, mistakes, all);
    const found f = found_in(PILOT_SCHEMA_CITY, good, COUNT(f.errors));
    cr_expect(f.status == PILOT_OK && f.count == 0, "%s: %s", f.errors[0].path, f.errors[0].message);
    free(good);
    cJSON_Delete(mistakes);
    free(text);
}

typedef struct told {
    pilot_status status;
    const char *path, *part; /* of the sentence */
} told;

typedef struct text_case {
    pilot_schema document;
    const char *text; /* ' for " */
    told told[10];    /* up to one without a path */
} text_case;

static void expect_told(const char *text, const found *f, const told *wanted)
{
    size_t count = 0;
    for (; wanted[count].path; count++) {
        cr_assert_lt(count, f->count, "%s: %zu problems", text, f->count);
        const pilot_error *error = &f->errors[count];
        cr_expect_str_eq(error->path, wanted[count].path, "%s: %s", text, error->message);
        cr_expect_eq(error->status, wanted[count].status, "%s: %s: %s", text, error->path,
                     error->message);
        expect_part(error->message, wanted[count].part);
        cr_expect(cases_is_chinese(error->message_zh), "%s", error->message_zh);
    }
    cr_expect_eq(f->count, count, "%s: %zu problems, then %s: %s", text, f->count,
                 f->count > count ? f->errors[count].path : "",
                 f->count > count ? f->errors[count].message : "");
    cr_expect_eq(f->status, wanted->path ? wanted->status : PILOT_OK, "%s", text);
}

static void expect_cases(const text_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const found f = found_in(cases[i].document, quoted(cases[i].text), COUNT(f.errors));
        expect_told(cases[i].text, &f, cases[i].told);
    }
}

#define CITY(rest) "{'districts': [{'id': 'd'}], " rest "}"
#define POLICY(rest) "{'name_zh': 'n', 'name_en': 'n', " rest "}"
#define IN_CITY PILOT_SCHEMA_CITY
#define UNKNOWN PILOT_ERROR_UNKNOWN_KEY
#define DANGLING PILOT_ERROR_DANGLING_ID
#define DUPLICATE PILOT_ERROR_DUPLICATE_ID
#define MISSING PILOT_ERROR_MISSING_KEY
#define TYPE PILOT_ERROR_TYPE

Test(problems, nothing_follows_from_a_mistake)
{
    static const text_case cases[] = {
        /* A key that is nearly a required one is not missing as well, nor is what it would hold. */
        {IN_CITY,
         CITY("'communities': [{'ID': 'c', 'district': 'd'}], 'areas': [{'id': 'a', 'communities': "
              "['c']}]"),
         {{UNKNOWN, "/communities/0/ID", "did you mean 'id'?"}}},
        {IN_CITY,
         CITY("'comunities': [{'id': 'c', 'district': 'd'}], 'areas': [{'id': 'a', 'communities': "
              "['c']}]"),
         {{UNKNOWN, "/comunities", "did you mean 'communities'?"}}},
        {IN_CITY,
         CITY("'communities': [], 'providerss': [], 'areas': [{'id': 'a', 'contracts': [{'provider': "
              "'p'}]}]"),
         {{UNKNOWN, "/providerss", "did you mean 'providers'?"}}},
        {IN_CITY,
         CITY("'communities': [{'id': 'c', 'distrct': 'd', 'reward_payments': [{'paidOn': '2020-01-01', "
              "'amount_yuan': 1}]}], 'areas': []"),
         {{UNKNOWN, "/communities/0/distrct", "'district'"},
          {UNKNOWN, "/communities/0/reward_payments/0/paidOn", "'paid_on'"}}},
        /* Records that cannot be referred to. */
        {IN_CITY,
         CITY("'communities': 5, 'areas': [{'id': 'a', 'communities': ['c']}]"),
         {{TYPE, "/communities", "a list of records"}}},
        {IN_CITY,
         CITY("'areas': [{'id': 'a', 'communities': ['c']}]"),
         {{MISSING, "", "'communities'"}}},
        {IN_CITY,
         CITY("'communities': ['c'], 'areas': [{'id': 'a', 'communities': ['c']}]"),
         {{TYPE, "/communities/0", "an object"}}},
        {IN_CITY,
         CITY("'communities': [{'id': 7, 'district': 'd'}], 'areas': [{'id': 'a', 'communities': "
              "['7']}]"),
         {{TYPE, "/communities/0/id", "a string"}}},
        {IN_CITY,
         CITY("'communities': [{'id': '', 'district': 'd'}], 'areas': [{'id': 'a', 'communities': "
              "['']}]"),
         {{PILOT_ERROR_FORMAT, "/communities/0/id", "not empty"}}},
        {IN_CITY,
         CITY("'communities': [], 'areas': [{'id': 'a', 'communities': [5]}]"),
         {{TYPE, "/areas/0/communities/0", "the id of a record"}}},
        /* Values that others are held against. */
        {IN_CITY,
         CITY("'communities': [], 'areas': [{'id': 'a', 'charges': [{'dwelling': '1', 'service': 's', "
              "'first': '2020-13', 'last': '1969-01', 'amount_yuan': 1}]}]"),
         {{PILOT_ERROR_RANGE, "/areas/0/charges/0/first", "01 to 12"}}},
        {IN_CITY,
         CITY("'communities': [], 'areas': [{'id': 'a', 'votes': [{'held_on': '2020-01-05', 'matter': "
              "'other', 'totals': {'all': {'owners': 10, 'area_m2': 'ten'}, 'in_favour': {'owners': 11, "
              "'area_m2': '1'}}}]}]"),
         {{PILOT_ERROR_FORMAT, "/areas/0/votes/0/totals/all/area_m2", "'ten'"}}},
        {IN_CITY, "[1]", {{TYPE, "", "a list where an object"}}},
        {IN_CITY, "1e5", {{PILOT_ERROR_FORMAT, "", "exponent"}}},
        {PILOT_SCHEMA_OUTSIDE,
         "{'as_of': '2020-01-01', 'areas': [{'yuan': 5}], 'x': 1e5}",
         {{UNKNOWN, "/areas", ""}, {UNKNOWN, "/x", ""}, {PILOT_ERROR_FORMAT, "/x", "exponent"}}},
    };
    expect_cases(cases, COUNT(cases));
}

Test(problems, one_hides_no_other)
{
    static const text_case cases[] = {
        /* Every repetition of an id, and beside other mistakes. */
        {IN_CITY,
         "{'districts': [{'id': 'd'}, {'id': 'd'}, {'id': 'e', 'nme': 'x'}, {'id': 'd'}], "
         "'communities': [], 'areas': []}",
         {{DUPLICATE, "/districts/1/id", "item 0"},
          {UNKNOWN, "/districts/2/nme", "'name'"},
          {DUPLICATE, "/districts/3/id", "item 0"}}},
        /* References into a list with mistakes that leave its ids known. */
        {IN_CITY,
         CITY("'communities': [{'id': 'c', 'district': 'x', 'name': 5}, {'id': 'c', 'district': 'd'}], "
              "'areas': [{'id': 'a', 'communities': ['c', 'e', 'c']}, {'id': 'b', 'communities': "
              "['e']}]"),
         {{DANGLING, "/communities/0/district", "'x'"},
          {TYPE, "/communities/0/name", "a string"},
          {DUPLICATE, "/communities/1/id", "item 0"},
          {DANGLING, "/areas/0/communities/1", "'e'"},
          {DUPLICATE, "/areas/0/communities/2", "twice"},
          {DANGLING, "/areas/1/communities/0", "'e'"}}},
        /* Keys that are there twice: the first counts. */
        {IN_CITY,
         CITY("'districts': [], 'communities': [{'id': 'c', 'id': 'b', 'district': 'e'}], 'areas': [], "
              "'name': 'n', 'name': 3"),
         {{PILOT_ERROR_DUPLICATE_KEY, "/districts", "on line 1"},
          {PILOT_ERROR_DUPLICATE_KEY, "/communities/0/id", "'id' is already"},
          {DANGLING, "/communities/0/district", "'e'"},
          {PILOT_ERROR_DUPLICATE_KEY, "/name", "'name' is already"}}},
        /* Numbers that JSON has and that are not kept. */
        {IN_CITY,
         CITY("'communities': [], 'areas': [{'id': 'a', 'households': 1e2, 'buildings': "
              "1234567890123456, "
              "'paying_households': -0, 'x-own': 1e2}], 'reward_budget_yuan': 1.5e3, 'complete': 1"),
         {{PILOT_ERROR_FORMAT, "/areas/0/households", "exponent"},
          {PILOT_ERROR_PRECISION, "/areas/0/buildings", "15 digits"},
          {PILOT_ERROR_FORMAT, "/areas/0/paying_households", "minus"},
          {PILOT_ERROR_FORMAT, "/reward_budget_yuan", "exponent"},
          {TYPE, "/complete", "true or false"}}},
        /* Order within a record that has other mistakes. */
        {IN_CITY,
         CITY("'communities': [], 'areas': [{'id': 'a', 'charges': [{'dwelling': 1, 'first': '2020-02', "
              "'last': '2020-01', 'amount_yuan': '1.005'}]}]"),
         {{MISSING, "/areas/0/charges/0", "'service'"},
          {TYPE, "/areas/0/charges/0/dwelling", "a string"},
          {PILOT_ERROR_ORDER, "/areas/0/charges/0/last", "before the first month"},
          {PILOT_ERROR_PRECISION, "/areas/0/charges/0/amount_yuan", "at most 2"}}},
        /* Words that are more than a message has room for. */
        {IN_CITY,
         CITY("'communities': [], 'areas': [{'id': 'a', 'contracts': [{'signed_by': 'nobody'}]}]"),
         {{PILOT_ERROR_FORMAT, "/areas/0/contracts/0/signed_by", "'market_supervision_bureau', ..."}}},
        /* A short key is nearly any other. */
        {IN_CITY,
         "{'districts': [{'ab': 1}], 'communities': [], 'areas': []}",
         {{MISSING, "/districts/0", "'id'"}, {UNKNOWN, "/districts/0/ab", "begin with 'x-'"}}},
        /* A text that ends too early is read up to there. */
        {IN_CITY,
         "{'nam': 1, 'districts': [{'id': 5}, {'id': 'd', 'x",
         {{UNKNOWN, "/nam", "'name'"},
          {TYPE, "/districts/0/id", "a string"},
          {PILOT_ERROR_SYNTAX, "/districts/1", "closing quote"}}},
    };
    expect_cases(cases, COUNT(cases));
}

/* The path of a key of any length has room, and ends with a whole character. */
Test(problems, a_key_that_has_no_end)
{
    enum { LENGTH = 3000 };
    static const char *const parts[] = {"x", "~", "/", "中"};
    for (size_t p = 0; p < COUNT(parts); p++)
        for (size_t before = 0; before < 4; before++) {
            char text[LENGTH + 200];
            size_t used =
                       (size_t)sprintf(text, "{\"districts\":[],\"communities\":[],\"areas\":[],\"%.*s",
                                       (int)before, "abc"),
                   count;
            pilot_error error;
            while (used < LENGTH)
                used += (size_t)sprintf(text + used, "%s", parts[p]);
            used += (size_t)sprintf(text + used, "\":0}");
            cr_assert_eq(pilot_problems(PILOT_SCHEMA_CITY, text, used, NULL, &error, 1, &count),
                         PILOT_ERROR_UNKNOWN_KEY);
            cr_assert_eq(count, 1);
            const size_t length = strlen(error.path);
            cr_expect(length > before && length < sizeof error.path && error.path[0] == '/');
            const size_t whole = p == 3 ? 3 : p == 0 ? 1 : 2; /* ~ and / are written as two */
            cr_expect_eq((length - 1 - before) % whole, 0, "%s: %zu", error.path, length);
        }
}

Test(problems, an_unknown_key_is_told_where_it_belongs)
{
    static const text_case cases[] = {
        {IN_CITY,
         CITY("'communities': [{'id': 'c', 'district': 'd', 'households': 1, 'occupiedHouseholds': 1, "
              "'areaM2': 5, 'Name': 'n', 'offices': [{'areaM2': 1, 'area-m2': 1, 'Area m2': 1}], "
              "'zzz': 0, 'price-yuan per-m2': 1}], 'areas': []"),
         {{UNKNOWN, "/communities/0/households", "it belongs to 'areas'"},
          {UNKNOWN, "/communities/0/occupiedHouseholds", "it belongs to 'areas'"},
          {UNKNOWN, "/communities/0/areaM2", "it belongs to 'offices'"},
          {UNKNOWN, "/communities/0/Name", "did you mean 'name'?"},
          {UNKNOWN, "/communities/0/offices/0/areaM2", "did you mean 'area_m2'?"},
          {UNKNOWN, "/communities/0/offices/0/area-m2", "did you mean 'area_m2'?"},
          {UNKNOWN, "/communities/0/offices/0/Area m2", "did you mean 'area_m2'?"},
          {UNKNOWN, "/communities/0/zzz", "keys of your own begin with 'x-'"},
          {UNKNOWN, "/communities/0/price-yuan per-m2", "it belongs to 'contracts'"}}},
        {IN_CITY,
         CITY("'communities': [], 'areas': [], 'assessments': []"),
         {{UNKNOWN, "/assessments", "it belongs to 'communities'"}}},
    };
    expect_cases(cases, COUNT(cases));
}

Test(problems, of_policies_and_menus)
{
    static const text_case cases[] = {
        {PILOT_SCHEMA_POLICY,
         POLICY(
             "'id': 'p', 'published': '2019-01-01', 'issued': '2019-01-02', 'city_share': 0.5, "
             "'colour': "
             "1, "
             "'rates': [{'first': '2020-01', 'last': '2019-12', 'yuan': 1, 'per': 'household_month'}], "
             "'vote_rules': [], 'payment_days': -1"),
         {{PILOT_ERROR_INCONSISTENT, "/published", "not published before its issue"},
          {TYPE, "/city_share", "a share"},
          {UNKNOWN, "/colour", "'x-'"},
          {PILOT_ERROR_ORDER, "/rates/0/last", "before the first month"},
          {PILOT_ERROR_RANGE, "/payment_days", "-1"}}},
        {PILOT_SCHEMA_POLICY,
         POLICY("'id': 5, 'rates': ["
                "{'first': '2020-01', 'last': '2020-12', 'yuan': 1, 'per': 'household_month'}, "
                "{'first': '2020-05', 'last': '2021-12', 'yuan': 1, 'per': 'household_month'}, "
                "{'first': '2021-05', 'last': '2022-12', 'yuan': 1, 'per': 'household_month'}]"),
         {{TYPE, "/id", "a string"},
          {PILOT_ERROR_INCONSISTENT, "/rates/1/first", "do not overlap"},
          {PILOT_ERROR_INCONSISTENT, "/rates/2/first", "do not overlap"}}},
        {PILOT_SCHEMA_MENU,
         "{'id': 'm', 'best_is_low': 1, 'services': ["
         "{'id': 's', 'kind': 'other', 'per': 'month', 'grades': [{'grade': 1, 'yuan': 1}]}, "
         "{'id': 's', 'kind': 'others', 'per': 'month', 'nme': 'n', 'grades': [{'grade': 1, 'yuan': 1}, "
         "{'grade': 1, 'yuan': 2}]}], 'packages': [{'id': 'p', 'items': [{'service': 't', 'grade': "
         "1}]}]}",
         {{TYPE, "/best_is_low", "true or false"},
          {DUPLICATE, "/services/1/id", "item 0"},
          {PILOT_ERROR_FORMAT, "/services/1/kind", "'others'"},
          {UNKNOWN, "/services/1/nme", "'name'"},
          {DUPLICATE, "/services/1/grades/1/grade", "this grade already"}}},
        {PILOT_SCHEMA_MENU,
         "{'id': 'm', 'best_is_low': true, 'nam': 'n', 'services': ["
         "{'id': 's', 'kind': 'other', 'per': 'month', 'grades': [{'grade': 1, 'yuan': 1}]}], "
         "'packages': [{'id': 'p', 'items': [{'service': 't', 'grade': 1}, {'service': 's', 'grade': "
         "2}]}, "
         "{'id': 'q', 'comprehensive': true, 'items': [{'service': 's', 'grade': 3}]}]}",
         {{UNKNOWN, "/nam", "'name'"},
          {DANGLING, "/packages/0/items/0/service", "no such service"},
          {DANGLING, "/packages/0/items/1/grade", "no such grade"},
          {DANGLING, "/packages/1/items/0/grade", "no such grade"}}},
        {PILOT_SCHEMA_MENU,
         "{'id': 'm', 'best_is_low': true, 'services': ["
         "{'id': 's', 'kind': 'other', 'per': 'month', 'grades': [{'grade': 1, 'yuan': 1}]}]}",
         {{0}}},
    };
    expect_cases(cases, COUNT(cases));
}

/* Lists stand in the text in another order than in the table, so that what is found last comes first. */
Test(problems, what_is_found_last_may_come_first)
{
    enum { RECORDS = 12 }; /* of each list */
    static const char *const keys[] = {"district", "nam", "zzz"};
    buffer text = {0};
    char record[128];
    add(&text, "{\"areas\": [");
    for (int i = 0; i < RECORDS; i++) {
        snprintf(record, sizeof record, "%s\n{\"id\": \"a%d\", \"communities\": [\"none\"]}",
                 i ? "," : "", i);
        add(&text, record);
    }
    add(&text, "],\n\"communities\": [");
    for (int i = 0; i < RECORDS; i++) {
        snprintf(record, sizeof record,
                 "%s\n{\"id\": \"c%d\", \"district\": \"none\", \"nam\": 1, \"zzz\": 1}", i ? "," : "",
                 i);
        add(&text, record);
    }
    add(&text, "], \"districts\": []}");
    for (size_t capacity = 1; capacity <= MISTAKES; capacity++) {
        const found f = found_in(PILOT_SCHEMA_CITY, text.text, capacity);
        cr_expect(f.count == 4 * RECORDS && f.status == DANGLING, "%zu", f.count);
        for (size_t i = 0; i < capacity; i++) {
            const bool area = i < RECORDS;
            const size_t item = area ? i : (i - RECORDS) / 3;
            char path[64];
            snprintf(path, sizeof path, area ? "/areas/%zu/communities/0" : "/communities/%zu/%s", item,
                     keys[i % 3]);
            CHECK(strcmp(f.errors[i].path, path) == 0, "%zu of %zu: %s", i, capacity, f.errors[i].path);
            CHECK(f.errors[i].line == (int32_t)(2 + (area ? item : RECORDS + 1 + item)), "%s: line %d",
                  path, f.errors[i].line);
        }
    }
    free(text.text);
}

static bool at_once(void *context)
{
    (void)context;
    return true;
}

Test(problems, calls_that_cannot_be_answered)
{
    const pilot_stop stop = {at_once, NULL};
    size_t count = 7;
    pilot_error errors[2];
    cr_expect_eq(pilot_problems(IN_CITY, NULL, 2, NULL, errors, 2, &count), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_problems(IN_CITY, "{}", 2, NULL, errors, 2, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_problems(PILOT_SCHEMA_REPORT, "{}", 2, NULL, errors, 2, &count),
                 PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_problems((pilot_schema)-1, "{}", 2, NULL, errors, 2, &count),
                 PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_record_problems(PILOT_SCHEMA_VOTE_TOTALS, &stop, errors, 2, &count),
                 PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_record_problems(IN_CITY, NULL, errors, 2, &count), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(count, 7);
    size_t length;
    char *text = cases_slurp(PROBLEMS "/city.json", &length);
    cr_expect_eq(pilot_problems(IN_CITY, text, length, &stop, errors, 2, &count), PILOT_ERROR_STOPPED);
    cr_expect_eq(count, 7);
    free(text);
}

/* The mistakes of city.json that structs can have: the same statuses and paths. */
Test(problems, of_structs_are_those_of_a_text)
{
    static const told wanted[] = {
        {PILOT_ERROR_RANGE, "/menus/0/services/0/grades/1/grade", "0 is refused: it is 1 or more"},
        {PILOT_ERROR_ORDER, "/menus/0/valid_to", "'2019-12-31' is before the first day, 2020-01-01"},
        {DUPLICATE, "/districts/2/id", "'360102' is already that of item 0"},
        {PILOT_ERROR_RANGE, "/communities/0/assessments/1/year", "years are 1900 to 2200"},
        {MISSING, "/communities/1", "'district' is missing"},
        {PILOT_ERROR_RANGE, "/communities/1/workstation/property_staff", "-1 is refused"},
        {PILOT_ERROR_ORDER, "/areas/0/charges/0/last", "before the first month, 2020-03"},
        {PILOT_ERROR_INCONSISTENT, "/areas/1/votes/0/totals/in_favour", "more heads"},
        {DANGLING, "/communities/0/district", "not a record of the list 'districts'"},
        {DANGLING, "/areas/0/communities/1", "not a record of the list 'communities'"},
        {DUPLICATE, "/areas/0/communities/2", "twice"},
        {PILOT_ERROR_INCONSISTENT, "/evidence/1/clause", "'4.1-3' belongs to the community"},
        {DUPLICATE, "/evidence/3/clause", "at /evidence/0"},
        {0},
    };
    const pilot_clause *asked = pilot_clause_find("3-1");
    const pilot_evidence evidence[] = {
        {.clause = asked, .done = done_on("2019-11-01")},
        {.clause = pilot_clause_find("4.1-3"), .done = done_on("2019-11-20")},
        {.clause = pilot_clause_find("3.2-6c"), .done = done_on("2019-12-10")},
        {.clause = asked, .done = done_on("2019-12-25")}};
    const pilot_menu_grade grades[] = {{1, 2200}, {0, 1600}};
    const pilot_menu_service service = {.id = "cleaning",
                                        .kind = PILOT_SERVICE_CLEANING,
                                        .basis = PILOT_MENU_PER_SQUARE_METRE,
                                        .grades = grades,
                                        .grade_count = COUNT(grades)};
    const pilot_price_list menu = {.id = "menu-1",
                                   .best_is_low = PILOT_ANSWER_YES,
                                   .valid_from = {cases_date("2020-01-01"), true},
                                   .valid_to = {cases_date("2019-12-31"), true},
                                   .services = &service,
                                   .service_count = 1};
    const pilot_district districts[] = {{.id = "360102"}, {.id = "360103"}, {.id = "360102"}},
                         other = {.id = "360109"};
    const pilot_assessment assessments[] = {{.year = 2019, .result = PILOT_PASSED},
                                            {.year = 1819, .result = PILOT_PASSED}};
    const pilot_community communities[] = {
        {.id = "360102-01", .district = &other, .assessments = assessments, .assessment_count = 2},
        {.id = "360103-01", .workstation.property_staff = {-1, true}}};
    const pilot_community copy = communities[1];
    const pilot_community *const of_first[] = {&communities[0], &copy, &communities[0]};
    const pilot_charge charge = {
        .dwelling = "1-101", .service = "cleaning", .first = 602, .last = 601, .amount = 10000};
    const pilot_vote vote = {.held_on = cases_date("2020-01-05"),
                             .matter = PILOT_MATTER_HIRE_PROVIDER,
                             .totals = {.all = {100000, 10}, .in_favour = {60000, 11}}};
    const pilot_residential_area areas[] = {{.id = "first",
                                             .communities = of_first,
                                             .community_count = 3,
                                             .charges = &charge,
                                             .charge_count = 1},
                                            {.id = "second", .votes = &vote, .vote_count = 1}};
    const pilot_records records = {.evidence = {evidence, COUNT(evidence)},
                                   .menus = &menu,
                                   .menu_count = 1,
                                   .districts = districts,
                                   .district_count = COUNT(districts),
                                   .communities = communities,
                                   .community_count = COUNT(communities),
                                   .areas = areas,
                                   .area_count = COUNT(areas)};
    found f;
    f.status = pilot_record_problems(IN_CITY, &records, f.errors, COUNT(f.errors), &f.count);
    expect_told("structs", &f, wanted);
    pilot_city *city = NULL;
    cr_expect_eq(pilot_city_new(&records, &city, &f.errors[1]), f.status);
    cr_expect_str_eq(f.errors[1].path, f.errors[0].path);
    cr_expect_null(city);
}

/* Of a large object the repeated key shows at its end alone, after what is wrong within. */
Test(problems, a_repeated_key_of_a_large_object)
{
    buffer b = {0};
    add(&b, "{\"districts\":[],\"communities\":[],\"areas\":[],\"x-note\":{\n\"k\":0,");
    for (int i = 0; i < 100; i++) {
        char member[32];
        snprintf(member, sizeof member, "\n\"k%d\":0,", i);
        add(&b, member);
    }
    add(&b, "\n \"k\":0,\n\"within\":{\"a\":1,\"a\":2}}}");
    const found f = found_in(PILOT_SCHEMA_CITY, b.text, MISTAKES);
    cr_expect(f.count == 2 && f.status == PILOT_ERROR_DUPLICATE_KEY, "%zu", f.count);
    cr_expect(f.errors[0].line == 103 && f.errors[0].column == 2, "%d:%d", f.errors[0].line,
              f.errors[0].column);
    cr_expect_str_eq(f.errors[0].path, "/x-note/k");
    cr_expect(f.errors[1].line == 104 && f.errors[1].column == 17, "%d:%d", f.errors[1].line,
              f.errors[1].column);
    cr_expect_str_eq(f.errors[1].path, "/x-note/within/a");
    free(b.text);
}
