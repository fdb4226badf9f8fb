/* Documents read from a program's own values: as from the text of the same values. */
#include "rule_cases.h"

#include <stdint.h>

/* The nodes of a tree of cJSON's as a program's own values. */
typedef struct nodes {
    pilot_json_value items[1 << 16];
    char numbers[1 << 10][32];
    size_t count, number_count;
} nodes;

static pilot_json_value *value_of(nodes *n, const cJSON *tree)
{
    CHECK(n->count < COUNT(n->items), "too many nodes");
    pilot_json_value *made = &n->items[n->count++], *last = NULL;
    *made = (pilot_json_value){.key = tree->string};
    switch (tree->type & 0xFF) {
    case cJSON_True:
    case cJSON_False:
        made->kind = cJSON_IsTrue(tree) ? PILOT_JSON_TRUE : PILOT_JSON_FALSE;
        break;
    case cJSON_Raw:
    case cJSON_String:
        made->kind = cJSON_IsRaw(tree) ? PILOT_JSON_NUMBER : PILOT_JSON_TEXT;
        made->text = tree->valuestring;
        break;
    case cJSON_Number:
        CHECK(n->number_count < COUNT(n->numbers), "too many numbers");
        made->kind = PILOT_JSON_NUMBER;
        snprintf(n->numbers[n->number_count], sizeof n->numbers[0], "%.15g", tree->valuedouble);
        made->text = n->numbers[n->number_count++];
        break;
    case cJSON_Array:
    case cJSON_Object:
        made->kind = cJSON_IsArray(tree) ? PILOT_JSON_LIST : PILOT_JSON_OBJECT;
        for (const cJSON *child = tree->child; child; child = child->next) {
            pilot_json_value *item = value_of(n, child);
            *(last ? &last->next : &made->first) = item;
            last = item;
        }
        break;
    default:
        made->kind = PILOT_JSON_NULL;
    }
    return made;
}

static nodes room;

static const pilot_json_value *own_value(const cJSON *tree)
{
    room.count = room.number_count = 0;
    return value_of(&room, tree);
}

static size_t accepted, refused;

/* The same city, or the same refusal at the same path. */
static void check_same(const cJSON *tree, const char *name)
{
    char *text = cJSON_PrintUnformatted(tree), *by_text = NULL, *by_value = NULL;
    pilot_city *read = NULL, *parsed = NULL;
    pilot_error of_value = {0}, of_text = {0};
    const pilot_status status =
        pilot_document_parse(PILOT_SCHEMA_CITY, text, strlen(text), NULL, &parsed, &of_text);
    CHECK(pilot_document_read(PILOT_SCHEMA_CITY, own_value(tree), NULL, &read, &of_value) == status,
          "%s: %s: %s, and of its text %s: %s\n%s", name, of_value.path, of_value.message, of_text.path,
          of_text.message, text);
    if (status == PILOT_OK) {
        cr_assert_eq(pilot_city_write(read, PILOT_JSON_COMPACT, &by_value), PILOT_OK);
        cr_assert_eq(pilot_city_write(parsed, PILOT_JSON_COMPACT, &by_text), PILOT_OK);
        CHECK(strcmp(by_value, by_text) == 0, "%s: %s\nand\n%s", name, by_value, by_text);
        accepted++;
    } else {
        CHECK(strcmp(of_value.path, of_text.path) == 0 && strcmp(of_value.value, of_text.value) == 0 &&
                  strcmp(of_value.message, of_text.message) == 0 &&
                  strcmp(of_value.message_zh, of_text.message_zh) == 0,
              "%s: %s: %s\nand %s: %s\nin %s", name, of_value.path, of_value.message, of_text.path,
              of_text.message, text);
        CHECK(of_value.line == 0 && of_value.column == 0, "%s: line %d", name, (int)of_value.line);
        refused++;
    }
    pilot_text_free(by_text);
    pilot_text_free(by_value);
    pilot_city_free(read);
    pilot_city_free(parsed);
    cJSON_free(text);
}

