#include "base_internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MONEY_DECIMALS = 2, PRICE_DECIMALS = 4, AREA_DECIMALS = 2 };

#define MONTH_MIN ((PILOT_YEAR_MIN - 1970) * 12)
#define MONTH_MAX ((PILOT_YEAR_MAX - 1970) * 12 + 11)

const char *pilot_version(void)
{
    return PILOT_VERSION;
}

const words pilot_language_words = WORD_LIST({"en", "英文", "English"}, {"zh", "中文", "Chinese"});
static const words style_words =
    WORD_LIST({"compact", "紧凑", "compact"}, {"indented", "缩进", "indented"});
static const words answer_words =
    WORD_LIST({"unknown", "不明", "not known"}, {"no", "否", "no"}, {"yes", "是", "yes"});
static const words value_kind_words =
    WORD_LIST({"none", "无", "none"}, {"count", "数量", "count"}, {"money", "金额", "money"},
              {"area", "面积", "area"}, {"date", "日期", "date"}, {"word", "选项", "word"},
              {"set", "若干选项", "several words"}, {"price", "单价", "unit price"});
const words pilot_rounding_words =
    WORD_LIST({"half_up", "四舍五入", "half up"}, {"up", "向上取整", "up"}, {"down", "向下取整", "down"},
              {"half_even", "四舍六入五成双", "half to even"});

WORDED(pilot_language, pilot_language, pilot_language_words)
WORDED(pilot_json_style, pilot_json_style, style_words)
WORDED(pilot_answer, pilot_answer, answer_words)
WORDED(pilot_value_kind, pilot_value_kind, value_kind_words)
WORDED(pilot_rounding, pilot_rounding, pilot_rounding_words)

static const pilot_word statuses[] = {
    [PILOT_OK] = {"ok", "没有问题。", "Nothing went wrong."},
    [PILOT_ERROR_MEMORY] = {"memory", "内存不足。", "There was not enough memory."},
    [PILOT_ERROR_ARGUMENT] = {"argument", "必需的指针为空，或数字不是所列的任何一个值。",
                              "A required pointer is NULL, or a number is no enum value."},
    [PILOT_ERROR_OVERFLOW] = {"overflow", "精确结果超出可存范围。", "The exact result does not fit."},
    [PILOT_ERROR_RANGE] = {"range", "数值超出允许的范围。", "A value lies outside what it may be."},
    [PILOT_ERROR_ORDER] = {"order", "起止颠倒：末尾早于开头。",
                           "The last of a span comes before its first."},
    [PILOT_ERROR_CAPACITY] = {"capacity", "给出的缓冲区不够大。", "The buffer given is too small."},
    [PILOT_ERROR_FORMAT] = {"format", "文字不是所要的写法。", "The text is not of the wanted form."},
    [PILOT_ERROR_PRECISION] = {"precision", "小数位或数字位多于能精确保存的位数。",
                               "There are more decimals or digits than can be kept exactly."},
    [PILOT_ERROR_SYNTAX] = {"syntax", "文字不是合法的 JSON。", "The text is not JSON."},
    [PILOT_ERROR_ENCODING] = {"encoding", "文字不是合法的 UTF-8。", "The text is not UTF-8."},
    [PILOT_ERROR_LIMIT] = {"limit", "文字过长、嵌套过深或数目过多。",
                           "The text is larger or more deeply nested than is read."},
    [PILOT_ERROR_TYPE] = {"type", "值的类型不对。",
                          "A JSON value is of another kind than the one wanted."},
    [PILOT_ERROR_DUPLICATE_KEY] = {"duplicate_key", "同一个对象里有重复的键。",
                                   "An object has the same key twice."},
    [PILOT_ERROR_UNKNOWN_KEY] = {"unknown_key", "有不认识的键。",
                                 "An object has a key that is not known."},
    [PILOT_ERROR_MISSING_KEY] = {"missing_key", "缺少必需的键。",
                                 "An object lacks a key that it must have."},
    [PILOT_ERROR_DUPLICATE_ID] = {"duplicate_id", "编号重复。", "Two records have the same id."},
    [PILOT_ERROR_DANGLING_ID] = {"dangling_id", "引用的记录不存在。",
                                 "A reference names a record that is not there."},
    [PILOT_ERROR_NOT_FOUND] = {"not_found", "没有这个名称。",
                               "Nothing has the name that was looked up."},
    [PILOT_ERROR_INCONSISTENT] = {"inconsistent", "各自合理的数值互相矛盾。",
                                  "Values that are good alone contradict each other."},
    [PILOT_ERROR_MISSING_VALUE] = {"missing_value", "计算所需的数值未知。",
                                   "A value that the calculation needs is not known."},
    [PILOT_ERROR_STOPPED] = {"stopped", "按要求中途停止。", "The call was stopped before it ended."},
};
_Static_assert(sizeof statuses / sizeof *statuses == PILOT_STATUS_END, "every status has its row");
const words pilot_status_words = {PILOT_STATUS_END, statuses};

const char *pilot_status_name(pilot_status status)
{
    return (unsigned)status < PILOT_STATUS_END ? statuses[status].name : "?";
}

