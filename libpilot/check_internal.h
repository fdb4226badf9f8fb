#ifndef PILOT_CHECK_INTERNAL_H
#define PILOT_CHECK_INTERNAL_H

#include "pilot/check.h"
#include "record.h"

extern const words pilot_outcome_words, pilot_scope_words;

#endif
