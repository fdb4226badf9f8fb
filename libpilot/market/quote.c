/* What a choice from a menu costs: quotes, bills, and offers side by side. */
#include "biller.h"
#include "menu_internal.h"

#include "base/base_internal.h"

#include <stdio.h>
#include <string.h>

/* Sums are kept in 0.000001 yuan, which holds a month of any basis exactly: a price has four decimals,
 * and a price times 0.01 m² two more. A discount's denominator divides that once more: the scale. */
#define MICRO_PER_FEN INT64_C(10000)
#define MICRO_PER_PRICE INT64_C(100)
#define PRICE_PER_FEN INT64_C(100)

typedef struct blame {
    pilot_error *error;
    char prefix[32];              /* of every path: "" or "/offers/1" */
    pilot_quote_refusal *refusal; /* NULL: nobody asks */
} blame;

/* What is looked at next, so that a refusal is of it. */
static void look_at(const blame *b, pilot_quote_part part, size_t item, pilot_menu_basis basis)
{
    if (b->refusal)
        *b->refusal = (pilot_quote_refusal){part, item, basis};
}

static void look_at_choice(const blame *b)
{
    look_at(b, PILOT_QUOTE_CHOICE, 0, PILOT_MENU_NO_BASIS);
}

typedef struct spot {
    char text[64];
} spot;

static spot spot_at(const char *before, size_t index, const char *after)
{
    spot s;
    snprintf(s.text, sizeof s.text, "%s/%zu%s", before, index, after);
    return s;
}

static pilot_status refuse(const blame *b, pilot_status status, const char *path, const char *value,
                           pilot_phrase why)
{
    pilot_excerpt excerpt;
    const char *shown = pilot_excerpt_of(value, &excerpt);
    if (value) {
        pilot_error_set(b->error, status, value, "\"%s\" is refused: %s", shown, why.en);
        pilot_error_zh(b->error, "“%s”不予接受：%s", shown, why.zh);
    } else {
        pilot_error_set(b->error, status, NULL, "%s", why.en);
        pilot_error_zh(b->error, "%s", why.zh);
    }
    pilot_error_place(b->error, "%s%s", b->prefix, path);
    return status;
}

static pilot_status refuse_number(const blame *b, pilot_status status, const char *path, int64_t number,
                                  pilot_phrase why)
{
    char text[24];
    snprintf(text, sizeof text, "%lld", (long long)number);
    return refuse(b, status, path, text, why);
}

static pilot_status null_argument(const blame *b)
{
    return refuse(
        b, PILOT_ERROR_ARGUMENT, "", NULL,
        (pilot_phrase){"必需的参数为空，或其中的词、真假值不是所列的任何一个",
                       "an argument that may not be NULL is, or a word or a bool of one is none"});
}

static pilot_status null_member(const blame *b, const char *path)
{
    pilot_error_refuse(b->error, PILOT_ERROR_ARGUMENT, path, NULL, "此项为NULL，必须给出",
                       "it is NULL and has to be given");
    return pilot_error_within(b->error, PILOT_ERROR_ARGUMENT, b->prefix);
}

static pilot_status overflow(const blame *b)
{
    return refuse(
        b, PILOT_ERROR_OVERFLOW, "", NULL,
        (pilot_phrase){
            "精确合计超出可存范围：合计以0.000001元除以折扣分母为单位保存",
            "the exact sum does not fit: it is kept in 0.000001 yuan, divided by the discount's "
            "denominator"});
}

typedef struct plan_line {
    const char *service, *package;
    int64_t grade;
    pilot_menu_basis basis;
    pilot_price price;
    pilot_share discount;
    int64_t unit; /* per unit of the basis and month, exactly */
} plan_line;

typedef struct plan {
    plan_line lines[PILOT_MENU_SERVICES_MAX]; /* a service has one at most */
    size_t count;
    size_t of_package; /* how many of them are the package's */
    int64_t scale;
    int64_t per[PILOT_MENU_BASIS_COUNT]; /* sum of the lines' units by basis */
    pilot_rounding_rule rule;
} plan;

static pilot_status add_line(plan *p, plan_line line)
{
    int64_t weight = p->scale;
    if (line.discount.numerator)
        weight = line.discount.denominator - line.discount.numerator;
    if (line.basis != PILOT_MENU_PER_SQUARE_METRE)
        weight *= MICRO_PER_PRICE;
    pilot_status status = pilot_multiply(line.price, weight, &line.unit);
    if (status == PILOT_OK)
        status = pilot_add(p->per[line.basis], line.unit, &p->per[line.basis]);
    if (status == PILOT_OK)
        p->lines[p->count++] = line;
    return status;
}

static pilot_status add_service(plan *p, const pilot_menu_service *service,
                                const pilot_menu_grade *grade, const char *package, pilot_share discount)
{
    return add_line(p, (plan_line){.service = service->id,
                                   .package = package,
                                   .grade = grade->grade,
                                   .basis = service->basis,
                                   .price = grade->price,
                                   .discount = discount});
}

static pilot_status add_package(plan *p, const pilot_price_list *list, const pilot_menu_package *package)
{
    static const pilot_share none = {0, 1};
    pilot_share discount = pilot_share_given(package->discount) ? package->discount : none;
    pilot_status status = PILOT_OK;
    p->scale = discount.denominator;
    if (package->price.known)
        status = add_line(p, (plan_line){.package = package->id,
                                         .basis = package->basis,
                                         .price = package->price.value,
                                         .discount = none});
    else
        for (size_t i = 0; status == PILOT_OK && i < package->item_count; i++) {
            const pilot_menu_item *item = &package->items[i];
            const pilot_menu_service *service = pilot_menu_find_service(list, item->service);
            status = add_service(p, service, pilot_menu_find_grade(service, item->grade), package->id,
                                 discount);
        }
    p->of_package = p->count;
    return status;
}

