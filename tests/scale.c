/* No list makes the library slow: for each list of each record, found in the library's own tables, twice
 * as many items cost at most 2.4 times as much, in reading and in all that is worked out of a city; and
 * so do the calls that take its document, and workbooks of twice as many rows, columns, sheets, mistakes
 * or entries in a cell. What is counted is basic blocks, by gcc's trace-pc, and the bytes that are
 * copied or compared, so that the same library always gives the same numbers. Usage: scale [--pairs]:
 * any two lists grow together, and all lists are twice as long. */
#include "money/account_internal.h"
#include "rules/subject.h"
#include "city/city_internal.h"
#include "market/order_internal.h"
#include "duty/outside_internal.h"
#include "notice/policy_internal.h"
#include "codes.h"
#include "text.h"
#include "vote/vote_internal.h"

#include <pilot.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RATIO_MAX 2.4

static uint64_t counted;

void __sanitizer_cov_trace_pc(void);
void __sanitizer_cov_trace_pc(void)
{
    counted++;
}

/* Of the C library's loops, which have no blocks here, eight bytes count as one. */
#define WRAPPED(type, name, parameters, arguments, bytes)                                               \
    type __real_##name parameters;                                                                      \
    type __wrap_##name parameters;                                                                      \
    type __wrap_##name parameters                                                                       \
    {                                                                                                   \
        counted += 1 + (bytes) / 8;                                                                     \
        return __real_##name arguments;                                                                 \
    }
size_t __real_strlen(const char *text);
static size_t common(const char *a, const char *b)
{
    size_t i = 0;
    while (a[i] && a[i] == b[i])
        i++;
    return i;
}
WRAPPED(int, strcmp, (const char *a, const char *b), (a, b), common(a, b))
WRAPPED(size_t, strlen, (const char *text), (text), __real_strlen(text))
WRAPPED(char *, strchr, (const char *text, int c), (text, c), __real_strlen(text))
WRAPPED(int, memcmp, (const void *a, const void *b, size_t size), (a, b, size), size)
WRAPPED(void *, memcpy, (void *to, const void *from, size_t size), (to, from, size), size)
WRAPPED(void *, memset, (void *to, int c, size_t size), (to, c, size), size)
WRAPPED(void *, memchr, (const void *text, int c, size_t size), (text, c, size), size)
WRAPPED(void *, calloc, (size_t count, size_t size), (count, size), count *size)

typedef enum naming {
    SHUFFLED,  /* numbers in no order */
    PREFIXED,  /* a long common beginning */
    COLLIDING, /* with one value of the hash that ids were once found by */
    NAMINGS,
} naming;

/* A document to be made: some lists long, all others short. */
typedef struct plan {
    const record *document;
    const field *grown[3];
    size_t n;
    naming names;
    bool spread; /* what is referred to is now this record and now that; else always the first */
} plan;

static bool grows(const plan *p, const field *f)
{
    return f == p->grown[0] || f == p->grown[1] || f == p->grown[2];
}

/* Few that collide in 13 bits of FNV-1a, folded as the reader did. */
#define COLLIDING_MAX 4096
static unsigned colliding[COLLIDING_MAX];

static void find_colliding(void)
{
    size_t count = 0;
    for (unsigned i = 0; count < COLLIDING_MAX; i++) {
        char id[16];
        uint64_t hash = UINT64_C(0xcbf29ce484222325);
        snprintf(id, sizeof id, "c%u", i);
        for (const char *c = id; *c; c++)
            hash = (hash ^ (unsigned char)*c) * UINT64_C(0x100000001b3);
        if (((hash ^ hash >> 32) & 0x1FFF) == 0)
            colliding[count++] = i;
    }
}

static const char long_prefix[] = "----------------------------------------------------------------";

/* Item i's name: the first letter of what it is a name of, and a number. */
static void add_name(buffer *b, const plan *p, const char *of, size_t i)
{
    const size_t shuffled = (i * 7919) % 1000003;
    size_t number = p->names == COLLIDING ? colliding[i % COLLIDING_MAX] : shuffled;
    add(b, "\"%s%c%zu\"", p->names == PREFIXED ? long_prefix : "", of[0], number);
}

static size_t count_of(const plan *p, const field *f, bool first)
{
    return first && grows(p, f) ? p->n : p->document == &pilot_comparison_record && f->of ? 2 : 1;
}

/* The list of the document, or of a list in it, that holds such records. */
static const field *list_of(const record *type, const record *of)
{
    for (size_t i = 0; i < type->field_count; i++) {
        const field *f = &type->fields[i], *within = NULL;
        if (f->kind == FIELD_LIST && f->of == of)
            return f;
        if (f->kind == FIELD_LIST)
            within = list_of(f->of, of);
        if (within)
            return within;
    }
    return NULL;
}

