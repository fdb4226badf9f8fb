/* Accounts by column. Rows that cannot overflow go month by month, a block of them at a time, as what a
 * month carries on depends on all before it; the others are walked one by one by the account itself. */
#include "panel_internal.h"

#include "money/account_internal.h"

enum {
    MONTH_MIN = (PILOT_YEAR_MIN - 1970) * 12,
    MONTH_MAX = (PILOT_YEAR_MAX - 1970) * 12 + 11,
};

/* With every month's amounts and the opening up to this, no sum over all months that there are can
 * overflow: they are fewer than 2^12, and an award of a block is far below 2^60. */
#define AMOUNT_MAX (INT64_C(1) << 48)

enum { GAP, GAP_AFTER_FEES, REWARD, GAP_AFTER_REWARD, SHORTFALL, SUMS };

typedef struct account_pass {
    const pilot_policy *policy;
    const pilot_plan *plan;            /* NULL: no reward is claimed */
    const pilot_claim_columns *claims; /* NULL likewise */
    const pilot_account_columns *accounts;
    const pilot_shortfall_columns *results;
    pilot_money *to[PILOT_LEDGER_COUNT][SUMS];
    bool wanted[PILOT_LEDGER_COUNT];
    pilot_ledger rewarded;
    bool capped;
    int width;
    pilot_share rate;
    pilot_pass pass;
} account_pass;

/* What a ledger has each month, what it carries, and its sums over the year so far. */
typedef struct ledger_rows {
    int64_t cost[PILOT_BLOCK], income[PILOT_BLOCK];
    int64_t whole[PILOT_BLOCK], rest[PILOT_BLOCK], left[PILOT_BLOCK]; /* as pilot_collection */
    int64_t due[PILOT_BLOCK], taken[PILOT_BLOCK];                     /* of the award so far */
    int64_t carried[PILOT_BLOCK];
    int64_t sums[SUMS][PILOT_BLOCK];
} ledger_rows;

typedef struct award_rows {
    int64_t first[PILOT_BLOCK], last[PILOT_BLOCK]; /* from the plan's origin; last not included */
    int64_t gain[PILOT_BLOCK];                     /* of a month of the segment, where it is paid */
    int64_t exact[PILOT_BLOCK];
} award_rows;

/* Rows of the block that are not there or are set aside have no months and no amounts. */
typedef struct account_block {
    size_t at, n;
    int64_t begin, end; /* the earliest month of a row, and the latest that is looked at */
    int64_t first[PILOT_BLOCK], last[PILOT_BLOCK];
    int64_t aside[PILOT_BLOCK]; /* negative: left to the walk */
    ledger_rows ledgers[PILOT_LEDGER_COUNT];
    award_rows awards;
    pilot_block claims;
} account_block;

/* Rows of a column, each from least to most or else set aside. */
PILOT_INLINE void load_column(pilot_column column, account_block *b, int64_t least, int64_t most,
                              int64_t *restrict to)
{
    int64_t room[PILOT_BLOCK];
    const int64_t *values = pilot_column_load(column, b->at, b->n, room);
    for (size_t i = 0; i < b->n; i++) {
        uint64_t value = (uint64_t)values[i];
        b->aside[i] |= (int64_t)((value - (uint64_t)least) | ((uint64_t)most - value));
        to[i] = values[i];
    }
}

PILOT_INLINE void load_ledger(const account_pass *p, account_block *b, pilot_ledger ledger)
{
    int64_t costs[PILOT_BLOCK] = {0};
    const pilot_account_columns *a = p->accounts;
    ledger_rows *l = &b->ledgers[ledger];
    load_column(a->opening[ledger], b, 0, AMOUNT_MAX, l->carried);
    load_column(a->cost[ledger], b, 0, AMOUNT_MAX, l->cost);
    load_column(a->gross[ledger], b, 0, AMOUNT_MAX, l->income);
    load_column(a->gross_cost[ledger], b, 0, AMOUNT_MAX, costs);
    int64_t net = -(int64_t)pilot_income_is_net(p->policy, ledger);
    for (size_t i = 0; i < PILOT_BLOCK; i++)
        l->income[i] = (int64_t)((uint64_t)l->income[i] - (uint64_t)(costs[i] & net));
}

static void clear_row(account_block *b, size_t i)
{
    b->first[i] = MONTH_MAX + 1;
    b->last[i] = MONTH_MIN - 1;
    for (int l = 0; l < PILOT_LEDGER_COUNT; l++) {
        ledger_rows *rows = &b->ledgers[l];
        rows->carried[i] = rows->cost[i] = rows->income[i] = 0;
    }
}

