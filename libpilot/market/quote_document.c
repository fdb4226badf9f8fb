/* Quotes, bills and comparisons as documents. */
#include "order_internal.h"

#include "base/base_internal.h"
#include "notice/policy_internal.h"
#include "record/fields.h"

#include <stdlib.h>
#include <string.h>

/* A line with its quantity in the form of what it is of. */
typedef struct quote_line_document {
    pilot_quote_line line;
    pilot_opt_int area, count;
} quote_line_document;

/* Of a quote's line and of a bill's. */
#define LINE_FIELDS(document)                                                                           \
    OPTIONAL(document, line.service, "service", TEXT, "4.3-3", "服务编号，不填为统一定价的套餐",        \
             "id of the service; left out: a package at one price"),                                    \
        OPTIONAL(document, line.package, "package", TEXT, "4.3-3", "所属套餐编号，不填为单选",          \
                 "id of the package it is part of; left out: chosen by itself"),                        \
        REQUIRED(document, line.grade, "grade", COUNT, "5.4-2b", "服务等级，0为统一定价的套餐",         \
                 "of the service; 0: a package at one price"),                                          \
        REQUIRED(document, line.basis, "per", WORD, "4.3-3", "计价单位", "what the price is per",       \
                 .of = &pilot_menu_basis_words),                                                        \
        OPTIONAL(document, area, "quantity_m2", AREA, "4.3-3", "计价建筑面积",                          \
                 "building area that it is per"),                                                       \
        OPTIONAL(document, count, "quantity", COUNT, "4.3-3", "计价数量，户数、栋数或1",                \
                 "households or buildings that it is per, or 1"),                                       \
        REQUIRED(document, line.price, "yuan", PRICE, "4.3-3", "标价，每计价单位每月",                  \
                 "listed price per unit and month"),                                                    \
        REQUIRED(document, line.discount, "discount", SHARE, "4.3-3", "套餐优惠比例，从价格中减去",     \
                 "of the package, taken off the price")

static const field quote_line_fields[] = {
    LINE_FIELDS(quote_line_document),
    REQUIRED(quote_line_document, line.month, "month_yuan", MONEY, "4.3-3", "月金额",
             "a month's amount"),
    REQUIRED(quote_line_document, line.year, "year_yuan", MONEY, "4.3-3", "年金额，十二个月",
             "twelve months' amount"),
};
static const record quote_line_record =
    RECORD("lines", quote_line_document, quote_line_fields, "报价明细", "a line of a quote");

typedef struct quote_document {
    pilot_quote quote;
    const quote_line_document *lines;
    size_t line_count;
} quote_document;

static const field quote_fields[] = {
    REQUIRED(quote_document, quote.menu, "menu", TEXT, NULL, "菜单编号", "id of the menu"),
    REQUIRED(quote_document, quote.day, "day", DATE, NULL, "价格日期", "day the prices are of"),
    REQUIRED(quote_document, quote.rounding, "rounding", RECORD, NULL, "金额取整规则",
             "how amounts are rounded", .of = &pilot_rounding_rule_record),
    REQUIRED(quote_document, quote.month, "month_yuan", MONEY, "4.3-3", "月合计", "a month in all"),
    REQUIRED(quote_document, quote.year, "year_yuan", MONEY, "4.3-3", "年合计，十二个月",
             "twelve months in all"),
    OPTIONAL(quote_document, quote.month_per_dwelling, "month_yuan_per_dwelling", MONEY, "4.3-3",
             "户均月金额", "a month for the average dwelling"),
    OPTIONAL(quote_document, quote.month_per_square_metre, "month_yuan_per_m2", PRICE, "4.3-3",
             "每平方米月金额，平均", "a month for the average square metre"),
    SEVERAL(quote_document, lines, line_count, "lines", LIST, "4.3-3", "报价明细", "what it is made of",
            .of = &quote_line_record),
};
const record pilot_quote_record =
    RECORD("quote", quote_document, quote_fields, "所选服务的报价", "what a choice from a menu costs");

