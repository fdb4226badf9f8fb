/* Part five: the steps and their dates. */
#include "notice/clause_internal.h"
#include "rule.h"

#define STEP_READINGS                                                                                   \
    (PILOT_READING_BIT(PILOT_READING_PRE_NOTICE) | PILOT_READING_BIT(PILOT_READING_IN_FORCE_FROM))

/* 5.1-1: the site is selected by the end of August. */
static pilot_outcome selection_on_time(const pilot_subject *s, pilot_finding *f)
{
    return pilot_on_time(s, f, &s->area->steps.selection, s->policy->parameters.selection_due,
                         "steps/selection");
}

/* Whether what 5.2 asks is asked of the area: only of one that is being remediated (5.1-5). */
static bool remediated_now(const pilot_subject *s, pilot_finding *f, pilot_outcome *otherwise)
{
    *otherwise =
        s->area->branch == PILOT_BRANCH_UNKNOWN ? pilot_missing(f, "branch") : PILOT_NOT_APPLICABLE;
    return s->area->branch == PILOT_BRANCH_IN_PROGRESS;
}

/* 5.2-1: the remediation is done by the end of December. */
static pilot_outcome remediation_on_time(const pilot_subject *s, pilot_finding *f)
{
    pilot_outcome otherwise;
    if (!remediated_now(s, f, &otherwise))
        return otherwise;
    return pilot_on_time(s, f, &s->area->steps.remediation, s->policy->parameters.remediation_due,
                         "steps/remediation");
}

/* 5.2-3: and brings about all nine items. Until it is accepted some may be lacking. */
static pilot_outcome remediation_items(const pilot_subject *s, pilot_finding *f)
{
    const record *type = &pilot_remediation_record;
    const pilot_step *accepted = &s->area->steps.remediation;
    pilot_outcome otherwise;
    uint32_t lacking = 0;
    int64_t done = 0;
    const char *unknown = NULL;
    if (!remediated_now(s, f, &otherwise))
        return otherwise;
    for (size_t i = 0; i < type->field_count; i++) {
        pilot_answer answer =
            *(const pilot_answer *)field_in(&s->area->remediation_items, &type->fields[i]);
        done += answer == PILOT_ANSWER_YES;
        lacking |= (uint32_t)(answer == PILOT_ANSWER_NO) << i;
        if (answer == PILOT_ANSWER_UNKNOWN)
            unknown = "remediation_items";
    }
    if (lacking) {
        pilot_lacking(f, done, lacking, &pilot_remediation_words);
        return pilot_step_done_by(accepted, s->as_of) == PILOT_ANSWER_NO ? PILOT_PENDING : PILOT_BREACH;
    }
    return unknown ? pilot_missing(f, unknown) : PILOT_MET;
}

/* 1-2, 5.2-4: first the remediation, then the provider. */
static pilot_outcome remediation_before_entry(const pilot_subject *s, pilot_finding *f)
{
    const pilot_residential_area_steps *steps = &s->area->steps;
    pilot_outcome otherwise;
    if (!remediated_now(s, f, &otherwise))
        return otherwise;
    return pilot_in_order(s, f, (dated_step){steps->remediation, "steps/remediation"},
                          (dated_step){steps->entry, "steps/entry"}, 0);
}

/* 5.1-2: the residents are asked before the site is chosen. */
static pilot_outcome survey_before_selection(const pilot_subject *s, pilot_finding *f)
{
    const pilot_residential_area_steps *steps = &s->area->steps;
    return pilot_in_order(s, f, (dated_step){steps->survey, "steps/survey"},
                          (dated_step){steps->selection, "steps/selection"}, 0);
}

/* 3.2-13a: the street forms the preparatory group, which calls the assembly. */
static pilot_outcome group_before_notice(const pilot_subject *s, pilot_finding *f)
{
    const pilot_residential_area_steps *steps = &s->area->steps;
    return pilot_in_order(s, f, (dated_step){steps->preparatory_group, "steps/preparatory_group"},
                          (dated_step){steps->assembly_notice, "steps/assembly_notice"}, 1);
}

/* 5.3-2: the owners are told of the assembly so many days before. */
static pilot_outcome notice_before_assembly(const pilot_subject *s, pilot_finding *f)
{
    const pilot_residential_area_steps *steps = &s->area->steps;
    return pilot_in_order(s, f, (dated_step){steps->assembly_notice, "steps/assembly_notice"},
                          (dated_step){steps->assembly, "steps/assembly"},
                          s->policy->parameters.assembly_notice_days);
}

/* 5.3-1: the assembly is held and the committee elected by the end of November. */
static pilot_outcome assembly_on_time(const pilot_subject *s, pilot_finding *f)
{
    return pilot_on_time(s, f, &s->area->steps.assembly, s->policy->parameters.assembly_due,
                         "steps/assembly");
}

