/* Reads a record's JSON form by its table of fields. */
#include "read.h"

#include "base/base_internal.h"
#include "base/stop.h"
#include "pilot/clause.h"
#include "scan.h"
#include "tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIELDS_MAX 64

typedef struct reader {
    const source *from;
    problems *to;
    arena *memory; /* of what is read */
    arena scratch; /* of what is looked up, gone when the reading ends */
    checker c;
    linker links;
    stopping stop;
    size_t scanned; /* bytes of the text that have been looked over */
    /* The document: its record, and the field that is being read. */
    const record *type;
    void *item;
    bool over;        /* what is left out stays as it is */
    purpose *purpose; /* NULL: the document is whole */
    const field *f;
    uint64_t seen;  /* fields by number */
    uint64_t bad;   /* likewise: those with problems */
    uint64_t meant; /* likewise: by keys that are not known */
    bool odd;       /* it has keys that are not known */
    size_t next;    /* field that is likely to come next */
    /* The list that is being read, item by item. */
    char *items;
    size_t count, capacity, problems_before;
    bool ended; /* with a problem that has been told */
    json_cursor located;
} reader;

static void locate(void *context, const char *path, pilot_error *error)
{
    reader *r = context;
    pilot_json_locate(r->from->text, r->scanned, path, &r->located, &error->line, &error->column);
}

static const char *kind_of(const cJSON *json, pilot_language language)
{
    static const char *const kinds[][2] = {{"a string", "文字"},        {"a number", "数字"},
                                           {"true or false", "真或假"}, {"null", "空值"},
                                           {"a list", "列表"},          {"an object", "对象"}};
    const int kind = cJSON_IsString(json)   ? 0
                     : cJSON_IsNumber(json) ? 1
                     : cJSON_IsBool(json)   ? 2
                     : cJSON_IsNull(json)   ? 3
                     : cJSON_IsArray(json)  ? 4
                                            : 5;
    return kinds[kind][language];
}

/* Of a value that was refused as it was looked over no more is told. */
static pilot_status wrong_type(reader *r, const record_place *at, const cJSON *found,
                               pilot_phrase wanted)
{
    if (cJSON_IsInvalid(found))
        return PILOT_ERROR_TYPE;
    pilot_error *error = pilot_next_problem(r->to);
    const char *value = pilot_tree_is(found, cJSON_String) || pilot_tree_is(found, cJSON_Number)
                            ? found->valuestring
                            : kind_of(found, PILOT_ENGLISH);
    pilot_error_set(error, PILOT_ERROR_TYPE, value, "found %s where %s is wanted",
                    kind_of(found, PILOT_ENGLISH), wanted.en);
    pilot_error_zh(error, "此处应为%s，现为%s", wanted.zh, kind_of(found, PILOT_CHINESE));
    return pilot_problem(r->to, at, PILOT_ERROR_TYPE);
}

typedef struct number_form {
    int decimals;
    pilot_phrase wanted;
    pilot_status (*parse)(const char *, int64_t *, pilot_error *); /* of a text; NULL: none will do */
} number_form;

static const number_form *number_form_of(field_kind kind)
{
    static const number_form money = {
        2,
        {"最多2位小数的元数，如“18.00”", "yuan with at most 2 decimals, such as \"18.00\""},
        pilot_money_parse};
    static const number_form price = {4,
                                      {"不小于0、最多4位小数的元数，如“0.3050”",
                                       "yuan, 0 or more, with at most 4 decimals, such as \"0.3050\""},
                                      pilot_price_parse};
    static const number_form area = {
        2,
        {"不小于0、最多2位小数的平方米数，如“118.50”",
         "square metres, 0 or more, with at most 2 decimals, such as \"118.50\""},
        pilot_area_parse};
    static const number_form count = {0, {"不小于0的整数", "a whole number, 0 or more"}, NULL};
    return kind == FIELD_MONEY   ? &money
           : kind == FIELD_PRICE ? &price
           : kind == FIELD_AREA  ? &area
                                 : &count;
}

/* As long as a number may be written, and more. */
#define NUMBER_SIZE 96

/* The digits of a number as they are written, but for zeros at the end of its decimals, which some
 * writers of JSON put there. */
static pilot_status digits_parse(const char *written, int decimals, int64_t *value)
{
    char digits[NUMBER_SIZE];
    const size_t all = strlen(written), length = all < sizeof digits ? all : sizeof digits - 1;
    char *end = digits + length;
    memcpy(digits, written, length);
    if (memchr(digits, '.', length))
        while (end[-1] == '0' || end[-1] == '.')
            if (*--end == '.')
                break;
    *end = '\0';
    return pilot_decimal_parse(digits, decimals, value, NULL, (pilot_phrase){0});
}

