/* A city held against the notice: reports, single rules, what is lacking, awards, timelines. */
#include "call.h"

#include "city/city_internal.h"
#include "duty/duty_internal.h"
#include "notice/clause_internal.h"
#include "notice/policy_internal.h"
#include "pilot/timeline.h"
#include "report/report_internal.h"
#include "rules/subject.h"

#define PART_FIELDS                                                                                     \
    OPTIONAL(call_request, outcomes, "outcomes", WORDS, NULL, "只取这些结论，不填为全部",               \
             "findings of these outcomes; left out: of all", .of = &pilot_outcome_words),               \
        OPTIONAL(call_request, clause, "clause", TEXT, NULL, "只取该条款或章节",                        \
                 "of this clause or section"),                                                          \
        OPTIONAL(call_request, district, "district", TEXT, NULL, "只取该城区及其下属",                  \
                 "of this district, by id, and what lies in it"),                                       \
        OPTIONAL(call_request, community, "community", TEXT, NULL, "只取该社区及其下属",                \
                 "of this community, by id, and what lies in it")
static const field check_fields[] = {CALL, POLICY, CITY, AS_OF, PART_FIELDS};
static const record check_request = REQUEST(check_fields);

static pilot_report_filter filter_of(const call_request *r)
{
    return (pilot_report_filter){.outcomes = r->outcomes,
                                 .clause = r->clause,
                                 .district = r->district,
                                 .community = r->community};
}

/* The request's, or that of the report that is given. */
static const pilot_city *city_of(const call_request *r)
{
    return r->city.made ? r->city.made : pilot_report_city(r->report);
}

/* What is given beside the request, or a report made for it, which *made becomes. */
static pilot_status report_of(calling *c, const pilot_report **report, pilot_report **made)
{
    const call_request *r = &c->request;
    const bool given = r->report && !r->city.text.text && !r->policy.text.text &&
                       r->as_of == pilot_report_receipt(r->report)->as_of.value;
    pilot_error error;
    *made = NULL;
    *report = r->report;
    if (given)
        return PILOT_OK;
    const pilot_policy *policy = pilot_call_policy(c);
    const pilot_city *city = city_of(r);
    if (!policy)
        return PILOT_ERROR_MEMORY;
    const pilot_status status = pilot_check_until(policy, city, r->as_of, c->from.stop, made, &error);
    *report = *made;
    return status == PILOT_OK ? status : pilot_call_refused(c, status, &error, "");
}

static pilot_status check(calling *c, char **text)
{
    const pilot_report_filter filter = filter_of(&c->request);
    const pilot_report *report;
    pilot_report *made;
    pilot_status status = report_of(c, &report, &made);
    if (status == PILOT_OK)
        status = pilot_report_write_until(report, &filter, PILOT_JSON_COMPACT, c->from.stop, text);
    pilot_report_free(made);
    return status;
}

/* Evidence that is missing, and what it would decide. */
typedef struct needed_document {
    const char *rule, *clause;
    char subject[64], path[256];
    char missing[256];
    char zh[512], en[512];
    uint32_t who;
} needed_document;
static const field needed_fields[] = {
    CHARS(
        needed_document, path, "path", NULL, "应填写的位置，城市数据文件中",
        "where to write it, a JSON pointer into the city file; one that ends in \"-\" is of one record "
        "more"),
    CHARS(needed_document, missing, "missing", NULL, "所缺的字段", "the key that is not there"),
    CHARS(needed_document, zh, "zh", NULL, "所缺的是什么，中文", "what it is, in Chinese"),
    CHARS(needed_document, en, "en", NULL, "所缺的是什么，英文", "what it is, in English"),
    REQUIRED(needed_document, rule, "rule", TEXT, NULL, "待此判定的规则", "the rule that waits for it"),
    REQUIRED(needed_document, clause, "clause", TEXT, NULL, "依据条款", "its clause"),
    CHARS(needed_document, subject, "subject", NULL, "规则所问的记录",
          "the record that the rule is asked of"),
    OPTIONAL(needed_document, who, "who", WORDS, NULL, "可提供的单位", "the bodies that can supply it",
             .of = &pilot_actor_words),
};
static const record needed_record =
    RECORD("needed", needed_document, needed_fields, "一项所缺的证据", "evidence that is missing");

LISTED(needed, "needed", needed_record, "所缺的证据，每条待定结论一项",
       "for each finding that is unknown, in the order of the report");

