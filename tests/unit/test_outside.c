/* Money outside the gate: hand-overs held against the notice's zero sum, what an enclosure moves, and a
 * ledger that always adds up to 0. Amounts are fen a year. */
#include "cases.h"

#define BIT(service) (UINT32_C(1) << (service))
#define MAX INT64_MAX

/* The notice with another tolerance and reading. */
static pilot_policy *policy_with(pilot_money tolerance, int32_t gate_layout)
{
    pilot_policy *policy = notice();
    pilot_parameters p = *pilot_policy_parameters(policy);
    p.transfer_tolerance = tolerance;
    p.readings[PILOT_READING_GATE_LAYOUT] = gate_layout;
    pilot_policy *changed = policy_of(&p);
    pilot_policy_free(policy);
    return changed;
}

static pilot_date as_of(void)
{
    return cases_date("2020-02-29");
}

static const pilot_share no_share = {0, 0};

static bool same(pilot_opt_int found, pilot_opt_int wanted)
{
    return found.known == wanted.known && (!found.known || found.value == wanted.value);
}

/* Worked by hand. */
static const struct {
    const char *what;
    pilot_handover handover;
    pilot_share share;
    pilot_money tolerance;
    pilot_opt_int cut, difference, city, district;
    pilot_answer zero_sum;
    pilot_parts parts;
    pilot_answer agree;
} money_rows[] = {
    {"nothing known", {.service = PILOT_GREENERY}, {1, 2}, 0, .zero_sum = PILOT_ANSWER_UNKNOWN},
    {"cut and transfer alike, no share: nobody's part",
     {.former_budget = {15850000, true},
      .reduced_budget = {11020055, true},
      .transferred = {4829945, 1}},
     {0, 0},
     0,
     {4829945, true},
     {0, true},
     .zero_sum = PILOT_ANSWER_YES},
    {"the same by a share: 3/5 of 48299.45 is 28979.67, and the odd fen is not lost",
     {.former_budget = {15850000, true},
      .reduced_budget = {11020055, true},
      .transferred = {4829945, 1}},
     {3, 5},
     0,
     {4829945, true},
     {0, true},
     {2897967, true},
     {1931978, true},
     PILOT_ANSWER_YES,
     PILOT_PARTS_BY_SHARE,
     PILOT_ANSWER_YES},
    {"a half of an odd fen goes to the district",
     {.transferred = {3, true}},
     {1, 2},
     0,
     .city = {1, true},
     .district = {2, true},
     .parts = PILOT_PARTS_BY_SHARE,
     .agree = PILOT_ANSWER_YES},
    {"a share of 0 is a share: the district pays all",
     {.transferred = {3, true}},
     {0, 1},
     0,
     .city = {0, true},
     .district = {3, true},
     .parts = PILOT_PARTS_BY_SHARE,
     .agree = PILOT_ANSWER_YES},
    {"recorded parts go before a share",
     {.transferred = {100, true}, .city_part = {30, true}, .district_part = {70, true}},
     {1, 2},
     0,
     .city = {30, true},
     .district = {70, true},
     .parts = PILOT_PARTS_RECORDED,
     .agree = PILOT_ANSWER_YES},
    {"recorded parts that do not add up",
     {.transferred = {100, true}, .city_part = {30, true}, .district_part = {69, true}},
     {0, 0},
     1,
     .city = {30, true},
     .district = {69, true},
     .parts = PILOT_PARTS_RECORDED,
     .agree = PILOT_ANSWER_NO},
    {"one part is recorded: the other is not made up",
     {.transferred = {100, true}, .district_part = {69, true}},
     {1, 2},
     0,
     .district = {69, true},
     .parts = PILOT_PARTS_RECORDED},
    {"the city's alone",
     {.transferred = {100, true}, .city_part = {69, true}},
     {1, 2},
     0,
     .city = {69, true},
     .parts = PILOT_PARTS_RECORDED},
    {"a budget that grew",
     {.former_budget = {100, true}, .reduced_budget = {150, true}, .transferred = {20, true}},
     {0, 0},
     0,
     {-50, true},
     {-70, true},
     .zero_sum = PILOT_ANSWER_NO},
    {"at the tolerance, cut too little",
     {.former_budget = {100, true}, .reduced_budget = {61, true}, .transferred = {40, true}},
     {0, 0},
     1,
     {39, true},
     {-1, true},
     .zero_sum = PILOT_ANSWER_YES},
    {"beyond it",
     {.former_budget = {100, true}, .reduced_budget = {62, true}, .transferred = {40, true}},
     {0, 0},
     1,
     {38, true},
     {-2, true},
     .zero_sum = PILOT_ANSWER_NO},
    {"at the tolerance, cut too much",
     {.former_budget = {100, true}, .reduced_budget = {59, true}, .transferred = {40, true}},
     {0, 0},
     1,
     {41, true},
     {1, true},
     .zero_sum = PILOT_ANSWER_YES},
    {"beyond it",
     {.former_budget = {100, true}, .reduced_budget = {58, true}, .transferred = {40, true}},
     {0, 0},
     1,
     {42, true},
     {2, true},
     .zero_sum = PILOT_ANSWER_NO},
    {"no tolerance",
     {.former_budget = {100, true}, .reduced_budget = {59, true}, .transferred = {40, true}},
     {0, 0},
     0,
     {41, true},
     {1, true},
     .zero_sum = PILOT_ANSWER_NO},
    {"a cut whose transfer is not known",
     {.former_budget = {100, true}, .reduced_budget = {59, true}},
     {1, 2},
     0,
     {41, true},
     .zero_sum = PILOT_ANSWER_UNKNOWN},
    {"a transfer whose cut is not known",
     {.former_budget = {100, true}, .transferred = {0, true}},
     {0, 0},
     0,
     .zero_sum = PILOT_ANSWER_UNKNOWN},
    {"the greatest amounts",
     {.former_budget = {MAX, true}, .reduced_budget = {0, true}, .transferred = {MAX, true}},
     {1, 1},
     0,
     {MAX, true},
     {0, true},
     {MAX, true},
     {0, true},
     PILOT_ANSWER_YES,
     PILOT_PARTS_BY_SHARE,
     PILOT_ANSWER_YES},
};