static void load_claims(const account_pass *p, account_block *b)
{
    pilot_block_load(p->plan, p->claims, b->at, b->n, NULL, false, &b->claims);
    for (size_t i = 0; i < b->claims.care_count; i++)
        b->aside[b->claims.care[i]] = -1;
    for (size_t i = 0; i < b->n; i++) {
        b->awards.first[i] = b->claims.first[i];
        b->awards.last[i] = b->claims.last[i];
    }
}

PILOT_INLINE void load_block(const account_pass *p, account_block *b)
{
    int64_t billed[PILOT_BLOCK] = {0};
    ledger_rows *service = &b->ledgers[PILOT_LEDGER_SERVICE];
    load_column(p->accounts->first, b, MONTH_MIN, MONTH_MAX, b->first);
    load_column(p->accounts->last, b, MONTH_MIN, MONTH_MAX, b->last);
    for (int l = 0; l < PILOT_LEDGER_COUNT; l++)
        load_ledger(p, b, (pilot_ledger)l);
    load_column(p->accounts->billed, b, 0, AMOUNT_MAX, billed);
    for (size_t i = 0; i < b->n; i++)
        b->aside[i] |= (int64_t)((uint64_t)b->last[i] - (uint64_t)b->first[i]);
    if (p->claims)
        load_claims(p, b);
    b->begin = MONTH_MAX + 1;
    b->end = MONTH_MIN - 1;
    for (size_t i = 0; i < PILOT_BLOCK; i++) {
        if (i >= b->n || b->aside[i] < 0)
            clear_row(b, i);
        else if (p->accounts->billed.values) {
            pilot_collection c = pilot_collection_of(billed[i], p->rate);
            service->whole[i] = c.whole;
            service->rest[i] = c.rest;
        }
        b->begin = b->first[i] < b->begin ? b->first[i] : b->begin;
        b->end = b->last[i] > b->end ? b->last[i] : b->end;
    }
}

/* A row set aside can have any quantity, but has no months. */
PILOT_INLINE void begin_segment(const account_pass *p, account_block *b, const pilot_segment *s)
{
    const int64_t *quantity = b->claims.quantity[s->basis];
    bool gated = pilot_has_masks(p->claims);
    for (size_t i = 0; i < b->n; i++) {
        int64_t open = gated ? -(int64_t)(b->claims.paid[i] >> s->year & 1) : -1;
        b->awards.gain[i] = (int64_t)((uint64_t)quantity[i] * (uint64_t)s->unit) & open;
    }
}

/* What is due once the month, counted from the plan's origin, is awarded too. */
PILOT_INLINE void award_month(const account_pass *p, award_rows *restrict a, int64_t month,
                              int64_t *restrict due)
{
    pilot_rounder fen = p->plan->fen;
    for (size_t i = 0; i < PILOT_BLOCK; i++)
        a->exact[i] += a->gain[i] & -(int64_t)((a->first[i] <= month) & (month < a->last[i]));
    if (p->plan->whole_fen)
        for (size_t i = 0; i < PILOT_BLOCK; i++)
            due[i] = a->exact[i];
    else
        for (size_t i = 0; i < PILOT_BLOCK; i++)
            due[i] = pilot_round_by(a->exact[i], &fen);
}

/* Outside a row's account nothing comes in and nothing goes out, so that all stays as it is. */
PILOT_INLINE void settle_month(const account_block *b, ledger_rows *restrict l, int64_t month,
                               int64_t denominator, const bool capped)
{
    for (size_t i = 0; i < PILOT_BLOCK; i++) {
        uint64_t over = 0; /* nothing is */
        int64_t there = -(int64_t)((b->first[i] <= month) & (month <= b->last[i]));
        const pilot_collection c = {l->whole[i] & there, l->rest[i] & there, denominator};
        int64_t award = (l->due[i] - l->taken[i]) & there;
        int64_t collected = pilot_collect(&c, &l->left[i]);
        const pilot_settlement s = pilot_settle(l->carried[i], l->cost[i] & there, collected, award,
                                                l->income[i] & there, capped, &over);
        l->taken[i] += award;
        l->carried[i] = s.closing;
        l->sums[GAP][i] += s.gap;
        l->sums[GAP_AFTER_FEES][i] += s.gap_after_fees;
        l->sums[REWARD][i] += s.reward;
        l->sums[GAP_AFTER_REWARD][i] += s.gap_after_reward;
        l->sums[SHORTFALL][i] += s.shortfall;
    }
}

PILOT_INLINE void end_year(const account_pass *p, account_block *b, int32_t year)
{
    size_t years = p->results->year_count;
    int64_t at = (int64_t)year - p->results->first_year;
    for (int l = 0; l < PILOT_LEDGER_COUNT; l++)
        for (int s = 0; s < SUMS; s++) {
            int64_t *sums = b->ledgers[l].sums[s];
            pilot_money *to = p->to[l][s];
            for (size_t i = 0; to && at >= 0 && i < b->n; i++)
                to[(b->at + i) * years + (size_t)at] = sums[i];
            for (size_t i = 0; i < PILOT_BLOCK; i++)
                sums[i] = 0;
        }
}

