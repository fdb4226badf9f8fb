/* Part four (4): who pays, and the reward. */
#include "duty/outside_internal.h"
#include "market/menu_internal.h"
#include "money/reward_internal.h"
#include "rule.h"

#include <string.h>

/* Payments made by the day; false where they are not known. */
static bool reward_paid(const pilot_subject *s, pilot_money *paid)
{
    const pilot_community *c = s->community;
    *paid = 0;
    for (size_t i = 0; i < pilot_listed(c->reward_payments, c->reward_payment_count); i++)
        if (c->reward_payments[i].paid_on <= s->as_of &&
            pilot_add(*paid, c->reward_payments[i].amount, paid) != PILOT_OK)
            return false;
    return c->reward_payments != NULL;
}

/* The community's assessments known on the day. */
static pilot_claim assessed(const pilot_subject *s)
{
    const pilot_community *c = s->community;
    return (pilot_claim){.assessments = c->assessments,
                         .assessment_count = pilot_listed(c->assessments, c->assessment_count),
                         .as_of = {s->as_of, true}};
}

/* None where a result is none of the words. */
static pilot_results results_of(const pilot_claim *claim)
{
    pilot_results results = {.first_pass = {.known = false}};
    (void)pilot_results_of(claim, &results);
    return results;
}

/* One without a day counts from its first month on. */
static bool not_collected_yet(const pilot_charge *charge, pilot_date day)
{
    return (charge->collected_on.known ? charge->collected_on.value
                                       : pilot_month_first_day(charge->first)) > day;
}

/* 3.2-8: a price is clearly marked. */
static pilot_outcome price_marked(const pilot_subject *s, pilot_finding *f)
{
    if (not_collected_yet(s->charge, s->as_of))
        return PILOT_NOT_APPLICABLE;
    return pilot_is_yes(f, s->charge->price_marked, "price_marked");
}

/* What the charge may come to for the dwelling: by the contract's own price, where it has one and the
 * charge is for all that was chosen, else by the menu's. Returns the key of what is missing, or NULL. */
static const char *most_of(const cover *held, const pilot_charge *charge, pilot_money *most)
{
    const pilot_contract *c = held->contract;
    const pilot_selection part = pilot_cover_selection(held);
    const bool whole =
        part.package == c->selection.package && part.item_count == c->selection.item_count;
    const pilot_bill_period period = {charge->first, charge->last};
    pilot_bill bill;
    int32_t months;
    if (whole && c->price.known) {
        const bool fits =
            pilot_month_count(charge->first, charge->last, &months) == PILOT_OK &&
            pilot_fee_compute(c->price.value, charge->area.value, months,
                              &pilot_menu_prices(c->menu)->rounding, most, NULL) == PILOT_OK;
        return fits ? NULL : "area_m2";
    }
    if (pilot_bill_compute(c->menu, &part, charge->area.value, period, NULL, &bill, NULL, 0, NULL) !=
        PILOT_OK)
        return "contracts/menu";
    *most = bill.total;
    return NULL;
}

/* 4.3-2, 3.2-8: the contract fixes the price, and no more than that is charged under it. */
static pilot_outcome charge_price(const pilot_subject *s, pilot_finding *f)
{
    const pilot_charge *charge = s->charge;
    const area_links *links = pilot_links_of_area(s->city, s->area);
    const char *missing;
    cover held;
    pilot_money most;
    if (charge->amount <= 0 || not_collected_yet(charge, s->as_of)) /* a refund collects nothing */
        return PILOT_NOT_APPLICABLE;
    if (!s->area->contracts)
        return pilot_missing(f, "contracts");
    if (!charge->service)
        return pilot_missing(f, "service");
    if (!pilot_cover_of(links ? &links->covers : NULL, s->area, charge, &held, &missing))
        return missing ? pilot_missing(f, missing) : PILOT_NOT_APPLICABLE;
    missing = charge->area.known ? most_of(&held, charge, &most) : "area_m2";
    return missing ? pilot_missing(f, missing)
                   : pilot_at_most(f, PILOT_VALUE_MONEY, charge->amount, most);
}

