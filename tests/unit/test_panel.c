#include "columns.h"

#include "base/base_internal.h"
#include "base/threefry.h"
#include "notice/plan.h"
#include "panel/packed.h"

enum { ROWS = 200, YEARS = PILOT_PANEL_YEARS_MAX, LINES = 1024, GROUPS = 3 };

static void random_share(pilot_share *share)
{
    int64_t denominator = below(3)   ? INT64_C(1) << below(4)
                          : below(8) ? 1 + below(12)
                                     : 1 + below(PILOT_SHARE_MAX);
    CHECK(pilot_share_make(below(denominator + 1), denominator, share) == PILOT_OK, "share");
}

/* Whole fen or not, gaps or none, one basis or several, now and then prices near the largest. */
static pilot_policy *random_policy(void)
{
    static const pilot_price grains[] = {1, 1, 100, 10000};
    pilot_policy *base = notice();
    pilot_parameters p = *pilot_policy_parameters(base);
    pilot_rate rates[6];
    pilot_price grain = grains[below(COUNT(grains))];
    pilot_month next = month(2016, 1) + (pilot_month)below(30);
    bool one_basis = below(2);
    p.rates = rates;
    p.rate_count = (size_t)below(7);
    for (size_t i = 0; i < p.rate_count; i++) {
        rates[i].first = next + (pilot_month)(below(2) ? 0 : below(9));
        rates[i].last = rates[i].first + (pilot_month)below(below(4) ? 20 : 2);
        rates[i].price = below(8) ? below(1000000 / grain) * grain : 0;
        if (below(200) == 0)
            rates[i].price = INT64_MAX / (1 + below(3000)); /* per household: does not fit */
        rates[i].basis = one_basis ? PILOT_PER_HOUSEHOLD : (pilot_basis)below(PILOT_BASIS_COUNT);
        next = rates[i].last + 1;
    }
    random_share(&p.city_share);
    p.issued = 17532 + (pilot_date)below(1000); /* from 2018-01-01 */
    p.published = p.issued + (pilot_date)below(60);
    p.rounding = (pilot_rounding)below(4);
    p.readings[PILOT_READING_MONTH_RULE] = (int32_t)below(3);
    p.readings[PILOT_READING_GATE_MODE] = (int32_t)below(2);
    p.readings[PILOT_READING_PASS_EFFECT] =
        below(4) ? PILOT_PASS_EFFECT_RETROACTIVE : PILOT_PASS_EFFECT_FROM_THE_PASS;
    p.readings[PILOT_READING_ODD_FEN_TO] = (int32_t)below(2);
    p.readings[PILOT_READING_IN_FORCE_FROM] = (int32_t)below(2);
    pilot_policy *made = policy_of(&p);
    pilot_policy_free(base);
    return made;
}

/* A column of any element, or one element for all rows. */
typedef struct store {
    int64_t wide[ROWS];
    int32_t narrow[ROWS];
    int16_t narrowest[ROWS];
    pilot_column column;
} store;

/* The rows of a column: as given, or the first for all. */
static void keep_column(store *s, const int64_t *values, pilot_element element, bool constant)
{
    const void *const kept[] = {s->wide, s->narrow, s->narrowest};
    for (size_t i = 0; i < ROWS; i++) {
        s->wide[i] = values[i];
        s->narrow[i] = (int32_t)values[i];
        s->narrowest[i] = (int16_t)values[i];
    }
    s->column = (pilot_column){kept[element], element, constant};
}

static pilot_element any_element(void)
{
    return (pilot_element)below(3);
}

typedef struct table {
    store quantity[PILOT_BASIS_COUNT], first, last, passed, failed, passed_from, groups;
    pilot_claim_columns claims;
    pilot_column group_column;
} table;

static bool spoiled(spoil how)
{
    return how == OFTEN ? below(4) == 0 : how == RARELY && below(150) == 0;
}

static void fill_months(table *t, spoil how)
{
    int64_t first[ROWS], last[ROWS];
    for (size_t i = 0; i < ROWS; i++) {
        first[i] = month(2015, 6) + below(below(9) ? 100 : 400);
        last[i] = first[i] + below(below(2) ? 100 : 14);
        if (spoiled(how))
            first[i] = strange();
        if (spoiled(how))
            last[i] = strange();
    }
    bool constant = below(8) == 0;
    keep_column(&t->first, first, any_element(), constant);
    keep_column(&t->last, last, any_element(), constant);
    t->claims.first = t->first.column;
    t->claims.last = t->last.column;
}

static void fill_masks(table *t, spoil how)
{
    int64_t passed[ROWS], failed[ROWS], from[ROWS];
    int kind = (int)below(4);
    for (size_t i = 0; i < ROWS; i++) {
        failed[i] = below(2) ? 0 : below(2) ? below(64) : (int64_t)random_state;
        passed[i] = below(4) == 0 ? 0 : below(4) == 0 ? -1 : below(2) ? below(64) : below(1 << 20);
        if (kind == 3 && !spoiled(how))
            passed[i] &= ~failed[i];
        from[i] = spoiled(how) ? strange() : month(2019, 10) + below(60);
    }
    keep_column(&t->passed_from, from, any_element(), below(8) == 0);
    t->claims.passed_from = t->passed_from.column;
    keep_column(&t->passed, passed, any_element(), below(8) == 0);
    keep_column(&t->failed, failed, any_element(), below(8) == 0);
    if (kind & 1)
        t->claims.passed = t->passed.column;
    if (kind & 2)
        t->claims.failed = t->failed.column;
}

static void fill(table *t, spoil how)
{
    static const int64_t ends[PILOT_BASIS_COUNT] = {4000, 40000000, 3};
    int64_t values[ROWS];
    *t = (table){.claims = {.first = {0}}};
    for (int b = 0; b < PILOT_BASIS_COUNT; b++) {
        for (size_t i = 0; i < ROWS; i++) {
            values[i] = below(how == LARGE ? INT64_C(1) << (1 + below(40)) : ends[b]);
            if (spoiled(how))
                values[i] = below(2) ? strange() : below(INT64_C(1) << (20 + below(43)));
        }
        keep_column(&t->quantity[b], values, how != LARGE && below(3) == 0 ? any_element() : PILOT_INT64,
                    below(8) == 0);
        if (how == CLEAN || how == LARGE || below(15))
            t->claims.quantity[b] = t->quantity[b].column;
    }
    fill_months(t, how);
    fill_masks(t, how);
    for (size_t i = 0; i < ROWS; i++)
        values[i] = spoiled(how) ? strange() : below(GROUPS);
    keep_column(&t->groups, values, any_element(), below(8) == 0);
    if (below(8))
        t->group_column = t->groups.column;
}

typedef struct paper_row {
    pilot_status status;
    pilot_award award;
    pilot_award_line lines[LINES];
} paper_row;

/* The scalar function, asked about one row. */
static void ask_row(const pilot_policy *policy, const table *t, size_t row, paper_row *r)
{
    pilot_assessment list[64];
    pilot_claim claim;
    r->status = claim_at(policy, &t->claims, row, list, &claim);
    if (r->status == PILOT_OK)
        r->status = pilot_award_compute(policy, &claim, &r->award, r->lines, LINES, NULL);
}

typedef struct results {
    pilot_money total[ROWS], city[ROWS], district[ROWS], withheld[ROWS], years[ROWS * YEARS];
    uint8_t reasons[ROWS], statuses[ROWS];
} results;

static pilot_award_columns into(results *r, size_t row, size_t years)
{
    return (pilot_award_columns){r->total + row,    r->city + row,          r->district + row,
                                 r->withheld + row, r->years + row * years, r->reasons + row,
                                 r->statuses + row};
}

static void check_row(const paper_row *p, const results *r, size_t row, size_t years, int32_t year)
{
    pilot_money by_year[YEARS] = {0};
    bool good = p->status == PILOT_OK;
    for (size_t i = 0; good && i < p->award.line_count; i++)
        if (p->lines[i].amount)
            by_year[pilot_month_year(p->lines[i].first) - year] += p->lines[i].amount;
    CHECK(r->statuses[row] == (uint8_t)p->status, "row %zu: status %d, not %d", row, r->statuses[row],
          (int)p->status);
    CHECK(r->total[row] == (good ? p->award.total : PILOT_NO_AMOUNT), "row %zu: total %" PRId64, row,
          r->total[row]);
    CHECK(r->city[row] == (good ? p->award.city : PILOT_NO_AMOUNT), "row %zu: city", row);
    CHECK(r->district[row] == (good ? p->award.district : PILOT_NO_AMOUNT), "row %zu: district", row);
    CHECK(r->withheld[row] == (good ? p->award.withheld : PILOT_NO_AMOUNT), "row %zu: withheld", row);
    CHECK(r->reasons[row] == (good ? p->award.reasons : 0), "row %zu: reasons %d, not %u", row,
          r->reasons[row], p->award.reasons);
    for (size_t i = 0; i < years; i++)
        CHECK(r->years[row * years + i] == (good ? by_year[i] : PILOT_NO_AMOUNT), "row %zu year %zu",
              row, i);
}

/* The rows by themselves, without the columns that take the longer way. */
static void check_plain(const pilot_policy *policy, const table *t, const results *all)
{
    static results plain;
    memset(&plain, 0x5A, sizeof plain);
    const pilot_award_columns three = {plain.total, plain.city, plain.district, NULL, NULL, NULL, NULL};
    const pilot_award_columns none = {NULL, NULL, NULL, NULL, NULL, NULL, NULL};
    pilot_pass pass, same;
    cr_assert_eq(pilot_award_columns_compute(policy, &t->claims, ROWS, &three, &pass), PILOT_OK);
    cr_assert_eq(pilot_award_columns_compute(policy, &t->claims, ROWS, &none, &same), PILOT_OK);
    CHECK(memcmp(&pass, &same, sizeof pass) == 0, "a pass without results");
    const pilot_award_columns single[] = {
        {.withheld = plain.withheld}, {.years = plain.years},
        {.reasons = plain.reasons},   {.statuses = plain.statuses},
        {.district = plain.district}, {.total = plain.total, .statuses = plain.statuses}};
    for (size_t i = 0; i < COUNT(single); i++)
        cr_assert_eq(pilot_award_columns_compute(policy, &t->claims, ROWS, &single[i], &same), PILOT_OK);
    size_t years = pilot_policy_years(policy, NULL);
    CHECK(memcmp(plain.withheld, all->withheld, sizeof plain.withheld) == 0, "withheld alone");
    CHECK(memcmp(plain.years, all->years, ROWS * years * sizeof *plain.years) == 0, "years alone");
    CHECK(memcmp(plain.reasons, all->reasons, sizeof plain.reasons) == 0, "reasons alone");
    CHECK(memcmp(plain.statuses, all->statuses, sizeof plain.statuses) == 0, "statuses alone");
    CHECK(memcmp(plain.total, all->total, sizeof plain.total) == 0, "totals alone");
    CHECK(memcmp(plain.city, all->city, sizeof plain.city) == 0, "cities alone");
    CHECK(memcmp(plain.district, all->district, sizeof plain.district) == 0, "districts alone");
}

static void check_split(const pilot_policy *policy, const table *t, const results *all, size_t years)
{
    static results parts;
    size_t at = (size_t)below(ROWS + 1), sizes[2] = {at, ROWS - at};
    for (size_t i = 0, row = 0; i < 2; row += sizes[i++]) {
        pilot_claim_columns claims = claims_from(&t->claims, row);
        pilot_award_columns to = into(&parts, row, years);
        pilot_pass pass;
        cr_assert_eq(pilot_award_columns_compute(policy, &claims, sizes[i], &to, &pass), PILOT_OK);
    }
    CHECK(memcmp(parts.total, all->total, sizeof parts.total) == 0, "split at %zu", at);
    CHECK(memcmp(parts.withheld, all->withheld, sizeof parts.withheld) == 0, "split at %zu", at);
    CHECK(memcmp(parts.reasons, all->reasons, sizeof parts.reasons) == 0, "split at %zu", at);
    CHECK(memcmp(parts.years, all->years, ROWS * years * sizeof *parts.years) == 0, "split at %zu", at);
}

static void check_awards(const pilot_policy *policy, const table *t)
{
    static results r;
    static paper_row paper;
    int32_t year = 1970;
    size_t years = pilot_policy_years(policy, &year);
    pilot_award_columns to = into(&r, 0, years);
    pilot_pass pass, wanted = {0, ROWS, PILOT_OK};
    cr_assert_eq(pilot_award_columns_compute(policy, &t->claims, ROWS, &to, &pass), PILOT_OK);
    for (size_t row = 0; row < ROWS; row++) {
        ask_row(policy, t, row, &paper);
        check_row(&paper, &r, row, years, year);
        if (paper.status != PILOT_OK && !wanted.bad++) {
            wanted.first_bad = row;
            wanted.status = paper.status;
        }
    }
    CHECK(pass.bad == wanted.bad && pass.first_bad == wanted.first_bad && pass.status == wanted.status,
          "%zu bad rows from %zu on", pass.bad, pass.first_bad);
    check_plain(policy, t, &r);
    check_split(policy, t, &r, years);
}

Test(panel, columns_equal_the_scalar_function, .timeout = 900)
{
    static table t;
    int rounds = 5000 / stride();
    for (int i = 0; i < rounds; i++) {
        pilot_policy *policy = random_policy();
        fill(&t, (spoil)(i % 4));
        check_awards(policy, &t);
        pilot_policy_free(policy);
    }
}

/* Households of 32 bits and months of 32 or 16, every year passed, which have a shorter way. */
Test(panel, narrow_columns_equal_the_scalar_function, .timeout = 900)
{
    static table t;
    const pilot_rate rates[] = {
        {month(2020, 1), month(2020, 3), 180000, PILOT_PER_HOUSEHOLD},
        {month(2020, 4), month(2020, 5), 180000, PILOT_PER_HOUSEHOLD},
        {month(2020, 8), month(2023, 12), 4294967290000, PILOT_PER_HOUSEHOLD},
    };
    pilot_rate eight[8]; /* more prices than the shorter way has room for */
    for (int32_t i = 0; i < (int32_t)COUNT(eight); i++)
        eight[i] = (pilot_rate){600 + 3 * i, 602 + 3 * i, 1000 * (8 + i % 3), PILOT_PER_HOUSEHOLD};
    for (int i = 0; i < 3000 / stride(); i++) {
        pilot_policy *policy = i % 16 == 4  ? with_rates(eight, COUNT(eight))
                               : i % 4 == 1 ? with_rates(rates, 3)
                               : i % 4 == 2 ? with_rates(rates, 2)
                               : i % 4 == 3 ? random_policy()
                                            : notice();
        fill(&t, (spoil)(i % 3));
        int64_t first[ROWS], last[ROWS], households[ROWS];
        for (size_t row = 0; row < ROWS; row++) {
            first[row] = value_at(t.claims.first, row);
            last[row] = value_at(t.claims.last, row);
            households[row] = below(9) ? below(4000) : below(INT32_MAX) * (below(9) ? 1 : -1);
        }
        keep_column(&t.first, first, (pilot_element)(1 + below(2)), false);
        keep_column(&t.last, last, (pilot_element)(1 + below(2)), false);
        keep_column(&t.quantity[PILOT_PER_HOUSEHOLD], households, PILOT_INT32, false);
        t.claims.first = t.first.column;
        t.claims.last = t.last.column;
        t.claims.quantity[PILOT_PER_HOUSEHOLD] = t.quantity[PILOT_PER_HOUSEHOLD].column;
        t.claims.passed.values = t.claims.failed.values = NULL;
        check_awards(policy, &t);
        pilot_policy_free(policy);
    }
}

/* Of a column nothing is read behind its last row, in a block of any length. */
Test(panel, a_column_ends_where_its_memory_does)
{
    static const size_t counts[] = {1, 63, 64, 65, 128};
    pilot_policy *policy = notice();
    for (size_t c = 0; c < COUNT(counts); c++) {
        const size_t n = counts[c];
        int32_t *households = malloc(n * sizeof *households), *first = malloc(n * sizeof *first);
        int16_t *last = malloc(n * sizeof *last);
        pilot_money *total = malloc(n * sizeof *total);
        const pilot_claim_columns claims = {.quantity = {{households, PILOT_INT32, false}},
                                            .first = {first, PILOT_INT32, false},
                                            .last = {last, PILOT_INT16, false}};
        const pilot_award_columns to = {.total = total};
        pilot_pass pass;
        for (size_t i = 0; i < n; i++) { /* 12 months of 18 yuan (4.4.1-6) */
            households[i] = (int32_t)i;
            first[i] = month(2020, 1);
            last[i] = (int16_t)month(2020, 12);
        }
        cr_assert_eq(pilot_award_columns_compute(policy, &claims, n, &to, &pass), PILOT_OK);
        for (size_t i = 0; i < n; i++)
            CHECK(total[i] == (pilot_money)i * 12 * 1800, "%zu of %zu: %" PRId64, i, n, total[i]);
        free(total);
        free(last);
        free(first);
        free(households);
    }
    pilot_policy_free(policy);
}

/* Each combination of the readings, roundings and splits that matter, at the notice's own rates and at
 * rates that are not whole fen. */
Test(panel, every_reading_and_rounding, .timeout = 900)
{
    static table t;
    static const pilot_share shares[] = {{1, 2}, {1, 3}, {5, 8}, {0, 1}, {1, 1}, {999999, 1000000}};
    pilot_policy *base = notice();
    int seen = 0;
    for (int32_t i = 0; i < 3 * 2 * 2 * 4 * (int32_t)COUNT(shares) * 2; i++) {
        int32_t rest = i;
        pilot_parameters p = *pilot_policy_parameters(base);
        pilot_rate rates[3] = {p.rates[0], p.rates[1], p.rates[2]};
        p.readings[PILOT_READING_MONTH_RULE] = rest % 3, rest /= 3;
        p.readings[PILOT_READING_GATE_MODE] = rest % 2, rest /= 2;
        p.readings[PILOT_READING_ODD_FEN_TO] = rest % 2, rest /= 2;
        p.rounding = (pilot_rounding)(rest % 4), rest /= 4;
        p.city_share = shares[rest % (int32_t)COUNT(shares)], rest /= (int32_t)COUNT(shares);
        for (int r = 0; rest && r < 3; r++) {
            rates[r].price = 305 + r;
            rates[r].basis = r ? PILOT_PER_SQUARE_METRE : PILOT_PER_HOUSEHOLD;
        }
        p.rates = rates;
        if (i % stride())
            continue;
        pilot_policy *policy = policy_of(&p);
        fill(&t, (spoil)(i % 4));
        check_awards(policy, &t);
        pilot_policy_free(policy);
        seen++;
    }
    cr_assert(seen > 0);
    pilot_policy_free(base);
}

/* The worked numbers of the notice, so that scalar and columns cannot be wrong together. */
Test(panel, worked_numbers)
{
    static const int64_t households[] = {1, 171, 956, 1885, 3200};
    static const int32_t first[] = {599, 599, 599, 599, 588}, last = 647;
    static const int64_t yuan[] = {666, 113886, 636696, 1255410, 2764800};
    static const int64_t years_of_one[] = {1800, 21600, 21600, 14400, 7200};
    pilot_policy *policy = notice();
    pilot_money total[5], city[5], district[5], years[25];
    uint8_t reasons[5];
    pilot_pass pass;
    const pilot_claim_columns claims = {.quantity = {{.values = households}},
                                        .first = {first, PILOT_INT32, false},
                                        .last = {&last, PILOT_INT32, true}};
    const pilot_award_columns to = {total, city, district, NULL, years, reasons, NULL};
    cr_assert_eq(pilot_award_columns_compute(policy, &claims, 5, &to, &pass), PILOT_OK);
    cr_assert(pass.bad == 0 && pass.first_bad == 5 && pass.status == PILOT_OK);
    for (size_t i = 0; i < 5; i++) {
        cr_assert_eq(total[i], yuan[i] * 100);
        cr_assert(city[i] == yuan[i] * 50 && district[i] == city[i]);
        cr_assert_eq(reasons[i], 1 << PILOT_PAYABLE);
        cr_assert_eq(years[i], years_of_one[i], "household 1, year %zu", i);
    }
    pilot_policy_free(policy);
}

