#include "sheets.h"

#include "city/city_internal.h"
#include "fold.h"
#include "rules/naming.h"

#include <stdio.h>

/* What is being made: whether there was memory so far. */
typedef struct making {
    sheet_types *types;
    arena *memory;
    bool failed;
} making;

static sheet_column *add_column(making *m, sheet_type *s)
{
    if (s->count == SHEET_COLUMNS_MAX) { /* GCOVR_EXCL_BR_LINE: held by the test `table` */
        m->failed = true;                /* GCOVR_EXCL_LINE */
        return &s->columns[0];           /* GCOVR_EXCL_LINE */
    }
    return &s->columns[s->count++];
}

static void add_fields(making *m, size_t sheet, const record *type, const group *in, size_t base);

static void add_sheet(making *m, size_t above, const field *list, const group *in, size_t base)
{
    if (m->types->count == SHEETS_MAX) { /* GCOVR_EXCL_BR_LINE: likewise */
        m->failed = true;                /* GCOVR_EXCL_LINE */
        return;                          /* GCOVR_EXCL_LINE */
    }
    const size_t number = m->types->count++;
    sheet_type *s = &m->types->of[number];
    const sheet_type *up = above ? &m->types->of[above] : NULL;
    *s = (sheet_type){.type = list->of, .list = list, .in = in, .base = base, .above = above};
    for (size_t i = 0; up && i < up->named; i++)
        *add_column(m, s) = up->columns[i];
    if (up)
        *add_column(m, s) = (sheet_column){.f = up->type->fields, .of = above};
    s->named = s->count;
    add_fields(m, number, s->type, NULL, 0);
}

static void add_group(making *m, size_t sheet, const field *f, const group *in, size_t base)
{
    group *g = pilot_arena_take(m->memory, 1, sizeof *g);
    if (!g) {
        m->failed = true;
        return;
    }
    *g = (group){in, f, base + f->offset};
    add_fields(m, sheet, f->of, g, g->base);
}

/* A list that has to be there is never not known, and needs no column to say so. */
static void add_fields(making *m, size_t sheet, const record *type, const group *in, size_t base)
{
    for (size_t i = 0; !m->failed && i < type->field_count; i++) {
        const field *f = &type->fields[i];
        if (f->kind == FIELD_RECORD)
            add_group(m, sheet, f, in, base);
        else if (f->kind != FIELD_LIST || !f->required)
            *add_column(m, &m->types->of[sheet]) = (sheet_column){.f = f, .in = in, .base = base};
    }
}

/* The lists of a sheet's record become sheets behind it, and those of its records behind them. No record
 * in place that has a list is there twice. */
static void add_lists(making *m, size_t sheet, const record *type, const group *in, size_t base)
{
    for (size_t i = 0; !m->failed && i < type->field_count; i++) {
        const field *f = &type->fields[i];
        if (f->kind == FIELD_LIST) {
            const size_t made = m->types->count;
            sheet_type *s = &m->types->of[sheet];
            add_sheet(m, sheet, f, in, base);
            for (size_t c = 0; c < s->count; c++)
                if (s->columns[c].f == f)
                    s->columns[c].of = made;
            add_lists(m, made, f->of, NULL, 0);
        }
        if (f->kind == FIELD_RECORD)
            for (size_t c = 0; c < m->types->of[sheet].count; c++) {
                const group *g = m->types->of[sheet].columns[c].in;
                if (g && g->f == f) {
                    add_lists(m, sheet, f->of, g, g->base);
                    break;
                }
            }
    }
}

bool pilot_sheets_make(sheet_types *types, arena *memory)
{
    making m = {.types = types, .memory = memory};
    types->of = pilot_arena_take(memory, SHEETS_MAX, sizeof *types->of);
    if (!types->of)
        return false;
    types->count = 1;
    types->of[0] = (sheet_type){.type = &pilot_city_record, .above = SIZE_MAX};
    add_fields(&m, 0, &pilot_city_record, NULL, 0);
    add_lists(&m, 0, &pilot_city_record, NULL, 0);
    return !m.failed;
}

/* Keys as they are, or in words where people read them. */
static void key_title(const char *key, bool spaced, char title[TITLE_SIZE])
{
    snprintf(title, TITLE_SIZE, "%s", key);
    for (char *c = title; spaced && *c; c++)
        if (*c == '_')
            *c = ' ';
}

