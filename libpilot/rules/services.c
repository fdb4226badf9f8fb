/* Part four (3): services inside and outside the gate. */
#include "notice/clause_internal.h"
#include "duty/outside_internal.h"
#include "market/menu_internal.h"
#include "rule.h"

/* 4.3-2: a contract there has to be by the day the provider has to start (5.4-1). */
static pilot_outcome contract_signed(const pilot_subject *s, pilot_finding *f)
{
    pilot_step signing = pilot_contract_step(s->area);
    return pilot_on_time(s, f, &signing, s->policy->parameters.entry_due,
                         s->area->contracts ? "contracts/signed_on" : "contracts");
}

/* Nothing is held against a contract before its day. */
static bool not_signed_yet(const pilot_subject *s)
{
    return pilot_is_later(s, s->contract->signed_on);
}

/* 4.3-2: it is in writing and says what is done, how well and at what price. */
static pilot_outcome contract_terms(const pilot_subject *s, pilot_finding *f)
{
    const pilot_contract *c = s->contract;
    const keyed_answer terms[] = {
        {c->written, "written"},
        {c->states_content, "states_content"},
        {c->states_standard, "states_standard"},
        {c->states_price, "states_price"},
    };
    return not_signed_yet(s) ? PILOT_NOT_APPLICABLE
                             : pilot_all_yes(f, terms, sizeof terms / sizeof *terms);
}

/* 3.2-13c, reading A-10: until there is an owners' committee the residents' committee acts for it. */
static pilot_outcome acting_signatory(const pilot_subject *s, pilot_finding *f)
{
    const pilot_step *elected = &s->area->steps.committee;
    if (s->policy->parameters.readings[PILOT_READING_ACTING_COMMITTEE] == PILOT_ACTING_COMMITTEE_REFUSED)
        return PILOT_BREACH;
    if (!s->contract->signed_on.known)
        return pilot_missing(f, "signed_on");
    pilot_answer by_then = pilot_step_done_by(elected, s->contract->signed_on.value);
    if (by_then == PILOT_ANSWER_UNKNOWN)
        return pilot_missing(f, "steps/committee");
    f->clause = "3.2-13c";
    return by_then == PILOT_ANSWER_NO ? PILOT_MET : PILOT_BREACH;
}

/* 4.3-2: the owners' committee signs; by 5.4-4 the assembly as well (A-10, reading contract_party). */
static pilot_outcome contract_signatory(const pilot_subject *s, pilot_finding *f)
{
    const int32_t party = s->policy->parameters.readings[PILOT_READING_CONTRACT_PARTY];
    if (not_signed_yet(s))
        return PILOT_NOT_APPLICABLE;
    switch (s->contract->signed_by) {
    case PILOT_ACTOR_NONE:
        return pilot_missing(f, "signed_by");
    case PILOT_ACTOR_COMMITTEE:
        return PILOT_MET;
    case PILOT_ACTOR_ASSEMBLY:
        f->clause = "5.4-4";
        pilot_found_word(f, "assembly", "committee");
        return party == PILOT_CONTRACT_PARTY_EITHER ? PILOT_MET : PILOT_BREACH;
    case PILOT_ACTOR_RESIDENTS_COMMITTEE:
        pilot_found_word(f, "residents_committee", "committee");
        return acting_signatory(s, f);
    default:
        pilot_found_word(f, pilot_actor_name(s->contract->signed_by), "committee");
        return PILOT_BREACH;
    }
}

/* 4.3-3: services are bought as a whole, or one or several of them from a menu. */
static pilot_outcome contract_package(const pilot_subject *s, pilot_finding *f)
{
    const pilot_contract *c = s->contract;
    if (not_signed_yet(s))
        return PILOT_NOT_APPLICABLE;
    if (c->package == PILOT_PACKAGE_UNKNOWN)
        return pilot_missing(f, "package");
    if (c->package == PILOT_PACKAGE_COMPREHENSIVE)
        return PILOT_MET;
    if (!c->services.known)
        return pilot_missing(f, "services");
    return pilot_at_least(f, PILOT_VALUE_COUNT, c->services.value, 1);
}

/* The choice cannot be had on the day of signing: found is what the menu does not have, or the day on
 * which it is not in force. */
