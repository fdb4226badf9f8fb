/* Rows that are read once: bins of those that are alike, and the different rows themselves. */
#include "bins.h"

#include "base/base_internal.h"

#include <stdlib.h>
#include <string.h>

/* Rows that may wait until they are looked through for equal ones. */
#define ROWS_WAITING ((size_t)1 << 24)

pilot_status pilot_panel_new(const pilot_panel_kind *kind, pilot_panel **panel)
{
    if (!kind || !panel || !pilot_is_bool(&kind->by_year) || !pilot_is_bool(&kind->single_rows))
        return PILOT_ERROR_ARGUMENT;
    if (kind->first_year < PILOT_YEAR_MIN || kind->first_year > PILOT_YEAR_MAX)
        return PILOT_ERROR_RANGE;
    pilot_panel *made = calloc(1, sizeof *made);
    if (!made)
        return PILOT_ERROR_MEMORY;
    made->kind = *kind;
    *panel = made;
    return PILOT_OK;
}

static void free_rows(row_list *rows)
{
    free(rows->of);
    free(rows->times);
    free(rows->start);
    for (int b = 0; b < PILOT_BASIS_COUNT; b++)
        free(rows->quantity[b]);
    *rows = (row_list){.count = 0};
}

void pilot_panel_free(pilot_panel *panel)
{
    if (!panel)
        return;
    free_rows(&panel->rows[0]);
    free_rows(&panel->rows[1]);
    pilot_arena_free(&panel->columns.memory);
    free(panel->bins);
    free(panel->index);
    free(panel);
}

/* Sums of products, of which the upper half is well mixed. */
static const uint64_t odd[] = {UINT64_C(0x9e3779b97f4a7c15), UINT64_C(0xc2b2ae3d27d4eb4f),
                               UINT64_C(0x165667b19e3779f9), UINT64_C(0xd6e8feb86659fd93),
                               UINT64_C(0xa0761d6478bd642f)};

static inline size_t hash_key(const bin_key *k)
{
    const uint64_t months = (uint64_t)(uint32_t)k->last << 16 ^ (uint32_t)k->first;
    const uint64_t rest = (uint64_t)(uint32_t)k->passed_from << 1 ^ (uint32_t)k->apart;
    return (size_t)(((uint64_t)k->group * odd[0] + k->passed * odd[1] + k->failed * odd[2] +
                     months * odd[3] + rest * odd[4]) >>
                    32);
}

static size_t hash_row(const int64_t quantity[PILOT_BASIS_COUNT])
{
    uint64_t hash = 0;
    for (int b = 0; b < PILOT_BASIS_COUNT; b++)
        hash += (uint64_t)quantity[b] * odd[b];
    return (size_t)(hash >> 32);
}

static inline bool same_key(const bin_key *a, const bin_key *b)
{
    return !((uint64_t)(a->group ^ b->group) | (a->passed ^ b->passed) | (a->failed ^ b->failed) |
             (uint32_t)(a->first ^ b->first) | (uint32_t)(a->last ^ b->last) |
             (uint32_t)(a->passed_from ^ b->passed_from) | (uint32_t)(a->apart ^ b->apart));
}

/* Where the key is in the index, or would be. */
static inline size_t index_slot(const pilot_panel *p, const bin_key *key)
{
    size_t slot = hash_key(key) & (p->index_size - 1);
    while (p->index[slot] && !same_key(&p->bins[p->index[slot] - 1].key, key))
        slot = (slot + 1) & (p->index_size - 1);
    return slot;
}

/* Room for a block's bins more, and an index that is at most half full. */
static pilot_status bin_room(pilot_panel *p)
{
    if (p->bin_count + PILOT_BLOCK <= p->bin_room)
        return PILOT_OK;
    const size_t room = p->bin_room ? 2 * p->bin_room : 1024;
    if (room > UINT32_MAX) /* GCOVR_EXCL_BR_LINE: at 2^31 bins, which no test has the memory for */
        return PILOT_ERROR_LIMIT; /* GCOVR_EXCL_LINE */
    uint32_t *index = calloc(2 * room, sizeof *index);
    bin *bins = index ? realloc(p->bins, room * sizeof *bins) : NULL;
    if (!bins) {
        free(index);
        return PILOT_ERROR_MEMORY;
    }
    free(p->index);
    p->bins = bins;
    p->bin_room = room;
    p->index = index;
    p->index_size = 2 * room;
    for (size_t i = 0; i < p->bin_count; i++)
        index[index_slot(p, &bins[i].key)] = (uint32_t)i + 1;
    return PILOT_OK;
}