/* 5.4-2: the owners' assembly chooses provider and standard by a vote that passes; nobody else does
 * (5.4-3). The vote counts that the contract rests on, the last one held, and where it was counted its
 * totals decide, whatever is said of it. */
static pilot_outcome chosen_by_vote(const pilot_subject *s, pilot_finding *f)
{
    const pilot_vote *vote = NULL;
    if (!s->area->votes)
        return pilot_missing(f, "votes");
    for (size_t i = 0; i < s->area->vote_count; i++) {
        const pilot_vote *v = &s->area->votes[i];
        if (v->matter == PILOT_MATTER_HIRE_PROVIDER && v->held_on <= s->as_of &&
            (!vote || v->held_on >= vote->held_on))
            vote = v;
    }
    f->due = (pilot_opt_date){s->policy->parameters.entry_due, true};
    if (!vote)
        return s->as_of <= f->due.value ? PILOT_PENDING : PILOT_BREACH;
    if (vote->decided_by == PILOT_ACTOR_NONE)
        return pilot_missing(f, "votes/decided_by");
    pilot_found_word(f, pilot_actor_name(vote->decided_by), pilot_actor_name(PILOT_ACTOR_ASSEMBLY));
    if (vote->decided_by != PILOT_ACTOR_ASSEMBLY)
        return PILOT_BREACH;
    const vote_answer answer = pilot_vote_answer(s->policy, vote);
    if (answer.failed)
        return pilot_vote_failed(f, &answer);
    return pilot_is_yes(f, answer.passed, answer.missing);
}

/* 5.3-2, 5.4-2: the assembly has been constituted before it votes on a provider. */
static pilot_outcome assembly_before_vote(const pilot_subject *s, pilot_finding *f)
{
    return pilot_in_order(
        s, f, (dated_step){s->area->steps.assembly, "steps/assembly"},
        (dated_step){pilot_vote_step(s->policy, s->area, PILOT_MATTER_HIRE_PROVIDER), "votes"}, 0);
}

/* 5.4-4: the contract follows the vote. */
static pilot_outcome vote_before_contract(const pilot_subject *s, pilot_finding *f)
{
    return pilot_in_order(
        s, f, (dated_step){pilot_vote_step(s->policy, s->area, PILOT_MATTER_HIRE_PROVIDER), "votes"},
        (dated_step){pilot_contract_step(s->area), "contracts"}, 0);
}

/* 5.4-5: the provider moves in by contract. */
static pilot_outcome contract_before_entry(const pilot_subject *s, pilot_finding *f)
{
    return pilot_in_order(s, f, (dated_step){pilot_contract_step(s->area), "contracts"},
                          (dated_step){s->area->steps.entry, "steps/entry"}, 0);
}

/* 5.4-1: the provider starts in December; earlier is no breach. */
static pilot_outcome entry_on_time(const pilot_subject *s, pilot_finding *f)
{
    return pilot_on_time(s, f, &s->area->steps.entry, s->policy->parameters.entry_due, "steps/entry");
}

/* 5.5-1: the first assessment is made by the end of February 2020. */
static pilot_outcome assessment_on_time(const pilot_subject *s, pilot_finding *f)
{
    pilot_step first = pilot_assessed(s->city, s->community);
    return pilot_on_time(s, f, &first, s->policy->parameters.assessment_due,
                         s->community->assessments ? "assessments/date" : "assessments");
}

/* 5.5-2: what is assessed is a service that runs. */
static pilot_outcome entry_before_assessment(const pilot_subject *s, pilot_finding *f)
{
    const bool of_none = s->area->communities && !s->area->community_count;
    if (!s->community && !of_none)
        return pilot_missing(f, "communities");
    const pilot_step assessed =
        s->community ? pilot_assessed(s->city, s->community) : (pilot_step){PILOT_ANSWER_NO, 0};
    return pilot_in_order(s, f, (dated_step){s->area->steps.entry, "steps/entry"},
                          (dated_step){assessed, "assessments"}, 0);
}

