/* Sums of awards by group and year, in the caller's memory. */
#include "aggregate.h"

#include "packed.h"

#include <string.h>

enum {
    ROWS = AGGREGATE_ROWS,
    BAD = AGGREGATE_BAD,
    GROUP_FIELDS = AGGREGATE_GROUP_FIELDS,
    YEAR_FIELDS = AGGREGATE_YEAR_FIELDS,
};
_Static_assert(YEAR_FIELDS == 5 + PILOT_BASIS_COUNT, "a cell is int64_t and nothing else");

static const int64_t *group_sums(const pilot_aggregate *a, size_t group)
{
    return a->sums + group * pilot_group_size(a->years, a->segments);
}

/* Elements of sums; 0 where they are too many. */
static size_t sum_count(const pilot_plan *plan, size_t groups)
{
    size_t each = pilot_group_size((size_t)plan->years, (size_t)plan->segment_count);
    if (!groups || groups > (SIZE_MAX / 2 - sizeof(pilot_aggregate)) / sizeof(int64_t) / each)
        return 0;
    return groups * each;
}

/* Where a month gives each unit whole fen that the share splits whole, a year's sums follow from how
 * many rows and units are served in each month, and rows need only be counted by where they begin and
 * end. Each count is rows << ROW_BITS | units. */
enum {
    ROW_BITS = 44,
    UNIT_BITS = 26,              /* of a row that is counted */
    COUNTED_MAX = 1 << (44 - 26) /* rows between two settlings */
};
_Static_assert(ROW_BITS == 44 && UNIT_BITS == 26, "units of so many rows stay below the rows");
#define UNITS (((uint64_t)1 << ROW_BITS) - 1)
#define COUNTS_MAX (1 << 19)
#define COPIED_MAX (1 << 12) /* that copies are worth */

/* The counts lie in the aggregate: of each copy of each group, rows by first month and then by the one
 * after the last; and behind them, of one group, what has begun and what has ended up to and in each
 * month. */
typedef struct month_counts {
    pilot_basis basis;
    size_t copies;  /* of a group's counts: neighbouring rows, which are often alike, go to different
                     * ones;  0: rows are not counted */
    size_t months;  /* bins: those in which a row can begin or have ended */
    size_t counted; /* rows since the last settling */
    uint64_t *at, *begun, *ended;
} month_counts;

/* Whether each year's paid months are one run at whole fen a unit, of one basis, which the share splits
 * whole. */
static bool can_count(const pilot_plan *plan)
{
    bool can = plan->segment_count && plan->limit >> UNIT_BITS && pilot_splits_whole(plan);
    for (int32_t i = 0; can && i < plan->segment_count; i++) {
        const pilot_segment *s = &plan->segments[i];
        bool follows = !i || s[-1].year != s->year || s[-1].last == s->first;
        can = follows && s->basis == plan->segments->basis;
    }
    return can;
}

static month_counts counts_of(const pilot_plan *plan, size_t groups)
{
    month_counts c = {.months = (size_t)plan->months + 1};
    const size_t each = 2 * c.months * groups;
    if (groups > COUNTS_MAX || each > COUNTS_MAX || !can_count(plan))
        return c;
    c.basis = plan->segments->basis;
    c.copies = each <= COPIED_MAX ? 4 : 1;
    return c;
}

static size_t bins_of(const month_counts *c, size_t groups)
{
    return 2 * c->months * c->copies * groups;
}

/* Words that the counts take. */
static size_t count_room(const pilot_plan *plan, size_t groups)
{
    const month_counts c = counts_of(plan, groups);
    return c.copies ? bins_of(&c, groups) + 2 * c.months : 0;
}

/* As pilot_aggregate_size, with the policy's plan. */
static size_t size_of(const pilot_policy *policy, size_t groups, const pilot_plan **plan)
{
    if (pilot_plan_of(policy, plan) != PILOT_OK)
        return 0;
    size_t count = sum_count(*plan, groups);
    return count ? sizeof(pilot_aggregate) + (count + count_room(*plan, groups)) * sizeof(int64_t) : 0;
}

size_t pilot_aggregate_size(const pilot_policy *policy, size_t groups)
{
    const pilot_plan *plan;
    return size_of(policy, groups, &plan);
}

