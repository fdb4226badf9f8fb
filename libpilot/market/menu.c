#include "menu_internal.h"

#include "base/base_internal.h"
#include "record/fields.h"
#include "record/index.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const words kind_words = WORD_LIST(
    {0}, {"management", "", ""}, {"cleaning", "", ""}, {"order", "", ""}, {"greening", "", ""},
    {"shared_equipment", "", ""}, {"lift", "", ""}, {"fire_control", "", ""}, {"other", "", ""});
const words pilot_menu_basis_words =
    WORD_LIST({0}, {"square_metre_month", "", ""}, {"household_month", "", ""},
              {"building_month", "", ""}, {"month", "", ""});

const char *pilot_service_kind_name(pilot_service_kind kind)
{
    return pilot_word_name(&kind_words, (int32_t)kind);
}

const char *pilot_menu_basis_name(pilot_menu_basis basis)
{
    return pilot_word_name(&pilot_menu_basis_words, (int32_t)basis);
}

static const field rounding_fields[] = {
    REQUIRED(pilot_rounding_rule, mode, "mode", WORD, NULL, "", "how",
             .of = WORDS({"half_up", "", ""}, {"up", "", ""}, {"down", "", ""}, {"half_even", "", ""})),
    REQUIRED(pilot_rounding_rule, unit, "unit", WORD, NULL, "", "to what",
             .of = WORDS({"fen", "", ""}, {"jiao", "", ""}, {"yuan", "", ""})),
    REQUIRED(
        pilot_rounding_rule, step, "step", WORD, NULL, "",
        "what: the whole bill once, each month's bill, each line, or each line's month to four decimals "
        "and then the line",
        .of = WORDS({"bill", "", ""}, {"month", "", ""}, {"line", "", ""}, {"four_decimals", "", ""})),
};
const record pilot_rounding_rule_record = {"rounding", sizeof(pilot_rounding_rule),
                                           FIELDS(rounding_fields), "", "how amounts are rounded"};

static const field grade_fields[] = {
    REQUIRED(pilot_menu_grade, grade, "grade", COUNT, "5.4-2b", "", "number of the grade, from 1"),
    REQUIRED(pilot_menu_grade, price, "yuan", PRICE, "5.4-2b", "", "price per unit and month"),
};
static const record grade_record = {"grades", sizeof(pilot_menu_grade), FIELDS(grade_fields), "",
                                    "a standard of a service and its price"};

static const field service_fields[] = {
    REQUIRED(pilot_menu_service, id, "id", ID, NULL, "", "names the service in this menu"),
    OPTIONAL(pilot_menu_service, name, "name", TEXT, NULL, "", "for people"),
    REQUIRED(pilot_menu_service, kind, "kind", WORD, "4.3-3", "", "what the service is",
             .of = &kind_words),
    REQUIRED(pilot_menu_service, basis, "per", WORD, "4.3-3", "", "what the prices are per",
             .of = &pilot_menu_basis_words),
    SEVERAL(pilot_menu_service, grades, grade_count, "grades", LIST, "5.4-2b", "",
            "the standards it is offered at", .of = &grade_record, .required = true),
};
static const record service_record = {"services", sizeof(pilot_menu_service), FIELDS(service_fields), "",
                                      "a service that can be chosen by itself"};

static const field item_fields[] = {
    REQUIRED(pilot_menu_item, service, "service", TEXT, "4.3-3", "", "id of the service"),
    REQUIRED(pilot_menu_item, grade, "grade", COUNT, "4.3-3", "", "at this grade"),
};
const record pilot_menu_item_record = {"items", sizeof(pilot_menu_item), FIELDS(item_fields), "",
                                       "a service at a grade"};

static const field selection_fields[] = {
    OPTIONAL(pilot_selection, package, "package", TEXT, "4.3-3", "", "id of a package of the menu"),
    SEVERAL(pilot_selection, items, item_count, "items", LIST, "4.3-3", "",
            "services by themselves, none of which is in the package", .of = &pilot_menu_item_record),
};
const record pilot_selection_record = {"selection", sizeof(pilot_selection), FIELDS(selection_fields),
                                       "", "what is chosen from a menu"};

