#ifndef PILOT_VOTE_INTERNAL_H
#define PILOT_VOTE_INTERNAL_H

#include "pilot/vote.h"
#include "record/record.h"

extern const words pilot_ballot_words;
extern const words pilot_choice_words;

/* A vote's JSON form: its totals, or the units to count. */
typedef struct totals_document {
    pilot_vote_totals totals;
    const pilot_vote_unit *units;
    size_t unit_count;
} totals_document;
typedef struct totals_file {
    totals_document document;
    arena memory;
} totals_file;
extern const record pilot_vote_totals_record;
extern const container pilot_vote_totals_container;

/* A contest's: the votes of each offer, or the units to count. */
typedef struct contest_unit {
    pilot_vote_unit unit;
    const pilot_contest_offer *offer;
} contest_unit;
typedef struct contest_document {
    pilot_vote_totals totals; /* without those in favour */
    pilot_answer run_off;
    const pilot_contest_offer *offers;
    size_t offer_count;
    const contest_unit *units;
    size_t unit_count;
} contest_document;
extern const record pilot_contest_record;
extern const container pilot_contest_container;

struct pilot_contest {
    arena memory; /* of everything below */
    contest_document document;
    pilot_contest_terms terms;
};

/* That a document with units has no totals beside them. Errors: INCONSISTENT. */
pilot_status pilot_units_alone(const pilot_vote_totals *totals, pilot_error *error);

/* What pilot_vote_choose refuses of votes, whatever the policy. in_favour: the place of those who are,
 * in the caller's form. Errors: as there. */
pilot_status pilot_votes_check(const pilot_vote_totals *totals, const pilot_vote_weight *offers,
                               size_t count, const char *in_favour, pilot_error *error);
extern const record pilot_vote_weight_record;
/* The groups alone, where day and matter stand elsewhere. */
extern const record pilot_vote_groups_record;

/* What pilot_vote_decide refuses of the groups. Errors: as there. */
pilot_status pilot_vote_totals_check(const pilot_vote_totals *totals, pilot_error *error);

/* Of pilot_vote_result_write and pilot_choice_write. */
extern const record pilot_vote_result_record, pilot_choice_record;

#endif
