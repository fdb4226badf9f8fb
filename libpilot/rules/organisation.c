/* Parts three and six: the bodies that lead the pilot, who does what, and what a district owes. */
#include "money/reward_internal.h"
#include "rule.h"

/* 3.1-1: the city's leading group has the posts laid down. */
static pilot_outcome leading_group_posts(const pilot_subject *s, pilot_finding *f)
{
    const pilot_leading_group *group = &pilot_city_records(s->city)->leading_group;
    const pilot_parameters *p = &s->policy->parameters;
    const struct {
        pilot_opt_int there;
        int64_t wanted;
        const char *key;
    } posts[] = {
        {group->heads, p->leading_group_heads, "leading_group/heads"},
        {group->deputies, p->leading_group_deputies, "leading_group/deputies"},
        {group->members, p->leading_group_members, "leading_group/members"},
    };
    const char *unknown = NULL;
    for (size_t i = 0; i < sizeof posts / sizeof *posts; i++) {
        if (!posts[i].there.known)
            unknown = unknown ? unknown : posts[i].key;
        else if (pilot_exactly(f, PILOT_VALUE_COUNT, posts[i].there.value, posts[i].wanted) ==
                 PILOT_BREACH)
            return PILOT_BREACH;
    }
    return unknown ? pilot_missing(f, unknown) : PILOT_MET;
}

/* 3.1-2: its office sits in the city housing bureau. */
static pilot_outcome office_host(const pilot_subject *s, pilot_finding *f)
{
    return pilot_is_body(f, pilot_city_records(s->city)->leading_group.office_host,
                         PILOT_ACTOR_HOUSING_BUREAU, "leading_group/office_host");
}

/* 3.2-2f, 5.5-2: the leading group's office assesses, not another body. One without a date counts. */
static pilot_outcome assessor(const pilot_subject *s, pilot_finding *f)
{
    const pilot_community *c = s->community;
    bool assessed = false, named = true;
    for (size_t i = 0; i < pilot_listed(c->assessments, c->assessment_count); i++) {
        const pilot_assessment *a = &c->assessments[i];
        if (a->result == PILOT_NOT_ASSESSED || (a->date.known && a->date.value > s->as_of))
            continue;
        assessed = true;
        if (a->assessor == PILOT_ACTOR_NONE) {
            named = false;
        } else if (a->assessor != PILOT_ACTOR_LEADING_GROUP_OFFICE) {
            pilot_found_word(f, pilot_actor_name(a->assessor),
                             pilot_actor_name(PILOT_ACTOR_LEADING_GROUP_OFFICE));
            return PILOT_BREACH;
        }
    }
    if (assessed)
        return named ? PILOT_MET : pilot_missing(f, "assessments/assessor");
    if (c->assessments && s->as_of > s->policy->parameters.assessment_due)
        return PILOT_NOT_APPLICABLE; /* none was made by anybody */
    f->clause = "5.5-2";
    f->due = (pilot_opt_date){s->policy->parameters.assessment_due, true};
    return s->as_of <= f->due.value ? PILOT_PENDING : pilot_missing(f, "assessments");
}

static int32_t quarter_of(pilot_date day)
{
    int32_t year, month;
    pilot_date_parts(day, &year, &month, NULL);
    return year * 4 + (month - 1) / 3;
}

#define QUARTERS (4 * (PILOT_YEAR_MAX - PILOT_YEAR_MIN + 1))

/* In how many of the quarters a meeting was held since the notice binds; end is the first after them. */
static int64_t quarters_met(const pilot_records *r, int32_t first, int32_t end, pilot_date in_force)
{
    bool met[QUARTERS] = {false};
    int64_t count = 0;
    for (size_t i = 0; i < r->meeting_count; i++) {
        const pilot_date day = r->meetings[i].held_on;
        if (!pilot_date_valid(day) || day < in_force || quarter_of(day) < first ||
            quarter_of(day) >= end)
            continue;
        count += !met[quarter_of(day) - first];
        met[quarter_of(day) - first] = true;
    }
    return count;
}

/* 3.2-3a: the leading group meets in each quarter that is over, from that of the notice on; it may meet
 * more often (3.2-3b). */
