#include "pilot/json.h"

#include "money/account_internal.h"
#include "base/base_internal.h"
#include "rules/subject.h"
#include "city/city_internal.h"
#include "market/menu_internal.h"
#include "duty/outside_internal.h"
#include "market/order_internal.h"
#include "notice/policy_internal.h"
#include "vote/vote_internal.h"
#include "read.h"
#include "scan.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pilot_status null_argument(pilot_error *error)
{
    return pilot_error_set(error, PILOT_ERROR_ARGUMENT, NULL,
                           "the text or the place for the result is NULL");
}

/* The status of a check of what has been read; where it refuses, its error gets the place in the text.
 */
static pilot_status placed(pilot_status status, const source *from)
{
    if (status != PILOT_OK)
        pilot_json_place(from->text, from->length, from->error);
    return status;
}

static pilot_status no_memory(const source *from, const char *what)
{
    return pilot_error_set(from->error, PILOT_ERROR_MEMORY, NULL, "no memory for the %s", what);
}

static pilot_status read_policy(const source *from, pilot_policy **policy)
{
    pilot_parameters parameters = {0};
    arena memory = {0};
    pilot_status status = pilot_json_read_text(from, &pilot_policy_record, &parameters, &memory);
    if (status == PILOT_OK)
        status = placed(pilot_policy_new(&parameters, policy, from->error), from);
    pilot_arena_free(&memory);
    return status;
}

/* The policy of a tree, whose text is there only to find places in. */
static pilot_status policy_of(const cJSON *tree, const source *from, pilot_policy **policy)
{
    pilot_parameters parameters = {0};
    arena memory = {0};
    pilot_status status = pilot_json_read(tree, from->text, from->length, &pilot_policy_record,
                                          &parameters, &memory, from->error);
    if (status == PILOT_OK)
        status = placed(pilot_policy_new(&parameters, policy, from->error), from);
    pilot_arena_free(&memory);
    return status;
}

/* RFC 7396. Takes target and gives what it becomes; NULL, with target gone, when memory runs out. The
 * patch's depth is what the scan allows. */
static cJSON *merge(cJSON *target, const cJSON *patch)
{
    if (!cJSON_IsObject(patch)) {
        cJSON_Delete(target);
        return cJSON_Duplicate(patch, true);
    }
    const bool made = !cJSON_IsObject(target); /* and so has none of the patch's keys */
    if (made) {
        cJSON_Delete(target);
        target = cJSON_CreateObject();
    }
    for (const cJSON *member = patch->child; target && member; member = member->next) {
        cJSON *old = made ? NULL : cJSON_DetachItemFromObjectCaseSensitive(target, member->string);
        if (cJSON_IsNull(member)) {
            cJSON_Delete(old);
            continue;
        }
        cJSON *merged = merge(old, member);
        if (!merged || !cJSON_AddItemToObject(target, member->string, merged)) {
            cJSON_Delete(merged);
            cJSON_Delete(target);
            target = NULL;
        }
    }
    return target;
}

static pilot_status policy_tree(const pilot_policy *policy, cJSON **tree, pilot_error *error)
{
    char *text;
    pilot_status status = pilot_policy_write(policy, PILOT_JSON_COMPACT, &text);
    if (status != PILOT_OK)
        return pilot_error_set(error, status, NULL, "no memory for the policy's JSON form");
    status = pilot_json_parse(text, strlen(text), tree, error);
    pilot_text_free(text);
    return status;
}

pilot_status pilot_policy_patch(const pilot_policy *policy, const char *patch, size_t length,
                                pilot_policy **reform, pilot_error *error)
{
    cJSON *changes, *tree = NULL;
    if (!policy || !patch || !reform)
        return null_argument(error);
    pilot_status status = pilot_json_parse(patch, length, &changes, error);
    if (status != PILOT_OK)
        return status;
    if (!cJSON_IsObject(changes)) {
        status = pilot_error_set(error, PILOT_ERROR_TYPE, NULL,
                                 "found a single value or a list where a patch, an object, is wanted");
        pilot_json_place(patch, length, error);
    } else {
        status = policy_tree(policy, &tree, error);
    }
    if (status == PILOT_OK) {
        tree = merge(tree, changes);
        status =
            tree ? policy_of(tree, &(source){patch, length, NULL, error}, reform)
                 : pilot_error_set(error, PILOT_ERROR_MEMORY, NULL, "no memory for the patched policy");
    }
    cJSON_Delete(tree);
    cJSON_Delete(changes);
    return status;
}

