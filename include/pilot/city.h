/* Records: what a city knows about its pilots. Plain structs that may be filled by hand, or read from
 * a city file (json.h). Zero-initialised means that nothing is known; a list whose pointer is NULL is
 * not known, whatever its count, and so is a text or a reference that is NULL; a list with a pointer and
 * no items is known to be empty. Functions that take records look over those that were not read from
 * text: a bool that is none is ARGUMENT, an enum, an answer, a number or a day for which a file would be
 * refused is RANGE. Bodies and posts, never persons. */
#ifndef PILOT_CITY_H
#define PILOT_CITY_H

#include "account.h"
#include "clause.h"
#include "code.h"
#include "menu.h"
#include "reward.h"
#include "vote.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How a community comes by its property office (4.2-2). */
typedef enum pilot_office_route {
    PILOT_ROUTE_UNKNOWN = 0,
    PILOT_ROUTE_OWN = 1,
    PILOT_ROUTE_BUILT_IN_REMEDIATION = 2,
    PILOT_ROUTE_BUILT_WITH_CENTRE = 3, /* with the neighbourhood centre */
    PILOT_ROUTE_LONG_LEASE = 4,
    PILOT_ROUTE_SHARED = 5,
    PILOT_ROUTE_OTHER = 6,
} pilot_office_route;

/* An area is open when anyone may walk in; what "the gate" is depends on it (1-4). */
typedef enum pilot_layout {
    PILOT_LAYOUT_UNKNOWN = 0,
    PILOT_LAYOUT_OPEN = 1,
    PILOT_LAYOUT_CLOSED = 2,
} pilot_layout;

/* Whether an area was remediated before the pilot or is being remediated in its year (5.1-5). */
typedef enum pilot_branch {
    PILOT_BRANCH_UNKNOWN = 0,
    PILOT_BRANCH_REMEDIATED = 1,
    PILOT_BRANCH_IN_PROGRESS = 2,
    PILOT_BRANCH_NEITHER = 3,
} pilot_branch;

/* How services inside the gate are bought (4.3-3). */
typedef enum pilot_package {
    PILOT_PACKAGE_UNKNOWN = 0,
    PILOT_PACKAGE_COMPREHENSIVE = 1,
    PILOT_PACKAGE_MENU = 2,
} pilot_package;

/* What a fee is collected for, by kind (3.2-8, 4.4-3). */
typedef enum pilot_charge_kind {
    PILOT_CHARGE_KIND_UNKNOWN = 0,
    PILOT_CHARGE_PROPERTY_SERVICE = 1,
    PILOT_CHARGE_CLEANING = 2,
    PILOT_CHARGE_GUARDING = 3,
    PILOT_CHARGE_SANITATION = 4,
    PILOT_CHARGE_PARKING = 5,
    PILOT_CHARGE_WATER = 6,
    PILOT_CHARGE_POWER = 7,
    PILOT_CHARGE_OTHER = 8,
} pilot_charge_kind;

/* The public services outside the gate (3.2-5b), which stay open to others. */
typedef enum pilot_public_service {
    PILOT_ROAD_UPKEEP = 1,
    PILOT_GREENERY = 2,
    PILOT_STREET_LIGHTS = 3,
    PILOT_PUBLIC_TOILETS = 4,
    PILOT_MUNICIPAL_PIPES = 5,
    PILOT_SEPTIC_TANKS = 6,
    PILOT_OTHER_PUBLIC_SERVICE = 7,
} pilot_public_service;
#define PILOT_CORE_PUBLIC_SERVICES 6

/* That something a clause asks for was done, not done, or done on a day, and the paper that shows it. It
 * stands in a record that the clause is asked of, by the scope of the rules that cite it, and counts for
 * each of those rules that asks for evidence. Of several that a rule finds (for two of its clauses, or
 * by hand for one) the least holds: what is not done, else what was done last. */
typedef struct pilot_evidence {
    const pilot_clause *clause;
    pilot_step done;
    const char *document; /* its number or title; may be NULL */
} pilot_evidence;

/* A list of evidence, which every record that a clause can speak of has. */
typedef struct pilot_evidence_list {
    const pilot_evidence *items;
    size_t count;
} pilot_evidence_list;

typedef struct pilot_leading_group {
    pilot_opt_count heads;
    pilot_opt_count deputies;
    pilot_opt_count members;
    pilot_actor office_host; /* NONE: not known */
} pilot_leading_group;

typedef struct pilot_meeting {
    pilot_date held_on;
} pilot_meeting;

