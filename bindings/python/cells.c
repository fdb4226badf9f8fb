/* Sheets of cells in Python's terms. */
#include "binding.h"

#include <string.h>

struct py_table {
    pilot_table *table;
    pilot_city *city; /* NULL where the cells were refused, or once it is given away */
};

void py_table_free(py_table *t)
{
    if (!t)
        return;
    pilot_table_free(t->table);
    pilot_city_free(t->city);
    PyMem_Free(t);
}

/* Room for the texts of numbers. */
typedef struct block {
    struct block *before;
    char text[1 << 16];
} block;

/* What is being made of Python's sheets. texts: what was made of numbers, which the cells point into;
 * left: how much of its last block is free. */
typedef struct sheets_in {
    pilot_sheet *sheets;
    pilot_cell **cells;
    Py_ssize_t count;
    block *texts;
    size_t left;
    PyObject *date, *toordinal;
} sheets_in;

static int refuse_cell(Py_ssize_t sheet, size_t row, size_t column, const char *message)
{
    char path[96];
    PyOS_snprintf(path, sizeof path, "/sheets/%zd/rows/%zu/%zu", sheet, row, column);
    py_raise(PILOT_ERROR_TYPE, path, NULL, message);
    return 0;
}

/* The text of a string, which has no NUL in it. */
static const char *text_of(PyObject *string)
{
    Py_ssize_t length;
    const char *text = PyUnicode_AsUTF8AndSize(string, &length);
    if (!text || strlen(text) != (size_t)length) {
        PyErr_Clear();
        return NULL;
    }
    return text;
}

/* A copy of a text, which the sheets keep. */
static const char *keep(sheets_in *in, const char *text, size_t length)
{
    if (length >= in->left) {
        block *made = length < sizeof made->text ? PyMem_Malloc(sizeof *made) : NULL;
        if (!made)
            return NULL;
        made->before = in->texts;
        in->texts = made;
        in->left = sizeof made->text;
    }
    char *to = in->texts->text + sizeof in->texts->text - in->left;
    memcpy(to, text, length);
    to[length] = '\0';
    in->left -= length + 1;
    return to;
}

static const char *integer_text(sheets_in *in, int64_t value)
{
    char digits[24];
    size_t start = sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do
        digits[--start] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0)
        digits[--start] = '-';
    return keep(in, digits + start, sizeof digits - start);
}

static const char *float_text(sheets_in *in, double value)
{
    /* Most numbers of workbooks are whole ones, and these need no search for the shortest digits. */
    if (value > -1e15 && value < 1e15 && value == (double)(int64_t)value)
        return integer_text(in, (int64_t)value);
    char *digits = PyOS_double_to_string(value, 'r', 0, 0, NULL);
    const char *text = digits ? keep(in, digits, strlen(digits)) : NULL;
    PyMem_Free(digits);
    return text;
}

static const char *long_text(sheets_in *in, PyObject *value)
{
    int beyond;
    const long long number = PyLong_AsLongLongAndOverflow(value, &beyond);
    if (!beyond)
        return integer_text(in, number);
    PyObject *made = PyObject_Str(value);
    const char *digits = made ? text_of(made) : NULL;
    const char *text = digits ? keep(in, digits, strlen(digits)) : NULL;
    Py_XDECREF(made);
    return text;
}

/* The tuple (kind, text or None, rows above, columns left). */
static int special_in(PyObject *tuple, pilot_cell *cell)
{
    const char *kind, *text = NULL;
    PyObject *second;
    long above, left;
    if (PyTuple_Size(tuple) != 4)
        return 0;
    second = PyTuple_GetItem(tuple, 1);
    kind = PyUnicode_Check(PyTuple_GetItem(tuple, 0)) ? text_of(PyTuple_GetItem(tuple, 0)) : NULL;
    if (second != Py_None && !(PyUnicode_Check(second) && (text = text_of(second))))
        return 0;
    above = PyLong_AsLong(PyTuple_GetItem(tuple, 2));
    left = PyLong_AsLong(PyTuple_GetItem(tuple, 3));
    if (PyErr_Occurred() || !kind || above < 0 || above > PILOT_TABLE_ROWS_MAX || left < 0 ||
        left > PILOT_TABLE_COLUMNS_MAX || pilot_cell_kind_find(kind, &cell->kind) != PILOT_OK)
        return 0;
    cell->text = text;
    cell->above = (uint32_t)above;
    cell->left = (uint16_t)left;
    return cell->kind != PILOT_CELL_DAY && cell->kind != PILOT_CELL_BOOL;
}

