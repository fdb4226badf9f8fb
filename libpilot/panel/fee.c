/* Dwelling bills and screening by column. */
#include "pilot/city.h"
#include "market/menu_internal.h"
#include "panel_internal.h"

#define MICRO_PER_FEN INT64_C(10000)
#define MICRO_PER_PRICE INT64_C(100)
#define PRICE_PER_FEN INT64_C(100)

/* Below these the product of the three fits; what is not goes to pilot_fee_compute. */
#define PRICE_BITS 24
#define AREA_BITS 31
#define MONTHS_BITS 8

/* Every rule is one form: area x price rounded to parts, times months, rounded to units. */
typedef struct fee_plan {
    const pilot_rounding_rule *rule;
    pilot_rounder month, whole;
    int64_t month_fen, whole_fen; /* by which what was rounded is multiplied */
    int width;
} fee_plan;

static fee_plan plan_fee(const pilot_rounding_rule *rule)
{
    static const int64_t fen[] = {1, 10, 100};
    const pilot_rounding_rule once = {PILOT_HALF_UP, PILOT_TO_FEN, PILOT_ROUND_BILL};
    const pilot_rounding_rule r = rule ? *rule : once;
    int64_t unit = fen[r.unit];
    fee_plan plan = {.rule = rule,
                     .month = pilot_rounder_make(1, r.mode),
                     .whole = pilot_rounder_make(MICRO_PER_FEN * unit, r.mode),
                     .month_fen = 1,
                     .whole_fen = unit,
                     .width = pilot_machine_width()};
    if (r.step == PILOT_ROUND_MONTH) {
        plan.month = plan.whole;
        plan.whole = pilot_rounder_make(1, r.mode);
        plan.month_fen = unit;
        plan.whole_fen = 1;
    } else if (r.step == PILOT_ROUND_FOUR_DECIMALS) {
        plan.month = pilot_rounder_make(MICRO_PER_PRICE, PILOT_HALF_UP);
        plan.whole = pilot_rounder_make(PRICE_PER_FEN * unit, r.mode);
    }
    return plan;
}

typedef struct fee_block {
    size_t n;
    const int64_t *price, *area, *months;
    uint64_t unsafe; /* bits that no safe row has */
} fee_block;

PILOT_INLINE void round_amounts(int64_t *restrict amounts, size_t n, const pilot_rounder *rounder,
                                int64_t fen)
{
    const pilot_rounder r = *rounder;
    uint64_t any = 0;
    if (r.divisor == 1)
        return;
    for (size_t i = 0; i < n; i++)
        any |= (uint64_t)amounts[i];
    if (any >> r.small_bits)
        for (size_t i = 0; i < n; i++)
            amounts[i] = pilot_round_by(amounts[i], &r) * fen;
    else
        for (size_t i = 0; i < n; i++)
            amounts[i] = pilot_round_small(amounts[i], &r) * fen;
}

PILOT_INLINE void fees(const fee_plan *plan, fee_block *b, int64_t *restrict amounts)
{
    uint64_t unsafe = 0, any = 0;
    for (size_t i = 0; i < b->n; i++) {
        uint64_t price = (uint64_t)b->price[i], area = (uint64_t)b->area[i];
        uint64_t months = (uint64_t)b->months[i];
        unsafe |= price >> PRICE_BITS | area >> AREA_BITS | months >> MONTHS_BITS | (months - 1) >> 63;
        /* Masked, an unsafe row does not overflow either before it is done again. */
        amounts[i] = (int64_t)((uint64_t)(uint32_t)(price & ((1u << PRICE_BITS) - 1)) *
                               (uint32_t)(area & ((1u << AREA_BITS) - 1)));
        any |= (uint64_t)amounts[i];
    }
    b->unsafe = unsafe;
    round_amounts(amounts, b->n, &plan->month, plan->month_fen);
    /* What fits 32 bits is multiplied there, which takes a fraction of the time. */
    if (any >> 32)
        for (size_t i = 0; i < b->n; i++)
            amounts[i] *= b->months[i] & ((1 << MONTHS_BITS) - 1);
    else
        for (size_t i = 0; i < b->n; i++)
            amounts[i] = (int64_t)((uint64_t)(uint32_t)amounts[i] *
                                   (uint32_t)(b->months[i] & ((1 << MONTHS_BITS) - 1)));
    round_amounts(amounts, b->n, &plan->whole, plan->whole_fen);
}
PILOT_WIDTHS(fees, (const fee_plan *plan, fee_block *b, int64_t *amounts), (plan, b, amounts))

static pilot_status fee_of_row(const fee_plan *plan, int64_t price, int64_t area, int64_t months,
                               pilot_money *amount)
{
    if (months != (int32_t)months)
        return PILOT_ERROR_RANGE;
    return pilot_fee_compute(price, area, (int32_t)months, plan->rule, amount, NULL);
}

static void fees_one_by_one(const fee_plan *plan, const fee_block *b, size_t at, pilot_money *amounts,
                            uint8_t *statuses, pilot_pass *pass)
{
    for (size_t i = 0; i < b->n; i++) {
        pilot_money amount = PILOT_NO_AMOUNT;
        pilot_status status = fee_of_row(plan, b->price[i], b->area[i], b->months[i], &amount);
        amounts[at + i] = amount;
        if (statuses)
            statuses[at + i] = (uint8_t)status;
        if (status != PILOT_OK)
            pilot_pass_bad(pass, at + i, status);
    }
}

