/* What calls take and give, as JSON Schemas and as an OpenAPI document. */
#include "call.h"

#include "base/base_internal.h"

#include <stdio.h>

extern const record pilot_call_response_record; /* call.c */

static pilot_status write_schema(const call_row *row, const record *type, bool read,
                                 pilot_json_style style, char **text)
{
    if (!row)
        return PILOT_ERROR_NOT_FOUND;
    const schema_source of = {type, {row->zh, row->en}, read, false};
    return pilot_record_schema(of, style, text);
}

pilot_status pilot_call_request_schema(const char *call, pilot_json_style style, char **text)
{
    const call_row *row = pilot_call_named(call);
    return call && text ? write_schema(row, row ? row->request : NULL, true, style, text)
                        : PILOT_ERROR_ARGUMENT;
}

/* A document is known by its own schema; and of a schema no more is said than that it is an object. */
static pilot_status write_reference(const document *d, pilot_json_style style, char **text)
{
    writer w = pilot_writer_text(style == PILOT_JSON_INDENTED);
    pilot_write_open(&w, NULL, '{');
    if (d) {
        pilot_write_document_reference(&w, d);
    } else {
        pilot_write_string(&w, "description", "a JSON Schema (2020-12)");
        pilot_write_string(&w, "type", "object");
    }
    pilot_write_close(&w, '}');
    return pilot_writer_finish(&w, text);
}

pilot_status pilot_call_result_schema(const char *call, pilot_json_style style, char **text)
{
    const call_row *row = pilot_call_named(call);
    if (!call || !text)
        return PILOT_ERROR_ARGUMENT;
    if (!row)
        return PILOT_ERROR_NOT_FOUND;
    return row->result ? write_schema(row, row->result, false, style, text)
                       : write_reference(row->document, style, text);
}

static void write_content(writer *w, const char *file)
{
    pilot_write_open(w, "content", '{');
    pilot_write_open(w, "application/json", '{');
    pilot_write_open(w, "schema", '{');
    pilot_write_string(w, "$ref", file);
    pilot_write_close(w, '}');
    pilot_write_close(w, '}');
    pilot_write_close(w, '}');
}

static void write_response(writer *w, const call_row *row)
{
    char file[96];
    pilot_write_open(w, "200", '{');
    pilot_write_string(w, "description", "the result, or all problems of the request");
    pilot_write_open(w, "content", '{');
    pilot_write_open(w, "application/json", '{');
    pilot_write_open(w, "schema", '{');
    pilot_write_open(w, "allOf", '[');
    pilot_write_open(w, NULL, '{');
    pilot_write_string(w, "$ref", "response.schema.json");
    pilot_write_close(w, '}');
    pilot_write_open(w, NULL, '{');
    pilot_write_open(w, "properties", '{');
    pilot_write_open(w, "result", '{');
    snprintf(file, sizeof file, "%s.result.schema.json", row->name);
    pilot_write_string(w, "$ref", file);
    pilot_write_close(w, '}');
    pilot_write_close(w, '}');
    pilot_write_close(w, '}');
    pilot_write_close(w, ']');
    pilot_write_close(w, '}');
    pilot_write_close(w, '}');
    pilot_write_close(w, '}');
    pilot_write_close(w, '}');
}

static void write_path(writer *w, const call_row *row)
{
    char text[96];
    snprintf(text, sizeof text, "/%s", row->name);
    pilot_write_open(w, text, '{');
    pilot_write_open(w, "post", '{');
    pilot_write_string(w, "operationId", row->name);
    pilot_write_string(w, "summary", row->en);
    pilot_write_string(w, "x-zh", row->zh);
    pilot_write_open(w, "requestBody", '{');
    pilot_write_bool(w, "required", true);
    snprintf(text, sizeof text, "%s.request.schema.json", row->name);
    write_content(w, text);
    pilot_write_close(w, '}');
    pilot_write_open(w, "responses", '{');
    write_response(w, row);
    pilot_write_close(w, '}');
    pilot_write_close(w, '}');
    pilot_write_close(w, '}');
}

pilot_status pilot_call_openapi(pilot_json_style style, char **text)
{
    if (!text)
        return PILOT_ERROR_ARGUMENT;
    writer w = pilot_writer_text(style == PILOT_JSON_INDENTED);
    pilot_write_open(&w, NULL, '{');
    pilot_write_string(&w, "openapi", "3.1.0");
    pilot_write_open(&w, "info", '{');
    pilot_write_string(&w, "title", "libpilot");
    pilot_write_string(&w, "description",
                       "The Nanchang pilot scheme for property services in old "
                       "residential areas: what pilot_call answers.");
    pilot_write_string(&w, "version", PILOT_VERSION);
    pilot_write_close(&w, '}');
    pilot_write_string(&w, "jsonSchemaDialect", "https://json-schema.org/draft/2020-12/schema");
    pilot_write_open(&w, "paths", '{');
    const call_row *row;
    for (size_t i = 0; (row = pilot_call_row(i)); i++)
        write_path(&w, row);
    pilot_write_close(&w, '}');
    pilot_write_close(&w, '}');
    return pilot_writer_finish(&w, text);
}

pilot_status pilot_call_response_schema(pilot_json_style style, char **text)
{
    const schema_source of = {
        &pilot_call_response_record, {"调用的答复", "What a call gives"}, false, false};
    return text ? pilot_record_schema(of, style, text) : PILOT_ERROR_ARGUMENT;
}
