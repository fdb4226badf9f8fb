/* A city's records, each with its table of fields. */
#include "city_internal.h"

#include "market/menu_internal.h"
#include "money/account_internal.h"
#include "money/reward_internal.h"
#include "notice/clause_internal.h"
#include "notice/policy_internal.h"
#include "record/fields.h"
#include "vote/vote_internal.h"

#define EVIDENCE(type)                                                                                  \
    SEVERAL(type, evidence.items, evidence.count, "evidence", LIST, NULL, "证明材料，证明条款已落实",   \
            "what shows that a clause was carried out", .of = &evidence_record,                         \
            NAMED("证明材料", "evidence"))

static const field evidence_fields[] = {
    REQUIRED(pilot_evidence, clause, "clause", CLAUSE, NULL, "条款编号，如“3.2-12a”",
             "id of the clause, such as \"3.2-12a\""),
    REQUIRED(pilot_evidence, done, "done", STEP, NULL, "完成日期，未完成为“not_done”",
             "the day it was done, or \"not_done\""),
    OPTIONAL(pilot_evidence, document, "document", TEXT, NULL, "文件名称或文号",
             "number or title of the paper that shows it"),
};
static const record evidence_record =
    RECORD("evidence", pilot_evidence, evidence_fields, "条款落实的证明材料", "evidence for a clause");

static const field leading_group_fields[] = {
    OPTIONAL(pilot_leading_group, heads, "heads", COUNT, "3.1-1", "组长职数", "posts that head it",
             NAMED("组长职数", "number of heads of the leading group")),
    OPTIONAL(pilot_leading_group, deputies, "deputies", COUNT, "3.1-1", "副组长职数",
             "posts of deputy heads",
             NAMED("副组长职数", "number of deputy heads of the leading group")),
    OPTIONAL(pilot_leading_group, members, "members", COUNT, "3.1-1", "成员职数，不含组长、副组长",
             "further members' posts", NAMED("成员职数", "number of members of the leading group")),
    OPTIONAL(pilot_leading_group, office_host, "office_host", WORD, "3.1-2", "办公室所在单位",
             "body that its office sits in", .of = &pilot_actor_words,
             NAMED("领导小组办公室所在单位", "body that hosts the leading group's office")),
};
static const record leading_group_record =
    RECORD("leading_group", pilot_leading_group, leading_group_fields, "市领导小组",
           "the city's leading group");

static const field meeting_fields[] = {
    REQUIRED(pilot_meeting, held_on, "held_on", DATE, "3.2-3a", "会议日期", "day of the meeting"),
};
static const record meeting_record =
    RECORD("meetings", pilot_meeting, meeting_fields, "领导小组会议", "a meeting of the leading group",
           NAMED("领导小组会议", "meeting"));

static const field district_fields[] = {
    REQUIRED(pilot_district, id, "id", ID, "2-2", "行政区划代码，如“360102”",
             "administrative division code, such as \"360102\"", NAMED("城区代码", "district code")),
    OPTIONAL(pilot_district, name, "name", TEXT, NULL, "城区名称", "the district's name"),
    OPTIONAL(pilot_district, division_code, "division_code", CODE, NULL,
             "国标代码，GB/T 2260的6位数字，编号即此代码的不填",
             "its code of GB/T 2260, 6 digits, where its id is another", .of = &pilot_district_code_form,
             NAMED("国标代码", "division code")),
    EVIDENCE(pilot_district),
};
/* Its code, where it is known: the one that it has, or an id that is one. */
static const char *code_of_district(const pilot_district *district)
{
    const char *id = district->id;
    if (district->division_code)
        return district->division_code;
    return id && pilot_district_code_form.check(id, NULL) == PILOT_OK ? id : NULL;
}

/* Two codes of which the first has to lie in the second. whose: the second, for people. */
static pilot_status check_within(problems *to, const record_place *at, const char *key, const char *code,
                                 const char *in, pilot_phrase whose)
{
    const record_place member = pilot_member(at, key);
    if (!code || !in || pilot_division_within(code, in))
        return PILOT_OK;
    pilot_error *error = pilot_next_problem(to);
    pilot_error_set(error, PILOT_ERROR_INCONSISTENT, code, "%s is no code within %s, that of its %s",
                    code, in, whose.en);
    pilot_error_zh(error, "%s不在%s的代码%s之内", code, whose.zh, in);
    return pilot_problem(to, &member, PILOT_ERROR_INCONSISTENT);
}

/* An id that is another district's code is a mistake in one of the two. */
static pilot_status check_district(const checker *c, const record_place *at, const void *item)
{
    const pilot_district *district = item;
    const pilot_district by_id = {.id = district->id};
    const char *code = code_of_district(&by_id);
    return check_within(c->to, at, "division_code", district->division_code, code,
                        (pilot_phrase){"编号", "id"});
}

const record pilot_district_record =
    RECORD("districts", pilot_district, district_fields, "有试点社区的城区",
           "a district with pilot communities", .check = check_district);

