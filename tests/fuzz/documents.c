/* Any text, as each document that is read. */
#include "documents.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    for (int which = 0; which < PILOT_SCHEMA_COUNT; which++)
        if (is_read((pilot_schema)which))
            try_text((pilot_schema)which, (const char *)data, size);
    return 0;
}
