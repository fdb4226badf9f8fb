/* Runs the whole way from text to report with the first allocation failing, then the second, and so on
 * until none fails: every failure has to be a clean MEMORY, with nothing leaked or left behind. Those
 * after it are made, so that a failure which is passed over shows. The sanitizer that this is built with
 * sees the leaks. */
#include <pilot.h>

#include <cjson/cJSON.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);

static long allowed = -1; /* allocations before the one that fails; negative: none does */
static long made;

static int refused(void)
{
    made++;
    return allowed >= 0 && made == allowed + 1;
}

void *__wrap_malloc(size_t size);
void *__wrap_malloc(size_t size)
{
    return refused() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size)
{
    return refused() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size);
void *__wrap_realloc(void *old, size_t size)
{
    return refused() ? NULL : __real_realloc(old, size);
}

static char *read_file(const char *path, size_t *length)
{
    static char text[1 << 20];
    FILE *file = fopen(path, "rb");
    *length = file ? fread(text, 1, sizeof text, file) : 0;
    if (file)
        fclose(file);
    return text;
}

/* The next call, where all went well before. */
#define THEN(call) (status = status == PILOT_OK ? (call) : status)
/* Likewise, of a call that writes a text. */
#define WRITE(call)                                                                                     \
    do {                                                                                                \
        char *written = NULL;                                                                           \
        THEN(call);                                                                                     \
        pilot_text_free(written);                                                                       \
    } while (0)

/* Whether the document has no problem is found, or that there is no memory to tell. */
static pilot_status find_none(pilot_schema document, const char *text, size_t length)
{
    pilot_error errors[2];
    size_t count = 7;
    pilot_status status = pilot_problems(document, text, length, NULL, errors, 2, &count);
    if (count != (status == PILOT_OK ? 0 : 7))
        return PILOT_ERROR_INCONSISTENT;
    return status;
}

/* A file of mistakes is as full of them whatever fails, or there is no memory to tell. */
static pilot_status run_problems(const char *text, size_t length)
{
    pilot_error errors[4];
    size_t count = 0;
    pilot_status status = pilot_problems(PILOT_SCHEMA_CITY, text, length, NULL, errors, 4, &count);
    if (status == PILOT_ERROR_MEMORY)
        return count ? PILOT_ERROR_INCONSISTENT : status;
    return count > 4 && errors[0].line <= errors[3].line ? PILOT_OK : PILOT_ERROR_INCONSISTENT;
}

/* The city's records as a caller's. */
static pilot_status copy_city(const pilot_city *city)
{
    const pilot_records *records = pilot_city_records(city);
    pilot_city *copy = NULL;
    pilot_error errors[2];
    size_t count = 7;
    pilot_status status = pilot_city_new(records, &copy, errors);
    THEN(pilot_record_problems(PILOT_SCHEMA_CITY, records, errors, 2, &count));
    pilot_city_free(copy);
    return status;
}

/* The city as sheets of cells, and of them a city again. */
static pilot_status through_cells(const pilot_city *city)
{
    pilot_cells *cells = NULL;
    pilot_city *again = NULL;
    pilot_table *table = NULL;
    pilot_status status = pilot_city_to_cells(city, PILOT_TABLE_CHINESE, &cells);
    THEN(pilot_city_from_cells(pilot_cells_workbook(cells), &again, &table));
    pilot_city_free(again);
    pilot_table_free(table);
    pilot_cells_free(cells);
    return status;
}

/* A workbook of what takes memory in cells alone: a unit behind a title, quotes, a code, an example and
 * columns that are not there. */