Test(outside, a_handovers_money)
{
    for (size_t i = 0; i < COUNT(money_rows); i++) {
        pilot_policy *policy = policy_with(money_rows[i].tolerance, 0);
        pilot_handover h = money_rows[i].handover;
        pilot_handover_money m;
        h.service = PILOT_GREENERY;
        cr_assert_eq(pilot_handover_compute(policy, &h, money_rows[i].share, as_of(), &m, NULL),
                     PILOT_OK, "%s", money_rows[i].what);
        cr_expect(same(m.cut, money_rows[i].cut), "%s: cut", money_rows[i].what);
        cr_expect(same(m.difference, money_rows[i].difference), "%s: difference", money_rows[i].what);
        cr_expect(same(m.city, money_rows[i].city), "%s: city", money_rows[i].what);
        cr_expect(same(m.district, money_rows[i].district), "%s: district", money_rows[i].what);
        cr_expect(same(m.transfer, h.transferred) && same(m.former_budget, h.former_budget) &&
                      same(m.reduced_budget, h.reduced_budget) && m.service == PILOT_GREENERY,
                  "%s: as given", money_rows[i].what);
        cr_expect_eq(m.zero_sum, money_rows[i].zero_sum, "%s: zero sum", money_rows[i].what);
        cr_expect_eq(m.parts, money_rows[i].parts, "%s: parts", money_rows[i].what);
        cr_expect_eq(m.parts_agree, money_rows[i].agree, "%s: agree", money_rows[i].what);
        cr_expect_eq(m.moved, PILOT_MOVEMENT_UNKNOWN);
        pilot_policy_free(policy);
    }
}

/* What moves on the day itself has moved; what moves the day after has not. */
Test(outside, duty_and_money_move_together_or_alone)
{
    const pilot_step unknown = {PILOT_ANSWER_UNKNOWN, 0}, not_done = {PILOT_ANSWER_NO, 0};
    const pilot_step today = done_on("2020-02-29"), tomorrow = done_on("2020-03-01");
    const struct {
        pilot_step duty, money;
        pilot_movement moved;
    } rows[] = {
        {today, today, PILOT_MOVED_BOTH},           {not_done, not_done, PILOT_MOVED_NEITHER},
        {tomorrow, tomorrow, PILOT_MOVED_NEITHER},  {today, not_done, PILOT_MOVED_DUTY_ALONE},
        {today, tomorrow, PILOT_MOVED_DUTY_ALONE},  {not_done, today, PILOT_MOVED_MONEY_ALONE},
        {unknown, today, PILOT_MOVEMENT_UNKNOWN},   {today, unknown, PILOT_MOVEMENT_UNKNOWN},
        {unknown, unknown, PILOT_MOVEMENT_UNKNOWN},
    };
    pilot_policy *policy = policy_with(0, 0);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const pilot_handover h = {.service = PILOT_GREENERY,
                                  .duty_moved = rows[i].duty,
                                  .money_moved = rows[i].money,
                                  .transferred = {700, true}};
        const pilot_outside outside = {.as_of = as_of(), .handovers = &h, .handover_count = 1};
        pilot_handover_money m;
        pilot_outside_result r;
        cr_assert_eq(pilot_handover_compute(policy, &h, no_share, as_of(), &m, NULL), PILOT_OK);
        cr_expect_eq(m.moved, rows[i].moved, "row %zu", i);
        cr_assert_eq(pilot_outside_compute(policy, &outside, &r, NULL, NULL, NULL), PILOT_OK);
        bool duty = m.moved == PILOT_MOVED_DUTY_ALONE, money = m.moved == PILOT_MOVED_MONEY_ALONE;
        cr_expect_eq(r.handovers.duty_alone, duty ? BIT(PILOT_GREENERY) : 0, "row %zu", i);
        cr_expect_eq(r.handovers.money_alone, money ? BIT(PILOT_GREENERY) : 0, "row %zu", i);
        cr_expect_eq(r.handovers.unfunded, duty ? 700 : 0, "row %zu", i);
    }
    pilot_policy_free(policy);
}

#define SIX 0x7EU /* the services that the notice names */

/* 3.2-5b: of the six; what else is handed down fills no gap. A service that two bodies did before is
 * handed down when either says so. */
Test(outside, services_that_are_lacking)
{
    const pilot_step today = done_on("2020-02-29"), tomorrow = done_on("2020-03-01");
    const pilot_handover list[] = {
        {.service = PILOT_ROAD_UPKEEP, .duty_moved = tomorrow},
        {.service = PILOT_ROAD_UPKEEP, .duty_moved = today},
        {.service = PILOT_GREENERY},
        {.service = PILOT_STREET_LIGHTS, .duty_moved = tomorrow},
        {.service = PILOT_OTHER_PUBLIC_SERVICE, .duty_moved = today},
        {.service = PILOT_SEPTIC_TANKS, .duty_moved = today},
    };
    const struct {
        const pilot_handover *list;
        size_t count;
        uint32_t missing, open;
        pilot_answer zero_sum;
    } rows[] = {
        {NULL, 0, 0, SIX, PILOT_ANSWER_UNKNOWN},
        {list, 0, SIX, 0, PILOT_ANSWER_YES},
        {list, 1, SIX, 0, PILOT_ANSWER_UNKNOWN},
        {list + 1, 1, SIX & ~BIT(PILOT_ROAD_UPKEEP), 0, PILOT_ANSWER_UNKNOWN},
        {list, 2, SIX & ~BIT(PILOT_ROAD_UPKEEP), 0, PILOT_ANSWER_UNKNOWN},
        {list, COUNT(list),
         BIT(PILOT_STREET_LIGHTS) | BIT(PILOT_PUBLIC_TOILETS) | BIT(PILOT_MUNICIPAL_PIPES),
         BIT(PILOT_GREENERY), PILOT_ANSWER_UNKNOWN},
    };
    pilot_policy *policy = policy_with(0, 0);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const pilot_outside outside = {
            .as_of = as_of(), .handovers = rows[i].list, .handover_count = rows[i].count};
        pilot_outside_result r;
        cr_assert_eq(pilot_outside_compute(policy, &outside, &r, NULL, NULL, NULL), PILOT_OK);
        cr_expect_eq(r.handovers.missing, rows[i].missing, "row %zu: %x", i, r.handovers.missing);
        cr_expect_eq(r.handovers.open, rows[i].open, "row %zu: %x", i, r.handovers.open);
        cr_expect_eq(r.handovers.zero_sum, rows[i].zero_sum, "row %zu", i);
        cr_expect_eq(r.handovers.unknown, (int64_t)rows[i].count, "row %zu", i);
    }
    pilot_policy_free(policy);
}

