/* A community's money, held against numbers worked by hand and against a slow computation with wide
 * integers that knows nothing of the library's. */
#include "cases.h"

enum { NOV = 622, DEC, JAN, FEB, MAR, APR }; /* 2021-11 to 2022-04 */
enum { SERVICE = PILOT_LEDGER_SERVICE, COMMUNITY = PILOT_LEDGER_COMMUNITY };

/* Four months over the turn of a year, in which the reward falls from 18 to 12 yuan. Its 956 dwellings
 * have 87.2 m² each. */
typedef struct sample {
    pilot_assessment passed;
    pilot_claim claim;
    pilot_account_cost costs[3];
    pilot_account_income incomes[3];
    pilot_account_use uses[3];
    pilot_account_terms terms;
} sample;

static void sample_fill(sample *s)
{
    *s = (sample){
        .passed = {.year = 2021, .result = PILOT_PASSED},
        .claim = {.quantity = {[PILOT_PER_HOUSEHOLD] = {956, true}}, .first = NOV, .last = APR},
        .costs = {{"保洁", PILOT_LEDGER_SERVICE, NOV - 9, APR, 1200000},
                  {NULL, PILOT_LEDGER_SERVICE, NOV, FEB, 800000},
                  {NULL, PILOT_LEDGER_COMMUNITY, NOV, FEB, 1500000}},
        .incomes = {{PILOT_INCOME_ADVERTISING, NOV, FEB, 150000, 30000},
                    {PILOT_INCOME_PARKING, NOV, FEB, 250000, 50000},
                    {PILOT_INCOME_LOCKERS, MAR, APR, 1, 0}},
        .uses = {{PILOT_INCOME_PARKING, PILOT_FOR_THIS_PROJECT, FEB, 1000000},
                 {PILOT_INCOME_ADVERTISING, PILOT_FOR_THIS_PROJECT, FEB, -500000},
                 {PILOT_INCOME_REWARD, PILOT_FOR_OTHER_PURPOSE, NOV - 1, 77}},
    };
    s->claim.assessments = &s->passed;
    s->claim.assessment_count = 1;
    s->terms = (pilot_account_terms){
        .first = NOV,
        .last = FEB,
        .fee = {.price = {3500, true}, .building_area = {8336320, true}},
        .collection_rate = {3, 5},
        .claim = &s->claim,
        .costs = s->costs,
        .cost_count = COUNT(s->costs),
        .incomes = s->incomes,
        .income_count = COUNT(s->incomes),
        .uses = s->uses,
        .use_count = COUNT(s->uses),
        .rebate = {1, 3},
        .margin_cap = {3, 50},
    };
}

static const char *const member_names[] = {
    "opening",    "billed", "collected",  "reward",       "forgone",   "gross",
    "gross_cost", "income", "cost",       "used",         "misused",   "rebate",
    "result",     "gap",    "after fees", "after reward", "shortfall", "closing"};
enum { MEMBERS = COUNT(member_names) };

static void members(const pilot_ledger_sums *s, pilot_money out[MEMBERS])
{
    const pilot_money all[MEMBERS] = {
        s->opening,        s->billed, s->collected,      s->reward,
        s->reward_forgone, s->gross,  s->gross_cost,     s->income,
        s->cost,           s->used,   s->misused,        s->rebate,
        s->result,         s->gap,    s->gap_after_fees, s->gap_after_reward,
        s->shortfall,      s->closing};
    memcpy(out, all, sizeof all);
}

static void check_sums(const char *what, const pilot_ledger_sums *s, const pilot_money wanted[MEMBERS])
{
    pilot_money found[MEMBERS];
    members(s, found);
    for (int i = 0; i < MEMBERS; i++)
        CHECK(found[i] == wanted[i], "%s: %s is %" PRId64 ", %" PRId64 " is wanted", what,
              member_names[i], found[i], wanted[i]);
}

static void check_conserved(const pilot_ledger_sums *s)
{
    wide in = (wide)s->opening + s->collected + s->reward + s->income + s->shortfall;
    wide out = (wide)s->cost + s->used + s->misused + s->rebate + s->closing;
    CHECK(in == out, "%" PRId64 " in, %" PRId64 " out", (int64_t)in, (int64_t)out);
    CHECK(s->closing >= 0 && s->shortfall >= 0, "%" PRId64, s->closing);
}

/* opening billed collected reward forgone gross its-cost income cost used misused rebate result gap
 * after-fees after-reward shortfall closing */
Test(account, worked_example)
{
    static const struct {
        const char *what;
        pilot_money ledgers[2][MEMBERS];
    } wanted[] = {
        {"2021-11",
         {{0, 2917712, 1750627, 0, 0, 150000, 30000, 120000, 2000000, 0, 0, 0, -129373, 2000000, 249373,
           249373, 129373, 0},
          {0, 0, 0, 1720800, 0, 250000, 50000, 200000, 1500000, 0, 0, 0, 420800, 1500000, 1500000, 0, 0,
           420800}}},
        {"2021-12",
         {{0, 2917712, 1750627, 0, 0, 150000, 30000, 120000, 2000000, 0, 0, 0, -129373, 2000000, 249373,
           249373, 129373, 0},
          {420800, 0, 0, 1720800, 0, 250000, 50000, 200000, 1500000, 0, 0, 0, 420800, 1079200, 1079200,
           0, 0, 841600}}},
        {"2022-01",
         {{0, 2917712, 1750627, 0, 0, 150000, 30000, 120000, 2000000, 0, 0, 0, -129373, 2000000, 249373,
           249373, 129373, 0},
          {841600, 0, 0, 1147200, 0, 250000, 50000, 200000, 1500000, 0, 0, 0, -152800, 658400, 658400, 0,
           0, 688800}}},
        {"2022-02",
         {{0, 2917712, 1750627, 0, 0, 150000, 30000, 120000, 2000000, -500000, 0, 80418, 370627, 1500000,
           0, 0, 0, 290209},
          {688800, 0, 0, 1147200, 0, 250000, 50000, 200000, 1500000, 0, 1000000, 0, -1152800, 1811200,
           1811200, 664000, 464000, 0}}},
        {"2021",
         {{0, 5835424, 3501254, 0, 0, 300000, 60000, 240000, 4000000, 0, 0, 0, -258746, 4000000, 498746,
           498746, 258746, 0},
          {0, 0, 0, 3441600, 0, 500000, 100000, 400000, 3000000, 0, 0, 0, 841600, 2579200, 2579200, 0, 0,
           841600}}},
        {"2022",
         {{0, 5835424, 3501254, 0, 0, 300000, 60000, 240000, 4000000, -500000, 0, 80418, 241254, 3500000,
           249373, 249373, 129373, 290209},
          {841600, 0, 0, 2294400, 0, 500000, 100000, 400000, 3000000, 0, 1000000, 0, -1305600, 2469600,
           2469600, 664000, 464000, 0}}},
        {"all",
         {{0, 11670848, 7002508, 0, 0, 600000, 120000, 480000, 8000000, -500000, 0, 80418, -17492,
           7500000, 748119, 748119, 388119, 290209},
          {0, 0, 0, 5736000, 0, 1000000, 200000, 800000, 6000000, 0, 1000000, 0, -464000, 5048800,
           5048800, 664000, 464000, 0}}},
    };
    static const pilot_margin margins[] = {
        {-129373, 2000000, PILOT_MARGIN_LOSS}, {-129373, 2000000, PILOT_MARGIN_LOSS},
        {-129373, 2000000, PILOT_MARGIN_LOSS}, {370627, 1500000, PILOT_MARGIN_ABOVE_CAP},
        {-258746, 4000000, PILOT_MARGIN_LOSS}, {241254, 3500000, PILOT_MARGIN_ABOVE_CAP},
        {-17492, 7500000, PILOT_MARGIN_LOSS},
    };
    sample s;
    pilot_policy *policy = notice();
    pilot_account account;
    pilot_account_row rows[7];
    sample_fill(&s);
    CHECK(pilot_account_compute(policy, &s.terms, &account, rows, 4, rows + 4, 2, NULL) == PILOT_OK,
          "account");
    rows[6] = account.total;
    for (size_t i = 0; i < COUNT(wanted); i++) {
        for (int l = 0; l < PILOT_LEDGER_COUNT; l++) {
            check_sums(wanted[i].what, &rows[i].ledgers[l], wanted[i].ledgers[l]);
            check_conserved(&rows[i].ledgers[l]);
        }
        const pilot_margin *m = &rows[i].margin;
        CHECK(m->profit == margins[i].profit && m->cost == margins[i].cost &&
                  m->outcome == margins[i].outcome,
              "%s: %" PRId64 "/%" PRId64 " %s", wanted[i].what, m->profit, m->cost,
              pilot_margin_name(m->outcome));
    }
    cr_assert_eq(rows[3].first, FEB);
    cr_assert_eq(rows[4].last, DEC);
    cr_assert_eq(rows[5].first, JAN);
    cr_assert_eq(rows[6].first, NOV);
    cr_assert_eq(rows[6].last, FEB);
    cr_assert_eq(account.month_count, 4);
    cr_assert_eq(account.year_count, 2);
    cr_assert_eq(account.award, 8030400);
    cr_assert_eq(account.reward_after, 2294400);
    cr_assert_eq(account.receipt.fingerprint, pilot_policy_fingerprint(policy));
    pilot_policy_free(policy);
}