/* Some node of the tree, never the root where it has something in it. */
static cJSON *any_node(cJSON *tree)
{
    cJSON *at = tree;
    while (at->child && (at == tree || below(3))) {
        cJSON *child = at->child;
        for (int64_t skip = below(cJSON_GetArraySize(at)); skip; skip--)
            child = child->next;
        at = child;
    }
    return at;
}

static cJSON *any_value(void)
{
    switch (below(9)) {
    case 0:
        return cJSON_CreateNull();
    case 1:
        return cJSON_CreateTrue();
    case 2:
        return cJSON_CreateNumber((double)below(3000));
    case 3:
        return cJSON_CreateRaw(below(2) ? "-0" : "1.5e3");
    case 4:
        return cJSON_CreateRaw("1234567890123456");
    case 5:
        return cJSON_CreateString(below(2) ? "2019-12-31" : "c");
    case 6:
        return cJSON_CreateRaw("0.50");
    case 7:
        return cJSON_CreateArray();
    default:
        return cJSON_CreateObject();
    }
}

/* Something else in the place of a node, or a key that is another. */
static void change(cJSON *tree)
{
    cJSON *node = any_node(tree), *value = any_value();
    if (below(3) && node != tree) {
        if (node->string)
            cJSON_AddItemToObject(value, "", cJSON_CreateNull()); /* its key is moved over */
        cJSON copy = *node;
        node->type = value->type | (node->type & ~0xFF);
        node->valuestring = value->valuestring;
        node->valueint = value->valueint;
        node->valuedouble = value->valuedouble;
        node->child = NULL;
        value->type = copy.type & 0xFF;
        value->valuestring = copy.valuestring;
        cJSON_Delete(value->child);
        value->child = copy.child;
    } else if (cJSON_IsObject(node)) {
        cJSON_AddItemToObject(node, below(2) ? "x-own" : "househods", value);
        return;
    } else if (cJSON_IsArray(node) && node->child) {
        cJSON_DeleteItemFromArray(node, 0);
    }
    cJSON_Delete(value);
}

static void check_case(const cJSON *test, const char *name)
{
    pilot_city *city = rule_case_city(test, name);
    char *text = NULL;
    cr_assert_eq(pilot_city_write(city, PILOT_JSON_COMPACT, &text), PILOT_OK);
    cJSON *tree = cJSON_Parse(text);
    check_same(tree, name);
    pilot_text_free(text);
    cJSON_Delete(tree);
    pilot_city_free(city);
}

Test(value, reads_every_case_as_its_text)
{
    each_rule_case(check_case);
    cr_expect_gt(accepted, 300);
}

Test(value, refuses_what_its_text_is_refused_for)
{
    cJSON *city = cases_read("examples/data/nanchang-2019.json");
    check_same(city, "nanchang-2019");
    for (int i = 0; i < 1500; i += stride()) {
        cJSON *changed = cJSON_Duplicate(city, true);
        for (int64_t changes = 1 + below(2); changes; changes--)
            change(changed);
        check_same(changed, "changed");
        cJSON_Delete(changed);
    }
    cr_expect_gt(accepted, (size_t)(100 / stride()));
    cr_expect_gt(refused, (size_t)(500 / stride()));
    cJSON_Delete(city);
}

static void expect_refused(const pilot_json_value *value, pilot_status wanted, const char *path)
{
    pilot_city *city = NULL;
    pilot_error error = {0};
    cr_expect_eq(pilot_document_read(PILOT_SCHEMA_CITY, value, NULL, &city, &error), wanted, "%s: %s",
                 error.path, error.message);
    cr_expect_str_eq(error.path, path);
    cr_expect(!city && says_it_in_chinese(&error), "%s", error.message);
    cr_expect_eq(pilot_document_read(PILOT_SCHEMA_CITY, value, NULL, &city, NULL), wanted);
}