static const field package_fields[] = {
    REQUIRED(pilot_menu_package, id, "id", ID, NULL, "", "names the package in this menu"),
    OPTIONAL(pilot_menu_package, name, "name", TEXT, NULL, "", "for people"),
    OPTIONAL(pilot_menu_package, comprehensive, "comprehensive", ANSWER, "4.3-3", "",
             "it has every service of the menu"),
    SEVERAL(pilot_menu_package, items, item_count, "items", LIST, "4.3-3", "", "what it is made of",
            .of = &pilot_menu_item_record, .required = true),
    OPTIONAL(pilot_menu_package, price, "yuan", PRICE, "4.3-3", "",
             "price per unit and month; left out: the sum of its items"),
    OPTIONAL(pilot_menu_package, basis, "per", WORD, "4.3-3", "", "what that price is per",
             .of = &pilot_menu_basis_words),
    OPTIONAL(pilot_menu_package, discount, "discount", SHARE, "4.3-3", "", "off the sum of its items"),
};
static const record package_record = {"packages", sizeof(pilot_menu_package), FIELDS(package_fields), "",
                                      "a named combination of services"};

static const field menu_fields[] = {
    REQUIRED(pilot_price_list, id, "id", ID, NULL, "", "names the menu"),
    OPTIONAL(pilot_price_list, name, "name", TEXT, NULL, "", "for people"),
    OPTIONAL(pilot_price_list, valid_from, "valid_from", DATE, NULL, "", "first day it is in force"),
    OPTIONAL(pilot_price_list, valid_to, "valid_to", DATE, NULL, "", "last day it is in force"),
    REQUIRED(pilot_price_list, best_is_low, "best_is_low", ANSWER, "5.4-2b", "",
             "grade 1 is the best, not the highest grade"),
    OPTIONAL(pilot_price_list, rounding, "rounding", RECORD, NULL, "",
             "how bills are rounded; left out: half up to the fen, once a bill",
             .of = &pilot_rounding_rule_record),
    SEVERAL(pilot_price_list, services, service_count, "services", LIST, "4.3-3", "",
            "what can be chosen", .of = &service_record, .required = true),
    SEVERAL(pilot_price_list, packages, package_count, "packages", LIST, "4.3-3", "",
            "what can be chosen as a whole", .of = &package_record),
};
const record pilot_menu_record = {"menus", sizeof(pilot_price_list), FIELDS(menu_fields), "",
                                  "a menu of services and their prices"};

const pilot_menu_service *pilot_menu_find_service(const pilot_price_list *list, const char *id)
{
    for (size_t i = 0; i < list->service_count; i++)
        if (strcmp(list->services[i].id, id) == 0)
            return &list->services[i];
    return NULL;
}

const pilot_menu_package *pilot_menu_find_package(const pilot_price_list *list, const char *id)
{
    for (size_t i = 0; i < list->package_count; i++)
        if (strcmp(list->packages[i].id, id) == 0)
            return &list->packages[i];
    return NULL;
}

