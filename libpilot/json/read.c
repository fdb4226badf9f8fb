#include "read.h"

#include "base/base_internal.h"
#include "record/index.h"
#include "base/stop.h"
#include "pilot/clause.h"
#include "scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where the reader is: a member of an object, or an item of a list. */
typedef struct place {
    const struct place *up;
    const char *key; /* NULL: index */
    size_t index;
} place;

/* The records of one list, for references to them. */
typedef struct listed {
    const record *type;
    const char *items;
    id_index by_id;
    size_t *named_by; /* record -> the list of references that named it last */
} listed;

/* Of the document itself: what lies within a record is not referred to. */
#define LISTS_MAX 16
typedef struct reader {
    arena *memory; /* of what is read */
    arena scratch; /* of the indexes, gone when the reading ends */
    pilot_error *error;
    const char *text; /* that the tree was parsed from, to find places in */
    size_t length;
    stopping stop;
    listed lists[LISTS_MAX];
    size_t list_count;
    size_t reference_lists; /* lists of references so far */
} reader;

/* Room for the whole path of any member that is not named absurdly; an error keeps what fits. */
#define PATH_MAX_BYTES 1024

/* Adds a part of an RFC 6901 path, of which only whole characters are kept. */
static size_t add_part(char *path, size_t used, const char *part)
{
    path[used++] = '/';
    while (*part) {
        size_t length = pilot_utf8_length(part, SIZE_MAX); /* the scan has seen that it is UTF-8 */
        if (!length || used + length + 2 >= PATH_MAX_BYTES)
            break;
        if (*part == '~' || *part == '/') {
            path[used++] = '~';
            path[used++] = *part == '~' ? '0' : '1';
        } else {
            memcpy(path + used, part, length);
            used += length;
        }
        part += length;
    }
    path[used] = '\0';
    return used;
}

static size_t put_path(const place *at, char *path)
{
    char index[24];
    if (!at) {
        *path = '\0';
        return 0;
    }
    size_t used = put_path(at->up, path);
    if (used + sizeof index >= PATH_MAX_BYTES)
        return used;
    snprintf(index, sizeof index, "%zu", at->index);
    return add_part(path, used, at->key ? at->key : index);
}

static pilot_status place_error(const reader *r, const place *at, pilot_status status)
{
    char path[PATH_MAX_BYTES];
    if (!r->error)
        return status;
    put_path(at, path);
    pilot_json_locate(r->text, r->length, path, &r->error->line, &r->error->column);
    pilot_error_place(r->error, "%s", path);
    return status;
}

static const char *kind_of(const cJSON *json)
{
    return cJSON_IsString(json)   ? "a string"
           : cJSON_IsNumber(json) ? "a number"
           : cJSON_IsBool(json)   ? "true or false"
           : cJSON_IsNull(json)   ? "null"
           : cJSON_IsArray(json)  ? "a list"
                                  : "an object";
}

static pilot_status wrong_type(reader *r, const place *at, const cJSON *found, const char *wanted)
{
    pilot_error_set(r->error, PILOT_ERROR_TYPE,
                    cJSON_IsString(found) ? found->valuestring : kind_of(found),
                    "found %s where %s is wanted", kind_of(found), wanted);
    return place_error(r, at, PILOT_ERROR_TYPE);
}

/* The scan has seen that a number has at most 15 digits and no exponent, so its double stands for one
 * decimal only, which this finds again. */
static pilot_status scale_number(double number, int decimals, int64_t *value)
{
    double power = 1;
    for (int d = 0; d <= decimals; d++, power *= 10) {
        double scaled = number * power;
        int64_t whole = (int64_t)(scaled + (scaled < 0 ? -0.5 : 0.5));
        if ((double)whole / power != number)
            continue;
        for (; d < decimals; d++)
            if (pilot_multiply(whole, 10, &whole) != PILOT_OK)
                return PILOT_ERROR_OVERFLOW;
        *value = whole;
        return PILOT_OK;
    }
    return PILOT_ERROR_PRECISION;
}

