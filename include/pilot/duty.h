/* The gate, and who is responsible for what: the notice's division of duties (3.1, 3.2, 4.1 to 4.4, 5,
 * 6) as one table that can be asked from either end, by the matter and by the body. Nothing here
 * allocates, and nothing can be changed: the rows and all texts are constants. */
#ifndef PILOT_DUTY_H
#define PILOT_DUTY_H

#include "city.h"
#include "policy.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Whether the notice is addressed to the body (0.1-1): the city's bureaus, police and fire brigade, and
 * the district governments. */
PILOT_API bool pilot_is_addressee(pilot_actor actor);

/* What "the gate" is (1-4). */
typedef enum pilot_gate {
    PILOT_GATE_UNKNOWN = 0,
    PILOT_GATE_COMPOUND = 1,  /* the main gate of a closed compound */
    PILOT_GATE_UNIT_DOOR = 2, /* the door of each unit, in an open area */
} pilot_gate;

/* A kind of place within a service area. */
typedef enum pilot_place {
    PILOT_PLACE_UNKNOWN = 0,
    PILOT_PLACE_DWELLING = 1,
    PILOT_PLACE_STAIRWELL = 2, /* and all else behind the door of a unit */
    PILOT_PLACE_COURTYARD = 3,
    PILOT_PLACE_INTERNAL_ROAD = 4,
    PILOT_PLACE_PUBLIC_ROAD = 5,
} pilot_place;
#define PILOT_PLACE_COUNT 6

/* The side of the gate: property service inside it, public service outside, administration on both
 * (1-3). */
typedef enum pilot_side {
    PILOT_SIDE_UNKNOWN = 0, /* of a duty: it holds on both sides */
    PILOT_INSIDE = 1,
    PILOT_OUTSIDE = 2,
} pilot_side;

/* UNKNOWN where the layout is. (1-4) */
PILOT_API pilot_gate pilot_gate_of(pilot_layout layout);

/* The side on which a place lies (1-3, 1-4, 4.3-1). Where the layout is unknown, so is the side of a
 * courtyard and of an internal road; a dwelling and a stairwell are inside, and a public road is
 * outside, in either layout. */
PILOT_API pilot_side pilot_side_of(pilot_place place, pilot_layout layout);

/* The side on which a place of the area lies on the day: by the layout the area has on that day, or,
 * under the reading gate_layout = as_selected, by the one it had when it was selected. UNKNOWN
 * where the layout is not known, and for a NULL. */
PILOT_API pilot_side pilot_side_on(const pilot_policy *policy, const pilot_residential_area *area,
                                   pilot_place place, pilot_date day);

/* What the notice gives somebody a duty, a power or a right in. The public services outside the gate
 * come first, each with the number it has as pilot_public_service. */
