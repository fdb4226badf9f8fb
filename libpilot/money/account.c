#include "account_internal.h"

#include "base/base_internal.h"
#include "record/fields.h"
#include "market/menu_internal.h"
#include "notice/policy_internal.h"
#include "reward_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What earns money by itself, and so can be an income of an account. */
#define EARNING                                                                                         \
    {0}, {"advertising", "广告位租赁", "advertising"},                                                  \
        {"lockers", "快递储存柜场地租赁", "parcel lockers"},                                            \
        {"recycling", "再生资源经营", "recycling"},                                                     \
    {                                                                                                   \
        "parking", "停车收费", "parking"                                                                \
    }

const words pilot_income_source_words = WORD_LIST(EARNING, {"reward", "奖励资金", "reward"});
const words pilot_purpose_words =
    WORD_LIST({0}, {"this_project", "本项目物业服务", "services of this project"},
              {"other_project", "其他项目", "another project"},
              {"community", "社区经费", "the community's running costs"},
              {"other", "其他用途", "another purpose"});
const words pilot_margin_words = WORD_LIST(
    {"unknown", "不明", "not known"}, {"loss", "亏损", "loss"}, {"break_even", "保本", "break even"},
    {"small_profit", "微利", "small profit"}, {"above_cap", "超过上限", "above the cap"});
static const words ledger_words =
    WORD_LIST({"service", "项目物业服务", "the project's property service"},
              {"community", "社区日常经费", "the community's running costs"});

WORDED(pilot_ledger, pilot_ledger, ledger_words)
WORDED(pilot_income_source, pilot_income_source, pilot_income_source_words)
WORDED(pilot_purpose, pilot_purpose, pilot_purpose_words)
WORDED(pilot_margin, pilot_margin_outcome, pilot_margin_words)

/* A fee is a price and an area, or an amount. */
static pilot_status check_fee(const checker *c, const record_place *at, const void *item)
{
    const pilot_account_fee *fee = item;
    const record_place billed = pilot_member(at, "billed_yuan"), price = pilot_member(at, "price_yuan"),
                       area = {at, "building_area_m2", 0};
    pilot_text text;
    if (fee->price.known && fee->billed.known)
        return pilot_refuse(
            c->to, &billed, PILOT_ERROR_INCONSISTENT, pilot_money_text(fee->billed.value, &text),
            "收费或者有单价，或者有金额，不能两者都有", "a fee has a price or an amount, not both");
    if (fee->billed.known || (fee->price.known && fee->building_area.known))
        return PILOT_OK;
    return pilot_refuse(c->to, fee->price.known ? &area : &price, PILOT_ERROR_MISSING_VALUE, NULL,
                        "收费须有单价和计费面积，或者有金额",
                        "a fee is a price and the area it is billed on, or an amount");
}

static const field fee_fields[] = {
    OPTIONAL(pilot_account_fee, price, "price_yuan", PRICE, "4.4-1", "单价，每平方米每月",
             "price per m² and month"),
    OPTIONAL(pilot_account_fee, building_area, "building_area_m2", AREA, "4.4-1", "计费建筑面积",
             "building area that it is billed on"),
    OPTIONAL(pilot_account_fee, rounding, "rounding", RECORD, NULL, "月账单取整规则，不填为四舍五入到分",
             "of each month's bill; left out: half up to the fen", .of = &pilot_rounding_rule_record),
    OPTIONAL(pilot_account_fee, billed, "billed_yuan", MONEY, "4.4-1", "每月应收金额，代替单价",
             "what is billed a month, in the place of a price", NOT_NEGATIVE),
};
static const record fee_record =
    RECORD("fee", pilot_account_fee, fee_fields, "向业主计收的费用，单价和面积，或金额",
           "what owners are billed: a price and an area, or an amount", .check = check_fee);

/* A run of months, which starts a table. */
#define MONTHS(type, clause, zh, en)                                                                    \
    REQUIRED(type, first, "first", MONTH, clause, zh "起始月份（含）", "first month" en ", included"),  \
        REQUIRED(type, last, "last", MONTH, clause, zh "截止月份（含）", "last month" en ", included",  \
                 NOT_BEFORE(type, first))

