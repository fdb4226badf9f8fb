#include "policy_internal.h"

#include "base/base_internal.h"
#include "clause_internal.h"
#include "record/fields.h"
#include "record/index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The notice's numbers, as constants of the types they have in the library. */
#define MONTH(year, month) (((year)-1970) * 12 + (month)-1)
#define MARCH_YEAR(year, month) ((year) - ((month) <= 2))
#define DATE(year, month, day)                                                                          \
    (365 * MARCH_YEAR(year, month) + MARCH_YEAR(year, month) / 4 - MARCH_YEAR(year, month) / 100 +      \
     MARCH_YEAR(year, month) / 400 + (153 * (((month) + 9) % 12) + 2) / 5 + (day)-1 - 719468)
#define YUAN(whole) ((whole)*INT64_C(10000))
#define SQUARE_METRES(whole) ((whole)*INT64_C(100))

static const pilot_policy_district districts[] = {
    {"360102", "东湖区"}, {"360103", "西湖区"},   {"360104", "青云谱区"},
    {"360105", "湾里区"}, {"360111", "青山湖区"},
};

/* Working since the plates were changed; approved in December 2019. */
static const pilot_succession successions[] = {{"360105", "360112", DATE(2020, 6, 28)}};

static const pilot_rate rates[] = {
    {MONTH(2019, 1), MONTH(2021, 12), YUAN(18), PILOT_PER_HOUSEHOLD},
    {MONTH(2022, 1), MONTH(2022, 12), YUAN(12), PILOT_PER_HOUSEHOLD},
    {MONTH(2023, 1), MONTH(2023, 12), YUAN(6), PILOT_PER_HOUSEHOLD},
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
        .first = DATE(2007, 10, 1),
        .special_matters = PILOT_MATTER_BIT(PILOT_MATTER_USE_FUND) |
                           PILOT_MATTER_BIT(PILOT_MATTER_RAISE_FUND) |
                           PILOT_MATTER_BIT(PILOT_MATTER_REBUILD),
        .terms = {[PILOT_ORDINARY] = TERMS(MORE_THAN(1, 2), MORE_THAN(1, 2), PILOT_OF_ALL),
                  [PILOT_SPECIAL] = TERMS(MORE_THAN(1, 2), AT_LEAST(2, 3), PILOT_OF_ALL)},
    },
    {
        .id = "civil-code",
        .law = "《民法典》第二百七十八条",
        .first = DATE(2021, 1, 1),
        .special_matters = PILOT_MATTER_BIT(PILOT_MATTER_RAISE_FUND) |
                           PILOT_MATTER_BIT(PILOT_MATTER_REBUILD) |
                           PILOT_MATTER_BIT(PILOT_MATTER_USE_COMMON_PARTS),
        .terms = {[PILOT_ORDINARY] = TERMS(AT_LEAST(2, 3), MORE_THAN(1, 2), PILOT_OF_PARTICIPATING),
                  [PILOT_SPECIAL] = TERMS(AT_LEAST(2, 3), AT_LEAST(3, 4), PILOT_OF_PARTICIPATING)},
    },
};

static const pilot_parameters nanchang_2019 = {
    .id = "nanchang-2019",
    .name_zh = "南昌市老旧居民区物业服务试点(2019年)",
    .name_en = "Nanchang pilot of property services for old residential areas (2019)",
    .issued = DATE(2019, 11, 1),
    .published = DATE(2019, 11, 4),
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
    .office_min_area = SQUARE_METRES(120),
    .grid_departments = PILOT_ACTOR_BIT(PILOT_ACTOR_PUBLIC_SECURITY_BUREAU) |
                        PILOT_ACTOR_BIT(PILOT_ACTOR_FIRE_BRIGADE) |
                        PILOT_ACTOR_BIT(PILOT_ACTOR_CITY_MANAGEMENT_BUREAU) |
                        PILOT_ACTOR_BIT(PILOT_ACTOR_ENVIRONMENT_BUREAU),
    .transfer_tolerance = 0,
    .assembly_notice_days = 15,
    .selection_due = DATE(2019, 8, 31),
    .remediation_due = DATE(2019, 12, 31),
    .assembly_due = DATE(2019, 11, 30),
    .vote_rules = vote_rules,
    .vote_rule_count = sizeof vote_rules / sizeof *vote_rules,
    .entry_due = DATE(2019, 12, 31),
    .assessment_due = DATE(2020, 2, 29),
    .rates = rates,
    .rate_count = sizeof rates / sizeof *rates,
    .city_share = {1, 2},
    .payment_days = 0,
    .rounding = PILOT_HALF_UP,
};

static const field district_fields[] = {
    REQUIRED(pilot_policy_district, id, "id", ID, NULL, "", "administrative division code"),
    REQUIRED(pilot_policy_district, name, "name", TEXT, NULL, "", "the district's name"),
};
static const record district_record = {"districts", sizeof(pilot_policy_district),
                                       FIELDS(district_fields), "", "a district that takes part"};

const words pilot_basis_words =
    WORD_LIST({"household_month", "", ""}, {"square_metre_month", "", ""}, {"community_month", "", ""});

static const field rate_fields[] = {
    REQUIRED(pilot_rate, first, "first", MONTH, "4.4.1-4", "", "first month, included"),
    REQUIRED(pilot_rate, last, "last", MONTH, "4.4.1-4", "", "last month, included",
             NOT_BEFORE(pilot_rate, first)),
    REQUIRED(pilot_rate, price, "yuan", PRICE, "4.4.1-4", "", "yuan per unit and month"),
    REQUIRED(pilot_rate, basis, "per", WORD, "4.4.1-6", "", "what the rate is paid for",
             .of = WORDS({"household_month", "", ""}, {"square_metre_month", "", ""},
                         {"community_month", "", ""})),
};
static const record rate_record = {"rates", sizeof(pilot_rate), FIELDS(rate_fields), "",
                                   "a reward rate"};

const words pilot_matter_words =
    WORD_LIST({0}, {"elect_committee", "", ""}, {"hire_provider", "", ""}, {"use_common_parts", "", ""},
              {"other", "", ""}, {"use_fund", "", ""}, {"raise_fund", "", ""}, {"rebuild", "", ""});
