/* Any text as a value: it is refused in words, or the value's text is read as the same value. Any two
 * numbers: sums, products and quotients are those of wider numbers, or OVERFLOW. */
#include "fuzz.h"

static void check_told(pilot_status status, const pilot_error *error)
{
    require(status == PILOT_OK || (error->status == status && *error->message && *error->message_zh));
}

#define READ_BACK(name, type, equal)                                                                    \
    static void try_##name(const char *text)                                                            \
    {                                                                                                   \
        type value, again;                                                                              \
        pilot_text room;                                                                                \
        pilot_error error = {0};                                                                        \
        const pilot_status status = pilot_##name##_parse(text, &value, &error);                         \
        check_told(status, &error);                                                                     \
        if (status == PILOT_OK)                                                                         \
            require(pilot_##name##_parse(pilot_##name##_text(value, &room), &again, NULL) ==            \
                        PILOT_OK &&                                                                     \
                    (equal));                                                                           \
    }
READ_BACK(money, pilot_money, value == again)
READ_BACK(price, pilot_price, value == again)
READ_BACK(area, pilot_area, value == again)
READ_BACK(share, pilot_share,
          value.numerator == again.numerator && value.denominator == again.denominator)
READ_BACK(month, pilot_month, value == again && pilot_month_valid(value))
READ_BACK(date, pilot_date, value == again && pilot_date_valid(value))

/* One other character makes a good credit code bad: each has a weight of its own. */
static void try_codes(const char *text, choices *c)
{
    static const char used[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    static const int32_t lengths[] = {0, 6, 9, 12};
    char changed[19];
    pilot_error error = {0};
    const pilot_opt_date on = {(pilot_date)next_number(c), below(c, 2)};
    pilot_status status = pilot_division_code_check(text, lengths[below(c, 4)], on, &error);
    check_told(status, &error);
    status = pilot_credit_code_check(text, &error);
    check_told(status, &error);
    if (status != PILOT_OK)
        return;
    strcpy(changed, text);
    char *one = changed + below(c, 18);
    const char other = used[below(c, 31)];
    if (*one != other) {
        *one = other;
        require(pilot_credit_code_check(changed, NULL) == PILOT_ERROR_FORMAT);
    }
}

static void try_shown(const char *text)
{
    char shown[64], all[4096];
    const size_t length = pilot_shown(text, shown, sizeof shown);
    require(length >= strlen(shown));
    require(pilot_shown(text, all, sizeof all) == length);
    for (const char *c = all; *c; c++)
        require((unsigned char)*c >= ' ' && *c != 0x7F);
}

static void same_as_wide(pilot_status status, int64_t found, wide exact)
{
    if (exact < INT64_MIN || exact > INT64_MAX)
        require(status == PILOT_ERROR_OVERFLOW);
    else
        require(status == PILOT_OK && found == (int64_t)exact);
}

/* By the remainder, as it is done on paper. */
static wide quotient(wide dividend, wide divisor, pilot_rounding rounding)
{
    const wide whole = dividend / divisor, rest = dividend % divisor;
    const wide away = rest < 0 ? -1 : 1, twice = 2 * rest * away;
    bool moves = false;
    switch (rounding) {
    case PILOT_HALF_UP:
        moves = twice >= divisor;
        break;
    case PILOT_UP:
        moves = rest != 0;
        break;
    case PILOT_DOWN:
        break;
    case PILOT_HALF_EVEN:
        moves = twice > divisor || (twice == divisor && whole % 2 != 0);
        break;
    }
    return whole + (rest && moves ? away : 0);
}

static void try_numbers(choices *c)
{
    const int64_t a = next_number(c), b = next_number(c);
    const pilot_rounding rounding = (pilot_rounding)below(c, 4);
    int64_t found = 0;
    pilot_status status = pilot_add(a, b, &found);
    same_as_wide(status, found, (wide)a + b);
    status = pilot_subtract(a, b, &found);
    same_as_wide(status, found, (wide)a - b);
    status = pilot_multiply(a, b, &found);
    same_as_wide(status, found, (wide)a * b);
    status = pilot_divide(a, b, rounding, &found);
    if (b > 0)
        same_as_wide(status, found, quotient(a, b, rounding));
    else
        require(status == PILOT_ERROR_RANGE);
    pilot_share share;
    if (pilot_share_make(a, b, &share) == PILOT_OK) {
        const int64_t total = next_number(c);
        status = pilot_share_of(total, share, &found);
        require((status == PILOT_OK) == (total >= 0));
        if (total >= 0)
            require(found == (int64_t)((wide)total * a / b));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    require(text);
    memcpy(text, data, size);
    text[size] = '\0';
    try_money(text);
    try_price(text);
    try_area(text);
    try_share(text);
    try_month(text);
    try_date(text);
    try_shown(text);
    choices c = {data, data + size};
    try_codes(text, &c);
    free(text);
    try_numbers(&c);
    return 0;
}