static const field claim_fields[] = {
    MONTHS(pilot_claim, "4.4.1-3", "服务", " of service"),
    OPTIONAL(pilot_claim, quantity[PILOT_PER_HOUSEHOLD], "households", COUNT, "4.4.1-6",
             "服务区域内户数", "dwellings in the service area"),
    OPTIONAL(pilot_claim, quantity[PILOT_PER_SQUARE_METRE], "building_area_m2", AREA, "4.4.1-6",
             "住宅建筑面积", "their building area"),
    OPTIONAL(pilot_claim, quantity[PILOT_PER_COMMUNITY], "communities", COUNT, "4.4.1-6", "社区数",
             "how many communities"),
    SEVERAL(pilot_claim, counts, count_count, "counts", LIST, "4.4.1-6",
            "此后各次户数和面积，按日期先后", "later households and area, in the order of their days",
            .of = &pilot_claim_count_record),
    SEVERAL(pilot_claim, assessments, assessment_count, "assessments", LIST, "4.4.1-2", "社区考核记录",
            "of the community's work", .of = &pilot_assessment_record),
    OPTIONAL(pilot_claim, as_of, "as_of", DATE, "4.4.1-2", "考核计入截止日，此后的考核暂不计",
             "assessments made after this day do not count yet"),
};
static pilot_status check_claim(const checker *c, const record_place *at, const void *item)
{
    const pilot_claim *claim = item;
    return pilot_counts_checked(c, at, claim->counts, claim->count_count);
}

const record pilot_account_claim_record = RECORD("claim", pilot_claim, claim_fields, "申领奖励的依据",
                                                 "what the reward is claimed for", .check = check_claim);

static const field cost_fields[] = {
    OPTIONAL(pilot_account_cost, name, "name", TEXT, NULL, "成本名称", "for people"),
    REQUIRED(pilot_account_cost, ledger, "ledger", WORD, "4.4.2-2",
             "所属账目，项目物业服务或社区日常经费",
             "the project's property service, or the community's running costs", .of = &ledger_words),
    MONTHS(pilot_account_cost, NULL, "", ""),
    REQUIRED(pilot_account_cost, monthly, "monthly_yuan", MONEY, NULL, "每月成本",
             "what it costs each month", NOT_NEGATIVE),
};
static const record cost_record =
    RECORD("costs", pilot_account_cost, cost_fields, "每月发生的成本", "a cost that returns each month");

static const field income_fields[] = {
    REQUIRED(pilot_account_income, source, "source", WORD, "4.4.2-1", "经营项目", "the business",
             .of = WORDS(EARNING)),
    MONTHS(pilot_account_income, NULL, "", ""),
    REQUIRED(pilot_account_income, gross, "gross_yuan", MONEY, "4.4.2-2", "每月收入",
             "what it takes in each month", NOT_NEGATIVE),
    REQUIRED(pilot_account_income, cost, "cost_yuan", MONEY, "4.4.2-2", "每月成本",
             "what it costs each month", NOT_NEGATIVE),
};
static const record income_record =
    RECORD("incomes", pilot_account_income, income_fields, "项目经营或停车",
           "a business of the project, or the parking");

static const field use_fields[] = {
    REQUIRED(pilot_account_use, source, "source", WORD, "4.4.2-2", "资金来源",
             "where the money came from", .of = &pilot_income_source_words),
    REQUIRED(pilot_account_use, purpose, "purpose", WORD, "4.4.2-2", "资金用途", "what it was used for",
             .of = &pilot_purpose_words),
    REQUIRED(pilot_account_use, month, "month", MONTH, NULL, "使用月份", "month of the use"),
    REQUIRED(pilot_account_use, amount, "amount_yuan", MONEY, "4.4.2-2",
             "使用金额，更正此前使用的为负数", "how much; negative where an earlier use was put right"),
};
static const record use_record =
    RECORD("uses", pilot_account_use, use_fields, "一次性使用的专项资金，不含每月成本",
           "earmarked money spent once, beside the monthly costs");

