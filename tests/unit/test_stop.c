/* Long calls end when their stop says so: at once, with nothing made and nothing left behind. */
#include "cases.h"

/* A stop that counts how often it is asked, and says yes once, at one of those times. */
typedef struct counter {
    size_t asked, yes_at; /* yes_at: 0, never */
} counter;

static bool count(void *context)
{
    counter *c = context;
    return ++c->asked == c->yes_at;
}

typedef struct fixture {
    char *text; /* of the city */
    pilot_policy *policy;
    pilot_city *city;
    pilot_report *report;
} fixture;

/* A call that begins anew each time and releases what it makes, if the status is PILOT_OK; else it sees
 * that what it would have made is as it was. */
typedef pilot_status (*long_call)(const fixture *f, const pilot_stop *stop);

enum { RECORDS = 1500 };

/* A city of as many communities and areas, whose budget covers the awards where each year needs a pass
 * of its own alone; released with free. */
static char *city_text(void)
{
    buffer b = {0};
    char item[192];
    add(&b, "{\"reward_budget_yuan\":\"40000000\",\"districts\":[{\"id\":\"d\"}],\"communities\":[");
    for (int i = 0; i < RECORDS; i++) {
        snprintf(item, sizeof item,
                 "%s{\"id\":\"c%d\",\"district\":\"d\",\"offices\":[{\"area_m2\":1}],\"assessments\":["
                 "{\"year\":2019,\"result\":\"passed\",\"date\":\"2020-01-15\"}]}",
                 i ? "," : "", i);
        add(&b, item);
    }
    add(&b, "],\"areas\":[");
    for (int i = 0; i < RECORDS; i++) {
        snprintf(item, sizeof item,
                 "%s{\"id\":\"a%d\",\"communities\":[\"c%d\"],\"households\":100,"
                 "\"steps\":{\"entry\":\"2019-12-01\"}}",
                 i ? "," : "", i, i);
        add(&b, item);
    }
    add(&b, "]}");
    return b.text;
}

static fixture begin(void)
{
    fixture f = {.policy = notice(), .text = city_text()};
    pilot_error error;
    cr_assert_eq(pilot_city_parse(f.text, strlen(f.text), &f.city, &error), PILOT_OK, "%s",
                 error.message);
    cr_assert_eq(pilot_check(f.policy, f.city, cases_date("2020-02-29"), &f.report, NULL), PILOT_OK);
    return f;
}

static void end(fixture *f)
{
    pilot_report_free(f->report);
    pilot_city_free(f->city);
    pilot_policy_free(f->policy);
    free(f->text);
}

static pilot_status parse(const fixture *f, const pilot_stop *stop)
{
    pilot_city *city = f->city;
    pilot_error error = {.status = PILOT_OK};
    pilot_status status =
        pilot_document_parse(PILOT_SCHEMA_CITY, f->text, strlen(f->text), stop, &city, &error);
    cr_assert_eq(status, error.status);
    cr_assert((status == PILOT_OK) == (city != f->city));
    if (status == PILOT_OK)
        pilot_city_free(city);
    return status;
}

static pilot_status check(const fixture *f, const pilot_stop *stop)
{
    pilot_report *report = f->report;
    pilot_status status =
        pilot_check_until(f->policy, f->city, cases_date("2020-02-29"), stop, &report, NULL);
    cr_assert((status == PILOT_OK) == (report != f->report));
    if (status == PILOT_OK)
        pilot_report_free(report);
    return status;
}

static pilot_status award(const fixture *f, const pilot_stop *stop)
{
    pilot_award_sum sum;
    mark(&sum, sizeof sum);
    pilot_status status = pilot_city_award_until(f->policy, f->city, NULL, cases_date("2020-02-29"),
                                                 stop, &sum, NULL, 0, NULL);
    cr_assert((status == PILOT_OK) != marked(&sum, sizeof sum));
    return status;
}