static inline bool has_room(const bin *b, const int64_t *quantity)
{
    bool fits = true;
    for (int i = 0; i < PILOT_BASIS_COUNT; i++)
        fits &= b->quantity[i] <= PILOT_BIN_SUM_MAX - quantity[i];
    return fits;
}

/* As pilot_panel_bin, where there is room. */
static inline size_t find_bin(pilot_panel *p, const bin_key *key, const int64_t *quantity)
{
    uint32_t *slot = &p->index[index_slot(p, key)];
    if (!*slot || !has_room(&p->bins[*slot - 1], quantity)) {
        p->bins[p->bin_count++] = (bin){.key = *key};
        *slot = (uint32_t)p->bin_count;
    }
    return *slot - 1;
}

pilot_status pilot_panel_bin(pilot_panel *panel, const bin_key *key, const int64_t *quantity,
                             size_t *found)
{
    const pilot_status status = bin_room(panel);
    if (status == PILOT_OK)
        *found = find_bin(panel, key, quantity);
    return status;
}

/* Room for a block's rows more. */
static pilot_status row_room(const pilot_panel *p, row_list *r)
{
    if (r->count + PILOT_BLOCK <= r->room)
        return PILOT_OK;
    const size_t room = r->room > 2048 ? 2 * r->room : 4096; /* rows that are joined leave none */
    uint32_t *of = realloc(r->of, room * sizeof *of);
    r->of = of ? of : r->of;
    uint32_t *times = of ? realloc(r->times, room * sizeof *times) : NULL;
    r->times = times ? times : r->times;
    bool taken = times != NULL;
    for (int b = 0; taken && b < PILOT_BASIS_COUNT; b++) {
        int64_t *more = p->given[b] ? realloc(r->quantity[b], room * sizeof *more) : NULL;
        taken = more || !p->given[b];
        r->quantity[b] = more ? more : r->quantity[b];
    }
    r->room = taken ? room : r->room;
    return taken ? PILOT_OK : PILOT_ERROR_MEMORY;
}

static inline void put_row(row_list *r, size_t of, const int64_t *quantity, uint32_t times)
{
    r->of[r->count] = (uint32_t)of;
    r->times[r->count] = times;
    for (int b = 0; b < PILOT_BASIS_COUNT; b++)
        if (r->quantity[b])
            r->quantity[b][r->count] = quantity[b];
    r->count++;
}

pilot_status pilot_panel_row(pilot_panel *panel, size_t of, const int64_t *quantity, uint32_t times)
{
    row_list *r = &panel->rows[panel->bins[of].key.apart];
    const pilot_status status = row_room(panel, r);
    if (status == PILOT_OK)
        put_row(r, of, quantity, times);
    return status;
}

typedef struct adding {
    pilot_panel *to;
    const pilot_claim_columns *claims;
    pilot_column groups;
    bool masks;
} adding;

/* A block of rows, with what decides whether some policy can refuse them. */
typedef struct key_block {
    size_t n;
    const int64_t *quantity[PILOT_BASIS_COUNT], *groups;
    int32_t first[PILOT_BLOCK], last[PILOT_BLOCK], passed_from[PILOT_BLOCK];
    pilot_row_gate gate[PILOT_BLOCK];
    int64_t doubt[PILOT_BLOCK]; /* negative: it can */
    size_t bin[PILOT_BLOCK];
    int64_t room[PILOT_BASIS_COUNT + 1][PILOT_BLOCK];
} key_block;

/* Months that do not fit become none, which is not valid either. */
static void load_months(pilot_column column, size_t at, size_t n, int32_t *months)
{
    int64_t room[PILOT_BLOCK];
    const int64_t *wide = pilot_column_load(column, at, n, room);
    for (size_t i = 0; i < n; i++)
        months[i] = wide[i] == (int32_t)wide[i] ? (int32_t)wide[i] : INT32_MIN;
}