static const record *record_named(const record *type, const char *key)
{
    for (size_t i = 0; i < type->field_count; i++) {
        const field *f = &type->fields[i];
        if (f->kind != FIELD_LIST)
            continue;
        const record *of = f->of, *within = strcmp(of->key, key) == 0 ? of : record_named(of, key);
        if (within)
            return within;
    }
    return NULL;
}

static size_t referred(const plan *p, const record *of, size_t i)
{
    const field *list = list_of(p->document, of);
    return list && p->spread ? i % count_of(p, list, true) : 0;
}

static bool holds_list(const record *type)
{
    for (size_t i = 0; i < type->field_count; i++) {
        const field *f = &type->fields[i];
        if (f->kind == FIELD_LIST || f->kind == FIELD_AREAS ||
            (f->kind == FIELD_RECORD && holds_list(f->of)))
            return true;
    }
    return false;
}

/* Whether the field can be there: not one of two that exclude each other. */
static bool wanted(const plan *p, const record *type, const field *f)
{
    static const char *const counted_from_units[] = {"all", "in_favour", "against", "abstained",
                                                     "votes"};
    const bool vote = p->document == &pilot_vote_totals_record || p->document == &pilot_contest_record;
    for (size_t i = 0; vote && i < sizeof counted_from_units / sizeof *counted_from_units; i++)
        if (strcmp(f->key, counted_from_units[i]) == 0)
            return false;
    if (f->required || f->kind == FIELD_LIST || f->kind == FIELD_AREAS || f->kind == FIELD_REFS ||
        f->kind == FIELD_REF)
        return true;
    if (f->kind == FIELD_RECORD || f->kind == FIELD_OPTIONAL)
        return p->document == &pilot_city_record || holds_list(f->of);
    return p->document == &pilot_city_record && strcmp(type->key, "packages") != 0 &&
           strcmp(type->key, "menus") != 0;
}

static void add_record(buffer *b, const plan *p, const record *type, size_t i, bool first, bool whole);

/* Clauses that are asked of records of a scope, found once. */
#define CLAUSES 8
static const char *asked[PILOT_SCOPE_AREA + 1][CLAUSES];

static void find_clauses(void)
{
    for (int scope = PILOT_SCOPE_CITY; scope <= PILOT_SCOPE_AREA; scope++) {
        size_t count = 0;
        for (size_t i = 0; count < CLAUSES && i < pilot_clause_count(); i++)
            if (pilot_clause_scopes(pilot_clause_at(i)->id) >> scope & 1)
                asked[scope][count++] = pilot_clause_at(i)->id;
        require(count == CLAUSES, "few clauses are asked of a scope");
    }
}

static void add_clause(buffer *b, const record *holder, size_t i)
{
    const int scope = strcmp(holder->key, "districts") == 0     ? PILOT_SCOPE_DISTRICT
                      : strcmp(holder->key, "communities") == 0 ? PILOT_SCOPE_COMMUNITY
                      : strcmp(holder->key, "areas") == 0       ? PILOT_SCOPE_AREA
                                                                : PILOT_SCOPE_CITY;
    add(b, "\"%s\"", asked[scope][i % CLAUSES]);
}

static void add_word(buffer *b, const field *f, size_t i)
{
    const words *of = f->of;
    size_t tries = strcmp(f->key, "ballot") == 0 ? PILOT_IN_FAVOUR : i;
    while (!of->words[tries % (size_t)of->count].name)
        tries++;
    add(b, "\"%s\"", of->words[tries % (size_t)of->count].name);
}

static void add_list(buffer *b, const plan *p, const record *holder, const field *f, bool first)
{
    add(b, "[");
    for (size_t i = 0; i < count_of(p, f, first); i++) {
        const record *of = f->of;
        add(b, i ? "," : "");
        if (f->kind == FIELD_REFS)
            add_name(b, p, of->key, i);
        else if (f->kind == FIELD_AREAS)
            add(b, "\"50.00\"");
        else if (strcmp(of->key, "evidence") == 0) {
            add(b, "{\"clause\":");
            add_clause(b, holder, i);
            add(b, ",\"done\":\"2019-12-01\"}");
        } else
            add_record(b, p, of, i, first && !i, false);
    }
    add(b, "]");
}

static void add_text(buffer *b, const plan *p, const field *f, size_t i)
{
    const record *named = strcmp(f->key, "service") == 0   ? record_named(p->document, "services")
                          : strcmp(f->key, "package") == 0 ? record_named(p->document, "packages")
                                                           : NULL;
    add_name(b, p, f->key, named ? i % count_of(p, list_of(p->document, named), true) : i);
}

