#include "pilot/json.h"

#include "../account_internal.h"
#include "../base_internal.h"
#include "../check_internal.h"
#include "../city_internal.h"
#include "../menu_internal.h"
#include "../outside_internal.h"
#include "../order_internal.h"
#include "../policy_internal.h"
#include "../vote_internal.h"
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
static pilot_status placed(pilot_status status, const char *text, size_t length, pilot_error *error)
{
    if (status != PILOT_OK)
        pilot_json_place(text, length, error);
    return status;
}

/* The policy of a tree, whose text is there only to find places in. */
static pilot_status policy_of(const cJSON *tree, const char *text, size_t length, pilot_policy **policy,
                              pilot_error *error)
{
    pilot_parameters parameters = {0};
    arena memory = {0};
    pilot_status status =
        pilot_json_read(tree, text, length, &pilot_policy_record, &parameters, &memory, error);
    if (status == PILOT_OK)
        status = placed(pilot_policy_new(&parameters, policy, error), text, length, error);
    pilot_arena_free(&memory);
    return status;
}

pilot_status pilot_policy_parse(const char *text, size_t length, pilot_policy **policy,
                                pilot_error *error)
{
    cJSON *tree;
    if (!text || !policy)
        return null_argument(error);
    pilot_status status = pilot_json_parse(text, length, &tree, error);
    if (status != PILOT_OK)
        return status;
    status = policy_of(tree, text, length, policy, error);
    cJSON_Delete(tree);
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
            tree ? policy_of(tree, patch, length, reform, error)
                 : pilot_error_set(error, PILOT_ERROR_MEMORY, NULL, "no memory for the patched policy");
    }
    cJSON_Delete(tree);
    cJSON_Delete(changes);
    return status;
}

/* Puts a record's path before that of an error within it. */
static void place_within(const char *text, size_t length, pilot_error *error, const char *format, ...)
{
    char path[sizeof error->path];
    va_list arguments;
    if (!error)
        return;
    va_start(arguments, format);
    vsnprintf(path, sizeof path, format, arguments);
    va_end(arguments);
    pilot_error_place(error, "%s%s", path, error->path);
    pilot_json_place(text, length, error);
}

/* What no table of fields can see of a city's menus, counted votes and evidence. */
static pilot_status check_records(const pilot_records *r, const char *text, size_t length,
                                  pilot_error *error)
{
    pilot_status status;
    for (size_t i = 0; i < r->menu_count; i++) {
        status = pilot_price_list_check(&r->menus[i], error);
        if (status != PILOT_OK) {
            place_within(text, length, error, "/menus/%zu", i);
            return status;
        }
    }
    for (size_t i = 0; i < r->area_count; i++)
        for (size_t j = 0; j < r->areas[i].vote_count; j++) {
            status = pilot_tally_check(&r->areas[i].votes[j].tally, error);
            if (status != PILOT_OK) {
                place_within(text, length, error, "/areas/%zu/votes/%zu/tally", i, j);
                return status;
            }
        }
    return placed(pilot_evidence_check(r, error), text, length, error);
}

