/* A record as JSON. */
#include "record.h"

#include "base/base_internal.h"

#include <stdio.h>
#include <string.h>

static void write_scaled(writer *w, const char *key, field_kind kind, int64_t value)
{
    pilot_text text;
    switch (kind) {
    case FIELD_MONEY:
        pilot_write_string(w, key, pilot_money_text(value, &text));
        break;
    case FIELD_PRICE:
        pilot_write_string(w, key, pilot_price_text(value, &text));
        break;
    case FIELD_AREA:
        pilot_write_string(w, key, pilot_area_text(value, &text));
        break;
    default:
        pilot_write_integer(w, key, value);
    }
}

static void write_number(writer *w, const field *f, const void *at)
{
    if (f->required) {
        write_scaled(w, f->key, f->kind, *(const int64_t *)at);
        return;
    }
    const pilot_opt_int *optional = at;
    if (optional->known)
        write_scaled(w, f->key, f->kind, optional->value);
}

static void write_date(writer *w, const field *f, const void *at)
{
    pilot_text text;
    if (f->required) {
        pilot_write_string(w, f->key, pilot_date_text(*(const pilot_date *)at, &text));
        return;
    }
    const pilot_opt_date *optional = at;
    if (optional->known)
        pilot_write_string(w, f->key, pilot_date_text(optional->value, &text));
}

static void write_step(writer *w, const field *f, const pilot_step *step)
{
    pilot_text text;
    if (step->done == PILOT_ANSWER_NO)
        pilot_write_string(w, f->key, "not_done");
    else if (step->done == PILOT_ANSWER_YES)
        pilot_write_string(w, f->key, pilot_date_text(step->date, &text));
}

static void write_share(writer *w, const field *f, pilot_share share)
{
    pilot_text text;
    if (f->required || share.denominator)
        pilot_write_string(w, f->key, pilot_share_text(share, &text));
}

static void write_word(writer *w, const field *f, const void *at)
{
    const char *name = pilot_word_name(f->of, *(const int32_t *)at);
    if (name)
        pilot_write_string(w, f->key, name);
}

static void write_names(writer *w, const char *key, uint32_t set, const pilot_word *of, int32_t count)
{
    pilot_write_open(w, key, '[');
    for (int32_t i = 0; i < count && i < 32; i++)
        if (set & UINT32_C(1) << i && of[i].name)
            pilot_write_string(w, NULL, of[i].name);
    pilot_write_close(w, ']');
}

static void write_words(writer *w, const field *f, uint32_t set)
{
    const words *of = f->of;
    if (set || f->required)
        write_names(w, f->key, set, of->words, of->count);
}

static void write_answer(writer *w, const field *f, pilot_answer answer)
{
    if (answer != PILOT_ANSWER_UNKNOWN)
        pilot_write_bool(w, f->key, answer == PILOT_ANSWER_YES);
}

static void write_text(writer *w, const char *key, const char *text)
{
    if (text)
        pilot_write_string(w, key, text);
}

/* A referenced record is written as its id, which is its first member. */
static void write_ref(writer *w, const char *key, const void *referenced)
{
    if (referenced)
        write_text(w, key, *(const char *const *)referenced);
}

static void write_refs(writer *w, const field *f, const void *item)
{
    const void *const *refs = field_pointer(item, f);
    if (!refs)
        return;
    pilot_write_open(w, f->key, '[');
    for (size_t i = 0; i < field_count(item, f); i++)
        write_ref(w, NULL, refs[i]);
    pilot_write_close(w, ']');
}

static void write_list(writer *w, const field *f, const void *item)
{
    const char *items = field_pointer(item, f);
    const record *of = f->of;
    if (!items)
        return;
    pilot_write_open(w, f->key, '[');
    for (size_t i = 0; i < field_count(item, f) && !pilot_writer_ends(w); i++)
        pilot_record_write(w, NULL, of, items + i * of->size);
    pilot_write_close(w, ']');
}

static void write_numbers(writer *w, const field *f, const void *item)
{
    const int64_t *numbers = field_pointer(item, f);
    if (!numbers)
        return;
    pilot_write_open(w, f->key, '[');
    for (size_t i = 0; i < field_count(item, f) && !pilot_writer_ends(w); i++)
        write_scaled(w, NULL, f->kind == FIELD_AREAS ? FIELD_AREA : FIELD_MONEY, numbers[i]);
    pilot_write_close(w, ']');
}

static void write_texts(writer *w, const field *f, const void *item)
{
    const char *const *texts = field_pointer(item, f);
    pilot_write_open(w, f->key, '[');
    for (size_t i = 0; i < field_count(item, f); i++)
        write_text(w, NULL, texts[i]);
    pilot_write_close(w, ']');
}

static void write_value(writer *w, const field *f, const pilot_value *value)
{
    pilot_text text;
    switch (value->kind) {
    case PILOT_VALUE_NONE:
        break;
    case PILOT_VALUE_COUNT:
        pilot_write_integer(w, f->key, value->number);
        break;
    case PILOT_VALUE_MONEY:
        pilot_write_string(w, f->key, pilot_money_text(value->number, &text));
        break;
    case PILOT_VALUE_PRICE:
        pilot_write_string(w, f->key, pilot_price_text(value->number, &text));
        break;
    case PILOT_VALUE_AREA:
        pilot_write_string(w, f->key, pilot_area_text(value->number, &text));
        break;
    case PILOT_VALUE_DATE:
        pilot_write_string(w, f->key, pilot_date_text((pilot_date)value->number, &text));
        break;
    case PILOT_VALUE_WORD:
        write_text(w, f->key, value->word);
        break;
    case PILOT_VALUE_SET:
        write_names(w, f->key, (uint32_t)value->number, value->words,
                    (int32_t)pilot_listed(value->words, (size_t)value->word_count));
        break;
    }
}

