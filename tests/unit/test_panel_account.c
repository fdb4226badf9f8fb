/* Accounts by column, held against the account of each row and against numbers worked by hand. */
#include "columns.h"

enum { ROWS = 150, YEARS = 12, SUMS = 5, ALL_YEARS = 301 };
enum { SERVICE = PILOT_LEDGER_SERVICE, COMMUNITY = PILOT_LEDGER_COMMUNITY };

enum { COMBINATIONS = 2 * 2 * 2 * 3 * 2 * 2 };

/* Readings by the digits of a number; the notice's rates, or some of several bases, not in whole fen,
 * with gaps. */
static pilot_policy *policy_number(int32_t number)
{
    pilot_policy *base = notice();
    pilot_parameters p = *pilot_policy_parameters(base);
    pilot_rate rates[5];
    pilot_month next = month(2016, 1) + (pilot_month)below(40);
    int32_t rest = number;
    p.readings[PILOT_READING_REWARD_PAYEE] = rest % 2, rest /= 2;
    p.readings[PILOT_READING_REWARD_CAP] = rest % 2, rest /= 2;
    p.readings[PILOT_READING_INCOME_BASIS] = rest % 2, rest /= 2;
    p.readings[PILOT_READING_MONTH_RULE] = rest % 3, rest /= 3;
    p.readings[PILOT_READING_GATE_MODE] = rest % 2, rest /= 2;
    p.readings[PILOT_READING_IN_FORCE_FROM] = rest % 2;
    p.readings[PILOT_READING_PASS_EFFECT] =
        below(4) ? PILOT_PASS_EFFECT_RETROACTIVE : PILOT_PASS_EFFECT_FROM_THE_PASS;
    p.rounding = (pilot_rounding)below(4);
    if (below(3)) {
        p.rates = rates;
        p.rate_count = (size_t)below(6);
        for (size_t i = 0; i < p.rate_count; i++) {
            rates[i].first = next + (pilot_month)(below(2) ? 0 : below(9));
            rates[i].last = rates[i].first + (pilot_month)below(20);
            rates[i].basis = (pilot_basis)below(PILOT_BASIS_COUNT);
            rates[i].price = below(rates[i].basis == PILOT_PER_SQUARE_METRE ? 3000 : 300000);
            if (below(60) == 0)
                rates[i].price = INT64_MAX / (1 + below(3000)); /* does not fit */
            next = rates[i].last + 1;
        }
    }
    pilot_policy *made = policy_of(&p);
    pilot_policy_free(base);
    return made;
}

/* A column of either element, or one element for all rows, or none. */
typedef struct store {
    int64_t wide[ROWS];
    int32_t narrow[ROWS];
} store;

enum { FIRST, LAST, OPENING, COST = OPENING + 2, GROSS = COST + 2, GROSS_COST = GROSS + 2 };
enum {
    BILLED = GROSS_COST + 2,
    CLAIM_FIRST,
    CLAIM_LAST,
    PASSED,
    FAILED,
    PASSED_FROM,
    QUANTITY,
    STORES = QUANTITY + PILOT_BASIS_COUNT
};

typedef struct table {
    store stores[STORES];
    pilot_claim_columns claims;
    pilot_account_columns accounts;
    bool claimed;
} table;

static bool spoiled(spoil how)
{
    return how == OFTEN ? below(12) == 0 : how == RARELY && below(400) == 0;
}

static pilot_column column_of(store *s, const int64_t *values, spoil how)
{
    bool narrow = below(3) == 0, constant = below(10) == 0;
    for (size_t i = 0; i < ROWS; i++) {
        s->wide[i] = spoiled(how) ? strange() : values[i];
        s->narrow[i] = (int32_t)s->wide[i];
    }
    return (pilot_column){narrow ? (const void *)s->narrow : s->wide, narrow ? PILOT_INT32 : PILOT_INT64,
                          constant};
}

