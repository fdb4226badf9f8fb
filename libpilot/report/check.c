#include "report_internal.h"

#include "base/base_internal.h"
#include "rules/rule.h"

#include <stdlib.h>
#include <string.h>

/* An outcome and where it was found: enough to decide it again. */
typedef struct entry {
    uint16_t rule;
    uint16_t outcome;
    uint32_t index; /* of the district, community or area */
    uint32_t item;  /* of the office or contract within it */
} entry;

#define RULES_MAX 192

struct pilot_report {
    /* The rules by scope, those of a scope in the order of the notice: rules[start[scope]] on. */
    const rule *rules[RULES_MAX];
    uint16_t start[PILOT_SCOPE_COUNT + 1];
    const pilot_policy *policy;
    const pilot_city *city;
    pilot_receipt receipt;
    entry *entries;
    size_t size, capacity;
    size_t counts[PILOT_OUTCOME_COUNT];
    stopping stop; /* of the check that makes it */
};

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

static pilot_subject subject_of(const pilot_report *report, pilot_scope scope, uint32_t index,
                                uint32_t item)
{
    const pilot_records *r = pilot_city_records(report->city);
    const child_scope *child = pilot_child_scope(scope);
    pilot_scope own = child ? child->parent : scope;
    pilot_subject s = {
        .policy = report->policy, .as_of = report->receipt.as_of.value, .city = report->city};
    if (own == PILOT_SCOPE_DISTRICT)
        s.district = &r->districts[index];
    if (own == PILOT_SCOPE_COMMUNITY)
        enter_community(&s, &r->communities[index]);
    if (own == PILOT_SCOPE_AREA) {
        s.area = &r->areas[index];
        if (s.area->community_count)
            enter_community(&s, s.area->communities[0]);
    }
    if (child)
        enter_item(&s, child, item);
    return s;
}

static bool keep(pilot_report *report, entry e)
{
    if (report->size == report->capacity) {
        size_t capacity = report->capacity ? report->capacity * 2 : 256;
        entry *entries = realloc(report->entries, capacity * sizeof *entries);
        if (!entries)
            return false;
        report->entries = entries;
        report->capacity = capacity;
    }
    report->entries[report->size++] = e;
    report->counts[e.outcome]++;
    return true;
}

static bool sort_rules(pilot_report *report)
{
    uint16_t count = 0;
    if (pilot_rule_count() > RULES_MAX)
        return false;
    for (int scope = 0; scope < PILOT_SCOPE_COUNT; scope++) {
        const rule *r;
        report->start[scope] = count;
        for (size_t i = 0; (r = pilot_rule_number(i)); i++)
            if (r->info.scope == (pilot_scope)scope)
                report->rules[count++] = r;
    }
    report->start[PILOT_SCOPE_COUNT] = count;
    return true;
}

/* All rules of a scope on one record. */
static bool check_record(pilot_report *report, const pilot_subject *s, pilot_scope scope, size_t index,
                         size_t item)
{
    if (pilot_stopped(&report->stop))
        return false;
    for (uint16_t i = report->start[scope]; i < report->start[scope + 1]; i++) {
        pilot_finding f = {0};
        pilot_outcome outcome = pilot_rule_decide(report->rules[i], s, &f);
        if (!keep(report, (entry){i, (uint16_t)outcome, (uint32_t)index, (uint32_t)item}))
            return false;
    }
    return true;
}

/* A record and those that lie in it. */
static bool check_records(pilot_report *report, pilot_scope scope, size_t index)
{
    pilot_subject s = subject_of(report, scope, (uint32_t)index, 0);
    s.stop = &report->stop;
    bool kept = check_record(report, &s, scope, index, 0);
    for (int i = 0; i < PILOT_CHILD_SCOPES; i++) {
        const child_scope *child = &pilot_child_scopes[i];
        size_t count;
        if (child->parent != scope)
            continue;
        (void)pilot_child_list(child, &s, &count);
        for (size_t item = 0; kept && item < count; item++) {
            pilot_subject inner = s;
            enter_item(&inner, child, item);
            kept = check_record(report, &inner, child->scope, index, item);
        }
    }
    return kept;
}

static bool check_city(pilot_report *report)
{
    const pilot_records *r = pilot_city_records(report->city);
    const size_t counts[] = {1, r->district_count, r->community_count, r->area_count};
    for (int scope = PILOT_SCOPE_CITY; scope <= PILOT_SCOPE_AREA; scope++)
        for (size_t i = 0; i < counts[scope]; i++)
            if (!check_records(report, (pilot_scope)scope, i))
                return false;
    return true;
}