static void load_keys(const adding *a, size_t at, size_t n, key_block *b)
{
    const pilot_claim_columns *c = a->claims;
    const pilot_month least = (PILOT_YEAR_MIN - 1970) * 12, most = (PILOT_YEAR_MAX - 1970) * 12 + 11;
    b->n = n;
    load_months(c->first, at, n, b->first);
    load_months(c->last, at, n, b->last);
    load_months(c->passed_from, at, n, b->passed_from);
    b->groups = pilot_column_load(a->groups, at, n, b->room[PILOT_BASIS_COUNT]);
    for (size_t i = 0; i < n; i++) {
        b->gate[i] = a->masks ? pilot_row_gate_of(c, at + i) : (pilot_row_gate){UINT64_MAX, 0};
        b->doubt[i] = -(int64_t)((b->gate[i].passed & b->gate[i].failed) != 0);
    }
    for (size_t i = 0; i < n; i++) {
        const int64_t first = b->first[i], last = b->last[i];
        b->doubt[i] |= b->groups[i] | (first - least) | (most - last) | (last - first);
    }
    for (int basis = 0; basis < PILOT_BASIS_COUNT; basis++) {
        const int64_t *q = b->quantity[basis] =
            pilot_column_load(c->quantity[basis], at, n, b->room[basis]);
        for (size_t i = 0; i < n; i++)
            b->doubt[i] |= q[i] | (int64_t)((uint64_t)PILOT_BIN_ROW_MAX - (uint64_t)q[i]);
    }
}

/* The bins of a block's rows, apart from adding to them, so that one need not wait for the other. */
static void find_bins(pilot_panel *p, key_block *b)
{
    static const int64_t block[] = {PILOT_BLOCK * PILOT_BIN_ROW_MAX, PILOT_BLOCK * PILOT_BIN_ROW_MAX,
                                    PILOT_BLOCK * PILOT_BIN_ROW_MAX};
    for (size_t i = 0; i < b->n; i++) {
        const bin_key key = {b->groups[i] < 0 ? -1 : b->groups[i],
                             b->gate[i].passed,
                             b->gate[i].failed,
                             b->first[i],
                             b->last[i],
                             b->passed_from[i],
                             b->doubt[i] < 0};
        b->bin[i] = find_bin(p, &key, block);
    }
}

static pilot_status add_block(const adding *a, size_t at, size_t n, size_t *doubtful)
{
    pilot_panel *p = a->to;
    key_block b;
    pilot_status status = bin_room(p);
    for (int apart = 0; status == PILOT_OK && apart < 2; apart++)
        status = row_room(p, &p->rows[apart]);
    if (status != PILOT_OK)
        return status;
    load_keys(a, at, n, &b);
    find_bins(p, &b);
    for (int basis = 0; basis < PILOT_BASIS_COUNT; basis++)
        for (size_t i = 0; p->given[basis] && i < n; i++) {
            const int64_t added = b.quantity[basis][i] & ~(b.doubt[i] >> 63);
            p->bins[b.bin[i]].quantity[basis] += added;
            p->most = added > p->most ? added : p->most;
        }
    for (size_t i = 0; i < n; i++) {
        pilot_add_capped(&p->bins[b.bin[i]].rows, 1);
        *doubtful += b.doubt[i] < 0;
    }
    for (size_t i = 0; i < n; i++) {
        const int64_t quantity[] = {b.quantity[0][i], b.quantity[1][i], b.quantity[2][i]};
        if (b.doubt[i] < 0 || p->kind.single_rows)
            put_row(&p->rows[b.doubt[i] < 0], b.bin[i], quantity, 1);
    }
    return PILOT_OK;
}

/* Whether columns like these are those of the rows before, if there are any. */
static bool columns_agree(pilot_panel *p, const bool given[PILOT_BASIS_COUNT], bool passed_from)
{
    if (p->begun)
        return p->passed_from_given == passed_from && memcmp(p->given, given, sizeof p->given) == 0;
    p->begun = true;
    p->passed_from_given = passed_from;
    memcpy(p->given, given, sizeof p->given);
    return true;
}

static bool claims_agree(pilot_panel *p, const pilot_claim_columns *claims)
{
    bool given[PILOT_BASIS_COUNT];
    for (int b = 0; b < PILOT_BASIS_COUNT; b++)
        given[b] = claims->quantity[b].values != NULL;
    return columns_agree(p, given, claims->passed_from.values != NULL);
}

