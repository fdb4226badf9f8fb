/* What holds of any text as a document: it is refused with a place, or what is read is written, read and
 * written again as the same bytes; and what is made of it holds together. */
#ifndef TESTS_FUZZ_DOCUMENTS_H
#define TESTS_FUZZ_DOCUMENTS_H

#include "fuzz.h"

#include "json/documents.h"

enum { AS_OF = 18321 }; /* 2020-02-29 */

static inline void check_error(pilot_status status, const pilot_error *error)
{
    require(error->status == status && *error->message && *error->message_zh);
    require((error->line > 0) == (error->column > 0));
}

/* status: what the document's reader gives. */
static inline void try_problems(pilot_schema which, const char *text, size_t size, pilot_status status)
{
    pilot_error errors[8];
    size_t count = 0;
    const pilot_status first = pilot_problems(which, text, size, NULL, errors, 8, &count);
    require((first == PILOT_OK) == (status == PILOT_OK) && (first == PILOT_OK) == (count == 0));
    for (size_t i = 0; i < count && i < 8; i++) {
        const pilot_error *before = &errors[i ? i - 1 : 0];
        check_error(i ? errors[i].status : first, &errors[i]);
        require(before->line < errors[i].line ||
                (before->line == errors[i].line && before->column <= errors[i].column));
    }
}

static inline pilot_policy *notice(void)
{
    pilot_policy *policy;
    require(pilot_policy_nanchang_2019(&policy) == PILOT_OK);
    return policy;
}

/* A report is the same each time, and a verdict has each rule's worst of it. */
static inline void try_city(const pilot_city *city)
{
    pilot_policy *policy = notice();
    char *written[2];
    uint8_t outcomes[256], worst[256];
    memset(worst, PILOT_NOT_APPLICABLE, sizeof worst);
    for (int i = 0; i < 2; i++) {
        pilot_report *report;
        require(pilot_check(policy, city, AS_OF, &report, NULL) == PILOT_OK);
        require(pilot_report_write(report, NULL, PILOT_JSON_COMPACT, &written[i]) == PILOT_OK);
        for (size_t k = 0; k < pilot_report_size(report); k++) {
            const pilot_outcome found = pilot_report_outcome(report, k);
            for (size_t r = 0; r < pilot_rule_count(); r++)
                if (pilot_rule_at(r) == pilot_report_rule(report, k) &&
                    pilot_outcome_worse(found, worst[r]))
                    worst[r] = (uint8_t)found;
        }
        pilot_report_free(report);
    }
    require(strcmp(written[0], written[1]) == 0);
    pilot_text_free(written[0]);
    pilot_text_free(written[1]);
    const pilot_subject whole = {.city = city};
    require(pilot_verdict(policy, &whole, AS_OF, NULL, sizeof outcomes, outcomes, NULL) == PILOT_OK);
    for (size_t r = 0; r < pilot_rule_count(); r++)
        require(outcomes[r] == worst[r]);
    pilot_policy_free(policy);
}

/* The reform that leads from the notice's policy to it is it. */
static inline void try_policy(const pilot_policy *policy)
{
    pilot_policy *base = notice(), *again;
    char *patch;
    require(pilot_policy_diff(base, policy, PILOT_JSON_COMPACT, &patch) == PILOT_OK);
    require(pilot_policy_patch(base, patch, strlen(patch), &again, NULL) == PILOT_OK);
    require(pilot_policy_fingerprint(again) == pilot_policy_fingerprint(policy));
    pilot_text_free(patch);
    pilot_policy_free(again);
    pilot_policy_free(base);
}

/* What parties lose others get. */
static inline void try_outside(const pilot_outside *outside)
{
    pilot_policy *policy = notice();
    pilot_outside_result result;
    uint64_t sum = 0;
    const pilot_status status = pilot_outside_compute(policy, outside, &result, NULL, NULL, NULL);
    require(status == PILOT_OK || status == PILOT_ERROR_OVERFLOW);
    for (int i = 0; status == PILOT_OK && i < PILOT_PARTY_COUNT; i++)
        sum += (uint64_t)result.ledger[i];
    require(sum == 0);
    pilot_policy_free(policy);
}

/* Months add up to years and years to the whole; what is carried out is what was carried in and came in
 * less what went out, with the lack of either made up. */
