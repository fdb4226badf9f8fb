#include "cases.h"
#include "combinations.h"
#include "money/reward_internal.h"

#define YUAN(whole) (INT64_C(100) * (whole))
#define BIT(reason) (UINT32_C(1) << (reason))
enum { LINES = 1024 };

static pilot_opt_date on(int32_t year, int32_t month_of_year, int32_t day)
{
    return (pilot_opt_date){date(year, month_of_year, day), true};
}

static const pilot_assessment pass_2019[] = {{.year = 2019, .result = PILOT_PASSED}};

static const pilot_assessment pass_each_year[] = {
    {.year = 2019, .result = PILOT_PASSED}, {.year = 2020, .result = PILOT_PASSED},
    {.year = 2021, .result = PILOT_PASSED}, {.year = 2022, .result = PILOT_PASSED},
    {.year = 2023, .result = PILOT_PASSED},
};

/* Passed once, for 2019. */
static pilot_claim claim_of(int64_t households, pilot_month first, pilot_month last)
{
    return (pilot_claim){.quantity[PILOT_PER_HOUSEHOLD] = known(households),
                         .first = first,
                         .last = last,
                         .assessments = pass_2019,
                         .assessment_count = COUNT(pass_2019)};
}

static pilot_award award_of(const pilot_policy *policy, const pilot_claim *claim,
                            pilot_award_line lines[LINES])
{
    pilot_award award;
    pilot_status status = pilot_award_compute(policy, claim, &award, lines, lines ? LINES : 0, NULL);
    CHECK(status == PILOT_OK, "status %d", (int)status);
    return award;
}

static pilot_money total_of(const pilot_policy *policy, const pilot_claim *claim)
{
    return award_of(policy, claim, NULL).total;
}

static bool same_rate(const pilot_rate *a, const pilot_rate *b)
{
    return a->first == b->first && a->last == b->last && a->price == b->price && a->basis == b->basis;
}

/* What the header promises of every award, whatever the claim. */
static void check_sums(const pilot_award *award, const pilot_award_line *lines)
{
    pilot_money amount = 0, city = 0, district = 0, withheld = 0;
    int32_t paid = 0, unpaid = 0;
    uint32_t reasons = 0;
    for (size_t i = 0; i < award->line_count; i++) {
        const pilot_award_line *l = &lines[i];
        CHECK(l->months == l->last - l->first + 1 && l->months >= 1, "line %zu: %d months", i,
              l->months);
        CHECK(pilot_month_year(l->first) == pilot_month_year(l->last), "line %zu: two years", i);
        CHECK(i == 0 || l->first == lines[i - 1].last + 1, "line %zu: a gap", i);
        CHECK(l->city + l->district == l->amount, "line %zu: split", i);
        CHECK(l->city >= 0 && l->district >= 0 && l->withheld >= 0, "line %zu: negative", i);
        CHECK(l->reason == PILOT_PAYABLE ? l->withheld == 0 : l->amount == 0, "line %zu: both", i);
        amount += l->amount;
        city += l->city;
        district += l->district;
        withheld += l->withheld;
        *(l->reason == PILOT_PAYABLE ? &paid : &unpaid) += l->months;
        reasons |= BIT(l->reason);
    }
    CHECK(award->city + award->district == award->total, "split of %" PRId64, award->total);
    CHECK(amount == award->total && city == award->city && district == award->district &&
              withheld == award->withheld,
          "lines give %" PRId64 ", the award %" PRId64, amount, award->total);
    CHECK(paid == award->months_paid && unpaid == award->months_withheld && reasons == award->reasons,
          "months %d and %d, reasons %u", paid, unpaid, reasons);
}

static pilot_money money_in(const cJSON *row, const char *key)
{
    pilot_money money = -1;
    CHECK(pilot_money_parse(cases_text(row, key), &money, NULL) == PILOT_OK, "%s", key);
    return money;
}

static pilot_month month_in(const cJSON *row, const char *key)
{
    pilot_month value = 0;
    CHECK(pilot_month_parse(cases_text(row, key), &value, NULL) == PILOT_OK, "%s", key);
    return value;
}

/* The Python suite reads the same cases. */
Test(reward, worked_numbers)
{
    pilot_policy *policy = notice();
    cJSON *rows = cases_read("tests/cases/reward.json");
    const cJSON *row;
    int number = 0;
    cJSON_ArrayForEach(row, rows)
    {
        const int communities = cJSON_GetObjectItemCaseSensitive(row, "communities")->valueint;
        pilot_claim claim = claim_of(cJSON_GetObjectItemCaseSensitive(row, "households")->valueint,
                                     month_in(row, "first"), month_in(row, "last"));
        pilot_award award = award_of(policy, &claim, NULL);
        const pilot_money total = money_in(row, "total_yuan"), city = money_in(row, "city_yuan");
        CHECK(award.total * communities == total, "row %d: %" PRId64, number, award.total);
        CHECK(award.city * communities == city && award.district * communities == total - city,
              "row %d: %" PRId64 " of the city", number, award.city);
        number++;
    }
    cr_assert_eq(number, 36);
    cJSON_Delete(rows);
    pilot_policy_free(policy);
}

Test(reward, rate_of_every_month)
{
    const struct {
        pilot_month first, last;
        int yuan;
    } rows[] = {
        {month(2018, 1), month(2018, 12), 0},  {month(2019, 1), month(2021, 12), 18},
        {month(2022, 1), month(2022, 12), 12}, {month(2023, 1), month(2023, 12), 6},
        {month(2024, 1), month(2024, 12), 0},
    };
    static const pilot_rate mark = {-1, -2, -3, PILOT_PER_COMMUNITY};
    pilot_policy *policy = notice();
    pilot_rate rate;
    for (size_t i = 0; i < COUNT(rows); i++)
        for (pilot_month m = rows[i].first; m <= rows[i].last; m++) {
            pilot_rate wanted = {rows[i].first, rows[i].last, rows[i].yuan * 10000, PILOT_PER_HOUSEHOLD};
            rate = mark;
            pilot_status status = pilot_rate_at(policy, m, &rate);
            CHECK(status == (rows[i].yuan ? PILOT_OK : PILOT_ERROR_NOT_FOUND), "month %d", m);
            CHECK(same_rate(&rate, rows[i].yuan ? &wanted : &mark), "month %d", m);
        }
    cr_assert_eq(pilot_rate_at(policy, month(1900, 1), &rate), PILOT_ERROR_NOT_FOUND);
    cr_assert_eq(pilot_rate_at(policy, month(2200, 12), &rate), PILOT_ERROR_NOT_FOUND);
    const pilot_month beyond[] = {month(1900, 1) - 1, month(2200, 12) + 1, INT32_MIN, INT32_MAX};
    for (size_t i = 0; i < COUNT(beyond); i++)
        cr_assert_eq(pilot_rate_at(policy, beyond[i], &rate), PILOT_ERROR_RANGE);
    cr_assert_eq(pilot_rate_at(NULL, month(2019, 1), &rate), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_rate_at(policy, month(2019, 1), NULL), PILOT_ERROR_ARGUMENT);

    int32_t first = 0;
    cr_assert_eq(pilot_policy_years(policy, &first), 5);
    cr_assert_eq(first, 2019);
    cr_assert_eq(pilot_policy_years(policy, NULL), 5);
    const pilot_rate gap[] = {{month(2019, 7), month(2019, 7), 1, PILOT_PER_COMMUNITY},
                              {month(2022, 12), month(2023, 1), 1, PILOT_PER_COMMUNITY}};
    pilot_policy *gapped = with_rates(gap, COUNT(gap));
    cr_assert_eq(pilot_policy_years(gapped, &first), 5);
    cr_assert_eq(first, 2019);
    cr_assert_eq(pilot_rate_at(gapped, month(2021, 1), &rate), PILOT_ERROR_NOT_FOUND);
    pilot_policy *empty = with_rates(gap, 0);
    cr_assert_eq(pilot_policy_years(empty, NULL), 0);
    cr_assert_eq(pilot_rate_at(empty, month(2019, 7), &rate), PILOT_ERROR_NOT_FOUND);
    pilot_policy_free(empty);
    pilot_policy_free(gapped);
    pilot_policy_free(policy);
}

Test(reward, schedule_of_a_community_that_passed)
{
    static const struct {
        int year, months, rate;
        int64_t yuan;
    } rows[] = {
        {2019, 1, 18, 33930},   {2020, 12, 18, 407160}, {2021, 12, 18, 407160},
        {2022, 12, 12, 271440}, {2023, 12, 6, 135720},
    };
    pilot_policy *policy = notice();
    pilot_claim claim = claim_of(1885, month(2019, 12), month(2023, 12));
    static pilot_award_line lines[LINES];
    pilot_award award = award_of(policy, &claim, lines);
    cr_assert_eq(award.total, 125541000);
    cr_assert_eq(award.city, 62770500);
    cr_assert_eq(award.district, 62770500);
    cr_assert_eq(award.withheld, 0);
    cr_assert_eq(award.months_paid, 49);
    cr_assert_eq(award.months_withheld, 0);
    cr_assert_eq(award.reasons, BIT(PILOT_PAYABLE));
    cr_assert_eq(award.line_count, COUNT(rows));
    check_sums(&award, lines);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const pilot_award_line *l = &lines[i];
        cr_assert_eq(l->first, month(rows[i].year, rows[i].year == 2019 ? 12 : 1));
        cr_assert_eq(l->last, month(rows[i].year, 12));
        cr_assert_eq(l->months, rows[i].months);
        cr_assert_eq(l->rate.price, rows[i].rate * 10000);
        cr_assert_eq(l->rate.basis, PILOT_PER_HOUSEHOLD);
        cr_assert_eq(l->reason, PILOT_PAYABLE);
        cr_assert_eq(l->amount, YUAN(rows[i].yuan));
        cr_assert_eq(l->city, YUAN(rows[i].yuan) / 2);
        cr_assert_eq(l->district, YUAN(rows[i].yuan) / 2);
        cr_assert_str_eq(l->clause, "4.4.1-4");
    }
    pilot_policy_free(policy);
}