/* 2022 by itself: 350.00 of service to pay for and 24.00 of own business, in hundreds. */
Test(account, worked_answers)
{
    sample s;
    pilot_policy *policy = notice();
    pilot_policy *provider = reading(notice(), PILOT_READING_REWARD_PAYEE, PILOT_REWARD_PAYEE_PROVIDER);
    pilot_account_answer a;
    sample_fill(&s);
    CHECK(pilot_account_answer_compute(policy, &s.terms, JAN, FEB, &a, NULL) == PILOT_OK, "answer");
    cr_assert_eq(a.first, JAN);
    cr_assert_eq(a.last, FEB);
    cr_assert(a.break_even.price.known && a.break_even.billed.known);
    cr_assert_eq(a.break_even.price.value, 3259);
    cr_assert_eq(a.break_even.billed.value, 2716807);
    cr_assert_eq(a.without_reward.price.value, 3259);
    cr_assert_eq(a.collection_rate.numerator, 5587);
    cr_assert_eq(a.collection_rate.denominator, 10000);
    cr_assert_eq(a.community_gap, 1305600);
    cr_assert_eq(a.community_gap_without_reward, 3600000);
    cr_assert(a.reward_rate.known);
    cr_assert_eq(a.reward_rate.value, 188285);
    cr_assert_eq(a.reward_basis, PILOT_PER_HOUSEHOLD);
    CHECK(pilot_account_answer_compute(provider, &s.terms, JAN, FEB, &a, NULL) == PILOT_OK, "provider");
    cr_assert_eq(a.break_even.price.value, 966);
    cr_assert_eq(a.break_even.billed.value, 805289);
    cr_assert_eq(a.without_reward.price.value, 3259);
    cr_assert_eq(a.collection_rate.numerator, 331);
    cr_assert_eq(a.collection_rate.denominator, 2000);
    cr_assert_eq(a.community_gap, 3600000);
    cr_assert_eq(a.community_gap_without_reward, 3600000);
    cr_assert_not(a.reward_rate.known);
    s.terms.fee = (pilot_account_fee){.billed = known(3000000)};
    CHECK(pilot_account_answer_compute(policy, &s.terms, JAN, FEB, &a, NULL) == PILOT_OK, "an amount");
    cr_assert_not(a.break_even.price.known);
    cr_assert_eq(a.break_even.billed.value, 2716667);
    s.terms.fee.building_area = known(8336320);
    CHECK(pilot_account_answer_compute(policy, &s.terms, JAN, FEB, &a, NULL) == PILOT_OK, "both");
    cr_assert_eq(a.break_even.price.value, 3259);
    pilot_policy_free(provider);
    pilot_policy_free(policy);
}