static pilot_status award_range(const fixture *f, const pilot_stop *stop)
{
    pilot_award_range range;
    mark(&range, sizeof range);
    pilot_status status = pilot_city_award_range_until(f->policy, f->city, NULL,
                                                       cases_date("2020-02-29"), stop, &range, NULL);
    cr_assert((status == PILOT_OK) != marked(&range, sizeof range));
    return status;
}

/* The text of a call, which is told to be there or not. */
static pilot_status ended(pilot_status status, char *text)
{
    cr_assert((status == PILOT_OK) == (text != NULL));
    pilot_text_free(text);
    return status;
}

static pilot_status write_city(const fixture *f, const pilot_stop *stop)
{
    char *text = NULL;
    pilot_status status =
        pilot_document_write(PILOT_SCHEMA_CITY, f->city, PILOT_JSON_INDENTED, stop, &text);
    return ended(status, text);
}

static pilot_status write_report(const fixture *f, const pilot_stop *stop)
{
    char *text = NULL;
    pilot_status status = pilot_report_write_until(f->report, NULL, PILOT_JSON_COMPACT, stop, &text);
    return ended(status, text);
}

/* No finding passes, so that all there is to do is to look for one. */
static pilot_status write_nothing(const fixture *f, const pilot_stop *stop)
{
    const pilot_report_filter nothing = {.clause = "no clause"};
    char *text = NULL;
    pilot_status status = pilot_report_write_until(f->report, &nothing, PILOT_JSON_COMPACT, stop, &text);
    return ended(status, text);
}

static pilot_status print(const fixture *f, const pilot_stop *stop)
{
    char *text = NULL;
    pilot_status status = pilot_report_print_until(f->report, NULL, PILOT_CHINESE, stop, &text);
    return ended(status, text);
}

static pilot_status print_readings(const fixture *f, const pilot_stop *stop)
{
    char *text = NULL;
    pilot_status status = pilot_readings_print_until(f->report, PILOT_ENGLISH, stop, &text);
    return ended(status, text);
}

static const struct {
    const char *name;
    long_call call;
    size_t steps; /* of some microseconds each, at least */
} calls[] = {
    {"parse", parse, 2 * RECORDS},
    {"check", check, 6 * RECORDS},
    {"award", award, RECORDS},
    {"award_range", award_range, RECORDS},
    {"write_city", write_city, 2 * RECORDS},
    {"write_report", write_report, 2 * RECORDS},
    {"write_nothing", write_nothing, 2 * RECORDS},
    {"print", print, 2 * RECORDS},
    {"print_readings", print_readings, 2 * RECORDS},
};

/* Wherever it is stopped, and a stop that takes its yes back changes nothing: it is not asked again. */
Test(stop, ends_the_call_wherever_it_says_so)
{
    fixture f = begin();
    for (size_t i = 0; i < COUNT(calls); i++) {
        counter never = {0};
        const pilot_stop asks = {count, &never};
        cr_assert_eq(calls[i].call(&f, &asks), PILOT_OK, "%s", calls[i].name);
        cr_expect_geq(never.asked, calls[i].steps / 32, "%s is asked %zu times in at least %zu steps",
                      calls[i].name, never.asked, calls[i].steps);
        const size_t distance = 1 + never.asked / 200 * (size_t)stride();
        for (size_t yes_at = 1; yes_at <= never.asked; yes_at += distance) {
            counter once = {.yes_at = yes_at};
            const pilot_stop stop = {count, &once};
            CHECK(calls[i].call(&f, &stop) == PILOT_ERROR_STOPPED, "%s, stopped at %zu of %zu",
                  calls[i].name, yes_at, never.asked);
            CHECK(once.asked == yes_at, "%s, stopped at %zu, asked %zu times", calls[i].name, yes_at,
                  once.asked);
        }
        counter last = {.yes_at = never.asked};
        const pilot_stop stop = {count, &last};
        cr_expect_eq(calls[i].call(&f, &stop), PILOT_ERROR_STOPPED, "%s, at the last", calls[i].name);
    }
    end(&f);
}

