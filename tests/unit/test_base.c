#include "common.h"
#include "base/base_internal.h"
#include "record/index.h"
#include "base/writer.h"

static const int64_t edges[] = {
    INT64_MIN,
    INT64_MIN + 1,
    INT64_MIN + 2,
    INT64_MIN / 2 - 1,
    INT64_MIN / 2,
    INT64_MIN / 2 + 1,
    -4294967297,
    -4294967296,
    -3037000500,
    -3037000499,
    -3,
    -2,
    -1,
    0,
    1,
    2,
    3,
    3037000499,
    3037000500,
    4294967296,
    4294967297,
    INT64_MAX / 2,
    INT64_MAX / 2 + 1,
    INT64_MAX - 2,
    INT64_MAX - 1,
    INT64_MAX,
};

/* Every bit length is equally likely, so that products both fit and do not. */
static int64_t random_value(void)
{
    int64_t value = (int64_t)(random_bits() >> (1 + below(63)));
    return below(2) == 0 ? value : -value - 1;
}

static wide magnitude(wide value)
{
    return value < 0 ? -value : value;
}

static bool fits(wide value)
{
    return value >= INT64_MIN && value <= INT64_MAX;
}

Test(base, version)
{
    char headers[32];
    snprintf(headers, sizeof headers, "%d.%d.%d", PILOT_VERSION_MAJOR, PILOT_VERSION_MINOR,
             PILOT_VERSION_PATCH);
    cr_assert_str_eq(headers, PILOT_VERSION);
    cr_assert_str_eq(pilot_version(), headers);
}

Test(base, statuses_have_distinct_names_and_texts)
{
    cr_assert_str_eq(pilot_status_name(PILOT_OK), "ok");
    cr_assert_str_eq(pilot_status_name(PILOT_ERROR_MEMORY), "memory");
    cr_assert_str_eq(pilot_status_name(PILOT_ERROR_PRECISION), "precision");
    cr_assert_str_eq(pilot_status_name(PILOT_ERROR_DUPLICATE_KEY), "duplicate_key");
    cr_assert_str_eq(pilot_status_name(PILOT_ERROR_INCONSISTENT), "inconsistent");
    for (int i = 0; i < PILOT_STATUS_END; i++) {
        const char *name = pilot_status_name((pilot_status)i),
                   *text = pilot_status_text((pilot_status)i, PILOT_ENGLISH);
        CHECK(name[0] != '\0' && name[strspn(name, "abcdefghijklmnopqrstuvwxyz_")] == '\0',
              "status %d is named \"%s\"", i, name);
        CHECK(strlen(text) > 10 && text[strlen(text) - 1] == '.', "status %d: \"%s\"", i, text);
        for (int j = 0; j < i; j++) {
            CHECK(strcmp(name, pilot_status_name((pilot_status)j)) != 0, "%d and %d: %s", i, j, name);
            CHECK(strcmp(text, pilot_status_text((pilot_status)j, PILOT_ENGLISH)) != 0, "%d and %d: %s",
                  i, j, text);
        }
    }
    const int beyond[] = {PILOT_STATUS_END, PILOT_STATUS_END + 1, 1000, INT32_MAX, -1, INT32_MIN};
    for (size_t i = 0; i < COUNT(beyond); i++) {
        cr_assert_str_eq(pilot_status_name((pilot_status)beyond[i]), "?");
        cr_assert_not_null(pilot_status_text((pilot_status)beyond[i], PILOT_ENGLISH));
    }
}

typedef pilot_status arithmetic(int64_t, int64_t, int64_t *);

/* Whether the exact result fits. */
static bool check_arithmetic(arithmetic *function, char sign, int64_t a, int64_t b, wide exact)
{
    int64_t result = 4711;
    pilot_status status = function(a, b, &result);
    CHECK(status == (fits(exact) ? PILOT_OK : PILOT_ERROR_OVERFLOW),
          "%" PRId64 " %c %" PRId64 " gave status %d", a, sign, b, (int)status);
    CHECK(result == (fits(exact) ? (int64_t)exact : 4711), "%" PRId64 " %c %" PRId64 " gave %" PRId64, a,
          sign, b, result);
    return fits(exact);
}

static int check_pair(int64_t a, int64_t b)
{
    return (check_arithmetic(pilot_add, '+', a, b, (wide)a + b) ? 1 : 0) +
           (check_arithmetic(pilot_subtract, '-', a, b, (wide)a - b) ? 1 : 0) +
           (check_arithmetic(pilot_multiply, '*', a, b, (wide)a * b) ? 1 : 0);
}

Test(base, arithmetic_is_exact_or_refused)
{
    for (size_t i = 0; i < COUNT(edges); i++)
        for (size_t j = 0; j < COUNT(edges); j++)
            check_pair(edges[i], edges[j]);
    int pairs = 300000, fitting = 0;
    for (int i = 0; i < pairs; i++)
        fitting += check_pair(random_value(), random_value());
    cr_assert(fitting > pairs && fitting < 3 * pairs - 100000, "the pairs are lopsided: %d", fitting);
}

/* The candidate that the rounding's definition names, looked for around the quotient. */
static wide slow_quotient(wide dividend, wide divisor, pilot_rounding rounding)
{
    wide around = dividend / divisor, best = 0, best_distance = -1;
    for (wide candidate = around - 2; candidate <= around + 2; candidate++) {
        wide distance = magnitude(dividend - candidate * divisor);
        if (distance >= divisor)
            continue;
        wide reach = magnitude(candidate * divisor);
        if ((rounding == PILOT_UP && reach < magnitude(dividend)) ||
            (rounding == PILOT_DOWN && reach > magnitude(dividend)))
            continue;
        bool tie_won =
            rounding == PILOT_HALF_EVEN ? candidate % 2 == 0 : magnitude(candidate) > magnitude(best);
        if (best_distance < 0 || distance < best_distance || (distance == best_distance && tie_won)) {
            best = candidate;
            best_distance = distance;
        }
    }
    return best;
}

static void check_divide(int64_t dividend, int64_t divisor)
{
    for (int rounding = PILOT_HALF_UP; rounding <= PILOT_HALF_EVEN; rounding++) {
        int64_t quotient = 4711;
        pilot_status status = pilot_divide(dividend, divisor, (pilot_rounding)rounding, &quotient);
        CHECK(status == PILOT_OK, "status %d", (int)status);
        CHECK(quotient == slow_quotient(dividend, divisor, (pilot_rounding)rounding),
              "%" PRId64 " / %" PRId64 " rounded by %d gave %" PRId64, dividend, divisor, rounding,
              quotient);
    }
}