/* As long as a number may be written, and more. */
#define NUMBER_SIZE 96

static size_t put_run(char *text, size_t used, const char *digits, int from, int to, int count)
{
    for (int i = from; i < to && used + 1 < NUMBER_SIZE; i++) {
        text[used] = '0';
        if (i >= 0 && i < count)
            text[used] = digits[i];
        used++;
    }
    return used;
}

/* The number as it was written, without an exponent: it has at most 15 digits. Of what printf gives only
 * digits and exponent are taken, as its point is the locale's. */
static void write_out(double number, char text[NUMBER_SIZE])
{
    char printed[48], digits[16];
    int count = 0;
    size_t used = 0;
    snprintf(printed, sizeof printed, "%.14e", number < 0 ? -number : number);
    const char *at = printed;
    for (; *at && *at != 'e'; at++)
        if (*at >= '0' && *at <= '9' && count < 15)
            digits[count++] = *at;
    const int whole = *at ? (int)strtol(at + 1, NULL, 10) + 1 : count; /* digits before the point */
    while (count > 1 && digits[count - 1] == '0')
        count--;
    if (number < 0)
        text[used++] = '-';
    used = put_run(text, used, digits, whole > 0 ? 0 : -1, whole > 0 ? whole : 0, count);
    if (count > whole) {
        text[used++] = '.';
        used = put_run(text, used, digits, whole, count, count);
    }
    text[used] = '\0';
}

typedef struct number_form {
    int decimals;
    bool signed_;
    const char *wanted;
    pilot_status (*parse)(const char *, int64_t *, pilot_error *);
} number_form;

static const number_form *number_form_of(field_kind kind)
{
    static const number_form money = {2, true, "yuan with at most 2 decimals, such as \"18.00\"",
                                      pilot_money_parse};
    static const number_form price = {
        4, false, "yuan, 0 or more, with at most 4 decimals, such as \"0.3050\"", pilot_price_parse};
    static const number_form area = {
        2, false, "square metres, 0 or more, with at most 2 decimals, such as \"118.50\"",
        pilot_area_parse};
    static const number_form count = {0, false, "a whole number, 0 or more", NULL};
    return kind == FIELD_MONEY   ? &money
           : kind == FIELD_PRICE ? &price
           : kind == FIELD_AREA  ? &area
                                 : &count;
}

static pilot_status read_number(reader *r, const place *at, const cJSON *json, field_kind kind,
                                int64_t *value)
{
    const number_form *form = number_form_of(kind);
    pilot_status status;
    char digits[NUMBER_SIZE];
    const char *found = digits;
    if (cJSON_IsString(json) && form->parse) {
        found = json->valuestring;
        status = form->parse(found, value, r->error);
        if (status != PILOT_OK)
            return place_error(r, at, status);
    } else if (cJSON_IsNumber(json)) {
        status = scale_number(json->valuedouble, form->decimals, value);
    } else {
        return wrong_type(r, at, json, form->wanted);
    }
    if (status == PILOT_OK && *value < 0 && !form->signed_)
        status = PILOT_ERROR_RANGE;
    if (status == PILOT_OK)
        return PILOT_OK;
    if (found == digits)
        write_out(json->valuedouble, digits);
    pilot_error_set(r->error, status, found, "%s is not %s", found, form->wanted);
    return place_error(r, at, status);
}

static pilot_status read_day(reader *r, const place *at, const cJSON *json, pilot_date *date)
{
    if (!cJSON_IsString(json))
        return wrong_type(r, at, json, "a date such as \"2019-12-31\"");
    pilot_status status = pilot_date_parse(json->valuestring, date, r->error);
    return status == PILOT_OK ? status : place_error(r, at, status);
}

