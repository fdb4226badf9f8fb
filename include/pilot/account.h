/* A community's money (4.4-1 to 4.5-1): two earmarked ledgers, what each lacks month by month, and the
 * fee, the collection rate and the reward that would do. The notice has no formula for any of this; the
 * earmarks are its own, and where they can be read in more than one way the policy says how.
 *
 * The service ledger is the project's property service: fees (4.4-1) and what the project earns by
 * advertising, lockers and recycling (4.4.2-1) meet its cost, and those gains serve nothing else
 * (4.4.2-2). The community ledger is the community's running cost, which reward (4.4.1-5) and parking
 * (4.4.2-5) fill up. Nothing passes from one ledger to the other. Only a reading (A-6, reward_payee)
 * decides which of them the reward enters.
 *
 * In each month and ledger
 *     opening + collected + reward + income + shortfall
 *         = cost + used + misused + rebate + closing.
 * A surplus is carried to the next month. A shortfall is money that somebody has to bring in that very
 * month; brought, it is no debt, and the next month opens with nothing. So a year can lack money in some
 * months and end with some: its shortfall is the sum of its months', its result is what came in less
 * what went out. */
#ifndef PILOT_ACCOUNT_H
#define PILOT_ACCOUNT_H

#include "menu.h"
#include "policy.h"
#include "reward.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum pilot_ledger {
    PILOT_LEDGER_SERVICE = 0,
    PILOT_LEDGER_COMMUNITY = 1,
} pilot_ledger;
#define PILOT_LEDGER_COUNT 2

/* Where money that is not a fee comes from: the first three are a project's own business (4.4.2-1). */
typedef enum pilot_income_source {
    PILOT_INCOME_ADVERTISING = 1,
    PILOT_INCOME_LOCKERS = 2,
    PILOT_INCOME_RECYCLING = 3,
    PILOT_INCOME_PARKING = 4,
    PILOT_INCOME_REWARD = 5,
} pilot_income_source;

/* What money was used for. */
typedef enum pilot_purpose {
    PILOT_FOR_THIS_PROJECT = 1, /* property services of the same project (4.4.2-2) */
    PILOT_FOR_OTHER_PROJECT = 2,
    PILOT_FOR_COMMUNITY = 3, /* the community's running costs (4.4.1-5, 4.4.2-5) */
    PILOT_FOR_OTHER_PURPOSE = 4,
} pilot_purpose;

/* What is billed each month: price x area, rounded as a bill of that month, or one amount. */
typedef struct pilot_account_fee {
    pilot_opt_price price;        /* 0.0001 yuan per m² and month */
    pilot_opt_area building_area; /* 0.01 m²; beside an amount it only serves to answer in prices */
    pilot_rounding_rule rounding; /* zero-initialised: half up to the fen */
    pilot_opt_money billed;       /* fen, such as a quote's month, in the place of a price */
} pilot_account_fee;

/* A cost that returns each month. */
typedef struct pilot_account_cost {
    const char *name; /* for people; may be NULL */
    pilot_ledger ledger;
    pilot_month first, last; /* both included */
    pilot_money monthly;     /* fen a month */
} pilot_account_cost;

/* A business and what it takes and costs each month. Parking is the community's, the others are the
 * project's; the reward is none, as it follows from the claim. */
typedef struct pilot_account_income {
    pilot_income_source source;
    pilot_month first, last; /* both included */
    pilot_money gross, cost; /* fen a month */
} pilot_account_income;

/* Money of a source spent once, beside the monthly costs. It leaves the ledger of its source whatever it
 * is for; a negative amount puts an earlier use right. */
typedef struct pilot_account_use {
    pilot_income_source source;
    pilot_purpose purpose;
    pilot_month month;
    pilot_money amount;
} pilot_account_use;

/* What an account is made from. Of costs, incomes and uses only what lies in its months counts. A list
 * whose count is 0 may be NULL. */
