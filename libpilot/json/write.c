/* What the library works out, as JSON. */
#include "pilot/json.h"

#include "write.h"

#include <stdlib.h>
#include <string.h>

#include "money/account_internal.h"
#include "base/base_internal.h"
#include "record/fields.h"
#include "report/report_internal.h"
#include "notice/clause_internal.h"
#include "city/city_internal.h"
#include "duty/duty_internal.h"
#include "market/menu_internal.h"
#include "duty/outside_internal.h"
#include "market/order_internal.h"
#include "money/reward_internal.h"
#include "vote/vote_internal.h"

static const field receipt_fields[] = {
    CHARS(pilot_receipt, library, "library", NULL, "", "version of the library"),
    CHARS(pilot_receipt, policy, "policy", NULL, "", "id of the policy"),
    REQUIRED(pilot_receipt, fingerprint, "fingerprint", HASH, NULL, "", "of the policy"),
    OPTIONAL(pilot_receipt, as_of, "as_of", DATE, NULL, "", "day on which the result holds"),
};
static const record receipt_record = {"receipt", sizeof(pilot_receipt), FIELDS(receipt_fields), "",
                                      "what a result comes from"};

static const field line_fields[] = {
    REQUIRED(pilot_award_line, first, "first", MONTH, "4.4.1-3", "", "first month, included"),
    REQUIRED(pilot_award_line, last, "last", MONTH, "4.4.1-3", "", "last month, included"),
    REQUIRED(pilot_award_line, months, "months", NUMBER, "4.4.1-6", "", "how many"),
    REQUIRED(pilot_award_line, rate.price, "yuan", PRICE, "4.4.1-4", "", "rate per unit and month"),
    REQUIRED(pilot_award_line, rate.basis, "per", WORD, "4.4.1-6", "", "what the rate is paid for",
             .of = &pilot_basis_words),
    REQUIRED(pilot_award_line, reason, "reason", WORD, "4.4.1-2", "", "payable, or why not",
             .of = &pilot_withheld_words),
    REQUIRED(pilot_award_line, amount, "amount_yuan", MONEY, "4.4.1-6", "", "payable"),
    REQUIRED(pilot_award_line, city, "city_yuan", MONEY, "4.4.1-8", "", "the city's part"),
    REQUIRED(pilot_award_line, district, "district_yuan", MONEY, "4.4.1-8", "", "the district's part"),
    REQUIRED(pilot_award_line, withheld, "withheld_yuan", MONEY, "4.4.1-2", "", "held back"),
    REQUIRED(pilot_award_line, clause, "clause", TEXT, NULL, "", "that decides the line"),
};
static const record line_record = {"lines", sizeof(pilot_award_line), FIELDS(line_fields), "",
                                   "a line of the schedule"};

typedef struct award_document {
    pilot_award award;
    const pilot_award_line *lines;
    size_t line_count;
} award_document;

static const field award_fields[] = {
    REQUIRED(award_document, award.receipt, "receipt", RECORD, NULL, "", "where it comes from",
             .of = &receipt_record),
    REQUIRED(award_document, award.total, "total_yuan", MONEY, "4.4.1-6", "", "payable in all"),
    REQUIRED(award_document, award.city, "city_yuan", MONEY, "4.4.1-8", "", "the city's part"),
    REQUIRED(award_document, award.district, "district_yuan", MONEY, "4.4.1-8", "",
             "the district's part"),
    REQUIRED(award_document, award.withheld, "withheld_yuan", MONEY, "4.4.1-2", "", "held back"),
    REQUIRED(award_document, award.months_paid, "months_paid", NUMBER, "4.4.1-6", "", "months payable"),
    REQUIRED(award_document, award.months_withheld, "months_withheld", NUMBER, "4.4.1-2", "",
             "months not payable, for any reason"),
    SEVERAL(award_document, lines, line_count, "lines", LIST, "4.4.1-4", "",
            "the schedule, in time order", .of = &line_record),
};
const record pilot_award_record = {"award", sizeof(award_document), FIELDS(award_fields), "",
                                   "an award"};

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
    REQUIRED(check_document, met, "met", ANSWER, "5.4-2", "", "it suffices"),                           \
        REQUIRED(check_document, check.threshold.bound, "bound", WORD, "5.4-2", "",                     \
                 "how the share bounds", .of = &pilot_bound_words),                                     \
        REQUIRED(check_document, check.threshold.share, "share", SHARE, "5.4-2", "",                    \
                 "the share to reach"),                                                                 \
        REQUIRED(check_document, check.base, "base" unit, kind, "5.4-2", "",                            \
                 "what the share is taken of"),                                                         \
        REQUIRED(check_document, check.needed, "needed" unit, kind, "5.4-2", "",                        \
                 "the least that suffices"),                                                            \
        REQUIRED(check_document, check.reached, "reached" unit, kind, "5.4-2", "", "what there is"),    \
        REQUIRED(check_document, check.missing, "missing" unit, kind, "5.4-2", "",                      \
                 "what is lacking while the base stays as it is"),                                      \
        OPTIONAL(check_document, check.more, "more" unit, kind, "5.4-2", "",                            \
                 "what would do, voting in favour, of those who have not voted; left out where not "    \
                 "all would")
