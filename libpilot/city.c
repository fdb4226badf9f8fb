#include "city_internal.h"

#include "reward_internal.h"

#include <stdlib.h>
#include <string.h>

/* F: a field that may be left out. R: one that has to be there. L: a list. */
#define F(type, member, key, kind, of, clause, en)                                                      \
    {                                                                                                   \
        key, kind, false, offsetof(type, member), 0, of, clause, en                                     \
    }
#define R(type, member, key, kind, of, clause, en)                                                      \
    {                                                                                                   \
        key, kind, true, offsetof(type, member), 0, of, clause, en                                      \
    }
#define L(type, member, count, required, of, clause, en)                                                \
    {                                                                                                   \
#member, FIELD_LIST, required, offsetof(type, member), offsetof(type, count), of, clause, en    \
    }

static const field district_fields[] = {
    R(pilot_district, id, "id", FIELD_ID, NULL, "2-2",
      "administrative division code, such as \"360102\""),
    F(pilot_district, name, "name", FIELD_TEXT, NULL, NULL, "the district's name"),
};
static const record district_record = {"districts", sizeof(pilot_district), FIELDS(district_fields),
                                       "a district with pilot communities"};

static const field provider_fields[] = {
    R(pilot_provider, id, "id", FIELD_ID, NULL, NULL, "names the provider in this file"),
    F(pilot_provider, name, "name", FIELD_TEXT, NULL, NULL, "the provider's name"),
};
static const record provider_record = {"providers", sizeof(pilot_provider), FIELDS(provider_fields),
                                       "a service enterprise or professional body"};

static const field workstation_fields[] = {
    F(pilot_workstation, property_staff, "property_staff", FIELD_COUNT, NULL, "4.1-4",
      "staff named for property management"),
};
static const record workstation_record = {"workstation", sizeof(pilot_workstation),
                                          FIELDS(workstation_fields), "a community's workstation"};

static const field office_fields[] = {
    F(pilot_office, area, "area_m2", FIELD_AREA, NULL, "4.2-1", "area of the office"),
    F(pilot_office, route, "route", FIELD_WORD,
      WORDS(NULL, "own", "built_in_remediation", "built_with_centre", "long_lease", "shared", "other"),
      "4.2-2", "how the community comes by it"),
    F(pilot_office, available_from, "available_from", FIELD_DATE, NULL, "4.2-1", "first day of use"),
};
static const record office_record = {"offices", sizeof(pilot_office), FIELDS(office_fields),
                                     "premises for property management"};

static const field assessment_fields[] = {
    R(pilot_assessment, year, "year", FIELD_YEAR, NULL, "4.4.1-1", "year of service it speaks of"),
    R(pilot_assessment, result, "result", FIELD_WORD, WORDS("not_assessed", "failed", "passed"),
      "4.4.1-2", "the result"),
    F(pilot_assessment, date, "date", FIELD_DATE, NULL, "5.5-1", "day on which it was made"),
    F(pilot_assessment, method, "method", FIELD_TEXT, NULL, "4.4.1-7", "version of the method applied"),
};
static const record assessment_record = {"assessments", sizeof(pilot_assessment),
                                         FIELDS(assessment_fields),
                                         "an assessment of a community's work"};

static const field community_fields[] = {
    R(pilot_community, id, "id", FIELD_ID, NULL, NULL, "names the community in this file"),
    F(pilot_community, name, "name", FIELD_TEXT, NULL, NULL, "the community's name"),
    R(pilot_community, district, "district", FIELD_REF, &district_record, "2-3", "id of its district"),
    F(pilot_community, workstation, "workstation", FIELD_RECORD, &workstation_record, "4.1-4",
      "its workstation"),
    L(pilot_community, offices, office_count, false, &office_record, "4.2-1", "its property offices"),
    L(pilot_community, assessments, assessment_count, false, &assessment_record, "4.4.1-1",
      "its assessments"),
    F(pilot_community, reward_paid, "reward_paid_yuan", FIELD_MONEY, NULL, "4.4.1-2",
      "reward paid so far"),
};
static const record community_record = {"communities", sizeof(pilot_community), FIELDS(community_fields),
                                        "a pilot community, the administrative unit"};

