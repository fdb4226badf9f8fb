#include "cases.h"
#include "json/scan.h"

#define ZEROS "00000000000000000000000000000000000000000000000000" /* 50 */
#define LONG_NUMBER "0.00000000" ZEROS                             /* as long as a number may be */

static const char sample[] =
    "{\n"
    "  \"name\": \"\xE5\x8D\x97\xE6\x98\x8C \xF0\x9F\x8F\x98 caf\xC3\xA9\",\r\n"
    "  \"quote\\\"\\\\\": \"\\u5357\\ud83c\\udfd8 \\n\\/\",\n"
    "\t\"communities\": [ {\"id\": \"c1\", \"office_area_m2\": 118.50, \"old\": true},\n"
    "    {\"id\": \"c2\", \"office_area_m2\": -0.5, \"old\": null, \"x-note\": [-0, 1.5e+300]} ],\n"
    "  \"empty\": [{}, [], \"\", false]\n"
    "}\n";

/* Scans a copy that ends where its memory does, so that a sanitizer sees any read beyond. */
static pilot_status scan_bytes(const char *text, size_t length, pilot_error *error)
{
    char *copy = malloc(length + (length == 0 ? 1 : 0));
    memcpy(copy, text, length);
    pilot_status status = pilot_json_scan(copy, length, NULL, NULL, error);
    free(copy);
    return status;
}

static pilot_status scan(const char *text, pilot_error *error)
{
    return scan_bytes(text, strlen(text), error);
}

/* Whatever stands behind its end is none of a text. */
Test(scan, a_text_ends_where_it_is_said_to)
{
    for (size_t length = 0; length < sizeof sample; length++) {
        pilot_error here = {0}, alone = {0};
        const pilot_status status = pilot_json_scan(sample, length, NULL, NULL, &here);
        CHECK(status == scan_bytes(sample, length, &alone), "%zu: %s", length, here.message);
        CHECK(strcmp(here.message, alone.message) == 0 && strcmp(here.path, alone.path) == 0 &&
                  here.line == alone.line && here.column == alone.column,
              "%zu: %s, not %s", length, here.message, alone.message);
    }
}

static bool parses(const char *text, size_t length)
{
    cJSON *tree = cJSON_ParseWithLengthOpts(text, length, NULL, 0);
    cJSON_Delete(tree);
    return tree != NULL;
}

Test(scan, good_texts_pass_and_parse)
{
    static const char *const texts[] = {
        sample,
        "{}",
        " \t\r\n[]\n",
        "\"\"",
        "0",
        "null",
        "[true,false,null]",
        "[[],[[]],{},{\"\":{}}]",
        "[0,-1,0.5,-0.5,10,1.0,999999999999999,-99999.9999999999,0.000000000000000000123456789012345]",
        "[0.0,0.00,100000000000000]",
        "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u4e2d\\uD83C\\uDFD8\\u0001\"]",
        "\"\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F"
        "\xBF\xBF\"",
        "\"\xEF\xBB\xBF\"",
        "{\"x-\":1e5,\"x-a\":{\"b\":[-0,1e999,12345678901234567890]},\"\\u0078\\u002dc\":-0.0E-1}",
        "{\"a\":1,\"A\":1,\"a \":1,\"\":1,\"b\":{\"a\":1}}",
        "{\"\\n\":1,\"n\":1,\"\\\\n\":1,\"\\\"\":1,\"\\u00e9\":1,\"e\":1,\"\xE4\xBD\xA0\":1,\"\\u4f61\":"
        "1}",
        LONG_NUMBER,
        "{\"x-a\":" LONG_NUMBER "}",
    };
    for (size_t i = 0; i < COUNT(texts); i++) {
        pilot_error error = {.line = 4711};
        pilot_status status = scan(texts[i], &error);
        CHECK(status == PILOT_OK, "%s: %s", texts[i], error.message);
        CHECK(error.line == 4711, "%s: the error is touched", texts[i]);
        CHECK(parses(texts[i], strlen(texts[i])), "%s does not parse", texts[i]);
    }
}

typedef struct refusal {
    const char *text;
    pilot_status status;
    int32_t line, column;
    const char *path;
    const char *value;
    const char *message; /* its beginning */
} refusal;

