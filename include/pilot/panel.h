/* The same calculations over columns: awards, dwelling bills, screening, accounts; sums of awards by
 * group and year, which merge; and the questions that a budget asks of such sums.
 *
 * Columns belong to the caller, are aligned to their elements and hold as many elements as there are
 * rows. Nothing here allocates, locks or keeps state. A row depends on no other row, so that any split
 * of the rows, on any number of threads, gives the same bits. Columns written to may not overlap those
 * read.
 *
 * A bad row never ends a pass and never wraps: its amounts are PILOT_NO_AMOUNT, and the pass says how
 * many rows are bad, which is the first and why. */
#ifndef PILOT_PANEL_H
#define PILOT_PANEL_H

#include "account.h"
#include "menu.h"
#include "reward.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum pilot_element {
    PILOT_INT64 = 0, /* int64_t; so NumPy's datetime64[M] is a column of months */
    PILOT_INT32 = 1, /* int32_t */
    PILOT_INT16 = 2, /* int16_t */
} pilot_element;

typedef struct pilot_column {
    const void *values;    /* NULL: the column is not given */
    pilot_element element; /* of what values points at */
    bool constant;         /* one element, which holds for every row */
} pilot_column;

/* The amount of a bad row: no award and no bill. */
#define PILOT_NO_AMOUNT INT64_MIN

/* What became of the rows of a pass. */
typedef struct pilot_pass {
    size_t bad;          /* bad rows; look here before amounts are added up */
    size_t first_bad;    /* where bad is not 0; else the number of rows */
    pilot_status status; /* of that row */
} pilot_pass;

/* Years that the rates of a policy may span here, from the first one's to the last one's. */
#define PILOT_PANEL_YEARS_MAX 64

/* A claim a row, of one quantity of each basis: one whose counts have dates is several rows, one for
 * each run of pilot_claim_runs, with the same results, under a policy that reads service_months, as the
 * runs' months are counted already. Where no amount has to be rounded, as at the notice's rates, the
 * rows' awards add up to the claim's.
 *
 * A mask has a bit for each of 64 years, bit 0 for the year of the policy's first rate
 * (pilot_policy_years); an int32 mask has the first 32, an int16 one the first 16. Both masks: assessed
 * as they say, and the years in neither are not assessed; a year in both makes a bad row. passed alone:
 * no year failed. failed alone: every other year passed. Neither: all passed.
 *
 * passed_from: the month in which the row's passes were made. Where the policy reads from_the_pass it
 * has to be given: a pass pays from that month on, one of another month being another row's where each
 * year has its own (gate_mode annual); a month outside 1900..2200 is not known, which makes a bad row
 * where there is a pass, MISSING_VALUE. Under retroactive it is not looked at. */
typedef struct pilot_claim_columns {
    pilot_column quantity[PILOT_BASIS_COUNT]; /* those of bases without a rate are not looked at */
    pilot_column first, last;                 /* months of service, both included */
    pilot_column passed, failed;
    pilot_column passed_from;
} pilot_claim_columns;

/* Where the awards go: any may be NULL. */
typedef struct pilot_award_columns {
    pilot_money *total, *city, *district;
    pilot_money *withheld;
    pilot_money *years; /* rows x pilot_policy_years(), row by row: the total of each year, added line by
                           line as pilot_award_compute gives them */
    uint8_t *reasons;   /* as pilot_award.reasons; 0 for a bad row */
    uint8_t *statuses;  /* PILOT_OK, or why the row is bad */
} pilot_award_columns;

/* The award of each row's claim, as pilot_award_compute gives it (4.4.1-6, 4.4.1-8). A row is bad where
 * that fails, with the same status, or INCONSISTENT where a year has passed and failed. Under
 * from_the_pass rows are taken one by one, which takes longer.
 * Errors: ARGUMENT (a NULL other than named above, no first or last, an element of no such kind), LIMIT
 * (the rates span more than PILOT_PANEL_YEARS_MAX years), MISSING_VALUE (no passed_from where the policy
 * reads from_the_pass); nothing is written then. */
PILOT_API pilot_status pilot_award_columns_compute(const pilot_policy *policy,
                                                   const pilot_claim_columns *claims, size_t count,
                                                   const pilot_award_columns *awards, pilot_pass *pass);

/* A dwelling's fee a row, as pilot_fee_compute gives it for the row's price, area and months; rule: NULL
 * is half up to the fen, once. A row is bad where that fails, with its status, or RANGE where months do
 * not fit an int32_t. statuses: NULL, or one for each row.
 * Errors: ARGUMENT (as above, or a rule of no such words); nothing is written then. */