static pilot_status add_item(plan *p, const pilot_price_list *list, const pilot_menu_package *package,
                             const pilot_selection *selection, size_t i, const blame *b)
{
    static const char items[] = "/selection/items";
    const pilot_menu_item *item = &selection->items[i];
    look_at(b, PILOT_QUOTE_ITEM, i, PILOT_MENU_NO_BASIS);
    if (!item->service)
        return null_member(b, spot_at(items, i, "/service").text);
    const pilot_menu_service *service = pilot_menu_find_service(list, item->service);
    if (!service)
        return refuse(b, PILOT_ERROR_NOT_FOUND, spot_at(items, i, "/service").text, item->service,
                      (pilot_phrase){"菜单中没有这项服务", "the menu has no such service"});
    if (!item->grade)
        return refuse(
            b, PILOT_ERROR_MISSING_VALUE, spot_at(items, i, "/grade").text, item->service,
            (pilot_phrase){"选了这项服务而没有选等级", "the service is chosen without a grade"});
    const pilot_menu_grade *grade = pilot_menu_find_grade(service, item->grade);
    if (!grade)
        return refuse_number(
            b, PILOT_ERROR_NOT_FOUND, spot_at(items, i, "/grade").text, item->grade,
            (pilot_phrase){"这项服务没有这个等级", "the service is not offered at this grade"});
    if (pilot_menu_find_item(selection->items, i, item->service))
        return refuse(b, PILOT_ERROR_DUPLICATE_ID, spot_at(items, i, "/service").text, item->service,
                      (pilot_phrase){"这项服务选了两次", "the service is chosen twice"});
    if (package && pilot_menu_find_item(package->items, package->item_count, item->service))
        return refuse(
            b, PILOT_ERROR_INCONSISTENT, spot_at(items, i, "/service").text, item->service,
            (pilot_phrase){"所选套餐已包含这项服务", "the service is in the chosen package already"});
    pilot_status status = add_service(p, service, grade, NULL, (pilot_share){0, 1});
    return status == PILOT_OK ? status : overflow(b);
}

static pilot_status make_plan(const pilot_menu *menu, const pilot_selection *selection, const blame *b,
                              plan *p)
{
    look_at_choice(b);
    if (!menu || !selection)
        return null_argument(b);
    if (selection->item_count && !selection->items)
        return null_member(b, "/selection/items");
    const pilot_price_list *list = &menu->list;
    const pilot_menu_package *package = NULL;
    p->count = p->of_package = 0;
    p->scale = 1;
    memset(p->per, 0, sizeof p->per);
    p->rule = list->rounding;
    if (!selection->package && !selection->item_count)
        return refuse(b, PILOT_ERROR_MISSING_VALUE, "/selection", NULL,
                      (pilot_phrase){"什么也没有选：应选一个套餐，或一项服务及其等级",
                                     "nothing is chosen: a package or a service at a grade is wanted"});
    if (selection->package) {
        look_at(b, PILOT_QUOTE_PACKAGE, 0, PILOT_MENU_NO_BASIS);
        package = pilot_menu_find_package(list, selection->package);
        if (!package)
            return refuse(b, PILOT_ERROR_NOT_FOUND, "/selection/package", selection->package,
                          (pilot_phrase){"菜单中没有这个套餐", "the menu has no such package"});
        if (add_package(p, list, package) != PILOT_OK)
            return overflow(b);
    }
    pilot_status status = PILOT_OK;
    for (size_t i = 0; status == PILOT_OK && i < selection->item_count; i++)
        status = add_item(p, list, package, selection, i, b);
    return status;
}

static pilot_status in_force(const pilot_menu *menu, pilot_date first, pilot_date last, const char *path,
                             const blame *b)
{
    const pilot_price_list *list = &menu->list;
    pilot_text text;
    path = *b->prefix ? "/menu" : path; /* of several, the one that is not */
    if (list->valid_from.known && first < list->valid_from.value)
        return refuse(
            b, PILOT_ERROR_INCONSISTENT, path, pilot_date_text(first, &text),
            (pilot_phrase){"菜单在这一天尚未生效", "the menu is not yet in force on this day"});
    if (list->valid_to.known && last > list->valid_to.value)
        return refuse(
            b, PILOT_ERROR_INCONSISTENT, path, pilot_date_text(last, &text),
            (pilot_phrase){"菜单在这一天已经失效", "the menu is no longer in force on this day"});
    return PILOT_OK;
}

/* What is asked for all offers alike has no prefix. */
static blame shared(const blame *b)
{
    return (blame){b->error, "", b->refusal};
}

static pilot_status in_force_on(const pilot_menu *menu, pilot_date day, const blame *b)
{
    const blame all = shared(b);
    look_at(b, PILOT_QUOTE_DAY, 0, PILOT_MENU_NO_BASIS);
    if (!pilot_date_valid(day))
        return refuse_number(
            &all, PILOT_ERROR_RANGE, "/day", day,
            (pilot_phrase){"日期应为1970-01-01起的天数，年份在1900至2200之间",
                           "a date is days since 1970-01-01, within the years 1900 to 2200"});
    return in_force(menu, day, day, "/day", b);
}

typedef struct quantities {
    pilot_opt_int of[PILOT_MENU_BASIS_COUNT];
} quantities;

static pilot_status sum_dwellings(const pilot_area *areas, size_t count, const char *path,
                                  const blame *b, int64_t *sum)
{
    int64_t total = 0;
    for (size_t i = 0; i < count; i++) {
        if (areas[i] < 0)
            return refuse_number(b, PILOT_ERROR_RANGE, spot_at(path, i, "").text, areas[i],
                                 (pilot_phrase){"面积不得小于0", "an area is 0 or more"});
        if (pilot_add(total, areas[i], &total) != PILOT_OK)
            return overflow(b);
    }
    *sum = total;
    return PILOT_OK;
}

/* What the caller gives, held against what its list of dwellings gives. */
static pilot_status settle_quantity(pilot_opt_int given, pilot_opt_int listed, const char *path,
                                    const blame *b, pilot_opt_int *settled)
{
    if (given.known && given.value < 0)
        return refuse_number(b, PILOT_ERROR_RANGE, path, given.value,
                             (pilot_phrase){"数量不得小于0", "a quantity is 0 or more"});
    if (given.known && listed.known && given.value != listed.value)
        return refuse_number(
            b, PILOT_ERROR_INCONSISTENT, path, given.value,
            (pilot_phrase){"按住宅清单得出的是另一个数", "the list of dwellings gives another number"});
    *settled = given.known ? given : listed;
    return PILOT_OK;
}