static pilot_status read_number(reader *r, const record_place *at, const cJSON *json, field_kind kind,
                                int64_t *value)
{
    const number_form *form = number_form_of(kind);
    const char *found = json->valuestring;
    pilot_status status;
    int64_t read;
    if (pilot_tree_is(json, cJSON_String) && form->parse) {
        status = form->parse(found, &read, pilot_next_problem(r->to));
        if (status != PILOT_OK)
            return pilot_problem(r->to, at, status);
    } else if (pilot_tree_is(json, cJSON_Number)) {
        status = digits_parse(found, form->decimals, &read);
    } else {
        return wrong_type(r, at, json, form->wanted);
    }
    if (status == PILOT_OK && read < 0 && kind != FIELD_MONEY)
        status = PILOT_ERROR_RANGE;
    if (status == PILOT_OK) {
        *value = read;
        return PILOT_OK;
    }
    pilot_error *error = pilot_next_problem(r->to);
    pilot_error_set(error, status, found, "%s is not %s", found, form->wanted.en);
    pilot_error_zh(error, "%s不是%s", found, form->wanted.zh);
    return pilot_problem(r->to, at, status);
}

/* A text that one function reads. */
static pilot_status read_parsed(reader *r, const record_place *at, const cJSON *json,
                                pilot_phrase wanted,
                                pilot_status (*parse)(const char *, int32_t *, pilot_error *),
                                int32_t *value)
{
    if (!pilot_tree_is(json, cJSON_String))
        return wrong_type(r, at, json, wanted);
    pilot_status status = parse(json->valuestring, value, pilot_next_problem(r->to));
    return status == PILOT_OK ? status : pilot_problem(r->to, at, status);
}

static pilot_status read_day(reader *r, const record_place *at, const cJSON *json, pilot_date *date)
{
    static const pilot_phrase day = {"日期，如“2019-12-31”", "a date such as \"2019-12-31\""};
    return read_parsed(r, at, json, day, pilot_date_parse, date);
}

static pilot_status read_month(reader *r, const record_place *at, const cJSON *json, pilot_month *month)
{
    static const pilot_phrase wanted = {"月份，如“2019-12”", "a month such as \"2019-12\""};
    return read_parsed(r, at, json, wanted, pilot_month_parse, month);
}

static pilot_status read_share(reader *r, const record_place *at, const cJSON *json, pilot_share *share)
{
    static const pilot_phrase wanted = {"比例，如“1/2”", "a share such as \"1/2\""};
    if (!pilot_tree_is(json, cJSON_String))
        return wrong_type(r, at, json, wanted);
    pilot_status status = pilot_share_parse(json->valuestring, share, pilot_next_problem(r->to));
    return status == PILOT_OK ? status : pilot_problem(r->to, at, status);
}

static pilot_status read_year(reader *r, const record_place *at, const cJSON *json, int32_t *year)
{
    int64_t value;
    pilot_status status = read_number(r, at, json, FIELD_COUNT, &value);
    if (status != PILOT_OK)
        return status;
    if (value < PILOT_YEAR_MIN || value > PILOT_YEAR_MAX) {
        pilot_error *error = pilot_next_problem(r->to);
        pilot_error_set(error, PILOT_ERROR_RANGE, json->valuestring,
                        "%s is not a year: years are %d to %d", json->valuestring, PILOT_YEAR_MIN,
                        PILOT_YEAR_MAX);
        pilot_error_zh(error, "%s不是年份：年份须在%d至%d之间", json->valuestring, PILOT_YEAR_MIN,
                       PILOT_YEAR_MAX);
        return pilot_problem(r->to, at, PILOT_ERROR_RANGE);
    }
    *year = (int32_t)value;
    return PILOT_OK;
}

static pilot_status read_step(reader *r, const record_place *at, const cJSON *json, pilot_step *step)
{
    static const pilot_phrase wanted = {"日期，如“2019-12-31”，或“not_done”",
                                        "a date such as \"2019-12-31\", or \"not_done\""};
    pilot_step made = {PILOT_ANSWER_NO, 0};
    if (!pilot_tree_is(json, cJSON_String))
        return wrong_type(r, at, json, wanted);
    if (strcmp(json->valuestring, "not_done") != 0) {
        made.done = PILOT_ANSWER_YES;
        pilot_status status = read_day(r, at, json, &made.date);
        if (status != PILOT_OK)
            return status;
    }
    *step = made;
    return PILOT_OK;
}

/* Most words differ in their first letters. */
static inline bool is_word(const char *word, const char *text)
{
    return *word == *text && strcmp(word, text) == 0;
}

static pilot_status read_word(reader *r, const record_place *at, const cJSON *json, const words *of,
                              int32_t *word)
{
    char en[192], zh[240];
    for (int32_t i = 0; pilot_tree_is(json, cJSON_String) && i < of->count; i++)
        if (of->words[i].name && is_word(of->words[i].name, json->valuestring)) {
            *word = i;
            return PILOT_OK;
        }
    pilot_list_words(of, true, PILOT_ENGLISH, en, sizeof en);
    pilot_list_words(of, true, PILOT_CHINESE, zh, sizeof zh);
    if (!pilot_tree_is(json, cJSON_String))
        return wrong_type(r, at, json, (pilot_phrase){zh, en});
    pilot_excerpt excerpt;
    pilot_error *error = pilot_next_problem(r->to);
    const char *shown = pilot_excerpt_of(json->valuestring, &excerpt);
    pilot_error_set(error, PILOT_ERROR_FORMAT, json->valuestring, "\"%s\" is none of %s", shown, en);
    pilot_error_zh(error, "“%s”不在其列：%s", shown, zh);
    return pilot_problem(r->to, at, PILOT_ERROR_FORMAT);
}

