/* Rows of columns: each row's award and fee is what the scalar function gives for it; sums by group are
 * those of the rows; whatever way rows are parted, sums are the same bytes; and a panel costs what the
 * rows add up to. */
#include "fuzz.h"

#include "../claims.h"

enum { ROWS = 48, GROUPS = 3, LINES = 1024, RATES = 4 };

/* A column in each width. */
typedef struct store {
    int64_t wide[ROWS];
    int32_t narrow[ROWS];
    int16_t narrowest[ROWS];
} store;

typedef struct rows {
    store quantity[PILOT_BASIS_COUNT], first, last, passed, failed, passed_from, groups;
    pilot_claim_columns claims;
    pilot_column group;
    size_t count;
} rows;

static pilot_column column_of(store *s, choices *c, size_t count, int64_t (*next)(choices *c))
{
    const uint8_t how = next_byte(c);
    for (size_t i = 0; i < count; i++) {
        s->wide[i] = next(c);
        s->narrow[i] = (int32_t)s->wide[i];
        s->narrowest[i] = (int16_t)s->wide[i];
    }
    const void *const kept[] = {s->wide, s->narrow, s->narrowest};
    return (pilot_column){kept[how % 3], (pilot_element)(how % 3), how / 3 % 8 == 7};
}

static int64_t next_month(choices *c)
{
    const uint8_t byte = next_byte(c);
    return byte < 240 ? 560 + byte % 120 : next_number(c);
}

static int64_t next_mask(choices *c)
{
    const uint8_t byte = next_byte(c);
    return byte < 200 ? byte % 32 : next_number(c);
}

static int64_t next_group(choices *c)
{
    const uint8_t byte = next_byte(c);
    return byte < 250 ? byte % GROUPS : next_number(c);
}

static void grow_rows(rows *r, choices *c)
{
    const uint8_t given = next_byte(c);
    memset(r, 0, sizeof *r);
    r->count = 1 + below(c, ROWS);
    for (int basis = 0; basis < PILOT_BASIS_COUNT; basis++)
        if (basis == 0 || given >> basis & 1)
            r->claims.quantity[basis] = column_of(&r->quantity[basis], c, r->count, next_number);
    r->claims.first = column_of(&r->first, c, r->count, next_month);
    r->claims.last = column_of(&r->last, c, r->count, next_month);
    if (given & 8)
        r->claims.passed = column_of(&r->passed, c, r->count, next_mask);
    if (given & 16)
        r->claims.failed = column_of(&r->failed, c, r->count, next_mask);
    r->claims.passed_from = column_of(&r->passed_from, c, r->count, next_month);
    if (given & 32)
        r->group = column_of(&r->groups, c, r->count, next_group);
}

/* The notice's with other rates, share, rounding and readings. */
static pilot_policy *grow_policy(choices *c)
{
    static const pilot_share shares[] = {{1, 2}, {0, 1}, {1, 1}, {1, 3}, {9999, 10000}};
    pilot_policy *base, *made;
    pilot_rate rates[RATES];
    require(pilot_policy_nanchang_2019(&base) == PILOT_OK);
    pilot_parameters p = *pilot_policy_parameters(base);
    const uint8_t how = next_byte(c);
    if (how & 1) {
        pilot_month next = 570 + (pilot_month)below(c, 40);
        p.rates = rates;
        p.rate_count = below(c, RATES + 1);
        for (size_t i = 0; i < p.rate_count; i++) {
            const int64_t price = next_number(c);
            rates[i] = pilot_policy_parameters(base)->rates[0];
            rates[i].first = next + (pilot_month)below(c, 5);
            rates[i].last = rates[i].first + (pilot_month)below(c, 30);
            rates[i].price = price < 0 ? 0 : price;
            rates[i].basis = (pilot_basis)below(c, PILOT_BASIS_COUNT);
            next = rates[i].last + 1;
        }
    }
    p.city_share = shares[below(c, sizeof shares / sizeof *shares)];
    p.rounding = (pilot_rounding)below(c, 4);
    p.readings[PILOT_READING_MONTH_RULE] = (int32_t)below(c, 3);
    p.readings[PILOT_READING_GATE_MODE] = (int32_t)below(c, 2);
    p.readings[PILOT_READING_PASS_EFFECT] = (int32_t)below(c, 2);
    p.readings[PILOT_READING_ODD_FEN_TO] = (int32_t)below(c, 2);
    p.readings[PILOT_READING_IN_FORCE_FROM] = (int32_t)below(c, 2);
    const bool good = pilot_policy_new(&p, &made, NULL) == PILOT_OK;
    if (good)
        pilot_policy_free(base);
    return good ? made : base;
}

