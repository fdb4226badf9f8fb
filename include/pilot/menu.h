/* Menus of services inside the gate (4.3-3, 5.4-2, 5.4-2b): what each service costs at each grade, what
 * a choice from the menu costs on given premises, what a dwelling is billed, and which of several offers
 * is the cheapest. The notice has no price formula: prices, what they are per, and the rounding are the
 * menu's own.
 *
 * Calculations allocate nothing. Sums are kept exact and rounded as the rounding rule says; the lines of
 * a result always add up to its total. A menu never changes once made. */
#ifndef PILOT_MENU_H
#define PILOT_MENU_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a service is, whatever a menu calls it. */
typedef enum pilot_service_kind {
    PILOT_SERVICE_MANAGEMENT = 1,
    PILOT_SERVICE_CLEANING = 2,
    PILOT_SERVICE_ORDER = 3, /* guarding included */
    PILOT_SERVICE_GREENING = 4,
    PILOT_SERVICE_SHARED_EQUIPMENT = 5,
    PILOT_SERVICE_LIFT = 6,
    PILOT_SERVICE_FIRE_CONTROL = 7,
    PILOT_SERVICE_OTHER = 8,
} pilot_service_kind;

/* What a price is paid for, each month. */
typedef enum pilot_menu_basis {
    PILOT_MENU_NO_BASIS = 0,
    PILOT_MENU_PER_SQUARE_METRE = 1, /* of building area */
    PILOT_MENU_PER_HOUSEHOLD = 2,
    PILOT_MENU_PER_BUILDING = 3,
    PILOT_MENU_FIXED = 4, /* for the premises as a whole */
} pilot_menu_basis;
#define PILOT_MENU_BASIS_COUNT 5

/* What an amount is rounded to. */
typedef enum pilot_rounding_unit {
    PILOT_TO_FEN = 0,
    PILOT_TO_JIAO = 1, /* 0.10 yuan */
    PILOT_TO_YUAN = 2,
} pilot_rounding_unit;

/* What is rounded. */
typedef enum pilot_rounding_step {
    PILOT_ROUND_BILL = 0,  /* the whole bill, once */
    PILOT_ROUND_MONTH = 1, /* each month's bill */
    PILOT_ROUND_LINE = 2,  /* each line of the bill, for all its months */
    /* Each line's month half up to four decimals of a yuan, as a property system stores it; then the
     * line for all its months, by the mode, to the unit. */
    PILOT_ROUND_FOUR_DECIMALS = 3,
} pilot_rounding_step;

/* Zero-initialised: half up to the fen, once a bill. */
typedef struct pilot_rounding_rule {
    pilot_rounding mode;
    pilot_rounding_unit unit;
    pilot_rounding_step step;
} pilot_rounding_rule;

/* One service at one grade: an item of a package, or of a choice. */
typedef struct pilot_menu_item {
    const char *service; /* id */
    int64_t grade;       /* 1 or more */
} pilot_menu_item;

typedef struct pilot_menu_grade {
    int64_t grade;     /* 1 or more; which end is best is the menu's to say */
    pilot_price price; /* per unit of the service's basis and month */
} pilot_menu_grade;

typedef struct pilot_menu_service {
    const char *id;
    const char *name; /* for people; may be NULL */
    pilot_service_kind kind;
    pilot_menu_basis basis;
    const pilot_menu_grade *grades; /* one or more, in any order */
    size_t grade_count;
} pilot_menu_service;

/* A named combination. It costs its price where it has one, else the sum of its items less the discount,
 * where it has that. */
typedef struct pilot_menu_package {
    const char *id;
    const char *name;           /* for people; may be NULL */
    pilot_answer comprehensive; /* yes: it has every service of the menu */
    const pilot_menu_item *items;
    size_t item_count;
    pilot_opt_price price; /* 0.0001 yuan per unit of the basis and month */
    pilot_menu_basis basis;
    pilot_share discount; /* off the items' sum; zero-initialised: none */
} pilot_menu_package;

#define PILOT_MENU_SERVICES_MAX 64
#define PILOT_MENU_GRADES_MAX 100            /* of a service */
#define PILOT_MENU_PACKAGES_MAX 1000         /* of a menu */
#define PILOT_DISCOUNT_DENOMINATOR_MAX 10000 /* 0.01 % */

