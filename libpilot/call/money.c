/* Rewards, accounts, and the money outside the gate. */
#include "call.h"

#include "duty/outside_internal.h"
#include "money/account_internal.h"
#include "money/reward_internal.h"
#include "notice/policy_internal.h"

#define CLAIM                                                                                           \
    REQUIRED(call_request, claim, "claim", RECORD, "4.4.1-6", "申领奖励的依据",                         \
             "what the reward is claimed for", .of = &pilot_account_claim_record)

static const field claim_fields[] = {CALL, POLICY, CLAIM};
static const record claim_request = REQUEST(claim_fields);

static pilot_status award(calling *c, char **text)
{
    const pilot_policy *policy = pilot_call_policy(c);
    const pilot_claim *claim = &c->request.claim;
    pilot_award made;
    pilot_error error;
    if (!policy)
        return PILOT_ERROR_MEMORY;
    const size_t capacity = pilot_award_lines_max(policy, claim);
    pilot_award_line *lines = pilot_arena_take(&c->memory, capacity, sizeof *lines);
    if (!lines)
        return pilot_no_memory(&c->to);
    const pilot_status status = pilot_award_compute(policy, claim, &made, lines, capacity, &error);
    return status == PILOT_OK ? pilot_award_write(&made, lines, PILOT_JSON_COMPACT, text)
                              : pilot_call_refused(c, status, &error, "claim");
}

static const field range_fields[] = {
    REQUIRED(pilot_range, least, "least_yuan", MONEY, NULL, "各读法下的最小值",
             "the least of all readings"),
    REQUIRED(pilot_range, greatest, "greatest_yuan", MONEY, NULL, "各读法下的最大值",
             "the greatest of all readings"),
    OPTIONAL(pilot_range, moved_by, "moved_by", SET, NULL, "改变该值的争议读法",
             "disputed readings that change it", .of = &pilot_readings_record),
};
const record pilot_range_record = RECORD("range", pilot_range, range_fields, "一个数额在各读法下的范围",
                                         "an amount over all readings");

