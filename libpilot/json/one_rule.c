/* One rule, asked of a record that is a text: what is given is read into a city that has no more than
 * the rule reads of it. */
#include "pilot/json.h"

#include "base/base_internal.h"
#include "city/city_internal.h"
#include "read.h"
#include "rules/subject.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A record that is given, or has to be there for another to lie in. */
typedef struct one_record {
    source text;      /* text NULL: none */
    const char *name; /* in an error's path; "" of the record that the rule is asked of */
    const record *type;
    void *item;     /* what is read; NULL: not given */
    named_id named; /* the city has a record of its id */
    void *place;    /* which is this */
} one_record;

/* After the scopes of their own: a record that lies in the list of another. */
#define INNER (PILOT_SCOPE_AREA + 1)

typedef struct asking {
    const pilot_rule *rule;
    const child_scope *child; /* NULL: the rule's scope is one of its own */
    one_record of[INNER + 1]; /* by scope */
    pilot_scope own;          /* of the record that the rule is asked of, or that this lies in */
    pilot_city *city;
    purpose purpose;
    arena scratch;
    linker links;
    problems to;
} asking;

static pilot_status needs_city(const pilot_rule *rule, pilot_error *error)
{
    char reads[160];
    size_t used = 0;
    for (size_t i = 0; rule->reads[i] && used < sizeof reads; i++)
        used +=
            (size_t)snprintf(reads + used, sizeof reads - used, "%s%s", i ? ", " : "", rule->reads[i]);
    pilot_error_set(error, PILOT_ERROR_MISSING_VALUE, NULL,
                    "the rule \"%s\" needs the whole city, not one record: give the city as well; it "
                    "reads %s",
                    rule->id, reads);
    pilot_error_zh(error, "规则“%s”须看全市的记录，请一并给出city；所读字段：%s", rule->id, reads);
    pilot_error_place(error, "/city");
    return PILOT_ERROR_MISSING_VALUE;
}

/* Takes the texts, of which none may be of what the record does not lie in. */
static pilot_status begin(asking *a, const pilot_rule_records *r, pilot_error *error)
{
    static const char *const names[] = {"/city", "/district", "/community", "/area"};
    const pilot_json_text around[] = {r->city, r->district, r->community, r->area};
    const int scope = (int)a->rule->scope;
    for (int i = PILOT_SCOPE_CITY; i <= PILOT_SCOPE_AREA; i++) {
        if (around[i].text && (i >= scope || i > (int)a->own))
            return pilot_error_refuse(error, PILOT_ERROR_ARGUMENT, names[i], NULL,
                                      "规则所问的记录不属于此处给出的记录",
                                      "the record that the rule is asked of does not lie in this one");
        a->of[i] = (one_record){.text = {.text = around[i].text, .length = around[i].length},
                                .name = names[i],
                                .type = pilot_record_of((pilot_scope)i)};
    }
    a->of[a->child ? INNER : scope] =
        (one_record){.text = {.text = r->record.text, .length = r->record.length},
                     .name = "",
                     .type = pilot_record_of(a->rule->scope)};
    return scope != PILOT_SCOPE_CITY && pilot_rule_whole_city(a->rule) && !r->city.text
               ? needs_city(a->rule, error)
               : PILOT_OK;
}

static pilot_status read_given(asking *a, int i)
{
    one_record *g = &a->of[i];
    if (!g->text.text && i != (int)a->own)
        return PILOT_OK;
    g->item =
        i == PILOT_SCOPE_CITY ? &a->city->records : pilot_arena_take(&a->city->memory, 1, g->type->size);
    if (!g->item)
        return pilot_no_memory(&a->to);
    const record_place around = pilot_member(NULL, a->of[a->own].type->key);
    const record_place list = pilot_member(i == INNER ? &around : NULL, g->type->key);
    a->purpose.needs = (record_needs){a->rule->reads, i == PILOT_SCOPE_CITY ? NULL : &list};
    return g->text.text
               ? pilot_json_read_for(&g->text, g->type, g->item, &a->purpose, &a->city->memory, &a->to)
               : PILOT_OK;
}

static const char *id_among(const char *own, const void *other)
{
    return own ? own : other ? other : "";
}

/* Where a record does not say what it lies in, it lies in what is given; and this is what the record
 * says, where it has no id. References are ids as yet. */
static bool lie_in_given(asking *a)
{
    pilot_residential_area *area = a->of[PILOT_SCOPE_AREA].item;
    pilot_community *community = a->of[PILOT_SCOPE_COMMUNITY].item;
    pilot_district *district = a->of[PILOT_SCOPE_DISTRICT].item;
    const void **only = pilot_arena_take(&a->city->memory, 1, sizeof *only);
    if (only && area && community) {
        const size_t count = pilot_listed(area->communities, area->community_count);
        *only = community->id = id_among(community->id, count ? area->communities[0] : NULL);
        if (!area->communities) {
            area->communities = (const pilot_community *const *)(const void *)only;
            area->community_count = 1;
        }
    }
    if (community && district) {
        district->id = id_among(district->id, community->district);
        community->district = (const void *)id_among((const void *)community->district, district->id);
    }
    return only;
}

