/* A workbook's cells as a city. The rows of each list are read one after another, sorted to what they
 * lie in, and then made a city of as any caller's records are, which tells all that a cell by itself
 * cannot. */
#include "pilot/table.h"

#include "base/sentence.h"
#include "city/city_internal.h"
#include "fold.h"
#include "notice/policy_internal.h"
#include "problems.h"
#include "rules/subject.h"
#include "sheets.h"

#include <stdio.h>
#include <stdlib.h>

#define HEADER_ROWS 20
#define HEADER_LEVELS 3
#define CHECKED_MAX 1000 /* problems that are looked at when all is read */

/* Where a record stands, and what is known of it beside its values. */
typedef struct row_of {
    size_t sheet, row;  /* in the workbook; sheet SIZE_MAX: nowhere */
    size_t parent;      /* its number, once all are in order; SIZE_MAX: not found */
    const char **names; /* what it lies in, as its columns say */
    uint64_t bad;       /* columns that have problems */
} row_of;

/* What a cell names. */
typedef struct target {
    size_t number; /* SIZE_MAX: none */
    size_t other;  /* another of the same name; SIZE_MAX: none */
} target;

/* All records of one kind of sheet. */
typedef struct list_rows {
    row_of *rows;
    char *items;
    size_t count, capacity;
    bool lost;              /* some row's place or id is not known: what is not there is no problem */
    bool indexed, repeated; /* repeated: some id is there twice */
    id_index by_id, by_name;
    struct named *named;
    size_t *named_in;  /* by number: the last cell of several that had it */
    const char *asked; /* what was looked for last, and what was found */
    target answer;
} list_rows;

typedef struct named {
    const char *name;
} named;

/* A sheet of the workbook that is one of the city's. */
typedef struct sheet_read {
    size_t type; /* SIZE_MAX: it is none */
    const char *name;
    size_t header, top;           /* the last row of the header and its first */
    bool headless;                /* some of its columns have no header */
    size_t at[SHEET_COLUMNS_MAX]; /* where the columns stand; SIZE_MAX: nowhere */
    const char
        *called[SHEET_COLUMNS_MAX]; /* of those that stand nowhere, their titles, once asked for */
    int places[SHEET_COLUMNS_MAX];  /* cell_column.places */
} sheet_read;

struct pilot_table {
    arena memory;
    sheet_types types;
    list_rows lists[SHEETS_MAX];
    sheet_read *sheets;
    size_t sheet_count;
    cell_problems problems;
};

typedef struct running_sum {
    int64_t sum;
    bool open; /* some cell's value is not known */
} running_sum;

typedef struct reader {
    pilot_table *table;
    const pilot_workbook *book;
    arena scratch;
    titles sheet_titles, column_titles[SHEETS_MAX];
    /* Of the sheet that is being read, by column: of all its rows so far, and since its last total. */
    running_sum all[SHEET_COLUMNS_MAX], part[SHEET_COLUMNS_MAX];
    size_t round;                                /* cells of several so far */
    bool told_later;                             /* that the template is a later one */
    pilot_cells *examples[PILOT_TABLE_KEYS + 1]; /* in each form, once asked for */
    bool no_memory;
} reader;

static void tell(reader *r, size_t sheet, size_t row, size_t column, const cell_told *told)
{
    pilot_cell_tell(&r->table->problems, sheet, row, column, told);
}

static bool only_one(uint64_t bits, size_t *number)
{
    if (!bits || bits & (bits - 1))
        return false;
    for (*number = 0; !(bits >> *number & 1);)
        ++*number;
    return true;
}

/* A header's own words, and what stands in brackets behind them: 金额（万元）. One without a unit has no
 * words but its own. */
#define HEADER_LENGTH 1024 /* more than any title in any width */
static const char *split_header(reader *r, const char *header, const char **unit)
{
    static const char *const open[] = {"（", "("}, *const close[] = {"）", ")"};
    size_t length;
    const char *text = pilot_trimmed(header, &length);
    *unit = NULL;
    if (length > HEADER_LENGTH || (!strstr(text, open[0]) && !strstr(text, open[1])))
        return "";
    char *own = pilot_arena_take(&r->table->memory, length + 1, 1);
    if (!own) {
        r->no_memory = true;
        return "";
    }
    memcpy(own, text, length);
    for (size_t i = 0; i < 2; i++) {
        char *at = strstr(own, open[i]);
        for (size_t j = 0; at && j < 2; j++) {
            const size_t end = strlen(close[j]), left = strlen(at);
            if (left > end && strcmp(at + left - end, close[j]) == 0) {
                at[left - end] = '\0';
                *at = '\0';
                *unit = at + strlen(open[i]);
                return own;
            }
        }
    }
    return own;
}

/* The columns of the type that a title means. *places: by how many its unit moves their numbers. */
static uint64_t columns_meant(reader *r, size_t type, const char *title, int *places)
{
    *places = 0;
    const uint64_t meant = pilot_meant(&r->column_titles[type], title);
    if (meant)
        return meant;
    const char *unit;
    const uint64_t bare = pilot_meant(&r->column_titles[type], split_header(r, title, &unit));
    size_t number;
    if (!unit)
        return 0;
    if (only_one(bare, &number) &&
        !pilot_unit_known(r->table->types.of[type].columns[number].f, unit, places))
        return 0;
    return bare;
}

/* The cell, or the first of the merged range that it is in. */
static const pilot_cell *origin_of(const pilot_sheet *sheet, size_t row, size_t column)
{
    const pilot_cell *cell = pilot_cell_at(sheet, row, column);
    if (cell->kind != PILOT_CELL_MERGED)
        return cell;
    if (cell->above > row || cell->left > column || !(cell->above || cell->left))
        return pilot_cell_at(sheet, SIZE_MAX, SIZE_MAX);
    return pilot_cell_at(sheet, row - cell->above, column - cell->left);
}

static const char *title_at(const pilot_sheet *sheet, size_t row, size_t column)
{
    const pilot_cell *cell = origin_of(sheet, row, column);
    return cell->kind == PILOT_CELL_TEXT && cell->text ? cell->text : "";
}

/* The columns that a cell of the header's last row means: by the longest way down to it from the rows
 * above that means any. *top: where that begins. */
static uint64_t header_meant(reader *r, size_t type, const pilot_sheet *sheet, size_t row, size_t column,
                             int *places, size_t *top)
{
    uint64_t meant = 0;
    *places = 0;
    *top = row;
    if (!*title_at(sheet, row, column))
        return 0;
    for (size_t levels = row + 1 < HEADER_LEVELS ? row + 1 : HEADER_LEVELS; levels && !meant; levels--) {
        char path[FOLDED_SIZE] = "";
        size_t used = 0;
        const pilot_cell *before = NULL;
        for (size_t level = levels; level-- && used < sizeof path;) {
            const pilot_cell *cell = origin_of(sheet, row - level, column);
            if (cell != before)
                used += (size_t)snprintf(path + used, sizeof path - used, "%s",
                                         title_at(sheet, row - level, column));
            before = cell;
        }
        *top = row - (levels - 1);
        if (levels == 1)
            meant = columns_meant(r, type, title_at(sheet, row, column), places);
        else if (used < sizeof path && *title_at(sheet, *top, column))
            meant = columns_meant(r, type, path, places);
    }
    return meant;
}

static bool titles_of(reader *r, size_t type)
{
    if (!r->column_titles[type].all &&
        !pilot_titles_of_columns(&r->column_titles[type], &r->table->types, type, &r->scratch))
        r->no_memory = true;
    return !r->no_memory;
}

