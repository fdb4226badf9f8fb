/* Text in, text out. Reading is strict: UTF-8, keys of exact case, no key twice, no unknown key (those
 * that begin with "x-" are yours and are ignored), nothing after the end, no number with more than 15
 * digits or an exponent, limits on size and depth. A refused text leaves nothing behind, and the error
 * has the place. Written text is canonical: the same value, the same bytes. */
#ifndef PILOT_JSON_H
#define PILOT_JSON_H

#include "account.h"
#include "check.h"
#include "menu.h"
#include "outside.h"
#include "order.h"
#include "vote.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PILOT_JSON_SIZE_MAX (INT32_C(1) << 30) /* bytes */
#define PILOT_JSON_DEPTH_MAX 32

/* text: length bytes, no final NUL needed. error may be NULL.
 * Errors of all readers: ARGUMENT, MEMORY, LIMIT, ENCODING, SYNTAX, TYPE, FORMAT, PRECISION, RANGE,
 * OVERFLOW, ORDER, DUPLICATE_KEY, UNKNOWN_KEY, MISSING_KEY, DUPLICATE_ID, DANGLING_ID, INCONSISTENT. */
PILOT_API pilot_status pilot_policy_parse(const char *text, size_t length, pilot_policy **policy,
                                          pilot_error *error);
/* A reform: the policy with an RFC 7396 merge patch applied and the whole validated again. */
PILOT_API pilot_status pilot_policy_patch(const pilot_policy *policy, const char *patch, size_t length,
                                          pilot_policy **reform, pilot_error *error);
/* The reform that leads from one policy to another: pilot_policy_patch of the one with it gives the
 * other.
 * "{}" of two alike. Errors: ARGUMENT, MEMORY. *patch is released with pilot_text_free. */
PILOT_API pilot_status pilot_policy_diff(const pilot_policy *from, const pilot_policy *to,
                                         pilot_json_style style, char **patch);
/* Its menus are refused as by pilot_menu_new, MISSING_VALUE among the errors, and its counted votes as
 * by pilot_vote_decide: "/menus/1/services/0/grades", "/areas/0/votes/1/totals/in_favour". So is
 * evidence in a record that its clause is not asked of, and a second one for a clause in one record:
 * "/districts/0/evidence/2/clause". */
PILOT_API pilot_status pilot_city_parse(const char *text, size_t length, pilot_city **city,
                                        pilot_error *error);
/* Beside the readers' errors, MISSING_VALUE: as pilot_menu_new. */
PILOT_API pilot_status pilot_menu_parse(const char *text, size_t length, pilot_menu **menu,
                                        pilot_error *error);

/* An account's terms. Release with pilot_account_case_free. Beside the readers' errors, MISSING_VALUE:
 * as pilot_account_compute, but for what depends on the policy. */
PILOT_API pilot_status pilot_account_parse(const char *text, size_t length,
                                           pilot_account_case **account_case, pilot_error *error);

/* A vote: held_on, matter, and either its totals (all, in_favour, against, abstained) or its units,
 * which are counted as pilot_vote_count does. *totals points at nothing. Errors: as above, and
 * MISSING_VALUE (a unit without owner). */
PILOT_API pilot_status pilot_vote_totals_parse(const char *text, size_t length,
                                               pilot_vote_totals *totals, pilot_error *error);

/* The money outside the gate: what pilot_outside_compute takes, and refuses. Beside the readers' errors,
 * MISSING_VALUE. Release with pilot_outside_free. */
PILOT_API pilot_status pilot_outside_parse(const char *text, size_t length, pilot_outside_file **file,
                                           pilot_error *error);

/* An order. What is asked for is not held against any menu: pilot_quote_compute and its like do that. */
PILOT_API pilot_status pilot_order_parse(const char *text, size_t length, pilot_order **order,
                                         pilot_error *error);
/* A comparison. Beside the readers' errors, MISSING_VALUE: as pilot_menu_new of one of its menus; RANGE:
 * fewer than two offers. */
PILOT_API pilot_status pilot_comparison_parse(const char *text, size_t length,
                                              pilot_comparison **comparison, pilot_error *error);
/* A contest: a vote among offers, by their votes or by units, which are counted as pilot_vote_count
 * does. Beside the readers' errors, RANGE: no offers; MISSING_VALUE: an offer without votes where there
 * are no units, a unit without owner, a ballot in favour of no offer. INCONSISTENT: totals beside units,
 * an offer named by a ballot that is not in favour; OVERFLOW: the sum of the offers' votes. */
PILOT_API pilot_status pilot_contest_parse(const char *text, size_t length, pilot_contest **contest,
                                           pilot_error *error);