/* The rows of a list by bin, into another. */
static pilot_status by_bin(const pilot_panel *p, const row_list *from, row_list *to)
{
    const size_t count = from->count ? from->count : 1;
    to->of = malloc(count * sizeof *to->of);
    to->times = malloc(count * sizeof *to->times);
    to->start = calloc(p->bin_count + 2, sizeof *to->start);
    bool taken = to->of && to->times && to->start;
    for (int b = 0; taken && b < PILOT_BASIS_COUNT; b++) {
        to->quantity[b] = p->given[b] ? malloc(count * sizeof *to->quantity[b]) : NULL;
        taken = to->quantity[b] || !p->given[b];
    }
    if (!taken)
        return PILOT_ERROR_MEMORY;
    to->count = from->count;
    to->room = count;
    to->starts = p->bin_count;
    /* One place further on, as each start is moved to the end of its bin below. */
    size_t *next = to->start + 1;
    for (size_t i = 0; i < from->count; i++)
        next[from->of[i] + 1]++;
    for (size_t i = 0; i < p->bin_count; i++)
        next[i + 1] += next[i];
    for (size_t i = 0; i < from->count; i++) {
        const size_t place = next[from->of[i]]++;
        to->of[place] = from->of[i];
        to->times[place] = from->times[i];
        for (int b = 0; b < PILOT_BASIS_COUNT; b++)
            if (p->given[b])
                to->quantity[b][place] = from->quantity[b][i];
    }
    return PILOT_OK;
}

static void copy_row(row_list *rows, size_t to, size_t from)
{
    rows->of[to] = rows->of[from];
    rows->times[to] = rows->times[from];
    for (int b = 0; b < PILOT_BASIS_COUNT; b++)
        if (rows->quantity[b])
            rows->quantity[b][to] = rows->quantity[b][from];
}

static void row_quantities(const row_list *rows, size_t row, int64_t quantity[PILOT_BASIS_COUNT])
{
    for (int b = 0; b < PILOT_BASIS_COUNT; b++)
        quantity[b] = rows->quantity[b] ? rows->quantity[b][row] : 0;
}

/* Rows first..last - 1, of one bin, to the place to, each different one once. slots: room for a power of
 * two of numbers, at least twice as many as there are rows. Returns the place behind them. */
static size_t join_equal(row_list *rows, size_t first, size_t last, size_t to, uint32_t *slots)
{
    size_t size = 2;
    while (size < 2 * (last - first))
        size *= 2;
    memset(slots, 0, size * sizeof *slots);
    for (size_t i = first, start = to; i < last; i++) {
        int64_t own[PILOT_BASIS_COUNT], other[PILOT_BASIS_COUNT];
        row_quantities(rows, i, own);
        size_t slot = hash_row(own) & (size - 1);
        for (; slots[slot]; slot = (slot + 1) & (size - 1)) {
            row_quantities(rows, start + slots[slot] - 1, other);
            if (memcmp(own, other, sizeof own) == 0)
                break;
        }
        uint32_t *times = slots[slot] ? &rows->times[start + slots[slot] - 1] : NULL;
        if (times && *times <= UINT32_MAX - rows->times[i]) {
            *times += rows->times[i];
            continue;
        }
        copy_row(rows, to++, i);
        slots[slot] = (uint32_t)(to - start);
    }
    return to;
}

/* Puts the rows of a list by bin, each different one once. Errors: MEMORY, with the list as it was. */
static pilot_status join_rows(const pilot_panel *p, row_list *rows)
{
    row_list made = {.of = NULL};
    size_t most = 1, size = 2, to = 0;
    pilot_status status = by_bin(p, rows, &made);
    for (size_t i = 0; status == PILOT_OK && i < p->bin_count; i++)
        most = made.start[i + 1] - made.start[i] > most ? made.start[i + 1] - made.start[i] : most;
    while (size < 2 * most)
        size *= 2;
    uint32_t *slots = status == PILOT_OK ? malloc(size * sizeof *slots) : NULL;
    if (!slots) {
        free_rows(&made);
        return PILOT_ERROR_MEMORY;
    }
    for (size_t i = 0, first = 0; i < p->bin_count; i++) {
        const size_t last = made.start[i + 1];
        made.start[i] = to;
        to = join_equal(&made, first, last, to, slots);
        first = last;
    }
    made.start[p->bin_count] = to;
    made.count = made.joined = to;
    free(slots);
    free_rows(rows);
    *rows = made;
    return PILOT_OK;
}

/* Rows are looked through where more have come than are known to differ, so that none is looked at
 * often; a list at a time, the other the next time. */
static pilot_status join_some_rows(pilot_panel *p)
{
    for (int apart = 0; apart < 2; apart++)
        if (p->rows[apart].count > 2 * p->rows[apart].joined + ROWS_WAITING)
            return join_rows(p, &p->rows[apart]);
    return PILOT_OK;
}

