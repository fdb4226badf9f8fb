/* What the library works out, as JSON. */
#include "pilot/json.h"

#include "write.h"

#include <stdlib.h>
#include <string.h>

#include "money/account_internal.h"
#include "base/base_internal.h"
#include "report/report_internal.h"
#include "notice/clause_internal.h"
#include "city/city_internal.h"
#include "duty/duty_internal.h"
#include "market/menu_internal.h"
#include "duty/outside_internal.h"
#include "market/order_internal.h"
#include "money/reward_internal.h"
#include "vote/vote_internal.h"

#define F(type, member, key, kind, required, of, clause, en)                                            \
    {                                                                                                   \
        key, kind, required, offsetof(type, member), 0, of, clause, en                                  \
    }

#define CHARS(type, member, key, clause, en)                                                            \
    {                                                                                                   \
        key, FIELD_CHARS, true, offsetof(type, member), sizeof(((type *)0)->member), NULL, clause, en   \
    }

static const field receipt_fields[] = {
    CHARS(pilot_receipt, library, "library", NULL, "version of the library"),
    CHARS(pilot_receipt, policy, "policy", NULL, "id of the policy"),
    F(pilot_receipt, fingerprint, "fingerprint", FIELD_HASH, true, NULL, NULL, "of the policy"),
    F(pilot_receipt, as_of, "as_of", FIELD_DATE, false, NULL, NULL, "day on which the result holds"),
};
static const record receipt_record = {"receipt", sizeof(pilot_receipt), FIELDS(receipt_fields),
                                      "what a result comes from"};

static const field line_fields[] = {
    F(pilot_award_line, first, "first", FIELD_MONTH, true, NULL, "4.4.1-3", "first month, included"),
    F(pilot_award_line, last, "last", FIELD_MONTH, true, NULL, "4.4.1-3", "last month, included"),
    F(pilot_award_line, months, "months", FIELD_NUMBER, true, NULL, "4.4.1-6", "how many"),
    F(pilot_award_line, rate.price, "yuan", FIELD_PRICE, true, NULL, "4.4.1-4",
      "rate per unit and month"),
    F(pilot_award_line, rate.basis, "per", FIELD_WORD, true, &pilot_basis_words, "4.4.1-6",
      "what the rate is paid for"),
    F(pilot_award_line, reason, "reason", FIELD_WORD, true, &pilot_withheld_words, "4.4.1-2",
      "payable, or why not"),
    F(pilot_award_line, amount, "amount_yuan", FIELD_MONEY, true, NULL, "4.4.1-6", "payable"),
    F(pilot_award_line, city, "city_yuan", FIELD_MONEY, true, NULL, "4.4.1-8", "the city's part"),
    F(pilot_award_line, district, "district_yuan", FIELD_MONEY, true, NULL, "4.4.1-8",
      "the district's part"),
    F(pilot_award_line, withheld, "withheld_yuan", FIELD_MONEY, true, NULL, "4.4.1-2", "held back"),
    F(pilot_award_line, clause, "clause", FIELD_TEXT, true, NULL, NULL, "that decides the line"),
};
static const record line_record = {"lines", sizeof(pilot_award_line), FIELDS(line_fields),
                                   "a line of the schedule"};

typedef struct award_document {
    pilot_award award;
    const pilot_award_line *lines;
    size_t line_count;
} award_document;

static const field award_fields[] = {
    F(award_document, award.receipt, "receipt", FIELD_RECORD, true, &receipt_record, NULL,
      "where it comes from"),
    F(award_document, award.total, "total_yuan", FIELD_MONEY, true, NULL, "4.4.1-6", "payable in all"),
    F(award_document, award.city, "city_yuan", FIELD_MONEY, true, NULL, "4.4.1-8", "the city's part"),
    F(award_document, award.district, "district_yuan", FIELD_MONEY, true, NULL, "4.4.1-8",
      "the district's part"),
    F(award_document, award.withheld, "withheld_yuan", FIELD_MONEY, true, NULL, "4.4.1-2", "held back"),
    F(award_document, award.months_paid, "months_paid", FIELD_NUMBER, true, NULL, "4.4.1-6",
      "months payable"),
    F(award_document, award.months_withheld, "months_withheld", FIELD_NUMBER, true, NULL, "4.4.1-2",
      "months not payable, for any reason"),
    {"lines", FIELD_LIST, false, offsetof(award_document, lines), offsetof(award_document, line_count),
     &line_record, "4.4.1-4", "the schedule, in time order"},
};
const record pilot_award_record = {"award", sizeof(award_document), FIELDS(award_fields), "an award"};

pilot_status pilot_award_write(const pilot_award *award, const pilot_award_line *lines,
                               pilot_json_style style, char **text)
{
    if (!award || !text)
        return PILOT_ERROR_ARGUMENT;
    award_document document = {*award, lines, lines ? award->line_count : 0};
    return pilot_record_text(&pilot_award_record, &document, style == PILOT_JSON_INDENTED, NULL, text);
}

/* Areas and heads have the same members, in other units. */
typedef struct check_document {
    pilot_vote_check check;
    pilot_answer met;
} check_document;

#define CHECK_FIELDS(kind, unit)                                                                        \
    F(check_document, met, "met", FIELD_ANSWER, true, NULL, "5.4-2", "it suffices"),                    \
        F(check_document, check.threshold.bound, "bound", FIELD_WORD, true, &pilot_bound_words,         \
          "5.4-2", "how the share bounds"),                                                             \
        F(check_document, check.threshold.share, "share", FIELD_SHARE, true, NULL, "5.4-2",             \
          "the share to reach"),                                                                        \
        F(check_document, check.base, "base" unit, kind, true, NULL, "5.4-2",                           \
          "what the share is taken of"),                                                                \
        F(check_document, check.needed, "needed" unit, kind, true, NULL, "5.4-2",                       \
          "the least that suffices"),                                                                   \
        F(check_document, check.reached, "reached" unit, kind, true, NULL, "5.4-2", "what there is"),   \
        F(check_document, check.missing, "missing" unit, kind, true, NULL, "5.4-2",                     \
          "what is lacking while the base stays as it is"),                                             \
        F(check_document, check.more, "more" unit, kind, false, NULL, "5.4-2",                          \
          "what would do, voting in favour, of those who have not voted; left out where not all would")
static const field area_check_fields[] = {CHECK_FIELDS(FIELD_AREA, "_m2")};
static const field heads_check_fields[] = {CHECK_FIELDS(FIELD_COUNT, "")};
static const record area_check_record = {"area_check", sizeof(check_document), FIELDS(area_check_fields),
                                         "a threshold of area"};
static const record heads_check_record = {"heads_check", sizeof(check_document),
                                          FIELDS(heads_check_fields), "a threshold of owners"};

typedef struct vote_document {
    pilot_vote_result result;
    pilot_answer passed, reachable;
    check_document checks[PILOT_THRESHOLD_COUNT];
} vote_document;