pilot_status pilot_aggregate_make(const pilot_policy *policy, size_t groups, void *memory, size_t size,
                                  pilot_aggregate **aggregate)
{
    const pilot_plan *plan;
    if (!policy || !memory || !aggregate || (uintptr_t)memory % sizeof(int64_t))
        return PILOT_ERROR_ARGUMENT;
    const size_t wanted = size_of(policy, groups, &plan);
    if (!wanted)
        return PILOT_ERROR_LIMIT;
    if (size < wanted)
        return PILOT_ERROR_CAPACITY;
    pilot_aggregate *a = memory;
    memset(a, 0, wanted);
    *a = (pilot_aggregate){.fingerprint = policy->award_fingerprint,
                           .groups = groups,
                           .years = (size_t)plan->years,
                           .segments = (size_t)plan->segment_count};
    *aggregate = a;
    return PILOT_OK;
}

typedef struct sum_pass {
    const pilot_plan *plan;
    const pilot_claim_columns *claims;
    pilot_column groups;
    pilot_aggregate *to;
    pilot_pass pass;
    month_counts counts;
} sum_pass;

/* The row's group, of so many; that number where it has none. */
static size_t group_at_row(pilot_column groups, size_t row, size_t count)
{
    int64_t group = groups.values ? pilot_column_value(groups, row) : 0;
    return group < 0 || (uint64_t)group >= count ? count : (size_t)group;
}

static size_t group_of(const sum_pass *p, size_t row)
{
    return group_at_row(p->groups, row, p->to->groups);
}

/* Where the sums of a block's rows are. Nothing below depends on what a row holds but by what it adds: a
 * row without months adds nothing, and costs no branch that cannot be foreseen. */
typedef struct row_places {
    int64_t *group[PILOT_BLOCK];
} row_places;

static void add_unit_months(const pilot_block *b, const pilot_segment *s, size_t at,
                            const row_places *places)
{
    for (size_t i = 0; i < b->n; i++) {
        int32_t first = b->first[i] > s->first ? b->first[i] : s->first;
        int32_t last = b->last[i] < s->last ? b->last[i] : s->last;
        int64_t months = last > first ? last - first : 0;
        int64_t open = (int64_t)(b->paid[i] >> s->year & 1);
        pilot_add_capped(places->group[i] + at, b->quantity[s->basis][i] * months * open);
    }
}

static void add_year(const sum_pass *p, const pilot_block *b, size_t at, const pilot_block_sums *sums,
                     const row_places *places)
{
    for (size_t i = 0; i < b->n; i++) {
        pilot_aggregate_cell *cell = (pilot_aggregate_cell *)(void *)(places->group[i] + at);
        int64_t months = 0;
        for (int basis = 0; basis < PILOT_BASIS_COUNT; basis++) {
            if (!p->plan->bases[basis])
                continue;
            int64_t counted = -(int64_t)(sums->year_months[basis][i] > 0);
            months |= counted;
            pilot_add_capped(&cell->quantity[basis], b->quantity[basis][i] & counted);
        }
        pilot_add_capped(&cell->rows, -months);
        pilot_add_capped(&cell->total, sums->year_total[i]);
        pilot_add_capped(&cell->city, sums->year_city[i]);
        pilot_add_capped(&cell->district, sums->year_total[i] - sums->year_city[i]);
        pilot_add_capped(&cell->withheld, sums->year_withheld[i]);
    }
}

static void add_block(const sum_pass *p, pilot_block *b, const row_places *places)
{
    pilot_block_sums sums;
    const pilot_plan *plan = p->plan;
    int32_t s = 0;
    size_t unit_months = GROUP_FIELDS + (size_t)plan->years * YEAR_FIELDS;
    pilot_block_begin(p->claims, b, &sums);
    for (int32_t year = 0; year < plan->years; year++) {
        memset(sums.year_months, 0, sizeof sums.year_months);
        for (; s < plan->segment_count && plan->segments[s].year == year; s++) {
            pilot_block_segment(plan, b, &plan->segments[s], &sums);
            add_unit_months(b, &plan->segments[s], unit_months + (size_t)s, places);
        }
        pilot_block_round(plan, b, &sums);
        add_year(p, b, GROUP_FIELDS + (size_t)year * YEAR_FIELDS, &sums, places);
    }
}

