/* Trees of cJSON's nodes in an arena, which are gone with it. */
#ifndef PILOT_JSON_TREE_H
#define PILOT_JSON_TREE_H

#include "base/arena.h"
#include "pilot/json.h"
#include "record/problems.h"

#include <cjson/cJSON.h>
#include <stdbool.h>

/* A node of the type, with nothing in it; NULL when memory runs out. */
static inline cJSON *pilot_tree_node(arena *nodes, int type)
{
    cJSON *made = pilot_arena_raw(nodes, sizeof *made);
    if (made)
        *made = (cJSON){.type = type};
    return made;
}

/* Adds a child behind those that the parent has. As cJSON has it, the first one's prev is the last. */
static inline void pilot_tree_add(cJSON *parent, cJSON *child)
{
    cJSON *first = parent->child;
    if (first) {
        first->prev->next = child;
        child->prev = first->prev;
        first->prev = child;
    } else {
        parent->child = child->prev = child;
    }
}

/* As cJSON_IsString and its like, without a call. */
static inline bool pilot_tree_is(const cJSON *tree, int type)
{
    return tree->type == type;
}

/* Of a member that is the user's, of which nothing is read. */
static inline bool pilot_own_key(const char *key)
{
    return key[0] == 'x' && key[1] == '-';
}

/* Whether a caller's text or key is one: ARGUMENT (NULL), ENCODING, told. */
pilot_status pilot_tree_text(const char *text, const record_place *at, problems *to);

/* The tree of a caller's value, whose own key is good, whose texts it points at; it passes what a text's
 * scan passes. at: the value's place; depth: how many lists and objects it lies in. Errors, told:
 * ARGUMENT (a kind that is none, a NULL), ENCODING, LIMIT, MEMORY; of a number: SYNTAX, FORMAT,
 * PRECISION. */
pilot_status pilot_tree_of(const pilot_json_value *value, const record_place *at, int depth,
                           arena *nodes, problems *to, cJSON **tree);

#endif