PILOT_API pilot_status pilot_fee_columns_compute(pilot_column price, pilot_column area,
                                                 pilot_column months, const pilot_rounding_rule *rule,
                                                 size_t count, pilot_money *amounts, uint8_t *statuses,
                                                 pilot_pass *pass);

/* What a screening looks at, a site a row: each as the rule of the same bit asks of a community and its
 * one area. A column that is not given leaves its rule unknown. */
typedef struct pilot_site_columns {
    pilot_column office_area; /* 0.01 m², of the offices that count; negative: not known */
    pilot_column communities; /* that the area spans; negative: not known */
    pilot_column staff;       /* named for property management; negative: not known */
    pilot_column layout; /* pilot_layout at selection; PILOT_LAYOUT_UNKNOWN or any other: not known */
    /* Of an area that is being remediated, whose acceptance is not known to be open: bit i for item i of
     * pilot_remediation_items, in their order. Negative: not known. */
    pilot_column remediation;
} pilot_site_columns;

#define PILOT_SCREEN_RULES 5
/* The id of the rule of a bit: "office_area", "one_community", "property_staff", "open_layout",
 * "remediation_items"; NULL from PILOT_SCREEN_RULES on. */
PILOT_API const char *pilot_screen_rule(size_t bit);

/* The rules that each row breaches, and those whose evidence is missing, by the policy's parameters: bit
 * i for pilot_screen_rule(i). Either may be NULL. Errors: ARGUMENT (as above). */
PILOT_API pilot_status pilot_screen_columns(const pilot_policy *policy, const pilot_site_columns *sites,
                                            size_t count, uint32_t *breached, uint32_t *unknown);

/* Sums of awards by group and year, for rows that need not be kept. They lie in the caller's memory,
 * aligned to 8 bytes, with the room that a pass counts in; two of as many groups merge, and whatever the
 * order, the bytes are the same. A sum that does not fit stays at INT64_MAX, however it is merged, and
 * is OVERFLOW to read. An aggregate is bound to what its policy's awards depend on and to nothing else:
 * any policy of the same pilot_policy_award_fingerprint adds to it, merges with it and opens its bytes,
 * such as a reform of the least office. */
typedef struct pilot_aggregate pilot_aggregate;

/* Bytes that so many groups need; 0 where there is no such aggregate: no policy, no group or too many,
 * or rates that span more than PILOT_PANEL_YEARS_MAX years. */
PILOT_API size_t pilot_aggregate_size(const pilot_policy *policy, size_t groups);
/* An aggregate of no rows in memory of size bytes, which stays the caller's.
 * Errors: ARGUMENT (a NULL, memory out of alignment), LIMIT (pilot_aggregate_size is 0), CAPACITY. */
PILOT_API pilot_status pilot_aggregate_make(const pilot_policy *policy, size_t groups, void *memory,
                                            size_t size, pilot_aggregate **aggregate);

/* Adds the rows' awards. groups: the group of each row, from 0; not given: all are of group 0. A group
 * that there is not makes a bad row, RANGE. Bad rows add to the numbers of bad rows alone.
 * Errors: as pilot_award_columns_compute; INCONSISTENT (the aggregate is of other awards). */
PILOT_API pilot_status pilot_aggregate_add(pilot_aggregate *aggregate, const pilot_policy *policy,
                                           const pilot_claim_columns *claims, pilot_column groups,
                                           size_t count, pilot_pass *pass);
/* Adds what other holds. Errors: ARGUMENT, INCONSISTENT (other awards or another number of groups). */
PILOT_API pilot_status pilot_aggregate_merge(pilot_aggregate *aggregate, const pilot_aggregate *other);
/* Adds what other holds, each group of it to one of the aggregate's, so that sums can grow as groups are
 * found, and be put in another order. groups: the number in the aggregate of each group of other, from
 * 0; not given: all are of group 0. Errors: ARGUMENT (an element of no such kind, one aggregate as
 * both), INCONSISTENT (other awards), RANGE (a group that there is not); nothing is added then. */
PILOT_API pilot_status pilot_aggregate_regroup(pilot_aggregate *aggregate, const pilot_aggregate *other,
                                               pilot_column groups);

/* Of a group in a calendar year. The years of a row's award are its lines' by year, so city and district
 * add up to total, and the years to the rows' awards. */
typedef struct pilot_aggregate_cell {
    int64_t rows;                        /* with a month of the year that is paid */
    int64_t quantity[PILOT_BASIS_COUNT]; /* of those rows, where a rate of the basis is paid */
    pilot_money total, city, district;
    pilot_money withheld;
} pilot_aggregate_cell;

