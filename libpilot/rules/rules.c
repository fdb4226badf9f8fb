/* The table of all rules, and how one is asked. */
#include "subject.h"

#include "base/base_internal.h"
#include "rule.h"

#include <stdio.h>
#include <string.h>

/* In the order of the notice. */
static const rule_set *const rule_sets[] = {
    &pilot_rules_siting,   &pilot_rules_organisation, &pilot_rules_workstation, &pilot_rules_community,
    &pilot_rules_services, &pilot_rules_funding,      &pilot_rules_market,      &pilot_rules_steps,
};
#define SETS (sizeof rule_sets / sizeof *rule_sets)

size_t pilot_rule_count(void)
{
    size_t count = 0;
    for (size_t i = 0; i < SETS; i++)
        count += rule_sets[i]->count;
    return count;
}

const rule_set *pilot_rule_set_number(size_t index)
{
    return index < SETS ? rule_sets[index] : NULL;
}

const rule *pilot_rule_number(size_t index)
{
    for (size_t i = 0; i < SETS; index -= rule_sets[i++]->count)
        if (index < rule_sets[i]->count)
            return &rule_sets[i]->rules[index];
    return NULL;
}

const pilot_rule *pilot_rule_at(size_t index)
{
    const rule *r = pilot_rule_number(index);
    return r ? &r->info : NULL;
}

const pilot_rule *pilot_rule_find(const char *id)
{
    const rule *r;
    for (size_t i = 0; id && (r = pilot_rule_number(i)); i++)
        if (strcmp(r->info.id, id) == 0)
            return &r->info;
    return NULL;
}

/* The set that has the rule itself, of which the caller may have a copy, and the rule's number in it. */
static const rule_set *set_of(const pilot_rule *info, size_t *number)
{
    for (size_t i = 0; info && i < SETS; i++)
        if (pilot_element_of(rule_sets[i]->rules, rule_sets[i]->count, sizeof(rule), info, number))
            return rule_sets[i];
    for (size_t i = 0; info && info->id && i < SETS; i++)
        for (*number = 0; *number < rule_sets[i]->count; ++*number)
            if (strcmp(rule_sets[i]->rules[*number].info.id, info->id) == 0)
                return rule_sets[i];
    return NULL;
}

static const rule *rule_of(const pilot_rule *info)
{
    size_t number;
    const rule_set *set = set_of(info, &number);
    return set ? &set->rules[number] : NULL;
}

bool pilot_rule_number_of(const pilot_rule *info, size_t *number)
{
    const rule_set *set = set_of(info, number);
    for (size_t i = 0; set && rule_sets[i] != set; i++)
        *number += rule_sets[i]->count;
    return set;
}

const pilot_rule *pilot_rule_itself(const pilot_rule *info)
{
    const rule *r = rule_of(info);
    return r ? &r->info : NULL;
}

const char *pilot_rule_part(const pilot_rule *info)
{
    size_t number;
    const rule_set *set = set_of(info, &number);
    return set ? set->part : NULL;
}

uint32_t pilot_rule_outcomes(const pilot_rule *info)
{
    info = pilot_rule_itself(info);
    if (!info)
        return 0;
    return 1u << PILOT_MET | 1u << PILOT_UNKNOWN | 1u << PILOT_NOT_APPLICABLE |
           (info->soft ? 1u << PILOT_INFO : 1u << PILOT_BREACH) |
           (info->due != PILOT_DUE_NONE ? 1u << PILOT_PENDING : 0);
}

/* The scope of the records in whose list the path begins: CITY for what is the city's own, COUNT for
 * what records are linked to by name. */
static pilot_scope scope_of_path(const char *path)
{
    static const struct {
        const char *list;
        pilot_scope scope;
    } lists[] = {{"districts/", PILOT_SCOPE_DISTRICT},
                 {"communities/", PILOT_SCOPE_COMMUNITY},
                 {"areas/", PILOT_SCOPE_AREA},
                 {"menus/", PILOT_SCOPE_COUNT},
                 {"providers/", PILOT_SCOPE_COUNT}};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (strncmp(path, lists[i].list, strlen(lists[i].list)) == 0)
            return lists[i].scope;
    return PILOT_SCOPE_CITY;
}

/* A record has those of its own scope and of the scopes before it, in which it lies. */
bool pilot_rule_whole_city(const pilot_rule *info)
{
    const rule *r = rule_of(info);
    info = r && !r->info.alone ? &r->info : NULL;
    for (size_t i = 0; info && info->reads[i]; i++) {
        const pilot_scope of = scope_of_path(info->reads[i]), own = pilot_own_scope(info->scope);
        if (of != PILOT_SCOPE_COUNT && (of > own || (of == PILOT_SCOPE_CITY && own != of)))
            return true;
    }
    return false;
}

#define CHILD(scope_, parent_, type, key_, list_, count_, member_)                                      \
    {                                                                                                   \
        PILOT_SCOPE_##scope_, PILOT_SCOPE_##parent_, key_, offsetof(type, list_),                       \
            offsetof(type, count_), sizeof(*((type *)0)->list_), offsetof(pilot_subject, member_)       \
    }

