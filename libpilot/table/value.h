/* One cell as the value of a field: the one place that knows how people write values. */
#ifndef PILOT_TABLE_VALUE_H
#define PILOT_TABLE_VALUE_H

#include "pilot/table.h"
#include "record/record.h"

/* Why a cell is refused. */
typedef struct cell_fault {
    pilot_cell_code code;
    pilot_status status;
    char zh[320], en[320]; /* "": what the code says by itself */
} cell_fault;

typedef enum cell_outcome {
    CELL_READ,
    CELL_NOTED,   /* read, with something to tell of it */
    CELL_UNKNOWN, /* nothing is known */
    CELL_REFUSED,
    CELL_NO_MEMORY,
} cell_outcome;

/* What a column's cells are read by. */
typedef struct cell_column {
    const field *f;
    int places; /* by how many the unit in its head moves numbers that have none of their own */
    bool from_1904;
} cell_column;

/* Reads the cell, which is not blank, into the field of an item. References stay text, those of a list
 * one. The fault is filled where the cell is refused, or noted. */
cell_outcome pilot_cell_read(const cell_column *column, const pilot_cell *cell, arena *memory,
                             void *item, cell_fault *fault);

/* The number of a cell of the field's kind, in the field's own unit: what pilot_cell_read makes of it.
 */
cell_outcome pilot_cell_number(const cell_column *column, const pilot_cell *cell, int64_t *value,
                               cell_fault *fault);
/* As people write a number of the field's. */
void pilot_cell_number_text(const field *f, int64_t value, pilot_text *text);
/* Whether numbers of the field's may be added up. */
bool pilot_cell_adds_up(const field *f);

/* The text of a cell that names a record, and is not blank. */
cell_outcome pilot_cell_name(const pilot_cell *cell, arena *memory, const char **text,
                             cell_fault *fault);

/* A column of a list in its parent's sheet, not blank: how many rows are said to be there. */
cell_outcome pilot_cell_rows(const pilot_cell *cell, int64_t *rows, cell_fault *fault);

/* Whether a unit is one of the field's, and by how many places it moves its numbers: 万元 of an amount,
 * 4. */
bool pilot_unit_known(const field *f, const char *unit, int *places);

/* Whether nothing stands in the cell. */
bool pilot_cell_blank(const pilot_cell *cell);
/* Whether a text says that nothing is known, or that there is none. */
bool pilot_says_unknown(const char *text);
bool pilot_says_none(const char *text);

/* What to write in a cell of the field. */
pilot_phrase pilot_cell_wanted(const field *f);

/* The entry that a text of several begins with, out of its quotes, and what is behind its separator;
 * NULL behind the last. False where memory runs out. */
bool pilot_next_entry(const char **text, arena *memory, const char **entry);
/* 合计, or what ends so: 东湖区小计. In quotes it is a name. */
bool pilot_says_total(const char *text);
/* Whether a text has to stand in quotes so that it is read as it is. */
bool pilot_needs_quotes(const char *text, bool among_others);

/* Whether it is what pilot_table_examples has for text. */
bool pilot_is_example_word(const char *text);

/* The words that cells are written with, by pilot_table_form. */
extern const char *const pilot_not_done_word[3], *const pilot_none_word[3];

#endif
