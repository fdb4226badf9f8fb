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

/* 4.2-3, reading A-2: and a community has one area; otherwise 4.2-4 speaks of several. */
static pilot_outcome one_area(const pilot_subject *s, pilot_finding *f)
{
    size_t count = 0;
    if (s->city)
        pilot_city_areas_of(s->city, s->community, &count);
    if (!count && !pilot_areas_known(s, f))
        return PILOT_UNKNOWN;
    pilot_outcome outcome = pilot_exactly(f, PILOT_VALUE_COUNT, (int64_t)count, 1);
    if (outcome == PILOT_MET ||
        s->policy->parameters.readings[PILOT_READING_AREA_MAP] == PILOT_AREA_MAP_ONE_TO_ONE)
        return outcome;
    if (!count) /* what the reading tells of is several */
        return PILOT_NOT_APPLICABLE;
    f->clause = "4.2-4";
    return PILOT_INFO;
}

static const rule rules[] = {
    {{.id = "office_area",
      .clauses = {"4.2-1"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .readings = PILOT_READING_BIT(PILOT_READING_OFFICE_RULE),
      .reads = READS("communities/offices/area_m2", "communities/offices/route",
                     "communities/offices/available_from"),
      .zh = "物业管理用房办公面积达到下限",
      .en = "the property office has at least the minimum area"},
     office_area},
    {{.id = "office_route",
      .clauses = {"4.2-2"},
      .scope = PILOT_SCOPE_OFFICE,
      .soft = true,
      .reads = READS("communities/offices/route"),
      .zh = "用房来源属于列明的途径",
      .en = "the office comes by one of the named ways"},
     office_route},
    {{.id = "one_community",
      .clauses = {"4.2-3"},
      .scope = PILOT_SCOPE_AREA,
      .reads = READS("areas/communities"),
      .zh = "居民区只属一个社区",
      .en = "the area belongs to one community"},
     one_community},
    {{.id = "one_area",
      .clauses = {"4.2-3", "4.2-4"},
      .scope = PILOT_SCOPE_COMMUNITY,
      .readings = PILOT_READING_BIT(PILOT_READING_AREA_MAP),
      .reads = READS("complete", "areas/communities"),
      .zh = "社区只含一个试点居民区",
      .en = "the community has one residential area"},
     one_area},
};
const rule_set pilot_rules_community = RULE_SET("community", rules);
