/* The sheets of a city and their columns, made from the tables of its records. */
#ifndef PILOT_TABLE_SHEETS_H
#define PILOT_TABLE_SHEETS_H

#include "pilot/table.h"
#include "record/record.h"

extern const words pilot_table_form_words;

/* A record in place, whose fields are columns of the record that it lies in. */
typedef struct group {
    const struct group *in; /* NULL: it lies in the sheet's own record */
    const field *f;
    size_t base; /* of its first byte, in the sheet's record */
} group;

typedef struct sheet_column {
    const field *f;
    const group *in;
    size_t base; /* of the record that has the field, in the sheet's record */
    size_t of;   /* of a list: the sheet of its rows. Of a column that names what the row lies in: that
                    record's sheet */
} sheet_column;

/* As many as a row's problems have bits. */
#define SHEET_COLUMNS_MAX 64
#define SHEET_DEPTH_MAX 4 /* what names a row lies in: areas, contracts */

typedef struct sheet_type {
    const record *type;
    const field *list; /* NULL: the city */
    const group *in;   /* that the list lies in */
    size_t base;       /* of the record that has the list, in that of the sheet above */
    size_t above;      /* the sheet of what its rows lie in; SIZE_MAX: the city */
    size_t named;      /* how many of the columns, the first, name what a row lies in */
    size_t count;      /* of the columns */
    sheet_column columns[SHEET_COLUMNS_MAX];
} sheet_type;

#define SHEETS_MAX 40
typedef struct sheet_types {
    sheet_type *of; /* each behind that of what its rows lie in */
    size_t count;
} sheet_types;

/* False when memory runs out. */
bool pilot_sheets_make(sheet_types *types, arena *memory);

#define TITLE_SIZE 160
/* What a sheet or a column is called, whole: no other of the same is called so. */
void pilot_sheet_title(const sheet_types *types, size_t sheet, pilot_table_form form,
                       char title[TITLE_SIZE]);
void pilot_column_title(const sheet_types *types, size_t sheet, size_t number, pilot_table_form form,
                        char title[TITLE_SIZE]);

/* All that sheets, or the columns of one, may be called. */
typedef struct called {
    const char *folded;
    size_t length;
    size_t level; /* 0 is called so whole; what is called so at a lower level is meant before others */
    size_t of;
} called;
typedef struct titles {
    called *all;
    size_t count;
    const void **by_end; /* all, those that end alike beside each other */
} titles;
/* False when memory runs out. */
bool pilot_titles_of_sheets(titles *made, const sheet_types *types, arena *memory);
bool pilot_titles_of_columns(titles *made, const sheet_types *types, size_t sheet, arena *memory);
/* What a title that people wrote means, by bits: none, one or several. */
uint64_t pilot_meant(const titles *among, const char *written);

/* The sheet of a city's records of the type, of which there is one. */
size_t pilot_sheet_of(const sheet_types *types, const record *of);
/* The sheet of the records that a column names; SIZE_MAX: it names none. */
size_t pilot_sheet_named(const sheet_types *types, size_t sheet, size_t number);

/* What is made of a city: its sheets as cells. */
struct pilot_cells {
    arena memory;
    pilot_workbook book;
    sheet_types types;
    pilot_table_form form;
};

/* Whether records of the sheet are named by ids, or by their numbers. */
static inline bool sheet_has_ids(const sheet_type *s)
{
    return s->type->fields[0].kind == FIELD_ID;
}

#endif
