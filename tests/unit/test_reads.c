/* What each rule says that it reads, held against what it does read: every field of every case's city is
 * changed, one at a time, and each change of the finding is noted under the field's path. */
#include "../codes.h"
#include "rule_cases.h"

#include "base/arena.h"
#include "city/city_internal.h"
#include "rules/rule.h"
#include "rules/subject.h"

#define RULES 192
#define PATHS 512
#define PATH_SIZE 96
#define SUBJECTS 64

static char paths[PATHS][PATH_SIZE]; /* of all fields, as the city file has them */
static size_t path_count;
static bool decides[RULES][PATHS]; /* a change of the field changed a finding of the rule */

static bool holds_records(const field *f)
{
    return f->kind == FIELD_LIST || f->kind == FIELD_RECORD || f->kind == FIELD_OPTIONAL;
}

static void join(char *path, const char *prefix, const char *key)
{
    int length = snprintf(path, PATH_SIZE, "%s%s%s", prefix, *prefix ? "/" : "", key);
    CHECK(length < PATH_SIZE, "%s/%s", prefix, key);
}

static void list_paths(const record *type, const char *prefix)
{
    for (size_t i = 0; i < type->field_count; i++) {
        const field *f = &type->fields[i];
        CHECK(path_count < PATHS, "%s", prefix);
        char *path = paths[path_count++];
        join(path, prefix, f->key);
        if (holds_records(f))
            list_paths(f->of, path);
    }
}

static size_t path_number(const char *path)
{
    for (size_t i = 0; i < path_count; i++)
        if (strcmp(paths[i], path) == 0)
            return i;
    CHECK(false, "%s is no field's", path);
    return 0;
}

/* Whether the path is the other, or lies in what that names. */
static bool within(const char *path, const char *other)
{
    const size_t length = strlen(other);
    return strncmp(path, other, length) == 0 && (!path[length] || path[length] == '/');
}

/* Whether the rule says that it reads the field, or something in it. */
static bool among(const pilot_rule *of, const char *path)
{
    for (size_t i = 0; of->reads[i]; i++)
        if (within(path, of->reads[i]) || within(of->reads[i], path))
            return true;
    return false;
}

static bool decided_by(size_t number, const char *path)
{
    for (size_t i = 0; i < path_count; i++)
        if (decides[number][i] && within(paths[i], path))
            return true;
    return false;
}

/* A city under change, and what the rule finds in it as it is. */
typedef struct trial {
    const char *name; /* of the case */
    bool reads_alone; /* no other fields are changed */
    pilot_policy *policy;
    pilot_date as_of;
    pilot_city *city;
    arena links, added;
    const rule *rule;
    size_t number;
    pilot_finding before[SUBJECTS];
    size_t count;
} trial;

typedef void (*subject_function)(const pilot_subject *s, void *context);

static void each_item(pilot_subject s, const rule *r, subject_function each, void *context)
{
    const child_scope *child = pilot_child_scope(r->info.scope);
    size_t count = 1;
    const char *list = child ? pilot_child_list(child, &s, &count) : NULL;
    for (size_t i = 0; i < count; i++) {
        const void *item = list + i * (child ? child->size : 0);
        if (child)
            memcpy((char *)&s + child->member, &item, sizeof item);
        each(&s, context);
    }
}

