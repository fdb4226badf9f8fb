/* A city as sheets of cells: what reading them makes a city of again. */
#include "pilot/table.h"

#include "city/city_internal.h"
#include "pilot/clause.h"
#include "sheets.h"
#include "value.h"

#include <stdio.h>
#include <stdlib.h>

const words pilot_table_form_words = WORD_LIST(
    [PILOT_TABLE_ENGLISH] = {"en", "英文", "English"}, [PILOT_TABLE_CHINESE] = {"zh", "中文", "Chinese"},
    [PILOT_TABLE_KEYS] = {"keys", "城市数据文件的键", "keys of the city file"});
WORDED(pilot_table_form, pilot_table_form, pilot_table_form_words)

/* A record that is being written, and those that it lies in. */
typedef struct row_out {
    const struct row_out *above;
    size_t type;
    const char *item;
    size_t number; /* among its siblings, from 1 */
} row_out;

typedef struct sheet_out {
    pilot_cell *cells; /* NULL: rows are only counted */
    size_t rows;
} sheet_out;

typedef struct out {
    pilot_cells *made;
    sheet_out sheets[SHEETS_MAX];
    bool failed;
} out;

static pilot_cell text_cell(out *o, const char *text)
{
    const char *own = pilot_arena_copy(&o->made->memory, text);
    o->failed = o->failed || !own;
    return (pilot_cell){.kind = PILOT_CELL_TEXT, .text = own};
}

/* A text in quotes, where it would be read as another without them. */
static char *quoted(out *o, const char *text, bool among_others)
{
    char *own = pilot_arena_take(&o->made->memory, 2 * strlen(text) + 3, 1), *to = own;
    if (!own) {
        o->failed = true;
        return NULL;
    }
    if (!pilot_needs_quotes(text, among_others))
        return strcpy(own, text);
    *to++ = '"';
    for (; *text; text++) {
        if (*text == '"')
            *to++ = '"';
        *to++ = *text;
    }
    *to = '"';
    return own;
}

static pilot_cell own_text(out *o, const char *text)
{
    const char *own = text ? quoted(o, text, false) : NULL;
    return (pilot_cell){.kind = own ? PILOT_CELL_TEXT : PILOT_CELL_BLANK, .text = own};
}

/* What a workbook would not keep whole is text. */
static pilot_cell number_cell(out *o, const char *digits)
{
    pilot_cell cell = text_cell(o, digits);
    if (strlen(digits) - (*digits == '-') - (strchr(digits, '.') != NULL) <= 15)
        cell.kind = PILOT_CELL_NUMBER;
    return cell;
}

static pilot_cell counted(out *o, field_kind kind, int64_t value)
{
    pilot_text text;
    pilot_decimal_text(value,
                       kind == FIELD_COUNT || kind == FIELD_YEAR ? 0
                       : kind == FIELD_PRICE                     ? 4
                                                                 : 2,
                       &text);
    return number_cell(o, text.text);
}

static pilot_cell day_cell(pilot_date day)
{
    return (pilot_cell){.kind = PILOT_CELL_DAY, .day = day};
}

static pilot_cell step_cell(out *o, const pilot_step *step)
{
    if (step->done == PILOT_ANSWER_YES)
        return day_cell(step->date);
    return step->done == PILOT_ANSWER_NO ? text_cell(o, pilot_not_done_word[o->made->form])
                                         : (pilot_cell){0};
}

static const char *in_form(const out *o, const pilot_word *word)
{
    return o->made->form == PILOT_TABLE_KEYS      ? word->name
           : o->made->form == PILOT_TABLE_CHINESE ? word->zh
                                                  : word->en;
}

static pilot_cell answer_cell(out *o, pilot_answer answer)
{
    const pilot_word word = {pilot_answer_name(answer), pilot_answer_title(answer, PILOT_CHINESE),
                             pilot_answer_title(answer, PILOT_ENGLISH)};
    return answer == PILOT_ANSWER_UNKNOWN ? (pilot_cell){0} : text_cell(o, in_form(o, &word));
}

