#define _GNU_SOURCE
#include "cases.h"
#include "base/base_internal.h"
#include "city/city_internal.h"

#include <dirent.h>
#include <limits.h>
#include <locale.h>
#include <stdarg.h>
#include <unistd.h>

#define MALFORMED "tests/cases/malformed"
#define EXAMPLE "examples/data/nanchang-2019.json"
#define REFORMS "examples/data/reforms"

/* Without a final NUL, so that a sanitizer sees whoever looks for one. */
typedef struct text {
    char *bytes;
    size_t length;
} text;

static text text_of(const char *bytes, size_t length)
{
    text t = {malloc(length ? length : 1), length};
    cr_assert_not_null(t.bytes);
    memcpy(t.bytes, bytes, length);
    return t;
}

static text file_text(const char *path)
{
    size_t length;
    char *bytes = cases_slurp(path, &length);
    text t = text_of(bytes, length);
    free(bytes);
    return t;
}

/* Formatted, then " for each ': JSON that can be read in C. */
static text json_of(const char *format, va_list arguments)
{
    static char room[1 << 20];
    int length = vsnprintf(room, sizeof room, format, arguments);
    CHECK(length >= 0 && (size_t)length < sizeof room, "%d bytes", length);
    for (char *c = room; *c; c++)
        if (*c == '\'')
            *c = '"';
    return text_of(room, (size_t)length);
}

static text formatted(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    text t = json_of(format, arguments);
    va_end(arguments);
    return t;
}

static pilot_status parse_city(pilot_city **city, pilot_error *error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    text t = json_of(format, arguments);
    va_end(arguments);
    pilot_status status = pilot_city_parse(t.bytes, t.length, city, error);
    free(t.bytes);
    return status;
}

static pilot_status patch(const pilot_policy *policy, pilot_policy **reform, pilot_error *error,
                          const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    text t = json_of(format, arguments);
    va_end(arguments);
    pilot_status status = pilot_policy_patch(policy, t.bytes, t.length, reform, error);
    free(t.bytes);
    return status;
}

static pilot_policy *patched(const pilot_policy *policy, const char *change)
{
    pilot_policy *reform = NULL;
    pilot_error error = {0};
    pilot_status status = patch(policy, &reform, &error, "%s", change);
    CHECK(status == PILOT_OK, "%s: %s: %s", change, error.path, error.message);
    return reform;
}

WRITER(policy_text, pilot_policy, pilot_policy_write)
WRITER(city_text, pilot_city, pilot_city_write)

/* Of equal policies the numbers and the bytes are equal. */
static bool same_policy(const pilot_policy *a, const pilot_policy *b)
{
    char *of_a = policy_text(a, PILOT_JSON_COMPACT), *of_b = policy_text(b, PILOT_JSON_COMPACT);
    bool same = strcmp(of_a, of_b) == 0;
    CHECK(same == (pilot_policy_fingerprint(a) == pilot_policy_fingerprint(b)), "fingerprint of %s",
          of_a);
    pilot_text_free(of_a);
    pilot_text_free(of_b);
    return same;
}

/* Every status that json.h names for a reader, but for a NULL and for memory. */
static const pilot_status refusals[] = {
    PILOT_ERROR_LIMIT,         PILOT_ERROR_ENCODING,    PILOT_ERROR_SYNTAX,
    PILOT_ERROR_TYPE,          PILOT_ERROR_FORMAT,      PILOT_ERROR_PRECISION,
    PILOT_ERROR_RANGE,         PILOT_ERROR_OVERFLOW,    PILOT_ERROR_ORDER,
    PILOT_ERROR_DUPLICATE_KEY, PILOT_ERROR_UNKNOWN_KEY, PILOT_ERROR_MISSING_KEY,
    PILOT_ERROR_DUPLICATE_ID,  PILOT_ERROR_DANGLING_ID, PILOT_ERROR_INCONSISTENT,
};

/* What a result pointer holds before a call that has to leave it alone. */
static char untouched;

#define READ_AS(word, type, call)                                                                       \
    if (strcmp(kind, word) == 0) {                                                                      \
        type *made = (type *)(void *)&untouched;                                                        \
        pilot_status status = call;                                                                     \
        return (void *)made == &untouched ? status : PILOT_STATUS_END;                                  \
    }

/* PILOT_STATUS_END where the result pointer was written to. */
static pilot_status read_by(const pilot_policy *base, const char *kind, text t, pilot_error *error)
{
    READ_AS("city", pilot_city, pilot_city_parse(t.bytes, t.length, &made, error))
    READ_AS("policy", pilot_policy, pilot_policy_parse(t.bytes, t.length, &made, error))
    READ_AS("reform", pilot_policy, pilot_policy_patch(base, t.bytes, t.length, &made, error))
    READ_AS("outside", pilot_outside_file, pilot_outside_parse(t.bytes, t.length, &made, error))
    READ_AS("order", pilot_order, pilot_order_parse(t.bytes, t.length, &made, error))
    READ_AS("comparison", pilot_comparison, pilot_comparison_parse(t.bytes, t.length, &made, error))
    READ_AS("contest", pilot_contest, pilot_contest_parse(t.bytes, t.length, &made, error))
    READ_AS("account", pilot_account_case, pilot_account_parse(t.bytes, t.length, &made, error))
    cr_assert_fail("\"%s\" is no kind of file", kind);
    return PILOT_STATUS_END;
}

static pilot_status read_as(const char *kind, text t, pilot_error *error)
{
    pilot_policy *base = notice();
    pilot_status status = read_by(base, kind, t, error);
    pilot_policy_free(base);
    return status;
}

/* Whether the text has that line, and the line that column; one further is its end. */
static bool place_exists(text t, int32_t line, int32_t column)
{
    const char *start = t.bytes, *end = t.bytes + t.length;
    for (int32_t i = 1; i < line; i++) {
        start = memchr(start, '\n', (size_t)(end - start));
        if (!start)
            return false;
        start++;
    }
    const char *stop = memchr(start, '\n', (size_t)(end - start));
    return line > 0 && column > 0 && column <= (stop ? stop : end) - start + 1;
}

/* Whether the line has the last key of the path, in quotes. */
static bool place_has_key(text t, const pilot_error *error)
{
    char key[sizeof error->path + 2];
    const char *line = t.bytes, *found;
    snprintf(key, sizeof key, "\"%s\"", strrchr(error->path, '/') + 1);
    for (int32_t i = 1; i < error->line && line; i++) {
        line = memchr(line, '\n', t.length - (size_t)(line - t.bytes));
        line += line != NULL;
    }
    const size_t left = line ? t.length - (size_t)(line - t.bytes) : 0;
    found = left ? memmem(line, left, key, strlen(key)) : NULL;
    return found && !memchr(line, '\n', (size_t)(found - line));
}

static bool is_utf8(const char *string)
{
    size_t length = 1;
    for (; *string && length; string += length)
        length = pilot_utf8_length(string, strlen(string));
    return length > 0;
}

static void check_chinese(const char *name, const pilot_error *error)
{
    cr_expect(is_utf8(error->message_zh) && *error->message_zh, "%s", name);
    cr_expect(says_it_in_chinese(error), "%s: %s: %s", name, error->message, error->message_zh);
}

static void check_error(const cJSON *expected, const char *name, text t, const pilot_error *error)
{
    const cJSON *line = cJSON_GetObjectItemCaseSensitive(expected, "line");
    cr_expect_str_eq(pilot_status_name(error->status), cases_text(expected, "status"), "%s: %s", name,
                     error->message);
    cr_expect_str_eq(error->path, cases_text(expected, "path"), "%s: path \"%s\"", name, error->path);
    cr_expect(line ? error->line == line->valueint : place_has_key(t, error), "%s: line %d", name,
              error->line);
    cr_expect(place_exists(t, error->line, error->column), "%s: %d:%d", name, error->line,
              error->column);
    cr_expect(*cases_text(expected, "says") && strstr(error->message, cases_text(expected, "says")),
              "%s: %s", name, error->message);
    cr_expect(is_utf8(error->path) && is_utf8(error->value) && is_utf8(error->message), "%s", name);
    check_chinese(name, error);
}

/* The notice's policy as it is written, but for the patch. */
static text patched_notice(const cJSON *patch)
{
    pilot_policy *policy = notice();
    char *written = policy_text(policy, PILOT_JSON_COMPACT);
    cJSON *tree = cJSON_Parse(written);
    cases_merge(tree, patch);
    char *printed = cJSON_Print(tree);
    text t = text_of(printed, strlen(printed));
    cJSON_free(printed);
    cJSON_Delete(tree);
    pilot_text_free(written);
    pilot_policy_free(policy);
    return t;
}

/* The file's, or where the case has a patch, that of the notice's policy with it. */
static text text_of_case(const cJSON *expected)
{
    const cJSON *patch = cJSON_GetObjectItemCaseSensitive(expected, "patch");
    char path[256];
    if (patch)
        return patched_notice(patch);
    snprintf(path, sizeof path, MALFORMED "/%s", cases_text(expected, "file"));
    return file_text(path);
}

/* A mistake is one problem, but where the case says otherwise, and the first is what the reader tells.
 */
