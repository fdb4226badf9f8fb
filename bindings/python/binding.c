#include "binding.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* A call of the library that can take long. Others get Python's lock after the first millisecond, and a
 * call that is over by then never gives it up; from then on Python sees to its signals again and again,
 * and what a handler raises, such as KeyboardInterrupt, stops the call. The caller's references keep
 * alive what the call works on, and nothing in Python changes a container or a text. */
typedef struct long_call {
    pilot_stop stop; /* first, so that a pointer to it is one to the call */
    PyThreadState *released;
    int64_t next; /* microseconds, when to look again */
    bool raised;
} long_call;

enum { FIRST_LOOK = 1000, BETWEEN_LOOKS = 10000 }; /* microseconds */

static int64_t microseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void give_way(long_call *call)
{
    if (!call->released)
        call->released = PyEval_SaveThread();
}

static void come_back(long_call *call)
{
    if (call->released)
        PyEval_RestoreThread(call->released);
    call->released = NULL;
}

static bool is_stopped(void *context)
{
    long_call *call = context;
    const int64_t now = microseconds();
    if (call->raised || now < call->next)
        return call->raised;
    come_back(call);
    call->raised = PyErr_CheckSignals() != 0;
    give_way(call);
    call->next = microseconds() + BETWEEN_LOOKS;
    return call->raised;
}

/* The call's stop, which is good until end_call. */
static const pilot_stop *begin_call(long_call *call)
{
    *call = (long_call){.stop = {is_stopped, call}, .next = microseconds() + FIRST_LOOK};
    return &call->stop;
}

static pilot_status end_call(long_call *call, pilot_status status)
{
    come_back(call);
    return status;
}

/* One that the library cannot stop, and whose time grows with what it is of: bytes, records or groups.
 * Few of them take less time than to give up the lock and to get it again. */
enum { FEW = 1 << 12 };
static void begin_whole_call(long_call *call, size_t of)
{
    *call = (long_call){.released = NULL};
    if (of > FEW)
        give_way(call);
}

/* In a long loop that needs the lock: lets others have it and Python see to its signals, a hundred times
 * a second. 0 where a handler has raised. next: when to look again, 0 at first. */
static int looked(int64_t *next)
{
    if (microseconds() < *next)
        return 1;
    if (*next)
        PyEval_RestoreThread(PyEval_SaveThread());
    *next = microseconds() + BETWEEN_LOOKS;
    return PyErr_CheckSignals() == 0;
}

/* The same for a loop of short turns, in some of which it looks at the clock. */
static int goes_on(size_t turn, int64_t *next)
{
    return turn % 1024 || looked(next);
}

/* The exception is made in Python, where the one table of classes is. A call that was stopped has
 * raised. */
static void *raise_error(const pilot_error *error)
{
    if (error->status == PILOT_ERROR_STOPPED && PyErr_Occurred())
        return NULL;
    PyObject *module = PyImport_ImportModule("libpilot._errors");
    PyObject *made = NULL, *type;
    if (module)
        made = PyObject_CallMethod(
            module, "of_status", "isssiis", (int)error->status,
            *error->message ? error->message : pilot_status_text(error->status, PILOT_ENGLISH),
            error->path, error->value, (int)error->line, (int)error->column, error->message_zh);
    if (made) {
        type = PyObject_Type(made);
        PyErr_SetObject(type, made);
        Py_DECREF(type);
    }
    Py_XDECREF(made);
    Py_XDECREF(module);
    return NULL;
}

/* A member of a struct that Python has as an argument of another name. */
typedef struct renaming {
    const char *member, *argument;
} renaming;

/* The error with its place in Python's names: what lies in a member lies in the argument. */
static void *raise_as(pilot_error *error, const renaming *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const size_t length = strlen(names[i].member);
        if (strncmp(error->path, names[i].member, length) == 0 && strchr("/", error->path[length]))
            snprintf(error->path, sizeof error->path, "%s", names[i].argument);
    }
    return raise_error(error);
}

void py_raise(pilot_status status, const char *path, const char *value, const char *message)
{
    pilot_error error = {.status = status};
    snprintf(error.path, sizeof error.path, "%s", path);
    snprintf(error.value, sizeof error.value, "%s", value ? value : "");
    snprintf(error.message, sizeof error.message, "%s", message);
    raise_error(&error);
}

static void *raise_status(pilot_status status)
{
    pilot_error error = {.status = status};
    return raise_error(&error);
}

static PyObject *none(void)
{
    Py_INCREF(Py_None);
    return Py_None;
}

enum { PIECE = 1 << 20 }; /* bytes */

/* The length of a piece of the text, which ends with a whole character. */
static size_t piece_of(const char *text)
{
    size_t length = strnlen(text, PIECE);
    if (length == PIECE)
        while (((unsigned char)text[length] & 0xC0) == 0x80)
            length--;
    return length;
}

/* A string of the text, piece by piece: Python lets nothing else happen while it makes one. */
static PyObject *text_out(const char *text)
{
    size_t length = piece_of(text);
    int64_t next = 0;
    PyObject *made = PyUnicode_FromStringAndSize(text, (Py_ssize_t)length);
    while (made && *(text += length)) {
        length = piece_of(text);
        PyObject *piece = looked(&next) ? PyUnicode_FromStringAndSize(text, (Py_ssize_t)length) : NULL;
        if (piece)
            PyUnicode_Append(&made, piece); /* in place, or NULL where it fails */
        else
            Py_CLEAR(made);
        Py_XDECREF(piece);
    }
    return made;
}

/* The text that a writer put at *text, or its status. A pointer, since the writer may be called among
 * the same arguments. */
static PyObject *written(pilot_status status, char *const *text)
{
    if (status != PILOT_OK)
        return raise_status(status);
    PyObject *made = text_out(*text);
    pilot_text_free(*text);
    return made;
}

static pilot_json_style style_of(int indented)
{
    return indented ? PILOT_JSON_INDENTED : PILOT_JSON_COMPACT;
}

/* Puts a new reference into the tuple; 0 where there is none to put. */
static int put(PyObject *tuple, Py_ssize_t index, PyObject *item)
{
    return item && PyTuple_SetItem(tuple, index, item) == 0;
}

PyObject *py_tuple_of(size_t count, py_item_function make, const void *context)
{
    PyObject *tuple = PyTuple_New((Py_ssize_t)count);
    int64_t next = 0;
    for (size_t i = 0; tuple && i < count; i++)
        if (!put(tuple, (Py_ssize_t)i, make(i, context)) || !goes_on(i + 1, &next)) {
            Py_DECREF(tuple);
            return NULL;
        }
    return tuple;
}

static PyObject *amount_at(size_t index, const void *context)
{
    return PyLong_FromLongLong(((const pilot_money *)context)[index]);
}

/* The names of the readings whose bits are set. */
static PyObject *readings_of(uint32_t bits)
{
    PyObject *list = PyList_New(0), *tuple = NULL;
    for (int i = 0; list && i < PILOT_READING_COUNT; i++) {
        if (!(bits & UINT32_C(1) << i))
            continue;
        PyObject *text = PyUnicode_FromString(pilot_reading_name((pilot_reading)i));
        if (!text || PyList_Append(list, text) != 0)
            Py_CLEAR(list);
        Py_XDECREF(text);
    }
    if (list)
        tuple = PyList_AsTuple(list);
    Py_XDECREF(list);
    return tuple;
}

static void *no_word(const char *list, const char *word)
{
    char path[32], message[320];
    snprintf(path, sizeof path, "/%s", list);
    snprintf(message, sizeof message, "found %s%.60s%s where a word of libpilot.words(\"%s\") is wanted",
             word ? "\"" : "", word ? word : "None", word ? "\"" : "", list);
    py_raise(PILOT_ERROR_NOT_FOUND, path, word, message);
    return NULL;
}

static int wrong_type(const char *path, const char *wanted)
{
    char message[128];
    snprintf(message, sizeof message, "%s is wanted", wanted);
    py_raise(PILOT_ERROR_TYPE, path, NULL, message);
    return 0;
}

/* UTF-8 that the object keeps; a lone surrogate is no text. */
static int utf8_of(PyObject *object, const char *path, const char **text, size_t *length)
{
    Py_ssize_t size = 0;
    *text = PyUnicode_AsUTF8AndSize(object, &size);
    if (!*text) {
        PyErr_Clear();
        py_raise(PILOT_ERROR_ENCODING, path, NULL,
                 "the text has a lone surrogate, which is no character");
        return 0;
    }
    *length = (size_t)size;
    return 1;
}

int py_text_in(PyObject *object, const char *name, const char **text, size_t *length)
{
    char *bytes;
    Py_ssize_t size;
    if (PyUnicode_Check(object))
        return utf8_of(object, "", text, length);
    if (!PyBytes_Check(object) || PyBytes_AsStringAndSize(object, &bytes, &size) != 0)
        return wrong_type(name, "text or bytes");
    *text = bytes;
    *length = (size_t)size;
    return 1;
}

/* Text without a NUL inside it. */
static int plain_text(PyObject *object, const char *path, const char **text)
{
    size_t length;
    if (!PyUnicode_Check(object))
        return wrong_type(path, "text");
    if (!utf8_of(object, path, text, &length))
        return 0;
    if (strlen(*text) == length)
        return 1;
    py_raise(PILOT_ERROR_FORMAT, path, *text, "the text has a NUL inside it");
    return 0;
}