static void each_subject(const trial *t, subject_function each, void *context)
{
    const pilot_records *r = &t->city->records;
    const pilot_scope own = pilot_own_scope(t->rule->info.scope);
    const size_t counts[] = {1, r->district_count, r->community_count, r->area_count};
    for (size_t i = 0; i < counts[own]; i++) {
        pilot_subject s = {.policy = t->policy, .as_of = t->as_of, .city = t->city};
        if (own == PILOT_SCOPE_DISTRICT)
            s.district = &r->districts[i];
        if (own == PILOT_SCOPE_COMMUNITY)
            s.community = &r->communities[i];
        if (own == PILOT_SCOPE_AREA) {
            s.area = &r->areas[i];
            s.community = pilot_first_community(s.area);
        }
        if (s.community)
            s.district = s.community->district;
        each_item(s, t->rule, each, context);
    }
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_value(const pilot_value *a, const pilot_value *b)
{
    return a->kind == b->kind && a->number == b->number && a->words == b->words &&
           same_text(a->word, b->word);
}

/* All but of which record something is missing, which decides nothing. */
static bool same_day(pilot_opt_date a, pilot_opt_date b)
{
    return a.known == b.known && (!a.known || a.value == b.value);
}

static bool same_finding(const pilot_finding *a, const pilot_finding *b)
{
    return a->outcome == b->outcome && same_text(a->clause, b->clause) &&
           same_value(&a->found, &b->found) && same_value(&a->required, &b->required) &&
           same_day(a->due, b->due) && same_day(a->notice_due, b->notice_due) &&
           same_day(a->since, b->since) && pilot_finding_actors(a) == pilot_finding_actors(b) &&
           a->days_late == b->days_late && same_text(a->missing, b->missing) &&
           a->readings == b->readings;
}

/* Whether what the rule says is missing is among what it reads: its key is that of a field of the record
 * that it is asked of, or of one that this lies in, or begins with a list of the city. */
static bool missing_is_read(const pilot_finding *f)
{
    static const char *const lists[] = {"", "districts", "communities", "areas"};
    const pilot_scope scope = f->rule->scope;
    const child_scope *child = pilot_child_scope(scope);
    char own[PATH_SIZE], path[PATH_SIZE];
    bool found = false;
    if (child) {
        join(own, lists[child->parent], child->key);
        join(path, own, f->missing);
        found = among(f->rule, path);
    }
    for (size_t i = 0; !found && i < COUNT(lists); i++) {
        join(path, lists[i], f->missing);
        found = among(f->rule, path);
    }
    return found;
}

static void keep(const pilot_subject *s, void *context)
{
    trial *t = context;
    CHECK(t->count < SUBJECTS, "%s has more subjects", t->rule->info.id);
    pilot_rule_ask(t->rule, s, &t->before[t->count++]);
}

static void relink(trial *t)
{
    pilot_arena_free(&t->links);
    t->links = (arena){0};
    t->city->links = (city_links){.unplaced = NULL};
    CHECK(pilot_links_make(&t->city->links, &t->links, &t->city->records), "no memory");
}

typedef struct comparison {
    const trial *t;
    bool differs;
} comparison;

static void compare(const pilot_subject *s, void *context)
{
    comparison *c = context;
    const pilot_scope scope = c->t->rule->info.scope;
    for (size_t i = 0; i < c->t->count; i++) {
        const pilot_finding *before = &c->t->before[i];
        pilot_finding now;
        if (pilot_subject_record(&before->subject, scope) != pilot_subject_record(s, scope))
            continue;
        pilot_rule_ask(c->t->rule, s, &now);
        c->differs = c->differs || !same_finding(before, &now);
        CHECK(!now.missing || missing_is_read(&now), "%s: %s is missing and not read", c->t->name,
              now.missing);
    }
}

/* Looks whether the finding differs now, unless that is known of the path. */
static void look(trial *t, const char *path)
{
    comparison c = {t, false};
    bool *found = &decides[t->number][path_number(path)];
    if (*found || (t->reads_alone && !among(&t->rule->info, path)))
        return;
    relink(t);
    each_subject(t, compare, &c);
    CHECK(!c.differs || among(&t->rule->info, path), "%s: another %s changes the finding", t->name,
          path);
    *found = c.differs;
}

static void *take(trial *t, size_t count, size_t size)
{
    void *taken = pilot_arena_take(&t->added, count, size);
    CHECK(taken, "no memory");
    return taken;
}

/* The list of the city that holds such records, which references are to. */
static const char *list_of(const trial *t, const record *of, size_t *count)
{
    for (size_t i = 0; i < pilot_city_record.field_count; i++) {
        const field *f = &pilot_city_record.fields[i];
        const char *list;
        if (f->of != of || f->kind != FIELD_LIST)
            continue;
        memcpy(&list, field_in(&t->city->records, f), sizeof list);
        memcpy(count, (const char *)&t->city->records + f->count_offset, sizeof *count);
        return list;
    }
    *count = 0;
    return NULL;
}

static void set_list(void *item, const field *f, const void *list, size_t count)
{
    memcpy(field_at(item, f), &list, sizeof list);
    memcpy((char *)item + f->count_offset, &count, sizeof count);
}

static void plain_record(trial *t, const record *type, void *item);

/* What a field has to have so that the record can be read from text. */
static void plain_field(trial *t, const field *f, void *item)
{
    void *at = field_at(item, f);
    size_t count;
    const char *list;
    switch (f->kind) {
    case FIELD_TEXT:
    case FIELD_ID:
        *(const char **)at = "plain";
        break;
    case FIELD_CODE:
        *(const char **)at = example_code(f->of);
        break;
    case FIELD_WORD:
        *(int32_t *)at = ((const words *)f->of)->words[0].name ? 0 : 1;
        break;
    case FIELD_YEAR:
        *(int32_t *)at = 2019;
        break;
    case FIELD_MONTH:
        *(pilot_month *)at = month(2020, 1);
        break;
    case FIELD_DATE:
        *(pilot_date *)at = date(2020, 1, 15);
        break;
    case FIELD_STEP:
        *(pilot_step *)at = (pilot_step){PILOT_ANSWER_YES, date(2020, 1, 15)};
        break;
    case FIELD_CLAUSE:
        *(const pilot_clause **)at = pilot_clause_find(t->rule->info.clauses[0]);
        break;
    case FIELD_REF:
        list = list_of(t, f->of, &count);
        memcpy(at, &list, sizeof list);
        break;
    case FIELD_LIST:
        list = take(t, 1, ((const record *)f->of)->size);
        plain_record(t, f->of, (void *)(uintptr_t)list);
        set_list(item, f, list, 1);
        break;
    default:
        break;
    }
}

static void plain_record(trial *t, const record *type, void *item)
{
    for (size_t i = 0; i < type->field_count; i++)
        if (type->fields[i].required)
            plain_field(t, &type->fields[i], item);
}

/* Puts a plain record into each list that is not known. */
static void stock(trial *t, const record *type, void *item)
{
    for (size_t i = 0; i < type->field_count; i++) {
        const field *f = &type->fields[i];
        const record *of = f->of;
        char *list;
        size_t count;
        if (f->kind == FIELD_RECORD)
            stock(t, of, field_at(item, f));
        if (f->kind != FIELD_LIST)
            continue;
        memcpy(&list, field_in(item, f), sizeof list);
        if (!list)
            plain_field(t, f, item);
        memcpy(&list, field_in(item, f), sizeof list);
        memcpy(&count, (const char *)item + f->count_offset, sizeof count);
        for (size_t j = 0; j < count; j++)
            stock(t, of, list + j * of->size);
    }
}

static bool other_int(const field *f, void *at, size_t n)
{
    pilot_opt_int *known = at;
    int64_t *value = f->required ? (int64_t *)at : &known->value;
    const int64_t has = f->required || known->known ? *value : 100;
    const int64_t old = has > -1000000000000 && has < 1000000000000 ? has : 100;
    const int64_t others[] = {0, 1, 2, old - 1, old + 1, old / 2, old * 2, 1000000000, -1, INT64_MAX};
    if (!f->required)
        known->known = n < COUNT(others); /* the last is that it is not known */
    if (n < COUNT(others))
        *value = others[n];
    return n < COUNT(others) + !f->required;
}

static bool other_word(const field *f, int32_t *at, size_t n)
{
    const words *of = f->of;
    const bool none = !of->words[0].name && f->required; /* 0 is no word */
    *at = (int32_t)n + none;
    return *at < of->count;
}

static pilot_date other_day(const trial *t, pilot_date old, size_t n)
{
    const pilot_date others[] = {old - 1,           old + 1,          old - 40,
                                 old + 40,          old - 400,        old + 400,
                                 t->as_of,          t->as_of + 1,     t->as_of - 200,
                                 date(2019, 8, 15), date(2019, 1, 1), date(2019, 12, 15),
                                 date(2020, 1, 20)};
    return n < COUNT(others) ? others[n] : INT32_MAX;
}

static bool other_date(const trial *t, const field *f, void *at, size_t n)
{
    pilot_opt_date *known = at;
    const pilot_date old = f->required ? *(pilot_date *)at : known->known ? known->value : t->as_of;
    if (!f->required && n == 0) {
        *known = (pilot_opt_date){0, false};
        return true;
    }
    const pilot_date day = other_day(t, old, n - !f->required);
    if (f->required)
        *(pilot_date *)at = day;
    else
        *known = (pilot_opt_date){day, true};
    return day != INT32_MAX;
}

static bool other_step(const trial *t, pilot_step *step, size_t n)
{
    const pilot_date old = step->done == PILOT_ANSWER_YES ? step->date : t->as_of;
    if (n < 2) {
        *step = (pilot_step){n ? PILOT_ANSWER_NO : PILOT_ANSWER_UNKNOWN, 0};
        return true;
    }
    *step = (pilot_step){PILOT_ANSWER_YES, other_day(t, old, n - 2)};
    return step->date != INT32_MAX;
}

/* Of texts, those that other records have may be of use. */
static bool other_text(const trial *t, const field *f, const char **at, size_t n)
{
    const pilot_records *r = &t->city->records;
    const char *others[] = {
        "other",
        "cleaning",
        "comprehensive-3",
        "360103",
        "360102",
        r->menu_count ? r->menus[0].id : "m",
        r->menu_count && r->menus[0].service_count ? r->menus[0].services[0].id : "s",
        r->menu_count && r->menus[0].package_count ? r->menus[0].packages[0].id : "p"};
    if (n < COUNT(others))
        *at = others[n];
    else if (!f->required)
        *at = NULL;
    return n < COUNT(others) + !f->required;
}

/* One that the rule does not carry out, and those that it does. */
static bool other_clause(const trial *t, const pilot_clause **at, size_t n)
{
    const char *id = n && n <= PILOT_RULE_CLAUSES_MAX ? t->rule->info.clauses[n - 1] : NULL;
    *at = n ? pilot_clause_find(id) : pilot_clause_at(0);
    return *at;
}

static bool other_reference(const trial *t, const field *f, void *at, size_t n)
{
    size_t count;
    const record *of = f->of;
    const char *list = list_of(t, of, &count);
    const void *to = n < count ? list + n * of->size : NULL;
    memcpy(at, &to, sizeof to);
    return n < count + !f->required;
}

/* None known, none, one, the first two. */
static bool other_references(trial *t, const field *f, void *item, size_t n)
{
    size_t count;
    const record *of = f->of;
    const char *list = list_of(t, of, &count);
    const void **refs = take(t, 2, sizeof *refs);
    for (size_t i = 0; i < 2 && i < count; i++)
        refs[i] = list + (n < 3 ? count - 1 : i) * of->size;
    if (n < 4 && count)
        set_list(item, f, n ? refs : NULL, n < 2 ? 0 : n < 3 || count < 2 ? 1 : 2);
    return n < 4 && count;
}

/* Not known, empty, without the last: of those that nothing refers to. */
static bool other_list(const trial *t, const field *f, void *item, size_t n)
{
    const char *list;
    size_t count;
    memcpy(&list, field_in(item, f), sizeof list);
    memcpy(&count, (char *)item + f->count_offset, sizeof count);
    if (item == &t->city->records && f->of != &pilot_residential_area_record &&
        strcmp(f->key, "meetings") != 0 && strcmp(f->key, "evidence") != 0)
        return false;
    if (n == 0)
        set_list(item, f, NULL, 0);
    if (n == 1)
        set_list(item, f, list ? (const void *)list : "", 0);
    if (n == 2 && count)
        set_list(item, f, list, count - 1);
    return n < 3;
}

/* Gives the field its other value number n; false where there are no more. */
static bool other_value(trial *t, const field *f, void *item, size_t n)
{
    void *at = field_at(item, f);
    switch (f->kind) {
    case FIELD_TEXT:
    case FIELD_ID:
        return other_text(t, f, at, n);
    case FIELD_CODE:
        *(const char **)at = n ? example_code(f->of) : NULL;
        return n < 2;
    case FIELD_WORD:
        return other_word(f, at, n);
    case FIELD_ANSWER:
        *(int32_t *)at = (int32_t)n;
        return n < 3;
    case FIELD_COUNT:
    case FIELD_MONEY:
    case FIELD_PRICE:
    case FIELD_AREA:
        return other_int(f, at, n);
    case FIELD_YEAR:
        *(int32_t *)at = 2018 + (int32_t)n;
        return n < 6;
    case FIELD_MONTH:
        *(pilot_month *)at += (pilot_month[]){1, -1, 12, -12, 60}[n < 5 ? n : 0];
        return n < 5;
    case FIELD_DATE:
        return other_date(t, f, at, n);
    case FIELD_STEP:
        return other_step(t, at, n);
    case FIELD_CLAUSE:
        return other_clause(t, at, n);
    case FIELD_REF:
        return other_reference(t, f, at, n);
    case FIELD_REFS:
        return other_references(t, f, item, n);
    case FIELD_LIST:
        return other_list(t, f, item, n);
    case FIELD_SHARE:
        *(pilot_share *)at = n ? (pilot_share){1, 3} : (pilot_share){0, 0};
        return n < 2;
    case FIELD_RECORD:
        return false; /* its fields are changed */
    default:
        CHECK(false, "%s: no other value of this kind", f->key);
        return false;
    }
}

static void change_fields(trial *t, const record *type, void *item, const char *prefix);

static void change_items(trial *t, const field *f, void *item, const char *path)
{
    const record *of = f->of;
    char *list = field_at(item, f);
    size_t count = 1;
    if (f->kind == FIELD_LIST) {
        memcpy(&count, (char *)item + f->count_offset, sizeof count);
        memcpy(&list, field_at(item, f), sizeof list);
    }
    for (size_t i = 0; i < count; i++)
        change_fields(t, of, list + i * of->size, path);
}

static void change_fields(trial *t, const record *type, void *item, const char *prefix)
{
    char path[PATH_SIZE];
    void *whole = malloc(type->size);
    memcpy(whole, item, type->size);
    for (size_t i = 0; i < type->field_count; i++) {
        const field *f = &type->fields[i];
        join(path, prefix, f->key);
        for (size_t n = 0; other_value(t, f, item, n); n++) {
            look(t, path);
            memcpy(item, whole, type->size);
        }
        memcpy(item, whole, type->size);
        if (holds_records(f))
            change_items(t, f, item, path);
    }
    free(whole);
}

static void try_city(trial *t)
{
    relink(t);
    t->count = 0;
    each_subject(t, keep, t);
    change_fields(t, &pilot_city_record, &t->city->records, "");
}

/* A district, a community and an area more, to which references can be changed. */
static pilot_city *crowded(const pilot_city *city)
{
    static const char *const more[][2] = {{"districts", "{'id': 'other'}"},
                                          {"communities", "{'id': 'other', 'district': 'other'}"},
                                          {"areas", "{'id': 'other', 'communities': ['other']}"}};
    char *text;
    pilot_city *made = NULL;
    CHECK(pilot_city_write(city, PILOT_JSON_COMPACT, &text) == PILOT_OK, "no memory");
    cJSON *tree = cJSON_Parse(text);
    pilot_text_free(text);
    for (size_t i = 0; i < COUNT(more); i++)
        cJSON_AddItemToArray(cJSON_GetObjectItemCaseSensitive(tree, more[i][0]),
                             cJSON_Parse(quoted(more[i][1])));
    text = cJSON_PrintUnformatted(tree);
    cJSON_Delete(tree);
    CHECK(pilot_city_parse(text, strlen(text), &made, NULL) == PILOT_OK, "%s", text);
    cJSON_free(text);
    return made;
}

static trial trial_of(const cJSON *test, const char *name)
{
    trial t = {.name = name,
               .policy = rule_case_policy(test, name),
               .as_of = rule_case_day(test),
               .city = rule_case_city(test, name)};
    while (strcmp((t.rule = pilot_rule_number(t.number))->info.id, cases_text(test, "rule")) != 0)
        t.number++;
    return t;
}

/* More records, and something in each list. */
static void fill_up(trial *t)
{
    pilot_city *more = crowded(t->city);
    pilot_city_free(t->city);
    t->city = more;
    stock(t, &pilot_city_record, &more->records);
    relink(t);
}

static void end_trial(trial *t)
{
    pilot_arena_free(&t->links);
    pilot_arena_free(&t->added);
    pilot_city_free(t->city);
    pilot_policy_free(t->policy);
}

/* Where tests are thinned, so are the cases that change what is not read as well. */
static void try_case(const cJSON *test, const char *name)
{
    static int number;
    trial t = trial_of(test, name);
    t.reads_alone = number++ % stride();
    try_city(&t);
    fill_up(&t);
    try_city(&t);
    end_trial(&t);
}

/* No change of a field that is not among those a rule reads changes what it finds; and each of those it
 * reads does, somewhere. */
Test(reads, decide)
{
    list_paths(&pilot_city_record, "");
    each_rule_case(try_case);
    for (size_t i = 0; i < pilot_rule_count(); i++)
        for (const char *const *read = pilot_rule_at(i)->reads; *read; read++)
            cr_expect(decided_by(i, *read), "%s: no change of %s changes the finding",
                      pilot_rule_at(i)->id, *read);
}

/* The city's own records without those of its lists. */
static pilot_city *alone(trial *t, const pilot_city *city)
{
    pilot_city *made = take(t, 1, sizeof *made);
    made->records = city->records;
    made->records.district_count = made->records.community_count = made->records.area_count = 0;
    CHECK(pilot_links_make(&made->links, &t->added, &made->records), "no memory");
    return made;
}

static bool needs_city[RULES]; /* some finding is another without it */

static void ask_alone(const pilot_subject *s, void *context)
{
    trial *t = context;
    pilot_finding with, without;
    pilot_subject own = *s;
    own.city = t->rule->info.scope == PILOT_SCOPE_CITY ? alone(t, s->city) : NULL;
    pilot_rule_ask(t->rule, s, &with);
    pilot_rule_ask(t->rule, &own, &without);
    const bool differs = !same_finding(&with, &without);
    const bool later = t->rule->info.alone && with.due.value >= without.due.value;
    CHECK(!differs || later || pilot_rule_whole_city(&t->rule->info), "%s: needs the city", t->name);
    needs_city[t->number] = needs_city[t->number] || differs;
}

static void try_alone(const cJSON *test, const char *name)
{
    trial t = trial_of(test, name);
    each_subject(&t, ask_alone, &t);
    fill_up(&t);
    each_subject(&t, ask_alone, &t);
    end_trial(&t);
}

/* A rule that does not say that it needs the whole city finds the same without it, from the records that
 * its own lies in, or can be asked alone and is given an earlier day; one that does finds something else
 * somewhere. */
Test(reads, whole_city)
{
    each_rule_case(try_alone);
    for (size_t i = 0; i < pilot_rule_count(); i++)
        CHECK(needs_city[i] == (pilot_rule_whole_city(pilot_rule_at(i)) || pilot_rule_at(i)->alone),
              "%s", pilot_rule_at(i)->id);
    CHECK(!pilot_rule_whole_city(NULL), "no rule");
}

/* Every path is of a field, and none stands for another of the same rule. */
Test(reads, fields)
{
    list_paths(&pilot_city_record, "");
    for (size_t i = 0; i < pilot_rule_count(); i++) {
        const pilot_rule *of = pilot_rule_at(i);
        CHECK(of->reads && of->reads[0], "%s reads nothing", of->id);
        for (size_t a = 0; of->reads[a]; a++) {
            path_number(of->reads[a]);
            for (size_t b = 0; of->reads[b]; b++)
                CHECK(a == b || !within(of->reads[a], of->reads[b]), "%s: %s, %s", of->id, of->reads[a],
                      of->reads[b]);
        }
    }
}

/* Takes away what the rule does not read. */
static void prune(const pilot_rule *of, cJSON *object, const char *prefix)
{
    for (cJSON *item = object->child, *next; item; item = next) {
        char path[PATH_SIZE];
        next = item->next;
        if (cJSON_IsArray(object)) {
            prune(of, item, prefix);
            continue;
        }
        join(path, prefix, item->string);
        const bool records = cJSON_IsArray(item) && !*prefix; /* of which one is asked */
        if (!records && !among(of, path) && strcmp(item->string, "id") != 0)
            cJSON_Delete(cJSON_DetachItemViaPointer(object, item));
        else if (cJSON_IsObject(item) || cJSON_IsArray(item))
            prune(of, item, path);
    }
}

static cJSON *item_at(cJSON *object, const char *list, size_t index)
{
    return cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(object, list), (int)index);
}

