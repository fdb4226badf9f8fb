/* JSON Schema (2020-12) of the documents that are read and written, made from their tables of fields. A
 * schema may refuse only what the reader refuses, so what a validator cannot tell surely it lets pass.
 * Patterns keep to what all regular expression engines know: no look-around, no \d. */
#include "pilot/json.h"

#include "documents.h"
#include "notice/clause_internal.h"
#include "notice/policy_internal.h"

#include <stdio.h>

/* More than any document has; a test follows every reference. */
#define TYPES_MAX 64
typedef struct schema {
    schema_source of;
    writer *w;
    const record *type;             /* that is being described */
    const record *types[TYPES_MAX]; /* in the order in which they are met, the root first */
    bool listed[TYPES_MAX];         /* whether records of the type lie in a list */
    size_t type_count;
    uint32_t kinds; /* 1 << field_kind of the values that are met */
    bool bodies;    /* whether a word is one of pilot_actor_words */
} schema;

static bool is_read(const schema *s)
{
    return s->of.read;
}

_Static_assert(PILOT_YEAR_MIN == 1900 && PILOT_YEAR_MAX == 2200, "patterns hold these years");
#define YEAR "((19|20|21)[0-9]{2}|2200)"
#define LEAP_YEAR "((19|20|21)(0[48]|[2468][048]|[13579][26])|2000)"
#define MONTH "(0[1-9]|1[0-2])"
#define DAY_TO_28 MONTH "-(0[1-9]|1[0-9]|2[0-8])"
#define DAY_FROM_29 "(0[13578]|1[02])-(29|30|31)|(0[469]|11)-(29|30)" /* not of February */
#define DATE "(" YEAR "-(" DAY_TO_28 "|" DAY_FROM_29 ")|" LEAP_YEAR "-02-29)"

/* Whole digits, as many as int64_t holds with the decimals. 0 is written without a sign. */
#define WHOLE(digits_after_first) "[1-9][0-9]{0," digits_after_first "}"
#define HUNDREDTHS "(\\.[0-9]{1,2})?"
#define PLAIN_2 "(0|" WHOLE("16") ")" HUNDREDTHS
#define MINUS_2 "-(" WHOLE("16") HUNDREDTHS "|0\\.(0?[1-9]|[1-9][0-9]))"

/* The forms of strings. */
static const char *pattern_of(field_kind kind)
{
    switch (kind) {
    case FIELD_MONEY:
        return "^(" PLAIN_2 "|" MINUS_2 ")$";
    case FIELD_PRICE:
        return "^(0|" WHOLE("14") ")(\\.[0-9]{1,4})?$";
    case FIELD_AREA:
        return "^" PLAIN_2 "$";
    case FIELD_SHARE:
        return "^(0|1|(0|" WHOLE("18") ")/" WHOLE("18") ")$";
    case FIELD_MONTH:
        return "^" YEAR "-" MONTH "$";
    case FIELD_DATE:
        return "^" DATE "$";
    default:
        return "^[0-9a-f]{16}$";
    }
}

#define DIGITS_MAX INT64_C(999999999999999) /* of a number that is read; see scan.c */
#define PRICE_MAX (INT64_MAX / 10000)

static void write_bounds(writer *w, int64_t least, int64_t most)
{
    pilot_write_integer(w, "minimum", least);
    pilot_write_integer(w, "maximum", most);
}

static void write_two_types(writer *w, const char *one, const char *other)
{
    pilot_write_open(w, "type", '[');
    pilot_write_string(w, NULL, one);
    pilot_write_string(w, NULL, other);
    pilot_write_close(w, ']');
}

/* There is no multipleOf for the decimals: in binary floating point 0.07 is no multiple of 0.01, and
 * validators would refuse what the reader takes. */
static void write_decimal(const schema *s, field_kind kind)
{
    if (is_read(s)) {
        write_two_types(s->w, "string", "number");
        write_bounds(s->w, kind == FIELD_MONEY ? -DIGITS_MAX : 0,
                     kind == FIELD_PRICE ? PRICE_MAX : DIGITS_MAX);
    } else {
        pilot_write_string(s->w, "type", "string");
    }
    pilot_write_string(s->w, "pattern", pattern_of(kind));
}