typedef struct pilot_account_terms {
    pilot_month first, last;                     /* of the account, both included */
    pilot_opt_money opening[PILOT_LEDGER_COUNT]; /* fen, carried in; not known: nothing is */
    pilot_account_fee fee;
    pilot_share collection_rate; /* of what is billed; {0, 0} is not known */
    const pilot_claim *claim;    /* for the reward; NULL: none is claimed */
    const pilot_account_cost *costs;
    size_t cost_count;
    const pilot_account_income *incomes;
    size_t income_count;
    const pilot_account_use *uses;
    size_t use_count;
    pilot_share rebate;     /* of a year's service surplus, given back to the owners; {0, 0}: none */
    pilot_share margin_cap; /* 4.5-1; {0, 0}: none, as the notice has none */
} pilot_account_terms;

/* One ledger in a month, a year or the whole time. Those of longer times are the sums of their months',
 * but opening, which is the first month's, and closing, which is the last one's. */
typedef struct pilot_ledger_sums {
    pilot_money opening;   /* carried in */
    pilot_money billed;    /* 0 in the community's ledger, as is collected */
    pilot_money collected; /* the rate's part of all that was billed so far, floored, less what was
                            * collected before: months add up to the floored part of the whole */
    pilot_money reward;
    pilot_money reward_forgone;    /* under reward_cap = capped_by_shortfall */
    pilot_money gross, gross_cost; /* of the businesses */
    pilot_money income;            /* what counts of them: gross - gross_cost; in the service ledger
                                    * gross under income_basis = gross, when whoever runs
                                    * the business bears its cost elsewhere */
    pilot_money cost;
    pilot_money used;    /* for the ledger's purpose */
    pilot_money misused; /* for any other (4.4.1-5, 4.4.2-2, 4.4.2-5) */
    pilot_money rebate;
    pilot_money result; /* what came in less what went out, before the rebate */
    /* What is lacking before any source but the opening, after each source, and in the end. */
    pilot_money gap, gap_after_fees, gap_after_reward, shortfall;
    pilot_money closing; /* carried out */
} pilot_ledger_sums;

/* 4.5-1, which is a principle: no outcome is a breach, and the second and third are as it wishes. */
typedef enum pilot_margin_outcome {
    PILOT_MARGIN_UNKNOWN = 0, /* the service has no cost to measure by */
    PILOT_MARGIN_LOSS = 1,
    PILOT_MARGIN_BREAK_EVEN = 2,
    PILOT_MARGIN_SMALL_PROFIT = 3, /* any profit, where there is no cap */
    PILOT_MARGIN_ABOVE_CAP = 4,
} pilot_margin_outcome;

/* The service's profit as a fraction of its cost: profit / cost, exactly. */
typedef struct pilot_margin {
    pilot_money profit; /* collected + reward + income - cost */
    pilot_money cost;   /* cost + used */
    pilot_margin_outcome outcome;
} pilot_margin;

typedef struct pilot_account_row {
    pilot_month first, last; /* both included */
    pilot_ledger_sums ledgers[PILOT_LEDGER_COUNT];
    pilot_margin margin;
} pilot_account_row;

typedef struct pilot_account {
    pilot_account_row total;
    size_t month_count, year_count; /* calendar years, the first and last perhaps in part */
    /* award == the ledgers' reward + reward_forgone + reward_after. */
    pilot_money award;        /* of the claim, in all (4.4.1-6) */
    pilot_money reward_after; /* of months after the account's last */
    pilot_receipt receipt;
} pilot_account;

/* The account under the policy's readings. The award of a month is booked in that month, what is awarded
 * for earlier months (month_rule) in the account's first. Under reward_cap = capped_by_shortfall a month
 * has as much of it as its ledger then lacks. Rebates are booked in the last month of each year.
 * Allocates nothing. months, years: NULL, or room for so many rows, in time order; account->month_count
 * and year_count of them are written. error may be NULL; its path is that of the account's JSON form.
 * Errors: ARGUMENT; RANGE (a month outside 1900..2200, a negative amount that is no use, a ledger,
 * source, purpose or rounding of no such word, a share that is none; an error of the claim); ORDER (a
 * last month before its first); MISSING_VALUE (no fee, a price without its area or the other way round,
 * no collection rate, a quantity that a rate needs); INCONSISTENT (both a price and an amount);
 * OVERFLOW; CAPACITY. */