/* What was carried in before is no part of an answer, nor does it make a capped reward needless. */
Test(account, answers_open_with_nothing)
{
    pilot_policy *capped =
        reading(notice(), PILOT_READING_REWARD_CAP, PILOT_REWARD_CAP_CAPPED_BY_SHORTFALL);
    pilot_policy *provider =
        reading(reading(notice(), PILOT_READING_REWARD_CAP, PILOT_REWARD_CAP_CAPPED_BY_SHORTFALL),
                PILOT_READING_REWARD_PAYEE, PILOT_REWARD_PAYEE_PROVIDER);
    const struct {
        const pilot_policy *policy;
        int64_t price;
        pilot_money gap;
    } rows[] = {
        {capped, 3259, 1305600},
        /* 61.28 a month, in hundreds: January lacks 12.00, which February's business brings once the
         * reward has met what February lacks. */
        {provider, 1226, 3600000},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        for (int carried = 0; carried < 2; carried++) {
            sample s;
            pilot_account_answer a;
            sample_fill(&s);
            s.terms.opening[SERVICE] = s.terms.opening[COMMUNITY] = (pilot_opt_int){90000000, carried};
            CHECK(pilot_account_answer_compute(rows[i].policy, &s.terms, JAN, FEB, &a, NULL) == PILOT_OK,
                  "row %zu", i);
            CHECK(a.break_even.price.value == rows[i].price && a.community_gap == rows[i].gap,
                  "row %zu: %" PRId64 ", %" PRId64, i, a.break_even.price.value, a.community_gap);
        }
    pilot_policy_free(provider);
    pilot_policy_free(capped);
}

/* What cannot be had is an answer and no error. */
Test(account, answers_that_are_none)
{
    sample s;
    pilot_policy *policy = notice();
    pilot_account_answer a;
    sample_fill(&s);
    s.terms.collection_rate = (pilot_share){0, 1};
    s.terms.fee.price = known(1);
    s.claim.quantity[PILOT_PER_HOUSEHOLD] = known(0);
    CHECK(pilot_account_answer_compute(policy, &s.terms, NOV, FEB, &a, NULL) == PILOT_OK, "none");
    cr_assert_not(a.break_even.price.known || a.break_even.billed.known);
    cr_assert_not(a.without_reward.price.known || a.without_reward.billed.known);
    cr_assert_eq(a.collection_rate.denominator, 0, "0.0001 yuan does not do, however much is collected");
    cr_assert_not(a.reward_rate.known);
    cr_assert_eq(a.community_gap, a.community_gap_without_reward);
    s.claim.quantity[PILOT_PER_HOUSEHOLD].known = false;
    s.claim.first = s.claim.last = 660; /* 2025-01: no rate, and no quantity that it would need */
    CHECK(pilot_account_answer_compute(policy, &s.terms, NOV, FEB, &a, NULL) == PILOT_OK, "unknown");
    cr_assert_not(a.reward_rate.known);
    s.terms.claim = NULL;
    CHECK(pilot_account_answer_compute(policy, &s.terms, NOV, FEB, &a, NULL) == PILOT_OK, "no claim");
    cr_assert_not(a.reward_rate.known);
    s.terms.cost_count = s.terms.use_count = 0; /* nothing to pay for: nothing is needed */
    CHECK(pilot_account_answer_compute(policy, &s.terms, NOV, FEB, &a, NULL) == PILOT_OK, "no cost");
    cr_assert(a.break_even.price.known && a.break_even.price.value == 0);
    cr_assert(a.collection_rate.numerator == 0 && a.collection_rate.denominator == 1);
    cr_assert_eq(a.community_gap, 0);
    pilot_policy_free(policy);
}

/* The rate that is asked for is per what the policy's rate of the time is per. */
Test(account, reward_rate_by_basis)
{
    const pilot_rate rates[] = {{month(2021, 1), month(2021, 12), 10000000, PILOT_PER_COMMUNITY},
                                {FEB, FEB, 2000, PILOT_PER_SQUARE_METRE}},
                     later = {month(2030, 1), month(2030, 12), 10000, PILOT_PER_SQUARE_METRE};
    static const struct {
        pilot_month month;
        pilot_basis basis;
        int64_t rate;
    } rows[] = {
        /* 15000 less parking's 2000 and 6500 for either, but half a fen that rounds up. */
        {NOV, PILOT_PER_COMMUNITY, 64999975},
        {JAN, PILOT_PER_COMMUNITY, 64999975}, /* no rate any more */
        {FEB, PILOT_PER_SQUARE_METRE, 2760},  /* 23000 of 83363.20 */
    };
    sample s;
    pilot_policy *reformed = with_rates(rates, COUNT(rates));
    pilot_policy *before = with_rates(&later, 1), *none = with_rates(NULL, 0);
    pilot_account_answer a;
    sample_fill(&s);
    s.claim.quantity[PILOT_PER_COMMUNITY] = known(2);
    s.claim.quantity[PILOT_PER_SQUARE_METRE] = known(8336320);
    for (size_t i = 0; i < COUNT(rows); i++) {
        CHECK(pilot_account_answer_compute(reformed, &s.terms, rows[i].month, rows[i].month, &a, NULL) ==
                  PILOT_OK,
              "row %zu", i);
        CHECK(a.reward_basis == rows[i].basis && a.reward_rate.value == rows[i].rate,
              "row %zu: %d, %" PRId64, i, (int)a.reward_basis, a.reward_rate.value);
    }
    CHECK(pilot_account_answer_compute(before, &s.terms, NOV, NOV, &a, NULL) == PILOT_OK, "before");
    cr_assert_eq(a.reward_basis, PILOT_PER_SQUARE_METRE);
    CHECK(pilot_account_answer_compute(none, &s.terms, NOV, NOV, &a, NULL) == PILOT_OK, "no rates");
    cr_assert_eq(a.reward_basis, PILOT_PER_HOUSEHOLD);
    cr_assert_eq(a.reward_rate.value, 135984); /* 13000 of 956 */
    pilot_policy_free(none);
    pilot_policy_free(before);
    pilot_policy_free(reformed);
}

/* 4.4.1-3: the shortfall of the years as the reward goes 18, 12, 6 and ends. */
Test(account, years_after_the_last_rate)
{
    const pilot_assessment passed = {.year = 2021, .result = PILOT_PASSED};
    const pilot_claim claim = {.quantity = {[PILOT_PER_HOUSEHOLD] = {956, true}},
                               .first = 612, /* 2021-01 */
                               .last = 659,
                               .assessments = &passed,
                               .assessment_count = 1};
    const pilot_account_cost cost = {NULL, PILOT_LEDGER_COMMUNITY, 612, 659, 1465600};
    const pilot_account_terms terms = {.first = 612,
                                       .last = 659,
                                       .fee = {.billed = {0, true}},
                                       .collection_rate = {1, 1},
                                       .claim = &claim,
                                       .costs = &cost,
                                       .cost_count = 1};
    pilot_policy *policy = notice();
    pilot_account account;
    pilot_account_row years[4];
    CHECK(pilot_account_compute(policy, &terms, &account, NULL, 0, years, 4, NULL) == PILOT_OK, "years");
    /* 17208.00 a month leaves 2552.00, which the year after uses up. */
    cr_assert_eq(years[0].ledgers[COMMUNITY].closing, 12 * 255200);
    cr_assert_eq(years[1].ledgers[COMMUNITY].opening, 12 * 255200);
    cr_assert_eq(years[1].ledgers[COMMUNITY].shortfall, 12 * (1465600 - 1147200) - 12 * 255200);
    cr_assert_eq(years[2].ledgers[COMMUNITY].shortfall, 12 * (1465600 - 573600));
    cr_assert_eq(years[3].ledgers[COMMUNITY].shortfall, 12 * 1465600);
    cr_assert_eq(years[3].ledgers[COMMUNITY].reward, 0);
    pilot_policy_free(policy);
}

/* Each source's money belongs to one ledger, and is used for that ledger's purpose or outside it. */
Test(account, earmarks)
{
    static const struct {
        pilot_income_source source;
        int ledger, under_provider;
    } rows[] = {
        {PILOT_INCOME_ADVERTISING, SERVICE, SERVICE}, {PILOT_INCOME_LOCKERS, SERVICE, SERVICE},
        {PILOT_INCOME_RECYCLING, SERVICE, SERVICE},   {PILOT_INCOME_PARKING, COMMUNITY, COMMUNITY},
        {PILOT_INCOME_REWARD, COMMUNITY, SERVICE},
    };
    pilot_policy *policies[] = {
        notice(), reading(notice(), PILOT_READING_REWARD_PAYEE, PILOT_REWARD_PAYEE_PROVIDER)};
    for (size_t i = 0; i < COUNT(rows); i++)
        for (int payee = 0; payee < 2; payee++)
            for (int purpose = PILOT_FOR_THIS_PROJECT; purpose <= PILOT_FOR_OTHER_PURPOSE; purpose++) {
                const pilot_account_use use = {rows[i].source, (pilot_purpose)purpose, JAN, 500};
                const pilot_account_terms terms = {.first = JAN,
                                                   .last = JAN,
                                                   .fee = {.billed = {0, true}},
                                                   .collection_rate = {1, 1},
                                                   .uses = &use,
                                                   .use_count = 1};
                int ledger = payee ? rows[i].under_provider : rows[i].ledger;
                int own = ledger == SERVICE ? PILOT_FOR_THIS_PROJECT : PILOT_FOR_COMMUNITY;
                pilot_account account;
                CHECK(pilot_account_compute(policies[payee], &terms, &account, NULL, 0, NULL, 0, NULL) ==
                          PILOT_OK,
                      "row %zu", i);
                const pilot_ledger_sums *s = &account.total.ledgers[ledger];
                const pilot_ledger_sums *other = &account.total.ledgers[1 - ledger];
                CHECK(s->used == (purpose == own ? 500 : 0) && s->misused == 500 - s->used,
                      "row %zu, purpose %d: %" PRId64, i, purpose, s->misused);
                CHECK(s->shortfall == 500 && !other->used && !other->misused && !other->shortfall,
                      "row %zu, purpose %d", i, purpose);
            }
    pilot_policy_free(policies[0]);
    pilot_policy_free(policies[1]);
}

/* What each reading alone does to the sample, in fen over its four months. */
Test(account, readings)
{
    static const struct {
        pilot_reading which;
        int32_t option;
        pilot_money service_shortfall, community_shortfall, community_closing, forgone, after;
    } rows[] = {
        {PILOT_READING_REWARD_PAYEE, 0, 388119, 464000, 0, 0, 2294400},
        /* 13000 of the community's costs are without reward, and 10000 more are misused. */
        {PILOT_READING_REWARD_PAYEE, PILOT_REWARD_PAYEE_PROVIDER, 0, 6200000, 0, 0, 2294400},
        /* In Nov 15000 lack, in Dec 13000, as parking brought 2000. In Feb 472 are carried. */
        {PILOT_READING_REWARD_CAP, PILOT_REWARD_CAP_CAPPED_BY_SHORTFALL, 388119, 1105600, 0, 641600,
         2294400},
        /* 300 more each month. */
        {PILOT_READING_INCOME_BASIS, PILOT_INCOME_BASIS_GROSS, 298119, 464000, 0, 0, 2294400},
        /* Ten months of 2021 are awarded with its November, and eight of 2022 follow. */
        {PILOT_READING_MONTH_RULE, PILOT_MONTH_RULE_CALENDAR_YEARS, 388119, 0, 16744000, 0, 11472000},
        {PILOT_READING_IN_FORCE_FROM, PILOT_IN_FORCE_FROM_PUBLISHED, 388119, 464000, 0, 0, 2294400},
        /* Only 2021 passed. */
        {PILOT_READING_GATE_MODE, PILOT_GATE_MODE_ANNUAL, 388119, 2758400, 0, 0, 0},
    };
    sample s;
    sample_fill(&s);
    for (size_t i = 0; i < COUNT(rows); i++) {
        pilot_policy *policy = reading(notice(), rows[i].which, rows[i].option);
        pilot_account account;
        CHECK(pilot_account_compute(policy, &s.terms, &account, NULL, 0, NULL, 0, NULL) == PILOT_OK,
              "row %zu", i);
        const pilot_ledger_sums *l = account.total.ledgers;
        check_conserved(&l[SERVICE]);
        check_conserved(&l[COMMUNITY]);
        CHECK(l[SERVICE].shortfall == rows[i].service_shortfall, "row %zu: service %" PRId64, i,
              l[SERVICE].shortfall);
        CHECK(l[COMMUNITY].shortfall == rows[i].community_shortfall, "row %zu: community %" PRId64, i,
              l[COMMUNITY].shortfall);
        CHECK(l[COMMUNITY].closing == rows[i].community_closing, "row %zu: closing %" PRId64, i,
              l[COMMUNITY].closing);
        CHECK(l[COMMUNITY].reward_forgone == rows[i].forgone, "row %zu: forgone %" PRId64, i,
              l[COMMUNITY].reward_forgone);
        CHECK(account.reward_after == rows[i].after, "row %zu: after %" PRId64, i, account.reward_after);
        CHECK(account.award == l[SERVICE].reward + l[COMMUNITY].reward + l[SERVICE].reward_forgone +
                                   l[COMMUNITY].reward_forgone + account.reward_after,
              "row %zu: the award is not all there", i);
        pilot_policy_free(policy);
    }
}

Test(account, range_over_the_readings)
{
    sample s;
    pilot_account_range r;
    pilot_policy *policy = notice();
    sample_fill(&s);
    CHECK(pilot_account_range_compute(policy, &s.terms, &r, NULL) == PILOT_OK, "range");
    /* The provider's reward does for the service, but not under a cap where 2022 needs its own pass. */
    cr_assert_eq(r.service.least, 0);
    cr_assert_eq(r.service.greatest, 388119);
    cr_assert_eq(r.service.moved_by, PILOT_READING_BIT(PILOT_READING_REWARD_PAYEE) |
                                         PILOT_READING_BIT(PILOT_READING_REWARD_CAP) |
                                         PILOT_READING_BIT(PILOT_READING_INCOME_BASIS) |
                                         PILOT_READING_BIT(PILOT_READING_GATE_MODE));
    cr_assert_eq(r.community.least, 0);
    cr_assert_eq(r.community.greatest, 6200000);
    cr_assert_eq(r.community.moved_by, PILOT_READING_BIT(PILOT_READING_REWARD_PAYEE) |
                                           PILOT_READING_BIT(PILOT_READING_REWARD_CAP) |
                                           PILOT_READING_BIT(PILOT_READING_GATE_MODE) |
                                           PILOT_READING_BIT(PILOT_READING_MONTH_RULE));
    cr_assert_eq(r.both.moved_by, r.service.moved_by | r.community.moved_by);
    cr_assert_eq(r.both.least, 298119); /* community: calendar years; gross income */
    s.terms.claim = NULL;
    s.terms.income_count = 0;
    CHECK(pilot_account_range_compute(policy, &s.terms, &r, NULL) == PILOT_OK, "no claim");
    cr_assert_eq(r.service.least, 748119);
    cr_assert_eq(r.community.least, 7000000);
    cr_assert_eq(r.both.least, 7748119);
    cr_assert_eq(r.both.least, r.both.greatest);
    cr_assert_eq(r.both.moved_by, 0);
    sample_fill(&s);
    s.claim.quantity[PILOT_PER_HOUSEHOLD].known = false;
    CHECK(pilot_account_range_compute(policy, &s.terms, &r, NULL) == PILOT_ERROR_MISSING_VALUE,
          "quantity");
    s.terms.fee.price.known = false;
    CHECK(pilot_account_range_compute(policy, &s.terms, &r, NULL) == PILOT_ERROR_MISSING_VALUE, "fee");
    CHECK(pilot_account_range_compute(NULL, &s.terms, &r, NULL) == PILOT_ERROR_ARGUMENT, "policy");
    CHECK(pilot_account_range_compute(policy, NULL, &r, NULL) == PILOT_ERROR_ARGUMENT, "terms");
    CHECK(pilot_account_range_compute(policy, &s.terms, NULL, NULL) == PILOT_ERROR_ARGUMENT, "range");
    pilot_policy_free(policy);
}

/* 4.5-1: profit on a cost of 1000.00, against caps. */
Test(account, margins)
{
    static const struct {
        pilot_money billed, cost;
        pilot_share cap;
        pilot_margin_outcome outcome;
    } rows[] = {
        {0, 0, {0, 0}, PILOT_MARGIN_UNKNOWN},
        {100000, 0, {0, 0}, PILOT_MARGIN_UNKNOWN},
        {99999, 100000, {0, 0}, PILOT_MARGIN_LOSS},
        {100000, 100000, {0, 0}, PILOT_MARGIN_BREAK_EVEN},
        {100000, 100000, {0, 1}, PILOT_MARGIN_BREAK_EVEN},
        {100001, 100000, {0, 1}, PILOT_MARGIN_ABOVE_CAP},
        {100001, 100000, {0, 0}, PILOT_MARGIN_SMALL_PROFIT},
        {900000, 100000, {0, 0}, PILOT_MARGIN_SMALL_PROFIT},
        {112000, 100000, {3, 25}, PILOT_MARGIN_SMALL_PROFIT},
        {112001, 100000, {3, 25}, PILOT_MARGIN_ABOVE_CAP},
        {3, 2, {1, 3}, PILOT_MARGIN_ABOVE_CAP},
        {2, 1, {1, 1}, PILOT_MARGIN_SMALL_PROFIT},
    };
    static const char *const names[] = {"unknown", "loss", "break_even", "small_profit", "above_cap"};
    pilot_policy *policy = notice();
    for (size_t i = 0; i < COUNT(rows); i++) {
        const pilot_account_cost cost = {NULL, PILOT_LEDGER_SERVICE, JAN, JAN, rows[i].cost};
        const pilot_account_terms terms = {.first = JAN,
                                           .last = JAN,
                                           .fee = {.billed = {rows[i].billed, true}},
                                           .collection_rate = {1, 1},
                                           .costs = &cost,
                                           .cost_count = 1,
                                           .margin_cap = rows[i].cap};
        pilot_account account;
        CHECK(pilot_account_compute(policy, &terms, &account, NULL, 0, NULL, 0, NULL) == PILOT_OK,
              "row %zu", i);
        CHECK(account.total.ledgers[SERVICE].shortfall ==
                  (rows[i].cost > rows[i].billed ? rows[i].cost - rows[i].billed : 0),
              "row %zu: shortfall", i);
        CHECK(!account.receipt.as_of.known, "row %zu: a day without a claim", i);
        CHECK(account.total.margin.outcome == rows[i].outcome, "row %zu: %s", i,
              pilot_margin_name(account.total.margin.outcome));
    }
    for (int i = 0; i < 5; i++)
        cr_assert_str_eq(pilot_margin_name((pilot_margin_outcome)i), names[i]);
    cr_assert_null(pilot_margin_name((pilot_margin_outcome)5));
    cr_assert_str_eq(pilot_ledger_name(PILOT_LEDGER_SERVICE), "service");
    cr_assert_str_eq(pilot_ledger_name(PILOT_LEDGER_COMMUNITY), "community");
    cr_assert_null(pilot_ledger_name((pilot_ledger)2));
    pilot_policy_free(policy);
}

#define REFUSED(status_, path_, change)                                                                 \
    do {                                                                                                \
        sample s;                                                                                       \
        pilot_account account;                                                                          \
        pilot_account_answer answer;                                                                    \
        pilot_account_row rows[8];                                                                      \
        pilot_error error = {0};                                                                        \
        mark(&account, sizeof account);                                                                 \
        mark(&answer, sizeof answer);                                                                   \
        mark(rows, sizeof rows);                                                                        \
        sample_fill(&s);                                                                                \
        change;                                                                                         \
        pilot_status status =                                                                           \
            pilot_account_compute(policy, &s.terms, &account, rows, 4, rows + 4, 4, &error);            \
        cr_expect_eq(status, status_, "%s: %s: %s", #change, pilot_status_name(status), error.message); \
        cr_expect_eq(error.status, status_, "%s", #change);                                             \
        cr_expect_str_eq(error.path, path_, "%s", #change);                                             \
        cr_expect(*error.message != '\0', "%s", #change);                                               \
        cr_expect(marked(&account, sizeof account) && marked(rows, sizeof rows), "%s", #change);        \
        cr_expect_eq(pilot_account_compute(policy, &s.terms, &account, NULL, 0, NULL, 0, NULL),         \
                     status_);                                                                          \
        cr_expect_eq(pilot_account_answer_compute(policy, &s.terms, NOV, FEB, &answer, &error),         \
                     status_, "%s", #change);                                                           \
        cr_expect(marked(&answer, sizeof answer), "%s", #change);                                       \
    } while (0)

Test(account, refusals)
{
    pilot_policy *policy = notice();
    REFUSED(PILOT_ERROR_ARGUMENT, "/costs", s.terms.costs = NULL);
    REFUSED(PILOT_ERROR_ARGUMENT, "/incomes", s.terms.incomes = NULL);
    REFUSED(PILOT_ERROR_ARGUMENT, "/uses", s.terms.uses = NULL);
    REFUSED(PILOT_ERROR_ARGUMENT, "/claim/assessments", s.claim.assessments = NULL);
    REFUSED(PILOT_ERROR_RANGE, "/first", s.terms.first = -841);
    REFUSED(PILOT_ERROR_RANGE, "/last", s.terms.last = 2772);
    REFUSED(PILOT_ERROR_RANGE, "/service_opening_yuan", s.terms.opening[SERVICE] = known(-1));
    REFUSED(PILOT_ERROR_RANGE, "/community_opening_yuan", s.terms.opening[COMMUNITY] = known(-1));
    REFUSED(PILOT_ERROR_RANGE, "/fee/price_yuan", s.terms.fee.price = known(-1));
    REFUSED(PILOT_ERROR_RANGE, "/fee/building_area_m2", s.terms.fee.building_area = known(-1));
    REFUSED(PILOT_ERROR_RANGE, "/fee/billed_yuan", s.terms.fee.billed = known(-1));
    REFUSED(PILOT_ERROR_RANGE, "/fee/rounding/unit", s.terms.fee.rounding.unit = (pilot_rounding_unit)3);
    REFUSED(PILOT_ERROR_RANGE, "/collection_rate", s.terms.collection_rate = ((pilot_share){2, 1}));
    REFUSED(PILOT_ERROR_RANGE, "/collection_rate", s.terms.collection_rate = ((pilot_share){1, 0}));
    REFUSED(PILOT_ERROR_RANGE, "/collection_rate", s.terms.collection_rate = ((pilot_share){2, 4}));
    REFUSED(PILOT_ERROR_RANGE, "/rebate", s.terms.rebate = ((pilot_share){-1, 2}));
    REFUSED(PILOT_ERROR_RANGE, "/margin_cap", s.terms.margin_cap = ((pilot_share){3, 2}));
    REFUSED(PILOT_ERROR_RANGE, "/claim/first", s.claim.first = -900);
    REFUSED(PILOT_ERROR_RANGE, "/claim/households", s.claim.quantity[0] = known(-1));
    REFUSED(PILOT_ERROR_RANGE, "/claim/building_area_m2", s.claim.quantity[1] = known(-1));
    REFUSED(PILOT_ERROR_RANGE, "/claim/communities", s.claim.quantity[2] = known(-1));
    REFUSED(PILOT_ERROR_RANGE, "/claim/assessments/0/result",
            s.passed.result = (pilot_assessment_result)3);
    REFUSED(PILOT_ERROR_RANGE, "/claim/assessments/0/assessor", s.passed.assessor = (pilot_actor)99);
    REFUSED(PILOT_ERROR_RANGE, "/costs/1/ledger", s.costs[1].ledger = (pilot_ledger)2);
    REFUSED(PILOT_ERROR_RANGE, "/costs/2/monthly_yuan", s.costs[2].monthly = -1);
    REFUSED(PILOT_ERROR_MISSING_KEY, "/incomes/0", s.incomes[0].source = (pilot_income_source)0);
    REFUSED(PILOT_ERROR_RANGE, "/incomes/0/source", s.incomes[0].source = PILOT_INCOME_REWARD);
    REFUSED(PILOT_ERROR_RANGE, "/incomes/1/gross_yuan", s.incomes[1].gross = -1);
    REFUSED(PILOT_ERROR_RANGE, "/incomes/1/cost_yuan", s.incomes[1].cost = -1);
    REFUSED(PILOT_ERROR_RANGE, "/uses/1/source", s.uses[1].source = (pilot_income_source)6);
    REFUSED(PILOT_ERROR_MISSING_KEY, "/uses/1", s.uses[1].purpose = (pilot_purpose)0);
    REFUSED(PILOT_ERROR_RANGE, "/uses/2/month", s.uses[2].month = 9999);
    REFUSED(PILOT_ERROR_ORDER, "/last", s.terms.last = NOV - 1);
    REFUSED(PILOT_ERROR_ORDER, "/claim/last", s.claim.last = NOV - 1);
    REFUSED(PILOT_ERROR_ORDER, "/costs/0/last", s.costs[0].last = NOV - 10);
    REFUSED(PILOT_ERROR_ORDER, "/incomes/2/last", s.incomes[2].last = FEB);
    REFUSED(PILOT_ERROR_MISSING_KEY, "", s.terms.collection_rate.denominator = 0;
            s.terms.collection_rate.numerator = 0);
    REFUSED(PILOT_ERROR_MISSING_VALUE, "/fee/price_yuan", memset(&s.terms.fee, 0, sizeof s.terms.fee));
    REFUSED(PILOT_ERROR_MISSING_VALUE, "/fee/price_yuan", s.terms.fee.price.known = false);
    REFUSED(PILOT_ERROR_MISSING_VALUE, "/fee/building_area_m2", s.terms.fee.building_area.known = false);
    REFUSED(PILOT_ERROR_MISSING_VALUE, "/claim", s.claim.quantity[0].known = false);
    REFUSED(PILOT_ERROR_INCONSISTENT, "/fee/billed_yuan", s.terms.fee.billed = known(1));
    REFUSED(PILOT_ERROR_OVERFLOW, "", s.terms.fee.price = known(INT64_MAX));
    REFUSED(PILOT_ERROR_OVERFLOW, "", s.costs[0].monthly = s.costs[1].monthly = INT64_MAX);
    REFUSED(PILOT_ERROR_OVERFLOW, "", s.costs[2].monthly = INT64_MAX / 3);
    REFUSED(PILOT_ERROR_OVERFLOW, "", s.incomes[0].gross = INT64_MAX / 2);
    REFUSED(PILOT_ERROR_OVERFLOW, "", s.uses[0].amount = INT64_MAX);
    REFUSED(PILOT_ERROR_OVERFLOW, "", s.claim.quantity[0] = known(INT64_MAX));
    REFUSED(PILOT_ERROR_OVERFLOW, "", s.terms.fee = (pilot_account_fee){.billed = known(INT64_MAX)});
    pilot_policy_free(policy);
}

/* What the fee and the income of one month come to, each of which fits. */
Test(account, what_is_carried_on_fits)
{
    pilot_policy *policy = notice();
    const pilot_account_income income = {PILOT_INCOME_ADVERTISING, NOV, NOV, INT64_MAX / 2, 0};
    for (int more = 0; more < 3; more++) {
        const pilot_account_terms terms = {.first = NOV,
                                           .last = NOV,
                                           .fee = {.billed = known(INT64_MAX - INT64_MAX / 2 + more)},
                                           .collection_rate = {1, 1},
                                           .incomes = &income,
                                           .income_count = 1};
        pilot_account account;
        const pilot_status status =
            pilot_account_compute(policy, &terms, &account, NULL, 0, NULL, 0, NULL);
        cr_expect_eq(status, more ? PILOT_ERROR_OVERFLOW : PILOT_OK, "%d", more);
        if (status == PILOT_OK)
            cr_expect_eq(account.total.ledgers[SERVICE].closing, INT64_MAX);
    }
    pilot_policy_free(policy);
}

/* A value is told in the form of its kind. */
Test(account, refusals_name_the_value)
{
    sample s;
    pilot_policy *policy = notice();
    pilot_account account;
    pilot_error error = {0};
    for (int i = 0; i < 5; i++) {
        static const char *const values[] = {"-0.0001", "-0.01", "-1", "2", "2/4"};
        sample_fill(&s);
        s.terms.fee.price.value = i == 0 ? -1 : 3500;
        s.costs[0].monthly = i == 1 ? -1 : 0;
        s.claim.quantity[PILOT_PER_HOUSEHOLD].value = i == 2 ? -1 : 0;
        s.costs[1].ledger = i == 3 ? (pilot_ledger)2 : PILOT_LEDGER_SERVICE;
        s.terms.rebate = i == 4 ? (pilot_share){2, 4} : (pilot_share){1, 2};
        CHECK(pilot_account_compute(policy, &s.terms, &account, NULL, 0, NULL, 0, &error) ==
                  PILOT_ERROR_RANGE,
              "row %d", i);
        CHECK(strcmp(error.value, values[i]) == 0, "row %d: %s", i, error.value);
    }
    pilot_policy_free(policy);
}

Test(account, refuses_months_rows_and_nulls)
{
    static const struct {
        pilot_month first, last;
        pilot_status status;
        const char *value;
    } rows[] = {
        {FEB, JAN, PILOT_ERROR_ORDER, "2022-01"},       {NOV - 1, JAN, PILOT_ERROR_RANGE, "2021-10"},
        {JAN, MAR, PILOT_ERROR_RANGE, "2022-03"},       {NOV, MAR, PILOT_ERROR_RANGE, "2022-03"},
        {INT32_MIN, INT32_MAX, PILOT_ERROR_RANGE, "?"},
    };
    sample s;
    pilot_policy *policy = notice();
    pilot_account account;
    pilot_account_answer answer;
    pilot_account_row months[4], years[2];
    sample_fill(&s);
    for (size_t i = 0; i < COUNT(rows); i++) {
        pilot_error error = {0};
        CHECK(pilot_account_answer_compute(policy, &s.terms, rows[i].first, rows[i].last, &answer,
                                           &error) == rows[i].status,
              "row %zu", i);
        CHECK(strcmp(error.value, rows[i].value) == 0 && !*error.path, "row %zu: %s", i, error.value);
    }
    mark(months, sizeof months);
    pilot_error error = {0};
    CHECK(pilot_account_compute(policy, &s.terms, &account, months, 3, years, 2, &error) ==
                  PILOT_ERROR_CAPACITY &&
              error.status == PILOT_ERROR_CAPACITY,
          "months");
    CHECK(pilot_account_compute(policy, &s.terms, &account, months, 4, years, 1, NULL) ==
              PILOT_ERROR_CAPACITY,
          "years");
    CHECK(marked(months, sizeof months), "rows of a failure");
    CHECK(pilot_account_compute(NULL, &s.terms, &account, NULL, 0, NULL, 0, &error) ==
                  PILOT_ERROR_ARGUMENT &&
              error.status == PILOT_ERROR_ARGUMENT,
          "policy");
    CHECK(pilot_account_compute(policy, NULL, &account, NULL, 0, NULL, 0, NULL) == PILOT_ERROR_ARGUMENT,
          "terms");
    CHECK(pilot_account_compute(policy, &s.terms, NULL, NULL, 0, NULL, 0, NULL) == PILOT_ERROR_ARGUMENT,
          "account");
    CHECK(pilot_account_answer_compute(policy, &s.terms, NOV, FEB, NULL, NULL) == PILOT_ERROR_ARGUMENT,
          "answer");
    pilot_policy_free(policy);
}

#define HEAD "{'first':'2021-11','last':'2022-02','collection_rate':'3/5',\n"
#define FEE "'fee':{'billed_yuan':100}"

Test(account, malformed)
{
    static const malformed rows[] = {
        {"", PILOT_ERROR_SYNTAX, "", 1},
        {"[]", PILOT_ERROR_TYPE, "", 1},
        {HEAD FEE, PILOT_ERROR_SYNTAX, "/fee", 2},
        {HEAD FEE ",'income':[]}", PILOT_ERROR_UNKNOWN_KEY, "/income", 2},
        {HEAD FEE ",'rebate':'1/2','rebate':'1/2'}", PILOT_ERROR_DUPLICATE_KEY, "/rebate", 2},
        {HEAD "'rebate':'1/2'}", PILOT_ERROR_MISSING_KEY, "", 1},
        {"{'first':'2021-11','last':'2021-11',\n" FEE "}", PILOT_ERROR_MISSING_KEY, "", 1},
        {HEAD "'fee':{}}", PILOT_ERROR_MISSING_VALUE, "/fee/price_yuan", 2},
        {HEAD "'fee':{'price_yuan':0.35}}", PILOT_ERROR_MISSING_VALUE, "/fee/building_area_m2", 2},
        {HEAD "'fee':{'price_yuan':0.35,'building_area_m2':1,\n'billed_yuan':1}}",
         PILOT_ERROR_INCONSISTENT, "/fee/billed_yuan", 3},
        {HEAD "'fee':{'billed_yuan':'-0.01'}}", PILOT_ERROR_RANGE, "/fee/billed_yuan", 2},
        {HEAD "'fee':{'billed_yuan':0.001}}", PILOT_ERROR_PRECISION, "/fee/billed_yuan", 2},
        {HEAD "'fee':{'billed_yuan':'1 yuan'}}", PILOT_ERROR_FORMAT, "/fee/billed_yuan", 2},
        {HEAD "'fee':{'billed_yuan':true}}", PILOT_ERROR_TYPE, "/fee/billed_yuan", 2},
        {HEAD FEE ",'rebate':'3/2'}", PILOT_ERROR_RANGE, "/rebate", 2},
        {"{'first':'2021-11','last':'2021-10','collection_rate':'1'," FEE "}", PILOT_ERROR_ORDER,
         "/last", 1},
        {HEAD FEE ",'claim':{'first':'2021-11'}}", PILOT_ERROR_MISSING_KEY, "/claim", 2},
        {HEAD FEE ",\n'claim':{'first':'2021-11','last':'2022-02','households':-1}}", PILOT_ERROR_RANGE,
         "/claim/households", 3},
        {HEAD FEE ",\n'costs':[{'ledger':'city','first':'2021-11','last':'2021-11','monthly_yuan':1}]}",
         PILOT_ERROR_FORMAT, "/costs/0/ledger", 3},
        {HEAD FEE
         ",'costs':[\n{'ledger':'service','first':'2021-11','last':'2021-11','monthly_yuan':-1}]}",
         PILOT_ERROR_RANGE, "/costs/0/monthly_yuan", 3},
        {HEAD FEE
         ",'incomes':[\n{'source':'reward','first':'2021-11','last':'2021-11','gross_yuan':1,'cost_yuan'"
         ":0}]}",
         PILOT_ERROR_FORMAT, "/incomes/0/source", 3},
        {HEAD FEE ",'incomes':[\n{'source':'parking','first':'2021-11','last':'2021-10','gross_yuan':1,"
                  "'cost_yuan':0}]}",
         PILOT_ERROR_ORDER, "/incomes/0/last", 3},
        {HEAD FEE
         ",'uses':[\n{'source':'parking','purpose':'community','month':'2021-13','amount_yuan':1}]}",
         PILOT_ERROR_RANGE, "/uses/0/month", 3},
    };
    CHECK_MALFORMED(rows, pilot_account_case, pilot_account_parse)
    pilot_account_case *c;
    cr_assert_eq(pilot_account_parse(NULL, 0, &c, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_account_parse("{}", 2, NULL, NULL), PILOT_ERROR_ARGUMENT);
    pilot_account_case_free(NULL);
}

READER(case_of, pilot_account_case, pilot_account_parse)
WRITER(written, pilot_account_terms, pilot_account_terms_write)

/* Terms, their JSON form and terms read from it are the same account. */
Test(account, round_trip)
{
    sample s;
    sample_fill(&s);
    s.claim.as_of = (pilot_opt_date){19052, true};
    s.terms.opening[COMMUNITY] = known(12345);
    s.terms.fee.rounding = (pilot_rounding_rule){PILOT_DOWN, PILOT_TO_JIAO, PILOT_ROUND_MONTH};
    pilot_policy *policy = notice();
    for (int claimed = 1; claimed >= 0; claimed--) {
        pilot_account a, b;
        s.terms.claim = claimed ? &s.claim : NULL;
        char *text = written(&s.terms, PILOT_JSON_COMPACT);
        cr_assert_eq(strstr(text, "\"claim\"") != NULL, claimed != 0);
        pilot_account_case *c = case_of(text);
        cr_assert_eq(pilot_account_case_terms(c)->claim != NULL, claimed != 0);
        char *again = written(pilot_account_case_terms(c), PILOT_JSON_COMPACT);
        cr_assert_str_eq(text, again);
        CHECK(pilot_account_compute(policy, &s.terms, &a, NULL, 0, NULL, 0, NULL) == PILOT_OK, "terms");
        CHECK(pilot_account_compute(policy, pilot_account_case_terms(c), &b, NULL, 0, NULL, 0, NULL) ==
                  PILOT_OK,
              "case");
        cr_assert_eq(memcmp(a.total.ledgers, b.total.ledgers, sizeof a.total.ledgers), 0);
        pilot_text_free(text);
        pilot_text_free(again);
        pilot_account_case_free(c);
    }
    char *text;
    cr_assert_eq(pilot_account_terms_write(NULL, PILOT_JSON_COMPACT, &text), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_account_terms_write(&s.terms, PILOT_JSON_COMPACT, NULL), PILOT_ERROR_ARGUMENT);
    pilot_policy_free(policy);
}

Test(account, as_json)
{
    sample s;
    pilot_policy *policy = notice();
    pilot_account account;
    pilot_account_row months[4], years[2];
    pilot_account_answer answer;
    char *text;
    sample_fill(&s);
    CHECK(pilot_account_compute(policy, &s.terms, &account, months, 4, years, 2, NULL) == PILOT_OK,
          "account");
    CHECK(pilot_account_answer_compute(policy, &s.terms, JAN, FEB, &answer, NULL) == PILOT_OK, "answer");
    CHECK(pilot_account_write(&account, months, years, &answer, 1, PILOT_JSON_COMPACT, &text) ==
              PILOT_OK,
          "text");
    static const char *const parts[] = {
        "'award_yuan':'80304.00','reward_after_yuan':'22944.00','total':{'first':'2021-11',"
        "'last':'2022-02','service':{'opening_yuan':'0.00','billed_yuan':'116708.48',",
        "'income_gross_yuan':'6000.00','income_cost_yuan':'1200.00','income_yuan':'4800.00'",
        "'parking_gross_yuan':'10000.00','parking_cost_yuan':'2000.00','parking_yuan':'8000.00'",
        "'margin':{'profit_yuan':'-174.92','cost_yuan':'75000.00','outcome':'loss'}",
        "'answers':[{'first':'2022-01','last':'2022-02','break_even_price_yuan':'0.3259',"
        "'break_even_billed_yuan':'27168.07','without_reward_price_yuan':'0.3259',"
        "'without_reward_billed_yuan':'27168.07','collection_rate':'5587/10000',"
        "'community_gap_yuan':'13056.00','community_gap_without_reward_yuan':'36000.00',"
        "'reward_rate_yuan':'18.8285','reward_rate_per':'household_month'}]",
    };
    expect_parts(text, parts, COUNT(parts));
    cJSON *tree = cJSON_Parse(text);
    cr_assert_eq(cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(tree, "months")), 4);
    cr_assert_eq(cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(tree, "years")), 2);
    cJSON_Delete(tree);
    pilot_text_free(text);
    CHECK(pilot_account_write(&account, NULL, NULL, NULL, 0, PILOT_JSON_COMPACT, &text) == PILOT_OK,
          "total alone");
    cr_assert_null(strstr(text, "\"years\""));
    cr_assert_null(strstr(text, "\"months\""));
    cr_assert_null(strstr(text, "\"answers\""));
    pilot_text_free(text);
    cr_assert_eq(pilot_account_write(NULL, NULL, NULL, NULL, 0, PILOT_JSON_COMPACT, &text),
                 PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_account_write(&account, NULL, NULL, NULL, 0, PILOT_JSON_COMPACT, NULL),
                 PILOT_ERROR_ARGUMENT);
    pilot_policy_free(policy);
}

/* A random account, with all that its award depends on. Rates are 20.03 fen per square metre in 2021,
 * 18.07 yuan per dwelling in 2022 and none after. */
enum { YEAR_1 = 612, YEAR_2 = 624, YEAR_3 = 636, MONTHS_MAX = 36, LIST_MAX = 4 };
static const pilot_rate rates[] = {{YEAR_1, YEAR_2 - 1, 2003, PILOT_PER_SQUARE_METRE},
                                   {YEAR_2, YEAR_3 - 1, 180703, PILOT_PER_HOUSEHOLD}};

typedef struct random_case {
    pilot_assessment assessments[2];
    pilot_claim claim;
    pilot_account_cost costs[LIST_MAX];
    pilot_account_income incomes[LIST_MAX];
    pilot_account_use uses[LIST_MAX];
    pilot_account_terms terms;
    int payee, cap, basis, month_rule, gate; /* options of the readings */
} random_case;

static void random_months(pilot_month *first, pilot_month *last)
{
    *first = (pilot_month)(YEAR_1 + below(MONTHS_MAX));
    *last = (pilot_month)(*first + below(YEAR_1 + MONTHS_MAX - *first));
}

static pilot_share random_share(int64_t parts)
{
    pilot_share share = {0, 0};
    CHECK(pilot_share_make(below(parts + 1), parts, &share) == PILOT_OK, "share");
    return share;
}

static void random_lists(random_case *c)
{
    pilot_account_terms *t = &c->terms;
    t->costs = c->costs;
    t->incomes = c->incomes;
    t->uses = c->uses;
    t->cost_count = (size_t)below(LIST_MAX + 1);
    t->income_count = (size_t)below(LIST_MAX + 1);
    t->use_count = (size_t)below(LIST_MAX + 1);
    for (size_t i = 0; i < LIST_MAX; i++) {
        pilot_account_cost *cost = &c->costs[i];
        pilot_account_income *income = &c->incomes[i];
        random_months(&cost->first, &cost->last);
        cost->ledger = (pilot_ledger)below(2);
        cost->monthly = below(3000000);
        random_months(&income->first, &income->last);
        income->source = (pilot_income_source)(1 + below(4));
        income->gross = below(500000);
        income->cost = below(200000);
        c->uses[i] =
            (pilot_account_use){(pilot_income_source)(1 + below(5)), (pilot_purpose)(1 + below(4)),
                                (pilot_month)(YEAR_1 + below(MONTHS_MAX)), below(4000000) - 1000000};
    }
}

static void random_fill(random_case *c)
{
    *c = (random_case){.payee = (int)below(2),
                       .cap = (int)below(2),
                       .basis = (int)below(2),
                       .month_rule = (int)below(3),
                       .gate = (int)below(2)};
    pilot_account_terms *t = &c->terms;
    for (int i = 0; i < 2; i++)
        c->assessments[i] =
            (pilot_assessment){.year = 2021 + i, .result = (pilot_assessment_result)below(3)};
    c->claim = (pilot_claim){.quantity = {known(below(1500)), known(below(12000000)), known(1)},
                             .assessments = c->assessments,
                             .assessment_count = 2};
    random_months(&c->claim.first, &c->claim.last);
    random_months(&t->first, &t->last);
    t->claim = below(5) ? &c->claim : NULL;
    t->opening[SERVICE] = below(3) ? (pilot_opt_int){0} : known(below(9000000));
    t->opening[COMMUNITY] = below(3) ? (pilot_opt_int){0} : known(below(9000000));
    t->fee.building_area = known(below(12000000));
    if (below(3))
        t->fee.price = known(below(6000));
    else
        t->fee.billed = known(below(4000000));
    t->collection_rate = random_share(1 + below(1000));
    if (below(2))
        t->rebate = random_share(7);
    if (below(2))
        t->margin_cap = random_share(10);
    random_lists(c);
}

static wide slow_half_up(wide value, wide divisor)
{
    return (2 * value + divisor) / (2 * divisor);
}

/* What questions change: a price or an amount below 0 is the account's own; a rate likewise. */
typedef struct slow_question {
    int64_t price, billed, collection, reward_rate;
    pilot_basis reward_basis;
    pilot_month first, last;
    bool by_itself, no_reward;
} slow_question;

static const slow_question as_given = {.price = -1, .billed = -1, .collection = -1, .reward_rate = -1};

typedef struct slow_sums {
    wide opening, billed, collected, reward, forgone, gross, gross_cost, income, cost, used, misused,
        rebate, result, gap, after_fees, after_reward, shortfall, closing;
} slow_sums;

static bool slow_gate(const random_case *c, int year)
{
    pilot_assessment_result first = c->assessments[0].result, second = c->assessments[1].result;
    pilot_assessment_result own = year == 2021 ? first : year == 2022 ? second : PILOT_NOT_ASSESSED;
    if (own != PILOT_NOT_ASSESSED || c->gate == PILOT_GATE_MODE_ANNUAL)
        return own == PILOT_PASSED;
    return first == PILOT_PASSED || second == PILOT_PASSED;
}

static bool slow_counted(const random_case *c, pilot_month month)
{
    if (c->month_rule !=
        PILOT_MONTH_RULE_CALENDAR_YEARS) /* the notice is earlier than any of these months */
        return c->claim.first <= month && month <= c->claim.last;
    return c->claim.first / 12 <= month / 12 && month / 12 <= c->claim.last / 12;
}

/* Awarded in all for the months from YEAR_1 through this one, in fen. */
static wide slow_award(const random_case *c, const slow_question *q, pilot_month through)
{
    wide exact = 0;
    if (!c->terms.claim || q->no_reward)
        return 0;
    for (pilot_month m = YEAR_1; m <= through; m++) {
        wide households = c->claim.quantity[PILOT_PER_HOUSEHOLD].value;
        wide area = c->claim.quantity[PILOT_PER_SQUARE_METRE].value;
        if (q->reward_rate >= 0) {
            if (q->first <= m && m <= q->last)
                exact += q->reward_basis == PILOT_PER_HOUSEHOLD ? households * q->reward_rate * 100
                                                                : area * q->reward_rate;
        } else if (slow_counted(c, m) && slow_gate(c, 1970 + m / 12)) {
            exact += m < YEAR_2 ? area * 2003 : m < YEAR_3 ? households * 180703 * 100 : 0;
        }
    }
    return slow_half_up(exact, 10000);
}

static wide slow_billed(const random_case *c, const slow_question *q)
{
    const pilot_account_fee *fee = &c->terms.fee;
    if (q->billed >= 0)
        return q->billed;
    if (q->price < 0 && fee->billed.known)
        return fee->billed.value;
    wide price = q->price >= 0 ? q->price : fee->price.value;
    return slow_half_up(price * fee->building_area.value, 10000);
}

static wide slow_collected(const random_case *c, const slow_question *q, wide billed)
{
    if (q->collection >= 0)
        return billed * q->collection / 10000;
    return billed * c->terms.collection_rate.numerator / c->terms.collection_rate.denominator;
}

static int slow_ledger(const random_case *c, pilot_income_source source)
{
    if (source == PILOT_INCOME_REWARD)
        return c->payee == PILOT_REWARD_PAYEE_PROVIDER ? SERVICE : COMMUNITY;
    return source == PILOT_INCOME_PARKING ? COMMUNITY : SERVICE;
}

static slow_sums slow_lists(const random_case *c, int ledger, pilot_month month)
{
    const pilot_account_terms *t = &c->terms;
    slow_sums s = {0};
    for (size_t i = 0; i < t->cost_count; i++)
        if (t->costs[i].first <= month && month <= t->costs[i].last && (int)t->costs[i].ledger == ledger)
            s.cost += t->costs[i].monthly;
    for (size_t i = 0; i < t->income_count; i++) {
        const pilot_account_income *in = &t->incomes[i];
        if (in->first > month || month > in->last || slow_ledger(c, in->source) != ledger)
            continue;
        s.gross += in->gross;
        s.gross_cost += in->cost;
    }
    bool gross = ledger == SERVICE && c->basis == PILOT_INCOME_BASIS_GROSS;
    s.income = gross ? s.gross : s.gross - s.gross_cost;
    for (size_t i = 0; i < t->use_count; i++) {
        const pilot_account_use *u = &t->uses[i];
        if (u->month != month || slow_ledger(c, u->source) != ledger)
            continue;
        bool own = u->purpose == (ledger == SERVICE ? PILOT_FOR_THIS_PROJECT : PILOT_FOR_COMMUNITY);
        if (own)
            s.used += u->amount;
        else
            s.misused += u->amount;
    }
    return s;
}

static wide positive(wide value)
{
    return value > 0 ? value : 0;
}

/* The ledger's months, as many as the question has: each from the definitions alone. */
static void slow_walk(const random_case *c, const slow_question *q, int ledger, slow_sums *months)
{
    wide carried = q->by_itself ? 0 : c->terms.opening[ledger].value, year = 0;
    wide billed = slow_billed(c, q);
    for (pilot_month m = q->first; m <= q->last; m++) {
        slow_sums s = slow_lists(c, ledger, m);
        wide k = m - q->first;
        s.opening = carried;
        if (ledger == SERVICE) {
            s.billed = billed;
            s.collected = slow_collected(c, q, billed * (k + 1)) - slow_collected(c, q, billed * k);
        }
        if (slow_ledger(c, PILOT_INCOME_REWARD) == ledger)
            s.reward = slow_award(c, q, m) - (m == c->terms.first ? 0 : slow_award(c, q, m - 1));
        wide out = s.cost + s.used + s.misused;
        s.gap = positive(out - s.opening);
        s.after_fees = positive(out - s.opening - s.collected);
        if (c->cap && s.reward > s.after_fees) {
            s.forgone = s.reward - s.after_fees;
            s.reward = s.after_fees;
        }
        s.after_reward = positive(out - s.opening - s.collected - s.reward);
        s.result = s.collected + s.reward + s.income - out;
        s.shortfall = positive(-s.opening - s.result);
        s.closing = positive(s.opening + s.result);
        year = m % 12 == 0 || m == q->first ? s.result : year + s.result;
        if (ledger == SERVICE && !q->by_itself && c->terms.rebate.denominator && year > 0 &&
            (m % 12 == 11 || m == q->last))
            s.rebate = year * c->terms.rebate.numerator / c->terms.rebate.denominator;
        s.closing -= s.rebate;
        carried = s.closing;
        months[m - q->first] = s;
    }
}

static void slow_add(slow_sums *to, const slow_sums *s)
{
    wide opening = to->opening, *sum = (wide *)(void *)to;
    const wide *part = (const wide *)(const void *)s;
    for (size_t i = 0; i < sizeof *s / sizeof *sum; i++)
        sum[i] += part[i];
    to->opening = opening;
    to->closing = s->closing;
}

static void check_slow(const pilot_ledger_sums *found, const slow_sums *s, const char *what, int64_t n)
{
    pilot_money f[MEMBERS];
    const wide *wanted = (const wide *)(const void *)s;
    members(found, f);
    for (int i = 0; i < MEMBERS; i++)
        CHECK(f[i] == wanted[i], "case %" PRId64 ", %s: %s is %" PRId64 ", %" PRId64 " is wanted", n,
              what, member_names[i], f[i], (int64_t)wanted[i]);
    check_conserved(found);
}

static void check_margin(const pilot_account_row *row, const slow_sums *s, pilot_share cap)
{
    wide profit = s->collected + s->reward + s->income - s->cost - s->used, cost = s->cost + s->used;
    bool above = cap.denominator && profit * cap.denominator > cost * cap.numerator;
    pilot_margin_outcome outcome = cost <= 0     ? PILOT_MARGIN_UNKNOWN
                                   : profit < 0  ? PILOT_MARGIN_LOSS
                                   : profit == 0 ? PILOT_MARGIN_BREAK_EVEN
                                   : above       ? PILOT_MARGIN_ABOVE_CAP
                                                 : PILOT_MARGIN_SMALL_PROFIT;
    CHECK(row->margin.profit == profit && row->margin.cost == cost && row->margin.outcome == outcome,
          "%" PRId64 "/%" PRId64, row->margin.profit, row->margin.cost);
}

static void check_rows(const random_case *c, const pilot_account *a, const pilot_account_row *months,
                       const pilot_account_row *years, int64_t n)
{
    const pilot_account_terms *t = &c->terms;
    slow_question q = as_given;
    q.first = t->first;
    q.last = t->last;
    wide reward = a->reward_after;
    for (int l = 0; l < PILOT_LEDGER_COUNT; l++) {
        slow_sums slow[MONTHS_MAX], year = {0}, total = {0};
        slow_walk(c, &q, l, slow);
        const pilot_account_row *year_row = years;
        total.opening = year.opening = slow[0].opening;
        for (pilot_month m = t->first; m <= t->last; m++) {
            const slow_sums *s = &slow[m - t->first];
            check_slow(&months[m - t->first].ledgers[l], s, "month", n);
            slow_add(&year, s);
            slow_add(&total, s);
            if (l == SERVICE)
                check_margin(&months[m - t->first], s, t->margin_cap);
            if (m % 12 != 11 && m != t->last)
                continue;
            CHECK(year_row->last == m && year_row->first / 12 == m / 12, "case %" PRId64 ": year", n);
            check_slow(&year_row->ledgers[l], &year, "year", n);
            if (l == SERVICE)
                check_margin(year_row, &year, t->margin_cap);
            year_row++;
            year = (slow_sums){.opening = s->closing};
        }
        CHECK(year_row == years + a->year_count, "case %" PRId64 ": years", n);
        check_slow(&a->total.ledgers[l], &total, "total", n);
        if (l == SERVICE)
            check_margin(&a->total, &total, t->margin_cap);
        reward += total.reward + total.forgone;
    }
    CHECK(a->award == reward && a->award == slow_award(c, &q, YEAR_1 + MONTHS_MAX - 1),
          "case %" PRId64 ": award %" PRId64, n, a->award);
}

static wide slow_result(const random_case *c, const slow_question *q, int ledger)
{
    slow_sums months[MONTHS_MAX];
    wide result = 0;
    slow_walk(c, q, ledger, months);
    for (pilot_month m = q->first; m <= q->last; m++)
        result += months[m - q->first].result;
    return result;
}

/* The value does, and one less does not; or none does, however great. asked: the offset of what it is
 * asked of. */
static void check_least(const random_case *c, slow_question q, size_t asked, int ledger,
                        pilot_opt_int answer, int64_t most, int64_t n)
{
    int64_t *value = (int64_t *)(void *)((char *)&q + asked);
    *value = answer.known ? answer.value : most;
    wide result = slow_result(c, &q, ledger);
    CHECK(answer.known == (result >= 0), "case %" PRId64 ", %zu: %" PRId64 " gives %" PRId64, n, asked,
          *value, (int64_t)result);
    if (!answer.known || !answer.value)
        return;
    --*value;
    CHECK(slow_result(c, &q, ledger) < 0, "case %" PRId64 ", %zu: %" PRId64 " would do", n, asked,
          *value);
}

static pilot_opt_int parts_of(pilot_share share)
{
    if (!share.denominator)
        return (pilot_opt_int){0, false};
    return known((int64_t)share.numerator * 10000 / share.denominator);
}

static void check_answer(const random_case *c, const pilot_account_answer *a, int64_t n)
{
    slow_question q = as_given, unrewarded;
    const int64_t most = INT64_C(1000000000000);
    q.first = a->first;
    q.last = a->last;
    q.by_itself = true;
    unrewarded = q;
    unrewarded.no_reward = true;
    check_least(c, q, offsetof(slow_question, price), SERVICE, a->break_even.price, most, n);
    check_least(c, unrewarded, offsetof(slow_question, price), SERVICE, a->without_reward.price, most,
                n);
    check_least(c, q, offsetof(slow_question, collection), SERVICE, parts_of(a->collection_rate), 10000,
                n);
    wide gap = positive(-slow_result(c, &q, COMMUNITY));
    CHECK(a->community_gap == gap, "case %" PRId64 ": gap %" PRId64, n, a->community_gap);
    gap = positive(-slow_result(c, &unrewarded, COMMUNITY));
    CHECK(a->community_gap_without_reward == gap, "case %" PRId64 ": gap without", n);
    CHECK(a->reward_basis == (a->first < YEAR_2 ? PILOT_PER_SQUARE_METRE : PILOT_PER_HOUSEHOLD),
          "case %" PRId64 ": basis", n);
    q.reward_basis = a->reward_basis;
    if (c->terms.claim)
        check_least(c, q, offsetof(slow_question, reward_rate), COMMUNITY, a->reward_rate, most, n);
    else
        CHECK(!a->reward_rate.known, "case %" PRId64 ": a rate without a claim", n);
}

/* The policy of each combination of the readings that a random account has. */
static pilot_policy *policy_for(const random_case *c)
{
    static pilot_policy *made[2][2][2][3][2];
    pilot_policy **place = &made[c->payee][c->cap][c->basis][c->month_rule][c->gate];
    const int options[][2] = {{PILOT_READING_REWARD_PAYEE, c->payee},
                              {PILOT_READING_REWARD_CAP, c->cap},
                              {PILOT_READING_INCOME_BASIS, c->basis},
                              {PILOT_READING_MONTH_RULE, c->month_rule},
                              {PILOT_READING_GATE_MODE, c->gate}};
    if (*place)
        return *place;
    *place = with_rates(rates, COUNT(rates));
    for (size_t i = 0; i < COUNT(options); i++)
        *place = reading(*place, (pilot_reading)options[i][0], options[i][1]);
    return *place;
}

Test(account, a_million_months, .timeout = 600)
{
    const int64_t wanted = 1000000 / stride();
    static random_case c;
    int64_t n = 0;
    for (int64_t done = 0; done < wanted; n++) {
        pilot_account a;
        pilot_account_row months[MONTHS_MAX], years[3];
        pilot_error error = {0};
        random_fill(&c);
        pilot_status status =
            pilot_account_compute(policy_for(&c), &c.terms, &a, months, MONTHS_MAX, years, 3, &error);
        CHECK(status == PILOT_OK, "case %" PRId64 ": %s: %s", n, error.path, error.message);
        check_rows(&c, &a, months, years, n);
        done += (int64_t)a.month_count;
        if (n % 20)
            continue;
        pilot_account_answer answer;
        pilot_month first = (pilot_month)(c.terms.first + below(c.terms.last - c.terms.first + 1));
        pilot_month last = (pilot_month)(first + below(c.terms.last - first + 1));
        status = pilot_account_answer_compute(policy_for(&c), &c.terms, first, last, &answer, &error);
        CHECK(status == PILOT_OK, "case %" PRId64 ": %s: %s", n, error.path, error.message);
        check_answer(&c, &answer, n);
    }
    for (c.payee = 0; c.payee < 2; c.payee++)
        for (c.cap = 0; c.cap < 2; c.cap++)
            for (c.basis = 0; c.basis < 2; c.basis++)
                for (c.month_rule = 0; c.month_rule < 3; c.month_rule++)
                    for (c.gate = 0; c.gate < 2; c.gate++)
                        pilot_policy_free(policy_for(&c));
}