/* 4.4-1: owners pay the fee. */
static pilot_outcome owners_pay(const pilot_subject *s, pilot_finding *f)
{
    if (not_collected_yet(s->charge, s->as_of))
        return PILOT_NOT_APPLICABLE;
    return pilot_is_body(f, s->charge->payer, PILOT_ACTOR_OWNERS, "payer");
}

/* An area's charges in the order of a reading of what a fee is: that of the city's links, or else
 * of a list that is walked anew for each. */
typedef struct charge_walk {
    const pilot_residential_area *area;
    const pilot_charge *const *sorted; /* NULL: walked */
    pilot_charge_order order;
} charge_walk;

/* The charge after one, or the first after NULL; NULL after the last. */
static const pilot_charge *next_charge(const charge_walk *w, const pilot_charge *after, size_t *number)
{
    const pilot_charge *next = NULL;
    if (w->sorted)
        return *number < w->area->charge_count ? w->sorted[(*number)++] : NULL;
    for (const pilot_charge *c = w->area->charges; c < w->area->charges + w->area->charge_count; c++) {
        const int later = after ? w->order(c, after) : 1;
        if ((later > 0 || (!later && c > after)) && (!next || w->order(c, next) < 0))
            next = c;
    }
    return next;
}

#define PILOT_MONTH_NONE INT32_MIN

/* Charges of one fee whose months run into each other. */
typedef struct charge_run {
    const pilot_charge *first;
    pilot_month last;     /* the latest that one of them runs to */
    pilot_money twice;    /* of those that begin before it is over, each one too many */
    pilot_money refunded; /* for its months */
    pilot_month refunded_to;
    bool other_service; /* than the first's, of one of several */
    bool kind_unknown;  /* of one of several */
    size_t charges;
} charge_run;

/* What remains collected twice after what was paid back. */
static bool end_run(const charge_run *run, pilot_money *twice)
{
    const pilot_money rest = run->twice - run->refunded;
    return rest <= 0 || pilot_add(*twice, rest, twice) == PILOT_OK;
}

/* A charge is one too many where it overlaps one that begins earlier, or is listed earlier. A refund
 * pays back what was charged for its months. */
static bool add_to_run(charge_run *run, const pilot_charge *c)
{
    if (c->amount <= 0) {
        run->refunded_to = c->last > run->refunded_to ? c->last : run->refunded_to;
        return pilot_subtract(run->refunded, c->amount, &run->refunded) == PILOT_OK;
    }
    if (run->charges++ && pilot_add(run->twice, c->amount, &run->twice) != PILOT_OK)
        return false;
    run->other_service = run->other_service || strcmp(c->service, run->first->service) != 0;
    run->kind_unknown = run->kind_unknown || c->kind == PILOT_CHARGE_KIND_UNKNOWN;
    run->last = run->charges == 1 || c->last > run->last ? c->last : run->last;
    return true;
}

/* What was charged twice by the order's meaning of one fee; false where it does not fit. *open: whether
 * a kind is not known of charges for the same dwelling and months. */
static bool charged_twice(const charge_walk *w, pilot_date day, pilot_money *twice, bool *open)
{
    charge_run run = {.refunded_to = PILOT_MONTH_NONE};
    size_t number = 0;
    *twice = 0;
    *open = false;
    for (const pilot_charge *c = NULL; (c = next_charge(w, c, &number));) {
        if (not_collected_yet(c, day))
            continue;
        const bool same = run.first && pilot_same_fee(w->order, run.first, c);
        if (!same || c->first > run.last) {
            const pilot_money rest = same && c->first <= run.refunded_to ? run.refunded - run.twice : 0;
            if (!end_run(&run, twice))
                return false;
            run = (charge_run){.first = c,
                               .last = c->last,
                               .refunded = rest > 0 ? rest : 0,
                               .refunded_to = same ? run.refunded_to : PILOT_MONTH_NONE};
        }
        if (!add_to_run(&run, c))
            return false;
        *open = *open || (run.other_service && run.kind_unknown);
    }
    return end_run(&run, twice);
}