static pilot_cell id_cell(out *o, const void *record_of)
{
    return record_of ? own_text(o, *(const char *const *)record_of) : (pilot_cell){0};
}

static pilot_cell refs_cell(out *o, const field *f, const void *item)
{
    const void *const *refs = field_pointer(item, f);
    size_t length = 1;
    if (!refs)
        return (pilot_cell){0};
    if (!field_count(item, f))
        return text_cell(o, pilot_none_word[o->made->form]);
    const char *const between = o->made->form == PILOT_TABLE_CHINESE ? "、" : "; ";
    for (size_t i = 0; i < field_count(item, f); i++)
        length += 2 * strlen(*(const char *const *)refs[i]) + 2 + strlen(between);
    char *all = pilot_arena_take(&o->made->memory, length, 1), *to = all;
    for (size_t i = 0; all && !o->failed && i < field_count(item, f); i++) {
        const char *id = quoted(o, *(const char *const *)refs[i], true);
        if (id)
            to += snprintf(to, length - (size_t)(to - all), "%s%s", i ? between : "", id);
    }
    o->failed = o->failed || !all;
    return (pilot_cell){.kind = PILOT_CELL_TEXT, .text = all};
}

static pilot_cell number_of(out *o, const field *f, const void *at)
{
    const pilot_opt_int *optional = at;
    if (f->required)
        return counted(o, f->kind, *(const int64_t *)at);
    return optional->known ? counted(o, f->kind, optional->value) : (pilot_cell){0};
}

static pilot_cell day_of(const field *f, const void *at)
{
    const pilot_opt_date *optional = at;
    if (f->required)
        return day_cell(*(const pilot_date *)at);
    return optional->known ? day_cell(optional->value) : (pilot_cell){0};
}

static pilot_cell value_cell(out *o, const field *f, const char *item)
{
    const void *at = field_in(item, f);
    pilot_text text;
    switch (f->kind) {
    case FIELD_ID:
    case FIELD_TEXT:
    case FIELD_CODE:
        return own_text(o, field_pointer(item, f));
    case FIELD_WORD: {
        const words *of = f->of;
        const int32_t word = *(const int32_t *)at;
        return pilot_word_name(of, word) ? text_cell(o, in_form(o, &of->words[word])) : (pilot_cell){0};
    }
    case FIELD_ANSWER:
        return answer_cell(o, *(const pilot_answer *)at);
    case FIELD_COUNT:
    case FIELD_MONEY:
    case FIELD_PRICE:
    case FIELD_AREA:
        return number_of(o, f, at);
    case FIELD_SHARE:
        return ((const pilot_share *)at)->denominator
                   ? text_cell(o, pilot_share_text(*(const pilot_share *)at, &text))
                   : (pilot_cell){0};
    case FIELD_YEAR:
        return *(const int32_t *)at ? counted(o, FIELD_YEAR, *(const int32_t *)at) : (pilot_cell){0};
    case FIELD_MONTH:
        return text_cell(o, pilot_month_text(*(const pilot_month *)at, &text));
    case FIELD_DATE:
        return day_of(f, at);
    case FIELD_STEP:
        return step_cell(o, at);
    case FIELD_CLAUSE: /* whose first member is its id as well */
    case FIELD_REF:
        return id_cell(o, field_pointer(item, f));
    case FIELD_REFS:
        return refs_cell(o, f, item);
    case FIELD_LIST: /* its rows are in their sheet; here stands that there are none */
        return field_pointer(item, f) && !field_count(item, f)
                   ? text_cell(o, pilot_none_word[o->made->form])
                   : (pilot_cell){0};
    default:                    /* GCOVR_EXCL_LINE: of no field of a city */
        return (pilot_cell){0}; /* GCOVR_EXCL_LINE */
    }
}

