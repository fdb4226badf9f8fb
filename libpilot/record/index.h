/* Order, and what is found by it. The cost is bounded whatever the items are: no choice of ids or of
 * their order makes it slow, and nothing is drawn at random. */
#ifndef PILOT_INDEX_H
#define PILOT_INDEX_H

#include "base/arena.h"

#include <stdbool.h>

/* Below 0 where a comes before b, above 0 where it comes after. */
typedef int (*pilot_compare)(const void *a, const void *b);

/* Orders the pointers by what they point at; equals keep their order. room: for half of them. */
void pilot_sort(const void **items, const void **room, size_t count, pilot_compare order);

/* An order of texts: the shorter first, so that numbered ids stand as they were numbered, then by bytes.
 * Costs what the shorter one is long. One that is NULL, not known, comes first. */
int pilot_compare_texts(const char *a, const char *b);

/* Records in the order of their ids, which are their first members. */
typedef struct id_index {
    const void **sorted;
    size_t count;
} id_index;

/* Of the records that have an id. The order comes from memory, what making it takes from scratch; false
 * when either runs out. */
bool pilot_index_ids(id_index *index, arena *memory, arena *scratch, const void *items, size_t size,
                     size_t count);
/* The first of the record's id; NULL where none has it, or id is NULL. */
const void *pilot_find_id(const id_index *index, const char *id);
/* The same of those that do not stand before from, in the list that was indexed. */
const void *pilot_find_id_from(const id_index *index, const char *id, const void *from);
/* All of that id, as they are listed; the caller looks at *count of them. */
const void *const *pilot_find_ids(const id_index *index, const char *id, size_t *count);
/* Whether two have the same. */
bool pilot_any_repeated(const id_index *index);
/* first_of: for each record, all 0; becomes 1 + the number of the first of its id where it is not that.
 * size: of a record. */
void pilot_mark_repeated(const id_index *index, const void *items, size_t size, size_t *first_of);

#endif