_Static_assert(PILOT_MATTER_REBUILD + 1 == PILOT_MATTER_COUNT, "every matter has its word");
const words pilot_matter_kind_words = WORD_LIST({"ordinary", "", ""}, {"special", "", ""});
const words pilot_bound_words = WORD_LIST({"more_than", "", ""}, {"at_least", "", ""});
const words pilot_approval_base_words = WORD_LIST({"all", "", ""}, {"participating", "", ""});

static const field threshold_fields[] = {
    REQUIRED(pilot_threshold, bound, "bound", WORD, "5.4-2", "",
             "more_than where the law says 过半数, at_least where it says 以上 (Civil Code art. 1259)",
             .of = &pilot_bound_words),
    REQUIRED(pilot_threshold, share, "share", SHARE, "5.4-2", "", "the share to reach"),
};
static const record threshold_record = {"vote_thresholds", sizeof(pilot_threshold),
                                        FIELDS(threshold_fields), "", "what part of owners is needed"};

#define THRESHOLD(key_, index, zh_, en_)                                                                \
    REQUIRED(pilot_vote_terms, thresholds[index], key_, RECORD, "5.4-2", zh_, en_,                      \
             .of = &threshold_record)
static const field terms_fields[] = {
    THRESHOLD("participation_area", PILOT_PARTICIPATION_AREA, "",
              "exclusive area of those who vote, of all exclusive area"),
    THRESHOLD("participation_heads", PILOT_PARTICIPATION_HEADS, "", "owners who vote, of all owners"),
    THRESHOLD("approval_area", PILOT_APPROVAL_AREA, "", "exclusive area of those in favour"),
    THRESHOLD("approval_heads", PILOT_APPROVAL_HEADS, "", "owners in favour"),
    REQUIRED(
        pilot_vote_terms, approval_of, "approval_of", WORD, "5.4-2", "",
        "what approval is measured by: all owners (Property Law art. 76), or those who vote (Civil Code "
        "art. 278)",
        .of = &pilot_approval_base_words),
};
static const record terms_record = {"vote_terms", sizeof(pilot_vote_terms), FIELDS(terms_fields), "",
                                    "what a vote has to reach"};

static const field vote_rule_fields[] = {
    REQUIRED(pilot_vote_rule, id, "id", ID, NULL, "", "names the law"),
    REQUIRED(pilot_vote_rule, law, "law", TEXT, NULL, "", "where it is written"),
    REQUIRED(pilot_vote_rule, first, "first", DATE, "5.4-2", "",
             "day from which it is in force, until the next rule's"),
    REQUIRED(pilot_vote_rule, special_matters, "special_matters", WORDS, "4.4.2-1", "",
             "matters that need the special terms (Property Law art. 76 (5) and (6), Civil Code art. "
             "278 (6) to "
             "(8)); the others are ordinary",
             .of = &pilot_matter_words),
    REQUIRED(pilot_vote_rule, terms[PILOT_ORDINARY], "ordinary", RECORD, "5.3-2", "",
             "what an ordinary matter has to reach", .of = &terms_record),
    REQUIRED(pilot_vote_rule, terms[PILOT_SPECIAL], "special", RECORD, "4.4.2-1", "",
             "what a special matter has to reach", .of = &terms_record),
};
static const record vote_rule_record = {"vote_rules", sizeof(pilot_vote_rule), FIELDS(vote_rule_fields),
                                        "", "the law of owners' votes from a day on"};

#define READING(index, key_, clause_, zh_, en_, ...)                                                    \
    [index] = {.key = key_,                                                                             \
               .kind = FIELD_WORD,                                                                      \
               .required = true,                                                                        \
               .offset = (index) * sizeof(int32_t),                                                     \
               .of = WORDS(__VA_ARGS__),                                                                \
               .clause = clause_,                                                                       \
               .zh = zh_,                                                                               \
               .en = en_}

/* Each switch with its clause, its question and its options, the default first. */
static const field succession_fields[] = {
    REQUIRED(pilot_succession, from, "from", TEXT, NULL, "", "code of the district merged"),
    REQUIRED(pilot_succession, to, "to", TEXT, NULL, "", "code of the one it went to"),
    REQUIRED(pilot_succession, on, "on", DATE, NULL, "", "the day from which"),
};
static const record succession_record = {"successions", sizeof(pilot_succession),
                                         FIELDS(succession_fields), "",
                                         "a district merged into another"};

