/* A city as sheets of cells, as offices keep it in workbooks. What opens a file (xlsx, ods, CSV) is the
 * caller's; here is what its cells mean. There is a sheet for each list of a city file, one row a
 * record, and one sheet of one row for the city itself; a column for each field, records in place
 * (steps, a workstation) among the columns of what they lie in. All of it is made from the tables that
 * read a city file.
 *
 * In: sheets are found by their titles, in Chinese, in English or by key, and columns by theirs, in any
 * order. A row of a list within a record names that record in its first columns, by id or by name, or by
 * its number (1, 2, ...) where such records have no ids: the second contract of an area is 2. A column
 * that is called as a list says that the list is known and empty: 无, "none", 0; or how many rows it
 * has. A blank cell, 未知, 不详, 待定, — or / is not known; only the words for no mean no. A column of
 * several (the communities of an area) has them apart by 、 ; or , and what has such a character in
 * itself stands in double quotes, as in CSV; so does a text that is empty, or begins with a quote or a
 * space.
 *
 * A header may stand in up to three rows, joined from above: what a merged cell says is said of all the
 * columns under it. A row of totals is held against the sums of the rows above it. The row of examples
 * that a template has is passed over while it is unchanged, and so are the sheets that explain a
 * template, which say in their first cell what they are. A record without an id that has a name is known
 * by its name; the districts of the notice are known by theirs, and need no rows of their own.
 *
 * Nothing is guessed: what could mean two things is a problem that names both. Nothing is dropped in
 * silence: what was passed over is told as a note, which keeps no city from being made. */
#ifndef PILOT_TABLE_H
#define PILOT_TABLE_H

#include "city.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a file says that a cell is. */
typedef enum pilot_cell_kind {
    PILOT_CELL_BLANK = 0,
    PILOT_CELL_TEXT = 1,
    PILOT_CELL_NUMBER = 2,
    PILOT_CELL_DAY = 3, /* a number with the format of a date: pilot_serial_day */
    PILOT_CELL_BOOL = 4,
    PILOT_CELL_ERROR = 5,   /* #N/A, #REF! */
    PILOT_CELL_FORMULA = 6, /* one whose value the file does not have; text is the formula, or NULL */
    PILOT_CELL_MERGED = 7,  /* in a merged range, and not its first cell */
    PILOT_CELL_PICTURE = 8, /* a picture instead of a value */
} pilot_cell_kind;
PILOT_WORDED(pilot_cell_kind, pilot_cell_kind); /* "day" */

/* Zero-initialised: blank. */
typedef struct pilot_cell {
    pilot_cell_kind kind;
    bool truth;       /* of a BOOL */
    uint16_t left;    /* of a MERGED: columns from the range's first cell */
    uint32_t above;   /* and rows */
    pilot_date day;   /* of a DAY */
    const char *text; /* of a TEXT or an ERROR; the decimal digits of a NUMBER, the shortest that the
                         file's number has: "0.58", "1E-5". What lies behind the 15th digit is the file's
                         way of keeping numbers and is rounded off */
} pilot_cell;

typedef struct pilot_sheet {
    const char *name;
    const pilot_cell *cells; /* row by row, rows * columns of them; NULL where there are none */
    size_t rows, columns;
    size_t hidden_rows; /* how many of the rows the file hides, which are read as all others */
    bool hidden;        /* the whole sheet */
    bool from_1904;     /* how its file counts days: pilot_serial_day */
} pilot_sheet;

typedef struct pilot_workbook {
    const pilot_sheet *sheets;
    size_t count;
} pilot_workbook;

/* The day of a serial number as a workbook counts: from 1900, in which 29 February 1900 is number 60 and
 * there was none, or from 1904, as the workbook's own flag says. Errors: ARGUMENT (a NULL), RANGE (no
 * day of 1900 to 2200, or that 29 February). */
PILOT_API pilot_status pilot_serial_day(int64_t serial, bool from_1904, pilot_date *day);