PILOT_INLINE void walk_block(const account_pass *p, account_block *b)
{
    const pilot_plan *plan = p->plan && p->wanted[p->rewarded] ? p->plan : NULL;
    int64_t month = plan && plan->origin < b->begin ? plan->origin : b->begin;
    int64_t *due = b->ledgers[p->rewarded].due;
    for (int32_t s = 0; month <= b->end; month++) {
        int64_t planned = plan ? month - plan->origin : -1;
        while (plan && s < plan->segment_count && plan->segments[s].last <= planned)
            s++;
        if (plan && s < plan->segment_count && plan->segments[s].first <= planned) {
            if (plan->segments[s].first == planned)
                begin_segment(p, b, &plan->segments[s]);
            award_month(p, &b->awards, planned, due);
        }
        if (month < b->begin)
            continue;
        for (int l = 0; l < PILOT_LEDGER_COUNT; l++)
            if (p->wanted[l] && p->capped)
                settle_month(b, &b->ledgers[l], month, p->rate.denominator, true);
            else if (p->wanted[l])
                settle_month(b, &b->ledgers[l], month, p->rate.denominator, false);
        if (month == b->end || pilot_month_in_year((pilot_month)month) == 11)
            end_year(p, b, pilot_month_year((pilot_month)month));
    }
}

PILOT_WIDTHS(load_block, (const account_pass *p, account_block *b), (p, b))
PILOT_WIDTHS(walk_block, (const account_pass *p, account_block *b), (p, b))

static void fill_rows(const account_pass *p, size_t at, size_t n, pilot_money amount)
{
    size_t years = p->results->year_count;
    for (int l = 0; l < PILOT_LEDGER_COUNT; l++)
        for (int s = 0; s < SUMS; s++)
            for (size_t i = at * years; p->to[l][s] && i < (at + n) * years; i++)
                p->to[l][s][i] = amount;
}

typedef struct year_target {
    const account_pass *pass;
    size_t row;
} year_target;

static void write_year(const pilot_account_row *year, void *context)
{
    const year_target *t = context;
    const pilot_shortfall_columns *r = t->pass->results;
    int64_t at = (int64_t)pilot_month_year(year->first) - r->first_year;
    for (int l = 0; at >= 0 && at < (int64_t)r->year_count && l < PILOT_LEDGER_COUNT; l++) {
        const pilot_ledger_sums *from = &year->ledgers[l];
        const pilot_money sums[SUMS] = {from->gap, from->gap_after_fees, from->reward,
                                        from->gap_after_reward, from->shortfall};
        for (int s = 0; s < SUMS; s++)
            if (t->pass->to[l][s])
                t->pass->to[l][s][t->row * r->year_count + (size_t)at] = sums[s];
    }
}

static int64_t amount_at(pilot_column column, size_t row)
{
    return column.values ? pilot_column_value(column, row) : 0;
}

static pilot_status walk_account(const account_pass *p, size_t row)
{
    static const pilot_income_source sources[] = {PILOT_INCOME_ADVERTISING, PILOT_INCOME_PARKING};
    const pilot_account_columns *a = p->accounts;
    pilot_assessment assessments[64];
    pilot_claim claim;
    pilot_account_cost costs[PILOT_LEDGER_COUNT];
    pilot_account_income incomes[PILOT_LEDGER_COUNT];
    year_target target = {p, row};
    int64_t first = pilot_column_value(a->first, row), last = pilot_column_value(a->last, row);
    pilot_account_terms terms = {.first = (pilot_month)first,
                                 .last = (pilot_month)last,
                                 .fee = {.billed = {amount_at(a->billed, row), true}},
                                 .collection_rate = p->rate,
                                 .claim = p->claims ? &claim : NULL,
                                 .costs = costs,
                                 .cost_count = PILOT_LEDGER_COUNT,
                                 .incomes = incomes,
                                 .income_count = PILOT_LEDGER_COUNT};
    for (int l = 0; l < PILOT_LEDGER_COUNT; l++) {
        terms.opening[l] = (pilot_opt_int){amount_at(a->opening[l], row), true};
        costs[l] = (pilot_account_cost){NULL, (pilot_ledger)l, terms.first, terms.last,
                                        amount_at(a->cost[l], row)};
        incomes[l] =
            (pilot_account_income){sources[l], terms.first, terms.last, amount_at(a->gross[l], row),
                                   amount_at(a->gross_cost[l], row)};
    }
    if (first != terms.first || last != terms.last)
        return PILOT_ERROR_RANGE;
    pilot_status status =
        p->claims ? pilot_row_claim(p->plan, p->claims, row, assessments, &claim) : PILOT_OK;
    return status == PILOT_OK ? pilot_account_each_year(p->policy, &terms, write_year, &target) : status;
}