static int word_at_path(PyObject *object, const char *path, const char **word)
{
    *word = NULL;
    return object == Py_None || plain_text(object, path, word);
}

int py_word_in(PyObject *object, const char *name, const char **word)
{
    char path[64];
    snprintf(path, sizeof path, "/%s", name);
    return word_at_path(object, path, word);
}

typedef pilot_status (*parse_function)(const char *text, void *value, pilot_error *error);

/* Each of the library's parsers, taking its result as void. */
#define PARSER(name, type, function)                                                                    \
    static pilot_status name(const char *text, void *value, pilot_error *error)                         \
    {                                                                                                   \
        return function(text, (type *)value, error);                                                    \
    }
PARSER(parse_month, pilot_month, pilot_month_parse)
PARSER(parse_date, pilot_date, pilot_date_parse)
PARSER(parse_price, pilot_price, pilot_price_parse)
PARSER(parse_area, pilot_area, pilot_area_parse)
PARSER(parse_money, pilot_money, pilot_money_parse)
PARSER(parse_share, pilot_share, pilot_share_parse)

static int parsed(PyObject *object, const char *path, parse_function parse, void *value)
{
    const char *text;
    pilot_error error = {.status = PILOT_OK};
    if (!plain_text(object, path, &text))
        return 0;
    if (parse(text, value, &error) == PILOT_OK)
        return 1;
    snprintf(error.path, sizeof error.path, "%s", path);
    raise_error(&error);
    return 0;
}