static bool is_joined(const pilot_panel *p, const row_list *rows)
{
    return rows->start && rows->joined == rows->count && rows->starts == p->bin_count;
}

pilot_status pilot_panel_add(pilot_panel *panel, const pilot_claim_columns *claims, pilot_column groups,
                             size_t count, size_t *doubtful)
{
    if (!panel || pilot_claims_check(claims) != PILOT_OK || !pilot_column_valid(groups))
        return PILOT_ERROR_ARGUMENT;
    if (!claims_agree(panel, claims))
        return PILOT_ERROR_INCONSISTENT;
    const adding a = {panel, claims, groups, pilot_has_masks(claims)};
    pilot_status status = PILOT_OK;
    size_t apart = 0;
    panel->ordered = false;
    for (size_t at = 0; status == PILOT_OK && at < count; at += PILOT_BLOCK) {
        status = add_block(&a, at, count - at < PILOT_BLOCK ? count - at : PILOT_BLOCK, &apart);
        if (status == PILOT_OK)
            status = join_some_rows(panel);
    }
    if (status == PILOT_OK && doubtful)
        *doubtful = apart;
    return status;
}

/* Whether the panels are of one kind and have the same columns, if both have rows. */
static bool panels_agree(pilot_panel *to, const pilot_panel *from)
{
    return to->kind.first_year == from->kind.first_year && to->kind.by_year == from->kind.by_year &&
           to->kind.single_rows == from->kind.single_rows &&
           (!from->begun || columns_agree(to, from->given, from->passed_from_given));
}

static pilot_status merge_bin(pilot_panel *to, const bin *from, const int64_t *groups, uint32_t *place)
{
    bin_key key = from->key;
    size_t at;
    if (groups && key.group >= 0)
        key.group = groups[key.group];
    pilot_status status = pilot_panel_bin(to, &key, from->quantity, &at);
    if (status != PILOT_OK)
        return status;
    pilot_add_capped(&to->bins[at].rows, from->rows);
    for (int i = 0; i < PILOT_BASIS_COUNT; i++)
        to->bins[at].quantity[i] += from->quantity[i];
    *place = (uint32_t)at;
    return PILOT_OK;
}

static pilot_status merge_rows(pilot_panel *to, const row_list *from, const uint32_t *places)
{
    pilot_status status = PILOT_OK;
    for (size_t i = 0; status == PILOT_OK && i < from->count; i++) {
        int64_t quantity[PILOT_BASIS_COUNT];
        row_quantities(from, i, quantity);
        status = pilot_panel_row(to, places[from->of[i]], quantity, from->times[i]);
    }
    return status;
}

pilot_status pilot_panel_merge(pilot_panel *panel, const pilot_panel *other, const int64_t *groups,
                               size_t group_count)
{
    if (!panel || !other || panel == other)
        return PILOT_ERROR_ARGUMENT;
    for (size_t i = 0; groups && i < other->bin_count; i++) {
        const int64_t group = other->bins[i].key.group;
        if (group >= 0 && ((uint64_t)group >= group_count || groups[group] < 0))
            return PILOT_ERROR_NOT_FOUND;
    }
    if (!panels_agree(panel, other))
        return PILOT_ERROR_INCONSISTENT;
    uint32_t *places = malloc((other->bin_count + 1) * sizeof *places);
    pilot_status status = places ? PILOT_OK : PILOT_ERROR_MEMORY;
    panel->ordered = false;
    panel->most = other->most > panel->most ? other->most : panel->most;
    for (size_t i = 0; status == PILOT_OK && i < other->bin_count; i++)
        status = merge_bin(panel, &other->bins[i], groups, &places[i]);
    for (int apart = 0; status == PILOT_OK && apart < 2; apart++)
        status = merge_rows(panel, &other->rows[apart], places);
    free(places);
    return status == PILOT_OK ? join_some_rows(panel) : status;
}

static int order_of(uint64_t a, uint64_t b)
{
    return a < b ? -1 : a > b;
}

static int by_group_and_results(const void *a, const void *b)
{
    const bin_key *x = &(*(const bin *const *)a)->key, *y = &(*(const bin *const *)b)->key;
    const int orders[] = {order_of((uint64_t)x->group, (uint64_t)y->group),
                          order_of(x->passed, y->passed), order_of(x->failed, y->failed),
                          order_of((uintptr_t)x, (uintptr_t)y)};
    size_t i = 0;
    while (i < 3 && !orders[i])
        i++;
    return orders[i];
}

