/* Calls that take what a caller filled in name the member that they refuse, by the key that a file has
 * for it, say in both languages what was found and wanted, and leave alone what they would have written.
 */
#include "cases.h"

#include "base/arena.h"
#include "city/city_internal.h"
#include "money/account_internal.h"
#include "money/reward_internal.h"
#include "notice/policy_internal.h"
#include "rules/subject.h"

/* A sentence of the library's own, beyond what the status means anyway. */
static void check_sentences(const char *at, const pilot_error *error)
{
    bool chinese = false;
    for (const char *c = error->message_zh; *c; c++)
        chinese = chinese || (unsigned char)*c >= 0x80;
    CHECK(*error->message && chinese, "%s: \"%s\", \"%s\"", at, error->message, error->message_zh);
    CHECK(strcmp(error->message_zh, pilot_status_text(error->status, PILOT_CHINESE)) != 0,
          "%s: the status alone in Chinese", at);
    CHECK(strcmp(error->message, pilot_status_text(error->status, PILOT_ENGLISH)) != 0,
          "%s: the status alone in English", at);
}

/* What follows out is a call that writes to it and ends in (.., error): it is made with an error and
 * with none. */
#define REFUSES(wanted, place, out, ...)                                                                \
    do {                                                                                                \
        pilot_error said = {0}, *error = NULL;                                                          \
        mark(&(out), sizeof(out));                                                                      \
        CHECK((__VA_ARGS__) == (wanted), "%s without an error", place);                                 \
        error = &said;                                                                                  \
        pilot_status status = (__VA_ARGS__);                                                            \
        CHECK(status == (wanted) && said.status == status, "%s: %s, in error %s", place,                \
              pilot_status_name(status), pilot_status_name(said.status));                               \
        CHECK(strcmp(said.path, place) == 0, "%s: found at \"%s\"", place, said.path);                  \
        CHECK(marked(&(out), sizeof(out)), "%s: the result is touched", place);                         \
        check_sentences(place, &said);                                                                  \
    } while (0)

static void spoil(void *item, size_t member)
{
    memset((char *)item + member, 7, 1);
}

static pilot_policy *policy;
static const pilot_assessment passed = {.year = 2020, .result = PILOT_PASSED};

static pilot_claim good_claim(void)
{
    return (pilot_claim){.quantity = {known(10), known(1000), known(1)},
                         .first = month(2020, 1),
                         .last = month(2020, 12),
                         .assessments = &passed,
                         .assessment_count = 1};
}

static void refuse_claim(const pilot_claim *claim, pilot_status wanted, const char *path)
{
    pilot_award award;
    pilot_award_line line;
    pilot_award_range range;
    mark(&line, sizeof line);
    REFUSES(wanted, path, award, pilot_award_compute(policy, claim, &award, &line, 1, error));
    REFUSES(wanted, path, range, pilot_award_range_compute(policy, claim, &range, error));
    CHECK(marked(&line, sizeof line), "%s: a line is touched", path);
}

static bool is_optional(field_kind kind)
{
    return kind == FIELD_COUNT || kind == FIELD_AREA || kind == FIELD_DATE;
}

static size_t bool_in(field_kind kind)
{
    return kind == FIELD_DATE ? offsetof(pilot_opt_date, known) : offsetof(pilot_opt_int, known);
}

/* From the table, so that a member which is added is tried. */
Test(where, a_claim_s_bools)
{
    int tried = 0;
    policy = notice();
    for (size_t i = 0; i < pilot_account_claim_record.field_count; i++) {
        const field *f = &pilot_account_claim_record.fields[i];
        pilot_claim claim = good_claim();
        char path[64];
        if (!is_optional(f->kind))
            continue;
        snprintf(path, sizeof path, "/%s", f->key);
        spoil(&claim, f->offset + bool_in(f->kind));
        refuse_claim(&claim, PILOT_ERROR_ARGUMENT, path);
        tried++;
    }
    cr_assert_eq(tried, PILOT_BASIS_COUNT + 1);
    pilot_policy_free(policy);
}

Test(where, a_claim_s_quantities)
{
    static const char *const paths[] = {[PILOT_PER_HOUSEHOLD] = "/households",
                                        [PILOT_PER_SQUARE_METRE] = "/building_area_m2",
                                        [PILOT_PER_COMMUNITY] = "/communities"};
    for (int basis = 0; basis < PILOT_BASIS_COUNT; basis++) {
        const pilot_rate rate = {month(2019, 12), month(2023, 12), 180000, (pilot_basis)basis};
        pilot_claim claim = good_claim();
        policy = with_rates(&rate, 1);
        claim.quantity[basis].value = -1;
        refuse_claim(&claim, PILOT_ERROR_RANGE, paths[basis]);
        claim.quantity[basis].known = false;
        refuse_claim(&claim, PILOT_ERROR_MISSING_VALUE, paths[basis]);
        claim.quantity[basis] = known(INT64_MAX);
        refuse_claim(&claim, PILOT_ERROR_OVERFLOW, "");
        pilot_policy_free(policy);
    }
}