static const field reading_fields[PILOT_READING_COUNT] = {
    READING(PILOT_READING_QUOTA_UNIT, "quota_unit", "2-3", "每个城区的名额按社区计还是按居民区计？",
            "Are a district's places counted in communities or in areas?", {"communities", "", ""},
            {"areas", "", ""}),
    READING(PILOT_READING_AREA_MAP, "area_map", "4.2-3",
            "一一对应是双向的，还是只要求一个居民区归一个社区？",
            "Does one-to-one mean one area per community as well, or only one community per area?",
            {"one_to_one", "", ""}, {"function", "", ""}),
    READING(PILOT_READING_MONTH_RULE, "month_rule", "4.4.1-3",
            "服务当年哪些月份计奖：实际服务月、自通知当月起，还是全年？",
            "Which months of a year of service count: those served, those from the notice on, or all "
            "twelve?",
            {"service_months", "", ""}, {"from_notice", "", ""}, {"calendar_years", "", ""}),
    READING(PILOT_READING_HOUSEHOLD_BASIS, "household_basis", "4.4.1-6",
            "总户数指全部住宅套数、入住户数还是缴费户数？",
            "Are the total households all dwellings, the occupied ones, or those that pay?",
            {"all_dwellings", "", ""}, {"occupied", "", ""}, {"paying", "", ""}),
    READING(PILOT_READING_GATE_MODE, "gate_mode", "4.4.1-2", "考核合格一次即管各年，还是须逐年合格？",
            "Does one pass open all the years, or does each year need its own?", {"once", "", ""},
            {"annual", "", ""}),
    READING(PILOT_READING_ODD_FEN_TO, "odd_fen_to", "4.4.1-8", "总额不能整分时，余下的一分由谁承担？",
            "Who bears the fen that is left when a total does not split evenly?", {"district", "", ""},
            {"city", "", ""}),
    READING(
        PILOT_READING_PRE_NOTICE, "pre_notice", "5.1-1",
        "通知生效前已到期的步骤，是事后确认还是照样追究？",
        "Is a step that was due before the notice only confirmed by it, or held against the district?",
        {"confirmatory", "", ""}, {"strict", "", ""}),
    READING(PILOT_READING_ACTING_COMMITTEE, "acting_committee", "3.2-13c",
            "业主委员会产生前，居委会可否代为签订合同？",
            "May the residents' committee sign a contract while there is no owners' committee?",
            {"allowed", "", ""}, {"refused", "", ""}),
    READING(PILOT_READING_OFFICE_RULE, "office_rule", "4.2-1", "合署办公用房是否计入办公面积？",
            "Does a shared office count towards the area?", {"shared_counts", "", ""},
            {"shared_excluded", "", ""}),
    READING(PILOT_READING_IN_FORCE_FROM, "in_force_from", "0.1-3", "方案自印发之日还是公开之日起生效？",
            "Does the notice bind from its issue or from its publication?", {"issued", "", ""},
            {"published", "", ""}),
    READING(PILOT_READING_DUPLICATE_KEY, "duplicate_key", "4.4-3",
            "重复收取是指同一服务同一期间，还是同一期间的任何费用？",
            "Is a fee collected twice when the same service is charged for the same time, or any two "
            "services?",
            {"same_service", "", ""}, {"any_service", "", ""}),
    READING(PILOT_READING_GATE_LAYOUT, "gate_layout", "1-4",
            "“门”按当日的布局认定，还是按选点时的布局认定？",
            "Is the gate that of the area's layout on the day, or of its layout when it was selected?",
            {"on_the_day", "", ""}, {"as_selected", "", ""}),
    READING(PILOT_READING_DISTRICT_SUCCESSION, "district_succession", "2-2",
            "被合并的城区，其职责由承继区还是原城区承担？",
            "Does a district that was merged hand its part on, or does the original one keep it?",
            {"successor", "", ""}, {"original", "", ""}),
    READING(PILOT_READING_REWARD_PAYEE, "reward_payee", "4.4.1-5",
            "奖励资金归社区，还是归物业服务企业？",
            "Does the reward go to the community, or to the provider of the service?",
            {"community", "", ""}, {"provider", "", ""}),
    READING(PILOT_READING_REWARD_CAP, "reward_cap", "4.4.1-5",
            "奖励按公式足额计算，还是以所补的缺口为限？",
            "Is the reward what its formula gives, or at most the shortfall that it meets?",
            {"uncapped", "", ""}, {"capped_by_shortfall", "", ""}),
    READING(PILOT_READING_INCOME_BASIS, "income_basis", "4.4.2-2",
            "项目经营所得是扣除经营成本后的净额，还是全部收入？",
            "Are a project's gains what its business earns after that business's costs, or all that it "
            "takes in?",
            {"net", "", ""}, {"gross", "", ""}),
};
const record pilot_readings_record = {"readings", sizeof(int32_t[PILOT_READING_COUNT]),
                                      FIELDS(reading_fields), "",
                                      "how the notice is read where it is disputed"};

static const struct {
    const char *register_id, *reason_zh, *reason_en;
} reading_texts[PILOT_READING_COUNT] = {
    [PILOT_READING_QUOTA_UNIT] =
        {"A-1", "任务目标以社区为单位，奖励也发给试点社区。",
         "The target is stated in communities, and the reward goes to communities."},
    [PILOT_READING_AREA_MAP] = {"A-2", "取双向对应；按另一读法，第二个居民区只作提示。",
                                "Taken both ways; under the other reading a second area is only noted."},
    [PILOT_READING_MONTH_RULE] =
        {"A-3", "标准按月计，奖励的是已开展的服务，取较稳妥的读法。",
         "The rate is monthly and rewards a service that runs: the cautious reading."},
    [PILOT_READING_HOUSEHOLD_BASIS] = {"A-4", "“总”户数不以入住或缴费为条件。",
                                       "A total does not depend on occupancy or payment."},
    [PILOT_READING_GATE_MODE] =
        {"A-5", "只安排了一次考核且奖励期稳定；其后不合格只停其当年。",
         "One assessment is scheduled and the period is stable; a later fail stops "
         "its own year."},
    [PILOT_READING_ODD_FEN_TO] =
        {"A-6b", "现行标准下不会出现；改革方案中由区级承担。",
         "It never arises at the notice's rates; under a reform the district bears it."},
    [PILOT_READING_PRE_NOTICE] =
        {"A-8", "通知之前无从履行；生效之日仍未完成才算逾期。",
         "Nobody could owe before the notice: late only where still open when it took "
         "force."},
    [PILOT_READING_ACTING_COMMITTEE] = {"A-10", "其间由居委会代行职责。",
                                        "The residents' committee acts in its place for that time."},
    [PILOT_READING_OFFICE_RULE] = {"A-11", "合署办公是解决用房的途径之一。",
                                   "Sharing is one of the ways to come by an office."},
    [PILOT_READING_IN_FORCE_FROM] =
        {"A-12", "收文对象是机关，以印发日为准。",
         "It is addressed to authorities, who have it from the day of issue."},
    [PILOT_READING_DUPLICATE_KEY] =
        {"A-7", "不同服务的费用并非原已收取的费用。",
         "A fee for another service is not the fee that was already collected."},
    [PILOT_READING_GATE_LAYOUT] = {"A-9", "封闭后由业主合同承担庭院服务，服务边界随实际而变。",
                                   "Who serves a courtyard changes on the day it is enclosed."},
    [PILOT_READING_DISTRICT_SUCCESSION] =
        {"A-13", "原城区已不存在，职责随区划调整转移。",
         "The original district no longer exists, and its part moved with its land."},
    [PILOT_READING_REWARD_PAYEE] =
        {"A-6", "奖励用于补社区经费的缺口；企业同等享受政策，并不等于直接领取奖励。",
         "It fills the gap in the community's budget; equal support gives a provider no claim of its "
         "own."},
    [PILOT_READING_REWARD_CAP] = {"A-6", "“用于”限定用途，不限定数额。",
                                  "What it is for limits its use, not its size."},
    [PILOT_READING_INCOME_BASIS] = {"A-14", "法律把扣除合理成本之后的收入归业主，按净额计。",
                                    "By law the owners have what remains after reasonable costs."},
};

