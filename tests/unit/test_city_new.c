#define _POSIX_C_SOURCE 200809L
/* A city of a caller's structs: what a file of the same records gives, and refuses, they give and are
 * refused for. */
#include "rule_cases.h"

WRITER(city_text, pilot_city, pilot_city_write)

static pilot_city *made_of(const pilot_records *records, const char *name)
{
    pilot_city *city = NULL;
    pilot_error error = {0};
    pilot_status status = pilot_city_new(records, &city, &error);
    CHECK(status == PILOT_OK, "%s: %s: %s", name, error.path, error.message);
    return city;
}

static int taken;

/* Through structs, and without those that they were copied from. */
static void take_through(pilot_city *city, const char *name)
{
    char *before = city_text(city, PILOT_JSON_COMPACT);
    pilot_city *made = made_of(pilot_city_records(city), name);
    pilot_city_free(city);
    char *after = city_text(made, PILOT_JSON_COMPACT);
    CHECK(strcmp(before, after) == 0, "%s: %s\nbecame %s", name, before, after);
    pilot_text_free(before);
    pilot_text_free(after);
    pilot_city_free(made);
    taken++;
}

static void take_case(const cJSON *test, const char *name)
{
    take_through(rule_case_city(test, name), name);
}

Test(city_new, every_city_comes_through_structs_as_it_is)
{
    static const char *const files[] = {"examples/data/nanchang-2019.json",
                                        "tests/cases/impact/city.json", "tests/cases/from_sqlite.json"};
    for (size_t i = 0; i < COUNT(files); i++)
        take_through(cases_city(files[i]), files[i]);
    each_rule_case(take_case);
    cr_assert_gt(taken, 600);
}

/* The same findings and awards, as the records refer to each other and not to the caller's. */
Test(city_new, a_copy_is_reported_on_alike)
{
    pilot_city *city = cases_city("examples/data/nanchang-2019.json");
    pilot_city *made = made_of(pilot_city_records(city), "example");
    pilot_policy *policy = notice();
    char *texts[2];
    for (int i = 0; i < 2; i++) {
        pilot_report *report;
        cr_assert_eq(pilot_check(policy, i ? made : city, cases_date("2020-02-29"), &report, NULL),
                     PILOT_OK);
        cr_assert_eq(pilot_report_write(report, NULL, PILOT_JSON_COMPACT, &texts[i]), PILOT_OK);
        pilot_report_free(report);
    }
    cr_expect_str_eq(texts[0], texts[1]);
    const pilot_records *r = pilot_city_records(made);
    for (size_t i = 0; i < r->area_count; i++)
        for (size_t j = 0; j < r->areas[i].community_count; j++) {
            const pilot_community *c = r->areas[i].communities[j];
            cr_expect_eq(c, pilot_city_find_community(made, c->id));
        }
    pilot_text_free(texts[0]);
    pilot_text_free(texts[1]);
    pilot_policy_free(policy);
    pilot_city_free(made);
    pilot_city_free(city);
}

/* tests/cases/from_sqlite.txt is what examples/c/from_sqlite.c says of a database, and the .json its
 * city, as tests/run holds them to it. */