static pilot_outcome not_on_menu(const pilot_contract *c, const pilot_quote_refusal *refused,
                                 pilot_finding *f)
{
    const pilot_price_list *list = pilot_menu_prices(c->menu);
    const bool early = list->valid_from.known && c->signed_on.value < list->valid_from.value;
    if (refused->part == PILOT_QUOTE_DAY) {
        f->found = (pilot_value){.kind = PILOT_VALUE_DATE, .number = c->signed_on.value};
        f->required = (pilot_value){.kind = PILOT_VALUE_DATE,
                                    .number = early ? list->valid_from.value : list->valid_to.value};
        return PILOT_BREACH;
    }
    const bool item = refused->part == PILOT_QUOTE_ITEM;
    pilot_found_word(f, item ? c->selection.items[refused->item].service : c->selection.package,
                     list->id);
    return PILOT_BREACH;
}

/* Key of the evidence that a quote wants. */
static const char *wanted_by_quote(const pilot_quote_refusal *refused)
{
    static const char *const quantities[PILOT_MENU_BASIS_COUNT] = {
        [PILOT_MENU_PER_SQUARE_METRE] = "building_area_m2",
        [PILOT_MENU_PER_HOUSEHOLD] = "households",
        [PILOT_MENU_PER_BUILDING] = "buildings",
    };
    return refused->part == PILOT_QUOTE_QUANTITY ? quantities[refused->basis] : "selection";
}

/* What the contract's choice costs in the area by the menu in force on the day of signing; MET where
 * that is known. */
static pilot_outcome quote_contract(const pilot_subject *s, pilot_finding *f, pilot_quote *quote)
{
    const pilot_contract *c = s->contract;
    const pilot_premises premises = {.building_area = s->area->building_area,
                                     .households = s->area->households,
                                     .buildings = s->area->buildings};
    pilot_quote_refusal refused;
    if (!c->signed_on.known)
        return pilot_missing(f, "signed_on");
    switch (pilot_quote_asked(c->menu, &c->selection, &premises, c->signed_on.value, quote, &refused)) {
    case PILOT_OK:
        return PILOT_MET;
    case PILOT_ERROR_NOT_FOUND:
    case PILOT_ERROR_INCONSISTENT:
    case PILOT_ERROR_DUPLICATE_ID:
        return not_on_menu(c, &refused, f);
    default:
        return pilot_missing(f, wanted_by_quote(&refused));
    }
}

/* 4.3-3, 5.4-2: the owners chose among offers at the menu's prices, so a dearer contract calls for a
 * word. It is no breach: the price is the parties' to agree on (4.3-2, 4.4-2). */
static pilot_outcome contract_price(const pilot_subject *s, pilot_finding *f)
{
    const pilot_contract *c = s->contract;
    pilot_quote quote;
    if (!c->menu || not_signed_yet(s))
        return PILOT_NOT_APPLICABLE;
    pilot_outcome outcome = quote_contract(s, f, &quote);
    if (outcome != PILOT_MET)
        return outcome;
    if (!c->price.known && !c->monthly.known)
        return pilot_missing(f, "price_yuan_per_m2");
    if (c->price.known && !quote.month_per_square_metre.known)
        return pilot_missing(f, "building_area_m2");
    if (c->price.known)
        outcome =
            pilot_at_most(f, PILOT_VALUE_PRICE, c->price.value, quote.month_per_square_metre.value);
    if (c->monthly.known && outcome == PILOT_MET)
        outcome = pilot_at_most(f, PILOT_VALUE_MONEY, c->monthly.value, quote.month);
    return outcome;
}

/* 5.4-2b: the menu that a contract was made by has prices in keeping with quality, and more than one. */
static pilot_outcome menu_quality(const pilot_subject *s, pilot_finding *f)
{
    size_t faults;
    if (not_signed_yet(s))
        return PILOT_NOT_APPLICABLE;
    if (pilot_menu_check_prices(s->contract->menu, NULL, 0, &faults) != PILOT_OK)
        return PILOT_NOT_APPLICABLE; /* it names no menu */
    return pilot_exactly(f, PILOT_VALUE_COUNT, (int64_t)faults, 0);
}

/* By the city's links, or else pair by pair. Grade 1 is the best; offers whose provider is not known are
 * taken as one provider's. */
static offer_facts facts_of_offers(const pilot_subject *s)
{
    const area_links *links = pilot_links_of_area(s->city, s->area);
    const pilot_residential_area *area = s->area;
    offer_facts facts = {0};
    if (links)
        return links->offers;
    for (size_t i = 0; i < area->offer_count; i++) {
        bool seen = false;
        for (size_t j = 0; j < area->offer_count; j++) {
            const pilot_offer *a = &area->offers[i], *b = &area->offers[j];
            bool pair = a->provider == b->provider && a->grade < b->grade;
            facts.graded = facts.graded || pair;
            facts.cheaper += pair && a->price < b->price;
            seen = seen || (j < i && a->price == b->price);
        }
        facts.prices += !seen;
    }
    return facts;
}