static pilot_column amounts(table *t, int which, int64_t end, spoil how)
{
    int64_t values[ROWS];
    for (size_t i = 0; i < ROWS; i++)
        values[i] = below(4) ? below(end) : 0;
    return below(8) ? column_of(&t->stores[which], values, how) : (pilot_column){.values = NULL};
}

/* In each row at once, or constant in both columns: a last month fits its first. */
static void months(table *t, int first_store, pilot_column *first, pilot_column *last, spoil how)
{
    int64_t firsts[ROWS], lasts[ROWS];
    for (size_t i = 0; i < ROWS; i++) {
        firsts[i] = month(2015, 6) + below(below(9) ? 100 : 300);
        lasts[i] = firsts[i] + below(below(3) ? 70 : 14);
    }
    *first = column_of(&t->stores[first_store], firsts, how);
    *last = column_of(&t->stores[first_store + 1], lasts, how);
    first->constant = last->constant = below(10) == 0;
}

static void fill_claims(table *t, spoil how)
{
    static const int64_t ends[PILOT_BASIS_COUNT] = {4000, 40000000, 3};
    int64_t passed[ROWS], failed[ROWS], from[ROWS];
    int kind = (int)below(4);
    months(t, CLAIM_FIRST, &t->claims.first, &t->claims.last, how);
    for (int b = 0; b < PILOT_BASIS_COUNT; b++) {
        int64_t values[ROWS];
        for (size_t i = 0; i < ROWS; i++)
            values[i] = below(ends[b]);
        t->claims.quantity[b] = column_of(&t->stores[QUANTITY + b], values, how);
        if (how == OFTEN && below(15) == 0)
            t->claims.quantity[b].values = NULL;
    }
    for (size_t i = 0; i < ROWS; i++) {
        failed[i] = below(2) ? 0 : below(64);
        passed[i] = below(4) == 0 ? 0 : below(2) ? below(64) : below(1 << 20);
        if (how != OFTEN || below(4))
            passed[i] &= ~failed[i];
        from[i] = below(40) ? month(2019, 1) + below(60) : INT32_MIN;
    }
    t->claims.passed_from = column_of(&t->stores[PASSED_FROM], from, CLEAN);
    if (kind & 1)
        t->claims.passed = column_of(&t->stores[PASSED], passed, CLEAN);
    if (kind & 2)
        t->claims.failed = column_of(&t->stores[FAILED], failed, CLEAN);
    if (kind == 3) /* so that a year that passed has not failed */
        t->claims.passed.constant = t->claims.failed.constant = false;
}

static void fill(table *t, spoil how)
{
    int64_t scale = INT64_C(1) << (12 + below(14)), denominator = 1 + below(below(2) ? 12 : 1000000);
    *t = (table){.claimed = below(8) != 0};
    pilot_account_columns *a = &t->accounts;
    months(t, FIRST, &a->first, &a->last, how);
    for (int l = 0; l < PILOT_LEDGER_COUNT; l++) {
        a->opening[l] = amounts(t, OPENING + l, 4 * scale, how);
        a->cost[l] = amounts(t, COST + l, 2 * scale, how);
        a->gross[l] = amounts(t, GROSS + l, scale / 2, how);
        a->gross_cost[l] = amounts(t, GROSS_COST + l, scale / 2, how);
    }
    a->billed = amounts(t, BILLED, 2 * scale, how);
    CHECK(pilot_share_make(below(denominator + 1), denominator, &a->collection_rate) == PILOT_OK,
          "share");
    fill_claims(t, how);
}

/* The terms of one row, and all that they point at. */
typedef struct paper {
    pilot_assessment assessments[64];
    pilot_claim claim;
    pilot_account_cost costs[2];
    pilot_account_income incomes[2];
    pilot_account_terms terms;
} paper;