static void check_problems(const cJSON *expected, const char *name, text t, const pilot_error *error)
{
    const cJSON *several = cJSON_GetObjectItemCaseSensitive(expected, "problems");
    pilot_schema document;
    pilot_error first = {0};
    size_t count = 0;
    cr_assert_eq(pilot_schema_find(cases_text(expected, "kind"), &document), PILOT_OK, "%s", name);
    pilot_status status = pilot_problems(document, t.bytes, t.length, NULL, &first, 1, &count);
    cr_expect_eq(status, error->status, "%s: %s", name, pilot_status_name(status));
    cr_expect_eq(count, several ? (size_t)several->valueint : 1, "%s: %zu problems", name, count);
    cr_expect_str_eq(first.path, error->path, "%s", name);
    cr_expect_str_eq(first.message, error->message, "%s", name);
    cr_expect(first.line == error->line && first.column == error->column, "%s", name);
}

static pilot_status check_case(const cJSON *expected)
{
    const char *file = cases_text(expected, "file"), *kind = cases_text(expected, "kind");
    const char *name = *file ? file : cases_text(expected, "case");
    text t = text_of_case(expected);
    pilot_error error;
    memset(&error, 0xA5, sizeof error); /* nothing of it is read, all of it is written */
    pilot_status status = read_as(kind, t, &error);
    cr_expect_neq(status, PILOT_OK, "%s", name);
    cr_expect_eq(status, error.status, "%s: %s and %s", name, pilot_status_name(status),
                 pilot_status_name(error.status));
    if (status != PILOT_OK)
        check_error(expected, name, t, &error);
    check_problems(expected, name, t, &error);
    cr_expect_eq(read_as(kind, t, NULL), status, "%s: without an error", name);
    free(t.bytes);
    return status;
}

Test(json, malformed_files_are_refused)
{
    cJSON *manifest = cases_read(MALFORMED ".json");
    bool seen[PILOT_STATUS_END + 1] = {false};
    cr_assert_geq(cJSON_GetArraySize(manifest), 48);
    const cJSON *expected;
    cJSON_ArrayForEach(expected, manifest)
    {
        seen[check_case(expected)] = true;
    }
    for (size_t i = 0; i < COUNT(refusals); i++)
        cr_expect(seen[refusals[i]], "no case of %s", pilot_status_name(refusals[i]));
    cJSON_Delete(manifest);
}

static int entries_of(const cJSON *manifest, const char *file)
{
    int entries = 0;
    const cJSON *expected;
    cJSON_ArrayForEach(expected, manifest)
    {
        entries += strcmp(cases_text(expected, "file"), file) == 0;
    }
    return entries;
}

Test(json, malformed_files_are_all_listed)
{
    cJSON *manifest = cases_read(MALFORMED ".json");
    DIR *directory = opendir(MALFORMED);
    cr_assert_not_null(directory);
    int files = 0;
    for (const struct dirent *entry; (entry = readdir(directory));)
        if (entry->d_name[0] != '.') {
            cr_expect_eq(entries_of(manifest, entry->d_name), 1, "%s", entry->d_name);
            files++;
        }
    closedir(directory);
    cr_assert_eq(files + entries_of(manifest, ""), cJSON_GetArraySize(manifest));
    cJSON_Delete(manifest);
}

/* In canonical order and form, so that it is what the library writes of it. */
static const char full_city[] =
    "{'name':'南昌市 \\'\\\\',"
    "'menus':[{'id':'m1','best_is_low':true,'services':[{'id':'s','kind':'other','per':'month',"
    "'grades':[{'grade':1,'yuan':'9.0000'}]}]},"
    "{'id':'m2','best_is_low':false,'services':[{'id':'s','kind':'lift','per':'household_month',"
    "'grades':[{'grade':2,'yuan':'0.0001'}]}],'packages':[{'id':'p','items':[{'service':'s','grade':2}]}"
    "]}"
    "],"
    "'districts':[{'id':'360102','name':'东湖区','division_code':'360102'},{'id':'360103'}],"
    "'providers':[{'id':'p1','name':'物业甲\\u0007𠀀'},{'id':'p2','credit_code':'91110000600037341L'}],"
    "'communities':["
    "{'id':'c1','name':'院一社区','district':'360103','street_code':'360103001',"
    "'division_code':'360103001002','workstation':{'property_staff':3},'offices':["
    "{'area_m2':'96.05','route':'long_lease','available_from':'2019-12-01'},"
    "{'area_m2':'0.00','route':'other'}],'assessments':["
    "{'year':2019,'result':'passed','date':'2020-02-29','method':'pilot-method-1'},"
    "{'year':2020,'result':'not_assessed'},{'year':2021,'result':'failed'}],"
    "'reward_payments':[{'paid_on':'2020-03-01','amount_yuan':'-12.34'}]},"
    "{'id':'c2','district':'360102','offices':[],'assessments':[]}],"
    "'areas':["
    "{'id':'a1','name':'院一片区','communities':['c2','c1'],'old':true,'layout_at_selection':'open',"
    "'enclosed_on':'2019-10-31','branch':'in_progress','households':955,'occupied_households':900,"
    "'paying_households':0,'building_area_m2':'92233720368547758.07','buildings':7,"
    "'steps':{"
    "'selection':'2019-08-20','remediation':'not_done','assembly':'2019-11-18',"
    "'entry':'2019-12-06'},'votes':[{'held_on':'2019-11-25','matter':'hire_provider','totals':{"
    "'all':{'area_m2':'0.09','owners':8},'in_favour':{'area_m2':'0.03','owners':2},"
    "'abstained':{'area_m2':'0.01','owners':1}}}],'contracts':["
    "{'provider':'p2','signed_on':'2019-11-28','signed_by':'residents_committee','written':true,"
    "'states_content':false,'states_standard':true,'states_price':false,'menu':'m2',"
    "'selection':{'package':'p','items':[{'service':'s','grade':2}]},'price_yuan_per_m2':'0.3050',"
    "'monthly_yuan':'12.34'},{'selection':{'items':[]}}],"
    "'charges':[{'dwelling':'1','service':'m2','first':'2020-01','last':'2020-02','amount_yuan':'1.00',"
    "'area_m2':'61.37'}]},"
    "{'id':'a2','communities':['c1'],'old':false,'layout_at_selection':'closed',"
    "'branch':'remediated'},"
    "{'id':'a3','communities':[],'contracts':[]}]}";

static pilot_city *parsed_city(const char *json)
{
    pilot_city *city = NULL;
    pilot_error error = {0};
    pilot_status status = parse_city(&city, &error, "%s", json);
    CHECK(status == PILOT_OK, "%d:%d %s: %s", error.line, error.column, error.path, error.message);
    return city;
}

static bool has(pilot_opt_int value, int64_t wanted)
{
    return value.known && value.value == wanted;
}

static bool known_date(pilot_opt_date date, const char *wanted)
{
    return date.known && date.value == cases_date(wanted);
}

static bool was_done_on(pilot_step step, const char *wanted)
{
    return step.done == PILOT_ANSWER_YES && step.date == cases_date(wanted);
}

static void check_community(const pilot_records *r)
{
    const pilot_community *c = &r->communities[0];
    cr_assert_str_eq(c->id, "c1");
    cr_assert_str_eq(c->name, "院一社区");
    cr_assert_eq(c->district, &r->districts[1]);
    cr_assert_str_eq(c->street_code, "360103001");
    cr_assert_str_eq(c->division_code, "360103001002");
    cr_assert_str_eq(r->providers[1].credit_code, "91110000600037341L");
    cr_assert_null(r->providers[0].credit_code);
    cr_assert(has(c->workstation.property_staff, 3));
    cr_assert_eq(c->office_count, 2);
    cr_assert(has(c->offices[0].area, 9605) && has(c->offices[1].area, 0));
    cr_assert_eq(c->offices[0].route, PILOT_ROUTE_LONG_LEASE);
    cr_assert_eq(c->offices[1].route, PILOT_ROUTE_OTHER);
    cr_assert(known_date(c->offices[0].available_from, "2019-12-01"));
    cr_assert_not(c->offices[1].available_from.known);
    cr_assert_eq(c->assessment_count, 3);
    cr_assert_eq(c->assessments[0].year, 2019);
    cr_assert_eq(c->assessments[0].result, PILOT_PASSED);
    cr_assert(known_date(c->assessments[0].date, "2020-02-29"));
    cr_assert_str_eq(c->assessments[0].method, "pilot-method-1");
    cr_assert_eq(c->assessments[1].result, PILOT_NOT_ASSESSED);
    cr_assert_eq(c->assessments[2].result, PILOT_FAILED);
    cr_assert(!c->assessments[2].date.known && !c->assessments[2].method);
    cr_assert_eq(c->reward_payment_count, 1);
    cr_assert_eq(c->reward_payments[0].amount, -1234);
    cr_assert_eq(c->reward_payments[0].paid_on, cases_date("2020-03-01"));
}

/* A list that is written empty is known to be empty. */
static void check_bare_community(const pilot_records *r)
{
    const pilot_community *c = &r->communities[1];
    cr_assert_str_eq(c->id, "c2");
    cr_assert_null(c->name);
    cr_assert_eq(c->district, &r->districts[0]);
    cr_assert_not(c->workstation.property_staff.known);
    cr_assert(c->offices && !c->office_count);
    cr_assert(c->assessments && !c->assessment_count);
    cr_assert(!c->reward_payments && !c->reward_payment_count);
}