static const field area_check_fields[] = {CHECK_FIELDS(AREA, "_m2")};
static const field heads_check_fields[] = {CHECK_FIELDS(COUNT, "")};
static const record area_check_record = {"area_check", sizeof(check_document), FIELDS(area_check_fields),
                                         "", "a threshold of area"};
static const record heads_check_record = {"heads_check", sizeof(check_document),
                                          FIELDS(heads_check_fields), "", "a threshold of owners"};

typedef struct vote_document {
    pilot_vote_result result;
    pilot_answer passed, reachable;
    check_document checks[PILOT_THRESHOLD_COUNT];
} vote_document;

static const field vote_fields[] = {
    REQUIRED(vote_document, result.receipt, "receipt", RECORD, NULL, "", "where it comes from",
             .of = &receipt_record),
    REQUIRED(vote_document, passed, "passed", ANSWER, "5.4-2", "", "all thresholds are met"),
    REQUIRED(vote_document, result.matter, "matter", WORD, "5.4-2", "", "what it is about",
             .of = &pilot_matter_words),
    REQUIRED(vote_document, result.law.kind, "kind", WORD, "5.4-2", "", "kind of the matter by that law",
             .of = &pilot_matter_kind_words),
    CHARS(vote_document, result.law.id, "law", "5.4-2", "", "id of the vote rule"),
    REQUIRED(vote_document, result.law.first, "law_first", DATE, "5.4-2", "",
             "day from which it is in force"),
    REQUIRED(vote_document, result.law.terms.approval_of, "approval_of", WORD, "5.4-2", "",
             "what approval is measured by", .of = &pilot_approval_base_words),
    REQUIRED(vote_document, result.all, "all", RECORD, "5.4-2", "", "all owners",
             .of = &pilot_vote_weight_record),
    REQUIRED(vote_document, result.participating, "participating", RECORD, "5.4-2", "", "those who vote",
             .of = &pilot_vote_weight_record),
    REQUIRED(vote_document, result.in_favour, "in_favour", RECORD, "5.4-2", "", "those in favour",
             .of = &pilot_vote_weight_record),
    REQUIRED(vote_document, checks[PILOT_PARTICIPATION_AREA], "participation_area", RECORD, "5.4-2", "",
             "area of those who vote", .of = &area_check_record),
    REQUIRED(vote_document, checks[PILOT_PARTICIPATION_HEADS], "participation_heads", RECORD, "5.4-2",
             "", "owners who vote", .of = &heads_check_record),
    REQUIRED(vote_document, checks[PILOT_APPROVAL_AREA], "approval_area", RECORD, "5.4-2", "",
             "area of those in favour", .of = &area_check_record),
    REQUIRED(vote_document, checks[PILOT_APPROVAL_HEADS], "approval_heads", RECORD, "5.4-2", "",
             "owners in favour", .of = &heads_check_record),
    REQUIRED(vote_document, reachable, "reachable", ANSWER, "5.4-2", "",
             "those who have not voted could still make it pass"),
};
const record pilot_vote_result_record = {"vote", sizeof(vote_document), FIELDS(vote_fields), "",
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
    REQUIRED(choice_offer_document, offer.id, "id", ID, NULL, "", "of the offer in the contest"),
    OPTIONAL(choice_offer_document, offer.provider, "provider", TEXT, "5.4-2", "", "who makes it"),
    OPTIONAL(choice_offer_document, offer.standard, "standard", TEXT, "5.4-2", "", "of what service"),
    REQUIRED(choice_offer_document, standing, "standing", ANSWER, "5.4-2", "",
             "chosen, in the tie, or for the run-off"),
    REQUIRED(choice_offer_document, behind, "behind", COUNT, "5.4-2", "",
             "how many offers are ahead of it"),
    REQUIRED(choice_offer_document, vote, "vote", RECORD, "5.4-2", "", "the vote on this offer alone",
             .of = &pilot_vote_result_record),
};
static const record choice_offer_record = {"offers", sizeof(choice_offer_document),
                                           FIELDS(choice_offer_fields), "", "an offer and its votes"};

