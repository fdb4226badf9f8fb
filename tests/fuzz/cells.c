/* Any cells: they are refused with their places, or the city that was made of them comes through cells
 * again as it is. The bytes are lines: "@" and a sheet's name, or cells with "|" between them, of which
 * those that begin with "#" are no texts. */
#include <pilot.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
    if (!condition)
        abort();
}

enum { SHEETS = 8, ROWS = 64, COLUMNS = 64 };

typedef struct book {
    pilot_cell cells[SHEETS][ROWS * COLUMNS];
    pilot_sheet sheets[SHEETS];
    pilot_workbook workbook;
} book;

static pilot_cell cell_of(const char *text)
{
    if (!*text)
        return (pilot_cell){0};
    if (*text != '#' || !text[1])
        return (pilot_cell){.kind = PILOT_CELL_TEXT, .text = text};
    switch (text[1]) {
    case 'd':
        return (pilot_cell){.kind = PILOT_CELL_DAY, .day = (pilot_date)strtol(text + 2, NULL, 10)};
    case 't':
    case 'f':
        return (pilot_cell){.kind = PILOT_CELL_BOOL, .truth = text[1] == 't'};
    case '!':
        return (pilot_cell){.kind = PILOT_CELL_ERROR, .text = text + 2};
    case '=':
        return (pilot_cell){.kind = PILOT_CELL_FORMULA, .text = text + 2};
    case 'm':
        return (pilot_cell){.kind = PILOT_CELL_MERGED,
                            .above = (uint32_t)(text[2] & 7),
                            .left = (uint16_t)(text[2] ? text[3] & 7 : 0)};
    case 'p':
        return (pilot_cell){.kind = PILOT_CELL_PICTURE};
    default:
        return (pilot_cell){.kind = PILOT_CELL_NUMBER, .text = text + 1};
    }
}

static void add_row(book *b, char *line)
{
    if (!b->workbook.count)
        return;
    pilot_sheet *sheet = &b->sheets[b->workbook.count - 1];
    if (sheet->rows == ROWS)
        return;
    pilot_cell *row = &b->cells[b->workbook.count - 1][sheet->rows++ * COLUMNS];
    for (size_t i = 0; line && i < COLUMNS; i++) {
        char *bar = strchr(line, '|');
        if (bar)
            *bar++ = '\0';
        row[i] = cell_of(line);
        line = bar;
    }
}

static void add_sheet(book *b, const char *name)
{
    if (b->workbook.count == SHEETS)
        return;
    const size_t number = b->workbook.count++;
    b->sheets[number] = (pilot_sheet){.name = name,
                                      .cells = b->cells[number],
                                      .columns = COLUMNS,
                                      .hidden_rows = strlen(name) % 3,
                                      .hidden = strlen(name) % 5 == 1,
                                      .from_1904 = strlen(name) % 7 == 1};
}

static void read_lines(book *b, char *text)
{
    b->workbook.sheets = b->sheets;
    for (char *line = text, *end; line; line = end) {
        if ((end = strchr(line, '\n')))
            *end++ = '\0';
        if (*line == '@')
            add_sheet(b, line + 1);
        else
            add_row(b, line);
    }
}

static void check_told(const pilot_table *table, bool good)
{
    size_t count, more;
    char line[1024];
    bool refused = false;
    const pilot_cell_problem *told = pilot_table_problems(table, &count, &more);
    for (size_t i = 0; i < count; i++) {
        require(told[i].count > 0 && *told[i].reason_zh && *told[i].reason_en);
        require(pilot_cell_problem_text(&told[i], PILOT_CHINESE, line, sizeof line) > 0);
        refused = refused || !told[i].note;
    }
    require(good ? !refused : refused || more > 0);
}

static void comes_through(const pilot_city *city, pilot_table_form form)
{
    pilot_cells *cells;
    pilot_city *made;
    pilot_table *table;
    char *before, *after;
    size_t count;
    require(pilot_city_to_cells(city, form, &cells) == PILOT_OK);
    require(pilot_city_from_cells(pilot_cells_workbook(cells), &made, &table) == PILOT_OK);
    pilot_table_problems(table, &count, NULL);
    require(count == 0);
    require(pilot_city_write(city, PILOT_JSON_COMPACT, &before) == PILOT_OK);
    require(pilot_city_write(made, PILOT_JSON_COMPACT, &after) == PILOT_OK);
    require(strcmp(before, after) == 0);
    pilot_text_free(before);
    pilot_text_free(after);
    pilot_city_free(made);
    pilot_table_free(table);
    pilot_cells_free(cells);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    book *b = calloc(1, sizeof *b);
    char *text = calloc(size + 1, 1);
    pilot_city *city = NULL;
    pilot_table *table = NULL;
    require(b && text);
    memcpy(text, data, size);
    read_lines(b, text);
    const pilot_status status = pilot_city_from_cells(&b->workbook, &city, &table);
    require(table && (status == PILOT_OK) == (city != NULL));
    check_told(table, status == PILOT_OK);
    if (city)
        for (int form = PILOT_TABLE_ENGLISH; form <= PILOT_TABLE_KEYS; form++)
            comes_through(city, (pilot_table_form)form);
    pilot_city_free(city);
    pilot_table_free(table);
    free(text);
    free(b);
    return 0;
}