static const char dwellings_path[] = "/premises/dwellings_m2";
static const char *const quantity_paths[PILOT_MENU_BASIS_COUNT] = {
    [PILOT_MENU_PER_SQUARE_METRE] = "/premises/building_area_m2",
    [PILOT_MENU_PER_HOUSEHOLD] = "/premises/households",
    [PILOT_MENU_PER_BUILDING] = "/premises/buildings",
};

static pilot_status take_quantities(const pilot_premises *premises, const blame *offer, quantities *q)
{
    const blame all = shared(offer), *b = &all;
    look_at_choice(b);
    if (!premises)
        return null_argument(b);
    if (premises->dwelling_count && !premises->dwellings)
        return null_member(b, dwellings_path);
    const bool *const bools[PILOT_MENU_BASIS_COUNT] = {
        [PILOT_MENU_PER_SQUARE_METRE] = &premises->building_area.known,
        [PILOT_MENU_PER_HOUSEHOLD] = &premises->households.known,
        [PILOT_MENU_PER_BUILDING] = &premises->buildings.known,
    };
    for (int i = PILOT_MENU_PER_SQUARE_METRE; i <= PILOT_MENU_PER_BUILDING; i++)
        if (!pilot_is_bool(bools[i]))
            return pilot_error_bool(b->error, quantity_paths[i]);
    pilot_opt_int given[PILOT_MENU_BASIS_COUNT] = {
        [PILOT_MENU_PER_SQUARE_METRE] = premises->building_area,
        [PILOT_MENU_PER_HOUSEHOLD] = premises->households,
        [PILOT_MENU_PER_BUILDING] = premises->buildings,
    };
    pilot_opt_int listed[PILOT_MENU_BASIS_COUNT] = {{0, false}};
    pilot_status status = PILOT_OK;
    if (premises->dwellings) {
        pilot_opt_int *area = &listed[PILOT_MENU_PER_SQUARE_METRE];
        status = sum_dwellings(premises->dwellings, premises->dwelling_count, dwellings_path, b,
                               &area->value);
        area->known = true;
        listed[PILOT_MENU_PER_HOUSEHOLD] = (pilot_opt_int){(int64_t)premises->dwelling_count, true};
    }
    q->of[PILOT_MENU_NO_BASIS] = (pilot_opt_int){0, false};
    q->of[PILOT_MENU_FIXED] = (pilot_opt_int){1, true};
    for (int i = PILOT_MENU_PER_SQUARE_METRE; status == PILOT_OK && i <= PILOT_MENU_PER_BUILDING; i++) {
        look_at(b, PILOT_QUOTE_QUANTITY, 0, (pilot_menu_basis)i);
        status = settle_quantity(given[i], listed[i], quantity_paths[i], b, &q->of[i]);
    }
    return status;
}

static pilot_status need_quantity(const quantities *q, pilot_menu_basis basis, const blame *b)
{
    const blame all = shared(b);
    look_at(b, PILOT_QUOTE_QUANTITY, 0, basis);
    if (q->of[basis].known)
        return PILOT_OK;
    return refuse(&all, PILOT_ERROR_MISSING_VALUE, quantity_paths[basis], NULL,
                  (pilot_phrase){"所选价格的计价数量未知",
                                 "a chosen price is per a quantity of the premises that is not known"});
}

static pilot_status need_quantities(const plan *p, const quantities *q, const blame *b)
{
    pilot_status status = PILOT_OK;
    for (size_t i = 0; status == PILOT_OK && i < p->count; i++)
        status = need_quantity(q, p->lines[i].basis, b);
    return status;
}

static int64_t fen_of(pilot_rounding_unit unit)
{
    static const int64_t fen[] = {1, 10, 100};
    return fen[unit];
}

/* An exact amount, with a hundred parts or more to the fen, rounded as the rule says: it fits. */
static pilot_money round_parts(const pilot_rounding_rule *rule, int64_t exact, int64_t parts)
{
    int64_t fen = fen_of(rule->unit), units = 0;
    (void)pilot_divide(exact, parts * fen, rule->mode, &units);
    return units * fen;
}

static pilot_money round_exact(const plan *p, int64_t exact)
{
    return round_parts(&p->rule, exact, MICRO_PER_FEN * p->scale);
}

/* A line that is rounded by itself. exact: its month. */
static pilot_status line_by_itself(const plan *p, int64_t exact, int32_t months, pilot_money *amount)
{
    const bool line = p->rule.step == PILOT_ROUND_LINE;
    int64_t whole = exact;
    if (!line)
        (void)pilot_divide(exact, MICRO_PER_PRICE * p->scale, PILOT_HALF_UP, &whole);
    pilot_status status = pilot_multiply(whole, months, &whole);
    if (status == PILOT_OK)
        *amount = line ? round_exact(p, whole) : round_parts(&p->rule, whole, PRICE_PER_FEN);
    return status;
}

static bool rounds_lines(const plan *p)
{
    return p->rule.step == PILOT_ROUND_LINE || p->rule.step == PILOT_ROUND_FOUR_DECIMALS;
}

/* A month of all lines, exactly. */
static pilot_status exact_month(const plan *p, const quantities *q, int64_t *exact)
{
    int64_t sum = 0, part;
    for (int i = PILOT_MENU_PER_SQUARE_METRE; i < PILOT_MENU_BASIS_COUNT; i++) {
        if (!p->per[i])
            continue;
        pilot_status status = pilot_multiply(p->per[i], q->of[i].value, &part);
        if (status == PILOT_OK)
            status = pilot_add(sum, part, &sum);
        if (status != PILOT_OK)
            return status;
    }
    *exact = sum;
    return PILOT_OK;
}

static pilot_status exact_line(const plan *p, const quantities *q, size_t i, int64_t *exact)
{
    return pilot_multiply(p->lines[i].unit, q->of[p->lines[i].basis].value, exact);
}