static pilot_status read_words(reader *r, const record_place *at, const cJSON *json, const words *of,
                               uint32_t *set)
{
    static const pilot_phrase wanted = {"选项的列表", "a list of words"};
    uint32_t made = 0;
    pilot_status refused = PILOT_OK;
    if (!pilot_tree_is(json, cJSON_Array))
        return wrong_type(r, at, json, wanted);
    record_place here = {at, NULL, 0};
    for (const cJSON *entry = json->child; entry; entry = entry->next, here.index++) {
        int32_t word = 0;
        pilot_status status = read_word(r, &here, entry, of, &word);
        if (status == PILOT_OK && made & UINT32_C(1) << word)
            status = pilot_refuse(r->to, &here, PILOT_ERROR_DUPLICATE_ID, entry->valuestring,
                                  "列表中已有这一项", "the list has this word twice");
        if (pilot_ends(r->to, status))
            return status;
        if (status == PILOT_OK)
            made |= UINT32_C(1) << word;
        else
            refused = status;
    }
    *set = made;
    return refused;
}

static pilot_status copy_text(reader *r, const record_place *at, const cJSON *json, pilot_phrase wanted,
                              arena *memory, const char **text)
{
    if (!pilot_tree_is(json, cJSON_String))
        return wrong_type(r, at, json, wanted);
    const char *copy = pilot_arena_copy(memory, json->valuestring);
    if (!copy)
        return pilot_no_memory(r->to);
    *text = copy;
    return PILOT_OK;
}

static pilot_status read_text(reader *r, const record_place *at, const cJSON *json, const char **text)
{
    static const pilot_phrase wanted = {"文字", "a string"};
    return copy_text(r, at, json, wanted, r->memory, text);
}

static pilot_status read_id(reader *r, const record_place *at, const cJSON *json, const char **id)
{
    if (pilot_tree_is(json, cJSON_String) && !*json->valuestring)
        return pilot_refuse(r->to, at, PILOT_ERROR_FORMAT, NULL, "编号不能为空", "an id is not empty");
    return read_text(r, at, json, id);
}

static pilot_status read_code(reader *r, const record_place *at, const cJSON *json, const field *f,
                              const char **code)
{
    const code_form *form = f->of;
    static const pilot_phrase wanted = {"代码（文字）", "a code, a string"};
    pilot_status status = pilot_tree_is(json, cJSON_String)
                              ? form->check(json->valuestring, pilot_next_problem(r->to))
                              : PILOT_OK;
    return status == PILOT_OK ? copy_text(r, at, json, wanted, r->memory, code)
                              : pilot_problem(r->to, at, status);
}

static pilot_status add_named(reader *r, const record *of, const char *id)
{
    named_id *named = pilot_arena_take(r->memory, 1, sizeof *named);
    if (!named)
        return pilot_no_memory(r->to);
    *named = (named_id){r->purpose->named, of, id};
    r->purpose->named = named;
    return PILOT_OK;
}

/* A reference is its id until all lists are there. One that is not needed, to a record of which there
 * has to be more, is not known. */
static pilot_status read_ref(reader *r, const record_place *at, const cJSON *json, const field *f,
                             const char **id)
{
    static const pilot_phrase wanted = {"记录的编号（文字）", "the id of a record, a string"};
    const char *read = NULL;
    pilot_status status = copy_text(r, at, json, wanted, r->purpose ? r->memory : &r->scratch, &read);
    if (status != PILOT_OK)
        return status;
    const bool alone = r->purpose && pilot_known_by_id(f->of);
    if (!r->purpose || alone || pilot_is_needed(&r->purpose->needs, at))
        *id = read;
    return alone && *read ? add_named(r, f->of, read) : PILOT_OK;
}

/* What is read into an array, entry by entry. One that cannot be read stays zero. */
typedef pilot_status (*entry_reader)(reader *r, const record_place *at, const cJSON *json,
                                     const field *f, void *entry);

static pilot_status read_array(reader *r, const record_place *at, const cJSON *json, const field *f,
                               void *item, pilot_phrase wanted, size_t size, entry_reader read)
{
    if (!pilot_tree_is(json, cJSON_Array))
        return wrong_type(r, at, json, wanted);
    const size_t count = (size_t)cJSON_GetArraySize(json);
    char *entries = pilot_arena_take(r->memory, count, size);
    if (!entries)
        return pilot_no_memory(r->to);
    pilot_status refused = PILOT_OK;
    record_place here = {at, NULL, 0};
    for (const cJSON *entry = json->child; entry; entry = entry->next, here.index++) {
        if (pilot_stopped(&r->stop))
            return pilot_stop_problem(r->to);
        pilot_status status = read(r, &here, entry, f, entries + here.index * size);
        if (pilot_ends(r->to, status))
            return status;
        if (status != PILOT_OK)
            refused = status;
    }
    pilot_field_list(f, item, entries, count);
    return refused;
}

static pilot_status read_refs_entry(reader *r, const record_place *at, const cJSON *json, const field *f,
                                    void *entry)
{
    return read_ref(r, at, json, f, entry);
}

static pilot_status read_area(reader *r, const record_place *at, const cJSON *json, const field *f,
                              void *entry)
{
    (void)f;
    return read_number(r, at, json, FIELD_AREA, entry);
}