const char *pilot_status_text(pilot_status status, pilot_language language)
{
    static const pilot_word none = {"?", "这个数字不是任何一种状态。", "The number is no status."};
    const pilot_word *word = (unsigned)status < PILOT_STATUS_END ? &statuses[status] : &none;
    return language == PILOT_CHINESE ? word->zh : word->en;
}

pilot_status pilot_status_find(const char *name, pilot_status *status)
{
    int32_t index;
    pilot_status found =
        status ? pilot_word_find(&pilot_status_words, name, &index) : PILOT_ERROR_ARGUMENT;
    if (found == PILOT_OK)
        *status = (pilot_status)index;
    return found;
}

void pilot_list_words(const words *of, bool keys, pilot_language language, char *text, size_t size)
{
    static const pilot_phrase comma = {"、", ", "}, rest = {"等", ", ..."};
    static const pilot_phrase opening = {"“", "\""}, closing = {"”", "\""};
    const char *more = pilot_phrase_in(rest, language);
    const size_t room = size - strlen(more);
    size_t used = 0;
    *text = '\0';
    for (int32_t i = 0; i < of->count; i++) {
        const char *name = pilot_word_name(of, i);
        if (!name)
            continue;
        const int length =
            snprintf(text + used, room - used, "%s%s%s%s", used ? pilot_phrase_in(comma, language) : "",
                     keys ? pilot_phrase_in(opening, language) : "",
                     keys ? name : pilot_word_title(of, i, language),
                     keys ? pilot_phrase_in(closing, language) : "");
        if (length < 0 || used + (size_t)length >= room) {
            memcpy(text + used, more, strlen(more) + 1);
            return;
        }
        used += (size_t)length;
    }
}

pilot_status pilot_word_find(const words *of, const char *name, int32_t *index)
{
    if (!name)
        return PILOT_ERROR_ARGUMENT;
    for (int32_t i = 0; i < of->count; i++)
        if (of->words[i].name && strcmp(of->words[i].name, name) == 0) {
            *index = i;
            return PILOT_OK;
        }
    return PILOT_ERROR_NOT_FOUND;
}

int32_t pilot_bit_number(uint32_t bit)
{
    for (int32_t i = 0; i < 32; i++)
        if (bit == UINT32_C(1) << i)
            return i;
    return -1;
}

static size_t utf8_lead_length(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead < 0xC2 || lead > 0xF4)
        return 0;
    return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

size_t pilot_utf8_length(const char *text, size_t size)
{
    if (size == 0)
        return 0;
    const unsigned char *bytes = (const unsigned char *)text;
    size_t length = utf8_lead_length(bytes[0]);
    if (length > size)
        return 0;
    if (length < 2)
        return length;
    /* The second byte's bounds keep out overlong forms, surrogates and what lies above U+10FFFF. */
    unsigned char low = bytes[0] == 0xE0 ? 0xA0 : bytes[0] == 0xF0 ? 0x90 : 0x80;
    unsigned char high = bytes[0] == 0xED ? 0x9F : bytes[0] == 0xF4 ? 0x8F : 0xBF;
    if (bytes[1] < low || bytes[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++)
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
    return length;
}

/* Of a character of so many bytes, well formed. */
static uint32_t code_of(const unsigned char *bytes, size_t length)
{
    uint32_t code = length == 1 ? bytes[0] : bytes[0] & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++)
        code = code << 6 | (bytes[i] & 0x3Fu);
    return code;
}

/* C0, DEL, C1, the two separators that some readers take for a line's end, and what turns the direction
 * of a line. */
