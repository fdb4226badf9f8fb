/* How the notice is read where it is disputed. */
#include "policy_internal.h"

#include "base/base_internal.h"
#include "record/fields.h"

#include <string.h>

#define READING(index, key_, clause_, zh_, en_, ...)                                                    \
    [index] = {.key = key_,                                                                             \
               .kind = FIELD_WORD,                                                                      \
               .required = true,                                                                        \
               .marks = PILOT_AWARD_READINGS & PILOT_READING_BIT(index) ? MARK_AWARD : 0,               \
               .offset = (index) * sizeof(int32_t),                                                     \
               .of = WORDS(__VA_ARGS__),                                                                \
               .clause = clause_,                                                                       \
               .zh = zh_,                                                                               \
               .en = en_}

/* Each switch with its clause, its question and its options, the default first. */
static const field reading_fields[PILOT_READING_COUNT] = {
    READING(PILOT_READING_QUOTA_UNIT, "quota_unit", "2-3", "每个城区的名额按社区计还是按居民区计？",
            "Are a district's places counted in communities or in areas?",
            {"communities", "社区", "communities"}, {"areas", "居民区", "areas"}),
    READING(PILOT_READING_AREA_MAP, "area_map", "4.2-3",
            "一一对应是双向的，还是只要求一个居民区归一个社区？",
            "Does one-to-one mean one area per community as well, or only one community per area?",
            {"one_to_one", "双向一一对应", "one to one"},
            {"function", "一个居民区归一个社区", "one community per area"}),
    READING(PILOT_READING_MONTH_RULE, "month_rule", "4.4.1-3",
            "服务当年哪些月份计奖：实际服务月、自通知当月起，还是全年？",
            "Which months of a year of service count: those served, those from the notice on, or all "
            "twelve?",
            {"service_months", "实际服务月", "months served"},
            {"from_notice", "自通知当月起", "from the notice on"},
            {"calendar_years", "全年", "whole calendar years"}),
    READING(PILOT_READING_HOUSEHOLD_BASIS, "household_basis", "4.4.1-6",
            "总户数指全部住宅套数、入住户数还是缴费户数？",
            "Are the total households all dwellings, the occupied ones, or those that pay?",
            {"all_dwellings", "全部住宅", "all dwellings"},
            {"occupied", "入住住宅", "occupied dwellings"}, {"paying", "缴费住宅", "paying dwellings"}),
    READING(PILOT_READING_GATE_MODE, "gate_mode", "4.4.1-2", "考核合格一次即管各年，还是须逐年合格？",
            "Does one pass open all the years, or does each year need its own?",
            {"once", "一次合格", "one pass for all years"},
            {"annual", "逐年合格", "a pass for each year"}),
    READING(PILOT_READING_ODD_FEN_TO, "odd_fen_to", "4.4.1-8", "总额不能整分时，余下的一分由谁承担？",
            "Who bears the fen that is left when a total does not split evenly?",
            {"district", "城区承担", "the district"}, {"city", "市级承担", "the city"}),
    READING(
        PILOT_READING_PRE_NOTICE, "pre_notice", "5.1-1",
        "通知生效前已到期的步骤，是事后确认还是照样追究？",
        "Is a step that was due before the notice only confirmed by it, or held against the district?",
        {"confirmatory", "事后确认", "only confirmed"},
        {"strict", "照样追究", "held against the district"}),
    READING(PILOT_READING_ACTING_COMMITTEE, "acting_committee", "3.2-13c",
            "业主委员会产生前，居委会可否代为签订合同？",
            "May the residents' committee sign a contract while there is no owners' committee?",
            {"allowed", "可以", "allowed"}, {"refused", "不可以", "refused"}),
    READING(PILOT_READING_OFFICE_RULE, "office_rule", "4.2-1", "合署办公用房是否计入办公面积？",
            "Does a shared office count towards the area?",
            {"shared_counts", "合署用房计入", "a shared office counts"},
            {"shared_excluded", "合署用房不计", "a shared office does not count"}),
    READING(PILOT_READING_IN_FORCE_FROM, "in_force_from", "0.1-3", "方案自印发之日还是公开之日起生效？",
            "Does the notice bind from its issue or from its publication?",
            {"issued", "自印发之日", "from its issue"},
            {"published", "自公开之日", "from its publication"}),
    READING(PILOT_READING_DUPLICATE_KEY, "duplicate_key", "4.4-3",
            "重复收取是指同一服务同一期间，还是同一期间的任何费用，或同一类费用？",
            "Is a fee collected twice when the same service is charged for the same time, or any two "
            "services, or two of one kind?",
            {"same_service", "同一服务", "the same service"}, {"any_service", "任何服务", "any service"},
            {"same_kind", "同一类费用", "the same kind"}),
    READING(PILOT_READING_GATE_LAYOUT, "gate_layout", "1-4",
            "“门”按当日的布局认定，还是按选点时的布局认定？",
            "Is the gate that of the area's layout on the day, or of its layout when it was selected?",
            {"on_the_day", "按当日布局", "the layout on the day"},
            {"as_selected", "按选点时布局", "the layout when it was selected"}),
    READING(PILOT_READING_DISTRICT_SUCCESSION, "district_succession", "2-2",
            "被合并的城区，其职责由承继区还是原城区承担？",
            "Does a district that was merged hand its part on, or does the original one keep it?",
            {"successor", "承继城区", "the successor"}, {"original", "原城区", "the original district"}),
    READING(PILOT_READING_REWARD_PAYEE, "reward_payee", "4.4.1-5",
            "奖励资金归社区，还是归物业服务企业？",
            "Does the reward go to the community, or to the provider of the service?",
            {"community", "归社区", "the community"}, {"provider", "归服务企业", "the provider"}),
    READING(PILOT_READING_REWARD_CAP, "reward_cap", "4.4.1-5",
            "奖励按公式足额计算，还是以所补的缺口为限？",
            "Is the reward what its formula gives, or at most the shortfall that it meets?",
            {"uncapped", "按公式足额", "what the formula gives"},
            {"capped_by_shortfall", "以缺口为限", "at most the shortfall"}),
    READING(PILOT_READING_INCOME_BASIS, "income_basis", "4.4.2-2",
            "项目经营所得是扣除经营成本后的净额，还是全部收入？",
            "Are a project's gains what its business earns after that business's costs, or all that it "
            "takes in?",
            {"net", "净额", "after its costs"}, {"gross", "全部收入", "all that it takes in"}),
    READING(PILOT_READING_CRITICISM_SCOPE, "criticism_scope", "6.2-2",
            "通报批评只针对未达到进度的城区，还是针对未达到任何一项工作要求的城区？",
            "Is a district criticised for its progress alone, or for any requirement that it misses?",
            {"progress", "只看进度", "progress alone"},
            {"any_requirement", "任何工作要求", "any requirement"}),
    READING(PILOT_READING_PARKING_COLLECTOR, "parking_collector", "4.4.2-4",
            "除城区政府外，其他单位能否在居民区内划设车位、收取停车费？",
            "May others than the district mark bays and collect parking fees inside an area?",
            {"district_on_public_roads", "公共道路限城区政府", "the district on public roads"},
            {"district_only", "一律限城区政府", "the district alone"}),
    READING(PILOT_READING_SUCCESSION_FROM, "succession_from", "2-2",
            "承继城区自实际接管之日还是自批准公布之日起接替原城区？",
            "Does a successor stand in a district's place from its takeover or from the approval?",
            {"takeover", "自实际接管", "from the takeover"},
            {"approval", "自批准公布", "from the approval"}),
    READING(PILOT_READING_CONTRACT_PARTY, "contract_party", "5.4-4",
            "服务合同只由业主委员会签订，还是业主大会也可签订？",
            "Does the owners' committee alone sign the contract, or may the assembly as well?",
            {"committee", "业主委员会", "the committee"},
            {"either", "业主委员会或业主大会", "committee or assembly"}),
    READING(PILOT_READING_REMEDIATION_ORDER, "remediation_order", "1-2",
            "整治须在企业进驻之前完成，还是只须在整治自身期限前完成？",
            "Is a remediation finished before the provider moves in, or only by its own date?",
            {"before_entry", "进驻之前", "before the entry"},
            {"by_its_date", "自身期限之前", "by its own date"}),
    READING(PILOT_READING_MEETINGS_UNTIL, "meetings_until", "3.2-3a",
            "领导小组的季度会议开到考核验收为止，还是开到奖励期结束？",
            "Do the quarterly meetings end with the assessment, or with the reward's last month?",
            {"assessment", "到考核验收", "the assessment"},
            {"reward_end", "到奖励期结束", "the reward's end"}),
    READING(PILOT_READING_HOUSEHOLD_DATE, "household_date", "4.4.1-6",
            "总户数取考核时的户数、每年一月的户数还是各月的户数？",
            "Are the total households those at the assessment, those of each January, or those of each "
            "month?",
            {"assessment", "考核时", "at the assessment"}, {"january", "每年一月", "each January"},
            {"each_month", "各月", "each month"}),
    READING(PILOT_READING_PASS_EFFECT, "pass_effect", "5.5-3", "考核合格是否补发此前月份的奖励？",
            "Does a pass pay for the months before it as well?",
            {"retroactive", "补发", "the months before it too"},
            {"from_the_pass", "自合格当月起", "from its month on"}),
};
const record pilot_readings_record =
    RECORD("readings", int32_t[PILOT_READING_COUNT], reading_fields, "争议条款的读法",
           "how the notice is read where it is disputed", .defaults = pilot_nanchang_2019.readings);