static const rule rules[] = {
    {{.id = "survey_before_selection",
      .clauses = {"5.1-2"},
      .scope = PILOT_SCOPE_AREA,
      .dated = true,
      .reads = READS("areas/steps/survey", "areas/steps/selection"),
      .zh = "先调查居民意愿再选点",
      .en = "the residents are asked before the site is selected"},
     survey_before_selection},
    {{.id = "selection_on_time",
      .clauses = {"5.1-1"},
      .scope = PILOT_SCOPE_AREA,
      .dated = true,
      .readings = STEP_READINGS,
      .reads = READS("areas/steps/selection"),
      .zh = "按期完成选点",
      .en = "the site is selected in time"},
     selection_on_time},
    {{.id = "remediation_on_time",
      .clauses = {"5.2-1", "5.1-5"},
      .scope = PILOT_SCOPE_AREA,
      .dated = true,
      .readings = STEP_READINGS,
      .reads = READS("areas/branch", "areas/steps/remediation"),
      .zh = "按期完成综合整治",
      .en = "the remediation is finished in time"},
     remediation_on_time},
    {{.id = "remediation_items",
      .clauses = {"5.2-3"},
      .scope = PILOT_SCOPE_AREA,
      .dated = true,
      .reads = READS("areas/branch", "areas/remediation_items", "areas/steps/remediation"),
      .zh = "整治内容齐全",
      .en = "the remediation brings about every item"},
     remediation_items},
    {{.id = "remediation_before_entry",
      .clauses = {"1-2", "5.2-4"},
      .scope = PILOT_SCOPE_AREA,
      .dated = true,
      .reads = READS("areas/branch", "areas/steps/remediation", "areas/steps/entry"),
      .zh = "先综合整治、后进驻服务",
      .en = "the remediation is accepted before the provider moves in"},
     remediation_before_entry},
    {{.id = "group_before_notice",
      .clauses = {"3.2-13a"},
      .scope = PILOT_SCOPE_AREA,
      .dated = true,
      .reads = READS("areas/steps/preparatory_group", "areas/steps/assembly_notice"),
      .zh = "先成立筹备组再通知业主大会",
      .en = "the preparatory group is formed before the assembly is called"},
     group_before_notice},
    {{.id = "notice_before_assembly",
      .clauses = {"5.3-2"},
      .scope = PILOT_SCOPE_AREA,
      .dated = true,
      .reads = READS("areas/steps/assembly_notice", "areas/steps/assembly"),
      .zh = "业主大会提前通知业主",
      .en = "the owners are told of the assembly long enough before"},
     notice_before_assembly},
    {{.id = "assembly_on_time",
      .clauses = {"5.3-1"},
      .scope = PILOT_SCOPE_AREA,
      .dated = true,
      .readings = STEP_READINGS,
      .reads = READS("areas/steps/assembly"),
      .zh = "按期召开业主大会、成立业主委员会",
      .en = "the assembly is held and the committee elected in time"},
     assembly_on_time},
    {{.id = "assembly_before_vote",
      .clauses = {"5.4-2", "5.3-2"},
      .scope = PILOT_SCOPE_AREA,
      .dated = true,
      .reads = READS("areas/steps/assembly", VOTED),
      .zh = "业主大会成立后再投票选聘",
      .en = "the assembly is constituted before it votes on a provider"},
     assembly_before_vote},
    {{.id = "chosen_by_vote",
      .clauses = {"5.4-2"},
      .scope = PILOT_SCOPE_AREA,
      .dated = true,
      .reads = READS("areas/votes/decided_by", VOTED),
      .zh = "由业主大会投票选定企业和服务标准",
      .en = "the owners' assembly chooses provider and standard by vote"},
     chosen_by_vote},
    {{.id = "vote_before_contract",
      .clauses = {"5.4-4", "5.4-2"},
      .scope = PILOT_SCOPE_AREA,
      .dated = true,
      .reads = READS(VOTED, "areas/contracts/signed_on"),
      .zh = "先投票选聘再签订合同",
      .en = "the vote is held before the contract is signed"},
     vote_before_contract},
    {{.id = "contract_before_entry",
      .clauses = {"5.4-5"},
      .scope = PILOT_SCOPE_AREA,
      .dated = true,
      .reads = READS("areas/contracts/signed_on", "areas/steps/entry"),
      .zh = "先签合同再进驻服务",
      .en = "the contract is signed before the provider moves in"},
     contract_before_entry},
    {{.id = "entry_on_time",
      .clauses = {"5.4-1"},
      .scope = PILOT_SCOPE_AREA,
      .dated = true,
      .readings = STEP_READINGS,
      .reads = READS("areas/steps/entry"),
      .zh = "物业服务按期进驻",
      .en = "the provider moves in in time"},
     entry_on_time},
    {{.id = "assessment_on_time",
      .clauses = {"5.5-1"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .dated = true,
      .readings = STEP_READINGS,
      .reads = READS(ASSESSED),
      .zh = "按期完成考核验收",
      .en = "the assessment is made in time"},
     assessment_on_time},
    {{.id = "entry_before_assessment",
      .clauses = {"5.5-2"},
      .scope = PILOT_SCOPE_AREA,
      .dated = true,
      .reads = READS("areas/steps/entry", "areas/communities", ASSESSED),
      .zh = "先开展服务再考核",
      .en = "the service runs before it is assessed"},
     entry_before_assessment},
};
const rule_set pilot_rules_steps = RULE_SET("steps", rules);
