/* Rows that are read once: bins of those that are alike, and the different rows themselves. */
#include "bins.h"

#include "base/base_internal.h"

#include <stdlib.h>
#include <string.h>

/* Rows that may wait until they are looked through for equal ones. */
#define ROWS_WAITING ((size_t)1 << 22)

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

/* A sum of products, of which the upper half is well mixed. */
static uint64_t hash_words(const void *from, size_t count)
{
    static const uint64_t odd[] = {UINT64_C(0x9e3779b97f4a7c15), UINT64_C(0xc2b2ae3d27d4eb4f),
                                   UINT64_C(0x165667b19e3779f9), UINT64_C(0xd6e8feb86659fd93),
                                   UINT64_C(0xa0761d6478bd642f)};
    const char *at = from;
    uint64_t hash = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t word;
        memcpy(&word, at + i * sizeof word, sizeof word);
        hash += (word ^ word >> 29) * odd[i];
    }
    return hash >> 32;
}

/* Where the key is in the index, or would be. */
static size_t index_slot(const pilot_panel *p, const bin_key *key)
{
    size_t slot = (size_t)hash_words(key, sizeof *key / sizeof(uint64_t)) & (p->index_size - 1);
    while (p->index[slot] && memcmp(&p->bins[p->index[slot] - 1].key, key, sizeof *key) != 0)
        slot = (slot + 1) & (p->index_size - 1);
    return slot;
}