pilot_status pilot_fee_columns_compute(pilot_column price, pilot_column area, pilot_column months,
                                       const pilot_rounding_rule *rule, size_t count,
                                       pilot_money *amounts, uint8_t *statuses, pilot_pass *pass)
{
    int64_t rooms[3][PILOT_BLOCK];
    if (!price.values || !area.values || !months.values || !pilot_column_valid(price) ||
        !pilot_column_valid(area) || !pilot_column_valid(months) || !amounts || !pass ||
        (rule && !pilot_rounding_rule_valid(rule)))
        return PILOT_ERROR_ARGUMENT;
    const fee_plan plan = plan_fee(rule);
    pilot_pass_start(pass, count);
    for (size_t at = 0; at < count; at += PILOT_BLOCK) {
        fee_block b = {.n = count - at < PILOT_BLOCK ? count - at : PILOT_BLOCK};
        b.price = pilot_column_load(price, at, b.n, rooms[0]);
        b.area = pilot_column_load(area, at, b.n, rooms[1]);
        b.months = pilot_column_load(months, at, b.n, rooms[2]);
        fees_of[plan.width](&plan, &b, amounts + at);
        for (size_t i = 0; statuses && i < b.n; i++)
            statuses[at + i] = PILOT_OK;
        if (b.unsafe)
            fees_one_by_one(&plan, &b, at, amounts, statuses, pass);
    }
    return PILOT_OK;
}

enum { OFFICE_AREA, ONE_COMMUNITY, PROPERTY_STAFF, OPEN_LAYOUT, REMEDIATION_ITEMS };

static const char *const screen_rules[PILOT_SCREEN_RULES] = {
    [OFFICE_AREA] = "office_area",
    [ONE_COMMUNITY] = "one_community",
    [PROPERTY_STAFF] = "property_staff",
    [OPEN_LAYOUT] = "open_layout",
    [REMEDIATION_ITEMS] = "remediation_items",
};

const char *pilot_screen_rule(size_t bit)
{
    return bit < PILOT_SCREEN_RULES ? screen_rules[bit] : NULL;
}

/* What a rule asks of a number: known from least to most, and met from low to high. */
typedef struct screen {
    pilot_column column;
    int64_t least, most;
    int64_t low, high;
} screen;

typedef struct screen_masks {
    uint32_t breached[PILOT_BLOCK], unknown[PILOT_BLOCK];
} screen_masks;

static void screen_block(const screen *s, uint32_t bit, size_t at, size_t n, screen_masks *masks)
{
    int64_t room[PILOT_BLOCK];
    const int64_t *values = pilot_column_load(s->column, at, n, room);
    bool given = s->column.values != NULL;
    for (size_t i = 0; i < n; i++) {
        bool known = given & (values[i] >= s->least) & (values[i] <= s->most);
        bool met = (values[i] >= s->low) & (values[i] <= s->high);
        masks->breached[i] |= (uint32_t)(known & !met) << bit;
        masks->unknown[i] |= (uint32_t)!known << bit;
    }
}

pilot_status pilot_screen_columns(const pilot_policy *policy, const pilot_site_columns *sites,
                                  size_t count, uint32_t *breached, uint32_t *unknown)
{
    if (!policy || !sites)
        return PILOT_ERROR_ARGUMENT;
    const pilot_parameters *p = &policy->parameters;
    const int64_t all_items = (INT64_C(1) << PILOT_REMEDIATION_ITEMS) - 1;
    const screen screens[PILOT_SCREEN_RULES] = {
        [OFFICE_AREA] = {sites->office_area, 0, INT64_MAX, p->office_min_area, INT64_MAX},
        [ONE_COMMUNITY] = {sites->communities, 0, INT64_MAX, 1, 1},
        [PROPERTY_STAFF] = {sites->staff, 0, INT64_MAX, p->workstation_min_staff, INT64_MAX},
        [OPEN_LAYOUT] = {sites->layout, PILOT_LAYOUT_OPEN, PILOT_LAYOUT_CLOSED, PILOT_LAYOUT_OPEN,
                         PILOT_LAYOUT_OPEN},
        [REMEDIATION_ITEMS] = {sites->remediation, 0, all_items, all_items, all_items},
    };
    for (int r = 0; r < PILOT_SCREEN_RULES; r++)
        if (!pilot_column_valid(screens[r].column))
            return PILOT_ERROR_ARGUMENT;
    for (size_t at = 0; at < count; at += PILOT_BLOCK) {
        size_t n = count - at < PILOT_BLOCK ? count - at : PILOT_BLOCK;
        screen_masks masks = {{0}, {0}};
        for (uint32_t r = 0; r < PILOT_SCREEN_RULES; r++)
            screen_block(&screens[r], r, at, n, &masks);
        for (size_t i = 0; breached && i < n; i++)
            breached[at + i] = masks.breached[i];
        for (size_t i = 0; unknown && i < n; i++)
            unknown[at + i] = masks.unknown[i];
    }
    return PILOT_OK;
}
