#ifndef PILOT_MENU_INTERNAL_H
#define PILOT_MENU_INTERNAL_H

#include "pilot/menu.h"
#include "record/record.h"

/* Price lists that have been checked are menus where they lie, as those of a city or a comparison are. A
 * record that can be referred to: its first member is its id. */
struct pilot_menu {
    pilot_price_list list;
};

/* A menu of its own. */
typedef struct owned_menu {
    pilot_menu menu;
    arena memory; /* of all that it points at */
} owned_menu;

/* The menu's JSON form. */
extern const record pilot_menu_record;
extern const container pilot_menu_container;
extern const record pilot_rounding_rule_record;
extern const record pilot_menu_item_record;
extern const record pilot_selection_record;
extern const words pilot_menu_basis_words, pilot_price_fault_words;

const pilot_menu_service *pilot_menu_find_service(const pilot_price_list *list, const char *id);
const pilot_menu_package *pilot_menu_find_package(const pilot_price_list *list, const char *id);
/* The item of the service; NULL where there is none. */
const pilot_menu_item *pilot_menu_find_item(const pilot_menu_item *items, size_t count,
                                            const char *service);
const pilot_menu_grade *pilot_menu_find_grade(const pilot_menu_service *service, int64_t grade);

/* Whether grade a is better than grade b. */
bool pilot_menu_better(const pilot_price_list *list, int64_t a, int64_t b);

bool pilot_rounding_rule_valid(const pilot_rounding_rule *rule);

/* {0, 0}, and so a share that nobody set, is none. */
static inline bool pilot_share_given(pilot_share share)
{
    return share.denominator != 0;
}

/* What of its arguments a quote refuses, for those who act on it: the error is for people. */
typedef enum pilot_quote_part {
    PILOT_QUOTE_CHOICE = 0, /* the choice as a whole, or what it comes to */
    PILOT_QUOTE_PACKAGE,
    PILOT_QUOTE_ITEM,
    PILOT_QUOTE_DAY,
    PILOT_QUOTE_QUANTITY,
} pilot_quote_part;

typedef struct pilot_quote_refusal {
    pilot_quote_part part;
    size_t item;            /* of the selection */
    pilot_menu_basis basis; /* of the quantity */
} pilot_quote_refusal;

/* pilot_quote_compute without lines; *refusal says what was refused where it fails. */
pilot_status pilot_quote_asked(const pilot_menu *menu, const pilot_selection *selection,
                               const pilot_premises *premises, pilot_date day, pilot_quote *quote,
                               pilot_quote_refusal *refusal);

/* pilot_cheapest_service; asked: the place of the service and grade asked for, "" or "/required/1". */
pilot_status pilot_cheapest_of(const pilot_menu_offer *offers, size_t count, const char *service,
                               int64_t grade, const pilot_premises *premises, pilot_date day,
                               const char *asked, pilot_cheapest *cheapest, pilot_error *error);

#endif
