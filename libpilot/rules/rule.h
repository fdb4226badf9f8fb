/* A rule is one short function and one row of its part's table. */
#ifndef PILOT_RULES_RULE_H
#define PILOT_RULES_RULE_H

#include "base/base_internal.h"
#include "city/city_internal.h"
#include "notice/policy_internal.h"
#include "pilot/rule.h"

/* The function says what it found in *f and returns the outcome. The record of the rule's scope is
 * there, and what that lies in. A soft rule may return BREACH: it becomes INFO. */
typedef struct rule {
    pilot_rule info;
    pilot_outcome (*decide)(const pilot_subject *s, pilot_finding *f);
} rule;

typedef struct rule_set {
    const char *part;
    const rule *rules;
    size_t count;
} rule_set;

/* One for each part of the notice. */
extern const rule_set pilot_rules_siting, pilot_rules_organisation, pilot_rules_workstation,
    pilot_rules_community, pilot_rules_services, pilot_rules_funding, pilot_rules_market,
    pilot_rules_steps;

/* Of a rule's row: the fields that decide it. */
#define READS(...)                                                                                      \
    (const char *const[])                                                                               \
    {                                                                                                   \
        __VA_ARGS__, NULL                                                                               \
    }
/* What more than one rule reads. in: the list of the record, "districts/"; "" of the city's own. */
#define SHOWN(in) in "evidence/clause", in "evidence/done"
#define SPENT(in) in "uses/source", in "uses/amount_yuan", in "uses/used_on"
#define USED(in) SPENT(in), in "uses/purpose"
#define ASSESSED "communities/assessments/result", "communities/assessments/date"
#define PAID "communities/reward_payments/paid_on", "communities/reward_payments/amount_yuan"
#define EARNED                                                                                          \
    "communities/assessments/year", ASSESSED, "areas/communities", "areas/households",                  \
        "areas/occupied_households", "areas/paying_households", "areas/building_area_m2",               \
        "areas/counts", "areas/steps/entry"
#define VOTED "areas/votes/held_on", "areas/votes/matter", "areas/votes/passed", "areas/votes/totals"
#define CHOSEN                                                                                          \
    "areas/contracts/menu", "areas/contracts/selection", "menus/id", "menus/valid_from",                \
        "menus/valid_to", "menus/rounding", "menus/services", "menus/packages"

/* Who pays the reward (4.4.1-8) and keeps the budgets (4.3-9). */
#define FINANCE_BODIES                                                                                  \
    (PILOT_ACTOR_BIT(PILOT_ACTOR_FINANCE_BUREAU) | PILOT_ACTOR_BIT(PILOT_ACTOR_DISTRICT_FINANCE))

#define RULE_SET(part, rules)                                                                           \
    {                                                                                                   \
        part, rules, sizeof(rules) / sizeof *(rules)                                                    \
    }

/* The rule of the number in the order of the notice; NULL from pilot_rule_count() on. */
const rule *pilot_rule_number(size_t index);
/* The set of the number, likewise; NULL from the last on. */
const rule_set *pilot_rule_set_number(size_t index);
/* The number of a rule, or of the rule that it is a copy of; false where there is none. */
bool pilot_rule_number_of(const pilot_rule *info, size_t *number);
/* What the rule says of a subject; a soft one never BREACH. room: for what was found, which is for none
 * but the rule. */
pilot_outcome pilot_rule_outcome(const rule *r, const pilot_subject *s, pilot_finding *room);
/* The same, with the readings that it depends on. */
void pilot_rule_ask(const rule *r, const pilot_subject *s, pilot_finding *finding);

/* A finding that rules may go on from: what they look at before they have set it is clear. The rest is
 * not, so that it is for who looks at the outcome alone. */
static inline void pilot_finding_open(pilot_finding *f)
{
    f->due.known = f->notice_due.known = f->since.known = false;
    f->missing = NULL;
    f->actors = 0;
}