static void write_pattern(const schema *s, field_kind kind)
{
    pilot_write_string(s->w, "type", "string");
    pilot_write_string(s->w, "pattern", pattern_of(kind));
}

static void write_id(const schema *s, field_kind kind)
{
    (void)kind;
    pilot_write_string(s->w, "type", "string");
    pilot_write_integer(s->w, "minLength", 1);
}

static void write_integer(const schema *s, field_kind kind)
{
    pilot_write_string(s->w, "type", "integer");
    if (kind == FIELD_YEAR)
        write_bounds(s->w, PILOT_YEAR_MIN, PILOT_YEAR_MAX);
    else if (is_read(s))
        write_bounds(s->w, 0, DIGITS_MAX);
    else
        pilot_write_integer(s->w, "minimum", 0);
}

static void write_clauses(const schema *s, field_kind kind)
{
    (void)kind;
    pilot_write_open(s->w, "enum", '[');
    for (const pilot_clause *c = NULL; (c = pilot_clause_next(c, NULL));)
        pilot_write_string(s->w, NULL, c->id);
    pilot_write_close(s->w, ']');
}

/* Kinds that are described once, among the definitions: what to write. */
static const struct shared {
    const char *name, *zh, *en;
    void (*write)(const schema *s, field_kind kind);
} shared[] = {
    [FIELD_ID] = {"id", "编号，不为空", "an id, not empty", write_id},
    [FIELD_COUNT] = {"count", "整数，不小于0", "a whole number, 0 or more", write_integer},
    [FIELD_MONEY] = {"money", "元，至多两位小数，如“18.00”",
                     "yuan with at most 2 decimals, such as \"18.00\"", write_decimal},
    [FIELD_PRICE] = {"price", "元，不小于0，至多四位小数，如“0.3050”",
                     "yuan, 0 or more, with at most 4 decimals, such as \"0.3050\"", write_decimal},
    [FIELD_AREA] = {"square_metres", "平方米，不小于0，至多两位小数，如“118.50”",
                    "0 or more, with at most 2 decimals, such as \"118.50\"", write_decimal},
    [FIELD_SHARE] = {"share", "0到1之间的分数，如“1/2”", "a fraction within 0 to 1, such as \"1/2\"",
                     write_pattern},
    [FIELD_YEAR] = {"year", "年份，如2019", "a year, such as 2019", write_integer},
    [FIELD_MONTH] = {"month", "月份，如“2019-12”", "a month, such as \"2019-12\"", write_pattern},
    [FIELD_DATE] = {"date", "日期，如“2019-12-31”", "a day, such as \"2019-12-31\"", write_pattern},
    [FIELD_CLAUSE] = {"clause", "方案条款的编号", "id of a clause of the notice", write_clauses},
};
#define SHARED_COUNT (sizeof shared / sizeof *shared)

static void write_reference(const schema *s, const char *name)
{
    char reference[96];
    snprintf(reference, sizeof reference, "#/$defs/%s", name);
    pilot_write_string(s->w, "$ref", reference);
}

/* The words, and what people call each of them, in the same order. */
static void write_words(const schema *s, const words *of)
{
    static const char *const keys[] = {"enum", "x-en-words", "x-zh-words"};
    for (size_t key = 0; key < sizeof keys / sizeof *keys; key++) {
        pilot_write_open(s->w, keys[key], '[');
        for (int32_t i = 0; i < of->count; i++) {
            const pilot_word *word = &of->words[i];
            if (word->name)
                pilot_write_string(s->w, NULL, key == 0 ? word->name : key == 1 ? word->en : word->zh);
        }
        pilot_write_close(s->w, ']');
    }
}

/* The many bodies are listed once. */
static void write_word(const schema *s, const words *of)
{
    if (of == &pilot_actor_words)
        write_reference(s, "body");
    else
        write_words(s, of);
}

static void write_keys(const schema *s, const record *of)
{
    pilot_write_open(s->w, "enum", '[');
    for (size_t i = 0; i < of->field_count; i++)
        pilot_write_string(s->w, NULL, of->fields[i].key);
    pilot_write_close(s->w, ']');
}

