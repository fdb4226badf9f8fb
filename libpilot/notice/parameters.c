/* The notice's numbers, and what a policy's parameters are. */
#include "policy_internal.h"

#include "base/base_internal.h"
#include "clause_internal.h"
#include "record/fields.h"
#include "record/index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const pilot_policy_district districts[] = {
    {"360102", "东湖区"}, {"360103", "西湖区"},   {"360104", "青云谱区"},
    {"360105", "湾里区"}, {"360111", "青山湖区"},
};

/* Made known by the province on 2019-12-24, carried out on 2020-06-28. */
static const pilot_succession successions[] = {
    {"360105", "360112", PILOT_DATE(2020, 6, 28), {PILOT_DATE(2019, 12, 24), true}}};

static const pilot_rate rates[] = {
    {PILOT_MONTH(2019, 1), PILOT_MONTH(2021, 12), PILOT_YUAN_PER(18, 0000), PILOT_PER_HOUSEHOLD},
    {PILOT_MONTH(2022, 1), PILOT_MONTH(2022, 12), PILOT_YUAN_PER(12, 0000), PILOT_PER_HOUSEHOLD},
    {PILOT_MONTH(2023, 1), PILOT_MONTH(2023, 12), PILOT_YUAN_PER(6, 0000), PILOT_PER_HOUSEHOLD},
};

#define MORE_THAN(n, d)                                                                                 \
    {                                                                                                   \
        {n, d}, PILOT_MORE_THAN                                                                         \
    }
#define AT_LEAST(n, d)                                                                                  \
    {                                                                                                   \
        {n, d}, PILOT_AT_LEAST                                                                          \
    }
/* Area and heads have the same threshold in both laws. */
#define TERMS(participation, approval, of)                                                              \
    {                                                                                                   \
        {participation, participation, approval, approval}, of                                          \
    }

/* Of the Property Law's matters the fund and rebuilding are special, raising and spending alike; doing
 * business with common parts is one of "other matters" (SPC interpretation of 2009, art. 7), which are
 * ordinary. The Civil Code made spending the fund ordinary and that business special. */
static const pilot_vote_rule vote_rules[] = {
    {
        .id = "property-law",
        .law = "《物权法》第七十六条、《物业管理条例》第十二条",
        .first = PILOT_DATE(2007, 10, 1),
        .special_matters = PILOT_MATTER_BIT(PILOT_MATTER_USE_FUND) |
                           PILOT_MATTER_BIT(PILOT_MATTER_RAISE_FUND) |
                           PILOT_MATTER_BIT(PILOT_MATTER_REBUILD),
        .terms = {[PILOT_ORDINARY] = TERMS(MORE_THAN(1, 2), MORE_THAN(1, 2), PILOT_OF_ALL),
                  [PILOT_SPECIAL] = TERMS(MORE_THAN(1, 2), AT_LEAST(2, 3), PILOT_OF_ALL)},
    },
    {
        .id = "civil-code",
        .law = "《民法典》第二百七十八条",
        .first = PILOT_DATE(2021, 1, 1),
        .special_matters = PILOT_MATTER_BIT(PILOT_MATTER_RAISE_FUND) |
                           PILOT_MATTER_BIT(PILOT_MATTER_REBUILD) |
                           PILOT_MATTER_BIT(PILOT_MATTER_USE_COMMON_PARTS),
        .terms = {[PILOT_ORDINARY] = TERMS(AT_LEAST(2, 3), MORE_THAN(1, 2), PILOT_OF_PARTICIPATING),
                  [PILOT_SPECIAL] = TERMS(AT_LEAST(2, 3), AT_LEAST(3, 4), PILOT_OF_PARTICIPATING)},
    },
};

