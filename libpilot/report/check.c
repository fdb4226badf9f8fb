#include "report_internal.h"

#include "base/base_internal.h"
#include "walk.h"

#include <stdlib.h>
#include <string.h>

/* An outcome and where it was found: enough to decide it again. */
typedef struct entry {
    uint16_t rule;
    uint16_t outcome;
    uint32_t index; /* of the district, community or area */
    uint32_t item;  /* of the office or contract within it */
} entry;

struct pilot_report {
    rule_order order;
    const pilot_policy *policy;
    const pilot_city *city;
    pilot_receipt receipt;
    entry *entries;
    size_t size, capacity;
    size_t counts[PILOT_OUTCOME_COUNT];
    stopping stop; /* of the check that makes it */
};

/* The subject of an entry. */
static pilot_subject subject_of(const pilot_report *report, const entry *e)
{
    const pilot_subject base = {
        .policy = report->policy, .as_of = report->receipt.as_of.value, .city = report->city};
    return pilot_subject_at(&base, (place){report->order.rules[e->rule]->info.scope, e->index, e->item});
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

/* All rules of a scope on one record. */
static bool check_record(void *context, const pilot_subject *s, place at)
{
    pilot_report *report = context;
    if (pilot_stopped(&report->stop))
        return false;
    for (uint16_t i = pilot_order_start(at.scope); i < report->order.end[at.scope]; i++) {
        pilot_finding room;
        const pilot_outcome outcome = pilot_rule_outcome(report->order.rules[i], s, &room);
        if (!keep(report, (entry){i, (uint16_t)outcome, at.index, at.item}))
            return false;
    }
    return true;
}

static bool check_city(pilot_report *report)
{
    const pilot_subject base = {.policy = report->policy,
                                .as_of = report->receipt.as_of.value,
                                .city = report->city,
                                .stop = &report->stop};
    return pilot_walk_city(&base, &(visitor){check_record, report});
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
    if (!pilot_order_rules(&made->order, NULL) || !check_city(made) || made->stop.stopped) {
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
    const rule *r = report->order.rules[e->rule];
    pilot_subject s = subject_of(report, e);
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
    return &report->order.rules[report->entries[index].rule]->info;
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
    const rule *r = report->order.rules[e->rule];
    if (filter->outcomes && !(filter->outcomes & 1u << e->outcome))
        return false;
    if (filter->scopes && !(filter->scopes & 1u << r->info.scope))
        return false;
    if (filter->clause && !cites(&r->info, filter->clause))
        return false;
    if (!filter->district && !filter->community)
        return true;
    pilot_subject s = subject_of(report, e);
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

/* The community that an entry's record is or lies in; NULL where it lies in none. */
static const pilot_community *community_of(const pilot_report *report, const entry *e)
{
    const pilot_records *r = pilot_city_records(report->city);
    const pilot_scope own = pilot_own_scope(report->order.rules[e->rule]->info.scope);
    if (own == PILOT_SCOPE_AREA)
        return pilot_first_community(&r->areas[e->index]);
    return own == PILOT_SCOPE_COMMUNITY ? &r->communities[e->index] : NULL;
}

/* The summary's row that an entry counts in; count where none does. */
static size_t row_of(const pilot_report *report, const entry *e, pilot_scope scope, size_t count)
{
    const pilot_records *r = pilot_city_records(report->city);
    const pilot_community *community = community_of(report, e);
    if (scope == PILOT_SCOPE_COMMUNITY)
        return community ? (size_t)(community - r->communities) : count;
    if (report->order.rules[e->rule]->info.scope == PILOT_SCOPE_DISTRICT)
        return e->index;
    return community && community->district ? (size_t)(community->district - r->districts) : count;
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