static pilot_status run_cells(const char *text, size_t length)
{
#define TEXT(of)                                                                                        \
    {                                                                                                   \
        .kind = PILOT_CELL_TEXT, .text = (of)                                                           \
    }
    static const pilot_cell
        communities[2][3] = {{TEXT("编号"), TEXT("城区"), TEXT("统计用区划代码")},
                             {TEXT("\"c\"\"1\""), TEXT("东湖区"), TEXT("360102008001")}},
        areas[3][3] = {{TEXT("编号"), TEXT("社区"), TEXT("总户数（户）")},
                       {TEXT("示例"), TEXT("示例"), TEXT("120")},
                       {TEXT("a"), TEXT("\"c\"\"1\""), TEXT("9")}},
        providers[2] = {TEXT("服务企业名称"), TEXT("甲")},
        menus[2][2] = {{TEXT("菜单编号"), TEXT("等级1为最高")}, {TEXT("m"), TEXT("是")}},
        services[2][4] = {{TEXT("菜单编号"), TEXT("服务编号"), TEXT("服务类别"), TEXT("计价单位")},
                          {TEXT("m"), TEXT("s"), TEXT("cleaning"), TEXT("square_metre_month")}},
        grades[2][4] = {{TEXT("菜单编号"), TEXT("服务编号"), TEXT("等级"), TEXT("单价")},
                        {TEXT("m"), TEXT("s"), TEXT("1"), TEXT("0.5")}},
        packages[2][3] = {{TEXT("菜单编号"), TEXT("套餐编号"), TEXT("套餐单价")},
                          {TEXT("m"), TEXT("p"), TEXT("9")}},
        items[2][4] = {{TEXT("菜单编号"), TEXT("套餐编号"), TEXT("服务编号"), TEXT("服务等级")},
                       {TEXT("m"), TEXT("p"), TEXT("s"), TEXT("1")}};
    static const pilot_sheet sheets[] = {
        {.name = "社区", .cells = communities[0], .rows = 2, .columns = 3},
        {.name = "居民区", .cells = areas[0], .rows = 3, .columns = 3},
        {.name = "服务企业", .cells = providers, .rows = 2, .columns = 1},
        {.name = "服务菜单", .cells = menus[0], .rows = 2, .columns = 2},
        {.name = "可选服务", .cells = services[0], .rows = 2, .columns = 4},
        {.name = "可选等级", .cells = grades[0], .rows = 2, .columns = 4},
        {.name = "可选套餐", .cells = packages[0], .rows = 2, .columns = 3},
        {.name = "套餐内服务", .cells = items[0], .rows = 2, .columns = 4}};
    const pilot_workbook good = {sheets, 3}, unpriced = {sheets + 3, 5};
    pilot_city *city = NULL;
    pilot_table *table = NULL, *other = NULL;
    (void)text, (void)length;
    pilot_status status = pilot_city_from_cells(&good, &city, &table);
    if (status == PILOT_OK) {
        pilot_city *none = NULL;
        status = pilot_city_from_cells(&unpriced, &none, &other);
        /* The price has no basis, for which there is no column. */
        status = status == PILOT_ERROR_MISSING_VALUE ? PILOT_OK : status;
    }
    pilot_city_free(city);
    pilot_table_free(table);
    pilot_table_free(other);
    return status;
}

static pilot_status run_city(const char *text, size_t length)
{
    pilot_policy *policy = NULL;
    pilot_city *city = NULL;
    pilot_report *report = NULL;
    pilot_error error;
    pilot_status status = pilot_policy_nanchang_2019(&policy);
    THEN(pilot_city_parse(text, length, &city, &error));
    THEN(find_none(PILOT_SCHEMA_CITY, text, length));
    THEN(copy_city(city));
    THEN(through_cells(city));
    THEN(pilot_check(policy, city, 18321, &report, NULL));
    WRITE(pilot_report_write(report, NULL, PILOT_JSON_INDENTED, &written));
    WRITE(pilot_report_print(report, NULL, PILOT_CHINESE, &written));
    WRITE(pilot_readings_print(report, PILOT_ENGLISH, &written));
    WRITE(pilot_city_write(city, PILOT_JSON_COMPACT, &written));
    pilot_report_free(report);
    pilot_city_free(city);
    pilot_policy_free(policy);
    return status;
}

static pilot_status run_reform(const char *text, size_t length)
{
    pilot_policy *policy = NULL, *reform = NULL, *again = NULL;
    char *reformed = NULL;
    pilot_status status = pilot_policy_nanchang_2019(&policy);
    THEN(pilot_policy_patch(policy, text, length, &reform, NULL));
    THEN(pilot_policy_write(reform, PILOT_JSON_INDENTED, &reformed));
    THEN(pilot_policy_parse(reformed, strlen(reformed), &again, NULL));
    THEN(find_none(PILOT_SCHEMA_POLICY, reformed, strlen(reformed)));
    WRITE(pilot_schema_write(PILOT_SCHEMA_REPORT, PILOT_JSON_INDENTED, &written));
    pilot_text_free(reformed);
    pilot_policy_free(again);
    pilot_policy_free(reform);
    pilot_policy_free(policy);
    return status;
}