static const struct {
    const char *register_id, *reason_zh, *reason_en;
} reading_texts[PILOT_READING_COUNT] = {
    [PILOT_READING_QUOTA_UNIT] =
        {"A-1", "任务目标以社区为单位，奖励也发给试点社区。",
         "The target is stated in communities, and the reward goes to communities."},
    [PILOT_READING_AREA_MAP] = {"A-2", "取双向对应；按另一读法，第二个居民区只作提示。",
                                "Taken both ways; under the other reading a second area is only noted."},
    [PILOT_READING_MONTH_RULE] =
        {"A-3", "标准按月计，奖励的是已开展的服务，取较稳妥的读法；通知印发前已服务的月份也计。",
         "The rate is monthly and rewards a service that runs: the cautious reading. Months served "
         "before "
         "the notice was issued count as well."},
    [PILOT_READING_HOUSEHOLD_BASIS] =
        {"A-4", "“总”户数不以入住或缴费为条件；商铺和单位不是户。",
         "A total does not depend on occupancy or payment. Shops and organisations are no households."},
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
    [PILOT_READING_CRITICISM_SCOPE] =
        {"B-1", "“进度”是唯一列明的要求，其余要求各有责任单位。",
         "Progress is the one requirement that is named; the others have bodies that answer for them."},
    [PILOT_READING_PARKING_COLLECTOR] =
        {"B-2", "通知允许城区政府收费，并未禁止他人；监管明码标价时提到企业收取停车费。",
         "The notice allows the district a fee and forbids nobody else's; it speaks of providers that "
         "collect parking fees."},
    [PILOT_READING_SUCCESSION_FROM] =
        {"A-13", "接管之前，原城区政府仍在履职。",
         "Until the takeover the original district's government was still at work."},
    [PILOT_READING_CONTRACT_PARTY] =
        {"A-10", "条款在服务契约化处写明由业主委员会签订。",
         "Where it sets out the contract, the notice has the committee as the party."},
    [PILOT_READING_REMEDIATION_ORDER] =
        {"A-8", "总体思路定了先后；分步期限在十二月重叠。",
         "The general approach lays down the order; the dated steps overlap in December."},
    [PILOT_READING_MEETINGS_UNTIL] = {"B-3", "会议服务于试点，试点以考核验收收尾。",
                                      "The meetings serve the pilot, which ends with its assessment."},
    [PILOT_READING_HOUSEHOLD_DATE] =
        {"A-4", "奖励期稳定，首次合格当日的户数沿用各年；尚无合格日期时取基准日的户数。",
         "The period is stable, so the count on the day of the first pass is used for all of it; until "
         "there "
         "is one, that on the day asked about."},
    [PILOT_READING_PASS_EFFECT] =
        {"A-5",
         "首次考核在2020年，而2019年即有标准，只有补发才能付出；不补发而又须逐年合格时，次年才合格的年度"
         "一律不付。",
         "The first assessment is in 2020 and there is a rate for 2019, which only back pay can pay. "
         "Without "
         "it, a year that needs its own pass and has it in the year after is not paid at all."},
};