_Static_assert(offsetof(account_document, terms) == 0, "the terms' fields are the document's");
static const field case_fields[] = {
    MONTHS(pilot_account_terms, NULL, "账目", " of the account"),
    OPTIONAL(pilot_account_terms, opening[PILOT_LEDGER_SERVICE], "service_opening_yuan", MONEY,
             "4.4.2-2", "物业服务账期初结余，不填为零",
             "carried into the service ledger; left out: nothing", NOT_NEGATIVE),
    OPTIONAL(pilot_account_terms, opening[PILOT_LEDGER_COMMUNITY], "community_opening_yuan", MONEY,
             "4.4.1-5", "社区账期初结余，不填为零",
             "carried into the community ledger; left out: nothing", NOT_NEGATIVE),
    REQUIRED(pilot_account_terms, fee, "fee", RECORD, "4.4-1", "向业主计收的费用",
             "what owners are billed", .of = &fee_record),
    REQUIRED(pilot_account_terms, collection_rate, "collection_rate", SHARE, "4.4-1",
             "收缴率，占应收金额", "of what is billed"),
    OPTIONAL(account_document, claim, "claim", RECORD, "4.4.1-6", "申领奖励的依据，不填为不申领",
             "for the reward; left out: none", .of = &pilot_account_claim_record),
    SEVERAL(pilot_account_terms, costs, cost_count, "costs", LIST, NULL, "每月成本",
            "what returns each month", .of = &cost_record),
    SEVERAL(pilot_account_terms, incomes, income_count, "incomes", LIST, "4.4.2-1", "经营和停车",
            "businesses and parking", .of = &income_record),
    SEVERAL(pilot_account_terms, uses, use_count, "uses", LIST, "4.4.2-2",
            "一次性使用的资金，不含每月成本", "money spent beside the monthly costs", .of = &use_record),
    OPTIONAL(pilot_account_terms, rebate, "rebate", SHARE, "4.5-1",
             "返还业主比例，占物业服务年度盈余，不填为不返还",
             "of a year's service surplus, given back to the owners; left out: none"),
    OPTIONAL(pilot_account_terms, margin_cap, "margin_cap", SHARE, "4.5-1",
             "利润率上限，利润与成本之比，不填为无，方案未规定",
             "of profit to cost; left out: none, as the notice has none"),
};
const record pilot_account_case_record =
    RECORD("accounts", account_document, case_fields, "社区账目", "a community's account");

/* A claim that is not given is all zero. */
static pilot_status finish_case(void *made, problems *to)
{
    account_document *d = &((pilot_account_case *)made)->document;
    (void)to;
    if (!pilot_record_blank(&pilot_account_claim_record, &d->claim))
        d->terms.claim = &d->claim;
    return PILOT_OK;
}

const container pilot_account_container = {.type = &pilot_account_case_record,
                                           .size = sizeof(pilot_account_case),
                                           .record = offsetof(pilot_account_case, document),
                                           .memory = offsetof(pilot_account_case, memory),
                                           .finish = finish_case};

pilot_status pilot_account_terms_check(const pilot_account_terms *terms, pilot_error *error)
{
    account_document d;
    memset(&d, 0, sizeof d); /* a claim that is not there is all zero */
    d.terms = *terms;
    if (terms->claim)
        d.claim = *terms->claim;
    return pilot_record_valid(&pilot_account_case_record, &d, error);
}

pilot_ledger pilot_ledger_of(const pilot_policy *policy, pilot_income_source source)
{
    const int32_t *readings = policy->parameters.readings;
    bool communitys = source == PILOT_INCOME_PARKING ||
                      (source == PILOT_INCOME_REWARD &&
                       readings[PILOT_READING_REWARD_PAYEE] == PILOT_REWARD_PAYEE_COMMUNITY);
    return communitys ? PILOT_LEDGER_COMMUNITY : PILOT_LEDGER_SERVICE;
}

bool pilot_income_is_net(const pilot_policy *policy, pilot_ledger ledger)
{
    return ledger == PILOT_LEDGER_COMMUNITY ||
           policy->parameters.readings[PILOT_READING_INCOME_BASIS] == PILOT_INCOME_BASIS_NET;
}

static const pilot_purpose own_purpose[PILOT_LEDGER_COUNT] = {
    [PILOT_LEDGER_SERVICE] = PILOT_FOR_THIS_PROJECT,
    [PILOT_LEDGER_COMMUNITY] = PILOT_FOR_COMMUNITY,
};

/* Adds while sums fit. */
static void grow(pilot_money *sum, pilot_money amount, pilot_status *status)
{
    if (*status == PILOT_OK)
        *status = pilot_add(*sum, amount, sum);
}

static void shrink(pilot_money *sum, pilot_money amount, pilot_status *status)
{
    if (*status == PILOT_OK)
        *status = pilot_subtract(*sum, amount, sum);
}

/* What a row's sums add up from: all but what is carried in and out. */
static const size_t summed[] = {
    offsetof(pilot_ledger_sums, billed),
    offsetof(pilot_ledger_sums, collected),
    offsetof(pilot_ledger_sums, reward),
    offsetof(pilot_ledger_sums, reward_forgone),
    offsetof(pilot_ledger_sums, gross),
    offsetof(pilot_ledger_sums, gross_cost),
    offsetof(pilot_ledger_sums, income),
    offsetof(pilot_ledger_sums, cost),
    offsetof(pilot_ledger_sums, used),
    offsetof(pilot_ledger_sums, misused),
    offsetof(pilot_ledger_sums, rebate),
    offsetof(pilot_ledger_sums, result),
    offsetof(pilot_ledger_sums, gap),
    offsetof(pilot_ledger_sums, gap_after_fees),
    offsetof(pilot_ledger_sums, gap_after_reward),
    offsetof(pilot_ledger_sums, shortfall),
};
_Static_assert(sizeof(pilot_ledger_sums) == (FIELD_COUNT_OF(summed) + 2) * sizeof(pilot_money),
               "every sum is added up");

