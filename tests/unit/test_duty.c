#include "common.h"

enum { ENOUGH = 512, LAYOUTS = 3, SIDES = 3 };

/* rows: "4.3-4 street" and so on, in order; the first NULL ends them. */
static void expect(pilot_duty_filter filter, const char *const *rows)
{
    const pilot_duty *duties[ENOUGH];
    size_t count = 0;
    CHECK(pilot_responsible(&filter, duties, ENOUGH, &count, NULL) == PILOT_OK, "%d",
          (int)filter.matter);
    for (size_t i = 0; i < count || rows[i]; i++) {
        char row[64] = "nothing";
        if (i < count)
            snprintf(row, sizeof row, "%s %s", duties[i]->clause, pilot_actor_name(duties[i]->actor));
        CHECK(rows[i] && strcmp(row, rows[i]) == 0, "%s, place %d, layout %d: %s in place of %s",
              pilot_role_name(filter.role), (int)filter.place, (int)filter.layout, row,
              rows[i] ? rows[i] : "nothing");
    }
}

typedef struct answer {
    pilot_role role;
    const char *rows[8];
} answer;

static const answer lamp_outside[] = {
    {PILOT_PERFORMS,
     {"4.3-4 street", "4.3-6 street", "4.3-4 workstation", "4.3-6 workstation",
      "4.3-4 residents_committee", "4.3-6 residents_committee"}},
    {PILOT_PAYS, {"4.3-8 finance_bureau", "4.3-8 district_finance"}},
    {PILOT_DECIDES, {NULL}},
    {PILOT_COORDINATES, {"3.2-5b city_management_bureau", "4.3-7 city_management_bureau"}},
    {PILOT_SUPERVISES, {"3.2-5b city_management_bureau"}},
    {PILOT_GUIDES, {NULL}},
    {PILOT_ASSISTS, {NULL}},
    {PILOT_MAY_BE_TOLD, {"4.3-14 city_management_bureau", "4.3-14 residents_committee"}},
};

static const answer lamp_inside[] = {
    {PILOT_PERFORMS, {"4.3-2 provider"}},
    {PILOT_PAYS, {"4.4-1 owners"}},
    {PILOT_DECIDES, {"4.3-2 committee"}},
    {PILOT_COORDINATES, {NULL}},
    {PILOT_SUPERVISES, {"3.2-4b district_housing"}},
    {PILOT_GUIDES, {"3.2-4b housing_bureau"}},
    {PILOT_ASSISTS, {NULL}},
    {PILOT_MAY_BE_TOLD, {"4.3-14 residents_committee"}},
};

Test(duty, a_street_lamp_that_is_out_has_its_answers_on_either_side)
{
    static const struct {
        pilot_place place;
        pilot_layout layout;
        const answer *answers;
    } lamps[] = {
        {PILOT_PLACE_COURTYARD, PILOT_LAYOUT_OPEN, lamp_outside},
        {PILOT_PLACE_COURTYARD, PILOT_LAYOUT_CLOSED, lamp_inside},
        {PILOT_PLACE_INTERNAL_ROAD, PILOT_LAYOUT_OPEN, lamp_outside},
        {PILOT_PLACE_INTERNAL_ROAD, PILOT_LAYOUT_CLOSED, lamp_inside},
        {PILOT_PLACE_PUBLIC_ROAD, PILOT_LAYOUT_CLOSED, lamp_outside},
        {PILOT_PLACE_PUBLIC_ROAD, PILOT_LAYOUT_UNKNOWN, lamp_outside},
        {PILOT_PLACE_STAIRWELL, PILOT_LAYOUT_OPEN, lamp_inside},
    };
    for (size_t i = 0; i < COUNT(lamps); i++)
        for (size_t j = 0; j < COUNT(lamp_outside); j++)
            expect((pilot_duty_filter){.matter = PILOT_DUTY_STREET_LIGHTS,
                                       .role = lamps[i].answers[j].role,
                                       .place = lamps[i].place,
                                       .layout = lamps[i].layout},
                   lamps[i].answers[j].rows);

    /* The side itself does as well, and what is not known leaves both. */
    expect((pilot_duty_filter){.matter = PILOT_DUTY_STREET_LIGHTS,
                               .role = PILOT_PAYS,
                               .side = PILOT_INSIDE},
           (const char *[]){"4.4-1 owners", NULL});
    expect((pilot_duty_filter){.matter = PILOT_DUTY_STREET_LIGHTS,
                               .role = PILOT_PAYS,
                               .place = PILOT_PLACE_COURTYARD},
           (const char *[]){"4.4-1 owners", "4.3-8 finance_bureau", "4.3-8 district_finance", NULL});

    /* All six services are alike, and so is what their open list may add. */
    for (int matter = PILOT_DUTY_ROAD_UPKEEP; matter <= PILOT_DUTY_OTHER_PUBLIC_SERVICE; matter++)
        for (size_t j = 0; j < COUNT(lamp_outside); j++)
            for (int side = PILOT_INSIDE; side <= PILOT_OUTSIDE; side++)
                expect((pilot_duty_filter){.matter = (pilot_duty_matter)matter,
                                           .role = lamp_outside[j].role,
                                           .side = (pilot_side)side},
                       (side == PILOT_INSIDE ? lamp_inside : lamp_outside)[j].rows);
}

Test(duty, parking_names_both_bodies_and_the_place_says_which_is_first)
{
    static const char *const road[] = {"3.2-9f traffic_police", "3.2-5g city_management_bureau", NULL};
    static const char *const other[] = {"3.2-5g city_management_bureau", "3.2-9f traffic_police", NULL};
    static const char *const told_road[] = {"4.3-14 traffic_police", "4.3-14 city_management_bureau",
                                            "4.3-14 residents_committee", NULL};
    static const char *const told_other[] = {"4.3-14 city_management_bureau", "4.3-14 traffic_police",
                                             "4.3-14 residents_committee", NULL};
    for (int place = 0; place < PILOT_PLACE_COUNT; place++)
        for (int layout = 0; layout < LAYOUTS; layout++) {
            bool on_road = place == PILOT_PLACE_PUBLIC_ROAD;
            pilot_duty_filter parking = {.matter = PILOT_DUTY_DISORDERLY_PARKING,
                                         .role = PILOT_SUPERVISES,
                                         .place = (pilot_place)place,
                                         .layout = (pilot_layout)layout};
            expect(parking, on_road ? road : other);
            parking.role = PILOT_MAY_BE_TOLD;
            expect(parking, on_road ? told_road : told_other);

            /* Bays: the traffic police guide on the public roads of open areas and nowhere else. */
            bool guided = (place == 0 || on_road) && layout != PILOT_LAYOUT_CLOSED;
            pilot_duty_filter bays = {.matter = PILOT_DUTY_PARKING_BAYS,
                                      .role = PILOT_GUIDES,
                                      .place = (pilot_place)place,
                                      .layout = (pilot_layout)layout};
            expect(bays, (const char *[]){guided ? "3.2-9e traffic_police" : NULL, NULL});
            bays.role = PILOT_DECIDES;
            expect(bays, (const char *[]){"4.4.2-3 district_government", NULL});
        }
    /* The other three offences of 3.2-5g have one body. */
    static const pilot_duty_matter alone[] = {PILOT_DUTY_ILLEGAL_BUILDING, PILOT_DUTY_DAMAGE_TO_GREENERY,
                                              PILOT_DUTY_UNLICENSED_STALLS};
    for (size_t i = 0; i < COUNT(alone); i++)
        expect((pilot_duty_filter){.matter = alone[i], .role = PILOT_SUPERVISES},
               (const char *[]){"3.2-5g city_management_bureau", NULL});
}

