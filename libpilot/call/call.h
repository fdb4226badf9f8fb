/* What a call is: a row of the one table, with what it takes, what it gives and the function between. */
#ifndef PILOT_CALL_INTERNAL_H
#define PILOT_CALL_INTERNAL_H

#include "pilot/call.h"

#include "json/documents.h"
#include "record/fields.h"

/* A document of a request: as it stands there, and what it was read to. */
typedef struct call_document {
    pilot_json_text text;
    const void *made;
} call_document;

/* A cell and a sheet as pilot_cell and pilot_sheet have them. */
typedef struct call_cell {
    int32_t kind;
    const char *text;
    pilot_opt_date day;
    pilot_answer truth;
    pilot_opt_int above, left;
} call_cell;

typedef struct call_sheet {
    const char *name;
    pilot_answer hidden, from_1904;
    pilot_opt_int hidden_rows;
    int64_t columns;
    const call_cell *cells;
    size_t cell_count;
} call_sheet;

/* Whatever any call takes: each has fields for some of it. */
typedef struct call_request {
    const char *call;
    call_document policy, city, menu, account; /* which may be given beside the request */
    call_document from, to, order, comparison, contest, vote, outside;
    const pilot_report *report; /* given, never read */
    pilot_claim claim;
    pilot_date as_of; /* that of the report that is given, unless the request has one */
    uint32_t outcomes;
    const char *clause, *district, *community, *area;
    const char *rule;
    struct {
        pilot_json_text record, area, community, district, city;
    } of; /* what the rule is asked of */
    int32_t matter, role, actor, side, place, layout;
    pilot_price price;
    pilot_area square_metres;
    int64_t months;
    pilot_month first, last;
    pilot_rounding_rule rounding;
    const call_sheet *sheets;
    size_t sheet_count;
    const char *const *paths;
    size_t path_count;
    int32_t form, document, language;
    pilot_json_text value;
    const char *code;
    pilot_opt_int digits;
    pilot_opt_date on;
} call_request;

typedef struct calling calling;
typedef struct call_row {
    const char *name;
    const record *request;
    /* What it gives: a document, or a record; neither is the JSON Schema of something. */
    const document *document;
    const record *result;
    /* *text becomes the result as JSON. Errors: what pilot_call_refused says; MEMORY, STOPPED. */
    pilot_status (*answer)(calling *c, char **text);
    const char *zh, *en;
} call_row;

struct calling {
    const call_row *row;
    source from;
    call_request request;
    pilot_policy *notice; /* made where no policy is asked with */
    problems to;
    arena memory;
};

/* The rows, by subject: money.c, market.c, notice.c, city.c, table.c. */
typedef struct call_rows {
    const call_row *rows;
    size_t count;
} call_rows;
extern const call_rows pilot_money_calls, pilot_market_calls, pilot_notice_calls, pilot_city_calls,
    pilot_table_calls;
const call_row *pilot_call_row(size_t index);
/* NULL where there is none. */
const call_row *pilot_call_named(const char *name);

/* The policy that is asked with; NULL when memory runs out. */
const pilot_policy *pilot_call_policy(calling *c);
/* What a calculation refused. within: the member that it was given, whose key goes before the error's
 * path; "": none does. */
pilot_status pilot_call_refused(calling *c, pilot_status status, const pilot_error *found,
                                const char *within);
/* Something is named that is not there. */
pilot_status pilot_call_not_found(calling *c, const char *key, const char *value, const char *zh,
                                  const char *en);
/* The record as the result. */
pilot_status pilot_call_give(calling *c, const record *type, const void *item, char **text);

/* digest.c: a report's findings as rows of numbers. */
extern const record pilot_digest_record;
pilot_status pilot_call_digest(calling *c, const pilot_report *report, const pilot_report_filter *filter,
                               char **text);

extern const record pilot_range_record, pilot_award_range_record;

/* Fields that several calls have. */
#define CALL REQUIRED(call_request, call, "call", TEXT, NULL, "调用名称", "name of the call")
#define DOCUMENT(member_, key_, schema, required_, zh_, en_)                                            \
    {                                                                                                   \
        .key = key_, .kind = FIELD_JSON, .required = required_,                                         \
        .offset = offsetof(call_request, member_.text), .of = &pilot_documents[schema], .zh = zh_,      \
        .en = en_                                                                                       \
    }
#define POLICY                                                                                          \
    DOCUMENT(policy, "policy", PILOT_SCHEMA_REFORM, false, "政策：对方案的改动，不填为方案原文",        \
             "the policy, as what it changes of the notice's; left out: the notice's")
#define CITY DOCUMENT(city, "city", PILOT_SCHEMA_CITY, true, "城市数据文件", "a city file")
#define MENU DOCUMENT(menu, "menu", PILOT_SCHEMA_MENU, true, "服务菜单", "the menu of services")
#define AS_OF                                                                                           \
    {                                                                                                   \
        .key = "as_of", .kind = FIELD_DATE, .required = true, .offset = offsetof(call_request, as_of),  \
        .zh = "检查日期", .en = "the day that is asked about"                                           \
    }
#define ANY_JSON(member_, key_, required_, zh_, en_)                                                    \
    {                                                                                                   \
        .key = key_, .kind = FIELD_JSON, .required = required_,                                         \
        .offset = offsetof(call_request, member_), .zh = zh_, .en = en_                                 \
    }
/* A result that is one list. */
typedef struct listed {
    const void *items;
    size_t count;
} listed;
#define LISTED(name, key_, of_, zh_, en_)                                                               \
    static const field name##_list_fields[] = {                                                         \
        {.key = key_,                                                                                   \
         .kind = FIELD_LIST,                                                                            \
         .required = true,                                                                              \
         .offset = offsetof(listed, items),                                                             \
         .count_offset = offsetof(listed, count),                                                       \
         .of = &(of_),                                                                                  \
         .zh = zh_,                                                                                     \
         .en = en_},                                                                                    \
    };                                                                                                  \
    static const record name##_list = RECORD(#name, listed, name##_list_fields, zh_, en_)

/* Of a row: that it gives a document. */
#define DOCUMENT_OF(schema) &pilot_documents[PILOT_SCHEMA_##schema], NULL
#define REQUEST(table) RECORD("request", call_request, table, "调用的参数", "what the call takes")

#endif