/* The document with much in it that is the caller's own; released with free. */
static char *with_much_else(const char *document)
{
    buffer b = {0};
    add(&b, "{\"x-much\":[0");
    for (int i = 0; i < 50000; i++)
        add(&b, ",1.5");
    add(&b, "],");
    add(&b, strchr(document, '{') + 1);
    return b.text;
}

/* A document is read until it is stopped, else as by its own reader, and written as by its own writer.
 */
#define DOCUMENT(name, schema, type, free_of, write, value)                                             \
    static void read_##name(const char *document)                                                       \
    {                                                                                                   \
        char *text = with_much_else(document), *own = NULL, *same = NULL;                               \
        type *made = NULL;                                                                              \
        counter never = {0}, once = {.yes_at = 2};                                                      \
        const pilot_stop asks = {count, &never}, stop = {count, &once};                                 \
        pilot_error error = {.status = PILOT_OK};                                                       \
        cr_assert_eq(pilot_document_parse(schema, text, strlen(text), &stop, &made, &error),            \
                     PILOT_ERROR_STOPPED);                                                              \
        cr_expect(error.status == PILOT_ERROR_STOPPED && says_it_in_chinese(&error) && !*error.path &&  \
                  !error.line);                                                                         \
        cr_expect(once.asked == 2 && !made);                                                            \
        cr_assert_eq(pilot_document_parse(schema, text, strlen(text), &asks, &made, &error), PILOT_OK,  \
                     "%s: %s", error.path, error.message);                                              \
        cr_expect_geq(never.asked, strlen(text) >> 16);                                                 \
        cr_assert_eq(pilot_document_write(schema, value, PILOT_JSON_COMPACT, NULL, &same), PILOT_OK);   \
        cr_assert_eq(write(value, PILOT_JSON_COMPACT, &own), PILOT_OK);                                 \
        cr_expect_str_eq(own, same);                                                                    \
        free(text);                                                                                     \
        pilot_text_free(own);                                                                           \
        pilot_text_free(same);                                                                          \
        free_of(made);                                                                                  \
    }
DOCUMENT(city, PILOT_SCHEMA_CITY, pilot_city, pilot_city_free, pilot_city_write, made)
DOCUMENT(policy, PILOT_SCHEMA_POLICY, pilot_policy, pilot_policy_free, pilot_policy_write, made)
DOCUMENT(menu, PILOT_SCHEMA_MENU, pilot_menu, pilot_menu_free, pilot_menu_write, made)
DOCUMENT(outside, PILOT_SCHEMA_OUTSIDE, pilot_outside_file, pilot_outside_free, pilot_outside_write,
         pilot_outside_of(made))
DOCUMENT(order, PILOT_SCHEMA_ORDER, pilot_order, pilot_order_free, pilot_order_write, made)
DOCUMENT(comparison, PILOT_SCHEMA_COMPARISON, pilot_comparison, pilot_comparison_free,
         pilot_comparison_write, made)
DOCUMENT(contest, PILOT_SCHEMA_CONTEST, pilot_contest, pilot_contest_free, pilot_contest_write, made)
DOCUMENT(account, PILOT_SCHEMA_ACCOUNT, pilot_account_case, pilot_account_case_free,
         pilot_account_terms_write, pilot_account_case_terms(made))

Test(stop, every_document_is_read_until_then)
{
    static const struct {
        const char *path;
        void (*read)(const char *document);
    } documents[] = {
        {"examples/data/nanchang-2019.json", read_city},
        {"examples/data/menus/foshan-2019.json", read_menu},
        {"examples/data/outside/enclosure.json", read_outside},
        {"examples/data/orders/foshan-entrance.json", read_order},
        {"examples/data/comparisons/foshan-mudanjiang.json", read_comparison},
        {"examples/data/contests/by-units.json", read_contest},
        {"examples/data/accounts/956-households.json", read_account},
    };
    for (size_t i = 0; i < COUNT(documents); i++) {
        size_t length;
        char *document = cases_slurp(documents[i].path, &length);
        documents[i].read(document);
        free(document);
    }
    pilot_policy *policy = notice();
    char *text = NULL;
    cr_assert_eq(pilot_policy_write(policy, PILOT_JSON_COMPACT, &text), PILOT_OK);
    read_policy(text);
    pilot_text_free(text);
    pilot_policy_free(policy);
}

