/* Reports as people use them: filters, summaries, what to do next, other readings, timelines. */
#include "cases.h"

#include "rules/subject.h"

typedef struct fixture {
    pilot_policy *policy;
    pilot_city *city;
    pilot_report *report;
} fixture;

static fixture begin(void)
{
    fixture f = {.policy = notice(), .city = cases_city("examples/data/nanchang-2019.json")};
    cr_assert_eq(pilot_check(f.policy, f.city, cases_date("2020-02-29"), &f.report, NULL), PILOT_OK);
    return f;
}

static void end(fixture *f)
{
    pilot_report_free(f->report);
    pilot_city_free(f->city);
    pilot_policy_free(f->policy);
}

static size_t count_of(const fixture *f, const pilot_report_filter *filter)
{
    size_t count = 0;
    for (size_t i = pilot_report_next(f->report, 0, filter); i < pilot_report_size(f->report);
         i = pilot_report_next(f->report, i + 1, filter))
        count++;
    return count;
}

Test(report, filters_pass_what_they_name)
{
    fixture f = begin();
    size_t outcomes = 0, scopes = 0, section = 0, clause = 0, district = 0, community = 0, both = 0;
    for (size_t i = 0; i < pilot_report_size(f.report); i++) {
        pilot_finding x;
        cr_assert_eq(pilot_report_at(f.report, i, &x), PILOT_OK);
        cr_assert_eq(x.outcome, pilot_report_outcome(f.report, i));
        bool in_section = false, of_clause = false;
        for (int j = 0; j < PILOT_RULE_CLAUSES_MAX && x.rule->clauses[j]; j++) {
            const char *id = x.rule->clauses[j];
            in_section |= strncmp(id, "4.2-", 4) == 0;
            of_clause |= strcmp(id, "4.2-3") == 0;
        }
        bool here = x.subject.district && strcmp(x.subject.district->id, "360111") == 0;
        bool mine = x.subject.area
                        ? strcmp(x.subject.area->id, "area-qingshanhu") == 0
                        : x.subject.community && strcmp(x.subject.community->id, "qingshanhu-2") == 0;
        outcomes += x.outcome == PILOT_BREACH || x.outcome == PILOT_UNKNOWN;
        scopes += x.rule->scope == PILOT_SCOPE_AREA;
        section += in_section;
        clause += of_clause;
        district += here;
        community += mine;
        both += here && x.outcome == PILOT_BREACH;
    }
    const struct {
        pilot_report_filter filter;
        size_t wanted;
    } rows[] = {
        {{.outcomes = 1u << PILOT_BREACH | 1u << PILOT_UNKNOWN}, outcomes},
        {{.scopes = 1u << PILOT_SCOPE_AREA}, scopes},
        {{.clause = "4.2"}, section},
        {{.clause = "4.2-3"}, clause},
        {{.district = "360111"}, district},
        {{.community = "qingshanhu-2"}, community},
        {{.district = "360111", .outcomes = 1u << PILOT_BREACH}, both},
        {{.clause = "4.2-"}, 0},
        {{.district = "360199"}, 0},
        {{0}, pilot_report_size(f.report)},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cr_expect_eq(count_of(&f, &rows[i].filter), rows[i].wanted, "row %zu", i);
        cr_expect(i >= 7 || rows[i].wanted > 0, "row %zu shows nothing", i);
    }
    cr_expect_eq(count_of(&f, NULL), pilot_report_size(f.report));
    end(&f);
}

/* However many areas a community has. */
Test(report, a_community_s_areas)
{
    enum { AREAS = 100 };
    buffer b = {0};
    pilot_policy *policy = notice();
    pilot_city *city;
    pilot_report *report;
    size_t seen[2] = {0};
    add(&b, "{\"districts\":[{\"id\":\"d\"}],\"communities\":[{\"id\":\"c0\",\"district\":\"d\"},"
            "{\"id\":\"c1\",\"district\":\"d\"}],\"areas\":[");
    for (int i = 0; i < AREAS; i++) {
        char area[64];
        snprintf(area, sizeof area, "%s{\"id\":\"a%d\",\"communities\":[\"c%d\"]}", i ? "," : "", i,
                 i % 3 == 0);
        add(&b, area);
    }
    add(&b, "]}");
    cr_assert_eq(pilot_city_parse(b.text, b.length, &city, NULL), PILOT_OK);
    cr_assert_eq(pilot_check(policy, city, cases_date("2020-02-29"), &report, NULL), PILOT_OK);
    for (int of = 0; of < 2; of++) {
        const pilot_report_filter filter = {.community = of ? "c1" : "c0"};
        for (size_t i = pilot_report_next(report, 0, &filter); i < pilot_report_size(report);
             i = pilot_report_next(report, i + 1, &filter))
            seen[of] += strcmp(pilot_report_rule(report, i)->id, "selection_on_time") == 0;
    }
    cr_expect(seen[0] == 66 && seen[1] == 34, "%zu and %zu", seen[0], seen[1]);
    pilot_report_free(report);
    pilot_city_free(city);
    pilot_policy_free(policy);
    free(b.text);
}

Test(report, summaries_add_up)
{
    fixture f = begin();
    pilot_summary districts[5], communities[10];
    cr_assert_eq(pilot_report_summaries(f.report, PILOT_SCOPE_DISTRICT, districts, 5), PILOT_OK);
    cr_assert_eq(pilot_report_summaries(f.report, PILOT_SCOPE_COMMUNITY, communities, 10), PILOT_OK);
    cr_assert_str_eq(districts[4].id, "360111");
    cr_assert_str_eq(communities[9].id, "qingshanhu-2");
    const pilot_report_filter of_city = {.scopes = 1u << PILOT_SCOPE_CITY};
    const pilot_report_filter of_districts = {.scopes = 1u << PILOT_SCOPE_DISTRICT};
    size_t in_districts = 0, in_communities = 0;
    for (int outcome = 0; outcome < PILOT_OUTCOME_COUNT; outcome++) {
        for (int i = 0; i < 5; i++) {
            const pilot_report_filter one = {.district = districts[i].id, .outcomes = 1u << outcome};
            cr_expect_eq(districts[i].counts[outcome], count_of(&f, &one), "%s", districts[i].id);
            in_districts += districts[i].counts[outcome];
        }
        for (int i = 0; i < 10; i++)
            in_communities += communities[i].counts[outcome];
    }
    cr_expect_eq(in_districts + count_of(&f, &of_city), pilot_report_size(f.report));
    cr_expect_eq(in_communities + count_of(&f, &of_districts) + count_of(&f, &of_city),
                 pilot_report_size(f.report));
    cr_expect_eq(pilot_report_summaries(f.report, PILOT_SCOPE_DISTRICT, districts, 4),
                 PILOT_ERROR_CAPACITY);
    cr_expect_eq(pilot_report_summaries(f.report, PILOT_SCOPE_AREA, districts, 5), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_report_summaries(f.report, PILOT_SCOPE_DISTRICT, NULL, 5), PILOT_ERROR_ARGUMENT);
    end(&f);
}

