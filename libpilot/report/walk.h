/* The records that rules are asked of, one after another, and the rules of each. */
#ifndef PILOT_REPORT_WALK_H
#define PILOT_REPORT_WALK_H

#include "rules/rule.h"
#include "rules/subject.h"

enum { RULES_MAX = 192, RULES_OF_SCOPE_MAX = 48, RULE_PLACES = PILOT_SCOPE_COUNT * RULES_OF_SCOPE_MAX };

/* The rules by scope: those of a scope, in the order of the notice, lie from
 * pilot_order_start(scope) up to end[scope]. */
typedef struct rule_order {
    const rule *rules[RULE_PLACES + RULES_MAX]; /* room for more than there may be of the last scope */
    uint8_t numbers[RULE_PLACES + RULES_MAX];   /* in the order of the notice */
    uint16_t end[PILOT_SCOPE_COUNT];
} rule_order;

static inline uint16_t pilot_order_start(pilot_scope scope)
{
    return (uint16_t)(scope * RULES_OF_SCOPE_MAX);
}

/* asked: by the rules' numbers, those that are in it; NULL: all. False where there are more rules than
 * it holds. */
bool pilot_order_rules(rule_order *order, const bool *asked);

/* A record that rules are asked of. */
typedef struct place {
    pilot_scope scope;
    uint32_t index; /* of the district, community or area */
    uint32_t item;  /* of the office or contract within it */
} place;

/* Takes a record; false ends the walk. */
typedef struct visitor {
    bool (*visit)(void *context, const pilot_subject *s, place at);
    void *context;
} visitor;

/* The subject of a place; base: its policy, day, city and stop. */
pilot_subject pilot_subject_at(const pilot_subject *base, place at);

/* A record, CITY to AREA, and then those that lie in it. Each of these returns false where the walk was
 * ended. */
bool pilot_walk_record(const pilot_subject *s, place at, const visitor *v);
/* All records of base's city: city, then districts, communities and areas. */
bool pilot_walk_city(const pilot_subject *base, const visitor *v);

#endif
