#include "widths.h"

int pilot_machine_width(void)
{
#if PILOT_WIDTH_MAX > 1
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw"))
        return 2;
#endif
#if PILOT_WIDTH_MAX > 0
    return __builtin_cpu_supports("avx2") ? 1 : 0;
#else
    return 0;
#endif
}