const pilot_parameters pilot_nanchang_2019 = {
    .id = "nanchang-2019",
    .name_zh = "南昌市老旧居民区物业服务试点(2019年)",
    .name_en = "Nanchang pilot of property services for old residential areas (2019)",
    .issued = PILOT_DATE(2019, 11, 1),
    .published = PILOT_DATE(2019, 11, 4),
    .pilot_year = 2019,
    .districts = districts,
    .district_count = sizeof districts / sizeof *districts,
    .successions = successions,
    .succession_count = sizeof successions / sizeof *successions,
    .communities_per_district = 2,
    .leading_group_heads = 1,
    .leading_group_deputies = 3,
    .leading_group_members = 15,
    .workstation_min_staff = 1,
    .office_min_area = PILOT_M2(120, 00),
    .grid_departments = PILOT_ACTOR_BIT(PILOT_ACTOR_PUBLIC_SECURITY_BUREAU) |
                        PILOT_ACTOR_BIT(PILOT_ACTOR_FIRE_BRIGADE) |
                        PILOT_ACTOR_BIT(PILOT_ACTOR_CITY_MANAGEMENT_BUREAU) |
                        PILOT_ACTOR_BIT(PILOT_ACTOR_ENVIRONMENT_BUREAU),
    .transfer_tolerance = 0,
    .assembly_notice_days = 15,
    .selection_due = PILOT_DATE(2019, 8, 31),
    .remediation_due = PILOT_DATE(2019, 12, 31),
    .assembly_due = PILOT_DATE(2019, 11, 30),
    .vote_rules = vote_rules,
    .vote_rule_count = sizeof vote_rules / sizeof *vote_rules,
    .entry_due = PILOT_DATE(2019, 12, 31),
    .assessment_due = PILOT_DATE(2020, 2, 29),
    .rates = rates,
    .rate_count = sizeof rates / sizeof *rates,
    .city_share = {1, 2},
    .payment_days = 0,
    .rounding = PILOT_HALF_UP,
};

/* An id that a receipt has room for. */
static pilot_status check_id(const checker *c, const record_place *at, const char *id, size_t size)
{
    const record_place member = pilot_member(at, "id");
    if (strlen(id) < size)
        return PILOT_OK;
    return pilot_refuse(c->to, &member, PILOT_ERROR_RANGE, id, "编号为1至47个字节",
                        "such an id has 1 to 47 bytes");
}

_Static_assert(PILOT_LAW_SIZE == 48 && sizeof((pilot_receipt *)0)->policy == 48,
               "a sentence names this number");

static pilot_status check_rates(const checker *c, const record_place *at, const pilot_parameters *p)
{
    const record_place list = pilot_member(at, "rates");
    pilot_text text;
    for (size_t i = 1; i < p->rate_count; i++) {
        const record_place rate = {&list, NULL, i}, first = pilot_member(&rate, "first");
        if (p->rates[i].first > p->rates[i - 1].last)
            continue;
        pilot_status status = pilot_refuse(
            c->to, &first, PILOT_ERROR_INCONSISTENT, pilot_month_text(p->rates[i].first, &text),
            "标准按时间先后排列且不重叠，而前一项标准此时仍有效",
            "rates are in date order and do not overlap, and the rate before still holds "
            "then");
        if (pilot_ends(c->to, status))
            return status;
    }
    return PILOT_OK;
}

static pilot_status check_vote_rules(const checker *c, const record_place *at, const pilot_parameters *p)
{
    const record_place list = pilot_member(at, "vote_rules");
    pilot_text text;
    for (size_t i = 1; i < p->vote_rule_count; i++) {
        const record_place rule = {&list, NULL, i}, first = pilot_member(&rule, "first");
        if (p->vote_rules[i].first > p->vote_rules[i - 1].first)
            continue;
        pilot_status status = pilot_refuse(
            c->to, &first, PILOT_ERROR_INCONSISTENT, pilot_date_text(p->vote_rules[i].first, &text),
            "表决规则按时间先后排列，每一项的起始日都晚于前一项",
            "vote rules are in date order, each from a later day than the one before");
        if (pilot_ends(c->to, status))
            return status;
    }
    return PILOT_OK;
}

static pilot_status check_vote_rule(const checker *c, const record_place *at, const void *item)
{
    return check_id(c, at, ((const pilot_vote_rule *)item)->id, PILOT_LAW_SIZE);
}