static bool take_columns(bin_columns *c, size_t count)
{
    arena *a = &c->memory;
    c->group = pilot_arena_take(a, count, sizeof *c->group);
    c->rows = pilot_arena_take(a, count, sizeof *c->rows);
    c->passed = pilot_arena_take(a, count, sizeof *c->passed);
    c->failed = pilot_arena_take(a, count, sizeof *c->failed);
    c->first = pilot_arena_take(a, count, sizeof *c->first);
    c->last = pilot_arena_take(a, count, sizeof *c->last);
    bool taken = c->group && c->rows && c->passed && c->failed && c->first && c->last;
    for (int b = 0; b < PILOT_BASIS_COUNT; b++) {
        c->quantity[b] = pilot_arena_take(a, count, sizeof *c->quantity[b]);
        taken = taken && c->quantity[b];
    }
    return taken;
}

static void put_bin(bin_columns *c, size_t at, const bin *b)
{
    c->group[at] = b->key.group;
    c->rows[at] = b->rows;
    c->passed[at] = b->key.passed;
    c->failed[at] = b->key.failed;
    c->first[at] = b->key.first;
    c->last[at] = b->key.last;
    for (int i = 0; i < PILOT_BASIS_COUNT; i++)
        c->quantity[i][at] = b->quantity[i];
}

static int64_t add_units(int64_t units, int64_t more)
{
    return more < PILOT_BIN_UNITS_MAX - units ? units + more : PILOT_BIN_UNITS_MAX;
}

static pilot_status order_bins(pilot_panel *p)
{
    const bin **ordered = malloc((p->bin_count + 1) * sizeof *ordered);
    bin_columns made = {.count = 0};
    int64_t units[PILOT_BASIS_COUNT] = {0}, rows = 0;
    for (size_t i = 0; ordered && i < p->bin_count; i++)
        if (!p->bins[i].key.apart)
            ordered[made.count++] = &p->bins[i];
    if (!ordered || !take_columns(&made, made.count)) {
        free(ordered);
        pilot_arena_free(&made.memory);
        return PILOT_ERROR_MEMORY;
    }
    qsort(ordered, made.count, sizeof *ordered, by_group_and_results);
    for (size_t i = 0; i < made.count; i++) {
        put_bin(&made, i, ordered[i]);
        rows = add_units(rows, ordered[i]->rows);
        for (int b = 0; b < PILOT_BASIS_COUNT; b++)
            units[b] = add_units(units[b], ordered[i]->quantity[b]);
    }
    made.units = rows;
    for (int b = 0; b < PILOT_BASIS_COUNT; b++)
        made.units = units[b] > made.units ? units[b] : made.units;
    free(ordered);
    pilot_arena_free(&p->columns.memory);
    p->columns = made;
    p->ordered = true;
    return PILOT_OK;
}

pilot_status pilot_panel_order(pilot_panel *panel, bool rows)
{
    if (!panel)
        return PILOT_ERROR_ARGUMENT;
    pilot_status status = PILOT_OK;
    for (int apart = rows ? 0 : 1; status == PILOT_OK && apart < 2; apart++)
        if (!is_joined(panel, &panel->rows[apart]))
            status = join_rows(panel, &panel->rows[apart]);
    return status == PILOT_OK && !panel->ordered ? order_bins(panel) : status;
}

pilot_status pilot_panel_measure(const pilot_panel *panel, pilot_panel_size *size)
{
    if (!panel || !size)
        return PILOT_ERROR_ARGUMENT;
    size_t columns = 0, room = 0;
    *size = (pilot_panel_size){.bins = panel->bin_count};
    for (size_t i = 0; i < panel->bin_count; i++)
        pilot_add_capped(&size->rows, panel->bins[i].rows);
    for (int b = 0; b < PILOT_BASIS_COUNT; b++)
        columns += panel->given[b];
    for (int apart = 0; apart < 2; apart++) {
        size->single_rows += panel->rows[apart].count;
        room += panel->rows[apart].room;
    }
    size->bytes = sizeof *panel + (panel->bin_room + panel->columns.count) * sizeof(bin) +
                  panel->index_size * sizeof *panel->index +
                  room * (2 * sizeof(uint32_t) + columns * sizeof(int64_t));
    return PILOT_OK;
}