/* whole: a total, which the parts beside it have to fit in. */
static void add_value(buffer *b, const plan *p, const record *type, const field *f, size_t i, bool first,
                      bool whole)
{
    const record *of = f->of;
    switch (f->kind) {
    case FIELD_ID:
        add_name(b, p, type->key, i);
        break;
    case FIELD_TEXT:
        add_text(b, p, f, i);
        break;
    case FIELD_CODE:
        add(b, "\"%s\"", example_code(f->of));
        break;
    case FIELD_WORD:
        add_word(b, f, i);
        break;
    case FIELD_WORDS:
        add(b, "[]");
        break;
    case FIELD_ANSWER:
        add(b, "true");
        break;
    case FIELD_COUNT:
        add(b, "%zu", whole ? (size_t)1000000 : strcmp(type->key, "grades") == 0 ? i + 1 : 1);
        break;
    case FIELD_MONEY:
    case FIELD_AREA:
        add(b, whole ? "\"1000000.00\"" : "\"1.00\"");
        break;
    case FIELD_PRICE:
        add(b, "\"0.%zu\"", 1 + i % 9999);
        break;
    case FIELD_SHARE:
        add(b, "\"1/2\"");
        break;
    case FIELD_YEAR:
        add(b, "%zu", 2019 + i % 6);
        break;
    case FIELD_MONTH: /* rates follow each other */
        add(b, "\"%zu-%02zu\"", strcmp(type->key, "rates") == 0 ? 2020 + i / 12 : 2020, 1 + i % 12);
        break;
    case FIELD_DATE: /* and so do the laws of votes */
        add(b, "\"%zu-%02zu-%02zu\"", strcmp(type->key, "vote_rules") == 0 ? 1990 + i / 336 : 2019,
            1 + i / 28 % 12, 1 + i % 28);
        break;
    case FIELD_STEP:
        add(b, "\"2019-12-%02zu\"", 1 + i % 28);
        break;
    case FIELD_REF:
        add_name(b, p, of->key, referred(p, of, i));
        break;
    case FIELD_RECORD:
    case FIELD_OPTIONAL:
        add_record(b, p, of, i, first, strcmp(f->key, "all") == 0);
        break;
    default:
        add_list(b, p, type, f, first);
    }
}

static void add_record(buffer *b, const plan *p, const record *type, size_t i, bool first, bool whole)
{
    const char *between = "";
    add(b, "{");
    for (size_t j = 0; j < type->field_count; j++) {
        const field *f = &type->fields[j];
        if (!wanted(p, type, f))
            continue;
        add(b, "%s\"%s\":", between, f->key);
        add_value(b, p, type, f, i, first, whole);
        between = ",";
    }
    add(b, "}");
}

/* What is done with a document once it is read, and what that has cost. */
#define STAGES_MAX 16
typedef struct costs {
    size_t stages;
    pilot_status status; /* of reading */
    uint64_t of[STAGES_MAX];
} costs;

typedef struct subject {
    const pilot_policy *policy;
    pilot_city *city;
    pilot_report *report;
} subject;

#define DAY 18400

static void check(subject *s)
{
    require(pilot_check(s->policy, s->city, DAY, &s->report, NULL) == PILOT_OK, "no report");
}

static void print(subject *s)
{
    char *text;
    require(pilot_report_print(s->report, NULL, PILOT_CHINESE, &text) == PILOT_OK, "no text");
    pilot_text_free(text);
}

static void write(subject *s)
{
    char *text;
    require(pilot_report_write(s->report, NULL, PILOT_JSON_COMPACT, &text) == PILOT_OK, "no JSON");
    pilot_text_free(text);
}

static void write_city(subject *s)
{
    char *text;
    require(pilot_city_write(s->city, PILOT_JSON_COMPACT, &text) == PILOT_OK, "no city");
    pilot_text_free(text);
}

static void filter(subject *s)
{
    const pilot_records *r = pilot_city_records(s->city);
    const pilot_report_filter filters[] = {
        {.community = r->community_count ? r->communities[r->community_count - 1].id : "none"},
        {.district = r->district_count ? r->districts[r->district_count - 1].id : "none"}};
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++)
        for (size_t at = 0; at < pilot_report_size(s->report); at++)
            at = pilot_report_next(s->report, at, &filters[i]);
}

static void summaries(subject *s)
{
    const pilot_records *r = pilot_city_records(s->city);
    size_t count = r->district_count + r->community_count + 1;
    pilot_summary *rows = calloc(count, sizeof *rows);
    require(rows, "no memory");
    pilot_report_summaries(s->report, PILOT_SCOPE_DISTRICT, rows, count);
    pilot_report_summaries(s->report, PILOT_SCOPE_COMMUNITY, rows, count);
    free(rows);
}

static void award(subject *s)
{
    pilot_award_sum sum;
    const pilot_records *r = pilot_city_records(s->city);
    pilot_city_award(s->policy, s->city, NULL, DAY, &sum, NULL, 0, NULL);
    for (size_t i = 0; i < r->community_count; i++)
        pilot_city_award(s->policy, s->city, pilot_city_find_community(s->city, r->communities[i].id),
                         DAY, &sum, NULL, 0, NULL);
}