static pilot_json_text printed(const cJSON *json)
{
    char *text = json ? cJSON_PrintUnformatted(json) : NULL;
    return (pilot_json_text){text, text ? strlen(text) : 0};
}

/* The subject's records as texts, the innermost without what it lies in. */
static pilot_rule_records texts_of(const pilot_subject *s, const rule *r, cJSON *tree)
{
    static const char *const lists[] = {"", "districts", "communities", "areas"};
    const pilot_scope scope = r->info.scope, own = pilot_own_scope(scope);
    const child_scope *child = pilot_child_scope(scope);
    cJSON *of[PILOT_SCOPE_AREA + 1] = {tree};
    size_t index;
    for (int i = PILOT_SCOPE_DISTRICT; i <= (int)own; i++)
        if (pilot_subject_record(s, (pilot_scope)i) && pilot_subject_index(s, (pilot_scope)i, &index))
            of[i] = item_at(tree, lists[i], index);
    cJSON *item = child && pilot_subject_index(s, scope, &index)
                      ? cJSON_DetachItemFromArray(cJSON_GetObjectItemCaseSensitive(of[own], child->key),
                                                  (int)index)
                      : NULL;
    pilot_rule_records t = {.record = printed(item ? item : of[own])};
    if (child && own == PILOT_SCOPE_AREA)
        t.area = printed(of[own]);
    if (own > PILOT_SCOPE_COMMUNITY || (child && own == PILOT_SCOPE_COMMUNITY))
        t.community = printed(of[PILOT_SCOPE_COMMUNITY]);
    if (own > PILOT_SCOPE_DISTRICT)
        t.district = printed(of[PILOT_SCOPE_DISTRICT]);
    cJSON_Delete(item);
    const bool without = !pilot_rule_whole_city(&r->info) && !r->info.alone;
    for (size_t i = 1; without && i < COUNT(lists); i++)
        cJSON_DeleteItemFromObjectCaseSensitive(tree, lists[i]);
    if (scope != PILOT_SCOPE_CITY)
        t.city = printed(tree);
    return t;
}

