#include "documents.h"

#include "base/base_internal.h"
#include "city/city_internal.h"
#include "duty/outside_internal.h"
#include "market/order_internal.h"
#include "money/account_internal.h"
#include "money/reward_internal.h"
#include "notice/policy_internal.h"
#include "read.h"
#include "report/report_internal.h"
#include "rules/subject.h"
#include "scan.h"
#include "vote/vote_internal.h"

#include <stdlib.h>

struct document_form {
    union {
        totals_document totals;
        account_document account;
    } of;
};

static const void *totals_form(const void *value, document_form *room)
{
    room->of.totals = (totals_document){.totals = *(const pilot_vote_totals *)value};
    return &room->of.totals;
}

static const void *account_form(const void *value, document_form *room)
{
    const pilot_account_terms *terms = value;
    memset(room, 0, sizeof *room); /* a claim that is not there is all zero */
    room->of.account.terms = *terms;
    if (terms->claim)
        room->of.account.claim = *terms->claim;
    return &room->of.account;
}

/* What is written of a file of money outside the gate is given without its container. */
static const void *own_form(const void *value, document_form *room)
{
    (void)room;
    return value;
}

static pilot_status check_evidence(const void *city, problems *to)
{
    return pilot_evidence_check(&((const pilot_city *)city)->records, to);
}

const words pilot_schema_words =
    WORD_LIST([PILOT_SCHEMA_CITY] = {"city", "城市数据文件", "City file"},
              [PILOT_SCHEMA_POLICY] = {"policy", "政策", "Policy"},
              [PILOT_SCHEMA_REFORM] = {"reform", "政策改革", "Reform: a merge patch of a policy"},
              [PILOT_SCHEMA_REPORT] = {"report", "检查报告", "Report"},
              [PILOT_SCHEMA_AWARD] = {"award", "奖励", "Award"},
              [PILOT_SCHEMA_VOTE_TOTALS] = {"vote_totals", "业主表决", "Vote"},
              [PILOT_SCHEMA_VOTE] = {"vote", "业主表决结果", "Outcome of a vote"},
              [PILOT_SCHEMA_MENU] = {"menu", "服务菜单", "Menu of services"},
              [PILOT_SCHEMA_QUOTE] = {"quote", "报价", "Quote"},
              [PILOT_SCHEMA_OUTSIDE] = {"outside", "门外公共服务经费", "Money outside the gate"},
              [PILOT_SCHEMA_OUTSIDE_RESULT] = {"outside_result", "门外经费变动",
                                               "What money outside the gate moves"},
              [PILOT_SCHEMA_ORDER] = {"order", "询价单", "Order: what a price is asked for"},
              [PILOT_SCHEMA_BILL] = {"bill", "账单", "Bill"},
              [PILOT_SCHEMA_BILL_SUM] = {"bill_sum", "多户账单汇总", "Bills of many dwellings"},
              [PILOT_SCHEMA_COMPARISON] = {"comparison", "方案比较", "Comparison of offers"},
              [PILOT_SCHEMA_COMPARISON_RESULT] = {"comparison_result", "方案比较结果",
                                                  "Outcome of a comparison of offers"},
              [PILOT_SCHEMA_CONTEST] = {"contest", "业主对多个方案的表决", "Vote among offers"},
              [PILOT_SCHEMA_CHOICE] = {"choice", "业主对多个方案表决的结果",
                                       "Outcome of a vote among offers"},
              [PILOT_SCHEMA_ACCOUNT] = {"account", "社区账目", "Account"},
              [PILOT_SCHEMA_ACCOUNT_RESULT] = {"account_result", "社区账目结果",
                                               "Outcome of an account"});
WORDED(pilot_schema, pilot_schema, pilot_schema_words)

