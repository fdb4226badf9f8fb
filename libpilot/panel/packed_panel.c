/* A panel as bytes. */
#include "bins.h"
#include "packed.h"

#include <stdlib.h>
#include <string.h>

/* A panel is these words, its bins, the single rows and those apart. */
enum { MAGIC, FIRST_YEAR, FLAGS, MOST, BINS, SINGLE_ROWS, ROWS_APART, HEAD_WORDS };
#define MAGIC_WORD UINT64_C(0x314C454E41504C50) /* "PLPANEL1" */

enum {
    BY_YEAR = 1,
    KEEPS_SINGLE_ROWS = 2,
    BEGUN = 4,
    HAS_PASSED_FROM = 8,
    HAS_QUANTITY = 16, /* of the first basis; the next bits of the others */
    FLAGS_END = HAS_QUANTITY << PILOT_BASIS_COUNT,
};

enum { BIN_WORDS = sizeof(bin) / sizeof(uint64_t) };
_Static_assert(BIN_WORDS == 6 + PILOT_BASIS_COUNT, "a bin's words");

static size_t row_words(const pilot_panel *p)
{
    size_t count = 1;
    for (int b = 0; b < PILOT_BASIS_COUNT; b++)
        count += p->given[b];
    return count;
}

size_t pilot_panel_packed_size(const pilot_panel *panel)
{
    if (!panel)
        return 0;
    const size_t rows = panel->rows[0].count + panel->rows[1].count;
    return (HEAD_WORDS + panel->bin_count * BIN_WORDS + rows * row_words(panel) + 1) * sizeof(uint64_t);
}

static uint64_t two(uint32_t low, uint32_t high)
{
    return (uint64_t)high << 32 | low;
}

static size_t put_bin(uint8_t *bytes, size_t at, const bin *b)
{
    const bin_key *k = &b->key;
    const uint64_t made[BIN_WORDS] = {(uint64_t)k->group,
                                      k->passed,
                                      k->failed,
                                      two((uint32_t)k->first, (uint32_t)k->last),
                                      two((uint32_t)k->passed_from, (uint32_t)k->apart),
                                      (uint64_t)b->rows,
                                      (uint64_t)b->quantity[0],
                                      (uint64_t)b->quantity[1],
                                      (uint64_t)b->quantity[2]};
    for (size_t i = 0; i < BIN_WORDS; i++)
        pilot_put_word(bytes, at + i, made[i]);
    return at + BIN_WORDS;
}

static size_t put_rows(uint8_t *bytes, size_t at, const row_list *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        pilot_put_word(bytes, at++, two(rows->of[i], rows->times[i]));
        for (int b = 0; b < PILOT_BASIS_COUNT; b++)
            if (rows->quantity[b])
                pilot_put_word(bytes, at++, (uint64_t)rows->quantity[b][i]);
    }
    return at;
}

static uint64_t flags_of(const pilot_panel *p)
{
    unsigned flags = (p->kind.by_year ? BY_YEAR : 0) | (p->kind.single_rows ? KEEPS_SINGLE_ROWS : 0) |
                     (p->begun ? BEGUN : 0) | (p->passed_from_given ? HAS_PASSED_FROM : 0);
    for (int b = 0; b < PILOT_BASIS_COUNT; b++)
        flags |= p->given[b] ? (unsigned)HAS_QUANTITY << b : 0;
    return flags;
}

pilot_status pilot_panel_pack(const pilot_panel *panel, uint8_t *bytes, size_t capacity)
{
    if (!panel || !bytes)
        return PILOT_ERROR_ARGUMENT;
    if (capacity < pilot_panel_packed_size(panel))
        return PILOT_ERROR_CAPACITY;
    const uint64_t head[HEAD_WORDS] = {[MAGIC] = MAGIC_WORD,
                                       [FIRST_YEAR] = (uint64_t)panel->kind.first_year,
                                       [FLAGS] = flags_of(panel),
                                       [MOST] = (uint64_t)panel->most,
                                       [BINS] = panel->bin_count,
                                       [SINGLE_ROWS] = panel->rows[0].count,
                                       [ROWS_APART] = panel->rows[1].count};
    size_t at = 0;
    for (; at < HEAD_WORDS; at++)
        pilot_put_word(bytes, at, head[at]);
    for (size_t i = 0; i < panel->bin_count; i++)
        at = put_bin(bytes, at, &panel->bins[i]);
    for (int apart = 0; apart < 2; apart++)
        at = put_rows(bytes, at, &panel->rows[apart]);
    pilot_put_sum(bytes, at);
    return PILOT_OK;
}

static bin bin_at(const uint8_t *bytes, size_t at)
{
    uint64_t w[BIN_WORDS];
    for (size_t i = 0; i < BIN_WORDS; i++)
        w[i] = pilot_word_at(bytes, at + i);
    return (bin){.key = {.group = (int64_t)w[0],
                         .passed = w[1],
                         .failed = w[2],
                         .first = (int32_t)(uint32_t)w[3],
                         .last = (int32_t)(uint32_t)(w[3] >> 32),
                         .passed_from = (int32_t)(uint32_t)w[4],
                         .apart = (int32_t)(uint32_t)(w[4] >> 32)},
                 .rows = (int64_t)w[5],
                 .quantity = {(int64_t)w[6], (int64_t)w[7], (int64_t)w[8]}};
}