Test(reward, month_rules)
{
    enum {
        SERVED = PILOT_MONTH_RULE_SERVICE_MONTHS,
        NOTICE = PILOT_MONTH_RULE_FROM_NOTICE,
        YEARS = PILOT_MONTH_RULE_CALENDAR_YEARS
    };
    const struct {
        int32_t rule;
        pilot_month first, last;
        pilot_month from, to; /* the months that count; from after to: none */
        int yuan, outside;    /* for one household */
    } rows[] = {
        {SERVED, month(2019, 12), month(2023, 12), month(2019, 12), month(2023, 12), 666, 0},
        {NOTICE, month(2019, 12), month(2023, 12), month(2019, 11), month(2023, 12), 684, 0},
        {YEARS, month(2019, 12), month(2023, 12), month(2019, 1), month(2023, 12), 864, 0},
        /* No month before the notice counts from the notice on, however early the service began. */
        {NOTICE, month(2019, 11), month(2023, 12), month(2019, 11), month(2023, 12), 684, 0},
        {NOTICE, month(2019, 5), month(2023, 12), month(2019, 11), month(2023, 12), 684, 0},
        {NOTICE, month(2019, 3), month(2019, 8), month(2019, 11), month(2019, 8), 0, 0},
        {NOTICE, month(2018, 6), month(2023, 12), month(2019, 11), month(2023, 12), 684, 0},
        {NOTICE, month(2018, 6), month(2019, 10), month(2019, 11), month(2019, 10), 0, 0},
        {NOTICE, month(2020, 3), month(2020, 12), month(2020, 3), month(2020, 12), 180, 0},
        {SERVED, month(2020, 3), month(2020, 12), month(2020, 3), month(2020, 12), 180, 0},
        {YEARS, month(2020, 3), month(2021, 5), month(2020, 1), month(2021, 12), 432, 0},
        {YEARS, month(2023, 6), month(2023, 6), month(2023, 1), month(2023, 12), 72, 0},
        {SERVED, month(2019, 3), month(2019, 3), month(2019, 3), month(2019, 3), 18, 0},
        {SERVED, month(2018, 6), month(2019, 2), month(2018, 6), month(2019, 2), 36, 7},
        {SERVED, month(2023, 11), month(2024, 3), month(2023, 11), month(2024, 3), 12, 3},
        {SERVED, month(2017, 12), month(2018, 2), month(2017, 12), month(2018, 2), 0, 3},
        {YEARS, month(2018, 6), month(2018, 7), month(2018, 1), month(2018, 12), 0, 12},
        {NOTICE, month(2024, 2), month(2024, 12), month(2024, 2), month(2024, 12), 0, 11},
        {SERVED, month(1900, 1), month(2200, 12), month(1900, 1), month(2200, 12), 864, 3552},
        {YEARS, month(1900, 12), month(2200, 1), month(1900, 1), month(2200, 12), 864, 3552},
    };
    static pilot_award_line lines[LINES];
    for (size_t i = 0; i < COUNT(rows); i++) {
        pilot_policy *policy = reading(notice(), PILOT_READING_MONTH_RULE, rows[i].rule);
        pilot_claim claim = claim_of(1, rows[i].first, rows[i].last);
        pilot_award award = award_of(policy, &claim, lines);
        check_sums(&award, lines);
        CHECK(award.total == YUAN(rows[i].yuan), "row %zu: %" PRId64, i, award.total);
        CHECK(award.months_withheld == rows[i].outside, "row %zu: %d", i, award.months_withheld);
        CHECK(award.months_paid == rows[i].to - rows[i].from + 1 - rows[i].outside ||
                  (award.months_paid == 0 && award.line_count == 0 && rows[i].from > rows[i].to),
              "row %zu: %d months", i, award.months_paid);
        CHECK(award.withheld == 0, "row %zu", i);
        CHECK(award.line_count == 0 ||
                  (lines[0].first == rows[i].from && lines[award.line_count - 1].last == rows[i].to),
              "row %zu", i);
        CHECK((award.line_count == 0) == (rows[i].from > rows[i].to), "row %zu: lines", i);
        CHECK(((award.reasons & BIT(PILOT_WITHHELD_OUTSIDE)) != 0) == (rows[i].outside != 0), "row %zu",
              i);
        for (size_t j = 0; j < award.line_count; j++) {
            int32_t year = pilot_month_year(lines[j].first);
            bool outside = lines[j].reason == PILOT_WITHHELD_OUTSIDE;
            CHECK(outside == (year < 2019 || year > 2023), "row %zu: %d", i, year);
            CHECK(!outside || (lines[j].rate.price == 0 && lines[j].rate.first == 0 &&
                               lines[j].rate.last == 0 && strcmp(lines[j].clause, "4.4.1-3") == 0),
                  "row %zu: %d", i, year);
        }
        pilot_policy_free(policy);
    }

    /* Published a month after its issue, the notice moves what counts from it on. */
    pilot_policy *policy = notice();
    pilot_parameters p = *pilot_policy_parameters(policy);
    p.issued = date(2019, 10, 31);
    p.readings[PILOT_READING_MONTH_RULE] = PILOT_MONTH_RULE_FROM_NOTICE;
    pilot_policy *issued = policy_of(&p);
    p.readings[PILOT_READING_IN_FORCE_FROM] = PILOT_IN_FORCE_FROM_PUBLISHED;
    pilot_policy *published = policy_of(&p);
    pilot_claim claim = claim_of(1, month(2019, 12), month(2023, 12));
    cr_assert_eq(total_of(issued, &claim), YUAN(702));
    cr_assert_eq(total_of(published, &claim), YUAN(684));
    pilot_policy_free(published);
    pilot_policy_free(issued);
    pilot_policy_free(policy);
}

#define MONTHS 60 /* 2019-01..2023-12 */

Test(reward, every_household_count_and_month_range, .timeout = 600)
{
    static const int yuan[] = {18, 18, 18, 12, 6};
    const int64_t step = stride();
    int ranges = 0;
    pilot_policy *policy = notice();
    static pilot_award_line lines[LINES];
    for (int from = 0; from < MONTHS; from++)
        for (int to = from; to < MONTHS; to++) {
            int64_t each = 0;
            for (int m = from; m <= to; m++)
                each += YUAN(yuan[m / 12]);
            ranges++;
            pilot_claim claim = claim_of(0, month(2019, 1) + from, month(2019, 1) + to);
            size_t most = pilot_award_lines_max(policy, &claim);
            for (int64_t households = 0; households <= 2000; households += step) {
                claim.quantity[PILOT_PER_HOUSEHOLD].value = households;
                pilot_award award = award_of(policy, &claim, lines);
                pilot_money amount = 0, city = 0, district = 0;
                for (size_t i = 0; i < award.line_count; i++) {
                    amount += lines[i].amount;
                    city += lines[i].city;
                    district += lines[i].district;
                }
                CHECK(award.total == households * each && award.city + award.district == award.total &&
                          award.city == award.district && award.months_paid == to - from + 1 &&
                          amount == award.total && city == award.city && district == award.district &&
                          award.line_count <= most,
                      "%" PRId64 " households, months %d to %d: %" PRId64, households, from, to,
                      award.total);
            }
        }
    cr_assert_eq(ranges, 1830);
    pilot_policy_free(policy);
}

Test(reward, parts_of_a_period_add_up_to_it)
{
    static pilot_award awards[MONTHS][MONTHS];
    pilot_policy *policy = notice();
    for (int from = 0; from < MONTHS; from++)
        for (int to = from; to < MONTHS; to++) {
            pilot_claim claim = claim_of(1885, month(2019, 1) + from, month(2019, 1) + to);
            awards[from][to] = award_of(policy, &claim, NULL);
        }
    for (int from = 0; from < MONTHS; from++)
        for (int to = from; to < MONTHS; to++)
            for (int cut = from; cut < to; cut++) {
                const pilot_award *whole = &awards[from][to], *before = &awards[from][cut],
                                  *after = &awards[cut + 1][to];
                CHECK(whole->total == before->total + after->total &&
                          whole->city == before->city + after->city &&
                          whole->district == before->district + after->district,
                      "%d to %d cut at %d", from, to, cut);
            }
    pilot_policy_free(policy);
}

/* "pass 2019 2020-02-29 fail 2021 -": the second without a date. */
static size_t assessments_of(const char *text, pilot_assessment list[5])
{
    char result[5], day[11];
    int year, used;
    size_t count = 0;
    for (; sscanf(text, "%4s %d %10s%n", result, &year, day, &used) == 3; text += used) {
        pilot_assessment *a = &list[count++];
        *a = (pilot_assessment){.year = year,
                                .result = strcmp(result, "pass") == 0   ? PILOT_PASSED
                                          : strcmp(result, "fail") == 0 ? PILOT_FAILED
                                                                        : PILOT_NOT_ASSESSED};
        a->date.known = pilot_date_parse(day, &a->date.value, NULL) == PILOT_OK;
    }
    return count;
}

/* Lines cut short lie side by side and give the same sums: 0.2003 yuan for 1.37 m² rounds each month. */
Test(reward, shorter_lines_add_up_to_the_award)
{
    const pilot_rate rate = {month(2019, 1), month(2021, 6), 2003, PILOT_PER_SQUARE_METRE};
    const pilot_assessment passed = {.year = 2019, .result = PILOT_PASSED};
    const pilot_claim claim = {.quantity = {[PILOT_PER_SQUARE_METRE] = {137, true}},
                               .first = month(2019, 12),
                               .last = month(2021, 10),
                               .assessments = &passed,
                               .assessment_count = 1};
    pilot_policy *metered = with_rates(&rate, 1);
    pilot_award whole;
    cr_assert_eq(pilot_award_compute(metered, &claim, &whole, NULL, 0, NULL), PILOT_OK);
    for (int32_t longest = 1; longest <= 13; longest++) {
        pilot_results results;
        pilot_award_steps steps;
        pilot_award_line line;
        pilot_month next = claim.first;
        int32_t greatest = 0;
        cr_assert_eq(pilot_award_start(metered, &claim, longest, &results, &steps), PILOT_OK);
        while (steps.next <= steps.last) {
            cr_assert_eq(pilot_award_step(&steps, &line), PILOT_OK);
            cr_assert_eq(line.first, next);
            next = line.last + 1;
            greatest = line.months > greatest ? line.months : greatest;
        }
        cr_assert_eq(next, claim.last + 1);
        cr_assert_eq(greatest, longest < 12 ? longest : 12);
        cr_assert_eq(steps.award.total, whole.total);
        cr_assert_eq(steps.award.city, whole.city);
        cr_assert_eq(steps.award.months_paid, 19);
    }
    pilot_policy_free(metered);
}