/* A charge in an area with a contract, beside the menu. */
static pilot_status ask_charge(const char *menu, size_t length)
{
    static const char charge[] = "{\"service\": \"m\", \"first\": \"2020-01\", \"last\": \"2020-02\", "
                                 "\"amount_yuan\": \"10\", \"area_m2\": \"60\", \"x-own\": 0.00001}";
    static const char area[] = "{\"contracts\": [{\"provider\": \"p\", \"menu\": \"m\"}]}";
    static char around[1 << 20];
    pilot_policy *policy = NULL;
    pilot_city *city = NULL;
    pilot_finding finding;
    pilot_error error;
    snprintf(around, sizeof around, "{\"menus\": [%.*s]}", (int)length, menu);
    const pilot_rule_records records = {.record = {charge, strlen(charge)},
                                        .area = {area, strlen(area)},
                                        .community = {"{}", 2},
                                        .district = {"{}", 2},
                                        .city = {around, strlen(around)}};
    pilot_status status = pilot_policy_nanchang_2019(&policy);
    THEN(pilot_check_rule_text(policy, pilot_rule_find("price_marked"), &records, 18321, &city, &finding,
                               &error));
    WRITE(pilot_finding_write(&finding, PILOT_JSON_COMPACT, &written));
    pilot_city_free(city);
    pilot_policy_free(policy);
    return status;
}

static pilot_status run_menu(const char *text, size_t length)
{
    pilot_menu *menu = NULL, *copy = NULL;
    pilot_status status = pilot_menu_parse(text, length, &menu, NULL);
    THEN(find_none(PILOT_SCHEMA_MENU, text, length));
    THEN(pilot_menu_new(pilot_menu_prices(menu), &copy, NULL));
    WRITE(pilot_menu_write(copy, PILOT_JSON_INDENTED, &written));
    pilot_menu_free(copy);
    pilot_menu_free(menu);
    THEN(ask_charge(text, length));
    return status;
}

static pilot_status run_outside(const char *text, size_t length)
{
    pilot_policy *policy = NULL;
    pilot_outside_file *file = NULL;
    pilot_outside_result result;
    pilot_status status = pilot_policy_nanchang_2019(&policy);
    THEN(pilot_outside_parse(text, length, &file, NULL));
    WRITE(pilot_outside_write(pilot_outside_of(file), PILOT_JSON_INDENTED, &written));
    THEN(pilot_outside_compute(policy, pilot_outside_of(file), &result, NULL, NULL, NULL));
    WRITE(pilot_outside_result_write(&result, NULL, NULL, PILOT_JSON_INDENTED, &written));
    pilot_outside_free(file);
    pilot_policy_free(policy);
    return status;
}

static pilot_status run_order(const char *text, size_t length)
{
    const pilot_bill_sum sum = {.months = 1};
    pilot_order *order = NULL;
    pilot_status status = pilot_order_parse(text, length, &order, NULL);
    WRITE(pilot_order_write(order, PILOT_JSON_COMPACT, &written));
    WRITE(pilot_bill_sum_write(&sum, NULL, PILOT_JSON_COMPACT, &written));
    pilot_order_free(order);
    return status;
}

static pilot_status run_comparison(const char *text, size_t length)
{
    pilot_comparison *comparison = NULL;
    pilot_offer_quote quotes[16];
    pilot_cheapest cheapest[16];
    pilot_status status = pilot_comparison_parse(text, length, &comparison, NULL);
    const pilot_comparison_terms *t = comparison ? pilot_comparison_content(comparison) : NULL;
    WRITE(pilot_comparison_write(comparison, PILOT_JSON_INDENTED, &written));
    THEN(pilot_comparison_compute(t, quotes, cheapest, NULL));
    WRITE(pilot_comparison_result_write(t, quotes, cheapest, PILOT_JSON_COMPACT, &written));
    pilot_comparison_free(comparison);
    return status;
}

