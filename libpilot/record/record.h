/* One table of fields per record. The table reads and writes the record's JSON form, and makes its
 * schema and its page of reference; nothing else knows a key. */
#ifndef PILOT_RECORD_H
#define PILOT_RECORD_H

#include "base/arena.h"
#include "base/base_internal.h"
#include "base/code.h"
#include "index.h"
#include "pilot/base.h"
#include "base/words.h"
#include "problems.h"

#include <string.h>
#include "base/writer.h"

/* What a field holds, and with it the type of the struct's member: that of a required field first,
 * that of an optional one after the slash. */
typedef enum field_kind {
    FIELD_TEXT,     /* const char * */
    FIELD_ID,       /* const char *, unique in its list; always a record's first member */
    FIELD_CODE,     /* const char *, always optional; of: a code_form */
    FIELD_WORD,     /* int32_t or an enum of that size: an index into the words */
    FIELD_WORDS,    /* uint32_t, bits by index into the words; written as a list */
    FIELD_ANSWER,   /* pilot_answer, written true or false */
    FIELD_COUNT,    /* int64_t / pilot_opt_int, not negative */
    FIELD_MONEY,    /* likewise, fen, any sign */
    FIELD_PRICE,    /* likewise, 0.0001 yuan, not negative */
    FIELD_AREA,     /* likewise, 0.01 m² */
    FIELD_SHARE,    /* pilot_share; {0, 0} of an optional one is not known */
    FIELD_YEAR,     /* int32_t; 0 of an optional one is not known */
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
    /* Of what is asked and answered, which nobody keeps: */
    FIELD_TEXTS, /* pointer to an array of const char *, and a count; of: the words that they are, or
                    NULL */
    FIELD_JSON,  /* pilot_json_text, a member of the document itself as it is written; of: the document
                    that it is (json/documents.h), or NULL */
} field_kind;

typedef struct record record;

/* What a field's value has to be beside what its kind asks; bits of field.limits. */
enum {
    LIMIT_RANGE = 1, /* least to most; of a list: how many it has */
    LIMIT_ORDER = 2, /* not before the field of the same kind at other */
};

typedef struct field {
    const char *key;
    field_kind kind;
    bool required;
    uint8_t limits;
    uint8_t marks; /* bits that the table gives a meaning */
    size_t offset;
    size_t count_offset; /* FIELD_LIST, FIELD_REFS, FIELD_AREAS, FIELD_AMOUNTS; size of FIELD_CHARS */
    size_t other;
    int64_t least, most;
    const void
        *of; /* FIELD_WORD, FIELD_WORDS: words; FIELD_CODE: code_form; those with records: record */
    const char *clause;  /* where it comes from; NULL where it only names or describes */
    const char *zh, *en; /* what it means, one line */
    pilot_phrase name;   /* what people call it, where its meaning up to the first comma is no name */
} field;

typedef struct checker checker;

struct record {
    const char *key; /* of the list that holds such records */
    size_t size;
    const field *fields;
    size_t field_count; /* at most 64 */
    const char *zh, *en;
    pilot_phrase name; /* of one of them, for people */
    /* What only a whole record can know; NULL: nothing. Its fields are good by themselves; those that
     * are not needed may be zero. */
    pilot_status (*check)(const checker *c, const record_place *at, const void *item);
    /* What it takes the records to know that it refers to, of which some may be NULL; NULL: nothing. */
    pilot_status (*linked)(problems *to, const record_place *at, const void *item);
    bool by_parts; /* check is asked where there are problems too, and asks pilot_is_good */
    /* A record that has what a field holds that is left out; NULL: it holds nothing then. */
    const void *defaults;
};

/* Whether a field that is left out holds something. What names a record has no default. */
static inline bool pilot_has_default(const record *type, const field *f)
{
    return type->defaults && f->kind != FIELD_ID && f->kind != FIELD_TEXT;
}

#define FIELD_COUNT_OF(table) (sizeof(table) / sizeof *(table))

static inline void *field_at(void *item, const field *f)
{
    return (char *)item + f->offset;
}

