/* Sentences for people, built piece by piece in the caller's room. */
#ifndef PILOT_SENTENCE_H
#define PILOT_SENTENCE_H

#include "base_internal.h"

/* Text that goes on where the last piece ended, and counts what does not fit. */
typedef struct sentence {
    char *text;
    size_t size, length;
} sentence;

/* text may be NULL where size is 0. */
sentence pilot_sentence_begin(char *text, size_t size);
/* The length it has whole; what is there is cut at a whole character. */
size_t pilot_sentence_end(const sentence *s);

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void pilot_say(sentence *s, const char *format, ...);
/* Text of the library's own. */
void pilot_say_text(sentence *s, const char *text);
/* Text of any origin, as pilot_shown has it. */
void pilot_say_shown(sentence *s, const char *text);
void pilot_say_phrase(sentence *s, pilot_phrase phrase, pilot_language language);
/* A day as a sentence has it: 2019年12月31日, "2019-12-31". */
void pilot_say_date(sentence *s, pilot_date date, pilot_language language);

#endif
