/* Loops over several values at once, compiled for any machine and for those with wider registers. */
#ifndef PILOT_WIDTHS_H
#define PILOT_WIDTHS_H

/* Without optimisation a body is one function, whose branches are counted once. */
#if defined(__GNUC__) && defined(__OPTIMIZE__) && !defined(__OPTIMIZE_SIZE__)
#define PILOT_INLINE static inline __attribute__((always_inline))
/* Of functions with much on the stack, one after the other of which is called. */
#define PILOT_APART static __attribute__((noinline))
#else
#define PILOT_INLINE static inline
#define PILOT_APART static
#endif

/* A build with a smaller PILOT_WIDTH_MAX takes none that is wider, so that all can be tested on one
 * machine. */
#if !defined(PILOT_WIDTH_MAX)
#if defined(__GNUC__) && defined(__x86_64__)
#define PILOT_WIDTH_MAX 2
#else
#define PILOT_WIDTH_MAX 0
#endif
#endif

/* Which of the ways that a body is compiled the machine can take: 0, 1 (AVX2) or 2 (AVX-512). */
int pilot_machine_width(void);

/* Makes body_of[pilot_machine_width()] of a PILOT_INLINE body. */
#define PILOT_WIDTH(name, body, parameters, arguments)                                                  \
    static void name parameters                                                                         \
    {                                                                                                   \
        body arguments;                                                                                 \
    }
#if PILOT_WIDTH_MAX > 0
#define PILOT_WIDTHS(body, parameters, arguments)                                                       \
    PILOT_WIDTH(body##_any, body, parameters, arguments)                                                \
    __attribute__((target("avx2"))) PILOT_WIDTH(body##_avx2, body, parameters, arguments)               \
        __attribute__((target("avx512f,avx512dq,avx512vl,avx512bw")))                                   \
        PILOT_WIDTH(body##_avx512, body, parameters, arguments) static void(*const body##_of[])         \
            parameters = {body##_any, body##_avx2, body##_avx512};
#else
#define PILOT_WIDTHS(body, parameters, arguments)                                                       \
    PILOT_WIDTH(body##_any, body, parameters, arguments)                                                \
    static void(*const body##_of[]) parameters = {body##_any};
#endif

#endif
