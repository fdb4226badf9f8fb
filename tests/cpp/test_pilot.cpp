// pilot.hpp, by the cases that all languages share.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>
#include <pilot.hpp>

#include <cjson/cJSON.h>

#include <array>
#include <fstream>
#include <sstream>
#include <thread>
#if __has_include(<span>)
#include <span>
#endif

static std::string slurp(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    REQUIRE_MESSAGE(file.good(), path, " cannot be read; tests run from the top of the project");
    return text.str();
}

static bool begins(const std::string &text, const std::string &part)
{
    return text.compare(0, part.size(), part) == 0 && !part.empty();
}

static pilot::policy notice()
{
    return pilot::policy::nanchang_2019();
}

static pilot::city nanchang()
{
    return pilot::city::parse(slurp("examples/data/nanchang-2019.json"));
}

struct tree {
    std::unique_ptr<cJSON, void (*)(cJSON *)> root;

    explicit tree(const std::string &path)
        : root(cJSON_ParseWithOpts(slurp(path).c_str(), nullptr, true), cJSON_Delete)
    {
        REQUIRE(root);
    }
};

static std::int64_t number(const cJSON *row, const char *key)
{
    return static_cast<std::int64_t>(cJSON_GetObjectItemCaseSensitive(row, key)->valuedouble);
}

static std::string text(const cJSON *row, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(row, key)->valuestring;
}

static const pilot_assessment passed[] = {{2019, PILOT_PASSED, {}, nullptr, PILOT_ACTOR_NONE}};

static pilot_claim claim_of(std::int64_t households, pilot_month first, pilot_month last)
{
    pilot_claim claim{};
    claim.quantity[PILOT_PER_HOUSEHOLD] = pilot_known(households);
    claim.first = first;
    claim.last = last;
    claim.assessments = passed;
    claim.assessment_count = 1;
    return claim;
}

// The worked awards, one by one and as columns of either width.
TEST_CASE("awards are the worked ones")
{
    const tree cases("tests/cases/reward.json");
    std::vector<std::int64_t> households, cities;
    std::vector<std::int32_t> first, last;
    std::vector<pilot_money> totals;
    const cJSON *row;
    cJSON_ArrayForEach(row, cases.root.get())
    {
        const std::int64_t communities = number(row, "communities");
        households.push_back(number(row, "households") * communities);
        first.push_back(pilot::month(text(row, "first")));
        last.push_back(pilot::month(text(row, "last")));
        totals.push_back(pilot::money(text(row, "total_yuan")));
        cities.push_back(pilot::money(text(row, "city_yuan")));

        const pilot::award award =
            pilot::reward(notice(), claim_of(households.back(), first.back(), last.back()));
        CHECK(award.sums.total == totals.back());
        CHECK(award.sums.city == cities.back());
        pilot_money sum = 0;
        for (const pilot_award_line &line : award.lines) {
            CHECK(line.months >= 1);
            sum += line.amount;
        }
        CHECK(sum == totals.back());
    }
    REQUIRE(totals.size() > 20);

    std::vector<pilot_money> total(totals.size()), city(totals.size());
    pilot::claim_columns claims;
    claims.households = households;
    claims.first = first;
    claims.last = last;
    pilot::award_columns awards;
    awards.total = total;
    awards.city = city;
    pilot_pass pass = pilot::reward(notice(), claims, awards);
    CHECK(pass.bad == 0);
    CHECK(total == totals);
    CHECK(city == cities);

    // One community for all rows, and a column that is cut short.
    claims.households = 956;
    claims.first = PILOT_MONTH(2019, 12);
    claims.last = PILOT_MONTH(2023, 12);
    pass = pilot::reward(notice(), claims, awards);
    CHECK(total == std::vector<pilot_money>(totals.size(), PILOT_YUAN(636696, 00)));
    claims.last = pilot::span<const std::int32_t>(last.data(), last.size() - 1);
    awards.total = {total.data(), total.size()};
    const auto refused = pilot::reward(notice(), claims, awards);
    REQUIRE(!refused);
    CHECK(refused.error().status() == PILOT_ERROR_INCONSISTENT);
    CHECK(refused.error().path() == "/total");
}

TEST_CASE("spans are of whatever lies one behind the other")
{
    std::vector<int> numbers{1, 2, 3};
    const std::array<int, 2> two{4, 5};
    int plain[] = {6};
    CHECK(pilot::span<int>(numbers).size() == 3);
    CHECK(pilot::span<const int>(numbers)[2] == 3);
    CHECK(pilot::span<const int>(two).end()[-1] == 5);
    CHECK(pilot::span<int>(plain).data() == plain);
    CHECK(!std::is_constructible_v<pilot::span<int>, const std::vector<int> &>);
    CHECK(!std::is_constructible_v<pilot::span<std::int64_t>, std::vector<std::int32_t> &>);
#if defined(__cpp_lib_span)
    CHECK(pilot::span<const int>(std::span<int>(numbers)).size() == 3);
    CHECK(std::span<const int>(pilot::span<const int>(numbers)).size() == 3);
#endif
}