Test(reward, gate)
{
    enum { ONCE = PILOT_GATE_MODE_ONCE, ANNUAL = PILOT_GATE_MODE_ANNUAL };
    enum { PAID = 1 << PILOT_PAYABLE };
    enum { OPEN = 1 << PILOT_WITHHELD_NOT_ASSESSED, FAILED = 1 << PILOT_WITHHELD_FAILED };
    static const struct {
        int32_t mode;
        const char *assessments, *as_of;
        int paid, months; /* of 666 yuan and 49 months for one household */
        uint32_t reasons;
    } rows[] = {
        {ONCE, "", NULL, 0, 0, OPEN},
        {ONCE, "none 2019 2020-02-29", NULL, 0, 0, OPEN},
        {ONCE, "pass 2019 2020-02-29", NULL, 666, 49, PAID},
        {ONCE, "pass 2022 2023-02-28", NULL, 666, 49, PAID},
        {ONCE, "fail 2021 2022-02-28", NULL, 0, 0, FAILED},
        {ONCE, "pass 2019 2020-02-29 fail 2021 2022-02-28", NULL, 450, 37, PAID | FAILED},
        {ONCE, "fail 2019 2020-02-29 pass 2020 2021-02-28", NULL, 648, 48, PAID | FAILED},
        /* Of two for one year the later date holds, then the later place. */
        {ONCE, "fail 2019 2020-06-01 pass 2019 2020-02-29", NULL, 0, 0, FAILED},
        {ONCE, "pass 2019 2020-06-01 fail 2019 2020-02-29", NULL, 666, 49, PAID},
        {ONCE, "fail 2019 2020-02-29 pass 2019 2020-06-01", NULL, 666, 49, PAID},
        {ONCE, "pass 2019 2020-02-29 fail 2019 2020-06-01", NULL, 0, 0, FAILED},
        {ONCE, "fail 2019 2020-02-29 pass 2019 2020-02-29", NULL, 666, 49, PAID},
        {ONCE, "pass 2019 2020-02-29 fail 2019 2020-02-29", NULL, 0, 0, FAILED},
        {ONCE, "fail 2019 - pass 2019 -", NULL, 666, 49, PAID},
        {ONCE, "pass 2019 - fail 2019 -", NULL, 0, 0, FAILED},
        {ONCE, "pass 2019 2020-02-29 none 2019 2020-06-01", NULL, 666, 49, PAID},
        /* A pass that no longer holds opens no other year. */
        {ONCE, "pass 2019 2020-02-29 fail 2019 2020-06-01 fail 2020 2021-02-28", NULL, 0, 0, FAILED},
        {ONCE, "pass 2019 2020-02-29", "2020-02-29", 666, 49, PAID},
        {ONCE, "pass 2019 2020-02-29", "2020-02-28", 0, 0, OPEN},
        {ONCE, "fail 2019 2020-02-29", "2020-02-28", 0, 0, OPEN},
        {ONCE, "pass 2019 2020-02-29 fail 2019 2020-06-01", "2020-05-31", 666, 49, PAID},
        {ONCE, "pass 2019 2020-02-29 fail 2019 2020-06-01", "2020-06-01", 0, 0, FAILED},
        {ONCE, "pass 2019 2020-02-29 fail 2021 2022-02-28", "2021-12-31", 666, 49, PAID},
        /* A resit that is passed, of a second year as well, wherever it stands. */
        {ONCE, "pass 2020 2021-06-01 pass 2019 2020-02-29 fail 2020 2021-02-28", NULL, 666, 49, PAID},
        {ANNUAL, "pass 2019 2020-06-01 fail 2019 2020-02-29", NULL, 18, 1, PAID | OPEN},
        {ANNUAL, "pass 2019 2020-06-01 fail 2019 2020-02-29", "2020-05-31", 0, 0, FAILED | OPEN},
        {ANNUAL, "", NULL, 0, 0, OPEN},
        {ANNUAL, "pass 2019 2020-02-29", NULL, 18, 1, PAID | OPEN},
        {ANNUAL, "pass 2022 2023-02-28", NULL, 144, 12, PAID | OPEN},
        {ANNUAL, "fail 2022 2023-02-28", NULL, 0, 0, FAILED | OPEN},
        {ANNUAL, "pass 2019 - fail 2021 - pass 2022 -", NULL, 162, 13, PAID | FAILED | OPEN},
        {ANNUAL, "pass 2023 - pass 2020 - pass 2021 - pass 2022 - pass 2019 -", NULL, 666, 49, PAID},
        {ANNUAL, "pass 2019 2020-02-29 pass 2020 2021-02-28", "2021-02-27", 18, 1, PAID | OPEN},
        {ANNUAL, "pass 2019 2020-02-29 pass 2020 2021-02-28", "2021-02-28", 234, 13, PAID | OPEN},
    };
    static pilot_award_line lines[LINES];
    for (size_t i = 0; i < COUNT(rows); i++) {
        pilot_policy *policy = reading(notice(), PILOT_READING_GATE_MODE, rows[i].mode);
        pilot_claim claim = claim_of(1, month(2019, 12), month(2023, 12));
        pilot_assessment list[5];
        claim.assessment_count = assessments_of(rows[i].assessments, list);
        claim.assessments = claim.assessment_count ? list : NULL;
        if (rows[i].as_of) {
            cr_assert_eq(pilot_date_parse(rows[i].as_of, &claim.as_of.value, NULL), PILOT_OK);
            claim.as_of.known = true;
        }
        pilot_award award = award_of(policy, &claim, lines);
        check_sums(&award, lines);
        CHECK(award.total == YUAN(rows[i].paid), "row %zu: %" PRId64, i, award.total);
        CHECK(award.total + award.withheld == YUAN(666), "row %zu: %" PRId64, i, award.withheld);
        CHECK(award.months_paid == rows[i].months, "row %zu: %d months", i, award.months_paid);
        CHECK(award.months_paid + award.months_withheld == 49, "row %zu", i);
        CHECK(award.reasons == rows[i].reasons, "row %zu: reasons %u", i, award.reasons);
        for (size_t j = 0; j < award.line_count; j++) {
            const char *clause = lines[j].clause;
            CHECK(pilot_clause_find(clause), "row %zu: clause %s", i, clause);
            CHECK(lines[j].reason != PILOT_PAYABLE || strcmp(clause, "4.4.1-4") == 0, "%s", clause);
            CHECK(lines[j].reason != PILOT_WITHHELD_NOT_ASSESSED || strcmp(clause, "4.4.1-2") == 0, "%s",
                  clause);
            CHECK(lines[j].reason != PILOT_WITHHELD_FAILED || strcmp(clause, "4.4.1-2") == 0 ||
                      strcmp(clause, "5.5-4") == 0,
                  "%s", clause);
        }
        pilot_policy_free(policy);
    }
    cr_assert_str_eq(pilot_withheld_name(PILOT_PAYABLE), "payable");
    cr_assert_str_eq(pilot_withheld_name(PILOT_WITHHELD_NOT_ASSESSED), "not_assessed");
    cr_assert_str_eq(pilot_withheld_name(PILOT_WITHHELD_FAILED), "failed");
    cr_assert_str_eq(pilot_withheld_name(PILOT_WITHHELD_OUTSIDE), "outside_period");
    cr_assert_str_eq(pilot_withheld_name(PILOT_WITHHELD_BEFORE_PASS), "before_pass");
    cr_assert_null(pilot_withheld_name((pilot_withheld)5));
    cr_assert_null(pilot_withheld_name((pilot_withheld)-1));
}

/* 5.5-3: by from_the_pass months before that of the pass are not paid. */
Test(reward, a_pass_pays_from_its_month_on)
{
    enum { ONCE = PILOT_GATE_MODE_ONCE, ANNUAL = PILOT_GATE_MODE_ANNUAL };
    enum { PAID = 1 << PILOT_PAYABLE, BEFORE = 1 << PILOT_WITHHELD_BEFORE_PASS };
    enum { OPEN = 1 << PILOT_WITHHELD_NOT_ASSESSED, FAILED = 1 << PILOT_WITHHELD_FAILED };
    static const struct {
        int32_t mode;
        const char *assessments, *as_of;
        int paid, months; /* of 666 yuan and 49 months for one household */
        uint32_t reasons;
        const char *path; /* of what is missing */
    } rows[] = {
        /* By the notice's own date the assessment comes in February 2020, two months after the entry. */
        {ONCE, "pass 2019 2020-02-29", NULL, 630, 47, PAID | BEFORE, NULL},
        {ONCE, "pass 2019 2019-12-31", NULL, 666, 49, PAID, NULL},
        {ONCE, "pass 2019 2020-01-01", NULL, 648, 48, PAID | BEFORE, NULL},
        {ONCE, "pass 2022 2023-02-28", NULL, 66, 11, PAID | BEFORE, NULL},
        {ONCE, "pass 2022 2024-02-28", NULL, 0, 0, BEFORE, NULL},
        /* The first pass opens it, wherever it stands. */
        {ONCE, "pass 2020 2021-02-28 pass 2019 2020-02-29", NULL, 630, 47, PAID | BEFORE, NULL},
        /* A resit pays from its own month on. */
        {ONCE, "pass 2019 2020-06-01 fail 2019 2020-02-29", NULL, 558, 43, PAID | BEFORE, NULL},
        {ONCE, "pass 2019 2020-02-29 fail 2021 2022-02-28", NULL, 414, 35, PAID | BEFORE | FAILED, NULL},
        {ONCE, "fail 2019 2020-02-29", NULL, 0, 0, FAILED, NULL},
        {ONCE, "", NULL, 0, 0, OPEN, NULL},
        {ONCE, "pass 2019 2020-02-29", "2020-02-28", 0, 0, OPEN, NULL},
        {ONCE, "pass 2019 -", NULL, 0, 0, 0, "/assessments/0/date"},
        {ONCE, "fail 2021 - pass 2020 2021-02-28 pass 2019 -", NULL, 0, 0, 0, "/assessments/2/date"},
        {ONCE, "pass 2019 - fail 2019 2020-02-29 pass 2020 2021-01-31", NULL, 432, 36,
         PAID | BEFORE | FAILED, NULL},
        /* A year whose own pass comes in the year after is not paid at all. */
        {ANNUAL, "pass 2019 2020-02-29 pass 2020 2020-12-20 pass 2021 2021-06-30 pass 2022 2023-02-28",
         NULL, 144, 8, PAID | BEFORE | OPEN, NULL},
        {ANNUAL, "pass 2020 -", NULL, 0, 0, 0, "/assessments/0/date"},
        {ANNUAL, "pass 2018 - fail 2019 - pass 2020 2020-12-01", NULL, 18, 1,
         PAID | BEFORE | FAILED | OPEN, NULL},
    };
    static pilot_award_line lines[LINES];
    for (size_t i = 0; i < COUNT(rows); i++) {
        pilot_policy *policy = reading(notice(), PILOT_READING_GATE_MODE, rows[i].mode);
        policy = reading(policy, PILOT_READING_PASS_EFFECT, PILOT_PASS_EFFECT_FROM_THE_PASS);
        pilot_claim claim = claim_of(1, month(2019, 12), month(2023, 12));
        pilot_assessment list[5];
        pilot_error error;
        claim.assessment_count = assessments_of(rows[i].assessments, list);
        claim.assessments = list;
        if (rows[i].as_of) {
            cr_assert_eq(pilot_date_parse(rows[i].as_of, &claim.as_of.value, NULL), PILOT_OK);
            claim.as_of.known = true;
        }
        if (rows[i].path) {
            pilot_award none;
            CHECK(pilot_award_compute(policy, &claim, &none, NULL, 0, &error) ==
                          PILOT_ERROR_MISSING_VALUE &&
                      strcmp(error.path, rows[i].path) == 0,
                  "row %zu: %s", i, error.path);
            pilot_policy_free(policy);
            continue;
        }
        const size_t most = pilot_award_lines_max(policy, &claim);
        pilot_award award = award_of(policy, &claim, lines);
        check_sums(&award, lines);
        CHECK(award.line_count <= most, "row %zu: %zu lines", i, award.line_count);
        CHECK(award.total == YUAN(rows[i].paid), "row %zu: %" PRId64, i, award.total);
        CHECK(award.total + award.withheld == YUAN(666), "row %zu: %" PRId64, i, award.withheld);
        CHECK(award.months_paid == rows[i].months, "row %zu: %d months", i, award.months_paid);
        CHECK(award.reasons == rows[i].reasons, "row %zu: reasons %u", i, award.reasons);
        for (size_t j = 0; j < award.line_count; j++)
            CHECK(lines[j].reason != PILOT_WITHHELD_BEFORE_PASS || strcmp(lines[j].clause, "5.5-3") == 0,
                  "row %zu: %s", i, lines[j].clause);
        pilot_policy_free(policy);
    }
}

/* 4.4.1-3: months served before the notice was issued are paid, as they were served. */
Test(reward, months_served_before_the_notice)
{
    pilot_policy *policy = notice();
    const pilot_claim hundred = claim_of(100, month(2019, 3), month(2019, 12));
    const pilot_claim more = claim_of(120, month(2019, 3), month(2019, 12));
    cr_expect_eq(total_of(policy, &hundred), YUAN(18000));
    cr_expect_eq(total_of(policy, &more), YUAN(21600));
    pilot_policy_free(policy);
}

static const pilot_count recounted[] = {
    {.from = 18809, .households = {120, true}, .occupied_households = {70, true}}, /* 2021-07-01 */
    {.from = 18993, .building_area = {900000, true}},                              /* 2022-01-01 */
    {.from = 19188, .households = {130, true}, .paying_households = {60, true}},   /* 2022-07-15 */
};