/* By matter, wherever it arises: who supervises, and whom residents can tell before the residents'
 * committee, which passes on everything. */
Test(duty, each_offence_and_danger_has_the_department_that_answers_for_it)
{
#define UM "city_management_bureau"
#define PS "public_security_bureau"
#define FB "fire_brigade"
    static const struct {
        pilot_duty_matter matter;
        const char *supervises, *told;
    } matters[] = {
        {PILOT_DUTY_OUTDOOR_ADVERTISING, "3.2-5f " UM, "4.3-14 " UM},
        {PILOT_DUTY_ILLEGAL_BUILDING, "3.2-5g " UM, "4.3-14 " UM},
        {PILOT_DUTY_DAMAGE_TO_GREENERY, "3.2-5g " UM, "4.3-14 " UM},
        {PILOT_DUTY_UNLICENSED_STALLS, "3.2-5g " UM, "4.3-14 " UM},
        {PILOT_DUTY_OTHER_CITY_MANAGEMENT, NULL, "4.3-14 " UM},
        {PILOT_DUTY_SECURITY_FACILITIES, NULL, "4.3-14 " PS},
        {PILOT_DUTY_PUBLIC_ORDER, "3.2-9c " PS, "4.3-14 " PS},
        {PILOT_DUTY_GUARDS, "3.2-9d " PS, "4.3-14 " PS},
        {PILOT_DUTY_MIGRANT_POPULATION, "3.2-9d " PS, "4.3-14 " PS},
        {PILOT_DUTY_FIREWORKS, "3.2-9d " PS, "4.3-14 " PS},
        {PILOT_DUTY_DOGS, "3.2-9d " PS, "4.3-14 " PS},
        {PILOT_DUTY_FIRE_FACILITIES, "3.2-10 " FB, "4.3-14 " FB},
        {PILOT_DUTY_FIRE_LANES, "3.2-10 " FB, "4.3-14 " FB},
        {PILOT_DUTY_BIKE_CHARGING, "3.2-10 " FB, "4.3-14 " FB},
        {PILOT_DUTY_PRICE_MARKING, "3.2-8 market_supervision_bureau", NULL},
        {PILOT_DUTY_PARKING_FEES, "3.2-8 market_supervision_bureau", NULL},
        {PILOT_DUTY_ENVIRONMENT, NULL, "4.3-14 environment_bureau"},
        {PILOT_DUTY_CONSTRUCTION, NULL, NULL},
        {PILOT_DUTY_NATURAL_RESOURCES, NULL, NULL},
        {PILOT_DUTY_EMERGENCIES, NULL, NULL},
        {PILOT_DUTY_PROPERTY_DISPUTES, NULL, NULL},
    };
    const char *committee = "4.3-14 residents_committee";
    for (size_t i = 0; i < COUNT(matters); i++) {
        pilot_duty_filter f = {.matter = matters[i].matter, .role = PILOT_SUPERVISES};
        expect(f, (const char *[]){matters[i].supervises, NULL});
        f.role = PILOT_MAY_BE_TOLD;
        expect(f, matters[i].told ? (const char *[]){matters[i].told, committee, NULL}
                                  : (const char *[]){committee, NULL});
    }
#undef UM
#undef PS
#undef FB

    /* What holds on one side only. */
    static const char *const inside[] = {"3.2-4b", "4.3-2", "4.3-3", "5.4-2b", "4.4-1"};
    static const char *const outside[] = {"3.2-5b",  "3.2-5c",  "3.2-5d", "3.2-7a", "3.2-9e",
                                          "3.2-13d", "3.2-14c", "4.3-4",  "4.3-5",  "4.3-6",
                                          "4.3-7",   "4.3-8",   "4.3-10", "4.3-14"};
    size_t of_role[PILOT_ROLE_COUNT] = {0}, of_side[SIDES] = {0};
    for (const pilot_duty *d = NULL; (d = pilot_duty_next(d, NULL));) {
        bool in = false, out = false;
        for (size_t i = 0; i < COUNT(inside); i++)
            in = in || strcmp(d->clause, inside[i]) == 0;
        for (size_t i = 0; i < COUNT(outside); i++)
            out = out || strcmp(d->clause, outside[i]) == 0;
        CHECK(d->side == PILOT_INSIDE ? in : d->side == PILOT_OUTSIDE ? out : !in, "%s", d->clause);
        of_role[d->role]++;
        of_side[d->side]++;
    }
    static const size_t roles[PILOT_ROLE_COUNT] = {0, 107, 7, 26, 12, 19, 14, 17, 7};
    static const size_t sides[SIDES] = {174, 9, 26};
    for (int i = 0; i < PILOT_ROLE_COUNT; i++)
        cr_expect_eq(of_role[i], roles[i], "%s: %zu", pilot_role_name((pilot_role)i), of_role[i]);
    for (int i = 0; i < SIDES; i++)
        cr_expect_eq(of_side[i], sides[i], "side %d: %zu", i, of_side[i]);
}

