#include "cases.h"
#include "money/account_internal.h"
#include "city/city_internal.h"
#include "notice/clause_internal.h"
#include "market/menu_internal.h"
#include "duty/outside_internal.h"
#include "market/order_internal.h"
#include "notice/policy_internal.h"
#include "money/reward_internal.h"
#include "report/report_internal.h"
#include "vote/vote_internal.h"
#include "json/scan.h"

static const record *const types[PILOT_SCHEMA_COUNT] = {
    [PILOT_SCHEMA_CITY] = &pilot_city_record,
    [PILOT_SCHEMA_POLICY] = &pilot_policy_record,
    [PILOT_SCHEMA_REFORM] = &pilot_policy_record,
    [PILOT_SCHEMA_REPORT] = &pilot_report_record,
    [PILOT_SCHEMA_AWARD] = &pilot_award_record,
    [PILOT_SCHEMA_VOTE_TOTALS] = &pilot_vote_totals_record,
    [PILOT_SCHEMA_VOTE] = &pilot_vote_result_record,
    [PILOT_SCHEMA_MENU] = &pilot_menu_record,
    [PILOT_SCHEMA_QUOTE] = &pilot_quote_record,
    [PILOT_SCHEMA_OUTSIDE] = &pilot_outside_record,
    [PILOT_SCHEMA_OUTSIDE_RESULT] = &pilot_outside_result_record,
    [PILOT_SCHEMA_ORDER] = &pilot_order_record,
    [PILOT_SCHEMA_BILL] = &pilot_bill_record,
    [PILOT_SCHEMA_BILL_SUM] = &pilot_bill_sum_record,
    [PILOT_SCHEMA_COMPARISON] = &pilot_comparison_record,
    [PILOT_SCHEMA_COMPARISON_RESULT] = &pilot_comparison_result_record,
    [PILOT_SCHEMA_CONTEST] = &pilot_contest_record,
    [PILOT_SCHEMA_CHOICE] = &pilot_choice_record,
    [PILOT_SCHEMA_ACCOUNT] = &pilot_account_case_record,
    [PILOT_SCHEMA_ACCOUNT_RESULT] = &pilot_account_record,
};

static char *written(int schema, pilot_json_style style)
{
    char *text = NULL;
    cr_assert_eq(pilot_schema_write((pilot_schema)schema, style, &text), PILOT_OK, "schema %d", schema);
    return text;
}

static cJSON *tree_of(int schema)
{
    char *text = written(schema, PILOT_JSON_COMPACT);
    cJSON *tree = cJSON_ParseWithOpts(text, NULL, 1);
    cr_assert_not_null(tree, "schema %d is not JSON: %s", schema, text);
    pilot_text_free(text);
    return tree;
}

static const cJSON *member(const cJSON *object, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(object, key);
}

/* The reader's scan finds what cJSON does not: a definition or a key that is there twice. */
static void check_text(const char *text)
{
    pilot_error error = {0};
    cr_assert_eq(pilot_json_scan(text, strlen(text), NULL, NULL, &error), PILOT_OK, "%s: %s", error.path,
                 error.message);
}

Test(schema, is_json_and_always_the_same)
{
    for (int i = 0; i < PILOT_SCHEMA_COUNT; i++) {
        char *compact = written(i, PILOT_JSON_COMPACT), *again = written(i, PILOT_JSON_COMPACT);
        char *indented = written(i, PILOT_JSON_INDENTED);
        check_text(compact);
        check_text(indented);
        cr_assert_str_eq(compact, again);
        cr_assert_null(strchr(compact, '\n'));
        cJSON *tree = tree_of(i), *same = cJSON_ParseWithOpts(indented, NULL, 1);
        cr_assert(cJSON_Compare(tree, same, true), "the styles of schema %d differ", i);
        cJSON_Delete(tree);
        cJSON_Delete(same);
        pilot_text_free(compact);
        pilot_text_free(again);
        pilot_text_free(indented);
    }
}

