#include "call.h"

#include "base/base_internal.h"

#include <stdlib.h>
#include <string.h>

static const call_rows *const subjects[] = {&pilot_money_calls, &pilot_market_calls, &pilot_notice_calls,
                                            &pilot_city_calls, &pilot_table_calls};
#define SUBJECT_COUNT (sizeof subjects / sizeof *subjects)

const call_row *pilot_call_row(size_t index)
{
    for (size_t i = 0; i < SUBJECT_COUNT; i++) {
        if (index < subjects[i]->count)
            return &subjects[i]->rows[index];
        index -= subjects[i]->count;
    }
    return NULL;
}

size_t pilot_call_count(void)
{
    size_t count = 0;
    for (size_t i = 0; i < SUBJECT_COUNT; i++)
        count += subjects[i]->count;
    return count;
}

pilot_word pilot_call_at(size_t index)
{
    const call_row *row = pilot_call_row(index);
    return row ? (pilot_word){row->name, row->zh, row->en} : (pilot_word){NULL, NULL, NULL};
}

const call_row *pilot_call_named(const char *name)
{
    const call_row *row = NULL;
    for (size_t i = 0; name && (row = pilot_call_row(i)); i++)
        if (strcmp(row->name, name) == 0)
            return row;
    return NULL;
}

const pilot_policy *pilot_call_policy(calling *c)
{
    if (c->request.policy.made)
        return c->request.policy.made;
    if (c->request.report)
        return pilot_report_policy(c->request.report);
    if (!c->notice && pilot_policy_nanchang_2019(&c->notice) != PILOT_OK)
        (void)pilot_no_memory(&c->to);
    return c->notice;
}

pilot_status pilot_call_refused(calling *c, pilot_status status, const pilot_error *found,
                                const char *within)
{
    const record_place at = pilot_member(NULL, within);
    return pilot_problem_within(&c->to, *within ? &at : NULL, status, found);
}

pilot_status pilot_call_not_found(calling *c, const char *key, const char *value, const char *zh,
                                  const char *en)
{
    const record_place at = pilot_member(NULL, key);
    return pilot_refuse(&c->to, &at, PILOT_ERROR_NOT_FOUND, value, zh, en);
}

pilot_status pilot_call_give(calling *c, const record *type, const void *item, char **text)
{
    return pilot_record_text(type, item, false, c->from.stop, text);
}

typedef struct naming {
    calling *call;
    bool named;          /* what comes is the value of "call", and not a whole text without keys */
    pilot_status status; /* of the name; OK: there is none */
} naming;

static pilot_status begin_member(void *context, const char *key, size_t scanned, json_use *use)
{
    naming *n = context;
    (void)scanned;
    n->named = strcmp(key, "call") == 0;
    *use = n->named ? JSON_TREE : JSON_IGNORED;
    return PILOT_OK;
}

/* The name is wanted before the rest can be read: the scan ends with it. */
static pilot_status take_name(void *context, const cJSON *tree, size_t scanned)
{
    naming *n = context;
    calling *c = n->call;
    (void)scanned;
    if (n->named && cJSON_IsString(tree) && !(c->row = pilot_call_named(tree->valuestring)))
        n->status = pilot_call_not_found(c, "call", tree->valuestring,
                                         "没有这个调用；{\"call\":\"calls\"}列出全部",
                                         "there is no such call; {\"call\":\"calls\"} lists them");
    return PILOT_ERROR_STOPPED;
}

static pilot_status find_row(calling *c)
{
    naming n = {.call = c, .status = PILOT_OK};
    const json_parts parts = {.member = begin_member, .value = take_name, .context = &n};
    pilot_error found;
    const pilot_status status =
        pilot_json_scan(c->from.text, c->from.length, c->from.stop, &parts, &found);
    if (c->row || n.status != PILOT_OK)
        return n.status;
    if (status != PILOT_OK && status != PILOT_ERROR_STOPPED)
        return pilot_problem_found(&c->to, &found);
    return pilot_refuse(&c->to, NULL, PILOT_ERROR_MISSING_KEY, NULL, "须以“call”指明调用",
                        "\"call\" has to name what is asked for");
}

static bool is_document(const field *f)
{
    return f->kind == FIELD_JSON && f->of;
}

static call_document *document_at(call_request *request, const field *f)
{
    return field_at(request, f);
}

static bool of_report(const field *f)
{
    return f->of == &pilot_documents[PILOT_SCHEMA_CITY] || f->offset == offsetof(call_request, as_of);
}

