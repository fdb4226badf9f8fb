/* Outcomes of rules on records that Python has: dicts become values of the library's without a text in
 * between. */
#include "binding.h"

#include <string.h>

/* Larger ones are for who reads a text, which lets others have Python's lock and can be stopped. */
enum { VALUES_MOST = 1 << 14, TEXT_MOST = 1 << 20, NUMBER_SIZE = 24 };

typedef struct block {
    struct block *before;
    size_t used;
    pilot_json_value values[128];
    char numbers[128][NUMBER_SIZE];
    PyObject *held[256];
    size_t held_count;
} block;

/* The values of records, with the objects whose texts they point at. */
typedef struct values {
    block *last;
    size_t count; /* of the record that is being taken */
} values;

static block *add_block(values *v)
{
    block *made = PyMem_Malloc(sizeof *made);
    if (!made)
        return NULL;
    made->before = v->last;
    made->used = made->held_count = 0;
    v->last = made;
    return made;
}

/* Room for one more value; NULL where there are too many, or no memory. */
static pilot_json_value *add_value(values *v)
{
    block *b = v->last;
    if (v->count++ == VALUES_MOST || ((!b || b->used == 128) && !(b = add_block(v))))
        return NULL;
    pilot_json_value *made = &b->values[b->used++];
    memset(made, 0, sizeof *made);
    return made;
}

static void free_values(values *v)
{
    while (v->last) {
        block *b = v->last;
        v->last = b->before;
        for (size_t i = 0; i < b->held_count; i++)
            Py_DECREF(b->held[i]);
        PyMem_Free(b);
    }
}

/* The text of a string, which is held; NULL of one that a text of JSON has another way. A value has one
 * key and one text, so that there is room in the block of the value itself. */
static const char *text_of(values *v, PyObject *object)
{
    Py_ssize_t size = 0;
    block *b = v->last;
    const char *text = PyUnicode_AsUTF8AndSize(object, &size);
    if (!text)
        PyErr_Clear();
    if (!text || memchr(text, '\0', (size_t)size) || b->held_count == 256)
        return NULL;
    Py_INCREF(object);
    b->held[b->held_count++] = object;
    return text;
}

static char *number_of(const values *v)
{
    return v->last->numbers[v->last->used - 1];
}

/* What follows take a value where they give 1; all else is left to the value's text. */
static int whole_number(const values *v, PyObject *object, pilot_json_value *to)
{
    int overflow;
    const long long number = PyLong_AsLongLongAndOverflow(object, &overflow);
    char *text = number_of(v);
    if (overflow)
        return 0;
    PyOS_snprintf(text, NUMBER_SIZE, "%lld", number);
    to->kind = PILOT_JSON_NUMBER;
    to->text = text;
    return 1;
}

static int decimal_number(const values *v, PyObject *object, pilot_json_value *to)
{
    char *written = PyOS_double_to_string(PyFloat_AsDouble(object), 'r', 0, Py_DTSF_ADD_DOT_0, NULL);
    const size_t length = written ? strlen(written) : NUMBER_SIZE;
    const int plain = length < NUMBER_SIZE && strspn(written, "-.0123456789") == length;
    if (plain) {
        to->kind = PILOT_JSON_NUMBER;
        to->text = memcpy(number_of(v), written, length + 1);
    } else {
        PyErr_Clear();
    }
    PyMem_Free(written);
    return plain;
}

static int take(values *v, PyObject *object, int depth, pilot_json_value *to);

static int take_items(values *v, PyObject *list, int depth, pilot_json_value *to)
{
    const pilot_json_value **end = &to->first;
    const int is_list = PyList_CheckExact(list);
    const Py_ssize_t size = is_list ? PyList_Size(list) : PyTuple_Size(list);
    to->kind = PILOT_JSON_LIST;
    for (Py_ssize_t i = 0; i < size; i++) {
        PyObject *item = is_list ? PyList_GetItem(list, i) : PyTuple_GetItem(list, i);
        pilot_json_value *value = item ? add_value(v) : NULL;
        if (!value || !take(v, item, depth + 1, value))
            return 0;
        *end = value;
        end = &value->next;
    }
    return 1;
}

