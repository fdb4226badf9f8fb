/* Text built piece by piece, into memory or into a hash: the canonical JSON of a policy is hashed
 * without ever being stored. */
#ifndef PILOT_WRITER_H
#define PILOT_WRITER_H

#include "pilot/base.h"
#include "stop.h"

typedef struct writer {
    char *text; /* NULL when hashing */
    size_t length, capacity;
    uint64_t hash; /* FNV-1a, of all bytes so far */
    bool hashing;
    bool indented;
    bool failed;       /* an allocation failed, or it was stopped; later writes do nothing */
    bool first_member; /* of the open object or list */
    int depth;
    stopping stop;
} writer;

writer pilot_writer_text(bool indented);
writer pilot_writer_hash(void);
/* Whether there is no use in writing on; asks the writer's stop. For every turn of a long loop. */
bool pilot_writer_ends(writer *w);
/* The text, which the caller owns, or MEMORY or STOPPED and nothing. */
pilot_status pilot_writer_finish(writer *w, char **text);

void pilot_write_bytes(writer *w, const char *bytes, size_t length);
void pilot_write_raw(writer *w, const char *text);
/* Text of any origin, as pilot_shown has it. */
void pilot_write_shown(writer *w, const char *text);
/* Room for so many bytes and a NUL behind them, which the caller writes; NULL where memory runs out. */
char *pilot_write_room(writer *w, size_t length);
void pilot_write_format(writer *w, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 2, 3)))
#endif
    ;

/* JSON. A key is NULL inside a list. */
void pilot_write_open(writer *w, const char *key, char bracket);
void pilot_write_close(writer *w, char bracket);
void pilot_write_string(writer *w, const char *key, const char *text);
void pilot_write_integer(writer *w, const char *key, int64_t number);
void pilot_write_bool(writer *w, const char *key, bool value);
/* A value that is JSON already, as it is. */
void pilot_write_json(writer *w, const char *key, pilot_json_text value);

#endif
