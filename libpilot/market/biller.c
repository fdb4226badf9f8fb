#include "biller.h"

#include "base/widths.h"

/* Both addends of a scaled value are below this, so that their sum is below 2^63. */
#define ADDEND_BITS 61

static int bits_of(uint64_t value)
{
    int bits = 0;
    for (int step = 32; step; step /= 2)
        if (value >> step) {
            value >>= step;
            bits += step;
        }
    return bits + (int)value;
}

/* value x 2^shift / denominator, rounded up; UINT64_MAX where that has more than ADDEND_BITS bits. */
static uint64_t fixed(uint64_t value, uint64_t denominator, int shift)
{
    const int room = 62 - bits_of(denominator);
    uint64_t whole = value / denominator, rest = value % denominator;
    if (whole >> (ADDEND_BITS - shift))
        return UINT64_MAX;
    for (int left = shift; left > 0; left -= room) {
        const int step = left < room ? left : room;
        rest <<= step;
        whole = (whole << step) + rest / denominator;
        rest %= denominator;
    }
    return whole + (rest > 0);
}

static uint64_t bias_of(pilot_rounding rounding, uint64_t denominator)
{
    switch (rounding) {
    case PILOT_UP:
        return denominator - 1;
    case PILOT_DOWN:
        return 0;
    case PILOT_HALF_UP:
    case PILOT_HALF_EVEN:
        break;
    }
    return denominator / 2;
}

pilot_scaling pilot_scaling_make(int64_t numerator, int64_t added, int64_t denominator,
                                 pilot_rounding rounding)
{
    /* Values of so many bits: 2^shift is at least 2^bits x denominator, so that the roundings of a value
     * and of what is added stay below one denominator-th; and a value times the factor fits. */
    const uint64_t divisor = (uint64_t)denominator, sum = (uint64_t)added + bias_of(rounding, divisor);
    const int bits = (ADDEND_BITS - 1 - bits_of((uint64_t)numerator)) / 2;
    pilot_scaling made = {.shift = bits + bits_of(divisor), .greatest = -1};
    if (bits < 1 || made.shift > ADDEND_BITS - 1)
        return made;
    made.factor = fixed((uint64_t)numerator, divisor, made.shift);
    made.added = fixed(sum, divisor, made.shift);
    made.tie = rounding == PILOT_HALF_EVEN ? fixed(1, divisor, made.shift) : 0;
    if (made.added != UINT64_MAX)
        made.greatest = (INT64_C(1) << bits) - 1;
    return made;
}

PILOT_INLINE uint64_t scale(uint64_t value, const pilot_scaling *s)
{
    return (value * s->factor + s->added) >> s->shift;
}

/* A quotient in the middle was rounded up: an odd one goes back to the even one before it. */
PILOT_INLINE uint64_t scale_to_even(uint64_t value, const pilot_scaling *s)
{
    uint64_t exact = value * s->factor + s->added, whole = exact >> s->shift;
    uint64_t left = exact & ((UINT64_C(1) << s->shift) - 1);
    return whole - ((left < s->tie) & whole);
}

/* The parts of an area as large as any, which is the largest bill. */
void pilot_biller_settle(pilot_biller *b)
{
    int64_t area = INT32_MAX, units = 0, part;
    pilot_status status = PILOT_OK;
    b->width = pilot_machine_width();
    for (size_t i = 0; i < b->count; i++)
        area = b->parts[i].greatest < area ? b->parts[i].greatest : area;
    for (size_t i = 0; area >= 0 && status == PILOT_OK && i < b->count; i++) {
        part = (int64_t)scale((uint64_t)area, &b->parts[i]);
        if (b->twice && part > b->again.greatest)
            status = PILOT_ERROR_OVERFLOW;
        else
            status =
                pilot_add(units, b->twice ? (int64_t)scale((uint64_t)part, &b->again) : part, &units);
    }
    if (status == PILOT_OK)
        status = pilot_multiply(units, b->fen, &part);
    if (status == PILOT_OK)
        status = pilot_add(part, b->alike, &part);
    if (status == PILOT_OK)
        status = pilot_multiply(part, PILOT_BILLS_AT_ONCE, &part);
    b->greatest = status == PILOT_OK ? area : -1;
}

bool pilot_biller_takes(const pilot_biller *b, const pilot_area *areas, size_t count)
{
    bool beyond = b->greatest < 0;
    for (size_t i = 0; i < count; i++)
        beyond |= areas[i] > b->greatest;
    return !beyond;
}

PILOT_INLINE void add_parts(const pilot_biller *b, const pilot_area *areas, size_t count,
                            pilot_money *restrict bills, const bool twice, const bool even)
{
    const pilot_scaling again = b->again;
    for (size_t p = 0; p < b->count; p++) {
        const pilot_scaling part = b->parts[p];
        for (size_t i = 0; i < count; i++) {
            uint64_t units = even && !twice ? scale_to_even((uint64_t)areas[i], &part)
                                            : scale((uint64_t)areas[i], &part);
            if (twice)
                units = even ? scale_to_even(units, &again) : scale(units, &again);
            bills[i] += (int64_t)units;
        }
    }
}

PILOT_INLINE void bill(const pilot_biller *b, const pilot_area *areas, size_t count,
                       pilot_money *restrict bills)
{
    const bool even = b->twice ? b->again.tie : b->count && b->parts[0].tie;
    for (size_t i = 0; i < count; i++)
        bills[i] = 0;
    if (b->twice && even)
        add_parts(b, areas, count, bills, true, true);
    else if (b->twice)
        add_parts(b, areas, count, bills, true, false);
    else if (even)
        add_parts(b, areas, count, bills, false, true);
    else
        add_parts(b, areas, count, bills, false, false);
    for (size_t i = 0; i < count; i++)
        bills[i] = bills[i] * b->fen + b->alike;
}
PILOT_WIDTHS(bill, (const pilot_biller *b, const pilot_area *areas, size_t count, pilot_money *bills),
             (b, areas, count, bills))

void pilot_biller_bill(const pilot_biller *b, const pilot_area *areas, size_t count,
                       pilot_money *restrict bills)
{
    bill_of[b->width](b, areas, count, bills);
}