#define RANGE_FIELD(type, member, clause, zh, en)                                                       \
    REQUIRED(type, member, #member, RECORD, clause, zh, en, .of = &pilot_range_record)
static const field award_range_fields[] = {
    RANGE_FIELD(pilot_award_range, total, "4.4.1-6", "应付总额", "payable in all"),
    RANGE_FIELD(pilot_award_range, city, "4.4.1-8", "市级承担额", "the city's part"),
    RANGE_FIELD(pilot_award_range, district, "4.4.1-8", "区级承担额", "the district's part"),
};
const record pilot_award_range_record =
    RECORD("award_range", pilot_award_range, award_range_fields, "一笔奖励在各读法下的范围",
           "an award under every combination of the readings that bear on it");

static pilot_status award_range(calling *c, char **text)
{
    const pilot_policy *policy = pilot_call_policy(c);
    pilot_award_range range;
    pilot_error error;
    if (!policy)
        return PILOT_ERROR_MEMORY;
    const pilot_status status = pilot_award_range_compute(policy, &c->request.claim, &range, &error);
    return status == PILOT_OK ? pilot_call_give(c, &pilot_award_range_record, &range, text)
                              : pilot_call_refused(c, status, &error, "claim");
}

static const field account_fields[] = {
    CALL, POLICY, DOCUMENT(account, "account", PILOT_SCHEMA_ACCOUNT, true, "社区账目", "the account")};
static const record account_request = REQUEST(account_fields);

/* With all months and years, and what each year would take. */
static pilot_status account(calling *c, char **text)
{
    const pilot_policy *policy = pilot_call_policy(c);
    const pilot_account_terms *terms = pilot_account_case_terms(c->request.account.made);
    const int32_t month_count = terms->last - terms->first + 1,
                  year_count = pilot_month_year(terms->last) - pilot_month_year(terms->first) + 1;
    const size_t months = (size_t)month_count, years = (size_t)year_count;
    pilot_account_row *rows = pilot_arena_take(&c->memory, months + years, sizeof *rows);
    pilot_account_answer *answers = pilot_arena_take(&c->memory, years, sizeof *answers);
    pilot_account sums;
    pilot_error error;
    if (!policy || !rows || !answers)
        return pilot_no_memory(&c->to);
    pilot_status status =
        pilot_account_compute(policy, terms, &sums, rows, months, rows + months, years, &error);
    for (size_t i = 0; status == PILOT_OK && i < years; i++)
        status = pilot_account_answer_compute(policy, terms, rows[months + i].first,
                                              rows[months + i].last, &answers[i], &error);
    return status == PILOT_OK ? pilot_account_write(&sums, rows, rows + months, answers, years,
                                                    PILOT_JSON_COMPACT, text)
                              : pilot_call_refused(c, status, &error, "account");
}

static const field months_fields[] = {
    CALL,
    POLICY,
    DOCUMENT(account, "account", PILOT_SCHEMA_ACCOUNT, true, "社区账目", "the account"),
    REQUIRED(call_request, first, "first", MONTH, NULL, "起始月份（含）", "first month, included"),
    REQUIRED(call_request, last, "last", MONTH, NULL, "截止月份（含）", "last month, included",
             NOT_BEFORE(call_request, first)),
};
static const record months_request = REQUEST(months_fields);

static pilot_status account_answer(calling *c, char **text)
{
    const call_request *r = &c->request;
    const pilot_policy *policy = pilot_call_policy(c);
    const pilot_account_terms *terms = pilot_account_case_terms(r->account.made);
    pilot_account sums;
    pilot_account_answer answer;
    pilot_error error;
    if (!policy)
        return PILOT_ERROR_MEMORY;
    pilot_status status = pilot_account_compute(policy, terms, &sums, NULL, 0, NULL, 0, &error);
    if (status == PILOT_OK)
        status = pilot_account_answer_compute(policy, terms, r->first, r->last, &answer, &error);
    return status == PILOT_OK
               ? pilot_account_write(&sums, NULL, NULL, &answer, 1, PILOT_JSON_COMPACT, text)
               : pilot_call_refused(c, status, &error, "account");
}

static const field account_range_fields[] = {
    RANGE_FIELD(pilot_account_range, service, "4.4.2-2", "物业服务账的最终缺口",
                "what the project's property service lacks"),
    RANGE_FIELD(pilot_account_range, community, "4.4.1-5", "社区日常经费账的最终缺口",
                "what the community's running costs lack"),
    RANGE_FIELD(pilot_account_range, both, NULL, "两账最终缺口之和", "the sum of both"),
};
static const record account_range_record =
    RECORD("account_range", pilot_account_range, account_range_fields, "最终缺口在各读法下的范围",
           "an account's shortfalls under every combination of the readings that bear on them");

static pilot_status account_range(calling *c, char **text)
{
    const pilot_policy *policy = pilot_call_policy(c);
    pilot_account_range range;
    pilot_error error;
    if (!policy)
        return PILOT_ERROR_MEMORY;
    const pilot_status status = pilot_account_range_compute(
        policy, pilot_account_case_terms(c->request.account.made), &range, &error);
    return status == PILOT_OK ? pilot_call_give(c, &account_range_record, &range, text)
                              : pilot_call_refused(c, status, &error, "account");
}

static const field outside_fields[] = {CALL, POLICY,
                                       DOCUMENT(outside, "outside", PILOT_SCHEMA_OUTSIDE, true,
                                                "门外公共服务经费", "the money outside the gate")};
static const record outside_request = REQUEST(outside_fields);

static pilot_status outside(calling *c, char **text)
{
    const pilot_policy *policy = pilot_call_policy(c);
    const pilot_outside *terms = pilot_outside_of(c->request.outside.made);
    pilot_handover_money *handovers =
        pilot_arena_take(&c->memory, terms->handover_count, sizeof *handovers);
    pilot_item_shift *items = pilot_arena_take(&c->memory, terms->enclosure.item_count, sizeof *items);
    pilot_outside_result result;
    pilot_error error;
    if (!policy || !handovers || !items)
        return pilot_no_memory(&c->to);
    const pilot_status status = pilot_outside_compute(policy, terms, &result, handovers, items, &error);
    return status == PILOT_OK
               ? pilot_outside_result_write(&result, handovers, items, PILOT_JSON_COMPACT, text)
               : pilot_call_refused(c, status, &error, "outside");
}

static const call_row rows[] = {
    {"award", &claim_request, DOCUMENT_OF(AWARD), award, "计算一笔奖励", "the award of a claim"},
    {"award_range", &claim_request, NULL, &pilot_award_range_record, award_range,
     "一笔奖励在各读法下的范围", "the award of a claim under every reading"},
    {"account", &account_request, DOCUMENT_OF(ACCOUNT_RESULT), account, "计算社区账目",
     "a community's account, with what it would take"},
    {"account_answer", &months_request, DOCUMENT_OF(ACCOUNT_RESULT), account_answer,
     "若干月收支平衡的条件", "what it would take for some months of an account to hold by themselves"},
    {"account_range", &account_request, NULL, &account_range_record, account_range,
     "社区账目的缺口在各读法下的范围", "an account's shortfalls under every reading"},
    {"outside", &outside_request, DOCUMENT_OF(OUTSIDE_RESULT), outside, "计算门外经费变动",
     "what the money outside the gate moves"},
};
const call_rows pilot_money_calls = {rows, FIELD_COUNT_OF(rows)};
