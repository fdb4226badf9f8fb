/* Part four (4) 2 and (5): what a project earns beside its fees, and who may take part. */
#include "rule.h"

#define OWN_BUSINESS                                                                                    \
    (UINT32_C(1) << PILOT_INCOME_ADVERTISING | UINT32_C(1) << PILOT_INCOME_LOCKERS |                    \
     UINT32_C(1) << PILOT_INCOME_RECYCLING)

/* The last counted vote on the use of common parts that was held by the day; NULL where there is none.
 */
static const pilot_vote *last_consent(const pilot_subject *s)
{
    const area_links *links = pilot_links_of_area(s->city, s->area);
    const pilot_vote *vote = NULL;
    size_t low = 0, high = links ? links->consent_count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (links->consents[middle]->held_on <= s->as_of)
            low = middle + 1;
        else
            high = middle;
    }
    if (links)
        return low ? links->consents[low - 1] : NULL;
    for (size_t i = 0; i < pilot_listed(s->area->votes, s->area->vote_count); i++) {
        const pilot_vote *v = &s->area->votes[i];
        if (v->matter == PILOT_MATTER_USE_COMMON_PARTS && v->totals.all.heads &&
            v->held_on <= s->as_of && (!vote || v->held_on >= vote->held_on))
            vote = v;
    }
    return vote;
}

/* What the owners said of business on their common parts: the last vote on it that was counted, or else
 * what the record says. */
static vote_answer consent(const pilot_subject *s)
{
    const pilot_vote *vote = last_consent(s);
    return vote ? pilot_vote_answer(s->policy, vote)
                : (vote_answer){.passed = s->income->owners_consent, .missing = "owners_consent"};
}

/* Income of a later year. */
static bool not_earned_yet(const pilot_subject *s)
{
    int32_t year;
    pilot_date_parts(s->as_of, &year, NULL, NULL);
    return s->income->year > year;
}

/* 4.4.2-1: a project's own business is within its area and the law, which asks for the owners' consent
 * and for permits. */
static pilot_outcome own_business(const pilot_subject *s, pilot_finding *f)
{
    const pilot_income *income = s->income;
    const vote_answer owners = consent(s);
    const keyed_answer terms[] = {
        {income->within_area, "within_area"},
        {owners.passed, owners.missing},
        {income->permitted, "permitted"},
    };
    if (!(OWN_BUSINESS & UINT32_C(1) << income->source) || not_earned_yet(s))
        return PILOT_NOT_APPLICABLE;
    if (owners.failed)
        return pilot_vote_failed(f, &owners);
    return pilot_all_yes(f, terms, sizeof terms / sizeof *terms);
}

/* 4.4.2-2: what it earns stays with the property service of the same project. */
static pilot_outcome own_business_use(const pilot_subject *s, pilot_finding *f)
{
    return pilot_earmarked(s, f, s->area->uses, s->area->use_count, OWN_BUSINESS,
                           PILOT_FOR_THIS_PROJECT);
}

static bool not_marked_yet(const pilot_subject *s)
{
    return pilot_is_later(s, s->parking->marked_on);
}

/* 4.4.2-3, 4.4.2-4, reading parking_collector: what the notice allows the district it forbids others on
 * public roads alone; 3.2-8 speaks of providers that collect parking fees. */
static pilot_outcome district_where_public(const pilot_subject *s, pilot_finding *f, pilot_actor body,
                                           const char *key)
{
    const pilot_outcome outcome = pilot_is_body(f, body, PILOT_ACTOR_DISTRICT_GOVERNMENT, key);
    if (outcome != PILOT_BREACH || s->policy->parameters.readings[PILOT_READING_PARKING_COLLECTOR] ==
                                       PILOT_PARKING_COLLECTOR_DISTRICT_ONLY)
        return outcome;
    if (s->parking->on_public_road == PILOT_ANSWER_UNKNOWN)
        return pilot_missing(f, "on_public_road");
    return s->parking->on_public_road == PILOT_ANSWER_NO ? PILOT_MET : outcome;
}

/* 4.4.2-3: the district government marks the bays on public roads, and no one else. */
static pilot_outcome bays_marked(const pilot_subject *s, pilot_finding *f)
{
    if (not_marked_yet(s))
        return PILOT_NOT_APPLICABLE;
    return district_where_public(s, f, s->parking->marked_by, "marked_by");
}

/* 4.4.2-3: and only where planning allows. */
static pilot_outcome bays_planned(const pilot_subject *s, pilot_finding *f)
{
    if (not_marked_yet(s))
        return PILOT_NOT_APPLICABLE;
    return pilot_is_yes(f, s->parking->planning_allows, "planning_allows");
}

