#include "menu_internal.h"

#include "base/base_internal.h"
#include "record/fields.h"
#include "record/index.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const words kind_words =
    WORD_LIST({0}, {"management", "综合管理", "general management"}, {"cleaning", "保洁", "cleaning"},
              {"order", "秩序维护", "keeping of order"}, {"greening", "绿化养护", "greening"},
              {"shared_equipment", "共用设施设备", "shared equipment"}, {"lift", "电梯", "lifts"},
              {"fire_control", "消防", "fire control"}, {"other", "其他", "other services"});
const words pilot_menu_basis_words =
    WORD_LIST({0}, {"square_metre_month", "每平方米每月", "square metre and month"},
              {"household_month", "每户每月", "household and month"},
              {"building_month", "每栋每月", "building and month"}, {"month", "每月", "month"});

static const words unit_words =
    WORD_LIST({"fen", "分", "fen"}, {"jiao", "角", "jiao"}, {"yuan", "元", "yuan"});
static const words step_words = WORD_LIST(
    {"bill", "整张账单", "the whole bill once"}, {"month", "各月账单", "each month's bill"},
    {"line", "各项", "each line"},
    {"four_decimals", "各项每月先取四位小数", "each line's month to four decimals, then the line"});
const words pilot_price_fault_words =
    WORD_LIST({0}, {"better_is_cheaper", "等级更优而价格更低", "a better grade is cheaper"},
              {"single_price_level", "只有一种价位", "one price level alone"});

WORDED(pilot_service_kind, pilot_service_kind, kind_words)
WORDED(pilot_menu_basis, pilot_menu_basis, pilot_menu_basis_words)
WORDED(pilot_rounding_unit, pilot_rounding_unit, unit_words)
WORDED(pilot_rounding_step, pilot_rounding_step, step_words)
WORDED(pilot_price_fault, pilot_price_fault, pilot_price_fault_words)

static int compare_grades(const void *left, const void *right)
{
    const pilot_menu_grade *a = left, *b = right;
    return (a->grade > b->grade) - (a->grade < b->grade);
}

/* A service's grades by their number, in the order of the list where two have the same. */
typedef struct sorted_grades {
    const void *of[PILOT_MENU_GRADES_MAX];
} sorted_grades;

static void sort_grades(const pilot_menu_service *service, sorted_grades *sorted)
{
    const void *room[PILOT_MENU_GRADES_MAX / 2];
    for (size_t i = 0; i < service->grade_count; i++)
        sorted->of[i] = &service->grades[i];
    pilot_sort(sorted->of, room, service->grade_count, compare_grades);
}

/* The first of the list whose number an earlier one has; NULL where none has. */
static const pilot_menu_grade *repeated_grade(const pilot_menu_service *service)
{
    const pilot_menu_grade *repeated = NULL;
    sorted_grades sorted;
    sort_grades(service, &sorted);
    for (size_t i = 1; i < service->grade_count; i++) {
        const pilot_menu_grade *g = sorted.of[i];
        if (compare_grades(sorted.of[i - 1], g) == 0 && (!repeated || g < repeated))
            repeated = g;
    }
    return repeated;
}

static const record service_record;

static pilot_status check_service(const checker *c, const record_place *at, const void *item)
{
    const pilot_menu_service *s = item;
    const record_place grades = pilot_member(at, "grades");
    pilot_text text;
    if (!pilot_is_good(c, &service_record, offsetof(pilot_menu_service, grades)))
        return PILOT_OK;
    const pilot_menu_grade *repeated = repeated_grade(s);
    if (!repeated)
        return PILOT_OK;
    const record_place grade = {&grades, NULL, (size_t)(repeated - s->grades)},
                       number = pilot_member(&grade, "grade");
    pilot_decimal_text(repeated->grade, 0, &text);
    return pilot_refuse(c->to, &number, PILOT_ERROR_DUPLICATE_ID, text.text, "这项服务已有这个等级",
                        "the service has this grade already");
}