static bool is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x061C || code == 0x200E ||
           code == 0x200F || (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

static char hex_digit(uint32_t number)
{
    return "0123456789abcdef"[number & 15];
}

size_t pilot_show_next(const char **text, char piece[PILOT_PIECE_SIZE])
{
    const unsigned char *bytes = (const unsigned char *)*text;
    if (*bytes == '\0')
        return 0;
    if (*bytes >= 0x20 && *bytes < 0x7F) { /* nearly every character of English */
        *piece = *(*text)++;
        return 1;
    }
    const size_t length = pilot_utf8_length(*text, 4);
    *text += length ? length : 1;
    if (!length) {
        memcpy(piece, (const char[]){'\\', 'x', hex_digit(*bytes >> 4u), hex_digit(*bytes)}, 4);
        return 4;
    }
    const uint32_t code = code_of(bytes, length);
    if (!is_control(code)) {
        memcpy(piece, bytes, length);
        return length;
    }
    piece[0] = '\\';
    piece[1] = 'u';
    for (size_t i = 0; i < 4; i++)
        piece[2 + i] = hex_digit(code >> (12 - 4 * i));
    return PILOT_PIECE_SIZE;
}

/* Returns where it stopped: at the terminating zero, or at the first character without room. */
static const char *copy_clean(char *copy, size_t capacity, const char *text)
{
    char piece[PILOT_PIECE_SIZE];
    size_t used = 0;
    for (const char *next = text; (text = next, true);) {
        const size_t length = pilot_show_next(&next, piece);
        if (!length || used + length >= capacity)
            break;
        memcpy(copy + used, piece, length);
        used += length;
    }
    copy[used] = '\0';
    return text;
}

size_t pilot_shown(const char *text, char *shown, size_t size)
{
    char piece[PILOT_PIECE_SIZE];
    text = text ? text : "";
    const char *rest = size ? copy_clean(shown, size, text) : text;
    size_t whole = size ? strlen(shown) : 0;
    for (size_t length; (length = pilot_show_next(&rest, piece));)
        whole += length;
    return whole;
}

const char *pilot_excerpt_of(const char *value, pilot_excerpt *excerpt)
{
    const char *rest =
        copy_clean(excerpt->text, sizeof((pilot_error *)0)->value, value == NULL ? "" : value);
    if (*rest != '\0')
        memcpy(excerpt->text + strlen(excerpt->text), "...", sizeof "...");
    return excerpt->text;
}

/* capacity: at most the message's. */
static void print_clean(char *copy, size_t capacity, const char *format, va_list arguments)
{
    /* Room for 3 bytes more: a character that vsnprintf cuts then starts past the copy's end. */
    char text[sizeof((pilot_error *)0)->message + 3];
    if (vsnprintf(text, sizeof text, format, arguments) < 0)
        text[0] = '\0'; /* GCOVR_EXCL_LINE: none of the library's formats fails */
    (void)copy_clean(copy, capacity, text);
}

pilot_status pilot_error_set(pilot_error *error, pilot_status status, const char *value,
                             const char *format, ...)
{
    if (error == NULL)
        return status;
    pilot_error filled = {.status = status};
    (void)copy_clean(filled.value, sizeof filled.value, value == NULL ? "" : value);
    va_list arguments;
    va_start(arguments, format);
    print_clean(filled.message, sizeof filled.message, format, arguments);
    va_end(arguments);
    (void)copy_clean(filled.message_zh, sizeof filled.message_zh,
                     pilot_status_text(status, PILOT_CHINESE));
    *error = filled;
    return status;
}

void pilot_error_zh(pilot_error *error, const char *format, ...)
{
    if (error == NULL)
        return;
    va_list arguments;
    va_start(arguments, format);
    print_clean(error->message_zh, sizeof error->message_zh, format, arguments);
    va_end(arguments);
}

pilot_status pilot_error_stopped(pilot_error *error)
{
    pilot_error_set(error, PILOT_ERROR_STOPPED, NULL, "the reading was stopped before it ended");
    pilot_error_zh(error, "读取尚未完成即按要求停止");
    return PILOT_ERROR_STOPPED;
}

void pilot_error_place(pilot_error *error, const char *format, ...)
{
    if (error == NULL)
        return;
    va_list arguments;
    va_start(arguments, format);
    print_clean(error->path, sizeof error->path, format, arguments);
    va_end(arguments);
    const size_t length = strlen(error->path);
    if (length && error->path[length - 1] == '~') /* half of RFC 6901's ~0 or ~1 */
        error->path[length - 1] = '\0';
}

pilot_status pilot_error_refuse(pilot_error *error, pilot_status status, const char *path,
                                const char *value, const char *zh, const char *en)
{
    pilot_excerpt excerpt;
    const char *shown = pilot_excerpt_of(value, &excerpt);
    if (error == NULL)
        return status;
    if (value != NULL) {
        pilot_error_set(error, status, value, "\"%s\" is refused: %s", shown, en);
        pilot_error_zh(error, "“%s”不可用：%s", shown, zh);
    } else {
        pilot_error_set(error, status, NULL, "%s", en);
        pilot_error_zh(error, "%s", zh);
    }
    pilot_error_place(error, "%s", path);
    return status;
}

pilot_status pilot_error_number(pilot_error *error, pilot_status status, const char *path, int64_t value,
                                const char *zh, const char *en)
{
    pilot_text text;
    pilot_decimal_text(value, 0, &text);
    return pilot_error_refuse(error, status, path, text.text, zh, en);
}

pilot_status pilot_error_null(pilot_error *error)
{
    return pilot_error_refuse(error, PILOT_ERROR_ARGUMENT, "", NULL, "不得为空的参数为NULL",
                              "an argument is NULL that may not be");
}

pilot_status pilot_error_day(pilot_error *error, const char *path, pilot_date day)
{
    return pilot_error_number(error, PILOT_ERROR_RANGE, path, day,
                              "日期应为1970-01-01起的天数，年份在1900至2200之间",
                              "a date is days since 1970-01-01, within the years 1900 to 2200");
}

pilot_status pilot_error_month(pilot_error *error, const char *path, pilot_month month)
{
    return pilot_error_number(error, PILOT_ERROR_RANGE, path, month,
                              "月份应为1970-01起的月数，年份在1900至2200之间",
                              "a month is counted from 1970-01, within the years 1900 to 2200");
}

pilot_status pilot_check_months(pilot_month first, pilot_month last, const char *first_path,
                                const char *last_path, pilot_error *error)
{
    pilot_text text;
    if (!pilot_month_valid(first))
        return pilot_error_month(error, first_path, first);
    if (!pilot_month_valid(last))
        return pilot_error_month(error, last_path, last);
    if (last >= first)
        return PILOT_OK;
    return pilot_error_refuse(error, PILOT_ERROR_ORDER, last_path, pilot_month_text(last, &text),
                              "截止月份早于起始月份", "the last month is before the first");
}

pilot_status pilot_error_bool(pilot_error *error, const char *path)
{
    return pilot_error_refuse(error, PILOT_ERROR_ARGUMENT, path, NULL,
                              "“是否已知”应为真或假，此处两者都不是",
                              "whether it is known is neither true nor false");
}

pilot_status pilot_error_sum(pilot_error *error)
{
    return pilot_error_refuse(error, PILOT_ERROR_OVERFLOW, "", NULL, "合计过大，无法精确保存",
                              "a sum does not fit: it is too large to be kept exactly");
}

pilot_status pilot_error_room(pilot_error *error, size_t wanted)
{
    return pilot_error_number(error, PILOT_ERROR_CAPACITY, "", (int64_t)wanted,
                              "结果需要这么多项，给出的空间不足",
                              "the result has so many items and there is room for fewer");
}

pilot_status pilot_error_memory(pilot_error *error)
{
    return pilot_error_refuse(error, PILOT_ERROR_MEMORY, "", NULL, "内存不足",
                              "there is no memory for the result");
}

pilot_status pilot_error_within(pilot_error *error, pilot_status status, const char *path)
{
    char inner[sizeof error->path];
    if (error == NULL)
        return status;
    memcpy(inner, error->path, sizeof inner);
    pilot_error_place(error, "%s%s", path, inner);
    return status;
}

static uint64_t magnitude_of(int64_t value)
{
    return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

static uint64_t magnitude_max(bool negative)
{
    return (uint64_t)INT64_MAX + (negative ? 1 : 0);
}

/* magnitude: at most magnitude_max(negative). */
static int64_t with_sign(uint64_t magnitude, bool negative)
{
    if (magnitude > INT64_MAX)
        return INT64_MIN;
    return negative ? -(int64_t)magnitude : (int64_t)magnitude;
}

pilot_status pilot_add(int64_t a, int64_t b, int64_t *sum)
{
    if (b < 0 ? a < INT64_MIN - b : a > INT64_MAX - b)
        return PILOT_ERROR_OVERFLOW;
    *sum = a + b;
    return PILOT_OK;
}

pilot_status pilot_subtract(int64_t a, int64_t b, int64_t *difference)
{
    if (b < 0 ? a > INT64_MAX + b : a < INT64_MIN + b)
        return PILOT_ERROR_OVERFLOW;
    *difference = a - b;
    return PILOT_OK;
}

pilot_status pilot_multiply(int64_t a, int64_t b, int64_t *product)
{
    bool negative = (a < 0) != (b < 0);
    uint64_t x = magnitude_of(a), y = magnitude_of(b);
    if (x != 0 && y > magnitude_max(negative) / x)
        return PILOT_ERROR_OVERFLOW;
    *product = with_sign(x * y, negative);
    return PILOT_OK;
}

/* rest: how far the exact quotient lies beyond the one cut towards zero, in units of the divisor's
 * reciprocal; missing: how far it lies before the next one. */
static bool rounds_away(pilot_rounding rounding, int64_t rest, int64_t missing, bool odd)
{
    switch (rounding) {
    case PILOT_HALF_UP:
        return rest >= missing;
    case PILOT_UP:
        return rest > 0;
    case PILOT_DOWN:
        return false;
    case PILOT_HALF_EVEN:
        break;
    }
    return rest > missing || (rest == missing && odd);
}

pilot_status pilot_divide(int64_t dividend, int64_t divisor, pilot_rounding rounding, int64_t *quotient)
{
    if (divisor < 1)
        return PILOT_ERROR_RANGE;
    if ((unsigned)rounding > PILOT_HALF_EVEN)
        return PILOT_ERROR_ARGUMENT;
    int64_t whole = dividend / divisor;
    int64_t rest = dividend % divisor;
    if (rest < 0)
        rest = -rest;
    if (rounds_away(rounding, rest, divisor - rest, whole % 2 != 0))
        whole += dividend < 0 ? -1 : 1;
    *quotient = whole;
    return PILOT_OK;
}

static int64_t common_divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

pilot_status pilot_share_make(int64_t numerator, int64_t denominator, pilot_share *share)
{
    if (denominator < 1 || numerator < 0 || numerator > denominator)
        return PILOT_ERROR_RANGE;
    int64_t divisor = common_divisor(denominator, numerator);
    if (denominator / divisor > PILOT_SHARE_MAX)
        return PILOT_ERROR_RANGE;
    *share = (pilot_share){(int32_t)(numerator / divisor), (int32_t)(denominator / divisor)};
    return PILOT_OK;
}

static bool share_valid(pilot_share share)
{
    pilot_share reduced;
    return pilot_share_make(share.numerator, share.denominator, &reduced) == PILOT_OK &&
           reduced.denominator == share.denominator;
}

pilot_status pilot_share_of(int64_t total, pilot_share share, int64_t *part)
{
    if (total < 0 || !share_valid(share))
        return PILOT_ERROR_RANGE;
    int64_t whole = total / share.denominator;
    int64_t rest = total % share.denominator;
    *part = whole * share.numerator + rest * share.numerator / share.denominator;
    return PILOT_OK;
}

static bool year_valid(int32_t year)
{
    return year >= PILOT_YEAR_MIN && year <= PILOT_YEAR_MAX;
}

static int32_t days_in_month(int32_t year, int32_t month_of_year)
{
    static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month_of_year - 1] + (month_of_year == 2 && leap ? 1 : 0);
}

/* Days from 0000-03-01 to 1970-01-01. Counted in years from March, a leap day is a year's last. */
enum { EPOCH = 719468 };

static int32_t day_number(int32_t year, int32_t month_of_year, int32_t day)
{
    int32_t march_year = month_of_year > 2 ? year : year - 1;
    int32_t march_month = (month_of_year + 9) % 12;
    return march_year * 365 + march_year / 4 - march_year / 100 + march_year / 400 +
           (march_month * 153 + 2) / 5 + day - 1 - EPOCH;
}

pilot_status pilot_month_make(int32_t year, int32_t month_of_year, pilot_month *month)
{
    if (!year_valid(year) || month_of_year < 1 || month_of_year > 12)
        return PILOT_ERROR_RANGE;
    *month = (year - 1970) * 12 + month_of_year - 1;
    return PILOT_OK;
}

pilot_status pilot_date_make(int32_t year, int32_t month_of_year, int32_t day, pilot_date *date)
{
    pilot_month month;
    pilot_status status = pilot_month_make(year, month_of_year, &month);
    if (status != PILOT_OK)
        return status;
    if (day < 1 || day > days_in_month(year, month_of_year))
        return PILOT_ERROR_RANGE;
    *date = day_number(year, month_of_year, day);
    return PILOT_OK;
}

bool pilot_month_valid(pilot_month month)
{
    return month >= MONTH_MIN && month <= MONTH_MAX;
}

bool pilot_date_valid(pilot_date date)
{
    return date >= day_number(PILOT_YEAR_MIN, 1, 1) && date <= day_number(PILOT_YEAR_MAX, 12, 31);
}

static void put_part(int32_t *to, int32_t part)
{
    if (to != NULL)
        *to = part;
}

/* A value that is not valid is read as its nearest valid neighbour, so that nothing can overflow. */
void pilot_month_parts(pilot_month month, int32_t *year, int32_t *month_of_year)
{
    month = month < MONTH_MIN ? MONTH_MIN : month > MONTH_MAX ? MONTH_MAX : month;
    put_part(year, PILOT_YEAR_MIN + (month - MONTH_MIN) / 12);
    put_part(month_of_year, (month - MONTH_MIN) % 12 + 1);
}

void pilot_date_parts(pilot_date date, int32_t *year, int32_t *month_of_year, int32_t *day)
{
    int32_t first = day_number(PILOT_YEAR_MIN, 1, 1), last = day_number(PILOT_YEAR_MAX, 12, 31);
    int32_t days = (date < first ? first : date > last ? last : date) + EPOCH;
    int32_t in_cycle = days % 146097;
    int32_t year_in_cycle = (in_cycle - in_cycle / 1460 + in_cycle / 36524 - in_cycle / 146096) / 365;
    int32_t in_year = in_cycle - (year_in_cycle * 365 + year_in_cycle / 4 - year_in_cycle / 100);
    int32_t march_month = (in_year * 5 + 2) / 153;
    int32_t month = march_month < 10 ? march_month + 3 : march_month - 9;
    put_part(year, days / 146097 * 400 + year_in_cycle + (month > 2 ? 0 : 1));
    put_part(month_of_year, month);
    put_part(day, in_year - (march_month * 153 + 2) / 5 + 1);
}

int32_t pilot_month_year(pilot_month month)
{
    int32_t year;
    pilot_month_parts(month, &year, NULL);
    return year;
}

pilot_month pilot_month_of(pilot_date date)
{
    int32_t year, month_of_year;
    pilot_date_parts(date, &year, &month_of_year, NULL);
    return (year - 1970) * 12 + month_of_year - 1;
}

pilot_date pilot_month_first_day(pilot_month month)
{
    int32_t year, month_of_year;
    pilot_month_parts(month, &year, &month_of_year);
    return day_number(year, month_of_year, 1);
}

pilot_date pilot_month_last_day(pilot_month month)
{
    int32_t year, month_of_year;
    pilot_month_parts(month, &year, &month_of_year);
    return day_number(year, month_of_year, days_in_month(year, month_of_year));
}

pilot_status pilot_month_count(pilot_month first, pilot_month last, int32_t *count)
{
    if (!pilot_month_valid(first) || !pilot_month_valid(last))
        return PILOT_ERROR_RANGE;
    if (last < first)
        return PILOT_ERROR_ORDER;
    *count = last - first + 1;
    return PILOT_OK;
}

static size_t digit_run(const char *text)
{
    size_t count = 0;
    while (text[count] >= '0' && text[count] <= '9')
        count++;
    return count;
}

/* Appends count digits to *number. False: the result exceeds max, and *number is undefined. */
static bool append_digits(const char *digits, size_t count, uint64_t max, uint64_t *number)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t digit = (uint64_t)(digits[i] - '0');
        if (*number > max / 10 || *number * 10 > max - digit)
            return false;
        *number = *number * 10 + digit;
    }
    return true;
}