static inline const void *field_in(const void *item, const field *f)
{
    return (const char *)item + f->offset;
}

/* A list's or a reference's pointer, whatever record it points to. */
static inline void *field_pointer(const void *item, const field *f)
{
    void *pointer;
    memcpy(&pointer, field_in(item, f), sizeof pointer);
    return pointer;
}

static inline void field_point(void *item, const field *f, const void *to)
{
    memcpy(field_at(item, f), &to, sizeof to);
}

static inline size_t field_count(const void *item, const field *f)
{
    return *(const size_t *)(const void *)((const char *)item + f->count_offset);
}

/* Whether it has any byte that is not zero, as what is not known has none. */
bool pilot_field_known(const field *f, const void *item);
/* Gives an item a field of another, of which no more is copied than what lies in the record itself. */
void pilot_field_copy(const field *f, void *item, const void *from);
/* A list's pointer and count. */
void pilot_field_list(const field *f, void *item, const void *items, size_t count);
/* Gives an item all that is known of another. */
void pilot_record_add(const record *type, void *item, const void *from);

/* Nothing is known of a record whose bytes are all zero. */
bool pilot_record_blank(const record *type, const void *item);

/* Of what is read for a purpose: what of the required has to be there. */
typedef struct record_needs {
    const char *const *paths;   /* keys without indices, up to a NULL, with all that lies in them */
    const record_place *within; /* what the record lies in, where the paths begin further out */
} record_needs;
bool pilot_is_needed(const record_needs *needs, const record_place *at);

/* How records are checked. */
struct checker {
    problems *to;
    arena *scratch;            /* gone when the check ends; NULL: lists are not searched for equal ids */
    bool partial;              /* what is required may be missing, and records as wholes are not asked */
    const record_needs *needs; /* NULL: all that is required */
    /* Of the record that is checked wholly: */
    uint64_t bad; /* fields that have problems, by number */
    bool broken;  /* it has any problem */
};

/* Whether the field at the offset has no problem by itself. */
static inline bool pilot_is_good(const checker *c, const record *type, size_t offset)
{
    for (size_t i = 0; c->bad && i < type->field_count; i++)
        if (type->fields[i].offset == offset)
            return !(c->bad & UINT64_C(1) << i);
    return true;
}

/* Whether one field's value, of an item that a caller has filled in, is what it may be. at: of the
 * member. A record or a list is looked into. Errors: MISSING_KEY, ARGUMENT (a bool, an answer or a word
 * that is none), RANGE, ORDER, FORMAT, ENCODING, DUPLICATE_ID; those of record.check; MEMORY. */
pilot_status pilot_field_check(const checker *c, const record_place *at, const field *f,
                               const void *item);
/* A field that is not there: MISSING_KEY, or OK where it may be missing. at: of the member. */
pilot_status pilot_field_missing(const checker *c, const record_place *at, const field *f);
/* What a record has to be whose fields have been checked by themselves: limits against other fields, and
 * record.check. Of what has a problem no more is asked: it may follow from that. */
pilot_status pilot_checked_wholly(const checker *c, const record_place *at, const record *type,
                                  const void *item);
/* RANGE of a list, which limits how many it has. Errors: RANGE. */
pilot_status pilot_count_checked(const checker *c, const record_place *at, const field *f,
                                 const void *item);
/* Each field and then the record wholly, with all that lies in it. What it refers to is not its
 * own. */
pilot_status pilot_checked(const checker *c, const record_place *at, const record *type,
                           const void *item);
/* Equal ids in a list, of which some may be missing. Errors: DUPLICATE_ID, MEMORY. */
pilot_status pilot_ids_checked(const checker *c, const record_place *at, const record *type,
                               const void *items, size_t count, id_index *index);
/* What makes an item of a caller's unfit to be looked at; what is zero or NULL is only not known. error
 * may be NULL. Allocates nothing. */
pilot_status pilot_record_check(const record *type, const void *item, pilot_error *error);
/* What makes it unfit to be calculated with: what pilot_record_copy refuses, but for equal ids.
 * Likewise. */
pilot_status pilot_record_valid(const record *type, const void *item, pilot_error *error);