static void free_texts(const pilot_rule_records *t)
{
    const pilot_json_text texts[] = {t->record, t->area, t->community, t->district, t->city};
    for (size_t i = 0; i < COUNT(texts); i++)
        cJSON_free((void *)(uintptr_t)texts[i].text);
}

static void ask_by_text(const pilot_subject *s, void *context)
{
    trial *t = context;
    pilot_finding whole, one;
    pilot_report *report = NULL;
    pilot_city *city = NULL;
    pilot_error error = {.status = PILOT_OK};
    char *text;
    CHECK(pilot_city_write(t->city, PILOT_JSON_COMPACT, &text) == PILOT_OK, "no memory");
    cJSON *tree = cJSON_Parse(text);
    pilot_text_free(text);
    prune(&t->rule->info, tree, "");
    const pilot_rule_records records = texts_of(s, t->rule, tree);
    pilot_rule_ask(t->rule, s, &whole);
    pilot_status status =
        pilot_check_rule_text(t->policy, &t->rule->info, &records, t->as_of, &city, &one, &error);
    CHECK(status == PILOT_OK, "%s: %s: %s in %s", t->name, error.path, error.message,
          records.record.text);
    CHECK(same_finding(&whole, &one), "%s: %s of %s", t->name, pilot_outcome_name(one.outcome),
          records.record.text);
    CHECK(pilot_check(t->policy, city, t->as_of, &report, NULL) == PILOT_OK, "%s: the rest", t->name);
    pilot_report_free(report);
    pilot_city_free(city);
    free_texts(&records);
    cJSON_Delete(tree);
}

