#include "cases.h"

char *cases_slurp(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    cr_assert_not_null(file, "%s cannot be opened; tests run from the top of the project", path);
    cr_assert_eq(fseek(file, 0, SEEK_END), 0);
    long size = ftell(file);
    cr_assert_geq(size, 0);
    rewind(file);
    char *text = malloc((size_t)size + 1);
    cr_assert_not_null(text);
    cr_assert_eq(fread(text, 1, (size_t)size, file), (size_t)size);
    fclose(file);
    text[size] = '\0';
    *length = (size_t)size;
    return text;
}

cJSON *cases_read(const char *path)
{
    size_t length;
    char *text = cases_slurp(path, &length);
    cJSON *tree = cJSON_ParseWithOpts(text, NULL, 1);
    cr_assert_not_null(tree, "%s is not JSON", path);
    free(text);
    return tree;
}

pilot_city *cases_city(const char *path)
{
    pilot_city *city = NULL;
    pilot_error error = {0};
    size_t length;
    char *text = cases_slurp(path, &length);
    pilot_status status = pilot_city_parse(text, length, &city, &error);
    cr_assert_eq(status, PILOT_OK, "%s: %s: %s", path, error.path, error.message);
    free(text);
    return city;
}

const char *cases_text(const cJSON *object, const char *key)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsString(member) ? member->valuestring : "";
}

pilot_date cases_date(const char *text)
{
    pilot_date date = 0;
    CHECK(pilot_date_parse(text, &date, NULL) == PILOT_OK, "%s is not a date", text);
    return date;
}

pilot_step done_on(const char *day)
{
    return (pilot_step){PILOT_ANSWER_YES, cases_date(day)};
}

void cases_merge(cJSON *target, const cJSON *patch)
{
    const cJSON *member;
    cJSON_ArrayForEach(member, patch)
    {
        cJSON *old = cJSON_GetObjectItemCaseSensitive(target, member->string);
        if (cJSON_IsObject(old) && cJSON_IsObject(member)) {
            cases_merge(old, member);
            continue;
        }
        cJSON_DeleteItemFromObjectCaseSensitive(target, member->string);
        cJSON_AddItemToObject(target, member->string, cJSON_Duplicate(member, true));
    }
}

const char *quoted(const char *text)
{
    static char rooms[4][8192];
    static size_t next;
    char *room = rooms[next++ % 4];
    CHECK(strlen(text) < sizeof rooms[0], "%zu bytes", strlen(text));
    strcpy(room, text);
    for (char *c = room; *c; c++)
        *c = *c == '\'' ? '"' : *c;
    return room;
}

void add(buffer *b, const char *text)
{
    size_t length = strlen(text);
    if (b->length + length >= b->capacity) {
        b->capacity = 2 * (b->length + length) + 64;
        b->text = realloc(b->text, b->capacity);
        CHECK(b->text, "no room for %zu bytes", b->capacity);
    }
    memcpy(b->text + b->length, text, length + 1);
    b->length += length;
}

void expect_part(const char *text, const char *part)
{
    cr_expect_not_null(strstr(text, quoted(part)), "%s\nin\n%s", part, text);
}

void expect_parts(const char *text, const char *const *parts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        expect_part(text, parts[i]);
}

void check_malformed(size_t row, const malformed *wanted, pilot_status status, const pilot_error *error,
                     const void *made)
{
    CHECK(status == wanted->status, "row %zu: %s: %s", row, pilot_status_name(status), error->message);
    CHECK(strcmp(error->path, wanted->path) == 0, "row %zu: %s", row, error->path);
    CHECK(error->line == wanted->line, "row %zu: line %d", row, (int)error->line);
    CHECK(!made && error->message[0], "row %zu", row);
}

bool cases_is_chinese(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text >= 0xE4 && (unsigned char)*text <= 0xE9) /* U+4000 to U+9FFF */
            return true;
    return false;
}