/* The rate that is lacking is the first in the claim's months, not the policy's first. */
Test(where, the_quantity_of_a_later_rate)
{
    const pilot_rate rates[] = {{month(2019, 12), month(2020, 12), 180000, PILOT_PER_HOUSEHOLD},
                                {month(2021, 1), month(2023, 12), 100, PILOT_PER_SQUARE_METRE}};
    pilot_claim claim = good_claim();
    policy = with_rates(rates, COUNT(rates));
    claim.last = month(2022, 1);
    claim.quantity[PILOT_PER_SQUARE_METRE].known = false;
    refuse_claim(&claim, PILOT_ERROR_MISSING_VALUE, "/building_area_m2");
    claim.first = month(2021, 2);
    claim.quantity[PILOT_PER_HOUSEHOLD].known = false;
    refuse_claim(&claim, PILOT_ERROR_MISSING_VALUE, "/building_area_m2");
    pilot_policy_free(policy);
}

/* A rate counts that has no more than one month of the claim's, be it the first or the last. */
Test(where, the_quantity_of_a_single_month)
{
    const pilot_rate rates[] = {{month(2019, 12), month(2020, 12), 180000, PILOT_PER_HOUSEHOLD},
                                {month(2021, 1), month(2023, 12), 100, PILOT_PER_SQUARE_METRE}};
    const pilot_basis bases[] = {PILOT_PER_HOUSEHOLD, PILOT_PER_SQUARE_METRE};
    static const char *const paths[] = {"/households", "/building_area_m2"};
    policy = with_rates(rates, COUNT(rates));
    for (size_t i = 0; i < COUNT(bases); i++) {
        pilot_claim claim = good_claim();
        claim.first = month(2020, 12);
        claim.last = month(2021, 1);
        CHECK(pilot_claim_lacks(policy, &claim).what == PILOT_LACKS_NOTHING, "nothing is lacking");
        claim.quantity[bases[i]].known = false;
        refuse_claim(&claim, PILOT_ERROR_MISSING_VALUE, paths[i]);
    }
    pilot_policy_free(policy);
}

/* Who walks a claim's lines need not have checked it. */
Test(where, a_walk_refuses_what_an_award_does)
{
    pilot_claim claim = good_claim();
    pilot_award award;
    policy = notice();
    claim.quantity[PILOT_PER_HOUSEHOLD].value = -1;
    mark(&award, sizeof award);
    cr_assert_eq(pilot_award_walk(policy, &claim, NULL, NULL, &award), PILOT_ERROR_RANGE);
    claim = good_claim();
    claim.last = claim.first - 1; /* no line shows it */
    cr_assert_eq(pilot_award_walk(policy, &claim, NULL, NULL, &award), PILOT_ERROR_ORDER);
    cr_assert(marked(&award, sizeof award));
    pilot_policy_free(policy);
}

/* Of results that are none nothing can be lacking: who asks has checked them. */
Test(where, what_a_claim_of_no_results_lacks)
{
    const pilot_assessment list[] = {{.year = 2020, .result = (pilot_assessment_result)9}};
    pilot_claim claim = good_claim();
    claim.quantity[PILOT_PER_HOUSEHOLD].known = false;
    policy = reading(notice(), PILOT_READING_PASS_EFFECT, PILOT_PASS_EFFECT_FROM_THE_PASS);
    cr_assert_neq(pilot_claim_lacks(policy, &claim).what, PILOT_LACKS_NOTHING);
    claim.assessments = list;
    cr_assert_eq(pilot_claim_lacks(policy, &claim).what, PILOT_LACKS_NOTHING);
    pilot_policy_free(policy);
}

static pilot_status evaluated(const pilot_policy *changed, const void *context,
                              int64_t values[PILOT_SWEEP_VALUES])
{
    (void)changed, (void)context, (void)values;
    cr_assert_fail("nothing is evaluated");
    return PILOT_OK;
}