/* A hand-over of which something is not known is in no sum, and leaves the verdict open. */
Test(outside, handovers_together)
{
    const pilot_handover list[] = {
        {.service = PILOT_ROAD_UPKEEP,
         .former_budget = {1000, true},
         .reduced_budget = {600, true},
         .transferred = {390, true},
         .city_part = {100, true},
         .district_part = {280, true}},
        {.service = PILOT_GREENERY,
         .former_budget = {500, true},
         .reduced_budget = {200, true},
         .transferred = {310, true}},
        {.service = PILOT_GREENERY, .former_budget = {7, true}, .transferred = {99, true}},
    };
    pilot_policy *policy = policy_with(0, 0);
    pilot_outside outside = {.as_of = as_of(), .handovers = list, .handover_count = 2};
    pilot_outside_result r;
    cr_assert_eq(pilot_outside_compute(policy, &outside, &r, NULL, NULL, NULL), PILOT_OK);
    const pilot_handover_sum *s = &r.handovers;
    cr_expect(s->counted == 2 && s->unknown == 0 && s->former_budget == 1500 &&
              s->reduced_budget == 800 && s->cut == 700 && s->transfer == 700 && s->difference == 0);
    cr_expect(s->city == 100 && s->district == 280 && s->undivided == 320);
    cr_expect_eq(s->zero_sum, PILOT_ANSWER_YES);
    const pilot_money ledger[] = {-700, 700, -100, -280, 380, 0};
    cr_expect_arr_eq(r.ledger, ledger, sizeof ledger);
    cr_expect(r.receipt.as_of.known && r.receipt.as_of.value == as_of());
    cr_expect_eq(r.receipt.fingerprint, pilot_policy_fingerprint(policy));
    outside.handover_count = 1;
    cr_assert_eq(pilot_outside_compute(policy, &outside, &r, NULL, NULL, NULL), PILOT_OK);
    cr_expect_eq(s->zero_sum, PILOT_ANSWER_NO);
    outside.handover_count = 3;
    outside.city_share = (pilot_share){1, 4};
    cr_assert_eq(pilot_outside_compute(policy, &outside, &r, NULL, NULL, NULL), PILOT_OK);
    cr_expect(s->counted == 2 && s->unknown == 1 && s->cut == 700 && s->transfer == 700);
    cr_expect(s->city == 177 && s->district == 513 && s->undivided == 10);
    cr_expect_eq(s->zero_sum, PILOT_ANSWER_UNKNOWN);
    pilot_policy_free(policy);
}

/* 1-4, by hand: what a change of layout does to a place. */
static const struct {
    pilot_place place;
    pilot_layout before, after;
    pilot_shift shift;
} shift_rows[] = {
    {PILOT_PLACE_DWELLING, PILOT_LAYOUT_OPEN, PILOT_LAYOUT_CLOSED, PILOT_STAYS_OWNERS},
    {PILOT_PLACE_STAIRWELL, PILOT_LAYOUT_OPEN, PILOT_LAYOUT_CLOSED, PILOT_STAYS_OWNERS},
    {PILOT_PLACE_STAIRWELL, PILOT_LAYOUT_UNKNOWN, PILOT_LAYOUT_UNKNOWN, PILOT_STAYS_OWNERS},
    {PILOT_PLACE_COURTYARD, PILOT_LAYOUT_OPEN, PILOT_LAYOUT_CLOSED, PILOT_TO_OWNERS},
    {PILOT_PLACE_COURTYARD, PILOT_LAYOUT_CLOSED, PILOT_LAYOUT_OPEN, PILOT_TO_PUBLIC},
    {PILOT_PLACE_COURTYARD, PILOT_LAYOUT_OPEN, PILOT_LAYOUT_OPEN, PILOT_STAYS_PUBLIC},
    {PILOT_PLACE_COURTYARD, PILOT_LAYOUT_CLOSED, PILOT_LAYOUT_CLOSED, PILOT_STAYS_OWNERS},
    {PILOT_PLACE_COURTYARD, PILOT_LAYOUT_UNKNOWN, PILOT_LAYOUT_CLOSED, PILOT_SHIFT_UNKNOWN},
    {PILOT_PLACE_COURTYARD, PILOT_LAYOUT_OPEN, PILOT_LAYOUT_UNKNOWN, PILOT_SHIFT_UNKNOWN},
    {PILOT_PLACE_INTERNAL_ROAD, PILOT_LAYOUT_OPEN, PILOT_LAYOUT_CLOSED, PILOT_TO_OWNERS},
    {PILOT_PLACE_INTERNAL_ROAD, PILOT_LAYOUT_CLOSED, PILOT_LAYOUT_OPEN, PILOT_TO_PUBLIC},
    {PILOT_PLACE_PUBLIC_ROAD, PILOT_LAYOUT_OPEN, PILOT_LAYOUT_CLOSED, PILOT_STAYS_PUBLIC},
    {PILOT_PLACE_PUBLIC_ROAD, PILOT_LAYOUT_UNKNOWN, PILOT_LAYOUT_CLOSED, PILOT_STAYS_PUBLIC},
};

Test(outside, what_becomes_of_an_item)
{
    pilot_policy *policy = policy_with(0, PILOT_GATE_LAYOUT_ON_THE_DAY);
    for (size_t i = 0; i < COUNT(shift_rows); i++) {
        const pilot_outside_item item = {PILOT_GREENERY, shift_rows[i].place, 1234};
        const pilot_outside outside = {.as_of = as_of(),
                                       .enclosure = {.before = shift_rows[i].before,
                                                     .after = shift_rows[i].after,
                                                     .items = &item,
                                                     .item_count = 1}};
        pilot_outside_result r;
        pilot_item_shift row;
        cr_assert_eq(pilot_outside_compute(policy, &outside, &r, NULL, &row, NULL), PILOT_OK);
        cr_expect_eq(row.shift, shift_rows[i].shift, "row %zu: %d", i, (int)row.shift);
        cr_expect(row.item.service == PILOT_GREENERY && row.item.yearly == 1234);
        cr_expect_eq(row.before, pilot_side_of(item.place, shift_rows[i].before), "row %zu", i);
        cr_expect_eq(row.after, pilot_side_of(item.place, shift_rows[i].after), "row %zu", i);
        for (int k = 0; k < PILOT_SHIFT_COUNT; k++)
            cr_expect_eq(r.enclosure.sum.of[k], k == (int)shift_rows[i].shift ? 1234 : 0, "row %zu", i);
        cr_expect_eq(r.enclosure.sum.unknown_items, shift_rows[i].shift == PILOT_SHIFT_UNKNOWN);
        bool owners = row.shift == PILOT_TO_OWNERS, public = row.shift == PILOT_TO_PUBLIC;
        const pilot_money pays = owners ? 1234 : public ? -1234 : 0;
        cr_expect_eq(r.ledger[PILOT_PARTY_OWNERS], -pays, "row %zu", i);
        cr_expect_eq(r.ledger[PILOT_PARTY_PUBLIC], pays, "row %zu", i);
        cr_expect_eq(r.enclosure.readings,
                     owners || public ? PILOT_READING_BIT(PILOT_READING_GATE_LAYOUT) : 0, "row %zu", i);
    }
    pilot_policy_free(policy);
}