static void check_refusals(const refusal *refusals, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const refusal *r = &refusals[i];
        pilot_error error;
        pilot_status status = scan(r->text, &error);
        CHECK(status == r->status, "%s: %s, %s", r->text, pilot_status_name(status), error.message);
        CHECK(error.status == status && scan(r->text, NULL) == status, "%s: another status", r->text);
        CHECK(error.line == r->line && error.column == r->column, "%s: line %d, column %d", r->text,
              (int)error.line, (int)error.column);
        CHECK(strcmp(error.path, r->path) == 0, "%s: path %s", r->text, error.path);
        CHECK(strcmp(error.value, r->value) == 0, "%s: value %s", r->text, error.value);
        CHECK(strncmp(error.message, r->message, strlen(r->message)) == 0, "%s: %s", r->text,
              error.message);
        CHECK(says_it_in_chinese(&error), "%s: %s", r->text, error.message_zh);
        CHECK(!strstr(error.message, "end of the text") == !strstr(error.message_zh, "已到末尾"),
              "%s: %s", r->text, error.message_zh);
    }
}

#define SYNTAX PILOT_ERROR_SYNTAX

Test(scan, structure_that_is_not_json_is_refused)
{
    static const refusal refusals[] = {
        {"", SYNTAX, 1, 1, "", "", "expected a value, found the end of the text"},
        {" \n ", SYNTAX, 2, 2, "", "", "expected a value, found the end of the text"},
        {"{} x", SYNTAX, 1, 4, "", "x", "expected nothing after the end, found \"x\""},
        {"{}}", SYNTAX, 1, 3, "", "}", "expected nothing after the end, found \"}\""},
        {"1 2", SYNTAX, 1, 3, "", "2", "expected nothing"},
        {"{\"a\":1\n\"b\":2}", SYNTAX, 2, 1, "/a", "\"b\"",
         "expected \",\" or \"}\" after the member, found \"b\""},
        {"{\"a\":1 x", SYNTAX, 1, 8, "/a", "x", "expected \",\" or \"}\" after the member, found \"x\""},
        {"{\"a\":1]", SYNTAX, 1, 7, "/a", "]", "expected \",\" or \"}\""},
        {"{\"a\":1,}", SYNTAX, 1, 8, "", "}", "expected a key in double quotes, found \"}\""},
        {"[1 \"\"]", SYNTAX, 1, 4, "/0", "\"\"", "expected \",\" or \"]\""},
        {"[1 \"\\n\"]", SYNTAX, 1, 4, "/0", "\"", "expected \",\" or \"]\""},
        {"{a:1}", SYNTAX, 1, 2, "", "a", "expected a key in double quotes, found \"a\""},
        {"{'a':1}", SYNTAX, 1, 2, "", "'", "expected a key in double quotes"},
        {"{\"a\" 1}", SYNTAX, 1, 6, "/a", "1", "expected \":\" after the key, found \"1\""},
        {"{\"a\"\xEF\xBC\x9A"
         "1}",
         SYNTAX, 1, 5, "/a", "\xEF\xBC\x9A", "expected \":\" after the key, found \"\xEF\xBC\x9A\""},
        {"{\"a\":}", SYNTAX, 1, 6, "/a", "}", "expected a value, found \"}\""},
        {"[1,{\"b\":[2,\n3 4]}]", SYNTAX, 2, 3, "/1/b/1", "4", "expected \",\" or \"]\" after the item"},
        {"[1,]", SYNTAX, 1, 4, "/1", "]", "expected a value, found \"]\""},
        {"[,1]", SYNTAX, 1, 2, "/0", ",", "expected a value, found \",\""},
        {"[1}", SYNTAX, 1, 3, "/0", "}", "expected \",\" or \"]\""},
        {"[tru]", SYNTAX, 1, 2, "/0", "tru", "expected a value, found \"tru\""},
        {"[True]", SYNTAX, 1, 2, "/0", "True", "expected a value"},
        {"[NaN]", SYNTAX, 1, 2, "/0", "NaN", "expected a value"},
        {"nul", SYNTAX, 1, 4, "", "", "expected a value, found the end of the text"},
        {"// x", SYNTAX, 1, 1, "", "/", "expected a value, found \"/\""},
        {"\xE2\x80\x9C"
         "a\xE2\x80\x9D",
         SYNTAX, 1, 1, "", "\xE2\x80\x9C", "expected a value"},
        {"[\v1]", SYNTAX, 1, 2, "/0", "\\u000b", "expected a value"},
        {"{\"a\":1,\"a\":2}", PILOT_ERROR_DUPLICATE_KEY, 1, 8, "/a", "\"a\"",
         "\"a\" is already a key of this object, on line 1"},
        {"{\"x-a\":[0,{\"\\u0061\":\n1,\n\"b\":2,\"a\":2}]}", PILOT_ERROR_DUPLICATE_KEY, 3, 7,
         "/x-a/1/a", "\"a\"", "\"a\" is already a key of this object, on line 1"},
        {"{\"x-a\":1,\"x-a\":1}", PILOT_ERROR_DUPLICATE_KEY, 1, 10, "/x-a", "\"x-a\"",
         "\"x-a\" is already"},
        {"{\"\":1,\"\":1}", PILOT_ERROR_DUPLICATE_KEY, 1, 7, "/", "\"\"", "\"\" is already"},
        {"{\"\xF0\x9F\x8F\x98 a\":1,\"\\ud83c\\udfd8\\u0020a\":1}", PILOT_ERROR_DUPLICATE_KEY, 1, 13,
         "/\xF0\x9F\x8F\x98 a", "\"\\ud83c\\udfd8\\u0020a\"", "\"\\ud83c\\udfd8\\u0020a\" is already"},
        {"{\"\\u00e9\\\"\\/\":1,\"\xC3\xA9\\u0022/\":1}", PILOT_ERROR_DUPLICATE_KEY, 1, 17,
         "/\xC3\xA9\"~1", "\"\xC3\xA9\\u0022/\"", ""},
        {"{\"a/b~c\":{\"\\n\\u2028\\u0085\":[{},0 0]}}", SYNTAX, 1, 34,
         "/a~1b~0c/\\u000a\\u2028\\u0085/1", "0", "expected"},
    };
    check_refusals(refusals, COUNT(refusals));
}

