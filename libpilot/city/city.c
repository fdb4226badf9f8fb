#include "city_internal.h"

#include "base/base_internal.h"

#include <stdlib.h>
#include <string.h>

/* Makes what links the records once they are all there. */
static pilot_status finish_city(void *made, problems *to)
{
    pilot_city *city = made;
    return pilot_links_make(&city->links, &city->memory, &city->records) ? PILOT_OK
                                                                         : pilot_no_memory(to);
}

const container pilot_city_container = {.type = &pilot_city_record,
                                        .size = sizeof(pilot_city),
                                        .record = offsetof(pilot_city, records),
                                        .memory = offsetof(pilot_city, memory),
                                        .finish = finish_city};

void pilot_city_free(pilot_city *city)
{
    pilot_container_free(&pilot_city_container, city);
}

const pilot_records *pilot_city_records(const pilot_city *city)
{
    return &city->records;
}

static size_t number_of_community(const pilot_city *city, const pilot_community *community)
{
    const pilot_records *r = &city->records;
    return pilot_number_in(r->communities, sizeof *r->communities, r->community_count, community);
}

static const void *const *group_of(const grouping *g, size_t groups, size_t i, size_t *count)
{
    *count = i < groups ? g->start[i + 1] - g->start[i] : 0;
    return *count ? g->items + g->start[i] : g->items;
}

const pilot_residential_area *const *pilot_city_areas_of(const pilot_city *city,
                                                         const pilot_community *community, size_t *count)
{
    return (const pilot_residential_area *const *)group_of(&city->links.areas_of,
                                                           city->records.community_count,
                                                           number_of_community(city, community), count);
}

static const void *const *in_district(const pilot_city *city, const grouping *g,
                                      const pilot_district *district, size_t *count)
{
    const pilot_records *r = &city->records;
    return group_of(g, r->district_count,
                    pilot_number_in(r->districts, sizeof *r->districts, r->district_count, district),
                    count);
}

const pilot_community *const *pilot_communities_in(const pilot_city *city,
                                                   const pilot_district *district, size_t *count)
{
    return (const pilot_community *const *)in_district(city, &city->links.communities_in, district,
                                                       count);
}

const pilot_residential_area *const *pilot_areas_in(const pilot_city *city,
                                                    const pilot_district *district, size_t *count)
{
    return (const pilot_residential_area *const *)in_district(city, &city->links.areas_in, district,
                                                              count);
}

const area_links *pilot_links_of_area(const pilot_city *city, const pilot_residential_area *area)
{
    if (!city)
        return NULL;
    const pilot_records *r = &city->records;
    size_t i = pilot_number_in(r->areas, sizeof *r->areas, r->area_count, area);
    return i < r->area_count ? &city->links.of_areas[i] : NULL;
}

const pilot_residential_area *pilot_unplaced_area(const pilot_city *city)
{
    return city->links.unplaced;
}

pilot_step pilot_assessed(const pilot_city *city, const pilot_community *community)
{
    size_t i = city ? number_of_community(city, community) : 0;
    return city && i < city->records.community_count ? city->links.assessed[i]
                                                     : pilot_assessment_step(community);
}

const pilot_community *pilot_city_find_community(const pilot_city *city, const char *id)
{
    return id ? pilot_find_id(&city->links.communities, id) : NULL;
}

const pilot_residential_area *pilot_city_find_area(const pilot_city *city, const char *id)
{
    return id ? pilot_find_id(&city->links.areas, id) : NULL;
}

const pilot_menu *pilot_city_find_menu(const pilot_city *city, const char *id)
{
    return id ? pilot_find_id(&city->links.menus, id) : NULL;
}

const pilot_community *pilot_first_community(const pilot_residential_area *area)
{
    return pilot_listed(area->communities, area->community_count) ? area->communities[0] : NULL;
}
