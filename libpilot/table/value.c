#include "value.h"

#include "fold.h"
#include "pilot/clause.h"

#include <stdarg.h>
#include <stdio.h>

const char *const pilot_not_done_word[3] = {"not done", "未完成", "not_done"};
const char *const pilot_none_word[3] = {"none", "无", "none"};

/* As pilot_fold_title has them, of which - and / are nothing. */
static const char *const unknown_words[] = {"",     "—",    "——",      "未知", "不详",
                                            "待定", "暂缺", "unknown", NULL};
static const char *const none_words[] = {"无", "没有", "none", "0", NULL};
static const char *const yes_words[] = {"是", "有", "已", "yes", "y", "true", "√", "✓", "✔", NULL};
static const char *const no_words[] = {"否", "无", "没有", "no", "n", "false", "×", "✗", "✘", NULL};
static const char *const done_words[] = {"是", "已完成", "完成", "yes", "true", "done", "√", "✓", NULL};
static const char *const not_done_words[] = {"未完成", "否",      "未",    "没有",
                                             "no",     "notdone", "false", NULL};

static bool is_one_of(const char *text, const char *const *list)
{
    char folded[FOLDED_SIZE];
    if (!pilot_fold_title(text, folded))
        return false;
    for (; *list; list++)
        if (strcmp(folded, *list) == 0)
            return true;
    return false;
}

bool pilot_says_unknown(const char *text)
{
    return is_one_of(text, unknown_words);
}

bool pilot_says_none(const char *text)
{
    return is_one_of(text, none_words);
}

bool pilot_cell_blank(const pilot_cell *cell)
{
    if (cell->kind != PILOT_CELL_TEXT)
        return cell->kind == PILOT_CELL_BLANK;
    return !cell->text || !*pilot_behind_spaces(cell->text);
}

#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
static cell_outcome
refuse(cell_fault *fault, pilot_cell_code code, pilot_status status, const char *both, ...);

/* both: "zh\ten", each with the same arguments, of which text is shown as it may be. */
static cell_outcome refuse(cell_fault *fault, pilot_cell_code code, pilot_status status,
                           const char *both, ...)
{
    char text[2 * sizeof fault->zh];
    va_list arguments;
    fault->code = code;
    fault->status = status;
    fault->zh[0] = fault->en[0] = '\0';
    if (!both)
        return CELL_REFUSED;
    va_start(arguments, both);
    vsnprintf(text, sizeof text, both, arguments);
    va_end(arguments);
    const size_t tab = strcspn(text, "\t");
    snprintf(fault->zh, sizeof fault->zh, "%.*s", (int)tab, text);
    snprintf(fault->en, sizeof fault->en, "%.319s", text + tab + (text[tab] != '\0'));
    return CELL_REFUSED;
}

/* Digits and where the point is among them. */
#define DIGITS_MAX 60
typedef struct decimal {
    bool negative;
    char digits[DIGITS_MAX];
    int count;
    int point; /* digits before it; may be below 0 or behind them */
} decimal;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool add_digit(decimal *d, char digit)
{
    if (d->count == DIGITS_MAX)
        return false;
    d->digits[d->count++] = digit;
    return true;
}

/* Digits with or without a comma before each three, and decimals. */
static bool read_digits(const char **text, decimal *d)
{
    const char *at = *text;
    int group = -1; /* digits since the last comma; below 0: there was none */
    *d = (decimal){0};
    if (!is_digit(*at))
        return false;
    for (; is_digit(*at) || *at == ','; at++) {
        if (*at == ',') {
            if ((group < 0 && d->count > 3) || (group >= 0 && group != 3))
                return false;
            group = 0;
        } else if (!add_digit(d, *at)) {
            return false;
        } else if (group >= 0) {
            group++;
        }
    }
    if (group >= 0 && group != 3)
        return false;
    d->point = d->count;
    if (*at == '.') {
        if (!is_digit(*++at))
            return false;
        for (; is_digit(*at); at++)
            if (!add_digit(d, *at))
                return false;
    }
    *text = at;
    return true;
}

/* To the digits that a workbook keeps. */
#define DIGITS_KEPT 15
static void round_off(decimal *d)
{
    int start = 0;
    while (start < d->count && d->digits[start] == '0')
        start++;
    const int end = start + DIGITS_KEPT;
    if (d->count <= end)
        return;
    const bool up = d->digits[end] >= '5';
    d->count = end;
    for (int i = end - 1; up && i >= 0; i--) {
        if (d->digits[i] != '9') {
            d->digits[i]++;
            return;
        }
        d->digits[i] = '0';
        if (i == 0) {
            memmove(d->digits + 1, d->digits, (size_t)d->count - 1);
            d->digits[0] = '1';
            d->point++;
        }
    }
}

/* "-1200.5": no zeros that say nothing. */
#define PLAIN_SIZE 160
static bool plain(const decimal *d, char text[PLAIN_SIZE])
{
    int first = 0, last = d->count, used = 0;
    while (first < last && d->digits[first] == '0')
        first++;
    while (last > first && d->digits[last - 1] == '0')
        last--;
    if (first == last) {
        strcpy(text, "0");
        return true;
    }
    if (d->point - first > DIGITS_MAX || d->point < -DIGITS_MAX)
        return false;
    if (d->negative)
        text[used++] = '-';
    if (d->point <= first)
        text[used++] = '0';
    for (int i = first; i < d->point; i++)
        text[used++] = (char)(i < last ? d->digits[i] : '0');
    if (last > d->point) {
        text[used++] = '.';
        for (int i = d->point < first ? d->point : first; i < last; i++)
            if (i >= d->point)
                text[used++] = (char)(i < first ? '0' : d->digits[i]);
    }
    text[used] = '\0';
    return true;
}