static pilot_status read_month(reader *r, const place *at, const cJSON *json, pilot_month *month)
{
    if (!cJSON_IsString(json))
        return wrong_type(r, at, json, "a month such as \"2019-12\"");
    pilot_status status = pilot_month_parse(json->valuestring, month, r->error);
    return status == PILOT_OK ? status : place_error(r, at, status);
}

static pilot_status read_last_month(reader *r, const place *at, const cJSON *json, const field *f,
                                    void *item)
{
    const pilot_month *first = (const pilot_month *)(const void *)((const char *)item + f->other);
    pilot_month last;
    pilot_text text;
    pilot_status status = read_month(r, at, json, &last);
    if (status != PILOT_OK)
        return status;
    if (last < *first) {
        pilot_error_set(r->error, PILOT_ERROR_ORDER, json->valuestring,
                        "\"%s\" is before the first month, %s", json->valuestring,
                        pilot_month_text(*first, &text));
        return place_error(r, at, PILOT_ERROR_ORDER);
    }
    *(pilot_month *)field_at(item, f) = last;
    return PILOT_OK;
}

static pilot_status read_share(reader *r, const place *at, const cJSON *json, pilot_share *share)
{
    if (!cJSON_IsString(json))
        return wrong_type(r, at, json, "a share such as \"1/2\"");
    pilot_status status = pilot_share_parse(json->valuestring, share, r->error);
    return status == PILOT_OK ? status : place_error(r, at, status);
}

static pilot_status read_year(reader *r, const place *at, const cJSON *json, int32_t *year)
{
    int64_t value;
    pilot_status status = read_number(r, at, json, FIELD_COUNT, &value);
    if (status != PILOT_OK)
        return status;
    if (value < PILOT_YEAR_MIN || value > PILOT_YEAR_MAX) {
        char found[24];
        snprintf(found, sizeof found, "%lld", (long long)value);
        pilot_error_set(r->error, PILOT_ERROR_RANGE, found, "%s is not a year: years are %d to %d",
                        found, PILOT_YEAR_MIN, PILOT_YEAR_MAX);
        return place_error(r, at, PILOT_ERROR_RANGE);
    }
    *year = (int32_t)value;
    return PILOT_OK;
}

static pilot_status read_step(reader *r, const place *at, const cJSON *json, pilot_step *step)
{
    pilot_step made = {PILOT_ANSWER_NO, 0};
    if (!cJSON_IsString(json))
        return wrong_type(r, at, json, "a date such as \"2019-12-31\", or \"not_done\"");
    if (strcmp(json->valuestring, "not_done") != 0) {
        made.done = PILOT_ANSWER_YES;
        pilot_status status = read_day(r, at, json, &made.date);
        if (status != PILOT_OK)
            return status;
    }
    *step = made;
    return PILOT_OK;
}

/* The words that would do, for a message. */
static void list_words(const words *of, char *text, size_t size)
{
    size_t used = 0;
    *text = '\0';
    for (int32_t i = 0; i < of->count; i++) {
        if (!of->words[i].name)
            continue;
        int length = snprintf(text + used, size - used, "%s\"%s\"", used ? ", " : "", of->words[i].name);
        if (length < 0 || used + (size_t)length >= size)
            break;
        used += (size_t)length;
    }
}

static pilot_status read_word(reader *r, const place *at, const cJSON *json, const words *of,
                              int32_t *word)
{
    char wanted[192];
    for (int32_t i = 0; cJSON_IsString(json) && i < of->count; i++)
        if (of->words[i].name && strcmp(json->valuestring, of->words[i].name) == 0) {
            *word = i;
            return PILOT_OK;
        }
    list_words(of, wanted, sizeof wanted);
    if (!cJSON_IsString(json))
        return wrong_type(r, at, json, wanted);
    pilot_excerpt excerpt;
    pilot_error_set(r->error, PILOT_ERROR_FORMAT, json->valuestring, "\"%s\" is none of %s",
                    pilot_excerpt_of(json->valuestring, &excerpt), wanted);
    return place_error(r, at, PILOT_ERROR_FORMAT);
}