static const field provider_fields[] = {
    REQUIRED(pilot_provider, id, "id", ID, NULL, "服务企业编号，本文件内使用",
             "names the provider in this file", NAMED("服务企业编号", "provider id")),
    OPTIONAL(pilot_provider, name, "name", TEXT, NULL, "服务企业名称", "the provider's name"),
    OPTIONAL(pilot_provider, credit_code, "credit_code", CODE, NULL, "统一社会信用代码",
             "its unified social credit code", .of = &pilot_credit_code_form,
             NAMED("统一社会信用代码", "unified social credit code")),
};
static const record provider_record =
    RECORD("providers", pilot_provider, provider_fields, "物业服务企业或专业机构",
           "a service enterprise or professional body");

static const field workstation_fields[] = {
    OPTIONAL(pilot_workstation, property_staff, "property_staff", COUNT, "4.1-4", "物业管理专责人员数",
             "staff named for property management",
             NAMED("物业管理专责人员数", "number of property management staff")),
};
static const record workstation_record = RECORD("workstation", pilot_workstation, workstation_fields,
                                                "社区工作站", "a community's workstation");

static const words route_words = WORD_LIST(
    {0}, {"own", "自有", "own"}, {"built_in_remediation", "综合整治中配建", "built in the remediation"},
    {"built_with_centre", "随邻里中心配建", "built with the neighbourhood centre"},
    {"long_lease", "长期租赁", "long lease"}, {"shared", "合署办公", "shared office"},
    {"other", "其他", "another way"});

static const field office_fields[] = {
    OPTIONAL(pilot_office, area, "area_m2", AREA, "4.2-1", "用房面积", "area of the office",
             NAMED("面积", "area")),
    OPTIONAL(pilot_office, route, "route", WORD, "4.2-2", "用房来源", "how the community comes by it",
             .of = &route_words, NAMED("用房来源", "how the office was obtained")),
    OPTIONAL(pilot_office, available_from, "available_from", DATE, "4.2-1", "启用日期",
             "first day of use"),
};
static const record office_record =
    RECORD("offices", pilot_office, office_fields, "物业管理用房", "premises for property management",
           NAMED("物业管理用房", "property office"));

static const words paid_by_words =
    WORD_LIST({0}, {"city", "市级", "the city"}, {"district", "区级", "the district"});

static const field payment_fields[] = {
    REQUIRED(pilot_payment, paid_on, "paid_on", DATE, "3.2-7c", "拨付日期", "day of payment"),
    REQUIRED(pilot_payment, amount, "amount_yuan", MONEY, "4.4.1-6", "拨付金额", "what was paid",
             NAMED("拨付金额", "amount")),
    OPTIONAL(pilot_payment, payer, "payer", WORD, "4.4.1-8", "拨付方，市级或区级",
             "who paid it: the city or the district", .of = &paid_by_words),
    OPTIONAL(pilot_payment, held_by, "held_by", WORD, "4.4.1-5", "资金现由何单位保管",
             "body that holds it since", .of = &pilot_actor_words),
};
static const record payment_record =
    RECORD("reward_payments", pilot_payment, payment_fields, "奖励资金拨付记录",
           "a payment of the reward", NAMED("奖励资金拨付", "reward payment"));

static const field use_fields[] = {
    REQUIRED(pilot_use, source, "source", WORD, "4.4.2-2", "资金来源", "where the money came from",
             .of = &pilot_income_source_words, NAMED("资金来源", "source of the money")),
    REQUIRED(pilot_use, purpose, "purpose", WORD, "4.4.2-2", "资金用途", "what it was used for",
             .of = &pilot_purpose_words, NAMED("资金用途", "purpose of the money")),
    REQUIRED(pilot_use, amount, "amount_yuan", MONEY, "4.4.2-2", "使用金额", "how much",
             NAMED("使用金额", "amount")),
    OPTIONAL(pilot_use, used_on, "used_on", DATE, "4.4.2-2", "使用日期", "day of the use"),
};
static const record use_record =
    RECORD("uses", pilot_use, use_fields, "专项资金使用记录", "a use of earmarked money",
           NAMED("资金使用记录", "use of money"));

static const field appointment_fields[] = {
    OPTIONAL(pilot_appointment, appointed, "appointed", STEP, "4.1-1", "任职日期",
             "day of the appointment", NAMED("任职日期", "date of appointment")),
    OPTIONAL(pilot_appointment, by_procedure, "by_procedure", ANSWER, "4.1-1", "按规定程序任职",
             "made by the procedure laid down",
             NAMED("是否按规定程序任职", "whether the procedure laid down was followed")),
    OPTIONAL(pilot_appointment, paid, "paid", ANSWER, "4.1-2", "在工作站领取报酬",
             "the workstation pays for the post",
             NAMED("是否在工作站领取报酬", "whether the workstation pays for the post")),
};
static const record appointment_record = RECORD(
    "appointments", pilot_appointment, appointment_fields, "业主委员会成员在社区工作站的兼职",
    "a committee member's part-time post at the workstation", NAMED("社区工作站兼职", "part-time post"));

const words pilot_public_service_words = WORD_LIST(
    {0}, {"road_upkeep", "道路保养保洁", "road upkeep and cleaning"},
    {"greenery", "绿化养护", "care of greenery"}, {"street_lights", "路灯管理", "street lights"},
    {"public_toilets", "公厕管理", "public toilets"},
    {"municipal_pipes", "市政管网畅通", "municipal pipes"},
    {"septic_tanks", "化粪池疏通", "septic tanks"}, {"other", "其他公共服务", "other public services"});

