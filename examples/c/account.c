/* What a community's two earmarked ledgers lack year by year, and what it would take:
 *     account ACCOUNT.json
 *     account examples/data/accounts/956-households.json */
#include <pilot.h>

#include <stdio.h>

#define YEARS_MAX 301

static int refused(const char *what, const pilot_error *error)
{
    fprintf(stderr, "%s:%d:%d: %s: %s\n", what, (int)error->line, (int)error->column, error->path,
            error->message);
    return 2;
}

static pilot_status read_account(const char *path, pilot_account_case **account_case, pilot_error *error)
{
    static char text[1 << 20];
    FILE *file = fopen(path, "rb");
    size_t length = file ? fread(text, 1, sizeof text, file) : 0;
    if (file)
        fclose(file);
    return pilot_account_parse(text, length, account_case, error);
}

static void print_amount(pilot_money amount)
{
    pilot_text text;
    printf(" %12s", pilot_money_text(amount, &text));
}

static const char *row_name(const pilot_account_row *row, bool total, pilot_text *text)
{
    if (total)
        return "all";
    snprintf(text->text, sizeof text->text, "%d", (int)pilot_month_year(row->first));
    return text->text;
}

static void print_row(const pilot_account_row *row, bool total)
{
    pilot_text text;
    const pilot_ledger_sums *s = &row->ledgers[PILOT_LEDGER_SERVICE];
    const pilot_ledger_sums *c = &row->ledgers[PILOT_LEDGER_COMMUNITY];
    printf("%-4s service  ", row_name(row, total, &text));
    const pilot_money service[] = {s->cost + s->used + s->misused,
                                   s->collected,
                                   s->reward,
                                   s->income,
                                   s->shortfall,
                                   s->rebate,
                                   s->closing};
    const pilot_money community[] = {c->cost + c->used + c->misused,
                                     c->collected,
                                     c->reward,
                                     c->income,
                                     c->shortfall,
                                     c->rebate,
                                     c->closing};
    for (size_t i = 0; i < sizeof service / sizeof *service; i++)
        print_amount(service[i]);
    printf("  %s\n     community", pilot_margin_name(row->margin.outcome));
    for (size_t i = 0; i < sizeof community / sizeof *community; i++)
        print_amount(community[i]);
    if (c->misused)
        printf("  %s misused", pilot_money_text(c->misused, &text));
    putchar('\n');
}

static void print_years(const pilot_account *account, const pilot_account_row *years)
{
    printf("yuan         %13s %12s %12s %12s %12s %12s %12s\n", "spent", "fees", "reward", "income",
           "shortfall", "rebate", "carried on");
    for (size_t i = 0; i < account->year_count; i++)
        print_row(&years[i], false);
    print_row(&account->total, true);
}

static const char *price_text(pilot_opt_int price, pilot_text *text)
{
    return price.known ? pilot_price_text(price.value, text) : "none";
}

static pilot_status print_answers(const pilot_policy *policy, const pilot_account_terms *terms,
                                  const pilot_account *account, const pilot_account_row *years,
                                  pilot_error *error)
{
    pilot_text fee, without, share, gap, rate;
    puts("\nto hold in a year  fee yuan/m2  without reward  share to collect  community lacks  reward "
         "rate");
    for (size_t i = 0; i < account->year_count; i++) {
        pilot_account_answer a;
        pilot_status status =
            pilot_account_answer_compute(policy, terms, years[i].first, years[i].last, &a, error);
        if (status != PILOT_OK)
            return status;
        printf("%-17d %12s %15s %17s %16s %12s\n", (int)pilot_month_year(years[i].first),
               price_text(a.break_even.price, &fee), price_text(a.without_reward.price, &without),
               a.collection_rate.denominator ? pilot_share_text(a.collection_rate, &share) : "none",
               pilot_money_text(a.community_gap, &gap), price_text(a.reward_rate, &rate));
    }
    return PILOT_OK;
}

static void print_span(const char *ledger, const pilot_range *range)
{
    pilot_text least, greatest;
    printf("%s: %s to %s yuan", ledger, pilot_money_text(range->least, &least),
           pilot_money_text(range->greatest, &greatest));
    for (int i = 0; i < PILOT_READING_COUNT; i++) {
        pilot_reading_info info;
        if (range->moved_by & PILOT_READING_BIT(i) &&
            pilot_reading_at((pilot_reading)i, &info) == PILOT_OK)
            printf("  %s (%s)", info.name, info.register_id);
    }
    putchar('\n');
}

static pilot_status print_account(const pilot_policy *policy, const pilot_account_terms *terms,
                                  pilot_error *error)
{
    static pilot_account_row years[YEARS_MAX];
    pilot_account account;
    pilot_account_range range;
    pilot_status status =
        pilot_account_compute(policy, terms, &account, NULL, 0, years, YEARS_MAX, error);
    if (status != PILOT_OK)
        return status;
    print_years(&account, years);
    status = print_answers(policy, terms, &account, years, error);
    if (status == PILOT_OK)
        status = pilot_account_range_compute(policy, terms, &range, error);
    if (status != PILOT_OK)
        return status;
    puts("\nshortfall over the readings, and those that move it");
    print_span("service", &range.service);
    print_span("community", &range.community);
    print_span("both", &range.both);
    return PILOT_OK;
}

int main(int count, char **words)
{
    pilot_policy *policy = NULL;
    pilot_account_case *account_case = NULL;
    pilot_error error = {0};
    if (count != 2) {
        fputs("usage: account ACCOUNT.json\n", stderr);
        return 2;
    }
    pilot_status status = read_account(words[1], &account_case, &error);
    if (status == PILOT_OK)
        status = pilot_policy_nanchang_2019(&policy);
    if (status == PILOT_OK)
        status = print_account(policy, pilot_account_case_terms(account_case), &error);
    pilot_policy_free(policy);
    pilot_account_case_free(account_case);
    return status == PILOT_OK ? 0 : refused(words[1], &error);
}
