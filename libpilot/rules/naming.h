/* What a finding calls things: titles for the codes that it has. */
#ifndef PILOT_RULES_NAMING_H
#define PILOT_RULES_NAMING_H

#include "base/sentence.h"
#include "subject.h"

/* Of what a piece of evidence is, and how it is said. */
typedef struct evidence_of {
    pilot_scope scope; /* of the record that has the field */
    bool question;     /* 是否明码标价 */
} evidence_of;

/* A key path that a rule of the scope may miss, as pilot_missing has it, in words: 服务合同的签订日期.
 * Looked for in the rule's record, in that which it lies in, in the city and in what lies there. False,
 * and nothing is said, where it is in none. */
bool pilot_say_evidence(sentence *out, pilot_scope of, const char *path, pilot_language language,
                        evidence_of *found);

/* The place of the evidence that a finding misses, as JSON pointer into its city's file; nothing is
 * said where it has none. */
void pilot_say_place(sentence *out, const pilot_finding *f);

/* The record of the scope that the subject is of, likewise: "/areas/3/contracts/0". */
bool pilot_say_record(sentence *out, const pilot_subject *s, pilot_scope scope);

/* What a field is called by itself, as the head of a column has it: 面积. */
void pilot_say_field(sentence *out, const field *f, pilot_language language);

/* A word of a finding's set, up to what only explains it: 物业管理用房，新建、改建或租赁. */
void pilot_say_lacking(sentence *out, const pilot_word *word, pilot_language language);

/* What a word of a finding is called. False, and nothing is said, where it is the records' own: an id.
 */
bool pilot_say_word(sentence *out, const pilot_finding *f, const char *word, pilot_language language);

/* Whether the word is the key of an answer that has to be yes. */
bool pilot_is_answer_key(const pilot_finding *f, const char *word);

/* The body, with the place that it is of where the finding is of one: 东湖区政府. */
void pilot_say_actor(sentence *out, const pilot_finding *f, pilot_actor actor, pilot_language language);

#endif
