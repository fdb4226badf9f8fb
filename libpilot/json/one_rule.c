/* One rule, asked of a record that is a text: the record is put into a city that has no more than the
 * rule reads of it. */
#include "pilot/json.h"

#include "base/base_internal.h"
#include "city/city_internal.h"
#include "market/menu_internal.h"
#include "rules/subject.h"
#include "scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What stands for an id that nobody gave and the rule does not read. */
#define NO_ID "-"

/* Where a text that was given lies in the city, and what an error's path calls it. */
typedef struct given {
    char place[160];
    const char *name; /* "" of the record itself */
    const pilot_json_text *text;
} given;

typedef struct wrapping {
    const pilot_rule *rule;
    cJSON *city;
    size_t index[PILOT_SCOPE_COUNT]; /* of the record of a scope, in its list */
    given given[PILOT_SCOPE_COUNT];  /* the innermost first */
    size_t given_count;
    bool failed; /* no memory */
    pilot_error *error;
} wrapping;

static const char *const lists[] = {[PILOT_SCOPE_DISTRICT] = "districts",
                                    [PILOT_SCOPE_COMMUNITY] = "communities",
                                    [PILOT_SCOPE_AREA] = "areas"};

static cJSON *member(const cJSON *object, const char *key)
{
    cJSON *found = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsNull(found) ? NULL : found;
}

static const char *text_of(const cJSON *json)
{
    return cJSON_IsString(json) ? json->valuestring : NULL;
}

/* Takes the item; false where there was no memory for it. */
static bool put_member(wrapping *w, cJSON *object, const char *key, cJSON *item)
{
    cJSON_DeleteItemFromObjectCaseSensitive(object, key);
    if (item && cJSON_AddItemToObject(object, key, item))
        return true;
    cJSON_Delete(item);
    w->failed = true;
    return false;
}

/* The list of the key, which is made where there is none; NULL where something else stands there, which
 * the city's reader refuses. */
static cJSON *list_of(wrapping *w, cJSON *object, const char *key)
{
    cJSON *list = member(object, key);
    if (!list) {
        list = cJSON_CreateArray();
        return put_member(w, object, key, list) ? list : NULL;
    }
    return cJSON_IsArray(list) ? list : NULL;
}

static cJSON *find_record(const cJSON *list, const char *id, size_t *index)
{
    *index = 0;
    for (cJSON *item = list ? list->child : NULL; item; item = item->next, ++*index) {
        const char *own = text_of(member(item, "id"));
        if (own && id && strcmp(own, id) == 0)
            return item;
    }
    return NULL;
}

/* What a record that is given says goes before what the city says of it. */
static void merge_records(wrapping *w, cJSON *into, cJSON *from)
{
    while (from->child) {
        cJSON *moved = cJSON_DetachItemViaPointer(from, from->child);
        put_member(w, into, moved->string, moved);
    }
}

/* Takes the record and puts it into the city's list of the scope. */
static void put_record(wrapping *w, pilot_scope scope, cJSON *own)
{
    cJSON *list = list_of(w, w->city, lists[scope]);
    cJSON *there = find_record(list, text_of(member(own, "id")), &w->index[scope]);
    if (there) {
        merge_records(w, there, own);
        cJSON_Delete(own);
    } else if (!list || !cJSON_AddItemToArray(list, own)) {
        cJSON_Delete(own);
    }
}

static void note(wrapping *w, const pilot_json_text *text, const char *name, const char *place)
{
    given *g = &w->given[w->given_count++];
    snprintf(g->place, sizeof g->place, "%s", place);
    g->name = name;
    g->text = text;
}

static void place_below(pilot_error *error, const char *name, const char *path)
{
    char whole[sizeof error->path];
    snprintf(whole, sizeof whole, "%s", path);
    pilot_error_place(error, "%s%s", name, whole);
}

static pilot_status not_an_object(wrapping *w, const pilot_json_text *text, const char *name)
{
    const pilot_status status = pilot_error_set(w->error, PILOT_ERROR_TYPE, NULL,
                                                "found a single value or a list where a record, an "
                                                "object, is wanted");
    pilot_error_zh(w->error, "此处应为一条记录（对象），现为单个值或列表");
    if (w->error) {
        pilot_json_locate(text->text, text->length, "", NULL, &w->error->line, &w->error->column);
        pilot_error_place(w->error, "%s", name);
    }
    return status;
}

/* A document's tree on its way. */
typedef struct growth {
    cJSON *tree;
    cJSON *last; /* its last member, until its value is there */
    bool other;  /* the document is no object */
} growth;

