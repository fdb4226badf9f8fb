/* What links a city's records: made once when they are all there, so that no rule walks a list again for
 * each of the records that ask for it. */
#ifndef PILOT_LINKS_H
#define PILOT_LINKS_H

#include "cover.h"
#include "record/index.h"
#include "pilot/city.h"

/* Records by the one that they belong to: of number i, items[start[i]] up to items[start[i + 1]]. */
typedef struct grouping {
    const void **items;
    size_t *start;
} grouping;

/* What an area's offers come to (5.4-2b). */
typedef struct offer_facts {
    int64_t prices;  /* that differ */
    int64_t cheaper; /* pairs of one provider's of which the better grade is the cheaper */
    bool graded;     /* a provider offers two grades */
} offer_facts;

/* The order in which overlaps of charges show (4.4-3), for each option of the reading duplicate_key: by
 * dwelling, by what is one fee, by first month; then as listed. */
typedef int (*pilot_charge_order)(const void *left, const void *right);
#define PILOT_CHARGE_ORDERS 3
extern const pilot_charge_order pilot_charge_orders[PILOT_CHARGE_ORDERS];
/* Whether two charges are of one fee in the meaning of the order. */
bool pilot_same_fee(pilot_charge_order order, const pilot_charge *a, const pilot_charge *b);

typedef struct area_links {
    const pilot_charge **charges[PILOT_CHARGE_ORDERS];
    /* Counted votes on the use of common parts, by day and then as listed. */
    const pilot_vote **consents;
    size_t consent_count;
    covers covers;
    offer_facts offers;
} area_links;

typedef struct city_links {
    id_index districts, communities, areas, menus;
    grouping areas_of;                      /* communities that they name */
    grouping communities_in;                /* districts */
    grouping areas_in;                      /* districts, of the first community that they name */
    const pilot_residential_area *unplaced; /* the first of which no community is known; NULL: none */
    const pilot_step *assessed;             /* of community i: its first assessment with a result */
    area_links *of_areas;
} city_links;

/* False when memory runs out. */
bool pilot_links_make(city_links *links, arena *memory, const pilot_records *records);

/* The record's number in its list; count where it is none of them. */
size_t pilot_number_in(const void *items, size_t size, size_t count, const void *item);

#endif
