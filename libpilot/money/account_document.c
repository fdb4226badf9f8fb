/* A community's account as a document. */
#include "account_internal.h"

#include "notice/policy_internal.h"
#include "record/fields.h"

/* What both ledgers have. The businesses of one are the project's, that of the other is parking. */
#define LEDGER_FIELDS(business, for_reward, for_income)                                                 \
    REQUIRED(pilot_ledger_sums, reward, "reward_yuan", MONEY, for_reward, "", "reward"),                \
        REQUIRED(pilot_ledger_sums, reward_forgone, "reward_forgone_yuan", MONEY, for_reward, "",       \
                 "awarded beyond what was lacking, where that caps it"),                                \
        REQUIRED(pilot_ledger_sums, gross, business "_gross_yuan", MONEY, for_income, "", "taken in"),  \
        REQUIRED(pilot_ledger_sums, gross_cost, business "_cost_yuan", MONEY, for_income, "",           \
                 "what that cost"),                                                                     \
        REQUIRED(pilot_ledger_sums, income, business "_yuan", MONEY, for_income, "",                    \
                 "what counts of it"),                                                                  \
        REQUIRED(pilot_ledger_sums, cost, "cost_yuan", MONEY, NULL, "", "monthly costs"),               \
        REQUIRED(pilot_ledger_sums, used, "used_yuan", MONEY, for_income, "",                           \
                 "used beside them for the ledger's purpose"),                                          \
        REQUIRED(pilot_ledger_sums, misused, "misused_yuan", MONEY, for_income, "",                     \
                 "used for any other"),                                                                 \
        REQUIRED(pilot_ledger_sums, result, "result_yuan", MONEY, NULL, "",                             \
                 "what came in less what went out, before any rebate"),                                 \
        REQUIRED(pilot_ledger_sums, gap, "gap_yuan", MONEY, NULL, "",                                   \
                 "lacking before any source but what was carried in")
#define LEDGER_END                                                                                      \
    REQUIRED(pilot_ledger_sums, gap_after_reward, "gap_after_reward_yuan", MONEY, NULL, "",             \
             "lacking after the reward"),                                                               \
        REQUIRED(pilot_ledger_sums, shortfall, "shortfall_yuan", MONEY, NULL, "",                       \
                 "lacking after all: what somebody has to bring"),                                      \
        REQUIRED(pilot_ledger_sums, closing, "closing_yuan", MONEY, NULL, "", "carried out")
#define OPENING REQUIRED(pilot_ledger_sums, opening, "opening_yuan", MONEY, NULL, "", "carried in")

static const field service_ledger_fields[] = {
    OPENING,
    REQUIRED(pilot_ledger_sums, billed, "billed_yuan", MONEY, "4.4-1", "", "fees billed"),
    REQUIRED(pilot_ledger_sums, collected, "collected_yuan", MONEY, "4.4-1", "", "fees collected"),
    LEDGER_FIELDS("income", "4.4.1-5", "4.4.2-2"),
    REQUIRED(pilot_ledger_sums, gap_after_fees, "gap_after_fees_yuan", MONEY, "4.4-1", "",
             "lacking after the fees"),
    LEDGER_END,
    REQUIRED(pilot_ledger_sums, rebate, "rebate_yuan", MONEY, "4.5-1", "", "given back to the owners"),
};
static const record service_ledger_record = RECORD(
    "service_ledger", pilot_ledger_sums, service_ledger_fields, "", "the project's property service");

static const field community_ledger_fields[] = {
    OPENING,
    LEDGER_FIELDS("parking", "4.4.1-5", "4.4.2-5"),
    LEDGER_END,
};
static const record community_ledger_record = RECORD(
    "community_ledger", pilot_ledger_sums, community_ledger_fields, "", "the community's running costs");

