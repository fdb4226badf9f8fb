#include "pilot/timeline.h"

#include "base/base_internal.h"
#include "city/city_internal.h"
#include "duty_internal.h"
#include "notice/policy_internal.h"
#include "money/reward_internal.h"

#include <stdio.h>

const words pilot_milestone_words = WORD_LIST(
    {"survey", "居民意愿调查", "survey of the residents"},
    {"selection", "规划选点", "selection of the site"},
    {"preparatory_group", "组建筹备组", "preparatory group"},
    {"assembly_notice", "业主大会通知", "notice of the assembly"},
    {"assembly", "召开业主大会", "owners' assembly"}, {"vote", "投票选聘", "vote on the provider"},
    {"contract", "签订服务合同", "service contract"},
    {"remediation", "综合整治验收", "remediation accepted"}, {"entry", "进驻服务", "provider moves in"},
    {"assessment", "考核验收", "assessment"}, {"committee", "选举业主委员会", "owners' committee"});
static const pilot_milestone in_order[PILOT_MILESTONE_COUNT] = {
    PILOT_MILESTONE_SURVEY,
    PILOT_MILESTONE_SELECTION,
    PILOT_MILESTONE_PREPARATORY_GROUP,
    PILOT_MILESTONE_ASSEMBLY_NOTICE,
    PILOT_MILESTONE_ASSEMBLY,
    PILOT_MILESTONE_COMMITTEE,
    PILOT_MILESTONE_VOTE,
    PILOT_MILESTONE_CONTRACT,
    PILOT_MILESTONE_REMEDIATION,
    PILOT_MILESTONE_ENTRY,
    PILOT_MILESTONE_ASSESSMENT,
};
static const struct {
    pilot_actor actor;
    const char *clause;
} milestones[PILOT_MILESTONE_COUNT] = {
    {PILOT_ACTOR_DISTRICT_GOVERNMENT, "5.1-2"},
    {PILOT_ACTOR_DISTRICT_GOVERNMENT, "5.1-1"},
    {PILOT_ACTOR_STREET, "3.2-13a"},
    {PILOT_ACTOR_STREET, "5.3-2"},
    {PILOT_ACTOR_STREET, "5.3-1"},
    {PILOT_ACTOR_ASSEMBLY, "5.4-2"},
    {PILOT_ACTOR_COMMITTEE, "5.4-4"},
    {PILOT_ACTOR_CITY_MANAGEMENT_BUREAU, "5.2-1"},
    {PILOT_ACTOR_PROVIDER, "5.4-1"},
    {PILOT_ACTOR_LEADING_GROUP_OFFICE, "5.5-1"},
    {PILOT_ACTOR_STREET, "5.3-2"},
};
const words pilot_milestone_state_words =
    WORD_LIST({"done", "已完成", "done"}, {"open", "未完成", "open"}, {"overdue", "已逾期", "overdue"},
              {"not_recorded", "无记录", "not recorded"}, {"not_needed", "不需要", "not needed"});

WORDED(pilot_milestone, pilot_milestone, pilot_milestone_words)
WORDED(pilot_milestone_state, pilot_milestone_state, pilot_milestone_state_words)

static pilot_step step_of(const pilot_policy *policy, const pilot_residential_area *area,
                          pilot_milestone milestone)
{
    const pilot_residential_area_steps *steps = &area->steps;
    const pilot_community *community = pilot_first_community(area);
    switch (milestone) {
    case PILOT_MILESTONE_SURVEY:
        return steps->survey;
    case PILOT_MILESTONE_SELECTION:
        return steps->selection;
    case PILOT_MILESTONE_PREPARATORY_GROUP:
        return steps->preparatory_group;
    case PILOT_MILESTONE_ASSEMBLY_NOTICE:
        return steps->assembly_notice;
    case PILOT_MILESTONE_ASSEMBLY:
        return steps->assembly;
    case PILOT_MILESTONE_COMMITTEE:
        return steps->committee;
    case PILOT_MILESTONE_VOTE:
        return pilot_vote_step(policy, area, PILOT_MATTER_HIRE_PROVIDER);
    case PILOT_MILESTONE_CONTRACT:
        return pilot_contract_step(area);
    case PILOT_MILESTONE_REMEDIATION:
        return steps->remediation;
    case PILOT_MILESTONE_ENTRY:
        return steps->entry;
    case PILOT_MILESTONE_ASSESSMENT:
        return community
                   ? pilot_assessment_step(community)
                   : (pilot_step){area->communities && !area->community_count ? PILOT_ANSWER_NO
                                                                              : PILOT_ANSWER_UNKNOWN,
                                  0};
    }
    return (pilot_step){0}; /* GCOVR_EXCL_LINE: each milestone has its step */
}