/* The row that fits a header of the type best, and how many of its cells do. */
static size_t find_header(reader *r, const pilot_sheet *sheet, size_t type, size_t *header)
{
    size_t best = 0;
    const size_t rows = sheet->rows < HEADER_ROWS ? sheet->rows : HEADER_ROWS;
    for (size_t row = 0; titles_of(r, type) && row < rows && best < sheet->columns; row++) {
        uint64_t seen = 0;
        size_t fit = 0, top;
        for (size_t c = 0; c < sheet->columns && !r->no_memory; c++) {
            int places;
            const uint64_t meant = header_meant(r, type, sheet, row, c, &places, &top);
            fit += meant && !(meant & seen);
            seen |= meant;
        }
        if (fit > best) {
            best = fit;
            *header = row;
        }
    }
    return best;
}

/* Of the sheets that a title may mean, that whose columns it has most of, and how many are as good. */
static size_t choose_type(reader *r, const pilot_sheet *sheet, uint64_t meant, size_t *type,
                          size_t *header)
{
    size_t best = 0, rivals = 0, found = 0;
    for (size_t i = 0; i < r->table->types.count; i++) {
        size_t row = 0;
        const size_t fit = meant >> i & 1 ? find_header(r, sheet, i, &row) : 0;
        if (fit > best) {
            best = fit;
            rivals = 0;
            found = i;
            *header = row;
        }
        rivals += fit == best && fit > 0;
    }
    *type = found;
    return rivals;
}

/* The first cell of a row that has something; NULL: none has. */
static const pilot_cell *first_cell(const pilot_sheet *sheet, size_t row)
{
    for (size_t c = 0; c < sheet->columns; c++) {
        const pilot_cell *cell = pilot_cell_at(sheet, row, c);
        if (cell->kind != PILOT_CELL_MERGED && !pilot_cell_blank(cell))
            return cell;
    }
    return NULL;
}

static bool sheet_is_blank(const pilot_sheet *sheet)
{
    for (size_t row = 0; row < sheet->rows; row++)
        if (first_cell(sheet, row))
            return false;
    return true;
}

/* What stands above the header is passed over; a unit there may be that of every column. */
static void tell_above(reader *r, size_t number, const sheet_read *read)
{
    static const char *const large[] = {"万元", "千元", "亿元"};
    const pilot_sheet *sheet = &r->book->sheets[number];
    for (size_t row = 0; row < read->top; row++)
        for (size_t c = 0; c < sheet->columns; c++) {
            const pilot_cell *cell = pilot_cell_at(sheet, row, c);
            cell_told told = {.code = PILOT_CELL_ABOVE_HEADER};
            for (size_t i = 0; cell->text && i < 3; i++)
                if (strstr(cell->text, "单位") && strstr(cell->text, large[i]))
                    told =
                        (cell_told){.code = PILOT_CELL_UNIT_ABOVE, .status = PILOT_ERROR_INCONSISTENT};
            if (cell->kind != PILOT_CELL_MERGED && !pilot_cell_blank(cell))
                tell(r, number, row, c, &told);
        }
}

static void tell_hidden(reader *r, size_t number)
{
    const pilot_sheet *sheet = &r->book->sheets[number];
    pilot_text rows;
    pilot_decimal_text((int64_t)sheet->hidden_rows, 0, &rows);
    if (sheet->hidden)
        tell(r, number, SIZE_MAX, SIZE_MAX, &(cell_told){.code = PILOT_CELL_HIDDEN_SHEET});
    if (sheet->hidden_rows)
        tell(r, number, SIZE_MAX, SIZE_MAX,
             &(cell_told){.code = PILOT_CELL_HIDDEN_ROWS, .value = rows.text});
}

static void list_meanings(reader *r, size_t type, uint64_t meant, pilot_table_form form, char *text,
                          size_t size)
{
    sentence out = pilot_sentence_begin(text, size);
    const char *between = "";
    char title[TITLE_SIZE];
    for (size_t i = 0; i < r->table->types.of[type].count; i++) {
        if (!(meant >> i & 1))
            continue;
        pilot_column_title(&r->table->types, type, i, form, title);
        pilot_say(&out, "%s%s", between, title);
        between = "、";
    }
    pilot_sentence_end(&out);
}

static void tell_meanings(reader *r, size_t number, size_t column, uint64_t meant)
{
    const sheet_read *read = &r->table->sheets[number];
    char zh[280], en[280], zh_all[320], en_all[320];
    list_meanings(r, read->type, meant, PILOT_TABLE_CHINESE, zh, sizeof zh);
    list_meanings(r, read->type, meant, PILOT_TABLE_ENGLISH, en, sizeof en);
    snprintf(zh_all, sizeof zh_all, "表头可能是：%s", zh);
    snprintf(en_all, sizeof en_all, "the header could be: %s", en);
    tell(r, number, read->header, column,
         &(cell_told){.code = PILOT_CELL_HEADER_AMBIGUOUS,
                      .status = PILOT_ERROR_UNKNOWN_KEY,
                      .reason = {zh_all, en_all}});
}

static void read_header(reader *r, size_t number)
{
    sheet_read *read = &r->table->sheets[number];
    const pilot_sheet *sheet = &r->book->sheets[number];
    for (size_t c = 0; c < sheet->columns && !r->no_memory; c++) {
        const pilot_cell *cell = pilot_cell_at(sheet, read->header, c);
        int places;
        size_t of, top;
        const bool under = cell->kind == PILOT_CELL_MERGED && cell->above <= read->header;
        const size_t row = read->header - (under ? cell->above : 0);
        const uint64_t meant = header_meant(r, read->type, sheet, read->header, c, &places, &top);
        read->headless = read->headless || pilot_cell_blank(cell);
        if (pilot_cell_blank(cell) || (cell->kind == PILOT_CELL_MERGED && cell->left))
            continue;
        if (meant && top < read->top)
            read->top = top;
        if (!meant) {
            tell(r, number, row, c, &(cell_told){.code = PILOT_CELL_UNKNOWN_HEADER});
        } else if (!only_one(meant, &of)) {
            tell_meanings(r, number, c, meant);
        } else if (read->at[of] != SIZE_MAX) {
            tell(r, number, row, c,
                 &(cell_told){.code = PILOT_CELL_HEADER_REPEATED, .status = PILOT_ERROR_DUPLICATE_KEY});
        } else {
            read->at[of] = c;
            read->places[of] = places;
        }
    }
}

/* Room for one more record, zeroed; NULL when memory runs out. */
static char *add_row(reader *r, size_t type, row_of row)
{
    list_rows *list = &r->table->lists[type];
    const size_t size = r->table->types.of[type].type->size;
    if (list->count == list->capacity) {
        const size_t capacity = list->capacity ? 2 * list->capacity : 16;
        row_of *rows = realloc(list->rows, capacity * sizeof *rows);
        if (rows)
            list->rows = rows;
        char *items = rows ? realloc(list->items, capacity * size) : NULL;
        if (!items) {
            r->no_memory = true;
            return NULL;
        }
        list->items = items;
        list->capacity = capacity;
    }
    list->rows[list->count] = row;
    return memset(list->items + list->count++ * size, 0, size);
}

static cell_column column_of(const reader *r, size_t number, size_t column)
{
    const sheet_read *read = &r->table->sheets[number];
    return (cell_column){.f = r->table->types.of[read->type].columns[column].f,
                         .places = read->places[column],
                         .from_1904 = r->book->sheets[number].from_1904};
}

static void add_to(running_sum *sum, cell_outcome outcome, int64_t value)
{
    sum->open =
        sum->open || outcome == CELL_REFUSED || __builtin_add_overflow(sum->sum, value, &sum->sum);
}

/* What a column's cell of the row adds to the sums of its sheet. */
static void sum_up(reader *r, const sheet_column *c, size_t column, cell_outcome outcome,
                   const char *item)
{
    int64_t value = 0;
    if (!pilot_cell_adds_up(c->f))
        return;
    if (outcome == CELL_READ && c->f->required)
        value = *(const int64_t *)(const void *)field_in(item + c->base, c->f);
    else if (outcome == CELL_READ)
        value = ((const pilot_opt_int *)(const void *)field_in(item + c->base, c->f))->value;
    add_to(&r->all[column], outcome, value);
    add_to(&r->part[column], outcome, value);
}