const words pilot_layout_words =
    WORD_LIST({0}, {"open", "开放式", "open"}, {"closed", "封闭式", "closed"});

static const field handover_fields[] = {
    REQUIRED(pilot_handover, service, "service", WORD, "3.2-5b", "公共服务项目", "the public service",
             .of = &pilot_public_service_words),
    OPTIONAL(pilot_handover, duty_moved, "duty_moved", STEP, "3.2-5c", "职责下沉日期",
             "day the duty moved down", NAMED("职责下沉日期", "date of the duty's transfer")),
    OPTIONAL(pilot_handover, money_moved, "money_moved", STEP, "3.2-5d", "经费划拨日期",
             "day the money followed", NAMED("经费划拨日期", "date of the money's transfer")),
    OPTIONAL(pilot_handover, transferred, "transferred_yuan", MONEY, "4.3-8", "划拨经费，每年",
             "moved with it, a year", NOT_NEGATIVE, NAMED("每年划拨经费", "money transferred a year")),
    OPTIONAL(pilot_handover, former_budget, "former_budget_yuan", MONEY, "4.3-9",
             "原单位核减前经费，每年", "budget of the former provider before, a year", NOT_NEGATIVE,
             NAMED("原单位核减前的每年经费", "former provider's yearly budget before the cut")),
    OPTIONAL(pilot_handover, reduced_budget, "reduced_budget_yuan", MONEY, "4.3-9",
             "原单位核减后经费，每年", "budget of the former provider since, a year", NOT_NEGATIVE,
             NAMED("原单位核减后的每年经费", "former provider's yearly budget after the cut")),
    OPTIONAL(pilot_handover, former_provider, "former_provider", WORD, "4.3-9", "原提供单位",
             "body that did it before", .of = &pilot_actor_words),
    OPTIONAL(pilot_handover, city_part, "city_part_yuan", MONEY, "4.3-8",
             "市级承担额，划拨经费中市级所报", "of the transfer, as the city says", NOT_NEGATIVE,
             NAMED("市级承担额", "city's part of the transfer")),
    OPTIONAL(pilot_handover, district_part, "district_part_yuan", MONEY, "4.3-8",
             "区级承担额，划拨经费中区级所报", "of the transfer, as the district says", NOT_NEGATIVE,
             NAMED("区级承担额", "district's part of the transfer")),
    OPTIONAL(pilot_handover, coordinator, "coordinator", WORD, "4.3-7", "经费统筹单位",
             "body that coordinates the money", .of = &pilot_actor_words),
};
const record pilot_handover_record = RECORD(
    "handovers", pilot_handover, handover_fields, "下沉至街道和社区的公共服务",
    "a public service handed down to street and community", NAMED("下沉的公共服务", "public service"));

static const field community_fields[] = {
    REQUIRED(pilot_community, id, "id", ID, NULL, "社区编号，本文件内使用",
             "names the community in this file", NAMED("社区编号", "community id")),
    OPTIONAL(pilot_community, name, "name", TEXT, NULL, "社区名称", "the community's name"),
    REQUIRED(pilot_community, district, "district", REF, "2-3", "所属城区代码", "id of its district",
             .of = &pilot_district_record),
    OPTIONAL(pilot_community, street_code, "street_code", CODE, NULL, "所属街道代码，9位统计用区划代码",
             "division code of its street, 9 digits", .of = &pilot_street_code_form,
             NAMED("所属街道代码", "street code")),
    OPTIONAL(pilot_community, division_code, "division_code", CODE, NULL, "统计用区划代码，12位",
             "its division code as statistics have it, 12 digits", .of = &pilot_community_code_form,
             NAMED("区划代码", "division code")),
    OPTIONAL(pilot_community, workstation, "workstation", RECORD, "4.1-4", "社区工作站",
             "its workstation", .of = &workstation_record),
    SEVERAL(pilot_community, offices, office_count, "offices", LIST, "4.2-1", "物业管理用房",
            "its property offices", .of = &office_record,
            NAMED("物业管理用房记录", "records of property offices")),
    SEVERAL(pilot_community, assessments, assessment_count, "assessments", LIST, "4.4.1-1", "考核记录",
            "its assessments", .of = &pilot_assessment_record,
            NAMED("考核记录", "records of assessments")),
    SEVERAL(pilot_community, reward_payments, reward_payment_count, "reward_payments", LIST, "4.4.1-2",
            "奖励资金拨付记录", "what it was paid of the reward", .of = &payment_record,
            NAMED("奖励资金拨付记录", "records of reward payments")),
    SEVERAL(pilot_community, uses, use_count, "uses", LIST, "4.4.1-5", "资金使用记录，奖励和停车收入",
            "uses of reward and parking money", .of = &use_record,
            NAMED("资金使用记录", "records of the use of money")),
    SEVERAL(pilot_community, appointments, appointment_count, "appointments", LIST, "4.1-1",
            "业主委员会成员兼职", "committee members' part-time posts", .of = &appointment_record,
            NAMED("业主委员会成员兼职记录", "records of part-time posts")),
    SEVERAL(pilot_community, handovers, handover_count, "handovers", LIST, "3.2-5c", "下沉的公共服务",
            "public services handed down", .of = &pilot_handover_record,
            NAMED("公共服务下沉记录", "records of services handed down")),
    EVIDENCE(pilot_community),
};
static pilot_status check_community(const checker *c, const record_place *at, const void *item)
{
    const pilot_community *community = item;
    return check_within(c->to, at, "division_code", community->division_code, community->street_code,
                        (pilot_phrase){"所属街道", "street"});
}