typedef enum pilot_duty_matter {
    PILOT_DUTY_NONE = 0,
    PILOT_DUTY_ROAD_UPKEEP = 1, /* and cleaning */
    PILOT_DUTY_GREENERY = 2,
    PILOT_DUTY_STREET_LIGHTS = 3,
    PILOT_DUTY_PUBLIC_TOILETS = 4,
    PILOT_DUTY_MUNICIPAL_PIPES = 5,
    PILOT_DUTY_SEPTIC_TANKS = 6,
    PILOT_DUTY_OTHER_PUBLIC_SERVICE = 7,
    PILOT_DUTY_PROPERTY_SERVICE = 8, /* inside the gate */
    PILOT_DUTY_SANITATION = 9,
    PILOT_DUTY_OUTDOOR_ADVERTISING = 10,
    PILOT_DUTY_ILLEGAL_BUILDING = 11,
    PILOT_DUTY_DISORDERLY_PARKING = 12,
    PILOT_DUTY_DAMAGE_TO_GREENERY = 13,
    PILOT_DUTY_UNLICENSED_STALLS = 14,
    PILOT_DUTY_PARKING_BAYS = 15,
    PILOT_DUTY_PARKING_FEES = 16,
    PILOT_DUTY_PRICE_MARKING = 17,
    PILOT_DUTY_SECURITY_WORK = 18,
    PILOT_DUTY_SECURITY_FACILITIES = 19,
    PILOT_DUTY_PUBLIC_ORDER = 20,
    PILOT_DUTY_GUARDS = 21,
    PILOT_DUTY_MIGRANT_POPULATION = 22,
    PILOT_DUTY_FIREWORKS = 23,
    PILOT_DUTY_DOGS = 24,
    PILOT_DUTY_FIRE_FACILITIES = 25,
    PILOT_DUTY_FIRE_LANES = 26,
    PILOT_DUTY_BIKE_CHARGING = 27,
    PILOT_DUTY_CONSTRUCTION = 28,
    PILOT_DUTY_NATURAL_RESOURCES = 29,
    PILOT_DUTY_ENVIRONMENT = 30,
    PILOT_DUTY_EMERGENCIES = 31,
    PILOT_DUTY_OTHER_CITY_MANAGEMENT = 32,
    PILOT_DUTY_GRID = 33,
    PILOT_DUTY_RESIDENTS_REPORTS = 34,
    PILOT_DUTY_OWNERS_ASSEMBLY = 35,
    PILOT_DUTY_OWNERS_COMMITTEE = 36,
    PILOT_DUTY_SELF_GOVERNMENT = 37,
    PILOT_DUTY_PART_TIME_POSTS = 38, /* of committee members at the workstation */
    PILOT_DUTY_PROVIDER_CHOICE = 39,
    PILOT_DUTY_SERVICE_CONTRACT = 40,
    PILOT_DUTY_SERVICE_ENTRY = 41,
    PILOT_DUTY_SINGLE_PROVIDER = 42, /* one provider for several services or areas */
    PILOT_DUTY_PROPERTY_FEE = 43,
    PILOT_DUTY_FEE_STANDARD = 44,
    PILOT_DUTY_PROPERTY_DISPUTES = 45,
    PILOT_DUTY_DAILY_COORDINATION = 46,
    PILOT_DUTY_NEIGHBOURHOOD_CENTRE = 47,
    PILOT_DUTY_PROPERTY_OFFICE = 48,
    PILOT_DUTY_SERVICE_HANDOVER = 49, /* of the public services to street and community */
    PILOT_DUTY_PUBLIC_SERVICE_MONEY = 50,
    PILOT_DUTY_PROJECT_INCOME = 51,   /* from advertising, lockers, recycling */
    PILOT_DUTY_COMMUNITY_BUDGET = 52, /* and the gap in it that rewards and parking fees fill */
    PILOT_DUTY_REWARD = 53,
    PILOT_DUTY_ASSESSMENT = 54,
    PILOT_DUTY_EXPERIENCE = 55,
    PILOT_DUTY_PILOT_SCHEME = 56,
    PILOT_DUTY_STEERING = 57, /* getting the pilot done: tasks, progress, problems */
    PILOT_DUTY_LEADING_GROUP = 58,
    PILOT_DUTY_SITE_SELECTION = 59,
    PILOT_DUTY_REMEDIATION = 60,
    PILOT_DUTY_ENCLOSURE = 61,
    PILOT_DUTY_PUBLICITY = 62,
    PILOT_DUTY_MATTER_COUNT = 63 /* at most 64 */
} pilot_duty_matter;

/* The bit of a matter in a set of matters. */
#define PILOT_DUTY_BIT(matter) (UINT64_C(1) << (matter))

