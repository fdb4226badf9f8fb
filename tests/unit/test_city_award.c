/* A city's sums: by hand, and as its areas' awards added up under each combination of readings. */
#include "cases.h"
#include "combinations.h"

#define YUAN(whole) (INT64_C(100) * (whole))

/* c has two areas, e one; one belongs to no community, one to nobody knows which, one has no entry.
 * Counts of occupied and paying households are known of all that are in the sum. */
static const char city_text[] =
    "{\"districts\":[{\"id\":\"d\"}],\"communities\":["
    "{\"id\":\"c\",\"district\":\"d\",\"assessments\":["
    "{\"year\":2019,\"result\":\"passed\",\"date\":\"2020-02-10\"},"
    "{\"year\":2020,\"result\":\"failed\",\"date\":\"2021-02-10\"},"
    "{\"year\":2021,\"result\":\"passed\",\"date\":\"2022-02-10\"}]},"
    "{\"id\":\"e\",\"district\":\"d\",\"assessments\":["
    "{\"year\":2020,\"result\":\"passed\",\"date\":\"2021-02-10\"}]}],"
    "\"areas\":["
    "{\"id\":\"a1\",\"communities\":[\"c\"],\"households\":10,\"occupied_households\":9,"
    "\"paying_households\":7,\"steps\":{\"entry\":\"2019-12-05\"}},"
    "{\"id\":\"a2\",\"communities\":[\"c\",\"e\"],\"households\":20,\"occupied_households\":16,"
    "\"paying_households\":16,\"counts\":["
    "{\"from\":\"2021-07-01\",\"households\":30,\"occupied_households\":21,\"paying_households\":11}],"
    "\"steps\":{\"entry\":\"2020-03-15\"}},"
    "{\"id\":\"a3\",\"communities\":[\"e\"],\"households\":40,\"occupied_households\":31,"
    "\"paying_households\":22,\"steps\":{\"entry\":\"2021-01-01\"}},"
    "{\"id\":\"a4\",\"communities\":[],\"households\":1000,\"steps\":{\"entry\":\"2019-12-05\"}},"
    "{\"id\":\"a5\",\"households\":1000,\"steps\":{\"entry\":\"2019-12-05\"}},"
    "{\"id\":\"a6\",\"communities\":[\"c\"],\"households\":1000}]}";

READER(city_of, pilot_city, pilot_city_parse)

/* The areas in the sum, each for its first community. */
static bool is_in(const pilot_residential_area *area, const pilot_community *community)
{
    return area->communities && area->community_count &&
           (!community || area->communities[0] == community);
}

/* Area by area, by each area's own claim. */
static pilot_award_sum sum_on_paper(const pilot_policy *policy, const pilot_city *city,
                                    const pilot_community *community, pilot_date as_of)
{
    const pilot_records *r = pilot_city_records(city);
    pilot_award_sum sum = {.areas = 0};
    for (size_t i = 0; i < r->area_count; i++) {
        pilot_claim claim;
        pilot_award award;
        if (!community && !r->areas[i].communities)
            sum.areas_unknown++;
        if (!is_in(&r->areas[i], community))
            continue;
        pilot_status status = pilot_residential_area_claim(policy, &r->areas[i], as_of, &claim, NULL);
        if (status == PILOT_OK)
            status = pilot_award_compute(policy, &claim, &award, NULL, 0, NULL);
        sum.areas_unknown += status == PILOT_ERROR_MISSING_VALUE;
        if (status == PILOT_OK) {
            sum.areas++;
            sum.award.total += award.total;
            sum.award.city += award.city;
            sum.award.district += award.district;
            sum.award.withheld += award.withheld;
        }
    }
    return sum;
}

/* No two sums of a range are of different areas: those under which others are unknown than under the
 * policy's own readings are left out. */
static pilot_range range_on_paper(const pilot_policy *policy, const pilot_city *city,
                                  const pilot_community *community, pilot_date as_of)
{
    static pilot_award_sum sums[CITY_COMBINATIONS];
    const size_t unknown = sum_on_paper(policy, city, community, as_of).areas_unknown;
    pilot_parameters p = *pilot_policy_parameters(policy);
    pilot_range wanted = {INT64_MAX, INT64_MIN, 0};
    for (int c = 0; c < CITY_COMBINATIONS; c++) {
        take_options(&p, c, CITY_READINGS);
        pilot_policy *made = policy_of(&p);
        sums[c] = sum_on_paper(made, city, community, as_of);
        pilot_policy_free(made);
    }
    for (int a = 0; a < CITY_COMBINATIONS; a++) {
        const pilot_money total = sums[a].award.total;
        if (sums[a].areas_unknown != unknown)
            continue;
        wanted.least = total < wanted.least ? total : wanted.least;
        wanted.greatest = total > wanted.greatest ? total : wanted.greatest;
        for (int b = 0; b < a; b++) {
            const size_t at = differing(a, b);
            if (at < CITY_READINGS && sums[b].areas_unknown == unknown && sums[b].award.total != total)
                wanted.moved_by |= PILOT_READING_BIT(bearing[at]);
        }
    }
    return wanted;
}