/* The digits of a number cell: "43800.0", "1E-5". */
static bool read_number_cell(const pilot_cell *cell, decimal *d)
{
    char folded[FOLDED_SIZE];
    const char *at = folded;
    if (!cell->text || !pilot_fold(cell->text, folded))
        return false;
    const bool negative = *at == '-';
    at += negative;
    if (strchr(at, ',') || !read_digits(&at, d))
        return false;
    d->negative = negative;
    if (*at == 'e') {
        const bool below = at[1] == '-';
        int exponent = 0;
        at += 1 + (at[1] == '-' || at[1] == '+');
        if (!is_digit(*at))
            return false;
        for (; is_digit(*at); at++)
            if (exponent < 1000)
                exponent = exponent * 10 + (*at - '0');
        d->point += below ? -exponent : exponent;
    }
    if (*at)
        return false;
    round_off(d);
    return true;
}

enum { OF_MONEY = 1, OF_PRICE = 2, OF_AREA = 4, OF_COUNT = 8 };

static int numbers_of(field_kind kind)
{
    return kind == FIELD_MONEY   ? OF_MONEY
           : kind == FIELD_PRICE ? OF_PRICE
           : kind == FIELD_AREA  ? OF_AREA
           : kind == FIELD_COUNT ? OF_COUNT
                                 : 0;
}

/* What stands behind a number, as pilot_fold has it without spaces, and by how many places it moves it.
 */
static const struct unit {
    const char *text;
    int of, places;
} units[] = {
    {"元", OF_MONEY | OF_PRICE, 0},
    {"圆", OF_MONEY | OF_PRICE, 0},
    {"元整", OF_MONEY, 0},
    {"yuan", OF_MONEY | OF_PRICE, 0},
    {"rmb", OF_MONEY | OF_PRICE, 0},
    {"cny", OF_MONEY | OF_PRICE, 0},
    {"千元", OF_MONEY, 3},
    {"万元", OF_MONEY, 4},
    {"万", OF_MONEY | OF_COUNT, 4},
    {"亿元", OF_MONEY, 8},
    {"元/㎡", OF_PRICE, 0},
    {"元/m2", OF_PRICE, 0},
    {"元/m²", OF_PRICE, 0},
    {"元/平方米", OF_PRICE, 0},
    {"元/平米", OF_PRICE, 0},
    {"元/㎡·月", OF_PRICE, 0},
    {"元/㎡/月", OF_PRICE, 0},
    {"元/m2/月", OF_PRICE, 0},
    {"元/m²/月", OF_PRICE, 0},
    {"元/平方米·月", OF_PRICE, 0},
    {"元/平方米/月", OF_PRICE, 0},
    {"元/平方米每月", OF_PRICE, 0},
    {"元/月·㎡", OF_PRICE, 0},
    {"元/月·平方米", OF_PRICE, 0},
    {"㎡", OF_AREA, 0},
    {"m2", OF_AREA, 0},
    {"m²", OF_AREA, 0},
    {"sqm", OF_AREA, 0},
    {"平", OF_AREA, 0},
    {"平米", OF_AREA, 0},
    {"平方米", OF_AREA, 0},
    {"万㎡", OF_AREA, 4},
    {"万平方米", OF_AREA, 4},
    {"户", OF_COUNT, 0},
    {"万户", OF_COUNT, 4},
    {"栋", OF_COUNT, 0},
    {"幢", OF_COUNT, 0},
    {"人", OF_COUNT, 0},
    {"名", OF_COUNT, 0},
    {"个", OF_COUNT, 0},
    {"项", OF_COUNT, 0},
    {"级", OF_COUNT, 0},
};

/* NULL: not a unit of the field's. */
static const struct unit *unit_of(const field *f, const char text[FOLDED_SIZE])
{
    char bare[FOLDED_SIZE];
    size_t used = 0;
    for (; *text; text++)
        if (*text != ' ')
            bare[used++] = *text;
    bare[used] = '\0';
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (units[i].of & numbers_of(f->kind) && strcmp(units[i].text, bare) == 0)
            return &units[i];
    return NULL;
}

bool pilot_unit_known(const field *f, const char *unit, int *places)
{
    char folded[FOLDED_SIZE];
    const struct unit *known = pilot_fold(unit, folded) ? unit_of(f, folded) : NULL;
    *places = known ? known->places : 0;
    return known;
}

/* Whether a text has a number that is only about right. */
static bool is_vague(const char *text)
{
    static const char *const signs[] = {
        "约", "近", "左右", "余", "多", "上下", "以上",  "以下",   "不足",   "至",   "到",   "~",
        "+",  ">",  "<",    "≥",  "≤",  "±",    "about", "around", "approx", "over", "under"};
    const char *digit = strpbrk(text, "0123456789");
    if (!digit)
        return false;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strstr(text, signs[i]))
            return true;
    return strchr(digit, '-') != NULL;
}

static cell_outcome read_number_text(const field *f, const pilot_cell *cell, int moved, decimal *d,
                                     cell_fault *fault)
{
    static const char *const before[] = {"¥", "￥", "rmb", "cny", "人民币"};
    char folded[FOLDED_SIZE];
    const struct unit *own = NULL;
    if (pilot_says_unknown(cell->text))
        return CELL_UNKNOWN;
    if (!pilot_fold(cell->text, folded))
        return refuse(fault, PILOT_CELL_NOT_A_NUMBER, PILOT_ERROR_FORMAT, NULL);
    const char *at = folded;
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        if (numbers_of(f->kind) & (OF_MONEY | OF_PRICE) &&
            strncmp(at, before[i], strlen(before[i])) == 0)
            at += strlen(before[i]);
    while (*at == ' ')
        at++;
    const bool negative = *at == '-';
    at += negative;
    if (!read_digits(&at, d) || (*at && !(own = unit_of(f, at))))
        return refuse(fault, is_vague(folded) ? PILOT_CELL_NOT_EXACT : PILOT_CELL_NOT_A_NUMBER,
                      PILOT_ERROR_FORMAT, NULL);
    d->negative = negative;
    d->point += own ? own->places : moved;
    return CELL_READ;
}