static pilot_status write_terms(const pilot_policy *policy, const table *t, size_t row, paper *p)
{
    const pilot_account_columns *a = &t->accounts;
    int64_t first = value_at(a->first, row), last = value_at(a->last, row);
    pilot_account_terms *terms = &p->terms;
    *terms = (pilot_account_terms){.first = (pilot_month)first,
                                   .last = (pilot_month)last,
                                   .fee = {.billed = {value_at(a->billed, row), true}},
                                   .collection_rate = a->collection_rate,
                                   .claim = t->claimed ? &p->claim : NULL,
                                   .costs = p->costs,
                                   .cost_count = 2,
                                   .incomes = p->incomes,
                                   .income_count = 2};
    for (int l = 0; l < PILOT_LEDGER_COUNT; l++) {
        terms->opening[l] = (pilot_opt_int){value_at(a->opening[l], row), true};
        p->costs[l] = (pilot_account_cost){.ledger = (pilot_ledger)l,
                                           .first = terms->first,
                                           .last = terms->last,
                                           .monthly = value_at(a->cost[l], row)};
        p->incomes[l] =
            (pilot_account_income){.source = l == SERVICE ? PILOT_INCOME_LOCKERS : PILOT_INCOME_PARKING,
                                   .first = terms->first,
                                   .last = terms->last,
                                   .gross = value_at(a->gross[l], row),
                                   .cost = value_at(a->gross_cost[l], row)};
    }
    if (first != terms->first || last != terms->last)
        return PILOT_ERROR_RANGE;
    return t->claimed ? claim_at(policy, &t->claims, row, p->assessments, &p->claim) : PILOT_OK;
}

typedef struct results {
    pilot_money sums[PILOT_LEDGER_COUNT][SUMS][ROWS * YEARS];
    uint8_t statuses[ROWS];
    pilot_pass pass;
} results;

static pilot_shortfall_columns into(results *r, size_t row, int32_t first_year, size_t years)
{
    pilot_shortfall_columns to = {.first_year = first_year, .year_count = years};
    for (int l = 0; l < PILOT_LEDGER_COUNT; l++) {
        pilot_money **columns[SUMS] = {&to.gap[l], &to.gap_after_fees[l], &to.reward[l],
                                       &to.gap_after_reward[l], &to.shortfall[l]};
        for (int s = 0; s < SUMS; s++)
            *columns[s] = r->sums[l][s] + row * years;
    }
    to.statuses = r->statuses + row;
    return to;
}

static void compute(const pilot_policy *policy, const table *t, size_t count,
                    const pilot_shortfall_columns *to, pilot_pass *pass)
{
    CHECK(pilot_account_columns_compute(policy, t->claimed ? &t->claims : NULL, &t->accounts, count, to,
                                        pass) == PILOT_OK,
          "no accounts");
}

static void check_row(const results *r, size_t row, int32_t first_year, size_t years,
                      pilot_status status, const pilot_account_row *rows, size_t row_count)
{
    CHECK(r->statuses[row] == (uint8_t)status, "row %zu: status %d, not %d", row, r->statuses[row],
          (int)status);
    for (int l = 0; l < PILOT_LEDGER_COUNT; l++)
        for (size_t y = 0; y < years; y++) {
            pilot_money wanted[SUMS] = {0};
            for (size_t i = 0; status == PILOT_OK && i < row_count; i++) {
                const pilot_ledger_sums *s = &rows[i].ledgers[l];
                if (pilot_month_year(rows[i].first) == first_year + (int32_t)y)
                    memcpy(wanted,
                           (pilot_money[SUMS]){s->gap, s->gap_after_fees, s->reward, s->gap_after_reward,
                                               s->shortfall},
                           sizeof wanted);
            }
            for (int s = 0; s < SUMS; s++) {
                pilot_money found = r->sums[l][s][row * years + y];
                pilot_money want = status == PILOT_OK ? wanted[s] : PILOT_NO_AMOUNT;
                CHECK(found == want, "row %zu ledger %d sum %d year %zu: %" PRId64 ", not %" PRId64, row,
                      l, s, y, found, want);
            }
        }
}