/* More than can be had at once: all readings together, and more bytes than there are numbers for. */
Test(where, more_than_there_is_room_for)
{
    pilot_spread spreads[PILOT_SWEEP_VALUES];
    arena memory = {0};
    policy = notice();
    mark(spreads, sizeof spreads);
    cr_expect_eq(pilot_sweep(policy, UINT32_MAX, evaluated, NULL, spreads), PILOT_ERROR_CAPACITY);
    cr_expect(marked(spreads, sizeof spreads));
    cr_expect_null(pilot_arena_take(&memory, SIZE_MAX / 2, 3));
    cr_expect_null(pilot_arena_take(&memory, SIZE_MAX, 16));
    cr_expect_not_null(pilot_arena_take(&memory, 0, 16));
    cr_expect_not_null(pilot_arena_take(&memory, SIZE_MAX, 0));
    pilot_arena_free(&memory);
    pilot_policy_free(policy);
}

/* A place so deep, of keys so long, that its path is cut. */
Test(where, a_path_beyond_any_room)
{
    enum { LEVELS = 30 };
    static char keys[LEVELS][100];
    pilot_json_value values[LEVELS + 1];
    pilot_city *city = NULL;
    pilot_error error = {0};
    for (int i = 0; i < LEVELS; i++) {
        snprintf(keys[i], sizeof keys[i], "x-%090d", i);
        values[i] = (pilot_json_value){
            .kind = PILOT_JSON_OBJECT, .key = i ? keys[i] : NULL, .first = &values[i + 1]};
    }
    values[LEVELS] = (pilot_json_value){.kind = PILOT_JSON_NUMBER, .key = keys[0], .text = "1x"};
    cr_assert_eq(pilot_document_read(PILOT_SCHEMA_CITY, values, NULL, &city, &error), PILOT_ERROR_SYNTAX,
                 "%s", pilot_status_name(error.status));
    cr_expect(strncmp(error.path, "/x-0000", 7) == 0 && strlen(error.path) < sizeof error.path, "%s",
              error.path);
    cr_expect_null(city);
}

Test(where, a_claim_s_months_and_assessments)
{
    pilot_assessment list[3] = {passed, passed, passed};
    pilot_claim good = good_claim(), claim = good;
    policy = notice();
    claim.first = INT32_MIN;
    refuse_claim(&claim, PILOT_ERROR_RANGE, "/first");
    claim = good;
    claim.last = INT32_MAX;
    refuse_claim(&claim, PILOT_ERROR_RANGE, "/last");
    claim.last = good.first - 1;
    refuse_claim(&claim, PILOT_ERROR_ORDER, "/last");
    claim = good;
    claim.assessments = NULL;
    refuse_claim(&claim, PILOT_ERROR_ARGUMENT, "/assessments");
    claim.assessments = list;
    claim.assessment_count = COUNT(list);
    list[1].result = (pilot_assessment_result)3;
    refuse_claim(&claim, PILOT_ERROR_RANGE, "/assessments/1/result");
    list[1].result = PILOT_PASSED;
    spoil(&list[2], offsetof(pilot_assessment, date) + offsetof(pilot_opt_date, known));
    refuse_claim(&claim, PILOT_ERROR_ARGUMENT, "/assessments/2/date");
    pilot_policy_free(policy);
}

Test(where, an_award_s_arguments)
{
    pilot_claim claim = good_claim();
    pilot_award award;
    pilot_award_range range;
    pilot_award_line line;
    policy = notice();
    claim.last = month(2021, 12);
    REFUSES(PILOT_ERROR_CAPACITY, "", award,
            pilot_award_compute(policy, &claim, &award, &line, 1, error));
    REFUSES(PILOT_ERROR_ARGUMENT, "", award, pilot_award_compute(NULL, &claim, &award, NULL, 0, error));
    REFUSES(PILOT_ERROR_ARGUMENT, "", award, pilot_award_compute(policy, NULL, &award, NULL, 0, error));
    REFUSES(PILOT_ERROR_ARGUMENT, "", award, pilot_award_compute(policy, &claim, NULL, NULL, 0, error));
    REFUSES(PILOT_ERROR_ARGUMENT, "", range, pilot_award_range_compute(NULL, &claim, &range, error));
    REFUSES(PILOT_ERROR_ARGUMENT, "", range, pilot_award_range_compute(policy, &claim, NULL, error));
    pilot_policy_free(policy);
}

/* The value that was found is shown as a file would have it. */
Test(where, the_value_found)
{
    pilot_claim claim = good_claim();
    pilot_award award;
    pilot_error error;
    policy = notice();
    claim.quantity[PILOT_PER_SQUARE_METRE].value = -150;
    cr_assert_eq(pilot_award_compute(policy, &claim, &award, NULL, 0, &error), PILOT_ERROR_RANGE);
    cr_assert_str_eq(error.value, "-1.50");
    claim = good_claim();
    claim.quantity[PILOT_PER_HOUSEHOLD].value = -1;
    cr_assert_eq(pilot_award_compute(policy, &claim, &award, NULL, 0, &error), PILOT_ERROR_RANGE);
    cr_assert_str_eq(error.value, "-1");
    claim = good_claim();
    claim.last = month(2019, 11);
    cr_assert_eq(pilot_award_compute(policy, &claim, &award, NULL, 0, &error), PILOT_ERROR_ORDER);
    cr_assert_str_eq(error.value, "2019-11");
    cr_assert(strstr(error.message, "\"2019-11\"") && strstr(error.message_zh, "“2019-11”"));
    pilot_policy_free(policy);
}