/* A city of a caller's records: checked as a text's are, with the same paths, and copied with all that
 * they point at. What refers to a record points at it in its list: an area's communities into
 * records->communities, a contract's menu, cast, into records->menus; evidence points at the catalogue's
 * clause. A list whose pointer is NULL is not known, or empty where a file has to have it, and its count
 * is 0. Errors: ARGUMENT (a NULL, a bool that is none, a count of a list that is NULL), MEMORY, RANGE
 * (an enum or an answer that is none as well), ORDER, FORMAT, ENCODING, MISSING_KEY, DUPLICATE_ID,
 * DANGLING_ID, NOT_FOUND (a clause that is not the catalogue's), INCONSISTENT, MISSING_VALUE. */
PILOT_API pilot_status pilot_city_new(const pilot_records *records, pilot_city **city,
                                      pilot_error *error);

/* A record that a rule is asked of, as it stands in a city file: of a rule of offices an office, of a
 * rule of the city a city file. What the rule does not read need not be there: keys that a city file has
 * to have neither, nor the records that it names, but for a menu. */
typedef struct pilot_rule_records {
    pilot_json_text record;
    pilot_json_text area, community, district; /* that it lies in, where the rule reads some of it */
    pilot_json_text city; /* other records of the city: menus, or all, which pilot_rule_whole_city tells.
                             What is known of a record given above goes before what the city says of
                             the same id, member by member */
} pilot_rule_records;

/* One rule, one record. The finding points into *city, a small one made of what was given, which is
 * released with pilot_city_free; what is not known there is zero or NULL. Paths of errors are those
 * within the record, of the others with a name before them: "/offices/0/area_m2",
 * "/community/assessments/0". rule may be a copy. Beside the readers' errors: ARGUMENT (a NULL; a record
 * that this one does not lie in), MISSING_VALUE (a rule that needs the whole city is asked without it),
 * RANGE (as_of). */
PILOT_API pilot_status pilot_check_rule_text(const pilot_policy *policy, const pilot_rule *rule,
                                             const pilot_rule_records *records, pilot_date as_of,
                                             pilot_city **city, pilot_finding *finding,
                                             pilot_error *error);

/* The documents that there are schemas of. */
typedef enum pilot_schema {
    PILOT_SCHEMA_CITY = 0,
    PILOT_SCHEMA_POLICY = 1,
    PILOT_SCHEMA_REFORM = 2, /* what pilot_policy_patch takes */
    PILOT_SCHEMA_REPORT = 3,
    PILOT_SCHEMA_AWARD = 4,
    PILOT_SCHEMA_VOTE_TOTALS = 5,
    PILOT_SCHEMA_VOTE = 6, /* what pilot_vote_result_write gives */
    PILOT_SCHEMA_MENU = 7,
    PILOT_SCHEMA_QUOTE = 8,
    PILOT_SCHEMA_OUTSIDE = 9,
    PILOT_SCHEMA_OUTSIDE_RESULT = 10,
    PILOT_SCHEMA_ORDER = 11,
    PILOT_SCHEMA_BILL = 12,
    PILOT_SCHEMA_BILL_SUM = 13,
    PILOT_SCHEMA_COMPARISON = 14,
    PILOT_SCHEMA_COMPARISON_RESULT = 15, /* what pilot_comparison_result_write gives */
    PILOT_SCHEMA_CONTEST = 16,
    PILOT_SCHEMA_CHOICE = 17, /* what pilot_choice_write gives */
    PILOT_SCHEMA_ACCOUNT = 18,
    PILOT_SCHEMA_ACCOUNT_RESULT = 19, /* what pilot_account_write gives */
} pilot_schema;
#define PILOT_SCHEMA_COUNT 20

/* What the reader of a document does, for a text that may be long and until stop says so. document: one
 * that has a reader above. made: where that reader puts what it makes, a pilot_city ** of
 * PILOT_SCHEMA_CITY, the pilot_vote_totals * of PILOT_SCHEMA_VOTE_TOTALS. Errors: those of that reader;
 * ARGUMENT (another document); STOPPED. */
PILOT_API pilot_status pilot_document_parse(pilot_schema document, const char *text, size_t length,
                                            const pilot_stop *stop, void *made, pilot_error *error);

/* A JSON value that a program has in its own form, such as a dict of Python's. Texts and keys are
 * NUL-terminated UTF-8. */
typedef enum pilot_json_kind {
    PILOT_JSON_NULL = 0,
    PILOT_JSON_FALSE = 1,
    PILOT_JSON_TRUE = 2,
    PILOT_JSON_NUMBER = 3,
    PILOT_JSON_TEXT = 4,
    PILOT_JSON_LIST = 5,
    PILOT_JSON_OBJECT = 6,
} pilot_json_kind;
typedef struct pilot_json_value {
    pilot_json_kind kind;
    const char *key;                      /* of an object's member; NULL of any other */
    const char *text;                     /* of a text, or a number as JSON writes it; else NULL */
    const struct pilot_json_value *first; /* that lies in a list or an object; NULL: nothing does */
    const struct pilot_json_value *next;  /* beside it; NULL: it is the last */
} pilot_json_value;
PILOT_WORDED(pilot_json_kind, pilot_json_kind); /* "object" */

