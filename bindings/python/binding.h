/* The library's calls in Python's terms, for pilot.i to wrap: text, numbers and tuples in, tuples and
 * JSON text out. A function that cannot do what it is asked raises a libpilot.Error and gives NULL or 0.
 *
 * Money, unit prices, areas, shares, months and dates come in as text of the form base.h reads ("18.00",
 * "2019-12"), None where they may be unknown; money goes out as whole fen, the rest as text. */
#ifndef BINDING_H
#define BINDING_H

#ifndef SWIG
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <pilot.h>

/* A claim as the tuple (households, area, communities, first, last, passed, as_of, counts). passed: True
 * or False, which hold for every calendar year of the claim, None, or a tuple of (year, 0 not assessed |
 * 1 failed | 2 passed, day or None). counts: a tuple of (day, households or None, area or None). */
typedef struct py_claim {
    pilot_claim claim;
    pilot_assessment *assessments;
    pilot_count *counts;
} py_claim;

/* A selection as the tuple (package or None, ((service, grade), ...)). */
typedef struct py_selection {
    pilot_selection selection;
    pilot_menu_item *items;
} py_selection;

/* Premises as the tuple (areas of the dwellings or None, area, households, buildings). */
typedef struct py_premises {
    pilot_premises premises;
    pilot_area *dwellings;
} py_premises;

typedef struct py_areas {
    pilot_area *items;
    size_t count;
} py_areas;

/* Offers as the tuple ((menu, selection), ...), which keeps the menus alive. */
typedef struct py_offers {
    pilot_menu_offer *items;
    py_selection *selections;
    size_t count;
} py_offers;
typedef int (*py_menu_function)(PyObject *object, const pilot_menu **menu);

/* A rounding rule as the tuple (mode, unit, step) of numbers; None is the menu's own. */
typedef struct py_rounding {
    pilot_rounding_rule rule;
    const pilot_rounding_rule *given;
} py_rounding;

/* Records as the tuple (record, area, community, district, city) of JSON texts, None where not given. */
typedef struct py_records {
    pilot_rule_records records;
} py_records;

/* Containers as the tuple (policy, city, menu, account, report), None where one is not given. */
typedef struct py_given {
    pilot_call_given given;
} py_given;

/* A workbook that was read: cells.c. */
typedef struct py_table py_table;

/* Columns as a tuple of None (not given), an int (which holds for every row) or a buffer of whole
 * numbers of 64 or 32 bits: contiguous, of one dimension, and all of one length. */
#define PY_COLUMNS_MAX (8 + 2 + PILOT_PANEL_YEARS_MAX)
typedef struct py_columns {
    Py_buffer buffers[PY_COLUMNS_MAX];
    int64_t constants[PY_COLUMNS_MAX];
    pilot_column columns[PY_COLUMNS_MAX];
    Py_ssize_t count, taken;
    size_t rows; /* 1 where every column is constant */
} py_columns;

/* Buffers to write to as a tuple of None or a writable buffer, likewise. */
typedef struct py_outputs {
    Py_buffer buffers[PY_COLUMNS_MAX];
    Py_ssize_t count, taken;
    bool given[PY_COLUMNS_MAX];
} py_outputs;

/* The tuple (payer 0 both | 1 city | 2 district, fen over all years or None, fen of each year or None).
 */
typedef struct py_budget {
    pilot_budget budget;
    pilot_money *years;
    size_t year_count;
} py_budget;

/* Sums of a policy's awards, in memory of their own. */
typedef struct py_aggregate {
    pilot_aggregate *sums;
} py_aggregate;

/* Sets the exception of the status. value may be NULL. */
void py_raise(pilot_status status, const char *path, const char *value, const char *message);

/* A tuple of count items, a new reference of each from make, which gives NULL where it has raised. In a
 * long one others have their turn. */
typedef PyObject *(*py_item_function)(size_t index, const void *context);
PyObject *py_tuple_of(size_t count, py_item_function make, const void *context);

/* Readers of an argument for the typemaps: 1, or 0 where they raised. name names it in the error's
 * path. What a reader took is released by its free, which takes what a failed reader left, too. */