static pilot_outcome quarterly_meeting(const pilot_subject *s, pilot_finding *f)
{
    const pilot_records *r = pilot_city_records(s->city);
    pilot_date in_force = pilot_policy_in_force(&s->policy->parameters);
    int32_t first = quarter_of(in_force), now = quarter_of(s->as_of);
    if (now <= first)
        return PILOT_NOT_APPLICABLE;
    if (!r->meetings)
        return pilot_missing(f, "meetings");
    return pilot_at_least(f, PILOT_VALUE_COUNT, quarters_met(r, first, now, in_force), now - first);
}

/* 3.2-5a, 5.2-2: the city management bureau runs a remediation and its acceptance, where there is one
 * (5.1-5). */
static pilot_outcome remediation_run(const pilot_subject *s, pilot_finding *f)
{
    if (s->area->branch == PILOT_BRANCH_UNKNOWN)
        return pilot_missing(f, "branch");
    return s->area->branch == PILOT_BRANCH_IN_PROGRESS ? pilot_evidenced(s, f) : PILOT_NOT_APPLICABLE;
}

/* The first area whose share is not known. */
static pilot_outcome missing_area(const pilot_subject *s, pilot_finding *f)
{
    const pilot_records *r = pilot_city_records(s->city);
    for (size_t i = 0; i < r->area_count; i++) {
        const char *of, *key = pilot_residential_area_lacks(s->policy, &r->areas[i], s->as_of, &of);
        if (key)
            return pilot_missing_of(f, key, of);
    }
    return pilot_missing(f, "areas");
}

/* 3.2-7b: the city's budget covers its share of the reward. What is not known yet can only add to that
 * share, so it leaves a budget open that suffices so far, and none that does not. */
static pilot_outcome reward_budget(const pilot_subject *s, pilot_finding *f)
{
    const pilot_records *r = pilot_city_records(s->city);
    pilot_award_sum sum;
    if (!r->reward_budget.known)
        return pilot_missing(f, "reward_budget_yuan");
    if (pilot_city_sum(s->policy, s->city, s->as_of, s->stop, &sum) != PILOT_OK)
        return pilot_missing(f, "areas");
    if (pilot_at_least(f, PILOT_VALUE_MONEY, r->reward_budget.value, sum.award.city) == PILOT_BREACH)
        return PILOT_BREACH;
    if (sum.areas_unknown)
        return missing_area(s, f);
    if (sum.award.reasons & UINT32_C(1) << PILOT_WITHHELD_NOT_ASSESSED)
        return pilot_missing(f, "assessments");
    return r->complete == PILOT_ANSWER_YES ? PILOT_MET : pilot_missing(f, "complete");
}

/* 5.5-4: where the result that holds for some year is a fail, the lessons are drawn. */
static pilot_outcome lessons_drawn(const pilot_subject *s, pilot_finding *f)
{
    const pilot_community *c = s->community;
    const pilot_claim claim = {.assessments = c->assessments,
                               .assessment_count = c->assessment_count,
                               .as_of = {s->as_of, true}};
    pilot_results results;
    if (!c->assessments || pilot_results_of(&claim, &results) != PILOT_OK)
        return pilot_missing(f, "assessments");
    return pilot_has_failed(&results) ? pilot_evidenced(s, f) : PILOT_NOT_APPLICABLE;
}

/* What became of those of a district's steps that are due on some day or later. */
typedef struct step_count {
    pilot_date from;
    int64_t late;
    const char *missing; /* key of the first step that is not known; NULL where all are */
    const char *missing_of;
    size_t steps;        /* that are due then */
    pilot_opt_date next; /* due day of the next step that is pending */
} step_count;

static void count_missing(step_count *t, const char *key, const char *id)
{
    if (t->missing)
        return;
    t->missing = key;
    t->missing_of = id;
}

/* id: of the area or community whose step it is. */
static void count_step(const pilot_subject *s, step_count *t, const pilot_step *step, pilot_date due,
                       const char *key, const char *id)
{
    pilot_finding f = {0};
    if (due < t->from)
        return;
    t->steps++;
    switch (pilot_on_time(s, &f, step, due, key)) {
    case PILOT_BREACH:
        t->late++;
        break;
    case PILOT_UNKNOWN:
        count_missing(t, key, id);
        break;
    case PILOT_PENDING:
        if (!t->next.known || f.due.value < t->next.value)
            t->next = f.due;
        break;
    default:
        break;
    }
}