/* In Chinese what the row says, which names a column as it is; in English the field's name, where it has
 * one: a name may say more than one column has (the price or the month's sum). */
static void field_title(const field *f, pilot_table_form form, char title[TITLE_SIZE])
{
    field bare = *f;
    sentence out = pilot_sentence_begin(title, TITLE_SIZE);
    if (form == PILOT_TABLE_KEYS) {
        key_title(f->key, false, title);
        return;
    }
    if (form == PILOT_TABLE_CHINESE)
        bare.name = (pilot_phrase){0};
    pilot_say_field(&out, &bare, form == PILOT_TABLE_CHINESE ? PILOT_CHINESE : PILOT_ENGLISH);
    pilot_sentence_end(&out);
}

/* What a list's sheet is called by itself. In English it is its key: what the list means is no title. */
static void list_title(const sheet_type *s, pilot_table_form form, char title[TITLE_SIZE])
{
    if (!s->list && form != PILOT_TABLE_KEYS) {
        snprintf(title, TITLE_SIZE, "%s",
                 form == PILOT_TABLE_CHINESE ? s->type->name.zh : s->type->name.en);
        return;
    }
    if (form != PILOT_TABLE_CHINESE) {
        key_title(s->list ? s->list->key : s->type->key, form == PILOT_TABLE_ENGLISH, title);
        return;
    }
    field_title(s->list, form, title);
}

static const char *between(pilot_table_form form)
{
    return form == PILOT_TABLE_KEYS ? "." : "-";
}

static void join(const char *before, pilot_table_form form, char title[TITLE_SIZE])
{
    char own[TITLE_SIZE];
    memcpy(own, title, sizeof own);
    snprintf(title, TITLE_SIZE, "%.70s%s%.80s", before, between(form), own);
}

static void whole_sheet_title(const sheet_types *types, size_t sheet, pilot_table_form form,
                              char title[TITLE_SIZE])
{
    const sheet_type *s = &types->of[sheet];
    char above[TITLE_SIZE];
    list_title(s, form, title);
    if (s->above == SIZE_MAX)
        return;
    list_title(&types->of[s->above], form, above);
    join(above, form, title);
}

void pilot_sheet_title(const sheet_types *types, size_t sheet, pilot_table_form form,
                       char title[TITLE_SIZE])
{
    char other[TITLE_SIZE];
    list_title(&types->of[sheet], form, title);
    for (size_t i = 0; i < types->count; i++) {
        list_title(&types->of[i], form, other);
        if (i != sheet && strcmp(title, other) == 0) {
            whole_sheet_title(types, sheet, form, title);
            return;
        }
    }
}

/* What a column is called by itself. */
static void own_title(const sheet_types *types, size_t sheet, size_t number, pilot_table_form form,
                      char title[TITLE_SIZE])
{
    const sheet_type *s = &types->of[sheet];
    const sheet_column *c = &s->columns[number];
    const bool names = number < s->named;
    if (c->f->kind == FIELD_LIST || (names && (form == PILOT_TABLE_KEYS || c->f->kind != FIELD_ID)))
        list_title(&types->of[c->of], form, title);
    else
        field_title(c->f, form, title);
}

static void whole_title(const sheet_types *types, size_t sheet, size_t number, pilot_table_form form,
                        char title[TITLE_SIZE])
{
    char outer[TITLE_SIZE];
    own_title(types, sheet, number, form, title);
    for (const group *g = types->of[sheet].columns[number].in; g; g = g->in) {
        field_title(g->f, form, outer);
        join(outer, form, title);
    }
}

void pilot_column_title(const sheet_types *types, size_t sheet, size_t number, pilot_table_form form,
                        char title[TITLE_SIZE])
{
    char other[TITLE_SIZE];
    if (form == PILOT_TABLE_KEYS) {
        whole_title(types, sheet, number, form, title);
        return;
    }
    own_title(types, sheet, number, form, title);
    for (size_t i = 0; i < types->of[sheet].count; i++) {
        own_title(types, sheet, i, form, other);
        if (i != number && strcmp(title, other) == 0) {
            whole_title(types, sheet, number, form, title);
            return;
        }
    }
}

/* After the last: the ends of what is called so of its own, then of the others. */
enum { LEVEL_WHOLE, LEVEL_OWN, LEVEL_OTHER, LEVEL_OWN_END, LEVEL_OTHER_END };