static void try_by_text(const cJSON *test, const char *name)
{
    trial t = trial_of(test, name);
    each_subject(&t, ask_by_text, &t);
    end_trial(&t);
}

/* A rule finds of the text of a record, which has no more than it reads, what it finds in the city; and
 * all other rules may be asked of what was made of that. */
Test(reads, one_record)
{
    each_rule_case(try_by_text);
}

static pilot_json_text text(const char *written)
{
    const char *json = quoted(written);
    return (pilot_json_text){json, strlen(json)};
}

static pilot_status one(const char *id, const pilot_rule_records *records, pilot_finding *f,
                        pilot_error *error)
{
    pilot_policy *policy = notice();
    pilot_city *city = NULL;
    mark(error, sizeof *error);
    pilot_status status =
        pilot_check_rule_text(policy, pilot_rule_find(id), records, date(2020, 2, 29), &city, f, error);
    pilot_city_free(city);
    pilot_policy_free(policy);
    return status;
}

/* What is wrong is told where it stands in the text that was given. */
Test(reads, one_record_refused)
{
    static const struct {
        const char *rule, *record, *name, *around;
        pilot_status status;
        const char *path;
        int32_t line, column;
    } rows[] = {
        {"office_area", "{'offices': [{},\n {'area_m2': '1.555'}]}", NULL, NULL, PILOT_ERROR_PRECISION,
         "/offices/1/area_m2", 2, 3},
        {"office_area", "{'offices': 5}", NULL, NULL, PILOT_ERROR_TYPE, "/offices", 1, 2},
        {"office_area", "[]", NULL, NULL, PILOT_ERROR_TYPE, "", 1, 1},
        {"office_area", "{'offices': [}", NULL, NULL, PILOT_ERROR_SYNTAX, "/offices/0", 1, 14},
        {"office_area", "{'offices': [{'area_m2': 0.00001}]}", NULL, NULL, PILOT_ERROR_PRECISION,
         "/offices/0/area_m2", 1, 15},
        {"office_area", "{'office': []}", NULL, NULL, PILOT_ERROR_UNKNOWN_KEY, "/office", 1, 2},
        {"office_route", "{'route': 'mine'}", NULL, NULL, PILOT_ERROR_FORMAT, "/route", 1, 2},
        {"office_route", "{'route': 'own'}", "community", "{'offices': 7}", PILOT_ERROR_TYPE,
         "/community/offices", 1, 2},
        {"office_route", "{'route': 'own'}", "district", "7", PILOT_ERROR_TYPE, "/district", 1, 1},
        {"office_route", "{'route': 'own'}", "district", "{'id'}", PILOT_ERROR_SYNTAX, "/district/id", 1,
         6},
        {"office_route", "{'route': 'own'}", "city", "{'communities': {}}", PILOT_ERROR_TYPE,
         "/city/communities", 1, 2},
        {"office_route", "{'route': 'own'}", "area", "{}", PILOT_ERROR_ARGUMENT, "/area", 0, 0},
        {"leading_group_posts", "{}", "city", "{}", PILOT_ERROR_ARGUMENT, "/city", 0, 0},
        {"district_in_scope", "{}", NULL, NULL, PILOT_ERROR_MISSING_KEY, "", 1, 1},
        {"reward_use", "{'uses': [{'source': 'reward'}]}", NULL, NULL, PILOT_ERROR_MISSING_KEY,
         "/uses/0", 1, 11},
        {"menu_quality", "{'menu': 'm'}", NULL, NULL, PILOT_ERROR_DANGLING_ID, "/menu", 1, 2},
        {"menu_quality", "{}", "city", "{'areas': [{'id': 'a', 'contracts': [{'menu': 'm'}]}]}",
         PILOT_ERROR_DANGLING_ID, "/city/areas/0/contracts/0/menu", 1, 39},
        {"price_marked", "{'first': '2020-01'}", "city",
         "{'menus': [{'services': [{}], 'packages': [{'items': [{}]}]}]}", PILOT_ERROR_DANGLING_ID,
         "/city/menus/0/packages/0/items/0/service", 1, 55},
        {"one_community", "{'communities': ['c', 'c']}", NULL, NULL, PILOT_ERROR_DUPLICATE_ID,
         "/communities/1", 1, 23},
        {"one_community", "{'communities': ['']}", NULL, NULL, PILOT_ERROR_DANGLING_ID, "/communities/0",
         1, 18},
        {"office_route", "{'route': 'own'}", "district",
         "{'evidence': [{'clause': '4.2-1', 'done': '2019-12-01'}]}", PILOT_ERROR_INCONSISTENT,
         "/district/evidence/0/clause", 1, 16},
        {"price_marked", "{'first': '2020-05', 'last': '2020-01'}", NULL, NULL, PILOT_ERROR_ORDER,
         "/last", 1, 22},
        {"charged_once", "{'charges': [{'dwelling': '1'}]}", NULL, NULL, PILOT_ERROR_MISSING_KEY,
         "/charges/0", 1, 14},
        {"charged_once", "{'charges': [{'dwelling': null}]}", NULL, NULL, PILOT_ERROR_MISSING_KEY,
         "/charges/0", 1, 14},
        {"one_area", "{}", NULL, NULL, PILOT_ERROR_MISSING_VALUE, "/city", 0, 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        pilot_rule_records r = {.record = text(rows[i].record)};
        const char *name = rows[i].name ? rows[i].name : "";
        pilot_json_text *around = !*name                           ? NULL
                                  : strcmp(name, "area") == 0      ? &r.area
                                  : strcmp(name, "community") == 0 ? &r.community
                                  : strcmp(name, "district") == 0  ? &r.district
                                                                   : &r.city;
        pilot_finding f;
        pilot_error error;
        mark(&f, sizeof f);
        if (around)
            *around = text(rows[i].around);
        pilot_status status = one(rows[i].rule, &r, &f, &error);
        CHECK(status == rows[i].status && error.status == status, "row %zu: %s: %s", i,
              pilot_status_name(status), error.message);
        CHECK(strcmp(error.path, rows[i].path) == 0, "row %zu: %s", i, error.path);
        cr_expect(error.line == rows[i].line && error.column == rows[i].column, "row %zu: %d, %d", i,
                  (int)error.line, (int)error.column);
        CHECK(strcmp(error.message_zh, pilot_status_text(status, PILOT_CHINESE)) != 0,
              "row %zu: no sentence of its own in Chinese", i);
        CHECK(marked(&f, sizeof f), "row %zu: a finding", i);
    }
}

Test(reads, what_a_rule_needs_of_a_city_is_told)
{
    const pilot_rule_records alone = {.record = text("{}")};
    pilot_finding f;
    pilot_error error;
    cr_assert_eq(one("one_area", &alone, &f, &error), PILOT_ERROR_MISSING_VALUE);
    cr_expect_not_null(strstr(error.message, "it reads complete, areas/communities"), "%s",
                       error.message);
    cr_expect_not_null(strstr(error.message_zh, "：complete, areas/communities"), "%s",
                       error.message_zh);
}

/* What a record says goes before what the city says of it; what it names need not be there. */
Test(reads, one_record_in_city)
{
    static const char *const city =
        "{'districts': [{'id': 'd'}], 'communities': [{'id': 'c', 'district': "
        "'d'}], 'areas': [{'id': 'a', 'communities': ['c']}, {'id': 'b'}]}";
    pilot_finding f;
    pilot_error error;
    pilot_rule_records r = {.record = text("{'id': 'c'}"), .city = text(city)};
    cr_assert_eq(one("one_area", &r, &f, &error), PILOT_OK, "%s", error.message);
    cr_assert_eq(f.outcome, PILOT_MET);
    r.record = text("{'id': 'b', 'communities': ['e', 'f']}");
    cr_assert_eq(one("one_community", &r, &f, &error), PILOT_OK, "%s: %s", error.path, error.message);
    cr_assert_eq(f.found.number, 2);
    r = (pilot_rule_records){.record = text("{'written': false, 'menu': 'm', 'provider': 'p'}")};
    cr_assert_eq(one("contract_terms", &r, &f, &error), PILOT_OK, "%s: %s", error.path, error.message);
    cr_assert_eq(f.outcome, PILOT_BREACH);
    cr_assert_eq(pilot_check_rule_text(NULL, NULL, &r, 0, NULL, &f, &error), PILOT_ERROR_ARGUMENT);
    pilot_policy *policy = notice();
    pilot_city *made = NULL;
    cr_assert_eq(pilot_check_rule_text(policy, pilot_rule_find("contract_terms"), &r, INT32_MAX, &made,
                                       &f, &error),
                 PILOT_ERROR_RANGE);
    cr_assert(!made && strcmp(error.path, "/as_of") == 0);
    pilot_policy_free(policy);
}

/* What a rule does not read need not be there, in no record of what is given. */
Test(reads, one_record_partial)
{
    static const struct {
        const char *rule, *record, *area, *community, *city;
        pilot_outcome outcome;
    } rows[] = {
        {"price_marked", "{'first': '2020-01', 'price_marked': true}", NULL, NULL, NULL, PILOT_MET},
        {"price_marked", "{'dwelling': null, 'first': '2020-01', 'price_marked': true}",
         "{'charges': [{'first': '2020-01', 'last': '2020-01', 'amount_yuan': '1'}]}", "{}", NULL,
         PILOT_MET},
        {"price_marked", "{'first': '2020-01', 'price_marked': true}",
         "{'contracts': [{'menu': 'm', 'selection': {'package': 'p', 'items': [{}]}}]}", NULL,
         "{'menus': [{'id': 'm', 'services': [{}], 'packages': [{}]}]}", PILOT_MET},
        {"office_area", "{'id': null, 'offices': []}", NULL, NULL, NULL, PILOT_BREACH},
        {"office_area", "{'offices': []}", NULL, NULL,
         "{'communities': [{}, {'id': 'c'}, {}], 'areas': [{}, {}, {'communities': ['c', 'd']}]}",
         PILOT_BREACH},
        /* The city's record has what the given one does not say. */
        {"office_area", "{'id': 'c', 'name': 'C'}", NULL, NULL,
         "{'communities': [{'id': 'b'}, {'id': 'c', 'offices': []}]}", PILOT_BREACH},
        {"office_area", "{'id': 'b', 'name': 'B'}", NULL, NULL,
         "{'communities': [{'id': 'b'}, {'id': 'c', 'offices': []}]}", PILOT_UNKNOWN},
        {"entry_before_assessment", "{'steps': {'entry': '2019-12-20'}}", NULL,
         "{'assessments': [{'result': 'passed', 'date': '2020-01-31'}]}", NULL, PILOT_MET},
        {"entry_before_assessment", "{'communities': ['c'], 'steps': {'entry': '2019-12-20'}}", NULL,
         "{'assessments': [{'result': 'passed', 'date': '2020-01-31'}]}", NULL, PILOT_MET},
        {"entry_before_assessment", "{'communities': ['c'], 'steps': {'entry': '2019-12-20'}}", NULL,
         "{'id': 'd', 'assessments': [{'result': 'passed', 'date': '2020-01-31'}]}", NULL,
         PILOT_UNKNOWN},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        pilot_rule_records r = {.record = text(rows[i].record)};
        pilot_finding f;
        pilot_error error;
        if (rows[i].area)
            r.area = text(rows[i].area);
        if (rows[i].community)
            r.community = text(rows[i].community);
        if (rows[i].city)
            r.city = text(rows[i].city);
        CHECK(one(rows[i].rule, &r, &f, &error) == PILOT_OK, "row %zu: %s: %s", i, error.path,
              error.message);
        cr_expect_eq(f.outcome, rows[i].outcome, "row %zu: %s", i, pilot_outcome_name(f.outcome));
    }
}