/* 4.4.1-6, A-4: 100 households at the entry, 120 from July 2021 and 130 from the middle of July 2022. */
Test(reward, the_day_of_the_count)
{
    enum {
        ONCE = PILOT_HOUSEHOLD_DATE_ASSESSMENT,
        JANUARY = PILOT_HOUSEHOLD_DATE_JANUARY,
        MONTHLY = PILOT_HOUSEHOLD_DATE_EACH_MONTH
    };
    static const struct {
        int32_t date, basis;
        const char *assessments, *as_of;
        pilot_month first;
        int64_t yuan; /* through December 2023 */
        size_t lines, runs;
    } rows[] = {
        {ONCE, 0, "pass 2019 2020-02-29", NULL, 599, 66600, 5, 1},
        {ONCE, 0, "pass 2019 2020-02-29", "2023-12-31", 599, 66600, 5, 1},
        {ONCE, 0, "pass 2020 2021-07-01 pass 2021 2022-08-01", NULL, 599, 79920, 5, 1},
        {ONCE, 0, "fail 2020 2021-06-30 pass 2020 2021-07-31", NULL, 599, 79920, 5, 1},
        /* No day of a pass: the day asked about, or the last count. */
        {ONCE, 0, "pass 2019 -", "2021-06-30", 599, 66600, 5, 1},
        {ONCE, 0, "pass 2019 -", "2022-07-14", 599, 79920, 5, 1},
        {ONCE, 0, "pass 2019 -", NULL, 599, 86580, 5, 1},
        {JANUARY, 0, "pass 2019 2020-02-29", NULL, 599, 1800 + 21600 + 21600 + 17280 + 9360, 5, 3},
        /* Service from July 2021: that year by its first month, and from August 2022 likewise. */
        {JANUARY, 0, "pass 2021 -", NULL, 618, 12960 + 17280 + 9360, 3, 3},
        {JANUARY, 0, "pass 2021 -", NULL, 617, 7 * 1800 + 17280 + 9360, 3, 3},
        {JANUARY, 0, "pass 2022 -", NULL, 631, 5 * 1560 + 9360, 2, 1},
        {MONTHLY, 0, "pass 2019 2020-02-29", NULL, 599,
         1800 + 21600 + 10800 + 12960 + 10080 + 7800 + 9360, 7, 4},
        /* Of the occupied and of those that pay the counts say less. */
        {MONTHLY, 1, "pass 2019 2020-02-29", NULL, 599, 1800 + 21600 + 10800 + 70 * (6 * 18 + 144 + 72),
         6, 3},
        {MONTHLY, 2, "pass 2019 2020-02-29", NULL, 599, 1800 + 21600 + 21600 + 8400 + 60 * (60 + 72), 6,
         3},
    };
    static pilot_award_line lines[LINES];
    for (size_t i = 0; i < COUNT(rows); i++) {
        pilot_policy *policy = reading(notice(), PILOT_READING_HOUSEHOLD_DATE, rows[i].date);
        pilot_claim claim = claim_of(100, rows[i].first, month(2023, 12));
        pilot_assessment list[5];
        pilot_claim_run runs[8];
        size_t count = 0;
        claim.counts = recounted;
        claim.count_count = COUNT(recounted);
        claim.household_basis = rows[i].basis;
        claim.assessments = list;
        claim.assessment_count = assessments_of(rows[i].assessments, list);
        if (rows[i].as_of) {
            cr_assert_eq(pilot_date_parse(rows[i].as_of, &claim.as_of.value, NULL), PILOT_OK);
            claim.as_of.known = true;
        }
        pilot_award award = award_of(policy, &claim, lines);
        check_sums(&award, lines);
        CHECK(award.total == YUAN(rows[i].yuan), "row %zu: %" PRId64, i, award.total);
        CHECK(award.line_count == rows[i].lines, "row %zu: %zu lines", i, award.line_count);
        cr_assert_eq(pilot_claim_runs(policy, &claim, NULL, 0, &count, NULL), PILOT_OK);
        CHECK(count == rows[i].runs, "row %zu: %zu runs", i, count);
        cr_assert_eq(pilot_claim_runs(policy, &claim, runs, count, &count, NULL), PILOT_OK);
        CHECK(runs[0].first == claim.first && runs[count - 1].last == claim.last, "row %zu", i);
        if (count > 1) {
            size_t untouched = 7;
            cr_assert_eq(pilot_claim_runs(policy, &claim, runs, count - 1, &untouched, NULL),
                         PILOT_ERROR_CAPACITY);
            cr_assert_eq(untouched, 7);
        }
        pilot_policy_free(policy);
    }
}

/* A count of December cuts that month off, as any other does; it is refused out of its order, bad by
 * itself and at any place. */
Test(reward, dated_counts_one_by_one)
{
    pilot_policy *policy =
        reading(notice(), PILOT_READING_HOUSEHOLD_DATE, PILOT_HOUSEHOLD_DATE_EACH_MONTH);
    const pilot_assessment passed = {.year = 2020, .result = PILOT_PASSED};
    pilot_count counts[] = {{.from = date(2020, 1, 1), .households = {100, true}},
                            {.from = date(2020, 12, 1), .households = {90, true}},
                            {.from = date(2021, 3, 1), .households = {80, true}}};
    pilot_claim claim = {.first = month(2020, 1),
                         .last = month(2020, 12),
                         .assessments = &passed,
                         .assessment_count = 1,
                         .counts = counts,
                         .count_count = COUNT(counts)};
    pilot_award award;
    pilot_award_line lines[8];
    pilot_claim_run runs[4];
    pilot_error error;
    size_t count = 7;
    cr_assert_eq(pilot_award_compute(policy, &claim, &award, lines, COUNT(lines), NULL), PILOT_OK);
    cr_expect_eq(award.total, (11 * 100 + 90) * 1800);
    cr_expect_eq(award.line_count, 2);
    cr_expect_eq(lines[1].first, month(2020, 12));
    cr_assert_eq(pilot_claim_runs(policy, &claim, runs, COUNT(runs), &count, NULL), PILOT_OK);
    cr_expect_eq(count, 2);
    cr_expect_eq(runs[1].first, month(2020, 12));
    cr_expect_eq(pilot_claim_runs(policy, &claim, runs, COUNT(runs), NULL, NULL), PILOT_ERROR_ARGUMENT);

    for (size_t i = 1; i < COUNT(counts); i++) {
        const pilot_date own = counts[i].from;
        char path[32];
        snprintf(path, sizeof path, "/counts/%zu/from", i);
        counts[i].from = counts[i - 1].from;
        cr_expect_eq(pilot_award_compute(policy, &claim, &award, NULL, 0, &error), PILOT_ERROR_ORDER);
        cr_expect_str_eq(error.path, path);
        cr_expect_eq(pilot_claim_runs(policy, &claim, runs, COUNT(runs), &count, NULL),
                     PILOT_ERROR_ORDER);
        counts[i].from = own;
    }
    for (size_t i = 0; i < COUNT(counts); i++) {
        char path[32];
        snprintf(path, sizeof path, "/counts/%zu/households", i);
        counts[i].households.value = -1;
        cr_expect_eq(pilot_award_compute(policy, &claim, &award, NULL, 0, &error), PILOT_ERROR_RANGE);
        cr_expect_str_eq(error.path, path);
        counts[i].households.value = 1;
    }
    claim.household_basis = PILOT_HOUSEHOLD_BASIS_PAYING + 1;
    cr_expect_eq(pilot_award_compute(policy, &claim, &award, NULL, 0, &error), PILOT_ERROR_RANGE);
    cr_expect_str_eq(error.path, "/household_basis");
    pilot_policy_free(policy);
}

/* Of two passes of a year the undated one is named, and of another year's none. */
Test(reward, the_undated_pass_is_named)
{
    pilot_policy *policy = reading(notice(), PILOT_READING_PASS_EFFECT, PILOT_PASS_EFFECT_FROM_THE_PASS);
    const pilot_assessment list[] = {
        {.year = 2021, .result = PILOT_FAILED},
        {.year = 2020, .result = PILOT_FAILED},
        {.year = 2020, .result = PILOT_PASSED},
        {.year = 2021, .result = PILOT_PASSED, .date = {date(2022, 1, 31), true}},
        {.year = 2020, .result = PILOT_NOT_ASSESSED},
        {.year = 2021, .result = PILOT_NOT_ASSESSED},
    };
    const pilot_assessment later = {.year = 2028, .result = PILOT_PASSED};
    const pilot_claim claim = {.quantity = {{10, true}},
                               .first = month(2020, 1),
                               .last = month(2020, 12),
                               .assessments = list,
                               .assessment_count = COUNT(list)};
    pilot_award award;
    pilot_error error;
    cr_assert_eq(pilot_award_compute(policy, &claim, &award, NULL, 0, &error),
                 PILOT_ERROR_MISSING_VALUE);
    cr_expect_str_eq(error.path, "/assessments/2/date");
    pilot_claim alone = claim;
    alone.assessments = &later;
    alone.assessment_count = 1;
    cr_assert_eq(pilot_award_compute(policy, &alone, &award, NULL, 0, &error),
                 PILOT_ERROR_MISSING_VALUE);
    cr_expect_str_eq(error.path, "/assessments/0/date");
    pilot_policy_free(policy);
}

static pilot_policy *reform(const pilot_rate *rates, size_t count, pilot_rounding rounding,
                            pilot_share city_share)
{
    pilot_policy *policy = with_rates(rates, count);
    pilot_parameters p = *pilot_policy_parameters(policy);
    p.rounding = rounding;
    p.city_share = city_share;
    pilot_policy *made = policy_of(&p);
    pilot_policy_free(policy);
    return made;
}

static const pilot_share half = {1, 2};

Test(reward, bases)
{
    /* Zaozhuang Xuecheng 2023: 0.2 yuan per m² and month. */
    const pilot_rate xuecheng[] = {{month(2023, 1), month(2023, 12), 2000, PILOT_PER_SQUARE_METRE}};
    pilot_policy *policy = with_rates(xuecheng, 1);
    pilot_claim claim = claim_of(0, month(2023, 1), month(2023, 12));
    claim.quantity[PILOT_PER_HOUSEHOLD] = (pilot_opt_int){0};
    claim.quantity[PILOT_PER_SQUARE_METRE] = known(16430000);
    cr_assert_eq(total_of(policy, &claim), YUAN(394320));
    pilot_policy_free(policy);

    /* Shijiazhuang 2015: 0.3, 0.2 and 0.1 in three years. */
    const pilot_rate falling[] = {{month(2019, 1), month(2019, 12), 3000, PILOT_PER_SQUARE_METRE},
                                  {month(2020, 1), month(2020, 12), 2000, PILOT_PER_SQUARE_METRE},
                                  {month(2021, 1), month(2021, 12), 1000, PILOT_PER_SQUARE_METRE}};
    policy = with_rates(falling, 3);
    claim.first = month(2019, 1);
    claim.last = month(2021, 12);
    claim.quantity[PILOT_PER_SQUARE_METRE] = known(100050); /* 1000.50 m² */
    cr_assert_eq(total_of(policy, &claim), 720360);
    pilot_policy_free(policy);

    /* A twelfth of 10,000 yuan does not exist in 0.0001 yuan: 833.3333 x 12 x 3 = 29,999.9988. */
    const pilot_rate flat[] = {{month(2020, 1), month(2020, 12), 8333333, PILOT_PER_COMMUNITY}};
    claim.first = month(2020, 1);
    claim.last = month(2020, 12);
    claim.quantity[PILOT_PER_COMMUNITY] = known(3);
    policy = with_rates(flat, 1);
    cr_assert_eq(total_of(policy, &claim), YUAN(30000));
    pilot_policy_free(policy);
    policy = reform(flat, 1, PILOT_DOWN, half);
    cr_assert_eq(total_of(policy, &claim), YUAN(30000) - 1);
    pilot_policy_free(policy);

    const pilot_rate mixed[] = {{month(2019, 1), month(2019, 12), 180000, PILOT_PER_HOUSEHOLD},
                                {month(2020, 1), month(2020, 12), 2000, PILOT_PER_SQUARE_METRE},
                                {month(2021, 1), month(2021, 12), 10000000, PILOT_PER_COMMUNITY}};
    policy = with_rates(mixed, 3);
    const pilot_opt_int all[] = {known(100), known(1000000), known(2)};
    for (int unknown = 0; unknown < 8; unknown++)
        for (int from = 2018; from <= 2022; from++)
            for (int to = from; to <= 2022; to++)
                for (size_t passes = 0; passes <= COUNT(pass_2019); passes++) {
                    static const int yuan[] = {0, 21600, 24000, 24000, 0}; /* 2018..2022 */
                    pilot_money sum = 0;
                    bool missing = false;
                    for (int year = from; year <= to; year++) {
                        sum += YUAN(yuan[year - 2018]);
                        missing |= yuan[year - 2018] && (unknown >> (year - 2019) & 1);
                    }
                    for (int i = 0; i < 3; i++)
                        claim.quantity[i] = unknown >> i & 1 ? (pilot_opt_int){0} : all[i];
                    claim.first = month(from, 1);
                    claim.last = month(to, 12);
                    claim.assessment_count = passes;
                    pilot_award award = {0};
                    pilot_status status = pilot_award_compute(policy, &claim, &award, NULL, 0, NULL);
                    CHECK(status == (missing ? PILOT_ERROR_MISSING_VALUE : PILOT_OK),
                          "%d..%d without %d: status %d", from, to, unknown, (int)status);
                    CHECK(missing || (passes ? award.total : award.withheld) == sum, "%d..%d without %d",
                          from, to, unknown);
                }
    pilot_policy_free(policy);
}

