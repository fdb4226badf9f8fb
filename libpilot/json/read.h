/* Reads a record's JSON form by its table of fields. */
#ifndef PILOT_JSON_READ_H
#define PILOT_JSON_READ_H

#include "record/record.h"

/* What is read, until stop says so; stop may be NULL. */
typedef struct source {
    const char *text;
    size_t length;
    const pilot_stop *stop;
} source;

/* Reads a document into *item, whose lists and texts come from the arena; list by list and record by
 * record, so that the tree of the whole is never there at once. over: what is left out stays as it is,
 * as in a patch. Problems have their places in the text and stand in its order. Errors: those of the
 * readers, STOPPED. */
pilot_status pilot_json_read(const source *from, const record *type, void *item, bool over,
                             arena *memory, problems *to);

#endif