static int take_members(values *v, PyObject *dict, int depth, pilot_json_value *to)
{
    const pilot_json_value **end = &to->first;
    PyObject *key, *item;
    Py_ssize_t position = 0;
    to->kind = PILOT_JSON_OBJECT;
    while (PyDict_Next(dict, &position, &key, &item)) {
        pilot_json_value *value = PyUnicode_CheckExact(key) ? add_value(v) : NULL;
        if (!value || !(value->key = text_of(v, key)) || !take(v, item, depth + 1, value))
            return 0;
        *end = value;
        end = &value->next;
    }
    return 1;
}

/* A list or a dict, which no other thread changes meanwhile. */
static int take_within(values *v, PyObject *object, int depth, pilot_json_value *to)
{
    int taken;
#ifdef Py_GIL_DISABLED
    Py_BEGIN_CRITICAL_SECTION(object);
#endif
    taken = PyDict_CheckExact(object) ? take_members(v, object, depth, to)
                                      : take_items(v, object, depth, to);
#ifdef Py_GIL_DISABLED
    Py_END_CRITICAL_SECTION();
#endif
    return taken;
}

static int take(values *v, PyObject *object, int depth, pilot_json_value *to)
{
    if (PyUnicode_CheckExact(object)) {
        to->kind = PILOT_JSON_TEXT;
        to->text = text_of(v, object);
        return to->text != NULL;
    }
    if (object == Py_True || object == Py_False || object == Py_None) {
        to->kind = object == Py_None   ? PILOT_JSON_NULL
                   : object == Py_True ? PILOT_JSON_TRUE
                                       : PILOT_JSON_FALSE;
        return 1;
    }
    if (PyLong_CheckExact(object))
        return whole_number(v, object, to);
    if (PyFloat_CheckExact(object))
        return decimal_number(v, object, to);
    if (PyDict_CheckExact(object) || PyList_CheckExact(object) || PyTuple_CheckExact(object))
        return depth < PILOT_JSON_DEPTH_MAX && take_within(v, object, depth, to);
    return 0;
}

/* What is asked of every record. */
typedef struct question {
    const pilot_policy *policy;
    pilot_date as_of;
    const pilot_rule **rules; /* NULL: all */
    size_t count;             /* of outcomes */
} question;

/* The rules of a tuple of their numbers; 0 where it raised. */
static int question_in(PyObject *rules, question *q)
{
    const Py_ssize_t size = rules == Py_None ? 0 : PyTuple_Check(rules) ? PyTuple_Size(rules) : -1;
    q->rules = NULL;
    q->count = size > 0 ? (size_t)size : rules == Py_None ? pilot_rule_count() : 0;
    if (size < 0) {
        py_raise(PILOT_ERROR_TYPE, "/rules", NULL, "a tuple of numbers of rules is wanted");
        return 0;
    }
    if (rules == Py_None)
        return 1;
    q->rules = PyMem_Calloc((size_t)size + 1, sizeof *q->rules);
    if (!q->rules) {
        PyErr_NoMemory();
        return 0;
    }
    for (Py_ssize_t i = 0; i < size && !PyErr_Occurred(); i++)
        q->rules[i] = pilot_rule_at(PyLong_AsSize_t(PyTuple_GetItem(rules, i)));
    return !PyErr_Occurred();
}

/* A record that is to be judged: a text, or a value. */
typedef struct judged {
    const char *text;
    size_t length;
    const pilot_json_value *value;
    bool good; /* its outcomes are there */
} judged;

static void judged_in(values *v, PyObject *object, judged *j)
{
    *j = (judged){.length = 0};
    v->count = 0;
    Py_ssize_t size = 0;
    char *bytes;
    if (PyBytes_CheckExact(object) && PyBytes_AsStringAndSize(object, &bytes, &size) == 0) {
        j->text = bytes;
        j->length = (size_t)size;
    } else if (PyUnicode_CheckExact(object)) {
        j->text = PyUnicode_AsUTF8AndSize(object, &size);
        j->length = (size_t)size;
        if (!j->text)
            PyErr_Clear();
    } else if (PyDict_CheckExact(object)) {
        pilot_json_value *value = add_value(v);
        if (value && take(v, object, 0, value))
            j->value = value;
    }
    if (j->length > TEXT_MOST)
        j->text = NULL;
}

