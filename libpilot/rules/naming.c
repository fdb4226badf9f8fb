/* Titles for codes. A field is called by its row's name, or else what its row says up to the first
 * comma. */
#include "naming.h"

#include "city/city_internal.h"
#include "notice/clause_internal.h"

#include <string.h>

static const struct {
    const char *word;
    pilot_phrase title;
} states[] = {
    {"not_done", {"未完成", "not done"}},
    {"duty_moved", {"职责已下沉", "the duty transferred"}},
    {"money_moved", {"经费已划拨", "the money transferred"}},
};

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* Up to what only explains. */
static size_t short_length(const char *text, pilot_language language)
{
    const char *end = strstr(text, language == PILOT_CHINESE ? "，" : ",");
    if (!end && language == PILOT_ENGLISH)
        end = strpbrk(text, ";(");
    size_t length = end ? (size_t)(end - text) : strlen(text);
    while (length && text[length - 1] == ' ')
        length--;
    return length;
}

static void say_short(sentence *out, pilot_phrase name, pilot_language language)
{
    const char *text = pilot_phrase_in(name, language);
    pilot_say(out, "%.*s", (int)short_length(text, language), text);
}

void pilot_say_lacking(sentence *out, const pilot_word *word, pilot_language language)
{
    say_short(out, (pilot_phrase){word->zh, word->en}, language);
}

/* A field as its table has it, without an article. */
static void say_row(sentence *out, const field *f, pilot_language language)
{
    static const char *const articles[] = {"its ", "their ", "the "};
    const char *en = f->en;
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
        if (begins(en, articles[i])) {
            en += strlen(articles[i]);
            break;
        }
    say_short(out, (pilot_phrase){f->zh, en}, language);
}

static const pilot_phrase *name_of(const field *f)
{
    return f->name.zh ? &f->name : NULL;
}

/* Whether it is said as a question: 是否明码标价. */
static bool is_question(const field *f, pilot_language language)
{
    const pilot_phrase *name = name_of(f);
    if (!name)
        return f->kind == FIELD_ANSWER;
    return language == PILOT_CHINESE ? strstr(name->zh, "是否") != NULL : begins(name->en, "whether ");
}

void pilot_say_field(sentence *out, const field *f, pilot_language language)
{
    if (f->name.zh)
        pilot_say_phrase(out, f->name, language);
    else
        say_row(out, f, language);
}

static void say_name(sentence *out, const field *f, pilot_language language)
{
    static const pilot_phrase whether = {"是否", "whether "};
    const pilot_phrase *name = name_of(f);
    if (name) {
        pilot_say_phrase(out, *name, language);
        return;
    }
    if (f->kind == FIELD_ANSWER)
        pilot_say_phrase(out, whether, language);
    say_row(out, f, language);
}

/* Fields of a path, the last of which is what it names. */
typedef struct trail {
    struct {
        const record *type;
        const field *f;
    } at[4];
    size_t count;
} trail;

static bool has_fields(const field *f)
{
    return f->kind == FIELD_RECORD || f->kind == FIELD_LIST;
}

static const field *field_named(const record *type, const char *key, size_t length)
{
    for (size_t i = 0; i < type->field_count; i++)
        if (strlen(type->fields[i].key) == length && memcmp(type->fields[i].key, key, length) == 0)
            return &type->fields[i];
    return NULL;
}

static bool follow(const record *type, const char *path, trail *t)
{
    for (t->count = 0; t->count < sizeof t->at / sizeof *t->at; path++) {
        const size_t length = strcspn(path, "/");
        const field *f = field_named(type, path, length);
        if (!f)
            return false;
        t->at[t->count].type = type;
        t->at[t->count++].f = f;
        path += length;
        if (!*path)
            return true;
        if (!has_fields(f))
            return false;
        type = f->of;
    }
    return false;
}

/* In the rule's record, what that lies in, the city, and what lies in that. */
static bool find(pilot_scope of, const char *path, trail *t, pilot_scope *scope)
{
    const pilot_scope where[] = {of, pilot_own_scope(of), PILOT_SCOPE_CITY, PILOT_SCOPE_COMMUNITY,
                                 PILOT_SCOPE_AREA};
    for (size_t i = 0; i < sizeof where / sizeof *where; i++)
        if (follow(pilot_record_of(where[i]), path, t)) {
            *scope = where[i];
            return true;
        }
    return false;
}

/* The record of a list that the last field lies in, unless that begins as it does: 考核日期. Not of a
 * list of the city's, whose records have names. */
static const pilot_phrase *item_of(const trail *t, pilot_scope scope)
{
    const size_t last = t->count - 1;
    const pilot_phrase *name = name_of(t->at[last].f);
    for (size_t i = last; i-- > (scope == PILOT_SCOPE_CITY);) {
        const record *type = t->at[i].f->kind == FIELD_LIST ? t->at[i].f->of : NULL;
        if (type && type->name.zh)
            return begins(name ? name->zh : t->at[last].f->zh, type->name.zh) ? NULL : &type->name;
    }
    return NULL;
}