static void range(subject *s)
{
    pilot_award_range made;
    pilot_city_award_range(s->policy, s->city, NULL, DAY, &made, NULL);
}

/* Of one area: it has no city, and looks over its community's assessments. */
static void timeline(subject *s)
{
    const pilot_records *r = pilot_city_records(s->city);
    pilot_timeline made;
    if (r->area_count)
        pilot_timeline_make(s->policy, pilot_city_find_area(s->city, r->areas[r->area_count - 1].id),
                            DAY, &made, NULL);
}

static void readings(subject *s)
{
    char *text;
    require(pilot_readings_print(s->report, PILOT_ENGLISH, &text) == PILOT_OK, "no readings");
    pilot_text_free(text);
}

static void cells(subject *s)
{
    pilot_city *city;
    pilot_table *table;
    pilot_cells *made;
    require(pilot_city_to_cells(s->city, PILOT_TABLE_CHINESE, &made) == PILOT_OK, "no cells");
    require(pilot_city_from_cells(pilot_cells_workbook(made), &city, &table) == PILOT_OK,
            "no city of the cells");
    pilot_city_free(city);
    pilot_table_free(table);
    pilot_cells_free(made);
}

static const struct {
    const char *name;
    void (*run)(subject *s);
} stages[] = {
    {"parse", NULL},           {"check", check},       {"filter", filter}, {"summaries", summaries},
    {"award", award},          {"timeline", timeline}, {"text", print},    {"JSON", write},
    {"city JSON", write_city}, {"cells", cells},       {"range", range},   {"readings", readings},
};
#define STAGES (sizeof stages / sizeof *stages)
#define DEAR 6 /* this and those after it cost so much that one naming has to do */
_Static_assert(STAGES <= STAGES_MAX, "");

static void run_city(const buffer *b, const pilot_policy *policy, costs *made)
{
    subject s = {.policy = policy};
    uint64_t start = counted;
    made->status = pilot_city_parse(b->text, b->length, &s.city, &(pilot_error){0});
    made->of[0] = counted - start;
    for (size_t i = 1; made->status == PILOT_OK && i < made->stages; i++) {
        start = counted;
        stages[i].run(&s);
        made->of[i] = counted - start;
    }
    pilot_report_free(s.report);
    pilot_city_free(s.city);
}

static const char small_city[] =
    "{\"districts\":[{\"id\":\"360102\"}],\"communities\":[{\"id\":\"c\",\"district\":\"360102\","
    "\"assessments\":[{\"year\":2019,\"result\":\"passed\"}]}],\"areas\":[{\"id\":\"a\",\"communities\":"
    "[\"c\"],\"households\":9,\"building_area_m2\":9,\"steps\":{\"entry\":\"2019-12-01\"},\"votes\":["
    "{\"held_on\":\"2019-11-30\",\"matter\":\"hire_provider\",\"totals\":{\"all\":{\"area_m2\":9,"
    "\"owners\":9}}}]}]}";

/* A small city under a long policy. */
static void run_policy(const buffer *b, const pilot_policy *unused, costs *made)
{
    pilot_policy *policy = NULL;
    uint64_t start = counted;
    (void)unused;
    made->status = pilot_policy_parse(b->text, b->length, &policy, &(pilot_error){0});
    made->of[0] = counted - start;
    if (made->status != PILOT_OK)
        return;
    const buffer city = {(char *)small_city, sizeof small_city - 1, 0};
    costs of_city = {.stages = made->stages};
    run_city(&city, policy, &of_city);
    require(of_city.status == PILOT_OK, "the small city is not read");
    memcpy(made->of + 1, of_city.of + 1, sizeof made->of - sizeof *made->of);
    pilot_policy_free(policy);
}

#define READS(name, type, parse, release)                                                               \
    static void name(const buffer *b, const pilot_policy *policy, costs *made)                          \
    {                                                                                                   \
        type *read = NULL;                                                                              \
        uint64_t start = counted;                                                                       \
        (void)policy;                                                                                   \
        made->status = parse(b->text, b->length, &read, &(pilot_error){0});                             \
        made->of[0] = counted - start;                                                                  \
        release(read);                                                                                  \
    }
READS(run_menu, pilot_menu, pilot_menu_parse, pilot_menu_free)
READS(run_order, pilot_order, pilot_order_parse, pilot_order_free)
READS(run_comparison, pilot_comparison, pilot_comparison_parse, pilot_comparison_free)
READS(run_contest, pilot_contest, pilot_contest_parse, pilot_contest_free)
READS(run_outside, pilot_outside_file, pilot_outside_parse, pilot_outside_free)
READS(run_account, pilot_account_case, pilot_account_parse, pilot_account_case_free)

static void run_totals(const buffer *b, const pilot_policy *policy, costs *made)
{
    pilot_vote_totals totals;
    uint64_t start = counted;
    (void)policy;
    made->status = pilot_vote_totals_parse(b->text, b->length, &totals, &(pilot_error){0});
    made->of[0] = counted - start;
}