typedef struct pilot_district {
    const char *id; /* administrative division code */
    const char *name;
    const char *division_code; /* 6 digits; NULL where it is the id, or not known */
    pilot_evidence_list evidence;
} pilot_district;

typedef struct pilot_provider {
    const char *id;
    const char *name;
    const char *credit_code; /* code.h; NULL: not known */
} pilot_provider;

typedef struct pilot_office {
    pilot_opt_area area; /* 0.01 m² */
    pilot_office_route route;
    pilot_opt_date available_from;
} pilot_office;

typedef struct pilot_workstation {
    pilot_opt_count property_staff; /* named for property management */
} pilot_workstation;

/* A committee member's part-time post at the workstation (4.1-1, 4.1-2). */
typedef struct pilot_appointment {
    pilot_step appointed;
    pilot_answer by_procedure;
    pilot_answer paid;
} pilot_appointment;

typedef struct pilot_payment {
    pilot_date paid_on;
    pilot_money amount;
    pilot_payer payer;   /* BOTH: not known, or not told apart (4.4.1-8) */
    pilot_actor held_by; /* who holds it since; NONE: not known */
} pilot_payment;

typedef struct pilot_use {
    pilot_income_source source;
    pilot_purpose purpose;
    pilot_money amount;
    pilot_opt_date used_on; /* one without a date counts as made by any day */
} pilot_use;

/* A public service handed down to street and community, and its money (3.2-5c, 3.2-5d, 4.3-5 to 4.3-9).
 */
typedef struct pilot_handover {
    pilot_public_service service;
    pilot_step duty_moved;
    pilot_step money_moved;
    pilot_opt_money transferred;    /* fen a year, to street and community */
    pilot_opt_money former_budget;  /* fen a year, of the body that did it before */
    pilot_opt_money reduced_budget; /* fen a year, of the same body since */
    pilot_actor former_provider;    /* that body; NONE: not known, or none of the notice's */
    pilot_opt_money city_part;      /* of the transfer */
    pilot_opt_money district_part;
    pilot_actor coordinator;
} pilot_handover;

typedef struct pilot_community {
    const char *id;
    const char *name;
    const pilot_district *district;
    const char *street_code;   /* 9 digits, of the division of its street; NULL: not known */
    const char *division_code; /* 12 digits; NULL: not known */
    pilot_workstation workstation;
    const pilot_office *offices;
    size_t office_count;
    const pilot_assessment *assessments;
    size_t assessment_count;
    const pilot_payment *reward_payments;
    size_t reward_payment_count;
    const pilot_use *uses; /* of reward and parking money */
    size_t use_count;
    const pilot_appointment *appointments;
    size_t appointment_count;
    const pilot_handover *handovers;
    size_t handover_count;
    pilot_evidence_list evidence;
} pilot_community;

typedef struct pilot_contract {
    const pilot_provider *provider; /* NULL where not known */
    pilot_opt_date signed_on;
    pilot_actor signed_by;   /* for the owners; NONE: not known */
    pilot_opt_date voted_on; /* day of the vote that chose its provider; not known: the last on hiring
                                that was held by the signature */
    pilot_answer written;
    pilot_answer states_content;
    pilot_answer states_standard;
    pilot_answer states_price;
    pilot_package package;
    pilot_opt_count services;      /* single services in a menu package */
    const pilot_menu *menu;        /* that its services were chosen from; NULL where not known */
    pilot_selection selection;     /* what was chosen; nothing: not known */
    pilot_opt_price price;         /* agreed for all that was chosen, 0.0001 yuan per m² and month */
    pilot_opt_money monthly;       /* agreed for the premises as a whole, fen a month */
    pilot_opt_money yearly_income; /* fen, of the provider from this contract */
    pilot_opt_money yearly_cost;   /* fen, taxes included */
} pilot_contract;

/* A provider's offer of a grade of service; grade 1 is the best (5.4-2b). */
typedef struct pilot_offer {
    const pilot_provider *provider; /* NULL where not known */
    int64_t grade;
    pilot_price price; /* per m² of building area and month */
} pilot_offer;

typedef struct pilot_vote {
    pilot_date held_on;
    pilot_matter matter;
    pilot_actor decided_by; /* NONE: not known */
    pilot_answer passed;
    pilot_vote_totals totals; /* of which day and matter do not count; all of no owners: not counted */
} pilot_vote;

/* A department's post that answers for an area (4.3-13). */
typedef struct pilot_grid_post {
    pilot_actor department;
    const char *post;    /* its name or number, never a person's */
    pilot_answer linked; /* with the residents' committee's grid staff */
} pilot_grid_post;

