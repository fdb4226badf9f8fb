#include "common.h"

static const size_t clause_total = 140;

static const pilot_clause *clause(const char *id)
{
    const pilot_clause *found = pilot_clause_find(id);
    cr_assert_not_null(found, "%s is missing", id);
    return found;
}

static size_t count_of(pilot_clause_filter filter)
{
    size_t count = 0;
    for (const pilot_clause *c = NULL; (c = pilot_clause_next(c, &filter)) != NULL;)
        count++;
    return count;
}

/* ids: in the order of the notice, NULL at the end. */
static void expect_ids(pilot_clause_filter filter, const char *const *ids)
{
    const pilot_clause *c = pilot_clause_next(NULL, &filter);
    for (; *ids != NULL; ids++, c = pilot_clause_next(c, &filter)) {
        cr_assert_not_null(c, "%s is missing", *ids);
        cr_assert_str_eq(c->id, *ids);
    }
    cr_assert_null(c, "one too many: %s", c == NULL ? "" : c->id);
}

static size_t non_ascii_bytes(const char *text)
{
    size_t count = 0;
    for (; *text != '\0'; text++)
        count += (unsigned char)*text >= 0x80;
    return count;
}

Test(clause, every_clause_is_found_at_its_place)
{
    cr_assert_eq(pilot_clause_count(), clause_total);
    cr_expect_str_eq(pilot_clause_at(0)->id, "0.1-1");
    cr_expect_str_eq(pilot_clause_at(72)->id, "4.2-1");
    cr_expect_str_eq(pilot_clause_at(139)->id, "6.5");
    cr_expect_null(pilot_clause_at(clause_total));
    cr_expect_null(pilot_clause_at(SIZE_MAX));

    const pilot_clause *next = NULL;
    for (size_t i = 0; i < clause_total; i++) {
        const pilot_clause *c = pilot_clause_at(i);
        next = pilot_clause_next(next, NULL);
        cr_expect_eq(next, c, "clause %zu is not the next one", i);
        cr_expect_eq(pilot_clause_find(c->id), c, "%s is there twice", c->id);
    }
    cr_expect_null(pilot_clause_next(next, NULL));

    static const char *const unknown[] = {NULL, "", "4.2", "4.2-", "4.2-10", "4.2-1 ", "5.4-2a", "7"};
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++)
        cr_expect_null(pilot_clause_find(unknown[i]), "unknown id %zu is found", i);
}

Test(clause, classes_are_those_of_the_ledger)
{
    cr_expect_eq(count_of((pilot_clause_filter){.classes = PILOT_EVIDENCE}), 47);
    cr_expect_eq(count_of((pilot_clause_filter){.classes = PILOT_TRACKED}), 42);
    expect_ids((pilot_clause_filter){.classes = PILOT_MIXED}, (const char *[]){"4.5-1", NULL});

    static const char *const computable[] = {
        "0.1-1",   "0.1-3",   "1-3",     "1-4",     "2-2",     "2-3",     "3.1-1",   "3.2-3a",
        "3.2-3b",  "3.2-5b",  "3.2-5d",  "3.2-7c",  "3.2-13c", "4.1-2",   "4.1-4",   "4.2-1",
        "4.2-2",   "4.2-3",   "4.3-1",   "4.3-3",   "5.4-2b",  "4.3-4",   "4.3-7",   "4.3-8",
        "4.3-9",   "4.3-13",  "4.4-1",   "4.4-3",   "4.4.1-2", "4.4.1-3", "4.4.1-4", "4.4.1-5",
        "4.4.1-6", "4.4.1-8", "4.4.2-2", "4.4.2-4", "4.4.2-5", "4.5-2",   "5.1-1",   "5.1-3",
        "5.1-5",   "5.2-1",   "5.2-3",   "5.3-1",   "5.4-1",   "5.4-2",   "5.5-1",   "5.5-3",
        "6.1-3",   "6.2-2",   NULL};
    cr_expect_eq(sizeof computable / sizeof computable[0] - 1, 50);
    expect_ids((pilot_clause_filter){.classes = PILOT_COMPUTABLE}, computable);
}

Test(clause, soft_are_principles_encouragements_and_as_far_as_possible)
{
    static const char *const soft[] = {"0.2-2",  "1-1",   "1-5",   "2-1",    "2-5",    "3.2-1",
                                       "3.2-3a", "4.1-1", "4.2-4", "4.3-10", "4.3-11", "4.4-1",
                                       "4.5-1",  "5.1-4", "5.2-5", "6.1-2",  "6.5"};
    size_t next = 0;
    for (size_t i = 0; i < clause_total; i++) {
        const pilot_clause *c = pilot_clause_at(i);
        bool expected = next < sizeof soft / sizeof soft[0] && strcmp(c->id, soft[next]) == 0;
        next += expected;
        cr_expect_eq(c->soft, expected, "%s", c->id);
    }
    cr_expect_eq(next, sizeof soft / sizeof soft[0]);
}

