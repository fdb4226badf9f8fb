/* The notice's rules held against a city's records: reports. */
#ifndef PILOT_CHECK_H
#define PILOT_CHECK_H

#include "rule.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Whether of two outcomes a is the worse: BREACH, UNKNOWN, PENDING, INFO, MET, NOT_APPLICABLE is the
 * order from the worst on. */
PILOT_API bool pilot_outcome_worse(pilot_outcome a, pilot_outcome b);

/* The outcomes of rules on records in memory: of each rule the worst that it finds among them, which is
 * the worst that a report of them has. subject: the city alone, for all of its records; or a community,
 * with what lies in it and, where it is the city's, its areas with what lies in them; or an area, or
 * both for that area alone. Records may be the city's or the caller's own, as for pilot_check_rule; of
 * the city's own it is known what they lie in. A rule that is asked of none of these records, such as
 * the city's and the districts' rules of a community, is NOT_APPLICABLE; one that needs the whole city
 * (pilot_rule_whole_city) is UNKNOWN for records outside of it.
 * rules: those that are asked, of which outcomes has one each in the same order; or NULL for all, in the
 * order of pilot_rule_at. count: of rules, or the room in outcomes, pilot_rule_count() at least.
 * outcomes: pilot_outcome in a byte. Nothing is allocated. error may be NULL; its path is that of
 * pilot_check_rule, or "/rules", "/outcomes".
 * Errors: ARGUMENT (a NULL; a subject that names no record; a rule that there is none of; a record has a
 * bool that is none), CAPACITY, RANGE (as_of; a record has a value for which a file is refused). */
PILOT_API pilot_status pilot_verdict(const pilot_policy *policy, const pilot_subject *subject,
                                     pilot_date as_of, const pilot_rule *const *rules, size_t count,
                                     uint8_t *outcomes, pilot_error *error);

typedef struct pilot_report pilot_report;

/* Every rule on every record it is asked of, in stable order: city, then districts, communities and
 * areas with the records that lie in them, each in the order of the file and the rules in the order
 * of the table. The report points into policy and city, which must outlive it. error may be NULL; its
 * path is "/as_of" for the day and "" for all else.
 * Errors: ARGUMENT, RANGE (as_of), MEMORY. */
PILOT_API pilot_status pilot_check(const pilot_policy *policy, const pilot_city *city, pilot_date as_of,
                                   pilot_report **report, pilot_error *error);
/* The same, until stop says so. Errors: STOPPED as well. */
PILOT_API pilot_status pilot_check_until(const pilot_policy *policy, const pilot_city *city,
                                         pilot_date as_of, const pilot_stop *stop, pilot_report **report,
                                         pilot_error *error);
/* NULL is fine. */
PILOT_API void pilot_report_free(pilot_report *report);

PILOT_API size_t pilot_report_size(const pilot_report *report);
/* Finding number index, decided again from policy and city: a report keeps only outcomes, so that it
 * stays small. Errors: ARGUMENT, NOT_FOUND (from pilot_report_size() on). */
PILOT_API pilot_status pilot_report_at(const pilot_report *report, size_t index, pilot_finding *finding);
/* The outcome of finding number index, which has to be there. */
PILOT_API pilot_outcome pilot_report_outcome(const pilot_report *report, size_t index);
/* The rule of finding number index, likewise. */
PILOT_API const pilot_rule *pilot_report_rule(const pilot_report *report, size_t index);
PILOT_API size_t pilot_report_count(const pilot_report *report, pilot_outcome outcome);
PILOT_API const pilot_receipt *pilot_report_receipt(const pilot_report *report);
PILOT_API const pilot_city *pilot_report_city(const pilot_report *report);
PILOT_API const pilot_policy *pilot_report_policy(const pilot_report *report);

/* One finding as a report has it. *text is NUL-terminated and released with pilot_text_free. Errors:
 * ARGUMENT (a NULL, a finding without a rule that there is, a value of no kind), RANGE (an outcome or a
 * day that is none), MEMORY. */
PILOT_API pilot_status pilot_finding_write(const pilot_finding *finding, pilot_json_style style,
                                           char **text);