static int day_in(const sheets_in *in, PyObject *value, pilot_cell *cell)
{
    PyObject *ordinal = PyObject_CallMethodObjArgs(value, in->toordinal, NULL);
    const long days = ordinal ? PyLong_AsLong(ordinal) : -1;
    Py_XDECREF(ordinal);
    cell->kind = PILOT_CELL_DAY;
    cell->day = (pilot_date)(days - 719163); /* of 1970-01-01 */
    return !PyErr_Occurred();
}

/* 0: it is no cell's value. */
static int cell_in(sheets_in *in, PyObject *value, pilot_cell *cell)
{
    if (value == Py_None)
        return 1;
    if (PyUnicode_Check(value)) {
        cell->text = text_of(value);
        cell->kind = cell->text && *cell->text ? PILOT_CELL_TEXT : PILOT_CELL_BLANK;
        return cell->text != NULL;
    }
    if (PyBool_Check(value)) {
        *cell = (pilot_cell){.kind = PILOT_CELL_BOOL, .truth = value == Py_True};
        return 1;
    }
    if (PyFloat_Check(value)) {
        const double number = PyFloat_AsDouble(value);
        cell->kind = number - number == 0 ? PILOT_CELL_NUMBER : PILOT_CELL_ERROR;
        return (cell->text = float_text(in, number)) != NULL;
    }
    if (PyLong_Check(value)) {
        cell->kind = PILOT_CELL_NUMBER;
        return (cell->text = long_text(in, value)) != NULL;
    }
    if (PyTuple_Check(value))
        return special_in(value, cell);
    return PyObject_IsInstance(value, in->date) == 1 && day_in(in, value, cell);
}

static int row_in(sheets_in *in, Py_ssize_t number, size_t row, PyObject *values)
{
    const pilot_sheet *sheet = &in->sheets[number];
    const Py_ssize_t count = PyList_Check(values) ? PyList_Size(values) : -1;
    if (count < 0)
        return refuse_cell(number, row, 0, "a list of cells is wanted");
    for (Py_ssize_t i = 0; i < count; i++)
        if (!cell_in(in, PyList_GetItem(values, i),
                     &in->cells[number][row * sheet->columns + (size_t)i])) {
            PyErr_Clear();
            return refuse_cell(number, row, (size_t)i, "it is no value of a cell");
        }
    return PyErr_CheckSignals() == 0;
}

/* The tuple (name, rows, hidden, hidden rows, from 1904). */
static int sheet_in(sheets_in *in, Py_ssize_t number, PyObject *tuple)
{
    pilot_sheet *sheet = &in->sheets[number];
    PyObject *name, *rows;
    if (!PyTuple_Check(tuple) || PyTuple_Size(tuple) != 5)
        return refuse_cell(number, 0, 0, "a sheet is wanted");
    name = PyTuple_GetItem(tuple, 0);
    rows = PyTuple_GetItem(tuple, 1);
    sheet->name = PyUnicode_Check(name) ? text_of(name) : NULL;
    sheet->hidden = PyObject_IsTrue(PyTuple_GetItem(tuple, 2)) == 1;
    sheet->hidden_rows = PyLong_AsSize_t(PyTuple_GetItem(tuple, 3));
    sheet->from_1904 = PyObject_IsTrue(PyTuple_GetItem(tuple, 4)) == 1;
    if (!sheet->name || !PyList_Check(rows) || PyErr_Occurred()) {
        PyErr_Clear();
        return refuse_cell(number, 0, 0, "a sheet is wanted");
    }
    sheet->rows = (size_t)PyList_Size(rows);
    for (size_t i = 0; i < sheet->rows; i++) {
        PyObject *row = PyList_GetItem(rows, (Py_ssize_t)i);
        const Py_ssize_t count = PyList_Check(row) ? PyList_Size(row) : 0;
        if ((size_t)count > sheet->columns)
            sheet->columns = (size_t)count;
    }
    if (sheet->columns && sheet->rows > PILOT_TABLE_CELLS_MAX / sheet->columns) {
        py_raise(PILOT_ERROR_LIMIT, sheet->name, NULL, "the sheet has more cells than are read");
        return 0;
    }
    sheet->cells = in->cells[number] =
        PyMem_Calloc(sheet->rows * sheet->columns + 1, sizeof(pilot_cell));
    if (!sheet->cells) {
        PyErr_NoMemory();
        return 0;
    }
    for (size_t i = 0; i < sheet->rows; i++)
        if (!row_in(in, number, i, PyList_GetItem(rows, (Py_ssize_t)i)))
            return 0;
    return 1;
}