const document pilot_documents[PILOT_SCHEMA_COUNT] = {
    [PILOT_SCHEMA_CITY] = {.type = &pilot_city_record,
                           .kind = &pilot_city_container,
                           .check = check_evidence},
    [PILOT_SCHEMA_POLICY] = {.type = &pilot_policy_record, .kind = &pilot_policy_container},
    [PILOT_SCHEMA_REFORM] = {.type = &pilot_policy_record, .patch = true},
    [PILOT_SCHEMA_REPORT] = {.type = &pilot_report_record},
    [PILOT_SCHEMA_AWARD] = {.type = &pilot_award_record},
    [PILOT_SCHEMA_VOTE_TOTALS] = {.type = &pilot_vote_totals_record,
                                  .kind = &pilot_vote_totals_container,
                                  .form = totals_form,
                                  .value_size = sizeof(pilot_vote_totals)},
    [PILOT_SCHEMA_VOTE] = {.type = &pilot_vote_result_record},
    [PILOT_SCHEMA_MENU] = {.type = &pilot_menu_record, .kind = &pilot_menu_container},
    [PILOT_SCHEMA_QUOTE] = {.type = &pilot_quote_record},
    [PILOT_SCHEMA_OUTSIDE] = {.type = &pilot_outside_record,
                              .kind = &pilot_outside_container,
                              .form = own_form},
    [PILOT_SCHEMA_OUTSIDE_RESULT] = {.type = &pilot_outside_result_record},
    [PILOT_SCHEMA_ORDER] = {.type = &pilot_order_record, .kind = &pilot_order_container},
    [PILOT_SCHEMA_BILL] = {.type = &pilot_bill_record},
    [PILOT_SCHEMA_BILL_SUM] = {.type = &pilot_bill_sum_record},
    [PILOT_SCHEMA_COMPARISON] = {.type = &pilot_comparison_record, .kind = &pilot_comparison_container},
    [PILOT_SCHEMA_COMPARISON_RESULT] = {.type = &pilot_comparison_result_record},
    [PILOT_SCHEMA_CONTEST] = {.type = &pilot_contest_record, .kind = &pilot_contest_container},
    [PILOT_SCHEMA_CHOICE] = {.type = &pilot_choice_record},
    [PILOT_SCHEMA_ACCOUNT] = {.type = &pilot_account_case_record,
                              .kind = &pilot_account_container,
                              .form = account_form},
    [PILOT_SCHEMA_ACCOUNT_RESULT] = {.type = &pilot_account_record},
};

/* A document that has a reader; NULL for any other. */
static const document *readable(pilot_schema which)
{
    const bool known = (size_t)which < PILOT_SCHEMA_COUNT && pilot_documents[which].kind;
    return known ? &pilot_documents[which] : NULL;
}

static pilot_status refuse_argument(problems *to, const char *zh, const char *en)
{
    return pilot_refuse(to, NULL, PILOT_ERROR_ARGUMENT, NULL, zh, en);
}

/* *whole becomes what has been made, which is freed where it has problems. */
static pilot_status finish(const document *d, char *made, problems *to, void **whole)
{
    if (d->check && !pilot_ends(to, to->count ? to->status : PILOT_OK))
        (void)d->check(made, to);
    return pilot_container_finish(d->kind, made, to, whole);
}

/* What the document's reader gives of its container. */
static void hand_over(const document *d, void *whole, void *out)
{
    if (d->value_size) {
        memcpy(out, (char *)whole + d->kind->record, d->value_size);
        pilot_container_free(d->kind, whole);
    } else {
        memcpy(out, &whole, sizeof whole);
    }
}

/* over: a container that the text is a patch of; NULL: the text is whole. */
static pilot_status make_whole(const document *d, const source *from, const void *over, problems *to,
                               void **whole)
{
    const container *kind = d->kind;
    char *made = calloc(1, kind->size);
    if (!made)
        return pilot_no_memory(to);
    void *item = made + kind->record;
    if (over)
        memcpy(item, (const char *)over + kind->record, kind->type->size);
    pilot_status status =
        pilot_json_read(from, kind->type, item, over, container_memory(kind, made), to);
    if (status == PILOT_OK && over &&
        !pilot_record_adopt(container_memory(kind, made), kind->type, item))
        (void)pilot_no_memory(to);
    placing in = {.from = from};
    to->locate = from->text ? pilot_json_place : NULL;
    to->context = &in;
    status = finish(d, made, to, whole);
    to->locate = NULL;
    return status;
}