/* A total is that of all rows above it, or of those since the last total. */
static void check_totals(reader *r, size_t number, size_t row)
{
    const sheet_read *read = &r->table->sheets[number];
    const sheet_type *s = &r->table->types.of[read->type];
    for (size_t i = s->named; i < s->count; i++) {
        const cell_column column = column_of(r, number, i);
        const pilot_cell *cell = pilot_cell_at(&r->book->sheets[number], row, read->at[i]);
        const bool sure = !r->all[i].open && !r->part[i].open;
        cell_fault fault = {0};
        int64_t total;
        if (!pilot_cell_adds_up(column.f) || pilot_cell_blank(cell) ||
            pilot_cell_number(&column, cell, &total, &fault) != CELL_READ)
            continue;
        if (sure && total != r->all[i].sum && total != r->part[i].sum) {
            pilot_text all, part;
            pilot_cell_number_text(column.f, r->all[i].sum, &all);
            pilot_cell_number_text(column.f, r->part[i].sum, &part);
            const bool one = r->all[i].sum == r->part[i].sum;
            snprintf(fault.zh, sizeof fault.zh, "与以上各行之和%s%s%s不符", all.text,
                     one ? "" : "、上一合计行以下各行之和", one ? "" : part.text);
            snprintf(fault.en, sizeof fault.en, "the sum of the rows above it is %s%s%s", all.text,
                     one ? "" : ", and of those since the last total ", one ? "" : part.text);
            tell(r, number, row, read->at[i],
                 &(cell_told){.code = PILOT_CELL_TOTAL_DIFFERS,
                              .status = PILOT_ERROR_INCONSISTENT,
                              .reason = {fault.zh, fault.en}});
        }
    }
    memset(r->part, 0, sizeof r->part);
}

/* What a row has in a column. In a merged range names and words are those of its first cell; amounts,
 * counts and days are not taken to be. */
static const pilot_cell *cell_of(const pilot_sheet *sheet, const sheet_read *read, size_t row,
                                 size_t column, field_kind kind)
{
    const size_t at = read->at[column];
    const bool fills = kind == FIELD_TEXT || kind == FIELD_REF || kind == FIELD_REFS ||
                       kind == FIELD_WORD || kind == FIELD_ID;
    const pilot_cell *cell = pilot_cell_at(sheet, row, at);
    if (!fills || cell->kind != PILOT_CELL_MERGED || cell->left || cell->above >= row - read->header)
        return cell;
    return origin_of(sheet, row, at);
}

/* Whether a row has what the template's has in each column that the sheet has. */
static bool is_as(const pilot_sheet *sheet, const sheet_read *read, size_t row,
                  const pilot_sheet *examples)
{
    char shown[TITLE_SIZE], wanted[TITLE_SIZE];
    for (size_t i = 0; i < examples->columns; i++) {
        if (read->at[i] == SIZE_MAX)
            continue;
        pilot_cell_shown(pilot_cell_at(sheet, row, read->at[i]), shown, sizeof shown);
        pilot_cell_shown(pilot_cell_at(examples, 1, i), wanted, sizeof wanted);
        if (strcmp(shown, wanted) != 0)
            return false;
    }
    return examples->rows > 1;
}

/* Whether the row is the template's row of examples, in any form and not changed. */
static bool is_example(reader *r, size_t number, size_t row)
{
    const sheet_read *read = &r->table->sheets[number];
    const pilot_sheet *sheet = &r->book->sheets[number];
    bool maybe = false, same = false;
    for (size_t i = 0; i < r->table->types.of[read->type].count && !maybe; i++) {
        const pilot_cell *cell = pilot_cell_at(sheet, row, read->at[i]);
        maybe = cell->kind == PILOT_CELL_TEXT && cell->text && pilot_is_example_word(cell->text);
    }
    for (int form = PILOT_TABLE_ENGLISH; maybe && !same && form <= PILOT_TABLE_KEYS; form++) {
        pilot_cells **examples = &r->examples[form];
        if (!*examples && pilot_table_examples((pilot_table_form)form, examples) != PILOT_OK) {
            r->no_memory = true;
            return false;
        }
        same = is_as(sheet, read, row, &pilot_cells_workbook(*examples)->sheets[read->type]);
    }
    return same;
}

static void header_of(reader *r, size_t number, size_t column, char title[TITLE_SIZE])
{
    sheet_read *read = &r->table->sheets[number];
    const pilot_sheet *sheet = &r->book->sheets[number];
    if (read->at[column] != SIZE_MAX) {
        pilot_cell_shown(pilot_cell_at(sheet, read->header, read->at[column]), title, TITLE_SIZE);
    } else if (read->called[column]) {
        snprintf(title, TITLE_SIZE, "%s", read->called[column]);
    } else {
        pilot_column_title(&r->table->types, read->type, column, PILOT_TABLE_CHINESE, title);
        read->called[column] = pilot_arena_copy(&r->table->memory, title);
        r->no_memory = r->no_memory || !read->called[column];
    }
}

/* The one row that is being read. */
typedef struct row_read {
    size_t sheet, row;
    char *item;
    row_of *of;
    uint64_t given; /* columns that have something */
} row_read;

static void note_of(reader *r, size_t sheet, const row_of *of, size_t column, const cell_fault *fault,
                    pilot_phrase remedy)
{
    char header[TITLE_SIZE];
    header_of(r, sheet, column, header);
    tell(r, sheet, of->row, r->table->sheets[sheet].at[column],
         &(cell_told){.code = fault->code,
                      .status = fault->status,
                      .header = header,
                      .reason = {fault->zh, fault->en},
                      .remedy = remedy});
}

/* A problem; what follows from it is not told. */
static void tell_of(reader *r, size_t sheet, row_of *of, size_t column, const cell_fault *fault,
                    pilot_phrase remedy)
{
    of->bad |= UINT64_C(1) << column;
    note_of(r, sheet, of, column, fault, remedy);
}

static cell_outcome read_rows(const sheet_column *c, const pilot_cell *cell, char *item,
                              cell_fault *fault)
{
    static const char none[1];
    int64_t rows;
    cell_outcome outcome = pilot_cell_rows(cell, &rows, fault);
    if (outcome == CELL_READ && rows < 0) {
        *fault = (cell_fault){.code = PILOT_CELL_OUT_OF_RANGE, .status = PILOT_ERROR_RANGE};
        return CELL_REFUSED;
    }
    if (outcome == CELL_READ) /* until its rows are counted */
        pilot_field_list(c->f, item + c->base, rows ? NULL : none, (size_t)rows);
    return outcome;
}

/* What has its own remedy, whatever the column. */
static pilot_phrase remedy_for(const field *f, pilot_cell_code code)
{
    switch (code) {
    case PILOT_CELL_ERROR_VALUE:
    case PILOT_CELL_NO_VALUE:
    case PILOT_CELL_MERGED_VALUE:
    case PILOT_CELL_DIGITS_LOST:
        return (pilot_phrase){0};
    default:
        return pilot_cell_wanted(f);
    }
}