bool pilot_say_evidence(sentence *out, pilot_scope of, const char *path, pilot_language language,
                        evidence_of *found)
{
    static const pilot_phrase possessive = {"的", " of the "};
    trail t;
    if (!find(of, path, &t, &found->scope))
        return false;
    const size_t last = t.count - 1;
    const pilot_phrase *item = item_of(&t, found->scope);
    found->question = is_question(t.at[last].f, language);
    if (item && language == PILOT_CHINESE) {
        pilot_say_phrase(out, *item, language);
        if (!found->question)
            pilot_say_phrase(out, possessive, language);
    }
    say_name(out, t.at[last].f, language);
    if (found->question && language == PILOT_CHINESE)
        pilot_say_text(out, "的记录");
    if (item && language == PILOT_ENGLISH && !found->question) {
        pilot_say_phrase(out, possessive, language);
        pilot_say_phrase(out, *item, language);
    }
    return true;
}

bool pilot_say_record(sentence *out, const pilot_subject *s, pilot_scope scope)
{
    static const char *const lists[] = {[PILOT_SCOPE_DISTRICT] = "districts",
                                        [PILOT_SCOPE_COMMUNITY] = "communities",
                                        [PILOT_SCOPE_AREA] = "areas"};
    const child_scope *child = pilot_child_scope(scope);
    size_t index;
    if (scope == PILOT_SCOPE_CITY || !pilot_subject_index(s, scope, &index))
        return false;
    if (child) {
        (void)pilot_say_record(out, s, child->parent); /* which has an index if its record has */
        pilot_say(out, "/%s/%zu", child->key, index);
    } else {
        pilot_say(out, "/%s/%zu", lists[scope], index);
    }
    return true;
}

/* Whether nothing is there of the trail's field of that number and what lies in it. */
static bool lacks(const trail *t, size_t number, const void *item)
{
    const field *f = t->at[number].f;
    if (number + 1 == t->count || !pilot_field_known(f, item))
        return !pilot_field_known(f, item);
    if (f->kind == FIELD_RECORD)
        return lacks(t, number + 1, field_in(item, f));
    const char *items = field_pointer(item, f);
    const size_t size = ((const record *)f->of)->size;
    for (size_t i = 0; i < field_count(item, f); i++)
        if (lacks(t, number + 1, items + i * size))
            return true;
    return false;
}

/* Which of the list's records misses the rest: that of the id, or else the first, as that of a sum may
 * be any. */
static size_t lacking_in(const trail *t, size_t number, const void *item, const char *id)
{
    const field *f = t->at[number].f;
    const record *type = f->of;
    const bool by_id = id && type->fields[0].kind == FIELD_ID;
    for (size_t i = 0; i < field_count(item, f); i++) {
        const void *one = (const char *)field_pointer(item, f) + i * type->size;
        if (by_id ? strcmp(field_pointer(one, type->fields), id) == 0 : lacks(t, number + 1, one))
            return i;
    }
    return 0;
}

/* The trail's fields from the record's on: as far as there are lists with a record to write it in. */
static void say_trail(sentence *out, const trail *t, const void *item, const char *id)
{
    for (size_t i = 0; i < t->count; i++) {
        const field *f = t->at[i].f;
        const bool known = pilot_field_known(f, item);
        pilot_say(out, "/%s", f->key);
        if (f->kind == FIELD_RECORD) {
            item = field_in(item, f);
        } else if (f->kind == FIELD_LIST) {
            if (!known && strcmp(f->key, "evidence") != 0) /* an empty one may say all */
                return;
            if (!known || i + 1 == t->count || !field_count(item, f)) {
                pilot_say_text(out, "/-");
                return;
            }
            const size_t index = lacking_in(t, i, item, i ? NULL : id);
            pilot_say(out, "/%zu", index);
            item = (const char *)field_pointer(item, f) + index * ((const record *)f->of)->size;
        }
    }
}

void pilot_say_place(sentence *out, const pilot_finding *f)
{
    const pilot_rule *rule = pilot_rule_itself(f->rule);
    const pilot_records *r = f->subject.city ? pilot_city_records(f->subject.city) : NULL;
    pilot_scope scope;
    trail t;
    if (!rule || !r || !f->missing || !find(rule->scope, f->missing, &t, &scope))
        return;
    /* A list that every file has lacks nothing that could be told but by its being whole. */
    if (scope == PILOT_SCOPE_CITY && t.count == 1 && t.at[0].f->required &&
        r->complete != PILOT_ANSWER_YES) {
        pilot_say_text(out, "/complete");
        return;
    }
    if (scope != PILOT_SCOPE_CITY && !pilot_say_record(out, &f->subject, scope))
        return;
    say_trail(out, &t, scope == PILOT_SCOPE_CITY ? r : pilot_subject_record(&f->subject, scope),
              f->missing_of);
}