static void check_range(const pilot_policy *policy, const pilot_city *city,
                        const pilot_community *community, pilot_date as_of)
{
    const pilot_range wanted = range_on_paper(policy, city, community, as_of);
    pilot_award_range range;
    cr_assert_eq(pilot_city_award_range(policy, city, community, as_of, &range, NULL), PILOT_OK);
    CHECK(range.total.least == wanted.least && range.total.greatest == wanted.greatest &&
              range.total.moved_by == wanted.moved_by,
          "%" PRId64 "..%" PRId64 " by %x, wanted %" PRId64 "..%" PRId64 " by %x", range.total.least,
          range.total.greatest, range.total.moved_by, wanted.least, wanted.greatest, wanted.moved_by);
    CHECK(range.city.least == wanted.least / 2 && range.city.greatest == wanted.greatest / 2 &&
              range.city.moved_by == wanted.moved_by,
          "the city's");
    CHECK(range.district.least == wanted.least / 2 && range.district.greatest == wanted.greatest / 2 &&
              range.district.moved_by == wanted.moved_by,
          "the district's");
}

/* On 30 June 2022, year by year, and of a year the households of its January. */
Test(city_award, the_sum_by_hand)
{
    static const pilot_award_year wanted[] = {
        /* a1 alone, one month of 18 yuan for 10 households (4.4.1-6) */
        {2019, YUAN(180), YUAN(90), YUAN(90), 0},
        /* c has failed: a1's 12 months and a2's 10 */
        {2020, 0, 0, 0, YUAN(18 * (12 * 10 + 10 * 20))},
        /* c has passed, of e nobody knows */
        {2021, YUAN(18 * 12 * 30), YUAN(9 * 12 * 30), YUAN(9 * 12 * 30), YUAN(18 * 12 * 40)},
        /* not assessed yet; a2 has 30 households now */
        {2022, 0, 0, 0, YUAN(12 * 12 * 80)},
        {2023, 0, 0, 0, YUAN(6 * 12 * 80)},
    };
    pilot_policy *policy = reading(reading(notice(), PILOT_READING_GATE_MODE, PILOT_GATE_MODE_ANNUAL),
                                   PILOT_READING_HOUSEHOLD_DATE, PILOT_HOUSEHOLD_DATE_JANUARY);
    pilot_city *city = city_of(city_text);
    const pilot_date day = date(2022, 6, 30);
    pilot_award_year years[COUNT(wanted)];
    pilot_award_sum sum;
    cr_assert_eq(pilot_city_award(policy, city, NULL, day, &sum, years, COUNT(years), NULL), PILOT_OK);
    for (size_t i = 0; i < COUNT(wanted); i++)
        CHECK(memcmp(&years[i], &wanted[i], sizeof *wanted) == 0,
              "%d: %" PRId64 " = %" PRId64 " + %" PRId64 ", withheld %" PRId64, years[i].year,
              years[i].total, years[i].city, years[i].district, years[i].withheld);
    cr_expect_eq(sum.award.total, YUAN(180 + 6480));
    cr_expect_eq(sum.award.city, YUAN(90 + 3240));
    cr_expect_eq(sum.award.district, YUAN(90 + 3240));
    cr_expect_eq(sum.award.withheld, YUAN(5760 + 8640 + 11520 + 5760));
    cr_expect_eq(sum.quantity[PILOT_PER_HOUSEHOLD], 10 + 30 + 40);
    cr_expect_eq(sum.areas, 3);
    cr_expect_eq(sum.areas_unknown, 2); /* a5 and a6; a4 is nobody's */

    const pilot_community *e = pilot_city_find_community(city, "e");
    cr_assert_eq(pilot_city_award(policy, city, e, day, &sum, NULL, 0, NULL), PILOT_OK);
    cr_expect_eq(sum.award.total, 0);
    cr_expect_eq(sum.award.withheld, YUAN(40 * 12 * (18 + 12 + 6)));
    cr_expect_eq(sum.areas, 1);
    cr_expect_eq(sum.areas_unknown, 0);
    pilot_city_free(city);
    pilot_policy_free(policy);
}

Test(city_award, the_range_over_the_readings)
{
    pilot_city *city = city_of(city_text);
    const pilot_records *r = pilot_city_records(city);
    pilot_policy *policy = notice();
    const pilot_date days[] = {date(2020, 6, 30), date(2022, 6, 30)};
    for (size_t i = 0; i < COUNT(days); i++) {
        check_range(policy, city, NULL, days[i]);
        for (size_t c = 0; c < r->community_count; c++)
            check_range(policy, city, &r->communities[c], days[i]);
    }
    pilot_policy_free(policy);
    pilot_city_free(city);
}

/* Of an area only some counts are known: a range has the sums with it or those without it. */
Test(city_award, a_range_is_of_the_same_areas)
{
    static const char partly[] =
        "{\"districts\":[{\"id\":\"d\"}],\"communities\":[{\"id\":\"c\",\"district\":\"d\","
        "\"assessments\":[{\"year\":2020,\"result\":\"passed\",\"date\":\"2021-02-10\"}]}],"
        "\"areas\":[{\"id\":\"a\",\"communities\":[\"c\"],\"households\":10,\"occupied_households\":8,"
        "\"paying_households\":6,\"steps\":{\"entry\":\"2020-01-01\"}},"
        "{\"id\":\"b\",\"communities\":[\"c\"],\"households\":100,"
        "\"steps\":{\"entry\":\"2020-01-01\"}}]}";
    pilot_city *city = city_of(partly);
    for (int32_t basis = 0; basis < 3; basis++) {
        pilot_policy *policy = reading(notice(), PILOT_READING_HOUSEHOLD_BASIS, basis);
        check_range(policy, city, NULL, date(2022, 6, 30));
        pilot_policy_free(policy);
    }
    pilot_city_free(city);
}
