/* Credit codes and division codes: the standards' sums done a second time here, every single mistake and
 * every two neighbours that change places, what is said of them, and the codes of a city's records. */
#include "cases.h"

static const char characters[] = "0123456789ABCDEFGHJKLMNPQRTUWXY"; /* GB 32100-2015, 4.2 */

/* Of bodies of several registers, as published: with letters in the organisation code, X and 0 as check
 * characters. */
static const char *const published[] = {"91110000600037341L", "12440600MB2C07549J",
                                        "91310115MA1K3BTP2B", "9115220107837941X1",
                                        "91620105L015101280", "92340603MA2PBMD304"};

static int value_of(char c)
{
    return (int)(strchr(characters, c) - characters);
}

/* The weights as the standard's table has them. */
static char last_of(const char *code)
{
    static const int weights[] = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
    int sum = 0;
    for (int i = 0; i < 17; i++)
        sum += weights[i] * value_of(code[i]);
    return sum % 31 ? characters[31 - sum % 31] : '0';
}

static char organisation_last_of(const char *code)
{
    static const int weights[] = {3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (int i = 0; i < 8; i++)
        sum += weights[i] * (code[8 + i] <= '9' ? code[8 + i] - '0' : code[8 + i] - 'A' + 10);
    const int check = 11 - sum % 11;
    return check == 11 ? '0' : check == 10 ? 'X' : (char)('0' + check);
}

static bool is_right(const char *code)
{
    for (int i = 0; i < 18; i++)
        if (!strchr(characters, code[i]) || (i >= 2 && i < 8 && code[i] > '9'))
            return false;
    return organisation_last_of(code) == code[16] && last_of(code) == code[17];
}

/* No body's: its numbers are drawn. */
static void synthetic(char code[19])
{
    for (int i = 0; i < 16; i++)
        code[i] = characters[below(i >= 2 && i < 8 ? 10 : 31)];
    code[16] = organisation_last_of(code);
    code[17] = last_of(code);
    code[18] = '\0';
}

Test(code, credit_codes_that_fit_are_taken)
{
    for (size_t i = 0; i < COUNT(published); i++) {
        cr_assert(is_right(published[i]), "%s", published[i]);
        cr_assert_eq(pilot_credit_code_check(published[i], NULL), PILOT_OK, "%s", published[i]);
    }
    for (int i = 0; i < 2000; i += stride()) {
        char code[19];
        synthetic(code);
        CHECK(pilot_credit_code_check(code, NULL) == PILOT_OK, "%s", code);
    }
}

/* What one change makes right: how many, and the sentences of the last. */
typedef struct correction {
    int count;
    char en[96], zh[96];
} correction;

static void note(correction *made, const char *changed, size_t at, const char *code)
{
    if (!is_right(changed))
        return;
    made->count++;
    if (changed[at] == code[at + 1] && changed[at + 1] == code[at] && code[at] != code[at + 1]) {
        snprintf(made->en, sizeof made->en, "characters %zu and %zu, \"%.2s\", may have changed places",
                 at + 1, at + 2, code + at);
        snprintf(made->zh, sizeof made->zh, "第%zu、%zu位“%.2s”可能颠倒", at + 1, at + 2, code + at);
    } else {
        snprintf(made->en, sizeof made->en, "character %zu, \"%c\", may be \"%c\"", at + 1, code[at],
                 changed[at]);
        snprintf(made->zh, sizeof made->zh, "第%zu位“%c”可能是“%c”", at + 1, code[at], changed[at]);
    }
}

static correction corrections_of(const char *code)
{
    correction made = {0};
    char changed[20] = "";
    for (size_t at = 0; at < 18; at++) {
        memcpy(changed, code, 19);
        for (const char *c = characters; *c; c++) {
            changed[at] = *c;
            if (*c != code[at])
                note(&made, changed, at, code);
        }
        memcpy(changed, code, 19);
        changed[at] = code[at + 1];
        changed[at + 1] = code[at];
        if (at < 17 && code[at] != code[at + 1])
            note(&made, changed, at, code);
    }
    return made;
}

/* Refused, with the one correction where there is but one, and with none where there are several. */
static bool check_refused(const char *code)
{
    pilot_error error = {0};
    const correction wanted = corrections_of(code);
    CHECK(pilot_credit_code_check(code, NULL) == PILOT_ERROR_FORMAT, "%s", code);
    CHECK(pilot_credit_code_check(code, &error) == PILOT_ERROR_FORMAT, "%s", code);
    CHECK(strcmp(error.value, code) == 0 && !*error.path, "%s: %s", code, error.value);
    CHECK(same_numbers(error.message, error.message_zh), "%s: %s, %s", code, error.message,
          error.message_zh);
    CHECK(cases_is_chinese(error.message_zh), "%s", error.message_zh);
    if (wanted.count == 1) {
        CHECK(strstr(error.message, wanted.en), "%s: %s, not %s", code, error.message, wanted.en);
        CHECK(strstr(error.message_zh, wanted.zh), "%s: %s, not %s", code, error.message_zh, wanted.zh);
    } else {
        CHECK(!strstr(error.message, "may") && !strstr(error.message_zh, "可能"), "%s: %s", code,
              error.message);
    }
    return wanted.count == 1;
}

static int mistakes_named(const char *code)
{
    char wrong[19];
    int named = 0;
    for (size_t at = 0; at < 18; at++) {
        memcpy(wrong, code, sizeof wrong);
        for (const char *c = at >= 2 && at < 8 ? "0123456789"
                             : at == 16        ? "0123456789X"
                                               : characters;
             *c; c++) {
            wrong[at] = *c;
            if (*c != code[at])
                named += check_refused(wrong);
        }
        memcpy(wrong, code, sizeof wrong);
        if (at == 17 || code[at] == code[at + 1] || (at == 1 && code[1] > '9') ||
            (at == 7 && code[8] > '9') || (at == 15 && code[15] > '9' && code[15] != 'X') ||
            (at == 16 && code[17] > '9' && code[17] != 'X'))
            continue; /* what may not stand there is told by itself */
        wrong[at] = code[at + 1];
        wrong[at + 1] = code[at];
        named += check_refused(wrong);
    }
    return named;
}

Test(code, every_single_mistake_in_a_credit_code_is_found)
{
    int named = 0;
    for (size_t i = 0; i < COUNT(published); i += (size_t)stride())
        named += mistakes_named(published[i]);
    for (int i = 0; i < 20; i += stride()) {
        char code[19];
        synthetic(code);
        named += mistakes_named(code);
    }
    cr_assert_gt(named, 1000 / stride()); /* of those in the organisation code about a half */
}

typedef struct said_row {
    const char *code;
    const char *en, *zh;
} said_row;

Test(code, a_credit_code_is_refused_for_what_is_wrong_with_it)
{
    static const said_row rows[] = {
        {NULL, "it has 0 characters, where 18 are wanted", "有0位，应为18位"},
        {"", "it has 0 characters", "有0位"},
        {"9111000060003734", "it has 16 characters", "有16位"},
        {"91110000600037341LL", "it has 19 characters", "有19位"},
        /* Written for what it looks like. */
        {"9111OOOO600037341L", "character 5 is \"O\", where a digit is wanted: it may be \"0\"",
         "第5位是“O”，应为数字，可能是“0”"},
        {"91A10000600037341L", "character 3 is \"A\", where a digit is wanted", "第3位是“A”，应为数字"},
        {"911I0000600037341L", "character 4 is \"I\", where a digit is wanted: it may be \"1\"",
         "第4位是“I”，应为数字，可能是“1”"},
        {"9III0000600037341L",
         "character 2 is \"I\", where a digit or a capital letter other than I, O, S, V "
         "and Z is wanted: it may be \"1\"",
         "第2位是“I”，应为数字或大写字母（I、O、S、V、Z除外），可能是“1”"},
        {"1244060OMB2C07549J", "character 8 is \"O\"", "第8位是“O”"},
        {"12440600MBZC07549J",
         "character 11 is \"Z\", where a digit or a capital letter other than I, O, S, V "
         "and Z is wanted: it may be \"2\"",
         "第11位是“Z”，应为数字或大写字母（I、O、S、V、Z除外），可能是“2”"},
        {"12440600MB2C07S49J", ": it may be \"5\"", "第15位是“S”"},
        /* The sums choose between the two, and where neither does it is either. */
        {"92340602MA2VK33127",
         "character 12 is \"V\", where a digit or a capital letter other than I, O, S, V "
         "and Z is wanted: it may be \"U\"",
         "第12位是“V”，应为数字或大写字母（I、O、S、V、Z除外），可能是“U”"},
        {"9234V602MA2UK33127", "character 5 is \"V\", where a digit is wanted: it may be \"0\"",
         "第5位是“V”，应为数字，可能是“0”"},
        {"V1110000600037341L", ": it may be \"U\" or \"Y\"", "可能是“U”或“Y”"},
        /* A small letter is its capital; any other is what the sums say, where the rest is there. */
        {"91110000600037341l", ": it may be \"L\"", "第18位是“l”"},
        {"91310115Ma1K3BTP2B", "character 10 is \"a\"",
         "第10位是“a”，应为数字或大写字母（I、O、S、V、Z除外），可能是“A”"},
        {"12440600MBzC07549J", ": it may be \"2\"", "第11位是“z”"},
        {"9111000060003734*L", "character 17 is \"*\", where a digit or X is wanted: it may be \"1\"",
         "第17位是“*”，应为数字或X，可能是“1”"},
        {"91110000６00037341L", "character 9 is \"６\"", "第9位是“６”"},
        {"9111000060003734AL", "character 17 is \"A\", where a digit or X is wanted: it may be \"1\"",
         "第17位是“A”，应为数字或X"},
        {"91110000 600037341L", "character 9 is \" \"", "第9位是“ ”"},
        {"911100006\xFF"
         "0037341L",
         "character 10 is \"\\xff\"", "第10位是"},
        {"南昌", "character 1 is \"南\"", "第1位是“南”"},
        /* The check characters. */
        {"91110000600037341M",
         "character 18 is \"M\", and \"L\" is wanted; characters 9 to 17 fit by themselves",
         "第18位是“M”，应为“L”；第9至17位自身相符"},
        {"91110100600037341L", "look at 1 to 8 and 18", "请核对第1至8位和第18位"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        pilot_error error = {0};
        cr_expect_eq(pilot_credit_code_check(rows[i].code, &error), PILOT_ERROR_FORMAT, "row %zu", i);
        cr_expect(strstr(error.message, rows[i].en), "row %zu: %s", i, error.message);
        cr_expect(strstr(error.message_zh, rows[i].zh), "row %zu: %s", i, error.message_zh);
    }
}

/* The whole's check character can be right where the organisation code's is not: two mistakes. */
Test(code, the_organisation_code_is_checked_by_itself)
{
    char code[19];
    pilot_error error = {0};
    int found = 0;
    for (int i = 0; i < 200; i++) {
        synthetic(code);
        code[16] = code[16] == '9' ? '0' : code[16] == 'X' ? '9' : (char)(code[16] + 1);
        code[17] = last_of(code);
        CHECK(pilot_credit_code_check(code, &error) == PILOT_ERROR_FORMAT, "%s", code);
        found += strstr(error.message, "the organisation code's check character does not fit") != NULL;
        CHECK(strstr(error.message, "may") || strstr(error.message_zh, "第17位"), "%s",
              error.message_zh);
    }
    cr_assert_gt(found, 100);
}

typedef struct division_row {
    const char *code;
    int32_t digits;
    const char *on; /* NULL: no day */
    pilot_status status;
    const char *en, *zh;
} division_row;

Test(code, division_codes)
{
    static const division_row rows[] = {
        {"360102", 6, NULL, PILOT_OK, NULL, NULL},
        {"360102008", 9, NULL, PILOT_OK, NULL, NULL}, /* 董家窑街道 */
        {"360102008001", 12, NULL, PILOT_OK, NULL, NULL},
        {"110101001001", 0, NULL, PILOT_OK, NULL, NULL},
        {"441900003", 9, NULL, PILOT_OK, NULL, NULL}, /* a city without districts */
        /* What stands for a whole city or province has no street's or district's place. */
        {"360100", 0, NULL, PILOT_OK, NULL, NULL},
        {"360000000000", 0, NULL, PILOT_OK, NULL, NULL},
        {"360102008000", 0, NULL, PILOT_OK, NULL, NULL},
        {"360100", 6, NULL, PILOT_ERROR_NOT_FOUND, "no district or county of the code 360100", "360100"},
        {"360000", 6, NULL, PILOT_ERROR_FORMAT, "ends in zeros", "县区的上级"},
        {"360102000", 9, NULL, PILOT_ERROR_FORMAT, "what lies above a street", "街道的上级"},
        {"360102008000", 12, NULL, PILOT_ERROR_FORMAT, "what lies above a community", "社区的上级"},
        {NULL, 6, NULL, PILOT_ERROR_FORMAT, "it has 0 characters, where 6 are wanted", "有0位，应为6位"},
        {"36010", 0, NULL, PILOT_ERROR_FORMAT, "where 6, 9 or 12 are wanted", "应为6、9或12位"},
        {"3601020080", 12, NULL, PILOT_ERROR_FORMAT, "it has 10 characters, where 12",
         "有10位，应为12位"},
        {"360102", 12, NULL, PILOT_ERROR_FORMAT, "it has 6 characters, where 12", "有6位，应为12位"},
        {"36O102", 6, NULL, PILOT_ERROR_FORMAT,
         "character 3 is \"O\", where a digit is wanted: it may be \"0\"",
         "第3位是“O”，应为数字，可能是“0”"},
        {"36010２", 6, NULL, PILOT_ERROR_FORMAT, "character 6 is \"２\"", "第6位是“２”"},
        {"160102", 6, NULL, PILOT_ERROR_NOT_FOUND, "no province has the number 16",
         "没有代码为16的省级区划"},
        /* Nanchang's. */
        {"360103", 6, NULL, PILOT_OK, NULL, NULL},
        {"360104", 6, NULL, PILOT_OK, NULL, NULL},
        {"360105", 6, NULL, PILOT_OK, NULL, NULL},
        {"360111", 6, NULL, PILOT_OK, NULL, NULL},
        {"360112", 6, NULL, PILOT_OK, NULL, NULL},
        {"360113", 6, NULL, PILOT_OK, NULL, NULL},
        {"360121", 6, NULL, PILOT_OK, NULL, NULL},
        {"360122", 6, NULL, PILOT_OK, NULL, NULL},
        {"360123", 6, NULL, PILOT_OK, NULL, NULL},
        {"360124", 6, NULL, PILOT_OK, NULL, NULL},
        {"360101", 6, NULL, PILOT_ERROR_NOT_FOUND, "Nanchang (3601)", "南昌市（3601）"},
        {"360106", 6, NULL, PILOT_ERROR_NOT_FOUND, "of the code 360106", "代码为360106的县区"},
        {"360114", 6, NULL, PILOT_ERROR_NOT_FOUND, "of the code 360114", "代码为360114的县区"},
        {"360106001", 0, NULL, PILOT_ERROR_NOT_FOUND, "of the code 360106", "代码为360106的县区"},
        {"360106001001", 12, NULL, PILOT_ERROR_NOT_FOUND, "of the code 360106", "代码为360106的县区"},
        {"360206", 6, NULL, PILOT_OK, NULL, NULL}, /* another city's are not known here */
        /* On a day: both lists hold from the merger's notice to the day it was carried out. */
        {"360105", 6, "2020-06-27", PILOT_OK, NULL, NULL},
        {"360105001002", 12, "2020-06-28", PILOT_ERROR_RANGE,
         "360105 is the code of Wanli, which was there "
         "until 2020-06-27",
         "360105是湾里区的代码，该区划至2020-06-27为止"},
        {"360113", 6, "2019-12-24", PILOT_OK, NULL, NULL},
        {"360113", 6, "2019-12-23", PILOT_ERROR_RANGE,
         "360113 is the code of Honggutan, which is there from "
         "2019-12-24 on",
         "360113是红谷滩区的代码，该区划自2019-12-24起才有"},
        {"360122", 6, "2016-01-01", PILOT_ERROR_RANGE, "Xinjian county", "新建县"},
        {"360112", 6, "2014-12-31", PILOT_ERROR_RANGE, "Xinjian, which", "新建区"},
        {"360102", 6, "1990-01-01", PILOT_OK, NULL, NULL},
        {"360100", 0, "2020-06-28", PILOT_OK, NULL, NULL},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const division_row *row = &rows[i];
        pilot_error error = {0};
        const pilot_opt_date on = {row->on ? cases_date(row->on) : 0, row->on != NULL};
        cr_expect_eq(pilot_division_code_check(row->code, row->digits, on, &error), row->status,
                     "row %zu: %s: %s", i, row->code, error.message);
        cr_expect_eq(pilot_division_code_check(row->code, row->digits, on, NULL), row->status, "row %zu",
                     i);
        cr_expect_eq(error.status, row->status, "row %zu", i);
        cr_expect(!row->en || strstr(error.message, row->en), "row %zu: %s", i, error.message);
        cr_expect(!row->zh || strstr(error.message_zh, row->zh), "row %zu: %s", i, error.message_zh);
    }
}

Test(code, what_is_asked_of_a_division_code_is_looked_at)
{
    const int32_t digits[] = {-6, 1, 5, 7, 18, INT32_MAX, INT32_MIN};
    pilot_error error = {0};
    for (size_t i = 0; i < COUNT(digits); i++)
        cr_expect_eq(pilot_division_code_check("360102", digits[i], (pilot_opt_date){0, false}, &error),
                     PILOT_ERROR_ARGUMENT);
    cr_assert_str_eq(error.path, "/digits");
    cr_assert_eq(pilot_division_code_check("360102", 6, (pilot_opt_date){INT32_MAX, true}, &error),
                 PILOT_ERROR_RANGE);
    cr_assert_str_eq(error.path, "/on");
}

/* A city of one district, provider and community, as a caller has it, and as a file. */
typedef struct city_row {
    const char *id, *code; /* of the district */
    const char *street, *division, *credit;
    pilot_status status;
    const char *path, *en, *zh;
} city_row;

static const city_row cities[] = {
    {"360102", NULL, "360102008", "360102008001", "91110000600037341L", PILOT_OK, "", "", ""},
    {"360102", "360102", NULL, NULL, NULL, PILOT_OK, "", "", ""},
    {"d1", NULL, "360102008", "360102008001", NULL, PILOT_OK, "", "", ""}, /* its code is not known */
    {"d1", "360102", "360102008", "360102008001", NULL, PILOT_OK, "", "", ""},
    {"100001", "360102", "360102008", NULL, NULL, PILOT_OK, "", "", ""}, /* an id that is no code */
    {"360102", "360103", NULL, NULL, NULL, PILOT_ERROR_INCONSISTENT, "/districts/0/division_code",
     "360103 is no code within 360102, that of its id", "360103不在编号的代码360102之内"},
    {"d1", "36010", NULL, NULL, NULL, PILOT_ERROR_FORMAT, "/districts/0/division_code", "it has 5",
     "有5位"},
    {"d1", "360102008", NULL, NULL, NULL, PILOT_ERROR_FORMAT, "/districts/0/division_code", "it has 9",
     "有9位"},
    {"d1", "360109", NULL, NULL, NULL, PILOT_ERROR_NOT_FOUND, "/districts/0/division_code", "360109",
     "360109"},
    {"d1", NULL, "360102", NULL, NULL, PILOT_ERROR_FORMAT, "/communities/0/street_code", "it has 6",
     "有6位"},
    {"d1", NULL, NULL, "360102008", NULL, PILOT_ERROR_FORMAT, "/communities/0/division_code", "it has 9",
     "有9位"},
    {"d1", NULL, "360102008", "360102009001", NULL, PILOT_ERROR_INCONSISTENT,
     "/communities/0/division_code", "360102009001 is no code within 360102008, that of its street",
     "360102009001不在所属街道的代码360102008之内"},
    {"d1", "360103", "360102008", NULL, NULL, PILOT_ERROR_INCONSISTENT, "/communities/0/street_code",
     "360102008 is no code within 360103, that of its district",
     "360102008不在所属城区的代码360103之内"},
    {"360103", NULL, NULL, "360102008001", NULL, PILOT_ERROR_INCONSISTENT,
     "/communities/0/division_code", "360102008001 is no code within 360103, that of its district",
     "360102008001不在所属城区的代码360103之内"},
    /* What lies where districts were merged or made has a code of before or of after. */
    {"360112", NULL, "360105001", NULL, NULL, PILOT_OK, "", "", ""},
    {"360105", NULL, "360112001", NULL, NULL, PILOT_OK, "", "", ""},
    {"360102", NULL, NULL, "360113001001", NULL, PILOT_OK, "", "", ""},
    {"360113", NULL, NULL, "360102001001", NULL, PILOT_OK, "", "", ""},
    {"360113", NULL, NULL, "360112001001", NULL, PILOT_OK, "", "", ""},
    {"360113", NULL, "360105001", NULL, NULL, PILOT_ERROR_INCONSISTENT, "/communities/0/street_code", "",
     ""},
    {"360103", NULL, "360113001", NULL, NULL, PILOT_ERROR_INCONSISTENT, "/communities/0/street_code", "",
     ""},
    {"d1", NULL, NULL, NULL, "91110000600037341l", PILOT_ERROR_FORMAT, "/providers/0/credit_code",
     "character 18 is \"l\"", "第18位是“l”"},
    {"d1", NULL, NULL, NULL, "", PILOT_ERROR_FORMAT, "/providers/0/credit_code", "it has 0", "有0位"},
};

static void check_city(const city_row *row, const char *by, pilot_status status,
                       const pilot_error *error)
{
    cr_expect_eq(status, row->status, "%s: row %zu: %s: %s", by, (size_t)(row - cities), error->path,
                 error->message);
    cr_expect_str_eq(error->path, row->path, "%s: row %zu", by, (size_t)(row - cities));
    cr_expect(strstr(error->message, row->en), "%s: row %zu: %s", by, (size_t)(row - cities),
              error->message);
    cr_expect(strstr(error->message_zh, row->zh), "%s: row %zu: %s", by, (size_t)(row - cities),
              error->message_zh);
}

static void add_member(buffer *b, const char *key, const char *code)
{
    if (!code)
        return;
    add(b, ",\"");
    add(b, key);
    add(b, "\":\"");
    add(b, code);
    add(b, "\"");
}

WRITER(city_text, pilot_city, pilot_city_write)

Test(code, records_have_the_codes_that_they_may_have)
{
    for (size_t i = 0; i < COUNT(cities); i++) {
        const city_row *row = &cities[i];
        const pilot_district district = {.id = row->id, .division_code = row->code};
        const pilot_provider provider = {.id = "p", .credit_code = row->credit};
        const pilot_community community = {.id = "c",
                                           .district = &district,
                                           .street_code = row->street,
                                           .division_code = row->division};
        const pilot_records records = {.districts = &district,
                                       .district_count = 1,
                                       .providers = &provider,
                                       .provider_count = 1,
                                       .communities = &community,
                                       .community_count = 1};
        pilot_city *made = NULL, *read = NULL;
        pilot_error by_hand = {0}, by_text = {0};
        check_city(row, "by hand", pilot_city_new(&records, &made, &by_hand), &by_hand);
        buffer b = {0};
        add(&b, "{\"districts\":[{\"id\":\"");
        add(&b, row->id);
        add(&b, "\"");
        add_member(&b, "division_code", row->code);
        add(&b, "}],\"providers\":[{\"id\":\"p\"");
        add_member(&b, "credit_code", row->credit);
        add(&b, "}],\"communities\":[{\"id\":\"c\"");
        add_member(&b, "district", row->id);
        add_member(&b, "street_code", row->street);
        add_member(&b, "division_code", row->division);
        add(&b, "}],\"areas\":[]}");
        check_city(row, "by text", pilot_city_parse(b.text, b.length, &read, &by_text), &by_text);
        if (made && read) {
            char *own = city_text(made, PILOT_JSON_COMPACT);
            char *text = city_text(read, PILOT_JSON_COMPACT);
            cr_expect_str_eq(own, b.text);
            cr_expect_str_eq(text, b.text);
            pilot_text_free(own);
            pilot_text_free(text);
        }
        pilot_city_free(made);
        pilot_city_free(read);
        free(b.text);
    }
}

/* A text that ends too soon has references that nothing was made of yet. */
Test(code, codes_of_a_text_with_other_problems)
{
    static const char text[] =
        "{\"districts\":[{\"id\":\"360103\"}],\"communities\":[{\"id\":\"c\",\"district\":\"360103\","
        "\"division_code\":\"360102008001\",\"street_code\":5},{\"id\":\"e\",\"district\":\"none\","
        "\"division_code\":\"360102008002\"}],\"areas\":[{\"id\":";
    pilot_error errors[8];
    size_t count = 0;
    cr_assert_eq(
        pilot_problems(PILOT_SCHEMA_CITY, text, strlen(text), NULL, errors, COUNT(errors), &count),
        PILOT_ERROR_TYPE);
    cr_assert_eq(count, 2);
    cr_assert_str_eq(errors[0].path, "/communities/0/street_code");
    cr_assert_eq(errors[1].status, PILOT_ERROR_SYNTAX);
}