static void check_area(const pilot_records *r)
{
    const pilot_residential_area *a = &r->areas[0];
    cr_assert_str_eq(a->id, "a1");
    cr_assert_str_eq(a->name, "院一片区");
    cr_assert_eq(a->community_count, 2);
    cr_assert_eq(a->communities[0], &r->communities[1]);
    cr_assert_eq(a->communities[1], &r->communities[0]);
    cr_assert_eq(a->old, PILOT_ANSWER_YES);
    cr_assert_eq(a->layout_at_selection, PILOT_LAYOUT_OPEN);
    cr_assert(known_date(a->enclosed_on, "2019-10-31"));
    cr_assert_eq(a->branch, PILOT_BRANCH_IN_PROGRESS);
    cr_assert(has(a->households, 955) && has(a->occupied_households, 900));
    cr_assert(has(a->paying_households, 0) && has(a->building_area, INT64_MAX));
    cr_assert(was_done_on(a->steps.selection, "2019-08-20"));
    cr_assert(a->steps.remediation.done == PILOT_ANSWER_NO && a->steps.remediation.date == 0);
    cr_assert(was_done_on(a->steps.assembly, "2019-11-18") && was_done_on(a->steps.entry, "2019-12-06"));
    cr_assert_eq(a->contract_count, 2);
}

static void check_contracts(const pilot_records *r)
{
    const pilot_contract *c = r->areas[0].contracts, *bare = c + 1;
    cr_assert_eq(c->provider, &r->providers[1]);
    cr_assert(known_date(c->signed_on, "2019-11-28"));
    cr_assert_eq(c->signed_by, PILOT_ACTOR_RESIDENTS_COMMITTEE);
    cr_assert_eq(c->written, PILOT_ANSWER_YES);
    cr_assert_eq(c->states_content, PILOT_ANSWER_NO);
    cr_assert_eq(c->states_standard, PILOT_ANSWER_YES);
    cr_assert_eq(c->states_price, PILOT_ANSWER_NO);
    cr_assert(!bare->provider && !bare->signed_on.known && !bare->menu);
    cr_assert(!bare->price.known && !bare->monthly.known && !bare->selection.item_count);
    cr_assert_str_eq(c->selection.package, "p");
    cr_assert_eq(c->selection.item_count, 1);
    cr_assert_str_eq(c->selection.items[0].service, "s");
    cr_assert(has(c->price, 3050) && has(c->monthly, 1234));
    cr_assert_eq(bare->signed_by, PILOT_ACTOR_NONE);
    cr_assert(!bare->written && !bare->states_content && !bare->states_standard && !bare->states_price);
}

/* A menu of the city is one to compute with. */
static void check_menus(const pilot_city *city)
{
    const pilot_records *r = pilot_city_records(city);
    const pilot_menu *menu = pilot_city_find_menu(city, "m2");
    cr_assert_eq(r->menu_count, 2);
    cr_assert_eq(pilot_menu_prices(menu), &r->menus[1]);
    cr_assert_eq(menu, r->areas[0].contracts[0].menu);
    cr_assert_eq(pilot_menu_prices(pilot_city_find_menu(city, "m1")), &r->menus[0]);
    cr_assert_null(pilot_city_find_menu(city, "M2"));
    cr_assert_null(pilot_city_find_menu(city, NULL));
    const pilot_premises premises = {.households = {1000000, true}};
    const pilot_selection package = {.package = "p"};
    pilot_quote quote;
    cr_assert_eq(pilot_quote_compute(menu, &package, &premises, 0, &quote, NULL, 0, NULL), PILOT_OK);
    cr_assert_eq(quote.month, 10000); /* a million times 0.0001 yuan */
}

static void check_votes_and_charges(const pilot_records *r)
{
    const pilot_residential_area *a = &r->areas[0];
    const pilot_vote_totals *t = &a->votes[0].totals;
    cr_assert(has(a->buildings, 7) && !r->areas[1].buildings.known);
    cr_assert(t->all.area == 9 && t->all.heads == 8 && t->in_favour.area == 3 &&
              t->in_favour.heads == 2);
    cr_assert(!t->against.area && !t->against.heads);
    cr_assert(t->abstained.area == 1 && t->abstained.heads == 1);
    cr_assert(has(a->charges[0].area, 6137));
}

/* Lists within records do not take the place of those that are referred to. */
Test(json, many_menus)
{
    enum { MENUS = 40 };
    char menus[MENUS * 256];
    size_t used = 0;
    for (int i = 0; i < MENUS; i++)
        used +=
            (size_t)snprintf(menus + used, sizeof menus - used,
                             "%s{'id':'m%d','best_is_low':true,'services':[{'id':'s%d','kind':'other',"
                             "'per':'month','grades':[{'grade':1,'yuan':'%d.0000'}]}],"
                             "'packages':[{'id':'p','items':[{'service':'s%d','grade':1}]}]}",
                             i ? "," : "", i, i, i, i);
    char json[sizeof menus + 512];
    static const char rest[] = "{'menus':[%s],'districts':[{'id':'d'}],'providers':[{'id':'v'}],"
                               "'communities':[{'id':'c','district':'d'}],'areas':[{'id':'a',"
                               "'communities':['c'],'contracts':[{'provider':'%s','menu':'m%d'}]}]}";
    snprintf(json, sizeof json, rest, menus, "v", MENUS - 1);
    pilot_city *city = parsed_city(json);
    const pilot_records *r = pilot_city_records(city);
    cr_assert_eq(pilot_menu_prices(r->areas[0].contracts[0].menu), &r->menus[MENUS - 1]);
    cr_assert_eq(r->areas[0].contracts[0].provider, &r->providers[0]);
    pilot_city_free(city);
    pilot_error error;
    snprintf(json, sizeof json, rest, menus, "v", MENUS);
    cr_assert_eq(parse_city(&city, &error, "%s", json), PILOT_ERROR_DANGLING_ID);
    snprintf(json, sizeof json, rest, menus, "s0", 0);
    cr_assert_eq(parse_city(&city, &error, "%s", json), PILOT_ERROR_DANGLING_ID);
    cr_assert_str_eq(error.path, "/areas/0/contracts/0/provider");
}

static void check_bare_areas(const pilot_records *r)
{
    const pilot_residential_area *a = &r->areas[1], *b = &r->areas[2];
    cr_assert_eq(a->old, PILOT_ANSWER_NO);
    cr_assert_eq(a->layout_at_selection, PILOT_LAYOUT_CLOSED);
    cr_assert_eq(a->branch, PILOT_BRANCH_REMEDIATED);
    cr_assert(!a->name && !a->contracts && !a->contract_count && !a->enclosed_on.known);
    cr_assert(!a->households.known && !a->occupied_households.known && !a->paying_households.known &&
              !a->building_area.known);
    cr_assert_eq(a->steps.entry.done, PILOT_ANSWER_UNKNOWN);
    cr_assert(b->communities && !b->community_count && b->contracts && !b->contract_count);
    cr_assert_eq(b->old, PILOT_ANSWER_UNKNOWN);
    cr_assert_eq(b->layout_at_selection, PILOT_LAYOUT_UNKNOWN);
    cr_assert_eq(b->branch, PILOT_BRANCH_UNKNOWN);
}

static void check_links(const pilot_city *city)
{
    const pilot_records *r = pilot_city_records(city);
    size_t count = 99;
    const pilot_residential_area *const *areas = pilot_city_areas_of(city, &r->communities[0], &count);
    cr_assert_eq(count, 2);
    cr_assert(areas[0] == &r->areas[0] && areas[1] == &r->areas[1]);
    areas = pilot_city_areas_of(city, &r->communities[1], &count);
    cr_assert_eq(count, 1);
    cr_assert_eq(areas[0], &r->areas[0]);
    cr_assert_eq(pilot_city_find_community(city, "c2"), &r->communities[1]);
    cr_assert_null(pilot_city_find_community(city, "C2"));
    cr_assert_null(pilot_city_find_community(city, ""));
    cr_assert_null(pilot_city_find_community(city, NULL));
}

Test(json, every_member_arrives)
{
    pilot_city *city = parsed_city(full_city);
    const pilot_records *r = pilot_city_records(city);
    cr_assert_str_eq(r->name, "南昌市 \"\\");
    cr_assert(r->district_count == 2 && r->provider_count == 2);
    cr_assert(r->community_count == 2 && r->area_count == 3);
    cr_assert_str_eq(r->districts[0].id, "360102");
    cr_assert_str_eq(r->districts[0].name, "东湖区");
    cr_assert_str_eq(r->districts[1].id, "360103");
    cr_assert_null(r->districts[1].name);
    cr_assert_str_eq(r->providers[0].id, "p1");
    cr_assert_str_eq(r->providers[0].name, "物业甲\a𠀀");
    cr_assert_str_eq(r->providers[1].id, "p2");
    cr_assert_null(r->providers[1].name);
    check_community(r);
    check_bare_community(r);
    check_area(r);
    check_contracts(r);
    check_menus(city);
    check_votes_and_charges(r);
    check_bare_areas(r);
    check_links(city);
    pilot_city_free(city);
}

static pilot_policy *policy_read(const char *written)
{
    pilot_policy *policy = NULL;
    text t = text_of(written, strlen(written));
    pilot_error error = {0};
    pilot_status status = pilot_policy_parse(t.bytes, t.length, &policy, &error);
    CHECK(status == PILOT_OK, "%s: %s", error.path, error.message);
    free(t.bytes);
    return policy;
}

static void check_same_value(const char *compact, const char *indented)
{
    cJSON *a = cJSON_ParseWithOpts(compact, NULL, 1), *b = cJSON_ParseWithOpts(indented, NULL, 1);
    cr_assert(a && b);
    cr_assert(cJSON_Compare(a, b, 1));
    char *minified = cJSON_PrintUnformatted(a);
    cr_assert_str_eq(minified, compact);
    cJSON_free(minified);
    cJSON_Delete(a);
    cJSON_Delete(b);
}