Test(report, districts_and_the_city_itself_add_up_to_what_passes)
{
    fixture f = begin();
    const pilot_report_filter filters[] = {{0},
                                           {.clause = "4.2"},
                                           {.district = "360111"},
                                           {.community = "qingshanhu-2"},
                                           {.scopes = 1u << PILOT_SCOPE_CITY},
                                           {.outcomes = 1u << PILOT_BREACH}};
    pilot_summary rows[6];
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        cr_assert_eq(pilot_report_by_district(f.report, &filters[i], rows, 6), PILOT_OK);
        size_t all = 0, of_city = 0;
        for (int outcome = 0; outcome < PILOT_OUTCOME_COUNT; outcome++) {
            of_city += rows[5].counts[outcome];
            for (int row = 0; row < 6; row++)
                all += rows[row].counts[outcome];
        }
        cr_expect_eq(all, count_of(&f, &filters[i]), "filter %zu", i);
        pilot_report_filter own = filters[i];
        own.scopes = 1u << PILOT_SCOPE_CITY;
        cr_expect_eq(of_city, count_of(&f, &own), "filter %zu", i);
    }
    cr_assert_eq(pilot_report_by_district(f.report, NULL, rows, 6), PILOT_OK);
    cr_expect_str_eq(rows[4].id, "360111");
    cr_expect_str_eq(rows[5].id, "");
    cr_expect_eq(pilot_report_by_district(f.report, NULL, rows, 5), PILOT_ERROR_CAPACITY);
    cr_expect_eq(pilot_report_by_district(f.report, NULL, NULL, 6), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_report_by_district(NULL, NULL, rows, 6), PILOT_ERROR_ARGUMENT);
    end(&f);
}

Test(report, says_what_to_do_next_and_who)
{
    fixture f = begin();
    for (size_t i = 0; i < pilot_report_size(f.report); i++) {
        pilot_finding x;
        char zh[256], en[384];
        cr_assert_eq(pilot_report_at(f.report, i, &x), PILOT_OK);
        bool open =
            x.outcome == PILOT_BREACH || x.outcome == PILOT_PENDING || x.outcome == PILOT_UNKNOWN;
        size_t length = pilot_finding_next(&x, PILOT_ENGLISH, en, sizeof en);
        cr_expect_eq(pilot_finding_next(&x, PILOT_CHINESE, zh, sizeof zh) > 0, open);
        cr_expect_eq(length > 0, open);
        cr_expect(length == strlen(en) && length < sizeof en, "%s", en);
        cr_expect(!open || pilot_finding_actors(&x) || strstr(en, "bodies concerned"), "%s", x.clause);
        if (x.outcome == PILOT_BREACH && strcmp(x.rule->id, "entry_on_time") == 0)
            cr_expect_str_eq(en,
                             "sub-district office (township), community workstation, owners' assembly: "
                             "correct it");
        if (x.outcome == PILOT_PENDING && strcmp(x.rule->id, "assessment_on_time") == 0)
            cr_expect_str_eq(zh, "请领导小组办公室于2020年2月29日前完成");
    }
    char cut[4] = "abc";
    pilot_finding x;
    cr_assert_eq(pilot_report_at(f.report,
                                 pilot_report_next(f.report, 0, &(pilot_report_filter){.outcomes = 2}),
                                 &x),
                 PILOT_OK);
    cr_expect_gt(pilot_finding_next(&x, PILOT_ENGLISH, cut, sizeof cut), 3);
    cr_expect_eq(strlen(cut), 3);
    cr_expect_eq(pilot_report_at(f.report, pilot_report_size(f.report), &x), PILOT_ERROR_NOT_FOUND);
    end(&f);
}

/* A finding's subject, what was found, what is required and who has to act. */
typedef struct part_row {
    const char *rule, *path, *zh[4], *en[4];
} part_row;

Test(report, says_a_finding_in_parts)
{
    static const part_row rows[] = {
        {"office_area",
         "/communities/2",
         {"西湖甲社区", "118.50平方米", "120.00平方米", "西湖甲社区工作站、西湖甲社区居民委员会"},
         {"西湖甲社区", "118.50 m²", "120.00 m²",
          "community workstation of 西湖甲社区, residents' committee of 西湖甲社区"}},
        {"budget_cut",
         "/communities/3/handovers/2",
         {"西湖乙社区（公共服务下沉第3项）", "0.00元", "26650.00元", "市财政局、西湖区财政"},
         {"西湖乙社区 (handover 3)", "0.00 yuan", "26650.00 yuan",
          "city finance bureau, district finance of 西湖区"}},
        {"remediation_items",
         "/areas/7",
         {"湾里甲片区", "8项", "还须有车停有序", "市城管局、湾里区政府"},
         {"湾里甲片区", "8", "also orderly parking",
          "city management bureau, district government of 湾里区"}},
        {"vote_before_contract",
         "/areas/4",
         {"西湖乙片区", "尚未完成", "不晚于2019年12月20日", "业主委员会、物业服务企业或专业机构"},
         {"西湖乙片区", "not done", "by 2019-12-20", "owners' committee, service provider"}},
    };
    fixture f = begin();
    size_t seen = 0;
    for (size_t i = 0; i < pilot_report_size(f.report); i++) {
        pilot_finding x;
        char path[64], part[256], whole[512];
        cr_assert_eq(pilot_report_at(f.report, i, &x), PILOT_OK);
        pilot_finding_path(&x, path, sizeof path);
        for (int of = PILOT_FINDING_SUBJECT; of <= PILOT_FINDING_FOUND; of++) {
            pilot_finding_part_text(&x, (pilot_finding_part)of, PILOT_CHINESE, part, sizeof part);
            pilot_finding_text(&x, PILOT_CHINESE, whole, sizeof whole);
            cr_expect_not_null(strstr(whole, part), "%s in %s", part, whole);
        }
        const bool open = pilot_finding_next(&x, PILOT_ENGLISH, NULL, 0) > 0;
        cr_expect_eq(pilot_finding_part_text(&x, PILOT_FINDING_WHO, PILOT_ENGLISH, NULL, 0) > 0, open);
        for (size_t j = 0; j < COUNT(rows); j++) {
            if (strcmp(rows[j].rule, x.rule->id) != 0 || strcmp(rows[j].path, path) != 0)
                continue;
            seen++;
            for (int of = 0; of < 4; of++) {
                pilot_finding_part_text(&x, (pilot_finding_part)of, PILOT_CHINESE, part, sizeof part);
                cr_expect_str_eq(part, rows[j].zh[of], "%s", part);
                pilot_finding_part_text(&x, (pilot_finding_part)of, PILOT_ENGLISH, part, sizeof part);
                cr_expect_str_eq(part, rows[j].en[of], "%s", part);
            }
        }
        cr_expect_eq(
            pilot_finding_part_text(&x, (pilot_finding_part)4, PILOT_ENGLISH, part, sizeof part), 0);
        cr_expect_str_eq(part, "");
    }
    cr_expect_eq(seen, COUNT(rows), "%zu", seen);
    end(&f);
}