/* What each is about, where a sentence names it. */
static const pilot_phrase reading_titles[PILOT_READING_COUNT] = {
    [PILOT_READING_QUOTA_UNIT] = {"名额计算单位", "the unit of the quota"},
    [PILOT_READING_AREA_MAP] = {"一一对应", "one-to-one"},
    [PILOT_READING_MONTH_RULE] = {"计奖月份", "the months that count"},
    [PILOT_READING_HOUSEHOLD_BASIS] = {"总户数", "total households"},
    [PILOT_READING_GATE_MODE] = {"考核合格的效力年限", "the years that a pass opens"},
    [PILOT_READING_ODD_FEN_TO] = {"余分归属", "the odd fen"},
    [PILOT_READING_PRE_NOTICE] = {"生效前已到期的步骤", "steps due before the notice"},
    [PILOT_READING_ACTING_COMMITTEE] = {"居委会代签合同", "the residents' committee as signatory"},
    [PILOT_READING_OFFICE_RULE] = {"合署办公用房", "shared offices"},
    [PILOT_READING_IN_FORCE_FROM] = {"生效日期", "the day in force"},
    [PILOT_READING_DUPLICATE_KEY] = {"重复收取", "fees collected twice"},
    [PILOT_READING_GATE_LAYOUT] = {"“门”的认定", "the gate"},
    [PILOT_READING_DISTRICT_SUCCESSION] = {"撤并城区的职责", "a merged district's part"},
    [PILOT_READING_REWARD_PAYEE] = {"奖励归属", "who receives the reward"},
    [PILOT_READING_REWARD_CAP] = {"奖励限额", "the limit of the reward"},
    [PILOT_READING_INCOME_BASIS] = {"经营收益", "gains of a business"},
    [PILOT_READING_CRITICISM_SCOPE] = {"通报批评的范围", "the scope of criticism"},
    [PILOT_READING_PARKING_COLLECTOR] = {"停车费收取主体", "who collects parking fees"},
    [PILOT_READING_SUCCESSION_FROM] = {"城区承继日期", "the day of the succession"},
    [PILOT_READING_CONTRACT_PARTY] = {"合同签订主体", "the party to the contract"},
    [PILOT_READING_REMEDIATION_ORDER] = {"整治与进驻的先后", "the order of remediation and entry"},
    [PILOT_READING_MEETINGS_UNTIL] = {"季度会议的截止", "the end of the quarterly meetings"},
    [PILOT_READING_HOUSEHOLD_DATE] = {"户数的计算日期", "the day of the count"},
    [PILOT_READING_PASS_EFFECT] = {"考核合格的追溯", "the effect of a pass on earlier months"},
};