int py_text_in(PyObject *object, const char *name, const char **text, size_t *length);
int py_word_in(PyObject *object, const char *name, const char **word);
int py_month_in(PyObject *object, const char *name, pilot_month *month);
int py_date_in(PyObject *object, const char *name, pilot_date *date);
int py_price_in(PyObject *object, const char *name, pilot_price *price);
int py_area_in(PyObject *object, const char *name, pilot_area *area);
int py_share_in(PyObject *object, const char *name, pilot_share *share);
int py_money_in(PyObject *object, const char *name, pilot_money *money);
int py_int_in(PyObject *object, const char *name, int *value);
int py_long_in(PyObject *object, const char *name, long long *value);
int py_claim_in(PyObject *object, py_claim *claim);
void py_claim_free(py_claim *claim);
int py_selection_in(PyObject *object, py_selection *selection);
void py_selection_free(py_selection *selection);
int py_premises_in(PyObject *object, py_premises *premises);
void py_premises_free(py_premises *premises);
int py_areas_in(PyObject *object, py_areas *areas);
void py_areas_free(py_areas *areas);
int py_offers_in(PyObject *object, py_offers *offers, py_menu_function menu_of);
void py_offers_free(py_offers *offers);
int py_rounding_in(PyObject *object, py_rounding *rounding);
int py_records_in(PyObject *object, py_records *records);
int py_columns_in(PyObject *object, py_columns *columns);
void py_columns_free(py_columns *columns);
int py_outputs_in(PyObject *object, py_outputs *outputs);
void py_outputs_free(py_outputs *outputs);
int py_budget_in(PyObject *object, py_budget *budget);
void py_budget_free(py_budget *budget);

pilot_policy *py_policy_new(const char *text, size_t length);
pilot_city *py_city_new(const char *text, size_t length);
pilot_menu *py_menu_new(const char *text, size_t length);
pilot_report *py_report_new(const pilot_policy *policy, const pilot_city *city, pilot_date as_of);
pilot_account_case *py_account_case_new(const char *text, size_t length);
py_aggregate *py_aggregate_new(const pilot_policy *policy, long long groups);
void py_aggregate_free(py_aggregate *aggregate);
pilot_panel *py_panel_new(int first_year, bool by_year, bool single_rows);
py_table *py_table_new(PyObject *sheets);
void py_table_free(py_table *table);
#endif

PyObject *py_version(void);
/* The text as pilot_shown has it. */
PyObject *py_shown(const char *text);
/* What is wrong with the text of a document of words("document"): (how many problems, the first most of
 * them as tuples of status, message, path, value, line, column, Chinese message). */
PyObject *py_problems(const char *document, const char *text, size_t length, int most);

/* What pilot_call_with answers: JSON text. */
PyObject *py_call(const py_given *given, const char *text, size_t length);
/* (line, column) of the path in a document's text. */
PyObject *py_locate(const char *text, size_t length, const char *path);

/* The finding of the rule of this id, as JSON text. */
PyObject *py_check_rule(const pilot_policy *policy, const char *rule, const py_records *records,
                        pilot_date as_of);
/* Policies and rewards. */
pilot_policy *py_nanchang_2019(void);
pilot_policy *py_policy_patch(const pilot_policy *policy, const char *text, size_t length);
PyObject *py_policy_json(const pilot_policy *policy, int indented);
/* (first, last, price, basis) or None. */
PyObject *py_policy_rate(const pilot_policy *policy, pilot_month month);
/* (total, city, district, withheld, months_paid, months_withheld). */
PyObject *py_reward(const pilot_policy *policy, const py_claim *claim);
PyObject *py_reward_json(const pilot_policy *policy, const py_claim *claim, int indented);
/* ((first, last, households, area in 0.01 m², communities), ...), None where it is not known. */
PyObject *py_claim_runs(const pilot_policy *policy, const py_claim *claim);
/* ((least, greatest, readings that move it), ...) of total, city and district. */
PyObject *py_reward_range(const pilot_policy *policy, const py_claim *claim);

/* Cities and reports. */
PyObject *py_city_json(const pilot_city *city, int indented);
/* Findings by outcome, in the order of words("outcome"). */
PyObject *py_report_counts(const pilot_report *report);
/* The rules that have findings of these outcomes, 1 << pilot_outcome bits: each once. */
PyObject *py_report_rules(const pilot_report *report, int outcomes);
PyObject *py_report_json(const pilot_report *report, int indented);
PyObject *py_report_text(const pilot_report *report, const char *lang);
PyObject *py_report_readings(const pilot_report *report, const char *lang);