/* The fields of what is given beside the request; a report has a city and a day. */
static uint64_t fields_given(calling *c)
{
    call_request *r = &c->request;
    uint64_t there = 0;
    for (size_t i = 0; i < c->row->request->field_count; i++) {
        const field *f = &c->row->request->fields[i];
        if ((r->report && of_report(f)) || (is_document(f) && document_at(r, f)->made))
            there |= UINT64_C(1) << i;
    }
    return there;
}

/* Where a document begins in the request, from 0. */
typedef struct beginning {
    int32_t line, column;
} beginning;

static beginning beginning_of(const calling *c, const call_document *d)
{
    beginning b = {0, 0};
    for (const char *at = c->from.text; at < d->text.text; at++) {
        b.column = *at == '\n' ? 0 : b.column + 1;
        b.line += *at == '\n';
    }
    return b;
}

/* The document's problem as the request's. The document as a whole is the request's member. */
static void tell_within(const field *f, beginning from, pilot_error *found, problems *to)
{
    const record_place at = pilot_member(NULL, f->key);
    char path[sizeof found->path];
    if (!*found->path) {
        (void)pilot_problem_within(to, &at, found->status, found);
        return;
    }
    found->column += found->line == 1 ? from.column : 0;
    found->line += from.line;
    memcpy(path, found->path, sizeof path);
    pilot_error_place(found, "/%s%s", f->key, path);
    (void)pilot_problem_found(to, found);
}

/* A document of the request. All its problems are told, with their places in the request. */
static pilot_status read_document(calling *c, const field *f, problems *to)
{
    call_document *d = document_at(&c->request, f);
    const source from = {.text = d->text.text, .length = d->text.length, .stop = c->from.stop};
    const size_t capacity = to->all ? to->capacity : 1;
    pilot_error *errors = malloc(capacity * sizeof *errors);
    spare_problem spare = {.depth = 0};
    problems found = {.errors = errors, .capacity = capacity, .all = to->all, .spare = &spare};
    void *made = NULL;
    if (!errors)
        return pilot_no_memory(to);
    const pilot_status status = pilot_document_whole(f->of, &from, &found, &made);
    d->made = made;
    const beginning at = found.count ? beginning_of(c, d) : (beginning){0, 0};
    for (size_t i = 0; i < found.count && i < capacity; i++)
        tell_within(f, at, &errors[i], to);
    if (found.count > capacity)
        to->count += found.count - capacity;
    free(errors);
    return status;
}

/* What the request has itself goes before what is given, also where it is never read to its end. */
static void leave_given(calling *c)
{
    for (size_t i = 0; i < c->row->request->field_count; i++) {
        const field *f = &c->row->request->fields[i];
        if (is_document(f) && document_at(&c->request, f)->text.text)
            document_at(&c->request, f)->made = NULL;
    }
}

static pilot_status read_request(calling *c, const pilot_call_given *given, problems *to)
{
    call_request *r = &c->request;
    *r = (call_request){.policy.made = given->policy,
                        .city.made = given->city,
                        .menu.made = given->menu,
                        .account.made = given->account,
                        .report = given->report};
    if (r->report)
        r->as_of = pilot_report_receipt(r->report)->as_of.value;
    pilot_status status =
        pilot_json_read_beside(&c->from, c->row->request, r, fields_given(c), &c->memory, to);
    leave_given(c);
    placing in = {.from = &c->from};
    to->locate = pilot_json_place;
    to->context = &in;
    for (size_t i = 0; i < c->row->request->field_count && !pilot_ends(to, status); i++) {
        const field *f = &c->row->request->fields[i];
        if (is_document(f) && document_at(r, f)->text.text) {
            const pilot_status read = read_document(c, f, to);
            status = read == PILOT_OK ? status : read;
        }
    }
    to->locate = NULL;
    return status;
}

/* Documents that were read for the call; what was given stays the caller's. */
static void free_documents(calling *c)
{
    for (size_t i = 0; c->row && i < c->row->request->field_count; i++) {
        const field *f = &c->row->request->fields[i];
        call_document *d = is_document(f) ? document_at(&c->request, f) : NULL;
        if (d && d->text.text) {
            pilot_document_free(f->of, (void *)d->made);
            d->made = NULL;
        }
    }
}

/* All that is wrong with a request of which something is. */
static pilot_status find_problems(calling *c, const pilot_call_given *given)
{
    spare_problem spare = {.depth = 0};
    problems all = {.errors = calloc(PILOT_CALL_PROBLEMS_MAX, sizeof(pilot_error)),
                    .capacity = PILOT_CALL_PROBLEMS_MAX,
                    .all = true,
                    .spare = &spare};
    if (!all.errors)
        return PILOT_ERROR_MEMORY;
    free_documents(c);
    pilot_status status = read_request(c, given, &all);
    all.spare = NULL;
    c->to = all;
    return status == PILOT_OK ? all.status : status;
}