static void write_step(const schema *s)
{
    pilot_write_open(s->w, "anyOf", '[');
    pilot_write_open(s->w, NULL, '{');
    write_reference(s, shared[FIELD_DATE].name);
    pilot_write_close(s->w, '}');
    pilot_write_open(s->w, NULL, '{');
    pilot_write_string(s->w, "const", "not_done");
    pilot_write_close(s->w, '}');
    pilot_write_close(s->w, ']');
}

/* A finding's value: a count, a string of any other kind, or several words. */
static void write_any_value(const schema *s)
{
    pilot_write_open(s->w, "type", '[');
    pilot_write_string(s->w, NULL, "integer");
    pilot_write_string(s->w, NULL, "string");
    pilot_write_string(s->w, NULL, "array");
    pilot_write_close(s->w, ']');
    pilot_write_open(s->w, "items", '{');
    pilot_write_string(s->w, "type", "string");
    pilot_write_close(s->w, '}');
}

static void write_item(const schema *s, const field *f)
{
    pilot_write_open(s->w, "items", '{');
    if (f->kind == FIELD_REFS)
        write_reference(s, shared[FIELD_ID].name);
    else if (f->kind == FIELD_AREAS || f->kind == FIELD_AMOUNTS)
        write_reference(s, shared[f->kind == FIELD_AREAS ? FIELD_AREA : FIELD_MONEY].name);
    else if (f->kind == FIELD_LIST)
        write_reference(s, ((const record *)f->of)->key);
    else if (f->kind == FIELD_WORDS || (f->kind == FIELD_TEXTS && f->of))
        write_word(s, f->of);
    else if (f->kind == FIELD_TEXTS)
        pilot_write_string(s->w, "type", "string");
    else
        write_keys(s, f->of);
    pilot_write_close(s->w, '}');
}

/* null is the same as leaving out what may be left out. */
static bool takes_null(const schema *s, const field *f)
{
    return is_read(s) && (!f->required || pilot_has_default(s->type, f));
}

/* Names the type itself where that can be done: of what lies in an anyOf, validators tell only that none
 * of it fits, and not what is wrong deep within a list. */
static bool names_type(field_kind kind)
{
    return kind == FIELD_TEXT || kind == FIELD_CODE || kind == FIELD_ANSWER || kind == FIELD_WORDS ||
           kind == FIELD_REFS || kind == FIELD_LIST || kind == FIELD_AREAS || kind == FIELD_TEXTS;
}

static void write_type_name(const schema *s, const field *f, const char *name)
{
    if (takes_null(s, f))
        write_two_types(s->w, name, "null");
    else
        pilot_write_string(s->w, "type", name);
}

static void write_list(const schema *s, const field *f)
{
    write_type_name(s, f, "array");
    write_item(s, f);
    if (f->kind == FIELD_REFS || f->kind == FIELD_WORDS || f->kind == FIELD_SET)
        pilot_write_bool(s->w, "uniqueItems", true);
}

void pilot_write_document_reference(writer *w, const document *d)
{
    char reference[96];
    const pilot_schema which = (pilot_schema)(d - pilot_documents);
    snprintf(reference, sizeof reference, "../%s.schema.json", pilot_schema_name(which));
    pilot_write_string(w, "$ref", reference);
}

/* The kinds that have no form of their own in what is read. */
static void write_other(const schema *s, const field *f)
{
    if (f->kind == FIELD_HASH)
        write_pattern(s, f->kind);
    else if (f->kind == FIELD_NUMBER)
        pilot_write_string(s->w, "type", "integer");
    else if (f->kind == FIELD_VALUE)
        write_any_value(s);
    else if (f->of)
        pilot_write_document_reference(s->w, f->of);
}

