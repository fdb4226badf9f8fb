#include "order_internal.h"

#include "base/base_internal.h"
#include "record/fields.h"

#include <stdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const field premises_fields[] = {
    SEVERAL(pilot_premises, dwellings, dwelling_count, "dwellings_m2", AREAS, "4.3-3", "",
            "area of each dwelling"),
    OPTIONAL(pilot_premises, building_area, "building_area_m2", AREA, "4.3-3", "",
             "left out: the sum of the list"),
    OPTIONAL(pilot_premises, households, "households", COUNT, "4.3-3", "",
             "left out: the length of the list"),
    OPTIONAL(pilot_premises, buildings, "buildings", COUNT, "4.3-3", "",
             "wanted where a chosen price is per building"),
};
static const record premises_record = {"premises", sizeof(pilot_premises), FIELDS(premises_fields), "",
                                       "what it is chosen for; what no chosen price is per may be left "
                                       "out"};

static const field period_fields[] = {
    REQUIRED(pilot_bill_period, first, "first", MONTH, "4.3-3", "", "first month, included"),
    REQUIRED(pilot_bill_period, last, "last", MONTH, "4.3-3", "", "last month, included",
             NOT_BEFORE(pilot_bill_period, first)),
};
static const record period_record = {"period", sizeof(pilot_bill_period), FIELDS(period_fields), "",
                                     "the time that is billed"};

static const field order_fields[] = {
    REQUIRED(pilot_order_terms, day, "day", DATE, "4.3-3", "", "the prices of this day"),
    REQUIRED(pilot_order_terms, selection, "selection", RECORD, "4.3-3", "", "what is chosen",
             .of = &pilot_selection_record),
    REQUIRED(pilot_order_terms, premises, "premises", RECORD, "4.3-3", "", "what it is chosen for",
             .of = &premises_record),
    OPTIONAL(pilot_order_terms, period, "period", OPTIONAL, "4.3-3", "",
             "of the bills, where bills are asked for", .of = &period_record),
    OPTIONAL(pilot_order_terms, rounding, "rounding", OPTIONAL, NULL, "",
             "of the bills; left out: the menu's own, which quotes always have",
             .of = &pilot_rounding_rule_record),
};
const record pilot_order_record = {"order", sizeof(pilot_order_terms), FIELDS(order_fields), "",
                                   "what a price is asked for"};

static const field offer_fields[] = {
    OPTIONAL(pilot_menu_offer, provider, "provider", TEXT, "5.4-2", "", "who makes it, for people"),
    REQUIRED(pilot_menu_offer, menu, "menu", REF, "5.4-2", "", "id of its menu",
             .of = &pilot_menu_record),
    REQUIRED(pilot_menu_offer, selection, "selection", RECORD, "5.4-2", "", "what is chosen from it",
             .of = &pilot_selection_record),
};
static const record offer_record = {"offers", sizeof(pilot_menu_offer), FIELDS(offer_fields), "",
                                    "a choice from a menu, to be held against others"};

static const field comparison_fields[] = {
    REQUIRED(pilot_comparison, terms.day, "day", DATE, "5.4-2", "", "the prices of this day"),
    REQUIRED(pilot_comparison, terms.premises, "premises", RECORD, "5.4-2", "",
             "what all offers are for", .of = &premises_record),
    SEVERAL(pilot_comparison, menus, menu_count, "menus", LIST, "5.4-2", "", "the offers' menus",
            .of = &pilot_menu_record, .required = true),
    SEVERAL(pilot_comparison, terms.offers, terms.offer_count, "offers", LIST, "5.4-2", "",
            "two or more", .of = &offer_record, .required = true),
    SEVERAL(pilot_comparison, terms.required, terms.required_count, "required", LIST, "5.4-2", "",
            "services of which each is looked for where it is cheapest, at this grade or a better one",
            .of = &pilot_menu_item_record),
};
const record pilot_comparison_record = {"comparison", sizeof(pilot_comparison),
                                        FIELDS(comparison_fields), "", "offers on the same premises"};

const pilot_order_terms *pilot_order_content(const pilot_order *order)
{
    return &order->terms;
}

void pilot_order_free(pilot_order *order)
{
    if (!order)
        return;
    pilot_arena_free(&order->memory);
    free(order);
}

const pilot_comparison_terms *pilot_comparison_content(const pilot_comparison *comparison)
{
    return &comparison->terms;
}

void pilot_comparison_free(pilot_comparison *comparison)
{
    if (!comparison)
        return;
    pilot_arena_free(&comparison->memory);
    free(comparison);
}

/* What was refused lies within item i of that list. */
static void place_within(pilot_error *error, const char *list, size_t i)
{
    char path[sizeof error->path];
    if (!error)
        return;
    memcpy(path, error->path, sizeof path);
    pilot_error_place(error, "/%s/%zu%s", list, i, path);
}

/* Each offer is held against all others, and each required service is looked for in each. */
static pilot_status too_many(pilot_error *error, const char *list, size_t count)
{
    char found[24];
    snprintf(found, sizeof found, "%zu", count);
    pilot_error_set(error, PILOT_ERROR_RANGE, found,
                    "the list has %s items, and %d at most are compared", found,
                    PILOT_COMPARED_OFFERS_MAX);
    pilot_error_zh(error, "列表有%s项，最多比较%d项", found, PILOT_COMPARED_OFFERS_MAX);
    pilot_error_place(error, "/%s", list);
    return PILOT_ERROR_RANGE;
}

pilot_status pilot_comparison_check(const pilot_comparison *comparison, pilot_error *error)
{
    for (size_t i = 0; i < comparison->menu_count; i++) {
        pilot_status status = pilot_price_list_check(&comparison->menus[i].list, error);
        if (status != PILOT_OK) {
            place_within(error, "menus", i);
            return status;
        }
    }
    if (comparison->terms.offer_count > PILOT_COMPARED_OFFERS_MAX)
        return too_many(error, "offers", comparison->terms.offer_count);
    if (comparison->terms.required_count > PILOT_COMPARED_OFFERS_MAX)
        return too_many(error, "required", comparison->terms.required_count);
    if (comparison->terms.offer_count >= 2)
        return PILOT_OK;
    pilot_error_set(error, PILOT_ERROR_RANGE, comparison->terms.offer_count ? "1" : "0",
                    "two offers or more are wanted");
    pilot_error_zh(error, "至少要有两份报价");
    pilot_error_place(error, "/offers");
    return PILOT_ERROR_RANGE;
}

static pilot_status find_cheapest(const pilot_comparison_terms *t, size_t i, pilot_cheapest *cheapest,
                                  pilot_error *error)
{
    const pilot_menu_item *item = &t->required[i];
    pilot_status status = pilot_cheapest_service(t->offers, t->offer_count, item->service, item->grade,
                                                 &t->premises, t->day, cheapest, error);
    if (status != PILOT_OK && error &&
        (strcmp(error->path, "/service") == 0 || strcmp(error->path, "/grade") == 0))
        place_within(error, "required", i);
    return status;
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
