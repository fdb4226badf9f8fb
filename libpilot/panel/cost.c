/* What a panel costs under a policy. */
#include "aggregate.h"
#include "bins.h"

#include "base/base_internal.h"

#include <stdlib.h>
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

typedef struct costing {
    const pilot_panel *panel;
    const pilot_plan *plan;
    pilot_aggregate *to;
    year_shift shift;
    pilot_assessment_result open;
    int64_t bad;
    pilot_status status; /* of a bad row */
} costing;

/* Results as the policy has them, and years that are not assessed as they are taken to be. */
static pilot_row_gate gate_of(const costing *c, uint64_t passed, uint64_t failed)
{
    pilot_row_gate gate = {shifted(passed, c->shift), shifted(failed, c->shift)};
    const uint64_t open = ~(gate.passed | gate.failed) & c->shift.kept;
    gate.passed |= c->open == PILOT_PASSED ? open : 0;
    gate.failed |= c->open == PILOT_FAILED ? open : 0;
    return gate;
}

/* Whether bins suffice, as nothing of a row is rounded. */
static bool bins_do(const pilot_panel *panel, const pilot_plan *plan)
{
    bool enough = plan->limit >= panel->most && panel->columns.units < PILOT_BIN_UNITS_MAX &&
                  pilot_splits_whole(plan);
    for (int b = 0; enough && b < PILOT_BASIS_COUNT; b++)
        enough = panel->given[b] || !plan->bases[b] || !panel->begun;
    return enough;
}

pilot_status pilot_panel_needs_rows(const pilot_panel *panel, const pilot_policy *policy, bool *needs)
{
    const pilot_plan *plan;
    if (!panel || !needs || !panel->ordered)
        return PILOT_ERROR_ARGUMENT;
    const pilot_status status = pilot_plan_of(policy, &plan);
    if (status == PILOT_OK)
        *needs = !bins_do(panel, plan);
    return status;
}

/* Bins of one group and results: how many units of each basis, and rows behind them, have begun up to
 * and in a month from origin, and have ended before it. */
enum { ROWS_COUNT = PILOT_BASIS_COUNT, COUNTS };
typedef struct strand {
    const bin_columns *bins;
    size_t at, end;
    uint64_t paid; /* years of an open gate */
    int64_t begun[COUNTS][PILOT_PANEL_MONTHS_MAX + 1], ended[COUNTS][PILOT_PANEL_MONTHS_MAX + 1];
} strand;

typedef struct span {
    int32_t first, last; /* months from origin, last not included */
} span;

PILOT_INLINE span counted(pilot_counting counting, int32_t origin, int32_t months, int32_t from,
                          int32_t to)
{
    int32_t first = pilot_counted_first(counting, from) - origin;
    int32_t last = pilot_counted_last(counting, to) - origin + 1;
    first = first < 0 ? 0 : first;
    last = last > months ? months : last;
    return last > first ? (span){first, last} : (span){0, 0};
}

static int64_t count_of(const bin_columns *bins, int what, size_t at)
{
    return what == ROWS_COUNT ? bins->rows[at] : bins->quantity[what][at];
}

/* A block of a strand's bins. Each loop is short and alike, so that a compiler can take several at once.
 */
static void count_block(const pilot_plan *plan, strand *s, size_t at, size_t n)
{
    const bin_columns *bins = s->bins;
    const pilot_counting counting = plan->counting;
    const int32_t origin = plan->origin, months = plan->months;
    int32_t first[PILOT_BLOCK], last[PILOT_BLOCK];
    for (size_t i = 0; i < n; i++) {
        const span own = counted(counting, origin, months, bins->first[at + i], bins->last[at + i]);
        first[i] = own.first;
        last[i] = own.last;
    }
    for (int what = 0; what < COUNTS; what++) {
        const int64_t *counts = what == ROWS_COUNT ? bins->rows : bins->quantity[what];
        for (size_t i = 0; (what == ROWS_COUNT || plan->bases[what]) && i < n; i++) {
            s->begun[what][first[i]] += counts[at + i];
            s->ended[what][last[i]] += counts[at + i];
        }
    }
}

