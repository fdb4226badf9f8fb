/* Awards, sums, bills and accounts over columns, beside the bytes that a plain copy moves in the same
 * run: rows a second, bytes read and written once each a second, and the ratio of the two. Medians of
 * several; no bar is asserted. */
#define _DEFAULT_SOURCE
#include "clock.h"

#include <pilot.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 7, GROUPS = 100, POLICY_MONTHS = 60 };

static void require(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "bench: %s\n", what);
    exit(2);
}

static void *room(size_t count, size_t size)
{
    void *made = malloc(count * size);
    require(made != NULL, "no memory");
    memset(made, 1, count * size); /* every page is there before anything is timed */
    return made;
}

static uint64_t state = UINT64_C(20191101);

static uint32_t draw(uint32_t below)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 16) % below;
}

typedef struct table {
    const pilot_policy *policy;
    size_t rows;
    int64_t *households, *wide_first, *wide_last, *areas;
    int32_t *first, *last, *groups, *few;
    int16_t *short_first, *short_last;
    pilot_money *total, *city, *district;
    char *from, *to; /* as much to copy as awards touch */
    pilot_aggregate *sums;
    size_t begin, end; /* the rows of a thread */
    enum { MONTHS_32, WIDE, NARROW } form;
    bool totals; /* alone */
} table;

static size_t bytes_a_row(bool wide)
{
    return 8 + (wide ? 16 : 8) + 24;
}

static table make_table(const pilot_policy *policy, size_t rows)
{
    table t = {.policy = policy, .rows = rows, .end = rows};
    t.households = room(rows, 8);
    t.wide_first = room(rows, 8);
    t.wide_last = room(rows, 8);
    t.areas = room(rows, 8);
    t.first = room(rows, 4);
    t.last = room(rows, 4);
    t.groups = room(rows, 4);
    t.few = room(rows, 4);
    t.short_first = room(rows, 2);
    t.short_last = room(rows, 2);
    t.total = room(rows, 8);
    t.city = room(rows, 8);
    t.district = room(rows, 8);
    t.from = room(rows, bytes_a_row(false) / 2);
    t.to = room(rows, bytes_a_row(false) / 2);
    for (size_t i = 0; i < rows; i++) {
        t.households[i] = 100 + draw(3000);
        t.areas[i] = 3000 + draw(12000);
        t.first[i] = 588 + (int32_t)draw(POLICY_MONTHS);
        t.last[i] = t.first[i] + (int32_t)draw((uint32_t)(588 + POLICY_MONTHS - t.first[i]));
        t.wide_first[i] = t.first[i];
        t.wide_last[i] = t.last[i];
        t.few[i] = (int32_t)t.households[i];
        t.short_first[i] = (int16_t)t.first[i];
        t.short_last[i] = (int16_t)t.last[i];
        t.groups[i] = (int32_t)draw(GROUPS);
    }
    size_t size = pilot_aggregate_size(policy, GROUPS);
    require(pilot_aggregate_make(policy, GROUPS, room(1, size), size, &t.sums) == PILOT_OK, "no sums");
    return t;
}

static void free_table(table *t)
{
    void *const all[] = {t->households, t->wide_first, t->wide_last,   t->areas,     t->first, t->last,
                         t->groups,     t->total,      t->city,        t->district,  t->from,  t->to,
                         t->sums,       t->few,        t->short_first, t->short_last};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]);
}

static pilot_claim_columns claims_of(const table *t)
{
    pilot_claim_columns claims = {.quantity = {{.values = t->households + t->begin}}};
    claims.first = (pilot_column){t->first + t->begin, PILOT_INT32, false};
    claims.last = (pilot_column){t->last + t->begin, PILOT_INT32, false};
    if (t->form == NARROW) {
        claims.quantity[PILOT_PER_HOUSEHOLD] = (pilot_column){t->few + t->begin, PILOT_INT32, false};
        claims.first = (pilot_column){t->short_first + t->begin, PILOT_INT16, false};
        claims.last = (pilot_column){t->short_last + t->begin, PILOT_INT16, false};
    }
    if (t->form == WIDE) {
        claims.first = (pilot_column){t->wide_first + t->begin, PILOT_INT64, false};
        claims.last = (pilot_column){t->wide_last + t->begin, PILOT_INT64, false};
    }
    return claims;
}

static void *awards(void *context)
{
    const table *t = context;
    pilot_pass pass;
    pilot_claim_columns claims = claims_of(t);
    pilot_award_columns to = {.total = t->total + t->begin};
    if (!t->totals) {
        to.city = t->city + t->begin;
        to.district = t->district + t->begin;
    }
    require(pilot_award_columns_compute(t->policy, &claims, t->end - t->begin, &to, &pass) == PILOT_OK &&
                !pass.bad,
            "no awards");
    return NULL;
}

