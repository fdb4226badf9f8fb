/* The notice's rules, one by one: what each asks, of what records, and what it found. Before the notice
 * is in force (0.1-3) none asks anything: NOT_APPLICABLE. */
#ifndef PILOT_RULE_H
#define PILOT_RULE_H

#include "city.h"
#include "clause.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum pilot_outcome {
    PILOT_MET = 0,
    PILOT_BREACH = 1,
    PILOT_PENDING = 2, /* not yet due on the as-of date */
    PILOT_UNKNOWN = 3, /* evidence is missing */
    PILOT_INFO = 4,    /* of a soft clause or an encouragement */
    PILOT_NOT_APPLICABLE = 5,
} pilot_outcome;
#define PILOT_OUTCOME_COUNT 6

/* What a rule is asked of. */
typedef enum pilot_scope {
    PILOT_SCOPE_CITY = 0,
    PILOT_SCOPE_DISTRICT = 1,
    PILOT_SCOPE_COMMUNITY = 2,
    PILOT_SCOPE_AREA = 3,
    PILOT_SCOPE_OFFICE = 4,      /* of a community */
    PILOT_SCOPE_APPOINTMENT = 5, /* of a community */
    PILOT_SCOPE_HANDOVER = 6,    /* of a community */
    PILOT_SCOPE_CONTRACT = 7,    /* of an area */
    PILOT_SCOPE_CHARGE = 8,      /* of an area */
    PILOT_SCOPE_INCOME = 9,      /* of an area */
    PILOT_SCOPE_PARKING = 10,    /* of an area */
} pilot_scope;
#define PILOT_SCOPE_COUNT 11

#define PILOT_RULE_CLAUSES_MAX 4
typedef struct pilot_rule {
    const char *id; /* "office_area" */
    const char
        *clauses[PILOT_RULE_CLAUSES_MAX]; /* the first is the one a finding cites; NULL after the last */
    pilot_scope scope;
    bool soft;     /* never a BREACH */
    pilot_due due; /* until that day is over what is not so is PENDING; NONE: never, as of a ban or of
                      how something has to be done that is done */
    bool alone;    /* what it reads beyond its record can only make that day later: it can be asked of a
                      record outside its city */
    uint32_t readings; /* PILOT_READING_BIT of those it may depend on; until the notice is published
                          every rule can depend on in_force_from and pre_notice as well */
    uint32_t actors;   /* PILOT_ACTOR_BIT of those who can put it right; 0: those of the clause */
    const char *law;   /* where it is written, if not in the notice; NULL: in its clauses */
    const char *zh;    /* what has to be so, one line */
    const char *en;
    const char
        *counts_zh; /* what a count in its findings counts: "个社区"; NULL: nothing in particular */
    const char *counts_en; /* "communities" */
    /* The fields that decide it, as paths of keys in the city file, "communities/offices/area_m2"; NULL
     * after the last. The lists that a field lies in are read with it, and what a record or a list has,
     * with that: "areas/votes/totals". No other field changes what the rule finds. */
    const char *const *reads;
} pilot_rule;

PILOT_API size_t pilot_rule_count(void);
/* NULL from pilot_rule_count() on. */
PILOT_API const pilot_rule *pilot_rule_at(size_t index);
/* NULL where no rule has that id. */
PILOT_API const pilot_rule *pilot_rule_find(const char *id);
/* The part of the notice that a rule, or the rule that it is a copy of, is of, which names its file:
 * "siting", ...; NULL for no rule. */
PILOT_API const char *pilot_rule_part(const pilot_rule *rule);
/* The outcomes that a rule can give, 1 << pilot_outcome bits: MET, BREACH or for a soft one INFO,
 * UNKNOWN, and PENDING where it waits for a day. NOT_APPLICABLE is open to every rule. 0 for no rule. */
PILOT_API uint32_t pilot_rule_outcomes(const pilot_rule *rule);

/* Whether it needs records of the city beyond the one that it is asked of, what that lies in and the
 * menus that it names: such a rule can only be asked with the city. false for no rule. */
PILOT_API bool pilot_rule_whole_city(const pilot_rule *rule);

/* Where a rule is asked: the record of its scope, and what that lies in as far as it is known. The
 * members that a scope needs are its own record and, for a record of an area, that area; all others may
 * be NULL. policy, as_of and stop are set by the library. */
typedef struct pilot_subject {
    const pilot_policy *policy;
    pilot_date as_of;
    const pilot_city *city;
    const pilot_district *district;
    const pilot_community *community;
    const pilot_residential_area *area;
    const pilot_office *office;
    const pilot_appointment *appointment;
    const pilot_handover *handover;
    const pilot_contract *contract;
    const pilot_charge *charge;
    const pilot_income *income;
    const pilot_parking *parking;
    struct pilot_stopping *stop; /* of the call that asks; NULL in a finding */
} pilot_subject;

