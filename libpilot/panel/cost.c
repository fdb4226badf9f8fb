/* What a panel costs under a policy. */
#include "aggregate.h"
#include "bins.h"

#include "base/base_internal.h"

#include <string.h>

/* The panel's years of results as a policy's: bit 0 is that of its first year. A mask that holds for all
 * years has its last bit set, and goes on doing so. */
typedef struct year_shift {
    int by;
    uint64_t kept; /* years that count */
} year_shift;

static year_shift shift_of(const pilot_panel *panel, const pilot_plan *plan)
{
    const int years = plan->years;
    year_shift s = {pilot_month_year(plan->origin) - panel->kind.first_year, UINT64_MAX};
    if (panel->kind.by_year && years < 64)
        s.kept = (UINT64_C(1) << years) - 1;
    return s;
}

PILOT_INLINE uint64_t shifted(uint64_t mask, year_shift s)
{
    const uint64_t rest = 0 - (mask >> 63);
    if (s.by <= -64 || s.by >= 64)
        return rest & s.kept;
    const uint64_t moved = s.by >= 0 ? mask >> s.by : mask << -s.by;
    const uint64_t open = s.by > 0 ? rest << (63 - (s.by - 1)) : (UINT64_C(1) << -s.by) - 1;
    return (moved | (rest & open)) & s.kept;
}

/* Whether bins suffice: each unit's month gives whole fen, which the share splits whole. */
static bool bins_do(const pilot_panel *panel, const pilot_plan *plan)
{
    const int64_t denominator = plan->policy->parameters.city_share.denominator;
    bool whole = plan->whole_fen && plan->limit >= panel->most;
    for (int32_t i = 0; whole && i < plan->segment_count; i++)
        whole = plan->segments[i].unit % denominator == 0;
    for (int b = 0; whole && b < PILOT_BASIS_COUNT; b++)
        whole = panel->given[b] || !plan->bases[b] || !panel->begun;
    return whole;
}

pilot_status pilot_panel_needs_rows(const pilot_panel *panel, const pilot_policy *policy, bool *needs)
{
    const pilot_plan *plan;
    if (!panel || !needs)
        return PILOT_ERROR_ARGUMENT;
    const pilot_status status = pilot_plan_of(policy, &plan);
    if (status == PILOT_OK)
        *needs = !bins_do(panel, plan);
    return status;
}

typedef struct costing {
    const pilot_panel *panel;
    const pilot_plan *plan;
    pilot_aggregate *to;
    year_shift shift;
    int64_t bad;
    pilot_status status; /* of a bad row */
} costing;

/* Bins of one group, at most PILOT_BLOCK of them. */
typedef struct bin_block {
    size_t n;
    const int64_t *quantity[PILOT_BASIS_COUNT], *rows;
    int32_t first[PILOT_BLOCK], last[PILOT_BLOCK]; /* months from origin that count, last not included */
    uint64_t paid[PILOT_BLOCK];                    /* years of an open gate */
} bin_block;

/* What a year of a group comes to. */
typedef struct year_sums {
    int64_t rows, quantity[PILOT_BASIS_COUNT];
} year_sums;

PILOT_INLINE void load_bins(const costing *c, size_t at, size_t n, bin_block *restrict b)
{
    const bin_columns *from = &c->panel->columns;
    const pilot_plan *plan = c->plan;
    const uint64_t once = plan->once ? UINT64_MAX : 0;
    const year_shift shift = c->shift;
    b->n = n;
    b->rows = from->rows + at;
    for (int basis = 0; basis < PILOT_BASIS_COUNT; basis++)
        b->quantity[basis] = from->quantity[basis] + at;
    for (size_t i = 0; i < n; i++) {
        const uint64_t pass = shifted(from->passed[at + i], shift);
        const uint64_t fail = shifted(from->failed[at + i], shift);
        b->paid[i] = (pass | (pass ? once : 0)) & ~fail;
        b->first[i] = pilot_counted_first(plan->counting, from->first[at + i]) - plan->origin;
        b->last[i] = pilot_counted_last(plan->counting, from->last[at + i]) - plan->origin + 1;
    }
}

