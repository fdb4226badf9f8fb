/* Findings speak to people: no code of a file shows in a sentence but what the file itself named. */
#include "cases.h"
#include "rule_cases.h"

#include <ctype.h>

/* Ids and names of a document's own and what a contract chose from a menu, in quotes so that a whole one
 * is found. */
static void gather(const cJSON *item, bool chosen, buffer *own)
{
    const cJSON *member;
    cJSON_ArrayForEach(member, item)
    {
        const char *key = member->string ? member->string : "";
        if (cJSON_IsString(member) && (chosen || strcmp(key, "id") == 0 || strcmp(key, "name") == 0)) {
            add(own, "\"");
            add(own, member->valuestring);
            add(own, "\"");
        }
        gather(member, chosen || strcmp(key, "selection") == 0, own);
    }
}

static bool in_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '/' || c == '-';
}

/* The first run of letters, digits and what joins them that has a small letter and is none of the own.
 */
static bool first_code(const char *text, const buffer *own, char code[128])
{
    for (size_t length; *text; text += length ? length : 1) {
        bool small = false;
        for (length = 0; in_word(text[length]); length++)
            small = small || islower((unsigned char)text[length]);
        snprintf(code, 128, "\"%.*s\"", (int)length, text);
        if (small && !(own->text && strstr(own->text, code)))
            return true;
    }
    return false;
}

static void check_sentence(const char *zh, const char *en, const buffer *own, const char *of)
{
    char code[128];
    CHECK(!first_code(zh, own, code), "%s: %s in %s", of, code, zh);
    CHECK(!strstr(en, "  ") && !strstr(en, " ;") && !strstr(en, " ,"), "%s: %s", of, en);
    for (const char *c = en; *c; c++)
        CHECK(*c != '_' || (own->text && strstr(own->text, "_")), "%s: %s", of, en);
}

static void check_finding(const pilot_finding *f, const buffer *own)
{
    char zh[2048], en[2048];
    CHECK(pilot_finding_text(f, PILOT_CHINESE, zh, sizeof zh) < sizeof zh, "%s", zh);
    pilot_finding_text(f, PILOT_ENGLISH, en, sizeof en);
    check_sentence(zh, en, own, f->rule->id);
    CHECK(pilot_finding_next(f, PILOT_CHINESE, zh, sizeof zh) < sizeof zh, "%s", zh);
    pilot_finding_next(f, PILOT_ENGLISH, en, sizeof en);
    check_sentence(zh, en, own, f->rule->id);
    if (f->missing) /* a question is asked for as a record of its answer, and nothing else is */
        CHECK(!strstr(zh, "是否") == !strstr(zh, "的记录") &&
                  !(strstr(en, "whether ") && strstr(en, " of area ")),
              "%s; %s", zh, en);
}

static void check_city(const pilot_policy *policy, const pilot_city *city, pilot_date as_of,
                       const buffer *own)
{
    pilot_report *report;
    cr_assert_eq(pilot_check(policy, city, as_of, &report, NULL), PILOT_OK);
    for (size_t i = 0; i < pilot_report_size(report); i++) {
        pilot_finding f;
        cr_assert_eq(pilot_report_at(report, i, &f), PILOT_OK);
        check_finding(&f, own);
    }
    pilot_report_free(report);
}

static void check_readings(const pilot_policy *policy, const pilot_city *city, pilot_date as_of,
                           const buffer *own)
{
    for (int i = 0; i < PILOT_READING_COUNT; i++) {
        pilot_reading_info info;
        cr_assert_eq(pilot_reading_at((pilot_reading)i, &info), PILOT_OK);
        for (int32_t option = 1; option < info.option_count; option++) {
            pilot_policy *other;
            cr_assert_eq(pilot_policy_with_reading(policy, (pilot_reading)i, option, &other), PILOT_OK);
            check_city(other, city, as_of, own);
            pilot_policy_free(other);
        }
    }
}

/* The example city from before the notice to after the reward, and under each reading. */
Test(sentences, of_the_example_city)
{
    static const char path[] = "examples/data/nanchang-2019.json";
    static const char *const days[] = {"2019-10-01", "2019-11-05", "2019-12-15",
                                       "2020-02-29", "2020-06-30", "2025-01-01"};
    pilot_policy *policy = notice();
    pilot_city *city = cases_city(path);
    cJSON *file = cases_read(path);
    buffer own = {0};
    gather(file, false, &own);
    for (size_t i = 0; i < COUNT(days); i++)
        check_city(policy, city, cases_date(days[i]), &own);
    check_readings(policy, city, cases_date("2019-12-15"), &own);
    check_readings(policy, city, cases_date("2025-01-01"), &own);
    free(own.text);
    cJSON_Delete(file);
    pilot_city_free(city);
    pilot_policy_free(policy);
}