/* as selected, the gate stays where it was, and what would move on the day is still told. */
Test(outside, the_reading_of_the_gate)
{
    const pilot_outside_item items[] = {{PILOT_GREENERY, PILOT_PLACE_COURTYARD, 700},
                                        {PILOT_STREET_LIGHTS, PILOT_PLACE_PUBLIC_ROAD, 50},
                                        {PILOT_OTHER_PUBLIC_SERVICE, PILOT_PLACE_STAIRWELL, 9}};
    const pilot_layout selected[] = {PILOT_LAYOUT_OPEN, PILOT_LAYOUT_CLOSED, PILOT_LAYOUT_UNKNOWN};
    const pilot_money wanted[][PILOT_SHIFT_COUNT] = {
        {0, 750, 9, 0, 0}, {0, 50, 709, 0, 0}, {700, 50, 9, 0, 0}};
    const pilot_money on_the_day[] = {0, 50, 9, 0, 700};
    for (int32_t option = 0; option < PILOT_GATE_LAYOUT_COUNT; option++) {
        pilot_policy *policy = policy_with(0, option);
        pilot_reading_info info;
        cr_assert_eq(pilot_reading_at(PILOT_READING_GATE_LAYOUT, &info), PILOT_OK);
        cr_assert_eq(info.option_count, PILOT_GATE_LAYOUT_COUNT);
        for (size_t i = 0; i < COUNT(selected); i++) {
            const pilot_outside outside = {.as_of = as_of(),
                                           .enclosure = {.before = PILOT_LAYOUT_CLOSED,
                                                         .after = PILOT_LAYOUT_OPEN,
                                                         .at_selection = selected[i],
                                                         .items = items,
                                                         .item_count = COUNT(items)}};
            pilot_outside_result r;
            pilot_item_shift rows[COUNT(items)];
            cr_assert_eq(pilot_outside_compute(policy, &outside, &r, NULL, rows, NULL), PILOT_OK);
            const pilot_shift_sum *under = r.enclosure.under;
            cr_expect_arr_eq(under[PILOT_GATE_LAYOUT_ON_THE_DAY].of, on_the_day, sizeof on_the_day);
            cr_expect_arr_eq(under[PILOT_GATE_LAYOUT_AS_SELECTED].of, wanted[i], sizeof wanted[i]);
            cr_expect_eq(memcmp(&r.enclosure.sum, &under[option], sizeof *under), 0);
            cr_expect_eq(r.enclosure.readings, PILOT_READING_BIT(PILOT_READING_GATE_LAYOUT));
            cr_expect_eq(r.ledger[PILOT_PARTY_OWNERS], option == PILOT_GATE_LAYOUT_ON_THE_DAY ? 700 : 0);
            cr_expect_eq(rows[0].shift, option == PILOT_GATE_LAYOUT_ON_THE_DAY ? PILOT_TO_PUBLIC
                                        : selected[i] == PILOT_LAYOUT_OPEN     ? PILOT_STAYS_PUBLIC
                                        : selected[i] == PILOT_LAYOUT_CLOSED   ? PILOT_STAYS_OWNERS
                                                                               : PILOT_SHIFT_UNKNOWN);
        }
        pilot_policy_free(policy);
    }
}

/* A month counts when it begins on the day of the change or later. */
Test(outside, a_year_of_enclosure)
{
    static const struct {
        const char *day;
        int64_t year, months;
        pilot_money yearly, in_year;
    } rows[] = {
        {"2020-05-18", 2020, 7, 9975050, 5818779},
        {"2020-05-01", 2020, 8, 1200, 800},
        {"2020-05-02", 2020, 7, 1200, 700},
        {"2020-01-01", 2020, 12, 1207, 1207},
        {"2020-01-02", 2020, 11, 1200, 1100},
        {"2020-12-01", 2020, 1, 6, 1},
        {"2020-12-01", 2020, 1, 5, 0},
        {"2020-12-02", 2020, 0, 1200, 0},
        {"2020-12-31", 2020, 0, 1200, 0},
        {"2020-12-31", 2021, 12, 1200, 1200},
        {"2019-06-15", 2021, 12, 1200, 1200},
        {"2020-01-01", 2019, 0, 1200, 0},
        {"2021-06-15", 2019, 0, 1200, 0},
        {"1900-01-01", 1900, 12, 1200, 1200},
        {"2200-12-31", 2200, 0, 1200, 0},
        {"2200-12-01", 2200, 1, 1200, 100},
    };
    pilot_policy *policy = policy_with(0, 0);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const pilot_outside_item item = {PILOT_GREENERY, PILOT_PLACE_COURTYARD, rows[i].yearly};
        pilot_outside outside = {.as_of = as_of(),
                                 .enclosure = {.before = PILOT_LAYOUT_OPEN,
                                               .after = PILOT_LAYOUT_CLOSED,
                                               .changed_on = {cases_date(rows[i].day), true},
                                               .year = {rows[i].year, true},
                                               .items = &item,
                                               .item_count = 1}};
        for (int back = 0; back < 2; back++) {
            pilot_outside_result r;
            cr_assert_eq(pilot_outside_compute(policy, &outside, &r, NULL, NULL, NULL), PILOT_OK);
            cr_expect(same(r.enclosure.months, known(rows[i].months)), "%s: %lld", rows[i].day,
                      (long long)r.enclosure.months.value);
            cr_expect(same(r.enclosure.in_year, known(rows[i].in_year)), "%s: %lld", rows[i].day,
                      (long long)r.enclosure.in_year.value);
            outside.enclosure.before = PILOT_LAYOUT_CLOSED;
            outside.enclosure.after = PILOT_LAYOUT_OPEN;
        }
        outside.enclosure.year.known = false;
        pilot_outside_result r;
        cr_assert_eq(pilot_outside_compute(policy, &outside, &r, NULL, NULL, NULL), PILOT_OK);
        cr_expect(!r.enclosure.months.known && !r.enclosure.in_year.known);
    }
    pilot_policy_free(policy);
}

