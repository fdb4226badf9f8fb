/* Which contract of an area a charge was made under (4.3-2): what a contract's choice from its menu has.
 */
#ifndef PILOT_COVER_H
#define PILOT_COVER_H

#include "base/arena.h"
#include "pilot/city.h"

/* What a contract chose that has a price by itself, under one of the names that a charge can have for
 * it: a service chosen by itself, all that was chosen, or the package. */
typedef enum cover_part { COVER_PACKAGE, COVER_ALL, COVER_ITEM } cover_part;
typedef struct cover {
    const char *service; /* the name */
    const pilot_contract *contract;
    const pilot_menu_item *item; /* COVER_ITEM */
    cover_part part;
} cover;

/* An area's covers in an order in which few comparisons find a charge's. */
typedef struct covers {
    const cover **sorted;
    size_t count;
    pilot_month unchosen; /* the first month in which a contract names a menu and not its choice */
} covers;

/* The order comes from memory; false when it or scratch runs out. */
bool pilot_covers_make(covers *made, arena *memory, arena *scratch, const pilot_residential_area *area);

/* What was chosen by the contract that the charge was made under: of those that have it, the last that
 * was signed by its first month. False with *missing the key of what would have to be known to tell, or
 * NULL where none has it. known: the area's, or NULL, which walks its contracts. */
bool pilot_cover_of(const covers *known, const pilot_residential_area *area, const pilot_charge *charge,
                    cover *found, const char **missing);

pilot_selection pilot_cover_selection(const cover *c);

#endif
