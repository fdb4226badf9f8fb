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
    pilot_error *error;
} evidence_check;

/* A list of evidence and its path. */
typedef struct evidence_place {
    const pilot_evidence_list *list;
    pilot_scope scope;
    const char *records; /* key of the list that its record is in; NULL: the city's own */
    size_t index;
} evidence_place;

typedef struct evidence_path {
    char text[64];
} evidence_path;

static evidence_path path_of(const evidence_place *p, size_t item)
{
    evidence_path path;
    if (p->records)
        snprintf(path.text, sizeof path.text, "/%s/%zu/evidence/%zu", p->records, p->index, item);
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
            pilot_say(&s, "%s", pilot_word_title(&pilot_scope_words, scope, language));
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
    if (scopes) {
        pilot_error_set(check->error, PILOT_ERROR_INCONSISTENT, clause,
                        "evidence for clause \"%s\" belongs to the %s: this %s is not asked for it",
                        clause, names_of(scopes, PILOT_ENGLISH).text,
                        name_of(p->scope, PILOT_ENGLISH).text);
        pilot_error_zh(check->error, "条款“%s”的证据属于%s：此处的%s不需提供", clause,
                       names_of(scopes, PILOT_CHINESE).text, name_of(p->scope, PILOT_CHINESE).text);
    } else {
        pilot_error_set(check->error, PILOT_ERROR_INCONSISTENT, clause,
                        "evidence for clause \"%s\" belongs nowhere: no record is asked for it; keys of "
                        "your own begin with \"x-\"",
                        clause);
        pilot_error_zh(check->error, "条款“%s”的证据无处可放：没有记录需要提供；自用的键应以“x-”开头",
                       clause);
    }
    pilot_error_place(check->error, "%s/clause", path_of(p, item).text);
    return PILOT_ERROR_INCONSISTENT;
}

static pilot_status repeated(const evidence_check *check, const evidence_place *p, size_t item,
                             size_t first)
{
    const char *clause = p->list->items[item].clause->id;
    pilot_error_set(check->error, PILOT_ERROR_DUPLICATE_ID, clause,
                    "clause \"%s\" has evidence here already, at %s", clause, path_of(p, first).text);
    pilot_error_zh(check->error, "条款“%s”在此处已有证据，见%s", clause, path_of(p, first).text);
    pilot_error_place(check->error, "%s/clause", path_of(p, item).text);
    return PILOT_ERROR_DUPLICATE_ID;
}

/* The record would point at what is the caller's, and not at the catalogue. */
static pilot_status foreign(const evidence_check *check, const evidence_place *p, size_t item)
{
    pilot_error_set(check->error, PILOT_ERROR_NOT_FOUND, NULL,
                    "it is no clause of the catalogue, which pilot_clause_find gives");
    pilot_error_zh(check->error, "所指的不是条款目录中的条款，目录中的由pilot_clause_find给出");
    pilot_error_place(check->error, "%s/clause", path_of(p, item).text);
    return PILOT_ERROR_NOT_FOUND;
}

static pilot_status check_list(evidence_check *check, const evidence_place *p)
{
    for (size_t i = 0; i < p->list->count; i++) {
        const pilot_clause *clause = p->list->items[i].clause;
        size_t number;
        if (!clause)
            continue; /* not known */
        if (!pilot_element_of(pilot_clause_at(0), pilot_clause_count(), sizeof *clause, clause, &number))
            return foreign(check, p, i);
        if (!check->of[number].asked)
            check->of[number].scopes = pilot_clause_scopes(clause->id);
        check->of[number].asked = true;
        if (!(check->of[number].scopes & UINT32_C(1) << p->scope))
            return misplaced(check, p, i, check->of[number].scopes);
        if (check->of[number].list == p->list)
            return repeated(check, p, i, check->of[number].item);
        check->of[number].list = p->list;
        check->of[number].item = i;
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

static pilot_status check_records(evidence_check *check, pilot_scope scope, const void *items,
                                  size_t count)
{
    const record *type = pilot_record_of(scope);
    pilot_status status = PILOT_OK;
    for (size_t i = 0; status == PILOT_OK && i < count; i++)
        status =
            check_list(check, &(evidence_place){list_in(scope, (const char *)items + i * type->size),
                                                scope, type->key, i});
    return status;
}

pilot_status pilot_evidence_check(const pilot_records *r, pilot_error *error)
{
    evidence_check check = {.error = error};
    pilot_status status = check_list(&check, &(evidence_place){&r->evidence, PILOT_SCOPE_CITY, NULL, 0});
    if (status == PILOT_OK)
        status = check_records(&check, PILOT_SCOPE_DISTRICT, r->districts, r->district_count);
    if (status == PILOT_OK)
        status = check_records(&check, PILOT_SCOPE_COMMUNITY, r->communities, r->community_count);
    if (status == PILOT_OK)
        status = check_records(&check, PILOT_SCOPE_AREA, r->areas, r->area_count);
    return status;
}

pilot_status pilot_evidence_check_in(pilot_scope scope, const void *item, pilot_error *error)
{
    evidence_check check = {.error = error};
    return scope == PILOT_SCOPE_CITY
               ? pilot_evidence_check(item, error)
               : check_list(&check, &(evidence_place){list_in(scope, item), scope, NULL, 0});
}