/* [place][layout], the layouts being unknown, open and closed. */
static const pilot_side side_table[PILOT_PLACE_COUNT][LAYOUTS] = {
    [PILOT_PLACE_UNKNOWN] = {PILOT_SIDE_UNKNOWN, PILOT_SIDE_UNKNOWN, PILOT_SIDE_UNKNOWN},
    [PILOT_PLACE_DWELLING] = {PILOT_INSIDE, PILOT_INSIDE, PILOT_INSIDE},
    [PILOT_PLACE_STAIRWELL] = {PILOT_INSIDE, PILOT_INSIDE, PILOT_INSIDE},
    [PILOT_PLACE_COURTYARD] = {PILOT_SIDE_UNKNOWN, PILOT_OUTSIDE, PILOT_INSIDE},
    [PILOT_PLACE_INTERNAL_ROAD] = {PILOT_SIDE_UNKNOWN, PILOT_OUTSIDE, PILOT_INSIDE},
    [PILOT_PLACE_PUBLIC_ROAD] = {PILOT_OUTSIDE, PILOT_OUTSIDE, PILOT_OUTSIDE},
};

Test(duty, the_gate_and_the_sides_follow_the_layout)
{
    static const pilot_gate gates[LAYOUTS] = {PILOT_GATE_UNKNOWN, PILOT_GATE_UNIT_DOOR,
                                              PILOT_GATE_COMPOUND};
    for (int layout = 0; layout < LAYOUTS; layout++) {
        cr_expect_eq(pilot_gate_of((pilot_layout)layout), gates[layout]);
        for (int place = 0; place < PILOT_PLACE_COUNT; place++)
            cr_expect_eq(pilot_side_of((pilot_place)place, (pilot_layout)layout),
                         side_table[place][layout], "place %d, layout %d", place, layout);
        cr_expect_eq(pilot_side_of((pilot_place)PILOT_PLACE_COUNT, (pilot_layout)layout),
                     PILOT_SIDE_UNKNOWN);
        cr_expect_eq(pilot_side_of((pilot_place)-1, (pilot_layout)layout), PILOT_SIDE_UNKNOWN);
    }
    cr_expect_eq(pilot_gate_of((pilot_layout)LAYOUTS), PILOT_GATE_UNKNOWN);
    cr_expect_eq(pilot_side_of(PILOT_PLACE_COURTYARD, (pilot_layout)LAYOUTS), PILOT_SIDE_UNKNOWN);
    cr_expect_eq(pilot_side_of(PILOT_PLACE_PUBLIC_ROAD, (pilot_layout)LAYOUTS), PILOT_OUTSIDE);

    /* Twelve city bodies and the district governments. */
    static const pilot_actor addressees[] = {
        PILOT_ACTOR_HOUSING_BUREAU,         PILOT_ACTOR_CITY_MANAGEMENT_BUREAU,
        PILOT_ACTOR_CIVIL_AFFAIRS_BUREAU,   PILOT_ACTOR_FINANCE_BUREAU,
        PILOT_ACTOR_CONSTRUCTION_BUREAU,    PILOT_ACTOR_MARKET_SUPERVISION_BUREAU,
        PILOT_ACTOR_PUBLIC_SECURITY_BUREAU, PILOT_ACTOR_TRAFFIC_POLICE,
        PILOT_ACTOR_EMERGENCY_BUREAU,       PILOT_ACTOR_NATURAL_RESOURCES_BUREAU,
        PILOT_ACTOR_ENVIRONMENT_BUREAU,     PILOT_ACTOR_FIRE_BRIGADE,
        PILOT_ACTOR_DISTRICT_GOVERNMENT};
    for (int actor = -1; actor <= PILOT_ACTOR_COUNT + 40; actor++) {
        bool expected = false;
        for (size_t i = 0; i < COUNT(addressees); i++)
            expected = expected || (int)addressees[i] == actor;
        cr_expect_eq(pilot_is_addressee((pilot_actor)actor), expected, "actor %d", actor);
    }
}

Test(duty, enclosing_an_area_moves_its_courtyard_inside_on_that_day)
{
    pilot_policy *on_the_day = notice();
    pilot_policy *as_selected =
        reading(notice(), PILOT_READING_GATE_LAYOUT, PILOT_GATE_LAYOUT_AS_SELECTED);
    pilot_date enclosed = date(2020, 5, 18);
    const pilot_residential_area area = {.layout_at_selection = PILOT_LAYOUT_OPEN,
                                         .enclosed_on = {enclosed, true}};
    const pilot_residential_area unknown = {.enclosed_on = {enclosed, true}};
    static const struct {
        int days; /* after it was enclosed */
        pilot_side side, of_unknown;
    } days[] = {{-400, PILOT_OUTSIDE, PILOT_SIDE_UNKNOWN},
                {-1, PILOT_OUTSIDE, PILOT_SIDE_UNKNOWN},
                {0, PILOT_INSIDE, PILOT_INSIDE},
                {1, PILOT_INSIDE, PILOT_INSIDE},
                {4000, PILOT_INSIDE, PILOT_INSIDE}};
    static const pilot_place moving[] = {PILOT_PLACE_COURTYARD, PILOT_PLACE_INTERNAL_ROAD};
    for (size_t i = 0; i < COUNT(days); i++) {
        pilot_date day = enclosed + days[i].days;
        for (size_t j = 0; j < COUNT(moving); j++) {
            cr_expect_eq(pilot_side_on(on_the_day, &area, moving[j], day), days[i].side, "%d",
                         days[i].days);
            cr_expect_eq(pilot_side_on(as_selected, &area, moving[j], day), PILOT_OUTSIDE);
            cr_expect_eq(pilot_side_on(on_the_day, &unknown, moving[j], day), days[i].of_unknown);
            cr_expect_eq(pilot_side_on(as_selected, &unknown, moving[j], day), PILOT_SIDE_UNKNOWN);
        }
        cr_expect_eq(pilot_side_on(on_the_day, &area, PILOT_PLACE_DWELLING, day), PILOT_INSIDE);
        cr_expect_eq(pilot_side_on(on_the_day, &area, PILOT_PLACE_PUBLIC_ROAD, day), PILOT_OUTSIDE);
        cr_expect_eq(pilot_side_on(as_selected, &unknown, PILOT_PLACE_STAIRWELL, day), PILOT_INSIDE);
    }
    cr_expect_eq(pilot_side_on(NULL, &area, PILOT_PLACE_DWELLING, enclosed), PILOT_SIDE_UNKNOWN);
    cr_expect_eq(pilot_side_on(on_the_day, NULL, PILOT_PLACE_DWELLING, enclosed), PILOT_SIDE_UNKNOWN);
    pilot_policy_free(on_the_day);
    pilot_policy_free(as_selected);
}

