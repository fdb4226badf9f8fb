/* Documents grown from the tables of fields: the first byte chooses the document, each further one what
 * a member is, so that most of what is tried gets past the reader's first look. */
#include "documents.h"

#include <stdio.h>

enum { SIZE = 1 << 16, DEPTH = 8 };

typedef struct growth {
    char text[SIZE];
    size_t length;
    choices choice;
} growth;

static void put(growth *g, const char *text)
{
    const size_t length = strlen(text);
    if (g->length + length < SIZE) {
        memcpy(g->text + g->length, text, length);
        g->length += length;
    }
}

static void put_text(growth *g, const char *text)
{
    put(g, "\"");
    put(g, text ? text : "");
    put(g, "\"");
}

#define ONE_OF(g, ...)                                                                                  \
    one_of(g, (const char *const[]){__VA_ARGS__},                                                       \
           sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))
static const char *one_of(growth *g, const char *const *texts, size_t count)
{
    return texts[below(&g->choice, count)];
}

static void put_id(growth *g)
{
    put_text(g, ONE_OF(g, "a", "b", "c", "360102", "a/~\\u4e2d"));
}

static const char *word_of(growth *g, const words *of)
{
    return of && of->count ? of->words[below(&g->choice, (size_t)of->count)].name : "none";
}

static void put_day(growth *g)
{
    char day[40];
    snprintf(day, sizeof day, "20%02d-%02d-%02d", 17 + (int)below(&g->choice, 8),
             1 + (int)below(&g->choice, 12), 1 + (int)below(&g->choice, 29));
    put_text(g, below(&g->choice, 30) ? day : "2019-13-40");
}

static void put_number(growth *g, const char *decimals)
{
    char number[64];
    snprintf(number, sizeof number, "%lld%s", (long long)next_number(&g->choice), decimals);
    if (below(&g->choice, 4))
        put_text(g, number);
    else
        put(g, number);
}

static void put_record(growth *g, const record *type, int depth, bool patch);

static void put_list(growth *g, const field *f, int depth)
{
    const size_t count = below(&g->choice, 4);
    put(g, "[");
    for (size_t i = 0; i < count; i++) {
        put(g, i ? "," : "");
        switch (f->kind) {
        case FIELD_WORDS:
            put_text(g, word_of(g, f->of));
            break;
        case FIELD_REFS:
            put_id(g);
            break;
        case FIELD_AREAS:
        case FIELD_AMOUNTS:
            put_number(g, ".25");
            break;
        case FIELD_TEXTS:
            put_text(g, f->of ? word_of(g, f->of) : "text");
            break;
        default:
            put_record(g, f->of, depth + 1, false);
        }
    }
    put(g, "]");
}

static void put_value(growth *g, const field *f, int depth, bool patch)
{
    const pilot_clause *clause;
    switch (f->kind) {
    case FIELD_ID:
    case FIELD_REF:
        put_id(g);
        break;
    case FIELD_CODE:
        put_text(g, ONE_OF(g, "360102", "360102001", "360102001001", "91360100MA35F0XX0K", "x"));
        break;
    case FIELD_WORD:
        put_text(g, word_of(g, f->of));
        break;
    case FIELD_ANSWER:
        put(g, ONE_OF(g, "true", "false"));
        break;
    case FIELD_MONEY:
    case FIELD_AREA:
        put_number(g, ONE_OF(g, "", ".5", ".25", ".125"));
        break;
    case FIELD_PRICE:
        put_number(g, ONE_OF(g, "", ".5", ".1234", ".12345"));
        break;
    case FIELD_SHARE:
        put_text(g, ONE_OF(g, "1/2", "0", "1", "2/3", "9999/10000", "3/2", "0.5"));
        break;
    case FIELD_YEAR:
        put(g, ONE_OF(g, "2019", "2020", "2021", "2023", "1900", "2201"));
        break;
    case FIELD_MONTH:
        put_text(g, ONE_OF(g, "2019-11", "2019-12", "2020-02", "2023-12", "1900-01", "2200-12"));
        break;
    case FIELD_DATE:
        put_day(g);
        break;
    case FIELD_STEP:
        if (below(&g->choice, 4))
            put_day(g);
        else
            put_text(g, "not_done");
        break;
    case FIELD_CLAUSE:
        clause = pilot_clause_at(below(&g->choice, pilot_clause_count()));
        put_text(g, clause->id);
        break;
    case FIELD_RECORD:
    case FIELD_OPTIONAL:
        put_record(g, f->of, depth + 1, patch);
        break;
    case FIELD_LIST:
    case FIELD_WORDS:
    case FIELD_REFS:
    case FIELD_AREAS:
    case FIELD_AMOUNTS:
    case FIELD_TEXTS:
        put_list(g, f, depth);
        break;
    case FIELD_COUNT:
    case FIELD_NUMBER:
        put_number(g, "");
        break;
    default:
        put_text(g, ONE_OF(g, "name", "\\u4e2d\\u6587", "\\ud83d\\ude00", "a\\tb", ""));
    }
}

/* Now and then what is no such thing. */
static void put_member(growth *g, const field *f, int depth, bool patch)
{
    put_text(g, f->key);
    put(g, ":");
    if (below(&g->choice, 40) == 1)
        put(g, ONE_OF(g, "null", "0", "\"\"", "[]", "{}", "[[]]"));
    else
        put_value(g, f, depth, patch);
}

static void put_record(growth *g, const record *type, int depth, bool patch)
{
    bool first = true;
    put(g, "{");
    for (size_t i = 0; i < type->field_count && depth < DEPTH; i++) {
        const field *f = &type->fields[i];
        const bool needed = f->required && !patch;
        if (needed ? below(&g->choice, 60) == 1 : next_byte(&g->choice) % 3 == 0)
            continue;
        put(g, first ? "" : ",");
        first = false;
        put_member(g, f, depth, patch);
    }
    put(g, "}");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    growth *g = malloc(sizeof *g);
    require(g);
    g->length = 0;
    g->choice = (choices){data, data + size};
    const size_t start = next_byte(&g->choice);
    pilot_schema which = (pilot_schema)(start % PILOT_SCHEMA_COUNT);
    while (!is_read(which))
        which = (pilot_schema)((which + 1) % PILOT_SCHEMA_COUNT);
    put_record(g, pilot_documents[which].type, 0, pilot_documents[which].patch);
    try_text(which, g->text, g->length);
    free(g);
    return 0;
}
