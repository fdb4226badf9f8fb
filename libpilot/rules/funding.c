/* Part four (4): who pays, and the reward. */
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

/* 3.2-8: a price is clearly marked. */
static pilot_outcome price_marked(const pilot_subject *s, pilot_finding *f)
{
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
    if (charge->amount <= 0) /* a refund collects nothing */
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
    return pilot_is_body(f, s->charge->payer, PILOT_ACTOR_OWNERS, "payer");
}

/* Reading A-7: for what a fee can be collected twice. */
static bool same_fee(const pilot_charge *a, const pilot_charge *b, int32_t key)
{
    return strcmp(a->dwelling, b->dwelling) == 0 &&
           (key == PILOT_DUPLICATE_KEY_ANY_SERVICE || strcmp(a->service, b->service) == 0);
}

/* Whether a charge of the same fee that begins earlier, or as early and is listed earlier, runs into its
 * first month. */
static bool charged_before(const pilot_residential_area *area, const pilot_charge *c, int32_t key)
{
    for (const pilot_charge *other = area->charges; other < area->charges + area->charge_count; other++)
        if (other->amount > 0 && same_fee(other, c, key) && other->last >= c->first &&
            (other->first < c->first || (other->first == c->first && other < c)))
            return true;
    return false;
}

/* What was charged twice, pair by pair; false where it does not fit. */
static bool walk_charges(const pilot_residential_area *area, int32_t key, pilot_money *twice)
{
    for (size_t i = 0; i < area->charge_count; i++) {
        const pilot_charge *c = &area->charges[i];
        if (c->amount > 0 && charged_before(area, c, key) &&
            pilot_add(*twice, c->amount, twice) != PILOT_OK)
            return false;
    }
    return true;
}

