#include "arena.h"

#include <stdlib.h>
#include <string.h>

/* Blocks double, so that a large city takes few of them and a small one little memory. */
#define FIRST_BLOCK ((size_t)4096)
#ifndef LARGEST_BLOCK /* 0 where tests want an allocation for each piece */
#define LARGEST_BLOCK ((size_t)1 << 20)
#endif

struct arena_block {
    arena_block *previous;
    size_t size;
    alignas(max_align_t) unsigned char bytes[];
};

void *pilot_arena_grow(arena *a, size_t size)
{
    size_t next = a->last ? a->last->size * 2 : FIRST_BLOCK;
    if (next > LARGEST_BLOCK)
        next = LARGEST_BLOCK;
    if (next < size)
        next = size;
    arena_block *block = malloc(sizeof *block + next);
    if (!block)
        return NULL;
    *block = (arena_block){.previous = a->last, .size = next};
    *a = (arena){block, block->bytes + size, block->bytes + next};
    return block->bytes;
}

void *pilot_arena_take(arena *a, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / 2 / size)
        return NULL;
    void *made = pilot_arena_raw(a, count * size);
    return made ? memset(made, 0, count * size) : NULL;
}

char *pilot_arena_copy(arena *a, const char *text)
{
    const size_t length = strlen(text);
    char *copy = pilot_arena_text(a, length);
    return copy ? memcpy(copy, text, length + 1) : NULL;
}

static void free_blocks(arena_block *block)
{
    while (block) {
        arena_block *previous = block->previous;
        free(block);
        block = previous;
    }
}

void pilot_arena_free(arena *a)
{
    free_blocks(a->last);
    *a = (arena){0};
}

/* The last block is the largest, but for one that a single piece has made large. */
void pilot_arena_reset(arena *a)
{
    if (!a->last)
        return;
    free_blocks(a->last->previous);
    a->last->previous = NULL;
    a->next = a->last->bytes;
}