typedef struct decimal {
    bool negative;
    const char *whole;
    size_t whole_count;
    const char *fraction;
    size_t fraction_count;
} decimal;

/* Looser than the wanted form by leading zeros and minus zero, which have messages of their own. */
static bool decimal_scan(const char *text, decimal *parts)
{
    parts->negative = text[0] == '-';
    parts->whole = text + (parts->negative ? 1 : 0);
    parts->whole_count = digit_run(parts->whole);
    const char *end = parts->whole + parts->whole_count;
    bool pointed = *end == '.';
    parts->fraction = end + (pointed ? 1 : 0);
    parts->fraction_count = pointed ? digit_run(parts->fraction) : 0;
    end = parts->fraction + parts->fraction_count;
    return *end == '\0' && parts->whole_count > 0 && (!pointed || parts->fraction_count > 0);
}

static bool leading_zero(const char *digits, size_t count)
{
    return count > 1 && digits[0] == '0';
}

static bool minus_zero(const char *text)
{
    return text[0] == '-' && text[strspn(text, "-0.")] == '\0';
}

static const char zeros[] = "000000000000000000";

static pilot_status decimal_read(const char *text, int decimals, int64_t *value)
{
    decimal parts;
    if (!decimal_scan(text, &parts) || leading_zero(parts.whole, parts.whole_count) || minus_zero(text))
        return PILOT_ERROR_FORMAT;
    if (parts.fraction_count > (size_t)decimals)
        return PILOT_ERROR_PRECISION;
    uint64_t max = magnitude_max(parts.negative), magnitude = 0;
    if (!append_digits(parts.whole, parts.whole_count, max, &magnitude) ||
        !append_digits(parts.fraction, parts.fraction_count, max, &magnitude) ||
        !append_digits(zeros, (size_t)decimals - parts.fraction_count, max, &magnitude))
        return PILOT_ERROR_OVERFLOW;
    *value = with_sign(magnitude, parts.negative);
    return PILOT_OK;
}