/* 5.4-2b: owners choose between prices, so there are two at least. */
static pilot_outcome offer_prices(const pilot_subject *s, pilot_finding *f)
{
    if (!s->area->offers)
        return pilot_missing(f, "offers");
    return pilot_at_least(f, PILOT_VALUE_COUNT, facts_of_offers(s).prices, 2);
}

/* 5.4-2b: price is in keeping with quality where none of a provider's better grades is cheaper. */
static pilot_outcome offer_grades(const pilot_subject *s, pilot_finding *f)
{
    if (!s->area->offers)
        return pilot_missing(f, "offers");
    const offer_facts facts = facts_of_offers(s);
    return facts.graded ? pilot_exactly(f, PILOT_VALUE_COUNT, facts.cheaper, 0) : PILOT_NOT_APPLICABLE;
}

static int64_t size_of(uint32_t set)
{
    int64_t size = 0;
    for (; set; set &= set - 1)
        size++;
    return size;
}

/* 3.2-5b, 3.2-5c, 4.3-4: each of the named services is handed down to street and community; what else
 * may be is not asked for. */
static pilot_outcome services_handed_down(const pilot_subject *s, pilot_finding *f)
{
    const pilot_community *c = s->community;
    uint32_t missing, open;
    if (!c->handovers)
        return pilot_missing(f, "handovers");
    pilot_services_lacking(c->handovers, c->handover_count, s->as_of, &missing, &open);
    if (missing) {
        pilot_lacking(f, PILOT_CORE_PUBLIC_SERVICES - size_of(missing | open), missing,
                      &pilot_public_service_words);
        return PILOT_BREACH;
    }
    return open ? pilot_missing(f, "handovers/duty_moved") : PILOT_MET;
}

/* 3.2-5d, 4.3-5, 4.3-8: the money moves with the duty, and not without it. */
static pilot_outcome money_follows_duty(const pilot_subject *s, pilot_finding *f)
{
    switch (pilot_handover_moved(s->handover, s->as_of)) {
    case PILOT_MOVED_NEITHER:
    case PILOT_MOVED_BOTH:
        return PILOT_MET;
    case PILOT_MOVED_DUTY_ALONE:
        pilot_found_word(f, "duty_moved", "money_moved");
        return PILOT_BREACH;
    case PILOT_MOVED_MONEY_ALONE:
        pilot_found_word(f, "money_moved", "duty_moved");
        return PILOT_BREACH;
    case PILOT_MOVEMENT_UNKNOWN:
        break;
    }
    return pilot_missing(f, s->handover->duty_moved.done ? "money_moved" : "duty_moved");
}

/* 4.3-7: the city management bureau coordinates the money. */
static pilot_outcome money_coordinated(const pilot_subject *s, pilot_finding *f)
{
    return pilot_is_body(f, s->handover->coordinator, PILOT_ACTOR_CITY_MANAGEMENT_BUREAU, "coordinator");
}

static pilot_outcome equals_transfer(const pilot_subject *s, pilot_finding *f,
                                     pilot_handover_amount amount_of, pilot_money tolerance)
{
    const pilot_handover *h = s->handover;
    pilot_money amount, difference;
    const char *key;
    if (amount_of(h, &amount, &key) != PILOT_OK ||
        pilot_handover_difference(h, amount, &difference, &key) != PILOT_OK)
        return pilot_missing(f, key);
    pilot_outcome outcome = pilot_exactly(f, PILOT_VALUE_MONEY, amount, h->transferred.value);
    return pilot_within(difference, tolerance) ? PILOT_MET : outcome;
}

/* 4.3-8, reading A-16: city and district pay the transfer between them. No share is laid down, so none
 * is held against them. */
static pilot_outcome transfer_parts(const pilot_subject *s, pilot_finding *f)
{
    if (!s->handover->city_part.known && !s->handover->district_part.known)
        return PILOT_NOT_APPLICABLE;
    return equals_transfer(s, f, pilot_handover_parts, 0);
}

/* 4.3-9: what is transferred is cut from the budget of the body that did it before, by those who keep
 * the budgets. */
