/* Blocks of rows. The loops here have no branches and no calls, so that a compiler can take several rows
 * at once; each is compiled for any machine and for those with wider registers. */
#include "panel_internal.h"

enum {
    MONTH_MIN = (PILOT_YEAR_MIN - 1970) * 12,
    MONTH_MAX = (PILOT_YEAR_MAX - 1970) * 12 + 11,
};

/* A column of months, in place where it is int32_t already, else in room. *lost: not 0 where a value is
 * cut. */
PILOT_INLINE const int32_t *narrow_months(pilot_column column, size_t at, size_t n, int32_t *room,
                                          uint64_t *lost)
{
    int64_t wide[PILOT_BLOCK];
    uint64_t cut = 0;
    if (column.element == PILOT_INT32 && !column.constant)
        return (const int32_t *)column.values + at;
    if (column.element == PILOT_INT16 && !column.constant) {
        const int16_t *narrow = (const int16_t *)column.values + at;
        for (size_t i = 0; i < n; i++)
            room[i] = narrow[i];
        return room;
    }
    const int64_t *values = pilot_column_load(column, at, n, wide);
    for (size_t i = 0; i < n; i++) {
        room[i] = (int32_t)(uint32_t)(uint64_t)values[i];
        cut |= (uint64_t)values[i] ^ (uint64_t)(int64_t)room[i];
    }
    *lost |= cut;
    return room;
}

/* Both months of the rows. Returns whether one is none, or some last comes before its first: a
 * difference is negative then, and where one of them wraps, so is another. */
PILOT_INLINE bool load_periods(const pilot_claim_columns *claims, pilot_block *restrict b)
{
    int32_t rooms[2][PILOT_BLOCK];
    uint64_t lost = 0;
    const int32_t *firsts = narrow_months(claims->first, b->at, b->n, rooms[0], &lost);
    const int32_t *lasts = narrow_months(claims->last, b->at, b->n, rooms[1], &lost);
    uint32_t bad = 0;
    for (size_t i = 0; i < b->n; i++) {
        uint32_t first = (uint32_t)firsts[i], last = (uint32_t)lasts[i];
        bad |= (first - (uint32_t)MONTH_MIN) | ((uint32_t)MONTH_MAX - first) |
               (last - (uint32_t)MONTH_MIN) | ((uint32_t)MONTH_MAX - last) | (last - first);
        b->first[i] = firsts[i];
        b->last[i] = lasts[i];
    }
    return lost || bad >> 31;
}

/* The block's quantities. Returns a number that is negative where one is, or is above the limit or
 * missing. */
PILOT_INLINE int64_t load_quantities(const pilot_plan *plan, const pilot_claim_columns *claims,
                                     pilot_block *b)
{
    uint64_t bad = 0;
    for (int basis = 0; basis < PILOT_BASIS_COUNT; basis++) {
        if (!plan->bases[basis])
            continue;
        const int64_t *values = pilot_column_load(claims->quantity[basis], b->at, b->n, b->room[basis]);
        b->quantity[basis] = values;
        bad |= claims->quantity[basis].values ? 0 : UINT64_MAX;
        for (size_t i = 0; i < b->n; i++)
            bad |= (uint64_t)values[i] | ((uint64_t)plan->limit - (uint64_t)values[i]);
    }
    return (int64_t)bad;
}

/* 4.4.1-2, reading A-5: the years that are paid. Returns the years in both masks of some row. */
PILOT_INLINE uint64_t load_gate(const pilot_plan *plan, const pilot_claim_columns *claims,
                                pilot_block *b)
{
    int64_t room[2][PILOT_BLOCK];
    const int64_t *passed = pilot_column_load(claims->passed, b->at, b->n, room[0]);
    const int64_t *failed = pilot_column_load(claims->failed, b->at, b->n, room[1]);
    uint64_t pass_bits = pilot_mask_bits(claims->passed.element);
    uint64_t fail_bits = pilot_mask_bits(claims->failed.element);
    uint64_t others_pass = claims->passed.values ? 0 : UINT64_MAX;
    uint64_t once = plan->once ? UINT64_MAX : 0;
    uint64_t of_policy = plan->years < 64 ? (UINT64_C(1) << plan->years) - 1 : UINT64_MAX;
    uint64_t both = 0, open = UINT64_MAX;
    for (size_t i = 0; i < b->n; i++) {
        uint64_t fail = (uint64_t)failed[i] & fail_bits;
        uint64_t pass = ((uint64_t)passed[i] & pass_bits) | (others_pass & ~fail);
        uint64_t any_pass = pass ? once : 0, any_fail = fail ? once : 0;
        both |= pass & fail;
        b->paid[i] = (pass | any_pass) & ~fail;
        b->failing[i] = fail | (any_fail & ~any_pass);
        open &= b->paid[i];
    }
    b->all_paid = (open & of_policy) == of_policy;
    return both;
}

