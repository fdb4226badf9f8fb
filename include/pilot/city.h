/* Records: what a city knows about its pilots. Plain structs that may be filled by hand, or read from
 * a city file (json.h). Zero-initialised means that nothing is known; a list whose pointer is NULL is
 * not known, one with a pointer and no items is known to be empty. Bodies and posts, never persons. */
#ifndef PILOT_CITY_H
#define PILOT_CITY_H

#include "reward.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How a community comes by its property office (4.2-2). */
typedef enum pilot_office_route {
    PILOT_ROUTE_UNKNOWN = 0,
    PILOT_ROUTE_OWN,
    PILOT_ROUTE_BUILT_IN_REMEDIATION,
    PILOT_ROUTE_BUILT_WITH_CENTRE, /* with the neighbourhood centre */
    PILOT_ROUTE_LONG_LEASE,
    PILOT_ROUTE_SHARED,
    PILOT_ROUTE_OTHER,
} pilot_office_route;

/* An area is open when anyone may walk in; what "the gate" is depends on it (1-4). */
typedef enum pilot_layout {
    PILOT_LAYOUT_UNKNOWN = 0,
    PILOT_LAYOUT_OPEN,
    PILOT_LAYOUT_CLOSED,
} pilot_layout;

/* Whether an area was remediated before the pilot or is being remediated in its year (5.1-5). */
typedef enum pilot_branch {
    PILOT_BRANCH_UNKNOWN = 0,
    PILOT_BRANCH_REMEDIATED,
    PILOT_BRANCH_IN_PROGRESS,
} pilot_branch;

typedef enum pilot_signatory {
    PILOT_SIGNATORY_UNKNOWN = 0,
    PILOT_SIGNATORY_COMMITTEE,
    PILOT_SIGNATORY_RESIDENTS_COMMITTEE, /* in the committee's place while there is none (3.2-13c) */
    PILOT_SIGNATORY_OTHER,
} pilot_signatory;

typedef struct pilot_district {
    const char *id; /* administrative division code */
    const char *name;
} pilot_district;

typedef struct pilot_provider {
    const char *id;
    const char *name;
} pilot_provider;

typedef struct pilot_office {
    pilot_opt_int area; /* 0.01 m² */
    pilot_office_route route;
    pilot_opt_date available_from;
} pilot_office;

typedef struct pilot_workstation {
    pilot_opt_int property_staff; /* named for property management */
} pilot_workstation;

typedef struct pilot_community {
    const char *id;
    const char *name;
    const pilot_district *district;
    pilot_workstation workstation;
    const pilot_office *offices;
    size_t office_count;
    const pilot_assessment *assessments;
    size_t assessment_count;
    pilot_opt_int reward_paid; /* fen, so far */
} pilot_community;

typedef struct pilot_contract {
    const pilot_provider *provider; /* NULL where not known */
    pilot_opt_date signed_on;
    pilot_signatory signed_by;
    pilot_answer written;
    pilot_answer states_content;
    pilot_answer states_standard;
    pilot_answer states_price;
} pilot_contract;

typedef struct pilot_area_steps {
    pilot_step selection;
    pilot_step remediation; /* accepted */
    pilot_step assembly;    /* held, and the committee elected */
    pilot_step entry;       /* the provider's, and with it the service */
} pilot_area_steps;

/* An old residential area. */
typedef struct pilot_residential_area {
    const char *id;
    const char *name;
    const pilot_community *const *communities; /* that it belongs to: one, by 4.2-3 */
    size_t community_count;
    pilot_answer old;
    pilot_layout layout_at_selection;
    pilot_opt_date enclosed_on;
    pilot_branch branch;
    pilot_opt_int households; /* all dwellings inside the boundary (4.4.1-6) */
    pilot_opt_int occupied_households;
    pilot_opt_int paying_households;
    pilot_opt_int building_area; /* 0.01 m² */
    pilot_area_steps steps;
    const pilot_contract *contracts;
    size_t contract_count;
} pilot_residential_area;

/* All records of one city file. */
typedef struct pilot_records {
    const char *name;
    pilot_answer complete; /* it lists every pilot of the city, so that what is not in it is not there */
    const pilot_district *districts;
    size_t district_count;
    const pilot_provider *providers;
    size_t provider_count;
    const pilot_community *communities;
    size_t community_count;
    const pilot_residential_area *areas;
    size_t area_count;
} pilot_records;

typedef struct pilot_city pilot_city;

/* NULL is fine. */
PILOT_API void pilot_city_free(pilot_city *city);
/* The city owns what is returned. */
PILOT_API const pilot_records *pilot_city_records(const pilot_city *city);
/* The areas that name the community, in the order of the file. *count may not be NULL. */
PILOT_API const pilot_residential_area *const *
pilot_city_areas_of(const pilot_city *city, const pilot_community *community, size_t *count);
/* NULL where there is none of that id. */
PILOT_API const pilot_community *pilot_city_find_community(const pilot_city *city, const char *id);

/* The claim of one area for the whole reward period: its counts (households by the reading
 * household_basis), service from the month of entry to the last month that has a rate, and its
 * community's assessments. An area that names several communities is claimed for the first.
 * The claim points into the area's records.
 * Errors: ARGUMENT, MISSING_VALUE (no entry known to be done by as_of, or no community), RANGE. */
PILOT_API pilot_status pilot_area_claim(const pilot_policy *policy, const pilot_residential_area *area,
                                        pilot_date as_of, pilot_claim *claim);

typedef struct pilot_award_year {
    int32_t year;
    pilot_money total, city, district, withheld;
} pilot_award_year;

/* The awards of several areas together. */
typedef struct pilot_award_sum {
    pilot_award award;                   /* months and lines are 0: areas differ in them */
    int64_t quantity[PILOT_BASIS_COUNT]; /* of the areas that are in the sum */
    size_t areas;                        /* in the sum */
    size_t areas_unknown;                /* left out: no entry by as_of, or a count not known */
} pilot_award_sum;

/* The awards of a community's areas, or of all areas for a NULL community.
 * years: NULL, or room for a row per calendar year from that of the policy's first rate to that of its
 * last (pilot_policy_years gives their number). Errors: ARGUMENT, CAPACITY, RANGE, ORDER, OVERFLOW. */
PILOT_API pilot_status pilot_city_award(const pilot_policy *policy, const pilot_city *city,
                                        const pilot_community *community, pilot_date as_of,
                                        pilot_award_sum *sum, pilot_award_year *years, size_t capacity);

/* The same sum under every combination of the readings that bear on it: those of an award, and
 * household_basis where the counts are known. */
PILOT_API pilot_status pilot_city_award_range(const pilot_policy *policy, const pilot_city *city,
                                              const pilot_community *community, pilot_date as_of,
                                              pilot_award_range *range);

#ifdef __cplusplus
}
#endif
#endif