static const field contract_fields[] = {
    F(pilot_contract, provider, "provider", FIELD_REF, &provider_record, "4.3-2", "id of the provider"),
    F(pilot_contract, signed_on, "signed_on", FIELD_DATE, NULL, "4.3-2", "day of signature"),
    F(pilot_contract, signed_by, "signed_by", FIELD_WORD,
      WORDS(NULL, "committee", "residents_committee", "other"), "4.3-2", "who signed for the owners"),
    F(pilot_contract, written, "written", FIELD_ANSWER, NULL, "4.3-2", "it is in writing"),
    F(pilot_contract, states_content, "states_content", FIELD_ANSWER, NULL, "4.3-2",
      "it says what is done"),
    F(pilot_contract, states_standard, "states_standard", FIELD_ANSWER, NULL, "4.3-2",
      "it says how well"),
    F(pilot_contract, states_price, "states_price", FIELD_ANSWER, NULL, "4.3-2",
      "it says at what price"),
};
static const record contract_record = {"contracts", sizeof(pilot_contract), FIELDS(contract_fields),
                                       "a service contract of an area"};

static const field step_fields[] = {
    F(pilot_area_steps, selection, "selection", FIELD_STEP, NULL, "5.1-1", "selected for the pilot"),
    F(pilot_area_steps, remediation, "remediation", FIELD_STEP, NULL, "5.2-1", "remediation accepted"),
    F(pilot_area_steps, assembly, "assembly", FIELD_STEP, NULL, "5.3-1",
      "assembly held and committee elected"),
    F(pilot_area_steps, entry, "entry", FIELD_STEP, NULL, "5.4-1",
      "provider moved in and service begun"),
};
static const record steps_record = {"steps", sizeof(pilot_area_steps), FIELDS(step_fields),
                                    "an area's steps"};

static const field area_fields[] = {
    R(pilot_residential_area, id, "id", FIELD_ID, NULL, NULL, "names the area in this file"),
    F(pilot_residential_area, name, "name", FIELD_TEXT, NULL, NULL, "the area's name"),
    {"communities", FIELD_REFS, false, offsetof(pilot_residential_area, communities),
     offsetof(pilot_residential_area, community_count), &community_record, "4.2-3",
     "ids of the communities it belongs to"},
    F(pilot_residential_area, old, "old", FIELD_ANSWER, NULL, "2-4", "it is an old area"),
    F(pilot_residential_area, layout_at_selection, "layout_at_selection", FIELD_WORD,
      WORDS(NULL, "open", "closed"), "2-4", "its layout when it was selected"),
    F(pilot_residential_area, enclosed_on, "enclosed_on", FIELD_DATE, NULL, "5.2-5",
      "day it was enclosed"),
    F(pilot_residential_area, branch, "branch", FIELD_WORD, WORDS(NULL, "remediated", "in_progress"),
      "5.1-5", "remediated before, or in the pilot's year"),
    F(pilot_residential_area, households, "households", FIELD_COUNT, NULL, "4.4.1-6",
      "all dwellings in it"),
    F(pilot_residential_area, occupied_households, "occupied_households", FIELD_COUNT, NULL, "4.4.1-6",
      "dwellings that are lived in"),
    F(pilot_residential_area, paying_households, "paying_households", FIELD_COUNT, NULL, "4.4.1-6",
      "dwellings that pay the property fee"),
    F(pilot_residential_area, building_area, "building_area_m2", FIELD_AREA, NULL, "4.4.1-6",
      "building area of its dwellings"),
    F(pilot_residential_area, steps, "steps", FIELD_RECORD, &steps_record, "6.1-3", "its steps"),
    L(pilot_residential_area, contracts, contract_count, false, &contract_record, "4.3-2",
      "its service contracts"),
};
static const record area_record = {"areas", sizeof(pilot_residential_area), FIELDS(area_fields),
                                   "an old residential area"};

static const field city_fields[] = {
    F(pilot_records, name, "name", FIELD_TEXT, NULL, NULL, "the city's name"),
    F(pilot_records, complete, "complete", FIELD_ANSWER, NULL, "2-3",
      "the file lists every pilot of the city"),
    L(pilot_records, districts, district_count, true, &district_record, "2-2", "its districts"),
    L(pilot_records, providers, provider_count, false, &provider_record, "4.5-2", "the providers"),
    L(pilot_records, communities, community_count, true, &community_record, "2-3",
      "its pilot communities"),
    L(pilot_records, areas, area_count, true, &area_record, "2-4", "their old residential areas"),
};
const record pilot_city_record = {"city", sizeof(pilot_records), FIELDS(city_fields), "a city file"};

