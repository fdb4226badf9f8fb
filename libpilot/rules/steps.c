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

/* 1-2, 5.2-4: first the remediation, then the provider; unless the steps' own dates, which overlap, are
 * all that is asked (reading remediation_order). */
static pilot_outcome remediation_before_entry(const pilot_subject *s, pilot_finding *f)
{
    const pilot_residential_area_steps *steps = &s->area->steps;
    const bool by_its_date = s->policy->parameters.readings[PILOT_READING_REMEDIATION_ORDER] ==
                             PILOT_REMEDIATION_ORDER_BY_ITS_DATE;
    pilot_outcome otherwise;
    if (!remediated_now(s, f, &otherwise))
        return otherwise;
    pilot_outcome outcome = pilot_in_order(s, f, (dated_step){steps->remediation, "steps/remediation"},
                                           (dated_step){steps->entry, "steps/entry"}, 0);
    return by_its_date && outcome == PILOT_BREACH ? PILOT_NOT_APPLICABLE : outcome;
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
                          (dated_step){steps->assembly_notice, "steps/assembly_notice"}, 0);
}

/* The owners are told of the assembly (5.3-2) so many days before: not by the notice, but by article 14
 * of the regulation on property management. */
static pilot_outcome notice_before_assembly(const pilot_subject *s, pilot_finding *f)
{
    const pilot_residential_area_steps *steps = &s->area->steps;
    return pilot_in_order(s, f, (dated_step){steps->assembly_notice, "steps/assembly_notice"},
                          (dated_step){steps->assembly, "steps/assembly"},
                          s->policy->parameters.assembly_notice_days);
}

/* 5.3-1: the assembly is held by the end of November. */
static pilot_outcome assembly_on_time(const pilot_subject *s, pilot_finding *f)
{
    return pilot_on_time(s, f, &s->area->steps.assembly, s->policy->parameters.assembly_due,
                         "steps/assembly");
}

/* 5.3-1: and the committee elected. */
static pilot_outcome committee_on_time(const pilot_subject *s, pilot_finding *f)
{
    return pilot_on_time(s, f, &s->area->steps.committee, s->policy->parameters.assembly_due,
                         "steps/committee");
}

/* 5.3-2: the assembly elects it. */
static pilot_outcome assembly_before_committee(const pilot_subject *s, pilot_finding *f)
{
    const pilot_residential_area_steps *steps = &s->area->steps;
    return pilot_in_order(s, f, (dated_step){steps->assembly, "steps/assembly"},
                          (dated_step){steps->committee, "steps/committee"}, 0);
}

/* The vote on hiring of that day, or the last that was held by it; NULL where there is none. */
static const pilot_vote *hiring_vote(const pilot_subject *s, pilot_date day, bool exactly)
{
    const pilot_vote *vote = NULL;
    for (size_t i = 0; i < s->area->vote_count; i++) {
        const pilot_vote *v = &s->area->votes[i];
        if (v->matter == PILOT_MATTER_HIRE_PROVIDER && v->held_on <= day &&
            (!exactly || v->held_on == day) && (!vote || v->held_on >= vote->held_on))
            vote = v;
    }
    return vote;
}

/* 5.4-2: the owners' assembly chooses by a vote that passes; nobody else does (5.4-3). Where the vote
 * was counted its totals decide, whatever is said of it. */