Test(reward, rounds_once_and_splits_without_loss)
{
    const struct {
        pilot_price price;
        pilot_area area;
        int months;
        pilot_money fen[4]; /* half up, up, down, half even */
    } rows[] = {
        {305, 11850, 1, {361, 362, 361, 361}}, /* 3.61425 */
        {500, 110, 1, {6, 6, 5, 6}},           /* 0.055 */
        {500, 90, 1, {5, 5, 4, 4}},            /* 0.045 */
        {500, 90, 2, {9, 9, 9, 9}},
        {500, 90, 3, {14, 14, 13, 14}}, /* 0.135 */
        {500, 90, 5, {23, 23, 22, 22}}, /* 0.225 */
        {1, 1, 1, {0, 1, 0, 0}},
        {1, 100, 50, {1, 1, 0, 0}}, /* 0.005 */
        {1, 100, 49, {0, 1, 0, 0}},
        {1, 100, 51, {1, 1, 0, 1}},
        {2000, 0, 12, {0, 0, 0, 0}},
        {0, 16430000, 12, {0, 0, 0, 0}},
    };
    static pilot_award_line lines[LINES];
    for (size_t i = 0; i < COUNT(rows); i++)
        for (int rounding = 0; rounding < 4; rounding++) {
            pilot_rate rate = {month(2019, 1), month(2030, 12), rows[i].price, PILOT_PER_SQUARE_METRE};
            pilot_policy *policy = reform(&rate, 1, (pilot_rounding)rounding, half);
            pilot_claim claim = claim_of(0, month(2019, 12), month(2019, 12) + rows[i].months - 1);
            claim.quantity[PILOT_PER_SQUARE_METRE] = known(rows[i].area);
            pilot_award award = award_of(policy, &claim, lines);
            check_sums(&award, lines);
            CHECK(award.total == rows[i].fen[rounding], "row %zu, rounding %d: %" PRId64, i, rounding,
                  award.total);
            claim.assessment_count = 0;
            award = award_of(policy, &claim, lines);
            check_sums(&award, lines);
            CHECK(award.withheld == rows[i].fen[rounding] && award.total == 0, "row %zu: withheld", i);
            pilot_policy_free(policy);
        }

    static const struct {
        pilot_share share;
        pilot_money fen, city, city_takes_odd;
    } splits[] = {
        {{1, 2}, 4, 2, 2}, {{1, 2}, 5, 2, 3}, {{1, 2}, 1, 0, 1}, {{1, 3}, 3, 1, 1}, {{1, 3}, 4, 1, 2},
        {{1, 3}, 5, 1, 2}, {{2, 3}, 5, 3, 4}, {{0, 1}, 5, 0, 0}, {{1, 1}, 5, 5, 5}, {{1, 3}, 0, 0, 0},
    };
    for (size_t i = 0; i < COUNT(splits); i++) {
        pilot_rate rate = {month(2019, 1), month(2023, 12), 100, PILOT_PER_HOUSEHOLD};
        pilot_policy *policy = reform(&rate, 1, PILOT_HALF_UP, splits[i].share);
        pilot_claim claim = claim_of(splits[i].fen, month(2020, 1), month(2020, 1));
        pilot_award award = award_of(policy, &claim, NULL);
        CHECK(award.total == splits[i].fen && award.city == splits[i].city &&
                  award.district == splits[i].fen - splits[i].city,
              "split %zu: %" PRId64, i, award.city);
        policy = reading(policy, PILOT_READING_ODD_FEN_TO, PILOT_ODD_FEN_TO_CITY);
        award = award_of(policy, &claim, NULL);
        CHECK(award.total == splits[i].fen && award.city == splits[i].city_takes_odd &&
                  award.district == splits[i].fen - splits[i].city_takes_odd,
              "split %zu: %" PRId64, i, award.city);
        pilot_policy_free(policy);
    }
}

/* A random policy; its lists stay with the caller. */
static void random_parameters(pilot_parameters *p, pilot_rate rates[5])
{
    static const pilot_price grains[] = {1, 25, 50, 2500, 10000};
    const pilot_price grain = grains[below(COUNT(grains))];
    pilot_month next = month(2016, 1) + (pilot_month)below(30);
    p->rates = rates;
    p->rate_count = (size_t)below(6);
    for (size_t i = 0; i < p->rate_count; i++) {
        rates[i].first = next + (pilot_month)(below(2) ? 0 : below(9));
        rates[i].last = rates[i].first + (pilot_month)below(below(4) ? 20 : 2);
        rates[i].price = below(8) ? below(1000000 / grain) * grain : 0;
        rates[i].basis = (pilot_basis)below(3);
        next = rates[i].last + 1;
    }
    int64_t denominator = below(8) ? 1 + below(12) : 1 + below(PILOT_SHARE_MAX);
    CHECK(pilot_share_make(below(denominator + 1), denominator, &p->city_share) == PILOT_OK, "share");
    p->issued = date(2018, 1, 1) + (pilot_date)below(1000);
    p->published = p->issued + (pilot_date)below(60);
    p->rounding = (pilot_rounding)below(4);
    p->readings[PILOT_READING_MONTH_RULE] = (int32_t)below(3);
    p->readings[PILOT_READING_GATE_MODE] = (int32_t)below(2);
    p->readings[PILOT_READING_ODD_FEN_TO] = (int32_t)below(2);
    p->readings[PILOT_READING_IN_FORCE_FROM] = (int32_t)below(2);
    p->readings[PILOT_READING_HOUSEHOLD_DATE] = (int32_t)below(3);
    p->readings[PILOT_READING_PASS_EFFECT] =
        below(3) ? PILOT_PASS_EFFECT_RETROACTIVE : PILOT_PASS_EFFECT_FROM_THE_PASS;
}

enum { COUNTS = 4 };

/* What a random claim points at. */
typedef struct claim_lists {
    pilot_assessment assessments[6];
    pilot_count counts[COUNTS];
} claim_lists;

/* Every other claim has counts, some on the first of a month, some of which leave numbers out. */
static void random_counts(pilot_claim *claim, pilot_count counts[COUNTS])
{
    pilot_date day = date(2016, 1, 1) + (pilot_date)below(1500);
    claim->counts = counts;
    claim->count_count = below(2) ? (size_t)below(COUNTS + 1) : 0;
    claim->household_basis = (int32_t)below(3);
    for (size_t i = 0; i < claim->count_count; i++) {
        day += 1 + (pilot_date)below(500);
        if (below(2))
            day = pilot_month_first_day(pilot_month_of(day) + 1);
        counts[i] = (pilot_count){.from = day,
                                  .households = {below(50) * 100, below(4) != 0},
                                  .occupied_households = {below(5000), below(4) != 0},
                                  .paying_households = {below(5000), below(4) != 0},
                                  .building_area = {below(50000000), below(4) != 0}};
    }
}

/* Dates are few, so that ties are frequent; all are known or none, since the header ranks no others. */
static void random_claim(pilot_claim *claim, claim_lists *lists, bool complete)
{
    static const int64_t ends[] = {5000, 50000000, 12};
    pilot_assessment *list = lists->assessments;
    *claim = (pilot_claim){.assessments = list, .assessment_count = (size_t)below(7)};
    random_counts(claim, lists->counts);
    for (int i = 0; i < PILOT_BASIS_COUNT; i++)
        claim->quantity[i] = (pilot_opt_int){below(ends[i]), complete || below(10) != 0};
    if (below(2))
        claim->quantity[PILOT_PER_SQUARE_METRE].value /= 100;
    claim->first = month(2015, 6) + (pilot_month)below(100);
    claim->last = claim->first + (pilot_month)below(below(2) ? 100 : 14);
    bool dated = below(4) != 0;
    for (size_t i = 0; i < claim->assessment_count; i++)
        list[i] = (pilot_assessment){.year = 2016 + (int32_t)below(below(2) ? 9 : 2),
                                     .result = below(3) ? PILOT_PASSED : PILOT_FAILED,
                                     .date = {date(2020, 1, 1) + (pilot_date)below(6) * 100, dated}};
    claim->as_of =
        (pilot_opt_date){date(2020, 1, 1) + (pilot_date)below(7) * 100 - 50, dated && below(3) == 0};
}

/* The same award, computed as one would on paper: month by month, rounded at the end. */
typedef struct paper {
    bool missing;
    pilot_month from, to;
    pilot_withheld reasons[160];
    pilot_rate rates[160];
    int64_t quantities[160];
    pilot_money total, city, withheld;
    int32_t months_paid, months_withheld;
    uint32_t seen;
} paper;

/* The assessment that holds for the year; NULL where none does. */
static const pilot_assessment *result_of(const pilot_claim *claim, int32_t year)
{
    const pilot_assessment *held = NULL;
    pilot_date latest = INT32_MIN;
    for (size_t i = 0; i < claim->assessment_count; i++) {
        const pilot_assessment *a = &claim->assessments[i];
        pilot_date made = a->date.known ? a->date.value : 0;
        if (a->year != year || (claim->as_of.known && made > claim->as_of.value) || made < latest)
            continue;
        held = a;
        latest = made;
    }
    return held;
}

static bool passed_in(const pilot_claim *claim, int32_t year)
{
    const pilot_assessment *held = result_of(claim, year);
    return held && held->result == PILOT_PASSED;
}

/* The first day of all on which a pass was made that holds; INT32_MAX where there is none with a day. */
static pilot_date first_pass(const pilot_claim *claim)
{
    pilot_date first = INT32_MAX;
    for (int32_t year = 2010; year <= 2030; year++)
        if (passed_in(claim, year) && result_of(claim, year)->date.known &&
            result_of(claim, year)->date.value < first)
            first = result_of(claim, year)->date.value;
    return first;
}