static void read_cell(reader *r, row_read *at, size_t number)
{
    const sheet_read *read = &r->table->sheets[at->sheet];
    const sheet_type *s = &r->table->types.of[read->type];
    const sheet_column *c = &s->columns[number];
    if (read->at[number] == SIZE_MAX)
        return;
    const field_kind kind = number < s->named ? FIELD_REF : c->f->kind;
    const pilot_cell *cell = cell_of(&r->book->sheets[at->sheet], read, at->row, number, kind);
    if (pilot_cell_blank(cell))
        return;
    const cell_column column = column_of(r, at->sheet, number);
    cell_fault fault; /* its texts are long, and nearly no cell has one */
    cell_outcome outcome;
    fault.zh[0] = fault.en[0] = '\0';
    if (cell->kind == PILOT_CELL_PICTURE) {
        fault.code = PILOT_CELL_HAS_PICTURE;
        fault.status = PILOT_OK;
        note_of(r, at->sheet, at->of, number, &fault, (pilot_phrase){0});
        return;
    }
    if (number < s->named)
        outcome = pilot_cell_name(cell, &r->table->memory, &at->of->names[number], &fault);
    else if (kind == FIELD_LIST)
        outcome = read_rows(c, cell, at->item, &fault);
    else
        outcome = pilot_cell_read(&column, cell, &r->table->memory, at->item + c->base, &fault);
    if (number >= s->named)
        sum_up(r, c, number, outcome, at->item);
    if (outcome != CELL_UNKNOWN)
        at->given |= UINT64_C(1) << number;
    if (outcome == CELL_NOTED)
        note_of(r, at->sheet, at->of, number, &fault, (pilot_phrase){0});
    if (outcome == CELL_REFUSED)
        tell_of(r, at->sheet, at->of, number, &fault, remedy_for(c->f, fault.code));
    if (outcome == CELL_NO_MEMORY)
        r->no_memory = true;
}

/* Whether something is given of the record in place. */
static bool group_given(const sheet_type *s, uint64_t given, const group *g)
{
    for (size_t i = 0; i < s->count; i++)
        for (const group *of = s->columns[i].in; given >> i & 1 && of; of = of->in)
            if (of == g)
                return true;
    return false;
}

/* What has to be there: not of a record in place of which nothing is. */
static void check_missing(reader *r, row_read *at)
{
    const sheet_type *s = &r->table->types.of[r->table->sheets[at->sheet].type];
    for (size_t i = 0; i < s->count; i++) {
        const sheet_column *c = &s->columns[i];
        bool needed = (i < s->named || c->f->required) && !(at->given >> i & 1);
        for (const group *g = c->in; needed && g; g = g->in)
            needed = g->f->required || group_given(s, at->given, g);
        if (needed) {
            const cell_fault fault = {.code = PILOT_CELL_MISSING, .status = PILOT_ERROR_MISSING_KEY};
            const pilot_phrase wanted = i < s->named ? (pilot_phrase){0} : pilot_cell_wanted(c->f);
            tell_of(r, at->sheet, at->of, i, &fault, wanted);
        }
    }
}

/* What stands in columns without a head. */
static void tell_beyond(reader *r, size_t number, size_t row)
{
    const pilot_sheet *sheet = &r->book->sheets[number];
    const size_t header = r->table->sheets[number].header;
    for (size_t c = 0; c < sheet->columns; c++)
        if (pilot_cell_blank(pilot_cell_at(sheet, header, c)) &&
            pilot_cell_at(sheet, row, c)->kind != PILOT_CELL_MERGED &&
            !pilot_cell_blank(pilot_cell_at(sheet, row, c)))
            tell(r, number, row, c, &(cell_told){.code = PILOT_CELL_NO_COLUMN});
}

/* Whether any column of ours has something in the row. */
static bool row_has_any(const pilot_sheet *sheet, const sheet_read *read, size_t columns, size_t row)
{
    for (size_t i = 0; i < columns; i++) {
        const pilot_cell *cell = pilot_cell_at(sheet, row, read->at[i]);
        if (read->at[i] != SIZE_MAX && cell->kind != PILOT_CELL_MERGED && !pilot_cell_blank(cell))
            return true;
    }
    return false;
}

/* What people call a record beside its id: its second field, which each that has an id has. */
static const field *name_field(const sheet_type *s)
{
    return &s->type->fields[1];
}

/* The notice's district of this id or name; NULL: none. */
static const pilot_policy_district *notice_district(const char *text)
{
    const pilot_parameters *notice = &pilot_nanchang_2019;
    for (size_t i = 0; i < notice->district_count; i++)
        if (strcmp(notice->districts[i].id, text) == 0 || strcmp(notice->districts[i].name, text) == 0)
            return &notice->districts[i];
    return NULL;
}

/* A record without an id is known by its name; a district of the notice has its code for one. */
static void name_for_id(reader *r, row_read *at)
{
    const sheet_type *s = &r->table->types.of[r->table->sheets[at->sheet].type];
    if (!sheet_has_ids(s) || at->given >> s->named & 1)
        return;
    const char *id = field_pointer(at->item, name_field(s));
    if (!id || !*id)
        return;
    const pilot_policy_district *known = s->type == &pilot_district_record ? notice_district(id) : NULL;
    field_point(at->item, s->type->fields, known ? known->id : id);
    at->given |= UINT64_C(1) << s->named;
    note_of(r, at->sheet, at->of, s->named, &(cell_fault){.code = PILOT_CELL_NAME_FOR_ID},
            (pilot_phrase){0});
}

static void read_row(reader *r, size_t number, size_t row)
{
    const sheet_read *read = &r->table->sheets[number];
    const sheet_type *s = &r->table->types.of[read->type];
    list_rows *list = &r->table->lists[read->type];
    if (read->headless)
        tell_beyond(r, number, row);
    if (!row_has_any(&r->book->sheets[number], read, s->count, row))
        return;
    if (!s->list && list->count) {
        tell(r, number, row, SIZE_MAX,
             &(cell_told){.code = PILOT_CELL_SECOND_ROW, .status = PILOT_ERROR_DUPLICATE_KEY});
        return;
    }
    row_of made = {.sheet = number, .row = row, .parent = SIZE_MAX};
    made.names = pilot_arena_take(&r->table->memory, s->named, sizeof *made.names);
    row_read at = {.sheet = number, .row = row};
    at.item = made.names ? add_row(r, read->type, made) : NULL;
    if (!at.item) {
        r->no_memory = true;
        return;
    }
    at.of = &list->rows[list->count - 1];
    for (size_t i = 0; i < s->count && !r->no_memory; i++)
        read_cell(r, &at, i);
    name_for_id(r, &at);
    check_missing(r, &at);
    if (sheet_has_ids(s) && at.of->bad >> s->named & 1)
        list->lost = true;
}

/* Whether the sheet explains a template or has its choices. */
static bool is_templates_own(reader *r, size_t number)
{
    static const char mark[] = PILOT_TEMPLATE_MARK " ";
    const char *first = title_at(&r->book->sheets[number], 0, 0);
    if (strncmp(first, mark, sizeof mark - 1) != 0)
        return false;
    if (!r->told_later && strtoul(first + sizeof mark - 1, NULL, 10) > PILOT_TEMPLATE_VERSION) {
        tell(r, number, 0, 0, &(cell_told){.code = PILOT_CELL_LATER_TEMPLATE});
        r->told_later = true;
    }
    return true;
}

