#ifndef PILOT_ACCOUNT_INTERNAL_H
#define PILOT_ACCOUNT_INTERNAL_H

#include "pilot/account.h"
#include "record.h"

extern const words pilot_income_source_words;
extern const words pilot_purpose_words;
extern const words pilot_margin_words;

/* An account's JSON form: its terms, with the claim in place. */
typedef struct account_document {
    pilot_account_terms terms; /* whose claim is the one below, where that is given */
    pilot_claim claim;
} account_document;
extern const record pilot_account_case_record, pilot_account_claim_record;

struct pilot_account_case {
    arena memory; /* of everything below */
    account_document document;
};

/* What pilot_account_compute refuses of terms, whatever the policy. Errors: as there. */
pilot_status pilot_account_terms_check(const pilot_account_terms *terms, pilot_error *error);

#endif