static cell_outcome unexpected(const pilot_cell *cell, pilot_cell_code code, cell_fault *fault)
{
    pilot_text text;
    switch (cell->kind) {
    case PILOT_CELL_ERROR:
        return refuse(fault, PILOT_CELL_ERROR_VALUE, PILOT_ERROR_FORMAT, NULL);
    case PILOT_CELL_FORMULA:
        return refuse(fault, PILOT_CELL_NO_VALUE, PILOT_ERROR_MISSING_VALUE, NULL);
    case PILOT_CELL_MERGED:
        return refuse(fault, PILOT_CELL_MERGED_VALUE, PILOT_ERROR_MISSING_VALUE, NULL);
    case PILOT_CELL_DAY:
        pilot_date_text(cell->day, &text);
        return refuse(
            fault, PILOT_CELL_UNEXPECTED_DATE, PILOT_ERROR_TYPE,
            "单元格是日期%s，不是此列的内容\tthe cell is the date %s, which is no value of this column",
            text.text, text.text);
    default:
        return refuse(fault, code, PILOT_ERROR_TYPE, NULL);
    }
}

/* A number cell or a text, exactly. moved: by how many places, where it has no unit of its own; places:
 * decimals that are kept. */
static cell_outcome read_number(const field *f, const pilot_cell *cell, int moved, int places,
                                int64_t *value, cell_fault *fault)
{
    decimal d;
    char text[PLAIN_SIZE];
    cell_outcome outcome = CELL_READ;
    if (cell->kind == PILOT_CELL_TEXT) {
        outcome = read_number_text(f, cell, moved, &d, fault);
    } else if (cell->kind == PILOT_CELL_NUMBER) {
        if (!read_number_cell(cell, &d))
            return refuse(fault, PILOT_CELL_NOT_A_NUMBER, PILOT_ERROR_FORMAT, NULL);
        if (d.point > DIGITS_KEPT)
            return refuse(fault, PILOT_CELL_DIGITS_LOST, PILOT_ERROR_PRECISION, NULL);
        d.point += moved;
    } else {
        return unexpected(cell, PILOT_CELL_NOT_A_NUMBER, fault);
    }
    if (outcome != CELL_READ)
        return outcome;
    pilot_status status = plain(&d, text)
                              ? pilot_decimal_parse(text, places, value, NULL, (pilot_phrase){0})
                          : d.point < 0 ? PILOT_ERROR_PRECISION
                                        : PILOT_ERROR_OVERFLOW;
    if (status == PILOT_ERROR_PRECISION)
        return refuse(fault, PILOT_CELL_TOO_PRECISE, status, NULL);
    return status == PILOT_OK ? CELL_READ : refuse(fault, PILOT_CELL_OUT_OF_RANGE, status, NULL);
}

static int decimals_of(const field *f)
{
    return f->kind == FIELD_PRICE ? 4 : f->kind == FIELD_MONEY || f->kind == FIELD_AREA ? 2 : 0;
}

bool pilot_cell_adds_up(const field *f)
{
    return f->kind == FIELD_COUNT || f->kind == FIELD_MONEY || f->kind == FIELD_AREA;
}

void pilot_cell_number_text(const field *f, int64_t value, pilot_text *text)
{
    pilot_decimal_text(value, decimals_of(f), text);
}

cell_outcome pilot_cell_number(const cell_column *column, const pilot_cell *cell, int64_t *value,
                               cell_fault *fault)
{
    return read_number(column->f, cell, column->places, decimals_of(column->f), value, fault);
}

static cell_outcome read_counted(const cell_column *column, const pilot_cell *cell, void *out,
                                 cell_fault *fault)
{
    const field *f = column->f;
    int64_t value;
    cell_outcome outcome = pilot_cell_number(column, cell, &value, fault);
    if (outcome != CELL_READ)
        return outcome;
    if (f->required)
        *(int64_t *)out = value;
    else
        *(pilot_opt_int *)out = (pilot_opt_int){value, true};
    return CELL_READ;
}

/* Numbers of a date, and what stands between them. */
typedef struct parts {
    int32_t number[3];
    int digits[3];
    int count;
    char sign; /* between them; 'y': 年月日; 0: none, or not the same */
} parts;

static const char *skip(const char *at, const char *what)
{
    const size_t length = strlen(what);
    return strncmp(at, what, length) == 0 ? at + length : NULL;
}

static const char *skip_sign(const char *at, int before, char *sign)
{
    static const char *const chinese[] = {"年", "月", "日"};
    const char *next = skip(at, chinese[before]);
    if (!next && before == 2)
        next = skip(at, "号");
    if (next) {
        *sign = 'y';
        return next;
    }
    if (strchr("-./", *at) && *at) {
        *sign = *at;
        return at + 1;
    }
    return NULL;
}

/* Behind a day there may be its first moment, as some programs write it. */
static bool is_midnight(const char *at)
{
    if (*at == 't' || *at == ' ')
        at++;
    return strchr(at, ':') && at[strspn(at, "0:.")] == '\0';
}

/* But for those between two numbers. It begins with none, as it is folded. */
static void drop_spaces(char *text)
{
    char *to = text;
    for (const char *at = text; *at; at++)
        if (*at != ' ' || (is_digit(at[-1]) && is_digit(at[1])))
            *to++ = *at;
    *to = '\0';
}

static bool read_parts(const char *text, parts *p)
{
    char folded[FOLDED_SIZE], sign = 0;
    bool more = false; /* a sign wants another number behind it */
    *p = (parts){.count = 0};
    if (!pilot_fold(text, folded))
        return false;
    drop_spaces(folded);
    const char *at = folded;
    while (p->count < 3 && is_digit(*at)) {
        const int i = p->count++;
        for (more = false; is_digit(*at); at++) {
            if (++p->digits[i] > 8)
                return false;
            p->number[i] = p->number[i] * 10 + (*at - '0');
        }
        const char *next = skip_sign(at, i, &sign);
        if (!next || (i == 2 && sign != 'y'))
            break;
        if (p->sign && sign != p->sign)
            return false;
        p->sign = sign;
        more = sign != 'y';
        at = next;
    }
    return p->count && !more && (!*at || (p->count == 3 && is_midnight(at)));
}

