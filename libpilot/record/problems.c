#include "problems.h"

#include <stdio.h>
#include <string.h>

/* Room for the whole path of any member that is not named absurdly; an error keeps what fits. */
#define PATH_SIZE 1024

/* Adds a part of an RFC 6901 path, of which only whole characters are kept. */
static size_t add_part(char *path, size_t used, const char *part)
{
    path[used++] = '/';
    while (*part) {
        size_t length = pilot_utf8_length(part, SIZE_MAX);
        if (!length || used + length + 2 >= PATH_SIZE)
            break;
        if (*part == '~' || *part == '/') {
            path[used++] = '~';
            path[used++] = *part == '~' ? '0' : '1';
        } else {
            memcpy(path + used, part, length);
            used += length;
        }
        part += length;
    }
    path[used] = '\0';
    return used;
}

static size_t put_path(const record_place *at, char *path)
{
    char index[24];
    if (!at) {
        *path = '\0';
        return 0;
    }
    size_t used = put_path(at->up, path);
    if (used + sizeof index >= PATH_SIZE)
        return used;
    snprintf(index, sizeof index, "%zu", at->index);
    return add_part(path, used, at->key ? at->key : index);
}

pilot_error *pilot_next_problem(const problems *to)
{
    if (!to->errors)
        return NULL;
    if (to->count < to->capacity)
        return &to->errors[to->count];
    return to->spare ? &to->spare->error : NULL;
}

static bool comes_before(const pilot_error *a, const pilot_error *b)
{
    return a->line != b->line ? a->line < b->line : a->column < b->column;
}

/* A place from the outermost record on; a key at its end is left out. Returns how long it is. */
static size_t unfold(const record_place *at, record_place out[PLACE_DEPTH])
{
    size_t depth = 0, left;
    if (at && at->key)
        at = at->up;
    for (const record_place *p = at; p; p = p->up)
        depth++;
    left = depth;
    for (; at; at = at->up)
        if (--left < PLACE_DEPTH)
            out[left] = *at;
    return depth < PLACE_DEPTH ? depth : PLACE_DEPTH;
}

/* Whether the place comes behind, in a list, that of a problem that stood before none that is kept. */
static bool comes_late(const spare_problem *spare, const record_place *at)
{
    record_place place[PLACE_DEPTH];
    const size_t depth = unfold(at, place);
    for (size_t i = 0; i < depth && i < spare->depth; i++) {
        const record_place *a = &place[i], *b = &spare->late[i];
        if (!a->key != !b->key || (a->key && strcmp(a->key, b->key) != 0))
            return false;
        if (!a->key && a->index != b->index)
            return a->index > b->index;
    }
    return false;
}

/* Problems come nearly in order, one after another as they are found. False: it is not kept. */
static bool keep(problems *to, const pilot_error *error)
{
    const bool full = to->count >= to->capacity;
    size_t i = full ? to->capacity - 1 : to->count;
    if (full && !comes_before(error, &to->errors[i]))
        return false;
    const pilot_error moved = *error;
    for (; i > 0 && comes_before(&moved, &to->errors[i - 1]); i--)
        to->errors[i] = to->errors[i - 1];
    to->errors[i] = moved;
    return true;
}

/* error: where it is told; NULL where nobody asks. */
static pilot_status count_problem(problems *to, const record_place *at, const pilot_error *error,
                                  pilot_status status)
{
    if (error && !keep(to, error))
        to->spare->depth = unfold(at, to->spare->late);
    if (!to->count++ || pilot_ends_all(status))
        to->status = status;
    else if (error && !pilot_ends_all(to->status))
        to->status = to->errors[0].status;
    return status;
}

static void place(const problems *to, const char *path, pilot_error *error)
{
    error->line = error->column = 0;
    pilot_error_place(error, "%s", path);
    if (to->locate)
        to->locate(to->context, path, error);
}

/* Where a problem at the place is told; NULL where nobody asks. */
static pilot_error *room_for(const problems *to, const record_place *at)
{
    const bool late = to->count >= to->capacity && to->spare && comes_late(to->spare, at);
    return late ? NULL : pilot_next_problem(to);
}

pilot_status pilot_problem(problems *to, const record_place *at, pilot_status status)
{
    pilot_error *error = room_for(to, at);
    char path[PATH_SIZE];
    if (error) {
        put_path(at, path);
        error->status = status;
        place(to, path, error);
    }
    return count_problem(to, at, error, status);
}

pilot_status pilot_problem_within(problems *to, const record_place *at, pilot_status status,
                                  const pilot_error *found)
{
    if (status == PILOT_OK)
        return PILOT_OK;
    if (status == PILOT_ERROR_MEMORY)
        return pilot_no_memory(to);
    pilot_error *error = room_for(to, at);
    char path[PATH_SIZE + sizeof found->path];
    if (error) {
        memcpy(path + put_path(at, path), found->path, sizeof found->path);
        *error = *found;
        place(to, path, error);
    }
    return count_problem(to, at, error, status);
}

pilot_status pilot_problem_found(problems *to, const pilot_error *found)
{
    pilot_error *error = pilot_next_problem(to);
    if (error)
        *error = *found;
    return count_problem(to, NULL, error, found->status);
}

pilot_status pilot_refuse(problems *to, const record_place *at, pilot_status status, const char *value,
                          const char *why_zh, const char *why)
{
    pilot_error_refuse(pilot_next_problem(to), status, "", value, why_zh, why);
    return pilot_problem(to, at, status);
}

pilot_status pilot_refuse_number(problems *to, const record_place *at, pilot_status status,
                                 int64_t number, const char *why_zh, const char *why)
{
    pilot_error_number(pilot_next_problem(to), status, "", number, why_zh, why);
    return pilot_problem(to, at, status);
}

pilot_status pilot_no_memory(problems *to)
{
    return pilot_refuse(to, NULL, PILOT_ERROR_MEMORY, NULL, "内存不足，放不下这些记录",
                        "there is no memory for the records");
}

pilot_status pilot_stop_problem(problems *to)
{
    pilot_error *error = pilot_next_problem(to);
    (void)pilot_error_stopped(error);
    return count_problem(to, NULL, error, PILOT_ERROR_STOPPED);
}
