/* Draws of awards: sums by year of what rows come to by chance. */
#include "panel_internal.h"

#include "base/threefry.h"

enum {
    CHANCE_BITS = 32,
    FIRST_BITS = 8, /* that are drawn of every chance; the others where these leave a row open */
    TILE = 128, /* draws worked on together: the table that their sums are looked up in is made once */
    ERROR_TILE = 64,
    CARE_TILE = 8,
    MILLION = 1000000
};
/* What a word is drawn for: the year of a pass by its number, or one of these. */
enum { TAKE_UP = PILOT_PANEL_YEARS_MAX, ERROR };

/* Chances of a block's rows, out of 2^32, cut into bits across the rows: whether a row comes is told bit
 * by bit from the highest, for all rows at once, by the first in which chance and random word differ. */
typedef struct chance {
    uint64_t bits[CHANCE_BITS];
    uint64_t rest[CHANCE_BITS + 1]; /* rows whose chance has a bit from there on */
    uint64_t sure;                  /* rows that come in any case */
} chance;

typedef struct draw_pass {
    const pilot_plan *plan;
    const pilot_claim_columns *claims;
    const pilot_draw_odds *odds;
    pilot_threefry_key key;
    size_t draw, draws;
    pilot_money *sums;
    bool linear; /* an award is a sum of whole fen by unit, which the share splits whole */
    pilot_rounder millionths;
    pilot_pass pass;
} draw_pass;

typedef struct draw_block {
    size_t at, n;
    uint64_t number; /* of the block in the panel, by which its words are told */
    chance take_up;
    int64_t error[PILOT_BLOCK];
    bool any_error;
} draw_block;

PILOT_INLINE void cut(const int64_t *values, chance *restrict c)
{
    for (int k = 0; k < CHANCE_BITS; k++) {
        uint64_t bits = 0;
        for (size_t i = 0; i < PILOT_BLOCK; i++)
            bits |= ((uint64_t)values[i] >> (CHANCE_BITS - 1 - k) & 1) << i;
        c->bits[k] = bits;
    }
}
PILOT_WIDTHS(cut, (const int64_t *values, chance *c), (values, c))

/* yes, no: rows of which it is known. */
static void make_chance(const pilot_plan *plan, pilot_column column, const draw_block *b, uint64_t yes,
                        uint64_t no, chance *c)
{
    int64_t values[PILOT_BLOCK] = {0};
    uint64_t open = ~(yes | no) & (UINT64_MAX >> (PILOT_BLOCK - b->n));
    const int64_t first = pilot_column_value(column, b->at);
    c->sure = yes;
    for (size_t i = 0; i < b->n; i++) {
        int64_t value = column.constant ? first : pilot_column_value(column, b->at + i);
        const bool is_sure = value >> CHANCE_BITS > 0;
        c->sure |= ((uint64_t)is_sure << i) & open;
        values[i] = value < 0 || is_sure ? 0 : value;
    }
    if (column.constant)
        for (int k = 0; k < CHANCE_BITS; k++)
            c->bits[k] = values[0] >> (CHANCE_BITS - 1 - k) & 1 ? UINT64_MAX : 0;
    else
        cut_of[plan->width](values, c);
    c->rest[CHANCE_BITS] = 0;
    for (int k = CHANCE_BITS - 1; k >= 0; k--) {
        c->bits[k] &= open;
        c->rest[k] = c->rest[k + 1] | c->bits[k];
    }
}

/* The results of a row that are known. */
static pilot_row_gate known_gate(const draw_pass *p, size_t row)
{
    return (pilot_row_gate){pilot_mask_at(p->claims->passed, row),
                            pilot_mask_at(p->claims->failed, row)};
}

static void make_pass(const draw_pass *p, const draw_block *b, int32_t year, chance *c)
{
    uint64_t yes = 0, no = 0;
    for (size_t i = 0; pilot_has_masks(p->claims) && i < b->n; i++) {
        const pilot_row_gate known = known_gate(p, b->at + i);
        yes |= (known.passed >> year & 1) << i;
        no |= (known.failed >> year & 1) << i;
    }
    make_chance(p->plan, p->odds->passes[year], b, yes, no, c);
}

