/* Part five: the steps and their dates. */
#include "rule.h"

#define STEP_READINGS                                                                                   \
    (PILOT_READING_BIT(PILOT_READING_PRE_NOTICE) | PILOT_READING_BIT(PILOT_READING_IN_FORCE_FROM))

/* 5.1-1: the site is selected by the end of August. */
static pilot_outcome selection_on_time(const pilot_subject *s, pilot_finding *f)
{
    return pilot_on_time(s, f, &s->area->steps.selection, s->policy->parameters.selection_due,
                         "steps/selection");
}

/* 5.2-1: the remediation is done by the end of December, where one is in progress (5.1-5). */
static pilot_outcome remediation_on_time(const pilot_subject *s, pilot_finding *f)
{
    if (s->area->branch == PILOT_BRANCH_UNKNOWN)
        return pilot_missing(f, "branch");
    if (s->area->branch == PILOT_BRANCH_REMEDIATED)
        return PILOT_NOT_APPLICABLE;
    return pilot_on_time(s, f, &s->area->steps.remediation, s->policy->parameters.remediation_due,
                         "steps/remediation");
}

/* 5.3-1: the assembly is held and the committee elected by the end of November. */
static pilot_outcome assembly_on_time(const pilot_subject *s, pilot_finding *f)
{
    return pilot_on_time(s, f, &s->area->steps.assembly, s->policy->parameters.assembly_due,
                         "steps/assembly");
}

/* 5.4-1: the provider starts in December; earlier is no breach. */
static pilot_outcome entry_on_time(const pilot_subject *s, pilot_finding *f)
{
    return pilot_on_time(s, f, &s->area->steps.entry, s->policy->parameters.entry_due, "steps/entry");
}

/* 5.5-1: the first assessment is made by the end of February 2020. */
static pilot_outcome assessment_on_time(const pilot_subject *s, pilot_finding *f)
{
    const pilot_community *c = s->community;
    pilot_step first = {c->assessments ? PILOT_ANSWER_NO : PILOT_ANSWER_UNKNOWN, 0};
    for (size_t i = 0; i < c->assessment_count; i++) {
        const pilot_assessment *a = &c->assessments[i];
        if (a->result == PILOT_NOT_ASSESSED)
            continue;
        if (!a->date.known)
            return pilot_missing(f, "assessments/date");
        if (first.done != PILOT_ANSWER_YES || a->date.value < first.date)
            first = (pilot_step){PILOT_ANSWER_YES, a->date.value};
    }
    return pilot_on_time(s, f, &first, s->policy->parameters.assessment_due, "assessments");
}

static const rule rules[] = {
    {{"selection_on_time",
      {"5.1-1"},
      PILOT_SCOPE_AREA,
      false,
      true,
      STEP_READINGS,
      "按期完成选点",
      "the site is selected in time"},
     selection_on_time},
    {{"remediation_on_time",
      {"5.2-1", "5.1-5"},
      PILOT_SCOPE_AREA,
      false,
      true,
      STEP_READINGS,
      "按期完成综合整治",
      "the remediation is finished in time"},
     remediation_on_time},
    {{"assembly_on_time",
      {"5.3-1"},
      PILOT_SCOPE_AREA,
      false,
      true,
      STEP_READINGS,
      "按期召开业主大会、成立业主委员会",
      "the assembly is held and the committee elected in time"},
     assembly_on_time},
    {{"entry_on_time",
      {"5.4-1"},
      PILOT_SCOPE_AREA,
      false,
      true,
      STEP_READINGS,
      "物业服务按期进驻",
      "the provider moves in in time"},
     entry_on_time},
    {{"assessment_on_time",
      {"5.5-1"},
      PILOT_SCOPE_COMMUNITY,
      false,
      true,
      STEP_READINGS,
      "按期完成考核验收",
      "the assessment is made in time"},
     assessment_on_time},
};
const rule_set pilot_rules_steps = RULE_SET(rules);
