/* Part two and step one: who takes part. */
#include "notice/counting.h"
#include "rule.h"

#include <string.h>

static bool is_named(const pilot_parameters *p, const char *district)
{
    for (size_t i = 0; i < p->district_count; i++)
        if (strcmp(p->districts[i].id, district) == 0)
            return true;
    return false;
}

/* Whether the district is one of those named, or stands in the place of one by now. */
static bool takes_part(const pilot_subject *s, const char *district)
{
    const pilot_parameters *p = &s->policy->parameters;
    if (is_named(p, district))
        return true;
    for (size_t i = 0; i < p->succession_count; i++) {
        const char *from = p->successions[i].from;
        if (strcmp(p->successions[i].to, district) == 0 && is_named(p, from) &&
            strcmp(pilot_district_on(s->policy, from, s->as_of), district) == 0)
            return true;
    }
    return false;
}

/* Whether the records have the district, or the one that stands in its place by now. */
static bool is_there(const pilot_subject *s, const char *district)
{
    const id_index *districts = &s->city->links.districts;
    if (pilot_find_id(districts, district))
        return true;
    const char *now = pilot_district_on(s->policy, district, s->as_of);
    return now != district && pilot_find_id(districts, now);
}

/* 2-2: each of the named districts takes part, a merged one and its successor together once. A file that
 * may not list all pilots proves no gap. */
static pilot_outcome all_districts(const pilot_subject *s, pilot_finding *f)
{
    const pilot_records *r = pilot_city_records(s->city);
    const pilot_parameters *p = &s->policy->parameters;
    int64_t present = 0;
    for (size_t i = 0; i < p->district_count; i++)
        present += is_there(s, p->districts[i].id);
    pilot_outcome outcome = pilot_at_least(f, PILOT_VALUE_COUNT, present, (int64_t)p->district_count);
    return outcome == PILOT_BREACH && r->complete != PILOT_ANSWER_YES ? pilot_missing(f, "complete")
                                                                      : outcome;
}

/* 2-2: the pilot runs in the named districts only. */
static pilot_outcome district_in_scope(const pilot_subject *s, pilot_finding *f)
{
    if (!s->district->id)
        return pilot_missing(f, "id");
    f->found = (pilot_value){.kind = PILOT_VALUE_WORD, .word = s->district->id};
    return takes_part(s, s->district->id) ? PILOT_MET : PILOT_BREACH;
}

/* 2-3: a district selects so many communities, or areas by reading A-1. */
static pilot_outcome quota(const pilot_subject *s, pilot_finding *f)
{
    if (!s->city)
        return pilot_missing(f, "communities");
    const pilot_records *r = pilot_city_records(s->city);
    bool areas = s->policy->parameters.readings[PILOT_READING_QUOTA_UNIT] == PILOT_QUOTA_UNIT_AREAS;
    size_t count;
    if (areas)
        pilot_areas_in(s->city, s->district, &count);
    else
        pilot_communities_in(s->city, s->district, &count);
    const int64_t selected = (int64_t)count;
    const pilot_residential_area *unplaced = areas ? pilot_unplaced_area(s->city) : NULL;
    if (selected < s->policy->parameters.communities_per_district && r->complete != PILOT_ANSWER_YES)
        return pilot_missing(f, "complete");
    if (selected < s->policy->parameters.communities_per_district && unplaced)
        return pilot_missing_of(f, "areas/communities", unplaced->id);
    return pilot_exactly(f, PILOT_VALUE_COUNT, selected, s->policy->parameters.communities_per_district);
}