PILOT_INLINE void compare(const chance *c, int k, uint64_t word, uint64_t *come, uint64_t *open)
{
    *come |= *open & c->bits[k] & ~word;
    *open &= ~(c->bits[k] ^ word);
}

/* Four more bits of every row that is still open. */
PILOT_INLINE void compare_four(const draw_pass *p, const chance *c, uint64_t number, uint64_t draw,
                               uint64_t what, int k, uint64_t *come, uint64_t *open)
{
    uint64_t w0, w1, w2, w3;
    pilot_threefry(&p->key, number, draw, what, (uint64_t)k / 4, &w0, &w1, &w2, &w3);
    compare(c, k, w0, come, open);
    compare(c, k + 1, w1, come, open);
    compare(c, k + 2, w2, come, open);
    compare(c, k + 3, w3, come, open);
}

typedef struct drawn {
    uint64_t come[TILE], open[TILE];
} drawn;

PILOT_INLINE void first_bits(const draw_pass *p, const chance *c, uint64_t number, uint64_t draw,
                             size_t n, uint64_t what, drawn *restrict to)
{
    for (size_t d = 0; d < n; d++) {
        uint64_t come = 0, open = UINT64_MAX;
        compare_four(p, c, number, draw + d, what, 0, &come, &open);
        compare_four(p, c, number, draw + d, what, 4, &come, &open);
        to->come[d] = come;
        to->open[d] = open;
    }
}
PILOT_WIDTHS(first_bits,
             (const draw_pass *p, const chance *c, uint64_t number, uint64_t draw, size_t n,
              uint64_t what, drawn *to),
             (p, c, number, draw, n, what, to))

/* Which rows come, in each of n draws. */
static void draw_rows(const draw_pass *p, const chance *c, uint64_t number, size_t draw, size_t n,
                      uint64_t what, drawn *to)
{
    if (c->rest[0])
        first_bits_of[p->plan->width](p, c, number, draw, n, what, to);
    for (size_t d = 0; d < n; d++) {
        uint64_t come = c->rest[0] ? to->come[d] : 0, open = c->rest[0] ? to->open[d] : 0;
        for (int k = FIRST_BITS; open & c->rest[k]; k += 4)
            compare_four(p, c, number, draw + d, what, k, &come, &open);
        to->come[d] = come | c->sure;
    }
}

/* A number of households within its error, evenly: by how many millionths it is taken. */
PILOT_INLINE void draw_factors(const draw_pass *p, const draw_block *b, uint64_t draw,
                               int64_t *restrict factors)
{
    enum { HALF = PILOT_BLOCK / 2, EACH = HALF / 4 };
    uint64_t random[HALF], *const second = random + EACH, *const third = second + EACH;
    uint64_t *const fourth = third + EACH;
    for (uint64_t k = 0; k < EACH; k++)
        pilot_threefry(&p->key, b->number, draw, ERROR, k, &random[k], &second[k], &third[k],
                       &fourth[k]);
    for (size_t i = 0; i < HALF; i++) {
        const int64_t e0 = b->error[i], e1 = b->error[i + HALF];
        const uint64_t low = random[i] & UINT32_MAX, high = random[i] >> 32;
        factors[i] = MILLION - e0 + (int64_t)(low * (2 * (uint64_t)e0 + 1) >> 32);
        factors[i + HALF] = MILLION - e1 + (int64_t)(high * (2 * (uint64_t)e1 + 1) >> 32);
    }
}

/* How many households more are drawn than given. */
PILOT_INLINE void draw_more(const draw_pass *p, const draw_block *b, const int64_t *households,
                            uint64_t draw, int16_t *restrict more)
{
    int64_t factors[PILOT_BLOCK];
    const pilot_rounder r = p->millionths;
    draw_factors(p, b, draw, factors);
    for (size_t i = 0; i < PILOT_BLOCK; i++) { /* half up, as the cut quotient of half a million more */
        const uint64_t made = (uint64_t)(households[i] * factors[i] + MILLION / 2) >> r.small_halves;
        more[i] = (int16_t)((int64_t)(made * r.small_magic >> r.small_shift) - households[i]);
    }
}
PILOT_WIDTHS(draw_more,
             (const draw_pass *p, const draw_block *b, const int64_t *households, uint64_t draw,
              int16_t *more),
             (p, b, households, draw, more))