static pilot_status read_texts_entry(reader *r, const record_place *at, const cJSON *json,
                                     const field *f, void *entry)
{
    (void)f;
    return read_text(r, at, json, entry);
}

static pilot_status read_record(reader *r, const record_place *at, const cJSON *json, const record *type,
                                void *item, bool over);

static pilot_status read_item(reader *r, const record_place *at, const cJSON *json, const field *f,
                              void *entry)
{
    return read_record(r, at, json, f->of, entry, false);
}

static pilot_status read_list(reader *r, const record_place *at, const cJSON *json, const field *f,
                              void *item)
{
    static const pilot_phrase wanted = {"记录的列表", "a list of records"};
    const record *of = f->of;
    id_index index;
    pilot_status status = read_array(r, at, json, f, item, wanted, of->size, read_item);
    if (!pilot_tree_is(json, cJSON_Array) || pilot_ends(r->to, status))
        return status;
    pilot_status repeated =
        pilot_ids_checked(&r->c, at, of, field_pointer(item, f), field_count(item, f), &index);
    return pilot_ends(r->to, repeated) || status == PILOT_OK ? repeated : status;
}

static pilot_status read_optional(reader *r, const record_place *at, const cJSON *json, const field *f,
                                  void *item)
{
    const record *of = f->of;
    void *read = pilot_arena_take(r->memory, 1, of->size);
    if (!read)
        return pilot_no_memory(r->to);
    pilot_status status = read_record(r, at, json, of, read, false);
    if (!pilot_ends(r->to, status))
        field_point(item, f, read);
    return status;
}

static pilot_status read_answer(reader *r, const record_place *at, const cJSON *json,
                                pilot_answer *answer)
{
    static const pilot_phrase wanted = {"真或假（true或false）", "true or false"};
    if (!cJSON_IsBool(json))
        return wrong_type(r, at, json, wanted);
    *answer = pilot_tree_is(json, cJSON_True) ? PILOT_ANSWER_YES : PILOT_ANSWER_NO;
    return PILOT_OK;
}

static pilot_status read_counted(reader *r, const record_place *at, const cJSON *json, const field *f,
                                 void *out)
{
    int64_t value;
    pilot_status status = read_number(r, at, json, f->kind, &value);
    if (status != PILOT_OK)
        return status;
    if (f->required)
        *(int64_t *)out = value;
    else
        *(pilot_opt_int *)out = (pilot_opt_int){value, true};
    return PILOT_OK;
}

static pilot_status read_dated(reader *r, const record_place *at, const cJSON *json, const field *f,
                               void *out)
{
    pilot_date date;
    pilot_status status = read_day(r, at, json, &date);
    if (status != PILOT_OK)
        return status;
    if (f->required)
        *(pilot_date *)out = date;
    else
        *(pilot_opt_date *)out = (pilot_opt_date){date, true};
    return PILOT_OK;
}

static pilot_status read_clause(reader *r, const record_place *at, const cJSON *json,
                                const pilot_clause **out)
{
    static const pilot_phrase wanted = {"条款编号，如“4.2-1”", "the id of a clause, such as \"4.2-1\""};
    if (!pilot_tree_is(json, cJSON_String))
        return wrong_type(r, at, json, wanted);
    const pilot_clause *clause = pilot_clause_find(json->valuestring);
    if (!clause) {
        pilot_excerpt excerpt;
        pilot_error *error = pilot_next_problem(r->to);
        const char *shown = pilot_excerpt_of(json->valuestring, &excerpt);
        pilot_error_set(error, PILOT_ERROR_NOT_FOUND, json->valuestring,
                        "the notice has no clause \"%s\"", shown);
        pilot_error_zh(error, "通知中没有条款“%s”", shown);
        return pilot_problem(r->to, at, PILOT_ERROR_NOT_FOUND);
    }
    *out = clause;
    return PILOT_OK;
}

static pilot_status read_several(reader *r, const record_place *at, const cJSON *json, const field *f,
                                 void *item)
{
    static const pilot_phrase ids = {"编号的列表", "a list of ids"},
                              areas = {"面积的列表", "a list of areas"},
                              texts = {"文字的列表", "a list of texts"};
    if (f->kind == FIELD_LIST)
        return read_list(r, at, json, f, item);
    if (f->kind == FIELD_REFS)
        return read_array(r, at, json, f, item, ids, sizeof(void *), read_refs_entry);
    if (f->kind == FIELD_TEXTS)
        return read_array(r, at, json, f, item, texts, sizeof(void *), read_texts_entry);
    return read_array(r, at, json, f, item, areas, sizeof(int64_t), read_area);
}