/* The ids of the rules, in the order of their numbers. */
PyObject *py_rule_ids(void);
/* Of each record, a city file as a dict, text or bytes, the outcomes of the rules of these numbers, or
 * of all for None: a byte each, by the number of words("outcome"). None of a record that is refused, or
 * has to be read by its text. The lock is given up for several records. */
PyObject *py_verdicts(const pilot_policy *policy, pilot_date as_of, PyObject *rules, PyObject *records);
/* The same of a city, or of the community of this id in it. */
PyObject *py_city_verdict(const pilot_policy *policy, const pilot_city *city, pilot_date as_of,
                          PyObject *rules, PyObject *community);

/* Menus. */
PyObject *py_menu_json(const pilot_menu *menu, int indented);
PyObject *py_quote(const pilot_menu *menu, const py_selection *selection, const py_premises *premises,
                   pilot_date day, int indented);
/* (months, total, lines). */
PyObject *py_bill(const pilot_menu *menu, const py_selection *selection, pilot_area area,
                  pilot_month first, pilot_month last, const py_rounding *rounding);
/* (months, dwellings, area, of_dwellings, of_area, difference, least, most, amounts). */
PyObject *py_bills(const pilot_menu *menu, const py_selection *selection, const py_areas *areas,
                   pilot_month first, pilot_month last, const py_rounding *rounding);
PyObject *py_fee(pilot_price price, pilot_area area, int months, const py_rounding *rounding);
/* ((JSON, rank, month_more, year_more, of each dwelling), ...). */
PyObject *py_compare(const py_offers *offers, const py_premises *premises, pilot_date day);
/* (offer, grade, basis, price, month). */
PyObject *py_cheapest(const py_offers *offers, const char *service, long long grade,
                      const py_premises *premises, pilot_date day);

/* The findings of some outcomes (1 << index in words("outcome"); 0: all), of a clause or section, a
 * district or a community (None: of all). */
PyObject *py_report_by_district(const pilot_report *report, const char *clause, const char *district,
                                const char *community);
PyObject *py_report_part(const pilot_report *report, int outcomes, const char *clause,
                         const char *district, const char *community, int indented);

/* Of each of these findings, in Chinese and in English: its subject, the value found, that required, who
 * has to act and what is missing; then the place of what is missing: ((subject_zh, subject_en, found_zh,
 * ...), ...). */
PyObject *py_report_words(const pilot_report *report, int outcomes, const char *clause,
                          const char *district, const char *community);

/* Accounts. */
PyObject *py_account_json(const pilot_account_case *account, int indented);
/* Columns. What became of the rows is (bad rows, the first of them, its status as a number); the GIL is
 * released while they are worked through. */
/* (first year, years) of the policy's rates. */
PyObject *py_policy_years(const pilot_policy *policy);
PyObject *py_month_number(pilot_month month);
PyObject *py_area_number(pilot_area area);
PyObject *py_fen(pilot_money money);
/* columns: a quantity of each basis, first, last, passed, failed; outputs: total, city, district,
 * withheld, years, reasons, statuses. */
PyObject *py_award_columns(const pilot_policy *policy, const py_columns *columns,
                           const py_outputs *outputs);
/* columns: price, area, months; outputs: amounts, statuses. */
PyObject *py_fee_columns(const py_columns *columns, const py_rounding *rounding,
                         const py_outputs *outputs);
/* columns: office area, communities, staff, layout, remediation; outputs: breached, unknown. */
PyObject *py_screen_columns(const pilot_policy *policy, const py_columns *columns,
                            const py_outputs *outputs);
PyObject *py_screen_rules(void);
/* columns: as py_award_columns, all of them None where no reward is claimed; first, last, service and
 * community opening, service and community cost, billed, service and community gross, service and
 * community gross cost; outputs: gap, gap after fees, reward, gap after reward and shortfall of the
 * service, then those of the community; statuses. first_year to last_year: both included. */
PyObject *py_account_columns(const pilot_policy *policy, const py_columns *columns,
                             pilot_share collection_rate, int first_year, int last_year,
                             const py_outputs *outputs);