static void add_sums(pilot_ledger_sums *to, const pilot_ledger_sums *month, pilot_status *status)
{
    for (size_t i = 0; i < FIELD_COUNT_OF(summed); i++)
        grow((pilot_money *)(void *)((char *)to + summed[i]),
             *(const pilot_money *)(const void *)((const char *)month + summed[i]), status);
    to->closing = month->closing;
}

static void add_month(pilot_account_row *to, const pilot_account_row *month, pilot_status *status)
{
    to->last = month->last;
    for (int l = 0; l < PILOT_LEDGER_COUNT; l++)
        add_sums(&to->ledgers[l], &month->ledgers[l], status);
}

/* 4.5-1 */
static void set_margin(pilot_account_row *row, pilot_share cap, pilot_status *status)
{
    const pilot_ledger_sums *s = &row->ledgers[PILOT_LEDGER_SERVICE];
    pilot_margin m = {s->result, s->cost, PILOT_MARGIN_UNKNOWN};
    pilot_money most = INT64_MAX;
    grow(&m.profit, s->misused, status);
    grow(&m.cost, s->used, status);
    if (m.cost > 0) {
        if (pilot_share_given(cap))
            (void)pilot_share_of(m.cost, cap, &most);
        m.outcome = m.profit < 0       ? PILOT_MARGIN_LOSS
                    : m.profit == 0    ? PILOT_MARGIN_BREAK_EVEN
                    : m.profit <= most ? PILOT_MARGIN_SMALL_PROFIT
                                       : PILOT_MARGIN_ABOVE_CAP;
    }
    row->margin = m;
}

typedef struct account_walk {
    const pilot_policy *policy;
    const pilot_account_terms *terms;
    pilot_money billed; /* each month */
    pilot_collection collection;
    int64_t collection_left;
    pilot_money carried[PILOT_LEDGER_COUNT];
    pilot_results results;
    pilot_award_steps steps;
    pilot_account_row year, total;
} account_walk;

/* Where rows go; NULL where they are not wanted. */
typedef struct row_sink {
    pilot_account_row *months;
    pilot_year_function year;
    void *context; /* of year */
} row_sink;
static const row_sink no_rows = {NULL, NULL, NULL};

/* What is awarded for months through this one and was not taken before. */
static pilot_status award_through(account_walk *w, pilot_month month, pilot_money *amount)
{
    pilot_award_line line;
    pilot_money before = w->steps.award.total;
    while (w->steps.next <= w->steps.last && w->steps.next <= month) {
        pilot_status status = pilot_award_step(&w->steps, &line);
        if (status != PILOT_OK)
            return status;
    }
    *amount = w->steps.award.total - before;
    return PILOT_OK;
}

static void bill_month(account_walk *w, pilot_ledger_sums *s)
{
    s->billed = w->billed;
    s->collected = pilot_collect(&w->collection, &w->collection_left);
}

static void add_costs(const account_walk *w, pilot_account_row *row, pilot_status *status)
{
    const pilot_account_terms *t = w->terms;
    for (size_t i = 0; i < t->cost_count; i++) {
        const pilot_account_cost *c = &t->costs[i];
        if (c->first <= row->first && row->first <= c->last)
            grow(&row->ledgers[c->ledger].cost, c->monthly, status);
    }
    for (size_t i = 0; i < t->use_count; i++) {
        const pilot_account_use *u = &t->uses[i];
        if (u->month != row->first)
            continue;
        pilot_ledger ledger = pilot_ledger_of(w->policy, u->source);
        pilot_ledger_sums *s = &row->ledgers[ledger];
        grow(u->purpose == own_purpose[ledger] ? &s->used : &s->misused, u->amount, status);
    }
}

static void add_incomes(const account_walk *w, pilot_account_row *row, pilot_status *status)
{
    const pilot_account_terms *t = w->terms;
    for (size_t i = 0; i < t->income_count; i++) {
        const pilot_account_income *in = &t->incomes[i];
        if (row->first < in->first || in->last < row->first)
            continue;
        pilot_ledger ledger = pilot_ledger_of(w->policy, in->source);
        pilot_ledger_sums *s = &row->ledgers[ledger];
        grow(&s->gross, in->gross, status);
        grow(&s->gross_cost, in->cost, status);
        grow(&s->income, in->gross, status);
        if (pilot_income_is_net(w->policy, ledger))
            shrink(&s->income, in->cost, status);
    }
}

