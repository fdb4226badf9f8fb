#ifndef PILOT_CLAUSE_INTERNAL_H
#define PILOT_CLAUSE_INTERNAL_H

#include "pilot/clause.h"
#include "record.h"

extern const words pilot_actor_words;

#endif