/* 3.2-9e: the traffic police guide the marking on public roads in open areas; in the layout of the day
 * of the marking, as enclosing an area does not undo it. */
static pilot_outcome bays_guided(const pilot_subject *s, pilot_finding *f)
{
    const pilot_parking *p = s->parking;
    const pilot_layout layout =
        pilot_layout_on(s->area, p->marked_on.known ? p->marked_on.value : s->as_of);
    const bool enclosed_since = layout == PILOT_LAYOUT_CLOSED && !p->marked_on.known &&
                                s->area->layout_at_selection != PILOT_LAYOUT_CLOSED;
    if (p->on_public_road == PILOT_ANSWER_NO || not_marked_yet(s))
        return PILOT_NOT_APPLICABLE;
    if (enclosed_since && p->traffic_police_guided != PILOT_ANSWER_YES)
        return pilot_missing(f, "marked_on");
    if (layout == PILOT_LAYOUT_CLOSED)
        return PILOT_NOT_APPLICABLE;
    if (p->on_public_road == PILOT_ANSWER_UNKNOWN)
        return pilot_missing(f, "on_public_road");
    if (layout == PILOT_LAYOUT_UNKNOWN)
        return pilot_missing(f, "layout_at_selection");
    return pilot_is_yes(f, p->traffic_police_guided, "traffic_police_guided");
}

/* 4.4.2-4: the district government may collect a parking fee. It need not, so that nobody is known to
 * collect one is no gap. */
static pilot_outcome parking_fee(const pilot_subject *s, pilot_finding *f)
{
    if (s->parking->fee_collected_by == PILOT_ACTOR_NONE || not_marked_yet(s))
        return PILOT_NOT_APPLICABLE;
    return district_where_public(s, f, s->parking->fee_collected_by, "fee_collected_by");
}

/* 4.4.2-5: parking money is for the community, unlike a project's own earnings. */
static pilot_outcome parking_use(const pilot_subject *s, pilot_finding *f)
{
    return pilot_earmarked(s, f, s->community->uses, s->community->use_count,
                           UINT32_C(1) << PILOT_INCOME_PARKING, PILOT_FOR_COMMUNITY);
}

/* 4.4.2-2: what a project's own business earns is its owners' and their provider's to use. */
static pilot_outcome own_business_held(const pilot_subject *s, pilot_finding *f)
{
    if (!(OWN_BUSINESS & UINT32_C(1) << s->income->source) || not_earned_yet(s))
        return PILOT_NOT_APPLICABLE;
    return pilot_held_by(f, s->income->held_by,
                         PILOT_ACTOR_BIT(PILOT_ACTOR_OWNERS) | PILOT_ACTOR_BIT(PILOT_ACTOR_ASSEMBLY) |
                             PILOT_ACTOR_BIT(PILOT_ACTOR_COMMITTEE) |
                             PILOT_ACTOR_BIT(PILOT_ACTOR_RESIDENTS_COMMITTEE) |
                             PILOT_ACTOR_BIT(PILOT_ACTOR_PROVIDER),
                         "held_by");
}

/* 4.4.2-5: what the district collects for parking stays with it until the community has it. */
static pilot_outcome parking_money_held(const pilot_subject *s, pilot_finding *f)
{
    if (s->parking->fee_collected_by != PILOT_ACTOR_DISTRICT_GOVERNMENT)
        return PILOT_NOT_APPLICABLE;
    return pilot_held_by(
        f, s->parking->held_by,
        PILOT_ACTOR_BIT(PILOT_ACTOR_DISTRICT_GOVERNMENT) |
            PILOT_ACTOR_BIT(PILOT_ACTOR_DISTRICT_FINANCE) | PILOT_ACTOR_BIT(PILOT_ACTOR_STREET) |
            PILOT_ACTOR_BIT(PILOT_ACTOR_WORKSTATION) | PILOT_ACTOR_BIT(PILOT_ACTOR_RESIDENTS_COMMITTEE),
        "held_by");
}

