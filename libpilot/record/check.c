/* Whether a record's values are what they may be, however they came about. */
#include "record.h"

#include <stdio.h>
#include <string.h>

#define KEYS_SIZE 160

/* The keys on the way to a place, without indices, as far as there is room. */
static size_t keys_of(const record_place *at, const record_place *within, char keys[KEYS_SIZE])
{
    keys[0] = '\0';
    if (!at && !within)
        return 0;
    const size_t used = at ? keys_of(at->up, within, keys) : keys_of(within, NULL, keys);
    if (!at || !at->key)
        return used;
    const int length = snprintf(keys + used, KEYS_SIZE - used, "%s%s", used ? "/" : "", at->key);
    return length < 0 || used + (size_t)length >= KEYS_SIZE ? KEYS_SIZE - 1 : used + (size_t)length;
}

bool pilot_is_needed(const record_needs *needs, const record_place *at)
{
    char keys[KEYS_SIZE];
    keys_of(at, needs->within, keys);
    for (size_t i = 0; needs->paths[i]; i++) {
        const size_t length = strlen(needs->paths[i]);
        if (strncmp(keys, needs->paths[i], length) == 0 && (!keys[length] || keys[length] == '/'))
            return true;
    }
    return false;
}

pilot_status pilot_field_missing(const checker *c, const record_place *at, const field *f)
{
    if (c->partial || !f->required || (c->needs && !pilot_is_needed(c->needs, at)))
        return PILOT_OK;
    pilot_error *error = pilot_next_problem(c->to);
    pilot_error_set(error, PILOT_ERROR_MISSING_KEY, f->key, "the key \"%s\" is missing: %s", f->key,
                    f->en);
    pilot_error_zh(error, "缺少键“%s”：%s", f->key, f->zh);
    return pilot_problem(c->to, at->up, PILOT_ERROR_MISSING_KEY);
}

static pilot_status check_bool(const checker *c, const record_place *at, const bool *known)
{
    return pilot_is_bool(known)
               ? PILOT_OK
               : pilot_refuse(c->to, at, PILOT_ERROR_ARGUMENT, NULL, "“是否已知”既不是真也不是假",
                              "its \"known\" is neither true nor false");
}

static pilot_status check_text(const checker *c, const record_place *at, const field *f,
                               const char *text)
{
    if (!text)
        return pilot_field_missing(c, at, f);
    if (f->kind == FIELD_ID && !*text && !c->partial)
        return pilot_refuse(c->to, at, PILOT_ERROR_FORMAT, "", "编号不能为空", "an id is not empty");
    for (size_t length; !c->partial && *text; text += length)
        if (!(length = pilot_utf8_length(text, SIZE_MAX)))
            return pilot_refuse(c->to, at, PILOT_ERROR_ENCODING, text, "不是 UTF-8 文字",
                                "it is not UTF-8");
    return PILOT_OK;
}

static pilot_status check_code(const checker *c, const record_place *at, const field *f,
                               const char *code)
{
    const code_form *form = f->of;
    if (!code || c->partial)
        return PILOT_OK;
    pilot_status status = form->check(code, pilot_next_problem(c->to));
    return status == PILOT_OK ? status : pilot_problem(c->to, at, status);
}

static pilot_status check_word(const checker *c, const record_place *at, const field *f, int32_t word)
{
    if (pilot_word_name(f->of, word))
        return PILOT_OK;
    if (word == 0)
        return pilot_field_missing(c, at, f);
    return pilot_refuse_number(c->to, at, PILOT_ERROR_RANGE, word, "不是任何一个选项的编号",
                               "it is the number of none of the words");
}

static pilot_status check_words(const checker *c, const record_place *at, const field *f, uint32_t set)
{
    for (int32_t i = 0; i < 32; i++)
        if (set & UINT32_C(1) << i && !pilot_word_name(f->of, i))
            return pilot_refuse_number(c->to, at, PILOT_ERROR_RANGE, set, "其中有一位不代表任何选项",
                                       "one of its bits stands for no word");
    return PILOT_OK;
}