static pilot_status run_contest(const char *text, size_t length)
{
    pilot_policy *policy = NULL;
    pilot_contest *contest = NULL;
    pilot_choice choice;
    pilot_offer_result results[16];
    pilot_status status = pilot_policy_nanchang_2019(&policy);
    THEN(pilot_contest_parse(text, length, &contest, NULL));
    const pilot_contest_terms *t = contest ? pilot_contest_content(contest) : NULL;
    WRITE(pilot_contest_write(contest, PILOT_JSON_INDENTED, &written));
    THEN(pilot_vote_choose(policy, &t->totals, t->votes, t->offer_count, t->run_off, &choice, results,
                           NULL));
    WRITE(pilot_choice_write(&choice, t->offers, results, t->offer_count, PILOT_JSON_COMPACT, &written));
    pilot_contest_free(contest);
    pilot_policy_free(policy);
    return status;
}

static pilot_status run_account(const char *text, size_t length)
{
    pilot_policy *policy = NULL;
    pilot_account_case *read = NULL;
    pilot_account account;
    pilot_status status = pilot_policy_nanchang_2019(&policy);
    THEN(pilot_account_parse(text, length, &read, NULL));
    const pilot_account_terms *t = read ? pilot_account_case_terms(read) : NULL;
    THEN(pilot_account_compute(policy, t, &account, NULL, 0, NULL, 0, NULL));
    WRITE(pilot_account_write(&account, NULL, NULL, NULL, 0, PILOT_JSON_COMPACT, &written));
    WRITE(pilot_account_terms_write(t, PILOT_JSON_INDENTED, &written));
    pilot_account_case_free(read);
    pilot_policy_free(policy);
    return status;
}

static pilot_status run_vote(const char *text, size_t length)
{
    pilot_vote_totals totals;
    return pilot_vote_totals_parse(text, length, &totals, NULL);
}

/* A vote unit by unit, of which no example is a file: so many that their order does not fit beside them,
 * and is an allocation of its own. */
static const char *vote_of_units(size_t *length)
{
    static char text[1 << 16];
    size_t at = (size_t)snprintf(text, sizeof text,
                                 "{\"held_on\":\"2021-01-01\",\"matter\":\"hire_provider\",\"units\":[");
    for (int i = 0; i < 300; i++)
        at += (size_t)snprintf(text + at, sizeof text - at,
                               "%s{\"area_m2\":80,\"owner\":\"%d\",\"ballot\":\"in_favour\"}",
                               i ? "," : "", i);
    *length = at + (size_t)snprintf(text + at, sizeof text - at, "]}");
    return text;
}

/* An area with all that its records are linked by: charges under a contract's menu, votes on common
 * parts beside incomes, offers. */
#define LINKED                                                                                          \
    "{\"providers\":[{\"id\":\"p\"}],\"districts\":[{\"id\":\"d\"}],"                                   \
    "\"communities\":[{\"id\":\"c\",\"district\":\"d\"}],"                                              \
    "\"menus\":[{\"id\":\"m\",\"best_is_low\":true,\"services\":[{\"id\":\"s\",\"kind\":\"cleaning\","  \
    "\"per\":\"square_metre_month\",\"grades\":[{\"grade\":1,\"yuan\":\"0.3\"}]}]}],"                   \
    "\"areas\":[{\"id\":\"a\",\"communities\":[\"c\"],"                                                 \
    "\"contracts\":[{\"provider\":\"p\",\"menu\":\"m\",\"signed_on\":\"2019-12-01\","                   \
    "\"selection\":{\"items\":[{\"service\":\"s\",\"grade\":1}]}}],"                                    \
    "\"charges\":[{\"dwelling\":\"1\",\"service\":\"s\",\"first\":\"2020-01\",\"last\":\"2020-02\","    \
    "\"amount_yuan\":\"20\"}],"                                                                         \
    "\"offers\":[{\"provider\":\"p\",\"grade\":1,\"yuan_per_m2\":\"0.9\"},"                             \
    "{\"provider\":\"p\",\"grade\":2,\"yuan_per_m2\":\"0.8\"}],"                                        \
    "\"incomes\":[{\"source\":\"lockers\",\"year\":2020,\"amount_yuan\":\"9600\"}],"                    \
    "\"votes\":[{\"held_on\":\"2019-11-18\",\"matter\":\"use_common_parts\",\"passed\":true,"           \
    "\"totals\":{\"all\":{\"area_m2\":100,\"owners\":2},\"in_favour\":{\"area_m2\":100,\"owners\":2},"  \
    "\"against\":{\"area_m2\":0,\"owners\":0},\"abstained\":{\"area_m2\":0,\"owners\":0}}}]}]}"

