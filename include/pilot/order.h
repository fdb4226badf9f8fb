/* What a price is asked for, read from text (4.3-3, 5.4-2): an order, which is priced by one menu, and a
 * comparison, which holds offers and their menus against each other. pilot/json.h reads and writes them;
 * pilot/menu.h computes. */
#ifndef PILOT_ORDER_H
#define PILOT_ORDER_H

#include "menu.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What is asked for, in the form in which pilot_quote_compute, pilot_bill_compute, pilot_bills_compute
 * and pilot_bills_apportion take it. */
typedef struct pilot_order_terms {
    pilot_date day; /* the prices of this day */
    pilot_selection selection;
    pilot_premises premises;
    const pilot_bill_period *period;     /* NULL: no bill is asked for */
    const pilot_rounding_rule *rounding; /* of bills; NULL: the menu's own, which quotes always have */
} pilot_order_terms;

typedef struct pilot_order pilot_order;

/* The order owns what is returned. */
PILOT_API const pilot_order_terms *pilot_order_content(const pilot_order *order);
/* NULL is fine. */
PILOT_API void pilot_order_free(pilot_order *order);

/* What a comparison that is read has at most, of offers and of required services: each is held against
 * all the others. */
#define PILOT_COMPARED_OFFERS_MAX 1000

/* Offers on the same premises. */
typedef struct pilot_comparison_terms {
    pilot_date day; /* the prices of this day */
    pilot_premises premises;
    const pilot_menu_offer *offers; /* two or more */
    size_t offer_count;
    const pilot_menu_item *required; /* where is each of these services cheapest, so good or better? */
    size_t required_count;
} pilot_comparison_terms;

typedef struct pilot_comparison pilot_comparison;

/* The comparison owns what is returned, and the menus of the offers. */
PILOT_API const pilot_comparison_terms *pilot_comparison_content(const pilot_comparison *comparison);
/* NULL is fine. */
PILOT_API void pilot_comparison_free(pilot_comparison *comparison);

/* pilot_offers_compare of the offers, and pilot_cheapest_service of each required service. quotes: room
 * for offer_count of them. cheapest: NULL, or room for required_count. error may be NULL; its path is
 * that of the comparison's JSON form. Errors: as those two, paths "/required/1/service" and
 * "/required/1/grade" where no offer's menu has it. */
PILOT_API pilot_status pilot_comparison_compute(const pilot_comparison_terms *terms,
                                                pilot_offer_quote *quotes, pilot_cheapest *cheapest,
                                                pilot_error *error);

/* lines: NULL leaves them out, or bill->line_count of them. */
PILOT_API pilot_status pilot_bill_write(const pilot_bill *bill, const pilot_bill_line *lines,
                                        pilot_json_style style, char **text);
/* amounts: NULL leaves them out, or sum->dwellings of them. */
PILOT_API pilot_status pilot_bill_sum_write(const pilot_bill_sum *sum, const pilot_money *amounts,
                                            pilot_json_style style, char **text);
/* What pilot_comparison_compute gives: quotes for each of the terms' offers; cheapest: NULL leaves them
 * out, or one for each of the required services. */
PILOT_API pilot_status pilot_comparison_result_write(const pilot_comparison_terms *terms,
                                                     const pilot_offer_quote *quotes,
                                                     const pilot_cheapest *cheapest,
                                                     pilot_json_style style, char **text);

#ifdef __cplusplus
}
#endif
#endif
