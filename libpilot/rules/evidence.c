/* Where evidence may stand: in a record that its clause is asked of, and once. */
#include "subject.h"

#include "base/sentence.h"
#include "notice/clause_internal.h"

#include <stdio.h>
#include <string.h>

uint32_t pilot_clause_scopes(const char *clause)
{
    uint32_t scopes = 0;
    const pilot_rule *rule;
    for (size_t i = 0; (rule = pilot_rule_at(i)); i++)
        for (int j = 0; j < PILOT_RULE_CLAUSES_MAX && rule->clauses[j]; j++)
            if (strcmp(rule->clauses[j], clause) == 0)
                scopes |= UINT32_C(1) << pilot_own_scope(rule->scope);
    return scopes;
}

/* What is known of each clause so far, by its number in the catalogue. */
typedef struct evidence_check {
    struct {
        bool asked; /* scopes are there */
        uint32_t scopes;
        const pilot_evidence_list *list; /* in which it was seen last, and there as this item */
        size_t item;
    } of[PILOT_CLAUSES_MAX];
    problems *to;
} evidence_check;

/* A list of evidence, and the record that it stands in. */
typedef struct evidence_place {
    const pilot_evidence_list *list;
    pilot_scope scope;
    const record_place *at; /* an item of a list; NULL: the city */
} evidence_place;

static pilot_status told(const evidence_check *check, const evidence_place *p, size_t item,
                         pilot_status status)
{
    const record_place list = pilot_member(p->at, "evidence"), here = {&list, NULL, item},
                       clause = pilot_member(&here, "clause");
    return pilot_problem(check->to, &clause, status);
}

typedef struct evidence_path {
    char text[64];
} evidence_path;

static evidence_path path_of(const evidence_place *p, size_t item)
{
    evidence_path path;
    if (p->at)
        snprintf(path.text, sizeof path.text, "/%s/%zu/evidence/%zu", p->at->up->key, p->at->index,
                 item);
    else
        snprintf(path.text, sizeof path.text, "/evidence/%zu", item);
    return path;
}

typedef struct scope_names {
    char text[64];
} scope_names;

/* "district or area", 城区或居民区. */
static scope_names names_of(uint32_t scopes, pilot_language language)
{
    static const pilot_phrase between = {"或", " or "};
    scope_names names;
    sentence s = pilot_sentence_begin(names.text, sizeof names.text);
    for (int32_t scope = PILOT_SCOPE_CITY; scope <= PILOT_SCOPE_AREA; scope++, scopes >>= 1)
        if (scopes & 1) {
            if (s.length)
                pilot_say_phrase(&s, between, language);
            pilot_say_text(&s, pilot_word_title(&pilot_scope_words, scope, language));
        }
    (void)pilot_sentence_end(&s);
    return names;
}

static scope_names name_of(pilot_scope scope, pilot_language language)
{
    return names_of(UINT32_C(1) << scope, language);
}

static pilot_status misplaced(const evidence_check *check, const evidence_place *p, size_t item,
                              uint32_t scopes)
{
    const char *clause = p->list->items[item].clause->id;
    pilot_error *error = pilot_next_problem(check->to);
    if (scopes) {
        pilot_error_set(error, PILOT_ERROR_INCONSISTENT, clause,
                        "evidence for clause \"%s\" belongs to the %s: this %s is not asked for it",
                        clause, names_of(scopes, PILOT_ENGLISH).text,
                        name_of(p->scope, PILOT_ENGLISH).text);
        pilot_error_zh(error, "条款“%s”的证据属于%s：此处的%s不需提供", clause,
                       names_of(scopes, PILOT_CHINESE).text, name_of(p->scope, PILOT_CHINESE).text);
    } else {
        pilot_error_set(error, PILOT_ERROR_INCONSISTENT, clause,
                        "evidence for clause \"%s\" belongs nowhere: no record is asked for it; keys of "
                        "your own begin with \"x-\"",
                        clause);
        pilot_error_zh(error, "条款“%s”的证据无处可放：没有记录需要提供；自用的键应以“x-”开头", clause);
    }
    return told(check, p, item, PILOT_ERROR_INCONSISTENT);
}

