/* Short names for the rows of field tables, so that a table reads as one. For source files only. */
#ifndef PILOT_FIELDS_H
#define PILOT_FIELDS_H

#include "record.h"

/* F: a field that may be left out. R: one that has to be there. L: a list. */
#define F(type, member, key, kind, of, clause, en)                                                      \
    {                                                                                                   \
        key, kind, false, offsetof(type, member), 0, of, clause, en                                     \
    }
#define R(type, member, key, kind, of, clause, en)                                                      \
    {                                                                                                   \
        key, kind, true, offsetof(type, member), 0, of, clause, en                                      \
    }
#define L(type, member, count, required, of, clause, en)                                                \
    {                                                                                                   \
#member, FIELD_LIST, required, offsetof(type, member), offsetof(type, count), of, clause, en    \
    }

#endif