Test(city_new, a_database_is_reported_on_as_its_city_is_in_a_file)
{
    const pilot_report_filter breaches = {.outcomes = 1u << PILOT_BREACH};
    pilot_city *city = cases_city("tests/cases/from_sqlite.json");
    pilot_policy *policy = notice();
    const pilot_records *r = pilot_city_records(city);
    const pilot_date as_of = cases_date("2020-02-29");
    pilot_report *report;
    char *breached, *golden;
    size_t length;
    buffer all = {0};
    cr_assert_eq(pilot_check(policy, city, as_of, &report, NULL), PILOT_OK);
    cr_assert_eq(pilot_report_print(report, &breaches, PILOT_ENGLISH, &breached), PILOT_OK);
    add(&all, breached);
    for (size_t i = 0; i < r->community_count; i++) {
        pilot_award_sum sum;
        pilot_text total;
        cr_assert_eq(pilot_city_award(policy, city, &r->communities[i], as_of, &sum, NULL, 0, NULL),
                     PILOT_OK);
        add(&all, r->communities[i].id);
        add(&all, ": ");
        add(&all, pilot_money_text(sum.award.total, &total));
        add(&all, " yuan\n");
    }
    golden = cases_slurp("tests/cases/from_sqlite.txt", &length);
    cr_expect_str_eq(all.text, golden);
    free(golden);
    free(all.text);
    pilot_text_free(breached);
    pilot_report_free(report);
    pilot_policy_free(policy);
    pilot_city_free(city);
}

/* All that a caller can have to free when the city is made. */
typedef struct caller {
    char texts[8][24];
    pilot_district districts[1];
    pilot_provider providers[1];
    pilot_menu_grade grades[1];
    pilot_menu_service services[1];
    pilot_price_list menus[1];
    pilot_menu_item items[1];
    pilot_office offices[1];
    pilot_community communities[2];
    const pilot_community *belongs[2];
    pilot_contract contracts[1];
    pilot_evidence evidence[1];
    pilot_residential_area areas[1];
    pilot_records records;
} caller;

static const char *kept(caller *c, size_t number, const char *text)
{
    return strcpy(c->texts[number], text);
}

static void fill_lists(caller *c)
{
    c->districts[0] = (pilot_district){.id = kept(c, 0, "360102")};
    c->providers[0] = (pilot_provider){.id = kept(c, 1, "p"), .name = kept(c, 2, "物业甲")};
    c->grades[0] = (pilot_menu_grade){.grade = 1, .price = 9000};
    c->services[0] = (pilot_menu_service){.id = kept(c, 3, "cleaning"),
                                          .kind = PILOT_SERVICE_CLEANING,
                                          .basis = PILOT_MENU_PER_SQUARE_METRE,
                                          .grades = c->grades,
                                          .grade_count = 1};
    c->menus[0] = (pilot_price_list){.id = kept(c, 4, "m"),
                                     .best_is_low = PILOT_ANSWER_YES,
                                     .services = c->services,
                                     .service_count = 1};
    c->items[0] = (pilot_menu_item){c->services[0].id, 1};
    c->offices[0] = (pilot_office){.area = known(11850), .route = PILOT_ROUTE_SHARED};
    c->communities[0] = (pilot_community){
        .id = kept(c, 5, "c"), .district = c->districts, .offices = c->offices, .office_count = 1};
    c->communities[1] = (pilot_community){.id = kept(c, 6, "d"), .district = c->districts};
    c->belongs[0] = &c->communities[1];
    c->belongs[1] = &c->communities[0];
}

static void fill(caller *c)
{
    fill_lists(c);
    c->contracts[0] = (pilot_contract){.provider = c->providers,
                                       .menu = (const pilot_menu *)(const void *)c->menus,
                                       .selection = {.items = c->items, .item_count = 1}};
    c->evidence[0] = (pilot_evidence){pilot_clause_find("3.2-2a"), {PILOT_ANSWER_NO, 0}, NULL};
    c->areas[0] = (pilot_residential_area){.id = kept(c, 7, "a"),
                                           .communities = c->belongs,
                                           .community_count = 2,
                                           .households = known(1885),
                                           .contracts = c->contracts,
                                           .contract_count = 1};
    c->records = (pilot_records){.evidence = {c->evidence, 1},
                                 .menus = c->menus,
                                 .menu_count = 1,
                                 .districts = c->districts,
                                 .district_count = 1,
                                 .providers = c->providers,
                                 .provider_count = 1,
                                 .communities = c->communities,
                                 .community_count = 2,
                                 .areas = c->areas,
                                 .area_count = 1};
}

