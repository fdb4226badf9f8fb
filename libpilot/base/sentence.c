#include "sentence.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

sentence pilot_sentence_begin(char *text, size_t size)
{
    if (size)
        *text = '\0';
    return (sentence){text, size, 0};
}

size_t pilot_sentence_end(const sentence *s)
{
    if (s->length < s->size)
        return s->length;
    size_t kept = s->size ? s->size - 1 : 0, from = 0;
    for (size_t length; from < kept && (length = pilot_utf8_length(s->text + from, kept - from));)
        from += length;
    if (from < kept)
        s->text[from] = '\0';
    return s->length;
}

void pilot_say(sentence *s, const char *format, ...)
{
    size_t used = s->length < s->size ? s->length : s->size;
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(s->size ? s->text + used : NULL, s->size - used, format, arguments);
    va_end(arguments);
    s->length += length > 0 ? (size_t)length : 0;
}

/* As much as fits; without the formatter, which costs as much as the rest of a sentence. */
void pilot_say_text(sentence *s, const char *text)
{
    const size_t length = strlen(text), used = s->length < s->size ? s->length : s->size;
    const size_t room = s->size > used ? s->size - used - 1 : 0, kept = length < room ? length : room;
    if (kept)
        memcpy(s->text + used, text, kept);
    if (s->size > used)
        s->text[used + kept] = '\0';
    s->length += length;
}

void pilot_say_shown(sentence *s, const char *text)
{
    size_t used = s->length < s->size ? s->length : s->size;
    s->length += pilot_shown(text, s->size ? s->text + used : NULL, s->size - used);
}

void pilot_say_phrase(sentence *s, pilot_phrase phrase, pilot_language language)
{
    pilot_say_text(s, pilot_phrase_in(phrase, language));
}

void pilot_say_date(sentence *s, pilot_date date, pilot_language language)
{
    pilot_text text;
    int32_t year, month, day;
    if (language != PILOT_CHINESE || !pilot_date_valid(date)) {
        pilot_say_text(s, pilot_date_text(date, &text));
        return;
    }
    pilot_date_parts(date, &year, &month, &day);
    pilot_say(s, "%d年%d月%d日", (int)year, (int)month, (int)day);
}

/* "line 3, column 5", where the error is tied to a place in a text. */
static void say_line(sentence *s, const pilot_error *error, pilot_language language)
{
    static const pilot_phrase before = {"第", "line "}, between = {"行第", ", column "},
                              after = {"列", ""};
    if (error->line < 1)
        return;
    pilot_say_phrase(s, before, language);
    pilot_say(s, "%d", (int)error->line);
    pilot_say_phrase(s, between, language);
    pilot_say(s, "%d", (int)error->column);
    pilot_say_phrase(s, after, language);
}

size_t pilot_error_text(const pilot_error *error, pilot_language language, char *text, size_t size)
{
    static const pilot_phrase comma = {"，", ", "}, colon = {"：", ": "};
    sentence s = pilot_sentence_begin(text, size);
    const char *message = language == PILOT_CHINESE ? error->message_zh : error->message;
    say_line(&s, error, language);
    if (s.length && *error->path)
        pilot_say_phrase(&s, comma, language);
    pilot_say_shown(&s, error->path);
    if (s.length)
        pilot_say_phrase(&s, colon, language);
    pilot_say_shown(&s, *message ? message : pilot_status_text(error->status, language));
    return pilot_sentence_end(&s);
}
