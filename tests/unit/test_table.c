/* A city as sheets of cells: out and in again, headers and values as people write them, and what is told
 * of the rest. */
#include "rule_cases.h"

WRITER(city_text, pilot_city, pilot_city_write)

static void show_problems(const pilot_table *table)
{
    size_t count, more;
    const pilot_cell_problem *p = pilot_table_problems(table, &count, &more);
    char text[1024];
    for (size_t i = 0; i < count; i++) {
        pilot_cell_problem_text(&p[i], PILOT_ENGLISH, text, sizeof text);
        fprintf(stderr, "%s\n", text);
    }
}

static int taken;

/* City -> cells -> city is the same city, with nothing to tell. */
static void through_cells(const pilot_city *city, const char *name)
{
    char *before = city_text(city, PILOT_JSON_COMPACT);
    for (int form = PILOT_TABLE_ENGLISH; form <= PILOT_TABLE_KEYS; form++) {
        pilot_cells *cells = NULL;
        pilot_city *made = NULL;
        pilot_table *table = NULL;
        size_t count, more;
        CHECK(pilot_city_to_cells(city, (pilot_table_form)form, &cells) == PILOT_OK, "%s", name);
        pilot_status status = pilot_city_from_cells(pilot_cells_workbook(cells), &made, &table);
        if (status != PILOT_OK)
            show_problems(table);
        CHECK(status == PILOT_OK, "%s, form %d: %s", name, form, pilot_status_name(status));
        pilot_table_problems(table, &count, &more);
        if (count)
            show_problems(table);
        CHECK(count == 0 && more == 0, "%s, form %d: %zu told", name, form, count);
        char *after = city_text(made, PILOT_JSON_COMPACT);
        CHECK(strcmp(before, after) == 0, "%s, form %d: %s\nbecame %s", name, form, before, after);
        pilot_text_free(after);
        pilot_city_free(made);
        pilot_table_free(table);
        pilot_cells_free(cells);
        taken++;
    }
    pilot_text_free(before);
}

static void take_case(const cJSON *test, const char *name)
{
    pilot_city *city = rule_case_city(test, name);
    through_cells(city, name);
    pilot_city_free(city);
}

Test(table, every_city_comes_through_cells_as_it_is)
{
    static const char *const files[] = {"examples/data/nanchang-2019.json",
                                        "tests/cases/impact/city.json", "tests/cases/from_sqlite.json"};
    for (size_t i = 0; i < COUNT(files); i++) {
        pilot_city *city = cases_city(files[i]);
        through_cells(city, files[i]);
        pilot_city_free(city);
    }
    each_rule_case(take_case);
    cr_assert_gt(taken, 1800);
}