static pilot_status read_field(reader *r, const record_place *at, const cJSON *json, const field *f,
                               void *item, bool over)
{
    void *out = field_at(item, f);
    switch (f->kind) {
    case FIELD_ID:
        return read_id(r, at, json, out);
    case FIELD_TEXT:
        return read_text(r, at, json, out);
    case FIELD_CODE:
        return read_code(r, at, json, f, out);
    case FIELD_WORD:
        return read_word(r, at, json, f->of, out);
    case FIELD_WORDS:
        return read_words(r, at, json, f->of, out);
    case FIELD_ANSWER:
        return read_answer(r, at, json, out);
    case FIELD_COUNT:
    case FIELD_MONEY:
    case FIELD_PRICE:
    case FIELD_AREA:
        return read_counted(r, at, json, f, out);
    case FIELD_SHARE:
        return read_share(r, at, json, out);
    case FIELD_YEAR:
        return read_year(r, at, json, out);
    case FIELD_MONTH:
        return read_month(r, at, json, out);
    case FIELD_DATE:
        return read_dated(r, at, json, f, out);
    case FIELD_STEP:
        return read_step(r, at, json, out);
    case FIELD_CLAUSE:
        return read_clause(r, at, json, out);
    case FIELD_REF:
        return read_ref(r, at, json, f, out);
    case FIELD_RECORD:
        return read_record(r, at, json, f->of, out, over);
    case FIELD_OPTIONAL:
        return read_optional(r, at, json, f, item);
    case FIELD_LIST:
    case FIELD_REFS:
    case FIELD_AREAS:
    case FIELD_TEXTS:
        return read_several(r, at, json, f, item);
    default:                         /* GCOVR_EXCL_LINE: a kind that is only written */
        return PILOT_ERROR_ARGUMENT; /* GCOVR_EXCL_LINE */
    }
}

/* The changes of one byte, in or out, that lead from one key to the other; more than 2 count as 3. */
static int key_distance(const char *a, const char *b, int allowed)
{
    while (*a && *a == *b)
        a++, b++;
    if (!*a && !*b)
        return 0;
    if (!allowed)
        return 1;
    int best = *a && *b ? key_distance(a + 1, b + 1, allowed - 1) : 3;
    int other = *a ? key_distance(a + 1, b, allowed - 1) : 3;
    best = other < best ? other : best;
    other = *b ? key_distance(a, b + 1, allowed - 1) : 3;
    return 1 + (other < best ? other : best);
}

/* The number of the field whose key is nearest, or field_count where none is near. */
static size_t nearest_field(const record *type, const char *key)
{
    const int most = strlen(key) > 3 ? 2 : 1; /* else any short key is near any other */
    size_t nearest = type->field_count;
    int least = most + 1;
    for (size_t i = 0; i < type->field_count; i++) {
        int distance = key_distance(key, type->fields[i].key, most);
        if (distance < least) {
            least = distance;
            nearest = i;
        }
    }
    return nearest;
}

/* The record below the type that has the key; NULL where none has. */
static const record *owner_of(const record *type, const char *key)
{
    const record *owner = NULL;
    for (size_t i = 0; i < type->field_count; i++)
        if (strcmp(type->fields[i].key, key) == 0)
            return type;
    for (size_t i = 0; !owner && i < type->field_count; i++) {
        const field *f = &type->fields[i];
        if (f->kind == FIELD_RECORD || f->kind == FIELD_OPTIONAL || f->kind == FIELD_LIST)
            owner = owner_of(f->of, key);
    }
    return owner;
}

#define KEY_SIZE 64

/* areaM2 or AreaM2 as keys are written here: area_m2. */
static void snake_case(const char *key, char snake[KEY_SIZE])
{
    size_t used = 0;
    for (; *key && used + 2 < KEY_SIZE; key++) {
        const bool upper = *key >= 'A' && *key <= 'Z';
        if (upper && used && snake[used - 1] != '_')
            snake[used++] = '_';
        snake[used] = *key;
        if (upper)
            snake[used] = (char)(*key - 'A' + 'a');
        if (*key == '-' || *key == ' ')
            snake[used] = '_';
        used++;
    }
    snake[used] = '\0';
}

/* *meant: the field that the key is taken for is added, and no more is told of its own key's absence. */
static pilot_status unknown_key(reader *r, const record_place *at, const record *type, const char *key,
                                uint64_t *meant)
{
    const record_place member = pilot_member(at, key);
    char snake[KEY_SIZE];
    pilot_excerpt excerpt;
    pilot_error *error = pilot_next_problem(r->to);
    const char *shown = pilot_excerpt_of(key, &excerpt);
    snake_case(key, snake);
    const size_t nearest = nearest_field(type, snake);
    const bool near = nearest < type->field_count;
    const record *owner = near ? NULL : owner_of(r->type, snake);
    const pilot_status status = PILOT_ERROR_UNKNOWN_KEY;
    if (owner) {
        pilot_error_set(error, status, key, "the key \"%s\" is not known here: it belongs to \"%s\"",
                        shown, owner->key);
        pilot_error_zh(error, "此处没有键“%s”：它属于“%s”", shown, owner->key);
    } else if (near) {
        pilot_error_set(error, status, key, "the key \"%s\" is not known here; did you mean \"%s\"?",
                        shown, type->fields[nearest].key);
        pilot_error_zh(error, "此处没有键“%s”；是否应为“%s”？", shown, type->fields[nearest].key);
        *meant |= UINT64_C(1) << nearest;
    } else {
        pilot_error_set(error, status, key,
                        "the key \"%s\" is not known here; keys of your own begin with \"x-\"", shown);
        pilot_error_zh(error, "此处没有键“%s”；自用的键以“x-”开头", shown);
    }
    return pilot_problem(r->to, &member, status);
}

