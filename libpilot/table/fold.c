#include "fold.h"

#include "base/base_internal.h"

/* The character's number, where the text is UTF-8; else the byte. */
static inline uint32_t next_character(const char **text)
{
    const unsigned char *at = (const unsigned char *)*text;
    if (*at < 0x80) {
        ++*text;
        return *at;
    }
    const size_t length = pilot_utf8_length(*text, SIZE_MAX);
    *text += length ? length : 1;
    switch (length) {
    case 2:
        return (at[0] & 0x1Fu) << 6 | (at[1] & 0x3Fu);
    case 3:
        return (at[0] & 0x0Fu) << 12 | (at[1] & 0x3Fu) << 6 | (at[2] & 0x3Fu);
    default:
        return length == 4 ? 0x10000 : at[0];
    }
}

static inline bool is_space(uint32_t c)
{
    if (c > 0x20 && c < 0x85)
        return false;
    return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
           c == 0x2060 || c == 0x3000 || c == 0xFEFF;
}

const char *pilot_behind_spaces(const char *text)
{
    const char *next = text;
    while (*text && is_space(next_character(&next)))
        text = next;
    return text;
}

/* Where the last character begins, if it is no space and it can be told from the end; else NULL. Nearly
 * all texts end so, and need not be read to be trimmed. */
static const char *plain_end(const char *text, size_t length)
{
    const char *last = text + length;
    if (length && last[-1] > 0x20 && last[-1] < 0x7F)
        return last;
    if (length < 3 || ((unsigned char)last[-3] & 0xF0) != 0xE0)
        return NULL;
    const char *next = last - 3;
    return !is_space(next_character(&next)) && next == last ? last : NULL;
}

const char *pilot_trimmed(const char *text, size_t *length)
{
    const char *next, *end;
    text = pilot_behind_spaces(text);
    if ((end = plain_end(text, strlen(text))) == NULL)
        for (next = end = text; *next;)
            if (!is_space(next_character(&next)))
                end = next;
    *length = (size_t)(end - text);
    return text;
}

/* The ASCII character that is written so in another width or by another sign; 0: none. */
static char narrow(uint32_t c)
{
    static const uint16_t signs[][2] = {{0x2212, '-'}, {0x2010, '-'}, {0x2011, '-'}, {0x2013, '-'}};
    if (c >= 'A' && c <= 'Z')
        return (char)(c - 'A' + 'a');
    if (c >= 0x21 && c <= 0x7E)
        return (char)c;
    if (c >= 0xFF01 && c <= 0xFF5E)
        return narrow(c - 0xFF01 + 0x21);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (c == signs[i][0])
            return (char)signs[i][1];
    return is_space(c) ? ' ' : 0;
}

/* What means nothing in a title. */
static bool is_between(char c)
{
    return c == ' ' || c == '_' || c == '-' || c == '/' || c == '.' || c == ',' || c == ':' ||
           c == '>' || c == '"' || c == '\'';
}

static bool fold(const char *text, bool title, char folded[FOLDED_SIZE])
{
    size_t length, used = 0;
    const char *end = (text = pilot_trimmed(text, &length)) + length;
    while (text < end) {
        const char *from = text;
        const char ascii = narrow(next_character(&text));
        const size_t size = ascii ? 1 : (size_t)(text - from);
        if (title && is_between(ascii))
            continue;
        if (used + size >= FOLDED_SIZE) {
            folded[used] = '\0';
            return false;
        }
        memcpy(folded + used, ascii ? &ascii : from, size);
        used += size;
    }
    folded[used] = '\0';
    return true;
}

bool pilot_fold(const char *text, char folded[FOLDED_SIZE])
{
    return fold(text, false, folded);
}

bool pilot_fold_title(const char *text, char folded[FOLDED_SIZE])
{
    return fold(text, true, folded);
}