/* What a menu says. */
typedef struct pilot_price_list {
    const char *id;
    const char *name;          /* for people; may be NULL */
    pilot_opt_date valid_from; /* in force from this day; not known: from ever */
    pilot_opt_date valid_to;   /* to this day, included; not known: until further notice */
    pilot_answer best_is_low;  /* yes: grade 1 is the best; no: the highest grade is */
    pilot_rounding_rule rounding;
    const pilot_menu_service *services; /* 1 to PILOT_MENU_SERVICES_MAX */
    size_t service_count;
    const pilot_menu_package *packages;
    size_t package_count;
} pilot_price_list;

typedef struct pilot_menu pilot_menu;

/* A menu of these prices, which are copied. Release with pilot_menu_free. error may be NULL; its path is
 * that of the menu's JSON form.
 * Errors: ARGUMENT (a NULL list or text), MEMORY, RANGE (a grade below 1, a price below 0, a date, word
 * or discount outside what it may be, too many services, grades or packages), ORDER (valid_to before
 * valid_from), MISSING_VALUE (an empty id; which grade is best is not known; no service, grade or item;
 * a price without a basis), DUPLICATE_ID (a service, a package, a service's grade or a package's service
 * twice), DANGLING_ID (a package's service or grade that the menu does not have), INCONSISTENT (a
 * package with price and discount, a basis without a price, or one that is comprehensive and leaves a
 * service out).
 */
PILOT_API pilot_status pilot_menu_new(const pilot_price_list *list, pilot_menu **menu,
                                      pilot_error *error);
/* NULL is fine. */
PILOT_API void pilot_menu_free(pilot_menu *menu);
/* The menu owns what is returned. */
PILOT_API const pilot_price_list *pilot_menu_prices(const pilot_menu *menu);

PILOT_WORDED(pilot_service_kind, pilot_service_kind);   /* "management" */
PILOT_WORDED(pilot_menu_basis, pilot_menu_basis);       /* "square_metre_month" */
PILOT_WORDED(pilot_rounding_unit, pilot_rounding_unit); /* "jiao" */
PILOT_WORDED(pilot_rounding_step, pilot_rounding_step); /* "bill" */

/* Where a menu's prices are not in keeping with quality (5.4-2b). */
typedef enum pilot_price_fault {
    PILOT_BETTER_IS_CHEAPER = 1,  /* a service costs less at the next better grade */
    PILOT_SINGLE_PRICE_LEVEL = 2, /* no service has two prices, nor do two packages of a price each */
} pilot_price_fault;
PILOT_WORDED(pilot_price_fault, pilot_price_fault); /* "better_is_cheaper" */

typedef struct pilot_price_violation {
    pilot_price_fault fault;
    const char *service; /* id, which the menu owns; NULL: the menu as a whole */
    int64_t grade, better_grade;
    pilot_price price, better_price;
} pilot_price_violation;

/* 5.4-2b: for each service a better grade never costs less, and the menu has two price levels or more.
 * *count is the number of violations, 0 where all is well; an equal price is none. violations: NULL, or
 * room for capacity of them, in the order of the services and their grades. Errors: ARGUMENT, CAPACITY.
 */
PILOT_API pilot_status pilot_menu_check_prices(const pilot_menu *menu, pilot_price_violation *violations,
                                               size_t capacity, size_t *count);

/* What is chosen: a package, services by themselves, or both where they do not overlap. */
typedef struct pilot_selection {
    const char *package; /* id; NULL: none */
    const pilot_menu_item *items;
    size_t item_count;
} pilot_selection;

/* What it is chosen for. Only the quantities that the chosen prices are per have to be known. */
typedef struct pilot_premises {
    const pilot_area *dwellings; /* area of each, 0.01 m²; NULL: not listed */
    size_t dwelling_count;
    pilot_opt_area building_area; /* 0.01 m²; not known: the sum of the list */
    pilot_opt_count households;   /* not known: the length of the list */
    pilot_opt_count buildings;
} pilot_premises;

typedef struct pilot_quote_line {
    const char *service;    /* id; NULL: a package at one price */
    const char *package;    /* id; NULL: chosen by itself */
    int64_t grade;          /* 0: a package at one price */
    pilot_menu_basis basis; /* what the price is per */
    int64_t quantity;       /* in units of the basis: 0.01 m², households, buildings, 1 */
    pilot_price price;      /* as listed */
    pilot_share discount;   /* taken off it; 0/1: none */
    pilot_money month;      /* a month's amount */
    pilot_money year;       /* twelve months' amount */
} pilot_quote_line;