/* Dates are all known or none: without one there is no month that a pass could pay from. */
static pilot_withheld gate_of(const pilot_parameters *p, const pilot_claim *claim, pilot_month month,
                              bool *missing)
{
    const int32_t year = 1970 + month / 12;
    const pilot_assessment *own = result_of(claim, year);
    const bool once = p->readings[PILOT_READING_GATE_MODE] == PILOT_GATE_MODE_ONCE;
    bool passed = own && own->result == PILOT_PASSED, failed = own && !passed;
    for (int32_t other = 2010; !own && once && other <= 2030; other++) {
        passed |= passed_in(claim, other);
        failed |= result_of(claim, other) != NULL;
    }
    if (!passed)
        return failed ? PILOT_WITHHELD_FAILED : PILOT_WITHHELD_NOT_ASSESSED;
    if (p->readings[PILOT_READING_PASS_EFFECT] == PILOT_PASS_EFFECT_RETROACTIVE)
        return PILOT_PAYABLE;
    const pilot_date from = once ? first_pass(claim) : own->date.value;
    *missing |= once ? from == INT32_MAX : !own->date.known;
    return !*missing && month < pilot_month_of(from) ? PILOT_WITHHELD_BEFORE_PASS : PILOT_PAYABLE;
}

/* What is counted for the month, which is one of those from first on. */
static pilot_opt_int quantity_of(const pilot_parameters *p, const pilot_claim *claim, pilot_basis basis,
                                 pilot_month month, pilot_month first)
{
    pilot_date day = first_pass(claim);
    pilot_opt_int found = claim->quantity[basis];
    if (day == INT32_MAX && claim->as_of.known)
        day = claim->as_of.value;
    if (p->readings[PILOT_READING_HOUSEHOLD_DATE] == PILOT_HOUSEHOLD_DATE_EACH_MONTH)
        day = date(1970 + month / 12, month % 12 + 1, 1);
    else if (p->readings[PILOT_READING_HOUSEHOLD_DATE] == PILOT_HOUSEHOLD_DATE_JANUARY)
        day = month / 12 == first / 12 ? date(1970 + first / 12, first % 12 + 1, 1)
                                       : date(1970 + month / 12, 1, 1);
    for (size_t i = 0; basis != PILOT_PER_COMMUNITY && i < claim->count_count; i++) {
        const pilot_count *c = &claim->counts[i];
        const pilot_opt_int households[] = {c->households, c->occupied_households, c->paying_households};
        const pilot_opt_int now =
            basis == PILOT_PER_SQUARE_METRE ? c->building_area : households[claim->household_basis];
        if (c->from <= day && now.known)
            found = now;
    }
    return found;
}

static pilot_money rounded(wide micro, pilot_rounding rounding)
{
    wide fen = micro / 10000, rest = micro % 10000;
    bool up = rounding == PILOT_UP        ? rest > 0
              : rounding == PILOT_HALF_UP ? rest >= 5000
              : rounding == PILOT_DOWN    ? false
                                          : rest > 5000 || (rest == 5000 && fen % 2 == 1);
    return (pilot_money)(fen + up);
}

static wide micro_of(int64_t quantity, const pilot_rate *rate)
{
    return (wide)quantity * rate->price * (rate->basis == PILOT_PER_SQUARE_METRE ? 1 : 100);
}

static void on_paper(const pilot_parameters *p, const pilot_claim *claim, paper *sheet)
{
    wide paid = 0, held = 0;
    *sheet = (paper){.from = claim->first, .to = claim->last};
    int32_t rule = p->readings[PILOT_READING_MONTH_RULE];
    pilot_month in_force = pilot_month_of(
        p->readings[PILOT_READING_IN_FORCE_FROM] == PILOT_IN_FORCE_FROM_ISSUED ? p->issued
                                                                               : p->published);
    while (rule == PILOT_MONTH_RULE_CALENDAR_YEARS && sheet->from % 12 != 0)
        sheet->from--;
    while (rule == PILOT_MONTH_RULE_CALENDAR_YEARS && sheet->to % 12 != 11)
        sheet->to++;
    if (rule == PILOT_MONTH_RULE_FROM_NOTICE && claim->first / 12 <= in_force / 12)
        sheet->from = in_force;
    for (pilot_month m = sheet->from; m <= sheet->to; m++) {
        const pilot_rate *rate = NULL;
        for (size_t i = 0; i < p->rate_count; i++)
            if (p->rates[i].first <= m && m <= p->rates[i].last)
                rate = &p->rates[i];
        pilot_withheld *reason = &sheet->reasons[m - sheet->from];
        *reason = rate ? gate_of(p, claim, m, &sheet->missing) : PILOT_WITHHELD_OUTSIDE;
        sheet->seen |= BIT(*reason);
        *(*reason == PILOT_PAYABLE ? &sheet->months_paid : &sheet->months_withheld) += 1;
        if (!rate)
            continue;
        sheet->rates[m - sheet->from] = *rate;
        const pilot_opt_int quantity = quantity_of(p, claim, rate->basis, m, sheet->from);
        sheet->missing |= !quantity.known;
        sheet->quantities[m - sheet->from] = quantity.known ? quantity.value : 0;
        *(*reason == PILOT_PAYABLE ? &paid : &held) += micro_of(quantity.value, rate);
    }
    pilot_share share = p->city_share;
    sheet->total = rounded(paid, p->rounding);
    sheet->withheld = rounded(held, p->rounding);
    sheet->city = (pilot_money)((wide)sheet->total * share.numerator / share.denominator);
    if (p->readings[PILOT_READING_ODD_FEN_TO] == PILOT_ODD_FEN_TO_CITY)
        sheet->city =
            sheet->total - (pilot_money)((wide)sheet->total * (share.denominator - share.numerator) /
                                         share.denominator);
}

/* Lines follow the sheet month by month, are as long as they can be, and each is within a fen of its
 * own exact amount. */
static void check_lines(const paper *sheet, const pilot_award_line *lines, size_t count)
{
    pilot_month next = sheet->from;
    for (size_t i = 0; i < count; i++) {
        const pilot_award_line *l = &lines[i];
        CHECK(l->first == next, "line %zu", i);
        for (; next <= l->last; next++) {
            CHECK(l->reason == sheet->reasons[next - sheet->from], "month %d: reason", next);
            CHECK(same_rate(&l->rate, &sheet->rates[next - sheet->from]), "month %d: rate", next);
            CHECK(l->quantity[l->rate.basis].value == sheet->quantities[next - sheet->from],
                  "month %d: quantity", next);
        }
        CHECK(i == 0 || l->first % 12 == 0 || !same_rate(&l->rate, &l[-1].rate) ||
                  l->reason != l[-1].reason ||
                  l->quantity[l->rate.basis].value != l[-1].quantity[l->rate.basis].value,
              "line %zu: cut", i);
        CHECK(pilot_clause_find(l->clause), "line %zu: clause", i);
        bool outside = l->reason == PILOT_WITHHELD_OUTSIDE;
        for (int basis = 0; basis < PILOT_BASIS_COUNT; basis++)
            CHECK(l->quantity[basis].known == (!outside && basis == (int)l->rate.basis),
                  "line %zu: quantity", i);
        wide exact = outside ? 0 : micro_of(l->quantity[l->rate.basis].value, &l->rate) * l->months;
        wide off = (wide)(l->amount + l->withheld) * 10000 - exact;
        CHECK(off >= -10000 && off <= 10000, "line %zu: %" PRId64, i, l->amount + l->withheld);
    }
    CHECK(count == 0 ? sheet->from > sheet->to : next == sheet->to + 1, "the last line");
}

Test(reward, random_policies_agree_with_paper, .timeout = 600)
{
    const int64_t policies = 4000 / stride() + 10;
    static pilot_award_line lines[LINES];
    static paper sheet;
    pilot_policy *basis = notice();
    pilot_parameters p = *pilot_policy_parameters(basis);
    int seen[5] = {0}, cuts = 0, missing = 0, split_odd = 0, inexact = 0;
    for (int64_t i = 0; i < policies; i++) {
        pilot_rate rates[5];
        random_parameters(&p, rates);
        pilot_policy *policy = policy_of(&p);
        for (int j = 0; j < 25; j++) {
            claim_lists lists;
            pilot_claim claim;
            pilot_award award;
            random_claim(&claim, &lists, false);
            on_paper(&p, &claim, &sheet);
            size_t most = pilot_award_lines_max(policy, &claim);
            CHECK(most <= LINES, "%zu lines", most);
            pilot_status status = pilot_award_compute(policy, &claim, &award, lines, most, NULL);
            CHECK(status == (sheet.missing ? PILOT_ERROR_MISSING_VALUE : PILOT_OK), "%" PRId64 ".%d: %d",
                  i, j, (int)status);
            missing += sheet.missing;
            if (sheet.missing)
                continue;
            CHECK(award.total == sheet.total && award.city == sheet.city &&
                      award.withheld == sheet.withheld,
                  "%" PRId64 ".%d: %" PRId64 " wanted %" PRId64, i, j, award.total, sheet.total);
            CHECK(award.months_paid == sheet.months_paid &&
                      award.months_withheld == sheet.months_withheld && award.reasons == sheet.seen,
                  "%" PRId64 ".%d: %d months paid", i, j, award.months_paid);
            check_sums(&award, lines);
            check_lines(&sheet, lines, award.line_count);
            for (int reason = 0; reason < 5; reason++)
                seen[reason] += (award.reasons & BIT(reason)) != 0;
            for (size_t k = 1; k < award.line_count; k++)
                cuts += lines[k].rate.basis == lines[k - 1].rate.basis &&
                        lines[k].quantity[lines[k].rate.basis].known &&
                        lines[k].quantity[lines[k].rate.basis].value !=
                            lines[k - 1].quantity[lines[k].rate.basis].value;
            split_odd += award.total * p.city_share.numerator % p.city_share.denominator != 0;
            inexact += award.total % 100 != 0;
        }
        pilot_policy_free(policy);
    }
    /* A generator gone astray would leave the checks above with nothing to check. */
    const int enough = (int)(policies * 25 / 100);
    for (int reason = 0; reason < 5; reason++)
        cr_assert_gt(seen[reason], enough);
    cr_assert_gt(cuts, enough);
    cr_assert_gt(missing, enough);
    cr_assert_gt(split_odd, enough);
    cr_assert_gt(inexact, enough);
    pilot_policy_free(basis);
}

/* A claim's runs are its months that count, each as many units as its lines are paid for. */
Test(reward, runs_are_what_the_lines_are_paid_for)
{
    const int64_t rounds = 2000 / stride() + 50;
    pilot_policy *basis = notice();
    pilot_parameters p = *pilot_policy_parameters(basis);
    static pilot_award_line lines[LINES];
    int several = 0;
    for (int64_t i = 0; i < rounds; i++) {
        pilot_rate rates[5];
        claim_lists lists;
        pilot_claim claim;
        pilot_claim_run runs[8];
        pilot_award award;
        size_t count = 0, at = 0;
        random_parameters(&p, rates);
        random_claim(&claim, &lists, true);
        pilot_policy *policy = policy_of(&p);
        cr_assert_eq(pilot_claim_runs(policy, &claim, runs, COUNT(runs), &count, NULL), PILOT_OK);
        CHECK(count <= claim.count_count + 1, "%zu runs", count);
        several += count > 1;
        for (size_t r = 1; r < count; r++)
            CHECK(runs[r].first == runs[r - 1].last + 1 &&
                      memcmp(runs[r].quantity, runs[r - 1].quantity, sizeof runs[r].quantity),
                  "run %zu", r);
        if (pilot_award_compute(policy, &claim, &award, lines, LINES, NULL) == PILOT_OK) {
            CHECK((count == 0) == (award.line_count == 0), "%zu runs", count);
            for (size_t l = 0; l < award.line_count; l++)
                for (pilot_month m = lines[l].first; m <= lines[l].last; m++) {
                    const pilot_opt_int paid_for = lines[l].quantity[lines[l].rate.basis];
                    at += runs[at].last < m;
                    CHECK(!paid_for.known ||
                              paid_for.value == runs[at].quantity[lines[l].rate.basis].value,
                          "line %zu", l);
                }
            CHECK(!count || runs[count - 1].last == lines[award.line_count - 1].last, "the end");
        }
        pilot_policy_free(policy);
    }
    cr_assert_gt(several, rounds / 20);
    pilot_policy_free(basis);
}