/* Key of what has to be known of each charge and is not of one; NULL where all is. */
static const char *charges_lack(const pilot_residential_area *area)
{
    for (size_t i = 0; i < area->charge_count; i++) {
        if (!area->charges[i].dwelling)
            return "charges/dwelling";
        if (!area->charges[i].service)
            return "charges/service";
    }
    return NULL;
}

static charge_walk walk_of(const pilot_subject *s, int32_t key)
{
    const area_links *links = pilot_links_of_area(s->city, s->area);
    return (charge_walk){s->area, links ? links->charges[key] : NULL, pilot_charge_orders[key]};
}

/* 4.4-3: no fee is collected twice for a month, whoever collects it. Charges of one kind are one fee
 * only where the kind is known. */
static pilot_outcome charged_once(const pilot_subject *s, pilot_finding *f)
{
    const int32_t key = s->policy->parameters.readings[PILOT_READING_DUPLICATE_KEY];
    pilot_money twice, any;
    bool open;
    if (!s->area->charges)
        return pilot_missing(f, "charges");
    const char *lacking = charges_lack(s->area);
    if (lacking)
        return pilot_missing(f, lacking);
    const charge_walk walk = walk_of(s, key);
    if (!charged_twice(&walk, s->as_of, &twice, &open))
        return pilot_missing(f, "charges/amount_yuan");
    if (key == PILOT_DUPLICATE_KEY_SAME_KIND && !twice) {
        const charge_walk all = walk_of(s, PILOT_DUPLICATE_KEY_ANY_SERVICE);
        if (!charged_twice(&all, s->as_of, &any, &open) || open)
            return pilot_missing(f, "charges/kind");
    }
    return pilot_exactly(f, PILOT_VALUE_MONEY, twice, 0);
}

/* 4.4.1-2: the reward goes to those whose assessment is passed, and to no one else (5.5-4). */
static pilot_outcome assessment_gate(const pilot_subject *s, pilot_finding *f)
{
    const pilot_claim claim = assessed(s);
    const bool over = pilot_is_over(s, f, s->policy->parameters.assessment_due);
    const pilot_results results = results_of(&claim);
    const pilot_assessment_result result = pilot_best_result(&results);
    pilot_money paid;
    if (result == PILOT_PASSED)
        return PILOT_MET;
    if (!claim.assessments)
        return pilot_missing(f, "assessments");
    if (!reward_paid(s, &paid))
        return pilot_missing(f, "reward_payments");
    if (paid > 0)
        return pilot_exactly(f, PILOT_VALUE_MONEY, paid, 0);
    return result == PILOT_NOT_ASSESSED && !over ? PILOT_PENDING : PILOT_MET;
}

static bool provider_is_payee(const pilot_subject *s)
{
    return s->policy->parameters.readings[PILOT_READING_REWARD_PAYEE] == PILOT_REWARD_PAYEE_PROVIDER;
}

/* 4.4.1-5: the reward is for what the community's own money does not cover, or for the service where it
 * goes to the provider. */
static pilot_outcome reward_use(const pilot_subject *s, pilot_finding *f)
{
    return pilot_earmarked(s, f, s->community->uses, s->community->use_count,
                           UINT32_C(1) << PILOT_INCOME_REWARD,
                           provider_is_payee(s) ? PILOT_FOR_THIS_PROJECT : PILOT_FOR_COMMUNITY);
}

static bool paid_by_now(const pilot_subject *s, const pilot_payment *payment)
{
    return payment->paid_on <= s->as_of && payment->amount > 0;
}

