#ifndef PILOT_ORDER_INTERNAL_H
#define PILOT_ORDER_INTERNAL_H

#include "menu_internal.h"
#include "pilot/order.h"

struct pilot_order {
    pilot_order_terms terms;
    arena memory;
};

struct pilot_comparison {
    pilot_comparison_terms terms;
    const pilot_menu *menus; /* menu_count of them; their memory is the comparison's */
    size_t menu_count;
    arena memory;
};

/* Their JSON forms. */
extern const record pilot_order_record, pilot_comparison_record;
extern const container pilot_order_container, pilot_comparison_container;

/* Of the writers of results. */
extern const record pilot_quote_record, pilot_bill_record, pilot_bill_sum_record,
    pilot_comparison_result_record;

#endif