static pilot_status decimal_refuse_form(const char *text, int decimals, pilot_error *error,
                                        pilot_phrase what)
{
    static const pilot_phrase no_zeros = {"开头不写多余的零", "write it without leading zeros"};
    static const pilot_phrase no_minus = {"零不带负号", "write zero without a minus sign"};
    decimal parts;
    pilot_excerpt excerpt;
    const char *shown = pilot_excerpt_of(text, &excerpt), *point = decimals > 0 ? "." : "";
    if (decimal_scan(text, &parts)) {
        pilot_phrase wanted = leading_zero(parts.whole, parts.whole_count) ? no_zeros : no_minus;
        pilot_error_set(error, PILOT_ERROR_FORMAT, text, "\"%s\" is not %s: %s", shown, what.en,
                        wanted.en);
        pilot_error_zh(error, "“%s”不是%s：%s", shown, what.zh, wanted.zh);
        return PILOT_ERROR_FORMAT;
    }
    pilot_error_set(error, PILOT_ERROR_FORMAT, text,
                    "\"%s\" is not %s: write digits with at most %d decimal%s, such as \"18%s%.*s\"",
                    shown, what.en, decimals, decimals == 1 ? "" : "s", point, decimals, zeros);
    pilot_error_zh(error, "“%s”不是%s：应只写数字，小数最多%d位，例如“18%s%.*s”", shown, what.zh,
                   decimals, point, decimals, zeros);
    return PILOT_ERROR_FORMAT;
}

