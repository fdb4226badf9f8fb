/* Short names for the rows of field tables, so that a table reads as one. For source files only. */
#ifndef PILOT_FIELDS_H
#define PILOT_FIELDS_H

#include "record.h"

/* Each row ends with what the field means in Chinese and in English, and after that what only some have:
 * .of = the words or the record, limits, and a name. */
#define OPTIONAL(type, member, key_, kind_, clause_, zh_, ...)                                          \
    {                                                                                                   \
        .key = key_, .kind = FIELD_##kind_, .offset = offsetof(type, member), .clause = clause_,        \
        .zh = zh_, .en = __VA_ARGS__                                                                    \
    }
#define REQUIRED(type, member, key_, kind_, clause_, zh_, ...)                                          \
    {                                                                                                   \
        .key = key_, .kind = FIELD_##kind_, .required = true, .offset = offsetof(type, member),         \
        .clause = clause_, .zh = zh_, .en = __VA_ARGS__                                                 \
    }
/* A pointer to the first of several, and how many. */
#define SEVERAL(type, member, count, key_, kind_, clause_, zh_, ...)                                    \
    {                                                                                                   \
        .key = key_, .kind = FIELD_##kind_, .offset = offsetof(type, member),                           \
        .count_offset = offsetof(type, count), .clause = clause_, .zh = zh_, .en = __VA_ARGS__          \
    }
/* Text in place. */
#define CHARS(type, member, key_, clause_, zh_, en_)                                                    \
    {                                                                                                   \
        .key = key_, .kind = FIELD_CHARS, .required = true, .offset = offsetof(type, member),           \
        .count_offset = sizeof(((type *)0)->member), .clause = clause_, .zh = zh_, .en = en_            \
    }

/* A record of the type, by its table of fields. Likewise. */
#define RECORD(key_, type, table, zh_, ...)                                                             \
    {                                                                                                   \
        .key = key_, .size = sizeof(type), .fields = table,                                             \
        .field_count = sizeof(table) / sizeof *(table), .zh = zh_, .en = __VA_ARGS__                    \
    }

#define RANGE(least_, most_) .limits = LIMIT_RANGE, .least = (least_), .most = (most_)
#define NOT_NEGATIVE RANGE(0, INT64_MAX)
#define NAMED(zh_, en_) .name = {zh_, en_}
#define NOT_BEFORE(type, member) .limits = LIMIT_ORDER, .other = offsetof(type, member)

#endif