static void *copy(void *context)
{
    const table *t = context;
    size_t each = bytes_a_row(false) / 2;
    memcpy(t->to + t->begin * each, t->from + t->begin * each, (t->end - t->begin) * each);
    return NULL;
}

static void *sums(void *context)
{
    const table *t = context;
    pilot_pass pass;
    pilot_claim_columns claims = claims_of(t);
    pilot_column groups = {t->groups + t->begin, PILOT_INT32, false};
    require(pilot_aggregate_add(t->sums, t->policy, &claims, groups, t->end - t->begin, &pass) ==
                    PILOT_OK &&
                !pass.bad,
            "no sums");
    return NULL;
}

static void *bills(void *context)
{
    static const int64_t price = 12500, months = 12;
    const table *t = context;
    pilot_pass pass;
    require(pilot_fee_columns_compute((pilot_column){&price, PILOT_INT64, true},
                                      (pilot_column){t->areas, PILOT_INT64, false},
                                      (pilot_column){&months, PILOT_INT64, true}, NULL, t->rows,
                                      t->total, NULL, &pass) == PILOT_OK &&
                !pass.bad,
            "no bills");
    return NULL;
}

/* Accounts of the claims' months; and their years of a few at a time, so that they need not all be kept.
 */
enum { FIRST_YEAR = 2019, YEARS = 5, ACCOUNTS = 4096 };
static const int64_t fee = 3000000, service_cost = 2500000, community_cost = 2000000, parking = 200000;

static pilot_column constant(const int64_t *value)
{
    return (pilot_column){value, PILOT_INT64, true};
}

static void *accounts(void *context)
{
    static pilot_money years[2 * PILOT_LEDGER_COUNT][ACCOUNTS * YEARS];
    const pilot_shortfall_columns to = {.first_year = FIRST_YEAR,
                                        .year_count = YEARS,
                                        .gap = {years[0], years[1]},
                                        .shortfall = {years[2], years[3]}};
    table t = *(const table *)context;
    pilot_pass pass;
    for (size_t left = t.rows; left; t.begin += ACCOUNTS) {
        size_t count = left < ACCOUNTS ? left : ACCOUNTS;
        pilot_claim_columns claims = claims_of(&t);
        const pilot_account_columns columns = {
            .first = claims.first,
            .last = claims.last,
            .cost = {constant(&service_cost), constant(&community_cost)},
            .billed = constant(&fee),
            .collection_rate = {4, 5},
            .gross = {{.values = NULL}, constant(&parking)}};
        require(pilot_account_columns_compute(t.policy, &claims, &columns, count, &to, &pass) ==
                        PILOT_OK &&
                    !pass.bad,
                "no accounts");
        left -= count;
    }
    return NULL;
}

static void *accounts_by_row(void *context)
{
    static const pilot_assessment passed[YEARS] = {{.year = 2019, .result = PILOT_PASSED},
                                                   {.year = 2020, .result = PILOT_PASSED},
                                                   {.year = 2021, .result = PILOT_PASSED},
                                                   {.year = 2022, .result = PILOT_PASSED},
                                                   {.year = 2023, .result = PILOT_PASSED}};
    const table *t = context;
    for (size_t i = 0; i < t->rows; i++) {
        pilot_month first = t->first[i], last = t->last[i];
        const pilot_claim claim = {.quantity = {{t->households[i], true}},
                                   .first = first,
                                   .last = last,
                                   .assessments = passed,
                                   .assessment_count = YEARS};
        const pilot_account_cost costs[] = {{NULL, PILOT_LEDGER_SERVICE, first, last, service_cost},
                                            {NULL, PILOT_LEDGER_COMMUNITY, first, last, community_cost}};
        const pilot_account_income income = {PILOT_INCOME_PARKING, first, last, parking, 0};
        const pilot_account_terms terms = {.first = first,
                                           .last = last,
                                           .fee = {.billed = {fee, true}},
                                           .collection_rate = {4, 5},
                                           .claim = &claim,
                                           .costs = costs,
                                           .cost_count = 2,
                                           .incomes = &income,
                                           .income_count = 1};
        pilot_account account;
        pilot_account_row years[YEARS];
        require(pilot_account_compute(t->policy, &terms, &account, NULL, 0, years, YEARS, NULL) ==
                    PILOT_OK,
                "no account");
    }
    return NULL;
}

typedef void *(*work)(void *context);

