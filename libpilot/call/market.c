/* Prices, offers and votes. */
#include "call.h"

#include "market/menu_internal.h"
#include "market/order_internal.h"
#include "vote/vote_internal.h"

static const field order_fields[] = {
    CALL, MENU,
    DOCUMENT(order, "order", PILOT_SCHEMA_ORDER, true, "询价单", "what a price is asked for")};
static const record order_request = REQUEST(order_fields);

static pilot_status quote(calling *c, char **text)
{
    const pilot_order_terms *t = pilot_order_content(c->request.order.made);
    pilot_quote_line lines[PILOT_MENU_SERVICES_MAX];
    pilot_quote made;
    pilot_error error;
    const pilot_status status =
        pilot_quote_compute(c->request.menu.made, &t->selection, &t->premises, t->day, &made, lines,
                            PILOT_MENU_SERVICES_MAX, &error);
    return status == PILOT_OK ? pilot_quote_write(&made, lines, PILOT_JSON_COMPACT, text)
                              : pilot_call_refused(c, status, &error, "order");
}

/* What an order need not have, but for a bill. */
static pilot_status lacks(calling *c, const char *key, const char *zh, const char *en)
{
    const record_place order = pilot_member(NULL, "order"), member = pilot_member(&order, key);
    return pilot_refuse(&c->to, &member, PILOT_ERROR_MISSING_KEY, NULL, zh, en);
}

static pilot_status bill(calling *c, char **text)
{
    const pilot_order_terms *t = pilot_order_content(c->request.order.made);
    pilot_bill_line lines[PILOT_MENU_SERVICES_MAX];
    pilot_bill made;
    pilot_error error;
    if (!t->period)
        return lacks(c, "period", "账单须有起止月份",
                     "a bill is of months, which the order does not have");
    if (!t->premises.building_area.known)
        return lacks(c, "premises", "账单须有建筑面积building_area_m2",
                     "a bill is of an area, building_area_m2, which the order does not have");
    const pilot_status status =
        pilot_bill_compute(c->request.menu.made, &t->selection, t->premises.building_area.value,
                           *t->period, t->rounding, &made, lines, PILOT_MENU_SERVICES_MAX, &error);
    return status == PILOT_OK ? pilot_bill_write(&made, lines, PILOT_JSON_COMPACT, text)
                              : pilot_call_refused(c, status, &error, "order");
}

static pilot_status bills(calling *c, char **text)
{
    const pilot_order_terms *t = pilot_order_content(c->request.order.made);
    pilot_money *amounts = pilot_arena_take(&c->memory, t->premises.dwelling_count, sizeof *amounts);
    pilot_bill_sum sum;
    pilot_error error;
    if (!t->period)
        return lacks(c, "period", "账单须有起止月份",
                     "a bill is of months, which the order does not have");
    if (!amounts)
        return pilot_no_memory(&c->to);
    const pilot_status status =
        pilot_bills_compute(c->request.menu.made, &t->selection, t->premises.dwellings,
                            t->premises.dwelling_count, *t->period, t->rounding, &sum, amounts, &error);
    return status == PILOT_OK ? pilot_bill_sum_write(&sum, amounts, PILOT_JSON_COMPACT, text)
                              : pilot_call_refused(c, status, &error, "order");
}

static const field fee_fields[] = {
    CALL,
    REQUIRED(call_request, price, "price_yuan", PRICE, "4.4-1", "单价，每平方米每月",
             "per m² and month"),
    REQUIRED(call_request, square_metres, "area_m2", AREA, "4.4-1", "计费建筑面积",
             "area that is charged for"),
    REQUIRED(call_request, months, "months", COUNT, "4.4-1", "月数", "how many months",
             RANGE(0, INT32_MAX)),
    OPTIONAL(call_request, rounding, "rounding", RECORD, NULL, "取整规则，不填为四舍五入到分",
             "how it is rounded; left out: half up to the fen", .of = &pilot_rounding_rule_record),
};
static const record fee_request = REQUEST(fee_fields);

typedef struct fee_result {
    pilot_money amount;
} fee_result;
static const field fee_result_fields[] = {
    REQUIRED(fee_result, amount, "amount_yuan", MONEY, "4.4-1", "应收金额", "the fee"),
};
static const record fee_record = RECORD("fee", fee_result, fee_result_fields, "服务费", "a fee");

static pilot_status fee(calling *c, char **text)
{
    const call_request *r = &c->request;
    const bool own = !pilot_record_blank(&pilot_rounding_rule_record, &r->rounding);
    fee_result result;
    pilot_error error;
    const pilot_status status = pilot_fee_compute(r->price, r->square_metres, (int32_t)r->months,
                                                  own ? &r->rounding : NULL, &result.amount, &error);
    return status == PILOT_OK ? pilot_call_give(c, &fee_record, &result, text)
                              : pilot_call_refused(c, status, &error, "");
}

static const field comparison_fields[] = {CALL,
                                          DOCUMENT(comparison, "comparison", PILOT_SCHEMA_COMPARISON,
                                                   true, "方案比较", "the offers to compare")};
static const record comparison_request = REQUEST(comparison_fields);

static pilot_status compare(calling *c, char **text)
{
    const pilot_comparison_terms *t = pilot_comparison_content(c->request.comparison.made);
    pilot_offer_quote *quotes = pilot_arena_take(&c->memory, t->offer_count, sizeof *quotes);
    pilot_cheapest *cheapest = pilot_arena_take(&c->memory, t->required_count, sizeof *cheapest);
    pilot_error error;
    if (!quotes || !cheapest)
        return pilot_no_memory(&c->to);
    const pilot_status status = pilot_comparison_compute(t, quotes, cheapest, &error);
    return status == PILOT_OK
               ? pilot_comparison_result_write(t, quotes, cheapest, PILOT_JSON_COMPACT, text)
               : pilot_call_refused(c, status, &error, "comparison");
}