/* What no text of a tree can have, and a program's values can. */
Test(value, refuses_what_is_no_value)
{
    pilot_json_value name = {PILOT_JSON_TEXT, "name", "city", NULL, NULL};
    const pilot_json_value city = {.kind = PILOT_JSON_OBJECT, .first = &name};
    static const struct {
        pilot_json_value name;
        pilot_status status;
        const char *path;
    } rows[] = {
        {{.kind = PILOT_JSON_TEXT, .key = "name"}, PILOT_ERROR_ARGUMENT, "/name"},
        {{.kind = PILOT_JSON_NUMBER, .key = "name"}, PILOT_ERROR_ARGUMENT, "/name"},
        {{.kind = PILOT_JSON_TEXT, .text = "city"}, PILOT_ERROR_ARGUMENT, ""},
        {{.kind = PILOT_JSON_TEXT, .key = "name", .text = "\xC3("}, PILOT_ERROR_ENCODING, "/name"},
        {{.kind = PILOT_JSON_TEXT, .key = "\xED\xA0\x80", .text = "city"}, PILOT_ERROR_ENCODING, ""},
        {{.kind = PILOT_JSON_NUMBER, .key = "x-n", .text = ""}, PILOT_ERROR_SYNTAX, "/x-n"},
        {{.kind = PILOT_JSON_NUMBER, .key = "name", .text = "one"}, PILOT_ERROR_SYNTAX, "/name"},
        {{.kind = PILOT_JSON_NUMBER, .key = "name", .text = "01"}, PILOT_ERROR_SYNTAX, "/name"},
        {{.kind = PILOT_JSON_NUMBER, .key = "name", .text = "1,2"}, PILOT_ERROR_SYNTAX, "/name"},
        {{.kind = PILOT_JSON_NUMBER, .key = "name", .text = "-0"}, PILOT_ERROR_FORMAT, "/name"},
        {{.kind = (pilot_json_kind)7, .key = "name"}, PILOT_ERROR_ARGUMENT, "/name"},
        {{.kind = (pilot_json_kind)-1, .key = "name"}, PILOT_ERROR_ARGUMENT, "/name"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        name = rows[i].name;
        expect_refused(&city, rows[i].status, rows[i].path);
    }
    const pilot_json_value again = {PILOT_JSON_TEXT, "name", "city", NULL, NULL};
    name = again;
    name.next = &again;
    expect_refused(&city, PILOT_ERROR_DUPLICATE_KEY, "/name");
    pilot_json_value steps = {.kind = PILOT_JSON_OBJECT, .key = "leading_group"};
    const pilot_json_value second = {.kind = PILOT_JSON_NULL, .key = "heads"},
                           first = {.kind = PILOT_JSON_NULL, .key = "heads", .next = &second};
    steps.first = &first;
    const pilot_json_value twice = {.kind = PILOT_JSON_OBJECT, .first = &steps};
    expect_refused(&twice, PILOT_ERROR_DUPLICATE_KEY, "/leading_group/heads");
    expect_refused(&name, PILOT_ERROR_TYPE, "");
    pilot_city *made = NULL;
    pilot_error error = {0};
    cr_expect_eq(pilot_document_read(PILOT_SCHEMA_CITY, NULL, NULL, &made, &error),
                 PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_document_read(PILOT_SCHEMA_CITY, &city, NULL, NULL, &error),
                 PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_document_read(PILOT_SCHEMA_REPORT, &city, NULL, &made, &error),
                 PILOT_ERROR_ARGUMENT);
}

/* A value that lies in itself has no end, and is refused like any that is too deep. */
Test(value, has_32_levels_at_most)
{
    pilot_json_value levels[33], own = {.kind = PILOT_JSON_OBJECT, .key = "x-deep"};
    for (int depth = 32; depth <= 33; depth++) {
        for (int i = 0; i < depth; i++)
            levels[i] = (pilot_json_value){.kind = PILOT_JSON_OBJECT,
                                           .key = i ? "x-deep" : NULL,
                                           .first = i + 1 < depth ? &levels[i + 1] : NULL};
        pilot_city *city = NULL;
        pilot_error error = {0};
        cr_expect_eq(pilot_document_read(PILOT_SCHEMA_CITY, levels, NULL, &city, &error),
                     depth == 32 ? PILOT_ERROR_MISSING_KEY : PILOT_ERROR_LIMIT);
    }
    own.first = &own;
    levels[0].first = &own;
    pilot_city *city = NULL;
    cr_expect_eq(pilot_document_read(PILOT_SCHEMA_CITY, levels, NULL, &city, NULL), PILOT_ERROR_LIMIT);
}