static void read_sheet(reader *r, size_t number)
{
    const pilot_sheet *sheet = &r->book->sheets[number];
    sheet_read *read = &r->table->sheets[number];
    const uint64_t meant = pilot_meant(&r->sheet_titles, read->name);
    size_t type;
    if (is_templates_own(r, number))
        return;
    if (!meant) {
        tell(r, number, SIZE_MAX, SIZE_MAX, &(cell_told){.code = PILOT_CELL_UNKNOWN_SHEET});
        return;
    }
    const size_t rivals = choose_type(r, sheet, meant, &type, &read->header);
    if (rivals != 1 && !r->no_memory) {
        if (!sheet_is_blank(sheet))
            tell(r, number, SIZE_MAX, SIZE_MAX,
                 &(cell_told){.code = rivals ? PILOT_CELL_SHEET_AMBIGUOUS : PILOT_CELL_NO_HEADER,
                              .status = PILOT_ERROR_UNKNOWN_KEY});
        return;
    }
    read->type = type;
    for (size_t i = 0; i < SHEET_COLUMNS_MAX; i++)
        read->at[i] = SIZE_MAX;
    read->top = read->header;
    read_header(r, number);
    tell_above(r, number, read);
    tell_hidden(r, number);
    memset(r->all, 0, sizeof r->all);
    memset(r->part, 0, sizeof r->part);
    for (size_t row = read->header + 1; row < sheet->rows && !r->no_memory; row++) {
        const pilot_cell *first = first_cell(sheet, row);
        if (!first)
            continue;
        if (first->kind == PILOT_CELL_TEXT && pilot_says_total(first->text)) {
            tell(r, number, row, SIZE_MAX, &(cell_told){.code = PILOT_CELL_TOTALS_ROW});
            check_totals(r, number, row);
        } else if (is_example(r, number, row)) {
            tell(r, number, row, SIZE_MAX, &(cell_told){.code = PILOT_CELL_EXAMPLE_ROW});
        } else {
            read_row(r, number, row);
        }
    }
}

static const void *item_of(const reader *r, size_t type, size_t number)
{
    return r->table->lists[type].items + number * r->table->types.of[type].type->size;
}

/* The ids and the names of a list of the city. */
static bool index_list(reader *r, size_t type)
{
    list_rows *list = &r->table->lists[type];
    const sheet_type *s = &r->table->types.of[type];
    list->named = pilot_arena_take(&r->scratch, list->count, sizeof *list->named);
    list->named_in = pilot_arena_take(&r->scratch, list->count, sizeof *list->named_in);
    if (!list->named || !list->named_in ||
        !pilot_index_ids(&list->by_id, &r->scratch, &r->scratch, list->items, s->type->size,
                         list->count))
        return false;
    for (size_t i = 0; i < list->count; i++) {
        list->named[i].name = field_pointer(item_of(r, type, i), name_field(s));
        if (list->named[i].name && !*list->named[i].name)
            list->named[i].name = NULL;
    }
    list->repeated = pilot_any_repeated(&list->by_id);
    list->indexed = pilot_index_ids(&list->by_name, &r->scratch, &r->scratch, list->named,
                                    sizeof *list->named, list->count);
    return list->indexed;
}

/* Of the items from first to end, the first that has the id or the name, and the next. */
static target find_within(const id_index *index, const char *text, const char *items, size_t size,
                          size_t first, size_t end)
{
    target t = {SIZE_MAX, SIZE_MAX};
    size_t *const to[] = {&t.number, &t.other};
    const char *from = index->count ? items + first * size : NULL;
    for (size_t i = 0; i < 2 && index->count; i++) {
        const char *found = pilot_find_id_from(index, text, from);
        if (!found || (size_t)(found - items) / size >= end)
            break;
        *to[i] = (size_t)(found - items) / size;
        from = found + size;
    }
    return t;
}

/* Among the records of one list, from first on, by id, by name or by number. */
static target find_among(reader *r, size_t type, size_t first, size_t count, const char *text)
{
    const sheet_type *s = &r->table->types.of[type];
    list_rows *list = &r->table->lists[type];
    target t = {SIZE_MAX, SIZE_MAX};
    int64_t number;
    if (!sheet_has_ids(s)) {
        if (pilot_decimal_parse(text, 0, &number, NULL, (pilot_phrase){0}) == PILOT_OK && number > 0 &&
            (uint64_t)number <= count)
            t.number = first + (size_t)number - 1;
        return t;
    }
    if (!list->indexed && !index_list(r, type)) {
        r->no_memory = true;
        return t;
    }
    const size_t end = first + count;
    t = find_within(&list->by_id, text, list->items, s->type->size, first, end);
    t.other = SIZE_MAX; /* that an id is there twice is told of the second of them */
    return t.number == SIZE_MAX ? find_within(&list->by_name, text, (const char *)list->named,
                                              sizeof *list->named, first, end)
                                : t;
}

/* Whether the record has the id, and none before it. */
static bool is_next(const reader *r, size_t type, size_t number, const char *text)
{
    const list_rows *list = &r->table->lists[type];
    if (!list->indexed || list->repeated || number >= list->count)
        return false;
    const char *id = field_pointer(item_of(r, type, number), r->table->types.of[type].type->fields);
    return id && strcmp(id, text) == 0;
}

/* In a list of the city. A district of the notice is known by its name, too. Rows mostly stand in the
 * order of what they lie in: the last record again, or the next. */
static target find_in_list(reader *r, size_t type, const char *text)
{
    list_rows *list = &r->table->lists[type];
    if (list->asked && strcmp(list->asked, text) == 0)
        return list->answer;
    target t = {list->answer.number + 1, SIZE_MAX};
    if (!is_next(r, type, t.number, text))
        t = find_among(r, type, 0, list->count, text);
    const pilot_policy_district *known = NULL;
    if (t.number == SIZE_MAX && r->table->types.of[type].type == &pilot_district_record)
        known = notice_district(text);
    if (known)
        t = find_among(r, type, 0, list->count, known->id);
    list->asked = text;
    list->answer = t;
    return t;
}

/* Which records of the type below lie in the record: the first, and how many. */
static size_t first_within(const reader *r, size_t type, size_t parent, size_t *count)
{
    const sheet_type *s = &r->table->types.of[type];
    const char *above = (const char *)item_of(r, s->above, parent) + s->base;
    const char *items = field_pointer(above, s->list);
    *count = field_count(above, s->list);
    return *count ? (size_t)(items - r->table->lists[type].items) / s->type->size : 0;
}

/* "社区!A3": where a record stands, for a message. One without a row has no other of its id or name. */
static void place_text(const reader *r, size_t type, size_t number, char *text, size_t size)
{
    const row_of *of = &r->table->lists[type].rows[number];
    char cell[CELL_NAME_SIZE];
    pilot_cell_named(of->row, r->table->sheets[of->sheet].at[r->table->types.of[type].named], cell);
    snprintf(text, size, "%.60s!%s", r->table->sheets[of->sheet].name, cell);
}

static void tell_target(reader *r, row_of *of, size_t column, size_t type, const target *t,
                        const char *text)
{
    cell_fault fault = {.code = PILOT_CELL_NO_RECORD, .status = PILOT_ERROR_DANGLING_ID};
    char one[96], other[96], title[TITLE_SIZE], zh[TITLE_SIZE];
    pilot_excerpt excerpt;
    const char *shown = pilot_excerpt_of(text, &excerpt);
    if (t->other != SIZE_MAX) {
        fault.code = PILOT_CELL_NAME_AMBIGUOUS;
        place_text(r, type, t->number, one, sizeof one);
        place_text(r, type, t->other, other, sizeof other);
        snprintf(fault.zh, sizeof fault.zh, "名称“%s”既是%s的，也是%s的", shown, one, other);
        snprintf(fault.en, sizeof fault.en, "the name \"%s\" is that of %s and of %s", shown, one,
                 other);
    } else {
        pilot_sheet_title(&r->table->types, type, PILOT_TABLE_ENGLISH, title);
        pilot_sheet_title(&r->table->types, type, PILOT_TABLE_CHINESE, zh);
        snprintf(fault.zh, sizeof fault.zh, "“%.100s”中没有以“%s”为编号或名称的记录", zh, shown);
        snprintf(fault.en, sizeof fault.en, "none of the %.100s has \"%s\" for its id or name", title,
                 shown);
        if (!sheet_has_ids(&r->table->types.of[type])) {
            snprintf(fault.zh, sizeof fault.zh, "其所属记录没有第“%s”条“%.100s”", shown, zh);
            snprintf(fault.en, sizeof fault.en, "what it lies in has no number \"%s\" of the %.100s",
                     shown, title);
        }
    }
    tell_of(r, of->sheet, of, column, &fault, (pilot_phrase){0});
}