static bool month_fits(int64_t month)
{
    return month == (pilot_month)month && pilot_month_valid((pilot_month)month);
}

static bool row_is_safe(const pilot_plan *plan, const pilot_claim_columns *claims, size_t row)
{
    int64_t first = pilot_column_value(claims->first, row), last = pilot_column_value(claims->last, row);
    bool safe = month_fits(first) && month_fits(last) && first <= last;
    for (int basis = 0; safe && basis < PILOT_BASIS_COUNT; basis++) {
        if (!plan->bases[basis])
            continue;
        const pilot_column *column = &claims->quantity[basis];
        int64_t quantity = column->values ? pilot_column_value(*column, row) : -1;
        safe = quantity >= 0 && quantity <= plan->limit;
    }
    pilot_row_gate gate = pilot_row_gate_of(claims, row);
    return safe && !(gate.passed & gate.failed);
}

/* Lists the rows that the block cannot be trusted with; count_months needs a month for each. */
static void set_aside(const pilot_plan *plan, const pilot_claim_columns *claims, pilot_block *b)
{
    for (size_t i = 0; i < b->n; i++) {
        if (row_is_safe(plan, claims, b->at + i))
            continue;
        b->care[b->care_count++] = (uint8_t)i;
        b->first[i] = b->last[i] = plan->origin;
    }
}

PILOT_INLINE int32_t within(int32_t value, int32_t most)
{
    value = value < 0 ? 0 : value;
    return value > most ? most : value;
}

PILOT_INLINE void count_months(const pilot_plan *plan, pilot_block *b, const bool outside)
{
    pilot_counting counting = plan->counting;
    int32_t origin = plan->origin, months = plan->months;
    int32_t from = plan->rate_first, to = plan->rate_last;
    for (size_t i = 0; i < b->n; i++) {
        int32_t first = pilot_counted_first(counting, b->first[i]) - origin;
        int32_t last = pilot_counted_last(counting, b->last[i]) - origin + 1;
        last = last < first ? first : last;
        if (outside)
            b->outside[i] = (last > first) & ((first < from) | (last > to));
        b->first[i] = within(first, months);
        b->last[i] = within(last, months);
    }
}

/* The quantities in place. Returns whether one is negative or above the limit. */
PILOT_INLINE bool load_narrow(const pilot_narrow *narrow, const pilot_claim_columns *claims,
                              pilot_block *restrict b)
{
    const int32_t *values = (const int32_t *)claims->quantity[narrow->basis].values + b->at;
    uint32_t bad = 0, limit = (uint32_t)narrow->limit;
    for (size_t i = 0; i < b->n; i++)
        bad |= (uint32_t)values[i] | (limit - (uint32_t)values[i]);
    b->narrow = bad >> 31 ? NULL : values;
    return bad >> 31;
}

PILOT_INLINE void load(const pilot_plan *plan, const pilot_claim_columns *claims,
                       const pilot_narrow *narrow, pilot_block *restrict b)
{
    b->all_paid = true;
    bool bad = load_periods(claims, b);
    if (!narrow || load_narrow(narrow, claims, b))
        bad |= load_quantities(plan, claims, b) < 0;
    bool both = pilot_has_masks(claims) && load_gate(plan, claims, b);
    if (bad || both || plan->limit < 0)
        set_aside(plan, claims, b);
    if (b->asks_outside)
        count_months(plan, b, true);
    else
        count_months(plan, b, false);
    for (size_t i = 0; i < b->care_count; i++)
        b->first[b->care[i]] = b->last[b->care[i]] = 0;
}