/* Puts a record's path before that of an error within it. */
static void place_within(const source *from, const char *format, ...)
{
    char path[sizeof from->error->path];
    va_list arguments;
    if (!from->error)
        return;
    va_start(arguments, format);
    vsnprintf(path, sizeof path, format, arguments);
    va_end(arguments);
    pilot_error_place(from->error, "%s%s", path, from->error->path);
    pilot_json_place(from->text, from->length, from->error);
}

/* What no table of fields can see of a city's menus, counted votes and evidence. */
static pilot_status check_records(const pilot_records *r, const source *from)
{
    pilot_status status;
    for (size_t i = 0; i < r->menu_count; i++) {
        status = pilot_price_list_check(&r->menus[i], from->error);
        if (status != PILOT_OK) {
            place_within(from, "/menus/%zu", i);
            return status;
        }
    }
    for (size_t i = 0; i < r->area_count; i++)
        for (size_t j = 0; j < r->areas[i].vote_count; j++) {
            status = pilot_tally_check(&r->areas[i].votes[j].tally, from->error);
            if (status != PILOT_OK) {
                place_within(from, "/areas/%zu/votes/%zu/tally", i, j);
                return status;
            }
        }
    return placed(pilot_evidence_check(r, from->error), from);
}

static pilot_status read_city(const source *from, pilot_city **city)
{
    pilot_city *made = calloc(1, sizeof *made);
    if (!made)
        return no_memory(from, "city");
    pilot_status status = pilot_json_read_text(from, &pilot_city_record, &made->records, &made->memory);
    if (status == PILOT_OK)
        status = check_records(&made->records, from);
    if (status == PILOT_OK && !pilot_city_link(made))
        status = no_memory(from, "city");
    if (status == PILOT_OK)
        *city = made;
    else
        pilot_city_free(made);
    return status;
}

/* The document's totals, or those of its units. */
static pilot_status tally_of(tally_document *d, arena *memory, pilot_error *error)
{
    if (!d->units)
        return PILOT_OK;
    if (pilot_units_alone(&d->tally, error) != PILOT_OK)
        return PILOT_ERROR_INCONSISTENT;
    const pilot_vote_unit **order = pilot_arena_take(memory, d->unit_count, sizeof *order);
    if (!order)
        return pilot_error_set(error, PILOT_ERROR_MEMORY, NULL, "no memory for the units");
    return pilot_vote_count(d->units, d->unit_count, order, NULL, 0, &d->tally, error);
}

static pilot_status read_tally(const source *from, pilot_tally *tally)
{
    tally_document d = {.units = NULL};
    arena memory = {0};
    pilot_status status = pilot_json_read_text(from, &pilot_tally_record, &d, &memory);
    if (status == PILOT_OK)
        status = placed(tally_of(&d, &memory, from->error), from);
    if (status == PILOT_OK)
        *tally = d.tally;
    pilot_arena_free(&memory);
    return status;
}

static pilot_status read_menu(const source *from, pilot_menu **menu)
{
    owned_menu *made = calloc(1, sizeof *made);
    if (!made)
        return no_memory(from, "menu");
    pilot_price_list *list = &made->menu.list;
    pilot_status status = pilot_json_read_text(from, &pilot_menu_record, list, &made->memory);
    if (status == PILOT_OK)
        status = placed(pilot_price_list_check(list, from->error), from);
    if (status == PILOT_OK)
        *menu = &made->menu;
    else
        pilot_menu_free(&made->menu);
    return status;
}