/* Sums of a segment over bins: unit-months paid and withheld, and which bins have any that are paid. */
PILOT_INLINE void add_segment(const bin_block *b, const pilot_segment *s, int64_t *restrict paid,
                              int64_t *restrict withheld, int64_t *restrict months_paid)
{
    const int64_t *quantity = b->quantity[s->basis];
    int64_t open_sum = 0, all = 0;
    for (size_t i = 0; i < b->n; i++) {
        const int32_t first = b->first[i] > s->first ? b->first[i] : s->first;
        const int32_t last = b->last[i] < s->last ? b->last[i] : s->last;
        const int64_t months = last > first ? last - first : 0;
        const int64_t open = -(int64_t)(b->paid[i] >> s->year & 1);
        const int64_t units = quantity[i] * months;
        months_paid[i] |= months & open;
        open_sum += units & open;
        all += units;
    }
    *paid = open_sum;
    *withheld = all - open_sum;
}

PILOT_INLINE void add_counted(const bin_block *b, int basis, const int64_t *paid, int64_t *restrict any,
                              year_sums *sums)
{
    int64_t sum = 0;
    for (size_t i = 0; i < b->n; i++) {
        const int64_t counted = -(int64_t)(paid[i] > 0);
        any[i] |= counted;
        sum += b->quantity[basis][i] & counted;
    }
    sums->quantity[basis] = sum;
}

static void add_year_sums(pilot_aggregate_cell *cell, const year_sums *sums)
{
    pilot_add_capped(&cell->rows, sums->rows);
    for (int basis = 0; basis < PILOT_BASIS_COUNT; basis++)
        pilot_add_capped(&cell->quantity[basis], sums->quantity[basis]);
}

/* Adds a block of bins: unit-months a segment, of which withheld has those that are not paid. */
PILOT_INLINE void add_bins(const costing *c, size_t group, size_t at, size_t n, int64_t *withheld)
{
    const pilot_plan *plan = c->plan;
    int64_t *units = pilot_unit_months_at(c->to, group);
    bin_block b;
    int32_t s = 0;
    load_bins(c, at, n, &b);
    for (int32_t year = 0; year < plan->years; year++) {
        int64_t paid[PILOT_BASIS_COUNT][PILOT_BLOCK] = {{0}}, any[PILOT_BLOCK] = {0}, open, held;
        year_sums sums = {0, {0}};
        for (; s < plan->segment_count && plan->segments[s].year == year; s++) {
            const pilot_segment *segment = &plan->segments[s];
            add_segment(&b, segment, &open, &held, paid[segment->basis]);
            pilot_add_capped(&units[s], open);
            pilot_add_capped(&withheld[s], held);
        }
        for (int basis = 0; basis < PILOT_BASIS_COUNT; basis++)
            if (plan->bases[basis])
                add_counted(&b, basis, paid[basis], any, &sums);
        for (size_t i = 0; i < n; i++)
            sums.rows += b.rows[i] & any[i];
        add_year_sums(pilot_cell_at(c->to, group, (size_t)year), &sums);
    }
}
PILOT_WIDTHS(add_bins, (const costing *c, size_t group, size_t at, size_t n, int64_t *withheld),
             (c, group, at, n, withheld))

/* The money of a group follows from its unit-months. before: those that were there already. */
static void add_money(const costing *c, size_t group, const int64_t *before, const int64_t *withheld)
{
    const pilot_plan *plan = c->plan;
    const pilot_share share = plan->policy->parameters.city_share;
    const int64_t *units = pilot_unit_months_at(c->to, group);
    for (int32_t i = 0; i < plan->segment_count; i++) {
        const pilot_segment *s = &plan->segments[i];
        pilot_aggregate_cell *cell = pilot_cell_at(c->to, group, (size_t)s->year);
        const int64_t total = pilot_times_capped(units[i] - before[i], s->unit);
        const int64_t city = total / share.denominator * share.numerator;
        pilot_add_capped(&cell->total, total);
        pilot_add_capped(&cell->city, city);
        pilot_add_capped(&cell->district, total - city);
        pilot_add_capped(&cell->withheld, pilot_times_capped(withheld[i], s->unit));
    }
}