static pilot_status check_discount(const checker *c, const record_place *at, const pilot_menu_package *p)
{
    const record_place discount = pilot_member(at, "discount");
    const pilot_share d = p->discount;
    char text[32];
    snprintf(text, sizeof text, "%d/%d", (int)d.numerator, (int)d.denominator);
    if (!pilot_share_given(d))
        return PILOT_OK;
    if (d.numerator == d.denominator || d.denominator > PILOT_DISCOUNT_DENOMINATOR_MAX)
        return pilot_refuse(c->to, &discount, PILOT_ERROR_RANGE, text, "折扣须小于1，分母不超过一万",
                            "a discount is a fraction in lowest terms, below 1, of ten thousandths or "
                            "coarser");
    if (p->price.known)
        return pilot_refuse(c->to, &discount, PILOT_ERROR_INCONSISTENT, text,
                            "套餐或者自有价格，或者按各项打折，不能两者都有",
                            "a package has a price of its own or a discount on its items, not both");
    return PILOT_OK;
}

static pilot_status check_package(const checker *c, const record_place *at, const void *item)
{
    const pilot_menu_package *p = item;
    const record_place per = pilot_member(at, "per");
    pilot_text text;
    if (p->price.known && p->basis == PILOT_MENU_NO_BASIS)
        return pilot_refuse(c->to, &per, PILOT_ERROR_MISSING_VALUE,
                            pilot_price_text(p->price.value, &text), "价格须说明按什么计",
                            "a price says what it is per");
    if (!p->price.known && p->basis != PILOT_MENU_NO_BASIS)
        return pilot_refuse(c->to, &per, PILOT_ERROR_INCONSISTENT, pilot_menu_basis_name(p->basis),
                            "自有价格的套餐才说明价格按什么计",
                            "only a package with a price of its own says what that is per");
    return check_discount(c, at, p);
}

/* What the items of a list's packages are checked by. chosen_by: service -> 1 + the package that has
 * chosen it last. */
typedef struct list_check {
    const pilot_price_list *list;
    id_index services;
    size_t *chosen_by;
} list_check;

static pilot_status check_item(const checker *c, const list_check *l, size_t package,
                               const record_place *at, const pilot_menu_item *item)
{
    const record_place service = pilot_member(at, "service"), grade = pilot_member(at, "grade");
    const pilot_menu_service *s = pilot_find_id(&l->services, item->service);
    pilot_text text;
    if (!s)
        return pilot_refuse(c->to, &service, PILOT_ERROR_DANGLING_ID, item->service,
                            "菜单中没有这项服务", "the menu has no such service");
    pilot_decimal_text(item->grade, 0, &text);
    if (!pilot_menu_find_grade(s, item->grade))
        return pilot_refuse(c->to, &grade, PILOT_ERROR_DANGLING_ID, text.text, "这项服务没有这个等级",
                            "the service has no such grade");
    size_t *chosen_by = &l->chosen_by[s - l->list->services];
    if (*chosen_by == package + 1)
        return pilot_refuse(c->to, &service, PILOT_ERROR_DUPLICATE_ID, item->service, "套餐已有这项服务",
                            "the package has this service already");
    *chosen_by = package + 1;
    return PILOT_OK;
}

static pilot_status check_items(const checker *c, const list_check *l, size_t package,
                                const record_place *at)
{
    const pilot_menu_package *p = &l->list->packages[package];
    const record_place items = pilot_member(at, "items"),
                       comprehensive = pilot_member(at, "comprehensive");
    record_place here = {&items, NULL, 0};
    for (; here.index < p->item_count; here.index++) {
        pilot_status status = check_item(c, l, package, &here, &p->items[here.index]);
        if (pilot_ends(c->to, status))
            return status;
    }
    if (p->comprehensive == PILOT_ANSWER_YES && p->item_count < l->list->service_count)
        return pilot_refuse(c->to, &comprehensive, PILOT_ERROR_INCONSISTENT, p->id,
                            "综合套餐须含菜单的全部服务",
                            "a comprehensive package has every service of the menu");
    return PILOT_OK;
}

static pilot_status check_menu(const checker *c, const record_place *at, const void *item)
{
    const pilot_price_list *list = item;
    const record_place packages = pilot_member(at, "packages");
    list_check l = {.list = list};
    if (!pilot_is_good(c, &pilot_menu_record, offsetof(pilot_price_list, services)) ||
        !pilot_is_good(c, &pilot_menu_record, offsetof(pilot_price_list, packages)))
        return PILOT_OK;
    l.chosen_by = pilot_arena_take(c->scratch, list->service_count, sizeof *l.chosen_by);
    if (!l.chosen_by || !pilot_index_ids(&l.services, c->scratch, c->scratch, list->services,
                                         sizeof *list->services, list->service_count))
        return pilot_no_memory(c->to);
    record_place here = {&packages, NULL, 0};
    for (; here.index < list->package_count; here.index++) {
        pilot_status status = check_items(c, &l, here.index, &here);
        if (pilot_ends(c->to, status))
            return status;
    }
    return PILOT_OK;
}

