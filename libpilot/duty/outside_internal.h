#ifndef PILOT_OUTSIDE_INTERNAL_H
#define PILOT_OUTSIDE_INTERNAL_H

#include "pilot/outside.h"
#include "record/record.h"

struct pilot_outside_file {
    arena memory; /* of everything below */
    pilot_outside outside;
};

extern const record pilot_outside_record;
extern const container pilot_outside_container;
extern const words pilot_movement_words, pilot_parts_words, pilot_shift_words;

/* What pilot_outside_compute refuses, but for sums that do not fit. */
pilot_status pilot_outside_check(const pilot_outside *outside, pilot_error *error);

/* Amounts that the notice holds against a transfer: what was cut (4.3-9), and what city and district pay
 * together (4.3-8). Errors: MISSING_VALUE, OVERFLOW; *key is the JSON key of the evidence at fault. */
typedef pilot_status (*pilot_handover_amount)(const pilot_handover *h, pilot_money *amount,
                                              const char **key);
pilot_status pilot_handover_cut(const pilot_handover *h, pilot_money *cut, const char **key);
pilot_status pilot_handover_parts(const pilot_handover *h, pilot_money *parts, const char **key);
/* The amount - the transfer. Errors: likewise. */
pilot_status pilot_handover_difference(const pilot_handover *h, pilot_money amount,
                                       pilot_money *difference, const char **key);

static inline bool pilot_within(pilot_money difference, pilot_money tolerance)
{
    return -tolerance <= difference && difference <= tolerance;
}

/* 3.2-5d, 4.3-5: whether duty and money have moved by the day. */
pilot_movement pilot_handover_moved(const pilot_handover *h, pilot_date as_of);

/* 3.2-5b, 3.2-5c, 4.3-4: of the named services, bits 1 << service, those not handed down by the day, and
 * those of which it is not known. What else may be handed down is not asked for. */
void pilot_services_lacking(const pilot_handover *handovers, size_t count, pilot_date as_of,
                            uint32_t *missing, uint32_t *open);

/* Of pilot_outside_result_write. */
extern const record pilot_outside_result_record;

#endif