/* An area with an entry, in one community. */
typedef struct placed_area {
    pilot_district district;
    pilot_assessment assessments[2];
    pilot_community community;
    const pilot_community *communities[1];
    pilot_residential_area area;
} placed_area;

static pilot_date in_2020;

static void place_area(placed_area *p)
{
    in_2020 = date(2020, 6, 30);
    *p = (placed_area){.district = {.id = "d"}, .assessments = {passed, passed}};
    p->community = (pilot_community){.id = "c",
                                     .district = &p->district,
                                     .assessments = p->assessments,
                                     .assessment_count = COUNT(p->assessments)};
    p->communities[0] = &p->community;
    p->area = (pilot_residential_area){
        .id = "a",
        .communities = p->communities,
        .community_count = 1,
        .households = known(10),
        .steps.entry = {.done = PILOT_ANSWER_YES, .date = date(2020, 1, 1)},
    };
}

static void refuse_area(const placed_area *p, pilot_date as_of, pilot_status wanted, const char *path)
{
    pilot_claim claim;
    REFUSES(wanted, path, claim, pilot_residential_area_claim(policy, &p->area, as_of, &claim, error));
}

Test(where, the_claim_of_an_area)
{
    placed_area p;
    pilot_claim claim;
    policy = notice();
    place_area(&p);
    cr_assert_eq(pilot_residential_area_claim(policy, &p.area, in_2020, &claim, NULL), PILOT_OK);
    refuse_area(&p, INT32_MAX, PILOT_ERROR_RANGE, "/as_of");
    refuse_area(&p, date(2019, 12, 31), PILOT_ERROR_MISSING_VALUE, "/steps/entry");
    p.area.steps.entry.done = PILOT_ANSWER_UNKNOWN;
    refuse_area(&p, in_2020, PILOT_ERROR_MISSING_VALUE, "/steps/entry");
    place_area(&p);
    p.communities[0] = NULL;
    refuse_area(&p, in_2020, PILOT_ERROR_MISSING_VALUE, "/communities");
    p.area.communities = NULL;
    refuse_area(&p, in_2020, PILOT_ERROR_MISSING_VALUE, "/communities");
    p.area.communities = p.communities;
    p.area.community_count = 0;
    refuse_area(&p, in_2020, PILOT_ERROR_NOT_FOUND, "/communities");
    place_area(&p);
    pilot_policy *with = policy;
    policy = with_rates(NULL, 0);
    refuse_area(&p, in_2020, PILOT_ERROR_MISSING_VALUE, "");
    pilot_policy_free(policy);
    policy = with;
    REFUSES(PILOT_ERROR_ARGUMENT, "", claim,
            pilot_residential_area_claim(NULL, &p.area, in_2020, &claim, error));
    REFUSES(PILOT_ERROR_ARGUMENT, "", claim,
            pilot_residential_area_claim(policy, NULL, in_2020, &claim, error));
    REFUSES(PILOT_ERROR_ARGUMENT, "", claim,
            pilot_residential_area_claim(policy, &p.area, in_2020, NULL, error));
    pilot_policy_free(policy);
}

static void refuse_timeline(const placed_area *p, pilot_date as_of, pilot_status wanted,
                            const char *path)
{
    pilot_timeline timeline;
    REFUSES(wanted, path, timeline, pilot_timeline_make(policy, &p->area, as_of, &timeline, error));
}

Test(where, a_timeline)
{
    placed_area p;
    pilot_timeline timeline;
    policy = notice();
    place_area(&p);
    refuse_timeline(&p, INT32_MIN, PILOT_ERROR_RANGE, "/as_of");
    p.area.branch = (pilot_branch)99;
    refuse_timeline(&p, in_2020, PILOT_ERROR_RANGE, "/branch");
    refuse_area(&p, in_2020, PILOT_ERROR_RANGE, "/branch");
    place_area(&p);
    p.assessments[1].result = (pilot_assessment_result)99;
    refuse_timeline(&p, in_2020, PILOT_ERROR_RANGE, "/communities/0/assessments/1/result");
    place_area(&p);
    spoil(&p.area, offsetof(pilot_residential_area, households) + offsetof(pilot_opt_int, known));
    refuse_timeline(&p, in_2020, PILOT_ERROR_ARGUMENT, "/households");
    refuse_area(&p, in_2020, PILOT_ERROR_ARGUMENT, "/households");
    p.area.households = known(-1);
    refuse_timeline(&p, in_2020, PILOT_ERROR_RANGE, "/households");
    refuse_area(&p, in_2020, PILOT_ERROR_RANGE, "/households");
    REFUSES(PILOT_ERROR_ARGUMENT, "", timeline,
            pilot_timeline_make(policy, NULL, in_2020, &timeline, error));
    pilot_policy_free(policy);
}