/* 4.4.1-5: and stays with those it is paid to. */
static pilot_outcome reward_held(const pilot_subject *s, pilot_finding *f)
{
    const pilot_community *c = s->community;
    const uint32_t community = PILOT_ACTOR_BIT(PILOT_ACTOR_STREET) |
                               PILOT_ACTOR_BIT(PILOT_ACTOR_WORKSTATION) |
                               PILOT_ACTOR_BIT(PILOT_ACTOR_RESIDENTS_COMMITTEE);
    const uint32_t meant_for = provider_is_payee(s) ? PILOT_ACTOR_BIT(PILOT_ACTOR_PROVIDER) : community;
    pilot_outcome outcome = PILOT_NOT_APPLICABLE;
    bool open = false;
    if (!c->reward_payments)
        return pilot_missing(f, "reward_payments");
    for (size_t i = 0; i < c->reward_payment_count; i++) {
        const pilot_payment *payment = &c->reward_payments[i];
        if (!paid_by_now(s, payment))
            continue;
        open = open || payment->held_by == PILOT_ACTOR_NONE;
        if (payment->held_by == PILOT_ACTOR_NONE)
            continue;
        outcome = pilot_held_by(f, payment->held_by, meant_for, "reward_payments/held_by");
        if (outcome == PILOT_BREACH)
            return outcome;
    }
    return open ? pilot_missing(f, "reward_payments/held_by") : outcome;
}

/* 4.4.1-5: and is used by the end of the year after it was paid. */
static pilot_outcome reward_spent(const pilot_subject *s, pilot_finding *f)
{
    const pilot_community *c = s->community;
    pilot_money paid = 0;
    int32_t year;
    if (!c->reward_payments)
        return pilot_missing(f, "reward_payments");
    for (size_t i = 0; i < c->reward_payment_count; i++) {
        pilot_date_parts(c->reward_payments[i].paid_on, &year, NULL, NULL);
        if (!pilot_is_over_after(s, year))
            continue;
        if (pilot_add(paid, c->reward_payments[i].amount, &paid) != PILOT_OK)
            return pilot_missing(f, "reward_payments/amount_yuan");
        if (c->reward_payments[i].held_by != PILOT_ACTOR_NONE)
            f->actors |= PILOT_ACTOR_BIT(c->reward_payments[i].held_by);
    }
    return pilot_spent(s, f, c->uses, c->use_count, UINT32_C(1) << PILOT_INCOME_REWARD, paid);
}

/* Whether the assessment is a pass that counts on the day, and no later one of its year is a fail. */
static bool passed(const pilot_subject *s, const pilot_results *results, const pilot_assessment *a)
{
    return a->result == PILOT_PASSED && !pilot_is_later(s, a->date) &&
           pilot_result_of_year(results, a->year) == PILOT_PASSED;
}

/* The day of the pass that opens a year: its own where each year needs one, else the first of all.
 * Of a pass without a date: not known. */
static pilot_opt_date opened_on(const pilot_subject *s, const pilot_results *results, int32_t year)
{
    const pilot_community *c = s->community;
    const bool any = s->policy->parameters.readings[PILOT_READING_GATE_MODE] == PILOT_GATE_MODE_ONCE;
    pilot_opt_date first = {0};
    for (size_t i = 0; i < pilot_listed(c->assessments, c->assessment_count); i++) {
        const pilot_assessment *a = &c->assessments[i];
        if (!passed(s, results, a) || (!any && a->year != year))
            continue;
        if (!a->date.known)
            return (pilot_opt_date){0};
        if (!first.known || a->date.value < first.value)
            first = a->date;
    }
    return first;
}

/* What an area has earned through the month; UNKNOWN with what is missing, or MET. */
static pilot_outcome add_earned(const pilot_subject *s, pilot_finding *f, const pilot_results *results,
                                const pilot_residential_area *area, pilot_month through,
                                pilot_money *earned)
{
    pilot_claim claim;
    pilot_award award;
    const char *of = NULL, *key;
    if (pilot_step_done_by(&area->steps.entry, s->as_of) == PILOT_ANSWER_NO)
        return PILOT_MET;
    if (pilot_claim_of(s->policy, area, s->as_of, &claim) == PILOT_OK) {
        claim.last =
            through < claim.first ? claim.first : through; /* without a rate a month earns nothing */
        if (pilot_award_through(s->policy, &claim, results, through, &award) == PILOT_OK &&
            pilot_add(*earned, award.total, earned) == PILOT_OK)
            return PILOT_MET;
    }
    key = pilot_residential_area_lacks(s->policy, area, s->as_of, &of);
    return pilot_missing_of(f, key ? key : "areas", key ? of : NULL);
}