/* A fee that somebody collected for a dwelling (3.2-8, 4.4-1, 4.4-3). */
typedef struct pilot_charge {
    const char *dwelling;
    const char *service; /* id in a contract's menu of a service or the package chosen, or of the menu
                            for all that is; any other text for what no menu has */
    pilot_charge_kind kind;
    pilot_month first, last;     /* both included */
    pilot_money amount;          /* negative: a refund */
    pilot_opt_date collected_on; /* not known: counts from its first month on */
    pilot_opt_area area;         /* of the dwelling, 0.01 m² */
    const char *collector;       /* may be NULL */
    pilot_actor payer;           /* NONE: not known */
    pilot_answer price_marked;
} pilot_charge;

/* What a project earns beside its fees (4.4.2-1). */
typedef struct pilot_income {
    pilot_income_source source;
    int32_t year;           /* in which it was earned; 0: not known */
    pilot_opt_money amount; /* fen a year */
    pilot_opt_money cost;   /* fen a year */
    pilot_actor held_by;    /* who holds it; NONE: not known */
    pilot_answer within_area;
    pilot_answer owners_consent; /* a counted vote on use_common_parts goes before it */
    pilot_answer permitted;      /* by the permits that the activity needs */
} pilot_income;

/* Parking bays that were marked (4.4.2-3, 3.2-9e). */
typedef struct pilot_parking {
    pilot_actor marked_by; /* NONE: not known */
    pilot_opt_date marked_on;
    pilot_answer planning_allows;
    pilot_answer on_public_road;
    pilot_answer traffic_police_guided;
    pilot_actor fee_collected_by; /* NONE: not known, or no fee */
    int32_t year;                 /* in which the fees were collected; 0: not known */
    pilot_opt_money income;       /* fen, of that year */
    pilot_actor held_by;          /* who holds it; NONE: not known */
} pilot_parking;

typedef struct pilot_residential_area_steps {
    pilot_step survey; /* of the residents' willingness */
    pilot_step selection;
    pilot_step remediation; /* accepted */
    pilot_step preparatory_group;
    pilot_step assembly_notice;
    pilot_step assembly;  /* held */
    pilot_step committee; /* elected */
    pilot_step entry;     /* the provider's, and with it the service */
} pilot_residential_area_steps;

/* What a remediation has to bring about (5.2-3). */
typedef struct pilot_remediation_items {
    pilot_answer level_roads;
    pilot_answer free_drainage;
    pilot_answer tidy_stairwells;
    pilot_answer improved_courtyards;
    pilot_answer working_lights;
    pilot_answer regulated_shop_signs;
    pilot_answer orderly_parking;
    pilot_answer bike_charging;
    pilot_answer property_premises;
} pilot_remediation_items;
#define PILOT_REMEDIATION_ITEMS 9

/* An old residential area. */
typedef struct pilot_residential_area {
    const char *id;
    const char *name;
    const pilot_community *const *communities; /* that it belongs to: one, by 4.2-3 */
    size_t community_count;
    pilot_answer old;
    pilot_answer owners_willing;
    pilot_layout layout_at_selection;
    pilot_opt_date enclosed_on;
    pilot_branch branch;
    pilot_opt_count households; /* all dwellings inside the boundary (4.4.1-6) */
    pilot_opt_count occupied_households;
    pilot_opt_count paying_households;
    pilot_opt_area building_area; /* 0.01 m² */
    const pilot_count *counts;    /* later ones of these four, each later than the one before it */
    size_t count_count;
    pilot_opt_count buildings;
    pilot_residential_area_steps steps;
    pilot_remediation_items remediation_items;
    pilot_answer ownership_restricted; /* providers were admitted by their type of ownership */
    const pilot_offer *offers;
    size_t offer_count;
    const pilot_vote *votes;
    size_t vote_count;
    const pilot_contract *contracts;
    size_t contract_count;
    const pilot_grid_post *grid_posts;
    size_t grid_post_count;
    const pilot_charge *charges;
    size_t charge_count;
    const pilot_income *incomes;
    size_t income_count;
    const pilot_use *uses; /* of the project's own incomes */
    size_t use_count;
    const pilot_parking *parking;
    size_t parking_count;
    pilot_evidence_list evidence;
} pilot_residential_area;