/* Whatever is written is read as the same city and written as the same bytes. */
static void check_city_returns(const pilot_city *city)
{
    static const pilot_json_style styles[] = {PILOT_JSON_COMPACT, PILOT_JSON_INDENTED};
    char *written[COUNT(styles)];
    for (size_t i = 0; i < COUNT(styles); i++)
        written[i] = city_text(city, styles[i]);
    check_same_value(written[0], written[1]);
    for (size_t i = 0; i < COUNT(styles); i++) {
        pilot_city *read = parsed_city(written[i]);
        for (size_t j = 0; j < COUNT(styles); j++) {
            char *again = city_text(read, styles[j]), *once_more = city_text(read, styles[j]);
            cr_assert_str_eq(again, written[j]);
            cr_assert_str_eq(once_more, again);
            pilot_text_free(again);
            pilot_text_free(once_more);
        }
        pilot_city_free(read);
    }
    pilot_text_free(written[0]);
    pilot_text_free(written[1]);
}

static void check_policy_returns(const pilot_policy *policy)
{
    char *compact = policy_text(policy, PILOT_JSON_COMPACT);
    char *indented = policy_text(policy, PILOT_JSON_INDENTED);
    check_same_value(compact, indented);
    pilot_policy *a = policy_read(compact), *b = policy_read(indented);
    cr_assert(same_policy(policy, a) && same_policy(policy, b));
    char *again = policy_text(b, PILOT_JSON_INDENTED);
    cr_assert_str_eq(again, indented);
    pilot_text_free(again);
    pilot_policy_free(a);
    pilot_policy_free(b);
    pilot_text_free(compact);
    pilot_text_free(indented);
}

static void check_indented(void)
{
    pilot_city *city = parsed_city("{'areas': [{'id': 'a'}], 'communities': [], 'districts': []}");
    char *indented = city_text(city, PILOT_JSON_INDENTED);
    cr_assert_str_eq(indented, "{\n"
                               "  \"districts\": [],\n"
                               "  \"communities\": [],\n"
                               "  \"areas\": [\n"
                               "    {\n"
                               "      \"id\": \"a\"\n"
                               "    }\n"
                               "  ]\n"
                               "}\n");
    pilot_text_free(indented);
    pilot_city_free(city);
}

Test(json, what_is_written_is_read_back)
{
    check_indented();
    pilot_policy *policy = notice();
    check_policy_returns(policy);
    pilot_policy_free(policy);

    pilot_city *city = parsed_city(full_city);
    char *compact = city_text(city, PILOT_JSON_COMPACT);
    text wanted = formatted("%s", full_city);
    cr_assert_eq(strlen(compact), wanted.length, "%s", compact);
    cr_assert_eq(memcmp(compact, wanted.bytes, wanted.length), 0, "%s", compact);
    pilot_text_free(compact);
    free(wanted.bytes);
    check_city_returns(city);
    pilot_city_free(city);

    text example = file_text(EXAMPLE);
    cr_assert_eq(pilot_city_parse(example.bytes, example.length, &city, NULL), PILOT_OK);
    check_city_returns(city);
    pilot_city_free(city);
    free(example.bytes);
}

static void check_reform(const pilot_policy *base, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, REFORMS "/%s", name);
    text t = file_text(path);
    pilot_policy *reform = NULL;
    pilot_error error = {0};
    pilot_status status = pilot_policy_patch(base, t.bytes, t.length, &reform, &error);
    cr_assert_eq(status, PILOT_OK, "%s: %s: %s", name, error.path, error.message);
    cr_assert_not(same_policy(base, reform), "%s", name);
    cr_assert_str_neq(pilot_policy_parameters(reform)->id, pilot_policy_parameters(base)->id);
    check_policy_returns(reform);
    pilot_policy_free(reform);
    free(t.bytes);
}

Test(json, published_reforms_apply)
{
    pilot_policy *base = notice(), *fresh = notice();
    DIR *directory = opendir(REFORMS);
    cr_assert_not_null(directory);
    int files = 0;
    for (const struct dirent *entry; (entry = readdir(directory));)
        if (strstr(entry->d_name, ".json")) {
            check_reform(base, entry->d_name);
            files++;
        }
    closedir(directory);
    cr_assert_geq(files, 3);
    cr_assert(same_policy(base, fresh)); /* no reform changes what it is made from */
    pilot_policy_free(base);
    pilot_policy_free(fresh);
}

/* Nested objects merge, lists are replaced whole, the rest stays. */
static void check_merge(const pilot_policy *base)
{
    pilot_policy *reform = patched(base, "{'city_share': '1/3', 'readings': {'gate_mode': 'annual'}, "
                                         "'districts': [], 'rates': [{'first': '2020-01', "
                                         "'last': '2020-06', 'yuan': 7.5, 'per': 'community_month'}]}");
    const pilot_parameters *before = pilot_policy_parameters(base);
    const pilot_parameters *after = pilot_policy_parameters(reform);
    cr_assert(after->city_share.numerator == 1 && after->city_share.denominator == 3);
    cr_assert_eq(after->district_count, 0);
    cr_assert_eq(after->rate_count, 1);
    cr_assert_eq(after->rates[0].price, 75000);
    cr_assert_eq(after->rates[0].basis, PILOT_PER_COMMUNITY);
    for (int i = 0; i < PILOT_READING_COUNT; i++)
        cr_assert_eq(after->readings[i], i == PILOT_READING_GATE_MODE ? PILOT_GATE_MODE_ANNUAL : 0, "%d",
                     i);
    cr_assert_str_eq(after->id, before->id);
    cr_assert_eq(after->office_min_area, before->office_min_area);
    cr_assert_eq(after->assessment_due, before->assessment_due);
    pilot_policy_free(reform);
}

/* The difference of two policies is a patch that makes the one the other. */
static void check_difference(const pilot_policy *from, const pilot_policy *to, const char *wanted)
{
    char *written = NULL;
    cr_assert_eq(pilot_policy_diff(from, to, PILOT_JSON_COMPACT, &written), PILOT_OK);
    if (wanted)
        cr_expect_str_eq(written, quoted(wanted));
    pilot_policy *made = patched(from, written);
    cr_expect(same_policy(made, to), "%s", written);
    pilot_policy_free(made);
    pilot_text_free(written);
}