/* 4.4.1-6: what the community's areas have earned through the month. */
static pilot_outcome reward_earned(const pilot_subject *s, pilot_finding *f,
                                   const pilot_results *results, pilot_month through,
                                   pilot_money *earned)
{
    size_t count = 0, own = 0;
    const pilot_residential_area *const *areas =
        s->city ? pilot_city_areas_of(s->city, s->community, &count) : NULL;
    *earned = 0;
    for (size_t i = 0; i < count; i++) {
        if (pilot_first_community(areas[i]) != s->community)
            continue;
        if (add_earned(s, f, results, areas[i], through, earned) != PILOT_MET)
            return PILOT_UNKNOWN;
        own++;
    }
    if (count && !own) /* they count for other communities */
        return pilot_missing(f, "areas");
    return count || pilot_areas_known(s, f) ? PILOT_MET : PILOT_UNKNOWN;
}

/* The last month that is over on the day, so many days ago or more. */
static pilot_month month_over(pilot_date day, int64_t days)
{
    const int64_t then = day - days;
    if (then < pilot_month_first_day(PILOT_MONTH(PILOT_YEAR_MIN, 2)))
        return PILOT_MONTH_NONE;
    const pilot_month month = pilot_month_of((pilot_date)then);
    return pilot_month_last_day(month) > then ? month - 1 : month;
}

static bool all_passes_dated(const pilot_subject *s, const pilot_results *results)
{
    const pilot_community *c = s->community;
    for (size_t i = 0; i < c->assessment_count; i++)
        if (passed(s, results, &c->assessments[i]) && !c->assessments[i].date.known)
            return false;
    return true;
}

/* So many days after a day, unless the calendar ends before. */
static void set_due(pilot_finding *f, pilot_date day, int64_t days)
{
    int64_t due;
    if (pilot_add(day, days, &due) == PILOT_OK && due == (pilot_date)due &&
        pilot_date_valid((pilot_date)due))
        f->due = (pilot_opt_date){(pilot_date)due, true};
}

/* Where all that is earned by now is known, so is what was earned through an earlier month. */
static pilot_money earned_before(const pilot_subject *s, pilot_finding *f, const pilot_results *results,
                                 pilot_month through)
{
    pilot_money earned;
    (void)reward_earned(s, f, results, through, &earned);
    return earned;
}

/* What should have been paid where the policy sets a term: each month's reward so many days after the
 * later of its end and the pass that opens its year. No further pass is waited for where one opens all.
 */
static pilot_money term_over(const pilot_subject *s, pilot_finding *f, const pilot_results *results)
{
    const pilot_parameters *p = &s->policy->parameters;
    const int64_t term = p->payment_days + 1;
    const pilot_month by = month_over(s->as_of, term);
    pilot_money earned = 0;
    for (int32_t year = pilot_month_year(p->rates[0].first); by != PILOT_MONTH_NONE; year++) {
        const pilot_opt_date pass = opened_on(s, results, year);
        const pilot_month last = pilot_year_last_month(year);
        if (last - 11 > by)
            break;
        if (pass.known && pass.value + term <= s->as_of) /* part of what fits */
            earned += earned_before(s, f, results, by < last ? by : last) -
                      earned_before(s, f, results, last - 12);
    }
    return earned;
}

/* From when what is lacking has been waited for: the later of the end of the first month that what was
 * paid does not reach and the pass that opens its year. */
static pilot_opt_date waits_since(const pilot_subject *s, pilot_finding *f, const pilot_results *results,
                                  pilot_money paid)
{
    pilot_month low = s->policy->parameters.rates[0].first, high = month_over(s->as_of, 0);
    while (low < high) {
        const pilot_month middle = low + (high - low) / 2;
        if (earned_before(s, f, results, middle) > paid)
            high = middle;
        else
            low = middle + 1;
    }
    const pilot_opt_date pass = opened_on(s, results, pilot_month_year(high));
    const pilot_date end = pilot_month_last_day(high);
    return (pilot_opt_date){pass.value > end ? pass.value : end, pass.known};
}

/* What is earned and unpaid: the notice asks for payment in time (3.2-7c) and sets no day, so it is late
 * once the reward's last month is over, or by the policy's term where it sets one. */
