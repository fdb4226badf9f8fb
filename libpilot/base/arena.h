/* Memory that is given out piece by piece and released all at once: what one city or policy owns. */
#ifndef PILOT_ARENA_H
#define PILOT_ARENA_H

#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>

typedef struct arena_block arena_block;
typedef struct arena {
    arena_block *last;
    unsigned char *next, *end; /* of what is left of the last block */
} arena;

/* Zeroed, aligned for any type; NULL when memory runs out or count * size overflows. A size of 0 gives
 * a pointer that is not NULL. */
void *pilot_arena_take(arena *a, size_t count, size_t size);
/* A piece of a new block; NULL when memory runs out. */
void *pilot_arena_grow(arena *a, size_t size);
/* A copy of the text; NULL when memory runs out. */
char *pilot_arena_copy(arena *a, const char *text);
void pilot_arena_free(arena *a);
/* The same, but for memory that is kept to be given out again. */
void pilot_arena_reset(arena *a);

/* As pilot_arena_take, but with whatever was there before. alignment: a power of two. */
static inline void *pilot_arena_piece(arena *a, size_t size, size_t alignment)
{
    const size_t gap = (0 - (uintptr_t)a->next) & (alignment - 1);
    const size_t left = (size_t)(a->end - a->next);
    if (!a->last || left < gap || left - gap < size)
        return pilot_arena_grow(a, size);
    unsigned char *piece = a->next + gap;
    a->next = piece + size;
    return piece;
}

static inline void *pilot_arena_raw(arena *a, size_t size)
{
    return pilot_arena_piece(a, size, alignof(max_align_t));
}

/* For length bytes and a NUL behind them, which is there; NULL when memory runs out. */
static inline char *pilot_arena_text(arena *a, size_t length)
{
    char *made = length < SIZE_MAX ? pilot_arena_piece(a, length + 1, 1) : NULL;
    if (made)
        made[length] = '\0';
    return made;
}

#endif
