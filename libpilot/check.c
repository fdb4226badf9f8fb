#include "pilot/check.h"

#include "rules/rule.h"

#include <stdlib.h>
#include <string.h>

/* In the order of the notice. */
static const rule_set *const rule_sets[] = {
    &pilot_rules_siting,   &pilot_rules_workstation, &pilot_rules_community,
    &pilot_rules_services, &pilot_rules_funding,     &pilot_rules_steps,
};
#define SETS (sizeof rule_sets / sizeof *rule_sets)

size_t pilot_rule_count(void)
{
    size_t count = 0;
    for (size_t i = 0; i < SETS; i++)
        count += rule_sets[i]->count;
    return count;
}

static const rule *rule_number(size_t index)
{
    for (size_t i = 0; i < SETS; index -= rule_sets[i++]->count)
        if (index < rule_sets[i]->count)
            return &rule_sets[i]->rules[index];
    return NULL;
}

const pilot_rule *pilot_rule_at(size_t index)
{
    const rule *r = rule_number(index);
    return r ? &r->info : NULL;
}

const pilot_rule *pilot_rule_find(const char *id)
{
    const rule *r;
    for (size_t i = 0; id && (r = rule_number(i)); i++)
        if (strcmp(r->info.id, id) == 0)
            return &r->info;
    return NULL;
}

static pilot_outcome decide(const rule *r, const rule_subject *s, pilot_finding *f)
{
    pilot_outcome outcome = r->decide(s, f);
    return r->info.soft && outcome == PILOT_BREACH ? PILOT_INFO : outcome;
}

/* The readings under whose other options the outcome would be another. */
static uint32_t readings_that_matter(const rule *r, const rule_subject *s, pilot_outcome outcome)
{
    uint32_t matter = 0;
    pilot_parameters varied = *s->policy;
    rule_subject other = *s;
    other.policy = &varied;
    for (int i = 0; i < PILOT_READING_COUNT; i++) {
        pilot_reading_info info;
        if (!(r->info.readings & PILOT_READING_BIT(i)) ||
            pilot_reading_at((pilot_reading)i, &info) != PILOT_OK)
            continue;
        int32_t own = varied.readings[i];
        for (int32_t option = 0; option < info.option_count; option++) {
            pilot_finding f = {0};
            varied.readings[i] = option;
            if (decide(r, &other, &f) != outcome)
                matter |= PILOT_READING_BIT(i);
        }
        varied.readings[i] = own;
    }
    return matter;
}

static void find(const rule *r, const rule_subject *s, pilot_finding *finding)
{
    *finding = (pilot_finding){
        .rule = &r->info,
        .clause = r->info.clauses[0],
        .subject = {s->city, s->district, s->community, s->office, s->area, s->contract},
    };
    finding->outcome = decide(r, s, finding);
    finding->readings = readings_that_matter(r, s, finding->outcome);
}

static bool has_record(const pilot_subject *s, pilot_scope scope)
{
    const void *const records[PILOT_SCOPE_COUNT] = {
        s->city, s->district, s->community, s->office, s->area, s->area ? s->contract : NULL};
    return records[scope] != NULL;
}

pilot_status pilot_check_rule(const pilot_policy *policy, const pilot_rule *info,
                              const pilot_subject *subject, pilot_date as_of, pilot_finding *finding)
{
    if (!policy || !info || !subject || !finding || !has_record(subject, info->scope))
        return PILOT_ERROR_ARGUMENT;
    if (!pilot_date_valid(as_of))
        return PILOT_ERROR_RANGE;
    /* A pilot_rule is only ever had from the tables, where it is the first member of a rule. */
    const rule *r = (const rule *)(const void *)info;
    find(r,
         &(rule_subject){.policy = &policy->parameters,
                         .as_of = as_of,
                         .city = subject->city,
                         .district = subject->district,
                         .community = subject->community,
                         .office = subject->office,
                         .area = subject->area,
                         .contract = subject->contract},
         finding);
    return PILOT_OK;
}

/* An outcome and where it was found: enough to decide it again. */
typedef struct entry {
    uint16_t rule;
    uint16_t outcome;
    uint32_t index; /* of the district, community or area */
    uint32_t item;  /* of the office or contract within it */
} entry;