/* No error is made: who asks again tells what is wrong. */
static void judge(const question *q, judged *j, uint8_t *outcomes)
{
    pilot_city *city = NULL;
    if (j->text && pilot_city_parse(j->text, j->length, &city, NULL) != PILOT_OK)
        return;
    if (j->value && pilot_document_read(PILOT_SCHEMA_CITY, j->value, NULL, &city, NULL) != PILOT_OK)
        return;
    if (!city)
        return;
    const pilot_subject all = {.city = city};
    j->good = pilot_verdict(q->policy, &all, q->as_of, q->rules, q->count, outcomes, NULL) == PILOT_OK;
    pilot_city_free(city);
}

typedef struct batch {
    const question *q;
    judged *items;
    uint8_t *outcomes;
} batch;

static PyObject *outcomes_at(size_t index, const void *context)
{
    const batch *b = context;
    if (!b->items[index].good) {
        Py_INCREF(Py_None);
        return Py_None;
    }
    return PyBytes_FromStringAndSize((const char *)b->outcomes + index * b->q->count,
                                     (Py_ssize_t)b->q->count);
}

/* The lock is given up where others wait for it longer than it takes to get it again. */
static void judge_all(const batch *b, size_t count)
{
    PyThreadState *released = count > 1 ? PyEval_SaveThread() : NULL;
    for (size_t i = 0; i < count; i++)
        judge(b->q, &b->items[i], b->outcomes + i * b->q->count);
    if (released)
        PyEval_RestoreThread(released);
}

static PyObject *judged_records(const question *q, PyObject *records)
{
    const size_t count = (size_t)PyTuple_Size(records);
    batch b = {q, PyMem_Calloc(count + 1, sizeof *b.items), PyMem_Malloc(count * q->count + 1)};
    values v = {NULL, 0};
    PyObject *made = NULL;
    if (b.items && b.outcomes) {
        for (size_t i = 0; i < count; i++)
            judged_in(&v, PyTuple_GetItem(records, (Py_ssize_t)i), &b.items[i]);
        judge_all(&b, count);
        made = py_tuple_of(count, outcomes_at, &b);
    } else {
        PyErr_NoMemory();
    }
    free_values(&v);
    PyMem_Free(b.items);
    PyMem_Free(b.outcomes);
    return made;
}

PyObject *py_verdicts(const pilot_policy *policy, pilot_date as_of, PyObject *rules, PyObject *records)
{
    question q = {.policy = policy, .as_of = as_of};
    PyObject *made = NULL;
    if (!PyTuple_Check(records))
        py_raise(PILOT_ERROR_TYPE, "/records", NULL, "a tuple of records is wanted");
    else if (question_in(rules, &q))
        made = judged_records(&q, records);
    PyMem_Free((void *)q.rules);
    return made;
}

PyObject *py_city_verdict(const pilot_policy *policy, const pilot_city *city, pilot_date as_of,
                          PyObject *rules, PyObject *community)
{
    question q = {.policy = policy, .as_of = as_of};
    pilot_subject s = {.city = city};
    pilot_error error = {.status = PILOT_OK};
    const char *id = NULL;
    PyObject *made = NULL;
    if (community != Py_None && !py_word_in(community, "community", &id))
        return NULL;
    s.community = pilot_city_find_community(city, id);
    if (id && !s.community) {
        py_raise(PILOT_ERROR_NOT_FOUND, "/community", id, "the city has no community of this id");
        return NULL;
    }
    if (question_in(rules, &q) && (made = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)q.count)) &&
        pilot_verdict(policy, &s, as_of, q.rules, q.count, (uint8_t *)PyBytes_AsString(made), &error) !=
            PILOT_OK) {
        Py_CLEAR(made);
        py_raise(error.status, error.path, error.value, error.message);
    }
    PyMem_Free((void *)q.rules);
    return made;
}

static PyObject *rule_at(size_t index, const void *context)
{
    (void)context;
    return PyUnicode_FromString(pilot_rule_at(index)->id);
}

PyObject *py_rule_ids(void)
{
    return py_tuple_of(pilot_rule_count(), rule_at, NULL);
}