#define READER(kind)                                                                                    \
    int py_##kind##_in(PyObject *object, const char *name, pilot_##kind *kind)                          \
    {                                                                                                   \
        char path[64];                                                                                  \
        snprintf(path, sizeof path, "/%s", name);                                                       \
        return parsed(object, path, parse_##kind, kind);                                                \
    }
READER(month)
READER(date)
READER(price)
READER(area)
READER(money)
READER(share)

static int integer(PyObject *object, const char *path, int64_t *value)
{
    int overflow = 0;
    if (!PyLong_Check(object))
        return wrong_type(path, "a whole number");
    *value = PyLong_AsLongLongAndOverflow(object, &overflow);
    if (!overflow)
        return 1;
    py_raise(PILOT_ERROR_OVERFLOW, path, NULL, "the number does not fit in 64 bits");
    return 0;
}

/* A whole number of any integer type. */
static int whole_in(PyObject *object, const char *name, int bits, int64_t *value)
{
    char path[64], message[64];
    snprintf(path, sizeof path, "/%s", name);
    if (!PyIndex_Check(object))
        return wrong_type(path, "a whole number");
    PyObject *number = PyNumber_Index(object);
    if (!number) { /* such as an array of several */
        PyErr_Clear();
        return wrong_type(path, "a whole number");
    }
    const int read = integer(number, path, value);
    Py_DECREF(number);
    if (!read || bits == 64 || *value == (int32_t)*value)
        return read;
    snprintf(message, sizeof message, "the number does not fit in %d bits", bits);
    py_raise(PILOT_ERROR_OVERFLOW, path, NULL, message);
    return 0;
}

int py_int_in(PyObject *object, const char *name, int *value)
{
    int64_t wide;
    if (!whole_in(object, name, 32, &wide))
        return 0;
    *value = (int)wide;
    return 1;
}

int py_long_in(PyObject *object, const char *name, long long *value)
{
    int64_t wide;
    if (!whole_in(object, name, 64, &wide))
        return 0;
    *value = (long long)wide;
    return 1;
}

static int count_or_none(PyObject *object, const char *path, pilot_opt_int *count)
{
    count->known = object != Py_None;
    return !count->known || integer(object, path, &count->value);
}

static int area_or_none(PyObject *object, const char *path, pilot_opt_int *area)
{
    area->known = object != Py_None;
    return !area->known || parsed(object, path, parse_area, &area->value);
}

static int date_or_none(PyObject *object, const char *path, pilot_opt_date *date)
{
    date->known = object != Py_None;
    return !date->known || parsed(object, path, parse_date, &date->value);
}

/* The tuple's length, or -1 where it is none or has another length than wanted (-1: any). */
static Py_ssize_t tuple_size(PyObject *object, const char *path, Py_ssize_t wanted)
{
    if (PyTuple_Check(object)) {
        Py_ssize_t size = PyTuple_Size(object);
        if (wanted < 0 || size == wanted)
            return size;
    }
    wrong_type(path, "a tuple of the documented length");
    return -1;
}

/* Room for count items, and for one where there is none, so that NULL is always a failure. */
static void *room(Py_ssize_t count, size_t size)
{
    void *made = PyMem_Calloc(count ? (size_t)count : 1, size);
    return made ? made : raise_status(PILOT_ERROR_MEMORY);
}

/* One result for each calendar year of the claim. */
static int every_year(py_claim *c, pilot_assessment_result result)
{
    const int32_t first = pilot_month_year(c->claim.first), last = pilot_month_year(c->claim.last);
    const int32_t count = last < first ? 0 : last - first + 1;
    c->assessments = room(count, sizeof *c->assessments);
    if (!c->assessments)
        return 0;
    for (int32_t i = 0; i < count; i++) {
        c->assessments[i].year = first + i;
        c->assessments[i].result = result;
    }
    c->claim.assessment_count = (size_t)count;
    return 1;
}

static int assessment_in(PyObject *item, Py_ssize_t index, pilot_assessment *assessment)
{
    char path[64];
    int64_t year, result;
    snprintf(path, sizeof path, "/passed/%zd", index);
    if (tuple_size(item, path, 3) < 0 || !integer(PyTuple_GetItem(item, 0), path, &year) ||
        !integer(PyTuple_GetItem(item, 1), path, &result) ||
        !date_or_none(PyTuple_GetItem(item, 2), path, &assessment->date))
        return 0;
    if (year < PILOT_YEAR_MIN || year > PILOT_YEAR_MAX) {
        py_raise(PILOT_ERROR_RANGE, path, NULL, "the year of an assessment lies in 1900..2200");
        return 0;
    }
    assessment->year = (int32_t)year;
    assessment->result = (pilot_assessment_result)result;
    return 1;
}

static int assessments_in(PyObject *passed, py_claim *c)
{
    if (passed == Py_None)
        return 1;
    if (passed == Py_True || passed == Py_False)
        return every_year(c, passed == Py_True ? PILOT_PASSED : PILOT_FAILED);
    Py_ssize_t count = tuple_size(passed, "/passed", -1);
    if (count < 0)
        return 0;
    c->assessments = room(count, sizeof *c->assessments);
    for (Py_ssize_t i = 0; c->assessments && i < count; i++)
        if (!assessment_in(PyTuple_GetItem(passed, i), i, &c->assessments[i]))
            return 0;
    c->claim.assessment_count = (size_t)count;
    return c->assessments != NULL;
}

static int count_in(PyObject *item, Py_ssize_t index, pilot_count *count)
{
    char path[64];
    snprintf(path, sizeof path, "/counts/%zd", index);
    return tuple_size(item, path, 3) >= 0 &&
           parsed(PyTuple_GetItem(item, 0), path, parse_date, &count->from) &&
           count_or_none(PyTuple_GetItem(item, 1), path, &count->households) &&
           area_or_none(PyTuple_GetItem(item, 2), path, &count->building_area);
}

static int counts_in(PyObject *counts, py_claim *c)
{
    Py_ssize_t count = tuple_size(counts, "/counts", -1);
    if (count <= 0)
        return count == 0;
    c->counts = room(count, sizeof *c->counts);
    for (Py_ssize_t i = 0; c->counts && i < count; i++)
        if (!count_in(PyTuple_GetItem(counts, i), i, &c->counts[i]))
            return 0;
    c->claim.counts = c->counts;
    c->claim.count_count = (size_t)count;
    return c->counts != NULL;
}

int py_claim_in(PyObject *object, py_claim *c)
{
    pilot_opt_int *quantity = c->claim.quantity;
    if (tuple_size(object, "", 8) < 0 ||
        !count_or_none(PyTuple_GetItem(object, 0), "/households", &quantity[PILOT_PER_HOUSEHOLD]) ||
        !area_or_none(PyTuple_GetItem(object, 1), "/area", &quantity[PILOT_PER_SQUARE_METRE]) ||
        !count_or_none(PyTuple_GetItem(object, 2), "/communities", &quantity[PILOT_PER_COMMUNITY]) ||
        !parsed(PyTuple_GetItem(object, 3), "/first", parse_month, &c->claim.first) ||
        !parsed(PyTuple_GetItem(object, 4), "/last", parse_month, &c->claim.last) ||
        !assessments_in(PyTuple_GetItem(object, 5), c) ||
        !date_or_none(PyTuple_GetItem(object, 6), "/as_of", &c->claim.as_of) ||
        !counts_in(PyTuple_GetItem(object, 7), c))
        return 0;
    c->claim.assessments = c->assessments;
    return 1;
}

void py_claim_free(py_claim *claim)
{
    PyMem_Free(claim->assessments);
    PyMem_Free(claim->counts);
}

static int item_in(PyObject *pair, Py_ssize_t index, pilot_menu_item *item)
{
    char path[64];
    snprintf(path, sizeof path, "/selection/items/%zd", index);
    return tuple_size(pair, path, 2) >= 0 &&
           plain_text(PyTuple_GetItem(pair, 0), path, &item->service) &&
           integer(PyTuple_GetItem(pair, 1), path, &item->grade);
}

int py_selection_in(PyObject *object, py_selection *s)
{
    if (tuple_size(object, "/selection", 2) < 0 ||
        !word_at_path(PyTuple_GetItem(object, 0), "/selection/package", &s->selection.package))
        return 0;
    PyObject *pairs = PyTuple_GetItem(object, 1);
    Py_ssize_t count = tuple_size(pairs, "/selection/items", -1);
    s->items = count < 0 ? NULL : room(count, sizeof *s->items);
    for (Py_ssize_t i = 0; s->items && i < count; i++)
        if (!item_in(PyTuple_GetItem(pairs, i), i, &s->items[i]))
            return 0;
    s->selection.items = s->items;
    s->selection.item_count = count < 0 ? 0 : (size_t)count;
    return s->items != NULL;
}

void py_selection_free(py_selection *selection)
{
    PyMem_Free(selection->items);
}

/* The areas of a tuple, which the caller releases even on failure. */
static int list_of_areas(PyObject *tuple, const char *name, pilot_area **areas, size_t *count)
{
    char path[64];
    int64_t next = 0;
    Py_ssize_t size = tuple_size(tuple, name, -1);
    *areas = size < 0 ? NULL : room(size, sizeof **areas);
    for (Py_ssize_t i = 0; *areas && i < size; i++) {
        snprintf(path, sizeof path, "%s/%zd", name, i);
        if (!parsed(PyTuple_GetItem(tuple, i), path, parse_area, &(*areas)[i]) ||
            !goes_on((size_t)i + 1, &next))
            return 0;
    }
    *count = size < 0 ? 0 : (size_t)size;
    return *areas != NULL;
}

int py_premises_in(PyObject *object, py_premises *p)
{
    if (tuple_size(object, "/premises", 4) < 0)
        return 0;
    PyObject *dwellings = PyTuple_GetItem(object, 0);
    if (dwellings != Py_None &&
        !list_of_areas(dwellings, "/premises/dwellings", &p->dwellings, &p->premises.dwelling_count))
        return 0;
    p->premises.dwellings = p->dwellings;
    return area_or_none(PyTuple_GetItem(object, 1), "/premises/area", &p->premises.building_area) &&
           count_or_none(PyTuple_GetItem(object, 2), "/premises/households", &p->premises.households) &&
           count_or_none(PyTuple_GetItem(object, 3), "/premises/buildings", &p->premises.buildings);
}

void py_premises_free(py_premises *premises)
{
    PyMem_Free(premises->dwellings);
}

int py_areas_in(PyObject *object, py_areas *areas)
{
    return list_of_areas(object, "/areas", &areas->items, &areas->count);
}

void py_areas_free(py_areas *areas)
{
    PyMem_Free(areas->items);
}

int py_rounding_in(PyObject *object, py_rounding *rounding)
{
    int mode, unit, step;
    if (object == Py_None)
        return 1;
    if (!PyTuple_Check(object) || !PyArg_ParseTuple(object, "iii", &mode, &unit, &step))
        return 0;
    rounding->rule = (pilot_rounding_rule){(pilot_rounding)mode, (pilot_rounding_unit)unit,
                                           (pilot_rounding_step)step};
    rounding->given = &rounding->rule;
    return 1;
}

int py_records_in(PyObject *object, py_records *records)
{
    static const char *const names[] = {"record", "area", "community", "district", "city"};
    pilot_rule_records *r = &records->records;
    pilot_json_text *const texts[] = {&r->record, &r->area, &r->community, &r->district, &r->city};
    if (tuple_size(object, "/record", 5) < 0)
        return 0;
    for (Py_ssize_t i = 0; i < 5; i++) {
        PyObject *text = PyTuple_GetItem(object, i);
        if (text != Py_None && !py_text_in(text, names[i], &texts[i]->text, &texts[i]->length))
            return 0;
    }
    return 1;
}

static PyObject *count_out(pilot_opt_int count)
{
    return count.known ? PyLong_FromLongLong(count.value) : none();
}

static PyObject *price_out(pilot_price price)
{
    pilot_text text;
    return PyUnicode_FromString(pilot_price_text(price, &text));
}

/* In the unit of its basis: an area has two decimals. */
static PyObject *quantity_out(pilot_menu_basis basis, int64_t quantity)
{
    pilot_text text;
    if (basis == PILOT_MENU_PER_SQUARE_METRE)
        return PyUnicode_FromString(pilot_area_text(quantity, &text));
    return PyUnicode_FromFormat("%lld", (long long)quantity);
}

PyObject *py_version(void)
{
    return PyUnicode_FromString(pilot_version());
}

static PyObject *problem_at(size_t index, const void *context)
{
    const pilot_error *e = (const pilot_error *)context + index;
    return Py_BuildValue("(isssiis)", (int)e->status, e->message, e->path, e->value, (int)e->line,
                         (int)e->column, e->message_zh);
}

/* errors: room for most. */
static PyObject *problems_found(pilot_schema document, const char *text, size_t length,
                                pilot_error *errors, size_t most)
{
    long_call call;
    size_t count;
    const pilot_stop *stop = begin_call(&call);
    pilot_status status =
        end_call(&call, pilot_problems(document, text, length, stop, errors, most, &count));
    if (status == PILOT_ERROR_ARGUMENT || status == PILOT_ERROR_MEMORY || status == PILOT_ERROR_STOPPED)
        return raise_status(status);
    PyObject *rows = py_tuple_of(count < most ? count : most, problem_at, errors);
    return rows ? Py_BuildValue("(nN)", (Py_ssize_t)count, rows) : NULL;
}

enum { PROBLEMS_MOST = 1000000 };

PyObject *py_problems(const char *document, const char *text, size_t length, int most)
{
    pilot_schema which;
    if (pilot_schema_find(document, &which) != PILOT_OK)
        return no_word("document", document);
    if (most < 0 || most > PROBLEMS_MOST) {
        py_raise(PILOT_ERROR_RANGE, "/most", NULL, "0 to 1000000 problems are told");
        return NULL;
    }
    pilot_error *errors = PyMem_Calloc((size_t)most + 1, sizeof *errors);
    if (!errors)
        return raise_status(PILOT_ERROR_MEMORY);
    PyObject *found = problems_found(which, text, length, errors, (size_t)most);
    PyMem_Free(errors);
    return found;
}

PyObject *py_check_rule(const pilot_policy *policy, const char *rule, const py_records *records,
                        pilot_date as_of)
{
    pilot_city *city = NULL;
    pilot_finding finding;
    pilot_error error = {.status = PILOT_OK};
    char *text = NULL;
    long_call call;
    begin_whole_call(&call, records->records.record.length + records->records.city.length);
    pilot_status status = pilot_check_rule_text(policy, pilot_rule_find(rule), &records->records, as_of,
                                                &city, &finding, &error);
    if (end_call(&call, status) != PILOT_OK)
        return raise_error(&error);
    status = pilot_finding_write(&finding, PILOT_JSON_COMPACT, &text);
    pilot_city_free(city);
    return written(status, &text);
}

/* Whether the text has been read to *made, a container of the document's; raises where not. */
static int read_document(pilot_schema document, const char *text, size_t length, void *made)
{
    pilot_error error = {.status = PILOT_OK};
    long_call call;
    const pilot_stop *stop = begin_call(&call);
    if (end_call(&call, pilot_document_parse(document, text, length, stop, made, &error)) == PILOT_OK)
        return 1;
    raise_error(&error);
    return 0;
}

#define PARSED_NEW(kind, type, document)                                                                \
    type *py_##kind##_new(const char *text, size_t length)                                              \
    {                                                                                                   \
        type *made = NULL;                                                                              \
        read_document(PILOT_SCHEMA_##document, text, length, &made);                                    \
        return made;                                                                                    \
    }
PARSED_NEW(policy, pilot_policy, POLICY)
PARSED_NEW(city, pilot_city, CITY)
PARSED_NEW(menu, pilot_menu, MENU)
PARSED_NEW(account_case, pilot_account_case, ACCOUNT)

static PyObject *document_json(pilot_schema document, const void *value, int indented)
{
    char *text = NULL;
    long_call call;
    const pilot_stop *stop = begin_call(&call);
    return written(
        end_call(&call, pilot_document_write(document, value, style_of(indented), stop, &text)), &text);
}

pilot_policy *py_nanchang_2019(void)
{
    pilot_policy *policy = NULL;
    pilot_status status = pilot_policy_nanchang_2019(&policy);
    return status == PILOT_OK ? policy : raise_status(status);
}

pilot_policy *py_policy_patch(const pilot_policy *policy, const char *text, size_t length)
{
    pilot_policy *reform = NULL;
    pilot_error error = {.status = PILOT_OK};
    long_call call;
    begin_whole_call(&call, length);
    return end_call(&call, pilot_policy_patch(policy, text, length, &reform, &error)) == PILOT_OK
               ? reform
               : raise_error(&error);
}

PyObject *py_policy_json(const pilot_policy *policy, int indented)
{
    return document_json(PILOT_SCHEMA_POLICY, policy, indented);
}

static PyObject *month_out(pilot_month month)
{
    pilot_text text;
    return PyUnicode_FromString(pilot_month_text(month, &text));
}

PyObject *py_policy_rate(const pilot_policy *policy, pilot_month month)
{
    pilot_rate rate;
    pilot_status status = pilot_rate_at(policy, month, &rate);
    if (status == PILOT_ERROR_NOT_FOUND)
        return none();
    if (status != PILOT_OK)
        return raise_status(status);
    return Py_BuildValue("(NNNi)", month_out(rate.first), month_out(rate.last), price_out(rate.price),
                         (int)rate.basis);
}

static void *raise_claim(pilot_error *error)
{
    static const renaming names[] = {{"/building_area_m2", "/area"}, {"/assessments", "/passed"}};
    return raise_as(error, names, sizeof names / sizeof *names);
}

PyObject *py_reward(const pilot_policy *policy, const py_claim *claim)
{
    pilot_award a;
    pilot_error error;
    if (pilot_award_compute(policy, &claim->claim, &a, NULL, 0, &error) != PILOT_OK)
        return raise_claim(&error);
    /* Py_BuildValue reads its format anew each time, which is a quarter of the call. */
    const int64_t sums[] = {a.total, a.city, a.district, a.withheld, a.months_paid, a.months_withheld};
    return py_tuple_of(sizeof sums / sizeof *sums, amount_at, sums);
}

PyObject *py_reward_json(const pilot_policy *policy, const py_claim *claim, int indented)
{
    const pilot_claim *c = &claim->claim;
    const size_t capacity = pilot_award_lines_max(policy, c);
    pilot_award award;
    pilot_error error;
    char *text = NULL;
    PyObject *made = NULL;
    pilot_award_line *lines = room((Py_ssize_t)capacity, sizeof *lines);
    if (!lines)
        return NULL;
    if (pilot_award_compute(policy, c, &award, lines, capacity, &error) == PILOT_OK)
        made = written(pilot_award_write(&award, lines, style_of(indented), &text), &text);
    else
        raise_claim(&error);
    PyMem_Free(lines);
    return made;
}

static PyObject *number_out(pilot_opt_int number)
{
    return number.known ? PyLong_FromLongLong(number.value) : none();
}

static PyObject *run_at(size_t index, const void *context)
{
    const pilot_claim_run *run = (const pilot_claim_run *)context + index;
    return Py_BuildValue("(NNNNN)", month_out(run->first), month_out(run->last),
                         number_out(run->quantity[PILOT_PER_HOUSEHOLD]),
                         number_out(run->quantity[PILOT_PER_SQUARE_METRE]),
                         number_out(run->quantity[PILOT_PER_COMMUNITY]));
}

PyObject *py_claim_runs(const pilot_policy *policy, const py_claim *claim)
{
    const size_t capacity = claim->claim.count_count + 1;
    size_t count = 0;
    pilot_error error;
    PyObject *made = NULL;
    pilot_claim_run *runs = room((Py_ssize_t)capacity, sizeof *runs);
    if (!runs)
        return NULL;
    if (pilot_claim_runs(policy, &claim->claim, runs, capacity, &count, &error) == PILOT_OK)
        made = py_tuple_of(count, run_at, runs);
    else
        raise_claim(&error);
    PyMem_Free(runs);
    return made;
}

static PyObject *range_at(size_t index, const void *context)
{
    const pilot_award_range *r = context;
    const pilot_range *const parts[] = {&r->total, &r->city, &r->district};
    return Py_BuildValue("(LLN)", (long long)parts[index]->least, (long long)parts[index]->greatest,
                         readings_of(parts[index]->moved_by));
}

PyObject *py_reward_range(const pilot_policy *policy, const py_claim *claim)
{
    pilot_award_range range;
    pilot_error error;
    return pilot_award_range_compute(policy, &claim->claim, &range, &error) == PILOT_OK
               ? py_tuple_of(3, range_at, &range)
               : raise_claim(&error);
}

PyObject *py_city_json(const pilot_city *city, int indented)
{
    return document_json(PILOT_SCHEMA_CITY, city, indented);
}

pilot_report *py_report_new(const pilot_policy *policy, const pilot_city *city, pilot_date as_of)
{
    pilot_report *report = NULL;
    pilot_error error;
    long_call call;
    const pilot_stop *stop = begin_call(&call);
    return end_call(&call, pilot_check_until(policy, city, as_of, stop, &report, &error)) == PILOT_OK
               ? report
               : raise_error(&error);
}

static PyObject *outcome_count_at(size_t index, const void *context)
{
    return PyLong_FromSize_t(pilot_report_count(context, (pilot_outcome)index));
}

PyObject *py_report_counts(const pilot_report *report)
{
    return py_tuple_of(PILOT_OUTCOME_COUNT, outcome_count_at, report);
}

static PyObject *report_json(const pilot_report *report, const pilot_report_filter *filter, int indented)
{
    char *text = NULL;
    long_call call;
    const pilot_stop *stop = begin_call(&call);
    return written(
        end_call(&call, pilot_report_write_until(report, filter, style_of(indented), stop, &text)),
        &text);
}

static PyObject *rule_id_at(size_t index, const void *context)
{
    return PyUnicode_FromString(((const pilot_rule *const *)context)[index]->id);
}

/* Adds the finding's rule, where it is not among the count of them, and gives their number. */
static size_t add_rule(const pilot_report *report, size_t finding, const pilot_rule **rules,
                       size_t count)
{
    const pilot_rule *rule = pilot_report_rule(report, finding);
    for (size_t i = 0; i < count; i++)
        if (rules[i] == rule)
            return count;
    rules[count] = rule;
    return count + 1;
}

PyObject *py_report_rules(const pilot_report *report, int outcomes)
{
    const pilot_rule **rules = room((Py_ssize_t)pilot_rule_count(), sizeof *rules);
    size_t count = 0;
    long_call call;
    if (!rules)
        return NULL;
    begin_whole_call(&call, pilot_report_size(report));
    for (size_t i = 0; i < pilot_report_size(report); i++)
        if ((unsigned)outcomes & 1u << pilot_report_outcome(report, i))
            count = add_rule(report, i, rules, count);
    end_call(&call, PILOT_OK);
    PyObject *made = py_tuple_of(count, rule_id_at, rules);
    PyMem_Free((void *)rules);
    return made;
}

PyObject *py_report_json(const pilot_report *report, int indented)
{
    return report_json(report, NULL, indented);
}

PyObject *py_report_text(const pilot_report *report, const char *lang)
{
    pilot_language language;
    char *text = NULL;
    if (pilot_language_find(lang, &language) != PILOT_OK)
        return no_word("lang", lang);
    const pilot_report_filter open = {.outcomes = PILOT_OUTCOMES_OPEN};
    long_call call;
    const pilot_stop *stop = begin_call(&call);
    return written(end_call(&call, pilot_report_print_until(report, &open, language, stop, &text)),
                   &text);
}

PyObject *py_report_readings(const pilot_report *report, const char *lang)
{
    pilot_language language;
    char *text = NULL;
    if (pilot_language_find(lang, &language) != PILOT_OK)
        return no_word("lang", lang);
    long_call call;
    const pilot_stop *stop = begin_call(&call);
    return written(end_call(&call, pilot_readings_print_until(report, language, stop, &text)), &text);
}

PyObject *py_menu_json(const pilot_menu *menu, int indented)
{
    return document_json(PILOT_SCHEMA_MENU, menu, indented);
}

PyObject *py_quote(const pilot_menu *menu, const py_selection *selection, const py_premises *premises,
                   pilot_date day, int indented)
{
    pilot_quote quote;
    pilot_quote_line lines[PILOT_MENU_SERVICES_MAX];
    pilot_error error = {.status = PILOT_OK};
    char *text = NULL;
    long_call call;
    begin_whole_call(&call, premises->premises.dwelling_count);
    if (end_call(&call, pilot_quote_compute(menu, &selection->selection, &premises->premises, day,
                                            &quote, lines, PILOT_MENU_SERVICES_MAX, &error)) != PILOT_OK)
        return raise_error(&error);
    return written(pilot_quote_write(&quote, lines, style_of(indented), &text), &text);
}

static PyObject *bill_line_at(size_t index, const void *context)
{
    const pilot_bill_line *l = (const pilot_bill_line *)context + index;
    pilot_text discount;
    return Py_BuildValue("(zzLsNNsL)", l->service, l->package, (long long)l->grade,
                         pilot_menu_basis_name(l->basis), quantity_out(l->basis, l->quantity),
                         price_out(l->price), pilot_share_text(l->discount, &discount),
                         (long long)l->amount);
}

PyObject *py_bill(const pilot_menu *menu, const py_selection *selection, pilot_area area,
                  pilot_month first, pilot_month last, const py_rounding *rounding)
{
    pilot_bill bill;
    pilot_bill_line lines[PILOT_MENU_SERVICES_MAX];
    pilot_error error = {.status = PILOT_OK};
    if (pilot_bill_compute(menu, &selection->selection, area, (pilot_bill_period){first, last},
                           rounding->given, &bill, lines, PILOT_MENU_SERVICES_MAX, &error) != PILOT_OK)
        return raise_error(&error);
    return Py_BuildValue("(iLN)", (int)bill.months, (long long)bill.total,
                         py_tuple_of(bill.line_count, bill_line_at, lines));
}

PyObject *py_bills(const pilot_menu *menu, const py_selection *selection, const py_areas *areas,
                   pilot_month first, pilot_month last, const py_rounding *rounding)
{
    pilot_bill_sum s;
    pilot_error error = {.status = PILOT_OK};
    PyObject *made = NULL;
    pilot_text area;
    pilot_money *amounts = room((Py_ssize_t)areas->count, sizeof *amounts);
    if (!amounts)
        return NULL;
    long_call call;
    begin_whole_call(&call, areas->count);
    if (end_call(&call, pilot_bills_compute(menu, &selection->selection, areas->items, areas->count,
                                            (pilot_bill_period){first, last}, rounding->given, &s,
                                            amounts, &error)) != PILOT_OK)
        raise_error(&error);
    else
        made = Py_BuildValue("(insLLLLLN)", (int)s.months, (Py_ssize_t)s.dwellings,
                             pilot_area_text(s.area, &area), (long long)s.of_dwellings,
                             (long long)s.of_area, (long long)s.difference, (long long)s.least,
                             (long long)s.most, py_tuple_of(areas->count, amount_at, amounts));
    PyMem_Free(amounts);
    return made;
}

PyObject *py_fee(pilot_price price, pilot_area area, int months, const py_rounding *rounding)
{
    pilot_money amount;
    pilot_error error;
    return pilot_fee_compute(price, area, months, rounding->given, &amount, &error) == PILOT_OK
               ? PyLong_FromLongLong(amount)
               : raise_error(&error);
}

/* One selection for each offer; the menus stay Python's. */
int py_offers_in(PyObject *object, py_offers *offers, py_menu_function menu_of)
{
    Py_ssize_t count = tuple_size(object, "/offers", -1);
    if (count < 0)
        return 0;
    offers->items = room(count, sizeof *offers->items);
    offers->selections = room(count, sizeof *offers->selections);
    if (!offers->items || !offers->selections)
        return 0;
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *item = PyTuple_GetItem(object, i);
        offers->count++;
        if (tuple_size(item, "/offers", 2) < 0 ||
            !menu_of(PyTuple_GetItem(item, 0), &offers->items[i].menu) ||
            !py_selection_in(PyTuple_GetItem(item, 1), &offers->selections[i]))
            return 0;
        offers->items[i].selection = offers->selections[i].selection;
    }
    return 1;
}

void py_offers_free(py_offers *offers)
{
    for (size_t i = 0; i < offers->count; i++)
        py_selection_free(&offers->selections[i]);
    PyMem_Free(offers->items);
    PyMem_Free(offers->selections);
}

static PyObject *offer_quote_at(size_t index, const void *context)
{
    const pilot_offer_quote *q = (const pilot_offer_quote *)context + index;
    char *text = NULL;
    PyObject *json = written(pilot_quote_write(&q->quote, NULL, PILOT_JSON_COMPACT, &text), &text);
    return json ? Py_BuildValue("(NnLLN)", json, (Py_ssize_t)q->rank, (long long)q->month_more,
                                (long long)q->year_more, count_out(q->year_more_per_dwelling))
                : NULL;
}

PyObject *py_compare(const py_offers *offers, const py_premises *premises, pilot_date day)
{
    pilot_error error = {.status = PILOT_OK};
    PyObject *made = NULL;
    pilot_offer_quote *quotes = room((Py_ssize_t)offers->count, sizeof *quotes);
    if (!quotes)
        return NULL;
    long_call call;
    begin_whole_call(&call, offers->count + premises->premises.dwelling_count);
    if (end_call(&call, pilot_offers_compare(offers->items, offers->count, &premises->premises, day,
                                             quotes, &error)) == PILOT_OK)
        made = py_tuple_of(offers->count, offer_quote_at, quotes);
    else
        raise_error(&error);
    PyMem_Free(quotes);
    return made;
}

PyObject *py_cheapest(const py_offers *offers, const char *service, long long grade,
                      const py_premises *premises, pilot_date day)
{
    pilot_cheapest c;
    pilot_error error = {.status = PILOT_OK};
    long_call call;
    begin_whole_call(&call, offers->count + premises->premises.dwelling_count);
    if (end_call(&call, pilot_cheapest_service(offers->items, offers->count, service, grade,
                                               &premises->premises, day, &c, &error)) != PILOT_OK)
        return raise_error(&error);
    return Py_BuildValue("(nLsNL)", (Py_ssize_t)c.offer, (long long)c.grade,
                         pilot_menu_basis_name(c.basis), price_out(c.price), (long long)c.month);
}

PyObject *py_report_part(const pilot_report *report, int outcomes, const char *clause,
                         const char *district, const char *community, int indented)
{
    const pilot_report_filter filter = {
        .outcomes = (uint32_t)outcomes, .clause = clause, .district = district, .community = community};
    return report_json(report, &filter, indented);
}

static PyObject *district_row(size_t index, const void *context)
{
    const pilot_summary *row = &((const pilot_summary *)context)[index];
    PyObject *counts = PyTuple_New(PILOT_OUTCOME_COUNT);
    for (int i = 0; counts && i < PILOT_OUTCOME_COUNT; i++)
        if (!put(counts, i, PyLong_FromSize_t(row->counts[i])))
            Py_CLEAR(counts);
    return counts ? Py_BuildValue("szN", row->id, row->name, counts) : NULL;
}

/* The findings that are still to come, one at a time. */
typedef struct finding_rows {
    const pilot_report *report;
    pilot_report_filter filter;
    size_t next;
} finding_rows;

/* The next of them; NULL raises. */
static const pilot_finding *next_finding(const void *context, pilot_finding *f)
{
    finding_rows *rows;
    memcpy(&rows, context, sizeof rows);
    const size_t at = pilot_report_next(rows->report, rows->next, &rows->filter);
    const pilot_status status = pilot_report_at(rows->report, at, f);
    if (status != PILOT_OK)
        return raise_status(status), NULL;
    rows->next = at + 1;
    return f;
}

/* A finding's parts and what it lacks, each in Chinese and in English. */
static PyObject *words_row(size_t index, const void *context)
{
    pilot_finding f;
    char path[256], words[10][512];
    (void)index;
    if (!next_finding(context, &f))
        return NULL;
    for (int i = 0; i < 10; i++) {
        const pilot_language language = i % 2 ? PILOT_ENGLISH : PILOT_CHINESE;
        if (i < 8)
            pilot_finding_part_text(&f, (pilot_finding_part)(i / 2), language, words[i],
                                    sizeof words[i]);
        else
            pilot_finding_missing_text(&f, language, words[i], sizeof words[i]);
    }
    pilot_finding_missing_path(&f, path, sizeof path);
    return Py_BuildValue("sssssssssss", words[0], words[1], words[2], words[3], words[4], words[5],
                         words[6], words[7], words[8], words[9], path);
}

PyObject *py_report_words(const pilot_report *report, int outcomes, const char *clause,
                          const char *district, const char *community)
{
    finding_rows rows = {.report = report,
                         .filter = {.outcomes = (uint32_t)outcomes,
                                    .clause = clause,
                                    .district = district,
                                    .community = community}};
    finding_rows *const context = &rows;
    const size_t size = pilot_report_size(report);
    size_t count = 0;
    long_call call;
    begin_whole_call(&call, size);
    for (size_t i = pilot_report_next(report, 0, &rows.filter); i < size;
         i = pilot_report_next(report, i + 1, &rows.filter))
        count++;
    end_call(&call, PILOT_OK);
    return py_tuple_of(count, words_row, &context);
}

PyObject *py_report_by_district(const pilot_report *report, const char *clause, const char *district,
                                const char *community)
{
    const pilot_report_filter filter = {.clause = clause, .district = district, .community = community};
    const size_t count = pilot_city_records(pilot_report_city(report))->district_count + 1;
    pilot_summary *rows = room((Py_ssize_t)count, sizeof *rows);
    PyObject *made = NULL;
    if (rows) {
        long_call call;
        begin_whole_call(&call, pilot_report_size(report));
        pilot_status status = end_call(&call, pilot_report_by_district(report, &filter, rows, count));
        made = status == PILOT_OK ? py_tuple_of(count, district_row, rows) : raise_status(status);
    }
    PyMem_Free(rows);
    return made;
}

PyObject *py_account_json(const pilot_account_case *account, int indented)
{
    return document_json(PILOT_SCHEMA_ACCOUNT, pilot_account_case_terms(account), indented);
}

static int bad_buffer(const char *kind, Py_ssize_t index, const char *wanted)
{
    char path[64];
    snprintf(path, sizeof path, "/%s/%zd", kind, index);
    return wrong_type(path, wanted);
}

/* The letter of one whole number in the byte order of the machine; 0 for anything else. */
static char letter_of(const Py_buffer *buffer)
{
    const char *format = buffer->format ? buffer->format : "B";
    const uint16_t one = 1;
    const char own = *(const unsigned char *)&one ? '<' : '>';
    if (*format == '@' || *format == '=' || *format == own)
        format++;
    if (!*format || format[1] || !strchr("bBhHiIlLqQ", *format))
        return '\0';
    return *format;
}

static bool is_signed(const Py_buffer *buffer)
{
    const char letter = letter_of(buffer);
    return letter && strchr("bhilq", letter);
}

/* One dimension without gaps, aligned to its elements. */
static int buffer_in(PyObject *object, int flags, const char *kind, Py_ssize_t index, Py_buffer *buffer)
{
    if (PyObject_GetBuffer(object, buffer, flags | PyBUF_FORMAT | PyBUF_ND | PyBUF_STRIDES) != 0) {
        PyErr_Clear();
        return bad_buffer(kind, index, flags & PyBUF_WRITABLE ? "a writable buffer" : "a buffer");
    }
    if (buffer->ndim == 1 && PyBuffer_IsContiguous(buffer, 'C') && letter_of(buffer) &&
        (uintptr_t)buffer->buf % (size_t)buffer->itemsize == 0)
        return 1;
    PyBuffer_Release(buffer);
    return bad_buffer(kind, index, "a contiguous buffer of whole numbers, of one dimension,");
}

static int column_in(PyObject *object, Py_ssize_t index, py_columns *c, bool *has_rows)
{
    pilot_column *column = &c->columns[index];
    Py_buffer *buffer = &c->buffers[c->taken];
    if (object == Py_None)
        return 1;
    if (PyLong_Check(object)) {
        *column = (pilot_column){&c->constants[index], PILOT_INT64, true};
        return integer(object, "/columns", &c->constants[index]);
    }
    if (!buffer_in(object, 0, "columns", index, buffer))
        return 0;
    c->taken++;
    if (!is_signed(buffer) || buffer->itemsize == 1)
        return bad_buffer("columns", index, "a buffer of int64, int32 or int16");
    const size_t rows = (size_t)buffer->shape[0];
    if (*has_rows && rows != c->rows) {
        py_raise(PILOT_ERROR_INCONSISTENT, "/columns", NULL, "columns of one length are wanted");
        return 0;
    }
    *has_rows = true;
    c->rows = rows;
    /* A buffer of no elements may have no address, which would be a column that is not given. */
    *column = (pilot_column){buffer->buf ? buffer->buf : &c->constants[index],
                             buffer->itemsize == 8   ? PILOT_INT64
                             : buffer->itemsize == 4 ? PILOT_INT32
                                                     : PILOT_INT16,
                             false};
    return 1;
}

int py_columns_in(PyObject *object, py_columns *c)
{
    bool has_rows = false;
    c->rows = 1;
    c->count = tuple_size(object, "/columns", -1);
    if (c->count > PY_COLUMNS_MAX)
        return wrong_type("/columns", "a tuple of the documented length");
    for (Py_ssize_t i = 0; i < c->count; i++)
        if (!column_in(PyTuple_GetItem(object, i), i, c, &has_rows))
            return 0;
    return c->count >= 0;
}

void py_columns_free(py_columns *columns)
{
    for (Py_ssize_t i = 0; i < columns->taken; i++)
        PyBuffer_Release(&columns->buffers[i]);
}

int py_outputs_in(PyObject *object, py_outputs *o)
{
    o->count = tuple_size(object, "/outputs", -1);
    if (o->count > PY_COLUMNS_MAX)
        return wrong_type("/outputs", "a tuple of the documented length");
    for (; o->taken < o->count; o->taken++) {
        PyObject *item = PyTuple_GetItem(object, o->taken);
        if (item == Py_None)
            continue;
        if (!buffer_in(item, PyBUF_WRITABLE, "outputs", o->taken, &o->buffers[o->taken]))
            return 0;
        o->given[o->taken] = true;
    }
    return o->count >= 0;
}

void py_outputs_free(py_outputs *outputs)
{
    for (Py_ssize_t i = 0; i < outputs->taken; i++)
        if (outputs->given[i])
            PyBuffer_Release(&outputs->buffers[i]);
}

/* Whether there are as many columns and outputs as the function takes, and the outputs are of the kinds:
 * a letter each, q int64, I uint32, B uint8; y is q, of the rows times years. */
static int fits(const py_columns *c, Py_ssize_t columns, const py_outputs *o, const char *kinds,
                size_t years)
{
    if (c->count != columns || o->count != (Py_ssize_t)strlen(kinds))
        return wrong_type("", "a tuple of the documented length");
    for (Py_ssize_t i = 0; i < o->count; i++) {
        const Py_buffer *b = &o->buffers[i];
        const Py_ssize_t size = kinds[i] == 'B' ? 1 : kinds[i] == 'I' ? 4 : 8;
        const size_t wanted = kinds[i] == 'y' ? c->rows * years : c->rows;
        if (!o->given[i])
            continue;
        if (b->itemsize != size || is_signed(b) != (size == 8))
            return bad_buffer("outputs", i, "a buffer of the documented element");
        if ((size_t)b->shape[0] != wanted)
            return bad_buffer("outputs", i, "a buffer of as many elements as the columns have");
    }
    return 1;
}

static void *to(const py_outputs *o, Py_ssize_t index)
{
    return o->given[index] ? o->buffers[index].buf : NULL;
}

static PyObject *passed_out(pilot_status status, const pilot_pass *pass)
{
    if (status == PILOT_ERROR_MISSING_VALUE) {
        py_raise(
            status, "/passed_from", NULL,
            "the policy's reading pass_effect is from_the_pass: a column of the months in which the "
            "rows' passes were made is wanted");
        return NULL;
    }
    if (status != PILOT_OK)
        return raise_status(status);
    return Py_BuildValue("(nni)", (Py_ssize_t)pass->bad, (Py_ssize_t)pass->first_bad,
                         pass->bad ? (int)pass->status : 0);
}

PyObject *py_policy_years(const pilot_policy *policy)
{
    int32_t first = 0;
    const size_t count = pilot_policy_years(policy, &first);
    return Py_BuildValue("(in)", (int)first, (Py_ssize_t)count);
}

PyObject *py_month_number(pilot_month month)
{
    return PyLong_FromLong(month);
}

PyObject *py_area_number(pilot_area area)
{
    return PyLong_FromLongLong(area);
}

PyObject *py_fen(pilot_money money)
{
    return PyLong_FromLongLong(money);
}

enum { CLAIM_COLUMNS = 8 };

static pilot_claim_columns claims_of(const py_columns *c)
{
    const pilot_column *in = c->columns;
    return (pilot_claim_columns){{in[0], in[1], in[2]}, in[3], in[4], in[5], in[6], in[7]};
}

PyObject *py_award_columns(const pilot_policy *policy, const py_columns *c, const py_outputs *o)
{
    const pilot_claim_columns claims = claims_of(c);
    pilot_pass pass = {0};
    pilot_status status;
    if (!fits(c, CLAIM_COLUMNS, o, "qqqqyBB", pilot_policy_years(policy, NULL)))
        return NULL;
    const pilot_award_columns awards = {to(o, 0), to(o, 1), to(o, 2), to(o, 3),
                                        to(o, 4), to(o, 5), to(o, 6)};
    Py_BEGIN_ALLOW_THREADS status =
        pilot_award_columns_compute(policy, &claims, c->rows, &awards, &pass);
    Py_END_ALLOW_THREADS return passed_out(status, &pass);
}

/* A claim has months at least; without any column no reward is claimed. */
static bool is_claimed(const py_columns *c)
{
    bool claimed = false;
    for (int i = 0; i < CLAIM_COLUMNS; i++)
        claimed = claimed || c->columns[i].values;
    return claimed;
}

PyObject *py_account_columns(const pilot_policy *policy, const py_columns *c,
                             pilot_share collection_rate, int first_year, int last_year,
                             const py_outputs *o)
{
    const pilot_column *in = c->columns + CLAIM_COLUMNS;
    const pilot_claim_columns claims = claims_of(c);
    const pilot_account_columns accounts = {.first = in[0],
                                            .last = in[1],
                                            .opening = {in[2], in[3]},
                                            .cost = {in[4], in[5]},
                                            .billed = in[6],
                                            .collection_rate = collection_rate,
                                            .gross = {in[7], in[8]},
                                            .gross_cost = {in[9], in[10]}};
    const size_t years = last_year < first_year ? 0 : (size_t)((int64_t)last_year - first_year) + 1;
    pilot_pass pass = {0};
    pilot_status status;
    if (!fits(c, CLAIM_COLUMNS + 11, o, "yyyyyyyyyyB", years))
        return NULL;
    const pilot_shortfall_columns shortfalls = {.first_year = first_year,
                                                .year_count = years,
                                                .gap = {to(o, 0), to(o, 5)},
                                                .gap_after_fees = {to(o, 1), to(o, 6)},
                                                .reward = {to(o, 2), to(o, 7)},
                                                .gap_after_reward = {to(o, 3), to(o, 8)},
                                                .shortfall = {to(o, 4), to(o, 9)},
                                                .statuses = to(o, 10)};
    Py_BEGIN_ALLOW_THREADS status = pilot_account_columns_compute(
        policy, is_claimed(c) ? &claims : NULL, &accounts, c->rows, &shortfalls, &pass);
    Py_END_ALLOW_THREADS return passed_out(status, &pass);
}

PyObject *py_fee_columns(const py_columns *c, const py_rounding *rounding, const py_outputs *o)
{
    pilot_pass pass = {0};
    pilot_status status;
    if (!fits(c, 3, o, "qB", 0))
        return NULL;
    Py_BEGIN_ALLOW_THREADS status =
        pilot_fee_columns_compute(c->columns[0], c->columns[1], c->columns[2], rounding->given, c->rows,
                                  to(o, 0), to(o, 1), &pass);
    Py_END_ALLOW_THREADS return passed_out(status, &pass);
}

PyObject *py_screen_columns(const pilot_policy *policy, const py_columns *c, const py_outputs *o)
{
    const pilot_column *in = c->columns;
    const pilot_site_columns sites = {in[0], in[1], in[2], in[3], in[4]};
    pilot_status status;
    if (!fits(c, 5, o, "II", 0))
        return NULL;
    Py_BEGIN_ALLOW_THREADS status = pilot_screen_columns(policy, &sites, c->rows, to(o, 0), to(o, 1));
    Py_END_ALLOW_THREADS return status == PILOT_OK ? none() : raise_status(status);
}

static PyObject *screen_rule_at(size_t index, const void *context)
{
    (void)context;
    return PyUnicode_FromString(pilot_screen_rule(index));
}

PyObject *py_screen_rules(void)
{
    return py_tuple_of(PILOT_SCREEN_RULES, screen_rule_at, NULL);
}

void py_aggregate_free(py_aggregate *aggregate)
{
    free(aggregate->sums);
    PyMem_Free(aggregate);
}

/* An aggregate with room for the groups, which make or unpack fills. The system refuses what it does not
 * have, and the allocator of a Python without a lock does not. */
static py_aggregate *aggregate_room(const pilot_policy *policy, size_t groups, size_t *size)
{
    py_aggregate *made;
    *size = pilot_aggregate_size(policy, groups);
    if (!*size)
        return raise_status(PILOT_ERROR_LIMIT);
    made = room(1, sizeof *made);
    if (!made || (made->sums = malloc(*size)))
        return made;
    PyMem_Free(made);
    return raise_status(PILOT_ERROR_MEMORY);
}

static py_aggregate *aggregate_made(py_aggregate *made, pilot_status status)
{
    if (status == PILOT_OK)
        return made;
    py_aggregate_free(made);
    return raise_status(status);
}

py_aggregate *py_aggregate_new(const pilot_policy *policy, long long groups)
{
    size_t size;
    long_call call;
    py_aggregate *made = aggregate_room(policy, groups < 0 ? 0 : (size_t)groups, &size);
    if (!made)
        return NULL;
    begin_whole_call(&call, (size_t)groups);
    return aggregate_made(made, end_call(&call, pilot_aggregate_make(policy, (size_t)groups, made->sums,
                                                                     size, &made->sums)));
}

py_aggregate *py_aggregate_unpack(const pilot_policy *policy, const char *text, size_t length)
{
    const uint8_t *bytes = (const uint8_t *)text;
    size_t groups = 0, size;
    pilot_aggregate *none_yet;
    long_call call;
    begin_whole_call(&call, length);
    pilot_status status =
        end_call(&call, pilot_aggregate_unpack(policy, bytes, length, NULL, 0, &groups, &none_yet));
    if (status != PILOT_ERROR_CAPACITY)
        return raise_status(status);
    py_aggregate *made = aggregate_room(policy, groups, &size);
    if (!made)
        return NULL;
    begin_whole_call(&call, length);
    return aggregate_made(made, end_call(&call, pilot_aggregate_unpack(policy, bytes, length, made->sums,
                                                                       size, NULL, &made->sums)));
}

PyObject *py_aggregate_add(py_aggregate *aggregate, const pilot_policy *policy, const py_columns *c)
{
    const pilot_claim_columns claims = claims_of(c);
    pilot_pass pass = {0};
    pilot_status status;
    if (c->count != CLAIM_COLUMNS + 1) {
        wrong_type("/columns", "a tuple of the documented length");
        return NULL;
    }
    Py_BEGIN_ALLOW_THREADS status =
        pilot_aggregate_add(aggregate->sums, policy, &claims, c->columns[CLAIM_COLUMNS], c->rows, &pass);
    Py_END_ALLOW_THREADS return passed_out(status, &pass);
}

PyObject *py_draw_columns(const pilot_policy *policy, const py_columns *c, long long seed, long long row,
                          long long draw, long long draws, const py_outputs *o)
{
    const size_t years = pilot_policy_years(policy, NULL);
    const pilot_column *odds = c->columns + CLAIM_COLUMNS;
    const pilot_claim_columns claims = claims_of(c);
    pilot_pass pass = {0};
    pilot_status status;
    if (c->count != CLAIM_COLUMNS + 2 + (Py_ssize_t)years || o->count != 1 || !o->given[0]) {
        wrong_type("/columns", "a tuple of the documented length");
        return NULL;
    }
    const Py_buffer *sums = &o->buffers[0];
    if (row < 0 || draw < 0 || draws < 0 || sums->itemsize != 8 || !is_signed(sums) ||
        (size_t)sums->shape[0] / 2 / (years ? years : 1) != (size_t)draws) {
        bad_buffer("outputs", 0, "a buffer of int64, two for each draw and year");
        return NULL;
    }
    const pilot_draw_odds of = {odds + 2, odds[0], odds[1]};
    Py_BEGIN_ALLOW_THREADS status =
        pilot_draw_columns(policy, &claims, &of, (uint64_t)seed, (size_t)row, c->rows, (size_t)draw,
                           (size_t)draws, sums->buf, &pass);
    Py_END_ALLOW_THREADS return passed_out(status, &pass);
}

PyObject *py_aggregate_merge(py_aggregate *aggregate, const py_aggregate *other)
{
    long_call call;
    begin_whole_call(&call, pilot_aggregate_groups(aggregate->sums));
    const pilot_status status = end_call(&call, pilot_aggregate_merge(aggregate->sums, other->sums));
    return status == PILOT_OK ? none() : raise_status(status);
}

PyObject *py_aggregate_regroup(py_aggregate *aggregate, const py_aggregate *other, const py_columns *c)
{
    const size_t groups = pilot_aggregate_groups(other->sums);
    long_call call;
    if (c->count != 1 || (!c->columns[0].constant && c->rows != groups)) {
        wrong_type("/columns", "a tuple of one column, of as many rows as the other has groups");
        return NULL;
    }
    begin_whole_call(&call, groups);
    const pilot_status status =
        end_call(&call, pilot_aggregate_regroup(aggregate->sums, other->sums, c->columns[0]));
    return status == PILOT_OK ? none() : raise_status(status);
}

static size_t group_of(long long group)
{
    return group < 0 ? PILOT_ALL_GROUPS : (size_t)group;
}

/* What is asked of one group is soon answered; of all of them, the more there are the later. */
static void begin_groups(long_call *call, const pilot_aggregate *sums, size_t group)
{
    begin_whole_call(call, group == PILOT_ALL_GROUPS ? pilot_aggregate_groups(sums) : 1);
}

typedef struct cell_place {
    const pilot_aggregate *sums;
    size_t group;
} cell_place;

static PyObject *cell_at(size_t index, const void *context)
{
    const cell_place *place = context;
    pilot_aggregate_cell cell;
    long_call call;
    begin_groups(&call, place->sums, place->group);
    const pilot_status status =
        end_call(&call, pilot_aggregate_cell_at(place->sums, place->group, index, &cell));
    if (status != PILOT_OK)
        return raise_status(status);
    return Py_BuildValue(
        "(LLLLLLLL)", (long long)cell.rows, (long long)cell.quantity[PILOT_PER_HOUSEHOLD],
        (long long)cell.quantity[PILOT_PER_SQUARE_METRE], (long long)cell.quantity[PILOT_PER_COMMUNITY],
        (long long)cell.total, (long long)cell.city, (long long)cell.district, (long long)cell.withheld);
}

PyObject *py_aggregate_years(const pilot_policy *policy, const py_aggregate *aggregate, long long group)
{
    const cell_place place = {aggregate->sums, group_of(group)};
    return py_tuple_of(pilot_policy_years(policy, NULL), cell_at, &place);
}

PyObject *py_aggregate_rows(const py_aggregate *aggregate, long long group)
{
    int64_t rows, bad;
    long_call call;
    begin_groups(&call, aggregate->sums, group_of(group));
    const pilot_status status =
        end_call(&call, pilot_aggregate_rows(aggregate->sums, group_of(group), &rows, &bad));
    return status == PILOT_OK ? Py_BuildValue("(LL)", (long long)rows, (long long)bad)
                              : raise_status(status);
}

PyObject *py_aggregate_groups(const py_aggregate *aggregate)
{
    return PyLong_FromSize_t(pilot_aggregate_groups(aggregate->sums));
}

/* Room for bytes that a call writes, and what becomes of it. */
static PyObject *begin_bytes(long_call *call, size_t size, uint8_t **bytes)
{
    PyObject *made = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)size);
    if (!made)
        return NULL;
    *bytes = (uint8_t *)PyBytes_AsString(made);
    begin_whole_call(call, size);
    return made;
}