/* What a ledger lacks before and after each source, and what it carries on. */
static void settle_ledger(pilot_ledger_sums *s, bool capped, pilot_status *status)
{
    uint64_t over = 0;
    pilot_money outgo = s->cost;
    grow(&outgo, s->used, status);
    grow(&outgo, s->misused, status);
    const pilot_settlement settled =
        pilot_settle(s->opening, outgo, s->collected, s->reward, s->income, capped, &over);
    if (*status == PILOT_OK && over >> 63)
        *status = PILOT_ERROR_OVERFLOW;
    s->gap = settled.gap;
    s->gap_after_fees = settled.gap_after_fees;
    s->reward_forgone = s->reward - settled.reward;
    s->reward = settled.reward;
    s->gap_after_reward = settled.gap_after_reward;
    s->shortfall = settled.shortfall;
    s->closing = settled.closing;
    s->result = s->closing;
    shrink(&s->result, s->opening, status);
    shrink(&s->result, s->shortfall, status);
}

static pilot_status make_month(account_walk *w, pilot_month month, pilot_account_row *row)
{
    const int32_t *readings = w->policy->parameters.readings;
    pilot_account_row made = {.first = month, .last = month};
    pilot_ledger_sums *rewarded = &made.ledgers[pilot_ledger_of(w->policy, PILOT_INCOME_REWARD)];
    pilot_status status = award_through(w, month, &rewarded->reward);
    bill_month(w, &made.ledgers[PILOT_LEDGER_SERVICE]);
    add_costs(w, &made, &status);
    add_incomes(w, &made, &status);
    for (int l = 0; l < PILOT_LEDGER_COUNT; l++) {
        made.ledgers[l].opening = w->carried[l];
        settle_ledger(&made.ledgers[l],
                      readings[PILOT_READING_REWARD_CAP] == PILOT_REWARD_CAP_CAPPED_BY_SHORTFALL,
                      &status);
    }
    *row = made;
    return status;
}

/* What the owners get back of a year that ends with this month: nothing where there is no share or no
 * surplus to take it of. A result is never more than what is carried out, so the rebate is there. */
static void give_rebate(const account_walk *w, pilot_account_row *month, pilot_status *status)
{
    pilot_ledger_sums *s = &month->ledgers[PILOT_LEDGER_SERVICE];
    pilot_money surplus = w->year.ledgers[PILOT_LEDGER_SERVICE].result;
    grow(&surplus, s->result, status);
    (void)pilot_share_of(surplus, w->terms->rebate, &s->rebate);
    s->closing -= s->rebate;
}

static pilot_status take_month(account_walk *w, pilot_month month, pilot_month last, row_sink *sink)
{
    const pilot_share cap = w->terms->margin_cap;
    pilot_account_row row;
    bool year_ends = month == last || month == pilot_year_last_month(pilot_month_year(month));
    pilot_status status = make_month(w, month, &row);
    if (year_ends)
        give_rebate(w, &row, &status);
    set_margin(&row, cap, &status);
    add_month(&w->year, &row, &status);
    add_month(&w->total, &row, &status);
    for (int l = 0; l < PILOT_LEDGER_COUNT; l++)
        w->carried[l] = row.ledgers[l].closing;
    if (sink->months)
        *sink->months++ = row;
    if (!year_ends)
        return status;
    set_margin(&w->year, cap, &status);
    if (sink->year)
        sink->year(&w->year, sink->context);
    return status;
}

static pilot_status billed_each_month(const pilot_account_fee *fee, pilot_money *billed)
{
    if (!fee->billed.known)
        return pilot_fee_compute(fee->price.value, fee->building_area.value, 1, &fee->rounding, billed,
                                 NULL);
    *billed = fee->billed.value;
    return PILOT_OK;
}

static pilot_status start(const pilot_policy *policy, const pilot_account_terms *terms,
                          pilot_month first, account_walk *w)
{
    pilot_money earlier;
    *w = (account_walk){.policy = policy, .terms = terms, .steps = {.next = 1}};
    for (int l = 0; l < PILOT_LEDGER_COUNT; l++)
        w->carried[l] = terms->opening[l].known ? terms->opening[l].value : 0;
    pilot_status status = billed_each_month(&terms->fee, &w->billed);
    if (status == PILOT_OK)
        w->collection = pilot_collection_of(w->billed, terms->collection_rate);
    if (status == PILOT_OK && terms->claim)
        status = pilot_award_start(policy, terms->claim, 1, &w->results, &w->steps);
    if (status == PILOT_OK && first > terms->first)
        status = award_through(w, first - 1, &earlier);
    return status;
}