const child_scope pilot_child_scopes[PILOT_CHILD_SCOPES] = {
    CHILD(OFFICE, COMMUNITY, pilot_community, "offices", offices, office_count, office),
    CHILD(APPOINTMENT, COMMUNITY, pilot_community, "appointments", appointments, appointment_count,
          appointment),
    CHILD(HANDOVER, COMMUNITY, pilot_community, "handovers", handovers, handover_count, handover),
    CHILD(CONTRACT, AREA, pilot_residential_area, "contracts", contracts, contract_count, contract),
    CHILD(CHARGE, AREA, pilot_residential_area, "charges", charges, charge_count, charge),
    CHILD(INCOME, AREA, pilot_residential_area, "incomes", incomes, income_count, income),
    CHILD(PARKING, AREA, pilot_residential_area, "parking", parking, parking_count, parking),
};

const child_scope *pilot_child_scope(pilot_scope scope)
{
    for (int i = 0; i < PILOT_CHILD_SCOPES; i++)
        if (pilot_child_scopes[i].scope == scope)
            return &pilot_child_scopes[i];
    return NULL;
}

pilot_scope pilot_own_scope(pilot_scope scope)
{
    const child_scope *child = pilot_child_scope(scope);
    return child ? child->parent : scope;
}

const char *pilot_child_list(const child_scope *child, const pilot_subject *s, size_t *count)
{
    const char *parent =
        child->parent == PILOT_SCOPE_COMMUNITY ? (const char *)s->community : (const char *)s->area;
    const char *list = NULL;
    *count = 0;
    if (!parent)
        return NULL;
    memcpy(&list, parent + child->list, sizeof list);
    memcpy(count, parent + child->count, sizeof *count);
    *count = pilot_listed(list, *count);
    return list;
}

const void *pilot_subject_record(const pilot_subject *s, pilot_scope scope)
{
    static const size_t members[] = {offsetof(pilot_subject, city), offsetof(pilot_subject, district),
                                     offsetof(pilot_subject, community), offsetof(pilot_subject, area)};
    const child_scope *child = pilot_child_scope(scope);
    const void *found;
    memcpy(&found, (const char *)s + (child ? child->member : members[scope]), sizeof found);
    return found;
}

/* Until its day is over what is not so can still become so. A rule may have found a later day. */
static pilot_outcome not_so(const rule *r, const pilot_subject *s, pilot_finding *f)
{
    const pilot_opt_date step = pilot_due_date(&s->policy->parameters, r->info.due);
    const pilot_opt_date later = f->due;
    if (step.known) {
        (void)pilot_is_over(s, f, step.value);
        if (later.known && later.value > f->due.value) {
            f->due = later;
            f->notice_due.known = false;
        }
        if (s->as_of <= f->due.value)
            return PILOT_PENDING;
    }
    return r->info.soft ? PILOT_INFO : PILOT_BREACH;
}

static inline pilot_outcome decide(const rule *r, const pilot_subject *s, pilot_finding *f)
{
    f->rule = &r->info;
    f->clause = r->info.clauses[0];
    if (s->as_of < pilot_policy_in_force(&s->policy->parameters)) /* 0.1-3, A-12 */
        return PILOT_NOT_APPLICABLE;
    pilot_outcome outcome = r->decide(s, f);
    return outcome == PILOT_BREACH ? not_so(r, s, f) : outcome;
}

pilot_outcome pilot_rule_outcome(const rule *r, const pilot_subject *s, pilot_finding *room)
{
    pilot_finding_open(room);
    return decide(r, s, room);
}

/* The readings that a rule can depend on: what it waits for can, until the last of the days from which
 * the notice may bind. */
static uint32_t readings_of(const rule *r, const pilot_subject *s)
{
    const pilot_parameters *p = &s->policy->parameters;
    const bool open = s->as_of <= p->issued || s->as_of <= p->published;
    return r->info.readings | (open ? PILOT_READING_BIT(PILOT_READING_IN_FORCE_FROM) |
                                          PILOT_READING_BIT(PILOT_READING_PRE_NOTICE)
                                    : 0);
}

/* The readings under whose other options the outcome would be another. */
static uint32_t readings_that_matter(const rule *r, const pilot_subject *s, pilot_outcome outcome)
{
    const uint32_t readings = readings_of(r, s);
    uint32_t matter = 0;
    pilot_policy varied = *s->policy; /* shares its memory, for as long as this runs */
    pilot_subject other = *s;
    other.policy = &varied;
    for (int i = 0; i < PILOT_READING_COUNT; i++) {
        pilot_reading_info info;
        if (!(readings & PILOT_READING_BIT(i)) || pilot_reading_at((pilot_reading)i, &info) != PILOT_OK)
            continue;
        int32_t own = varied.parameters.readings[i];
        for (int32_t option = 0; option < info.option_count && !pilot_stopped(s->stop); option++) {
            pilot_finding f;
            if (option == own)
                continue;
            varied.parameters.readings[i] = option;
            if (pilot_rule_outcome(r, &other, &f) != outcome)
                matter |= PILOT_READING_BIT(i);
        }
        varied.parameters.readings[i] = own;
    }
    return matter;
}

