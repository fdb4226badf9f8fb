#include "cover.h"

#include "base/base_internal.h"
#include "record/index.h"
#include "market/menu_internal.h"

#include <stdint.h>
#include <string.h>

static const char unchosen_key[] = "contracts/selection", unsigned_key[] = "contracts/signed_on";

pilot_selection pilot_cover_selection(const cover *c)
{
    switch (c->part) {
    case COVER_ITEM:
        return (pilot_selection){NULL, c->item, 1};
    case COVER_ALL:
        return c->contract->selection;
    default:
        return (pilot_selection){c->contract->selection.package, NULL, 0};
    }
}

static const pilot_menu_package *package_of(const pilot_contract *c)
{
    const char *id = c->selection.package;
    return id ? pilot_menu_find_package(pilot_menu_prices(c->menu), id) : NULL;
}

static bool chooses(const pilot_contract *c)
{
    return c->selection.package || pilot_listed(c->selection.items, c->selection.item_count);
}

/* By name, then by the day of signing, not known first. */
static int compare_covers(const void *left, const void *right)
{
    const cover *a = left, *b = right;
    const pilot_opt_date *day_a = &a->contract->signed_on, *day_b = &b->contract->signed_on;
    int order = pilot_compare_texts(a->service, b->service);
    if (order)
        return order;
    if (day_a->known != day_b->known)
        return day_a->known ? 1 : -1;
    return day_a->known ? (day_a->value > day_b->value) - (day_a->value < day_b->value) : 0;
}

static size_t most_covers(const pilot_contract *c)
{
    const pilot_menu_package *package = c->menu && chooses(c) ? package_of(c) : NULL;
    return c->menu && chooses(c) ? c->selection.item_count + 2 + (package ? package->item_count : 0) : 0;
}

/* The part that goes before the others comes last, and sorting leaves it there. */
static cover *add_covers(cover *next, const pilot_contract *c)
{
    const pilot_selection *all = &c->selection;
    const pilot_menu_package *package = package_of(c);
    if (all->package)
        *next++ = (cover){all->package, c, NULL, COVER_PACKAGE};
    for (size_t i = 0; package && i < package->item_count; i++)
        *next++ = (cover){package->items[i].service, c, NULL, COVER_PACKAGE};
    *next++ = (cover){pilot_menu_prices(c->menu)->id, c, NULL, COVER_ALL};
    for (size_t left = all->item_count; left > 0; left--)
        *next++ = (cover){all->items[left - 1].service, c, &all->items[left - 1], COVER_ITEM};
    return next;
}

static bool signed_by(const pilot_contract *c, pilot_month month)
{
    return !c->signed_on.known || pilot_month_of(c->signed_on.value) <= month;
}

/* Charges from the month on may have been made under a contract of which only the menu is known. */
static pilot_month unchosen_from(const pilot_residential_area *area)
{
    pilot_month first = INT32_MAX;
    for (size_t i = 0; i < area->contract_count; i++) {
        const pilot_contract *c = &area->contracts[i];
        pilot_month month = c->signed_on.known ? pilot_month_of(c->signed_on.value) : INT32_MIN;
        if (c->menu && !chooses(c) && month < first)
            first = month;
    }
    return first;
}

bool pilot_covers_make(covers *made, arena *memory, arena *scratch, const pilot_residential_area *area)
{
    size_t most = 0;
    for (size_t i = 0; i < area->contract_count; i++)
        most += most_covers(&area->contracts[i]);
    *made = (covers){.unchosen = unchosen_from(area)};
    if (!most)
        return true;
    cover *all = pilot_arena_take(memory, most, sizeof *all), *next = all;
    const void **sorted = pilot_arena_take(memory, most, sizeof *sorted);
    const void **room = pilot_arena_take(scratch, most / 2, sizeof *room);
    if (!all || !sorted || !room)
        return false;
    for (size_t i = 0; i < area->contract_count; i++)
        if (most_covers(&area->contracts[i]))
            next = add_covers(next, &area->contracts[i]);
    made->count = (size_t)(next - all);
    for (size_t i = 0; i < made->count; i++)
        sorted[i] = &all[i];
    pilot_sort(sorted, room, made->count, compare_covers);
    made->sorted = (const cover **)(void *)sorted;
    return true;
}

/* The number of covers that come before those of the name, or with them those signed by the month. */
static size_t covers_before(const covers *known, const char *service, const pilot_month *month)
{
    size_t low = 0, high = known->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const cover *c = known->sorted[middle];
        int order = pilot_compare_texts(c->service, service);
        if (order < 0 || (order == 0 && month && signed_by(c->contract, *month)))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const char *find_cover(const covers *known, const pilot_charge *charge, const cover **held)
{
    size_t start = covers_before(known, charge->service, NULL);
    size_t end = covers_before(known, charge->service, &charge->first);
    if (known->unchosen <= charge->first)
        return unchosen_key;
    if (start < end && !known->sorted[start]->contract->signed_on.known)
        return unsigned_key;
    *held = start < end ? known->sorted[end - 1] : NULL;
    return NULL;
}

/* Whether the contract's choice has what the service names. */
static bool covers_service(const pilot_contract *c, const char *service, cover *found)
{
    const pilot_selection *all = &c->selection;
    const pilot_menu_package *package = package_of(c);
    const size_t count = pilot_listed(all->items, all->item_count);
    *found = (cover){service, c, pilot_menu_find_item(all->items, count, service), COVER_ITEM};
    if (found->item)
        return true;
    found->part = strcmp(service, pilot_menu_prices(c->menu)->id) == 0 ? COVER_ALL : COVER_PACKAGE;
    return found->part == COVER_ALL || (all->package && strcmp(service, all->package) == 0) ||
           (package && pilot_menu_find_item(package->items, package->item_count, service));
}

/* Likewise, of the area's list. */
static const char *walk_contracts(const pilot_residential_area *area, const pilot_charge *charge,
                                  cover *held)
{
    const char *missing = NULL;
    cover c;
    if (unchosen_from(area) <= charge->first)
        return unchosen_key;
    for (size_t i = 0; i < area->contract_count; i++) {
        const pilot_contract *contract = &area->contracts[i];
        if (!contract->menu || !chooses(contract) || !signed_by(contract, charge->first) ||
            !covers_service(contract, charge->service, &c))
            continue;
        if (!contract->signed_on.known)
            missing = unsigned_key;
        else if (!held->contract || contract->signed_on.value >= held->contract->signed_on.value)
            *held = c;
    }
    return missing;
}

bool pilot_cover_of(const covers *known, const pilot_residential_area *area, const pilot_charge *charge,
                    cover *found, const char **missing)
{
    cover walked = {.contract = NULL};
    const cover *held = &walked;
    *missing = known ? find_cover(known, charge, &held) : walk_contracts(area, charge, &walked);
    if (*missing || !held || !held->contract)
        return false;
    *found = *held;
    return true;
}
