#ifndef PILOT_DUTY_INTERNAL_H
#define PILOT_DUTY_INTERNAL_H

#include "pilot/duty.h"
#include "record/record.h"

extern const words pilot_place_words, pilot_side_words, pilot_duty_matter_words, pilot_role_words;
extern const words pilot_milestone_words, pilot_milestone_state_words;

/* The layout that the gate follows, by an option of the reading gate_layout. */
static inline pilot_layout pilot_gate_layout(int32_t option, pilot_layout at_selection,
                                             pilot_layout on_the_day)
{
    return option == PILOT_GATE_LAYOUT_AS_SELECTED ? at_selection : on_the_day;
}

#endif