pilot_status pilot_city_parse(const char *text, size_t length, pilot_city **city, pilot_error *error)
{
    if (!text || !city)
        return null_argument(error);
    pilot_city *made = calloc(1, sizeof *made);
    if (!made)
        return pilot_error_set(error, PILOT_ERROR_MEMORY, NULL, "no memory for the city");
    pilot_status status =
        pilot_json_read_text(text, length, &pilot_city_record, &made->records, &made->memory, error);
    if (status == PILOT_OK)
        status = check_records(&made->records, text, length, error);
    if (status == PILOT_OK && !pilot_city_link(made))
        status = pilot_error_set(error, PILOT_ERROR_MEMORY, NULL, "no memory for the city");
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

pilot_status pilot_tally_parse(const char *text, size_t length, pilot_tally *tally, pilot_error *error)
{
    tally_document d = {.units = NULL};
    arena memory = {0};
    if (!text || !tally)
        return null_argument(error);
    pilot_status status = pilot_json_read_text(text, length, &pilot_tally_record, &d, &memory, error);
    if (status == PILOT_OK)
        status = placed(tally_of(&d, &memory, error), text, length, error);
    if (status == PILOT_OK)
        *tally = d.tally;
    pilot_arena_free(&memory);
    return status;
}

pilot_status pilot_menu_parse(const char *text, size_t length, pilot_menu **menu, pilot_error *error)
{
    if (!text || !menu)
        return null_argument(error);
    owned_menu *made = calloc(1, sizeof *made);
    if (!made)
        return pilot_error_set(error, PILOT_ERROR_MEMORY, NULL, "no memory for the menu");
    pilot_price_list *list = &made->menu.list;
    pilot_status status =
        pilot_json_read_text(text, length, &pilot_menu_record, list, &made->memory, error);
    if (status == PILOT_OK)
        status = placed(pilot_price_list_check(list, error), text, length, error);
    if (status == PILOT_OK)
        *menu = &made->menu;
    else
        pilot_menu_free(&made->menu);
    return status;
}

pilot_status pilot_outside_parse(const char *text, size_t length, pilot_outside_file **file,
                                 pilot_error *error)
{
    if (!text || !file)
        return null_argument(error);
    pilot_outside_file *made = calloc(1, sizeof *made);
    if (!made)
        return pilot_error_set(error, PILOT_ERROR_MEMORY, NULL, "no memory for the file");
    pilot_status status =
        pilot_json_read_text(text, length, &pilot_outside_record, &made->outside, &made->memory, error);
    if (status == PILOT_OK)
        status = placed(pilot_outside_check(&made->outside, error), text, length, error);
    if (status == PILOT_OK)
        *file = made;
    else
        pilot_outside_free(made);
    return status;
}

pilot_status pilot_order_parse(const char *text, size_t length, pilot_order **order, pilot_error *error)
{
    if (!text || !order)
        return null_argument(error);
    pilot_order *made = calloc(1, sizeof *made);
    if (!made)
        return pilot_error_set(error, PILOT_ERROR_MEMORY, NULL, "no memory for the order");
    pilot_status status =
        pilot_json_read_text(text, length, &pilot_order_record, &made->terms, &made->memory, error);
    if (status == PILOT_OK)
        *order = made;
    else
        pilot_order_free(made);
    return status;
}

pilot_status pilot_comparison_parse(const char *text, size_t length, pilot_comparison **comparison,
                                    pilot_error *error)
{
    if (!text || !comparison)
        return null_argument(error);
    pilot_comparison *made = calloc(1, sizeof *made);
    if (!made)
        return pilot_error_set(error, PILOT_ERROR_MEMORY, NULL, "no memory for the comparison");
    pilot_status status =
        pilot_json_read_text(text, length, &pilot_comparison_record, made, &made->memory, error);
    if (status == PILOT_OK)
        status = placed(pilot_comparison_check(made, error), text, length, error);
    if (status == PILOT_OK)
        *comparison = made;
    else
        pilot_comparison_free(made);
    return status;
}

pilot_status pilot_contest_parse(const char *text, size_t length, pilot_contest **contest,
                                 pilot_error *error)
{
    if (!text || !contest)
        return null_argument(error);
    pilot_contest *made = calloc(1, sizeof *made);
    if (!made)
        return pilot_error_set(error, PILOT_ERROR_MEMORY, NULL, "no memory for the contest");
    pilot_status status =
        pilot_json_read_text(text, length, &pilot_contest_record, &made->document, &made->memory, error);
    if (status == PILOT_OK)
        status = placed(pilot_contest_link(made, error), text, length, error);
    if (status == PILOT_OK)
        *contest = made;
    else
        pilot_contest_free(made);
    return status;
}

pilot_status pilot_error_locate(const char *text, size_t length, pilot_error *error)
{
    if (!text || !error)
        return PILOT_ERROR_ARGUMENT;
    pilot_status status = pilot_json_scan(text, length, NULL);
    if (status == PILOT_OK)
        pilot_json_place(text, length, error);
    return status;
}

pilot_status pilot_account_parse(const char *text, size_t length, pilot_account_case **account_case,
                                 pilot_error *error)
{
    if (!text || !account_case)
        return null_argument(error);
    pilot_account_case *made = calloc(1, sizeof *made);
    if (!made)
        return pilot_error_set(error, PILOT_ERROR_MEMORY, NULL, "no memory for the account");
    account_document *d = &made->document;
    pilot_status status =
        pilot_json_read_text(text, length, &pilot_account_case_record, d, &made->memory, error);
    if (status == PILOT_OK) {
        if (!pilot_record_blank(&pilot_account_claim_record, &d->claim))
            d->terms.claim = &d->claim;
        status = pilot_account_terms_check(&d->terms, error);
        if (status != PILOT_OK)
            pilot_json_place(text, length, error);
    }
    if (status == PILOT_OK)
        *account_case = made;
    else
        pilot_account_case_free(made);
    return status;
}

pilot_status pilot_policy_write(const pilot_policy *policy, pilot_json_style style, char **text)
{
    if (!policy || !text)
        return PILOT_ERROR_ARGUMENT;
    return pilot_record_text(&pilot_policy_record, &policy->parameters, style == PILOT_JSON_INDENTED,
                             text);
}

pilot_status pilot_city_write(const pilot_city *city, pilot_json_style style, char **text)
{
    if (!city || !text)
        return PILOT_ERROR_ARGUMENT;
    return pilot_record_text(&pilot_city_record, &city->records, style == PILOT_JSON_INDENTED, text);
}

pilot_status pilot_tally_write(const pilot_tally *tally, pilot_json_style style, char **text)
{
    if (!tally || !text)
        return PILOT_ERROR_ARGUMENT;
    tally_document d = {.tally = *tally};
    return pilot_record_text(&pilot_tally_record, &d, style == PILOT_JSON_INDENTED, text);
}

pilot_status pilot_menu_write(const pilot_menu *menu, pilot_json_style style, char **text)
{
    if (!menu || !text)
        return PILOT_ERROR_ARGUMENT;
    return pilot_record_text(&pilot_menu_record, &menu->list, style == PILOT_JSON_INDENTED, text);
}

pilot_status pilot_outside_write(const pilot_outside *outside, pilot_json_style style, char **text)
{
    if (!outside || !text)
        return PILOT_ERROR_ARGUMENT;
    return pilot_record_text(&pilot_outside_record, outside, style == PILOT_JSON_INDENTED, text);
}

pilot_status pilot_order_write(const pilot_order *order, pilot_json_style style, char **text)
{
    if (!order || !text)
        return PILOT_ERROR_ARGUMENT;
    return pilot_record_text(&pilot_order_record, &order->terms, style == PILOT_JSON_INDENTED, text);
}

pilot_status pilot_comparison_write(const pilot_comparison *comparison, pilot_json_style style,
                                    char **text)
{
    if (!comparison || !text)
        return PILOT_ERROR_ARGUMENT;
    return pilot_record_text(&pilot_comparison_record, comparison, style == PILOT_JSON_INDENTED, text);
}

pilot_status pilot_contest_write(const pilot_contest *contest, pilot_json_style style, char **text)
{
    if (!contest || !text)
        return PILOT_ERROR_ARGUMENT;
    return pilot_record_text(&pilot_contest_record, &contest->document, style == PILOT_JSON_INDENTED,
                             text);
}

pilot_status pilot_account_terms_write(const pilot_account_terms *terms, pilot_json_style style,
                                       char **text)
{
    account_document d;
    if (!terms || !text)
        return PILOT_ERROR_ARGUMENT;
    memset(&d, 0, sizeof d); /* a claim that is not there is all zero */
    d.terms = *terms;
    if (terms->claim)
        d.claim = *terms->claim;
    return pilot_record_text(&pilot_account_case_record, &d, style == PILOT_JSON_INDENTED, text);
}