/* The record that a rule's finding is of, and where its evidence is to be written. */
typedef struct place_row {
    const char *rule, *path, *missing_path;
} place_row;

Test(report, says_where_evidence_is_to_be_written)
{
    static const char json[] =
        "{\"complete\": true, \"districts\": [{\"id\": \"360102\", \"evidence\": []}],"
        "\"communities\": [{\"id\": \"c\", \"district\": \"360102\","
        " \"offices\": [{\"area_m2\": \"100\"}, {\"route\": \"own\"}],"
        " \"assessments\": [{\"year\": 2019, \"result\": \"passed\"}],"
        " \"handovers\": [{\"service\": \"greenery\"}]},"
        " {\"id\": \"d\", \"district\": \"360102\","
        " \"assessments\": [{\"year\": 2019, \"result\": \"passed\"}]}],"
        "\"areas\": [{\"id\": \"a\", \"communities\": [\"c\", \"d\"],"
        " \"votes\": [{\"held_on\": \"2019-12-01\", \"matter\": \"hire_provider\"}],"
        " \"contracts\": [{\"signed_on\": \"2019-12-05\"}, {}],"
        " \"charges\": [{\"dwelling\": \"1\", \"service\": \"fee\", \"first\": \"2020-01\","
        " \"last\": \"2020-01\", \"amount_yuan\": \"20\"}]}]}";
    static const place_row rows[] = {
        {"quarterly_meeting", "", "/meetings"},
        {"leading_group_posts", "", "/leading_group/heads"},
        {"district_scheme", "/districts/0", "/districts/0/evidence/-"},
        {"grid_administration", "/communities/1", "/communities/1/evidence/-"},
        {"property_staff", "/communities/0", "/communities/0/workstation/property_staff"},
        {"office_area", "/communities/0", "/communities/0/offices/1/area_m2"},
        {"office_area", "/communities/1", "/communities/1/offices"},
        {"assessment_on_time", "/communities/0", "/communities/0/assessments/0/date"},
        {"reward_due", "/communities/0", "/areas/0/steps/entry"},
        {"reward_due", "/communities/1", "/areas/-"},
        {"all_steps_on_time", "/districts/0", "/areas/0/steps/selection"},
        {"selection_on_time", "/areas/0", "/areas/0/steps/selection"},
        {"chosen_by_vote", "/areas/0", "/areas/0/votes/0/decided_by"},
        {"vote_before_contract", "/areas/0", "/areas/0/contracts/1/signed_on"},
        {"contract_signatory", "/areas/0/contracts/0", "/areas/0/contracts/0/signed_by"},
        {"price_marked", "/areas/0/charges/0", "/areas/0/charges/0/price_marked"},
    };
    pilot_policy *policy = notice();
    pilot_city *city;
    pilot_report *report;
    pilot_error error;
    size_t found = 0;
    cr_assert_eq(pilot_city_parse(json, strlen(json), &city, &error), PILOT_OK, "%s", error.message);
    cr_assert_eq(pilot_check(policy, city, cases_date("2020-02-29"), &report, NULL), PILOT_OK);
    for (size_t i = 0; i < pilot_report_size(report); i++) {
        pilot_finding f;
        char path[64], missing[128], zh[256], en[256];
        cr_assert_eq(pilot_report_at(report, i, &f), PILOT_OK);
        pilot_finding_path(&f, path, sizeof path);
        const size_t length = pilot_finding_missing_path(&f, missing, sizeof missing);
        cr_expect(length == strlen(missing) && (length > 0) == (f.outcome == PILOT_UNKNOWN),
                  "%s: \"%s\"", f.rule->id, missing);
        cr_expect_eq(pilot_finding_missing_text(&f, PILOT_ENGLISH, en, sizeof en) > 0, length > 0);
        cr_expect_eq(pilot_finding_missing_text(&f, PILOT_CHINESE, zh, sizeof zh) > 0, length > 0);
        for (size_t j = 0; j < COUNT(rows); j++)
            if (strcmp(rows[j].rule, f.rule->id) == 0 && strcmp(rows[j].path, path) == 0) {
                cr_expect_str_eq(missing, rows[j].missing_path, "%s: %s", f.rule->id, missing);
                found++;
            }
        if (strcmp(missing, "/communities/0/offices/1/area_m2") == 0) {
            cr_expect_str_eq(en, "area of the property office of community c");
            cr_expect_str_eq(zh, "社区“c”的物业管理用房的面积");
        }
    }
    cr_expect_eq(found, COUNT(rows), "%zu", found);
    pilot_report_free(report);
    pilot_city_free(city);
    pilot_policy_free(policy);
}

typedef struct value_row {
    const char *rule, *path, *found_en, *found_zh, *required_en, *required_zh;
} value_row;

