#include "cases.h"

#define BY_TOTALS "examples/data/contests/by-totals.json"
#define BY_UNITS "examples/data/contests/by-units.json"

READER(contest_of, pilot_contest, pilot_contest_parse)
WRITER(written, pilot_contest, pilot_contest_write)

static pilot_contest *contest_file(const char *path)
{
    size_t length;
    char *text = cases_slurp(path, &length);
    pilot_contest *contest = contest_of(text);
    free(text);
    return contest;
}

Test(contest, round_trip)
{
    static const char *const paths[] = {BY_TOTALS, BY_UNITS};
    static const char *const parts[] = {"'votes':{'area_m2':'35000.00'", "'offer':'b'"};
    for (size_t i = 0; i < COUNT(paths); i++) {
        pilot_contest *contest = contest_file(paths[i]);
        char *text = written(contest, PILOT_JSON_COMPACT);
        char *indented = written(contest, PILOT_JSON_INDENTED);
        pilot_contest *again = contest_of(indented);
        char *same = written(again, PILOT_JSON_COMPACT);
        cr_expect_str_eq(text, same);
        expect_part(text, parts[i]);
        expect_part(text, "'run_off':true");
        pilot_text_free(text);
        pilot_text_free(indented);
        pilot_text_free(same);
        pilot_contest_free(contest);
        pilot_contest_free(again);
    }
    pilot_contest_free(NULL);
}

static bool weighs(pilot_vote_weight weight, pilot_area area, int64_t heads)
{
    return weight.area == area && weight.heads == heads;
}

Test(contest, totals)
{
    pilot_contest *contest = contest_file(BY_TOTALS);
    const pilot_contest_terms *t = pilot_contest_content(contest);
    cr_assert_eq(t->offer_count, 3);
    cr_assert(t->run_off);
    cr_assert_eq(t->totals.day, cases_date("2021-06-01"));
    cr_assert_eq(t->totals.matter, PILOT_MATTER_HIRE_PROVIDER);
    cr_assert(weighs(t->totals.in_favour, 7000000, 700));
    cr_assert(weighs(t->votes[1], 2000000, 200));
    cr_assert_str_eq(t->offers[0].standard, "三级");
    cr_assert_null(t->offers[2].standard);
    pilot_contest_free(contest);
}

/* 甲 has two units and is one owner; the developer has not voted. */
Test(contest, units)
{
    pilot_contest *contest = contest_file(BY_UNITS);
    const pilot_contest_terms *t = pilot_contest_content(contest);
    cr_assert(weighs(t->totals.all, 6137 * 2 + 8050 * 2 + 7200 + 9000, 5));
    cr_assert(weighs(t->votes[0], 6137 * 2 + 8050 + 7200, 3));
    cr_assert(weighs(t->votes[1], 8050, 1));
    cr_assert(weighs(t->totals.in_favour, 6137 * 2 + 8050 * 2 + 7200, 4));
    cr_assert_null(t->offers[0].votes);
    pilot_contest_free(contest);
}

static char *choice_text(const pilot_contest *contest)
{
    const pilot_contest_terms *t = pilot_contest_content(contest);
    pilot_policy *policy = notice();
    pilot_choice choice;
    pilot_offer_result results[8];
    char *text = NULL;
    cr_assert_eq(pilot_vote_choose(policy, &t->totals, t->votes, t->offer_count, t->run_off, &choice,
                                   results, NULL),
                 PILOT_OK);
    cr_assert_eq(
        pilot_choice_write(&choice, t->offers, results, t->offer_count, PILOT_JSON_COMPACT, &text),
        PILOT_OK);
    pilot_policy_free(policy);
    return text;
}

/* Of 700 who vote, 350 are not more than half, and two go to a run-off. */
Test(contest, outcome_by_totals)
{
    pilot_contest *contest = contest_file(BY_TOTALS);
    char *text = choice_text(contest);
    static const char *const parts[] = {
        "{'receipt':{",
        "'as_of':'2021-06-01'},'outcome':'run_off','standing':2,'offers':[{'id':'a',",
        "'provider':'甲物业','standard':'三级','standing':true,'behind':0,'vote':{",
        "'passed':false,'matter':'hire_provider'",
        "'in_favour':{'area_m2':'35000.00','owners':350}",
        "{'id':'b','provider':'乙物业','standard':'二级','standing':true,'behind':1,",
        "{'id':'c','provider':'丙物业','standing':false,'behind':2,",
    };
    expect_parts(text, parts, COUNT(parts));
    cr_expect_null(strstr(text, quoted("'chosen'")));
    pilot_text_free(text);
    pilot_contest_free(contest);
}

/* More than half of all, by area and by owners, in 2019: 274.24 of 445.74 m², 3 of 5. */
Test(contest, outcome_by_units)
{
    pilot_contest *contest = contest_file(BY_UNITS);
    char *text = choice_text(contest);
    static const char *const parts[] = {
        "'outcome':'chosen','chosen':'a','standing':1,'offers':[{'id':'a'",
        "'passed':true",
        "{'id':'b','provider':'乙物业','standing':false,'behind':1,'vote':{",
    };
    expect_parts(text, parts, COUNT(parts));
    pilot_text_free(text);
    pilot_contest_free(contest);
}

