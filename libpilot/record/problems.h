/* What is wrong with records, and where: the first problem, or all of them. */
#ifndef PILOT_PROBLEMS_H
#define PILOT_PROBLEMS_H

#include "base/base_internal.h"

/* A member of a record, or an item of a list; NULL is the whole. */
typedef struct record_place {
    const struct record_place *up;
    const char *key; /* NULL: index */
    size_t index;
} record_place;

static inline record_place pilot_member(const record_place *up, const char *key)
{
    return (record_place){up, key, 0};
}

#define PLACE_DEPTH 32

/* Where a problem is told that is found when no more are kept, as it may stand before one of those. */
typedef struct spare_problem {
    pilot_error error;
    /* The last of them that stood before none. What comes behind it in a list does neither, which is not
     * looked up again: a list can have a million of them. */
    size_t depth;
    record_place late[PLACE_DEPTH];
} spare_problem;

/* Zero-initialised: the first problem ends the search, and nobody asks what it was. */
typedef struct problems {
    pilot_error *errors;  /* NULL: nobody asks */
    size_t capacity;      /* how many are kept */
    size_t count;         /* how many there are */
    bool all;             /* the search goes on after the first; capacity is not 0 */
    spare_problem *spare; /* NULL: nobody asks for more than are kept */
    pilot_status status;  /* of the first; MEMORY and STOPPED go before any other */
    /* Sets the error's line and column from the whole path; NULL: the records come from no text. */
    void (*locate)(void *context, const char *path, pilot_error *error);
    void *context;
} problems;

/* The problems of a call that tells the one that it finds first. error may be NULL. */
static inline problems pilot_first_problem(pilot_error *error)
{
    return (problems){.errors = error, .capacity = error ? 1 : 0};
}

/* Where the next problem's error goes; NULL where it is not kept. What is wrong is written there first,
 * and then pilot_problem tells where. */
pilot_error *pilot_next_problem(const problems *to);
/* Counts the problem at the place and returns its status. Those that are kept stand in the order of the
 * text, and where there is none in that in which they were found. */
pilot_status pilot_problem(problems *to, const record_place *at, pilot_status status);

/* What another check says of what lies at the place. found: its error, whose path is below the place;
 * not looked at where status is OK or MEMORY. */
pilot_status pilot_problem_within(problems *to, const record_place *at, pilot_status status,
                                  const pilot_error *found);

/* A problem that has its place already. */
pilot_status pilot_problem_found(problems *to, const pilot_error *found);

/* All but the first so many, behind which the others stand and were found, are none. */
static inline void pilot_problems_forget(problems *to, size_t count)
{
    to->count = count;
    to->status = count ? to->status : PILOT_OK;
}

/* A problem in one sentence, which is told after the value where there is one. */
pilot_status pilot_refuse(problems *to, const record_place *at, pilot_status status, const char *value,
                          const char *why_zh, const char *why);
/* The same of a whole number. */
pilot_status pilot_refuse_number(problems *to, const record_place *at, pilot_status status,
                                 int64_t number, const char *why_zh, const char *why);
pilot_status pilot_no_memory(problems *to);
/* STOPPED. */
pilot_status pilot_stop_problem(problems *to);

static inline bool pilot_ends_all(pilot_status status)
{
    return status == PILOT_ERROR_MEMORY || status == PILOT_ERROR_STOPPED;
}

/* Whether the search ends with what the status says. */
static inline bool pilot_ends(const problems *to, pilot_status status)
{
    return status != PILOT_OK && (!to->all || pilot_ends_all(status));
}

#endif