/* docs/schema has what the library writes, to the byte. */
Test(schema, is_that_of_docs)
{
    for (int i = 0; i < PILOT_SCHEMA_COUNT; i++) {
        char path[128], *text = written(i, PILOT_JSON_INDENTED);
        size_t length;
        snprintf(path, sizeof path, "docs/schema/%s.schema.json", pilot_schema_name((pilot_schema)i));
        char *kept = cases_slurp(path, &length);
        cr_expect_str_eq(text, kept, "%s", path);
        free(kept);
        pilot_text_free(text);
    }
}

static bool lists(const cJSON *list, const char *text)
{
    const cJSON *entry;
    cJSON_ArrayForEach(entry, list)
    {
        if (cJSON_IsString(entry) && strcmp(entry->valuestring, text) == 0)
            return true;
    }
    return false;
}

/* Each word beside what people call it: the lists are as long, and none has a word twice. */
static void check_titles(const cJSON *property)
{
    const cJSON *names = member(property, "enum"), *entry;
    const int count = cJSON_GetArraySize(names);
    cr_assert_eq(cJSON_GetArraySize(member(property, "x-en-words")), count);
    cr_assert_eq(cJSON_GetArraySize(member(property, "x-zh-words")), count);
    for (int i = 0; i < count; i++) {
        const char *zh = cJSON_GetArrayItem(member(property, "x-zh-words"), i)->valuestring;
        cr_assert((unsigned char)zh[0] > 0x7F, "%s is not Chinese", zh);
        int same = 0;
        cJSON_ArrayForEach(entry, member(property, "x-zh-words")) same +=
            strcmp(entry->valuestring, zh) == 0;
        cr_assert_eq(same, 1, "%s stands for %d words", zh, same);
    }
}

static void check_field(const record *type, const cJSON *node, const field *f, bool in_patch)
{
    const cJSON *property = member(member(node, "properties"), f->key);
    cr_assert_not_null(property, "%s of %s is missing", f->key, type->key);
    cr_assert_str_eq(cases_text(property, "description"), f->en);
    cr_assert_str_eq(cases_text(property, "x-zh"), f->zh);
    cr_assert_str_eq(cases_text(property, "x-clause"), f->clause ? f->clause : "");
    if (f->kind == FIELD_WORD && f->of != &pilot_actor_words)
        check_titles(property);
    const bool wanted = f->required && !in_patch && !pilot_has_default(type, f);
    cr_assert_eq(lists(member(node, "required"), f->key), wanted, "%s of %s", f->key, type->key);
}

/* A patch has any part of the objects, and whole records in the lists. */
static void check_type(const cJSON *schema, const cJSON *node, const record *type, bool in_patch)
{
    cr_assert_not_null(node, "%s is missing", type->key);
    cr_assert_eq((size_t)cJSON_GetArraySize(member(node, "properties")), type->field_count);
    cr_assert(cJSON_IsFalse(member(node, "additionalProperties")));
    cr_assert(cJSON_IsTrue(member(member(node, "patternProperties"), "^x-")));
    for (size_t i = 0; i < type->field_count; i++) {
        const field *f = &type->fields[i];
        check_field(type, node, f, in_patch);
        if (f->kind != FIELD_RECORD && f->kind != FIELD_OPTIONAL && f->kind != FIELD_LIST)
            continue;
        const record *of = f->of;
        check_type(schema, member(member(schema, "$defs"), of->key), of,
                   in_patch && f->kind == FIELD_RECORD);
    }
}

Test(schema, has_every_field_of_every_table)
{
    for (int i = 0; i < PILOT_SCHEMA_COUNT; i++) {
        cJSON *schema = tree_of(i);
        cr_assert_str_eq(cases_text(schema, "$schema"), "https://json-schema.org/draft/2020-12/schema");
        check_type(schema, schema, types[i], i == PILOT_SCHEMA_REFORM);
        cJSON_Delete(schema);
    }
}

static void check_references(const cJSON *definitions, const cJSON *node)
{
    static const char start[] = "#/$defs/";
    const cJSON *child;
    cJSON_ArrayForEach(child, node)
    {
        if (cJSON_IsString(child) && child->string && strcmp(child->string, "$ref") == 0) {
            cr_assert_eq(strncmp(child->valuestring, start, strlen(start)), 0);
            cr_assert_not_null(member(definitions, child->valuestring + strlen(start)), "%s",
                               child->valuestring);
        }
        check_references(definitions, child);
    }
}