/* Whether add or merge can have made it. */
static bool bin_is_good(const pilot_panel *p, const bin *b)
{
    const bin_key *k = &b->key;
    bool good = k->group >= -1 && (k->apart == 0 || k->apart == 1) && b->rows > 0;
    for (int i = 0; i < PILOT_BASIS_COUNT; i++) {
        const int64_t most = k->apart || !p->given[i] ? 0 : PILOT_BIN_SUM_MAX;
        good = good && b->quantity[i] >= 0 && b->quantity[i] <= most;
    }
    return good &&
           (k->apart || (k->group >= 0 && pilot_month_valid(k->first) && pilot_month_valid(k->last) &&
                         k->first <= k->last && !(k->passed & k->failed)));
}

static pilot_status read_bins(pilot_panel *p, const uint8_t *bytes, size_t at, size_t count)
{
    pilot_status status = PILOT_OK;
    for (size_t i = 0; status == PILOT_OK && i < count; i++, at += BIN_WORDS) {
        const bin b = bin_at(bytes, at);
        size_t found;
        status =
            bin_is_good(p, &b) ? pilot_panel_bin(p, &b.key, b.quantity, &found) : PILOT_ERROR_FORMAT;
        /* One of the same key comes again where the sums of the one before have no room. */
        if (status == PILOT_OK && found != i)
            status = PILOT_ERROR_FORMAT;
        if (status == PILOT_OK)
            p->bins[i] = b;
    }
    return status;
}

static pilot_status read_rows(pilot_panel *p, const uint8_t *bytes, size_t at, size_t count, int apart)
{
    pilot_status status = PILOT_OK;
    for (size_t i = 0; status == PILOT_OK && i < count; i++) {
        const uint64_t first = pilot_word_at(bytes, at++);
        int64_t quantity[PILOT_BASIS_COUNT] = {0};
        const size_t of = (size_t)(uint32_t)first;
        bool good = of < p->bin_count && p->bins[of].key.apart == apart && first >> 32;
        for (int b = 0; b < PILOT_BASIS_COUNT; b++) {
            quantity[b] = p->given[b] ? (int64_t)pilot_word_at(bytes, at++) : 0;
            good = good && (apart || (quantity[b] >= 0 && quantity[b] <= PILOT_BIN_ROW_MAX));
        }
        status = good ? pilot_panel_row(p, of, quantity, (uint32_t)(first >> 32)) : PILOT_ERROR_FORMAT;
    }
    return status;
}

/* Whether the head tells of as many words as there are, and of nothing that is not. */
static bool head_is_good(const uint8_t *bytes, size_t words_before, const pilot_panel *p)
{
    const uint64_t bins = pilot_word_at(bytes, BINS), single = pilot_word_at(bytes, SINGLE_ROWS),
                   apart = pilot_word_at(bytes, ROWS_APART), most = pilot_word_at(bytes, MOST);
    const bool few = bins <= words_before && single <= words_before && apart <= words_before;
    return few && most <= PILOT_BIN_ROW_MAX && (p->kind.single_rows || !single) && (p->begun || !bins) &&
           words_before == HEAD_WORDS + bins * BIN_WORDS + (single + apart) * row_words(p);
}

pilot_status pilot_panel_unpack(const uint8_t *bytes, size_t length, pilot_panel **panel)
{
    if (!bytes || !panel)
        return PILOT_ERROR_ARGUMENT;
    if (length <= HEAD_WORDS * sizeof(uint64_t) || !pilot_sum_holds(bytes, length) ||
        pilot_word_at(bytes, MAGIC) != MAGIC_WORD || pilot_word_at(bytes, FLAGS) >= FLAGS_END ||
        pilot_word_at(bytes, FIRST_YEAR) < PILOT_YEAR_MIN ||
        pilot_word_at(bytes, FIRST_YEAR) > PILOT_YEAR_MAX)
        return PILOT_ERROR_FORMAT;
    const size_t words_before = length / sizeof(uint64_t) - 1;
    const uint64_t flags = pilot_word_at(bytes, FLAGS);
    const pilot_panel_kind kind = {(int32_t)pilot_word_at(bytes, FIRST_YEAR), (flags & BY_YEAR) != 0,
                                   (flags & KEEPS_SINGLE_ROWS) != 0};
    pilot_panel *made;
    pilot_status status = pilot_panel_new(&kind, &made);
    if (status != PILOT_OK)
        return status;
    made->begun = (flags & BEGUN) != 0;
    made->passed_from_given = (flags & HAS_PASSED_FROM) != 0;
    for (int b = 0; b < PILOT_BASIS_COUNT; b++)
        made->given[b] = (flags >> b & HAS_QUANTITY) != 0;
    status = head_is_good(bytes, words_before, made) ? PILOT_OK : PILOT_ERROR_FORMAT;
    if (status == PILOT_OK) {
        const size_t bins = (size_t)pilot_word_at(bytes, BINS), rows = HEAD_WORDS + bins * BIN_WORDS,
                     single = (size_t)pilot_word_at(bytes, SINGLE_ROWS);
        made->most = (int64_t)pilot_word_at(bytes, MOST);
        status = read_bins(made, bytes, HEAD_WORDS, bins);
        if (status == PILOT_OK)
            status = read_rows(made, bytes, rows, single, 0);
        if (status == PILOT_OK)
            status = read_rows(made, bytes, rows + single * row_words(made),
                               (size_t)pilot_word_at(bytes, ROWS_APART), 1);
    }
    if (status != PILOT_OK) {
        pilot_panel_free(made);
        return status;
    }
    *panel = made;
    return PILOT_OK;
}