/* The quantity, where it is of that kind. */
static pilot_opt_int quantity_of(pilot_menu_basis basis, int64_t quantity, bool area)
{
    return (pilot_opt_int){quantity, (basis == PILOT_MENU_PER_SQUARE_METRE) == area};
}

pilot_status pilot_quote_write(const pilot_quote *quote, const pilot_quote_line *lines,
                               pilot_json_style style, char **text)
{
    quote_line_document rows[PILOT_MENU_SERVICES_MAX];
    if (!quote || !text || (lines && quote->line_count > PILOT_MENU_SERVICES_MAX))
        return PILOT_ERROR_ARGUMENT;
    for (size_t i = 0; lines && i < quote->line_count; i++)
        rows[i] = (quote_line_document){lines[i], quantity_of(lines[i].basis, lines[i].quantity, true),
                                        quantity_of(lines[i].basis, lines[i].quantity, false)};
    const quote_document document = {*quote, lines ? rows : NULL, quote->line_count};
    return pilot_record_text(&pilot_quote_record, &document, style == PILOT_JSON_INDENTED, NULL, text);
}

typedef struct bill_line_document {
    pilot_bill_line line;
    pilot_opt_int area, count;
} bill_line_document;

static const field bill_line_fields[] = {
    LINE_FIELDS(bill_line_document),
    REQUIRED(bill_line_document, line.amount, "amount_yuan", MONEY, "4.3-3", "期间金额，各月合计",
             "for all the months"),
};
static const record bill_line_record =
    RECORD("lines", bill_line_document, bill_line_fields, "账单明细", "a line of a bill");

typedef struct bill_document {
    pilot_bill bill;
    const bill_line_document *lines;
    size_t line_count;
} bill_document;

static const field bill_fields[] = {
    REQUIRED(bill_document, bill.rounding, "rounding", RECORD, NULL, "金额取整规则",
             "how amounts are rounded", .of = &pilot_rounding_rule_record),
    REQUIRED(bill_document, bill.months, "months", NUMBER, "4.3-3", "计费月数", "how many are billed"),
    REQUIRED(bill_document, bill.total, "total_yuan", MONEY, "4.3-3", "账单金额，各月合计",
             "for all the months"),
    SEVERAL(bill_document, lines, line_count, "lines", LIST, "4.3-3", "账单明细", "what it is made of",
            .of = &bill_line_record),
};
const record pilot_bill_record =
    RECORD("bill", bill_document, bill_fields, "一户的账单", "what a dwelling is billed");

pilot_status pilot_bill_write(const pilot_bill *bill, const pilot_bill_line *lines,
                              pilot_json_style style, char **text)
{
    bill_line_document rows[PILOT_MENU_SERVICES_MAX];
    if (!bill || !text || (lines && bill->line_count > PILOT_MENU_SERVICES_MAX))
        return PILOT_ERROR_ARGUMENT;
    for (size_t i = 0; lines && i < bill->line_count; i++)
        rows[i] = (bill_line_document){lines[i], quantity_of(lines[i].basis, lines[i].quantity, true),
                                       quantity_of(lines[i].basis, lines[i].quantity, false)};
    const bill_document document = {*bill, lines ? rows : NULL, bill->line_count};
    return pilot_record_text(&pilot_bill_record, &document, style == PILOT_JSON_INDENTED, NULL, text);
}

typedef struct bill_sum_document {
    pilot_bill_sum sum;
    int64_t dwellings;
    const pilot_money *amounts;
    size_t amount_count;
} bill_sum_document;

