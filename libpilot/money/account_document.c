/* A community's account as a document. */
#include "account_internal.h"

#include "notice/policy_internal.h"
#include "record/fields.h"

/* What both ledgers have. The businesses of one are the project's, that of the other is parking. */
#define LEDGER_FIELDS(business, for_reward, for_income)                                                 \
    REQUIRED(pilot_ledger_sums, reward, "reward_yuan", MONEY, for_reward, "奖励", "reward"),            \
        REQUIRED(pilot_ledger_sums, reward_forgone, "reward_forgone_yuan", MONEY, for_reward,           \
                 "超出缺口的奖励，以缺口为限时不计",                                                    \
                 "awarded beyond what was lacking, where that caps it"),                                \
        REQUIRED(pilot_ledger_sums, gross, business "_gross_yuan", MONEY, for_income, "收入总额",       \
                 "taken in"),                                                                           \
        REQUIRED(pilot_ledger_sums, gross_cost, business "_cost_yuan", MONEY, for_income,               \
                 "取得收入的成本", "what that cost"),                                                   \
        REQUIRED(pilot_ledger_sums, income, business "_yuan", MONEY, for_income, "计入收入",            \
                 "what counts of it"),                                                                  \
        REQUIRED(pilot_ledger_sums, cost, "cost_yuan", MONEY, NULL, "每月成本合计", "monthly costs"),   \
        REQUIRED(pilot_ledger_sums, used, "used_yuan", MONEY, for_income,                               \
                 "另行使用的资金，用于本账用途", "used beside them for the ledger's purpose"),          \
        REQUIRED(pilot_ledger_sums, misused, "misused_yuan", MONEY, for_income, "挪作他用的资金",       \
                 "used for any other"),                                                                 \
        REQUIRED(pilot_ledger_sums, result, "result_yuan", MONEY, NULL, "收支差额，返还业主之前",       \
                 "what came in less what went out, before any rebate"),                                 \
        REQUIRED(pilot_ledger_sums, gap, "gap_yuan", MONEY, NULL, "缺口，除期初结余外未计任何来源",     \
                 "lacking before any source but what was carried in")
#define LEDGER_END                                                                                      \
    REQUIRED(pilot_ledger_sums, gap_after_reward, "gap_after_reward_yuan", MONEY, NULL,                 \
             "计入奖励后的缺口", "lacking after the reward"),                                           \
        REQUIRED(pilot_ledger_sums, shortfall, "shortfall_yuan", MONEY, NULL, "最终缺口，须另行筹措",   \
                 "lacking after all: what somebody has to bring"),                                      \
        REQUIRED(pilot_ledger_sums, closing, "closing_yuan", MONEY, NULL, "期末结余", "carried out")
#define OPENING                                                                                         \
    REQUIRED(pilot_ledger_sums, opening, "opening_yuan", MONEY, NULL, "期初结余", "carried in")

static const field service_ledger_fields[] = {
    OPENING,
    REQUIRED(pilot_ledger_sums, billed, "billed_yuan", MONEY, "4.4-1", "应收服务费", "fees billed"),
    REQUIRED(pilot_ledger_sums, collected, "collected_yuan", MONEY, "4.4-1", "实收服务费",
             "fees collected"),
    LEDGER_FIELDS("income", "4.4.1-5", "4.4.2-2"),
    REQUIRED(pilot_ledger_sums, gap_after_fees, "gap_after_fees_yuan", MONEY, "4.4-1",
             "计入服务费后的缺口", "lacking after the fees"),
    LEDGER_END,
    REQUIRED(pilot_ledger_sums, rebate, "rebate_yuan", MONEY, "4.5-1", "返还业主金额",
             "given back to the owners"),
};
static const record service_ledger_record =
    RECORD("service_ledger", pilot_ledger_sums, service_ledger_fields, "项目物业服务账",
           "the project's property service");

static const field community_ledger_fields[] = {
    OPENING,
    LEDGER_FIELDS("parking", "4.4.1-5", "4.4.2-5"),
    LEDGER_END,
};
static const record community_ledger_record =
    RECORD("community_ledger", pilot_ledger_sums, community_ledger_fields, "社区日常经费账",
           "the community's running costs");

static const field margin_fields[] = {
    REQUIRED(pilot_margin, profit, "profit_yuan", MONEY, "4.5-1", "利润，分子",
             "the fraction's upper part"),
    REQUIRED(pilot_margin, cost, "cost_yuan", MONEY, "4.5-1", "成本，分母", "its lower part"),
    REQUIRED(pilot_margin, outcome, "outcome", WORD, "4.5-1", "盈亏结果", "what it amounts to",
             .of = &pilot_margin_words),
};
static const record margin_record =
    RECORD("margin", pilot_margin, margin_fields, "物业服务利润率，利润与成本之比",
           "the service's profit as a fraction of its cost");

