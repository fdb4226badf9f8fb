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

/* What a reward is claimed for. */
typedef struct pilot_claim {
    /* In units of each basis: households, building area in 0.01 m², communities. Only the bases that
     * the policy's rates use in the period have to be known. */
    pilot_opt_int quantity[PILOT_BASIS_COUNT];
    pilot_month first; /* of service, included */
    pilot_month last;  /* of service, included */
    /* A year that is not in the list has not been assessed, and an entry that says so is no result. Of
     * two results for a year the later date holds, then the later place; one without a date counts as
     * the earliest, and as known on any as_of. NULL with assessment_count 0 is fine. */
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
} pilot_withheld;

/* A run of months within one calendar year, at one rate, with one answer. */
typedef struct pilot_award_line {
    pilot_month first, last; /* both included */
    int32_t months;
    pilot_rate rate; /* zero where reason is PILOT_WITHHELD_OUTSIDE */
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
 * lines: NULL, or room for capacity lines, in time order; award->line_count of them are written.
 * error may be NULL; its path is the claim's member by its key in an account's claim: "/households",
 * "/building_area_m2", "/first", "/assessments/3/result"; "" where no member is at fault by itself.
 * Errors: ARGUMENT (a NULL; a bool that is none), RANGE (negative quantity, month outside 1900..2200, an
 * assessment_result that is none), ORDER (last before first), MISSING_VALUE (a quantity that a rate
 * needs), OVERFLOW (the sum is kept in 0.000001 yuan, which holds up to some 9 million million yuan),
 * CAPACITY (too few lines: pilot_award_lines_max gives enough). */
PILOT_API pilot_status pilot_award_compute(const pilot_policy *policy, const pilot_claim *claim,
                                           pilot_award *award, pilot_award_line *lines, size_t capacity,
                                           pilot_error *error);

/* Lines that no claim of the policy from first to last can exceed. */
PILOT_API size_t pilot_award_lines_max(const pilot_policy *policy, pilot_month first, pilot_month last);

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
 * gate_mode, odd_fen_to, in_force_from), whatever the policy's own. A combination that
 * needs a quantity which is not known is left out, unless all are. Errors and error: as
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
