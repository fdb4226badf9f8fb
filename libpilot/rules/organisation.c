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
        if (a->result == PILOT_NOT_ASSESSED || pilot_is_later(s, a->date))
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
    f->clause = "5.5-2";
    if (!c->assessments)
        return pilot_missing(f, "assessments");
    return pilot_is_over(s, f, s->policy->parameters.assessment_due)
               ? PILOT_NOT_APPLICABLE /* made by nobody */
               : PILOT_PENDING;
}

static int32_t quarter_of(pilot_date day)
{
    int32_t year, month;
    pilot_date_parts(day, &year, &month, NULL);
    return year * 4 + (month - 1) / 3;
}

static pilot_date quarter_last_day(int32_t quarter)
{
    return pilot_month_last_day(quarter * 3 + 2 - 12 * 1970);
}

#define QUARTERS (4 * (PILOT_YEAR_MAX - PILOT_YEAR_MIN + 1))

/* In how many of the quarters a meeting was held since the notice binds; end is the first after them. */
static int64_t quarters_met(const pilot_records *r, int32_t first, int32_t end, pilot_date in_force,
                            pilot_date as_of)
{
    bool met[QUARTERS] = {false};
    int64_t count = 0;
    for (size_t i = 0; i < r->meeting_count; i++) {
        const pilot_date day = r->meetings[i].held_on;
        if (!pilot_date_valid(day) || day < in_force || day > as_of || quarter_of(day) < first ||
            quarter_of(day) >= end)
            continue;
        count += !met[quarter_of(day) - first];
        met[quarter_of(day) - first] = true;
    }
    return count;
}

/* The quarter after the last in which the group meets (reading meetings_until). */
static int32_t meetings_end(const pilot_parameters *p)
{
    if (p->readings[PILOT_READING_MEETINGS_UNTIL] == PILOT_MEETINGS_UNTIL_ASSESSMENT || !p->rate_count)
        return quarter_of(p->assessment_due) + 1;
    return quarter_of(pilot_month_first_day(p->rates[p->rate_count - 1].last)) + 1;
}

/* 3.2-3a: the leading group meets in each quarter that is over, from that of the notice on; it may meet
 * more often (3.2-3b). */
static pilot_outcome quarterly_meeting(const pilot_subject *s, pilot_finding *f)
{
    const pilot_records *r = pilot_city_records(s->city);
    const pilot_parameters *p = &s->policy->parameters;
    if (!r->meetings)
        return pilot_missing(f, "meetings");
    pilot_date in_force = pilot_policy_in_force(p);
    int32_t first = quarter_of(in_force), now = quarter_of(s->as_of), end = meetings_end(p);
    now = now < end ? now : end;
    if (now <= first) { /* none is over yet */
        f->due = (pilot_opt_date){quarter_last_day(first), true};
        return quarters_met(r, first, first + 1, in_force, s->as_of) ? PILOT_MET : PILOT_PENDING;
    }
    return pilot_at_least(f, PILOT_VALUE_COUNT, quarters_met(r, first, now, in_force, s->as_of),
                          now - first);
}

/* 3.2-5a, 5.2-2: the city management bureau runs a remediation and its acceptance, where there is one
 * (5.1-5). */
static pilot_outcome remediation_run(const pilot_subject *s, pilot_finding *f)
{
    if (s->area->branch == PILOT_BRANCH_UNKNOWN)
        return pilot_missing(f, "branch");
    return s->area->branch == PILOT_BRANCH_IN_PROGRESS ? pilot_evidenced(s, f) : PILOT_NOT_APPLICABLE;
}

/* The first area whose share is not known; or else one where service has not begun, which is PENDING
 * until everything is judged. */
static pilot_outcome missing_area(const pilot_subject *s, pilot_finding *f)
{
    const pilot_records *r = pilot_city_records(s->city);
    const char *later = NULL;
    for (size_t i = 0; i < r->area_count; i++) {
        const pilot_residential_area *a = &r->areas[i];
        const char *of, *key = pilot_residential_area_lacks(s->policy, a, s->as_of, &of);
        if (key && pilot_step_done_by(&a->steps.entry, s->as_of) != PILOT_ANSWER_NO)
            return pilot_missing_of(f, key, of);
        later = key && !later ? a->id : later;
    }
    if (later && !pilot_is_over(s, f, s->policy->parameters.assessment_due))
        return PILOT_PENDING;
    return later ? pilot_missing_of(f, "areas/steps/entry", later) : pilot_missing(f, "areas");
}

