/* The reward of a city's areas (4.4.1). */
#include "city_internal.h"

#include "base/base_internal.h"
#include "base/stop.h"
#include "money/reward_internal.h"

static pilot_opt_int households(const pilot_residential_area *area, const pilot_parameters *p)
{
    switch (p->readings[PILOT_READING_HOUSEHOLD_BASIS]) {
    case PILOT_HOUSEHOLD_BASIS_OCCUPIED:
        return area->occupied_households;
    case PILOT_HOUSEHOLD_BASIS_PAYING:
        return area->paying_households;
    default:
        return area->households;
    }
}

/* Why nobody can claim for an area; the member that says so. */
typedef enum hindrance {
    CLAIMABLE,
    COMMUNITIES_UNKNOWN,
    NO_COMMUNITY,
    NO_ENTRY,
    NO_RATE,
} hindrance;

static hindrance hindrance_of(const pilot_parameters *p, const pilot_residential_area *area,
                              pilot_date as_of)
{
    if (area->communities && !area->community_count)
        return NO_COMMUNITY;
    if (!pilot_first_community(area))
        return COMMUNITIES_UNKNOWN;
    if (pilot_step_done_by(&area->steps.entry, as_of) != PILOT_ANSWER_YES)
        return NO_ENTRY;
    return p->rate_count ? CLAIMABLE : NO_RATE;
}

pilot_status pilot_claim_of(const pilot_policy *policy, const pilot_residential_area *area,
                            pilot_date as_of, pilot_claim *claim)
{
    const pilot_parameters *p = &policy->parameters;
    const hindrance hindered = hindrance_of(p, area, as_of);
    if (hindered != CLAIMABLE)
        return hindered == NO_COMMUNITY ? PILOT_ERROR_NOT_FOUND : PILOT_ERROR_MISSING_VALUE;
    const pilot_community *community = pilot_first_community(area);
    pilot_month entry = pilot_month_of(area->steps.entry.date);
    pilot_month last = p->rates[p->rate_count - 1].last;
    *claim = (pilot_claim){
        .quantity = {[PILOT_PER_HOUSEHOLD] = households(area, p),
                     [PILOT_PER_SQUARE_METRE] = area->building_area,
                     [PILOT_PER_COMMUNITY] = {1, true}},
        .counts = area->counts,
        .count_count = pilot_listed(area->counts, area->count_count),
        .household_basis = p->readings[PILOT_READING_HOUSEHOLD_BASIS],
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
        [PILOT_HOUSEHOLD_BASIS_ALL_DWELLINGS] = "areas/households",
        [PILOT_HOUSEHOLD_BASIS_OCCUPIED] = "areas/occupied_households",
        [PILOT_HOUSEHOLD_BASIS_PAYING] = "areas/paying_households",
    };
    return basis == PILOT_PER_SQUARE_METRE ? "areas/building_area_m2"
                                           : households[p->readings[PILOT_READING_HOUSEHOLD_BASIS]];
}

const char *pilot_residential_area_lacks(const pilot_policy *policy, const pilot_residential_area *area,
                                         pilot_date as_of, const char **of)
{
    pilot_claim claim;
    *of = area->id;
    switch (hindrance_of(&policy->parameters, area, as_of)) {
    case COMMUNITIES_UNKNOWN:
        return "areas/communities";
    case NO_ENTRY:
        return "areas/steps/entry";
    case NO_COMMUNITY: /* nobody is paid for it */
    case NO_RATE:
        return NULL;
    case CLAIMABLE:
        break;
    }
    (void)pilot_claim_of(policy, area, as_of, &claim);
    const pilot_lack lack = pilot_claim_lacks(policy, &claim);
    if (lack.what == PILOT_LACKS_PASS_DATE) {
        *of = pilot_first_community(area)->id;
        return "communities/assessments/date";
    }
    return lack.what == PILOT_LACKS_QUANTITY ? count_key(&policy->parameters, lack.basis) : NULL;
}

static pilot_status refuse_claim(hindrance hindered, pilot_error *error)
{
    const pilot_status missing = PILOT_ERROR_MISSING_VALUE;
    switch (hindered) {
    case COMMUNITIES_UNKNOWN:
        return pilot_error_refuse(error, missing, "/communities", NULL, "该居民区属于哪个社区尚不清楚",
                                  "it is not known which community the area belongs to");
    case NO_COMMUNITY:
        return pilot_error_refuse(error, PILOT_ERROR_NOT_FOUND, "/communities", NULL,
                                  "该居民区不属于任何社区，没有申报主体",
                                  "the area belongs to no community, so nobody claims for it");
    case NO_ENTRY:
        return pilot_error_refuse(error, missing, "/steps/entry", NULL, "截至该日没有已知的进驻",
                                  "no entry of a provider is known to be done by the day");
    default:
        return pilot_error_refuse(error, missing, "", NULL, "政策没有奖补标准",
                                  "the policy has no rate");
    }
}