static pilot_status total_by_line(const plan *p, const quantities *q, int32_t months, pilot_money *total)
{
    pilot_money sum = 0, amount;
    for (size_t i = 0; i < p->count; i++) {
        int64_t exact;
        pilot_status status = exact_line(p, q, i, &exact);
        if (status == PILOT_OK)
            status = line_by_itself(p, exact, months, &amount);
        if (status == PILOT_OK)
            status = pilot_add(sum, amount, &sum);
        if (status != PILOT_OK)
            return status;
    }
    *total = sum;
    return PILOT_OK;
}

/* exact: so far or in all, of one month. */
static pilot_status round_together(const plan *p, int64_t exact, int32_t months, pilot_money *amount)
{
    int64_t whole;
    if (p->rule.step == PILOT_ROUND_MONTH)
        return pilot_multiply(round_exact(p, exact), months, amount);
    pilot_status status = pilot_multiply(exact, months, &whole);
    if (status == PILOT_OK)
        *amount = round_exact(p, whole);
    return status;
}

static pilot_status total_of(const plan *p, const quantities *q, int32_t months, pilot_money *total)
{
    int64_t exact;
    if (rounds_lines(p))
        return total_by_line(p, q, months, total);
    pilot_status status = exact_month(p, q, &exact);
    return status == PILOT_OK ? round_together(p, exact, months, total) : status;
}

/* What a plan's lines have come to so far, for a number of months. */
typedef struct running {
    int64_t exact; /* of one month */
    pilot_money rounded;
} running;

/* The amount of line i. Where lines are not rounded by themselves each gets what it adds to the rounded
 * sum, so that they add up to the total. The total is known to fit, so nothing can fail. */
static pilot_money line_amount(const plan *p, const quantities *q, size_t i, int32_t months,
                               running *sum)
{
    int64_t exact = 0;
    pilot_money amount = 0, before = sum->rounded;
    (void)exact_line(p, q, i, &exact);
    if (rounds_lines(p)) {
        (void)line_by_itself(p, exact, months, &amount);
        return amount;
    }
    sum->exact += exact;
    (void)round_together(p, sum->exact, months, &sum->rounded);
    return sum->rounded - before;
}

static void write_quote_lines(const plan *p, const quantities *q, pilot_quote_line *lines)
{
    running month = {0, 0}, year = {0, 0};
    for (size_t i = 0; i < p->count; i++) {
        const plan_line *l = &p->lines[i];
        lines[i] = (pilot_quote_line){
            .service = l->service,
            .package = l->package,
            .grade = l->grade,
            .basis = l->basis,
            .quantity = q->of[l->basis].value,
            .price = l->price,
            .discount = l->discount,
            .month = line_amount(p, q, i, 1, &month),
            .year = line_amount(p, q, i, 12, &year),
        };
    }
}

/* exact / (parts * quantity), half up, where the quantity is there to divide by. */
static pilot_status average(int64_t exact, int64_t parts, pilot_opt_int quantity, pilot_opt_int *result)
{
    int64_t divisor;
    *result = (pilot_opt_int){0, false};
    if (!quantity.known || !quantity.value)
        return PILOT_OK;
    pilot_status status = pilot_multiply(parts, quantity.value, &divisor);
    if (status == PILOT_OK)
        status = pilot_divide(exact, divisor, PILOT_HALF_UP, &result->value);
    result->known = status == PILOT_OK;
    return status;
}

static pilot_status total_quote(const plan *p, const quantities *q, pilot_quote *made)
{
    int64_t exact;
    pilot_status status = exact_month(p, q, &exact);
    if (status == PILOT_OK)
        status = total_of(p, q, 1, &made->month);
    if (status == PILOT_OK)
        status = total_of(p, q, 12, &made->year);
    if (status == PILOT_OK)
        status = average(exact, MICRO_PER_FEN * p->scale, q->of[PILOT_MENU_PER_HOUSEHOLD],
                         &made->month_per_dwelling);
    if (status == PILOT_OK)
        status =
            average(exact, p->scale, q->of[PILOT_MENU_PER_SQUARE_METRE], &made->month_per_square_metre);
    return status;
}

static pilot_status quote_of(const pilot_menu *menu, const pilot_selection *selection,
                             const pilot_premises *premises, pilot_date day, const blame *b, plan *p,
                             quantities *q, pilot_quote *made)
{
    pilot_status status = make_plan(menu, selection, b, p);
    if (status == PILOT_OK)
        status = in_force_on(menu, day, b);
    if (status == PILOT_OK)
        status = take_quantities(premises, b, q);
    if (status == PILOT_OK)
        status = need_quantities(p, q, b);
    if (status != PILOT_OK)
        return status;
    look_at_choice(b);
    *made =
        (pilot_quote){.menu = menu->list.id, .day = day, .rounding = p->rule, .line_count = p->count};
    return total_quote(p, q, made) == PILOT_OK ? PILOT_OK : overflow(b);
}

static pilot_status too_few_lines(const blame *b, size_t count)
{
    return refuse_number(b, PILOT_ERROR_CAPACITY, "", (int64_t)count,
                         (pilot_phrase){"需要这么多行，而给出的空间不够",
                                        "so many lines are wanted and there is room for less"});
}

pilot_status pilot_quote_compute(const pilot_menu *menu, const pilot_selection *selection,
                                 const pilot_premises *premises, pilot_date day, pilot_quote *quote,
                                 pilot_quote_line *lines, size_t capacity, pilot_error *error)
{
    blame b = {error, "", NULL};
    plan p;
    quantities q;
    pilot_quote made;
    if (!quote)
        return null_argument(&b);
    pilot_status status = quote_of(menu, selection, premises, day, &b, &p, &q, &made);
    if (status != PILOT_OK)
        return status;
    if (lines && capacity < p.count)
        return too_few_lines(&b, p.count);
    if (lines)
        write_quote_lines(&p, &q, lines);
    *quote = made;
    return PILOT_OK;
}

pilot_status pilot_quote_asked(const pilot_menu *menu, const pilot_selection *selection,
                               const pilot_premises *premises, pilot_date day, pilot_quote *quote,
                               pilot_quote_refusal *refusal)
{
    const blame b = {NULL, "", refusal};
    plan p;
    quantities q;
    return quote_of(menu, selection, premises, day, &b, &p, &q, quote);
}