/* The number of the key's field, or field_count. Most files write keys in the order of the table, so the
 * search starts where the last one ended. */
static size_t field_number(const record *type, size_t start, const char *key)
{
    for (size_t tries = 0; tries < type->field_count; tries++) {
        if (is_word(type->fields[start].key, key))
            return start;
        start = start + 1 < type->field_count ? start + 1 : 0;
    }
    return type->field_count;
}

/* A member whose value is null, or that is not there: json is NULL. */
static pilot_status read_nothing(reader *r, const record_place *at, const cJSON *json,
                                 const record *type, const field *f, void *item, bool over)
{
    if (over && !json)
        return PILOT_OK;
    if (pilot_has_default(type, f)) {
        pilot_field_copy(f, item, type->defaults);
        return PILOT_OK;
    }
    return pilot_field_missing(&r->c, at, f);
}

static pilot_status read_member(reader *r, const record_place *at, const cJSON *json, const record *type,
                                const field *f, void *item, bool over)
{
    if (!json || (pilot_tree_is(json, cJSON_NULL) &&
                  (!f->required || over || r->purpose || pilot_has_default(type, f))))
        return read_nothing(r, at, json, type, f, item, over);
    pilot_status status = read_field(r, at, json, f, item, over), limited = PILOT_OK;
    if (!(f->limits & LIMIT_RANGE) || pilot_ends(r->to, status))
        return status;
    if (f->kind == FIELD_LIST && pilot_tree_is(json, cJSON_Array))
        limited = pilot_count_checked(&r->c, at, f, item);
    else if (status == PILOT_OK)
        limited = pilot_field_check(&r->c, at, f, item);
    return limited == PILOT_OK ? status : limited;
}

/* Of a caller's value: the scan of a text refuses it. */
static pilot_status repeated_key(reader *r, const record_place *at, const char *key)
{
    const record_place member = pilot_member(at, key);
    return pilot_refuse(r->to, &member, PILOT_ERROR_DUPLICATE_KEY, key, "对象中已有这个键",
                        "the object has this key twice");
}

/* An object's members by the fields that they are read by. */
typedef struct members {
    const cJSON *of[FIELDS_MAX];
    uint64_t meant; /* fields by number: by keys that are not known */
    bool odd;       /* there are such keys */
} members;

static pilot_status sort_members(reader *r, const record_place *at, const cJSON *json,
                                 const record *type, members *m)
{
    size_t next = 0;
    for (const cJSON *member = json->child; member; member = member->next) {
        const char *key = member->string;
        if (pilot_own_key(key))
            continue;
        size_t number = field_number(type, next, key);
        if (number < type->field_count) {
            if (m->of[number])
                return repeated_key(r, at, key);
            m->of[number] = member;
            next = number;
            continue;
        }
        m->odd = true;
        pilot_status status = unknown_key(r, at, type, key, &m->meant);
        if (pilot_ends(r->to, status))
            return status;
    }
    return PILOT_OK;
}

/* null for a field that may be left out is the same as leaving it out. */
static pilot_status read_record(reader *r, const record_place *at, const cJSON *json, const record *type,
                                void *item, bool over)
{
    static const pilot_phrase wanted = {"对象", "an object"};
    members m;
    checker c = {.to = r->to, .scratch = &r->scratch};
    if (!pilot_tree_is(json, cJSON_Object))
        return wrong_type(r, at, json, wanted);
    m.meant = 0;
    m.odd = false;
    memset(m.of, 0, type->field_count * sizeof *m.of);
    pilot_status status = sort_members(r, at, json, type, &m);
    for (size_t i = 0; i < type->field_count && !pilot_ends(r->to, status); i++) {
        const record_place member = pilot_member(at, type->fields[i].key);
        const bool misspelt = !m.of[i] && m.meant & UINT64_C(1) << i;
        if (!m.of[i] && !misspelt && !type->fields[i].required && (over || !type->defaults))
            continue; /* nothing is known of it */
        status = misspelt ? PILOT_ERROR_UNKNOWN_KEY
                          : read_member(r, &member, m.of[i], type, &type->fields[i], item, over);
        if (status != PILOT_OK)
            c.bad |= UINT64_C(1) << i;
    }
    if (pilot_ends(r->to, status))
        return status;
    c.broken = c.bad || m.odd;
    status = pilot_checked_wholly(&c, at, type, item);
    return c.broken && !pilot_ends(r->to, status) ? r->to->status : status;
}

static pilot_status told(reader *r, pilot_status status)
{
    r->ended = pilot_ends(r->to, status);
    return r->ended ? status : PILOT_OK;
}

/* The document's next member. */
static pilot_status begin_member(void *context, const char *key, size_t scanned, json_use *use)
{
    reader *r = context;
    r->scanned = scanned;
    if (pilot_own_key(key))
        return PILOT_OK;
    const size_t number = field_number(r->type, r->next, key);
    if (number == r->type->field_count) {
        r->odd = true;
        return told(r, unknown_key(r, NULL, r->type, key, &r->meant));
    }
    r->f = &r->type->fields[number];
    r->seen |= UINT64_C(1) << number;
    r->next = number;
    r->count = 0;
    r->problems_before = r->to->count;
    *use = r->f->kind == FIELD_LIST ? JSON_ITEMS : r->f->kind == FIELD_JSON ? JSON_TEXT : JSON_TREE;
    return PILOT_OK;
}