static pilot_status community_linked(problems *to, const record_place *at, const void *item)
{
    static const pilot_phrase its_district = {"所属城区", "district"};
    const pilot_community *community = item;
    const char *own = community->division_code, *street = community->street_code;
    const char *district = community->district ? code_of_district(community->district) : NULL;
    const bool told = own && street && !pilot_division_within(own, street);
    pilot_status status = check_within(to, at, "street_code", street, district, its_district);
    return status == PILOT_OK && !told
               ? check_within(to, at, "division_code", own, district, its_district)
               : status;
}

static const record community_record = RECORD(
    "communities", pilot_community, community_fields, "试点社区，行政管理单元",
    "a pilot community, the administrative unit", .check = check_community, .linked = community_linked);

static const words package_words = WORD_LIST({0}, {"comprehensive", "综合服务", "comprehensive service"},
                                             {"menu", "菜单式服务", "menu service"});

static const field contract_fields[] = {
    OPTIONAL(pilot_contract, provider, "provider", REF, "4.3-2", "服务企业编号", "id of the provider",
             .of = &provider_record),
    OPTIONAL(pilot_contract, signed_on, "signed_on", DATE, "4.3-2", "签订日期", "day of signature",
             NAMED("签订日期", "date of signature")),
    OPTIONAL(pilot_contract, signed_by, "signed_by", WORD, "4.3-2", "业主方签订单位",
             "who signed for the owners", .of = &pilot_actor_words,
             NAMED("业主方签订单位", "body that signed for the owners")),
    OPTIONAL(pilot_contract, voted_on, "voted_on", DATE, "5.4-2", "选聘表决日期，选定本合同企业的表决",
             "day of the vote that chose its provider"),
    OPTIONAL(pilot_contract, written, "written", ANSWER, "4.3-2", "书面合同", "it is in writing",
             NAMED("是否为书面合同", "whether the contract is in writing")),
    OPTIONAL(pilot_contract, states_content, "states_content", ANSWER, "4.3-2", "约定服务内容",
             "it says what is done",
             NAMED("是否约定服务内容", "whether the contract states the content")),
    OPTIONAL(pilot_contract, states_standard, "states_standard", ANSWER, "4.3-2", "约定服务标准",
             "it says how well", NAMED("是否约定服务标准", "whether the contract states the standard")),
    OPTIONAL(pilot_contract, states_price, "states_price", ANSWER, "4.3-2", "约定服务价格",
             "it says at what price",
             NAMED("是否约定服务价格", "whether the contract states the price")),
    OPTIONAL(pilot_contract, package, "package", WORD, "4.3-3", "服务方式，综合服务或菜单式服务",
             "comprehensive, or single services from a menu", .of = &package_words,
             NAMED("服务方式", "comprehensive or menu service")),
    OPTIONAL(pilot_contract, services, "services", COUNT, "4.3-3", "单项服务数量",
             "how many single services", NAMED("单项服务数量", "number of single services")),
    OPTIONAL(pilot_contract, menu, "menu", REF, "4.3-3", "服务菜单编号，所选服务的出处",
             "id of the menu that its services were chosen from", .of = &pilot_menu_record,
             NAMED("服务菜单", "menu")),
    OPTIONAL(pilot_contract, selection, "selection", RECORD, "4.3-3", "所选服务",
             "what was chosen from it", .of = &pilot_selection_record,
             NAMED("所选服务", "choice of services")),
    OPTIONAL(pilot_contract, price, "price_yuan_per_m2", PRICE, "4.3-2",
             "约定单价，所选服务合计，按建筑面积每平方米每月",
             "price agreed for all that was chosen, per m² of building area and month",
             NAMED("约定单价或月费", "price agreed")),
    OPTIONAL(pilot_contract, monthly, "monthly_yuan", MONEY, "4.3-2", "约定月费，居民区合计",
             "price agreed for the area as a whole, a month", NAMED("约定月费", "monthly price agreed")),
    OPTIONAL(pilot_contract, yearly_income, "yearly_income_yuan", MONEY, "4.5-1",
             "服务企业年收入，来自本合同", "the provider's income from it, a year",
             NAMED("服务企业年收入", "provider's yearly income")),
    OPTIONAL(pilot_contract, yearly_cost, "yearly_cost_yuan", MONEY, "4.5-1", "服务企业年成本",
             "the provider's cost, a year", NAMED("服务企业年成本", "provider's yearly cost")),
};
static const record contract_record =
    RECORD("contracts", pilot_contract, contract_fields, "居民区的服务合同",
           "a service contract of an area", NAMED("服务合同", "contract"));