static pilot_status begin_member(void *context, const char *key, size_t scanned, json_use *use)
{
    growth *g = context;
    (void)scanned;
    *use = strncmp(key, "x-", 2) == 0 ? JSON_IGNORED : JSON_TREE;
    if (*use == JSON_TREE && !(g->last = cJSON_AddNullToObject(g->tree, key)))
        return PILOT_ERROR_MEMORY;
    return PILOT_OK;
}

/* Numbers are printed as they are written. */
static void keep_digits(cJSON *json)
{
    if (cJSON_IsNumber(json))
        json->type = cJSON_Raw;
    for (cJSON *item = json->child; item; item = item->next)
        keep_digits(item);
}

static pilot_status end_member(void *context, const cJSON *value, size_t scanned)
{
    growth *g = context;
    (void)scanned;
    if (!g->last) {
        g->other = true;
        return PILOT_OK;
    }
    cJSON *copy = cJSON_Duplicate(value, true);
    if (!copy)
        return PILOT_ERROR_MEMORY;
    keep_digits(copy);
    cJSON_free(copy->string);
    copy->string = g->last->string;
    g->last->string = NULL;
    cJSON_ReplaceItemViaPointer(g->tree, g->last, copy);
    g->last = NULL;
    return PILOT_OK;
}

static pilot_status no_memory(pilot_error *error)
{
    pilot_error_set(error, PILOT_ERROR_MEMORY, NULL, "no memory for the records");
    pilot_error_zh(error, "内存不足，放不下这些记录");
    return PILOT_ERROR_MEMORY;
}

/* The tree of a text that is an object. */
static pilot_status parse_object(wrapping *w, const pilot_json_text *text, const char *name,
                                 cJSON **tree)
{
    growth g = {.tree = cJSON_CreateObject()};
    const json_parts parts = {.member = begin_member, .value = end_member, .context = &g};
    if (!g.tree)
        return no_memory(w->error);
    pilot_status status = pilot_json_scan(text->text, text->length, NULL, &parts, w->error);
    if (status == PILOT_ERROR_MEMORY)
        no_memory(w->error);
    else if (status == PILOT_OK && g.other)
        status = not_an_object(w, text, name);
    else if (status != PILOT_OK && w->error)
        place_below(w->error, name, w->error->path);
    if (status == PILOT_OK)
        *tree = g.tree;
    else
        cJSON_Delete(g.tree);
    return status;
}

/* The tree of a text; NULL where none is given. */
static pilot_status parse_given(wrapping *w, const pilot_json_text *text, const char *name, cJSON **tree)
{
    *tree = NULL;
    return text->text ? parse_object(w, text, name, tree) : PILOT_OK;
}

static cJSON *new_record(wrapping *w, const char *id)
{
    cJSON *made = cJSON_CreateObject();
    if (!made || !cJSON_AddStringToObject(made, "id", id))
        w->failed = true;
    return made;
}

/* The texts by the scope of what they are, and their names in an error's path. */
static const pilot_json_text *text_for(const pilot_rule_records *r, pilot_scope scope, const char **name)
{
    static const char *const names[] = {[PILOT_SCOPE_CITY] = "/city",
                                        [PILOT_SCOPE_DISTRICT] = "/district",
                                        [PILOT_SCOPE_COMMUNITY] = "/community",
                                        [PILOT_SCOPE_AREA] = "/area"};
    const pilot_json_text *const texts[] = {&r->city, &r->district, &r->community, &r->area};
    *name = names[scope];
    return texts[scope];
}

/* A record of a scope whose text is read: the rule's own or what that lies in. */
static pilot_status read_given(wrapping *w, const pilot_rule_records *r, pilot_scope scope, cJSON **tree)
{
    const char *name;
    const pilot_json_text *text = text_for(r, scope, &name);
    if (scope != w->rule->scope)
        return parse_given(w, text, name, tree);
    return parse_given(w, &r->record, "", tree);
}

/* Puts a record that lies in another's list at its end; where is its place in the city. */
static void put_item(wrapping *w, cJSON *parent, const child_scope *child, cJSON *item)
{
    cJSON *list = list_of(w, parent, child->key);
    w->index[child->scope] = list ? (size_t)cJSON_GetArraySize(list) : 0;
    if (!list || !cJSON_AddItemToArray(list, item))
        cJSON_Delete(item);
}