/* What a row lies in, by the columns that name it; SIZE_MAX: it is not found, and told. */
static size_t find_parent(reader *r, size_t type, row_of *of)
{
    const sheet_type *s = &r->table->types.of[type];
    size_t parent = 0;
    for (size_t i = 0; i < s->named; i++) {
        const size_t above = s->columns[i].of;
        size_t count, first;
        target t;
        if (!of->names[i])
            return SIZE_MAX;
        if (i == 0) {
            t = find_in_list(r, above, of->names[i]);
        } else {
            first = first_within(r, above, parent, &count);
            t = find_among(r, above, first, count, of->names[i]);
        }
        if (r->no_memory)
            return SIZE_MAX;
        if (t.number == SIZE_MAX && r->table->lists[above].lost)
            return SIZE_MAX;
        if (t.number == SIZE_MAX || t.other != SIZE_MAX) {
            tell_target(r, of, i, above, &t, of->names[i]);
            return SIZE_MAX;
        }
        parent = t.number;
    }
    return parent;
}

/* The rows in the order of what they lie in, without those of which that is not known. start: for each
 * record above, and one more, where its rows begin. */
static bool sort_rows(reader *r, size_t type, size_t *start, size_t parents)
{
    list_rows *list = &r->table->lists[type];
    const size_t size = r->table->types.of[type].type->size;
    row_of *rows = malloc((list->count + 1) * sizeof *rows);
    char *items = malloc((list->count + 1) * size);
    if (!rows || !items) {
        free(rows);
        free(items);
        return false;
    }
    for (size_t i = 0; i < list->count; i++)
        if (list->rows[i].parent != SIZE_MAX)
            start[list->rows[i].parent + 1]++;
    for (size_t i = 0; i < parents; i++)
        start[i + 1] += start[i];
    const size_t kept = start[parents];
    for (size_t i = 0; i < list->count; i++)
        if (list->rows[i].parent != SIZE_MAX) {
            const size_t to = start[list->rows[i].parent]++;
            rows[to] = list->rows[i];
            memcpy(items + to * size, list->items + i * size, size);
        }
    for (size_t i = parents; i > 0; i--)
        start[i] = start[i - 1];
    start[0] = 0;
    free(list->rows);
    free(list->items);
    list->rows = rows;
    list->items = items;
    list->lost = list->lost || kept < list->count;
    list->count = list->capacity = kept;
    return true;
}

/* The column that says how many rows a list has. */
static size_t column_of_list(const sheet_types *types, size_t type)
{
    const sheet_type *above = &types->of[types->of[type].above];
    size_t i = 0;
    while (i < above->count && above->columns[i].of != type)
        i++;
    return i;
}

/* A record gets the list of its rows. */
static void give_rows(reader *r, size_t type, size_t parent, size_t first, size_t count)
{
    static const char none[1];
    const sheet_type *s = &r->table->types.of[type];
    const list_rows *list = &r->table->lists[type];
    char *above =
        r->table->lists[s->above].items + parent * r->table->types.of[s->above].type->size + s->base;
    row_of *of = &r->table->lists[s->above].rows[parent];
    const size_t column = column_of_list(&r->table->types, type), said = field_count(above, s->list);
    const bool said_none = field_pointer(above, s->list);
    if ((said || said_none) && said != count && !list->lost) {
        cell_fault fault = {.code = PILOT_CELL_ROWS_DIFFER, .status = PILOT_ERROR_INCONSISTENT};
        snprintf(fault.zh, sizeof fault.zh, "此处为%zu条，其工作表中有%zu行", said, count);
        snprintf(fault.en, sizeof fault.en, "it says %zu, and their sheet has %zu rows", said, count);
        tell_of(r, of->sheet, of, column, &fault, (pilot_phrase){0});
    }
    if (count)
        pilot_field_list(s->list, above, list->items + first * s->type->size, count);
    else
        pilot_field_list(s->list, above, said_none || s->list->required ? none : NULL, 0);
}

static bool place_rows(reader *r, size_t type)
{
    const sheet_type *s = &r->table->types.of[type];
    list_rows *list = &r->table->lists[type];
    const size_t parents = r->table->lists[s->above].count;
    size_t *start = pilot_arena_take(&r->scratch, parents + 2, sizeof *start);
    for (size_t i = 0; start && i < list->count && !r->no_memory; i++)
        list->rows[i].parent = find_parent(r, type, &list->rows[i]);
    if (!start || r->no_memory || !sort_rows(r, type, start, parents))
        return false;
    for (size_t i = 0; i < parents; i++)
        give_rows(r, type, i, start[i], start[i + 1] - start[i]);
    return true;
}

/* The record that a text names; NULL where there is none, which is told. */
static const void *resolve(reader *r, row_of *of, size_t column, const field *f, const char *text)
{
    const size_t type = pilot_sheet_of(&r->table->types, f->of);
    const target t = find_in_list(r, type, text);
    if (t.number != SIZE_MAX && t.other == SIZE_MAX)
        return item_of(r, type, t.number);
    if (t.number == SIZE_MAX && r->table->lists[type].lost)
        of->bad |= UINT64_C(1) << column;
    else if (!r->no_memory)
        tell_target(r, of, column, type, &t, text);
    return NULL;
}

static bool is_there(reader *r, const field *f, const char *text)
{
    return find_in_list(r, pilot_sheet_of(&r->table->types, f->of), text).number != SIZE_MAX;
}

static void resolve_one(reader *r, row_of *of, size_t column, const field *f, char *in)
{
    const char *text = field_pointer(in, f);
    if (!text)
        return;
    const bool unknown = pilot_says_unknown(text) && !is_there(r, f, text);
    field_point(in, f, unknown ? NULL : resolve(r, of, column, f, text));
    if (unknown && f->required) {
        const cell_fault fault = {.code = PILOT_CELL_MISSING, .status = PILOT_ERROR_MISSING_KEY};
        tell_of(r, of->sheet, of, column, &fault, (pilot_phrase){0});
    }
}

/* The entries of a text of several: those that it has, or the text itself where not all of them name
 * records and it does, as a name may have a comma. NULL where memory runs out. */
static const char **entries_of(reader *r, const field *f, const char *text, size_t *count)
{
    const char *rest = text, *entry;
    size_t room = 2;
    bool all = true;
    for (const char *c = text; *c; c++)
        room += strchr(",;\n", *c) || (unsigned char)*c >= 0x80;
    const char **entries = pilot_arena_take(&r->scratch, room, sizeof *entries);
    for (*count = 0; entries && rest;) {
        if (!pilot_next_entry(&rest, &r->table->memory, &entry))
            return NULL;
        if (!*entry)
            continue;
        all = all && is_there(r, f, entry);
        entries[(*count)++] = entry;
    }
    if (entries && !all && is_there(r, f, text)) {
        entries[0] = text;
        *count = 1;
    }
    return entries;
}

/* Takes out what is not there, and what is there before. */
static size_t keep_once(reader *r, row_of *of, size_t column, const field *f, const void **found,
                        size_t count)
{
    const list_rows *list = &r->table->lists[pilot_sheet_of(&r->table->types, f->of)];
    const size_t size = ((const record *)f->of)->size;
    size_t kept = 0;
    r->round++;
    for (size_t i = 0; i < count; i++) {
        if (!found[i])
            continue;
        size_t *named_in = &list->named_in[(size_t)((const char *)found[i] - list->items) / size];
        if (*named_in == r->round) {
            const cell_fault fault = {.code = PILOT_CELL_NAMED_TWICE,
                                      .status = PILOT_ERROR_DUPLICATE_ID};
            tell_of(r, of->sheet, of, column, &fault, (pilot_phrase){0});
        } else {
            *named_in = r->round;
            found[kept++] = found[i];
        }
    }
    return kept;
}

