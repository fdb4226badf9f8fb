#include "cases.h"

#define ENTRANCE "examples/data/orders/foshan-entrance.json"
#define TWO_CITIES "examples/data/comparisons/foshan-mudanjiang.json"
enum { LINES = PILOT_MENU_SERVICES_MAX };

READER(order_of, pilot_order, pilot_order_parse)
READER(comparison_of, pilot_comparison, pilot_comparison_parse)
READER(menu_of, pilot_menu, pilot_menu_parse)
WRITER(order_text, pilot_order, pilot_order_write)
WRITER(comparison_text, pilot_comparison, pilot_comparison_write)
WRITER(menu_written, pilot_menu, pilot_menu_write)

/* The text is what the library writes, of what it reads from the text. */
static void expect_order(const char *text)
{
    pilot_order *order = order_of(text);
    char *written = order_text(order, PILOT_JSON_COMPACT);
    char *indented = order_text(order, PILOT_JSON_INDENTED);
    pilot_order *same = order_of(indented);
    char *again = order_text(same, PILOT_JSON_COMPACT);
    cr_expect_str_eq(written, text);
    cr_expect_str_eq(again, text);
    pilot_text_free(written);
    pilot_text_free(indented);
    pilot_text_free(again);
    pilot_order_free(order);
    pilot_order_free(same);
}

#define DAY "'day':'2020-01-01',"

Test(order, round_trip)
{
    static const char *const texts[] = {
        "{" DAY "'selection':{},'premises':{}}",
        "{" DAY "'selection':{'package':'p','items':[]},'premises':{'dwellings_m2':[]}}",
        "{" DAY "'selection':{'items':[{'service':'s','grade':0},{'service':'','grade':3}]},"
        "'premises':{'dwellings_m2':['0.00','61.37'],'building_area_m2':'61.37','households':2,"
        "'buildings':0},'period':{'first':'2019-11','last':'2020-12'},"
        "'rounding':{'mode':'half_even','unit':'jiao','step':'four_decimals'}}",
        /* Months and words that are 0 in the library are there all the same. */
        "{" DAY "'selection':{'package':'p'},'premises':{'households':0},"
        "'period':{'first':'1970-01','last':'1970-01'},"
        "'rounding':{'mode':'half_up','unit':'fen','step':'bill'}}",
    };
    for (size_t i = 0; i < COUNT(texts); i++)
        expect_order(quoted(texts[i]));
    /* Numbers, own keys and null are read, and have one form when they are written. */
    pilot_order *order = order_of(
        quoted("{'x-own':1,'premises':{'dwellings_m2':[61.370,3],'buildings':null},'period':null," DAY
               "'selection':{'package':'p'}}"));
    char *text = order_text(order, PILOT_JSON_COMPACT);
    cr_expect_str_eq(text, quoted("{" DAY "'selection':{'package':'p'},"
                                  "'premises':{'dwellings_m2':['61.37','3.00']}}"));
    pilot_text_free(text);
    pilot_order_free(order);
}

Test(order, says_what_is_asked_for)
{
    size_t length;
    char *text = cases_slurp(ENTRANCE, &length);
    pilot_order *order = order_of(text);
    const pilot_order_terms *o = pilot_order_content(order);
    cr_assert_eq(o->day, cases_date("2020-01-01"));
    cr_assert_str_eq(o->selection.package, "comprehensive-3");
    cr_assert_eq(o->selection.item_count, 0);
    cr_assert_eq(o->premises.dwelling_count, 12);
    cr_assert_eq(o->premises.dwellings[10], 7415);
    cr_assert(o->premises.buildings.known && o->premises.buildings.value == 1);
    cr_assert(!o->premises.households.known && !o->premises.building_area.known);
    cr_assert(o->period->first == 600 && o->period->last == 611);
    cr_assert_eq(o->rounding->unit, PILOT_TO_JIAO);
    pilot_order_free(order);
    order = order_of(quoted("{" DAY "'selection':{'package':'p'},'premises':{}}"));
    cr_assert_null(pilot_order_content(order)->period);
    cr_assert_null(pilot_order_content(order)->rounding);
    cr_assert_null(pilot_order_content(order)->premises.dwellings);
    pilot_order_free(order);
    pilot_order_free(NULL);
    free(text);
}