static void expect_section(const pilot_clause *c)
{
    size_t length = strcspn(c->id, "-");
    cr_expect_eq(strlen(c->section), length, "%s", c->id);
    cr_expect_eq(strncmp(c->section, c->id, length), 0, "%s", c->id);
}

static void expect_lines(const pilot_clause *c)
{
    size_t zh = strlen(c->zh), en = strlen(c->en);
    cr_expect(zh > 0 && non_ascii_bytes(c->zh) * 2 > zh, "%s: zh", c->id);
    cr_expect(en > 0 && non_ascii_bytes(c->en) * 20 < en, "%s: en", c->id);
    cr_expect_null(strpbrk(c->zh, "\r\n"), "%s: zh", c->id);
    cr_expect_null(strpbrk(c->en, "\r\n"), "%s: en", c->id);
}

static void expect_unlike(const pilot_clause *a, const pilot_clause *b)
{
    cr_expect_str_neq(a->zh, b->zh, "%s and %s: zh", a->id, b->id);
    cr_expect_str_neq(a->en, b->en, "%s and %s: en", a->id, b->id);
    cr_expect_str_neq(a->ref, b->ref, "%s and %s: ref", a->id, b->id);
}

Test(clause, every_clause_is_well_formed)
{
    for (size_t i = 0; i < clause_total; i++) {
        const pilot_clause *c = pilot_clause_at(i);
        expect_section(c);
        expect_lines(c);
        cr_expect(c->kinds != 0 && c->kinds >> PILOT_KIND_COUNT == 0, "%s: kinds", c->id);
        cr_expect_eq(c->actors >> PILOT_ACTOR_COUNT, 0, "%s: actors", c->id);
        for (size_t j = 0; j < i; j++)
            expect_unlike(c, pilot_clause_at(j));
    }

    static const char *const refs[][2] = {
        {"0.1-1", "函-1"},         {"0.2-2", "序-2"},       {"1-4", "一-4"},
        {"3.2-13c", "三(二)-13c"}, {"4.2-1", "四(二)-1"},   {"4.4.1-8", "四(四)1-8"},
        {"4.4.2-5", "四(四)2-5"},  {"5.4-2b", "五(四)-2b"}, {"6.3", "六(三)"}};
    for (size_t i = 0; i < sizeof refs / sizeof refs[0]; i++)
        cr_expect_str_eq(clause(refs[i][0])->ref, refs[i][1]);
}

Test(clause, both_lines_carry_the_numbers_of_the_notice)
{
    static const struct {
        const char *id, *zh, *en;
    } facts[] = {
        {"2-3", "2个", "2 communities"},
        {"4.1-4", "1人", "at least 1"},
        {"4.2-1", "120平方米", "120 m²"},
        {"4.4.1-3", "5年", "5 years"},
        {"4.4.1-4", "2019至2021年18元", "18 yuan from 2019 to 2021"},
        {"4.4.1-4", "2022年12元", "12 yuan in 2022"},
        {"4.4.1-4", "2023年6元", "6 yuan in 2023"},
        {"4.4.1-8", "50%", "50%"},
        {"5.1-1", "2019年8月31日", "31 August 2019"},
        {"5.2-1", "2019年12月31日", "31 December 2019"},
        {"5.3-1", "2019年11月30日", "30 November 2019"},
        {"5.4-1", "2019年12月", "December 2019"},
        {"5.5-1", "2020年2月29日", "29 February 2020"},
    };
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        const pilot_clause *c = clause(facts[i].id);
        cr_expect_not_null(strstr(c->zh, facts[i].zh), "%s: %s", c->id, c->zh);
        cr_expect_not_null(strstr(c->en, facts[i].en), "%s: %s", c->id, c->en);
    }
}