typedef struct row_lines {
    pilot_aggregate *to;
    const pilot_plan *plan;
    const pilot_claim_columns *claims;
    size_t group, row;
    int64_t times;
    int32_t year;                  /* of the line before */
    bool bases[PILOT_BASIS_COUNT]; /* paid in it */
} row_lines;

static void add_times(const row_lines *r, int64_t *sum, int64_t value)
{
    pilot_add_capped(sum, pilot_times_capped(value, r->times));
}

static size_t segment_of(const pilot_plan *plan, pilot_month month)
{
    size_t s = 0;
    while (plan->segments[s].last <= month - plan->origin)
        s++;
    return s;
}

static pilot_status add_line(const pilot_award_line *line, void *context)
{
    row_lines *r = context;
    const pilot_plan *plan = r->plan;
    if (line->reason == PILOT_WITHHELD_OUTSIDE)
        return PILOT_OK;
    int32_t year = (line->first - plan->origin) / 12;
    pilot_aggregate_cell *cell = pilot_cell_at(r->to, r->group, (size_t)year);
    add_times(r, &cell->withheld, line->withheld);
    if (line->reason != PILOT_PAYABLE)
        return PILOT_OK;
    const int64_t quantity = pilot_column_value(r->claims->quantity[line->rate.basis], r->row);
    bool new_year = year != r->year;
    if (new_year)
        memset(r->bases, 0, sizeof r->bases);
    r->year = year;
    add_times(r, &cell->rows, new_year);
    add_times(r, &cell->quantity[line->rate.basis], r->bases[line->rate.basis] ? 0 : quantity);
    r->bases[line->rate.basis] = true;
    add_times(r, &cell->total, line->amount);
    add_times(r, &cell->city, line->city);
    add_times(r, &cell->district, line->district);
    add_times(r, pilot_unit_months_at(r->to, r->group) + segment_of(plan, line->first),
              pilot_times_capped(quantity, line->months));
    return PILOT_OK;
}

pilot_status pilot_aggregate_row(pilot_aggregate *a, const pilot_plan *plan,
                                 const pilot_claim_columns *claims, size_t group, size_t row,
                                 int64_t times)
{
    row_lines lines = {a, plan, claims, group, row, times, .year = -1};
    pilot_award award;
    const bool grouped = group < a->groups;
    const pilot_status status =
        grouped ? pilot_row_walk(plan, claims, row, NULL, NULL, &award) : PILOT_ERROR_RANGE;
    if (status != PILOT_OK) {
        pilot_add_capped(grouped ? pilot_group_at(a, group) + BAD : &a->bad_of_no_group, times);
        return status;
    }
    (void)pilot_row_walk(plan, claims, row, add_line, &lines, &award);
    pilot_add_capped(pilot_group_at(a, group) + ROWS, times);
    return PILOT_OK;
}

/* A row that the block set aside, or that has no group. */
static void walk_row(sum_pass *p, size_t row)
{
    const pilot_status status = pilot_aggregate_row(p->to, p->plan, p->claims, group_of(p, row), row, 1);
    if (status != PILOT_OK)
        pilot_pass_bad(&p->pass, row, status);
}

/* Fewer rows than the groups have bins are sooner added up one by one than settled. */
static void start_counts(sum_pass *p, size_t rows)
{
    month_counts *c = &p->counts;
    *c = counts_of(p->plan, p->to->groups);
    if (rows < c->months * p->to->groups / 8)
        c->copies = 0;
    c->at = (uint64_t *)(void *)(p->to->sums +
                                 p->to->groups * pilot_group_size(p->to->years, p->to->segments));
    c->begun = c->at + bins_of(c, p->to->groups);
    c->ended = c->begun + c->months;
}

static void sum_months(const month_counts *c, size_t group)
{
    uint64_t begun = 0, ended = 0;
    for (size_t month = 0; month < c->months; month++) {
        for (size_t copy = 0; copy < c->copies; copy++) {
            const uint64_t *at = c->at + (group * c->copies + copy) * 2 * c->months + month;
            begun += at[0];
            ended += at[c->months];
        }
        c->begun[month] = begun;
        c->ended[month] = ended;
    }
}