const pilot_menu_item *pilot_menu_find_item(const pilot_menu_item *items, size_t count,
                                            const char *service)
{
    for (size_t i = 0; service && i < count; i++)
        if (items[i].service && strcmp(items[i].service, service) == 0)
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

#if defined(__GNUC__)
__attribute__((format(printf, 5, 6)))
#endif
static pilot_status
refuse(pilot_error *error, pilot_status status, const char *value, const char *why, const char *path,
       ...)
{
    char place[96];
    pilot_excerpt excerpt;
    va_list arguments;
    va_start(arguments, path);
    vsnprintf(place, sizeof place, path, arguments);
    va_end(arguments);
    pilot_error_set(error, status, value, "\"%s\" is refused: %s", pilot_excerpt_of(value, &excerpt),
                    why);
    pilot_error_place(error, "%s", place);
    return status;
}

static const char *number_text(int64_t number, pilot_text *text)
{
    snprintf(text->text, sizeof text->text, "%lld", (long long)number);
    return text->text;
}

static pilot_status check_day(const pilot_opt_date *day, const char *key, pilot_error *error)
{
    pilot_text text;
    if (!pilot_is_bool(&day->known))
        return PILOT_ERROR_ARGUMENT;
    if (!day->known || pilot_date_valid(day->value))
        return PILOT_OK;
    return refuse(error, PILOT_ERROR_RANGE, number_text(day->value, &text),
                  "a date is days since 1970-01-01, within the years 1900 to 2200", "/%s", key);
}

static pilot_status check_terms(const pilot_price_list *list, pilot_error *error)
{
    pilot_text text;
    if (!list->id)
        return PILOT_ERROR_ARGUMENT;
    if (!*list->id)
        return refuse(error, PILOT_ERROR_MISSING_VALUE, "", "an id is not empty", "/id");
    pilot_status status = check_day(&list->valid_from, "valid_from", error);
    if (status == PILOT_OK)
        status = check_day(&list->valid_to, "valid_to", error);
    if (status != PILOT_OK)
        return status;
    if (list->valid_from.known && list->valid_to.known && list->valid_to.value < list->valid_from.value)
        return refuse(error, PILOT_ERROR_ORDER, pilot_date_text(list->valid_to.value, &text),
                      "a menu's last day is not before its first", "/valid_to");
    if (list->best_is_low == PILOT_ANSWER_UNKNOWN)
        return refuse(error, PILOT_ERROR_MISSING_VALUE, "",
                      "a menu says which end of its grades is the best", "/best_is_low");
    if ((unsigned)list->best_is_low > PILOT_ANSWER_YES)
        return refuse(error, PILOT_ERROR_RANGE, number_text((int64_t)list->best_is_low, &text),
                      "the answer is yes or no", "/best_is_low");
    if (!pilot_rounding_rule_valid(&list->rounding))
        return refuse(error, PILOT_ERROR_RANGE, "", "a mode, unit and step of rounding are wanted",
                      "/rounding");
    return PILOT_OK;
}

/* A list under its check. What the check sorts comes from the scratch, and goes with it. */
typedef struct list_check {
    const pilot_price_list *list;
    arena scratch;
    id_index services;
    size_t *chosen_by; /* service -> 1 + the package that has chosen it last */
    size_t repeated_service, repeated_package;
} list_check;

static pilot_status no_memory(pilot_error *error)
{
    return pilot_error_set(error, PILOT_ERROR_MEMORY, NULL, "no memory for the menu");
}

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

static pilot_status check_grades(const pilot_menu_service *service, size_t i, pilot_error *error)
{
    const pilot_menu_grade *repeated = repeated_grade(service);
    pilot_text text;
    for (size_t j = 0; j < service->grade_count; j++) {
        const pilot_menu_grade *g = &service->grades[j];
        if (g->grade < 1)
            return refuse(error, PILOT_ERROR_RANGE, number_text(g->grade, &text),
                          "grades are numbered from 1", "/services/%zu/grades/%zu/grade", i, j);
        if (g->price < 0)
            return refuse(error, PILOT_ERROR_RANGE, pilot_price_text(g->price, &text),
                          "a price is 0 or more", "/services/%zu/grades/%zu/yuan", i, j);
        if (g == repeated)
            return refuse(error, PILOT_ERROR_DUPLICATE_ID, number_text(g->grade, &text),
                          "the service has this grade already", "/services/%zu/grades/%zu/grade", i, j);
    }
    return PILOT_OK;
}

static pilot_status check_service(const list_check *check, size_t i, pilot_error *error)
{
    const pilot_menu_service *s = &check->list->services[i];
    pilot_text text;
    if (!*s->id)
        return refuse(error, PILOT_ERROR_MISSING_VALUE, "", "an id is not empty", "/services/%zu/id", i);
    if (i == check->repeated_service)
        return refuse(error, PILOT_ERROR_DUPLICATE_ID, s->id, "the menu has this service already",
                      "/services/%zu/id", i);
    if (!pilot_word_name(&kind_words, (int32_t)s->kind))
        return refuse(error, PILOT_ERROR_RANGE, number_text((int64_t)s->kind, &text),
                      "it is none of the kinds of service", "/services/%zu/kind", i);
    if (!pilot_word_name(&pilot_menu_basis_words, (int32_t)s->basis))
        return refuse(error, PILOT_ERROR_RANGE, number_text((int64_t)s->basis, &text),
                      "it is none of what a price can be per", "/services/%zu/per", i);
    if (!s->grade_count)
        return refuse(error, PILOT_ERROR_MISSING_VALUE, s->id, "the service has no grade and no price",
                      "/services/%zu/grades", i);
    if (s->grade_count > PILOT_MENU_GRADES_MAX)
        return refuse(error, PILOT_ERROR_RANGE, number_text((int64_t)s->grade_count, &text),
                      "a service has 100 grades at most", "/services/%zu/grades", i);
    return check_grades(s, i, error);
}

static pilot_status check_services(list_check *check, pilot_error *error)
{
    const pilot_price_list *list = check->list;
    size_t first;
    pilot_text text;
    if (!list->service_count)
        return refuse(error, PILOT_ERROR_MISSING_VALUE, list->id, "the menu has no service",
                      "/services");
    if (list->service_count > PILOT_MENU_SERVICES_MAX)
        return refuse(error, PILOT_ERROR_RANGE, number_text((int64_t)list->service_count, &text),
                      "a menu has 64 services at most", "/services");
    for (size_t i = 0; i < list->service_count; i++) {
        const pilot_menu_service *s = &list->services[i];
        if (!s->id || (s->grade_count && !s->grades))
            return PILOT_ERROR_ARGUMENT;
    }
    if (!pilot_index_ids(&check->services, &check->scratch, &check->scratch, list->services,
                         sizeof *list->services, list->service_count))
        return no_memory(error);
    if (!pilot_repeated_id(&check->services, list->services, sizeof *list->services,
                           &check->repeated_service, &first))
        check->repeated_service = SIZE_MAX;
    pilot_status status = PILOT_OK;
    for (size_t i = 0; status == PILOT_OK && i < list->service_count; i++)
        status = check_service(check, i, error);
    return status;
}

static pilot_status check_item(const list_check *check, size_t i, size_t j, pilot_error *error)
{
    const pilot_menu_package *p = &check->list->packages[i];
    const pilot_menu_item *item = &p->items[j];
    pilot_text text;
    const pilot_menu_service *s = pilot_find_id(&check->services, item->service);
    if (!s)
        return refuse(error, PILOT_ERROR_DANGLING_ID, item->service, "the menu has no such service",
                      "/packages/%zu/items/%zu/service", i, j);
    if (!pilot_menu_find_grade(s, item->grade))
        return refuse(error, PILOT_ERROR_DANGLING_ID, number_text(item->grade, &text),
                      "the service has no such grade", "/packages/%zu/items/%zu/grade", i, j);
    size_t *chosen_by = &check->chosen_by[s - check->list->services];
    if (*chosen_by == i + 1)
        return refuse(error, PILOT_ERROR_DUPLICATE_ID, item->service,
                      "the package has this service already", "/packages/%zu/items/%zu/service", i, j);
    *chosen_by = i + 1;
    return PILOT_OK;
}

static pilot_status check_discount(const pilot_menu_package *p, size_t i, pilot_error *error)
{
    pilot_share d = p->discount, reduced;
    char text[32];
    snprintf(text, sizeof text, "%d/%d", (int)d.numerator, (int)d.denominator);
    if (!pilot_share_given(d) && d.numerator == 0)
        return PILOT_OK;
    if (pilot_share_make(d.numerator, d.denominator, &reduced) != PILOT_OK ||
        reduced.denominator != d.denominator || d.numerator == d.denominator ||
        d.denominator > PILOT_DISCOUNT_DENOMINATOR_MAX)
        return refuse(error, PILOT_ERROR_RANGE, text,
                      "a discount is a fraction in lowest terms, below 1, of ten thousandths or coarser",
                      "/packages/%zu/discount", i);
    if (p->price.known)
        return refuse(error, PILOT_ERROR_INCONSISTENT, text,
                      "a package has a price of its own or a discount on its items, not both",
                      "/packages/%zu/discount", i);
    return PILOT_OK;
}

static pilot_status check_price(const pilot_menu_package *p, size_t i, pilot_error *error)
{
    pilot_text text;
    if (!pilot_is_bool(&p->price.known))
        return PILOT_ERROR_ARGUMENT;
    if (p->price.known && p->price.value < 0)
        return refuse(error, PILOT_ERROR_RANGE, pilot_price_text(p->price.value, &text),
                      "a price is 0 or more", "/packages/%zu/yuan", i);
    if (p->basis != PILOT_MENU_NO_BASIS && !pilot_menu_basis_name(p->basis))
        return refuse(error, PILOT_ERROR_RANGE, number_text((int64_t)p->basis, &text),
                      "it is none of what a price can be per", "/packages/%zu/per", i);
    if (p->price.known && p->basis == PILOT_MENU_NO_BASIS)
        return refuse(error, PILOT_ERROR_MISSING_VALUE, pilot_price_text(p->price.value, &text),
                      "a price says what it is per", "/packages/%zu/per", i);
    if (!p->price.known && p->basis != PILOT_MENU_NO_BASIS)
        return refuse(error, PILOT_ERROR_INCONSISTENT, pilot_menu_basis_name(p->basis),
                      "only a package with a price of its own says what that is per",
                      "/packages/%zu/per", i);
    return check_discount(p, i, error);
}

static pilot_status check_package(const list_check *check, size_t i, pilot_error *error)
{
    const pilot_price_list *list = check->list;
    const pilot_menu_package *p = &list->packages[i];
    pilot_text text;
    pilot_status status = PILOT_OK;
    if (!*p->id)
        return refuse(error, PILOT_ERROR_MISSING_VALUE, "", "an id is not empty", "/packages/%zu/id", i);
    if (i == check->repeated_package)
        return refuse(error, PILOT_ERROR_DUPLICATE_ID, p->id, "the menu has this package already",
                      "/packages/%zu/id", i);
    if (!p->item_count)
        return refuse(error, PILOT_ERROR_MISSING_VALUE, p->id, "the package has no items",
                      "/packages/%zu/items", i);
    for (size_t j = 0; status == PILOT_OK && j < p->item_count; j++)
        status = check_item(check, i, j, error);
    if (status != PILOT_OK)
        return status;
    if ((unsigned)p->comprehensive > PILOT_ANSWER_YES)
        return refuse(error, PILOT_ERROR_RANGE, number_text((int64_t)p->comprehensive, &text),
                      "the answer is yes, no or not known", "/packages/%zu/comprehensive", i);
    if (p->comprehensive == PILOT_ANSWER_YES && p->item_count < list->service_count)
        return refuse(error, PILOT_ERROR_INCONSISTENT, p->id,
                      "a comprehensive package has every service of the menu",
                      "/packages/%zu/comprehensive", i);
    return check_price(p, i, error);
}

static pilot_status check_packages(list_check *check, pilot_error *error)
{
    const pilot_price_list *list = check->list;
    id_index packages;
    size_t first;
    pilot_text text;
    if (list->package_count > PILOT_MENU_PACKAGES_MAX)
        return refuse(error, PILOT_ERROR_RANGE, number_text((int64_t)list->package_count, &text),
                      "a menu has 1000 packages at most", "/packages");
    for (size_t i = 0; i < list->package_count; i++) {
        const pilot_menu_package *p = &list->packages[i];
        if (!p->id || (p->item_count && !p->items))
            return PILOT_ERROR_ARGUMENT;
        for (size_t j = 0; j < p->item_count; j++)
            if (!p->items[j].service)
                return PILOT_ERROR_ARGUMENT;
    }
    check->chosen_by = pilot_arena_take(&check->scratch, list->service_count, sizeof *check->chosen_by);
    if (!check->chosen_by ||
        !pilot_index_ids(&packages, &check->scratch, &check->scratch, list->packages,
                         sizeof *list->packages, list->package_count))
        return no_memory(error);
    if (!pilot_repeated_id(&packages, list->packages, sizeof *list->packages, &check->repeated_package,
                           &first))
        check->repeated_package = SIZE_MAX;
    pilot_status status = PILOT_OK;
    for (size_t i = 0; status == PILOT_OK && i < list->package_count; i++)
        status = check_package(check, i, error);
    return status;
}

pilot_status pilot_price_list_check(const pilot_price_list *list, pilot_error *error)
{
    list_check check = {.list = list};
    pilot_status status = PILOT_ERROR_ARGUMENT;
    if ((list->services || !list->service_count) && (list->packages || !list->package_count))
        status = check_terms(list, error);
    if (status == PILOT_OK)
        status = check_services(&check, error);
    if (status == PILOT_OK)
        status = check_packages(&check, error);
    pilot_arena_free(&check.scratch);
    if (status == PILOT_ERROR_ARGUMENT)
        pilot_error_set(error, status, NULL, "an id or a list of the menu is NULL, or a bool is none");
    return status;
}

static bool adopt(arena *memory, const record *type, void *item);

static bool adopt_text(arena *memory, const field *f, void *item)
{
    const char **text = field_at(item, f);
    if (!*text)
        return true;
    *text = pilot_arena_copy(memory, *text);
    return *text;
}

static bool adopt_list(arena *memory, const field *f, void *item)
{
    const record *of = f->of;
    const char *from;
    size_t count;
    memcpy(&from, field_at(item, f), sizeof from);
    memcpy(&count, (char *)item + f->count_offset, sizeof count);
    if (!from)
        return true;
    char *own = pilot_arena_take(memory, count, of->size);
    if (!own)
        return false;
    memcpy(own, from, count * of->size);
    memcpy(field_at(item, f), &own, sizeof own);
    for (size_t i = 0; i < count; i++)
        if (!adopt(memory, of, own + i * of->size))
            return false;
    return true;
}

/* Puts copies in the arena in the place of all that the item points at; false when memory runs out. */
static bool adopt(arena *memory, const record *type, void *item)
{
    for (size_t i = 0; i < type->field_count; i++) {
        const field *f = &type->fields[i];
        if ((f->kind == FIELD_TEXT || f->kind == FIELD_ID) && !adopt_text(memory, f, item))
            return false;
        if (f->kind == FIELD_LIST && !adopt_list(memory, f, item))
            return false;
    }
    return true;
}

pilot_status pilot_menu_new(const pilot_price_list *list, pilot_menu **menu, pilot_error *error)
{
    if (!list || !menu)
        return pilot_error_set(error, PILOT_ERROR_ARGUMENT, NULL, "list or menu is NULL");
    pilot_status status = pilot_price_list_check(list, error);
    if (status != PILOT_OK)
        return status;
    owned_menu *made = calloc(1, sizeof *made);
    if (made)
        made->menu.list = *list;
    if (!made || !adopt(&made->memory, &pilot_menu_record, &made->menu.list)) {
        pilot_menu_free(made ? &made->menu : NULL);
        return pilot_error_set(error, PILOT_ERROR_MEMORY, NULL, "no memory for the menu");
    }
    *menu = &made->menu;
    return PILOT_OK;
}

void pilot_menu_free(pilot_menu *menu)
{
    owned_menu *owned = (owned_menu *)(void *)menu; /* nobody else gives out a menu to be released */
    if (!owned)
        return;
    pilot_arena_free(&owned->memory);
    free(owned);
}

const pilot_price_list *pilot_menu_prices(const pilot_menu *menu)
{
    return &menu->list;
}

typedef struct violations {
    pilot_price_violation *rows;
    size_t capacity, count;
} violations;

static void add_violation(violations *v, pilot_price_violation row)
{
    if (v->rows && v->count < v->capacity)
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
        violations v = {writing ? rows : NULL, capacity, 0};
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
