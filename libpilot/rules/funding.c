/* Part four (4): who pays, and the reward. */
#include "../reward_internal.h"
#include "rule.h"

/* 4.4.1-2: the reward goes to those whose assessment is passed, and to no one else (5.5-4). */
static pilot_outcome assessment_gate(const rule_subject *s, pilot_finding *f)
{
    const pilot_community *c = s->community;
    const pilot_claim claim = {.assessments = c->assessments,
                               .assessment_count = c->assessment_count,
                               .as_of = {s->as_of, true}};
    pilot_assessment_result result = pilot_claim_best_result(&claim);
    f->due = (pilot_opt_date){s->policy->assessment_due, true};
    if (result == PILOT_PASSED)
        return PILOT_MET;
    if (c->reward_paid.known && c->reward_paid.value > 0) {
        f->found = (pilot_value){PILOT_VALUE_MONEY, c->reward_paid.value, NULL};
        f->required = (pilot_value){PILOT_VALUE_MONEY, 0, NULL};
        return PILOT_BREACH;
    }
    if (result == PILOT_FAILED)
        return c->reward_paid.known ? PILOT_MET : pilot_missing(f, "reward_paid_yuan");
    return s->as_of <= s->policy->assessment_due ? PILOT_PENDING : pilot_missing(f, "assessments");
}

static const rule rules[] = {
    {{"assessment_gate",
      {"4.4.1-2", "5.5-4"},
      PILOT_SCOPE_COMMUNITY,
      false,
      true,
      0,
      "奖励只发给考核合格的社区",
      "the reward is paid only where the assessment is passed"},
     assessment_gate},
};
const rule_set pilot_rules_funding = RULE_SET(rules);
