#include "writer.h"

#include "base_internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

writer pilot_writer_text(bool indented)
{
    return (writer){.indented = indented, .first_member = true};
}

writer pilot_writer_hash(void)
{
    return (writer){.hash = PILOT_HASH_START, .hashing = true, .first_member = true};
}

bool pilot_writer_ends(writer *w)
{
    w->failed |= pilot_stopped(&w->stop);
    return w->failed;
}

pilot_status pilot_writer_finish(writer *w, char **text)
{
    if (w->indented && w->depth == 0)
        pilot_write_raw(w, "\n");
    pilot_write_bytes(w, "", 1);
    if (w->failed || w->stop.stopped) {
        free(w->text);
        return w->stop.stopped ? PILOT_ERROR_STOPPED : PILOT_ERROR_MEMORY;
    }
    *text = w->text;
    return PILOT_OK;
}

void pilot_text_free(char *text)
{
    free(text);
}

static bool grow(writer *w, size_t length)
{
    size_t capacity = w->capacity ? w->capacity : 1024;
    while (capacity - w->length < length)
        capacity *= 2;
    char *text = realloc(w->text, capacity);
    if (!text) {
        w->failed = true;
        return false;
    }
    w->text = text;
    w->capacity = capacity;
    return true;
}

void pilot_write_bytes(writer *w, const char *bytes, size_t length)
{
    if (w->hashing) {
        w->hash = pilot_hash(w->hash, bytes, length);
        return;
    }
    if (w->failed || (w->capacity - w->length < length && !grow(w, length)))
        return;
    memcpy(w->text + w->length, bytes, length);
    w->length += length;
}

void pilot_write_raw(writer *w, const char *text)
{
    pilot_write_bytes(w, text, strlen(text));
}

void pilot_write_shown(writer *w, const char *text)
{
    char piece[PILOT_PIECE_SIZE];
    for (size_t length; (length = pilot_show_next(&text, piece));)
        pilot_write_bytes(w, piece, length);
}

char *pilot_write_room(writer *w, size_t length)
{
    if (w->failed || (w->capacity - w->length <= length && !grow(w, length + 1)))
        return NULL;
    w->length += length;
    return w->text + w->length - length;
}

void pilot_write_format(writer *w, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (length > 0)
        pilot_write_bytes(w, text, (size_t)length < sizeof text ? (size_t)length : sizeof text - 1);
}

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Whether one of eight bytes stands for something else in a string, or may. */
static inline bool any_special(const char *eight)
{
    uint64_t bytes;
    memcpy(&bytes, eight, sizeof bytes);
    const uint64_t quote = bytes ^ EACH('"'), backslash = bytes ^ EACH('\\');
    return (((bytes - EACH(0x20)) & ~bytes) | ((quote - EACH(1)) & ~quote) |
            ((backslash - EACH(1)) & ~backslash)) &
           EACH(0x80);
}

static inline bool is_special(unsigned char byte)
{
    return byte < 0x20 || byte == '"' || byte == '\\';
}

/* How many bytes at its beginning stand for themselves in a string. */
static size_t plain_length(const char *text, size_t length)
{
    size_t i = 0;
    while (length - i >= 8 && !any_special(text + i))
        i += 8;
    while (i < length && !is_special((unsigned char)text[i]))
        i++;
    return i;
}

static void escape(writer *w, unsigned char byte)
{
    static const char hex[] = "0123456789abcdef";
    const char code[6] = {'\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15]};
    if (byte == '"' || byte == '\\')
        pilot_write_bytes(w, byte == '"' ? "\\\"" : "\\\\", 2);
    else
        pilot_write_bytes(w, code, sizeof code);
}

static void quoted(writer *w, const char *text)
{
    size_t length = strlen(text);
    pilot_write_bytes(w, "\"", 1);
    for (;;) {
        const size_t plain = plain_length(text, length);
        pilot_write_bytes(w, text, plain);
        if (plain == length)
            break;
        escape(w, (unsigned char)text[plain]);
        text += plain + 1;
        length -= plain + 1;
    }
    pilot_write_bytes(w, "\"", 1);
}

static void line_break(writer *w)
{
    if (!w->indented)
        return;
    pilot_write_bytes(w, "\n", 1);
    for (int i = 0; i < w->depth; i++)
        pilot_write_bytes(w, "  ", 2);
}

static void member(writer *w, const char *key)
{
    if (!w->first_member)
        pilot_write_bytes(w, ",", 1);
    w->first_member = false;
    if (w->depth > 0)
        line_break(w);
    if (key) {
        quoted(w, key);
        pilot_write_bytes(w, ": ", w->indented ? 2 : 1);
    }
}

void pilot_write_open(writer *w, const char *key, char bracket)
{
    member(w, key);
    pilot_write_bytes(w, &bracket, 1);
    w->depth++;
    w->first_member = true;
}

void pilot_write_close(writer *w, char bracket)
{
    w->depth--;
    if (!w->first_member)
        line_break(w);
    pilot_write_bytes(w, &bracket, 1);
    w->first_member = false;
}

void pilot_write_string(writer *w, const char *key, const char *text)
{
    member(w, key);
    quoted(w, text);
}

void pilot_write_integer(writer *w, const char *key, int64_t number)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%lld", (long long)number);
    member(w, key);
    pilot_write_bytes(w, digits, (size_t)length);
}

void pilot_write_bool(writer *w, const char *key, bool value)
{
    member(w, key);
    pilot_write_raw(w, value ? "true" : "false");
}

void pilot_write_json(writer *w, const char *key, pilot_json_text value)
{
    member(w, key);
    pilot_write_bytes(w, value.text, value.length);
}