/* 5.1-1 to 5.4-1; a remediation only where one is in progress (5.1-5). */
static void count_area(const pilot_subject *s, step_count *t, const pilot_residential_area *area)
{
    const pilot_parameters *p = &s->policy->parameters;
    const pilot_residential_area_steps *steps = &area->steps;
    count_step(s, t, &steps->selection, p->selection_due, "areas/steps/selection", area->id);
    if (area->branch == PILOT_BRANCH_IN_PROGRESS)
        count_step(s, t, &steps->remediation, p->remediation_due, "areas/steps/remediation", area->id);
    else if (area->branch == PILOT_BRANCH_UNKNOWN && p->remediation_due >= t->from)
        count_missing(t, "areas/branch", area->id);
    count_step(s, t, &steps->assembly, p->assembly_due, "areas/steps/assembly", area->id);
    count_step(s, t, &steps->entry, p->entry_due, "areas/steps/entry", area->id);
}

/* 5.5-1: the assessment is the community's. */
static void count_community(const pilot_subject *s, step_count *t, const pilot_community *community)
{
    pilot_step assessed = pilot_assessed(s->city, community);
    count_step(s, t, &assessed, s->policy->parameters.assessment_due,
               community->assessments ? "communities/assessments/date" : "communities/assessments",
               community->id);
}

/* A district without an area has no step that could be shown, unless it is known to have none. */
static step_count count_district(const pilot_subject *s, pilot_date from)
{
    step_count t = {.from = from};
    size_t areas = 0, communities = 0;
    const pilot_residential_area *const *area =
        s->city ? pilot_areas_in(s->city, s->district, &areas) : NULL;
    const pilot_community *const *community =
        s->city ? pilot_communities_in(s->city, s->district, &communities) : NULL;
    for (size_t i = 0; i < areas; i++)
        count_area(s, &t, area[i]);
    for (size_t i = 0; i < communities; i++)
        count_community(s, &t, community[i]);
    pilot_finding f = {0};
    if (!areas && !pilot_areas_known(s, &f)) {
        t.missing = f.missing;
        t.missing_of = f.missing_of;
    }
    return t;
}

/* 6.1-3: all steps of the district's pilots are done by their dates. */
static pilot_outcome all_steps_on_time(const pilot_subject *s, pilot_finding *f)
{
    step_count t = count_district(s, INT32_MIN);
    if (!t.late && t.missing)
        return pilot_missing_of(f, t.missing, t.missing_of);
    if (!t.steps)
        return PILOT_NOT_APPLICABLE;
    if (!t.late && t.next.known) {
        f->due = t.next;
        return PILOT_PENDING;
    }
    return pilot_exactly(f, PILOT_VALUE_COUNT, t.late, 0);
}

/* 6.2-2: a district with a late step is criticised by circular. A date that had passed when the notice
 * took force gives no cause for one. */
static pilot_outcome circular_criticism(const pilot_subject *s, pilot_finding *f)
{
    step_count t = count_district(s, pilot_policy_in_force(&s->policy->parameters));
    if (!t.late)
        return t.missing ? pilot_missing_of(f, t.missing, t.missing_of) : PILOT_NOT_APPLICABLE;
    pilot_outcome outcome = pilot_evidenced(s, f);
    f->found = (pilot_value){.kind = PILOT_VALUE_COUNT, .number = t.late};
    return outcome;
}

#define STEPS_OF_DISTRICT                                                                               \
    "communities/district", ASSESSED, "areas/communities", "areas/branch", "areas/steps/selection",     \
        "areas/steps/remediation", "areas/steps/assembly", "areas/steps/entry"