static void say_needed(const pilot_finding *f, needed_document *d)
{
    d->rule = f->rule->id;
    d->clause = f->clause;
    pilot_finding_path(f, d->subject, sizeof d->subject);
    pilot_finding_missing_path(f, d->path, sizeof d->path);
    pilot_finding_missing(f, d->missing, sizeof d->missing);
    pilot_finding_missing_text(f, PILOT_CHINESE, d->zh, sizeof d->zh);
    pilot_finding_missing_text(f, PILOT_ENGLISH, d->en, sizeof d->en);
    d->who = pilot_finding_actors(f);
}

static pilot_status list_needed(calling *c, const pilot_report *report, char **text)
{
    pilot_report_filter filter = filter_of(&c->request);
    filter.outcomes = UINT32_C(1) << PILOT_UNKNOWN;
    const size_t size = pilot_report_size(report);
    needed_document *items =
        pilot_arena_take(&c->memory, pilot_report_count(report, PILOT_UNKNOWN), sizeof *items);
    listed all = {items, 0};
    pilot_finding f;
    if (!items)
        return pilot_no_memory(&c->to);
    for (size_t i = pilot_report_next(report, 0, &filter); i < size;
         i = pilot_report_next(report, i + 1, &filter))
        if (pilot_report_at(report, i, &f) == PILOT_OK)
            say_needed(&f, &items[all.count++]);
    return pilot_call_give(c, &needed_list, &all, text);
}

static pilot_status needed(calling *c, char **text)
{
    const pilot_report *report;
    pilot_report *made;
    pilot_status status = report_of(c, &report, &made);
    if (status == PILOT_OK)
        status = list_needed(c, report, text);
    pilot_report_free(made);
    return status;
}

static pilot_status digest(calling *c, char **text)
{
    const pilot_report_filter filter = filter_of(&c->request);
    const pilot_report *report;
    pilot_report *made;
    pilot_status status = report_of(c, &report, &made);
    if (status == PILOT_OK)
        status = pilot_call_digest(c, report, &filter, text);
    pilot_report_free(made);
    return status;
}

static const field check_rule_fields[] = {
    CALL,
    POLICY,
    REQUIRED(call_request, rule, "rule", TEXT, NULL, "规则编号", "id of the rule"),
    ANY_JSON(of.record, "record", true, "规则所问的记录，如城市数据文件中所写",
             "the record that it is asked of, as it stands in a city file"),
    ANY_JSON(of.area, "area", false, "记录所在的居民区", "the area that it lies in"),
    ANY_JSON(of.community, "community", false, "记录所在的社区", "the community that it lies in"),
    ANY_JSON(of.district, "district", false, "记录所在的城区", "the district that it lies in"),
    ANY_JSON(of.city, "city", false, "城市的其他记录", "other records of the city"),
    AS_OF,
};
static const record check_rule_request = REQUEST(check_rule_fields);

/* An error's place is within the record, or begins with the name of another. */
static const char *member_of(const pilot_error *error)
{
    static const char *const others[] = {"/area", "/community", "/district", "/city", "/as_of"};
    for (size_t i = 0; i < FIELD_COUNT_OF(others); i++) {
        const size_t length = strlen(others[i]);
        if (strncmp(error->path, others[i], length) == 0 && strchr("/", error->path[length]))
            return "";
    }
    return "record";
}

static pilot_status check_rule(calling *c, char **text)
{
    const call_request *r = &c->request;
    const pilot_rule *rule = pilot_rule_find(r->rule);
    const pilot_policy *policy = pilot_call_policy(c);
    const pilot_rule_records records = {r->of.record, r->of.area, r->of.community, r->of.district,
                                        r->of.city};
    pilot_city *city = NULL;
    pilot_finding finding;
    pilot_error error;
    if (!policy)
        return PILOT_ERROR_MEMORY;
    if (!rule)
        return pilot_call_not_found(c, "rule", r->rule, "没有这条规则", "there is no such rule");
    pilot_status status =
        pilot_check_rule_text(policy, rule, &records, r->as_of, &city, &finding, &error);
    if (status != PILOT_OK)
        return pilot_call_refused(c, status, &error, member_of(&error));
    status = pilot_finding_write(&finding, PILOT_JSON_COMPACT, text);
    pilot_city_free(city);
    return status;
}