static void walk_row(account_pass *p, size_t row)
{
    pilot_status status = walk_account(p, row);
    if (p->results->statuses)
        p->results->statuses[row] = (uint8_t)status;
    if (status == PILOT_OK)
        return;
    fill_rows(p, row, 1, PILOT_NO_AMOUNT);
    pilot_pass_bad(&p->pass, row, status);
}

static void pass_block(account_pass *p, size_t at, size_t n)
{
    account_block b = {.at = at, .n = n};
    int64_t years = (int64_t)p->results->first_year + (int64_t)p->results->year_count;
    load_block_of[p->width](p, &b);
    fill_rows(p, at, n, 0);
    for (size_t i = 0; p->results->statuses && i < n; i++)
        p->results->statuses[at + i] = PILOT_OK;
    if (b.end >= pilot_year_first_month((int32_t)years))
        b.end = pilot_year_first_month((int32_t)years) - 1;
    walk_block_of[p->width](p, &b);
    for (size_t i = 0; i < n; i++)
        if (b.aside[i] < 0)
            walk_row(p, at + i);
}

static pilot_status check_accounts(const pilot_account_columns *a)
{
    int64_t part;
    if (!a || !a->first.values || !a->last.values)
        return PILOT_ERROR_ARGUMENT;
    bool valid =
        pilot_column_valid(a->first) && pilot_column_valid(a->last) && pilot_column_valid(a->billed);
    for (int l = 0; l < PILOT_LEDGER_COUNT; l++)
        valid = valid && pilot_column_valid(a->opening[l]) && pilot_column_valid(a->cost[l]) &&
                pilot_column_valid(a->gross[l]) && pilot_column_valid(a->gross_cost[l]);
    if (a->billed.values)
        valid = valid && pilot_share_of(0, a->collection_rate, &part) == PILOT_OK;
    return valid ? PILOT_OK : PILOT_ERROR_ARGUMENT;
}

static pilot_status check_years(const pilot_shortfall_columns *r)
{
    if (r->first_year < PILOT_YEAR_MIN || r->first_year > PILOT_YEAR_MAX)
        return PILOT_ERROR_RANGE;
    return r->year_count > (size_t)(PILOT_YEAR_MAX - r->first_year) + 1 ? PILOT_ERROR_RANGE : PILOT_OK;
}

static void plan_pass(account_pass *p)
{
    static const pilot_share nothing = {0, 1};
    const pilot_shortfall_columns *r = p->results;
    p->rate = p->accounts->billed.values ? p->accounts->collection_rate : nothing;
    p->rewarded = pilot_ledger_of(p->policy, PILOT_INCOME_REWARD);
    p->capped =
        p->policy->parameters.readings[PILOT_READING_REWARD_CAP] == PILOT_REWARD_CAP_CAPPED_BY_SHORTFALL;
    p->width = pilot_machine_width();
    for (int l = 0; l < PILOT_LEDGER_COUNT; l++) {
        pilot_money *const to[SUMS] = {r->gap[l], r->gap_after_fees[l], r->reward[l],
                                       r->gap_after_reward[l], r->shortfall[l]};
        for (int s = 0; s < SUMS; s++) {
            p->to[l][s] = to[s];
            p->wanted[l] = p->wanted[l] || to[s];
        }
    }
}

pilot_status pilot_account_columns_compute(const pilot_policy *policy, const pilot_claim_columns *claims,
                                           const pilot_account_columns *accounts, size_t count,
                                           const pilot_shortfall_columns *shortfalls, pilot_pass *pass)
{
    const pilot_plan *plan = NULL;
    if (!policy || !shortfalls || !pass || check_accounts(accounts) != PILOT_OK ||
        (claims && pilot_claims_check(claims) != PILOT_OK))
        return PILOT_ERROR_ARGUMENT;
    pilot_status status = check_years(shortfalls);
    if (status == PILOT_OK && claims)
        status = pilot_claims_plan(policy, claims, &plan);
    if (status != PILOT_OK)
        return status;
    account_pass p = {
        .policy = policy, .plan = plan, .claims = claims, .accounts = accounts, .results = shortfalls};
    plan_pass(&p);
    pilot_pass_start(&p.pass, count);
    for (size_t at = 0; at < count; at += PILOT_BLOCK)
        pass_block(&p, at, count - at < PILOT_BLOCK ? count - at : PILOT_BLOCK);
    *pass = p.pass;
    return PILOT_OK;
}
