#ifndef PILOT_VOTE_INTERNAL_H
#define PILOT_VOTE_INTERNAL_H

#include "pilot/vote.h"
#include "record.h"

extern const words pilot_ballot_words;

/* A vote's JSON form: its totals, or the units to count. */
typedef struct tally_document {
    pilot_tally tally;
    const pilot_vote_unit *units;
    size_t unit_count;
} tally_document;
extern const record pilot_tally_record;
extern const record pilot_vote_weight_record;

#endif