/* All records of one city file. */
typedef struct pilot_records {
    const char *name;
    pilot_answer complete; /* it lists every pilot of the city, so that what is not in it is not there */
    pilot_leading_group leading_group;
    const pilot_meeting *meetings; /* of the leading group */
    size_t meeting_count;
    pilot_opt_money reward_budget; /* fen, of the city for its share of all years */
    pilot_evidence_list evidence;
    const pilot_price_list *menus; /* pilot_city_find_menu gives one to compute with */
    size_t menu_count;
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
/* The areas that name the community, in the order of the file; none of a community that is not the
 * city's. *count may not be NULL. */
PILOT_API const pilot_residential_area *const *
pilot_city_areas_of(const pilot_city *city, const pilot_community *community, size_t *count);
/* NULL where there is none of that id. The city owns what is returned, menus too. */
PILOT_API const pilot_community *pilot_city_find_community(const pilot_city *city, const char *id);
PILOT_API const pilot_residential_area *pilot_city_find_area(const pilot_city *city, const char *id);
PILOT_API const pilot_menu *pilot_city_find_menu(const pilot_city *city, const char *id);

/* The claim of one area for the whole reward period: its counts, dated ones too (households by the
 * reading household_basis), service from the month of entry to the last month that has a rate, and its
 * community's assessments. An area that names several communities is claimed for the first.
 * The claim points into the area's records.
 * error may be NULL; its path is the area's member by its key in a city file, "/steps/entry",
 * "/communities", or "/as_of" for the day.
 * Errors: ARGUMENT, MISSING_VALUE (no entry known to be done by as_of, or no community known), NOT_FOUND
 * (it is known to belong to none, so that nobody claims for it), RANGE (as_of, a member of the area). */
PILOT_API pilot_status pilot_residential_area_claim(const pilot_policy *policy,
                                                    const pilot_residential_area *area, pilot_date as_of,
                                                    pilot_claim *claim, pilot_error *error);

typedef struct pilot_award_year {
    int32_t year;
    pilot_money total, city, district, withheld;
} pilot_award_year;

/* The awards of several areas together. */
typedef struct pilot_award_sum {
    pilot_award award; /* months and lines are 0: areas differ in them */
    /* Of the areas that are in the sum: of each what its last month is paid for, by household_date. */
    int64_t quantity[PILOT_BASIS_COUNT];
    size_t areas; /* in the sum */
    /* Left out: no entry by as_of, or a count, the communities or the date of a pass not known. */
    size_t areas_unknown;
} pilot_award_sum;

/* The awards of a community's areas, or of all areas for a NULL community. One that is known to belong
 * to no community is in no sum and not unknown. years: NULL, or room for a row per calendar year from
 * that of the policy's first rate to that of its last (pilot_policy_years gives their number). error may
 * be NULL; its path is "/as_of" for the day and "" for all else. Errors: ARGUMENT, CAPACITY, RANGE
 * (as_of), OVERFLOW. */
PILOT_API pilot_status pilot_city_award(const pilot_policy *policy, const pilot_city *city,
                                        const pilot_community *community, pilot_date as_of,
                                        pilot_award_sum *sum, pilot_award_year *years, size_t capacity,
                                        pilot_error *error);
/* The same, until stop says so. Errors: STOPPED as well. */
PILOT_API pilot_status pilot_city_award_until(const pilot_policy *policy, const pilot_city *city,
                                              const pilot_community *community, pilot_date as_of,
                                              const pilot_stop *stop, pilot_award_sum *sum,
                                              pilot_award_year *years, size_t capacity,
                                              pilot_error *error);

/* The same sum under every combination of the readings that bear on it: those of an award, and
 * household_basis where the counts are known. error and errors as above, without CAPACITY. */
PILOT_API pilot_status pilot_city_award_range(const pilot_policy *policy, const pilot_city *city,
                                              const pilot_community *community, pilot_date as_of,
                                              pilot_award_range *range, pilot_error *error);
PILOT_API pilot_status pilot_city_award_range_until(const pilot_policy *policy, const pilot_city *city,
                                                    const pilot_community *community, pilot_date as_of,
                                                    const pilot_stop *stop, pilot_award_range *range,
                                                    pilot_error *error);

PILOT_WORDED(pilot_office_route, pilot_office_route);     /* "long_lease" */
PILOT_WORDED(pilot_layout, pilot_layout);                 /* "open" */
PILOT_WORDED(pilot_branch, pilot_branch);                 /* "in_progress" */
PILOT_WORDED(pilot_package, pilot_package);               /* "comprehensive" */
PILOT_WORDED(pilot_charge_kind, pilot_charge_kind);       /* "sanitation" */
PILOT_WORDED(pilot_public_service, pilot_public_service); /* "street_lights" */

#ifdef __cplusplus
}
#endif
#endif