/* requests: calls that take the document, "@" in its place, up to a NULL. */
static const struct document {
    const record *type;
    void (*run)(const buffer *b, const pilot_policy *policy, costs *made);
    const char *requests[6];
} documents[] = {
    {&pilot_city_record,
     run_city,
     {
         "{\"call\":\"check\",\"city\":@,\"as_of\":\"2020-05-18\"}",
         "{\"call\":\"digest\",\"city\":@,\"as_of\":\"2020-05-18\"}",
         "{\"call\":\"export\",\"city\":@}",
     }},
    {&pilot_policy_record, run_policy, {"{\"call\":\"policy\",\"policy\":@}"}},
    {&pilot_menu_record, run_menu, {"{\"call\":\"price_faults\",\"menu\":@}"}},
    {&pilot_order_record, run_order, {"{\"call\":\"quote\",\"order\":@}"}},
    {&pilot_comparison_record, run_comparison, {"{\"call\":\"compare\",\"comparison\":@}"}},
    {&pilot_contest_record, run_contest, {"{\"call\":\"contest\",\"contest\":@}"}},
    {&pilot_vote_totals_record, run_totals, {"{\"call\":\"vote\",\"vote\":@}"}},
    {&pilot_outside_record, run_outside, {"{\"call\":\"outside\",\"outside\":@}"}},
    {&pilot_account_case_record, run_account, {"{\"call\":\"account\",\"account\":@}"}},
};

/* A list that can grow, and so many items as leave it what the library reads. */
typedef struct grown_list {
    const record *holder;
    const field *f;
    size_t n;
    bool limited; /* the library reads no more than twice as many */
} grown_list;

static grown_list list_in(const record *holder, const field *f)
{
    static const struct {
        const char *holder, *list;
        size_t n;
    } limited[] = {{"menus", "services", 32},       {"services", "grades", 50},
                   {"menus", "packages", 500},      {"packages", "items", 32},
                   {"selection", "items", 32},      {"comparison", "offers", 500},
                   {"comparison", "required", 500}, {"contest", "offers", 500},
                   {NULL, "evidence", 4},           {"policies", "rates", 1000}};
    for (size_t i = 0; i < sizeof limited / sizeof *limited; i++)
        if (strcmp(limited[i].list, f->key) == 0 &&
            (!limited[i].holder || strcmp(limited[i].holder, holder->key) == 0))
            return (grown_list){holder, f, limited[i].n, true};
    return (grown_list){holder, f, strcmp(holder->key, "city") == 0 ? 256 : 1000, false};
}

#define LISTS_MAX 64
static size_t find_lists(const record *type, grown_list *lists, size_t count)
{
    for (size_t i = 0; i < type->field_count; i++) {
        const field *f = &type->fields[i];
        bool there = false;
        for (size_t j = 0; j < count; j++)
            there = there || lists[j].f == f;
        if (!there && (f->kind == FIELD_LIST || f->kind == FIELD_REFS || f->kind == FIELD_AREAS)) {
            require(count < LISTS_MAX, "too many lists");
            lists[count++] = list_in(type, f);
        }
        if (!there && (f->kind == FIELD_LIST || f->kind == FIELD_RECORD || f->kind == FIELD_OPTIONAL))
            count = find_lists(f->of, lists, count);
    }
    return count;
}

static size_t parts = 2; /* of a list's length, of which one is tried */
static double worst;
static size_t tried, refused;
static bool failed;

/* What a call costs that takes the document. */
static uint64_t cost_of_call(const char *request, const buffer *document)
{
    const char *place = strchr(request, '@');
    char *response;
    buffer b = {NULL, 0, 0};
    add(&b, "%.*s%s%s", (int)(place - request), request, document->text, place + 1);
    const uint64_t start = counted;
    require(pilot_call(b.text, b.length, &response) == PILOT_OK, "no response");
    const uint64_t cost = counted - start;
    pilot_text_free(response);
    free(b.text);
    return cost;
}

/* Whether twice as much costs more than it may; *ratio: how many times. What costs nothing may. */
static bool too_dear(uint64_t once, uint64_t twice, double *ratio)
{
    *ratio = once ? (double)twice / (double)once : 0;
    if (*ratio > worst)
        worst = *ratio;
    failed = failed || *ratio > RATIO_MAX;
    return *ratio > RATIO_MAX;
}

static void measure_calls(const struct document *d, plan p)
{
    buffer once = {NULL, 0, 0}, twice = {NULL, 0, 0};
    add_record(&once, &p, p.document, 0, true, false);
    p.n *= 2;
    add_record(&twice, &p, p.document, 0, true, false);
    for (const char *const *request = d->requests; *request; request++) {
        const uint64_t before = cost_of_call(*request, &once), after = cost_of_call(*request, &twice);
        double ratio;
        tried++;
        if (too_dear(before, after, &ratio))
            printf("%.*s of %zu items of %s: %.2f times (%llu, %llu)\n",
                   (int)(strchr(*request, ',') - *request), *request, p.n / 2, p.grown[0]->key, ratio,
                   (unsigned long long)before, (unsigned long long)after);
    }
    free(once.text);
    free(twice.text);
}

