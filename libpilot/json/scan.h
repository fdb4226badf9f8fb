/* A strict look over a whole JSON text, which makes trees of its parts on the way. What it passes holds
 * just what is written: no key twice, no NUL, and numbers by their digits. The trees are cJSON's; its
 * own reader is not used, since it keeps numbers as doubles, the first of two equal keys and what
 * follows the end. */
#ifndef PILOT_JSON_SCAN_H
#define PILOT_JSON_SCAN_H

#include <cjson/cJSON.h>
#include <pilot/base.h>

/* What becomes of a member of the document. */
typedef enum json_use {
    JSON_IGNORED, /* looked over */
    JSON_TREE,    /* given as a tree */
    JSON_ITEMS,   /* a list is given item by item, anything else as a tree */
    JSON_TEXT,    /* given as it is written */
} json_use;

/* Takes the members of a document that is an object; any other document is given as one tree, of no
 * member. A number's valuestring is what is written, its double is not set. A tree is gone when the call
 * that is given it returns. scanned: how many bytes of the text have been looked over. A status that is
 * not OK ends the scan with that status, and whoever returns it has told why. What is JSON and refused
 * all the same, a repeated key or a number of a form that is not kept, goes to refused, which may have
 * the scan go on; the tree then has no such member, and an invalid node for the number. */
typedef struct json_parts {
    pilot_status (*member)(void *context, const char *key, size_t scanned, json_use *use);
    pilot_status (*value)(void *context, const cJSON *tree, size_t scanned);
    pilot_status (*item)(void *context, const cJSON *tree, size_t scanned); /* NULL: the list's end */
    pilot_status (*text)(void *context, pilot_json_text written, size_t scanned);
    pilot_status (*refused)(void *context, const pilot_error *found); /* NULL: the scan ends */
    void *context;
} json_parts;

/* text is not NULL; stop and parts may be. Beside what pilot/json.h lists, refused with LIMIT are more
 * than 4096 members in one object, more than 8192 in one and those that it lies in, read so far, and a
 * number of more than 60 characters. In the value of a member whose key begins with "x-", numbers may
 * have any JSON form. The path names the member or item that was being read; it is as pilot_shown has
 * it. Errors: MEMORY, LIMIT, ENCODING, SYNTAX, FORMAT, PRECISION, DUPLICATE_KEY, STOPPED. */
pilot_status pilot_json_scan(const char *text, size_t length, const pilot_stop *stop,
                             const json_parts *parts, pilot_error *error);

/* How far the lines of a text have been counted: the place is on the line. */
typedef struct json_lines {
    size_t at, start; /* offsets of the place and of its line */
    int32_t line;     /* from 0 */
} json_lines;

/* What was found last, so that places one after another cost no more than one look over the text.
 * Zero-initialised; of one text, which may have grown. */
typedef struct json_cursor {
    json_lines lines;
    size_t list, index, item; /* length of the path of a list, with a slash, and its item last found */
    char path[64];
} json_cursor;

/* Where the path's value stands in a text that has passed: a member's key, a list's item, the first
 * value for "". Where the path leads nowhere, the place of the last part that exists. cursor may be
 * NULL. */
void pilot_json_locate(const char *text, size_t length, const char *path, json_cursor *cursor,
                       int32_t *line, int32_t *column);

#endif