static void check_differences(const pilot_policy *base)
{
    static const char *const changes[] = {
        "{'city_share':'1/4'}", "{'rates':[],'readings':{'month_rule':'from_notice'}}",
        "{'grid_departments':[],'readings':{'quota_unit':'areas','odd_fen_to':'city'}}",
        "{'id':'x','issued':'2019-10-31','districts':[],'transfer_tolerance_yuan':'0.01'}"};
    check_difference(base, base, "{}");
    for (size_t i = 0; i < COUNT(changes); i++) {
        pilot_policy *reform = patched(base, changes[i]);
        check_difference(base, reform, changes[i]);
        check_difference(reform, base, NULL);
        pilot_policy_free(reform);
    }
    char *written = NULL;
    cr_expect_eq(pilot_policy_diff(NULL, base, PILOT_JSON_COMPACT, &written), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_policy_diff(base, NULL, PILOT_JSON_COMPACT, &written), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_policy_diff(base, base, PILOT_JSON_COMPACT, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_null(written);
}

/* There and back, by the changed members alone and by the whole of what was. */
static void check_way_back(const pilot_policy *base)
{
    pilot_policy *there =
        patched(base, "{'city_share': '1/4', 'rates': [], 'readings': {'month_rule': 'from_notice'}}");
    cr_assert_not(same_policy(base, there));
    char *whole = policy_text(base, PILOT_JSON_INDENTED);
    pilot_policy *back = patched(there, whole);
    cr_assert(same_policy(base, back));
    pilot_policy_free(back);
    pilot_text_free(whole);
    pilot_policy_free(there);

    there = patched(base, "{'city_share': '1/4', 'readings': {'month_rule': 'from_notice'}}");
    back = patched(there, "{'readings': {'month_rule': 'service_months'}, 'city_share': '1/2'}");
    cr_assert(same_policy(base, back));
    pilot_policy_free(back);
    pilot_policy_free(there);
}

/* Whether a parameter that was changed and then removed by a patch is the notice's again. */
static bool restored(const pilot_policy *base, const pilot_policy *changed, const char *patch_text)
{
    pilot_policy *back = NULL;
    pilot_error error;
    bool same = patch(changed, &back, &error, "%s", patch_text) == PILOT_OK && same_policy(base, back);
    pilot_policy_free(back);
    return same;
}

/* RFC 7396 removes what is null; what a policy does not say is the notice's. */
static void check_removed(const pilot_policy *base)
{
    pilot_policy *changed = patched(base, "{'city_share': '1/4', 'rates': [], 'office_min_area_m2': 5, "
                                          "'readings': {'gate_mode': 'annual'}}");
    cr_assert_not(same_policy(base, changed));
    cr_assert(restored(base, changed,
                       "{'city_share': null, 'rates': null, 'office_min_area_m2': null, "
                       "'readings': null}"));
    cr_assert(restored(base, changed,
                       "{'city_share': null, 'rates': null, 'office_min_area_m2': null, "
                       "'readings': {'gate_mode': null}}"));
    pilot_policy_free(changed);
}

/* Every parameter, removed and then given a value that is never right. What names a policy may not be
 * removed. */
static void check_each_parameter(const pilot_policy *base)
{
    pilot_parameter_info p;
    size_t i = 0;
    for (; pilot_parameter_at(i, &p) == PILOT_OK; i++) {
        pilot_policy *reform = NULL;
        pilot_error error;
        char path[80];
        const char *open = p.parent ? "{'readings': " : "", *close = p.parent ? "}" : "";
        snprintf(path, sizeof path, "%s/%s", p.parent ? "/readings" : "", p.key);
        const bool names = i < 3;
        pilot_status removed = patch(base, &reform, &error, "%s{'%s': null}%s", open, p.key, close);
        CHECK(names ? removed == PILOT_ERROR_MISSING_KEY && strcmp(error.path, "") == 0 &&
                          strcmp(error.value, p.key) == 0 && error.line == 1
                    : removed == PILOT_OK && same_policy(base, reform),
              "%s: %s", p.key, pilot_status_name(removed));
        pilot_policy_free(reform);
        reform = NULL;
        CHECK(patch(base, &reform, &error, "%s{\n\n  '%s': {'odd': [1]}\n}%s", open, p.key, close) ==
                      PILOT_ERROR_TYPE &&
                  strcmp(error.path, path) == 0 && error.line == 3 && error.column == 3,
              "%s: %s at %s, %d:%d", p.key, error.message, error.path, error.line, error.column);
        CHECK(!reform, "%s", p.key);
    }
    cr_assert_eq(i, 27 + PILOT_READING_COUNT);
}

static void check_refused_patches(const pilot_policy *base)
{
    static const struct {
        const char *patch;
        pilot_status status;
        const char *path;
    } refused[] = {
        {"{'readings': []}", PILOT_ERROR_TYPE, "/readings"},
        {"{'City_share': '1/4'}", PILOT_ERROR_UNKNOWN_KEY, "/City_share"},
        {"{'city_share': {'now': '1/4'}}", PILOT_ERROR_TYPE, "/city_share"},
        {"{'rates': [null]}", PILOT_ERROR_TYPE, "/rates/0"},
        {"{'rates': {'0': null}}", PILOT_ERROR_TYPE, "/rates"},
        {"{'city_share': '1/4', 'city_share': '1/5'}", PILOT_ERROR_DUPLICATE_KEY, "/city_share"},
        {"null", PILOT_ERROR_TYPE, ""},
        {"'1/4'", PILOT_ERROR_TYPE, ""},
        {"", PILOT_ERROR_SYNTAX, ""},
    };
    for (size_t i = 0; i < COUNT(refused); i++) {
        pilot_policy *reform = NULL;
        pilot_error error = {0};
        pilot_status status = patch(base, &reform, &error, "%s", refused[i].patch);
        cr_expect_eq(status, refused[i].status, "%s: %s", refused[i].patch, error.message);
        cr_expect_str_eq(error.path, refused[i].path, "%s: %s", refused[i].patch, error.path);
        cr_expect_null(reform);
    }
}

Test(json, a_reform_is_a_merge_patch)
{
    pilot_policy *base = notice(), *fresh = notice();
    static const char *const nothing[] = {
        "{}", "{'readings': {}}", " {\n} ", "{'x-none': null, 'x-some': {'y': {'z': null}}}",
        /* The same values in other words. */
        "{'office_min_area_m2': 120, 'city_share': '2/4', 'readings': {'gate_mode': 'once'}}"};
    for (size_t i = 0; i < COUNT(nothing); i++) {
        pilot_policy *same = patched(base, nothing[i]);
        cr_expect(same_policy(base, same), "%s", nothing[i]);
        pilot_policy_free(same);
    }
    check_merge(base);
    check_way_back(base);
    check_removed(base);
    check_differences(base);
    check_each_parameter(base);
    check_refused_patches(base);
    cr_assert(same_policy(base, fresh));
    pilot_policy_free(base);
    pilot_policy_free(fresh);
}

static const char one_area[] = "{'districts': [{'id': 'd'}], 'areas': [], 'communities': "
                               "[{'id': 'c', 'district': 'd', 'offices': [{'area_m2': %s}]}]}";
static const char one_amount[] = "{'districts': [], 'areas': [], 'communities': [], "
                                 "'reward_budget_yuan': %s}";
static const char one_count[] = "{'districts': [], 'communities': [], 'areas': "
                                "[{'id': 'a', 'households': %s}]}";

static pilot_opt_int value_in(const pilot_records *r)
{
    if (r->area_count)
        return r->areas[0].households;
    return r->community_count ? r->communities[0].offices[0].area : r->reward_budget;
}

/* The number that the JSON is read as within one of the three cities above. */
static pilot_status number(const char *city_format, const char *json, int64_t *value)
{
    pilot_city *city = NULL;
    pilot_status status = parse_city(&city, NULL, city_format, json);
    if (status == PILOT_OK) {
        pilot_opt_int found = value_in(pilot_city_records(city));
        CHECK(found.known, "%s", json);
        *value = found.value;
    }
    pilot_city_free(city);
    return status;
}

static void check_number(const char *city_format, int64_t wanted, const char *format, ...)
{
    char json[128];
    int64_t value = INT64_MIN;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(json, sizeof json, format, arguments);
    va_end(arguments);
    pilot_status status = number(city_format, json, &value);
    CHECK(status == PILOT_OK && value == wanted, "%s: %s, %" PRId64 " rather than %" PRId64, json,
          pilot_status_name(status), value, wanted);
}

/* Hundredths as number and as string, with all their decimals and without the last ones. */
static void check_hundredths(const char *city_format, int64_t wanted)
{
    const char *sign = wanted < 0 ? "-" : "";
    int64_t whole = llabs(wanted) / 100, rest = llabs(wanted) % 100;
    static const char *const quotes[] = {"", "'"};
    for (size_t i = 0; i < COUNT(quotes); i++) {
        const char *q = quotes[i];
        check_number(city_format, wanted, "%s%s%" PRId64 ".%02" PRId64 "%s", q, sign, whole, rest, q);
        if (rest % 10 == 0)
            check_number(city_format, wanted, "%s%s%" PRId64 ".%" PRId64 "%s", q, sign, whole, rest / 10,
                         q);
        if (rest == 0)
            check_number(city_format, wanted, "%s%s%" PRId64 "%s", q, sign, whole, q);
    }
}

static void check_many_hundredths(void)
{
    static const int64_t picked[] = {11850,
                                     9999999999999,
                                     999999999999999,
                                     999999999999998,
                                     100000000000001,
                                     562949953421311,
                                     452312848583266,
                                     35,
                                     1005,
                                     1115};
    for (size_t i = 0; i < COUNT(picked); i++) {
        check_hundredths(one_area, picked[i]);
        check_hundredths(one_amount, picked[i]);
        check_hundredths(one_amount, -picked[i]);
    }
    for (int64_t value = 1; value < 300; value++)
        check_hundredths(one_area, value);
    for (int64_t end = 1000; end <= 1000000000000000; end *= 10)
        for (int i = 0; i < 20; i++) {
            int64_t value = below(end);
            check_hundredths(one_area, value);
            check_hundredths(one_amount, value ? -value : 1);
        }
}

/* The price that JSON is read as in a rate. */
static pilot_status price(const pilot_policy *base, const char *json, pilot_price *value)
{
    pilot_policy *reform = NULL;
    pilot_status status = patch(base, &reform, NULL,
                                "{'rates': [{'first': '2019-01', 'last': '2019-12', 'yuan': %s, "
                                "'per': 'household_month'}]}",
                                json);
    if (status == PILOT_OK)
        *value = pilot_policy_parameters(reform)->rates[0].price;
    pilot_policy_free(reform);
    return status;
}

static void check_price(const pilot_policy *base, pilot_price wanted)
{
    char json[2][32];
    pilot_text digits;
    pilot_price_text(wanted, &digits);
    snprintf(json[0], sizeof *json, "%.29s", digits.text);
    snprintf(json[1], sizeof *json, "'%.29s'", digits.text);
    for (int i = 0; i < 2; i++) {
        pilot_price value = -1;
        pilot_status status = price(base, json[i], &value);
        CHECK(status == PILOT_OK && value == wanted, "%s: %s, %" PRId64, json[i],
              pilot_status_name(status), value);
    }
}

static void check_prices(void)
{
    pilot_policy *base = notice();
    pilot_price value = -1;
    for (pilot_price wanted = 0; wanted < 100; wanted++)
        check_price(base, wanted);
    for (int64_t end = 1000; end <= 1000000000000000; end *= 10)
        for (int i = 0; i < 10; i++)
            check_price(base, below(end));
    check_price(base, 999999999999999);
    cr_expect_eq(price(base, "922337203685477", &value), PILOT_OK);
    cr_expect_eq(value, 9223372036854770000);
    cr_expect_eq(price(base, "922337203685478", &value), PILOT_ERROR_OVERFLOW);
    cr_expect_eq(price(base, "'922337203685478'", &value), PILOT_ERROR_OVERFLOW);
    cr_expect_eq(price(base, "'922337203685477.5807'", &value), PILOT_OK);
    cr_expect_eq(value, INT64_MAX);
    cr_expect_eq(price(base, "0.00001", &value), PILOT_ERROR_PRECISION);
    cr_expect_eq(price(base, "-0.0001", &value), PILOT_ERROR_RANGE);
    pilot_policy_free(base);
}

static const struct {
    const char *city, *json;
    pilot_status status;
    int64_t value;
} numbers[] = {
    {one_count, "0", PILOT_OK, 0},
    {one_count, "999999999999999", PILOT_OK, 999999999999999},
    {one_count, "1000000000000000", PILOT_ERROR_PRECISION, 0},
    {one_count, "9007199254740993", PILOT_ERROR_PRECISION, 0}, /* 2^53 + 1 */
    {one_count, "'9007199254740993'", PILOT_ERROR_TYPE, 0},
    {one_count, "'5'", PILOT_ERROR_TYPE, 0},
    {one_count, "0.5", PILOT_ERROR_PRECISION, 0},
    {one_count, "-5", PILOT_ERROR_RANGE, 0},
    {one_count, "5e0", PILOT_ERROR_FORMAT, 0},
    {one_count, "-0", PILOT_ERROR_FORMAT, 0},
    {one_count, "1e400", PILOT_ERROR_FORMAT, 0},
    {one_area, "999999999999999", PILOT_OK, 99999999999999900},
    {one_area, "9999999999999.99", PILOT_OK, 999999999999999},
    {one_area, "90071992547409.93", PILOT_ERROR_PRECISION, 0},
    {one_area, "'90071992547409.93'", PILOT_OK, 9007199254740993},
    {one_area, "'92233720368547758.07'", PILOT_OK, INT64_MAX},
    {one_area, "'92233720368547758.08'", PILOT_ERROR_OVERFLOW, 0},
    {one_area, "118.505", PILOT_ERROR_PRECISION, 0},
    {one_area, "'118.505'", PILOT_ERROR_PRECISION, 0},
    {one_area, "9999999999.99999", PILOT_ERROR_PRECISION, 0},
    {one_area, "0.000000000000001", PILOT_ERROR_PRECISION, 0},
    {one_area, "-0.01", PILOT_ERROR_RANGE, 0},
    {one_area, "'1e3'", PILOT_ERROR_FORMAT, 0},
    {one_area, "'-0'", PILOT_ERROR_FORMAT, 0},
    {one_amount, "'-92233720368547758.08'", PILOT_OK, INT64_MIN},
    {one_amount, "-0.01", PILOT_OK, -1},
    {one_amount, "-0.001", PILOT_ERROR_PRECISION, 0},
    {one_amount, "-0.00", PILOT_ERROR_FORMAT, 0},
    {one_amount, "true", PILOT_ERROR_TYPE, 0},
};

Test(json, numbers_are_exact)
{
    check_many_hundredths();
    check_prices();
    for (size_t i = 0; i < COUNT(numbers); i++) {
        int64_t value = -77;
        pilot_status status = number(numbers[i].city, numbers[i].json, &value);
        cr_expect_eq(status, numbers[i].status, "%s: %s", numbers[i].json, pilot_status_name(status));
        cr_expect_eq(value, numbers[i].status == PILOT_OK ? numbers[i].value : -77, "%s: %" PRId64,
                     numbers[i].json, value);
    }
}

/* The text with such a member in every object of it that has members. */
static char *with_own_keys(const char *json)
{
    static const char own[] = "\"x-\":-0,\"x-numbers\":[1e400,-1.5E-7,123456789012345678901234567890,"
                              "{\"deep\":-0.0,\"x-x\":null}],\"\\u0078-\\u4e2d/~\":{\"a\":[]},";
    char *longer = calloc(1, strlen(json) * (sizeof own + 1));
    cr_assert_not_null(longer);
    for (size_t used = 0; *json; json++) {
        longer[used++] = *json;
        if (*json != '{' || strspn(json + 1, " \n}") > strspn(json + 1, " \n"))
            continue;
        memcpy(longer + used, own, sizeof own - 1);
        used += sizeof own - 1;
    }
    return longer;
}

static void check_own_keys_of_city(void)
{
    pilot_city *city = parsed_city(full_city);
    char *plain = city_text(city, PILOT_JSON_COMPACT), *longer = with_own_keys(plain);
    pilot_city *other = parsed_city(longer);
    char *again = city_text(other, PILOT_JSON_COMPACT);
    cr_assert_gt(strlen(longer), strlen(plain) + 1000);
    cr_assert_str_eq(again, plain);
    pilot_text_free(again);
    pilot_text_free(plain);
    free(longer);
    pilot_city_free(other);
    pilot_city_free(city);
}

static void check_own_keys_of_policy(void)
{
    pilot_policy *policy = notice();
    char *plain = policy_text(policy, PILOT_JSON_INDENTED), *longer = with_own_keys(plain);
    pilot_policy *read = policy_read(longer), *reform = patched(policy, longer);
    cr_assert(same_policy(policy, read) && same_policy(policy, reform));
    pilot_text_free(plain);
    free(longer);
    pilot_policy_free(read);
    pilot_policy_free(reform);
    pilot_policy_free(policy);
}

/* Every key that may be left out, null; and the same city without them. */
static void check_optional_null(void)
{
    pilot_city *bare = parsed_city(
        "{'districts': [{'id': 'd'}], 'providers': [{'id': 'p'}], 'communities': [{'id': 'c', "
        "'district': 'd', 'offices': [{}], 'assessments': [{'year': 2019, 'result': 'failed'}]}, "
        "{'id': 'c2', 'district': 'd'}], 'areas': [{'id': 'a', 'contracts': [{}]}, {'id': 'a2'}]}");
    pilot_city *null = parsed_city(
        "{'name': null, 'districts': [{'id': 'd', 'name': null}], 'providers': [{'id': 'p', "
        "'name': null}], 'communities': [{'id': 'c', 'name': null, 'district': 'd', 'workstation': "
        "{'property_staff': null}, 'offices': [{'area_m2': null, 'route': null, 'available_from': "
        "null}], 'assessments': [{'year': 2019, 'result': 'failed', 'date': null, 'method': null}], "
        "'reward_payments': null}, {'id': 'c2', 'district': 'd', 'workstation': null, 'offices': "
        "null, 'assessments': null}], 'areas': [{'id': 'a', 'name': null, 'communities': null, "
        "'old': null, 'layout_at_selection': null, 'enclosed_on': null, 'branch': null, "
        "'households': null, 'occupied_households': null, 'paying_households': null, "
        "'building_area_m2': null, 'steps': {'selection': null, 'remediation': null, 'assembly': "
        "null, 'entry': null}, 'contracts': [{'provider': null, 'signed_on': null, 'signed_by': "
        "null, 'written': null, 'states_content': null, 'states_standard': null, 'states_price': "
        "null}]}, {'id': 'a2', 'steps': null, 'contracts': null}]}");
    char *of_bare = city_text(bare, PILOT_JSON_COMPACT), *of_null = city_text(null, PILOT_JSON_COMPACT);
    cr_assert_str_eq(of_null, of_bare);
    cr_assert_null(strstr(of_null, "null"));
    const pilot_records *r = pilot_city_records(null);
    cr_assert(!r->name && !r->communities[1].offices && !r->areas[0].communities);
    cr_assert(!r->areas[0].old && !r->areas[0].households.known && !r->areas[0].steps.entry.done);
    pilot_text_free(of_bare);
    pilot_text_free(of_null);
    pilot_city_free(bare);
    pilot_city_free(null);
}

static void check_required_null(void)
{
    static const struct {
        const char *json, *path;
    } refused[] = {
        {"{'districts': null, 'communities': [], 'areas': []}", "/districts"},
        {"{'districts': [], 'communities': null, 'areas': []}", "/communities"},
        {"{'districts': [], 'communities': [], 'areas': null}", "/areas"},
        {"{'districts': [{'id': null}], 'communities': [], 'areas': []}", "/districts/0/id"},
        {"{'districts': [], 'providers': [{'id': null}], 'communities': [], 'areas': []}",
         "/providers/0/id"},
        {"{'districts': [], 'communities': [{'id': null}], 'areas': []}", "/communities/0/id"},
        {"{'districts': [], 'communities': [{'id': 'c', 'district': null}], 'areas': []}",
         "/communities/0/district"},
        {"{'districts': [], 'communities': [], 'areas': [{'id': null}]}", "/areas/0/id"},
        {"null", ""},
    };
    for (size_t i = 0; i < COUNT(refused); i++) {
        pilot_city *city = NULL;
        pilot_error error = {0};
        cr_expect_eq(parse_city(&city, &error, "%s", refused[i].json), PILOT_ERROR_TYPE, "%s: %s",
                     refused[i].json, error.message);
        cr_expect_str_eq(error.path, refused[i].path, "%s", refused[i].json);
        cr_expect_null(city);
    }
}

Test(json, own_keys_and_null)
{
    check_own_keys_of_city();
    check_own_keys_of_policy();
    check_optional_null();
    check_required_null();
}

static pilot_money money(const cJSON *object, const char *key)
{
    pilot_money value = INT64_MIN;
    CHECK(pilot_money_parse(cases_text(object, key), &value, NULL) == PILOT_OK, "%s: \"%s\"", key,
          cases_text(object, key));
    return value;
}

static int count(const cJSON *object, const char *key)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    CHECK(cJSON_IsNumber(member), "%s", key);
    return member->valueint;
}

static void check_receipt(const cJSON *document, const pilot_receipt *wanted)
{
    const cJSON *receipt = cJSON_GetObjectItemCaseSensitive(document, "receipt");
    char hash[24];
    pilot_text as_of;
    snprintf(hash, sizeof hash, "%016" PRIx64, wanted->fingerprint);
    cr_assert_str_eq(cases_text(receipt, "library"), pilot_version());
    cr_assert_str_eq(cases_text(receipt, "policy"), wanted->policy);
    cr_assert_str_eq(cases_text(receipt, "fingerprint"), hash);
    cr_assert_str_eq(cases_text(receipt, "as_of"), pilot_date_text(wanted->as_of.value, &as_of));
}

static char *award_text(const pilot_award *award, const pilot_award_line *lines, pilot_json_style style)
{
    char *written = NULL;
    cr_assert_eq(pilot_award_write(award, lines, style, &written), PILOT_OK);
    return written;
}

static void check_award_lines(const cJSON *document, const pilot_award *award)
{
    static const char *const sums[] = {"total_yuan", "city_yuan", "district_yuan", "withheld_yuan"};
    static const char *const parts[] = {"amount_yuan", "city_yuan", "district_yuan", "withheld_yuan"};
    const cJSON *lines = cJSON_GetObjectItemCaseSensitive(document, "lines"), *line;
    pilot_money left[COUNT(sums)];
    int months = 0;
    cr_assert_eq((size_t)cJSON_GetArraySize(lines), award->line_count);
    for (size_t i = 0; i < COUNT(sums); i++)
        left[i] = money(document, sums[i]);
    cJSON_ArrayForEach(line, lines)
    {
        months += count(line, "months");
        for (size_t i = 0; i < COUNT(parts); i++)
            left[i] -= money(line, parts[i]);
        cr_assert_not_null(pilot_clause_find(cases_text(line, "clause")));
    }
    for (size_t i = 0; i < COUNT(sums); i++)
        cr_assert_eq(left[i], 0, "%s: %" PRId64 " too few", parts[i], left[i]);
    cr_assert_eq(months, count(document, "months_paid") + count(document, "months_withheld"));
}

Test(json, awards_are_written)
{
    const pilot_assessment assessments[] = {{.year = 2019, .result = PILOT_PASSED},
                                            {.year = 2021, .result = PILOT_FAILED}};
    pilot_claim claim = {.quantity = {{955, true}}, .first = 598, .last = 650}; /* 2019-11..2024-03 */
    claim.assessments = assessments;
    claim.assessment_count = COUNT(assessments);
    claim.as_of = (pilot_opt_date){cases_date("2024-12-31"), true};
    pilot_policy *policy = notice();
    pilot_award award;
    pilot_award_line lines[16];
    cr_assert_eq(pilot_award_compute(policy, &claim, &award, lines, COUNT(lines), NULL), PILOT_OK);
    char *compact = award_text(&award, lines, PILOT_JSON_COMPACT);
    char *indented = award_text(&award, lines, PILOT_JSON_INDENTED);
    char *again = award_text(&award, lines, PILOT_JSON_COMPACT);
    cr_assert_str_eq(again, compact);
    check_same_value(compact, indented);
    cJSON *document = cJSON_Parse(compact);
    cr_assert_eq(money(document, "total_yuan"), award.total);
    cr_assert_eq(money(document, "withheld_yuan"), award.withheld);
    cr_assert_eq(count(document, "months_paid"), award.months_paid);
    check_receipt(document, &award.receipt);
    check_award_lines(document, &award);
    cJSON_Delete(document);
    pilot_text_free(compact);
    compact = award_text(&award, NULL, PILOT_JSON_COMPACT);
    cr_assert_null(strstr(compact, "\"lines\""));
    pilot_text_free(compact);
    pilot_text_free(again);
    pilot_text_free(indented);
    pilot_policy_free(policy);
}

/* What an RFC 6901 pointer names; the paths of findings need no escapes. */
static const cJSON *resolve(const cJSON *document, const char *path)
{
    while (document && *path == '/') {
        char part[64] = "";
        size_t length = strcspn(++path, "/");
        CHECK(length < sizeof part, "%s", path);
        memcpy(part, path, length);
        document = cJSON_IsArray(document) ? cJSON_GetArrayItem(document, atoi(part))
                                           : cJSON_GetObjectItemCaseSensitive(document, part);
        path += length;
    }
    return document;
}

/* The list that a scope's records are in; NULL: the city. */
static const char *list_of(const char *scope)
{
    static const char *const lists[][2] = {
        {"district", "/districts/"}, {"community", "/communities/"}, {"office", "/offices/"},
        {"area", "/areas/"},         {"contract", "/contracts/"},    {"appointment", "/appointments/"},
        {"handover", "/handovers/"}, {"charge", "/charges/"},        {"income", "/incomes/"},
        {"parking", "/parking/"}};
    for (size_t i = 0; i < COUNT(lists); i++)
        if (strcmp(scope, lists[i][0]) == 0)
            return lists[i][1];
    return NULL;
}

static void check_finding(const cJSON *finding, const cJSON *city, const char *outcome)
{
    const char *path = cases_text(finding, "path"), *rule = cases_text(finding, "rule");
    const char *list = list_of(cases_text(finding, "scope"));
    const char *zh = cases_text(finding, "zh"), *en = cases_text(finding, "en");
    CHECK(pilot_rule_find(rule) && pilot_clause_find(cases_text(finding, "clause")), "rule %s", rule);
    CHECK(strcmp(cases_text(finding, "outcome"), outcome) == 0, "%s: not %s", rule, outcome);
    CHECK(cJSON_IsObject(resolve(city, path)), "%s: %s", rule, path);
    CHECK(list ? strstr(path, list) != NULL : *path == '\0', "%s: %s", rule, path);
    CHECK(*zh && *en && strcmp(zh, en) != 0 && is_utf8(zh) && is_utf8(en), "%s: %s", rule, zh);
    CHECK(strstr(zh, pilot_rule_find(rule)->zh) && strstr(en, pilot_rule_find(rule)->en), "%s: %s", rule,
          en);
}

static cJSON *report_json(const pilot_report *report, uint32_t outcomes)
{
    const pilot_report_filter filter = {.outcomes = outcomes};
    char *compact = NULL, *again = NULL, *indented = NULL;
    cr_assert_eq(pilot_report_write(report, &filter, PILOT_JSON_COMPACT, &compact), PILOT_OK);
    cr_assert_eq(pilot_report_write(report, &filter, PILOT_JSON_COMPACT, &again), PILOT_OK);
    cr_assert_eq(pilot_report_write(report, &filter, PILOT_JSON_INDENTED, &indented), PILOT_OK);
    cr_assert_str_eq(again, compact);
    check_same_value(compact, indented);
    cJSON *document = cJSON_ParseWithOpts(compact, NULL, 1);
    pilot_text_free(compact);
    pilot_text_free(again);
    pilot_text_free(indented);
    return document;
}

/* The counts are of all findings, whichever are written. */
static void check_counts(const cJSON *document, const pilot_report *report, const cJSON *city)
{
    static const char *const lists[] = {"districts", "providers", "communities", "areas"};
    const cJSON *counts = cJSON_GetObjectItemCaseSensitive(document, "counts"), *one;
    const cJSON *inputs = cJSON_GetObjectItemCaseSensitive(document, "inputs");
    size_t sum = 0;
    cr_assert_eq(cJSON_GetArraySize(counts), PILOT_OUTCOME_COUNT);
    cJSON_ArrayForEach(one, counts)
    {
        sum += (size_t)one->valueint;
    }
    cr_assert_eq(sum, pilot_report_size(report));
    for (int i = 0; i < PILOT_OUTCOME_COUNT; i++)
        cr_assert_eq((size_t)count(counts, pilot_outcome_name((pilot_outcome)i)),
                     pilot_report_count(report, (pilot_outcome)i));
    for (size_t i = 0; i < COUNT(lists); i++)
        cr_assert_eq(count(inputs, lists[i]),
                     cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(city, lists[i])));
}

