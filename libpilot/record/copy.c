/* Records in memory of their own, and what they refer to. */
#include "record.h"

#include <stdlib.h>
#include <string.h>

static size_t size_of(const field *f)
{
    switch (f->kind) {
    case FIELD_WORD:
    case FIELD_WORDS:
    case FIELD_ANSWER:
    case FIELD_YEAR:
    case FIELD_MONTH:
        return sizeof(int32_t);
    case FIELD_DATE:
        return f->required ? sizeof(pilot_date) : sizeof(pilot_opt_date);
    case FIELD_STEP:
        return sizeof(pilot_step);
    case FIELD_SHARE:
        return sizeof(pilot_share);
    case FIELD_RECORD:
        return ((const record *)f->of)->size;
    case FIELD_COUNT:
    case FIELD_MONEY:
    case FIELD_PRICE:
    case FIELD_AREA:
        return f->required ? sizeof(int64_t) : sizeof(pilot_opt_int);
    default:
        return sizeof(void *);
    }
}

void pilot_field_list(const field *f, void *item, const void *items, size_t count)
{
    field_point(item, f, items);
    memcpy((char *)item + f->count_offset, &count, sizeof count);
}

void pilot_field_copy(const field *f, void *item, const void *from)
{
    memcpy(field_at(item, f), field_in(from, f), size_of(f));
    if (f->count_offset)
        memcpy((char *)item + f->count_offset, (const char *)from + f->count_offset, sizeof(size_t));
}

bool pilot_field_known(const field *f, const void *item)
{
    const unsigned char *bytes = field_in(item, f);
    for (size_t i = 0; i < size_of(f); i++)
        if (bytes[i])
            return true;
    return false;
}

void pilot_record_add(const record *type, void *item, const void *from)
{
    for (size_t i = 0; i < type->field_count; i++)
        if (pilot_field_known(&type->fields[i], from))
            pilot_field_copy(&type->fields[i], item, from);
}

static bool adopt_list(arena *memory, const field *f, void *item)
{
    const record *of = f->of;
    const char *from = field_pointer(item, f);
    const size_t count = pilot_listed(from, field_count(item, f));
    if (!from && !f->required)
        return true;
    char *items = pilot_arena_take(memory, count, of->size);
    if (!items)
        return false;
    if (count)
        memcpy(items, from, count * of->size);
    pilot_field_list(f, item, items, count);
    bool kept = true;
    for (size_t i = 0; kept && i < count; i++)
        kept = pilot_record_adopt(memory, of, items + i * of->size);
    return kept;
}

/* Pointers to records of another list. */
static bool adopt_refs(arena *memory, const field *f, void *item)
{
    const void *from = field_pointer(item, f);
    const size_t count = pilot_listed(from, field_count(item, f));
    if (!from)
        return true;
    void *items = pilot_arena_take(memory, count, sizeof(void *));
    if (!items)
        return false;
    memcpy(items, from, count * sizeof(void *));
    field_point(item, f, items);
    return true;
}

static bool adopt_text(arena *memory, const field *f, void *item)
{
    const char *from = field_pointer(item, f);
    const char *own = from ? pilot_arena_copy(memory, from) : NULL;
    field_point(item, f, own);
    return own || !from;
}

bool pilot_record_adopt(arena *memory, const record *type, void *item)
{
    bool kept = true;
    for (size_t i = 0; kept && i < type->field_count; i++) {
        const field *f = &type->fields[i];
        switch (f->kind) {
        case FIELD_TEXT:
        case FIELD_ID:
        case FIELD_CODE:
            kept = adopt_text(memory, f, item);
            break;
        case FIELD_RECORD:
            kept = pilot_record_adopt(memory, f->of, field_at(item, f));
            break;
        case FIELD_LIST:
            kept = adopt_list(memory, f, item);
            break;
        case FIELD_REFS:
            kept = adopt_refs(memory, f, item);
            break;
        /* GCOVR_EXCL_START: of no record that is adopted; not kept, rather than pointed at */
        case FIELD_OPTIONAL:
        case FIELD_AREAS:
        case FIELD_AMOUNTS:
            return false;
        /* GCOVR_EXCL_STOP */
        default:
            break;
        }
    }
    return kept;
}