static const char *shown_day(int32_t year, int32_t month, int32_t day, pilot_text *text)
{
    pilot_date date;
    return pilot_date_make(year, month, day, &date) == PILOT_OK ? pilot_date_text(date, text) : NULL;
}

/* Three numbers of which the year is last or has two digits. */
static cell_outcome refuse_order(const parts *p, cell_fault *fault)
{
    static const int orders[][3] = {
        {0, 1, 2}, {2, 0, 1}, {2, 1, 0}}; /* of the year, the month, the day */
    const bool whole = p->digits[2] == 4;
    char zh[100] = "", en[100] = "";
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        const int *at = orders[i];
        pilot_text text;
        if (p->digits[at[0]] != (whole ? 4 : 2))
            continue;
        const char *day =
            shown_day(p->number[at[0]] + (whole ? 0 : 2000), p->number[at[1]], p->number[at[2]], &text);
        if (!day || strstr(en, day))
            continue;
        strcat(strcat(zh, *zh ? "，也可能是" : ""), day);
        strcat(strcat(en, *en ? " or " : ""), day);
    }
    if (!*en)
        return refuse(fault, PILOT_CELL_NOT_A_DATE, PILOT_ERROR_FORMAT, NULL);
    return refuse(
        fault, PILOT_CELL_DATE_AMBIGUOUS, PILOT_ERROR_FORMAT,
        whole ? "年份在后，月日先后不明，可能是%s\tthe year stands last, and which number is the "
                "month is not said: it could be %s"
              : "年份只有两位，可能是%s\tthe year has two digits: it could be %s",
        zh, en);
}

static cell_outcome made_date(int32_t year, int32_t month, int32_t day, pilot_date *date,
                              cell_fault *fault)
{
    return pilot_date_make(year, month, day, date) == PILOT_OK
               ? CELL_READ
               : refuse(fault, PILOT_CELL_NOT_A_DATE, PILOT_ERROR_RANGE, NULL);
}

static cell_outcome date_of_parts(const parts *p, pilot_date *date, cell_fault *fault)
{
    const int32_t whole = p->number[0];
    if (p->count == 1 && p->digits[0] == 8 && !p->sign)
        return made_date(whole / 10000, whole / 100 % 100, whole % 100, date, fault);
    if (p->count == 3 && p->digits[0] == 4 && p->digits[1] <= 2 && p->digits[2] <= 2)
        return made_date(whole, p->number[1], p->number[2], date, fault);
    if (p->count == 3)
        return refuse_order(p, fault);
    if (p->count == 2 && p->digits[0] == 4)
        return refuse(fault, PILOT_CELL_NOT_A_DATE, PILOT_ERROR_FORMAT,
                      "只有年月，没有日\tit has a year and a month and no day");
    return refuse(fault, PILOT_CELL_NOT_A_DATE, PILOT_ERROR_FORMAT, NULL);
}

/* A serial number as its file counts days: what day it was taken for is told. */
static cell_outcome day_of_serial(const char *text, bool from_1904, pilot_date *date, cell_fault *fault)
{
    int64_t serial;
    pilot_text day;
    if (pilot_decimal_parse(text, 0, &serial, NULL, (pilot_phrase){0}) != PILOT_OK ||
        pilot_serial_day(serial, from_1904, date) != PILOT_OK)
        return refuse(fault, PILOT_CELL_NOT_A_DATE, PILOT_ERROR_TYPE, NULL);
    pilot_date_text(*date, &day);
    (void)refuse(
        fault, PILOT_CELL_SERIAL_DAY, PILOT_OK,
        "单元格没有日期格式，按日期序号读作%s\tthe cell has no format of a date: as a day's serial "
        "number it was read as %s",
        day.text, day.text);
    return CELL_NOTED;
}

/* A whole number in a column of days: 20191205 is written as one, 43800 counts days. */
static cell_outcome date_of_number(const pilot_cell *cell, bool from_1904, pilot_date *date,
                                   cell_fault *fault)
{
    decimal d;
    char text[PLAIN_SIZE];
    parts p;
    if (!read_number_cell(cell, &d) || !plain(&d, text))
        return refuse(fault, PILOT_CELL_NOT_A_DATE, PILOT_ERROR_TYPE, NULL);
    if (strlen(text) == 8 && read_parts(text, &p))
        return date_of_parts(&p, date, fault);
    return day_of_serial(text, from_1904, date, fault);
}

static cell_outcome read_day(const pilot_cell *cell, bool from_1904, pilot_date *date, cell_fault *fault)
{
    parts p;
    switch (cell->kind) {
    case PILOT_CELL_DAY:
        *date = cell->day;
        return pilot_date_valid(*date) ? CELL_READ
                                       : refuse(fault, PILOT_CELL_NOT_A_DATE, PILOT_ERROR_RANGE, NULL);
    case PILOT_CELL_NUMBER:
        return date_of_number(cell, from_1904, date, fault);
    case PILOT_CELL_TEXT:
        if (pilot_says_unknown(cell->text))
            return CELL_UNKNOWN;
        return read_parts(cell->text, &p)
                   ? date_of_parts(&p, date, fault)
                   : refuse(fault, PILOT_CELL_NOT_A_DATE, PILOT_ERROR_FORMAT, NULL);
    default:
        return unexpected(cell, PILOT_CELL_NOT_A_DATE, fault);
    }
}

static bool is_read(cell_outcome outcome)
{
    return outcome == CELL_READ || outcome == CELL_NOTED;
}

