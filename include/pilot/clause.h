/* The notice, clause by clause: 140 statements, each with an id that rules, amounts and duties cite. */
#ifndef PILOT_CLAUSE_H
#define PILOT_CLAUSE_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a clause says, as bits: a clause can do two things at once. */
typedef enum pilot_kind {
    PILOT_KIND_DEFINITION = 1 << 0,
    PILOT_KIND_PRINCIPLE = 1 << 1,
    PILOT_KIND_SCOPE = 1 << 2,
    PILOT_KIND_ORGANISATION = 1 << 3,
    PILOT_KIND_COMPETENCE = 1 << 4,
    PILOT_KIND_DUTY = 1 << 5,
    PILOT_KIND_CONDITION = 1 << 6,
    PILOT_KIND_THRESHOLD = 1 << 7,
    PILOT_KIND_AMOUNT = 1 << 8,
    PILOT_KIND_FUNDING = 1 << 9,
    PILOT_KIND_DEADLINE = 1 << 10,
    PILOT_KIND_PERMISSION = 1 << 11,
    PILOT_KIND_ENCOURAGEMENT = 1 << 12,
    PILOT_KIND_PROHIBITION = 1 << 13,
    PILOT_KIND_RIGHT = 1 << 14,
    PILOT_KIND_SANCTION = 1 << 15,
} pilot_kind;
#define PILOT_KIND_COUNT 16

/* What it takes to decide a clause, as bits for filters. */
typedef enum pilot_clause_class {
    PILOT_COMPUTABLE = 1 << 0, /* a number or a yes/no follows from data */
    PILOT_EVIDENCE = 1 << 1,   /* a document, flag or date has to be supplied */
    PILOT_TRACKED = 1 << 2,    /* too soft for a verdict: kept as text, never judged */
    PILOT_MIXED = 1 << 3,      /* a principle with a computable side */
} pilot_clause_class;

/* The bodies the notice addresses. Posts and bodies only, never persons. */
typedef enum pilot_actor {
    PILOT_ACTOR_NONE = 0, /* not known, or nobody */
    PILOT_ACTOR_CITY_LEADING_GROUP = 1,
    PILOT_ACTOR_LEADING_GROUP_OFFICE = 2,
    PILOT_ACTOR_HOUSING_BUREAU = 3,
    PILOT_ACTOR_CITY_MANAGEMENT_BUREAU = 4,
    PILOT_ACTOR_CIVIL_AFFAIRS_BUREAU = 5,
    PILOT_ACTOR_FINANCE_BUREAU = 6,
    PILOT_ACTOR_CONSTRUCTION_BUREAU = 7,
    PILOT_ACTOR_MARKET_SUPERVISION_BUREAU = 8,
    PILOT_ACTOR_PUBLIC_SECURITY_BUREAU = 9,
    PILOT_ACTOR_TRAFFIC_POLICE = 10,
    PILOT_ACTOR_EMERGENCY_BUREAU = 11,
    PILOT_ACTOR_NATURAL_RESOURCES_BUREAU = 12,
    PILOT_ACTOR_ENVIRONMENT_BUREAU = 13,
    PILOT_ACTOR_FIRE_BRIGADE = 14,
    PILOT_ACTOR_DISTRICT_GOVERNMENT = 15,
    PILOT_ACTOR_DISTRICT_LEADING_GROUP = 16,
    PILOT_ACTOR_DISTRICT_HOUSING = 17,
    PILOT_ACTOR_DISTRICT_FINANCE = 18,
    PILOT_ACTOR_STREET = 19,
    PILOT_ACTOR_WORKSTATION = 20,
    PILOT_ACTOR_RESIDENTS_COMMITTEE = 21,
    PILOT_ACTOR_ASSEMBLY = 22,
    PILOT_ACTOR_COMMITTEE = 23,
    PILOT_ACTOR_PROVIDER = 24,
    PILOT_ACTOR_OWNERS = 25,
    PILOT_ACTOR_COUNT = 26
} pilot_actor;

/* The bit of an actor in a set of actors. */
#define PILOT_ACTOR_BIT(actor) (UINT32_C(1) << (actor))

typedef struct pilot_clause {
    const char *id;      /* "4.2-1" */
    const char *section; /* the id up to its dash: "4.2"; "6.3" is its own section */
    const char *ref;     /* part and order in the notice: "四(二)-1" */
    uint32_t kinds;      /* pilot_kind bits, at least one */
    pilot_clause_class clause_class;
    bool soft;       /* "in principle", "as far as possible", encouraged: never a breach */
    uint32_t actors; /* PILOT_ACTOR_BIT bits; 0 where the clause names nobody */
    const char *zh;  /* what it says, one line, UTF-8 */
    const char *en;
} pilot_clause;

/* The clauses in the order of the notice. */
PILOT_API size_t pilot_clause_count(void);
/* NULL from pilot_clause_count() on. */
PILOT_API const pilot_clause *pilot_clause_at(size_t index);
/* NULL where no clause has that id; id may be NULL. */
PILOT_API const pilot_clause *pilot_clause_find(const char *id);

/* Zero and NULL members do not filter. A clause passes when it is in the section or below it ("4.4"
 * takes "4.4" and "4.4.1") and shares a bit with each non-zero mask. */
typedef struct pilot_clause_filter {
    const char *section;
    uint32_t kinds;
    uint32_t classes;
    uint32_t actors;
} pilot_clause_filter;

/* The next clause that passes, after the given one; the first for NULL, NULL after the last and after
 * one that the notice does not have.
 * filter: NULL passes all. */
PILOT_API const pilot_clause *pilot_clause_next(const pilot_clause *after,
                                                const pilot_clause_filter *filter);

PILOT_WORDED(pilot_kind, pilot_kind);                 /* of one bit: "duty", "deadline" */
PILOT_WORDED(pilot_clause_class, pilot_clause_class); /* likewise: "computable" */
PILOT_WORDED(pilot_actor, pilot_actor); /* "housing_bureau": city housing bureau, 市房管局 */

#ifdef __cplusplus
}
#endif
#endif