static void take_part(const table *t, size_t row, table *part)
{
    pilot_account_columns *a = &part->accounts;
    part->claims = claims_from(&t->claims, row);
    part->accounts = t->accounts;
    part->claimed = t->claimed;
    pilot_column *const columns[] = {
        &a->first,    &a->last,     &a->opening[0],    &a->opening[1],    &a->cost[0], &a->cost[1],
        &a->gross[0], &a->gross[1], &a->gross_cost[0], &a->gross_cost[1], &a->billed};
    for (size_t i = 0; i < COUNT(columns); i++)
        *columns[i] = part_of(*columns[i], row);
}

/* Any split, and each result without the others. */
static void check_parts(const pilot_policy *policy, const table *t, const results *all,
                        int32_t first_year, size_t years)
{
    static table part;
    static results parts;
    size_t at = (size_t)below(ROWS + 1), sizes[2] = {at, ROWS - at};
    for (size_t i = 0, row = 0; i < 2; row += sizes[i++]) {
        take_part(t, row, &part);
        pilot_shortfall_columns to = into(&parts, row, first_year, years);
        compute(policy, &part, sizes[i], &to, &parts.pass);
    }
    CHECK(memcmp(parts.statuses, all->statuses, sizeof all->statuses) == 0, "split at %zu", at);
    int l = (int)below(PILOT_LEDGER_COUNT);
    pilot_money *one = parts.sums[1 - l][0];
    for (int s = 0; s < SUMS; s++) {
        pilot_shortfall_columns to = {.first_year = first_year, .year_count = years};
        pilot_money **columns[SUMS] = {&to.gap[l], &to.gap_after_fees[l], &to.reward[l],
                                       &to.gap_after_reward[l], &to.shortfall[l]};
        for (int ledger = 0; s == 0 && ledger < PILOT_LEDGER_COUNT; ledger++)
            for (int k = 0; k < SUMS; k++)
                CHECK(memcmp(parts.sums[ledger][k], all->sums[ledger][k], ROWS * years * sizeof *one) ==
                          0,
                      "split at %zu", at);
        *columns[s] = one;
        compute(policy, t, ROWS, &to, &parts.pass);
        CHECK(memcmp(one, all->sums[l][s], ROWS * years * sizeof *one) == 0, "sum %d alone", s);
        CHECK(memcmp(&parts.pass, &all->pass, sizeof all->pass) == 0, "pass of sum %d alone", s);
    }
}

static void check_table(const pilot_policy *policy, const table *t, size_t good[2])
{
    static results r;
    static paper p;
    static pilot_account_row rows[ALL_YEARS];
    int32_t first_year = 2013 + (int32_t)below(14);
    size_t years = (size_t)below(YEARS + 1);
    pilot_shortfall_columns to = into(&r, 0, first_year, years);
    pilot_pass wanted = {0, ROWS, PILOT_OK};
    memset(&r, 0x55, sizeof r);
    compute(policy, t, ROWS, &to, &r.pass);
    for (size_t row = 0; row < ROWS; row++) {
        pilot_account account = {.year_count = 0};
        pilot_status status = write_terms(policy, t, row, &p);
        if (status == PILOT_OK)
            status = pilot_account_compute(policy, &p.terms, &account, NULL, 0, rows, ALL_YEARS, NULL);
        check_row(&r, row, first_year, years, status, rows, account.year_count);
        good[status == PILOT_OK]++;
        if (status != PILOT_OK && !wanted.bad++) {
            wanted.first_bad = row;
            wanted.status = status;
        }
    }
    CHECK(r.pass.bad == wanted.bad && r.pass.first_bad == wanted.first_bad &&
              r.pass.status == wanted.status,
          "%zu bad rows from %zu on", r.pass.bad, r.pass.first_bad);
    check_parts(policy, t, &r, first_year, years);
}

Test(panel_account, columns_equal_the_account, .timeout = 900)
{
    static table t;
    size_t good[2] = {0, 0};
    for (int32_t i = 0; i < 10 * COMBINATIONS; i += stride()) {
        pilot_policy *policy = policy_number(i);
        fill(&t, (spoil)below(3));
        check_table(policy, &t, good);
        pilot_policy_free(policy);
    }
    cr_assert(good[0] > 0 && good[1] > good[0], "%zu bad and %zu good rows", good[0], good[1]);
}