static int sheets_begin(sheets_in *in, PyObject *sheets)
{
    PyObject *module = PyImport_ImportModule("datetime");
    in->count = PyList_Check(sheets) ? PyList_Size(sheets) : -1;
    in->date = module ? PyObject_GetAttrString(module, "date") : NULL;
    Py_XDECREF(module);
    in->toordinal = PyUnicode_InternFromString("toordinal");
    if (in->count < 0) {
        py_raise(PILOT_ERROR_TYPE, "/sheets", NULL, "a list of sheets is wanted");
        return 0;
    }
    in->sheets = PyMem_Calloc((size_t)in->count + 1, sizeof *in->sheets);
    in->cells = PyMem_Calloc((size_t)in->count + 1, sizeof *in->cells);
    if (!in->sheets || !in->cells)
        PyErr_NoMemory();
    return in->date && in->toordinal && in->sheets && in->cells;
}

static void sheets_end(sheets_in *in)
{
    for (Py_ssize_t i = 0; in->cells && i < in->count; i++)
        PyMem_Free(in->cells[i]);
    PyMem_Free(in->cells);
    PyMem_Free(in->sheets);
    for (block *next, *at = in->texts; at; at = next) {
        next = at->before;
        PyMem_Free(at);
    }
    Py_XDECREF(in->toordinal);
    Py_XDECREF(in->date);
}

static py_table *read_cells(const pilot_workbook *book)
{
    py_table *made = PyMem_Calloc(1, sizeof *made);
    pilot_status status;
    if (!made) {
        PyErr_NoMemory();
        return NULL;
    }
    Py_BEGIN_ALLOW_THREADS status = pilot_city_from_cells(book, &made->city, &made->table);
    Py_END_ALLOW_THREADS if (made->table) return made;
    py_table_free(made);
    py_raise(status, "/sheets", NULL, "");
    return NULL;
}

py_table *py_table_new(PyObject *sheets)
{
    sheets_in in = {.count = 0};
    py_table *made = NULL;
    int good = sheets_begin(&in, sheets);
    for (Py_ssize_t i = 0; good && i < in.count; i++)
        good = sheet_in(&in, i, PyList_GetItem(sheets, i));
    if (good)
        made = read_cells(&(pilot_workbook){in.sheets, (size_t)in.count});
    sheets_end(&in);
    return made;
}

pilot_city *py_table_city(py_table *t)
{
    pilot_city *city = t->city;
    t->city = NULL;
    if (!city)
        py_raise(PILOT_ERROR_ARGUMENT, "", NULL, "there is no city to take");
    return city;
}

enum { LINE = 1024 };

/* A number of a sheet or column; -1 where there is none. */
static Py_ssize_t number_out(size_t number)
{
    return number == SIZE_MAX ? -1 : (Py_ssize_t)number;
}

static PyObject *problem_at(size_t index, const void *context)
{
    const pilot_cell_problem *p = &((const pilot_cell_problem *)context)[index];
    char zh[LINE], en[LINE];
    pilot_cell_problem_text(p, PILOT_CHINESE, zh, sizeof zh);
    pilot_cell_problem_text(p, PILOT_ENGLISH, en, sizeof en);
    return Py_BuildValue("(sNinsssssnsssssss)", pilot_cell_code_name(p->code), PyBool_FromLong(p->note),
                         (int)p->status, number_out(p->sheet), p->sheet_name, p->cell, p->cells,
                         p->header, p->value, (Py_ssize_t)p->count, p->path, p->reason_zh, p->reason_en,
                         p->remedy_zh, p->remedy_en, zh, en);
}

PyObject *py_table_problems(const py_table *t)
{
    size_t count, more;
    const pilot_cell_problem *all = pilot_table_problems(t->table, &count, &more);
    PyObject *made = py_tuple_of(count, problem_at, all);
    return made ? Py_BuildValue("(Nn)", made, (Py_ssize_t)more) : NULL;
}

