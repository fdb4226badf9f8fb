/* Owners' votes (clauses 5.3-2, 5.4-2, 4.4.2-1), decided by the law in force on the day of the vote,
 * which the policy holds as vote_rules. Whole numbers from end to end: areas in 0.01 m², owners counted
 * as heads. Nothing here allocates. */
#ifndef PILOT_VOTE_H
#define PILOT_VOTE_H

#include "policy.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The law of a vote. */
typedef struct pilot_vote_law {
    char id[PILOT_LAW_SIZE]; /* of the policy's vote rule */
    pilot_date first;        /* day from which that rule is in force */
    pilot_matter_kind kind;  /* of the matter, by that rule */
    pilot_vote_terms terms;  /* of that kind */
} pilot_vote_law;

/* The rule with the latest first day that is not after the day, and the terms it has for the matter.
 * error may be NULL; its path is that of a vote's JSON form, "/matter" or "/held_on".
 * Errors: ARGUMENT (a NULL, or no matter), RANGE (not a day), NOT_FOUND (the policy has no rule for so
 * early a day). */
PILOT_API pilot_status pilot_vote_law_on(const pilot_policy *policy, pilot_date day, pilot_matter matter,
                                         pilot_vote_law *law, pilot_error *error);

/* Owners, and the exclusive area that is theirs. Both are 0 or neither is. */
typedef struct pilot_vote_weight {
    pilot_area area;
    int64_t heads;
} pilot_vote_weight;

/* A vote's totals. Those of all who are in none of the three groups have not voted. */
typedef struct pilot_vote_totals {
    pilot_date day; /* of the vote */
    pilot_matter matter;
    pilot_vote_weight all;
    pilot_vote_weight in_favour;
    pilot_vote_weight against;
    pilot_vote_weight abstained; /* who takes part without being in favour */
} pilot_vote_totals;

typedef struct pilot_vote_check {
    pilot_threshold threshold;
    /* Areas in 0.01 m², or heads. */
    int64_t base;       /* what the share is taken of */
    int64_t needed;     /* the least that suffices, and never less than 1 */
    int64_t reached;    /* of those who take part, or of those in favour */
    int64_t margin;     /* reached - needed; below 0 where it is not met */
    int64_t missing;    /* what reached lacks while the base stays as it is; 0 where it is met */
    pilot_opt_int more; /* the least that would do if, of those who have not voted, so much voted in
                           favour, which can raise the base too; not known: not even all would do */
    bool met;
} pilot_vote_check;

typedef struct pilot_vote_result {
    bool passed; /* every check is met */
    pilot_matter matter;
    pilot_vote_law law;
    pilot_vote_weight all, participating, in_favour;
    pilot_vote_check checks[PILOT_THRESHOLD_COUNT]; /* by pilot_threshold_of */
    /* The greatest of the checks' more: without so much area and so many heads more in favour, from
     * those who have not voted, it cannot pass. Meaningless where not reachable. */
    pilot_vote_weight more;
    bool reachable; /* those who have not voted could make it pass */
    pilot_receipt receipt;
} pilot_vote_result;

/* Decides a vote. A vote in which nobody takes part, or that has no owners, does not pass whatever the
 * thresholds. error: may be NULL; its path is that of the totals' JSON form.
 * Errors: ARGUMENT (a NULL, or no matter), RANGE (not a day, a weight below 0), INCONSISTENT (area
 * without heads or heads without area; groups that add up to more than all), NOT_FOUND (no rule for so
 * early a day). */
PILOT_API pilot_status pilot_vote_decide(const pilot_policy *policy, const pilot_vote_totals *totals,
                                         pilot_vote_result *result, pilot_error *error);

typedef enum pilot_ballot {
    PILOT_NO_BALLOT = 0,
    PILOT_IN_FAVOUR = 1,
    PILOT_AGAINST = 2, /* of every offer, where there are offers */
    PILOT_ABSTAINED = 3,
} pilot_ballot;
#define PILOT_BALLOT_COUNT 4

/* An exclusive unit, a dwelling or a shop, and the ballot cast for it. */
typedef struct pilot_vote_unit {
    pilot_area area;        /* exclusive, by the register of property; above 0 */
    const char *owner;      /* any text that is one owner's alone, compared byte by byte */
    pilot_answer developer; /* yes: not yet sold, or sold and not yet handed over; owner may be NULL */
    pilot_ballot ballot;
    size_t offer; /* what a ballot in favour is for, where there are offers */
} pilot_vote_unit;

