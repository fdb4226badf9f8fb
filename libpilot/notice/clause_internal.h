#ifndef PILOT_CLAUSE_INTERNAL_H
#define PILOT_CLAUSE_INTERNAL_H

#include "pilot/clause.h"
#include "record/record.h"

extern const words pilot_actor_words, pilot_kind_words, pilot_clause_class_words;

/* At least pilot_clause_count(), for tables by a clause's number. */
#define PILOT_CLAUSES_MAX 192

#endif