static pilot_status make(const document *d, const source *from, const void *over, problems *to,
                         void *out)
{
    void *whole = NULL;
    const pilot_status status = make_whole(d, from, over, to, &whole);
    if (status == PILOT_OK)
        hand_over(d, whole, out);
    return status;
}

pilot_status pilot_document_whole(const document *d, const source *from, problems *to, void **whole)
{
    pilot_policy *notice = NULL;
    pilot_status status = d->patch ? pilot_policy_nanchang_2019(&notice) : PILOT_OK;
    if (status == PILOT_OK)
        status =
            make_whole(d->patch ? &pilot_documents[PILOT_SCHEMA_POLICY] : d, from, notice, to, whole);
    pilot_policy_free(notice);
    return status;
}

static pilot_status read_document(pilot_schema which, const source *from, problems *first, void *made)
{
    const document *d = readable(which);
    return d ? make(d, from, NULL, first, made)
             : refuse_argument(first, "没有读取这种文档的办法", "nothing reads this kind of document");
}

pilot_status pilot_document_parse(pilot_schema which, const char *text, size_t length,
                                  const pilot_stop *stop, void *made, pilot_error *error)
{
    const source from = {.text = text, .length = length, .stop = stop};
    problems first = pilot_first_problem(error);
    if (!text || !made)
        return refuse_argument(&first, "文字或存放结果之处为空指针",
                               "the text or the place for the result is NULL");
    return read_document(which, &from, &first, made);
}

pilot_status pilot_document_read(pilot_schema which, const pilot_json_value *value,
                                 const pilot_stop *stop, void *made, pilot_error *error)
{
    const source from = {.stop = stop, .value = value, .read = pilot_json_read_value};
    problems first = pilot_first_problem(error);
    if (!value || !made)
        return refuse_argument(&first, "值或存放结果之处为空指针",
                               "the value or the place for the result is NULL");
    return read_document(which, &from, &first, made);
}