bool pilot_city_link(pilot_city *city)
{
    const pilot_records *r = &city->records;
    size_t links = 0;
    for (size_t i = 0; i < r->area_count; i++)
        links += r->areas[i].community_count;
    city->start = pilot_arena_take(&city->memory, r->community_count + 2, sizeof *city->start);
    city->areas = pilot_arena_take(&city->memory, links, sizeof *city->areas);
    if (!city->start || !city->areas)
        return false;
    /* Counts go one place further on than they belong, so that filling leaves the starts in place. */
    size_t *next = city->start + 1;
    for (size_t i = 0; i < r->area_count; i++)
        for (size_t j = 0; j < r->areas[i].community_count; j++)
            next[r->areas[i].communities[j] - r->communities + 1]++;
    for (size_t i = 0; i < r->community_count; i++)
        next[i + 1] += next[i];
    for (size_t i = 0; i < r->area_count; i++)
        for (size_t j = 0; j < r->areas[i].community_count; j++)
            city->areas[next[r->areas[i].communities[j] - r->communities]++] = &r->areas[i];
    return true;
}

void pilot_city_free(pilot_city *city)
{
    if (!city)
        return;
    pilot_arena_free(&city->memory);
    free(city);
}

const pilot_records *pilot_city_records(const pilot_city *city)
{
    return &city->records;
}

const pilot_residential_area *const *pilot_city_areas_of(const pilot_city *city,
                                                         const pilot_community *community, size_t *count)
{
    size_t i = (size_t)(community - city->records.communities);
    *count = city->start[i + 1] - city->start[i];
    return city->areas + city->start[i];
}

const pilot_community *pilot_city_find_community(const pilot_city *city, const char *id)
{
    for (size_t i = 0; id && i < city->records.community_count; i++)
        if (strcmp(city->records.communities[i].id, id) == 0)
            return &city->records.communities[i];
    return NULL;
}

pilot_layout pilot_layout_on(const pilot_residential_area *area, pilot_date day)
{
    return area->enclosed_on.known && area->enclosed_on.value <= day ? PILOT_LAYOUT_CLOSED
                                                                     : area->layout_at_selection;
}

pilot_answer pilot_step_done_by(const pilot_step *step, pilot_date day)
{
    if (step->done == PILOT_ANSWER_YES && step->date > day)
        return PILOT_ANSWER_NO;
    return step->done;
}

static pilot_opt_int households(const pilot_residential_area *area, const pilot_parameters *p)
{
    switch (p->readings[PILOT_READING_HOUSEHOLD_BASIS]) {
    case PILOT_OCCUPIED_DWELLINGS:
        return area->occupied_households;
    case PILOT_PAYING_DWELLINGS:
        return area->paying_households;
    default:
        return area->households;
    }
}

pilot_status pilot_area_claim(const pilot_policy *policy, const pilot_residential_area *area,
                              pilot_date as_of, pilot_claim *claim)
{
    if (!policy || !area || !claim)
        return PILOT_ERROR_ARGUMENT;
    if (!pilot_date_valid(as_of))
        return PILOT_ERROR_RANGE;
    const pilot_parameters *p = &policy->parameters;
    if (!area->community_count || !p->rate_count ||
        pilot_step_done_by(&area->steps.entry, as_of) != PILOT_ANSWER_YES)
        return PILOT_ERROR_MISSING_VALUE;
    pilot_month entry = pilot_month_of(area->steps.entry.date);
    pilot_month last = p->rates[p->rate_count - 1].last;
    *claim = (pilot_claim){
        .quantity = {[PILOT_PER_HOUSEHOLD] = households(area, p),
                     [PILOT_PER_SQUARE_METRE] = area->building_area,
                     [PILOT_PER_COMMUNITY] = {1, true}},
        .first = entry,
        .last = last < entry ? entry : last,
        .assessments = area->communities[0]->assessments,
        .assessment_count = area->communities[0]->assessment_count,
        .as_of = {as_of, true},
    };
    return PILOT_OK;
}

typedef struct adding {
    pilot_award_sum sum;
    pilot_award_year *years;
    int32_t first_year;
    size_t year_count;
} adding;

static pilot_status add_year(const pilot_award_line *line, void *context)
{
    adding *a = context;
    int32_t year = pilot_month_year(line->first);
    if (!a->years || year < a->first_year || (size_t)(year - a->first_year) >= a->year_count)
        return PILOT_OK;
    pilot_award_year *row = &a->years[year - a->first_year];
    pilot_status status = pilot_add(row->total, line->amount, &row->total);
    if (status == PILOT_OK)
        status = pilot_add(row->withheld, line->withheld, &row->withheld);
    row->city += line->city;
    row->district += line->district;
    return status;
}

static pilot_status add_award(pilot_award *sum, const pilot_award *award)
{
    pilot_status status = pilot_add(sum->total, award->total, &sum->total);
    if (status == PILOT_OK)
        status = pilot_add(sum->withheld, award->withheld, &sum->withheld);
    sum->city += award->city;
    sum->district += award->district;
    sum->reasons |= award->reasons;
    return status;
}