static pilot_status read_words(reader *r, const place *at, const cJSON *json, const words *of,
                               uint32_t *set)
{
    uint32_t made = 0;
    if (!cJSON_IsArray(json))
        return wrong_type(r, at, json, "a list of words");
    place here = {at, NULL, 0};
    for (const cJSON *entry = json->child; entry; entry = entry->next, here.index++) {
        int32_t word;
        pilot_status status = read_word(r, &here, entry, of, &word);
        if (status != PILOT_OK)
            return status;
        if (made & UINT32_C(1) << word) {
            pilot_error_set(r->error, PILOT_ERROR_DUPLICATE_ID, entry->valuestring,
                            "the list has this word twice");
            return place_error(r, &here, PILOT_ERROR_DUPLICATE_ID);
        }
        made |= UINT32_C(1) << word;
    }
    *set = made;
    return PILOT_OK;
}

static pilot_status no_memory(reader *r, const place *at)
{
    pilot_error_set(r->error, PILOT_ERROR_MEMORY, NULL, "no memory for the records");
    return place_error(r, at, PILOT_ERROR_MEMORY);
}

static pilot_status read_text(reader *r, const place *at, const cJSON *json, const char **text)
{
    if (!cJSON_IsString(json))
        return wrong_type(r, at, json, "a string");
    char *copy = pilot_arena_copy(r->memory, json->valuestring);
    if (!copy)
        return no_memory(r, at);
    *text = copy;
    return PILOT_OK;
}

static pilot_status read_id(reader *r, const place *at, const cJSON *json, const char **id)
{
    if (cJSON_IsString(json) && !*json->valuestring) {
        pilot_error_set(r->error, PILOT_ERROR_FORMAT, "", "an id is not empty");
        return place_error(r, at, PILOT_ERROR_FORMAT);
    }
    return read_text(r, at, json, id);
}

static pilot_status repeated_id(reader *r, const place *list, size_t i, size_t first, const char *id)
{
    place item = {list, NULL, i}, member = {&item, "id", 0};
    pilot_excerpt excerpt;
    pilot_error_set(r->error, PILOT_ERROR_DUPLICATE_ID, id,
                    "the id \"%s\" is already that of item %zu of this list",
                    pilot_excerpt_of(id, &excerpt), first);
    return place_error(r, &member, PILOT_ERROR_DUPLICATE_ID);
}

static pilot_status index_ids(reader *r, const place *at, const record *type, const char *items,
                              size_t count)
{
    if (type->fields[0].kind != FIELD_ID)
        return PILOT_OK;
    listed made, *list = at->up || r->list_count == LISTS_MAX ? &made : &r->lists[r->list_count++];
    size_t repeated, first;
    *list = (listed){.type = type, .items = items};
    list->named_by = pilot_arena_take(&r->scratch, list == &made ? 0 : count, sizeof *list->named_by);
    if (!list->named_by ||
        !pilot_index_ids(&list->by_id, &r->scratch, &r->scratch, items, type->size, count))
        return no_memory(r, at);
    if (pilot_repeated_id(&list->by_id, items, type->size, &repeated, &first))
        return repeated_id(r, at, repeated, first,
                           *(const char *const *)(const void *)(items + repeated * type->size));
    return PILOT_OK;
}

/* The record of the id in the list that holds such records. */
static pilot_status find_ref(reader *r, const place *at, const cJSON *json, const record *of,
                             listed **list, const void **target)
{
    if (!cJSON_IsString(json))
        return wrong_type(r, at, json, "the id of a record, a string");
    for (size_t i = 0; i < r->list_count; i++) {
        if (r->lists[i].type != of)
            continue;
        const void *found = pilot_find_id(&r->lists[i].by_id, json->valuestring);
        if (!found)
            break;
        *list = &r->lists[i];
        *target = found;
        return PILOT_OK;
    }
    pilot_excerpt excerpt;
    pilot_error_set(r->error, PILOT_ERROR_DANGLING_ID, json->valuestring,
                    "no record of \"%s\" has the id \"%s\"", of->key,
                    pilot_excerpt_of(json->valuestring, &excerpt));
    return place_error(r, at, PILOT_ERROR_DANGLING_ID);
}