const char *pilot_reading_name(pilot_reading reading)
{
    return (unsigned)reading < PILOT_READING_COUNT ? reading_fields[reading].key : NULL;
}

const char *pilot_reading_title(pilot_reading reading, pilot_language language)
{
    if ((unsigned)reading >= PILOT_READING_COUNT || (unsigned)language > PILOT_CHINESE)
        return NULL;
    const field *f = &reading_fields[reading];
    return language == PILOT_CHINESE ? f->zh : f->en;
}

pilot_status pilot_reading_find(const char *name, pilot_reading *reading)
{
    if (!name || !reading)
        return PILOT_ERROR_ARGUMENT;
    for (int i = 0; i < PILOT_READING_COUNT; i++)
        if (strcmp(reading_fields[i].key, name) == 0) {
            *reading = (pilot_reading)i;
            return PILOT_OK;
        }
    return PILOT_ERROR_NOT_FOUND;
}

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
        .title_zh = reading_titles[reading].zh,
        .title_en = reading_titles[reading].en,
    };
    return PILOT_OK;
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

#define COMBINATIONS_MAX 576 /* of the readings that bear on an account */

typedef struct swept {
    int64_t values[COMBINATIONS_MAX][PILOT_SWEEP_VALUES];
    bool known[COMBINATIONS_MAX];
} swept;

/* A reading moves a value when two combinations that differ in it alone give different ones. */
static bool moves(const sweep *s, int reading, const swept *results, int value)
{
    size_t stride = 1;
    for (int i = 0; i < reading; i++)
        stride *= (size_t)s->options[i];
    for (size_t c = stride; c < s->combinations; c++) {
        bool first_option = c / stride % (size_t)s->options[reading] == 0;
        if (!first_option && results->known[c] && results->known[c - stride] &&
            results->values[c][value] != results->values[c - stride][value])
            return true;
    }
    return false;
}

static void spread_of(const sweep *s, const swept *results, int value, pilot_spread *spread)
{
    bool any = false;
    for (size_t c = 0; c < s->combinations; c++) {
        if (!results->known[c])
            continue;
        int64_t v = results->values[c][value];
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

pilot_status pilot_sweep(const pilot_policy *policy, uint32_t set, pilot_sweep_function evaluate,
                         const void *context, pilot_spread spreads[PILOT_SWEEP_VALUES])
{
    sweep s = sweep_of(set);
    swept results;
    if (s.combinations > COMBINATIONS_MAX)
        return PILOT_ERROR_CAPACITY;
    pilot_policy changed = *policy; /* shares the original's memory, which it outlives */
    bool any = false;
    for (size_t c = 0; c < s.combinations; c++) {
        switch_to(&s, c, &changed.parameters);
        pilot_status status = evaluate(&changed, context, results.values[c]);
        if (status != PILOT_OK && status != PILOT_ERROR_MISSING_VALUE)
            return status;
        results.known[c] = status == PILOT_OK;
        any |= results.known[c];
    }
    if (!any)
        return PILOT_ERROR_MISSING_VALUE;
    for (int value = 0; value < PILOT_SWEEP_VALUES; value++)
        spread_of(&s, &results, value, &spreads[value]);
    return PILOT_OK;
}