static void write_hash(writer *w, const field *f, uint64_t hash)
{
    pilot_text text;
    snprintf(text.text, sizeof text.text, "%016llx", (unsigned long long)hash);
    pilot_write_string(w, f->key, text.text);
}

static void write_set(writer *w, const field *f, uint32_t set)
{
    const record *of = f->of;
    if (!set)
        return;
    pilot_write_open(w, f->key, '[');
    for (size_t i = 0; i < of->field_count; i++)
        if (set & UINT32_C(1) << i)
            pilot_write_string(w, NULL, of->fields[i].key);
    pilot_write_close(w, ']');
}

bool pilot_record_blank(const record *type, const void *item)
{
    const unsigned char *bytes = item;
    for (size_t i = 0; i < type->size; i++)
        if (bytes[i])
            return false;
    return true;
}

/* The kinds that only results have. */
static void write_result(writer *w, const field *f, const void *at)
{
    switch (f->kind) {
    case FIELD_CHARS:
        pilot_write_string(w, f->key, at);
        break;
    case FIELD_HASH:
        write_hash(w, f, *(const uint64_t *)at);
        break;
    case FIELD_NUMBER:
        if (f->required || *(const int32_t *)at)
            pilot_write_integer(w, f->key, *(const int32_t *)at);
        break;
    case FIELD_VALUE:
        write_value(w, f, at);
        break;
    case FIELD_SET:
        write_set(w, f, *(const uint32_t *)at);
        break;
    case FIELD_JSON:
        if (((const pilot_json_text *)at)->text)
            pilot_write_json(w, f->key, *(const pilot_json_text *)at);
        break;
    default:   /* GCOVR_EXCL_LINE: a kind that is only read */
        break; /* GCOVR_EXCL_LINE */
    }
}

/* What the record points at, one or many. */
static void write_pointed(writer *w, const field *f, const void *item)
{
    switch (f->kind) {
    case FIELD_OPTIONAL:
        if (field_pointer(item, f))
            pilot_record_write(w, f->key, f->of, field_pointer(item, f));
        break;
    case FIELD_REFS:
        write_refs(w, f, item);
        break;
    case FIELD_LIST:
        write_list(w, f, item);
        break;
    case FIELD_TEXTS:
        write_texts(w, f, item);
        break;
    default:
        write_numbers(w, f, item);
    }
}

void pilot_field_write(writer *w, const field *f, const void *item)
{
    const void *at = field_in(item, f);
    pilot_text text;
    switch (f->kind) {
    case FIELD_TEXT:
    case FIELD_ID:
    case FIELD_CODE:
        write_text(w, f->key, *(const char *const *)at);
        break;
    case FIELD_WORD:
        write_word(w, f, at);
        break;
    case FIELD_WORDS:
        write_words(w, f, *(const uint32_t *)at);
        break;
    case FIELD_ANSWER:
        write_answer(w, f, *(const pilot_answer *)at);
        break;
    case FIELD_COUNT:
    case FIELD_MONEY:
    case FIELD_PRICE:
    case FIELD_AREA:
        write_number(w, f, at);
        break;
    case FIELD_SHARE:
        write_share(w, f, *(const pilot_share *)at);
        break;
    case FIELD_YEAR:
        if (f->required || *(const int32_t *)at)
            pilot_write_integer(w, f->key, *(const int32_t *)at);
        break;
    case FIELD_MONTH:
        pilot_write_string(w, f->key, pilot_month_text(*(const pilot_month *)at, &text));
        break;
    case FIELD_DATE:
        write_date(w, f, at);
        break;
    case FIELD_STEP:
        write_step(w, f, at);
        break;
    case FIELD_CLAUSE: /* whose first member is its id as well */
    case FIELD_REF:
        write_ref(w, f->key, field_pointer(item, f));
        break;
    case FIELD_RECORD:
        if (f->required || !pilot_record_blank(f->of, at))
            pilot_record_write(w, f->key, f->of, at);
        break;
    case FIELD_OPTIONAL:
    case FIELD_REFS:
    case FIELD_LIST:
    case FIELD_AREAS:
    case FIELD_AMOUNTS:
    case FIELD_TEXTS:
        write_pointed(w, f, item);
        break;
    default:
        write_result(w, f, at);
    }
}

void pilot_record_write(writer *w, const char *key, const record *type, const void *item)
{
    pilot_write_open(w, key, '{');
    for (size_t i = 0; i < type->field_count; i++)
        pilot_field_write(w, &type->fields[i], item);
    pilot_write_close(w, '}');
}

pilot_status pilot_record_text(const record *type, const void *item, bool indented,
                               const pilot_stop *stop, char **text)
{
    pilot_status status = pilot_record_check(type, item, NULL);
    if (status != PILOT_OK)
        return status;
    writer w = pilot_writer_text(indented);
    w.stop.stop = stop;
    pilot_record_write(&w, NULL, type, item);
    return pilot_writer_finish(&w, text);
}