/* What the rows of a year come to, and what one household more adds, in fen. */
typedef struct year_amounts {
    int64_t rows[PILOT_BLOCK], household[PILOT_BLOCK];
} year_amounts;

PILOT_INLINE void sum_with_errors(const year_amounts *y, uint64_t come, const int16_t *more,
                                  int64_t *restrict sum)
{
    int64_t made = 0;
    for (size_t i = 0; i < PILOT_BLOCK; i++)
        made += (y->rows[i] + more[i] * y->household[i]) & -(int64_t)(come >> i & 1);
    *sum = made;
}
PILOT_WIDTHS(sum_with_errors, (const year_amounts *y, uint64_t come, const int16_t *more, int64_t *sum),
             (y, come, more, sum))

/* The sums of any rows of four, for each four of the block: a draw's is found by sixteen of them. */
typedef struct sum_table {
    int64_t of[PILOT_BLOCK / 4][16];
} sum_table;

static void make_table(const int64_t *amounts, sum_table *t)
{
    for (size_t four = 0; four < PILOT_BLOCK / 4; four++) {
        t->of[four][0] = 0;
        for (size_t i = 0; i < 4; i++)
            for (size_t rows = 0; rows < (size_t)1 << i; rows++)
                t->of[four][rows | (size_t)1 << i] = t->of[four][rows] + amounts[4 * four + i];
    }
}

static int64_t look_up(const sum_table *t, uint64_t come)
{
    int64_t sum = 0;
    for (size_t four = 0; four < PILOT_BLOCK / 4; four++)
        sum += t->of[four][come >> (4 * four) & 15];
    return sum;
}

static void add_sum(const draw_pass *p, size_t draw, int32_t year, int64_t total, int64_t city)
{
    pilot_money *sums = p->sums + (draw * (size_t)p->plan->years + (size_t)year) * 2;
    pilot_add_capped(&sums[0], total);
    pilot_add_capped(&sums[1], city);
}

/* total: of awards that are split whole. */
static int64_t city_of(const pilot_plan *plan, int64_t total)
{
    const int64_t part = plan->halves >= 0 ? total >> plan->halves
                                           : pilot_divide_by(total, plan->denominator) * plan->numerator;
    return plan->part_is_district ? total - part : part;
}

/* A block whose rows' awards are added up by what each row comes to in a year if it passes. */
typedef struct linear_block {
    const draw_block *of;
    pilot_block block;
    pilot_block_sums sums;
    int64_t households[PILOT_BLOCK];
} linear_block;

static bool any_amount(const int64_t *amounts)
{
    int64_t any = 0;
    for (size_t i = 0; i < PILOT_BLOCK; i++)
        any |= amounts[i];
    return any;
}

static void add_year_amounts(const draw_pass *p, linear_block *l, int32_t year, int64_t *amounts)
{
    const pilot_plan *plan = p->plan;
    memset(l->sums.paid_exact, 0, sizeof l->sums.paid_exact);
    for (int32_t s = 0; s < plan->segment_count; s++)
        if (plan->segments[s].year == year)
            pilot_block_segment(plan, &l->block, &plan->segments[s], &l->sums);
    memcpy(amounts, l->sums.paid_exact, sizeof l->sums.paid_exact);
}

/* The block with one household in each row, and nothing else, for what that adds. */
static void household_amounts(const draw_pass *p, linear_block *l, int32_t year, int64_t *amounts)
{
    const int64_t *given[PILOT_BASIS_COUNT];
    int64_t ones[PILOT_BLOCK], zeros[PILOT_BLOCK] = {0};
    for (size_t i = 0; i < PILOT_BLOCK; i++)
        ones[i] = 1;
    memcpy(given, l->block.quantity, sizeof given);
    for (int basis = 0; basis < PILOT_BASIS_COUNT; basis++)
        l->block.quantity[basis] = basis == PILOT_PER_HOUSEHOLD ? ones : zeros;
    add_year_amounts(p, l, year, amounts);
    memcpy(l->block.quantity, given, sizeof given);
}