static pilot_status check_answer(const checker *c, const record_place *at, const field *f,
                                 pilot_answer answer)
{
    if (answer == PILOT_ANSWER_UNKNOWN)
        return pilot_field_missing(c, at, f);
    if ((unsigned)answer <= PILOT_ANSWER_YES)
        return PILOT_OK;
    return pilot_refuse_number(c->to, at, PILOT_ERROR_RANGE, (int64_t)answer, "不是、否、未知都不是",
                               "it is neither yes, no nor unknown");
}

static const char *number_shown(field_kind kind, int64_t value, pilot_text *text)
{
    switch (kind) {
    case FIELD_MONEY:
    case FIELD_AMOUNTS:
        return pilot_money_text(value, text);
    case FIELD_PRICE:
        return pilot_price_text(value, text);
    case FIELD_AREA:
    case FIELD_AREAS:
        return pilot_area_text(value, text);
    default:
        pilot_decimal_text(value, 0, text);
        return text->text;
    }
}

/* A limit's sentences, with its numbers as the field shows its own. */
static pilot_status refuse_range(const checker *c, const record_place *at, field_kind kind,
                                 int64_t value, int64_t least, int64_t most)
{
    const pilot_status status = PILOT_ERROR_RANGE;
    pilot_text found, low, high;
    pilot_error *error = pilot_next_problem(c->to);
    const char *shown = number_shown(kind, value, &found);
    const char *from = least ? number_shown(kind, least, &low) : "0";
    if (most == INT64_MAX) {
        pilot_error_set(error, status, shown, "%s is refused: it is %s or more", shown, from);
        pilot_error_zh(error, "%s不可用：须不小于%s", shown, from);
    } else {
        const char *to = number_shown(kind, most, &high);
        pilot_error_set(error, status, shown, "%s is refused: it is from %s to %s", shown, from, to);
        pilot_error_zh(error, "%s不可用：须在%s至%s之间", shown, from, to);
    }
    return pilot_problem(c->to, at, status);
}

static pilot_status check_value(const checker *c, const record_place *at, const field *f, int64_t value)
{
    const bool limited = f->limits & LIMIT_RANGE;
    const int64_t least = limited ? f->least : f->kind == FIELD_MONEY ? INT64_MIN : 0;
    const int64_t most = limited ? f->most : INT64_MAX;
    const bool unknown = c->partial && value == 0;
    return unknown || (value >= least && value <= most)
               ? PILOT_OK
               : refuse_range(c, at, f->kind, value, least, most);
}

static pilot_status check_number(const checker *c, const record_place *at, const field *f,
                                 const void *value)
{
    const pilot_opt_int *optional = value;
    if (f->required)
        return check_value(c, at, f, *(const int64_t *)value);
    pilot_status status = check_bool(c, at, &optional->known);
    return status == PILOT_OK && optional->known ? check_value(c, at, f, optional->value) : status;
}

static pilot_status check_share(const checker *c, const record_place *at, const field *f,
                                pilot_share share)
{
    pilot_share reduced;
    char text[32];
    if (share.denominator == 0 && share.numerator == 0)
        return pilot_field_missing(c, at, f);
    if (pilot_share_make(share.numerator, share.denominator, &reduced) == PILOT_OK &&
        reduced.numerator == share.numerator && reduced.denominator == share.denominator)
        return PILOT_OK;
    snprintf(text, sizeof text, "%d/%d", (int)share.numerator, (int)share.denominator);
    return pilot_refuse(c->to, at, PILOT_ERROR_RANGE, text, "比例须为0至1之间的最简分数",
                        "a share is a fraction in lowest terms within 0 to 1");
}

_Static_assert(PILOT_YEAR_MIN == 1900 && PILOT_YEAR_MAX == 2200, "sentences name these years");

static pilot_status check_year(const checker *c, const record_place *at, int32_t year)
{
    if ((year >= PILOT_YEAR_MIN && year <= PILOT_YEAR_MAX) || (c->partial && year == 0))
        return PILOT_OK;
    return pilot_refuse_number(c->to, at, PILOT_ERROR_RANGE, year, "年份须在1900至2200之间",
                               "years are 1900 to 2200");
}

static pilot_status check_date(const checker *c, const record_place *at, pilot_date date)
{
    if (pilot_date_valid(date))
        return PILOT_OK;
    return pilot_refuse_number(c->to, at, PILOT_ERROR_RANGE, date,
                               "日期是自1970-01-01起的天数，须在1900至2200年之间",
                               "a date is days since 1970-01-01, within the years 1900 to 2200");
}