static pilot_outcome unpaid(const pilot_subject *s, pilot_finding *f, const pilot_results *results,
                            pilot_money paid, pilot_money earned)
{
    const pilot_parameters *p = &s->policy->parameters;
    const pilot_date end = pilot_month_last_day(p->rates[p->rate_count - 1].last);
    const pilot_money late = p->payment_days ? term_over(s, f, results) : earned;
    f->actors = FINANCE_BODIES;
    f->since = waits_since(s, f, results, paid);
    if (p->payment_days)
        set_due(f, f->since.value, p->payment_days);
    else
        set_due(f, f->since.known && f->since.value > end ? f->since.value : end, 0);
    const bool waits = paid >= late || !f->due.known || s->as_of <= f->due.value;
    (void)pilot_at_least(f, PILOT_VALUE_MONEY, paid, waits ? earned : late);
    if (waits)
        return PILOT_PENDING;
    f->days_late = pilot_days_between(f->due.value, s->as_of);
    return PILOT_BREACH;
}

/* 5.5-3, 3.2-7c, 4.4.1-6: those who pass are paid what they have earned in the months that are over.
 * More than that is another rule's. */
static pilot_outcome reward_due(const pilot_subject *s, pilot_finding *f)
{
    const pilot_claim claim = assessed(s);
    const pilot_results results = results_of(&claim);
    pilot_money earned, paid;
    if (!claim.assessments)
        return pilot_missing(f, "assessments");
    switch (pilot_best_result(&results)) {
    case PILOT_FAILED:
        return PILOT_NOT_APPLICABLE;
    case PILOT_NOT_ASSESSED:
        return pilot_is_over(s, f, s->policy->parameters.assessment_due) ? PILOT_NOT_APPLICABLE
                                                                         : PILOT_PENDING;
    default:
        break;
    }
    if (reward_earned(s, f, &results, month_over(s->as_of, 0), &earned) != PILOT_MET)
        return PILOT_UNKNOWN;
    if (!reward_paid(s, &paid))
        return pilot_missing(f, "reward_payments");
    const pilot_outcome outcome = pilot_at_least(f, PILOT_VALUE_MONEY, paid, earned);
    if (outcome == PILOT_MET || !earned)
        return PILOT_MET;
    if (s->policy->parameters.payment_days && !all_passes_dated(s, &results))
        return pilot_missing(f, "assessments/date");
    return unpaid(s, f, &results, paid, earned);
}

/* 4.4.1-2, 4.4.1-6: nor more than is earned with the month that has begun, or its year where that counts
 * whole; a failed year's reward is more. Without a pass the gate tells
 * of what was paid. */
static pilot_outcome reward_not_overpaid(const pilot_subject *s, pilot_finding *f)
{
    const pilot_claim claim = assessed(s);
    const pilot_results results = results_of(&claim);
    pilot_money paid, earned;
    if (!claim.assessments)
        return pilot_missing(f, "assessments");
    if (pilot_best_result(&results) != PILOT_PASSED)
        return PILOT_NOT_APPLICABLE;
    if (!reward_paid(s, &paid))
        return pilot_missing(f, "reward_payments");
    if (paid <= 0)
        return PILOT_MET;
    const pilot_month counted =
        pilot_counted_last(pilot_counting_of(&s->policy->parameters), pilot_month_of(s->as_of));
    if (reward_earned(s, f, &results, counted, &earned) != PILOT_MET)
        return PILOT_UNKNOWN;
    return pilot_at_most(f, PILOT_VALUE_MONEY, paid, earned);
}