pilot_status pilot_reading_at(pilot_reading reading, pilot_reading_info *info)
{
    if (!info)
        return PILOT_ERROR_ARGUMENT;
    if ((unsigned)reading >= PILOT_READING_COUNT)
        return PILOT_ERROR_NOT_FOUND;
    const field *f = &reading_fields[reading];
    const words *options = f->of;
    *info = (pilot_reading_info){
        .name = f->key,
        .register_id = reading_texts[reading].register_id,
        .clause = f->clause,
        .options = options->words,
        .option_count = options->count,
        .question_zh = f->zh,
        .question_en = f->en,
        .reason_zh = reading_texts[reading].reason_zh,
        .reason_en = reading_texts[reading].reason_en,
    };
    return PILOT_OK;
}

#define PARAMETER(key_, kind_, member, clause_, en_)                                                    \
    {                                                                                                   \
        .key = key_, .kind = kind_, .required = true, .offset = offsetof(pilot_parameters, member),     \
        .clause = clause_, .en = en_                                                                    \
    }

static const field parameter_fields[] = {
    REQUIRED(pilot_parameters, id, "id", ID, NULL, "", "names the policy"),
    REQUIRED(pilot_parameters, name_zh, "name_zh", TEXT, NULL, "", "for people, in Chinese"),
    REQUIRED(pilot_parameters, name_en, "name_en", TEXT, NULL, "", "for people, in English"),
    REQUIRED(pilot_parameters, issued, "issued", DATE, "0.1-3", "", "day of issue"),
    REQUIRED(pilot_parameters, published, "published", DATE, "0.1-3", "", "day of publication"),
    REQUIRED(pilot_parameters, pilot_year, "pilot_year", YEAR, "2-2", "",
             "year in which areas are selected"),
    SEVERAL(pilot_parameters, districts, district_count, "districts", LIST, "2-2", "",
            "the districts that take part", .of = &district_record, .required = true),
    SEVERAL(pilot_parameters, successions, succession_count, "successions", LIST, "2-2", "",
            "districts merged since", .of = &succession_record, .required = true),
    REQUIRED(pilot_parameters, communities_per_district, "communities_per_district", COUNT, "2-3", "",
             "how many each district selects"),
    REQUIRED(pilot_parameters, leading_group_heads, "leading_group_heads", COUNT, "3.1-1", "",
             "heads of the city's leading group"),
    REQUIRED(pilot_parameters, leading_group_deputies, "leading_group_deputies", COUNT, "3.1-1", "",
             "its deputy heads"),
    REQUIRED(pilot_parameters, leading_group_members, "leading_group_members", COUNT, "3.1-1", "",
             "its further members"),
    REQUIRED(pilot_parameters, workstation_min_staff, "workstation_min_staff", COUNT, "4.1-4", "",
             "least staff named for property management"),
    REQUIRED(pilot_parameters, office_min_area, "office_min_area_m2", AREA, "4.2-1", "",
             "least area of the property office"),
    REQUIRED(pilot_parameters, grid_departments, "grid_departments", WORDS, "4.3-13", "",
             "departments that name a post for each area", .of = &pilot_actor_words),
    REQUIRED(pilot_parameters, transfer_tolerance, "transfer_tolerance_yuan", MONEY, "4.3-9", "",
             "by which a transfer and the cut for it may differ"),
    REQUIRED(pilot_parameters, selection_due, "selection_due", DATE, "5.1-1", "",
             "last day to select the sites"),
    REQUIRED(pilot_parameters, remediation_due, "remediation_due", DATE, "5.2-1", "",
             "last day to finish the remediation"),
    REQUIRED(pilot_parameters, assembly_due, "assembly_due", DATE, "5.3-1", "",
             "last day to hold the owners' assembly"),
    REQUIRED(pilot_parameters, assembly_notice_days, "assembly_notice_days", COUNT, "5.3-2", "",
             "days from notice to assembly, by the regulation on property management"),
    SEVERAL(
        pilot_parameters, vote_rules, vote_rule_count, "vote_rules", LIST, "5.4-2", "",
        "what owners' votes have to reach, by the law of the day (Property Law art. 76, Civil Code art. "
        "278), in date order",
        .of = &vote_rule_record, .required = true),
    REQUIRED(pilot_parameters, entry_due, "entry_due", DATE, "5.4-1", "",
             "last day for the provider to start"),
    REQUIRED(pilot_parameters, assessment_due, "assessment_due", DATE, "5.5-1", "",
             "last day of the assessment"),
    SEVERAL(pilot_parameters, rates, rate_count, "rates", LIST, "4.4.1-4", "",
            "what the reward pays, in date order", .of = &rate_record, .required = true),
    REQUIRED(pilot_parameters, city_share, "city_share", SHARE, "4.4.1-8", "",
             "of an award; the district pays the rest"),
    REQUIRED(pilot_parameters, payment_days, "payment_days", COUNT, "3.2-7c", "",
             "days from assessment to payment; 0: no limit, as the notice has none"),
    REQUIRED(pilot_parameters, rounding, "rounding", WORD, "4.4.1-6", "",
             "of an award, once, to the fen",
             .of = WORDS({"half_up", "", ""}, {"up", "", ""}, {"down", "", ""}, {"half_even", "", ""})),
    REQUIRED(pilot_parameters, readings, "readings", RECORD, NULL, "", "disputed readings",
             .of = &pilot_readings_record),
};
const record pilot_policy_record = {"policies", sizeof(pilot_parameters), FIELDS(parameter_fields), "",
                                    "the parameters of a scheme"};