/* A row of 956 dwellings at 18 yuan in 2021 and 12 in 2022, from 2021-11 to 2022-02. */
typedef struct sample {
    int64_t first, last, claim_first, claim_last, households, passed, failed;
    int64_t opening, cost[2], billed, gross[2], gross_cost[2];
    pilot_share rate;
} sample;

static const sample two_years = {.first = 622,
                                 .last = 625,
                                 .claim_first = 622,
                                 .claim_last = 625,
                                 .households = 956,
                                 .passed = -1,
                                 .cost = {1000000, 1900000},
                                 .billed = 1500001,
                                 .gross = {150000, 250000},
                                 .gross_cost = {80000, 50000},
                                 .rate = {3, 5}};

static pilot_column one(const int64_t *value)
{
    return (pilot_column){value, PILOT_INT64, true};
}

static void sample_columns(const sample *s, table *t)
{
    t->claimed = true;
    t->claims = (pilot_claim_columns){.quantity = {[PILOT_PER_HOUSEHOLD] = one(&s->households)},
                                      .first = one(&s->claim_first),
                                      .last = one(&s->claim_last),
                                      .passed = one(&s->passed),
                                      .failed = one(&s->failed)};
    t->accounts = (pilot_account_columns){.first = one(&s->first),
                                          .last = one(&s->last),
                                          .opening = {one(&s->opening)},
                                          .billed = one(&s->billed),
                                          .collection_rate = s->rate};
    for (int l = 0; l < PILOT_LEDGER_COUNT; l++) {
        t->accounts.cost[l] = one(&s->cost[l]);
        t->accounts.gross[l] = one(&s->gross[l]);
        t->accounts.gross_cost[l] = one(&s->gross_cost[l]);
    }
}

/* 956 x 18 is 17208.00 a month, 956 x 12 is 11472.00. Three fifths of 15000.01 are 9000.00 and 9000.01
 * in turn. The community's surpluses of 2021, 208.00 and 416.00, are carried on. */
Test(panel_account, worked_numbers)
{
    static const pilot_money worked[PILOT_LEDGER_COUNT][4][SUMS] = {
        /* 2020 to 2023 */
        [SERVICE] = {{0}, {2000000, 199999, 0, 199999, 59999}, {2000000, 199999, 0, 199999, 59999}, {0}},
        [COMMUNITY] = {{0},
                       {3779200, 3779200, 3441600, 337600, 0},
                       {3758400, 3758400, 2294400, 1464000, 1064000},
                       {0}}};
    static results r;
    static table t;
    pilot_policy *policy = notice();
    sample_columns(&two_years, &t);
    for (int32_t first = 2020; first <= 2022; first++) {
        size_t years = (size_t)(2024 - first);
        pilot_shortfall_columns to = into(&r, 0, first, years);
        compute(policy, &t, 1, &to, &r.pass);
        cr_assert(r.pass.bad == 0 && r.pass.first_bad == 1 && r.pass.status == PILOT_OK);
        for (int l = 0; l < PILOT_LEDGER_COUNT; l++)
            for (size_t y = 0; y < years; y++)
                for (int s = 0; s < SUMS; s++)
                    cr_expect_eq(r.sums[l][s][y], worked[l][(size_t)(first - 2020) + y][s],
                                 "ledger %d, year %zu from %d, sum %d: %" PRId64, l, y, (int)first, s,
                                 r.sums[l][s][y]);
    }
    t.claimed = false;
    pilot_shortfall_columns to = into(&r, 0, 2021, 1);
    compute(policy, &t, 1, &to, &r.pass);
    cr_expect_eq(r.sums[COMMUNITY][4][0], 3400000, "without a claim: two months of 17000.00");
    pilot_policy_free(policy);
}