static void check_case(const cJSON *test, const char *name)
{
    pilot_policy *policy = rule_case_policy(test, name);
    pilot_city *city = rule_case_city(test, name);
    buffer own = {0};
    char *text;
    cr_assert_eq(pilot_city_write(city, PILOT_JSON_COMPACT, &text), PILOT_OK);
    cJSON *file = cJSON_Parse(text);
    gather(file, false, &own);
    cJSON_Delete(file);
    pilot_text_free(text);
    check_city(policy, city, rule_case_day(test), &own);
    free(own.text);
    pilot_city_free(city);
    pilot_policy_free(policy);
}

/* All rules over the city of each case, not only the one that it is of. */
Test(sentences, of_the_rules_cases)
{
    each_rule_case(check_case);
}

/* A key that a rule could miss is said as a name. */
static bool is_named(const pilot_rule *rule, const char *key)
{
    const pilot_finding f = {
        .rule = rule, .clause = rule->clauses[0], .outcome = PILOT_UNKNOWN, .missing = key};
    char zh[512], en[512], code[128];
    pilot_finding_next(&f, PILOT_CHINESE, zh, sizeof zh);
    pilot_finding_next(&f, PILOT_ENGLISH, en, sizeof en);
    return !first_code(zh, &(buffer){0}, code) && !strpbrk(strchr(en, ':'), "_/.;(");
}

/* Each field that decides, each list that it lies in, and each as the rule's record and that which it
 * lies in have it. */
Test(sentences, every_field_that_a_rule_reads_has_a_name)
{
    const pilot_rule *rule;
    for (size_t i = 0; (rule = pilot_rule_at(i)); i++)
        for (size_t j = 0; rule->reads[j]; j++) {
            char path[128];
            snprintf(path, sizeof path, "%s", rule->reads[j]);
            if (strncmp(path, "menus", 5) == 0) /* of which none is missed */
                continue;
            for (char *end = path + strlen(path); end; end = strrchr(path, '/')) {
                *end = '\0';
                if (strcmp(path, "districts") != 0 && strcmp(path, "areas/steps") != 0)
                    cr_expect(is_named(rule, path), "%s: %s", rule->id, path);
            }
        }
}

/* Whether one of the part's rules says it. */
static bool is_named_in(const char *part, const char *key)
{
    const pilot_rule *rule;
    for (size_t i = 0; (rule = pilot_rule_at(i)); i++)
        if (strcmp(pilot_rule_part(rule), part) == 0 && is_named(rule, key))
            return true;
    return false;
}

/* And each key that stands in a rule's code as one that is missing. */
Test(sentences, every_key_that_is_missed_has_a_name)
{
    static const char *const parts[] = {"siting",   "organisation", "workstation", "community",
                                        "services", "funding",      "market",      "steps"};
    static const char *const calls[] = {"pilot_missing(f, \"", "pilot_missing_of(f, \""};
    size_t found = 0;
    for (size_t i = 0; i < COUNT(parts); i++) {
        char path[64];
        snprintf(path, sizeof path, "libpilot/rules/%s.c", parts[i]);
        size_t length;
        char *text = cases_slurp(path, &length);
        for (size_t j = 0; j < COUNT(calls); j++)
            for (const char *at = text; (at = strstr(at, calls[j])); found++) {
                char key[64];
                at += strlen(calls[j]);
                snprintf(key, sizeof key, "%.*s", (int)strcspn(at, "\""), at);
                cr_expect(is_named_in(parts[i], key), "%s: %s", parts[i], key);
            }
        free(text);
    }
    cr_expect_gt(found, 50);
}

/* Such a rule is what these tests would catch. */
Test(sentences, a_key_that_is_nowhere_is_not_lost)
{
    const pilot_rule *rule = pilot_rule_find("property_staff");
    const pilot_finding f = {
        .rule = rule, .clause = "4.1-4", .outcome = PILOT_UNKNOWN, .missing = "no_such_key"};
    char zh[256];
    pilot_finding_next(&f, PILOT_CHINESE, zh, sizeof zh);
    cr_expect_str_eq(zh, "请社区工作站补充：no_such_key");
    cr_expect(!is_named(rule, "no_such_key"));
    cr_expect(!is_named(rule, "workstation/property_staff/more") &&
              !is_named(rule, "areas/branch/more"));
}