pilot_status pilot_parameter_at(size_t index, pilot_parameter_info *parameter)
{
    if (!parameter)
        return PILOT_ERROR_ARGUMENT;
    const size_t plain = FIELD_COUNT_OF(parameter_fields) - 1; /* all but the readings */
    if (index >= plain + PILOT_READING_COUNT)
        return PILOT_ERROR_NOT_FOUND;
    const field *f = index < plain ? &parameter_fields[index] : &reading_fields[index - plain];
    *parameter = (pilot_parameter_info){
        .parent = index < plain ? NULL : "readings", .key = f->key, .clause = f->clause, .en = f->en};
    return PILOT_OK;
}

static bool valid_share(pilot_share share)
{
    pilot_share reduced;
    return pilot_share_make(share.numerator, share.denominator, &reduced) == PILOT_OK &&
           reduced.numerator == share.numerator && reduced.denominator == share.denominator;
}

/* A place in the policy's JSON form. */
typedef struct json_path {
    char text[96];
} json_path;

static json_path path_of(const char *parent, const char *key)
{
    json_path path;
    snprintf(path.text, sizeof path.text, "%s/%s", parent, key);
    return path;
}

static json_path item_path(const char *list, size_t index, const char *key)
{
    json_path path;
    snprintf(path.text, sizeof path.text, "/%s/%zu/%s", list, index, key);
    return path;
}

static pilot_status refuse(pilot_error *error, json_path path, pilot_status status, const char *value,
                           const char *wanted)
{
    pilot_error_set(error, status, value, "\"%s\" is refused: %s", value, wanted);
    pilot_error_place(error, "%s", path.text);
    return status;
}

static pilot_status refuse_number(pilot_error *error, json_path path, int64_t number, const char *wanted)
{
    pilot_text text;
    snprintf(text.text, sizeof text.text, "%lld", (long long)number);
    return refuse(error, path, PILOT_ERROR_RANGE, text.text, wanted);
}

static pilot_status check_dates(const pilot_parameters *p, pilot_error *error)
{
    for (size_t i = 0; i < FIELD_COUNT_OF(parameter_fields); i++) {
        const field *f = &parameter_fields[i];
        if (f->kind != FIELD_DATE)
            continue;
        pilot_date date = *(const pilot_date *)field_in(p, f);
        if (!pilot_date_valid(date))
            return refuse_number(error, path_of("", f->key), date,
                                 "a date is days since 1970-01-01, within the years 1900 to 2200");
    }
    pilot_text text;
    if (p->published < p->issued)
        return refuse(error, path_of("", "published"), PILOT_ERROR_INCONSISTENT,
                      pilot_date_text(p->published, &text),
                      "a notice is not published before its issue");
    return PILOT_OK;
}

static pilot_status check_counts(const pilot_parameters *p, pilot_error *error)
{
    if (p->pilot_year < PILOT_YEAR_MIN || p->pilot_year > PILOT_YEAR_MAX)
        return refuse_number(error, path_of("", "pilot_year"), p->pilot_year, "years are 1900 to 2200");
    for (size_t i = 0; i < FIELD_COUNT_OF(parameter_fields); i++) {
        const field *f = &parameter_fields[i];
        if (f->kind != FIELD_COUNT && f->kind != FIELD_AREA && f->kind != FIELD_MONEY)
            continue;
        int64_t value = *(const int64_t *)field_in(p, f);
        if (value < 0)
            return refuse_number(error, path_of("", f->key), value,
                                 "a count, an area or a tolerance is 0 or more");
    }
    return PILOT_OK;
}

static pilot_status check_split(const pilot_parameters *p, pilot_error *error)
{
    char text[32];
    snprintf(text, sizeof text, "%d/%d", (int)p->city_share.numerator, (int)p->city_share.denominator);
    if (!valid_share(p->city_share))
        return refuse(error, path_of("", "city_share"), PILOT_ERROR_RANGE, text,
                      "a share is a fraction in lowest terms within 0 to 1");
    if (p->grid_departments >> PILOT_ACTOR_COUNT || p->grid_departments & 1)
        return refuse_number(error, path_of("", "grid_departments"), p->grid_departments,
                             "bits of bodies are wanted");
    if ((unsigned)p->rounding > PILOT_HALF_EVEN)
        return refuse_number(error, path_of("", "rounding"), (int64_t)p->rounding,
                             "it is none of the roundings");
    return PILOT_OK;
}

static pilot_status check_readings(const pilot_parameters *p, pilot_error *error)
{
    for (int i = 0; i < PILOT_READING_COUNT; i++)
        if (!pilot_word_name(reading_fields[i].of, p->readings[i]))
            return refuse_number(error, path_of("/readings", reading_fields[i].key), p->readings[i],
                                 "the reading has no option of this number");
    return PILOT_OK;
}

/* The number of the first record whose id is that of an earlier one; SIZE_MAX where there is none. */
static pilot_status find_repeated(const void *items, size_t size, size_t count, size_t *repeated,
                                  pilot_error *error)
{
    arena scratch = {0};
    id_index ids;
    size_t first;
    bool made = pilot_index_ids(&ids, &scratch, &scratch, items, size, count);
    if (!made || !pilot_repeated_id(&ids, items, size, repeated, &first))
        *repeated = SIZE_MAX;
    pilot_arena_free(&scratch);
    return made ? PILOT_OK
                : pilot_error_set(error, PILOT_ERROR_MEMORY, NULL, "no memory for the policy");
}

static pilot_status check_districts(const pilot_parameters *p, pilot_error *error)
{
    size_t repeated;
    if (p->district_count && !p->districts)
        return PILOT_ERROR_ARGUMENT;
    for (size_t i = 0; i < p->district_count; i++)
        if (!p->districts[i].id || !p->districts[i].name)
            return PILOT_ERROR_ARGUMENT;
    pilot_status status =
        find_repeated(p->districts, sizeof *p->districts, p->district_count, &repeated, error);
    if (status != PILOT_OK || repeated == SIZE_MAX)
        return status;
    return refuse(error, item_path("districts", repeated, "id"), PILOT_ERROR_DUPLICATE_ID,
                  p->districts[repeated].id, "another district of the list has this id");
}