/* Votes that nobody cast, owners of whom nobody votes, no run-off: all known, and none is chosen. */
Test(contest, nothing_is_not_unknown)
{
    static const char *const texts[] = {
        "{'held_on':'2021-06-01','matter':'hire_provider','run_off':false,"
        "'all':{'area_m2':'10.00','owners':1},'offers':[{'id':'a','votes':{'area_m2':'0.00',"
        "'owners':0}}]}",
        "{'held_on':'2021-06-01','matter':'hire_provider','run_off':false,'offers':[{'id':'a'}],"
        "'units':[]}",
    };
    for (size_t i = 0; i < COUNT(texts); i++) {
        pilot_contest *contest = contest_of(quoted(texts[i]));
        char *text = written(contest, PILOT_JSON_COMPACT), *choice = choice_text(contest);
        cr_expect_str_eq(text, quoted(texts[i]));
        cr_expect_not(pilot_contest_content(contest)->run_off);
        expect_part(choice, "'outcome':'none','standing':0");
        pilot_text_free(text);
        pilot_text_free(choice);
        pilot_contest_free(contest);
    }
}

#define VOTE "{'held_on':'2021-06-01','matter':'hire_provider','run_off':true,"
#define ALL "'all':{'area_m2':100,'owners':10},"
#define VOTES(id, area, owners) "{'id':'" id "','votes':{'area_m2':" area ",'owners':" owners "}}"

/* Beside tests/cases/malformed: what only the sums or a single member tell apart. */
Test(contest, votes_that_contradict_each_other)
{
    static const struct {
        const char *text;
        pilot_status status;
        const char *path;
    } rows[] = {
        {VOTE ALL "'offers':[" VOTES("a", "60", "6") "," VOTES("b", "40", "4") "]}", PILOT_OK, ""},
        {VOTE ALL "'offers':[" VOTES("a", "50", "6") "," VOTES("b", "40", "5") "]}",
         PILOT_ERROR_INCONSISTENT, "/offers"},
        {VOTE ALL "'offers':[" VOTES("a", "0", "1") "]}", PILOT_ERROR_INCONSISTENT, "/offers/0"},
        {VOTE ALL "'offers':[{'id':'a'}," VOTES("b", "1", "1") "]}", PILOT_ERROR_MISSING_VALUE,
         "/offers/0"},
        {VOTE "'offers':[" VOTES("a", "1", "1") ",{'id':'b'}],'units':[]}", PILOT_ERROR_INCONSISTENT,
         "/offers/0/votes"},
        {VOTE ALL "'offers':[" VOTES("a", "100", "9") "]}", PILOT_ERROR_INCONSISTENT, "/all"},
        {VOTE ALL "'abstained':{'area_m2':50,'owners':5},'offers':[" VOTES("a", "60", "5") "]}",
         PILOT_ERROR_INCONSISTENT, "/abstained"},
        {VOTE "'against':{'area_m2':1,'owners':1},'offers':[{'id':'a'}],'units':[]}",
         PILOT_ERROR_INCONSISTENT, "/units"},
        {VOTE "'all':{'area_m2':1,'owners':0},'offers':[{'id':'a'}],'units':[]}",
         PILOT_ERROR_INCONSISTENT, "/units"},
        {VOTE ALL "'offers':[" VOTES("a", "1", "999999999999999") "," VOTES("b", "1", "1") "]}",
         PILOT_ERROR_INCONSISTENT, "/offers"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *text = quoted(rows[i].text);
        pilot_contest *contest = NULL;
        pilot_error error = {0};
        pilot_status status = pilot_contest_parse(text, strlen(text), &contest, &error);
        cr_expect_eq(status, rows[i].status, "row %zu: %s", i, error.message);
        cr_expect_str_eq(error.path, rows[i].path, "row %zu: %s", i, error.path);
        cr_expect_eq(error.line, status != PILOT_OK);
        pilot_contest *silent = NULL;
        cr_expect_eq(pilot_contest_parse(text, strlen(text), &silent, NULL), status);
        cr_expect_eq(silent != NULL, status == PILOT_OK);
        pilot_contest_free(silent);
        cr_expect_eq(contest != NULL, status == PILOT_OK);
        pilot_contest_free(contest);
    }
}

Test(contest, arguments)
{
    pilot_contest *contest = contest_file(BY_UNITS);
    const pilot_contest_offer offers[] = {{.id = "a"}};
    const pilot_offer_result results[] = {{.behind = 0}};
    pilot_choice choice = {.chosen = SIZE_MAX};
    char *text = NULL;
    cr_expect_eq(pilot_contest_parse(NULL, 0, &contest, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_contest_parse("{}", 2, NULL, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_contest_write(NULL, PILOT_JSON_COMPACT, &text), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_contest_write(contest, PILOT_JSON_COMPACT, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_choice_write(NULL, offers, results, 1, 0, &text), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_choice_write(&choice, NULL, results, 1, 0, &text), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_choice_write(&choice, offers, NULL, 1, 0, &text), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_choice_write(&choice, offers, results, 1, 0, NULL), PILOT_ERROR_ARGUMENT);
    choice.chosen = 1;
    cr_expect_eq(pilot_choice_write(&choice, offers, results, 1, 0, &text), PILOT_ERROR_ARGUMENT);
    cr_expect_null(text);
    pilot_contest_free(contest);
}