READER(city_of, pilot_city, pilot_city_parse)

/* Two areas of one community, the second with so many households. */
static pilot_city *small_city(const char *households)
{
    char text[600];
    snprintf(text, sizeof text,
             "{\"districts\":[{\"id\":\"d\"}],\"communities\":[{\"id\":\"c\",\"district\":\"d\","
             "\"assessments\":[{\"year\":2020,\"result\":\"passed\"}]}],"
             "\"areas\":[{\"id\":\"a\",\"communities\":[\"c\"],\"households\":10,"
             "\"steps\":{\"entry\":\"2020-01-01\"}},"
             "{\"id\":\"b\",\"communities\":[\"c\"],\"households\":%s,"
             "\"steps\":{\"entry\":\"2020-01-01\"}}]}",
             households);
    return city_of(text);
}

static bool at_once(void *context)
{
    (void)context;
    return true;
}

static const pilot_stop stop = {at_once, NULL};

static void refuse_sums(const pilot_city *city, pilot_date as_of, const pilot_stop *stopped,
                        pilot_status wanted, const char *path)
{
    pilot_award_sum sum;
    pilot_award_year years[8];
    pilot_award_range range;
    mark(&sum, sizeof sum);
    REFUSES(
        wanted, path, years,
        pilot_city_award_until(policy, city, NULL, as_of, stopped, &sum, years, COUNT(years), error));
    REFUSES(wanted, path, range,
            pilot_city_award_range_until(policy, city, NULL, as_of, stopped, &range, error));
    CHECK(marked(&sum, sizeof sum), "%s: the sum is touched", path);
}

Test(where, the_awards_of_a_city)
{
    pilot_city *good = small_city("10"), *large = small_city("999999999999999");
    pilot_award_sum sum;
    pilot_award_year years[8];
    pilot_award_range range;
    policy = notice();
    in_2020 = date(2020, 6, 30);
    refuse_sums(good, INT32_MAX, NULL, PILOT_ERROR_RANGE, "/as_of");
    refuse_sums(large, in_2020, NULL, PILOT_ERROR_OVERFLOW, "");
    refuse_sums(NULL, in_2020, NULL, PILOT_ERROR_ARGUMENT, "");
    REFUSES(PILOT_ERROR_CAPACITY, "", years,
            pilot_city_award(policy, good, NULL, in_2020, &sum, years, 1, error));
    REFUSES(PILOT_ERROR_RANGE, "/as_of", sum,
            pilot_city_award(policy, good, NULL, INT32_MIN, &sum, NULL, 0, error));
    REFUSES(PILOT_ERROR_RANGE, "/as_of", range,
            pilot_city_award_range(policy, good, NULL, INT32_MIN, &range, error));
    pilot_city_free(good);
    pilot_city_free(large);
    pilot_policy_free(policy);
}

Test(where, a_check)
{
    pilot_city *city = small_city("10");
    pilot_report *report;
    policy = notice();
    in_2020 = date(2020, 6, 30);
    REFUSES(PILOT_ERROR_RANGE, "/as_of", report, pilot_check(policy, city, INT32_MAX, &report, error));
    REFUSES(PILOT_ERROR_RANGE, "/as_of", report,
            pilot_check_until(policy, city, INT32_MIN, &stop, &report, error));
    REFUSES(PILOT_ERROR_ARGUMENT, "", report, pilot_check(policy, NULL, in_2020, &report, error));
    REFUSES(PILOT_ERROR_ARGUMENT, "", report, pilot_check(NULL, city, in_2020, &report, error));
    pilot_city_free(city);
    pilot_policy_free(policy);
}