static pilot_status run_records(const char *text, size_t length)
{
    pilot_city *city = NULL;
    pilot_status status = pilot_city_parse(text, length, &city, NULL);
    THEN(copy_city(city));
    pilot_city_free(city);
    return status;
}

/* A list that is none, to which others refer: told, or no memory. */
static pilot_status run_lost(const char *text, size_t length)
{
    pilot_error errors[4];
    size_t count = 0;
    const pilot_status status = pilot_problems(PILOT_SCHEMA_CITY, text, length, NULL, errors, 4, &count);
    return status == PILOT_ERROR_TYPE && count == 1 ? PILOT_OK : status;
}

/* A document that is values of the caller's. */
static pilot_status run_values(const char *text, size_t length)
{
    static const pilot_json_value
        number = {.kind = PILOT_JSON_NUMBER, .key = "households", .text = "3"},
        id = {.kind = PILOT_JSON_TEXT, .key = "id", .text = "a", .next = &number},
        area = {.kind = PILOT_JSON_OBJECT, .first = &id},
        areas = {.kind = PILOT_JSON_LIST, .key = "areas", .first = &area},
        communities = {.kind = PILOT_JSON_LIST, .key = "communities", .next = &areas},
        districts = {.kind = PILOT_JSON_LIST, .key = "districts", .next = &communities},
        whole = {.kind = PILOT_JSON_OBJECT, .first = &districts};
    pilot_city *city = NULL;
    (void)text, (void)length;
    const pilot_status status = pilot_document_read(PILOT_SCHEMA_CITY, &whole, NULL, &city, NULL);
    pilot_city_free(city);
    return status;
}

static pilot_status run_call(const char *text, size_t length)
{
    pilot_status status = PILOT_OK;
    WRITE(pilot_call(text, length, &written));
    return status;
}

/* Rows of so many bins that its lists grow, costed under the reform by bins and by rows; every ninth has
 * no month. */
static pilot_status run_panel(const char *text, size_t length)
{
    enum { ROWS = 6000 };
    static int64_t households[ROWS], groups[ROWS];
    static int32_t first[ROWS], last[ROWS];
    static uint8_t bytes[1 << 20];
    static int64_t memory[1 << 20];
    const pilot_panel_kind kind = {2019, false, true};
    pilot_panel *panel = NULL, *other = NULL, *again = NULL;
    pilot_policy *base = NULL, *policy = NULL;
    pilot_aggregate *sums;
    int64_t bad;
    pilot_status status = PILOT_OK, of_row;
    for (int32_t i = 0; i < ROWS; i++) {
        households[i] = i % 700;
        first[i] = i % 9 ? 590 + i % 40 : INT32_MIN;
        last[i] = first[i] + i % 37;
        groups[i] = i % 3;
    }
    const pilot_claim_columns claims = {.quantity = {{.values = households}},
                                        .first = {first, PILOT_INT32, false},
                                        .last = {last, PILOT_INT32, false}};
    const pilot_column of = {.values = groups};
    THEN(pilot_policy_nanchang_2019(&base));
    THEN(pilot_policy_patch(base, text, length, &policy, NULL));
    THEN(pilot_panel_new(&kind, &panel));
    THEN(pilot_panel_new(&kind, &other));
    THEN(pilot_panel_add(panel, &claims, of, ROWS, NULL));
    THEN(pilot_panel_merge(other, panel, NULL, 0));
    THEN(pilot_panel_order(other, true));
    for (int i = 0; i < 2; i++) {
        THEN(pilot_aggregate_make(i ? policy : base, 3, memory, sizeof memory, &sums));
        THEN(pilot_panel_cost(other, i ? policy : base, PILOT_NOT_ASSESSED, sums, &bad, &of_row));
    }
    THEN(pilot_panel_pack(other, bytes, sizeof bytes));
    THEN(pilot_panel_unpack(bytes, pilot_panel_packed_size(other), &again));
    pilot_panel_free(panel);
    pilot_panel_free(other);
    pilot_panel_free(again);
    pilot_policy_free(policy);
    pilot_policy_free(base);
    return status;
}