/* All groups together, in place of a group. */
#define PILOT_ALL_GROUPS SIZE_MAX

/* year: 0 is that of the policy's first rate. Errors: ARGUMENT, NOT_FOUND (no such group or year),
 * OVERFLOW (a sum does not fit). */
PILOT_API pilot_status pilot_aggregate_cell_at(const pilot_aggregate *aggregate, size_t group,
                                               size_t year, pilot_aggregate_cell *cell);
/* Rows of the group that were good, and bad ones; PILOT_ALL_GROUPS counts those of no group as well.
 * Errors: as above. */
PILOT_API pilot_status pilot_aggregate_rows(const pilot_aggregate *aggregate, size_t group,
                                            int64_t *rows, int64_t *bad);
PILOT_API size_t pilot_aggregate_groups(const pilot_aggregate *aggregate);

/* Bytes that pilot_aggregate_pack writes; 0 for NULL. */
PILOT_API size_t pilot_aggregate_packed_size(const pilot_aggregate *aggregate);
/* The aggregate as bytes that mean the same on every machine, with a check sum.
 * Errors: ARGUMENT, CAPACITY (less room than pilot_aggregate_packed_size). */
PILOT_API pilot_status pilot_aggregate_pack(const pilot_aggregate *aggregate, uint8_t *bytes,
                                            size_t capacity);
/* What pack wrote, in memory as for make. groups: NULL, or told their number, with CAPACITY as well, so
 * that memory may be NULL to ask for it. Bytes of the format before this one were bound to the whole
 * policy, and open where its pilot_policy_fingerprint is still that number. Errors: ARGUMENT; FORMAT
 * (other bytes than pack writes, or changed ones); INCONSISTENT (of other awards than the policy's);
 * LIMIT; CAPACITY (less memory than pilot_aggregate_size). */
PILOT_API pilot_status pilot_aggregate_unpack(const pilot_policy *policy, const uint8_t *bytes,
                                              size_t length, void *memory, size_t size, size_t *groups,
                                              pilot_aggregate **aggregate);

/* What is uncertain of a panel's rows. Chances are whole numbers of 2^32, below which they come: 0
 * never, 2^32 and more always. */
typedef struct pilot_draw_odds {
    const pilot_column *passes;   /* one for each of the policy's years, from the first: that the row
                                     passes   the year's assessment, where no result of it is known */
    pilot_column take_up;         /* that the row takes part; else it has no quantity of any basis */
    pilot_column household_error; /* millionths, up to 10^6, within which households lie of the number
                                     given, evenly and to the nearest whole one; not given: none */
} pilot_draw_odds;

/* Draws what the rows come to by their odds, each by its own luck (4.4.1-2, 4.4.1-6): adds to sums,
 * draws x years x 2, the total and the city's part of each of the draws draw..draw + draws - 1 in each
 * of the policy's years, in fen, as pilot_aggregate_add sums up the rows' awards. The columns are rows
 * row.. of a panel, row a multiple of 64: what is drawn of a row depends on the seed, the draw, and its
 * number, and on nothing else, so that any split of rows and draws gives the same sums (Threefry4x64 of
 * 20 rounds, by the seed and the numbers of 64 rows, of the draw, and of what is drawn). passed, failed:
 * results that are known; one not given knows none, and every year of the policy that is in neither is
 * drawn. A sum that does not fit stays at INT64_MAX. A row is bad, once for each draw, where its award
 * fails; it adds nothing then. Errors: as pilot_award_columns_compute; ARGUMENT as well (a NULL, a row
 * that is none). */
PILOT_API pilot_status pilot_draw_columns(const pilot_policy *policy, const pilot_claim_columns *claims,
                                          const pilot_draw_odds *odds, uint64_t seed, size_t row,
                                          size_t count, size_t draw, size_t draws, pilot_money *sums,
                                          pilot_pass *pass);

/* What awards may cost the payer, in fen; both bounds hold where both are given. */
typedef struct pilot_budget {
    pilot_payer payer;
    pilot_opt_money total;    /* over all years */
    const pilot_money *years; /* one for each of the policy's years, from the first; NULL: no bound */
} pilot_budget;