typedef struct gathering {
    titles *made;
    size_t capacity;
    arena *memory;
    bool failed;
} gathering;

static void gather_one(gathering *g, size_t level, size_t of, const char *text)
{
    char folded[FOLDED_SIZE];
    (void)pilot_fold_title(text, folded); /* which none of ours is too long for */
    const char *kept = pilot_arena_copy(g->memory, folded);
    if (g->made->count == g->capacity) /* GCOVR_EXCL_BR_LINE: held by the test `table` */
        g->failed = true;              /* GCOVR_EXCL_LINE */
    g->failed = g->failed || !kept;
    if (!g->failed)
        g->made->all[g->made->count++] = (called){kept, strlen(kept), level, of};
}

/* The text, and what it is without a remark in brackets at its end: 起始月份（含）. */
static void gather(gathering *g, size_t level, size_t of, const char *text)
{
    char bare[FOLDED_SIZE];
    const char *bracket = text ? strstr(text, "（") : NULL;
    if (!text)
        return;
    gather_one(g, level, of, text);
    if (bracket) {
        snprintf(bare, sizeof bare, "%.*s", (int)(bracket - text), text);
        gather_one(g, level, of, bare);
    }
}

static bool begin_titles(gathering *g, titles *made, size_t things, arena *memory)
{
    *g = (gathering){.made = made, .capacity = things * 40, .memory = memory};
    made->count = 0;
    made->all = pilot_arena_take(memory, g->capacity, sizeof *made->all);
    return made->all;
}

/* From the last byte on; what ends another comes before it. */
static int compare_ends(const void *a, const void *b)
{
    const called *x = a, *y = b;
    size_t i = x->length, j = y->length;
    while (i && j && x->folded[i - 1] == y->folded[j - 1])
        i--, j--;
    if (!i || !j)
        return i ? 1 : j ? -1 : 0;
    return (unsigned char)x->folded[i - 1] < (unsigned char)y->folded[j - 1] ? -1 : 1;
}

static bool end_titles(gathering *g)
{
    titles *made = g->made;
    made->by_end = pilot_arena_take(g->memory, made->count, sizeof *made->by_end);
    const void **room = pilot_arena_take(g->memory, made->count, sizeof *room);
    if (g->failed || !made->by_end || !room)
        return false;
    for (size_t i = 0; i < made->count; i++)
        made->by_end[i] = &made->all[i];
    pilot_sort(made->by_end, room, made->count, compare_ends);
    return true;
}

/* What people call records and their list: 社区 is 试点社区. */
static void gather_records(gathering *g, size_t level, size_t of, const sheet_type *s)
{
    char text[TITLE_SIZE];
    for (int form = PILOT_TABLE_ENGLISH; form <= PILOT_TABLE_KEYS; form++) {
        list_title(s, (pilot_table_form)form, text);
        gather(g, level, of, text);
        if (s->list) {
            field_title(s->list, (pilot_table_form)form, text);
            gather(g, level, of, text);
        }
    }
    if (s->list) {
        gather(g, level, of, s->list->name.zh);
        gather(g, level, of, s->list->name.en);
    }
    gather(g, level, of, s->type->name.zh);
    gather(g, level, of, s->type->name.en);
    gather(g, level, of, s->type->zh);
    gather(g, level, of, s->type->en);
}

bool pilot_titles_of_sheets(titles *made, const sheet_types *types, arena *memory)
{
    gathering g;
    char text[TITLE_SIZE];
    if (!begin_titles(&g, made, types->count, memory))
        return false;
    for (size_t i = 0; i < types->count; i++) {
        for (int form = PILOT_TABLE_ENGLISH; form <= PILOT_TABLE_KEYS; form++) {
            pilot_sheet_title(types, i, (pilot_table_form)form, text);
            gather(&g, LEVEL_WHOLE, i, text);
            whole_sheet_title(types, i, (pilot_table_form)form, text);
            gather(&g, LEVEL_WHOLE, i, text);
        }
        gather_records(&g, LEVEL_OWN, i, &types->of[i]);
    }
    return end_titles(&g);
}

size_t pilot_sheet_of(const sheet_types *types, const record *of)
{
    size_t i = 0;
    while (types->of[i].type != of)
        i++;
    return i;
}

