/* Part four (2): what a community provides, and which areas are its own. */
#include "rule.h"

static bool office_counts(const pilot_subject *s, const pilot_office *office)
{
    bool there = !office->available_from.known || office->available_from.value <= s->as_of;
    bool excluded =
        office->route == PILOT_ROUTE_SHARED &&
        s->policy->parameters.readings[PILOT_READING_OFFICE_RULE] == PILOT_OFFICE_RULE_SHARED_EXCLUDED;
    return there && !excluded;
}

/* 5.1-5, 5.2-3: whether premises come about by the remediation of one of the community's areas. */
static bool being_remediated(const pilot_subject *s)
{
    size_t count = 0;
    const pilot_residential_area *const *areas =
        s->city ? pilot_city_areas_of(s->city, s->community, &count) : NULL;
    for (size_t i = 0; i < count; i++)
        if (areas[i]->branch == PILOT_BRANCH_IN_PROGRESS)
            return true;
    return false;
}

/* 4.2-1: the community's property offices together have at least the minimum area. An office
 * that was not measured leaves the answer open only where the others do not suffice. */
static pilot_outcome office_area(const pilot_subject *s, pilot_finding *f)
{
    const pilot_community *c = s->community;
    int64_t total = 0;
    bool measured = true;
    if (!c->offices)
        return pilot_missing(f, "offices");
    for (size_t i = 0; i < c->office_count; i++) {
        if (!office_counts(s, &c->offices[i]))
            continue;
        measured = measured && c->offices[i].area.known;
        if (pilot_add(total, c->offices[i].area.value, &total) != PILOT_OK)
            return pilot_missing(f, "offices/area_m2");
    }
    pilot_outcome outcome =
        pilot_at_least(f, PILOT_VALUE_AREA, total, s->policy->parameters.office_min_area);
    if (being_remediated(s))
        f->due = (pilot_opt_date){s->policy->parameters.remediation_due, true};
    return outcome == PILOT_MET || measured ? outcome : pilot_missing(f, "offices/area_m2");
}

/* 4.2-2: a community without premises has named ways to come by them. */
static pilot_outcome office_route(const pilot_subject *s, pilot_finding *f)
{
    switch (s->office->route) {
    case PILOT_ROUTE_UNKNOWN:
        return pilot_missing(f, "route");
    case PILOT_ROUTE_OTHER:
        f->found = (pilot_value){.kind = PILOT_VALUE_WORD, .word = "other"};
        return PILOT_BREACH;
    default:
        return PILOT_MET;
    }
}

/* 4.2-3: an area belongs to one community and spans no two. */
static pilot_outcome one_community(const pilot_subject *s, pilot_finding *f)
{
    if (!s->area->communities)
        return pilot_missing(f, "communities");
    return pilot_exactly(f, PILOT_VALUE_COUNT, (int64_t)s->area->community_count, 1);
}

/* 4.2-3, reading A-2: and a community has one area; read the other way nothing is asked of it. */
static pilot_outcome one_area(const pilot_subject *s, pilot_finding *f)
{
    const bool one_to_one =
        s->policy->parameters.readings[PILOT_READING_AREA_MAP] == PILOT_AREA_MAP_ONE_TO_ONE;
    size_t count = 0;
    if (s->city)
        pilot_city_areas_of(s->city, s->community, &count);
    if (!count && !pilot_areas_known(s, f))
        return PILOT_UNKNOWN;
    if (!one_to_one)
        return count == 1 ? PILOT_MET : PILOT_NOT_APPLICABLE;
    return pilot_exactly(f, PILOT_VALUE_COUNT, (int64_t)count, 1);
}

/* The last contract that an area has signed by the day; NULL where there is none. */
static const pilot_contract *contract_in_force(const pilot_residential_area *area, pilot_date day)
{
    const pilot_contract *last = NULL;
    for (size_t i = 0; i < pilot_listed(area->contracts, area->contract_count); i++) {
        const pilot_contract *c = &area->contracts[i];
        if (c->signed_on.known && c->signed_on.value <= day &&
            (!last || c->signed_on.value >= last->signed_on.value))
            last = c;
    }
    return last;
}

/* 4.2-4: the areas of a community are encouraged to hire the same provider. Areas without a contract by
 * now have not chosen. */
static pilot_outcome same_provider(const pilot_subject *s, pilot_finding *f)
{
    size_t count = 0;
    const pilot_residential_area *const *areas =
        s->city ? pilot_city_areas_of(s->city, s->community, &count) : NULL;
    const pilot_provider *first = NULL;
    const char *missing = NULL, *of = NULL;
    int64_t hired = 0;
    if (!count && !pilot_areas_known(s, f))
        return PILOT_UNKNOWN;
    for (size_t i = 0; count > 1 && i < count; i++) {
        const pilot_contract *c = contract_in_force(areas[i], s->as_of);
        if (c && c->provider) {
            if (first && c->provider != first)
                return PILOT_BREACH;
            first = c->provider;
            hired++;
        } else if (!missing && (c || !areas[i]->contracts)) {
            missing = c ? "areas/contracts/provider" : "areas/contracts";
            of = areas[i]->id;
        }
    }
    if (missing)
        return pilot_missing_of(f, missing, of);
    return hired < 2 ? PILOT_NOT_APPLICABLE : PILOT_MET;
}

static const rule rules[] = {
    {{.id = "office_area",
      .clauses = {"4.2-1"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .due = PILOT_DUE_ENTRY,
      .readings = PILOT_READING_BIT(PILOT_READING_OFFICE_RULE),
      .alone = true,
      .reads = READS("communities/offices/area_m2", "communities/offices/route",
                     "communities/offices/available_from", "areas/communities", "areas/branch"),
      .zh = "物业管理用房办公面积不低于规定",
      .en = "the property office has at least the required area"},
     office_area},
    {{.id = "office_route",
      .clauses = {"4.2-2"},
      .scope = PILOT_SCOPE_OFFICE,
      .soft = true,
      .due = PILOT_DUE_ENTRY,
      .reads = READS("communities/offices/route"),
      .zh = "物业管理用房通过规定途径解决",
      .en = "the property office is provided in one of the ways named"},
     office_route},
    {{.id = "one_community",
      .clauses = {"4.2-3"},
      .scope = PILOT_SCOPE_AREA,
      .actors = PILOT_ACTOR_BIT(PILOT_ACTOR_DISTRICT_GOVERNMENT), /* which selects it */
      .due = PILOT_DUE_SELECTION,
      .reads = READS("areas/communities"),
      .zh = "居民区不跨社区",
      .en = "the area belongs to one community only",
      .counts_zh = "个社区",
      .counts_en = "communities"},
     one_community},
    {{.id = "one_area",
      .clauses = {"4.2-3"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .actors = PILOT_ACTOR_BIT(PILOT_ACTOR_DISTRICT_GOVERNMENT),
      .due = PILOT_DUE_SELECTION,
      .readings = PILOT_READING_BIT(PILOT_READING_AREA_MAP),
      .reads = READS("complete", "areas/communities"),
      .zh = "社区对应一个老旧居民区",
      .en = "the community has one residential area",
      .counts_zh = "个居民区",
      .counts_en = "areas"},
     one_area},
    {{.id = "same_provider",
      .clauses = {"4.2-4"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .soft = true,
      .reads = READS("complete", "areas/communities", "areas/contracts/provider",
                     "areas/contracts/signed_on"),
      .zh = "同一社区的居民区聘请同一家服务企业",
      .en = "the areas of a community hire the same provider"},
     same_provider},
};
const rule_set pilot_rules_community = RULE_SET("community", rules);