static PyObject *end_bytes(PyObject *made, pilot_status status)
{
    if (status == PILOT_OK)
        return made;
    Py_DECREF(made);
    return raise_status(status);
}

PyObject *py_aggregate_pack(const py_aggregate *aggregate)
{
    long_call call;
    uint8_t *bytes;
    const size_t size = pilot_aggregate_packed_size(aggregate->sums);
    PyObject *made = begin_bytes(&call, size, &bytes);
    return made ? end_bytes(made, end_call(&call, pilot_aggregate_pack(aggregate->sums, bytes, size)))
                : NULL;
}

pilot_panel *py_panel_new(int first_year, bool by_year, bool single_rows)
{
    const pilot_panel_kind kind = {first_year, by_year, single_rows};
    pilot_panel *made = NULL;
    const pilot_status status = pilot_panel_new(&kind, &made);
    return status == PILOT_OK ? made : raise_status(status);
}

PyObject *py_panel_add(pilot_panel *panel, const py_columns *c)
{
    const pilot_claim_columns claims = claims_of(c);
    size_t doubtful = 0;
    pilot_status status;
    if (c->count != CLAIM_COLUMNS + 1) {
        wrong_type("/columns", "a tuple of the documented length");
        return NULL;
    }
    Py_BEGIN_ALLOW_THREADS status =
        pilot_panel_add(panel, &claims, c->columns[CLAIM_COLUMNS], c->rows, &doubtful);
    Py_END_ALLOW_THREADS return status == PILOT_OK ? PyLong_FromSize_t(doubtful) : raise_status(status);
}