static const field vote_fields[] = {
    F(vote_document, result.receipt, "receipt", FIELD_RECORD, true, &receipt_record, NULL,
      "where it comes from"),
    F(vote_document, passed, "passed", FIELD_ANSWER, true, NULL, "5.4-2", "all thresholds are met"),
    F(vote_document, result.matter, "matter", FIELD_WORD, true, &pilot_matter_words, "5.4-2",
      "what it is about"),
    F(vote_document, result.law.kind, "kind", FIELD_WORD, true, &pilot_matter_kind_words, "5.4-2",
      "kind of the matter by that law"),
    CHARS(vote_document, result.law.id, "law", "5.4-2", "id of the vote rule"),
    F(vote_document, result.law.first, "law_first", FIELD_DATE, true, NULL, "5.4-2",
      "day from which it is in force"),
    F(vote_document, result.law.terms.approval_of, "approval_of", FIELD_WORD, true,
      &pilot_approval_base_words, "5.4-2", "what approval is measured by"),
    F(vote_document, result.all, "all", FIELD_RECORD, true, &pilot_vote_weight_record, "5.4-2",
      "all owners"),
    F(vote_document, result.participating, "participating", FIELD_RECORD, true,
      &pilot_vote_weight_record, "5.4-2", "those who vote"),
    F(vote_document, result.in_favour, "in_favour", FIELD_RECORD, true, &pilot_vote_weight_record,
      "5.4-2", "those in favour"),
    F(vote_document, checks[PILOT_PARTICIPATION_AREA], "participation_area", FIELD_RECORD, true,
      &area_check_record, "5.4-2", "area of those who vote"),
    F(vote_document, checks[PILOT_PARTICIPATION_HEADS], "participation_heads", FIELD_RECORD, true,
      &heads_check_record, "5.4-2", "owners who vote"),
    F(vote_document, checks[PILOT_APPROVAL_AREA], "approval_area", FIELD_RECORD, true,
      &area_check_record, "5.4-2", "area of those in favour"),
    F(vote_document, checks[PILOT_APPROVAL_HEADS], "approval_heads", FIELD_RECORD, true,
      &heads_check_record, "5.4-2", "owners in favour"),
    F(vote_document, reachable, "reachable", FIELD_ANSWER, true, NULL, "5.4-2",
      "those who have not voted could still make it pass"),
};
const record pilot_vote_result_record = {"vote", sizeof(vote_document), FIELDS(vote_fields),
                                         "the outcome of an owners' vote"};

/* A caller's bool; one that is none becomes an answer that is none, for the check to find. */
static pilot_answer answer_of(const bool *yes)
{
    if (!pilot_is_bool(yes))
        return (pilot_answer)(PILOT_ANSWER_YES + 1);
    return *yes ? PILOT_ANSWER_YES : PILOT_ANSWER_NO;
}

static vote_document vote_document_of(const pilot_vote_result *result)
{
    vote_document d = {.result = *result,
                       .passed = answer_of(&result->passed),
                       .reachable = answer_of(&result->reachable)};
    for (int i = 0; i < PILOT_THRESHOLD_COUNT; i++)
        d.checks[i] = (check_document){result->checks[i], answer_of(&result->checks[i].met)};
    return d;
}

pilot_status pilot_vote_result_write(const pilot_vote_result *result, pilot_json_style style,
                                     char **text)
{
    if (!result || !text)
        return PILOT_ERROR_ARGUMENT;
    vote_document d = vote_document_of(result);
    return pilot_record_text(&pilot_vote_result_record, &d, style == PILOT_JSON_INDENTED, NULL, text);
}

typedef struct choice_offer_document {
    pilot_contest_offer offer;
    pilot_answer standing;
    int64_t behind;
    vote_document vote;
} choice_offer_document;

static const field choice_offer_fields[] = {
    F(choice_offer_document, offer.id, "id", FIELD_ID, true, NULL, NULL, "of the offer in the contest"),
    F(choice_offer_document, offer.provider, "provider", FIELD_TEXT, false, NULL, "5.4-2",
      "who makes it"),
    F(choice_offer_document, offer.standard, "standard", FIELD_TEXT, false, NULL, "5.4-2",
      "of what service"),
    F(choice_offer_document, standing, "standing", FIELD_ANSWER, true, NULL, "5.4-2",
      "chosen, in the tie, or for the run-off"),
    F(choice_offer_document, behind, "behind", FIELD_COUNT, true, NULL, "5.4-2",
      "how many offers are ahead of it"),
    F(choice_offer_document, vote, "vote", FIELD_RECORD, true, &pilot_vote_result_record, "5.4-2",
      "the vote on this offer alone"),
};
static const record choice_offer_record = {"offers", sizeof(choice_offer_document),
                                           FIELDS(choice_offer_fields), "an offer and its votes"};

typedef struct choice_document {
    pilot_choice choice;
    const char *chosen;
    int64_t standing;
    const choice_offer_document *offers;
    size_t offer_count;
} choice_document;

static const field choice_fields[] = {
    F(choice_document, choice.receipt, "receipt", FIELD_RECORD, true, &receipt_record, NULL,
      "where it comes from"),
    F(choice_document, choice.outcome, "outcome", FIELD_WORD, true, &pilot_choice_words, "5.4-2",
      "how it ends"),
    F(choice_document, chosen, "chosen", FIELD_TEXT, false, NULL, "5.4-2",
      "id of the offer, where one is chosen"),
    F(choice_document, standing, "standing", FIELD_COUNT, true, NULL, "5.4-2",
      "how many offers are chosen, in the tie, or for the run-off"),
    {"offers", FIELD_LIST, true, offsetof(choice_document, offers),
     offsetof(choice_document, offer_count), &choice_offer_record, "5.4-2",
     "in the order of the contest"},
};
const record pilot_choice_record = {"choice", sizeof(choice_document), FIELDS(choice_fields),
                                    "the outcome of an owners' vote among offers"};

pilot_status pilot_choice_write(const pilot_choice *choice, const pilot_contest_offer *offers,
                                const pilot_offer_result *results, size_t offer_count,
                                pilot_json_style style, char **text)
{
    if (!choice || !text || (offer_count && (!offers || !results)) ||
        (choice->chosen != SIZE_MAX && choice->chosen >= offer_count))
        return PILOT_ERROR_ARGUMENT;
    choice_offer_document *rows = calloc(offer_count + 1, sizeof *rows);
    if (!rows)
        return PILOT_ERROR_MEMORY;
    for (size_t i = 0; i < offer_count; i++)
        rows[i] = (choice_offer_document){.offer = offers[i],
                                          .standing = answer_of(&results[i].standing),
                                          .behind = (int64_t)results[i].behind,
                                          .vote = vote_document_of(&results[i].vote)};
    const choice_document d = {.choice = *choice,
                               .chosen = choice->chosen == SIZE_MAX ? NULL : offers[choice->chosen].id,
                               .standing = (int64_t)choice->count,
                               .offers = rows,
                               .offer_count = offer_count};
    pilot_status status =
        pilot_record_text(&pilot_choice_record, &d, style == PILOT_JSON_INDENTED, NULL, text);
    free(rows);
    return status;
}

/* A line with its quantity in the form of what it is of. */
typedef struct quote_line_document {
    pilot_quote_line line;
    pilot_opt_int area, count;
} quote_line_document;

/* Of a quote's line and of a bill's. */
#define LINE_FIELDS(document)                                                                           \
    F(document, line.service, "service", FIELD_TEXT, false, NULL, "4.3-3",                              \
      "id of the service; left out: a package at one price"),                                           \
        F(document, line.package, "package", FIELD_TEXT, false, NULL, "4.3-3",                          \
          "id of the package it is part of; left out: chosen by itself"),                               \
        F(document, line.grade, "grade", FIELD_COUNT, true, NULL, "5.4-2b",                             \
          "of the service; 0: a package at one price"),                                                 \
        F(document, line.basis, "per", FIELD_WORD, true, &pilot_menu_basis_words, "4.3-3",              \
          "what the price is per"),                                                                     \
        F(document, area, "quantity_m2", FIELD_AREA, false, NULL, "4.3-3",                              \
          "building area that it is per"),                                                              \
        F(document, count, "quantity", FIELD_COUNT, false, NULL, "4.3-3",                               \
          "households or buildings that it is per, or 1"),                                              \
        F(document, line.price, "yuan", FIELD_PRICE, true, NULL, "4.3-3",                               \
          "listed price per unit and month"),                                                           \
        F(document, line.discount, "discount", FIELD_SHARE, true, NULL, "4.3-3",                        \
          "of the package, taken off the price")

