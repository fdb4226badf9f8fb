/* A city out of a SQLite database, held against the notice. from_sqlite DATABASE [SQL [city]] runs the
 * SQL, and prints breaches and awards, or the city as a file has it. */
#include <pilot.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static sqlite3 *db;
static pilot_error error;

static void must(bool well)
{
    const char *sql = sqlite3_errcode(db) ? sqlite3_errmsg(db) : "out of memory";
    if (!well && fprintf(stderr, "%s: %s\n", error.path, error.status ? error.message : sql))
        exit(2);
}

/* Room for the structs. The city has a copy of all that is in them. */
static void *room(size_t size)
{
    static int64_t memory[1 << 17], *next = memory;
    int64_t *made = next;
    must(size / 8 < (size_t)(memory + (1 << 17) - next));
    next += (size + 7) / 8;
    return made;
}

/* Rows become structs, each made of its columns from 1 on; column 0 says how many rows there are. */
#define LOAD(type, list, count, key, columns, ...)                                                      \
    do {                                                                                                \
        static const char sql[] = "select count(*) over (), " columns " order by rowid";                \
        sqlite3_stmt *row;                                                                              \
        type *made = room(0);                                                                           \
        must(sqlite3_prepare_v2(db, sql, -1, &row, NULL) == SQLITE_OK);                                 \
        (void)sqlite3_bind_text(row, 1, key, -1, SQLITE_STATIC);                                        \
        for (count = 0; sqlite3_step(row) == SQLITE_ROW; made[count++] = (type){__VA_ARGS__})           \
            if (!count)                                                                                 \
                made = room(sizeof *made * (size_t)sqlite3_column_int64(row, 0));                       \
        must(sqlite3_finalize(row) == SQLITE_OK);                                                       \
        list = made;                                                                                    \
    } while (0)

/* NULL is not known. What is no number, day, word or id becomes one that the library refuses, in its
 * place. */
static const char *text(sqlite3_stmt *row, int i)
{
    const char *said = (const char *)sqlite3_column_text(row, i);
    return said ? strcpy(room(strlen(said) + 1), said) : NULL;
}

static pilot_opt_int number(sqlite3_stmt *row, int i)
{
    const int type = sqlite3_column_type(row, i);
    return (pilot_opt_int){type == SQLITE_INTEGER ? sqlite3_column_int64(row, i) : INT64_MIN,
                           type != SQLITE_NULL};
}

static pilot_opt_date day(sqlite3_stmt *row, int i)
{
    pilot_opt_date said = {INT32_MAX, text(row, i)};
    (void)pilot_date_parse(text(row, i), &said.value, NULL);
    return said;
}

#define WORD(type, name)                                                                                \
    static type name(sqlite3_stmt *row, int i)                                                          \
    {                                                                                                   \
        type said = text(row, i) ? (type)99 : (type)0;                                                  \
        (void)type##_find(text(row, i), &said);                                                         \
        return said;                                                                                    \
    }
WORD(pilot_office_route, route)
WORD(pilot_assessment_result, result)
WORD(pilot_actor, actor)

static const void *named(const char *id, const void *list, size_t count, size_t size)
{
    for (const char *at = list; id && count; at += size, count--)
        if (strcmp(*(const char *const *)(const void *)at, id) == 0) /* a record's first member */
            return at;
    return id ? room(size) : NULL;
}

static void read_communities(pilot_records *r)
{
    pilot_community *c;
    LOAD(pilot_district, r->districts, r->district_count, NULL, "id, name from districts",
         .id = text(row, 1), .name = text(row, 2));
    LOAD(pilot_community, c, r->community_count, NULL, "id, name, district, staff from communities",
         .id = text(row, 1), .name = text(row, 2), .workstation = {number(row, 4)},
         .district = named(text(row, 3), r->districts, r->district_count, sizeof *r->districts));
    for (size_t i = 0; i < r->community_count; i++) {
        LOAD(pilot_office, c[i].offices, c[i].office_count, c[i].id,
             "area_dm2, route from offices where community = ?", .area = number(row, 1),
             .route = route(row, 2));
        LOAD(pilot_assessment, c[i].assessments, c[i].assessment_count, c[i].id,
             "year, result, made_on from assessments where community = ?",
             .year = sqlite3_column_int(row, 1), .result = result(row, 2), .date = day(row, 3));
    }
    r->communities = c;
}

static void read_areas(pilot_records *r)
{
    pilot_residential_area *a;
    LOAD(pilot_residential_area, a, r->area_count, NULL, "id, name, households, entered_on from areas",
         .id = text(row, 1), .name = text(row, 2), .households = number(row, 3),
         .steps.entry = {text(row, 4) ? PILOT_ANSWER_YES : PILOT_ANSWER_UNKNOWN, day(row, 4).value});
    for (size_t i = 0; i < r->area_count; i++) {
        LOAD(const pilot_community *, a[i].communities, a[i].community_count, a[i].id,
             "community from area_communities where area = ?",
             named(text(row, 1), r->communities, r->community_count, sizeof *r->communities));
        LOAD(pilot_contract, a[i].contracts, a[i].contract_count, a[i].id,
             "signed_on, signed_by from contracts where area = ?", .signed_on = day(row, 1),
             .signed_by = actor(row, 2));
    }
    r->areas = a;
}

int main(int count, char **words)
{
    const pilot_report_filter breaches = {.outcomes = 1u << PILOT_BREACH};
    pilot_records records = {0};
    pilot_policy *policy;
    pilot_city *city;
    pilot_report *report;
    pilot_award_sum sum;
    char *told;
    must(sqlite3_open(count > 1 ? words[1] : ":memory:", &db) == SQLITE_OK);
    must(sqlite3_exec(db, count > 2 ? words[2] : "", NULL, NULL, NULL) == SQLITE_OK);
    read_communities(&records);
    read_areas(&records);
    must(pilot_city_new(&records, &city, &error) == PILOT_OK);
    must(sqlite3_close(db) == SQLITE_OK);
    must(pilot_policy_nanchang_2019(&policy) == PILOT_OK);
    const pilot_date as_of = pilot_policy_parameters(policy)->assessment_due;
    must(pilot_check(policy, city, as_of, &report, &error) == PILOT_OK);
    must((count > 3 ? pilot_city_write(city, PILOT_JSON_INDENTED, &told)
                    : pilot_report_print(report, &breaches, PILOT_ENGLISH, &told)) == PILOT_OK);
    fputs(told, stdout);
    for (size_t i = 0; count <= 3 && i < records.community_count; i++) {
        const pilot_community *c = &pilot_city_records(city)->communities[i];
        must(pilot_city_award(policy, city, c, as_of, &sum, NULL, 0, &error) == PILOT_OK);
        printf("%s: %s yuan\n", c->id, pilot_money_text(sum.award.total, &(pilot_text){{0}}));
    }
    pilot_text_free(told);
    pilot_report_free(report);
    pilot_policy_free(policy);
    pilot_city_free(city);
    return 0;
}