static pilot_status decimal_refuse_precision(const char *text, int decimals, pilot_error *error,
                                             pilot_phrase what)
{
    decimal parts;
    pilot_excerpt excerpt;
    const char *shown = pilot_excerpt_of(text, &excerpt);
    (void)decimal_scan(text, &parts);
    pilot_error_set(error, PILOT_ERROR_PRECISION, text, "\"%s\" has %zu decimal%s; %s has at most %d",
                    shown, parts.fraction_count, parts.fraction_count == 1 ? "" : "s", what.en,
                    decimals);
    pilot_error_zh(error, "“%s”有%zu位小数；%s最多%d位", shown, parts.fraction_count, what.zh, decimals);
    return PILOT_ERROR_PRECISION;
}

static pilot_status decimal_refuse_size(const char *text, int decimals, pilot_error *error,
                                        pilot_phrase what)
{
    bool negative = text[0] == '-';
    pilot_excerpt excerpt;
    pilot_text bound;
    const char *shown = pilot_excerpt_of(text, &excerpt);
    pilot_decimal_text(negative ? INT64_MIN : INT64_MAX, decimals, &bound);
    pilot_error_set(error, PILOT_ERROR_OVERFLOW, text, "\"%s\" is too %s for %s: %s is the %s", shown,
                    negative ? "low" : "high", what.en, bound.text, negative ? "lowest" : "highest");
    pilot_error_zh(error, "“%s”作为%s过%s：最%s为%s", shown, what.zh, negative ? "小" : "大",
                   negative ? "小" : "大", bound.text);
    return PILOT_ERROR_OVERFLOW;
}

pilot_status pilot_decimal_parse(const char *text, int decimals, int64_t *value, pilot_error *error,
                                 pilot_phrase what)
{
    if (text == NULL)
        text = "";
    switch (decimal_read(text, decimals, value)) {
    case PILOT_OK:
        return PILOT_OK;
    case PILOT_ERROR_PRECISION:
        return decimal_refuse_precision(text, decimals, error, what);
    case PILOT_ERROR_OVERFLOW:
        return decimal_refuse_size(text, decimals, error, what);
    default:
        return decimal_refuse_form(text, decimals, error, what);
    }
}