/* A list of the document that cannot be read: what its records are referred to by is not known. */
static pilot_status lose_list(reader *r, const field *f)
{
    if (f->kind != FIELD_LIST ||
        pilot_linker_add(&r->links, (record_list){.type = f->of, .broken = true}))
        return PILOT_OK;
    return pilot_no_memory(r->to);
}

/* Notes whether the document's field has problems. status: of the reading of it. */
static void end_member(reader *r, const field *f, pilot_status status)
{
    if (status != PILOT_OK || r->to->count != r->problems_before)
        r->bad |= UINT64_C(1) << (f - r->type->fields);
}

/* Room for one more record of the list, zeroed; NULL when memory runs out. */
static void *add_item(reader *r, size_t size)
{
    if ((r->count + 1) * size > r->capacity) {
        const size_t capacity = r->capacity ? 2 * r->capacity + size : 64 * size;
        char *items = realloc(r->items, capacity);
        if (!items)
            return NULL;
        r->items = items;
        r->capacity = capacity;
    }
    return memset(r->items + r->count++ * size, 0, size);
}

static pilot_status read_next_item(reader *r, const cJSON *tree)
{
    const record *of = r->f->of;
    const record_place list = pilot_member(NULL, r->f->key), here = {&list, NULL, r->count};
    void *item = add_item(r, of->size);
    return item ? read_record(r, &here, tree, of, item, false) : pilot_no_memory(r->to);
}

/* The list becomes the document's, and what other records refer to. */
static pilot_status end_list(reader *r)
{
    const record *of = r->f->of;
    const record_place at = pilot_member(NULL, r->f->key);
    char *items = pilot_arena_take(r->memory, r->count, of->size);
    record_list list = {.type = of, .items = items, .count = r->count};
    if (!items)
        return pilot_no_memory(r->to);
    if (r->count)
        memcpy(items, r->items, r->count * of->size);
    pilot_field_list(r->f, r->item, items, r->count);
    pilot_status status = pilot_count_checked(&r->c, &at, r->f, r->item);
    if (!pilot_ends(r->to, status))
        status = pilot_ids_checked(&r->c, &at, of, items, r->count, &list.by_id);
    list.broken = list.by_id.count < list.count;
    if (!pilot_ends(r->to, status) && !pilot_linker_add(&r->links, list))
        status = pilot_no_memory(r->to);
    end_member(r, r->f, status);
    return status;
}

static pilot_status take_value(void *context, const cJSON *tree, size_t scanned)
{
    static const pilot_phrase wanted = {"对象", "an object"};
    reader *r = context;
    const record_place at = pilot_member(NULL, r->f ? r->f->key : NULL);
    r->scanned = scanned;
    if (pilot_stopped(&r->stop))
        return told(r, pilot_stop_problem(r->to));
    if (!r->f) {
        r->seen = r->bad = UINT64_MAX; /* what it lacks is not told as well */
        return told(r, wrong_type(r, NULL, tree, wanted));
    }
    pilot_status status = read_member(r, &at, tree, r->type, r->f, r->item, r->over);
    end_member(r, r->f, status);
    if (status != PILOT_OK && !pilot_ends(r->to, status))
        status = lose_list(r, r->f);
    return told(r, status);
}

static pilot_status take_item(void *context, const cJSON *tree, size_t scanned)
{
    reader *r = context;
    r->scanned = scanned;
    if (pilot_stopped(&r->stop))
        return told(r, pilot_stop_problem(r->to));
    return told(r, tree ? read_next_item(r, tree) : end_list(r));
}

/* What has been refused in a value that a document is read of is found again, with all else that is
 * wrong with the document. */
static pilot_status take_text(void *context, pilot_json_text written, size_t scanned)
{
    reader *r = context;
    const record_place at = pilot_member(NULL, r->f->key);
    r->scanned = scanned;
    if (written.length == 4 && memcmp(written.text, "null", 4) == 0)
        end_member(r, r->f, read_nothing(r, &at, NULL, r->type, r->f, r->item, r->over));
    else {
        if (r->f->of && r->to->count <= r->to->capacity)
            pilot_problems_forget(r->to, r->problems_before);
        if (r->to->count == r->problems_before)
            *(pilot_json_text *)field_at(r->item, r->f) = written;
    }
    return told(r, r->to->count == r->problems_before ? PILOT_OK : r->to->status);
}

/* What is no problem of the form of JSON, but of what is read here. */
static pilot_status take_refused(void *context, const pilot_error *found)
{
    reader *r = context;
    return told(r, pilot_problem_found(r->to, found));
}

/* A member that is not there. */
static pilot_status read_absent(reader *r, size_t number)
{
    const field *f = &r->type->fields[number];
    const record_place at = pilot_member(NULL, f->key);
    const bool misspelt = r->meant & UINT64_C(1) << number;
    r->problems_before = r->to->count;
    pilot_status status =
        misspelt ? PILOT_ERROR_UNKNOWN_KEY : read_nothing(r, &at, NULL, r->type, f, r->item, r->over);
    end_member(r, f, status);
    return status == PILOT_OK || pilot_ends(r->to, status) ? status : lose_list(r, f);
}