static const field rounding_fields[] = {
    REQUIRED(pilot_rounding_rule, mode, "mode", WORD, NULL, "取整方式", "how",
             .of = &pilot_rounding_words, NAMED("取整方式", "rounding mode")),
    REQUIRED(pilot_rounding_rule, unit, "unit", WORD, NULL, "取整单位", "to what", .of = &unit_words,
             NAMED("取整单位", "rounding unit")),
    REQUIRED(
        pilot_rounding_rule, step, "step", WORD, NULL,
        "取整对象，整张账单、各月账单、各项，或各项每月先取四位小数再取整",
        "what: the whole bill once, each month's bill, each line, or each line's month to four decimals "
        "and then the line",
        .of = &step_words, NAMED("取整对象", "what is rounded")),
};
const record pilot_rounding_rule_record =
    RECORD("rounding", pilot_rounding_rule, rounding_fields, "金额取整规则", "how amounts are rounded");

static const field grade_fields[] = {
    REQUIRED(pilot_menu_grade, grade, "grade", COUNT, "5.4-2b", "等级，从1起",
             "number of the grade, from 1", RANGE(1, INT64_MAX)),
    REQUIRED(pilot_menu_grade, price, "yuan", PRICE, "5.4-2b", "单价，每计价单位每月",
             "price per unit and month"),
};
static const record grade_record = RECORD("grades", pilot_menu_grade, grade_fields, "服务标准及其价格",
                                          "a standard of a service and its price");

static const field service_fields[] = {
    REQUIRED(pilot_menu_service, id, "id", ID, NULL, "服务编号，本菜单内使用",
             "names the service in this menu", NAMED("服务编号", "service id")),
    OPTIONAL(pilot_menu_service, name, "name", TEXT, NULL, "服务名称", "for people",
             NAMED("服务名称", "service name")),
    REQUIRED(pilot_menu_service, kind, "kind", WORD, "4.3-3", "服务类别", "what the service is",
             .of = &kind_words),
    REQUIRED(pilot_menu_service, basis, "per", WORD, "4.3-3", "计价单位", "what the prices are per",
             .of = &pilot_menu_basis_words),
    SEVERAL(pilot_menu_service, grades, grade_count, "grades", LIST, "5.4-2b", "可选等级",
            "the standards it is offered at", .of = &grade_record, .required = true,
            RANGE(1, PILOT_MENU_GRADES_MAX)),
};
static const record service_record =
    RECORD("services", pilot_menu_service, service_fields, "可单独选择的服务",
           "a service that can be chosen by itself", .check = check_service, .by_parts = true);

static const field item_fields[] = {
    REQUIRED(pilot_menu_item, service, "service", TEXT, "4.3-3", "服务编号", "id of the service"),
    REQUIRED(pilot_menu_item, grade, "grade", COUNT, "4.3-3", "服务等级", "at this grade"),
};
const record pilot_menu_item_record =
    RECORD("items", pilot_menu_item, item_fields, "某一等级的服务", "a service at a grade");

static const field selection_fields[] = {
    OPTIONAL(pilot_selection, package, "package", TEXT, "4.3-3", "套餐编号",
             "id of a package of the menu"),
    SEVERAL(pilot_selection, items, item_count, "items", LIST, "4.3-3", "单选服务，不在套餐内",
            "services by themselves, none of which is in the package", .of = &pilot_menu_item_record),
};
const record pilot_selection_record =
    RECORD("selection", pilot_selection, selection_fields, "从菜单中所选", "what is chosen from a menu");