static void measure(const struct document *d, plan p, const pilot_policy *policy)
{
    const size_t all = p.names == SHUFFLED && !p.spread ? STAGES : DEAR;
    costs made[2] = {{.stages = all}, {.stages = all}};
    for (int twice = 0; twice < 2; twice++) {
        buffer b = {NULL, 0, 0};
        add_record(&b, &p, p.document, 0, true, false);
        d->run(&b, policy, &made[twice]);
        free(b.text);
        p.n *= 2;
    }
    tried++;
    refused += made[0].status != PILOT_OK || made[1].status != PILOT_OK;
    for (size_t i = 0; i < STAGES; i++) {
        double ratio;
        if (too_dear(made[0].of[i], made[1].of[i], &ratio))
            printf("%s of %s, %s%s%s, %zu items, naming %d, %s: %.2f times (%llu, %llu)\n",
                   stages[i].name, d->type->key, p.grown[0]->key, p.grown[1] ? " and " : "",
                   p.grown[1] ? p.grown[1]->key : "", p.n / 4, (int)p.names,
                   p.spread ? "spread" : "to the first", ratio, (unsigned long long)made[0].of[i],
                   (unsigned long long)made[1].of[i]);
    }
}

/* What has to grow with the list: the records that it refers to, and the services that items name. */
static const field *grown_with(const record *document, const grown_list *l)
{
    if (l->f->kind == FIELD_REFS)
        return list_of(document, l->f->of);
    const record *services = record_named(document, "services");
    return strcmp(l->f->key, "items") == 0 && services ? list_of(document, services) : NULL;
}

static void measure_one(const struct document *d, const grown_list *l, const pilot_policy *policy)
{
    plan p = {.document = d->type,
              .grown = {l->f, grown_with(d->type, l)},
              .n = l->limited ? l->n : l->n / parts};
    for (int names = SHUFFLED; names < NAMINGS; names++)
        for (int spread = 0; spread < 2; spread++) {
            p.names = (naming)names;
            p.spread = spread;
            if (names == SHUFFLED || !spread)
                measure(d, p, policy);
        }
    p.names = SHUFFLED;
    p.spread = 0;
    measure_calls(d, p);
    if (l->limited) { /* more than that is refused soon enough */
        p.names = SHUFFLED;
        p.n = 2000;
        measure(d, p, policy);
    }
}

static void measure_pair(const struct document *d, const grown_list *a, const grown_list *b,
                         const pilot_policy *policy)
{
    const size_t n = a->n < b->n ? a->n : b->n, most = 256 / parts;
    plan p = {
        .document = d->type, .grown = {a->f, b->f, grown_with(d->type, a)}, .n = n > most ? most : n};
    if (!p.grown[2])
        p.grown[2] = grown_with(d->type, b);
    for (int spread = 0; spread < 2; spread++) {
        p.spread = spread;
        measure(d, p, policy);
    }
}

/* Workbooks that nobody means well with: n of what they have many of. */
typedef struct cell_book {
    pilot_sheet *sheets;
    size_t count, capacity;
} cell_book;

static char *numbered(const char *format, size_t n)
{
    buffer b = {NULL, 0, 0};
    for (; *format; format++) {
        if (*format == '#')
            add(&b, "%zu", n);
        else
            add(&b, "%c", *format);
    }
    return realloc(b.text, b.length + 1);
}

/* A sheet of a header and n rows, each made of the bars' parts of the row: # is its number. NULL: a part
 * is blank. */
static pilot_sheet *add_cells(cell_book *b, const char *name, const char *header, const char *row,
                              size_t n)
{
    size_t columns = 1;
    for (const char *c = header; *c; c++)
        columns += *c == '|';
    pilot_cell *all = calloc((n + 1) * columns, sizeof *all);
    if (b->count == b->capacity)
        b->sheets = realloc(b->sheets, (b->capacity = 2 * b->capacity + 4) * sizeof *b->sheets);
    require(all && b->sheets, "no memory");
    for (size_t i = 0; i <= n; i++) {
        char *line = numbered(i ? row : header, i);
        pilot_cell *cell = all + i * columns;
        for (char *part = line, *end; part; part = end, cell++) {
            if ((end = strchr(part, '|')))
                *end++ = '\0';
            if (*part)
                *cell = (pilot_cell){.kind = PILOT_CELL_TEXT, .text = numbered(part, i)};
        }
        free(line);
    }
    b->sheets[b->count] =
        (pilot_sheet){.name = numbered(name, b->count), .cells = all, .rows = n + 1, .columns = columns};
    return &b->sheets[b->count++];
}

