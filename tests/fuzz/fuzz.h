/* What the harnesses share: each is one function of bytes, which libFuzzer or tests/fuzz/replay.c calls.
 */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <pilot.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

__extension__ typedef __int128 wide;

static inline void require(bool condition)
{
    if (!condition)
        abort();
}

/* Bytes as choices; behind their end all are 0. */
typedef struct choices {
    const uint8_t *at, *end;
} choices;

static inline uint8_t next_byte(choices *c)
{
    return c->at < c->end ? *c->at++ : 0;
}

static inline size_t below(choices *c, size_t count)
{
    return next_byte(c) % count;
}

/* Small ones, larger ones and those at the ends. */
static inline int64_t next_number(choices *c)
{
    static const int64_t ends[] = {-1,        0,         INT16_MAX, INT16_MIN,      INT32_MAX,
                                   INT32_MIN, INT64_MAX, INT64_MIN, INT64_MAX / 12, INT64_MAX / 2};
    const uint8_t first = next_byte(c);
    if (first >= 250)
        return ends[below(c, sizeof ends / sizeof *ends)];
    int64_t made = first;
    for (int i = 0; i < first % 4; i++)
        made = made << 8 | next_byte(c);
    return made;
}

#endif