static pilot_outcome budget_cut(const pilot_subject *s, pilot_finding *f)
{
    f->actors = FINANCE_BODIES;
    if (s->handover->former_provider != PILOT_ACTOR_NONE)
        f->actors |= PILOT_ACTOR_BIT(s->handover->former_provider);
    return equals_transfer(s, f, pilot_handover_cut, s->policy->parameters.transfer_tolerance);
}

/* 4.3-13: each of the departments names a post for the area, and every post is in touch with the grid
 * staff. */
static pilot_outcome grid_posts(const pilot_subject *s, pilot_finding *f)
{
    const pilot_residential_area *a = s->area;
    const uint32_t wanted = s->policy->parameters.grid_departments;
    uint32_t named = 0, apart = 0;
    bool open = false;
    if (!a->grid_posts)
        return pilot_missing(f, "grid_posts");
    for (size_t i = 0; i < a->grid_post_count; i++) {
        const uint32_t department = PILOT_ACTOR_BIT(a->grid_posts[i].department);
        named |= department;
        if (a->grid_posts[i].linked == PILOT_ANSWER_NO)
            apart |= department;
        open = open || a->grid_posts[i].linked == PILOT_ANSWER_UNKNOWN;
    }
    const uint32_t lacking = (wanted & ~named) | apart;
    if (lacking) {
        pilot_lacking(f, size_of(wanted & ~lacking), lacking, &pilot_actor_words);
        return PILOT_BREACH;
    }
    return open ? pilot_missing(f, "grid_posts/linked") : PILOT_MET;
}