static pilot_outcome vote_chooses(const pilot_subject *s, const pilot_vote *vote, pilot_finding *f)
{
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

/* A contract rests on the vote that chose its provider: the one that it names, else the last on hiring
 * that was held by its signature; a later vote does not touch it. */
static pilot_outcome contract_chosen(const pilot_subject *s, const pilot_contract *c, pilot_finding *f)
{
    const pilot_vote *vote =
        hiring_vote(s, c->voted_on.known ? c->voted_on.value : c->signed_on.value, c->voted_on.known);
    if (vote)
        return vote_chooses(s, vote, f);
    return c->voted_on.known ? pilot_missing(f, "votes") : PILOT_BREACH;
}

/* 5.4-2: of each contract that is signed, or else of the last vote: what is worst holds. */
static pilot_outcome chosen_by_vote(const pilot_subject *s, pilot_finding *f)
{
    pilot_finding unknown = {0};
    const pilot_finding none = *f;
    size_t signed_by_now = 0;
    if (!s->area->votes)
        return pilot_missing(f, "votes");
    for (size_t i = 0; i < pilot_listed(s->area->contracts, s->area->contract_count); i++) {
        const pilot_contract *c = &s->area->contracts[i];
        pilot_finding one = none;
        if (!c->signed_on.known || c->signed_on.value > s->as_of)
            continue;
        const pilot_outcome outcome = contract_chosen(s, c, &one);
        if (outcome == PILOT_BREACH || !signed_by_now++)
            *f = one;
        if (outcome == PILOT_BREACH)
            return outcome;
        if (outcome == PILOT_UNKNOWN && !unknown.missing)
            unknown = one;
    }
    if (unknown.missing) {
        *f = unknown;
        return PILOT_UNKNOWN;
    }
    if (signed_by_now)
        return PILOT_MET;
    const pilot_vote *vote = hiring_vote(s, s->as_of, false);
    const bool over = pilot_is_over(s, f, s->policy->parameters.entry_due);
    if (vote)
        return vote_chooses(s, vote, f);
    return over ? PILOT_BREACH : PILOT_PENDING;
}

/* 5.3-2, 5.4-2: the assembly has been constituted before it votes on a provider. */
static pilot_outcome assembly_before_vote(const pilot_subject *s, pilot_finding *f)
{
    return pilot_in_order(
        s, f, (dated_step){s->area->steps.assembly, "steps/assembly"},
        (dated_step){pilot_vote_step(s->policy, s->area, PILOT_MATTER_HIRE_PROVIDER), "votes"}, 0);
}

/* Of a list that is there it is the day of one that is lacking. */
static const char *contract_key(const pilot_subject *s)
{
    return s->area->contracts ? "contracts/signed_on" : "contracts";
}

static const char *assessment_key(const pilot_community *c)
{
    return c && c->assessments ? "assessments/date" : "assessments";
}

/* A contract that names a vote of a later day than its own. */
static const pilot_contract *signed_before_its_vote(const pilot_subject *s)
{
    for (size_t i = 0; i < pilot_listed(s->area->contracts, s->area->contract_count); i++) {
        const pilot_contract *c = &s->area->contracts[i];
        if (c->signed_on.known && c->signed_on.value <= s->as_of && c->voted_on.known &&
            c->voted_on.value > c->signed_on.value)
            return c;
    }
    return NULL;
}

/* 5.4-4: the contract follows the vote. */
static pilot_outcome vote_before_contract(const pilot_subject *s, pilot_finding *f)
{
    const pilot_contract *c = signed_before_its_vote(s);
    if (c) {
        f->found = (pilot_value){.kind = PILOT_VALUE_DATE, .number = c->voted_on.value};
        f->required = (pilot_value){.kind = PILOT_VALUE_DATE, .number = c->signed_on.value};
        return PILOT_BREACH;
    }
    return pilot_in_order(
        s, f, (dated_step){pilot_vote_step(s->policy, s->area, PILOT_MATTER_HIRE_PROVIDER), "votes"},
        (dated_step){pilot_contract_step(s->area), contract_key(s)}, 0);
}

/* 5.4-5: the provider moves in by contract. */
static pilot_outcome contract_before_entry(const pilot_subject *s, pilot_finding *f)
{
    return pilot_in_order(s, f, (dated_step){pilot_contract_step(s->area), contract_key(s)},
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
                         assessment_key(s->community));
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
                          (dated_step){assessed, assessment_key(s->community)}, 0);
}