static pilot_finding decided(const pilot_policy *policy, const char *rule, const pilot_subject *subject)
{
    pilot_finding f;
    cr_assert_eq(
        pilot_check_rule(policy, pilot_rule_find(rule), subject, cases_date("2020-02-29"), &f, NULL),
        PILOT_OK);
    return f;
}

/* What findings say, to the word. */
Test(sentences, as_an_office_writes_them)
{
    pilot_policy *policy = notice();
    pilot_community community = {.id = "c1", .name = "院一社区"};
    pilot_district district = {.id = "360102", .name = "东湖区"};
    pilot_residential_area area = {.id = "a1", .name = "院一"};
    const pilot_community *communities[] = {&community};
    const pilot_contract contract = {.signed_by = PILOT_ACTOR_ASSEMBLY, .written = PILOT_ANSWER_NO};
    const pilot_subject subject = {
        .district = &district, .community = &community, .area = &area, .contract = &contract};
    static const struct {
        const char *rule, *zh, *en, *next_zh, *next_en;
    } rows[] = {
        {"contract_signatory", "；实际为业主大会，要求为业主委员会",
         "; found the owners' assembly, required the owners' committee", "请业主委员会", "correct it"},
        {"contract_terms", "；未满足：书面合同", "; not so: the contract is in writing", "整改",
         "correct it"},
        {"entry_on_time", "；缺少服务企业进驻日期", "; missing: date of the provider's entry",
         "补充：居民区“院一”的服务企业进驻日期", ": supply date of the provider's entry of area 院一"},
        {"open_layout", "；实际为封闭式，要求为开放式", "; found closed, required open", "整改",
         "correct it"},
        {"owners_willing", "；缺少业主是否有意愿、愿配合的记录",
         "; missing: whether the owners are willing", "补充：居民区“院一”业主是否有意愿、愿配合的记录",
         ": supply whether the owners are willing (area 院一)"},
        {"circular_criticism", "；缺少居民区资料", "; missing: records of the areas",
         "请市领导小组、东湖区领导小组补充：居民区资料",
         "city leading group, district leading group of 东湖区: supply records of the areas"},
        {"property_staff", "；缺少物业管理专责人员数", "; missing: number of property management staff",
         "请院一社区工作站补充：社区“院一社区”的物业管理专责人员数",
         "community workstation of 院一社区: supply number of"},
        {"remediation_on_time", "；尚未完成，应不晚于2019年12月31日，逾期60天",
         "; found not done, required 2019-12-31, 60 days late", "请市城管局、东湖区政府整改",
         "city management bureau, district government of 东湖区: correct it"},
        {"district_scheme", "；缺少证明材料", "; missing: evidence",
         "请东湖区政府补充：城区“东湖区”的证明材料",
         "district government of 东湖区: supply evidence of district 东湖区"},
    };
    area.communities = communities;
    area.community_count = 1;
    area.layout_at_selection = PILOT_LAYOUT_CLOSED;
    area.branch = PILOT_BRANCH_IN_PROGRESS;
    area.steps.remediation = pilot_not_done();
    for (size_t i = 0; i < COUNT(rows); i++) {
        const pilot_finding f = decided(policy, rows[i].rule, &subject);
        char text[512];
        pilot_finding_text(&f, PILOT_CHINESE, text, sizeof text);
        expect_part(text, rows[i].zh);
        pilot_finding_text(&f, PILOT_ENGLISH, text, sizeof text);
        cr_expect_not_null(strstr(text, rows[i].en), "%s", text);
        pilot_finding_next(&f, PILOT_CHINESE, text, sizeof text);
        expect_part(text, rows[i].next_zh);
        pilot_finding_next(&f, PILOT_ENGLISH, text, sizeof text);
        cr_expect_not_null(strstr(text, rows[i].next_en), "%s", text);
    }
    pilot_policy_free(policy);
}

