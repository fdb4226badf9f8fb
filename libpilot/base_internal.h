/* What the library's other files share with base.c; not installed. */
#ifndef PILOT_BASE_INTERNAL_H
#define PILOT_BASE_INTERNAL_H

#include <pilot/base.h>

/* Bytes of the well-formed UTF-8 character that text starts with; 0 when there is none within size.
 * Before a terminating zero any size does: no byte after one that cannot belong is looked at. */
size_t pilot_utf8_length(const char *text, size_t size);

typedef struct pilot_excerpt {
    char text[sizeof((pilot_error *)0)->value + sizeof "..." - 1];
} pilot_excerpt;

/* A value of any length and any bytes as a message can quote it: as in pilot_error.value, with "..."
 * where something was cut. Returns excerpt->text; a NULL value is "". */
const char *pilot_excerpt_of(const char *value, pilot_excerpt *excerpt);

/* Fills *error, where there is one, and returns status. Value and message are cut at a whole
 * character; '?' stands for every byte of a control character, of a line or paragraph separator, and
 * of what is not UTF-8. Path, line and column are left "", 0, 0. The arguments may lie in *error. */
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
pilot_status
pilot_error_set(pilot_error *error, pilot_status status, const char *value, const char *format, ...);
/* STOPPED, which no place in a text has caused. */
pilot_status pilot_error_stopped(pilot_error *error);

/* Sets the path of *error, where there is one, cut and cleaned like the message. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void pilot_error_place(pilot_error *error, const char *format, ...);

/* FNV-1a with 64 bits: hash as bytes go on. */
#define PILOT_HASH_START UINT64_C(0xcbf29ce484222325)
static inline uint64_t pilot_hash(uint64_t hash, const void *bytes, size_t length)
{
    const unsigned char *byte = bytes;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ byte[i]) * UINT64_C(0x100000001b3);
    return hash;
}

/* The form of pilot_money_parse with 0..18 decimals; what names the value in messages, with its
 * article: "an amount of money". Errors: FORMAT, PRECISION, OVERFLOW. */
pilot_status pilot_decimal_parse(const char *text, int decimals, int64_t *value, pilot_error *error,
                                 const char *what);
/* Its inverse, again with 0..18 decimals. */
void pilot_decimal_text(int64_t value, int decimals, pilot_text *text);

#endif