void pilot_decimal_text(int64_t value, int decimals, pilot_text *text)
{
    char digits[sizeof text->text];
    size_t start = sizeof digits;
    uint64_t magnitude = magnitude_of(value);
    digits[--start] = '\0';
    for (int place = 0; magnitude > 0 || place <= decimals; place++) {
        if (place > 0 && place == decimals)
            digits[--start] = '.';
        digits[--start] = (char)('0' + magnitude % 10);
        magnitude /= 10;
    }
    if (value < 0)
        digits[--start] = '-';
    memcpy(text->text, digits + start, sizeof digits - start);
}

pilot_status pilot_money_parse(const char *text, pilot_money *money, pilot_error *error)
{
    return pilot_decimal_parse(text, MONEY_DECIMALS, money, error,
                               (pilot_phrase){"金额", "an amount of money"});
}

pilot_status pilot_price_parse(const char *text, pilot_price *price, pilot_error *error)
{
    return pilot_decimal_parse(text, PRICE_DECIMALS, price, error,
                               (pilot_phrase){"单价", "a unit price"});
}

pilot_status pilot_area_parse(const char *text, pilot_area *area, pilot_error *error)
{
    if (text == NULL)
        text = "";
    pilot_area read;
    pilot_status status = decimal_read(text, AREA_DECIMALS, &read);
    pilot_excerpt excerpt;
    if (text[0] == '-' && (status == PILOT_OK || status == PILOT_ERROR_OVERFLOW)) {
        const char *shown = pilot_excerpt_of(text, &excerpt);
        pilot_error_set(error, PILOT_ERROR_RANGE, text, "\"%s\" is not an area: an area is 0 or more",
                        shown);
        pilot_error_zh(error, "“%s”不是面积：面积不得小于0", shown);
        return PILOT_ERROR_RANGE;
    }
    return pilot_decimal_parse(text, AREA_DECIMALS, area, error, (pilot_phrase){"面积", "an area"});
}

/* Up to INT64_MAX; false where the number exceeds it. */
static bool number_read(const char *digits, size_t count, int64_t *number)
{
    uint64_t magnitude = 0;
    if (!append_digits(digits, count, INT64_MAX, &magnitude))
        return false;
    *number = (int64_t)magnitude;
    return true;
}

static pilot_status share_read(const char *text, pilot_share *share)
{
    size_t top_count = digit_run(text);
    bool whole = text[top_count] == '\0';
    const char *bottom = whole ? "1" : text + top_count + 1;
    size_t bottom_count = digit_run(bottom);
    if (top_count == 0 || bottom_count == 0 || (!whole && text[top_count] != '/') ||
        bottom[bottom_count] != '\0' || leading_zero(text, top_count) ||
        leading_zero(bottom, bottom_count))
        return PILOT_ERROR_FORMAT;
    int64_t numerator, denominator;
    if (!number_read(text, top_count, &numerator) || !number_read(bottom, bottom_count, &denominator))
        return PILOT_ERROR_RANGE;
    return pilot_share_make(numerator, denominator, share);
}

pilot_status pilot_share_parse(const char *text, pilot_share *share, pilot_error *error)
{
    if (text == NULL)
        text = "";
    pilot_status status = share_read(text, share);
    if (status == PILOT_OK)
        return PILOT_OK;
    pilot_excerpt excerpt;
    const char *shown = pilot_excerpt_of(text, &excerpt);
    if (status == PILOT_ERROR_FORMAT) {
        pilot_error_set(error, status, text,
                        "\"%s\" is not a share: write a fraction such as \"1/2\", or \"0\" or \"1\", "
                        "without leading zeros",
                        shown);
        pilot_error_zh(error, "“%s”不是比例：应写成分数，例如“1/2”，或写“0”、“1”，开头不带多余的零",
                       shown);
        return status;
    }
    pilot_error_set(error, status, text,
                    "\"%s\" is not a share: a share is 0 to 1, with a denominator of 1 to %d", shown,
                    PILOT_SHARE_MAX);
    pilot_error_zh(error, "“%s”不是比例：比例在0到1之间，分母为1到%d", shown, PILOT_SHARE_MAX);
    return status;
}

/* form: '0' stands for any digit, everything else for itself. */
static bool has_form(const char *text, const char *form)
{
    for (; *form != '\0'; text++, form++)
        if (*form == '0' ? *text < '0' || *text > '9' : *text != *form)
            return false;
    return *text == '\0';
}

static int32_t digits_at(const char *digits, size_t count)
{
    int32_t number = 0;
    for (size_t i = 0; i < count; i++)
        number = number * 10 + (digits[i] - '0');
    return number;
}

