/* Every enum of the public headers has its words, in one table here. */
#include "cases.h"

#include <dirent.h>

/* An enum's functions, by number. first: 0, or 1 where 0 is no word; last: its last value. */
typedef struct worded {
    const char *type;
    const char *(*name)(int);
    const char *(*title)(int, int);
    pilot_status (*find)(const char *, int *);
    int first, last;
    bool bits;
} worded;

#define FUNCTIONS(prefix, type)                                                                         \
    static const char *prefix##_name_of(int value)                                                      \
    {                                                                                                   \
        return prefix##_name((type)value);                                                              \
    }                                                                                                   \
    static const char *prefix##_title_of(int value, int language)                                       \
    {                                                                                                   \
        return prefix##_title((type)value, (pilot_language)language);                                   \
    }                                                                                                   \
    static pilot_status prefix##_value_of(const char *name, int *value)                                 \
    {                                                                                                   \
        type found = value ? (type)*value : (type)0;                                                    \
        pilot_status status = prefix##_find(name, value ? &found : NULL);                               \
        if (value)                                                                                      \
            *value = (int)found;                                                                        \
        return status;                                                                                  \
    }
/* A status that is none has a name and a text all the same, for error messages. */
static const char *pilot_status_title(pilot_status status, pilot_language language)
{
    const bool none = (unsigned)status >= PILOT_STATUS_END || (unsigned)language > PILOT_CHINESE;
    return none ? NULL : pilot_status_text(status, language);
}

static const char *known_status(pilot_status status)
{
    return (unsigned)status < PILOT_STATUS_END ? pilot_status_name(status) : NULL;
}
#define pilot_status_name(status) known_status(status)

