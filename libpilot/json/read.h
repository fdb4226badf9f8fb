/* Reads a record's JSON form by its table of fields. */
#ifndef PILOT_JSON_READ_H
#define PILOT_JSON_READ_H

#include "record/record.h"

#include <cjson/cJSON.h>

/* What is read, until stop says so, and where what is wrong with it goes; stop and error may be NULL. */
typedef struct source {
    const char *text;
    size_t length;
    const pilot_stop *stop;
    pilot_error *error;
} source;

/* Parses text that has to be one JSON value; *tree is released with cJSON_Delete. */
pilot_status pilot_json_parse(const char *text, size_t length, cJSON **tree, pilot_error *error);

/* Fills *item, whose lists and texts come from the arena, from an object. The error's line and column
 * are those of the path in text, which the tree was parsed from. */
pilot_status pilot_json_read(const cJSON *tree, const char *text, size_t length, const record *type,
                             void *item, arena *memory, pilot_error *error);

/* Scans and reads a text that is a record, part by part: the tree of the whole is never there at once.
 * Errors: those of the readers, STOPPED. */
pilot_status pilot_json_read_text(const source *from, const record *type, void *item, arena *memory);

/* Sets the error's line and column from its path. */
void pilot_json_place(const char *text, size_t length, pilot_error *error);

#endif