/* With the city's 2000 areas the stop is asked. */
Test(where, a_call_that_is_stopped)
{
    char *text = calloc(1, 120000), *end = text;
    pilot_report *report = NULL;
    pilot_error error = {0};
    policy = notice();
    end += sprintf(end, "{\"districts\":[{\"id\":\"d\"}],\"communities\":[");
    for (int i = 0; i < 2000; i++)
        end += sprintf(end, "%s{\"id\":\"c%d\",\"district\":\"d\"}", i ? "," : "", i);
    sprintf(end, "],\"areas\":[]}");
    pilot_city *city = city_of(text);
    cr_assert_eq(pilot_check_until(policy, city, date(2020, 6, 30), &stop, &report, &error),
                 PILOT_ERROR_STOPPED);
    cr_assert_eq(error.status, PILOT_ERROR_STOPPED);
    cr_assert_str_eq(error.path, "");
    cr_assert(*error.message && *error.message_zh && !report);
    pilot_city_free(city);
    pilot_policy_free(policy);
    free(text);
}

/* Each rule is asked without its record, and without the area that this lies in. */
Test(where, a_rule_without_its_record)
{
    static const char any[4096]; /* a record of any kind, of which nothing is known */
    policy = notice();
    for (size_t i = 0; i < pilot_rule_count(); i++) {
        const pilot_rule *rule = pilot_rule_at(i);
        const child_scope *child = pilot_child_scope(rule->scope);
        const void *item = any;
        pilot_subject subject = {0};
        pilot_finding finding;
        char path[32];
        snprintf(path, sizeof path, "/%s", pilot_scope_name(rule->scope));
        REFUSES(PILOT_ERROR_ARGUMENT, path, finding,
                pilot_check_rule(policy, rule, &subject, 18262, &finding, error));
        if (!child || child->parent != PILOT_SCOPE_AREA)
            continue;
        memcpy((char *)&subject + child->member, &item, sizeof item);
        REFUSES(PILOT_ERROR_ARGUMENT, "/area", finding,
                pilot_check_rule(policy, rule, &subject, 18262, &finding, error));
    }
    pilot_policy_free(policy);
}

Test(where, a_rule_s_arguments)
{
    const pilot_rule *rule = pilot_rule_find("office_area"), none = {.id = "no_such_rule"};
    const pilot_community community = {0};
    const pilot_subject subject = {.community = &community};
    pilot_finding finding;
    policy = notice();
    REFUSES(PILOT_ERROR_RANGE, "/as_of", finding,
            pilot_check_rule(policy, rule, &subject, INT32_MAX, &finding, error));
    REFUSES(PILOT_ERROR_ARGUMENT, "/rule", finding,
            pilot_check_rule(policy, &none, &subject, 18262, &finding, error));
    REFUSES(PILOT_ERROR_ARGUMENT, "", finding,
            pilot_check_rule(policy, NULL, &subject, 18262, &finding, error));
    REFUSES(PILOT_ERROR_ARGUMENT, "", finding,
            pilot_check_rule(policy, rule, NULL, 18262, &finding, error));
    REFUSES(PILOT_ERROR_ARGUMENT, "", finding,
            pilot_check_rule(policy, rule, &subject, 18262, NULL, error));
    pilot_policy_free(policy);
}

/* A word that is none, in each record that a rule looks at: the place is the record's in the subject. */
Test(where, a_subject_s_records)
{
    const pilot_handover handover = {.service = PILOT_GREENERY, .coordinator = (pilot_actor)-1};
    const pilot_community bad_community = {.id = "c", .handovers = &handover, .handover_count = 1};
    const pilot_community community = {.id = "c"};
    const pilot_residential_area area = {.id = "a"}, bad_area = {.id = "a", .branch = (pilot_branch)99};
    const pilot_parking parking = {.marked_by = (pilot_actor)-1};
    const struct {
        const char *rule, *path;
        pilot_subject subject;
    } rows[] = {
        {"office_area", "/community/handovers/0/coordinator", {.community = &bad_community}},
        {"contract_signed", "/area/branch", {.area = &bad_area}},
        {"contract_signed",
         "/community/handovers/0/coordinator",
         {.area = &area, .community = &bad_community}},
        {"parking_fee", "/parking/marked_by", {.area = &area, .parking = &parking}},
        {"money_coordinated", "/handover/coordinator", {.community = &community, .handover = &handover}},
    };
    policy = notice();
    for (size_t i = 0; i < COUNT(rows); i++) {
        const pilot_rule *rule = pilot_rule_find(rows[i].rule);
        pilot_finding finding;
        CHECK(rule, "%s", rows[i].rule);
        REFUSES(PILOT_ERROR_RANGE, rows[i].path, finding,
                pilot_check_rule(policy, rule, &rows[i].subject, 18262, &finding, error));
    }
    pilot_policy_free(policy);
}