typedef struct tile {
    drawn takes, passes;
    int16_t more[ERROR_TILE][PILOT_BLOCK];
} tile;

/* The sums of draws from..from + n - 1, of which the tile has who takes part and the households. */
static void add_linear_year(const draw_pass *p, linear_block *l, size_t from, size_t n, int32_t year,
                            tile *t)
{
    const draw_block *b = l->of;
    const bool errors = b->any_error;
    year_amounts amounts;
    sum_table table;
    chance pass;
    add_year_amounts(p, l, year, amounts.rows);
    if (!any_amount(amounts.rows))
        return;
    if (errors)
        household_amounts(p, l, year, amounts.household);
    else
        make_table(amounts.rows, &table);
    make_pass(p, b, year, &pass);
    draw_rows(p, &pass, b->number, p->draw + from, n, (uint64_t)year, &t->passes);
    for (size_t d = 0; d < n; d++) {
        const uint64_t come = t->takes.come[d] & t->passes.come[d];
        int64_t total;
        if (errors)
            sum_with_errors_of[p->plan->width](&amounts, come, t->more[d], &total);
        else
            total = look_up(&table, come);
        add_sum(p, from + d, year, total, city_of(p->plan, total));
    }
}

/* Fewer than these can be taken by 2 million in one small multiplication, and differ by 16 bits. */
#define ERROR_HOUSEHOLDS INT64_C(32768)

/* Whether the block's rows are added up so; they are loaded for it then. */
static bool load_linear(const draw_pass *p, const draw_block *b, linear_block *l)
{
    const pilot_plan *plan = p->plan;
    pilot_claim_columns claims = *p->claims;
    claims.passed.values = claims.failed.values = NULL;
    if (!p->linear)
        return false;
    l->of = b;
    pilot_block_load(plan, &claims, b->at, b->n, NULL, false, &l->block);
    pilot_block_begin(&claims, &l->block, &l->sums);
    memset(l->households, 0, sizeof l->households);
    int64_t most = 0;
    for (size_t i = 0; b->any_error && i < b->n; i++) {
        l->households[i] = l->block.quantity[PILOT_PER_HOUSEHOLD][i];
        most |= l->households[i];
    }
    for (size_t i = 0; i < b->n; i++) {
        const pilot_row_gate known = known_gate(p, b->at + i);
        if (known.passed & known.failed)
            return false;
    }
    return !l->block.care_count && most < ERROR_HOUSEHOLDS &&
           (!b->any_error || plan->limit >= 2 * ERROR_HOUSEHOLDS);
}

static void add_tiles(const draw_pass *p, linear_block *l)
{
    const draw_block *b = l->of;
    const size_t size = b->any_error ? ERROR_TILE : TILE;
    tile t;
    for (size_t from = 0, n; from < p->draws; from += n) {
        n = p->draws - from < size ? p->draws - from : size;
        draw_rows(p, &b->take_up, b->number, p->draw + from, n, TAKE_UP, &t.takes);
        for (size_t d = 0; b->any_error && d < n; d++)
            draw_more_of[p->plan->width](p, b, l->households, p->draw + from + d, t.more[d]);
        for (int32_t year = 0; year < p->plan->years; year++)
            add_linear_year(p, l, from, n, year, &t);
    }
}

/* Whether the block could be added so. */
PILOT_APART bool add_linear(const draw_pass *p, const draw_block *b)
{
    linear_block l;
    if (!load_linear(p, b, &l))
        return false;
    add_tiles(p, &l);
    return true;
}

/* What one draw says of a block's rows, as columns of claims. */
typedef struct drawn_claims {
    pilot_claim_columns columns;
    int64_t quantity[PILOT_BASIS_COUNT][PILOT_BLOCK];
    int64_t passed[PILOT_BLOCK], failed[PILOT_BLOCK];
} drawn_claims;

static pilot_column column_from(pilot_column c, size_t at)
{
    if (c.values)
        c.values = pilot_column_at(c, at);
    return c;
}

