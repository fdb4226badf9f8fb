/* Awards by column. */
#include "panel_internal.h"

typedef struct award_pass {
    const pilot_plan *plan;
    const pilot_claim_columns *claims;
    const pilot_award_columns *to;
    pilot_pass pass;
    bool by_year; /* something is asked for that the totals of a row do not tell */
    pilot_narrow narrow;
} award_pass;

typedef struct money_rows {
    int64_t total[PILOT_BLOCK], city[PILOT_BLOCK], district[PILOT_BLOCK];
} money_rows;

static void write_awards(const award_pass *p, const pilot_block *b)
{
    money_rows rooms;
    const pilot_award_columns *to = p->to;
    const bool splits = to->city || to->district;
    int64_t *const city = to->city ? to->city + b->at : rooms.city;
    int64_t *const district = to->district ? to->district + b->at : rooms.district;
    pilot_block_awards(p->plan, b, &p->narrow, to->total ? to->total + b->at : rooms.total,
                       splits ? city : NULL, splits ? district : NULL);
}

static void write_year(const award_pass *p, const pilot_block *b, int32_t year,
                       const pilot_block_sums *sums)
{
    size_t years = (size_t)p->plan->years;
    for (size_t i = 0; p->to->years && i < b->n; i++)
        p->to->years[(b->at + i) * years + (size_t)year] = sums->year_total[i];
}

static uint8_t reasons_of(const pilot_block *b, const pilot_block_sums *sums, size_t i)
{
    uint64_t held = sums->touched[i] & ~b->paid[i];
    bool gap = sums->rated[i] < b->last[i] - b->first[i];
    return (uint8_t)(((sums->touched[i] & b->paid[i]) != 0) << PILOT_PAYABLE |
                     ((held & ~b->failing[i]) != 0) << PILOT_WITHHELD_NOT_ASSESSED |
                     ((held & b->failing[i]) != 0) << PILOT_WITHHELD_FAILED |
                     (b->outside[i] || gap) << PILOT_WITHHELD_OUTSIDE);
}

static void write_sums(const award_pass *p, const pilot_block *b, const pilot_block_sums *sums)
{
    const pilot_award_columns *to = p->to;
    for (size_t i = 0; i < b->n; i++) {
        size_t row = b->at + i;
        if (to->total)
            to->total[row] = sums->total[i];
        if (to->city)
            to->city[row] = sums->city[i];
        if (to->district)
            to->district[row] = sums->total[i] - sums->city[i];
        if (to->withheld)
            to->withheld[row] = sums->withheld[i];
        if (to->reasons)
            to->reasons[row] = reasons_of(b, sums, i);
    }
}

static void write_by_year(const award_pass *p, pilot_block *b)
{
    pilot_block_sums sums;
    const pilot_plan *plan = p->plan;
    int32_t s = 0;
    pilot_block_begin(p->claims, b, &sums);
    for (int32_t year = 0; year < plan->years; year++) {
        for (; s < plan->segment_count && plan->segments[s].year == year; s++)
            pilot_block_segment(plan, b, &plan->segments[s], &sums);
        if (p->to->years || year == plan->years - 1)
            pilot_block_round(plan, b, &sums);
        write_year(p, b, year, &sums);
    }
    write_sums(p, b, &sums);
}

typedef struct year_row {
    pilot_money *years;
    int32_t first;
} year_row;

static pilot_status add_line_to_year(const pilot_award_line *line, void *context)
{
    const year_row *row = context;
    if (row->years && line->reason == PILOT_PAYABLE)
        row->years[pilot_month_year(line->first) - row->first] += line->amount;
    return PILOT_OK;
}

static void write_row(const award_pass *p, size_t row, pilot_status status, const pilot_award *award)
{
    static const pilot_award none = {.total = PILOT_NO_AMOUNT,
                                     .city = PILOT_NO_AMOUNT,
                                     .district = PILOT_NO_AMOUNT,
                                     .withheld = PILOT_NO_AMOUNT};
    const pilot_award_columns *to = p->to;
    const pilot_award *a = status == PILOT_OK ? award : &none;
    if (to->total)
        to->total[row] = a->total;
    if (to->city)
        to->city[row] = a->city;
    if (to->district)
        to->district[row] = a->district;
    if (to->withheld)
        to->withheld[row] = a->withheld;
    if (to->reasons)
        to->reasons[row] = (uint8_t)a->reasons;
    if (to->statuses)
        to->statuses[row] = (uint8_t)status;
}

/* A row that the block set aside. */
static void walk_row(award_pass *p, size_t row)
{
    size_t years = (size_t)p->plan->years;
    year_row y = {p->to->years ? p->to->years + row * years : NULL, pilot_month_year(p->plan->origin)};
    pilot_award award = {.total = 0};
    pilot_status status = pilot_row_walk(p->plan, p->claims, row, NULL, NULL, &award);
    write_row(p, row, status, &award);
    for (size_t i = 0; y.years && i < years; i++)
        y.years[i] = status == PILOT_OK ? 0 : PILOT_NO_AMOUNT;
    if (status == PILOT_OK)
        (void)pilot_row_walk(p->plan, p->claims, row, add_line_to_year, &y, &award);
    else
        pilot_pass_bad(&p->pass, row, status);
}

static void pass_block(award_pass *p, size_t at, size_t n)
{
    pilot_block block;
    pilot_block_load(p->plan, p->claims, at, n, p->by_year || !p->narrow.runs ? NULL : &p->narrow,
                     p->to->reasons != NULL, &block);
    if (p->by_year || !block.all_paid)
        write_by_year(p, &block);
    else
        write_awards(p, &block);
    for (size_t i = 0; p->to->statuses && i < n; i++)
        p->to->statuses[at + i] = PILOT_OK;
    for (size_t i = 0; i < block.care_count; i++)
        walk_row(p, at + block.care[i]);
}

pilot_status pilot_award_columns_compute(const pilot_policy *policy, const pilot_claim_columns *claims,
                                         size_t count, const pilot_award_columns *awards,
                                         pilot_pass *pass)
{
    const pilot_plan *plan;
    if (!awards || !pass || pilot_claims_check(claims) != PILOT_OK)
        return PILOT_ERROR_ARGUMENT;
    pilot_status status = pilot_claims_plan(policy, claims, &plan);
    if (status != PILOT_OK)
        return status;
    award_pass p = {.plan = plan,
                    .claims = claims,
                    .to = awards,
                    .by_year = awards->withheld || awards->years || awards->reasons,
                    .narrow = pilot_narrow_of(plan, claims)};
    pilot_pass_start(&p.pass, count);
    for (size_t at = 0; at < count; at += PILOT_BLOCK)
        pass_block(&p, at, count - at < PILOT_BLOCK ? count - at : PILOT_BLOCK);
    *pass = p.pass;
    return PILOT_OK;
}
