/* The money of public services outside the gate: what follows a service that is handed down to street
 * and community (3.2-5c, 3.2-5d, 4.3-5 to 4.3-9), and what passes between the public budget and the
 * owners when an area is enclosed or opened again (1-4, 5.2-5). Yearly amounts are fen a year. */
#ifndef PILOT_OUTSIDE_H
#define PILOT_OUTSIDE_H

#include "duty.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Whether duty and money moved together (3.2-5d, 4.3-5). */
typedef enum pilot_movement {
    PILOT_MOVEMENT_UNKNOWN = 0,
    PILOT_MOVED_NEITHER = 1,
    PILOT_MOVED_BOTH = 2,
    PILOT_MOVED_DUTY_ALONE = 3,
    PILOT_MOVED_MONEY_ALONE = 4,
} pilot_movement;

/* Where the parts of city and district come from. */
typedef enum pilot_parts {
    PILOT_PARTS_UNKNOWN = 0,
    PILOT_PARTS_RECORDED = 1,
    PILOT_PARTS_BY_SHARE = 2, /* the caller's; the notice has none */
} pilot_parts;

/* The money of one hand-over. */
typedef struct pilot_handover_money {
    pilot_public_service service;
    pilot_movement moved;
    pilot_opt_money former_budget;
    pilot_opt_money reduced_budget;
    pilot_opt_money transfer;
    pilot_opt_money cut;        /* former_budget - reduced_budget; negative where the budget grew */
    pilot_opt_money difference; /* cut - transfer */
    pilot_answer zero_sum;      /* the difference is within the policy's transfer_tolerance (4.3-9) */
    pilot_parts parts;
    pilot_opt_money city; /* part of the transfer (4.3-8) */
    pilot_opt_money district;
    pilot_answer parts_agree; /* the two add up to the transfer */
} pilot_handover_money;

/* The money of one hand-over on the day. The parts are those recorded where either is; else, where
 * city_share is given, the city's is floor(transfer * city_share) and the district's the rest.
 * city_share: {0, 0} is none given; the reward's share is never taken for it.
 * error may be NULL; its path is the key: "/former_budget_yuan", "/city_share".
 * Errors: ARGUMENT (a NULL, or a number that is no service), RANGE (a negative amount, not a share, not
 * a date), OVERFLOW. */
PILOT_API pilot_status pilot_handover_compute(const pilot_policy *policy, const pilot_handover *handover,
                                              pilot_share city_share, pilot_date as_of,
                                              pilot_handover_money *money, pilot_error *error);

/* The hand-overs of a community together. Money is summed over those whose cut and transfer are both
 * known; the others are counted as unknown. Sets of services are bits, 1 << pilot_public_service. */
typedef struct pilot_handover_sum {
    int64_t counted;
    int64_t unknown;
    pilot_money former_budget, reduced_budget, transfer, cut;
    pilot_money difference; /* cut - transfer */
    pilot_answer zero_sum;  /* of the sums; UNKNOWN where a hand-over is, or the list is not known */
    pilot_money city, district;
    pilot_money undivided; /* transfer - city - district: nobody's part as far as is known */
    uint32_t missing;      /* of the six: not handed down by the day (3.2-5b, 4.3-4) */
    uint32_t open;         /* of the six: not known whether */
    uint32_t duty_alone;   /* the duty moved without its money */
    uint32_t money_alone;  /* and the money without the duty */
    pilot_money unfunded;  /* transfers of duty_alone, as far as they are known */
} pilot_handover_sum;

/* A public service at a place, and what it costs there. */
typedef struct pilot_outside_item {
    pilot_public_service service;
    pilot_place place;
    pilot_money yearly; /* 0 or more */
} pilot_outside_item;

/* An area whose layout changes, which moves its gate (1-4, 5.2-5). */
typedef struct pilot_enclosure {
    pilot_layout before, after;
    pilot_layout at_selection; /* what the gate follows under gate_layout = as_selected */
    pilot_opt_date changed_on; /* needed for year alone */
    pilot_opt_int year;        /* a calendar year to prorate to */
    pilot_opt_count households;
    pilot_opt_area building_area; /* 0.01 m² */
    const pilot_outside_item *items;
    size_t item_count;
} pilot_enclosure;

/* Who bears an item before and after: the public budget outside the gate, the owners inside it. */
typedef enum pilot_shift {
    PILOT_SHIFT_UNKNOWN = 0, /* the side before or after is not known */
    PILOT_STAYS_PUBLIC = 1,
    PILOT_STAYS_OWNERS = 2,
    PILOT_TO_OWNERS = 3,
    PILOT_TO_PUBLIC = 4, /* when an area is opened again */
} pilot_shift;
#define PILOT_SHIFT_COUNT 5