Test(base, division_rounds_as_named)
{
    static const struct {
        int64_t dividend, divisor, half_up, up, down, half_even;
    } known[] = {
        {5, 2, 3, 3, 2, 2},
        {-5, 2, -3, -3, -2, -2},
        {7, 2, 4, 4, 3, 4},
        {-7, 2, -4, -4, -3, -4},
        {1, 2, 1, 1, 0, 0},
        {-1, 2, -1, -1, 0, 0},
        {1, 3, 0, 1, 0, 0},
        {-1, 3, 0, -1, 0, 0},
        {2, 3, 1, 1, 0, 1},
        {-2, 3, -1, -1, 0, -1},
        {6, 3, 2, 2, 2, 2},
        {-6, 3, -2, -2, -2, -2},
        {0, 7, 0, 0, 0, 0},
        {INT64_MIN, 1, INT64_MIN, INT64_MIN, INT64_MIN, INT64_MIN},
        {INT64_MIN, INT64_MAX, -1, -2, -1, -1},
        {INT64_MAX, 2, 4611686018427387904, 4611686018427387904, 4611686018427387903,
         4611686018427387904},
        {4611686018427387904, INT64_MAX, 1, 1, 0, 1},
        {4611686018427387903, INT64_MAX, 0, 1, 0, 0},
    };
    for (size_t i = 0; i < COUNT(known); i++) {
        const int64_t wanted[] = {known[i].half_up, known[i].up, known[i].down, known[i].half_even};
        const pilot_rounding modes[] = {PILOT_HALF_UP, PILOT_UP, PILOT_DOWN, PILOT_HALF_EVEN};
        for (size_t j = 0; j < COUNT(modes); j++) {
            int64_t quotient = 4711;
            cr_assert_eq(pilot_divide(known[i].dividend, known[i].divisor, modes[j], &quotient),
                         PILOT_OK);
            cr_assert_eq(quotient, wanted[j], "row %zu, mode %zu: %" PRId64, i, j, quotient);
        }
    }
    for (int64_t dividend = -300; dividend <= 300; dividend++)
        for (int64_t divisor = 1; divisor <= 60; divisor++)
            check_divide(dividend, divisor);
    for (size_t i = 0; i < COUNT(edges); i++)
        for (size_t j = 0; j < COUNT(edges); j++)
            if (edges[j] > 0)
                check_divide(edges[i], edges[j]);
    for (int i = 0; i < 200000; i++) {
        int64_t divisor = random_value();
        check_divide(random_value(), divisor < 0 ? -(divisor + 1) + 1 : divisor + (divisor == 0));
    }

    int64_t quotient = 4711;
    cr_assert_eq(pilot_divide(1, 0, PILOT_UP, &quotient), PILOT_ERROR_RANGE);
    cr_assert_eq(pilot_divide(1, -1, PILOT_UP, &quotient), PILOT_ERROR_RANGE);
    cr_assert_eq(pilot_divide(INT64_MIN, INT64_MIN, PILOT_UP, &quotient), PILOT_ERROR_RANGE);
    cr_assert_eq(pilot_divide(4, 2, (pilot_rounding)4, &quotient), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_divide(4, 2, (pilot_rounding)-1, &quotient), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(quotient, 4711);
}

static int32_t largest_common_divisor(int32_t a, int32_t b)
{
    for (int32_t divisor = a > b ? a : b;; divisor--)
        if (a % divisor == 0 && b % divisor == 0)
            return divisor;
}

static void check_share_make(int64_t numerator, int64_t denominator, int32_t top, int32_t bottom)
{
    pilot_share share = {-7, -7};
    pilot_status status = pilot_share_make(numerator, denominator, &share);
    CHECK(status == (bottom == -7 ? PILOT_ERROR_RANGE : PILOT_OK) && share.numerator == top &&
              share.denominator == bottom,
          "%" PRId64 "/%" PRId64 " gave status %d and %" PRId32 "/%" PRId32, numerator, denominator,
          (int)status, share.numerator, share.denominator);
}

Test(base, shares_are_reduced)
{
    for (int32_t bottom = 1; bottom <= 150; bottom++)
        for (int32_t top = 0; top <= bottom; top++) {
            int32_t divisor = largest_common_divisor(top, bottom);
            check_share_make(top, bottom, top / divisor, bottom / divisor);
        }
    static const struct {
        int64_t numerator, denominator;
        int32_t top, bottom;
    } known[] = {
        {INT64_MAX, INT64_MAX, 1, 1},
        {0, INT64_MAX, 0, 1},
        {4611686018427387902, 9223372036854775804, 1, 2},
        {8999991000000000000, 9000000000000000000, 999999, 1000000},
        {2, 2000000, 1, 1000000},
        {999999, 1000000, 999999, 1000000},
        {1, 1000001, -7, -7},
        {2, 2000002, -7, -7},
        {1, INT64_MAX, -7, -7},
        {INT64_MAX - 1, INT64_MAX, -7, -7},
        {1, 0, -7, -7},
        {0, 0, -7, -7},
        {2, 1, -7, -7},
        {-1, 2, -7, -7},
        {1, -2, -7, -7},
        {-1, -2, -7, -7},
        {-1, 1000000, -7, -7},
        {INT64_MIN, INT64_MIN, -7, -7},
        {0, INT64_MIN, -7, -7},
        {INT64_MIN, INT64_MAX, -7, -7},
    };
    for (size_t i = 0; i < COUNT(known); i++)
        check_share_make(known[i].numerator, known[i].denominator, known[i].top, known[i].bottom);
}

static void check_share_of(int64_t total, pilot_share share)
{
    int64_t part = -7;
    pilot_status status = pilot_share_of(total, share, &part);
    CHECK(status == PILOT_OK, "status %d", (int)status);
    wide exact = (wide)total * share.numerator;
    CHECK((wide)part * share.denominator <= exact && exact < ((wide)part + 1) * share.denominator,
          "%" PRId32 "/%" PRId32 " of %" PRId64 " gave %" PRId64, share.numerator, share.denominator,
          total, part);
    CHECK(part >= 0 && part <= total, "%" PRId64 " of %" PRId64, part, total);
}

Test(base, a_share_of_a_total_is_its_floor)
{
    static const pilot_share shares[] = {{0, 1}, {1, 1},       {1, 2},
                                         {2, 3}, {1, 1000000}, {999999, 1000000}};
    for (size_t i = 0; i < COUNT(shares); i++) {
        for (int64_t total = 0; total < 100; total++)
            check_share_of(total, shares[i]);
        for (size_t j = 0; j < COUNT(edges); j++)
            if (edges[j] >= 0)
                check_share_of(edges[j], shares[i]);
    }
    for (int i = 0; i < 300000; i++) {
        pilot_share share;
        int64_t bottom = 1 + below(PILOT_SHARE_MAX);
        CHECK(pilot_share_make(below(bottom + 1), bottom, &share) == PILOT_OK, "no share");
        int64_t total = random_value();
        check_share_of(total < 0 ? -(total + 1) : total, share);
    }

    static const pilot_share none[] = {
        {0, 0},
        {1, 0},
        {2, 1},
        {-1, 2},
        {1, -2},
        {-1, -2},
        {2, 4},
        {0, 2},
        {1000000, 1000000},
        {1, 1000001},
        {INT32_MIN, INT32_MIN},
        {INT32_MIN, INT32_MAX},
        {INT32_MAX, INT32_MAX},
        {0, INT32_MIN},
    };
    int64_t part = -7;
    pilot_text text;
    for (size_t i = 0; i < COUNT(none); i++) {
        cr_assert_eq(pilot_share_of(100, none[i], &part), PILOT_ERROR_RANGE, "row %zu", i);
        cr_assert_str_eq(pilot_share_text(none[i], &text), "?", "row %zu", i);
    }
    cr_assert_eq(pilot_share_of(-1, shares[2], &part), PILOT_ERROR_RANGE);
    cr_assert_eq(pilot_share_of(INT64_MIN, shares[1], &part), PILOT_ERROR_RANGE);
    cr_assert_eq(part, -7);
}

static int32_t year_length(int32_t year)
{
    if (year % 400 == 0)
        return 366;
    return year % 100 != 0 && year % 4 == 0 ? 366 : 365;
}

static int32_t month_length(int32_t year, int32_t month_of_year)
{
    switch (month_of_year) {
    case 2:
        return year_length(year) - 337;
    case 4:
    case 6:
    case 9:
    case 11:
        return 30;
    default:
        return 31;
    }
}

static void check_day(int32_t year, int32_t month_of_year, int32_t day, pilot_month month,
                      pilot_date date)
{
    char wanted[64];
    snprintf(wanted, sizeof wanted, "%04" PRId32 "-%02" PRId32 "-%02" PRId32, year, month_of_year, day);
    pilot_date made = -7, read = -7;
    CHECK(pilot_date_make(year, month_of_year, day, &made) == PILOT_OK && made == date, "%s", wanted);
    int32_t parts[3] = {-7, -7, -7};
    pilot_date_parts(date, &parts[0], &parts[1], &parts[2]);
    CHECK(parts[0] == year && parts[1] == month_of_year && parts[2] == day, "%s", wanted);
    CHECK(pilot_date_valid(date) && pilot_month_of(date) == month, "%s", wanted);
    pilot_text text;
    CHECK(pilot_date_text(date, &text) == text.text && strcmp(text.text, wanted) == 0,
          "%s printed as %s", wanted, text.text);
    CHECK(pilot_date_parse(wanted, &read, NULL) == PILOT_OK && read == date, "%s", wanted);
}

static void check_month(int32_t year, int32_t month_of_year, pilot_month month, pilot_date first)
{
    char wanted[64];
    snprintf(wanted, sizeof wanted, "%04" PRId32 "-%02" PRId32, year, month_of_year);
    pilot_month made = -9999, read = -9999;
    CHECK(pilot_month_make(year, month_of_year, &made) == PILOT_OK && made == month, "%s", wanted);
    int32_t parts[2] = {-7, -7};
    pilot_month_parts(month, &parts[0], &parts[1]);
    CHECK(parts[0] == year && parts[1] == month_of_year, "%s", wanted);
    CHECK(pilot_month_valid(month) && pilot_month_year(month) == year, "%s", wanted);
    CHECK(pilot_month_first_day(month) == first, "%s", wanted);
    CHECK(pilot_month_last_day(month) == first + month_length(year, month_of_year) - 1, "%s", wanted);
    pilot_text text;
    CHECK(pilot_month_text(month, &text) == text.text && strcmp(text.text, wanted) == 0,
          "%s printed as %s", wanted, text.text);
    CHECK(pilot_month_parse(wanted, &read, NULL) == PILOT_OK && read == month, "%s", wanted);
}

/* 1900-01-01 is 25567 days and 840 months before 1970-01-01: 70 years, 17 of them leap years. */
Test(base, every_day_of_three_centuries)
{
    pilot_date date = -(70 * 365 + 17);
    pilot_month month = -70 * 12;
    for (int32_t year = 1900; year <= 2200; year++) {
        pilot_date new_year = date;
        for (int32_t month_of_year = 1; month_of_year <= 12; month_of_year++, month++) {
            check_month(year, month_of_year, month, date);
            for (int32_t day = 1; day <= month_length(year, month_of_year); day++, date++)
                check_day(year, month_of_year, day, month, date);
        }
        CHECK(date - new_year == year_length(year), "the test's own calendar is wrong");
    }
    cr_assert_eq(date, 84371, "2201-01-01");
    cr_assert(!pilot_date_valid(date) && !pilot_date_valid(-25568));
    cr_assert(!pilot_date_valid(INT32_MIN) && !pilot_date_valid(INT32_MAX));
    cr_assert(!pilot_month_valid(month) && !pilot_month_valid(-841));
    cr_assert(!pilot_month_valid(INT32_MIN) && !pilot_month_valid(INT32_MAX));
    pilot_text text;
    const int32_t no_date[] = {date, -25568, INT32_MIN, INT32_MAX},
                  no_month[] = {month, -841, INT32_MIN, INT32_MAX};
    for (size_t i = 0; i < COUNT(no_date); i++) {
        cr_assert_str_eq(pilot_date_text(no_date[i], &text), "?");
        cr_assert_str_eq(pilot_month_text(no_month[i], &text), "?");
    }
}

Test(base, calendar_facts)
{
    static const struct {
        int32_t year, month_of_year, day, date;
    } days[] = {
        {1970, 1, 1, 0},      {1969, 12, 31, -1},    {1900, 1, 1, -25567}, {2000, 2, 29, 11016},
        {2000, 3, 1, 11017},  {2020, 2, 29, 18321},  {2100, 2, 28, 47540}, {2100, 3, 1, 47541},
        {2038, 1, 19, 24855}, {2200, 12, 31, 84370},
    };
    for (size_t i = 0; i < COUNT(days); i++)
        check_day(days[i].year, days[i].month_of_year, days[i].day,
                  (days[i].year - 1970) * 12 + days[i].month_of_year - 1, days[i].date);
    pilot_month month = -9999;
    cr_assert_eq(pilot_month_make(2019, 11, &month), PILOT_OK);
    cr_assert_eq(month, 598);

    static const struct {
        int32_t year, month_of_year, day;
    } none[] = {
        {1900, 2, 29},
        {2100, 2, 29},
        {2200, 2, 29},
        {2019, 2, 29},
        {2000, 2, 30},
        {2019, 4, 31},
        {2019, 6, 31},
        {2019, 9, 31},
        {2019, 11, 31},
        {2019, 1, 32},
        {2019, 12, 32},
        {2019, 1, 0},
        {2019, 1, -1},
        {2019, 0, 1},
        {2019, 13, 1},
        {2019, -1, 1},
        {1899, 12, 31},
        {2201, 1, 1},
        {0, 1, 1},
        {-2019, 1, 1},
        {INT32_MIN, INT32_MIN, INT32_MIN},
        {INT32_MAX, INT32_MAX, INT32_MAX},
        {2019, INT32_MAX, 1},
        {2019, INT32_MIN, 1},
        {2019, 1, INT32_MAX},
        {INT32_MIN, 1, 1},
    };
    pilot_date date = -7;
    for (size_t i = 0; i < COUNT(none); i++)
        cr_assert_eq(pilot_date_make(none[i].year, none[i].month_of_year, none[i].day, &date),
                     PILOT_ERROR_RANGE, "row %zu", i);
    cr_assert_eq(date, -7);
    month = -9999;
    for (size_t i = 13; i < COUNT(none); i++)
        if (none[i].year != 2019 || none[i].month_of_year != 1)
            cr_assert_eq(pilot_month_make(none[i].year, none[i].month_of_year, &month),
                         PILOT_ERROR_RANGE, "row %zu", i);
    cr_assert_eq(month, -9999);

    pilot_date_parts(18321, NULL, NULL, NULL);
    pilot_month_parts(598, NULL, NULL);
    int32_t year = -7, month_of_year = -7, day = -7;
    pilot_date_parts(18321, NULL, NULL, &day);
    pilot_date_parts(18321, NULL, &month_of_year, NULL);
    pilot_month_parts(598, &year, NULL);
    cr_assert(year == 2019 && month_of_year == 2 && day == 29);
}

/* tests/cases/constants.txt has the numbers that they make. */
Test(base, values_are_made)
{
    static const pilot_opt_area area = PILOT_KNOWN(PILOT_M2(1, 20));
    static const pilot_opt_date date = PILOT_KNOWN(PILOT_DATE(2020, 2, 29));
    static const pilot_step done = PILOT_DONE_ON(PILOT_DATE(2020, 2, 29)), left = PILOT_NOT_DONE;
    cr_assert(area.known && area.value == 120 && date.known && date.value == 18321);
    cr_assert(done.done == PILOT_ANSWER_YES && done.date == 18321 && left.done == PILOT_ANSWER_NO);

    pilot_opt_count number = pilot_known(-3);
    pilot_opt_date day = pilot_known_date(-25567);
    cr_assert(number.known && number.value == -3 && day.known && day.value == -25567);
    cr_assert(pilot_done_on(7).done == PILOT_ANSWER_YES && pilot_done_on(7).date == 7);
    cr_assert(pilot_not_done().done == PILOT_ANSWER_NO && pilot_not_done().date == 0);
}

Test(base, months_are_counted_with_both_ends)
{
    int32_t count = -7;
    cr_assert_eq(pilot_month_count(598, 598, &count), PILOT_OK);
    cr_assert_eq(count, 1);
    cr_assert_eq(pilot_month_count(598, 609, &count), PILOT_OK);
    cr_assert_eq(count, 12, "2019-11 to 2020-10");
    cr_assert_eq(pilot_month_count(-840, 2771, &count), PILOT_OK);
    cr_assert_eq(count, 301 * 12);
    count = -7;
    cr_assert_eq(pilot_month_count(599, 598, &count), PILOT_ERROR_ORDER);
    cr_assert_eq(pilot_month_count(2771, -840, &count), PILOT_ERROR_ORDER);
    cr_assert_eq(pilot_month_count(-841, 0, &count), PILOT_ERROR_RANGE);
    cr_assert_eq(pilot_month_count(0, 2772, &count), PILOT_ERROR_RANGE);
    cr_assert_eq(pilot_month_count(2772, 0, &count), PILOT_ERROR_RANGE);
    cr_assert_eq(pilot_month_count(0, -841, &count), PILOT_ERROR_RANGE);
    cr_assert_eq(pilot_month_count(INT32_MIN, INT32_MAX, &count), PILOT_ERROR_RANGE);
    cr_assert_eq(count, -7);
}

/* One signature for the six kinds of text: -7 stays where a parser leaves its result untouched, and
 * a share is its numerator in front of seven digits of denominator. */
typedef pilot_status parser(const char *text, int64_t *value, pilot_error *error);
typedef const char *printer(int64_t value, pilot_text *text);

static pilot_status parse_share(const char *text, int64_t *value, pilot_error *error)
{
    pilot_share share = {-7, -7};
    pilot_status status = pilot_share_parse(text, &share, error);
    if (share.numerator != -7 || share.denominator != -7)
        *value = share.numerator * (int64_t)10000000 + share.denominator;
    return status;
}

static pilot_status parse_month(const char *text, int64_t *value, pilot_error *error)
{
    pilot_month month = -7;
    pilot_status status = pilot_month_parse(text, &month, error);
    *value = month;
    return status;
}

static pilot_status parse_date(const char *text, int64_t *value, pilot_error *error)
{
    pilot_date date = -7;
    pilot_status status = pilot_date_parse(text, &date, error);
    *value = date;
    return status;
}

static const char *print_share(int64_t value, pilot_text *text)
{
    return pilot_share_text((pilot_share){(int32_t)(value / 10000000), (int32_t)(value % 10000000)},
                            text);
}

static const char *print_month(int64_t value, pilot_text *text)
{
    return pilot_month_text((pilot_month)value, text);
}

static const char *print_date(int64_t value, pilot_text *text)
{
    return pilot_date_text((pilot_date)value, text);
}

enum { MONEY, PRICE, AREA, SHARE, MONTH, DATE, KINDS };
static parser *const parsers[KINDS] = {pilot_money_parse, pilot_price_parse, pilot_area_parse,
                                       parse_share,       parse_month,       parse_date};
static printer *const printers[KINDS] = {pilot_money_text, pilot_price_text, pilot_area_text,
                                         print_share,      print_month,      print_date};

Test(base, good_text_is_read_and_printed)
{
    static const struct {
        int kind;
        const char *text;
        int64_t value;
        const char *printed;
    } good[] = {
        {MONEY, "0", 0, "0.00"},
        {MONEY, "0.0", 0, "0.00"},
        {MONEY, "0.05", 5, "0.05"},
        {MONEY, "-0.05", -5, "-0.05"},
        {MONEY, "0.5", 50, "0.50"},
        {MONEY, "18", 1800, "18.00"},
        {MONEY, "18.0", 1800, "18.00"},
        {MONEY, "-12.05", -1205, "-12.05"},
        {MONEY, "100", 10000, "100.00"},
        {MONEY, "1234567890.98", 123456789098, "1234567890.98"},
        {MONEY, "92233720368547758.07", INT64_MAX, "92233720368547758.07"},
        {MONEY, "92233720368547758", INT64_MAX - 7, "92233720368547758.00"},
        {MONEY, "-92233720368547758.07", -INT64_MAX, "-92233720368547758.07"},
        {MONEY, "-92233720368547758.08", INT64_MIN, "-92233720368547758.08"},
        {PRICE, "0.305", 3050, "0.3050"},
        {PRICE, "-0.0001", -1, "-0.0001"},
        {PRICE, "1", 10000, "1.0000"},
        {PRICE, "922337203685477.5807", INT64_MAX, "922337203685477.5807"},
        {PRICE, "-922337203685477.5808", INT64_MIN, "-922337203685477.5808"},
        {AREA, "118.5", 11850, "118.50"},
        {AREA, "120", 12000, "120.00"},
        {AREA, "0", 0, "0.00"},
        {AREA, "92233720368547758.07", INT64_MAX, "92233720368547758.07"},
        {SHARE, "1/2", 10000002, "1/2"},
        {SHARE, "2/4", 10000002, "1/2"},
        {SHARE, "0", 1, "0"},
        {SHARE, "0/5", 1, "0"},
        {SHARE, "1", 10000001, "1"},
        {SHARE, "7/7", 10000001, "1"},
        {SHARE, "2/2000000", 11000000, "1/1000000"},
        {SHARE, "999999/1000000", 9999991000000, "999999/1000000"},
        {SHARE, "9223372036854775807/9223372036854775807", 10000001, "1"},
        {MONTH, "1970-01", 0, "1970-01"},
        {MONTH, "2019-11", 598, "2019-11"},
        {MONTH, "1900-01", -840, "1900-01"},
        {MONTH, "2200-12", 2771, "2200-12"},
        {DATE, "1970-01-01", 0, "1970-01-01"},
        {DATE, "2020-02-29", 18321, "2020-02-29"},
        {DATE, "1900-01-01", -25567, "1900-01-01"},
        {DATE, "2200-12-31", 84370, "2200-12-31"},
    };
    for (size_t i = 0; i < COUNT(good); i++) {
        int64_t value = -7;
        pilot_error error;
        pilot_text text;
        pilot_status status = parsers[good[i].kind](good[i].text, &value, &error);
        cr_assert_eq(status, PILOT_OK, "%s: status %d", good[i].text, (int)status);
        cr_assert_eq(value, good[i].value, "%s gave %" PRId64, good[i].text, value);
        const char *printed = printers[good[i].kind](good[i].value, &text);
        cr_assert_eq(printed, text.text);
        cr_assert_str_eq(printed, good[i].printed);
        value = -7;
        cr_assert_eq(parsers[good[i].kind](printed, &value, NULL), PILOT_OK);
        cr_assert_eq(value, good[i].value, "%s came back as %" PRId64, printed, value);
    }
    pilot_text text;
    cr_assert_str_eq(pilot_area_text(-150, &text), "-1.50");
}

static void check_round_trip(int kind, int decimals, int64_t value)
{
    char wanted[64];
    uint64_t unit = decimals == 2 ? 100 : 10000, whole = (uint64_t)magnitude(value);
    snprintf(wanted, sizeof wanted, "%s%" PRIu64 ".%0*" PRIu64, value < 0 ? "-" : "", whole / unit,
             decimals, whole % unit);
    pilot_text text;
    CHECK(strcmp(printers[kind](value, &text), wanted) == 0, "%" PRId64 " printed as %s, not %s", value,
          text.text, wanted);
    int64_t back = -7;
    CHECK(parsers[kind](wanted, &back, NULL) == PILOT_OK && back == value, "%s came back as %" PRId64,
          wanted, back);
}

Test(base, decimals_survive_text)
{
    for (size_t i = 0; i < COUNT(edges); i++) {
        check_round_trip(MONEY, 2, edges[i]);
        check_round_trip(PRICE, 4, edges[i]);
    }
    for (int64_t value = -20000; value <= 20000; value++) {
        check_round_trip(MONEY, 2, value);
        check_round_trip(PRICE, 4, value);
    }
    for (int i = 0; i < 200000; i++) {
        int64_t value = random_value();
        check_round_trip(MONEY, 2, value);
        check_round_trip(PRICE, 4, value);
        check_round_trip(AREA, 2, value < 0 ? -(value + 1) : value);
    }
}

Test(base, decimals_of_any_number)
{
    static const struct {
        int decimals;
        const char *text;
        int64_t value;
        const char *printed;
    } known[] = {
        {0, "0", 0, "0"},
        {0, "-9223372036854775808", INT64_MIN, "-9223372036854775808"},
        {1, "-0.5", -5, "-0.5"},
        {18, "9", 9000000000000000000, "9.000000000000000000"},
        {18, "-9.223372036854775808", INT64_MIN, "-9.223372036854775808"},
        {18, "0.000000000000000001", 1, "0.000000000000000001"},
    };
    pilot_text text;
    for (size_t i = 0; i < COUNT(known); i++) {
        int64_t value = -7;
        cr_assert_eq(pilot_decimal_parse(known[i].text, known[i].decimals, &value, NULL,
                                         (pilot_phrase){"数", "a number"}),
                     PILOT_OK);
        cr_assert_eq(value, known[i].value, "%s gave %" PRId64, known[i].text, value);
        pilot_decimal_text(value, known[i].decimals, &text);
        cr_assert_str_eq(text.text, known[i].printed);
    }
    pilot_error error;
    int64_t value = -7;
    cr_assert_eq(pilot_decimal_parse("x", 0, &value, &error, (pilot_phrase){"数", "a count"}),
                 PILOT_ERROR_FORMAT);
    cr_assert_str_eq(error.message,
                     "\"x\" is not a count: write digits with at most 0 decimals, such as \"18\"");
    cr_assert_eq(pilot_decimal_parse("1.0", 0, &value, &error, (pilot_phrase){"数", "a count"}),
                 PILOT_ERROR_PRECISION);
    cr_assert_str_eq(error.message, "\"1.0\" has 1 decimal; a count has at most 0");
    cr_assert_eq(pilot_decimal_parse("0x", 1, &value, &error, (pilot_phrase){"数", "a length"}),
                 PILOT_ERROR_FORMAT);
    cr_assert_str_eq(error.message,
                     "\"0x\" is not a length: write digits with at most 1 decimal, such as \"18.0\"");
    cr_assert_eq(pilot_decimal_parse("10", 18, &value, &error, (pilot_phrase){"数", "a count"}),
                 PILOT_ERROR_OVERFLOW);
    cr_assert_eq(value, -7);
}

/* The length and the code point of the character that text starts with; 0: it is not UTF-8. */
static size_t character_at(const char *text, uint32_t *point)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *bytes = (const unsigned char *)text;
    size_t length = 0;
    while (length < 5 && (bytes[0] << length & 0x80) != 0)
        length++;
    *point = bytes[0];
    if (length == 0)
        return 1;
    if (length == 1 || length == 5)
        return 0;
    *point = bytes[0] & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        if (bytes[i] >> 6 != 2)
            return 0;
        *point = *point << 6 | (bytes[i] & 0x3F);
    }
    bool refused = *point < least[length] || *point > 0x10FFFF || (*point >= 0xD800 && *point <= 0xDFFF);
    return refused ? 0 : length;
}