static const rule rules[] = {
    {{.id = "survey_before_selection",
      .clauses = {"5.1-2"},
      .scope = PILOT_SCOPE_AREA,
      .due = PILOT_DUE_OWN,
      .reads = READS("areas/steps/survey", "areas/steps/selection"),
      .zh = "先开展居民意愿调查，再选点",
      .en = "residents are surveyed before the site is selected"},
     survey_before_selection},
    {{.id = "selection_on_time",
      .clauses = {"5.1-1"},
      .scope = PILOT_SCOPE_AREA,
      .due = PILOT_DUE_OWN,
      .readings = STEP_READINGS,
      .reads = READS("areas/steps/selection"),
      .zh = "按期完成规划选点",
      .en = "the site is selected on time"},
     selection_on_time},
    {{.id = "remediation_on_time",
      .clauses = {"5.2-1", "5.1-5"},
      .scope = PILOT_SCOPE_AREA,
      .due = PILOT_DUE_OWN,
      .readings = STEP_READINGS,
      .reads = READS("areas/branch", "areas/steps/remediation"),
      .zh = "按期完成综合整治",
      .en = "the remediation is completed on time"},
     remediation_on_time},
    {{.id = "remediation_items",
      .clauses = {"5.2-3"},
      .scope = PILOT_SCOPE_AREA,
      .due = PILOT_DUE_OWN,
      .reads = READS("areas/branch", "areas/remediation_items", "areas/steps/remediation"),
      .zh = "综合整治内容全部落实",
      .en = "the remediation covers every item"},
     remediation_items},
    {{.id = "remediation_before_entry",
      .clauses = {"1-2", "5.2-4"},
      .scope = PILOT_SCOPE_AREA,
      .due = PILOT_DUE_OWN,
      .readings = PILOT_READING_BIT(PILOT_READING_REMEDIATION_ORDER),
      .reads = READS("areas/branch", "areas/steps/remediation", "areas/steps/entry"),
      .zh = "先综合整治、后进驻服务",
      .en = "the remediation is accepted before the provider moves in"},
     remediation_before_entry},
    {{.id = "group_before_notice",
      .clauses = {"3.2-13a"},
      .scope = PILOT_SCOPE_AREA,
      .due = PILOT_DUE_OWN,
      .reads = READS("areas/steps/preparatory_group", "areas/steps/assembly_notice"),
      .zh = "先组建筹备组，再通知召开业主大会",
      .en = "the preparatory group is formed before the assembly is called"},
     group_before_notice},
    {{.id = "notice_before_assembly",
      .clauses = {"5.3-2"},
      .scope = PILOT_SCOPE_AREA,
      .due = PILOT_DUE_OWN,
      .reads = READS("areas/steps/assembly_notice", "areas/steps/assembly"),
      .law = "《物业管理条例》第十四条",
      .zh = "业主大会提前通知业主",
      .en = "the owners are given due notice of the assembly"},
     notice_before_assembly},
    {{.id = "assembly_on_time",
      .clauses = {"5.3-1"},
      .scope = PILOT_SCOPE_AREA,
      .due = PILOT_DUE_OWN,
      .readings = STEP_READINGS,
      .reads = READS("areas/steps/assembly"),
      .zh = "按期召开业主大会",
      .en = "the assembly is held on time"},
     assembly_on_time},
    {{.id = "committee_on_time",
      .clauses = {"5.3-1"},
      .scope = PILOT_SCOPE_AREA,
      .due = PILOT_DUE_OWN,
      .readings = STEP_READINGS,
      .reads = READS("areas/steps/committee"),
      .zh = "按期选举业主委员会",
      .en = "the committee is elected on time"},
     committee_on_time},
    {{.id = "assembly_before_committee",
      .clauses = {"5.3-2"},
      .scope = PILOT_SCOPE_AREA,
      .due = PILOT_DUE_OWN,
      .reads = READS("areas/steps/assembly", "areas/steps/committee"),
      .zh = "业主委员会由业主大会选举产生",
      .en = "the assembly is held before the committee is elected"},
     assembly_before_committee},
    {{.id = "assembly_before_vote",
      .clauses = {"5.4-2", "5.3-2"},
      .scope = PILOT_SCOPE_AREA,
      .due = PILOT_DUE_OWN,
      .reads = READS("areas/steps/assembly", VOTED),
      .zh = "先成立业主大会，再投票选聘",
      .en = "the assembly is formed before it votes on a provider"},
     assembly_before_vote},
    {{.id = "chosen_by_vote",
      .clauses = {"5.4-2"},
      .scope = PILOT_SCOPE_AREA,
      .due = PILOT_DUE_OWN,
      .reads = READS("areas/votes/decided_by", VOTED, "areas/contracts/signed_on",
                     "areas/contracts/voted_on"),
      .zh = "业主大会投票选择企业和服务标准",
      .en = "the owners' assembly chooses provider and standard by vote"},
     chosen_by_vote},
    {{.id = "vote_before_contract",
      .clauses = {"5.4-4", "5.4-2"},
      .scope = PILOT_SCOPE_AREA,
      .due = PILOT_DUE_OWN,
      .reads = READS(VOTED, "areas/contracts/signed_on", "areas/contracts/voted_on"),
      .zh = "先投票选聘，再签订合同",
      .en = "the vote is held before the contract is signed"},
     vote_before_contract},
    {{.id = "contract_before_entry",
      .clauses = {"5.4-5"},
      .scope = PILOT_SCOPE_AREA,
      .due = PILOT_DUE_OWN,
      .reads = READS("areas/contracts/signed_on", "areas/steps/entry"),
      .zh = "先签订合同，再进驻服务",
      .en = "the contract is signed before the provider moves in"},
     contract_before_entry},
    {{.id = "entry_on_time",
      .clauses = {"5.4-1"},
      .scope = PILOT_SCOPE_AREA,
      .due = PILOT_DUE_OWN,
      .readings = STEP_READINGS,
      .actors = PILOT_ACTOR_BIT(PILOT_ACTOR_STREET) | PILOT_ACTOR_BIT(PILOT_ACTOR_WORKSTATION) |
                PILOT_ACTOR_BIT(PILOT_ACTOR_ASSEMBLY), /* the owners choose, the others guide (5.4-3) */
      .reads = READS("areas/steps/entry"),
      .zh = "服务企业按期进驻",
      .en = "the provider moves in on time"},
     entry_on_time},
    {{.id = "assessment_on_time",
      .clauses = {"5.5-1"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .due = PILOT_DUE_OWN,
      .readings = STEP_READINGS,
      .reads = READS(ASSESSED),
      .zh = "按期完成考核验收",
      .en = "the assessment is completed on time"},
     assessment_on_time},
    {{.id = "entry_before_assessment",
      .clauses = {"5.5-2"},
      .scope = PILOT_SCOPE_AREA,
      .due = PILOT_DUE_OWN,
      .reads = READS("areas/steps/entry", "areas/communities", ASSESSED),
      .zh = "先进驻服务，再考核验收",
      .en = "the service is running before it is assessed"},
     entry_before_assessment},
};
const rule_set pilot_rules_steps = RULE_SET("steps", rules);
