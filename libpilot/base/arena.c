#include "arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Blocks double, so that a large city takes few of them and a small one little memory. */
#define FIRST_BLOCK ((size_t)4096)
#define LARGEST_BLOCK ((size_t)1 << 20)

struct arena_block {
    arena_block *previous;
    size_t used, size;
    alignas(max_align_t) unsigned char bytes[];
};

static arena_block *add_block(arena *a, size_t size)
{
    size_t next = a->last ? a->last->size * 2 : FIRST_BLOCK;
    if (next > LARGEST_BLOCK)
        next = LARGEST_BLOCK;
    if (size < next)
        size = next;
    if (size > SIZE_MAX - sizeof(arena_block))
        return NULL;
    arena_block *block = malloc(sizeof *block + size);
    if (!block)
        return NULL;
    block->used = 0;
    block->size = size;
    block->previous = a->last;
    a->last = block;
    return block;
}

/* alignment: a power of two. */
static void *take(arena *a, size_t size, size_t alignment)
{
    arena_block *block = a->last;
    size_t start = block ? (block->used + alignment - 1) & ~(alignment - 1) : 0;
    if (!block || start > block->size || block->size - start < size) {
        block = add_block(a, size);
        if (!block)
            return NULL;
        start = 0;
    }
    block->used = start + size;
    return block->bytes + start;
}

void *pilot_arena_take(arena *a, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / 2 / size)
        return NULL;
    void *made = take(a, count * size, alignof(max_align_t));
    return made ? memset(made, 0, count * size) : NULL;
}

void *pilot_arena_raw(arena *a, size_t size)
{
    return take(a, size, alignof(max_align_t));
}

char *pilot_arena_text(arena *a, size_t length)
{
    char *made = length < SIZE_MAX ? take(a, length + 1, 1) : NULL;
    if (made)
        made[length] = '\0';
    return made;
}

char *pilot_arena_copy(arena *a, const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = take(a, size, 1);
    if (copy)
        memcpy(copy, text, size);
    return copy;
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
    a->last = NULL;
}

/* The last block is the largest, but for one that a single piece has made large. */
void pilot_arena_reset(arena *a)
{
    arena_block *block = a->last;
    if (!block)
        return;
    free_blocks(block->previous);
    block->previous = NULL;
    block->used = 0;
}