/* 4.4.1-2, 3.2-7c: payment follows the first pass. */
static pilot_outcome paid_after_pass(const pilot_subject *s, pilot_finding *f)
{
    const pilot_community *c = s->community;
    const pilot_claim claim = assessed(s);
    const pilot_results results = results_of(&claim);
    const pilot_payment *first = NULL;
    pilot_opt_date pass = {0};
    if (!claim.assessments)
        return pilot_missing(f, "assessments");
    if (!c->reward_payments)
        return pilot_missing(f, "reward_payments");
    for (size_t i = 0; i < c->reward_payment_count; i++)
        if (paid_by_now(s, &c->reward_payments[i]) &&
            (!first || c->reward_payments[i].paid_on < first->paid_on))
            first = &c->reward_payments[i];
    if (!first || pilot_best_result(&results) != PILOT_PASSED)
        return PILOT_NOT_APPLICABLE;
    for (size_t i = 0; i < claim.assessment_count; i++) {
        const pilot_assessment *a = &claim.assessments[i];
        if (a->result != PILOT_PASSED || pilot_is_later(s, a->date))
            continue;
        if (!a->date.known)
            return pilot_missing(f, "assessments/date");
        if (!pass.known || a->date.value < pass.value)
            pass = a->date;
    }
    f->found = (pilot_value){.kind = PILOT_VALUE_DATE, .number = first->paid_on};
    f->required = (pilot_value){.kind = PILOT_VALUE_DATE, .number = pass.value};
    return first->paid_on >= pass.value ? PILOT_MET : PILOT_BREACH;
}

/* 4.4.1-8: of what was paid, where each payment says by whom, the city bore its share, to the fen. */
static pilot_outcome reward_shared(const pilot_subject *s, pilot_finding *f)
{
    const pilot_community *c = s->community;
    const pilot_parameters *p = &s->policy->parameters;
    pilot_money by[PILOT_PAYER_COUNT] = {0}, total = 0, share, difference;
    bool any = false, open = false;
    if (!c->reward_payments)
        return pilot_missing(f, "reward_payments");
    for (size_t i = 0; i < c->reward_payment_count; i++) {
        const pilot_payment *payment = &c->reward_payments[i];
        if (payment->paid_on > s->as_of)
            continue;
        any = any || payment->payer != PILOT_PAYER_BOTH;
        open = open || payment->payer == PILOT_PAYER_BOTH;
        if (pilot_add(by[payment->payer], payment->amount, &by[payment->payer]) != PILOT_OK ||
            pilot_add(total, payment->amount, &total) != PILOT_OK)
            return pilot_missing(f, "reward_payments/amount_yuan");
    }
    if (!any)
        return PILOT_NOT_APPLICABLE;
    if (open)
        return pilot_missing(f, "reward_payments/payer");
    if (pilot_city_part(p, total, &share) != PILOT_OK ||
        pilot_subtract(by[PILOT_PAYER_CITY], share, &difference) != PILOT_OK)
        return pilot_missing(f, "reward_payments/amount_yuan");
    const pilot_outcome outcome = pilot_exactly(f, PILOT_VALUE_MONEY, by[PILOT_PAYER_CITY], share);
    return pilot_within(difference, p->transfer_tolerance) ? PILOT_MET : outcome;
}