static size_t kept_by(const pilot_panel *panel)
{
    pilot_panel_size size = {.bins = 0};
    (void)pilot_panel_measure(panel, &size);
    return size.bins + size.single_rows;
}

PyObject *py_panel_merge(pilot_panel *panel, const pilot_panel *other, const py_columns *c)
{
    long_call call;
    if (c->count != 1 || (c->columns[0].values && c->columns[0].element != PILOT_INT64)) {
        wrong_type("/groups", "a tuple of None or an array of whole numbers");
        return NULL;
    }
    begin_whole_call(&call, kept_by(other));
    const pilot_status status =
        end_call(&call, pilot_panel_merge(panel, other, c->columns[0].values, c->rows));
    return status == PILOT_OK ? none() : raise_status(status);
}

PyObject *py_panel_order(pilot_panel *panel, bool rows)
{
    long_call call;
    begin_whole_call(&call, kept_by(panel));
    const pilot_status status = end_call(&call, pilot_panel_order(panel, rows));
    return status == PILOT_OK ? none() : raise_status(status);
}

PyObject *py_panel_needs_rows(const pilot_panel *panel, const pilot_policy *policy)
{
    bool needs;
    const pilot_status status = pilot_panel_needs_rows(panel, policy, &needs);
    return status == PILOT_OK ? PyBool_FromLong(needs) : raise_status(status);
}

