#include "outside_internal.h"

#include "base/base_internal.h"
#include "city/city_internal.h"
#include "duty_internal.h"
#include "record/fields.h"
#include "notice/policy_internal.h"
#include "money/reward_internal.h"

#include <stdio.h>
#include <stdlib.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

const words pilot_movement_words = WORD_LIST({0}, {"neither", "均未下沉", "neither duty nor money"},
                                             {"both", "职责与经费均已下沉", "both duty and money"},
                                             {"duty_alone", "仅职责下沉", "the duty alone"},
                                             {"money_alone", "仅经费划拨", "the money alone"});
const words pilot_parts_words =
    WORD_LIST({0}, {"recorded", "据记录", "as recorded"}, {"by_share", "按比例", "by share"});
const words pilot_shift_words =
    WORD_LIST({"unknown", "不明", "not known"},
              {"stays_public", "仍由公共经费承担", "stays with the public budget"},
              {"stays_owners", "仍由业主承担", "stays with the owners"},
              {"to_owners", "转由业主承担", "moves to the owners"},
              {"to_public", "转由公共经费承担", "moves to the public budget"});

static const words party_words =
    WORD_LIST({"former_provider", "原服务单位", "the bodies that did it before"},
              {"street_and_community", "街道和社区", "street and community"},
              {"city", "市级", "the city"}, {"district", "区级", "the district"},
              {"public", "市级或区级", "city or district"}, {"owners", "业主", "the owners"});

WORDED(pilot_movement, pilot_movement, pilot_movement_words)
WORDED(pilot_parts, pilot_parts, pilot_parts_words)
WORDED(pilot_shift, pilot_shift, pilot_shift_words)
WORDED(pilot_party, pilot_party, party_words)

static const field item_fields[] = {
    REQUIRED(pilot_outside_item, service, "service", WORD, "3.2-5b", "公共服务项目",
             "the public service", .of = &pilot_public_service_words),
    REQUIRED(pilot_outside_item, place, "place", WORD, "1-4", "服务地点", "where it is done",
             .of = &pilot_place_words),
    REQUIRED(pilot_outside_item, yearly, "yuan", MONEY, "4.3-1", "年费用，在该地点",
             "what it costs there, a year", NOT_NEGATIVE),
};
static const record item_record =
    RECORD("items", pilot_outside_item, item_fields, "某地点的公共服务", "a public service at a place");

static pilot_status check_enclosure(const checker *c, const record_place *at, const void *item)
{
    const pilot_enclosure *e = item;
    const record_place changed_on = pilot_member(at, "changed_on");
    if (!e->year.known || e->changed_on.known)
        return PILOT_OK;
    return pilot_refuse(c->to, &changed_on, PILOT_ERROR_MISSING_VALUE, NULL,
                        "问的是某一年的数，却不知道变更的日期",
                        "a year is asked for, and the day of the change is not known");
}

static const field enclosure_fields[] = {
    OPTIONAL(pilot_enclosure, before, "layout_before", WORD, "1-4", "变更前布局",
             "the area's layout before the change", .of = &pilot_layout_words),
    OPTIONAL(pilot_enclosure, after, "layout_after", WORD, "5.2-5", "变更后布局",
             "its layout after the change", .of = &pilot_layout_words),
    OPTIONAL(pilot_enclosure, at_selection, "layout_at_selection", WORD, "2-4", "选点时的布局",
             "its layout when it was selected", .of = &pilot_layout_words),
    OPTIONAL(pilot_enclosure, changed_on, "changed_on", DATE, "5.2-5", "变更日期", "day of the change"),
    OPTIONAL(pilot_enclosure, year, "year", COUNT, "5.2-5", "测算年度，公历年",
             "calendar year for which to work out what moves", RANGE(PILOT_YEAR_MIN, PILOT_YEAR_MAX)),
    OPTIONAL(pilot_enclosure, households, "households", COUNT, "4.3-1", "住宅户数",
             "dwellings in the area"),
    OPTIONAL(pilot_enclosure, building_area, "building_area_m2", AREA, "4.3-1", "住宅建筑面积",
             "building area of its dwellings"),
    SEVERAL(pilot_enclosure, items, item_count, "items", LIST, "1-4", "各地点的公共服务",
            "public services at places of the area", .of = &item_record),
};
static const record enclosure_record =
    RECORD("enclosure", pilot_enclosure, enclosure_fields, "居民区封闭或重新开放",
           "an area that is enclosed, or opened again", .check = check_enclosure);