/* The award under each of the combinations, one policy per combination, without those for which
 * something is missing; false where it is for all. */
static bool range_on_paper(const pilot_parameters *parameters, const pilot_claim *claim,
                           pilot_range wanted[3])
{
    static pilot_award awards[CLAIM_COMBINATIONS];
    bool known[CLAIM_COMBINATIONS], any = false;
    pilot_parameters p = *parameters;
    for (int c = 0; c < CLAIM_COMBINATIONS; c++) {
        take_options(&p, c, CLAIM_READINGS);
        pilot_policy *policy = policy_of(&p);
        known[c] = pilot_award_compute(policy, claim, &awards[c], NULL, 0, NULL) == PILOT_OK;
        pilot_policy_free(policy);
    }
    for (int v = 0; v < 3; v++)
        wanted[v] = (pilot_range){INT64_MAX, INT64_MIN, 0};
    for (int a = 0; a < CLAIM_COMBINATIONS; a++) {
        const pilot_money x[] = {awards[a].total, awards[a].city, awards[a].district};
        any |= known[a];
        for (int v = 0; known[a] && v < 3; v++) {
            wanted[v].least = x[v] < wanted[v].least ? x[v] : wanted[v].least;
            wanted[v].greatest = x[v] > wanted[v].greatest ? x[v] : wanted[v].greatest;
        }
        for (int b = 0; known[a] && b < CLAIM_COMBINATIONS; b++) {
            const pilot_money y[] = {awards[b].total, awards[b].city, awards[b].district};
            const size_t at = known[b] ? differing(a, b) : CITY_READINGS;
            for (int v = 0; at < CITY_READINGS && v < 3; v++)
                if (x[v] != y[v])
                    wanted[v].moved_by |= PILOT_READING_BIT(bearing[at]);
        }
    }
    return any;
}

static void check_range(const pilot_range *got, const pilot_range *wanted, const char *what)
{
    CHECK(got->least == wanted->least && got->greatest == wanted->greatest,
          "%s: %" PRId64 "..%" PRId64 " wanted %" PRId64 "..%" PRId64, what, got->least, got->greatest,
          wanted->least, wanted->greatest);
    CHECK(got->moved_by == wanted->moved_by, "%s: moved by %x wanted %x", what, got->moved_by,
          wanted->moved_by);
}

static void check_ranges(const pilot_award_range *got, const pilot_range wanted[3])
{
    check_range(&got->total, &wanted[0], "total");
    check_range(&got->city, &wanted[1], "city");
    check_range(&got->district, &wanted[2], "district");
}

Test(reward, range_over_the_readings)
{
    const uint32_t by_months = PILOT_READING_BIT(PILOT_READING_MONTH_RULE),
                   by_gate = PILOT_READING_BIT(PILOT_READING_GATE_MODE),
                   by_odd_fen = PILOT_READING_BIT(PILOT_READING_ODD_FEN_TO),
                   by_force = PILOT_READING_BIT(PILOT_READING_IN_FORCE_FROM);
    pilot_policy *policy = notice();
    pilot_claim claim = claim_of(1885, month(2019, 12), month(2023, 12));
    claim.assessments = pass_each_year;
    claim.assessment_count = COUNT(pass_each_year);
    pilot_award_range range;
    const pilot_range passed_each_year[] = {{YUAN(1255410), YUAN(1628640), by_months},
                                            {YUAN(627705), YUAN(814320), by_months},
                                            {YUAN(627705), YUAN(814320), by_months}};
    cr_assert_eq(pilot_award_range_compute(policy, &claim, &range, NULL), PILOT_OK);
    check_ranges(&range, passed_each_year);

    /* The range is over the readings, whatever those of the policy. */
    for (size_t i = 0; i < CLAIM_READINGS; i++)
        for (int32_t option = 0; option < option_counts[i]; option++) {
            pilot_policy *other = reading(notice(), bearing[i], option);
            cr_assert_eq(pilot_award_range_compute(other, &claim, &range, NULL), PILOT_OK);
            check_ranges(&range, passed_each_year);
            pilot_policy_free(other);
        }

    /* Passed once: year by year only December 2019 is earned. */
    claim.assessment_count = 1;
    const pilot_range passed_once[] = {{YUAN(33930), YUAN(1628640), by_months | by_gate},
                                       {YUAN(16965), YUAN(814320), by_months | by_gate},
                                       {YUAN(16965), YUAN(814320), by_months | by_gate}};
    cr_assert_eq(pilot_award_range_compute(policy, &claim, &range, NULL), PILOT_OK);
    check_ranges(&range, passed_once);

    claim.assessment_count = 0;
    const pilot_range nothing[3] = {{0}};
    cr_assert_eq(pilot_award_range_compute(policy, &claim, &range, NULL), PILOT_OK);
    check_ranges(&range, nothing);

    const pilot_rate rate = {month(2020, 1), month(2020, 12), 100, PILOT_PER_HOUSEHOLD};
    pilot_policy *odd = with_rates(&rate, 1);
    claim = claim_of(1, month(2020, 1), month(2020, 12));
    claim.quantity[PILOT_PER_HOUSEHOLD].value = 5;
    claim.assessments = &pass_each_year[1];
    claim.last = month(2020, 1);
    const pilot_range odd_fen[] = {
        {5, 60, by_months}, {2, 30, by_months | by_odd_fen}, {2, 30, by_months | by_odd_fen}};
    cr_assert_eq(pilot_award_range_compute(odd, &claim, &range, NULL), PILOT_OK);
    check_ranges(&range, odd_fen);
    pilot_policy_free(odd);

    pilot_parameters p = *pilot_policy_parameters(policy);
    p.issued = date(2019, 9, 30);
    pilot_policy *early = policy_of(&p);
    claim = claim_of(1, month(2019, 10), month(2023, 12));
    claim.assessments = pass_each_year;
    claim.assessment_count = COUNT(pass_each_year);
    const pilot_range from_issue[] = {{YUAN(684), YUAN(864), by_months | by_force},
                                      {YUAN(342), YUAN(432), by_months | by_force},
                                      {YUAN(342), YUAN(432), by_months | by_force}};
    cr_assert_eq(pilot_award_range_compute(early, &claim, &range, NULL), PILOT_OK);
    check_ranges(&range, from_issue);
    pilot_policy_free(early);

    /* All of 2019 would need the area, which is not known: that reading is left out. */
    const pilot_rate mixed[] = {{month(2019, 1), month(2019, 6), 2000, PILOT_PER_SQUARE_METRE},
                                {month(2019, 7), month(2019, 12), 180000, PILOT_PER_HOUSEHOLD}};
    pilot_policy *incomplete = with_rates(mixed, 2);
    claim = claim_of(1, month(2019, 11), month(2019, 12));
    const pilot_range without[] = {
        {YUAN(36), YUAN(36), 0}, {YUAN(18), YUAN(18), 0}, {YUAN(18), YUAN(18), 0}};
    cr_assert_eq(pilot_award_range_compute(incomplete, &claim, &range, NULL), PILOT_OK);
    check_ranges(&range, without);
    pilot_policy_free(incomplete);

    const int64_t rounds = 400 / stride() + 10;
    for (int64_t i = 0; i < rounds; i++) {
        pilot_rate rates[5];
        claim_lists lists;
        pilot_range wanted[3];
        random_parameters(&p, rates);
        random_claim(&claim, &lists, true);
        pilot_policy *made = policy_of(&p);
        const bool any = range_on_paper(&p, &claim, wanted);
        CHECK(pilot_award_range_compute(made, &claim, &range, NULL) ==
                  (any ? PILOT_OK : PILOT_ERROR_MISSING_VALUE),
              "%" PRId64, i);
        if (any)
            check_ranges(&range, wanted);
        pilot_policy_free(made);
    }
    pilot_policy_free(policy);
}

/* Every byte of it shows whether something was written. */
typedef struct outputs {
    pilot_award award;
    pilot_award_range range;
    pilot_award_line lines[8];
} outputs;