static size_t clause_index(const char *id)
{
    size_t i = 0;
    while (i < pilot_clause_count() && strcmp(pilot_clause_at(i)->id, id) != 0)
        i++;
    return i;
}

static bool has_digit(const char *text)
{
    return strpbrk(text, "0123456789") != NULL;
}

static bool is_ascii(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text >= 0x80)
            return false;
    return true;
}

#define BIT(name) PILOT_ACTOR_BIT(PILOT_ACTOR_##name)

Test(duty, every_row_cites_a_clause_that_names_its_body)
{
    size_t last = 0;
    cr_assert_gt(pilot_duty_count(), 0);
    cr_assert_leq(pilot_duty_count(), (size_t)ENOUGH);
    for (size_t i = 0; i < pilot_duty_count(); i++) {
        const pilot_duty *d = pilot_duty_at(i);
        size_t index = clause_index(d->clause);
        CHECK(index < pilot_clause_count(), "row %zu: there is no clause %s", i, d->clause);
        CHECK(index >= last, "row %zu: %s is not at its place", i, d->clause);
        last = index;
        uint32_t named = pilot_clause_at(index)->actors;
        /* The right of 4.3-14 is owners' and residents' committees'; the departments that it only calls
         * the ones concerned are those of 4.3-12, and the traffic police are part of the police. */
        if (strcmp(d->clause, "4.3-14") == 0 && d->role == PILOT_MAY_BE_TOLD)
            named |= pilot_clause_find("4.3-12")->actors | BIT(TRAFFIC_POLICE);
        CHECK(named & PILOT_ACTOR_BIT(d->actor), "row %zu: %s does not name %s", i, d->clause,
              pilot_actor_name(d->actor));
        CHECK(d->matters && !(d->matters & 1) && d->matters >> (PILOT_DUTY_MATTER_COUNT - 1) <= 1,
              "row %zu: matters", i);
        CHECK(pilot_role_name(d->role) && d->order >= 1 && d->order <= 3, "row %zu: role or order", i);
        CHECK(d->zh && d->en && !is_ascii(d->zh) && is_ascii(d->en), "row %zu: language", i);
        CHECK(!has_digit(d->zh) && !has_digit(d->en), "row %zu: numbers are the policy's", i);
        CHECK(strlen(d->en) <= 100 && strlen(d->zh) <= 90, "row %zu: too long", i);
        CHECK(strcmp(d->en + strlen(d->en) - 1, ".") == 0, "row %zu: no full stop", i);
        for (size_t j = 0; j < i; j++) {
            const pilot_duty *e = pilot_duty_at(j);
            CHECK(strcmp(d->clause, e->clause) != 0 || d->actor != e->actor || d->role != e->role ||
                      !(d->matters & e->matters),
                  "rows %zu and %zu are the same", i, j);
        }
    }
    cr_expect_null(pilot_duty_at(pilot_duty_count()));
    cr_expect_null(pilot_duty_at(SIZE_MAX));
}

static uint32_t actors_of_rows(const char *clause)
{
    uint32_t actors = 0;
    for (const pilot_duty *d = NULL; (d = pilot_duty_next(d, NULL));)
        if (strcmp(d->clause, clause) == 0)
            actors |= PILOT_ACTOR_BIT(d->actor);
    return actors;
}

Test(duty, every_body_that_a_clause_charges_has_its_row)
{
    const uint32_t charging = PILOT_KIND_DUTY | PILOT_KIND_COMPETENCE | PILOT_KIND_ORGANISATION |
                              PILOT_KIND_DEADLINE | PILOT_KIND_FUNDING | PILOT_KIND_PERMISSION |
                              PILOT_KIND_ENCOURAGEMENT | PILOT_KIND_RIGHT | PILOT_KIND_PROHIBITION |
                              PILOT_KIND_SANCTION | PILOT_KIND_THRESHOLD;
    const struct {
        const char *clause;
        uint32_t beyond; /* actors that the clause has and the rows have not, or the reverse */
    } exceptions[] = {
        {"0.1-2", pilot_clause_find("0.1-2")->actors},          /* all of them: pilot_is_addressee */
        {"4.1-2", BIT(COMMITTEE)},                              /* its members' pay, not its own task */
        {"4.2-3", BIT(WORKSTATION) | BIT(RESIDENTS_COMMITTEE)}, /* says what an area is */
        {"4.3-14", pilot_clause_find("4.3-12")->actors | BIT(TRAFFIC_POLICE)}, /* may be told */
        {"4.4.1-3",
         BIT(FINANCE_BUREAU) | BIT(DISTRICT_GOVERNMENT)}, /* a period; 4.4.1-8 says who pays */
        {"4.5-2", BIT(PROVIDER)},                         /* anyone may take part */
        {"4.5-3", BIT(PROVIDER)},                         /* a share in the support */
        {"6.2-2", BIT(DISTRICT_GOVERNMENT)},              /* it is criticised; the group does it */
        {"6.5", pilot_clause_find("6.5")->actors},
    };
    size_t charged = 0;
    for (size_t i = 0; i < pilot_clause_count(); i++) {
        const pilot_clause *c = pilot_clause_at(i);
        uint32_t expected = c->actors;
        for (size_t j = 0; j < COUNT(exceptions); j++)
            if (strcmp(exceptions[j].clause, c->id) == 0)
                expected ^= exceptions[j].beyond;
        bool is_step = c->section[0] == '5';
        if (c->kinds & charging || is_step) {
            CHECK(actors_of_rows(c->id) == expected, "%s: %x", c->id,
                  (unsigned)(actors_of_rows(c->id) ^ expected));
            charged += expected != 0;
        }
    }
    cr_expect_eq(charged, 110, "%zu", charged);
    /* Conditions and definitions that nevertheless say who. */
    cr_expect_neq(actors_of_rows("4.3-4"), 0);
    cr_expect_neq(actors_of_rows("4.4.1-1"), 0);
    cr_expect_neq(actors_of_rows("4.4.1-2"), 0);
    cr_expect_neq(actors_of_rows("5.1-4"), 0);
}

#define SERVICE_CLAUSES "3.2-4b*2 3.2-5b*2 4.3-2*2 4.3-4*3 4.3-6*3 4.3-7 4.3-8*2 4.3-14*2 4.4-1"