/* In words and with units; what a day and a list are required for is said. */
Test(report, says_values_by_themselves)
{
    static const value_row rows[] = {
        {"office_area", "/communities/2", "118.50 m²", "118.50平方米", "120.00 m²", "120.00平方米"},
        {"budget_cut", "/communities/3/handovers/2", "0.00 yuan", "0.00元", "26650.00 yuan",
         "26650.00元"},
        {"all_steps_on_time", "/districts/2", "2", "2个逾期步骤", "0 (late steps)", "0个逾期步骤"},
        {"assembly_on_time", "/areas/5", "2019-12-09", "2019年12月9日", "by 2019-11-30",
         "不晚于2019年11月30日"},
        {"vote_before_contract", "/areas/4", "not done", "尚未完成", "by 2019-12-20",
         "不晚于2019年12月20日"},
        {"remediation_items", "/areas/7", "8", "8项", "also orderly parking", "还须有车停有序"},
        {"contract_signatory", "/areas/8/contracts/0", "the residents' committee", "社区居民委员会",
         "the owners' committee", "业主委员会"},
        {"property_staff", "/communities/7", "", "", "", ""},
    };
    fixture f = begin();
    size_t found = 0;
    for (size_t i = 0; i < pilot_report_size(f.report); i++) {
        pilot_finding one;
        char path[64], text[256];
        cr_assert_eq(pilot_report_at(f.report, i, &one), PILOT_OK);
        pilot_finding_path(&one, path, sizeof path);
        for (size_t j = 0; j < COUNT(rows); j++)
            if (strcmp(rows[j].rule, one.rule->id) == 0 && strcmp(rows[j].path, path) == 0) {
                pilot_finding_part_text(&one, PILOT_FINDING_FOUND, PILOT_ENGLISH, text, sizeof text);
                cr_expect_str_eq(text, rows[j].found_en, "%s: %s", one.rule->id, text);
                pilot_finding_part_text(&one, PILOT_FINDING_FOUND, PILOT_CHINESE, text, sizeof text);
                cr_expect_str_eq(text, rows[j].found_zh, "%s: %s", one.rule->id, text);
                pilot_finding_part_text(&one, PILOT_FINDING_REQUIRED, PILOT_ENGLISH, text, sizeof text);
                cr_expect_str_eq(text, rows[j].required_en, "%s: %s", one.rule->id, text);
                const size_t length = pilot_finding_part_text(&one, PILOT_FINDING_REQUIRED,
                                                              PILOT_CHINESE, text, sizeof text);
                cr_expect_str_eq(text, rows[j].required_zh, "%s: %s", one.rule->id, text);
                cr_expect_eq(length, strlen(text));
                found++;
            }
    }
    cr_expect_eq(found, COUNT(rows), "%zu", found);
    end(&f);
}

/* A file that may not list all pilots is asked that first; what is asked of no city has no place. */
Test(report, asks_whether_the_file_is_whole)
{
    static const char json[] = "{\"districts\": [{\"id\": \"360102\"}], \"communities\": ["
                               "{\"id\": \"c\", \"district\": \"360102\", \"assessments\": [{\"year\": "
                               "2019, \"result\": \"passed\"}]},"
                               "{\"id\": \"d\", \"district\": \"360102\", \"assessments\": [{\"year\": "
                               "2019, \"result\": \"passed\"}]}],"
                               "\"areas\": [{\"id\": \"a\", \"communities\": [\"c\"]}]}";
    static const char *const reward_of[] = {"/areas/0/steps/entry", "/complete"};
    const pilot_residential_area area = {.id = "a"};
    const pilot_subject alone = {.area = &area};
    pilot_policy *policy = notice();
    pilot_city *city;
    pilot_finding f;
    char path[64];
    cr_assert_eq(pilot_city_parse(json, strlen(json), &city, NULL), PILOT_OK);
    const pilot_subject whole = {.city = city};
    cr_assert_eq(pilot_check_rule(policy, pilot_rule_find("all_districts"), &whole,
                                  cases_date("2020-02-29"), &f, NULL),
                 PILOT_OK);
    pilot_finding_missing_path(&f, path, sizeof path);
    cr_expect_str_eq(path, "/complete");
    const pilot_records *records = pilot_city_records(city);
    for (size_t i = 0; i < COUNT(reward_of); i++) {
        const pilot_subject one = {.city = city, .community = &records->communities[i]};
        cr_assert_eq(pilot_check_rule(policy, pilot_rule_find("reward_due"), &one,
                                      cases_date("2020-02-29"), &f, NULL),
                     PILOT_OK);
        pilot_finding_missing_path(&f, path, sizeof path);
        cr_expect_str_eq(path, reward_of[i]);
    }
    cr_assert_eq(pilot_check_rule(policy, pilot_rule_find("old_area"), &alone, cases_date("2020-02-29"),
                                  &f, NULL),
                 PILOT_OK);
    cr_expect_eq(f.outcome, PILOT_UNKNOWN);
    cr_expect_eq(pilot_finding_missing_path(&f, path, sizeof path), 0);
    pilot_city_free(city);
    pilot_policy_free(policy);
}

/* Of a policy that has another reading already, the notice's own is another. */
Test(report, other_readings_of_a_policy_that_has_one)
{
    fixture f = begin();
    pilot_policy *other;
    pilot_report *report;
    char *text;
    cr_assert_eq(pilot_policy_with_reading(f.policy, PILOT_READING_QUOTA_UNIT, 1, &other), PILOT_OK);
    cr_assert_eq(pilot_check(other, f.city, cases_date("2020-02-29"), &report, NULL), PILOT_OK);
    cr_assert_eq(pilot_readings_print(report, PILOT_ENGLISH, &text), PILOT_OK);
    expect_part(text, "(A-1)");
    pilot_text_free(text);
    cr_expect_eq(pilot_report_count(report, PILOT_OUTCOME_COUNT), 0);
    cr_expect_eq(pilot_report_count(report, (pilot_outcome)-1), 0);
    pilot_report_free(report);
    pilot_policy_free(other);
    end(&f);
}

