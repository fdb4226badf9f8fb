#include "rule.h"

pilot_outcome pilot_missing(pilot_finding *f, const char *key)
{
    f->missing = key;
    f->found = f->required = (pilot_value){0}; /* what little is known is no finding */
    return PILOT_UNKNOWN;
}

static void compare(pilot_finding *f, pilot_value_kind kind, int64_t found, int64_t required)
{
    f->found = (pilot_value){kind, found, NULL};
    f->required = (pilot_value){kind, required, NULL};
}

pilot_outcome pilot_at_least(pilot_finding *f, pilot_value_kind kind, int64_t found, int64_t required)
{
    compare(f, kind, found, required);
    return found >= required ? PILOT_MET : PILOT_BREACH;
}

pilot_outcome pilot_exactly(pilot_finding *f, pilot_value_kind kind, int64_t found, int64_t required)
{
    compare(f, kind, found, required);
    return found == required ? PILOT_MET : PILOT_BREACH;
}

pilot_outcome pilot_is_yes(pilot_finding *f, pilot_answer answer, const char *key)
{
    if (answer == PILOT_ANSWER_UNKNOWN)
        return pilot_missing(f, key);
    return answer == PILOT_ANSWER_YES ? PILOT_MET : PILOT_BREACH;
}

void pilot_found_word(pilot_finding *f, const char *found, const char *required)
{
    f->found = (pilot_value){PILOT_VALUE_WORD, 0, found};
    f->required = (pilot_value){PILOT_VALUE_WORD, 0, required};
}

static pilot_date due_day(const pilot_subject *s, pilot_date due)
{
    pilot_date in_force = pilot_policy_in_force(&s->policy->parameters);
    bool confirmatory =
        s->policy->parameters.readings[PILOT_READING_PRE_NOTICE] == PILOT_PRE_NOTICE_CONFIRMATORY;
    return confirmatory && due < in_force ? in_force : due;
}

pilot_outcome pilot_on_time(const pilot_subject *s, pilot_finding *f, const pilot_step *step,
                            pilot_date due, const char *key)
{
    due = due_day(s, due);
    f->due = (pilot_opt_date){due, true};
    pilot_answer done = pilot_step_done_by(step, s->as_of);
    if (done != PILOT_ANSWER_YES && s->as_of <= due)
        return PILOT_PENDING;
    if (done == PILOT_ANSWER_UNKNOWN)
        return pilot_missing(f, key);
    pilot_date day = done == PILOT_ANSWER_YES ? step->date : s->as_of;
    f->required = (pilot_value){PILOT_VALUE_DATE, due, NULL};
    f->found = done == PILOT_ANSWER_YES ? (pilot_value){PILOT_VALUE_DATE, day, NULL}
                                        : (pilot_value){PILOT_VALUE_WORD, 0, "not_done"};
    if (day <= due)
        return PILOT_MET;
    f->days_late = day - due;
    return PILOT_BREACH;
}
