#ifndef PILOT_REPORT_INTERNAL_H
#define PILOT_REPORT_INTERNAL_H

#include "pilot/check.h"
#include "rules/subject.h"

/* As pilot_report_at, pilot_report_next and pilot_report_summaries, until stopped: STOPPED, or the size.
 */
pilot_status pilot_report_at_until(const pilot_report *report, size_t index, stopping *stop,
                                   pilot_finding *finding);
size_t pilot_report_next_until(const pilot_report *report, size_t index,
                               const pilot_report_filter *filter, stopping *stop);
pilot_status pilot_report_by_district_until(const pilot_report *report,
                                            const pilot_report_filter *filter, pilot_summary *rows,
                                            size_t capacity, stopping *stop);
pilot_status pilot_report_summaries_until(const pilot_report *report, pilot_scope scope,
                                          pilot_summary *rows, size_t capacity, stopping *stop);

/* Of pilot_report_write and pilot_finding_write. */
extern const record pilot_report_record, pilot_finding_record;

#endif