static const field quote_line_fields[] = {
    LINE_FIELDS(quote_line_document),
    F(quote_line_document, line.month, "month_yuan", FIELD_MONEY, true, NULL, "4.3-3",
      "a month's amount"),
    F(quote_line_document, line.year, "year_yuan", FIELD_MONEY, true, NULL, "4.3-3",
      "twelve months' amount"),
};
static const record quote_line_record = {"lines", sizeof(quote_line_document), FIELDS(quote_line_fields),
                                         "a line of a quote"};

typedef struct quote_document {
    pilot_quote quote;
    const quote_line_document *lines;
    size_t line_count;
} quote_document;

static const field quote_fields[] = {
    F(quote_document, quote.menu, "menu", FIELD_TEXT, true, NULL, NULL, "id of the menu"),
    F(quote_document, quote.day, "day", FIELD_DATE, true, NULL, NULL, "day the prices are of"),
    F(quote_document, quote.rounding, "rounding", FIELD_RECORD, true, &pilot_rounding_rule_record, NULL,
      "how amounts are rounded"),
    F(quote_document, quote.month, "month_yuan", FIELD_MONEY, true, NULL, "4.3-3", "a month in all"),
    F(quote_document, quote.year, "year_yuan", FIELD_MONEY, true, NULL, "4.3-3", "twelve months in all"),
    F(quote_document, quote.month_per_dwelling, "month_yuan_per_dwelling", FIELD_MONEY, false, NULL,
      "4.3-3", "a month for the average dwelling"),
    F(quote_document, quote.month_per_square_metre, "month_yuan_per_m2", FIELD_PRICE, false, NULL,
      "4.3-3", "a month for the average square metre"),
    {"lines", FIELD_LIST, false, offsetof(quote_document, lines), offsetof(quote_document, line_count),
     &quote_line_record, "4.3-3", "what it is made of"},
};
const record pilot_quote_record = {"quote", sizeof(quote_document), FIELDS(quote_fields),
                                   "what a choice from a menu costs"};

/* The quantity, where it is of that kind. */
static pilot_opt_int quantity_of(pilot_menu_basis basis, int64_t quantity, bool area)
{
    return (pilot_opt_int){quantity, (basis == PILOT_MENU_PER_SQUARE_METRE) == area};
}

pilot_status pilot_quote_write(const pilot_quote *quote, const pilot_quote_line *lines,
                               pilot_json_style style, char **text)
{
    quote_line_document rows[PILOT_MENU_SERVICES_MAX];
    if (!quote || !text || (lines && quote->line_count > PILOT_MENU_SERVICES_MAX))
        return PILOT_ERROR_ARGUMENT;
    for (size_t i = 0; lines && i < quote->line_count; i++)
        rows[i] = (quote_line_document){lines[i], quantity_of(lines[i].basis, lines[i].quantity, true),
                                        quantity_of(lines[i].basis, lines[i].quantity, false)};
    const quote_document document = {*quote, lines ? rows : NULL, quote->line_count};
    return pilot_record_text(&pilot_quote_record, &document, style == PILOT_JSON_INDENTED, NULL, text);
}

typedef struct bill_line_document {
    pilot_bill_line line;
    pilot_opt_int area, count;
} bill_line_document;

static const field bill_line_fields[] = {
    LINE_FIELDS(bill_line_document),
    F(bill_line_document, line.amount, "amount_yuan", FIELD_MONEY, true, NULL, "4.3-3",
      "for all the months"),
};
static const record bill_line_record = {"lines", sizeof(bill_line_document), FIELDS(bill_line_fields),
                                        "a line of a bill"};

typedef struct bill_document {
    pilot_bill bill;
    const bill_line_document *lines;
    size_t line_count;
} bill_document;

static const field bill_fields[] = {
    F(bill_document, bill.rounding, "rounding", FIELD_RECORD, true, &pilot_rounding_rule_record, NULL,
      "how amounts are rounded"),
    F(bill_document, bill.months, "months", FIELD_NUMBER, true, NULL, "4.3-3", "how many are billed"),
    F(bill_document, bill.total, "total_yuan", FIELD_MONEY, true, NULL, "4.3-3", "for all the months"),
    {"lines", FIELD_LIST, false, offsetof(bill_document, lines), offsetof(bill_document, line_count),
     &bill_line_record, "4.3-3", "what it is made of"},
};
const record pilot_bill_record = {"bill", sizeof(bill_document), FIELDS(bill_fields),
                                  "what a dwelling is billed"};

pilot_status pilot_bill_write(const pilot_bill *bill, const pilot_bill_line *lines,
                              pilot_json_style style, char **text)
{
    bill_line_document rows[PILOT_MENU_SERVICES_MAX];
    if (!bill || !text || (lines && bill->line_count > PILOT_MENU_SERVICES_MAX))
        return PILOT_ERROR_ARGUMENT;
    for (size_t i = 0; lines && i < bill->line_count; i++)
        rows[i] = (bill_line_document){lines[i], quantity_of(lines[i].basis, lines[i].quantity, true),
                                       quantity_of(lines[i].basis, lines[i].quantity, false)};
    const bill_document document = {*bill, lines ? rows : NULL, bill->line_count};
    return pilot_record_text(&pilot_bill_record, &document, style == PILOT_JSON_INDENTED, NULL, text);
}

typedef struct bill_sum_document {
    pilot_bill_sum sum;
    int64_t dwellings;
    const pilot_money *amounts;
    size_t amount_count;
} bill_sum_document;

static const field bill_sum_fields[] = {
    F(bill_sum_document, sum.rounding, "rounding", FIELD_RECORD, true, &pilot_rounding_rule_record, NULL,
      "how amounts are rounded"),
    F(bill_sum_document, sum.months, "months", FIELD_NUMBER, true, NULL, "4.3-3", "how many are billed"),
    F(bill_sum_document, dwellings, "dwellings", FIELD_COUNT, true, NULL, "4.3-3",
      "how many are billed"),
    F(bill_sum_document, sum.area, "area_m2", FIELD_AREA, true, NULL, "4.3-3", "of them all"),
    F(bill_sum_document, sum.of_dwellings, "of_dwellings_yuan", FIELD_MONEY, true, NULL, "4.3-3",
      "the sum of their bills"),
    F(bill_sum_document, sum.of_area, "of_area_yuan", FIELD_MONEY, true, NULL, "4.3-3",
      "one bill for all of them together"),
    F(bill_sum_document, sum.difference, "difference_yuan", FIELD_MONEY, true, NULL, "4.3-3",
      "what rounding each by itself adds or takes"),
    F(bill_sum_document, sum.least, "least_yuan", FIELD_MONEY, true, NULL, "4.3-3", "the least bill"),
    F(bill_sum_document, sum.most, "most_yuan", FIELD_MONEY, true, NULL, "4.3-3", "the greatest bill"),
    {"amounts_yuan", FIELD_AMOUNTS, false, offsetof(bill_sum_document, amounts),
     offsetof(bill_sum_document, amount_count), NULL, "4.3-3", "the bill of each, in their order"},
};
const record pilot_bill_sum_record = {"bill_sum", sizeof(bill_sum_document), FIELDS(bill_sum_fields),
                                      "the bills of many dwellings"};