typedef struct choice_document {
    pilot_choice choice;
    const char *chosen;
    int64_t standing;
    const choice_offer_document *offers;
    size_t offer_count;
} choice_document;

static const field choice_fields[] = {
    REQUIRED(choice_document, choice.receipt, "receipt", RECORD, NULL, "", "where it comes from",
             .of = &receipt_record),
    REQUIRED(choice_document, choice.outcome, "outcome", WORD, "5.4-2", "", "how it ends",
             .of = &pilot_choice_words),
    OPTIONAL(choice_document, chosen, "chosen", TEXT, "5.4-2", "",
             "id of the offer, where one is chosen"),
    REQUIRED(choice_document, standing, "standing", COUNT, "5.4-2", "",
             "how many offers are chosen, in the tie, or for the run-off"),
    SEVERAL(choice_document, offers, offer_count, "offers", LIST, "5.4-2", "",
            "in the order of the contest", .of = &choice_offer_record, .required = true),
};
const record pilot_choice_record = {"choice", sizeof(choice_document), FIELDS(choice_fields), "",
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
    OPTIONAL(document, line.service, "service", TEXT, "4.3-3", "",                                      \
             "id of the service; left out: a package at one price"),                                    \
        OPTIONAL(document, line.package, "package", TEXT, "4.3-3", "",                                  \
                 "id of the package it is part of; left out: chosen by itself"),                        \
        REQUIRED(document, line.grade, "grade", COUNT, "5.4-2b", "",                                    \
                 "of the service; 0: a package at one price"),                                          \
        REQUIRED(document, line.basis, "per", WORD, "4.3-3", "", "what the price is per",               \
                 .of = &pilot_menu_basis_words),                                                        \
        OPTIONAL(document, area, "quantity_m2", AREA, "4.3-3", "", "building area that it is per"),     \
        OPTIONAL(document, count, "quantity", COUNT, "4.3-3", "",                                       \
                 "households or buildings that it is per, or 1"),                                       \
        REQUIRED(document, line.price, "yuan", PRICE, "4.3-3", "", "listed price per unit and month"),  \
        REQUIRED(document, line.discount, "discount", SHARE, "4.3-3", "",                               \
                 "of the package, taken off the price")

static const field quote_line_fields[] = {
    LINE_FIELDS(quote_line_document),
    REQUIRED(quote_line_document, line.month, "month_yuan", MONEY, "4.3-3", "", "a month's amount"),
    REQUIRED(quote_line_document, line.year, "year_yuan", MONEY, "4.3-3", "", "twelve months' amount"),
};
static const record quote_line_record = {"lines", sizeof(quote_line_document), FIELDS(quote_line_fields),
                                         "", "a line of a quote"};

typedef struct quote_document {
    pilot_quote quote;
    const quote_line_document *lines;
    size_t line_count;
} quote_document;

static const field quote_fields[] = {
    REQUIRED(quote_document, quote.menu, "menu", TEXT, NULL, "", "id of the menu"),
    REQUIRED(quote_document, quote.day, "day", DATE, NULL, "", "day the prices are of"),
    REQUIRED(quote_document, quote.rounding, "rounding", RECORD, NULL, "", "how amounts are rounded",
             .of = &pilot_rounding_rule_record),
    REQUIRED(quote_document, quote.month, "month_yuan", MONEY, "4.3-3", "", "a month in all"),
    REQUIRED(quote_document, quote.year, "year_yuan", MONEY, "4.3-3", "", "twelve months in all"),
    OPTIONAL(quote_document, quote.month_per_dwelling, "month_yuan_per_dwelling", MONEY, "4.3-3", "",
             "a month for the average dwelling"),
    OPTIONAL(quote_document, quote.month_per_square_metre, "month_yuan_per_m2", PRICE, "4.3-3", "",
             "a month for the average square metre"),
    SEVERAL(quote_document, lines, line_count, "lines", LIST, "4.3-3", "", "what it is made of",
            .of = &quote_line_record),
};
const record pilot_quote_record = {"quote", sizeof(quote_document), FIELDS(quote_fields), "",
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
    REQUIRED(bill_line_document, line.amount, "amount_yuan", MONEY, "4.3-3", "", "for all the months"),
};
static const record bill_line_record = {"lines", sizeof(bill_line_document), FIELDS(bill_line_fields),
                                        "", "a line of a bill"};

typedef struct bill_document {
    pilot_bill bill;
    const bill_line_document *lines;
    size_t line_count;
} bill_document;

static const field bill_fields[] = {
    REQUIRED(bill_document, bill.rounding, "rounding", RECORD, NULL, "", "how amounts are rounded",
             .of = &pilot_rounding_rule_record),
    REQUIRED(bill_document, bill.months, "months", NUMBER, "4.3-3", "", "how many are billed"),
    REQUIRED(bill_document, bill.total, "total_yuan", MONEY, "4.3-3", "", "for all the months"),
    SEVERAL(bill_document, lines, line_count, "lines", LIST, "4.3-3", "", "what it is made of",
            .of = &bill_line_record),
};
const record pilot_bill_record = {"bill", sizeof(bill_document), FIELDS(bill_fields), "",
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
    REQUIRED(bill_sum_document, sum.rounding, "rounding", RECORD, NULL, "", "how amounts are rounded",
             .of = &pilot_rounding_rule_record),
    REQUIRED(bill_sum_document, sum.months, "months", NUMBER, "4.3-3", "", "how many are billed"),
    REQUIRED(bill_sum_document, dwellings, "dwellings", COUNT, "4.3-3", "", "how many are billed"),
    REQUIRED(bill_sum_document, sum.area, "area_m2", AREA, "4.3-3", "", "of them all"),
    REQUIRED(bill_sum_document, sum.of_dwellings, "of_dwellings_yuan", MONEY, "4.3-3", "",
             "the sum of their bills"),
    REQUIRED(bill_sum_document, sum.of_area, "of_area_yuan", MONEY, "4.3-3", "",
             "one bill for all of them together"),
    REQUIRED(bill_sum_document, sum.difference, "difference_yuan", MONEY, "4.3-3", "",
             "what rounding each by itself adds or takes"),
    REQUIRED(bill_sum_document, sum.least, "least_yuan", MONEY, "4.3-3", "", "the least bill"),
    REQUIRED(bill_sum_document, sum.most, "most_yuan", MONEY, "4.3-3", "", "the greatest bill"),
    SEVERAL(bill_sum_document, amounts, amount_count, "amounts_yuan", AMOUNTS, "4.3-3", "",
            "the bill of each, in their order"),
};
const record pilot_bill_sum_record = {"bill_sum", sizeof(bill_sum_document), FIELDS(bill_sum_fields), "",
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
    OPTIONAL(compared_document, provider, "provider", TEXT, "5.4-2", "", "who makes it"),
    REQUIRED(compared_document, selection, "selection", RECORD, "5.4-2", "", "what is chosen",
             .of = &pilot_selection_record),
    REQUIRED(compared_document, quote, "quote", RECORD, "5.4-2", "",
             "what it costs by its menu, without the lines", .of = &pilot_quote_record),
    REQUIRED(compared_document, rank, "rank", COUNT, "5.4-2", "", "by year, 1 is the cheapest"),
    REQUIRED(compared_document, row.month_more, "month_more_yuan", MONEY, "5.4-2", "",
             "than the cheapest offer's month"),
    REQUIRED(compared_document, row.year_more, "year_more_yuan", MONEY, "5.4-2", "", "than its year"),
    OPTIONAL(compared_document, row.year_more_per_dwelling, "year_more_yuan_per_dwelling", MONEY,
             "5.4-2", "", "of that, for the average dwelling"),
};
static const record compared_record = {"offers", sizeof(compared_document), FIELDS(compared_fields), "",
                                       "an offer beside the others"};

typedef struct cheapest_document {
    pilot_menu_item required;
    int64_t offer;
    const char *provider, *menu;
    pilot_cheapest found;
} cheapest_document;

static const field cheapest_fields[] = {
    REQUIRED(cheapest_document, required.service, "service", TEXT, "5.4-2", "", "id of the service"),
    REQUIRED(cheapest_document, required.grade, "required_grade", COUNT, "5.4-2", "",
             "this or a better one"),
    REQUIRED(cheapest_document, offer, "offer", COUNT, "5.4-2", "",
             "number of the offer whose menu has it cheapest, from 0"),
    OPTIONAL(cheapest_document, provider, "provider", TEXT, "5.4-2", "", "who makes that offer"),
    REQUIRED(cheapest_document, menu, "menu", TEXT, "5.4-2", "", "id of its menu"),
    REQUIRED(cheapest_document, found.grade, "grade", COUNT, "5.4-2", "", "that is offered"),
    REQUIRED(cheapest_document, found.basis, "per", WORD, "5.4-2", "", "what its price is per",
             .of = &pilot_menu_basis_words),
    REQUIRED(cheapest_document, found.price, "yuan", PRICE, "5.4-2", "",
             "listed price per unit and month"),
    REQUIRED(cheapest_document, found.month, "month_yuan", MONEY, "5.4-2", "",
             "a month on the premises, half up to the fen"),
};
static const record cheapest_record = {"cheapest", sizeof(cheapest_document), FIELDS(cheapest_fields),
                                       "", "where a service is cheapest"};

typedef struct comparison_result_document {
    pilot_date day;
    const compared_document *offers;
    size_t offer_count;
    const cheapest_document *cheapest;
    size_t cheapest_count;
} comparison_result_document;

static const field comparison_result_fields[] = {
    REQUIRED(comparison_result_document, day, "day", DATE, "5.4-2", "", "day the prices are of"),
    SEVERAL(comparison_result_document, offers, offer_count, "offers", LIST, "5.4-2", "",
            "in the order of the comparison", .of = &compared_record, .required = true),
    SEVERAL(comparison_result_document, cheapest, cheapest_count, "cheapest", LIST, "5.4-2", "",
            "of each required service", .of = &cheapest_record),
};
const record pilot_comparison_result_record = {"comparison_result", sizeof(comparison_result_document),
                                               FIELDS(comparison_result_fields), "",
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
    REQUIRED(pilot_handover_money, service, "service", WORD, "3.2-5b", "", "the public service",
             .of = &pilot_public_service_words),
    OPTIONAL(pilot_handover_money, moved, "moved", WORD, "3.2-5d", "",
             "whether duty and money moved together", .of = &pilot_movement_words),
    OPTIONAL(pilot_handover_money, former_budget, "former_budget_yuan", MONEY, "4.3-9", "",
             "budget of the former provider before, a year"),
    OPTIONAL(pilot_handover_money, reduced_budget, "reduced_budget_yuan", MONEY, "4.3-9", "",
             "budget of the former provider since, a year"),
    OPTIONAL(pilot_handover_money, transfer, "transferred_yuan", MONEY, "4.3-8", "",
             "moved with it, a year"),
    OPTIONAL(pilot_handover_money, cut, "cut_yuan", MONEY, "4.3-9", "", "by which the budget is less"),
    OPTIONAL(pilot_handover_money, difference, "difference_yuan", MONEY, "4.3-9", "",
             "the cut less the transfer"),
    OPTIONAL(pilot_handover_money, zero_sum, "zero_sum", ANSWER, "4.3-9", "",
             "the difference is within the policy's tolerance"),
    OPTIONAL(pilot_handover_money, parts, "parts", WORD, "4.3-8", "",
             "where the parts of city and district come from", .of = &pilot_parts_words),
    OPTIONAL(pilot_handover_money, city, "city_part_yuan", MONEY, "4.3-8", "",
             "the city's part of the transfer"),
    OPTIONAL(pilot_handover_money, district, "district_part_yuan", MONEY, "4.3-8", "",
             "the district's part of the transfer"),
    OPTIONAL(pilot_handover_money, parts_agree, "parts_agree", ANSWER, "4.3-8", "",
             "the parts add up to the transfer"),
};
static const record handover_money_record = {"handovers", sizeof(pilot_handover_money),
                                             FIELDS(handover_money_fields), "", "a hand-over's money"};

#define SERVICES(member, zh, en)                                                                        \
    REQUIRED(pilot_handover_sum, member, #member, WORDS, "3.2-5c", zh, en,                              \
             .of = &pilot_public_service_words)
#define SUM(member, key, clause, zh, en) REQUIRED(pilot_handover_sum, member, key, MONEY, clause, zh, en)
static const field handover_sum_fields[] = {
    REQUIRED(pilot_handover_sum, counted, "counted", COUNT, NULL, "",
             "hand-overs that are in the sums: their cut and transfer are known"),
    REQUIRED(pilot_handover_sum, unknown, "unknown", COUNT, NULL, "", "those that are not"),
    SUM(former_budget, "former_budget_yuan", "4.3-9", "", "budgets before"),
    SUM(reduced_budget, "reduced_budget_yuan", "4.3-9", "", "budgets since"),
    SUM(transfer, "transferred_yuan", "4.3-8", "", "moved with the services"),
    SUM(cut, "cut_yuan", "4.3-9", "", "by which the budgets are less"),
    SUM(difference, "difference_yuan", "4.3-9", "", "the cut less the transfer"),
    OPTIONAL(pilot_handover_sum, zero_sum, "zero_sum", ANSWER, "4.3-9", "",
             "the difference is within the policy's tolerance; left out: not known"),
    SUM(city, "city_part_yuan", "4.3-8", "", "the city's parts of the transfers"),
    SUM(district, "district_part_yuan", "4.3-8", "", "the district's parts"),
    SUM(undivided, "undivided_yuan", "4.3-8", "", "of the transfers, what is nobody's part so far"),
    SERVICES(missing, "", "of those the notice names, not handed down"),
    SERVICES(open, "", "of those the notice names, not known whether they are handed down"),
    SERVICES(duty_alone, "", "the duty moved without its money"),
    SERVICES(money_alone, "", "the money moved without the duty"),
    SUM(unfunded, "unfunded_yuan", "3.2-5d", "", "money that has not followed its duty"),
};
static const record handover_sum_record = {"handover_sum", sizeof(pilot_handover_sum),
                                           FIELDS(handover_sum_fields), "", "the hand-overs together"};

static const field item_shift_fields[] = {
    REQUIRED(pilot_item_shift, item.service, "service", WORD, "3.2-5b", "", "the public service",
             .of = &pilot_public_service_words),
    REQUIRED(pilot_item_shift, item.place, "place", WORD, "1-4", "", "where it is done",
             .of = &pilot_place_words),
    REQUIRED(pilot_item_shift, item.yearly, "yuan", MONEY, "4.3-1", "", "what it costs there, a year"),
    OPTIONAL(pilot_item_shift, before, "before", WORD, "1-4", "", "side of the gate before the change",
             .of = &pilot_side_words),
    OPTIONAL(pilot_item_shift, after, "after", WORD, "1-4", "", "and after it", .of = &pilot_side_words),
    REQUIRED(pilot_item_shift, shift, "shift", WORD, "5.2-5", "", "who bears it before and after",
             .of = &pilot_shift_words),
};
static const record item_shift_record = {"items", sizeof(pilot_item_shift), FIELDS(item_shift_fields),
                                         "", "what becomes of an item"};

#define SHIFT(shift, key, zh, en)                                                                       \
    REQUIRED(pilot_shift_sum, of[shift], key "_yuan", MONEY, "5.2-5", zh, en)
static const field shift_sum_fields[] = {
    SHIFT(PILOT_TO_OWNERS, "to_owners", "", "from the public budget to the owners, a year"),
    SHIFT(PILOT_TO_PUBLIC, "to_public", "", "from the owners to the public budget"),
    SHIFT(PILOT_STAYS_PUBLIC, "stays_public", "", "stays with the public budget"),
    SHIFT(PILOT_STAYS_OWNERS, "stays_owners", "", "stays with the owners"),
    SHIFT(PILOT_SHIFT_UNKNOWN, "unknown", "", "of items whose side is not known"),
    REQUIRED(pilot_shift_sum, unknown_items, "unknown_items", COUNT, "1-4", "",
             "items whose side is not known"),
};
static const record shift_sum_record = {"shift_sum", sizeof(pilot_shift_sum), FIELDS(shift_sum_fields),
                                        "", "the items by what becomes of them"};

typedef struct option_document {
    const char *option;
    pilot_shift_sum sum;
} option_document;

static const field option_fields[] = {
    REQUIRED(option_document, option, "gate_layout", TEXT, "1-4", "", "option of the reading"),
    REQUIRED(option_document, sum, "sum", RECORD, "5.2-5", "", "the items under it",
             .of = &shift_sum_record),
};
static const record option_record = {"under", sizeof(option_document), FIELDS(option_fields), "",
                                     "what an option of the reading gate_layout makes of the items"};

typedef struct enclosure_document {
    pilot_enclosure_sum sum;
    const option_document *under;
    size_t option_count;
    const pilot_item_shift *items;
    size_t item_count;
} enclosure_document;

static const field enclosure_sum_fields[] = {
    REQUIRED(enclosure_document, sum.sum, "sum", RECORD, "5.2-5", "",
             "the items as the policy reads the gate", .of = &shift_sum_record),
    OPTIONAL(enclosure_document, sum.readings, "readings", SET, NULL, "",
             "disputed readings on which depends what moves", .of = &pilot_readings_record),
    SEVERAL(enclosure_document, under, option_count, "under", LIST, "1-4", "",
            "the range over the reading", .of = &option_record, .required = true),
    OPTIONAL(enclosure_document, sum.per_dwelling, "yuan_per_household", MONEY, "5.2-5", "",
             "of what moves, a year"),
    OPTIONAL(enclosure_document, sum.per_square_metre, "yuan_per_m2", PRICE, "5.2-5", "",
             "of what moves, a year"),
    OPTIONAL(enclosure_document, sum.months, "months", COUNT, "5.2-5", "",
             "of the year asked for that begin on the day of the change or later"),
    OPTIONAL(enclosure_document, sum.in_year, "in_year_yuan", MONEY, "5.2-5", "",
             "what moves in those months"),
    SEVERAL(enclosure_document, items, item_count, "items", LIST, "5.2-5", "", "item by item",
            .of = &item_shift_record),
};
static const record enclosure_sum_record = {"enclosure", sizeof(enclosure_document),
                                            FIELDS(enclosure_sum_fields), "",
                                            "what a change of layout moves"};

typedef struct ledger_document {
    pilot_money of[PILOT_PARTY_COUNT];
} ledger_document;

#define PARTY(party, key, zh, en)                                                                       \
    REQUIRED(ledger_document, of[party], key "_yuan", MONEY, "4.3-9", zh, en)
static const field ledger_fields[PILOT_PARTY_COUNT] = {
    PARTY(PILOT_PARTY_FORMER_PROVIDER, "former_provider", "", "the bodies that did it before"),
    PARTY(PILOT_PARTY_STREET_AND_COMMUNITY, "street_and_community", "", "street and community"),
    PARTY(PILOT_PARTY_CITY, "city", "", "the city"),
    PARTY(PILOT_PARTY_DISTRICT, "district", "", "the district"),
    PARTY(PILOT_PARTY_PUBLIC, "public", "", "city and district, where it is not known which of them"),
    PARTY(PILOT_PARTY_OWNERS, "owners", "", "the owners"),
};
static const record ledger_record = {"ledger", sizeof(ledger_document), FIELDS(ledger_fields), "",
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
    REQUIRED(outside_document, receipt, "receipt", RECORD, NULL, "", "where it comes from",
             .of = &receipt_record),
    REQUIRED(outside_document, sum, "handover_sum", RECORD, "4.3-9", "", "the hand-overs together",
             .of = &handover_sum_record),
    SEVERAL(outside_document, handovers, handover_count, "handovers", LIST, "4.3-9", "", "one by one",
            .of = &handover_money_record),
    REQUIRED(outside_document, enclosure, "enclosure", RECORD, "5.2-5", "",
             "what a change of layout moves", .of = &enclosure_sum_record),
    REQUIRED(outside_document, ledger, "ledger", RECORD, "4.3-9", "", "what each party has more a year",
             .of = &ledger_record),
};
const record pilot_outside_result_record = {"outside_result", sizeof(outside_document),
                                            FIELDS(outside_result_fields), "",
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
        under[i] = (option_document){gate_layout.options[i].name, result->enclosure.under[i]};
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
static const record service_ledger_record = {"service_ledger", sizeof(pilot_ledger_sums),
                                             FIELDS(service_ledger_fields), "",
                                             "the project's property service"};

static const field community_ledger_fields[] = {
    OPENING,
    LEDGER_FIELDS("parking", "4.4.1-5", "4.4.2-5"),
    LEDGER_END,
};
static const record community_ledger_record = {"community_ledger", sizeof(pilot_ledger_sums),
                                               FIELDS(community_ledger_fields), "",
                                               "the community's running costs"};

static const field margin_fields[] = {
    REQUIRED(pilot_margin, profit, "profit_yuan", MONEY, "4.5-1", "", "the fraction's upper part"),
    REQUIRED(pilot_margin, cost, "cost_yuan", MONEY, "4.5-1", "", "its lower part"),
    REQUIRED(pilot_margin, outcome, "outcome", WORD, "4.5-1", "", "what it amounts to",
             .of = &pilot_margin_words),
};
static const record margin_record = {"margin", sizeof(pilot_margin), FIELDS(margin_fields), "",
                                     "the service's profit as a fraction of its cost"};

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
static const record row_record = {"account_rows", sizeof(pilot_account_row), FIELDS(row_fields), "",
                                  "the ledgers in a month, a year or the whole time"};

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
static const record answer_record = {"answers", sizeof(pilot_account_answer), FIELDS(answer_fields), "",
                                     "what it would take for some months to hold by themselves"};

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
             "where it comes from", .of = &receipt_record),
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
const record pilot_account_record = {"account", sizeof(account_result_document), FIELDS(account_fields),
                                     "", "a community's money"};

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
    REQUIRED(finding_document, rule, "rule", TEXT, NULL, "", "id of the rule"),
    REQUIRED(finding_document, finding.clause, "clause", TEXT, NULL, "",
             "id of the clause that decides"),
    REQUIRED(finding_document, scope, "scope", WORD, NULL, "", "what the rule is asked of",
             .of = &pilot_scope_words),
    CHARS(finding_document, path, "path", NULL, "", "of the record in the city file"),
    REQUIRED(finding_document, finding.outcome, "outcome", WORD, NULL, "", "the outcome",
             .of = &pilot_outcome_words),
    OPTIONAL(finding_document, finding.found, "found", VALUE, NULL, "", "the value found"),
    OPTIONAL(finding_document, finding.required, "required", VALUE, NULL, "", "the value required"),
    OPTIONAL(finding_document, finding.due, "due", DATE, NULL, "", "the last day for it"),
    OPTIONAL(finding_document, finding.days_late, "days_late", NUMBER, NULL, "",
             "days after the due day"),
    OPTIONAL(
        finding_document, missing, "missing", TEXT, NULL, "",
        "the evidence that is not there: its key, with the id of the list's record that it is a key of"),
    OPTIONAL(finding_document, finding.readings, "readings", SET, NULL, "",
             "disputed readings on which the outcome depends", .of = &pilot_readings_record),
    CHARS(finding_document, zh, "zh", NULL, "", "the finding in Chinese"),
    CHARS(finding_document, en, "en", NULL, "", "the finding in English"),
    OPTIONAL(finding_document, who, "who", WORDS, NULL, "", "the bodies that have to act",
             .of = &pilot_actor_words),
    OPTIONAL(finding_document, next_zh, "next_zh", TEXT, NULL, "", "what to do next, in Chinese"),
    OPTIONAL(finding_document, next_en, "next_en", TEXT, NULL, "", "what to do next, in English"),
};
static const record finding_record = {"findings", sizeof(finding_document), FIELDS(finding_fields), "",
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
    REQUIRED(report_inputs, districts, "districts", COUNT, NULL, "", "its districts"),
    REQUIRED(report_inputs, providers, "providers", COUNT, NULL, "", "its providers"),
    REQUIRED(report_inputs, communities, "communities", COUNT, NULL, "", "its communities"),
    REQUIRED(report_inputs, areas, "areas", COUNT, NULL, "", "its areas"),
};
static const record inputs_record = {"inputs", sizeof(report_inputs), FIELDS(inputs_fields), "",
                                     "how many records the city file has"};

