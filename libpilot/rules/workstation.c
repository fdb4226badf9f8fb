/* Part four (1) and the workstation's duties of part three: the workstation and the owners' committee.
 */
#include "rule.h"

/* 3.2-6b, 3.2-14b, 4.1-1: a committee member comes to the workstation by the procedure laid down. */
static pilot_outcome appointment_procedure(const pilot_subject *s, pilot_finding *f)
{
    if (pilot_step_done_by(&s->appointment->appointed, s->as_of) == PILOT_ANSWER_NO)
        return PILOT_NOT_APPLICABLE;
    return pilot_is_yes(f, s->appointment->by_procedure, "by_procedure");
}

/* 4.1-1: some member of the committee works there; the notice has no number. */
static pilot_outcome part_timers(const pilot_subject *s, pilot_finding *f)
{
    const pilot_community *c = s->community;
    int64_t appointed = 0;
    bool known = true;
    if (!c->appointments)
        return pilot_missing(f, "appointments");
    for (size_t i = 0; i < c->appointment_count; i++) {
        pilot_answer by_now = pilot_step_done_by(&c->appointments[i].appointed, s->as_of);
        appointed += by_now == PILOT_ANSWER_YES;
        known = known && by_now != PILOT_ANSWER_UNKNOWN;
    }
    pilot_outcome outcome = pilot_at_least(f, PILOT_VALUE_COUNT, appointed, 1);
    return outcome == PILOT_MET || known ? outcome : pilot_missing(f, "appointments/appointed");
}

/* 4.1-2: who is paid has been appointed; how much is free. */
static pilot_outcome pay_by_appointment(const pilot_subject *s, pilot_finding *f)
{
    const pilot_appointment *a = s->appointment;
    if (a->paid == PILOT_ANSWER_UNKNOWN)
        return pilot_missing(f, "paid");
    if (a->paid == PILOT_ANSWER_NO)
        return PILOT_MET;
    if (a->appointed.done == PILOT_ANSWER_YES && a->appointed.date > s->as_of)
        return PILOT_NOT_APPLICABLE; /* nor is it known to be paid yet */
    return pilot_is_yes(f, pilot_step_done_by(&a->appointed, s->as_of), "appointed");
}

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
    {{.id = "services_and_centre",
      .clauses = {"3.2-14c"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .due = PILOT_DUE_ASSESSMENT,
      .reads = READS(SHOWN("communities/")),
      .zh = "社区配合承接公共服务，物业服务纳入邻里中心建设",
      .en = "the community helps to take over public services and includes property service in its "
            "neighbourhood centre"},
     pilot_evidenced},
    {{.id = "appointment_procedure",
      .clauses = {"3.2-6b", "3.2-14b", "4.1-1"},
      .scope = PILOT_SCOPE_APPOINTMENT,
      .reads = READS("communities/appointments/appointed", "communities/appointments/by_procedure"),
      .zh = "兼职经规定程序",
      .en = "the part-time post is filled by due procedure"},
     appointment_procedure},
    {{.id = "part_timers",
      .clauses = {"4.1-1"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .soft = true,
      .due = PILOT_DUE_ASSESSMENT,
      .reads = READS("communities/appointments/appointed"),
      .zh = "业主委员会成员到社区工作站兼职",
      .en = "committee members work part-time at the workstation",
      .counts_zh = "人",
      .counts_en = "members"},
     part_timers},
    {{.id = "pay_by_appointment",
      .clauses = {"4.1-2"},
      .scope = PILOT_SCOPE_APPOINTMENT,
      .actors = PILOT_ACTOR_BIT(PILOT_ACTOR_WORKSTATION),
      .reads = READS("communities/appointments/appointed", "communities/appointments/paid"),
      .zh = "经任用的兼职人员方可领取报酬",
      .en = "only appointed persons are paid"},
     pay_by_appointment},
    {{.id = "property_in_daily_work",
      .clauses = {"4.1-3", "3.2-14a"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .due = PILOT_DUE_ENTRY,
      .reads = READS(SHOWN("communities/")),
      .zh = "物业管理纳入社区工作站日常工作",
      .en = "property management is part of the workstation's daily work"},
     pilot_evidenced},
    {{.id = "property_staff",
      .clauses = {"4.1-4"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .due = PILOT_DUE_ENTRY,
      .reads = READS("communities/workstation/property_staff"),
      .zh = "社区工作站明确专人负责物业管理",
      .en = "the workstation assigns staff to property management",
      .counts_zh = "人",
      .counts_en = "staff"},
     property_staff},
};
const rule_set pilot_rules_workstation = RULE_SET("workstation", rules);
