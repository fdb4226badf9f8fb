/* The library as one function, for any language that has text: JSON in, JSON out, nothing kept between
 * two calls. docs/reference.md lists the calls, docs/schema/call has the schemas of what each takes and
 * gives, and openapi.json all of them; they are made from the table that answers. */
#ifndef PILOT_CALL_H
#define PILOT_CALL_H

#include "check.h"
#include "json.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

/* request: one object, length bytes, no final NUL needed, read as strictly as any document. Its "call"
 * names what is asked for: {"call":"award","claim":{...}}. "policy", where a call takes one, is a reform
 * of the notice's policy, as a whole policy is too; without it the notice's own counts.
 * *response is compact JSON, canonical as all that the library writes, NUL-terminated and released with
 * pilot_text_free:
 *   {"status":"ok","result":{...}}, or
 *   {"status":"range","problem_count":1,"problems":[{"status":"range","path":"/claim/first","line":1,
 *    "column":31,"value":"...","zh":"...","en":"..."}]}
 * with all that is wrong with the request, at most PILOT_CALL_PROBLEMS_MAX of it listed.
 * OK whenever there is a response. Errors: ARGUMENT (a NULL), MEMORY. */
PILOT_API pilot_status pilot_call(const char *request, size_t length, char **response);

#define PILOT_CALL_PROBLEMS_MAX 200

/* Documents that the caller has read before, so that no request has to have them. Zero members are not
 * given. */
typedef struct pilot_call_given {
    const pilot_policy *policy;
    const pilot_city *city;
    const pilot_menu *menu;
    const pilot_account_case *account;
    const pilot_report *report; /* with its city, its policy and its day, unless those are given too */
} pilot_call_given;

/* The same beside what is given, until stop says so; what the request has itself goes before. given and
 * stop may be NULL. Errors: STOPPED as well. */
PILOT_API pilot_status pilot_call_with(const pilot_call_given *given, const char *request, size_t length,
                                       const pilot_stop *stop, char **response);

/* What can be called. */
PILOT_API size_t pilot_call_count(void);
/* The name and what it does, in one line; zh and en constants. name NULL from pilot_call_count() on. */
PILOT_API pilot_word pilot_call_at(size_t index);

/* The JSON Schema (2020-12) of what a call takes or of what it gives as "result". Documents stand in
 * them as references to their own schemas, "../city.schema.json". Errors: ARGUMENT, NOT_FOUND (no such
 * call), MEMORY. */
PILOT_API pilot_status pilot_call_request_schema(const char *call, pilot_json_style style, char **text);
PILOT_API pilot_status pilot_call_result_schema(const char *call, pilot_json_style style, char **text);
/* Of what is around every result. Errors: ARGUMENT, MEMORY. */
PILOT_API pilot_status pilot_call_response_schema(pilot_json_style style, char **text);
/* All calls as an OpenAPI 3.1 document, which refers to the schemas beside it: POST /award takes what
 * the call "award" does. Errors: ARGUMENT, MEMORY. */
PILOT_API pilot_status pilot_call_openapi(pilot_json_style style, char **text);

#ifdef __cplusplus
}
#endif
#endif