static pilot_status check_published(const checker *c, const record_place *at, const pilot_parameters *p)
{
    const record_place published = pilot_member(at, "published");
    pilot_text text;
    if (p->published >= p->issued)
        return PILOT_OK;
    return pilot_refuse(c->to, &published, PILOT_ERROR_INCONSISTENT,
                        pilot_date_text(p->published, &text), "通知不会在印发之前公布",
                        "a notice is not published before its issue");
}

/* Whether a member of the parameters has no problem by itself. */
#define GOOD(member) pilot_is_good(c, &pilot_policy_record, offsetof(pilot_parameters, member))

static pilot_status check_parameters(const checker *c, const record_place *at, const void *item)
{
    const pilot_parameters *p = item;
    pilot_status status = PILOT_OK;
    if (GOOD(id))
        status = check_id(c, at, p->id, sizeof((pilot_receipt *)0)->policy);
    if (!pilot_ends(c->to, status) && GOOD(issued) && GOOD(published))
        status = check_published(c, at, p);
    if (!pilot_ends(c->to, status) && GOOD(rates))
        status = check_rates(c, at, p);
    if (!pilot_ends(c->to, status) && GOOD(vote_rules))
        status = check_vote_rules(c, at, p);
    return status;
}

static pilot_status check_threshold(const checker *c, const record_place *at, const void *item)
{
    const pilot_threshold *t = item;
    const record_place share = pilot_member(at, "share");
    if (t->bound != PILOT_MORE_THAN || t->share.numerator != t->share.denominator)
        return PILOT_OK;
    return pilot_refuse(c->to, &share, PILOT_ERROR_RANGE, "1", "没有什么多于全部",
                        "nothing is more than the whole");
}

static const field district_fields[] = {
    REQUIRED(pilot_policy_district, id, "id", ID, NULL, "行政区划代码", "administrative division code"),
    REQUIRED(pilot_policy_district, name, "name", TEXT, NULL, "城区名称", "the district's name"),
};
static const record district_record = RECORD("districts", pilot_policy_district, district_fields,
                                             "参与试点的城区", "a district that takes part");

const words pilot_basis_words =
    WORD_LIST({"household_month", "每户每月", "household and month"},
              {"square_metre_month", "每平方米每月", "square metre and month"},
              {"community_month", "每社区每月", "community and month"});

static const field rate_fields[] = {
    REQUIRED(pilot_rate, first, "first", MONTH, "4.4.1-4", "起始月份（含）", "first month, included"),
    REQUIRED(pilot_rate, last, "last", MONTH, "4.4.1-4", "截止月份（含）", "last month, included",
             NOT_BEFORE(pilot_rate, first)),
    REQUIRED(pilot_rate, price, "yuan", PRICE, "4.4.1-4", "奖励标准，每计奖单位每月",
             "yuan per unit and month"),
    REQUIRED(pilot_rate, basis, "per", WORD, "4.4.1-6", "计奖单位", "what the rate is paid for",
             .of = &pilot_basis_words),
};
static const record rate_record = RECORD("rates", pilot_rate, rate_fields, "奖励标准", "a reward rate");

const words pilot_matter_words = WORD_LIST(
    {0}, {"elect_committee", "选举业主委员会", "election of the committee"},
    {"hire_provider", "选聘服务企业", "hiring of the provider"},
    {"use_common_parts", "利用共用部位经营", "business with common parts"},
    {"other", "其他事项", "other matters"}, {"use_fund", "使用维修资金", "use of the maintenance fund"},
    {"raise_fund", "筹集维修资金", "raising of the maintenance fund"},
    {"rebuild", "改建、重建", "rebuilding"});
_Static_assert(PILOT_MATTER_REBUILD + 1 == PILOT_MATTER_COUNT, "every matter has its word");
const words pilot_matter_kind_words =
    WORD_LIST({"ordinary", "一般事项", "ordinary matter"}, {"special", "特别事项", "special matter"});
const words pilot_bound_words =
    WORD_LIST({"more_than", "超过", "more than"}, {"at_least", "达到", "at least"});
