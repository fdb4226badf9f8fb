/* Prints one document of each kind that the library writes, one a line with its kind before it, for
 * tests/schema.py: documents CITY.json */
#include <pilot.h>

#include <stdio.h>
#include <stdlib.h>

#define AS_OF 18321 /* 2020-02-29 */
#define LINES_MAX 64

static char city_text[1 << 20];

static void check(pilot_status status, const char *what)
{
    if (status == PILOT_OK)
        return;
    fprintf(stderr, "%s: %s\n", what, pilot_status_text(status, PILOT_ENGLISH));
    exit(1);
}

static void print(const char *kind, char *text)
{
    printf("%s %s\n", kind, text);
    pilot_text_free(text);
}

/* Years that are paid, one that failed, and months beyond the last rate. */
static void print_award(const pilot_policy *policy)
{
    const pilot_assessment assessments[] = {
        {2019, PILOT_PASSED, {AS_OF, true}, NULL, PILOT_ACTOR_NONE},
        {2020, PILOT_FAILED, {AS_OF, true}, NULL, PILOT_ACTOR_NONE},
    };
    const pilot_claim claim = {.quantity = {[PILOT_PER_HOUSEHOLD] = {1000, true}},
                               .first = 598, /* 2019-11 */
                               .last = 660,  /* 2025-01 */
                               .assessments = assessments,
                               .assessment_count = 2,
                               .as_of = {AS_OF, true}};
    pilot_award award;
    pilot_award_line lines[LINES_MAX];
    char *text;
    check(pilot_award_compute(policy, &claim, &award, lines, LINES_MAX, NULL), "award");
    check(pilot_award_write(&award, lines, PILOT_JSON_COMPACT, &text), "award");
    print("award", text);
    check(pilot_award_write(&award, NULL, PILOT_JSON_COMPACT, &text), "award without lines");
    print("award", text);
}

static void print_report(const pilot_policy *policy, const pilot_city *city)
{
    pilot_report *report;
    char *text;
    check(pilot_check(policy, city, AS_OF, &report, NULL), "check");
    check(pilot_report_write(report, NULL, PILOT_JSON_COMPACT, &text), "report");
    print("report", text);
    pilot_report_free(report);
}

/* One vote that passes, and one that cannot any more. */
static void print_votes(const pilot_policy *policy)
{
    pilot_vote_totals totals = {.day = AS_OF,
                                .matter = PILOT_MATTER_HIRE_PROVIDER,
                                .all = {6137000, 1000},
                                .in_favour = {3200000, 520},
                                .against = {1000000, 200}};
    for (int i = 0; i < 2; i++) {
        pilot_vote_result result;
        char *text;
        check(pilot_vote_decide(policy, &totals, &result, NULL), "vote");
        check(pilot_vote_totals_write(&totals, PILOT_JSON_COMPACT, &text), "vote_totals");
        print("vote_totals", text);
        check(pilot_vote_result_write(&result, PILOT_JSON_COMPACT, &text), "vote");
        print("vote", text);
        totals.in_favour = (pilot_vote_weight){100, 1};
        totals.against = (pilot_vote_weight){6100000, 990};
    }
}

/* A package at one price, and services by themselves, per building and per square metre. */
static void print_menu_and_quote(void)
{
    const pilot_menu_grade cleaning[] = {{1, 4900}, {2, 4300}}, patrol[] = {{1, 3000000}};
    const pilot_menu_service services[] = {
        {"cleaning", "保洁", PILOT_SERVICE_CLEANING, PILOT_MENU_PER_SQUARE_METRE, cleaning, 2},
        {"patrol", NULL, PILOT_SERVICE_ORDER, PILOT_MENU_PER_BUILDING, patrol, 1}};
    const pilot_menu_item items[] = {{"cleaning", 2}}, chosen[] = {{"patrol", 1}};
    const pilot_menu_package packages[] = {
        {.id = "p", .items = items, .item_count = 1, .price = {4000, true}, .basis = PILOT_MENU_FIXED},
        {.id = "q", .items = items, .item_count = 1, .discount = {1, 20}}};
    const pilot_price_list list = {.id = "m",
                                   .valid_from = {AS_OF, true},
                                   .best_is_low = PILOT_ANSWER_YES,
                                   .rounding = {PILOT_UP, PILOT_TO_JIAO, PILOT_ROUND_MONTH},
                                   .services = services,
                                   .service_count = 2,
                                   .packages = packages,
                                   .package_count = 2};
    const pilot_premises premises = {.building_area = {8324057, true}, .buildings = {12, true}};
    pilot_menu *menu;
    pilot_quote quote;
    pilot_quote_line lines[2];
    char *text;
    check(pilot_menu_new(&list, &menu, NULL), "menu");
    check(pilot_menu_write(menu, PILOT_JSON_COMPACT, &text), "menu");
    print("menu", text);
    for (size_t i = 0; i < 2; i++) {
        const pilot_selection selection = {packages[i].id, chosen, 1};
        check(pilot_quote_compute(menu, &selection, &premises, AS_OF, &quote, lines, 2, NULL), "quote");
        check(pilot_quote_write(&quote, i ? NULL : lines, PILOT_JSON_COMPACT, &text), "quote");
        print("quote", text);
    }
    pilot_menu_free(menu);
}