static const char menu_text[] =
    "{'id':'m','valid_from':'2020-01-01','best_is_low':true,'services':["
    "{'id':'cleaning','kind':'cleaning','per':'square_metre_month','grades':[{'grade':1,'yuan':0.35},"
    "{'grade':2,'yuan':0.305}]},"
    "{'id':'lift','kind':'lift','per':'household_month','grades':[{'grade':1,'yuan':12.505}]},"
    "{'id':'patrol','kind':'fire_control','per':'building_month','grades':[{'grade':1,'yuan':300}]}],"
    "'packages':[{'id':'priced','items':[{'service':'cleaning','grade':2}],'yuan':0.7,"
    "'per':'square_metre_month'}]}";

static char *quote_text(const pilot_menu *menu, const char *json)
{
    pilot_order *order = order_of(json);
    const pilot_order_terms *o = pilot_order_content(order);
    pilot_quote q;
    pilot_quote_line lines[LINES];
    char *text = NULL;
    pilot_status status =
        pilot_quote_compute(menu, &o->selection, &o->premises, o->day, &q, lines, LINES, NULL);
    if (status == PILOT_OK)
        status = pilot_quote_write(&q, lines, PILOT_JSON_COMPACT, &text);
    cr_assert_eq(status, PILOT_OK, "%s", pilot_status_name(status));
    pilot_order_free(order);
    return text;
}

/* 61.37 m² x 0.70 is 42.959 a month and 515.508 a year. */
Test(order, is_quoted)
{
    pilot_menu *menu = menu_of(quoted(menu_text));
    char *text = quote_text(menu, quoted("{" DAY "'selection':{'package':'priced','items':[{'service':"
                                         "'patrol','grade':1}]},'premises':{'dwellings_m2':[61.37],"
                                         "'buildings':2}}"));
    static const char *const parts[] = {
        "'month_yuan':'642.96','year_yuan':'7715.51'",
        "'quantity_m2':'61.37','yuan':'0.7000','discount':'0',"
        "'month_yuan':'42.96','year_yuan':'515.51'",
    };
    expect_parts(text, parts, COUNT(parts));
    pilot_text_free(text);
    pilot_menu_free(menu);
}

static char *bill_text(const pilot_menu *menu, const char *json)
{
    pilot_order *order = order_of(json);
    const pilot_order_terms *o = pilot_order_content(order);
    pilot_bill bill;
    pilot_bill_line lines[LINES];
    char *text = NULL;
    pilot_status status = pilot_bill_compute(menu, &o->selection, o->premises.dwellings[0], *o->period,
                                             o->rounding, &bill, lines, LINES, NULL);
    if (status == PILOT_OK)
        status = pilot_bill_write(&bill, lines, PILOT_JSON_COMPACT, &text);
    cr_assert_eq(status, PILOT_OK, "%s", pilot_status_name(status));
    pilot_order_free(order);
    return text;
}

#define BILL(items, more) "{" DAY "'selection':{'items':[" items "]}," more "}"
#define CLEAN "{'service':'cleaning','grade':1}"
#define LIFT "{'service':'lift','grade':1}"
#define YEAR "'period':{'first':'2020-01','last':'2020-12'}"
#define JANUARY "'period':{'first':'2020-01','last':'2020-01'}"