/* Room for a bin more, and an index that is at most half full. */
static pilot_status bin_room(pilot_panel *p)
{
    if (p->bin_count < p->bin_room)
        return PILOT_OK;
    const size_t room = p->bin_room ? 2 * p->bin_room : 1024;
    if (room > UINT32_MAX)
        return PILOT_ERROR_LIMIT;
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

static bool has_room(const bin *b, const int64_t *quantity)
{
    bool fits = true;
    for (int i = 0; !b->key.apart && i < PILOT_BASIS_COUNT; i++)
        fits = fits && b->quantity[i] <= PILOT_BIN_SUM_MAX - quantity[i];
    return fits;
}

pilot_status pilot_panel_bin(pilot_panel *panel, const bin_key *key, const int64_t *quantity,
                             size_t *found)
{
    pilot_status status = bin_room(panel);
    if (status != PILOT_OK)
        return status;
    uint32_t *slot = &panel->index[index_slot(panel, key)];
    if (!*slot || !has_room(&panel->bins[*slot - 1], quantity)) {
        panel->bins[panel->bin_count++] = (bin){.key = *key};
        *slot = (uint32_t)panel->bin_count;
    }
    *found = *slot - 1;
    return PILOT_OK;
}

static pilot_status row_room(const pilot_panel *p, row_list *r)
{
    if (r->count < r->room)
        return PILOT_OK;
    const size_t room = r->room ? 2 * r->room : 4096;
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

pilot_status pilot_panel_row(pilot_panel *panel, size_t of, const int64_t *quantity, uint32_t times)
{
    row_list *r = &panel->rows[panel->bins[of].key.apart];
    pilot_status status = row_room(panel, r);
    if (status != PILOT_OK)
        return status;
    r->of[r->count] = (uint32_t)of;
    r->times[r->count] = times;
    for (int b = 0; b < PILOT_BASIS_COUNT; b++)
        if (panel->given[b])
            r->quantity[b][r->count] = quantity[b];
    r->count++;
    return PILOT_OK;
}

static pilot_month month_kept(int64_t month)
{
    return month == (pilot_month)month ? (pilot_month)month : INT32_MIN;
}

/* Whether no policy refuses the row for what it is, however it counts months. */
static bool adds_up(const pilot_panel *p, const bin_key *key, const int64_t *quantity)
{
    bool good = key->group >= 0 && pilot_month_valid(key->first) && pilot_month_valid(key->last) &&
                key->first <= key->last && !(key->passed & key->failed);
    for (int b = 0; b < PILOT_BASIS_COUNT; b++)
        good = good && (!p->given[b] || (quantity[b] >= 0 && quantity[b] <= PILOT_BIN_ROW_MAX));
    return good;
}

static pilot_status add_row(pilot_panel *p, bin_key *key, const int64_t *quantity)
{
    size_t at;
    key->apart = !adds_up(p, key, quantity);
    pilot_status status = pilot_panel_bin(p, key, quantity, &at);
    if (status != PILOT_OK)
        return status;
    bin *b = &p->bins[at];
    b->rows++;
    for (int i = 0; !key->apart && i < PILOT_BASIS_COUNT; i++) {
        b->quantity[i] += quantity[i];
        p->most = quantity[i] > p->most ? quantity[i] : p->most;
    }
    return pilot_panel_keeps(p, key) ? pilot_panel_row(p, at, quantity, 1) : PILOT_OK;
}

typedef struct adding {
    pilot_panel *to;
    const pilot_claim_columns *claims;
    pilot_column groups;
    bool masks;
} adding;

static pilot_status add_block(const adding *a, size_t at, size_t n, size_t *doubtful)
{
    int64_t room[PILOT_BASIS_COUNT + 4][PILOT_BLOCK];
    const pilot_claim_columns *c = a->claims;
    const int64_t *quantities[PILOT_BASIS_COUNT];
    for (int b = 0; b < PILOT_BASIS_COUNT; b++)
        quantities[b] = pilot_column_load(c->quantity[b], at, n, room[b]);
    int64_t(*rest)[PILOT_BLOCK] = room + PILOT_BASIS_COUNT;
    const int64_t *firsts = pilot_column_load(c->first, at, n, rest[0]);
    const int64_t *lasts = pilot_column_load(c->last, at, n, rest[1]);
    const int64_t *from = pilot_column_load(c->passed_from, at, n, rest[2]);
    const int64_t *groups = pilot_column_load(a->groups, at, n, rest[3]);
    pilot_row_gate gate = {UINT64_MAX, 0};
    for (size_t i = 0; i < n; i++) {
        const int64_t quantity[] = {quantities[0][i], quantities[1][i], quantities[2][i]};
        if (a->masks)
            gate = pilot_row_gate_of(c, at + i);
        bin_key key = {.group = groups[i] < 0 ? -1 : groups[i],
                       .passed = gate.passed,
                       .failed = gate.failed,
                       .first = month_kept(firsts[i]),
                       .last = month_kept(lasts[i]),
                       .passed_from = month_kept(from[i])};
        const pilot_status status = add_row(a->to, &key, quantity);
        if (status != PILOT_OK)
            return status;
        *doubtful += (size_t)key.apart;
    }
    return PILOT_OK;
}

/* Whether the columns are those of the rows before. */
static bool columns_agree(pilot_panel *p, const pilot_claim_columns *claims)
{
    bool agree = !p->begun || p->passed_from_given == (claims->passed_from.values != NULL);
    for (int b = 0; b < PILOT_BASIS_COUNT; b++)
        agree = agree && (!p->begun || p->given[b] == (claims->quantity[b].values != NULL));
    if (!agree || p->begun)
        return agree;
    p->begun = true;
    p->passed_from_given = claims->passed_from.values != NULL;
    for (int b = 0; b < PILOT_BASIS_COUNT; b++)
        p->given[b] = claims->quantity[b].values != NULL;
    return true;
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
        size_t slot = (size_t)hash_words(own, PILOT_BASIS_COUNT) & (size - 1);
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
    row_list made = {.count = 0};
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

/* Rows are looked through where as many have come as are known to differ, so that none is looked at
 * often. */
static pilot_status join_some_rows(pilot_panel *p)
{
    pilot_status status = PILOT_OK;
    for (int apart = 0; status == PILOT_OK && apart < 2; apart++) {
        row_list *rows = &p->rows[apart];
        const size_t waiting = rows->count - rows->joined;
        if (waiting > ROWS_WAITING && waiting > rows->joined)
            status = join_rows(p, rows);
    }
    return status;
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
    if (!columns_agree(panel, claims))
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

/* Whether the panels are of one kind and have the same columns; those of one without rows are the
 * other's. */
static bool panels_agree(pilot_panel *to, const pilot_panel *from)
{
    bool agree = to->kind.first_year == from->kind.first_year &&
                 to->kind.by_year == from->kind.by_year &&
                 to->kind.single_rows == from->kind.single_rows;
    if (!agree || !from->begun)
        return agree;
    agree = !to->begun || to->passed_from_given == from->passed_from_given;
    for (int b = 0; b < PILOT_BASIS_COUNT; b++)
        agree = agree && (!to->begun || to->given[b] == from->given[b]);
    if (agree) {
        to->begun = true;
        to->passed_from_given = from->passed_from_given;
        memcpy(to->given, from->given, sizeof to->given);
    }
    return agree;
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
    to->bins[at].rows += from->rows;
    for (int i = 0; !key.apart && i < PILOT_BASIS_COUNT; i++)
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
        if (group >= 0 && ((size_t)group >= group_count || groups[group] < 0))
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

typedef struct bin_place {
    int64_t group;
    uint32_t bin;
} bin_place;

static int by_group(const void *a, const void *b)
{
    const bin_place *x = a, *y = b;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    return x->bin < y->bin ? -1 : x->bin > y->bin;
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

static pilot_status order_bins(pilot_panel *p)
{
    bin_place *places = malloc((p->bin_count + 1) * sizeof *places);
    bin_columns made = {.count = 0};
    for (size_t i = 0; places && i < p->bin_count; i++)
        if (!p->bins[i].key.apart)
            places[made.count++] = (bin_place){p->bins[i].key.group, (uint32_t)i};
    if (!places || !take_columns(&made, made.count)) {
        free(places);
        pilot_arena_free(&made.memory);
        return PILOT_ERROR_MEMORY;
    }
    qsort(places, made.count, sizeof *places, by_group);
    for (size_t i = 0; i < made.count; i++)
        put_bin(&made, i, &p->bins[places[i].bin]);
    free(places);
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
        size->rows += panel->bins[i].rows;
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