static const field package_fields[] = {
    REQUIRED(pilot_menu_package, id, "id", ID, NULL, "套餐编号，本菜单内使用",
             "names the package in this menu", NAMED("套餐编号", "package id")),
    OPTIONAL(pilot_menu_package, name, "name", TEXT, NULL, "套餐名称", "for people",
             NAMED("套餐名称", "package name")),
    OPTIONAL(pilot_menu_package, comprehensive, "comprehensive", ANSWER, "4.3-3",
             "综合套餐，含菜单全部服务", "it has every service of the menu"),
    SEVERAL(pilot_menu_package, items, item_count, "items", LIST, "4.3-3", "套餐内服务",
            "what it is made of", .of = &pilot_menu_item_record, .required = true, RANGE(1, INT64_MAX)),
    OPTIONAL(pilot_menu_package, price, "yuan", PRICE, "4.3-3",
             "套餐单价，每计价单位每月，不填为各项之和",
             "price per unit and month; left out: the sum of its items"),
    OPTIONAL(pilot_menu_package, basis, "per", WORD, "4.3-3", "套餐计价单位", "what that price is per",
             .of = &pilot_menu_basis_words),
    OPTIONAL(pilot_menu_package, discount, "discount", SHARE, "4.3-3", "优惠比例，从各项之和中减去",
             "off the sum of its items"),
};
static const record package_record = RECORD("packages", pilot_menu_package, package_fields, "服务套餐",
                                            "a named combination of services", .check = check_package);

static const field menu_fields[] = {
    REQUIRED(pilot_price_list, id, "id", ID, NULL, "菜单编号", "names the menu",
             NAMED("菜单编号", "menu id")),
    OPTIONAL(pilot_price_list, name, "name", TEXT, NULL, "菜单名称", "for people",
             NAMED("菜单名称", "menu name")),
    OPTIONAL(pilot_price_list, valid_from, "valid_from", DATE, NULL, "有效期首日",
             "first day it is in force"),
    OPTIONAL(pilot_price_list, valid_to, "valid_to", DATE, NULL, "有效期末日", "last day it is in force",
             NOT_BEFORE(pilot_price_list, valid_from)),
    REQUIRED(pilot_price_list, best_is_low, "best_is_low", ANSWER, "5.4-2b",
             "等级1为最高，否则等级数大者为高", "grade 1 is the best, not the highest grade"),
    OPTIONAL(pilot_price_list, rounding, "rounding", RECORD, NULL,
             "账单取整规则，不填为每张账单一次四舍五入到分",
             "how bills are rounded; left out: half up to the fen, once a bill",
             .of = &pilot_rounding_rule_record),
    SEVERAL(pilot_price_list, services, service_count, "services", LIST, "4.3-3", "可选服务",
            "what can be chosen", .of = &service_record, .required = true,
            RANGE(1, PILOT_MENU_SERVICES_MAX)),
    SEVERAL(pilot_price_list, packages, package_count, "packages", LIST, "4.3-3", "可选套餐",
            "what can be chosen as a whole", .of = &package_record, RANGE(0, PILOT_MENU_PACKAGES_MAX)),
};
const record pilot_menu_record =
    RECORD("menus", pilot_price_list, menu_fields, "服务菜单及价格",
           "a menu of services and their prices", .check = check_menu, .by_parts = true);