Test(reward, bad_claims_are_refused)
{
    static const pilot_assessment bad_results[] = {
        {.year = 2019, .result = PILOT_PASSED},
        {.year = 2020, .result = (pilot_assessment_result)3},
        {.year = 2020, .result = (pilot_assessment_result)-1},
    };
    const pilot_month valid = month(2020, 1), early = month(1900, 1) - 1, late = month(2200, 12) + 1;
    pilot_policy *policy = notice();
    struct {
        const char *what;
        pilot_claim claim;
        pilot_status status;
    } rows[] = {
        {"last before first", claim_of(1, valid, valid - 1), PILOT_ERROR_ORDER},
        {"before 1900", claim_of(1, early, valid), PILOT_ERROR_RANGE},
        {"after 2200", claim_of(1, valid, late), PILOT_ERROR_RANGE},
        {"both before 1900", claim_of(1, early, early), PILOT_ERROR_RANGE},
        {"any month there is", claim_of(1, INT32_MIN, INT32_MAX), PILOT_ERROR_RANGE},
        {"more than money holds", claim_of(INT64_MAX, valid, valid), PILOT_ERROR_OVERFLOW},
        {"nearly as many", claim_of(INT64_MAX / 1800 + 1, valid, valid), PILOT_ERROR_OVERFLOW},
        {"negative households", claim_of(-1, valid, valid), PILOT_ERROR_RANGE},
        {"negative area, though no rate uses it", claim_of(1, valid, valid), PILOT_ERROR_RANGE},
        {"households unknown", claim_of(1, valid, valid), PILOT_ERROR_MISSING_VALUE},
        {"list missing", claim_of(1, valid, valid), PILOT_ERROR_ARGUMENT},
        {"second result 3", claim_of(1, valid, valid), PILOT_ERROR_RANGE},
        {"result -1", claim_of(1, valid, valid), PILOT_ERROR_RANGE},
    };
    const size_t n = COUNT(rows);
    rows[n - 5].claim.quantity[PILOT_PER_SQUARE_METRE] = known(-1);
    rows[n - 4].claim.quantity[PILOT_PER_HOUSEHOLD].known = false;
    rows[n - 3].claim.assessments = NULL;
    rows[n - 2].claim.assessments = bad_results;
    rows[n - 2].claim.assessment_count = 2;
    rows[n - 1].claim.assessments = &bad_results[2];
    outputs out;
    mark(&out, sizeof out);
    for (size_t i = 0; i < n; i++) {
        const pilot_claim *claim = &rows[i].claim;
        pilot_status with = pilot_award_compute(policy, claim, &out.award, out.lines, COUNT(out.lines),
                                                NULL),
                     without = pilot_award_compute(policy, claim, &out.award, NULL, 0, NULL),
                     range = pilot_award_range_compute(policy, claim, &out.range, NULL);
        CHECK(with == rows[i].status, "%s: status %d", rows[i].what, (int)with);
        CHECK(without == rows[i].status, "%s: status %d without lines", rows[i].what, (int)without);
        CHECK(range == rows[i].status, "%s: status %d of the range", rows[i].what, (int)range);
        CHECK(marked(&out, sizeof out), "%s: something was written", rows[i].what);
    }

    pilot_claim good = claim_of(1, valid, valid);
    pilot_award *award = &out.award;
    cr_assert_eq(pilot_award_compute(NULL, &good, award, NULL, 0, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_award_compute(policy, NULL, award, NULL, 0, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_award_compute(policy, &good, NULL, out.lines, 8, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_award_range_compute(NULL, &good, &out.range, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_award_range_compute(policy, NULL, &out.range, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_award_range_compute(policy, &good, NULL, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert(marked(&out, sizeof out));

    /* A quantity that is not known has no value that could be wrong. */
    good.quantity[PILOT_PER_COMMUNITY] = (pilot_opt_int){-1, false};
    cr_assert_eq(total_of(policy, &good), YUAN(18));
    pilot_claim many = claim_of(INT64_C(4000000000), month(2019, 1), month(2023, 12));
    cr_assert_eq(total_of(policy, &many), YUAN(INT64_C(3456000000000)));
    pilot_policy_free(policy);
}

Test(reward, room_for_lines)
{
    pilot_policy *policy = notice();
    pilot_claim claim = claim_of(1, month(2018, 6), month(2024, 6));
    static pilot_award_line lines[LINES];
    size_t count = award_of(policy, &claim, lines).line_count;
    cr_assert_eq(count, 7);
    cr_assert_geq(pilot_award_lines_max(policy, &claim), count);
    outputs out;
    cr_assert_eq(pilot_award_compute(policy, &claim, &out.award, out.lines, count, NULL), PILOT_OK);
    cr_assert_eq(pilot_award_compute(policy, &claim, &out.award, NULL, 0, NULL), PILOT_OK);
    cr_assert_eq(out.award.line_count, 7);
    mark(&out, sizeof out);
    for (size_t capacity = 0; capacity < count; capacity++) {
        pilot_status status = pilot_award_compute(policy, &claim, &out.award, out.lines, capacity, NULL);
        CHECK(status == PILOT_ERROR_CAPACITY, "room for %zu: status %d", capacity, (int)status);
    }
    for (size_t i = count; i < COUNT(out.lines); i++)
        CHECK(marked(&out.lines[i], sizeof out.lines[i]), "line %zu", i);
    pilot_policy_free(policy);
}

/* The failure comes only after lines that are in order. */
Test(reward, late_failures_leave_outputs_untouched)
{
    const pilot_rate rates[] = {{month(2019, 1), month(2019, 12), 0, PILOT_PER_HOUSEHOLD},
                                {month(2020, 1), month(2020, 12), 180000, PILOT_PER_HOUSEHOLD},
                                {month(2021, 1), month(2021, 12), 2000, PILOT_PER_SQUARE_METRE}};
    pilot_policy *policy = with_rates(rates, COUNT(rates));
    pilot_claim huge = claim_of(INT64_MAX, month(2019, 1), month(2020, 12)),
                incomplete = claim_of(1, month(2019, 1), month(2021, 12));
    outputs out;
    mark(&out, sizeof out);
    cr_expect_eq(pilot_award_range_compute(policy, &huge, &out.range, NULL), PILOT_ERROR_OVERFLOW);
    cr_expect_eq(pilot_award_range_compute(policy, &incomplete, &out.range, NULL),
                 PILOT_ERROR_MISSING_VALUE);
    cr_expect_eq(pilot_award_compute(policy, &huge, &out.award, NULL, 0, NULL), PILOT_ERROR_OVERFLOW);
    cr_expect(marked(&out, sizeof out));
    cr_expect_eq(pilot_award_compute(policy, &huge, &out.award, out.lines, 8, NULL),
                 PILOT_ERROR_OVERFLOW);
    cr_expect(marked(&out, sizeof out), "overflow");
    mark(&out, sizeof out);
    cr_expect_eq(pilot_award_compute(policy, &incomplete, &out.award, out.lines, 8, NULL),
                 PILOT_ERROR_MISSING_VALUE);
    cr_expect(marked(&out, sizeof out), "missing value");
    mark(&out, sizeof out);
    incomplete.last = month(2020, 12);
    cr_expect_eq(pilot_award_compute(policy, &incomplete, &out.award, out.lines, 1, NULL),
                 PILOT_ERROR_CAPACITY);
    cr_expect(marked(&out, sizeof out), "capacity");
    pilot_policy_free(policy);
}

Test(reward, receipt)
{
    pilot_policy *policy = notice();
    pilot_claim claim = claim_of(1, month(2019, 12), month(2019, 12));
    pilot_receipt receipt = award_of(policy, &claim, NULL).receipt;
    cr_assert_str_eq(receipt.library, pilot_version());
    cr_assert_str_eq(receipt.policy, "nanchang-2019");
    cr_assert_eq(receipt.fingerprint, pilot_policy_fingerprint(policy));
    cr_assert_not(receipt.as_of.known);
    claim.as_of = on(2020, 2, 29);
    receipt = award_of(policy, &claim, NULL).receipt;
    cr_assert(receipt.as_of.known);
    cr_assert_eq(receipt.as_of.value, 18321); /* 2020-02-29 */

    pilot_parameters p = *pilot_policy_parameters(policy);
    p.id = "0123456789-0123456789-0123456789-0123456789-abc";
    p.readings[PILOT_READING_GATE_MODE] = PILOT_GATE_MODE_ANNUAL;
    cr_assert_eq(strlen(p.id) + 1, sizeof receipt.policy);
    pilot_policy *other = policy_of(&p);
    pilot_receipt another = award_of(other, &claim, NULL).receipt;
    cr_assert_str_eq(another.policy, p.id);
    cr_assert_eq(another.fingerprint, pilot_policy_fingerprint(other));
    cr_assert_neq(another.fingerprint, receipt.fingerprint);
    pilot_policy_free(other);
    pilot_policy_free(policy);
}

Test(reward, edges_of_sums_and_sizes)
{
    pilot_policy *policy = notice();
    pilot_award award;
    /* Each line fits, their sum does not: 2^63 in 0.000001 yuan is some 9.2e12 yuan. */
    pilot_claim claim = claim_of(INT64_C(30000000000), month(2019, 1), month(2021, 12));
    cr_expect_eq(pilot_award_compute(policy, &claim, &award, NULL, 0, NULL), PILOT_ERROR_OVERFLOW);
    claim.assessment_count = 0;
    cr_expect_eq(pilot_award_compute(policy, &claim, &award, NULL, 0, NULL), PILOT_ERROR_OVERFLOW);
    claim.last = month(2019, 12);
    cr_expect_eq(pilot_award_compute(policy, &claim, &award, NULL, 0, NULL), PILOT_OK);
    /* A negative count is refused where nothing is payable as well. */
    for (int basis = 0; basis < PILOT_BASIS_COUNT; basis++) {
        pilot_claim negative = claim_of(1, month(2019, 12), month(2019, 12));
        negative.assessment_count = 0;
        negative.quantity[basis] = known(-1);
        cr_expect_eq(pilot_award_compute(policy, &negative, &award, NULL, 0, NULL), PILOT_ERROR_RANGE);
    }
    static const struct {
        pilot_month first, last;
        size_t most;
    } rooms[] = {{599, 647, 5 + 2 * 3},
                 {599, 599, 1 + 2 * 3},
                 {INT32_MIN, 647, 0},
                 {599, INT32_MAX, 0},
                 {599, 598, 0}};
    for (size_t i = 0; i < COUNT(rooms); i++) {
        const pilot_claim served = claim_of(1, rooms[i].first, rooms[i].last);
        cr_expect_eq(pilot_award_lines_max(policy, &served), rooms[i].most, "%zu", i);
        cr_expect_eq(pilot_award_lines_max(NULL, &served), 0);
    }
    cr_expect_eq(pilot_award_lines_max(policy, NULL), 0);

    /* The two parts have ranges of their own. */
    pilot_parameters parameters = *pilot_policy_parameters(policy);
    parameters.city_share = (pilot_share){1, 3};
    pilot_policy *uneven = policy_of(&parameters);
    pilot_award_range range;
    claim = claim_of(1885, month(2019, 12), month(2023, 12));
    cr_assert_eq(pilot_award_range_compute(uneven, &claim, &range, NULL), PILOT_OK);
    cr_expect_eq(range.city.greatest, INT64_C(54288000));
    cr_expect_eq(range.district.greatest, INT64_C(108576000));
    cr_expect_eq(range.city.least, (INT64_C(18) * 1885 * 100) / 3);
    cr_expect_eq(range.district.least, INT64_C(18) * 1885 * 100 - range.city.least);
    cr_expect_eq(range.total.least, INT64_C(18) * 1885 * 100, "one pass, and each year needing its own");
    pilot_policy_free(uneven);
    parameters.city_share = (pilot_share){1, 1};
    pilot_policy *alone = policy_of(&parameters);
    cr_assert_eq(pilot_award_range_compute(alone, &claim, &range, NULL), PILOT_OK);
    cr_expect_eq(range.city.moved_by, range.total.moved_by);
    cr_expect_neq(range.city.moved_by, 0);
    cr_expect_eq(range.district.moved_by, 0);
    pilot_policy_free(alone);
    pilot_policy_free(policy);
}

/* Years are those that the library knows; any other has no result. */
Test(reward, results_of_years)
{
    const int32_t most = PILOT_YEAR_MIN + PILOT_RESULT_WORDS * 64 - 1;
    const int32_t years[] = {
        PILOT_YEAR_MIN - 1, PILOT_YEAR_MIN, PILOT_YEAR_MIN + 1, 2019, most, most + 1};
    for (size_t i = 0; i < COUNT(years); i++) {
        const pilot_assessment failed = {.year = years[i], .result = PILOT_FAILED};
        const pilot_claim claim = {.assessments = &failed, .assessment_count = 1};
        const bool known = years[i] >= PILOT_YEAR_MIN && years[i] <= most;
        pilot_results results;
        cr_assert_eq(pilot_results_of(&claim, &results), PILOT_OK);
        cr_expect_eq(pilot_has_failed(&results), known, "%d", years[i]);
        for (size_t j = 0; j < COUNT(years); j++)
            cr_expect_eq(pilot_result_of_year(&results, years[j]),
                         known && i == j ? PILOT_FAILED : PILOT_NOT_ASSESSED, "%d, %d", years[i],
                         years[j]);
    }
}

/* A caller's bool can be any byte. */
Test(reward, bools_that_are_none)
{
    pilot_policy *policy = notice();
    pilot_assessment passed = {.year = 2020, .result = PILOT_PASSED};
    const pilot_claim good = claim_of(5, month(2020, 1), month(2020, 12));
    pilot_award award;
    for (int at = 0; at < 3; at++) {
        pilot_claim claim = good;
        claim.assessments = &passed;
        claim.assessment_count = 1;
        cr_assert_eq(pilot_award_compute(policy, &claim, &award, NULL, 0, NULL), PILOT_OK);
        memset(at == 0   ? &claim.quantity[PILOT_PER_HOUSEHOLD].known
               : at == 1 ? &claim.as_of.known
                         : &passed.date.known,
               2, 1);
        cr_expect_eq(pilot_award_compute(policy, &claim, &award, NULL, 0, NULL), PILOT_ERROR_ARGUMENT,
                     "%d", at);
    }
    pilot_policy_free(policy);
}
