#include "rule.h"

#include <string.h>

bool pilot_areas_known(const pilot_subject *s, pilot_finding *f)
{
    const pilot_residential_area *unplaced = s->city ? pilot_unplaced_area(s->city) : NULL;
    if (unplaced)
        pilot_missing_of(f, "areas/communities", unplaced->id);
    else if (!s->city || pilot_city_records(s->city)->complete != PILOT_ANSWER_YES)
        pilot_missing(f, "areas");
    else
        return true;
    return false;
}

static void compare(pilot_finding *f, pilot_value_kind kind, int64_t found, int64_t required)
{
    f->found = (pilot_value){.kind = kind, .number = found};
    f->required = (pilot_value){.kind = kind, .number = required};
}

pilot_outcome pilot_at_least(pilot_finding *f, pilot_value_kind kind, int64_t found, int64_t required)
{
    compare(f, kind, found, required);
    return found >= required ? PILOT_MET : PILOT_BREACH;
}

pilot_outcome pilot_at_most(pilot_finding *f, pilot_value_kind kind, int64_t found, int64_t required)
{
    compare(f, kind, found, required);
    return found <= required ? PILOT_MET : PILOT_BREACH;
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
    f->found = (pilot_value){.kind = PILOT_VALUE_WORD, .word = found};
    f->required = (pilot_value){.kind = PILOT_VALUE_WORD, .word = required};
}

pilot_outcome pilot_is_body(pilot_finding *f, pilot_actor body, pilot_actor wanted, const char *key)
{
    if (body == PILOT_ACTOR_NONE)
        return pilot_missing(f, key);
    pilot_found_word(f, pilot_actor_name(body), pilot_actor_name(wanted));
    return body == wanted ? PILOT_MET : PILOT_BREACH;
}

pilot_outcome pilot_vote_failed(pilot_finding *f, const vote_answer *answer)
{
    compare(f, answer->kind, answer->check.reached, answer->check.needed);
    f->required.word = answer->failed;
    return PILOT_BREACH;
}

pilot_outcome pilot_all_yes(pilot_finding *f, const keyed_answer *answers, size_t count)
{
    const char *unknown = NULL;
    for (size_t i = 0; i < count; i++) {
        if (answers[i].answer == PILOT_ANSWER_NO) {
            f->required = (pilot_value){.kind = PILOT_VALUE_WORD, .word = answers[i].key};
            return PILOT_BREACH;
        }
        if (answers[i].answer == PILOT_ANSWER_UNKNOWN && !unknown)
            unknown = answers[i].key;
    }
    return unknown ? pilot_missing(f, unknown) : PILOT_MET;
}

static bool used_by_now(const pilot_subject *s, const pilot_use *use, uint32_t sources)
{
    return sources & UINT32_C(1) << use->source &&
           !(use->used_on.known && use->used_on.value > s->as_of);
}

pilot_outcome pilot_held_by(pilot_finding *f, pilot_actor holder, uint32_t meant_for, const char *key)
{
    if (holder == PILOT_ACTOR_NONE)
        return pilot_missing(f, key);
    f->found = (pilot_value){.kind = PILOT_VALUE_WORD, .word = pilot_actor_name(holder)};
    f->actors = PILOT_ACTOR_BIT(holder);
    return PILOT_ACTOR_BIT(holder) & meant_for ? PILOT_MET : PILOT_BREACH;
}

bool pilot_is_over_after(const pilot_subject *s, int64_t year)
{
    int32_t now;
    pilot_date_parts(s->as_of, &now, NULL, NULL);
    return now > year + 1;
}

pilot_outcome pilot_spent(const pilot_subject *s, pilot_finding *f, const pilot_use *uses, size_t count,
                          uint32_t sources, pilot_money earned)
{
    if (earned <= 0)
        return PILOT_NOT_APPLICABLE;
    if (!uses)
        return pilot_missing(f, "uses");
    for (size_t i = 0; i < count; i++)
        if (used_by_now(s, &uses[i], sources) &&
            pilot_subtract(earned, uses[i].amount, &earned) != PILOT_OK)
            return pilot_missing(f, "uses/amount_yuan");
    return pilot_exactly(f, PILOT_VALUE_MONEY, earned > 0 ? earned : 0, 0);
}

pilot_outcome pilot_earmarked(const pilot_subject *s, pilot_finding *f, const pilot_use *uses,
                              size_t count, uint32_t sources, pilot_purpose purpose)
{
    pilot_money misused = 0;
    if (!uses)
        return pilot_missing(f, "uses");
    for (size_t i = 0; i < count; i++)
        if (used_by_now(s, &uses[i], sources) && uses[i].purpose != purpose &&
            pilot_add(misused, uses[i].amount, &misused) != PILOT_OK)
            return pilot_missing(f, "uses/amount_yuan");
    /* A use that was put right is one of a negative amount, and more than that is no misuse. */
    return pilot_exactly(f, PILOT_VALUE_MONEY, misused > 0 ? misused : 0, 0);
}

