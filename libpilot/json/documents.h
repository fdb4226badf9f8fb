/* The documents that are read and written. */
#ifndef PILOT_JSON_DOCUMENTS_H
#define PILOT_JSON_DOCUMENTS_H

#include "pilot/json.h"
#include "read.h"
#include "record/record.h"

/* Room for the form in which a document is written, where that is another than its container's. */
typedef struct document_form document_form;

/* A document. Numbers of one that is read may be JSON numbers, and what is optional may be null; a
 * written document has one form for each value. */
typedef struct document {
    const record *type;
    bool patch; /* any part of the object, and of the objects in it, will do; a list is whole */
    const container *kind; /* of what the reader makes; NULL: it is only written */
    /* The document's record of what a writer takes; NULL: the container's own. */
    const void *(*form)(const void *value, document_form *room);
    size_t value_size; /* the reader gives the beginning of the container's record; 0: a container */
    /* What the container has to be beside its record; NULL: nothing. */
    pilot_status (*check)(const void *made, problems *to);
} document;

extern const words pilot_schema_words;

/* By pilot_schema. */
extern const document pilot_documents[PILOT_SCHEMA_COUNT];

/* *whole becomes the document's container, a reform's the policy that it makes of the notice's. Errors:
 * those of its reader. */
pilot_status pilot_document_whole(const document *d, const source *from, problems *to, void **whole);
/* What releases it. */
static inline void pilot_document_free(const document *d, void *whole)
{
    pilot_container_free(d->patch ? pilot_documents[PILOT_SCHEMA_POLICY].kind : d->kind, whole);
}

/* A document has a file of its own, in the folder above that of the calls: a schema's "$ref". */
void pilot_write_document_reference(writer *w, const document *d);

/* What a schema is made of. */
typedef struct schema_source {
    const record *type;
    pilot_phrase title;
    bool read;  /* numbers may be JSON numbers, and what is optional null */
    bool patch; /* as document.patch */
} schema_source;
/* *text becomes the record's JSON Schema. Errors: MEMORY. */
pilot_status pilot_record_schema(schema_source of, pilot_json_style style, char **text);

#endif