/* What the members that are not there leave, and what the document has to be as a whole. */
static pilot_status end_document(reader *r)
{
    pilot_status status = PILOT_OK;
    for (size_t i = 0; i < r->type->field_count && !pilot_ends(r->to, status); i++)
        if (!(r->seen & UINT64_C(1) << i))
            status = read_absent(r, i);
    if (pilot_ends(r->to, status))
        return status;
    checker whole = r->c;
    whole.bad = r->bad;
    whole.broken = r->bad || r->odd;
    status = pilot_checked_wholly(&whole, NULL, r->type, r->item);
    return pilot_ends(r->to, status) || r->purpose ? status
                                                   : pilot_link(&r->links, NULL, r->type, r->item);
}

/* Gives a part of a caller's document to who reads it, as the scan of a text does. */
static pilot_status take_part(reader *r, const pilot_json_value *value, const record_place *at,
                              int depth, arena *nodes,
                              pilot_status (*take)(void *context, const cJSON *tree, size_t scanned))
{
    cJSON *tree = NULL;
    pilot_status status = told(r, pilot_tree_of(value, at, depth, nodes, r->to, &tree));
    if (status == PILOT_OK && take)
        status = take(r, tree, 0);
    pilot_arena_reset(nodes);
    return status;
}

static pilot_status take_member(reader *r, const pilot_json_value *member, arena *nodes)
{
    const record_place at = pilot_member(NULL, member->key);
    record_place here = {&at, NULL, 0};
    json_use use = JSON_IGNORED;
    const uint64_t seen = r->seen;
    pilot_status status = told(r, pilot_tree_text(member->key, NULL, r->to));
    if (status == PILOT_OK)
        status = begin_member(r, member->key, 0, &use);
    if (status != PILOT_OK)
        return status;
    if (use != JSON_IGNORED && r->seen == seen)
        return told(r, repeated_key(r, NULL, member->key));
    if (use != JSON_ITEMS || member->kind != PILOT_JSON_LIST)
        return take_part(r, member, &at, 1, nodes, use == JSON_IGNORED ? NULL : take_value);
    for (const pilot_json_value *item = member->first; item; item = item->next, here.index++) {
        status = take_part(r, item, &here, 2, nodes, take_item);
        if (status != PILOT_OK)
            return status;
    }
    return take_item(r, NULL, 0);
}

pilot_status pilot_json_read_value(struct reader *r)
{
    const pilot_json_value *value = r->from->value;
    arena nodes = {0};
    pilot_status status = PILOT_OK;
    if (value->kind != PILOT_JSON_OBJECT)
        status = take_part(r, value, NULL, 0, &nodes, take_value);
    else
        for (const pilot_json_value *m = value->first; m && status == PILOT_OK; m = m->next)
            status = take_member(r, m, &nodes);
    if (status == PILOT_OK)
        status = end_document(r);
    pilot_arena_free(&nodes);
    return r->to->count ? r->to->status : status;
}

static pilot_status read_text_of(reader *r)
{
    const json_parts parts = {.member = begin_member,
                              .value = take_value,
                              .item = take_item,
                              .text = take_text,
                              .refused = take_refused,
                              .context = r};
    pilot_error found;
    pilot_status status = pilot_json_scan(r->from->text, r->from->length, r->from->stop, &parts, &found);
    if (status == PILOT_OK) {
        r->scanned = r->from->length;
        status = end_document(r);
    } else if (!r->ended) {
        (void)pilot_problem_found(r->to, &found);
    }
    return r->to->count ? r->to->status : status;
}

static pilot_status read_whole(reader *r)
{
    r->stop.stop = r->from->stop;
    r->c =
        (checker){.to = r->to, .scratch = &r->scratch, .needs = r->purpose ? &r->purpose->needs : NULL};
    r->links = (linker){.to = r->to, .scratch = &r->scratch, .by_id = true};
    r->to->locate = r->from->text ? locate : NULL;
    r->to->context = r;
    pilot_status status = r->from->text ? read_text_of(r) : r->from->read(r);
    r->to->locate = NULL;
    pilot_arena_free(&r->scratch);
    free(r->items);
    return status;
}

pilot_status pilot_json_read(const source *from, const record *type, void *item, bool over,
                             arena *memory, problems *to)
{
    reader r = {.from = from, .to = to, .memory = memory, .type = type, .item = item, .over = over};
    return read_whole(&r);
}

pilot_status pilot_json_read_beside(const source *from, const record *type, void *item, uint64_t there,
                                    arena *memory, problems *to)
{
    reader r = {.from = from, .to = to, .memory = memory, .type = type, .item = item, .seen = there};
    return read_whole(&r);
}

pilot_status pilot_json_read_for(const source *from, const record *type, void *item, purpose *why,
                                 arena *memory, problems *to)
{
    reader r = {.from = from, .to = to, .memory = memory, .type = type, .item = item, .purpose = why};
    return read_whole(&r);
}

void pilot_json_place(void *context, const char *path, pilot_error *error)
{
    placing *in = context;
    pilot_json_locate(in->from->text, in->from->length, path, &in->cursor, &error->line, &error->column);
}
