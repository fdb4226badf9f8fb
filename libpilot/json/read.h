/* Reads a record's JSON form by its table of fields. */
#ifndef PILOT_JSON_READ_H
#define PILOT_JSON_READ_H

#include "pilot/json.h"
#include "record/record.h"
#include "scan.h"

struct reader;

/* What is read, until stop says so; stop may be NULL. */
typedef struct source {
    const char *text; /* NULL: the value is read, whose problems have no place in a text */
    size_t length;
    const pilot_stop *stop;
    const pilot_json_value *value;
    /* pilot_json_read_value where there is a value, so that a program that reads texts alone is linked
     * without it. */
    pilot_status (*read)(struct reader *r);
} source;

pilot_status pilot_json_read_value(struct reader *r);

/* Reads a document into *item, whose lists and texts come from the arena; list by list and record by
 * record, so that the tree of the whole is never there at once. over: what is left out stays as it is,
 * as in a patch. Problems have their places in the text and stand in its order. Errors: those of the
 * readers, STOPPED. */
pilot_status pilot_json_read(const source *from, const record *type, void *item, bool over,
                             arena *memory, problems *to);

/* The same, beside fields that the item has already, by number, which may be left out. */
pilot_status pilot_json_read_beside(const source *from, const record *type, void *item, uint64_t there,
                                    arena *memory, problems *to);

/* What a text is read for that need not be a document. */
typedef struct purpose {
    record_needs needs;
    const named_id *named; /* gains those of the text, in the arena's memory */
} purpose;

/* The same of a record that has no more than is needed of it, and whose references stay ids. */
pilot_status pilot_json_read_for(const source *from, const record *type, void *item, purpose *why,
                                 arena *memory, problems *to);

/* A source that has passed, in which one problem after another is placed. */
typedef struct placing {
    const source *from;
    json_cursor cursor;
} placing;
/* problems.locate of a placing. */
void pilot_json_place(void *context, const char *path, pilot_error *error);

#endif