/* Whether records lie in what the field holds. */
static bool has_records(const field *f)
{
    return f->kind == FIELD_RECORD || f->kind == FIELD_OPTIONAL || f->kind == FIELD_LIST;
}

static bool may_refer(const field *f)
{
    return f->kind == FIELD_REF || f->kind == FIELD_REFS || has_records(f);
}

/* Whether records of the type refer to others, or what lies in them does. */
static bool refers(const record *type)
{
    for (size_t i = 0; i < type->field_count; i++) {
        const field *f = &type->fields[i];
        if (may_refer(f) && (!has_records(f) || refers(f->of)))
            return true;
    }
    return false;
}

static record_list *list_of(linker *l, const record *type)
{
    for (size_t i = 0; i < l->list_count; i++)
        if (l->lists[i].type == type)
            return &l->lists[i];
    return NULL;
}

static pilot_status dangling(const linker *l, const record_place *at, const record *of, const char *id)
{
    pilot_excerpt excerpt;
    pilot_error *error = pilot_next_problem(l->to);
    if (id) {
        const char *shown = pilot_excerpt_of(id, &excerpt);
        pilot_error_set(error, PILOT_ERROR_DANGLING_ID, id, "no record of \"%s\" has the id \"%s\"",
                        of->key, shown);
        pilot_error_zh(error, "“%s”中没有编号为“%s”的记录", of->key, shown);
    } else {
        pilot_error_set(error, PILOT_ERROR_DANGLING_ID, NULL, "it is not a record of the list \"%s\"",
                        of->key);
        pilot_error_zh(error, "所指的不是列表“%s”中的记录", of->key);
    }
    return pilot_problem(l->to, at, PILOT_ERROR_DANGLING_ID);
}

/* Whether the list has the record that the reference means, and its number. */
static bool find_target(const record_list *list, const record *of, const void *reference, size_t *number)
{
    if (list->from)
        return pilot_element_of(list->from, list->count, of->size, reference, number);
    const void *found = pilot_find_id(&list->by_id, reference);
    if (found)
        *number = (size_t)((const char *)found - list->items) / of->size;
    return found;
}

/* What the reference becomes: NULL where it was not read itself, or where it cannot be told, as not all
 * of its list was. *number: of the record in its list. */
static pilot_status link_one(linker *l, const record_place *at, const record *of, const void **reference,
                             size_t *number)
{
    const record_list *list = list_of(l, of);
    const void *means = *reference;
    *reference = NULL;
    if (!means && l->by_id)
        return PILOT_OK;
    if (list && find_target(list, of, means, number)) {
        *reference = list->items + *number * of->size;
        return PILOT_OK;
    }
    return list && list->broken ? PILOT_OK : dangling(l, at, of, l->by_id ? means : NULL);
}

static pilot_status named_twice(const linker *l, const record_place *at, const void *target)
{
    const char *id = *(const char *const *)target;
    pilot_error *error = pilot_next_problem(l->to);
    pilot_error_set(error, PILOT_ERROR_DUPLICATE_ID, id, "the list has this id twice");
    pilot_error_zh(error, "列表中有两个相同的编号");
    return pilot_problem(l->to, at, PILOT_ERROR_DUPLICATE_ID);
}

static pilot_status link_refs(linker *l, const record_place *at, const field *f, void *item)
{
    const void **references = field_pointer(item, f);
    const size_t count = pilot_listed(references, field_count(item, f));
    record_list *list = list_of(l, f->of);
    record_place here = {at, NULL, 0};
    l->round++;
    for (; here.index < count; here.index++) {
        const void **reference = &references[here.index];
        size_t number;
        pilot_status status = link_one(l, &here, f->of, reference, &number);
        if (*reference && list->named_in[number] == l->round)
            status = named_twice(l, &here, *reference);
        if (*reference)
            list->named_in[number] = l->round;
        if (pilot_ends(l->to, status))
            return status;
    }
    return PILOT_OK;
}