Test(scan, bad_strings_are_refused)
{
    static const refusal refusals[] = {
        {"{\"a\":\"b", SYNTAX, 1, 8, "/a", "",
         "expected the string's closing quote, found the end of the text"},
        {"{\"a", SYNTAX, 1, 4, "", "", "expected the string's closing quote"},
        {"[\"a\nb\"]", SYNTAX, 1, 4, "/0", "0x0A", "the byte 0x0A is a line break within a string"},
        {"[\"a\tb\"]", SYNTAX, 1, 4, "/0", "0x09", "the byte 0x09 is a tab within a string"},
        {"[\"12345678\x1F\"]", SYNTAX, 1, 11, "/0", "0x1F", "the byte 0x1F is a control character"},
        {"{\"a\":[\"C:\\data\"]}", SYNTAX, 1, 10, "/a/0", "\\d",
         "\"\\d\" is not an escape: write \"\\\\\" for a backslash"},
        {"\"\\\xE4\xB8\xAD\"", SYNTAX, 1, 2, "", "\\\xE4\xB8\xAD",
         "\"\\\xE4\xB8\xAD\" is not an escape"},
        {"\"\\\n\"", SYNTAX, 1, 2, "", "\\\\u000a", "\"\\\\u000a\" is not an escape"},
        {"\"\\u12g4\"", SYNTAX, 1, 2, "", "\\u12g",
         "\"\\u12g\" is not an escape: \"\\u\" is followed by four"},
        {"\"\\u12\"", SYNTAX, 1, 2, "", "\\u12\"", "\"\\u12\"\" is not an escape"},
        {"{\"\\u12\":1}", SYNTAX, 1, 3, "", "\\u12\"", ""},
        {"\"\\u12", SYNTAX, 1, 6, "", "", "expected the rest of an escape, found the end of the text"},
        {"\"\\U0041\"", SYNTAX, 1, 2, "", "\\U", ""},
        {"\"a\\u0000\"", SYNTAX, 1, 3, "", "\\u0000",
         "\"\\u0000\" is a NUL character, which cannot be kept"},
        {"\"\\ud83c\"", SYNTAX, 1, 2, "", "\\ud83c", "\"\\ud83c\" is half of a character"},
        {"\"\\ud83c\\n\"", SYNTAX, 1, 2, "", "\\ud83c", ""},
        {"\"\\ud83c\\u0041\"", SYNTAX, 1, 2, "", "\\ud83c\\u0041", ""},
        {"\"\\ud83c\\ud83c\"", SYNTAX, 1, 2, "", "\\ud83c\\ud83c", ""},
        {"\"\\ud83c\\u00g1\"", SYNTAX, 1, 8, "", "\\u00g", ""},
        {"\"\\udfd8\"", SYNTAX, 1, 2, "", "\\udfd8", "\"\\udfd8\" is the second half of a character"},
        {"\"\\ud83c", SYNTAX, 1, 8, "", "", "expected the rest of an escape"},
        {"\"\\ud83c\\", SYNTAX, 1, 9, "", "", "expected the rest of an escape"},
        {"\"\\\xFF\"", PILOT_ERROR_ENCODING, 1, 3, "", "0xFF", ""},
    };
    check_refusals(refusals, COUNT(refusals));
}