struct pilot_report {
    const pilot_policy *policy;
    const pilot_city *city;
    pilot_receipt receipt;
    entry *entries;
    size_t size, capacity;
    size_t counts[PILOT_OUTCOME_COUNT];
};

static rule_subject subject_of(const pilot_report *report, pilot_scope scope, uint32_t index,
                               uint32_t item)
{
    const pilot_records *r = pilot_city_records(report->city);
    rule_subject s = {.policy = &report->policy->parameters,
                      .as_of = report->receipt.as_of.value,
                      .city = report->city};
    switch (scope) {
    case PILOT_SCOPE_CITY:
        break;
    case PILOT_SCOPE_DISTRICT:
        s.district = &r->districts[index];
        break;
    case PILOT_SCOPE_OFFICE:
        s.office = &r->communities[index].offices[item];
        /* fall through */
    case PILOT_SCOPE_COMMUNITY:
        s.community = &r->communities[index];
        s.district = s.community->district;
        break;
    case PILOT_SCOPE_CONTRACT:
        s.contract = &r->areas[index].contracts[item];
        /* fall through */
    case PILOT_SCOPE_AREA:
        s.area = &r->areas[index];
        if (s.area->community_count) {
            s.community = s.area->communities[0];
            s.district = s.community->district;
        }
        break;
    }
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

/* All rules of a scope on one record. */
static bool check_record(pilot_report *report, pilot_scope scope, size_t index, size_t item)
{
    rule_subject s = subject_of(report, scope, (uint32_t)index, (uint32_t)item);
    uint16_t number = 0;
    for (size_t i = 0; i < SETS; i++)
        for (size_t j = 0; j < rule_sets[i]->count; j++, number++) {
            const rule *r = &rule_sets[i]->rules[j];
            if (r->info.scope != scope)
                continue;
            pilot_finding f = {.clause = r->info.clauses[0]};
            entry e = {number, (uint16_t)decide(r, &s, &f), (uint32_t)index, (uint32_t)item};
            if (!keep(report, e))
                return false;
        }
    return true;
}

static bool check_records(pilot_report *report)
{
    const pilot_records *r = pilot_city_records(report->city);
    bool kept = check_record(report, PILOT_SCOPE_CITY, 0, 0);
    for (size_t i = 0; kept && i < r->district_count; i++)
        kept = check_record(report, PILOT_SCOPE_DISTRICT, i, 0);
    for (size_t i = 0; kept && i < r->community_count; i++) {
        kept = check_record(report, PILOT_SCOPE_COMMUNITY, i, 0);
        for (size_t j = 0; kept && j < r->communities[i].office_count; j++)
            kept = check_record(report, PILOT_SCOPE_OFFICE, i, j);
    }
    for (size_t i = 0; kept && i < r->area_count; i++) {
        kept = check_record(report, PILOT_SCOPE_AREA, i, 0);
        for (size_t j = 0; kept && j < r->areas[i].contract_count; j++)
            kept = check_record(report, PILOT_SCOPE_CONTRACT, i, j);
    }
    return kept;
}

pilot_status pilot_check(const pilot_policy *policy, const pilot_city *city, pilot_date as_of,
                         pilot_report **report)
{
    if (!policy || !city || !report)
        return PILOT_ERROR_ARGUMENT;
    if (!pilot_date_valid(as_of))
        return PILOT_ERROR_RANGE;
    pilot_report *made = calloc(1, sizeof *made);
    if (!made)
        return PILOT_ERROR_MEMORY;
    made->policy = policy;
    made->city = city;
    pilot_receipt_fill(policy, (pilot_opt_date){as_of, true}, &made->receipt);
    if (!check_records(made)) {
        pilot_report_free(made);
        return PILOT_ERROR_MEMORY;
    }
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
    if (!report || !finding)
        return PILOT_ERROR_ARGUMENT;
    if (index >= report->size)
        return PILOT_ERROR_NOT_FOUND;
    const entry *e = &report->entries[index];
    const rule *r = rule_number(e->rule);
    rule_subject s = subject_of(report, r->info.scope, e->index, e->item);
    find(r, &s, finding);
    return PILOT_OK;
}

pilot_outcome pilot_report_outcome(const pilot_report *report, size_t index)
{
    return (pilot_outcome)report->entries[index].outcome;
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