/* The same by the city's links. */
static bool follow_charges(const pilot_charge *const *charges, size_t count, int32_t key,
                           pilot_money *twice)
{
    const pilot_charge *held = NULL; /* of the same fee, that which runs the longest so far */
    for (size_t i = 0; i < count; i++) {
        const pilot_charge *c = charges[i];
        if (c->amount <= 0) /* a refund collects nothing */
            continue;
        bool same = held && same_fee(held, c, key);
        if (same && c->first <= held->last && pilot_add(*twice, c->amount, twice) != PILOT_OK)
            return false;
        if (!same || c->last > held->last)
            held = c;
    }
    return true;
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

/* 4.4-3: no fee is collected twice for a month, whoever collects it. A charge is one too many where it
 * overlaps one that begins earlier, or is listed earlier. */
static pilot_outcome charged_once(const pilot_subject *s, pilot_finding *f)
{
    const pilot_residential_area *area = s->area;
    const int32_t key = s->policy->parameters.readings[PILOT_READING_DUPLICATE_KEY];
    const area_links *links = pilot_links_of_area(s->city, area);
    pilot_money twice = 0;
    if (!area->charges)
        return pilot_missing(f, "charges");
    const char *lacking = charges_lack(area);
    if (lacking)
        return pilot_missing(f, lacking);
    if (!(links ? follow_charges(links->charges[key], area->charge_count, key, &twice)
                : walk_charges(area, key, &twice)))
        return pilot_missing(f, "charges/amount_yuan");
    return pilot_exactly(f, PILOT_VALUE_MONEY, twice, 0);
}

/* 4.4.1-2: the reward goes to those whose assessment is passed, and to no one else (5.5-4). */
static pilot_outcome assessment_gate(const pilot_subject *s, pilot_finding *f)
{
    const pilot_claim claim = assessed(s);
    const pilot_date due = s->policy->parameters.assessment_due;
    const pilot_results results = results_of(&claim);
    const pilot_assessment_result result = pilot_best_result(&results);
    pilot_money paid;
    bool known = reward_paid(s, &paid);
    f->due = (pilot_opt_date){due, true};
    if (result == PILOT_PASSED)
        return PILOT_MET;
    if (known && paid > 0)
        return claim.assessments ? pilot_exactly(f, PILOT_VALUE_MONEY, paid, 0)
                                 : pilot_missing(f, "assessments");
    if (result == PILOT_NOT_ASSESSED && s->as_of <= due)
        return PILOT_PENDING;
    if (!claim.assessments)
        return pilot_missing(f, "assessments");
    return known ? PILOT_MET : pilot_missing(f, "reward_payments");
}

/* 4.4.1-5: the reward is for what the community's own money does not cover. */
static pilot_outcome reward_use(const pilot_subject *s, pilot_finding *f)
{
    return pilot_earmarked(f, s->community->uses, s->community->use_count,
                           UINT32_C(1) << PILOT_INCOME_REWARD, PILOT_FOR_COMMUNITY);
}

/* What an area has earned through the month; UNKNOWN with what is missing, or MET. */
static pilot_outcome add_earned(const pilot_subject *s, pilot_finding *f, const pilot_results *results,
                                const pilot_residential_area *area, pilot_month through,
                                pilot_money *earned)
{
    pilot_claim claim;
    pilot_award award;
    const char *of, *key = pilot_residential_area_lacks(s->policy, area, s->as_of, &of);
    if (pilot_step_done_by(&area->steps.entry, s->as_of) == PILOT_ANSWER_NO)
        return PILOT_MET;
    if (pilot_claim_of(s->policy, area, s->as_of, &claim) != PILOT_OK)
        return pilot_missing_of(f, key ? key : "areas", key ? of : NULL);
    if (claim.first > through)
        return PILOT_MET;
    claim.last = through; /* a month without a rate earns nothing */
    if (pilot_award_walk_by(s->policy, &claim, results, NULL, NULL, &award) == PILOT_OK &&
        pilot_add(*earned, award.total, earned) == PILOT_OK)
        return PILOT_MET;
    return pilot_missing_of(f, key ? key : "areas", key ? of : NULL);
}

/* 4.4.1-6: what the community's areas have earned through the month, that before the pass included
 * (5.5-3). The reading that counts whole years counts the last one whole. */
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

/* Whether the assessment is a pass that counts on the day, and no later one of its year is a fail. */
static bool passed(const pilot_subject *s, const pilot_results *results, const pilot_assessment *a)
{
    return a->result == PILOT_PASSED && !(a->date.known && a->date.value > s->as_of) &&
           pilot_result_of_year(results, a->year) == PILOT_PASSED;
}

/* So many days after the pass, unless the calendar ends before. */
static void set_due(pilot_finding *f, const pilot_assessment *pass, int64_t days)
{
    int64_t due;
    if (pilot_add(pass->date.value, days, &due) == PILOT_OK && due == (pilot_date)due &&
        pilot_date_valid((pilot_date)due))
        f->due = (pilot_opt_date){(pilot_date)due, true};
}

/* 3.2-7c: the notice asks for payment in time and sets no term. Where the policy does, what had been
 * earned by the month of a pass is paid so many days after it; what is earned later waits for the next
 * pass. */
static pilot_outcome payment_term(const pilot_subject *s, pilot_finding *f, const pilot_results *results,
                                  pilot_money paid)
{
    const pilot_community *c = s->community;
    const int64_t days = s->policy->parameters.payment_days;
    const pilot_assessment *open = NULL; /* the first pass whose term runs */
    const pilot_assessment *over = NULL; /* the last whose has run out */
    pilot_money earned;
    for (size_t i = 0; days && i < c->assessment_count; i++) {
        const pilot_assessment *a = &c->assessments[i];
        if (!passed(s, results, a))
            continue;
        if (!a->date.known)
            return pilot_missing(f, "assessments/date");
        if ((int64_t)s->as_of - a->date.value > days)
            over = over && over->date.value > a->date.value ? over : a;
        else
            open = open && open->date.value < a->date.value ? open : a;
    }
    if (over && reward_earned(s, f, results, pilot_month_of(over->date.value), &earned) == PILOT_MET &&
        paid < earned) {
        set_due(f, over, days);
        f->days_late = s->as_of - f->due.value;
        return pilot_at_least(f, PILOT_VALUE_MONEY, paid, earned);
    }
    if (open)
        set_due(f, open, days);
    return PILOT_PENDING;
}

/* 5.5-3, 3.2-7c, 4.4.1-6: those who pass are paid what they have earned. More than that is no breach of
 * it, and shows in what is found. */
static pilot_outcome reward_due(const pilot_subject *s, pilot_finding *f)
{
    const pilot_claim claim = assessed(s);
    const pilot_results results = results_of(&claim);
    pilot_money earned, paid;
    switch (pilot_best_result(&results)) {
    case PILOT_FAILED:
        return PILOT_NOT_APPLICABLE;
    case PILOT_NOT_ASSESSED:
        f->due = (pilot_opt_date){s->policy->parameters.assessment_due, true};
        if (s->as_of <= f->due.value)
            return PILOT_PENDING;
        return claim.assessments ? PILOT_NOT_APPLICABLE : pilot_missing(f, "assessments");
    default:
        break;
    }
    if (reward_earned(s, f, &results, pilot_month_of(s->as_of), &earned) != PILOT_MET)
        return PILOT_UNKNOWN;
    if (!reward_paid(s, &paid))
        return pilot_missing(f, "reward_payments");
    pilot_outcome outcome = pilot_at_least(f, PILOT_VALUE_MONEY, paid, earned);
    return outcome == PILOT_MET ? outcome : payment_term(s, f, &results, paid);
}

static const rule rules[] = {
    {{.id = "price_marked",
      .clauses = {"3.2-8"},
      .scope = PILOT_SCOPE_CHARGE,
      .reads = READS("areas/charges/price_marked"),
      .zh = "收费明码标价",
      .en = "the price of what is charged is clearly marked"},
     price_marked},
    {{.id = "charge_price",
      .clauses = {"4.3-2", "3.2-8"},
      .scope = PILOT_SCOPE_CHARGE,
      .reads = READS(CHOSEN, "areas/contracts/signed_on", "areas/contracts/price_yuan_per_m2",
                     "areas/charges/service", "areas/charges/first", "areas/charges/last",
                     "areas/charges/amount_yuan", "areas/charges/area_m2"),
      .zh = "收费不高于合同价格",
      .en = "what is charged is no more than the contract's price gives for the dwelling"},
     charge_price},
    {{.id = "owners_pay",
      .clauses = {"4.4-1"},
      .scope = PILOT_SCOPE_CHARGE,
      .soft = true,
      .reads = READS("areas/charges/payer"),
      .zh = "物业服务费由业主承担",
      .en = "the owners bear the fee"},
     owners_pay},
    {{.id = "charged_once",
      .clauses = {"4.4-3"},
      .scope = PILOT_SCOPE_AREA,
      .readings = PILOT_READING_BIT(PILOT_READING_DUPLICATE_KEY),
      .reads = READS("areas/charges/dwelling", "areas/charges/service", "areas/charges/first",
                     "areas/charges/last", "areas/charges/amount_yuan"),
      .zh = "同一时段的费用没有重复收取",
      .en = "no fee is collected twice for the same time"},
     charged_once},
    {{.id = "assessment_gate",
      .clauses = {"4.4.1-2", "5.5-4"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .dated = true,
      .reads = READS("communities/assessments/year", ASSESSED, PAID),
      .zh = "奖励只发给考核合格的社区",
      .en = "the reward is paid only where the assessment is passed"},
     assessment_gate},
    {{.id = "reward_use",
      .clauses = {"4.4.1-5"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .reads = READS(USED("communities/")),
      .zh = "奖励资金只用于补贴社区经费",
      .en = "reward money is used for the running of the community alone"},
     reward_use},
    {{.id = "reward_due",
      .clauses = {"5.5-3", "3.2-7c", "4.4.1-6"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .dated = true,
      .readings = PILOT_AWARD_READINGS | PILOT_READING_BIT(PILOT_READING_HOUSEHOLD_BASIS),
      .reads = READS("complete", EARNED, PAID),
      .zh = "考核合格的社区足额领到应得奖励",
      .en = "a community that passes is paid the reward it has earned"},
     reward_due},
};
const rule_set pilot_rules_funding = RULE_SET("funding", rules);