static const field outside_fields[] = {
    REQUIRED(pilot_outside, as_of, "as_of", DATE, NULL, "基准日期", "day on which the result holds"),
    SEVERAL(pilot_outside, handovers, handover_count, "handovers", LIST, "3.2-5c",
            "下沉至街道和社区的公共服务", "public services handed down to a street and community",
            .of = &pilot_handover_record),
    OPTIONAL(pilot_outside, city_share, "city_share", SHARE, "4.3-8",
             "市级承担比例，用于未记录各级承担额的划拨，方案未规定",
             "the city's share of a transfer whose parts are not recorded; the notice has none"),
    OPTIONAL(pilot_outside, enclosure, "enclosure", RECORD, "5.2-5", "居民区封闭或重新开放",
             "an area that is enclosed, or opened again", .of = &enclosure_record),
};
const record pilot_outside_record =
    RECORD("outside", pilot_outside, outside_fields, "门外公共服务的经费",
           "money of public services outside the gate");

const container pilot_outside_container = {.type = &pilot_outside_record,
                                           .size = sizeof(pilot_outside_file),
                                           .record = offsetof(pilot_outside_file, outside),
                                           .memory = offsetof(pilot_outside_file, memory)};

static pilot_status null_argument(pilot_error *error)
{
    return pilot_error_refuse(error, PILOT_ERROR_ARGUMENT, "", NULL, "不能为空的参数为空指针",
                              "an argument that may not be NULL is");
}

pilot_status pilot_outside_check(const pilot_outside *outside, pilot_error *error)
{
    return outside ? pilot_record_valid(&pilot_outside_record, outside, error) : null_argument(error);
}

pilot_status pilot_handover_cut(const pilot_handover *h, pilot_money *cut, const char **key)
{
    *key = "former_budget_yuan";
    if (!h->former_budget.known)
        return PILOT_ERROR_MISSING_VALUE;
    *key = "reduced_budget_yuan";
    if (!h->reduced_budget.known)
        return PILOT_ERROR_MISSING_VALUE;
    return pilot_subtract(h->former_budget.value, h->reduced_budget.value, cut);
}

pilot_status pilot_handover_parts(const pilot_handover *h, pilot_money *parts, const char **key)
{
    *key = "district_part_yuan";
    if (h->city_part.known && !h->district_part.known)
        return PILOT_ERROR_MISSING_VALUE;
    *key = "city_part_yuan";
    if (!h->city_part.known)
        return PILOT_ERROR_MISSING_VALUE;
    return pilot_add(h->city_part.value, h->district_part.value, parts);
}

pilot_status pilot_handover_difference(const pilot_handover *h, pilot_money amount,
                                       pilot_money *difference, const char **key)
{
    *key = "transferred_yuan";
    if (!h->transferred.known)
        return PILOT_ERROR_MISSING_VALUE;
    return pilot_subtract(amount, h->transferred.value, difference);
}

pilot_movement pilot_handover_moved(const pilot_handover *h, pilot_date as_of)
{
    pilot_answer duty = pilot_step_done_by(&h->duty_moved, as_of);
    pilot_answer money = pilot_step_done_by(&h->money_moved, as_of);
    if (duty == PILOT_ANSWER_UNKNOWN || money == PILOT_ANSWER_UNKNOWN)
        return PILOT_MOVEMENT_UNKNOWN;
    if (duty == money)
        return duty == PILOT_ANSWER_YES ? PILOT_MOVED_BOTH : PILOT_MOVED_NEITHER;
    return duty == PILOT_ANSWER_YES ? PILOT_MOVED_DUTY_ALONE : PILOT_MOVED_MONEY_ALONE;
}