static cell_outcome read_dated(const cell_column *column, const pilot_cell *cell, void *out,
                               cell_fault *fault)
{
    pilot_date date;
    cell_outcome outcome = read_day(cell, column->from_1904, &date, fault);
    if (is_read(outcome) && column->f->required)
        *(pilot_date *)out = date;
    else if (is_read(outcome))
        *(pilot_opt_date *)out = (pilot_opt_date){date, true};
    return outcome;
}

static cell_outcome made_month(int32_t year, int32_t month_of_year, pilot_month *month,
                               cell_fault *fault)
{
    return pilot_month_make(year, month_of_year, month) == PILOT_OK
               ? CELL_READ
               : refuse(fault, PILOT_CELL_NOT_A_MONTH, PILOT_ERROR_RANGE, NULL);
}

static cell_outcome month_of_text(const char *text, pilot_month *month, cell_fault *fault)
{
    parts p;
    const bool good = read_parts(text, &p);
    if (good && p.count == 2 && p.digits[0] == 4 && p.digits[1] <= 2)
        return made_month(p.number[0], p.number[1], month, fault);
    if (good && p.count == 1 && p.digits[0] == 6 && !p.sign)
        return made_month(p.number[0] / 100, p.number[0] % 100, month, fault);
    return refuse(fault, PILOT_CELL_NOT_A_MONTH, PILOT_ERROR_FORMAT, NULL);
}

/* Of a day the month that it begins; any other day is no month. */
static cell_outcome month_of_day(const pilot_cell *cell, pilot_date date, pilot_month *month,
                                 cell_fault *fault)
{
    int32_t year, month_of_year, day;
    pilot_date_parts(date, &year, &month_of_year, &day);
    return day == 1 ? made_month(year, month_of_year, month, fault)
                    : unexpected(cell, PILOT_CELL_NOT_A_MONTH, fault);
}

/* 201912 is written as a month, 43800 counts the days to the first of one. 2019.10 is kept as 2019.1,
 * which is January as well as October. */
static cell_outcome month_of_number(const pilot_cell *cell, bool from_1904, pilot_month *month,
                                    cell_fault *fault)
{
    decimal d;
    char text[PLAIN_SIZE];
    pilot_date date;
    if (!read_number_cell(cell, &d) || !plain(&d, text))
        return refuse(fault, PILOT_CELL_NOT_A_MONTH, PILOT_ERROR_TYPE, NULL);
    const char *point = strchr(text, '.');
    if (point && strcmp(point, ".1") == 0) {
        const int length = (int)(point - text) > 8 ? 8 : (int)(point - text);
        return refuse(
            fault, PILOT_CELL_MONTH_AMBIGUOUS, PILOT_ERROR_FORMAT,
            "数字%.*s.1可能是%.*s-01，也可能是%.*s-10\tthe number %.*s.1 could be %.*s-01 or %.*s-10",
            length, text, length, text, length, text, length, text, length, text, length, text);
    }
    if (point || strlen(text) != 5)
        return month_of_text(text, month, fault);
    if (day_of_serial(text, from_1904, &date, fault) != CELL_NOTED)
        return refuse(fault, PILOT_CELL_NOT_A_MONTH, PILOT_ERROR_TYPE, NULL);
    const cell_outcome outcome = month_of_day(cell, date, month, fault);
    return outcome == CELL_READ ? CELL_NOTED : outcome;
}

static cell_outcome read_month(const pilot_cell *cell, bool from_1904, pilot_month *month,
                               cell_fault *fault)
{
    if (cell->kind == PILOT_CELL_TEXT)
        return pilot_says_unknown(cell->text) ? CELL_UNKNOWN : month_of_text(cell->text, month, fault);
    if (cell->kind == PILOT_CELL_DAY && pilot_date_valid(cell->day))
        return month_of_day(cell, cell->day, month, fault);
    if (cell->kind == PILOT_CELL_NUMBER)
        return month_of_number(cell, from_1904, month, fault);
    return unexpected(cell, PILOT_CELL_NOT_A_MONTH, fault);
}

static cell_outcome read_year(const field *f, const pilot_cell *cell, int32_t *year, cell_fault *fault)
{
    static const char *const ends[] = {"年度", "年"};
    char folded[FOLDED_SIZE];
    pilot_cell bare = *cell;
    int64_t value;
    if (cell->kind == PILOT_CELL_TEXT && pilot_fold(cell->text, folded)) {
        for (size_t i = 0; i < 2; i++) {
            const size_t length = strlen(folded), end = strlen(ends[i]);
            if (length > end && strcmp(folded + length - end, ends[i]) == 0)
                folded[length - end] = '\0';
        }
        bare.text = folded;
        if (strchr(folded, ','))
            return refuse(fault, PILOT_CELL_NOT_A_YEAR, PILOT_ERROR_FORMAT, NULL);
    }
    cell_outcome outcome = read_number(f, &bare, 0, 0, &value, fault);
    if (outcome == CELL_READ && value >= PILOT_YEAR_MIN && value <= PILOT_YEAR_MAX)
        *year = (int32_t)value;
    else if (outcome == CELL_READ || (outcome == CELL_REFUSED && (cell->kind == PILOT_CELL_TEXT ||
                                                                  cell->kind == PILOT_CELL_NUMBER)))
        return refuse(fault, PILOT_CELL_NOT_A_YEAR,
                      outcome == CELL_READ ? PILOT_ERROR_RANGE : PILOT_ERROR_FORMAT, NULL);
    return outcome;
}

static cell_outcome read_answer(const pilot_cell *cell, pilot_answer *answer, cell_fault *fault)
{
    if (cell->kind == PILOT_CELL_BOOL) {
        *answer = cell->truth ? PILOT_ANSWER_YES : PILOT_ANSWER_NO;
        return CELL_READ;
    }
    if (cell->kind != PILOT_CELL_TEXT)
        return unexpected(cell, PILOT_CELL_NOT_AN_ANSWER, fault);
    if (pilot_says_unknown(cell->text))
        return CELL_UNKNOWN;
    const bool yes = is_one_of(cell->text, yes_words);
    if (!yes && !is_one_of(cell->text, no_words))
        return refuse(fault, PILOT_CELL_NOT_AN_ANSWER, PILOT_ERROR_FORMAT, NULL);
    *answer = yes ? PILOT_ANSWER_YES : PILOT_ANSWER_NO;
    return CELL_READ;
}