/* 61.37 m² x 0.35 is 21.4795 a month, 257.754 a year; a lift's 12.505 beside it 33.9845 a month. */
Test(order, is_billed)
{
    pilot_menu *menu = menu_of(quoted(menu_text));
    static const char *const orders[] = {
        BILL(CLEAN, "'premises':{'dwellings_m2':[61.37]}," YEAR),
        BILL(CLEAN, "'premises':{'dwellings_m2':[61.37]}," YEAR ",'rounding':{'mode':'half_up',"
                    "'unit':'fen','step':'month'}"),
        BILL(CLEAN "," LIFT, "'premises':{'dwellings_m2':[61.37]}," JANUARY),
    };
    static const char *const bills[] = {
        "{'rounding':{'mode':'half_up','unit':'fen','step':'bill'},'months':12,'total_yuan':'257.75',"
        "'lines':[{'service':'cleaning','grade':1,'per':'square_metre_month','quantity_m2':'61.37',"
        "'yuan':'0.3500','discount':'0','amount_yuan':'257.75'}]}",
        "{'rounding':{'mode':'half_up','unit':'fen','step':'month'},'months':12,'total_yuan':'257.76',"
        "'lines':[{'service':'cleaning','grade':1,'per':'square_metre_month','quantity_m2':'61.37',"
        "'yuan':'0.3500','discount':'0','amount_yuan':'257.76'}]}",
        "{'rounding':{'mode':'half_up','unit':'fen','step':'bill'},'months':1,'total_yuan':'33.98',"
        "'lines':[{'service':'cleaning','grade':1,'per':'square_metre_month','quantity_m2':'61.37',"
        "'yuan':'0.3500','discount':'0','amount_yuan':'21.48'},{'service':'lift','grade':1,"
        "'per':'household_month','quantity':1,'yuan':'12.5050','discount':'0','amount_yuan':'12.50'}]}",
    };
    for (size_t i = 0; i < COUNT(orders); i++) {
        char *text = bill_text(menu, quoted(orders[i]));
        cr_expect_str_eq(text, quoted(bills[i]));
        pilot_text_free(text);
    }
    pilot_bill bill = {.months = 1, .line_count = 7};
    char *text = NULL;
    cr_assert_eq(pilot_bill_write(&bill, NULL, PILOT_JSON_COMPACT, &text), PILOT_OK);
    cr_expect_null(strstr(text, "lines"));
    pilot_text_free(text);
    const pilot_bill many = {.line_count = LINES + 1};
    pilot_bill_line line = {.service = NULL};
    cr_expect_eq(pilot_bill_write(&many, &line, PILOT_JSON_COMPACT, &text), PILOT_ERROR_ARGUMENT);
    static pilot_bill_line lines[LINES];
    const pilot_bill most = {.months = 1, .line_count = LINES};
    for (size_t i = 0; i < LINES; i++)
        lines[i] = (pilot_bill_line){.service = "s", .grade = 1};
    cr_assert_eq(pilot_bill_write(&most, lines, PILOT_JSON_COMPACT, &text), PILOT_OK);
    pilot_text_free(text);
    cr_expect_eq(pilot_bill_write(NULL, NULL, PILOT_JSON_COMPACT, &text), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_bill_write(&bill, NULL, PILOT_JSON_COMPACT, NULL), PILOT_ERROR_ARGUMENT);
    pilot_menu_free(menu);
}

/* Three dwellings of 61.37 m²: 21.48 each and 64.4385 for all of them together. */
Test(order, bills_of_all_dwellings)
{
    pilot_menu *menu = menu_of(quoted(menu_text));
    pilot_order *order =
        order_of(quoted(BILL(CLEAN, "'premises':{'dwellings_m2':[61.37,61.37,61.37]}," JANUARY)));
    const pilot_order_terms *o = pilot_order_content(order);
    const pilot_premises *p = &o->premises;
    pilot_bill_sum sum;
    pilot_money amounts[3];
    char *text = NULL;
    cr_assert_eq(pilot_bills_compute(menu, &o->selection, p->dwellings, p->dwelling_count, *o->period,
                                     o->rounding, &sum, amounts, NULL),
                 PILOT_OK);
    cr_assert_eq(pilot_bill_sum_write(&sum, amounts, PILOT_JSON_COMPACT, &text), PILOT_OK);
    cr_expect_str_eq(
        text,
        quoted("{'rounding':{'mode':'half_up','unit':'fen','step':'bill'},'months':1,'dwellings':3,"
               "'area_m2':'184.11','of_dwellings_yuan':'64.44','of_area_yuan':'64.44',"
               "'difference_yuan':'0.00','least_yuan':'21.48','most_yuan':'21.48',"
               "'amounts_yuan':['21.48','21.48','21.48']}"));
    pilot_text_free(text);
    sum.difference = -5;
    cr_assert_eq(pilot_bill_sum_write(&sum, NULL, PILOT_JSON_COMPACT, &text), PILOT_OK);
    expect_part(text, "'difference_yuan':'-0.05'");
    cr_expect_null(strstr(text, "amounts"));
    pilot_text_free(text);
    cr_expect_eq(pilot_bill_sum_write(NULL, NULL, PILOT_JSON_COMPACT, &text), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_bill_sum_write(&sum, NULL, PILOT_JSON_COMPACT, NULL), PILOT_ERROR_ARGUMENT);
    pilot_order_free(order);
    pilot_menu_free(menu);
}

