#ifndef PILOT_ACCOUNT_INTERNAL_H
#define PILOT_ACCOUNT_INTERNAL_H

#include "pilot/account.h"
#include "record/record.h"

extern const words pilot_income_source_words;
extern const words pilot_purpose_words;
extern const words pilot_margin_words;

/* An account's JSON form: its terms, with the claim in place. */
typedef struct account_document {
    pilot_account_terms terms; /* whose claim is the one below, where that is given */
    pilot_claim claim;
} account_document;
extern const record pilot_account_case_record, pilot_account_claim_record;
extern const container pilot_account_container;

struct pilot_account_case {
    arena memory; /* of everything below */
    account_document document;
};

/* What a month's bill brings in, as a share of it in whole fen and the rest over the share's
 * denominator. */
typedef struct pilot_collection {
    pilot_money whole;
    int64_t rest, denominator;
} pilot_collection;

/* billed is not negative, and share is one. */
static inline pilot_collection pilot_collection_of(pilot_money billed, pilot_share share)
{
    int64_t parts = billed % share.denominator * share.numerator;
    return (pilot_collection){billed / share.denominator * share.numerator + parts / share.denominator,
                              parts % share.denominator, share.denominator};
}

/* A month's part: months add up to the floored part of all that was billed. *left: what the months so
 * far have over whole fen, 0 before the first. */
static inline pilot_money pilot_collect(const pilot_collection *c, int64_t *left)
{
    int64_t sum = *left + c->rest;
    int64_t more = sum >= c->denominator;
    *left = sum - (more ? c->denominator : 0);
    return c->whole + more;
}

/* A ledger's month: what is lacking before and after each source, the reward that it takes, and what is
 * carried on. */
typedef struct pilot_settlement {
    pilot_money gap, gap_after_fees, reward, gap_after_reward, shortfall;
    pilot_money closing;
} pilot_settlement;

/* Without a branch, for those who settle several ledgers at once: the sign bit of *over is set where it
 * does not fit. */
static inline pilot_money pilot_less(pilot_money from, pilot_money amount, uint64_t *over)
{
    uint64_t a = (uint64_t)from, b = (uint64_t)amount, made = a - b;
    *over |= (a ^ b) & (a ^ made);
    return (pilot_money)made;
}

static inline pilot_money pilot_at_least_0(pilot_money amount)
{
    return amount > 0 ? amount : 0;
}

/* capped: reward_cap = capped_by_shortfall (4.4.1-5). */
static inline pilot_settlement pilot_settle(pilot_money opening, pilot_money outgo,
                                            pilot_money collected, pilot_money award, pilot_money income,
                                            bool capped, uint64_t *over)
{
    pilot_settlement s;
    pilot_money lacking = pilot_less(outgo, opening, over);
    s.gap = pilot_at_least_0(lacking);
    lacking = pilot_less(lacking, collected, over);
    s.gap_after_fees = pilot_at_least_0(lacking);
    s.reward = capped && award > s.gap_after_fees ? s.gap_after_fees : award;
    lacking = pilot_less(lacking, s.reward, over);
    s.gap_after_reward = pilot_at_least_0(lacking);
    lacking = pilot_less(lacking, income, over);
    s.shortfall = pilot_at_least_0(lacking);
    s.closing = pilot_less(s.shortfall, lacking, over);
    return s;
}

/* 4.4.2-2, 4.4.2-5, and for the reward 4.4.1-5 by reading A-6: the ledger that money enters. */
pilot_ledger pilot_ledger_of(const pilot_policy *policy, pilot_income_source source);
/* Reading A-14: whether the cost of a ledger's businesses comes off what they take. */
bool pilot_income_is_net(const pilot_policy *policy, pilot_ledger ledger);

/* Walks an account and its award to their ends, year by year. Errors: as pilot_account_compute, some
 * years perhaps visited already. */
typedef void (*pilot_year_function)(const pilot_account_row *year, void *context);
pilot_status pilot_account_each_year(const pilot_policy *policy, const pilot_account_terms *terms,
                                     pilot_year_function visit, void *context);

/* What pilot_account_compute refuses of terms, whatever the policy. Errors: as there. */
pilot_status pilot_account_terms_check(const pilot_account_terms *terms, pilot_error *error);

/* Of pilot_account_write. */
extern const record pilot_account_record;

#endif
