/* The SWIG module libpilot._pilot, on the extension module _native. The package libpilot, written by hand
 * on top of it, is what people use. */
%module(package="libpilot") _pilot
%{
#include "binding.h"

/* The container of the type; NULL of what is none of it. */
static const void *container_of(PyObject *object, swig_type_info *type)
{
    void *found = NULL;
    return SWIG_IsOK(SWIG_ConvertPtr(object, &found, type, 0)) ? found : NULL;
}

static int menu_of(PyObject *object, const pilot_menu **menu)
{
    *menu = container_of(object, SWIGTYPE_p_pilot_menu);
    if (!*menu)
        py_raise(PILOT_ERROR_TYPE, "/offers", NULL, "a menu is wanted");
    return *menu != NULL;
}

static int py_given_in(PyObject *object, py_given *given)
{
    pilot_call_given *g = &given->given;
    if (!PyTuple_Check(object) || PyTuple_Size(object) != 5) {
        py_raise(PILOT_ERROR_TYPE, "/given", NULL, "a tuple of the documented length is wanted");
        return 0;
    }
    g->policy = container_of(PyTuple_GetItem(object, 0), SWIGTYPE_p_pilot_policy);
    g->city = container_of(PyTuple_GetItem(object, 1), SWIGTYPE_p_pilot_city);
    g->menu = container_of(PyTuple_GetItem(object, 2), SWIGTYPE_p_pilot_menu);
    g->account = container_of(PyTuple_GetItem(object, 3), SWIGTYPE_p_pilot_account_case);
    g->report = container_of(PyTuple_GetItem(object, 4), SWIGTYPE_p_pilot_report);
    return 1;
}
%}

%pythonnondynamic;
%rename("%(strip:[py_])s") "";

/* A call that gives nothing has raised: binding.c maps every status, by the one table in _errors.py. */
%exception { $action if (!result) SWIG_fail; }

%include "../pilot.swg"

%typemap(in) (const char *text, size_t length) {
    if (!py_text_in($input, "$1_name", (const char **)&$1, &$2)) SWIG_fail;
}
%typemap(in) const char * { if (!py_word_in($input, "$1_name", (const char **)&$1)) SWIG_fail; }
%typemap(freearg) const char * "";
%typemap(check) const char * "";
%typemap(in) pilot_month { if (!py_month_in($input, "$1_name", &$1)) SWIG_fail; }
%typemap(in) pilot_date { if (!py_date_in($input, "$1_name", &$1)) SWIG_fail; }
%typemap(in) pilot_price { if (!py_price_in($input, "$1_name", &$1)) SWIG_fail; }
%typemap(in) pilot_money { if (!py_money_in($input, "$1_name", &$1)) SWIG_fail; }
%typemap(in) pilot_share { if (!py_share_in($input, "$1_name", &$1)) SWIG_fail; }
%typemap(in) pilot_area { if (!py_area_in($input, "$1_name", &$1)) SWIG_fail; }
%typemap(in) int { if (!py_int_in($input, "$1_name", &$1)) SWIG_fail; }
%typemap(in) long long { if (!py_long_in($input, "$1_name", &$1)) SWIG_fail; }

/* SWIG takes None for NULL; the library's containers have no such state. */
%typemap(check) SWIGTYPE * {
    if (!$1) {
        py_raise(PILOT_ERROR_ARGUMENT, "/$1_name", "None", "found None where an object is wanted");
        SWIG_fail;
    }
}

/* A record that comes as a tuple lives as long as the call. */
%define RECORD(type, read, free)
%typemap(arginit) const type * "$1 = NULL;"
%typemap(in) const type * (type record) {
    memset(&record, 0, sizeof record);
    $1 = &record;
    if (!read) SWIG_fail;
}
%typemap(freearg) const type * free
%enddef
RECORD(py_claim, py_claim_in($input, &record), "if ($1) py_claim_free($1);")
RECORD(py_selection, py_selection_in($input, &record), "if ($1) py_selection_free($1);")
RECORD(py_premises, py_premises_in($input, &record), "if ($1) py_premises_free($1);")
RECORD(py_areas, py_areas_in($input, &record), "if ($1) py_areas_free($1);")
RECORD(py_offers, py_offers_in($input, &record, menu_of), "if ($1) py_offers_free($1);")
RECORD(py_rounding, py_rounding_in($input, &record), "")
RECORD(py_records, py_records_in($input, &record), "")
RECORD(py_given, py_given_in($input, &record), "")
RECORD(py_columns, py_columns_in($input, &record), "if ($1) py_columns_free($1);")
RECORD(py_outputs, py_outputs_in($input, &record), "if ($1) py_outputs_free($1);")
RECORD(py_budget, py_budget_in($input, &record), "if ($1) py_budget_free($1);")

/* A report needs its policy and city kept alive, which the package does. */
%define CONTAINER(name, Name, parameters, arguments)
PILOT_HANDLE(pilot_ ## name, Name, parameters, py_ ## name ## _new arguments)
%enddef
CONTAINER(policy, Policy, (const char *text, size_t length), (text, length))
CONTAINER(city, City, (const char *text, size_t length), (text, length))
CONTAINER(menu, Menu, (const char *text, size_t length), (text, length))
CONTAINER(report, Report, (const struct pilot_policy *policy, const struct pilot_city *city, pilot_date as_of),
          (policy, city, as_of))
CONTAINER(account_case, Account, (const char *text, size_t length), (text, length))

PILOT_HANDLE(py_aggregate, Aggregate, (const struct pilot_policy *policy, long long groups),
             py_aggregate_new(policy, groups))

PILOT_HANDLE(pilot_panel, Panel, (int first_year, bool by_year, bool single_rows),
             py_panel_new(first_year, by_year, single_rows))

/* A list of tuples (name, rows, hidden, hidden rows, from 1904), a row a list of cells: None, a string, a
 * number, a date or the tuple (kind, text or None, rows above, columns left). */
PILOT_HANDLE(py_table, Table, (PyObject *sheets), py_table_new(sheets))

typedef struct pilot_policy pilot_policy;
typedef struct pilot_city pilot_city;
typedef struct pilot_menu pilot_menu;
typedef struct pilot_report pilot_report;
typedef struct pilot_account_case pilot_account_case;
typedef struct py_aggregate py_aggregate;
typedef struct pilot_panel pilot_panel;
typedef struct py_table py_table;

%newobject py_table_city;
%newobject py_nanchang_2019;
%newobject py_policy_patch;
%newobject py_aggregate_unpack;
%newobject py_panel_unpack;
%include "binding.h"