/* An id of a file's own is said as it is, whatever word of the library's it reads like. */
Test(sentences, an_id_that_is_a_word)
{
    pilot_policy *policy = notice();
    const pilot_district district = {.id = "housing_bureau"};
    const pilot_subject subject = {.district = &district};
    pilot_finding f = decided(policy, "district_in_scope", &subject);
    char text[512];
    cr_assert_eq(f.outcome, PILOT_BREACH);
    pilot_finding_text(&f, PILOT_CHINESE, text, sizeof text);
    expect_part(text, "实际为“housing_bureau”");
    const char *json = quoted("{'districts':[],'communities':[],'menus':[{'id':'m','best_is_low':true,'"
                              "services':[{'id':'s','kind':"
                              "'other','per':'month','grades':[{'grade':1,'yuan':'1.0000'}]}]}],'areas':"
                              "[{'id':'a','contracts':[{"
                              "'signed_on':'2019-12-15','menu':'m','price_yuan_per_m2':'0.0100','"
                              "selection':{'items':[{'service':"
                              "'housing_bureau','grade':1}]}}]}]}");
    pilot_city *city;
    pilot_report *report;
    cr_assert_eq(pilot_city_parse(json, strlen(json), &city, NULL), PILOT_OK);
    cr_assert_eq(pilot_check(policy, city, cases_date("2020-02-29"), &report, NULL), PILOT_OK);
    size_t i = 0, found = 0;
    for (; i < pilot_report_size(report); i++)
        if (pilot_report_at(report, i, &f) == PILOT_OK && strcmp(f.rule->id, "contract_price") == 0) {
            pilot_finding_text(&f, PILOT_CHINESE, text, sizeof text);
            expect_part(text, "实际为“housing_bureau”");
            found++;
        }
    cr_expect_eq(found, 1);
    pilot_report_free(report);
    pilot_city_free(city);
    pilot_policy_free(policy);
}

/* In any room a text ends with a whole character, and tells how long all of it is. */
Test(sentences, end_with_a_whole_character)
{
    pilot_policy *policy = notice();
    const pilot_residential_area area = {.id = "院一", .layout_at_selection = PILOT_LAYOUT_CLOSED};
    const pilot_subject subject = {.area = &area};
    pilot_finding f = decided(policy, "open_layout", &subject);
    char whole[512], text[512];
    const size_t length = pilot_finding_next(&f, PILOT_CHINESE, whole, sizeof whole);
    cr_assert(length == strlen(whole) && (unsigned char)whole[length - 1] >= 0x80);
    for (size_t size = 1; size <= length + 1; size++) {
        mark(text, sizeof text);
        cr_assert_eq(pilot_finding_next(&f, PILOT_CHINESE, text, size), length);
        const size_t kept = strlen(text);
        cr_expect(kept < size && kept + 4 >= size && memcmp(text, whole, kept) == 0, "%zu", size);
        cr_expect_neq((unsigned char)whole[kept] & 0xC0, 0x80, "%zu", size);
        cr_expect(marked(text + size, sizeof text - size), "%zu", size);
    }
    pilot_policy_free(policy);
}

/* What a remediation lacks is said as a name, whatever is added to its items. */
Test(sentences, what_a_remediation_lacks)
{
    pilot_policy *policy = notice();
    pilot_residential_area area = {
        .id = "a",
        .branch = PILOT_BRANCH_IN_PROGRESS,
        .remediation_items = {.bike_charging = PILOT_ANSWER_NO, .property_premises = PILOT_ANSWER_NO}};
    const pilot_subject subject = {.area = &area};
    pilot_finding f = decided(policy, "remediation_items", &subject);
    char text[512];
    pilot_finding_text(&f, PILOT_CHINESE, text, sizeof text);
    expect_part(text, "；已有0项，尚缺电动车集中停放充电点位、物业管理用房");
    pilot_finding_text(&f, PILOT_ENGLISH, text, sizeof text);
    expect_part(text, "lacking a place to park and charge e-bikes, premises for property management");
    pilot_policy_free(policy);
}

/* Each reading has a name of its own in both languages. */
Test(sentences, every_reading_has_a_title)
{
    for (int i = 0; i < PILOT_READING_COUNT; i++) {
        pilot_reading_info info, other;
        cr_assert_eq(pilot_reading_at((pilot_reading)i, &info), PILOT_OK);
        cr_expect(cases_is_chinese(info.title_zh) && !cases_is_chinese(info.title_en), "%s", info.name);
        cr_expect(!strpbrk(info.title_en, "_?") && !strstr(info.title_zh, "？"), "%s", info.name);
        for (int j = 0; j < i; j++) {
            cr_assert_eq(pilot_reading_at((pilot_reading)j, &other), PILOT_OK);
            cr_expect(strcmp(info.title_zh, other.title_zh) != 0 &&
                          strcmp(info.title_en, other.title_en) != 0,
                      "%s, %s", info.name, other.name);
        }
    }
}