static void resolve_several(reader *r, row_of *of, size_t column, const field *f, char *in)
{
    const char **raw = field_pointer(in, f);
    const char *text = raw ? *raw : NULL;
    size_t count = 0;
    if (!text)
        return;
    const bool bare = *text != '"'; /* in quotes a word is a name */
    if (bare && pilot_says_unknown(text) && !is_there(r, f, text)) {
        pilot_field_list(f, in, NULL, 0);
        return;
    }
    const char **entries = bare && pilot_says_none(text) ? raw : entries_of(r, f, text, &count);
    const void **found = pilot_arena_take(&r->table->memory, count, sizeof *found);
    if (!entries || !found) {
        r->no_memory = true;
        return;
    }
    for (size_t i = 0; i < count; i++)
        found[i] = resolve(r, of, column, f, entries[i]);
    pilot_field_list(f, in, found, keep_once(r, of, column, f, found, count));
}

static void resolve_list(reader *r, size_t type)
{
    const sheet_type *s = &r->table->types.of[type];
    list_rows *list = &r->table->lists[type];
    for (size_t c = s->named; c < s->count; c++) {
        const field *f = s->columns[c].f;
        if (f->kind != FIELD_REF && f->kind != FIELD_REFS)
            continue;
        for (size_t i = 0; i < list->count && !r->no_memory; i++) {
            char *in = list->items + i * s->type->size + s->columns[c].base;
            if (f->kind == FIELD_REF)
                resolve_one(r, &list->rows[i], c, f, in);
            else
                resolve_several(r, &list->rows[i], c, f, in);
        }
    }
}

/* What a path leads to. */
typedef struct found_place {
    size_t type, number; /* of the record, in its list */
    size_t column;       /* SIZE_MAX: the record itself */
} found_place;

static const field *field_of_key(const record *type, const char *key, size_t length)
{
    for (size_t i = 0; i < type->field_count; i++)
        if (strlen(type->fields[i].key) == length && memcmp(type->fields[i].key, key, length) == 0)
            return &type->fields[i];
    return NULL;
}

static size_t column_at(const sheet_type *s, const field *f, size_t base)
{
    for (size_t i = s->named; i < s->count; i++)
        if (s->columns[i].f == f && s->columns[i].base == base)
            return i;
    return SIZE_MAX;
}

static size_t type_below(const sheet_types *types, size_t above, const field *list)
{
    size_t i = above + 1;
    while (types->of[i].above != above || types->of[i].list != list)
        i++;
    return i;
}

static bool follow(const pilot_table *table, const char *path, found_place *to)
{
    const reader r = {.table = (pilot_table *)(uintptr_t)table};
    const record *type = table->types.of[0].type;
    size_t base = 0;
    *to = (found_place){0, 0, SIZE_MAX};
    while (*path == '/') {
        const size_t length = strcspn(++path, "/");
        const field *f = field_of_key(type, path, length);
        if (!f)
            return false;
        path += length;
        to->column = column_at(&table->types.of[to->type], f, base);
        if (f->kind == FIELD_RECORD) {
            base += f->offset;
            type = f->of;
        } else if (f->kind == FIELD_LIST && *path == '/') {
            char *end;
            const size_t below = type_below(&table->types, to->type, f);
            const unsigned long long index = strtoull(path + 1, &end, 10);
            size_t count;
            if (end == path + 1)
                return false;
            const size_t first = first_within(&r, below, to->number, &count);
            if (index >= count)
                return false;
            *to = (found_place){below, first + (size_t)index, SIZE_MAX};
            type = f->of;
            base = 0;
            path = end;
        } else {
            return true; /* entries of a column are in its one cell */
        }
    }
    return !*path;
}

pilot_status pilot_table_place(const pilot_table *table, const char *path, pilot_cell_place *place)
{
    found_place at;
    if (!table || !path || !place)
        return PILOT_ERROR_ARGUMENT;
    if (!follow(table, path, &at))
        return PILOT_ERROR_NOT_FOUND;
    const row_of *of = &table->lists[at.type].rows[at.number];
    if (of->sheet == SIZE_MAX)
        return PILOT_ERROR_NOT_FOUND;
    const sheet_read *read = &table->sheets[of->sheet];
    *place = (pilot_cell_place){.sheet = of->sheet,
                                .row = of->row,
                                .column = at.column == SIZE_MAX ? SIZE_MAX : read->at[at.column],
                                .sheet_name = read->name};
    pilot_cell_named(place->row, place->column, place->cell);
    return PILOT_OK;
}

static pilot_cell_code code_of(pilot_status status)
{
    switch (status) {
    case PILOT_ERROR_RANGE:
    case PILOT_ERROR_OVERFLOW:
        return PILOT_CELL_OUT_OF_RANGE;
    case PILOT_ERROR_ORDER:
        return PILOT_CELL_OUT_OF_ORDER;
    case PILOT_ERROR_DUPLICATE_ID:
        return PILOT_CELL_REPEATED;
    case PILOT_ERROR_INCONSISTENT:
        return PILOT_CELL_CONTRADICTORY;
    case PILOT_ERROR_MISSING_KEY:
    case PILOT_ERROR_MISSING_VALUE:
        return PILOT_CELL_MISSING;
    default:
        return PILOT_CELL_REFUSED;
    }
}

/* Of an id that is there already: where. */
static void say_first(reader *r, const found_place *at, pilot_error *error)
{
    const sheet_type *s = &r->table->types.of[at->type];
    size_t count, first;
    char place[96];
    if (error->status != PILOT_ERROR_DUPLICATE_ID || !sheet_has_ids(s))
        return;
    const char *id = field_pointer(item_of(r, at->type, at->number), s->type->fields);
    first = first_within(r, at->type, r->table->lists[at->type].rows[at->number].parent, &count);
    place_text(r, at->type, find_among(r, at->type, first, count, id).number, place, sizeof place);
    snprintf(error->message, sizeof error->message, "%s has this id already", place);
    snprintf(error->message_zh, sizeof error->message_zh, "%s已用此编号", place);
}

/* What the whole city is refused for, in its cell. Nothing of what follows from a cell that was refused.
 */
static void tell_checked(reader *r, pilot_error *error)
{
    char path[sizeof error->path + sizeof error->value], header[TITLE_SIZE] = "";
    found_place at;
    /* A key that is missing is told of the record that lacks it. */
    snprintf(path, sizeof path, "%s%s%s", error->path,
             error->status == PILOT_ERROR_MISSING_KEY ? "/" : "",
             error->status == PILOT_ERROR_MISSING_KEY ? error->value : "");
    cell_told told = {.code = code_of(error->status),
                      .status = error->status,
                      .header = header,
                      .path = path,
                      .reason = {error->message_zh, error->message}};
    (void)follow(r->table, path, &at); /* as far as it leads */
    row_of *of = &r->table->lists[at.type].rows[at.number];
    if (of->bad &&
        (at.column == SIZE_MAX || of->bad >> at.column & 1 || told.code == PILOT_CELL_CONTRADICTORY))
        return;
    say_first(r, &at, error);
    size_t column = SIZE_MAX;
    if (at.column != SIZE_MAX) {
        column = r->table->sheets[of->sheet].at[at.column];
        header_of(r, of->sheet, at.column, header);
    }
    if (told.code != PILOT_CELL_OUT_OF_ORDER && told.code != PILOT_CELL_CONTRADICTORY &&
        told.code != PILOT_CELL_REPEATED && at.column != SIZE_MAX)
        told.remedy = pilot_cell_wanted(r->table->types.of[at.type].columns[at.column].f);
    tell(r, of->sheet, of->row, column, &told);
}