static void check_findings(const pilot_report *report, uint32_t outcomes, const cJSON *city)
{
    cJSON *document = report_json(report, outcomes);
    check_receipt(document, pilot_report_receipt(report));
    check_counts(document, report, city);
    const cJSON *finding = cJSON_GetObjectItemCaseSensitive(document, "findings")->child;
    for (size_t i = 0; i < pilot_report_size(report); i++) {
        pilot_outcome outcome = pilot_report_outcome(report, i);
        if (!(outcomes & UINT32_C(1) << outcome))
            continue;
        CHECK(finding, "finding %zu is not written", i);
        check_finding(finding, city, pilot_outcome_name(outcome));
        finding = finding->next;
    }
    cr_assert_null(finding);
    cJSON_Delete(document);
}

Test(json, reports_are_written)
{
    static const uint32_t sets[] = {PILOT_OUTCOMES_ALL, PILOT_OUTCOMES_OPEN, 1 << PILOT_BREACH};
    pilot_policy *policy = notice();
    pilot_city *city = cases_city(EXAMPLE);
    pilot_report *report = NULL;
    cJSON *tree = cases_read(EXAMPLE);
    cr_assert_eq(pilot_check(policy, city, cases_date("2020-02-29"), &report, NULL), PILOT_OK);
    for (size_t i = 0; i < COUNT(sets); i++)
        check_findings(report, sets[i], tree);
    pilot_report_free(report);
    pilot_city_free(city);
    cJSON_Delete(tree);
    pilot_policy_free(policy);
}