static inline void try_account(const pilot_account_terms *terms)
{
    enum { MONTHS = 12 * (PILOT_YEAR_MAX - PILOT_YEAR_MIN + 1) };
    pilot_policy *policy = notice();
    pilot_account account;
    pilot_account_row *months = malloc(MONTHS * sizeof *months), *years = malloc(MONTHS * sizeof *years);
    require(months && years);
    if (pilot_account_compute(policy, terms, &account, months, MONTHS, years, MONTHS, NULL) == PILOT_OK)
        for (int ledger = 0; ledger < PILOT_LEDGER_COUNT; ledger++) {
            const pilot_ledger_sums *whole = &account.total.ledgers[ledger];
            uint64_t by_month = 0, by_year = 0;
            for (size_t i = 0; i < account.month_count; i++)
                by_month += (uint64_t)months[i].ledgers[ledger].result;
            for (size_t i = 0; i < account.year_count; i++)
                by_year += (uint64_t)years[i].ledgers[ledger].result;
            require(by_month == (uint64_t)whole->result && by_year == by_month);
            require((uint64_t)whole->closing == (uint64_t)whole->opening + (uint64_t)whole->result +
                                                    (uint64_t)whole->shortfall -
                                                    (uint64_t)whole->rebate);
        }
    free(months);
    free(years);
    pilot_policy_free(policy);
}

/* An outcome that there is is written; a refusal has its words. */
static inline void try_comparison(const pilot_comparison *comparison)
{
    const pilot_comparison_terms *terms = pilot_comparison_content(comparison);
    pilot_offer_quote *quotes = calloc(terms->offer_count + 1, sizeof *quotes);
    pilot_cheapest *cheapest = calloc(terms->required_count + 1, sizeof *cheapest);
    char *written = NULL;
    pilot_error error = {0};
    require(quotes && cheapest);
    const pilot_status status = pilot_comparison_compute(terms, quotes, cheapest, &error);
    if (status == PILOT_OK)
        require(pilot_comparison_result_write(terms, quotes, cheapest, PILOT_JSON_COMPACT, &written) ==
                PILOT_OK);
    else
        require(error.status == status && *error.message);
    pilot_text_free(written);
    free(quotes);
    free(cheapest);
}

/* What is made of the document's value, whatever its container. */
static inline void try_value(pilot_schema which, const void *value)
{
    switch (which) {
    case PILOT_SCHEMA_CITY:
        try_city(value);
        break;
    case PILOT_SCHEMA_POLICY:
        try_policy(value);
        break;
    case PILOT_SCHEMA_OUTSIDE:
        try_outside(pilot_outside_of(value));
        break;
    case PILOT_SCHEMA_ACCOUNT:
        try_account(pilot_account_case_terms(value));
        break;
    case PILOT_SCHEMA_COMPARISON:
        try_comparison(value);
        break;
    default:
        break;
    }
}

/* What the document's reader gives. */
typedef union read_value {
    void *whole;
    pilot_vote_totals totals;
} read_value;

static inline const void *value_of(pilot_schema which, const read_value *made)
{
    return pilot_documents[which].value_size ? (const void *)&made->totals : made->whole;
}

static inline void release(pilot_schema which, read_value *made)
{
    if (!pilot_documents[which].value_size)
        pilot_document_free(&pilot_documents[which], made->whole);
}

static inline char *written(pilot_schema which, const void *value)
{
    char *text;
    const void *taken = which == PILOT_SCHEMA_OUTSIDE   ? (const void *)pilot_outside_of(value)
                        : which == PILOT_SCHEMA_ACCOUNT ? pilot_account_case_terms(value)
                                                        : value;
    require(pilot_document_write(which, taken, PILOT_JSON_COMPACT, NULL, &text) == PILOT_OK);
    return text;
}

static inline void try_document(pilot_schema which, const char *text, size_t size)
{
    read_value made, again;
    pilot_error error = {0};
    const pilot_status status = pilot_document_parse(which, text, size, NULL, &made, &error);
    try_problems(which, text, size, status);
    if (status != PILOT_OK) {
        check_error(status, &error);
        return;
    }
    char *once = written(which, value_of(which, &made));
    require(pilot_document_parse(which, once, strlen(once), NULL, &again, &error) == PILOT_OK);
    char *twice = written(which, value_of(which, &again));
    require(strcmp(once, twice) == 0);
    try_value(which, value_of(which, &made));
    pilot_text_free(once);
    pilot_text_free(twice);
    release(which, &again);
    release(which, &made);
}

/* A reform of the notice's policy is a policy, or refused with a place. */
static inline void try_reform(const char *text, size_t size)
{
    pilot_policy *base = notice(), *reform;
    pilot_error error = {0};
    const pilot_status status = pilot_policy_patch(base, text, size, &reform, &error);
    try_problems(PILOT_SCHEMA_REFORM, text, size, status);
    pilot_policy_free(base);
    if (status != PILOT_OK) {
        check_error(status, &error);
        return;
    }
    char *once = written(PILOT_SCHEMA_POLICY, reform);
    try_document(PILOT_SCHEMA_POLICY, once, strlen(once));
    pilot_text_free(once);
    pilot_policy_free(reform);
}

/* Whether the document has a reader. */
static inline bool is_read(pilot_schema which)
{
    return pilot_documents[which].kind || which == PILOT_SCHEMA_REFORM;
}

static inline void try_text(pilot_schema which, const char *text, size_t size)
{
    if (which == PILOT_SCHEMA_REFORM)
        try_reform(text, size);
    else
        try_document(which, text, size);
}

#endif