static pilot_status check_month(const checker *c, const record_place *at, pilot_month month)
{
    if (pilot_month_valid(month))
        return PILOT_OK;
    return pilot_refuse_number(c->to, at, PILOT_ERROR_RANGE, month,
                               "月份是自1970-01起的月数，须在1900至2200年之间",
                               "a month is counted from 1970-01, within the years 1900 to 2200");
}

static pilot_status check_day(const checker *c, const record_place *at, const field *f,
                              const void *value)
{
    const pilot_opt_date *optional = value;
    if (f->required)
        return check_date(c, at, *(const pilot_date *)value);
    pilot_status status = check_bool(c, at, &optional->known);
    return status == PILOT_OK && optional->known ? check_date(c, at, optional->value) : status;
}

static pilot_status check_step(const checker *c, const record_place *at, const field *f,
                               const pilot_step *step)
{
    pilot_status status = check_answer(c, at, f, step->done);
    return status == PILOT_OK && step->done == PILOT_ANSWER_YES ? check_date(c, at, step->date) : status;
}

/* The day or month of a field, where it is known. */
static bool time_of(const field *f, const void *value, int32_t *time)
{
    const pilot_opt_date *optional = value;
    *time = f->kind == FIELD_MONTH || f->required ? *(const int32_t *)value : optional->value;
    return f->kind == FIELD_MONTH || f->required || optional->known;
}

/* NOT_BEFORE of two months or days. */
static pilot_status check_order(const checker *c, const record_place *at, const record *type,
                                const field *f, const void *item)
{
    int32_t last, first;
    pilot_text found, other;
    if (!pilot_is_good(c, type, f->offset) || !pilot_is_good(c, type, f->other) ||
        !time_of(f, field_in(item, f), &last) || !time_of(f, (const char *)item + f->other, &first) ||
        last >= first || (c->needs && (!last || !first)))
        return PILOT_OK;
    const bool month = f->kind == FIELD_MONTH;
    const char *shown = month ? pilot_month_text(last, &found) : pilot_date_text(last, &found);
    const char *before = month ? pilot_month_text(first, &other) : pilot_date_text(first, &other);
    pilot_error *error = pilot_next_problem(c->to);
    pilot_error_set(error, PILOT_ERROR_ORDER, shown, "\"%s\" is before the first %s, %s", shown,
                    month ? "month" : "day", before);
    pilot_error_zh(error, "“%s”早于起始的%s", shown, before);
    return pilot_problem(c->to, at, PILOT_ERROR_ORDER);
}

static pilot_status refuse_count(const checker *c, const record_place *at, const field *f, size_t count)
{
    pilot_text text;
    pilot_error *error = pilot_next_problem(c->to);
    pilot_decimal_text((int64_t)count, 0, &text);
    if (count < (size_t)f->least) {
        pilot_error_set(error, PILOT_ERROR_RANGE, text.text,
                        "the list has %s items, and %lld or more are wanted", text.text,
                        (long long)f->least);
        pilot_error_zh(error, "列表有%s项，须不少于%lld项", text.text, (long long)f->least);
    } else {
        pilot_error_set(error, PILOT_ERROR_RANGE, text.text,
                        "the list has %s items, and %lld at most are taken", text.text,
                        (long long)f->most);
        pilot_error_zh(error, "列表有%s项，最多%lld项", text.text, (long long)f->most);
    }
    return pilot_problem(c->to, at, PILOT_ERROR_RANGE);
}

pilot_status pilot_count_checked(const checker *c, const record_place *at, const field *f,
                                 const void *item)
{
    const size_t count = pilot_listed(field_pointer(item, f), field_count(item, f));
    const bool limited = f->limits & LIMIT_RANGE && !c->partial && field_pointer(item, f);
    if (!limited || (count >= (size_t)f->least && count <= (uint64_t)f->most))
        return PILOT_OK;
    return refuse_count(c, at, f, count);
}