/* Every row of each matter, by its clause, with their number where a clause has several. */
static const char *const clauses_of[PILOT_DUTY_MATTER_COUNT] = {
    [PILOT_DUTY_ROAD_UPKEEP] = SERVICE_CLAUSES,
    [PILOT_DUTY_GREENERY] = SERVICE_CLAUSES,
    [PILOT_DUTY_STREET_LIGHTS] = SERVICE_CLAUSES,
    [PILOT_DUTY_PUBLIC_TOILETS] = SERVICE_CLAUSES,
    [PILOT_DUTY_MUNICIPAL_PIPES] = SERVICE_CLAUSES,
    [PILOT_DUTY_SEPTIC_TANKS] = SERVICE_CLAUSES,
    [PILOT_DUTY_OTHER_PUBLIC_SERVICE] = SERVICE_CLAUSES,
    [PILOT_DUTY_PROPERTY_SERVICE] = "3.2-4b*2 4.3-2*2 4.3-14 4.4-1",
    [PILOT_DUTY_SANITATION] = "3.2-4b*2 3.2-5e*2 4.3-2*2 4.3-4*3 4.3-6*3 4.3-7 4.3-8*2 4.3-14*2 4.4-1",
    [PILOT_DUTY_OUTDOOR_ADVERTISING] = "3.2-5f 4.3-14*2",
    [PILOT_DUTY_ILLEGAL_BUILDING] = "3.2-5g 4.3-14*2",
    [PILOT_DUTY_DISORDERLY_PARKING] = "3.2-5g 3.2-9f 4.3-14*3",
    [PILOT_DUTY_DAMAGE_TO_GREENERY] = "3.2-5g 4.3-14*2",
    [PILOT_DUTY_UNLICENSED_STALLS] = "3.2-5g 4.3-14*2",
    [PILOT_DUTY_PARKING_BAYS] = "3.2-9e 4.3-14 4.4.2-3",
    [PILOT_DUTY_PARKING_FEES] = "3.2-8 4.3-14 4.4.2-4 4.4.2-5*2",
    [PILOT_DUTY_PRICE_MARKING] = "3.2-8 4.3-14",
    [PILOT_DUTY_SECURITY_WORK] = "3.2-4b*2 3.2-9a*2 4.3-2*2 4.3-14*2 4.4-1",
    [PILOT_DUTY_SECURITY_FACILITIES] = "3.2-9b 4.3-14*2",
    [PILOT_DUTY_PUBLIC_ORDER] = "3.2-9c*2 4.3-14*2",
    [PILOT_DUTY_GUARDS] = "3.2-9d 4.3-14*2",
    [PILOT_DUTY_MIGRANT_POPULATION] = "3.2-9d 4.3-14*2",
    [PILOT_DUTY_FIREWORKS] = "3.2-9d 4.3-14*2",
    [PILOT_DUTY_DOGS] = "3.2-9d 4.3-14*2",
    [PILOT_DUTY_FIRE_FACILITIES] = "3.2-10 4.3-14*2",
    [PILOT_DUTY_FIRE_LANES] = "3.2-10 4.3-14*2",
    [PILOT_DUTY_BIKE_CHARGING] = "3.2-10 4.3-14*2",
    [PILOT_DUTY_CONSTRUCTION] = "3.2-11 4.3-14",
    [PILOT_DUTY_NATURAL_RESOURCES] = "3.2-11 4.3-14",
    [PILOT_DUTY_ENVIRONMENT] = "3.2-11 4.3-14*2",
    [PILOT_DUTY_EMERGENCIES] = "3.2-11 4.3-14",
    [PILOT_DUTY_OTHER_CITY_MANAGEMENT] = "3.2-5h 4.3-14*2",
    [PILOT_DUTY_GRID] = "4.3-12*4 4.3-13*4 4.3-14",
    [PILOT_DUTY_RESIDENTS_REPORTS] = "4.3-14*2 4.3-15*4",
    [PILOT_DUTY_OWNERS_ASSEMBLY] = "3.2-4a 3.2-13a 3.2-13b 5.3-1*3 5.3-2*4",
    [PILOT_DUTY_OWNERS_COMMITTEE] = "3.2-4a 3.2-13b 3.2-13c*2 5.3-1*3 5.3-2*4",
    [PILOT_DUTY_SELF_GOVERNMENT] = "3.2-6a 3.2-13b 3.2-14b*2",
    [PILOT_DUTY_PART_TIME_POSTS] = "3.2-6b 3.2-14b*2 4.1-1*2",
    [PILOT_DUTY_PROVIDER_CHOICE] = "4.3-3*2 5.4-2b 5.4-1 5.4-2 5.4-3*3",
    [PILOT_DUTY_SERVICE_CONTRACT] = "4.3-2*2 4.3-3 5.4-1 5.4-4*2",
    [PILOT_DUTY_SERVICE_ENTRY] = "5.2-4*3 5.4-1 5.4-5",
    [PILOT_DUTY_SINGLE_PROVIDER] = "4.2-4*2 4.3-10*2 4.3-11*3",
    [PILOT_DUTY_PROPERTY_FEE] = "3.2-8 4.3-14 4.4-1 4.4-3*4",
    [PILOT_DUTY_FEE_STANDARD] = "4.4-2",
    [PILOT_DUTY_PROPERTY_DISPUTES] = "3.2-13f 4.3-14",
    [PILOT_DUTY_DAILY_COORDINATION] = "3.2-13e 3.2-14a*2 4.1-3 4.1-4",
    [PILOT_DUTY_NEIGHBOURHOOD_CENTRE] = "3.2-6c 3.2-14c*2",
    [PILOT_DUTY_PROPERTY_OFFICE] = "4.2-1*2 4.2-2*2",
    [PILOT_DUTY_SERVICE_HANDOVER] = "3.2-5c 3.2-13d 3.2-14c*2 4.3-5*3",
    [PILOT_DUTY_PUBLIC_SERVICE_MONEY] = "3.2-5d*3 3.2-7a 4.3-7 4.3-8*2",
    [PILOT_DUTY_PROJECT_INCOME] = "4.4.2-1*3 4.4.2-2*3",
    [PILOT_DUTY_COMMUNITY_BUDGET] = "4.4.1-5*2 4.4.2-5*2",
    [PILOT_DUTY_REWARD] = "3.2-7b 3.2-7c 4.4.1-2*2 4.4.1-5*2 4.4.1-8*2 5.5-3*2",
    [PILOT_DUTY_ASSESSMENT] = "3.2-2f 3.2-12d 4.4.1-1 4.4.1-7 5.5-1 5.5-2",
    [PILOT_DUTY_EXPERIENCE] = "2-6*2 3.2-2f 3.2-12e 5.5-3 5.5-4",
    [PILOT_DUTY_PILOT_SCHEME] = "3.2-2a 3.2-12a",
    [PILOT_DUTY_STEERING] = "3-1 3.2-2b 3.2-2c 3.2-2d 3.2-2e 3.2-12b 3.2-12c 6.1-3 6.2-1*2 6.2-2 6.3*6",
    [PILOT_DUTY_LEADING_GROUP] = "3.1-1 3.1-2 3.1-3*7 3.2-3a 3.2-3b 3.2-12b 6.1-1",
    [PILOT_DUTY_SITE_SELECTION] = "2-3 5.1-1 5.1-2 5.1-3 5.1-4 5.1-5",
    [PILOT_DUTY_REMEDIATION] = "3.2-5a 5.2-1*2 5.2-2*2 5.2-3*2 5.2-4*2",
    [PILOT_DUTY_ENCLOSURE] = "5.2-5",
    [PILOT_DUTY_PUBLICITY] = "6.4*3",
};

