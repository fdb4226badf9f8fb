/* What a rule is asked of, and where in a city it lies. */
#ifndef PILOT_SUBJECT_H
#define PILOT_SUBJECT_H

#include "base/stop.h"
#include "pilot/rule.h"
#include "record/record.h"

extern const words pilot_outcome_words, pilot_scope_words;

/* The rule of the tables that this is or is a copy of; NULL where there is none. */
const pilot_rule *pilot_rule_itself(const pilot_rule *rule);

/* The name where there is one, else the id, else "". */
const char *pilot_name_or_id(const char *name, const char *id);

/* A scope whose records lie in those of another: where their list is, and where the subject points at
 * one. */
typedef struct child_scope {
    pilot_scope scope, parent; /* parent: COMMUNITY or AREA */
    const char *key;           /* of the list */
    size_t list, count, size;
    size_t member; /* of pilot_subject */
} child_scope;
#define PILOT_CHILD_SCOPES 7
extern const child_scope pilot_child_scopes[PILOT_CHILD_SCOPES];

/* The scope whose record a scope's lie in, or itself. */
pilot_scope pilot_own_scope(pilot_scope scope);
/* Of whose records the rules that carry the clause out are asked, 1 << pilot_scope bits: CITY to AREA.
 */
uint32_t pilot_clause_scopes(const char *clause);
/* No record has two pieces of evidence for a clause, and none for a clause that is not asked of it.
 * Errors: NOT_FOUND (no clause of the catalogue), DUPLICATE_ID, INCONSISTENT. */
pilot_status pilot_evidence_check(const pilot_records *records, problems *to);

/* The same of a record of the scope, CITY to AREA, that has this path: "/evidence/2/clause". A city is
 * looked at with its records. */
pilot_status pilot_evidence_check_in(pilot_scope scope, const void *item, pilot_error *error);

/* The table of the record that a rule of the scope is asked of. */
const record *pilot_record_of(pilot_scope scope);

/* NULL for a scope of its own. */
const child_scope *pilot_child_scope(pilot_scope scope);
/* The list's first record and their number; none where it or its parent is not known. */
const char *pilot_child_list(const child_scope *child, const pilot_subject *s, size_t *count);
/* Whether the subject's record of the scope, which is not the city, is one of its city, and which of the
 * list that it lies in. */
bool pilot_subject_index(const pilot_subject *s, pilot_scope scope, size_t *index);
/* The subject's record of the scope; NULL where it has none. */
const void *pilot_subject_record(const pilot_subject *s, pilot_scope scope);
/* The records that a rule of the scope may look at, where the caller filled them in: those of a city
 * were checked when that was read. error may be NULL; its path has the subject's member before the
 * record's. Errors: those of pilot_record_check. */
pilot_status pilot_subject_check(const pilot_subject *s, pilot_scope scope, pilot_error *error);

#endif