/* Whether the column is of a record in place of which nothing is known. */
static bool in_blank(const sheet_column *c, const char *item)
{
    for (const group *g = c->in; g; g = g->in)
        if (!g->f->required && pilot_record_blank(g->f->of, item + g->base))
            return true;
    return false;
}

/* The records that a row lies in name it in its first columns. */
static pilot_cell name_cell(out *o, const row_out *row, size_t of)
{
    pilot_text text;
    while (row->type != of)
        row = row->above;
    if (sheet_has_ids(&o->made->types.of[of]))
        return own_text(o, *(const char *const *)(const void *)row->item);
    pilot_decimal_text((int64_t)row->number, 0, &text);
    return number_cell(o, text.text);
}

static void write_row(out *o, const row_out *row)
{
    const sheet_type *s = &o->made->types.of[row->type];
    sheet_out *sheet = &o->sheets[row->type];
    pilot_cell *cells = sheet->cells ? sheet->cells + (1 + sheet->rows) * s->count : NULL;
    sheet->rows++;
    for (size_t i = 0; cells && i < s->count && !o->failed; i++) {
        const sheet_column *c = &s->columns[i];
        if (i < s->named)
            cells[i] = name_cell(o, row, c->of);
        else if (!in_blank(c, row->item))
            cells[i] = value_cell(o, c->f, row->item + c->base);
    }
}

static void write_record(out *o, const row_out *row)
{
    write_row(o, row);
    for (size_t i = row->type + 1; i < o->made->types.count && !o->failed; i++) {
        const sheet_type *s = &o->made->types.of[i];
        if (s->above != row->type)
            continue;
        const char *items = field_pointer(row->item + s->base, s->list);
        const size_t count = pilot_listed(items, field_count(row->item + s->base, s->list));
        for (size_t n = 0; n < count && !o->failed; n++)
            write_record(o, &(row_out){row, i, items + n * s->type->size, n + 1});
    }
}

static const char *const example_words[] = {"example", "示例", "example"};

bool pilot_is_example_word(const char *text)
{
    for (size_t i = 0; i < sizeof example_words / sizeof *example_words; i++)
        if (*text == *example_words[i] && strcmp(text, example_words[i]) == 0)
            return true;
    return false;
}

/* A value such as people write in the column: those that the remedies of refused cells name. */
static pilot_cell example_cell(out *o, const field *f)
{
    const pilot_date day = PILOT_DATE(2019, 12, 31);
    switch (f->kind) {
    case FIELD_COUNT:
        return number_cell(o, "120");
    case FIELD_MONEY:
        return number_cell(o, "1200.5"); /* as files have it */
    case FIELD_PRICE:
        return number_cell(o, "0.305");
    case FIELD_AREA:
        return number_cell(o, "120.5");
    case FIELD_YEAR:
        return number_cell(o, "2019");
    case FIELD_SHARE:
        return text_cell(o, "1/2");
    case FIELD_MONTH:
        return text_cell(o, "2019-12");
    case FIELD_DATE:
    case FIELD_STEP:
        return day_cell(day);
    case FIELD_ANSWER:
        return answer_cell(o, PILOT_ANSWER_YES);
    case FIELD_CLAUSE:
        return text_cell(o, "3.2-12a");
    case FIELD_WORD: {
        const words *of = f->of;
        int32_t word = 0;
        while (!of->words[word].name)
            word++;
        return text_cell(o, in_form(o, &of->words[word]));
    }
    case FIELD_LIST:
        return (pilot_cell){0};
    default:
        return text_cell(o, example_words[o->made->form]);
    }
}

/* Whether one of the columns has a text, by which a row of examples is known as one. */
static bool has_text(const sheet_type *s)
{
    for (size_t i = 0; i < s->count; i++)
        if (i < s->named || s->columns[i].f->kind == FIELD_ID || s->columns[i].f->kind == FIELD_TEXT)
            return true;
    return false;
}

