/* What is wrong with cells: told once for all that have it. */
#ifndef PILOT_TABLE_PROBLEMS_H
#define PILOT_TABLE_PROBLEMS_H

#include "value.h"

extern const words pilot_cell_code_words, pilot_cell_kind_words;

typedef struct cell_problems {
    const pilot_workbook *book;
    pilot_cell_problem *all; /* room for PILOT_TABLE_PROBLEMS_MAX */
    size_t count;
    size_t
        sorted[PILOT_TABLE_PROBLEMS_MAX]; /* their numbers, in the order in which they are found again */
    size_t more;                          /* cells whose problems are not among them */
    pilot_status status; /* of the first that is no note, in the order in which they were found */
} cell_problems;

/* What is told of a cell beside where it is. */
typedef struct cell_told {
    pilot_cell_code code;
    pilot_status status;
    const char *header;  /* NULL: none, but of MISSING */
    const char *value;   /* NULL: what the cell has */
    const char *path;    /* NULL: none */
    pilot_phrase reason; /* NULL or "": the code's own */
    pilot_phrase remedy; /* NULL: the code's own */
} cell_told;

/* column or row SIZE_MAX: the row or the sheet as a whole. */
void pilot_cell_tell(cell_problems *to, size_t sheet, size_t row, size_t column, const cell_told *told);

/* Into the order of sheets, rows and columns. */
void pilot_cell_problems_end(cell_problems *of);

/* "D7", "7", "". */
#define CELL_NAME_SIZE 16
void pilot_cell_named(size_t row, size_t column, char name[CELL_NAME_SIZE]);

const pilot_cell *pilot_cell_at(const pilot_sheet *sheet, size_t row, size_t column);

/* What the cell has, for people. */
void pilot_cell_shown(const pilot_cell *cell, char *shown, size_t size);

#endif
