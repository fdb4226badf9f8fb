/* An engine that fails when it is told to, for engine.test.mjs: "!" traps, "?" finds no memory, "^"
 * overflows the stack. Any other request comes back behind the number of calls that this instance has
 * answered. */
#include <pilot.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static volatile bool begun; /* so that no compiler begins it */
static unsigned answered;

__attribute__((constructor)) static void begin(void)
{
    begun = true;
}

static size_t deeper(volatile size_t depth)
{
    volatile char frame[4096] = {(char)depth};
    return depth + deeper(depth + 1) + (size_t)frame[0];
}

PILOT_API pilot_status pilot_call(const char *request, size_t length, char **response)
{
    enum { NUMBER = 16 };
    if (!begun)
        return PILOT_ERROR_ARGUMENT;
    switch (length ? request[0] : 0) {
    case '!':
        __builtin_trap();
    case '?':
        return PILOT_ERROR_MEMORY;
    case '^':
        return (pilot_status)deeper(0);
    default:
        break;
    }
    char *text = malloc(length + NUMBER);
    if (!text)
        return PILOT_ERROR_MEMORY;
    int written = snprintf(text, NUMBER, "%u ", ++answered);
    memcpy(text + written, request, length);
    text[(size_t)written + length] = 0;
    *response = text;
    return PILOT_OK;
}

PILOT_API void pilot_text_free(char *text)
{
    free(text);
}

PILOT_API const char *pilot_status_name(pilot_status status)
{
    return status == PILOT_ERROR_MEMORY ? "memory" : "?";
}

PILOT_API const char *pilot_status_text(pilot_status status, pilot_language language)
{
    (void)status;
    return language == PILOT_CHINESE ? "没有内存" : "no memory";
}