static void free_book(cell_book *b)
{
    for (size_t i = 0; i < b->count; i++) {
        for (size_t c = 0; c < b->sheets[i].rows * b->sheets[i].columns; c++)
            free((void *)(uintptr_t)b->sheets[i].cells[c].text);
        free((void *)(uintptr_t)b->sheets[i].cells);
        free((void *)(uintptr_t)b->sheets[i].name);
    }
    free(b->sheets);
}

/* A text of n times the other. */
static char *times(const char *text, size_t n)
{
    buffer b = {NULL, 0, 0};
    for (size_t i = 1; i <= n; i++) {
        char *one = numbered(text, i);
        add(&b, "%s", one);
        free(one);
    }
    return b.text;
}

static void put(const pilot_sheet *sheet, size_t row, size_t column, char *text)
{
    pilot_cell *cell = (pilot_cell *)(uintptr_t)&sheet->cells[row * sheet->columns + column];
    free((void *)(uintptr_t)cell->text);
    *cell = (pilot_cell){.kind = PILOT_CELL_TEXT, .text = text};
}

static void add_communities(cell_book *b, const char *row, size_t n)
{
    add_cells(b, "城区", "城区代码", "d", 1);
    add_cells(b, "试点社区", "社区编号|社区名称|所属城区代码", row, n);
}

static void wide(cell_book *b, size_t n)
{
    char *header = times("列#（万元）|", n), *row = times("列|", n);
    add_cells(b, "居民区", header, row, 22);
    free(header);
    free(row);
}

static void wide_beside_ours(cell_book *b, size_t n)
{
    wide(b, n);
    put(b->sheets, 0, 0, numbered("居民区编号", 0));
}

static void many_rows(cell_book *b, size_t n)
{
    add_communities(b, "c#|七#|d", n);
    add_cells(b, "居民区", "居民区编号|所属社区|总户数", "a#|七#|#", n);
}

static void wrong_cells(cell_book *b, size_t n)
{
    add_cells(b, "居民区", "居民区编号|总户数|封闭日期|是否属老旧居民区|所属社区|多",
              "a#|约#|#|?|无此|x", n);
}

static void missing_columns(cell_book *b, size_t n)
{
    add_cells(b, "收费", "房号|收费项目", "101|x", n);
}

static void unknown_sheets(cell_book *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        add_cells(b, "表#", "列", "x", 1);
}

static void sheets_of_ours(cell_book *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        add_cells(b, "居民区", "列", "x", 1);
}

static void long_header(cell_book *b, size_t n)
{
    put(add_cells(b, "居民区", "居民区编号|总户数|x", "a#||", n), 0, 2, times("长", n));
}

static void long_text(cell_book *b, size_t n)
{
    put(add_cells(b, "居民区", "居民区编号|居民区名称", "a|x", 1), 1, 1, times("长\"", n));
}

static void many_in_a_cell(cell_book *b, size_t n)
{
    add_communities(b, "c#|七#|d", n);
    put(add_cells(b, "居民区", "居民区编号|所属社区", "a|x", 1), 1, 1, times("c#、", n));
}

static void quoted_in_a_cell(cell_book *b, size_t n)
{
    add_communities(b, "c,#|七#|d", n);
    put(add_cells(b, "居民区", "居民区编号|所属社区", "a|x", 1), 1, 1, times("\"c,#\",", n));
}

static void open_quotes_in_a_cell(cell_book *b, size_t n)
{
    add_communities(b, "c#|七#|d", n);
    put(add_cells(b, "居民区", "居民区编号|所属社区", "a|x", 1), 1, 1, times("\"c#,", n));
}

static void one_many_times_in_a_cell(cell_book *b, size_t n)
{
    add_communities(b, "c#|七#|d", n);
    put(add_cells(b, "居民区", "居民区编号|所属社区", "a|x", 1), 1, 1, times("c1;", n));
}

static void one_name(cell_book *b, size_t n)
{
    add_communities(b, "c#|七一|d", n);
    add_cells(b, "居民区", "居民区编号|所属社区", "a#|七一", n);
}

static void one_id(cell_book *b, size_t n)
{
    add_communities(b, "c|七#|d", n);
    add_cells(b, "居民区", "居民区编号|所属社区", "a|c", n);
}

static void within_a_record(cell_book *b, size_t n)
{
    add_cells(b, "menus", "id|best_is_low", "m|true", 1);
    add_cells(b, "services", "menus|id|kind|per", "m|s#|other|month", n);
    add_cells(b, "grades", "menus|services|grade|yuan", "m|s#|1|1", n);
}

static void within_many_records(cell_book *b, size_t n)
{
    add_cells(b, "menus", "id|best_is_low", "m#|true", n);
    add_cells(b, "services", "menus|id|kind|per", "m#|s|other|month", n);
    add_cells(b, "grades", "menus|services|grade|yuan", "m#|s|1|1", n);
}

