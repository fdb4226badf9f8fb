/* base.h: no call takes more than 32 KiB of stack, and 36 KiB where each frame has s390x's 160 bytes.
 * Calls run in a thread that has just so much from where it begins: whatever lies below is taken away,
 * so that one that takes more crashes. A sanitizer widens every frame, and there the thread keeps its 64
 * KiB times sixteen. */
#define _DEFAULT_SOURCE
#include "columns.h"

#include <dirent.h>
#include <stdint.h>

#ifdef __wasi__
/* The one stack is the linker's, 128 KiB with what the tests take of it; beyond is a trap. */
static void within_stack(void (*calls)(void))
{
    calls();
}
#else
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

#ifdef __s390x__
enum { STACK_MAX = 36 * 1024 };
#else
enum { STACK_MAX = 32 * 1024 };
#endif
enum { THREAD_STACK = 64 * 1024 * (SANITIZED ? 16 : 1) };

typedef struct limited {
    void (*calls)(void);
    char *stack;
    size_t page;
} limited;

static void *run_limited(void *context)
{
    const limited *l = context;
    char here;
    const size_t above = (size_t)(&here - l->stack);
    const size_t taken = SANITIZED || above < STACK_MAX ? 0 : (above - STACK_MAX) / l->page * l->page;
    if (taken && mprotect(l->stack, taken, PROT_NONE))
        return NULL;
    l->calls();
    if (taken)
        (void)mprotect(l->stack, taken, PROT_READ | PROT_WRITE);
    return context;
}

