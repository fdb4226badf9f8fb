/* How a long call asks whether it has to end. */
#ifndef PILOT_STOP_INTERNAL_H
#define PILOT_STOP_INTERNAL_H

#include "pilot/base.h"

/* A call's question. Every step, of some microseconds, puts it; some of them pass it on, as asking may
 * cost as much as a step. A yes stays. Without a stop, as when NULL or zero-initialised, it is no. */
typedef struct pilot_stopping {
    const pilot_stop *stop;
    uint32_t steps;
    bool stopped;
} stopping;

#define PILOT_STEPS_BETWEEN 16

static inline bool pilot_stopped(stopping *s)
{
    if (!s || !s->stop)
        return false;
    if (!s->stopped && ++s->steps % PILOT_STEPS_BETWEEN == 0)
        s->stopped = s->stop->asked(s->stop->context);
    return s->stopped;
}

#endif