static void write_value(const schema *s, const field *f)
{
    switch (f->kind) {
    case FIELD_TEXT:
    case FIELD_CHARS:
        write_type_name(s, f, "string");
        break;
    case FIELD_CODE:
        write_type_name(s, f, "string");
        pilot_write_string(s->w, "pattern", ((const code_form *)f->of)->pattern);
        break;
    case FIELD_WORD:
        write_word(s, f->of);
        break;
    case FIELD_ANSWER:
        write_type_name(s, f, "boolean");
        break;
    case FIELD_STEP:
        write_step(s);
        break;
    case FIELD_REF:
        write_reference(s, shared[FIELD_ID].name);
        break;
    case FIELD_RECORD:
    case FIELD_OPTIONAL:
        write_reference(s, ((const record *)f->of)->key);
        break;
    case FIELD_WORDS:
    case FIELD_REFS:
    case FIELD_LIST:
    case FIELD_AREAS:
    case FIELD_SET:
    case FIELD_AMOUNTS:
    case FIELD_TEXTS:
        write_list(s, f);
        break;
    case FIELD_HASH:
    case FIELD_NUMBER:
    case FIELD_VALUE:
    case FIELD_JSON:
        write_other(s, f);
        break;
    case FIELD_ID:
    case FIELD_COUNT:
    case FIELD_MONEY:
    case FIELD_PRICE:
    case FIELD_AREA:
    case FIELD_SHARE:
    case FIELD_YEAR:
    case FIELD_MONTH:
    case FIELD_DATE:
    case FIELD_CLAUSE:
        write_reference(s, shared[f->kind].name);
        break;
    }
}

static void write_value_or_null(const schema *s, const field *f)
{
    pilot_write_open(s->w, "anyOf", '[');
    pilot_write_open(s->w, NULL, '{');
    write_value(s, f);
    pilot_write_close(s->w, '}');
    pilot_write_open(s->w, NULL, '{');
    pilot_write_string(s->w, "type", "null");
    pilot_write_close(s->w, '}');
    pilot_write_close(s->w, ']');
}

static void write_meaning(const schema *s, const char *zh, const char *en)
{
    pilot_write_string(s->w, "description", en);
    pilot_write_string(s->w, "x-zh", zh);
}

/* What RANGE says of a count or a list; of an amount, only a number's least can be said, as its text is
 * another type. */
static void write_limits(const schema *s, const field *f)
{
    const bool list = f->kind == FIELD_LIST, amount = f->kind == FIELD_MONEY;
    if (!(f->limits & LIMIT_RANGE) || !is_read(s) || !(list || amount || f->kind == FIELD_COUNT))
        return;
    pilot_write_integer(s->w, list ? "minItems" : "minimum", amount ? f->least / 100 : f->least);
    if (f->most < INT64_MAX && !amount)
        pilot_write_integer(s->w, list ? "maxItems" : "maximum", f->most);
}

static void write_field(const schema *s, const field *f)
{
    pilot_write_open(s->w, f->key, '{');
    write_meaning(s, f->zh, f->en);
    if (f->clause)
        pilot_write_string(s->w, "x-clause", f->clause);
    if (takes_null(s, f) && !names_type(f->kind))
        write_value_or_null(s, f);
    else
        write_value(s, f);
    write_limits(s, f);
    pilot_write_close(s->w, '}');
}

static void write_required(const schema *s, const record *type)
{
    pilot_write_open(s->w, "required", '[');
    for (size_t i = 0; i < type->field_count; i++)
        if (type->fields[i].required && !pilot_has_default(type, &type->fields[i]))
            pilot_write_string(s->w, NULL, type->fields[i].key);
    pilot_write_close(s->w, ']');
}

static void write_type(const schema *s, size_t index)
{
    const record *type = s->types[index];
    schema within = *s;
    within.type = type;
    write_meaning(s, type->zh, type->en);
    pilot_write_string(s->w, "type", "object");
    pilot_write_open(s->w, "properties", '{');
    for (size_t i = 0; i < type->field_count; i++)
        write_field(&within, &type->fields[i]);
    pilot_write_close(s->w, '}');
    pilot_write_open(s->w, "patternProperties", '{');
    pilot_write_bool(s->w, "^x-", true);
    pilot_write_close(s->w, '}');
    pilot_write_bool(s->w, "additionalProperties", false);
    if (!s->of.patch || s->listed[index])
        write_required(s, type);
}