static const field row_fields[] = {
    REQUIRED(pilot_account_row, first, "first", MONTH, NULL, "起始月份（含）", "first month, included"),
    REQUIRED(pilot_account_row, last, "last", MONTH, NULL, "截止月份（含）", "last month, included"),
    REQUIRED(pilot_account_row, ledgers[PILOT_LEDGER_SERVICE], "service", RECORD, "4.4.2-2",
             "项目物业服务账", "the project's property service", .of = &service_ledger_record),
    REQUIRED(pilot_account_row, ledgers[PILOT_LEDGER_COMMUNITY], "community", RECORD, "4.4.1-5",
             "社区日常经费账", "the community's running costs", .of = &community_ledger_record),
    REQUIRED(pilot_account_row, margin, "margin", RECORD, "4.5-1", "物业服务利润率，利润与成本之比",
             "the service's profit as a fraction of its cost", .of = &margin_record),
};
static const record row_record =
    RECORD("account_rows", pilot_account_row, row_fields, "一月、一年或全期的账目",
           "the ledgers in a month, a year or the whole time");

static const field answer_fields[] = {
    REQUIRED(pilot_account_answer, first, "first", MONTH, NULL, "起始月份（含）",
             "first month, included"),
    REQUIRED(pilot_account_answer, last, "last", MONTH, NULL, "截止月份（含）", "last month, included"),
    OPTIONAL(pilot_account_answer, break_even.price, "break_even_price_yuan", PRICE, "4.5-1",
             "保本单价，每平方米每月，不填为无法保本或面积不明",
             "least fee per m² and month; left out: none does, or no area is known"),
    OPTIONAL(pilot_account_answer, break_even.billed, "break_even_billed_yuan", MONEY, "4.5-1",
             "保本每月应收金额，不填为无法保本", "that fee a month; left out: none does"),
    OPTIONAL(pilot_account_answer, without_reward.price, "without_reward_price_yuan", PRICE, "4.4.1-3",
             "无奖励时的保本单价，每平方米每月", "likewise with no reward"),
    OPTIONAL(pilot_account_answer, without_reward.billed, "without_reward_billed_yuan", MONEY, "4.4.1-3",
             "无奖励时的保本每月应收金额", "that fee a month"),
    OPTIONAL(pilot_account_answer, collection_rate, "collection_rate", SHARE, "4.5-1",
             "最低收缴率，以万分之一计，按给定收费，不填为无法保本",
             "least share, in ten thousandths, at the fee given; left out: none does"),
    REQUIRED(pilot_account_answer, community_gap, "community_gap_yuan", MONEY, "4.4.1-5", "社区经费缺口",
             "what the community lacks"),
    REQUIRED(pilot_account_answer, community_gap_without_reward, "community_gap_without_reward_yuan",
             MONEY, "4.4.1-3", "无奖励时的社区经费缺口", "likewise with no reward"),
    OPTIONAL(pilot_account_answer, reward_rate, "reward_rate_yuan", PRICE, "4.4.1-4",
             "消除社区缺口的最低奖励标准，不填为无法消除或数量不明",
             "least rate that leaves no such gap; left out: none does, or the quantity is not known"),
    REQUIRED(pilot_account_answer, reward_basis, "reward_rate_per", WORD, "4.4.1-6",
             "该奖励标准的计奖单位", "what that rate is paid for", .of = &pilot_basis_words),
};
static const record answer_record =
    RECORD("answers", pilot_account_answer, answer_fields, "若干月收支自行平衡的条件",
           "what it would take for some months to hold by themselves");

typedef struct account_result_document {
    pilot_account account;
    const pilot_account_row *years, *months;
    const pilot_account_answer *answers;
    size_t year_count, month_count, answer_count;
} account_result_document;

#define ROWS(list, count, type, zh, en)                                                                 \
    SEVERAL(account_result_document, list, count, #list, LIST, NULL, zh, en, .of = type)
static const field account_fields[] = {
    REQUIRED(account_result_document, account.receipt, "receipt", RECORD, NULL, "结果出处",
             "where it comes from", .of = &pilot_receipt_record),
    REQUIRED(account_result_document, account.award, "award_yuan", MONEY, "4.4.1-6", "奖励总额",
             "of the claim, in all"),
    REQUIRED(account_result_document, account.reward_after, "reward_after_yuan", MONEY, "4.4.1-6",
             "账目期满后的奖励", "of it, for months after the account's"),
    REQUIRED(account_result_document, account.total, "total", RECORD, NULL, "全期账目", "the whole time",
             .of = &row_record),
    ROWS(years, year_count, &row_record, "分年账目", "by calendar year"),
    ROWS(months, month_count, &row_record, "分月账目", "by month"),
    ROWS(answers, answer_count, &answer_record, "收支平衡的条件", "what it would take"),
};
const record pilot_account_record =
    RECORD("account", account_result_document, account_fields, "社区资金账", "a community's money");

pilot_status pilot_account_write(const pilot_account *account, const pilot_account_row *months,
                                 const pilot_account_row *years, const pilot_account_answer *answers,
                                 size_t answer_count, pilot_json_style style, char **text)
{
    if (!account || !text)
        return PILOT_ERROR_ARGUMENT;
    account_result_document document = {.account = *account,
                                        .years = years,
                                        .months = months,
                                        .answers = answers,
                                        .year_count = account->year_count,
                                        .month_count = account->month_count,
                                        .answer_count = answer_count};
    return pilot_record_text(&pilot_account_record, &document, style == PILOT_JSON_INDENTED, NULL, text);
}
