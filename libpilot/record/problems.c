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

pilot_error *pilot_next_problem(problems *to)
{
    return to->errors && to->count < to->capacity ? &to->errors[to->count] : NULL;
}

pilot_status pilot_problem(problems *to, const record_place *at, pilot_status status)
{
    pilot_error *error = pilot_next_problem(to);
    if (error) {
        char path[PATH_SIZE];
        put_path(at, path);
        error->status = status;
        pilot_error_place(error, "%s", path);
        if (to->locate)
            to->locate(to->context, path, error);
    }
    if (!to->count++)
        to->status = status;
    return status;
}

pilot_status pilot_problem_within(problems *to, const record_place *at, const pilot_error *found)
{
    pilot_error *error = pilot_next_problem(to);
    char path[PATH_SIZE + sizeof found->path];
    if (error) {
        memcpy(path + put_path(at, path), found->path, sizeof found->path);
        *error = *found;
        pilot_error_place(error, "%s", path);
        if (to->locate)
            to->locate(to->context, path, error);
    }
    if (!to->count++)
        to->status = found->status;
    return found->status;
}

pilot_status pilot_refuse(problems *to, const record_place *at, pilot_status status, const char *value,
                          const char *why_zh, const char *why)
{
    pilot_error *error = pilot_next_problem(to);
    pilot_excerpt excerpt;
    if (value) {
        const char *shown = pilot_excerpt_of(value, &excerpt);
        pilot_error_set(error, status, value, "\"%s\" is refused: %s", shown, why);
        pilot_error_zh(error, "“%s”不可用：%s", shown, why_zh);
    } else {
        pilot_error_set(error, status, NULL, "%s", why);
        pilot_error_zh(error, "%s", why_zh);
    }
    return pilot_problem(to, at, status);
}

pilot_status pilot_refuse_number(problems *to, const record_place *at, pilot_status status,
                                 int64_t number, const char *why_zh, const char *why)
{
    char text[24];
    snprintf(text, sizeof text, "%lld", (long long)number);
    return pilot_refuse(to, at, status, text, why_zh, why);
}

pilot_status pilot_no_memory(problems *to)
{
    return pilot_refuse(to, NULL, PILOT_ERROR_MEMORY, NULL, "内存不足，放不下这些记录",
                        "there is no memory for the records");
}

pilot_status pilot_stop_problem(problems *to)
{
    (void)pilot_error_stopped(pilot_next_problem(to));
    if (!to->count++)
        to->status = PILOT_ERROR_STOPPED;
    return PILOT_ERROR_STOPPED;
}

static bool comes_before(const pilot_error *a, const pilot_error *b)
{
    return a->line != b->line ? a->line < b->line : a->column < b->column;
}

/* They come nearly in order, one after another as they are found. */
void pilot_sort_problems(problems *of)
{
    const size_t kept = of->count < of->capacity ? of->count : of->capacity;
    for (size_t i = 1; of->errors && i < kept; i++) {
        const pilot_error moved = of->errors[i];
        size_t j = i;
        for (; j > 0 && comes_before(&moved, &of->errors[j - 1]); j--)
            of->errors[j] = of->errors[j - 1];
        of->errors[j] = moved;
    }
    if (kept)
        of->status = of->errors[0].status;
}