/* The months from first to last of the account, one after the other. */
static pilot_status walk(const pilot_policy *policy, const pilot_account_terms *terms, pilot_month first,
                         pilot_month last, row_sink sink, account_walk *w)
{
    pilot_status status = start(policy, terms, first, w);
    for (pilot_month m = first; status == PILOT_OK && m <= last; m++) {
        pilot_account_row empty = {.first = m};
        for (int l = 0; l < PILOT_LEDGER_COUNT; l++)
            empty.ledgers[l].opening = w->carried[l];
        if (m == first)
            w->total = empty;
        if (m == first || m == pilot_year_first_month(pilot_month_year(m)))
            w->year = empty;
        status = take_month(w, m, last, &sink);
    }
    if (status == PILOT_OK)
        set_margin(&w->total, terms->margin_cap, &status);
    return status;
}

static pilot_status check_arguments(const pilot_policy *policy, const pilot_account_terms *terms,
                                    const void *result, pilot_error *error)
{
    problems first = pilot_first_problem(error);
    if (!policy || !terms || !result)
        return pilot_refuse(&first, NULL, PILOT_ERROR_ARGUMENT, NULL, "政策、条件或存放结果之处为空指针",
                            "the policy, the terms or the place for the result is NULL");
    return pilot_account_terms_check(terms, error);
}

/* What only shows on the way: the terms have been checked by themselves. */
static pilot_status explain(pilot_status status, pilot_error *error)
{
    const record_place claim = pilot_member(NULL, "claim");
    problems first = pilot_first_problem(error);
    if (status == PILOT_ERROR_MISSING_VALUE)
        return pilot_refuse(&first, &claim, status, NULL, "政策有一项标准所按的数量，申请中没有",
                            "a rate of the policy is paid per a quantity that the claim does not have");
    return pilot_refuse(&first, NULL, status, NULL, "合计超出可存范围", "a sum does not fit");
}

/* The whole account and award: *after is awarded for later months. */
static pilot_status walk_all(const pilot_policy *policy, const pilot_account_terms *terms, row_sink sink,
                             account_walk *w, pilot_money *after)
{
    pilot_status status = walk(policy, terms, terms->first, terms->last, sink, w);
    return status == PILOT_OK ? award_through(w, INT32_MAX, after) : status;
}

pilot_status pilot_account_each_year(const pilot_policy *policy, const pilot_account_terms *terms,
                                     pilot_year_function visit, void *context)
{
    account_walk w;
    pilot_money after;
    pilot_status status = check_arguments(policy, terms, terms, NULL);
    return status == PILOT_OK ? walk_all(policy, terms, (row_sink){NULL, visit, context}, &w, &after)
                              : status;
}

static void keep_year(const pilot_account_row *year, void *context)
{
    pilot_account_row **next = context;
    *(*next)++ = *year;
}

pilot_status pilot_account_compute(const pilot_policy *policy, const pilot_account_terms *terms,
                                   pilot_account *account, pilot_account_row *months,
                                   size_t month_capacity, pilot_account_row *years, size_t year_capacity,
                                   pilot_error *error)
{
    static const pilot_opt_date no_day = {.known = false};
    account_walk w;
    pilot_account made;
    pilot_status status = check_arguments(policy, terms, account, error);
    if (status != PILOT_OK)
        return status;
    status = walk_all(policy, terms, no_rows, &w, &made.reward_after);
    if (status != PILOT_OK)
        return explain(status, error);
    made.total = w.total;
    made.month_count = (size_t)(terms->last - terms->first) + 1;
    made.year_count = (size_t)(pilot_month_year(terms->last) - pilot_month_year(terms->first)) + 1;
    if ((months && month_capacity < made.month_count) || (years && year_capacity < made.year_count))
        return pilot_error_set(error, PILOT_ERROR_CAPACITY, NULL, "there is room for too few rows");
    made.award = w.steps.award.total;
    pilot_receipt_fill(policy, terms->claim ? terms->claim->as_of : no_day, &made.receipt);
    if (months || years) /* only now that nothing can fail any more: a failure leaves them untouched */
        (void)walk(policy, terms, terms->first, terms->last,
                   (row_sink){months, years ? keep_year : NULL, &years}, &w);
    *account = made;
    return PILOT_OK;
}

/* Those that bear on an account beside its award's. */
#define OWN_READINGS                                                                                    \
    (PILOT_READING_BIT(PILOT_READING_REWARD_PAYEE) | PILOT_READING_BIT(PILOT_READING_REWARD_CAP) |      \
     PILOT_READING_BIT(PILOT_READING_INCOME_BASIS))