void pilot_services_lacking(const pilot_handover *handovers, size_t count, pilot_date as_of,
                            uint32_t *missing, uint32_t *open)
{
    uint32_t moved = 0, perhaps = 0, lacking = 0;
    for (size_t i = 0; i < count; i++) {
        pilot_answer done = pilot_step_done_by(&handovers[i].duty_moved, as_of);
        moved |= (uint32_t)(done == PILOT_ANSWER_YES) << handovers[i].service;
        perhaps |= (uint32_t)(done == PILOT_ANSWER_UNKNOWN) << handovers[i].service;
    }
    for (int service = 1; service <= PILOT_CORE_PUBLIC_SERVICES; service++)
        lacking |= ~moved & UINT32_C(1) << service;
    *missing = lacking & ~perhaps;
    *open = lacking & perhaps;
}

static pilot_answer answer_of(bool yes)
{
    return yes ? PILOT_ANSWER_YES : PILOT_ANSWER_NO;
}

/* The amount, and whether it is the transfer; what is not known stays so. */
static pilot_status hold(const pilot_handover *h, pilot_handover_amount amount_of, pilot_money tolerance,
                         pilot_opt_int *amount, pilot_opt_int *difference, pilot_answer *same)
{
    const char *key;
    pilot_status status = amount_of(h, &amount->value, &key);
    if (status == PILOT_OK) {
        amount->known = true;
        status = pilot_handover_difference(h, amount->value, &difference->value, &key);
    }
    if (status == PILOT_OK) {
        difference->known = true;
        *same = answer_of(pilot_within(difference->value, tolerance));
    }
    return status == PILOT_ERROR_MISSING_VALUE ? PILOT_OK : status;
}

/* Parts that are recorded go before a share that is only the caller's. Returns where they come from. */
static pilot_parts take_parts(pilot_handover *h, pilot_share city_share)
{
    if (h->city_part.known || h->district_part.known)
        return PILOT_PARTS_RECORDED;
    if (!city_share.denominator || !h->transferred.known ||
        pilot_share_of(h->transferred.value, city_share, &h->city_part.value) != PILOT_OK)
        return PILOT_PARTS_UNKNOWN;
    h->city_part.known = true;
    h->district_part = (pilot_opt_int){h->transferred.value - h->city_part.value, true};
    return PILOT_PARTS_BY_SHARE;
}

static pilot_status handover_money(const pilot_policy *policy, const pilot_handover *handover,
                                   pilot_share city_share, pilot_date as_of, pilot_handover_money *money)
{
    pilot_handover h = *handover;
    pilot_opt_int parts, parts_difference; /* only whether they agree is kept */
    pilot_handover_money m = {.service = h.service,
                              .moved = pilot_handover_moved(&h, as_of),
                              .former_budget = h.former_budget,
                              .reduced_budget = h.reduced_budget,
                              .transfer = h.transferred};
    m.parts = take_parts(&h, city_share);
    m.city = h.city_part;
    m.district = h.district_part;
    pilot_status status = hold(&h, pilot_handover_cut, policy->parameters.transfer_tolerance, &m.cut,
                               &m.difference, &m.zero_sum);
    if (status == PILOT_OK)
        status = hold(&h, pilot_handover_parts, 0, &parts, &parts_difference, &m.parts_agree);
    if (status == PILOT_OK)
        *money = m;
    return status;
}

static pilot_status overflow(pilot_error *error, const char *path)
{
    return pilot_error_refuse(error, PILOT_ERROR_OVERFLOW, path, NULL, "这些金额之和或之差超出可存范围",
                              "a sum or a difference of these amounts does not fit");
}