/* Copies what an item points at into the arena, with all that lies in it; false when memory runs out.
 * References stay as they are. Of the kinds of fields that a city, a policy and a menu have. */
bool pilot_record_adopt(arena *memory, const record *type, void *item);

/* A list of a document, which its records refer to by id. */
typedef struct record_list {
    const record *type;
    const char *items;
    size_t count;
    const void *from; /* references point at its items, which became these; NULL: they are ids */
    id_index by_id;   /* where they are ids */
    bool broken;      /* the id of some record was not read: what is not there is no problem */
    size_t *named_in; /* record -> the last list of references that had it; made when it is added */
} record_list;

#define PILOT_LISTS_MAX 16
typedef struct linker {
    problems *to;
    arena *scratch;
    bool by_id; /* references are ids; one that was not read is NULL */
    record_list lists[PILOT_LISTS_MAX];
    size_t list_count;
    size_t round; /* lists of references so far */
} linker;

/* False when memory runs out. */
bool pilot_linker_add(linker *l, record_list list);

/* An id that stands for a record until pilot_link, and those before it. */
typedef struct named_id {
    const struct named_id *next;
    const record *of;
    const char *id;
} named_id;
/* Whether a record may have no more than its id and references. */
bool pilot_known_by_id(const record *type);
/* The linker gets the lists of a document whose records have ids: in memory, and with a record of each
 * id that is named, which has nothing but that where there was none. False when memory runs out. */
bool pilot_lists_complete(linker *l, const record *type, void *item, const named_id *named,
                          arena *memory);
/* The record of the linker's list that has the id; NULL where there is none. */
void *pilot_linked(linker *l, const record *type, const char *id);

/* Turns references into pointers to the records of the linker's lists, in an item and all that lies in
 * it. Errors: DANGLING_ID, DUPLICATE_ID (of a list of references), those of record.linked. */
pilot_status pilot_link(linker *l, const record_place *at, const record *type, void *item);

/* A document of a caller's structs: checked, and copied with all that it points at. Errors: those of
 * pilot_checked and pilot_link. */
pilot_status pilot_record_copy(problems *to, arena *memory, const record *type, const void *from,
                               void *item);

/* What owns a record: a struct with the record and its memory in it. */
typedef struct container {
    const record *type;
    size_t size, record, memory; /* offsets of the record and the arena */
    /* Makes what it has beside its record. Errors: those of its own, told to; MEMORY. NULL: nothing. */
    pilot_status (*finish)(void *made, problems *to);
} container;

static inline arena *container_memory(const container *kind, void *made)
{
    return (arena *)(void *)((char *)made + kind->memory);
}

/* A container with a copy of the record from, whose problems are told; it is still to be finished. NULL:
 * MEMORY, which is told. */
void *pilot_container_copy(const container *kind, const void *from, problems *to);
/* *out becomes a container with a copy of the record from. Errors: those of pilot_record_copy and
 * finish. */
pilot_status pilot_container_new(const container *kind, const void *from, void *out, problems *to);
/* Ends the making of one whose record is there, or is known to have problems: *out becomes it, or it is
 * freed. */
pilot_status pilot_container_finish(const container *kind, void *made, problems *to, void *out);
/* made: NULL is fine. */
void pilot_container_free(const container *kind, void *made);

/* The item as a text that the caller releases; stop may be NULL. Errors: MEMORY, STOPPED; those of
 * pilot_record_check. */
pilot_status pilot_record_text(const record *type, const void *item, bool indented,
                               const pilot_stop *stop, char **text);

/* Writes a field as a member; one that is not known is left out. */
void pilot_field_write(writer *w, const field *f, const void *item);
/* The merge patch (RFC 7396) that makes the one item the other: what differs, records in place by what
 * differs in them and lists whole. Of types whose fields are all required. */
void pilot_record_write_patch(writer *w, const char *key, const record *type, const void *from,
                              const void *to);
/* Writes the item as a JSON object; fields not known are left out. key: as pilot_write_open. */
void pilot_record_write(writer *w, const char *key, const record *type, const void *item);

#endif