typedef struct pilot_item_shift {
    pilot_outside_item item;
    pilot_side before, after;
    pilot_shift shift;
} pilot_item_shift;

/* The items by what becomes of them, fen a year; the five add up to all items. */
typedef struct pilot_shift_sum {
    pilot_money of[PILOT_SHIFT_COUNT];
    int64_t unknown_items;
} pilot_shift_sum;

#define PILOT_GATE_LAYOUT_COUNT 2 /* options of the reading gate_layout */
typedef struct pilot_enclosure_sum {
    pilot_shift_sum sum;                            /* as the policy reads the gate */
    pilot_shift_sum under[PILOT_GATE_LAYOUT_COUNT]; /* and under each option */
    uint32_t readings; /* PILOT_READING_BIT bits: of those on which what moves depends */
    /* Of what moves, in whichever direction, half up; known where the count is, and is not 0. */
    pilot_opt_money per_dwelling;     /* fen a year */
    pilot_opt_price per_square_metre; /* 0.0001 yuan a year */
    /* Known where a year is asked for. A month counts when it begins on the day of the change or later.
     */
    pilot_opt_count months;  /* of that year */
    pilot_opt_money in_year; /* fen: what moves times months / 12, half up */
} pilot_enclosure_sum;

typedef enum pilot_party {
    PILOT_PARTY_FORMER_PROVIDER = 0,
    PILOT_PARTY_STREET_AND_COMMUNITY = 1,
    PILOT_PARTY_CITY = 2,
    PILOT_PARTY_DISTRICT = 3,
    PILOT_PARTY_PUBLIC = 4, /* city and district, where it is not known which of them */
    PILOT_PARTY_OWNERS = 5,
} pilot_party;
#define PILOT_PARTY_COUNT 6

typedef struct pilot_outside {
    pilot_date as_of;
    const pilot_handover *handovers; /* of a community; NULL: not known */
    size_t handover_count;
    pilot_share city_share; /* as for pilot_handover_compute */
    pilot_enclosure enclosure;
} pilot_outside;

/* What each party has more (or less, negative) a year than before; the six add up to 0. Of the
 * hand-overs that are summed: the former provider gives up the cut, to the public budget that paid it;
 * city and district pay their parts of the transfer, and the public budget what is nobody's part. Of the
 * enclosure: what moves to the owners they pay in place of the public budget, and the other way round.
 */
typedef struct pilot_outside_result {
    pilot_receipt receipt;
    pilot_handover_sum handovers;
    pilot_enclosure_sum enclosure;
    pilot_money ledger[PILOT_PARTY_COUNT];
    size_t handover_count, item_count; /* rows that there are */
} pilot_outside_result;

/* Hand-overs and enclosure together (3.2-5c, 3.2-5d, 4.3-5 to 4.3-9, A-9). handovers: NULL, or room for
 * outside->handover_count rows; items: NULL, or room for outside->enclosure.item_count.
 * error may be NULL; its path is that of the JSON form: "/handovers/2/transferred_yuan",
 * "/enclosure/items/0/yuan", "/enclosure/changed_on".
 * Errors: ARGUMENT (a NULL, a list without its pointer, or a number that is no enum value), RANGE (a
 * negative amount or count, not a share, a date or year outside 1900..2200), MISSING_VALUE (a year
 * without the day of the change), OVERFLOW. */
PILOT_API pilot_status pilot_outside_compute(const pilot_policy *policy, const pilot_outside *outside,
                                             pilot_outside_result *result,
                                             pilot_handover_money *handovers, pilot_item_shift *items,
                                             pilot_error *error);

/* What pilot_outside_parse (json.h) has read. NULL is fine for free; the file owns what is returned. */
typedef struct pilot_outside_file pilot_outside_file;
PILOT_API const pilot_outside *pilot_outside_of(const pilot_outside_file *file);
PILOT_API void pilot_outside_free(pilot_outside_file *file);

/* handovers, items: NULL leaves them out, or as many as the result counts. */
PILOT_API pilot_status pilot_outside_result_write(const pilot_outside_result *result,
                                                  const pilot_handover_money *handovers,
                                                  const pilot_item_shift *items, pilot_json_style style,
                                                  char **text);

PILOT_WORDED(pilot_movement, pilot_movement); /* "duty_alone" */
PILOT_WORDED(pilot_parts, pilot_parts);       /* "by_share" */
PILOT_WORDED(pilot_shift, pilot_shift);       /* "to_owners" */
PILOT_WORDED(pilot_party, pilot_party);       /* "former_provider" */

#ifdef __cplusplus
}
#endif
#endif
