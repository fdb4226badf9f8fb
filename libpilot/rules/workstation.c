/* Part four (1): the workstation and the owners' committee. */
#include "rule.h"

/* 4.1-4: the workstation names staff for property management. */
static pilot_outcome property_staff(const pilot_subject *s, pilot_finding *f)
{
    const pilot_opt_int *staff = &s->community->workstation.property_staff;
    if (!staff->known)
        return pilot_missing(f, "workstation/property_staff");
    return pilot_at_least(f, PILOT_VALUE_COUNT, staff->value,
                          s->policy->parameters.workstation_min_staff);
}

static const rule rules[] = {
    {{"property_staff",
      {"4.1-4"},
      PILOT_SCOPE_COMMUNITY,
      false,
      false,
      0,
      "社区工作站明确专人负责物业管理",
      "the workstation names enough staff for property management"},
     property_staff},
};
const rule_set pilot_rules_workstation = RULE_SET(rules);