#define PARSE(name, type, document)                                                                     \
    pilot_status pilot_##name##_parse(const char *text, size_t length, type *made, pilot_error *error)  \
    {                                                                                                   \
        return pilot_document_parse(PILOT_SCHEMA_##document, text, length, NULL, made, error);          \
    }
PARSE(city, pilot_city *, CITY)
PARSE(policy, pilot_policy *, POLICY)
PARSE(vote_totals, pilot_vote_totals, VOTE_TOTALS)
PARSE(menu, pilot_menu *, MENU)
PARSE(outside, pilot_outside_file *, OUTSIDE)
PARSE(order, pilot_order *, ORDER)
PARSE(comparison, pilot_comparison *, COMPARISON)
PARSE(contest, pilot_contest *, CONTEST)
PARSE(account, pilot_account_case *, ACCOUNT)

pilot_status pilot_policy_patch(const pilot_policy *policy, const char *patch, size_t length,
                                pilot_policy **reform, pilot_error *error)
{
    const source from = {.text = patch, .length = length};
    problems first = pilot_first_problem(error);
    if (!policy || !patch || !reform)
        return refuse_argument(&first, "政策、改动的文字或存放结果之处为空指针",
                               "the policy, the patch or the place for the result is NULL");
    return make(&pilot_documents[PILOT_SCHEMA_POLICY], &from, policy, &first, reform);
}

pilot_status pilot_policy_diff(const pilot_policy *from, const pilot_policy *to, pilot_json_style style,
                               char **patch)
{
    if (!from || !to || !patch)
        return PILOT_ERROR_ARGUMENT;
    writer w = pilot_writer_text(style == PILOT_JSON_INDENTED);
    pilot_record_write_patch(&w, NULL, &pilot_policy_record, &from->parameters, &to->parameters);
    return pilot_writer_finish(&w, patch);
}

static pilot_status copy(const document *d, const void *from, problems *to, void **whole)
{
    char *made = pilot_container_copy(d->kind, from, to);
    return made ? finish(d, made, to, whole) : PILOT_ERROR_MEMORY;
}

pilot_status pilot_city_new(const pilot_records *records, pilot_city **city, pilot_error *error)
{
    problems first = pilot_first_problem(error);
    if (!records || !city)
        return refuse_argument(&first, "记录或存放城市之处为空指针", "records or city is NULL");
    void *whole;
    const pilot_status status = copy(&pilot_documents[PILOT_SCHEMA_CITY], records, &first, &whole);
    if (status == PILOT_OK)
        *city = whole;
    return status;
}

/* Where nobody asks for any, the first is kept all the same: its status is told. */
static problems all_problems(pilot_error *errors, size_t capacity, pilot_error *first,
                             spare_problem *spare)
{
    spare->depth = 0;
    const bool asked = errors && capacity;
    return (problems){
        .errors = asked ? errors : first, .capacity = asked ? capacity : 1, .all = true, .spare = spare};
}

/* What has been made is not wanted. */
static pilot_status told(const document *d, const problems *found, pilot_status status, void *whole,
                         size_t *count)
{
    if (status == PILOT_OK)
        pilot_document_free(d, whole);
    if (status != PILOT_ERROR_MEMORY && status != PILOT_ERROR_STOPPED)
        *count = found->count;
    return status;
}

pilot_status pilot_problems(pilot_schema which, const char *text, size_t length, const pilot_stop *stop,
                            pilot_error *errors, size_t capacity, size_t *count)
{
    const source from = {.text = text, .length = length, .stop = stop};
    const document *d = which == PILOT_SCHEMA_REFORM ? &pilot_documents[which] : readable(which);
    pilot_error first;
    spare_problem spare;
    problems all = all_problems(errors, capacity, &first, &spare);
    void *whole = NULL;
    if (!text || !d || !count)
        return PILOT_ERROR_ARGUMENT;
    const pilot_status status = pilot_document_whole(d, &from, &all, &whole);
    return told(d, &all, status, whole, count);
}

/* A document whose record is what a caller has. */
static const document *fillable(pilot_schema which)
{
    const bool known =
        which == PILOT_SCHEMA_CITY || which == PILOT_SCHEMA_POLICY || which == PILOT_SCHEMA_MENU;
    return known ? &pilot_documents[which] : NULL;
}

pilot_status pilot_record_problems(pilot_schema which, const void *from, pilot_error *errors,
                                   size_t capacity, size_t *count)
{
    const document *d = fillable(which);
    pilot_error first;
    spare_problem spare;
    problems all = all_problems(errors, capacity, &first, &spare);
    void *whole = NULL;
    if (!from || !d || !count)
        return PILOT_ERROR_ARGUMENT;
    const pilot_status status = copy(d, from, &all, &whole);
    return told(d, &all, status, whole, count);
}

pilot_status pilot_error_locate(const char *text, size_t length, pilot_error *error)
{
    if (!text || !error)
        return PILOT_ERROR_ARGUMENT;
    pilot_status status = pilot_json_scan(text, length, NULL, NULL, NULL);
    if (status == PILOT_OK)
        pilot_json_locate(text, length, error->path, NULL, &error->line, &error->column);
    return status;
}

pilot_status pilot_document_write(pilot_schema which, const void *value, pilot_json_style style,
                                  const pilot_stop *stop, char **text)
{
    const document *d = readable(which);
    document_form room;
    if (!value || !text || !d)
        return PILOT_ERROR_ARGUMENT;
    const void *item = d->form ? d->form(value, &room) : (const char *)value + d->kind->record;
    return pilot_record_text(d->type, item, style == PILOT_JSON_INDENTED, stop, text);
}

#define WRITE(name, type, document)                                                                     \
    pilot_status pilot_##name##_write(const type *value, pilot_json_style style, char **text)           \
    {                                                                                                   \
        return pilot_document_write(PILOT_SCHEMA_##document, value, style, NULL, text);                 \
    }
WRITE(city, pilot_city, CITY)
WRITE(policy, pilot_policy, POLICY)
WRITE(vote_totals, pilot_vote_totals, VOTE_TOTALS)
WRITE(menu, pilot_menu, MENU)
WRITE(outside, pilot_outside, OUTSIDE)
WRITE(order, pilot_order, ORDER)
WRITE(comparison, pilot_comparison, COMPARISON)
WRITE(contest, pilot_contest, CONTEST)
WRITE(account_terms, pilot_account_terms, ACCOUNT)