/* What a rule found. Points at constants and into the subject's records. */
typedef struct pilot_finding {
    const pilot_rule *rule;
    const char *clause; /* that decides */
    pilot_outcome outcome;
    pilot_value found;
    pilot_value required;
    pilot_opt_date due;        /* the last day for it */
    pilot_opt_date notice_due; /* the notice's own date, where that had passed when the notice took force
                                  and due is the day that counts in its place */
    pilot_opt_date since;      /* from which the sum that is found lacking is waited for */
    int32_t days_late;         /* of a step done or still open after its due date; else 0 */
    const char *missing;       /* with UNKNOWN: the key of the evidence that is not there; else NULL */
    const char *missing_of; /* where that is a key of a list's records, "areas/households": the id of the
                               one; NULL: of none in particular */
    uint32_t readings;      /* PILOT_READING_BIT of each whose other options give another outcome */
    uint32_t actors;        /* PILOT_ACTOR_BIT of those who can put it right; 0: those of the rule */
    pilot_subject subject;
} pilot_finding;

/* One rule, one subject. rule may be a copy: the rule of its id is asked. Allocates nothing. Records
 * that are not of the subject's city are looked over first, with all that lies in them. error may be
 * NULL; its path is the subject's member and the record's by its key in a city file, "/office",
 * "/area/households", or "/rule" or "/as_of" for those arguments. Errors: ARGUMENT (a NULL; a rule of no
 * such id; the subject lacks the record of the rule's scope, or that lies in an area that is not given;
 * a record has a bool that is none), RANGE (as_of; a record has a value for which a file is refused). */
PILOT_API pilot_status pilot_check_rule(const pilot_policy *policy, const pilot_rule *rule,
                                        const pilot_subject *subject, pilot_date as_of,
                                        pilot_finding *finding, pilot_error *error);

/* A finding's subject as JSON pointer into the city file ("/communities/3/offices/0"), "" for the
 * city itself or a subject outside the city. Writes at most size bytes with the final NUL, cut at a
 * whole character, and returns the length it has whole, as snprintf does. Of a finding without a rule
 * that there is, these functions give "". */
PILOT_API size_t pilot_finding_path(const pilot_finding *finding, char *text, size_t size);
/* One sentence for people: what has to be so, what was found, what was wanted, by when; codes by their
 * titles, texts of records as pilot_shown has them. As above. */
PILOT_API size_t pilot_finding_text(const pilot_finding *finding, pilot_language language, char *text,
                                    size_t size);
/* The key of the evidence that is not there, with the id of the record that it is a key of:
 * "areas/a1/households"; "" where nothing is missing. As above. */
PILOT_API size_t pilot_finding_missing(const pilot_finding *finding, char *text, size_t size);
/* Where that evidence is to be written, as JSON pointer into the city file: "/areas/3/steps/selection".
 * Of several records of a list that lack it, in the first; a list that is there and needs one record
 * more ends in "-", as RFC 6901 has it: "/districts/0/evidence/-". Whether a list that every file has is
 * whole is told by "/complete". "" where nothing is missing and for a subject outside the city. As
 * above. */
PILOT_API size_t pilot_finding_missing_path(const pilot_finding *finding, char *text, size_t size);
/* What that evidence is, and of which record: "area of the property office of community c"; "" where
 * nothing is missing. As above. */
PILOT_API size_t pilot_finding_missing_text(const pilot_finding *finding, pilot_language language,
                                            char *text, size_t size);
/* What to do next and who has to do it, by the clause: for BREACH, PENDING and UNKNOWN; "" for the
 * rest. As above. */
PILOT_API size_t pilot_finding_next(const pilot_finding *finding, pilot_language language, char *text,
                                    size_t size);
/* What a finding's sentences are made of, for those who lay them out otherwise. */
typedef enum pilot_finding_part {
    PILOT_FINDING_SUBJECT = 0, /* the record, and which of several: "a1 (charge 3)"; "" without name */
    PILOT_FINDING_FOUND = 1,   /* the value found, with its unit: "118.50 m²"; "" where there is none */
    PILOT_FINDING_REQUIRED = 2, /* likewise the value required, "by" a day where its rule has its own; of
                                   a set, what it has to have "also" */
    PILOT_FINDING_WHO = 3,      /* the bodies that pilot_finding_next speaks to; "" where it is "" */
} pilot_finding_part;
PILOT_WORDED(pilot_finding_part, pilot_finding_part); /* "found" */
/* One part, in words. As above; "" for a part that there is not. */
PILOT_API size_t pilot_finding_part_text(const pilot_finding *finding, pilot_finding_part part,
                                         pilot_language language, char *text, size_t size);
/* The bodies that can put it right, PILOT_ACTOR_BIT bits: those that the rule found, or else its own, or
 * else those that its clause speaks to. */
PILOT_API uint32_t pilot_finding_actors(const pilot_finding *finding);
/* The name of the record, or its id where it has none; "" where it has neither. */
PILOT_API const char *pilot_subject_name(const pilot_finding *finding);

PILOT_WORDED(pilot_outcome, pilot_outcome); /* "breach": breach, 不符合 */
PILOT_WORDED(pilot_scope, pilot_scope);     /* "district" */

#ifdef __cplusplus
}
#endif
#endif