static const field bill_sum_fields[] = {
    REQUIRED(bill_sum_document, sum.rounding, "rounding", RECORD, NULL, "金额取整规则",
             "how amounts are rounded", .of = &pilot_rounding_rule_record),
    REQUIRED(bill_sum_document, sum.months, "months", NUMBER, "4.3-3", "计费月数",
             "how many are billed"),
    REQUIRED(bill_sum_document, dwellings, "dwellings", COUNT, "4.3-3", "计费户数",
             "how many are billed"),
    REQUIRED(bill_sum_document, sum.area, "area_m2", AREA, "4.3-3", "计费面积合计", "of them all"),
    REQUIRED(bill_sum_document, sum.of_dwellings, "of_dwellings_yuan", MONEY, "4.3-3", "各户账单之和",
             "the sum of their bills"),
    REQUIRED(bill_sum_document, sum.of_area, "of_area_yuan", MONEY, "4.3-3", "合并计费的账单金额",
             "one bill for all of them together"),
    REQUIRED(bill_sum_document, sum.difference, "difference_yuan", MONEY, "4.3-3",
             "取整差额，逐户取整所增减", "what rounding each by itself adds or takes"),
    REQUIRED(bill_sum_document, sum.least, "least_yuan", MONEY, "4.3-3", "最低账单金额",
             "the least bill"),
    REQUIRED(bill_sum_document, sum.most, "most_yuan", MONEY, "4.3-3", "最高账单金额",
             "the greatest bill"),
    SEVERAL(bill_sum_document, amounts, amount_count, "amounts_yuan", AMOUNTS, "4.3-3",
            "各户账单金额，按所列顺序", "the bill of each, in their order"),
};
const record pilot_bill_sum_record = RECORD("bill_sum", bill_sum_document, bill_sum_fields,
                                            "多户账单汇总", "the bills of many dwellings");

pilot_status pilot_bill_sum_write(const pilot_bill_sum *sum, const pilot_money *amounts,
                                  pilot_json_style style, char **text)
{
    if (!sum || !text)
        return PILOT_ERROR_ARGUMENT;
    const bill_sum_document document = {*sum, (int64_t)sum->dwellings, amounts, sum->dwellings};
    return pilot_record_text(&pilot_bill_sum_record, &document, style == PILOT_JSON_INDENTED, NULL,
                             text);
}

typedef struct compared_document {
    const char *provider;
    pilot_selection selection;
    quote_document quote;
    int64_t rank;
    pilot_offer_quote row;
} compared_document;

static const field compared_fields[] = {
    OPTIONAL(compared_document, provider, "provider", TEXT, "5.4-2", "提供方", "who makes it"),
    REQUIRED(compared_document, selection, "selection", RECORD, "5.4-2", "所选服务", "what is chosen",
             .of = &pilot_selection_record),
    REQUIRED(compared_document, quote, "quote", RECORD, "5.4-2", "按其菜单的报价，不含明细",
             "what it costs by its menu, without the lines", .of = &pilot_quote_record),
    REQUIRED(compared_document, rank, "rank", COUNT, "5.4-2", "名次，按年金额，1为最低",
             "by year, 1 is the cheapest"),
    REQUIRED(compared_document, row.month_more, "month_more_yuan", MONEY, "5.4-2",
             "月金额差额，与最低方案相比", "than the cheapest offer's month"),
    REQUIRED(compared_document, row.year_more, "year_more_yuan", MONEY, "5.4-2",
             "年金额差额，与最低方案相比", "than its year"),
    OPTIONAL(compared_document, row.year_more_per_dwelling, "year_more_yuan_per_dwelling", MONEY,
             "5.4-2", "户均年金额差额", "of that, for the average dwelling"),
};
static const record compared_record =
    RECORD("offers", compared_document, compared_fields, "参与比较的方案", "an offer beside the others");

typedef struct cheapest_document {
    pilot_menu_item required;
    int64_t offer;
    const char *provider, *menu;
    pilot_cheapest found;
} cheapest_document;

static const field cheapest_fields[] = {
    REQUIRED(cheapest_document, required.service, "service", TEXT, "5.4-2", "服务编号",
             "id of the service"),
    REQUIRED(cheapest_document, required.grade, "required_grade", COUNT, "5.4-2",
             "所需等级，该等级或更优", "this or a better one"),
    REQUIRED(cheapest_document, offer, "offer", COUNT, "5.4-2", "方案序号，从0起，其菜单价格最低",
             "number of the offer whose menu has it cheapest, from 0"),
    OPTIONAL(cheapest_document, provider, "provider", TEXT, "5.4-2", "提供方", "who makes that offer"),
    REQUIRED(cheapest_document, menu, "menu", TEXT, "5.4-2", "菜单编号", "id of its menu"),
    REQUIRED(cheapest_document, found.grade, "grade", COUNT, "5.4-2", "所供等级", "that is offered"),
    REQUIRED(cheapest_document, found.basis, "per", WORD, "5.4-2", "计价单位", "what its price is per",
             .of = &pilot_menu_basis_words),
    REQUIRED(cheapest_document, found.price, "yuan", PRICE, "5.4-2", "标价，每计价单位每月",
             "listed price per unit and month"),
    REQUIRED(cheapest_document, found.month, "month_yuan", MONEY, "5.4-2", "月金额，四舍五入到分",
             "a month on the premises, half up to the fen"),
};
static const record cheapest_record = RECORD("cheapest", cheapest_document, cheapest_fields,
                                             "某项服务的最低价", "where a service is cheapest");