/* What a calculation refuses lies at a path of the order, and so at a line of its text. */
Test(order, a_refused_calculation_has_its_place_in_the_text)
{
    static const struct {
        const char *text;
        pilot_status status;
        const char *path;
        int32_t line, column;
    } rows[] = {
        {"{" DAY "'selection':{'items':[\n" CLEAN
         ",\n{'service':'gardening','grade':1}]},'premises':{}}",
         PILOT_ERROR_NOT_FOUND, "/selection/items/1/service", 3, 2},
        {"{" DAY "'selection':{'items':[\n{'service':'cleaning',\n 'grade':9}]},'premises':{}}",
         PILOT_ERROR_NOT_FOUND, "/selection/items/0/grade", 3, 2},
        {"{" DAY "\n'selection':{},'premises':{}}", PILOT_ERROR_MISSING_VALUE, "/selection", 2, 1},
        {"{" DAY "\n'selection':{'package':'x'},'premises':{}}", PILOT_ERROR_NOT_FOUND,
         "/selection/package", 2, 14},
        {"{'day':'2019-12-31',\n'selection':{'package':'priced'},'premises':{}}",
         PILOT_ERROR_INCONSISTENT, "/day", 1, 2},
        /* There is no such key, so the place is that of the premises. */
        {"{" DAY "'selection':{'package':'priced'},\n\n'premises':{}}", PILOT_ERROR_MISSING_VALUE,
         "/premises/building_area_m2", 3, 1},
        {"{" DAY "'selection':{'package':'priced'},'premises':{'dwellings_m2':[1,2],\n"
         "'building_area_m2':4}}",
         PILOT_ERROR_INCONSISTENT, "/premises/building_area_m2", 2, 1},
    };
    pilot_menu *menu = menu_of(quoted(menu_text));
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *text = quoted(rows[i].text);
        pilot_order *order = order_of(text);
        const pilot_order_terms *o = pilot_order_content(order);
        pilot_quote q;
        pilot_error error = {0};
        cr_expect_eq(pilot_quote_compute(menu, &o->selection, &o->premises, o->day, &q, NULL, 0, &error),
                     rows[i].status);
        cr_expect_eq(error.line, 0);
        cr_expect_eq(pilot_error_locate(text, strlen(text), &error), PILOT_OK);
        cr_expect_str_eq(error.path, rows[i].path, "row %zu: %s", i, error.path);
        cr_expect(error.line == rows[i].line && error.column == rows[i].column, "row %zu: %d:%d", i,
                  (int)error.line, (int)error.column);
        pilot_order_free(order);
    }
    pilot_error error = {.line = 7, .path = "/a"};
    cr_expect_eq(pilot_error_locate("{\"a\":1", 6, &error), PILOT_ERROR_SYNTAX);
    cr_expect(error.line == 7 && !*error.message);
    cr_expect_eq(pilot_error_locate(NULL, 0, &error), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_error_locate("{}", 2, NULL), PILOT_ERROR_ARGUMENT);
    pilot_menu_free(menu);
}

