/* Texts that grow, for programs that make the documents that they try. */
#ifndef PILOT_TESTS_TEXT_H
#define PILOT_TESTS_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static inline void require(bool condition, const char *what)
{
    if (!condition) {
        fprintf(stderr, "%s\n", what);
        exit(2);
    }
}

typedef struct buffer {
    char *text;
    size_t length, capacity;
} buffer;

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
static inline void
add(buffer *b, const char *format, ...)
{
    for (;;) {
        va_list arguments;
        va_start(arguments, format);
        int length =
            vsnprintf(b->text ? b->text + b->length : NULL, b->capacity - b->length, format, arguments);
        va_end(arguments);
        if (b->length + (size_t)length < b->capacity) {
            b->length += (size_t)length;
            return;
        }
        b->capacity = b->capacity ? b->capacity * 2 : 1 << 16;
        b->text = realloc(b->text, b->capacity);
        require(b->text, "no memory");
    }
}

#endif