Test(clause, filters_narrow_by_section_kind_and_actor)
{
    static const struct {
        const char *section;
        size_t count;
    } sections[] = {{"0.1", 3},  {"1", 5},       {"3", 52},    {"3.2", 48}, {"4.3", 15},
                    {"4.4", 16}, {"4.4.1", 8},   {"4.4.2", 5}, {"5.4", 6},  {"6.3", 1},
                    {"4.4.", 0}, {"4.4.1-8", 0}, {"4.41", 0},  {"7", 0}};
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++)
        cr_expect_eq(count_of((pilot_clause_filter){.section = sections[i].section}), sections[i].count,
                     "%s", sections[i].section);
    cr_expect_eq(count_of((pilot_clause_filter){0}), clause_total);

    expect_ids((pilot_clause_filter){.kinds = PILOT_KIND_DEADLINE},
               (const char *[]){"4.4.1-3", "5.1-1", "5.2-1", "5.3-1", "5.4-1", "5.5-1", "6.1-3", NULL});
    expect_ids((pilot_clause_filter){.kinds = PILOT_KIND_SANCTION | PILOT_KIND_PROHIBITION},
               (const char *[]){"4.2-3", "4.4-3", "6.2-2", NULL});
    expect_ids((pilot_clause_filter){.actors = PILOT_ACTOR_BIT(PILOT_ACTOR_ASSEMBLY)},
               (const char *[]){"4.2-4", "4.3-3", "4.4.2-1", "4.4.2-2", "5.4-1", "5.4-2", NULL});
    expect_ids(
        (pilot_clause_filter){.section = "3.2", .actors = PILOT_ACTOR_BIT(PILOT_ACTOR_TRAFFIC_POLICE)},
        (const char *[]){"3.2-1", "3.2-9e", "3.2-9f", NULL});
    expect_ids((pilot_clause_filter){.section = "4.4",
                                     .kinds = PILOT_KIND_FUNDING | PILOT_KIND_PERMISSION,
                                     .classes = PILOT_COMPUTABLE,
                                     .actors = PILOT_ACTOR_BIT(PILOT_ACTOR_DISTRICT_GOVERNMENT) |
                                               PILOT_ACTOR_BIT(PILOT_ACTOR_DISTRICT_FINANCE)},
               (const char *[]){"4.4.1-8", "4.4.2-4", NULL});
    cr_expect_eq(count_of((pilot_clause_filter){.section = "5", .kinds = PILOT_KIND_SANCTION}), 0);
}

Test(clause, actors_are_those_whom_the_clause_names)
{
#define BIT(name) PILOT_ACTOR_BIT(PILOT_ACTOR_##name)
    static const uint32_t community = BIT(WORKSTATION) | BIT(RESIDENTS_COMMITTEE);
    static const struct {
        const char *id;
        uint32_t actors;
    } named[] = {
        {"0.1-3", 0},
        {"3.2-4b", BIT(HOUSING_BUREAU) | BIT(DISTRICT_HOUSING)},
        {"3.2-8", BIT(MARKET_SUPERVISION_BUREAU)},
        {"4.3-9", 0},
        {"4.3-12", BIT(PUBLIC_SECURITY_BUREAU) | BIT(FIRE_BRIGADE) | BIT(CITY_MANAGEMENT_BUREAU) |
                       BIT(ENVIRONMENT_BUREAU)},
        {"4.4-1", BIT(OWNERS)},
        {"4.4.1-8", BIT(FINANCE_BUREAU) | BIT(DISTRICT_FINANCE)},
        {"5.4-2", BIT(ASSEMBLY)},
        {"5.4-4", BIT(COMMITTEE) | BIT(PROVIDER)},
        {"5.5-2", BIT(LEADING_GROUP_OFFICE)},
        {"6.2-1", BIT(CITY_LEADING_GROUP) | BIT(DISTRICT_LEADING_GROUP)},
    };
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++)
        cr_expect_eq(clause(named[i].id)->actors, named[i].actors, "%s", named[i].id);
    cr_expect_eq(clause("3.2-14a")->actors, community);
    cr_expect_eq(clause("5.3-2")->actors, community | BIT(STREET) | BIT(DISTRICT_HOUSING));

    /* Twelve city bodies and the district governments; neither leading groups nor anyone below. */
    uint32_t addressees = clause("0.1-1")->actors;
    for (int actor = 0; actor < PILOT_ACTOR_COUNT; actor++) {
        bool expected = actor >= PILOT_ACTOR_HOUSING_BUREAU && actor <= PILOT_ACTOR_DISTRICT_GOVERNMENT;
        cr_expect_eq((addressees >> actor & 1) != 0, expected, "actor %d", actor);
    }
#undef BIT
}