Test(where, the_range_of_an_account)
{
    const pilot_claim claim = {.first = month(2020, 1), .last = month(2020, 12)};
    const pilot_account_terms good = {.first = month(2020, 1),
                                      .last = month(2020, 12),
                                      .fee = {.billed = known(100)},
                                      .collection_rate = {1, 1}};
    pilot_account_terms terms = good;
    pilot_account_range range;
    pilot_error error = {0};
    policy = notice();
    terms.claim = &claim;
    mark(&range, sizeof range);
    cr_assert_eq(pilot_account_range_compute(policy, &terms, &range, &error), PILOT_ERROR_MISSING_VALUE);
    cr_assert_str_eq(error.path, "/claim");
    terms = good;
    terms.last = terms.first - 1;
    cr_assert_eq(pilot_account_range_compute(policy, &terms, &range, &error), PILOT_ERROR_ORDER);
    cr_assert_str_eq(error.path, "/last");
    terms = good;
    terms.fee.billed.value = -1;
    cr_assert_eq(pilot_account_range_compute(policy, &terms, &range, &error), PILOT_ERROR_RANGE);
    cr_assert_str_eq(error.path, "/fee/billed_yuan");
    cr_assert(marked(&range, sizeof range));
    cr_assert_eq(pilot_account_range_compute(policy, &terms, &range, NULL), PILOT_ERROR_RANGE);
    pilot_policy_free(policy);
}

Test(where, a_fee)
{
    const pilot_rounding_rule mode = {.mode = (pilot_rounding)4},
                              unit = {.unit = (pilot_rounding_unit)3};
    pilot_rounding_rule step = {.step = (pilot_rounding_step)-1};
    pilot_money fee;
    REFUSES(PILOT_ERROR_RANGE, "/price", fee, pilot_fee_compute(-1, 1, 1, NULL, &fee, error));
    REFUSES(PILOT_ERROR_RANGE, "/area", fee, pilot_fee_compute(1, -1, 1, NULL, &fee, error));
    REFUSES(PILOT_ERROR_RANGE, "/months", fee, pilot_fee_compute(1, 1, 0, NULL, &fee, error));
    REFUSES(PILOT_ERROR_ARGUMENT, "/rounding/mode", fee, pilot_fee_compute(1, 1, 1, &mode, &fee, error));
    REFUSES(PILOT_ERROR_ARGUMENT, "/rounding/unit", fee, pilot_fee_compute(1, 1, 1, &unit, &fee, error));
    for (int of = PILOT_TO_FEN; of <= PILOT_TO_YUAN; of++) {
        step.unit = (pilot_rounding_unit)of;
        REFUSES(PILOT_ERROR_ARGUMENT, "/rounding/step", fee,
                pilot_fee_compute(1, 1, 1, &step, &fee, error));
    }
    REFUSES(PILOT_ERROR_OVERFLOW, "", fee, pilot_fee_compute(INT64_MAX, 2, 1, NULL, &fee, error));
    REFUSES(PILOT_ERROR_ARGUMENT, "", fee, pilot_fee_compute(1, 1, 1, NULL, NULL, error));
}

Test(where, who_is_responsible)
{
    const pilot_duty *duties[1];
    size_t count;
    const struct {
        const char *path;
        pilot_duty_filter filter;
    } rows[] = {
        {"/matter", {.matter = (pilot_duty_matter)PILOT_DUTY_MATTER_COUNT}},
        {"/role", {.role = (pilot_role)PILOT_ROLE_COUNT}},
        {"/actor", {.actor = (pilot_actor)-1}},
        {"/side", {.side = (pilot_side)3}},
        {"/place", {.place = (pilot_place)PILOT_PLACE_COUNT}},
        {"/layout", {.layout = (pilot_layout)INT32_MAX}},
    };
    mark(duties, sizeof duties);
    for (size_t i = 0; i < COUNT(rows); i++)
        REFUSES(PILOT_ERROR_ARGUMENT, rows[i].path, count,
                pilot_responsible(&rows[i].filter, duties, 1, &count, error));
    const pilot_duty_filter across = {.side = PILOT_OUTSIDE, .place = PILOT_PLACE_DWELLING}, all = {0};
    REFUSES(PILOT_ERROR_INCONSISTENT, "/side", count,
            pilot_responsible(&across, duties, 1, &count, error));
    REFUSES(PILOT_ERROR_CAPACITY, "", count, pilot_responsible(&all, duties, 1, &count, error));
    REFUSES(PILOT_ERROR_ARGUMENT, "", count, pilot_responsible(NULL, duties, 1, &count, error));
    cr_assert(marked(duties, sizeof duties));
}