Test(duty, each_matter_has_the_clauses_that_speak_of_it)
{
    for (int matter = 1; matter < PILOT_DUTY_MATTER_COUNT; matter++) {
        char found[256] = "";
        size_t length = 0;
        pilot_duty_filter f = {.matter = (pilot_duty_matter)matter};
        const pilot_duty *d = pilot_duty_next(NULL, &f);
        while (d) {
            const char *clause = d->clause;
            int bodies = 0;
            for (; d && strcmp(d->clause, clause) == 0; d = pilot_duty_next(d, &f))
                bodies++;
            length +=
                (size_t)snprintf(found + length, sizeof found - length, bodies > 1 ? "%s%s*%d" : "%s%s",
                                 length ? " " : "", clause, bodies);
            CHECK(length < sizeof found, "matter %d", matter);
        }
        cr_expect_str_eq(found, clauses_of[matter], "%s: %s", pilot_duty_matter_name(f.matter), found);
    }
}

static bool is_in(const char *id, const char *section)
{
    const pilot_clause *clause = pilot_clause_find(id);
    char prefix[16];
    snprintf(prefix, sizeof prefix, "%s.", section);
    return strcmp(id, section) == 0 || strcmp(clause->section, section) == 0 ||
           strncmp(clause->section, prefix, strlen(prefix)) == 0;
}

static bool wanted(const pilot_duty *d, const pilot_duty_filter *f)
{
    pilot_side side = f->side ? f->side : side_table[f->place][f->layout];
    if (f->matter && !(d->matters >> f->matter & 1))
        return false;
    if (f->role && f->role != d->role)
        return false;
    if (f->actor && f->actor != d->actor)
        return false;
    if (side && d->side && side != d->side)
        return false;
    if (f->place && d->place && f->place != d->place)
        return false;
    if (f->layout && d->layout && f->layout != d->layout)
        return false;
    return !f->clause || is_in(d->clause, f->clause);
}

static int sort_key(const pilot_duty *d, pilot_place place)
{
    static const int of_side[SIDES] = {2, 0, 1};
    bool leads = d->leads_on && d->leads_on == place;
    return ((int)d->role * SIDES + of_side[d->side]) * 100 + (leads ? 0 : d->order);
}

/* Both queries against a loop over the rows. */
static size_t expect_rows(const pilot_duty_filter *f)
{
    const pilot_duty *next = NULL, *sorted[ENOUGH];
    size_t count = 0, given = 0;
    for (size_t i = 0; i < pilot_duty_count(); i++)
        if (wanted(pilot_duty_at(i), f)) {
            next = pilot_duty_next(next, f);
            CHECK(next == pilot_duty_at(i), "row %zu is not the next one", i);
            count++;
        }
    CHECK(!pilot_duty_next(next, f) || !count, "one too many after %zu", count);
    CHECK(count || !pilot_duty_next(NULL, f), "a row where none is wanted");
    CHECK(pilot_responsible(f, sorted, ENOUGH, &given, NULL) == PILOT_OK && given == count, "%zu",
          given);
    for (size_t i = 0; i < given; i++)
        CHECK(wanted(sorted[i], f), "sorted row %zu is not wanted", i);
    for (size_t i = 1; i < given; i++) {
        int before = sort_key(sorted[i - 1], f->place), after = sort_key(sorted[i], f->place);
        CHECK(before < after || (before == after && sorted[i - 1] < sorted[i]), "order at %zu", i);
    }
    return count;
}

Test(duty, every_combination_of_filters_gives_what_a_loop_gives)
{
    static const char *const sections[] = {"3.2", "4.4", "5", "4.3-14", "4", "3.2-5", "4.4.", "7", ""};
    size_t found = 0;
    for (int matter = 0; matter < PILOT_DUTY_MATTER_COUNT; matter++)
        for (int role = 0; role < PILOT_ROLE_COUNT; role++)
            for (int side = 0; side < SIDES; side++)
                found += expect_rows(&(pilot_duty_filter){.matter = (pilot_duty_matter)matter,
                                                          .role = (pilot_role)role,
                                                          .side = (pilot_side)side});
    cr_expect_gt(found, 3 * pilot_duty_count());
    for (int actor = 0; actor < PILOT_ACTOR_COUNT; actor++)
        for (size_t i = 0; i < COUNT(sections); i++)
            expect_rows(&(pilot_duty_filter){.actor = (pilot_actor)actor, .clause = sections[i]});
    found = 0;
    for (int i = 0; i < 4000; i++) {
        pilot_duty_filter f = {.place = (pilot_place)below(PILOT_PLACE_COUNT),
                               .layout = (pilot_layout)below(LAYOUTS),
                               .role = (pilot_role)(below(2) * below(PILOT_ROLE_COUNT)),
                               .actor = (pilot_actor)(below(2) * below(PILOT_ACTOR_COUNT)),
                               .matter = (pilot_duty_matter)(below(2) * below(PILOT_DUTY_MATTER_COUNT)),
                               .clause = below(3) ? NULL : sections[below(COUNT(sections))]};
        if (below(2))
            f.side =
                side_table[f.place][f.layout] ? side_table[f.place][f.layout] : (pilot_side)below(SIDES);
        found += expect_rows(&f);
    }
    cr_expect_gt(found, 4000);
    cr_expect_eq(expect_rows(&(pilot_duty_filter){0}), pilot_duty_count());
    cr_expect_eq(expect_rows(&(pilot_duty_filter){.clause = "4.4.1-8"}), 2);
    cr_expect_eq(expect_rows(&(pilot_duty_filter){.clause = "4.4.1-"}), 0);
}