static pilot_status link_list(linker *l, const record_place *at, const field *f, void *item)
{
    char *items = field_pointer(item, f);
    const record *of = f->of;
    const size_t count = pilot_listed(items, field_count(item, f));
    record_place here = {at, NULL, 0};
    for (; items && here.index < count; here.index++) {
        pilot_status status = pilot_link(l, &here, of, items + here.index * of->size);
        if (pilot_ends(l->to, status))
            return status;
    }
    return PILOT_OK;
}

static pilot_status link_field(linker *l, const record_place *at, const field *f, void *item)
{
    const void *reference;
    pilot_status status = PILOT_OK;
    size_t number;
    switch (f->kind) {
    case FIELD_REF:
        reference = field_pointer(item, f);
        if (reference)
            status = link_one(l, at, f->of, &reference, &number);
        field_point(item, f, reference);
        return status;
    case FIELD_REFS:
        return link_refs(l, at, f, item);
    case FIELD_RECORD:
        return pilot_link(l, at, f->of, field_at(item, f));
    case FIELD_OPTIONAL:
        return field_pointer(item, f) ? pilot_link(l, at, f->of, field_pointer(item, f)) : PILOT_OK;
    case FIELD_LIST:
        return field_pointer(item, f) && refers(f->of) ? link_list(l, at, f, item) : PILOT_OK;
    default:             /* GCOVR_EXCL_LINE: may_refer lets no other by */
        return PILOT_OK; /* GCOVR_EXCL_LINE */
    }
}

pilot_status pilot_link(linker *l, const record_place *at, const record *type, void *item)
{
    for (size_t i = 0; i < type->field_count; i++) {
        const record_place member = pilot_member(at, type->fields[i].key);
        if (!may_refer(&type->fields[i]))
            continue;
        pilot_status status = link_field(l, &member, &type->fields[i], item);
        if (pilot_ends(l->to, status))
            return status;
    }
    return type->linked ? type->linked(l->to, at, item) : PILOT_OK;
}

bool pilot_linker_add(linker *l, record_list list)
{
    if (list.type->fields[0].kind != FIELD_ID || l->list_count == PILOT_LISTS_MAX)
        return true;
    list.named_in = pilot_arena_take(l->scratch, list.count, sizeof *list.named_in);
    if (list.named_in)
        l->lists[l->list_count++] = list;
    return list.named_in;
}

bool pilot_known_by_id(const record *type)
{
    for (size_t i = 1; i < type->field_count; i++)
        if (type->fields[i].required && type->fields[i].kind != FIELD_REF)
            return false;
    return true;
}

/* The ids that are named of the type. */
static const char **ids_named(const record *type, const named_id *named, arena *scratch, size_t *count)
{
    *count = 0;
    for (const named_id *r = named; r; r = r->next)
        *count += r->of == type;
    const char **ids = pilot_arena_take(scratch, *count, sizeof *ids), **next = ids;
    for (const named_id *r = named; ids && r; r = r->next)
        if (r->of == type)
            *next++ = r->id;
    return ids;
}

static const char *id_of(const void *item)
{
    return *(const char *const *)item;
}

/* One item for each id that is not there. */
static size_t add_absent(const id_index *wanted, const id_index *there, size_t size, char *items)
{
    size_t count = 0;
    for (size_t i = 0; i < wanted->count; i++) {
        const char *id = id_of(wanted->sorted[i]);
        const bool again = i && strcmp(id, id_of(wanted->sorted[i - 1])) == 0;
        if (!again && !pilot_find_id(there, id))
            memcpy(items + count++ * size, &id, sizeof id);
    }
    return count;
}