/* An area whose communities are not told lies in the one that is given. */
static void link_area(wrapping *w, cJSON *area, cJSON *community)
{
    const cJSON *named = member(area, "communities");
    const char *first = cJSON_IsArray(named) ? text_of(named->child) : NULL;
    if (!community)
        return;
    if (!member(community, "id"))
        put_member(w, community, "id", cJSON_CreateString(first ? first : NO_ID));
    const char *id = text_of(member(community, "id"));
    cJSON *list = named || !id ? NULL : cJSON_CreateArray();
    if (!list)
        return;
    w->failed = !cJSON_AddItemToArray(list, cJSON_CreateString(id)) || w->failed;
    put_member(w, area, "communities", list);
}

/* A community whose district is not told lies in the one that is given. */
static void link_community(wrapping *w, cJSON *community, cJSON *district)
{
    const char *named = text_of(member(community, "district"));
    if (district && !member(district, "id"))
        put_member(w, district, "id", cJSON_CreateString(named ? named : NO_ID));
    const char *id = text_of(member(district, "id"));
    if (id && !member(community, "district"))
        put_member(w, community, "district", cJSON_CreateString(id));
}

/* The records, from the rule's own outwards, as members of the city. */
static pilot_status put_records(wrapping *w, const pilot_rule_records *r)
{
    const child_scope *child = pilot_child_scope(w->rule->scope);
    const pilot_scope own = pilot_own_scope(w->rule->scope);
    cJSON *trees[PILOT_SCOPE_AREA + 1] = {NULL}, *item = NULL;
    pilot_status status = child ? parse_given(w, &r->record, "", &item) : PILOT_OK;
    for (int scope = own; status == PILOT_OK && scope > PILOT_SCOPE_CITY; scope--)
        status = read_given(w, r, (pilot_scope)scope, &trees[scope]);
    if (status == PILOT_OK && !trees[own] && own != PILOT_SCOPE_CITY)
        trees[own] = new_record(w, NO_ID);
    if (status == PILOT_OK && item)
        put_item(w, trees[own], child, item);
    else
        cJSON_Delete(item);
    if (trees[PILOT_SCOPE_AREA])
        link_area(w, trees[PILOT_SCOPE_AREA], trees[PILOT_SCOPE_COMMUNITY]);
    if (trees[PILOT_SCOPE_COMMUNITY])
        link_community(w, trees[PILOT_SCOPE_COMMUNITY], trees[PILOT_SCOPE_DISTRICT]);
    for (int scope = PILOT_SCOPE_DISTRICT; scope <= PILOT_SCOPE_AREA; scope++)
        if (trees[scope] && status == PILOT_OK)
            put_record(w, (pilot_scope)scope, trees[scope]);
        else
            cJSON_Delete(trees[scope]);
    return status;
}

static pilot_status put_city(wrapping *w, const pilot_rule_records *r)
{
    const bool own = w->rule->scope == PILOT_SCOPE_CITY;
    pilot_status status = parse_given(w, own ? &r->record : &r->city, own ? "" : "/city", &w->city);
    if (status == PILOT_OK && !w->city)
        w->city = cJSON_CreateObject();
    if (status == PILOT_OK && !w->city)
        w->failed = true;
    return status;
}

/* Notes where each text lies, the innermost first. */
static void note_all(wrapping *w, const pilot_rule_records *r)
{
    const child_scope *child = pilot_child_scope(w->rule->scope);
    const pilot_scope own = pilot_own_scope(w->rule->scope);
    char place[64], inner[sizeof w->given->place];
    for (int scope = own; scope >= PILOT_SCOPE_CITY; scope--) {
        const char *name;
        const pilot_json_text *text = text_for(r, (pilot_scope)scope, &name);
        *place = '\0';
        if (scope != PILOT_SCOPE_CITY)
            snprintf(place, sizeof place, "/%s/%zu", lists[scope], w->index[scope]);
        if (child && scope == (int)own) {
            snprintf(inner, sizeof inner, "%s/%s/%zu", place, child->key, w->index[child->scope]);
            note(w, &r->record, "", inner);
        }
        if (scope == (int)w->rule->scope)
            note(w, &r->record, "", place);
        else
            note(w, text, name, place);
    }
}

/* Whether the rule reads the path, or all of what it lies in. */
static bool reads(const pilot_rule *rule, const char *path)
{
    for (size_t i = 0; rule->reads[i]; i++) {
        const size_t length = strlen(rule->reads[i]);
        if (strncmp(path, rule->reads[i], length) == 0 && (!path[length] || path[length] == '/'))
            return true;
    }
    return false;
}

/* What stands for a value that a record has to have and the rule does not read; NULL where nothing does,
 * and the reader says that it is missing. */