Test(duty, both_directions_find_the_same_rows)
{
    size_t by_actor = 0, by_matter = 0, bits = 0;
    for (size_t i = 0; i < pilot_duty_count(); i++) {
        const pilot_duty *d = pilot_duty_at(i), *e = NULL;
        pilot_duty_filter of_actor = {.actor = d->actor};
        while ((e = pilot_duty_next(e, &of_actor)) && e != d)
            ;
        CHECK(e == d, "row %zu is not found by its body", i);
        for (int matter = 1; matter < PILOT_DUTY_MATTER_COUNT; matter++) {
            pilot_duty_filter of_matter = {.matter = (pilot_duty_matter)matter};
            e = NULL;
            while ((e = pilot_duty_next(e, &of_matter)) && e != d)
                ;
            bool is_of = d->matters & PILOT_DUTY_BIT(matter);
            CHECK((e == d) == is_of, "row %zu and matter %d", i, matter);
            bits += is_of;
        }
    }
    for (int actor = 1; actor < PILOT_ACTOR_COUNT; actor++) {
        size_t before = by_actor;
        pilot_duty_filter f = {.actor = (pilot_actor)actor};
        for (const pilot_duty *d = NULL; (d = pilot_duty_next(d, &f));)
            by_actor++;
        CHECK(by_actor > before, "%s has no duty", pilot_actor_name((pilot_actor)actor));
    }
    for (int matter = 1; matter < PILOT_DUTY_MATTER_COUNT; matter++) {
        size_t before = by_matter;
        pilot_duty_filter f = {.matter = (pilot_duty_matter)matter};
        for (const pilot_duty *d = NULL; (d = pilot_duty_next(d, &f));)
            by_matter++;
        CHECK(by_matter > before, "nobody has %s", pilot_duty_matter_name((pilot_duty_matter)matter));
    }
    cr_expect_eq(by_actor, pilot_duty_count());
    cr_expect_eq(by_matter, bits);
}

/* "3.2-5a decides 2019-12-31" and so on for one body, NULL at the end. */
static void expect_owed(const pilot_policy *policy, pilot_actor actor, const char *const *rows)
{
    pilot_duty_filter f = {.actor = actor};
    for (const pilot_duty *d = NULL; (d = pilot_duty_next(d, &f)); rows++) {
        pilot_opt_date due = {-1, true};
        pilot_text text;
        char row[64];
        cr_assert_eq(pilot_duty_due(policy, d, &due), PILOT_OK);
        snprintf(row, sizeof row, "%s %s %s", d->clause, pilot_role_name(d->role),
                 due.known ? pilot_date_text(due.value, &text) : "-");
        cr_assert_not_null(*rows, "one too many: %s", row);
        cr_expect_str_eq(row, *rows);
    }
    cr_expect_null(*rows, "%s is missing", *rows ? *rows : "");
}

Test(duty, a_body_owes_its_duties_by_the_dates_of_the_notice)
{
    pilot_policy *policy = notice();
    expect_owed(policy, PILOT_ACTOR_CITY_MANAGEMENT_BUREAU,
                (const char *[]){"3.1-3 assists -",
                                 "3.2-5a decides 2019-12-31",
                                 "3.2-5b coordinates -",
                                 "3.2-5b supervises -",
                                 "3.2-5c performs -",
                                 "3.2-5d performs -",
                                 "3.2-5e supervises -",
                                 "3.2-5e guides -",
                                 "3.2-5f supervises -",
                                 "3.2-5g supervises -",
                                 "3.2-5h performs -",
                                 "4.3-7 coordinates -",
                                 "4.3-12 performs -",
                                 "4.3-13 performs -",
                                 "4.3-14 may_be_told -",
                                 "4.3-14 may_be_told -",
                                 "4.3-15 performs -",
                                 "5.2-1 coordinates 2019-12-31",
                                 "5.2-2 coordinates 2019-12-31",
                                 "5.2-3 supervises 2019-12-31",
                                 "5.2-4 coordinates 2019-12-31",
                                 "6.3 assists -",
                                 NULL});
    expect_owed(policy, PILOT_ACTOR_DISTRICT_HOUSING,
                (const char *[]){"3.2-4b supervises -", "5.3-2 guides 2019-11-30", NULL});
    expect_owed(policy, PILOT_ACTOR_ASSEMBLY,
                (const char *[]){"4.2-4 decides -", "4.3-3 decides -", "4.4.2-1 performs -",
                                 "4.4.2-2 performs -", "5.4-1 decides 2019-12-31",
                                 "5.4-2 decides 2019-12-31", NULL});
    expect_owed(policy, PILOT_ACTOR_MARKET_SUPERVISION_BUREAU,
                (const char *[]){"3.2-8 supervises -", NULL});

    static const struct {
        pilot_due due;
        int32_t year, month_of_year, day;
        size_t rows;
    } dates[] = {{PILOT_DUE_SELECTION, 2019, 8, 31, 5},
                 {PILOT_DUE_REMEDIATION, 2019, 12, 31, 9},
                 {PILOT_DUE_ASSEMBLY, 2019, 11, 30, 7},
                 {PILOT_DUE_ENTRY, 2019, 12, 31, 11},
                 {PILOT_DUE_ASSESSMENT, 2020, 2, 29, 3}};
    pilot_parameters moved = *pilot_policy_parameters(policy);
    moved.remediation_due = date(2020, 3, 31);
    pilot_policy *later = policy_of(&moved);
    for (size_t i = 0; i < COUNT(dates); i++) {
        size_t rows = 0;
        for (const pilot_duty *d = NULL; (d = pilot_duty_next(d, NULL));) {
            pilot_opt_date due = {0};
            if (d->due != dates[i].due)
                continue;
            rows++;
            cr_expect_eq(pilot_duty_due(policy, d, &due), PILOT_OK);
            cr_expect(due.known);
            cr_expect_eq(due.value, date(dates[i].year, dates[i].month_of_year, dates[i].day), "%s",
                         d->clause);
            cr_expect_eq(pilot_duty_due(later, d, &due), PILOT_OK);
            cr_expect_eq(due.value == moved.remediation_due, d->due == PILOT_DUE_REMEDIATION);
        }
        cr_expect_eq(rows, dates[i].rows, "due %d: %zu", (int)dates[i].due, rows);
    }
    pilot_policy_free(later);
    pilot_policy_free(policy);
}