/* The city has a record of each id that is named, and of those that are given. */
static bool complete_lists(asking *a)
{
    for (int i = PILOT_SCOPE_DISTRICT; i <= PILOT_SCOPE_AREA; i++) {
        one_record *g = &a->of[i];
        if (!g->item)
            continue;
        g->named = (named_id){a->purpose.named, g->type, id_among(*(const char **)g->item, NULL)};
        a->purpose.named = &g->named;
    }
    a->links = (linker){.to = &a->to, .scratch = &a->scratch};
    if (!pilot_lists_complete(&a->links, &pilot_city_record, &a->city->records, a->purpose.named,
                              &a->city->memory))
        return false;
    for (int i = PILOT_SCOPE_DISTRICT; i <= PILOT_SCOPE_AREA; i++)
        if (a->of[i].item)
            a->of[i].place = pilot_linked(&a->links, a->of[i].type, a->of[i].named.id);
    return true;
}

static pilot_status link_given(asking *a, int i)
{
    one_record *g = &a->of[i];
    pilot_error found;
    if (!g->item)
        return PILOT_OK;
    placing in = {.from = &g->text};
    a->to.locate = pilot_json_place;
    a->to.context = &in;
    pilot_status status = pilot_link(&a->links, NULL, g->type, g->item);
    if (status == PILOT_OK && i != INNER) {
        status = pilot_evidence_check_in((pilot_scope)i, g->item, &found);
        status = pilot_problem_within(&a->to, NULL, status, &found);
    }
    a->to.locate = NULL;
    return status;
}

/* Puts the inner record at the end of the list that it lies in. */
static bool add_inner(asking *a)
{
    char *parent = a->of[a->own].item;
    const size_t size = a->child->size;
    const void *list;
    size_t count;
    memcpy(&list, parent + a->child->list, sizeof list);
    memcpy(&count, parent + a->child->count, sizeof count);
    char *items = pilot_arena_take(&a->city->memory, count + 1, size);
    if (!items)
        return false;
    if (count)
        memcpy(items, list, count * size);
    a->of[INNER].place = memcpy(items + count++ * size, a->of[INNER].item, size);
    memcpy(parent + a->child->list, &items, sizeof items);
    memcpy(parent + a->child->count, &count, sizeof count);
    return true;
}

static bool put_together(asking *a)
{
    if (a->child && !add_inner(a))
        return false;
    for (int i = PILOT_SCOPE_DISTRICT; i <= PILOT_SCOPE_AREA; i++)
        if (a->of[i].item)
            pilot_record_add(a->of[i].type, a->of[i].place, a->of[i].item);
    return pilot_links_make(&a->city->links, &a->city->memory, &a->city->records);
}

/* Does the same with each text, and tells the place of what is wrong with it. */
static pilot_status each_given(asking *a, pilot_status (*what)(asking *a, int i))
{
    pilot_status status = PILOT_OK;
    int i = INNER;
    while (i >= PILOT_SCOPE_CITY && (status = what(a, i)) == PILOT_OK)
        i--;
    if (status != PILOT_OK && a->to.errors) {
        char path[sizeof a->to.errors->path];
        memcpy(path, a->to.errors->path, sizeof path);
        pilot_error_place(a->to.errors, "%s%s", a->of[i].name, path);
    }
    return status;
}

static pilot_status make_city(asking *a)
{
    pilot_status status = each_given(a, read_given);
    if (status != PILOT_OK)
        return status;
    if (!lie_in_given(a) || !complete_lists(a))
        return pilot_no_memory(&a->to);
    status = each_given(a, link_given);
    return status == PILOT_OK && !put_together(a) ? pilot_no_memory(&a->to) : status;
}

static pilot_status ask(asking *a, const pilot_policy *policy, pilot_date as_of, pilot_finding *finding,
                        pilot_error *error)
{
    pilot_subject s = {.city = a->city, .area = a->of[PILOT_SCOPE_AREA].place};
    s.community = s.area ? pilot_first_community(s.area) : a->of[PILOT_SCOPE_COMMUNITY].place;
    s.district = s.community ? s.community->district : a->of[PILOT_SCOPE_DISTRICT].place;
    if (a->child)
        memcpy((char *)&s + a->child->member, &a->of[INNER].place, sizeof(void *));
    return pilot_check_rule(policy, a->rule, &s, as_of, finding, error);
}

pilot_status pilot_check_rule_text(const pilot_policy *policy, const pilot_rule *info,
                                   const pilot_rule_records *records, pilot_date as_of,
                                   pilot_city **city, pilot_finding *finding, pilot_error *error)
{
    asking a = {.rule = pilot_rule_itself(info), .to = pilot_first_problem(error)};
    if (!policy || !a.rule || !records || !records->record.text || !city || !finding)
        return pilot_error_null(error);
    a.child = pilot_child_scope(a.rule->scope);
    a.own = pilot_own_scope(a.rule->scope);
    pilot_status status = begin(&a, records, error);
    if (status != PILOT_OK)
        return status;
    a.city = calloc(1, sizeof *a.city);
    status = a.city ? make_city(&a) : pilot_no_memory(&a.to);
    pilot_arena_free(&a.scratch);
    if (status == PILOT_OK)
        status = ask(&a, policy, as_of, finding, error);
    if (status == PILOT_OK)
        *city = a.city;
    else
        pilot_city_free(a.city);
    return status;
}