Test(scan, bad_numbers_are_refused)
{
    static const refusal refusals[] = {
        {"[01]", SYNTAX, 1, 2, "/0", "01", "\"01\" begins with a zero"},
        {"[-007]", SYNTAX, 1, 2, "/0", "-007", "\"-007\" begins with a zero"},
        {"[1.]", SYNTAX, 1, 4, "/0", "]", "expected a digit after the point, found \"]\""},
        {"[.5]", SYNTAX, 1, 2, "/0", ".5", "expected a value, found \".5\""},
        {"[+1]", SYNTAX, 1, 2, "/0", "+1", "expected a value, found \"+1\""},
        {"[-]", SYNTAX, 1, 3, "/0", "]", "expected a digit after the minus sign"},
        {"[-a]", SYNTAX, 1, 3, "/0", "a", "expected a digit after the minus sign"},
        {"[1e]", SYNTAX, 1, 4, "/0", "]", "expected a digit of the exponent"},
        {"{\"x-\":1e+}", SYNTAX, 1, 10, "/x-", "}", "expected a digit of the exponent"},
        {"[0x10]", SYNTAX, 1, 3, "/0", "x10", "expected \",\" or \"]\" after the item"},
        {"{\"a\":1,234}", SYNTAX, 1, 8, "", "234", "expected a key"},
        {"{\"a\":1e3}", PILOT_ERROR_FORMAT, 1, 6, "/a", "1e3",
         "\"1e3\" has an exponent: write 1000 rather than 1e3"},
        {"{\"x-a\":1e3,\"b\":1E0}", PILOT_ERROR_FORMAT, 1, 16, "/b", "1E0", "\"1E0\" has an exponent"},
        {"{\"b\":{\"x-a\":{}},\"c\":1e0}", PILOT_ERROR_FORMAT, 1, 21, "/c", "1e0", ""},
        {"{\"X-a\":1e0}", PILOT_ERROR_FORMAT, 1, 8, "/X-a", "1e0", ""},
        {"{\"x\":1e0}", PILOT_ERROR_FORMAT, 1, 6, "/x", "1e0", ""},
        {"[-0]", PILOT_ERROR_FORMAT, 1, 2, "/0", "-0", "\"-0\" is a zero with a minus sign: write 0"},
        {"[-0.00]", PILOT_ERROR_FORMAT, 1, 2, "/0", "-0.00", ""},
        {"[1234567890123456]", PILOT_ERROR_PRECISION, 1, 2, "/0", "1234567890123456",
         "\"1234567890123456\" has more than 15 digits"},
        {"[1000000000000000]", PILOT_ERROR_PRECISION, 1, 2, "/0", "1000000000000000", ""},
        {"[-0.1000000000000000]", PILOT_ERROR_PRECISION, 1, 2, "/0", "-0.1000000000000000", ""},
        {"[10.00000000000000]", PILOT_ERROR_PRECISION, 1, 2, "/0", "10.00000000000000", ""},
        {"[" LONG_NUMBER "0]", PILOT_ERROR_LIMIT, 1, 2, "/0", LONG_NUMBER "0", "\"0.000"},
        {"[" LONG_NUMBER ZEROS ZEROS "]", PILOT_ERROR_LIMIT, 1, 2, "/0", LONG_NUMBER "000", "\"0.000"},
        {"{\"x-a\":" LONG_NUMBER "0}", PILOT_ERROR_LIMIT, 1, 8, "/x-a", LONG_NUMBER "0", "\"0.000"},
    };
    check_refusals(refusals, COUNT(refusals));
}

typedef struct bytes {
    const char *text;
    size_t length;
} bytes;

#define BYTES(literal)                                                                                  \
    {                                                                                                   \
        literal, sizeof(literal) - 1                                                                    \
    }

