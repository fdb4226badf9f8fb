#include "index.h"

#include <stdint.h>
#include <string.h>

static void merge(const void **items, const void **room, size_t half, size_t count, pilot_compare order)
{
    size_t left = 0, right = half, next = 0;
    memcpy(room, items, half * sizeof *items);
    while (left < half && right < count)
        items[next++] = order(room[left], items[right]) <= 0 ? room[left++] : items[right++];
    memcpy(items + next, room + left, (half - left) * sizeof *items);
}

void pilot_sort(const void **items, const void **room, size_t count, pilot_compare order)
{
    const size_t half = count / 2;
    if (count < 2)
        return;
    pilot_sort(items, room, half, order);
    pilot_sort(items + half, room, count - half, order);
    if (order(items[half - 1], items[half]) > 0)
        merge(items, room, half, count, order);
}

int pilot_compare_texts(const char *a, const char *b)
{
    int order = 0;
    if (!a || !b)
        return (a != NULL) - (b != NULL);
    for (; *a && *b; a++, b++)
        if (!order)
            order = (unsigned char)*a - (unsigned char)*b;
    return *a ? 1 : *b ? -1 : order;
}

static const char *id_of(const void *item)
{
    const char *id;
    memcpy(&id, item, sizeof id);
    return id;
}

static int compare_ids(const void *a, const void *b)
{
    return pilot_compare_texts(id_of(a), id_of(b));
}

bool pilot_index_ids(id_index *index, arena *memory, arena *scratch, const void *items, size_t size,
                     size_t count)
{
    const void **sorted = pilot_arena_take(memory, count, sizeof *sorted);
    const void **room = pilot_arena_take(scratch, count / 2, sizeof *room);
    if (!sorted || !room)
        return false;
    size_t named = 0;
    for (size_t i = 0; i < count; i++)
        if (id_of((const char *)items + i * size))
            sorted[named++] = (const char *)items + i * size;
    pilot_sort(sorted, room, named, compare_ids);
    *index = (id_index){sorted, named};
    return true;
}

/* The number of the first that does not come before the id, or stand before from in the list. */
static size_t first_of_id(const id_index *index, const char *id, const void *from)
{
    size_t low = 0, high = index->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const int order = pilot_compare_texts(id_of(index->sorted[middle]), id);
        if (order < 0 || (order == 0 && (uintptr_t)index->sorted[middle] < (uintptr_t)from))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const void *const *pilot_find_ids(const id_index *index, const char *id, size_t *count)
{
    const size_t first = first_of_id(index, id, NULL);
    size_t end = first;
    while (id && end < index->count && strcmp(id_of(index->sorted[end]), id) == 0)
        end++;
    *count = end - first;
    return index->sorted + first;
}

const void *pilot_find_id_from(const id_index *index, const char *id, const void *from)
{
    const size_t first = first_of_id(index, id, from);
    const void *found = first < index->count ? index->sorted[first] : NULL;
    return found && id && strcmp(id_of(found), id) == 0 ? found : NULL;
}

const void *pilot_find_id(const id_index *index, const char *id)
{
    return pilot_find_id_from(index, id, NULL);
}

static bool same_as_before(const id_index *index, size_t i)
{
    return i > 0 && compare_ids(index->sorted[i - 1], index->sorted[i]) == 0;
}

bool pilot_any_repeated(const id_index *index)
{
    size_t i = 1;
    while (i < index->count && !same_as_before(index, i))
        i++;
    return i < index->count;
}

void pilot_mark_repeated(const id_index *index, const void *items, size_t size, size_t *first_of)
{
    size_t first = 0;
    for (size_t i = 0; i < index->count; i++) {
        const size_t number = (size_t)((const char *)index->sorted[i] - (const char *)items) / size;
        if (same_as_before(index, i))
            first_of[number] = 1 + first;
        else
            first = number;
    }
}