/* What one line of text may not hold: controls, separators, and what turns its direction. */
static bool is_unfit(uint32_t point)
{
    static const uint32_t direction[] = {0x061C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C,
                                         0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069};
    for (size_t i = 0; i < COUNT(direction); i++)
        if (point == direction[i])
            return true;
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x2028 || point == 0x2029;
}

/* 0: none that one line of UTF-8 may hold. */
static size_t printable_length(const char *text)
{
    uint32_t point;
    size_t length = character_at(text, &point);
    return length && !is_unfit(point) ? length : 0;
}

/* The next character as it is to be shown. */
static size_t shown_character(const char **text, char shown[16])
{
    uint32_t point;
    size_t length = character_at(*text, &point);
    const char *at = *text;
    *text += length ? length : 1;
    if (length && !is_unfit(point)) {
        memcpy(shown, at, length);
        return length;
    }
    return (size_t)(length ? sprintf(shown, "\\u%04x", (unsigned)point)
                           : sprintf(shown, "\\x%02x", (unsigned)(unsigned char)*at));
}

static bool one_line_of_utf8(const char *text, size_t capacity)
{
    size_t used = 0;
    while (used < capacity && text[used] != '\0') {
        size_t length = printable_length(text + used);
        if (length == 0)
            return false;
        used += length;
    }
    return used < capacity;
}

