/* How long a quote and a round of bills take on an area of 1,000 dwellings, beside a plain loop of
 * multiply and round over the same areas and prices. Ratios within one run, medians of many; no bar is
 * asserted. */
#define _DEFAULT_SOURCE
#include "clock.h"

#include <pilot.h>

#include <stdio.h>
#include <stdlib.h>

enum { DWELLINGS = 1000, ROUNDS = 2001, GRADE = 3 };

static void require(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "%s\n", what);
    exit(1);
}

static pilot_menu *read_menu(const char *path)
{
    static char text[1 << 16];
    pilot_menu *menu = NULL;
    pilot_error error = {0};
    FILE *file = fopen(path, "rb");
    require(file != NULL, "the menu cannot be read");
    size_t length = fread(text, 1, sizeof text, file);
    fclose(file);
    require(pilot_menu_parse(text, length, &menu, &error) == PILOT_OK, error.message);
    return menu;
}

static double median(double *times)
{
    qsort(times, ROUNDS, sizeof *times, ascending);
    return times[ROUNDS / 2];
}

static const pilot_bill_period month = {600, 600}; /* 2020-01 */

typedef struct bench {
    pilot_menu *menu;
    pilot_selection selection;
    pilot_premises premises;
    pilot_price price; /* of all that is selected */
    pilot_area areas[DWELLINGS];
    pilot_rounding_rule rule;
    volatile pilot_money result;
} bench;

static void plain(bench *b)
{
    pilot_money sum = 0;
    for (size_t i = 0; i < DWELLINGS; i++)
        sum += (b->areas[i] * b->price + 5000) / 10000;
    b->result = sum;
}

static void quote(bench *b)
{
    pilot_quote q;
    pilot_quote_line lines[PILOT_MENU_SERVICES_MAX];
    require(pilot_quote_compute(b->menu, &b->selection, &b->premises, 18262, &q, lines,
                                PILOT_MENU_SERVICES_MAX, NULL) == PILOT_OK,
            "no quote");
    b->result = q.month;
}

static void bills(bench *b)
{
    pilot_bill_sum sum;
    require(pilot_bills_compute(b->menu, &b->selection, b->areas, DWELLINGS, month, &b->rule, &sum, NULL,
                                NULL) == PILOT_OK,
            "no bills");
    b->result = sum.of_dwellings;
}

static double measure(bench *b, void (*run)(bench *))
{
    static double times[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
        double start = now();
        run(b);
        times[i] = now() - start;
    }
    return median(times);
}

int main(void)
{
    static bench b;
    uint64_t state = UINT64_C(20191101);
    static const pilot_rounding_step steps[] = {PILOT_ROUND_BILL, PILOT_ROUND_MONTH, PILOT_ROUND_LINE,
                                                PILOT_ROUND_FOUR_DECIMALS};
    static const char *const names[] = {"once a bill", "by month", "by line", "to four decimals first"};
    b.menu = read_menu("examples/data/menus/foshan-2019.json");
    const pilot_price_list *list = pilot_menu_prices(b.menu);
    b.selection.package = "comprehensive-3";
    for (size_t i = 0; i < list->service_count; i++)
        b.price += list->services[i].grades[GRADE - 1].price;
    for (size_t i = 0; i < DWELLINGS; i++) {
        state = state * UINT64_C(6364136223846793005) + 1;
        b.areas[i] = 3000 + (pilot_area)(state >> 33) % 12000;
    }
    b.premises = (pilot_premises){.dwellings = b.areas, .dwelling_count = DWELLINGS};
    double loop = measure(&b, plain), one = measure(&b, quote);
    printf("plain loop of multiply and round, %d dwellings: %.2f us\n", DWELLINGS, loop);
    printf("quote of %zu services on them:  %7.2f us, %5.1f times the loop\n", list->service_count, one,
           one / loop);
    double once = 0;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        b.rule.step = steps[i];
        double all = measure(&b, bills);
        once = i ? once : all;
        printf("their bills, %-22s %7.2f us, %5.1f times the loop, %4.2f times once a bill (bar: 1.5)\n",
               names[i], all, all / loop, all / once);
    }
    pilot_menu_free(b.menu);
    return 0;
}