PyObject *py_table_place(const py_table *t, const char *path)
{
    pilot_cell_place place;
    if (pilot_table_place(t->table, path, &place) == PILOT_OK)
        return Py_BuildValue("(iss)", (int)place.sheet, place.sheet_name, place.cell);
    Py_INCREF(Py_None);
    return Py_None;
}

/* (kind, text), or None of a blank one. */
static PyObject *cell_at(size_t index, const void *context)
{
    const pilot_cell *cell = &((const pilot_cell *)context)[index];
    pilot_text day;
    if (cell->kind == PILOT_CELL_BLANK) {
        Py_INCREF(Py_None);
        return Py_None;
    }
    return Py_BuildValue("(ss)", pilot_cell_kind_name(cell->kind),
                         cell->kind == PILOT_CELL_DAY ? pilot_date_text(cell->day, &day) : cell->text);
}

static PyObject *row_at(size_t index, const void *context)
{
    const pilot_sheet *sheet = context;
    return py_tuple_of(sheet->columns, cell_at, &sheet->cells[index * sheet->columns]);
}

static PyObject *sheet_at(size_t index, const void *context)
{
    const pilot_sheet *sheet = &pilot_cells_workbook(context)->sheets[index];
    PyObject *rows = py_tuple_of(sheet->rows, row_at, sheet);
    return rows ? Py_BuildValue("(sN)", sheet->name, rows) : NULL;
}

/* Of each sheet of a city, or of the examples where it is NULL, what make gives; form: a word. */
static PyObject *of_sheets(const pilot_city *city, const char *form, py_item_function make)
{
    pilot_cells *cells = NULL;
    pilot_table_form as;
    pilot_status status = pilot_table_form_find(form, &as);
    if (status == PILOT_OK)
        status = city ? pilot_city_to_cells(city, as, &cells) : pilot_table_examples(as, &cells);
    if (status != PILOT_OK) {
        py_raise(status, "", NULL, "");
        return NULL;
    }
    PyObject *made = py_tuple_of(pilot_cells_workbook(cells)->count, make, cells);
    pilot_cells_free(cells);
    return made;
}

PyObject *py_city_cells(const pilot_city *city, const char *form)
{
    return of_sheets(city, form, sheet_at);
}

PyObject *py_example_cells(const char *form)
{
    return of_sheets(NULL, form, sheet_at);
}

/* Where a column stands among the sheets. */
typedef struct column_place {
    const pilot_cells *cells;
    size_t sheet, column;
} column_place;

static PyObject *choice_at(size_t index, const void *context)
{
    const column_place *of = context;
    return PyUnicode_FromString(pilot_cells_choice(of->cells, of->sheet, of->column, index));
}

static PyObject *column_about_at(size_t index, const void *context)
{
    column_place of = *(const column_place *)context;
    pilot_column_about about;
    size_t choices = 0;
    of.column = index;
    if (pilot_cells_column(of.cells, of.sheet, index, &about) != PILOT_OK)
        return PyErr_Format(PyExc_SystemError, "sheet %zu has no column %zu", of.sheet, index);
    while (pilot_cells_choice(of.cells, of.sheet, index, choices))
        choices++;
    return Py_BuildValue("(sNNnssssN)", pilot_column_kind_name(about.kind),
                         PyBool_FromLong(about.required), PyBool_FromLong(about.required_beside),
                         number_out(about.names), about.meaning, about.wanted, about.unit, about.clause,
                         py_tuple_of(choices, choice_at, &of));
}

static PyObject *sheet_about_at(size_t index, const void *context)
{
    const column_place of = {.cells = context, .sheet = index};
    pilot_sheet_about about;
    if (pilot_cells_sheet(of.cells, index, &about) != PILOT_OK)
        return PyErr_Format(PyExc_SystemError, "there is no sheet %zu", index);
    PyObject *columns =
        py_tuple_of(pilot_cells_workbook(of.cells)->sheets[index].columns, column_about_at, &of);
    return columns ? Py_BuildValue("(NnnssN)", PyBool_FromLong(about.required), number_out(about.above),
                                   number_out(about.id), about.meaning, about.clause, columns)
                   : NULL;
}

PyObject *py_cells_about(const char *form)
{
    return of_sheets(NULL, form, sheet_about_at);
}

PyObject *py_template_mark(void)
{
    return PyUnicode_FromFormat("%s %d", PILOT_TEMPLATE_MARK, PILOT_TEMPLATE_VERSION);
}
