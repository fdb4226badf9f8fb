#include "cases.h"
#include "market/biller.h"

#define FOSHAN "examples/data/menus/foshan-2019.json"
#define MUDANJIANG "examples/data/menus/mudanjiang.json"
enum { LINES = PILOT_MENU_SERVICES_MAX };

READER(menu_read, pilot_menu, pilot_menu_parse)
WRITER(written, pilot_menu, pilot_menu_write)

static pilot_menu *menu_file(const char *path)
{
    size_t length;
    char *text = cases_slurp(path, &length);
    pilot_menu *menu = menu_read(text);
    free(text);
    return menu;
}

static pilot_menu *menu_of(const pilot_price_list *list)
{
    pilot_menu *menu = NULL;
    pilot_error error = {0};
    pilot_status status = pilot_menu_new(list, &menu, &error);
    CHECK(status == PILOT_OK, "%s: %s: %s", pilot_status_name(status), error.path, error.message);
    return menu;
}

static const pilot_date day = 18262; /* 2020-01-01 */
static const pilot_bill_period january = {600, 600}, year_2020 = {600, 611};

/* A menu with everything in it: every basis, a package of each kind, dates. */
typedef struct sample {
    pilot_menu_grade cleaning[3], order[2], lift[1], patrol[1], desk[1];
    pilot_menu_service services[5];
    pilot_menu_item all[5], priced[2], reduced[3], summed[2];
    pilot_menu_package packages[4];
    pilot_price_list list;
} sample;

static void sample_fill(sample *s)
{
    *s = (sample){
        .cleaning = {{1, 4900}, {2, 3050}, {3, 3050}},
        .order = {{1, 8600}, {2, 4333}},
        .lift = {{1, 125000}},
        .patrol = {{1, 3000000}},
        .desk = {{1, 99990000}},
        .all = {{"cleaning", 1}, {"order", 1}, {"lift", 1}, {"patrol", 1}, {"desk", 1}},
        .priced = {{"cleaning", 2}, {"order", 2}},
        .reduced = {{"order", 1}, {"cleaning", 1}, {"lift", 1}},
        .summed = {{"patrol", 1}, {"cleaning", 3}},
    };
    s->services[0] = (pilot_menu_service){
        "cleaning", "保洁", PILOT_SERVICE_CLEANING, PILOT_MENU_PER_SQUARE_METRE, s->cleaning, 3};
    s->services[1] = (pilot_menu_service){
        "order", NULL, PILOT_SERVICE_ORDER, PILOT_MENU_PER_SQUARE_METRE, s->order, 2};
    s->services[2] =
        (pilot_menu_service){"lift", NULL, PILOT_SERVICE_LIFT, PILOT_MENU_PER_HOUSEHOLD, s->lift, 1};
    s->services[3] = (pilot_menu_service){
        "patrol", NULL, PILOT_SERVICE_FIRE_CONTROL, PILOT_MENU_PER_BUILDING, s->patrol, 1};
    s->services[4] =
        (pilot_menu_service){"desk", NULL, PILOT_SERVICE_OTHER, PILOT_MENU_FIXED, s->desk, 1};
    s->packages[0] = (pilot_menu_package){
        .id = "all", .comprehensive = PILOT_ANSWER_YES, .items = s->all, .item_count = 5};
    s->packages[1] = (pilot_menu_package){.id = "priced",
                                          .items = s->priced,
                                          .item_count = 2,
                                          .price = known(7000),
                                          .basis = PILOT_MENU_PER_SQUARE_METRE};
    s->packages[2] = (pilot_menu_package){
        .id = "reduced", .name = "优惠", .items = s->reduced, .item_count = 3, .discount = {1, 20}};
    s->packages[3] = (pilot_menu_package){.id = "summed", .items = s->summed, .item_count = 2};
    s->list = (pilot_price_list){.id = "sample",
                                 .name = "样本",
                                 .valid_from = {day, true},
                                 .valid_to = {day + 365, true},
                                 .best_is_low = PILOT_ANSWER_YES,
                                 .services = s->services,
                                 .service_count = 5,
                                 .packages = s->packages,
                                 .package_count = 4};
}

static pilot_menu *sample_menu(void)
{
    sample s;
    sample_fill(&s);
    return menu_of(&s.list);
}

static const pilot_premises premises = {
    .building_area = {8324057, true}, .households = {956, true}, .buildings = {12, true}};

Test(menu, foshan_totals_come_out_of_the_items)
{
    static const pilot_price totals[] = {27000, 23500, 20000, 16500, 13000};
    pilot_menu *menu = menu_file(FOSHAN);
    const pilot_price_list *list = pilot_menu_prices(menu);
    cr_assert_eq(list->service_count, 5);
    cr_assert_eq(list->package_count, 5);
    for (int64_t grade = 1; grade <= 5; grade++) {
        char package[32];
        pilot_menu_item items[5];
        pilot_quote as_package, as_items;
        pilot_quote_line lines[LINES];
        snprintf(package, sizeof package, "comprehensive-%d", (int)grade);
        for (size_t i = 0; i < 5; i++)
            items[i] = (pilot_menu_item){list->services[i].id, grade};
        pilot_selection whole = {.package = package}, single = {.items = items, .item_count = 5};
        pilot_premises one = {.building_area = known(100)};
        cr_assert_eq(pilot_quote_compute(menu, &whole, &one, day, &as_package, lines, LINES, NULL), 0);
        cr_assert_eq(pilot_quote_compute(menu, &single, &one, day, &as_items, NULL, 0, NULL), 0);
        cr_assert_eq(as_package.month_per_square_metre.value, totals[grade - 1]);
        cr_assert_eq(as_package.month, totals[grade - 1] / 100);
        cr_assert_eq(as_package.year, totals[grade - 1] / 100 * 12);
        cr_assert_eq(as_items.month, as_package.month);
        cr_assert_eq(as_package.line_count, 5);
        pilot_price sum = 0;
        for (size_t i = 0; i < 5; i++)
            sum += lines[i].price;
        cr_assert_eq(sum, totals[grade - 1]);
    }
    pilot_menu_free(menu);
}

Test(menu, published_prices_follow_quality)
{
    static const char *const paths[] = {FOSHAN, MUDANJIANG};
    for (size_t i = 0; i < COUNT(paths); i++) {
        pilot_menu *menu = menu_file(paths[i]);
        pilot_price_violation rows[8];
        size_t count = 99;
        cr_assert_eq(pilot_menu_check_prices(menu, rows, COUNT(rows), &count), PILOT_OK);
        cr_assert_eq(count, 0, "%s: %zu", paths[i], count);
        pilot_menu_free(menu);
    }
    pilot_menu *menu = menu_file(MUDANJIANG);
    const pilot_price_list *list = pilot_menu_prices(menu);
    cr_assert_eq(list->best_is_low, PILOT_ANSWER_NO);
    cr_assert_eq(list->services[2].grades[3].price, 3400);
    cr_assert_not(list->valid_from.known);
    pilot_menu_free(menu);
}

static pilot_money fee(pilot_price price, pilot_area area, int32_t months, pilot_rounding mode,
                       pilot_rounding_unit unit, pilot_rounding_step step)
{
    pilot_rounding_rule rule = {mode, unit, step};
    pilot_money amount = -1;
    pilot_status status = pilot_fee_compute(price, area, months, &rule, &amount, NULL);
    CHECK(status == PILOT_OK, "%s", pilot_status_name(status));
    return amount;
}