static const field vote_fields[] = {
    CALL, POLICY,
    DOCUMENT(vote, "vote", PILOT_SCHEMA_VOTE_TOTALS, true, "业主表决", "the owners' vote")};
static const record vote_request = REQUEST(vote_fields);

static pilot_status vote(calling *c, char **text)
{
    const pilot_policy *policy = pilot_call_policy(c);
    pilot_vote_totals totals;
    pilot_vote_result result;
    pilot_error error;
    if (!policy)
        return PILOT_ERROR_MEMORY;
    memcpy(&totals, (const char *)c->request.vote.made + pilot_vote_totals_container.record,
           sizeof totals);
    const pilot_status status = pilot_vote_decide(policy, &totals, &result, &error);
    return status == PILOT_OK ? pilot_vote_result_write(&result, PILOT_JSON_COMPACT, text)
                              : pilot_call_refused(c, status, &error, "vote");
}

static const field contest_fields[] = {CALL, POLICY,
                                       DOCUMENT(contest, "contest", PILOT_SCHEMA_CONTEST, true,
                                                "业主对多个方案的表决", "the vote among offers")};
static const record contest_request = REQUEST(contest_fields);

static pilot_status contest(calling *c, char **text)
{
    const pilot_policy *policy = pilot_call_policy(c);
    const pilot_contest_terms *t = pilot_contest_content(c->request.contest.made);
    pilot_offer_result *results = pilot_arena_take(&c->memory, t->offer_count, sizeof *results);
    pilot_choice choice;
    pilot_error error;
    if (!policy || !results)
        return pilot_no_memory(&c->to);
    const pilot_status status = pilot_vote_choose(policy, &t->totals, t->votes, t->offer_count,
                                                  t->run_off, &choice, results, &error);
    return status == PILOT_OK ? pilot_choice_write(&choice, t->offers, results, t->offer_count,
                                                   PILOT_JSON_COMPACT, text)
                              : pilot_call_refused(c, status, &error, "contest");
}

static const field menu_fields[] = {CALL, MENU};
static const record menu_request = REQUEST(menu_fields);

static const field fault_fields[] = {
    REQUIRED(pilot_price_violation, fault, "fault", WORD, "5.4-2b", "问题", "what is wrong",
             .of = &pilot_price_fault_words),
    OPTIONAL(pilot_price_violation, service, "service", TEXT, "5.4-2b", "服务编号", "id of the service"),
    REQUIRED(pilot_price_violation, grade, "grade", COUNT, "5.4-2b", "等级", "the grade"),
    REQUIRED(pilot_price_violation, better_grade, "better_grade", COUNT, "5.4-2b", "较高的等级",
             "a better one"),
    REQUIRED(pilot_price_violation, price, "yuan", PRICE, "5.4-2b", "单价", "its price"),
    REQUIRED(pilot_price_violation, better_price, "better_yuan", PRICE, "5.4-2b", "较高等级的单价",
             "the better one's price"),
};
static const record fault_record =
    RECORD("faults", pilot_price_violation, fault_fields, "价格与质量不相称之处",
           "where a price is not in keeping with quality");

LISTED(price_faults, "faults", fault_record, "质价不符之处，没有则为空", "none where all is well");

static pilot_status price_faults(calling *c, char **text)
{
    const pilot_menu *menu = c->request.menu.made;
    size_t count;
    pilot_status status = pilot_menu_check_prices(menu, NULL, 0, &count);
    pilot_price_violation *faults = pilot_arena_take(&c->memory, count, sizeof *faults);
    const listed d = {faults, count};
    if (!faults)
        return pilot_no_memory(&c->to);
    if (status == PILOT_OK)
        status = pilot_menu_check_prices(menu, faults, count, &count);
    return status == PILOT_OK ? pilot_call_give(c, &price_faults_list, &d, text) : status;
}

static const call_row rows[] = {
    {"quote", &order_request, DOCUMENT_OF(QUOTE), quote, "按菜单报价", "the price of an order"},
    {"bill", &order_request, DOCUMENT_OF(BILL), bill, "一户或整区的账单", "a bill for the order's area"},
    {"bills", &order_request, DOCUMENT_OF(BILL_SUM), bills, "逐户账单及其合计",
     "a bill for each dwelling of the order, and their sum"},
    {"fee", &fee_request, NULL, &fee_record, fee, "单价乘面积乘月数的服务费",
     "price, area and months as an amount, rounded once"},
    {"price_faults", &menu_request, NULL, &price_faults_list, price_faults, "菜单中质价不符之处",
     "where a menu's prices are not in keeping with quality"},
    {"compare", &comparison_request, DOCUMENT_OF(COMPARISON_RESULT), compare, "比较多个方案的价格",
     "offers on the same premises held against each other"},
    {"vote", &vote_request, DOCUMENT_OF(VOTE), vote, "业主表决是否通过",
     "whether an owners' vote passes"},
    {"contest", &contest_request, DOCUMENT_OF(CHOICE), contest, "业主在多个方案中的选择",
     "what the owners have chosen among offers"},
};
const call_rows pilot_market_calls = {rows, FIELD_COUNT_OF(rows)};