/* Each alone in a string, between characters, in a key and outside of strings. */
static const bytes not_utf8[] = {
    BYTES("\0"),
    BYTES("\x80"),
    BYTES("\xBF"),
    BYTES("\xC0\x80"), /* overlong */
    BYTES("\xC1\xBF"),
    BYTES("\xE0\x80\xAF"),
    BYTES("\xE0\x9F\xBF"),
    BYTES("\xF0\x80\x80\xAF"),
    BYTES("\xF0\x8F\xBF\xBF"),
    BYTES("\xED\xA0\x80"), /* surrogates */
    BYTES("\xED\xBF\xBF"),
    BYTES("\xED\xA0\x80\xED\xB0\x80"),
    BYTES("\xF4\x90\x80\x80"), /* above U+10FFFF */
    BYTES("\xF5\x80\x80\x80"),
    BYTES("\xF8\x88\x80\x80\x80"),
    BYTES("\xFC\x84\x80\x80\x80\x80"),
    BYTES("\xFE"),
    BYTES("\xFF"),
    BYTES("\xC3("), /* cut */
    BYTES("\xE4("),
    BYTES("\xE4\xB8("),
    BYTES("\xF0\x9F\x8F("),
    BYTES("\xC4\xCF"), /* GBK */
};

Test(scan, what_is_not_utf8_is_refused)
{
    static const char *const around[][2] = {
        {"[\"", "\"]"}, {"[\"a\xE4\xB8\xAD", "bcdefghijk\"]"}, {"{\"", "\":1}"}, {"[", "]"}, {"{}", ""},
    };
    for (size_t i = 0; i < COUNT(not_utf8); i++)
        for (size_t j = 0; j < COUNT(around); j++) {
            buffer b = {0};
            add(&b, around[j][0]);
            size_t start = b.length;
            add(&b, "        "); /* room for the bytes, a NUL among them */
            memcpy(b.text + start, not_utf8[i].text, not_utf8[i].length);
            b.length = start + not_utf8[i].length;
            add(&b, around[j][1]);
            add(&b, "   ");
            pilot_error error;
            pilot_status status = scan_bytes(b.text, b.length, &error);
            CHECK(status == PILOT_ERROR_ENCODING, "%zu %zu: %s", i, j, error.message);
            CHECK(error.line == 1 && error.column == (int32_t)start + 1, "%zu %zu: column %d", i, j,
                  (int)error.column);
            free(b.text);
        }
    static const refusal refusals[] = {
        {"\xEF\xBB\xBF{}", PILOT_ERROR_ENCODING, 1, 1, "", "",
         "the text begins with a byte-order mark: save it without byte-order mark"},
        {"\xFF\xFE{", PILOT_ERROR_ENCODING, 1, 1, "", "0xFF",
         "the byte 0xFF is not UTF-8: save the text as UTF-8"},
        {"{\"a\":[\"\xC4\xCF\"]}", PILOT_ERROR_ENCODING, 1, 8, "/a/0", "0xC4",
         "the byte 0xC4 is not UTF-8"},
    };
    check_refusals(refusals, COUNT(refusals));
}

Test(scan, every_truncation_is_refused_at_its_end)
{
    size_t whole = strlen(sample) - 1; /* without the final line feed */
    for (size_t length = 0; length < whole; length++) {
        pilot_error error;
        int32_t line = 1, column = 1;
        for (size_t i = 0; i < length; i++, column++)
            if (sample[i] == '\n')
                line++, column = 0;
        pilot_status status = scan_bytes(sample, length, &error);
        CHECK(status == SYNTAX, "%zu bytes: %s, %s", length, pilot_status_name(status), error.message);
        CHECK(error.line == line && error.column == column, "%zu bytes: line %d, column %d, %s", length,
              (int)error.line, (int)error.column, error.message);
        CHECK(strstr(error.message, "found the end of the text"), "%zu bytes: %s", length,
              error.message);
    }
}

/* One of the text's own bytes as often as any. */
static char random_byte(const char *text, size_t length)
{
    return below(2) == 0 ? text[below((int64_t)length)] : (char)below(256);
}

Test(scan, what_passes_parses_whatever_is_changed)
{
    size_t length = strlen(sample), passed = 0;
    for (int round = 0; round < 30000; round++) {
        char *text = malloc(length);
        memcpy(text, sample, length);
        for (int64_t changes = 1 + below(3); changes > 0; changes--)
            text[below((int64_t)length)] = random_byte(sample, length);
        pilot_error error = {0};
        pilot_status status = pilot_json_scan(text, length, NULL, NULL, &error);
        int32_t line = 0, column = 0;
        if (status == PILOT_OK) {
            passed++;
            CHECK(parses(text, length), "does not parse:\n%.*s", (int)length, text);
            pilot_json_locate(text, length, "/communities/1/x-note/1", NULL, &line, &column);
            CHECK(line > 0 && column > 0, "no place in\n%.*s", (int)length, text);
        } else {
            CHECK(error.status == status && error.line > 0 && error.column > 0 &&
                      says_it_in_chinese(&error) && (error.path[0] == '\0' || error.path[0] == '/'),
                  "%s at %s, line %d, column %d", error.message, error.path, (int)error.line,
                  (int)error.column);
        }
        free(text);
    }
    cr_assert_gt(passed, 500);
}