static bool same_id(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

const pilot_menu_service *pilot_menu_find_service(const pilot_price_list *list, const char *id)
{
    for (size_t i = 0; i < list->service_count; i++)
        if (same_id(list->services[i].id, id))
            return &list->services[i];
    return NULL;
}

const pilot_menu_package *pilot_menu_find_package(const pilot_price_list *list, const char *id)
{
    for (size_t i = 0; i < list->package_count; i++)
        if (same_id(list->packages[i].id, id))
            return &list->packages[i];
    return NULL;
}

const pilot_menu_item *pilot_menu_find_item(const pilot_menu_item *items, size_t count,
                                            const char *service)
{
    for (size_t i = 0; i < count; i++)
        if (same_id(items[i].service, service))
            return &items[i];
    return NULL;
}

const pilot_menu_grade *pilot_menu_find_grade(const pilot_menu_service *service, int64_t grade)
{
    for (size_t i = 0; i < service->grade_count; i++)
        if (service->grades[i].grade == grade)
            return &service->grades[i];
    return NULL;
}

bool pilot_menu_better(const pilot_price_list *list, int64_t a, int64_t b)
{
    return list->best_is_low == PILOT_ANSWER_YES ? a < b : a > b;
}

bool pilot_rounding_rule_valid(const pilot_rounding_rule *rule)
{
    return (unsigned)rule->mode <= PILOT_HALF_EVEN && (unsigned)rule->unit <= PILOT_TO_YUAN &&
           (unsigned)rule->step <= PILOT_ROUND_FOUR_DECIMALS;
}

const container pilot_menu_container = {.type = &pilot_menu_record,
                                        .size = sizeof(owned_menu),
                                        .record = offsetof(owned_menu, menu.list),
                                        .memory = offsetof(owned_menu, memory)};

pilot_status pilot_menu_new(const pilot_price_list *list, pilot_menu **menu, pilot_error *error)
{
    problems first = pilot_first_problem(error);
    if (!list || !menu)
        return pilot_refuse(&first, NULL, PILOT_ERROR_ARGUMENT, NULL, "清单或存放菜单之处为空指针",
                            "list or menu is NULL");
    return pilot_container_new(&pilot_menu_container, list, menu, &first);
}

/* Nobody else gives out a menu to be released. */
void pilot_menu_free(pilot_menu *menu)
{
    pilot_container_free(&pilot_menu_container, menu);
}

const pilot_price_list *pilot_menu_prices(const pilot_menu *menu)
{
    return &menu->list;
}

typedef struct violations {
    pilot_price_violation *rows;
    size_t count;
} violations;

static void add_violation(violations *v, pilot_price_violation row)
{
    if (v->rows)
        v->rows[v->count] = row;
    v->count++;
}

/* The worst of the grades that are better than the one of this place in their order; NULL where there is
 * none. */
static const pilot_menu_grade *next_better(const pilot_price_list *list, const pilot_menu_service *s,
                                           const sorted_grades *sorted, size_t place)
{
    if (list->best_is_low == PILOT_ANSWER_YES)
        return place ? sorted->of[place - 1] : NULL;
    return place + 1 < s->grade_count ? sorted->of[place + 1] : NULL;
}

static void check_quality(const pilot_price_list *list, const pilot_menu_service *s, violations *v)
{
    const pilot_menu_grade *better_than[PILOT_MENU_GRADES_MAX];
    sorted_grades sorted;
    sort_grades(s, &sorted);
    for (size_t i = 0; i < s->grade_count; i++)
        better_than[(const pilot_menu_grade *)sorted.of[i] - s->grades] =
            next_better(list, s, &sorted, i);
    for (size_t i = 0; i < s->grade_count; i++) {
        const pilot_menu_grade *g = &s->grades[i], *better = better_than[i];
        if (better && better->price < g->price)
            add_violation(v, (pilot_price_violation){PILOT_BETTER_IS_CHEAPER, s->id, g->grade,
                                                     better->grade, g->price, better->price});
    }
}

static bool has_levels(const pilot_price_list *list)
{
    for (size_t i = 0; i < list->service_count; i++)
        for (size_t j = 1; j < list->services[i].grade_count; j++)
            if (list->services[i].grades[j].price != list->services[i].grades[0].price)
                return true;
    const pilot_menu_package *first[PILOT_MENU_BASIS_COUNT] = {NULL}; /* that has a price per it */
    for (size_t i = 0; i < list->package_count; i++) {
        const pilot_menu_package *p = &list->packages[i];
        if (p->price.known && first[p->basis] && p->price.value != first[p->basis]->price.value)
            return true;
        if (p->price.known && !first[p->basis])
            first[p->basis] = p;
    }
    return false;
}

pilot_status pilot_menu_check_prices(const pilot_menu *menu, pilot_price_violation *rows,
                                     size_t capacity, size_t *count)
{
    if (!menu || !count)
        return PILOT_ERROR_ARGUMENT;
    const pilot_price_list *list = &menu->list;
    for (int writing = 0; writing < 2; writing++) { /* counts first: a failure leaves rows untouched */
        violations v = {writing ? rows : NULL, 0};
        for (size_t i = 0; i < list->service_count; i++)
            check_quality(list, &list->services[i], &v);
        if (!has_levels(list))
            add_violation(&v, (pilot_price_violation){.fault = PILOT_SINGLE_PRICE_LEVEL});
        if (rows && v.count > capacity)
            return PILOT_ERROR_CAPACITY;
        *count = v.count;
    }
    return PILOT_OK;
}