/* Up to and in each month. */
static void add_up(int64_t *counts, size_t months)
{
    for (size_t month = 1; month < months; month++)
        counts[month] += counts[month - 1];
}

static void count_strand(const pilot_plan *plan, strand *s)
{
    const size_t months = (size_t)plan->months + 1;
    for (int what = 0; what < COUNTS; what++) {
        memset(s->begun[what], 0, months * sizeof(int64_t));
        memset(s->ended[what], 0, months * sizeof(int64_t));
    }
    for (size_t at = s->at; at < s->end; at += PILOT_BLOCK)
        count_block(plan, s, at, s->end - at < PILOT_BLOCK ? s->end - at : PILOT_BLOCK);
    for (int what = 0; what < COUNTS; what++) {
        add_up(s->begun[what], months);
        add_up(s->ended[what], months);
    }
}

/* What is served in some month of the span: what begins before its end, less what has ended by its
 * begin. */
static int64_t served(const strand *s, int what, span in)
{
    return s->begun[what][in.last - 1] - s->ended[what][in.first];
}

/* What is served in no month but the span's. */
static int64_t served_within(const pilot_plan *plan, const strand *s, int what, span in)
{
    int64_t sum = 0;
    for (size_t at = s->at; at < s->end; at++) {
        const span own =
            counted(plan->counting, plan->origin, plan->months, s->bins->first[at], s->bins->last[at]);
        if (own.first < own.last && own.first >= in.first && own.last <= in.last)
            sum += count_of(s->bins, what, at);
    }
    return sum;
}

/* What is served in a year's months of segments, of one basis or of all (-1). */
static int64_t served_in_year(const pilot_plan *plan, const strand *s, int what, int32_t segment,
                              int basis)
{
    const int32_t year = plan->segments[segment].year;
    span run = {-1, -1};
    int64_t gaps = 0;
    for (; segment < plan->segment_count && plan->segments[segment].year == year; segment++) {
        const pilot_segment *one = &plan->segments[segment];
        if (basis >= 0 && (int)one->basis != basis)
            continue;
        if (run.first >= 0 && one->first > run.last)
            gaps += served_within(plan, s, what, (span){run.last, one->first});
        run = (span){run.first < 0 ? one->first : run.first, one->last};
    }
    return run.first < 0 ? 0 : served(s, what, run) - gaps;
}

/* Adds a strand's rows and units by year, and its unit-months by segment, those withheld apart. */
static void add_strand(const costing *c, size_t group, const strand *s, int64_t *withheld)
{
    const pilot_plan *plan = c->plan;
    int64_t *units = pilot_unit_months_at(c->to, group);
    for (int32_t i = 0; i < plan->segment_count; i++) {
        const pilot_segment *segment = &plan->segments[i];
        int64_t all = 0;
        for (int32_t month = segment->first; month < segment->last; month++)
            all += served(s, (int)segment->basis, (span){month, month + 1});
        const bool paid = s->paid >> segment->year & 1;
        pilot_add_capped(paid ? &units[i] : &withheld[i], all);
        if (!paid || (i && segment[-1].year == segment->year))
            continue;
        pilot_aggregate_cell *cell = pilot_cell_at(c->to, group, (size_t)segment->year);
        pilot_add_capped(&cell->rows, served_in_year(plan, s, ROWS_COUNT, i, -1));
        for (int basis = 0; basis < PILOT_BASIS_COUNT; basis++)
            if (plan->bases[basis])
                pilot_add_capped(&cell->quantity[basis], served_in_year(plan, s, basis, i, basis));
    }
}

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

static uint64_t open_years(const costing *c, uint64_t passed, uint64_t failed)
{
    const pilot_row_gate gate = gate_of(c, passed, failed);
    return (gate.passed | (c->plan->once && gate.passed ? UINT64_MAX : 0)) & ~gate.failed;
}