/* The lines' months add up to month, and their years to year. Under every step of rounding but that by
 * month, a year need not be twelve times a month. */
typedef struct pilot_quote {
    const char *menu; /* id; the menu owns it, as the selection or the menu owns the lines' ids */
    pilot_date day;
    pilot_rounding_rule rounding;
    pilot_money month;
    pilot_money year;
    /* Averages of the exact month, half up; known where the quantity is, and is not 0. */
    pilot_opt_money month_per_dwelling;     /* fen */
    pilot_opt_price month_per_square_metre; /* 0.0001 yuan */
    size_t line_count;
} pilot_quote;

/* What the selection costs on the premises, by the menu in force on the day (4.3-3). Lines stand in the
 * order of the package's items, then the selection's. lines: NULL, or room for capacity of them; the
 * menu's number of services is enough. error may be NULL; its path is that of the JSON form of an order:
 * "/selection/items/0/grade", "/premises/dwellings_m2/3", "/day".
 * Errors: ARGUMENT, MISSING_VALUE (nothing is chosen; an item without a grade; a quantity that a price
 * is per is not known), NOT_FOUND (no such package or service, or the service has no such grade),
 * DUPLICATE_ID (a service chosen twice), INCONSISTENT (a service chosen by itself that is in the
 * package; the menu is not in force on the day; an area or number of households that the list of
 * dwellings does not give), RANGE (a negative quantity, a day outside 1900..2200), OVERFLOW (sums are
 * kept in 0.000001 yuan, divided by the discount's denominator), CAPACITY. */
PILOT_API pilot_status pilot_quote_compute(const pilot_menu *menu, const pilot_selection *selection,
                                           const pilot_premises *premises, pilot_date day,
                                           pilot_quote *quote, pilot_quote_line *lines, size_t capacity,
                                           pilot_error *error);

/* A month's or any number of months' fee for one dwelling: area x price x months. rule: NULL is half up
 * to the fen, once. error may be NULL; its path is "/price", "/area", "/months" or the rule's member,
 * "/rounding/mode". Errors: ARGUMENT (no place for the amount, a rule of no such words), RANGE (a
 * negative price or area, months below 1), OVERFLOW. */
PILOT_API pilot_status pilot_fee_compute(pilot_price price, pilot_area area, int32_t months,
                                         const pilot_rounding_rule *rule, pilot_money *amount,
                                         pilot_error *error);

/* The time that is billed. */
typedef struct pilot_bill_period {
    pilot_month first, last; /* both included */
} pilot_bill_period;

typedef struct pilot_bill_line {
    const char *service; /* as in pilot_quote_line */
    const char *package;
    int64_t grade;
    pilot_menu_basis basis;
    int64_t quantity;
    pilot_price price;
    pilot_share discount;
    pilot_money amount; /* for the whole period */
} pilot_bill_line;

/* The lines' amounts add up to total. */
typedef struct pilot_bill {
    pilot_rounding_rule rounding;
    int32_t months;
    pilot_money total;
    size_t line_count;
} pilot_bill;

/* A dwelling's bill: area x price x months, a price per household counted once. A price per building or
 * fixed for the premises is nobody's in particular, and INCONSISTENT with a dwelling's bill:
 * pilot_bills_apportion splits it. The menu
 * has to be in force throughout the period. area: 0.01 m². rule: NULL is the menu's own. lines and error
 * as in pilot_quote_compute, paths "/area", "/period/first", "/period". Errors: as pilot_quote_compute;
 * ORDER (the period's last month before its first). */
PILOT_API pilot_status pilot_bill_compute(const pilot_menu *menu, const pilot_selection *selection,
                                          pilot_area area, pilot_bill_period period,
                                          const pilot_rounding_rule *rule, pilot_bill *bill,
                                          pilot_bill_line *lines, size_t capacity, pilot_error *error);

/* The bills of many dwellings against one bill for all of them together. */
typedef struct pilot_bill_sum {
    pilot_rounding_rule rounding;
    int32_t months;
    size_t dwellings;
    pilot_area area;          /* of them all */
    pilot_money of_dwellings; /* the sum of their bills */
    pilot_money of_area;      /* one bill for their total area and number */
    pilot_money difference;   /* of_dwellings - of_area: what rounding each by itself adds or takes */
    pilot_money least, most;  /* of one dwelling's bill; 0 where there is none */
} pilot_bill_sum;