static const field offer_fields[] = {
    OPTIONAL(pilot_offer, provider, "provider", REF, "5.4-2", "服务企业编号", "id of the provider",
             .of = &provider_record),
    REQUIRED(pilot_offer, grade, "grade", COUNT, "5.4-2b", "服务标准等级，1为最高",
             "standard of service, 1 the best"),
    REQUIRED(pilot_offer, price, "yuan_per_m2", PRICE, "5.4-2b", "报价，按建筑面积每平方米每月",
             "price per m² of building area and month", NAMED("报价", "price")),
};
static const record offer_record = RECORD("offers", pilot_offer, offer_fields, "向业主提供的服务报价",
                                          "an offer to the owners", NAMED("服务报价", "offer"));

static const field vote_fields[] = {
    REQUIRED(pilot_vote, held_on, "held_on", DATE, "5.4-2", "表决日期", "day of the vote"),
    REQUIRED(pilot_vote, matter, "matter", WORD, "5.4-2", "表决事项", "what it was about",
             .of = &pilot_matter_words, NAMED("表决事项", "matter")),
    OPTIONAL(pilot_vote, decided_by, "decided_by", WORD, "5.4-2", "决定单位", "body that decided",
             .of = &pilot_actor_words, NAMED("决定单位", "deciding body")),
    OPTIONAL(pilot_vote, passed, "passed", ANSWER, "5.4-2", "表决通过", "it passed",
             NAMED("是否通过", "whether the vote passed")),
    OPTIONAL(pilot_vote, totals, "totals", RECORD, "5.4-2", "计票，据此按表决当日的法律认定",
             "its count, by which it is decided under the law of its day",
             .of = &pilot_vote_groups_record, NAMED("计票结果", "count")),
};
static const record vote_record = RECORD("votes", pilot_vote, vote_fields, "业主表决",
                                         "a vote of the owners", NAMED("业主表决", "owners' vote"));

static const field grid_post_fields[] = {
    REQUIRED(pilot_grid_post, department, "department", WORD, "4.3-13", "行政管理部门", "the department",
             .of = &pilot_actor_words),
    REQUIRED(pilot_grid_post, post, "post", TEXT, "4.3-12", "岗位名称或编号，不填姓名",
             "name or number of the post, no person's name"),
    OPTIONAL(pilot_grid_post, linked, "linked", ANSWER, "4.3-13", "与居民委员会网格员对接",
             "in touch with the committee's grid staff",
             NAMED("是否与居民委员会网格员对接", "whether the posts are in touch with the grid staff")),
};
static const record grid_post_record =
    RECORD("grid_posts", pilot_grid_post, grid_post_fields, "部门的片区责任岗位",
           "a department's post that answers for an area", NAMED("片区责任岗位", "post"));

static const words charge_kind_words = WORD_LIST(
    {0}, {"property_service", "物业服务费", "property service"}, {"cleaning", "保洁费", "cleaning"},
    {"guarding", "保安费", "guarding"}, {"sanitation", "卫生费", "sanitation"},
    {"parking", "停车费", "parking"}, {"water", "水费", "water"}, {"power", "电费", "power"},
    {"other", "其他收费", "another fee"});

static const field charge_fields[] = {
    REQUIRED(pilot_charge, dwelling, "dwelling", TEXT, "4.4-3", "房号", "number of the dwelling"),
    REQUIRED(
        pilot_charge, service, "service", TEXT, "4.4-3",
        "收费项目，合同所选服务或套餐的编号，全部所选为菜单编号，或其他文字",
        "what it was charged for: id of a service or package that a contract chose, of its menu for all "
        "that it chose, or any other text",
        NAMED("收费项目", "service charged for")),
    OPTIONAL(pilot_charge, kind, "kind", WORD, "4.4-3", "收费类别", "kind of fee",
             .of = &charge_kind_words),
    REQUIRED(pilot_charge, first, "first", MONTH, "4.4-3", "起始月份（含）", "first month, included"),
    REQUIRED(pilot_charge, last, "last", MONTH, "4.4-3", "截止月份（含）", "last month, included",
             NOT_BEFORE(pilot_charge, first)),
    REQUIRED(pilot_charge, amount, "amount_yuan", MONEY, "4.4-3", "收取金额", "what was collected",
             NAMED("收取金额", "amount")),
    OPTIONAL(pilot_charge, collected_on, "collected_on", DATE, "4.4-3", "收取日期",
             "day on which it was collected"),
    OPTIONAL(pilot_charge, area, "area_m2", AREA, "4.3-2", "住宅建筑面积",
             "building area of the dwelling"),
    OPTIONAL(pilot_charge, collector, "collector", TEXT, "4.4-3", "收费单位", "body that collected it",
             NAMED("收费单位", "body that collected the fee")),
    OPTIONAL(pilot_charge, payer, "payer", WORD, "4.4-1", "费用承担方", "who bears it",
             .of = &pilot_actor_words, NAMED("费用承担方", "who bears the fee")),
    OPTIONAL(pilot_charge, price_marked, "price_marked", ANSWER, "3.2-8", "明码标价",
             "its price is clearly marked",
             NAMED("是否明码标价", "whether the price is clearly marked")),
};
static const record charge_record = RECORD("charges", pilot_charge, charge_fields, "已收取的费用",
                                           "a fee collected", NAMED("收费", "charge"));

