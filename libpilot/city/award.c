/* The reward of a city's areas (4.4.1). */
#include "city_internal.h"

#include "base/base_internal.h"
#include "base/stop.h"
#include "money/reward_internal.h"

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

pilot_status pilot_claim_of(const pilot_policy *policy, const pilot_residential_area *area,
                            pilot_date as_of, pilot_claim *claim)
{
    const pilot_parameters *p = &policy->parameters;
    const pilot_community *community = pilot_first_community(area);
    if (area->communities && !area->community_count)
        return PILOT_ERROR_NOT_FOUND;
    if (!community || !p->rate_count ||
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
        .assessments = community->assessments,
        .assessment_count = pilot_listed(community->assessments, community->assessment_count),
        .as_of = {as_of, true},
    };
    return PILOT_OK;
}

static const char *count_key(const pilot_parameters *p, pilot_basis basis)
{
    static const char *const households[] = {
        [PILOT_ALL_DWELLINGS] = "areas/households",
        [PILOT_OCCUPIED_DWELLINGS] = "areas/occupied_households",
        [PILOT_PAYING_DWELLINGS] = "areas/paying_households",
    };
    return basis == PILOT_PER_SQUARE_METRE ? "areas/building_area_m2"
                                           : households[p->readings[PILOT_READING_HOUSEHOLD_BASIS]];
}

const char *pilot_area_lacks(const pilot_policy *policy, const pilot_residential_area *area,
                             pilot_date as_of)
{
    const pilot_parameters *p = &policy->parameters;
    const pilot_counting counting = pilot_counting_of(p);
    pilot_claim claim;
    if (!area->communities)
        return "areas/communities";
    if (!area->community_count)
        return NULL; /* nobody is paid for it */
    if (pilot_step_done_by(&area->steps.entry, as_of) != PILOT_ANSWER_YES)
        return "areas/steps/entry";
    if (pilot_claim_of(policy, area, as_of, &claim) != PILOT_OK)
        return NULL;
    for (size_t i = 0; i < p->rate_count; i++)
        if (p->rates[i].last >= pilot_counted_first(counting, claim.first) &&
            p->rates[i].first <= pilot_counted_last(counting, claim.last) &&
            !claim.quantity[p->rates[i].basis].known)
            return count_key(p, p->rates[i].basis);
    return NULL;
}

pilot_status pilot_area_claim(const pilot_policy *policy, const pilot_residential_area *area,
                              pilot_date as_of, pilot_claim *claim)
{
    if (!policy || !area || !claim)
        return PILOT_ERROR_ARGUMENT;
    if (!pilot_date_valid(as_of))
        return PILOT_ERROR_RANGE;
    pilot_status status = pilot_record_check(&pilot_area_record, area, NULL);
    return status == PILOT_OK ? pilot_claim_of(policy, area, as_of, claim) : status;
}

typedef struct adding {
    stopping *stop;
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
                             const pilot_results *results, pilot_date as_of)
{
    pilot_claim claim;
    pilot_award award;
    pilot_status status = pilot_claim_of(policy, area, as_of, &claim);
    if (status == PILOT_OK)
        status = pilot_award_walk_by(policy, &claim, results, NULL, NULL, &award);
    if (status == PILOT_ERROR_MISSING_VALUE) {
        a->sum.areas_unknown++;
        return PILOT_OK;
    }
    if (status == PILOT_OK)
        status = pilot_award_walk_by(policy, &claim, results, add_year, a, &award);
    for (int basis = 0; status == PILOT_OK && basis < PILOT_BASIS_COUNT; basis++)
        if (claim.quantity[basis].known)
            status =
                pilot_add(a->sum.quantity[basis], claim.quantity[basis].value, &a->sum.quantity[basis]);
    a->sum.areas++;
    return status == PILOT_OK ? add_award(&a->sum.award, &award) : status;
}

/* The areas of one community, whose results hold for all of them. An area that names several communities
 * counts for the first, so that no sum has it twice. */
