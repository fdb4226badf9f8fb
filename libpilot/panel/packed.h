/* Words of 8 bytes, the least byte first, with a check sum behind them. */
#ifndef PILOT_PANEL_PACKED_H
#define PILOT_PANEL_PACKED_H

#include "base/base_internal.h"

static inline void pilot_put_word(uint8_t *bytes, size_t index, uint64_t word)
{
    for (size_t i = 0; i < sizeof word; i++)
        bytes[index * sizeof word + i] = (uint8_t)(word >> 8 * i);
}

static inline uint64_t pilot_word_at(const uint8_t *bytes, size_t index)
{
    uint64_t word = 0;
    for (size_t i = 0; i < sizeof word; i++)
        word |= (uint64_t)bytes[index * sizeof word + i] << 8 * i;
    return word;
}

/* Behind so many words. */
static inline void pilot_put_sum(uint8_t *bytes, size_t words_before)
{
    pilot_put_word(bytes, words_before,
                   pilot_hash(PILOT_HASH_START, bytes, words_before * sizeof(uint64_t)));
}

/* Whether the bytes, of a word and more, are whole words that end with their check sum. */
static inline bool pilot_sum_holds(const uint8_t *bytes, size_t length)
{
    return length % sizeof(uint64_t) == 0 &&
           pilot_word_at(bytes, length / sizeof(uint64_t) - 1) ==
               pilot_hash(PILOT_HASH_START, bytes, length - sizeof(uint64_t));
}

#endif