Test(order, arguments)
{
    pilot_order *order = NULL;
    pilot_comparison *comparison = NULL;
    char *text;
    cr_expect_eq(pilot_order_parse(NULL, 0, &order, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_order_parse("{}", 2, NULL, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_order_write(NULL, PILOT_JSON_COMPACT, &text), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_comparison_parse(NULL, 0, &comparison, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_comparison_parse("{}", 2, NULL, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_comparison_write(NULL, PILOT_JSON_COMPACT, &text), PILOT_ERROR_ARGUMENT);
    order = order_of(quoted("{" DAY "'selection':{},'premises':{}}"));
    cr_expect_eq(pilot_order_write(order, PILOT_JSON_COMPACT, NULL), PILOT_ERROR_ARGUMENT);
    pilot_order_free(order);
    pilot_comparison_free(NULL);
}

/* The example's menus are the files of menus, so that no copy goes its own way. */
Test(order, comparison_owns_its_menus)
{
    static const char *const files[] = {"examples/data/menus/foshan-2019.json",
                                        "examples/data/menus/mudanjiang.json"};
    size_t length;
    char *text = cases_slurp(TWO_CITIES, &length);
    pilot_comparison *comparison = comparison_of(text);
    free(text);
    char *written = comparison_text(comparison, PILOT_JSON_COMPACT);
    pilot_comparison *again = comparison_of(written);
    char *same = comparison_text(again, PILOT_JSON_COMPACT);
    cr_expect_str_eq(written, same);
    const pilot_comparison_terms *t = pilot_comparison_content(again);
    cr_assert_eq(t->offer_count, 4);
    for (size_t i = 0; i < COUNT(files); i++) {
        char *file = cases_slurp(files[i], &length);
        pilot_menu *menu = menu_of(file);
        char *own = menu_written(t->offers[i].menu, PILOT_JSON_COMPACT);
        char *of_file = menu_written(menu, PILOT_JSON_COMPACT);
        cr_expect_str_eq(own, of_file);
        pilot_text_free(own);
        pilot_text_free(of_file);
        pilot_menu_free(menu);
        free(file);
    }
    cr_expect_eq(t->offers[2].menu, t->offers[0].menu);
    cr_expect_str_eq(t->offers[0].provider, "甲物业");
    cr_expect_null(t->offers[3].provider);
    pilot_text_free(written);
    pilot_text_free(same);
    pilot_comparison_free(comparison);
    pilot_comparison_free(again);
}

#define TWO(id, per, second, first)                                                                     \
    "{'id':'" id "','best_is_low':true,'services':[{'id':'cleaning','kind':'cleaning','per':'" per      \
    "','grades':[{'grade':2,'yuan':'" second "'},{'grade':1,'yuan':'" first                             \
    "'}]},{'id':'order','kind':'order','per':'square_metre_month','grades':["                           \
    "{'grade':1,'yuan':'0.5000'},{'grade':2,'yuan':'0.4000'}]}]}"
#define MENUS                                                                                           \
    "'menus':[" TWO("a", "square_metre_month", "0.4000", "0.6000") "," TWO("b", "household_month",      \
                                                                           "30.0000", "30.0000") "],"
#define BOTH "'selection':{'items':[{'service':'cleaning','grade':2},{'service':'order','grade':2}]}"
#define OFFERS                                                                                          \
    "'offers':[\n{'provider':'乙','menu':'b'," BOTH "},\n{'menu':'a'," BOTH "},\n"                      \
    "{'menu':'a','selection':{'items':[{'service':'cleaning','grade':1}]}}]"
#define PREMISES "'premises':{'building_area_m2':'7000.00','households':99},"

/* A month: 99 x 30 + 2800 = 5770; 2800 + 2800 = 5600; 4200. */
Test(order, comparison_is_computed)
{
    const char *text =
        quoted("{" DAY PREMISES MENUS OFFERS ",'required':[{'service':'cleaning','grade':2},"
               "{'service':'cleaning','grade':1}]}");
    pilot_comparison *comparison = comparison_of(text);
    const pilot_comparison_terms *t = pilot_comparison_content(comparison);
    pilot_offer_quote quotes[3];
    pilot_cheapest cheapest[2];
    pilot_error error = {0};
    char *result = NULL;
    cr_assert_eq(pilot_comparison_compute(t, quotes, cheapest, &error), PILOT_OK, "%s", error.message);
    cr_assert_eq(pilot_comparison_result_write(t, quotes, cheapest, PILOT_JSON_COMPACT, &result),
                 PILOT_OK);
    static const char *const parts[] = {
        "{'day':'2020-01-01','offers':[{'provider':'乙'," BOTH ",'quote':{'menu':'b',",
        "'month_yuan':'5770.00','year_yuan':'69240.00'",
        "'rank':3,'month_more_yuan':'1570.00','year_more_yuan':'18840.00',"
        "'year_more_yuan_per_dwelling':'190.30'},{'selection':",
        "'rank':1,'month_more_yuan':'0.00','year_more_yuan':'0.00','year_more_yuan_per_dwelling':'0.00'"
        "}",
        "],'cheapest':[{'service':'cleaning','required_grade':2,'offer':1,'menu':'a','grade':2,"
        "'per':'square_metre_month','yuan':'0.4000','month_yuan':'2800.00'},"
        "{'service':'cleaning','required_grade':1,'offer':0,'provider':'乙','menu':'b','grade':1,"
        "'per':'household_month','yuan':'30.0000','month_yuan':'2970.00'}]}",
    };
    expect_parts(result, parts, COUNT(parts));
    pilot_text_free(result);
    cr_assert_eq(pilot_comparison_compute(t, quotes, NULL, &error), PILOT_OK);
    cr_assert_eq(pilot_comparison_result_write(t, quotes, NULL, PILOT_JSON_COMPACT, &result), PILOT_OK);
    cr_expect_null(strstr(result, "cheapest"));
    pilot_text_free(result);

    pilot_comparison_terms bad = *t;
    bad.offers = NULL;
    cr_expect_eq(pilot_comparison_result_write(&bad, quotes, NULL, 0, &result), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_comparison_result_write(NULL, quotes, NULL, 0, &result), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_comparison_result_write(t, NULL, NULL, 0, &result), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_comparison_result_write(t, quotes, NULL, 0, NULL), PILOT_ERROR_ARGUMENT);
    bad = *t;
    bad.required = NULL;
    cr_expect_eq(pilot_comparison_result_write(&bad, quotes, cheapest, 0, &result),
                 PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_comparison_compute(&bad, quotes, cheapest, &error), PILOT_ERROR_ARGUMENT);
    cheapest[1].offer = 3;
    cr_expect_eq(pilot_comparison_result_write(t, quotes, cheapest, 0, &result), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_comparison_compute(NULL, quotes, cheapest, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_comparison_compute(t, NULL, cheapest, NULL), PILOT_ERROR_ARGUMENT);
    pilot_comparison_free(comparison);
}

Test(order, a_refused_comparison_has_its_place)
{
    static const struct {
        const char *text;
        pilot_status status;
        const char *path;
    } rows[] = {
        {"{" DAY PREMISES MENUS OFFERS ",'required':[{'service':'order','grade':2},\n"
         "{'service':'gardening','grade':1}]}",
         PILOT_ERROR_NOT_FOUND, "/required/1/service"},
        {"{" DAY PREMISES MENUS OFFERS ",'required':[{'service':'order','grade':0}]}", PILOT_ERROR_RANGE,
         "/required/0/grade"},
        {"{" DAY "'premises':{'building_area_m2':7}," MENUS OFFERS "}", PILOT_ERROR_MISSING_VALUE,
         "/premises/households"},
        {"{" DAY "'premises':{'households':7}," MENUS OFFERS
         ",'required':[{'service':'order','grade':1}]}",
         PILOT_ERROR_MISSING_VALUE, "/premises/building_area_m2"},
        {"{" DAY PREMISES MENUS "'offers':[{'menu':'a'," BOTH
         "},{'menu':'a','selection':{'package':'x'}}]}",
         PILOT_ERROR_NOT_FOUND, "/offers/1/selection/package"},
        {"{" DAY PREMISES
         "'menus':[" TWO("a", "month", "1", "1") ",{'valid_to':'2019-12-31',"
                                                 "'id':'b','best_is_low':true,'services':[{'id':'"
                                                 "cleaning','kind':'other','per':'month','grades':"
                                                 "[{'grade':2,'yuan':1}]}]}],'offers':[{'menu':'a'," BOTH
                                                 "},{'menu':'b','selection':{'items':"
                                                 "[{'service':'cleaning','grade':2}]}}]}",
         PILOT_ERROR_INCONSISTENT, "/offers/1/menu"},
        {"{" DAY PREMISES "'menus':[" TWO(
             "a", "month", "1",
             "1") ",{'best_is_low':false,"
                  "'id':'b','services':[{'id':'cleaning','kind':'other','per':'month','grades':"
                  "[{'grade':2,'yuan':1}]}]}],'offers':[{'menu':'a'," BOTH
                  "},{'menu':'b','selection':{'items':"
                  "[{'service':'cleaning','grade':2}]}}],'required':[{'service':'cleaning','grade':2}]}",
         PILOT_ERROR_INCONSISTENT, "/offers/1/menu"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        pilot_comparison *comparison = comparison_of(quoted(rows[i].text));
        const pilot_comparison_terms *t = pilot_comparison_content(comparison);
        pilot_offer_quote quotes[3] = {{.rank = 77}};
        pilot_cheapest cheapest[2] = {{.grade = -7}};
        pilot_error error = {0};
        pilot_status status = pilot_comparison_compute(t, quotes, cheapest, &error);
        cr_expect_eq(status, rows[i].status, "row %zu: %s", i, error.message);
        cr_expect(says_it_in_chinese(&error), "row %zu: %s", i, error.message_zh);
        cr_expect_str_eq(error.path, rows[i].path, "row %zu: %s", i, error.path);
        cr_expect(quotes[0].rank == 77 && cheapest[0].grade == -7, "row %zu: touched", i);
        cr_expect_eq(pilot_comparison_compute(t, quotes, cheapest, NULL), rows[i].status);
        pilot_comparison_free(comparison);
    }
}