/* No byte of the text is looked at: there is but one. */
static void check_size_limit(void)
{
    text t = text_of("{", 1);
    size_t lengths[] = {(size_t)PILOT_JSON_SIZE_MAX + 1, SIZE_MAX};
    for (size_t i = 0; i < COUNT(lengths); i++) {
        text huge = {t.bytes, lengths[i]};
        pilot_error error;
        memset(&error, 0xA5, sizeof error);
        cr_assert_eq(read_as("city", huge, &error), PILOT_ERROR_LIMIT);
        cr_assert_eq(error.status, PILOT_ERROR_LIMIT);
        cr_assert(error.line == 0 && error.column == 0 && *error.path == '\0');
        cr_assert_not_null(strstr(error.message, "1073741824"));
        cr_assert_eq(read_as("policy", huge, &error), PILOT_ERROR_LIMIT);
        cr_assert_eq(read_as("reform", huge, NULL), PILOT_ERROR_LIMIT);
    }
    free(t.bytes);
}

/* Lists to the 32nd level are read; one more is a case of the malformed files. */
static void check_depth_limit(void)
{
    char lists[2 * (PILOT_JSON_DEPTH_MAX - 1) + 1] = "";
    memset(lists, '[', PILOT_JSON_DEPTH_MAX - 1);
    memset(lists + PILOT_JSON_DEPTH_MAX - 1, ']', PILOT_JSON_DEPTH_MAX - 1);
    pilot_city *city = NULL;
    cr_assert_eq(parse_city(&city, NULL,
                            "{'districts': [], 'communities': [], 'areas': [], 'x-deep': %s}", lists),
                 PILOT_OK);
    pilot_city_free(city);
}