pilot_status pilot_bill_sum_write(const pilot_bill_sum *sum, const pilot_money *amounts,
                                  pilot_json_style style, char **text)
{
    if (!sum || !text)
        return PILOT_ERROR_ARGUMENT;
    const bill_sum_document document = {*sum, (int64_t)sum->dwellings, amounts, sum->dwellings};
    return pilot_record_text(&pilot_bill_sum_record, &document, style == PILOT_JSON_INDENTED, NULL,
                             text);
}

typedef struct compared_document {
    const char *provider;
    pilot_selection selection;
    quote_document quote;
    int64_t rank;
    pilot_offer_quote row;
} compared_document;

static const field compared_fields[] = {
    F(compared_document, provider, "provider", FIELD_TEXT, false, NULL, "5.4-2", "who makes it"),
    F(compared_document, selection, "selection", FIELD_RECORD, true, &pilot_selection_record, "5.4-2",
      "what is chosen"),
    F(compared_document, quote, "quote", FIELD_RECORD, true, &pilot_quote_record, "5.4-2",
      "what it costs by its menu, without the lines"),
    F(compared_document, rank, "rank", FIELD_COUNT, true, NULL, "5.4-2", "by year, 1 is the cheapest"),
    F(compared_document, row.month_more, "month_more_yuan", FIELD_MONEY, true, NULL, "5.4-2",
      "than the cheapest offer's month"),
    F(compared_document, row.year_more, "year_more_yuan", FIELD_MONEY, true, NULL, "5.4-2",
      "than its year"),
    F(compared_document, row.year_more_per_dwelling, "year_more_yuan_per_dwelling", FIELD_MONEY, false,
      NULL, "5.4-2", "of that, for the average dwelling"),
};
static const record compared_record = {"offers", sizeof(compared_document), FIELDS(compared_fields),
                                       "an offer beside the others"};

typedef struct cheapest_document {
    pilot_menu_item required;
    int64_t offer;
    const char *provider, *menu;
    pilot_cheapest found;
} cheapest_document;

static const field cheapest_fields[] = {
    F(cheapest_document, required.service, "service", FIELD_TEXT, true, NULL, "5.4-2",
      "id of the service"),
    F(cheapest_document, required.grade, "required_grade", FIELD_COUNT, true, NULL, "5.4-2",
      "this or a better one"),
    F(cheapest_document, offer, "offer", FIELD_COUNT, true, NULL, "5.4-2",
      "number of the offer whose menu has it cheapest, from 0"),
    F(cheapest_document, provider, "provider", FIELD_TEXT, false, NULL, "5.4-2", "who makes that offer"),
    F(cheapest_document, menu, "menu", FIELD_TEXT, true, NULL, "5.4-2", "id of its menu"),
    F(cheapest_document, found.grade, "grade", FIELD_COUNT, true, NULL, "5.4-2", "that is offered"),
    F(cheapest_document, found.basis, "per", FIELD_WORD, true, &pilot_menu_basis_words, "5.4-2",
      "what its price is per"),
    F(cheapest_document, found.price, "yuan", FIELD_PRICE, true, NULL, "5.4-2",
      "listed price per unit and month"),
    F(cheapest_document, found.month, "month_yuan", FIELD_MONEY, true, NULL, "5.4-2",
      "a month on the premises, half up to the fen"),
};
static const record cheapest_record = {"cheapest", sizeof(cheapest_document), FIELDS(cheapest_fields),
                                       "where a service is cheapest"};

typedef struct comparison_result_document {
    pilot_date day;
    const compared_document *offers;
    size_t offer_count;
    const cheapest_document *cheapest;
    size_t cheapest_count;
} comparison_result_document;

static const field comparison_result_fields[] = {
    F(comparison_result_document, day, "day", FIELD_DATE, true, NULL, "5.4-2", "day the prices are of"),
    {"offers", FIELD_LIST, true, offsetof(comparison_result_document, offers),
     offsetof(comparison_result_document, offer_count), &compared_record, "5.4-2",
     "in the order of the comparison"},
    {"cheapest", FIELD_LIST, false, offsetof(comparison_result_document, cheapest),
     offsetof(comparison_result_document, cheapest_count), &cheapest_record, "5.4-2",
     "of each required service"},
};
const record pilot_comparison_result_record = {"comparison_result", sizeof(comparison_result_document),
                                               FIELDS(comparison_result_fields),
                                               "what offers cost on the same premises"};

static void fill_compared(const pilot_comparison_terms *t, const pilot_offer_quote *quotes,
                          compared_document *rows)
{
    for (size_t i = 0; i < t->offer_count; i++)
        rows[i] = (compared_document){.provider = t->offers[i].provider,
                                      .selection = t->offers[i].selection,
                                      .quote.quote = quotes[i].quote,
                                      .rank = (int64_t)quotes[i].rank,
                                      .row = quotes[i]};
}

static void fill_cheapest(const pilot_comparison_terms *t, const pilot_cheapest *cheapest,
                          cheapest_document *rows)
{
    for (size_t i = 0; i < t->required_count; i++) {
        const pilot_menu_offer *offer = &t->offers[cheapest[i].offer];
        rows[i] = (cheapest_document){.required = t->required[i],
                                      .offer = (int64_t)cheapest[i].offer,
                                      .provider = offer->provider,
                                      .menu = pilot_menu_prices(offer->menu)->id,
                                      .found = cheapest[i]};
    }
}

/* The offer of a cheapest service is one of the terms', with a menu. */
static bool cheapest_fits(const pilot_comparison_terms *t, const pilot_cheapest *cheapest)
{
    bool fits = !t->required_count || t->required;
    for (size_t i = 0; fits && i < t->required_count; i++)
        fits = cheapest[i].offer < t->offer_count && t->offers[cheapest[i].offer].menu;
    return fits;
}

pilot_status pilot_comparison_result_write(const pilot_comparison_terms *terms,
                                           const pilot_offer_quote *quotes,
                                           const pilot_cheapest *cheapest, pilot_json_style style,
                                           char **text)
{
    if (!terms || !quotes || !text || !terms->offers || (cheapest && !cheapest_fits(terms, cheapest)))
        return PILOT_ERROR_ARGUMENT;
    compared_document *offers = calloc(terms->offer_count + 1, sizeof *offers);
    cheapest_document *services = calloc(terms->required_count + 1, sizeof *services);
    pilot_status status = PILOT_ERROR_MEMORY;
    if (offers && services) {
        fill_compared(terms, quotes, offers);
        if (cheapest)
            fill_cheapest(terms, cheapest, services);
        const comparison_result_document d = {terms->day, offers, terms->offer_count,
                                              cheapest ? services : NULL, terms->required_count};
        status = pilot_record_text(&pilot_comparison_result_record, &d, style == PILOT_JSON_INDENTED,
                                   NULL, text);
    }
    free(offers);
    free(services);
    return status;
}

