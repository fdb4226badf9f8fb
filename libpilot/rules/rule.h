/* A rule is one short function and one row of its part's table. */
#ifndef PILOT_RULES_RULE_H
#define PILOT_RULES_RULE_H

#include "../city_internal.h"
#include "../policy_internal.h"
#include "pilot/check.h"

/* The function says what it found in *f and returns the outcome. The record of the rule's scope is
 * there, and what that lies in. A soft rule may return BREACH: it becomes INFO. */
typedef struct rule {
    pilot_rule info;
    pilot_outcome (*decide)(const pilot_subject *s, pilot_finding *f);
} rule;

typedef struct rule_set {
    const rule *rules;
    size_t count;
} rule_set;

/* One for each part of the notice. */
extern const rule_set pilot_rules_siting, pilot_rules_workstation, pilot_rules_community,
    pilot_rules_services, pilot_rules_funding, pilot_rules_steps;

#define RULE_SET(rules)                                                                                 \
    {                                                                                                   \
        rules, sizeof(rules) / sizeof *(rules)                                                          \
    }

/* What rules are made of. Each sets found and required where it compares. */
pilot_outcome pilot_missing(pilot_finding *f, const char *key);
pilot_outcome pilot_at_least(pilot_finding *f, pilot_value_kind kind, int64_t found, int64_t required);
pilot_outcome pilot_exactly(pilot_finding *f, pilot_value_kind kind, int64_t found, int64_t required);
pilot_outcome pilot_is_yes(pilot_finding *f, pilot_answer answer, const char *key);
void pilot_found_word(pilot_finding *f, const char *found, const char *required);

/* A step against its due date (part five), which counts from the day in force where it had passed by
 * then. key: of the evidence. */
pilot_outcome pilot_on_time(const pilot_subject *s, pilot_finding *f, const pilot_step *step,
                            pilot_date due, const char *key);

#endif