static void store_list(void *item, const field *f, const void *items, size_t count)
{
    memcpy(field_at(item, f), &items, sizeof items);
    memcpy((char *)item + f->count_offset, &count, sizeof count);
}

static pilot_status read_refs(reader *r, const place *at, const cJSON *json, const field *f, void *item)
{
    if (!cJSON_IsArray(json))
        return wrong_type(r, at, json, "a list of ids");
    size_t count = (size_t)cJSON_GetArraySize(json);
    const void **targets = pilot_arena_take(r->memory, count, sizeof *targets);
    if (!targets)
        return no_memory(r, at);
    place here = {at, NULL, 0};
    r->reference_lists++;
    for (const cJSON *entry = json->child; entry; entry = entry->next, here.index++) {
        listed *list;
        pilot_status status = find_ref(r, &here, entry, f->of, &list, &targets[here.index]);
        if (status != PILOT_OK)
            return status;
        size_t *named_by = &list->named_by[(size_t)((const char *)targets[here.index] - list->items) /
                                           list->type->size];
        if (*named_by == r->reference_lists) {
            pilot_error_set(r->error, PILOT_ERROR_DUPLICATE_ID, entry->valuestring,
                            "the list has this id twice");
            return place_error(r, &here, PILOT_ERROR_DUPLICATE_ID);
        }
        *named_by = r->reference_lists;
    }
    store_list(item, f, targets, count);
    return PILOT_OK;
}

static pilot_status read_record(reader *r, const place *at, const cJSON *json, const record *type,
                                void *item);

static pilot_status read_list(reader *r, const place *at, const cJSON *json, const field *f, void *item)
{
    const record *of = f->of;
    if (!cJSON_IsArray(json))
        return wrong_type(r, at, json, "a list");
    size_t count = (size_t)cJSON_GetArraySize(json);
    char *items = pilot_arena_take(r->memory, count, of->size);
    if (!items)
        return no_memory(r, at);
    place here = {at, NULL, 0};
    for (const cJSON *entry = json->child; entry; entry = entry->next, here.index++) {
        if (pilot_stopped(&r->stop))
            return pilot_error_stopped(r->error);
        pilot_status status = read_record(r, &here, entry, of, items + here.index * of->size);
        if (status != PILOT_OK)
            return status;
    }
    store_list(item, f, items, count);
    return index_ids(r, at, of, items, count);
}

static pilot_status read_areas(reader *r, const place *at, const cJSON *json, const field *f, void *item)
{
    if (!cJSON_IsArray(json))
        return wrong_type(r, at, json, "a list of areas");
    size_t count = (size_t)cJSON_GetArraySize(json);
    int64_t *areas = pilot_arena_take(r->memory, count, sizeof *areas);
    if (!areas)
        return no_memory(r, at);
    place here = {at, NULL, 0};
    for (const cJSON *entry = json->child; entry; entry = entry->next, here.index++) {
        if (pilot_stopped(&r->stop))
            return pilot_error_stopped(r->error);
        pilot_status status = read_number(r, &here, entry, FIELD_AREA, &areas[here.index]);
        if (status != PILOT_OK)
            return status;
    }
    store_list(item, f, areas, count);
    return PILOT_OK;
}

static pilot_status read_optional(reader *r, const place *at, const cJSON *json, const record *of,
                                  void *out)
{
    void *item = pilot_arena_take(r->memory, 1, of->size);
    if (!item)
        return no_memory(r, at);
    pilot_status status = read_record(r, at, json, of, item);
    if (status == PILOT_OK)
        memcpy(out, &item, sizeof item);
    return status;
}

