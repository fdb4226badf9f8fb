/* What the library's other files share with base.c; not installed. */
#ifndef PILOT_BASE_INTERNAL_H
#define PILOT_BASE_INTERNAL_H

#include <pilot/base.h>

#include "words.h"

#include <string.h>

extern const words pilot_rounding_words, pilot_language_words, pilot_status_words;

/* Bytes of the well-formed UTF-8 character that text starts with; 0 when there is none within size.
 * Before a terminating zero any size does: no byte after one that cannot belong is looked at. */
size_t pilot_utf8_length(const char *text, size_t size);

/* The next character of the text as pilot_shown has it, and its length; 0 at the end. *text moves on. */
#define PILOT_PIECE_SIZE 6
size_t pilot_show_next(const char **text, char piece[PILOT_PIECE_SIZE]);

typedef struct pilot_excerpt {
    char text[sizeof((pilot_error *)0)->value + sizeof "..." - 1];
} pilot_excerpt;

/* A value of any length and any bytes as a message can quote it: as in pilot_error.value, with "..."
 * where something was cut. Returns excerpt->text; a NULL value is "". */
const char *pilot_excerpt_of(const char *value, pilot_excerpt *excerpt);

/* Fills *error, where there is one, and returns status. Value and message are cut at a whole
 * character and as pilot_shown has them. Path, line and column are left "", 0, 0. The arguments may lie
 * in *error. */
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
pilot_status
pilot_error_set(pilot_error *error, pilot_status status, const char *value, const char *format, ...);
/* What pilot_error_set has said in English, in Chinese: it follows that call. Without it the Chinese
 * sentence is the status's own. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void pilot_error_zh(pilot_error *error, const char *format, ...);
/* A piece of a sentence, in both languages. */
typedef struct pilot_phrase {
    const char *zh, *en;
} pilot_phrase;

static inline const char *pilot_phrase_in(pilot_phrase phrase, pilot_language language)
{
    return language == PILOT_CHINESE ? phrase.zh : phrase.en;
}

/* STOPPED, which no place in a text has caused. */
pilot_status pilot_error_stopped(pilot_error *error);

/* Sets the path of *error, where there is one, cut and cleaned like the message. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void pilot_error_place(pilot_error *error, const char *format, ...);

/* A refusal whose sentences are ready, "zh" and "en": the error, where there is one, with path, value
 * (NULL: none to show) and both sentences. Returns status. The arguments do not lie in *error. */
pilot_status pilot_error_refuse(pilot_error *error, pilot_status status, const char *path,
                                const char *value, const char *zh, const char *en);
pilot_status pilot_error_number(pilot_error *error, pilot_status status, const char *path, int64_t value,
                                const char *zh, const char *en);
/* Refusals that many calls have: an argument that is NULL, a day or a month that is none, a bool that a
 * caller filled in with another byte, a sum that does not fit, a buffer that is too small, memory that
 * is not there. */
pilot_status pilot_error_null(pilot_error *error);
pilot_status pilot_error_day(pilot_error *error, const char *path, pilot_date day);
pilot_status pilot_error_month(pilot_error *error, const char *path, pilot_month month);
/* A first and a last month, both included: RANGE, or ORDER at the last. */
pilot_status pilot_check_months(pilot_month first, pilot_month last, const char *first_path,
                                const char *last_path, pilot_error *error);
pilot_status pilot_error_bool(pilot_error *error, const char *path);
pilot_status pilot_error_sum(pilot_error *error);
pilot_status pilot_error_room(pilot_error *error, size_t wanted);
pilot_status pilot_error_memory(pilot_error *error);
/* What was refused lies within what the path names: the error's own path goes on behind it. */
pilot_status pilot_error_within(pilot_error *error, pilot_status status, const char *path);

/* A list that a caller fills in: one whose pointer is NULL is not known, whatever its count. */
static inline size_t pilot_listed(const void *list, size_t count)
{
    return list ? count : 0;
}

/* Whether a bool that a caller filled in is one: to load any other byte is undefined. */
static inline bool pilot_is_bool(const bool *at)
{
    unsigned char byte;
    memcpy(&byte, at, 1);
    return byte <= 1;
}

/* Whether the item is one of an array's, and which: a caller may have a copy of one, or another's. */
static inline bool pilot_element_of(const void *items, size_t count, size_t size, const void *item,
                                    size_t *index)
{
    const uintptr_t from = (uintptr_t)items, at = (uintptr_t)item;
    if (!items || at < from || (at - from) / size >= count || (at - from) % size)
        return false;
    *index = (at - from) / size;
    return true;
}

/* FNV-1a with 64 bits: hash as bytes go on. */
#define PILOT_HASH_START UINT64_C(0xcbf29ce484222325)
static inline uint64_t pilot_hash(uint64_t hash, const void *bytes, size_t length)
{
    const unsigned char *byte = bytes;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ byte[i]) * UINT64_C(0x100000001b3);
    return hash;
}

/* The form of pilot_money_parse with 0..18 decimals; what names the value in messages, in English
 * with its article: "an amount of money". Errors: FORMAT, PRECISION, OVERFLOW. */
pilot_status pilot_decimal_parse(const char *text, int decimals, int64_t *value, pilot_error *error,
                                 pilot_phrase what);
/* Its inverse, again with 0..18 decimals. */
void pilot_decimal_text(int64_t value, int decimals, pilot_text *text);

#endif