pilot_status pilot_handover_compute(const pilot_policy *policy, const pilot_handover *handover,
                                    pilot_share city_share, pilot_date as_of,
                                    pilot_handover_money *money, pilot_error *error)
{
    const pilot_outside terms = {.as_of = as_of, .city_share = city_share};
    if (!policy || !handover || !money)
        return null_argument(error);
    pilot_status status = pilot_record_valid(&pilot_handover_record, handover, error);
    if (status == PILOT_OK)
        status = pilot_outside_check(&terms, error);
    if (status != PILOT_OK)
        return status;
    status = handover_money(policy, handover, city_share, as_of, money);
    return status == PILOT_OK ? status : overflow(error, "");
}

static pilot_status add_to(pilot_money *sum, pilot_money amount)
{
    return pilot_add(*sum, amount, sum);
}

static pilot_status add_known(pilot_money *sum, pilot_opt_int amount)
{
    return amount.known ? add_to(sum, amount.value) : PILOT_OK;
}

/* What one party pays another receives, so that a ledger always adds up to 0. */
static pilot_status pay(pilot_money *ledger, pilot_party from, pilot_party to, pilot_money amount)
{
    pilot_status status = pilot_subtract(ledger[from], amount, &ledger[from]);
    return status == PILOT_OK ? add_to(&ledger[to], amount) : status;
}

static pilot_status count_money(const pilot_handover_money *m, pilot_handover_sum *sum)
{
    pilot_status status = add_known(&sum->former_budget, m->former_budget);
    if (status == PILOT_OK)
        status = add_known(&sum->reduced_budget, m->reduced_budget);
    if (status == PILOT_OK)
        status = add_known(&sum->cut, m->cut);
    if (status == PILOT_OK)
        status = add_known(&sum->transfer, m->transfer);
    if (status == PILOT_OK)
        status = add_known(&sum->city, m->city);
    if (status == PILOT_OK)
        status = add_known(&sum->district, m->district);
    return status;
}

static pilot_status add_handover(const pilot_handover_money *m, pilot_handover_sum *sum)
{
    const uint32_t bit = UINT32_C(1) << m->service;
    pilot_status status = PILOT_OK;
    if (m->moved == PILOT_MOVED_MONEY_ALONE)
        sum->money_alone |= bit;
    if (m->moved == PILOT_MOVED_DUTY_ALONE) {
        sum->duty_alone |= bit;
        status = add_known(&sum->unfunded, m->transfer);
    }
    if (!m->difference.known) {
        sum->unknown++;
        return status;
    }
    sum->counted++;
    return status == PILOT_OK ? count_money(m, sum) : status;
}

static pilot_status settle_handovers(const pilot_outside *o, pilot_money tolerance,
                                     pilot_handover_sum *sum, pilot_money *ledger)
{
    const pilot_party street = PILOT_PARTY_STREET_AND_COMMUNITY;
    pilot_status status = pilot_subtract(sum->cut, sum->transfer, &sum->difference);
    if (status == PILOT_OK)
        status = pilot_subtract(sum->transfer, sum->city, &sum->undivided);
    if (status == PILOT_OK)
        status = pilot_subtract(sum->undivided, sum->district, &sum->undivided);
    if (status == PILOT_OK)
        status = pay(ledger, PILOT_PARTY_FORMER_PROVIDER, PILOT_PARTY_PUBLIC, sum->cut);
    if (status == PILOT_OK)
        status = pay(ledger, PILOT_PARTY_CITY, street, sum->city);
    if (status == PILOT_OK)
        status = pay(ledger, PILOT_PARTY_DISTRICT, street, sum->district);
    if (status == PILOT_OK)
        status = pay(ledger, PILOT_PARTY_PUBLIC, street, sum->undivided);
    if (status == PILOT_OK && o->handovers && !sum->unknown)
        sum->zero_sum = answer_of(pilot_within(sum->difference, tolerance));
    return status;
}