PILOT_API pilot_status pilot_account_compute(const pilot_policy *policy,
                                             const pilot_account_terms *terms, pilot_account *account,
                                             pilot_account_row *months, size_t month_capacity,
                                             pilot_account_row *years, size_t year_capacity,
                                             pilot_error *error);

/* Over the whole time. */
typedef struct pilot_account_range {
    pilot_range service, community; /* the ledgers' shortfalls */
    pilot_range both;               /* their sum */
} pilot_account_range;

/* The account's shortfalls under every combination of the readings that bear on them (reward_payee,
 * reward_cap, income_basis, month_rule, gate_mode, in_force_from), whatever the policy's own. A
 * combination that needs a quantity which is not known is left out, unless all are. Errors and error: as
 * pilot_account_compute. */
PILOT_API pilot_status pilot_account_range_compute(const pilot_policy *policy,
                                                   const pilot_account_terms *terms,
                                                   pilot_account_range *range, pilot_error *error);

/* A fee that does. Neither is known where none does, or none that the sums can hold. */
typedef struct pilot_fee_answer {
    pilot_opt_price price;  /* 0.0001 yuan per m² and month; known where the area is */
    pilot_opt_money billed; /* fen a month: what the price gives; without an area, the least amount */
} pilot_fee_answer;

/* What it would take for some of an account's months to hold by themselves: opened with nothing, without
 * rebate, and as a whole, so that a month that lacks may be met by one that has. Each value does, and
 * the next one below it does not.
 *
 * The fee and the collection rate regard the service ledger. Where the reward is the community's,
 * without_reward is the same as break_even, and what ends with the reward shows in the community's gaps;
 * where it is the provider's (reward_payee), it carries part of the service, and without_reward is the
 * fee that the owners face when it ends. The reward rate regards the community ledger, which no rate
 * helps where the reward is the provider's. */
typedef struct pilot_account_answer {
    pilot_month first, last;
    pilot_fee_answer break_even;     /* the least fee, at the collection rate given */
    pilot_fee_answer without_reward; /* likewise, with no reward in these months */
    pilot_share collection_rate; /* the least of n/10000, reduced, at the fee given; {0, 0}: none does */
    pilot_money community_gap;   /* what the community lacks over these months */
    pilot_money community_gap_without_reward;
    /* The least rate, paid in every one of these months whatever the assessment, that leaves no such
     * gap. Known where a rate does and the claim has the quantity that it is per. */
    pilot_opt_price reward_rate; /* 0.0001 yuan per unit and month */
    pilot_basis reward_basis; /* that of the policy's rate in the first month, or of the last before it;
                               * the first rate's before all of them */
} pilot_account_answer;

/* The answers for the months from first to last of the account, such as one year's. Awards for months
 * before the account's are in its first month, as in pilot_account_compute. Errors: as there; RANGE,
 * ORDER (months that are not all the account's; path ""). */
PILOT_API pilot_status pilot_account_answer_compute(const pilot_policy *policy,
                                                    const pilot_account_terms *terms, pilot_month first,
                                                    pilot_month last, pilot_account_answer *answer,
                                                    pilot_error *error);

/* Terms read from text (json.h: pilot_account_parse), and all that they point at. */
typedef struct pilot_account_case pilot_account_case;
/* The case owns what is returned. */
PILOT_API const pilot_account_terms *pilot_account_case_terms(const pilot_account_case *account_case);
/* NULL is fine. */
PILOT_API void pilot_account_case_free(pilot_account_case *account_case);

PILOT_WORDED(pilot_ledger, pilot_ledger);               /* "service" */
PILOT_WORDED(pilot_income_source, pilot_income_source); /* "lockers" */
PILOT_WORDED(pilot_purpose, pilot_purpose);             /* "this_project" */
PILOT_WORDED(pilot_margin, pilot_margin_outcome);       /* "break_even" */

/* months, years, answers: NULL leaves them out, or account->month_count, account->year_count and
 * answer_count of them. */
PILOT_API pilot_status pilot_account_write(const pilot_account *account, const pilot_account_row *months,
                                           const pilot_account_row *years,
                                           const pilot_account_answer *answers, size_t answer_count,
                                           pilot_json_style style, char **text);

#ifdef __cplusplus
}
#endif
#endif