typedef struct comparison_result_document {
    pilot_date day;
    const compared_document *offers;
    size_t offer_count;
    const cheapest_document *cheapest;
    size_t cheapest_count;
} comparison_result_document;

static const field comparison_result_fields[] = {
    REQUIRED(comparison_result_document, day, "day", DATE, "5.4-2", "价格日期", "day the prices are of"),
    SEVERAL(comparison_result_document, offers, offer_count, "offers", LIST, "5.4-2",
            "各方案，按比较的顺序", "in the order of the comparison", .of = &compared_record,
            .required = true),
    SEVERAL(comparison_result_document, cheapest, cheapest_count, "cheapest", LIST, "5.4-2",
            "各项所需服务的最低价", "of each required service", .of = &cheapest_record),
};
const record pilot_comparison_result_record =
    RECORD("comparison_result", comparison_result_document, comparison_result_fields,
           "各方案在同一房屋的费用", "what offers cost on the same premises");

static void fill_compared(const pilot_comparison_terms *t, const pilot_offer_quote *quotes,
                          compared_document *rows)
{
    for (size_t i = 0; i < t->offer_count; i++)
        rows[i] = (compared_document){.provider = t->offers[i].provider,
                                      .selection = t->offers[i].selection,
                                      .quote.quote = quotes[i].quote,
                                      .rank = (int64_t)quotes[i].rank,
                                      .row = quotes[i]};
}

static void fill_cheapest(const pilot_comparison_terms *t, const pilot_cheapest *cheapest,
                          cheapest_document *rows)
{
    for (size_t i = 0; i < t->required_count; i++) {
        const pilot_menu_offer *offer = &t->offers[cheapest[i].offer];
        rows[i] = (cheapest_document){.required = t->required[i],
                                      .offer = (int64_t)cheapest[i].offer,
                                      .provider = offer->provider,
                                      .menu = pilot_menu_prices(offer->menu)->id,
                                      .found = cheapest[i]};
    }
}

/* The offer of a cheapest service is one of the terms', with a menu. */
static bool cheapest_fits(const pilot_comparison_terms *t, const pilot_cheapest *cheapest)
{
    bool fits = !t->required_count || t->required;
    for (size_t i = 0; fits && i < t->required_count; i++)
        fits = cheapest[i].offer < t->offer_count && t->offers[cheapest[i].offer].menu;
    return fits;
}

pilot_status pilot_comparison_result_write(const pilot_comparison_terms *terms,
                                           const pilot_offer_quote *quotes,
                                           const pilot_cheapest *cheapest, pilot_json_style style,
                                           char **text)
{
    if (!terms || !quotes || !text || !terms->offers || (cheapest && !cheapest_fits(terms, cheapest)))
        return PILOT_ERROR_ARGUMENT;
    compared_document *offers = calloc(terms->offer_count + 1, sizeof *offers);
    cheapest_document *services = calloc(terms->required_count + 1, sizeof *services);
    pilot_status status = PILOT_ERROR_MEMORY;
    if (offers && services) {
        fill_compared(terms, quotes, offers);
        if (cheapest)
            fill_cheapest(terms, cheapest, services);
        const comparison_result_document d = {terms->day, offers, terms->offer_count,
                                              cheapest ? services : NULL, terms->required_count};
        status = pilot_record_text(&pilot_comparison_result_record, &d, style == PILOT_JSON_INDENTED,
                                   NULL, text);
    }
    free(offers);
    free(services);
    return status;
}