static double in_two_threads(const table *t, work of)
{
    table halves[2] = {*t, *t};
    pthread_t thread;
    halves[0].end = halves[1].begin = t->rows / 2;
    double start = seconds();
    require(pthread_create(&thread, NULL, of, &halves[0]) == 0, "no thread");
    of(&halves[1]);
    pthread_join(thread, NULL);
    return seconds() - start;
}

static double median(double *values)
{
    qsort(values, ROUNDS, sizeof *values, ascending);
    return values[ROUNDS / 2];
}

/* Seconds that one run takes; what takes little is done several times. */
static double timed(table *t, work of)
{
    size_t times = t->rows < 1000000 ? 1000000 / t->rows : 1;
    double start = seconds();
    for (size_t i = 0; i < times; i++)
        of(t);
    return (seconds() - start) / (double)times;
}

enum {
    COPY,
    AWARDS,
    WIDE_AWARDS,
    WIDE_TOTALS,
    NARROW_AWARDS,
    NARROW_TOTALS,
    SUMS,
    BILLS,
    COPY_2,
    AWARDS_2,
    BY_COLUMN,
    BY_ROW,
    KINDS
};

/* What of the memory's limit is wanted, where columns no longer fit into a cache. */
#define OF_COPY 0.7

/* Rows that are enough to time what takes long. */
enum { FEW = 10000, IN_MEMORY = 10000000, ACCOUNT_BYTES = 16 + 8 * 2 * PILOT_LEDGER_COUNT * YEARS };

/* As seconds of all rows. */
static double timed_few(table *few, size_t rows)
{
    double start = seconds();
    accounts_by_row(few);
    return (seconds() - start) * (double)rows / (double)few->rows;
}

static void measure(const pilot_policy *policy, size_t rows)
{
    static const char *const names[] = {"copy",          "awards",         "awards, int64 months",
                                        "totals, int64", "awards, narrow", "totals, narrow",
                                        "sums by group", "bills",          "copy, 2",
                                        "awards, 2",     "accounts",       "accounts row by row"};
    table t = make_table(policy, rows), w = t, wt = t, n = t, nt = t, few = t;
    w.form = wt.form = WIDE;
    n.form = nt.form = NARROW;
    wt.totals = nt.totals = true;
    few.rows = rows < FEW ? rows : FEW;
    double taken[KINDS][ROUNDS], copied = 0;
    for (int i = 0; i < ROUNDS; i++) {
        taken[COPY][i] = timed(&t, copy);
        taken[AWARDS][i] = timed(&t, awards);
        taken[WIDE_AWARDS][i] = timed(&w, awards);
        taken[WIDE_TOTALS][i] = timed(&wt, awards);
        taken[NARROW_AWARDS][i] = timed(&n, awards);
        taken[NARROW_TOTALS][i] = timed(&nt, awards);
        taken[SUMS][i] = timed(&t, sums);
        taken[BILLS][i] = timed(&t, bills);
        taken[COPY_2][i] = in_two_threads(&t, copy);
        taken[AWARDS_2][i] = in_two_threads(&t, awards);
        taken[BY_COLUMN][i] = timed(&t, accounts);
        taken[BY_ROW][i] = timed_few(&few, rows);
    }
    const size_t bytes[KINDS] = {
        bytes_a_row(false), bytes_a_row(false), bytes_a_row(true), 32,           32, 16, 20, 16,
        bytes_a_row(false), bytes_a_row(false), ACCOUNT_BYTES,     ACCOUNT_BYTES};
    for (int k = 0; k < KINDS; k++) {
        double took = median(taken[k]), speed = (double)(bytes[k] * rows) / took;
        copied = k == COPY || k == COPY_2 ? speed : copied; /* by as many threads */
        printf("%10zu  %-20s  %9.1f  %8.2f  %7.2f  %6.2f", rows, names[k], (double)rows / took / 1e6,
               took / (double)rows * 1e9, speed / 1e9, speed / copied);
        if (rows >= IN_MEMORY && k != COPY && k != COPY_2 && k < BY_COLUMN)
            printf("  %.1f of the copy, %s", OF_COPY, speed >= OF_COPY * copied ? "met" : "not met");
        putchar('\n');
    }
    fflush(stdout);
    free_table(&t);
}

int main(int count, char **words)
{
    pilot_policy *policy;
    size_t most = count > 1 ? strtoull(words[1], NULL, 10) : 10000000;
    require(pilot_policy_nanchang_2019(&policy) == PILOT_OK, "no policy");
    puts("      rows  work                  million/s  ns a row  GB/s    of copy  bar");
    for (size_t rows = 10000; rows <= most; rows *= 10)
        measure(policy, rows);
    pilot_policy_free(policy);
    return 0;
}