static const char *placeholder(const field *f)
{
    const words *of = f->of;
    switch (f->kind) {
    case FIELD_ID:
    case FIELD_TEXT:
    case FIELD_REF:
        return NO_ID;
    case FIELD_WORD:
        return of->words[!of->words[0].name].name;
    case FIELD_COUNT:
    case FIELD_MONEY:
    case FIELD_PRICE:
    case FIELD_AREA:
        return "0";
    case FIELD_YEAR:
        return "2019";
    case FIELD_MONTH:
        return "2019-11";
    case FIELD_DATE:
    case FIELD_STEP:
        return "2019-11-03";
    case FIELD_ANSWER:
        return "true";
    default:
        return NULL;
    }
}

static bool is_bare(field_kind kind)
{
    return kind == FIELD_COUNT || kind == FIELD_MONEY || kind == FIELD_PRICE || kind == FIELD_AREA ||
           kind == FIELD_YEAR || kind == FIELD_ANSWER;
}

typedef void (*field_function)(wrapping *w, const field *f, cJSON *object, const char *path);

static void walk(wrapping *w, const record *type, cJSON *object, const char *prefix, field_function each)
{
    char path[160];
    for (size_t i = 0; cJSON_IsObject(object) && i < type->field_count; i++) {
        const field *f = &type->fields[i];
        snprintf(path, sizeof path, "%s%s%s", prefix, *prefix ? "/" : "", f->key);
        each(w, f, object, path);
        cJSON *value = member(object, f->key);
        if (f->kind == FIELD_RECORD || f->kind == FIELD_OPTIONAL)
            walk(w, f->of, value, path, each);
        for (cJSON *item = f->kind == FIELD_LIST && cJSON_IsArray(value) ? value->child : NULL; item;
             item = item->next)
            walk(w, f->of, item, path, each);
    }
}

static void fill_in(wrapping *w, const field *f, cJSON *object, const char *path)
{
    if (!f->required || member(object, f->key) || reads(w->rule, path))
        return;
    const char *text = placeholder(f);
    if (f->kind == FIELD_LIST && !strchr(path, '/'))
        put_member(w, object, f->key, cJSON_CreateArray());
    else if (text)
        put_member(w, object, f->key,
                   is_bare(f->kind) ? cJSON_CreateRaw(text) : cJSON_CreateString(text));
}

/* Makes a record of an id that is referred to. A menu is not known by its id alone: that of a contract
 * whose menu the rule does not read goes. */
static void make_record(wrapping *w, const record *of, const char *id)
{
    size_t index;
    cJSON *list = list_of(w, w->city, of->key), *made;
    if (!list || find_record(list, id, &index))
        return;
    made = new_record(w, id);
    if (made && !cJSON_AddItemToArray(list, made))
        cJSON_Delete(made);
    else if (made)
        walk(w, of, made, of->key, fill_in);
}

static void refer(wrapping *w, const field *f, cJSON *object, const char *path)
{
    const cJSON *value = member(object, f->key);
    size_t index;
    if (f->kind != FIELD_REF && f->kind != FIELD_REFS)
        return;
    if (f->of == &pilot_menu_record) {
        if (!reads(w->rule, path) && !find_record(member(w->city, "menus"), text_of(value), &index))
            cJSON_DeleteItemFromObjectCaseSensitive(object, f->key);
        return;
    }
    if (text_of(value) && *value->valuestring)
        make_record(w, f->of, value->valuestring);
    for (const cJSON *id = f->kind == FIELD_REFS && cJSON_IsArray(value) ? value->child : NULL; id;
         id = id->next)
        if (text_of(id) && *id->valuestring)
            make_record(w, f->of, id->valuestring);
}

/* What is wrong, in the text that was given and not in the city that was made of it. */
static void place_in_given(const wrapping *w)
{
    char path[sizeof w->error->path];
    for (size_t i = 0; w->error && i < w->given_count; i++) {
        const given *g = &w->given[i];
        const size_t length = strlen(g->place);
        if (!g->text->text || strncmp(w->error->path, g->place, length) != 0 ||
            (w->error->path[length] && w->error->path[length] != '/'))
            continue;
        snprintf(path, sizeof path, "%s", w->error->path + length);
        pilot_json_locate(g->text->text, g->text->length, path, NULL, &w->error->line,
                          &w->error->column);
        pilot_error_place(w->error, "%s%s", g->name, path);
        return;
    }
    if (w->error)
        w->error->line = w->error->column = 0;
}