static bool lacks_result(const pilot_subject *s, const pilot_community *community)
{
    pilot_award_sum sum = {0};
    (void)pilot_city_sum(s->policy, s->city, community, s->as_of, s->stop, &sum);
    return sum.award.reasons & UINT32_C(1) << PILOT_WITHHELD_NOT_ASSESSED;
}

/* Some community has no result yet: the first of which none is known, or else that lacks that of a
 * year of its service. */
static pilot_outcome missing_result(const pilot_subject *s, pilot_finding *f)
{
    const pilot_records *r = pilot_city_records(s->city);
    size_t lacking = 0;
    for (size_t i = 0; i < r->community_count; i++)
        if (!r->communities[i].assessments)
            return pilot_missing_of(f, "communities/assessments", r->communities[i].id);
    if (!pilot_is_over(s, f, s->policy->parameters.assessment_due))
        return PILOT_PENDING;
    while (lacking + 1 < r->community_count && !lacks_result(s, &r->communities[lacking]))
        lacking++;
    return pilot_missing_of(f, "communities/assessments", r->communities[lacking].id);
}

/* 3.2-7b: the city's budget covers its share of the reward. What is not known yet can only add to that
 * share, so it leaves a budget open that suffices so far, and none that does not. */
static pilot_outcome reward_budget(const pilot_subject *s, pilot_finding *f)
{
    const pilot_records *r = pilot_city_records(s->city);
    pilot_award_sum sum;
    if (!r->reward_budget.known)
        return pilot_missing(f, "reward_budget_yuan");
    if (pilot_city_sum(s->policy, s->city, NULL, s->as_of, s->stop, &sum) != PILOT_OK)
        return pilot_missing(f, "areas");
    if (pilot_at_least(f, PILOT_VALUE_MONEY, r->reward_budget.value, sum.award.city) == PILOT_BREACH)
        return PILOT_BREACH;
    if (sum.areas_unknown)
        return missing_area(s, f);
    if (sum.award.reasons & UINT32_C(1) << PILOT_WITHHELD_NOT_ASSESSED)
        return missing_result(s, f);
    return r->complete == PILOT_ANSWER_YES ? PILOT_MET : pilot_missing(f, "complete");
}

/* What follows from a result by the assessment, or on the day of a later one: due is that of the last
 * assessment with the result. */
static pilot_outcome follows_from(const pilot_subject *s, pilot_finding *f,
                                  pilot_assessment_result result)
{
    const pilot_community *c = s->community;
    const pilot_claim claim = {.assessments = c->assessments,
                               .assessment_count = c->assessment_count,
                               .as_of = {s->as_of, true}};
    pilot_results results;
    bool held = false;
    if (!c->assessments || pilot_results_of(&claim, &results) != PILOT_OK)
        return pilot_missing(f, "assessments");
    for (size_t i = 0; i < c->assessment_count; i++) {
        const pilot_assessment *a = &c->assessments[i];
        if (a->result != result || pilot_result_of_year(&results, a->year) != result ||
            pilot_is_later(s, a->date))
            continue;
        held = true;
        if (a->date.known && (!f->due.known || a->date.value > f->due.value))
            f->due = a->date;
    }
    return held ? pilot_evidenced(s, f) : PILOT_NOT_APPLICABLE;
}

/* 5.5-4: where the result that holds for some year is a fail, the lessons are drawn. */
static pilot_outcome lessons_drawn(const pilot_subject *s, pilot_finding *f)
{
    return follows_from(s, f, PILOT_FAILED);
}

/* 5.5-3: where it is a pass, the community's experience is spread. */
static pilot_outcome experience_spread(const pilot_subject *s, pilot_finding *f)
{
    return follows_from(s, f, PILOT_PASSED);
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
    pilot_finding f;
    if (due < t->from)
        return;
    pilot_finding_open(&f);
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
    count_step(s, t, &steps->committee, p->assembly_due, "areas/steps/committee", area->id);
    count_step(s, t, &steps->entry, p->entry_due, "areas/steps/entry", area->id);
}

/* The assessment is the leading group's office's to make (5.5-2), and no step of the district's. A
 * district without an area has no step that could be shown, unless it is known to have none. */