static pilot_status check_rounding(const pilot_rounding_rule *rule, pilot_error *error)
{
    static const char *const paths[] = {"/rounding/mode", "/rounding/unit", "/rounding/step"};
    if (!rule || pilot_rounding_rule_valid(rule))
        return PILOT_OK;
    const int wrong = (unsigned)rule->mode > PILOT_HALF_EVEN ? 0
                      : (unsigned)rule->unit > PILOT_TO_YUAN ? 1
                                                             : 2;
    const int numbers[] = {(int)rule->mode, (int)rule->unit, (int)rule->step};
    return pilot_error_number(error, PILOT_ERROR_ARGUMENT, paths[wrong], numbers[wrong],
                              "取整规则中没有这个编号", "it is the number of no word of a rounding");
}

static pilot_status check_fee(pilot_price price, pilot_area area, int32_t months,
                              const pilot_rounding_rule *rule, pilot_error *error)
{
    pilot_text text;
    if (price < 0)
        return pilot_error_refuse(error, PILOT_ERROR_RANGE, "/price", pilot_price_text(price, &text),
                                  "价格不得小于0", "a price is 0 or more");
    if (area < 0)
        return pilot_error_refuse(error, PILOT_ERROR_RANGE, "/area", pilot_area_text(area, &text),
                                  "面积不得小于0", "an area is 0 or more");
    if (months < 1)
        return pilot_error_number(error, PILOT_ERROR_RANGE, "/months", months, "应为1个月或更多",
                                  "1 month or more is wanted");
    return check_rounding(rule, error);
}

pilot_status pilot_fee_compute(pilot_price price, pilot_area area, int32_t months,
                               const pilot_rounding_rule *rule, pilot_money *amount, pilot_error *error)
{
    pilot_status status = check_fee(price, area, months, rule, error);
    if (status != PILOT_OK)
        return status;
    if (!amount)
        return pilot_error_null(error);
    plan p = {.scale = 1};
    quantities q = {.of = {[PILOT_MENU_PER_SQUARE_METRE] = {area, true}}};
    pilot_money total;
    if (rule)
        p.rule = *rule;
    (void)add_line(&p, (plan_line){.basis = PILOT_MENU_PER_SQUARE_METRE, .price = price}); /* as it is */
    if (total_of(&p, &q, months, &total) != PILOT_OK)
        return pilot_error_sum(error);
    *amount = total;
    return PILOT_OK;
}

static pilot_status check_period(const pilot_menu *menu, pilot_bill_period period, const blame *b,
                                 int32_t *months)
{
    static const pilot_phrase range = {"月份应为1970-01起的月数，年份在1900至2200之间",
                                       "a month is counted from 1970-01, within the years 1900 to 2200"};
    pilot_text text;
    if (!pilot_month_valid(period.first))
        return refuse_number(b, PILOT_ERROR_RANGE, "/period/first", period.first, range);
    if (!pilot_month_valid(period.last))
        return refuse_number(b, PILOT_ERROR_RANGE, "/period/last", period.last, range);
    if (pilot_month_count(period.first, period.last, months) != PILOT_OK)
        return refuse(
            b, PILOT_ERROR_ORDER, "/period/last", pilot_month_text(period.last, &text),
            (pilot_phrase){"期间的末月不得早于首月", "a period's last month is not before its first"});
    return in_force(menu, pilot_month_first_day(period.first), pilot_month_last_day(period.last),
                    "/period", b);
}

/* A price per building or fixed is nobody's in particular. */
static pilot_status check_dwelling_lines(const plan *p, const blame *b)
{
    for (size_t i = 0; i < p->count; i++) {
        const plan_line *l = &p->lines[i];
        if (l->basis != PILOT_MENU_PER_BUILDING && l->basis != PILOT_MENU_FIXED)
            continue;
        spot place = spot_at("/selection/items", i - p->of_package, "");
        return refuse(
            b, PILOT_ERROR_INCONSISTENT, l->package ? "/selection/package" : place.text,
            l->service ? l->service : l->package,
            (pilot_phrase){
                "其价格按楼栋或按整个项目计，没有规定每户分担多少",
                "its price is per building or for the premises as a whole, and no dwelling's part "
                "of it is laid down"});
    }
    return PILOT_OK;
}

static pilot_status plan_period(const pilot_menu *menu, const pilot_selection *selection,
                                pilot_bill_period period, const pilot_rounding_rule *rule,
                                const blame *b, plan *p, int32_t *months)
{
    pilot_status status = check_rounding(rule, b->error);
    if (status == PILOT_OK)
        status = make_plan(menu, selection, b, p);
    if (status == PILOT_OK)
        status = check_period(menu, period, b, months);
    if (status == PILOT_OK && rule)
        p->rule = *rule;
    return status;
}

static pilot_status plan_bill(const pilot_menu *menu, const pilot_selection *selection,
                              pilot_bill_period period, const pilot_rounding_rule *rule, const blame *b,
                              plan *p, int32_t *months)
{
    pilot_status status = plan_period(menu, selection, period, rule, b, p, months);
    return status == PILOT_OK ? check_dwelling_lines(p, b) : status;
}

static quantities dwellings(pilot_area area, int64_t count)
{
    quantities q = {
        .of = {
            [PILOT_MENU_PER_SQUARE_METRE] = {area, true}, [PILOT_MENU_PER_HOUSEHOLD] = {count, true}}};
    return q;
}

static void write_bill_lines(const plan *p, const quantities *q, int32_t months, pilot_bill_line *lines)
{
    running sum = {0, 0};
    for (size_t i = 0; i < p->count; i++) {
        const plan_line *l = &p->lines[i];
        lines[i] = (pilot_bill_line){
            .service = l->service,
            .package = l->package,
            .grade = l->grade,
            .basis = l->basis,
            .quantity = q->of[l->basis].value,
            .price = l->price,
            .discount = l->discount,
            .amount = line_amount(p, q, i, months, &sum),
        };
    }
}