/* 99750.50 yuan over 955 dwellings and 61370.00 m², and the halves. */
Test(outside, averages_of_what_moves)
{
    static const struct {
        pilot_money yearly;
        pilot_opt_int households, area, per_dwelling, per_square_metre;
    } rows[] = {
        {9975050, {955, true}, {6137000, true}, {10445, true}, {16254, true}},
        {1, {2, true}, {20000, true}, {1, true}, {1, true}},
        {1, {3, true}, {20001, true}, {0, true}, {0, true}},
        {100, {0, true}, {0, true}, {0, false}, {0, false}},
        {100, {7, false}, {7, false}, {0, false}, {0, false}},
    };
    pilot_policy *policy = policy_with(0, 0);
    for (size_t i = 0; i < COUNT(rows); i++)
        for (int back = 0; back < 2; back++) {
            const pilot_outside_item item = {PILOT_GREENERY, PILOT_PLACE_COURTYARD, rows[i].yearly};
            const pilot_outside outside = {
                .as_of = as_of(),
                .enclosure = {.before = back ? PILOT_LAYOUT_CLOSED : PILOT_LAYOUT_OPEN,
                              .after = back ? PILOT_LAYOUT_OPEN : PILOT_LAYOUT_CLOSED,
                              .households = rows[i].households,
                              .building_area = rows[i].area,
                              .items = &item,
                              .item_count = 1}};
            pilot_outside_result r;
            cr_assert_eq(pilot_outside_compute(policy, &outside, &r, NULL, NULL, NULL), PILOT_OK);
            cr_expect(same(r.enclosure.per_dwelling, rows[i].per_dwelling), "row %zu", i);
            cr_expect(same(r.enclosure.per_square_metre, rows[i].per_square_metre), "row %zu", i);
        }
    pilot_policy_free(policy);
}

/* Everything again, by the sentences of the header and in 128 bits. */
typedef struct model {
    int64_t counted, unknown;
    wide former, reduced, cut, transfer, city, district, unfunded;
    wide shift[PILOT_SHIFT_COUNT];
    wide ledger[PILOT_PARTY_COUNT];
    wide size; /* of all amounts together: where this fits, all sums do */
} model;

#define HANDOVERS 5
#define ITEMS 6
typedef struct trial {
    pilot_handover handovers[HANDOVERS];
    pilot_outside_item items[ITEMS];
    pilot_outside outside;
} trial;

/* Of any size; what is not known holds a number all the same, which nothing may look at. */
static pilot_opt_int draw_amount(int bits)
{
    return (pilot_opt_int){below(INT64_C(1) << (1 + below(bits))), below(8) > 0};
}

static pilot_step draw_step(void)
{
    return (pilot_step){(pilot_answer)below(3), as_of() - 1 + (pilot_date)below(3)};
}

static void draw_trial(trial *t)
{
    const int bits = below(16) ? 40 : 62;
    memset(t, 0, sizeof *t);
    for (size_t i = 0; i < HANDOVERS; i++)
        t->handovers[i] = (pilot_handover){.service = (pilot_public_service)(1 + below(7)),
                                           .duty_moved = draw_step(),
                                           .money_moved = draw_step(),
                                           .transferred = draw_amount(bits),
                                           .former_budget = draw_amount(bits),
                                           .reduced_budget = draw_amount(bits),
                                           .city_part = draw_amount(bits),
                                           .district_part = draw_amount(bits)};
    for (size_t i = 0; i < HANDOVERS; i++)
        if (below(2))
            t->handovers[i].city_part.known = t->handovers[i].district_part.known = false;
    for (size_t i = 0; i < ITEMS; i++)
        t->items[i] = (pilot_outside_item){(pilot_public_service)(1 + below(7)),
                                           (pilot_place)(1 + below(5)), draw_amount(bits).value};
    t->outside = (pilot_outside){.as_of = as_of(),
                                 .handovers = t->handovers,
                                 .handover_count = (size_t)below(HANDOVERS + 1),
                                 .enclosure = {.before = (pilot_layout)below(3),
                                               .after = (pilot_layout)below(3),
                                               .at_selection = (pilot_layout)below(3),
                                               .items = t->items,
                                               .item_count = (size_t)below(ITEMS + 1)}};
    if (below(2))
        pilot_share_make(below(8), 7, &t->outside.city_share);
}

static void model_handover(const pilot_handover *h, pilot_share share, model *m)
{
    const wide transfer = h->transferred.known ? h->transferred.value : 0;
    wide city = h->city_part.known ? h->city_part.value : 0;
    wide district = h->district_part.known ? h->district_part.value : 0;
    bool duty = h->duty_moved.done == PILOT_ANSWER_YES && h->duty_moved.date <= as_of();
    bool no_money = h->money_moved.done == PILOT_ANSWER_NO ||
                    (h->money_moved.done == PILOT_ANSWER_YES && h->money_moved.date > as_of());
    m->size += transfer + city + district;
    if (duty && no_money)
        m->unfunded += transfer;
    if (!h->city_part.known && !h->district_part.known && share.denominator) {
        city = transfer * share.numerator / share.denominator;
        district = transfer - city;
    }
    m->size += h->former_budget.known ? h->former_budget.value : 0;
    m->size += h->reduced_budget.known ? h->reduced_budget.value : 0;
    if (!h->transferred.known || !h->former_budget.known || !h->reduced_budget.known) {
        m->unknown++;
        return;
    }
    m->counted++;
    m->former += h->former_budget.value;
    m->reduced += h->reduced_budget.value;
    m->transfer += transfer;
    m->city += city;
    m->district += district;
}

/* Inside, outside, or neither is known. */
static int model_side(pilot_place place, pilot_layout layout)
{
    if (place == PILOT_PLACE_DWELLING || place == PILOT_PLACE_STAIRWELL)
        return 1;
    if (place == PILOT_PLACE_PUBLIC_ROAD)
        return 2;
    return layout == PILOT_LAYOUT_CLOSED ? 1 : layout == PILOT_LAYOUT_OPEN ? 2 : 0;
}

static model model_of(const pilot_outside *o, int32_t gate_layout)
{
    model m = {0};
    const pilot_enclosure *e = &o->enclosure;
    for (size_t i = 0; i < o->handover_count; i++)
        model_handover(&o->handovers[i], o->city_share, &m);
    m.cut = m.former - m.reduced;
    for (size_t i = 0; i < e->item_count; i++) {
        int before = model_side(e->items[i].place, gate_layout ? e->at_selection : e->before);
        int after = model_side(e->items[i].place, gate_layout ? e->at_selection : e->after);
        static const int shifts[3][3] = {{PILOT_SHIFT_UNKNOWN, PILOT_SHIFT_UNKNOWN, PILOT_SHIFT_UNKNOWN},
                                         {PILOT_SHIFT_UNKNOWN, PILOT_STAYS_OWNERS, PILOT_TO_PUBLIC},
                                         {PILOT_SHIFT_UNKNOWN, PILOT_TO_OWNERS, PILOT_STAYS_PUBLIC}};
        m.shift[shifts[before][after]] += e->items[i].yearly;
        m.size += e->items[i].yearly;
    }
    m.ledger[PILOT_PARTY_FORMER_PROVIDER] = -m.cut;
    m.ledger[PILOT_PARTY_STREET_AND_COMMUNITY] = m.transfer;
    m.ledger[PILOT_PARTY_CITY] = -m.city;
    m.ledger[PILOT_PARTY_DISTRICT] = -m.district;
    m.ledger[PILOT_PARTY_OWNERS] = m.shift[PILOT_TO_PUBLIC] - m.shift[PILOT_TO_OWNERS];
    m.ledger[PILOT_PARTY_PUBLIC] =
        m.cut - (m.transfer - m.city - m.district) - m.ledger[PILOT_PARTY_OWNERS];
    return m;
}