Test(duty, queries_refuse_what_they_cannot_answer)
{
    pilot_policy *policy = notice();
    const pilot_duty *none = NULL, *duties[3] = {0};
    pilot_duty_filter lamp = {.matter = PILOT_DUTY_STREET_LIGHTS, .role = PILOT_PAYS};
    size_t count = 77;
    for (size_t capacity = 0; capacity < 3; capacity++) {
        cr_expect_eq(pilot_responsible(&lamp, duties, capacity, &count, NULL), PILOT_ERROR_CAPACITY);
        cr_expect_eq(count, 77);
        for (size_t i = 0; i < COUNT(duties); i++)
            cr_expect_eq(duties[i], none);
    }
    cr_expect_eq(pilot_responsible(&lamp, NULL, 3, &count, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_responsible(NULL, duties, 3, &count, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_responsible(&lamp, duties, 3, NULL, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(count, 77);
    cr_expect_eq(pilot_responsible(&lamp, NULL, 0, &count, NULL), PILOT_OK);
    cr_expect_eq(count, 3);
    cr_expect_eq(pilot_responsible(&lamp, duties, 3, &count, NULL), PILOT_OK);
    cr_expect_str_eq(duties[2]->clause, "4.3-8");

    const pilot_duty_filter wrong[] = {{.matter = PILOT_DUTY_MATTER_COUNT},
                                       {.matter = (pilot_duty_matter)-1},
                                       {.matter = (pilot_duty_matter)1000},
                                       {.role = PILOT_ROLE_COUNT},
                                       {.role = (pilot_role)-1},
                                       {.actor = PILOT_ACTOR_COUNT},
                                       {.actor = (pilot_actor)-1},
                                       {.side = (pilot_side)SIDES},
                                       {.side = (pilot_side)-1},
                                       {.place = (pilot_place)PILOT_PLACE_COUNT},
                                       {.place = (pilot_place)-1},
                                       {.layout = (pilot_layout)LAYOUTS},
                                       {.layout = (pilot_layout)-1}};
    for (size_t i = 0; i < COUNT(wrong); i++) {
        cr_expect_eq(pilot_responsible(&wrong[i], duties, 3, &count, NULL), PILOT_ERROR_ARGUMENT, "%zu",
                     i);
        cr_expect_null(pilot_duty_next(NULL, &wrong[i]), "%zu", i);
    }
    for (int place = 0; place < PILOT_PLACE_COUNT; place++)
        for (int layout = 0; layout < LAYOUTS; layout++)
            for (int side = PILOT_INSIDE; side <= PILOT_OUTSIDE; side++) {
                pilot_duty_filter f = {.place = (pilot_place)place,
                                       .layout = (pilot_layout)layout,
                                       .side = (pilot_side)side};
                bool fits = !side_table[place][layout] || (int)side_table[place][layout] == side;
                CHECK(pilot_responsible(&f, NULL, 0, &count, NULL) ==
                          (fits ? PILOT_OK : PILOT_ERROR_INCONSISTENT),
                      "place %d, layout %d, side %d", place, layout, side);
                CHECK(fits == (pilot_duty_next(NULL, &f) != NULL), "place %d", place);
            }

    pilot_opt_date due = {5, true};
    pilot_duty strange = {.due = (pilot_due)(PILOT_DUE_ASSESSMENT + 1)};
    cr_expect_eq(pilot_duty_due(NULL, pilot_duty_at(0), &due), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_duty_due(policy, NULL, &due), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_duty_due(policy, pilot_duty_at(0), NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_duty_due(policy, &strange, &due), PILOT_ERROR_ARGUMENT);
    cr_expect(due.known && due.value == 5);
    pilot_policy_free(policy);
}

static const char matter_words[] =
    "road_upkeep greenery street_lights public_toilets municipal_pipes septic_tanks "
    "other_public_service property_service sanitation outdoor_advertising illegal_building "
    "disorderly_parking damage_to_greenery unlicensed_stalls parking_bays parking_fees price_marking "
    "security_work security_facilities public_order guards migrant_population fireworks dogs "
    "fire_facilities fire_lanes bike_charging construction natural_resources environment emergencies "
    "other_city_management grid residents_reports owners_assembly owners_committee self_government "
    "part_time_posts provider_choice service_contract service_entry single_provider property_fee "
    "fee_standard property_disputes daily_coordination neighbourhood_centre property_office "
    "service_handover public_service_money project_income community_budget reward assessment "
    "experience pilot_scheme steering leading_group site_selection remediation enclosure publicity";

typedef const char *(*name_function)(int);

#define NAMES_OF(type)                                                                                  \
    static const char *type##_name_of(int value)                                                        \
    {                                                                                                   \
        return type##_name((type)value);                                                                \
    }
NAMES_OF(pilot_duty_matter)
NAMES_OF(pilot_role)
NAMES_OF(pilot_place)
NAMES_OF(pilot_side)
NAMES_OF(pilot_gate)

/* The words from 1 on. */
static void expect_words(name_function name, const char *words)
{
    char word[32];
    int number = 0, used;
    for (const char *rest = words; sscanf(rest, "%31s%n", word, &used) == 1; rest += used)
        cr_expect_str_eq(name(++number), word);
    cr_expect_null(name(number + 1), "%s", words);
}

Test(duty, every_word_stays_what_it_is)
{
    expect_words(pilot_duty_matter_name_of, matter_words);
    expect_words(pilot_role_name_of,
                 "performs pays decides coordinates supervises guides assists may_be_told");
    expect_words(pilot_place_name_of, "dwelling stairwell courtyard internal_road public_road");
    expect_words(pilot_side_name_of, "inside outside");
    expect_words(pilot_gate_name_of, "compound unit_door");
    /* The public services have one number in both enums. */
    static const int services[][2] = {
        {PILOT_ROAD_UPKEEP, PILOT_DUTY_ROAD_UPKEEP},
        {PILOT_GREENERY, PILOT_DUTY_GREENERY},
        {PILOT_STREET_LIGHTS, PILOT_DUTY_STREET_LIGHTS},
        {PILOT_PUBLIC_TOILETS, PILOT_DUTY_PUBLIC_TOILETS},
        {PILOT_MUNICIPAL_PIPES, PILOT_DUTY_MUNICIPAL_PIPES},
        {PILOT_SEPTIC_TANKS, PILOT_DUTY_SEPTIC_TANKS},
        {PILOT_OTHER_PUBLIC_SERVICE, PILOT_DUTY_OTHER_PUBLIC_SERVICE},
    };
    for (size_t i = 0; i < COUNT(services); i++)
        cr_expect_eq(services[i][0], services[i][1], "service %zu", i);
}