static pilot_status check_successions(const pilot_parameters *p, pilot_error *error)
{
    if (p->succession_count && !p->successions)
        return PILOT_ERROR_ARGUMENT;
    for (size_t i = 0; i < p->succession_count; i++) {
        if (!p->successions[i].from || !p->successions[i].to)
            return PILOT_ERROR_ARGUMENT;
        if (!pilot_date_valid(p->successions[i].on))
            return refuse_number(error, item_path("successions", i, "on"), p->successions[i].on,
                                 "a date is days since 1970-01-01, within the years 1900 to 2200");
    }
    return PILOT_OK;
}

static pilot_status check_rate(const pilot_parameters *p, size_t i, pilot_error *error)
{
    static const char months[] = "a month is counted from 1970-01, within the years 1900 to 2200";
    const pilot_rate *rate = &p->rates[i];
    pilot_text text;
    if (!pilot_month_valid(rate->first))
        return refuse_number(error, item_path("rates", i, "first"), rate->first, months);
    if (!pilot_month_valid(rate->last))
        return refuse_number(error, item_path("rates", i, "last"), rate->last, months);
    if (rate->last < rate->first)
        return refuse(error, item_path("rates", i, "last"), PILOT_ERROR_ORDER,
                      pilot_month_text(rate->last, &text),
                      "a rate's last month is not before its first");
    if (i && rate->first <= p->rates[i - 1].last)
        return refuse(
            error, item_path("rates", i, "first"), PILOT_ERROR_INCONSISTENT,
            pilot_month_text(rate->first, &text),
            "rates are in date order and do not overlap, and the rate before still holds then");
    if (rate->price < 0)
        return refuse(error, item_path("rates", i, "yuan"), PILOT_ERROR_RANGE,
                      pilot_price_text(rate->price, &text), "a rate is 0 or more");
    if ((unsigned)rate->basis >= PILOT_BASIS_COUNT)
        return refuse_number(error, item_path("rates", i, "per"), (int64_t)rate->basis,
                             "it is none of the bases");
    return PILOT_OK;
}

static pilot_status check_rates(const pilot_parameters *p, pilot_error *error)
{
    if (p->rate_count && !p->rates)
        return PILOT_ERROR_ARGUMENT;
    pilot_status status = PILOT_OK;
    for (size_t i = 0; status == PILOT_OK && i < p->rate_count; i++)
        status = check_rate(p, i, error);
    return status;
}

/* The place of a member of a rule's terms. */
static json_path terms_path(size_t rule, const char *kind, const char *key, const char *member)
{
    json_path path;
    snprintf(path.text, sizeof path.text, "/vote_rules/%zu/%s/%s%s", rule, kind, key, member);
    return path;
}

static pilot_status check_threshold(const pilot_vote_terms *terms, int index, size_t rule,
                                    const char *kind, pilot_error *error)
{
    const pilot_threshold *t = &terms->thresholds[index];
    const char *key = terms_fields[index].key;
    char text[32];
    snprintf(text, sizeof text, "%d/%d", (int)t->share.numerator, (int)t->share.denominator);
    if (!valid_share(t->share))
        return refuse(error, terms_path(rule, kind, key, "/share"), PILOT_ERROR_RANGE, text,
                      "a share is a fraction in lowest terms within 0 to 1");
    if (!pilot_word_name(&pilot_bound_words, (int32_t)t->bound))
        return refuse_number(error, terms_path(rule, kind, key, "/bound"), (int64_t)t->bound,
                             "it is none of the bounds");
    if (t->bound == PILOT_MORE_THAN && t->share.numerator == t->share.denominator)
        return refuse(error, terms_path(rule, kind, key, "/share"), PILOT_ERROR_RANGE, text,
                      "nothing is more than the whole");
    return PILOT_OK;
}

static pilot_status check_terms(const pilot_vote_terms *terms, size_t rule, const char *kind,
                                pilot_error *error)
{
    pilot_status status = PILOT_OK;
    for (int i = 0; status == PILOT_OK && i < PILOT_THRESHOLD_COUNT; i++)
        status = check_threshold(terms, i, rule, kind, error);
    if (status != PILOT_OK || pilot_word_name(&pilot_approval_base_words, (int32_t)terms->approval_of))
        return status;
    return refuse_number(error, terms_path(rule, kind, "approval_of", ""), (int64_t)terms->approval_of,
                         "approval is measured by neither all nor those who vote");
}

/* repeated: the first rule whose id another has. */
static pilot_status check_rule_id(const pilot_parameters *p, size_t i, size_t repeated,
                                  pilot_error *error)
{
    const char *id = p->vote_rules[i].id;
    if (!*id || strlen(id) >= PILOT_LAW_SIZE)
        return refuse(error, item_path("vote_rules", i, "id"), PILOT_ERROR_RANGE, id,
                      "a vote rule's id has 1 to 47 bytes");
    if (i == repeated)
        return refuse(error, item_path("vote_rules", i, "id"), PILOT_ERROR_DUPLICATE_ID, id,
                      "another vote rule of the list has this id");
    return PILOT_OK;
}

static pilot_status check_vote_rule(const pilot_parameters *p, size_t i, size_t repeated,
                                    pilot_error *error)
{
    const pilot_vote_rule *rule = &p->vote_rules[i];
    pilot_text text;
    pilot_status status = check_rule_id(p, i, repeated, error);
    if (status != PILOT_OK)
        return status;
    if (!pilot_date_valid(rule->first))
        return refuse_number(error, item_path("vote_rules", i, "first"), rule->first,
                             "a date is days since 1970-01-01, within the years 1900 to 2200");
    if (i && rule->first <= p->vote_rules[i - 1].first)
        return refuse(error, item_path("vote_rules", i, "first"), PILOT_ERROR_INCONSISTENT,
                      pilot_date_text(rule->first, &text),
                      "vote rules are in date order, each from a later day than the one before");
    if (rule->special_matters >> PILOT_MATTER_COUNT || rule->special_matters & 1)
        return refuse_number(error, item_path("vote_rules", i, "special_matters"), rule->special_matters,
                             "bits of matters are wanted");
    for (int kind = 0; status == PILOT_OK && kind < PILOT_MATTER_KIND_COUNT; kind++)
        status =
            check_terms(&rule->terms[kind], i, pilot_word_name(&pilot_matter_kind_words, kind), error);
    return status;
}

