/* The JSON form of what the library works out. */
#ifndef PILOT_JSON_WRITE_H
#define PILOT_JSON_WRITE_H

#include "record/record.h"

extern const record pilot_award_record, pilot_report_record, pilot_vote_result_record,
    pilot_quote_record, pilot_outside_result_record, pilot_bill_record, pilot_bill_sum_record,
    pilot_comparison_result_record, pilot_choice_record, pilot_account_record;

#endif