static pilot_status shortfalls(const pilot_policy *policy, const void *context,
                               int64_t values[PILOT_SWEEP_VALUES])
{
    const pilot_account_terms *terms = context;
    account_walk w;
    pilot_status status = walk(policy, terms, terms->first, terms->last, no_rows, &w);
    if (status != PILOT_OK)
        return status;
    values[0] = w.total.ledgers[PILOT_LEDGER_SERVICE].shortfall;
    values[1] = w.total.ledgers[PILOT_LEDGER_COMMUNITY].shortfall;
    return pilot_add(values[0], values[1], &values[2]);
}

pilot_status pilot_account_range_compute(const pilot_policy *policy, const pilot_account_terms *terms,
                                         pilot_account_range *range, pilot_error *error)
{
    pilot_spread s[PILOT_SWEEP_VALUES];
    pilot_status status = check_arguments(policy, terms, range, error);
    if (status != PILOT_OK)
        return status;
    const pilot_claim *claim = terms->claim;
    status = pilot_sweep(policy,
                         OWN_READINGS | (pilot_claim_readings(claim && claim->count_count,
                                                              claim && claim->assessment_count) &
                                         ~PILOT_READING_BIT(PILOT_READING_ODD_FEN_TO)),
                         shortfalls, terms, s);
    if (status != PILOT_OK)
        return explain(status, error);
    range->service = (pilot_range){s[0].least, s[0].greatest, s[0].moved_by};
    range->community = (pilot_range){s[1].least, s[1].greatest, s[1].moved_by};
    range->both = (pilot_range){s[2].least, s[2].greatest, s[2].moved_by};
    return PILOT_OK;
}

/* Some of an account's months with one number in question. */
typedef struct trial {
    pilot_policy policy;
    pilot_account_terms terms;
    pilot_claim claim;
    pilot_rate rates[1];
    pilot_month first, last;
    pilot_ledger ledger; /* that has to hold */
    void (*set)(struct trial *t, int64_t value);
} trial;

static void set_price(trial *t, int64_t value)
{
    t->terms.fee.billed.known = false;
    t->terms.fee.price.value = value;
}

static void set_billed(trial *t, int64_t value)
{
    t->terms.fee.billed = (pilot_opt_int){value, true};
}

#define SHARE_PARTS 10000

static void set_collection_rate(trial *t, int64_t value)
{
    (void)pilot_share_make(value, SHARE_PARTS, &t->terms.collection_rate);
}

static void set_reward_rate(trial *t, int64_t value)
{
    t->rates[0].price = value;
}

/* What came in less what went out; OVERFLOW where a value is too great for the sums. */
static pilot_status result_of(const trial *t, pilot_money *result)
{
    account_walk w;
    pilot_status status = walk(&t->policy, &t->terms, t->first, t->last, no_rows, &w);
    if (status == PILOT_OK)
        *result = w.total.ledgers[t->ledger].result;
    return status;
}

/* Whether the value is too little. One that is too great for the sums is not. */
static bool fails(trial *t, int64_t value)
{
    pilot_money result;
    t->set(t, value);
    return result_of(t, &result) == PILOT_OK && result < 0;
}

static const pilot_opt_int none = {.known = false};

#define VALUE_MAX (INT64_MAX - 1) /* from -1, below all values, to here is a length that fits */

/* The least value up to most that holds: more never does less. None where that is one too great for the
 * sums. */
static pilot_opt_int least(trial *t, int64_t most)
{
    int64_t failing = -1, holding = most;
    pilot_money result;
    if (fails(t, most))
        return none;
    while (holding - failing > 1) {
        int64_t middle = failing + (holding - failing) / 2;
        if (fails(t, middle))
            failing = middle;
        else
            holding = middle;
    }
    t->set(t, holding);
    return result_of(t, &result) == PILOT_OK ? (pilot_opt_int){holding, true} : none;
}

static pilot_fee_answer least_fee(const trial *asked)
{
    trial t = *asked;
    pilot_fee_answer answer = {none, none};
    t.ledger = PILOT_LEDGER_SERVICE;
    if (!t.terms.fee.building_area.known) {
        t.set = set_billed;
        answer.billed = least(&t, VALUE_MAX);
        return answer;
    }
    t.set = set_price;
    answer.price = least(&t, VALUE_MAX);
    answer.billed.known = answer.price.known;
    if (answer.price.known)
        (void)billed_each_month(&t.terms.fee, &answer.billed.value);
    return answer;
}

static pilot_share least_collection_rate(const trial *asked)
{
    trial t = *asked;
    pilot_share share = {.denominator = 0};
    t.ledger = PILOT_LEDGER_SERVICE;
    t.set = set_collection_rate;
    pilot_opt_int parts = least(&t, SHARE_PARTS);
    if (parts.known)
        (void)pilot_share_make(parts.value, SHARE_PARTS, &share);
    return share;
}