typedef struct amounts {
    pilot_money total[ROWS], city[ROWS], district[ROWS], withheld[ROWS];
    uint8_t reasons[ROWS], statuses[ROWS];
} amounts;

static void same_as_scalar(const pilot_policy *policy, const rows *r, const amounts *a)
{
    static pilot_award_line lines[LINES];
    for (size_t i = 0; i < r->count; i++) {
        pilot_assessment list[64];
        pilot_claim claim;
        pilot_award award;
        pilot_status status = claim_at(policy, &r->claims, i, list, &claim);
        if (status == PILOT_OK)
            status = pilot_award_compute(policy, &claim, &award, lines, LINES, NULL);
        require(a->statuses[i] == (uint8_t)status);
        if (status != PILOT_OK) {
            require(a->total[i] == PILOT_NO_AMOUNT && a->city[i] == PILOT_NO_AMOUNT);
            continue;
        }
        require(a->total[i] == award.total && a->city[i] == award.city);
        require(a->district[i] == award.district && award.city + award.district == award.total);
        require(a->withheld[i] == award.withheld && a->reasons[i] == award.reasons);
    }
}

static pilot_aggregate *sums_in(const pilot_policy *policy, void *memory, size_t size)
{
    pilot_aggregate *made = NULL;
    require(pilot_aggregate_make(policy, GROUPS, memory, size, &made) == PILOT_OK);
    return made;
}

/* Sums that are not too large, of rows whose group there is. */
static void sums_of_rows(const pilot_aggregate *sums, const rows *r, const amounts *a)
{
    wide expected[GROUPS] = {0};
    for (size_t i = 0; i < r->count; i++) {
        const int64_t group = value_at(r->group, i);
        if (a->statuses[i] == PILOT_OK && group >= 0 && group < GROUPS)
            expected[group] += a->total[i];
    }
    for (size_t group = 0; group < GROUPS; group++) {
        wide found = 0;
        pilot_aggregate_cell cell;
        pilot_status status = PILOT_OK;
        for (size_t y = 0; status == PILOT_OK; y++) {
            status = pilot_aggregate_cell_at(sums, group, y, &cell);
            found += status == PILOT_OK ? cell.total : 0;
            require(status != PILOT_OK || cell.city + cell.district == cell.total);
        }
        require(status == PILOT_ERROR_OVERFLOW || found == expected[group]);
    }
}

static void same_bytes(const pilot_aggregate *a, const pilot_aggregate *b)
{
    const size_t size = pilot_aggregate_packed_size(a);
    uint8_t *one = malloc(size), *two = malloc(size);
    require(one && two && size == pilot_aggregate_packed_size(b));
    require(pilot_aggregate_pack(a, one, size) == PILOT_OK);
    require(pilot_aggregate_pack(b, two, size) == PILOT_OK && memcmp(one, two, size) == 0);
    free(one);
    free(two);
}

/* The rows up to one and those from it on, each by themselves. */
static void try_parts(const pilot_policy *policy, const rows *r, const pilot_aggregate *whole,
                      size_t size, size_t cut)
{
    void *memory[2] = {malloc(size), malloc(size)};
    require(memory[0] && memory[1]);
    pilot_aggregate *first = sums_in(policy, memory[0], size), *rest = sums_in(policy, memory[1], size);
    const pilot_claim_columns tail = claims_from(&r->claims, cut);
    pilot_pass pass;
    require(pilot_aggregate_add(first, policy, &r->claims, r->group, cut, &pass) == PILOT_OK);
    require(pilot_aggregate_add(rest, policy, &tail, part_of(r->group, cut), r->count - cut, &pass) ==
            PILOT_OK);
    require(pilot_aggregate_merge(rest, first) == PILOT_OK);
    same_bytes(whole, rest);
    free(memory[0]);
    free(memory[1]);
}