/* What pilot_error.value holds of text. Returns whether that is not all of it. */
static bool wanted_value(const char *text, char value[64])
{
    size_t used = 0;
    while (*text != '\0') {
        char shown[16];
        const char *next = text;
        size_t length = shown_character(&next, shown);
        if (used + length > 63)
            break;
        text = next;
        memcpy(value + used, shown, length);
        used += length;
    }
    value[used] = '\0';
    return *text != '\0';
}

static void check_refusal(int kind, const char *text, pilot_status wanted)
{
    pilot_error error;
    memset(&error, 0xA5, sizeof error);
    int64_t value = -7;
    pilot_status status = parsers[kind](text, &value, &error);
    const char *written = text == NULL ? "" : text;
    CHECK(status == wanted, "kind %d, \"%s\": status %d", kind, written, (int)status);
    CHECK(value == -7, "kind %d, \"%s\" wrote %" PRId64, kind, written, value);
    CHECK(parsers[kind](text, &value, NULL) == wanted && value == -7, "kind %d, \"%s\"", kind, written);

    CHECK(error.status == wanted && error.line == 0 && error.column == 0 && error.path[0] == '\0',
          "kind %d, \"%s\"", kind, written);
    char field[64], quoted[80];
    const bool cut = wanted_value(written, field);
    CHECK(memchr(error.value, '\0', sizeof error.value) != NULL && strcmp(error.value, field) == 0,
          "kind %d, \"%s\": not \"%s\"", kind, written, field);
    snprintf(quoted, sizeof quoted, "\"%s%s\" ", field, cut ? "..." : "");
    CHECK(one_line_of_utf8(error.message, sizeof error.message), "kind %d, \"%s\"", kind, written);
    CHECK(strncmp(error.message, quoted, strlen(quoted)) == 0, "kind %d: %s", kind, error.message);
    CHECK(strlen(error.message) > strlen(quoted) + 15 &&
              strlen(error.message) < sizeof error.message - 1,
          "kind %d: %s", kind, error.message);
    snprintf(quoted, sizeof quoted, "“%s%s”", field, cut ? "..." : "");
    CHECK(one_line_of_utf8(error.message_zh, sizeof error.message_zh) && says_it_in_chinese(&error) &&
              strncmp(error.message_zh, quoted, strlen(quoted)) == 0,
          "kind %d: %s", kind, error.message_zh);
}