static void check_trial(const pilot_outside_result *r, const model *m, pilot_money tolerance, int n)
{
    const pilot_handover_sum *s = &r->handovers;
    wide total = 0;
    CHECK(s->counted == m->counted && s->unknown == m->unknown, "trial %d: counts", n);
    CHECK(s->former_budget == m->former && s->reduced_budget == m->reduced && s->cut == m->cut &&
              s->transfer == m->transfer && s->difference == m->cut - m->transfer,
          "trial %d: sums", n);
    CHECK(s->city == m->city && s->district == m->district && s->unfunded == m->unfunded &&
              s->city + s->district + s->undivided == s->transfer,
          "trial %d: parts", n);
    const wide gap = m->cut < m->transfer ? m->transfer - m->cut : m->cut - m->transfer;
    CHECK(s->zero_sum == (m->unknown         ? PILOT_ANSWER_UNKNOWN
                          : gap <= tolerance ? PILOT_ANSWER_YES
                                             : PILOT_ANSWER_NO),
          "trial %d: zero sum", n);
    for (int i = 0; i < PILOT_SHIFT_COUNT; i++)
        CHECK(r->enclosure.sum.of[i] == m->shift[i], "trial %d: shift %d", n, i);
    for (int i = 0; i < PILOT_PARTY_COUNT; i++) {
        CHECK(r->ledger[i] == m->ledger[i], "trial %d: party %d", n, i);
        total += r->ledger[i];
    }
    CHECK(total == 0, "trial %d: the ledger adds up to %lld", n, (long long)total);
}

static void check_back(const pilot_policy *policy, const pilot_outside *o,
                       const pilot_outside_result *there, int n)
{
    pilot_outside reversed = *o;
    pilot_outside_result back;
    reversed.handover_count = 0;
    reversed.enclosure.before = o->enclosure.after;
    reversed.enclosure.after = o->enclosure.before;
    CHECK(pilot_outside_compute(policy, &reversed, &back, NULL, NULL, NULL) == PILOT_OK, "trial %d", n);
    const pilot_money *of = there->enclosure.sum.of, *again = back.enclosure.sum.of;
    CHECK(again[PILOT_TO_PUBLIC] == of[PILOT_TO_OWNERS] &&
              again[PILOT_TO_OWNERS] == of[PILOT_TO_PUBLIC] &&
              again[PILOT_STAYS_PUBLIC] == of[PILOT_STAYS_PUBLIC] &&
              again[PILOT_STAYS_OWNERS] == of[PILOT_STAYS_OWNERS] &&
              again[PILOT_SHIFT_UNKNOWN] == of[PILOT_SHIFT_UNKNOWN],
          "trial %d: the way back", n);
    CHECK(there->ledger[PILOT_PARTY_OWNERS] + back.ledger[PILOT_PARTY_OWNERS] == 0,
          "trial %d: there and back costs the owners", n);
}

/* Sums that fit are those of 128 bits; one that is refused has amounts that do not fit together. */
Test(outside, always_adds_up)
{
    const int step = stride();
    int refused = 0, done = 0;
    pilot_policy *policies[2][2];
    for (int i = 0; i < 4; i++)
        policies[i / 2][i % 2] = policy_with(i / 2 ? 1000000 : 0, i % 2);
    random_state = UINT64_C(0x9E3779B97F4A7C15);
    for (int n = 0; n < 1000000; n += step) {
        trial t;
        draw_trial(&t);
        const int tolerance = (int)below(2), reading = (int)below(2);
        pilot_outside_result r;
        model m = model_of(&t.outside, reading);
        pilot_status status =
            pilot_outside_compute(policies[tolerance][reading], &t.outside, &r, NULL, NULL, NULL);
        if (status != PILOT_OK) {
            CHECK(status == PILOT_ERROR_OVERFLOW && m.size > MAX, "trial %d: refused", n);
            refused++;
            continue;
        }
        check_trial(&r, &m, tolerance ? 1000000 : 0, n);
        check_back(policies[tolerance][reading], &t.outside, &r, n);
        done++;
    }
    cr_expect(done > refused && (refused || step > 1), "%d done, %d refused", done, refused);
    for (int i = 0; i < 4; i++)
        pilot_policy_free(policies[i / 2][i % 2]);
}

/* What the rows say is what the function of one hand-over says. */
Test(outside, rows)
{
    pilot_policy *policy = policy_with(0, 0);
    const pilot_handover list[] = {{.service = PILOT_GREENERY, .transferred = {101, true}},
                                   {.service = PILOT_SEPTIC_TANKS,
                                    .former_budget = {9, true},
                                    .reduced_budget = {4, true},
                                    .transferred = {5, true},
                                    .duty_moved = done_on("2020-01-01"),
                                    .money_moved = done_on("2020-01-02")}};
    const pilot_outside outside = {
        .as_of = as_of(), .handovers = list, .handover_count = 2, .city_share = {1, 2}};
    pilot_outside_result r;
    pilot_handover_money rows[2], one;
    cr_assert_eq(pilot_outside_compute(policy, &outside, &r, rows, NULL, NULL), PILOT_OK);
    for (size_t i = 0; i < 2; i++) {
        cr_assert_eq(pilot_handover_compute(policy, &list[i], outside.city_share, as_of(), &one, NULL),
                     PILOT_OK);
        cr_expect(rows[i].service == one.service && rows[i].moved == one.moved &&
                  rows[i].parts == one.parts && rows[i].zero_sum == one.zero_sum &&
                  same(rows[i].city, one.city) && same(rows[i].cut, one.cut));
    }
    cr_expect(r.handover_count == 2 && r.item_count == 0);
    cr_expect(same(rows[0].city, known(50)) && same(rows[1].cut, known(5)));
    pilot_policy_free(policy);
}

typedef struct bad_case {
    const char *what;
    pilot_status status;
    const char *path;
    const char *says;
    pilot_outside outside;
} bad_case;

static void check_bad(const pilot_policy *policy, const bad_case *b)
{
    pilot_outside_result r;
    pilot_handover_money rows[4];
    pilot_error error = {0};
    mark(&r, sizeof r);
    mark(rows, sizeof rows);
    cr_expect_eq(pilot_outside_compute(policy, &b->outside, &r, rows, NULL, &error), b->status, "%s",
                 b->what);
    cr_expect_eq(error.status, b->status, "%s", b->what);
    cr_expect_str_eq(error.path, b->path, "%s: %s", b->what, error.path);
    cr_expect_not_null(strstr(error.message, b->says), "%s: %s", b->what, error.message);
    cr_expect(marked(&r, sizeof r) && marked(rows, sizeof rows), "%s", b->what);
    cr_expect_eq(pilot_outside_compute(policy, &b->outside, &r, rows, NULL, NULL), b->status, "%s",
                 b->what);
}