/* Each by ROW(prefix of its functions, type, first, last, bits). */
#define ENUMS(ROW)                                                                                      \
    ROW(pilot_language, pilot_language, 0, PILOT_CHINESE, false)                                        \
    ROW(pilot_status, pilot_status, 0, PILOT_ERROR_STOPPED, false)                                      \
    ROW(pilot_json_kind, pilot_json_kind, 0, PILOT_JSON_OBJECT, false)                                  \
    ROW(pilot_json_style, pilot_json_style, 0, PILOT_JSON_INDENTED, false)                              \
    ROW(pilot_answer, pilot_answer, 0, PILOT_ANSWER_YES, false)                                         \
    ROW(pilot_value_kind, pilot_value_kind, 0, PILOT_VALUE_PRICE, false)                                \
    ROW(pilot_finding_part, pilot_finding_part, 0, PILOT_FINDING_WHO, false)                            \
    ROW(pilot_cell_kind, pilot_cell_kind, 0, PILOT_CELL_PICTURE, false)                                 \
    ROW(pilot_cell_code, pilot_cell_code, 1, PILOT_CELL_LATER_TEMPLATE, false)                          \
    ROW(pilot_column_kind, pilot_column_kind, 1, PILOT_COLUMN_ROWS, false)                              \
    ROW(pilot_table_form, pilot_table_form, 0, PILOT_TABLE_KEYS, false)                                 \
    ROW(pilot_rounding, pilot_rounding, 0, PILOT_HALF_EVEN, false)                                      \
    ROW(pilot_kind, pilot_kind, 1, PILOT_KIND_SANCTION, true)                                           \
    ROW(pilot_clause_class, pilot_clause_class, 1, PILOT_MIXED, true)                                   \
    ROW(pilot_actor, pilot_actor, 1, PILOT_ACTOR_OWNERS, false)                                         \
    ROW(pilot_basis, pilot_basis, 0, PILOT_PER_COMMUNITY, false)                                        \
    ROW(pilot_matter, pilot_matter, 1, PILOT_MATTER_REBUILD, false)                                     \
    ROW(pilot_matter_kind, pilot_matter_kind, 0, PILOT_SPECIAL, false)                                  \
    ROW(pilot_bound, pilot_bound, 0, PILOT_AT_LEAST, false)                                             \
    ROW(pilot_threshold, pilot_threshold_of, 0, PILOT_APPROVAL_HEADS, false)                            \
    ROW(pilot_approval_base, pilot_approval_base, 0, PILOT_OF_PARTICIPATING, false)                     \
    ROW(pilot_reading, pilot_reading, 0, PILOT_READING_COUNT - 1, false)                                \
    ROW(pilot_office_route, pilot_office_route, 1, PILOT_ROUTE_OTHER, false)                            \
    ROW(pilot_layout, pilot_layout, 1, PILOT_LAYOUT_CLOSED, false)                                      \
    ROW(pilot_branch, pilot_branch, 1, PILOT_BRANCH_NEITHER, false)                                     \
    ROW(pilot_package, pilot_package, 1, PILOT_PACKAGE_MENU, false)                                     \
    ROW(pilot_charge_kind, pilot_charge_kind, 1, PILOT_CHARGE_OTHER, false)                             \
    ROW(pilot_public_service, pilot_public_service, 1, PILOT_OTHER_PUBLIC_SERVICE, false)               \
    ROW(pilot_service_kind, pilot_service_kind, 1, PILOT_SERVICE_OTHER, false)                          \
    ROW(pilot_menu_basis, pilot_menu_basis, 1, PILOT_MENU_FIXED, false)                                 \
    ROW(pilot_rounding_unit, pilot_rounding_unit, 0, PILOT_TO_YUAN, false)                              \
    ROW(pilot_rounding_step, pilot_rounding_step, 0, PILOT_ROUND_FOUR_DECIMALS, false)                  \
    ROW(pilot_price_fault, pilot_price_fault, 1, PILOT_SINGLE_PRICE_LEVEL, false)                       \
    ROW(pilot_withheld, pilot_withheld, 0, PILOT_WITHHELD_BEFORE_PASS, false)                           \
    ROW(pilot_assessment_result, pilot_assessment_result, 0, PILOT_PASSED, false)                       \
    ROW(pilot_ledger, pilot_ledger, 0, PILOT_LEDGER_COMMUNITY, false)                                   \
    ROW(pilot_income_source, pilot_income_source, 1, PILOT_INCOME_REWARD, false)                        \
    ROW(pilot_purpose, pilot_purpose, 1, PILOT_FOR_OTHER_PURPOSE, false)                                \
    ROW(pilot_margin, pilot_margin_outcome, 0, PILOT_MARGIN_ABOVE_CAP, false)                           \
    ROW(pilot_ballot, pilot_ballot, 0, PILOT_ABSTAINED, false)                                          \
    ROW(pilot_choice, pilot_choice_outcome, 0, PILOT_CHOICE_RUN_OFF_TIE, false)                         \
    ROW(pilot_movement, pilot_movement, 1, PILOT_MOVED_MONEY_ALONE, false)                              \
    ROW(pilot_parts, pilot_parts, 1, PILOT_PARTS_BY_SHARE, false)                                       \
    ROW(pilot_shift, pilot_shift, 0, PILOT_TO_PUBLIC, false)                                            \
    ROW(pilot_party, pilot_party, 0, PILOT_PARTY_OWNERS, false)                                         \
    ROW(pilot_duty_matter, pilot_duty_matter, 1, PILOT_DUTY_MATTER_COUNT - 1, false)                    \
    ROW(pilot_role, pilot_role, 1, PILOT_MAY_BE_TOLD, false)                                            \
    ROW(pilot_place, pilot_place, 1, PILOT_PLACE_PUBLIC_ROAD, false)                                    \
    ROW(pilot_side, pilot_side, 1, PILOT_OUTSIDE, false)                                                \
    ROW(pilot_gate, pilot_gate, 1, PILOT_GATE_UNIT_DOOR, false)                                         \
    ROW(pilot_due, pilot_due, 1, PILOT_DUE_OWN, false)                                                  \
    ROW(pilot_milestone, pilot_milestone, 0, PILOT_MILESTONE_COMMITTEE, false)                          \
    ROW(pilot_milestone_state, pilot_milestone_state, 0, PILOT_MILESTONE_NOT_NEEDED, false)             \
    ROW(pilot_outcome, pilot_outcome, 0, PILOT_NOT_APPLICABLE, false)                                   \
    ROW(pilot_scope, pilot_scope, 0, PILOT_SCOPE_PARKING, false)                                        \
    ROW(pilot_element, pilot_element, 0, PILOT_INT16, false)                                            \
    ROW(pilot_payer, pilot_payer, 0, PILOT_PAYER_DISTRICT, false)                                       \
    ROW(pilot_schema, pilot_schema, 0, PILOT_SCHEMA_COUNT - 1, false)