static pilot_status sum_handovers(const pilot_policy *policy, const pilot_outside *o,
                                  pilot_handover_sum *sum, pilot_money *ledger, pilot_error *error)
{
    pilot_services_lacking(o->handovers, o->handover_count, o->as_of, &sum->missing, &sum->open);
    if (!o->handovers) {
        sum->open = sum->missing;
        sum->missing = 0;
    }
    for (size_t i = 0; i < o->handover_count; i++) {
        pilot_handover_money m;
        pilot_status status = handover_money(policy, &o->handovers[i], o->city_share, o->as_of, &m);
        if (status == PILOT_OK)
            status = add_handover(&m, sum);
        if (status != PILOT_OK) {
            overflow(error, "");
            pilot_error_place(error, "/handovers/%zu", i);
            return status;
        }
    }
    pilot_status status = settle_handovers(o, policy->parameters.transfer_tolerance, sum, ledger);
    return status == PILOT_OK ? status : overflow(error, "/handovers");
}

static pilot_shift shift_of(pilot_side before, pilot_side after)
{
    if (!before || !after)
        return PILOT_SHIFT_UNKNOWN;
    if (before == after)
        return before == PILOT_OUTSIDE ? PILOT_STAYS_PUBLIC : PILOT_STAYS_OWNERS;
    return after == PILOT_INSIDE ? PILOT_TO_OWNERS : PILOT_TO_PUBLIC;
}

static pilot_item_shift item_shift(const pilot_enclosure *e, const pilot_outside_item *item,
                                   int32_t option)
{
    pilot_item_shift s = {
        .item = *item,
        .before = pilot_side_of(item->place, pilot_gate_layout(option, e->at_selection, e->before)),
        .after = pilot_side_of(item->place, pilot_gate_layout(option, e->at_selection, e->after)),
    };
    s.shift = shift_of(s.before, s.after);
    return s;
}

static pilot_status sum_items(const pilot_enclosure *e, int32_t option, pilot_shift_sum *sum,
                              pilot_error *error)
{
    for (size_t i = 0; i < e->item_count; i++) {
        pilot_shift shift = item_shift(e, &e->items[i], option).shift;
        sum->unknown_items += shift == PILOT_SHIFT_UNKNOWN;
        if (add_to(&sum->of[shift], e->items[i].yearly) != PILOT_OK)
            return overflow(error, "/enclosure/items");
    }
    return PILOT_OK;
}

/* One layout follows another, so that items move in one direction only. */
static pilot_money moved(const pilot_shift_sum *sum)
{
    return sum->of[PILOT_TO_OWNERS] ? sum->of[PILOT_TO_OWNERS] : sum->of[PILOT_TO_PUBLIC];
}

/* amount * scale / count, half up. */
static pilot_status average(pilot_money amount, int64_t scale, pilot_opt_int count,
                            pilot_opt_int *of_one)
{
    int64_t scaled;
    if (!count.known || !count.value)
        return PILOT_OK;
    pilot_status status = pilot_multiply(amount, scale, &scaled);
    if (status == PILOT_OK)
        status = pilot_divide(scaled, count.value, PILOT_HALF_UP, &of_one->value);
    of_one->known = status == PILOT_OK;
    return status;
}

#define MONTHS_A_YEAR 12
/* A fen is 100 of a price's 0.0001 yuan, and a square metre 100 of an area's 0.01 m². */
#define PRICE_PER_SQUARE_METRE INT64_C(10000)

/* Months of the year that begin on the day or later. */
static int32_t months_after(pilot_date day, int32_t year)
{
    pilot_month first = pilot_month_of(day), last = pilot_year_last_month(year);
    if (pilot_month_first_day(first) < day)
        first++;
    if (first > last)
        return 0;
    return first < pilot_year_first_month(year) ? MONTHS_A_YEAR : last - first + 1;
}