/* 2-2: areas are selected in the pilot's year. */
static pilot_outcome selected_in_year(const pilot_subject *s, pilot_finding *f)
{
    const pilot_step *selection = &s->area->steps.selection;
    const pilot_answer done = pilot_step_done_by(selection, s->as_of);
    const int32_t pilot_year = s->policy->parameters.pilot_year;
    int32_t year;
    if (done == PILOT_ANSWER_UNKNOWN)
        return pilot_missing(f, "steps/selection");
    f->due = (pilot_opt_date){pilot_month_last_day(pilot_year_last_month(pilot_year)), true};
    if (done == PILOT_ANSWER_YES) {
        pilot_date_parts(selection->date, &year, NULL, NULL);
        return pilot_exactly(f, PILOT_VALUE_COUNT, year, pilot_year);
    }
    f->found = (pilot_value){.kind = PILOT_VALUE_WORD, .word = "not_done"};
    f->required = (pilot_value){.kind = PILOT_VALUE_DATE, .number = f->due.value};
    return s->as_of <= f->due.value ? PILOT_PENDING : PILOT_BREACH;
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

/* 5.1-3: its owners are willing. */
static pilot_outcome owners_willing(const pilot_subject *s, pilot_finding *f)
{
    return pilot_is_yes(f, s->area->owners_willing, "owners_willing");
}

/* 5.1-5: it was remediated before, or is being remediated this year. */
static pilot_outcome remediation_branch(const pilot_subject *s, pilot_finding *f)
{
    if (s->area->branch == PILOT_BRANCH_UNKNOWN)
        return pilot_missing(f, "branch");
    return s->area->branch == PILOT_BRANCH_NEITHER ? PILOT_BREACH : PILOT_MET;
}

#define SUCCESSION_READINGS                                                                             \
    (PILOT_READING_BIT(PILOT_READING_DISTRICT_SUCCESSION) |                                             \
     PILOT_READING_BIT(PILOT_READING_SUCCESSION_FROM))

static const rule rules[] = {
    {{.id = "all_districts",
      .clauses = {"2-2"},
      .scope = PILOT_SCOPE_CITY,
      .due = PILOT_DUE_SELECTION,
      .readings = SUCCESSION_READINGS,
      .reads = READS("complete", "districts/id"),
      .zh = "列名城区均参加试点",
      .en = "all the named districts take part",
      .counts_zh = "个城区",
      .counts_en = "districts"},
     all_districts},
    {{.id = "district_in_scope",
      .clauses = {"2-2"},
      .scope = PILOT_SCOPE_DISTRICT,
      .readings = SUCCESSION_READINGS,
      .reads = READS("districts/id"),
      .zh = "试点限于列名城区",
      .en = "the pilot is confined to the named districts"},
     district_in_scope},
    {{.id = "quota",
      .clauses = {"2-3", "5.1-3"},
      .scope = PILOT_SCOPE_DISTRICT,
      .due = PILOT_DUE_SELECTION,
      .readings = PILOT_READING_BIT(PILOT_READING_QUOTA_UNIT),
      .reads = READS("complete", "communities/district", "areas/communities"),
      .zh = "每个城区按规定数量选取试点",
      .en = "each district selects the number laid down",
      .counts_zh = "个",
      .counts_en = "pilots"},
     quota},
    {{.id = "selected_in_year",
      .clauses = {"2-2"},
      .scope = PILOT_SCOPE_AREA,
      .due = PILOT_DUE_OWN,
      .reads = READS("areas/steps/selection"),
      .zh = "在试点年度内选点",
      .en = "the area is selected in the pilot's year",
      .counts_zh = "年"},
     selected_in_year},
    {{.id = "open_layout",
      .clauses = {"2-4", "5.1-3"},
      .scope = PILOT_SCOPE_AREA,
      .due = PILOT_DUE_SELECTION,
      .reads = READS("areas/layout_at_selection"),
      .zh = "选点时为开放式居民区",
      .en = "the area is open when it is selected"},
     open_layout},
    {{.id = "old_area",
      .clauses = {"2-4"},
      .scope = PILOT_SCOPE_AREA,
      .due = PILOT_DUE_SELECTION,
      .reads = READS("areas/old"),
      .zh = "属老旧居民区",
      .en = "the area is an old residential area"},
     old_area},
    {{.id = "owners_willing",
      .clauses = {"5.1-3"},
      .scope = PILOT_SCOPE_AREA,
      .due = PILOT_DUE_SELECTION,
      .reads = READS("areas/owners_willing"),
      .zh = "业主有意愿、愿配合",
      .en = "the owners are willing and cooperate"},
     owners_willing},
    {{.id = "remediation_branch",
      .clauses = {"5.1-5"},
      .scope = PILOT_SCOPE_AREA,
      .due = PILOT_DUE_SELECTION,
      .reads = READS("areas/branch"),
      .zh = "已完成或当年正在进行综合整治",
      .en = "the area has been remediated or is being remediated this year"},
     remediation_branch},
};
const rule_set pilot_rules_siting = RULE_SET("siting", rules);