size_t pilot_sheet_named(const sheet_types *types, size_t sheet, size_t number)
{
    const sheet_type *s = &types->of[sheet];
    const sheet_column *c = &s->columns[number];
    if (number < s->named)
        return c->of;
    return c->f->kind == FIELD_REF || c->f->kind == FIELD_REFS ? pilot_sheet_of(types, c->f->of)
                                                               : SIZE_MAX;
}

static void gather_named(gathering *g, const sheet_types *types, size_t of, size_t named)
{
    const sheet_type *s = &types->of[named];
    char text[TITLE_SIZE];
    gather_records(g, LEVEL_OTHER, of, s);
    for (int form = PILOT_TABLE_ENGLISH; form <= PILOT_TABLE_CHINESE && sheet_has_ids(s); form++)
        for (size_t i = 0; i < 2; i++) { /* id and name */
            field_title(&s->type->fields[i], (pilot_table_form)form, text);
            gather(g, LEVEL_OTHER, of, text);
        }
}

bool pilot_titles_of_columns(titles *made, const sheet_types *types, size_t sheet, arena *memory)
{
    gathering g;
    char text[TITLE_SIZE];
    const sheet_type *s = &types->of[sheet];
    if (!begin_titles(&g, made, s->count, memory))
        return false;
    for (size_t i = 0; i < s->count; i++) {
        /* A column that names other records is not meant by 编号 alone: that is the row's own. */
        const size_t named = pilot_sheet_named(types, sheet, i);
        const size_t own = named == SIZE_MAX ? LEVEL_OWN : LEVEL_OTHER;
        field bare = *s->columns[i].f;
        bare.name = (pilot_phrase){0};
        for (int form = PILOT_TABLE_ENGLISH; form <= PILOT_TABLE_KEYS; form++) {
            pilot_column_title(types, sheet, i, (pilot_table_form)form, text);
            gather(&g, LEVEL_WHOLE, i, text);
            whole_title(types, sheet, i, (pilot_table_form)form, text);
            gather(&g, LEVEL_WHOLE, i, text);
            own_title(types, sheet, i, (pilot_table_form)form, text);
            gather(&g, own, i, text);
            for (const group *in = s->columns[i].in; in && in->in; in = in->in) {
                char outer[TITLE_SIZE];
                field_title(in->f, (pilot_table_form)form, outer);
                join(outer, (pilot_table_form)form, text);
                gather(&g, own, i, text);
            }
        }
        if (i >= s->named) {
            field_title(&bare, PILOT_TABLE_ENGLISH, text);
            gather(&g, own, i, text);
            gather(&g, own, i, s->columns[i].f->name.zh);
        }
        if (named != SIZE_MAX)
            gather_named(&g, types, i, named);
    }
    return end_titles(&g);
}

/* The first of the titles that the written one may be the end of. */
static size_t first_ending(const titles *among, const called *written)
{
    size_t low = 0, high = among->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (compare_ends(among->by_end[middle], written) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool ends_with(const called *title, const called *written)
{
    return title->length >= written->length && memcmp(title->folded + title->length - written->length,
                                                      written->folded, written->length) == 0;
}

/* What is written may be the end of what it is called: 合同 of 服务合同. Shorter than two characters it
 * is nothing. */
uint64_t pilot_meant(const titles *among, const char *written)
{
    char folded[FOLDED_SIZE];
    uint64_t meant[LEVEL_OTHER_END + 1] = {0};
    if (!pilot_fold_title(written, folded) || !*folded)
        return 0;
    const called end = {.folded = folded, .length = strlen(folded)};
    const bool long_enough = end.length >= ((unsigned char)*folded < 0x80 ? 4u : 6u);
    for (size_t i = first_ending(among, &end); i < among->count && ends_with(among->by_end[i], &end);
         i++) {
        const called *t = among->by_end[i];
        const size_t at_end = t->level == LEVEL_OWN ? LEVEL_OWN_END : LEVEL_OTHER_END;
        if (t->length == end.length)
            meant[t->level] |= UINT64_C(1) << t->of;
        else if (t->level != LEVEL_WHOLE && long_enough)
            meant[at_end] |= UINT64_C(1) << t->of;
    }
    size_t level = LEVEL_WHOLE;
    while (level < LEVEL_OTHER_END && !meant[level])
        level++;
    return meant[level];
}