/* All months that there are, at the greatest amounts that a block takes and just above. */
/* What comes after the years that are asked for is not written, however soon it ends. */
Test(panel_account, a_month_more_than_the_years)
{
    static results one_year, both;
    static table t;
    pilot_policy *policy = notice();
    for (int64_t last = 623; last <= 625; last++) { /* 2021-12 to 2022-02 */
        sample s = two_years;
        s.last = last;
        sample_columns(&s, &t);
        mark(&one_year, sizeof one_year);
        pilot_shortfall_columns to = into(&one_year, 0, 2021, 1), all = into(&both, 0, 2021, 2);
        compute(policy, &t, 1, &to, &one_year.pass);
        compute(policy, &t, 1, &all, &both.pass);
        for (int l = 0; l < PILOT_LEDGER_COUNT; l++)
            for (int i = 0; i < SUMS; i++) {
                cr_expect_eq(one_year.sums[l][i][0], both.sums[l][i][0]);
                cr_expect(marked(&one_year.sums[l][i][1], sizeof(pilot_money)));
            }
    }
    pilot_policy_free(policy);
}

Test(panel_account, three_centuries)
{
    static results r;
    static table t;
    pilot_policy *policy = notice();
    for (int64_t more = 0; more <= 2; more += 2) {
        const int64_t most = (INT64_C(1) << 48) + more;
        sample s = {.first = month(1900, 1), .last = month(2200, 12), .passed = -1, .rate = {1, 2}};
        s.claim_first = s.claim_last = s.first;
        s.cost[SERVICE] = s.gross_cost[SERVICE] = most;
        s.billed = s.gross[COMMUNITY] = most;
        sample_columns(&s, &t);
        pilot_shortfall_columns to = into(&r, 0, 2200, 1);
        compute(policy, &t, 1, &to, &r.pass);
        cr_assert_eq(r.pass.bad, 0);
        cr_expect_eq(r.sums[SERVICE][0][0], 12 * most);
        cr_expect_eq(r.sums[SERVICE][4][0], 18 * most, "%" PRId64, r.sums[SERVICE][4][0]);
        cr_expect_eq(r.sums[COMMUNITY][4][0], 0);
    }
    pilot_policy_free(policy);
}

/* The row between two good ones. */
static void check_bad(const pilot_policy *policy, const sample *bad, pilot_status want, const char *what)
{
    static results r;
    static table t;
    int64_t cells[sizeof(sample) / sizeof(int64_t)][3];
    pilot_column *const columns[] = {
        &t.claims.first,           &t.claims.last,
        &t.claims.quantity[0],     &t.claims.passed,
        &t.claims.failed,          &t.accounts.first,
        &t.accounts.last,          &t.accounts.opening[0],
        &t.accounts.cost[0],       &t.accounts.cost[1],
        &t.accounts.billed,        &t.accounts.gross[0],
        &t.accounts.gross[1],      &t.accounts.gross_cost[0],
        &t.accounts.gross_cost[1],
    };
    sample_columns(&two_years, &t);
    for (size_t i = 0; i < COUNT(columns); i++)
        cells[i][0] = cells[i][2] = value_at(*columns[i], 0);
    sample_columns(bad, &t);
    for (size_t i = 0; i < COUNT(columns); i++) {
        cells[i][1] = value_at(*columns[i], 0);
        *columns[i] = (pilot_column){cells[i], PILOT_INT64, false};
    }
    pilot_shortfall_columns to = into(&r, 0, 2021, 2);
    compute(policy, &t, 3, &to, &r.pass);
    cr_expect(r.pass.bad == 1 && r.pass.first_bad == 1 && r.pass.status == want, "%s: %zu bad, %s", what,
              r.pass.bad, pilot_status_name(r.pass.status));
    cr_expect(r.statuses[0] == PILOT_OK && r.statuses[1] == want && r.statuses[2] == PILOT_OK, "%s",
              what);
    for (int l = 0; l < PILOT_LEDGER_COUNT; l++)
        for (int s = 0; s < SUMS; s++) {
            const pilot_money *sums = r.sums[l][s];
            cr_expect(sums[2] == PILOT_NO_AMOUNT && sums[3] == PILOT_NO_AMOUNT, "%s", what);
            cr_expect(sums[0] == sums[4] && sums[1] == sums[5], "%s", what);
        }
    cr_expect_eq(r.sums[COMMUNITY][4][1], 1064000, "%s", what);
}