/* Rows and units that are served in some month of first..last - 1: those that begin before its end, less
 * those that have ended by its begin. */
static uint64_t served(const month_counts *c, int32_t first, int32_t last)
{
    return c->begun[last - 1] - c->ended[first];
}

static void settle_segment(sum_pass *p, size_t group, const pilot_segment *s)
{
    const pilot_plan *plan = p->plan;
    const pilot_share share = plan->policy->parameters.city_share;
    pilot_aggregate_cell *cell = pilot_cell_at(p->to, group, (size_t)s->year);
    int64_t units = 0;
    for (int32_t month = s->first; month < s->last; month++)
        units += (int64_t)(served(&p->counts, month, month + 1) & UNITS);
    pilot_add_capped(pilot_unit_months_at(p->to, group) + (s - plan->segments), units);
    int64_t total = units * s->unit, city = total / share.denominator * share.numerator;
    pilot_add_capped(&cell->total, total);
    pilot_add_capped(&cell->city, city);
    pilot_add_capped(&cell->district, total - city);
}

static void settle_group(sum_pass *p, size_t group)
{
    const pilot_plan *plan = p->plan;
    uint64_t all = p->counts.begun[p->counts.months - 1];
    pilot_add_capped(pilot_group_at(p->to, group) + ROWS, (int64_t)(all >> ROW_BITS));
    for (int32_t i = 0, last; i < plan->segment_count; i = last) {
        const pilot_segment *s = &plan->segments[i];
        for (last = i; last < plan->segment_count && plan->segments[last].year == s->year; last++)
            settle_segment(p, group, &plan->segments[last]);
        uint64_t year = served(&p->counts, s->first, plan->segments[last - 1].last);
        pilot_aggregate_cell *cell = pilot_cell_at(p->to, group, (size_t)s->year);
        pilot_add_capped(&cell->rows, (int64_t)(year >> ROW_BITS));
        pilot_add_capped(&cell->quantity[s->basis], (int64_t)(year & UNITS));
    }
}

/* Adds what has been counted, and begins again. */
static void settle_counts(sum_pass *p)
{
    month_counts *c = &p->counts;
    if (!c->counted)
        return;
    for (size_t group = 0; group < p->to->groups; group++) {
        sum_months(c, group);
        settle_group(p, group);
    }
    c->counted = 0;
    memset(c->at, 0, (bins_of(c, p->to->groups) + 2 * c->months) * sizeof *c->at);
}

/* Where each row of a block is counted, and as what. */
typedef struct count_places {
    uint32_t first[PILOT_BLOCK], last[PILOT_BLOCK];
    uint64_t count[PILOT_BLOCK];
    uint64_t refused; /* not 0 where a row has no group, or more units than can be counted */
} count_places;

PILOT_INLINE void place_counts(const sum_pass *p, const pilot_block *b, count_places *restrict to)
{
    const int64_t *quantity = b->quantity[p->counts.basis];
    const uint32_t copies = (uint32_t)p->counts.copies, months = (uint32_t)p->counts.months;
    const uint64_t group_count = p->to->groups;
    int64_t room[PILOT_BLOCK];
    const int64_t *groups = pilot_column_load(p->groups, b->at, b->n, room);
    uint64_t groupless = 0, large = 0;
    for (uint32_t i = 0; i < b->n; i++) {
        groupless |= (uint64_t)groups[i] >= group_count;
        uint32_t lane = ((uint32_t)groups[i] * copies + (i & (copies - 1))) * 2 * months;
        /* A row without months ends where it begins: at 0. */
        uint32_t some = b->first[i] < b->last[i] ? UINT32_MAX : 0;
        to->first[i] = lane + ((uint32_t)b->first[i] & some);
        to->last[i] = lane + months + ((uint32_t)b->last[i] & some);
    }
    for (size_t i = 0; i < b->n; i++) {
        large |= (uint64_t)quantity[i];
        to->count[i] = (UINT64_C(1) << ROW_BITS) + (uint64_t)quantity[i];
    }
    to->refused = groupless | large >> UNIT_BITS;
}
PILOT_WIDTHS(place_counts, (const sum_pass *p, const pilot_block *b, count_places *to), (p, b, to))