static void blank_rows(cell_book *b, size_t n)
{
    add_cells(b, "居民区", "居民区编号|总户数||||||", "|||||||", n);
}

static const struct cell_shape {
    const char *name;
    void (*fill)(cell_book *b, size_t n);
    size_t n;
    bool good; /* a city is made of it */
} shapes[] = {
    {"headers of anything", wide, 1000, false},
    {"headers of anything beside ours", wide_beside_ours, 1000, false},
    {"rows", many_rows, 1000, false},
    {"wrong cells", wrong_cells, 1000, false},
    {"rows without what they need", missing_columns, 1000, false},
    {"unknown sheets", unknown_sheets, 1000, false},
    {"sheets of one title", sheets_of_ours, 1000, false},
    {"a long header over rows", long_header, 1000, false},
    {"a long text", long_text, 10000, false},
    {"references in a cell", many_in_a_cell, 1000, true},
    {"references in quotes", quoted_in_a_cell, 1000, true},
    {"references in open quotes", open_quotes_in_a_cell, 1000, false},
    {"one reference again and again", one_many_times_in_a_cell, 1000, false},
    {"one name", one_name, 1000, false},
    {"one id", one_id, 1000, false},
    {"records within a record", within_a_record, 1000, false},
    {"records of one id within many", within_many_records, 1000, false},
    {"blank rows", blank_rows, 1000, false},
};

static void hold(const char *what, size_t n, const uint64_t cost[2])
{
    double ratio;
    tried++;
    if (too_dear(cost[0], cost[1], &ratio))
        printf("%s, %zu: %.2f times (%llu, %llu)\n", what, n, ratio, (unsigned long long)cost[0],
               (unsigned long long)cost[1]);
}

/* A mistake in each record of a list, all of which are told with their places. */
static void measure_mistakes(void)
{
    enum { N = 1000 };
    uint64_t cost[2];
    for (size_t i = 0; i < 2; i++) {
        const size_t n = (size_t)N << i;
        buffer b = {NULL, 0, 0};
        size_t count;
        pilot_error *errors = calloc(n, sizeof *errors);
        require(errors != NULL, "no memory");
        add(&b, "{\"districts\":[{\"id\":\"d\"}],\"areas\":[],\"communities\":[");
        for (size_t item = 0; item < n; item++)
            add(&b, "%s\n{\"id\":\"%zu\",\"district\":\"d\",\"zz\":0}", item ? "," : "", item);
        add(&b, "]}");
        const uint64_t start = counted;
        const pilot_status status =
            pilot_problems(PILOT_SCHEMA_CITY, b.text, b.length, NULL, errors, n, &count);
        cost[i] = counted - start;
        require(status == PILOT_ERROR_UNKNOWN_KEY && count == n && errors[n - 1].line == (int32_t)n + 1,
                "a mistake in each record");
        free(errors);
        free(b.text);
    }
    hold("mistakes", N, cost);
}

static void measure_cells(const struct cell_shape *shape)
{
    uint64_t cost[2];
    for (size_t i = 0; i < 2; i++) {
        cell_book b = {NULL, 0, 0};
        pilot_city *city = NULL;
        pilot_table *table = NULL;
        shape->fill(&b, shape->n << i);
        const pilot_workbook book = {b.sheets, b.count};
        const uint64_t start = counted;
        const pilot_status status = pilot_city_from_cells(&book, &city, &table);
        cost[i] = counted - start;
        require(!shape->good || status == PILOT_OK, shape->name);
        pilot_city_free(city);
        pilot_table_free(table);
        free_book(&b);
    }
    hold(shape->name, shape->n, cost);
}

int main(int argc, char **argv)
{
    const bool pairs = argc > 1 && strcmp(argv[1], "--pairs") == 0;
    if (pairs)
        parts = 1;
    pilot_policy *policy;
    require(pilot_policy_nanchang_2019(&policy) == PILOT_OK, "no policy");
    find_colliding();
    find_clauses();
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        measure_cells(&shapes[i]);
    measure_mistakes();
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        grown_list lists[LISTS_MAX];
        const size_t count = find_lists(documents[i].type, lists, 0);
        for (size_t j = 0; j < count; j++)
            measure_one(&documents[i], &lists[j], policy);
        for (size_t j = 0; j < count; j++)
            for (size_t k = 0; k < j; k++)
                if (!lists[j].limited && !lists[k].limited && /* which multiply by no more than that */
                    (pairs || lists[j].holder == lists[k].holder))
                    measure_pair(&documents[i], &lists[j], &lists[k], policy);
    }
    pilot_policy_free(policy);
    printf("%zu documents, each twice as long once more: %.2f times the cost at most; %zu are refused\n",
           tried, worst, refused);
    return failed;
}