typedef pilot_status (*run_function)(const char *text, size_t length);

/* The number of allocations it took, or -1 after saying what went wrong. Of a text of more than 20,000
 * bytes, which takes tens of thousands, only every so manieth fails. */
static long fail_each(const char *name, const char *text, size_t length, run_function run)
{
    const long step = 1 + (long)(length / 20000);
    pilot_status status;
    do {
        allowed += step;
        made = 0;
        status = run(text, length);
    } while (made > allowed && status == PILOT_ERROR_MEMORY);
    const long failed = allowed;
    allowed = -1; /* what follows is not the library's */
    if (made > failed)
        printf("%s: allocation %ld failed and gave \"%s\"\n", name, failed, pilot_status_name(status));
    return made <= failed && status == PILOT_OK ? made : -1;
}

/* What a file is, by the folder it lies in. */
static run_function run_of(const char *name)
{
    static const struct {
        const char *folder;
        run_function run;
    } kinds[] = {
        {"/menus/", run_menu},       {"/outside/", run_outside},        {"/reforms/", run_reform},
        {"/orders/", run_order},     {"/comparisons/", run_comparison}, {"/contests/", run_contest},
        {"/accounts/", run_account}, {"/problems/", run_problems},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strstr(name, kinds[i].folder))
            return kinds[i].run;
    return run_city;
}

static int passes(const char *name, const char *text, size_t length, run_function run)
{
    long allocations = fail_each(name, text, length, run);
    if (allocations >= 0)
        printf("%s: %ld allocations, failed one at a time\n", name, allocations);
    return allocations >= 0;
}

/* Each request of a file of calls: every second line that is no comment. */
static int pass_calls(const char *name)
{
    size_t length;
    char *line = read_file(name, &length);
    int lines = 0, good = 1;
    for (char *end; good && (end = memchr(line, '\n', length)); line = end + 1) {
        const size_t size = (size_t)(end - line);
        length -= size + 1;
        if (size && *line != '#' && lines++ % 2 == 0)
            good = fail_each("a call", line, size, run_call) >= 0;
    }
    if (good)
        printf("%s: %d calls, each of their allocations failed once\n", name, lines / 2);
    return good;
}

int main(int count, char **names)
{
    cJSON_Hooks hooks = {__wrap_malloc, free};
    cJSON_InitHooks(&hooks);
    size_t length;
    for (int i = 1; i < count; i++) {
        if (strstr(names[i], "calls.txt")) {
            if (!pass_calls(names[i]))
                return 1;
            continue;
        }
        const char *text = read_file(names[i], &length);
        if (!passes(names[i], text, length, run_of(names[i])))
            return 1;
    }
    const char *vote = vote_of_units(&length);
    static const char sevenths[] = "{\"city_share\":\"1/7\"}";
    static const char lost[] = "{\"districts\":5,\"communities\":[{\"id\":\"c\",\"district\":\"d\"}],"
                               "\"areas\":[]}";
    static const char digest[] = "{\"call\":\"digest\",\"as_of\":\"2020-02-29\",\"city\":" LINKED "}";
    return passes("a vote by units", vote, length, run_vote) &&
                   passes("an area with all its lists", LINKED, strlen(LINKED), run_records) &&
                   passes("its digest", digest, sizeof digest - 1, run_call) &&
                   passes("a list that is none", lost, sizeof lost - 1, run_lost) &&
                   passes("values of a caller's", "", 0, run_values) &&
                   passes("a workbook", "", 0, run_cells) &&
                   passes("a panel", sevenths, sizeof sevenths - 1, run_panel)
               ? 0
               : 1;
}