pilot_outcome pilot_on_time(const pilot_subject *s, pilot_finding *f, const pilot_step *step,
                            pilot_date due, const char *key)
{
    const bool over = pilot_is_over(s, f, due);
    const pilot_answer done = pilot_step_done_by(step, s->as_of);
    due = f->due.value;
    if (done == PILOT_ANSWER_UNKNOWN)
        return pilot_missing(f, key);
    if (done == PILOT_ANSWER_NO && !over)
        return PILOT_PENDING;
    pilot_date day = done == PILOT_ANSWER_YES ? step->date : s->as_of;
    f->required = (pilot_value){.kind = PILOT_VALUE_DATE, .number = due};
    f->found = done == PILOT_ANSWER_YES ? (pilot_value){.kind = PILOT_VALUE_DATE, .number = day}
                                        : (pilot_value){.kind = PILOT_VALUE_WORD, .word = "not_done"};
    if (day <= due)
        return PILOT_MET;
    f->days_late = pilot_days_between(due, day);
    return PILOT_BREACH;
}

bool pilot_is_over(const pilot_subject *s, pilot_finding *f, pilot_date due)
{
    const pilot_date counted = pilot_due_day(&s->policy->parameters, due);
    f->due = (pilot_opt_date){counted, true};
    f->notice_due = (pilot_opt_date){due, due != counted};
    return s->as_of > counted;
}

static const pilot_evidence_list *evidence_of(const pilot_subject *s, pilot_scope scope)
{
    switch (scope) {
    case PILOT_SCOPE_CITY:
        return &pilot_city_records(s->city)->evidence;
    case PILOT_SCOPE_DISTRICT:
        return &s->district->evidence;
    case PILOT_SCOPE_COMMUNITY:
        return &s->community->evidence;
    default:
        return &s->area->evidence;
    }
}

static bool carries_out(const pilot_rule *info, const pilot_clause *clause)
{
    for (int i = 0; clause && clause->id && i < PILOT_RULE_CLAUSES_MAX && info->clauses[i]; i++)
        if (strcmp(info->clauses[i], clause->id) == 0)
            return true;
    return false;
}

/* Whether a shows less than b: what is not done less than what is, and what came later less. */
static bool shows_less(const pilot_step *a, const pilot_step *b)
{
    if (a->done != b->done)
        return a->done == PILOT_ANSWER_NO;
    return a->done == PILOT_ANSWER_YES && a->date > b->date;
}

pilot_outcome pilot_evidenced(const pilot_subject *s, pilot_finding *f)
{
    const pilot_evidence_list *list = evidence_of(s, f->rule->scope);
    const pilot_step *least = NULL;
    for (size_t i = 0; i < pilot_listed(list->items, list->count); i++) {
        const pilot_evidence *e = &list->items[i];
        if (e->done.done != PILOT_ANSWER_UNKNOWN && carries_out(f->rule, e->clause) &&
            (!least || shows_less(&e->done, least)))
            least = &e->done;
    }
    if (!least)
        return pilot_missing(f, "evidence");
    if (pilot_step_done_by(least, s->as_of) != PILOT_ANSWER_YES)
        return PILOT_BREACH;
    f->found = (pilot_value){.kind = PILOT_VALUE_DATE, .number = least->date};
    return PILOT_MET;
}

pilot_outcome pilot_in_order(const pilot_subject *s, pilot_finding *f, dated_step earlier,
                             dated_step later, int64_t days)
{
    pilot_answer later_done = pilot_step_done_by(&later.step, s->as_of);
    if (later_done == PILOT_ANSWER_NO)
        return PILOT_PENDING;
    if (later_done == PILOT_ANSWER_UNKNOWN)
        return pilot_missing(f, later.key);
    if (earlier.step.done == PILOT_ANSWER_UNKNOWN)
        return pilot_missing(f, earlier.key);
    int64_t latest = later.step.date - days;
    f->required = (pilot_value){.kind = PILOT_VALUE_DATE, .number = latest};
    if (earlier.step.done == PILOT_ANSWER_NO) {
        f->found = (pilot_value){.kind = PILOT_VALUE_WORD, .word = "not_done"};
        return PILOT_BREACH;
    }
    f->found = (pilot_value){.kind = PILOT_VALUE_DATE, .number = earlier.step.date};
    return earlier.step.date <= latest ? PILOT_MET : PILOT_BREACH;
}

void pilot_lacking(pilot_finding *f, int64_t found, uint32_t lacking, const words *names)
{
    f->found = (pilot_value){.kind = PILOT_VALUE_COUNT, .number = found};
    f->required = (pilot_value){
        .kind = PILOT_VALUE_SET, .number = lacking, .words = names->words, .word_count = names->count};
}