static pilot_status add_area(adding *a, const pilot_policy *policy, const pilot_residential_area *area,
                             pilot_date as_of)
{
    pilot_claim claim;
    pilot_award award;
    pilot_status status = pilot_area_claim(policy, area, as_of, &claim);
    if (status == PILOT_OK)
        status = pilot_award_walk(policy, &claim, NULL, NULL, &award);
    if (status == PILOT_ERROR_MISSING_VALUE) {
        a->sum.areas_unknown++;
        return PILOT_OK;
    }
    if (status == PILOT_OK)
        status = pilot_award_walk(policy, &claim, add_year, a, &award);
    for (int basis = 0; status == PILOT_OK && basis < PILOT_BASIS_COUNT; basis++)
        if (claim.quantity[basis].known)
            status =
                pilot_add(a->sum.quantity[basis], claim.quantity[basis].value, &a->sum.quantity[basis]);
    a->sum.areas++;
    return status == PILOT_OK ? add_award(&a->sum.award, &award) : status;
}

/* An area that names several communities counts for the first, so that no sum has it twice. */
static bool belongs(const pilot_residential_area *area, const pilot_community *community)
{
    return !community || (area->community_count && area->communities[0] == community);
}

static pilot_status add_areas(adding *a, const pilot_policy *policy, const pilot_city *city,
                              const pilot_community *community, pilot_date as_of)
{
    pilot_status status = PILOT_OK;
    const pilot_records *r = &city->records;
    size_t count = r->area_count;
    const pilot_residential_area *const *of =
        community ? pilot_city_areas_of(city, community, &count) : NULL;
    for (size_t i = 0; status == PILOT_OK && i < count; i++) {
        const pilot_residential_area *area = of ? of[i] : &r->areas[i];
        if (belongs(area, community))
            status = add_area(a, policy, area, as_of);
    }
    return status;
}

pilot_status pilot_city_award(const pilot_policy *policy, const pilot_city *city,
                              const pilot_community *community, pilot_date as_of, pilot_award_sum *sum,
                              pilot_award_year *years, size_t capacity)
{
    if (!policy || !city || !sum)
        return PILOT_ERROR_ARGUMENT;
    if (!pilot_date_valid(as_of))
        return PILOT_ERROR_RANGE;
    adding a = {.years = years};
    a.year_count = pilot_policy_years(policy, &a.first_year);
    if (years && capacity < a.year_count)
        return PILOT_ERROR_CAPACITY;
    for (size_t i = 0; years && i < a.year_count; i++)
        years[i] = (pilot_award_year){.year = a.first_year + (int32_t)i};
    pilot_status status = add_areas(&a, policy, city, community, as_of);
    if (status != PILOT_OK)
        return status;
    pilot_receipt_fill(policy, (pilot_opt_date){as_of, true}, &a.sum.award.receipt);
    *sum = a.sum;
    return PILOT_OK;
}

typedef struct city_claim {
    const pilot_city *city;
    const pilot_community *community;
    pilot_date as_of;
    size_t areas_unknown; /* under the policy's own readings */
} city_claim;

/* MISSING_VALUE where a reading's counts are not known, so that no two sums are of different areas. */
static pilot_status city_values(const pilot_policy *policy, const void *context,
                                int64_t values[PILOT_SWEEP_VALUES])
{
    const city_claim *c = context;
    adding a = {0};
    pilot_status status = add_areas(&a, policy, c->city, c->community, c->as_of);
    pilot_award_values(&a.sum.award, values);
    return status == PILOT_OK && a.sum.areas_unknown != c->areas_unknown ? PILOT_ERROR_MISSING_VALUE
                                                                         : status;
}

pilot_status pilot_city_award_range(const pilot_policy *policy, const pilot_city *city,
                                    const pilot_community *community, pilot_date as_of,
                                    pilot_award_range *range)
{
    if (!policy || !city || !range)
        return PILOT_ERROR_ARGUMENT;
    if (!pilot_date_valid(as_of))
        return PILOT_ERROR_RANGE;
    adding own = {0};
    pilot_status status = add_areas(&own, policy, city, community, as_of);
    if (status != PILOT_OK)
        return status;
    city_claim claim = {city, community, as_of, own.sum.areas_unknown};
    return pilot_award_sweep(policy,
                             PILOT_AWARD_READINGS | PILOT_READING_BIT(PILOT_READING_HOUSEHOLD_BASIS),
                             city_values, &claim, range);
}
