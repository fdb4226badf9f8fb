#include "links.h"

#include "base/base_internal.h"
#include "city_internal.h"

#include <string.h>

size_t pilot_number_in(const void *items, size_t size, size_t count, const void *item)
{
    size_t index;
    return pilot_element_of(items, count, size, item, &index) ? index : count;
}

/* A grouping on its way: each of its pairs is met twice, to be counted and then to be put in its place.
 */
typedef struct grouper {
    grouping *to;
    bool filling;
} grouper;

/* Counts go two places further on than their group, and starts one, so that filling leaves the starts in
 * place. */
static void put(const grouper *g, size_t group, const void *item)
{
    if (g->filling)
        g->to->items[g->to->start[group + 1]++] = item;
    else
        g->to->start[group + 2]++;
}

typedef void (*each_pair)(const pilot_records *r, const grouper *g);

static bool group(grouping *to, arena *memory, const pilot_records *r, size_t groups, each_pair each)
{
    grouper g = {to, false};
    to->start = pilot_arena_take(memory, groups + 2, sizeof *to->start);
    if (!to->start)
        return false;
    each(r, &g);
    for (size_t i = 1; i <= groups; i++)
        to->start[i + 1] += to->start[i];
    to->items = pilot_arena_take(memory, to->start[groups + 1], sizeof *to->items);
    if (!to->items)
        return false;
    g.filling = true;
    each(r, &g);
    return true;
}

static void put_in_district(const pilot_records *r, const grouper *g, const pilot_community *c,
                            const void *item)
{
    if (c->district)
        put(g, (size_t)(c->district - r->districts), item);
}

static void areas_of(const pilot_records *r, const grouper *g)
{
    for (size_t i = 0; i < r->area_count; i++)
        for (size_t j = 0; j < r->areas[i].community_count; j++)
            put(g, (size_t)(r->areas[i].communities[j] - r->communities), &r->areas[i]);
}

static void communities_in(const pilot_records *r, const grouper *g)
{
    for (size_t i = 0; i < r->community_count; i++)
        put_in_district(r, g, &r->communities[i], &r->communities[i]);
}

static void areas_in(const pilot_records *r, const grouper *g)
{
    for (size_t i = 0; i < r->area_count; i++)
        if (r->areas[i].community_count)
            put_in_district(r, g, r->areas[i].communities[0], &r->areas[i]);
}

static int compare_first(const pilot_charge *a, const pilot_charge *b)
{
    return (a->first > b->first) - (a->first < b->first);
}

static int compare_same_service(const void *left, const void *right)
{
    const pilot_charge *a = left, *b = right;
    int order = pilot_compare_texts(a->dwelling, b->dwelling);
    if (!order)
        order = pilot_compare_texts(a->service, b->service);
    return order ? order : compare_first(a, b);
}

static int compare_any_service(const void *left, const void *right)
{
    const pilot_charge *a = left, *b = right;
    int order = pilot_compare_texts(a->dwelling, b->dwelling);
    return order ? order : compare_first(a, b);
}

/* Other fees, and those of no known kind, are of one kind where they are for the same service. */
static int compare_same_kind(const void *left, const void *right)
{
    const pilot_charge *a = left, *b = right;
    const bool by_service = a->kind == PILOT_CHARGE_OTHER || a->kind == PILOT_CHARGE_KIND_UNKNOWN;
    int order = pilot_compare_texts(a->dwelling, b->dwelling);
    if (!order)
        order = (a->kind > b->kind) - (a->kind < b->kind);
    if (!order && by_service)
        order = pilot_compare_texts(a->service, b->service);
    return order ? order : compare_first(a, b);
}

const pilot_charge_order pilot_charge_orders[PILOT_CHARGE_ORDERS] = {
    [PILOT_DUPLICATE_KEY_SAME_SERVICE] = compare_same_service,
    [PILOT_DUPLICATE_KEY_ANY_SERVICE] = compare_any_service,
    [PILOT_DUPLICATE_KEY_SAME_KIND] = compare_same_kind,
};

bool pilot_same_fee(pilot_charge_order order, const pilot_charge *a, const pilot_charge *b)
{
    pilot_charge as_early = *b;
    as_early.first = a->first;
    return order(a, &as_early) == 0;
}

/* One area's links under way. */
typedef struct linking {
    arena *memory, *scratch;
    const pilot_residential_area *area;
    area_links *to;
} linking;

/* Pointers to the records of a list, in the order; NULL when memory runs out. */
static const void **sorted(const linking *l, arena *memory, const void *items, size_t size, size_t count,
                           pilot_compare order)
{
    const void **made = pilot_arena_take(memory, count, sizeof *made);
    const void **room = pilot_arena_take(l->scratch, count / 2, sizeof *room);
    if (!made || !room)
        return NULL;
    for (size_t i = 0; i < count; i++)
        made[i] = (const char *)items + i * size;
    pilot_sort(made, room, count, order);
    return made;
}

static bool link_charges(const linking *l)
{
    const pilot_residential_area *a = l->area;
    for (size_t i = 0; a->charge_count && i < PILOT_CHARGE_ORDERS; i++) {
        l->to->charges[i] = (const pilot_charge **)(void *)sorted(
            l, l->memory, a->charges, sizeof *a->charges, a->charge_count, pilot_charge_orders[i]);
        if (!l->to->charges[i])
            return false;
    }
    return !a->charge_count || pilot_covers_make(&l->to->covers, l->memory, l->scratch, a);
}