static pilot_status check_vote_rules(const pilot_parameters *p, pilot_error *error)
{
    size_t repeated;
    if (p->vote_rule_count && !p->vote_rules)
        return PILOT_ERROR_ARGUMENT;
    for (size_t i = 0; i < p->vote_rule_count; i++)
        if (!p->vote_rules[i].id || !p->vote_rules[i].law)
            return PILOT_ERROR_ARGUMENT;
    pilot_status status =
        find_repeated(p->vote_rules, sizeof *p->vote_rules, p->vote_rule_count, &repeated, error);
    for (size_t i = 0; status == PILOT_OK && i < p->vote_rule_count; i++)
        status = check_vote_rule(p, i, repeated, error);
    return status;
}

static pilot_status check_names(const pilot_parameters *p, pilot_error *error)
{
    if (!p->id || !p->name_zh || !p->name_en)
        return PILOT_ERROR_ARGUMENT;
    if (!*p->id || strlen(p->id) >= sizeof((pilot_receipt *)0)->policy)
        return refuse(error, path_of("", "id"), PILOT_ERROR_RANGE, p->id,
                      "a policy's id has 1 to 47 bytes");
    return PILOT_OK;
}

static pilot_status validate(const pilot_parameters *p, pilot_error *error)
{
    static pilot_status (*const checks[])(const pilot_parameters *, pilot_error *) = {
        check_names,     check_dates,       check_counts, check_split,      check_readings,
        check_districts, check_successions, check_rates,  check_vote_rules,
    };
    pilot_status status = PILOT_OK;
    for (size_t i = 0; status == PILOT_OK && i < sizeof checks / sizeof *checks; i++)
        status = checks[i](p, error);
    if (status == PILOT_ERROR_ARGUMENT)
        pilot_error_set(error, status, NULL, "a name or a list of the parameters is NULL");
    return status;
}

static bool adopt_districts(arena *a, pilot_policy_district *own, const pilot_parameters *from)
{
    for (size_t i = 0; i < from->district_count; i++) {
        own[i].id = pilot_arena_copy(a, from->districts[i].id);
        own[i].name = pilot_arena_copy(a, from->districts[i].name);
        if (!own[i].id || !own[i].name)
            return false;
    }
    return true;
}

static bool adopt_successions(arena *a, pilot_succession *own, const pilot_parameters *from)
{
    for (size_t i = 0; i < from->succession_count; i++) {
        own[i].on = from->successions[i].on;
        own[i].from = pilot_arena_copy(a, from->successions[i].from);
        own[i].to = pilot_arena_copy(a, from->successions[i].to);
        if (!own[i].from || !own[i].to)
            return false;
    }
    return true;
}

static bool adopt_vote_rules(arena *a, pilot_vote_rule *own, const pilot_parameters *from)
{
    for (size_t i = 0; i < from->vote_rule_count; i++) {
        own[i] = from->vote_rules[i];
        own[i].id = pilot_arena_copy(a, from->vote_rules[i].id);
        own[i].law = pilot_arena_copy(a, from->vote_rules[i].law);
        if (!own[i].id || !own[i].law)
            return false;
    }
    return true;
}

/* Copies what the parameters point at into the policy's own memory; false when it runs out. */
static bool adopt(pilot_policy *policy, const pilot_parameters *from)
{
    arena *a = &policy->memory;
    pilot_policy_district *own_districts =
        pilot_arena_take(a, from->district_count, sizeof *own_districts);
    pilot_rate *own_rates = pilot_arena_take(a, from->rate_count, sizeof *own_rates);
    pilot_succession *own_successions =
        pilot_arena_take(a, from->succession_count, sizeof *own_successions);
    pilot_vote_rule *own_vote_rules = pilot_arena_take(a, from->vote_rule_count, sizeof *own_vote_rules);
    pilot_parameters *p = &policy->parameters;
    *p = *from;
    p->id = pilot_arena_copy(a, from->id);
    p->name_zh = pilot_arena_copy(a, from->name_zh);
    p->name_en = pilot_arena_copy(a, from->name_en);
    p->districts = own_districts;
    p->rates = own_rates;
    p->successions = own_successions;
    p->vote_rules = own_vote_rules;
    if (!own_districts || !own_rates || !own_successions || !own_vote_rules || !p->id || !p->name_zh ||
        !p->name_en)
        return false;
    for (size_t i = 0; i < from->rate_count; i++)
        own_rates[i] = from->rates[i];
    return adopt_districts(a, own_districts, from) && adopt_successions(a, own_successions, from) &&
           adopt_vote_rules(a, own_vote_rules, from);
}

pilot_status pilot_policy_new(const pilot_parameters *parameters, pilot_policy **policy,
                              pilot_error *error)
{
    if (!parameters || !policy)
        return pilot_error_set(error, PILOT_ERROR_ARGUMENT, NULL, "parameters or policy is NULL");
    pilot_status status = validate(parameters, error);
    if (status != PILOT_OK)
        return status;
    pilot_policy *made = calloc(1, sizeof *made);
    if (!made || !adopt(made, parameters) || !pilot_plan_make(made)) {
        pilot_policy_free(made);
        return pilot_error_set(error, PILOT_ERROR_MEMORY, NULL, "no memory for the policy");
    }
    writer hash = pilot_writer_hash();
    pilot_record_write(&hash, NULL, &pilot_policy_record, &made->parameters);
    made->fingerprint = hash.hash;
    *policy = made;
    return PILOT_OK;
}

pilot_status pilot_policy_nanchang_2019(pilot_policy **policy)
{
    return pilot_policy_new(&nanchang_2019, policy, NULL);
}

pilot_status pilot_policy_with_reading(const pilot_policy *policy, pilot_reading reading, int32_t option,
                                       pilot_policy **changed)
{
    if (!policy || !changed)
        return PILOT_ERROR_ARGUMENT;
    if ((unsigned)reading >= PILOT_READING_COUNT)
        return PILOT_ERROR_RANGE;
    pilot_parameters parameters = policy->parameters;
    parameters.readings[reading] = option;
    return pilot_policy_new(&parameters, changed, NULL);
}

