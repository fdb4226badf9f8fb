/* Any text as a request: there is an answer, which is the same a second time, and JSON that the library
 * itself can read to its end. */
#include <pilot.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
    if (!condition)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *first = NULL, *second = NULL;
    pilot_error error = {.status = PILOT_OK};
    require(pilot_call((const char *)data, size, &first) == PILOT_OK);
    require(pilot_call((const char *)data, size, &second) == PILOT_OK);
    require(strcmp(first, second) == 0);
    require(pilot_error_locate(first, strlen(first), &error) == PILOT_OK);
    pilot_text_free(first);
    pilot_text_free(second);
    return 0;
}