static pilot_opt_date due_of(const pilot_policy *policy, pilot_milestone milestone)
{
    const pilot_parameters *p = &policy->parameters;
    switch (milestone) {
    case PILOT_MILESTONE_SELECTION:
        return (pilot_opt_date){pilot_due_day(p, p->selection_due), true};
    case PILOT_MILESTONE_ASSEMBLY:
    case PILOT_MILESTONE_COMMITTEE:
        return (pilot_opt_date){pilot_due_day(p, p->assembly_due), true};
    case PILOT_MILESTONE_REMEDIATION:
        return (pilot_opt_date){pilot_due_day(p, p->remediation_due), true};
    case PILOT_MILESTONE_CONTRACT:
    case PILOT_MILESTONE_ENTRY:
        return (pilot_opt_date){pilot_due_day(p, p->entry_due), true};
    case PILOT_MILESTONE_ASSESSMENT:
        return (pilot_opt_date){pilot_due_day(p, p->assessment_due), true};
    default:
        return (pilot_opt_date){0};
    }
}

static pilot_milestone_entry entry_of(const pilot_policy *policy, const pilot_residential_area *area,
                                      pilot_milestone milestone, pilot_date as_of)
{
    pilot_step step = step_of(policy, area, milestone);
    pilot_answer done = pilot_step_done_by(&step, as_of);
    pilot_milestone_entry entry = {
        .milestone = milestone,
        .due = due_of(policy, milestone),
        .actor = milestones[milestone].actor,
        .clause = milestones[milestone].clause,
    };
    if (milestone == PILOT_MILESTONE_REMEDIATION && area->branch == PILOT_BRANCH_REMEDIATED) {
        entry.due.known = false;
        entry.state = PILOT_MILESTONE_NOT_NEEDED;
        return entry;
    }
    bool known = done != PILOT_ANSWER_UNKNOWN;
    pilot_date day = done == PILOT_ANSWER_YES ? step.date : as_of;
    bool late = known && entry.due.known && day > entry.due.value;
    entry.state = done == PILOT_ANSWER_YES ? PILOT_MILESTONE_DONE
                  : !known                 ? PILOT_MILESTONE_NOT_RECORDED
                  : late                   ? PILOT_MILESTONE_OVERDUE
                                           : PILOT_MILESTONE_OPEN;
    entry.done_on = (pilot_opt_date){done == PILOT_ANSWER_YES ? step.date : 0, done == PILOT_ANSWER_YES};
    entry.days_late = late ? pilot_days_between(entry.due.value, day) : 0;
    return entry;
}

/* Those that the area's community has, which no area's own table looks over. */
static pilot_status check_assessments(const pilot_community *community, pilot_error *error)
{
    const size_t count =
        community ? pilot_listed(community->assessments, community->assessment_count) : 0;
    for (size_t i = 0; i < count; i++) {
        char path[64];
        pilot_status status =
            pilot_record_check(&pilot_assessment_record, &community->assessments[i], error);
        if (status == PILOT_OK)
            continue;
        snprintf(path, sizeof path, "/communities/0/assessments/%zu", i);
        return pilot_error_within(error, status, path);
    }
    return PILOT_OK;
}

pilot_status pilot_timeline_make(const pilot_policy *policy, const pilot_residential_area *area,
                                 pilot_date as_of, pilot_timeline *timeline, pilot_error *error)
{
    if (!policy || !area || !timeline)
        return pilot_error_null(error);
    if (!pilot_date_valid(as_of))
        return pilot_error_day(error, "/as_of", as_of);
    pilot_status status = pilot_record_check(&pilot_residential_area_record, area, error);
    if (status == PILOT_OK)
        status = check_assessments(pilot_first_community(area), error);
    if (status != PILOT_OK)
        return status;
    pilot_timeline made = {.next = PILOT_MILESTONE_COUNT};
    for (int i = PILOT_MILESTONE_COUNT - 1; i >= 0; i--) {
        made.entries[i] = entry_of(policy, area, in_order[i], as_of);
        if (made.entries[i].state != PILOT_MILESTONE_DONE &&
            made.entries[i].state != PILOT_MILESTONE_NOT_NEEDED)
            made.next = i;
    }
    *timeline = made;
    return PILOT_OK;
}