PILOT_INLINE void split(const pilot_plan *plan, const int64_t *total, int64_t *city, int64_t *district,
                        size_t n)
{
    int64_t *part = plan->part_is_district ? district : city;
    int64_t *rest = plan->part_is_district ? city : district;
    uint64_t numerator = (uint64_t)plan->numerator;
    pilot_divisor by = plan->denominator;
    int halves = plan->halves;
    if (halves >= 0)
        for (size_t i = 0; i < n; i++) {
            part[i] = (int64_t)((uint64_t)total[i] >> halves);
            rest[i] = total[i] - part[i];
        }
    else
        for (size_t i = 0; i < n; i++) {
            part[i] = pilot_divide_by((int64_t)((uint64_t)total[i] * numerator), by);
            rest[i] = total[i] - part[i];
        }
}

/* Each price times its months of the row, times the quantity. */
PILOT_INLINE void narrow_totals(const pilot_narrow *narrow, const pilot_block *b,
                                int64_t *restrict total)
{
    uint32_t price[PILOT_BLOCK];
    for (int32_t r = 0; r < narrow->runs; r++) {
        const int32_t from = narrow->run[r].first, to = narrow->run[r].last;
        const uint32_t unit = (uint32_t)narrow->run[r].unit;
        for (size_t i = 0; i < b->n; i++) {
            int32_t first = b->first[i] > from ? b->first[i] : from;
            int32_t last = b->last[i] < to ? b->last[i] : to;
            uint32_t months = (uint32_t)(last > first ? last - first : 0);
            price[i] = unit * months + (r ? price[i] : 0);
        }
    }
    for (size_t i = 0; i < b->n; i++)
        total[i] = (int64_t)((uint64_t)(uint32_t)b->narrow[i] * price[i]);
}

PILOT_INLINE void awards(const pilot_plan *plan, const pilot_block *b, const pilot_narrow *narrow,
                         int64_t *restrict total, int64_t *restrict city, int64_t *restrict district)
{
    if (b->narrow) {
        narrow_totals(narrow, b, total);
        if (city)
            split(plan, total, city, district, b->n);
        return;
    }
    size_t n = b->n;
    bool added = false;
    for (int basis = 0; basis < PILOT_BASIS_COUNT; basis++) {
        if (!plan->bases[basis])
            continue;
        const int64_t *quantity = b->quantity[basis], *prices = plan->prices[basis];
        if (added)
            for (size_t i = 0; i < n; i++)
                total[i] += quantity[i] * (prices[b->last[i]] - prices[b->first[i]]);
        else
            for (size_t i = 0; i < n; i++)
                total[i] = quantity[i] * (prices[b->last[i]] - prices[b->first[i]]);
        added = true;
    }
    for (size_t i = 0; !added && i < n; i++)
        total[i] = 0;
    pilot_rounder fen = plan->fen;
    for (size_t i = 0; !plan->whole_fen && i < n; i++)
        total[i] = pilot_round_by(total[i], &fen);
    if (city)
        split(plan, total, city, district, n);
}

PILOT_INLINE void add_months(const pilot_block *b, const pilot_segment *s,
                             pilot_block_sums *restrict sums)
{
    const int64_t *quantity = b->quantity[s->basis];
    int64_t paid_months[PILOT_BLOCK];
    int32_t from = s->first, to = s->last, year = s->year;
    int64_t unit = s->unit;
    for (size_t i = 0; i < b->n; i++) {
        int32_t first = b->first[i] > from ? b->first[i] : from;
        int32_t last = b->last[i] < to ? b->last[i] : to;
        int64_t months = last > first ? last - first : 0;
        int64_t exact = quantity[i] * (unit * months); /* 0 of any quantity of a row set aside */
        int64_t open = -(int64_t)(b->paid[i] >> year & 1);
        sums->paid_exact[i] += exact & open;
        sums->withheld_exact[i] += exact & ~open;
        paid_months[i] = months & open;
        sums->rated[i] += months;
        sums->touched[i] |= (uint64_t)(months > 0) << year;
    }
    int64_t *year_months = sums->year_months[s->basis];
    for (size_t i = 0; i < b->n; i++)
        year_months[i] += paid_months[i];
}

PILOT_INLINE void round_to_fen(const pilot_plan *plan, const int64_t *exact, int64_t *restrict fen,
                               size_t n)
{
    pilot_rounder r = plan->fen;
    if (plan->whole_fen)
        for (size_t i = 0; i < n; i++)
            fen[i] = exact[i];
    else
        for (size_t i = 0; i < n; i++)
            fen[i] = pilot_round_by(exact[i], &r);
}

/* What the year adds to the sums so far. */
PILOT_INLINE void step(const int64_t *now, int64_t *restrict before, int64_t *restrict year, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        year[i] = now[i] - before[i];
        before[i] = now[i];
    }
}

