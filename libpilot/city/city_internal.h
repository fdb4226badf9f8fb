#ifndef PILOT_CITY_INTERNAL_H
#define PILOT_CITY_INTERNAL_H

#include "links.h"
#include "pilot/city.h"
#include "record/record.h"
#include "base/stop.h"

struct pilot_city {
    arena memory; /* of everything below */
    pilot_records records;
    city_links links;
};

/* The city file. Its lists stand in the order in which they refer to each other, each to earlier ones.
 */
extern const record pilot_city_record;
extern const container pilot_city_container;
extern const record pilot_residential_area_record;
extern const record pilot_district_record;

/* The nine items of a remediation: a record of answers, and their keys as words. */
extern const record pilot_remediation_record;
extern const words pilot_remediation_words;

extern const words pilot_public_service_words, pilot_layout_words;

extern const record pilot_handover_record;

/* The first community that the area names, which counts it; NULL where none is known. */
const pilot_community *pilot_first_community(const pilot_residential_area *area);

/* pilot_residential_area_claim of an area that has been checked. */
pilot_status pilot_claim_of(const pilot_policy *policy, const pilot_residential_area *area,
                            pilot_date as_of, pilot_claim *claim);

/* The links of an area of the city; NULL for a NULL city or an area of another. */
const area_links *pilot_links_of_area(const pilot_city *city, const pilot_residential_area *area);

/* The communities of a district, and the areas that name one of them first; *count is 0 for a district
 * of another city. */
const pilot_community *const *pilot_communities_in(const pilot_city *city,
                                                   const pilot_district *district, size_t *count);
const pilot_residential_area *const *pilot_areas_in(const pilot_city *city,
                                                    const pilot_district *district, size_t *count);

/* The first area that does not say which communities it belongs to; NULL where each does. */
const pilot_residential_area *pilot_unplaced_area(const pilot_city *city);

/* Key of what has to be known of an area for its award and is not, or of the entry that is not done;
 * NULL where nothing is missing. It begins with "areas/", or with "communities/" where it is its first
 * community's; *of is the id of the one. */
const char *pilot_residential_area_lacks(const pilot_policy *policy, const pilot_residential_area *area,
                                         pilot_date as_of, const char **of);

/* Days from one day to another, which may be any numbers: as many as fit. */
static inline int32_t pilot_days_between(pilot_date from, pilot_date to)
{
    const int64_t days = (int64_t)to - from;
    return days > INT32_MAX ? INT32_MAX : days < INT32_MIN ? INT32_MIN : (int32_t)days;
}

/* pilot_city_award, without a receipt, until stopped. community: NULL: of all areas. Errors: STOPPED,
 * OVERFLOW. */
pilot_status pilot_city_sum(const pilot_policy *policy, const pilot_city *city,
                            const pilot_community *community, pilot_date as_of, stopping *stop,
                            pilot_award_sum *sum);

/* A layout changes on the day an area is enclosed. */
pilot_layout pilot_layout_on(const pilot_residential_area *area, pilot_date day);

/* Whether the step is known to have been done by the day; UNKNOWN where nothing is known. */
static inline pilot_answer pilot_step_done_by(const pilot_step *step, pilot_date day)
{
    return step->done == PILOT_ANSWER_YES && step->date > day ? PILOT_ANSWER_NO : step->done;
}

/* Whether a vote passed: as its totals have it by the law of its day, else as it is said. Not known
 * where it is said to have failed and the totals pass. */
typedef struct vote_answer {
    pilot_answer passed;
    const char *missing;    /* key of the evidence, where it is not known */
    const char *failed;     /* the threshold that the totals fail first; NULL where none decided so */
    pilot_value_kind kind;  /* of what it is reached with */
    pilot_vote_check check; /* of it */
} vote_answer;
vote_answer pilot_vote_answer(const pilot_policy *policy, const pilot_vote *vote);

/* The first vote on the matter that did not fail; contracts' first signature; the first assessment with
 * a result. NO where the list is known and has none. A list of which a date is missing: UNKNOWN. */
pilot_step pilot_vote_step(const pilot_policy *policy, const pilot_residential_area *area,
                           pilot_matter matter);
pilot_step pilot_contract_step(const pilot_residential_area *area);
pilot_step pilot_assessment_step(const pilot_community *community);
/* The same of a community, by the city's links where it is of the city. */
pilot_step pilot_assessed(const pilot_city *city, const pilot_community *community);

#endif