/* The bins of a group, strand by strand. */
static void cost_group(const costing *c, size_t group, size_t first, size_t last, strand *room)
{
    const bin_columns *bins = &c->panel->columns;
    const size_t segments = (size_t)c->plan->segment_count;
    int64_t before[PILOT_PANEL_MONTHS_MAX], withheld[PILOT_PANEL_MONTHS_MAX];
    memcpy(before, pilot_unit_months_at(c->to, group), segments * sizeof *before);
    memset(withheld, 0, segments * sizeof *withheld);
    for (size_t at = first; at < last; at = room->end) {
        room->at = room->end = at;
        while (room->end < last && bins->passed[room->end] == bins->passed[at] &&
               bins->failed[room->end] == bins->failed[at])
            room->end++;
        room->paid = open_years(c, bins->passed[at], bins->failed[at]);
        count_strand(c->plan, room);
        add_strand(c, group, room, withheld);
    }
    add_money(c, group, before, withheld);
}

/* Rows of a group that the aggregate does not have. */
static void refuse_rows(costing *c, int64_t rows)
{
    pilot_add_capped(&c->to->bad_of_no_group, rows);
    pilot_add_capped(&c->bad, rows);
    c->status = PILOT_ERROR_RANGE;
}

static void cost_bins(costing *c, strand *room)
{
    const bin_columns *from = &c->panel->columns;
    room->bins = from;
    for (size_t at = 0, last; at < from->count; at = last) {
        int64_t rows = 0;
        for (last = at; last < from->count && from->group[last] == from->group[at]; last++)
            rows += from->rows[last];
        if ((uint64_t)from->group[at] >= c->to->groups) {
            refuse_rows(c, rows);
            continue;
        }
        const size_t group = (size_t)from->group[at];
        cost_group(c, group, at, last, room);
        pilot_add_capped(pilot_group_at(c->to, group) + AGGREGATE_ROWS, rows);
    }
}

/* The rows of one bin, which have its months and results. */
typedef struct bin_rows {
    const bin_key *key;
    pilot_row_gate gate;
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
    rows->gate = gate_of(c, key->passed, key->failed);
    rows->times = list->times + start;
    rows->claims = (pilot_claim_columns){.first = constant(&key->first, PILOT_INT32),
                                         .last = constant(&key->last, PILOT_INT32),
                                         .passed = constant(&rows->gate.passed, PILOT_INT64),
                                         .failed = constant(&rows->gate.failed, PILOT_INT64)};
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
    pilot_block_load(c->plan, &rows->claims, at, n, NULL, false, &block);
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
    for (size_t i = 0; list->count && i < list->starts; i++) {
        bin_rows rows;
        const size_t start = list->start[i], count = list->start[i + 1] - start;
        if (!count)
            continue;
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
                              pilot_assessment_result open, pilot_aggregate *aggregate, int64_t *bad,
                              pilot_status *status)
{
    static const int32_t any = 0;
    if (!panel || !aggregate || !bad || !status || !panel->ordered || (unsigned)open > PILOT_PASSED)
        return PILOT_ERROR_ARGUMENT;
    pilot_claim_columns claims = {.first = constant(&any, PILOT_INT32)};
    if (!panel->begun || panel->passed_from_given)
        claims.passed_from = claims.first;
    costing c = {.panel = panel, .to = aggregate, .open = open};
    const pilot_status checked = pilot_aggregate_check(aggregate, policy, &claims, &c.plan);
    if (checked != PILOT_OK)
        return checked;
    c.shift = shift_of(panel, c.plan);
    const bool by_bins = bins_do(panel, c.plan);
    if (!by_bins && !panel->kind.single_rows && panel->columns.count)
        return PILOT_ERROR_CAPACITY;
    const row_list *single = &panel->rows[0], *apart = &panel->rows[1];
    if (!by_bins && single->joined != single->count)
        return PILOT_ERROR_ARGUMENT;
    strand *room = by_bins ? malloc(sizeof *room) : NULL;
    if (by_bins && !room)
        return PILOT_ERROR_MEMORY;
    if (by_bins)
        cost_bins(&c, room);
    else
        cost_rows(&c, single);
    free(room);
    cost_rows(&c, apart);
    *bad = c.bad;
    *status = c.status;
    return PILOT_OK;
}