PILOT_INLINE void round_sums(const pilot_plan *plan, const pilot_block *b, pilot_block_sums *sums)
{
    int64_t total[PILOT_BLOCK], withheld[PILOT_BLOCK], city[PILOT_BLOCK], district[PILOT_BLOCK];
    round_to_fen(plan, sums->paid_exact, total, b->n);
    round_to_fen(plan, sums->withheld_exact, withheld, b->n);
    split(plan, total, city, district, b->n);
    step(total, sums->total, sums->year_total, b->n);
    step(city, sums->city, sums->year_city, b->n);
    step(withheld, sums->withheld, sums->year_withheld, b->n);
}

PILOT_WIDTHS(load,
             (const pilot_plan *plan, const pilot_claim_columns *claims, const pilot_narrow *narrow,
              pilot_block *b),
             (plan, claims, narrow, b))
PILOT_WIDTHS(awards,
             (const pilot_plan *plan, const pilot_block *b, const pilot_narrow *narrow, int64_t *t,
              int64_t *c, int64_t *d),
             (plan, b, narrow, t, c, d))
PILOT_WIDTHS(add_months, (const pilot_block *b, const pilot_segment *s, pilot_block_sums *sums),
             (b, s, sums))
PILOT_WIDTHS(round_sums, (const pilot_plan *plan, const pilot_block *b, pilot_block_sums *sums),
             (plan, b, sums))

static bool is_narrow(pilot_column column)
{
    return column.values && !column.constant && column.element != PILOT_INT64;
}

pilot_narrow pilot_narrow_of(const pilot_plan *plan, const pilot_claim_columns *claims)
{
    pilot_narrow narrow = {.runs = 0};
    const pilot_run none = {0, 0, 0};
    int32_t runs = 0;
    if (!plan->whole_fen || !plan->segment_count || pilot_has_masks(claims))
        return narrow;
    const pilot_basis basis = plan->segments->basis;
    const pilot_column quantity = claims->quantity[basis];
    bool can = is_narrow(quantity) && quantity.element == PILOT_INT32 && is_narrow(claims->first) &&
               is_narrow(claims->last) && plan->prices[basis][plan->months] <= INT32_MAX;
    for (int32_t i = 0; can && i < plan->segment_count; i++) {
        const pilot_segment *s = &plan->segments[i];
        const pilot_run before = runs ? narrow.run[runs - 1] : none;
        const bool goes_on = runs && before.last == s->first && before.unit == s->unit;
        can = s->basis == basis && (goes_on || runs < PILOT_RUNS_MAX);
        if (can && !goes_on)
            narrow.run[runs++] = (pilot_run){s->first, s->last, (int32_t)s->unit};
        else if (can)
            narrow.run[runs - 1].last = s->last;
    }
    narrow.basis = basis;
    narrow.limit = plan->limit < INT32_MAX ? (int32_t)plan->limit : INT32_MAX;
    narrow.runs = can && plan->limit >= 0 ? runs : 0;
    return narrow;
}

void pilot_block_load(const pilot_plan *plan, const pilot_claim_columns *claims, size_t at, size_t n,
                      const pilot_narrow *narrow, bool asks_outside, pilot_block *block)
{
    block->at = at;
    block->narrow = NULL;
    block->n = n;
    block->asks_outside = asks_outside;
    block->care_count = 0;
    load_of[plan->width](plan, claims, narrow, block);
}

void pilot_block_awards(const pilot_plan *plan, const pilot_block *block, const pilot_narrow *narrow,
                        pilot_money *total, pilot_money *city, pilot_money *district)
{
    awards_of[plan->width](plan, block, narrow, total, city, district);
}

void pilot_block_begin(const pilot_claim_columns *claims, pilot_block *block, pilot_block_sums *sums)
{
    *sums = (pilot_block_sums){.rated = {0}};
    for (size_t i = 0; !pilot_has_masks(claims) && i < block->n; i++) {
        block->paid[i] = UINT64_MAX;
        block->failing[i] = 0;
    }
}

void pilot_block_segment(const pilot_plan *plan, const pilot_block *block, const pilot_segment *segment,
                         pilot_block_sums *sums)
{
    add_months_of[plan->width](block, segment, sums);
}

void pilot_block_round(const pilot_plan *plan, const pilot_block *block, pilot_block_sums *sums)
{
    round_sums_of[plan->width](plan, block, sums);
}