/* The report under another reading differs where the notice is disputed and nowhere else. */
Test(report, other_readings_change_what_depends_on_them)
{
    fixture f = begin();
    char *text;
    cr_assert_eq(pilot_readings_print(f.report, PILOT_ENGLISH, &text), PILOT_OK);
    cr_expect_not_null(strstr(text, "one-to-one: one community per area (A-2)"));
    cr_expect_not_null(strstr(text, "the community has one residential area: breach -> not applicable"));
    cr_expect_null(strstr(text, "month_rule"), "no finding of this city depends on it: %s", text);
    size_t told = 0, changed = 0;
    for (const char *at = text; (at = strstr(at, " -> ")); at++)
        told++;
    for (int reading = 0; reading < PILOT_READING_COUNT; reading++) {
        pilot_policy *other;
        pilot_report *report;
        pilot_reading_info info;
        cr_assert_eq(pilot_reading_at((pilot_reading)reading, &info), PILOT_OK);
        for (int32_t option = 1; option < info.option_count; option++) {
            cr_assert_eq(pilot_policy_with_reading(f.policy, (pilot_reading)reading, option, &other),
                         PILOT_OK);
            cr_assert_eq(pilot_check(other, f.city, cases_date("2020-02-29"), &report, NULL), PILOT_OK);
            for (size_t i = 0; i < pilot_report_size(report); i++)
                changed += pilot_report_outcome(report, i) != pilot_report_outcome(f.report, i);
            pilot_report_free(report);
            pilot_policy_free(other);
        }
        cr_assert_eq(pilot_policy_with_reading(f.policy, (pilot_reading)reading, 1, &other), PILOT_OK);
        cr_assert_eq(pilot_check(other, f.city, cases_date("2020-02-29"), &report, NULL), PILOT_OK);
        for (size_t i = 0; i < pilot_report_size(report); i++) {
            pilot_finding x;
            bool differs = pilot_report_outcome(report, i) != pilot_report_outcome(f.report, i);
            cr_assert_eq(pilot_report_at(f.report, i, &x), PILOT_OK);
            bool depends = (x.readings & PILOT_READING_BIT(reading)) != 0;
            cr_expect(info.option_count > 2 || differs == depends, "%s: %s", info.name, x.rule->id);
            cr_expect_eq(pilot_report_difference(f.report, report, i) == i, differs);
        }
        pilot_report_free(report);
        pilot_policy_free(other);
    }
    cr_expect(told == changed && told > 10, "%zu of %zu changes are told", told, changed);
    cr_expect_eq(pilot_report_difference(f.report, f.report, 0), pilot_report_size(f.report));
    fixture again = begin();
    cr_expect_eq(pilot_report_difference(f.report, again.report, 0), pilot_report_size(f.report),
                 "reports of two cities have no finding in common");
    end(&again);
    pilot_text_free(text);
    end(&f);
}

Test(report, prints_the_breaches_first)
{
    fixture f = begin();
    char *text;
    const pilot_report_filter filter = {.outcomes = PILOT_OUTCOMES_OPEN, .district = "360103"};
    cr_assert_eq(pilot_report_print(f.report, &filter, PILOT_CHINESE, &text), PILOT_OK);
    const char *breach = strstr(text, "\n不符合\n");
    cr_assert_not_null(breach);
    cr_expect_not_null(strstr(breach, "118.50平方米"));
    cr_expect_null(strstr(text, "院二社区：社区只含"), "another district's finding");
    cr_expect_not_null(strstr(text, "\n不符合 6，"), "the heading counts what passes");
    cr_expect_not_null(strstr(text, "\n  西湖区：不符合 6，"));
    cr_expect_null(strstr(text, "东湖区"));
    pilot_text_free(text);
    cr_assert_eq(pilot_report_print(f.report, NULL, PILOT_ENGLISH, &text), PILOT_OK);
    const char *met = strstr(text, "\nmet\n"), *open = strstr(text, "\nbreach\n");
    cr_expect(open && met && open < met);
    pilot_text_free(text);
    cr_expect_eq(pilot_report_print(NULL, NULL, PILOT_ENGLISH, &text), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_readings_print(f.report, PILOT_ENGLISH, NULL), PILOT_ERROR_ARGUMENT);
    end(&f);
}

static const pilot_milestone_entry *entry_of(const pilot_timeline *t, pilot_milestone milestone)
{
    int i = 0;
    while (t->entries[i].milestone != milestone)
        i++;
    return &t->entries[i];
}