/* Counts a block's rows where all of them can be. */
static bool count_block(sum_pass *p, const pilot_block *b)
{
    month_counts *c = &p->counts;
    count_places places;
    if (!c->copies || !b->all_paid || b->care_count)
        return false;
    place_counts_of[p->plan->width](p, b, &places);
    if (places.refused)
        return false;
    uint64_t *const at = c->at; /* which the compiler cannot tell from the places */
    for (size_t i = 0, n = b->n; i < n; i++) {
        const size_t first = places.first[i], last = places.last[i];
        const uint64_t count = places.count[i];
        at[first] += count;
        at[last] += count;
    }
    c->counted += b->n;
    if (c->counted > COUNTED_MAX - PILOT_BLOCK)
        settle_counts(p);
    return true;
}

static void sum_block(sum_pass *p, size_t at, size_t n)
{
    pilot_block block;
    row_places places;
    bool aside[PILOT_BLOCK] = {false};
    pilot_block_load(p->plan, p->claims, at, n, NULL, false, &block);
    if (count_block(p, &block))
        return;
    for (size_t i = 0; i < block.care_count; i++)
        aside[block.care[i]] = true;
    for (size_t i = 0; i < n; i++) {
        size_t group = group_of(p, at + i);
        if (group == p->to->groups) {
            aside[i] = true;
            block.first[i] = block.last[i] = 0;
            group = 0;
        }
        places.group[i] = pilot_group_at(p->to, group);
        pilot_add_capped(places.group[i] + ROWS, !aside[i]);
    }
    add_block(p, &block, &places);
    for (size_t i = 0; i < n; i++)
        if (aside[i])
            walk_row(p, at + i);
}

pilot_status pilot_aggregate_check(const pilot_aggregate *a, const pilot_policy *policy,
                                   const pilot_claim_columns *claims, const pilot_plan **plan)
{
    const pilot_status status = pilot_claims_plan(policy, claims, plan);
    if (status != PILOT_OK)
        return status;
    return policy->award_fingerprint == a->fingerprint ? PILOT_OK : PILOT_ERROR_INCONSISTENT;
}

pilot_status pilot_aggregate_add(pilot_aggregate *aggregate, const pilot_policy *policy,
                                 const pilot_claim_columns *claims, pilot_column groups, size_t count,
                                 pilot_pass *pass)
{
    const pilot_plan *plan;
    if (!aggregate || !pass || pilot_claims_check(claims) != PILOT_OK || !pilot_column_valid(groups))
        return PILOT_ERROR_ARGUMENT;
    const pilot_status status = pilot_aggregate_check(aggregate, policy, claims, &plan);
    if (status != PILOT_OK)
        return status;
    sum_pass p;
    p.plan = plan;
    p.claims = claims;
    p.groups = groups;
    p.to = aggregate;
    start_counts(&p, count);
    pilot_pass_start(&p.pass, count);
    for (size_t at = 0; at < count; at += PILOT_BLOCK)
        sum_block(&p, at, count - at < PILOT_BLOCK ? count - at : PILOT_BLOCK);
    settle_counts(&p);
    *pass = p.pass;
    return PILOT_OK;
}

static size_t sums_of(const pilot_aggregate *a)
{
    return a->groups * pilot_group_size(a->years, a->segments);
}

static void add_sums(int64_t *to, const int64_t *from, size_t count)
{
    for (size_t i = 0; i < count; i++)
        pilot_add_capped(&to[i], from[i]);
}

pilot_status pilot_aggregate_merge(pilot_aggregate *aggregate, const pilot_aggregate *other)
{
    if (!aggregate || !other)
        return PILOT_ERROR_ARGUMENT;
    if (aggregate->fingerprint != other->fingerprint || aggregate->groups != other->groups)
        return PILOT_ERROR_INCONSISTENT;
    pilot_add_capped(&aggregate->bad_of_no_group, other->bad_of_no_group);
    add_sums(aggregate->sums, other->sums, sums_of(aggregate));
    return PILOT_OK;
}

