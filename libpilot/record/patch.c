/* What leads from one record to another. */
#include "record.h"

#include <stdlib.h>
#include <string.h>

/* A field's value is what is written of it. */
static bool is_same(writer *w, const field *f, const void *from, const void *to)
{
    writer a = pilot_writer_text(false), b = pilot_writer_text(false);
    pilot_field_write(&a, f, from);
    pilot_field_write(&b, f, to);
    w->failed = w->failed || a.failed || b.failed;
    const bool same = a.length == b.length && (!a.length || memcmp(a.text, b.text, a.length) == 0);
    free(a.text);
    free(b.text);
    return same;
}

void pilot_record_write_patch(writer *w, const char *key, const record *type, const void *from,
                              const void *to)
{
    pilot_write_open(w, key, '{');
    for (size_t i = 0; i < type->field_count; i++) {
        const field *f = &type->fields[i];
        if (is_same(w, f, from, to))
            continue;
        if (f->kind == FIELD_RECORD)
            pilot_record_write_patch(w, f->key, f->of, field_in(from, f), field_in(to, f));
        else
            pilot_field_write(w, f, to);
    }
    pilot_write_close(w, '}');
}