static cell_outcome read_step(const pilot_cell *cell, bool from_1904, pilot_step *step,
                              cell_fault *fault)
{
    pilot_step made = {PILOT_ANSWER_NO, 0};
    cell_outcome outcome = CELL_READ;
    const bool text = cell->kind == PILOT_CELL_TEXT;
    const bool said = cell->kind == PILOT_CELL_BOOL;
    if ((said && cell->truth) || (text && is_one_of(cell->text, done_words)))
        return refuse(fault, PILOT_CELL_DATE_WANTED, PILOT_ERROR_FORMAT, NULL);
    if (!said && !(text && is_one_of(cell->text, not_done_words))) {
        made.done = PILOT_ANSWER_YES;
        outcome = read_day(cell, from_1904, &made.date, fault);
    }
    if (is_read(outcome))
        *step = made;
    return outcome;
}

static bool same_folded(const char *folded, const char *word)
{
    char other[FOLDED_SIZE];
    (void)pilot_fold_title(word, other); /* which none of ours is too long for */
    return strcmp(folded, other) == 0;
}

static bool is_written(const pilot_word *word, const char *text)
{
    return strcmp(text, word->name) == 0 || strcmp(text, word->zh) == 0 || strcmp(text, word->en) == 0;
}

/* By its key or its title, in either language. */
static cell_outcome read_word(const words *of, const pilot_cell *cell, int32_t *word, cell_fault *fault)
{
    char folded[FOLDED_SIZE], zh[240], en[240];
    if (cell->kind != PILOT_CELL_TEXT)
        return unexpected(cell, PILOT_CELL_NOT_A_WORD, fault);
    for (int32_t i = 0; i < of->count; i++) /* as nearly all are written */
        if (of->words[i].name && is_written(&of->words[i], cell->text)) {
            *word = i;
            return CELL_READ;
        }
    const bool short_enough = pilot_fold_title(cell->text, folded);
    for (int32_t i = 0; short_enough && i < of->count; i++)
        if (of->words[i].name &&
            (same_folded(folded, of->words[i].name) || same_folded(folded, of->words[i].zh) ||
             same_folded(folded, of->words[i].en))) {
            *word = i;
            return CELL_READ;
        }
    if (pilot_says_unknown(cell->text))
        return CELL_UNKNOWN;
    pilot_list_words(of, false, PILOT_CHINESE, zh, sizeof zh);
    pilot_list_words(of, false, PILOT_ENGLISH, en, sizeof en);
    return refuse(fault, PILOT_CELL_NOT_A_WORD, PILOT_ERROR_FORMAT,
                  "不在可选之列：%s\tit is none of: %s", zh, en);
}

static cell_outcome made_share(const decimal *d, int places, pilot_share *share, cell_fault *fault)
{
    char text[PLAIN_SIZE];
    int64_t top;
    if (plain(d, text) && pilot_decimal_parse(text, 6, &top, NULL, (pilot_phrase){0}) == PILOT_OK &&
        pilot_share_make(top, places ? INT64_C(100000000) : 1000000, share) == PILOT_OK)
        return CELL_READ;
    return refuse(fault, PILOT_CELL_NOT_A_SHARE, PILOT_ERROR_RANGE, NULL);
}

/* 1/2, 50%, 0.5. The number 1 is all or one per cent. */
static cell_outcome read_share(const pilot_cell *cell, pilot_share *share, cell_fault *fault)
{
    char folded[FOLDED_SIZE];
    decimal d;
    if (cell->kind == PILOT_CELL_TEXT && pilot_says_unknown(cell->text))
        return CELL_UNKNOWN;
    if (cell->kind == PILOT_CELL_TEXT && pilot_fold(cell->text, folded)) {
        const char *at = folded;
        if (pilot_share_parse(folded, share, NULL) == PILOT_OK)
            return CELL_READ;
        if (!read_digits(&at, &d) || (*at && strcmp(at, "%") != 0))
            return refuse(fault, PILOT_CELL_NOT_A_SHARE, PILOT_ERROR_FORMAT, NULL);
        return made_share(&d, *at == '%', share, fault);
    }
    if (cell->kind != PILOT_CELL_NUMBER)
        return unexpected(cell, PILOT_CELL_NOT_A_SHARE, fault);
    pilot_share made;
    if (!read_number_cell(cell, &d) || made_share(&d, 0, &made, fault) != CELL_READ ||
        (made.numerator && made.numerator == made.denominator))
        return refuse(fault, PILOT_CELL_NOT_A_SHARE, PILOT_ERROR_RANGE, NULL);
    *share = made;
    return CELL_READ;
}

static cell_outcome read_clause(const pilot_cell *cell, const pilot_clause **clause, cell_fault *fault)
{
    char folded[FOLDED_SIZE];
    if (cell->kind != PILOT_CELL_TEXT)
        return unexpected(cell, PILOT_CELL_NOT_A_CLAUSE, fault);
    const pilot_clause *found = pilot_fold(cell->text, folded) ? pilot_clause_find(folded) : NULL;
    if (!found)
        return refuse(fault, PILOT_CELL_NOT_A_CLAUSE, PILOT_ERROR_NOT_FOUND, NULL);
    *clause = found;
    return CELL_READ;
}

/* A text within quotes, of which two are one; NULL where the text is not such. *end: behind its quotes.
 */