pilot_status pilot_aggregate_regroup(pilot_aggregate *aggregate, const pilot_aggregate *other,
                                     pilot_column groups)
{
    if (!aggregate || !other || aggregate == other || !pilot_column_valid(groups))
        return PILOT_ERROR_ARGUMENT;
    if (aggregate->fingerprint != other->fingerprint)
        return PILOT_ERROR_INCONSISTENT;
    for (size_t i = 0; i < other->groups; i++)
        if (group_at_row(groups, i, aggregate->groups) == aggregate->groups)
            return PILOT_ERROR_RANGE;
    pilot_add_capped(&aggregate->bad_of_no_group, other->bad_of_no_group);
    for (size_t i = 0; i < other->groups; i++)
        add_sums(pilot_group_at(aggregate, group_at_row(groups, i, aggregate->groups)),
                 group_sums(other, i), pilot_group_size(other->years, other->segments));
    return PILOT_OK;
}

/* Adds count sums at an offset into a group, of it or of all groups, to sums. */
static pilot_status read_sums(const pilot_aggregate *a, size_t group, size_t offset, size_t count,
                              int64_t *sums)
{
    bool all = group == PILOT_ALL_GROUPS, fits = true;
    if (!all && group >= a->groups)
        return PILOT_ERROR_NOT_FOUND;
    for (size_t g = all ? 0 : group; g < (all ? a->groups : group + 1); g++)
        for (size_t i = 0; i < count; i++)
            pilot_add_capped(&sums[i], group_sums(a, g)[offset + i]);
    for (size_t i = 0; i < count; i++)
        fits = fits && sums[i] < INT64_MAX;
    return fits ? PILOT_OK : PILOT_ERROR_OVERFLOW;
}

pilot_status pilot_aggregate_cell_at(const pilot_aggregate *aggregate, size_t group, size_t year,
                                     pilot_aggregate_cell *cell)
{
    int64_t sums[YEAR_FIELDS] = {0};
    if (!aggregate || !cell)
        return PILOT_ERROR_ARGUMENT;
    if (year >= aggregate->years)
        return PILOT_ERROR_NOT_FOUND;
    pilot_status status =
        read_sums(aggregate, group, GROUP_FIELDS + year * YEAR_FIELDS, YEAR_FIELDS, sums);
    if (status == PILOT_OK)
        memcpy(cell, sums, sizeof *cell);
    return status;
}

pilot_status pilot_aggregate_rows(const pilot_aggregate *aggregate, size_t group, int64_t *rows,
                                  int64_t *bad)
{
    int64_t sums[GROUP_FIELDS] = {0};
    if (!aggregate || !rows || !bad)
        return PILOT_ERROR_ARGUMENT;
    if (group == PILOT_ALL_GROUPS)
        sums[BAD] = aggregate->bad_of_no_group;
    pilot_status status = read_sums(aggregate, group, 0, GROUP_FIELDS, sums);
    if (status != PILOT_OK)
        return status;
    *rows = sums[ROWS];
    *bad = sums[BAD];
    return PILOT_OK;
}

pilot_status pilot_aggregate_unit_months(const pilot_aggregate *a, size_t group, int64_t *unit_months)
{
    memset(unit_months, 0, a->segments * sizeof *unit_months);
    return read_sums(a, group, GROUP_FIELDS + a->years * YEAR_FIELDS, a->segments, unit_months);
}

size_t pilot_aggregate_groups(const pilot_aggregate *aggregate)
{
    return aggregate ? aggregate->groups : 0;
}

/* Packed: these words, the sums, and a check sum of all before it, each of 8 bytes, the least first. */
enum { MAGIC, FINGERPRINT, GROUPS, YEARS, SEGMENTS, BAD_OF_NO_GROUP, HEAD_WORDS };
#define MAGIC_WORD UINT64_C(0x32574152474C5050) /* "PPLGRAW2" */
#define MAGIC_OF_WHOLE_POLICY                                                                           \
    UINT64_C(0x31574152474C5050) /* "PPLGRAW1": with the whole policy's                                 \
                                    fingerprint */

size_t pilot_aggregate_packed_size(const pilot_aggregate *aggregate)
{
    return aggregate ? (HEAD_WORDS + sums_of(aggregate) + 1) * sizeof(uint64_t) : 0;
}