static const field income_fields[] = {
    REQUIRED(pilot_income, source, "source", WORD, "4.4.2-1", "经营项目", "the business",
             .of = &pilot_income_source_words),
    OPTIONAL(pilot_income, year, "year", YEAR, "4.4.2-2", "所属年度", "year in which it was earned"),
    OPTIONAL(pilot_income, amount, "amount_yuan", MONEY, "4.4.2-2", "年收入", "income a year"),
    OPTIONAL(pilot_income, cost, "cost_yuan", MONEY, "4.4.2-2", "年成本", "cost a year"),
    OPTIONAL(pilot_income, held_by, "held_by", WORD, "4.4.2-2", "资金现由何单位保管",
             "body that holds it", .of = &pilot_actor_words),
    OPTIONAL(pilot_income, within_area, "within_area", ANSWER, "4.4.2-1", "在物业服务区域内",
             "inside the service area",
             NAMED("是否在物业服务区域内", "whether it is inside the service area")),
    OPTIONAL(pilot_income, owners_consent, "owners_consent", ANSWER, "4.4.2-1",
             "业主同意，已就use_common_parts计票的以计票为准",
             "the owners agreed; a counted vote on use_common_parts goes before it",
             NAMED("业主是否同意", "whether the owners agreed")),
    OPTIONAL(pilot_income, permitted, "permitted", ANSWER, "4.4.2-1", "已取得所需许可",
             "it has the permits it needs",
             NAMED("是否取得所需许可", "whether it has the permits it needs")),
};
static const record income_record =
    RECORD("incomes", pilot_income, income_fields, "利用项目共用部位的经营",
           "a business on the project's common parts", NAMED("共用部位经营", "business"));

static const field parking_fields[] = {
    OPTIONAL(pilot_parking, marked_by, "marked_by", WORD, "4.4.2-3", "车位划设单位",
             "body that marked the bays", .of = &pilot_actor_words,
             NAMED("车位划设单位", "body that marked the bays")),
    OPTIONAL(pilot_parking, marked_on, "marked_on", DATE, "4.4.2-3", "车位划设日期",
             "day of the marking"),
    OPTIONAL(pilot_parking, planning_allows, "planning_allows", ANSWER, "4.4.2-3", "符合规划",
             "planning allows them", NAMED("车位是否符合规划", "whether planning allows the bays")),
    OPTIONAL(pilot_parking, on_public_road, "on_public_road", ANSWER, "3.2-9e", "位于公共道路",
             "on a public road", NAMED("车位是否位于公共道路", "whether the bays are on a public road")),
    OPTIONAL(pilot_parking, traffic_police_guided, "traffic_police_guided", ANSWER, "3.2-9e",
             "交管部门指导划设", "the traffic police guided the marking",
             NAMED("交管部门是否指导划设", "whether the traffic police guided the marking")),
    OPTIONAL(pilot_parking, fee_collected_by, "fee_collected_by", WORD, "4.4.2-4", "停车费收取单位",
             "body that collects the fee", .of = &pilot_actor_words),
    OPTIONAL(pilot_parking, year, "year", YEAR, "4.4.2-5", "停车收入所属年度",
             "year in which the fees were collected"),
    OPTIONAL(pilot_parking, income, "income_yuan", MONEY, "4.4.2-5", "停车收入，当年",
             "fees collected in that year"),
    OPTIONAL(pilot_parking, held_by, "held_by", WORD, "4.4.2-5", "资金现由何单位保管",
             "body that holds the fees", .of = &pilot_actor_words),
};
static const record parking_record = RECORD("parking", pilot_parking, parking_fields, "停车位",
                                            "parking bays", NAMED("停车位", "parking bays"));

static const field step_fields[] = {
    OPTIONAL(pilot_residential_area_steps, survey, "survey", STEP, "5.1-2", "居民意愿调查",
             "residents' willingness surveyed",
             NAMED("居民意愿调查日期", "date of the residents' survey")),
    OPTIONAL(pilot_residential_area_steps, selection, "selection", STEP, "5.1-1", "选定为试点",
             "selected for the pilot", NAMED("选点日期", "date of selection")),
    OPTIONAL(pilot_residential_area_steps, remediation, "remediation", STEP, "5.2-1", "综合整治验收",
             "remediation accepted", NAMED("综合整治验收日期", "date of the remediation's acceptance")),
    OPTIONAL(pilot_residential_area_steps, preparatory_group, "preparatory_group", STEP, "3.2-13a",
             "组建筹备组", "preparatory group formed",
             NAMED("筹备组组建日期", "date of the preparatory group's formation")),
    OPTIONAL(pilot_residential_area_steps, assembly_notice, "assembly_notice", STEP, "5.3-2",
             "业主大会通知", "owners told of the assembly",
             NAMED("业主大会通知日期", "date of the notice of the assembly")),
    OPTIONAL(
        pilot_residential_area_steps, assembly, "assembly", STEP, "5.3-1", "召开业主大会",
        "owners' assembly held",
        NAMED("业主大会召开、业主委员会选举日期", "date of the assembly and the committee's election")),
    OPTIONAL(pilot_residential_area_steps, committee, "committee", STEP, "5.3-1", "选举业主委员会",
             "owners' committee elected",
             NAMED("业主委员会选举日期", "date of the committee's election")),
    OPTIONAL(pilot_residential_area_steps, entry, "entry", STEP, "5.4-1", "服务企业进驻并开始服务",
             "provider moved in and service begun",
             NAMED("服务企业进驻日期", "date of the provider's entry")),
};
static const record steps_record =
    RECORD("steps", pilot_residential_area_steps, step_fields, "居民区的实施步骤", "an area's steps");