/* Groups that there are not are no rows of a panel, so that it is held to the groups' sums alone. */
static void try_panel(const pilot_policy *policy, const rows *r, const pilot_aggregate *whole,
                      size_t size)
{
    int32_t year;
    pilot_panel *panel = NULL;
    void *memory = malloc(size);
    int64_t bad;
    pilot_status status;
    if (!pilot_policy_years(policy, &year))
        year = 2019;
    const pilot_panel_kind kind = {.first_year = year, .single_rows = true};
    for (size_t i = 0; i < r->count; i++)
        if (value_at(r->group, i) < 0 || value_at(r->group, i) >= GROUPS) {
            free(memory);
            return;
        }
    require(memory && pilot_panel_new(&kind, &panel) == PILOT_OK);
    require(pilot_panel_add(panel, &r->claims, r->group, r->count, NULL) == PILOT_OK);
    require(pilot_panel_order(panel, true) == PILOT_OK);
    pilot_aggregate *sums = sums_in(policy, memory, size);
    require(pilot_panel_cost(panel, policy, PILOT_NOT_ASSESSED, sums, &bad, &status) == PILOT_OK);
    for (size_t group = 0; group < GROUPS; group++)
        for (size_t y = 0;; y++) {
            pilot_aggregate_cell one, other;
            const pilot_status first = pilot_aggregate_cell_at(whole, group, y, &one);
            require(pilot_aggregate_cell_at(sums, group, y, &other) == first);
            if (first == PILOT_ERROR_NOT_FOUND || first == PILOT_ERROR_ARGUMENT)
                break;
            if (first == PILOT_OK)
                require(one.total == other.total && one.city == other.city &&
                        one.district == other.district && one.withheld == other.withheld);
        }
    free(memory);
    pilot_panel_free(panel);
}

static void try_fees(choices *c)
{
    int64_t price[ROWS], area[ROWS], months[ROWS];
    pilot_money fees[ROWS];
    uint8_t statuses[ROWS];
    pilot_pass pass;
    const size_t count = 1 + below(c, ROWS);
    const pilot_rounding_rule rule = {(pilot_rounding)below(c, 4), (pilot_rounding_unit)below(c, 3),
                                      (pilot_rounding_step)below(c, 3)};
    for (size_t i = 0; i < count; i++) {
        price[i] = next_number(c);
        area[i] = next_number(c);
        months[i] = below(c, 9) ? 1 + (int64_t)below(c, 30) : next_number(c);
    }
    const pilot_status status = pilot_fee_columns_compute(
        (pilot_column){price, PILOT_INT64, false}, (pilot_column){area, PILOT_INT64, false},
        (pilot_column){months, PILOT_INT64, false}, &rule, count, fees, statuses, &pass);
    if (status != PILOT_OK)
        return;
    for (size_t i = 0; i < count; i++) {
        pilot_money one = PILOT_NO_AMOUNT;
        const bool fits = months[i] >= INT32_MIN && months[i] <= INT32_MAX;
        const pilot_status found =
            fits ? pilot_fee_compute(price[i], area[i], (int32_t)months[i], &rule, &one, NULL)
                 : PILOT_ERROR_RANGE;
        require(statuses[i] == (uint8_t)found && fees[i] == one);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static rows r;
    static amounts a;
    choices c = {data, data + size};
    pilot_policy *policy = grow_policy(&c);
    const pilot_award_columns to = {.total = a.total,
                                    .city = a.city,
                                    .district = a.district,
                                    .withheld = a.withheld,
                                    .reasons = a.reasons,
                                    .statuses = a.statuses};
    pilot_pass pass;
    grow_rows(&r, &c);
    const size_t cut = below(&c, r.count + 1);
    require(pilot_award_columns_compute(policy, &r.claims, r.count, &to, &pass) == PILOT_OK);
    same_as_scalar(policy, &r, &a);
    const size_t room = pilot_aggregate_size(policy, GROUPS);
    if (room) {
        void *memory = malloc(room);
        require(memory);
        pilot_aggregate *sums = sums_in(policy, memory, room);
        require(pilot_aggregate_add(sums, policy, &r.claims, r.group, r.count, &pass) == PILOT_OK);
        sums_of_rows(sums, &r, &a);
        try_parts(policy, &r, sums, room, cut);
        try_panel(policy, &r, sums, room);
        free(memory);
    }
    try_fees(&c);
    pilot_policy_free(policy);
    return 0;
}
