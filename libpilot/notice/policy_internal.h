#ifndef PILOT_POLICY_INTERNAL_H
#define PILOT_POLICY_INTERNAL_H

#include "pilot/policy.h"
#include "record/record.h"

typedef struct pilot_plan pilot_plan;

struct pilot_policy {
    pilot_parameters parameters;
    uint64_t fingerprint;
    uint64_t award_fingerprint;
    const pilot_plan *plan; /* plan.h: what it is for columns */
    id_index successions;   /* by the district that was merged */
    arena memory;
};

/* Makes the plan of a policy that is otherwise complete, in its memory; it stays NULL where the rates
 * span too many years for one. False when memory runs out. */
bool pilot_plan_make(pilot_policy *policy);

/* The readings that bear on an award. */
#define PILOT_AWARD_READINGS                                                                            \
    (PILOT_READING_BIT(PILOT_READING_MONTH_RULE) | PILOT_READING_BIT(PILOT_READING_GATE_MODE) |         \
     PILOT_READING_BIT(PILOT_READING_ODD_FEN_TO) | PILOT_READING_BIT(PILOT_READING_IN_FORCE_FROM) |     \
     PILOT_READING_BIT(PILOT_READING_HOUSEHOLD_DATE) | PILOT_READING_BIT(PILOT_READING_PASS_EFFECT))

/* The policy's JSON form. */
extern const record pilot_policy_record;
extern const container pilot_policy_container;
extern const record pilot_readings_record;
extern const pilot_parameters pilot_nanchang_2019;
/* Of a row whose value an award can depend on. */
#define MARK_AWARD 1
extern const words pilot_basis_words, pilot_due_words, pilot_payer_words;
extern const words pilot_matter_words;
extern const words pilot_matter_kind_words;
extern const words pilot_bound_words;
extern const words pilot_approval_base_words;

/* The day from which the notice binds. */
static inline pilot_date pilot_policy_in_force(const pilot_parameters *p)
{
    return p->readings[PILOT_READING_IN_FORCE_FROM] == PILOT_IN_FORCE_FROM_PUBLISHED ? p->published
                                                                                     : p->issued;
}
/* The step's date; not known for NONE and OWN. */
pilot_opt_date pilot_due_date(const pilot_parameters *p, pilot_due due);
/* The last day for what was due on a day: the day in force where that had passed by then. */
static inline pilot_date pilot_due_day(const pilot_parameters *p, pilot_date due)
{
    const pilot_date in_force = pilot_policy_in_force(p);
    const bool confirmatory = p->readings[PILOT_READING_PRE_NOTICE] == PILOT_PRE_NOTICE_CONFIRMATORY;
    return confirmatory && due < in_force ? in_force : due;
}
void pilot_receipt_fill(const pilot_policy *policy, pilot_opt_date as_of, pilot_receipt *receipt);

/* Calls evaluate with the policy under every combination of the readings in the set (whose own options
 * do not matter), and tells for each of count values its least, greatest and what moves it. A
 * combination for which evaluate returns MISSING_VALUE is left out unless all are. Any other failure
 * ends the sweep. */
#define PILOT_SWEEP_VALUES 3
typedef pilot_status (*pilot_sweep_function)(const pilot_policy *policy, const void *context,
                                             int64_t values[PILOT_SWEEP_VALUES]);
typedef struct pilot_spread {
    int64_t least, greatest;
    uint32_t moved_by;
} pilot_spread;
pilot_status pilot_sweep(const pilot_policy *policy, uint32_t readings, pilot_sweep_function evaluate,
                         const void *context, pilot_spread spreads[PILOT_SWEEP_VALUES]);

extern const record pilot_receipt_record;

#endif