#define LIST(...)                                                                                       \
    .handovers = (const pilot_handover[])                                                               \
    {                                                                                                   \
        __VA_ARGS__                                                                                     \
    }
#define SERVICES(...)                                                                                   \
    .items = (const pilot_outside_item[])                                                               \
    {                                                                                                   \
        __VA_ARGS__                                                                                     \
    }
#define AREA(...) .enclosure = {__VA_ARGS__}
#define ITEM(amount)                                                                                    \
    {                                                                                                   \
        PILOT_GREENERY, PILOT_PLACE_COURTYARD, amount                                                   \
    }
#define ENCLOSED .before = PILOT_LAYOUT_OPEN, .after = PILOT_LAYOUT_CLOSED

Test(outside, refuses)
{
    const pilot_status argument = PILOT_ERROR_ARGUMENT, range = PILOT_ERROR_RANGE,
                       overflow = PILOT_ERROR_OVERFLOW;
    const bad_case rows[] = {
        {"a day", range, "/as_of", "a date is days", {.as_of = INT32_MAX}},
        {"no list", argument, "/handovers", "NULL", {.handover_count = 1}},
        {"no service",
         PILOT_ERROR_MISSING_KEY,
         "/handovers/0",
         "service",
         {LIST({.service = 0}), .handover_count = 1}},
        {"service 8",
         range,
         "/handovers/0/service",
         "none of the words",
         {LIST({.service = (pilot_public_service)8}), .handover_count = 1}},
        {"service -1",
         range,
         "/handovers/0/service",
         "none of the words",
         {LIST({.service = (pilot_public_service)-1}), .handover_count = 1}},
        {"transfer",
         range,
         "/handovers/1/transferred_yuan",
         "-0.01 is refused: it is 0 or more",
         {LIST({.service = 1}, {.service = 2, .transferred = {-1, true}}), .handover_count = 2}},
        {"former budget",
         range,
         "/handovers/0/former_budget_yuan",
         "-1.00",
         {LIST({.service = 2, .former_budget = {-100, true}}), .handover_count = 1}},
        {"reduced budget",
         range,
         "/handovers/0/reduced_budget_yuan",
         "-0.01",
         {LIST({.service = 2, .reduced_budget = {-1, true}}), .handover_count = 1}},
        {"city's part",
         range,
         "/handovers/0/city_part_yuan",
         "-0.01",
         {LIST({.service = 2, .city_part = {-1, true}}), .handover_count = 1}},
        {"district's part",
         range,
         "/handovers/0/district_part_yuan",
         "-0.01",
         {LIST({.service = 2, .district_part = {-1, true}}), .handover_count = 1}},
        {"share above 1", range, "/city_share", "lowest terms", {.city_share = {3, 2}}},
        {"share of 0", range, "/city_share", "fraction", {.city_share = {1, 0}}},
        {"negative share", range, "/city_share", "within 0 to 1", {.city_share = {-1, 2}}},
        {"layout before",
         range,
         "/enclosure/layout_before",
         "none of the words",
         {AREA(.before = (pilot_layout)3)}},
        {"layout after",
         range,
         "/enclosure/layout_after",
         "none of the words",
         {AREA(.after = (pilot_layout)-1)}},
        {"layout at selection",
         range,
         "/enclosure/layout_at_selection",
         "none of the words",
         {AREA(.at_selection = (pilot_layout)3)}},
        {"no items", argument, "/enclosure/items", "NULL", {AREA(.item_count = 1)}},
        {"item's service",
         PILOT_ERROR_MISSING_KEY,
         "/enclosure/items/0",
         "service",
         {AREA(SERVICES({0, PILOT_PLACE_COURTYARD, 1}), .item_count = 1)}},
        {"item's place",
         PILOT_ERROR_MISSING_KEY,
         "/enclosure/items/0",
         "place",
         {AREA(SERVICES({PILOT_GREENERY, 0, 1}), .item_count = 1)}},
        {"place 6",
         range,
         "/enclosure/items/0/place",
         "none of the words",
         {AREA(SERVICES({PILOT_GREENERY, (pilot_place)6, 1}), .item_count = 1)}},
        {"item's amount",
         range,
         "/enclosure/items/1/yuan",
         "-0.01 is refused",
         {AREA(SERVICES(ITEM(0), ITEM(-1)), .item_count = 2)}},
        {"day of the change",
         range,
         "/enclosure/changed_on",
         "a date is days",
         {AREA(.changed_on = {INT32_MIN, true})}},
        {"year before 1900",
         range,
         "/enclosure/year",
         "1899 is refused",
         {AREA(.year = {1899, true}, .changed_on = {0, true})}},
        {"year after 2200",
         range,
         "/enclosure/year",
         "2201 is refused",
         {AREA(.year = {2201, true}, .changed_on = {0, true})}},
        {"a year without its day",
         PILOT_ERROR_MISSING_VALUE,
         "/enclosure/changed_on",
         "not known",
         {AREA(.year = {2020, true})}},
        {"households", range, "/enclosure/households", "-1", {AREA(.households = {-1, true})}},
        {"building area",
         range,
         "/enclosure/building_area_m2",
         "-0.01",
         {AREA(.building_area = {-1, true})}},
        {"difference",
         overflow,
         "/handovers/1",
         "does not fit",
         {LIST({.service = 1}, {.service = 2,
                                .former_budget = {0, true},
                                .reduced_budget = {MAX, true},
                                .transferred = {2, true}}),
          .handover_count = 2}},
        {"parts",
         overflow,
         "/handovers/0",
         "does not fit",
         {LIST({.service = 1, .city_part = {MAX, true}, .district_part = {1, true}}),
          .handover_count = 1}},
        {"unfunded",
         overflow,
         "/handovers/1",
         "does not fit",
         {LIST({.service = 1,
                .duty_moved = {PILOT_ANSWER_YES, 0},
                .money_moved = {PILOT_ANSWER_NO, 0},
                .transferred = {MAX, true}},
               {.service = 2,
                .duty_moved = {PILOT_ANSWER_YES, 0},
                .money_moved = {PILOT_ANSWER_NO, 0},
                .transferred = {1, true}}),
          .handover_count = 2}},
        {"budgets together",
         overflow,
         "/handovers/1",
         "does not fit",
         {LIST({.service = 1,
                .former_budget = {MAX, true},
                .reduced_budget = {MAX, true},
                .transferred = {0, true}},
               {.service = 2,
                .former_budget = {1, true},
                .reduced_budget = {0, true},
                .transferred = {1, true}}),
          .handover_count = 2}},
        {"cuts and transfers together",
         overflow,
         "/handovers",
         "does not fit",
         {LIST({.service = 1,
                .former_budget = {0, true},
                .reduced_budget = {MAX, true},
                .transferred = {0, true}},
               {.service = 2,
                .former_budget = {0, true},
                .reduced_budget = {0, true},
                .transferred = {MAX, true}}),
          .handover_count = 2}},
        {"items together",
         overflow,
         "/enclosure/items",
         "does not fit",
         {AREA(ENCLOSED, SERVICES(ITEM(MAX), ITEM(1)), .item_count = 2)}},
        {"a price per square metre",
         overflow,
         "/enclosure",
         "does not fit",
         {AREA(ENCLOSED, .building_area = {1, true}, SERVICES(ITEM(MAX)), .item_count = 1)}},
        {"a year's months",
         overflow,
         "/enclosure",
         "does not fit",
         {AREA(ENCLOSED, .year = {2020, true}, .changed_on = {0, true}, SERVICES(ITEM(MAX)),
               .item_count = 1)}},
    };
    pilot_policy *policy = policy_with(0, 0);
    for (size_t i = 0; i < COUNT(rows); i++)
        check_bad(policy, &rows[i]);
    pilot_outside_result r;
    const pilot_outside nothing = {.as_of = 0};
    cr_expect_eq(pilot_outside_compute(NULL, &nothing, &r, NULL, NULL, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_outside_compute(policy, NULL, &r, NULL, NULL, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_outside_compute(policy, &nothing, NULL, NULL, NULL, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_outside_compute(policy, &nothing, &r, NULL, NULL, NULL), PILOT_OK);
    pilot_policy_free(policy);
}

Test(outside, a_handover_refuses)
{
    static const struct {
        pilot_handover handover;
        pilot_share share;
        pilot_date day;
        pilot_status status;
        const char *path;
    } rows[] = {
        {{.service = 0}, {0, 0}, 0, PILOT_ERROR_MISSING_KEY, ""},
        {{.service = 1, .former_budget = {-1, true}},
         {0, 0},
         0,
         PILOT_ERROR_RANGE,
         "/former_budget_yuan"},
        {{.service = 1}, {2, 1}, 0, PILOT_ERROR_RANGE, "/city_share"},
        {{.service = 1}, {0, 0}, INT32_MIN, PILOT_ERROR_RANGE, "/as_of"},
        {{.service = 1,
          .former_budget = {0, true},
          .reduced_budget = {MAX, true},
          .transferred = {2, true}},
         {0, 0},
         0,
         PILOT_ERROR_OVERFLOW,
         ""},
        {{.service = 1, .city_part = {MAX, true}, .district_part = {1, true}},
         {0, 0},
         0,
         PILOT_ERROR_OVERFLOW,
         ""},
    };
    pilot_policy *policy = policy_with(0, 0);
    pilot_handover_money m;
    mark(&m, sizeof m);
    for (size_t i = 0; i < COUNT(rows); i++) {
        pilot_error error = {0};
        cr_expect_eq(
            pilot_handover_compute(policy, &rows[i].handover, rows[i].share, rows[i].day, &m, &error),
            rows[i].status, "row %zu", i);
        cr_expect_eq(error.status, rows[i].status, "row %zu", i);
        cr_expect_str_eq(error.path, rows[i].path, "row %zu: %s", i, error.path);
    }
    const pilot_handover good = {.service = 1};
    cr_expect_eq(pilot_handover_compute(NULL, &good, no_share, 0, &m, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_handover_compute(policy, NULL, no_share, 0, &m, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_handover_compute(policy, &good, no_share, 0, NULL, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect(marked(&m, sizeof m));
    pilot_policy_free(policy);
}

READER(file_of, pilot_outside_file, pilot_outside_parse)
WRITER(written, pilot_outside, pilot_outside_write)

/* The same file, the same bytes; and the amounts that it was read for. */
Test(outside, json)
{
    static const char *const paths[] = {"examples/data/outside/handover.json",
                                        "examples/data/outside/enclosure.json"};
    static const char *const wanted[] = {
        "'ledger':{'former_provider_yuan':'-204299.45','street_and_community_yuan':'230949.45',"
        "'city_yuan':'-125969.67','district_yuan':'-104979.78','public_yuan':'204299.45',"
        "'owners_yuan':'0.00'}}",
        "'sum':{'to_owners_yuan':'99750.50','to_public_yuan':'0.00',"
        "'stays_public_yuan':'88000.00','stays_owners_yuan':'15400.00','unknown_yuan':'0.00',"
        "'unknown_items':0},'readings':['gate_layout'],'under':[{'gate_layout':'on_the_day',"};
    pilot_policy *policy = policy_with(0, 0);
    for (size_t i = 0; i < COUNT(paths); i++) {
        size_t length;
        char *text = cases_slurp(paths[i], &length);
        pilot_outside_file *file = file_of(text);
        char *once = written(pilot_outside_of(file), PILOT_JSON_INDENTED);
        pilot_outside_file *again = file_of(once);
        char *twice = written(pilot_outside_of(again), PILOT_JSON_INDENTED);
        cr_expect_str_eq(once, twice);
        pilot_text_free(once);
        pilot_text_free(twice);
        pilot_outside_result r;
        pilot_handover_money rows[5];
        pilot_item_shift items[6];
        cr_assert_eq(pilot_outside_compute(policy, pilot_outside_of(again), &r, rows, items, NULL),
                     PILOT_OK);
        cr_assert_eq(pilot_outside_result_write(&r, rows, items, PILOT_JSON_COMPACT, &once), PILOT_OK);
        expect_part(once, wanted[i]);
        pilot_text_free(once);
        pilot_outside_free(file);
        pilot_outside_free(again);
        free(text);
    }
    pilot_policy_free(policy);
}

Test(outside, json_arguments)
{
    pilot_outside_file *file = NULL;
    pilot_outside_result r = {.handover_count = 0};
    const pilot_outside nothing = {.as_of = 0};
    char *text = NULL;
    cr_expect_eq(pilot_outside_parse(NULL, 0, &file, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_outside_parse("{}", 2, NULL, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_outside_write(NULL, PILOT_JSON_COMPACT, &text), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_outside_write(&nothing, PILOT_JSON_COMPACT, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_outside_result_write(NULL, NULL, NULL, PILOT_JSON_COMPACT, &text),
                 PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_outside_result_write(&r, NULL, NULL, PILOT_JSON_COMPACT, NULL),
                 PILOT_ERROR_ARGUMENT);
    cr_expect(!file && !text);
    cr_expect_null(pilot_outside_of(NULL));
    pilot_outside_free(NULL);
}