/* The document that the value is: as pilot_document_parse reads its text, without one. What is made
 * keeps nothing of the value. A key that the document knows and the value has twice is refused; errors
 * have their paths and no lines. Errors: those of pilot_document_parse; ARGUMENT (a kind that is none, a
 * text or a key that is NULL). */
PILOT_API pilot_status pilot_document_read(pilot_schema document, const pilot_json_value *value,
                                           const pilot_stop *stop, void *made, pilot_error *error);

/* Every problem of a text that can be found in one pass, in the order of the text: the first capacity of
 * them, each as the reader's error would be, and *count, how many there are. One mistake is one problem,
 * and what may follow from it is not told: a record with a problem is not held against itself as a whole
 * (but for its order of days and months), and where the id of some record was not read, nothing that
 * refers to its list is dangling. Text that is not JSON is read up to there, and units of a vote are
 * counted where all else is good. errors may be NULL. A reform is read as one of the notice's
 * policy. Returns the first one's status, OK where there is none; *count is untouched with ARGUMENT (a
 * NULL, a document without a reader), MEMORY and STOPPED. */
PILOT_API pilot_status pilot_problems(pilot_schema document, const char *text, size_t length,
                                      const pilot_stop *stop, pilot_error *errors, size_t capacity,
                                      size_t *count);
/* The same of a caller's record, in the order in which they are found: the pilot_records of
 * PILOT_SCHEMA_CITY, the pilot_parameters of PILOT_SCHEMA_POLICY, the pilot_price_list of
 * PILOT_SCHEMA_MENU. ARGUMENT: any other. */
PILOT_API pilot_status pilot_record_problems(pilot_schema document, const void *record,
                                             pilot_error *errors, size_t capacity, size_t *count);

/* Sets the error's line and column from its path, where a calculation has refused what was parsed from
 * this text. A path that leads nowhere in it gives the place of the last part that does. Errors:
 * ARGUMENT, MEMORY; those of a text that is not JSON, which leave the error as it is. */
PILOT_API pilot_status pilot_error_locate(const char *text, size_t length, pilot_error *error);

/* *text is NUL-terminated and released with pilot_text_free. Errors of all writers: ARGUMENT, MEMORY. */
PILOT_API pilot_status pilot_policy_write(const pilot_policy *policy, pilot_json_style style,
                                          char **text);
PILOT_API pilot_status pilot_city_write(const pilot_city *city, pilot_json_style style, char **text);
PILOT_API pilot_status pilot_menu_write(const pilot_menu *menu, pilot_json_style style, char **text);

/* What pilot_account_parse takes. */
PILOT_API pilot_status pilot_account_terms_write(const pilot_account_terms *terms,
                                                 pilot_json_style style, char **text);

PILOT_API pilot_status pilot_vote_totals_write(const pilot_vote_totals *totals, pilot_json_style style,
                                               char **text);

PILOT_API pilot_status pilot_outside_write(const pilot_outside *outside, pilot_json_style style,
                                           char **text);

/* As it was read, in canonical form. */
PILOT_API pilot_status pilot_order_write(const pilot_order *order, pilot_json_style style, char **text);
PILOT_API pilot_status pilot_comparison_write(const pilot_comparison *comparison, pilot_json_style style,
                                              char **text);
PILOT_API pilot_status pilot_contest_write(const pilot_contest *contest, pilot_json_style style,
                                           char **text);

/* What the writer of a document does, for one that may be long and until stop says so. document: one
 * that has a reader above. value: what that writer takes, a pilot_city * of PILOT_SCHEMA_CITY. Errors:
 * those of all writers; ARGUMENT (another document); STOPPED. */
PILOT_API pilot_status pilot_document_write(pilot_schema document, const void *value,
                                            pilot_json_style style, const pilot_stop *stop, char **text);

PILOT_WORDED(pilot_schema, pilot_schema); /* "city", "comparison_result" */

/* The JSON Schema (2020-12) of a document, made from the tables that read and write it. It refuses no
 * document that is read. It cannot see what lies between values (a repeated id, a reference to a record
 * that is not there, rates that overlap) or in a number's digits (an exponent, decimals too many), nor
 * what is no JSON: those only a reader refuses. "x-clause" names the clause that a value comes
 * from; "x-zh" says in Chinese what "description" says in English, and "x-title-zh" what "title" says.
 * Errors: ARGUMENT, MEMORY. */
PILOT_API pilot_status pilot_schema_write(pilot_schema schema, pilot_json_style style, char **text);

#ifdef __cplusplus
}
#endif
#endif