/* Rows of a group that the aggregate does not have. */
static void refuse_rows(costing *c, int64_t rows)
{
    pilot_add_capped(&c->to->bad_of_no_group, rows);
    pilot_add_capped(&c->bad, rows);
    c->status = PILOT_ERROR_RANGE;
}

static void cost_group(costing *c, size_t group, size_t first, size_t last)
{
    const size_t segments = (size_t)c->plan->segment_count;
    int64_t before[PILOT_PANEL_MONTHS_MAX], withheld[PILOT_PANEL_MONTHS_MAX];
    memcpy(before, pilot_unit_months_at(c->to, group), segments * sizeof *before);
    memset(withheld, 0, segments * sizeof *withheld);
    for (size_t at = first; at < last; at += PILOT_BLOCK)
        add_bins_of[c->plan->width](c, group, at, last - at < PILOT_BLOCK ? last - at : PILOT_BLOCK,
                                    withheld);
    add_money(c, group, before, withheld);
}

static void cost_bins(costing *c)
{
    const bin_columns *from = &c->panel->columns;
    for (size_t at = 0, last; at < from->count; at = last) {
        const size_t group = (size_t)from->group[at];
        int64_t rows = 0;
        for (last = at; last < from->count && from->group[last] == from->group[at]; last++)
            rows += from->rows[last];
        if (group >= c->to->groups) {
            refuse_rows(c, rows);
            continue;
        }
        cost_group(c, group, at, last);
        pilot_add_capped(pilot_group_at(c->to, group) + AGGREGATE_ROWS, rows);
    }
}

/* The rows of one bin, which have its months and results. */
typedef struct bin_rows {
    const bin_key *key;
    uint64_t passed, failed;
    const uint32_t *times;
    pilot_claim_columns claims;
} bin_rows;

static pilot_column constant(const void *value, pilot_element element)
{
    return (pilot_column){value, element, true};
}

static void rows_of_bin(const costing *c, const bin_key *key, const row_list *list, size_t start,
                        bin_rows *rows)
{
    rows->key = key;
    rows->passed = shifted(key->passed, c->shift);
    rows->failed = shifted(key->failed, c->shift);
    rows->times = list->times + start;
    rows->claims = (pilot_claim_columns){.first = constant(&key->first, PILOT_INT32),
                                         .last = constant(&key->last, PILOT_INT32),
                                         .passed = constant(&rows->passed, PILOT_INT64),
                                         .failed = constant(&rows->failed, PILOT_INT64)};
    if (c->panel->passed_from_given)
        rows->claims.passed_from = constant(&key->passed_from, PILOT_INT32);
    for (int b = 0; b < PILOT_BASIS_COUNT; b++)
        if (list->quantity[b])
            rows->claims.quantity[b].values = list->quantity[b] + start;
}

static void add_rows_year(const costing *c, const pilot_block *b, const pilot_block_sums *sums,
                          const int64_t *times, pilot_aggregate_cell *cell)
{
    for (size_t i = 0; i < b->n; i++) {
        int64_t months = 0;
        for (int basis = 0; basis < PILOT_BASIS_COUNT; basis++) {
            const bool counted = c->plan->bases[basis] && sums->year_months[basis][i] > 0;
            months |= counted;
            if (counted)
                pilot_add_capped(&cell->quantity[basis],
                                 pilot_times_capped(b->quantity[basis][i], times[i]));
        }
        pilot_add_capped(&cell->rows, months * times[i]);
        pilot_add_capped(&cell->total, pilot_times_capped(sums->year_total[i], times[i]));
        pilot_add_capped(&cell->city, pilot_times_capped(sums->year_city[i], times[i]));
        pilot_add_capped(&cell->district,
                         pilot_times_capped(sums->year_total[i] - sums->year_city[i], times[i]));
        pilot_add_capped(&cell->withheld, pilot_times_capped(sums->year_withheld[i], times[i]));
    }
}

static void add_rows_units(const pilot_block *b, const pilot_segment *s, const int64_t *before,
                           const int64_t *months, const int64_t *times, int64_t *units)
{
    for (size_t i = 0; i < b->n; i++)
        pilot_add_capped(
            units, pilot_times_capped(b->quantity[s->basis][i] * (months[i] - before[i]), times[i]));
}

