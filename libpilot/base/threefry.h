/* Threefry4x64 with 20 rounds (Salmon, Moraes, Dror, Shaw: Parallel Random Numbers: As Easy as 1, 2, 3,
 * SC11): four random words of any four, under a key. It adds, rotates and xors only, so that a compiler
 * can make several at once. */
#ifndef PILOT_THREEFRY_H
#define PILOT_THREEFRY_H

#include "widths.h"

#include <stdint.h>

typedef struct pilot_threefry_key {
    uint64_t words[5];
} pilot_threefry_key;

static inline pilot_threefry_key pilot_threefry_key_of(uint64_t seed)
{
    return (pilot_threefry_key){{seed, 0, 0, 0, UINT64_C(0x1BD11BDAA9FC1A22) ^ seed}};
}

PILOT_INLINE uint64_t pilot_rotated(uint64_t x, int by)
{
    return x << by | x >> (64 - by);
}

#define PILOT_THREEFRY_MIX(a, b, by)                                                                    \
    (a) += (b);                                                                                         \
    (b) = pilot_rotated(b, by) ^ (a);
#define PILOT_THREEFRY_FOUR(r0, r1, r2, r3, r4, r5, r6, r7)                                             \
    PILOT_THREEFRY_MIX(x0, x1, r0)                                                                      \
    PILOT_THREEFRY_MIX(x2, x3, r1)                                                                      \
    PILOT_THREEFRY_MIX(x0, x3, r2)                                                                      \
    PILOT_THREEFRY_MIX(x2, x1, r3)                                                                      \
    PILOT_THREEFRY_MIX(x0, x1, r4)                                                                      \
    PILOT_THREEFRY_MIX(x2, x3, r5)                                                                      \
    PILOT_THREEFRY_MIX(x0, x3, r6)                                                                      \
    PILOT_THREEFRY_MIX(x2, x1, r7)
#define PILOT_THREEFRY_KEY(n)                                                                           \
    x0 += key->words[(n) % 5];                                                                          \
    x1 += key->words[((n) + 1) % 5];                                                                    \
    x2 += key->words[((n) + 2) % 5];                                                                    \
    x3 += key->words[((n) + 3) % 5] + (n);
#define PILOT_THREEFRY_EIGHT(n)                                                                         \
    PILOT_THREEFRY_FOUR(14, 16, 52, 57, 23, 40, 5, 37)                                                  \
    PILOT_THREEFRY_KEY(n)                                                                               \
    PILOT_THREEFRY_FOUR(25, 33, 46, 12, 58, 22, 32, 32)                                                 \
    PILOT_THREEFRY_KEY((n) + 1)

PILOT_INLINE void pilot_threefry(const pilot_threefry_key *key, uint64_t x0, uint64_t x1, uint64_t x2,
                                 uint64_t x3, uint64_t *w0, uint64_t *w1, uint64_t *w2, uint64_t *w3)
{
    PILOT_THREEFRY_KEY(0)
    PILOT_THREEFRY_EIGHT(1)
    PILOT_THREEFRY_EIGHT(3)
    PILOT_THREEFRY_FOUR(14, 16, 52, 57, 23, 40, 5, 37)
    PILOT_THREEFRY_KEY(5)
    *w0 = x0;
    *w1 = x1;
    *w2 = x2;
    *w3 = x3;
}

#endif