pilot_status pilot_bill_compute(const pilot_menu *menu, const pilot_selection *selection,
                                pilot_area area, pilot_bill_period period,
                                const pilot_rounding_rule *rule, pilot_bill *bill,
                                pilot_bill_line *lines, size_t capacity, pilot_error *error)
{
    blame b = {error, "", NULL};
    plan p;
    pilot_bill made = {.months = 0};
    if (!bill)
        return null_argument(&b);
    pilot_status status = plan_bill(menu, selection, period, rule, &b, &p, &made.months);
    if (status != PILOT_OK)
        return status;
    if (area < 0)
        return refuse_number(&b, PILOT_ERROR_RANGE, "/area", area,
                             (pilot_phrase){"面积不得小于0", "an area is 0 or more"});
    quantities q = dwellings(area, 1);
    if (total_of(&p, &q, made.months, &made.total) != PILOT_OK)
        return overflow(&b);
    if (lines && capacity < p.count)
        return too_few_lines(&b, p.count);
    if (lines)
        write_bill_lines(&p, &q, made.months, lines);
    made.rounding = p.rule;
    made.line_count = p.count;
    *bill = made;
    return PILOT_OK;
}

/* A line by the area is rounded by itself; one by the dwelling comes to the same for all. */
static pilot_status add_part(const plan *p, size_t i, int32_t months, pilot_biller *made)
{
    const bool line = p->rule.step == PILOT_ROUND_LINE;
    const int64_t parts = (line ? MICRO_PER_FEN * fen_of(p->rule.unit) : MICRO_PER_PRICE) * p->scale;
    int64_t unit = p->lines[i].unit;
    pilot_money amount;
    pilot_status status;
    if (p->lines[i].basis == PILOT_MENU_PER_HOUSEHOLD) {
        status = line_by_itself(p, unit, months, &amount);
        return status == PILOT_OK ? pilot_add(made->alike, amount, &made->alike) : status;
    }
    status = line ? pilot_multiply(unit, months, &unit) : PILOT_OK;
    if (status == PILOT_OK)
        made->parts[made->count++] =
            pilot_scaling_make(unit, 0, parts, line ? p->rule.mode : PILOT_HALF_UP);
    return status;
}

/* All lines are rounded together. */
static pilot_status add_whole(const plan *p, int32_t months, pilot_biller *made)
{
    const int32_t before = p->rule.step == PILOT_ROUND_BILL ? months : 1;
    int64_t by_area, alike;
    pilot_status status = pilot_multiply(p->per[PILOT_MENU_PER_SQUARE_METRE], before, &by_area);
    if (status == PILOT_OK)
        status = pilot_multiply(p->per[PILOT_MENU_PER_HOUSEHOLD], before, &alike);
    if (status == PILOT_OK)
        made->parts[made->count++] = pilot_scaling_make(
            by_area, alike, MICRO_PER_FEN * p->scale * fen_of(p->rule.unit), p->rule.mode);
    made->fen *= months / before;
    return status;
}

/* A dwelling's bill as total_of gives it, for areas that are not too large. */
static void make_biller(const plan *p, int32_t months, pilot_biller *made)
{
    pilot_status status = PILOT_OK;
    made->count = 0;
    made->fen = fen_of(p->rule.unit);
    made->alike = 0;
    made->greatest = -1;
    made->twice = p->rule.step == PILOT_ROUND_FOUR_DECIMALS;
    if (made->twice)
        made->again = pilot_scaling_make(months, 0, PRICE_PER_FEN * made->fen, p->rule.mode);
    if (rounds_lines(p))
        for (size_t i = 0; status == PILOT_OK && i < p->count; i++)
            status = add_part(p, i, months, made);
    else
        status = add_whole(p, months, made);
    if (status == PILOT_OK)
        pilot_biller_settle(made);
}

static pilot_status bill_block(const plan *p, const pilot_biller *biller, const pilot_area *areas,
                               size_t count, int32_t months, pilot_money *bills)
{
    quantities q = dwellings(0, 1);
    pilot_status status = PILOT_OK;
    if (pilot_biller_takes(biller, areas, count)) {
        pilot_biller_bill(biller, areas, count, bills);
        return PILOT_OK;
    }
    for (size_t i = 0; status == PILOT_OK && i < count; i++) {
        q.of[PILOT_MENU_PER_SQUARE_METRE].value = areas[i];
        status = total_of(p, &q, months, &bills[i]);
    }
    return status;
}

static size_t block_at(size_t at, size_t count)
{
    return count - at < PILOT_BILLS_AT_ONCE ? count - at : PILOT_BILLS_AT_ONCE;
}

static pilot_status add_bills(const plan *p, const pilot_biller *biller, const pilot_area *areas,
                              pilot_bill_sum *sum)
{
    pilot_money bills[PILOT_BILLS_AT_ONCE], least = sum->dwellings ? INT64_MAX : 0, most = 0;
    pilot_status status = PILOT_OK;
    for (size_t at = 0; at < sum->dwellings; at += PILOT_BILLS_AT_ONCE) {
        const size_t n = block_at(at, sum->dwellings);
        status = bill_block(p, biller, areas + at, n, sum->months, bills);
        for (size_t i = 0; status == PILOT_OK && i < n; i++)
            status = pilot_add(sum->of_dwellings, bills[i], &sum->of_dwellings);
        if (status != PILOT_OK)
            return status;
        for (size_t i = 0; i < n; i++) {
            least = bills[i] < least ? bills[i] : least;
            most = bills[i] > most ? bills[i] : most;
        }
    }
    sum->least = least;
    sum->most = most;
    return PILOT_OK;
}

pilot_status pilot_bills_compute(const pilot_menu *menu, const pilot_selection *selection,
                                 const pilot_area *areas, size_t count, pilot_bill_period period,
                                 const pilot_rounding_rule *rule, pilot_bill_sum *sum,
                                 pilot_money *amounts, pilot_error *error)
{
    blame b = {error, "", NULL};
    plan p;
    pilot_biller biller;
    pilot_bill_sum made = {.dwellings = count};
    if (!sum || (count && !areas))
        return null_argument(&b);
    pilot_status status = plan_bill(menu, selection, period, rule, &b, &p, &made.months);
    if (status == PILOT_OK)
        status = sum_dwellings(areas, count, "/areas", &b, &made.area);
    if (status != PILOT_OK)
        return status;
    quantities all = dwellings(made.area, (int64_t)count);
    make_biller(&p, made.months, &biller);
    if (add_bills(&p, &biller, areas, &made) != PILOT_OK ||
        total_of(&p, &all, made.months, &made.of_area) != PILOT_OK)
        return overflow(&b);
    for (size_t at = 0; amounts && at < count; at += PILOT_BILLS_AT_ONCE) /* nothing can fail any more */
        (void)bill_block(&p, &biller, areas + at, block_at(at, count), made.months, amounts + at);
    made.rounding = p.rule;
    made.difference = made.of_dwellings - made.of_area;
    *sum = made;
    return PILOT_OK;
}