static const field city_award_fields[] = {CALL, POLICY, CITY,
                                          OPTIONAL(call_request, community, "community", TEXT, NULL,
                                                   "社区编号，不填为全市",
                                                   "id of a community; left out: the whole city"),
                                          AS_OF};
static const record city_award_request = REQUEST(city_award_fields);

typedef struct city_award_document {
    pilot_award_sum sum;
    int64_t areas, areas_unknown;
    const pilot_award_year *years;
    size_t year_count;
    pilot_award_range range;
} city_award_document;

static const field year_fields[] = {
    REQUIRED(pilot_award_year, year, "year", YEAR, NULL, "年份", "the calendar year"),
    REQUIRED(pilot_award_year, total, "total_yuan", MONEY, "4.4.1-6", "应付总额", "payable"),
    REQUIRED(pilot_award_year, city, "city_yuan", MONEY, "4.4.1-8", "市级承担额", "the city's part"),
    REQUIRED(pilot_award_year, district, "district_yuan", MONEY, "4.4.1-8", "区级承担额",
             "the district's part"),
    REQUIRED(pilot_award_year, withheld, "withheld_yuan", MONEY, "4.4.1-2", "不予发放金额", "held back"),
};
static const record year_record =
    RECORD("years", pilot_award_year, year_fields, "一年的奖励", "the awards of a year");

static const field city_award_result_fields[] = {
    REQUIRED(city_award_document, sum.award.receipt, "receipt", RECORD, NULL, "结果出处",
             "where it comes from", .of = &pilot_receipt_record),
    REQUIRED(city_award_document, sum.award.total, "total_yuan", MONEY, "4.4.1-6", "应付总额",
             "payable in all"),
    REQUIRED(city_award_document, sum.award.city, "city_yuan", MONEY, "4.4.1-8", "市级承担额",
             "the city's part"),
    REQUIRED(city_award_document, sum.award.district, "district_yuan", MONEY, "4.4.1-8", "区级承担额",
             "the district's part"),
    REQUIRED(city_award_document, sum.award.withheld, "withheld_yuan", MONEY, "4.4.1-2", "不予发放金额",
             "held back"),
    REQUIRED(city_award_document, areas, "areas", COUNT, NULL, "计入的居民区数", "areas in the sum"),
    REQUIRED(city_award_document, areas_unknown, "areas_unknown", COUNT, NULL,
             "因缺少证据未计入的居民区数", "left out, as evidence is missing"),
    REQUIRED(city_award_document, sum.quantity[PILOT_PER_HOUSEHOLD], "households", COUNT, "4.4.1-6",
             "所计户数", "households that their last months are paid for"),
    REQUIRED(city_award_document, sum.quantity[PILOT_PER_SQUARE_METRE], "building_area_m2", AREA,
             "4.4.1-6", "所计建筑面积", "likewise"),
    REQUIRED(city_award_document, sum.quantity[PILOT_PER_COMMUNITY], "communities", COUNT, "4.4.1-6",
             "所计社区数", "likewise"),
    SEVERAL(city_award_document, years, year_count, "years", LIST, "4.4.1-4", "分年奖励",
            "by calendar year", .of = &year_record),
    REQUIRED(city_award_document, range, "range", RECORD, NULL, "各读法下的范围",
             "under every combination of the readings that bear on it", .of = &pilot_award_range_record),
};
static const record city_award_record =
    RECORD("city_award", city_award_document, city_award_result_fields, "若干居民区的奖励合计",
           "the awards of several areas together");

static pilot_status city_award(calling *c, char **text)
{
    const call_request *r = &c->request;
    const pilot_policy *policy = pilot_call_policy(c);
    const pilot_city *city = city_of(r);
    const pilot_community *of = r->community ? pilot_city_find_community(city, r->community) : NULL;
    city_award_document d = {.areas = 0};
    pilot_error error;
    if (!policy)
        return PILOT_ERROR_MEMORY;
    if (r->community && !of)
        return pilot_call_not_found(c, "community", r->community, "城市没有这个社区",
                                    "the city has no community of this id");
    d.year_count = pilot_policy_years(policy, NULL);
    pilot_award_year *years = pilot_arena_take(&c->memory, d.year_count, sizeof *years);
    if (!years)
        return pilot_no_memory(&c->to);
    pilot_status status = pilot_city_award_until(policy, city, of, r->as_of, c->from.stop, &d.sum, years,
                                                 d.year_count, &error);
    if (status == PILOT_OK)
        status =
            pilot_city_award_range_until(policy, city, of, r->as_of, c->from.stop, &d.range, &error);
    if (status != PILOT_OK)
        return pilot_call_refused(c, status, &error, "");
    d.years = years;
    d.areas = (int64_t)d.sum.areas;
    d.areas_unknown = (int64_t)d.sum.areas_unknown;
    return pilot_call_give(c, &city_award_record, &d, text);
}