Test(base, text_of_no_kind_is_refused)
{
    static const char *const none[] = {
        "",
        NULL,
        " ",
        " 1",
        "1 ",
        "1e3",
        "1E3",
        "+1",
        "-",
        ".",
        "1.",
        ".5",
        "-.5",
        "007",
        "00",
        "-01",
        "00.5",
        "-0",
        "-0.0",
        "-0.00",
        "1,000",
        "1_000",
        "１",
        "−1",
        "٣",
        "0x10",
        "NaN",
        "inf",
        "--1",
        "1-",
        "1.5.",
        "1..5",
        "1.-5",
        "1\n",
        "\t1",
        "\n",
        "1\r",
        "½",
        "1/",
        "/2",
        "/",
        "1//2",
        "1/2/3",
        "1/ 2",
        "1 /2",
        "01/2",
        "1/02",
        "1/-2",
        "1/+2",
        "-1/2",
        "-0/1",
        "1\\2",
        "50%",
        "1:",
        ":1",
        "1/:",
        "201:-01",
        "2019-0:",
        "2019-0/",
        "2019-01-0:",
        "201/-01-01",
        "1.5元",
        "¥1",
        "19-01",
        "2019-1",
        "2019-1-",
        "2019-001",
        "02019-01",
        "2019/01",
        "2019-1-1",
        "2019-01-1",
        "2019-01-001",
        "2019-1-01",
        "2019-01-",
        "-2019-01",
        "2019-01 ",
        " 2019-01",
        "2019-01x",
        "2019-01-01T00:00",
        "2019-01-01 ",
        "+2019-01",
        "2019-+1",
        "2019- 1",
        "２０１９-01",
        "2019‐01",
        "20190101x",
        "2019-01-0１",
        "2019:01",
        "2019-01/01",
        "2019年1月",
        "9999999999999999999999x",
    };
    for (size_t i = 0; i < COUNT(none); i++)
        for (int kind = 0; kind < KINDS; kind++)
            check_refusal(kind, none[i], PILOT_ERROR_FORMAT);
    cr_assert_eq(printable_length("中"), 3, "the test's own reader of UTF-8 is wrong");
}