/* The basis of the rate in the first month, of the last before it, or of the first of all. */
static pilot_basis basis_in(const pilot_parameters *p, pilot_month first)
{
    size_t low = 0, high = p->rate_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (p->rates[middle].first <= first)
            low = middle;
        else
            high = middle;
    }
    return p->rate_count ? p->rates[low].basis : PILOT_PER_HOUSEHOLD;
}

/* By the reward's own walk, under a policy of one rate for just these months, and with a pass. */
static pilot_opt_int least_reward_rate(const trial *asked, pilot_basis basis)
{
    pilot_assessment pass = {.year = PILOT_YEAR_MIN, .result = PILOT_PASSED};
    pilot_results results;
    trial t = *asked;
    pilot_parameters *p = &t.policy.parameters;
    if (!t.terms.claim || pilot_results_of(t.terms.claim, &results) != PILOT_OK)
        return none;
    pass.date = results.first_pass; /* whose count holds, by one reading */
    t.rates[0] = (pilot_rate){.first = t.first, .last = t.last, .basis = basis};
    p->rates = t.rates;
    p->rate_count = FIELD_COUNT_OF(t.rates);
    p->readings[PILOT_READING_MONTH_RULE] = PILOT_MONTH_RULE_SERVICE_MONTHS;
    p->readings[PILOT_READING_GATE_MODE] = PILOT_GATE_MODE_ONCE;
    p->readings[PILOT_READING_PASS_EFFECT] = PILOT_PASS_EFFECT_RETROACTIVE;
    t.claim = *t.terms.claim;
    t.claim.first = t.first < t.claim.first ? t.first : t.claim.first;
    t.claim.last = t.last > t.claim.last ? t.last : t.claim.last;
    t.claim.assessments = &pass;
    t.claim.assessment_count = 1;
    t.terms.claim = &t.claim;
    t.ledger = PILOT_LEDGER_COMMUNITY;
    t.set = set_reward_rate;
    return least(&t, VALUE_MAX);
}

static pilot_status community_gap(const trial *asked, pilot_money *gap)
{
    trial t = *asked;
    pilot_money result;
    t.ledger = PILOT_LEDGER_COMMUNITY;
    pilot_status status = result_of(&t, &result);
    if (status == PILOT_OK)
        status = pilot_subtract(0, result, &result);
    if (status == PILOT_OK)
        *gap = pilot_at_least_0(result);
    return status;
}

static pilot_status check_months(const pilot_account_terms *terms, pilot_month first, pilot_month last,
                                 pilot_error *error)
{
    problems problem = pilot_first_problem(error);
    pilot_text text;
    if (last < first)
        return pilot_refuse(&problem, NULL, PILOT_ERROR_ORDER, pilot_month_text(last, &text),
                            "截止月份不能早于起始月份", "a last month is not before the first");
    if (first < terms->first || terms->last < last)
        return pilot_refuse(&problem, NULL, PILOT_ERROR_RANGE,
                            pilot_month_text(first < terms->first ? first : last, &text),
                            "不是账目所含的月份", "it is none of the account's months");
    return PILOT_OK;
}

pilot_status pilot_account_answer_compute(const pilot_policy *policy, const pilot_account_terms *terms,
                                          pilot_month first, pilot_month last,
                                          pilot_account_answer *answer, pilot_error *error)
{
    pilot_status status = check_arguments(policy, terms, answer, error);
    if (status == PILOT_OK)
        status = check_months(terms, first, last, error);
    if (status != PILOT_OK)
        return status;
    pilot_account_answer made = {.first = first, .last = last};
    trial given = {.policy = *policy, .terms = *terms, .first = first, .last = last};
    for (int l = 0; l < PILOT_LEDGER_COUNT; l++)
        given.terms.opening[l] = none;
    given.terms.rebate = (pilot_share){.denominator = 0};
    trial unrewarded = given;
    unrewarded.terms.claim = NULL;
    status = community_gap(&given, &made.community_gap);
    if (status == PILOT_OK)
        status = community_gap(&unrewarded, &made.community_gap_without_reward);
    if (status != PILOT_OK)
        return explain(status, error);
    made.break_even = least_fee(&given);
    made.without_reward = least_fee(&unrewarded);
    made.collection_rate = least_collection_rate(&given);
    made.reward_basis = basis_in(&policy->parameters, first);
    made.reward_rate = least_reward_rate(&given, made.reward_basis);
    *answer = made;
    return PILOT_OK;
}

const pilot_account_terms *pilot_account_case_terms(const pilot_account_case *account_case)
{
    return &account_case->document.terms;
}

void pilot_account_case_free(pilot_account_case *account_case)
{
    pilot_container_free(&pilot_account_container, account_case);
}