Test(schema, knows_what_it_refers_to)
{
    for (int i = 0; i < PILOT_SCHEMA_COUNT; i++) {
        cJSON *schema = tree_of(i);
        check_references(member(schema, "$defs"), schema);
        cJSON_Delete(schema);
    }
}

/* What a column of a sheet is headed by: the meaning up to its detail. */
static size_t heading_length(const char *zh)
{
    static const char *const ends[] = {"，", "（"};
    size_t length = strlen(zh);
    for (size_t i = 0; i < COUNT(ends); i++) {
        const char *end = strstr(zh, ends[i]);
        if (end && (size_t)(end - zh) < length)
            length = (size_t)(end - zh);
    }
    return length;
}

static bool same_heading(const char *a, const char *b)
{
    const size_t length = heading_length(a);
    return heading_length(b) == length && strncmp(a, b, length) == 0;
}

static void check_meaning(const char *of, const char *zh, const char *en)
{
    CHECK(zh && cases_is_chinese(zh), "%s says nothing in Chinese", of);
    CHECK(en && *en, "%s says nothing in English", of);
}

static void check_words(const field *f)
{
    const words *of = f->of;
    for (int32_t i = 0; i < of->count; i++)
        if (of->words[i].name)
            check_meaning(of->words[i].name, of->words[i].zh, of->words[i].en);
}

static bool holds_records(const field *f)
{
    return f->kind == FIELD_RECORD || f->kind == FIELD_OPTIONAL || f->kind == FIELD_LIST ||
           f->kind == FIELD_SET;
}

static void check_meanings(const record *type)
{
    check_meaning(type->key, type->zh, type->en);
    for (size_t i = 0; i < type->field_count; i++) {
        const field *f = &type->fields[i];
        check_meaning(f->key, f->zh, f->en);
        for (size_t j = 0; j < i; j++)
            CHECK(!same_heading(f->zh, type->fields[j].zh), "%s and %s of %s are both %s", f->key,
                  type->fields[j].key, type->key, f->zh);
        if (f->kind == FIELD_WORD || f->kind == FIELD_WORDS)
            check_words(f);
        if (holds_records(f))
            check_meanings(f->of);
    }
}

Test(schema, says_all_in_both_languages)
{
    for (int i = 0; i < PILOT_SCHEMA_COUNT; i++)
        check_meanings(types[i]);
}

/* The one place where the words of the outcomes are keys. */
Test(schema, counts_a_report_by_the_names_of_its_outcomes)
{
    cJSON *schema = tree_of(PILOT_SCHEMA_REPORT);
    const cJSON *counts = member(member(member(schema, "$defs"), "counts"), "properties");
    const cJSON *count = counts->child;
    for (int i = 0; i < PILOT_OUTCOME_COUNT; i++, count = count->next) {
        cr_assert_not_null(count);
        cr_assert_str_eq(count->string, pilot_outcome_name((pilot_outcome)i));
    }
    cr_assert_null(count);
    cJSON_Delete(schema);
}

/* In the city an area's communities, in a report the bodies that act and the readings. */
Test(schema, says_of_what_nothing_stands_twice)
{
    static const struct {
        pilot_schema of;
        const char *record, *key;
    } rows[] = {{PILOT_SCHEMA_CITY, "areas", "communities"},
                {PILOT_SCHEMA_REPORT, "findings", "who"},
                {PILOT_SCHEMA_REPORT, "findings", "readings"}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        cJSON *schema = tree_of((int)rows[i].of);
        const cJSON *of = member(member(member(schema, "$defs"), rows[i].record), "properties");
        cr_expect(cJSON_IsTrue(member(member(of, rows[i].key), "uniqueItems")), "%s", rows[i].key);
        cJSON_Delete(schema);
    }
}

Test(schema, refuses_what_is_no_schema)
{
    static char untouched[] = "untouched";
    char *text = untouched;
    cr_assert_eq(pilot_schema_write(PILOT_SCHEMA_CITY, PILOT_JSON_COMPACT, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_schema_write((pilot_schema)PILOT_SCHEMA_COUNT, PILOT_JSON_COMPACT, &text),
                 PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_schema_write((pilot_schema)-1, PILOT_JSON_COMPACT, &text), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(text, untouched);
}