#define REMEDIATION_ITEMS(X)                                                                            \
    X(level_roads, "道路平整", "level roads")                                                           \
    X(free_drainage, "排水畅通", "free drainage")                                                       \
    X(tidy_stairwells, "楼道整洁", "tidy stairwells")                                                   \
    X(improved_courtyards, "庭院美化", "improved courtyards")                                           \
    X(working_lights, "照明完好", "working lights")                                                     \
    X(regulated_shop_signs, "店招规范", "orderly shop signs")                                           \
    X(orderly_parking, "车停有序", "orderly parking")                                                   \
    X(bike_charging, "电动车集中停放充电点位", "a place to park and charge e-bikes")                    \
    X(property_premises, "物业管理用房，新建、改建或租赁",                                              \
      "premises for property management, built, converted or leased")
#define ITEM_FIELD(member, zh, en)                                                                      \
    OPTIONAL(pilot_remediation_items, member, #member, ANSWER, "5.2-3", zh, en),
#define ITEM_WORD(member, zh, en) {#member, zh, en},

static const field remediation_fields[] = {REMEDIATION_ITEMS(ITEM_FIELD)};
const words pilot_remediation_words = WORD_LIST(REMEDIATION_ITEMS(ITEM_WORD));
const record pilot_remediation_record =
    RECORD("remediation_items", pilot_remediation_items, remediation_fields, "综合整治完成事项",
           "what the remediation brought about");

static const words branch_words = WORD_LIST(
    {0}, {"remediated", "此前已整治", "remediated before"},
    {"in_progress", "试点当年整治", "remediated in the pilot's year"}, {"neither", "均不是", "neither"});

static const field area_fields[] = {
    REQUIRED(pilot_residential_area, id, "id", ID, NULL, "居民区编号，本文件内使用",
             "names the area in this file", NAMED("居民区编号", "area id")),
    OPTIONAL(pilot_residential_area, name, "name", TEXT, NULL, "居民区名称", "the area's name"),
    SEVERAL(pilot_residential_area, communities, community_count, "communities", REFS, "4.2-3",
            "所属社区编号", "ids of the communities it belongs to", .of = &community_record,
            NAMED("所属社区", "community")),
    OPTIONAL(pilot_residential_area, old, "old", ANSWER, "2-4", "属老旧居民区", "it is an old area",
             NAMED("是否属老旧居民区", "whether it is an old area")),
    OPTIONAL(pilot_residential_area, owners_willing, "owners_willing", ANSWER, "5.1-3", "业主愿意参与",
             "its owners are willing to take part",
             NAMED("业主是否有意愿、愿配合", "whether the owners are willing")),
    OPTIONAL(pilot_residential_area, layout_at_selection, "layout_at_selection", WORD, "2-4",
             "选点时的布局", "its layout when it was selected", .of = &pilot_layout_words,
             NAMED("选点时的布局", "layout at the selection")),
    OPTIONAL(pilot_residential_area, enclosed_on, "enclosed_on", DATE, "5.2-5", "封闭日期",
             "day it was enclosed"),
    OPTIONAL(pilot_residential_area, branch, "branch", WORD, "5.1-5",
             "整治情况，此前已整治、试点当年整治或均不是",
             "remediated before, in the pilot's year, or neither", .of = &branch_words,
             NAMED("整治情况", "whether and when it was remediated")),
    OPTIONAL(pilot_residential_area, households, "households", COUNT, "4.4.1-6",
             "总户数，全部住宅，不含商铺和单位",
             "all dwellings in it; shops and organisations are no households",
             NAMED("总户数", "households")),
    OPTIONAL(pilot_residential_area, occupied_households, "occupied_households", COUNT, "4.4.1-6",
             "入住户数", "dwellings that are lived in", NAMED("入住户数", "occupied households")),
    OPTIONAL(pilot_residential_area, paying_households, "paying_households", COUNT, "4.4.1-6",
             "缴费户数，缴纳物业服务费", "dwellings that pay the property fee",
             NAMED("缴费户数", "paying households")),
    OPTIONAL(pilot_residential_area, building_area, "building_area_m2", AREA, "4.4.1-6",
             "建筑面积，住宅合计", "building area of its dwellings", NAMED("建筑面积", "building area")),
    SEVERAL(pilot_residential_area, counts, count_count, "counts", LIST, "4.4.1-6",
            "此后各次户数和面积，按日期先后，此前按以上各数",
            "later households and area, in the order of their days; until then those above hold",
            .of = &pilot_count_record),
    OPTIONAL(pilot_residential_area, buildings, "buildings", COUNT, "4.3-3", "楼栋数", "buildings in it",
             NAMED("楼栋数", "number of buildings")),
    OPTIONAL(pilot_residential_area, steps, "steps", RECORD, "6.1-3", "实施步骤", "its steps",
             .of = &steps_record, NAMED("实施步骤", "steps")),
    OPTIONAL(pilot_residential_area, remediation_items, "remediation_items", RECORD, "5.2-3",
             "综合整治完成事项", "what the remediation brought about", .of = &pilot_remediation_record,
             NAMED("综合整治完成事项", "what the remediation brought about")),
    OPTIONAL(
        pilot_residential_area, ownership_restricted, "ownership_restricted", ANSWER, "4.5-2",
        "限定服务企业所有制", "providers were admitted by their type of ownership",
        NAMED("是否限定服务企业所有制", "whether providers were admitted by their type of ownership")),
    SEVERAL(pilot_residential_area, offers, offer_count, "offers", LIST, "5.4-2b", "服务报价",
            "offers to the owners", .of = &offer_record, NAMED("服务报价", "offers to the owners")),
    SEVERAL(pilot_residential_area, votes, vote_count, "votes", LIST, "5.4-2", "业主表决",
            "the owners' votes", .of = &vote_record,
            NAMED("业主表决记录", "records of the owners' votes")),
    SEVERAL(pilot_residential_area, contracts, contract_count, "contracts", LIST, "4.3-2", "服务合同",
            "its service contracts", .of = &contract_record, NAMED("服务合同", "service contract")),
    SEVERAL(pilot_residential_area, grid_posts, grid_post_count, "grid_posts", LIST, "4.3-13",
            "片区责任岗位", "posts of the departments that answer for it", .of = &grid_post_record,
            NAMED("片区责任岗位", "posts of the departments")),
    SEVERAL(pilot_residential_area, charges, charge_count, "charges", LIST, "4.4-3", "已收取的费用",
            "fees collected", .of = &charge_record, NAMED("收费记录", "records of charges")),
    SEVERAL(pilot_residential_area, incomes, income_count, "incomes", LIST, "4.4.2-1", "共用部位的经营",
            "businesses on its common parts", .of = &income_record,
            NAMED("共用部位经营记录", "records of business on common parts")),
    SEVERAL(pilot_residential_area, uses, use_count, "uses", LIST, "4.4.2-2", "资金使用记录，经营所得",
            "uses of what they earn", .of = &use_record,
            NAMED("资金使用记录", "records of the use of money")),
    SEVERAL(pilot_residential_area, parking, parking_count, "parking", LIST, "4.4.2-3", "已划设停车位",
            "parking bays marked", .of = &parking_record,
            NAMED("停车位记录", "records of parking bays")),
    EVIDENCE(pilot_residential_area),
};
static pilot_status check_area(const checker *c, const record_place *at, const void *item)
{
    const pilot_residential_area *area = item;
    return pilot_counts_checked(c, at, area->counts, area->count_count);
}

const record pilot_residential_area_record =
    RECORD("areas", pilot_residential_area, area_fields, "老旧居民区", "an old residential area",
           .check = check_area);

static const field city_fields[] = {
    OPTIONAL(pilot_records, name, "name", TEXT, NULL, "城市名称", "the city's name"),
    OPTIONAL(pilot_records, complete, "complete", ANSWER, "2-3", "已列全市所有试点",
             "the file lists every pilot of the city",
             NAMED("是否已列全市所有试点", "whether the file lists every pilot of the city")),
    OPTIONAL(pilot_records, leading_group, "leading_group", RECORD, "3.1-1", "市领导小组",
             "the city's leading group", .of = &leading_group_record),
    SEVERAL(pilot_records, meetings, meeting_count, "meetings", LIST, "3.2-3a", "领导小组会议",
            "its meetings", .of = &meeting_record,
            NAMED("领导小组会议记录", "records of the leading group's meetings")),
    OPTIONAL(pilot_records, reward_budget, "reward_budget_yuan", MONEY, "3.2-7b",
             "市级奖励预算，市级承担部分，各年合计",
             "the city's budget for its share of the reward, all years",
             NAMED("市级奖励预算", "the city's budget for the reward")),
    EVIDENCE(pilot_records),
    SEVERAL(pilot_records, menus, menu_count, "menus", LIST, "4.3-3", "服务菜单，签订合同所依据",
            "menus that contracts were made by", .of = &pilot_menu_record),
    SEVERAL(pilot_records, districts, district_count, "districts", LIST, "2-2", "城区", "its districts",
            .of = &pilot_district_record, .required = true),
    SEVERAL(pilot_records, providers, provider_count, "providers", LIST, "4.5-2", "服务企业",
            "the providers", .of = &provider_record),
    SEVERAL(pilot_records, communities, community_count, "communities", LIST, "2-3", "试点社区",
            "its pilot communities", .of = &community_record, .required = true,
            NAMED("试点社区资料", "records of the communities")),
    SEVERAL(pilot_records, areas, area_count, "areas", LIST, "2-4", "老旧居民区",
            "their old residential areas", .of = &pilot_residential_area_record, .required = true,
            NAMED("居民区资料", "records of the areas")),
};
const record pilot_city_record =
    RECORD("city", pilot_records, city_fields, "城市数据文件", "a city file", NAMED("全市", "city"));

WORDED(pilot_office_route, pilot_office_route, route_words)
WORDED(pilot_layout, pilot_layout, pilot_layout_words)
WORDED(pilot_branch, pilot_branch, branch_words)
WORDED(pilot_package, pilot_package, package_words)
WORDED(pilot_charge_kind, pilot_charge_kind, charge_kind_words)
WORDED(pilot_public_service, pilot_public_service, pilot_public_service_words)