static void write_examples(out *o)
{
    for (size_t i = 0; i < o->made->types.count; i++) {
        const sheet_type *s = &o->made->types.of[i];
        pilot_cell *cells = o->sheets[i].cells ? o->sheets[i].cells + s->count : NULL;
        o->sheets[i].rows = has_text(s) ? 1 : 0;
        for (size_t c = 0; o->sheets[i].rows && cells && c < s->count && !o->failed; c++)
            cells[c] = c < s->named ? text_cell(o, example_words[o->made->form])
                                    : example_cell(o, s->columns[c].f);
    }
}

static void write_city(out *o, const pilot_city *city)
{
    for (size_t i = 0; i < o->made->types.count; i++)
        o->sheets[i].rows = 0;
    if (city)
        write_record(o, &(row_out){NULL, 0, (const char *)&city->records, 1});
}

static void begin_sheet(out *o, size_t type, pilot_sheet *sheet)
{
    const sheet_type *s = &o->made->types.of[type];
    char title[TITLE_SIZE];
    sheet_out *to = &o->sheets[type];
    to->cells = pilot_arena_take(&o->made->memory, (1 + to->rows) * s->count, sizeof *to->cells);
    if (!to->cells) {
        o->failed = true;
        return;
    }
    pilot_sheet_title(&o->made->types, type, o->made->form, title);
    *sheet = (pilot_sheet){
        .name = text_cell(o, title).text, .cells = to->cells, .rows = 1 + to->rows, .columns = s->count};
    for (size_t i = 0; i < s->count; i++) {
        pilot_column_title(&o->made->types, type, i, o->made->form, title);
        to->cells[i] = text_cell(o, title);
    }
}

/* city NULL: the headers alone, or with examples. */
static void write_rows(out *o, const pilot_city *city, bool examples)
{
    if (examples)
        write_examples(o);
    else
        write_city(o, city);
}

static bool make_cells(out *o, const pilot_city *city, bool examples)
{
    if (!pilot_sheets_make(&o->made->types, &o->made->memory))
        return false;
    pilot_sheet *sheets = pilot_arena_take(&o->made->memory, o->made->types.count, sizeof *sheets);
    if (!sheets)
        return false;
    write_rows(o, city, examples); /* counts them */
    size_t count = 0;
    for (size_t i = 0; i < o->made->types.count && !o->failed; i++)
        if (!city || o->sheets[i].rows)
            begin_sheet(o, i, &sheets[count++]);
    if (!o->failed)
        write_rows(o, city, examples);
    o->made->book = (pilot_workbook){sheets, count};
    return !o->failed;
}

static pilot_status cells_of(const pilot_city *city, bool examples, pilot_table_form form,
                             pilot_cells **cells)
{
    if (!cells || (unsigned)form > PILOT_TABLE_KEYS)
        return PILOT_ERROR_ARGUMENT;
    out *o = calloc(1, sizeof *o);
    if (o && (o->made = calloc(1, sizeof *o->made))) {
        o->made->form = form;
        if (make_cells(o, city, examples)) {
            *cells = o->made;
            free(o);
            return PILOT_OK;
        }
        pilot_cells_free(o->made);
    }
    free(o);
    return PILOT_ERROR_MEMORY;
}

pilot_status pilot_city_to_cells(const pilot_city *city, pilot_table_form form, pilot_cells **cells)
{
    return cells_of(city, false, form, cells);
}

pilot_status pilot_table_examples(pilot_table_form form, pilot_cells **cells)
{
    return cells_of(NULL, true, form, cells);
}

void pilot_cells_free(pilot_cells *cells)
{
    if (!cells)
        return;
    pilot_arena_free(&cells->memory);
    free(cells);
}

const pilot_workbook *pilot_cells_workbook(const pilot_cells *cells)
{
    return &cells->book;
}