static pilot_status city_of(wrapping *w, const pilot_rule_records *r, pilot_city **city)
{
    pilot_status status = put_city(w, r);
    if (status == PILOT_OK)
        status = put_records(w, r);
    if (status != PILOT_OK || w->failed)
        return status != PILOT_OK ? status : no_memory(w->error);
    note_all(w, r);
    walk(w, &pilot_city_record, w->city, "", fill_in);
    walk(w, &pilot_city_record, w->city, "", refer);
    walk(w, &pilot_city_record, w->city, "", refer); /* what records that were made refer to */
    char *text = w->failed ? NULL : cJSON_PrintUnformatted(w->city);
    if (!text)
        return no_memory(w->error);
    status = pilot_city_parse(text, strlen(text), city, w->error);
    if (status != PILOT_OK)
        place_in_given(w);
    cJSON_free(text);
    return status;
}

static pilot_subject subject_in(const wrapping *w, const pilot_city *city)
{
    const pilot_records *r = pilot_city_records(city);
    const child_scope *child = pilot_child_scope(w->rule->scope);
    const pilot_scope own = pilot_own_scope(w->rule->scope);
    pilot_subject s = {.city = city};
    if (own == PILOT_SCOPE_DISTRICT)
        s.district = &r->districts[w->index[own]];
    if (own == PILOT_SCOPE_AREA) {
        s.area = &r->areas[w->index[own]];
        s.community = pilot_first_community(s.area);
    }
    if (own == PILOT_SCOPE_COMMUNITY)
        s.community = &r->communities[w->index[own]];
    if (s.community)
        s.district = s.community->district;
    if (child) {
        size_t count;
        const void *item = pilot_child_list(child, &s, &count) + w->index[child->scope] * child->size;
        memcpy((char *)&s + child->member, &item, sizeof item);
    }
    return s;
}

static pilot_status needs_city(const pilot_rule *rule, pilot_error *error)
{
    char wanted[160];
    size_t used = 0;
    *wanted = '\0';
    for (size_t i = 0; rule->reads[i] && used < sizeof wanted; i++)
        used +=
            (size_t)snprintf(wanted + used, sizeof wanted - used, "%s%s", i ? ", " : "", rule->reads[i]);
    pilot_error_set(error, PILOT_ERROR_MISSING_VALUE, NULL,
                    "the rule \"%s\" needs the whole city, not one record: give the city as well; it "
                    "reads %s",
                    rule->id, wanted);
    pilot_error_zh(error, "规则“%s”须看全市的记录，请一并给出city；所读字段：%s", rule->id, wanted);
    pilot_error_place(error, "/city");
    return PILOT_ERROR_MISSING_VALUE;
}

/* The records that a rule of the scope has no use for. */
static const char *useless(const pilot_rule *rule, const pilot_rule_records *r)
{
    const pilot_scope scope = rule->scope, own = pilot_own_scope(scope);
    for (int of = PILOT_SCOPE_CITY; of <= PILOT_SCOPE_AREA; of++) {
        const char *name;
        const bool useful = of == PILOT_SCOPE_CITY ? scope != PILOT_SCOPE_CITY
                                                   : of < (int)own || (of == (int)own && own != scope);
        if (text_for(r, (pilot_scope)of, &name)->text && !useful)
            return name;
    }
    return NULL;
}

pilot_status pilot_check_rule_text(const pilot_policy *policy, const pilot_rule *info,
                                   const pilot_rule_records *records, pilot_date as_of,
                                   pilot_city **city, pilot_finding *finding, pilot_error *error)
{
    const pilot_rule *rule = pilot_rule_itself(info);
    if (!policy || !rule || !records || !records->record.text || !city || !finding)
        return pilot_error_set(error, PILOT_ERROR_ARGUMENT, NULL,
                               "the policy, the rule, the record or the place for the result is NULL");
    const char *name = useless(rule, records);
    if (name) {
        pilot_error_set(error, PILOT_ERROR_ARGUMENT, NULL, "the %s is not what this %s lies in",
                        name + 1, pilot_scope_name(rule->scope));
        pilot_error_place(error, "%s", name);
        return PILOT_ERROR_ARGUMENT;
    }
    if (rule->scope != PILOT_SCOPE_CITY && pilot_rule_whole_city(rule) && !records->city.text)
        return needs_city(rule, error);
    wrapping w = {.rule = rule, .error = error};
    pilot_city *made = NULL;
    pilot_status status = city_of(&w, records, &made);
    cJSON_Delete(w.city);
    if (status != PILOT_OK)
        return status;
    const pilot_subject subject = subject_in(&w, made);
    status = pilot_check_rule(policy, rule, &subject, as_of, finding);
    if (status == PILOT_OK) {
        *city = made;
        return status;
    }
    pilot_city_free(made);
    pilot_error_set(error, status, NULL, "%s", pilot_status_text(status, PILOT_ENGLISH));
    pilot_error_place(error, "/as_of");
    return status;
}
