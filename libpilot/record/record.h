/* One table of fields per record. The table reads and writes the record's JSON form, and makes its
 * schema and its page of reference; nothing else knows a key. */
#ifndef PILOT_RECORD_H
#define PILOT_RECORD_H

#include "base/arena.h"
#include "pilot/base.h"
#include "base/writer.h"

/* What a field holds, and with it the type of the struct's member: that of a required field first,
 * that of an optional one after the slash. */
typedef enum field_kind {
    FIELD_TEXT,     /* const char * */
    FIELD_ID,       /* const char *, unique in its list; always a record's first member */
    FIELD_WORD,     /* int32_t or an enum of that size: an index into the words */
    FIELD_WORDS,    /* uint32_t, bits by index into the words; written as a list */
    FIELD_ANSWER,   /* pilot_answer, written true or false */
    FIELD_COUNT,    /* int64_t / pilot_opt_int, not negative */
    FIELD_MONEY,    /* likewise, fen, any sign */
    FIELD_PRICE,    /* likewise, 0.0001 yuan, not negative */
    FIELD_AREA,     /* likewise, 0.01 m² */
    FIELD_SHARE,    /* pilot_share; {0, 0} of an optional one is not known */
    FIELD_YEAR,     /* int32_t, always required */
    FIELD_MONTH,    /* pilot_month, always required */
    FIELD_DATE,     /* pilot_date / pilot_opt_date */
    FIELD_STEP,     /* pilot_step: a date, or "not_done" */
    FIELD_CLAUSE,   /* const pilot_clause *, written as its id */
    FIELD_REF,      /* pointer to a record of the list named by of; NULL: not known */
    FIELD_REFS,     /* pointer to an array of such pointers, and a count */
    FIELD_RECORD,   /* a record in place */
    FIELD_LIST,     /* pointer to an array of records, and a count */
    FIELD_OPTIONAL, /* pointer to a record; NULL: not known */
    FIELD_AREAS,    /* pointer to an array of int64_t, 0.01 m², and a count; NULL: not known */
    /* Of what the library writes and never reads: */
    FIELD_CHARS,   /* char[count_offset] in place */
    FIELD_HASH,    /* uint64_t, 16 hexadecimal digits */
    FIELD_NUMBER,  /* int32_t; left out when 0 unless required */
    FIELD_VALUE,   /* pilot_value, by its kind */
    FIELD_SET,     /* uint32_t, the keys of the record's fields whose bits are set */
    FIELD_AMOUNTS, /* as FIELD_AREAS, fen */
} field_kind;

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

typedef struct record record;

/* What a field's value has to be beside what its kind asks; bits of field.limits. */
enum {
    LIMIT_RANGE = 1, /* least to most */
    LIMIT_ORDER = 2, /* not before the field of the same kind at other */
};

typedef struct field {
    const char *key;
    field_kind kind;
    bool required;
    uint8_t limits;
    size_t offset;
    size_t count_offset; /* FIELD_LIST, FIELD_REFS, FIELD_AREAS, FIELD_AMOUNTS; size of FIELD_CHARS */
    size_t other;
    int64_t least, most;
    const void *of;      /* FIELD_WORD, FIELD_WORDS: words; the kinds with records: record */
    const char *clause;  /* where it comes from; NULL where it only names or describes */
    const char *zh, *en; /* what it means, one line */
} field;

struct record {
    const char *key; /* of the list that holds such records */
    size_t size;
    const field *fields;
    size_t field_count; /* at most 64 */
    const char *zh, *en;
};

#define FIELD_COUNT_OF(table) (sizeof(table) / sizeof *(table))
/* The two members of a record that name its fields. */
#define FIELDS(table) table, FIELD_COUNT_OF(table)

static inline void *field_at(void *item, const field *f)
{
    return (char *)item + f->offset;
}

static inline const void *field_in(const void *item, const field *f)
{
    return (const char *)item + f->offset;
}

/* Nothing is known of a record whose bytes are all zero. */
bool pilot_record_blank(const record *type, const void *item);

/* Whether the item's bools are bools, and those of all that lies in it or in its lists. */
bool pilot_record_bools(const record *type, const void *item);
/* What makes an item of a caller's unfit to be looked at; what is zero or NULL is only not known.
 * Errors: ARGUMENT (a word, an answer or a bool that is none, a text in place without its end). */
pilot_status pilot_record_check(const record *type, const void *item);

/* The item as a text that the caller releases; stop may be NULL. Errors: MEMORY, STOPPED; those of
 * pilot_record_check. */
pilot_status pilot_record_text(const record *type, const void *item, bool indented,
                               const pilot_stop *stop, char **text);

/* Writes the item as a JSON object; fields not known are left out. key: as pilot_write_open. */
void pilot_record_write(writer *w, const char *key, const record *type, const void *item);

#endif