Test(base, bad_text_is_refused_for_its_reason)
{
    static const struct {
        int kind;
        const char *text;
        pilot_status status;
    } bad[] = {
        {MONEY, "1.005", PILOT_ERROR_PRECISION},
        {MONEY, "1.000", PILOT_ERROR_PRECISION},
        {MONEY, "-0.001", PILOT_ERROR_PRECISION},
        {MONEY, "0.00000000000000000000000000000000000000000000000000000000000000000001",
         PILOT_ERROR_PRECISION},
        {MONEY, "92233720368547758.08", PILOT_ERROR_OVERFLOW},
        {MONEY, "92233720368547758.1", PILOT_ERROR_OVERFLOW},
        {MONEY, "92233720368547759", PILOT_ERROR_OVERFLOW},
        {MONEY, "-92233720368547758.09", PILOT_ERROR_OVERFLOW},
        {MONEY, "-92233720368547759", PILOT_ERROR_OVERFLOW},
        {MONEY, "9223372036854775807", PILOT_ERROR_OVERFLOW},
        {MONEY, "184467440737095516.16", PILOT_ERROR_OVERFLOW},
        {MONEY, "184467440737095516.17", PILOT_ERROR_OVERFLOW},
        {MONEY, "100000000000000000000000000000000000000000000000000000000000000000000",
         PILOT_ERROR_OVERFLOW},
        {MONEY, "2019-01", PILOT_ERROR_FORMAT},
        {MONEY, "1/2", PILOT_ERROR_FORMAT},
        {PRICE, "0.30505", PILOT_ERROR_PRECISION},
        {PRICE, "922337203685477.5808", PILOT_ERROR_OVERFLOW},
        {PRICE, "-922337203685477.5809", PILOT_ERROR_OVERFLOW},
        {PRICE, "922337203685478", PILOT_ERROR_OVERFLOW},
        {AREA, "-1", PILOT_ERROR_RANGE},
        {AREA, "-0.01", PILOT_ERROR_RANGE},
        {AREA, "-92233720368547758.09", PILOT_ERROR_RANGE},
        {AREA, "118.505", PILOT_ERROR_PRECISION},
        {AREA, "92233720368547758.08", PILOT_ERROR_OVERFLOW},
        {SHARE, "0.5", PILOT_ERROR_FORMAT},
        {SHARE, "-1", PILOT_ERROR_FORMAT},
        {SHARE, "2019-01", PILOT_ERROR_FORMAT},
        {SHARE, "1/0", PILOT_ERROR_RANGE},
        {SHARE, "0/0", PILOT_ERROR_RANGE},
        {SHARE, "3/2", PILOT_ERROR_RANGE},
        {SHARE, "2", PILOT_ERROR_RANGE},
        {SHARE, "1/1000001", PILOT_ERROR_RANGE},
        {SHARE, "2/2000002", PILOT_ERROR_RANGE},
        {SHARE, "1/9223372036854775808", PILOT_ERROR_RANGE},
        {SHARE, "1/18446744073709551618", PILOT_ERROR_RANGE},
        {SHARE, "18446744073709551617", PILOT_ERROR_RANGE},
        {MONTH, "2019-13", PILOT_ERROR_RANGE},
        {MONTH, "2019-00", PILOT_ERROR_RANGE},
        {MONTH, "1899-12", PILOT_ERROR_RANGE},
        {MONTH, "2201-01", PILOT_ERROR_RANGE},
        {MONTH, "0000-00", PILOT_ERROR_RANGE},
        {MONTH, "9999-99", PILOT_ERROR_RANGE},
        {MONTH, "2019-01-01", PILOT_ERROR_FORMAT},
        {MONTH, "201901", PILOT_ERROR_FORMAT},
        {MONTH, "0", PILOT_ERROR_FORMAT},
        {DATE, "2019-02-29", PILOT_ERROR_RANGE},
        {DATE, "1900-02-29", PILOT_ERROR_RANGE},
        {DATE, "2100-02-29", PILOT_ERROR_RANGE},
        {DATE, "2019-04-31", PILOT_ERROR_RANGE},
        {DATE, "2019-01-00", PILOT_ERROR_RANGE},
        {DATE, "2019-01-99", PILOT_ERROR_RANGE},
        {DATE, "2019-13-01", PILOT_ERROR_RANGE},
        {DATE, "2019-00-01", PILOT_ERROR_RANGE},
        {DATE, "1899-12-31", PILOT_ERROR_RANGE},
        {DATE, "2201-01-01", PILOT_ERROR_RANGE},
        {DATE, "2019-01", PILOT_ERROR_FORMAT},
        {DATE, "20190101", PILOT_ERROR_FORMAT},
        {DATE, "0", PILOT_ERROR_FORMAT},
    };
    for (size_t i = 0; i < COUNT(bad); i++)
        check_refusal(bad[i].kind, bad[i].text, bad[i].status);
}

Test(base, messages_name_what_was_found_and_wanted)
{
    static const struct {
        int kind;
        const char *text, *message;
    } known[] = {
        {MONEY, "",
         "\"\" is not an amount of money: write digits with at most 2 decimals, such as \"18.00\""},
        {MONEY, "1.005", "\"1.005\" has 3 decimals; an amount of money has at most 2"},
        {MONEY, "007", "\"007\" is not an amount of money: write it without leading zeros"},
        {MONEY, "-0.00", "\"-0.00\" is not an amount of money: write zero without a minus sign"},
        {MONEY, "92233720368547758.08",
         "\"92233720368547758.08\" is too high for an amount of money: 92233720368547758.07 is the "
         "highest"},
        {MONEY, "-92233720368547758.09",
         "\"-92233720368547758.09\" is too low for an amount of money: -92233720368547758.08 is the "
         "lowest"},
        {PRICE, "x",
         "\"x\" is not a unit price: write digits with at most 4 decimals, such as \"18.0000\""},
        {AREA, "-1", "\"-1\" is not an area: an area is 0 or more"},
        {SHARE, "0.5",
         "\"0.5\" is not a share: write a fraction such as \"1/2\", or \"0\" or \"1\", without leading "
         "zeros"},
        {MONTH, "2019-1", "\"2019-1\" is not a month: write year and month, such as \"2019-12\""},
        {DATE, "2019-1-1",
         "\"2019-1-1\" is not a date: write year, month and day, such as \"2019-12-31\""},
        {SHARE, "3/2", "\"3/2\" is not a share: a share is 0 to 1, with a denominator of 1 to 1000000"},
        {MONTH, "2019-13", "\"2019-13\" is not a month: the month of the year is 01 to 12"},
        {MONTH, "1899-12", "\"1899-12\" lies outside the years 1900 to 2200"},
        {DATE, "2019-13-01", "\"2019-13-01\" is not a date: the month of the year is 01 to 12"},
        {DATE, "2019-02-29", "\"2019-02-29\" is not a date: the day of that month is 01 to 28"},
        {DATE, "2020-02-30", "\"2020-02-30\" is not a date: the day of that month is 01 to 29"},
    };
    for (size_t i = 0; i < COUNT(known); i++) {
        int64_t value;
        pilot_error error;
        cr_assert_neq(parsers[known[i].kind](known[i].text, &value, &error), PILOT_OK);
        cr_assert_str_eq(error.message, known[i].message);
    }
}

