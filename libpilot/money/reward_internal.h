#ifndef PILOT_REWARD_INTERNAL_H
#define PILOT_REWARD_INTERNAL_H

#include "pilot/reward.h"
#include "notice/counting.h"
#include "notice/policy_internal.h"

extern const words pilot_withheld_words, pilot_assessment_result_words;
extern const record pilot_assessment_record;
/* The dated counts of an area, and those of a claim, which has no use for the others' households. */
extern const record pilot_count_record, pilot_claim_count_record;
/* That each of the counts, good by themselves, is later than the one before it. Errors: ORDER. */
pilot_status pilot_counts_checked(const checker *c, const record_place *at, const pilot_count *counts,
                                  size_t count);

/* A sum kept exact, and what its roundings have given so far. */
typedef struct pilot_running {
    int64_t exact; /* 0.000001 yuan */
    pilot_money rounded;
} pilot_running;

/* The years that have a result which holds, bits by year from PILOT_YEAR_MIN on: made once of a list, so
 * that no year walks it again. They go so far beyond PILOT_YEAR_MAX as a row's bits do from a policy's
 * last year; any other year is none. */
#define PILOT_RESULT_WORDS ((PILOT_YEAR_MAX - PILOT_YEAR_MIN) / 64 + 2)
typedef struct pilot_results {
    uint64_t passed[PILOT_RESULT_WORDS], failed[PILOT_RESULT_WORDS];
    uint64_t dated[PILOT_RESULT_WORDS];            /* passes whose day is known */
    pilot_date passed_on[PILOT_RESULT_WORDS * 64]; /* of those; of other years nothing is written */
    pilot_opt_date first_pass;                     /* the earliest of those */
} pilot_results;

/* Of the assessments known on the claim's day. Errors: ARGUMENT, RANGE, as pilot_award_compute. */
pilot_status pilot_results_of(const pilot_claim *claim, pilot_results *results);
pilot_assessment_result pilot_result_of_year(const pilot_results *results, int32_t year);
/* PASSED where a year's result that holds is a pass; else FAILED where one is a fail. */
pilot_assessment_result pilot_best_result(const pilot_results *results);
/* Whether some year's result that holds is a fail. */
bool pilot_has_failed(const pilot_results *results);

/* What a claim lacks for its award. */
typedef enum pilot_lack_kind {
    PILOT_LACKS_NOTHING,
    PILOT_LACKS_QUANTITY,
    PILOT_LACKS_PASS_DATE,
} pilot_lack_kind;
typedef struct pilot_lack {
    pilot_lack_kind what;
    pilot_basis basis; /* of the quantity */
    int32_t year;      /* of the pass */
} pilot_lack;

/* An award on its way, for those who take it line by line. Shorter lines give the same sums. */
typedef struct pilot_award_steps {
    const pilot_parameters *p;
    const pilot_claim *claim;
    const pilot_results *results;
    pilot_month first;      /* month that counts */
    pilot_month next, last; /* months still to come; none once next > last */
    int32_t longest;        /* months that a line has at most */
    pilot_running paid, withheld;
    pilot_lack lack;   /* why a step was MISSING_VALUE */
    pilot_award award; /* of the lines so far; its receipt is left empty */
} pilot_award_steps;

/* What pilot_award_compute refuses of a claim by itself; error as there. */
pilot_status pilot_claim_check(const pilot_policy *policy, const pilot_claim *claim,
                               pilot_results *results, pilot_error *error);
/* What a month of a claim that is good by itself needs and the claim does not have. */
pilot_lack pilot_claim_lacks(const pilot_policy *policy, const pilot_claim *claim);
/* What a month of the claim is paid for, of each basis. */
void pilot_claim_quantities(const pilot_policy *policy, const pilot_claim *claim,
                            const pilot_results *results, pilot_month month,
                            pilot_opt_int quantities[PILOT_BASIS_COUNT]);
/* The readings that can bear on a claim with such lists. */
uint32_t pilot_claim_readings(bool counts, bool assessments);

/* 4.4.1-8, reading A-6b: the city's part of a total. */
pilot_status pilot_city_part(const pilot_parameters *p, pilot_money total, pilot_money *part);

/* own: room for the results of the claim's assessments, as long as there are steps to take. Errors: as
 * pilot_award_compute. */
pilot_status pilot_award_start(const pilot_policy *policy, const pilot_claim *claim, int32_t longest,
                               pilot_results *own, pilot_award_steps *steps);
/* The next line, where there is one. */
pilot_status pilot_award_step(pilot_award_steps *steps, pilot_award_line *line);

/* Computes an award line by line in time order; visit may be NULL, and ends the walk by a status that
 * is not OK. The award's receipt is left empty. */
typedef pilot_status (*pilot_line_function)(const pilot_award_line *line, void *context);
pilot_status pilot_award_walk(const pilot_policy *policy, const pilot_claim *claim,
                              pilot_line_function visit, void *context, pilot_award *award);
/* Likewise, by results that hold for several claims, whose own assessments do not count. */
pilot_status pilot_award_walk_by(const pilot_policy *policy, const pilot_claim *claim,
                                 const pilot_results *results, pilot_line_function visit, void *context,
                                 pilot_award *award);

/* The same, no further than the month, and without visits. */
pilot_status pilot_award_through(const pilot_policy *policy, const pilot_claim *claim,
                                 const pilot_results *results, pilot_month through, pilot_award *award);

/* total, city, district: what a sweep over readings compares. */
void pilot_award_values(const pilot_award *award, int64_t values[PILOT_SWEEP_VALUES]);
pilot_status pilot_award_sweep(const pilot_policy *policy, uint32_t readings,
                               pilot_sweep_function evaluate, const void *context,
                               pilot_award_range *range);

/* Of pilot_award_write. */
extern const record pilot_award_record;

#endif