Test(where, the_law_of_a_vote)
{
    pilot_vote_law law;
    policy = notice();
    REFUSES(PILOT_ERROR_ARGUMENT, "/matter", law,
            pilot_vote_law_on(policy, 18262, (pilot_matter)PILOT_MATTER_COUNT, &law, error));
    REFUSES(PILOT_ERROR_RANGE, "/held_on", law,
            pilot_vote_law_on(policy, INT32_MAX, PILOT_MATTER_HIRE_PROVIDER, &law, error));
    REFUSES(PILOT_ERROR_NOT_FOUND, "/held_on", law,
            pilot_vote_law_on(policy, date(1900, 1, 1), PILOT_MATTER_HIRE_PROVIDER, &law, error));
    REFUSES(PILOT_ERROR_ARGUMENT, "", law,
            pilot_vote_law_on(NULL, 18262, PILOT_MATTER_HIRE_PROVIDER, &law, error));
    pilot_policy_free(policy);
}

Test(where, a_budget)
{
    static pilot_money years[64] = {[3] = -1};
    const pilot_budget good = {.total = known(100)}, none = {0}, below = {.total = known(-1)},
                       nobody = {(pilot_payer)3, known(1), NULL}, yearly = {.years = years};
    pilot_budget not_known = good;
    int64_t answer;
    policy = notice();
    spoil(&not_known, offsetof(pilot_budget, total) + offsetof(pilot_opt_int, known));
    const struct {
        const char *path;
        const pilot_budget *budget;
        pilot_status status;
    } rows[] = {
        {"/total", &none, PILOT_ERROR_MISSING_VALUE}, {"/total", &below, PILOT_ERROR_RANGE},
        {"/payer", &nobody, PILOT_ERROR_ARGUMENT},    {"/years/3", &yearly, PILOT_ERROR_RANGE},
        {"/total", &not_known, PILOT_ERROR_ARGUMENT}, {"", NULL, PILOT_ERROR_ARGUMENT},
    };
    const pilot_month from = month(2020, 1), to = month(2020, 12);
    for (size_t i = 0; i < COUNT(rows); i++)
        REFUSES(rows[i].status, rows[i].path, answer,
                pilot_budget_quantity(policy, PILOT_PER_HOUSEHOLD, from, to, rows[i].budget, &answer,
                                      error));
    REFUSES(PILOT_ERROR_ARGUMENT, "/basis", answer,
            pilot_budget_quantity(policy, (pilot_basis)9, from, to, &good, &answer, error));
    REFUSES(PILOT_ERROR_RANGE, "/first", answer,
            pilot_budget_quantity(policy, PILOT_PER_HOUSEHOLD, INT32_MIN, to, &good, &answer, error));
    REFUSES(PILOT_ERROR_ORDER, "/last", answer,
            pilot_budget_quantity(policy, PILOT_PER_HOUSEHOLD, to, from, &good, &answer, error));
    REFUSES(PILOT_ERROR_NOT_FOUND, "", answer,
            pilot_budget_quantity(policy, PILOT_PER_COMMUNITY, from, to, &good, &answer, error));
    pilot_policy_free(policy);
}

Test(where, a_budget_of_sums)
{
    const pilot_budget good = {.total = known(100)}, below = {.total = known(-1)};
    const pilot_rate other = {month(2019, 12), month(2023, 12), 1, PILOT_PER_HOUSEHOLD};
    pilot_aggregate *sums = NULL;
    int64_t answer;
    policy = notice();
    const size_t size = pilot_aggregate_size(policy, 1);
    void *memory = calloc(1, size);
    pilot_policy *changed = with_rates(&other, 1);
    cr_assert_eq(pilot_aggregate_make(policy, 1, memory, size, &sums), PILOT_OK);
#define EACH(status, path, of, group, budget)                                                           \
    REFUSES(status, path, answer, pilot_budget_factor(of, sums, group, budget, &answer, error));        \
    REFUSES(status, path, answer, pilot_budget_rate(of, sums, group, budget, 0, &answer, error));       \
    REFUSES(status, path, answer, pilot_budget_city_share(of, sums, group, budget, &answer, error))
    EACH(PILOT_ERROR_NOT_FOUND, "/group", policy, 1, &good);
    EACH(PILOT_ERROR_RANGE, "/total", policy, 0, &below);
    EACH(PILOT_ERROR_INCONSISTENT, "/aggregate", changed, 0, &good);
    EACH(PILOT_ERROR_ARGUMENT, "", NULL, 0, &good);
    EACH(PILOT_ERROR_ARGUMENT, "", policy, 0, NULL);
    REFUSES(PILOT_ERROR_RANGE, "/rate", answer,
            pilot_budget_rate(policy, sums, 0, &good, 9, &answer, error));
    REFUSES(PILOT_ERROR_NOT_FOUND, "", answer,
            pilot_budget_factor(policy, sums, 0, &good, &answer, error));
    free(memory);
    pilot_policy_free(changed);
    pilot_policy_free(policy);
}
