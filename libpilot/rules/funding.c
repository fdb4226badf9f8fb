/* Part four (4): who pays, and the reward. */
#include "../reward_internal.h"
#include "rule.h"

/* Payments made by the day; false where they are not known. */
static bool reward_paid(const pilot_subject *s, pilot_money *paid)
{
    const pilot_community *c = s->community;
    *paid = 0;
    for (size_t i = 0; i < c->reward_payment_count; i++)
        if (c->reward_payments[i].paid_on <= s->as_of &&
            pilot_add(*paid, c->reward_payments[i].amount, paid) != PILOT_OK)
            return false;
    return c->reward_payments != NULL;
}

/* 4.4.1-2: the reward goes to those whose assessment is passed, and to no one else (5.5-4). */
static pilot_outcome assessment_gate(const pilot_subject *s, pilot_finding *f)
{
    const pilot_community *c = s->community;
    const pilot_claim claim = {.assessments = c->assessments,
                               .assessment_count = c->assessment_count,
                               .as_of = {s->as_of, true}};
    const pilot_date due = s->policy->parameters.assessment_due;
    pilot_assessment_result result = pilot_claim_best_result(&claim);
    pilot_money paid;
    bool known = reward_paid(s, &paid);
    f->due = (pilot_opt_date){due, true};
    if (result == PILOT_PASSED)
        return PILOT_MET;
    if (known && paid > 0)
        return pilot_exactly(f, PILOT_VALUE_MONEY, paid, 0);
    if (result == PILOT_FAILED)
        return known ? PILOT_MET : pilot_missing(f, "reward_payments");
    return s->as_of <= due ? PILOT_PENDING : pilot_missing(f, "assessments");
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