static pilot_status repeated(const evidence_check *check, const evidence_place *p, size_t item,
                             size_t first)
{
    const char *clause = p->list->items[item].clause->id;
    pilot_error *error = pilot_next_problem(check->to);
    pilot_error_set(error, PILOT_ERROR_DUPLICATE_ID, clause,
                    "clause \"%s\" has evidence here already, at %s", clause, path_of(p, first).text);
    pilot_error_zh(error, "条款“%s”在此处已有证据，见%s", clause, path_of(p, first).text);
    return told(check, p, item, PILOT_ERROR_DUPLICATE_ID);
}

/* A caller's own clause, which may be gone when the city is asked. */
static pilot_status unknown_clause(const evidence_check *check, const evidence_place *p, size_t item)
{
    pilot_error *error = pilot_next_problem(check->to);
    pilot_error_set(error, PILOT_ERROR_NOT_FOUND, NULL,
                    "it is none of the notice's clauses, which pilot_clause_find gives");
    pilot_error_zh(error, "不是通知的条款：条款由pilot_clause_find给出");
    return told(check, p, item, PILOT_ERROR_NOT_FOUND);
}

static pilot_status check_item(evidence_check *check, const evidence_place *p, size_t item)
{
    const pilot_clause *clause = p->list->items[item].clause, *first = pilot_clause_at(0);
    size_t number;
    if (!clause) /* a problem that has been told */
        return PILOT_OK;
    if (!pilot_element_of(first, pilot_clause_count(), sizeof *first, clause, &number))
        return unknown_clause(check, p, item);
    if (!check->of[number].asked)
        check->of[number].scopes = pilot_clause_scopes(clause->id);
    check->of[number].asked = true;
    if (!(check->of[number].scopes & UINT32_C(1) << p->scope))
        return misplaced(check, p, item, check->of[number].scopes);
    if (check->of[number].list == p->list)
        return repeated(check, p, item, check->of[number].item);
    check->of[number].list = p->list;
    check->of[number].item = item;
    return PILOT_OK;
}

static pilot_status check_list(evidence_check *check, const evidence_place *p)
{
    for (size_t i = 0; i < pilot_listed(p->list->items, p->list->count); i++) {
        pilot_status status = check_item(check, p, i);
        if (pilot_ends(check->to, status))
            return status;
    }
    return PILOT_OK;
}

static const pilot_evidence_list *list_in(pilot_scope scope, const void *item)
{
    static const size_t offsets[] = {[PILOT_SCOPE_CITY] = offsetof(pilot_records, evidence),
                                     [PILOT_SCOPE_DISTRICT] = offsetof(pilot_district, evidence),
                                     [PILOT_SCOPE_COMMUNITY] = offsetof(pilot_community, evidence),
                                     [PILOT_SCOPE_AREA] = offsetof(pilot_residential_area, evidence)};
    return (const void *)((const char *)item + offsets[scope]);
}

/* Of each of a list's records. */
static pilot_status check_records(evidence_check *check, pilot_scope scope, const char *items,
                                  size_t count)
{
    const record *type = pilot_record_of(scope);
    const record_place list = pilot_member(NULL, type->key);
    record_place here = {&list, NULL, 0};
    for (; items && here.index < count; here.index++) {
        const evidence_place place = {list_in(scope, items + here.index * type->size), scope, &here};
        pilot_status status = check_list(check, &place);
        if (pilot_ends(check->to, status))
            return status;
    }
    return PILOT_OK;
}

pilot_status pilot_evidence_check(const pilot_records *r, problems *to)
{
    evidence_check check = {.to = to};
    pilot_status status = check_list(&check, &(evidence_place){&r->evidence, PILOT_SCOPE_CITY, NULL});
    if (!pilot_ends(to, status))
        status =
            check_records(&check, PILOT_SCOPE_DISTRICT, (const char *)r->districts, r->district_count);
    if (!pilot_ends(to, status))
        status = check_records(&check, PILOT_SCOPE_COMMUNITY, (const char *)r->communities,
                               r->community_count);
    if (!pilot_ends(to, status))
        status = check_records(&check, PILOT_SCOPE_AREA, (const char *)r->areas, r->area_count);
    return status;
}

pilot_status pilot_evidence_check_in(pilot_scope scope, const void *item, pilot_error *error)
{
    problems first = pilot_first_problem(error);
    evidence_check check = {.to = &first};
    return scope == PILOT_SCOPE_CITY
               ? pilot_evidence_check(item, &first)
               : check_list(&check, &(evidence_place){list_in(scope, item), scope, NULL});
}
