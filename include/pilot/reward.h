/* The reward in place of subsidy (clauses 4.4.1-1 to 4.4.1-8): rate, award, split, schedule, and the
 * range over the disputed readings. */
#ifndef PILOT_REWARD_H
#define PILOT_REWARD_H

#include "clause.h"
#include "policy.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The rate in a month (4.4.1-4), *rate untouched and NOT_FOUND where the policy has none (4.4.1-3).
 * Errors: ARGUMENT, RANGE (month outside 1900..2200), NOT_FOUND. */
PILOT_API pilot_status pilot_rate_at(const pilot_policy *policy, pilot_month month, pilot_rate *rate);

/* An assessment's result for a year of service (4.4.1-1, 5.5-2). */
typedef enum pilot_assessment_result {
    PILOT_NOT_ASSESSED = 0,
    PILOT_FAILED = 1,
    PILOT_PASSED = 2,
} pilot_assessment_result;

/* Of a community's work in a year of service. */
typedef struct pilot_assessment {
    int32_t year; /* of service it speaks of */
    pilot_assessment_result result;
    pilot_opt_date date;  /* on which it was made */
    const char *method;   /* version of the method applied (4.4.1-7); may be NULL */
    pilot_actor assessor; /* NONE: not known */
} pilot_assessment;

/* What there is to be paid for from a day on (4.4.1-6, A-4). A number that a count leaves out stays what
 * it was before. */
typedef struct pilot_count {
    pilot_date from;
    pilot_opt_count households; /* all dwellings */
    pilot_opt_count occupied_households;
    pilot_opt_count paying_households;
    pilot_opt_area building_area; /* 0.01 m² */
} pilot_count;

/* What a reward is claimed for. */
typedef struct pilot_claim {
    /* In units of each basis: households, building area in 0.01 m², communities. Only the bases that
     * the policy's rates use in the period have to be known. They hold until the first count; that of
     * communities always. */
    pilot_opt_int quantity[PILOT_BASIS_COUNT];
    /* Later counts, each later than the one before it. Which of them a month is paid for is the reading
     * household_date. NULL with count_count 0 is fine. */
    const pilot_count *counts;
    size_t count_count;
    int32_t household_basis; /* option of the reading: which of a count's households are counted */
    pilot_month first;       /* of service, included */
    pilot_month last;        /* of service, included */
    /* A year that is not in the list has not been assessed, and an entry that says so is no result. Of
     * two results for a year the later date holds, then the later place, so that a resit that is passed
     * takes the place of the fail before it; one without a date counts as the earliest, and as known on
     * any as_of. NULL with assessment_count 0 is fine. */
    const pilot_assessment *assessments;
    size_t assessment_count;
    pilot_opt_date as_of; /* assessments made after it do not count yet */
} pilot_claim;

/* Why months are not paid. */
typedef enum pilot_withheld {
    PILOT_PAYABLE = 0,
    PILOT_WITHHELD_NOT_ASSESSED = 1, /* 4.4.1-2: no pass yet */
    PILOT_WITHHELD_FAILED = 2,       /* 4.4.1-2, 5.5-4 */
    PILOT_WITHHELD_OUTSIDE = 3,      /* 4.4.1-3: the policy has no rate for the month */
    PILOT_WITHHELD_BEFORE_PASS = 4,  /* 5.5-3: the pass came later, and pays from its month on */
} pilot_withheld;

/* A run of months within one calendar year, at one rate, for one quantity, with one answer. */
typedef struct pilot_award_line {
    pilot_month first, last; /* both included */
    int32_t months;
    pilot_rate rate;                           /* zero where reason is PILOT_WITHHELD_OUTSIDE */
    pilot_opt_int quantity[PILOT_BASIS_COUNT]; /* that of the rate's basis alone is known */
    pilot_withheld reason;
    pilot_money amount; /* payable; 0 unless reason is PILOT_PAYABLE */
    pilot_money city, district;
    pilot_money withheld; /* what the rate gives and the gate holds back */
    const char *clause;   /* that decides the line */
} pilot_award_line;