static const rule rules[] = {
    {{.id = "city_leading_group",
      .clauses = {"3-1"},
      .scope = PILOT_SCOPE_CITY,
      .reads = READS(SHOWN("")),
      .zh = "市级成立领导小组",
      .en = "the city sets up a leading group"},
     pilot_evidenced},
    {{.id = "leading_group_posts",
      .clauses = {"3.1-1"},
      .scope = PILOT_SCOPE_CITY,
      .reads = READS("leading_group/heads", "leading_group/deputies", "leading_group/members"),
      .zh = "领导小组的组长、副组长和成员名额相符",
      .en = "the leading group has the heads, deputies and members laid down"},
     leading_group_posts},
    {{.id = "leading_group_office",
      .clauses = {"3.1-2"},
      .scope = PILOT_SCOPE_CITY,
      .reads = READS("leading_group/office_host"),
      .zh = "领导小组的办事机构在市房管局",
      .en = "the leading group's office sits in the city housing bureau"},
     office_host},
    {{.id = "scheme_drafted",
      .clauses = {"3.2-2a"},
      .scope = PILOT_SCOPE_CITY,
      .reads = READS(SHOWN("")),
      .zh = "试点方案和配套政策已起草",
      .en = "the scheme and the policies that go with it are drafted"},
     pilot_evidenced},
    {{.id = "tasks_assigned",
      .clauses = {"3.2-2b"},
      .scope = PILOT_SCOPE_CITY,
      .reads = READS(SHOWN("")),
      .zh = "目标已拆成任务并分给各成员单位",
      .en = "the targets are broken down into tasks for the members"},
     pilot_evidenced},
    {{.id = "assessor",
      .clauses = {"3.2-2f", "5.5-2"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .dated = true,
      .reads = READS("communities/assessments/assessor", ASSESSED),
      .zh = "考核由领导小组办公室作出",
      .en = "the leading group's office makes the assessments"},
     assessor},
    {{.id = "quarterly_meeting",
      .clauses = {"3.2-3a", "3.2-3b"},
      .scope = PILOT_SCOPE_CITY,
      .soft = true,
      .readings = PILOT_READING_BIT(PILOT_READING_IN_FORCE_FROM),
      .reads = READS("meetings/held_on"),
      .zh = "领导小组在每个季度都开过会",
      .en = "the leading group meets in every quarter"},
     quarterly_meeting},
    {{.id = "assembly_advice",
      .clauses = {"3.2-4a"},
      .scope = PILOT_SCOPE_AREA,
      .reads = READS(SHOWN("areas/")),
      .zh = "市房管局指导组建业主大会和业主委员会",
      .en = "the housing bureau advises on forming the assembly and the committee"},
     pilot_evidenced},
    {{.id = "district_housing_guided",
      .clauses = {"3.2-4b"},
      .scope = PILOT_SCOPE_CITY,
      .reads = READS(SHOWN("")),
      .zh = "区房管部门督促服务企业，由市房管局指导",
      .en = "the housing bureau guides the districts' housing departments in holding providers to their "
            "work"},
     pilot_evidenced},
    {{.id = "remediation_run",
      .clauses = {"3.2-5a", "5.2-2"},
      .scope = PILOT_SCOPE_AREA,
      .reads = READS("areas/branch", SHOWN("areas/")),
      .zh = "市城管局组织整治和验收",
      .en = "the city management bureau runs the remediation and its acceptance"},
     remediation_run},
    {{.id = "offences_pursued",
      .clauses = {"3.2-5g"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .reads = READS(SHOWN("communities/")),
      .zh = "市城管局查处扰乱环境秩序的行为",
      .en = "the city management bureau pursues offences against order"},
     pilot_evidenced},
    {{.id = "centre_evaluation",
      .clauses = {"3.2-6c"},
      .scope = PILOT_SCOPE_CITY,
      .reads = READS(SHOWN("")),
      .zh = "邻里中心考评包含物业服务",
      .en = "property service counts when neighbourhood centres are rated"},
     pilot_evidenced},
    {{.id = "public_service_funds",
      .clauses = {"3.2-7a"},
      .scope = PILOT_SCOPE_CITY,
      .reads = READS(SHOWN("")),
      .zh = "公共服务资金已安排并拨出",
      .en = "the money for public services is planned and allotted"},
     pilot_evidenced},
    {{.id = "reward_budget",
      .clauses = {"3.2-7b"},
      .scope = PILOT_SCOPE_CITY,
      .readings = PILOT_AWARD_READINGS | PILOT_READING_BIT(PILOT_READING_HOUSEHOLD_BASIS),
      .reads = READS("complete", "reward_budget_yuan", EARNED),
      .zh = "市级奖励预算够付市级承担的份额",
      .en = "the city's reward budget covers its share of the reward"},
     reward_budget},
    {{.id = "district_scheme",
      .clauses = {"3.2-12a"},
      .scope = PILOT_SCOPE_DISTRICT,
      .reads = READS(SHOWN("districts/")),
      .zh = "区里有本区的试点方案",
      .en = "the district has a pilot scheme of its own"},
     pilot_evidenced},
    {{.id = "district_leading_group",
      .clauses = {"3.2-12b", "6.1-1"},
      .scope = PILOT_SCOPE_DISTRICT,
      .reads = READS(SHOWN("districts/")),
      .zh = "区级成立领导小组",
      .en = "the district sets up a leading group"},
     pilot_evidenced},
    {{.id = "assessment_supported",
      .clauses = {"3.2-12d"},
      .scope = PILOT_SCOPE_DISTRICT,
      .reads = READS(SHOWN("districts/")),
      .zh = "区政府配合市里的考核",
      .en = "the district helps the city to assess its communities"},
     pilot_evidenced},
    {{.id = "experience_recorded",
      .clauses = {"3.2-12e"},
      .scope = PILOT_SCOPE_DISTRICT,
      .reads = READS(SHOWN("districts/")),
      .zh = "区里写出试点经验",
      .en = "the district writes down what its pilots taught"},
     pilot_evidenced},
    {{.id = "takeover_supported",
      .clauses = {"3.2-13d"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .reads = READS(SHOWN("communities/")),
      .zh = "街道（乡镇）协助承接公共服务",
      .en = "the sub-district office helps to take over public services"},
     pilot_evidenced},
    {{.id = "joint_meetings",
      .clauses = {"3.2-13f"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .reads = READS(SHOWN("communities/")),
      .zh = "街道（乡镇）开联席会议解决纠纷",
      .en = "the sub-district office holds joint meetings and settles disputes"},
     pilot_evidenced},
    {{.id = "assessment_method",
      .clauses = {"4.4.1-7"},
      .scope = PILOT_SCOPE_CITY,
      .reads = READS(SHOWN("")),
      .zh = "市领导小组定出考核办法",
      .en = "the city leading group lays down how to assess"},
     pilot_evidenced},
    {{.id = "lessons_drawn",
      .clauses = {"5.5-4"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .reads = READS("communities/assessments/year", ASSESSED, SHOWN("communities/")),
      .zh = "考核未通过的，查明原因并改进",
      .en = "where the assessment is failed, the lessons are drawn"},
     lessons_drawn},
    {{.id = "district_work_body",
      .clauses = {"6.1-1"},
      .scope = PILOT_SCOPE_DISTRICT,
      .reads = READS(SHOWN("districts/")),
      .zh = "区级设有专门机构",
      .en = "the district sets up a special work body"},
     pilot_evidenced},
    {{.id = "all_steps_on_time",
      .clauses = {"6.1-3"},
      .scope = PILOT_SCOPE_DISTRICT,
      .dated = true,
      .readings =
          PILOT_READING_BIT(PILOT_READING_PRE_NOTICE) | PILOT_READING_BIT(PILOT_READING_IN_FORCE_FROM),
      .reads = READS("complete", STEPS_OF_DISTRICT),
      .zh = "区内各步骤都如期完成",
      .en = "all steps of the district's pilots are done in time"},
     all_steps_on_time},
    {{.id = "circular_criticism",
      .clauses = {"6.2-2"},
      .scope = PILOT_SCOPE_DISTRICT,
      .readings = PILOT_READING_BIT(PILOT_READING_IN_FORCE_FROM),
      .reads =
          READS("complete", STEPS_OF_DISTRICT, "districts/evidence/clause", "districts/evidence/done"),
      .zh = "有步骤误期的区受到通报",
      .en = "a district with a late step is criticised by circular"},
     circular_criticism},
};
const rule_set pilot_rules_organisation = RULE_SET("organisation", rules);