TEST_CASE("fees by row and one by one")
{
    const std::vector<std::int64_t> areas{PILOT_M2(61, 37), PILOT_M2(80, 00)};
    std::array<pilot_money, 2> amounts{};
    const pilot_pass pass = pilot::fee(PILOT_YUAN_PER(0, 3500), areas, 3, amounts);
    CHECK(pass.bad == 0);
    CHECK(amounts[1] == PILOT_YUAN(84, 00));
    for (std::size_t i = 0; i < areas.size(); i++)
        CHECK(amounts[i] == *pilot::fee(PILOT_YUAN_PER(0, 3500), areas[i], 3));
    pilot_rounding_rule down{};
    down.mode = PILOT_DOWN;
    down.unit = PILOT_TO_YUAN;
    CHECK(*pilot::fee(PILOT_YUAN_PER(0, 3500), areas[0], 3, down) == PILOT_YUAN(64, 00));
}

TEST_CASE("an error has its place in both languages, thrown or asked for")
{
    const std::string city = R"({"districts":[],
"communities":[{"id":"c","district":"d"}],"areas":[]})";
    const auto refused = pilot::city::parse(city);
    REQUIRE(!refused);
    CHECK(refused.error().status() == PILOT_ERROR_DANGLING_ID);
    CHECK(refused.error().path() == "/communities/0/district");
    CHECK(refused.error().line() == 2);
    CHECK(refused.error().value() == "d");
    CHECK(refused.error().message() != refused.error().message(PILOT_CHINESE));
    try {
        const pilot::city made = pilot::city::parse(city);
        FAIL("a city was made");
    } catch (const pilot::error &thrown) {
        CHECK(std::string(thrown.what()).find("line 2, column ") == 0);
        CHECK(thrown.text(PILOT_CHINESE).find("第2行") == 0);
    }
    CHECK_THROWS_AS(static_cast<void>(refused.value()), pilot::error);
    CHECK_THROWS_AS(static_cast<void>(refused->records()), pilot::error);
    CHECK_THROWS_AS(static_cast<void>(notice().with(PILOT_READING_MONTH_RULE, 9).value()), pilot::error);
    CHECK(notice().with(PILOT_READING_MONTH_RULE, 9).error().message() ==
          pilot_status_text(PILOT_ERROR_RANGE, PILOT_ENGLISH));
    CHECK(!pilot::date("2019-13-01"));

    const std::vector<pilot::error> all =
        pilot::problems(PILOT_SCHEMA_CITY, slurp("tests/cases/problems/city.json"));
    CHECK(all.size() > 1);
    CHECK(pilot::problems(PILOT_SCHEMA_CITY, slurp("examples/data/nanchang-2019.json"))->empty());
    CHECK(pilot::problems(PILOT_SCHEMA_QUOTE, "{}").error().status() == PILOT_ERROR_ARGUMENT);
}

TEST_CASE("a report keeps what it is of, and its findings are those of the command line")
{
    pilot::report report = pilot::report::check(notice(), nanchang(), PILOT_DATE(2020, 2, 29));
    CHECK(report.count(PILOT_BREACH) == 19);
    std::size_t breaches = 0, all = 0;
    for (const pilot::finding &found : report.findings(PILOT_BREACH)) {
        CHECK(found.outcome == PILOT_BREACH);
        breaches++;
        if (std::string_view("office_area") == found.rule->id) {
            CHECK(found.path() == "/communities/2");
            CHECK(found.text() ==
                  "西湖甲社区: the property office has at least the required area; found "
                  "118.50 m², required 120.00 m²");
            CHECK(!found.next(PILOT_CHINESE).empty());
        }
    }
    for (const pilot::finding &found : report.findings())
        all += found.rule != nullptr;
    CHECK(breaches == 19);
    CHECK(all == report.size());
    // What stands behind the findings there is of the rewards.
    pilot_report_filter open{};
    open.outcomes = PILOT_OUTCOMES_OPEN;
    CHECK(begins(slurp("tests/cases/demo.en.txt"), *report.print(PILOT_ENGLISH, open)));
    CHECK(begins(slurp("tests/cases/demo.zh.txt"), *report.print(PILOT_CHINESE, open)));

    const pilot::policy smaller = notice().patch(R"({"office_min_area_m2":"118.50"})");
    report = pilot::report::check(smaller, nanchang(), PILOT_DATE(2020, 2, 29));
    CHECK(report.count(PILOT_BREACH) == 18);
    CHECK(*notice().diff(smaller) == R"({"office_min_area_m2":"118.50"})");
    CHECK(pilot::policy(pilot::policy::parse(*smaller.json())).fingerprint() == smaller.fingerprint());
}