/* An amount that is split by area into whole units of its rounding. */
typedef struct split {
    const pilot_area *areas;
    size_t count;
    pilot_area all;
    int64_t units;
    pilot_money fen;   /* of a unit */
    int64_t left;      /* units that the cut parts leave */
    int64_t remainder; /* of those that get one more: this or greater, */
    int64_t equal;     /* and so many of those that have this one */
} split;

/* units x area is known to fit. */
static int64_t remainder_of(const split *s, size_t i)
{
    return s->units * s->areas[i] % s->all;
}

static int64_t count_above(const split *s, int64_t remainder)
{
    int64_t count = 0;
    for (size_t i = 0; i < s->count; i++)
        count += remainder_of(s, i) > remainder;
    return count;
}

/* The least number that no more remainders exceed than units are left: halving finds it without memory.
 */
static void find_remainder(split *s)
{
    int64_t low = 0, high = s->all - 1;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (count_above(s, middle) <= s->left)
            high = middle;
        else
            low = middle + 1;
    }
    s->remainder = low;
    s->equal = s->left - count_above(s, low);
}

static pilot_status make_split(const plan *p, pilot_money total, split *s)
{
    s->fen = fen_of(p->rule.unit);
    s->units = s->left = total / s->fen;
    for (size_t i = 0; i < s->count; i++) {
        int64_t product;
        if (pilot_multiply(s->units, s->areas[i], &product) != PILOT_OK)
            return PILOT_ERROR_OVERFLOW;
        s->left -= s->all ? product / s->all : 0;
    }
    if (s->all)
        find_remainder(s);
    return PILOT_OK;
}

/* The next dwelling's part; they are taken in order. */
static pilot_money next_part(split *s, size_t i)
{
    if (!s->all)
        return 0;
    int64_t units = s->units * s->areas[i] / s->all, remainder = remainder_of(s, i);
    bool more = remainder > s->remainder;
    if (remainder == s->remainder && s->equal > 0) {
        s->equal--;
        more = true;
    }
    return (units + more) * s->fen;
}

static void write_parts(split s, pilot_bill_sum *sum, pilot_money *amounts)
{
    for (size_t i = 0; i < s.count; i++) {
        pilot_money part = next_part(&s, i);
        sum->least = !i || part < sum->least ? part : sum->least;
        sum->most = part > sum->most ? part : sum->most;
        if (amounts)
            amounts[i] = part;
    }
}

static pilot_status split_premises(const plan *p, const pilot_premises *premises, const blame *b,
                                   split *s, pilot_bill_sum *made)
{
    quantities q;
    pilot_status status = take_quantities(premises, b, &q);
    if (status == PILOT_OK && !premises->dwellings)
        return refuse(b, PILOT_ERROR_MISSING_VALUE, dwellings_path, NULL,
                      (pilot_phrase){"账单要分摊到各户，而没有列出住宅",
                                     "a bill is split among dwellings, and none are listed"});
    if (status == PILOT_OK)
        status = need_quantities(p, &q, b);
    if (status != PILOT_OK)
        return status;
    made->dwellings = premises->dwelling_count;
    made->area = q.of[PILOT_MENU_PER_SQUARE_METRE].value;
    *s = (split){.areas = premises->dwellings, .count = made->dwellings, .all = made->area};
    if (total_of(p, &q, made->months, &made->of_area) != PILOT_OK ||
        make_split(p, made->of_area, s) != PILOT_OK)
        return overflow(b);
    if (s->left && !s->all)
        return refuse_number(
            b, PILOT_ERROR_INCONSISTENT, dwellings_path, made->of_area,
            (pilot_phrase){"有这么多分要按面积分摊，而各户面积都为0",
                           "so many fen are to be split by area, and the dwellings have none"});
    return PILOT_OK;
}

pilot_status pilot_bills_apportion(const pilot_menu *menu, const pilot_selection *selection,
                                   const pilot_premises *premises, pilot_bill_period period,
                                   const pilot_rounding_rule *rule, pilot_bill_sum *sum,
                                   pilot_money *amounts, pilot_error *error)
{
    const blame b = {error, "", NULL};
    plan p;
    split s;
    pilot_bill_sum made = {.months = 0};
    if (!sum)
        return null_argument(&b);
    pilot_status status = plan_period(menu, selection, period, rule, &b, &p, &made.months);
    if (status == PILOT_OK)
        status = split_premises(&p, premises, &b, &s, &made);
    if (status != PILOT_OK)
        return status;
    write_parts(s, &made, amounts);
    made.rounding = p.rule;
    made.of_dwellings = made.of_area;
    *sum = made;
    return PILOT_OK;
}

static blame blame_offer(pilot_error *error, size_t i)
{
    blame b = {error, "", NULL};
    snprintf(b.prefix, sizeof b.prefix, "/offers/%zu", i);
    return b;
}

static pilot_status quote_offer(const pilot_menu_offer *offer, size_t i, const pilot_premises *premises,
                                pilot_date day, pilot_error *error, quantities *q, pilot_quote *quote)
{
    plan p;
    blame b = blame_offer(error, i);
    return quote_of(offer->menu, &offer->selection, premises, day, &b, &p, q, quote);
}

static void rank_offers(pilot_offer_quote *quotes, size_t count, const pilot_quote *least,
                        pilot_opt_int households)
{
    for (size_t i = 0; i < count; i++) {
        pilot_offer_quote *row = &quotes[i];
        row->rank = 1;
        for (size_t j = 0; j < count; j++)
            row->rank += quotes[j].quote.year < row->quote.year;
        row->month_more = row->quote.month - least->month;
        row->year_more = row->quote.year - least->year;
        (void)average(row->year_more, 1, households, &row->year_more_per_dwelling);
    }
}