/* What is wrong with a cell, or was passed over. */
typedef enum pilot_cell_code {
    PILOT_CELL_NOT_A_NUMBER = 1,
    PILOT_CELL_NOT_EXACT = 2,   /* 约120, 120+, 100-120 */
    PILOT_CELL_TOO_PRECISE = 3, /* more decimals than are kept */
    PILOT_CELL_DIGITS_LOST = 4, /* a number cell of more than 15 digits */
    PILOT_CELL_NOT_A_DATE = 5,
    PILOT_CELL_DATE_AMBIGUOUS = 6, /* 12/5/2019, 19.12.5 */
    PILOT_CELL_NOT_A_MONTH = 7,
    PILOT_CELL_MONTH_AMBIGUOUS = 8, /* the number 2019.1 */
    PILOT_CELL_UNEXPECTED_DATE = 9, /* 3-2 became a date */
    PILOT_CELL_DATE_WANTED = 10,    /* that a step is done, without its day */
    PILOT_CELL_NOT_AN_ANSWER = 11,
    PILOT_CELL_NOT_A_WORD = 12,
    PILOT_CELL_NOT_A_SHARE = 13,
    PILOT_CELL_NOT_A_CLAUSE = 14,
    PILOT_CELL_NOT_A_TEXT = 15,
    PILOT_CELL_NOT_A_YEAR = 16,
    PILOT_CELL_ERROR_VALUE = 17,
    PILOT_CELL_NO_VALUE = 18, /* a formula's */
    PILOT_CELL_MERGED_VALUE = 19,
    PILOT_CELL_NO_RECORD = 20,      /* an id or name that no record has */
    PILOT_CELL_NAME_AMBIGUOUS = 21, /* a name that several records have */
    PILOT_CELL_NAMED_TWICE = 22,
    PILOT_CELL_MISSING = 23,
    PILOT_CELL_ROWS_DIFFER = 24, /* a list is said to have another number of rows */
    PILOT_CELL_OUT_OF_RANGE = 25,
    PILOT_CELL_OUT_OF_ORDER = 26,
    PILOT_CELL_REPEATED = 27, /* an id, a word, what may be there once */
    PILOT_CELL_CONTRADICTORY = 28,
    PILOT_CELL_REFUSED = 29,    /* any other value that a city file would be refused for */
    PILOT_CELL_SECOND_ROW = 30, /* of the sheet that has one */
    PILOT_CELL_NO_HEADER = 31,
    PILOT_CELL_HEADER_AMBIGUOUS = 32,
    PILOT_CELL_HEADER_REPEATED = 33,
    PILOT_CELL_SHEET_AMBIGUOUS = 34,
    PILOT_CELL_UNIT_ABOVE = 35, /* 单位：万元 above the header */
    PILOT_CELL_NO_SHEET = 36,   /* the workbook has none of a city's */
    PILOT_CELL_TOTAL_DIFFERS = 37,
    PILOT_CELL_NOT_A_CODE = 38, /* a credit code or a division code (code.h) */
    /* Notes: */
    PILOT_CELL_UNKNOWN_HEADER = 39,
    PILOT_CELL_UNKNOWN_SHEET = 40,
    PILOT_CELL_NO_COLUMN = 41, /* a value beyond the headers */
    PILOT_CELL_ABOVE_HEADER = 42,
    PILOT_CELL_TOTALS_ROW = 43,
    PILOT_CELL_EXAMPLE_ROW = 44,
    PILOT_CELL_SERIAL_DAY = 45, /* 43800 in a column of days or months */
    PILOT_CELL_HAS_PICTURE = 46,
    PILOT_CELL_HIDDEN_SHEET = 47,
    PILOT_CELL_HIDDEN_ROWS = 48,
    PILOT_CELL_NAME_FOR_ID = 49,
    PILOT_CELL_RECORD_MADE = 50, /* a district that has no row, of a cell that names it */
    PILOT_CELL_LATER_TEMPLATE = 51,
} pilot_cell_code;
PILOT_WORDED(pilot_cell_code, pilot_cell_code); /* "date_ambiguous" */

