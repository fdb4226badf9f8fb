/* What the tests that read and write texts have in common. */
#ifndef TESTS_CASES_H
#define TESTS_CASES_H

#include "common.h"

#include <cjson/cJSON.h>

/* The whole file, NUL-terminated; released with free. Fails the test where it cannot be read. */
char *cases_slurp(const char *path, size_t *length);
/* The file's JSON; released with cJSON_Delete. Likewise. */
cJSON *cases_read(const char *path);
/* The city of a file; released with pilot_city_free. Likewise. */
pilot_city *cases_city(const char *path);
/* The member's text; "" where there is none. */
const char *cases_text(const cJSON *object, const char *key);
pilot_date cases_date(const char *text);
pilot_step done_on(const char *day);
/* RFC 7396, within an object. */
void cases_merge(cJSON *target, const cJSON *patch);

/* Text that grows; released with free. */
typedef struct buffer {
    char *text;
    size_t length, capacity;
} buffer;
void add(buffer *b, const char *text);

/* Whether one of its characters is Chinese. */
bool cases_is_chinese(const char *text);

/* JSON that can be read in C: " for each '. The text lives until the next call but three. */
const char *quoted(const char *text);
/* The text has the part, or each, likewise. */
void expect_part(const char *text, const char *part);
void expect_parts(const char *text, const char *const *parts, size_t count);

/* A function of that name, which reads a text that is right. */
#define READER(name, type, parse)                                                                       \
    static type *name(const char *text)                                                                 \
    {                                                                                                   \
        type *made = NULL;                                                                              \
        pilot_error error = {0};                                                                        \
        CHECK(parse(text, strlen(text), &made, &error) == PILOT_OK, "%s: %s in %s", error.path,         \
              error.message, text);                                                                     \
        return made;                                                                                    \
    }
/* Likewise, which writes; pilot_text_free releases what it returns. */
#define WRITER(name, type, write)                                                                       \
    static char *name(const type *value, pilot_json_style style)                                        \
    {                                                                                                   \
        char *json = NULL;                                                                              \
        pilot_status status = write(value, style, &json);                                               \
        CHECK(status == PILOT_OK, "%s", pilot_status_name(status));                                     \
        return json;                                                                                    \
    }

/* A text, with ' for ", that is refused, and its place. */
typedef struct malformed {
    const char *text;
    pilot_status status;
    const char *path;
    int32_t line;
} malformed;

/* made: what the reader of the text has left in place of NULL. */
void check_malformed(size_t row, const malformed *wanted, pilot_status status, const pilot_error *error,
                     const void *made);
/* Of rows of malformed, by a function of the library that makes a type of a text. */
#define CHECK_MALFORMED(rows, type, parse)                                                              \
    for (size_t i = 0; i < COUNT(rows); i++) {                                                          \
        const char *text = quoted(rows[i].text);                                                        \
        type *made = NULL;                                                                              \
        pilot_error error = {0};                                                                        \
        pilot_status status = parse(text, strlen(text), &made, &error);                                 \
        check_malformed(i, &rows[i], status, &error, made);                                             \
    }

#endif