pilot_status pilot_residential_area_claim(const pilot_policy *policy, const pilot_residential_area *area,
                                          pilot_date as_of, pilot_claim *claim, pilot_error *error)
{
    if (!policy || !area || !claim)
        return pilot_error_null(error);
    if (!pilot_date_valid(as_of))
        return pilot_error_day(error, "/as_of", as_of);
    pilot_status status = pilot_record_check(&pilot_residential_area_record, area, error);
    if (status != PILOT_OK)
        return status;
    status = pilot_claim_of(policy, area, as_of, claim);
    return status == PILOT_OK ? PILOT_OK
                              : refuse_claim(hindrance_of(&policy->parameters, area, as_of), error);
}

/* A policy's rates lie within the years that months may lie in. */
#define YEARS_MAX (PILOT_YEAR_MAX - PILOT_YEAR_MIN + 1)

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
    pilot_opt_int quantity[PILOT_BASIS_COUNT] = {{.known = false}};
    if (status == PILOT_OK)
        pilot_claim_quantities(policy, &claim, results, claim.last, quantity);
    for (int basis = 0; status == PILOT_OK && basis < PILOT_BASIS_COUNT; basis++)
        if (quantity[basis].known)
            status = pilot_add(a->sum.quantity[basis], quantity[basis].value, &a->sum.quantity[basis]);
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

/* What the sum of a city refuses: its records were checked when they were read. */
static pilot_status check_sum(const pilot_policy *policy, const pilot_city *city, pilot_date as_of,
                              const void *result, pilot_error *error)
{
    if (!policy || !city || !result)
        return pilot_error_null(error);
    return pilot_date_valid(as_of) ? PILOT_OK : pilot_error_day(error, "/as_of", as_of);
}

/* What only shows on the way. */
static pilot_status explain(pilot_status status, pilot_error *error)
{
    if (status == PILOT_ERROR_STOPPED)
        return pilot_error_stopped(error);
    return status == PILOT_ERROR_OVERFLOW ? pilot_error_sum(error) : status;
}

pilot_status pilot_city_award(const pilot_policy *policy, const pilot_city *city,
                              const pilot_community *community, pilot_date as_of, pilot_award_sum *sum,
                              pilot_award_year *years, size_t capacity, pilot_error *error)
{
    return pilot_city_award_until(policy, city, community, as_of, NULL, sum, years, capacity, error);
}

pilot_status pilot_city_award_until(const pilot_policy *policy, const pilot_city *city,
                                    const pilot_community *community, pilot_date as_of,
                                    const pilot_stop *stop, pilot_award_sum *sum,
                                    pilot_award_year *years, size_t capacity, pilot_error *error)
{
    pilot_award_year made[YEARS_MAX]; /* a failure leaves the caller's untouched */
    stopping own = {.stop = stop};
    adding a = {.stop = &own, .years = years ? made : NULL};
    pilot_status status = check_sum(policy, city, as_of, sum, error);
    if (status != PILOT_OK)
        return status;
    a.year_count = pilot_policy_years(policy, &a.first_year);
    if (years && capacity < a.year_count)
        return pilot_error_room(error, a.year_count);
    for (size_t i = 0; years && i < a.year_count; i++)
        made[i] = (pilot_award_year){.year = a.first_year + (int32_t)i};
    status = add_areas(&a, policy, city, community, as_of);
    if (status != PILOT_OK)
        return explain(status, error);
    for (size_t i = 0; years && i < a.year_count; i++)
        years[i] = made[i];
    pilot_receipt_fill(policy, (pilot_opt_date){as_of, true}, &a.sum.award.receipt);
    *sum = a.sum;
    return PILOT_OK;
}

pilot_status pilot_city_sum(const pilot_policy *policy, const pilot_city *city,
                            const pilot_community *community, pilot_date as_of, stopping *stop,
                            pilot_award_sum *sum)
{
    adding a = {.stop = stop};
    pilot_status status = add_areas(&a, policy, city, community, as_of);
    if (status == PILOT_OK)
        *sum = a.sum;
    return status;
}

/* The readings that can bear on an award of some area. */
static uint32_t readings_of(const pilot_records *r)
{
    bool counts = false, assessments = false;
    for (size_t i = 0; i < r->area_count; i++)
        counts = counts || pilot_listed(r->areas[i].counts, r->areas[i].count_count);
    for (size_t i = 0; i < r->community_count; i++)
        assessments = assessments ||
                      pilot_listed(r->communities[i].assessments, r->communities[i].assessment_count);
    return pilot_claim_readings(counts, assessments) | PILOT_READING_BIT(PILOT_READING_HOUSEHOLD_BASIS);
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
                                    pilot_award_range *range, pilot_error *error)
{
    return pilot_city_award_range_until(policy, city, community, as_of, NULL, range, error);
}

pilot_status pilot_city_award_range_until(const pilot_policy *policy, const pilot_city *city,
                                          const pilot_community *community, pilot_date as_of,
                                          const pilot_stop *stop, pilot_award_range *range,
                                          pilot_error *error)
{
    stopping asked = {.stop = stop};
    adding own = {.stop = &asked};
    pilot_status status = check_sum(policy, city, as_of, range, error);
    if (status != PILOT_OK)
        return status;
    status = add_areas(&own, policy, city, community, as_of);
    if (status != PILOT_OK)
        return explain(status, error);
    city_claim claim = {city, community, as_of, &asked, own.sum.areas_unknown};
    status = pilot_award_sweep(policy, readings_of(&city->records), city_values, &claim, range);
    return status == PILOT_OK ? PILOT_OK : explain(status, error);
}