/* 4.4.2-2: what a project's own business earned has been used by the end of the following year. */
static pilot_outcome own_business_spent(const pilot_subject *s, pilot_finding *f)
{
    const pilot_residential_area *a = s->area;
    const bool net =
        s->policy->parameters.readings[PILOT_READING_INCOME_BASIS] == PILOT_INCOME_BASIS_NET;
    pilot_money earned = 0;
    if (!a->incomes)
        return pilot_missing(f, "incomes");
    for (size_t i = 0; i < a->income_count; i++) {
        const pilot_income *income = &a->incomes[i];
        if (!(OWN_BUSINESS & UINT32_C(1) << income->source))
            continue;
        if (!income->year)
            return pilot_missing(f, "incomes/year");
        if (!pilot_is_over_after(s, income->year))
            continue;
        if (!income->amount.known || (net && !income->cost.known))
            return pilot_missing(f, income->amount.known ? "incomes/cost_yuan" : "incomes/amount_yuan");
        if (pilot_add(earned, income->amount.value, &earned) != PILOT_OK ||
            (net && pilot_subtract(earned, income->cost.value, &earned) != PILOT_OK))
            return pilot_missing(f, "incomes/amount_yuan");
        if (income->held_by != PILOT_ACTOR_NONE)
            f->actors |= PILOT_ACTOR_BIT(income->held_by);
    }
    return pilot_spent(s, f, a->uses, a->use_count, OWN_BUSINESS, earned);
}

/* 4.4.2-5: likewise what parking brought the community, by who holds it. */
static pilot_outcome parking_spent(const pilot_subject *s, pilot_finding *f)
{
    size_t count = 0;
    const pilot_residential_area *const *areas =
        s->city ? pilot_city_areas_of(s->city, s->community, &count) : NULL;
    pilot_money earned = 0;
    if (!count && !pilot_areas_known(s, f))
        return PILOT_UNKNOWN;
    f->actors = 0;
    for (size_t i = 0; i < count; i++) {
        const pilot_residential_area *a = areas[i];
        if (pilot_first_community(a) != s->community) /* which counts it, so that no sum has it twice */
            continue;
        if (!a->parking)
            return pilot_missing_of(f, "areas/parking", a->id);
        for (size_t j = 0; j < a->parking_count; j++) {
            const pilot_parking *p = &a->parking[j];
            if (p->fee_collected_by != PILOT_ACTOR_DISTRICT_GOVERNMENT)
                continue;
            if (!p->year)
                return pilot_missing_of(f, "areas/parking/year", a->id);
            if (!pilot_is_over_after(s, p->year))
                continue;
            if (!p->income.known)
                return pilot_missing_of(f, "areas/parking/income_yuan", a->id);
            if (pilot_add(earned, p->income.value, &earned) != PILOT_OK)
                return pilot_missing_of(f, "areas/parking/income_yuan", a->id);
            f->actors |= PILOT_ACTOR_BIT(p->held_by ? p->held_by : PILOT_ACTOR_DISTRICT_GOVERNMENT);
        }
    }
    return pilot_spent(s, f, s->community->uses, s->community->use_count,
                       UINT32_C(1) << PILOT_INCOME_PARKING, earned);
}

/* 4.5-1: a provider breaks even; the notice sets no limit to the small profit it speaks of. */
static pilot_outcome break_even(const pilot_subject *s, pilot_finding *f)
{
    const pilot_contract *c = s->contract;
    if (!c->yearly_income.known)
        return pilot_missing(f, "yearly_income_yuan");
    if (!c->yearly_cost.known)
        return pilot_missing(f, "yearly_cost_yuan");
    return pilot_at_least(f, PILOT_VALUE_MONEY, c->yearly_income.value, c->yearly_cost.value);
}

/* 4.5-2: providers of any type of ownership may take part. */
static pilot_outcome open_to_any_ownership(const pilot_subject *s, pilot_finding *f)
{
    if (s->area->ownership_restricted == PILOT_ANSWER_UNKNOWN)
        return pilot_missing(f, "ownership_restricted");
    return s->area->ownership_restricted == PILOT_ANSWER_NO ? PILOT_MET : PILOT_BREACH;
}

#define MARKED "areas/parking/on_public_road", "areas/parking/marked_on"