static pilot_status add_community(adding *a, const pilot_policy *policy, const pilot_city *city,
                                  const pilot_community *community, pilot_date as_of)
{
    size_t count;
    const pilot_residential_area *const *areas = pilot_city_areas_of(city, community, &count);
    const pilot_claim assessed = {.assessments = community->assessments,
                                  .assessment_count =
                                      pilot_listed(community->assessments, community->assessment_count),
                                  .as_of = {as_of, true}};
    pilot_results results;
    pilot_status status = count ? pilot_results_of(&assessed, &results) : PILOT_OK;
    for (size_t i = 0; status == PILOT_OK && i < count; i++)
        if (pilot_stopped(a->stop))
            status = PILOT_ERROR_STOPPED;
        else if (pilot_first_community(areas[i]) == community)
            status = add_area(a, policy, areas[i], &results, as_of);
    return status;
}

static pilot_status add_areas(adding *a, const pilot_policy *policy, const pilot_city *city,
                              const pilot_community *community, pilot_date as_of)
{
    const pilot_records *r = &city->records;
    pilot_status status = PILOT_OK;
    if (community)
        return add_community(a, policy, city, community, as_of);
    for (size_t i = 0; status == PILOT_OK && i < r->community_count; i++)
        status = add_community(a, policy, city, &r->communities[i], as_of);
    for (size_t i = 0; i < r->area_count; i++)
        a->sum.areas_unknown += !r->areas[i].communities;
    return status;
}

pilot_status pilot_city_award(const pilot_policy *policy, const pilot_city *city,
                              const pilot_community *community, pilot_date as_of, pilot_award_sum *sum,
                              pilot_award_year *years, size_t capacity)
{
    return pilot_city_award_until(policy, city, community, as_of, NULL, sum, years, capacity);
}

pilot_status pilot_city_award_until(const pilot_policy *policy, const pilot_city *city,
                                    const pilot_community *community, pilot_date as_of,
                                    const pilot_stop *stop, pilot_award_sum *sum,
                                    pilot_award_year *years, size_t capacity)
{
    stopping own = {.stop = stop};
    return pilot_city_sum(policy, city, community, as_of, &own, sum, years, capacity);
}

pilot_status pilot_city_sum(const pilot_policy *policy, const pilot_city *city,
                            const pilot_community *community, pilot_date as_of, stopping *stop,
                            pilot_award_sum *sum, pilot_award_year *years, size_t capacity)
{
    if (!policy || !city || !sum)
        return PILOT_ERROR_ARGUMENT;
    if (!pilot_date_valid(as_of))
        return PILOT_ERROR_RANGE;
    adding a = {.stop = stop, .years = years};
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
    stopping *stop;
    size_t areas_unknown; /* under the policy's own readings */
} city_claim;

/* MISSING_VALUE where a reading's counts are not known, so that no two sums are of different areas. */
static pilot_status city_values(const pilot_policy *policy, const void *context,
                                int64_t values[PILOT_SWEEP_VALUES])
{
    const city_claim *c = context;
    adding a = {.stop = c->stop};
    pilot_status status = add_areas(&a, policy, c->city, c->community, c->as_of);
    pilot_award_values(&a.sum.award, values);
    return status == PILOT_OK && a.sum.areas_unknown != c->areas_unknown ? PILOT_ERROR_MISSING_VALUE
                                                                         : status;
}

pilot_status pilot_city_award_range(const pilot_policy *policy, const pilot_city *city,
                                    const pilot_community *community, pilot_date as_of,
                                    pilot_award_range *range)
{
    return pilot_city_award_range_until(policy, city, community, as_of, NULL, range);
}

pilot_status pilot_city_award_range_until(const pilot_policy *policy, const pilot_city *city,
                                          const pilot_community *community, pilot_date as_of,
                                          const pilot_stop *stop, pilot_award_range *range)
{
    if (!policy || !city || !range)
        return PILOT_ERROR_ARGUMENT;
    if (!pilot_date_valid(as_of))
        return PILOT_ERROR_RANGE;
    stopping asked = {.stop = stop};
    adding own = {.stop = &asked};
    pilot_status status = add_areas(&own, policy, city, community, as_of);
    if (status != PILOT_OK)
        return status;
    city_claim claim = {city, community, as_of, &asked, own.sum.areas_unknown};
    return pilot_award_sweep(policy,
                             PILOT_AWARD_READINGS | PILOT_READING_BIT(PILOT_READING_HOUSEHOLD_BASIS),
                             city_values, &claim, range);
}