static void write_bodies(const schema *s)
{
    pilot_write_open(s->w, "body", '{');
    write_meaning(s, "承担试点工作的单位", "a body that has a part in the scheme");
    write_words(s, &pilot_actor_words);
    pilot_write_close(s->w, '}');
}

static void write_shared(const schema *s, field_kind kind)
{
    pilot_write_open(s->w, shared[kind].name, '{');
    write_meaning(s, shared[kind].zh, shared[kind].en);
    shared[kind].write(s, kind);
    pilot_write_close(s->w, '}');
}

static void write_definitions(const schema *s)
{
    pilot_write_open(s->w, "$defs", '{');
    for (size_t i = 1; i < s->type_count; i++) {
        pilot_write_open(s->w, s->types[i]->key, '{');
        write_type(s, i);
        pilot_write_close(s->w, '}');
    }
    if (s->bodies)
        write_bodies(s);
    for (size_t kind = 0; kind < SHARED_COUNT; kind++)
        if (shared[kind].name && s->kinds & UINT32_C(1) << kind)
            write_shared(s, (field_kind)kind);
    pilot_write_close(s->w, '}');
}

/* What a field's form refers to. */
static void note_kind(schema *s, const field *f)
{
    field_kind kind = f->kind == FIELD_STEP                           ? FIELD_DATE
                      : f->kind == FIELD_REF || f->kind == FIELD_REFS ? FIELD_ID
                      : f->kind == FIELD_AREAS                        ? FIELD_AREA
                      : f->kind == FIELD_AMOUNTS                      ? FIELD_MONEY
                                                                      : f->kind;
    s->kinds |= UINT32_C(1) << kind;
    if ((kind == FIELD_WORD || kind == FIELD_WORDS) && f->of == &pilot_actor_words)
        s->bodies = true;
}

static void note_type(schema *s, const record *type, bool listed)
{
    size_t i = 0;
    while (i < s->type_count && s->types[i] != type)
        i++;
    if (i == s->type_count && i < TYPES_MAX)
        s->types[s->type_count++] = type;
    if (i < TYPES_MAX)
        s->listed[i] = s->listed[i] || listed;
}

/* Types that are met on the way join the end of the list, and have their turn. */
static void note_all(schema *s)
{
    note_type(s, s->of.type, false);
    for (size_t t = 0; t < s->type_count; t++)
        for (size_t i = 0; i < s->types[t]->field_count; i++) {
            const field *f = &s->types[t]->fields[i];
            note_kind(s, f);
            if (f->kind == FIELD_RECORD || f->kind == FIELD_OPTIONAL || f->kind == FIELD_LIST)
                note_type(s, f->of, f->kind == FIELD_LIST || s->listed[t]);
        }
}

pilot_status pilot_record_schema(schema_source of, pilot_json_style style, char **text)
{
    writer w = pilot_writer_text(style == PILOT_JSON_INDENTED);
    schema s = {.of = of, .w = &w};
    note_all(&s);
    pilot_write_open(&w, NULL, '{');
    pilot_write_string(&w, "$schema", "https://json-schema.org/draft/2020-12/schema");
    pilot_write_string(&w, "$comment",
                       "Made from the tables of fields of libpilot " PILOT_VERSION "; do not edit.");
    pilot_write_string(&w, "title", of.title.en);
    pilot_write_string(&w, "x-title-zh", of.title.zh);
    write_type(&s, 0);
    write_definitions(&s);
    pilot_write_close(&w, '}');
    return pilot_writer_finish(&w, text);
}

pilot_status pilot_schema_write(pilot_schema which, pilot_json_style style, char **text)
{
    if ((unsigned)which >= PILOT_SCHEMA_COUNT || !text)
        return PILOT_ERROR_ARGUMENT;
    const document *d = &pilot_documents[which];
    const schema_source of = {
        d->type,
        {pilot_schema_title(which, PILOT_CHINESE), pilot_schema_title(which, PILOT_ENGLISH)},
        d->kind || d->patch,
        d->patch};
    return pilot_record_schema(of, style, text);
}
