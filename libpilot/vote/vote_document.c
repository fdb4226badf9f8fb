/* The outcome of a vote, and of one among offers, as documents. */
#include "vote_internal.h"

#include "base/base_internal.h"
#include "notice/policy_internal.h"
#include "record/fields.h"

#include <stdlib.h>

/* Areas and heads have the same members, in other units. */
typedef struct check_document {
    pilot_vote_check check;
    pilot_answer met;
} check_document;

#define CHECK_FIELDS(kind, unit)                                                                        \
    REQUIRED(check_document, met, "met", ANSWER, "5.4-2", "已达到", "it suffices"),                     \
        REQUIRED(check_document, check.threshold.bound, "bound", WORD, "5.4-2", "界限，超过或达到",     \
                 "how the share bounds", .of = &pilot_bound_words),                                     \
        REQUIRED(check_document, check.threshold.share, "share", SHARE, "5.4-2", "所需比例",            \
                 "the share to reach"),                                                                 \
        REQUIRED(check_document, check.base, "base" unit, kind, "5.4-2", "比例的基数",                  \
                 "what the share is taken of"),                                                         \
        REQUIRED(check_document, check.needed, "needed" unit, kind, "5.4-2", "至少需要",                \
                 "the least that suffices"),                                                            \
        REQUIRED(check_document, check.reached, "reached" unit, kind, "5.4-2", "实际达到",              \
                 "what there is"),                                                                      \
        REQUIRED(check_document, check.missing, "missing" unit, kind, "5.4-2", "尚缺，基数不变时",      \
                 "what is lacking while the base stays as it is"),                                      \
        OPTIONAL(check_document, check.more, "more" unit, kind, "5.4-2",                                \
                 "尚需同意，由未投票者补足，全部同意仍不足的不填",                                      \
                 "what would do, voting in favour, of those who have not voted; left out where not "    \
                 "all would")
static const field area_check_fields[] = {CHECK_FIELDS(AREA, "_m2")};
static const field heads_check_fields[] = {CHECK_FIELDS(COUNT, "")};
static const record area_check_record =
    RECORD("area_check", check_document, area_check_fields, "面积条件", "a threshold of area");
static const record heads_check_record =
    RECORD("heads_check", check_document, heads_check_fields, "人数条件", "a threshold of owners");

typedef struct vote_document {
    pilot_vote_result result;
    pilot_answer passed, reachable;
    check_document checks[PILOT_THRESHOLD_COUNT];
} vote_document;

static const field vote_fields[] = {
    REQUIRED(vote_document, result.receipt, "receipt", RECORD, NULL, "结果出处", "where it comes from",
             .of = &pilot_receipt_record),
    REQUIRED(vote_document, passed, "passed", ANSWER, "5.4-2", "表决通过，各项条件均达到",
             "all thresholds are met"),
    REQUIRED(vote_document, result.matter, "matter", WORD, "5.4-2", "表决事项", "what it is about",
             .of = &pilot_matter_words),
    REQUIRED(vote_document, result.law.kind, "kind", WORD, "5.4-2", "事项类别，按该法律",
             "kind of the matter by that law", .of = &pilot_matter_kind_words),
    CHARS(vote_document, result.law.id, "law", "5.4-2", "表决规则编号", "id of the vote rule"),
    REQUIRED(vote_document, result.law.first, "law_first", DATE, "5.4-2", "规则施行日期",
             "day from which it is in force"),
    REQUIRED(vote_document, result.law.terms.approval_of, "approval_of", WORD, "5.4-2", "同意比例的基数",
             "what approval is measured by", .of = &pilot_approval_base_words),
    REQUIRED(vote_document, result.all, "all", RECORD, "5.4-2", "全体业主", "all owners",
             .of = &pilot_vote_weight_record),
    REQUIRED(vote_document, result.participating, "participating", RECORD, "5.4-2", "参与表决的业主",
             "those who vote", .of = &pilot_vote_weight_record),
    REQUIRED(vote_document, result.in_favour, "in_favour", RECORD, "5.4-2", "同意的业主",
             "those in favour", .of = &pilot_vote_weight_record),
    REQUIRED(vote_document, checks[PILOT_PARTICIPATION_AREA], "participation_area", RECORD, "5.4-2",
             "参与表决面积", "area of those who vote", .of = &area_check_record),
    REQUIRED(vote_document, checks[PILOT_PARTICIPATION_HEADS], "participation_heads", RECORD, "5.4-2",
             "参与表决人数", "owners who vote", .of = &heads_check_record),
    REQUIRED(vote_document, checks[PILOT_APPROVAL_AREA], "approval_area", RECORD, "5.4-2", "同意面积",
             "area of those in favour", .of = &area_check_record),
    REQUIRED(vote_document, checks[PILOT_APPROVAL_HEADS], "approval_heads", RECORD, "5.4-2", "同意人数",
             "owners in favour", .of = &heads_check_record),
    REQUIRED(vote_document, reachable, "reachable", ANSWER, "5.4-2", "仍可通过，由未投票者促成",
             "those who have not voted could still make it pass"),
};
const record pilot_vote_result_record =
    RECORD("vote", vote_document, vote_fields, "业主表决的结果", "the outcome of an owners' vote");

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
    REQUIRED(choice_offer_document, offer.id, "id", ID, NULL, "方案编号", "of the offer in the contest"),
    OPTIONAL(choice_offer_document, offer.provider, "provider", TEXT, "5.4-2", "提供方", "who makes it"),
    OPTIONAL(choice_offer_document, offer.standard, "standard", TEXT, "5.4-2", "服务标准",
             "of what service"),
    REQUIRED(choice_offer_document, standing, "standing", ANSWER, "5.4-2", "入围，选定、并列或进入二轮",
             "chosen, in the tie, or for the run-off"),
    REQUIRED(choice_offer_document, behind, "behind", COUNT, "5.4-2", "领先于它的方案数",
             "how many offers are ahead of it"),
    REQUIRED(choice_offer_document, vote, "vote", RECORD, "5.4-2", "对该方案的表决",
             "the vote on this offer alone", .of = &pilot_vote_result_record),
};
static const record choice_offer_record = RECORD("offers", choice_offer_document, choice_offer_fields,
                                                 "方案及其得票", "an offer and its votes");

typedef struct choice_document {
    pilot_choice choice;
    const char *chosen;
    int64_t standing;
    const choice_offer_document *offers;
    size_t offer_count;
} choice_document;

static const field choice_fields[] = {
    REQUIRED(choice_document, choice.receipt, "receipt", RECORD, NULL, "结果出处", "where it comes from",
             .of = &pilot_receipt_record),
    REQUIRED(choice_document, choice.outcome, "outcome", WORD, "5.4-2", "选聘结果", "how it ends",
             .of = &pilot_choice_words),
    OPTIONAL(choice_document, chosen, "chosen", TEXT, "5.4-2", "选定方案编号",
             "id of the offer, where one is chosen"),
    REQUIRED(choice_document, standing, "standing", COUNT, "5.4-2", "入围方案数，选定、并列或进入二轮",
             "how many offers are chosen, in the tie, or for the run-off"),
    SEVERAL(choice_document, offers, offer_count, "offers", LIST, "5.4-2", "各方案，按表决文件的顺序",
            "in the order of the contest", .of = &choice_offer_record, .required = true),
};
const record pilot_choice_record =
    RECORD("choice", choice_document, choice_fields, "业主对多个方案表决的结果",
           "the outcome of an owners' vote among offers");

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