#define AS_FUNCTIONS(prefix, type, first, last, bits) FUNCTIONS(prefix, type)
#define AS_ROW(prefix, type, first, last, bits)                                                         \
    {#type, prefix##_name_of, prefix##_title_of, prefix##_value_of, first, last, bits},
/* clang-format off */
ENUMS(AS_FUNCTIONS)
static const worded enums[] = { ENUMS(AS_ROW) };
/* clang-format on */

static int next_value(const worded *e, int value)
{
    return e->bits ? value << 1 : value + 1;
}

static void check_value(const worded *e, int value)
{
    const char *name = e->name(value), *en = e->title(value, PILOT_ENGLISH),
               *zh = e->title(value, PILOT_CHINESE);
    int found = -1;
    CHECK(name && *name, "%s %d has no word", e->type, value);
    CHECK(en && *en, "%s has no English title", name);
    CHECK(zh && cases_is_chinese(zh), "%s has no Chinese title", name);
    CHECK(e->find(name, &found) == PILOT_OK && found == value, "%s is found as %d", name, found);
    CHECK(!e->title(value, 2) && !e->title(value, -1), "%s in a third language", name);
    for (int other = e->first; other < value; other = next_value(e, other)) {
        CHECK(strcmp(name, e->name(other)) != 0, "%s: %s twice", e->type, name);
        CHECK(strcmp(en, e->title(other, PILOT_ENGLISH)) != 0, "%s: %s twice", e->type, en);
        CHECK(strcmp(zh, e->title(other, PILOT_CHINESE)) != 0, "%s: %s twice", e->type, zh);
    }
}

static void check_none(const worded *e, int value)
{
    CHECK(!e->name(value), "%s %d is %s", e->type, value, e->name(value));
    CHECK(!e->title(value, PILOT_ENGLISH) && !e->title(value, PILOT_CHINESE), "%s %d", e->type, value);
}

static void check_no_word(const worded *e, const char *word, pilot_status wanted)
{
    int untouched = e->last;
    CHECK(e->find(word, &untouched) == wanted && untouched == e->last, "%s: %s", e->type,
          word ? word : "NULL");
}

Test(words, name_a_value_and_find_it_again)
{
    for (size_t i = 0; i < COUNT(enums); i++) {
        const worded *e = &enums[i];
        int value = e->first;
        for (; value <= e->last; value = next_value(e, value))
            check_value(e, value);
        const int none[] = {-1, e->first - 1, value, e->bits ? 3 : 1 << 20};
        for (size_t j = 0; j < COUNT(none); j++)
            check_none(e, none[j]);
        check_no_word(e, NULL, PILOT_ERROR_ARGUMENT);
        check_no_word(e, "", PILOT_ERROR_NOT_FOUND);
        check_no_word(e, "no such word", PILOT_ERROR_NOT_FOUND);
        CHECK(e->find(e->name(e->last), NULL) == PILOT_ERROR_ARGUMENT, "%s has nowhere to go", e->type);
    }
}

static bool has_row(const char *type, size_t length)
{
    for (size_t i = 0; i < COUNT(enums); i++)
        if (strlen(enums[i].type) == length && strncmp(enums[i].type, type, length) == 0)
            return true;
    return false;
}

static size_t check_header(const char *text)
{
    static const char start[] = "typedef enum ";
    size_t found = 0;
    for (const char *at = text; (at = strstr(at, start)); found++) {
        at += strlen(start);
        const size_t length = strcspn(at, " {");
        CHECK(has_row(at, length), "%.*s has no words, or no row in this test", (int)length, at);
    }
    return found;
}

Test(words, are_there_for_every_enum)
{
    size_t found = 0, length;
    DIR *folder = opendir("include/pilot");
    cr_assert_not_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        char path[300];
        snprintf(path, sizeof path, "include/pilot/%s", entry->d_name);
        if (!strstr(entry->d_name, ".h"))
            continue;
        char *text = cases_slurp(path, &length);
        found += check_header(text);
        free(text);
    }
    closedir(folder);
    cr_expect_eq(found, COUNT(enums), "%zu enums in the headers", found);
}
