/* An area's way through the steps of part five: what is done, what is due, who acts next. */
#ifndef PILOT_TIMELINE_H
#define PILOT_TIMELINE_H

#include "city.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What has to happen. */
typedef enum pilot_milestone {
    PILOT_MILESTONE_SURVEY = 0,
    PILOT_MILESTONE_SELECTION = 1,
    PILOT_MILESTONE_PREPARATORY_GROUP = 2,
    PILOT_MILESTONE_ASSEMBLY_NOTICE = 3,
    PILOT_MILESTONE_ASSEMBLY = 4,
    PILOT_MILESTONE_VOTE = 5,
    PILOT_MILESTONE_CONTRACT = 6,
    PILOT_MILESTONE_REMEDIATION = 7,
    PILOT_MILESTONE_ENTRY = 8,
    PILOT_MILESTONE_ASSESSMENT = 9,
    PILOT_MILESTONE_COMMITTEE = 10,
} pilot_milestone;
#define PILOT_MILESTONE_COUNT 11

typedef enum pilot_milestone_state {
    PILOT_MILESTONE_DONE = 0,
    PILOT_MILESTONE_OPEN = 1,         /* not done, and not due yet or without a date */
    PILOT_MILESTONE_OVERDUE = 2,      /* not done, and due before as_of */
    PILOT_MILESTONE_NOT_RECORDED = 3, /* nothing is known of it */
    PILOT_MILESTONE_NOT_NEEDED = 4,   /* the remediation of an area that was remediated before (5.1-5) */
} pilot_milestone_state;

typedef struct pilot_milestone_entry {
    pilot_milestone milestone;
    pilot_milestone_state state;
    pilot_opt_date done_on;
    pilot_opt_date due; /* by the policy */
    int32_t days_late;  /* of a step done or still open after its due date */
    pilot_actor actor;  /* who has to act */
    const char *clause; /* that asks for it */
} pilot_milestone_entry;

typedef struct pilot_timeline {
    /* In the order in which they have to happen, the committee after the assembly; the remediation runs
     * beside assembly, committee and vote. */
    pilot_milestone_entry entries[PILOT_MILESTONE_COUNT];
    int32_t next; /* the first of entries that is neither done nor not needed; PILOT_MILESTONE_COUNT:
                     none */
} pilot_timeline;

/* The area's timeline on the day. A date of part five that had passed when the notice took force counts
 * from that day. Allocates nothing. error may be NULL; its path is the area's member by its key in
 * a city file, "/communities/0/assessments/2" for its first community's, or "/as_of" for the day.
 * Errors: ARGUMENT, RANGE (as_of, a member of the area). */
PILOT_API pilot_status pilot_timeline_make(const pilot_policy *policy,
                                           const pilot_residential_area *area, pilot_date as_of,
                                           pilot_timeline *timeline, pilot_error *error);

PILOT_WORDED(pilot_milestone, pilot_milestone);             /* "survey" */
PILOT_WORDED(pilot_milestone_state, pilot_milestone_state); /* "overdue" */

#ifdef __cplusplus
}
#endif
#endif
