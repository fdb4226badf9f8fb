/* Owners' votes: both laws at their bounds, counting by unit, and choosing among offers. Areas are in
 * 0.01 m². */
#include "cases.h"

#define M2(whole) ((whole)*INT64_C(100))

static pilot_error last_error;

static pilot_vote_result decided(const pilot_policy *policy, const pilot_vote_totals *totals)
{
    pilot_vote_result result;
    pilot_error error = {0};
    pilot_status status = pilot_vote_decide(policy, totals, &result, &error);
    CHECK(status == PILOT_OK, "%s: %s", error.path, error.message);
    return result;
}

Test(vote, the_law_is_that_of_the_day)
{
    static const struct {
        const char *day, *law, *first;
        uint32_t special;
    } rows[] = {
        {"2007-10-01", "property-law", "2007-10-01", 0xE0},
        {"2019-12-31", "property-law", "2007-10-01", 0xE0},
        {"2020-12-31", "property-law", "2007-10-01", 0xE0},
        {"2021-01-01", "civil-code", "2021-01-01", 0xC8},
        {"2200-12-31", "civil-code", "2021-01-01", 0xC8},
    };
    pilot_policy *policy = notice();
    pilot_vote_law law;
    for (size_t i = 0; i < COUNT(rows); i++)
        for (int m = 1; m < PILOT_MATTER_COUNT; m++) {
            cr_assert_eq(pilot_vote_law_on(policy, cases_date(rows[i].day), (pilot_matter)m, &law, NULL),
                         PILOT_OK);
            cr_assert_str_eq(law.id, rows[i].law);
            cr_assert_eq(law.first, cases_date(rows[i].first));
            cr_assert_eq(law.kind == PILOT_SPECIAL, (rows[i].special >> m & 1) != 0, "%s %d",
                         rows[i].day, m);
        }
    mark(&law, sizeof law);
    const pilot_date day = cases_date("2021-01-01");
    const pilot_matter hire = PILOT_MATTER_HIRE_PROVIDER;
    cr_expect_eq(pilot_vote_law_on(NULL, day, hire, &law, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_vote_law_on(policy, day, hire, NULL, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_vote_law_on(policy, day, (pilot_matter)0, &law, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_vote_law_on(policy, day, (pilot_matter)8, &law, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_vote_law_on(policy, day, (pilot_matter)-1, &law, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_vote_law_on(policy, INT32_MAX, hire, &law, NULL), PILOT_ERROR_RANGE);
    cr_expect_eq(pilot_vote_law_on(policy, cases_date("2007-09-30"), hire, &law, NULL),
                 PILOT_ERROR_NOT_FOUND);
    cr_expect(marked(&law, sizeof law));
    pilot_policy_free(policy);
}

/* One threshold alone decides: the others are passed by far. The day and matter choose the law; least
 * is the smallest value that passes. Approval of those who vote is measured by base of them. */
typedef struct bound_case {
    const char *day;
    pilot_matter matter;
    pilot_threshold_of threshold;
    int64_t base, least;
} bound_case;

static int64_t *measure(pilot_vote_weight *weight, bool heads)
{
    return heads ? &weight->heads : &weight->area;
}

/* All owners take part and are in favour, but for what the threshold under test reaches. */
static pilot_vote_totals totals_at(const bound_case *b, int64_t value)
{
    bool heads = b->threshold % 2 != 0;
    pilot_vote_totals t = {.day = cases_date(b->day), .matter = b->matter};
    t.all = t.in_favour = (pilot_vote_weight){M2(100000), 100000};
    *measure(&t.all, heads) = b->base;
    *measure(&t.in_favour, heads) = value;
    *measure(&t.in_favour, !heads) -= 1;
    if (b->threshold >= PILOT_APPROVAL_AREA) {
        t.against = (pilot_vote_weight){t.all.area - t.in_favour.area, t.all.heads - t.in_favour.heads};
        return t;
    }
    return t;
}

static void check_bound(const pilot_policy *policy, const bound_case *b, int64_t value)
{
    pilot_vote_totals t = totals_at(b, value);
    pilot_vote_result r = decided(policy, &t);
    const pilot_vote_check *check = &r.checks[b->threshold];
    CHECK(check->base == b->base && check->reached == value, "%s: base", b->day);
    CHECK(check->needed == b->least, "%s, %d of %lld: needed %lld", b->day, (int)b->threshold,
          (long long)b->base, (long long)check->needed);
    CHECK(check->margin == value - b->least, "%s: margin", b->day);
    CHECK(check->met == (value >= b->least), "%s: met at %lld", b->day, (long long)value);
    CHECK(check->missing == (value >= b->least ? 0 : b->least - value), "%s: missing", b->day);
    /* Participation brings approval of all owners down with it; all else is met. */
    for (int i = 0; i < PILOT_THRESHOLD_COUNT; i++)
        CHECK(i == (int)b->threshold || i == (int)b->threshold + 2 || r.checks[i].met, "%s: %d", b->day,
              i);
    if (b->threshold >= PILOT_APPROVAL_AREA || r.law.terms.approval_of == PILOT_OF_PARTICIPATING)
        CHECK(r.passed == (value >= b->least), "%s, %d: passed at %lld", b->day, (int)b->threshold,
              (long long)value);
}

#define OLD "2020-12-31"
#define NEW "2021-01-01"
#define HIRE PILOT_MATTER_HIRE_PROVIDER
#define FUND PILOT_MATTER_RAISE_FUND
#define PARTS PILOT_MATTER_USE_COMMON_PARTS

Test(vote, each_threshold_decides_alone_at_its_bound)
{
    static const bound_case cases[] = {
        {OLD, HIRE, PILOT_PARTICIPATION_AREA, M2(61370), M2(30685) + 1},
        {OLD, HIRE, PILOT_PARTICIPATION_AREA, M2(61370) + 1, M2(30685) + 1},
        {OLD, HIRE, PILOT_PARTICIPATION_HEADS, 1000, 501},
        {OLD, HIRE, PILOT_PARTICIPATION_HEADS, 1001, 501},
        {OLD, HIRE, PILOT_APPROVAL_AREA, M2(61370), M2(30685) + 1},
        {OLD, HIRE, PILOT_APPROVAL_AREA, M2(61370) + 1, M2(30685) + 1},
        {OLD, HIRE, PILOT_APPROVAL_HEADS, 1000, 501},
        {OLD, HIRE, PILOT_APPROVAL_HEADS, 1001, 501},
        {OLD, PARTS, PILOT_APPROVAL_HEADS, 1000, 501},
        {OLD, PARTS, PILOT_APPROVAL_AREA, M2(1000), M2(500) + 1},
        {OLD, FUND, PILOT_PARTICIPATION_AREA, M2(1000), M2(500) + 1},
        {OLD, FUND, PILOT_PARTICIPATION_HEADS, 1000, 501},
        {OLD, FUND, PILOT_APPROVAL_AREA, M2(60000), M2(40000)},
        {OLD, FUND, PILOT_APPROVAL_AREA, M2(60000) + 1, M2(40000) + 1},
        {OLD, FUND, PILOT_APPROVAL_AREA, M2(60000) + 2, M2(40000) + 2},
        {OLD, FUND, PILOT_APPROVAL_HEADS, 999, 666},
        {OLD, FUND, PILOT_APPROVAL_HEADS, 1000, 667},
        {OLD, FUND, PILOT_APPROVAL_HEADS, 1001, 668},
        {OLD, PILOT_MATTER_USE_FUND, PILOT_APPROVAL_HEADS, 999, 666},
        {NEW, HIRE, PILOT_PARTICIPATION_AREA, M2(60000), M2(40000)},
        {NEW, HIRE, PILOT_PARTICIPATION_AREA, M2(60000) + 1, M2(40000) + 1},
        {NEW, HIRE, PILOT_PARTICIPATION_HEADS, 999, 666},
        {NEW, HIRE, PILOT_PARTICIPATION_HEADS, 1000, 667},
        {NEW, HIRE, PILOT_APPROVAL_AREA, M2(61370), M2(30685) + 1},
        {NEW, HIRE, PILOT_APPROVAL_AREA, M2(61370) + 1, M2(30685) + 1},
        {NEW, HIRE, PILOT_APPROVAL_HEADS, 1000, 501},
        {NEW, HIRE, PILOT_APPROVAL_HEADS, 1001, 501},
        {NEW, PILOT_MATTER_USE_FUND, PILOT_APPROVAL_HEADS, 1000, 501},
        {NEW, PARTS, PILOT_PARTICIPATION_AREA, M2(60000), M2(40000)},
        {NEW, PARTS, PILOT_PARTICIPATION_HEADS, 1000, 667},
        {NEW, PARTS, PILOT_APPROVAL_AREA, M2(60000), M2(45000)},
        {NEW, PARTS, PILOT_APPROVAL_AREA, M2(60000) + 1, M2(45000) + 1},
        {NEW, PARTS, PILOT_APPROVAL_HEADS, 1000, 750},
        {NEW, PARTS, PILOT_APPROVAL_HEADS, 1001, 751},
        {NEW, FUND, PILOT_APPROVAL_HEADS, 1003, 753},
        {NEW, FUND, PILOT_APPROVAL_AREA, INT64_MAX, INT64_C(6917529027641081856)},
        {OLD, FUND, PILOT_APPROVAL_AREA, INT64_MAX, INT64_C(6148914691236517205)},
        {OLD, HIRE, PILOT_APPROVAL_HEADS, INT64_MAX, INT64_C(4611686018427387904)},
    };
    pilot_policy *policy = notice();
    for (size_t i = 0; i < COUNT(cases); i++) {
        bool heads = cases[i].threshold % 2 != 0;
        const int64_t around[] = {heads ? 1 : 100, 1, 0, -1, heads ? -1 : -100};
        for (size_t j = 0; j < COUNT(around); j++)
            check_bound(policy, &cases[i], cases[i].least + around[j]);
    }
    pilot_policy_free(policy);
}

/* The same ballots, the day before and the day of the Civil Code. */
Test(vote, the_same_ballots_under_either_law)
{
    pilot_policy *policy = notice();
    pilot_vote_totals t = {.matter = PILOT_MATTER_HIRE_PROVIDER,
                           .all = {M2(90000), 900},
                           .in_favour = {M2(31000), 310},
                           .against = {M2(29000), 290}};
    t.day = cases_date("2020-12-31");
    pilot_vote_result r = decided(policy, &t);
    cr_assert(!r.passed && r.reachable);
    cr_assert_eq(r.checks[PILOT_APPROVAL_AREA].needed, M2(45000) + 1);
    cr_assert_eq(r.checks[PILOT_APPROVAL_HEADS].missing, 141);
    cr_assert_eq(r.more.area, M2(14000) + 1);
    cr_assert_eq(r.more.heads, 141);
    t.day = cases_date("2021-01-01");
    r = decided(policy, &t);
    cr_assert(r.passed && r.reachable);
    cr_assert_eq(r.more.area + r.more.heads, 0);
    cr_assert_eq(r.participating.area, M2(60000));
    cr_assert_eq(r.participating.heads, 600);
    cr_assert(r.receipt.as_of.known && r.receipt.as_of.value == t.day);
    cr_assert_str_eq(r.receipt.policy, "nanchang-2019");

    /* To do business with common parts, three quarters of those who vote: 90 new votes make 690, of
     * which 400 are too few; 560 make 1160 > 900, so it is out of reach. */
    t.matter = PILOT_MATTER_USE_COMMON_PARTS;
    r = decided(policy, &t);
    cr_assert(!r.passed && !r.reachable);
    cr_assert_eq(r.checks[PILOT_APPROVAL_HEADS].needed, 450);
    cr_assert_not(r.checks[PILOT_APPROVAL_HEADS].more.known);
    t.against = (pilot_vote_weight){M2(14500), 145};
    t.abstained = (pilot_vote_weight){M2(500), 5};
    r = decided(policy, &t);
    cr_assert_eq(r.checks[PILOT_APPROVAL_HEADS].missing, 35);
    cr_assert_eq(r.checks[PILOT_APPROVAL_HEADS].more.value, 140);
    cr_assert_eq(r.checks[PILOT_PARTICIPATION_HEADS].more.value, 140);
    cr_assert(r.reachable && r.more.heads == 140 && r.more.area == M2(14000));
    pilot_policy_free(policy);
}

Test(vote, nobody_decides_nothing)
{
    static const char *const days[] = {OLD, NEW};
    pilot_policy *policy = notice();
    for (int i = 0; i < 4; i++) {
        pilot_vote_totals t = {.day = cases_date(days[i % 2]), .matter = HIRE};
        if (i > 1)
            t.all = (pilot_vote_weight){M2(1000), 10};
        pilot_vote_result r = decided(policy, &t);
        cr_assert_not(r.passed);
        cr_assert_eq(r.reachable, i > 1);
        for (int c = 0; c < PILOT_THRESHOLD_COUNT; c++)
            cr_assert(!r.checks[c].met && r.checks[c].needed >= 1 && r.checks[c].reached == 0);
        t.abstained = t.all; /* those who abstain take part, and are not in favour */
        r = decided(policy, &t);
        cr_assert(!r.passed && !r.reachable);
        cr_assert_eq(r.checks[PILOT_PARTICIPATION_AREA].met, i > 1);
    }
    pilot_policy_free(policy);
}

static void expect_refused(const pilot_policy *policy, const pilot_vote_totals *t, pilot_status status,
                           const char *path)
{
    pilot_vote_result r;
    pilot_error error = {0};
    mark(&r, sizeof r);
    cr_expect_eq(pilot_vote_decide(policy, t, &r, &error), status, "%s", path);
    cr_expect_eq(pilot_vote_decide(policy, t, &r, NULL), status, "%s", path);
    cr_expect_eq(error.status, status);
    cr_expect_str_eq(error.path, path);
    cr_expect(says_it_in_chinese(&error), "%s: %s", path, error.message_zh);
    last_error = error;
    cr_expect(marked(&r, sizeof r), "%s", path);
}

#define REFUSED(status, path, change)                                                                   \
    (t = good, (void)(change), expect_refused(policy, &t, status, path))

Test(vote, bad_totals_are_refused)
{
    pilot_policy *policy = notice();
    pilot_vote_totals t, good = {.day = cases_date(NEW),
                                 .matter = HIRE,
                                 .all = {M2(100), 10},
                                 .in_favour = {M2(50), 5},
                                 .against = {M2(20), 2},
                                 .abstained = {M2(10), 1}};
    pilot_vote_result r;
    REFUSED(PILOT_ERROR_ARGUMENT, "/matter", t.matter = (pilot_matter)0);
    REFUSED(PILOT_ERROR_RANGE, "/held_on", t.day = INT32_MIN);
    REFUSED(PILOT_ERROR_NOT_FOUND, "/held_on", t.day = cases_date("2007-09-30"));
    REFUSED(PILOT_ERROR_RANGE, "/all", t.all.area = -1);
    REFUSED(PILOT_ERROR_RANGE, "/in_favour", t.in_favour.heads = -1);
    cr_expect_str_eq(last_error.value, "-1");
    REFUSED(PILOT_ERROR_RANGE, "/in_favour", (t.in_favour = (pilot_vote_weight){0, -1}));
    cr_expect_str_eq(last_error.value, "-1");
    REFUSED(PILOT_ERROR_RANGE, "/abstained", t.abstained.area = INT64_MIN);
    REFUSED(PILOT_ERROR_INCONSISTENT, "/all", t.all.heads = 0);
    REFUSED(PILOT_ERROR_INCONSISTENT, "/in_favour", t.in_favour.heads = 0);
    REFUSED(PILOT_ERROR_INCONSISTENT, "/against", t.against.area = 0);
    REFUSED(PILOT_ERROR_INCONSISTENT, "/in_favour", t.in_favour.area = M2(100) + 1);
    REFUSED(PILOT_ERROR_INCONSISTENT, "/against", t.against.area = INT64_MAX);
    REFUSED(PILOT_ERROR_INCONSISTENT, "/abstained", t.abstained.heads = 4);
    REFUSED(PILOT_ERROR_INCONSISTENT, "/all", t.abstained.heads = 3);
    REFUSED(PILOT_ERROR_INCONSISTENT, "/all", t.abstained.area = M2(30));
    REFUSED(PILOT_ERROR_INCONSISTENT, "/in_favour", (t.all = (pilot_vote_weight){0, 0}));
    cr_expect_eq(pilot_vote_decide(NULL, &good, &r, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_vote_decide(policy, NULL, &r, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_vote_decide(policy, &good, NULL, NULL), PILOT_ERROR_ARGUMENT);
    pilot_policy_free(policy);
}

static bool suffices(wide reached, wide base, pilot_threshold t)
{
    wide left = reached * t.share.denominator, right = base * t.share.numerator;
    return reached > 0 && (t.bound == PILOT_MORE_THAN ? left > right : left >= right);
}

/* By cross multiplication in 128 bits, and by trying: the least that does, and one less that does not.
 */
static void check_against_wide(const pilot_vote_check *c, bool of_those, int64_t left)
{
    CHECK(c->met == suffices(c->reached, c->base, c->threshold), "met");
    CHECK(suffices(c->needed, c->base, c->threshold), "needed %lld", (long long)c->needed);
    CHECK(!suffices((wide)c->needed - 1, c->base, c->threshold), "needed - 1");
    CHECK(c->margin == c->reached - c->needed && c->missing == (c->met ? 0 : -c->margin), "margin");
    const wide grown = (wide)c->base + (of_those ? left : 0);
    CHECK(c->more.known == suffices((wide)c->reached + left, grown, c->threshold), "reachable");
    if (!c->more.known || c->met)
        return;
    const wide x = c->more.value;
    CHECK(suffices(c->reached + x, c->base + (of_those ? x : 0), c->threshold), "more");
    CHECK(!suffices(c->reached + x - 1, c->base + (of_those ? x - 1 : 0), c->threshold), "more - 1");
}

static void check_result(const pilot_vote_totals *t, const pilot_vote_result *r)
{
    bool passed = true;
    for (int i = 0; i < PILOT_THRESHOLD_COUNT; i++) {
        bool heads = i % 2 != 0, approval = i >= PILOT_APPROVAL_AREA;
        const int64_t all = heads ? t->all.heads : t->all.area;
        const int64_t yes = heads ? t->in_favour.heads : t->in_favour.area;
        const wide voted = (wide)yes + (heads ? t->against.heads : t->against.area) +
                           (heads ? t->abstained.heads : t->abstained.area);
        bool of_those = approval && t->day >= 18628;
        CHECK(r->checks[i].reached == (approval ? yes : voted), "reached");
        CHECK(r->checks[i].base == (of_those ? voted : all), "base");
        check_against_wide(&r->checks[i], of_those, (int64_t)(all - voted));
        passed = passed && r->checks[i].met;
    }
    CHECK(r->passed == passed, "passed");
}

#define UNITS_MAX 24
static const char *const owners[] = {"甲", "乙",      "丙",      "丁",     "戊",
                                     "己", "owner 7", "owner 8", "owner 9"};

/* An owner's ballot is drawn once, so the list is consistent; owner COUNT(owners) is the developer. */
static size_t random_units(pilot_vote_unit *units)
{
    const size_t count = (size_t)below(UNITS_MAX + 1);
    pilot_ballot ballots[COUNT(owners) + 1];
    const int64_t variety = 1 + below(4);
    for (size_t i = 0; i < COUNT(ballots); i++)
        ballots[i] = (pilot_ballot)below(variety);
    for (size_t i = 0; i < count; i++) {
        size_t owner = (size_t)below(COUNT(owners) + 1);
        bool developer = owner == COUNT(owners);
        units[i] = (pilot_vote_unit){
            .area = 1 + (below(2) ? below(20000) : below(INT64_MAX / UNITS_MAX)),
            .owner = developer ? below(2) ? owners[below(COUNT(owners))] : NULL : owners[owner],
            .developer = developer ? PILOT_ANSWER_YES : (pilot_answer)below(2),
            .ballot = ballots[owner]};
    }
    return count;
}

/* Counts without sorting: each owner looks for his units. */
static pilot_vote_totals slow_count(const pilot_vote_unit *units, size_t count)
{
    pilot_vote_totals t = {0};
    pilot_vote_weight *const groups[] = {NULL, &t.in_favour, &t.against, &t.abstained};
    for (size_t i = 0; i < count; i++) {
        bool seen = false;
        for (size_t j = 0; j < i && !seen; j++) {
            bool a = units[i].developer == PILOT_ANSWER_YES, b = units[j].developer == PILOT_ANSWER_YES;
            seen = a == b && (a || strcmp(units[i].owner, units[j].owner) == 0);
        }
        t.all.area += units[i].area;
        t.all.heads += !seen;
        if (units[i].ballot == PILOT_NO_BALLOT)
            continue;
        groups[units[i].ballot]->area += units[i].area;
        groups[units[i].ballot]->heads += !seen;
    }
    return t;
}

static bool same_weight(pilot_vote_weight a, pilot_vote_weight b)
{
    return a.area == b.area && a.heads == b.heads;
}

static bool same_totals(const pilot_vote_totals *a, const pilot_vote_totals *b)
{
    return a->day == b->day && a->matter == b->matter && same_weight(a->all, b->all) &&
           same_weight(a->in_favour, b->in_favour) && same_weight(a->against, b->against) &&
           same_weight(a->abstained, b->abstained);
}

Test(vote, totals_and_units_agree_with_a_slow_count)
{
    pilot_policy *policy = notice();
    pilot_vote_unit units[UNITS_MAX];
    const pilot_vote_unit *order[UNITS_MAX];
    long passed = 0;
    for (int n = 250000 / stride(); n > 0; n--) {
        const size_t count = random_units(units);
        pilot_vote_totals slow = slow_count(units, count), fast = {0};
        fast.day = slow.day = 18627 + (pilot_date)below(2); /* 2020-12-31, 2021-01-01 */
        fast.matter = slow.matter = (pilot_matter)(1 + below(PILOT_MATTER_COUNT - 1));
        CHECK(pilot_vote_count(units, count, order, NULL, 0, &fast, NULL) == PILOT_OK, "count");
        CHECK(same_totals(&fast, &slow), "totals");
        pilot_vote_result r = decided(policy, &fast);
        check_result(&slow, &r);
        passed += r.passed;
    }
    cr_assert_gt(passed, 0);
    pilot_policy_free(policy);
}

/* Totals over the whole range of numbers, near the bounds half of the time. */
Test(vote, totals_agree_with_128_bits)
{
    pilot_policy *policy = notice();
    for (int n = 250000 / stride(); n > 0; n--) {
        const int64_t limit = below(2) ? 50 : below(2) ? 100000 : INT64_MAX;
        pilot_vote_totals t = {.day = 18627 + (pilot_date)below(2),
                               .matter = (pilot_matter)(1 + below(PILOT_MATTER_COUNT - 1))};
        pilot_vote_weight left;
        left = t.all = (pilot_vote_weight){4 + below(limit - 4), 4 + below(limit - 4)};
        pilot_vote_weight *const groups[] = {&t.in_favour, &t.against, &t.abstained};
        for (size_t i = 0; i < COUNT(groups); i++) {
            if (left.area < 2 || left.heads < 2 || below(4) == 0)
                continue;
            *groups[i] = (pilot_vote_weight){1 + below(left.area - 1), 1 + below(left.heads - 1)};
            left.area -= groups[i]->area;
            left.heads -= groups[i]->heads;
        }
        pilot_vote_result r = decided(policy, &t);
        check_result(&t, &r);
    }
    pilot_policy_free(policy);
}

static pilot_vote_unit unit(const char *owner, pilot_area area, pilot_ballot ballot)
{
    return (pilot_vote_unit){.area = area, .owner = owner, .ballot = ballot};
}

Test(vote, heads_are_counted_by_the_interpretation)
{
    const pilot_vote_unit units[] = {
        unit("陈", M2(60), PILOT_IN_FAVOUR),
        unit("李", M2(80), PILOT_AGAINST),
        unit("陈", M2(40), PILOT_IN_FAVOUR), /* two units, one head */
        {.area = M2(100), .developer = PILOT_ANSWER_YES, .ballot = PILOT_ABSTAINED},
        {.area = M2(110), .owner = "李", .developer = PILOT_ANSWER_YES, .ballot = PILOT_ABSTAINED},
        {.area = M2(50), .owner = "王", .developer = PILOT_ANSWER_NO, .ballot = PILOT_NO_BALLOT},
        unit("陈 ", M2(1), PILOT_AGAINST), /* another text, another owner */
    };
    const pilot_vote_unit *order[COUNT(units)];
    pilot_vote_totals t = {.day = 5, .matter = HIRE, .against = {7, 7}};
    cr_assert_eq(pilot_vote_count(units, COUNT(units), order, NULL, 0, &t, NULL), PILOT_OK);
    const pilot_vote_totals wanted = {.day = 5,
                                      .matter = HIRE,
                                      .all = {M2(441), 5},
                                      .in_favour = {M2(100), 1},
                                      .against = {M2(81), 2},
                                      .abstained = {M2(210), 1}};
    cr_assert(same_totals(&t, &wanted));
    cr_assert_eq(pilot_vote_count(NULL, 0, NULL, NULL, 0, &t, NULL), PILOT_OK);
    cr_assert(same_weight(t.all, (pilot_vote_weight){0, 0}) && t.day == 5);
}

static void expect_no_count(const pilot_vote_unit *units, size_t count, size_t offer_count,
                            pilot_status status, const char *path)
{
    const pilot_vote_unit *order[8];
    pilot_vote_weight offers[2] = {{1, 2}, {3, 4}};
    pilot_vote_totals t = {.day = 1, .matter = HIRE, .all = {3, 4}, .in_favour = {1, 1}};
    const pilot_vote_totals untouched = t;
    pilot_error error = {0};
    cr_expect_eq(
        pilot_vote_count(units, count, order, offer_count ? offers : NULL, offer_count, &t, &error),
        status, "%s", path);
    cr_expect_str_eq(error.path, path);
    cr_expect(error.status == status && says_it_in_chinese(&error), "%s: %s", path, error.message_zh);
    last_error = error;
    cr_expect(same_totals(&t, &untouched) && offers[0].area == 1 && offers[1].heads == 4, "%s", path);
}

Test(vote, bad_units_are_refused_with_their_place)
{
    const pilot_vote_unit good[] = {
        unit("a", 10, PILOT_IN_FAVOUR), unit("b", 20, PILOT_AGAINST), unit("c", 30, PILOT_ABSTAINED),
        unit("a", 10, PILOT_IN_FAVOUR), unit("b", 20, PILOT_AGAINST),
    };
    pilot_vote_unit u[COUNT(good)];
#define UNITS_REFUSED(status, path, offers, change)                                                     \
    (memcpy(u, good, sizeof u), (void)(change), expect_no_count(u, COUNT(u), offers, status, path))
    UNITS_REFUSED(PILOT_ERROR_RANGE, "/units/2/area_m2", 0, u[2].area = 0);
    UNITS_REFUSED(PILOT_ERROR_RANGE, "/units/0/area_m2", 0, u[0].area = -1);
    UNITS_REFUSED(PILOT_ERROR_MISSING_VALUE, "/units/1/owner", 0, u[1].owner = NULL);
    UNITS_REFUSED(PILOT_ERROR_MISSING_VALUE, "/units/1/owner", 0, u[1].owner = "");
    UNITS_REFUSED(PILOT_ERROR_ARGUMENT, "/units/4/ballot", 0, u[4].ballot = (pilot_ballot)4);
    cr_expect_str_eq(last_error.value, "4");
    UNITS_REFUSED(PILOT_ERROR_ARGUMENT, "/units/4/ballot", 0, u[4].ballot = (pilot_ballot)-1);
    UNITS_REFUSED(PILOT_ERROR_RANGE, "/units/3/offer", 2, u[3].offer = 2);
    UNITS_REFUSED(PILOT_ERROR_OVERFLOW, "/units/1/area_m2", 0, u[1].area = INT64_MAX - 9);
    UNITS_REFUSED(PILOT_ERROR_OVERFLOW, "/units/4/area_m2", 0, u[4].area = INT64_MAX - 69);
    UNITS_REFUSED(PILOT_ERROR_INCONSISTENT, "/units/3/ballot", 0, u[3].ballot = PILOT_NO_BALLOT);
    UNITS_REFUSED(PILOT_ERROR_INCONSISTENT, "/units/4/ballot", 0, u[1].ballot = PILOT_IN_FAVOUR);
    UNITS_REFUSED(PILOT_ERROR_INCONSISTENT, "/units/3/ballot", 0,
                  (u[3].ballot = PILOT_AGAINST, u[4].ballot = PILOT_ABSTAINED));
    UNITS_REFUSED(PILOT_ERROR_INCONSISTENT, "/units/3/ballot", 2, u[3].offer = 1);
    UNITS_REFUSED(PILOT_ERROR_INCONSISTENT, "/units/1/ballot", 0,
                  u[0].developer = u[1].developer = PILOT_ANSWER_YES);
    const pilot_vote_unit *order[COUNT(good)];
    pilot_vote_totals t = {0};
    /* Without offers their numbers mean nothing; what is not in favour has none. */
    memcpy(u, good, sizeof u);
    u[3].offer = 9;
    cr_expect_eq(pilot_vote_count(u, COUNT(u), order, NULL, 0, &t, NULL), PILOT_OK);
    u[1].area = INT64_MAX - 70;
    cr_expect_eq(pilot_vote_count(u, COUNT(u), order, NULL, 0, &t, NULL), PILOT_OK);
    cr_expect_eq(t.all.area, INT64_MAX);
    cr_expect_eq(pilot_vote_count(NULL, 1, order, NULL, 0, &t, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_vote_count(u, 1, NULL, NULL, 0, &t, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_vote_count(u, 1, order, NULL, 1, &t, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_vote_count(u, 1, order, NULL, 0, NULL, NULL), PILOT_ERROR_ARGUMENT);
}

/* Offers of a vote of 1,000 owners with 100 m² each, of whom the rest has not voted. */
static pilot_choice chosen(const pilot_policy *policy, const int64_t *heads, const int64_t *areas,
                           size_t count, bool run_off, pilot_offer_result *results)
{
    pilot_vote_weight offers[8];
    pilot_vote_totals t = {.day = cases_date(NEW), .matter = HIRE, .all = {M2(100000), 1000}};
    pilot_choice choice;
    pilot_error error = {0};
    for (size_t i = 0; i < count; i++) {
        offers[i] = (pilot_vote_weight){M2(100) * areas[i], heads[i]};
        t.in_favour.area += offers[i].area;
        t.in_favour.heads += offers[i].heads;
    }
    pilot_status status =
        pilot_vote_choose(policy, &t, offers, count, run_off, &choice, results, &error);
    cr_assert_eq(status, PILOT_OK, "%s: %s", error.path, error.message);
    return choice;
}

typedef struct choice_case {
    size_t count;
    int64_t heads[5], areas[5];
    pilot_choice_outcome without, with; /* a run-off */
    uint32_t standing;                  /* bits of offers, with a run-off */
} choice_case;

Test(vote, the_most_votes_are_not_enough)
{
    static const choice_case cases[] = {
        /* more than half of 700 by both */
        {3, {351, 200, 149}, {351, 200, 149}, PILOT_CHOICE_CHOSEN, PILOT_CHOICE_CHOSEN, 1},
        {3, {149, 200, 351}, {149, 200, 351}, PILOT_CHOICE_CHOSEN, PILOT_CHOICE_CHOSEN, 4},
        /* half is not more than half */
        {3, {350, 200, 150}, {350, 200, 150}, PILOT_CHOICE_NONE, PILOT_CHOICE_RUN_OFF, 3},
        {3, {351, 200, 149}, {350, 200, 150}, PILOT_CHOICE_NONE, PILOT_CHOICE_RUN_OFF, 3},
        {4, {100, 250, 50, 300}, {90, 250, 50, 310}, PILOT_CHOICE_NONE, PILOT_CHOICE_RUN_OFF, 10},
        /* the two that lead may be level, or each ahead by one measure */
        {3, {300, 300, 100}, {300, 300, 100}, PILOT_CHOICE_NONE, PILOT_CHOICE_RUN_OFF, 3},
        {3, {280, 300, 120}, {300, 280, 120}, PILOT_CHOICE_NONE, PILOT_CHOICE_RUN_OFF, 3},
        /* who comes second is open */
        {3, {300, 200, 200}, {300, 200, 200}, PILOT_CHOICE_NONE, PILOT_CHOICE_RUN_OFF_TIE, 7},
        {3, {300, 190, 210}, {300, 210, 190}, PILOT_CHOICE_NONE, PILOT_CHOICE_RUN_OFF_TIE, 7},
        {4, {250, 250, 200, 0}, {250, 200, 250, 0}, PILOT_CHOICE_NONE, PILOT_CHOICE_RUN_OFF_TIE, 7},
        {4, {300, 200, 200, 10}, {300, 200, 200, 10}, PILOT_CHOICE_NONE, PILOT_CHOICE_RUN_OFF_TIE, 7},
        /* who is level by one measure and ahead by the other is ahead */
        {3, {300, 200, 200}, {300, 200, 190}, PILOT_CHOICE_NONE, PILOT_CHOICE_RUN_OFF, 3},
        {3, {300, 190, 200}, {300, 200, 200}, PILOT_CHOICE_NONE, PILOT_CHOICE_RUN_OFF, 5},
        /* a run-off takes two with votes */
        {1, {400}, {400}, PILOT_CHOICE_NONE, PILOT_CHOICE_NONE, 0},
        {1, {700}, {700}, PILOT_CHOICE_CHOSEN, PILOT_CHOICE_CHOSEN, 1},
        {3, {400, 0, 0}, {400, 0, 0}, PILOT_CHOICE_NONE, PILOT_CHOICE_NONE, 0},
        {2, {0, 0}, {0, 0}, PILOT_CHOICE_NONE, PILOT_CHOICE_NONE, 0},
        {0, {0}, {0}, PILOT_CHOICE_NONE, PILOT_CHOICE_NONE, 0},
        /* too few take part */
        {2, {600, 66}, {600, 66}, PILOT_CHOICE_NONE, PILOT_CHOICE_RUN_OFF, 3},
        {2, {600, 67}, {600, 67}, PILOT_CHOICE_CHOSEN, PILOT_CHOICE_CHOSEN, 1},
    };
    pilot_policy *policy = notice();
    for (size_t i = 0; i < COUNT(cases); i++)
        for (int run_off = 0; run_off < 2; run_off++) {
            const choice_case *k = &cases[i];
            pilot_offer_result results[5];
            pilot_choice c = chosen(policy, k->heads, k->areas, k->count, run_off, results);
            cr_assert_eq(c.outcome, run_off ? k->with : k->without, "case %zu: %s", i,
                         pilot_choice_name(c.outcome));
            uint32_t standing = 0;
            for (size_t j = 0; j < k->count; j++) {
                standing |= (uint32_t)results[j].standing << j;
                cr_assert_eq(results[j].vote.in_favour.heads, k->heads[j]);
                cr_assert_eq(results[j].vote.passed, c.outcome == PILOT_CHOICE_CHOSEN && j == c.chosen,
                             "case %zu", i);
            }
            bool none = c.outcome == PILOT_CHOICE_NONE;
            cr_assert_eq(standing, none ? 0 : k->standing, "case %zu: %u", i, standing);
            cr_assert_eq(c.chosen != SIZE_MAX, c.outcome == PILOT_CHOICE_CHOSEN);
            cr_assert_eq(c.count, (size_t)__builtin_popcount(standing), "case %zu", i);
        }
    pilot_policy_free(policy);
}

Test(vote, who_votes_against_all_offers_takes_part)
{
    pilot_policy *policy = notice();
    const pilot_vote_weight offers[] = {{M2(400), 4}, {M2(300), 3}};
    pilot_vote_totals t = {
        .day = cases_date(NEW), .matter = HIRE, .all = {M2(1000), 10}, .in_favour = {M2(700), 7}};
    pilot_choice c;
    pilot_offer_result results[2];
    cr_assert_eq(pilot_vote_choose(policy, &t, offers, 2, true, &c, results, NULL), PILOT_OK);
    cr_assert_eq(c.outcome, PILOT_CHOICE_CHOSEN);
    cr_assert_eq(c.chosen, 0);
    cr_assert(c.receipt.as_of.known && c.receipt.as_of.value == t.day);
    t.against = (pilot_vote_weight){M2(100), 1};
    cr_assert_eq(pilot_vote_choose(policy, &t, offers, 2, true, &c, results, NULL), PILOT_OK);
    cr_assert_eq(c.outcome, PILOT_CHOICE_RUN_OFF);
    cr_assert_eq(results[0].vote.checks[PILOT_APPROVAL_HEADS].needed, 5);
    cr_assert_eq(results[0].vote.checks[PILOT_APPROVAL_HEADS].more.value, 1);
    cr_assert_eq(results[1].behind, 1);
    pilot_policy_free(policy);
}

/* Under a reform by which a third is enough, more than one offer can pass. */
Test(vote, several_that_pass)
{
    pilot_policy *policy = notice();
    pilot_parameters p = *pilot_policy_parameters(policy);
    pilot_vote_rule rule = p.vote_rules[1];
    rule.terms[PILOT_ORDINARY].thresholds[PILOT_APPROVAL_AREA] =
        rule.terms[PILOT_ORDINARY].thresholds[PILOT_APPROVAL_HEADS] =
            (pilot_threshold){{1, 4}, PILOT_AT_LEAST};
    p.vote_rules = &rule;
    p.vote_rule_count = 1;
    pilot_policy *reform = policy_of(&p);
    pilot_offer_result results[3];
    const int64_t level[] = {300, 300, 100}, ahead[] = {310, 300, 100}, crossed[] = {305, 310, 100};
    pilot_choice c = chosen(reform, ahead, ahead, 3, true, results);
    cr_assert(c.outcome == PILOT_CHOICE_CHOSEN && c.chosen == 0 && c.count == 1);
    cr_assert(results[1].vote.passed && !results[1].standing && !results[2].vote.passed);
    c = chosen(reform, level, level, 3, true, results);
    cr_assert(c.outcome == PILOT_CHOICE_TIE && c.chosen == SIZE_MAX && c.count == 2);
    cr_assert(results[0].standing && results[1].standing && !results[2].standing);
    c = chosen(reform, ahead, crossed, 3, false, results);
    cr_assert(c.outcome == PILOT_CHOICE_TIE && c.count == 2);
    pilot_policy_free(reform);
    pilot_policy_free(policy);
}

/* Under a reform that wants all of those who vote, or none against, or no one at all. */
Test(vote, shares_of_one_and_of_nothing)
{
    pilot_policy *policy = notice();
    pilot_parameters p = *pilot_policy_parameters(policy);
    pilot_vote_rule rule = p.vote_rules[1];
    pilot_vote_terms *terms = &rule.terms[PILOT_ORDINARY];
    for (int i = 0; i < PILOT_THRESHOLD_COUNT; i++)
        terms->thresholds[i] = (pilot_threshold){{i < 2 ? 0 : 1, 1}, PILOT_AT_LEAST};
    p.vote_rules = &rule;
    p.vote_rule_count = 1;
    pilot_policy *reform = policy_of(&p);
    pilot_vote_totals t = {.day = cases_date(NEW), .matter = HIRE, .all = {M2(1000), 10}};
    pilot_vote_result r = decided(reform, &t);
    cr_assert(!r.passed && r.reachable && r.more.area == 1 && r.more.heads == 1);
    t.in_favour = (pilot_vote_weight){M2(1), 1};
    r = decided(reform, &t);
    cr_assert(r.passed && r.checks[PILOT_PARTICIPATION_AREA].needed == 1);
    t.against = (pilot_vote_weight){M2(1), 1};
    r = decided(reform, &t);
    cr_assert(!r.passed && !r.reachable && !r.checks[PILOT_APPROVAL_AREA].more.known);
    cr_assert_eq(r.checks[PILOT_APPROVAL_AREA].missing, M2(1));
    pilot_policy_free(reform);
    pilot_policy_free(policy);
}

Test(vote, bad_choices_are_refused)
{
    pilot_policy *policy = notice();
    pilot_vote_weight offers[] = {{M2(400), 4}, {M2(300), 3}};
    const pilot_vote_totals good = {
        .day = cases_date(NEW), .matter = HIRE, .all = {M2(1000), 10}, .in_favour = {M2(700), 7}};
    pilot_vote_totals t = good;
    pilot_choice c;
    pilot_error error;
    mark(&c, sizeof c);
#define CHOICE_REFUSED(wanted, where)                                                                   \
    do {                                                                                                \
        cr_expect_eq(pilot_vote_choose(policy, &t, offers, 2, true, &c, NULL, &error), wanted);         \
        cr_expect_str_eq(error.path, where);                                                            \
        t = good;                                                                                       \
    } while (0)
    t.in_favour = (pilot_vote_weight){M2(701), 8};
    CHOICE_REFUSED(PILOT_ERROR_INCONSISTENT, "/in_favour");
    t.in_favour = (pilot_vote_weight){M2(701), 7};
    CHOICE_REFUSED(PILOT_ERROR_INCONSISTENT, "/in_favour");
    t.in_favour = (pilot_vote_weight){M2(700), 8};
    CHOICE_REFUSED(PILOT_ERROR_INCONSISTENT, "/in_favour");
    t.in_favour = (pilot_vote_weight){M2(699), 7};
    CHOICE_REFUSED(PILOT_ERROR_INCONSISTENT, "/offers/1");
    offers[0].heads = -1;
    CHOICE_REFUSED(PILOT_ERROR_RANGE, "/offers/0");
    offers[0].heads = 4;
    t.day = INT32_MAX;
    CHOICE_REFUSED(PILOT_ERROR_RANGE, "/held_on");
    cr_expect_eq(pilot_vote_choose(NULL, &t, offers, 2, true, &c, NULL, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_vote_choose(policy, NULL, offers, 2, true, &c, NULL, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_vote_choose(policy, &t, NULL, 2, true, &c, NULL, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_vote_choose(policy, &t, offers, 2, true, NULL, NULL, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect(marked(&c, sizeof c));
    pilot_policy_free(policy);
}

Test(vote, ballots_for_offers_are_counted)
{
    pilot_vote_unit units[] = {
        unit("a", 10, PILOT_IN_FAVOUR), unit("b", 20, PILOT_IN_FAVOUR),
        unit("a", 5, PILOT_IN_FAVOUR),  unit("c", 1, PILOT_AGAINST), /* 0.01 m², the least there is */
        unit("d", 40, PILOT_IN_FAVOUR),
    };
    const pilot_vote_unit *order[COUNT(units)];
    pilot_vote_weight offers[3] = {{9, 9}, {9, 9}, {9, 9}};
    pilot_vote_totals t = {.day = 0, .matter = HIRE};
    units[0].offer = units[2].offer = units[4].offer = 2;
    cr_assert_eq(pilot_vote_count(units, COUNT(units), order, offers, 3, &t, NULL), PILOT_OK);
    cr_assert(same_weight(offers[0], (pilot_vote_weight){20, 1}));
    cr_assert(same_weight(offers[1], (pilot_vote_weight){0, 0}));
    cr_assert(same_weight(offers[2], (pilot_vote_weight){55, 2}));
    cr_assert(same_weight(t.in_favour, (pilot_vote_weight){75, 3}));
    cr_assert(same_weight(t.all, (pilot_vote_weight){76, 4}));
}

Test(vote, names)
{
    cr_assert_str_eq(pilot_matter_name(PILOT_MATTER_REBUILD), "rebuild");
    cr_assert_str_eq(pilot_matter_kind_name(PILOT_SPECIAL), "special");
    cr_assert_str_eq(pilot_threshold_name(PILOT_APPROVAL_HEADS), "approval_heads");
    cr_assert_str_eq(pilot_ballot_name(PILOT_ABSTAINED), "abstained");
    cr_assert_str_eq(pilot_choice_name(PILOT_CHOICE_RUN_OFF), "run_off");
    cr_assert_null(pilot_matter_name((pilot_matter)0));
    cr_assert_null(pilot_matter_kind_name((pilot_matter_kind)2));
    cr_assert_null(pilot_threshold_name((pilot_threshold_of)4));
    cr_assert_null(pilot_ballot_name((pilot_ballot)-1));
    cr_assert_null(pilot_choice_name((pilot_choice_outcome)5));
}

#define HEAD "{'held_on': '2021-01-01', 'matter': 'hire_provider'"

static void expect_json(const char *json, pilot_status status, const char *path)
{
    const char *text = quoted(json);
    pilot_vote_totals t = {.day = 77};
    pilot_error error = {0};
    cr_expect_eq(pilot_vote_totals_parse(text, strlen(text), &t, &error), status, "%s: %s", text,
                 error.message);
    cr_expect_str_eq(error.path, path, "%s: %s", text, error.path);
    cr_expect_eq(error.line > 0, status != PILOT_OK);
    cr_expect(status == PILOT_OK || t.day == 77);
}

Test(vote, json)
{
    const char *units =
        quoted(HEAD ", 'units': [{'area_m2': '61.37', 'owner': '甲', 'ballot': 'in_favour'},\n"
                    "{'area_m2': 80, 'owner': '甲', 'ballot': 'in_favour'},\n"
                    "{'area_m2': 90, 'developer': true, 'ballot': 'none'}]}");
    const pilot_vote_totals wanted = {
        .day = 18628, .matter = HIRE, .all = {23137, 2}, .in_favour = {14137, 1}};
    pilot_vote_totals t, again;
    char *text;
    cr_assert_eq(pilot_vote_totals_parse(units, strlen(units), &t, NULL), PILOT_OK);
    cr_assert(same_totals(&t, &wanted));
    cr_assert_eq(pilot_vote_totals_write(&t, PILOT_JSON_COMPACT, &text), PILOT_OK);
    cr_assert_str_eq(text, quoted("{'held_on':'2021-01-01','matter':'hire_provider',"
                                  "'all':{'area_m2':'231.37','owners':2},"
                                  "'in_favour':{'area_m2':'141.37','owners':1}}"));
    cr_assert_eq(pilot_vote_totals_parse(text, strlen(text), &again, NULL), PILOT_OK);
    cr_assert(same_totals(&t, &again));
    pilot_text_free(text);
    expect_json(HEAD ", 'units': []}", PILOT_OK, "");
    expect_json(HEAD ", 'all': {'area_m2': 1, 'owners': 1}, 'units': []}", PILOT_ERROR_INCONSISTENT,
                "/units");
    expect_json(HEAD ", 'units': [{'area_m2': 1, 'ballot': 'none'}]}", PILOT_ERROR_MISSING_VALUE,
                "/units/0/owner");
    expect_json(HEAD ", 'units': [{'area_m2': 1, 'owner': 'a', 'ballot': 'none'}, {'area_m2': 1, "
                     "'owner': 'a', 'ballot': 'against'}]}",
                PILOT_ERROR_INCONSISTENT, "/units/1/ballot");
    expect_json(HEAD ", 'units': [{'area_m2': 1, 'owner': 'a', 'ballot': 'yes'}]}", PILOT_ERROR_FORMAT,
                "/units/0/ballot");
    expect_json(HEAD ", 'all': {'area_m2': 1}}", PILOT_ERROR_MISSING_KEY, "/all");
    cr_expect_eq(pilot_vote_totals_parse(NULL, 0, &t, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_vote_totals_parse("{}", 2, NULL, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_vote_totals_write(NULL, PILOT_JSON_COMPACT, &text), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_vote_totals_write(&t, PILOT_JSON_COMPACT, NULL), PILOT_ERROR_ARGUMENT);
}

Test(vote, result_as_json)
{
    pilot_policy *policy = notice();
    pilot_vote_totals t = {.day = cases_date(OLD),
                           .matter = FUND,
                           .all = {M2(300), 3},
                           .in_favour = {M2(150), 1},
                           .against = {M2(100), 1}};
    pilot_vote_result r = decided(policy, &t);
    char *text;
    cr_assert_eq(pilot_vote_result_write(&r, PILOT_JSON_COMPACT, &text), PILOT_OK);
    static const char *const parts[] = {
        "'passed':false,'matter':'raise_fund','kind':'special','law':'property-law',"
        "'law_first':'2007-10-01','approval_of':'all'",
        "'participating':{'area_m2':'250.00','owners':2}",
        "'participation_area':{'met':true,'bound':'more_than','share':'1/2','base_m2':'300.00',"
        "'needed_m2':'150.01','reached_m2':'250.00','missing_m2':'0.00','more_m2':'0.00'}",
        "'approval_area':{'met':false,'bound':'at_least','share':'2/3','base_m2':'300.00',"
        "'needed_m2':'200.00','reached_m2':'150.00','missing_m2':'50.00','more_m2':'50.00'}",
        "'approval_heads':{'met':false,'bound':'at_least','share':'2/3','base':3,'needed':2,"
        "'reached':1,'missing':1,'more':1},'reachable':true}",
    };
    expect_parts(text, parts, COUNT(parts));
    pilot_text_free(text);
    cr_expect_eq(pilot_vote_result_write(NULL, PILOT_JSON_COMPACT, &text), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_vote_result_write(&r, PILOT_JSON_COMPACT, NULL), PILOT_ERROR_ARGUMENT);
    memset(&r.passed, 7, sizeof r.passed);
    cr_expect_eq(pilot_vote_result_write(&r, PILOT_JSON_COMPACT, &text), PILOT_ERROR_RANGE);
    pilot_policy_free(policy);
}

/* Of many laws that of the day is found, on its first day and the day before. */
Test(vote, law_among_many)
{
    pilot_policy *own = notice();
    pilot_parameters p = *pilot_policy_parameters(own);
    static const char *const ids[] = {"a", "b", "c", "d", "e", "f", "g"};
    pilot_vote_rule laws[COUNT(ids)];
    for (size_t i = 0; i < COUNT(ids); i++) {
        laws[i] = p.vote_rules[0];
        laws[i].id = ids[i];
        laws[i].first = (pilot_date)(1000 * (i + 1));
    }
    p.vote_rules = laws;
    p.vote_rule_count = COUNT(ids);
    pilot_policy *policy = policy_of(&p);
    pilot_vote_law law;
    for (size_t i = 0; i < COUNT(ids); i++) {
        cr_assert_eq(pilot_vote_law_on(policy, laws[i].first, PILOT_MATTER_REBUILD, &law, NULL),
                     PILOT_OK);
        cr_expect_str_eq(law.id, ids[i]);
        const pilot_status before =
            pilot_vote_law_on(policy, laws[i].first - 1, PILOT_MATTER_REBUILD, &law, NULL);
        cr_expect_eq(before, i ? PILOT_OK : PILOT_ERROR_NOT_FOUND);
        cr_expect(i == 0 || strcmp(law.id, ids[i - 1]) == 0);
    }
    pilot_policy_free(policy);
    pilot_policy_free(own);
}