static const field timeline_fields[] = {
    CALL, POLICY, CITY, REQUIRED(call_request, area, "area", TEXT, NULL, "居民区编号", "id of the area"),
    AS_OF};
static const record timeline_request = REQUEST(timeline_fields);

static const field entry_fields[] = {
    REQUIRED(pilot_milestone_entry, milestone, "milestone", WORD, NULL, "步骤", "what has to happen",
             .of = &pilot_milestone_words),
    REQUIRED(pilot_milestone_entry, state, "state", WORD, NULL, "状态", "whether it has",
             .of = &pilot_milestone_state_words),
    OPTIONAL(pilot_milestone_entry, done_on, "done_on", DATE, NULL, "完成日期", "the day it was done"),
    OPTIONAL(pilot_milestone_entry, due, "due", DATE, NULL, "截止日期", "by the policy"),
    OPTIONAL(pilot_milestone_entry, days_late, "days_late", NUMBER, NULL, "逾期天数",
             "days after its due day"),
    OPTIONAL(pilot_milestone_entry, actor, "actor", WORD, NULL, "责任单位", "who has to act",
             .of = &pilot_actor_words),
    OPTIONAL(pilot_milestone_entry, clause, "clause", TEXT, NULL, "依据条款", "that asks for it"),
};
static const record entry_record =
    RECORD("entries", pilot_milestone_entry, entry_fields, "一个步骤", "a step of an area");

LISTED(timeline, "entries", entry_record, "各步骤，按应发生的次序",
       "the steps, in the order in which they have to happen");

static pilot_status timeline(calling *c, char **text)
{
    const call_request *r = &c->request;
    const pilot_policy *policy = pilot_call_policy(c);
    const pilot_city *city = city_of(r);
    const pilot_residential_area *area = pilot_city_find_area(city, r->area);
    pilot_timeline made;
    pilot_error error;
    if (!policy)
        return PILOT_ERROR_MEMORY;
    if (!area)
        return pilot_call_not_found(c, "area", r->area, "城市没有这个居民区",
                                    "the city has no area of this id");
    const pilot_status status = pilot_timeline_make(policy, area, r->as_of, &made, &error);
    const listed d = {made.entries, PILOT_MILESTONE_COUNT};
    return status == PILOT_OK ? pilot_call_give(c, &timeline_list, &d, text)
                              : pilot_call_refused(c, status, &error, "");
}

static const field city_fields[] = {CALL, CITY};
static const record city_request = REQUEST(city_fields);

static pilot_status city(calling *c, char **text)
{
    return pilot_document_write(PILOT_SCHEMA_CITY, c->request.city.made, PILOT_JSON_COMPACT,
                                c->from.stop, text);
}

static const call_row rows[] = {
    {"check", &check_request, DOCUMENT_OF(REPORT), check, "以方案的规则检查城市数据",
     "a city's records held against the notice's rules"},
    {"check_rule", &check_rule_request, NULL, &pilot_finding_record, check_rule,
     "以一条规则检查一个记录", "one rule, one record"},
    {"digest", &check_request, NULL, &pilot_digest_record, digest, "检查报告的紧凑写法，供网页使用",
     "the report of \"check\" in few bytes, for pages"},
    {"needed", &check_request, NULL, &needed_list, needed, "尚缺哪些证据", "what evidence is missing"},
    {"city_award", &city_award_request, NULL, &city_award_record, city_award, "全市或一个社区的奖励合计",
     "the awards of a city or a community"},
    {"timeline", &timeline_request, NULL, &timeline_list, timeline, "居民区的进度",
     "an area's timeline"},
    {"city", &city_request, DOCUMENT_OF(CITY), city, "城市数据的规范写法",
     "a city file in canonical form"},
};
const call_rows pilot_city_calls = {rows, FIELD_COUNT_OF(rows)};