#define BAD(want, change)                                                                               \
    do {                                                                                                \
        sample s = two_years;                                                                           \
        change;                                                                                         \
        check_bad(policy, &s, want, #change);                                                           \
    } while (0)

Test(panel_account, bad_rows)
{
    pilot_policy *policy = notice();
    BAD(PILOT_ERROR_RANGE, s.cost[SERVICE] = -1);
    BAD(PILOT_ERROR_RANGE, s.cost[COMMUNITY] = PILOT_NO_AMOUNT);
    BAD(PILOT_ERROR_RANGE, s.billed = PILOT_NO_AMOUNT);
    BAD(PILOT_ERROR_RANGE, s.opening = -1);
    BAD(PILOT_ERROR_RANGE, s.gross[COMMUNITY] = -1);
    BAD(PILOT_ERROR_RANGE, s.gross_cost[SERVICE] = -1);
    BAD(PILOT_ERROR_RANGE, s.first = -841);
    BAD(PILOT_ERROR_RANGE, s.last = 2772);
    BAD(PILOT_ERROR_RANGE, s.first = 622 - (INT64_C(1) << 32));
    BAD(PILOT_ERROR_RANGE, s.last = 625 + (INT64_C(1) << 32));
    BAD(PILOT_ERROR_RANGE, s.claim_last = 625 + (INT64_C(1) << 32));
    BAD(PILOT_ERROR_RANGE, s.households = -1);
    BAD(PILOT_ERROR_ORDER, s.last = 621);
    BAD(PILOT_ERROR_ORDER, s.claim_last = 621);
    BAD(PILOT_ERROR_INCONSISTENT, s.failed = 2);
    BAD(PILOT_ERROR_OVERFLOW, s.cost[SERVICE] = INT64_MAX);
    BAD(PILOT_ERROR_OVERFLOW, s.cost[COMMUNITY] = INT64_MAX / 3);
    BAD(PILOT_ERROR_OVERFLOW, s.billed = INT64_MAX);
    BAD(PILOT_ERROR_OVERFLOW, s.opening = INT64_MAX; s.cost[SERVICE] = 0);
    BAD(PILOT_ERROR_OVERFLOW, s.gross[SERVICE] = INT64_MAX / 2);
    BAD(PILOT_ERROR_OVERFLOW, s.gross_cost[COMMUNITY] = INT64_MAX);
    BAD(PILOT_ERROR_OVERFLOW, s.households = INT64_MAX);
    pilot_policy_free(policy);
}

Test(panel_account, a_quantity_that_is_not_given)
{
    static results r;
    static table t;
    pilot_policy *policy = notice();
    sample_columns(&two_years, &t);
    t.claims.quantity[PILOT_PER_HOUSEHOLD].values = NULL;
    pilot_shortfall_columns to = into(&r, 0, 2021, 2);
    compute(policy, &t, 2, &to, &r.pass);
    cr_expect(r.pass.bad == 2 && r.pass.first_bad == 0 && r.pass.status == PILOT_ERROR_MISSING_VALUE);
    cr_expect_eq(r.sums[SERVICE][0][0], PILOT_NO_AMOUNT);
    pilot_policy_free(policy);
}

/* A call, and what it is changed to. */
typedef struct call {
    const pilot_policy *policy;
    table t;
    const pilot_claim_columns *claims;
    const pilot_account_columns *accounts;
    pilot_shortfall_columns to;
    const pilot_shortfall_columns *results;
    pilot_pass pass;
    pilot_pass *pass_at;
} call;

#define REFUSED(want, change)                                                                           \
    do {                                                                                                \
        static call c;                                                                                  \
        static results r, before;                                                                       \
        c = (call){policy, .claims = &c.t.claims, .accounts = &c.t.accounts, .results = &c.to};         \
        c.pass_at = &c.pass;                                                                            \
        c.pass.bad = 77;                                                                                \
        c.to = into(&r, 0, 2021, 2);                                                                    \
        sample_columns(&two_years, &c.t);                                                               \
        change;                                                                                         \
        pilot_status status =                                                                           \
            pilot_account_columns_compute(c.policy, c.claims, c.accounts, 1, c.results, c.pass_at);     \
        cr_expect_eq(status, want, "%s: %s", #change, pilot_status_name(status));                       \
        cr_expect_eq(c.pass.bad == 77, want != PILOT_OK, "%s", #change);                                \
        cr_expect_eq(memcmp(&r, &before, sizeof r) == 0, want != PILOT_OK, "%s", #change);              \
    } while (0)

Test(panel_account, refused)
{
    static const pilot_share none = {0, 0}, not_reduced = {2, 4};
    pilot_policy *policy = notice();
    pilot_rate rates[] = {{.first = month(1950, 1), .last = month(1950, 1)},
                          {.first = month(2050, 1), .last = month(2050, 1)}};
    pilot_policy *spans = with_rates(rates, COUNT(rates));
    REFUSED(PILOT_OK, c.to.year_count = 2);
    REFUSED(PILOT_ERROR_ARGUMENT, c.policy = NULL);
    REFUSED(PILOT_ERROR_ARGUMENT, c.accounts = NULL);
    REFUSED(PILOT_ERROR_ARGUMENT, c.results = NULL);
    REFUSED(PILOT_ERROR_ARGUMENT, c.pass_at = NULL);
    REFUSED(PILOT_ERROR_ARGUMENT, c.t.accounts.first.values = NULL);
    REFUSED(PILOT_ERROR_ARGUMENT, c.t.accounts.last.values = NULL);
    REFUSED(PILOT_ERROR_ARGUMENT, c.t.claims.first.values = NULL);
    REFUSED(PILOT_ERROR_ARGUMENT, c.t.claims.failed.element = (pilot_element)3);
    REFUSED(PILOT_ERROR_ARGUMENT, c.t.accounts.billed.element = (pilot_element)3);
    REFUSED(PILOT_ERROR_ARGUMENT, c.t.accounts.first.element = (pilot_element)3);
    REFUSED(PILOT_ERROR_ARGUMENT, c.t.accounts.last.element = (pilot_element)-1);
    REFUSED(PILOT_ERROR_ARGUMENT, c.t.accounts.opening[1].element = (pilot_element)3);
    REFUSED(PILOT_ERROR_ARGUMENT, c.t.accounts.cost[1].element = (pilot_element)3);
    REFUSED(PILOT_ERROR_ARGUMENT, c.t.accounts.gross[0].element = (pilot_element)3);
    REFUSED(PILOT_ERROR_ARGUMENT, c.t.accounts.gross_cost[1].element = (pilot_element)3);
    REFUSED(PILOT_ERROR_ARGUMENT, c.t.accounts.collection_rate = none);
    REFUSED(PILOT_ERROR_ARGUMENT, c.t.accounts.collection_rate = not_reduced);
    REFUSED(PILOT_OK, c.t.accounts.collection_rate = none; c.t.accounts.billed.values = NULL);
    REFUSED(PILOT_ERROR_RANGE, c.to.first_year = 1899);
    REFUSED(PILOT_ERROR_RANGE, c.to.first_year = 2201);
    REFUSED(PILOT_ERROR_RANGE, c.to.year_count = 181);
    REFUSED(PILOT_ERROR_RANGE, c.to.year_count = SIZE_MAX);
    REFUSED(PILOT_OK, c.to.first_year = 1900; c.to.year_count = 123);
    REFUSED(PILOT_OK, c.to.year_count = 180);
    REFUSED(PILOT_ERROR_RANGE, c.to.first_year = 2200; c.to.year_count = 2);
    REFUSED(PILOT_ERROR_LIMIT, c.policy = spans);
    REFUSED(PILOT_OK, c.policy = spans; c.claims = NULL);
    pilot_policy_free(spans);
    pilot_policy_free(policy);
}