/* A file with every key, with rows and without, and one of which nothing is known. */
static void print_outside(const pilot_policy *policy)
{
    const pilot_handover handovers[] = {
        {.service = PILOT_GREENERY,
         .duty_moved = {PILOT_ANSWER_YES, AS_OF},
         .money_moved = {PILOT_ANSWER_NO, 0},
         .transferred = {4830001, true},
         .former_budget = {15850000, true},
         .reduced_budget = {11020000, true},
         .coordinator = PILOT_ACTOR_CITY_MANAGEMENT_BUREAU},
        {.service = PILOT_SEPTIC_TANKS, .transferred = {100, true}, .city_part = {40, true}},
    };
    const pilot_outside_item items[] = {
        {PILOT_GREENERY, PILOT_PLACE_COURTYARD, 3672050},
        {PILOT_ROAD_UPKEEP, PILOT_PLACE_PUBLIC_ROAD, 8800000},
    };
    const pilot_outside files[] = {{.as_of = AS_OF,
                                    .handovers = handovers,
                                    .handover_count = 2,
                                    .city_share = {3, 5},
                                    .enclosure = {.before = PILOT_LAYOUT_OPEN,
                                                  .after = PILOT_LAYOUT_CLOSED,
                                                  .changed_on = {AS_OF, true},
                                                  .year = {2020, true},
                                                  .households = {955, true},
                                                  .building_area = {6137000, true},
                                                  .items = items,
                                                  .item_count = 2}},
                                   {.as_of = AS_OF}};
    for (size_t i = 0; i < 2; i++) {
        pilot_outside_result result;
        pilot_handover_money money[2];
        pilot_item_shift shifts[2];
        char *text;
        check(pilot_outside_write(&files[i], PILOT_JSON_COMPACT, &text), "outside");
        print("outside", text);
        check(pilot_outside_compute(policy, &files[i], &result, money, shifts, NULL), "outside");
        check(pilot_outside_result_write(&result, i ? NULL : money, i ? NULL : shifts,
                                         PILOT_JSON_COMPACT, &text),
              "outside result");
        print("outside_result", text);
    }
}

/* The example's text; the program ends where it is not there. */
static const char *slurp(const char *path, size_t *length)
{
    static char text[1 << 20];
    FILE *file = fopen(path, "rb");
    *length = file ? fread(text, 1, sizeof text, file) : 0;
    check(*length && *length < sizeof text ? PILOT_OK : PILOT_ERROR_ARGUMENT, path);
    fclose(file);
    return text;
}

/* One bill with its lines and one without, and the bills of a whole list. */
static void print_bills(const pilot_menu *menu, const pilot_order_terms *o)
{
    pilot_bill bill;
    pilot_bill_line lines[LINES_MAX];
    pilot_bill_sum sum;
    pilot_money amounts[LINES_MAX];
    char *text;
    const pilot_premises *p = &o->premises;
    check(p->dwelling_count <= LINES_MAX ? PILOT_OK : PILOT_ERROR_CAPACITY, "dwellings");
    check(pilot_bill_compute(menu, &o->selection, p->dwellings[0], *o->period, o->rounding, &bill, lines,
                             LINES_MAX, NULL),
          "bill");
    check(pilot_bill_write(&bill, lines, PILOT_JSON_COMPACT, &text), "bill");
    print("bill", text);
    check(pilot_bill_write(&bill, NULL, PILOT_JSON_COMPACT, &text), "bill without lines");
    print("bill", text);
    check(pilot_bills_compute(menu, &o->selection, p->dwellings, p->dwelling_count, *o->period,
                              o->rounding, &sum, amounts, NULL),
          "bills");
    check(pilot_bill_sum_write(&sum, amounts, PILOT_JSON_COMPACT, &text), "bills");
    print("bill_sum", text);
    check(pilot_bill_sum_write(&sum, NULL, PILOT_JSON_COMPACT, &text), "bills without amounts");
    print("bill_sum", text);
}

static void print_order(void)
{
    size_t length;
    pilot_menu *menu;
    pilot_order *order;
    char *text;
    const char *from = slurp("examples/data/menus/foshan-2019.json", &length);
    check(pilot_menu_parse(from, length, &menu, NULL), "menu");
    from = slurp("examples/data/orders/foshan-entrance.json", &length);
    check(pilot_order_parse(from, length, &order, NULL), "order");
    check(pilot_order_write(order, PILOT_JSON_COMPACT, &text), "order");
    print("order", text);
    print_bills(menu, pilot_order_content(order));
    pilot_order_free(order);
    pilot_menu_free(menu);
}

