/* Owners choose a provider, unit by unit, and later decide to let advertising space (5.4-2, 4.4.2-1). */
#include <pilot.h>

#include <stdio.h>

#define UNITS 6
#define OFFERS 2

static void print_checks(const pilot_vote_result *r)
{
    for (int i = 0; i < PILOT_THRESHOLD_COUNT; i++) {
        const pilot_vote_check *c = &r->checks[i];
        bool heads = i == PILOT_PARTICIPATION_HEADS || i == PILOT_APPROVAL_HEADS;
        pilot_text reached, needed;
        if (heads)
            printf("  %-20s %lld of %lld needed\n", pilot_threshold_name((pilot_threshold_of)i),
                   (long long)c->reached, (long long)c->needed);
        else
            printf("  %-20s %s of %s m² needed\n", pilot_threshold_name((pilot_threshold_of)i),
                   pilot_area_text(c->reached, &reached), pilot_area_text(c->needed, &needed));
    }
}

static void print_result(const pilot_vote_result *r)
{
    pilot_text day;
    printf("%s, a matter that is %s under %s (from %s): %s\n", pilot_matter_name(r->matter),
           pilot_matter_kind_name(r->law.kind), r->law.id, pilot_date_text(r->law.first, &day),
           r->passed ? "passed" : "not passed");
    print_checks(r);
}

/* Owner 甲 has two units and is one head; so is the developer with what is not sold yet. */
static const pilot_vote_unit units[UNITS] = {
    {.area = PILOT_M2(61, 37), .owner = "甲", .ballot = PILOT_IN_FAVOUR, .offer = 0},
    {.area = PILOT_M2(61, 37), .owner = "甲", .ballot = PILOT_IN_FAVOUR, .offer = 0},
    {.area = PILOT_M2(80, 50), .owner = "乙", .ballot = PILOT_IN_FAVOUR, .offer = 1},
    {.area = PILOT_M2(80, 50), .owner = "丙", .ballot = PILOT_IN_FAVOUR, .offer = 0},
    {.area = PILOT_M2(72, 00), .owner = "丁", .ballot = PILOT_IN_FAVOUR, .offer = 0},
    {.area = PILOT_M2(90, 00), .developer = PILOT_ANSWER_YES, .ballot = PILOT_NO_BALLOT},
};

static pilot_status choose_provider(const pilot_policy *policy)
{
    const pilot_vote_unit *order[UNITS];
    pilot_vote_weight offers[OFFERS];
    pilot_offer_result results[OFFERS];
    pilot_vote_totals totals = {.day = PILOT_DATE(2019, 12, 10), .matter = PILOT_MATTER_HIRE_PROVIDER};
    pilot_choice choice;
    pilot_error error = {0};
    pilot_status status = pilot_vote_count(units, UNITS, order, offers, OFFERS, &totals, &error);
    if (status == PILOT_OK)
        status = pilot_vote_choose(policy, &totals, offers, OFFERS, true, &choice, results, &error);
    if (status != PILOT_OK) {
        fprintf(stderr, "%s: %s\n", error.path, error.message);
        return status;
    }
    printf("outcome: %s\n", pilot_choice_name(choice.outcome));
    print_result(&results[0].vote);
    return PILOT_OK;
}

/* The same totals before and under the Civil Code. */
static pilot_status let_advertising_space(const pilot_policy *policy)
{
    pilot_vote_totals totals = {.matter = PILOT_MATTER_USE_COMMON_PARTS,
                                .all = {PILOT_M2(61370, 00), 1000},
                                .in_favour = {PILOT_M2(33000, 00), 540},
                                .against = {PILOT_M2(12000, 00), 195}};
    for (int32_t year = 2020; year <= 2021; year++) {
        pilot_vote_result result;
        pilot_status status = pilot_date_make(year, 6, 1, &totals.day);
        if (status == PILOT_OK)
            status = pilot_vote_decide(policy, &totals, &result, NULL);
        if (status != PILOT_OK)
            return status;
        print_result(&result);
    }
    return PILOT_OK;
}

int main(void)
{
    pilot_policy *policy;
    pilot_status status = pilot_policy_nanchang_2019(&policy);
    if (status == PILOT_OK) {
        status = choose_provider(policy);
        if (status == PILOT_OK)
            status = let_advertising_space(policy);
        pilot_policy_free(policy);
    }
    return status == PILOT_OK ? 0 : 1;
}