/* 64 years of 1 fen each: what the bits of either kind of mask open. */
Test(panel, masks_of_many_years)
{
    pilot_rate rates[YEARS];
    for (int32_t y = 0; y < YEARS; y++)
        rates[y] = (pilot_rate){month(1950 + y, 6), month(1950 + y, 6), 100, PILOT_PER_HOUSEHOLD};
    pilot_policy *annual =
        reading(with_rates(rates, YEARS), PILOT_READING_GATE_MODE, PILOT_GATE_MODE_ANNUAL);
    pilot_policy *once =
        reading(with_rates(rates, YEARS), PILOT_READING_GATE_MODE, PILOT_GATE_MODE_ONCE);
    const int64_t first = month(1950, 1), last = month(2013, 12), households = 1;
    const struct {
        int64_t passed, failed;
        bool narrow;
        int annual, once; /* fen */
    } rows[] = {
        {-1, 0, false, 64, 64},        {-1, 0, true, 32, 64},
        {INT64_MIN, 0, false, 1, 64},  {INT64_C(1) << 40, 1, false, 1, 63},
        {INT64_MIN, 0, true, 0, 0},    {1, -2, false, 1, 1},
        {5, 2, false, 2, 63},          {0, 1, false, 0, 0},
        {INT32_MIN, 1, true, 1, 63},   {-2, 0, false, 63, 64},
        {INT64_MAX, 0, false, 63, 64}, {0x21, 0, false, 2, 64},
        {0, -1, true, 0, 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const int32_t narrow[2] = {(int32_t)rows[i].passed, (int32_t)rows[i].failed};
        const void *values[2] = {&rows[i].passed, &rows[i].failed};
        pilot_claim_columns claims = {.quantity = {{&households, PILOT_INT64, true}},
                                      .first = {&first, PILOT_INT64, true},
                                      .last = {&last, PILOT_INT64, true}};
        pilot_column *masks[2] = {&claims.passed, &claims.failed};
        for (int m = 0; m < 2; m++)
            *masks[m] = rows[i].narrow ? (pilot_column){&narrow[m], PILOT_INT32, true}
                                       : (pilot_column){values[m], PILOT_INT64, true};
        pilot_money total[3];
        pilot_pass pass;
        const pilot_award_columns to = {.total = total};
        cr_assert_eq(pilot_award_columns_compute(annual, &claims, 3, &to, &pass), PILOT_OK);
        cr_expect(total[0] == rows[i].annual && total[2] == total[0] && !pass.bad,
                  "row %zu: annual %" PRId64, i, total[0]);
        cr_assert_eq(pilot_award_columns_compute(once, &claims, 3, &to, &pass), PILOT_OK);
        cr_expect(total[0] == rows[i].once && total[2] == total[0], "row %zu: once %" PRId64, i,
                  total[0]);
    }
    pilot_policy_free(once);
    pilot_policy_free(annual);
}

/* 4.4.1-6: every year but one is passed, each by itself. */
Test(panel, masks_of_the_notice)
{
    static const pilot_money of_year[] = {1800, 12 * 1800, 12 * 1800, 12 * 1200, 12 * 600};
    pilot_policy *annual = reading(notice(), PILOT_READING_GATE_MODE, PILOT_GATE_MODE_ANNUAL);
    const int64_t first = month(2019, 12), last = month(2023, 12), households = 1;
    for (size_t without = 0; without <= COUNT(of_year); without++) {
        const int64_t passed = 31 & ~(INT64_C(1) << without);
        const pilot_claim_columns claims = {.quantity = {{&households, PILOT_INT64, true}},
                                            .first = {&first, PILOT_INT64, true},
                                            .last = {&last, PILOT_INT64, true},
                                            .passed = {&passed, PILOT_INT64, true}};
        pilot_money total[70], wanted = 0;
        pilot_pass pass;
        for (size_t y = 0; y < COUNT(of_year); y++)
            wanted += y == without ? 0 : of_year[y];
        const pilot_award_columns to = {.total = total};
        cr_assert_eq(pilot_award_columns_compute(annual, &claims, COUNT(total), &to, &pass), PILOT_OK);
        cr_expect(total[0] == wanted && total[69] == wanted && !pass.bad, "without %zu: %" PRId64,
                  without, total[0]);
    }
    pilot_policy_free(annual);
}

/* So many rows that they are written around the caches, to columns out of alignment. */
Test(panel, a_long_column)
{
    enum { MANY = 600001 };
    int64_t *households = malloc(MANY * sizeof *households);
    pilot_money *to = malloc((MANY + 1) * 3 * sizeof *to);
    cr_assert(households && to);
    const int32_t first = 599, last = 647;
    pilot_policy *policy = notice();
    for (size_t i = 0; i < MANY; i++)
        households[i] = (int64_t)i;
    households[300000] = -5;
    const pilot_claim_columns claims = {.quantity = {{.values = households}},
                                        .first = {&first, PILOT_INT32, true},
                                        .last = {&last, PILOT_INT32, true}};
    pilot_money *total = to, *city = total + MANY, *district = city + MANY;
    const pilot_award_columns columns = {total, city, district, NULL, NULL, NULL, NULL};
    pilot_pass pass;
    cr_assert_eq(pilot_award_columns_compute(policy, &claims, MANY, &columns, &pass), PILOT_OK);
    cr_assert(pass.bad == 1 && pass.first_bad == 300000 && pass.status == PILOT_ERROR_RANGE);
    for (int64_t i = 0; i < MANY; i++) {
        pilot_money wanted = i == 300000 ? PILOT_NO_AMOUNT : i * 66600;
        CHECK(total[i] == wanted, "row %" PRId64, i);
        CHECK(city[i] == (i == 300000 ? wanted : wanted / 2) && district[i] == city[i], "row %" PRId64,
              i);
    }
    pilot_policy_free(policy);
    free(to);
    free(households);
}

Test(panel, award_columns_refuse)
{
    static const int64_t one[] = {1}, months[] = {600};
    pilot_policy *policy = notice();
    const pilot_rate wide_rates[] = {{month(1950, 1), month(1950, 1), 1, PILOT_PER_HOUSEHOLD},
                                     {month(2014, 1), month(2014, 1), 1, PILOT_PER_HOUSEHOLD}};
    pilot_policy *too_long = with_rates(wide_rates, COUNT(wide_rates));
    pilot_claim_columns claims = {
        .quantity = {{.values = one}}, .first = {.values = months}, .last = {.values = months}};
    pilot_money total[] = {7};
    pilot_award_columns to = {.total = total};
    pilot_pass pass = {9, 9, PILOT_OK};
    pilot_claim_columns no_first = claims, no_last = claims,
                        kinds[7] = {claims, claims, claims, claims, claims, claims, claims};
    no_first.first.values = NULL;
    no_last.last.values = NULL;
    kinds[0].quantity[2].element = (pilot_element)3;
    kinds[1].first.element = (pilot_element)-1;
    kinds[2].passed.element = (pilot_element)3;
    kinds[3].failed.element = (pilot_element)3;
    kinds[4].last.element = (pilot_element)3;
    kinds[5].passed_from.element = (pilot_element)3;
    mark(&kinds[6].quantity[0].constant, 1); /* neither true nor false */
    cr_expect_eq(pilot_award_columns_compute(NULL, &claims, 1, &to, &pass), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_award_columns_compute(policy, NULL, 1, &to, &pass), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_award_columns_compute(policy, &claims, 1, NULL, &pass), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_award_columns_compute(policy, &claims, 1, &to, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_award_columns_compute(policy, &no_first, 1, &to, &pass), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_award_columns_compute(policy, &no_last, 1, &to, &pass), PILOT_ERROR_ARGUMENT);
    for (size_t i = 0; i < COUNT(kinds); i++)
        cr_expect_eq(pilot_award_columns_compute(policy, &kinds[i], 1, &to, &pass), PILOT_ERROR_ARGUMENT,
                     "%zu", i);
    cr_expect_eq(pilot_award_columns_compute(too_long, &claims, 1, &to, &pass), PILOT_ERROR_LIMIT);
    cr_expect_eq(pilot_aggregate_size(too_long, 1), 0);
    cr_expect_eq(pilot_element_find("int16", NULL), PILOT_ERROR_ARGUMENT);
    cr_expect(total[0] == 7 && pass.bad == 9, "nothing is written");
    const pilot_rate narrower[] = {{month(1950, 1), month(1950, 1), 1, PILOT_PER_HOUSEHOLD},
                                   {month(2013, 12), month(2013, 12), 10000, PILOT_PER_HOUSEHOLD}};
    pilot_policy *longest = with_rates(narrower, COUNT(narrower));
    const int64_t from[] = {month(1940, 1)}, to_month[] = {month(2100, 1)};
    const int64_t mask[] = {INT64_MIN};
    claims.first.values = from;
    claims.last.values = to_month;
    cr_expect_eq(pilot_award_columns_compute(longest, &claims, 1, &to, &pass), PILOT_OK);
    cr_expect_eq(total[0], 100, "0.0001 yuan once and 1 yuan once");
    claims.passed.values = mask;
    cr_expect_eq(pilot_award_columns_compute(longest, &claims, 0, &to, &pass), PILOT_OK);
    cr_expect(pass.bad == 0 && pass.first_bad == 0 && pass.status == PILOT_OK);
    pilot_policy_free(longest);
    pilot_policy_free(too_long);
    pilot_policy_free(policy);
}

/* Paper for the aggregate: sums in 128 bits of what the scalar function says of each row. */
typedef struct paper_sums {
    wide rows[YEARS], quantity[YEARS][PILOT_BASIS_COUNT];
    wide total[YEARS], city[YEARS], district[YEARS], withheld[YEARS];
    int64_t good, bad;
} paper_sums;

static void sum_row(paper_sums *s, const paper_row *r, const table *t, size_t row, int32_t year)
{
    bool counted[YEARS] = {false}, by_basis[YEARS][PILOT_BASIS_COUNT] = {{false}};
    for (size_t i = 0; i < r->award.line_count; i++) {
        const pilot_award_line *l = &r->lines[i];
        if (l->reason == PILOT_WITHHELD_OUTSIDE)
            continue;
        int32_t y = pilot_month_year(l->first) - year;
        s->total[y] += l->amount;
        s->city[y] += l->city;
        s->district[y] += l->district;
        s->withheld[y] += l->withheld;
        if (l->reason != PILOT_PAYABLE)
            continue;
        s->rows[y] += !counted[y];
        counted[y] = true;
        if (!by_basis[y][l->rate.basis])
            s->quantity[y][l->rate.basis] += value_at(t->claims.quantity[l->rate.basis], row);
        by_basis[y][l->rate.basis] = true;
    }
}

static void sum_paper(const pilot_policy *policy, const table *t, paper_sums sums[GROUPS],
                      int64_t *groupless)
{
    static paper_row paper;
    int32_t year = 1970;
    (void)pilot_policy_years(policy, &year);
    memset(sums, 0, GROUPS * sizeof *sums);
    *groupless = 0;
    for (size_t row = 0; row < ROWS; row++) {
        int64_t group = t->group_column.values ? value_at(t->group_column, row) : 0;
        if (group < 0 || group >= GROUPS) {
            ++*groupless;
            continue;
        }
        ask_row(policy, t, row, &paper);
        sums[group].good += paper.status == PILOT_OK;
        sums[group].bad += paper.status != PILOT_OK;
        if (paper.status == PILOT_OK)
            sum_row(&sums[group], &paper, t, row, year);
    }
}

static void check_cell(const pilot_aggregate *a, size_t group, size_t year, const paper_sums *s)
{
    pilot_aggregate_cell cell;
    wide greatest = s->rows[year];
    const wide all[] = {s->total[year], s->withheld[year], s->quantity[year][0], s->quantity[year][1],
                        s->quantity[year][2]};
    for (size_t i = 0; i < COUNT(all); i++)
        greatest = all[i] > greatest ? all[i] : greatest;
    pilot_status status = pilot_aggregate_cell_at(a, group, year, &cell);
    CHECK(status == (greatest >= INT64_MAX ? PILOT_ERROR_OVERFLOW : PILOT_OK), "status %d", (int)status);
    if (status != PILOT_OK)
        return;
    CHECK(cell.rows == s->rows[year], "group %zu year %zu: %" PRId64 " rows", group, year, cell.rows);
    for (int b = 0; b < PILOT_BASIS_COUNT; b++)
        CHECK(cell.quantity[b] == s->quantity[year][b], "group %zu year %zu: quantity", group, year);
    CHECK(cell.total == s->total[year] && cell.city == s->city[year] &&
              cell.district == s->district[year] && cell.withheld == s->withheld[year],
          "group %zu year %zu: %" PRId64, group, year, cell.total);
}

static void check_aggregate(const pilot_aggregate *a, const paper_sums sums[GROUPS], int64_t groupless,
                            size_t years)
{
    paper_sums all = {.good = 0};
    int64_t rows = 0, bad = 0;
    for (size_t g = 0; g < GROUPS; g++) {
        for (size_t y = 0; y < years; y++) {
            check_cell(a, g, y, &sums[g]);
            all.rows[y] += sums[g].rows[y];
            all.total[y] += sums[g].total[y];
            all.city[y] += sums[g].city[y];
            all.district[y] += sums[g].district[y];
            all.withheld[y] += sums[g].withheld[y];
            for (int b = 0; b < PILOT_BASIS_COUNT; b++)
                all.quantity[y][b] += sums[g].quantity[y][b];
        }
        CHECK(pilot_aggregate_rows(a, g, &rows, &bad) == PILOT_OK, "rows of %zu", g);
        CHECK(rows == sums[g].good && bad == sums[g].bad, "group %zu: %" PRId64 " bad", g, bad);
        all.good += sums[g].good;
        all.bad += sums[g].bad;
    }
    for (size_t y = 0; y < years; y++)
        check_cell(a, PILOT_ALL_GROUPS, y, &all);
    CHECK(pilot_aggregate_rows(a, PILOT_ALL_GROUPS, &rows, &bad) == PILOT_OK, "all rows");
    CHECK(rows == all.good && bad == all.bad + groupless, "%" PRId64 " bad in all", bad);
}

static pilot_aggregate *new_aggregate(const pilot_policy *policy, size_t groups)
{
    pilot_aggregate *a = NULL;
    size_t size = pilot_aggregate_size(policy, groups);
    void *memory = malloc(size);
    CHECK(memory && pilot_aggregate_make(policy, groups, memory, size, &a) == PILOT_OK, "no aggregate");
    return a;
}

static void add_rows(pilot_aggregate *a, const pilot_policy *policy, const table *t, size_t row,
                     size_t count)
{
    pilot_claim_columns claims = claims_from(&t->claims, row);
    pilot_pass pass;
    CHECK(pilot_aggregate_add(a, policy, &claims, part_of(t->group_column, row), count, &pass) ==
              PILOT_OK,
          "add");
}

static void check_same_bytes(const pilot_aggregate *a, const pilot_aggregate *b)
{
    size_t size = pilot_aggregate_packed_size(a);
    uint8_t *bytes = malloc(size * 2);
    CHECK(bytes && size == pilot_aggregate_packed_size(b), "sizes");
    CHECK(pilot_aggregate_pack(a, bytes, size) == PILOT_OK, "pack");
    CHECK(pilot_aggregate_pack(b, bytes + size, size) == PILOT_OK, "pack");
    CHECK(memcmp(bytes, bytes + size, size) == 0, "other bytes");
    free(bytes);
}

/* Three parts of the rows, added up in another order, one of them through its bytes. */
static void check_merges(const pilot_policy *policy, const table *t, const pilot_aggregate *whole)
{
    size_t cut[4] = {0, (size_t)below(ROWS), ROWS, ROWS};
    cut[2] = cut[1] + (size_t)below((int64_t)(ROWS - cut[1]) + 1);
    pilot_aggregate *parts[3], *merged = NULL;
    for (int i = 0; i < 3; i++) {
        parts[i] = new_aggregate(policy, GROUPS);
        add_rows(parts[i], policy, t, cut[i], cut[i + 1] - cut[i]);
    }
    size_t size = pilot_aggregate_packed_size(parts[1]), groups = 0;
    size_t room = pilot_aggregate_size(policy, GROUPS);
    uint8_t *bytes = malloc(size);
    void *memory = malloc(room);
    CHECK(bytes && memory && pilot_aggregate_pack(parts[1], bytes, size) == PILOT_OK, "pack");
    CHECK(pilot_aggregate_unpack(policy, bytes, size, memory, room, &groups, &merged) == PILOT_OK,
          "unpack");
    CHECK(groups == GROUPS && pilot_aggregate_groups(merged) == GROUPS, "groups");
    CHECK(pilot_aggregate_merge(merged, parts[2]) == PILOT_OK, "merge");
    CHECK(pilot_aggregate_merge(merged, parts[0]) == PILOT_OK, "merge");
    check_same_bytes(whole, merged);
    CHECK(pilot_aggregate_merge(parts[0], parts[1]) == PILOT_OK, "merge");
    CHECK(pilot_aggregate_merge(parts[0], parts[2]) == PILOT_OK, "merge");
    check_same_bytes(whole, parts[0]);
    for (int i = 0; i < 3; i++)
        free(parts[i]);
    free(memory);
    free(bytes);
}

/* The groups in another order, with two that nothing is of, and back; and all of them as one. */
static void check_regroups(const pilot_policy *policy, const pilot_aggregate *whole)
{
    static int32_t there[GROUPS];
    static int64_t back[GROUPS + 2];
    for (int g = 0; g < GROUPS; g++) {
        there[g] = (int32_t)(g * 3 + 1) % (GROUPS + 2);
        while (back[there[g]] > 0 && back[there[g]] != g + 1)
            there[g] = (there[g] + 1) % (GROUPS + 2);
        back[there[g]] = g + 1;
    }
    pilot_aggregate *other = new_aggregate(policy, GROUPS + 2), *same = new_aggregate(policy, GROUPS);
    pilot_aggregate *one = new_aggregate(policy, 1);
    for (int g = 0; g < GROUPS + 2; g++)
        back[g] -= back[g] > 0;
    CHECK(pilot_aggregate_regroup(other, whole, (pilot_column){there, PILOT_INT32, false}) == PILOT_OK,
          "there");
    CHECK(pilot_aggregate_regroup(same, other, (pilot_column){back, PILOT_INT64, false}) == PILOT_OK,
          "back");
    CHECK(pilot_aggregate_regroup(one, other, (pilot_column){NULL, PILOT_INT64, false}) == PILOT_OK,
          "one");
    memset(back, 0, sizeof back);
    check_same_bytes(whole, same);
    int64_t rows[2], bad[2];
    CHECK(pilot_aggregate_rows(whole, PILOT_ALL_GROUPS, &rows[0], &bad[0]) == PILOT_OK &&
              pilot_aggregate_rows(one, PILOT_ALL_GROUPS, &rows[1], &bad[1]) == PILOT_OK &&
              rows[0] == rows[1] && bad[0] == bad[1],
          "rows of all");
    for (size_t y = 0; y < pilot_policy_years(policy, NULL); y++) {
        pilot_aggregate_cell all = {.rows = 0}, of_one = all;
        const pilot_status status = pilot_aggregate_cell_at(whole, PILOT_ALL_GROUPS, y, &all);
        CHECK(status == pilot_aggregate_cell_at(one, 0, y, &of_one), "status of all");
        CHECK(memcmp(&all, &of_one, sizeof all) == 0, "sums of all");
    }
    free(one);
    free(same);
    free(other);
}

/* Any policy, the notice, one that pays nothing in two months of a year, in which a row may lie, and one
 * that pays per household and then per m². */
static pilot_policy *policy_of_sums(int round)
{
    const pilot_rate rates[] = {
        {month(2020, 1), month(2020, 3), 180000, PILOT_PER_HOUSEHOLD},
        {month(2020, 6), month(2021, 12), 120000, PILOT_PER_HOUSEHOLD},
    };
    const pilot_rate turned[] = {
        {month(2019, 12), month(2020, 12), 180000, PILOT_PER_HOUSEHOLD},
        {month(2021, 1), month(2022, 12), 20000, PILOT_PER_SQUARE_METRE},
    };
    return round % 8 == 3   ? notice()
           : round % 8 == 4 ? with_rates(rates, 2)
           : round % 8 == 5 ? with_rates(turned, 2)
                            : random_policy();
}

Test(panel, sums_by_group_and_year, .timeout = 900)
{
    static table t;
    static paper_sums sums[GROUPS];
    int rounds = 2000 / stride();
    for (int i = 0; i < rounds; i++) {
        pilot_policy *policy = policy_of_sums(i);
        int64_t groupless;
        fill(&t, (spoil)(i % 4));
        pilot_aggregate *a = new_aggregate(policy, GROUPS);
        add_rows(a, policy, &t, 0, ROWS);
        sum_paper(policy, &t, sums, &groupless);
        check_aggregate(a, sums, groupless, pilot_policy_years(policy, NULL));
        check_merges(policy, &t, a);
        check_regroups(policy, a);
        free(a);
        pilot_policy_free(policy);
    }
}

/* Rows of hundreds of groups, which are counted where there are many at once, else added up. */
Test(panel, many_groups_are_counted)
{
    enum { MANY = 40000, OF = 900, FEW = 300 };
    static int64_t households[MANY], groups[MANY];
    static int32_t first[MANY], last[MANY];
    pilot_policy *policy = notice();
    pilot_aggregate *at_once = new_aggregate(policy, OF), *by_few = new_aggregate(policy, OF);
    for (size_t i = 0; i < MANY; i++) {
        households[i] = below(5000);
        groups[i] = below(OF + 1) - below(2);
        first[i] = (int32_t)(month(2019, 6) + below(60));
        last[i] = first[i] + (int32_t)below(40);
    }
    const pilot_claim_columns claims = {.quantity = {{.values = households}},
                                        .first = {first, PILOT_INT32, false},
                                        .last = {last, PILOT_INT32, false}};
    const pilot_column of = {groups, PILOT_INT64, false};
    pilot_pass pass;
    cr_assert_eq(pilot_aggregate_add(at_once, policy, &claims, of, MANY, &pass), PILOT_OK);
    cr_assert(pass.bad > 0);
    for (size_t i = 0; i < MANY; i += FEW) {
        const pilot_claim_columns part = claims_from(&claims, i);
        const size_t count = MANY - i < FEW ? MANY - i : FEW;
        cr_assert_eq(pilot_aggregate_add(by_few, policy, &part, part_of(of, i), count, &pass), PILOT_OK);
    }
    check_same_bytes(at_once, by_few);
    free(by_few);
    free(at_once);
    pilot_policy_free(policy);
}

Test(panel, aggregates_refuse)
{
    pilot_policy *policy = notice();
    pilot_policy *other = reading(notice(), PILOT_READING_GATE_MODE, PILOT_GATE_MODE_ANNUAL);
    size_t size = pilot_aggregate_size(policy, 2);
    _Alignas(8) static char memory[16384];
    cr_assert(size > 0 && size < sizeof memory);
    cr_expect_eq(pilot_aggregate_size(NULL, 2), 0);
    cr_expect_eq(pilot_aggregate_size(policy, 0), 0);
    cr_expect_eq(pilot_aggregate_size(policy, SIZE_MAX), 0);
    pilot_aggregate *a = NULL;
    cr_expect_eq(pilot_aggregate_make(NULL, 2, memory, size, &a), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_aggregate_make(policy, 2, NULL, size, &a), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_aggregate_make(policy, 2, memory, size, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_aggregate_make(policy, 2, memory + 4, size, &a), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_aggregate_make(policy, 0, memory, size, &a), PILOT_ERROR_LIMIT);
    cr_expect_eq(pilot_aggregate_make(policy, 2, memory, size - 1, &a), PILOT_ERROR_CAPACITY);
    cr_expect_eq(pilot_aggregate_make(policy, 2, memory, 1, &a), PILOT_ERROR_CAPACITY);
    cr_expect_null(a);
    cr_assert_eq(pilot_aggregate_make(policy, 2, memory, size, &a), PILOT_OK);

    pilot_aggregate *another = new_aggregate(other, 2), *wider = new_aggregate(policy, 3);
    static const int64_t one = 1, at = 600;
    const pilot_column none = {0}, wrong = {&one, (pilot_element)5, true};
    const pilot_claim_columns claims = {
        .quantity = {{&one, 0, true}}, .first = {&at, 0, true}, .last = {&at, 0, true}};
    pilot_pass pass;
    cr_expect_eq(pilot_aggregate_add(NULL, policy, &claims, none, 1, &pass), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_aggregate_add(a, NULL, &claims, none, 1, &pass), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_aggregate_add(a, policy, NULL, none, 1, &pass), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_aggregate_add(a, policy, &claims, none, 1, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_aggregate_add(a, policy, &claims, wrong, 1, &pass), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_aggregate_add(a, other, &claims, none, 1, &pass), PILOT_ERROR_INCONSISTENT);
    cr_expect_eq(pilot_aggregate_merge(NULL, a), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_aggregate_merge(a, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_aggregate_merge(a, another), PILOT_ERROR_INCONSISTENT);
    cr_expect_eq(pilot_aggregate_merge(a, wider), PILOT_ERROR_INCONSISTENT);
    static const int64_t beyond[] = {0, 1, 2};
    const pilot_column numbers = {beyond, PILOT_INT64, false};
    cr_expect_eq(pilot_aggregate_regroup(NULL, a, numbers), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_aggregate_regroup(a, NULL, numbers), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_aggregate_regroup(a, a, numbers), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_aggregate_regroup(wider, a, wrong), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_aggregate_regroup(a, another, numbers), PILOT_ERROR_INCONSISTENT);
    cr_expect_eq(pilot_aggregate_regroup(a, wider, numbers), PILOT_ERROR_RANGE);
    cr_expect_eq(pilot_aggregate_regroup(wider, a, numbers), PILOT_OK);
    pilot_aggregate_cell cell;
    int64_t rows, bad;
    cr_expect_eq(pilot_aggregate_cell_at(NULL, 0, 0, &cell), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_aggregate_cell_at(a, 0, 0, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_aggregate_cell_at(a, 2, 0, &cell), PILOT_ERROR_NOT_FOUND);
    cr_expect_eq(pilot_aggregate_cell_at(a, 0, 5, &cell), PILOT_ERROR_NOT_FOUND);
    cr_expect_eq(pilot_aggregate_rows(a, 2, &rows, &bad), PILOT_ERROR_NOT_FOUND);
    cr_expect_eq(pilot_aggregate_rows(NULL, 0, &rows, &bad), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_aggregate_rows(a, 0, NULL, &bad), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_aggregate_rows(a, 0, &rows, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_aggregate_groups(NULL), 0);
    cr_expect_eq(pilot_aggregate_packed_size(NULL), 0);
    free(wider);
    free(another);
    pilot_policy_free(other);
    pilot_policy_free(policy);
}

/* Bytes whose check sum holds and whose words cannot be: the sums after the six of the head are not
 * negative, and as many as the groups, years and segments say. */
static void check_forged(const pilot_policy *policy, const uint8_t *bytes, size_t size, void *memory,
                         size_t room)
{
    static const struct {
        size_t word;
        uint8_t value[8];
    } forged[] = {{2, {0}},
                  {2, {1}},
                  {2, {3}},
                  {2, {0, 0, 0, 0, 0, 0, 0, 0x80}},
                  {3, {4}},
                  {4, {4}},
                  {5, {0, 0, 0, 0, 0, 0, 0, 0x80}},
                  {6, {0, 0, 0, 0, 0, 0, 0, 0xFF}}};
    uint8_t copy[4096];
    pilot_aggregate *made = NULL;
    for (size_t i = 0; i <= COUNT(forged); i++) {
        const size_t length = i < COUNT(forged) ? size : size - 8; /* the last has a sum too few */
        cr_assert(size <= sizeof copy);
        memcpy(copy, bytes, size);
        if (i < COUNT(forged))
            memcpy(copy + forged[i].word * 8, forged[i].value, 8);
        uint64_t sum = pilot_hash(PILOT_HASH_START, copy, length - 8);
        for (size_t at = 0; at < 8; at++)
            copy[length - 8 + at] = (uint8_t)(sum >> 8 * at);
        CHECK(pilot_aggregate_unpack(policy, copy, length, memory, room, NULL, &made) ==
                  PILOT_ERROR_FORMAT,
              "forged %zu", i);
    }
    CHECK(!made, "made of forged bytes");
}

/* Sums of a policy of more years than columns have, which pack cannot have written. */
static void expect_too_long_refused(uint8_t *bytes, size_t size)
{
    const pilot_rate rates[] = {{month(1950, 1), month(1950, 1), 1, PILOT_PER_HOUSEHOLD},
                                {month(2014, 1), month(2014, 1), 1, PILOT_PER_HOUSEHOLD}};
    pilot_policy *too_long = with_rates(rates, COUNT(rates));
    pilot_aggregate *made = NULL;
    _Alignas(8) char memory[4096];
    pilot_put_word(bytes, 1, pilot_policy_award_fingerprint(too_long));
    pilot_put_sum(bytes, size / 8 - 1);
    cr_expect_eq(pilot_aggregate_unpack(too_long, bytes, size, memory, sizeof memory, NULL, &made),
                 PILOT_ERROR_LIMIT);
    cr_expect_eq(pilot_aggregate_make(too_long, 1, memory, sizeof memory, &made), PILOT_ERROR_LIMIT);
    cr_expect_null(made);
    pilot_policy_free(too_long);
}

Test(panel, changed_bytes_are_refused)
{
    pilot_policy *policy = notice();
    pilot_policy *other = reading(notice(), PILOT_READING_GATE_MODE, PILOT_GATE_MODE_ANNUAL);
    pilot_aggregate *a = new_aggregate(policy, 2), *made = NULL;
    size_t size = pilot_aggregate_packed_size(a), room = pilot_aggregate_size(policy, 2), groups = 0;
    uint8_t *bytes = malloc(size + 8);
    void *memory = malloc(room);
    cr_assert(bytes && memory);
    cr_expect_eq(pilot_aggregate_pack(NULL, bytes, size), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_aggregate_pack(a, NULL, size), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_aggregate_pack(a, bytes, size - 1), PILOT_ERROR_CAPACITY);
    cr_assert_eq(pilot_aggregate_pack(a, bytes, size), PILOT_OK);
    cr_expect_eq(pilot_aggregate_unpack(NULL, bytes, size, memory, room, NULL, &made),
                 PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_aggregate_unpack(policy, NULL, size, memory, room, NULL, &made),
                 PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_aggregate_unpack(policy, bytes, size, memory, room, NULL, NULL),
                 PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_aggregate_unpack(policy, bytes, size, NULL, 0, &groups, &made),
                 PILOT_ERROR_CAPACITY);
    cr_expect_eq(groups, 2);
    cr_expect_eq(pilot_aggregate_unpack(policy, bytes, size, memory, room - 1, NULL, &made),
                 PILOT_ERROR_CAPACITY);
    cr_expect_eq(pilot_aggregate_unpack(other, bytes, size, memory, room, NULL, &made),
                 PILOT_ERROR_INCONSISTENT);
    for (size_t length = 0; length < size; length++)
        CHECK(pilot_aggregate_unpack(policy, bytes, length, memory, room, NULL, &made) ==
                  PILOT_ERROR_FORMAT,
              "%zu bytes", length);
    for (size_t i = 0; i < size; i++) {
        bytes[i] ^= 0x40;
        CHECK(pilot_aggregate_unpack(policy, bytes, size, memory, room, NULL, &made) ==
                  PILOT_ERROR_FORMAT,
              "byte %zu", i);
        bytes[i] ^= 0x40;
    }
    check_forged(policy, bytes, size, memory, room);
    cr_expect_eq(pilot_aggregate_unpack(policy, bytes, size, (char *)memory + 4, room, NULL, &made),
                 PILOT_ERROR_ARGUMENT);
    expect_too_long_refused(bytes, size);
    cr_expect_null(made);
    cr_assert_eq(pilot_aggregate_pack(a, bytes, size), PILOT_OK);
    cr_expect_eq(pilot_aggregate_unpack(policy, bytes, size, memory, room, NULL, &made), PILOT_OK);
    check_same_bytes(a, made);
    free(memory);
    free(bytes);
    free(a);
    pilot_policy_free(other);
    pilot_policy_free(policy);
}

/* A sum that does not fit says so, whatever is merged after it. */
Test(panel, sums_that_do_not_fit)
{
    pilot_policy *policy = notice();
    pilot_aggregate *a = new_aggregate(policy, 1), *b = new_aggregate(policy, 1);
    pilot_aggregate_cell cell;
    const int64_t greatest = INT64_MAX / 180000 / 1200, first = 600; /* a row that fits */
    const pilot_claim_columns claims = {
        .quantity = {{&greatest, 0, true}}, .first = {&first, 0, true}, .last = {&first, 0, true}};
    pilot_pass pass;
    cr_assert_eq(pilot_aggregate_add(a, policy, &claims, (pilot_column){0}, 1, &pass), PILOT_OK);
    cr_assert_eq(pass.bad, 0);
    cr_assert_eq(pilot_aggregate_cell_at(a, 0, 1, &cell), PILOT_OK);
    cr_assert_eq(cell.total, greatest * 1800);
    for (int i = 0; i < 70; i++) /* twice as much each time */
        cr_assert_eq(pilot_aggregate_merge(a, a), PILOT_OK);
    cr_expect_eq(pilot_aggregate_cell_at(a, 0, 1, &cell), PILOT_ERROR_OVERFLOW);
    cr_expect_eq(pilot_aggregate_cell_at(a, PILOT_ALL_GROUPS, 1, &cell), PILOT_ERROR_OVERFLOW);
    cr_expect_eq(pilot_aggregate_cell_at(a, 0, 2, &cell), PILOT_OK);
    cr_assert_eq(pilot_aggregate_merge(b, a), PILOT_OK);
    cr_expect_eq(pilot_aggregate_cell_at(b, 0, 1, &cell), PILOT_ERROR_OVERFLOW);
    int64_t factor;
    const pilot_budget budget = {.total = {1, true}};
    cr_expect_eq(pilot_budget_factor(policy, b, 0, &budget, &factor, NULL), PILOT_ERROR_OVERFLOW);
    free(b);
    free(a);
    pilot_policy_free(policy);
}

static void check_total(const pilot_aggregate *a, size_t year, wide rows, wide total)
{
    pilot_aggregate_cell cell;
    CHECK(pilot_aggregate_cell_at(a, 0, year, &cell) == PILOT_OK, "year %zu", year);
    CHECK(cell.rows == rows && cell.total == total && cell.city * 2 == total, "year %zu: %" PRId64, year,
          cell.total);
}

/* So many rows, and rows so large, that a count of them has to be settled on the way or cannot be made.
 */
Test(panel, sums_of_many_and_of_large_rows)
{
    static const struct {
        int64_t households;
        size_t rows;
    } cases[] = {
        {(1 << 26) - 1, (1 << 18) + 1000}, {1 << 26, 1000}, {1 << 28, 1 << 17}, {1, (1 << 18) + 65}};
    static const int64_t fen_of_year[] = {1800, 21600, 21600, 14400, 7200};
    pilot_policy *policy = notice();
    const int64_t first = month(2019, 12), last = month(2023, 12);
    for (size_t i = 0; i < COUNT(cases); i++) {
        pilot_aggregate *a = new_aggregate(policy, 1);
        const pilot_claim_columns claims = {.quantity = {{&cases[i].households, PILOT_INT64, true}},
                                            .first = {&first, PILOT_INT64, true},
                                            .last = {&last, PILOT_INT64, true}};
        pilot_pass pass;
        cr_assert_eq(pilot_aggregate_add(a, policy, &claims, (pilot_column){0}, cases[i].rows, &pass),
                     PILOT_OK);
        cr_expect_eq(pass.bad, 0);
        for (size_t year = 0; year < COUNT(fen_of_year); year++)
            check_total(a, year, cases[i].rows,
                        (wide)cases[i].rows * cases[i].households * fen_of_year[year]);
        free(a);
    }
    pilot_policy_free(policy);
}

/* One row of many is of no group, or has not passed a year. */
Test(panel, sums_with_one_row_that_differs)
{
    enum { MANY = 128, ODD = 70, FEN = 10 * 12 * 1800 };
    static const int64_t none[] = {-1, 1, 2, INT64_MAX, INT64_MIN, INT64_C(1) << 32};
    pilot_policy *policy = reading(notice(), PILOT_READING_GATE_MODE, PILOT_GATE_MODE_ANNUAL);
    const int64_t ten = 10, first = month(2020, 1), last = month(2020, 12);
    int64_t groups[MANY] = {0}, passed[MANY], rows, bad;
    memset(passed, 0xFF, sizeof passed);
    const pilot_claim_columns claims = {.quantity = {{&ten, PILOT_INT64, true}},
                                        .first = {&first, PILOT_INT64, true},
                                        .last = {&last, PILOT_INT64, true},
                                        .passed = {passed, PILOT_INT64, false}};
    const pilot_column of_groups = {groups, PILOT_INT64, false};
    pilot_pass pass;
    for (size_t i = 0; i < COUNT(none); i++) {
        pilot_aggregate *a = new_aggregate(policy, 1);
        groups[ODD] = none[i];
        cr_assert_eq(pilot_aggregate_add(a, policy, &claims, of_groups, MANY, &pass), PILOT_OK);
        CHECK(pass.bad == 1 && pass.first_bad == ODD && pass.status == PILOT_ERROR_RANGE,
              "group %" PRId64 ": %zu bad", none[i], pass.bad);
        check_total(a, 1, MANY - 1, (MANY - 1) * FEN);
        CHECK(pilot_aggregate_rows(a, PILOT_ALL_GROUPS, &rows, &bad) == PILOT_OK && bad == 1, "bad");
        free(a);
    }
    groups[ODD] = 0;
    for (int year = 0; year < 5; year++) {
        const int held = year == 1;
        pilot_aggregate *a = new_aggregate(policy, 1);
        passed[ODD] = ~(INT64_C(1) << year);
        cr_assert_eq(pilot_aggregate_add(a, policy, &claims, of_groups, MANY, &pass), PILOT_OK);
        check_total(a, 1, MANY - held, (MANY - held) * FEN);
        free(a);
    }
    pilot_policy_free(policy);
}

/* Unit-months paid by year and rate, from the scalar function's lines. */
enum { RATES = 6 };
typedef struct paper_months {
    wide of[YEARS][RATES];
} paper_months;

static void count_paper_months(const pilot_policy *policy, const table *t, int64_t wanted_group,
                               paper_months *months)
{
    static paper_row paper;
    const pilot_parameters *p = pilot_policy_parameters(policy);
    int32_t year = 1970;
    (void)pilot_policy_years(policy, &year);
    memset(months, 0, sizeof *months);
    for (size_t row = 0; row < ROWS; row++) {
        int64_t group = t->group_column.values ? value_at(t->group_column, row) : 0;
        if (group < 0 || group >= GROUPS || (wanted_group >= 0 && group != wanted_group))
            continue;
        ask_row(policy, t, row, &paper);
        for (size_t i = 0; paper.status == PILOT_OK && i < paper.award.line_count; i++) {
            const pilot_award_line *l = &paper.lines[i];
            size_t rate = 0;
            while (l->reason == PILOT_PAYABLE && p->rates[rate].last < l->first)
                rate++;
            if (l->reason == PILOT_PAYABLE)
                months->of[pilot_month_year(l->first) - year][rate] +=
                    (wide)l->months * value_at(t->claims.quantity[l->rate.basis], row);
        }
    }
}

/* What is too large for a wide is so for any budget. */
static bool keeps(wide cost, wide factor, wide part, wide budget)
{
    return !__builtin_mul_overflow(cost, part, &cost) && !__builtin_mul_overflow(cost, factor, &cost) &&
           cost <= budget;
}

/* Whether price x unit-months of each year, and of all, times factor / 10000 and the payer's part, keep
 * the budget. prices: in place of the policy's. */
static bool paper_keeps(const pilot_policy *policy, const paper_months *months,
                        const pilot_price prices[RATES], wide factor, wide part, wide whole,
                        const pilot_budget *budget)
{
    const pilot_parameters *p = pilot_policy_parameters(policy);
    size_t years = pilot_policy_years(policy, NULL);
    wide all = 0;
    bool kept = true;
    for (size_t y = 0; y < years; y++) {
        wide cost = 0;
        for (size_t r = 0; r < p->rate_count; r++)
            cost +=
                months->of[y][r] * prices[r] * (p->rates[r].basis == PILOT_PER_SQUARE_METRE ? 1 : 100);
        all += cost;
        if (budget->years)
            kept = kept && keeps(cost, factor, part, (wide)budget->years[y] * 10000 * 10000 * whole);
    }
    if (budget->total.known)
        kept = kept && keeps(all, factor, part, (wide)budget->total.value * 10000 * 10000 * whole);
    return kept;
}

typedef struct asked {
    const pilot_policy *policy;
    const pilot_aggregate *sums;
    const paper_months *months;
    const pilot_budget *budget;
    size_t group;
    pilot_price prices[RATES];
    wide part, whole;
} asked;

static bool fits(const asked *a, wide factor)
{
    return paper_keeps(a->policy, a->months, a->prices, factor, a->part, a->whole, a->budget);
}

static bool fits_with(const asked *a, size_t rate, pilot_price price)
{
    asked b = *a;
    b.prices[rate] = price;
    return fits(&b, 10000);
}

/* An answer is the largest that keeps the budget; without one, none does, or all do. */
static int check_answers(const asked *a)
{
    int64_t answer = -1;
    int found = 0;
    pilot_status status = pilot_budget_factor(a->policy, a->sums, a->group, a->budget, &answer, NULL);
    if (status == PILOT_OK)
        CHECK(fits(a, answer) && !fits(a, answer + 1), "factor %" PRId64, answer);
    else
        CHECK(status == PILOT_ERROR_NOT_FOUND && fits(a, INT64_MAX / 4), "factor: %d", (int)status);
    found += status == PILOT_OK;
    for (size_t r = 0; r < pilot_policy_parameters(a->policy)->rate_count; r++) {
        status = pilot_budget_rate(a->policy, a->sums, a->group, a->budget, r, &answer, NULL);
        if (status == PILOT_OK)
            CHECK(fits_with(a, r, answer) && !fits_with(a, r, answer + 1), "rate %zu: %" PRId64, r,
                  answer);
        else
            CHECK(status == PILOT_ERROR_NOT_FOUND      ? fits_with(a, r, INT64_MAX / 1000)
                  : status == PILOT_ERROR_INCONSISTENT ? !fits_with(a, r, 0)
                                                       : false,
                  "rate %zu: %d", r, (int)status);
        found += status == PILOT_OK;
    }
    return found;
}

static void check_city_share(const asked *a)
{
    asked b = *a;
    int64_t share = -1;
    cr_assert_eq(pilot_budget_city_share(b.policy, b.sums, b.group, b.budget, &share, NULL), PILOT_OK);
    b.whole = 10000;
    b.part = 10000 - share;
    CHECK(share >= 0 && share <= 10000 && fits(&b, 10000), "share %" PRId64, share);
    b.part++;
    CHECK(share == 0 || !fits(&b, 10000), "a share less than %" PRId64 " is enough", share);
}

/* Prices small enough for the paper's 128 bits. */
static pilot_policy *modest_policy(void)
{
    for (;;) {
        pilot_policy *policy = random_policy();
        const pilot_parameters *p = pilot_policy_parameters(policy);
        bool modest = p->rate_count > 0;
        for (size_t i = 0; i < p->rate_count; i++)
            modest = modest && p->rates[i].price < 10000000;
        if (modest)
            return policy;
        pilot_policy_free(policy);
    }
}

Test(panel, answers_are_the_largest, .timeout = 900)
{
    static table t;
    static paper_months months;
    int found = 0, rounds = 1500 / stride() + 1;
    for (int i = 0; i < rounds; i++) {
        pilot_policy *policy = modest_policy();
        const pilot_parameters *p = pilot_policy_parameters(policy);
        pilot_money years[YEARS];
        int64_t group = below(GROUPS + 1) - 1;
        fill(&t, i % 2 ? LARGE : CLEAN);
        pilot_aggregate *sums = new_aggregate(policy, GROUPS);
        add_rows(sums, policy, &t, 0, ROWS);
        count_paper_months(policy, &t, group, &months);
        for (size_t y = 0; y < YEARS; y++)
            years[y] = below(INT64_C(1) << (1 + below(i % 2 ? 61 : 45)));
        pilot_budget budget = {.payer = (pilot_payer)below(3),
                               .total = {below(INT64_C(1) << (1 + below(i % 2 ? 61 : 45))), below(2)}};
        budget.years = !budget.total.known || below(2) ? years : NULL;
        asked a = {policy,
                   sums,
                   &months,
                   &budget,
                   group < 0 ? PILOT_ALL_GROUPS : (size_t)group,
                   {0},
                   p->city_share.denominator,
                   p->city_share.denominator};
        for (size_t r = 0; r < p->rate_count; r++)
            a.prices[r] = p->rates[r].price;
        if (budget.payer)
            a.part = budget.payer == PILOT_PAYER_CITY
                         ? p->city_share.numerator
                         : p->city_share.denominator - p->city_share.numerator;
        found += check_answers(&a);
        check_city_share(&a);
        free(sums);
        pilot_policy_free(policy);
    }
    cr_assert(found > rounds / 2, "%d answers", found);
}

/* Costs beyond 128 bits are above every budget, and unit-months that do not fit say so. */
Test(panel, answers_to_costs_beyond_measure)
{
    const pilot_rate rates[] = {{600, 600, INT64_MAX / 200, PILOT_PER_HOUSEHOLD},
                                {601, 601, 1, PILOT_PER_COMMUNITY},
                                {602, 602, 0, PILOT_PER_SQUARE_METRE}};
    pilot_policy *policy = with_rates(rates, COUNT(rates));
    pilot_aggregate *sums = new_aggregate(policy, 1);
    static const int64_t one = 1, first = 600, last = 601, third = 602, nearly = INT64_MAX / 2 + 1;
    pilot_claim_columns claims = {.quantity = {{&one, 0, true}, {NULL, 0, false}, {&one, 0, true}},
                                  .first = {&first, 0, true},
                                  .last = {&last, 0, true}};
    const pilot_budget budget = {.total = {INT64_MAX, true}};
    pilot_pass pass;
    int64_t factor = -1, price = -1;
    cr_assert_eq(pilot_aggregate_add(sums, policy, &claims, (pilot_column){0}, 1, &pass), PILOT_OK);
    cr_assert_eq(pass.bad, 0);
    for (int i = 0; i < 62; i++)
        cr_assert_eq(pilot_aggregate_merge(sums, sums), PILOT_OK);
    cr_assert_eq(pilot_budget_factor(policy, sums, 0, &budget, &factor, NULL), PILOT_OK);
    cr_expect_eq(factor, 0);
    cr_assert_eq(pilot_budget_rate(policy, sums, 0, &budget, 0, &price, NULL), PILOT_OK);
    cr_expect_eq(price, 198, "199.99 less the community's 1: %" PRId64, price);
    cr_expect_eq(pilot_budget_rate(policy, sums, 0, &budget, 1, &price, NULL), PILOT_ERROR_INCONSISTENT);
    cr_expect_eq(pilot_budget_rate(policy, sums, 0, &budget, 2, &price, NULL), PILOT_ERROR_INCONSISTENT);

    pilot_aggregate *areas = new_aggregate(policy, 1);
    claims.first.values = claims.last.values = &third;
    claims.quantity[PILOT_PER_SQUARE_METRE] = (pilot_column){&nearly, PILOT_INT64, true};
    cr_assert_eq(pilot_aggregate_add(areas, policy, &claims, (pilot_column){0}, 1, &pass), PILOT_OK);
    cr_assert_eq(pass.bad, 0, "at no price no area is too large");
    cr_assert_eq(pilot_budget_rate(policy, areas, 0, &budget, 2, &price, NULL), PILOT_OK);
    cr_expect_eq(price, 19999, "%" PRId64, price);
    cr_assert_eq(pilot_aggregate_merge(areas, areas), PILOT_OK);
    cr_expect_eq(pilot_budget_rate(policy, areas, 0, &budget, 2, &price, NULL), PILOT_ERROR_OVERFLOW);
    free(areas);

    const pilot_rate two_months = {602, 603, 0, PILOT_PER_SQUARE_METRE};
    pilot_policy *free_of_charge = with_rates(&two_months, 1);
    static const int64_t fourth = 603;
    areas = new_aggregate(free_of_charge, 1);
    claims.last.values = &fourth;
    cr_assert_eq(pilot_aggregate_add(areas, free_of_charge, &claims, (pilot_column){0}, 1, &pass),
                 PILOT_OK);
    cr_assert_eq(pass.bad, 0);
    cr_expect_eq(pilot_budget_rate(free_of_charge, areas, 0, &budget, 0, &price, NULL),
                 PILOT_ERROR_OVERFLOW);
    free(areas);
    free(sums);
    pilot_policy_free(free_of_charge);
    pilot_policy_free(policy);
}

/* At the greatest price the cost of so many households is 2^128 and a little more, of which the upper
 * half alone is below that: it is above every budget, also with what is paid besides. */
Test(panel, answers_to_costs_that_carry)
{
    const pilot_rate rates[] = {{600, 600, 0, PILOT_PER_HOUSEHOLD}, {601, 601, 1, PILOT_PER_COMMUNITY}};
    pilot_policy *policy = with_rates(rates, COUNT(rates));
    pilot_aggregate *sums = new_aggregate(policy, 1);
    static const int64_t households = INT64_C(368934881474191033), one = 1, none = 0; /* 2^65 / 100 */
    static const int64_t first = 600, last = 601;
    const pilot_budget budget = {.total = {INT64_MAX, true}};
    pilot_claim_columns claims = {
        .quantity = {{&households, 0, true}, {NULL, 0, false}, {&none, 0, true}},
        .first = {&first, 0, true},
        .last = {&last, 0, true}};
    pilot_pass pass;
    for (int communities = 0; communities < 2; communities++) {
        const wide rest = (wide)INT64_MAX * 10000 - communities * 100;
        int64_t price = -1;
        cr_assert_eq(pilot_aggregate_add(sums, policy, &claims, (pilot_column){0}, 1, &pass), PILOT_OK);
        cr_assert_eq(pass.bad, 0);
        cr_assert_eq(pilot_budget_rate(policy, sums, 0, &budget, 0, &price, NULL), PILOT_OK);
        cr_expect_eq(price, (int64_t)(rest / (households * (wide)100)), "%" PRId64, price);
        claims.quantity[PILOT_PER_HOUSEHOLD].values = &none;
        claims.quantity[PILOT_PER_COMMUNITY].values = &one;
    }
    free(sums);
    pilot_policy_free(policy);
}

/* At the notice's rates and even numbers nothing is rounded: what the answers promise is what the awards
 * then come to, to the fen. */
Test(panel, answers_at_the_notices_rates)
{
    static const int64_t households[] = {1000, 500}, first = 599, last = 647;
    static const int32_t groups[] = {0, 1};
    pilot_policy *policy = notice();
    pilot_aggregate *sums = new_aggregate(policy, 2);
    const pilot_claim_columns claims = {
        .quantity = {{.values = households}}, .first = {&first, 0, true}, .last = {&last, 0, true}};
    pilot_pass pass;
    cr_assert_eq(
        pilot_aggregate_add(sums, policy, &claims, (pilot_column){groups, PILOT_INT32, false}, 2, &pass),
        PILOT_OK);
    const pilot_money half_of_666 = 33300, whole = half_of_666 * 2 * 1500;
    const struct {
        size_t group;
        pilot_budget budget;
        int64_t factor, last_rate, share;
    } rows[] = {
        {PILOT_ALL_GROUPS, {PILOT_PAYER_BOTH, {whole, true}, NULL}, 10000, 60000, 0},
        {PILOT_ALL_GROUPS, {PILOT_PAYER_BOTH, {whole - 1, true}, NULL}, 9999, 59999, 1},
        {PILOT_ALL_GROUPS, {PILOT_PAYER_CITY, {whole / 2, true}, NULL}, 10000, 60000, 5000},
        {PILOT_ALL_GROUPS, {PILOT_PAYER_DISTRICT, {whole / 4, true}, NULL}, 5000, -1, 7500},
        {0, {PILOT_PAYER_BOTH, {66600 * 1000, true}, NULL}, 10000, 60000, 0},
        {1, {PILOT_PAYER_BOTH, {66600 * 1000, true}, NULL}, 20000, 615000, 0},
        {1,
         {PILOT_PAYER_BOTH,
          {0, false},
          (const pilot_money[]){900000, 10800000, 10800000, 7200000, 7200000}},
         10000,
         120000,
         0},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t factor = -1, price = -1, share = -1;
        cr_assert_eq(pilot_budget_factor(policy, sums, rows[i].group, &rows[i].budget, &factor, NULL),
                     PILOT_OK);
        cr_expect_eq(factor, rows[i].factor, "row %zu: %" PRId64, i, factor);
        pilot_status status =
            pilot_budget_rate(policy, sums, rows[i].group, &rows[i].budget, 2, &price, NULL);
        cr_expect_eq(status, rows[i].last_rate < 0 ? PILOT_ERROR_INCONSISTENT : PILOT_OK);
        cr_expect_eq(price, rows[i].last_rate, "row %zu: %" PRId64, i, price);
        cr_assert_eq(pilot_budget_city_share(policy, sums, rows[i].group, &rows[i].budget, &share, NULL),
                     PILOT_OK);
        cr_expect_eq(share, rows[i].share, "row %zu: %" PRId64, i, share);
    }
    int64_t quantity = 0;
    const pilot_budget of_city = {PILOT_PAYER_CITY, {100000000, true}, NULL};
    cr_assert_eq(pilot_budget_quantity(policy, PILOT_PER_HOUSEHOLD, 599, 647, &of_city, &quantity, NULL),
                 PILOT_OK);
    cr_expect_eq(quantity, 3003, "1 million yuan at 333 yuan a household");
    const pilot_money years[] = {INT64_MAX, 2160000, 2160000, 1440000, 719999};
    const pilot_budget yearly = {.years = years};
    cr_assert_eq(pilot_budget_quantity(policy, PILOT_PER_HOUSEHOLD, 599, 647, &yearly, &quantity, NULL),
                 PILOT_OK);
    cr_expect_eq(quantity, 99);
    cr_assert_eq(pilot_budget_quantity(policy, PILOT_PER_HOUSEHOLD, 599, 635, &yearly, &quantity, NULL),
                 PILOT_OK);
    cr_expect_eq(quantity, 100);
    free(sums);
    pilot_policy_free(policy);
}

/* The quantity that fits, against the scalar function: at rates of whole fen for both sides. */
Test(panel, quantities_against_awards)
{
    static const pilot_share halves = {1, 2};
    pilot_policy *base = notice();
    for (int i = 0; i < 500; i++) {
        pilot_parameters p = *pilot_policy_parameters(base);
        pilot_rate rates[2] = {
            {month(2019, 3), month(2020, 5), 200 * (1 + below(900)), PILOT_PER_HOUSEHOLD},
            {month(2020, 6), month(2021, 2), 200 * below(900), PILOT_PER_HOUSEHOLD}};
        p.rates = rates;
        p.rate_count = 2;
        p.city_share = halves;
        p.readings[PILOT_READING_MONTH_RULE] = (int32_t)below(3);
        pilot_policy *policy = policy_of(&p);
        pilot_month first = month(2019, 1) + (pilot_month)below(15), last = month(2020, 1) + 3;
        last = last < first ? first : last;
        const pilot_budget budget = {.payer = (pilot_payer)below(3), .total = {below(1 << 30), true}};
        int64_t quantity = 0;
        cr_assert_eq(
            pilot_budget_quantity(policy, PILOT_PER_HOUSEHOLD, first, last, &budget, &quantity, NULL),
            PILOT_OK);
        for (int more = 0; more < 2; more++) {
            const pilot_assessment pass[] = {{.year = 2019, .result = PILOT_PASSED},
                                             {.year = 2020, .result = PILOT_PASSED}};
            const pilot_claim claim = {.quantity = {{quantity + more, true}},
                                       .first = first,
                                       .last = last,
                                       .assessments = pass,
                                       .assessment_count = 2};
            pilot_award award;
            cr_assert_eq(pilot_award_compute(policy, &claim, &award, NULL, 0, NULL), PILOT_OK);
            pilot_money paid = budget.payer == PILOT_PAYER_BOTH   ? award.total
                               : budget.payer == PILOT_PAYER_CITY ? award.city
                                                                  : award.district;
            CHECK((paid <= budget.total.value) == !more, "%" PRId64 " cost %" PRId64, quantity + more,
                  paid);
        }
        pilot_policy_free(policy);
    }
    pilot_policy_free(base);
}

Test(panel, budgets_refuse)
{
    pilot_policy *policy = notice();
    pilot_policy *other = reading(notice(), PILOT_READING_GATE_MODE, PILOT_GATE_MODE_ANNUAL);
    pilot_aggregate *sums = new_aggregate(policy, 1);
    static const pilot_money bad_years[] = {1, 1, 1, 1, -1};
    const struct {
        const pilot_policy *policy;
        bool sums;
        size_t group;
        pilot_budget budget;
        pilot_status status;
    } rows[] = {
        {policy, true, 0, {PILOT_PAYER_BOTH, {1, true}, NULL}, PILOT_ERROR_NOT_FOUND}, /* no rows */
        {NULL, true, 0, {PILOT_PAYER_BOTH, {1, true}, NULL}, PILOT_ERROR_ARGUMENT},
        {policy, false, 0, {PILOT_PAYER_BOTH, {1, true}, NULL}, PILOT_ERROR_ARGUMENT},
        {policy, true, 0, {(pilot_payer)3, {1, true}, NULL}, PILOT_ERROR_ARGUMENT},
        {policy, true, 1, {PILOT_PAYER_BOTH, {1, true}, NULL}, PILOT_ERROR_NOT_FOUND},
        {policy, true, 0, {PILOT_PAYER_BOTH, {-1, true}, NULL}, PILOT_ERROR_RANGE},
        {policy, true, 0, {PILOT_PAYER_BOTH, {-1, false}, bad_years}, PILOT_ERROR_RANGE},
        {policy, true, 0, {PILOT_PAYER_BOTH, {1, false}, NULL}, PILOT_ERROR_MISSING_VALUE},
        {other, true, 0, {PILOT_PAYER_BOTH, {1, true}, NULL}, PILOT_ERROR_INCONSISTENT},
    };
    int64_t answer = -7;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const pilot_aggregate *a = rows[i].sums ? sums : NULL;
        cr_expect_eq(
            pilot_budget_factor(rows[i].policy, a, rows[i].group, &rows[i].budget, &answer, NULL),
            rows[i].status, "row %zu", i);
        cr_expect_eq(
            pilot_budget_rate(rows[i].policy, a, rows[i].group, &rows[i].budget, 0, &answer, NULL),
            rows[i].status, "row %zu", i);
        cr_expect_eq(answer, -7);
        pilot_status status =
            pilot_budget_city_share(rows[i].policy, a, rows[i].group, &rows[i].budget, &answer, NULL);
        bool payer_alone = i == 3; /* which the share does not look at */
        cr_expect_eq(status, i == 0 || payer_alone ? PILOT_OK : rows[i].status, "row %zu", i);
        cr_expect_eq(answer, i == 0 || payer_alone ? 0 : -7);
        answer = -7;
    }
    const pilot_budget budget = {.total = {1, true}};
    cr_expect_eq(pilot_budget_factor(policy, sums, 0, NULL, &answer, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_budget_factor(policy, sums, 0, &budget, NULL, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_budget_rate(policy, sums, 0, &budget, 3, &answer, NULL), PILOT_ERROR_RANGE);
    cr_expect_eq(pilot_budget_rate(policy, sums, 0, &budget, 0, NULL, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_budget_city_share(policy, sums, 0, &budget, NULL, NULL), PILOT_ERROR_ARGUMENT);
    const pilot_rate far_rates[] = {{month(1950, 1), month(1950, 1), 1, PILOT_PER_HOUSEHOLD},
                                    {month(2014, 1), month(2014, 1), 1, PILOT_PER_HOUSEHOLD}};
    pilot_policy *too_long = with_rates(far_rates, COUNT(far_rates));
    pilot_error error;
    cr_expect_eq(pilot_budget_factor(too_long, sums, 0, &budget, &answer, &error), PILOT_ERROR_LIMIT);
    cr_expect(strcmp(error.path, "/policy") == 0 && says_it_in_chinese(&error));
    cr_expect_eq(answer, -7);
    pilot_policy_free(too_long);
    free(sums);
    pilot_policy_free(other);
    pilot_policy_free(policy);
}

/* Both ways of rounding without a division are that of the division: at either end of what each is for,
 * and about multiples of the divisor and halves of it. */
Test(panel, rounders_are_the_division)
{
    for (int64_t divisor = 1; divisor <= INT64_C(1) << 34;
         divisor += divisor < 500 ? 1 + (divisor > 1) : divisor / 7 * 2)
        for (int mode = 0; mode < 4; mode++) {
            const pilot_rounder r = pilot_rounder_make(divisor, (pilot_rounding)mode);
            const int64_t small = r.small_bits ? INT64_C(1) << r.small_bits : 0;
            for (int i = 0; i < 60; i++) {
                const int64_t most = i % 2 && small ? small - 1 : INT64_MAX / 2;
                const int64_t times = i < 20   ? i / 2
                                      : i < 40 ? most / divisor - i / 2
                                               : below(most / divisor + 1);
                const int64_t value = times * divisor + (i % 3 - 1) + (i % 5 == 0 ? divisor / 2 : 0);
                int64_t wanted;
                if (value < 0 || value > most)
                    continue;
                cr_assert_eq(pilot_divide(value, divisor, (pilot_rounding)mode, &wanted), PILOT_OK);
                CHECK(pilot_round_by(value, &r) == wanted, "%" PRId64 " / %" PRId64, value, divisor);
                CHECK(value >= small || pilot_round_small(value, &r) == wanted,
                      "small: %" PRId64 " / %" PRId64, value, divisor);
            }
        }
}

/* No money at all is a budget too, which nothing but a factor of 0 keeps. */
Test(panel, a_budget_of_nothing)
{
    static const int64_t households = 956, at = 600;
    const pilot_claim_columns claims = {.quantity = {{&households, PILOT_INT64, true}},
                                        .first = {&at, PILOT_INT64, true},
                                        .last = {&at, PILOT_INT64, true}};
    const pilot_budget nothing = {.total = {0, true}};
    pilot_policy *policy = notice();
    pilot_aggregate *sums = new_aggregate(policy, 1);
    pilot_pass pass;
    int64_t factor = -7;
    cr_assert_eq(pilot_aggregate_add(sums, policy, &claims, (pilot_column){0}, 1, &pass), PILOT_OK);
    cr_assert_eq(pilot_budget_factor(policy, sums, 0, &nothing, &factor, NULL), PILOT_OK);
    cr_expect_eq(factor, 0);
    free(sums);
    pilot_policy_free(policy);
}

Test(panel, budget_quantity_refuses)
{
    pilot_policy *policy = notice();
    const pilot_budget budget = {.total = {1, true}}, negative = {.total = {-1, true}};
    const pilot_basis basis = PILOT_PER_HOUSEHOLD;
    int64_t answer = -7;
    cr_expect_eq(pilot_budget_quantity(NULL, basis, 600, 601, &budget, &answer, NULL),
                 PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_budget_quantity(policy, (pilot_basis)3, 600, 601, &budget, &answer, NULL),
                 PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_budget_quantity(policy, basis, 600, 601, NULL, &answer, NULL),
                 PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_budget_quantity(policy, basis, 600, 601, &budget, NULL, NULL),
                 PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_budget_quantity(policy, basis, 601, 600, &budget, &answer, NULL),
                 PILOT_ERROR_ORDER);
    cr_expect_eq(pilot_budget_quantity(policy, basis, 600, 60000, &budget, &answer, NULL),
                 PILOT_ERROR_RANGE);
    cr_expect_eq(pilot_budget_quantity(policy, basis, 600, 601, &negative, &answer, NULL),
                 PILOT_ERROR_RANGE);
    cr_expect_eq(pilot_budget_quantity(policy, PILOT_PER_COMMUNITY, 600, 601, &budget, &answer, NULL),
                 PILOT_ERROR_NOT_FOUND);
    cr_expect_eq(pilot_budget_quantity(policy, basis, 700, 701, &budget, &answer, NULL),
                 PILOT_ERROR_NOT_FOUND);
    cr_expect_eq(pilot_budget_quantity(policy, basis, 648, 648, &budget, &answer, NULL),
                 PILOT_ERROR_NOT_FOUND); /* the month after the last (4.4.1-4) */
    cr_expect_eq(answer, -7);
    pilot_policy_free(policy);
}

static void fill_fees(store columns[3], spoil how)
{
    static const int64_t most[3] = {40000, 30000, 30}, large[3] = {1 << 24, INT64_C(1) << 31, 255};
    int64_t values[ROWS];
    for (int c = 0; c < 3; c++) {
        for (size_t i = 0; i < ROWS; i++) {
            values[i] = (c == 2) + below(how == LARGE ? large[c] : most[c]);
            if (spoiled(how))
                values[i] = below(2) ? strange() : below(INT64_C(1) << (1 + below(62)));
        }
        keep_column(&columns[c], values, below(3) == 0, below(4) == 0);
    }
}

Test(panel, bills_equal_the_scalar_function, .timeout = 900)
{
    static store columns[3];
    pilot_money amounts[ROWS], again[ROWS];
    uint8_t statuses[ROWS];
    for (int i = 0; i < 4800; i += stride()) {
        const pilot_rounding_rule rule = {(pilot_rounding)(i % 4), (pilot_rounding_unit)(i / 4 % 3),
                                          (pilot_rounding_step)(i / 12 % 4)};
        const pilot_rounding_rule *used = i % 97 == 0 ? NULL : &rule;
        pilot_pass pass;
        size_t bad = 0;
        fill_fees(columns, (spoil)(i / 48 % 4));
        cr_assert_eq(pilot_fee_columns_compute(columns[0].column, columns[1].column, columns[2].column,
                                               used, ROWS, amounts, statuses, &pass),
                     PILOT_OK);
        for (size_t row = 0; row < ROWS; row++) {
            int64_t months = value_at(columns[2].column, row);
            pilot_money wanted = PILOT_NO_AMOUNT;
            pilot_status status = PILOT_ERROR_RANGE;
            if (months == (int32_t)months)
                status =
                    pilot_fee_compute(value_at(columns[0].column, row), value_at(columns[1].column, row),
                                      (int32_t)months, used, &wanted, NULL);
            CHECK(statuses[row] == (uint8_t)status, "rule %d row %zu: status %d", i, row, statuses[row]);
            CHECK(amounts[row] == wanted, "rule %d row %zu: %" PRId64 ", not %" PRId64, i, row,
                  amounts[row], wanted);
            bad += status != PILOT_OK;
            CHECK(bad != 1 || status == PILOT_OK || (pass.first_bad == row && pass.status == status),
                  "first bad row %zu", pass.first_bad);
        }
        CHECK(pass.bad == bad && (bad || pass.first_bad == ROWS), "%zu bad rows", pass.bad);
        cr_assert_eq(pilot_fee_columns_compute(columns[0].column, columns[1].column, columns[2].column,
                                               used, ROWS, again, NULL, &pass),
                     PILOT_OK);
        CHECK(memcmp(amounts, again, sizeof amounts) == 0, "without statuses");
    }
}

/* One row, whichever it is of those that are billed at once, that is larger than the others or has no
 * month. */
Test(panel, bills_of_one_row_that_is_another)
{
    enum { N = 65 };
    static const int64_t odd[][3] = {
        {16000000, 2000000000, 200}, {40000, 3000000, 200}, {9, 9, 0}, {-1, 9, 1}};
    static const pilot_rounding_rule rule = {PILOT_HALF_UP, PILOT_TO_FEN, PILOT_ROUND_BILL};
    for (size_t at = 0; at < N; at++)
        for (size_t o = 0; o < COUNT(odd); o++) {
            int64_t values[3][N];
            pilot_column columns[3];
            pilot_money amounts[N], wanted = PILOT_NO_AMOUNT;
            uint8_t statuses[N];
            pilot_pass pass;
            for (int c = 0; c < 3; c++) {
                for (size_t i = 0; i < N; i++)
                    values[c][i] = i == at ? odd[o][c] : 33 + (int64_t)i;
                columns[c] = (pilot_column){values[c], PILOT_INT64, false};
            }
            cr_assert_eq(pilot_fee_columns_compute(columns[0], columns[1], columns[2], &rule, N, amounts,
                                                   statuses, &pass),
                         PILOT_OK);
            for (size_t i = 0; i < N; i++) {
                const pilot_status status = pilot_fee_compute(
                    values[0][i], values[1][i], (int32_t)values[2][i], &rule, &wanted, NULL);
                wanted = status == PILOT_OK ? wanted : PILOT_NO_AMOUNT;
                CHECK(statuses[i] == (uint8_t)status && amounts[i] == wanted, "%zu of %zu, %zu", i, at,
                      o);
            }
        }
}

Test(panel, bills_refuse)
{
    static const int64_t one = 1;
    const pilot_column c = {&one, PILOT_INT64, true}, none = {0}, wrong = {&one, (pilot_element)3, true};
    const pilot_rounding_rule no_rule = {(pilot_rounding)4, PILOT_TO_FEN, PILOT_ROUND_BILL};
    pilot_money amount = 7;
    pilot_pass pass;
    const pilot_column bad[] = {none, wrong};
    for (size_t i = 0; i < COUNT(bad); i++) {
        cr_expect_eq(pilot_fee_columns_compute(bad[i], c, c, NULL, 1, &amount, NULL, &pass),
                     PILOT_ERROR_ARGUMENT);
        cr_expect_eq(pilot_fee_columns_compute(c, bad[i], c, NULL, 1, &amount, NULL, &pass),
                     PILOT_ERROR_ARGUMENT);
        cr_expect_eq(pilot_fee_columns_compute(c, c, bad[i], NULL, 1, &amount, NULL, &pass),
                     PILOT_ERROR_ARGUMENT);
    }
    cr_expect_eq(pilot_fee_columns_compute(c, c, c, &no_rule, 1, &amount, NULL, &pass),
                 PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_fee_columns_compute(c, c, c, NULL, 1, NULL, NULL, &pass), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_fee_columns_compute(c, c, c, NULL, 1, &amount, NULL, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(amount, 7);
}

typedef struct site {
    int64_t office_area, communities, staff, layout, remediation;
} site;

static pilot_answer item_answer(int64_t items, int i)
{
    return items < 0 ? PILOT_ANSWER_UNKNOWN : items >> i & 1 ? PILOT_ANSWER_YES : PILOT_ANSWER_NO;
}

/* What the rule says of records that have the site's numbers. */
static pilot_outcome rule_outcome(const pilot_policy *policy, const char *id, const site *s)
{
    const pilot_office office = {.area = {s->office_area, true}};
    const pilot_community community = {
        .id = "c",
        .offices = s->office_area < 0 ? NULL : &office,
        .office_count = s->office_area >= 0,
        .workstation = {.property_staff = {s->staff, s->staff >= 0}},
    };
    const pilot_community *communities[8] = {&community, &community, &community, &community,
                                             &community, &community, &community, &community};
    const pilot_remediation_items items = {
        item_answer(s->remediation, 0), item_answer(s->remediation, 1), item_answer(s->remediation, 2),
        item_answer(s->remediation, 3), item_answer(s->remediation, 4), item_answer(s->remediation, 5),
        item_answer(s->remediation, 6), item_answer(s->remediation, 7), item_answer(s->remediation, 8)};
    const pilot_residential_area area = {
        .id = "a",
        .communities = s->communities < 0 ? NULL : communities,
        .community_count = s->communities < 0 ? 0 : (size_t)s->communities,
        .layout_at_selection = (pilot_layout)s->layout,
        .branch = PILOT_BRANCH_IN_PROGRESS,
        .remediation_items = items,
    };
    const pilot_subject subject = {.community = &community, .area = &area};
    pilot_finding finding;
    CHECK(pilot_check_rule(policy, pilot_rule_find(id), &subject, 18321, &finding, NULL) == PILOT_OK,
          "%s", id);
    return finding.outcome;
}

Test(panel, screening_agrees_with_the_rules)
{
    pilot_policy *base = notice();
    pilot_parameters p = *pilot_policy_parameters(base);
    p.office_min_area = 7000;
    p.workstation_min_staff = 3;
    pilot_policy *other = policy_of(&p);
    const pilot_policy *policies[] = {base, other};
    static site sites[ROWS];
    static store columns[5];
    int rounds = 200 / stride() + 1;
    for (int round = 0; round < rounds; round++) {
        int64_t values[5][ROWS];
        uint32_t breached[ROWS], unknown[ROWS], alone[ROWS];
        for (size_t i = 0; i < ROWS; i++) {
            const site s = {below(4) ? 11998 + below(4) : below(9000) - 1000, below(5) - 1, below(6) - 1,
                            below(3), below(3) ? 511 : below(520) - 8};
            const int64_t row[5] = {s.office_area, s.communities, s.staff, s.layout,
                                    s.remediation > 511 ? 511 : s.remediation};
            for (int c = 0; c < 5; c++)
                values[c][i] = row[c];
            sites[i] = s;
            sites[i].remediation = row[4];
        }
        for (int c = 0; c < 5; c++)
            keep_column(&columns[c], values[c], (pilot_element)below(2), false);
        const pilot_site_columns all = {columns[0].column, columns[1].column, columns[2].column,
                                        columns[3].column, columns[4].column};
        const pilot_policy *policy = policies[round % 2];
        cr_assert_eq(pilot_screen_columns(policy, &all, ROWS, breached, unknown), PILOT_OK);
        cr_assert_eq(pilot_screen_columns(policy, &all, ROWS, alone, NULL), PILOT_OK);
        CHECK(memcmp(breached, alone, sizeof alone) == 0, "without unknowns");
        cr_assert_eq(pilot_screen_columns(policy, &all, ROWS, NULL, alone), PILOT_OK);
        CHECK(memcmp(unknown, alone, sizeof alone) == 0, "without breaches");
        for (size_t i = 0; i < ROWS; i++)
            for (size_t bit = 0; pilot_screen_rule(bit); bit++) {
                pilot_outcome outcome = rule_outcome(policy, pilot_screen_rule(bit), &sites[i]);
                CHECK((breached[i] >> bit & 1) == (outcome == PILOT_BREACH) &&
                          (unknown[i] >> bit & 1) == (outcome == PILOT_UNKNOWN),
                      "row %zu, %s: outcome %d", i, pilot_screen_rule(bit), (int)outcome);
            }
    }
    pilot_policy_free(other);
    pilot_policy_free(base);
}

Test(panel, screening_without_columns)
{
    pilot_policy *policy = notice();
    static const int64_t staff[] = {0, 1, 2, -1}, layout[] = {1, 2, 3, 0},
                         items[] = {511, 512, INT64_MAX, 1};
    const pilot_site_columns sites = {.staff = {staff, PILOT_INT64, false},
                                      .layout = {layout, PILOT_INT64, false},
                                      .remediation = {items, PILOT_INT64, false}};
    const pilot_column bad = {staff, (pilot_element)3, false};
    const pilot_site_columns wrong[] = {{.office_area = bad},
                                        {.communities = bad},
                                        {.staff = bad},
                                        {.layout = bad},
                                        {.remediation = bad}};
    uint32_t breached[4], unknown[4];
    cr_assert_eq(pilot_screen_columns(policy, &sites, 4, breached, unknown), PILOT_OK);
    const uint32_t b[4] = {0x04, 0x08, 0x00, 0x10}, u[4] = {0x03, 0x13, 0x1B, 0x0F};
    for (size_t i = 0; i < 4; i++) {
        cr_expect_eq(breached[i], b[i], "row %zu: %x", i, breached[i]);
        cr_expect_eq(unknown[i], u[i], "row %zu: %x", i, unknown[i]);
    }
    cr_expect_eq(pilot_screen_columns(NULL, &sites, 4, breached, unknown), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_screen_columns(policy, NULL, 4, breached, unknown), PILOT_ERROR_ARGUMENT);
    for (size_t i = 0; i < COUNT(wrong); i++)
        cr_expect_eq(pilot_screen_columns(policy, &wrong[i], 4, breached, unknown), PILOT_ERROR_ARGUMENT,
                     "%zu", i);
    cr_expect_str_eq(pilot_screen_rule(0), "office_area");
    cr_expect_null(pilot_screen_rule(PILOT_SCREEN_RULES));
    pilot_policy_free(policy);
}

/* By from_the_pass months before a row's passes are held back. Which they are is said or nothing is
 * computed. */
Test(panel, the_month_of_the_passes)
{
    enum { BEFORE = 1 << PILOT_WITHHELD_BEFORE_PASS, PAID = 1 << PILOT_PAYABLE };
    static const int64_t one = 1, passes[] = {1, 1, 0, 1}, from[] = {601, 599, -9999, -9999};
    static const int64_t first = 599, last = 647;
    pilot_money total[4], withheld[4];
    uint8_t reasons[4], statuses[4];
    pilot_pass pass;
    pilot_claim_columns claims = {.quantity = {{&one, PILOT_INT64, true}},
                                  .first = {&first, PILOT_INT64, true},
                                  .last = {&last, PILOT_INT64, true},
                                  .passed = {passes, PILOT_INT64, false}};
    const pilot_award_columns to = {
        .total = total, .withheld = withheld, .reasons = reasons, .statuses = statuses};
    pilot_policy *plain = notice();
    pilot_policy *policy = reading(notice(), PILOT_READING_PASS_EFFECT, PILOT_PASS_EFFECT_FROM_THE_PASS);
    mark(total, sizeof total);
    cr_assert_eq(pilot_award_columns_compute(policy, &claims, 4, &to, &pass), PILOT_ERROR_MISSING_VALUE);
    cr_assert(marked(total, sizeof total));
    claims.passed_from = (pilot_column){from, PILOT_INT64, false};
    cr_assert_eq(pilot_award_columns_compute(policy, &claims, 4, &to, &pass), PILOT_OK);
    cr_expect_eq(total[0], 63000); /* 666 yuan less December and January */
    cr_expect_eq(withheld[0], 3600);
    cr_expect_eq(reasons[0], BEFORE | PAID);
    cr_expect_eq(total[1], 66600);
    cr_expect_eq(reasons[1], PAID);
    cr_expect_eq(total[2], 0, "without a pass its month does not matter");
    cr_expect_eq(statuses[2], PILOT_OK);
    cr_expect_eq(statuses[3], PILOT_ERROR_MISSING_VALUE);
    cr_expect(pass.bad == 1 && pass.first_bad == 3);
    cr_assert_eq(pilot_award_columns_compute(plain, &claims, 4, &to, &pass), PILOT_OK);
    cr_expect(pass.bad == 0 && total[0] == 66600 && total[3] == 66600);
    claims.passed_from.element = (pilot_element)3;
    cr_expect_eq(pilot_award_columns_compute(plain, &claims, 4, &to, &pass), PILOT_ERROR_ARGUMENT);

    pilot_account_columns accounts = {.first = claims.first, .last = claims.last};
    pilot_shortfall_columns shortfalls = {.first_year = 2019, .year_count = 5};
    _Alignas(8) static char memory[1 << 17];
    pilot_aggregate *sums = NULL;
    claims.passed_from = (pilot_column){.values = NULL};
    cr_assert_eq(pilot_aggregate_make(policy, 1, memory, sizeof memory, &sums), PILOT_OK);
    cr_expect_eq(pilot_aggregate_add(sums, policy, &claims, (pilot_column){.values = NULL}, 4, &pass),
                 PILOT_ERROR_MISSING_VALUE);
    cr_expect_eq(pilot_account_columns_compute(policy, &claims, &accounts, 4, &shortfalls, &pass),
                 PILOT_ERROR_MISSING_VALUE);
    cr_expect_eq(pilot_account_columns_compute(policy, NULL, &accounts, 4, &shortfalls, &pass),
                 PILOT_OK);
    pilot_policy_free(policy);
    pilot_policy_free(plain);
}

/* A claim whose counts have dates, as rows: one for each run of its months. */
Test(panel, rows_of_a_claims_runs_add_up_to_its_award)
{
    int several = 0;
    for (int round = 0; round < 300; round++) {
        pilot_policy *notices = notice();
        pilot_parameters p = *pilot_policy_parameters(notices);
        p.readings[PILOT_READING_MONTH_RULE] = (int32_t)below(3);
        p.readings[PILOT_READING_HOUSEHOLD_DATE] = (int32_t)below(3);
        p.readings[PILOT_READING_GATE_MODE] = (int32_t)below(2);
        pilot_policy *policy = policy_of(&p);
        p.readings[PILOT_READING_MONTH_RULE] = PILOT_MONTH_RULE_SERVICE_MONTHS;
        pilot_policy *counted = policy_of(&p);
        const pilot_assessment list[] = {
            {.year = 2019, .result = PILOT_PASSED, .date = {date(2020, 2, 29), true}},
            {.year = 2021, .result = PILOT_FAILED, .date = {date(2022, 2, 28), true}}};
        const int64_t passed = 1, failed = 4;
        pilot_count counts[3];
        for (size_t i = 0; i < COUNT(counts); i++)
            counts[i] =
                (pilot_count){.from = date(2020, 1, 1) + (pilot_date)((int64_t)i * 400 + below(400)),
                              .households = known(below(2000))};
        const pilot_claim claim = {.quantity = {known(below(2000))},
                                   .counts = counts,
                                   .count_count = COUNT(counts),
                                   .first = month(2019, 1) + (pilot_month)below(24),
                                   .last = month(2023, 12),
                                   .assessments = list,
                                   .assessment_count = COUNT(list)};
        pilot_claim_run runs[COUNT(counts) + 1];
        int64_t quantity[COUNT(runs)], first[COUNT(runs)], last[COUNT(runs)];
        pilot_money total[COUNT(runs)], city[COUNT(runs)], withheld[COUNT(runs)];
        pilot_money sum = 0, of_city = 0, held = 0;
        pilot_award award;
        pilot_pass pass;
        size_t count;
        cr_assert_eq(pilot_award_compute(policy, &claim, &award, NULL, 0, NULL), PILOT_OK);
        cr_assert_eq(pilot_claim_runs(policy, &claim, runs, COUNT(runs), &count, NULL), PILOT_OK);
        for (size_t i = 0; i < count; i++) {
            quantity[i] = runs[i].quantity[PILOT_PER_HOUSEHOLD].value;
            first[i] = runs[i].first;
            last[i] = runs[i].last;
        }
        const pilot_claim_columns claims = {.quantity = {{quantity, PILOT_INT64, false}},
                                            .first = {first, PILOT_INT64, false},
                                            .last = {last, PILOT_INT64, false},
                                            .passed = {&passed, PILOT_INT64, true},
                                            .failed = {&failed, PILOT_INT64, true}};
        const pilot_award_columns to = {.total = total, .city = city, .withheld = withheld};
        cr_assert_eq(pilot_award_columns_compute(counted, &claims, count, &to, &pass), PILOT_OK);
        cr_assert_eq(pass.bad, 0);
        for (size_t i = 0; i < count; i++) {
            sum += total[i];
            of_city += city[i];
            held += withheld[i];
        }
        CHECK(sum == award.total && of_city == award.city && held == award.withheld,
              "round %d: %" PRId64 ", not %" PRId64, round, sum, award.total);
        several += count > 1;
        pilot_policy_free(counted);
        pilot_policy_free(policy);
        pilot_policy_free(notices);
    }
    cr_assert_gt(several, 50);
}

/* A mask from one year on as one from another year on, its last bit going on for ever. */
static int64_t moved_mask(uint64_t mask, int32_t from, int32_t to, int32_t years)
{
    uint64_t made = 0;
    for (int32_t i = 0; i < years; i++) {
        const int32_t at = to + i - from;
        const int bit = at < 0 || at > 63 ? 63 : at;
        made |= (mask >> bit & 1) << i;
    }
    return (int64_t)made;
}

/* The table's rows with their years' results as a policy that begins in another year has them. */
static pilot_claim_columns moved_claims(const table *t, int32_t from, int32_t to, int32_t years,
                                        int64_t masks[2][ROWS])
{
    pilot_claim_columns made = t->claims;
    for (size_t i = 0; i < ROWS; i++) {
        const uint64_t failed = mask_at(made.failed, i);
        const uint64_t passed = made.passed.values ? mask_at(made.passed, i) : ~failed;
        masks[0][i] = moved_mask(passed, from, to, years);
        masks[1][i] = moved_mask(failed, from, to, years);
    }
    made.passed = (pilot_column){masks[0], PILOT_INT64, false};
    made.failed = (pilot_column){masks[1], PILOT_INT64, false};
    return made;
}

/* The rows twice so many times: in two panels, which are merged, and once more from their bytes. */
static pilot_panel *panel_of(const table *t, const pilot_panel_kind *kind, int copies)
{
    pilot_panel *panel, *other, *again;
    const size_t at = (size_t)below(ROWS + 1);
    const pilot_claim_columns rest = claims_from(&t->claims, at);
    cr_assert_eq(pilot_panel_new(kind, &panel), PILOT_OK);
    cr_assert_eq(pilot_panel_new(kind, &other), PILOT_OK);
    for (int i = 0; i < copies; i++) {
        cr_assert_eq(pilot_panel_add(panel, &t->claims, t->group_column, at, NULL), PILOT_OK);
        if (below(2))
            cr_assert_eq(pilot_panel_order(panel, below(2)), PILOT_OK);
        cr_assert_eq(pilot_panel_add(other, &rest, part_of(t->group_column, at), ROWS - at, NULL),
                     PILOT_OK);
    }
    cr_assert_eq(pilot_panel_merge(panel, other, NULL, 0), PILOT_OK);
    pilot_panel_free(other);
    const size_t size = pilot_panel_packed_size(panel);
    uint8_t *bytes = malloc(size);
    cr_assert_eq(pilot_panel_pack(panel, bytes, size - 1), PILOT_ERROR_CAPACITY);
    cr_assert_eq(pilot_panel_pack(panel, bytes, size), PILOT_OK);
    cr_assert_eq(pilot_panel_unpack(bytes, size, &again), PILOT_OK);
    bytes[below((int64_t)size)] ^= (uint8_t)(1 << below(8));
    cr_assert_eq(pilot_panel_unpack(bytes, size, &other), PILOT_ERROR_FORMAT);
    free(bytes);
    cr_assert_eq(pilot_panel_order(panel, true), PILOT_OK);
    cr_assert_eq(pilot_panel_merge(again, panel, NULL, 0), PILOT_OK);
    pilot_panel_free(panel);
    return again;
}

/* Whether the policy is costed from single rows. */
static bool check_cost(const pilot_panel *panel, const pilot_panel_kind *kind, const table *t,
                       int copies, const pilot_policy *policy)
{
    static int64_t masks[2][ROWS];
    int32_t year = 1970;
    const int32_t years = (int32_t)pilot_policy_years(policy, &year);
    const pilot_assessment_result open = (pilot_assessment_result)below(3);
    const bool moves = kind->by_year || year != kind->first_year || open;
    const pilot_claim_columns claims =
        moved_claims(t, kind->first_year, year, kind->by_year ? years : 64, masks);
    for (size_t i = 0; i < ROWS; i++) {
        const int64_t unknown = ~(masks[0][i] | masks[1][i]);
        masks[0][i] |= open == PILOT_PASSED ? unknown : 0;
        masks[1][i] |= open == PILOT_FAILED ? unknown : 0;
    }
    pilot_aggregate *by_row = new_aggregate(policy, GROUPS), *by_panel = new_aggregate(policy, GROUPS);
    pilot_pass pass;
    int64_t bad;
    pilot_status status;
    bool needs;
    for (int i = 0; i < 2 * copies; i++)
        cr_assert_eq(pilot_aggregate_add(by_row, policy, moves ? &claims : &t->claims, t->group_column,
                                         ROWS, &pass),
                     PILOT_OK);
    for (int i = 0; i < 2; i++)
        cr_assert_eq(pilot_panel_cost(panel, policy, open, by_panel, &bad, &status), PILOT_OK);
    cr_assert_eq(pilot_panel_needs_rows(panel, policy, &needs), PILOT_OK);
    check_same_bytes(by_row, by_panel);
    CHECK((size_t)bad == pass.bad * (size_t)copies && (!bad || status != PILOT_OK),
          "%" PRId64 " bad rows, not %zu", bad, pass.bad);
    free(by_row);
    free(by_panel);
    return needs;
}

/* What is read once costs under each policy what its rows cost one by one. */
Test(panel, read_once_and_costed_often, .timeout = 900)
{
    static table t;
    const int rounds = 4000 / stride();
    int by_rows = 0, by_bins = 0;
    for (int i = 0; i < rounds; i++) {
        const pilot_panel_kind kind = {below(6) ? 2012 + (int32_t)below(12) : 1900 + (int32_t)below(301),
                                       below(2), true};
        const int copies = 2 * (1 + (int)below(3));
        fill(&t, (spoil)(i % 4));
        pilot_panel *panel = panel_of(&t, &kind, copies / 2);
        cr_assert_eq(pilot_panel_order(panel, true), PILOT_OK);
        for (int j = 0; j < 3; j++) {
            pilot_policy *policy = j ? random_policy() : notice();
            if (check_cost(panel, &kind, &t, copies, policy))
                by_rows++;
            else
                by_bins++;
            pilot_policy_free(policy);
        }
        pilot_panel_free(panel);
    }
    cr_assert(by_rows > rounds / 2 && by_bins > rounds / 2, "%d by rows, %d by bins", by_rows, by_bins);
}

/* Sums of a bin that would be large are several, whose bytes are read as well. */
Test(panel, large_sums_that_are_read_once)
{
    static const pilot_rate cents = {600, 600, 200, PILOT_PER_HOUSEHOLD};
    const int64_t households = INT64_C(1) << 32;
    const int32_t month = 600;
    pilot_policy *policy = with_rates(&cents, 1);
    const pilot_panel_kind kind = {2020, false, false};
    const pilot_claim_columns claims = {.quantity = {{.values = &households, .constant = true}},
                                        .first = {&month, PILOT_INT32, true},
                                        .last = {&month, PILOT_INT32, true}};
    pilot_panel *panel, *again;
    pilot_aggregate *sums = new_aggregate(policy, 1);
    pilot_aggregate_cell cell;
    pilot_panel_size size;
    int64_t bad;
    pilot_status status;
    cr_assert_eq(pilot_panel_new(&kind, &panel), PILOT_OK);
    cr_assert_eq(pilot_panel_add(panel, &claims, (pilot_column){.values = NULL}, 1000, NULL), PILOT_OK);
    const size_t length = pilot_panel_packed_size(panel);
    uint8_t *bytes = malloc(length);
    cr_assert_eq(pilot_panel_pack(panel, bytes, length), PILOT_OK);
    cr_assert_eq(pilot_panel_unpack(bytes, length, &again), PILOT_OK);
    cr_assert_eq(pilot_panel_merge(again, panel, NULL, 0), PILOT_OK);
    cr_assert_eq(pilot_panel_order(again, false), PILOT_OK);
    cr_assert_eq(pilot_panel_cost(again, policy, PILOT_NOT_ASSESSED, sums, &bad, &status), PILOT_OK);
    cr_assert_eq(pilot_aggregate_cell_at(sums, 0, 0, &cell), PILOT_OK);
    cr_assert_eq(cell.total, 2 * 2000 * households);
    cr_assert_eq(pilot_panel_measure(again, &size), PILOT_OK);
    cr_assert(size.rows == 2000 && size.bins > 4 && size.single_rows == 0);
    free(bytes);
    free(sums);
    pilot_panel_free(panel);
    pilot_panel_free(again);
    pilot_policy_free(policy);
}

/* A group's number is 64 bits wide, also where an index is not. */
static void expect_far_group_refused(const pilot_claim_columns *claims)
{
    const int64_t far = INT64_C(1) << 32, places[] = {0};
    const pilot_panel_kind kind = {2019, false, false};
    pilot_policy *policy = notice();
    pilot_panel *panel, *other;
    pilot_aggregate *sums = new_aggregate(policy, 1);
    pilot_status status;
    int64_t rows, bad;
    cr_assert_eq(pilot_panel_new(&kind, &panel), PILOT_OK);
    cr_assert_eq(pilot_panel_new(&kind, &other), PILOT_OK);
    cr_assert_eq(pilot_panel_add(panel, claims, (pilot_column){&far, PILOT_INT64, true}, 1, NULL),
                 PILOT_OK);
    cr_expect_eq(pilot_panel_merge(other, panel, places, 1), PILOT_ERROR_NOT_FOUND);
    cr_assert_eq(pilot_panel_order(panel, false), PILOT_OK);
    cr_expect_eq(pilot_panel_cost(panel, policy, PILOT_NOT_ASSESSED, sums, &bad, &status), PILOT_OK);
    cr_expect(bad == 1 && status == PILOT_ERROR_RANGE);
    cr_expect(pilot_aggregate_rows(sums, 0, &rows, &bad) == PILOT_OK && rows == 0);
    free(sums);
    pilot_panel_free(other);
    pilot_panel_free(panel);
    pilot_policy_free(policy);
}

static void expect_cost_refused(const pilot_panel *panel, const pilot_policy *policy,
                                pilot_aggregate *sums)
{
    const pilot_assessment_result open = PILOT_NOT_ASSESSED, none = (pilot_assessment_result)3;
    const pilot_status wanted = PILOT_ERROR_ARGUMENT;
    pilot_policy *from_the_pass =
        reading(notice(), PILOT_READING_PASS_EFFECT, PILOT_PASS_EFFECT_FROM_THE_PASS);
    pilot_status status = PILOT_OK;
    int64_t bad = -7;
    bool needs = false;
    cr_expect_eq(pilot_panel_cost(NULL, policy, open, sums, &bad, &status), wanted);
    cr_expect_eq(pilot_panel_cost(panel, NULL, open, sums, &bad, &status), wanted);
    cr_expect_eq(pilot_panel_cost(panel, policy, open, NULL, &bad, &status), wanted);
    cr_expect_eq(pilot_panel_cost(panel, policy, open, sums, NULL, &status), wanted);
    cr_expect_eq(pilot_panel_cost(panel, policy, open, sums, &bad, NULL), wanted);
    cr_expect_eq(pilot_panel_cost(panel, policy, none, sums, &bad, &status), wanted);
    cr_expect_eq(pilot_panel_cost(panel, from_the_pass, open, sums, &bad, &status),
                 PILOT_ERROR_MISSING_VALUE, "the months of the passes are not kept");
    cr_expect_eq(pilot_panel_needs_rows(panel, policy, NULL), wanted);
    cr_expect_eq(pilot_panel_needs_rows(panel, NULL, &needs), wanted);
    cr_expect(bad == -7 && status == PILOT_OK && !needs);
    pilot_policy_free(from_the_pass);
}

Test(panel, read_once_refuses)
{
    const int64_t number = 1;
    const int64_t places[] = {-1, 5};
    const pilot_column one = {&number, PILOT_INT64, true}, none = {.values = NULL};
    const pilot_claim_columns claims = {.quantity = {one}, .first = one, .last = one};
    const pilot_claim_columns others = {.quantity = {one, one}, .first = one, .last = one};
    const pilot_panel_kind kind = {2019, false, false}, early = {1899, false, false},
                           late = {2201, false, false}, rows = {2019, false, true};
    pilot_policy *policy = notice(), *sevenths;
    pilot_parameters p = *pilot_policy_parameters(policy);
    pilot_panel *panel, *other;
    pilot_aggregate *sums = new_aggregate(policy, 1), *other_sums;
    pilot_status status;
    int64_t bad;
    bool needs;
    pilot_panel_kind odd_years = kind, odd_rows = kind;
    mark(&odd_years.by_year, 1); /* neither true nor false */
    mark(&odd_rows.single_rows, 1);
    cr_expect_eq(pilot_panel_new(NULL, &panel), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_panel_new(&kind, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_panel_new(&odd_years, &panel), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_panel_new(&odd_rows, &panel), PILOT_ERROR_ARGUMENT);
    pilot_panel_size measured;
    cr_expect_eq(pilot_panel_add(NULL, NULL, (pilot_column){0}, 0, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_panel_order(NULL, true), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_panel_measure(NULL, &measured), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_panel_needs_rows(NULL, NULL, &needs), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_panel_pack(NULL, NULL, 0), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_panel_unpack(NULL, 0, &panel), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_panel_new(&early, &panel), PILOT_ERROR_RANGE);
    cr_expect_eq(pilot_panel_new(&late, &panel), PILOT_ERROR_RANGE);
    cr_assert_eq(pilot_panel_new(&kind, &panel), PILOT_OK);
    cr_assert_eq(pilot_panel_new(&rows, &other), PILOT_OK);
    cr_expect_eq(pilot_panel_merge(panel, other, NULL, 0), PILOT_ERROR_INCONSISTENT);
    pilot_panel_free(other);
    cr_assert_eq(pilot_panel_new(&kind, &other), PILOT_OK);
    cr_expect_eq(pilot_panel_cost(panel, policy, PILOT_NOT_ASSESSED, sums, &bad, &status),
                 PILOT_ERROR_ARGUMENT, "no order");
    cr_expect_eq(pilot_panel_needs_rows(panel, policy, &needs), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_panel_add(panel, NULL, one, 1, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(
        pilot_panel_add(panel, &claims, (pilot_column){&number, (pilot_element)3, true}, 1, NULL),
        PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_panel_add(panel, &claims, one, 1, NULL), PILOT_OK);
    cr_expect_eq(pilot_panel_add(panel, &others, one, 1, NULL), PILOT_ERROR_INCONSISTENT);
    cr_expect_eq(pilot_panel_add(panel, &claims, none, 0, NULL), PILOT_OK);
    cr_expect_eq(pilot_panel_merge(panel, panel, NULL, 0), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_panel_merge(NULL, panel, NULL, 0), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_panel_merge(panel, NULL, NULL, 0), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_panel_measure(panel, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_panel_merge(other, panel, places, 1), PILOT_ERROR_NOT_FOUND);
    cr_assert_eq(pilot_panel_merge(other, panel, places, 2), PILOT_OK);
    cr_assert_eq(pilot_panel_order(panel, false), PILOT_OK);
    cr_expect_eq(pilot_panel_cost(panel, policy, PILOT_NOT_ASSESSED, sums, &bad, &status), PILOT_OK);
    cr_expect(bad == 1 && status == PILOT_ERROR_RANGE, "a group that the sums do not have");
    expect_cost_refused(panel, policy, sums);
    expect_far_group_refused(&claims);
    cr_assert(pilot_share_make(1, 7, &p.city_share) == PILOT_OK);
    sevenths = policy_of(&p);
    other_sums = new_aggregate(sevenths, 2);
    cr_expect_eq(pilot_panel_cost(panel, sevenths, PILOT_NOT_ASSESSED, sums, &bad, &status),
                 PILOT_ERROR_INCONSISTENT);
    cr_expect_eq(pilot_panel_cost(panel, sevenths, PILOT_NOT_ASSESSED, other_sums, &bad, &status),
                 PILOT_ERROR_CAPACITY);
    cr_expect(pilot_panel_needs_rows(panel, sevenths, &needs) == PILOT_OK && needs);
    cr_expect(pilot_panel_needs_rows(panel, policy, &needs) == PILOT_OK && !needs);
    cr_expect_eq(pilot_panel_packed_size(NULL), 0);
    free(sums);
    free(other_sums);
    pilot_panel_free(panel);
    pilot_panel_free(other);
    pilot_panel_free(NULL);
    pilot_policy_free(policy);
    pilot_policy_free(sevenths);
}

/* Rows that only differ in whether they lie in, before, after or across two months without a rate. */
Test(panel, read_once_around_a_gap)
{
    static const int64_t households[] = {10, 20, 40, 80, 160, 320, 5};
    const int32_t first[] = {month(2020, 4), month(2020, 3), month(2020, 1), month(2020, 7),
                             month(2020, 5), month(2020, 4), month(2019, 1)};
    const int32_t last[] = {month(2020, 5), month(2020, 6), month(2020, 2), month(2021, 1),
                            month(2020, 6), month(2020, 4), month(2019, 12)};
    const pilot_rate rates[] = {{month(2020, 1), month(2020, 3), 180000, PILOT_PER_HOUSEHOLD},
                                {month(2020, 6), month(2021, 12), 120000, PILOT_PER_HOUSEHOLD}};
    const pilot_panel_kind kind = {2020, false, false};
    const pilot_claim_columns claims = {.quantity = {{.values = households}},
                                        .first = {first, PILOT_INT32, false},
                                        .last = {last, PILOT_INT32, false}};
    pilot_policy *policy = with_rates(rates, 2);
    pilot_aggregate *sums = new_aggregate(policy, 1);
    pilot_aggregate_cell cell;
    pilot_panel *panel;
    pilot_status status;
    int64_t bad;
    cr_assert_eq(pilot_panel_new(&kind, &panel), PILOT_OK);
    cr_assert_eq(pilot_panel_add(panel, &claims, (pilot_column){0}, COUNT(households), NULL), PILOT_OK);
    cr_assert_eq(pilot_panel_order(panel, false), PILOT_OK);
    cr_assert_eq(pilot_panel_cost(panel, policy, PILOT_NOT_ASSESSED, sums, &bad, &status), PILOT_OK);
    cr_assert_eq(bad, 0);
    cr_assert_eq(pilot_aggregate_cell_at(sums, 0, 0, &cell), PILOT_OK);
    cr_expect(cell.rows == 4 && cell.quantity[PILOT_PER_HOUSEHOLD] == 20 + 40 + 80 + 160,
              "%" PRId64 " rows of %" PRId64, cell.rows, cell.quantity[PILOT_PER_HOUSEHOLD]);
    cr_expect_eq(cell.total, 20 * (1800 + 1200) + 40 * 2 * 1800 + 80 * 6 * 1200 + 160 * 1200);
    cr_assert_eq(pilot_aggregate_cell_at(sums, 0, 1, &cell), PILOT_OK);
    cr_expect(cell.rows == 1 && cell.quantity[PILOT_PER_HOUSEHOLD] == 80 && cell.total == 80 * 1200);
    free(sums);
    pilot_panel_free(panel);
    pilot_policy_free(policy);
}

/* A panel without rows costs nothing under any policy; nor do rows that every policy refuses, which need
 * no single rows. */
Test(panel, read_once_without_a_good_row)
{
    static const int64_t households = 12, first = 601, last = 600;
    const pilot_panel_kind kind = {2019, false, false};
    const pilot_claim_columns claims = {.quantity = {{&households, PILOT_INT64, true}},
                                        .first = {&first, PILOT_INT64, true},
                                        .last = {&last, PILOT_INT64, true}};
    const pilot_share seventh = {1, 7};
    pilot_policy *policies[] = {
        notice(), reading(notice(), PILOT_READING_PASS_EFFECT, PILOT_PASS_EFFECT_FROM_THE_PASS), NULL};
    pilot_parameters p = *pilot_policy_parameters(policies[0]);
    p.city_share = seventh;
    policies[2] = policy_of(&p);
    pilot_panel *panel;
    size_t doubtful = 7;
    cr_assert_eq(pilot_panel_new(&kind, &panel), PILOT_OK);
    cr_assert_eq(pilot_panel_order(panel, true), PILOT_OK);
    for (int rows = 0; rows <= 70; rows += 70) {
        for (int i = rows ? 2 : 0; i < 3; i++) {
            pilot_aggregate *sums = new_aggregate(policies[i], 1), *none = new_aggregate(policies[i], 1);
            pilot_status status;
            int64_t good, bad, all;
            bool needs;
            cr_assert_eq(pilot_panel_needs_rows(panel, policies[i], &needs), PILOT_OK);
            cr_expect_eq(needs, i > 0, "policy %d", i);
            cr_assert_eq(pilot_panel_cost(panel, policies[i], PILOT_NOT_ASSESSED, sums, &bad, &status),
                         PILOT_OK);
            cr_expect(bad == rows && (!rows || status == PILOT_ERROR_ORDER), "%" PRId64 " bad", bad);
            cr_assert_eq(pilot_aggregate_rows(sums, 0, &good, &all), PILOT_OK);
            cr_expect(good == 0 && all == rows);
            if (!rows)
                check_same_bytes(sums, none);
            free(none);
            free(sums);
        }
        cr_assert_eq(pilot_panel_add(panel, &claims, (pilot_column){0}, 70, &doubtful), PILOT_OK);
        cr_expect_eq(doubtful, 70);
        cr_assert_eq(pilot_panel_order(panel, false), PILOT_OK);
    }
    pilot_panel_free(panel);
    for (int i = 0; i < 3; i++)
        pilot_policy_free(policies[i]);
}

/* Single rows need an order of their own. */
Test(panel, single_rows_wait_for_their_order)
{
    static const int64_t households = 3, at = 600;
    const pilot_panel_kind kind = {2019, false, true};
    const pilot_claim_columns claims = {.quantity = {{&households, PILOT_INT64, true}},
                                        .first = {&at, PILOT_INT64, true},
                                        .last = {&at, PILOT_INT64, true}};
    pilot_policy *policy = notice();
    pilot_parameters p = *pilot_policy_parameters(policy);
    cr_assert_eq(pilot_share_make(1, 7, &p.city_share), PILOT_OK);
    pilot_policy *sevenths = policy_of(&p);
    pilot_aggregate *sums = new_aggregate(sevenths, 1);
    pilot_aggregate_cell cell;
    pilot_panel *panel;
    pilot_status status;
    int64_t bad;
    cr_assert_eq(pilot_panel_new(&kind, &panel), PILOT_OK);
    cr_assert_eq(pilot_panel_add(panel, &claims, (pilot_column){0}, 2, NULL), PILOT_OK);
    cr_assert_eq(pilot_panel_order(panel, false), PILOT_OK);
    cr_expect_eq(pilot_panel_cost(panel, sevenths, PILOT_NOT_ASSESSED, sums, &bad, &status),
                 PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_panel_order(panel, true), PILOT_OK);
    cr_assert_eq(pilot_panel_cost(panel, sevenths, PILOT_NOT_ASSESSED, sums, &bad, &status), PILOT_OK);
    cr_assert_eq(pilot_aggregate_cell_at(sums, 0, 1, &cell), PILOT_OK);
    cr_expect(cell.total == 2 * 3 * 1800 && cell.rows == 2 && bad == 0, "18 yuan in 2020-01");
    free(sums);
    pilot_panel_free(panel);
    pilot_policy_free(sevenths);
    pilot_policy_free(policy);
}

/* Different rows of one bin, a seventh of each rounded: about as many as are costed at once, and more.
 */
Test(panel, many_single_rows)
{
    static const int64_t at = 600;
    static const int counts[] = {1, 63, 64, 65, 128, ROWS};
    size_t bytes[COUNT(counts)];
    const pilot_panel_kind kind = {2019, false, true};
    static const pilot_assessment passed = {.year = 2020, .result = PILOT_PASSED};
    int64_t households[ROWS], total = 0, city = 0, bad;
    pilot_policy *policy = notice();
    pilot_parameters p = *pilot_policy_parameters(policy);
    cr_assert_eq(pilot_share_make(1, 7, &p.city_share), PILOT_OK);
    pilot_policy *sevenths = policy_of(&p);
    for (size_t c = 0; c < COUNT(counts); c++) {
        const int rows = counts[c];
        const pilot_claim_columns claims = {.quantity = {{.values = households}},
                                            .first = {&at, PILOT_INT64, true},
                                            .last = {&at, PILOT_INT64, true}};
        pilot_aggregate *sums = new_aggregate(sevenths, 1);
        pilot_aggregate_cell cell;
        pilot_panel *panel;
        pilot_status status;
        total = city = 0;
        for (int i = 0; i < rows; i++) {
            households[i] = 100 + i;
            total += households[i] * 1800;
            const pilot_claim claim = {.quantity = {[PILOT_PER_HOUSEHOLD] = {households[i], true}},
                                       .assessments = &passed,
                                       .assessment_count = 1,
                                       .first = (pilot_month)at,
                                       .last = (pilot_month)at};
            pilot_award award;
            cr_assert_eq(pilot_award_compute(sevenths, &claim, &award, NULL, 0, NULL), PILOT_OK);
            city += award.city;
        }
        cr_assert_eq(pilot_panel_new(&kind, &panel), PILOT_OK);
        cr_assert_eq(pilot_panel_add(panel, &claims, (pilot_column){0}, (size_t)rows, NULL), PILOT_OK);
        cr_assert_eq(pilot_panel_order(panel, true), PILOT_OK);
        cr_assert_eq(pilot_panel_cost(panel, sevenths, PILOT_NOT_ASSESSED, sums, &bad, &status),
                     PILOT_OK);
        cr_assert_eq(pilot_aggregate_cell_at(sums, 0, 1, &cell), PILOT_OK);
        cr_expect(cell.total == total && cell.rows == rows && bad == 0, "%d rows: %" PRId64, rows,
                  cell.total);
        cr_expect_eq(cell.city, city, "%d rows", rows);
        pilot_panel_size size;
        cr_assert_eq(pilot_panel_measure(panel, &size), PILOT_OK);
        bytes[c] = size.bytes;
        pilot_panel_free(panel);
        free(sums);
    }
    /* Its number, how often it is there, and its households, of each row. */
    cr_expect_geq(bytes[COUNT(counts) - 1] - bytes[0], (ROWS - 1) * (4 + 4 + 8));
    pilot_policy_free(sevenths);
    pilot_policy_free(policy);
}

static int64_t rows_kept(const pilot_panel *panel, size_t *single)
{
    pilot_panel_size size;
    cr_assert_eq(pilot_panel_measure(panel, &size), PILOT_OK);
    cr_expect(size.bytes > 16 * size.single_rows && size.bytes < (size_t)1 << 30, "%zu", size.bytes);
    *single = size.single_rows;
    return size.rows;
}

/* Panels of another kind or of other columns are not put together, and stay as they are. */
Test(panel, merges_that_do_not_agree)
{
    static const int64_t number = 600;
    const pilot_column one = {&number, PILOT_INT64, true};
    const pilot_claim_columns rows[] = {
        {.quantity = {one}, .first = one, .last = one},
        {.quantity = {one, one}, .first = one, .last = one},
        {.quantity = {{0}, {0}, one}, .first = one, .last = one},
        {.quantity = {one}, .first = one, .last = one, .passed_from = one}};
    const pilot_panel_kind kinds[] = {
        {2019, false, false}, {2020, false, false}, {2019, true, false}, {2019, false, true}};
    pilot_panel *panel, *other;
    size_t single;
    cr_assert_eq(pilot_panel_new(&kinds[0], &panel), PILOT_OK);
    cr_assert_eq(pilot_panel_add(panel, &rows[0], (pilot_column){0}, 3, NULL), PILOT_OK);
    for (size_t i = 0; i < COUNT(kinds); i++)
        for (size_t j = 0; j < COUNT(rows); j++) {
            const int64_t kept = rows_kept(panel, &single);
            cr_assert_eq(pilot_panel_new(&kinds[i], &other), PILOT_OK);
            cr_expect_eq(pilot_panel_merge(panel, other, NULL, 0),
                         i ? PILOT_ERROR_INCONSISTENT : PILOT_OK, "kind %zu, without rows", i);
            cr_assert_eq(pilot_panel_add(other, &rows[j], (pilot_column){0}, 4, NULL), PILOT_OK);
            cr_expect_eq(pilot_panel_merge(panel, other, NULL, 0),
                         i || j ? PILOT_ERROR_INCONSISTENT : PILOT_OK, "kind %zu, columns %zu", i, j);
            cr_expect_eq(rows_kept(panel, &single), kept + (i || j ? 0 : 4));
            pilot_panel_free(other);
        }
    for (size_t j = 1; j < COUNT(rows); j++)
        cr_expect_eq(pilot_panel_add(panel, &rows[j], (pilot_column){0}, 1, NULL),
                     PILOT_ERROR_INCONSISTENT, "columns %zu", j);
    cr_expect_eq(rows_kept(panel, &single), 7);
    pilot_panel_free(panel);
}

/* Groups get other numbers where panels are put together; a row of no group stays so. */
Test(panel, merged_groups_are_renumbered)
{
    static const int64_t households[] = {10, 20, 40}, groups[] = {0, -5, 1}, places[] = {2, 0},
                         negative[] = {2, -1}, at = 600;
    const pilot_panel_kind kind = {2019, false, true};
    const pilot_claim_columns claims = {.quantity = {{.values = households}},
                                        .first = {&at, PILOT_INT64, true},
                                        .last = {&at, PILOT_INT64, true}};
    const int64_t wanted[] = {40 * 1800, 0, 10 * 1800};
    pilot_policy *policy = notice();
    pilot_aggregate *sums = new_aggregate(policy, 3);
    pilot_panel *panel, *other;
    pilot_status status;
    int64_t bad, rows;
    cr_assert_eq(pilot_panel_new(&kind, &panel), PILOT_OK);
    cr_assert_eq(pilot_panel_new(&kind, &other), PILOT_OK);
    cr_assert_eq(pilot_panel_add(other, &claims, (pilot_column){.values = groups}, 3, NULL), PILOT_OK);
    cr_assert_eq(pilot_panel_merge(panel, other, places, 1), PILOT_ERROR_NOT_FOUND);
    cr_assert_eq(pilot_panel_merge(panel, other, negative, 2), PILOT_ERROR_NOT_FOUND);
    cr_assert_eq(pilot_panel_merge(panel, other, places, 2), PILOT_OK);
    cr_assert_eq(pilot_panel_order(panel, true), PILOT_OK);
    cr_assert_eq(pilot_panel_cost(panel, policy, PILOT_NOT_ASSESSED, sums, &bad, &status), PILOT_OK);
    cr_expect(bad == 1 && status == PILOT_ERROR_RANGE);
    for (size_t g = 0; g < 3; g++) {
        pilot_aggregate_cell cell;
        cr_assert_eq(pilot_aggregate_cell_at(sums, g, 1, &cell), PILOT_OK);
        cr_expect_eq(cell.total, wanted[g], "group %zu: %" PRId64, g, cell.total);
    }
    cr_expect(pilot_aggregate_rows(sums, PILOT_ALL_GROUPS, &rows, &bad) == PILOT_OK && rows == 2);
    cr_expect_eq(bad, 1);
    free(sums);
    pilot_panel_free(other);
    pilot_panel_free(panel);
    pilot_policy_free(policy);
}

/* A panel of so many rows of so many households in 2020-01. */
static pilot_panel *panel_of_one(int64_t households, size_t rows, bool single_rows)
{
    static const int64_t at = 600;
    const pilot_panel_kind kind = {2020, false, single_rows};
    const pilot_claim_columns claims = {.quantity = {{&households, PILOT_INT64, true}},
                                        .first = {&at, PILOT_INT64, true},
                                        .last = {&at, PILOT_INT64, true}};
    pilot_panel *panel;
    cr_assert_eq(pilot_panel_new(&kind, &panel), PILOT_OK);
    cr_assert_eq(pilot_panel_add(panel, &claims, (pilot_column){0}, rows, NULL), PILOT_OK);
    return panel;
}

/* Puts the panel together with its copies, so many times one after the other. */
static void double_rows(pilot_panel *panel, int times)
{
    for (int i = 0; i < times; i++) {
        const size_t size = pilot_panel_packed_size(panel);
        uint8_t *bytes = malloc(size);
        pilot_panel *copy;
        cr_assert(bytes && pilot_panel_pack(panel, bytes, size) == PILOT_OK);
        cr_assert_eq(pilot_panel_unpack(bytes, size, &copy), PILOT_OK);
        cr_assert_eq(pilot_panel_merge(panel, copy, NULL, 0), PILOT_OK);
        cr_assert_eq(pilot_panel_order(panel, true), PILOT_OK);
        pilot_panel_free(copy);
        free(bytes);
    }
}

/* The cost in all at 0.02 yuan, and whether it is one of single rows. */
static int64_t cost_of_cents(const pilot_panel *panel, pilot_share share, bool *by_rows)
{
    const pilot_rate cents = {600, 600, 200, PILOT_PER_HOUSEHOLD};
    pilot_policy *policy = with_rates(&cents, 1);
    pilot_parameters p = *pilot_policy_parameters(policy);
    p.city_share = share;
    pilot_policy *shared = policy_of(&p);
    pilot_aggregate *sums = new_aggregate(shared, 1);
    pilot_aggregate_cell cell;
    pilot_status status;
    int64_t bad;
    cr_assert_eq(pilot_panel_needs_rows(panel, shared, by_rows), PILOT_OK);
    const pilot_status made = pilot_panel_cost(panel, shared, PILOT_NOT_ASSESSED, sums, &bad, &status);
    cr_assert(made == PILOT_OK || (made == PILOT_ERROR_CAPACITY && *by_rows));
    cr_assert_eq(pilot_aggregate_cell_at(sums, 0, 0, &cell), PILOT_OK);
    free(sums);
    pilot_policy_free(shared);
    pilot_policy_free(policy);
    return made == PILOT_OK ? cell.total : -1;
}

/* Single rows that come after few have been put in order. */
Test(panel, rows_after_an_order)
{
    static const pilot_share sevenths = {1, 7};
    static const size_t before[] = {0, 1, 2, 63, 64, 2047, 2048, 4097};
    static const int64_t five = 5, at = 600;
    const pilot_claim_columns claims = {.quantity = {{&five, PILOT_INT64, true}},
                                        .first = {&at, PILOT_INT64, true},
                                        .last = {&at, PILOT_INT64, true}};
    for (size_t i = 0; i < COUNT(before); i++) {
        pilot_panel *panel = panel_of_one(3, before[i], true), *more = panel_of_one(5, 1, true);
        bool by_rows;
        size_t single;
        cr_assert_eq(pilot_panel_order(panel, true), PILOT_OK);
        cr_assert_eq(pilot_panel_add(panel, &claims, (pilot_column){0}, 200, NULL), PILOT_OK);
        cr_assert_eq(pilot_panel_merge(panel, more, NULL, 0), PILOT_OK);
        cr_assert_eq(pilot_panel_order(panel, true), PILOT_OK);
        cr_expect_eq(rows_kept(panel, &single), (int64_t)before[i] + 201);
        cr_expect_eq(single, before[i] ? 2 : 1);
        cr_expect_eq(cost_of_cents(panel, sevenths, &by_rows), 2 * (3 * (int64_t)before[i] + 5 * 201));
        pilot_panel_free(more);
        pilot_panel_free(panel);
    }
}

/* A row is there more often than 32 bits tell, or households are so many that they are no longer added
 * up by bin: the cost is the same. */
Test(panel, rows_beyond_number)
{
    static const pilot_share halves = {1, 2}, sevenths = {1, 7};
    size_t single;
    bool by_rows;
    pilot_panel *panel = panel_of_one(3, 1, true);
    double_rows(panel, 34);
    cr_expect(rows_kept(panel, &single) == INT64_C(1) << 34 && single >= 4 && single < 64, "%zu",
              single);
    cr_expect_eq(cost_of_cents(panel, sevenths, &by_rows), INT64_C(6) << 34);
    cr_expect(by_rows);
    pilot_panel_free(panel);

    panel = panel_of_one(INT64_C(1) << 32, 256, true);
    double_rows(panel, 17);
    cr_expect_eq(cost_of_cents(panel, halves, &by_rows), INT64_C(1) << 58);
    cr_expect(!by_rows);
    double_rows(panel, 1);
    cr_expect_eq(cost_of_cents(panel, halves, &by_rows), INT64_C(1) << 59);
    cr_expect(by_rows);
    pilot_panel_free(panel);
}

/* Rows without households fill no bin, so that one has any number of them. */
Test(panel, rows_of_nothing_beyond_number)
{
    static const pilot_share halves = {1, 2};
    size_t single;
    bool by_rows;
    pilot_panel *panel = panel_of_one(0, 1, false);
    double_rows(panel, 57);
    cr_expect(cost_of_cents(panel, halves, &by_rows) == 0 && !by_rows);
    double_rows(panel, 1);
    cr_expect(cost_of_cents(panel, halves, &by_rows) == -1 && by_rows);
    double_rows(panel, 10);
    cr_expect_eq(rows_kept(panel, &single), INT64_MAX);
    pilot_panel_free(panel);
}

/* Equal rows are put together while they come, so that they take no room. */
Test(panel, equal_rows_do_not_pile_up, .timeout = 900)
{
    static const int64_t at = 600;
    const size_t many = ((size_t)1 << 24) + 200;
    const pilot_panel_kind kind = {2020, false, true};
    const pilot_claim_columns claims = {.first = {&at, PILOT_INT64, true},
                                        .last = {&at, PILOT_INT64, true}};
    pilot_panel *panel;
    size_t single;
    cr_assert_eq(pilot_panel_new(&kind, &panel), PILOT_OK);
    cr_assert_eq(pilot_panel_add(panel, &claims, (pilot_column){0}, many, NULL), PILOT_OK);
    cr_expect_eq(rows_kept(panel, &single), (int64_t)many);
    cr_expect(single < 200);
    cr_assert_eq(pilot_panel_order(panel, true), PILOT_OK);
    cr_expect(rows_kept(panel, &single) == (int64_t)many && single == 1);
    pilot_panel_free(panel);
}

/* A panel of two rows with households and communities, the second without a period: a head of seven
 * words, two bins of nine, a single row and one apart of three each. */
enum { BIN = 7, BIN_APART = BIN + 9, ROW = BIN_APART + 9, ROW_APART = ROW + 3, SUM = ROW_APART + 3 };
#define NEGATIVE(number) (0 - UINT64_C(number))
#define TWO(low, high) ((uint64_t)(uint32_t)(high) << 32 | (uint32_t)(low))
static const uint64_t two_rows[SUM] = {UINT64_C(0x314C454E41504C50),
                                       2019,
                                       1 | 2 | 4 | 16 | 64,
                                       12,
                                       2,
                                       1,
                                       1, /* the head */
                                       0,
                                       1,
                                       2,
                                       TWO(600, 611),
                                       0,
                                       1,
                                       12,
                                       0,
                                       3, /* of group 0 */
                                       NEGATIVE(1),
                                       1,
                                       3,
                                       TWO(600, 590),
                                       TWO(0, 1),
                                       1,
                                       0,
                                       0,
                                       0, /* of no group */
                                       TWO(0, 1),
                                       12,
                                       3,
                                       TWO(1, 1),
                                       NEGATIVE(9),
                                       3}; /* of the first bin, of the second */

static void put_words(const uint64_t *from, uint8_t bytes[(SUM + 1) * 8])
{
    for (size_t i = 0; i < SUM; i++)
        pilot_put_word(bytes, i, from[i]);
    pilot_put_sum(bytes, SUM);
}

static void expect_words(const uint8_t *bytes, size_t size)
{
    cr_assert_eq(size, (SUM + 1) * 8);
    for (size_t i = 0; i < SUM; i++)
        CHECK(pilot_word_at(bytes, i) == two_rows[i], "word %zu: %" PRIx64, i, pilot_word_at(bytes, i));
}

/* The bytes of a panel are these on every machine, and open as the panel. */
Test(panel, words_of_a_packed_panel)
{
    static const int64_t households[] = {12, -9}, communities = 3, groups[] = {0, -1};
    static const int64_t first = 600, last[] = {611, 590}, passed = 1, failed[] = {2, 3};
    const pilot_panel_kind kind = {2019, true, true};
    const pilot_claim_columns claims = {
        .quantity = {{.values = households}, {.values = NULL}, {&communities, PILOT_INT64, true}},
        .first = {&first, PILOT_INT64, true},
        .last = {.values = last},
        .passed = {&passed, PILOT_INT64, true},
        .failed = {.values = failed}};
    uint8_t bytes[(SUM + 1) * 8], again[sizeof bytes], none[64];
    pilot_panel *panel, *opened = NULL;
    cr_assert_eq(pilot_panel_new(&kind, &panel), PILOT_OK);
    cr_assert_eq(pilot_panel_packed_size(panel), sizeof none, "a head and the sum");
    cr_assert_eq(pilot_panel_pack(panel, none, sizeof none), PILOT_OK);
    cr_assert_eq(pilot_panel_add(panel, &claims, (pilot_column){.values = groups}, 2, NULL), PILOT_OK);
    cr_expect_eq(pilot_panel_pack(panel, NULL, sizeof bytes), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_panel_pack(panel, bytes, sizeof bytes), PILOT_OK);
    expect_words(bytes, pilot_panel_packed_size(panel));
    cr_expect_eq(pilot_panel_unpack(bytes, sizeof bytes, NULL), PILOT_ERROR_ARGUMENT);
    for (size_t length = 0; length < sizeof bytes; length++)
        CHECK(pilot_panel_unpack(bytes, length, &opened) == PILOT_ERROR_FORMAT && !opened, "%zu bytes",
              length);
    pilot_panel_free(panel);
    cr_assert_eq(pilot_panel_unpack(bytes, sizeof bytes, &panel), PILOT_OK);
    cr_assert_eq(pilot_panel_pack(panel, again, sizeof again), PILOT_OK);
    cr_expect_arr_eq(bytes, again, sizeof bytes);
    cr_assert_eq(pilot_panel_unpack(none, sizeof none, &opened), PILOT_OK);
    cr_assert_eq(pilot_panel_merge(opened, panel, NULL, 0), PILOT_OK, "no row yet says which columns");
    cr_assert_eq(pilot_panel_pack(opened, again, sizeof again), PILOT_OK);
    cr_expect_arr_eq(bytes, again, sizeof bytes);
    pilot_panel_free(opened);
    pilot_panel_free(panel);
}

/* A panel without a row is one of its kind. */
Test(panel, an_empty_panel_keeps_its_kind)
{
    for (uint64_t of = 0; of < 4; of++) {
        const pilot_panel_kind kind = {2019, of & 1, of >> 1};
        uint8_t bytes[64];
        pilot_panel *panel, *opened = NULL;
        cr_assert_eq(pilot_panel_new(&kind, &panel), PILOT_OK);
        cr_assert_eq(pilot_panel_pack(panel, bytes, sizeof bytes), PILOT_OK);
        cr_expect_eq(pilot_word_at(bytes, 2), of, "%d", (int)of);
        cr_assert_eq(pilot_panel_unpack(bytes, sizeof bytes, &opened), PILOT_OK);
        cr_expect_eq(pilot_panel_merge(opened, panel, NULL, 0), PILOT_OK, "%d", (int)of);
        pilot_panel_free(opened);
        pilot_panel_free(panel);
    }
}

/* Words of a panel that no rows make are refused though the check sum holds. */
Test(panel, forged_panels_are_refused)
{
    static const struct {
        struct {
            size_t at;
            uint64_t word;
        } forged[2];
    } cases[] = {
        {{{0, UINT64_C(0x314C454E41504C51)}}},
        {{{1, 1899}}},
        {{{1, 2201}}},
        {{{1, TWO(2019, 1)}}},
        {{{2, 1 | 2 | 4 | 16 | 64 | 128}}},
        {{{2, 1 | 2 | 16 | 64}}},          /* no rows have come */
        {{{2, 1 | 4 | 16 | 64}}},          /* no single rows */
        {{{2, 1 | 2 | 4 | 16}}},           /* households alone */
        {{{2, 1 | 2 | 4 | 16 | 32 | 64}}}, /* areas as well */
        {{{3, (UINT64_C(1) << 32) + 1}}},
        {{{3, NEGATIVE(1)}}},
        {{{4, 1}}},
        {{{4, 3}}},
        {{{4, NEGATIVE(1)}}},
        {{{5, 0}}},
        {{{5, 2}}},
        {{{5, NEGATIVE(1)}}},
        {{{6, 0}}},
        {{{6, 2}}},
        {{{6, NEGATIVE(1)}}},
        {{{5, 0}, {6, 2}}},
        {{{5, 2}, {6, 0}}},
        {{{BIN, NEGATIVE(1)}}},
        {{{BIN_APART, NEGATIVE(2)}}},
        {{{BIN + 1, 3}}}, /* a year passed and failed */
        {{{BIN + 3, TWO(INT32_MIN, 611)}}},
        {{{BIN + 3, TWO(600, INT32_MAX)}}},
        {{{BIN + 3, TWO(612, 611)}}},
        {{{BIN_APART + 4, TWO(0, 2)}}},
        {{{BIN_APART + 4, TWO(0, -1)}}},
        {{{BIN + 4, TWO(0, 1)}}},
        {{{BIN_APART + 4, TWO(0, 0)}}},
        {{{BIN + 5, 0}}},
        {{{BIN + 5, NEGATIVE(1)}}},
        {{{BIN + 6, NEGATIVE(1)}}},
        {{{BIN + 6, (UINT64_C(1) << 40) + 1}}},
        {{{BIN + 7, 1}}}, /* of areas, which are not given */
        {{{BIN + 8, NEGATIVE(1)}}},
        {{{BIN_APART + 6, 1}}},
        {{{ROW, TWO(1, 1)}}},
        {{{ROW, TWO(2, 1)}}},
        {{{ROW, TWO(0, 0)}}},
        {{{ROW + 1, NEGATIVE(1)}}},
        {{{ROW + 1, (UINT64_C(1) << 32) + 1}}},
        {{{ROW + 2, NEGATIVE(1)}}},
        {{{ROW_APART, TWO(0, 1)}}},
        {{{ROW_APART, TWO(2, 1)}}},
        {{{ROW_APART, TWO(1, 0)}}},
    };
    uint8_t bytes[(SUM + 1) * 8];
    uint64_t changed[SUM];
    pilot_panel *panel = NULL;
    for (size_t i = 0; i < COUNT(cases); i++) {
        memcpy(changed, two_rows, sizeof changed);
        for (size_t j = 0; j < 2; j++)
            if (!j || cases[i].forged[j].at)
                changed[cases[i].forged[j].at] = cases[i].forged[j].word;
        put_words(changed, bytes);
        CHECK(pilot_panel_unpack(bytes, sizeof bytes, &panel) == PILOT_ERROR_FORMAT && !panel,
              "word %zu: %" PRIx64, cases[i].forged[0].at, cases[i].forged[0].word);
    }
    memcpy(changed, two_rows, sizeof changed);
    memcpy(changed + BIN_APART, changed + BIN, 9 * sizeof *changed);
    memcpy(changed + ROW_APART, changed + ROW, 3 * sizeof *changed);
    changed[5] = 2; /* both rows are of the first */
    changed[6] = 0;
    put_words(changed, bytes);
    cr_expect_eq(pilot_panel_unpack(bytes, sizeof bytes, &panel), PILOT_ERROR_FORMAT,
                 "two bins of a key, the first of which has room");
    put_words(two_rows, bytes);
    cr_assert_eq(pilot_panel_unpack(bytes, sizeof bytes, &panel), PILOT_OK);
    pilot_panel_free(panel);
}

/* The generator as its authors write it, a round at a time. */
static void slow_threefry(const uint64_t key[4], const uint64_t counter[4], uint64_t x[4])
{
    static const int by[8][2] = {{14, 16}, {52, 57}, {23, 40}, {5, 37},
                                 {25, 33}, {46, 12}, {58, 22}, {32, 32}};
    uint64_t k[5] = {0, 0, 0, 0, UINT64_C(0x1BD11BDAA9FC1A22)};
    for (size_t i = 0; i < 4; i++) {
        k[i] = key[i];
        k[4] ^= key[i];
        x[i] = counter[i] + key[i];
    }
    for (size_t round = 0; round < 20; round++) {
        const size_t odd = round % 2 ? 3 : 1;
        for (size_t pair = 0; pair < 2; pair++) {
            const size_t a = 2 * pair, b = (a + odd) % 4;
            x[a] += x[b];
            x[b] = x[b] << by[round % 8][pair] | x[b] >> (64 - by[round % 8][pair]);
            x[b] ^= x[a];
        }
        for (size_t i = 0, s = (round + 1) / 4; round % 4 == 3 && i < 4; i++)
            x[i] += k[(s + i) % 5] + (i == 3 ? s : 0);
    }
}

/* The words of no key and no counter are those that its authors publish. */
Test(panel, the_generator_is_threefry)
{
    static const uint64_t wanted[] = {UINT64_C(0x09218ebde6c85537), UINT64_C(0x55941f5266d86105),
                                      UINT64_C(0x4bd25e16282434dc), UINT64_C(0xee29ec846bd2e40b)};
    uint64_t none[4] = {0}, x[4], y[4];
    slow_threefry(none, none, x);
    cr_assert_arr_eq(x, wanted, sizeof x);
    for (int i = 0; i < 1000; i++) {
        const uint64_t key[4] = {random_bits()},
                       counter[4] = {random_bits(), random_bits(), random_bits(), random_bits()};
        const pilot_threefry_key made = pilot_threefry_key_of(key[0]);
        slow_threefry(key, counter, x);
        pilot_threefry(&made, counter[0], counter[1], counter[2], counter[3], &y[0], &y[1], &y[2],
                       &y[3]);
        CHECK(memcmp(x, y, sizeof x) == 0, "%d", i);
    }
}

enum { TAKE_UP = 64, HOUSEHOLDS = 65, DRAWS = 300 };

/* What 32 bits of a row say, those of what else is drawn of it being others. */
static uint32_t slow_bits(uint64_t seed, size_t row, size_t draw, uint64_t what)
{
    const uint64_t key[4] = {seed};
    uint32_t made = 0;
    for (uint64_t four = 0; four < 8; four++) {
        const uint64_t counter[4] = {row / 64, draw, what, four};
        uint64_t x[4];
        slow_threefry(key, counter, x);
        for (size_t i = 0; i < 4; i++)
            made = made << 1 | (uint32_t)(x[i] >> row % 64 & 1);
    }
    return made;
}

static uint32_t slow_error_bits(uint64_t seed, size_t row, size_t draw)
{
    const uint64_t key[4] = {seed};
    const size_t word = row % 32;
    const uint64_t counter[4] = {row / 64, draw, HOUSEHOLDS, word % 8};
    uint64_t x[4];
    slow_threefry(key, counter, x);
    return (uint32_t)(row % 64 < 32 ? x[word / 8] : x[word / 8] >> 32);
}

typedef struct odds_table {
    store passes[YEARS], take_up, error;
    pilot_column columns[YEARS];
    pilot_draw_odds odds;
} odds_table;

static void fill_chance(store *s)
{
    static const int64_t some[] = {0,
                                   1,
                                   INT64_C(1) << 31,
                                   INT64_C(3865470566),
                                   UINT32_MAX,
                                   INT64_C(1) << 32,
                                   (INT64_C(1) << 32) + 1,
                                   -1,
                                   INT64_MIN,
                                   INT64_MAX};
    int64_t values[ROWS];
    for (size_t i = 0; i < ROWS; i++)
        values[i] = below(3) ? below(INT64_C(1) << 32) : some[below(COUNT(some))];
    keep_column(s, values, false, below(2));
}

static void fill_odds(odds_table *o, size_t years, spoil how)
{
    int64_t values[ROWS];
    *o = (odds_table){.odds = {.passes = o->columns}};
    for (size_t i = 0; i < years; i++) {
        fill_chance(&o->passes[i]);
        o->columns[i] = o->passes[i].column;
    }
    fill_chance(&o->take_up);
    o->odds.take_up = o->take_up.column;
    for (size_t i = 0; i < ROWS; i++)
        values[i] = spoiled(how) ? strange() : below(2) * below(1000001);
    keep_column(&o->error, values, false, below(2));
    if (below(2))
        o->odds.household_error = o->error.column;
}

static bool slow_comes(int64_t chance, uint32_t bits)
{
    return chance > (int64_t)bits;
}

static int64_t slow_households(int64_t number, int64_t error, uint32_t bits)
{
    error = error < 0 ? 0 : error > 1000000 ? 1000000 : error;
    if (!error)
        return number;
    if (number < 0 || number > INT64_MAX / 2)
        return -1;
    const int64_t off = (int64_t)((wide)bits * (2 * error + 1) >> 32) - error;
    return (int64_t)(((wide)number * (1000000 + off) + 500000) / 1000000);
}

/* The row as a draw has it, a table of one row. */
static void slow_draw(const table *t, const odds_table *o, uint64_t seed, size_t start, size_t row,
                      size_t draw, size_t years, table *drawn)
{
    const size_t number = start + row; /* in the panel, by which it is drawn */
    int64_t value;
    uint64_t passed = mask_at(t->claims.passed, row), failed = mask_at(t->claims.failed, row);
    const bool takes =
        slow_comes(value_at(o->odds.take_up, row), slow_bits(seed, number, draw, TAKE_UP));
    drawn->claims = claims_from(&t->claims, row);
    for (int b = 0; b < PILOT_BASIS_COUNT; b++) {
        if (!t->claims.quantity[b].values)
            continue;
        value = value_at(t->claims.quantity[b], row);
        if (b == PILOT_PER_HOUSEHOLD)
            value = slow_households(value, value_at(o->odds.household_error, row),
                                    slow_error_bits(seed, number, draw));
        drawn->quantity[b].wide[0] = takes ? value : 0;
        drawn->claims.quantity[b] = (pilot_column){drawn->quantity[b].wide, PILOT_INT64, false};
    }
    for (size_t year = 0; year < years; year++) {
        if ((passed | failed) >> year & 1)
            continue;
        const bool passes =
            slow_comes(value_at(o->columns[year], row), slow_bits(seed, number, draw, year));
        *(passes ? &passed : &failed) |= UINT64_C(1) << year;
    }
    drawn->passed.wide[0] = (int64_t)passed;
    drawn->failed.wide[0] = (int64_t)failed;
    drawn->claims.passed = (pilot_column){drawn->passed.wide, PILOT_INT64, false};
    drawn->claims.failed = (pilot_column){drawn->failed.wide, PILOT_INT64, false};
}

static void slow_add(int64_t *sum, int64_t value)
{
    *sum = *sum > INT64_MAX - value ? INT64_MAX : *sum + value;
}

typedef struct drawing {
    const pilot_policy *policy;
    const table *t;
    const odds_table *o;
    uint64_t seed;
    size_t start, count, draw, draws, years;
} drawing;

static pilot_pass draw_some(const drawing *g, size_t row, size_t count, size_t from, size_t draws,
                            pilot_money *sums)
{
    static pilot_column passes[YEARS];
    const pilot_claim_columns claims = claims_from(&g->t->claims, row);
    pilot_pass pass;
    for (size_t i = 0; i < g->years; i++)
        passes[i] = part_of(g->o->columns[i], row);
    const pilot_draw_odds odds = {passes, part_of(g->o->odds.take_up, row),
                                  part_of(g->o->odds.household_error, row)};
    cr_assert_eq(pilot_draw_columns(g->policy, &claims, &odds, g->seed, g->start + row, count,
                                    g->draw + from, draws, sums + from * g->years * 2, &pass),
                 PILOT_OK);
    return pass;
}

/* In parts of the rows and of the draws, in any order. */
static void check_parts(const drawing *g, const pilot_money *all)
{
    static pilot_money sums[DRAWS * YEARS * 2];
    const size_t blocks = g->count / 64, row = 64 * (size_t)below((int64_t)blocks + 1);
    const size_t from = (size_t)below((int64_t)g->draws + 1);
    memset(sums, 0, sizeof sums);
    (void)draw_some(g, row, g->count - row, from, g->draws - from, sums);
    (void)draw_some(g, 0, row, 0, g->draws, sums);
    (void)draw_some(g, row, g->count - row, 0, from, sums);
    CHECK(memcmp(sums, all, g->draws * g->years * 2 * sizeof *sums) == 0, "parted at row %zu, draw %zu",
          row, from);
}

static void add_paper(const paper_row *paper, int32_t first, pilot_money *years)
{
    for (size_t i = 0; i < paper->award.line_count; i++) {
        const pilot_award_line *line = &paper->lines[i];
        if (!line->amount)
            continue;
        slow_add(&years[(pilot_month_year(line->first) - first) * 2], line->amount);
        slow_add(&years[(pilot_month_year(line->first) - first) * 2 + 1], line->city);
    }
}

static void check_draws(const pilot_policy *policy, const table *t, const odds_table *o, size_t count,
                        size_t draws)
{
    static pilot_money sums[DRAWS * YEARS * 2], wanted[DRAWS * YEARS * 2];
    static table drawn;
    static paper_row paper;
    int32_t first = 1970;
    drawing g = {policy, t, o, random_bits(), 64 * (size_t)below(3), count, (size_t)below(1000),
                 draws,  0};
    g.years = pilot_policy_years(policy, &first);
    memset(sums, 0, sizeof sums);
    memset(wanted, 0, sizeof wanted);
    pilot_pass pass = draw_some(&g, 0, count, 0, draws, sums), slow = {0, count, PILOT_OK};
    for (size_t row = 0; row < count; row++)
        for (size_t d = 0; d < draws; d++) {
            slow_draw(t, o, g.seed, g.start, row, g.draw + d, g.years, &drawn);
            ask_row(policy, &drawn, 0, &paper);
            if (paper.status == PILOT_OK)
                add_paper(&paper, first, wanted + d * g.years * 2);
            else if (!slow.bad++)
                slow.first_bad = row;
        }
    CHECK(memcmp(sums, wanted, draws * g.years * 2 * sizeof *sums) == 0, "sums");
    CHECK(pass.bad == slow.bad && pass.first_bad == slow.first_bad, "%zu bad rows from %zu on, not %zu",
          pass.bad, pass.first_bad, slow.bad);
    check_parts(&g, sums);
}

Test(panel, draws_equal_the_scalar_function, .timeout = 900)
{
    static table t;
    static odds_table o;
    pilot_policy *own = notice();
    const int rounds = stride() > 10 ? 40 : 400 / stride(); /* each way of drawing comes up */
    for (int i = 0; i < rounds; i++) {
        pilot_policy *policy = i % 2 ? own : random_policy();
        fill(&t, (spoil)(i / 2 % 4));
        fill_odds(&o, pilot_policy_years(policy, NULL), (spoil)(i / 2 % 4));
        if (pilot_policy_parameters(policy)->rate_count) /* wide tiles of few rows, and the reverse */
            check_draws(policy, &t, &o, i % 8 < 2 ? 1 + (size_t)below(3) : (size_t)below(ROWS + 1),
                        i % 8 < 2 ? DRAWS : 1 + (size_t)below(10));
        if (policy != own)
            pilot_policy_free(policy);
    }
    pilot_policy_free(own);
}

/* Numbers of households that are too large to be drawn many at a time, and prices at which they are. */
Test(panel, draws_of_large_numbers)
{
    static table t;
    static odds_table o;
    const pilot_rate dear = {month(2020, 1), month(2021, 3), INT64_C(1600000000), PILOT_PER_HOUSEHOLD};
    pilot_policy *policies[] = {notice(), with_rates(&dear, 1)};
    static const int64_t most[] = {10000000, 100};
    for (int i = 0; i < 2; i++) {
        int64_t households[ROWS], errors[ROWS];
        fill(&t, CLEAN);
        fill_odds(&o, pilot_policy_years(policies[i], NULL), CLEAN);
        for (size_t row = 0; row < ROWS; row++) {
            households[row] = most[i] / 2 + below(most[i] / 2);
            errors[row] = 100000;
        }
        keep_column(&t.quantity[PILOT_PER_HOUSEHOLD], households, PILOT_INT64, false);
        keep_column(&o.error, errors, PILOT_INT64, false);
        t.claims.quantity[PILOT_PER_HOUSEHOLD] = t.quantity[PILOT_PER_HOUSEHOLD].column;
        t.claims.passed.values = t.claims.failed.values = NULL;
        o.odds.household_error = o.error.column;
        check_draws(policies[i], &t, &o, ROWS, 20);
        pilot_policy_free(policies[i]);
    }
}

/* A row that has passed and failed in one year is bad in each draw, whichever of its block it is. */
Test(panel, draws_of_a_contradictory_row)
{
    enum { N = 65, TIMES = 2 };
    static const int64_t always = INT64_C(1) << 32, households = 10, at = 600;
    pilot_policy *policy = notice();
    const pilot_column sure = {&always, PILOT_INT64, true};
    const pilot_column passes[] = {sure, sure, sure, sure, sure};
    const pilot_draw_odds odds = {passes, sure, {NULL, PILOT_INT64, false}};
    for (size_t bad = 0; bad < N; bad++) {
        int64_t passed[N] = {0}, failed[N] = {0};
        pilot_money sums[TIMES * 5 * 2] = {0};
        const pilot_claim_columns claims = {.quantity = {{&households, PILOT_INT64, true}},
                                            .first = {&at, PILOT_INT64, true},
                                            .last = {&at, PILOT_INT64, true},
                                            .passed = {passed, PILOT_INT64, false},
                                            .failed = {failed, PILOT_INT64, false}};
        pilot_pass pass;
        passed[bad] = failed[bad] = 2; /* 2020 */
        cr_assert_eq(pilot_draw_columns(policy, &claims, &odds, 1, 0, N, 0, TIMES, sums, &pass),
                     PILOT_OK);
        CHECK(pass.bad == TIMES && pass.first_bad == bad && pass.status == PILOT_ERROR_INCONSISTENT,
              "row %zu: %zu bad, the first %zu", bad, pass.bad, pass.first_bad);
        for (size_t d = 0; d < TIMES; d++)
            CHECK(sums[(d * 5 + 1) * 2] == (N - 1) * 10 * 1800, "row %zu", bad);
    }
    pilot_policy_free(policy);
}

Test(panel, draws_refuse)
{
    pilot_policy *policy = notice();
    const int64_t one = INT64_C(1) << 32, month_ = 600;
    const pilot_column c = {&one, PILOT_INT64, true}, m = {&month_, PILOT_INT64, true};
    const pilot_column odd = {&one, (pilot_element)3, true};
    const pilot_column passes[] = {c, c, c, c, c}, no_pass[] = {c, c, {NULL, PILOT_INT64, true}, c, c};
    const pilot_column odd_pass[] = {c, c, c, c, odd};
    const pilot_claim_columns claims = {.quantity = {m}, .first = m, .last = m}, none = {.first = m};
    const pilot_draw_odds odds = {passes, c, {NULL, PILOT_INT64, false}};
    const pilot_draw_odds bad[] = {{NULL, c, c},     {no_pass, c, c},
                                   {odd_pass, c, c}, {passes, {NULL, PILOT_INT64, true}, c},
                                   {passes, odd, c}, {passes, c, odd}};
    pilot_money sums[10], before[10];
    pilot_pass pass;
    mark(sums, sizeof sums);
    memcpy(before, sums, sizeof sums);
    for (size_t i = 0; i < COUNT(bad); i++)
        cr_expect_eq(pilot_draw_columns(policy, &claims, &bad[i], 1, 0, 1, 0, 1, sums, &pass),
                     PILOT_ERROR_ARGUMENT, "%zu", i);
    cr_expect_eq(pilot_draw_columns(policy, &claims, &odds, 1, 63, 1, 0, 1, sums, &pass),
                 PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_draw_columns(policy, &none, &odds, 1, 0, 1, 0, 1, sums, &pass),
                 PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_draw_columns(NULL, &claims, &odds, 1, 0, 1, 0, 1, sums, &pass),
                 PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_draw_columns(policy, NULL, &odds, 1, 0, 1, 0, 1, sums, &pass),
                 PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_draw_columns(policy, &claims, NULL, 1, 0, 1, 0, 1, sums, &pass),
                 PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_draw_columns(policy, &claims, &odds, 1, 0, 1, 0, 1, NULL, &pass),
                 PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_draw_columns(policy, &claims, &odds, 1, 0, 1, 0, 1, sums, NULL),
                 PILOT_ERROR_ARGUMENT);
    cr_expect_arr_eq(sums, before, sizeof sums);
    pilot_policy_free(policy);
}