/* city + district == total; the lines' amounts add up to total, and so for each other sum. */
typedef struct pilot_award {
    pilot_money total;
    pilot_money city;
    pilot_money district;
    pilot_money withheld;
    int32_t months_paid;
    int32_t months_withheld; /* for any reason, outside the period included */
    uint32_t reasons;        /* 1 << pilot_withheld for each reason that occurs */
    size_t line_count;
    pilot_receipt receipt;
} pilot_award;

/* The award for a claim under the policy's readings (4.4.1-6, 4.4.1-8): sum over months of quantity x
 * rate, rounded once, split by the city's share. Allocates nothing.
 *
 * The quantity is that in force on a day, which is by the reading household_date: assessment, that of
 * the earliest pass that holds and has a date, for all months; as_of where there is none; without that
 * too the last count holds. january, the first of January of each year; in the first year the first day
 * of the first month that counts. each_month, the month's first day. By pass_effect a pass pays for the
 * months before it too (retroactive), or only from the month of its date on (from_the_pass): under
 * gate_mode once the earliest pass opens every year from there, under annual each pass its own year, so
 * that a year whose pass is made in the year after is not paid at all.
 *
 * lines: NULL, or room for capacity lines, in time order; award->line_count of them are written.
 * error may be NULL; its path is the claim's member by its key in an account's claim: "/households",
 * "/building_area_m2", "/first", "/counts/1/from", "/assessments/3/result"; "" where no member is at
 * fault by itself. Errors: ARGUMENT (a NULL; a bool that is none), RANGE (negative quantity, month or
 * day outside 1900..2200, an assessment_result or a household_basis that is none), ORDER (last before
 * first, a count not after the one before it), MISSING_VALUE (a quantity that a rate needs; under
 * from_the_pass the date of a pass), OVERFLOW (the sum is kept in 0.000001 yuan, which holds up to some
 * 9 million million yuan), CAPACITY (too few lines: pilot_award_lines_max gives enough). */
PILOT_API pilot_status pilot_award_compute(const pilot_policy *policy, const pilot_claim *claim,
                                           pilot_award *award, pilot_award_line *lines, size_t capacity,
                                           pilot_error *error);

/* Lines that the claim's award cannot exceed; 0 where it has none: a NULL, no such months. */
PILOT_API size_t pilot_award_lines_max(const pilot_policy *policy, const pilot_claim *claim);

/* A run of months that are paid for the same quantities. */
typedef struct pilot_claim_run {
    pilot_month first, last; /* both included */
    pilot_opt_int quantity[PILOT_BASIS_COUNT];
} pilot_claim_run;

/* The months of the claim that count, by the readings month_rule and household_date, as runs of one
 * quantity each, as long as they can be, in time order: a row of columns for each (panel.h). The runs'
 * months are counted already, so that such rows are for a policy that reads service_months.
 * runs: NULL, or room for capacity runs; *count: how many there are, at most one more than there are
 * counts. error and errors: as pilot_award_compute, without OVERFLOW; what is not known is no error but
 * not known in the run. */
PILOT_API pilot_status pilot_claim_runs(const pilot_policy *policy, const pilot_claim *claim,
                                        pilot_claim_run *runs, size_t capacity, size_t *count,
                                        pilot_error *error);

typedef struct pilot_range {
    pilot_money least;
    pilot_money greatest;
    uint32_t moved_by; /* PILOT_READING_BIT of each reading that changes it */
} pilot_range;

typedef struct pilot_award_range {
    pilot_range total;
    pilot_range city;
    pilot_range district;
} pilot_award_range;

/* The claim's award under every combination of the readings that bear on an award (month_rule,
 * gate_mode, odd_fen_to, in_force_from, household_date, pass_effect), whatever the policy's own. A
 * combination that needs a quantity or the date of a pass which is not known is left out, unless all
 * are. Errors and error: as
 * pilot_award_compute. */
PILOT_API pilot_status pilot_award_range_compute(const pilot_policy *policy, const pilot_claim *claim,
                                                 pilot_award_range *range, pilot_error *error);

PILOT_WORDED(pilot_withheld, pilot_withheld);                   /* "outside_period" */
PILOT_WORDED(pilot_assessment_result, pilot_assessment_result); /* "passed" */

PILOT_API pilot_status pilot_award_write(const pilot_award *award, const pilot_award_line *lines,
                                         pilot_json_style style, char **text);

#ifdef __cplusplus
}
#endif
#endif