/* A city that is cut anywhere is none. */
static void check_prefixes(void)
{
    pilot_city *city = parsed_city(full_city);
    char *whole = city_text(city, PILOT_JSON_COMPACT);
    for (size_t length = 0; length < strlen(whole); length++) {
        text t = text_of(whole, length);
        CHECK(read_as("city", t, NULL) == PILOT_ERROR_SYNTAX, "cut after %zu", length);
        free(t.bytes);
    }
    pilot_text_free(whole);
    pilot_city_free(city);
}

static void check_null_arguments(void)
{
    pilot_policy *policy = notice(), *reform = NULL;
    pilot_city *city = NULL;
    pilot_error error = {0};
    cr_assert_eq(pilot_city_parse(NULL, 0, &city, &error), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(error.status, PILOT_ERROR_ARGUMENT);
    cr_assert(*error.message && !*error.path && !error.line && !error.column);
    cr_assert_eq(pilot_city_parse("{}", 2, NULL, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_policy_parse(NULL, 0, &reform, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_policy_parse("{}", 2, NULL, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_policy_patch(NULL, "{}", 2, &reform, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_policy_patch(policy, NULL, 0, &reform, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_policy_patch(policy, "{}", 2, NULL, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert(!reform && !city);
    pilot_policy_free(policy);
}

static void check_null_writers(void)
{
    pilot_policy *policy = notice();
    pilot_city *city = parsed_city(full_city);
    pilot_award award = {0};
    char *written = &untouched;
    cr_assert_eq(pilot_policy_write(NULL, PILOT_JSON_COMPACT, &written), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_policy_write(policy, PILOT_JSON_COMPACT, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_city_write(NULL, PILOT_JSON_COMPACT, &written), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_city_write(city, PILOT_JSON_COMPACT, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_award_write(NULL, NULL, PILOT_JSON_COMPACT, &written), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_award_write(&award, NULL, PILOT_JSON_COMPACT, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_report_write(NULL, 0, PILOT_JSON_COMPACT, &written), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(written, &untouched);
    pilot_text_free(NULL);
    pilot_city_free(city);
    pilot_policy_free(policy);
}

Test(json, limits_and_arguments)
{
    check_size_limit();
    check_depth_limit();
    check_prefixes();
    check_null_arguments();
    check_null_writers();
}

static void expect_lists(const record *type, const char *json)
{
    for (size_t i = 0; i < type->field_count; i++) {
        char wanted[64];
        snprintf(wanted, sizeof wanted, "\"%s\":[]", type->fields[i].key);
        if ((type->fields[i].kind == FIELD_LIST || type->fields[i].kind == FIELD_REFS) &&
            !type->fields[i].required)
            CHECK(strstr(json, wanted), "%s: the text has no empty %s", type->key, wanted);
    }
}

static const record *listed_in(const record *type, const char *key)
{
    for (size_t i = 0; i < type->field_count; i++)
        if (type->fields[i].kind == FIELD_LIST && strcmp(type->fields[i].key, key) == 0)
            return type->fields[i].of;
    cr_assert_fail("no list %s", key);
    return NULL;
}

/* A list that is known to be empty is written as such, and one that is not known is left out. */
Test(json, empty_lists)
{
    static const char known[] =
        "{'meetings':[],'evidence':[],'menus':[],'districts':[{'id':'d','evidence':[]}],'providers':[],"
        "'communities':[{'id':'c','district':'d','offices':[],'assessments':[],'reward_payments':[],"
        "'uses':[],'appointments':[],'handovers':[],'evidence':[]}],'areas':[{'id':'a','communities':[],"
        "'counts':[],'offers':[],'votes':[],'contracts':[{'selection':{'package':'p','items':[]}}],'"
        "grid_posts':[],"
        "'charges':[],'incomes':[],'uses':[],'parking':[],'evidence':[]},{'id':'b','communities':[],"
        "'contracts':[]}]}";
    static const char unknown[] = "{'districts':[{'id':'d'}],'communities':[{'id':'c','district':'d'}],"
                                  "'areas':[{'id':'a'}]}";
    static const char *const texts[] = {known, unknown};
    for (size_t i = 0; i < COUNT(texts); i++) {
        char json[1024], *written;
        pilot_city *city = NULL;
        snprintf(json, sizeof json, "%s", quoted(texts[i]));
        cr_assert_eq(pilot_city_parse(json, strlen(json), &city, NULL), PILOT_OK);
        cr_assert_eq(pilot_city_write(city, PILOT_JSON_COMPACT, &written), PILOT_OK);
        cr_expect_str_eq(written, json);
        pilot_text_free(written);
        pilot_city_free(city);
    }
    char json[1024];
    snprintf(json, sizeof json, "%s", quoted(known));
    expect_lists(&pilot_city_record, json);
    for (const char *const *key = (const char *const[]){"districts", "communities", "areas", NULL}; *key;
         key++)
        expect_lists(listed_in(&pilot_city_record, *key), json);
}

static char said[1 << 19];

static void keep_message(const char *document, size_t length)
{
    pilot_error error;
    pilot_city *city;
    const size_t used = strlen(said);
    CHECK(used + sizeof error < sizeof said, "no room for what was said");
    if (pilot_city_parse(document, length, &city, &error) == PILOT_OK)
        pilot_city_free(city);
    else
        sprintf(said + used, "%.60s %s\n", error.value, error.message);
}

/* What readers say of every malformed file, and of numbers of every length. */
static const char *all_messages(void)
{
    static const char *const wholes[] = {"0", "-0", "118", "-118"};
    char document[512], path[300];
    size_t length;
    said[0] = '\0';
    DIR *folder = opendir(MALFORMED);
    cr_assert_not_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        snprintf(path, sizeof path, MALFORMED "/%.200s", entry->d_name);
        if (!strstr(entry->d_name, ".json"))
            continue;
        char *read = cases_slurp(path, &length);
        keep_message(read, length);
        free(read);
    }
    closedir(folder);
    for (int digits = 1; digits <= 12; digits++)
        for (int zeros = 0; zeros < 40; zeros += 3)
            for (size_t i = 0; i < COUNT(wholes); i++) {
                int at = sprintf(document,
                                 "{\"districts\": [], \"communities\": [], \"areas\": [{\"id\": "
                                 "\"a\", \"building_area_m2\": %s.%.*s%.*s}]}",
                                 wholes[i], zeros, "0000000000000000000000000000000000000000", digits,
                                 "505456789123");
                keep_message(document, (size_t)at);
            }
    return said;
}

/* The reader's numbers and the messages about them are the same in a locale with a decimal comma. */
Test(json, no_locale_shows)
{
    char folder[] = "/tmp/pilot-locale-XXXXXX", command[200];
    char *before = strdup(all_messages());
    cr_expect_not_null(strstr(before, "\n118.505 118.505 is not square metres"));
    cr_expect_not_null(strstr(before, "\n-118.5 -118.5 is not square metres"));
    cr_expect_not_null(strstr(before, " -0.000000000000000000000000000000000000000505456789123 is not"));
    cr_assert_not_null(mkdtemp(folder));
    snprintf(command, sizeof command, "localedef -i de_DE -f UTF-8 %s/de_DE.UTF-8 2>%s/said", folder,
             folder);
    const bool there =
        system(command) >= 0 && setenv("LOCPATH", folder, 1) == 0 && setlocale(LC_ALL, "de_DE.UTF-8");
    char number[8] = "";
    snprintf(number, sizeof number, "%.1f", 1.5);
    if (there) {
        cr_expect_str_eq(number, "1,5");
        cr_expect_str_eq(all_messages(), before);
        pilot_city *city = cases_city("examples/data/nanchang-2019.json");
        char *german = city_text(city, PILOT_JSON_COMPACT);
        setlocale(LC_ALL, "C");
        char *plain = city_text(city, PILOT_JSON_COMPACT);
        cr_expect_str_eq(german, plain);
        pilot_text_free(german);
        pilot_text_free(plain);
        pilot_city_free(city);
    }
    snprintf(command, sizeof command, "rm -r %s", folder);
    cr_assert_eq(system(command), 0);
    free(before);
    if (!there)
        cr_skip_test("no decimal comma could be made: localedef and the package locales are needed");
}
