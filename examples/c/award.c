/* An award and an office check, without any file. */
#include <pilot.h>

#include <stdio.h>

int main(void)
{
    pilot_policy *policy;
    if (pilot_policy_nanchang_2019(&policy) != PILOT_OK)
        return 1;

    pilot_assessment passed = {.year = 2019, .result = PILOT_PASSED};
    pilot_claim claim = {.quantity[PILOT_PER_HOUSEHOLD] = pilot_known(1885),
                         .first = PILOT_MONTH(2019, 12),
                         .last = PILOT_MONTH(2023, 12),
                         .assessments = &passed,
                         .assessment_count = 1};
    pilot_award award;
    pilot_text total;
    if (pilot_award_compute(policy, &claim, &award, NULL, 0, NULL) == PILOT_OK)
        printf("award: %s yuan\n", pilot_money_text(award.total, &total));

    pilot_office office = {.area = pilot_known(PILOT_M2(118, 50))};
    pilot_community community = {.name = "院一社区", .offices = &office, .office_count = 1};
    pilot_finding finding;
    char text[256];
    if (pilot_check_rule(policy, pilot_rule_find("office_area"),
                         &(pilot_subject){.community = &community}, pilot_month_first_day(claim.first),
                         &finding, NULL) == PILOT_OK) {
        pilot_finding_text(&finding, PILOT_ENGLISH, text, sizeof text);
        printf("%s (%s): %s\n", pilot_outcome_title(finding.outcome, PILOT_ENGLISH), finding.clause,
               text);
    }
    pilot_policy_free(policy);
    return 0;
}