/* {"<prefix>0":0,...} of so many members; the one at repeated has the key of the one at first. */
static void add_object(buffer *b, const char *prefix, size_t members, size_t first, size_t repeated)
{
    add(b, "{");
    for (size_t i = 0; i < members; i++) {
        char number[64];
        snprintf(number, sizeof number, "%zu\":%zu", i == repeated ? first : i, i);
        add(b, i == 0 ? "\"" : ",\n\"");
        add(b, prefix);
        add(b, number);
    }
    add(b, "}");
}

/* The second prefix is longer than what is hashed of a key. */
static const char *const prefixes[] = {
    "k", "a_long_prefix_of_a_key_that_all_have_in_common_and_that_fills_the_hashed_bytes_"};

Test(scan, repeated_keys_are_found_in_objects_of_any_size)
{
    static const size_t sizes[] = {2, 3, 63, 64, 65, 66, 1000, 4096};
    for (size_t p = 0; p < COUNT(prefixes); p++)
        for (size_t i = 0; i < COUNT(sizes); i++) {
            size_t last = sizes[i] - 1;
            const size_t pairs[][2] = {{0, last}, {last - 1, last}, {0, 1}, {last / 2, last / 2 + 1}};
            for (size_t j = 0; j < COUNT(pairs); j++) {
                buffer b = {0};
                add(&b, "{\"list\":[");
                add_object(&b, prefixes[p], sizes[i], pairs[j][0], pairs[j][1]);
                add(&b, "]}");
                char path[128];
                snprintf(path, sizeof path, "/list/0/%s%zu", prefixes[p], pairs[j][0]);
                pilot_error error;
                pilot_status status = scan_bytes(b.text, b.length, &error);
                CHECK(status == PILOT_ERROR_DUPLICATE_KEY, "%zu members: %s", sizes[i], error.message);
                CHECK(error.line == (int32_t)pairs[j][1] + 1 && error.column == 1,
                      "%zu members: line %d", sizes[i], (int)error.line);
                CHECK(strcmp(error.path, path) == 0, "%zu members: %s", sizes[i], error.path);
                free(b.text);
            }
        }
}

Test(scan, the_first_of_many_repetitions_is_reported)
{
    buffer b = {0};
    add(&b, "{");
    for (int i = 0; i < 1000; i++) {
        char member[32];
        snprintf(member, sizeof member, "\"%s%d\":0,\n", i % 2 == 0 ? "\\u006b" : "k",
                 i < 500 ? i : i % 500);
        add(&b, member);
    }
    add(&b, "\"z\":0}");
    pilot_error error;
    cr_assert_eq(scan_bytes(b.text, b.length, &error), PILOT_ERROR_DUPLICATE_KEY);
    cr_assert_eq(error.line, 501);
    cr_assert_str_eq(error.path, "/k0");
    cr_assert_str_eq(error.message, "\"\\u006b0\" is already a key of this object, on line 1");
    cr_assert_str_eq(error.message_zh, "键“\\u006b0”在本对象第1行已经有了");
    free(b.text);
}

Test(scan, keys_of_equal_hash_are_compared_as_decoded)
{
    static const char *const ends[] = {"\\u0061", "\\u0062c",     "",   "a\\u0062", "b",
                                       "\\u4e2d", "\xE4\xB8\xAC", "\\n"};
    for (size_t filler = 0; filler <= 64; filler += 64) /* compared one by one, and sorted */
        for (size_t repeated = 0; repeated <= COUNT(ends); repeated++) {
            buffer b = {0};
            add_object(&b, "f", filler + 1, 0, SIZE_MAX);
            b.length--; /* the bracket */
            for (size_t i = 0; i < COUNT(ends) + (repeated < COUNT(ends) ? 1 : 0); i++) {
                add(&b, ",\"");
                add(&b, prefixes[1]);
                add(&b, ends[i < COUNT(ends) ? i : repeated]);
                add(&b, "\":1");
            }
            add(&b, "}");
            pilot_status wanted = repeated < COUNT(ends) ? PILOT_ERROR_DUPLICATE_KEY : PILOT_OK;
            CHECK(scan_bytes(b.text, b.length, NULL) == wanted, "%zu and %zu", filler, repeated);
            free(b.text);
        }
}

