/* Part four (3): services inside and outside the gate. */
#include "rule.h"

/* 4.3-2: a contract there has to be by the day the provider has to start (5.4-1). */
static pilot_outcome contract_signed(const pilot_subject *s, pilot_finding *f)
{
    pilot_step signing = {s->area->contracts ? PILOT_ANSWER_NO : PILOT_ANSWER_UNKNOWN, 0};
    for (size_t i = 0; i < s->area->contract_count; i++) {
        const pilot_opt_date *day = &s->area->contracts[i].signed_on;
        if (!day->known)
            return pilot_missing(f, "contracts/signed_on");
        if (signing.done != PILOT_ANSWER_YES || day->value < signing.date)
            signing = (pilot_step){PILOT_ANSWER_YES, day->value};
    }
    return pilot_on_time(s, f, &signing, s->policy->parameters.entry_due, "contracts");
}

/* 4.3-2: it is in writing and says what is done, how well and at what price. */
static pilot_outcome contract_terms(const pilot_subject *s, pilot_finding *f)
{
    const pilot_contract *c = s->contract;
    const struct {
        pilot_answer answer;
        const char *key;
    } terms[] = {
        {c->written, "written"},
        {c->states_content, "states_content"},
        {c->states_standard, "states_standard"},
        {c->states_price, "states_price"},
    };
    const char *unknown = NULL;
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        if (terms[i].answer == PILOT_ANSWER_NO) {
            f->required = (pilot_value){PILOT_VALUE_WORD, 0, terms[i].key};
            return PILOT_BREACH;
        }
        if (terms[i].answer == PILOT_ANSWER_UNKNOWN && !unknown)
            unknown = terms[i].key;
    }
    return unknown ? pilot_missing(f, unknown) : PILOT_MET;
}

/* 3.2-13c, reading A-10: until there is an owners' committee the residents' committee acts for it. */
static pilot_outcome acting_signatory(const pilot_subject *s, pilot_finding *f)
{
    const pilot_step *elected = &s->area->steps.assembly;
    if (s->policy->parameters.readings[PILOT_READING_ACTING_COMMITTEE] == PILOT_ACTING_REFUSED)
        return PILOT_BREACH;
    if (!s->contract->signed_on.known)
        return pilot_missing(f, "signed_on");
    pilot_answer by_then = pilot_step_done_by(elected, s->contract->signed_on.value);
    if (by_then == PILOT_ANSWER_UNKNOWN)
        return pilot_missing(f, "steps/assembly");
    f->clause = "3.2-13c";
    return by_then == PILOT_ANSWER_NO ? PILOT_MET : PILOT_BREACH;
}

/* 4.3-2: the owners' committee signs. */
static pilot_outcome contract_signatory(const pilot_subject *s, pilot_finding *f)
{
    switch (s->contract->signed_by) {
    case PILOT_ACTOR_NONE:
        return pilot_missing(f, "signed_by");
    case PILOT_ACTOR_COMMITTEE:
        return PILOT_MET;
    case PILOT_ACTOR_RESIDENTS_COMMITTEE:
        pilot_found_word(f, "residents_committee", "committee");
        return acting_signatory(s, f);
    default:
        pilot_found_word(f, pilot_actor_name(s->contract->signed_by), "committee");
        return PILOT_BREACH;
    }
}

static const rule rules[] = {
    {{"contract_signed",
      {"4.3-2", "5.4-4"},
      PILOT_SCOPE_AREA,
      false,
      true,
      PILOT_READING_BIT(PILOT_READING_PRE_NOTICE),
      "按期签订物业服务合同",
      "a service contract is signed in time"},
     contract_signed},
    {{"contract_terms",
      {"4.3-2"},
      PILOT_SCOPE_CONTRACT,
      false,
      false,
      0,
      "合同为书面并载明内容、标准和价格",
      "the contract is written and states content, standard and price"},
     contract_terms},
    {{"contract_signatory",
      {"4.3-2", "3.2-13c", "5.4-4"},
      PILOT_SCOPE_CONTRACT,
      false,
      false,
      PILOT_READING_BIT(PILOT_READING_ACTING_COMMITTEE),
      "合同由业主委员会签订",
      "the owners' committee signs the contract"},
     contract_signatory},
};
const rule_set pilot_rules_services = RULE_SET(rules);