pilot_status pilot_offers_compare(const pilot_menu_offer *offers, size_t count,
                                  const pilot_premises *premises, pilot_date day,
                                  pilot_offer_quote *quotes, pilot_error *error)
{
    const blame b = {error, "", NULL};
    pilot_quote least = {.line_count = 0}, quote;
    quantities q = {.of = {{0, false}}};
    if (!offers || !quotes)
        return null_argument(&b);
    if (count < 2)
        return refuse_number(&b, PILOT_ERROR_RANGE, "/offers", (int64_t)count,
                             (pilot_phrase){"至少要有两份报价", "two offers or more are wanted"});
    for (size_t i = 0; i < count; i++) {
        pilot_status status = quote_offer(&offers[i], i, premises, day, error, &q, &quote);
        if (status != PILOT_OK)
            return status;
        if (!i || quote.year < least.year)
            least = quote;
    }
    for (size_t i = 0; i < count; i++) /* only now that nothing can fail any more */
        (void)quote_offer(&offers[i], i, premises, day, NULL, &q, &quotes[i].quote);
    rank_offers(quotes, count, &least, q.of[PILOT_MENU_PER_HOUSEHOLD]);
    return PILOT_OK;
}

typedef struct search {
    const char *service;
    int64_t grade;
    const quantities *q;
    bool known;       /* some menu has the service */
    pilot_answer end; /* best_is_low of those that have it */
    bool found;
    int64_t exact; /* the least month so far */
    pilot_cheapest best;
} search;

static pilot_status try_grade(search *s, const pilot_price_list *list, const pilot_menu_service *service,
                              const pilot_menu_grade *g, size_t offer)
{
    int64_t unit, exact;
    int64_t scale = service->basis == PILOT_MENU_PER_SQUARE_METRE ? 1 : MICRO_PER_PRICE;
    pilot_status status = pilot_multiply(g->price, scale, &unit);
    if (status == PILOT_OK)
        status = pilot_multiply(unit, s->q->of[service->basis].value, &exact);
    if (status != PILOT_OK)
        return status;
    bool same_but_better = s->found && exact == s->exact && offer == s->best.offer &&
                           pilot_menu_better(list, g->grade, s->best.grade);
    if (s->found && exact >= s->exact && !same_but_better)
        return PILOT_OK;
    s->found = true;
    s->exact = exact;
    s->best = (pilot_cheapest){offer, g->grade, service->basis, g->price, 0};
    return PILOT_OK;
}

static pilot_status search_menu(search *s, const pilot_menu *menu, size_t offer, pilot_date day,
                                const blame *b)
{
    pilot_status status = menu ? in_force_on(menu, day, b) : null_argument(b);
    if (status != PILOT_OK)
        return status;
    const pilot_price_list *list = &menu->list;
    const pilot_menu_service *service = pilot_menu_find_service(list, s->service);
    if (!service)
        return PILOT_OK;
    if (s->known && list->best_is_low != s->end)
        return refuse(
            b, PILOT_ERROR_INCONSISTENT, "/menu", list->id,
            (pilot_phrase){"这份菜单与前面的菜单等级顺序相反",
                           "this menu and one before it count their grades from different ends"});
    s->known = true;
    s->end = list->best_is_low;
    for (size_t i = 0; status == PILOT_OK && i < service->grade_count; i++) {
        const pilot_menu_grade *g = &service->grades[i];
        if (pilot_menu_better(list, s->grade, g->grade))
            continue;
        status = need_quantity(s->q, service->basis, b);
        if (status == PILOT_OK && try_grade(s, list, service, g, offer) != PILOT_OK)
            status = overflow(b);
    }
    return status;
}

pilot_status pilot_cheapest_service(const pilot_menu_offer *offers, size_t count, const char *service,
                                    int64_t grade, const pilot_premises *premises, pilot_date day,
                                    pilot_cheapest *cheapest, pilot_error *error)
{
    return pilot_cheapest_of(offers, count, service, grade, premises, day, "", cheapest, error);
}

pilot_status pilot_cheapest_of(const pilot_menu_offer *offers, size_t count, const char *service,
                               int64_t grade, const pilot_premises *premises, pilot_date day,
                               const char *asked, pilot_cheapest *cheapest, pilot_error *error)
{
    const blame b = {error, "", NULL};
    blame of_asked = b;
    quantities q;
    snprintf(of_asked.prefix, sizeof of_asked.prefix, "%s", asked);
    if (!offers || !service || !cheapest)
        return null_argument(&b);
    if (!count)
        return refuse(&b, PILOT_ERROR_RANGE, "/offers", NULL,
                      (pilot_phrase){"至少要有一份报价", "one offer or more is wanted"});
    if (grade < 1)
        return refuse_number(&of_asked, PILOT_ERROR_RANGE, "/grade", grade,
                             (pilot_phrase){"等级从1开始编号", "grades are numbered from 1"});
    pilot_status status = take_quantities(premises, &b, &q);
    search s = {.service = service, .grade = grade, .q = &q};
    for (size_t i = 0; status == PILOT_OK && i < count; i++) {
        const blame of_offer = blame_offer(error, i);
        status = search_menu(&s, offers[i].menu, i, day, &of_offer);
    }
    if (status != PILOT_OK)
        return status;
    if (!s.known)
        return refuse(&of_asked, PILOT_ERROR_NOT_FOUND, "/service", service,
                      (pilot_phrase){"没有一份报价包含这项服务", "no offer has such a service"});
    if (!s.found)
        return refuse_number(&of_asked, PILOT_ERROR_NOT_FOUND, "/grade", grade,
                             (pilot_phrase){"没有一份报价的这项服务达到这个等级",
                                            "no offer has the service at this grade or a better one"});
    (void)pilot_divide(s.exact, MICRO_PER_FEN, PILOT_HALF_UP, &s.best.month);
    *cheapest = s.best;
    return PILOT_OK;
}