Test(menu, worked_fees)
{
    static const struct {
        pilot_price price;
        pilot_area area;
        int32_t months;
        pilot_rounding mode;
        pilot_rounding_unit unit;
        pilot_rounding_step step;
        pilot_money fen;
    } rows[] = {
        {3500, 6137, 12, PILOT_HALF_UP, PILOT_TO_FEN, PILOT_ROUND_BILL, 25775},
        {3500, 6137, 12, PILOT_HALF_UP, PILOT_TO_FEN, PILOT_ROUND_LINE, 25775},
        {3500, 6137, 12, PILOT_HALF_UP, PILOT_TO_FEN, PILOT_ROUND_FOUR_DECIMALS, 25775},
        {3500, 6137, 12, PILOT_HALF_UP, PILOT_TO_FEN, PILOT_ROUND_MONTH, 25776},
        {3500, 6137, 1, PILOT_HALF_UP, PILOT_TO_FEN, PILOT_ROUND_BILL, 2148},
        {3050, 3159, 1, PILOT_HALF_UP, PILOT_TO_FEN, PILOT_ROUND_BILL, 963},
        {3050, 3159, 1, PILOT_HALF_UP, PILOT_TO_FEN, PILOT_ROUND_FOUR_DECIMALS, 964},
        {3050, 3159, 1, PILOT_HALF_EVEN, PILOT_TO_FEN, PILOT_ROUND_FOUR_DECIMALS, 964},
        {3050, 3159, 1, PILOT_DOWN, PILOT_TO_FEN, PILOT_ROUND_FOUR_DECIMALS, 963},
        {3050, 3159, 1, PILOT_UP, PILOT_TO_FEN, PILOT_ROUND_BILL, 964},
        /* 9.6350 x 12 = 115.62; 9.63495 x 12 = 115.6194: four decimals are of the month. */
        {3050, 3159, 12, PILOT_UP, PILOT_TO_FEN, PILOT_ROUND_FOUR_DECIMALS, 11562},
        {3050, 3159, 12, PILOT_DOWN, PILOT_TO_FEN, PILOT_ROUND_FOUR_DECIMALS, 11562},
        {3050, 3159, 12, PILOT_DOWN, PILOT_TO_FEN, PILOT_ROUND_BILL, 11561},
        {3050, 3159, 12, PILOT_HALF_UP, PILOT_TO_JIAO, PILOT_ROUND_BILL, 11560},
        {3050, 3159, 12, PILOT_UP, PILOT_TO_JIAO, PILOT_ROUND_BILL, 11570},
        {3050, 3159, 12, PILOT_HALF_UP, PILOT_TO_YUAN, PILOT_ROUND_BILL, 11600},
        {3050, 3159, 12, PILOT_DOWN, PILOT_TO_YUAN, PILOT_ROUND_BILL, 11500},
        {3050, 3159, 12, PILOT_UP, PILOT_TO_YUAN, PILOT_ROUND_MONTH, 12000},
        {10000, 250, 1, PILOT_HALF_EVEN, PILOT_TO_YUAN, PILOT_ROUND_BILL, 200},
        {10000, 250, 1, PILOT_HALF_UP, PILOT_TO_YUAN, PILOT_ROUND_BILL, 300},
        {0, 3159, 12, PILOT_UP, PILOT_TO_YUAN, PILOT_ROUND_MONTH, 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        pilot_money fen =
            fee(rows[i].price, rows[i].area, rows[i].months, rows[i].mode, rows[i].unit, rows[i].step);
        CHECK(fen == rows[i].fen, "row %zu: %" PRId64, i, fen);
    }
    pilot_money amount = -7;
    cr_assert_eq(pilot_fee_compute(3500, 6137, 12, NULL, &amount, NULL), PILOT_OK);
    cr_assert_eq(amount, 25775);
    amount = -7;
    const pilot_rounding_rule bad[] = {{(pilot_rounding)4, 0, 0},
                                       {0, (pilot_rounding_unit)3, 0},
                                       {0, 0, (pilot_rounding_step)4},
                                       {(pilot_rounding)-1, 0, 0}};
    for (size_t i = 0; i < COUNT(bad); i++)
        cr_assert_eq(pilot_fee_compute(1, 1, 1, &bad[i], &amount, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_fee_compute(1, 1, 1, NULL, NULL, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_fee_compute(-1, 1, 1, NULL, &amount, NULL), PILOT_ERROR_RANGE);
    cr_assert_eq(pilot_fee_compute(1, -1, 1, NULL, &amount, NULL), PILOT_ERROR_RANGE);
    cr_assert_eq(pilot_fee_compute(1, 1, 0, NULL, &amount, NULL), PILOT_ERROR_RANGE);
    cr_assert_eq(pilot_fee_compute(INT64_MAX, 2, 1, NULL, &amount, NULL), PILOT_ERROR_OVERFLOW);
    for (int step = PILOT_ROUND_BILL; step <= PILOT_ROUND_FOUR_DECIMALS; step++) {
        const pilot_rounding_rule rule = {PILOT_UP, PILOT_TO_YUAN, (pilot_rounding_step)step};
        cr_assert_eq(pilot_fee_compute(INT64_MAX, 1, INT32_MAX, &rule, &amount, NULL),
                     PILOT_ERROR_OVERFLOW);
        cr_assert_eq(pilot_fee_compute(INT64_MAX, 2, 1, &rule, &amount, NULL), PILOT_ERROR_OVERFLOW);
    }
    cr_assert_eq(amount, -7);
    cr_assert_eq(pilot_fee_compute(5000, 0, 1, NULL, &amount, NULL), PILOT_OK);
    cr_assert_eq(amount, 0);
    cr_assert_eq(pilot_fee_compute(5000, 1, 1, NULL, &amount, NULL), PILOT_OK);
    cr_assert_eq(amount, 1);
}

static void check_quote_line(const pilot_quote_line *l, const char *service, const char *package,
                             int64_t quantity, pilot_price price, pilot_money month, pilot_money year)
{
    CHECK(service ? l->service && strcmp(l->service, service) == 0 : !l->service, "%s", service);
    CHECK(package ? l->package && strcmp(l->package, package) == 0 : !l->package, "%s", package);
    CHECK(l->quantity == quantity && l->price == price, "%s: %" PRId64, service, l->quantity);
    CHECK(l->month == month && l->year == year, "%s: %" PRId64 ", %" PRId64, service, l->month, l->year);
}

Test(menu, quote_of_every_basis)
{
    pilot_menu *menu = sample_menu();
    pilot_quote q;
    pilot_quote_line l[LINES];
    pilot_selection all = {.package = "all"};
    cr_assert_eq(pilot_quote_compute(menu, &all, &premises, day, &q, l, 5, NULL), PILOT_OK);
    cr_assert_eq(q.line_count, 5);
    /* 83240.57 m² x 0.49 = 40787.8793; x 0.86 = 71586.8902: 112374.7695 together. */
    check_quote_line(&l[0], "cleaning", "all", 8324057, 4900, 4078788, 48945455);
    check_quote_line(&l[1], "order", "all", 8324057, 8600, 11237477 - 4078788, 134849723 - 48945455);
    check_quote_line(&l[2], "lift", "all", 956, 125000, 1195000, 14340000);
    check_quote_line(&l[3], "patrol", "all", 12, 3000000, 360000, 4320000);
    check_quote_line(&l[4], "desk", "all", 1, 99990000, 999900, 11998800);
    cr_assert_eq(q.month, 11237477 + 1195000 + 360000 + 999900);
    cr_assert_eq(q.year, 134849723 + 14340000 + 4320000 + 11998800);
    cr_assert_str_eq(q.menu, "sample");
    cr_assert_eq(q.day, day);
    /* 137923.7695 / 956 = 144.2717...; / 83240.57 = 1.65693... */
    cr_assert_eq(q.month_per_dwelling.value, 14427);
    cr_assert_eq(q.month_per_square_metre.value, 16569);
    pilot_menu_free(menu);
}

Test(menu, quote_of_packages_and_items)
{
    pilot_menu *menu = sample_menu();
    pilot_quote q;
    pilot_quote_line l[LINES];
    pilot_premises p = {.building_area = known(6137), .households = known(1), .buildings = known(2)};
    const pilot_menu_item patrol = {"patrol", 1};

    pilot_selection priced = {"priced", &patrol, 1};
    cr_assert_eq(pilot_quote_compute(menu, &priced, &p, day, &q, l, 2, NULL), PILOT_OK);
    cr_assert_eq(q.line_count, 2);
    check_quote_line(&l[0], NULL, "priced", 6137, 7000, 4296, 51551); /* 42.959; 515.508 */
    cr_assert_eq(l[0].grade, 0);
    check_quote_line(&l[1], "patrol", NULL, 2, 3000000, 60000, 720000);
    cr_assert_eq(q.month, 64296);

    /* 5 % off 52.7782, 30.0713 and 12.50: 50.13929, 28.567735 and 11.875, with 300 x 2 as listed. */
    pilot_selection reduced = {"reduced", &patrol, 1};
    cr_assert_eq(pilot_quote_compute(menu, &reduced, &p, day, &q, l, 4, NULL), PILOT_OK);
    check_quote_line(&l[0], "order", "reduced", 6137, 8600, 5014, 60167);
    check_quote_line(&l[1], "cleaning", "reduced", 6137, 4900, 7871 - 5014, 94448 - 60167);
    check_quote_line(&l[2], "lift", "reduced", 1, 125000, 9058 - 7871, 108698 - 94448);
    check_quote_line(&l[3], "patrol", NULL, 2, 3000000, 60000, 720000);
    cr_assert_eq(l[0].discount.numerator, 1);
    cr_assert_eq(l[0].discount.denominator, 20);
    cr_assert_eq(l[3].discount.numerator, 0);
    cr_assert_eq(l[3].discount.denominator, 1);
    cr_assert_eq(q.month, 69058);

    pilot_selection summed = {.package = "summed"};
    cr_assert_eq(pilot_quote_compute(menu, &summed, &p, day, &q, l, 2, NULL), PILOT_OK);
    check_quote_line(&l[0], "patrol", "summed", 2, 3000000, 60000, 720000);
    check_quote_line(&l[1], "cleaning", "summed", 6137, 3050, 1872, 22461); /* 18.71785 */
    pilot_menu_free(menu);
}

Test(menu, premises_by_list)
{
    pilot_menu *menu = sample_menu();
    const pilot_area areas[] = {6137, 3159, 0, 11850};
    const pilot_menu_item items[] = {{"cleaning", 1}, {"lift", 1}};
    pilot_selection s = {.items = items, .item_count = 2};
    pilot_premises listed = {.dwellings = areas, .dwelling_count = 4};
    pilot_premises total = {.building_area = known(21146), .households = known(4)};
    pilot_quote a, b;
    cr_assert_eq(pilot_quote_compute(menu, &s, &listed, day, &a, NULL, 0, NULL), PILOT_OK);
    cr_assert_eq(pilot_quote_compute(menu, &s, &total, day, &b, NULL, 0, NULL), PILOT_OK);
    cr_assert_eq(a.month, b.month);
    cr_assert_eq(a.year, b.year);
    cr_assert_eq(a.month_per_dwelling.value, b.month_per_dwelling.value);
    listed.building_area = known(21146);
    listed.households = known(4);
    cr_assert_eq(pilot_quote_compute(menu, &s, &listed, day, &b, NULL, 0, NULL), PILOT_OK);
    cr_assert_eq(a.month, b.month);
    /* No dwelling at all: nothing to pay, and nothing to divide by. */
    pilot_premises none = {.dwellings = areas};
    cr_assert_eq(pilot_quote_compute(menu, &s, &none, day, &b, NULL, 0, NULL), PILOT_OK);
    cr_assert_eq(b.month, 0);
    cr_assert_not(b.month_per_dwelling.known);
    cr_assert_not(b.month_per_square_metre.known);
    pilot_menu_free(menu);
}

static const pilot_area minus[] = {100, -1}, huge[] = {INT64_MAX, 1};
static const pilot_menu_item ok_items[] = {{"cleaning", 1}};
#define ITEMS(...)                                                                                      \
    {                                                                                                   \
        .items = (const pilot_menu_item[]){__VA_ARGS__},                                                \
        .item_count = COUNT(((const pilot_menu_item[]){__VA_ARGS__}))                                   \
    }

Test(menu, every_refused_quote)
{
    const pilot_selection good = {.items = ok_items, .item_count = 1};
    const pilot_premises area = {.building_area = known(100)};
    const struct {
        pilot_selection selection;
        pilot_premises premises;
        pilot_date day;
        pilot_status status;
        const char *path, *value;
    } rows[] = {
        {{0}, area, day, PILOT_ERROR_MISSING_VALUE, "/selection", ""},
        {{.package = "none"}, area, day, PILOT_ERROR_NOT_FOUND, "/selection/package", "none"},
        {{.package = ""}, area, day, PILOT_ERROR_NOT_FOUND, "/selection/package", ""},
        {ITEMS({"cleaning", 1}, {"gardening", 1}), area, day, PILOT_ERROR_NOT_FOUND,
         "/selection/items/1/service", "gardening"},
        {ITEMS({"Cleaning", 1}), area, day, PILOT_ERROR_NOT_FOUND, "/selection/items/0/service",
         "Cleaning"},
        {ITEMS({"cleaning", 0}), area, day, PILOT_ERROR_MISSING_VALUE, "/selection/items/0/grade",
         "cleaning"},
        {ITEMS({"order", 1}, {"cleaning", 4}), area, day, PILOT_ERROR_NOT_FOUND,
         "/selection/items/1/grade", "4"},
        {ITEMS({"order", -1}), area, day, PILOT_ERROR_NOT_FOUND, "/selection/items/0/grade", "-1"},
        {ITEMS({"order", 1}, {"cleaning", 1}, {"order", 2}), area, day, PILOT_ERROR_DUPLICATE_ID,
         "/selection/items/2/service", "order"},
        {{"priced", ok_items, 1},
         area,
         day,
         PILOT_ERROR_INCONSISTENT,
         "/selection/items/0/service",
         "cleaning"},
        {ITEMS({NULL, 1}), area, day, PILOT_ERROR_ARGUMENT, "/selection/items/0/service", ""},
        {{.item_count = 1}, area, day, PILOT_ERROR_ARGUMENT, "/selection/items", ""},
        {good, area, day - 1, PILOT_ERROR_INCONSISTENT, "/day", "2019-12-31"},
        {good, area, day + 366, PILOT_ERROR_INCONSISTENT, "/day", "2021-01-01"},
        {good, area, INT32_MAX, PILOT_ERROR_RANGE, "/day", "2147483647"},
        {good,
         {.households = known(3)},
         day,
         PILOT_ERROR_MISSING_VALUE,
         "/premises/building_area_m2",
         ""},
        {{.package = "all"}, area, day, PILOT_ERROR_MISSING_VALUE, "/premises/households", ""},
        {ITEMS({"patrol", 1}), area, day, PILOT_ERROR_MISSING_VALUE, "/premises/buildings", ""},
        {good, {.building_area = known(-1)}, day, PILOT_ERROR_RANGE, "/premises/building_area_m2", "-1"},
        {good, {.buildings = known(-2)}, day, PILOT_ERROR_RANGE, "/premises/buildings", "-2"},
        {good,
         {.dwellings = minus, .dwelling_count = 2},
         day,
         PILOT_ERROR_RANGE,
         "/premises/dwellings_m2/1",
         "-1"},
        {good, {.dwelling_count = 2}, day, PILOT_ERROR_ARGUMENT, "/premises/dwellings_m2", ""},
        {good,
         {.dwellings = huge, .dwelling_count = 1, .building_area = known(5)},
         day,
         PILOT_ERROR_INCONSISTENT,
         "/premises/building_area_m2",
         "5"},
        {good,
         {.dwellings = huge, .dwelling_count = 1, .households = known(2)},
         day,
         PILOT_ERROR_INCONSISTENT,
         "/premises/households",
         "2"},
        {good, {.dwellings = huge, .dwelling_count = 2}, day, PILOT_ERROR_OVERFLOW, "", ""},
        {good, {.building_area = known(INT64_MAX)}, day, PILOT_ERROR_OVERFLOW, "", ""},
        {good, {.building_area = known(INT64_MAX / 4900)}, day, PILOT_ERROR_OVERFLOW, "", ""},
    };
    pilot_menu *menu = sample_menu();
    for (size_t i = 0; i < COUNT(rows); i++) {
        pilot_error error = {0};
        pilot_quote quote;
        pilot_quote_line line;
        mark(&quote, sizeof quote);
        mark(&line, sizeof line);
        pilot_status status = pilot_quote_compute(menu, &rows[i].selection, &rows[i].premises,
                                                  rows[i].day, &quote, &line, 1, &error);
        CHECK(status == rows[i].status && error.status == status, "row %zu: %s: %s", i,
              pilot_status_name(status), error.message);
        CHECK(strcmp(error.path, rows[i].path) == 0, "row %zu: %s", i, error.path);
        CHECK(strcmp(error.value, rows[i].value) == 0, "row %zu: %s", i, error.value);
        CHECK(strlen(error.message) > 20, "row %zu: %s", i, error.message);
        CHECK(says_it_in_chinese(&error), "row %zu: %s", i, error.message_zh);
        CHECK(marked(&quote, sizeof quote), "row %zu: quote touched", i);
        CHECK(marked(&line, sizeof line), "row %zu: line touched", i);
        CHECK(pilot_quote_compute(menu, &rows[i].selection, &rows[i].premises, rows[i].day, &quote, NULL,
                                  0, NULL) == rows[i].status,
              "row %zu: without an error", i);
    }
    pilot_menu_free(menu);
}

Test(menu, arguments_and_room_of_a_quote)
{
    pilot_menu *menu = sample_menu();
    const pilot_selection s = {.package = "all"};
    pilot_quote q = {.month = -7};
    pilot_quote_line l[5];
    pilot_error error = {0};
    cr_assert_eq(pilot_quote_compute(NULL, &s, &premises, day, &q, l, 5, &error), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_quote_compute(menu, NULL, &premises, day, &q, l, 5, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_quote_compute(menu, &s, NULL, day, &q, l, 5, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_quote_compute(menu, &s, &premises, day, NULL, l, 5, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_quote_compute(menu, &s, &premises, day, &q, l, 4, &error), PILOT_ERROR_CAPACITY);
    cr_assert_eq(q.month, -7);
    cr_assert_eq(pilot_quote_compute(menu, &s, &premises, day, &q, l, 5, &error), PILOT_OK);
    /* First and last day of validity are in it. */
    cr_assert_eq(pilot_quote_compute(menu, &s, &premises, day + 365, &q, l, 5, &error), PILOT_OK);
    pilot_menu_free(NULL);
    pilot_menu_free(menu);
}

Test(menu, dwelling_bills)
{
    pilot_menu_grade grades[] = {{1, 3500}, {2, 3050}};
    pilot_menu_grade lift[] = {{1, 125050}};
    pilot_menu_service services[] = {
        {"cleaning", NULL, PILOT_SERVICE_CLEANING, PILOT_MENU_PER_SQUARE_METRE, grades, 2},
        {"lift", NULL, PILOT_SERVICE_LIFT, PILOT_MENU_PER_HOUSEHOLD, lift, 1}};
    pilot_price_list list = {
        .id = "m", .best_is_low = PILOT_ANSWER_YES, .services = services, .service_count = 2};
    pilot_menu *once = menu_of(&list);
    list.rounding.step = PILOT_ROUND_MONTH;
    pilot_menu *monthly = menu_of(&list);
    const pilot_menu_item first = {"cleaning", 1}, second = {"cleaning", 2},
                          both[] = {{"cleaning", 1}, {"lift", 1}};
    const pilot_selection one = {.items = &first, .item_count = 1},
                          two = {.items = &second, .item_count = 1},
                          pair = {.items = both, .item_count = 2};
    const pilot_rounding_rule four = {PILOT_HALF_UP, PILOT_TO_FEN, PILOT_ROUND_FOUR_DECIMALS},
                              lines = {PILOT_HALF_UP, PILOT_TO_FEN, PILOT_ROUND_LINE};
    pilot_bill b;
    pilot_bill_line l[2];
    cr_assert_eq(pilot_bill_compute(once, &one, 6137, year_2020, NULL, &b, l, 2, NULL), PILOT_OK);
    cr_assert_eq(b.total, 25775);
    cr_assert_eq(b.months, 12);
    cr_assert_eq(b.line_count, 1);
    cr_assert_eq(l[0].amount, 25775);
    cr_assert_eq(l[0].quantity, 6137);
    cr_assert_eq(pilot_bill_compute(monthly, &one, 6137, year_2020, NULL, &b, l, 2, NULL), PILOT_OK);
    cr_assert_eq(b.total, 25776);
    cr_assert_eq(l[0].amount, 25776);
    cr_assert_eq(pilot_bill_compute(once, &two, 3159, january, NULL, &b, NULL, 0, NULL), PILOT_OK);
    cr_assert_eq(b.total, 963);
    cr_assert_eq(pilot_bill_compute(once, &two, 3159, january, &four, &b, NULL, 0, NULL), PILOT_OK);
    cr_assert_eq(b.total, 964);
    cr_assert_eq(b.rounding.step, PILOT_ROUND_FOUR_DECIMALS);
    /* 21.4795 and 12.505: 33.9845 together, 21.48 and 12.51 each by itself. */
    cr_assert_eq(pilot_bill_compute(once, &pair, 6137, january, NULL, &b, l, 2, NULL), PILOT_OK);
    cr_assert_eq(b.total, 3398);
    cr_assert_eq(l[0].amount, 2148);
    cr_assert_eq(l[1].amount, 1250);
    cr_assert_eq(l[1].quantity, 1);
    cr_assert_eq(pilot_bill_compute(once, &pair, 6137, january, &lines, &b, l, 2, NULL), PILOT_OK);
    cr_assert_eq(b.total, 3399);
    cr_assert_eq(l[1].amount, 1251);
    pilot_menu_free(once);
    pilot_menu_free(monthly);
}

Test(menu, every_refused_bill)
{
    const pilot_selection good = {.items = ok_items, .item_count = 1};
    const pilot_menu_item building[] = {{"cleaning", 1}, {"patrol", 1}};
    static const pilot_rounding_rule no_rule = {(pilot_rounding)9, 0, 0};
    const struct {
        pilot_selection selection;
        pilot_area area;
        pilot_bill_period period;
        const pilot_rounding_rule *rule;
        pilot_status status;
        const char *path;
    } rows[] = {
        {{0}, 1, january, NULL, PILOT_ERROR_MISSING_VALUE, "/selection"},
        {good, -1, january, NULL, PILOT_ERROR_RANGE, "/area"},
        {good, 1, {601, 600}, NULL, PILOT_ERROR_ORDER, "/period/last"},
        {good, 1, {-9999, 600}, NULL, PILOT_ERROR_RANGE, "/period/first"},
        {good, 1, {600, 9999}, NULL, PILOT_ERROR_RANGE, "/period/last"},
        {good, 1, {599, 600}, NULL, PILOT_ERROR_INCONSISTENT, "/period"},
        {good, 1, {600, 612}, NULL, PILOT_ERROR_INCONSISTENT, "/period"},
        {good, 1, january, &no_rule, PILOT_ERROR_ARGUMENT, "/rounding/mode"},
        {{.items = building, .item_count = 2},
         1,
         january,
         NULL,
         PILOT_ERROR_INCONSISTENT,
         "/selection/items/1"},
        {{.package = "all"}, 1, january, NULL, PILOT_ERROR_INCONSISTENT, "/selection/package"},
        {{.items = &building[1], .item_count = 1},
         1,
         january,
         NULL,
         PILOT_ERROR_INCONSISTENT,
         "/selection/items/0"},
        {{"priced", &building[1], 1}, 1, january, NULL, PILOT_ERROR_INCONSISTENT, "/selection/items/0"},
        {good, INT64_MAX, january, NULL, PILOT_ERROR_OVERFLOW, ""},
    };
    pilot_menu *menu = sample_menu();
    for (size_t i = 0; i < COUNT(rows); i++) {
        pilot_error error = {0};
        pilot_bill bill = {.total = -7};
        pilot_bill_sum sum = {.of_area = -7};
        pilot_money amount = -7;
        pilot_status status = pilot_bill_compute(menu, &rows[i].selection, rows[i].area, rows[i].period,
                                                 rows[i].rule, &bill, NULL, 0, &error);
        CHECK(status == rows[i].status && error.status == status, "row %zu: %s", i,
              pilot_status_name(status));
        CHECK(strcmp(error.path, rows[i].path) == 0, "row %zu: %s", i, error.path);
        status = pilot_bills_compute(menu, &rows[i].selection, &rows[i].area, 1, rows[i].period,
                                     rows[i].rule, &sum, &amount, &error);
        CHECK(status == rows[i].status, "row %zu of many: %s", i, pilot_status_name(status));
        CHECK(bill.total == -7 && sum.of_area == -7 && amount == -7, "row %zu: touched", i);
    }
    pilot_error error = {0};
    pilot_bill_sum sum;
    pilot_bill bill;
    pilot_bill_line line;
    const pilot_selection priced = {"reduced", NULL, 0};
    cr_assert_eq(pilot_bills_compute(menu, &good, minus, 2, january, NULL, &sum, NULL, &error),
                 PILOT_ERROR_RANGE);
    cr_assert_str_eq(error.path, "/areas/1");
    cr_assert_eq(pilot_bills_compute(menu, &good, huge, 2, january, NULL, &sum, NULL, &error),
                 PILOT_ERROR_OVERFLOW);
    cr_assert_eq(pilot_bills_compute(menu, &good, NULL, 2, january, NULL, &sum, NULL, &error),
                 PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_bills_compute(menu, &good, huge, 0, january, NULL, NULL, NULL, &error),
                 PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_bill_compute(menu, &good, 1, january, NULL, NULL, NULL, 0, &error),
                 PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_bill_compute(menu, &priced, 1, january, NULL, &bill, &line, 1, &error),
                 PILOT_ERROR_CAPACITY);
    pilot_menu_free(menu);
}

Test(menu, bills_of_many_dwellings)
{
    pilot_menu_grade grades[] = {{1, 3500}};
    pilot_menu_service services[] = {
        {"cleaning", NULL, PILOT_SERVICE_CLEANING, PILOT_MENU_PER_SQUARE_METRE, grades, 1}};
    pilot_price_list list = {
        .id = "m", .best_is_low = PILOT_ANSWER_YES, .services = services, .service_count = 1};
    pilot_menu *menu = menu_of(&list);
    pilot_area areas[1000];
    pilot_money amounts[1000], sum = 0;
    for (size_t i = 0; i < COUNT(areas); i++)
        areas[i] = 6137;
    const pilot_selection s = {.items = ok_items, .item_count = 1};
    pilot_bill_sum b;
    cr_assert_eq(pilot_bills_compute(menu, &s, areas, 1000, january, NULL, &b, amounts, NULL), PILOT_OK);
    for (size_t i = 0; i < COUNT(areas); i++)
        sum += amounts[i];
    cr_assert_eq(b.area, 6137000);
    cr_assert_eq(b.dwellings, 1000);
    cr_assert_eq(b.months, 1);
    cr_assert_eq(b.of_dwellings, 2148000); /* 1000 x 21.48 */
    cr_assert_eq(b.of_area, 2147950);      /* 61370 m² x 0.35 */
    cr_assert_eq(b.difference, 50);
    cr_assert_eq(sum, b.of_dwellings);
    cr_assert_eq(b.least, 2148);
    cr_assert_eq(b.most, 2148);
    areas[7] = 0;
    areas[9] = 10000;
    const pilot_rounding_rule down = {PILOT_DOWN, PILOT_TO_FEN, PILOT_ROUND_BILL};
    cr_assert_eq(pilot_bills_compute(menu, &s, areas, 1000, january, &down, &b, NULL, NULL), PILOT_OK);
    cr_assert_eq(b.least, 0);
    cr_assert_eq(b.most, 3500);
    cr_assert_eq(b.of_dwellings, 998 * 2147 + 3500);
    cr_assert(b.difference < 0);
    cr_assert_eq(pilot_bills_compute(menu, &s, NULL, 0, january, NULL, &b, NULL, NULL), PILOT_OK);
    cr_assert(b.of_dwellings == 0 && b.of_area == 0 && b.least == 0 && b.most == 0);
    pilot_menu_free(menu);
}

Test(menu, bills_that_add_up_to_the_premises)
{
    pilot_menu *menu = sample_menu();
    const pilot_menu_item desk[] = {{"desk", 1}};
    const pilot_selection fixed = {.items = desk, .item_count = 1}, all = {.package = "all"};
    const pilot_area uneven[] = {6137, 3159, 11850}, even[] = {1, 1, 0, 1};
    pilot_premises p = {.dwellings = uneven, .dwelling_count = 3};
    pilot_money amounts[4];
    pilot_bill_sum b;
    /* 9999.00 yuan over 211.46 m²: 290191.351, 149375.017 and 560333.633 fen. */
    cr_assert_eq(pilot_bills_apportion(menu, &fixed, &p, january, NULL, &b, amounts, NULL), PILOT_OK);
    cr_assert(amounts[0] == 290191 && amounts[1] == 149375 && amounts[2] == 560334);
    cr_assert(b.of_dwellings == 999900 && b.of_area == 999900 && b.difference == 0);
    cr_assert(b.dwellings == 3 && b.area == 21146 && b.months == 1);
    cr_assert(b.least == amounts[1] && b.most == amounts[2]);
    /* In whole yuan. */
    const pilot_rounding_rule yuan = {PILOT_UP, PILOT_TO_YUAN, PILOT_ROUND_BILL};
    p = (pilot_premises){.dwellings = even, .dwelling_count = 4, .buildings = known(1)};
    cr_assert_eq(pilot_bills_apportion(menu, &all, &p, january, &yuan, &b, amounts, NULL), PILOT_OK);
    /* 0.03 m² x 1.35, 4 households x 12.50, a building and the desk: 10349.0405. */
    cr_assert_eq(b.of_area, 1035000);
    cr_assert(amounts[0] == 345000 && amounts[1] == 345000 && !amounts[2] && amounts[3] == 345000);
    cr_assert_eq(b.rounding.unit, PILOT_TO_YUAN);
    p.dwelling_count = 2; /* 0.01 m² and two households less: 10324.027, and an odd yuan */
    cr_assert_eq(pilot_bills_apportion(menu, &all, &p, january, &yuan, &b, amounts, NULL), PILOT_OK);
    cr_assert(amounts[0] == 516300 && amounts[1] == 516200);
    cr_assert_eq(pilot_bills_apportion(menu, &all, &p, january, &yuan, &b, NULL, NULL), PILOT_OK);
    cr_assert(b.least == 516200 && b.most == 516300);
    /* Nothing to pay and nothing to split it by. */
    const pilot_area none[] = {0, 0};
    const pilot_selection clean = {.items = ok_items, .item_count = 1};
    p = (pilot_premises){.dwellings = none, .dwelling_count = 2};
    cr_assert_eq(pilot_bills_apportion(menu, &clean, &p, january, NULL, &b, amounts, NULL), PILOT_OK);
    cr_assert(b.of_area == 0 && amounts[0] == 0 && amounts[1] == 0);
    p.dwelling_count = 0;
    cr_assert_eq(pilot_bills_apportion(menu, &clean, &p, january, NULL, &b, NULL, NULL), PILOT_OK);
    pilot_menu_free(menu);
}

Test(menu, every_refused_apportionment)
{
    static const pilot_area one[] = {100}, none[] = {0}, large[] = {INT64_MAX / 999900 + 1};
    const pilot_menu_item desk[] = {{"desk", 1}}, patrol[] = {{"patrol", 1}};
    const pilot_selection fixed = {.items = desk, .item_count = 1},
                          building = {.items = patrol, .item_count = 1};
    const struct {
        const pilot_selection *selection;
        pilot_premises premises;
        pilot_bill_period period;
        pilot_status status;
        const char *path;
    } rows[] = {
        {&fixed, {.households = known(3)}, january, PILOT_ERROR_MISSING_VALUE, "/premises/dwellings_m2"},
        {&building,
         {.dwellings = one, .dwelling_count = 1},
         january,
         PILOT_ERROR_MISSING_VALUE,
         "/premises/buildings"},
        {&fixed,
         {.dwellings = none, .dwelling_count = 1},
         january,
         PILOT_ERROR_INCONSISTENT,
         "/premises/dwellings_m2"},
        {&fixed, {.dwellings = none}, january, PILOT_ERROR_INCONSISTENT, "/premises/dwellings_m2"},
        {&fixed,
         {.dwellings = one, .dwelling_count = 1, .building_area = known(101)},
         january,
         PILOT_ERROR_INCONSISTENT,
         "/premises/building_area_m2"},
        {&fixed,
         {.dwellings = minus, .dwelling_count = 2},
         january,
         PILOT_ERROR_RANGE,
         "/premises/dwellings_m2/1"},
        {&fixed, {.dwellings = large, .dwelling_count = 1}, january, PILOT_ERROR_OVERFLOW, ""},
        {&fixed, {.dwelling_count = 1}, january, PILOT_ERROR_ARGUMENT, "/premises/dwellings_m2"},
        {&fixed,
         {.dwellings = one, .dwelling_count = 1},
         {599, 600},
         PILOT_ERROR_INCONSISTENT,
         "/period"},
    };
    pilot_menu *menu = sample_menu();
    for (size_t i = 0; i < COUNT(rows); i++) {
        pilot_error error = {0};
        pilot_bill_sum sum = {.of_area = -7};
        pilot_money amount = -7;
        pilot_status status = pilot_bills_apportion(menu, rows[i].selection, &rows[i].premises,
                                                    rows[i].period, NULL, &sum, &amount, &error);
        CHECK(status == rows[i].status, "row %zu: %s: %s", i, pilot_status_name(status), error.message);
        CHECK(strcmp(error.path, rows[i].path) == 0, "row %zu: %s", i, error.path);
        CHECK(says_it_in_chinese(&error), "row %zu: %s", i, error.message_zh);
        CHECK(sum.of_area == -7 && amount == -7, "row %zu: touched", i);
    }
    const pilot_premises p = {.dwellings = one, .dwelling_count = 1};
    pilot_bill_sum sum;
    cr_assert_eq(pilot_bills_apportion(menu, &fixed, &p, january, NULL, NULL, NULL, NULL),
                 PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_bills_apportion(menu, &fixed, NULL, january, NULL, &sum, NULL, NULL),
                 PILOT_ERROR_ARGUMENT);
    pilot_menu_free(menu);
}

Test(menu, price_violations)
{
    sample s;
    pilot_price_violation rows[8];
    size_t count = 99;
    sample_fill(&s);
    s.cleaning[0].price = 3049; /* grade 1, the best, below grade 2 */
    s.order[1].price = 8601;
    pilot_menu *menu = menu_of(&s.list);
    cr_assert_eq(pilot_menu_check_prices(menu, rows, 2, &count), PILOT_OK);
    cr_assert_eq(count, 2);
    cr_assert_eq(rows[0].fault, PILOT_BETTER_IS_CHEAPER);
    cr_assert_str_eq(rows[0].service, "cleaning");
    cr_assert(rows[0].grade == 2 && rows[0].better_grade == 1);
    cr_assert(rows[0].price == 3050 && rows[0].better_price == 3049);
    cr_assert_str_eq(rows[1].service, "order");
    count = 99;
    rows[0].grade = -7;
    cr_assert_eq(pilot_menu_check_prices(menu, rows, 1, &count), PILOT_ERROR_CAPACITY);
    cr_assert(count == 99 && rows[0].grade == -7);
    cr_assert_eq(pilot_menu_check_prices(menu, NULL, 0, &count), PILOT_OK);
    cr_assert_eq(count, 2);
    cr_assert_eq(pilot_menu_check_prices(NULL, rows, 8, &count), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_menu_check_prices(menu, rows, 8, NULL), PILOT_ERROR_ARGUMENT);
    pilot_menu_free(menu);

    /* The same prices counted from the other end; grades in any order, compared with the next one. */
    s.list.best_is_low = PILOT_ANSWER_NO;
    s.cleaning[0] = (pilot_menu_grade){3, 401};
    s.cleaning[1] = (pilot_menu_grade){1, 300};
    s.cleaning[2] = (pilot_menu_grade){5, 400};
    s.order[1].price = 8600;
    s.list.package_count = 0;
    menu = menu_of(&s.list);
    cr_assert_eq(pilot_menu_check_prices(menu, rows, 8, &count), PILOT_OK);
    cr_assert_eq(count, 1);
    cr_assert(rows[0].grade == 3 && rows[0].better_grade == 5);
    pilot_menu_free(menu);
}

Test(menu, price_levels)
{
    sample s;
    pilot_price_violation row;
    size_t count = 99;
    sample_fill(&s);
    for (size_t i = 0; i < 3; i++)
        s.cleaning[i].price = 4900;
    s.order[1].price = s.order[0].price;
    pilot_menu *menu = menu_of(&s.list);
    cr_assert_eq(pilot_menu_check_prices(menu, &row, 1, &count), PILOT_OK);
    cr_assert_eq(count, 1);
    cr_assert_eq(row.fault, PILOT_SINGLE_PRICE_LEVEL);
    cr_assert_null(row.service);
    pilot_menu_free(menu);
    static const struct {
        pilot_price price;
        pilot_menu_basis basis;
        size_t violations;
    } rows[] = {{7000, PILOT_MENU_PER_SQUARE_METRE, 1},
                {7001, PILOT_MENU_PER_SQUARE_METRE, 0},
                {7001, PILOT_MENU_PER_HOUSEHOLD, 1}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        s.packages[3].price = known(rows[i].price);
        s.packages[3].basis = rows[i].basis;
        menu = menu_of(&s.list);
        cr_assert_eq(pilot_menu_check_prices(menu, &row, 1, &count), PILOT_OK);
        CHECK(count == rows[i].violations, "row %zu: %zu", i, count);
        pilot_menu_free(menu);
    }
    /* The first two packages, and the first two grades, are enough. */
    s.packages[0].price = known(7001);
    s.packages[0].basis = PILOT_MENU_PER_SQUARE_METRE;
    s.list.package_count = 2;
    menu = menu_of(&s.list);
    cr_assert_eq(pilot_menu_check_prices(menu, &row, 1, &count), PILOT_OK);
    cr_assert_eq(count, 0);
    pilot_menu_free(menu);
    s.list.package_count = 0;
    s.order[1].price--;
    menu = menu_of(&s.list);
    cr_assert_eq(pilot_menu_check_prices(menu, &row, 1, &count), PILOT_OK);
    cr_assert_eq(count, 0);
    pilot_menu_free(menu);
}

static pilot_menu *two_services(const char *id, pilot_price cleaning, pilot_price better_cleaning,
                                pilot_menu_basis basis, pilot_answer best_is_low)
{
    pilot_menu_grade grades[] = {{2, cleaning}, {1, better_cleaning}}, order[] = {{1, 5000}, {2, 4000}};
    pilot_menu_service services[] = {
        {"cleaning", NULL, PILOT_SERVICE_CLEANING, basis, grades, 2},
        {"order", NULL, PILOT_SERVICE_ORDER, PILOT_MENU_PER_SQUARE_METRE, order, 2}};
    pilot_price_list list = {
        .id = id, .best_is_low = best_is_low, .services = services, .service_count = 2};
    return menu_of(&list);
}

Test(menu, a_fixed_price_is_of_no_one_dwelling)
{
    pilot_menu *fixed = two_services("fixed", 1, 1, PILOT_MENU_FIXED, PILOT_ANSWER_YES);
    const pilot_menu_item items[] = {{"order", 1}, {"cleaning", 1}};
    const pilot_selection both = {.items = items, .item_count = 2};
    pilot_bill bill;
    pilot_error error = {0};
    cr_assert_eq(
        pilot_bill_compute(fixed, &both, 1, (pilot_bill_period){600, 600}, NULL, &bill, NULL, 0, &error),
        PILOT_ERROR_INCONSISTENT);
    cr_assert_str_eq(error.path, "/selection/items/1");
    pilot_menu_free(fixed);
}

Test(menu, offers_side_by_side)
{
    pilot_menu *a = two_services("a", 4000, 6000, PILOT_MENU_PER_SQUARE_METRE, PILOT_ANSWER_YES);
    pilot_menu *b = two_services("b", 300000, 300000, PILOT_MENU_PER_HOUSEHOLD, PILOT_ANSWER_YES);
    const pilot_menu_item items[] = {{"cleaning", 2}, {"order", 2}}, best[] = {{"cleaning", 1}};
    const pilot_menu_offer offers[] = {{b, {.items = items, .item_count = 2}, NULL},
                                       {a, {.items = items, .item_count = 2}, NULL},
                                       {a, {.items = best, .item_count = 1}, NULL},
                                       {a, {.items = items, .item_count = 2}, NULL}};
    pilot_premises p = {.building_area = known(700000), .households = known(99)};
    pilot_offer_quote rows[4];
    pilot_error error = {0};
    cr_assert_eq(pilot_offers_compare(offers, 4, &p, day, rows, &error), PILOT_OK);
    /* A month: 99 x 30 + 2800 = 5770; 2800 + 2800 = 5600; 4200. */
    static const pilot_money months[] = {577000, 560000, 420000, 560000};
    static const size_t ranks[] = {4, 2, 1, 2};
    for (size_t i = 0; i < 4; i++) {
        cr_assert_eq(rows[i].quote.month, months[i]);
        cr_assert_eq(rows[i].quote.year, months[i] * 12);
        cr_assert_eq(rows[i].rank, ranks[i]);
        cr_assert_eq(rows[i].month_more, months[i] - 420000);
        cr_assert_eq(rows[i].year_more, (months[i] - 420000) * 12);
    }
    cr_assert_eq(rows[0].year_more_per_dwelling.value, 19030); /* 18840 yuan / 99 = 190.303 */
    cr_assert_eq(rows[2].year_more_per_dwelling.value, 0);
    cr_assert(rows[2].year_more_per_dwelling.known);
    p.households.known = false;
    cr_assert_eq(pilot_offers_compare(offers + 1, 2, &p, day, rows, &error), PILOT_OK);
    cr_assert_not(rows[0].year_more_per_dwelling.known);
    const pilot_menu_offer turned[] = {offers[2], offers[1]};
    cr_assert_eq(pilot_offers_compare(turned, 2, &p, day, rows, &error), PILOT_OK);
    cr_assert(rows[0].rank == 1 && rows[1].rank == 2 && rows[1].year_more == 140000 * 12);

    rows[0].rank = 77;
    cr_assert_eq(pilot_offers_compare(offers, 4, &p, day, rows, &error), PILOT_ERROR_MISSING_VALUE);
    cr_assert_str_eq(error.path, "/premises/households");
    const pilot_menu_offer bad[] = {offers[1],
                                    {a, {.items = items, .item_count = 2, .package = "x"}, NULL}};
    cr_assert_eq(pilot_offers_compare(bad, 2, &p, day, rows, &error), PILOT_ERROR_NOT_FOUND);
    cr_assert_str_eq(error.path, "/offers/1/selection/package");
    cr_assert_eq(rows[0].rank, 77);
    cr_assert_eq(pilot_offers_compare(offers, 1, &p, day, rows, &error), PILOT_ERROR_RANGE);
    cr_assert_str_eq(error.path, "/offers");
    cr_assert_eq(pilot_offers_compare(NULL, 2, &p, day, rows, &error), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_offers_compare(offers, 2, &p, day, NULL, &error), PILOT_ERROR_ARGUMENT);
    pilot_menu_free(a);
    pilot_menu_free(b);
}

/* 21.4795 a month is 21.48 or 21.47, and 257.754 a year is 257.75 either way. */
Test(menu, offers_of_the_same_year)
{
    pilot_menu_grade grade = {1, 3500};
    pilot_menu_service service = {"cleaning", NULL, PILOT_SERVICE_CLEANING, PILOT_MENU_PER_SQUARE_METRE,
                                  &grade,     1};
    pilot_price_list list = {
        .id = "m", .best_is_low = PILOT_ANSWER_YES, .services = &service, .service_count = 1};
    pilot_menu *nearest = menu_of(&list);
    list.rounding.mode = PILOT_DOWN;
    pilot_menu *down = menu_of(&list);
    const pilot_selection s = {.items = ok_items, .item_count = 1};
    const pilot_menu_offer offers[] = {{nearest, s, NULL}, {down, s, NULL}};
    const pilot_premises p = {.building_area = known(6137)};
    pilot_offer_quote rows[2];
    cr_assert_eq(pilot_offers_compare(offers, 2, &p, day, rows, NULL), PILOT_OK);
    cr_assert(rows[0].quote.year == 25775 && rows[1].quote.year == 25775);
    cr_assert(rows[0].rank == 1 && rows[1].rank == 1);
    cr_assert(rows[0].month_more == 0 && rows[1].month_more == -1);
    pilot_menu_free(nearest);
    pilot_menu_free(down);
}

Test(menu, cheapest_service_at_a_grade_or_better)
{
    pilot_menu *a = two_services("a", 4000, 6000, PILOT_MENU_PER_SQUARE_METRE, PILOT_ANSWER_YES);
    pilot_menu *b = two_services("b", 300000, 300000, PILOT_MENU_PER_HOUSEHOLD, PILOT_ANSWER_YES);
    pilot_menu *up = two_services("up", 1, 2, PILOT_MENU_PER_SQUARE_METRE, PILOT_ANSWER_NO);
    const pilot_menu_offer offers[] = {{.menu = a}, {.menu = b}, {.menu = up}};
    pilot_premises p = {.building_area = known(700000), .households = known(99)};
    pilot_cheapest c;
    pilot_error error = {0};
    cr_assert_eq(pilot_cheapest_service(offers, 2, "cleaning", 2, &p, day, &c, &error), PILOT_OK);
    cr_assert(c.offer == 0 && c.grade == 2 && c.price == 4000 && c.month == 280000);
    cr_assert_eq(pilot_cheapest_service(offers, 2, "cleaning", 1, &p, day, &c, &error), PILOT_OK);
    cr_assert(c.offer == 1 && c.grade == 1 && c.basis == PILOT_MENU_PER_HOUSEHOLD && c.month == 297000);
    p.households.value = 93; /* now cheaper at either grade, and the better one for nothing more */
    cr_assert_eq(pilot_cheapest_service(offers, 2, "cleaning", 2, &p, day, &c, &error), PILOT_OK);
    cr_assert(c.offer == 1 && c.grade == 1 && c.month == 279000);
    cr_assert_eq(pilot_cheapest_service(offers, 2, "order", 3, &p, day, &c, &error), PILOT_OK);
    cr_assert(c.offer == 0 && c.grade == 2);
    /* Where the highest grade is the best, at least 2 leaves 1 out; of two that cost the same the first.
     */
    cr_assert_eq(pilot_cheapest_service(offers + 2, 1, "cleaning", 2, &p, day, &c, &error), PILOT_OK);
    cr_assert(c.grade == 2 && c.price == 1);

    const struct {
        size_t count;
        const char *service;
        int64_t grade;
        pilot_premises premises;
        pilot_date day;
        pilot_status status;
        const char *path;
    } rows[] = {
        {0, "cleaning", 1, p, day, PILOT_ERROR_RANGE, "/offers"},
        {2, "cleaning", 0, p, day, PILOT_ERROR_RANGE, "/grade"},
        {2, "garden", 1, p, day, PILOT_ERROR_NOT_FOUND, "/service"},
        {3, "cleaning", 1, p, day, PILOT_ERROR_INCONSISTENT, "/offers/2/menu"},
        {2, "cleaning", 1, p, INT32_MIN, PILOT_ERROR_RANGE, "/day"},
        {2,
         "cleaning",
         1,
         {.households = known(3)},
         day,
         PILOT_ERROR_MISSING_VALUE,
         "/premises/building_area_m2"},
        {2, "cleaning", 1, {.households = known(-3)}, day, PILOT_ERROR_RANGE, "/premises/households"},
        {2, "cleaning", 1, {.building_area = known(INT64_MAX)}, day, PILOT_ERROR_OVERFLOW, "/offers/0"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        c.grade = -7;
        pilot_status status =
            pilot_cheapest_service(offers, rows[i].count, rows[i].service, rows[i].grade,
                                   &rows[i].premises, rows[i].day, &c, &error);
        CHECK(status == rows[i].status, "row %zu: %s", i, pilot_status_name(status));
        CHECK(strcmp(error.path, rows[i].path) == 0, "row %zu: %s", i, error.path);
        CHECK(c.grade == -7, "row %zu: touched", i);
    }
    pilot_menu *dear = two_services("dear", INT64_MAX, 1, PILOT_MENU_PER_HOUSEHOLD, PILOT_ANSWER_YES);
    const pilot_menu_offer of_dear[] = {{.menu = dear}};
    cr_assert_eq(pilot_cheapest_service(of_dear, 1, "cleaning", 2, &p, day, &c, &error),
                 PILOT_ERROR_OVERFLOW);
    pilot_menu_free(dear);
    /* The best that there is, where even that is not good enough. */
    cr_assert_eq(pilot_cheapest_service(offers + 2, 1, "cleaning", 3, &p, day, &c, &error),
                 PILOT_ERROR_NOT_FOUND);
    cr_assert_str_eq(error.path, "/grade");
    cr_assert_eq(pilot_cheapest_service(NULL, 2, "order", 1, &p, day, &c, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_cheapest_service(offers, 2, NULL, 1, &p, day, &c, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_cheapest_service(offers, 2, "order", 1, NULL, day, &c, NULL),
                 PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_cheapest_service(offers, 2, "order", 1, &p, day, NULL, NULL),
                 PILOT_ERROR_ARGUMENT);
    const pilot_menu_offer none[] = {{.menu = NULL}};
    cr_assert_eq(pilot_cheapest_service(none, 1, "order", 1, &p, day, &c, &error), PILOT_ERROR_ARGUMENT);
    pilot_menu_free(a);
    pilot_menu_free(b);
    pilot_menu_free(up);
}

static void check_refused_list(sample *s, pilot_status wanted, const char *path, const char *change)
{
    pilot_menu *menu = NULL;
    pilot_error error = {0};
    pilot_status status = pilot_menu_new(&s->list, &menu, &error);
    CHECK(status == wanted && error.status == status, "%s: %s: %s", change, pilot_status_name(status),
          error.message);
    CHECK(strcmp(error.path, path) == 0, "%s: %s", change, error.path);
    CHECK(!menu && error.message[0], "%s", change);
    CHECK(pilot_menu_new(&s->list, &menu, NULL) == wanted, "%s", change);
}

#define REFUSED(status, path, change)                                                                   \
    (sample_fill(&s), (void)(change), check_refused_list(&s, status, path, #change))

Test(menu, every_refused_list)
{
    sample s;
    REFUSED(PILOT_ERROR_MISSING_KEY, "", s.list.id = NULL);
    REFUSED(PILOT_ERROR_FORMAT, "/id", s.list.id = "");
    REFUSED(PILOT_ERROR_ARGUMENT, "/services", s.list.services = NULL);
    REFUSED(PILOT_ERROR_RANGE, "/services", s.list.service_count = 0);
    REFUSED(PILOT_ERROR_RANGE, "/services", s.list.service_count = 65);
    REFUSED(PILOT_ERROR_ARGUMENT, "/packages", s.list.packages = NULL);
    REFUSED(PILOT_ERROR_RANGE, "/packages", s.list.package_count = 1001);
    REFUSED(PILOT_ERROR_RANGE, "/services/1/grades", s.services[1].grade_count = 101);
    REFUSED(PILOT_ERROR_RANGE, "/valid_from", s.list.valid_from.value = INT32_MAX);
    REFUSED(PILOT_ERROR_RANGE, "/valid_to", s.list.valid_to.value = INT32_MIN);
    REFUSED(PILOT_ERROR_ORDER, "/valid_to", s.list.valid_to.value = s.list.valid_from.value - 1);
    REFUSED(PILOT_ERROR_MISSING_KEY, "", s.list.best_is_low = PILOT_ANSWER_UNKNOWN);
    REFUSED(PILOT_ERROR_RANGE, "/best_is_low", s.list.best_is_low = (pilot_answer)3);
    REFUSED(PILOT_ERROR_RANGE, "/rounding/step", s.list.rounding.step = (pilot_rounding_step)4);
    REFUSED(PILOT_ERROR_MISSING_KEY, "/services/1", s.services[1].id = NULL);
    REFUSED(PILOT_ERROR_MISSING_KEY, "/services/0", s.services[0].id = NULL);
    REFUSED(PILOT_ERROR_MISSING_KEY, "/packages/0", s.packages[0].id = NULL);
    REFUSED(PILOT_ERROR_MISSING_KEY, "/packages/1/items/0", s.priced[0].service = NULL);
    REFUSED(PILOT_ERROR_FORMAT, "/services/1/id", s.services[1].id = "");
    REFUSED(PILOT_ERROR_DUPLICATE_ID, "/services/1/id", s.services[1].id = "cleaning");
    REFUSED(PILOT_ERROR_MISSING_KEY, "/services/1", s.services[1].kind = (pilot_service_kind)0);
    REFUSED(PILOT_ERROR_RANGE, "/services/1/kind", s.services[1].kind = (pilot_service_kind)9);
    REFUSED(PILOT_ERROR_MISSING_KEY, "/services/1", s.services[1].basis = PILOT_MENU_NO_BASIS);
    REFUSED(PILOT_ERROR_RANGE, "/services/1/per", s.services[1].basis = (pilot_menu_basis)5);
    REFUSED(PILOT_ERROR_RANGE, "/services/1/grades", s.services[1].grade_count = 0);
    REFUSED(PILOT_ERROR_ARGUMENT, "/services/1/grades", s.services[1].grades = NULL);
    REFUSED(PILOT_ERROR_RANGE, "/services/1/grades/1/grade", s.order[1].grade = 0);
    REFUSED(PILOT_ERROR_DUPLICATE_ID, "/services/1/grades/1/grade", s.order[1].grade = 1);
    const pilot_menu_grade twice[] = {{5, 1}, {3, 1}, {5, 1}, {3, 1}, {5, 1}};
    REFUSED(PILOT_ERROR_DUPLICATE_ID, "/services/1/grades/2/grade",
            (s.services[1].grades = twice, s.services[1].grade_count = COUNT(twice)));
    REFUSED(PILOT_ERROR_RANGE, "/services/1/grades/1/yuan", s.order[1].price = -1);
    REFUSED(PILOT_ERROR_MISSING_KEY, "/packages/1", s.packages[1].id = NULL);
    REFUSED(PILOT_ERROR_FORMAT, "/packages/1/id", s.packages[1].id = "");
    REFUSED(PILOT_ERROR_DUPLICATE_ID, "/packages/1/id", s.packages[1].id = "all");
    REFUSED(PILOT_ERROR_RANGE, "/packages/1/items", s.packages[1].item_count = 0);
    REFUSED(PILOT_ERROR_ARGUMENT, "/packages/1/items", s.packages[1].items = NULL);
    REFUSED(PILOT_ERROR_MISSING_KEY, "/packages/1/items/1", s.priced[1].service = NULL);
    REFUSED(PILOT_ERROR_DANGLING_ID, "/packages/1/items/1/service", s.priced[1].service = "garden");
    REFUSED(PILOT_ERROR_DANGLING_ID, "/packages/1/items/1/grade", s.priced[1].grade = 3);
    REFUSED(PILOT_ERROR_DUPLICATE_ID, "/packages/1/items/1/service", s.priced[1] = s.priced[0]);
    REFUSED(PILOT_ERROR_RANGE, "/packages/1/comprehensive",
            s.packages[1].comprehensive = (pilot_answer)3);
    REFUSED(PILOT_ERROR_INCONSISTENT, "/packages/1/comprehensive",
            s.packages[1].comprehensive = PILOT_ANSWER_YES);
    REFUSED(PILOT_ERROR_RANGE, "/packages/1/yuan", s.packages[1].price = known(-1));
    REFUSED(PILOT_ERROR_MISSING_VALUE, "/packages/1/per", s.packages[1].basis = PILOT_MENU_NO_BASIS);
    REFUSED(PILOT_ERROR_RANGE, "/packages/1/per", s.packages[1].basis = (pilot_menu_basis)5);
    REFUSED(PILOT_ERROR_INCONSISTENT, "/packages/3/per", s.packages[3].basis = PILOT_MENU_FIXED);
    REFUSED(PILOT_ERROR_INCONSISTENT, "/packages/1/discount",
            s.packages[1].discount = ((pilot_share){1, 20}));
    REFUSED(PILOT_ERROR_RANGE, "/packages/2/discount", s.packages[2].discount = ((pilot_share){1, 1}));
    REFUSED(PILOT_ERROR_RANGE, "/packages/2/discount", s.packages[2].discount = ((pilot_share){1, 0}));
    REFUSED(PILOT_ERROR_RANGE, "/packages/2/discount", s.packages[2].discount = ((pilot_share){2, 40}));
    REFUSED(PILOT_ERROR_RANGE, "/packages/2/discount",
            s.packages[2].discount = ((pilot_share){1, 10001}));
    REFUSED(PILOT_ERROR_RANGE, "/packages/2/discount", s.packages[2].discount = ((pilot_share){3, 2}));
    REFUSED(PILOT_ERROR_RANGE, "/packages/2/discount", s.packages[2].discount = ((pilot_share){-1, 2}));
    pilot_menu *menu = NULL;
    sample_fill(&s);
    cr_assert_eq(pilot_menu_new(NULL, &menu, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_menu_new(&s.list, NULL, NULL), PILOT_ERROR_ARGUMENT);
    s.packages[2].discount = (pilot_share){9999, 10000};
    s.packages[1].price = known(0);
    s.order[1].price = 0;
    s.list.valid_to.value = s.list.valid_from.value;
    pilot_menu_free(menu_of(&s.list));
}

Test(menu, as_large_as_it_may_be)
{
    static pilot_menu_service services[64];
    static char ids[64][8];
    static pilot_menu_item items[64];
    pilot_menu_grade grade = {1, 1};
    for (size_t i = 0; i < 64; i++) {
        snprintf(ids[i], sizeof ids[i], "s%zu", i);
        services[i] = (pilot_menu_service){
            ids[i], NULL, PILOT_SERVICE_OTHER, PILOT_MENU_PER_SQUARE_METRE, &grade, 1};
        items[i] = (pilot_menu_item){ids[i], 1};
    }
    pilot_price_list list = {
        .id = "m", .best_is_low = PILOT_ANSWER_YES, .services = services, .service_count = 64};
    pilot_menu *menu = menu_of(&list);
    const pilot_selection all = {.items = items, .item_count = 64};
    const pilot_premises one = {.building_area = known(100000)};
    pilot_quote q;
    pilot_quote_line lines[64];
    cr_assert_eq(pilot_quote_compute(menu, &all, &one, day, &q, lines, 64, NULL), PILOT_OK);
    cr_assert(q.line_count == 64 && q.month == 640);
    pilot_menu_free(menu);
    static pilot_menu_grade grades[100];
    static pilot_menu_package packages[1000];
    static char names[1000][8];
    for (size_t i = 0; i < 100; i++)
        grades[i] = (pilot_menu_grade){(int64_t)i + 1, 0};
    for (size_t i = 0; i < 1000; i++) {
        snprintf(names[i], sizeof names[i], "p%zu", i);
        packages[i] = (pilot_menu_package){.id = names[i], .items = items, .item_count = 1};
    }
    services[63].grades = grades;
    services[63].grade_count = 100;
    list.packages = packages;
    list.package_count = 1000;
    pilot_menu_free(menu_of(&list));
}

Test(menu, owns_what_it_says)
{
    sample s;
    sample_fill(&s);
    char id[] = "mine", lift[] = "lift";
    s.list.id = id;
    s.reduced[2].service = lift;
    pilot_menu *menu = menu_of(&s.list);
    id[0] = lift[0] = 'f';
    memset(&s, 0, sizeof s);
    const pilot_price_list *list = pilot_menu_prices(menu);
    cr_assert_str_eq(list->id, "mine");
    cr_assert_str_eq(list->services[0].name, "保洁");
    cr_assert_null(list->services[1].name);
    cr_assert_eq(list->services[1].grades[1].price, 4333);
    cr_assert_str_eq(list->packages[2].items[2].service, "lift");
    cr_assert_str_eq(pilot_service_kind_name(PILOT_SERVICE_SHARED_EQUIPMENT), "shared_equipment");
    cr_assert_str_eq(pilot_menu_basis_name(PILOT_MENU_FIXED), "month");
    cr_assert_null(pilot_service_kind_name((pilot_service_kind)0));
    cr_assert_null(pilot_menu_basis_name((pilot_menu_basis)5));
    pilot_menu_free(menu);
}

static void check_round_trip(const pilot_menu *menu)
{
    static const pilot_json_style styles[] = {PILOT_JSON_COMPACT, PILOT_JSON_INDENTED};
    for (size_t i = 0; i < COUNT(styles); i++) {
        char *text = written(menu, styles[i]);
        pilot_menu *again = menu_read(text);
        char *same = written(again, styles[i]);
        CHECK(strcmp(text, same) == 0, "%s\n%s", text, same);
        pilot_menu *copy = menu_of(pilot_menu_prices(again));
        char *third = written(copy, styles[i]);
        CHECK(strcmp(text, third) == 0, "%s\n%s", text, third);
        pilot_text_free(text);
        pilot_text_free(same);
        pilot_text_free(third);
        pilot_menu_free(again);
        pilot_menu_free(copy);
    }
}

Test(menu, round_trip)
{
    static const char *const paths[] = {FOSHAN, MUDANJIANG};
    for (size_t i = 0; i < COUNT(paths); i++) {
        pilot_menu *menu = menu_file(paths[i]);
        check_round_trip(menu);
        pilot_menu_free(menu);
    }
    sample s;
    sample_fill(&s);
    pilot_menu *menu = menu_of(&s.list);
    check_round_trip(menu);
    char *text = written(menu, PILOT_JSON_COMPACT);
    expect_part(text, "'discount':'1/20'");
    expect_part(text, "'yuan':'0.7000','per':'square_metre_month'");
    cr_assert_null(strstr(text, "rounding"));
    pilot_text_free(text);
    pilot_menu_free(menu);
    s.list.rounding = (pilot_rounding_rule){PILOT_DOWN, PILOT_TO_JIAO, PILOT_ROUND_FOUR_DECIMALS};
    menu = menu_of(&s.list);
    check_round_trip(menu);
    text = written(menu, PILOT_JSON_COMPACT);
    expect_part(text, "'rounding':{'mode':'down','unit':'jiao','step':'four_decimals'}");
    cr_assert_eq(pilot_menu_write(NULL, PILOT_JSON_COMPACT, &text), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_menu_write(menu, PILOT_JSON_COMPACT, NULL), PILOT_ERROR_ARGUMENT);
    pilot_text_free(text);
    pilot_menu_free(menu);
}

#define HEAD "{'id':'m','best_is_low':true,\n"
#define CLEANING                                                                                        \
    "{'id':'cleaning','kind':'cleaning','per':'square_metre_month','grades':[{'grade':1,'yuan':0.49},"  \
    "\n"                                                                                                \
    "{'grade':2,'yuan':'0.43'}]}"
#define MENU(services, more) HEAD "'services':[\n" services "]" more "}"

Test(menu, malformed)
{
    static const malformed rows[] = {
        {"", PILOT_ERROR_SYNTAX, "", 1},
        {"[]", PILOT_ERROR_TYPE, "", 1},
        {HEAD "'services':[" CLEANING, PILOT_ERROR_SYNTAX, "/services/0", 3},
        {HEAD "'service':[]}", PILOT_ERROR_UNKNOWN_KEY, "/service", 2},
        {"{'id':'m',\n'services':[" CLEANING "]}", PILOT_ERROR_MISSING_KEY, "", 1},
        {HEAD "'name':'x'}", PILOT_ERROR_MISSING_KEY, "", 1},
        {HEAD "'services':[]}", PILOT_ERROR_RANGE, "/services", 2},
        {"{'id':'',\n'best_is_low':true,'services':[" CLEANING "]}", PILOT_ERROR_FORMAT, "/id", 1},
        {"{'id':'m',\n'best_is_low':'yes','services':[" CLEANING "]}", PILOT_ERROR_TYPE, "/best_is_low",
         2},
        {HEAD "'valid_from':'2019-05-32','services':[" CLEANING "]}", PILOT_ERROR_RANGE, "/valid_from",
         2},
        {HEAD "'valid_from':'2019-05-01',\n'valid_to':'2019-04-30','services':[" CLEANING "]}",
         PILOT_ERROR_ORDER, "/valid_to", 3},
        {HEAD "'rounding':{'mode':'half_up','unit':'cent','step':'bill'},'services':[" CLEANING "]}",
         PILOT_ERROR_FORMAT, "/rounding/unit", 2},
        {HEAD "'rounding':{'mode':'half_up'},'services':[" CLEANING "]}", PILOT_ERROR_MISSING_KEY,
         "/rounding", 2},
        {MENU(CLEANING ",\n" CLEANING, ""), PILOT_ERROR_DUPLICATE_ID, "/services/1/id", 5},
        {MENU("{'id':'a','kind':'gardening','per':'month','grades':[]}", ""), PILOT_ERROR_FORMAT,
         "/services/0/kind", 3},
        {MENU("{'id':'a','kind':'other','per':'community_month','grades':[]}", ""), PILOT_ERROR_FORMAT,
         "/services/0/per", 3},
        {MENU("{'id':'a','kind':'other','per':'month','grades':[]}", ""), PILOT_ERROR_RANGE,
         "/services/0/grades", 3},
        {MENU("{'id':'a','kind':'other','per':'month',\n'grades':[{'grade':0,'yuan':1}]}", ""),
         PILOT_ERROR_RANGE, "/services/0/grades/0/grade", 4},
        {MENU("{'id':'a','kind':'other','per':'month','grades':[{'grade':1,'yuan':1},\n{'grade':1,"
              "'yuan':2}]}",
              ""),
         PILOT_ERROR_DUPLICATE_ID, "/services/0/grades/1/grade", 4},
        {MENU("{'id':'a','kind':'other','per':'month','grades':[\n{'grade':1,'yuan':0.30505}]}", ""),
         PILOT_ERROR_PRECISION, "/services/0/grades/0/yuan", 4},
        {MENU("{'id':'a','kind':'other','per':'month','grades':[\n{'grade':1,'yuan':'-0.30'}]}", ""),
         PILOT_ERROR_RANGE, "/services/0/grades/0/yuan", 4},
        {MENU("{'id':'a','kind':'other','per':'month','grades':[\n{'grade':'1','yuan':1}]}", ""),
         PILOT_ERROR_TYPE, "/services/0/grades/0/grade", 4},
        {MENU(CLEANING, ",'packages':[\n{'id':'p','items':[{'service':'order','grade':1}]}]"),
         PILOT_ERROR_DANGLING_ID, "/packages/0/items/0/service", 5},
        {MENU(CLEANING, ",'packages':[\n{'id':'p','items':[{'service':'cleaning','grade':3}]}]"),
         PILOT_ERROR_DANGLING_ID, "/packages/0/items/0/grade", 5},
        {MENU(CLEANING, ",'packages':[\n{'id':'p','items':[]}]"), PILOT_ERROR_RANGE, "/packages/0/items",
         5},
        {MENU(CLEANING, ",'packages':[\n{'id':'p','items':[{'service':'cleaning','grade':1}],'discount':"
                        "'2'}]"),
         PILOT_ERROR_RANGE, "/packages/0/discount", 5},
        {MENU(CLEANING, ",'packages':[\n{'id':'p','items':[{'service':'cleaning','grade':1}],'discount':"
                        "'1/1'}]"),
         PILOT_ERROR_RANGE, "/packages/0/discount", 5},
        {MENU(CLEANING,
              ",'packages':[\n{'id':'p','items':[{'service':'cleaning','grade':1}],'yuan':1}]"),
         PILOT_ERROR_MISSING_VALUE, "/packages/0/per", 5},
    };
    CHECK_MALFORMED(rows, pilot_menu, pilot_menu_parse)
    pilot_menu *menu;
    cr_assert_eq(pilot_menu_parse(NULL, 0, &menu, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_menu_parse("{}", 2, NULL, NULL), PILOT_ERROR_ARGUMENT);
}

Test(menu, quote_as_json)
{
    pilot_menu *menu = sample_menu();
    const pilot_menu_item patrol = {"patrol", 1};
    const pilot_selection s = {"priced", &patrol, 1};
    pilot_premises p = {.building_area = known(6137), .households = known(1), .buildings = known(2)};
    pilot_quote q;
    pilot_quote_line l[2];
    char *text = NULL;
    cr_assert_eq(pilot_quote_compute(menu, &s, &p, day, &q, l, 2, NULL), PILOT_OK);
    cr_assert_eq(pilot_quote_write(&q, l, PILOT_JSON_COMPACT, &text), PILOT_OK);
    static const char wanted[] =
        "{'menu':'sample','day':'2020-01-01','rounding':{'mode':'half_up','unit':'fen',"
        "'step':'bill'},'month_yuan':'642.96','year_yuan':'7715.51',"
        "'month_yuan_per_dwelling':'642.96','month_yuan_per_m2':'10.4768',"
        "'lines':[{'package':'priced','grade':0,'per':'square_metre_month','quantity_m2':'61.37',"
        "'yuan':'0.7000','discount':'0','month_yuan':'42.96','year_yuan':'515.51'},"
        "{'service':'patrol','grade':1,'per':'building_month','quantity':2,'yuan':'300.0000',"
        "'discount':'0','month_yuan':'600.00','year_yuan':'7200.00'}]}";
    cr_assert_str_eq(text, quoted(wanted));
    pilot_text_free(text);
    cr_assert_eq(pilot_quote_write(&q, NULL, PILOT_JSON_COMPACT, &text), PILOT_OK);
    cr_assert_null(strstr(text, "lines"));
    pilot_text_free(text);
    cr_assert_eq(pilot_quote_write(NULL, l, PILOT_JSON_COMPACT, &text), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_quote_write(&q, l, PILOT_JSON_COMPACT, NULL), PILOT_ERROR_ARGUMENT);
    pilot_menu_free(menu);
}

static wide slow_round(wide value, wide divisor, pilot_rounding mode)
{
    wide whole = value / divisor, rest = value % divisor;
    bool more = mode == PILOT_UP        ? rest > 0
                : mode == PILOT_DOWN    ? false
                : 2 * rest != divisor   ? 2 * rest > divisor
                : mode == PILOT_HALF_UP ? true
                                        : whole % 2 == 1;
    return whole + more;
}

/* A line as the test itself reads it off the list: all off is a fraction of 10^6 x parts to the yuan. */
typedef struct slow_line {
    wide month;
    wide parts;
} slow_line;

typedef struct slow_case {
    slow_line lines[LINES];
    size_t count;
} slow_case;

static void slow_add(slow_case *c, pilot_menu_basis basis, pilot_price price, pilot_share off,
                     const int64_t quantity[PILOT_MENU_BASIS_COUNT])
{
    wide month = (wide)price * quantity[basis];
    if (basis != PILOT_MENU_PER_SQUARE_METRE)
        month *= 100;
    c->lines[c->count++] = (slow_line){month * (off.denominator - off.numerator), off.denominator};
}

static pilot_price slow_price(const pilot_price_list *list, const pilot_menu_item *item,
                              pilot_menu_basis *basis)
{
    for (size_t i = 0; i < list->service_count; i++)
        for (size_t j = 0; j < list->services[i].grade_count; j++)
            if (strcmp(list->services[i].id, item->service) == 0 &&
                list->services[i].grades[j].grade == item->grade) {
                *basis = list->services[i].basis;
                return list->services[i].grades[j].price;
            }
    cr_assert_fail("no %s at %" PRId64, item->service, item->grade);
    return 0;
}

static void slow_items(slow_case *c, const pilot_price_list *list, const pilot_menu_item *items,
                       size_t count, pilot_share off, const int64_t quantity[PILOT_MENU_BASIS_COUNT])
{
    for (size_t i = 0; i < count; i++) {
        pilot_menu_basis basis = PILOT_MENU_NO_BASIS;
        pilot_price price = slow_price(list, &items[i], &basis);
        slow_add(c, basis, price, off, quantity);
    }
}

/* The amount of the first count lines together, over one denominator. */
static pilot_money slow_sum(const slow_case *c, size_t count, int32_t months, pilot_rounding_rule rule)
{
    static const wide fen[] = {1, 10, 100};
    wide unit = fen[rule.unit], common = 1, exact = 0, rounded = 0;
    for (size_t i = 0; i < c->count; i++)
        common = c->lines[i].parts > common ? c->lines[i].parts : common; /* the others are 1 */
    for (size_t i = 0; i < count; i++) {
        wide month = c->lines[i].month * (common / c->lines[i].parts), four;
        switch (rule.step) {
        case PILOT_ROUND_LINE:
            rounded += unit * slow_round(month * months, common * 10000 * unit, rule.mode);
            break;
        case PILOT_ROUND_FOUR_DECIMALS:
            four = slow_round(month, common * 100, PILOT_HALF_UP);
            rounded += unit * slow_round(four * months, 100 * unit, rule.mode);
            break;
        default:
            exact += month;
        }
    }
    if (rule.step == PILOT_ROUND_MONTH)
        rounded = months * unit * slow_round(exact, common * 10000 * unit, rule.mode);
    else if (rule.step == PILOT_ROUND_BILL)
        rounded = unit * slow_round(exact * months, common * 10000 * unit, rule.mode);
    return (pilot_money)rounded;
}

static pilot_rounding_rule random_rule(void)
{
    return (pilot_rounding_rule){(pilot_rounding)below(4), (pilot_rounding_unit)below(3),
                                 (pilot_rounding_step)below(4)};
}

enum { SERVICES = 6, GRADES = 3, PACKAGES = 3 };
static const char *const service_ids[SERVICES] = {"a", "b", "c", "d", "e", "f"};
static const char *const package_ids[PACKAGES] = {"p", "q", "r"};

/* Of prices that no service has; 0: as they are. */
static int price_bits;

static int64_t any_length(int64_t bits);

static pilot_price random_price(pilot_menu_basis basis)
{
    if (price_bits)
        return any_length(price_bits);
    return basis == PILOT_MENU_PER_SQUARE_METRE ? below(30000) : below(5000000);
}

/* Bases up to last: those of a dwelling, or all. */
static pilot_menu *random_menu(pilot_menu_basis last)
{
    pilot_menu_grade grades[SERVICES][GRADES];
    pilot_menu_service services[SERVICES];
    pilot_menu_item items[PACKAGES][SERVICES];
    pilot_menu_package packages[PACKAGES];
    for (size_t i = 0; i < SERVICES; i++) {
        pilot_menu_basis basis = (pilot_menu_basis)(1 + below(last));
        for (size_t j = 0; j < GRADES; j++)
            grades[i][j] = (pilot_menu_grade){(int64_t)j + 1, random_price(basis)};
        services[i] =
            (pilot_menu_service){service_ids[i], NULL, PILOT_SERVICE_OTHER, basis, grades[i], GRADES};
    }
    for (size_t i = 0; i < PACKAGES; i++) {
        size_t count = 1 + (size_t)below(SERVICES), first = (size_t)below(SERVICES);
        for (size_t j = 0; j < count; j++)
            items[i][j] = (pilot_menu_item){service_ids[(first + j) % SERVICES], 1 + below(GRADES)};
        packages[i] = (pilot_menu_package){.id = package_ids[i], .items = items[i], .item_count = count};
        int64_t form = below(3);
        if (form == 0) {
            packages[i].basis = (pilot_menu_basis)(1 + below(last));
            packages[i].price = known(random_price(packages[i].basis));
        } else if (form == 1) {
            int64_t parts = 2 + below(below(4) ? 99 : PILOT_DISCOUNT_DENOMINATOR_MAX - 1);
            CHECK(pilot_share_make(below(parts), parts, &packages[i].discount) == PILOT_OK, "share");
        }
    }
    pilot_price_list list = {.id = "random",
                             .best_is_low = PILOT_ANSWER_YES,
                             .rounding = random_rule(),
                             .services = services,
                             .service_count = SERVICES,
                             .packages = packages,
                             .package_count = PACKAGES};
    return menu_of(&list);
}

/* A package, services that are not in it, or both. */
static pilot_selection random_selection(const pilot_price_list *list, pilot_menu_item items[SERVICES])
{
    pilot_selection s = {.items = items};
    const pilot_menu_package *package = below(3) ? &list->packages[below(PACKAGES)] : NULL;
    int64_t chosen = 1 + below((1 << SERVICES) - 1);
    if (package)
        s.package = package->id;
    for (size_t i = 0; i < SERVICES; i++) {
        bool inside = false;
        for (size_t j = 0; package && j < package->item_count; j++)
            inside = inside || strcmp(package->items[j].service, service_ids[i]) == 0;
        if (!inside && chosen & (int64_t)1 << i)
            items[s.item_count++] = (pilot_menu_item){service_ids[i], 1 + below(GRADES)};
    }
    return s;
}

static slow_case slow_case_of(const pilot_price_list *list, const pilot_selection *s,
                              const int64_t quantity[PILOT_MENU_BASIS_COUNT])
{
    static const pilot_share none = {0, 1};
    slow_case c;
    c.count = 0;
    for (size_t i = 0; s->package && i < list->package_count; i++) {
        const pilot_menu_package *p = &list->packages[i];
        if (strcmp(p->id, s->package) != 0)
            continue;
        if (p->price.known)
            slow_add(&c, p->basis, p->price.value, none, quantity);
        else
            slow_items(&c, list, p->items, p->item_count, p->discount.denominator ? p->discount : none,
                       quantity);
    }
    slow_items(&c, list, s->items, s->item_count, none, quantity);
    return c;
}

static void check_random_quote(const pilot_menu *menu)
{
    const pilot_price_list *list = pilot_menu_prices(menu);
    pilot_menu_item items[SERVICES];
    pilot_selection s = random_selection(list, items);
    const int64_t quantity[PILOT_MENU_BASIS_COUNT] = {0, below(20000000), below(3000), below(60), 1};
    const pilot_premises p = {.building_area = known(quantity[1]),
                              .households = known(quantity[2]),
                              .buildings = known(quantity[3])};
    slow_case c = slow_case_of(list, &s, quantity);
    pilot_quote q;
    pilot_quote_line l[LINES];
    pilot_status status = pilot_quote_compute(menu, &s, &p, day, &q, l, LINES, NULL);
    CHECK(status == PILOT_OK && q.line_count == c.count, "%s", pilot_status_name(status));
    pilot_money month = 0, year = 0;
    for (size_t i = 0; i < c.count; i++) {
        month += l[i].month;
        year += l[i].year;
        CHECK(month == slow_sum(&c, i + 1, 1, list->rounding), "line %zu: %" PRId64, i, month);
        CHECK(year == slow_sum(&c, i + 1, 12, list->rounding), "line %zu: %" PRId64, i, year);
    }
    CHECK(month == q.month && year == q.year, "the lines give %" PRId64 " and %" PRId64, month, year);
    wide exact = 0, common = 1;
    for (size_t i = 0; i < c.count; i++)
        common = c.lines[i].parts > common ? c.lines[i].parts : common;
    for (size_t i = 0; i < c.count; i++)
        exact += c.lines[i].month * (common / c.lines[i].parts);
    CHECK(q.month_per_dwelling.known == (quantity[2] > 0), "per dwelling");
    CHECK(q.month_per_square_metre.known == (quantity[1] > 0), "per m²");
    CHECK(!quantity[2] || q.month_per_dwelling.value ==
                              (int64_t)slow_round(exact, common * 10000 * quantity[2], PILOT_HALF_UP),
          "per dwelling");
    CHECK(!quantity[1] || q.month_per_square_metre.value ==
                              (int64_t)slow_round(exact, common * quantity[1], PILOT_HALF_UP),
          "per m²");
}

static void check_random_bills(const pilot_menu *menu)
{
    enum { DWELLINGS = 70 };
    const pilot_price_list *list = pilot_menu_prices(menu);
    pilot_menu_item items[SERVICES];
    pilot_selection s = random_selection(list, items);
    pilot_rounding_rule rule = random_rule();
    pilot_bill_period period = {(pilot_month)(500 + below(100)), 0};
    int32_t months = 1 + (int32_t)below(36);
    period.last = period.first + months - 1;
    pilot_area areas[DWELLINGS];
    pilot_money amounts[DWELLINGS], sum = 0, least = INT64_MAX, most = 0;
    const size_t dwellings = 1 + (size_t)below(below(10) ? 4 : DWELLINGS);
    int64_t all[PILOT_MENU_BASIS_COUNT] = {0, 0, (int64_t)dwellings, 0, 0};
    for (size_t i = 0; i < dwellings; i++) { /* some so large that they are billed one by one */
        areas[i] = below(below(50) ? 20000 : 2000000);
        all[1] += areas[i];
    }
    pilot_bill_sum b;
    pilot_status status =
        pilot_bills_compute(menu, &s, areas, dwellings, period, &rule, &b, amounts, NULL);
    CHECK(status == PILOT_OK && b.months == months, "%s", pilot_status_name(status));
    for (size_t i = 0; i < dwellings; i++) {
        const int64_t one[PILOT_MENU_BASIS_COUNT] = {0, areas[i], 1, 0, 0};
        slow_case c = slow_case_of(list, &s, one);
        pilot_money amount = slow_sum(&c, c.count, months, rule);
        CHECK(amounts[i] == amount, "dwelling %zu: %" PRId64, i, amounts[i]);
        sum += amount;
        least = amount < least ? amount : least;
        most = amount > most ? amount : most;
    }
    slow_case c = slow_case_of(list, &s, all);
    pilot_money together = slow_sum(&c, c.count, months, rule);
    CHECK(b.of_dwellings == sum && b.of_area == together && b.difference == sum - together,
          "%" PRId64 " and %" PRId64, b.of_dwellings, b.of_area);
    CHECK(b.least == least && b.most == most && b.area == all[1], "%" PRId64, b.least);
    pilot_bill bill;
    pilot_bill_line l[LINES];
    CHECK(pilot_bill_compute(menu, &s, areas[0], period, &rule, &bill, l, LINES, NULL) == PILOT_OK,
          "bill");
    pilot_money lines = 0;
    const int64_t first[PILOT_MENU_BASIS_COUNT] = {0, areas[0], 1, 0, 0};
    c = slow_case_of(list, &s, first);
    for (size_t i = 0; i < bill.line_count; i++) {
        lines += l[i].amount;
        CHECK(lines == slow_sum(&c, i + 1, months, rule), "line %zu: %" PRId64, i, lines);
    }
    CHECK(bill.total == amounts[0] && lines == bill.total, "%" PRId64 " and %" PRId64, bill.total,
          lines);
}

/* Largest remainders by looking for the largest, again and again. */
static void slow_parts(pilot_money total, int64_t unit, const pilot_area *areas, size_t count,
                       pilot_money *parts)
{
    wide rest[8], all = 0, left = total / unit;
    for (size_t i = 0; i < count; i++)
        all += areas[i];
    for (size_t i = 0; i < count; i++) {
        wide product = (wide)(total / unit) * areas[i];
        parts[i] = (pilot_money)(product / all) * unit;
        rest[i] = product % all;
        left -= product / all;
    }
    for (; left > 0; left--) {
        size_t largest = 0;
        for (size_t i = 1; i < count; i++)
            largest = rest[i] > rest[largest] ? i : largest;
        parts[largest] += unit;
        rest[largest] = -1;
    }
}

static void check_random_parts(const pilot_menu *menu)
{
    static const int64_t fen[] = {1, 10, 100};
    const pilot_price_list *list = pilot_menu_prices(menu);
    pilot_menu_item items[SERVICES];
    pilot_selection s = random_selection(list, items);
    pilot_rounding_rule rule = random_rule();
    size_t count = 1 + (size_t)below(8);
    pilot_area areas[8], most = below(3) ? 20000 : 4; /* few sizes: many that are alike */
    int64_t all[PILOT_MENU_BASIS_COUNT] = {0, 0, (int64_t)count, below(60), 1};
    for (size_t i = 0; i < count; i++) {
        areas[i] = i || below(2) ? below(most) : 1 + below(most);
        all[1] += areas[i];
    }
    if (!all[1])
        all[1] = areas[0] = 1;
    const pilot_premises p = {.dwellings = areas, .dwelling_count = count, .buildings = known(all[3])};
    int32_t months = 1 + (int32_t)below(36);
    const pilot_bill_period period = {600, 599 + months};
    slow_case c = slow_case_of(list, &s, all);
    pilot_money total = slow_sum(&c, c.count, months, rule), parts[8], amounts[8], sum = 0;
    slow_parts(total, fen[rule.unit], areas, count, parts);
    pilot_bill_sum b;
    pilot_status status = pilot_bills_apportion(menu, &s, &p, period, &rule, &b, amounts, NULL);
    CHECK(status == PILOT_OK && b.of_area == total, "%s", pilot_status_name(status));
    for (size_t i = 0; i < count; i++) {
        CHECK(amounts[i] == parts[i], "dwelling %zu: %" PRId64 " for %" PRId64, i, amounts[i], parts[i]);
        sum += amounts[i];
    }
    CHECK(sum == total && b.of_dwellings == total, "%" PRId64 " of %" PRId64, sum, total);
}

Test(menu, parts_of_premises_against_largest_remainders)
{
    int64_t cases = 100000 / stride();
    pilot_menu *menu = NULL;
    for (int64_t i = 0; i < cases; i++) {
        if (i % 50 == 0) {
            pilot_menu_free(menu);
            menu = random_menu(PILOT_MENU_FIXED);
        }
        check_random_parts(menu);
    }
    pilot_menu_free(menu);
}

/* A number of up to so many bits, each length as likely as another. */
static int64_t any_length(int64_t bits)
{
    return below(INT64_C(1) << below(bits + 1));
}

static void check_scaling(int64_t numerator, int64_t added, int64_t denominator, pilot_rounding mode)
{
    pilot_biller b = {.count = 1, .fen = 1};
    b.parts[0] = pilot_scaling_make(numerator, added, denominator, mode);
    pilot_biller_settle(&b);
    if (b.greatest < 0)
        return;
    for (int i = 0; i < 60; i++) {
        /* The greatest ones, and those about a whole number and about the middle of two. */
        wide near = (wide)below(b.greatest + 1) * numerator / denominator * 2 + below(2);
        int64_t value = b.greatest - below(3);
        if (i % 3 == 1)
            value = below(b.greatest + 1);
        else if (i % 3 == 2 && numerator)
            value = (int64_t)((near * denominator / 2 - added) / numerator) + below(3) - 1;
        if (value < 0 || value > b.greatest)
            continue;
        const pilot_area area = value;
        pilot_money made;
        pilot_biller_bill(&b, &area, 1, &made);
        CHECK(made == (int64_t)slow_round((wide)value * numerator + added, denominator, mode),
              "%" PRId64 " x %" PRId64 " + %" PRId64 " / %" PRId64 ", %s: %" PRId64, value, numerator,
              added, denominator, pilot_rounding_name(mode), made);
    }
}

Test(menu, a_scaled_value_is_the_rounded_quotient, .timeout = 600)
{
    int64_t cases = 400000 / stride(), taken = 0;
    for (int64_t i = 0; i < cases; i++) {
        int64_t numerator = any_length(50), denominator = 2 * (1 + any_length(39));
        int64_t added = below(2) ? 0 : any_length(62);
        pilot_rounding mode = (pilot_rounding)(i % 4);
        check_scaling(numerator, added, denominator, mode);
        taken += pilot_scaling_make(numerator, added, denominator, mode).greatest >= 0;
    }
    CHECK(taken > cases / 2, "%" PRId64 " of %" PRId64, taken, cases);
    CHECK(pilot_scaling_make(INT64_MAX, 0, 10000, PILOT_UP).greatest == -1, "no bits are left");
    CHECK(pilot_scaling_make(1, INT64_MAX, 2, PILOT_UP).greatest == -1, "what is added is too much");
}

/* A plan whose area is bounded by none of its parts, and still no bill of it fits. */
Test(menu, a_biller_knows_which_areas_fit)
{
    pilot_biller b = {.count = 1, .fen = INT64_MAX};
    b.parts[0] = pilot_scaling_make(1, 0, 2, PILOT_HALF_UP);
    pilot_biller_settle(&b);
    cr_expect_eq(b.greatest, -1);
    b.fen = 1;
    b.twice = true;
    b.again = pilot_scaling_make(INT64_C(1) << 50, 0, 2, PILOT_HALF_UP);
    pilot_biller_settle(&b);
    cr_expect_eq(b.greatest, -1);
    b.twice = false;
    b.alike = INT64_MAX;
    pilot_biller_settle(&b);
    cr_expect_eq(b.greatest, -1);
    b.alike = INT64_MAX / PILOT_BILLS_AT_ONCE; /* a bill fits, and so many together do not */
    pilot_biller_settle(&b);
    cr_expect_eq(b.greatest, -1);
    b.alike = 7;
    pilot_biller_settle(&b);
    cr_expect_gt(b.greatest, 1000000);
    const pilot_area areas[] = {0, b.greatest, b.greatest + 1, 3};
    cr_expect(pilot_biller_takes(&b, areas, 2));
    cr_expect_not(pilot_biller_takes(&b, areas, 4));
}

Test(menu, a_million_quotes_and_bills, .timeout = 600)
{
    int64_t cases = 1000000 / stride();
    pilot_menu *any = NULL, *dwelling = NULL;
    for (int64_t i = 0; i < cases; i++) {
        if (i % 50 == 0) {
            pilot_menu_free(any);
            pilot_menu_free(dwelling);
            any = random_menu(PILOT_MENU_FIXED);
            dwelling = random_menu(PILOT_MENU_PER_HOUSEHOLD);
        }
        if (i & 1)
            check_random_quote(any);
        else
            check_random_bills(dwelling);
    }
    pilot_menu_free(any);
    pilot_menu_free(dwelling);
}

/* What is no sum that fits leaves alone what it would have written. */
static void check_fits(pilot_status status, bool right, const pilot_money amounts[2], int counts[2])
{
    const bool refused = status == PILOT_ERROR_OVERFLOW && marked(amounts, 2 * sizeof *amounts);
    CHECK(status == PILOT_OK ? right : refused, "%s", pilot_status_name(status));
    counts[status == PILOT_OK]++;
    mark((void *)(uintptr_t)amounts, 2 * sizeof *amounts);
}

static void check_huge(const pilot_menu *menu, int counts[2])
{
    const pilot_price_list *list = pilot_menu_prices(menu);
    const pilot_rounding_rule rule = list->rounding;
    pilot_menu_item items[SERVICES];
    const pilot_selection s = random_selection(list, items);
    const int32_t months = 1 + (int32_t)below(36);
    const pilot_bill_period period = {600, 599 + months};
    const pilot_area areas[] = {1 + any_length(30), any_length(30)};
    const int64_t all[PILOT_MENU_BASIS_COUNT] = {0, areas[0] + areas[1], 2},
                  one[PILOT_MENU_BASIS_COUNT] = {0, areas[1], 1};
    const slow_case whole = slow_case_of(list, &s, all), single = slow_case_of(list, &s, one);
    const pilot_money total = slow_sum(&whole, whole.count, months, rule),
                      own = slow_sum(&single, single.count, months, rule);
    const pilot_premises p = {.dwellings = areas, .dwelling_count = 2};
    pilot_quote quote = {0};
    pilot_bill_sum sum = {0};
    pilot_bill bill = {0};
    pilot_money amounts[2];
    mark(amounts, sizeof amounts);
    pilot_status status = pilot_quote_compute(menu, &s, &p, day, &quote, NULL, 0, NULL);
    check_fits(status, quote.year == slow_sum(&whole, whole.count, 12, rule), amounts, counts);
    status = pilot_bill_compute(menu, &s, areas[1], period, NULL, &bill, NULL, 0, NULL);
    check_fits(status, bill.total == own, amounts, counts);
    status = pilot_bills_compute(menu, &s, areas, 2, period, NULL, &sum, amounts, NULL);
    check_fits(status, amounts[1] == own && sum.of_area == total, amounts, counts);
    status = pilot_bills_apportion(menu, &s, &p, period, NULL, &sum, amounts, NULL);
    check_fits(status, status == PILOT_OK && amounts[0] + amounts[1] == total, amounts, counts);
}

/* Up to the largest number: the amount, or that it does not fit. */
Test(menu, a_price_of_any_size)
{
    int counts[2] = {0};
    price_bits = 62;
    for (int i = 0; i < 20000 / stride(); i++) {
        pilot_menu *menu = random_menu(PILOT_MENU_PER_HOUSEHOLD);
        for (int j = 0; j < 10; j++)
            check_huge(menu, counts);
        pilot_menu_free(menu);
    }
    cr_expect(counts[false] > 100 && counts[true] > 100, "%d and %d", counts[false], counts[true]);
}