pilot_status pilot_check(const pilot_policy *policy, const pilot_city *city, pilot_date as_of,
                         pilot_report **report, pilot_error *error)
{
    return pilot_check_until(policy, city, as_of, NULL, report, error);
}

pilot_status pilot_check_until(const pilot_policy *policy, const pilot_city *city, pilot_date as_of,
                               const pilot_stop *stop, pilot_report **report, pilot_error *error)
{
    if (!policy || !city || !report)
        return pilot_error_null(error);
    if (!pilot_date_valid(as_of))
        return pilot_error_day(error, "/as_of", as_of);
    pilot_report *made = calloc(1, sizeof *made);
    if (!made)
        return pilot_error_memory(error);
    made->policy = policy;
    made->city = city;
    made->stop.stop = stop;
    pilot_receipt_fill(policy, (pilot_opt_date){as_of, true}, &made->receipt);
    if (!sort_rules(made) || !check_city(made) || made->stop.stopped) {
        const bool stopped = made->stop.stopped;
        pilot_report_free(made);
        return stopped ? pilot_error_stopped(error) : pilot_error_memory(error);
    }
    made->stop = (stopping){0};
    *report = made;
    return PILOT_OK;
}

void pilot_report_free(pilot_report *report)
{
    if (!report)
        return;
    free(report->entries);
    free(report);
}

size_t pilot_report_size(const pilot_report *report)
{
    return report->size;
}

pilot_status pilot_report_at(const pilot_report *report, size_t index, pilot_finding *finding)
{
    return pilot_report_at_until(report, index, NULL, finding);
}

pilot_status pilot_report_at_until(const pilot_report *report, size_t index, stopping *stop,
                                   pilot_finding *finding)
{
    if (!report || !finding)
        return PILOT_ERROR_ARGUMENT;
    if (index >= report->size)
        return PILOT_ERROR_NOT_FOUND;
    const entry *e = &report->entries[index];
    const rule *r = report->rules[e->rule];
    pilot_subject s = subject_of(report, r->info.scope, e->index, e->item);
    pilot_finding found;
    s.stop = stop;
    pilot_rule_ask(r, &s, &found);
    if (stop && stop->stopped)
        return PILOT_ERROR_STOPPED;
    *finding = found;
    return PILOT_OK;
}

pilot_outcome pilot_report_outcome(const pilot_report *report, size_t index)
{
    return (pilot_outcome)report->entries[index].outcome;
}

const pilot_rule *pilot_report_rule(const pilot_report *report, size_t index)
{
    return &report->rules[report->entries[index].rule]->info;
}

size_t pilot_report_count(const pilot_report *report, pilot_outcome outcome)
{
    return (unsigned)outcome < PILOT_OUTCOME_COUNT ? report->counts[outcome] : 0;
}

const pilot_receipt *pilot_report_receipt(const pilot_report *report)
{
    return &report->receipt;
}

const pilot_city *pilot_report_city(const pilot_report *report)
{
    return report->city;
}

const pilot_policy *pilot_report_policy(const pilot_report *report)
{
    return report->policy;
}

static bool in_section(const char *clause, const char *section)
{
    size_t length = strlen(section);
    return strncmp(clause, section, length) == 0 &&
           (!clause[length] || clause[length] == '-' || clause[length] == '.');
}

static bool cites(const pilot_rule *info, const char *clause)
{
    for (int i = 0; i < PILOT_RULE_CLAUSES_MAX && info->clauses[i]; i++)
        if (in_section(info->clauses[i], clause))
            return true;
    return false;
}