static pilot_status make_city(reader *r, pilot_city **city)
{
    pilot_error *errors = calloc(CHECKED_MAX, sizeof *errors);
    problems to = {.errors = errors, .capacity = CHECKED_MAX, .all = true};
    pilot_city *made =
        errors ? pilot_container_copy(&pilot_city_container, item_of(r, 0, 0), &to) : NULL;
    if (made && !pilot_ends_all(to.status))
        (void)pilot_evidence_check(&made->records, &to);
    pilot_status status = made ? to.status : PILOT_ERROR_MEMORY;
    if (!pilot_ends_all(status)) {
        for (size_t i = 0; i < to.count && i < CHECKED_MAX; i++)
            tell_checked(r, &errors[i]);
        r->table->problems.more += to.count > CHECKED_MAX ? to.count - CHECKED_MAX : 0;
        pilot_cell_problems_end(&r->table->problems);
        status = r->no_memory ? PILOT_ERROR_MEMORY : r->table->problems.status;
    }
    if (status == PILOT_OK) {
        status = pilot_container_finish(&pilot_city_container, made, &to, city);
        made = NULL;
    }
    pilot_container_free(&pilot_city_container, made);
    free(errors);
    return status;
}

/* The city itself is there, whether or not the workbook has its sheet. */
static bool add_city(reader *r)
{
    return r->table->lists[0].count ||
           add_row(r, 0, (row_of){.sheet = SIZE_MAX, .row = SIZE_MAX, .parent = 0});
}

static void make_district(reader *r, size_t district, size_t type, size_t column, const row_of *of)
{
    const sheet_column *c = &r->table->types.of[type].columns[column];
    const list_rows *made = &r->table->lists[district];
    const size_t number = (size_t)(of - r->table->lists[type].rows);
    const char *text = field_pointer((const char *)item_of(r, type, number) + c->base, c->f);
    const pilot_policy_district *known = text ? notice_district(text) : NULL;
    for (size_t i = 0; known && i < made->count; i++)
        if (((const pilot_district *)item_of(r, district, i))->id == known->id)
            return;
    char *item = known ? add_row(r, district, (row_of){.sheet = SIZE_MAX, .row = SIZE_MAX}) : NULL;
    if (!item)
        return;
    *(pilot_district *)(void *)item = (pilot_district){.id = known->id, .name = known->name};
    note_of(r, of->sheet, of, column, &(cell_fault){.code = PILOT_CELL_RECORD_MADE}, (pilot_phrase){0});
}

/* A workbook without rows of districts, as a template has none at first: those of the notice that its
 * cells name are made. */
static void make_districts(reader *r)
{
    const sheet_types *types = &r->table->types;
    const size_t district = pilot_sheet_of(types, &pilot_district_record);
    if (r->table->lists[district].count)
        return;
    for (size_t type = 0; type < types->count; type++)
        for (size_t c = types->of[type].named; c < types->of[type].count; c++)
            for (size_t i = 0; types->of[type].columns[c].f->of == &pilot_district_record &&
                               i < r->table->lists[type].count && !r->no_memory;
                 i++)
                make_district(r, district, type, c, &r->table->lists[type].rows[i]);
}

static bool read_book(reader *r)
{
    size_t ours = 0;
    for (size_t i = 0; i < r->book->count && !r->no_memory; i++) {
        read_sheet(r, i);
        ours += r->table->sheets[i].type != SIZE_MAX;
    }
    if (!ours && r->table->problems.status == PILOT_OK)
        tell(r, SIZE_MAX, SIZE_MAX, SIZE_MAX,
             &(cell_told){.code = PILOT_CELL_NO_SHEET, .status = PILOT_ERROR_MISSING_KEY});
    if (r->no_memory || !add_city(r))
        return false;
    make_districts(r);
    for (size_t i = 1; i < r->table->types.count; i++)
        if (!place_rows(r, i))
            return false;
    for (size_t i = 0; i < r->table->types.count; i++)
        resolve_list(r, i);
    return !r->no_memory;
}

/* *left: how many cells there may be from here on. */
static pilot_status check_sheet(const pilot_sheet *sheet, size_t *left)
{
    if (!sheet->cells && sheet->rows && sheet->columns)
        return PILOT_ERROR_ARGUMENT;
    if (sheet->rows > PILOT_TABLE_ROWS_MAX || sheet->columns > PILOT_TABLE_COLUMNS_MAX)
        return PILOT_ERROR_LIMIT;
    if ((uint64_t)sheet->rows * sheet->columns > *left)
        return PILOT_ERROR_LIMIT;
    *left -= sheet->rows * sheet->columns;
    for (size_t i = 0; i < sheet->rows * sheet->columns; i++)
        if ((unsigned)sheet->cells[i].kind > PILOT_CELL_PICTURE ||
            !pilot_is_bool(&sheet->cells[i].truth))
            return PILOT_ERROR_ARGUMENT;
    return PILOT_OK;
}

static bool begin(reader *r)
{
    pilot_table *table = r->table;
    table->problems.book = r->book;
    table->problems.all = calloc(PILOT_TABLE_PROBLEMS_MAX, sizeof *table->problems.all);
    table->sheet_count = r->book->count;
    table->sheets = pilot_arena_take(&table->memory, r->book->count, sizeof *table->sheets);
    if (!table->problems.all || !table->sheets || !pilot_sheets_make(&table->types, &table->memory) ||
        !pilot_titles_of_sheets(&r->sheet_titles, &table->types, &r->scratch))
        return false;
    for (size_t i = 0; i < r->book->count; i++) {
        const char *name = r->book->sheets[i].name;
        table->sheets[i].type = SIZE_MAX;
        if (!(table->sheets[i].name = pilot_arena_copy(&table->memory, name ? name : "")))
            return false;
    }
    return true;
}

pilot_status pilot_city_from_cells(const pilot_workbook *workbook, pilot_city **city,
                                   pilot_table **table)
{
    if (!workbook || !city || !table || (!workbook->sheets && workbook->count))
        return PILOT_ERROR_ARGUMENT;
    size_t left = PILOT_TABLE_CELLS_MAX;
    for (size_t i = 0; i < workbook->count; i++) {
        pilot_status status = check_sheet(&workbook->sheets[i], &left);
        if (status != PILOT_OK)
            return status;
    }
    reader *r = calloc(1, sizeof *r);
    pilot_table *made = calloc(1, sizeof *made);
    pilot_status status = PILOT_ERROR_MEMORY;
    if (r && made) {
        r->table = made;
        r->book = workbook;
        if (begin(r) && read_book(r))
            status = make_city(r, city);
        made->problems.book = NULL;
        for (int form = PILOT_TABLE_ENGLISH; form <= PILOT_TABLE_KEYS; form++)
            pilot_cells_free(r->examples[form]);
        pilot_arena_free(&r->scratch);
    }
    if (pilot_ends_all(status))
        pilot_table_free(made);
    else
        *table = made;
    free(r);
    return status;
}

void pilot_table_free(pilot_table *table)
{
    if (!table)
        return;
    for (size_t i = 0; i < SHEETS_MAX; i++) {
        free(table->lists[i].rows);
        free(table->lists[i].items);
    }
    free(table->problems.all);
    pilot_arena_free(&table->memory);
    free(table);
}

const pilot_cell_problem *pilot_table_problems(const pilot_table *table, size_t *count, size_t *more)
{
    *count = table->problems.count;
    if (more)
        *more = table->problems.more;
    return table->problems.all;
}

pilot_status pilot_serial_day(int64_t serial, bool from_1904, pilot_date *day)
{
    static const pilot_date first_1900 = PILOT_DATE(1900, 1, 1), first_1904 = PILOT_DATE(1904, 1, 1);
    if (!day)
        return PILOT_ERROR_ARGUMENT;
    if (serial < (from_1904 ? 0 : 1) || serial > 200000 || (!from_1904 && serial == 60))
        return PILOT_ERROR_RANGE;
    *day = from_1904 ? first_1904 + (pilot_date)serial
                     : first_1900 + (pilot_date)serial - (serial > 60 ? 2 : 1);
    return PILOT_OK;
}