static const rule rules[] = {
    {{.id = "own_business",
      .clauses = {"4.4.2-1"},
      .scope = PILOT_SCOPE_INCOME,
      .reads = READS("areas/incomes/source", "areas/incomes/year", "areas/incomes/within_area",
                     "areas/incomes/owners_consent", "areas/incomes/permitted", VOTED),
      .zh = "经营活动在服务区域内依法开展",
      .en = "the business is lawful and within the service area"},
     own_business},
    {{.id = "own_business_use",
      .clauses = {"4.4.2-2"},
      .scope = PILOT_SCOPE_AREA,
      .reads = READS(USED("areas/")),
      .zh = "经营收益用于本项目的物业服务",
      .en = "the project's income is used for its own property service"},
     own_business_use},
    {{.id = "own_business_held",
      .clauses = {"4.4.2-2"},
      .scope = PILOT_SCOPE_INCOME,
      .reads = READS("areas/incomes/source", "areas/incomes/year", "areas/incomes/held_by"),
      .zh = "经营收益由业主方或服务企业保管",
      .en = "the owners or their provider hold what a project earns"},
     own_business_held},
    {{.id = "own_business_spent",
      .clauses = {"4.4.2-2"},
      .scope = PILOT_SCOPE_AREA,
      .soft = true,
      .readings = PILOT_READING_BIT(PILOT_READING_INCOME_BASIS),
      .reads = READS("areas/incomes/source", "areas/incomes/year", "areas/incomes/amount_yuan",
                     "areas/incomes/cost_yuan", "areas/incomes/held_by", SPENT("areas/")),
      .zh = "经营收益在次年年底前用于物业服务",
      .en = "what a project earns is used by the end of the following year"},
     own_business_spent},
    {{.id = "bays_marked",
      .clauses = {"4.4.2-3"},
      .scope = PILOT_SCOPE_PARKING,
      .readings = PILOT_READING_BIT(PILOT_READING_PARKING_COLLECTOR),
      .reads = READS("areas/parking/marked_by", MARKED),
      .zh = "公共道路上的停车位由城区政府划设",
      .en = "the district government marks the parking bays on public roads"},
     bays_marked},
    {{.id = "bays_planned",
      .clauses = {"4.4.2-3"},
      .scope = PILOT_SCOPE_PARKING,
      .reads = READS("areas/parking/planning_allows", "areas/parking/marked_on"),
      .zh = "划设停车位不违反规划原则",
      .en = "the parking bays comply with planning"},
     bays_planned},
    {{.id = "bays_guided",
      .clauses = {"3.2-9e"},
      .scope = PILOT_SCOPE_PARKING,
      .reads = READS(MARKED, "areas/parking/traffic_police_guided", "areas/layout_at_selection",
                     "areas/enclosed_on"),
      .zh = "公共道路划设停车位由交管部门指导",
      .en = "the traffic police guide the marking of bays on public roads"},
     bays_guided},
    {{.id = "parking_fee",
      .clauses = {"4.4.2-4"},
      .scope = PILOT_SCOPE_PARKING,
      .readings = PILOT_READING_BIT(PILOT_READING_PARKING_COLLECTOR),
      .reads = READS("areas/parking/fee_collected_by", MARKED),
      .zh = "公共道路上的停车费由城区政府收取",
      .en = "the district government collects the parking fee on public roads"},
     parking_fee},
    {{.id = "parking_use",
      .clauses = {"4.4.2-5"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .actors = PILOT_ACTOR_BIT(PILOT_ACTOR_DISTRICT_GOVERNMENT),
      .reads = READS(USED("communities/")),
      .zh = "停车管理费用于补贴社区经费不足",
      .en = "parking fees are used for the community's budget only"},
     parking_use},
    {{.id = "parking_money_held",
      .clauses = {"4.4.2-5"},
      .scope = PILOT_SCOPE_PARKING,
      .actors = PILOT_ACTOR_BIT(PILOT_ACTOR_DISTRICT_GOVERNMENT),
      .reads = READS("areas/parking/fee_collected_by", "areas/parking/held_by"),
      .zh = "停车管理费由区级或社区保管",
      .en = "the district or the community holds the parking money"},
     parking_money_held},
    {{.id = "parking_spent",
      .clauses = {"4.4.2-5"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .soft = true,
      .actors = PILOT_ACTOR_BIT(PILOT_ACTOR_DISTRICT_GOVERNMENT),
      .reads =
          READS("complete", "areas/communities", "areas/parking/fee_collected_by", "areas/parking/year",
                "areas/parking/income_yuan", "areas/parking/held_by", SPENT("communities/")),
      .zh = "停车管理费在次年年底前用于补贴社区经费不足",
      .en = "parking money is used for the community by the end of the following year"},
     parking_spent},
    {{.id = "break_even",
      .clauses = {"4.5-1"},
      .scope = PILOT_SCOPE_CONTRACT,
      .soft = true,
      .reads = READS("areas/contracts/yearly_income_yuan", "areas/contracts/yearly_cost_yuan"),
      .zh = "服务保本微利，收入不低于成本",
      .en = "the provider's income covers its cost"},
     break_even},
    {{.id = "open_to_any_ownership",
      .clauses = {"4.5-2"},
      .scope = PILOT_SCOPE_AREA,
      .actors = PILOT_ACTOR_BIT(PILOT_ACTOR_DISTRICT_GOVERNMENT) | PILOT_ACTOR_BIT(PILOT_ACTOR_STREET),
      .reads = READS("areas/ownership_restricted"),
      .zh = "国有、民营企业均可参与",
      .en = "state-owned and private providers may take part"},
     open_to_any_ownership},
};
const rule_set pilot_rules_market = RULE_SET("market", rules);