static const field margin_fields[] = {
    REQUIRED(pilot_margin, profit, "profit_yuan", MONEY, "4.5-1", "", "the fraction's upper part"),
    REQUIRED(pilot_margin, cost, "cost_yuan", MONEY, "4.5-1", "", "its lower part"),
    REQUIRED(pilot_margin, outcome, "outcome", WORD, "4.5-1", "", "what it amounts to",
             .of = &pilot_margin_words),
};
static const record margin_record =
    RECORD("margin", pilot_margin, margin_fields, "", "the service's profit as a fraction of its cost");

static const field row_fields[] = {
    REQUIRED(pilot_account_row, first, "first", MONTH, NULL, "", "first month, included"),
    REQUIRED(pilot_account_row, last, "last", MONTH, NULL, "", "last month, included"),
    REQUIRED(pilot_account_row, ledgers[PILOT_LEDGER_SERVICE], "service", RECORD, "4.4.2-2", "",
             "the project's property service", .of = &service_ledger_record),
    REQUIRED(pilot_account_row, ledgers[PILOT_LEDGER_COMMUNITY], "community", RECORD, "4.4.1-5", "",
             "the community's running costs", .of = &community_ledger_record),
    REQUIRED(pilot_account_row, margin, "margin", RECORD, "4.5-1", "",
             "the service's profit as a fraction of its cost", .of = &margin_record),
};
static const record row_record = RECORD("account_rows", pilot_account_row, row_fields, "",
                                        "the ledgers in a month, a year or the whole time");

static const field answer_fields[] = {
    REQUIRED(pilot_account_answer, first, "first", MONTH, NULL, "", "first month, included"),
    REQUIRED(pilot_account_answer, last, "last", MONTH, NULL, "", "last month, included"),
    OPTIONAL(pilot_account_answer, break_even.price, "break_even_price_yuan", PRICE, "4.5-1", "",
             "least fee per m² and month; left out: none does, or no area is known"),
    OPTIONAL(pilot_account_answer, break_even.billed, "break_even_billed_yuan", MONEY, "4.5-1", "",
             "that fee a month; left out: none does"),
    OPTIONAL(pilot_account_answer, without_reward.price, "without_reward_price_yuan", PRICE, "4.4.1-3",
             "", "likewise with no reward"),
    OPTIONAL(pilot_account_answer, without_reward.billed, "without_reward_billed_yuan", MONEY, "4.4.1-3",
             "", "that fee a month"),
    OPTIONAL(pilot_account_answer, collection_rate, "collection_rate", SHARE, "4.5-1", "",
             "least share, in ten thousandths, at the fee given; left out: none does"),
    REQUIRED(pilot_account_answer, community_gap, "community_gap_yuan", MONEY, "4.4.1-5", "",
             "what the community lacks"),
    REQUIRED(pilot_account_answer, community_gap_without_reward, "community_gap_without_reward_yuan",
             MONEY, "4.4.1-3", "", "likewise with no reward"),
    OPTIONAL(pilot_account_answer, reward_rate, "reward_rate_yuan", PRICE, "4.4.1-4", "",
             "least rate that leaves no such gap; left out: none does, or the quantity is not known"),
    REQUIRED(pilot_account_answer, reward_basis, "reward_rate_per", WORD, "4.4.1-6", "",
             "what that rate is paid for", .of = &pilot_basis_words),
};
static const record answer_record = RECORD("answers", pilot_account_answer, answer_fields, "",
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
    REQUIRED(account_result_document, account.receipt, "receipt", RECORD, NULL, "",
             "where it comes from", .of = &pilot_receipt_record),
    REQUIRED(account_result_document, account.award, "award_yuan", MONEY, "4.4.1-6", "",
             "of the claim, in all"),
    REQUIRED(account_result_document, account.reward_after, "reward_after_yuan", MONEY, "4.4.1-6", "",
             "of it, for months after the account's"),
    REQUIRED(account_result_document, account.total, "total", RECORD, NULL, "", "the whole time",
             .of = &row_record),
    ROWS(years, year_count, &row_record, "", "by calendar year"),
    ROWS(months, month_count, &row_record, "", "by month"),
    ROWS(answers, answer_count, &answer_record, "", "what it would take"),
};
const record pilot_account_record =
    RECORD("account", account_result_document, account_fields, "", "a community's money");

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