TEST_CASE("a city goes through cells and comes back the same")
{
    const pilot::city city = nanchang();
    const pilot::cells cells = pilot::cells::of(city, PILOT_TABLE_CHINESE);
    const pilot::table table = pilot::table::read(cells.workbook());
    REQUIRE(table.city());
    const bool same = *table.city()->json() == *city.json();
    CHECK(same);
    const pilot_cell_place place = table.place("/communities/2/id");
    CHECK(std::string(place.sheet_name) == "试点社区");
    CHECK(table.place("/nothing").error().status() == PILOT_ERROR_NOT_FOUND);

    pilot_cell header{}, wrong{};
    header.kind = wrong.kind = PILOT_CELL_TEXT;
    header.text = "households";
    wrong.text = "约120";
    const std::array<pilot_cell, 2> column{header, wrong};
    pilot_sheet sheet{};
    sheet.name = "areas";
    sheet.cells = column.data();
    sheet.rows = 2;
    sheet.columns = 1;
    const pilot::table refused = pilot::table::read({&sheet, 1});
    CHECK(!refused.city());
    bool found = false;
    for (const pilot_cell_problem &problem : refused.problems())
        found = found || problem.code == PILOT_CELL_NOT_EXACT;
    CHECK(found);
}

TEST_CASE("quotes, votes and accounts")
{
    // 83,240.57 m² at the sum of the third grades, as examples/c/quote shows.
    const pilot::menu menu = pilot::menu::parse(slurp("examples/data/menus/foshan-2019.json"));
    pilot_selection selection{};
    selection.package = "comprehensive-3";
    pilot_premises premises{};
    premises.building_area = pilot_known(PILOT_M2(83240, 57));
    premises.households = pilot_known(956);
    const pilot::quote quote = pilot::price(menu, selection, premises, PILOT_DATE(2020, 1, 1));
    pilot_money month = 0;
    for (const pilot_quote_line &line : quote.lines) {
        CHECK(line.quantity > 0);
        month += line.month;
    }
    CHECK(month == quote.sums.month);
    CHECK(quote.json()->find("\"menu\":\"foshan-2019\"") != std::string::npos);
    premises.building_area.known = false;
    CHECK(pilot::price(menu, selection, premises, PILOT_DATE(2020, 1, 1)).error().status() ==
          PILOT_ERROR_MISSING_VALUE);

    // More than half of 1,000 owners and of their area (Property Law art. 76).
    const pilot_vote_totals totals = pilot::vote_totals(
        R"({"held_on":"2019-12-10","matter":"hire_provider","all":{"area_m2":"61370.00","owners":1000},)"
        R"("in_favour":{"area_m2":"32000.00","owners":501}})");
    const pilot_vote_result vote = pilot::decide(notice(), totals);
    CHECK(vote.passed);
    CHECK(vote.checks[PILOT_APPROVAL_HEADS].needed == 501);

    const pilot::account_case terms =
        pilot::account_case::parse(slurp("examples/data/accounts/956-households.json"));
    const pilot::account account = pilot::balance(notice(), terms.terms());
    CHECK(account.sums.award == PILOT_YUAN(636696, 00));
    pilot_money shortfall = 0;
    for (const pilot_account_row &row : account.months)
        shortfall += row.ledgers[PILOT_LEDGER_COMMUNITY].shortfall;
    CHECK(shortfall == account.sums.total.ledgers[PILOT_LEDGER_COMMUNITY].shortfall);
    CHECK(account.years.size() == account.sums.year_count);
}

// Requests and responses of tests/cases/calls.txt, two lines each; "#" begins a comment.
TEST_CASE("calls are answered as in every language")
{
    std::istringstream lines(slurp("tests/cases/calls.txt"));
    std::string request, response;
    std::size_t count = 0;
    while (std::getline(lines, request)) {
        if (request.empty() || request[0] == '#')
            continue;
        REQUIRE(std::getline(lines, response));
        CHECK(pilot::call(request) == response);
        count++;
    }
    CHECK(count > 20);
}

TEST_CASE("an award is the same bytes by structs and by the call")
{
    const std::string result = *pilot::award(pilot::reward(notice(), claim_of(956, PILOT_MONTH(2019, 12),
                                                                              PILOT_MONTH(2023, 12))))
                                    .json();
    CHECK(pilot::call(R"({"call":"award","claim":{"households":956,"first":"2019-12","last":"2023-12",)"
                      R"("assessments":[{"year":2019,"result":"passed"}]}})") ==
          "{\"status\":\"ok\",\"result\":" + result + "}");
}

TEST_CASE("copies of one policy serve threads")
{
    const pilot::policy policy = notice();
    std::vector<std::thread> threads;
    std::array<pilot_money, 4> totals{};
    for (pilot_money &total : totals)
        threads.emplace_back([policy, &total] {
            total = pilot::reward(policy, claim_of(956, PILOT_MONTH(2019, 12), PILOT_MONTH(2023, 12)))
                        ->sums.total;
        });
    for (std::thread &thread : threads)
        thread.join();
    for (const pilot_money total : totals)
        CHECK(total == PILOT_YUAN(636696, 00));
}