static pilot_status read_outside(const source *from, pilot_outside_file **file)
{
    pilot_outside_file *made = calloc(1, sizeof *made);
    if (!made)
        return no_memory(from, "file");
    pilot_status status =
        pilot_json_read_text(from, &pilot_outside_record, &made->outside, &made->memory);
    if (status == PILOT_OK)
        status = placed(pilot_outside_check(&made->outside, from->error), from);
    if (status == PILOT_OK)
        *file = made;
    else
        pilot_outside_free(made);
    return status;
}

static pilot_status read_order(const source *from, pilot_order **order)
{
    pilot_order *made = calloc(1, sizeof *made);
    if (!made)
        return no_memory(from, "order");
    pilot_status status = pilot_json_read_text(from, &pilot_order_record, &made->terms, &made->memory);
    if (status == PILOT_OK)
        *order = made;
    else
        pilot_order_free(made);
    return status;
}

static pilot_status read_comparison(const source *from, pilot_comparison **comparison)
{
    pilot_comparison *made = calloc(1, sizeof *made);
    if (!made)
        return no_memory(from, "comparison");
    pilot_status status = pilot_json_read_text(from, &pilot_comparison_record, made, &made->memory);
    if (status == PILOT_OK)
        status = placed(pilot_comparison_check(made, from->error), from);
    if (status == PILOT_OK)
        *comparison = made;
    else
        pilot_comparison_free(made);
    return status;
}

static pilot_status read_contest(const source *from, pilot_contest **contest)
{
    pilot_contest *made = calloc(1, sizeof *made);
    if (!made)
        return no_memory(from, "contest");
    pilot_status status =
        pilot_json_read_text(from, &pilot_contest_record, &made->document, &made->memory);
    if (status == PILOT_OK)
        status = placed(pilot_contest_link(made, from->error), from);
    if (status == PILOT_OK)
        *contest = made;
    else
        pilot_contest_free(made);
    return status;
}

static pilot_status read_account(const source *from, pilot_account_case **account_case)
{
    pilot_account_case *made = calloc(1, sizeof *made);
    if (!made)
        return no_memory(from, "account");
    account_document *d = &made->document;
    pilot_status status = pilot_json_read_text(from, &pilot_account_case_record, d, &made->memory);
    if (status == PILOT_OK) {
        if (!pilot_record_blank(&pilot_account_claim_record, &d->claim))
            d->terms.claim = &d->claim;
        status = placed(pilot_account_terms_check(&d->terms, from->error), from);
    }
    if (status == PILOT_OK)
        *account_case = made;
    else
        pilot_account_case_free(made);
    return status;
}

pilot_status pilot_document_parse(pilot_schema document, const char *text, size_t length,
                                  const pilot_stop *stop, void *made, pilot_error *error)
{
    const source from = {text, length, stop, error};
    if (!text || !made)
        return null_argument(error);
    switch (document) {
    case PILOT_SCHEMA_CITY:
        return read_city(&from, made);
    case PILOT_SCHEMA_POLICY:
        return read_policy(&from, made);
    case PILOT_SCHEMA_TALLY:
        return read_tally(&from, made);
    case PILOT_SCHEMA_MENU:
        return read_menu(&from, made);
    case PILOT_SCHEMA_OUTSIDE:
        return read_outside(&from, made);
    case PILOT_SCHEMA_ORDER:
        return read_order(&from, made);
    case PILOT_SCHEMA_COMPARISON:
        return read_comparison(&from, made);
    case PILOT_SCHEMA_CONTEST:
        return read_contest(&from, made);
    case PILOT_SCHEMA_ACCOUNT:
        return read_account(&from, made);
    default:
        return pilot_error_set(error, PILOT_ERROR_ARGUMENT, NULL, "nothing reads this kind of document");
    }
}