static const rule rules[] = {
    {{.id = "fee_standard",
      .clauses = {"4.4-2"},
      .scope = PILOT_SCOPE_DISTRICT,
      .due = PILOT_DUE_ENTRY,
      .reads = READS(SHOWN("districts/")),
      .zh = "科学合理测算居民承担的物业服务费标准",
      .en = "the district works out a fee standard that owners can bear"},
     pilot_evidenced},
    {{.id = "price_marked",
      .clauses = {"3.2-8"},
      .scope = PILOT_SCOPE_CHARGE,
      .reads = READS("areas/charges/price_marked", "areas/charges/first", "areas/charges/collected_on"),
      .zh = "收费明码标价",
      .en = "the price is clearly marked"},
     price_marked},
    {{.id = "charge_price",
      .clauses = {"4.3-2", "3.2-8"},
      .scope = PILOT_SCOPE_CHARGE,
      .reads = READS(CHOSEN, "areas/contracts/signed_on", "areas/contracts/price_yuan_per_m2",
                     "areas/charges/service", "areas/charges/first", "areas/charges/last",
                     "areas/charges/amount_yuan", "areas/charges/area_m2", "areas/charges/collected_on"),
      .zh = "收费不高于合同约定价格",
      .en = "the charge does not exceed the contract price"},
     charge_price},
    {{.id = "owners_pay",
      .clauses = {"4.4-1"},
      .scope = PILOT_SCOPE_CHARGE,
      .soft = true,
      .reads = READS("areas/charges/payer", "areas/charges/first", "areas/charges/collected_on"),
      .zh = "物业服务费由居民（单位）承担",
      .en = "the owners bear the fee"},
     owners_pay},
    {{.id = "charged_once",
      .clauses = {"4.4-3"},
      .scope = PILOT_SCOPE_AREA,
      .readings = PILOT_READING_BIT(PILOT_READING_DUPLICATE_KEY),
      .reads = READS("areas/charges/dwelling", "areas/charges/service", "areas/charges/kind",
                     "areas/charges/first", "areas/charges/last", "areas/charges/amount_yuan",
                     "areas/charges/collected_on"),
      .zh = "原已收取的费用未重复收取",
      .en = "no fee is collected twice"},
     charged_once},
    {{.id = "assessment_gate",
      .clauses = {"4.4.1-2", "5.5-4"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .due = PILOT_DUE_OWN,
      .reads = READS("communities/assessments/year", ASSESSED, PAID),
      .zh = "奖励只发放给考核合格的社区",
      .en = "the reward is paid only after a passed assessment"},
     assessment_gate},
    {{.id = "reward_use",
      .clauses = {"4.4.1-5"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .readings = PILOT_READING_BIT(PILOT_READING_REWARD_PAYEE),
      .reads = READS(USED("communities/")),
      .zh = "奖励资金用于补贴社区经费不足",
      .en = "reward money is used for the community's budget only"},
     reward_use},
    {{.id = "reward_held",
      .clauses = {"4.4.1-5"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .readings = PILOT_READING_BIT(PILOT_READING_REWARD_PAYEE),
      .reads = READS(PAID, "communities/reward_payments/held_by"),
      .zh = "奖励资金由社区保管",
      .en = "those whom the reward is paid to hold it"},
     reward_held},
    {{.id = "reward_spent",
      .clauses = {"4.4.1-5"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .soft = true,
      .actors = PILOT_ACTOR_BIT(PILOT_ACTOR_WORKSTATION),
      .reads = READS(PAID, "communities/reward_payments/held_by", SPENT("communities/")),
      .zh = "奖励资金在拨付次年年底前用于补贴社区经费不足",
      .en = "reward money is used by the end of the year after its payment"},
     reward_spent},
    {{.id = "reward_due",
      .clauses = {"5.5-3", "3.2-7c", "4.4.1-6"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .due = PILOT_DUE_OWN,
      .readings = PILOT_AWARD_READINGS | PILOT_READING_BIT(PILOT_READING_HOUSEHOLD_BASIS),
      .reads = READS("complete", EARNED, PAID),
      .zh = "考核合格的社区及时足额领到奖励资金",
      .en = "a community that passes is paid its reward in full"},
     reward_due},
    {{.id = "reward_not_overpaid",
      .clauses = {"4.4.1-6", "4.4.1-2"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .readings = PILOT_AWARD_READINGS | PILOT_READING_BIT(PILOT_READING_HOUSEHOLD_BASIS),
      .actors = FINANCE_BODIES,
      .reads = READS("complete", EARNED, PAID),
      .zh = "已拨奖励不超过截至当日应得的奖励",
      .en = "no more is paid than is earned by the day"},
     reward_not_overpaid},
    {{.id = "paid_after_pass",
      .clauses = {"4.4.1-2", "3.2-7c"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .actors = FINANCE_BODIES,
      .reads = READS("communities/assessments/year", ASSESSED, PAID),
      .zh = "奖励在考核合格之后拨付",
      .en = "the reward is paid after the pass"},
     paid_after_pass},
    {{.id = "reward_shared",
      .clauses = {"4.4.1-8"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .readings = PILOT_READING_BIT(PILOT_READING_ODD_FEN_TO),
      .actors = FINANCE_BODIES,
      .reads = READS(PAID, "communities/reward_payments/payer"),
      .zh = "已拨奖励由市区两级按比例承担",
      .en = "city and district bear their shares of what is paid"},
     reward_shared},
};
const rule_set pilot_rules_funding = RULE_SET("funding", rules);