typedef struct report_counts {
    int64_t of[PILOT_OUTCOME_COUNT];
} report_counts;

/* The keys are those of pilot_outcome_name. */
#define OUTCOME(outcome, key, zh, en)                                                                   \
    [outcome] = REQUIRED(report_counts, of[outcome], key, COUNT, NULL, zh, en)
static const field counts_fields[PILOT_OUTCOME_COUNT] = {
    OUTCOME(PILOT_MET, "met", "", "what the notice asks is so"),
    OUTCOME(PILOT_BREACH, "breach", "", "it is not so"),
    OUTCOME(PILOT_PENDING, "pending", "", "not yet due"),
    OUTCOME(PILOT_UNKNOWN, "unknown", "", "evidence is missing"),
    OUTCOME(PILOT_INFO, "info", "", "of a soft clause"),
    OUTCOME(PILOT_NOT_APPLICABLE, "not_applicable", "", "the rule does not apply"),
};
static const record counts_record = {"counts", sizeof(report_counts), FIELDS(counts_fields), "",
                                     "findings by outcome"};

typedef struct summary_document {
    const char *id, *name;
    report_counts counts;
} summary_document;

static const field summary_fields[] = {
    REQUIRED(summary_document, id, "id", ID, NULL, "", "of the record in the city file"),
    OPTIONAL(summary_document, name, "name", TEXT, NULL, "", "its name"),
    REQUIRED(summary_document, counts, "counts", RECORD, NULL, "", "findings by outcome",
             .of = &counts_record),
};
static const record summary_record = {"summaries", sizeof(summary_document), FIELDS(summary_fields), "",
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
    [REPORT_RECEIPT] = REQUIRED(report_document, receipt, "receipt", RECORD, NULL, "",
                                "where it comes from", .of = &receipt_record),
    [REPORT_INPUTS] = REQUIRED(report_document, inputs, "inputs", RECORD, NULL, "",
                               "how many records the city file has", .of = &inputs_record),
    [REPORT_COUNTS] =
        REQUIRED(report_document, counts, "counts", RECORD, NULL, "",
                 "all findings by outcome, those that are not written included", .of = &counts_record),
    [REPORT_DISTRICTS] = {.key = "districts",
                          .kind = FIELD_LIST,
                          .required = true,
                          .of = &summary_record,
                          .zh = "",
                          .en = "findings by district"},
    [REPORT_COMMUNITIES] = {.key = "communities",
                            .kind = FIELD_LIST,
                            .required = true,
                            .of = &summary_record,
                            .zh = "",
                            .en = "findings by community"},
    [REPORT_FINDINGS] = {.key = "findings",
                         .kind = FIELD_LIST,
                         .required = true,
                         .of = &finding_record,
                         .zh = "",
                         .en = "in stable order: the city, then its records in the "
                               "order of the file"},
};
const record pilot_report_record = {"report", sizeof(report_document), FIELDS(report_fields), "",
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