static const rule rules[] = {
    {{.id = "contract_signed",
      .clauses = {"4.3-2", "5.4-4"},
      .scope = PILOT_SCOPE_AREA,
      .due = PILOT_DUE_OWN,
      .readings =
          PILOT_READING_BIT(PILOT_READING_PRE_NOTICE) | PILOT_READING_BIT(PILOT_READING_IN_FORCE_FROM),
      .reads = READS("areas/contracts/signed_on"),
      .zh = "按期签订服务合同",
      .en = "the service contract is signed on time"},
     contract_signed},
    {{.id = "contract_terms",
      .clauses = {"4.3-2"},
      .scope = PILOT_SCOPE_CONTRACT,
      .due = PILOT_DUE_ENTRY,
      .reads =
          READS("areas/contracts/signed_on", "areas/contracts/written", "areas/contracts/states_content",
                "areas/contracts/states_standard", "areas/contracts/states_price"),
      .zh = "以书面合同约定服务内容、标准和价格",
      .en = "the contract is in writing and states content, standard and price"},
     contract_terms},
    {{.id = "contract_signatory",
      .clauses = {"4.3-2", "3.2-13c", "5.4-4"},
      .scope = PILOT_SCOPE_CONTRACT,
      .readings = PILOT_READING_BIT(PILOT_READING_ACTING_COMMITTEE) |
                  PILOT_READING_BIT(PILOT_READING_CONTRACT_PARTY),
      .reads = READS("areas/contracts/signed_by", "areas/contracts/signed_on", "areas/steps/committee"),
      .zh = "由业主委员会签订服务合同",
      .en = "the owners' committee signs the contract"},
     contract_signatory},
    {{.id = "contract_package",
      .clauses = {"4.3-3"},
      .scope = PILOT_SCOPE_CONTRACT,
      .due = PILOT_DUE_ENTRY,
      .reads = READS("areas/contracts/signed_on", "areas/contracts/package", "areas/contracts/services"),
      .zh = "实行综合服务或选择“菜单式”服务",
      .en = "the contract is for comprehensive service or at least one menu service",
      .counts_zh = "项",
      .counts_en = "services"},
     contract_package},
    {{.id = "contract_price",
      .clauses = {"4.3-3", "5.4-2"},
      .scope = PILOT_SCOPE_CONTRACT,
      .soft = true,
      .reads = READS(CHOSEN, "areas/contracts/signed_on", "areas/contracts/price_yuan_per_m2",
                     "areas/contracts/monthly_yuan", "areas/building_area_m2", "areas/households",
                     "areas/buildings"),
      .zh = "合同价格不高于签订时的菜单价格",
      .en = "the contract price does not exceed the menu price at signing"},
     contract_price},
    {{.id = "menu_quality",
      .clauses = {"5.4-2b"},
      .scope = PILOT_SCOPE_CONTRACT,
      .soft = true,
      .reads = READS("areas/contracts/signed_on", "areas/contracts/menu", "menus/best_is_low",
                     "menus/services/grades"),
      .zh = "合同所依菜单有不同价位、质价相符",
      .en = "the contract's menu offers different prices, in keeping with quality",
      .counts_zh = "处",
      .counts_en = "faults"},
     menu_quality},
    {{.id = "offer_prices",
      .clauses = {"5.4-2b"},
      .scope = PILOT_SCOPE_AREA,
      .soft = true,
      .reads = READS("areas/offers/yuan_per_m2"),
      .zh = "供选报价有不同价位",
      .en = "the offers differ in price",
      .counts_zh = "种价位",
      .counts_en = "prices"},
     offer_prices},
    {{.id = "offer_grades",
      .clauses = {"5.4-2b"},
      .scope = PILOT_SCOPE_AREA,
      .soft = true,
      .reads = READS("areas/offers/provider", "areas/offers/grade", "areas/offers/yuan_per_m2"),
      .zh = "供选报价质价相符",
      .en = "the offers' prices are in keeping with quality",
      .counts_zh = "处",
      .counts_en = "pairs"},
     offer_grades},
    {{.id = "services_handed_down",
      .clauses = {"3.2-5c", "4.3-4", "3.2-5b"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .due = PILOT_DUE_ENTRY,
      .reads = READS("communities/handovers/service", "communities/handovers/duty_moved"),
      .zh = "“门”外公共服务职责下沉到位",
      .en = "the public services outside the gate are handed down"},
     services_handed_down},
    {{.id = "money_follows_duty",
      .clauses = {"3.2-5d", "4.3-5", "4.3-8"},
      .scope = PILOT_SCOPE_HANDOVER,
      .due = PILOT_DUE_ENTRY,
      .reads = READS("communities/handovers/duty_moved", "communities/handovers/money_moved"),
      .zh = "经费随职责一并划拨",
      .en = "the money moves with the duty"},
     money_follows_duty},
    {{.id = "unified_service",
      .clauses = {"4.3-6"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .due = PILOT_DUE_ENTRY,
      .reads = READS(SHOWN("communities/")),
      .zh = "街道（乡镇）、社区统一履行公共服务职责",
      .en = "the sub-district office and the community deliver public services jointly"},
     pilot_evidenced},
    {{.id = "money_coordinated",
      .clauses = {"4.3-7"},
      .scope = PILOT_SCOPE_HANDOVER,
      .due = PILOT_DUE_ENTRY,
      .reads = READS("communities/handovers/coordinator"),
      .zh = "服务经费由市城管局统筹",
      .en = "the city management bureau coordinates the money"},
     money_coordinated},
    {{.id = "transfer_parts",
      .clauses = {"4.3-8"},
      .scope = PILOT_SCOPE_HANDOVER,
      .due = PILOT_DUE_ENTRY,
      .reads = READS("communities/handovers/transferred_yuan", "communities/handovers/city_part_yuan",
                     "communities/handovers/district_part_yuan"),
      .zh = "市区两级承担额之和等于划拨额",
      .en = "the city's and the district's parts add up to the transfer"},
     transfer_parts},
    {{.id = "budget_cut",
      .clauses = {"4.3-9"},
      .scope = PILOT_SCOPE_HANDOVER,
      .due = PILOT_DUE_ENTRY,
      .reads =
          READS("communities/handovers/transferred_yuan", "communities/handovers/former_budget_yuan",
                "communities/handovers/reduced_budget_yuan", "communities/handovers/former_provider"),
      .zh = "原提供单位经费作相应核减",
      .en = "the former provider's budget is cut accordingly"},
     budget_cut},
    {{.id = "grid_administration",
      .clauses = {"4.3-12"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .due = PILOT_DUE_ENTRY,
      .reads = READS(SHOWN("communities/")),
      .zh = "行政执法职能下沉，分片到人、挂牌服务",
      .en = "enforcement is brought down to the community by grid"},
     pilot_evidenced},
    {{.id = "grid_posts",
      .clauses = {"4.3-13"},
      .scope = PILOT_SCOPE_AREA,
      .due = PILOT_DUE_ENTRY,
      .reads = READS("areas/grid_posts/department", "areas/grid_posts/linked"),
      .zh = "明确片区责任人并与网格员对接",
      .en = "each department names an officer for the area, in touch with the grid staff"},
     grid_posts},
    {{.id = "report_channels",
      .clauses = {"4.3-14"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .due = PILOT_DUE_ENTRY,
      .reads = READS(SHOWN("communities/")),
      .zh = "居民反映问题渠道畅通",
      .en = "residents can report problems directly or through the residents' committee"},
     pilot_evidenced},
};
const rule_set pilot_rules_services = RULE_SET("services", rules);
