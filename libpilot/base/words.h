/* Sets of words: what stands in JSON for a number, and what people are shown. */
#ifndef PILOT_BASE_WORDS_H
#define PILOT_BASE_WORDS_H

#include "pilot/base.h"

/* A set of words, each with its title in both languages. */
typedef struct words {
    int32_t count;
    const pilot_word *words; /* name NULL: no word has this index */
} words;

#define WORD_LIST(...)                                                                                  \
    {                                                                                                   \
        (int32_t)(sizeof((const pilot_word[]){__VA_ARGS__}) / sizeof(pilot_word)), (const pilot_word[]) \
        {                                                                                               \
            __VA_ARGS__                                                                                 \
        }                                                                                               \
    }
#define WORDS(...) &(const words)WORD_LIST(__VA_ARGS__)

/* The word's name, or NULL where there is none. */
static inline const char *pilot_word_name(const words *of, int32_t index)
{
    return index >= 0 && index < of->count ? of->words[index].name : NULL;
}

/* Its title, likewise. */
static inline const char *pilot_word_title(const words *of, int32_t index, pilot_language language)
{
    if (!pilot_word_name(of, index) || (unsigned)language > PILOT_CHINESE)
        return NULL;
    return language == PILOT_CHINESE ? of->words[index].zh : of->words[index].en;
}

/* The index of a word. Errors: ARGUMENT (a NULL), NOT_FOUND. */
pilot_status pilot_word_find(const words *of, const char *name, int32_t *index);

/* The words for a message, as far as there is room: their keys in quotes, or their titles. */
void pilot_list_words(const words *of, bool keys, pilot_language language, char *text, size_t size);

/* The number of the one bit that is set; -1 of any other bits. */
int32_t pilot_bit_number(uint32_t bit);

/* The three functions that PILOT_WORDED declares, for an enum whose values are indices into the words.
 */
#define WORDED(prefix, type, of) WORDED_BY(prefix, type, of, (int32_t), (type))
/* The same for an enum of bits, whose words are by the bit's number. */
#define WORDED_BITS(prefix, type, of) WORDED_BY(prefix, type, of, pilot_bit_number, (type)1 <<)
#define WORDED_BY(prefix, type, of, index_of, value_of)                                                 \
    const char *prefix##_name(type value)                                                               \
    {                                                                                                   \
        return pilot_word_name(&(of), index_of(value));                                                 \
    }                                                                                                   \
    const char *prefix##_title(type value, pilot_language language)                                     \
    {                                                                                                   \
        return pilot_word_title(&(of), index_of(value), language);                                      \
    }                                                                                                   \
    pilot_status prefix##_find(const char *name, type *value)                                           \
    {                                                                                                   \
        int32_t index;                                                                                  \
        pilot_status status = value ? pilot_word_find(&(of), name, &index) : PILOT_ERROR_ARGUMENT;      \
        if (status == PILOT_OK)                                                                         \
            *value = value_of(index);                                                                   \
        return status;                                                                                  \
    }

#endif