/* What rules are made of. Each sets found and required where it compares. */
/* Of the record of that id; the key begins with that of its list. What little is known is no finding. */
static inline pilot_outcome pilot_missing_of(pilot_finding *f, const char *key, const char *id)
{
    f->missing = key;
    f->missing_of = id;
    f->found = f->required = (pilot_value){0};
    return PILOT_UNKNOWN;
}
static inline pilot_outcome pilot_missing(pilot_finding *f, const char *key)
{
    return pilot_missing_of(f, key, NULL);
}
/* Whether the city is known to have no other areas than those that say their communities, so that what
 * is not among these is not there; else what is missing to know it. */
bool pilot_areas_known(const pilot_subject *s, pilot_finding *f);
pilot_outcome pilot_at_least(pilot_finding *f, pilot_value_kind kind, int64_t found, int64_t required);
pilot_outcome pilot_at_most(pilot_finding *f, pilot_value_kind kind, int64_t found, int64_t required);
pilot_outcome pilot_exactly(pilot_finding *f, pilot_value_kind kind, int64_t found, int64_t required);
pilot_outcome pilot_is_yes(pilot_finding *f, pilot_answer answer, const char *key);
void pilot_found_word(pilot_finding *f, const char *found, const char *required);

/* The body is the one wanted; NONE is one not known. */
pilot_outcome pilot_is_body(pilot_finding *f, pilot_actor body, pilot_actor wanted, const char *key);

/* BREACH of what a counted vote had to reach: found is what it reached of the threshold that it failed.
 */
pilot_outcome pilot_vote_failed(pilot_finding *f, const vote_answer *answer);

typedef struct keyed_answer {
    pilot_answer answer;
    const char *key; /* of the evidence */
} keyed_answer;

/* All are yes: required is the key of the first that is no, else the first not known is missing. */
pilot_outcome pilot_all_yes(pilot_finding *f, const keyed_answer *answers, size_t count);

/* Money of the sources, bits by pilot_income_source, is used for the purpose alone: found is what was
 * used for others. uses may be NULL, which is not known. */
pilot_outcome pilot_earmarked(const pilot_subject *s, pilot_finding *f, const pilot_use *uses,
                              size_t count, uint32_t sources, pilot_purpose purpose);

/* Who holds money is one of those whom it is meant for, bits by actor; else the holder has to hand it
 * on.
 */
pilot_outcome pilot_held_by(pilot_finding *f, pilot_actor holder, uint32_t meant_for, const char *key);

/* Whether the day is known and after the day that is asked about. */
static inline bool pilot_is_later(const pilot_subject *s, pilot_opt_date day)
{
    return day.known && day.value > s->as_of;
}

/* Whether the year after that one is over, by when money of that year should have been used: the notice
 * sets no day. */
bool pilot_is_over_after(const pilot_subject *s, int64_t year);
/* What was earned has been used by the day: found is what was not. NOT_APPLICABLE where nothing was. */
pilot_outcome pilot_spent(const pilot_subject *s, pilot_finding *f, const pilot_use *uses, size_t count,
                          uint32_t sources, pilot_money earned);

/* A step against its due date (part five), which counts from the day in force where it had passed by
 * then. For rules whose day is their OWN. key: of the evidence. */
pilot_outcome pilot_on_time(const pilot_subject *s, pilot_finding *f, const pilot_step *step,
                            pilot_date due, const char *key);

/* Whether the day of a step of the policy is over, which is due; it counts from the day in force where
 * it had passed by then. */
bool pilot_is_over(const pilot_subject *s, pilot_finding *f, pilot_date due);

/* For clauses that ask for something to be done and shown: the evidence for any of the rule's clauses
 * among that of the subject's record. Of several the least holds: not done, else the latest day. An
 * empty list shows as little as none at all. */
pilot_outcome pilot_evidenced(const pilot_subject *s, pilot_finding *f);

typedef struct dated_step {
    pilot_step step;
    const char *key; /* of the evidence */
} dated_step;

/* The earlier step is done so many days or more before the later one (part five). PENDING while
 * the later one is not done; its date is the finding's due date less the days. */
pilot_outcome pilot_in_order(const pilot_subject *s, pilot_finding *f, dated_step earlier,
                             dated_step later, int64_t days);

/* A set of words, which the names name: what is not there. */
void pilot_lacking(pilot_finding *f, int64_t found, uint32_t lacking, const words *names);

#endif