/* text: "2019-12" or longer. */
static pilot_status month_read(const char *text, pilot_month *month, pilot_error *error,
                               pilot_phrase what)
{
    int32_t year = digits_at(text, 4);
    pilot_status status = pilot_month_make(year, digits_at(text + 5, 2), month);
    if (status == PILOT_OK)
        return PILOT_OK;
    pilot_excerpt excerpt;
    const char *shown = pilot_excerpt_of(text, &excerpt);
    if (!year_valid(year)) {
        pilot_error_set(error, status, text, "\"%s\" lies outside the years %d to %d", shown,
                        PILOT_YEAR_MIN, PILOT_YEAR_MAX);
        pilot_error_zh(error, "“%s”的年份不在%d年至%d年之间", shown, PILOT_YEAR_MIN, PILOT_YEAR_MAX);
        return status;
    }
    pilot_error_set(error, status, text, "\"%s\" is not %s: the month of the year is 01 to 12", shown,
                    what.en);
    pilot_error_zh(error, "“%s”不是%s：月份为01至12", shown, what.zh);
    return status;
}

pilot_status pilot_month_parse(const char *text, pilot_month *month, pilot_error *error)
{
    if (text == NULL)
        text = "";
    if (has_form(text, "0000-00"))
        return month_read(text, month, error, (pilot_phrase){"月份", "a month"});
    pilot_excerpt excerpt;
    const char *shown = pilot_excerpt_of(text, &excerpt);
    pilot_error_set(error, PILOT_ERROR_FORMAT, text,
                    "\"%s\" is not a month: write year and month, such as \"2019-12\"", shown);
    pilot_error_zh(error, "“%s”不是月份：应写年和月，例如“2019-12”", shown);
    return PILOT_ERROR_FORMAT;
}

/* text: of a date's form, but with a day that its month does not have. */
static pilot_status refuse_day(const char *text, pilot_error *error)
{
    pilot_excerpt excerpt;
    const char *shown = pilot_excerpt_of(text, &excerpt);
    int last = days_in_month(digits_at(text, 4), digits_at(text + 5, 2));
    pilot_error_set(error, PILOT_ERROR_RANGE, text,
                    "\"%s\" is not a date: the day of that month is 01 to %d", shown, last);
    pilot_error_zh(error, "“%s”不是日期：该月的日为01至%d", shown, last);
    return PILOT_ERROR_RANGE;
}

static pilot_status refuse_date_form(const char *text, pilot_error *error)
{
    pilot_excerpt excerpt;
    const char *shown = pilot_excerpt_of(text, &excerpt);
    pilot_error_set(error, PILOT_ERROR_FORMAT, text,
                    "\"%s\" is not a date: write year, month and day, such as \"2019-12-31\"", shown);
    pilot_error_zh(error, "“%s”不是日期：应写年、月、日，例如“2019-12-31”", shown);
    return PILOT_ERROR_FORMAT;
}

pilot_status pilot_date_parse(const char *text, pilot_date *date, pilot_error *error)
{
    if (text == NULL)
        text = "";
    if (!has_form(text, "0000-00-00"))
        return refuse_date_form(text, error);
    pilot_month month;
    pilot_status status = month_read(text, &month, error, (pilot_phrase){"日期", "a date"});
    if (status != PILOT_OK)
        return status;
    status = pilot_date_make(digits_at(text, 4), digits_at(text + 5, 2), digits_at(text + 8, 2), date);
    return status == PILOT_OK ? PILOT_OK : refuse_day(text, error);
}

const char *pilot_money_text(pilot_money money, pilot_text *text)
{
    pilot_decimal_text(money, MONEY_DECIMALS, text);
    return text->text;
}

const char *pilot_price_text(pilot_price price, pilot_text *text)
{
    pilot_decimal_text(price, PRICE_DECIMALS, text);
    return text->text;
}

const char *pilot_area_text(pilot_area area, pilot_text *text)
{
    pilot_decimal_text(area, AREA_DECIMALS, text);
    return text->text;
}

static const char *unknown_text(pilot_text *text)
{
    memcpy(text->text, "?", sizeof "?");
    return text->text;
}

const char *pilot_share_text(pilot_share share, pilot_text *text)
{
    if (!share_valid(share))
        return unknown_text(text);
    pilot_decimal_text(share.numerator, 0, text);
    if (share.denominator != 1) {
        pilot_text denominator;
        pilot_decimal_text(share.denominator, 0, &denominator);
        size_t used = strlen(text->text);
        text->text[used] = '/';
        memcpy(text->text + used + 1, denominator.text, strlen(denominator.text) + 1);
    }
    return text->text;
}

/* The number's last count digits, with leading zeros. */
static void put_digits(char *to, int32_t number, size_t count)
{
    while (count > 0) {
        to[--count] = (char)('0' + number % 10);
        number /= 10;
    }
}

static void put_month(char *to, int32_t year, int32_t month_of_year)
{
    put_digits(to, year, 4);
    to[4] = '-';
    put_digits(to + 5, month_of_year, 2);
    to[7] = '\0';
}

const char *pilot_month_text(pilot_month month, pilot_text *text)
{
    if (!pilot_month_valid(month))
        return unknown_text(text);
    int32_t year, month_of_year;
    pilot_month_parts(month, &year, &month_of_year);
    put_month(text->text, year, month_of_year);
    return text->text;
}

const char *pilot_date_text(pilot_date date, pilot_text *text)
{
    if (!pilot_date_valid(date))
        return unknown_text(text);
    int32_t year, month_of_year, day;
    pilot_date_parts(date, &year, &month_of_year, &day);
    put_month(text->text, year, month_of_year);
    text->text[7] = '-';
    put_digits(text->text + 8, day, 2);
    text->text[10] = '\0';
    return text->text;
}
