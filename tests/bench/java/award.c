/* What an award costs in C: nanoseconds a call, the median of many rounds. See run. */
#define _DEFAULT_SOURCE
#include <pilot.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 201, CALLS = 10000, YEARS = 5 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(void)
{
    pilot_policy *policy;
    pilot_assessment passed[YEARS];
    double times[ROUNDS];
    int64_t sum = 0;
    if (pilot_policy_nanchang_2019(&policy) != PILOT_OK)
        return 1;
    for (int i = 0; i < YEARS; i++)
        passed[i] = (pilot_assessment){.year = 2019 + i, .result = PILOT_PASSED};
    for (int round = 0; round < ROUNDS; round++) {
        const double began = now();
        for (int i = 0; i < CALLS; i++) {
            const pilot_claim claim = {.quantity[PILOT_PER_HOUSEHOLD] = PILOT_KNOWN(1000 + i % 100),
                                       .first = PILOT_MONTH(2019, 12),
                                       .last = PILOT_MONTH(2023, 12),
                                       .assessments = passed,
                                       .assessment_count = YEARS};
            pilot_award award;
            if (pilot_award_compute(policy, &claim, &award, NULL, 0, NULL) != PILOT_OK)
                return 1;
            sum += award.total;
        }
        times[round] = (now() - began) / CALLS;
    }
    qsort(times, ROUNDS, sizeof *times, ascending);
    printf("C       %7.0f ns  %lld\n", times[ROUNDS / 2], (long long)(sum / ROUNDS));
    pilot_policy_free(policy);
    return 0;
}