const words pilot_approval_base_words =
    WORD_LIST({"all", "全体业主", "all owners"}, {"participating", "参与表决的业主", "owners who vote"});

static const words threshold_words =
    WORD_LIST({"participation_area", "参与表决面积", "participation area"},
              {"participation_heads", "参与表决人数", "participation of owners"},
              {"approval_area", "同意面积", "approval area"},
              {"approval_heads", "同意人数", "approval of owners"});

const words pilot_due_words = WORD_LIST(
    {0}, {"selection", "规划选点期限", "selection of the site"},
    {"remediation", "综合整治期限", "remediation"}, {"assembly", "召开业主大会期限", "owners' assembly"},
    {"entry", "进驻服务期限", "start of service"}, {"assessment", "考核验收期限", "assessment"},
    {"own", "规则自定的日期", "a date of its own"});

const words pilot_payer_words =
    WORD_LIST({"both", "市区两级", "city and district"}, {"city", "市级", "the city"},
              {"district", "区级", "the district"});

WORDED(pilot_basis, pilot_basis, pilot_basis_words)
WORDED(pilot_payer, pilot_payer, pilot_payer_words)
WORDED(pilot_due, pilot_due, pilot_due_words)
WORDED(pilot_matter, pilot_matter, pilot_matter_words)
WORDED(pilot_matter_kind, pilot_matter_kind, pilot_matter_kind_words)
WORDED(pilot_bound, pilot_bound, pilot_bound_words)
WORDED(pilot_threshold, pilot_threshold_of, threshold_words)
WORDED(pilot_approval_base, pilot_approval_base, pilot_approval_base_words)

static const field threshold_fields[] = {
    REQUIRED(pilot_threshold, bound, "bound", WORD, "5.4-2",
             "界限，法律称“过半数”为more_than，称“以上”为at_least（民法典第1259条）",
             "more_than where the law says 过半数, at_least where it says 以上 (Civil Code art. 1259)",
             .of = &pilot_bound_words),
    REQUIRED(pilot_threshold, share, "share", SHARE, "5.4-2", "所需比例", "the share to reach"),
};
static const record threshold_record =
    RECORD("vote_thresholds", pilot_threshold, threshold_fields, "所需的业主比例",
           "what part of owners is needed", .check = check_threshold);

#define THRESHOLD(key_, index, zh_, en_)                                                                \
    REQUIRED(pilot_vote_terms, thresholds[index], key_, RECORD, "5.4-2", zh_, en_,                      \
             .of = &threshold_record)
static const field terms_fields[] = {
    THRESHOLD("participation_area", PILOT_PARTICIPATION_AREA, "参与表决面积，占全部专有部分面积",
              "exclusive area of those who vote, of all exclusive area"),
    THRESHOLD("participation_heads", PILOT_PARTICIPATION_HEADS, "参与表决人数，占全体业主",
              "owners who vote, of all owners"),
    THRESHOLD("approval_area", PILOT_APPROVAL_AREA, "同意面积", "exclusive area of those in favour"),
    THRESHOLD("approval_heads", PILOT_APPROVAL_HEADS, "同意人数", "owners in favour"),
    REQUIRED(
        pilot_vote_terms, approval_of, "approval_of", WORD, "5.4-2",
        "同意比例的基数，全体业主（物权法第76条）或参与表决的业主（民法典第278条）",
        "what approval is measured by: all owners (Property Law art. 76), or those who vote (Civil Code "
        "art. 278)",
        .of = &pilot_approval_base_words),
};
static const record terms_record =
    RECORD("vote_terms", pilot_vote_terms, terms_fields, "表决须达到的条件", "what a vote has to reach");