/* What has to be so where the answer is yes: 明码标价, "the price is clearly marked". */
static void say_answer(sentence *out, const field *f, pilot_language language)
{
    static const char whether[] = "whether ";
    const pilot_phrase *name = name_of(f);
    if (language == PILOT_ENGLISH && name && begins(name->en, whether))
        pilot_say_text(out, name->en + strlen(whether));
    else
        say_short(out, (pilot_phrase){f->zh, f->en}, language);
}

/* A text that a file or a caller gave, which may read like any code. */
static bool is_of_the_records(const pilot_subject *s, const char *word)
{
    const pilot_contract *c = s->contract;
    if (s->district && word == s->district->id)
        return true;
    if (!c)
        return false;
    for (size_t i = 0; c->selection.items && i < c->selection.item_count; i++)
        if (word == c->selection.items[i].service)
            return true;
    return word == c->selection.package || (c->menu && word == pilot_menu_prices(c->menu)->id);
}

static const char *title_in(const record *type, const char *word, pilot_language language)
{
    int32_t index;
    for (size_t i = 0; i < type->field_count; i++)
        if (type->fields[i].kind == FIELD_WORD &&
            pilot_word_find(type->fields[i].of, word, &index) == PILOT_OK)
            return pilot_word_title(type->fields[i].of, index, language);
    return NULL;
}

static bool find_answer(const pilot_finding *f, const char *word, trail *t)
{
    const pilot_rule *rule = pilot_rule_itself(f->rule);
    pilot_scope scope;
    return rule && find(rule->scope, word, t, &scope) && t->at[t->count - 1].f->kind == FIELD_ANSWER;
}

bool pilot_is_answer_key(const pilot_finding *f, const char *word)
{
    trail t;
    return !is_of_the_records(&f->subject, word) && find_answer(f, word, &t);
}

bool pilot_say_word(sentence *out, const pilot_finding *f, const char *word, pilot_language language)
{
    const pilot_rule *rule = pilot_rule_itself(f->rule);
    const char *title;
    int32_t actor;
    pilot_threshold_of threshold;
    trail t;
    if (is_of_the_records(&f->subject, word))
        return false;
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (strcmp(states[i].word, word) == 0) {
            pilot_say_phrase(out, states[i].title, language);
            return true;
        }
    if (pilot_word_find(&pilot_actor_words, word, &actor) == PILOT_OK) {
        if (language == PILOT_ENGLISH)
            pilot_say_text(out, "the ");
        pilot_say_text(out, pilot_word_title(&pilot_actor_words, actor, language));
        return true;
    }
    title = pilot_threshold_find(word, &threshold) == PILOT_OK
                ? pilot_threshold_title(threshold, language)
                : NULL;
    for (int own = 0; rule && !title && own < 2; own++)
        title =
            title_in(pilot_record_of(own ? pilot_own_scope(rule->scope) : rule->scope), word, language);
    if (title) {
        pilot_say_text(out, title);
        return true;
    }
    if (!find_answer(f, word, &t))
        return false;
    say_answer(out, t.at[t.count - 1].f, language);
    return true;
}

static bool ends(const char *text, const char *with)
{
    const size_t length = strlen(text), end = strlen(with);
    return length >= end && strcmp(text + length - end, with) == 0;
}

/* The place that a body is of, and the character or two that its name has in common with the body's. */
static const char *place_of(const pilot_finding *f, pilot_actor actor, const char **common)
{
    const pilot_rule *rule = pilot_rule_itself(f->rule);
    const pilot_subject *s = &f->subject;
    /* Of an area that is known to be of one community alone. */
    if (rule && pilot_own_scope(rule->scope) == PILOT_SCOPE_AREA && s->area &&
        s->area->community_count != 1)
        return NULL;
    switch (actor) {
    case PILOT_ACTOR_DISTRICT_GOVERNMENT:
    case PILOT_ACTOR_DISTRICT_LEADING_GROUP:
    case PILOT_ACTOR_DISTRICT_HOUSING:
    case PILOT_ACTOR_DISTRICT_FINANCE:
        *common = "区";
        return s->district ? s->district->name : NULL;
    case PILOT_ACTOR_WORKSTATION:
    case PILOT_ACTOR_RESIDENTS_COMMITTEE:
        *common = "社区";
        return s->community ? s->community->name : NULL;
    default:
        return NULL;
    }
}

void pilot_say_actor(sentence *out, const pilot_finding *f, pilot_actor actor, pilot_language language)
{
    const char *title = pilot_actor_title(actor, language), *common = "";
    const char *place = place_of(f, actor, &common);
    if (language == PILOT_CHINESE && place && ends(place, common)) {
        pilot_say_shown(out, place);
        title += strlen(common);
    }
    pilot_say_text(out, title);
    if (language == PILOT_ENGLISH && place) {
        pilot_say_text(out, " of ");
        pilot_say_shown(out, place);
    }
}