static pilot_status prorate(const pilot_enclosure *e, pilot_enclosure_sum *sum)
{
    if (!e->year.known)
        return PILOT_OK;
    const pilot_opt_int year = {MONTHS_A_YEAR, true};
    sum->months = (pilot_opt_int){months_after(e->changed_on.value, (int32_t)e->year.value), true};
    return average(moved(&sum->sum), sum->months.value, year, &sum->in_year);
}

static pilot_status sum_enclosure(const pilot_policy *policy, const pilot_enclosure *e,
                                  pilot_enclosure_sum *sum, pilot_money *ledger, pilot_error *error)
{
    pilot_status status = PILOT_OK;
    for (int32_t option = 0; status == PILOT_OK && option < PILOT_GATE_LAYOUT_COUNT; option++) {
        status = sum_items(e, option, &sum->under[option], error);
        if (moved(&sum->under[option]) != moved(&sum->under[0]))
            sum->readings = PILOT_READING_BIT(PILOT_READING_GATE_LAYOUT);
    }
    if (status != PILOT_OK)
        return status;
    sum->sum = sum->under[policy->parameters.readings[PILOT_READING_GATE_LAYOUT]];
    status = average(moved(&sum->sum), 1, e->households, &sum->per_dwelling);
    if (status == PILOT_OK)
        status =
            average(moved(&sum->sum), PRICE_PER_SQUARE_METRE, e->building_area, &sum->per_square_metre);
    if (status == PILOT_OK)
        status = prorate(e, sum);
    if (status == PILOT_OK)
        status = pay(ledger, PILOT_PARTY_OWNERS, PILOT_PARTY_PUBLIC, sum->sum.of[PILOT_TO_OWNERS]);
    if (status == PILOT_OK)
        status = pay(ledger, PILOT_PARTY_PUBLIC, PILOT_PARTY_OWNERS, sum->sum.of[PILOT_TO_PUBLIC]);
    return status == PILOT_OK ? status : overflow(error, "/enclosure");
}

static void write_rows(const pilot_policy *policy, const pilot_outside *o,
                       pilot_handover_money *handovers, pilot_item_shift *items)
{
    const int32_t option = policy->parameters.readings[PILOT_READING_GATE_LAYOUT];
    for (size_t i = 0; handovers && i < o->handover_count; i++)
        handover_money(policy, &o->handovers[i], o->city_share, o->as_of, &handovers[i]);
    for (size_t i = 0; items && i < o->enclosure.item_count; i++)
        items[i] = item_shift(&o->enclosure, &o->enclosure.items[i], option);
}

pilot_status pilot_outside_compute(const pilot_policy *policy, const pilot_outside *outside,
                                   pilot_outside_result *result, pilot_handover_money *handovers,
                                   pilot_item_shift *items, pilot_error *error)
{
    if (!policy || !result)
        return null_argument(error);
    pilot_status status = pilot_outside_check(outside, error);
    if (status != PILOT_OK)
        return status;
    pilot_outside_result r = {.handover_count = outside->handover_count,
                              .item_count = outside->enclosure.item_count};
    pilot_receipt_fill(policy, (pilot_opt_date){outside->as_of, true}, &r.receipt);
    status = sum_handovers(policy, outside, &r.handovers, r.ledger, error);
    if (status == PILOT_OK)
        status = sum_enclosure(policy, &outside->enclosure, &r.enclosure, r.ledger, error);
    if (status != PILOT_OK)
        return status;
    write_rows(policy, outside, handovers, items);
    *result = r;
    return PILOT_OK;
}

const pilot_outside *pilot_outside_of(const pilot_outside_file *file)
{
    return file ? &file->outside : NULL;
}

void pilot_outside_free(pilot_outside_file *file)
{
    pilot_container_free(&pilot_outside_container, file);
}