static pilot_status check_list(const checker *c, const record_place *at, const field *f,
                               const void *item)
{
    const char *items = field_pointer(item, f);
    const record *of = f->of;
    const size_t count = pilot_listed(items, field_count(item, f));
    id_index index;
    record_place here = {at, NULL, 0};
    if (!items && field_count(item, f) && !c->partial)
        return pilot_refuse_number(c->to, at, PILOT_ERROR_ARGUMENT, (int64_t)field_count(item, f),
                                   "给出了条数，列表却为空指针",
                                   "so many records are said to be there, and the list is NULL");
    pilot_status limited = pilot_count_checked(c, at, f, item);
    if (limited != PILOT_OK)
        return limited;
    for (; here.index < count; here.index++) {
        pilot_status checked = pilot_checked(c, &here, of, items + here.index * of->size);
        if (pilot_ends(c->to, checked))
            return checked;
    }
    if (c->scratch && count && of->fields[0].kind == FIELD_ID)
        return pilot_ids_checked(c, at, of, items, count, &index);
    return PILOT_OK; /* one that is NULL is empty where it has to be there, and else not known */
}

static pilot_status check_numbers(const checker *c, const record_place *at, const field *f,
                                  const void *item)
{
    const int64_t *numbers = field_pointer(item, f);
    const size_t count = pilot_listed(numbers, field_count(item, f));
    record_place here = {at, NULL, 0};
    for (; here.index < count; here.index++) {
        pilot_status status =
            f->kind == FIELD_AREAS ? check_value(c, &here, f, numbers[here.index]) : PILOT_OK;
        if (pilot_ends(c->to, status))
            return status;
    }
    return numbers ? PILOT_OK : pilot_field_missing(c, at, f);
}

static pilot_status check_optional(const checker *c, const record_place *at, const field *f,
                                   const void *item)
{
    const void *pointed = field_pointer(item, f);
    return pointed ? pilot_checked(c, at, f->of, pointed) : pilot_field_missing(c, at, f);
}

/* The kinds that only results have. */
static pilot_status check_result(const checker *c, const record_place *at, const field *f,
                                 const void *value)
{
    if (f->kind == FIELD_CHARS && !memchr(value, '\0', f->count_offset))
        return pilot_refuse(c->to, at, PILOT_ERROR_ARGUMENT, NULL, "文字没有结尾",
                            "the text has no end");
    if (f->kind == FIELD_VALUE && (unsigned)((const pilot_value *)value)->kind > PILOT_VALUE_PRICE)
        return pilot_refuse(c->to, at, PILOT_ERROR_ARGUMENT, NULL, "数值没有这种类型",
                            "there is no such kind of value");
    return PILOT_OK;
}

/* What lies in the record or is pointed at. */
static pilot_status check_within(const checker *c, const record_place *at, const field *f,
                                 const void *item)
{
    switch (f->kind) {
    case FIELD_RECORD:
        if (!f->required && pilot_record_blank(f->of, field_in(item, f)))
            return PILOT_OK;
        return pilot_checked(c, at, f->of, field_in(item, f));
    case FIELD_OPTIONAL:
        return check_optional(c, at, f, item);
    case FIELD_LIST:
        return check_list(c, at, f, item);
    case FIELD_AREAS:
    case FIELD_AMOUNTS:
        return check_numbers(c, at, f, item);
    case FIELD_CLAUSE:
    case FIELD_REF:
    case FIELD_REFS:
    case FIELD_TEXTS:
        return field_pointer(item, f) ? PILOT_OK : pilot_field_missing(c, at, f);
    default:
        return check_result(c, at, f, field_in(item, f));
    }
}

pilot_status pilot_field_check(const checker *c, const record_place *at, const field *f,
                               const void *item)
{
    const void *value = field_in(item, f);
    switch (f->kind) {
    case FIELD_TEXT:
    case FIELD_ID:
        return check_text(c, at, f, *(const char *const *)value);
    case FIELD_CODE:
        return check_code(c, at, f, *(const char *const *)value);
    case FIELD_WORD:
        return check_word(c, at, f, *(const int32_t *)value);
    case FIELD_WORDS:
        return check_words(c, at, f, *(const uint32_t *)value);
    case FIELD_ANSWER:
        return check_answer(c, at, f, *(const pilot_answer *)value);
    case FIELD_COUNT:
    case FIELD_MONEY:
    case FIELD_PRICE:
    case FIELD_AREA:
        return check_number(c, at, f, value);
    case FIELD_SHARE:
        return check_share(c, at, f, *(const pilot_share *)value);
    case FIELD_YEAR:
        return f->required || *(const int32_t *)value ? check_year(c, at, *(const int32_t *)value)
                                                      : PILOT_OK;
    case FIELD_MONTH:
        return check_month(c, at, *(const pilot_month *)value);
    case FIELD_DATE:
        return check_day(c, at, f, value);
    case FIELD_STEP:
        return check_step(c, at, f, value);
    default:
        return check_within(c, at, f, item);
    }
}