static const field vote_rule_fields[] = {
    REQUIRED(pilot_vote_rule, id, "id", ID, NULL, "规则编号", "names the law"),
    REQUIRED(pilot_vote_rule, law, "law", TEXT, NULL, "法律出处", "where it is written"),
    REQUIRED(pilot_vote_rule, first, "first", DATE, "5.4-2", "施行日期，至下一规则施行为止",
             "day from which it is in force, until the next rule's"),
    REQUIRED(pilot_vote_rule, special_matters, "special_matters", WORDS, "4.4.2-1",
             "特别事项，适用特别条件（物权法第76条第5、6项，民法典第278条第6至8项），其余为一般事项",
             "matters that need the special terms (Property Law art. 76 (5) and (6), Civil Code art. "
             "278 (6) to "
             "(8)); the others are ordinary",
             .of = &pilot_matter_words),
    REQUIRED(pilot_vote_rule, terms[PILOT_ORDINARY], "ordinary", RECORD, "5.3-2", "一般事项的条件",
             "what an ordinary matter has to reach", .of = &terms_record),
    REQUIRED(pilot_vote_rule, terms[PILOT_SPECIAL], "special", RECORD, "4.4.2-1", "特别事项的条件",
             "what a special matter has to reach", .of = &terms_record),
};
static const record vote_rule_record =
    RECORD("vote_rules", pilot_vote_rule, vote_rule_fields, "自某日起施行的业主表决规则",
           "the law of owners' votes from a day on", .check = check_vote_rule);

static const field succession_fields[] = {
    REQUIRED(pilot_succession, from, "from", TEXT, NULL, "被合并城区代码",
             "code of the district merged"),
    REQUIRED(pilot_succession, to, "to", TEXT, NULL, "承继城区代码", "code of the one it went to"),
    REQUIRED(pilot_succession, on, "on", DATE, NULL, "接管日期", "the day of the takeover"),
    OPTIONAL(pilot_succession, approved, "approved", DATE, NULL, "批准公布日期，未填按接管日期",
             "the day on which it was made known; left out: that of the takeover"),
};
static const record succession_record = RECORD("successions", pilot_succession, succession_fields,
                                               "城区合并", "a district merged into another");