/* The questions below are answered from unit-months: for every rate, the quantities of the paid rows
 * times their months. Price x unit-months is what the awards come to before any row is rounded and
 * before odd fen are given to a side; it is compared with the budget exactly. Where every row and side
 * is whole fen, as at the notice's rates and half share, the awards then keep the budget to the fen;
 * else their sum can lie beyond it by less than two fen a row and year.
 *
 * Common errors: ARGUMENT (a NULL, a payer of no such word), MISSING_VALUE (neither bound), RANGE (a
 * negative budget), INCONSISTENT (the aggregate is of other awards; or the budget is too small for any
 * answer), NOT_FOUND (no such group; or no answer is too large, as nothing that it bears on is paid),
 * OVERFLOW (unit-months that do not fit). error may be NULL; its path is the budget's member, "/total",
 * "/years/3", or the argument, "/group", "/rate", "/first"; "" where no answer is too large. */

/* The largest number of ten-thousandths by which all rates can be multiplied. */
PILOT_API pilot_status pilot_budget_factor(const pilot_policy *policy, const pilot_aggregate *aggregate,
                                           size_t group, const pilot_budget *budget, int64_t *factor,
                                           pilot_error *error);
/* The largest price that the policy's rate of this number, from 0, can have, the others as they are.
 * RANGE as well: no such rate. */
PILOT_API pilot_status pilot_budget_rate(const pilot_policy *policy, const pilot_aggregate *aggregate,
                                         size_t group, const pilot_budget *budget, size_t rate,
                                         pilot_price *price, pilot_error *error);
/* The least city share, in ten-thousandths, that leaves the district within the budget, whose payer is
 * not looked at. There always is one: of the whole, the district pays nothing. */
PILOT_API pilot_status pilot_budget_city_share(const pilot_policy *policy,
                                               const pilot_aggregate *aggregate, size_t group,
                                               const pilot_budget *budget, int64_t *share,
                                               pilot_error *error);

/* How many units of the basis a budget carries through the months first to last, all of them paid:
 * households, 0.01 m², communities. Rates of other bases are not counted. RANGE and ORDER as well, for
 * the months; nothing is said of an aggregate. */
PILOT_API pilot_status pilot_budget_quantity(const pilot_policy *policy, pilot_basis basis,
                                             pilot_month first, pilot_month last,
                                             const pilot_budget *budget, int64_t *quantity,
                                             pilot_error *error);

/* Rows that are read once, to be costed under any number of policies. They are kept as bins, one for
 * each group, first and last month and results of the years, with the sums of their quantities: what a
 * policy needs whose months give every unit whole fen that its share splits whole, as the notice's do. A
 * policy that rounds needs single rows, which are kept once each, however often they occur.
 *
 * One call at a time may change a panel; any number may cost it under policies between two changes. */
typedef struct pilot_panel pilot_panel;

typedef struct pilot_panel_kind {
    int32_t first_year; /* of the masks' bit 0 */
    bool by_year;       /* the masks are of calendar years: those of a year without a rate do not count,
                           under whatever policy */
    bool single_rows;   /* whether single rows are kept as well */
} pilot_panel_kind;

/* *panel: to be freed by pilot_panel_free. Errors: ARGUMENT (a NULL, a bool of another byte), RANGE
 * (first_year, 1900..2200), MEMORY. */
PILOT_API pilot_status pilot_panel_new(const pilot_panel_kind *kind, pilot_panel **panel);
PILOT_API void pilot_panel_free(pilot_panel *panel); /* NULL is fine */

/* Keeps the rows. groups: the group of each, from 0; not given: all are of group 0; a row of a negative
 * one is of none. doubtful: how many rows some policy refuses, such as those without a month or with a
 * negative quantity; may be NULL. Rows of one panel have the same columns of quantities, and passed_from
 * or not.
 * Errors: ARGUMENT (as pilot_award_columns_compute), INCONSISTENT (other columns than rows before),
 * LIMIT (2^32 bins), MEMORY; some rows may be kept then, so that the panel is to be freed. */
PILOT_API pilot_status pilot_panel_add(pilot_panel *panel, const pilot_claim_columns *claims,
                                       pilot_column groups, size_t count, size_t *doubtful);
/* Keeps what other keeps. groups: for each of other's groups, what it is here; NULL: the same.
 * Errors: ARGUMENT (a NULL, a panel with itself), INCONSISTENT (of another kind, or other columns),
 * NOT_FOUND (a group that groups lacks), LIMIT, MEMORY; as above. */
PILOT_API pilot_status pilot_panel_merge(pilot_panel *panel, const pilot_panel *other,
                                         const int64_t *groups, size_t group_count);
/* Puts in order what has been added, which costing needs. rows: the single rows too, which a policy
 * needs where pilot_panel_needs_rows says so. Errors: ARGUMENT, MEMORY, with the panel as it was. */
PILOT_API pilot_status pilot_panel_order(pilot_panel *panel, bool rows);
/* Whether the policy is costed from single rows. Errors: ARGUMENT (a NULL, or no order), LIMIT (as
 * columns have it). */