static void within_stack(void (*calls)(void))
{
    limited l = {.calls = calls, .page = (size_t)sysconf(_SC_PAGESIZE)};
    pthread_attr_t attributes;
    pthread_t thread;
    void *done = NULL;
    l.stack = mmap(NULL, THREAD_STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    cr_assert(l.stack != MAP_FAILED);
    cr_assert_eq(pthread_attr_init(&attributes), 0);
    cr_assert_eq(pthread_attr_setstack(&attributes, l.stack, THREAD_STACK), 0);
    cr_assert_eq(pthread_create(&thread, &attributes, run_limited, &l), 0);
    cr_assert_eq(pthread_join(thread, &done), 0);
    cr_assert_eq(done, &l);
    pthread_attr_destroy(&attributes);
    munmap(l.stack, THREAD_STACK);
}
#endif

static pilot_policy *policy;
static size_t tried; /* calls that came to a result */

static void count(pilot_status status, char *text)
{
    tried += status == PILOT_OK;
    pilot_text_free(text);
}
#define WRITE(call)                                                                                     \
    do {                                                                                                \
        char *written = NULL;                                                                           \
        pilot_status written_status = (call);                                                           \
        count(written_status, written);                                                                 \
    } while (0)

static void try_report(const pilot_report *report)
{
    char text[512];
    pilot_finding finding;
    for (int language = PILOT_ENGLISH; language <= PILOT_CHINESE; language++) {
        WRITE(pilot_report_print(report, NULL, (pilot_language)language, &written));
        WRITE(pilot_readings_print(report, (pilot_language)language, &written));
    }
    WRITE(pilot_report_write(report, NULL, PILOT_JSON_INDENTED, &written));
    for (size_t i = 0; i < pilot_report_size(report); i++)
        if (pilot_report_at(report, i, &finding) == PILOT_OK)
            tried += pilot_finding_path(&finding, text, sizeof text) > 0;
}

static void try_areas(const pilot_city *city)
{
    const pilot_records *r = pilot_city_records(city);
    pilot_timeline timeline;
    pilot_claim claim;
    pilot_award award;
    static pilot_award_line lines[256]; /* the bound is the calls' alone */
    pilot_award_range range;
    for (size_t i = 0; i < r->area_count; i++) {
        tried += pilot_timeline_make(policy, &r->areas[i], 18321, &timeline, NULL) == PILOT_OK;
        if (pilot_residential_area_claim(policy, &r->areas[i], 18321, &claim, NULL) != PILOT_OK ||
            pilot_award_compute(policy, &claim, &award, lines, COUNT(lines), NULL) != PILOT_OK)
            continue;
        tried += pilot_award_range_compute(policy, &claim, &range, NULL) == PILOT_OK;
        WRITE(pilot_award_write(&award, lines, PILOT_JSON_INDENTED, &written));
    }
}

static void try_verdict(const pilot_city *city)
{
    const pilot_records *r = pilot_city_records(city);
    const pilot_subject whole = {.city = city};
    uint8_t outcomes[256];
    tried += pilot_verdict(policy, &whole, 18321, NULL, 256, outcomes, NULL) == PILOT_OK;
    for (size_t i = 0; i < r->area_count; i++) {
        const pilot_residential_area own = r->areas[i];
        const pilot_subject s = {.area = &own};
        tried += pilot_verdict(policy, &s, 18321, NULL, 256, outcomes, NULL) == PILOT_OK;
    }
}

/* As deep as values are read. */
static void try_value(void)
{
    pilot_json_value levels[PILOT_JSON_DEPTH_MAX];
    pilot_city *city = NULL;
    for (int i = 0; i < PILOT_JSON_DEPTH_MAX; i++)
        levels[i] = (pilot_json_value){.kind = PILOT_JSON_OBJECT,
                                       .key = "x-deep",
                                       .first = i + 1 < PILOT_JSON_DEPTH_MAX ? &levels[i + 1] : NULL};
    levels[0].key = NULL;
    tried +=
        pilot_document_read(PILOT_SCHEMA_CITY, levels, NULL, &city, NULL) == PILOT_ERROR_MISSING_KEY;
}

static void try_city(const char *text, size_t length)
{
    pilot_city *city = NULL;
    pilot_report *report = NULL;
    pilot_award_sum sum;
    pilot_award_range range;
    pilot_error error;
    if (pilot_city_parse(text, length, &city, &error) != PILOT_OK)
        return;
    WRITE(pilot_city_write(city, PILOT_JSON_INDENTED, &written));
    tried += pilot_city_award(policy, city, NULL, 18321, &sum, NULL, 0, NULL) == PILOT_OK;
    tried += pilot_city_award_range(policy, city, NULL, 18321, &range, NULL) == PILOT_OK;
    try_areas(city);
    try_verdict(city);
    try_value();
    if (pilot_check(policy, city, 18321, &report, NULL) == PILOT_OK)
        try_report(report);
    pilot_report_free(report);
    pilot_city_free(city);
}

static void try_policy(const char *text, size_t length)
{
    pilot_policy *read = NULL, *reform = NULL;
    pilot_error error;
    if (pilot_policy_parse(text, length, &read, &error) == PILOT_OK)
        WRITE(pilot_policy_write(read, PILOT_JSON_INDENTED, &written));
    if (pilot_policy_patch(policy, text, length, &reform, &error) == PILOT_OK)
        WRITE(pilot_policy_write(reform, PILOT_JSON_INDENTED, &written));
    pilot_policy_free(read);
    pilot_policy_free(reform);
}

static void try_menu(const char *text, size_t length)
{
    pilot_menu *menu = NULL, *copy = NULL;
    static pilot_price_violation violations[64];
    size_t faults;
    pilot_error error;
    if (pilot_menu_parse(text, length, &menu, &error) != PILOT_OK)
        return;
    const pilot_price_list *list = pilot_menu_prices(menu);
    tried += pilot_menu_new(list, &copy, &error) == PILOT_OK;
    tried += pilot_menu_check_prices(menu, violations, COUNT(violations), &faults) == PILOT_OK;
    WRITE(pilot_menu_write(menu, PILOT_JSON_INDENTED, &written));
    pilot_menu_free(copy);
    pilot_menu_free(menu);
}

static void price_order(const pilot_menu *menu, const pilot_order_terms *t)
{
    static pilot_money amounts[4096];
    pilot_quote quote;
    static pilot_quote_line quote_lines[PILOT_MENU_SERVICES_MAX];
    pilot_bill bill;
    static pilot_bill_line lines[PILOT_MENU_SERVICES_MAX];
    pilot_bill_sum sum;
    pilot_error error;
    const pilot_bill_period period = t->period ? *t->period : (pilot_bill_period){600, 611};
    const size_t dwellings =
        t->premises.dwelling_count < COUNT(amounts) ? t->premises.dwelling_count : 0;
    if (pilot_quote_compute(menu, &t->selection, &t->premises, t->day, &quote, quote_lines,
                            COUNT(quote_lines), &error) == PILOT_OK)
        WRITE(pilot_quote_write(&quote, quote_lines, PILOT_JSON_INDENTED, &written));
    if (pilot_bill_compute(menu, &t->selection, 8000, period, t->rounding, &bill, lines, COUNT(lines),
                           &error) == PILOT_OK)
        WRITE(pilot_bill_write(&bill, lines, PILOT_JSON_INDENTED, &written));
    if (pilot_bills_compute(menu, &t->selection, t->premises.dwellings, dwellings, period, t->rounding,
                            &sum, amounts, &error) == PILOT_OK)
        WRITE(pilot_bill_sum_write(&sum, amounts, PILOT_JSON_INDENTED, &written));
    tried += pilot_bills_apportion(menu, &t->selection, &t->premises, period, t->rounding, &sum, NULL,
                                   &error) == PILOT_OK;
}

static pilot_menu *foshan;

static void try_order(const char *text, size_t length)
{
    pilot_order *order = NULL;
    pilot_error error;
    if (pilot_order_parse(text, length, &order, &error) != PILOT_OK)
        return;
    WRITE(pilot_order_write(order, PILOT_JSON_INDENTED, &written));
    price_order(foshan, pilot_order_content(order));
    pilot_order_free(order);
}

static void try_comparison(const char *text, size_t length)
{
    pilot_comparison *comparison = NULL;
    static pilot_offer_quote quotes[16];
    pilot_cheapest cheapest[16];
    pilot_error error;
    if (pilot_comparison_parse(text, length, &comparison, &error) != PILOT_OK)
        return;
    const pilot_comparison_terms *t = pilot_comparison_content(comparison);
    WRITE(pilot_comparison_write(comparison, PILOT_JSON_INDENTED, &written));
    if (t->offer_count <= COUNT(quotes) && t->required_count <= COUNT(cheapest) &&
        pilot_comparison_compute(t, quotes, cheapest, &error) == PILOT_OK)
        WRITE(pilot_comparison_result_write(t, quotes, cheapest, PILOT_JSON_INDENTED, &written));
    pilot_comparison_free(comparison);
}

static void try_votes(const char *text, size_t length)
{
    pilot_contest *contest = NULL;
    pilot_vote_totals totals;
    pilot_vote_result result;
    pilot_choice choice;
    static pilot_offer_result results[16];
    pilot_error error;
    if (pilot_vote_totals_parse(text, length, &totals, &error) == PILOT_OK &&
        pilot_vote_decide(policy, &totals, &result, &error) == PILOT_OK)
        WRITE(pilot_vote_result_write(&result, PILOT_JSON_INDENTED, &written));
    if (pilot_contest_parse(text, length, &contest, &error) != PILOT_OK)
        return;
    const pilot_contest_terms *t = pilot_contest_content(contest);
    WRITE(pilot_contest_write(contest, PILOT_JSON_INDENTED, &written));
    if (t->offer_count <= COUNT(results) &&
        pilot_vote_choose(policy, &t->totals, t->votes, t->offer_count, t->run_off, &choice, results,
                          &error) == PILOT_OK)
        WRITE(pilot_choice_write(&choice, t->offers, results, t->offer_count, PILOT_JSON_INDENTED,
                                 &written));
    pilot_contest_free(contest);
}

static void try_money(const char *text, size_t length)
{
    pilot_account_case *read = NULL;
    pilot_outside_file *file = NULL;
    pilot_account account;
    pilot_account_range range;
    pilot_account_answer answer;
    pilot_outside_result result;
    pilot_error error;
    if (pilot_account_parse(text, length, &read, &error) == PILOT_OK) {
        const pilot_account_terms *t = pilot_account_case_terms(read);
        WRITE(pilot_account_terms_write(t, PILOT_JSON_INDENTED, &written));
        tried += pilot_account_range_compute(policy, t, &range, NULL) == PILOT_OK;
        if (pilot_account_compute(policy, t, &account, NULL, 0, NULL, 0, &error) == PILOT_OK &&
            pilot_account_answer_compute(policy, t, t->first, t->last, &answer, &error) == PILOT_OK)
            WRITE(pilot_account_write(&account, NULL, NULL, &answer, 1, PILOT_JSON_INDENTED, &written));
        pilot_account_case_free(read);
    }
    if (pilot_outside_parse(text, length, &file, &error) != PILOT_OK)
        return;
    WRITE(pilot_outside_write(pilot_outside_of(file), PILOT_JSON_INDENTED, &written));
    if (pilot_outside_compute(policy, pilot_outside_of(file), &result, NULL, NULL, &error) == PILOT_OK)
        WRITE(pilot_outside_result_write(&result, NULL, NULL, PILOT_JSON_INDENTED, &written));
    pilot_outside_free(file);
}

static char text_of_file[1 << 20];

static size_t read_text(const char *path)
{
    FILE *file = fopen(path, "rb");
    size_t length = file ? fread(text_of_file, 1, sizeof text_of_file, file) : 0;
    if (file)
        fclose(file);
    return length;
}

static void try_text(const char *text, size_t length)
{
    pilot_error error = {.path = "/areas/0/charges/1/amount_yuan"};
    try_city(text, length);
    try_policy(text, length);
    try_menu(text, length);
    try_order(text, length);
    try_comparison(text, length);
    try_votes(text, length);
    try_money(text, length);
    tried += pilot_error_locate(text, length, &error) == PILOT_OK;
}

static void try_folder(const char *folder)
{
    char path[512];
    DIR *entries = opendir(folder);
    for (struct dirent *entry; entries && (entry = readdir(entries));) {
        snprintf(path, sizeof path, "%s/%.200s", folder, entry->d_name);
        if (strstr(entry->d_name, ".json"))
            try_text(text_of_file, read_text(path));
    }
    if (entries)
        closedir(entries);
}

static void files(void)
{
    static const char *const folders[] = {
        "examples/data",         "examples/data/accounts", "examples/data/comparisons",
        "examples/data/menus",   "examples/data/orders",   "examples/data/outside",
        "examples/data/reforms", "tests/cases/malformed"};
    for (size_t i = 0; i < COUNT(folders); i++)
        try_folder(folders[i]);
}

/* As deep as it may be, in every kind of place: a member of one's own, where anything may stand. */
static void deep(void)
{
    char *at = text_of_file;
    const int depth = PILOT_JSON_DEPTH_MAX - 1;
    at += sprintf(at, "{\"x-own\": ");
    for (int i = 0; i < depth; i++)
        at += sprintf(at, i % 2 ? "[" : "{\"a\": ");
    at += sprintf(at, "1");
    for (int i = depth; i-- > 0;)
        at += sprintf(at, i % 2 ? "]" : "}");
    at += sprintf(at, "}");
    try_text(text_of_file, (size_t)(at - text_of_file));
}

static void schemas(void)
{
    for (int i = 0; i < PILOT_SCHEMA_COUNT; i++)
        WRITE(pilot_schema_write((pilot_schema)i, PILOT_JSON_INDENTED, &written));
}

enum { ROWS = 1000, GROUPS = 5 };

/* A table of rows of which some are bad, are held back, or are too large for the quick way. */
static struct rows {
    int64_t households[ROWS], areas[ROWS], cost[ROWS];
    int32_t first[ROWS], last[ROWS], groups[ROWS], months[ROWS];
    int64_t passed[ROWS], failed[ROWS];
    pilot_money out[5][ROWS * PILOT_PANEL_YEARS_MAX];
    uint8_t reasons[ROWS], statuses[ROWS];
    uint32_t breached[ROWS], unknown[ROWS];
    _Alignas(8) char sums[2][1 << 20];
    uint8_t packed[1 << 20];
} t;

static void fill_rows(void)
{
    for (size_t i = 0; i < ROWS; i++) {
        t.households[i] = below(9) ? below(3000) : strange();
        t.areas[i] = below(9) ? below(20000) : strange();
        t.cost[i] = below(100000);
        t.first[i] = 590 + (int32_t)below(40);
        t.last[i] = t.first[i] + (int32_t)below(40) - (below(20) == 0 ? 50 : 0);
        t.groups[i] = (int32_t)below(GROUPS + (below(50) == 0));
        t.months[i] = (int32_t)below(14);
        t.passed[i] = below(2) ? -1 : below(8);
        t.failed[i] = ~t.passed[i] & below(8);
    }
}

static pilot_claim_columns claim_columns(bool masks)
{
    pilot_claim_columns c = {.quantity = {{.values = t.households}, {.values = t.areas}}};
    c.first = (pilot_column){t.first, PILOT_INT32, false};
    c.last = (pilot_column){t.last, PILOT_INT32, false};
    if (masks) {
        c.passed = (pilot_column){t.passed, PILOT_INT64, false};
        c.failed = (pilot_column){t.failed, PILOT_INT64, false};
    }
    return c;
}

static void try_budgets(const pilot_policy *p, const pilot_aggregate *sums)
{
    const pilot_budget budget = {.total = known(1000000000)};
    int64_t answer;
    tried += pilot_budget_factor(p, sums, PILOT_ALL_GROUPS, &budget, &answer, NULL) == PILOT_OK;
    tried += pilot_budget_rate(p, sums, 0, &budget, 0, &answer, NULL) == PILOT_OK;
    tried += pilot_budget_city_share(p, sums, 0, &budget, &answer, NULL) == PILOT_OK;
    tried += pilot_budget_quantity(p, PILOT_PER_HOUSEHOLD, 600, 620, &budget, &answer, NULL) == PILOT_OK;
}

static void try_sums(const pilot_policy *p, const pilot_claim_columns *claims)
{
    pilot_aggregate *sums, *other;
    pilot_pass pass;
    pilot_aggregate_cell cell;
    size_t groups;
    int64_t rows, bad;
    const pilot_column of = {t.groups, PILOT_INT32, false};
    if (pilot_aggregate_make(p, GROUPS, t.sums[0], sizeof t.sums[0], &sums) != PILOT_OK)
        return;
    tried += pilot_aggregate_add(sums, p, claims, of, ROWS, &pass) == PILOT_OK;
    tried += pilot_aggregate_cell_at(sums, 0, 0, &cell) == PILOT_OK;
    tried += pilot_aggregate_rows(sums, PILOT_ALL_GROUPS, &rows, &bad) == PILOT_OK;
    try_budgets(p, sums);
    size_t size = pilot_aggregate_packed_size(sums);
    if (pilot_aggregate_pack(sums, t.packed, sizeof t.packed) == PILOT_OK &&
        pilot_aggregate_unpack(p, t.packed, size, t.sums[1], sizeof t.sums[1], &groups, &other) ==
            PILOT_OK)
        tried += pilot_aggregate_merge(sums, other) == PILOT_OK;
}

static void try_panel(const pilot_policy *p, const pilot_claim_columns *claims)
{
    const pilot_panel_kind kind = {2019, true, true};
    pilot_panel *panel, *other;
    pilot_aggregate *sums;
    pilot_status status;
    int64_t bad;
    if (pilot_panel_new(&kind, &panel) != PILOT_OK)
        return;
    tried += pilot_panel_add(panel, claims, (pilot_column){t.groups, PILOT_INT32, false}, ROWS, NULL) ==
             PILOT_OK;
    tried += pilot_panel_order(panel, true) == PILOT_OK;
    if (pilot_aggregate_make(p, GROUPS, t.sums[0], sizeof t.sums[0], &sums) == PILOT_OK)
        tried += pilot_panel_cost(panel, p, PILOT_NOT_ASSESSED, sums, &bad, &status) == PILOT_OK;
    if (pilot_panel_pack(panel, t.packed, sizeof t.packed) == PILOT_OK &&
        pilot_panel_unpack(t.packed, pilot_panel_packed_size(panel), &other) == PILOT_OK) {
        tried += pilot_panel_merge(panel, other, NULL, 0) == PILOT_OK;
        pilot_panel_free(other);
    }
    pilot_panel_free(panel);
}

static void try_accounts(const pilot_policy *p, const pilot_claim_columns *claims)
{
    const pilot_column costs = {t.cost, PILOT_INT64, false};
    const pilot_account_columns accounts = {
        .first = {t.first, PILOT_INT32, false},
        .last = {t.last, PILOT_INT32, false},
        .cost = {costs, costs},
        .billed = {t.households, PILOT_INT64, false},
        .collection_rate = {4, 5},
    };
    const pilot_shortfall_columns to = {.first_year = 2018,
                                        .year_count = 10,
                                        .gap = {t.out[0], t.out[1]},
                                        .shortfall = {t.out[2], t.out[3]},
                                        .statuses = t.statuses};
    pilot_pass pass;
    tried += pilot_account_columns_compute(p, claims, &accounts, ROWS, &to, &pass) == PILOT_OK;
}

static void try_draws(const pilot_policy *p, const pilot_claim_columns *claims)
{
    static pilot_money sums[3 * PILOT_PANEL_YEARS_MAX * 2];
    static const int64_t half = INT64_C(1) << 31, error = 50000;
    pilot_column passes[PILOT_PANEL_YEARS_MAX];
    pilot_pass pass;
    for (size_t i = 0; i < COUNT(passes); i++)
        passes[i] = (pilot_column){&half, PILOT_INT64, true};
    for (int errors = 0; errors < 2; errors++) {
        const pilot_draw_odds odds = {passes, passes[0], {errors ? &error : NULL, PILOT_INT64, true}};
        tried += pilot_draw_columns(p, claims, &odds, 1, 0, ROWS, 0, 3, sums, &pass) == PILOT_OK;
    }
}

static void try_columns(const pilot_policy *p, bool masks)
{
    const pilot_claim_columns claims = claim_columns(masks);
    const pilot_award_columns all = {t.out[0], t.out[1],  t.out[2],  t.out[3],
                                     t.out[4], t.reasons, t.statuses};
    const pilot_award_columns totals = {.total = t.out[0]};
    const pilot_site_columns sites = {.office_area = {t.areas, PILOT_INT64, false}};
    pilot_pass pass;
    tried += pilot_award_columns_compute(p, &claims, ROWS, &all, &pass) == PILOT_OK;
    tried += pilot_award_columns_compute(p, &claims, ROWS, &totals, &pass) == PILOT_OK;
    try_sums(p, &claims);
    try_panel(p, &claims);
    try_draws(p, &claims);
    try_accounts(p, &claims);
    tried += pilot_fee_columns_compute((pilot_column){t.households, PILOT_INT64, false},
                                       (pilot_column){t.areas, PILOT_INT64, false},
                                       (pilot_column){t.months, PILOT_INT32, false}, NULL, ROWS,
                                       t.out[0], t.statuses, &pass) == PILOT_OK;
    tried += pilot_screen_columns(p, &sites, ROWS, t.breached, t.unknown) == PILOT_OK;
}

static pilot_policy *longest; /* rates month by month over as many years as there may be */

static void columns(void)
{
    fill_rows();
    for (int masks = 0; masks < 2; masks++) {
        try_columns(policy, masks);
        try_columns(longest, masks);
    }
}

static pilot_policy *monthly_rates(void)
{
    static pilot_rate rates[PILOT_PANEL_YEARS_MAX * 12];
    for (size_t i = 0; i < COUNT(rates); i++)
        rates[i] = (pilot_rate){(pilot_month)i + 360, (pilot_month)i + 360, 10001 + (int64_t)i,
                                (pilot_basis)(i % 2)};
    return with_rates(rates, COUNT(rates));
}

static void begin(void)
{
    pilot_error error;
    policy = notice();
    longest = monthly_rates();
    size_t length = read_text("examples/data/menus/foshan-2019.json");
    cr_assert_eq(pilot_menu_parse(text_of_file, length, &foshan, &error), PILOT_OK, "%s", error.message);
}

static void end(void)
{
    pilot_menu_free(foshan);
    pilot_policy_free(longest);
    pilot_policy_free(policy);
}

TestSuite(stack, .init = begin, .fini = end);

Test(stack, files)
{
    within_stack(files);
    cr_expect_geq(tried, 100);
}

Test(stack, depth)
{
    within_stack(deep);
    cr_expect_geq(tried, 2, "a reform of one member of one's own is one, and is located");
}

Test(stack, schemas)
{
    within_stack(schemas);
    cr_expect_eq(tried, PILOT_SCHEMA_COUNT);
}

Test(stack, columns)
{
    within_stack(columns);
    cr_expect_geq(tried, 40);
}