/* The bill of each of count dwellings, in 0.01 m², and their sum. amounts: NULL, or room for count
 * bills. Errors: as pilot_bill_compute, path "/areas/3". */
PILOT_API pilot_status pilot_bills_compute(const pilot_menu *menu, const pilot_selection *selection,
                                           const pilot_area *areas, size_t count,
                                           pilot_bill_period period, const pilot_rounding_rule *rule,
                                           pilot_bill_sum *sum, pilot_money *amounts,
                                           pilot_error *error);

/* The bills of all dwellings that the premises list, which add up to one bill for the premises: prices
 * per building, per household and fixed ones included, all of it is split by area (Property Law art. 80;
 * Civil Code art. 283: where the owners agree on nothing else). Each dwelling's exact part is cut to the
 * rounding's unit, and the units that are left go one each to those that lose most by it, of equals to
 * the first. In *sum, of_dwellings is of_area. amounts: NULL, or room for dwelling_count bills.
 * Takes a time of 64 times dwelling_count at most. Errors: as pilot_quote_compute and
 * pilot_bill_compute; MISSING_VALUE (no list of dwellings, path "/premises/dwellings_m2"), INCONSISTENT
 * (an amount to split and no area to split it by), OVERFLOW (also: the bill in units times a dwelling's
 * area, in 0.01 m², does not fit). */
PILOT_API pilot_status pilot_bills_apportion(const pilot_menu *menu, const pilot_selection *selection,
                                             const pilot_premises *premises, pilot_bill_period period,
                                             const pilot_rounding_rule *rule, pilot_bill_sum *sum,
                                             pilot_money *amounts, pilot_error *error);

/* A choice from a menu, to be held against others. */
typedef struct pilot_menu_offer {
    const pilot_menu *menu;
    pilot_selection selection;
    const char *provider; /* for people; may be NULL */
} pilot_menu_offer;

typedef struct pilot_offer_quote {
    pilot_quote quote;
    size_t rank;            /* 1: the cheapest year; offers of the same year share a rank */
    pilot_money month_more; /* than the cheapest offer's month */
    pilot_money year_more;  /* than its year */
    /* year_more for each household, half up to the fen; known where households are, and are not 0. */
    pilot_opt_money year_more_per_dwelling;
} pilot_offer_quote;

/* Two or more offers side by side on the same premises (5.4-2): quotes has room for count of them. The
 * cheapest is that of the least year, the first of those that are alike; month_more can be negative
 * where rounding has a cheaper year of a dearer month. error's path is that of the JSON form of a
 * comparison: "/offers/1/selection/package", "/offers/1/menu" where that is not in force on the day,
 * "/premises/households". Errors: as pilot_quote_compute; RANGE (fewer than two offers). */
PILOT_API pilot_status pilot_offers_compare(const pilot_menu_offer *offers, size_t count,
                                            const pilot_premises *premises, pilot_date day,
                                            pilot_offer_quote *quotes, pilot_error *error);

typedef struct pilot_cheapest {
    size_t offer;  /* index */
    int64_t grade; /* of that offer's menu */
    pilot_menu_basis basis;
    pilot_price price;
    pilot_money month; /* on the premises, half up to the fen */
} pilot_cheapest;

/* Where a service, taken by itself, is cheapest on the premises at the required grade or a better one:
 * the first of the offers' menus with the least exact month, whatever is selected, and the best grade of
 * those that cost the same there. A menu that does not have the service so good is passed over. Services
 * are the same where their ids are, and grades mean the same in every menu. Errors: ARGUMENT; RANGE (no
 * offer, a grade below 1, a day outside 1900..2200, a negative quantity); NOT_FOUND (no menu has it);
 * INCONSISTENT (menus that have the service count grades from different ends, a menu not in force on the
 * day, premises that contradict themselves), MISSING_VALUE, OVERFLOW. */
PILOT_API pilot_status pilot_cheapest_service(const pilot_menu_offer *offers, size_t count,
                                              const char *service, int64_t grade,
                                              const pilot_premises *premises, pilot_date day,
                                              pilot_cheapest *cheapest, pilot_error *error);

/* lines: NULL leaves them out, or quote->line_count of them. */
PILOT_API pilot_status pilot_quote_write(const pilot_quote *quote, const pilot_quote_line *lines,
                                         pilot_json_style style, char **text);

#ifdef __cplusplus
}
#endif
#endif
