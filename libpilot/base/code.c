#include "code.h"

#include <stdio.h>

/* The 31 characters of GB 32100-2015, whose values are their places. */
static const char credit_characters[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
static const char decimal_digits[] = "0123456789";
#define CREDIT_LENGTH 18
#define ORGANISATION_AT 8 /* the organisation code's 8 characters, and the one that checks them */
#define ORGANISATION_LENGTH 8
#define ORGANISATION_CHECK (ORGANISATION_AT + ORGANISATION_LENGTH)

/* What may stand at a place, and for people. */
typedef struct place_form {
    const char *characters;
    pilot_phrase wanted;
} place_form;

static const place_form a_digit = {decimal_digits, {"数字", "a digit"}};

static const place_form *credit_place(size_t at)
{
    static const place_form any = {credit_characters,
                                   {"数字或大写字母（I、O、S、V、Z除外）",
                                    "a digit or a capital letter other than I, O, S, V and Z"}};
    static const place_form check = {"0123456789X", {"数字或X", "a digit or X"}};
    return at >= 2 && at < ORGANISATION_AT ? &a_digit : at == ORGANISATION_CHECK ? &check : &any;
}

static const place_form *division_place(size_t at)
{
    (void)at;
    return &a_digit;
}

static bool is_among(const char *characters, char c)
{
    return c && strchr(characters, c);
}

/* Values of GB 11714 count every letter, those that credit codes do without too. */
static int organisation_value(char c)
{
    return c <= '9' ? c - '0' : c - 'A' + 10;
}

static char organisation_check(const char *code)
{
    static const int weights[ORGANISATION_LENGTH] = {3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (int i = 0; i < ORGANISATION_LENGTH; i++)
        sum += weights[i] * organisation_value(code[ORGANISATION_AT + i]);
    return "0X987654321"[sum % 11];
}

static char credit_check(const char *code)
{
    int sum = 0, weight = 1;
    for (int i = 0; i < CREDIT_LENGTH - 1; i++) {
        sum += weight * (int)(strchr(credit_characters, code[i]) - credit_characters);
        weight = weight * 3 % 31;
    }
    return credit_characters[(31 - sum % 31) % 31];
}

static bool is_credit_code(const char *code)
{
    for (size_t i = 0; i < CREDIT_LENGTH; i++)
        if (!is_among(credit_place(i)->characters, code[i]))
            return false;
    return organisation_check(code) == code[ORGANISATION_CHECK] &&
           credit_check(code) == code[CREDIT_LENGTH - 1];
}

/* What a code may have been meant to be. */
typedef struct meant {
    size_t count; /* of the changes that make it one; 2: several */
    size_t at;    /* of the first: the place, and what stands there then */
    char to;      /* 0: what stands there and the next have changed places */
} meant;

static void try_change(meant *m, const char *changed, size_t at, char to)
{
    if (m->count < 2 && is_credit_code(changed) && m->count++ == 0) {
        m->at = at;
        m->to = to;
    }
}

/* Each of the characters at the place. */
static void try_characters(meant *m, const char *code, size_t at, const char *characters)
{
    char changed[CREDIT_LENGTH + 1];
    memcpy(changed, code, sizeof changed);
    for (; *characters; characters++) {
        changed[at] = *characters;
        if (*characters != code[at])
            try_change(m, changed, at, *characters);
    }
}

static void try_neighbours(meant *m, const char *code, size_t at)
{
    char changed[CREDIT_LENGTH + 1];
    memcpy(changed, code, sizeof changed);
    changed[at] = code[at + 1];
    changed[at + 1] = code[at];
    if (code[at] != code[at + 1])
        try_change(m, changed, at, 0);
}

/* What a character is often written for, of those that may stand there: a small letter for its capital.
 */
#define LIKELY_SIZE 3
static void looks_like(char c, const char *characters, char likely[LIKELY_SIZE])
{
    static const char alike[][2] = {{'B', '8'}, {'I', '1'}, {'L', '1'}, {'O', '0'},
                                    {'S', '5'}, {'V', 'U'}, {'V', 'Y'}, {'Z', '2'}};
    char capital = c;
    size_t count = 0;
    if (c >= 'a' && c <= 'z')
        capital = (char)(c - 'a' + 'A');
    if (capital != c && is_among(characters, capital))
        likely[count++] = capital;
    for (size_t i = 0; i < sizeof alike / sizeof *alike; i++)
        if (capital == alike[i][0] && is_among(characters, alike[i][1]))
            likely[count++] = alike[i][1];
    likely[count] = '\0';
}

/* The first character that may not stand where it does: its place, or how many characters there are. */
static size_t first_wrong(const char *code, const place_form *(*form)(size_t at), const char **wrong)
{
    char piece[PILOT_PIECE_SIZE];
    size_t at = 0;
    for (*wrong = code; *code && is_among(form(at)->characters, *code); *wrong = code, at++)
        (void)pilot_show_next(&code, piece);
    return at;
}

/* Says which character may not stand at the place, and what it may be meant to be: one that makes the
 * whole right, or else one that looks like it. whole: a credit code but for that character; NULL: it is
 * none. */
static pilot_status refuse_character(pilot_error *error, const char *code, const char *wrong, size_t at,
                                     const place_form *form, const char *whole)
{
    char piece[PILOT_PIECE_SIZE], likely[LIKELY_SIZE], zh[64] = "", en[64] = "";
    meant m = {0};
    looks_like(*wrong, form->characters, likely);
    const int length = (int)pilot_show_next(&wrong, piece);
    if (whole)
        try_characters(&m, whole, at, *likely ? likely : form->characters);
    if (m.count == 1) {
        likely[0] = m.to;
        likely[1] = '\0';
    }
    if (*likely) {
        const int used_zh = snprintf(zh, sizeof zh, "，可能是“%c”", likely[0]);
        const int used_en = snprintf(en, sizeof en, ": it may be \"%c\"", likely[0]);
        if (likely[1]) {
            snprintf(zh + used_zh, sizeof zh - (size_t)used_zh, "或“%c”", likely[1]);
            snprintf(en + used_en, sizeof en - (size_t)used_en, " or \"%c\"", likely[1]);
        }
    }
    pilot_error_set(error, PILOT_ERROR_FORMAT, code, "character %zu is \"%.*s\", where %s is wanted%s",
                    at + 1, length, piece, form->wanted.en, en);
    pilot_error_zh(error, "第%zu位是“%.*s”，应为%s%s", at + 1, length, piece, form->wanted.zh, zh);
    return PILOT_ERROR_FORMAT;
}

/* The one character with which the code has its length, or NULL where it has another. */
static const char *with_one_wrong(const char *code, const char *wrong, size_t at,
                                  char whole[CREDIT_LENGTH + 1])
{
    char piece[PILOT_PIECE_SIZE];
    const char *behind = wrong;
    (void)pilot_show_next(&behind, piece);
    if (at >= CREDIT_LENGTH || at + 1 + strlen(behind) != CREDIT_LENGTH)
        return NULL;
    memcpy(whole, code, at);
    whole[at] = ' ';
    memcpy(whole + at + 1, behind, strlen(behind) + 1);
    return whole;
}

static pilot_status refuse_length(pilot_error *error, const char *code, size_t length,
                                  const char *wanted_zh, const char *wanted_en)
{
    pilot_error_set(error, PILOT_ERROR_FORMAT, code, "it has %zu characters, where %s are wanted",
                    length, wanted_en);
    pilot_error_zh(error, "有%zu位，应为%s位", length, wanted_zh);
    return PILOT_ERROR_FORMAT;
}

/* One that makes both check characters fit, where there is but one. */
static meant corrected(const char *code)
{
    meant m = {0};
    for (size_t at = 0; at < CREDIT_LENGTH; at++) {
        try_characters(&m, code, at, credit_place(at)->characters);
        if (at + 1 < CREDIT_LENGTH)
            try_neighbours(&m, code, at);
    }
    return m;
}

static void say_corrected(pilot_error *error, const char *code, const meant *m)
{
    const size_t at = m->at + 1;
    if (m->to) {
        pilot_error_set(error, PILOT_ERROR_FORMAT, code,
                        "its check characters do not fit: character %zu, \"%c\", may be \"%c\"", at,
                        code[m->at], m->to);
        pilot_error_zh(error, "校验码不符：第%zu位“%c”可能是“%c”", at, code[m->at], m->to);
    } else {
        pilot_error_set(
            error, PILOT_ERROR_FORMAT, code,
            "its check characters do not fit: characters %zu and %zu, \"%.2s\", may have changed "
            "places",
            at, at + 1, code + m->at);
        pilot_error_zh(error, "校验码不符：第%zu、%zu位“%.2s”可能颠倒", at, at + 1, code + m->at);
    }
}

/* The check characters found and wanted. That of the organisation code tells in which part a mistake is,
 * if there is one alone. */
static void say_checks(pilot_error *error, const char *code)
{
    const char own = code[ORGANISATION_CHECK], all = code[CREDIT_LENGTH - 1];
    const char own_wanted = organisation_check(code), all_wanted = credit_check(code);
    if (own == own_wanted) {
        pilot_error_set(
            error, PILOT_ERROR_FORMAT, code,
            "its check character does not fit: character 18 is \"%c\", and \"%c\" is wanted; "
            "characters 9 to 17 fit by themselves: look at 1 to 8 and 18",
            all, all_wanted);
        pilot_error_zh(error,
                       "校验码不符：第18位是“%c”，应为“%c”；第9至17位自身相符，请核对第1至8位和第18位",
                       all, all_wanted);
    } else if (all == all_wanted) {
        pilot_error_set(
            error, PILOT_ERROR_FORMAT, code,
            "the organisation code's check character does not fit: character 17 is \"%c\", and "
            "\"%c\" is wanted by characters 9 to 16",
            own, own_wanted);
        pilot_error_zh(error, "组织机构代码校验码不符：第17位是“%c”，按第9至16位应为“%c”", own,
                       own_wanted);
    } else {
        pilot_error_set(error, PILOT_ERROR_FORMAT, code,
                        "its check characters do not fit: character 17 is \"%c\", and \"%c\" is wanted; "
                        "character 18 is \"%c\", and \"%c\" is wanted: look at characters 9 to 17",
                        own, own_wanted, all, all_wanted);
        pilot_error_zh(error,
                       "校验码不符：第17位是“%c”，应为“%c”；第18位是“%c”，应为“%c”；请核对第9至17位",
                       own, own_wanted, all, all_wanted);
    }
}

pilot_status pilot_credit_code_check(const char *code, pilot_error *error)
{
    char whole[CREDIT_LENGTH + 1];
    const char *wrong;
    if (!code)
        code = "";
    const size_t at = first_wrong(code, credit_place, &wrong);
    if (*wrong)
        return refuse_character(error, code, wrong, at, credit_place(at),
                                with_one_wrong(code, wrong, at, whole));
    if (at != CREDIT_LENGTH)
        return refuse_length(error, code, at, "18", "18");
    if (is_credit_code(code))
        return PILOT_OK;
    const meant m = error ? corrected(code) : (meant){0};
    if (m.count == 1)
        say_corrected(error, code, &m);
    else
        say_checks(error, code);
    return PILOT_ERROR_FORMAT;
}

#define CITY_DIGITS 4
#define PROVINCE_DIGITS 2

/* Nanchang's districts and counties (GB/T 2260), and from when to when they were there: the first and
 * the last day on which a list can have them, 0 where that is outside the lists of these years. */
static const struct district {
    char code[PILOT_DISTRICT_DIGITS + 1];
    pilot_phrase name;
    pilot_date first, last;
} nanchang[] = {
    {.code = "360102", .name = {"东湖区", "Donghu"}},
    {.code = "360103", .name = {"西湖区", "Xihu"}},
    {.code = "360104", .name = {"青云谱区", "Qingyunpu"}},
    {.code = "360105", .name = {"湾里区", "Wanli"}, .last = PILOT_DATE(2020, 6, 27)},
    {.code = "360111", .name = {"青山湖区", "Qingshanhu"}},
    {.code = "360112", .name = {"新建区", "Xinjian"}, .first = PILOT_DATE(2015, 1, 1)},
    {.code = "360113", .name = {"红谷滩区", "Honggutan"}, .first = PILOT_DATE(2019, 12, 24)},
    {.code = "360121", .name = {"南昌县", "Nanchang county"}},
    {.code = "360122", .name = {"新建县", "Xinjian county"}, .last = PILOT_DATE(2015, 12, 31)},
    {.code = "360123", .name = {"安义县", "Anyi county"}},
    {.code = "360124", .name = {"进贤县", "Jinxian county"}},
};
static const char nanchang_city[] = "3601";

/* What became of districts, or of parts of them: a list from before has the first code for what lies
 * there, one from after it the second. */
static const char moved[][2][PILOT_DISTRICT_DIGITS + 1] = {
    {"360105", "360112"}, {"360102", "360113"}, {"360112", "360113"}, {"360122", "360112"}};

static bool begins_with(const char *code, const char *digits)
{
    return strncmp(code, digits, strlen(digits)) == 0;
}

bool pilot_division_within(const char *code, const char *district)
{
    bool within = begins_with(code, district);
    for (size_t i = 0; i < sizeof moved / sizeof *moved; i++)
        for (int j = 0; j < 2; j++)
            within =
                within || (begins_with(code, moved[i][j]) && strcmp(district, moved[i][1 - j]) == 0);
    return within;
}

static bool is_province(const char *code)
{
    static const char provinces[][PROVINCE_DIGITS + 1] = {
        "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34",
        "35", "36", "37", "41", "42", "43", "44", "45", "46", "50", "51", "52",
        "53", "54", "61", "62", "63", "64", "65", "71", "81", "82"};
    for (size_t i = 0; i < sizeof provinces / sizeof *provinces; i++)
        if (code[0] == provinces[i][0] && code[1] == provinces[i][1])
            return true;
    return false;
}

/* Whether it is a city's or a province's own, with zeros behind. */
static bool is_above_district(const char *code)
{
    return strncmp(code + CITY_DIGITS, "00", 2) == 0;
}

static pilot_status check_district(const char *code, pilot_opt_date on, pilot_error *error)
{
    const struct district *found = NULL;
    pilot_text text;
    for (size_t i = 0; i < sizeof nanchang / sizeof *nanchang; i++)
        if (begins_with(code, nanchang[i].code))
            found = &nanchang[i];
    if (!found) {
        pilot_error_set(error, PILOT_ERROR_NOT_FOUND, code,
                        "Nanchang (3601) has no district or county of the code %.6s", code);
        pilot_error_zh(error, "南昌市（3601）没有代码为%.6s的县区", code);
        return PILOT_ERROR_NOT_FOUND;
    }
    if (on.known && found->last && on.value > found->last) {
        pilot_date_text(found->last, &text);
        pilot_error_set(error, PILOT_ERROR_RANGE, code, "%s is the code of %s, which was there until %s",
                        found->code, found->name.en, text.text);
        pilot_error_zh(error, "%s是%s的代码，该区划至%s为止", found->code, found->name.zh, text.text);
        return PILOT_ERROR_RANGE;
    }
    if (on.known && found->first && on.value < found->first) {
        pilot_date_text(found->first, &text);
        pilot_error_set(error, PILOT_ERROR_RANGE, code,
                        "%s is the code of %s, which is there from %s on", found->code, found->name.en,
                        text.text);
        pilot_error_zh(error, "%s是%s的代码，该区划自%s起才有", found->code, found->name.zh, text.text);
        return PILOT_ERROR_RANGE;
    }
    return PILOT_OK;
}

/* A code of the level asked for has digits of its own there, and not the zeros of the level above. */
static pilot_status check_level(const char *code, int32_t digits, pilot_error *error)
{
    const bool district = digits == PILOT_DISTRICT_DIGITS;
    const char *own = district ? code + PROVINCE_DIGITS : code + digits - 3;
    if (strspn(own, "0") < (district ? 2u : 3u))
        return PILOT_OK;
    pilot_error_set(error, PILOT_ERROR_FORMAT, code,
                    "it ends in zeros, as the code of what lies above a %s does",
                    district                        ? "district"
                    : digits == PILOT_STREET_DIGITS ? "street"
                                                    : "community");
    pilot_error_zh(error, "末几位为0，是%s的上级的代码",
                   district                        ? "县区"
                   : digits == PILOT_STREET_DIGITS ? "街道"
                                                   : "社区");
    return PILOT_ERROR_FORMAT;
}

static pilot_status check_digits(const char *code, int32_t digits, pilot_error *error)
{
    const char *wrong;
    const size_t length = first_wrong(code, division_place, &wrong);
    const bool any = length == PILOT_DISTRICT_DIGITS || length == PILOT_STREET_DIGITS ||
                     length == PILOT_COMMUNITY_DIGITS;
    pilot_text wanted;
    if (*wrong)
        return refuse_character(error, code, wrong, length, &a_digit, NULL);
    if (digits ? length == (size_t)digits : any)
        return PILOT_OK;
    pilot_decimal_text(digits, 0, &wanted);
    return refuse_length(error, code, length, digits ? wanted.text : "6、9或12",
                         digits ? wanted.text : "6, 9 or 12");
}

pilot_status pilot_division_code_check(const char *code, int32_t digits, pilot_opt_date on,
                                       pilot_error *error)
{
    if (digits && digits != PILOT_DISTRICT_DIGITS && digits != PILOT_STREET_DIGITS &&
        digits != PILOT_COMMUNITY_DIGITS)
        return pilot_error_number(error, PILOT_ERROR_ARGUMENT, "/digits", digits,
                                  "位数须为6、9或12，或0",
                                  "codes have 6, 9 or 12 digits; 0 is any of them");
    if (on.known && !pilot_date_valid(on.value))
        return pilot_error_day(error, "/on", on.value);
    if (!code)
        code = "";
    pilot_status status = check_digits(code, digits, error);
    if (status == PILOT_OK && !is_province(code)) {
        pilot_error_set(error, PILOT_ERROR_NOT_FOUND, code, "no province has the number %.2s", code);
        pilot_error_zh(error, "没有代码为%.2s的省级区划", code);
        return PILOT_ERROR_NOT_FOUND;
    }
    if (status == PILOT_OK && digits)
        status = check_level(code, digits, error);
    if (status != PILOT_OK || !begins_with(code, nanchang_city) || (!digits && is_above_district(code)))
        return status;
    return check_district(code, on, error);
}

#define DIVISION_FORM(name, digits_)                                                                    \
    static pilot_status check_##name(const char *code, pilot_error *error)                              \
    {                                                                                                   \
        return pilot_division_code_check(code, digits_, (pilot_opt_date){0}, error);                    \
    }
DIVISION_FORM(district_code, PILOT_DISTRICT_DIGITS)
DIVISION_FORM(street_code, PILOT_STREET_DIGITS)
DIVISION_FORM(community_code, PILOT_COMMUNITY_DIGITS)

#define CREDIT_CHARACTER "[0-9A-HJ-NPQRTUWXY]"
const code_form pilot_credit_code_form = {
    pilot_credit_code_check,
    "^" CREDIT_CHARACTER "{2}[0-9]{6}" CREDIT_CHARACTER "{8}[0-9X]" CREDIT_CHARACTER "$",
    {"请填写18位统一社会信用代码，单元格设为文本",
     "write the 18 characters of the unified social credit code, in a cell of text"}};
const code_form pilot_district_code_form = {
    check_district_code, "^[0-9]{6}$", {"请填写6位区划代码", "write the 6 digits of the division code"}};
const code_form pilot_street_code_form = {
    check_street_code, "^[0-9]{9}$", {"请填写9位区划代码", "write the 9 digits of the division code"}};
const code_form pilot_community_code_form = {
    check_community_code,
    "^[0-9]{12}$",
    {"请填写12位区划代码", "write the 12 digits of the division code"}};