/* What is read well leaves the error as it was. */
Test(base, a_good_text_has_no_error)
{
    pilot_error error;
    pilot_date date;
    pilot_month month;
    pilot_money money;
    mark(&error, sizeof error);
    cr_assert_eq(pilot_date_parse("2019-12-31", &date, &error), PILOT_OK);
    cr_assert_eq(pilot_month_parse("2019-12", &month, &error), PILOT_OK);
    cr_assert_eq(pilot_money_parse("0.18", &money, &error), PILOT_OK);
    cr_expect(marked(&error, sizeof error));
}

/* Any two are in one order, whichever comes first, and none comes before any. */
Test(base, texts_have_one_order)
{
    static const char *const texts[] = {NULL, "", "a", "b", "ab", "b\xC3\xA9", "\xC3\xA9x"};
    for (size_t i = 0; i < COUNT(texts); i++)
        for (size_t j = 0; j < COUNT(texts); j++) {
            const int order = pilot_compare_texts(texts[i], texts[j]),
                      back = pilot_compare_texts(texts[j], texts[i]);
            cr_expect_eq(order == 0, i == j, "%zu, %zu", i, j);
            cr_expect_eq(order<0, back> 0, "%zu, %zu", i, j);
            if (!texts[i] && texts[j])
                cr_expect(order < 0, "%zu", j);
        }
}

/* Every code point, in one text of each and cut at every length. */
Test(base, any_text_is_shown)
{
    for (uint32_t point = 1; point <= 0x10FFFF; point += point < 0x3000 ? 1 : 97) {
        char text[8] = "", shown[32] = "", wanted[16];
        size_t used = 0;
        if (point >= 0xD800 && point <= 0xDFFF)
            continue;
        if (point < 0x80)
            text[used++] = (char)point;
        else if (point < 0x800)
            used += (size_t)sprintf(text, "%c%c", (int)(0xC0 | point >> 6), (int)(0x80 | (point & 63)));
        else if (point < 0x10000)
            used += (size_t)sprintf(text, "%c%c%c", (int)(0xE0 | point >> 12),
                                    (int)(0x80 | (point >> 6 & 63)), (int)(0x80 | (point & 63)));
        else
            used += (size_t)sprintf(text, "%c%c%c%c", (int)(0xF0 | point >> 18),
                                    (int)(0x80 | (point >> 12 & 63)), (int)(0x80 | (point >> 6 & 63)),
                                    (int)(0x80 | (point & 63)));
        const char *at = text;
        size_t length = shown_character(&at, wanted);
        CHECK(pilot_shown(text, shown, sizeof shown) == length && memcmp(shown, wanted, length) == 0 &&
                  shown[length] == '\0',
              "U+%04X: %s", (unsigned)point, shown);
        for (size_t size = 0; size <= length; size++) {
            mark(shown, sizeof shown);
            CHECK(pilot_shown(text, size ? shown : NULL, size) == length &&
                      marked(shown + size, sizeof shown - size) && (!size || *shown == '\0'),
                  "U+%04X in %zu bytes", (unsigned)point, size);
        }
    }
    cr_expect_eq(pilot_shown(NULL, NULL, 0), 0);
}

Test(base, errors_stay_one_line_of_utf8)
{
    static const struct {
        const char *text, *value;
    } known[] = {
        {"中", "中"},
        {"\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80"},
        {"\xF4\x8F\xBF\xBF\xEF\xBF\xBD", "\xF4\x8F\xBF\xBF\xEF\xBF\xBD"},
        {"\xC3\xA9\xC2\xA0", "\xC3\xA9\xC2\xA0"},
        {"\xC0\x80", "\\xc0\\x80"},
        {"\xC1\xBF", "\\xc1\\xbf"},
        {"\xE0\x9F\xBF", "\\xe0\\x9f\\xbf"},
        {"\xED\x9F\xBF", "\xED\x9F\xBF"},
        {"\xED\xA0\x80", "\\xed\\xa0\\x80"},
        {"\xF0\x8F\xBF\xBF", "\\xf0\\x8f\\xbf\\xbf"},
        {"\xF4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"},
        {"\xF5\x80\x80\x80", "\\xf5\\x80\\x80\\x80"},
        {"\xFF\xFE", "\\xff\\xfe"},
        {"\x80"
         "a",
         "\\x80a"},
        {"\xE4\xB8", "\\xe4\\xb8"},
        {"\xE4"
         "ab",
         "\\xe4ab"},
        {"\xF0\x9F\x98", "\\xf0\\x9f\\x98"},
        {"a\n\t\r\x01\x1F\x7F", "a\\u000a\\u0009\\u000d\\u0001\\u001f\\u007f"},
        {"\xC2\x85|\xC2\x9F", "\\u0085|\\u009f"},
        {"\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xA7", "\\u2028\\u2029\xE2\x80\xA7"},
        {"\x1B[2J\xE2\x80\xAE", "\\u001b[2J\\u202e"},
        {"\xE2\x80\xAA\xE2\x80\xAF\xE2\x81\xA5\xE2\x81\xA6\xE2\x81\xA9\xE2\x81\xAA",
         "\\u202a\xE2\x80\xAF\xE2\x81\xA5\\u2066\\u2069\xE2\x81\xAA"},
        {"\xE2\x80\x8D\xE2\x80\x8E\xE2\x80\x8F\xD8\x9B\xD8\x9C",
         "\xE2\x80\x8D\\u200e\\u200f\xD8\x9B\\u061c"},
    };
    for (size_t i = 0; i < COUNT(known); i++) {
        pilot_error error;
        pilot_money money = -7;
        cr_assert_eq(pilot_money_parse(known[i].text, &money, &error), PILOT_ERROR_FORMAT);
        cr_assert_str_eq(error.value, known[i].value);
        for (int kind = 0; kind < KINDS; kind++)
            check_refusal(kind, known[i].text, PILOT_ERROR_FORMAT);
    }

    static const char *const characters[] = {"x", "\xC3\xA9", "中", "\xF0\x9F\x98\x80"};
    for (size_t i = 0; i < COUNT(characters); i++)
        for (size_t start = 0; start < 4; start++)
            for (size_t count = 0; count < 120; count++) {
                char text[512] = "abcd";
                text[start] = '\0';
                for (size_t j = 0; j < count; j++)
                    strcat(text, characters[i]);
                if (text[0] != '\0')
                    check_refusal((int)(count % KINDS), text, PILOT_ERROR_FORMAT);
            }

    for (int i = 0; i < 100000; i++) {
        char text[100] = "z";
        int64_t length = 1 + below(98);
        for (int64_t j = 1; j < length; j++) {
            static const unsigned char likely[] = {0xC2, 0xE0, 0xE2, 0xED, 0xF0,
                                                   0xF4, 0x80, 0xA8, 0xBF, 'x'};
            text[j] = (char)(below(3) == 0 ? 1 + below(255) : likely[below((int64_t)COUNT(likely))]);
        }
        check_refusal(i % KINDS, text, PILOT_ERROR_FORMAT);
    }
}