static int64_t taken(int64_t households, int64_t factor)
{
    /* In millions and the rest, so that no product wraps; what does not fit is no number of households.
     */
    if (households < 0 || households > INT64_MAX / 2)
        return -1;
    return households / MILLION * factor + (households % MILLION * factor + MILLION / 2) / MILLION;
}

static void draw_quantities(const draw_pass *p, const draw_block *b, uint64_t takes, size_t draw,
                            drawn_claims *c)
{
    int64_t factors[PILOT_BLOCK];
    if (b->any_error)
        draw_factors(p, b, p->draw + draw, factors);
    for (int basis = 0; basis < PILOT_BASIS_COUNT; basis++) {
        const pilot_column given = p->claims->quantity[basis];
        c->columns.quantity[basis] =
            (pilot_column){given.values ? c->quantity[basis] : NULL, PILOT_INT64, false};
        for (size_t i = 0; given.values && i < b->n; i++) {
            const bool takes_part = takes >> i & 1;
            int64_t value = pilot_column_value(given, b->at + i);
            if (basis == PILOT_PER_HOUSEHOLD && b->error[i])
                value = taken(value, factors[i]);
            c->quantity[basis][i] = takes_part ? value : 0;
        }
    }
}

typedef struct care_lines {
    const draw_pass *p;
    size_t draw;
} care_lines;

static pilot_status add_care_line(const pilot_award_line *line, void *context)
{
    const care_lines *l = context;
    if (line->reason == PILOT_PAYABLE)
        add_sum(l->p, l->draw, (line->first - l->p->plan->origin) / 12, line->amount, line->city);
    return PILOT_OK;
}

/* Rows come again and again, each draw in order. */
static void add_bad(pilot_pass *pass, size_t row, pilot_status status)
{
    if (!pass->bad++ || row < pass->first_bad) {
        pass->first_bad = row;
        pass->status = status;
    }
}

static void add_care_row(draw_pass *p, const draw_block *b, const drawn_claims *c, size_t row,
                         size_t draw)
{
    care_lines lines = {p, draw};
    pilot_award award;
    pilot_status status = pilot_row_walk(p->plan, &c->columns, row, NULL, NULL, &award);
    if (status == PILOT_OK)
        (void)pilot_row_walk(p->plan, &c->columns, row, add_care_line, &lines, &award);
    else
        add_bad(&p->pass, b->at + row, status);
}

/* One draw as the awards of its claims: under any policy. */
static void add_claims(draw_pass *p, const draw_block *b, const drawn_claims *c, size_t draw)
{
    const pilot_plan *plan = p->plan;
    pilot_block block;
    pilot_block_sums sums;
    int32_t s = 0;
    pilot_block_load(plan, &c->columns, 0, b->n, NULL, false, &block);
    pilot_block_begin(&c->columns, &block, &sums);
    for (int32_t year = 0; year < plan->years; year++) {
        int64_t total = 0, city = 0;
        for (; s < plan->segment_count && plan->segments[s].year == year; s++)
            pilot_block_segment(plan, &block, &plan->segments[s], &sums);
        pilot_block_round(plan, &block, &sums);
        for (size_t i = 0; i < b->n; i++) {
            total += sums.year_total[i];
            city += sums.year_city[i];
        }
        add_sum(p, draw, year, total, city);
    }
    for (size_t i = 0; i < block.care_count; i++)
        add_care_row(p, b, c, block.care[i], draw);
}

static void draw_results(const draw_pass *p, const draw_block *b, size_t from, size_t n,
                         int64_t passed[CARE_TILE][PILOT_BLOCK])
{
    drawn passes;
    memset(passed, 0, CARE_TILE * sizeof *passed);
    for (int32_t year = 0; year < p->plan->years; year++) {
        chance pass;
        make_pass(p, b, year, &pass);
        draw_rows(p, &pass, b->number, p->draw + from, n, (uint64_t)year, &passes);
        for (size_t d = 0; d < n; d++)
            for (size_t i = 0; i < b->n; i++)
                passed[d][i] |= (int64_t)((passes.come[d] >> i & 1) << year);
    }
}