PILOT_API pilot_status pilot_panel_needs_rows(const pilot_panel *panel, const pilot_policy *policy,
                                              bool *needs);
/* Adds the rows' awards, as pilot_aggregate_add adds them, to the fen. open: what a year that was not
 * assessed counts as; PILOT_NOT_ASSESSED leaves it so. bad, status: how many rows are bad under the
 * policy, and why one of them is. Errors: ARGUMENT (a NULL, no such result, or no order), INCONSISTENT
 * (the aggregate is of other awards), LIMIT and MISSING_VALUE (as pilot_award_columns_compute), CAPACITY
 * (the policy needs single rows, which the panel does not keep), MEMORY. */
PILOT_API pilot_status pilot_panel_cost(const pilot_panel *panel, const pilot_policy *policy,
                                        pilot_assessment_result open, pilot_aggregate *aggregate,
                                        int64_t *bad, pilot_status *status);

/* What is kept. */
typedef struct pilot_panel_size {
    int64_t rows; /* that were added */
    size_t bins;
    size_t single_rows; /* different ones, as far as they have been put in order */
    size_t bytes;       /* in memory */
} pilot_panel_size;

/* Errors: ARGUMENT. */
PILOT_API pilot_status pilot_panel_measure(const pilot_panel *panel, pilot_panel_size *size);

/* Bytes that pilot_panel_pack writes; 0 for NULL. */
PILOT_API size_t pilot_panel_packed_size(const pilot_panel *panel);
/* The panel as bytes that mean the same on every machine, with a check sum. Errors: ARGUMENT, CAPACITY
 * (less room than pilot_panel_packed_size). */
PILOT_API pilot_status pilot_panel_pack(const pilot_panel *panel, uint8_t *bytes, size_t capacity);
/* What pack wrote. Errors: ARGUMENT, FORMAT (other bytes than pack writes, or changed ones), MEMORY. */
PILOT_API pilot_status pilot_panel_unpack(const uint8_t *bytes, size_t length, pilot_panel **panel);

/* An account a row. A column that is not given is 0 in every row. Amounts are those of each month. */
typedef struct pilot_account_columns {
    pilot_column first, last;                 /* months of the account, both included */
    pilot_column opening[PILOT_LEDGER_COUNT]; /* fen, carried in */
    pilot_column cost[PILOT_LEDGER_COUNT];
    pilot_column billed;         /* such as pilot_fee_columns_compute gives for one month */
    pilot_share collection_rate; /* of what is billed, in every row; not looked at without billed */
    /* What businesses take and cost: the project's own (4.4.2-1), and parking (4.4.2-5). */
    pilot_column gross[PILOT_LEDGER_COUNT], gross_cost[PILOT_LEDGER_COUNT];
} pilot_account_columns;

/* What each ledger lacks by calendar year: rows x year_count, row by row, 0 in a year without a month of
 * the row's account. The names are those of pilot_ledger_sums. Any may be NULL. */
typedef struct pilot_shortfall_columns {
    int32_t first_year; /* 1900..2200, as are all year_count */
    size_t year_count;
    pilot_money *gap[PILOT_LEDGER_COUNT]; /* before any source */
    pilot_money *gap_after_fees[PILOT_LEDGER_COUNT];
    pilot_money *reward[PILOT_LEDGER_COUNT]; /* booked */
    pilot_money *gap_after_reward[PILOT_LEDGER_COUNT];
    pilot_money *shortfall[PILOT_LEDGER_COUNT]; /* after all sources */
    uint8_t *statuses;                          /* PILOT_OK, or why the row is bad */
} pilot_shortfall_columns;

/* Each row's years as pilot_account_compute gives them, under the policy's readings (4.4-1 to 4.4.2-5);
 * without uses or a rebate. Months before first_year count for what they carry on. claims: the rows'
 * claims; NULL: no reward is claimed. A row is bad where pilot_account_compute or the claim's award
 * fails, with the same status.
 * Errors: ARGUMENT (a NULL other than named above, no first or last, an element of no such kind, a
 * collection rate that is no share), RANGE (the years), LIMIT and MISSING_VALUE (as above, where there
 * are claims); nothing is written then. */
PILOT_API pilot_status pilot_account_columns_compute(const pilot_policy *policy,
                                                     const pilot_claim_columns *claims,
                                                     const pilot_account_columns *accounts, size_t count,
                                                     const pilot_shortfall_columns *shortfalls,
                                                     pilot_pass *pass);

PILOT_WORDED(pilot_element, pilot_element); /* "int32" */

#ifdef __cplusplus
}
#endif
#endif