static pilot_status read_answer(reader *r, const place *at, const cJSON *json, pilot_answer *answer)
{
    if (!cJSON_IsBool(json))
        return wrong_type(r, at, json, "true or false");
    *answer = cJSON_IsTrue(json) ? PILOT_ANSWER_YES : PILOT_ANSWER_NO;
    return PILOT_OK;
}

static pilot_status read_counted(reader *r, const place *at, const cJSON *json, const field *f,
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

static pilot_status read_dated(reader *r, const place *at, const cJSON *json, const field *f, void *out)
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

static pilot_status read_reference(reader *r, const place *at, const cJSON *json, const field *f,
                                   void *out)
{
    listed *list;
    const void *target;
    pilot_status status = find_ref(r, at, json, f->of, &list, &target);
    if (status == PILOT_OK)
        memcpy(out, &target, sizeof target);
    return status;
}

static pilot_status read_clause(reader *r, const place *at, const cJSON *json, const pilot_clause **out)
{
    if (!cJSON_IsString(json))
        return wrong_type(r, at, json, "the id of a clause, such as \"4.2-1\"");
    const pilot_clause *clause = pilot_clause_find(json->valuestring);
    if (!clause) {
        pilot_excerpt excerpt;
        pilot_error_set(r->error, PILOT_ERROR_NOT_FOUND, json->valuestring,
                        "the notice has no clause \"%s\"",
                        pilot_excerpt_of(json->valuestring, &excerpt));
        return place_error(r, at, PILOT_ERROR_NOT_FOUND);
    }
    *out = clause;
    return PILOT_OK;
}

static pilot_status read_field(reader *r, const place *at, const cJSON *json, const field *f, void *item)
{
    void *out = field_at(item, f);
    switch (f->kind) {
    case FIELD_ID:
        return read_id(r, at, json, out);
    case FIELD_TEXT:
        return read_text(r, at, json, out);
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
        return f->limits & LIMIT_ORDER ? read_last_month(r, at, json, f, item)
                                       : read_month(r, at, json, out);
    case FIELD_DATE:
        return read_dated(r, at, json, f, out);
    case FIELD_STEP:
        return read_step(r, at, json, out);
    case FIELD_CLAUSE:
        return read_clause(r, at, json, out);
    case FIELD_REF:
        return read_reference(r, at, json, f, out);
    case FIELD_REFS:
        return read_refs(r, at, json, f, item);
    case FIELD_RECORD:
        return read_record(r, at, json, f->of, out);
    case FIELD_LIST:
        return read_list(r, at, json, f, item);
    case FIELD_OPTIONAL:
        return read_optional(r, at, json, f->of, out);
    case FIELD_AREAS:
        return read_areas(r, at, json, f, item);
    default:
        return PILOT_ERROR_ARGUMENT; /* a kind that is only written */
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

static const char *nearest_key(const record *type, const char *key)
{
    const char *nearest = NULL;
    int least = 3;
    for (size_t i = 0; i < type->field_count; i++) {
        int distance = key_distance(key, type->fields[i].key, 2);
        if (distance < least) {
            least = distance;
            nearest = type->fields[i].key;
        }
    }
    return nearest;
}

static pilot_status unknown_key(reader *r, const place *at, const record *type, const char *key)
{
    place member = {at, key, 0};
    pilot_excerpt excerpt;
    const char *nearest = nearest_key(type, key);
    const char *shown = pilot_excerpt_of(key, &excerpt);
    if (nearest)
        pilot_error_set(r->error, PILOT_ERROR_UNKNOWN_KEY, key,
                        "the key \"%s\" is not known here; did you mean \"%s\"?", shown, nearest);
    else
        pilot_error_set(r->error, PILOT_ERROR_UNKNOWN_KEY, key,
                        "the key \"%s\" is not known here; keys of your own begin with \"x-\"", shown);
    return place_error(r, &member, PILOT_ERROR_UNKNOWN_KEY);
}

#define FIELDS_MAX 64

/* The number of the key's field, or field_count. Most files write keys in the order of the table, so the
 * search starts where the last one ended. */
static size_t field_number(const record *type, size_t start, const char *key)
{
    for (size_t tries = 0; tries < type->field_count; tries++) {
        if (strcmp(type->fields[start].key, key) == 0)
            return start;
        start = start + 1 < type->field_count ? start + 1 : 0;
    }
    return type->field_count;
}

static pilot_status sort_members(reader *r, const place *at, const cJSON *json, const record *type,
                                 const cJSON *members[FIELDS_MAX])
{
    size_t next = 0;
    for (const cJSON *member = json->child; member; member = member->next) {
        const char *key = member->string;
        if (key[0] == 'x' && key[1] == '-')
            continue;
        size_t number = field_number(type, next, key);
        if (number == type->field_count)
            return unknown_key(r, at, type, key);
        members[number] = member;
        next = number;
    }
    return PILOT_OK;
}

static pilot_status missing_key(reader *r, const place *at, const field *f)
{
    pilot_error_set(r->error, PILOT_ERROR_MISSING_KEY, f->key, "the key \"%s\" is missing: %s", f->key,
                    f->en);
    return place_error(r, at, PILOT_ERROR_MISSING_KEY);
}

/* Fields are read in the order of the table, so that lists are there before what refers to them. null
 * for a field that may be left out is the same as leaving it out. */
static pilot_status read_record(reader *r, const place *at, const cJSON *json, const record *type,
                                void *item)
{
    const cJSON *members[FIELDS_MAX] = {0};
    if (!cJSON_IsObject(json))
        return wrong_type(r, at, json, "an object");
    pilot_status status = sort_members(r, at, json, type, members);
    for (size_t i = 0; status == PILOT_OK && i < type->field_count; i++) {
        const field *f = &type->fields[i];
        place member = {at, f->key, 0};
        if (!members[i] || (!f->required && cJSON_IsNull(members[i])))
            status = f->required ? missing_key(r, at, f) : PILOT_OK;
        else
            status = read_field(r, &member, members[i], f, item);
    }
    return status;
}

void pilot_json_place(const char *text, size_t length, pilot_error *error)
{
    if (error)
        pilot_json_locate(text, length, error->path, &error->line, &error->column);
}

pilot_status pilot_json_read(const cJSON *tree, const char *text, size_t length, const record *type,
                             void *item, arena *memory, pilot_error *error)
{
    reader r = {.memory = memory, .error = error, .text = text, .length = length};
    pilot_status status = read_record(&r, NULL, tree, type, item);
    pilot_arena_free(&r.scratch);
    return status;
}

/* Part of the text as a tree, which stays small and so in the processor's cache; NULL when memory runs
 * out, as the scan has passed it. */
static cJSON *parse_part(const reader *r, const char *at, const char **end)
{
    return cJSON_ParseWithLengthOpts(at, (size_t)(r->text + r->length - at), end, 0);
}

static pilot_status read_item(reader *r, const place *here, const char **at, const record *of,
                              void *item)
{
    cJSON *tree = parse_part(r, pilot_json_skip_space(*at + 1, r->text + r->length), at);
    if (!tree)
        return no_memory(r, here);
    pilot_status status = read_record(r, here, tree, of, item);
    cJSON_Delete(tree);
    *at = pilot_json_skip_space(*at, r->text + r->length);
    return status;
}

/* Where the value of a document's field begins, and how many members it has. */
typedef struct part {
    const char *text;
    size_t members;
} part;

/* A list of the whole document, record by record. */
static pilot_status read_long_list(reader *r, const place *at, const part *list, const field *f,
                                   void *item)
{
    const record *of = f->of;
    const char *text = list->text;
    const size_t count = list->members;
    char *items = pilot_arena_take(r->memory, count, of->size);
    if (!items)
        return no_memory(r, at);
    place here = {at, NULL, 0};
    for (; here.index < count; here.index++) {
        if (pilot_stopped(&r->stop))
            return pilot_error_stopped(r->error);
        pilot_status status = read_item(r, &here, &text, of, items + here.index * of->size);
        if (status != PILOT_OK)
            return status;
    }
    store_list(item, f, items, count);
    return index_ids(r, at, of, items, count);
}

static pilot_status read_part(reader *r, const part *from, const field *f, void *item)
{
    place member = {NULL, f->key, 0};
    const char *end;
    if (f->kind == FIELD_LIST && *from->text == '[')
        return read_long_list(r, &member, from, f, item);
    cJSON *tree = parse_part(r, from->text, &end);
    if (!tree)
        return no_memory(r, &member);
    pilot_status status =
        !f->required && cJSON_IsNull(tree) ? PILOT_OK : read_field(r, &member, tree, f, item);
    cJSON_Delete(tree);
    return status;
}

/* The part of each field, in a document that is an object. */
static pilot_status find_parts(reader *r, const record *type, const char *at, part parts[FIELDS_MAX])
{
    const char *end = r->text + r->length;
    size_t next = 0;
    if (*pilot_json_skip_space(at + 1, end) == '}')
        return PILOT_OK;
    while (*at != '}') {
        const char *after;
        cJSON *key = parse_part(r, pilot_json_skip_space(at + 1, end), &after);
        if (!key)
            return no_memory(r, NULL);
        at = pilot_json_skip_space(pilot_json_skip_space(after, end) + 1, end); /* past the colon */
        bool own = strncmp(key->valuestring, "x-", 2) == 0;
        next = own ? next : field_number(type, next, key->valuestring);
        pilot_status status =
            next == type->field_count ? unknown_key(r, NULL, type, key->valuestring) : PILOT_OK;
        cJSON_Delete(key);
        if (status != PILOT_OK)
            return status;
        part found = {.text = at};
        at = pilot_json_skip_value(at, end, &found.members);
        if (!own)
            parts[next] = found;
    }
    return PILOT_OK;
}

static pilot_status read_parts(reader *r, const char *at, const record *type, void *item)
{
    part parts[FIELDS_MAX] = {{0}};
    pilot_status status = find_parts(r, type, at, parts);
    for (size_t i = 0; status == PILOT_OK && i < type->field_count; i++) {
        const field *f = &type->fields[i];
        if (parts[i].text)
            status = read_part(r, &parts[i], f, item);
        else if (f->required)
            status = missing_key(r, NULL, f);
    }
    return status;
}

pilot_status pilot_json_read_text(const source *from, const record *type, void *item, arena *memory)
{
    pilot_status status = pilot_json_scan(from->text, from->length, from->stop, from->error);
    if (status != PILOT_OK)
        return status;
    reader r = {.memory = memory,
                .error = from->error,
                .text = from->text,
                .length = from->length,
                .stop = {.stop = from->stop}};
    const char *at = pilot_json_skip_space(from->text, from->text + from->length);
    if (*at == '{') {
        status = read_parts(&r, at, type, item);
    } else {
        cJSON *tree = parse_part(&r, at, &at);
        status = tree ? wrong_type(&r, NULL, tree, "an object") : no_memory(&r, NULL);
        cJSON_Delete(tree);
    }
    pilot_arena_free(&r.scratch);
    return status;
}

pilot_status pilot_json_parse(const char *text, size_t length, cJSON **tree, pilot_error *error)
{
    pilot_status status = pilot_json_scan(text, length, NULL, error);
    if (status != PILOT_OK)
        return status;
    cJSON *parsed = cJSON_ParseWithLengthOpts(text, length, NULL, 0);
    if (!parsed)
        return pilot_error_set(error, PILOT_ERROR_MEMORY, NULL, "no memory for the JSON text");
    *tree = parsed;
    return PILOT_OK;
}
