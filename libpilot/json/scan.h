/* A strict look over a whole JSON text before cJSON parses it. A text that passes can fail to parse only
 * for lack of memory, and its tree holds just what is written: no key twice, no NUL, no number that a
 * double changes. */
#ifndef PILOT_JSON_SCAN_H
#define PILOT_JSON_SCAN_H

#include <pilot/base.h>

/* text is not NULL; stop may be. Beside what pilot/json.h lists, refused with LIMIT are more than 4096
 * members in one object, more than 8192 in one and those that it lies in, read so far, and a number of
 * more than 60 characters. In the value of a member whose key begins with "x-", numbers may have any
 * JSON form. The path names the member or item that was being read; it is as pilot_shown has it.
 * Errors: MEMORY, LIMIT, ENCODING, SYNTAX, FORMAT, PRECISION, DUPLICATE_KEY, STOPPED. */
pilot_status pilot_json_scan(const char *text, size_t length, const pilot_stop *stop,
                             pilot_error *error);

/* Where the path's value stands in a text that has passed: a member's key, a list's item, the first
 * value for "". Where the path leads nowhere, the place of the last part that exists. */
void pilot_json_locate(const char *text, size_t length, const char *path, int32_t *line,
                       int32_t *column);

/* Within a text that has passed: the next byte that is no space; and what follows a value with the space
 * behind it, a comma or a closing bracket. at: the first byte of a member's or item's value. *members:
 * how many a list or an object has. */
const char *pilot_json_skip_space(const char *at, const char *end);
const char *pilot_json_skip_value(const char *at, const char *end, size_t *members);

#endif