/* columns: as py_award_columns, and the group. Not for two threads at once. */
PyObject *py_aggregate_add(py_aggregate *aggregate, const pilot_policy *policy,
                           const py_columns *columns);
/* columns: as py_award_columns, take_up, household_error and the chance of each year's pass; seed: its
 * 64 bits; row, draw: the first; outputs: the sums. */
PyObject *py_draw_columns(const pilot_policy *policy, const py_columns *columns, long long seed,
                          long long row, long long draw, long long draws, const py_outputs *outputs);
PyObject *py_aggregate_merge(py_aggregate *aggregate, const py_aggregate *other);
PyObject *py_aggregate_regroup(py_aggregate *aggregate, const py_aggregate *other,
                               const py_columns *columns);
/* ((rows, quantity of each basis, total, city, district, withheld), ...) of each year; group: -1 for
 * all. */
PyObject *py_aggregate_years(const pilot_policy *policy, const py_aggregate *aggregate, long long group);
/* (rows, bad rows). */
PyObject *py_aggregate_rows(const py_aggregate *aggregate, long long group);
PyObject *py_aggregate_groups(const py_aggregate *aggregate);
PyObject *py_aggregate_pack(const py_aggregate *aggregate);
py_aggregate *py_aggregate_unpack(const pilot_policy *policy, const char *text, size_t length);

/* columns: as py_award_columns, and the group. How many rows are doubtful. Neither this nor merge or
 * order is for two threads at once. */
PyObject *py_panel_add(pilot_panel *panel, const py_columns *columns);
/* groups: a column of what each group of other is here, or None. */
PyObject *py_panel_merge(pilot_panel *panel, const pilot_panel *other, const py_columns *groups);
PyObject *py_panel_order(pilot_panel *panel, bool rows);
PyObject *py_panel_needs_rows(const pilot_panel *panel, const pilot_policy *policy);
/* open: the number of a result. (bad rows, the status of one). */
PyObject *py_panel_cost(const pilot_panel *panel, const pilot_policy *policy, int open,
                        py_aggregate *aggregate);
/* (rows, bins, single rows, bytes). */
PyObject *py_panel_measure(const pilot_panel *panel);
PyObject *py_panel_pack(const pilot_panel *panel);
pilot_panel *py_panel_unpack(const char *text, size_t length);

PyObject *py_budget_factor(const pilot_policy *policy, const py_aggregate *aggregate, long long group,
                           const py_budget *budget);
PyObject *py_budget_rate(const pilot_policy *policy, const py_aggregate *aggregate, long long group,
                         const py_budget *budget, long long rate);
PyObject *py_budget_city_share(const pilot_policy *policy, const py_aggregate *aggregate,
                               long long group, const py_budget *budget);
PyObject *py_budget_quantity(const pilot_policy *policy, long long basis, pilot_month first,
                             pilot_month last, const py_budget *budget);

/* The city of a table that has no problems, once. */
pilot_city *py_table_city(py_table *table);
/* (((code, note, status, number of the sheet or -1, its name, cell, cells, header, value, how many,
 * path, reason, remedy, line), ...), how many more), the last three in Chinese and in English each. */
PyObject *py_table_problems(const py_table *table);
/* (number of the sheet, its name, cell) of a path, or None. */
PyObject *py_table_place(const py_table *table, const char *path);
/* ((name, (((kind, text) or None, ...), ...)), ...); form: "en", "zh" or "keys". */
PyObject *py_city_cells(const pilot_city *city, const char *form);
PyObject *py_example_cells(const char *form);

/* Of a piece of a sheet's XML that has whole tags: (the last row of cells with something in them, their
 * last column, both from 0, whether there are formulas, errors, values of many parts, hidden rows); None
 * where it is not written as nearly all writers do, and needs a parser. */
PyObject *py_sheet_scan(PyObject *xml);
/* Of each sheet of example_cells: (required, number of the sheet above or -1, column of its ids or -1,
 * meaning, clause or None, ((kind, required, required beside others, number of the sheet
 * that it names or -1, meaning, what to write, unit or None, clause or None, (choices)), ...)). */
PyObject *py_cells_about(const char *form);
/* What the first cell of a sheet says that explains a template. */
PyObject *py_template_mark(void);
#endif