static step_count count_district(const pilot_subject *s, pilot_date from)
{
    step_count t = {.from = from};
    size_t areas = 0;
    const pilot_residential_area *const *area =
        s->city ? pilot_areas_in(s->city, s->district, &areas) : NULL;
    for (size_t i = 0; i < areas; i++)
        count_area(s, &t, area[i]);
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

static pilot_outcome circular_criticism(const pilot_subject *s, pilot_finding *f);

/* Adds the rules that are asked of a district, beside those of its steps: those that it breaches, and
 * what is missing to know. */
static void count_requirements(const pilot_subject *s, step_count *t)
{
    const rule_set *set;
    for (size_t i = 0; (set = pilot_rule_set_number(i)); i++)
        for (const rule *r = set->rules; r < set->rules + set->count; r++) {
            pilot_finding f;
            if (r->info.scope != PILOT_SCOPE_DISTRICT || r->decide == all_steps_on_time ||
                r->decide == circular_criticism)
                continue;
            const pilot_outcome outcome = pilot_rule_outcome(r, s, &f);
            t->late += outcome == PILOT_BREACH;
            if (outcome == PILOT_UNKNOWN)
                count_missing(t, f.missing, f.missing_of);
        }
}

/* 6.2-2: a district with a late step is criticised by circular, or with any requirement that it misses
 * (reading criticism_scope). A date that had passed when the notice took force gives no cause for one
 * . The leading groups criticise; a district does not criticise itself. */
static pilot_outcome circular_criticism(const pilot_subject *s, pilot_finding *f)
{
    const bool any = s->policy->parameters.readings[PILOT_READING_CRITICISM_SCOPE] ==
                     PILOT_CRITICISM_SCOPE_ANY_REQUIREMENT;
    step_count t = count_district(s, pilot_policy_in_force(&s->policy->parameters));
    if (any)
        count_requirements(s, &t);
    if (!t.late)
        return t.missing ? pilot_missing_of(f, t.missing, t.missing_of) : PILOT_NOT_APPLICABLE;
    pilot_outcome outcome = pilot_evidenced(s, f);
    if (outcome != PILOT_UNKNOWN)
        f->found = (pilot_value){.kind = PILOT_VALUE_COUNT, .number = t.late};
    return outcome;
}

#define STEPS_OF_DISTRICT                                                                               \
    "communities/district", "areas/communities", "areas/branch", "areas/steps/selection",               \
        "areas/steps/remediation", "areas/steps/assembly", "areas/steps/committee", "areas/steps/entry"

static const rule rules[] = {
    {{.id = "city_leading_group",
      .clauses = {"3-1"},
      .scope = PILOT_SCOPE_CITY,
      .due = PILOT_DUE_ASSEMBLY,
      .reads = READS(SHOWN("")),
      .zh = "成立市领导小组",
      .en = "the city sets up a leading group"},
     pilot_evidenced},
    {{.id = "leading_group_posts",
      .clauses = {"3.1-1"},
      .scope = PILOT_SCOPE_CITY,
      .due = PILOT_DUE_ASSEMBLY,
      .reads = READS("leading_group/heads", "leading_group/deputies", "leading_group/members"),
      .zh = "市领导小组组长、副组长、成员职数符合规定",
      .en = "the leading group has the posts laid down",
      .counts_zh = "人",
      .counts_en = "posts"},
     leading_group_posts},
    {{.id = "leading_group_office",
      .clauses = {"3.1-2"},
      .scope = PILOT_SCOPE_CITY,
      .due = PILOT_DUE_ASSEMBLY,
      .reads = READS("leading_group/office_host"),
      .zh = "领导小组办公室设在市房管局",
      .en = "the leading group's office is in the city housing bureau"},
     office_host},
    {{.id = "scheme_drafted",
      .clauses = {"3.2-2a"},
      .scope = PILOT_SCOPE_CITY,
      .due = PILOT_DUE_ASSEMBLY,
      .reads = READS(SHOWN("")),
      .zh = "起草试点方案和相关管理政策",
      .en = "the pilot scheme and its management policies are drafted"},
     pilot_evidenced},
    {{.id = "tasks_assigned",
      .clauses = {"3.2-2b"},
      .scope = PILOT_SCOPE_CITY,
      .due = PILOT_DUE_ASSEMBLY,
      .reads = READS(SHOWN("")),
      .zh = "分解目标任务，界定成员单位职责分工",
      .en = "targets are broken down and duties assigned to the members"},
     pilot_evidenced},
    {{.id = "assessor",
      .clauses = {"3.2-2f", "5.5-2"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .due = PILOT_DUE_OWN,
      .reads = READS("communities/assessments/assessor", ASSESSED),
      .zh = "由领导小组办公室组织考核",
      .en = "the leading group's office carries out the assessment"},
     assessor},
    {{.id = "quarterly_meeting",
      .clauses = {"3.2-3a", "3.2-3b"},
      .scope = PILOT_SCOPE_CITY,
      .soft = true,
      .due = PILOT_DUE_OWN,
      .readings = PILOT_READING_BIT(PILOT_READING_IN_FORCE_FROM) |
                  PILOT_READING_BIT(PILOT_READING_MEETINGS_UNTIL),
      .reads = READS("meetings/held_on"),
      .zh = "领导小组每季度召开成员会议",
      .en = "the leading group meets every quarter",
      .counts_zh = "个季度",
      .counts_en = "quarters"},
     quarterly_meeting},
    {{.id = "assembly_advice",
      .clauses = {"3.2-4a"},
      .scope = PILOT_SCOPE_AREA,
      .due = PILOT_DUE_ASSEMBLY,
      .reads = READS(SHOWN("areas/")),
      .zh = "市房管局对成立业主大会和业主委员会作业务指导",
      .en = "the housing bureau advises on forming the assembly and the committee"},
     pilot_evidenced},
    {{.id = "district_housing_guided",
      .clauses = {"3.2-4b"},
      .scope = PILOT_SCOPE_CITY,
      .due = PILOT_DUE_ASSESSMENT,
      .reads = READS(SHOWN("")),
      .zh = "市房管局指导区房管部门督促服务企业",
      .en = "the housing bureau guides district housing departments in supervising providers"},
     pilot_evidenced},
    {{.id = "remediation_run",
      .clauses = {"3.2-5a", "5.2-2"},
      .scope = PILOT_SCOPE_AREA,
      .due = PILOT_DUE_REMEDIATION,
      .reads = READS("areas/branch", SHOWN("areas/")),
      .zh = "市城管局组织开展综合整治并组织验收",
      .en = "the city management bureau organises the remediation and its acceptance"},
     remediation_run},
    {{.id = "offences_pursued",
      .clauses = {"3.2-5g"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .due = PILOT_DUE_ASSESSMENT,
      .reads = READS(SHOWN("communities/")),
      .zh = "市城管局查处违章搭建、车辆乱停乱放等行为",
      .en =
          "the city management bureau acts against unlawful building, disorderly parking and the like"},
     pilot_evidenced},
    {{.id = "centre_evaluation",
      .clauses = {"3.2-6c"},
      .scope = PILOT_SCOPE_CITY,
      .due = PILOT_DUE_ASSESSMENT,
      .reads = READS(SHOWN("")),
      .zh = "物业服务纳入邻里中心考评体系",
      .en = "property service is part of the evaluation of neighbourhood centres"},
     pilot_evidenced},
    {{.id = "public_service_funds",
      .clauses = {"3.2-7a"},
      .scope = PILOT_SCOPE_CITY,
      .due = PILOT_DUE_ENTRY,
      .reads = READS(SHOWN("")),
      .zh = "统筹划拨公共服务资金",
      .en = "funds for public services are planned and allocated"},
     pilot_evidenced},
    {{.id = "reward_budget",
      .clauses = {"3.2-7b"},
      .scope = PILOT_SCOPE_CITY,
      .due = PILOT_DUE_ASSESSMENT,
      .readings = PILOT_AWARD_READINGS | PILOT_READING_BIT(PILOT_READING_HOUSEHOLD_BASIS),
      .reads = READS("complete", "reward_budget_yuan", EARNED),
      .zh = "奖励专项资金足以承担市级份额",
      .en = "the reward fund covers the city's share"},
     reward_budget},
    {{.id = "district_scheme",
      .clauses = {"3.2-12a"},
      .scope = PILOT_SCOPE_DISTRICT,
      .due = PILOT_DUE_ASSEMBLY,
      .reads = READS(SHOWN("districts/")),
      .zh = "区政府拟订本区试点方案",
      .en = "the district draws up its own pilot scheme"},
     pilot_evidenced},
    {{.id = "district_leading_group",
      .clauses = {"3.2-12b", "6.1-1"},
      .scope = PILOT_SCOPE_DISTRICT,
      .due = PILOT_DUE_ASSEMBLY,
      .reads = READS(SHOWN("districts/")),
      .zh = "区政府成立领导小组",
      .en = "the district sets up a leading group"},
     pilot_evidenced},
    {{.id = "assessment_supported",
      .clauses = {"3.2-12d"},
      .scope = PILOT_SCOPE_DISTRICT,
      .due = PILOT_DUE_ASSESSMENT,
      .reads = READS(SHOWN("districts/")),
      .zh = "区政府配合对试点社区的考核",
      .en = "the district assists in the assessment of its communities"},
     pilot_evidenced},
    {{.id = "experience_recorded",
      .clauses = {"3.2-12e"},
      .scope = PILOT_SCOPE_DISTRICT,
      .due = PILOT_DUE_ASSESSMENT,
      .reads = READS(SHOWN("districts/")),
      .zh = "区政府总结本区试点经验",
      .en = "the district sums up the experience of its pilots"},
     pilot_evidenced},
    {{.id = "takeover_supported",
      .clauses = {"3.2-13d"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .due = PILOT_DUE_ENTRY,
      .reads = READS(SHOWN("communities/")),
      .zh = "街道（乡镇）配合承接公共服务",
      .en = "the sub-district office helps to take over public services"},
     pilot_evidenced},
    {{.id = "joint_meetings",
      .clauses = {"3.2-13f"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .due = PILOT_DUE_ASSESSMENT,
      .reads = READS(SHOWN("communities/")),
      .zh = "街道（乡镇）召集联席会议，协调处理矛盾纠纷",
      .en = "the sub-district office convenes joint meetings and settles disputes"},
     pilot_evidenced},
    {{.id = "assessment_method",
      .clauses = {"4.4.1-7"},
      .scope = PILOT_SCOPE_CITY,
      .due = PILOT_DUE_ASSESSMENT,
      .reads = READS(SHOWN("")),
      .zh = "市领导小组制定考核办法",
      .en = "the city leading group adopts the method of assessment"},
     pilot_evidenced},
    {{.id = "lessons_drawn",
      .clauses = {"5.5-4"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .due = PILOT_DUE_ASSESSMENT,
      .reads = READS("communities/assessments/year", ASSESSED, SHOWN("communities/")),
      .zh = "考核不合格的，总结经验教训",
      .en = "after a failed assessment, lessons are drawn"},
     lessons_drawn},
    {{.id = "experience_spread",
      .clauses = {"5.5-3"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .due = PILOT_DUE_ASSESSMENT,
      .reads = READS("communities/assessments/year", ASSESSED, SHOWN("communities/")),
      .zh = "推广考核合格社区的经验做法",
      .en = "the experience of a community that passed is spread"},
     experience_spread},
    {{.id = "district_work_body",
      .clauses = {"6.1-1"},
      .scope = PILOT_SCOPE_DISTRICT,
      .due = PILOT_DUE_ASSEMBLY,
      .reads = READS(SHOWN("districts/")),
      .zh = "各区成立专项工作机构",
      .en = "the district sets up a dedicated working body"},
     pilot_evidenced},
    {{.id = "all_steps_on_time",
      .clauses = {"6.1-3"},
      .scope = PILOT_SCOPE_DISTRICT,
      .due = PILOT_DUE_OWN,
      .readings =
          PILOT_READING_BIT(PILOT_READING_PRE_NOTICE) | PILOT_READING_BIT(PILOT_READING_IN_FORCE_FROM),
      .reads = READS("complete", STEPS_OF_DISTRICT),
      .zh = "按时间节点完成各项工作",
      .en = "all steps are completed on time",
      .counts_zh = "个逾期步骤",
      .counts_en = "late steps"},
     all_steps_on_time},
    {{.id = "circular_criticism",
      .clauses = {"6.2-2"},
      .scope = PILOT_SCOPE_DISTRICT,
      .due = PILOT_DUE_ASSESSMENT,
      .readings = PILOT_READING_BIT(PILOT_READING_IN_FORCE_FROM) |
                  PILOT_READING_BIT(PILOT_READING_PRE_NOTICE) |
                  PILOT_READING_BIT(PILOT_READING_CRITICISM_SCOPE) |
                  PILOT_READING_BIT(PILOT_READING_QUOTA_UNIT) |
                  PILOT_READING_BIT(PILOT_READING_DISTRICT_SUCCESSION) |
                  PILOT_READING_BIT(PILOT_READING_SUCCESSION_FROM),
      .actors = PILOT_ACTOR_BIT(PILOT_ACTOR_CITY_LEADING_GROUP) |
                PILOT_ACTOR_BIT(PILOT_ACTOR_DISTRICT_LEADING_GROUP),
      .reads = READS("complete", STEPS_OF_DISTRICT, "districts/id", "districts/evidence/clause",
                     "districts/evidence/done"),
      .zh = "对未达到进度等工作要求的城区予以通报批评",
      .en = "a district that falls behind is criticised by circular",
      .counts_zh = "项",
      .counts_en = "causes"},
     circular_criticism},
    {{.id = "final_summary",
      .clauses = {"2-6"},
      .scope = PILOT_SCOPE_CITY,
      .due = PILOT_DUE_ASSESSMENT,
      .reads = READS(SHOWN("")),
      .zh = "总结可复制、可推广的经验做法",
      .en = "what the pilot taught is summed up for the rest of the city"},
     pilot_evidenced},
};
const rule_set pilot_rules_organisation = RULE_SET("organisation", rules);