/* Reads the request and answers it; what is wrong is in c->to. */
static pilot_status answer(calling *c, const pilot_call_given *given, char **text)
{
    placing in = {.from = &c->from};
    c->to.locate = pilot_json_place;
    c->to.context = &in;
    pilot_status status = find_row(c);
    if (status == PILOT_OK)
        status = read_request(c, given, &c->to);
    if (c->row && status != PILOT_OK && !pilot_ends_all(status))
        status = find_problems(c, given);
    if (status == PILOT_OK) {
        c->to.locate = pilot_json_place;
        c->to.context = &in;
        status = c->row->answer(c, text);
    }
    c->to.locate = NULL;
    return status;
}

static const field problem_fields[] = {
    REQUIRED(pilot_error, status, "status", WORD, NULL, "状态", "the status", .of = &pilot_status_words),
    CHARS(pilot_error, path, "path", NULL, "位置，请求中的JSON指针",
          "where, a JSON pointer into the request"),
    OPTIONAL(pilot_error, line, "line", NUMBER, NULL, "所在行", "line of the request"),
    OPTIONAL(pilot_error, column, "column", NUMBER, NULL, "所在列，按字节计", "column, in bytes"),
    CHARS(pilot_error, value, "value", NULL, "所见的值", "the value found"),
    CHARS(pilot_error, message_zh, "zh", NULL, "中文说明", "what is wrong, in Chinese"),
    CHARS(pilot_error, message, "en", NULL, "英文说明", "what is wrong, in English"),
};
static const record problem_record =
    RECORD("problems", pilot_error, problem_fields, "一处问题", "something that is wrong");

typedef struct call_response {
    pilot_status status;
    pilot_json_text result;
    pilot_opt_int problem_count;
    const pilot_error *problems;
    size_t listed;
} call_response;

static const field response_fields[] = {
    REQUIRED(call_response, status, "status", WORD, NULL, "状态，ok或第一处问题的状态",
             "ok, or the status of the first problem", .of = &pilot_status_words),
    OPTIONAL(call_response, result, "result", JSON, NULL, "结果，无问题时给出",
             "what was asked for, where nothing is wrong"),
    OPTIONAL(call_response, problem_count, "problem_count", COUNT, NULL, "问题数", "how many problems"),
    SEVERAL(call_response, problems, listed, "problems", LIST, NULL, "问题，最多列出200处",
            "the first 200 of them", .of = &problem_record),
};
const record pilot_call_response_record =
    RECORD("response", call_response, response_fields, "调用的答复", "what a call gives");

static pilot_status respond(calling *c, pilot_status status, char *result, char **response)
{
    pilot_error *errors = c->to.errors;
    /* GCOVR_EXCL_START: every call tells what it refuses; of one that does not, the status is told */
    if (status != PILOT_OK && !c->to.count)
        status = pilot_refuse(&c->to, NULL, status, NULL, pilot_status_text(status, PILOT_CHINESE),
                              pilot_status_text(status, PILOT_ENGLISH));
    /* GCOVR_EXCL_STOP */
    call_response r = {.status = status == PILOT_OK ? PILOT_OK : c->to.status};
    if (status == PILOT_OK) {
        r.result = (pilot_json_text){result, strlen(result)};
    } else {
        r.problem_count = (pilot_opt_int){(int64_t)c->to.count, true};
        r.problems = errors;
        r.listed = c->to.count < c->to.capacity ? c->to.count : c->to.capacity;
    }
    writer w = pilot_writer_text(false);
    pilot_record_write(&w, NULL, &pilot_call_response_record, &r);
    return pilot_writer_finish(&w, response);
}

pilot_status pilot_call_with(const pilot_call_given *given, const char *request, size_t length,
                             const pilot_stop *stop, char **response)
{
    static const pilot_call_given nothing = {NULL, NULL, NULL, NULL, NULL};
    pilot_error first = {.status = PILOT_OK};
    calling c = {.from = {.text = request, .length = length, .stop = stop},
                 .to = {.errors = &first, .capacity = 1}};
    char *result = NULL;
    if (!request || !response)
        return PILOT_ERROR_ARGUMENT;
    pilot_status status = answer(&c, given ? given : &nothing, &result);
    if (!pilot_ends_all(status))
        status = respond(&c, status, result, response);
    pilot_text_free(result);
    free_documents(&c);
    pilot_policy_free(c.notice);
    pilot_arena_free(&c.memory);
    if (c.to.errors != &first)
        free(c.to.errors);
    return status;
}

pilot_status pilot_call(const char *request, size_t length, char **response)
{
    return pilot_call_with(NULL, request, length, NULL, response);
}