static const field handover_money_fields[] = {
    F(pilot_handover_money, service, "service", FIELD_WORD, true, &pilot_public_service_words, "3.2-5b",
      "the public service"),
    F(pilot_handover_money, moved, "moved", FIELD_WORD, false, &pilot_movement_words, "3.2-5d",
      "whether duty and money moved together"),
    F(pilot_handover_money, former_budget, "former_budget_yuan", FIELD_MONEY, false, NULL, "4.3-9",
      "budget of the former provider before, a year"),
    F(pilot_handover_money, reduced_budget, "reduced_budget_yuan", FIELD_MONEY, false, NULL, "4.3-9",
      "budget of the former provider since, a year"),
    F(pilot_handover_money, transfer, "transferred_yuan", FIELD_MONEY, false, NULL, "4.3-8",
      "moved with it, a year"),
    F(pilot_handover_money, cut, "cut_yuan", FIELD_MONEY, false, NULL, "4.3-9",
      "by which the budget is less"),
    F(pilot_handover_money, difference, "difference_yuan", FIELD_MONEY, false, NULL, "4.3-9",
      "the cut less the transfer"),
    F(pilot_handover_money, zero_sum, "zero_sum", FIELD_ANSWER, false, NULL, "4.3-9",
      "the difference is within the policy's tolerance"),
    F(pilot_handover_money, parts, "parts", FIELD_WORD, false, &pilot_parts_words, "4.3-8",
      "where the parts of city and district come from"),
    F(pilot_handover_money, city, "city_part_yuan", FIELD_MONEY, false, NULL, "4.3-8",
      "the city's part of the transfer"),
    F(pilot_handover_money, district, "district_part_yuan", FIELD_MONEY, false, NULL, "4.3-8",
      "the district's part of the transfer"),
    F(pilot_handover_money, parts_agree, "parts_agree", FIELD_ANSWER, false, NULL, "4.3-8",
      "the parts add up to the transfer"),
};
static const record handover_money_record = {"handovers", sizeof(pilot_handover_money),
                                             FIELDS(handover_money_fields), "a hand-over's money"};