/* All draws, each with its claims; results of years that have no rate stay what is known of them. */
PILOT_APART void add_with_care(draw_pass *p, const draw_block *b)
{
    const uint64_t years = p->plan->years < 64 ? (UINT64_C(1) << p->plan->years) - 1 : UINT64_MAX;
    int64_t passed[CARE_TILE][PILOT_BLOCK];
    drawn takes;
    drawn_claims c = {.columns = *p->claims};
    c.columns.first = column_from(c.columns.first, b->at);
    c.columns.last = column_from(c.columns.last, b->at);
    c.columns.passed_from = column_from(c.columns.passed_from, b->at);
    c.columns.passed = (pilot_column){c.passed, PILOT_INT64, false};
    c.columns.failed = (pilot_column){c.failed, PILOT_INT64, false};
    for (size_t from = 0, n; from < p->draws; from += n) {
        n = p->draws - from < CARE_TILE ? p->draws - from : CARE_TILE;
        draw_rows(p, &b->take_up, b->number, p->draw + from, n, TAKE_UP, &takes);
        draw_results(p, b, from, n, passed);
        for (size_t d = 0; d < n; d++) {
            for (size_t i = 0; i < b->n; i++) {
                const pilot_row_gate known = known_gate(p, b->at + i);
                const uint64_t come = (uint64_t)passed[d][i];
                c.passed[i] = (int64_t)(known.passed | come);
                c.failed[i] = (int64_t)(known.failed | (years & ~come));
            }
            draw_quantities(p, b, takes.come[d], from + d, &c);
            add_claims(p, b, &c, from + d);
        }
    }
}

static void load_block(const draw_pass *p, draw_block *b)
{
    make_chance(p->plan, p->odds->take_up, b, 0, 0, &b->take_up);
    b->any_error = false;
    for (size_t i = 0; i < PILOT_BLOCK; i++) {
        const pilot_column error = p->odds->household_error;
        int64_t value = i < b->n && error.values ? pilot_column_value(error, b->at + i) : 0;
        value = value < 0 || !p->plan->bases[PILOT_PER_HOUSEHOLD] ? 0 : value;
        b->error[i] = value > MILLION ? MILLION : value;
        b->any_error = b->any_error || value;
    }
}

static bool odds_valid(const pilot_draw_odds *odds, size_t years)
{
    bool valid = odds->take_up.values && pilot_column_valid(odds->take_up) &&
                 pilot_column_valid(odds->household_error);
    for (size_t i = 0; valid && i < years; i++)
        valid = odds->passes[i].values && pilot_column_valid(odds->passes[i]);
    return valid;
}

pilot_status pilot_draw_columns(const pilot_policy *policy, const pilot_claim_columns *claims,
                                const pilot_draw_odds *odds, uint64_t seed, size_t row, size_t count,
                                size_t draw, size_t draws, pilot_money *sums, pilot_pass *pass)
{
    const pilot_plan *plan;
    if (!odds || !odds->passes || !sums || !pass || row % PILOT_BLOCK ||
        pilot_claims_check(claims) != PILOT_OK)
        return PILOT_ERROR_ARGUMENT;
    pilot_status status = pilot_claims_plan(policy, claims, &plan);
    if (status != PILOT_OK)
        return status;
    if (!odds_valid(odds, (size_t)plan->years))
        return PILOT_ERROR_ARGUMENT;
    draw_pass p = {.plan = plan,
                   .claims = claims,
                   .odds = odds,
                   .key = pilot_threefry_key_of(seed),
                   .draw = draw,
                   .draws = draws,
                   .sums = sums,
                   .linear = pilot_splits_whole(plan),
                   .millionths = pilot_rounder_make(MILLION, PILOT_HALF_UP)};
    pilot_pass_start(&p.pass, count);
    for (size_t at = 0; at < count; at += PILOT_BLOCK) {
        draw_block b = {.at = at, .n = count - at < PILOT_BLOCK ? count - at : PILOT_BLOCK};
        b.number = (row + at) / PILOT_BLOCK;
        load_block(&p, &b);
        if (!add_linear(&p, &b))
            add_with_care(&p, &b);
    }
    *pass = p.pass;
    return PILOT_OK;
}