/* An area of several communities lies in each of them. Its areas stand in the order of the file. */
static bool lies_in(const pilot_subject *s, const pilot_community *community)
{
    size_t low = 0, high;
    if (!s->area)
        return s->community == community;
    const pilot_residential_area *const *areas = pilot_city_areas_of(s->city, community, &high);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (areas[middle] == s->area)
            return true;
        if (areas[middle] < s->area)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* community: that of the filter, where it has one. */
static bool passes(const pilot_report *report, const entry *e, const pilot_report_filter *filter,
                   const pilot_community *community)
{
    const rule *r = report->rules[e->rule];
    if (filter->outcomes && !(filter->outcomes & 1u << e->outcome))
        return false;
    if (filter->scopes && !(filter->scopes & 1u << r->info.scope))
        return false;
    if (filter->clause && !cites(&r->info, filter->clause))
        return false;
    if (!filter->district && !filter->community)
        return true;
    pilot_subject s = subject_of(report, r->info.scope, e->index, e->item);
    const char *district = s.district ? s.district->id : NULL;
    if (filter->district && !(district && strcmp(district, filter->district) == 0))
        return false;
    return !filter->community || (community && lies_in(&s, community));
}

size_t pilot_report_next(const pilot_report *report, size_t index, const pilot_report_filter *filter)
{
    return pilot_report_next_until(report, index, filter, NULL);
}

size_t pilot_report_next_until(const pilot_report *report, size_t index,
                               const pilot_report_filter *filter, stopping *stop)
{
    const pilot_community *community =
        filter ? pilot_city_find_community(report->city, filter->community) : NULL;
    while (index < report->size && filter && !passes(report, &report->entries[index], filter, community))
        index = pilot_stopped(stop) ? report->size : index + 1;
    return index;
}

/* The summary's row that an entry counts in; count where none does. */
static size_t row_of(const pilot_report *report, const entry *e, pilot_scope scope, size_t count)
{
    const pilot_records *r = pilot_city_records(report->city);
    pilot_subject s = subject_of(report, report->rules[e->rule]->info.scope, e->index, e->item);
    if (scope == PILOT_SCOPE_DISTRICT)
        return s.district ? (size_t)(s.district - r->districts) : count;
    return s.community ? (size_t)(s.community - r->communities) : count;
}

pilot_status pilot_report_summaries(const pilot_report *report, pilot_scope scope, pilot_summary *rows,
                                    size_t capacity)
{
    return pilot_report_summaries_until(report, scope, rows, capacity, NULL);
}

pilot_status pilot_report_summaries_until(const pilot_report *report, pilot_scope scope,
                                          pilot_summary *rows, size_t capacity, stopping *stop)
{
    if (!report || !rows || (scope != PILOT_SCOPE_DISTRICT && scope != PILOT_SCOPE_COMMUNITY))
        return PILOT_ERROR_ARGUMENT;
    const pilot_records *r = pilot_city_records(report->city);
    size_t count = scope == PILOT_SCOPE_DISTRICT ? r->district_count : r->community_count;
    if (capacity < count)
        return PILOT_ERROR_CAPACITY;
    for (size_t i = 0; i < count; i++)
        rows[i] = scope == PILOT_SCOPE_DISTRICT
                      ? (pilot_summary){.id = r->districts[i].id, .name = r->districts[i].name}
                      : (pilot_summary){.id = r->communities[i].id, .name = r->communities[i].name};
    for (size_t i = 0; i < report->size; i++) {
        size_t row = row_of(report, &report->entries[i], scope, count);
        if (row < count)
            rows[row].counts[report->entries[i].outcome]++;
        if (pilot_stopped(stop))
            return PILOT_ERROR_STOPPED;
    }
    return PILOT_OK;
}

pilot_status pilot_report_by_district(const pilot_report *report, const pilot_report_filter *filter,
                                      pilot_summary *rows, size_t capacity)
{
    return pilot_report_by_district_until(report, filter, rows, capacity, NULL);
}

pilot_status pilot_report_by_district_until(const pilot_report *report,
                                            const pilot_report_filter *filter, pilot_summary *rows,
                                            size_t capacity, stopping *stop)
{
    if (!report || !rows)
        return PILOT_ERROR_ARGUMENT;
    const pilot_records *r = pilot_city_records(report->city);
    const size_t count = r->district_count;
    if (capacity < count + 1)
        return PILOT_ERROR_CAPACITY;
    for (size_t i = 0; i < count; i++)
        rows[i] = (pilot_summary){.id = r->districts[i].id, .name = r->districts[i].name};
    rows[count] = (pilot_summary){.id = ""};
    for (size_t i = pilot_report_next_until(report, 0, filter, stop); i < report->size;
         i = pilot_report_next_until(report, i + 1, filter, stop)) {
        const entry *e = &report->entries[i];
        rows[row_of(report, e, PILOT_SCOPE_DISTRICT, count)].counts[e->outcome]++;
        if (pilot_stopped(stop))
            return PILOT_ERROR_STOPPED;
    }
    return PILOT_OK;
}

size_t pilot_report_difference(const pilot_report *a, const pilot_report *b, size_t index)
{
    if (a->city != b->city)
        return a->size;
    while (index < a->size && a->entries[index].outcome == b->entries[index].outcome)
        index++;
    return index;
}