static bool unquote(const char *text, arena *memory, const char **made, const char **end)
{
    const char *last = text + 1;
    *made = NULL;
    while (*last && (*last != '"' || last[1] == '"'))
        last += *last == '"' ? 2 : 1;
    if (!*last)
        return true;
    char *own = pilot_arena_take(memory, (size_t)(last - text), 1), *to = own;
    if (!own)
        return false;
    for (const char *at = text + 1; at < last; at++) {
        at += *at == '"';
        *to++ = *at;
    }
    *end = last + 1;
    *made = own;
    return true;
}

static cell_outcome keep_text(const char *text, bool whole, arena *memory, const char **kept)
{
    size_t length;
    const char *end = NULL;
    text = pilot_trimmed(text, &length);
    char *own = pilot_arena_take(memory, length + 1, 1);
    if (!own)
        return CELL_NO_MEMORY;
    memcpy(own, text, length);
    if (whole && *own == '"') {
        const char *made;
        if (!unquote(own, memory, &made, &end))
            return CELL_NO_MEMORY;
        *kept = made && !*end ? made : own;
        return CELL_READ;
    }
    *kept = own;
    return CELL_READ;
}

/* A number that stands for a text is a whole one: of others the digits behind the point are lost. */
static cell_outcome text_of(const pilot_cell *cell, bool whole, arena *memory, const char **text,
                            cell_fault *fault)
{
    decimal d;
    char digits[PLAIN_SIZE];
    if (cell->kind == PILOT_CELL_TEXT)
        return keep_text(cell->text, whole, memory, text);
    if (cell->kind != PILOT_CELL_NUMBER)
        return unexpected(cell, PILOT_CELL_NOT_A_TEXT, fault);
    if (!read_number_cell(cell, &d) || !plain(&d, digits) || strchr(digits, '.'))
        return refuse(fault, PILOT_CELL_NOT_A_TEXT, PILOT_ERROR_TYPE, NULL);
    if (d.point > DIGITS_KEPT)
        return refuse(fault, PILOT_CELL_DIGITS_LOST, PILOT_ERROR_PRECISION, NULL);
    return keep_text(digits, false, memory, text);
}

cell_outcome pilot_cell_name(const pilot_cell *cell, arena *memory, const char **text, cell_fault *fault)
{
    return text_of(cell, true, memory, text, fault);
}

cell_outcome pilot_cell_rows(const pilot_cell *cell, int64_t *rows, cell_fault *fault)
{
    static const field count = {.kind = FIELD_COUNT};
    *rows = 0;
    if (cell->kind == PILOT_CELL_TEXT && pilot_says_none(cell->text))
        return CELL_READ;
    return read_number(&count, cell, 0, 0, rows, fault);
}

/* A long number as programs show it, 9.11100006000373E+17, which is all that is left of it in such a
 * text. */
static bool is_short_of_digits(const char *folded)
{
    decimal d;
    const pilot_cell cell = {.kind = PILOT_CELL_NUMBER, .text = folded};
    return strstr(folded, "e+") && read_number_cell(&cell, &d);
}

/* In any width, in letters of any size and with spaces between its parts; a number is its digits. */
static cell_outcome read_code(const code_form *form, const pilot_cell *cell, arena *memory,
                              const char **code, cell_fault *fault)
{
    char folded[FOLDED_SIZE], *to = folded;
    const char *text = cell->text;
    pilot_error error;
    cell_outcome outcome = CELL_READ;
    if (cell->kind == PILOT_CELL_NUMBER)
        outcome = text_of(cell, false, memory, &text, fault);
    else if (cell->kind != PILOT_CELL_TEXT)
        outcome = unexpected(cell, PILOT_CELL_NOT_A_CODE, fault);
    else if (pilot_says_unknown(text))
        outcome = CELL_UNKNOWN;
    if (outcome != CELL_READ)
        return outcome;
    if (!pilot_fold(text, folded))
        return refuse(fault, PILOT_CELL_NOT_A_CODE, PILOT_ERROR_FORMAT, NULL);
    if (is_short_of_digits(folded))
        return refuse(fault, PILOT_CELL_DIGITS_LOST, PILOT_ERROR_PRECISION, NULL);
    for (const char *at = folded; *at; at++)
        if (*at != ' ')
            *to++ = (char)(*at >= 'a' && *at <= 'z' ? *at - 'a' + 'A' : *at);
    *to = '\0';
    pilot_status status = form->check(folded, &error);
    if (status != PILOT_OK)
        return refuse(fault, PILOT_CELL_NOT_A_CODE, status, "%s\t%s", error.message_zh, error.message);
    *code = pilot_arena_copy(memory, folded);
    return *code ? CELL_READ : CELL_NO_MEMORY;
}

static cell_outcome read_refs(const field *f, const pilot_cell *cell, arena *memory, void *item,
                              cell_fault *fault)
{
    const char **one = pilot_arena_take(memory, 1, sizeof *one);
    cell_outcome outcome = one ? text_of(cell, false, memory, one, fault) : CELL_NO_MEMORY;
    if (outcome == CELL_READ)
        pilot_field_list(f, item, one, 1);
    return outcome;
}

cell_outcome pilot_cell_read(const cell_column *column, const pilot_cell *cell, arena *memory,
                             void *item, cell_fault *fault)
{
    const field *f = column->f;
    void *out = field_at(item, f);
    switch (f->kind) {
    case FIELD_ID:
    case FIELD_TEXT:
    case FIELD_REF:
        return text_of(cell, true, memory, out, fault);
    case FIELD_CODE:
        return read_code(f->of, cell, memory, out, fault);
    case FIELD_REFS:
        return read_refs(f, cell, memory, item, fault);
    case FIELD_WORD:
        return read_word(f->of, cell, out, fault);
    case FIELD_ANSWER:
        return read_answer(cell, out, fault);
    case FIELD_COUNT:
    case FIELD_MONEY:
    case FIELD_PRICE:
    case FIELD_AREA:
        return read_counted(column, cell, out, fault);
    case FIELD_SHARE:
        return read_share(cell, out, fault);
    case FIELD_YEAR:
        return read_year(f, cell, out, fault);
    case FIELD_MONTH:
        return read_month(cell, column->from_1904, out, fault);
    case FIELD_DATE:
        return read_dated(column, cell, out, fault);
    case FIELD_STEP:
        return read_step(cell, column->from_1904, out, fault);
    case FIELD_CLAUSE:
        return read_clause(cell, out, fault);
    default: /* GCOVR_EXCL_LINE: of no field of a city */
        return refuse(fault, PILOT_CELL_REFUSED, PILOT_ERROR_TYPE, NULL); /* GCOVR_EXCL_LINE */
    }
}