#define PARSE(name, type, document)                                                                     \
    pilot_status pilot_##name##_parse(const char *text, size_t length, type *made, pilot_error *error)  \
    {                                                                                                   \
        return pilot_document_parse(PILOT_SCHEMA_##document, text, length, NULL, made, error);          \
    }
PARSE(city, pilot_city *, CITY)
PARSE(policy, pilot_policy *, POLICY)
PARSE(tally, pilot_tally, TALLY)
PARSE(menu, pilot_menu *, MENU)
PARSE(outside, pilot_outside_file *, OUTSIDE)
PARSE(order, pilot_order *, ORDER)
PARSE(comparison, pilot_comparison *, COMPARISON)
PARSE(contest, pilot_contest *, CONTEST)
PARSE(account, pilot_account_case *, ACCOUNT)

pilot_status pilot_error_locate(const char *text, size_t length, pilot_error *error)
{
    if (!text || !error)
        return PILOT_ERROR_ARGUMENT;
    pilot_status status = pilot_json_scan(text, length, NULL, NULL);
    if (status == PILOT_OK)
        pilot_json_place(text, length, error);
    return status;
}

static pilot_status write_record(const record *type, const void *item, pilot_json_style style,
                                 const pilot_stop *stop, char **text)
{
    return pilot_record_text(type, item, style == PILOT_JSON_INDENTED, stop, text);
}

static pilot_status write_tally(const pilot_tally *tally, pilot_json_style style, const pilot_stop *stop,
                                char **text)
{
    tally_document d = {.tally = *tally};
    return write_record(&pilot_tally_record, &d, style, stop, text);
}

static pilot_status write_account(const pilot_account_terms *terms, pilot_json_style style,
                                  const pilot_stop *stop, char **text)
{
    account_document d;
    memset(&d, 0, sizeof d); /* a claim that is not there is all zero */
    d.terms = *terms;
    if (terms->claim)
        d.claim = *terms->claim;
    return write_record(&pilot_account_case_record, &d, style, stop, text);
}

pilot_status pilot_document_write(pilot_schema document, const void *value, pilot_json_style style,
                                  const pilot_stop *stop, char **text)
{
    if (!value || !text)
        return PILOT_ERROR_ARGUMENT;
    switch (document) {
    case PILOT_SCHEMA_CITY:
        return write_record(&pilot_city_record, &((const pilot_city *)value)->records, style, stop,
                            text);
    case PILOT_SCHEMA_POLICY:
        return write_record(&pilot_policy_record, &((const pilot_policy *)value)->parameters, style,
                            stop, text);
    case PILOT_SCHEMA_TALLY:
        return write_tally(value, style, stop, text);
    case PILOT_SCHEMA_MENU:
        return write_record(&pilot_menu_record, &((const pilot_menu *)value)->list, style, stop, text);
    case PILOT_SCHEMA_OUTSIDE:
        return write_record(&pilot_outside_record, value, style, stop, text);
    case PILOT_SCHEMA_ORDER:
        return write_record(&pilot_order_record, &((const pilot_order *)value)->terms, style, stop,
                            text);
    case PILOT_SCHEMA_COMPARISON:
        return write_record(&pilot_comparison_record, value, style, stop, text);
    case PILOT_SCHEMA_CONTEST:
        return write_record(&pilot_contest_record, &((const pilot_contest *)value)->document, style,
                            stop, text);
    case PILOT_SCHEMA_ACCOUNT:
        return write_account(value, style, stop, text);
    default:
        return PILOT_ERROR_ARGUMENT;
    }
}

#define WRITE(name, type, document)                                                                     \
    pilot_status pilot_##name##_write(const type *value, pilot_json_style style, char **text)           \
    {                                                                                                   \
        return pilot_document_write(PILOT_SCHEMA_##document, value, style, NULL, text);                 \
    }
WRITE(city, pilot_city, CITY)
WRITE(policy, pilot_policy, POLICY)
WRITE(tally, pilot_tally, TALLY)
WRITE(menu, pilot_menu, MENU)
WRITE(outside, pilot_outside, OUTSIDE)
WRITE(order, pilot_order, ORDER)
WRITE(comparison, pilot_comparison, COMPARISON)
WRITE(contest, pilot_contest, CONTEST)
WRITE(account_terms, pilot_account_terms, ACCOUNT)
