#include "order_internal.h"

#include "base/base_internal.h"
#include "record/fields.h"

#include <stdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const field premises_fields[] = {
    SEVERAL(pilot_premises, dwellings, dwelling_count, "dwellings_m2", AREAS, "4.3-3", "各户面积",
            "area of each dwelling"),
    OPTIONAL(pilot_premises, building_area, "building_area_m2", AREA, "4.3-3",
             "建筑面积，不填为各户面积之和", "left out: the sum of the list"),
    OPTIONAL(pilot_premises, households, "households", COUNT, "4.3-3", "户数，不填为所列户数",
             "left out: the length of the list"),
    OPTIONAL(pilot_premises, buildings, "buildings", COUNT, "4.3-3", "楼栋数，所选价格按栋计时须填",
             "wanted where a chosen price is per building"),
};
static const record premises_record =
    RECORD("premises", pilot_premises, premises_fields, "服务对象房屋，所选价格不涉及的可不填",
           "what it is chosen for; what no chosen price is per may be left "
           "out");

static const field period_fields[] = {
    REQUIRED(pilot_bill_period, first, "first", MONTH, "4.3-3", "起始月份（含）",
             "first month, included"),
    REQUIRED(pilot_bill_period, last, "last", MONTH, "4.3-3", "截止月份（含）", "last month, included",
             NOT_BEFORE(pilot_bill_period, first)),
};
static const record period_record =
    RECORD("period", pilot_bill_period, period_fields, "计费期间", "the time that is billed");

static const field order_fields[] = {
    REQUIRED(pilot_order_terms, day, "day", DATE, "4.3-3", "价格日期", "the prices of this day"),
    REQUIRED(pilot_order_terms, selection, "selection", RECORD, "4.3-3", "所选服务", "what is chosen",
             .of = &pilot_selection_record),
    REQUIRED(pilot_order_terms, premises, "premises", RECORD, "4.3-3", "服务对象房屋",
             "what it is chosen for", .of = &premises_record),
    OPTIONAL(pilot_order_terms, period, "period", OPTIONAL, "4.3-3", "计费期间，需要账单时填写",
             "of the bills, where bills are asked for", .of = &period_record),
    OPTIONAL(pilot_order_terms, rounding, "rounding", OPTIONAL, NULL,
             "账单取整规则，不填为菜单的规则，报价一律用菜单的规则",
             "of the bills; left out: the menu's own, which quotes always have",
             .of = &pilot_rounding_rule_record),
};
const record pilot_order_record =
    RECORD("order", pilot_order_terms, order_fields, "询价单", "what a price is asked for");

static const field offer_fields[] = {
    OPTIONAL(pilot_menu_offer, provider, "provider", TEXT, "5.4-2", "提供方",
             "who makes it, for people"),
    REQUIRED(pilot_menu_offer, menu, "menu", REF, "5.4-2", "菜单编号", "id of its menu",
             .of = &pilot_menu_record),
    REQUIRED(pilot_menu_offer, selection, "selection", RECORD, "5.4-2", "所选服务",
             "what is chosen from it", .of = &pilot_selection_record),
};
static const record offer_record = RECORD("offers", pilot_menu_offer, offer_fields, "参与比较的菜单选择",
                                          "a choice from a menu, to be held against others");

static const field comparison_fields[] = {
    REQUIRED(pilot_comparison, terms.day, "day", DATE, "5.4-2", "价格日期", "the prices of this day"),
    REQUIRED(pilot_comparison, terms.premises, "premises", RECORD, "5.4-2", "服务对象房屋，各方案相同",
             "what all offers are for", .of = &premises_record),
    SEVERAL(pilot_comparison, menus, menu_count, "menus", LIST, "5.4-2", "各方案的菜单",
            "the offers' menus", .of = &pilot_menu_record, .required = true),
    SEVERAL(pilot_comparison, terms.offers, terms.offer_count, "offers", LIST, "5.4-2",
            "参与比较的方案，两个以上", "two or more", .of = &offer_record, .required = true,
            RANGE(2, PILOT_COMPARED_OFFERS_MAX)),
    SEVERAL(pilot_comparison, terms.required, terms.required_count, "required", LIST, "5.4-2",
            "所需服务，逐项查找该等级或更优等级的最低价",
            "services of which each is looked for where it is cheapest, at this grade or a better one",
            .of = &pilot_menu_item_record, RANGE(0, PILOT_COMPARED_OFFERS_MAX)),
};
const record pilot_comparison_record = RECORD("comparison", pilot_comparison, comparison_fields,
                                              "同一房屋的方案比较", "offers on the same premises");

const container pilot_order_container = {.type = &pilot_order_record,
                                         .size = sizeof(pilot_order),
                                         .record = offsetof(pilot_order, terms),
                                         .memory = offsetof(pilot_order, memory)};
const container pilot_comparison_container = {.type = &pilot_comparison_record,
                                              .size = sizeof(pilot_comparison),
                                              .memory = offsetof(pilot_comparison, memory)};

const pilot_order_terms *pilot_order_content(const pilot_order *order)
{
    return &order->terms;
}

void pilot_order_free(pilot_order *order)
{
    pilot_container_free(&pilot_order_container, order);
}

const pilot_comparison_terms *pilot_comparison_content(const pilot_comparison *comparison)
{
    return &comparison->terms;
}

void pilot_comparison_free(pilot_comparison *comparison)
{
    pilot_container_free(&pilot_comparison_container, comparison);
}

static pilot_status find_cheapest(const pilot_comparison_terms *t, size_t i, pilot_cheapest *cheapest,
                                  pilot_error *error)
{
    const pilot_menu_item *item = &t->required[i];
    char asked[32];
    snprintf(asked, sizeof asked, "/required/%zu", i);
    return pilot_cheapest_of(t->offers, t->offer_count, item->service, item->grade, &t->premises, t->day,
                             asked, cheapest, error);
}

static pilot_status null_argument(pilot_error *error)
{
    pilot_error_set(error, PILOT_ERROR_ARGUMENT, NULL,
                    "the terms, their list or the place for the result is NULL");
    pilot_error_zh(error, "比较条件、其中的列表或存放结果的指针为空");
    return PILOT_ERROR_ARGUMENT;
}

pilot_status pilot_comparison_compute(const pilot_comparison_terms *terms, pilot_offer_quote *quotes,
                                      pilot_cheapest *cheapest, pilot_error *error)
{
    pilot_cheapest unused;
    if (!terms || !quotes || (terms->required_count && !terms->required))
        return null_argument(error);
    pilot_status status = PILOT_OK;
    for (size_t i = 0; status == PILOT_OK && cheapest && i < terms->required_count; i++)
        status = find_cheapest(terms, i, &unused, error);
    if (status == PILOT_OK)
        status = pilot_offers_compare(terms->offers, terms->offer_count, &terms->premises, terms->day,
                                      quotes, error);
    for (size_t i = 0; status == PILOT_OK && cheapest && i < terms->required_count; i++)
        status = find_cheapest(terms, i, &cheapest[i], error); /* nothing can fail any more */
    return status;
}
