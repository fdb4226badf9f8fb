/* Part two and step one: who takes part. */
#include "rule.h"

#include <string.h>

static bool takes_part(const pilot_parameters *policy, const char *district)
{
    for (size_t i = 0; i < policy->district_count; i++)
        if (strcmp(policy->districts[i].id, district) == 0)
            return true;
    return false;
}

/* 2-2: each of the named districts takes part. A file that may not list all pilots proves no gap. */
static pilot_outcome all_districts(const pilot_subject *s, pilot_finding *f)
{
    const pilot_records *r = pilot_city_records(s->city);
    int64_t present = 0;
    for (size_t i = 0; i < r->district_count; i++)
        present += takes_part(&s->policy->parameters, r->districts[i].id);
    pilot_outcome outcome =
        pilot_at_least(f, PILOT_VALUE_COUNT, present, (int64_t)s->policy->parameters.district_count);
    return outcome == PILOT_BREACH && r->complete != PILOT_ANSWER_YES ? pilot_missing(f, "complete")
                                                                      : outcome;
}

/* 2-2: the pilot runs in the named districts only. */
static pilot_outcome district_in_scope(const pilot_subject *s, pilot_finding *f)
{
    f->found = (pilot_value){PILOT_VALUE_WORD, 0, s->district->id};
    return takes_part(&s->policy->parameters, s->district->id) ? PILOT_MET : PILOT_BREACH;
}

/* 2-3: a district selects so many communities, or areas by reading A-1. */
static pilot_outcome quota(const pilot_subject *s, pilot_finding *f)
{
    if (!s->city)
        return pilot_missing(f, "communities");
    const pilot_records *r = pilot_city_records(s->city);
    bool areas = s->policy->parameters.readings[PILOT_READING_QUOTA_UNIT] == PILOT_QUOTA_AREAS;
    int64_t selected = 0;
    for (size_t i = 0; !areas && i < r->community_count; i++)
        selected += r->communities[i].district == s->district;
    for (size_t i = 0; areas && i < r->area_count; i++)
        selected += r->areas[i].community_count && r->areas[i].communities[0]->district == s->district;
    if (selected < s->policy->parameters.communities_per_district && r->complete != PILOT_ANSWER_YES)
        return pilot_missing(f, "complete");
    return pilot_exactly(f, PILOT_VALUE_COUNT, selected, s->policy->parameters.communities_per_district);
}

/* 2-2: areas are selected in the pilot's year. */
static pilot_outcome selected_in_year(const pilot_subject *s, pilot_finding *f)
{
    const pilot_step *selection = &s->area->steps.selection;
    int32_t year;
    if (pilot_step_done_by(selection, s->as_of) != PILOT_ANSWER_YES)
        return pilot_missing(f, "steps/selection");
    pilot_date_parts(selection->date, &year, NULL, NULL);
    return pilot_exactly(f, PILOT_VALUE_COUNT, year, s->policy->parameters.pilot_year);
}

/* 2-4: what is selected is open, by its layout when it was selected. */
static pilot_outcome open_layout(const pilot_subject *s, pilot_finding *f)
{
    if (s->area->layout_at_selection == PILOT_LAYOUT_UNKNOWN)
        return pilot_missing(f, "layout_at_selection");
    bool open = s->area->layout_at_selection == PILOT_LAYOUT_OPEN;
    pilot_found_word(f, open ? "open" : "closed", "open");
    return open ? PILOT_MET : PILOT_BREACH;
}

/* 2-4: and old; the notice has no test of age, so this is as recorded. */
static pilot_outcome old_area(const pilot_subject *s, pilot_finding *f)
{
    return pilot_is_yes(f, s->area->old, "old");
}

static const rule rules[] = {
    {{"all_districts",
      {"2-2"},
      PILOT_SCOPE_CITY,
      false,
      false,
      0,
      "五个城区均参加试点",
      "all the named districts take part"},
     all_districts},
    {{"district_in_scope",
      {"2-2"},
      PILOT_SCOPE_DISTRICT,
      false,
      false,
      0,
      "试点只在列名的城区开展",
      "the pilot runs in the named districts only"},
     district_in_scope},
    {{"quota",
      {"2-3", "5.1-3"},
      PILOT_SCOPE_DISTRICT,
      false,
      false,
      PILOT_READING_BIT(PILOT_READING_QUOTA_UNIT),
      "每个城区按名额选取试点",
      "each district selects its quota"},
     quota},
    {{"selected_in_year",
      {"2-2"},
      PILOT_SCOPE_AREA,
      false,
      false,
      0,
      "在试点年度内选点",
      "the area is selected in the pilot's year"},
     selected_in_year},
    {{"open_layout",
      {"2-4", "5.1-3"},
      PILOT_SCOPE_AREA,
      false,
      false,
      0,
      "选点时为开放式居民区",
      "the area is open when it is selected"},
     open_layout},
    {{"old_area",
      {"2-4"},
      PILOT_SCOPE_AREA,
      false,
      false,
      0,
      "属于老旧居民区",
      "the area is an old one"},
     old_area},
};
const rule_set pilot_rules_siting = RULE_SET(rules);