static int compare_days(const void *left, const void *right)
{
    const pilot_vote *a = left, *b = right;
    return (a->held_on > b->held_on) - (a->held_on < b->held_on);
}

static bool on_common_parts(const pilot_vote *v)
{
    return v->matter == PILOT_MATTER_USE_COMMON_PARTS && v->totals.all.heads;
}

static bool link_consents(const linking *l)
{
    const pilot_residential_area *a = l->area;
    size_t count = 0;
    for (size_t i = 0; a->income_count && i < a->vote_count; i++)
        count += on_common_parts(&a->votes[i]);
    if (!count)
        return true;
    const void **votes = pilot_arena_take(l->memory, count, sizeof *votes);
    const void **room = pilot_arena_take(l->scratch, count / 2, sizeof *room);
    if (!votes || !room)
        return false;
    for (size_t i = 0; i < a->vote_count; i++)
        if (on_common_parts(&a->votes[i]))
            votes[l->to->consent_count++] = &a->votes[i];
    pilot_sort(votes, room, count, compare_days);
    l->to->consents = (const pilot_vote **)(void *)votes;
    return true;
}

static int compare_prices(const void *left, const void *right)
{
    const pilot_offer *a = left, *b = right;
    return (a->price > b->price) - (a->price < b->price);
}

/* By provider and grade, dearer ones first: of two offers of one grade the later is never the dearer. */
static int compare_grades(const void *left, const void *right)
{
    const pilot_offer *a = left, *b = right;
    if (a->provider != b->provider)
        return a->provider < b->provider ? -1 : 1;
    if (a->grade != b->grade)
        return a->grade < b->grade ? -1 : 1;
    return compare_prices(b, a);
}

/* Pairs of which the earlier is cheaper; leaves the offers in the order of their prices. */
static int64_t count_cheaper(const void **offers, const void **room, size_t count)
{
    const size_t half = count / 2;
    if (count < 2)
        return 0;
    int64_t pairs = count_cheaper(offers, room, half) + count_cheaper(offers + half, room, count - half);
    for (size_t left = 0, right = half; right < count; right++) {
        while (left < half && compare_prices(offers[left], offers[right]) < 0)
            left++;
        pairs += (int64_t)left;
    }
    pilot_sort(offers, room, count, compare_prices);
    return pairs;
}

static bool link_offers(const linking *l)
{
    const pilot_residential_area *a = l->area;
    const size_t count = a->offer_count;
    offer_facts *facts = &l->to->offers;
    if (!count)
        return true;
    const void **offers = sorted(l, l->scratch, a->offers, sizeof *a->offers, count, compare_grades);
    const void **room = pilot_arena_take(l->scratch, count / 2, sizeof *room);
    if (!offers || !room)
        return false;
    for (size_t start = 0, end = 0; start < count; start = end) {
        const pilot_offer *first = offers[start], *last = first;
        for (; end < count && ((const pilot_offer *)offers[end])->provider == first->provider; end++)
            last = offers[end];
        facts->graded = facts->graded || first->grade != last->grade;
        facts->cheaper += count_cheaper(offers + start, room, end - start);
    }
    pilot_sort(offers, room, count, compare_prices);
    for (size_t i = 0; i < count; i++)
        facts->prices += !i || compare_prices(offers[i - 1], offers[i]) != 0;
    return true;
}

static bool link_areas(city_links *links, arena *memory, const pilot_records *r)
{
    arena scratch = {0};
    links->of_areas = pilot_arena_take(memory, r->area_count, sizeof *links->of_areas);
    bool linked = links->of_areas;
    for (size_t i = 0; linked && i < r->area_count; i++) {
        const linking l = {memory, &scratch, &r->areas[i], &links->of_areas[i]};
        linked = link_charges(&l) && link_consents(&l) && link_offers(&l);
        if (!r->areas[i].communities && !links->unplaced)
            links->unplaced = &r->areas[i];
    }
    pilot_arena_free(&scratch);
    return linked;
}

static bool link_assessed(city_links *links, arena *memory, const pilot_records *r)
{
    pilot_step *steps = pilot_arena_take(memory, r->community_count, sizeof *steps);
    for (size_t i = 0; steps && i < r->community_count; i++)
        steps[i] = pilot_assessment_step(&r->communities[i]);
    links->assessed = steps;
    return steps;
}

static bool index_records(city_links *links, arena *memory, const pilot_records *r)
{
    arena scratch = {0};
    bool indexed =
        pilot_index_ids(&links->districts, memory, &scratch, r->districts, sizeof *r->districts,
                        r->district_count) &&
        pilot_index_ids(&links->communities, memory, &scratch, r->communities, sizeof *r->communities,
                        r->community_count) &&
        pilot_index_ids(&links->areas, memory, &scratch, r->areas, sizeof *r->areas, r->area_count) &&
        pilot_index_ids(&links->menus, memory, &scratch, r->menus, sizeof *r->menus, r->menu_count);
    pilot_arena_free(&scratch);
    return indexed;
}

bool pilot_links_make(city_links *links, arena *memory, const pilot_records *records)
{
    return index_records(links, memory, records) &&
           group(&links->areas_of, memory, records, records->community_count, areas_of) &&
           group(&links->communities_in, memory, records, records->district_count, communities_in) &&
           group(&links->areas_in, memory, records, records->district_count, areas_in) &&
           link_assessed(links, memory, records) && link_areas(links, memory, records);
}