/* A problem, or the same one in several cells of a column. It is of the first of them. */
typedef struct pilot_cell_problem {
    pilot_cell_code code;
    bool note;           /* told, and nothing is refused for it */
    pilot_status status; /* that a city file would be refused with; OK of a note */
    size_t sheet; /* number of the sheet in the workbook, from 0; SIZE_MAX: the workbook as a whole */
    size_t row, column; /* from 0; SIZE_MAX: the sheet or the row as a whole */
    size_t count;       /* how many cells have it */
    char cell[16];      /* "D7"; "7" is a row, "" the sheet */
    char cells[96];     /* "D7, D9, D12": as many as there is room for, and then "..." */
    char sheet_name[64];
    char header[64];     /* as the sheet has it; of a column that it lacks, what it would be called */
    char value[64];      /* as the cell has it */
    char path[192];      /* in a city file, where that is known: "/areas/0/households" */
    char reason_zh[320]; /* why it is refused, or what has become of it */
    char reason_en[320];
    char remedy_zh[192]; /* what to write */
    char remedy_en[192];
} pilot_cell_problem;

/* 社区!D7 面积 “约120”：... [not_exact], one line. Writes at most size bytes with the final NUL, and
 * returns the length it has whole, as snprintf does; text may be NULL where size is 0. */
PILOT_API size_t pilot_cell_problem_text(const pilot_cell_problem *problem, pilot_language language,
                                         char *text, size_t size);

/* What has been read of a workbook: its problems, and which cell each value of the city comes from. */
typedef struct pilot_table pilot_table;

#define PILOT_TABLE_PROBLEMS_MAX 200 /* that are kept; those behind are counted */
#define PILOT_TABLE_COLUMNS_MAX 16384
#define PILOT_TABLE_ROWS_MAX 1048576
#define PILOT_TABLE_CELLS_MAX 20000000 /* of all sheets, blank or not */

/* A city of a workbook's cells, held to all that a city file is held to. workbook need not stay. All
 * problems are found in one pass: of what follows from another no more is told.
 * *table is given with *city, and with any error but ARGUMENT, MEMORY and LIMIT. Errors: the status of
 * the first problem that is no note; ARGUMENT (a NULL, a cell's kind that is none), LIMIT (more
 * rows, columns or cells than above), MEMORY. */
PILOT_API pilot_status pilot_city_from_cells(const pilot_workbook *workbook, pilot_city **city,
                                             pilot_table **table);
/* NULL is fine. */
PILOT_API void pilot_table_free(pilot_table *table);
/* The problems and notes in the order of their sheets, rows and columns, which the table owns. *more,
 * which may be NULL: cells with problems that are not among them. */
PILOT_API const pilot_cell_problem *pilot_table_problems(const pilot_table *table, size_t *count,
                                                         size_t *more);

/* Where a value of the city stands in the workbook. */
typedef struct pilot_cell_place {
    size_t sheet, row, column; /* from 0; column SIZE_MAX: the sheet has none for it */
    const char *sheet_name;    /* which the table owns */
    char cell[16];             /* "D7"; "7" where there is no column */
} pilot_cell_place;
/* path: as errors and findings have it, "/communities/3/offices/0/area_m2"; of a record, its row.
 * Errors: ARGUMENT (a NULL), NOT_FOUND (it leads to no row of the workbook). */
PILOT_API pilot_status pilot_table_place(const pilot_table *table, const char *path,
                                         pilot_cell_place *place);

/* What titles and words of cells are written in. */
typedef enum pilot_table_form {
    PILOT_TABLE_ENGLISH = 0,
    PILOT_TABLE_CHINESE = 1,
    PILOT_TABLE_KEYS = 2, /* of the city file */
} pilot_table_form;
PILOT_WORDED(pilot_table_form, pilot_table_form); /* "en", "zh", "keys" */

typedef struct pilot_cells pilot_cells;

/* A city's sheets, from which pilot_city_from_cells makes the same city again. Sheets without a record
 * are left out. city NULL: all sheets, with their headers alone. Counts, amounts and areas are NUMBERs,
 * or TEXT where they have more than the 15 digits that a workbook keeps. Release with pilot_cells_free.
 * Errors: ARGUMENT, MEMORY. */
PILOT_API pilot_status pilot_city_to_cells(const pilot_city *city, pilot_table_form form,
                                           pilot_cells **cells);