static void add_rows(costing *c, const bin_rows *rows, size_t group, pilot_block *b,
                     const int64_t *times)
{
    pilot_block_sums sums;
    const pilot_plan *plan = c->plan;
    int32_t s = 0;
    pilot_block_begin(&rows->claims, b, &sums);
    for (int32_t year = 0; year < plan->years; year++) {
        memset(sums.year_months, 0, sizeof sums.year_months);
        for (; s < plan->segment_count && plan->segments[s].year == year; s++) {
            const pilot_segment *segment = &plan->segments[s];
            int64_t before[PILOT_BLOCK];
            memcpy(before, sums.year_months[segment->basis], sizeof before);
            pilot_block_segment(plan, b, segment, &sums);
            add_rows_units(b, segment, before, sums.year_months[segment->basis], times,
                           pilot_unit_months_at(c->to, group) + s);
        }
        pilot_block_round(plan, b, &sums);
        add_rows_year(c, b, &sums, times, pilot_cell_at(c->to, group, (size_t)year));
    }
}

static void walk_row(costing *c, const bin_rows *rows, size_t row)
{
    const pilot_status status = pilot_aggregate_row(c->to, c->plan, &rows->claims,
                                                    (size_t)rows->key->group, row, rows->times[row]);
    if (status == PILOT_OK)
        return;
    pilot_add_capped(&c->bad, rows->times[row]);
    c->status = status;
}

static void cost_block(costing *c, const bin_rows *rows, size_t at, size_t n)
{
    pilot_block block;
    int64_t times[PILOT_BLOCK], good = 0;
    pilot_block_load(c->plan, &rows->claims, at, n, false, &block);
    for (size_t i = 0; i < n; i++)
        times[i] = rows->times[at + i];
    for (size_t i = 0; i < block.care_count; i++) {
        walk_row(c, rows, at + block.care[i]);
        times[block.care[i]] = 0;
    }
    if (block.care_count == n)
        return;
    for (size_t i = 0; i < n; i++)
        good += times[i];
    const size_t group = (size_t)rows->key->group;
    add_rows(c, rows, group, &block, times);
    pilot_add_capped(pilot_group_at(c->to, group) + AGGREGATE_ROWS, good);
}

static void cost_rows(costing *c, const row_list *list)
{
    for (size_t i = 0; i < list->starts; i++) {
        bin_rows rows;
        const size_t start = list->start[i], count = list->start[i + 1] - start;
        const bin_key *key = &c->panel->bins[i].key;
        rows_of_bin(c, key, list, start, &rows);
        const bool grouped = (uint64_t)key->group < c->to->groups;
        for (size_t row = 0; !grouped && row < count; row++)
            refuse_rows(c, rows.times[row]);
        for (size_t at = 0; grouped && at < count; at += PILOT_BLOCK)
            cost_block(c, &rows, at, count - at < PILOT_BLOCK ? count - at : PILOT_BLOCK);
    }
}

pilot_status pilot_panel_cost(const pilot_panel *panel, const pilot_policy *policy,
                              pilot_aggregate *aggregate, int64_t *bad, pilot_status *status)
{
    static const int32_t any = 0;
    if (!panel || !aggregate || !bad || !status || !panel->ordered)
        return PILOT_ERROR_ARGUMENT;
    pilot_claim_columns claims = {.first = constant(&any, PILOT_INT32)};
    if (!panel->begun || panel->passed_from_given)
        claims.passed_from = claims.first;
    costing c = {.panel = panel, .to = aggregate};
    const pilot_status checked = pilot_aggregate_check(aggregate, policy, &claims, &c.plan);
    if (checked != PILOT_OK)
        return checked;
    c.shift = shift_of(panel, c.plan);
    const bool by_bins = bins_do(panel, c.plan);
    if (!by_bins && !panel->kind.single_rows && panel->columns.count)
        return PILOT_ERROR_CAPACITY;
    const row_list *single = &panel->rows[0], *apart = &panel->rows[1];
    if (!by_bins && (single->joined != single->count || (single->count && !single->start)))
        return PILOT_ERROR_ARGUMENT;
    if (by_bins)
        cost_bins(&c);
    else
        cost_rows(&c, single);
    cost_rows(&c, apart);
    *bad = c.bad;
    *status = c.status;
    return PILOT_OK;
}