PyObject *py_panel_cost(const pilot_panel *panel, const pilot_policy *policy, int open,
                        py_aggregate *aggregate)
{
    int64_t bad = 0;
    pilot_status of_row = PILOT_OK;
    long_call call;
    begin_whole_call(&call, kept_by(panel));
    const pilot_status status =
        end_call(&call, pilot_panel_cost(panel, policy, (pilot_assessment_result)open, aggregate->sums,
                                         &bad, &of_row));
    return status == PILOT_OK ? Py_BuildValue("(Li)", (long long)bad, (int)of_row)
                              : raise_status(status);
}

PyObject *py_panel_measure(const pilot_panel *panel)
{
    pilot_panel_size size;
    const pilot_status status = pilot_panel_measure(panel, &size);
    return status == PILOT_OK ? Py_BuildValue("(Lnnn)", (long long)size.rows, (Py_ssize_t)size.bins,
                                              (Py_ssize_t)size.single_rows, (Py_ssize_t)size.bytes)
                              : raise_status(status);
}

PyObject *py_panel_pack(const pilot_panel *panel)
{
    long_call call;
    uint8_t *bytes;
    const size_t size = pilot_panel_packed_size(panel);
    PyObject *made = begin_bytes(&call, size, &bytes);
    return made ? end_bytes(made, end_call(&call, pilot_panel_pack(panel, bytes, size))) : NULL;
}

