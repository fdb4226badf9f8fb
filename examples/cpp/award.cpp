// The award of a claim and what a city breaches, from files or none: award [CITY.json AS_OF]
#include <pilot.hpp>

#include <fstream>
#include <iostream>
#include <sstream>

static void show_award(const pilot::policy &policy)
{
    const pilot_assessment passed[] = {{2019, PILOT_PASSED, {}, nullptr, PILOT_ACTOR_NONE}};
    pilot_claim claim{};
    claim.quantity[PILOT_PER_HOUSEHOLD] = pilot_known(1885);
    claim.first = PILOT_MONTH(2019, 12);
    claim.last = PILOT_MONTH(2023, 12);
    claim.assessments = passed;
    claim.assessment_count = 1;

    const pilot::award award = pilot::reward(policy, claim);
    std::cout << "award: " << pilot::money_text(award.sums.total) << " yuan\n";
    for (const pilot_award_line &line : award.lines)
        std::cout << "  " << pilot::month_text(line.first) << " to " << pilot::month_text(line.last)
                  << ": " << pilot::money_text(line.amount) << " (" << line.clause << ")\n";
}

static void show_breaches(const pilot::policy &policy, const char *path, const char *as_of)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    if (!(text << file.rdbuf()))
        throw std::runtime_error(std::string(path) + ": cannot be read");
    const pilot::city city = pilot::city::parse(text.str());
    const pilot::report report = pilot::report::check(policy, city, pilot::date(as_of));
    for (const pilot::finding &finding : report.findings(PILOT_BREACH))
        std::cout << finding.clause << " " << finding.path() << " " << finding.text() << "\n";
}

int main(int argc, char **argv)
try {
    const pilot::policy policy = pilot::policy::nanchang_2019();
    show_award(policy);
    if (argc == 3)
        show_breaches(policy, argv[1], argv[2]);
    return 0;
} catch (const std::exception &refused) {
    std::cerr << refused.what() << "\n";
    return 2;
}