/* Counts ballots unit by unit into the totals, of which day and matter stay as they are. Heads by the
 * Supreme People's Court's interpretation on owners' separate ownership, arts. 8 and 9: a unit is a
 * head, units of one owner are one head together, and so are all units of the developer's.
 * units: unit_count of them, NULL with 0. order: room for as many pointers, which the caller owns; what
 * is in it afterwards means nothing. Takes time n log n and no memory.
 * offers: room for offer_count weights in favour of each, and with them the totals' in_favour is their
 * sum; NULL with 0 where the vote is on one proposal.
 * error: may be NULL; its path is that of the unit, "/units/7/ballot".
 * Errors: ARGUMENT (a NULL, or a ballot that is none), RANGE (an area below 1, an offer that is none),
 * MISSING_VALUE (no owner), INCONSISTENT (an owner whose units' ballots differ; the unit named is the
 * first in the list that differs from an earlier one of its owner), OVERFLOW. */
PILOT_API pilot_status pilot_vote_count(const pilot_vote_unit *units, size_t unit_count,
                                        const pilot_vote_unit **order, pilot_vote_weight *offers,
                                        size_t offer_count, pilot_vote_totals *totals,
                                        pilot_error *error);

/* How a vote among offers ends. To have the most votes is not enough in law: an offer is chosen only
 * where it passes by itself, those for other offers taking part without being in its favour. One offer
 * is ahead of another where it has no less area and no fewer heads, and more of one of them. Where
 * neither is ahead, equal or by area one and by heads the other, that is a tie, and is never broken. */
typedef enum pilot_choice_outcome {
    PILOT_CHOICE_CHOSEN = 0,      /* one offer passes, or is ahead of all others that pass */
    PILOT_CHOICE_TIE = 1,         /* several pass and none is ahead of the others: under a reform only,
                                     since no two can have more than half */
    PILOT_CHOICE_NONE = 2,        /* none passes, and there is no run-off */
    PILOT_CHOICE_RUN_OFF = 3,     /* none passes, and two are ahead of all others */
    PILOT_CHOICE_RUN_OFF_TIE = 4, /* none passes, and more than two stand for a run-off's two places */
} pilot_choice_outcome;

typedef struct pilot_choice {
    pilot_choice_outcome outcome;
    size_t chosen; /* index of the offer; SIZE_MAX unless it is chosen */
    size_t count;  /* of standing offers */
    pilot_receipt receipt;
} pilot_choice;

typedef struct pilot_offer_result {
    pilot_vote_result vote; /* on this offer alone */
    size_t behind;          /* how many offers are ahead of it */
    bool standing;          /* chosen, in the tie, or for the run-off */
} pilot_offer_result;

/* Decides a vote among offers, each with a provider and a standard (5.4-2). totals: in_favour is the sum
 * of the offers' weights. run_off: whether, where no offer passes, the two that lead go to a second
 * vote; a run-off is decided like any other vote. An offer without votes never stands for one, and a
 * single offer does not either.
 * results: NULL, or room for offer_count of them. The time grows with the square of offer_count.
 * Errors: as pilot_vote_decide, and INCONSISTENT where in_favour is not that sum. */
PILOT_API pilot_status pilot_vote_choose(const pilot_policy *policy, const pilot_vote_totals *totals,
                                         const pilot_vote_weight *offers, size_t offer_count,
                                         bool run_off, pilot_choice *choice, pilot_offer_result *results,
                                         pilot_error *error);

/* What a contest that is read has at most, as each of its offers is held against all others. */
#define PILOT_CONTEST_OFFERS_MAX 1000

/* An offer in a contest. */
typedef struct pilot_contest_offer {
    const char *id;
    const char *provider;           /* who makes it; may be NULL */
    const char *standard;           /* of what service; may be NULL */
    const pilot_vote_weight *votes; /* as read; NULL where units were */
} pilot_contest_offer;

/* A vote among offers as it was read, in the form in which pilot_vote_choose takes it. */
typedef struct pilot_contest_terms {
    pilot_vote_totals totals; /* in_favour is the sum of the votes */
    const pilot_contest_offer *offers;
    const pilot_vote_weight *votes; /* of each offer, as read or counted */
    size_t offer_count;             /* 1 to PILOT_CONTEST_OFFERS_MAX */
    bool run_off;
} pilot_contest_terms;

typedef struct pilot_contest pilot_contest;

/* The contest owns what is returned. */
PILOT_API const pilot_contest_terms *pilot_contest_content(const pilot_contest *contest);
/* NULL is fine. */
PILOT_API void pilot_contest_free(pilot_contest *contest);

PILOT_WORDED(pilot_ballot, pilot_ballot);         /* "in_favour" */
PILOT_WORDED(pilot_choice, pilot_choice_outcome); /* "run_off" */

PILOT_API pilot_status pilot_vote_result_write(const pilot_vote_result *result, pilot_json_style style,
                                               char **text);
/* What pilot_vote_choose gives. offers and results: offer_count of each. */
PILOT_API pilot_status pilot_choice_write(const pilot_choice *choice, const pilot_contest_offer *offers,
                                          const pilot_offer_result *results, size_t offer_count,
                                          pilot_json_style style, char **text);

#ifdef __cplusplus
}
#endif
#endif