static const field parameter_fields[] = {
    REQUIRED(pilot_parameters, id, "id", ID, NULL, "政策编号", "names the policy"),
    REQUIRED(pilot_parameters, name_zh, "name_zh", TEXT, NULL, "中文名称", "for people, in Chinese"),
    REQUIRED(pilot_parameters, name_en, "name_en", TEXT, NULL, "英文名称", "for people, in English"),
    REQUIRED(pilot_parameters, issued, "issued", DATE, "0.1-3", "印发日期", "day of issue",
             .marks = MARK_AWARD),
    REQUIRED(pilot_parameters, published, "published", DATE, "0.1-3", "公开日期", "day of publication",
             .marks = MARK_AWARD),
    REQUIRED(pilot_parameters, pilot_year, "pilot_year", YEAR, "2-2", "试点年度，选点当年",
             "year in which areas are selected"),
    SEVERAL(pilot_parameters, districts, district_count, "districts", LIST, "2-2", "参与试点的城区",
            "the districts that take part", .of = &district_record, .required = true),
    SEVERAL(pilot_parameters, successions, succession_count, "successions", LIST, "2-2", "城区合并",
            "districts merged since", .of = &succession_record, .required = true),
    REQUIRED(pilot_parameters, communities_per_district, "communities_per_district", COUNT, "2-3",
             "每个城区的试点社区数", "how many each district selects"),
    REQUIRED(pilot_parameters, leading_group_heads, "leading_group_heads", COUNT, "3.1-1",
             "领导小组组长职数", "heads of the city's leading group"),
    REQUIRED(pilot_parameters, leading_group_deputies, "leading_group_deputies", COUNT, "3.1-1",
             "领导小组副组长职数", "its deputy heads"),
    REQUIRED(pilot_parameters, leading_group_members, "leading_group_members", COUNT, "3.1-1",
             "领导小组成员职数，不含组长、副组长", "its further members"),
    REQUIRED(pilot_parameters, workstation_min_staff, "workstation_min_staff", COUNT, "4.1-4",
             "物业管理专责人员数下限", "least staff named for property management"),
    REQUIRED(pilot_parameters, office_min_area, "office_min_area_m2", AREA, "4.2-1",
             "物业管理用房面积下限", "least area of the property office"),
    REQUIRED(pilot_parameters, grid_departments, "grid_departments", WORDS, "4.3-13",
             "须设片区责任岗位的部门", "departments that name a post for each area",
             .of = &pilot_actor_words),
    REQUIRED(pilot_parameters, transfer_tolerance, "transfer_tolerance_yuan", MONEY, "4.3-9",
             "划拨与核减的允许差额", "by which a transfer and the cut for it may differ", NOT_NEGATIVE),
    REQUIRED(pilot_parameters, selection_due, "selection_due", DATE, "5.1-1", "规划选点期限",
             "last day to select the sites"),
    REQUIRED(pilot_parameters, remediation_due, "remediation_due", DATE, "5.2-1", "综合整治期限",
             "last day to finish the remediation"),
    REQUIRED(pilot_parameters, assembly_due, "assembly_due", DATE, "5.3-1", "召开业主大会期限",
             "last day to hold the owners' assembly"),
    REQUIRED(pilot_parameters, assembly_notice_days, "assembly_notice_days", COUNT, NULL,
             "业主大会提前通知天数，按《物业管理条例》第十四条",
             "days from notice to assembly, by article 14 of the regulation on property management"),
    SEVERAL(
        pilot_parameters, vote_rules, vote_rule_count, "vote_rules", LIST, "5.4-2",
        "业主表决规则，按表决当日的法律（物权法第76条、民法典第278条），按日期顺序",
        "what owners' votes have to reach, by the law of the day (Property Law art. 76, Civil Code art. "
        "278), in date order",
        .of = &vote_rule_record, .required = true),
    REQUIRED(pilot_parameters, entry_due, "entry_due", DATE, "5.4-1", "进驻服务期限",
             "last day for the provider to start"),
    REQUIRED(pilot_parameters, assessment_due, "assessment_due", DATE, "5.5-1", "考核验收期限",
             "last day of the assessment"),
    SEVERAL(pilot_parameters, rates, rate_count, "rates", LIST, "4.4.1-4", "奖励标准，按日期顺序",
            "what the reward pays, in date order", .of = &rate_record, .required = true,
            .marks = MARK_AWARD),
    REQUIRED(pilot_parameters, city_share, "city_share", SHARE, "4.4.1-8",
             "市级承担比例，其余由区级承担", "of an award; the district pays the rest",
             .marks = MARK_AWARD),
    REQUIRED(pilot_parameters, payment_days, "payment_days", COUNT, "3.2-7c",
             "拨付期限天数，自考核起，0为不限，方案未规定",
             "days from assessment to payment; 0: no limit, as the notice has none"),
    REQUIRED(pilot_parameters, rounding, "rounding", WORD, "4.4.1-6", "奖励取整方式，每笔一次，到分",
             "of an award, once, to the fen", .of = &pilot_rounding_words, .marks = MARK_AWARD),
    REQUIRED(pilot_parameters, readings, "readings", RECORD, NULL, "争议条款的读法", "disputed readings",
             .of = &pilot_readings_record),
};
const record pilot_policy_record = RECORD(
    "policies", pilot_parameters, parameter_fields, "试点政策的参数", "the parameters of a scheme",
    .check = check_parameters, .by_parts = true, .defaults = &pilot_nanchang_2019);

pilot_status pilot_parameter_at(size_t index, pilot_parameter_info *parameter)
{
    if (!parameter)
        return PILOT_ERROR_ARGUMENT;
    const size_t plain = FIELD_COUNT_OF(parameter_fields) - 1; /* all but the readings */
    if (index >= plain + PILOT_READING_COUNT)
        return PILOT_ERROR_NOT_FOUND;
    const field *f =
        index < plain ? &parameter_fields[index] : &pilot_readings_record.fields[index - plain];
    *parameter = (pilot_parameter_info){.parent = index < plain ? NULL : "readings",
                                        .key = f->key,
                                        .clause = f->clause,
                                        .zh = f->zh,
                                        .en = f->en};
    return PILOT_OK;
}