Test(base, long_text_is_read_whole)
{
    enum { LENGTH = 100000 };
    static char text[LENGTH + 2];
    memset(text, '7', LENGTH);
    check_refusal(MONEY, text, PILOT_ERROR_OVERFLOW);
    check_refusal(SHARE, text, PILOT_ERROR_RANGE);
    check_refusal(MONTH, text, PILOT_ERROR_FORMAT);
    text[LENGTH] = '!';
    for (int kind = 0; kind < KINDS; kind++)
        check_refusal(kind, text, PILOT_ERROR_FORMAT);
    text[1] = '.';
    text[LENGTH] = '\0';
    check_refusal(AREA, text, PILOT_ERROR_PRECISION);
}

static void check_cut_message(const char *start, const char *character)
{
    char text[1000];
    snprintf(text, sizeof text, "%s", start);
    while (strlen(text) < 600)
        strcat(text, character);
    size_t unit = strlen(character), kept = strlen(start) + (319 - strlen(start)) / unit * unit;
    pilot_error error;
    memset(&error, 0xA5, sizeof error);
    CHECK(pilot_error_set(&error, PILOT_ERROR_LIMIT, "v", "%s", text) == PILOT_ERROR_LIMIT, "%s", start);
    CHECK(strlen(error.message) == kept && memcmp(error.message, text, kept) == 0, "%zu bytes of %s%s",
          strlen(error.message), start, character);
}

Test(base, error_set_fills_the_whole_error)
{
    pilot_error error;
    memset(&error, 0xA5, sizeof error);
    cr_assert_eq(pilot_error_set(&error, PILOT_ERROR_TYPE, NULL, "%d of %s\n\xFF", 7, "中"),
                 PILOT_ERROR_TYPE);
    cr_assert_eq(error.status, PILOT_ERROR_TYPE);
    cr_assert(error.line == 0 && error.column == 0);
    cr_assert_str_eq(error.path, "");
    cr_assert_str_eq(error.value, "");
    cr_assert_str_eq(error.message, "7 of 中\\u000a\\xff");
    cr_assert_eq(pilot_error_set(NULL, PILOT_ERROR_SYNTAX, "x", "%s", "y"), PILOT_ERROR_SYNTAX);

    pilot_error_set(&error, PILOT_ERROR_TYPE, "17", "%s", "a number");
    pilot_error_set(&error, PILOT_ERROR_RANGE, error.value, "%s: %s", error.value, error.message);
    cr_assert_str_eq(error.value, "17");
    cr_assert_str_eq(error.message, "17: a number");

    static const char *const characters[] = {"x", "\xC3\xA9", "中", "\xF0\x9F\x98\x80"};
    static const char *const starts[] = {"", "a", "ab", "abc"};
    for (size_t i = 0; i < COUNT(characters); i++)
        for (size_t j = 0; j < COUNT(starts); j++)
            check_cut_message(starts[j], characters[i]);

    char keys[400] = "";
    while (strlen(keys) < 300)
        strcat(keys, "中");
    pilot_error_set(&error, PILOT_ERROR_TYPE, "17", "%s", "a number");
    pilot_error_place(&error, "/%d\n/%s", 3, keys);
    cr_assert(one_line_of_utf8(error.path, sizeof error.path) && strlen(error.path) == 9 + 60 * 3,
              "\"%s\"", error.path);
    cr_assert(strncmp(error.path, "/3\\u000a/", 9) == 0 && strncmp(error.path + 9, keys, 60 * 3) == 0);
    pilot_error_place(&error, "/7");
    pilot_error_place(&error, "%s%s", "/a", error.path);
    cr_assert_str_eq(error.path, "/a/7");
    cr_assert_str_eq(error.message, "a number");
    pilot_error_place(NULL, "/7");

    pilot_error_zh(&error, "%d个%s\n", 7, "户");
    cr_assert_str_eq(error.message_zh, "7个户\\u000a");
    cr_assert_str_eq(error.message, "a number");
    pilot_error_zh(NULL, "%s", "无");

    pilot_excerpt excerpt;
    cr_assert_str_eq(pilot_excerpt_of(NULL, &excerpt), "");
    cr_assert_eq(pilot_utf8_length("中", 3), 3);
    cr_assert_eq(pilot_utf8_length("中", 2), 0);
    cr_assert_eq(pilot_utf8_length("", 1), 1);
    cr_assert_eq(pilot_utf8_length("\x7F", 1), 1);
    cr_assert_eq(pilot_utf8_length("", 0), 0);
}

static void expect_error_text(const pilot_error *error, const char *en, const char *zh)
{
    const char *const wanted[] = {[PILOT_ENGLISH] = en, [PILOT_CHINESE] = zh};
    for (int language = PILOT_ENGLISH; language <= PILOT_CHINESE; language++) {
        const char *whole = wanted[language];
        char text[512];
        cr_expect_eq(pilot_error_text(error, (pilot_language)language, text, sizeof text), strlen(whole),
                     "%s", whole);
        cr_expect_str_eq(text, whole);
        cr_expect_eq(pilot_error_text(error, (pilot_language)language, NULL, 0), strlen(whole));
        for (size_t size = 1; size <= strlen(whole); size++) {
            mark(text, sizeof text);
            cr_expect_eq(pilot_error_text(error, (pilot_language)language, text, size), strlen(whole));
            size_t kept = strlen(text);
            CHECK(kept < size && strncmp(text, whole, kept) == 0, "%zu bytes of %s: %s", size, whole,
                  text);
            CHECK(one_line_of_utf8(text, size) || !kept, "%zu bytes of %s: %s", size, whole, text);
            CHECK(marked(text + size, sizeof text - size), "%zu bytes of %s", size, whole);
        }
    }
}

Test(base, an_error_is_one_line_in_either_language)
{
    pilot_error error = {.status = PILOT_ERROR_RANGE, .line = 3, .column = 5};
    expect_error_text(&error, "line 3, column 5: A value lies outside what it may be.",
                      "第3行第5列：数值超出允许的范围。");
    snprintf(error.path, sizeof error.path, "/areas/0/id");
    snprintf(error.message, sizeof error.message, "too many");
    snprintf(error.message_zh, sizeof error.message_zh, "太多");
    expect_error_text(&error, "line 3, column 5, /areas/0/id: too many",
                      "第3行第5列，/areas/0/id：太多");
    error.line = error.column = 0;
    expect_error_text(&error, "/areas/0/id: too many", "/areas/0/id：太多");
    error.path[0] = '\0';
    expect_error_text(&error, "too many", "太多");
    snprintf(error.message, sizeof error.message, "a\nb");
    expect_error_text(&error, "a\\u000ab", "太多");
}

/* Behind the room there is one byte more, however full the text was. */
Test(base, a_writer_s_room_is_for_a_nul_as_well)
{
    for (size_t before = 1; before < 40; before++)
        for (size_t length = 980; length < 1070; length++) {
            writer w = pilot_writer_text(false);
            char *text = NULL;
            for (size_t i = 0; i < before; i++)
                pilot_write_bytes(&w, "b", 1);
            char *room = pilot_write_room(&w, length);
            CHECK(room && w.capacity > w.length, "%zu bytes behind %zu", length, before);
            memset(room, 'r', length);
            room[length] = '\0';
            CHECK(pilot_writer_finish(&w, &text) == PILOT_OK && strlen(text) == before + length,
                  "%zu bytes behind %zu", length, before);
            pilot_text_free(text);
        }
}
