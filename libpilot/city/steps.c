/* How far an area and its community have come, as their records say. */
#include "city_internal.h"

#include "base/base_internal.h"
#include "vote/vote_internal.h"

pilot_layout pilot_layout_on(const pilot_residential_area *area, pilot_date day)
{
    return area->enclosed_on.known && area->enclosed_on.value <= day ? PILOT_LAYOUT_CLOSED
                                                                     : area->layout_at_selection;
}

static void take_first(pilot_step *first, pilot_date day)
{
    if (first->done != PILOT_ANSWER_YES || day < first->date)
        *first = (pilot_step){PILOT_ANSWER_YES, day};
}

/* The first threshold that the totals fail, where they do. */
static vote_answer totals_answer(const pilot_vote_result *result)
{
    for (int i = 0; i < PILOT_THRESHOLD_COUNT; i++) {
        const bool heads = i == PILOT_PARTICIPATION_HEADS || i == PILOT_APPROVAL_HEADS;
        if (!result->checks[i].met)
            return (vote_answer){.passed = PILOT_ANSWER_NO,
                                 .failed = pilot_threshold_name((pilot_threshold_of)i),
                                 .kind = heads ? PILOT_VALUE_COUNT : PILOT_VALUE_AREA,
                                 .check = result->checks[i]};
    }
    return (vote_answer){.passed = PILOT_ANSWER_YES};
}

vote_answer pilot_vote_answer(const pilot_policy *policy, const pilot_vote *vote)
{
    const vote_answer said = {.passed = vote->passed, .missing = "votes/passed"};
    pilot_vote_totals totals = vote->totals;
    pilot_vote_result result;
    totals.day = vote->held_on;
    totals.matter = vote->matter;
    if (!totals.all.heads)
        return said;
    pilot_status status = pilot_vote_decide(policy, &totals, &result, NULL);
    if (status == PILOT_ERROR_NOT_FOUND) /* the policy has no law of that day */
        return said;
    if (status != PILOT_OK)
        return (vote_answer){.missing = "votes/totals"};
    if (result.passed && said.passed == PILOT_ANSWER_NO)
        return (vote_answer){.missing = said.missing};
    return totals_answer(&result);
}

pilot_step pilot_vote_step(const pilot_policy *policy, const pilot_residential_area *area,
                           pilot_matter matter)
{
    pilot_step first = {.done = area->votes ? PILOT_ANSWER_NO : PILOT_ANSWER_UNKNOWN};
    for (size_t i = 0; i < pilot_listed(area->votes, area->vote_count); i++)
        if (area->votes[i].matter == matter &&
            pilot_vote_answer(policy, &area->votes[i]).passed != PILOT_ANSWER_NO)
            take_first(&first, area->votes[i].held_on);
    return first;
}

pilot_step pilot_contract_step(const pilot_residential_area *area)
{
    pilot_step first = {.done = area->contracts ? PILOT_ANSWER_NO : PILOT_ANSWER_UNKNOWN};
    for (size_t i = 0; i < pilot_listed(area->contracts, area->contract_count); i++) {
        if (!area->contracts[i].signed_on.known)
            return (pilot_step){.done = PILOT_ANSWER_UNKNOWN};
        take_first(&first, area->contracts[i].signed_on.value);
    }
    return first;
}

pilot_step pilot_assessment_step(const pilot_community *community)
{
    pilot_step first = {.done = community->assessments ? PILOT_ANSWER_NO : PILOT_ANSWER_UNKNOWN};
    for (size_t i = 0; i < pilot_listed(community->assessments, community->assessment_count); i++) {
        const pilot_assessment *a = &community->assessments[i];
        if (a->result == PILOT_NOT_ASSESSED)
            continue;
        if (!a->date.known)
            return (pilot_step){.done = PILOT_ANSWER_UNKNOWN};
        take_first(&first, a->date.value);
    }
    return first;
}