/* However many records come before a member that is read as a whole. */
Test(stop, between_any_two_members)
{
    for (int districts = 0; districts < 40; districts++) {
        buffer b = {0};
        counter never = {0}, once = {.yes_at = 1};
        const pilot_stop asks = {count, &never}, stop = {count, &once};
        pilot_city *city = NULL;
        add(&b, "{\"districts\":[");
        for (int i = 0; i < districts; i++) {
            char item[32];
            snprintf(item, sizeof item, "%s{\"id\":\"d%d\"}", i ? "," : "", i);
            add(&b, item);
        }
        add(&b, "],\"complete\":true,\"reward_budget_yuan\":1,\"communities\":[],\"areas\":[]}");
        cr_assert_eq(pilot_document_parse(PILOT_SCHEMA_CITY, b.text, strlen(b.text), &asks, &city, NULL),
                     PILOT_OK);
        pilot_city_free(city);
        city = NULL;
        const pilot_status status =
            pilot_document_parse(PILOT_SCHEMA_CITY, b.text, strlen(b.text), &stop, &city, NULL);
        cr_assert_eq(status, never.asked ? PILOT_ERROR_STOPPED : PILOT_OK, "%d districts", districts);
        cr_assert_eq(once.asked, never.asked ? 1 : 0);
        pilot_city_free(city);
        free(b.text);
    }
}

Test(stop, a_vote_is_read_until_then)
{
    char *text =
        with_much_else(quoted("{'held_on':'2021-01-01','matter':'hire_provider','all':{'area_m2':"
                              "'61.37','owners':1},'in_favour':{'area_m2':'61.37','owners':1}}"));
    pilot_vote_totals totals, same;
    counter once = {.yes_at = 1};
    const pilot_stop stop = {count, &once};
    mark(&totals, sizeof totals);
    cr_assert_eq(
        pilot_document_parse(PILOT_SCHEMA_VOTE_TOTALS, text, strlen(text), &stop, &totals, NULL),
        PILOT_ERROR_STOPPED);
    cr_expect(marked(&totals, sizeof totals));
    cr_assert_eq(pilot_document_parse(PILOT_SCHEMA_VOTE_TOTALS, text, strlen(text), NULL, &totals, NULL),
                 PILOT_OK);
    cr_assert_eq(pilot_vote_totals_parse(text, strlen(text), &same, NULL), PILOT_OK);
    cr_expect(totals.all.area == 6137 && same.all.area == 6137);
    free(text);
}

Test(stop, what_has_no_reader_is_refused)
{
    for (int document = -1; document <= PILOT_SCHEMA_COUNT; document++) {
        static const pilot_schema read[] = {
            PILOT_SCHEMA_CITY,       PILOT_SCHEMA_POLICY,  PILOT_SCHEMA_VOTE_TOTALS,
            PILOT_SCHEMA_MENU,       PILOT_SCHEMA_OUTSIDE, PILOT_SCHEMA_ORDER,
            PILOT_SCHEMA_COMPARISON, PILOT_SCHEMA_CONTEST, PILOT_SCHEMA_ACCOUNT};
        bool has_reader = false;
        void *made = NULL;
        char *text = NULL;
        for (size_t i = 0; i < COUNT(read); i++)
            has_reader = has_reader || document == (int)read[i];
        if (has_reader)
            continue;
        cr_expect_eq(pilot_document_parse((pilot_schema)document, "{}", 2, NULL, &made, NULL),
                     PILOT_ERROR_ARGUMENT);
        cr_expect_eq(pilot_document_write((pilot_schema)document, "", PILOT_JSON_COMPACT, NULL, &text),
                     PILOT_ERROR_ARGUMENT);
        cr_expect(!made && !text);
    }
}