/* What a body has to do with a matter, the nearest to it first. */
typedef enum pilot_role {
    PILOT_ROLE_NONE = 0,
    PILOT_PERFORMS = 1,    /* does it */
    PILOT_PAYS = 2,        /* bears the cost */
    PILOT_DECIDES = 3,     /* chooses, allows or settles it */
    PILOT_COORDINATES = 4, /* brings together those who do it */
    PILOT_SUPERVISES = 5,  /* checks it, and acts against what is wrong */
    PILOT_GUIDES = 6,      /* advises those who do it, who remain free */
    PILOT_ASSISTS = 7,     /* helps those who do it */
    PILOT_MAY_BE_TOLD = 8, /* residents can report to it */
} pilot_role;
#define PILOT_ROLE_COUNT 9

/* A row of the matrix: what one clause gives one body. What is 0 does not narrow the duty down. */
typedef struct pilot_duty {
    const char *clause; /* its id */
    uint64_t matters;   /* PILOT_DUTY_BIT bits: a clause can name several in one breath */
    pilot_role role;
    pilot_actor actor;
    pilot_side side;
    pilot_place place;
    pilot_layout layout;
    int32_t order;        /* rank among those of one role in one matter on one side, from 1 */
    pilot_place leads_on; /* the place where it goes before all of them */
    pilot_due due;        /* NONE: the notice sets no date */
    const char *zh;       /* what it does or may do, one line without its subject, UTF-8 */
    const char *en;
} pilot_duty;

/* The rows in the order of the notice. */
PILOT_API size_t pilot_duty_count(void);
/* NULL from pilot_duty_count() on. */
PILOT_API const pilot_duty *pilot_duty_at(size_t index);

/* Zero and NULL members do not filter. A duty that holds on both sides passes either side, and likewise
 * for place and layout; where place and layout settle the side, duties of the other side do not pass.
 * The departments of 4.3-12 to 4.3-15 are the four that the notice names; its list is open, and
 * pilot_parameters.grid_departments may hold more. */
typedef struct pilot_duty_filter {
    pilot_duty_matter matter;
    pilot_role role;
    pilot_actor actor;
    pilot_side side;
    pilot_place place;
    pilot_layout layout;
    const char *clause; /* an id, or a section with those below it: "4.4" takes "4.4-1" and "4.4.1-8" */
} pilot_duty_filter;

/* The next duty that passes, after the given one, which is of the table (pilot_duty_at); the first for
 * NULL, NULL after the last and after any other. filter: NULL passes all; one with a number that is no
 * enum value, or with a side on which its place cannot lie, passes none. */
PILOT_API const pilot_duty *pilot_duty_next(const pilot_duty *after, const pilot_duty_filter *filter);

/* The duties that pass, by role in the order of pilot_role, then inside, outside and on both sides, then
 * by rank: where the notice names two bodies for one thing both come back. Disorderly parking:
 * the traffic police first on a public road, city management first elsewhere. Writes *count pointers to
 * constants. duties: NULL, with a capacity of 0, only counts; pilot_duty_count() pointers are always
 * enough. error may be NULL; its path is the filter's member, "/place".
 * Errors: ARGUMENT (a NULL, or a number that is no enum value), INCONSISTENT (a side on which the place
 * cannot lie), CAPACITY. */
PILOT_API pilot_status pilot_responsible(const pilot_duty_filter *filter, const pilot_duty **duties,
                                         size_t capacity, size_t *count, pilot_error *error);

/* The last day for the duty under the policy (5.1-1, 5.2-1, 5.3-1, 5.4-1, 5.5-1); not known where the
 * notice sets none. Errors: ARGUMENT. */
PILOT_API pilot_status pilot_duty_due(const pilot_policy *policy, const pilot_duty *duty,
                                      pilot_opt_date *due);

PILOT_WORDED(pilot_duty_matter, pilot_duty_matter); /* "street_lights" */
PILOT_WORDED(pilot_role, pilot_role);               /* "performs", "may_be_told" */
PILOT_WORDED(pilot_place, pilot_place);             /* "public_road" */
PILOT_WORDED(pilot_side, pilot_side);               /* "inside" */
PILOT_WORDED(pilot_gate, pilot_gate);               /* "unit_door" */

#ifdef __cplusplus
}
#endif
#endif
