/* Memory that is given out piece by piece and released all at once: what one city or policy owns. */
#ifndef PILOT_ARENA_H
#define PILOT_ARENA_H

#include <stddef.h>

typedef struct arena_block arena_block;
typedef struct arena {
    arena_block *last;
} arena;

/* Zeroed, aligned for any type; NULL when memory runs out or count * size overflows. A size of 0 gives
 * a pointer that is not NULL. */
void *pilot_arena_take(arena *a, size_t count, size_t size);
/* The same, but with whatever was there before. */
void *pilot_arena_raw(arena *a, size_t size);
/* For length bytes and a NUL behind them, which is there, likewise. */
char *pilot_arena_text(arena *a, size_t length);
/* A copy of the text; NULL when memory runs out. */
char *pilot_arena_copy(arena *a, const char *text);
void pilot_arena_free(arena *a);
/* The same, but for memory that is kept to be given out again. */
void pilot_arena_reset(arena *a);

#endif