Test(scan, size_depth_and_members_have_limits)
{
    pilot_error error;
    cr_assert_eq(pilot_json_scan("", (size_t)PILOT_JSON_SIZE_MAX + 1, NULL, NULL, &error),
                 PILOT_ERROR_LIMIT);
    cr_assert_str_eq(error.message, "the text has 1073741825 bytes: at most 1073741824 are read");
    cr_assert(says_it_in_chinese(&error), "%s", error.message_zh);
    cr_assert_eq(error.line, 0);

    char nested[2 * PILOT_JSON_DEPTH_MAX + 3];
    for (size_t depth = PILOT_JSON_DEPTH_MAX; depth <= PILOT_JSON_DEPTH_MAX + 1; depth++) {
        memset(nested, '[', depth);
        memset(nested + depth, ']', depth);
        pilot_status wanted = depth > PILOT_JSON_DEPTH_MAX ? PILOT_ERROR_LIMIT : PILOT_OK;
        cr_assert_eq(scan_bytes(nested, 2 * depth, &error), wanted);
    }
    cr_assert_eq(error.column, 33);
    cr_assert_eq(strlen(error.path), 2 * PILOT_JSON_DEPTH_MAX);
    cr_assert_eq(
        scan("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[{\"a\":{}}]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", &error),
        PILOT_ERROR_LIMIT);

    for (size_t p = 0; p < COUNT(prefixes); p++)
        for (size_t members = 4096; members <= 4097; members++) {
            buffer b = {0};
            add(&b, "[");
            add_object(&b, prefixes[p], members, 0, SIZE_MAX);
            add(&b, ",");
            add_object(&b, prefixes[p], 4096, 0, SIZE_MAX);
            add(&b, "]");
            pilot_status wanted = members > 4096 ? PILOT_ERROR_LIMIT : PILOT_OK;
            CHECK(scan_bytes(b.text, b.length, &error) == wanted, "%zu members: %s", members,
                  error.message);
            free(b.text);
        }
    cr_assert_eq(error.line, 4097);
    cr_assert_str_eq(error.path + strlen(error.path) - 5, "_4096");
}

Test(scan, open_objects_have_a_limit_together)
{
    for (int levels = 2; levels <= 3; levels++) {
        buffer b = {0};
        for (int i = 0; i < levels; i++) {
            add_object(&b, "k", 4096, 0, SIZE_MAX);
            b.length -= strlen("4095}"); /* the last value becomes the next object */
        }
        add(&b, "0");
        for (int i = 0; i < levels; i++)
            add(&b, "}");
        pilot_error error;
        pilot_status wanted = levels > 2 ? PILOT_ERROR_LIMIT : PILOT_OK;
        cr_assert_eq(scan_bytes(b.text, b.length, &error), wanted, "%d levels: %s", levels,
                     error.message);
        if (wanted != PILOT_OK)
            cr_assert_str_eq(error.path, "/k4095/k4095/k0");
        free(b.text);
    }
}

Test(scan, a_path_too_long_ends_with_a_whole_character)
{
    for (int shift = 0; shift < 6; shift++) {
        buffer b = {0};
        pilot_error error;
        add(&b, "{\"");
        add(&b, &"aaaaaa"[6 - shift]);
        for (int i = 0; i < 100; i++)
            add(&b, i % 2 == 0 ? "\xE4\xB8\xAD" : "~");
        add(&b, "\":[{\"b\":x");
        cr_assert_eq(scan_bytes(b.text, b.length, &error), SYNTAX);
        size_t length = strlen(error.path);
        cr_assert(length > sizeof error.path - 4 && length < sizeof error.path, "%zu", length);
        const char *end = error.path + length;
        cr_assert(memcmp(end - 2, "~0", 2) == 0 || memcmp(end - 3, "\xE4\xB8\xAD", 3) == 0, "%s",
                  error.path);
        free(b.text);
    }

    char full[256], path[256];
    for (int length = 188; length <= 192; length++) {
        snprintf(full, sizeof full, "{\"%0*d\":{\"b\":x", length, 0);
        snprintf(path, sizeof path, "/%0*d/b", length, 0);
        path[sizeof((pilot_error *)0)->path - 1] = '\0';
        pilot_error error;
        cr_assert_eq(scan(full, &error), SYNTAX);
        cr_assert_str_eq(error.path, path);
    }
}