#define SERVICES(member, en)                                                                            \
    F(pilot_handover_sum, member, #member, FIELD_WORDS, true, &pilot_public_service_words, "3.2-5c", en)
#define SUM(member, key, clause, en)                                                                    \
    F(pilot_handover_sum, member, key, FIELD_MONEY, true, NULL, clause, en)
static const field handover_sum_fields[] = {
    F(pilot_handover_sum, counted, "counted", FIELD_COUNT, true, NULL, NULL,
      "hand-overs that are in the sums: their cut and transfer are known"),
    F(pilot_handover_sum, unknown, "unknown", FIELD_COUNT, true, NULL, NULL, "those that are not"),
    SUM(former_budget, "former_budget_yuan", "4.3-9", "budgets before"),
    SUM(reduced_budget, "reduced_budget_yuan", "4.3-9", "budgets since"),
    SUM(transfer, "transferred_yuan", "4.3-8", "moved with the services"),
    SUM(cut, "cut_yuan", "4.3-9", "by which the budgets are less"),
    SUM(difference, "difference_yuan", "4.3-9", "the cut less the transfer"),
    F(pilot_handover_sum, zero_sum, "zero_sum", FIELD_ANSWER, false, NULL, "4.3-9",
      "the difference is within the policy's tolerance; left out: not known"),
    SUM(city, "city_part_yuan", "4.3-8", "the city's parts of the transfers"),
    SUM(district, "district_part_yuan", "4.3-8", "the district's parts"),
    SUM(undivided, "undivided_yuan", "4.3-8", "of the transfers, what is nobody's part so far"),
    SERVICES(missing, "of those the notice names, not handed down"),
    SERVICES(open, "of those the notice names, not known whether they are handed down"),
    SERVICES(duty_alone, "the duty moved without its money"),
    SERVICES(money_alone, "the money moved without the duty"),
    SUM(unfunded, "unfunded_yuan", "3.2-5d", "money that has not followed its duty"),
};
static const record handover_sum_record = {"handover_sum", sizeof(pilot_handover_sum),
                                           FIELDS(handover_sum_fields), "the hand-overs together"};

static const field item_shift_fields[] = {
    F(pilot_item_shift, item.service, "service", FIELD_WORD, true, &pilot_public_service_words, "3.2-5b",
      "the public service"),
    F(pilot_item_shift, item.place, "place", FIELD_WORD, true, &pilot_place_words, "1-4",
      "where it is done"),
    F(pilot_item_shift, item.yearly, "yuan", FIELD_MONEY, true, NULL, "4.3-1",
      "what it costs there, a year"),
    F(pilot_item_shift, before, "before", FIELD_WORD, false, &pilot_side_words, "1-4",
      "side of the gate before the change"),
    F(pilot_item_shift, after, "after", FIELD_WORD, false, &pilot_side_words, "1-4", "and after it"),
    F(pilot_item_shift, shift, "shift", FIELD_WORD, true, &pilot_shift_words, "5.2-5",
      "who bears it before and after"),
};
static const record item_shift_record = {"items", sizeof(pilot_item_shift), FIELDS(item_shift_fields),
                                         "what becomes of an item"};

#define SHIFT(shift, key, en)                                                                           \
    F(pilot_shift_sum, of[shift], key "_yuan", FIELD_MONEY, true, NULL, "5.2-5", en)
static const field shift_sum_fields[] = {
    SHIFT(PILOT_TO_OWNERS, "to_owners", "from the public budget to the owners, a year"),
    SHIFT(PILOT_TO_PUBLIC, "to_public", "from the owners to the public budget"),
    SHIFT(PILOT_STAYS_PUBLIC, "stays_public", "stays with the public budget"),
    SHIFT(PILOT_STAYS_OWNERS, "stays_owners", "stays with the owners"),
    SHIFT(PILOT_SHIFT_UNKNOWN, "unknown", "of items whose side is not known"),
    F(pilot_shift_sum, unknown_items, "unknown_items", FIELD_COUNT, true, NULL, "1-4",
      "items whose side is not known"),
};
static const record shift_sum_record = {"shift_sum", sizeof(pilot_shift_sum), FIELDS(shift_sum_fields),
                                        "the items by what becomes of them"};

typedef struct option_document {
    const char *option;
    pilot_shift_sum sum;
} option_document;

static const field option_fields[] = {
    F(option_document, option, "gate_layout", FIELD_TEXT, true, NULL, "1-4", "option of the reading"),
    F(option_document, sum, "sum", FIELD_RECORD, true, &shift_sum_record, "5.2-5", "the items under it"),
};
static const record option_record = {"under", sizeof(option_document), FIELDS(option_fields),
                                     "what an option of the reading gate_layout makes of the items"};

typedef struct enclosure_document {
    pilot_enclosure_sum sum;
    const option_document *under;
    size_t option_count;
    const pilot_item_shift *items;
    size_t item_count;
} enclosure_document;

static const field enclosure_sum_fields[] = {
    F(enclosure_document, sum.sum, "sum", FIELD_RECORD, true, &shift_sum_record, "5.2-5",
      "the items as the policy reads the gate"),
    F(enclosure_document, sum.readings, "readings", FIELD_SET, false, &pilot_readings_record, NULL,
      "disputed readings on which depends what moves"),
    {"under", FIELD_LIST, true, offsetof(enclosure_document, under),
     offsetof(enclosure_document, option_count), &option_record, "1-4", "the range over the reading"},
    F(enclosure_document, sum.per_dwelling, "yuan_per_household", FIELD_MONEY, false, NULL, "5.2-5",
      "of what moves, a year"),
    F(enclosure_document, sum.per_square_metre, "yuan_per_m2", FIELD_PRICE, false, NULL, "5.2-5",
      "of what moves, a year"),
    F(enclosure_document, sum.months, "months", FIELD_COUNT, false, NULL, "5.2-5",
      "of the year asked for that begin on the day of the change or later"),
    F(enclosure_document, sum.in_year, "in_year_yuan", FIELD_MONEY, false, NULL, "5.2-5",
      "what moves in those months"),
    {"items", FIELD_LIST, false, offsetof(enclosure_document, items),
     offsetof(enclosure_document, item_count), &item_shift_record, "5.2-5", "item by item"},
};
static const record enclosure_sum_record = {"enclosure", sizeof(enclosure_document),
                                            FIELDS(enclosure_sum_fields),
                                            "what a change of layout moves"};

typedef struct ledger_document {
    pilot_money of[PILOT_PARTY_COUNT];
} ledger_document;

#define PARTY(party, key, en)                                                                           \
    F(ledger_document, of[party], key "_yuan", FIELD_MONEY, true, NULL, "4.3-9", en)
static const field ledger_fields[PILOT_PARTY_COUNT] = {
    PARTY(PILOT_PARTY_FORMER_PROVIDER, "former_provider", "the bodies that did it before"),
    PARTY(PILOT_PARTY_STREET_AND_COMMUNITY, "street_and_community", "street and community"),
    PARTY(PILOT_PARTY_CITY, "city", "the city"),
    PARTY(PILOT_PARTY_DISTRICT, "district", "the district"),
    PARTY(PILOT_PARTY_PUBLIC, "public", "city and district, where it is not known which of them"),
    PARTY(PILOT_PARTY_OWNERS, "owners", "the owners"),
};
static const record ledger_record = {"ledger", sizeof(ledger_document), FIELDS(ledger_fields),
                                     "what each party has more a year; adds up to 0"};

typedef struct outside_document {
    pilot_receipt receipt;
    pilot_handover_sum sum;
    const pilot_handover_money *handovers;
    size_t handover_count;
    enclosure_document enclosure;
    ledger_document ledger;
} outside_document;

static const field outside_result_fields[] = {
    F(outside_document, receipt, "receipt", FIELD_RECORD, true, &receipt_record, NULL,
      "where it comes from"),
    F(outside_document, sum, "handover_sum", FIELD_RECORD, true, &handover_sum_record, "4.3-9",
      "the hand-overs together"),
    {"handovers", FIELD_LIST, false, offsetof(outside_document, handovers),
     offsetof(outside_document, handover_count), &handover_money_record, "4.3-9", "one by one"},
    F(outside_document, enclosure, "enclosure", FIELD_RECORD, true, &enclosure_sum_record, "5.2-5",
      "what a change of layout moves"),
    F(outside_document, ledger, "ledger", FIELD_RECORD, true, &ledger_record, "4.3-9",
      "what each party has more a year"),
};
const record pilot_outside_result_record = {"outside_result", sizeof(outside_document),
                                            FIELDS(outside_result_fields),
                                            "what money outside the gate moves"};

pilot_status pilot_outside_result_write(const pilot_outside_result *result,
                                        const pilot_handover_money *handovers,
                                        const pilot_item_shift *items, pilot_json_style style,
                                        char **text)
{
    option_document under[PILOT_GATE_LAYOUT_COUNT];
    pilot_reading_info gate_layout = {0};
    if (!result || !text)
        return PILOT_ERROR_ARGUMENT;
    pilot_reading_at(PILOT_READING_GATE_LAYOUT, &gate_layout);
    for (int i = 0; i < PILOT_GATE_LAYOUT_COUNT; i++)
        under[i] = (option_document){gate_layout.options[i], result->enclosure.under[i]};
    outside_document document = {
        .receipt = result->receipt,
        .sum = result->handovers,
        .handovers = handovers,
        .handover_count = result->handover_count,
        .enclosure = {result->enclosure, under, PILOT_GATE_LAYOUT_COUNT, items, result->item_count},
    };
    memcpy(document.ledger.of, result->ledger, sizeof document.ledger.of);
    return pilot_record_text(&pilot_outside_result_record, &document, style == PILOT_JSON_INDENTED, NULL,
                             text);
}

/* What both ledgers have. The businesses of one are the project's, that of the other is parking. */
#define LEDGER_FIELDS(business, for_reward, for_income)                                                 \
    F(pilot_ledger_sums, reward, "reward_yuan", FIELD_MONEY, true, NULL, for_reward, "reward"),         \
        F(pilot_ledger_sums, reward_forgone, "reward_forgone_yuan", FIELD_MONEY, true, NULL,            \
          for_reward, "awarded beyond what was lacking, where that caps it"),                           \
        F(pilot_ledger_sums, gross, business "_gross_yuan", FIELD_MONEY, true, NULL, for_income,        \
          "taken in"),                                                                                  \
        F(pilot_ledger_sums, gross_cost, business "_cost_yuan", FIELD_MONEY, true, NULL, for_income,    \
          "what that cost"),                                                                            \
        F(pilot_ledger_sums, income, business "_yuan", FIELD_MONEY, true, NULL, for_income,             \
          "what counts of it"),                                                                         \
        F(pilot_ledger_sums, cost, "cost_yuan", FIELD_MONEY, true, NULL, NULL, "monthly costs"),        \
        F(pilot_ledger_sums, used, "used_yuan", FIELD_MONEY, true, NULL, for_income,                    \
          "used beside them for the ledger's purpose"),                                                 \
        F(pilot_ledger_sums, misused, "misused_yuan", FIELD_MONEY, true, NULL, for_income,              \
          "used for any other"),                                                                        \
        F(pilot_ledger_sums, result, "result_yuan", FIELD_MONEY, true, NULL, NULL,                      \
          "what came in less what went out, before any rebate"),                                        \
        F(pilot_ledger_sums, gap, "gap_yuan", FIELD_MONEY, true, NULL, NULL,                            \
          "lacking before any source but what was carried in")
#define LEDGER_END                                                                                      \
    F(pilot_ledger_sums, gap_after_reward, "gap_after_reward_yuan", FIELD_MONEY, true, NULL, NULL,      \
      "lacking after the reward"),                                                                      \
        F(pilot_ledger_sums, shortfall, "shortfall_yuan", FIELD_MONEY, true, NULL, NULL,                \
          "lacking after all: what somebody has to bring"),                                             \
        F(pilot_ledger_sums, closing, "closing_yuan", FIELD_MONEY, true, NULL, NULL, "carried out")
#define OPENING                                                                                         \
    F(pilot_ledger_sums, opening, "opening_yuan", FIELD_MONEY, true, NULL, NULL, "carried in")

static const field service_ledger_fields[] = {
    OPENING,
    F(pilot_ledger_sums, billed, "billed_yuan", FIELD_MONEY, true, NULL, "4.4-1", "fees billed"),
    F(pilot_ledger_sums, collected, "collected_yuan", FIELD_MONEY, true, NULL, "4.4-1",
      "fees collected"),
    LEDGER_FIELDS("income", "4.4.1-5", "4.4.2-2"),
    F(pilot_ledger_sums, gap_after_fees, "gap_after_fees_yuan", FIELD_MONEY, true, NULL, "4.4-1",
      "lacking after the fees"),
    LEDGER_END,
    F(pilot_ledger_sums, rebate, "rebate_yuan", FIELD_MONEY, true, NULL, "4.5-1",
      "given back to the owners"),
};
static const record service_ledger_record = {"service_ledger", sizeof(pilot_ledger_sums),
                                             FIELDS(service_ledger_fields),
                                             "the project's property service"};

static const field community_ledger_fields[] = {
    OPENING,
    LEDGER_FIELDS("parking", "4.4.1-5", "4.4.2-5"),
    LEDGER_END,
};
static const record community_ledger_record = {"community_ledger", sizeof(pilot_ledger_sums),
                                               FIELDS(community_ledger_fields),
                                               "the community's running costs"};

static const field margin_fields[] = {
    F(pilot_margin, profit, "profit_yuan", FIELD_MONEY, true, NULL, "4.5-1",
      "the fraction's upper part"),
    F(pilot_margin, cost, "cost_yuan", FIELD_MONEY, true, NULL, "4.5-1", "its lower part"),
    F(pilot_margin, outcome, "outcome", FIELD_WORD, true, &pilot_margin_words, "4.5-1",
      "what it amounts to"),
};
static const record margin_record = {"margin", sizeof(pilot_margin), FIELDS(margin_fields),
                                     "the service's profit as a fraction of its cost"};

static const field row_fields[] = {
    F(pilot_account_row, first, "first", FIELD_MONTH, true, NULL, NULL, "first month, included"),
    F(pilot_account_row, last, "last", FIELD_MONTH, true, NULL, NULL, "last month, included"),
    F(pilot_account_row, ledgers[PILOT_LEDGER_SERVICE], "service", FIELD_RECORD, true,
      &service_ledger_record, "4.4.2-2", "the project's property service"),
    F(pilot_account_row, ledgers[PILOT_LEDGER_COMMUNITY], "community", FIELD_RECORD, true,
      &community_ledger_record, "4.4.1-5", "the community's running costs"),
    F(pilot_account_row, margin, "margin", FIELD_RECORD, true, &margin_record, "4.5-1",
      "the service's profit as a fraction of its cost"),
};
static const record row_record = {"account_rows", sizeof(pilot_account_row), FIELDS(row_fields),
                                  "the ledgers in a month, a year or the whole time"};

static const field answer_fields[] = {
    F(pilot_account_answer, first, "first", FIELD_MONTH, true, NULL, NULL, "first month, included"),
    F(pilot_account_answer, last, "last", FIELD_MONTH, true, NULL, NULL, "last month, included"),
    F(pilot_account_answer, break_even.price, "break_even_price_yuan", FIELD_PRICE, false, NULL, "4.5-1",
      "least fee per m² and month; left out: none does, or no area is known"),
    F(pilot_account_answer, break_even.billed, "break_even_billed_yuan", FIELD_MONEY, false, NULL,
      "4.5-1", "that fee a month; left out: none does"),
    F(pilot_account_answer, without_reward.price, "without_reward_price_yuan", FIELD_PRICE, false, NULL,
      "4.4.1-3", "likewise with no reward"),
    F(pilot_account_answer, without_reward.billed, "without_reward_billed_yuan", FIELD_MONEY, false,
      NULL, "4.4.1-3", "that fee a month"),
    F(pilot_account_answer, collection_rate, "collection_rate", FIELD_SHARE, false, NULL, "4.5-1",
      "least share, in ten thousandths, at the fee given; left out: none does"),
    F(pilot_account_answer, community_gap, "community_gap_yuan", FIELD_MONEY, true, NULL, "4.4.1-5",
      "what the community lacks"),
    F(pilot_account_answer, community_gap_without_reward, "community_gap_without_reward_yuan",
      FIELD_MONEY, true, NULL, "4.4.1-3", "likewise with no reward"),
    F(pilot_account_answer, reward_rate, "reward_rate_yuan", FIELD_PRICE, false, NULL, "4.4.1-4",
      "least rate that leaves no such gap; left out: none does, or the quantity is not known"),
    F(pilot_account_answer, reward_basis, "reward_rate_per", FIELD_WORD, true, &pilot_basis_words,
      "4.4.1-6", "what that rate is paid for"),
};
static const record answer_record = {"answers", sizeof(pilot_account_answer), FIELDS(answer_fields),
                                     "what it would take for some months to hold by themselves"};

typedef struct account_result_document {
    pilot_account account;
    const pilot_account_row *years, *months;
    const pilot_account_answer *answers;
    size_t year_count, month_count, answer_count;
} account_result_document;

#define LIST(list, count, type, en)                                                                     \
    {                                                                                                   \
#list, FIELD_LIST, false, offsetof(account_result_document, list),                              \
            offsetof(account_result_document, count), type, NULL, en                                    \
    }
static const field account_fields[] = {
    F(account_result_document, account.receipt, "receipt", FIELD_RECORD, true, &receipt_record, NULL,
      "where it comes from"),
    F(account_result_document, account.award, "award_yuan", FIELD_MONEY, true, NULL, "4.4.1-6",
      "of the claim, in all"),
    F(account_result_document, account.reward_after, "reward_after_yuan", FIELD_MONEY, true, NULL,
      "4.4.1-6", "of it, for months after the account's"),
    F(account_result_document, account.total, "total", FIELD_RECORD, true, &row_record, NULL,
      "the whole time"),
    LIST(years, year_count, &row_record, "by calendar year"),
    LIST(months, month_count, &row_record, "by month"),
    LIST(answers, answer_count, &answer_record, "what it would take"),
};
const record pilot_account_record = {"account", sizeof(account_result_document), FIELDS(account_fields),
                                     "a community's money"};

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

/* A finding with all that has to be looked up or said in words. */
typedef struct finding_document {
    pilot_finding finding;
    const char *rule;
    int32_t scope;
    char path[64];
    char zh[512], en[512];
    char missing_text[256];
    const char *missing;
    uint32_t who;
    const char *next_zh, *next_en;
} finding_document;

static const field finding_fields[] = {
    F(finding_document, rule, "rule", FIELD_TEXT, true, NULL, NULL, "id of the rule"),
    F(finding_document, finding.clause, "clause", FIELD_TEXT, true, NULL, NULL,
      "id of the clause that decides"),
    F(finding_document, scope, "scope", FIELD_WORD, true, &pilot_scope_words, NULL,
      "what the rule is asked of"),
    CHARS(finding_document, path, "path", NULL, "of the record in the city file"),
    F(finding_document, finding.outcome, "outcome", FIELD_WORD, true, &pilot_outcome_words, NULL,
      "the outcome"),
    F(finding_document, finding.found, "found", FIELD_VALUE, false, NULL, NULL, "the value found"),
    F(finding_document, finding.required, "required", FIELD_VALUE, false, NULL, NULL,
      "the value required"),
    F(finding_document, finding.due, "due", FIELD_DATE, false, NULL, NULL, "the last day for it"),
    F(finding_document, finding.days_late, "days_late", FIELD_NUMBER, false, NULL, NULL,
      "days after the due day"),
    F(finding_document, missing, "missing", FIELD_TEXT, false, NULL, NULL,
      "the evidence that is not there: its key, with the id of the list's record that it is a key of"),
    F(finding_document, finding.readings, "readings", FIELD_SET, false, &pilot_readings_record, NULL,
      "disputed readings on which the outcome depends"),
    CHARS(finding_document, zh, "zh", NULL, "the finding in Chinese"),
    CHARS(finding_document, en, "en", NULL, "the finding in English"),
    F(finding_document, who, "who", FIELD_WORDS, false, &pilot_actor_words, NULL,
      "the bodies that have to act"),
    F(finding_document, next_zh, "next_zh", FIELD_TEXT, false, NULL, NULL,
      "what to do next, in Chinese"),
    F(finding_document, next_en, "next_en", FIELD_TEXT, false, NULL, NULL,
      "what to do next, in English"),
};
static const record finding_record = {"findings", sizeof(finding_document), FIELDS(finding_fields),
                                      "a finding"};

static void write_finding(writer *w, const pilot_finding *finding)
{
    finding_document d;
    char next_zh[256], next_en[384];
    d.finding = *finding;
    d.rule = finding->rule->id;
    d.scope = (int32_t)finding->rule->scope;
    pilot_finding_path(finding, d.path, sizeof d.path);
    pilot_finding_text(finding, PILOT_CHINESE, d.zh, sizeof d.zh);
    pilot_finding_text(finding, PILOT_ENGLISH, d.en, sizeof d.en);
    d.missing =
        pilot_finding_missing(finding, d.missing_text, sizeof d.missing_text) ? d.missing_text : NULL;
    d.next_zh = pilot_finding_next(finding, PILOT_CHINESE, next_zh, sizeof next_zh) ? next_zh : NULL;
    d.next_en = pilot_finding_next(finding, PILOT_ENGLISH, next_en, sizeof next_en) ? next_en : NULL;
    d.who = d.next_en ? pilot_finding_actors(finding) : 0;
    pilot_record_write(w, NULL, &finding_record, &d);
}

typedef struct report_inputs {
    int64_t districts, providers, communities, areas;
} report_inputs;

static const field inputs_fields[] = {
    F(report_inputs, districts, "districts", FIELD_COUNT, true, NULL, NULL, "its districts"),
    F(report_inputs, providers, "providers", FIELD_COUNT, true, NULL, NULL, "its providers"),
    F(report_inputs, communities, "communities", FIELD_COUNT, true, NULL, NULL, "its communities"),
    F(report_inputs, areas, "areas", FIELD_COUNT, true, NULL, NULL, "its areas"),
};
static const record inputs_record = {"inputs", sizeof(report_inputs), FIELDS(inputs_fields),
                                     "how many records the city file has"};

typedef struct report_counts {
    int64_t of[PILOT_OUTCOME_COUNT];
} report_counts;

/* The keys are those of pilot_outcome_name. */
#define COUNT(outcome, key, en)                                                                         \
    [outcome] = F(report_counts, of[outcome], key, FIELD_COUNT, true, NULL, NULL, en)
static const field counts_fields[PILOT_OUTCOME_COUNT] = {
    COUNT(PILOT_MET, "met", "what the notice asks is so"),
    COUNT(PILOT_BREACH, "breach", "it is not so"),
    COUNT(PILOT_PENDING, "pending", "not yet due"),
    COUNT(PILOT_UNKNOWN, "unknown", "evidence is missing"),
    COUNT(PILOT_INFO, "info", "of a soft clause"),
    COUNT(PILOT_NOT_APPLICABLE, "not_applicable", "the rule does not apply"),
};
static const record counts_record = {"counts", sizeof(report_counts), FIELDS(counts_fields),
                                     "findings by outcome"};

typedef struct summary_document {
    const char *id, *name;
    report_counts counts;
} summary_document;

static const field summary_fields[] = {
    F(summary_document, id, "id", FIELD_ID, true, NULL, NULL, "of the record in the city file"),
    F(summary_document, name, "name", FIELD_TEXT, false, NULL, NULL, "its name"),
    F(summary_document, counts, "counts", FIELD_RECORD, true, &counts_record, NULL,
      "findings by outcome"),
};
static const record summary_record = {"summaries", sizeof(summary_document), FIELDS(summary_fields),
                                      "a district or community and all that lies in it"};

/* Without its lists, whose items are made one at a time. */
typedef struct report_document {
    pilot_receipt receipt;
    report_inputs inputs;
    report_counts counts;
} report_document;

enum {
    REPORT_RECEIPT,
    REPORT_INPUTS,
    REPORT_COUNTS,
    REPORT_DISTRICTS,
    REPORT_COMMUNITIES,
    REPORT_FINDINGS
};
static const field report_fields[] = {
    [REPORT_RECEIPT] = F(report_document, receipt, "receipt", FIELD_RECORD, true, &receipt_record, NULL,
                         "where it comes from"),
    [REPORT_INPUTS] = F(report_document, inputs, "inputs", FIELD_RECORD, true, &inputs_record, NULL,
                        "how many records the city file has"),
    [REPORT_COUNTS] = F(report_document, counts, "counts", FIELD_RECORD, true, &counts_record, NULL,
                        "all findings by outcome, those that are not written included"),
    [REPORT_DISTRICTS] = {"districts", FIELD_LIST, true, 0, 0, &summary_record, NULL,
                          "findings by district"},
    [REPORT_COMMUNITIES] = {"communities", FIELD_LIST, true, 0, 0, &summary_record, NULL,
                            "findings by community"},
    [REPORT_FINDINGS] = {"findings", FIELD_LIST, true, 0, 0, &finding_record, NULL,
                         "in stable order: the city, then its records in the "
                         "order of the file"},
};
const record pilot_report_record = {"report", sizeof(report_document), FIELDS(report_fields),
                                    "a report: the notice's rules held against a city's records"};

static report_document document_of(const pilot_report *report)
{
    const pilot_records *r = pilot_city_records(pilot_report_city(report));
    report_document d = {
        .receipt = *pilot_report_receipt(report),
        .inputs = {(int64_t)r->district_count, (int64_t)r->provider_count, (int64_t)r->community_count,
                   (int64_t)r->area_count},
    };
    for (int i = 0; i < PILOT_OUTCOME_COUNT; i++)
        d.counts.of[i] = (int64_t)pilot_report_count(report, (pilot_outcome)i);
    return d;
}

static void write_summaries(writer *w, const pilot_report *report, const field *list, pilot_scope scope,
                            size_t count)
{
    pilot_summary *rows = calloc(count + 1, sizeof *rows);
    if (!rows || pilot_report_summaries_until(report, scope, rows, count, &w->stop) != PILOT_OK) {
        w->failed = true;
        free(rows);
        return;
    }
    pilot_write_open(w, list->key, '[');
    for (size_t i = 0; i < count && !pilot_writer_ends(w); i++) {
        summary_document d = {.id = rows[i].id, .name = rows[i].name};
        for (int j = 0; j < PILOT_OUTCOME_COUNT; j++)
            d.counts.of[j] = (int64_t)rows[i].counts[j];
        pilot_record_write(w, NULL, &summary_record, &d);
    }
    pilot_write_close(w, ']');
    free(rows);
}

static void write_findings(writer *w, const pilot_report *report, const pilot_report_filter *filter)
{
    pilot_write_open(w, report_fields[REPORT_FINDINGS].key, '[');
    size_t size = pilot_report_size(report);
    for (size_t i = pilot_report_next_until(report, 0, filter, &w->stop);
         i < size && !pilot_writer_ends(w);
         i = pilot_report_next_until(report, i + 1, filter, &w->stop)) {
        pilot_finding f;
        if (pilot_report_at_until(report, i, &w->stop, &f) == PILOT_OK)
            write_finding(w, &f);
    }
    pilot_write_close(w, ']');
}

pilot_status pilot_report_write(const pilot_report *report, const pilot_report_filter *filter,
                                pilot_json_style style, char **text)
{
    return pilot_report_write_until(report, filter, style, NULL, text);
}

pilot_status pilot_report_write_until(const pilot_report *report, const pilot_report_filter *filter,
                                      pilot_json_style style, const pilot_stop *stop, char **text)
{
    if (!report || !text)
        return PILOT_ERROR_ARGUMENT;
    report_document d = document_of(report);
    writer w = pilot_writer_text(style == PILOT_JSON_INDENTED);
    w.stop.stop = stop;
    pilot_write_open(&w, NULL, '{');
    for (int i = 0; i <= REPORT_COUNTS; i++)
        pilot_record_write(&w, report_fields[i].key, report_fields[i].of,
                           field_in(&d, &report_fields[i]));
    write_summaries(&w, report, &report_fields[REPORT_DISTRICTS], PILOT_SCOPE_DISTRICT,
                    (size_t)d.inputs.districts);
    write_summaries(&w, report, &report_fields[REPORT_COMMUNITIES], PILOT_SCOPE_COMMUNITY,
                    (size_t)d.inputs.communities);
    write_findings(&w, report, filter);
    pilot_write_close(&w, '}');
    return pilot_writer_finish(&w, text);
}