/* The sheets of an empty city with one row of examples in each, which pilot_city_from_cells passes over
 * while it is unchanged. Release with pilot_cells_free. Errors: ARGUMENT, MEMORY. */
PILOT_API pilot_status pilot_table_examples(pilot_table_form form, pilot_cells **cells);
/* NULL is fine. */
PILOT_API void pilot_cells_free(pilot_cells *cells);
/* The cells own what is returned. */
PILOT_API const pilot_workbook *pilot_cells_workbook(const pilot_cells *cells);

/* What the first cell of a sheet begins with that belongs to a template and has no records. A space and
 * the version of the template's columns stand behind it. */
#define PILOT_TEMPLATE_MARK "libpilot template"
#define PILOT_TEMPLATE_VERSION 1

/* What cells of a column hold. */
typedef enum pilot_column_kind {
    PILOT_COLUMN_TEXT = 1,
    PILOT_COLUMN_ID = 2,
    PILOT_COLUMN_WORD = 3,
    PILOT_COLUMN_ANSWER = 4, /* yes or no */
    PILOT_COLUMN_COUNT = 5,
    PILOT_COLUMN_MONEY = 6, /* yuan, of which two decimals are kept */
    PILOT_COLUMN_PRICE = 7, /* yuan, of which four are */
    PILOT_COLUMN_AREA = 8,  /* m², of which two are */
    PILOT_COLUMN_SHARE = 9,
    PILOT_COLUMN_YEAR = 10,
    PILOT_COLUMN_MONTH = 11,
    PILOT_COLUMN_DATE = 12,
    PILOT_COLUMN_STEP = 13, /* a date, or that it is not done */
    PILOT_COLUMN_CLAUSE = 14,
    PILOT_COLUMN_RECORD = 15,  /* names one of another sheet */
    PILOT_COLUMN_RECORDS = 16, /* names several */
    PILOT_COLUMN_ROWS = 17,    /* that a list has no rows, which stand in another sheet, or how many */
} pilot_column_kind;
PILOT_WORDED(pilot_column_kind, pilot_column_kind); /* "money" */

/* What a column is for. Sheets are numbered as pilot_table_examples has them, whether or not the cells
 * have them all. Texts are in the form's language, those for keys in English. */
typedef struct pilot_column_about {
    pilot_column_kind kind;
    bool required;        /* a row without it is refused */
    bool required_beside; /* likewise, where another column of its record in place has something */
    size_t names;         /* the sheet whose records it names, or whose rows it counts; SIZE_MAX: none */
    const char *meaning;  /* one line */
    const char *wanted;   /* what to write */
    const char *unit;     /* of its numbers, which may stand in brackets behind its title; NULL: none */
    const char *clause;   /* its id; NULL: none */
} pilot_column_about;
/* Errors: ARGUMENT (a NULL), NOT_FOUND (no such sheet or column). */
PILOT_API pilot_status pilot_cells_column(const pilot_cells *cells, size_t sheet, size_t column,
                                          pilot_column_about *about);
/* One of the texts that may be chosen in a column, from 0, in the cells' form; NULL: there are no more.
 * All that may stand there of words, answers and clauses; of a step that it is not done, of rows that
 * there are none, and of a column that names districts those of the notice. */
PILOT_API const char *pilot_cells_choice(const pilot_cells *cells, size_t sheet, size_t column,
                                         size_t number);

/* What a sheet is for. Likewise. */
typedef struct pilot_sheet_about {
    bool required;       /* a city file has to have its list */
    size_t above;        /* the sheet of what its rows lie in; SIZE_MAX: the city's own */
    size_t id;           /* the column of its records' ids; SIZE_MAX: they have none */
    const char *meaning; /* one line */
    const char *clause;  /* NULL: none */
} pilot_sheet_about;
/* Errors: ARGUMENT (a NULL), NOT_FOUND (no such sheet). */
PILOT_API pilot_status pilot_cells_sheet(const pilot_cells *cells, size_t sheet,
                                         pilot_sheet_about *about);

#ifdef __cplusplus
}
#endif
#endif
