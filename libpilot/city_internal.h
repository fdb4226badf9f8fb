#ifndef PILOT_CITY_INTERNAL_H
#define PILOT_CITY_INTERNAL_H

#include "pilot/city.h"
#include "record.h"

struct pilot_city {
    arena memory; /* of everything below */
    pilot_records records;
    /* The areas of community i: areas[start[i]] up to areas[start[i + 1]]. */
    const pilot_residential_area **areas;
    size_t *start;
};

/* The city file. Its lists stand in the order in which they refer to each other, each to earlier ones.
 */
extern const record pilot_city_record;

/* Makes what links the records once they are all there; false when memory runs out. */
bool pilot_city_link(pilot_city *city);

/* A layout changes on the day an area is enclosed. */
pilot_layout pilot_layout_on(const pilot_residential_area *area, pilot_date day);

/* Whether the step is known to have been done by the day; UNKNOWN where nothing is known. */
pilot_answer pilot_step_done_by(const pilot_step *step, pilot_date day);

#endif
