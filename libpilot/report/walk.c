#include "walk.h"

#include <string.h>

bool pilot_order_rules(rule_order *order, const bool *asked)
{
    const rule_set *set;
    size_t number = 0;
    bool fits = pilot_rule_count() <= RULES_MAX;
    for (int scope = 0; scope < PILOT_SCOPE_COUNT; scope++)
        order->end[scope] = pilot_order_start((pilot_scope)scope);
    for (size_t i = 0; fits && (set = pilot_rule_set_number(i)); i++)
        for (const rule *r = set->rules; r < set->rules + set->count; r++, number++) {
            if (asked && !asked[number])
                continue;
            const uint16_t to = order->end[r->info.scope]++;
            order->rules[to] = r;
            order->numbers[to] = (uint8_t)number;
        }
    for (int scope = 0; scope < PILOT_SCOPE_COUNT; scope++)
        fits = fits && order->end[scope] <= pilot_order_start((pilot_scope)scope) + RULES_OF_SCOPE_MAX;
    return fits;
}

static void enter_community(pilot_subject *s, const pilot_community *community)
{
    s->community = community;
    s->district = community->district;
}

static void enter_item(pilot_subject *s, const child_scope *child, size_t item)
{
    size_t count;
    const void *entered = pilot_child_list(child, s, &count) + item * child->size;
    memcpy((char *)s + child->member, &entered, sizeof entered);
}

pilot_subject pilot_subject_at(const pilot_subject *base, place at)
{
    const pilot_records *r = pilot_city_records(base->city);
    const child_scope *child = pilot_child_scope(at.scope);
    const pilot_scope own = child ? child->parent : at.scope;
    pilot_subject s = *base;
    if (own == PILOT_SCOPE_DISTRICT)
        s.district = &r->districts[at.index];
    if (own == PILOT_SCOPE_COMMUNITY)
        enter_community(&s, &r->communities[at.index]);
    if (own == PILOT_SCOPE_AREA) {
        s.area = &r->areas[at.index];
        if (s.area->community_count)
            enter_community(&s, s.area->communities[0]);
    }
    if (child)
        enter_item(&s, child, at.item);
    return s;
}

bool pilot_walk_record(const pilot_subject *s, place at, const visitor *v)
{
    bool on = v->visit(v->context, s, at);
    for (int i = 0; i < PILOT_CHILD_SCOPES; i++) {
        const child_scope *child = &pilot_child_scopes[i];
        size_t count;
        if (child->parent != at.scope)
            continue;
        (void)pilot_child_list(child, s, &count);
        for (size_t item = 0; on && item < count; item++) {
            pilot_subject inner = *s;
            enter_item(&inner, child, item);
            on = v->visit(v->context, &inner, (place){child->scope, at.index, (uint32_t)item});
        }
    }
    return on;
}

bool pilot_walk_city(const pilot_subject *base, const visitor *v)
{
    const pilot_records *r = pilot_city_records(base->city);
    const size_t counts[] = {1, r->district_count, r->community_count, r->area_count};
    for (int scope = PILOT_SCOPE_CITY; scope <= PILOT_SCOPE_AREA; scope++)
        for (size_t i = 0; i < counts[scope]; i++) {
            const place at = {(pilot_scope)scope, (uint32_t)i, 0};
            const pilot_subject s = pilot_subject_at(base, at);
            if (!pilot_walk_record(&s, at, v))
                return false;
        }
    return true;
}
