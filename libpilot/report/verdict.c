/* The outcomes of rules on records in memory, of which nothing else is kept. */
#include "pilot/check.h"

#include "base/base_internal.h"
#include "walk.h"

#include <stdio.h>
#include <string.h>

/* What is asked, and the worst that has been found. Rules by their number in the notice's order. */
typedef struct verdict {
    rule_order order;
    uint8_t worst[RULES_MAX];
} verdict;

static const uint8_t ranks[PILOT_OUTCOME_COUNT] = {
    [PILOT_NOT_APPLICABLE] = 0, [PILOT_MET] = 1,     [PILOT_INFO] = 2,
    [PILOT_PENDING] = 3,        [PILOT_UNKNOWN] = 4, [PILOT_BREACH] = 5};

bool pilot_outcome_worse(pilot_outcome a, pilot_outcome b)
{
    return (unsigned)a < PILOT_OUTCOME_COUNT && (unsigned)b < PILOT_OUTCOME_COUNT && ranks[a] > ranks[b];
}

static bool judge(void *context, const pilot_subject *s, place at)
{
    verdict *v = context;
    const rule_order *order = &v->order;
    pilot_finding room;
    for (size_t i = pilot_order_start(at.scope); i < order->end[at.scope]; i++) {
        const size_t number = order->numbers[i];
        const pilot_outcome found = pilot_rule_outcome(order->rules[i], s, &room);
        if (ranks[found] > ranks[v->worst[number]])
            v->worst[number] = (uint8_t)found;
    }
    return true;
}

/* A record of the subject's, CITY to AREA. One of the city lies in what the city says; a caller's own in
 * what the subject says. */
static void judge_record(const pilot_subject *s, pilot_scope scope, const visitor *v)
{
    const pilot_subject base = {.policy = s->policy, .as_of = s->as_of, .city = s->city};
    place at = {scope, 0, 0};
    size_t index;
    pilot_subject own = *s;
    if (pilot_subject_index(s, scope, &index)) {
        at.index = (uint32_t)index;
        own = pilot_subject_at(&base, at);
    }
    (void)pilot_walk_record(&own, at, v);
}

/* Of a community alone its areas too, which the city tells. */
static void judge_areas(const pilot_subject *s, const visitor *v)
{
    size_t count;
    const pilot_residential_area *const *areas = pilot_city_areas_of(s->city, s->community, &count);
    pilot_subject one = *s;
    for (size_t i = 0; i < count; i++) {
        one.area = areas[i];
        judge_record(&one, PILOT_SCOPE_AREA, v);
    }
}

static void judge_subject(const pilot_subject *s, const visitor *v)
{
    if (!s->community && !s->area)
        (void)pilot_walk_city(s, v);
    if (s->community)
        judge_record(s, PILOT_SCOPE_COMMUNITY, v);
    if (s->area)
        judge_record(s, PILOT_SCOPE_AREA, v);
    else if (s->community && s->city)
        judge_areas(s, v);
}

static pilot_status refuse_subject(pilot_error *error)
{
    return pilot_error_refuse(error, PILOT_ERROR_ARGUMENT, "/community", NULL,
                              "应给出社区、居民区或城市，此处均为NULL",
                              "a community, an area or a city is wanted, and all are NULL");
}

static pilot_status refuse_rule(const pilot_rule *stranger, size_t i, pilot_error *error)
{
    char path[32];
    snprintf(path, sizeof path, "/rules/%zu", i);
    return pilot_error_refuse(error, PILOT_ERROR_ARGUMENT, path,
                              stranger && stranger->id ? stranger->id : "", "没有这一编号的规则",
                              "no rule has this id");
}

/* Which rules are asked. */
static pilot_status ask(verdict *v, const pilot_rule *const *rules, size_t count, pilot_error *error)
{
    bool asked[RULES_MAX] = {false};
    memset(v->worst, PILOT_NOT_APPLICABLE, sizeof v->worst);
    if (!rules && count < pilot_rule_count())
        return pilot_error_refuse(error, PILOT_ERROR_CAPACITY, "/outcomes", NULL,
                                  "结果数组放不下每条规则的结论",
                                  "there is no room for every rule's outcome");
    for (size_t i = 0, number; rules && i < count; i++) {
        if (!pilot_rule_number_of(rules[i], &number) || number >= RULES_MAX)
            return refuse_rule(rules[i], i, error);
        asked[number] = true;
    }
    return pilot_order_rules(&v->order, rules ? asked : NULL) ? PILOT_OK : pilot_error_memory(error);
}

static void give(const verdict *v, const pilot_rule *const *rules, size_t count, uint8_t *outcomes)
{
    if (!rules)
        memcpy(outcomes, v->worst, pilot_rule_count());
    for (size_t i = 0, number; rules && i < count; i++)
        if (pilot_rule_number_of(rules[i], &number))
            outcomes[i] = v->worst[number];
}

pilot_status pilot_verdict(const pilot_policy *policy, const pilot_subject *subject, pilot_date as_of,
                           const pilot_rule *const *rules, size_t count, uint8_t *outcomes,
                           pilot_error *error)
{
    verdict v;
    if (!policy || !subject || !outcomes)
        return pilot_error_null(error);
    if (!subject->community && !subject->area && !subject->city)
        return refuse_subject(error);
    if (!pilot_date_valid(as_of))
        return pilot_error_day(error, "/as_of", as_of);
    pilot_subject s = {.policy = policy,
                       .as_of = as_of,
                       .city = subject->city,
                       .district = subject->district,
                       .community = subject->community,
                       .area = subject->area};
    pilot_status status = ask(&v, rules, count, error);
    if (status == PILOT_OK)
        status = pilot_subject_check(&s, PILOT_SCOPE_CITY, error);
    if (status != PILOT_OK)
        return status;
    judge_subject(&s, &(visitor){judge, &v});
    give(&v, rules, count, outcomes);
    return PILOT_OK;
}