pilot_phrase pilot_cell_wanted(const field *f)
{
    switch (f->kind) {
    case FIELD_COUNT:
        return (pilot_phrase){"请填写整数，如 120", "write a whole number such as 120"};
    case FIELD_MONEY:
        return (pilot_phrase){"请填写元数，最多2位小数，如 1200.50",
                              "write yuan with at most 2 decimals, such as 1200.50"};
    case FIELD_PRICE:
        return (pilot_phrase){"请填写元数，最多4位小数，如 0.305",
                              "write yuan with at most 4 decimals, such as 0.305"};
    case FIELD_AREA:
        return (pilot_phrase){"请填写平方米数，最多2位小数，如 120.5",
                              "write square metres with at most 2 decimals, such as 120.5"};
    case FIELD_SHARE:
        return (pilot_phrase){"请填写比例，如 1/2 或 50%", "write a share such as 1/2 or 50%"};
    case FIELD_YEAR:
        return (pilot_phrase){"请填写年份，如 2019", "write a year such as 2019"};
    case FIELD_MONTH:
        return (pilot_phrase){"请填写年月，如 2019-12", "write a month such as 2019-12"};
    case FIELD_DATE:
        return (pilot_phrase){"请填写日期，如 2019-12-31", "write a date such as 2019-12-31"};
    case FIELD_STEP:
        return (pilot_phrase){"请填写完成日期，如 2019-12-31，未完成的填“未完成”",
                              "write the day it was done, such as 2019-12-31, or \"not done\""};
    case FIELD_ANSWER:
        if (f->required)
            return (pilot_phrase){"请填写“是”或“否”", "write \"yes\" or \"no\""};
        return (pilot_phrase){"请填写“是”或“否”，不清楚的留空",
                              "write \"yes\" or \"no\", or leave it blank"};
    case FIELD_WORD:
        if (f->required)
            return (pilot_phrase){"请填写其中一项", "write one of them"};
        return (pilot_phrase){"请填写其中一项，不清楚的留空", "write one of them, or leave it blank"};
    case FIELD_CLAUSE:
        return (pilot_phrase){"请填写条款编号，如 3.2-12a，单元格设为文本",
                              "write the id of a clause such as 3.2-12a, in a cell of text"};
    case FIELD_CODE:
        return ((const code_form *)f->of)->wanted;
    case FIELD_REF:
        return (pilot_phrase){"请填写其编号或名称，单元格设为文本",
                              "write its id or name, in a cell of text"};
    case FIELD_REFS:
        return (pilot_phrase){
            "请填写其编号或名称，几个之间用“、”隔开，没有的填“无”，单元格设为文本",
            "write their ids or names with \";\" between them, or \"none\", in a cell of"
            " text"};
    case FIELD_LIST:
        return (pilot_phrase){
            "没有的填“无”，有的在其工作表中逐行填写",
            "write \"none\" where there are none, and rows in their sheet where there are"};
    default:
        return (pilot_phrase){"请填写文字，单元格设为文本", "write text, in a cell of text"};
    }
}

/* What parts the entries of a text of several. */
static const char *separator(const char *at)
{
    static const char *const signs[] = {"、", "；", ";", "，", ",", "\n"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strncmp(at, signs[i], strlen(signs[i])) == 0)
            return at + strlen(signs[i]);
    return NULL;
}

static const char *to_separator(const char *at)
{
    while (*at && !separator(at))
        at++;
    return at;
}

bool pilot_next_entry(const char **text, arena *memory, const char **entry)
{
    size_t length;
    const char *from = pilot_behind_spaces(*text), *end = from, *behind = NULL;
    *entry = NULL;
    if (*from == '"' && !unquote(from, memory, entry, &behind))
        return false;
    if (*entry) {
        for (end = behind; *end == ' ';)
            end++;
        if (*end && !separator(end)) /* something else stands behind the quotes */
            *entry = NULL;
    }
    if (!*entry) {
        end = to_separator(from);
        char *own = pilot_arena_take(memory, (size_t)(end - from) + 1, 1);
        if (!own)
            return false;
        memcpy(own, from, (size_t)(end - from));
        const char *bare = pilot_trimmed(own, &length);
        own[(size_t)(bare - own) + length] = '\0';
        *entry = bare;
    }
    *text = *end ? separator(end) : NULL;
    return true;
}

bool pilot_says_total(const char *text)
{
    static const char *const totals[] = {"合计", "小计", "总计", "总和", "共计"};
    static const char *const whole[] = {"total", "totals", "subtotal", "grandtotal", "sum"};
    char folded[FOLDED_SIZE];
    if (*text == '"' || !pilot_fold_title(text, folded)) /* in quotes a word is a name */
        return false;
    const size_t length = strlen(folded);
    for (size_t i = 0; i < sizeof totals / sizeof *totals; i++)
        if (length >= strlen(totals[i]) && strcmp(folded + length - strlen(totals[i]), totals[i]) == 0)
            return true;
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        if (strcmp(folded, whole[i]) == 0)
            return true;
    return false;
}

bool pilot_needs_quotes(const char *text, bool among_others)
{
    size_t length;
    const char *bare = pilot_trimmed(text, &length);
    return bare != text || !length || length != strlen(text) || *text == '"' || pilot_says_total(text) ||
           (among_others && (*to_separator(text) || pilot_says_none(text)));
}