static const char filled[] =
    "{'evidence':[{'clause':'3.2-2a','done':'not_done'}],"
    "'menus':[{'id':'m','best_is_low':true,'services':[{'id':'cleaning','kind':'cleaning',"
    "'per':'square_metre_month','grades':[{'grade':1,'yuan':'0.9000'}]}]}],"
    "'districts':[{'id':'360102'}],'providers':[{'id':'p','name':'物业甲'}],"
    "'communities':[{'id':'c','district':'360102','offices':[{'area_m2':'118.50','route':'shared'}]},"
    "{'id':'d','district':'360102'}],"
    "'areas':[{'id':'a','communities':['d','c'],'households':1885,'contracts':[{'provider':'p',"
    "'menu':'m','selection':{'items':[{'service':'cleaning','grade':1}]}}]}]}";

Test(city_new, nothing_of_the_callers_is_kept)
{
    caller *c = calloc(1, sizeof *c);
    cr_assert_not_null(c);
    fill(c);
    pilot_city *city = made_of(&c->records, "filled in");
    mark(c, sizeof *c);
    free(c);
    char *text = city_text(city, PILOT_JSON_COMPACT);
    cr_expect_str_eq(text, quoted(filled));
    pilot_text_free(text);
    pilot_city_free(city);
}

/* A list that is NULL is not known; one that a file has to have is empty. */
Test(city_new, lists_that_are_null)
{
    const pilot_records nothing = {0};
    pilot_city *city = made_of(&nothing, "nothing");
    char *text = city_text(city, PILOT_JSON_COMPACT);
    cr_expect_str_eq(text, quoted("{'districts':[],'communities':[],'areas':[]}"));
    pilot_text_free(text);
    pilot_city_free(city);
    cr_assert_eq(pilot_city_new(NULL, &city, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_city_new(&nothing, NULL, NULL), PILOT_ERROR_ARGUMENT);
}

/* A city of every kind of field. */
static const char good[] =
    "{'name':'T','complete':true,'leading_group':{'heads':1,'office_host':'street'},"
    "'meetings':[{'held_on':'2019-11-05'}],'reward_budget_yuan':'7.00',"
    "'evidence':[{'clause':'3.2-2a','done':'2019-11-06'},{'clause':'3.2-2b','done':'not_done'}],"
    "'menus':[{'id':'m','valid_from':'2019-01-01','valid_to':'2019-12-31','best_is_low':true,"
    "'services':[{'id':'s','kind':'lift','per':'household_month',"
    "'grades':[{'grade':1,'yuan':'9.0000'},{'grade':2,'yuan':'8.0000'}]},"
    "{'id':'t','kind':'other','per':'month','grades':[{'grade':3,'yuan':'1.0000'}]}],"
    "'packages':[{'id':'k','items':[{'service':'s','grade':2}],'discount':'1/3'}]}],"
    "'districts':[{'id':'360102','name':'东湖区'},{'id':'360103'}],"
    "'providers':[{'id':'p1'},{'id':'p2'}],"
    "'communities':[{'id':'c1','district':'360103','workstation':{'property_staff':4},"
    "'offices':[{'area_m2':'96.05','route':'own','available_from':'2019-12-01'}],"
    "'assessments':[{'year':2019,'result':'passed','date':'2020-02-28','assessor':'street'}],"
    "'reward_payments':[{'paid_on':'2020-03-01','amount_yuan':'12.34'}],"
    "'uses':[{'source':'reward','purpose':'community','amount_yuan':'1.00'}],"
    "'appointments':[{'appointed':'2019-11-20','paid':true}],"
    "'handovers':[{'service':'greenery','transferred_yuan':'5.00'}]},"
    "{'id':'c2','district':'360102'}],"
    "'areas':[{'id':'a1','communities':['c2','c1'],'old':true,'households':955,"
    "'building_area_m2':'8336.01','steps':{'selection':'2019-08-20','entry':'2019-12-06'},"
    "'offers':[{'provider':'p2','grade':1,'yuan_per_m2':'0.4500'}],"
    "'votes':[{'held_on':'2019-11-25','matter':'hire_provider','totals':{"
    "'all':{'area_m2':'0.09','owners':8},'in_favour':{'area_m2':'0.03','owners':2}}}],"
    "'contracts':[{'provider':'p1','signed_on':'2019-11-28','menu':'m','price_yuan_per_m2':'0.3050'}],"
    "'grid_posts':[{'department':'fire_brigade','post':'7'}],"
    "'charges':[{'dwelling':'11','service':'lift','first':'2020-01','last':'2020-06',"
    "'amount_yuan':'61.00'}],"
    "'incomes':[{'source':'lockers','amount_yuan':'3.00'}]},{'id':'a2'}]}";

/* Records of a good city, which may be written to: they lie in its memory. */
#define OWN(type, of) ((type *)(uintptr_t)(const void *)(of))
static pilot_price_list *menu(const pilot_records *r)
{
    return OWN(pilot_price_list, r->menus);
}
static pilot_menu_service *service(const pilot_records *r)
{
    return OWN(pilot_menu_service, r->menus->services);
}
static pilot_menu_grade *grade(const pilot_records *r)
{
    return OWN(pilot_menu_grade, r->menus->services->grades);
}
static pilot_menu_package *package(const pilot_records *r)
{
    return OWN(pilot_menu_package, r->menus->packages);
}
static pilot_menu_item *item(const pilot_records *r)
{
    return OWN(pilot_menu_item, r->menus->packages->items);
}
static pilot_evidence *evidence(const pilot_records *r)
{
    return OWN(pilot_evidence, r->evidence.items);
}
static pilot_meeting *meeting(const pilot_records *r)
{
    return OWN(pilot_meeting, r->meetings);
}
static pilot_district *district(const pilot_records *r)
{
    return OWN(pilot_district, r->districts);
}
static pilot_community *community(const pilot_records *r)
{
    return OWN(pilot_community, r->communities);
}
static pilot_office *office(const pilot_records *r)
{
    return OWN(pilot_office, r->communities->offices);
}
static pilot_assessment *assessment(const pilot_records *r)
{
    return OWN(pilot_assessment, r->communities->assessments);
}
static pilot_use *use(const pilot_records *r)
{
    return OWN(pilot_use, r->communities->uses);
}
static pilot_handover *handover(const pilot_records *r)
{
    return OWN(pilot_handover, r->communities->handovers);
}
static pilot_residential_area *area(const pilot_records *r)
{
    return OWN(pilot_residential_area, r->areas);
}
static const pilot_community **belongs(const pilot_records *r)
{
    return OWN(const pilot_community *, r->areas->communities);
}
static pilot_offer *offer(const pilot_records *r)
{
    return OWN(pilot_offer, r->areas->offers);
}
static pilot_vote *vote(const pilot_records *r)
{
    return OWN(pilot_vote, r->areas->votes);
}
static pilot_contract *contract(const pilot_records *r)
{
    return OWN(pilot_contract, r->areas->contracts);
}
static pilot_grid_post *post(const pilot_records *r)
{
    return OWN(pilot_grid_post, r->areas->grid_posts);
}
static pilot_charge *charge(const pilot_records *r)
{
    return OWN(pilot_charge, r->areas->charges);
}

/* Records that are in no list of the city's. */
static const pilot_district foreign_district = {.id = "360199"};
static const pilot_provider foreign_provider = {.id = "p9"};
static const pilot_community foreign_community = {.id = "c9", .district = &foreign_district};
static const pilot_price_list foreign_menu = {.id = "m9"};

/* The same mistake in the text, where the one part stands in place of the other, and in the structs. */
#define MISTAKES(X)                                                                                     \
    X(RANGE, "/communities/0/offices/0/area_m2", "96.05", "-96.05", office(r)->area.value *= -1)        \
    X(RANGE, "/areas/0/households", "955", "-955", area(r)->households.value *= -1)                     \
    X(RANGE, "/communities/0/workstation/property_staff", "_staff':4", "_staff':-4",                    \
      community(r)->workstation.property_staff.value = -4)                                              \
    X(RANGE, "/areas/0/offers/0/yuan_per_m2", "0.4500", "-0.4500", offer(r)->price *= -1)               \
    X(RANGE, "/communities/0/handovers/0/transferred_yuan", "'5.00'", "'-5.00'",                        \
      handover(r)->transferred.value *= -1)                                                             \
    X(RANGE, "/communities/0/assessments/0/year", "'year':2019", "'year':2201",                         \
      assessment(r)->year = 2201)                                                                       \
    X(RANGE, "/menus/0/services/0/grades/0/grade", "'grade':1,'yuan':'9", "'grade':0,'yuan':'9",        \
      grade(r)->grade = 0)                                                                              \
    X(ORDER, "/areas/0/charges/0/last", "2020-06", "2019-12", charge(r)->last = month(2019, 12))        \
    X(ORDER, "/menus/0/valid_to", "2019-12-31", "2018-12-31",                                           \
      menu(r)->valid_to.value = date(2018, 12, 31))                                                     \
    X(FORMAT, "/districts/0/id", "'id':'360102'", "'id':''", district(r)->id = "")                      \
    X(MISSING_KEY, "/communities/0", "'id':'c1',", "", community(r)->id = NULL)                         \
    X(MISSING_KEY, "/communities/0", ",'district':'360103'", "", community(r)->district = NULL)         \
    X(MISSING_KEY, "/communities/0/uses/0", "'source':'reward',", "", use(r)->source = 0)               \
    X(MISSING_KEY, "/communities/0/handovers/0", "'service':'greenery',", "", handover(r)->service = 0) \
    X(MISSING_KEY, "/areas/0/votes/0", ",'matter':'hire_provider'", "", vote(r)->matter = 0)            \
    X(MISSING_KEY, "/areas/0/grid_posts/0", ",'post':'7'", "", post(r)->post = NULL)                    \
    X(MISSING_KEY, "/areas/0/charges/0", "'dwelling':'11',", "", charge(r)->dwelling = NULL)            \
    X(MISSING_KEY, "/menus/0", ",'best_is_low':true", "", menu(r)->best_is_low = PILOT_ANSWER_UNKNOWN)  \
    X(MISSING_KEY, "/evidence/0", ",'done':'2019-11-06'", "", evidence(r)->done = (pilot_step){0})      \
    X(DUPLICATE_ID, "/communities/1/id", "'id':'c2'", "'id':'c1'", community(r)[1].id = "c1")           \
    X(DUPLICATE_ID, "/areas/1/id", "'id':'a2'", "'id':'a1'", area(r)[1].id = "a1")                      \
    X(DUPLICATE_ID, "/menus/0/services/1/id", "'id':'t'", "'id':'s'", service(r)[1].id = "s")           \
    X(DUPLICATE_ID, "/areas/0/communities/1", "['c2','c1']", "['c2','c2']",                             \
      belongs(r)[1] = *belongs(r))                                                                      \
    X(DUPLICATE_ID, "/evidence/1/clause", "'3.2-2b'", "'3.2-2a'",                                       \
      evidence(r)[1].clause = evidence(r)->clause)                                                      \
    X(DANGLING_ID, "/areas/0/communities/0", "['c2',", "['c9',", belongs(r)[0] = &foreign_community)    \
    X(DANGLING_ID, "/communities/0/district", "'district':'360103'", "'district':'360199'",             \
      community(r)->district = &foreign_district)                                                       \
    X(DANGLING_ID, "/areas/0/contracts/0/provider", "'provider':'p1'", "'provider':'p9'",               \
      contract(r)->provider = &foreign_provider)                                                        \
    X(DANGLING_ID, "/areas/0/offers/0/provider", "'provider':'p2'", "'provider':'p9'",                  \
      offer(r)->provider = &foreign_provider)                                                           \
    X(DANGLING_ID, "/areas/0/contracts/0/menu", "'menu':'m'", "'menu':'m9'",                            \
      contract(r)->menu = (const pilot_menu *)(const void *)&foreign_menu)                              \
    X(DANGLING_ID, "/menus/0/packages/0/items/0/service", "'service':'s'", "'service':'u'",             \
      item(r)->service = "u")                                                                           \
    X(INCONSISTENT, "/menus/0/packages/0/per", "'discount':'1/3'", "'per':'building_month'",            \
      package_per(r))                                                                                   \
    X(INCONSISTENT, "/areas/0/votes/0/totals/in_favour", "'0.03'", "'0.10'",                            \
      vote(r)->totals.in_favour.area = 10)                                                              \
    X(INCONSISTENT, "/evidence/0/clause", "'3.2-2a'", "'4.1-4'",                                        \
      evidence(r)->clause = pilot_clause_find("4.1-4"))                                                 \
    X(NOT_FOUND, "/evidence/0/clause", "'3.2-2a'", "'9-9'", evidence(r)->clause = &foreign_clause)

/* A day, a word or a share that is none, where the text says so otherwise. */
#define NUMBERS(X)                                                                                      \
    X("/communities/0/offices/0/available_from", office(r)->available_from.value = INT32_MAX)           \
    X("/meetings/0/held_on", meeting(r)->held_on = INT32_MIN)                                           \
    X("/areas/0/steps/entry", area(r)->steps.entry.date = INT32_MAX)                                    \
    X("/areas/0/charges/0/first", charge(r)->first = INT32_MIN)                                         \
    X("/communities/0/offices/0/route", office(r)->route = (pilot_office_route)77)                      \
    X("/areas/0/old", area(r)->old = (pilot_answer)3)                                                   \
    X("/menus/0/packages/0/discount", package(r)->discount = ((pilot_share){2, 6}))

static const pilot_clause foreign_clause = {.id = "9-9"};

static void package_per(const pilot_records *r)
{
    package(r)->discount = (pilot_share){0, 0};
    package(r)->basis = PILOT_MENU_PER_BUILDING;
}

typedef struct mistake {
    pilot_status status;
    const char *path, *from, *to;
} mistake;

static const mistake mistakes[] = {
#define ROW(status, path, from, to, change) {PILOT_ERROR_##status, path, from, to},
    MISTAKES(ROW)
#undef ROW
#define ROW(path, change) {PILOT_ERROR_RANGE, path, NULL, NULL},
        NUMBERS(ROW)
#undef ROW
};

static void make_mistake(size_t number, const pilot_records *r)
{
    size_t i = 0;
#define ROW(status, path, from, to, change)                                                             \
    if (i++ == number)                                                                                  \
        change;
    MISTAKES(ROW)
#undef ROW
#define ROW(path, change)                                                                               \
    if (i++ == number)                                                                                  \
        change;
    NUMBERS(ROW)
#undef ROW
}

static pilot_city *parsed(const char *text)
{
    pilot_city *city = NULL;
    pilot_error error = {0};
    CHECK(pilot_city_parse(text, strlen(text), &city, &error) == PILOT_OK, "%s: %s in %s", error.path,
          error.message, text);
    return city;
}

/* What stands in the text once gives way to something else. */
static char *with(const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    CHECK(at && !strstr(at + 1, from), "%s stands once", from);
    buffer b = {0};
    char *before = strndup(text, (size_t)(at - text));
    add(&b, before);
    add(&b, to);
    add(&b, at + strlen(from));
    free(before);
    return b.text;
}

static void expect_refused(size_t number, const pilot_error *error)
{
    const mistake *m = &mistakes[number];
    cr_expect(error->status == m->status && strcmp(error->path, m->path) == 0, "%s: %s at %s: %s",
              m->path, pilot_status_name(error->status), error->path, error->message);
    cr_expect(says_it_in_chinese(error), "%s: %s", m->path, error->message_zh);
}

static void refuse_text(size_t number)
{
    pilot_city *city = NULL;
    pilot_error error = {0};
    char *from = strdup(quoted(mistakes[number].from)), *text = strdup(quoted(good));
    char *wrong = with(text, from, quoted(mistakes[number].to));
    cr_expect_neq(pilot_city_parse(wrong, strlen(wrong), &city, &error), PILOT_OK);
    cr_expect_null(city);
    expect_refused(number, &error);
    free(wrong);
    free(text);
    free(from);
}

/* A refused city leaves nothing: nothing to free, as the sanitizer sees, and the result as it was. */
static void refuse_structs(size_t number)
{
    pilot_city *base = parsed(quoted(good)), *city = NULL;
    pilot_records records = *pilot_city_records(base);
    pilot_error error = {0}, all[4];
    size_t count = 0;
    make_mistake(number, &records);
    cr_expect_eq(pilot_city_new(&records, &city, &error), mistakes[number].status);
    cr_expect_null(city);
    expect_refused(number, &error);
    cr_expect(error.line == 0 && error.column == 0);
    cr_expect_eq(pilot_city_new(&records, &city, NULL), mistakes[number].status);
    cr_expect_eq(pilot_record_problems(PILOT_SCHEMA_CITY, &records, all, COUNT(all), &count),
                 mistakes[number].status);
    cr_expect(count == 1 && strcmp(all[0].path, error.path) == 0, "%s: %zu problems", error.path, count);
    pilot_city_free(base);
}

Test(city_new, refuses_what_a_file_is_refused_for_and_there)
{
    take_through(parsed(quoted(good)), "good");
    for (size_t i = 0; i < COUNT(mistakes); i++) {
        if (mistakes[i].from)
            refuse_text(i);
        refuse_structs(i);
    }
}

static void refuse(const pilot_records *records, pilot_status status, const char *path)
{
    pilot_city *city = NULL;
    pilot_error error = {0};
    cr_expect_eq(pilot_city_new(records, &city, &error), status, "%s: %s", path, error.message);
    cr_expect_str_eq(error.path, path);
    cr_expect_null(city);
}

/* What no file can say. */
Test(city_new, refuses_what_only_structs_can_be)
{
    const unsigned char neither = 2;
    pilot_city *base = parsed(quoted(good));
    pilot_records records = *pilot_city_records(base);
    memcpy(&office(&records)->area.known, &neither, 1);
    refuse(&records, PILOT_ERROR_ARGUMENT, "/communities/0/offices/0/area_m2");
    office(&records)->area.known = true;
    area(&records)->id = "\xFF";
    refuse(&records, PILOT_ERROR_ENCODING, "/areas/0/id");
    area(&records)->id = "a1";
    records.meetings = NULL;
    refuse(&records, PILOT_ERROR_ARGUMENT, "/meetings");
    records.meeting_count = 0;
    belongs(&records)[0] =
        (const pilot_community *)(const void *)((const char *)records.communities + 1);
    refuse(&records, PILOT_ERROR_DANGLING_ID, "/areas/0/communities/0");
    belongs(&records)[0] = records.communities + records.community_count;
    refuse(&records, PILOT_ERROR_DANGLING_ID, "/areas/0/communities/0");
    belongs(&records)[0] = NULL;
    refuse(&records, PILOT_ERROR_DANGLING_ID, "/areas/0/communities/0");
    belongs(&records)[0] = records.communities + 1;
    pilot_city_free(made_of(&records, "mended"));
    pilot_city_free(base);
}
