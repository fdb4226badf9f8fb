#ifndef PILOT_REWARD_INTERNAL_H
#define PILOT_REWARD_INTERNAL_H

#include "pilot/reward.h"
#include "notice/counting.h"
#include "notice/policy_internal.h"

extern const words pilot_withheld_words;
extern const record pilot_assessment_record;

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
} pilot_results;

/* Of the assessments known on the claim's day. Errors: ARGUMENT, RANGE, as pilot_award_compute. */
pilot_status pilot_results_of(const pilot_claim *claim, pilot_results *results);
pilot_assessment_result pilot_result_of_year(const pilot_results *results, int32_t year);
/* PASSED where a year's result that holds is a pass; else FAILED where one is a fail. */
pilot_assessment_result pilot_best_result(const pilot_results *results);
/* Whether some year's result that holds is a fail. */
bool pilot_has_failed(const pilot_results *results);

/* An award on its way, for those who take it line by line. Shorter lines give the same sums. */
typedef struct pilot_award_steps {
    const pilot_parameters *p;
    const pilot_claim *claim;
    pilot_results results;
    pilot_month next, last; /* months still to come; none once next > last */
    int32_t longest;        /* months that a line has at most */
    pilot_running paid, withheld;
    pilot_award award; /* of the lines so far; its receipt is left empty */
} pilot_award_steps;

/* What pilot_award_compute refuses of a claim by itself; error as there. */
pilot_status pilot_claim_check(const pilot_policy *policy, const pilot_claim *claim,
                               pilot_results *results, pilot_error *error);
/* Whether a rate is paid in the claim's months for each of something whose number the claim does not
 * have, and for each of what. */
bool pilot_claim_lacks(const pilot_policy *policy, const pilot_claim *claim, pilot_basis *basis);

/* 4.4.1-8, reading A-6b: the city's part of a total. */
pilot_status pilot_city_part(const pilot_parameters *p, pilot_money total, pilot_money *part);

/* Errors: as pilot_award_compute. */
pilot_status pilot_award_start(const pilot_policy *policy, const pilot_claim *claim, int32_t longest,
                               pilot_award_steps *steps);
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

/* total, city, district: what a sweep over readings compares. */
void pilot_award_values(const pilot_award *award, int64_t values[PILOT_SWEEP_VALUES]);
pilot_status pilot_award_sweep(const pilot_policy *policy, uint32_t readings,
                               pilot_sweep_function evaluate, const void *context,
                               pilot_award_range *range);

/* Of pilot_award_write. */
extern const record pilot_award_record;

#endif