pilot_panel *py_panel_unpack(const char *text, size_t length)
{
    pilot_panel *made = NULL;
    long_call call;
    begin_whole_call(&call, length);
    const pilot_status status =
        end_call(&call, pilot_panel_unpack((const uint8_t *)text, length, &made));
    return status == PILOT_OK ? made : raise_status(status);
}

int py_budget_in(PyObject *object, py_budget *b)
{
    int64_t payer;
    if (tuple_size(object, "/budget", 3) < 0 || !integer(PyTuple_GetItem(object, 0), "/payer", &payer) ||
        !count_or_none(PyTuple_GetItem(object, 1), "/budget", &b->budget.total))
        return 0;
    b->budget.payer = (pilot_payer)payer;
    PyObject *years = PyTuple_GetItem(object, 2);
    if (years == Py_None)
        return 1;
    Py_ssize_t count = tuple_size(years, "/budget", -1);
    b->years = count < 0 ? NULL : room(count, sizeof *b->years);
    for (Py_ssize_t i = 0; b->years && i < count; i++)
        if (!integer(PyTuple_GetItem(years, i), "/budget", &b->years[i]))
            return 0;
    b->budget.years = b->years;
    b->year_count = count < 0 ? 0 : (size_t)count;
    return b->years != NULL;
}