static void print_comparison(void)
{
    size_t length;
    pilot_comparison *comparison;
    pilot_offer_quote quotes[LINES_MAX];
    pilot_cheapest cheapest[LINES_MAX];
    char *text;
    const char *from = slurp("examples/data/comparisons/foshan-mudanjiang.json", &length);
    check(pilot_comparison_parse(from, length, &comparison, NULL), "comparison");
    check(pilot_comparison_write(comparison, PILOT_JSON_COMPACT, &text), "comparison");
    print("comparison", text);
    const pilot_comparison_terms *t = pilot_comparison_content(comparison);
    check(pilot_comparison_compute(t, quotes, cheapest, NULL), "comparison");
    check(pilot_comparison_result_write(t, quotes, cheapest, PILOT_JSON_COMPACT, &text), "comparison");
    print("comparison_result", text);
    check(pilot_comparison_result_write(t, quotes, NULL, PILOT_JSON_COMPACT, &text), "offers alone");
    print("comparison_result", text);
    pilot_comparison_free(comparison);
}

/* By totals and by units. */
static void print_contest(const pilot_policy *policy, const char *path)
{
    size_t length;
    pilot_contest *contest;
    pilot_choice choice;
    pilot_offer_result results[LINES_MAX];
    char *text;
    const char *from = slurp(path, &length);
    check(pilot_contest_parse(from, length, &contest, NULL), path);
    check(pilot_contest_write(contest, PILOT_JSON_COMPACT, &text), path);
    print("contest", text);
    const pilot_contest_terms *t = pilot_contest_content(contest);
    check(pilot_vote_choose(policy, &t->totals, t->votes, t->offer_count, t->run_off, &choice, results,
                            NULL),
          path);
    check(pilot_choice_write(&choice, t->offers, results, t->offer_count, PILOT_JSON_COMPACT, &text),
          path);
    print("choice", text);
    pilot_contest_free(contest);
}

/* Terms with a claim and without, and two years of which the second has no fee that does. */
static void print_account(const pilot_policy *policy)
{
    const pilot_assessment passed = {2019, PILOT_PASSED, {AS_OF, true}, NULL, PILOT_ACTOR_NONE};
    const pilot_claim claim = {.quantity = {[PILOT_PER_HOUSEHOLD] = {956, true}},
                               .first = 610, /* 2020-11 */
                               .last = 613,
                               .assessments = &passed,
                               .assessment_count = 1,
                               .as_of = {AS_OF, true}};
    const pilot_account_cost costs[] = {{"保洁", PILOT_LEDGER_SERVICE, 610, 613, 2150000},
                                        {NULL, PILOT_LEDGER_COMMUNITY, 610, 613, 1600000}};
    const pilot_account_income income = {PILOT_INCOME_PARKING, 610, 613, 480000, 130000};
    const pilot_account_use use = {PILOT_INCOME_PARKING, PILOT_FOR_OTHER_PURPOSE, 612, -100};
    pilot_account_terms terms = {.first = 610,
                                 .last = 613,
                                 .fee = {.price = {3500, true}, .building_area = {8336320, true}},
                                 .collection_rate = {3, 4},
                                 .claim = &claim,
                                 .costs = costs,
                                 .cost_count = 2,
                                 .incomes = &income,
                                 .income_count = 1,
                                 .uses = &use,
                                 .use_count = 1,
                                 .rebate = {1, 4}};
    for (int i = 0; i < 2; i++) {
        pilot_account account;
        pilot_account_row months[4], years[2];
        pilot_account_answer answers[2];
        char *text;
        check(pilot_account_terms_write(&terms, PILOT_JSON_COMPACT, &text), "account");
        print("account", text);
        check(pilot_account_compute(policy, &terms, &account, months, 4, years, 2, NULL), "account");
        for (int y = 0; y < 2; y++)
            check(pilot_account_answer_compute(policy, &terms, years[y].first, years[y].last,
                                               &answers[y], NULL),
                  "answer");
        check(pilot_account_write(&account, i ? NULL : months, i ? NULL : years, i ? answers : NULL, 2,
                                  PILOT_JSON_COMPACT, &text),
              "account result");
        print("account_result", text);
        terms.claim = NULL;
        terms.collection_rate = (pilot_share){0, 1};
    }
}

int main(int count, char **words)
{
    pilot_policy *policy;
    pilot_city *city;
    pilot_error error;
    char *text;
    FILE *file = count == 2 ? fopen(words[1], "rb") : NULL;
    size_t length = file ? fread(city_text, 1, sizeof city_text, file) : 0;
    if (file)
        fclose(file);
    check(pilot_city_parse(city_text, length, &city, &error), "city");
    check(pilot_policy_nanchang_2019(&policy), "policy");
    check(pilot_policy_write(policy, PILOT_JSON_COMPACT, &text), "policy");
    print("policy", text);
    check(pilot_city_write(city, PILOT_JSON_COMPACT, &text), "city");
    print("city", text);
    print_award(policy);
    print_votes(policy);
    print_report(policy, city);
    print_menu_and_quote();
    print_outside(policy);
    print_order();
    print_comparison();
    print_contest(policy, "examples/data/contests/by-totals.json");
    print_contest(policy, "examples/data/contests/by-units.json");
    print_account(policy);
    pilot_city_free(city);
    pilot_policy_free(policy);
    return 0;
}