/* Whether the place is the path's, or that of what it lies in. */
static bool is_place_within(const char *text, size_t length, const char *path, int32_t line,
                            int32_t column)
{
    char upward[64];
    snprintf(upward, sizeof upward, "%s", path);
    for (char *end = upward + strlen(upward); end; end = strrchr(upward, '/')) {
        int32_t own_line, own_column;
        *end = '\0';
        pilot_json_locate(text, length, upward, NULL, &own_line, &own_column);
        if (line == own_line && column == own_column)
            return true;
    }
    return false;
}

Test(scan, locate_finds_keys_and_items)
{
    static const char text[] = "\n {\"a\": [1, {\"b\": \"]}\"},\n"
                               "  [[], [2 , 3]]],\n"
                               "  \"a/b~\\u4e2d\\\"\": {\"\": {\"~1\": null}, \"c\\n\" : true},\n"
                               "  \"\xE4\xB8\xAD\": \"\\\\\", \"last\": {}}\n";
    static const struct {
        const char *path;
        int32_t line, column;
    } places[] = {
        {"", 2, 2},
        {"/a", 2, 3},
        {"/a/0", 2, 9},
        {"/a/1", 2, 12},
        {"/a/1/b", 2, 13},
        {"/a/2", 3, 3},
        {"/a/2/0", 3, 4},
        {"/a/2/1/1", 3, 13},
        {"/a~1b~0\xE4\xB8\xAD\"", 4, 3},
        {"/a~1b~0\xE4\xB8\xAD\"/", 4, 20},
        {"/a~1b~0\xE4\xB8\xAD\"//~01", 4, 25},
        {"/a~1b~0\xE4\xB8\xAD\"/c\n", 4, 38},
        {"/\xE4\xB8\xAD", 5, 3},
        {"/last", 5, 16},
        /* what exists of them */
        {"a", 2, 2},
        {"/b", 2, 2},
        {"/las", 2, 2},
        {"/lastly", 2, 2},
        {"/last/x", 5, 16},
        {"/a/3", 2, 3},
        {"/a/-1", 2, 3},
        {"/a/01", 2, 3},
        {"/a/1x", 2, 3},
        {"/a/-", 2, 3},
        {"/a/99999999999999999999999999999", 2, 3},
        {"/a/0/b", 2, 9},
        {"/a/1/b/c", 2, 13},
        {"/a/2/0/0", 3, 4},
        {"/a/2/1/2/0", 3, 8},
    };
    cr_assert_eq(scan(text, NULL), PILOT_OK);
    for (size_t i = 0; i < COUNT(places); i++) {
        int32_t line, column;
        pilot_json_locate(text, sizeof text - 1, places[i].path, NULL, &line, &column);
        CHECK(line == places[i].line && column == places[i].column, "%s: line %d, column %d",
              places[i].path, (int)line, (int)column);
    }
    for (size_t i = 0; i < COUNT(places) * COUNT(places); i++) {
        const size_t first = i / COUNT(places), second = i % COUNT(places);
        json_cursor cursor = {0};
        int32_t line, column;
        pilot_json_locate(text, sizeof text - 1, places[first].path, &cursor, &line, &column);
        pilot_json_locate(text, sizeof text - 1, places[second].path, &cursor, &line, &column);
        CHECK(line == places[second].line && column == places[second].column,
              "%s after %s: line %d, column %d", places[second].path, places[first].path, (int)line,
              (int)column);
    }
    int32_t line, column;
    pilot_json_locate("  12", 4, "/a", NULL, &line, &column);
    cr_assert(line == 1 && column == 3);
    /* Of what has been scanned so far, from where the first value begins on. */
    for (size_t length = 2; length < sizeof text - 1; length++) {
        char *start = malloc(length);
        memcpy(start, text, length);
        for (size_t i = 0; i < COUNT(places); i++) {
            pilot_json_locate(start, length, places[i].path, NULL, &line, &column);
            CHECK(is_place_within(text, sizeof text - 1, places[i].path, line, column),
                  "%s of %zu bytes: line %d, column %d", places[i].path, length, (int)line, (int)column);
        }
        free(start);
    }
}

/* A cursor that has no room for a list's path begins anew each time. */
Test(scan, locates_below_a_long_key)
{
    char text[256], path[256];
    static const int32_t columns[] = {106, 108, 111};
    json_cursor cursor = {0};
    const int length = snprintf(text, sizeof text, "{\"%0100d\":[1,22,333]}", 7);
    for (int i = 0; i < 3; i++) {
        int32_t line, column;
        snprintf(path, sizeof path, "/%0100d/%d", 7, i);
        pilot_json_locate(text, (size_t)length, path, &cursor, &line, &column);
        cr_expect(line == 1 && column == columns[i], "%d: column %d", i, (int)column);
    }
}