void py_budget_free(py_budget *budget)
{
    PyMem_Free(budget->years);
}

/* Whether the budget has an amount for each of the policy's years, where it has any. */
static int budget_fits(const pilot_policy *policy, const py_budget *b)
{
    return !b->years || b->year_count == pilot_policy_years(policy, NULL) ||
           wrong_type("/budget", "an amount for each of the policy's years");
}

/* Pointers, for the same reason as written's. */
static PyObject *answer_out(pilot_status status, const int64_t *answer, pilot_error *error)
{
    static const renaming names[] = {{"/payer", "/of"}, {"/total", "/budget"}, {"/years", "/yearly"}};
    return status == PILOT_OK ? PyLong_FromLongLong(*answer)
                              : raise_as(error, names, sizeof names / sizeof *names);
}

PyObject *py_budget_factor(const pilot_policy *policy, const py_aggregate *aggregate, long long group,
                           const py_budget *b)
{
    int64_t answer = 0;
    pilot_error error;
    long_call call;
    if (!budget_fits(policy, b))
        return NULL;
    begin_groups(&call, aggregate->sums, group_of(group));
    return answer_out(end_call(&call, pilot_budget_factor(policy, aggregate->sums, group_of(group),
                                                          &b->budget, &answer, &error)),
                      &answer, &error);
}

PyObject *py_budget_rate(const pilot_policy *policy, const py_aggregate *aggregate, long long group,
                         const py_budget *b, long long rate)
{
    int64_t answer = 0;
    pilot_error error;
    long_call call;
    if (!budget_fits(policy, b))
        return NULL;
    begin_groups(&call, aggregate->sums, group_of(group));
    return answer_out(
        end_call(&call, pilot_budget_rate(policy, aggregate->sums, group_of(group), &b->budget,
                                          rate < 0 ? SIZE_MAX : (size_t)rate, &answer, &error)),
        &answer, &error);
}

PyObject *py_budget_city_share(const pilot_policy *policy, const py_aggregate *aggregate,
                               long long group, const py_budget *b)
{
    int64_t answer = 0;
    pilot_error error;
    long_call call;
    if (!budget_fits(policy, b))
        return NULL;
    begin_groups(&call, aggregate->sums, group_of(group));
    return answer_out(end_call(&call, pilot_budget_city_share(policy, aggregate->sums, group_of(group),
                                                              &b->budget, &answer, &error)),
                      &answer, &error);
}

PyObject *py_budget_quantity(const pilot_policy *policy, long long basis, pilot_month first,
                             pilot_month last, const py_budget *b)
{
    int64_t answer = 0;
    pilot_error error;
    if (!budget_fits(policy, b))
        return NULL;
    return answer_out(
        pilot_budget_quantity(policy, (pilot_basis)basis, first, last, &b->budget, &answer, &error),
        &answer, &error);
}

PyObject *py_shown(const char *text)
{
    const size_t length = pilot_shown(text, NULL, 0);
    char *shown = PyMem_Malloc(length + 1);
    if (!shown)
        return PyErr_NoMemory();
    pilot_shown(text, shown, length + 1);
    PyObject *made = PyUnicode_DecodeUTF8(shown, (Py_ssize_t)length, NULL);
    PyMem_Free(shown);
    return made;
}

PyObject *py_call(const py_given *given, const char *text, size_t length)
{
    char *response = NULL;
    long_call call;
    const pilot_stop *stop = begin_call(&call);
    return written(end_call(&call, pilot_call_with(&given->given, text, length, stop, &response)),
                   &response);
}

PyObject *py_locate(const char *text, size_t length, const char *path)
{
    pilot_error error = {.status = PILOT_OK};
    snprintf(error.path, sizeof error.path, "%s", path ? path : "");
    const pilot_status status = pilot_error_locate(text, length, &error);
    return status == PILOT_OK ? Py_BuildValue("(ii)", (int)error.line, (int)error.column)
                              : raise_status(status);
}