void pilot_policy_free(pilot_policy *policy)
{
    if (!policy)
        return;
    pilot_arena_free(&policy->memory);
    free(policy);
}

const pilot_parameters *pilot_policy_parameters(const pilot_policy *policy)
{
    return &policy->parameters;
}

uint64_t pilot_policy_fingerprint(const pilot_policy *policy)
{
    return policy->fingerprint;
}

size_t pilot_policy_years(const pilot_policy *policy, int32_t *first)
{
    if (!policy || !policy->parameters.rate_count)
        return 0;
    const pilot_parameters *p = &policy->parameters;
    int32_t from = pilot_month_year(p->rates[0].first);
    if (first)
        *first = from;
    return (size_t)(pilot_month_year(p->rates[p->rate_count - 1].last) - from) + 1;
}

const char *pilot_district_on(const pilot_policy *policy, const char *district, pilot_date day)
{
    const pilot_parameters *p = &policy->parameters;
    if (p->readings[PILOT_READING_DISTRICT_SUCCESSION] == PILOT_ORIGINAL_DISTRICT)
        return district;
    for (size_t i = 0; i < p->succession_count; i++)
        if (p->successions[i].on <= day && strcmp(p->successions[i].from, district) == 0)
            return p->successions[i].to;
    return district;
}

pilot_date pilot_policy_in_force(const pilot_parameters *p)
{
    return p->readings[PILOT_READING_IN_FORCE_FROM] == PILOT_IN_FORCE_PUBLISHED ? p->published
                                                                                : p->issued;
}

pilot_date pilot_due_day(const pilot_parameters *p, pilot_date due)
{
    pilot_date in_force = pilot_policy_in_force(p);
    bool confirmatory = p->readings[PILOT_READING_PRE_NOTICE] == PILOT_PRE_NOTICE_CONFIRMATORY;
    return confirmatory && due < in_force ? in_force : due;
}

static const field receipt_fields[] = {
    CHARS(pilot_receipt, library, "library", NULL, "", "version of the library"),
    CHARS(pilot_receipt, policy, "policy", NULL, "", "id of the policy"),
    REQUIRED(pilot_receipt, fingerprint, "fingerprint", HASH, NULL, "", "of the policy"),
    OPTIONAL(pilot_receipt, as_of, "as_of", DATE, NULL, "", "day on which the result holds"),
};
const record pilot_receipt_record = {"receipt", sizeof(pilot_receipt), FIELDS(receipt_fields), "",
                                     "what a result comes from"};

void pilot_receipt_fill(const pilot_policy *policy, pilot_opt_date as_of, pilot_receipt *receipt)
{
    *receipt =
        (pilot_receipt){.library = PILOT_VERSION, .fingerprint = policy->fingerprint, .as_of = as_of};
    memcpy(receipt->policy, policy->parameters.id, strlen(policy->parameters.id) + 1);
}

/* The sweep's combinations are numbered in mixed radix, the first reading of the set fastest. */
typedef struct sweep {
    int count;
    pilot_reading readings[PILOT_READING_COUNT];
    int32_t options[PILOT_READING_COUNT];
    size_t combinations;
} sweep;

static sweep sweep_of(uint32_t set)
{
    sweep s = {.combinations = 1};
    for (int i = 0; i < PILOT_READING_COUNT; i++) {
        if (!(set & PILOT_READING_BIT(i)))
            continue;
        const words *options = reading_fields[i].of;
        s.readings[s.count] = (pilot_reading)i;
        s.options[s.count++] = options->count;
        s.combinations *= (size_t)options->count;
    }
    return s;
}

static void switch_to(const sweep *s, size_t combination, pilot_parameters *p)
{
    for (int i = 0; i < s->count; i++) {
        p->readings[s->readings[i]] = (int32_t)(combination % (size_t)s->options[i]);
        combination /= (size_t)s->options[i];
    }
}

typedef struct swept {
    int64_t values[PILOT_SWEEP_VALUES];
    bool known;
} swept;

/* A reading moves a value when two combinations that differ in it alone give different ones. */
static bool moves(const sweep *s, int reading, const swept *results, int value)
{
    size_t stride = 1;
    for (int i = 0; i < reading; i++)
        stride *= (size_t)s->options[i];
    for (size_t c = stride; c < s->combinations; c++) {
        bool first_option = c / stride % (size_t)s->options[reading] == 0;
        if (!first_option && results[c].known && results[c - stride].known &&
            results[c].values[value] != results[c - stride].values[value])
            return true;
    }
    return false;
}

static void spread_of(const sweep *s, const swept *results, int value, pilot_spread *spread)
{
    bool any = false;
    for (size_t c = 0; c < s->combinations; c++) {
        if (!results[c].known)
            continue;
        int64_t v = results[c].values[value];
        if (!any || v < spread->least)
            spread->least = v;
        if (!any || v > spread->greatest)
            spread->greatest = v;
        any = true;
    }
    spread->moved_by = 0;
    for (int i = 0; i < s->count; i++)
        if (moves(s, i, results, value))
            spread->moved_by |= PILOT_READING_BIT(s->readings[i]);
}

#define COMBINATIONS_MAX 128

pilot_status pilot_sweep(const pilot_policy *policy, uint32_t set, pilot_sweep_function evaluate,
                         const void *context, pilot_spread spreads[PILOT_SWEEP_VALUES])
{
    sweep s = sweep_of(set);
    swept results[COMBINATIONS_MAX] = {0};
    if (s.combinations > COMBINATIONS_MAX)
        return PILOT_ERROR_CAPACITY;
    pilot_policy changed = *policy; /* shares the original's memory, which it outlives */
    bool any = false;
    for (size_t c = 0; c < s.combinations; c++) {
        switch_to(&s, c, &changed.parameters);
        pilot_status status = evaluate(&changed, context, results[c].values);
        if (status != PILOT_OK && status != PILOT_ERROR_MISSING_VALUE)
            return status;
        results[c].known = status == PILOT_OK;
        any |= results[c].known;
    }
    if (!any)
        return PILOT_ERROR_MISSING_VALUE;
    for (int value = 0; value < PILOT_SWEEP_VALUES; value++)
        spread_of(&s, results, value, &spreads[value]);
    return PILOT_OK;
}