pilot_status pilot_aggregate_pack(const pilot_aggregate *aggregate, uint8_t *bytes, size_t capacity)
{
    if (!aggregate || !bytes)
        return PILOT_ERROR_ARGUMENT;
    if (capacity < pilot_aggregate_packed_size(aggregate))
        return PILOT_ERROR_CAPACITY;
    const uint64_t head[HEAD_WORDS] = {[MAGIC] = MAGIC_WORD,
                                       [FINGERPRINT] = aggregate->fingerprint,
                                       [GROUPS] = aggregate->groups,
                                       [YEARS] = aggregate->years,
                                       [SEGMENTS] = aggregate->segments,
                                       [BAD_OF_NO_GROUP] = (uint64_t)aggregate->bad_of_no_group};
    size_t count = sums_of(aggregate);
    for (size_t i = 0; i < HEAD_WORDS; i++)
        pilot_put_word(bytes, i, head[i]);
    for (size_t i = 0; i < count; i++)
        pilot_put_word(bytes, HEAD_WORDS + i, (uint64_t)aggregate->sums[i]);
    pilot_put_sum(bytes, HEAD_WORDS + count);
    return PILOT_OK;
}

static bool magic_is_known(uint64_t magic)
{
    return magic == MAGIC_WORD || magic == MAGIC_OF_WHOLE_POLICY;
}

/* Whether the packed sums are of awards as the policy computes them. */
static bool packed_under(const pilot_policy *policy, const uint8_t *bytes)
{
    const bool whole = pilot_word_at(bytes, MAGIC) == MAGIC_OF_WHOLE_POLICY;
    return pilot_word_at(bytes, FINGERPRINT) ==
           (whole ? policy->fingerprint : policy->award_fingerprint);
}

/* Whether the bytes are what pack wrote for so many groups of the plan's policy. */
static bool packed_well(const pilot_plan *plan, const uint8_t *bytes, size_t all)
{
    if (pilot_word_at(bytes, GROUPS) > SIZE_MAX ||
        pilot_word_at(bytes, YEARS) != (uint64_t)plan->years ||
        pilot_word_at(bytes, SEGMENTS) != (uint64_t)plan->segment_count)
        return false;
    size_t count = sum_count(plan, (size_t)pilot_word_at(bytes, GROUPS));
    bool good = count && all - HEAD_WORDS - 1 == count;
    for (size_t i = BAD_OF_NO_GROUP; good && i < all - 1; i++)
        good = pilot_word_at(bytes, i) <= INT64_MAX;
    return good;
}

pilot_status pilot_aggregate_unpack(const pilot_policy *policy, const uint8_t *bytes, size_t length,
                                    void *memory, size_t size, size_t *groups,
                                    pilot_aggregate **aggregate)
{
    const pilot_plan *plan;
    size_t all = length / sizeof(uint64_t);
    if (!policy || !bytes || !aggregate)
        return PILOT_ERROR_ARGUMENT;
    if (all <= HEAD_WORDS || !magic_is_known(pilot_word_at(bytes, MAGIC)) ||
        !pilot_sum_holds(bytes, length))
        return PILOT_ERROR_FORMAT;
    if (!packed_under(policy, bytes))
        return PILOT_ERROR_INCONSISTENT;
    pilot_status status = pilot_plan_of(policy, &plan);
    if (status != PILOT_OK)
        return status;
    if (!packed_well(plan, bytes, all))
        return PILOT_ERROR_FORMAT;
    size_t count = (size_t)pilot_word_at(bytes, GROUPS);
    if (groups)
        *groups = count;
    pilot_aggregate *made;
    if (!memory)
        return PILOT_ERROR_CAPACITY;
    status = pilot_aggregate_make(policy, count, memory, size, &made);
    if (status != PILOT_OK)
        return status;
    made->bad_of_no_group = (int64_t)pilot_word_at(bytes, BAD_OF_NO_GROUP);
    for (size_t i = 0; i < all - HEAD_WORDS - 1; i++)
        made->sums[i] = (int64_t)pilot_word_at(bytes, HEAD_WORDS + i);
    *aggregate = made;
    return PILOT_OK;
}
