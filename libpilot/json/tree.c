#include "tree.h"

#include "base/base_internal.h"
#include "base/widths.h"
#include "base/words.h"
#include "scan.h"

#include <string.h>

static const words kind_words = WORD_LIST(
    [PILOT_JSON_NULL] = {"null", "空值", "null"}, [PILOT_JSON_FALSE] = {"false", "假", "false"},
    [PILOT_JSON_TRUE] = {"true", "真", "true"}, [PILOT_JSON_NUMBER] = {"number", "数字", "number"},
    [PILOT_JSON_TEXT] = {"text", "文字", "text"}, [PILOT_JSON_LIST] = {"list", "列表", "list"},
    [PILOT_JSON_OBJECT] = {"object", "对象", "object"});
WORDED(pilot_json_kind, pilot_json_kind, kind_words)

typedef struct planting {
    arena *nodes;
    problems *to;
    int own; /* levels of members whose keys begin with "x-", where numbers may have any form */
} planting;

pilot_status pilot_tree_text(const char *text, const record_place *at, problems *to)
{
    static const pilot_phrase none = {"文字或键为NULL", "a text or a key is NULL"};
    static const pilot_phrase not_utf8 = {"文字不是UTF-8", "the text is not UTF-8"};
    if (!text)
        return pilot_refuse(to, at, PILOT_ERROR_ARGUMENT, NULL, none.zh, none.en);
    while (*text) {
        const size_t length = (unsigned char)*text < 0x80 ? 1 : pilot_utf8_length(text, SIZE_MAX);
        if (!length)
            return pilot_refuse(to, at, PILOT_ERROR_ENCODING, NULL, not_utf8.zh, not_utf8.en);
        text += length;
    }
    return PILOT_OK;
}

enum { PLAIN_DIGITS = 15 };

/* A whole number without a sign that no reader of JSON changes; any other is looked over as a text is.
 */
static bool is_plain(const char *number)
{
    const size_t length = strspn(number, "0123456789");
    return length && !number[length] && length <= PLAIN_DIGITS && (*number != '0' || length == 1);
}

/* Its error is not on the stack of every level. */
PILOT_APART pilot_status check_number(const planting *p, const record_place *at, const char *number)
{
    static const pilot_phrase no_number = {"不是JSON数字", "is no JSON number"};
    pilot_error found = {.status = PILOT_OK};
    if (!number || is_plain(number))
        return pilot_tree_text(number, at, p->to);
    if (!strspn(number, "-0123456789"))
        return pilot_refuse(p->to, at, PILOT_ERROR_SYNTAX, number, no_number.zh, no_number.en);
    const pilot_status status = pilot_json_scan(number, strlen(number), NULL, NULL, &found);
    if (status == PILOT_OK ||
        (p->own && (status == PILOT_ERROR_FORMAT || status == PILOT_ERROR_PRECISION)))
        return PILOT_OK;
    found.line = found.column = 0;
    return pilot_problem_within(p->to, at, status, &found);
}

static pilot_status plant(planting *p, const record_place *at, const pilot_json_value *value, int depth,
                          cJSON **tree);

/* What lies in a list or an object. */
static pilot_status plant_within(planting *p, const record_place *at, const pilot_json_value *value,
                                 int depth, cJSON *made)
{
    static const pilot_phrase deep = {"列表和对象超过32层", "there are more than 32 levels of lists and "
                                                            "objects"};
    const bool object = value->kind == PILOT_JSON_OBJECT;
    record_place here = {at, NULL, 0};
    if (depth == PILOT_JSON_DEPTH_MAX)
        return pilot_refuse(p->to, at, PILOT_ERROR_LIMIT, NULL, deep.zh, deep.en);
    for (const pilot_json_value *child = value->first; child; child = child->next, here.index++) {
        cJSON *planted = NULL;
        here.key = object ? child->key : NULL;
        pilot_status status = object ? pilot_tree_text(child->key, at, p->to) : PILOT_OK;
        const int own = status == PILOT_OK && object && pilot_own_key(child->key);
        p->own += own;
        if (status == PILOT_OK)
            status = plant(p, &here, child, depth + 1, &planted);
        p->own -= own;
        if (status != PILOT_OK)
            return status;
        planted->string = (char *)(uintptr_t)here.key; /* nobody writes to it */
        pilot_tree_add(made, planted);
    }
    return PILOT_OK;
}

static pilot_status plant(planting *p, const record_place *at, const pilot_json_value *value, int depth,
                          cJSON **tree)
{
    static const int types[] = {[PILOT_JSON_NULL] = cJSON_NULL,    [PILOT_JSON_FALSE] = cJSON_False,
                                [PILOT_JSON_TRUE] = cJSON_True,    [PILOT_JSON_NUMBER] = cJSON_Number,
                                [PILOT_JSON_TEXT] = cJSON_String,  [PILOT_JSON_LIST] = cJSON_Array,
                                [PILOT_JSON_OBJECT] = cJSON_Object};
    static const pilot_phrase no_kind = {"没有这种JSON值", "it is the number of no kind of value"};
    if ((unsigned)value->kind >= sizeof types / sizeof *types)
        return pilot_refuse_number(p->to, at, PILOT_ERROR_ARGUMENT, value->kind, no_kind.zh, no_kind.en);
    *tree = pilot_tree_node(p->nodes, types[value->kind]);
    if (!*tree)
        return pilot_no_memory(p->to);
    switch (value->kind) {
    case PILOT_JSON_NUMBER:
        (*tree)->valuestring = (char *)(uintptr_t)value->text;
        return check_number(p, at, value->text);
    case PILOT_JSON_TEXT:
        (*tree)->valuestring = (char *)(uintptr_t)value->text;
        return pilot_tree_text(value->text, at, p->to);
    case PILOT_JSON_LIST:
    case PILOT_JSON_OBJECT:
        return plant_within(p, at, value, depth, *tree);
    default:
        return PILOT_OK;
    }
}

pilot_status pilot_tree_of(const pilot_json_value *value, const record_place *at, int depth,
                           arena *nodes, problems *to, cJSON **tree)
{
    planting p = {nodes, to, value->key && pilot_own_key(value->key)};
    return plant(&p, at, value, depth, tree);
}