Test(clause, every_kind_and_class_has_its_word)
{
    static const struct {
        const char *name;
        size_t clauses;
    } kinds[PILOT_KIND_COUNT] = {
        {"definition", 7},    {"principle", 11},  {"scope", 2},     {"organisation", 6},
        {"competence", 11},   {"duty", 72},       {"condition", 9}, {"threshold", 6},
        {"amount", 5},        {"funding", 10},    {"deadline", 7},  {"permission", 10},
        {"encouragement", 3}, {"prohibition", 2}, {"right", 2},     {"sanction", 1}};
    for (uint32_t bit = 0; bit < PILOT_KIND_COUNT; bit++) {
        pilot_kind kind = (pilot_kind)(UINT32_C(1) << bit);
        cr_expect_str_eq(pilot_kind_name(kind), kinds[bit].name);
        cr_expect_eq(count_of((pilot_clause_filter){.kinds = kind}), kinds[bit].clauses, "%s",
                     kinds[bit].name);
    }
    cr_expect_null(pilot_kind_name((pilot_kind)0));
    cr_expect_null(pilot_kind_name(PILOT_KIND_DUTY | PILOT_KIND_COMPETENCE));
    cr_expect_null(pilot_kind_name((pilot_kind)(1 << PILOT_KIND_COUNT)));

    cr_expect_str_eq(pilot_clause_class_name(PILOT_COMPUTABLE), "computable");
    cr_expect_str_eq(pilot_clause_class_name(PILOT_EVIDENCE), "evidence");
    cr_expect_str_eq(pilot_clause_class_name(PILOT_TRACKED), "tracked");
    cr_expect_str_eq(pilot_clause_class_name(PILOT_MIXED), "mixed");
    cr_expect_null(pilot_clause_class_name((pilot_clause_class)0));
    cr_expect_null(pilot_clause_class_name((pilot_clause_class)3));
    cr_expect_null(pilot_clause_class_name((pilot_clause_class)16));
}

Test(clause, every_actor_has_its_word_and_titles)
{
    static const char *const words[][2] = {
        {"city_leading_group", "市领导小组"},
        {"leading_group_office", "领导小组办公室"},
        {"housing_bureau", "市房管局"},
        {"city_management_bureau", "市城管局"},
        {"civil_affairs_bureau", "市民政局"},
        {"finance_bureau", "市财政局"},
        {"construction_bureau", "市建设局"},
        {"market_supervision_bureau", "市市场监督管理局"},
        {"public_security_bureau", "市公安局"},
        {"traffic_police", "市公安局交管局"},
        {"emergency_bureau", "市应急管理局"},
        {"natural_resources_bureau", "市自然资源局"},
        {"environment_bureau", "市生态环境局"},
        {"fire_brigade", "市消防救援支队"},
        {"district_government", "区政府"},
        {"district_leading_group", "区领导小组"},
        {"district_housing", "区房管部门"},
        {"district_finance", "区财政"},
        {"street", "街道办事处（乡镇政府）"},
        {"workstation", "社区工作站"},
        {"residents_committee", "社区居民委员会"},
        {"assembly", "业主大会"},
        {"committee", "业主委员会"},
        {"provider", "物业服务企业或专业机构"},
        {"owners", "居民（单位）"},
    };
    cr_assert_eq(sizeof words / sizeof words[0] + 1, PILOT_ACTOR_COUNT);
    for (int i = 0; i < PILOT_ACTOR_COUNT - 1; i++) {
        pilot_actor actor = (pilot_actor)(i + 1);
        const char *english = pilot_actor_title(actor, PILOT_ENGLISH);
        cr_expect_str_eq(pilot_actor_name(actor), words[i][0]);
        cr_expect_str_eq(pilot_actor_title(actor, PILOT_CHINESE), words[i][1]);
        cr_expect(*english != '\0' && non_ascii_bytes(english) == 0, "%s", words[i][0]);
        cr_expect_null(pilot_actor_title(actor, (pilot_language)2));
        for (int j = 0; j < i; j++)
            cr_expect_str_neq(english, pilot_actor_title((pilot_actor)(j + 1), PILOT_ENGLISH));
    }
    cr_expect_str_eq(pilot_actor_title(PILOT_ACTOR_HOUSING_BUREAU, PILOT_ENGLISH),
                     "city housing bureau");

    static const int nobody[] = {-1, PILOT_ACTOR_NONE, PILOT_ACTOR_COUNT, 1 << 20};
    for (size_t i = 0; i < sizeof nobody / sizeof nobody[0]; i++) {
        cr_expect_null(pilot_actor_name((pilot_actor)nobody[i]));
        cr_expect_null(pilot_actor_title((pilot_actor)nobody[i], PILOT_ENGLISH));
        cr_expect_null(pilot_actor_title((pilot_actor)nobody[i], PILOT_CHINESE));
    }
}