void pilot_rule_ask(const rule *r, const pilot_subject *s, pilot_finding *finding)
{
    *finding = (pilot_finding){.subject = *s};
    finding->outcome = decide(r, s, finding);
    finding->readings = readings_that_matter(r, s, finding->outcome);
    finding->subject.stop = NULL;
}

/* A refusal of the subject's member for records of the scope, which has the scope's name. */
static pilot_status refuse_member(pilot_error *error, pilot_status status, pilot_scope scope)
{
    char path[32];
    snprintf(path, sizeof path, "/%s", pilot_scope_name(scope));
    return pilot_error_within(error, status, path);
}

/* The record that a rule of the scope is asked of, and the area that it lies in, are there. */
static pilot_status check_members(const pilot_subject *s, pilot_scope scope, pilot_error *error)
{
    const bool there = pilot_subject_record(s, scope);
    const pilot_scope lacking = there ? pilot_own_scope(scope) : scope;
    if (there && (lacking != PILOT_SCOPE_AREA || s->area))
        return PILOT_OK;
    pilot_error_refuse(error, PILOT_ERROR_ARGUMENT, "", NULL, "规则需要这一记录，此处为NULL",
                       "the rule is asked of such a record, or of one that lies in it, and it is NULL");
    return refuse_member(error, PILOT_ERROR_ARGUMENT, lacking);
}

bool pilot_subject_index(const pilot_subject *s, pilot_scope scope, size_t *index)
{
    const pilot_records *r = s->city ? pilot_city_records(s->city) : NULL;
    const child_scope *child = pilot_child_scope(scope);
    const void *item = pilot_subject_record(s, scope);
    size_t count, parent;
    if (!r)
        return false;
    switch (child ? PILOT_SCOPE_CITY : scope) {
    case PILOT_SCOPE_DISTRICT:
        return pilot_element_of(r->districts, r->district_count, sizeof *r->districts, item, index);
    case PILOT_SCOPE_COMMUNITY:
        return pilot_element_of(r->communities, r->community_count, sizeof *r->communities, item, index);
    case PILOT_SCOPE_AREA:
        return pilot_element_of(r->areas, r->area_count, sizeof *r->areas, item, index);
    default:
        break;
    }
    const char *list = child ? pilot_child_list(child, s, &count) : NULL;
    return list && pilot_element_of(list, count, child->size, item, index) &&
           pilot_subject_index(s, child->parent, &parent);
}

static const record *list_of(const record *type, const char *key)
{
    for (size_t i = 0; i < type->field_count; i++)
        if (strcmp(type->fields[i].key, key) == 0)
            return type->fields[i].of;
    return NULL; /* GCOVR_EXCL_LINE: the keys are those of the tables */
}

const record *pilot_record_of(pilot_scope scope)
{
    static const char *const lists[] = {[PILOT_SCOPE_DISTRICT] = "districts",
                                        [PILOT_SCOPE_COMMUNITY] = "communities",
                                        [PILOT_SCOPE_AREA] = "areas"};
    const child_scope *child = pilot_child_scope(scope);
    if (scope == PILOT_SCOPE_CITY)
        return &pilot_city_record;
    return child ? list_of(pilot_record_of(child->parent), child->key)
                 : list_of(&pilot_city_record, lists[scope]);
}

pilot_status pilot_subject_check(const pilot_subject *s, pilot_scope scope, pilot_error *error)
{
    const pilot_scope looked_at[] = {PILOT_SCOPE_DISTRICT, PILOT_SCOPE_COMMUNITY, PILOT_SCOPE_AREA,
                                     scope};
    pilot_status status = PILOT_OK;
    for (size_t i = 0; status == PILOT_OK && i < sizeof looked_at / sizeof *looked_at; i++) {
        const void *item = pilot_subject_record(s, looked_at[i]);
        size_t index;
        if (!looked_at[i] || !item || pilot_subject_index(s, looked_at[i], &index))
            continue;
        status = pilot_record_check(pilot_record_of(looked_at[i]), item, error);
        if (status != PILOT_OK)
            refuse_member(error, status, looked_at[i]);
    }
    return status;
}

pilot_status pilot_check_rule(const pilot_policy *policy, const pilot_rule *info,
                              const pilot_subject *subject, pilot_date as_of, pilot_finding *finding,
                              pilot_error *error)
{
    const rule *r = rule_of(info);
    if (!policy || !info || !subject || !finding)
        return pilot_error_null(error);
    if (!r)
        return pilot_error_refuse(error, PILOT_ERROR_ARGUMENT, "/rule", info->id ? info->id : "",
                                  "没有这一编号的规则", "no rule has this id");
    pilot_status status = check_members(subject, r->info.scope, error);
    if (status != PILOT_OK)
        return status;
    if (!pilot_date_valid(as_of))
        return pilot_error_day(error, "/as_of", as_of);
    pilot_subject s = *subject;
    s.policy = policy;
    s.as_of = as_of;
    s.stop = NULL;
    status = pilot_subject_check(&s, r->info.scope, error);
    if (status == PILOT_OK)
        pilot_rule_ask(r, &s, finding);
    return status;
}