Test(report, timeline)
{
    pilot_policy *policy = notice();
    pilot_timeline t;
    pilot_vote vote = {.held_on = cases_date("2019-11-25"), .matter = PILOT_MATTER_HIRE_PROVIDER};
    pilot_community community = {.id = "c"};
    const pilot_community *of[] = {&community};
    pilot_residential_area area = {
        .branch = PILOT_BRANCH_IN_PROGRESS,
        .communities = of,
        .community_count = 1,
        .steps = {.survey = done_on("2019-07-01"),
                  .selection = done_on("2019-11-02"),
                  .preparatory_group = done_on("2019-10-20"),
                  .assembly_notice = {PILOT_ANSWER_NO, 0},
                  .assembly = {PILOT_ANSWER_NO, 0},
                  .remediation = done_on("2019-12-20")},
        .votes = &vote,
        .vote_count = 1,
    };
    cr_assert_eq(pilot_timeline_make(policy, &area, cases_date("2019-12-10"), &t, NULL), PILOT_OK);
    static const pilot_milestone_state wanted[PILOT_MILESTONE_COUNT] = {
        [PILOT_MILESTONE_SURVEY] = PILOT_MILESTONE_DONE,
        [PILOT_MILESTONE_SELECTION] = PILOT_MILESTONE_DONE,
        [PILOT_MILESTONE_PREPARATORY_GROUP] = PILOT_MILESTONE_DONE,
        [PILOT_MILESTONE_ASSEMBLY_NOTICE] = PILOT_MILESTONE_OPEN,
        [PILOT_MILESTONE_ASSEMBLY] = PILOT_MILESTONE_OVERDUE,
        [PILOT_MILESTONE_VOTE] = PILOT_MILESTONE_DONE,
        [PILOT_MILESTONE_CONTRACT] = PILOT_MILESTONE_NOT_RECORDED,
        [PILOT_MILESTONE_REMEDIATION] = PILOT_MILESTONE_OPEN, /* done on the 20th, not by the 10th */
        [PILOT_MILESTONE_ENTRY] = PILOT_MILESTONE_NOT_RECORDED,
        [PILOT_MILESTONE_ASSESSMENT] = PILOT_MILESTONE_NOT_RECORDED,
        [PILOT_MILESTONE_COMMITTEE] = PILOT_MILESTONE_NOT_RECORDED,
    };
    unsigned seen = 0;
    for (int i = 0; i < PILOT_MILESTONE_COUNT; i++) {
        const pilot_milestone_entry *e = &t.entries[i];
        cr_expect_eq(e->state, wanted[e->milestone], "%s", pilot_milestone_name(e->milestone));
        cr_expect_not_null(pilot_clause_find(e->clause));
        cr_expect_eq(e->done_on.known, wanted[e->milestone] == PILOT_MILESTONE_DONE);
        seen |= 1u << e->milestone;
    }
    cr_expect_eq(seen, (1u << PILOT_MILESTONE_COUNT) - 1, "each is there once");
    cr_expect_eq(t.entries[4].milestone, PILOT_MILESTONE_ASSEMBLY);
    cr_expect_eq(t.entries[5].milestone, PILOT_MILESTONE_COMMITTEE, "which the assembly elects");
    cr_expect_eq(t.next, PILOT_MILESTONE_ASSEMBLY_NOTICE);
    cr_expect_eq(t.entries[t.next].actor, PILOT_ACTOR_STREET);
    cr_expect_eq(entry_of(&t, PILOT_MILESTONE_ASSEMBLY)->days_late, 10);
    cr_expect_eq(entry_of(&t, PILOT_MILESTONE_SELECTION)->days_late, 1, "counted from the day in force");
    cr_expect_eq(entry_of(&t, PILOT_MILESTONE_REMEDIATION)->due.value, cases_date("2019-12-31"));
    cr_expect_not(entry_of(&t, PILOT_MILESTONE_VOTE)->due.known);

    vote.passed = PILOT_ANSWER_YES;
    vote.totals =
        (pilot_vote_totals){.all = {1000, 10}, .in_favour = {500, 6}}; /* half the area: too little */
    cr_assert_eq(pilot_timeline_make(policy, &area, cases_date("2019-12-10"), &t, NULL), PILOT_OK);
    cr_expect_eq(entry_of(&t, PILOT_MILESTONE_VOTE)->state, PILOT_MILESTONE_OPEN);
    vote.totals.in_favour.area = 501;
    cr_assert_eq(pilot_timeline_make(policy, &area, cases_date("2019-12-10"), &t, NULL), PILOT_OK);
    cr_expect_eq(entry_of(&t, PILOT_MILESTONE_VOTE)->state, PILOT_MILESTONE_DONE);

    area.branch = PILOT_BRANCH_REMEDIATED;
    cr_assert_eq(pilot_timeline_make(policy, &area, cases_date("2019-11-30"), &t, NULL), PILOT_OK);
    cr_expect_eq(entry_of(&t, PILOT_MILESTONE_REMEDIATION)->state, PILOT_MILESTONE_NOT_NEEDED);
    cr_expect_not(entry_of(&t, PILOT_MILESTONE_REMEDIATION)->due.known,
                  "what is not needed has no date");
    cr_expect_eq(entry_of(&t, PILOT_MILESTONE_ASSEMBLY)->state, PILOT_MILESTONE_OPEN,
                 "due today is not late");
    cr_expect_eq(pilot_timeline_make(policy, &area, INT32_MIN, &t, NULL), PILOT_ERROR_RANGE);
    cr_expect_eq(pilot_timeline_make(policy, NULL, 0, &t, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_null(pilot_milestone_name((pilot_milestone)PILOT_MILESTONE_COUNT));
    cr_expect_null(pilot_milestone_title((pilot_milestone)-1, PILOT_CHINESE));
    cr_expect_str_eq(pilot_milestone_title(PILOT_MILESTONE_SURVEY, PILOT_ENGLISH),
                     "survey of the residents");
    cr_expect_str_eq(pilot_milestone_state_name(PILOT_MILESTONE_OVERDUE), "overdue");
    cr_expect_str_eq(pilot_milestone_state_title(PILOT_MILESTONE_OVERDUE, PILOT_CHINESE), "已逾期");
    cr_expect_null(pilot_milestone_state_title((pilot_milestone_state)5, PILOT_CHINESE));
    cr_expect_null(pilot_milestone_state_title(PILOT_MILESTONE_OVERDUE, (pilot_language)2));
    pilot_policy_free(policy);
}

/* Names that would clear a screen, begin a line of their own or turn the rest of theirs round, and one
 * that is longer than any buffer: the report has as many lines as with plain names, and each of them
 * whole. */
Test(report, names_stay_in_their_line)
{
    static const char *const names[] = {"plain", "\\u001b[2J\\u001b[1;1H",
                                        "x\\nbreach\\r\\n  2-2      forged", "\\u202egnihton\\u2066",
                                        "\\u2028\\u0085\\u200f\\u061c\\u007f"};
    pilot_policy *policy = notice();
    size_t plain_lines[2] = {0, 0};
    for (size_t i = 0; i <= COUNT(names); i++) {
        static char name[8192], json[32768];
        memset(name, 'x', sizeof name - 1);
        pilot_city *city;
        pilot_report *report;
        pilot_error error;
        const char *n = i < COUNT(names) ? names[i] : name;
        snprintf(json, sizeof json,
                 "{\"name\": \"%s\", \"districts\": [{\"id\": \"%s\", \"name\": \"%s\"}], "
                 "\"communities\": [], \"areas\": []}",
                 n, n, n);
        cr_assert_eq(pilot_city_parse(json, strlen(json), &city, &error), PILOT_OK, "%s", error.message);
        cr_assert_eq(pilot_check(policy, city, cases_date("2020-02-29"), &report, NULL), PILOT_OK);
        for (int language = 0; language < 2; language++) {
            char *text;
            size_t lines = 0;
            cr_assert_eq(pilot_report_print(report, NULL, (pilot_language)language, &text), PILOT_OK);
            for (const char *c = text; *c; c++) {
                lines += *c == '\n';
                CHECK(*c == '\n' || ((unsigned char)*c >= 0x20 && *c != 0x7F), "%zu: byte %d", i, *c);
            }
            CHECK(!strstr(text, "\xE2\x80\xAE") && !strstr(text, "\xE2\x80\xA8") &&
                      !strstr(text, "\xC2\x85") && !strstr(text, "\xD8\x9C"),
                  "%zu", i);
            if (i == 0)
                plain_lines[language] = lines;
            CHECK(lines == plain_lines[language], "%zu: %zu lines", i, lines);
            pilot_text_free(text);
        }
        char *written;
        cr_assert_eq(pilot_city_write(city, PILOT_JSON_COMPACT, &written), PILOT_OK);
        if (i == 3)
            cr_expect_not_null(strstr(written, "\xE2\x80\xAEgnihton\xE2\x81\xA6"), "kept in JSON");
        pilot_text_free(written);
        pilot_report_free(report);
        pilot_city_free(city);
    }
    pilot_policy_free(policy);
}

/* Whether nothing is in the value of what the path leads to: of a list, in one of its records. */
static bool is_absent(const cJSON *value, const char *path)
{
    const size_t length = strcspn(path, "/");
    char key[64];
    const cJSON *item;
    if (cJSON_IsArray(value)) {
        cJSON_ArrayForEach(item, value) if (is_absent(item, path)) return true;
        return false;
    }
    snprintf(key, sizeof key, "%.*s", (int)length, path);
    item = cJSON_GetObjectItemCaseSensitive(value, key);
    return !item || (path[length] && is_absent(item, path + length + 1));
}

/* Whether the place is one that the path leads to from the record on, in the file itself: through the
 * first of a list's records in which what is asked for is absent, or its first, as far as there are any.
 */
static bool leads_to(const cJSON *value, const char *path, const char *place)
{
    while (*place == '/') {
        const size_t length = strcspn(path, "/");
        if (strncmp(place + 1, path, length) != 0)
            return false;
        char key[64];
        snprintf(key, sizeof key, "%.*s", (int)length, path);
        value = value ? cJSON_GetObjectItemCaseSensitive(value, key) : NULL;
        place += 1 + length;
        path += length;
        if (*path)
            path++;
        if (strcmp(place, "/-") == 0) /* where a value may be added */
            return !value || !*path || cJSON_GetArraySize(value) == 0;
        if (!*place)
            return !*path || !value;
        if (cJSON_IsArray(value)) {
            int wanted = 0, index = 0, end = 0;
            while (wanted < cJSON_GetArraySize(value) &&
                   !is_absent(cJSON_GetArrayItem(value, wanted), path))
                wanted++;
            if (wanted == cJSON_GetArraySize(value))
                wanted = 0;
            if (sscanf(place, "/%d%n", &index, &end) != 1 || index != wanted)
                return false;
            value = cJSON_GetArrayItem(value, index);
            place += end;
        }
    }
    return !*place;
}

static const cJSON *in_file(const cJSON *value, const char *place)
{
    while (value && *place == '/') {
        char key[64];
        const size_t length = strcspn(place + 1, "/");
        snprintf(key, sizeof key, "%.*s", (int)length, place + 1);
        value = cJSON_IsArray(value) ? cJSON_GetArrayItem(value, atoi(key))
                                     : cJSON_GetObjectItemCaseSensitive(value, key);
        place += 1 + length;
    }
    return value;
}

typedef struct asked {
    pilot_finding f;
    const cJSON *file;
    char at[64]; /* the finding's own record */
    size_t count;
} asked;

/* Of the finding's record, of what that lies in, or of the city. */
static void check_place(asked *a, const char *path, bool deep)
{
    char place[256], text[512], base[64];
    size_t length = strlen(a->at);
    bool right = false;
    a->f.missing = path;
    if (deep) {
        CHECK(!pilot_finding_missing_path(&a->f, place, sizeof place), "%s: %s", path, place);
        return;
    }
    pilot_finding_missing_path(&a->f, place, sizeof place);
    snprintf(base, sizeof base, "%s", a->at);
    for (bool more = true; more && !right; base[length] = '\0') {
        right =
            strncmp(place, base, length) == 0 && leads_to(in_file(a->file, base), path, place + length);
        more = length > 0;
        while (length && base[--length] != '/')
            continue;
    }
    right = right || (strcmp(place, "/complete") == 0 && !strchr(path, '/'));
    CHECK(right, "%s of \"%s\": %s", path, a->at, place);
    CHECK(pilot_finding_missing_text(&a->f, PILOT_CHINESE, text, sizeof text) && cases_is_chinese(text),
          "%s: %s", path, text);
    CHECK(pilot_finding_missing_text(&a->f, PILOT_ENGLISH, text, sizeof text) && *text, "%s", path);
    a->count++;
}

/* Of a word that is a key of an answer: what has to be so, and not the key. */
static void check_answer(asked *a, const char *key)
{
    char text[512];
    a->f.required = (pilot_value){.kind = PILOT_VALUE_WORD, .word = key};
    pilot_finding_part_text(&a->f, PILOT_FINDING_REQUIRED, PILOT_CHINESE, text, sizeof text);
    CHECK(cases_is_chinese(text) && !strstr(text, key), "%s: %s", key, text);
    pilot_finding_part_text(&a->f, PILOT_FINDING_REQUIRED, PILOT_ENGLISH, text, sizeof text);
    CHECK(*text && !strchr(text, '"') && !strstr(text, "whether"), "%s: %s", key, text);
}

static void check_places(asked *a, const record *type, const char *above, int depth)
{
    for (size_t i = 0; i < type->field_count; i++) {
        const field *f = &type->fields[i];
        char path[128];
        snprintf(path, sizeof path, "%s%s%s", above, *above ? "/" : "", f->key);
        check_place(a, path, depth > 4);
        if (f->kind == FIELD_ANSWER && depth <= 4)
            check_answer(a, path);
        if (f->kind == FIELD_RECORD || f->kind == FIELD_LIST)
            check_places(a, f->of, path, depth + 1);
    }
}

/* Whatever a rule may come to read: every field of every record, asked for by a rule of each scope. */
Test(report, any_evidence_has_a_place)
{
    fixture f = begin();
    asked a = {.count = 0};
    char *text;
    cr_assert_eq(pilot_city_write(f.city, PILOT_JSON_COMPACT, &text), PILOT_OK);
    cJSON *file = cJSON_Parse(text);
    a.file = file;
    uint32_t done = 0;
    for (size_t i = 0; i < pilot_report_size(f.report); i++) {
        const pilot_scope scope = pilot_report_rule(f.report, i)->scope;
        if (i % 7 || done >> (2 * scope) & 2)
            continue;
        done += UINT32_C(1) << (2 * scope);
        cr_assert_eq(pilot_report_at(f.report, i, &a.f), PILOT_OK);
        a.f.missing_of = NULL;
        pilot_finding_path(&a.f, a.at, sizeof a.at);
        check_places(&a, pilot_record_of(scope), "", 1);
    }
    cr_expect_gt(a.count, 500, "%zu", a.count);
    cJSON_Delete(file);
    pilot_text_free(text);
    end(&f);
}

static void expect_place(const pilot_finding *f, const char *wanted)
{
    char place[128];
    pilot_finding_missing_path(f, place, sizeof place);
    cr_expect_str_eq(place, wanted, "%s", place);
}

/* What a caller fills in otherwise than a report does is told as far as it can be. */
Test(report, findings_that_a_caller_made)
{
    fixture f = begin();
    const pilot_rule none = {.id = "none", .zh = "无", .en = "none"};
    const pilot_records *r = pilot_city_records(f.city);
    const pilot_residential_area copy = r->areas[0];
    char text[256];
    pilot_finding x = {.rule = pilot_rule_find("office_area"),
                       .clause = "no such clause",
                       .outcome = PILOT_UNKNOWN,
                       .subject = {.city = f.city, .community = &r->communities[1]},
                       .missing = "offices/area_m2"};
    expect_place(&x, "/communities/1/offices/0/area_m2");
    x.missing_of = "an office, which has no id";
    expect_place(&x, "/communities/1/offices/0/area_m2");
    x.missing = "areas/steps/entry";
    x.missing_of = r->areas[3].id;
    expect_place(&x, "/areas/3/steps/entry");
    x.missing_of = "no such area";
    expect_place(&x, "/areas/0/steps/entry");
    x.subject.city = NULL;
    expect_place(&x, "");
    pilot_finding_missing_text(&x, PILOT_ENGLISH, text, sizeof text);
    cr_expect(strstr(text, "no such area"), "%s", text);
    x.missing = "communities/assessments";
    pilot_finding_missing_text(&x, PILOT_ENGLISH, text, sizeof text);
    cr_expect(strstr(text, "no such area"), "%s", text);
    x = (pilot_finding){.rule = pilot_rule_find("contract_signatory"),
                        .subject = {.city = f.city, .area = &copy, .contract = copy.contracts},
                        .missing = "signed_by"};
    cr_assert(copy.contract_count > 0);
    expect_place(&x, ""); /* of an area that the city does not have */
    x.subject.area = r->areas;
    expect_place(&x, "/areas/0/contracts/0/signed_by");
    const pilot_finding good = {.rule = x.rule, .clause = "4.3-1", .outcome = PILOT_MET};
    char *json = NULL;
    cr_assert_eq(pilot_finding_write(&good, PILOT_JSON_COMPACT, &json), PILOT_OK);
    pilot_text_free(json);
    const pilot_finding bad[] = {
        {.rule = x.rule, .clause = "4.3-1", .outcome = (pilot_outcome)99},
        {.rule = x.rule, .clause = "4.3-1", .due = {INT32_MAX, true}},
        {.rule = x.rule, .clause = "4.3-1", .found = {.kind = (pilot_value_kind)99}},
    };
    const pilot_status wanted[] = {PILOT_ERROR_RANGE, PILOT_ERROR_RANGE, PILOT_ERROR_ARGUMENT};
    for (size_t i = 0; i < COUNT(bad); i++) {
        json = NULL;
        const pilot_status status = pilot_finding_write(&bad[i], PILOT_JSON_COMPACT, &json);
        cr_expect(status == wanted[i] && !json, "%zu: %s", i, pilot_status_name(status));
    }
    x.rule = &none;
    x.outcome = PILOT_BREACH;
    x.found = x.required = (pilot_value){.kind = PILOT_VALUE_WORD, .word = "meets_code"};
    expect_place(&x, "");
    cr_expect_eq(pilot_finding_text(&x, PILOT_ENGLISH, text, sizeof text), 0);
    cr_expect_eq(pilot_finding_part_text(&x, PILOT_FINDING_FOUND, PILOT_ENGLISH, text, sizeof text), 0);
    cr_expect_eq(pilot_finding_missing_text(&x, PILOT_ENGLISH, text, sizeof text), 0);
    pilot_finding_next(&x, PILOT_ENGLISH, text, sizeof text);
    cr_expect_str_eq(text, "the bodies concerned: correct it", "%s", text);
    x.subject = (pilot_subject){.district = r->districts};
    x.actors = PILOT_ACTOR_BIT(PILOT_ACTOR_DISTRICT_FINANCE);
    pilot_finding_next(&x, PILOT_ENGLISH, text, sizeof text);
    cr_expect(strstr(text, r->districts->name) && strstr(text, ": correct it"), "%s", text);
    end(&f);
}

/* A policy may pay nothing: then nothing is owed, and no count of dwellings is lacking. */
Test(report, without_rates_nothing_is_due)
{
    fixture f = begin();
    pilot_policy *none = with_rates(NULL, 0);
    pilot_report *report;
    size_t count = 0;
    cr_assert_eq(pilot_check(none, f.city, cases_date("2021-02-28"), &report, NULL), PILOT_OK);
    for (size_t i = 0; i < pilot_report_size(report); i++) {
        const char *rule = pilot_report_rule(report, i)->id;
        const pilot_outcome outcome = pilot_report_outcome(report, i);
        pilot_finding x;
        if (strcmp(rule, "reward_due") != 0 && strcmp(rule, "reward_budget") != 0)
            continue;
        cr_assert_eq(pilot_report_at(report, i, &x), PILOT_OK);
        cr_expect(outcome != PILOT_BREACH && outcome != PILOT_PENDING, "%s: %s", rule,
                  pilot_outcome_name(outcome));
        cr_expect(!x.missing || !strstr(x.missing, "households"), "%s: %s", rule, x.missing);
        count++;
    }
    cr_expect_gt(count, 10);
    pilot_report_free(report);
    pilot_policy_free(none);
    end(&f);
}
