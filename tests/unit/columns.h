/* What the tests of columns have in common: cells, and the claim that a row makes. */
#ifndef TESTS_COLUMNS_H
#define TESTS_COLUMNS_H

#include "../claims.h"
#include "common.h"

/* How often a cell is none that a file of records would have. */
typedef enum spoil { CLEAN, RARELY, OFTEN, LARGE } spoil;

static inline int64_t strange(void)
{
    static const int64_t values[] = {-1,
                                     INT64_MIN,
                                     INT64_MAX,
                                     INT32_MIN,
                                     INT32_MAX,
                                     -841,
                                     -840,
                                     2771,
                                     2772,
                                     INT64_C(1) << 32,
                                     (INT64_C(1) << 32) + 600,
                                     INT64_C(1) << 48,
                                     (INT64_C(1) << 48) + 1,
                                     INT64_MAX / 12,
                                     INT64_MAX / 2,
                                     INT64_MAX - 840,
                                     INT64_MIN + 2771};
    return below(3) ? values[below(COUNT(values))]
                    : (int64_t)(random_state >> below(40)) * (below(2) ? 1 : -1);
}

#endif