pilot_status pilot_checked_wholly(const checker *c, const record_place *at, const record *type,
                                  const void *item)
{
    if (c->partial)
        return PILOT_OK;
    for (size_t i = 0; i < type->field_count; i++) {
        const record_place member = pilot_member(at, type->fields[i].key);
        if (!(type->fields[i].limits & LIMIT_ORDER))
            continue;
        pilot_status status = check_order(c, &member, type, &type->fields[i], item);
        if (pilot_ends(c->to, status))
            return status;
    }
    const bool asked = type->check && (!c->broken || type->by_parts);
    return asked ? type->check(c, at, item) : PILOT_OK;
}

pilot_status pilot_checked(const checker *c, const record_place *at, const record *type,
                           const void *item)
{
    checker within = {.to = c->to, .scratch = c->scratch, .partial = c->partial};
    for (size_t i = 0; i < type->field_count; i++) {
        const record_place member = pilot_member(at, type->fields[i].key);
        const size_t before = c->to->count;
        pilot_status status = pilot_field_check(c, &member, &type->fields[i], item);
        if (pilot_ends(c->to, status))
            return status;
        if (c->to->count != before)
            within.bad |= UINT64_C(1) << i;
    }
    within.broken = within.bad;
    pilot_status status = pilot_checked_wholly(&within, at, type, item);
    return within.broken ? c->to->status : status;
}

static pilot_status refuse_repeated(const checker *c, const record_place *at, const char *id,
                                    size_t first)
{
    const record_place member = pilot_member(at, "id");
    pilot_excerpt excerpt;
    const char *shown = pilot_excerpt_of(id, &excerpt);
    pilot_error *error = pilot_next_problem(c->to);
    pilot_error_set(error, PILOT_ERROR_DUPLICATE_ID, id,
                    "the id \"%s\" is already that of item %zu of this list", shown, first);
    pilot_error_zh(error, "编号“%s”与本列表第%zu项（从0数起）相同", shown, first);
    return pilot_problem(c->to, &member, PILOT_ERROR_DUPLICATE_ID);
}

pilot_status pilot_ids_checked(const checker *c, const record_place *at, const record *type,
                               const void *items, size_t count, id_index *index)
{
    *index = (id_index){0};
    if (type->fields[0].kind != FIELD_ID)
        return PILOT_OK;
    if (!pilot_index_ids(index, c->scratch, c->scratch, items, type->size, count))
        return pilot_no_memory(c->to);
    if (!pilot_any_repeated(index))
        return PILOT_OK;
    size_t *first_of = pilot_arena_take(c->scratch, count, sizeof *first_of);
    if (!first_of)
        return pilot_no_memory(c->to);
    pilot_mark_repeated(index, items, type->size, first_of);
    record_place here = {at, NULL, 0};
    for (; here.index < count; here.index++) {
        const void *item = (const char *)items + here.index * type->size;
        pilot_status status = PILOT_OK;
        if (first_of[here.index])
            status =
                refuse_repeated(c, &here, field_pointer(item, type->fields), first_of[here.index] - 1);
        if (pilot_ends(c->to, status))
            return status;
    }
    return PILOT_ERROR_DUPLICATE_ID;
}

pilot_status pilot_record_check(const record *type, const void *item, pilot_error *error)
{
    problems first = pilot_first_problem(error);
    const checker c = {.to = &first, .partial = true};
    return pilot_checked(&c, NULL, type, item);
}

pilot_status pilot_record_valid(const record *type, const void *item, pilot_error *error)
{
    problems first = pilot_first_problem(error);
    const checker c = {.to = &first};
    return pilot_checked(&c, NULL, type, item);
}