/* Sets of outcomes: 1 << pilot_outcome. */
#define PILOT_OUTCOMES_ALL 0x3Fu
#define PILOT_OUTCOMES_OPEN 0x1Eu /* neither MET nor NOT_APPLICABLE */

/* Zero and NULL members do not filter. */
typedef struct pilot_report_filter {
    uint32_t outcomes;     /* 1 << pilot_outcome bits */
    uint32_t scopes;       /* 1 << pilot_scope bits */
    const char *clause;    /* rules that cite it, or a clause of the section it names ("4.4") */
    const char *district;  /* id: its own findings and those of its communities and areas */
    const char *community; /* id: likewise */
} pilot_report_filter;

/* The first finding from index on that passes; pilot_report_size() where there is none. filter: NULL
 * passes all. */
PILOT_API size_t pilot_report_next(const pilot_report *report, size_t index,
                                   const pilot_report_filter *filter);

/* The findings of a district or community and of what lies in it, by outcome. */
typedef struct pilot_summary {
    const char *id, *name; /* the city owns them; name may be NULL */
    size_t counts[PILOT_OUTCOME_COUNT];
} pilot_summary;

/* A row for each district or each community of the city, in the order of the file.
 * Errors: ARGUMENT (a NULL, another scope than these), CAPACITY (fewer rows than records). */
PILOT_API pilot_status pilot_report_summaries(const pilot_report *report, pilot_scope scope,
                                              pilot_summary *rows, size_t capacity);

/* The findings that pass, by outcome: a row for each district, in the order of the file, and a last one,
 * whose id is "", for those that lie in no district, which are the city's own. Together the rows are all
 * that pass. filter: NULL passes all.
 * Errors: ARGUMENT (a NULL but for the filter), CAPACITY (fewer rows than districts and one). */
PILOT_API pilot_status pilot_report_by_district(const pilot_report *report,
                                                const pilot_report_filter *filter, pilot_summary *rows,
                                                size_t capacity);

/* Two reports of one city have the same findings in the same order. The first from index on whose
 * outcomes differ; the size where none do, or where the reports are not of one city. */
PILOT_API size_t pilot_report_difference(const pilot_report *a, const pilot_report *b, size_t index);

/* The report for people: the findings that pass, breaches first, then unknown, pending and info, each
 * with what to do next and who has to do it, with receipt and counts, in all, by district and of the
 * city itself, of all outcomes of what passes otherwise. *text is
 * NUL-terminated and released with pilot_text_free. Errors: ARGUMENT, MEMORY. */
PILOT_API pilot_status pilot_report_print(const pilot_report *report, const pilot_report_filter *filter,
                                          pilot_language language, char **text);
/* The same, until stop says so. Errors: STOPPED as well. */
PILOT_API pilot_status pilot_report_print_until(const pilot_report *report,
                                                const pilot_report_filter *filter,
                                                pilot_language language, const pilot_stop *stop,
                                                char **text);

/* What changes under each other option of each disputed reading: the outcomes that would be others.
 * Errors and ownership as above. */
PILOT_API pilot_status pilot_readings_print(const pilot_report *report, pilot_language language,
                                            char **text);
/* The same, until stop says so. Errors: STOPPED as well. */
PILOT_API pilot_status pilot_readings_print_until(const pilot_report *report, pilot_language language,
                                                  const pilot_stop *stop, char **text);

/* What in the library carries a clause out: "rule office_area", "parameter rates", "function
 * pilot_award_compute". Copies binding number index of the clause to text (cut at size), in stable
 * order. Errors: ARGUMENT, NOT_FOUND (from the clause's number of bindings on). */
PILOT_API pilot_status pilot_clause_binding(const char *clause, size_t index, char *text, size_t size);

/* The findings that pass the filter, with receipt, counts of all, and summaries by district and by
 * community. filter: NULL passes all. */
PILOT_API pilot_status pilot_report_write(const pilot_report *report, const pilot_report_filter *filter,
                                          pilot_json_style style, char **text);
/* The same, until stop says so. Errors: STOPPED as well. */
PILOT_API pilot_status pilot_report_write_until(const pilot_report *report,
                                                const pilot_report_filter *filter,
                                                pilot_json_style style, const pilot_stop *stop,
                                                char **text);

#ifdef __cplusplus
}
#endif
#endif