static bool complete_list(record_list *list, const named_id *named, arena *memory, arena *scratch)
{
    const size_t size = list->type->size;
    size_t count;
    id_index wanted;
    const char **ids = ids_named(list->type, named, scratch, &count);
    char *items = pilot_arena_take(memory, list->count + count, size);
    if (!ids || !items || !pilot_index_ids(&wanted, scratch, scratch, ids, sizeof *ids, count) ||
        !pilot_index_ids(&list->by_id, scratch, scratch, list->items, size, list->count))
        return false;
    if (list->count)
        memcpy(items, list->items, list->count * size);
    list->count += add_absent(&wanted, &list->by_id, size, items + list->count * size);
    list->items = items;
    return pilot_index_ids(&list->by_id, scratch, scratch, items, size, list->count);
}

bool pilot_lists_complete(linker *l, const record *type, void *item, const named_id *named,
                          arena *memory)
{
    for (size_t i = 0; i < type->field_count; i++) {
        const field *f = &type->fields[i];
        if (f->kind != FIELD_LIST || ((const record *)f->of)->fields[0].kind != FIELD_ID)
            continue;
        const char *items = field_pointer(item, f);
        record_list list = {.type = f->of, .items = items};
        list.count = pilot_listed(items, field_count(item, f));
        if (!complete_list(&list, named, memory, l->scratch) || !pilot_linker_add(l, list))
            return false;
        if (list.count || items || f->required)
            pilot_field_list(f, item, list.items, list.count);
    }
    return true;
}

void *pilot_linked(linker *l, const record *type, const char *id)
{
    const record_list *list = list_of(l, type);
    const void *found = list ? pilot_find_id(&list->by_id, id) : NULL;
    void *linked;
    memcpy(&linked, &found, sizeof linked);
    return linked;
}

/* A copied document's references point at the records that it was copied from. */
static pilot_status relink(problems *to, arena *scratch, const record *type, const void *from,
                           void *item)
{
    linker l = {.to = to, .scratch = scratch};
    for (size_t i = 0; i < type->field_count; i++) {
        const field *f = &type->fields[i];
        if (f->kind == FIELD_LIST && field_pointer(from, f) &&
            !pilot_linker_add(&l, (record_list){.type = f->of,
                                                .items = field_pointer(item, f),
                                                .count = field_count(item, f),
                                                .from = field_pointer(from, f)}))
            return pilot_no_memory(to);
    }
    return pilot_link(&l, NULL, type, item);
}

static pilot_status copy_record(problems *to, arena *scratch, arena *memory, const record *type,
                                const void *from, void *item)
{
    const checker c = {.to = to, .scratch = scratch};
    pilot_status status = pilot_checked(&c, NULL, type, from);
    if (pilot_ends(to, status))
        return status;
    memcpy(item, from, type->size);
    if (!pilot_record_adopt(memory, type, item))
        return pilot_no_memory(to);
    return relink(to, scratch, type, from, item);
}

pilot_status pilot_record_copy(problems *to, arena *memory, const record *type, const void *from,
                               void *item)
{
    arena scratch = {0};
    pilot_status status = copy_record(to, &scratch, memory, type, from, item);
    pilot_arena_free(&scratch);
    return status;
}

pilot_status pilot_container_finish(const container *kind, void *made, problems *to, void *out)
{
    pilot_status status = to->count ? to->status : PILOT_OK;
    if (status == PILOT_OK && kind->finish)
        status = kind->finish(made, to);
    if (status == PILOT_OK)
        memcpy(out, &made, sizeof made);
    else
        pilot_container_free(kind, made);
    return status;
}

void *pilot_container_copy(const container *kind, const void *from, problems *to)
{
    char *made = calloc(1, kind->size);
    if (made)
        (void)pilot_record_copy(to, container_memory(kind, made), kind->type, from, made + kind->record);
    else
        (void)pilot_no_memory(to);
    return made;
}

pilot_status pilot_container_new(const container *kind, const void *from, void *out, problems *to)
{
    void *made = pilot_container_copy(kind, from, to);
    return made ? pilot_container_finish(kind, made, to, out) : PILOT_ERROR_MEMORY;
}

void pilot_container_free(const container *kind, void *made)
{
    if (!made)
        return;
    pilot_arena_free(container_memory(kind, made));
    free(made);
}
