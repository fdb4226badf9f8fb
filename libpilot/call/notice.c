/* The notice: its clauses, rules, readings, duties and policies, and the words for them. */
#include "call.h"

#include "city/city_internal.h"
#include "duty/duty_internal.h"
#include "market/menu_internal.h"
#include "money/account_internal.h"
#include "money/reward_internal.h"
#include "notice/clause_internal.h"
#include "notice/policy_internal.h"
#include "pilot/code.h"
#include "rules/subject.h"
#include "table/problems.h"
#include "table/sheets.h"
#include "vote/vote_internal.h"

static const field plain_fields[] = {CALL};
static const record plain_request = REQUEST(plain_fields);

static pilot_answer answer_of(bool yes)
{
    return yes ? PILOT_ANSWER_YES : PILOT_ANSWER_NO;
}

#define CLAUSE_OR_SECTION                                                                               \
    OPTIONAL(call_request, clause, "clause", TEXT, NULL, "条款编号，或章节（含以下各级）",              \
             "id of a clause, or a section with those below it: \"4.4\"")

static const field clauses_fields[] = {CALL, CLAUSE_OR_SECTION};
static const record clauses_request = REQUEST(clauses_fields);

typedef struct clause_document {
    pilot_clause clause;
    int32_t class_number;
    pilot_answer soft;
    const char *const *carriers;
    size_t carrier_count;
} clause_document;

static const field clause_fields[] = {
    REQUIRED(clause_document, clause.id, "id", ID, NULL, "条款编号", "id of the clause"),
    REQUIRED(clause_document, clause.section, "section", TEXT, NULL, "所在章节", "its section"),
    REQUIRED(clause_document, clause.ref, "ref", TEXT, NULL, "在方案中的位置",
             "where the notice has it"),
    REQUIRED(clause_document, clause.kinds, "kinds", WORDS, NULL, "条款性质", "what it does",
             .of = &pilot_kind_words),
    REQUIRED(clause_document, class_number, "class", WORD, NULL, "判定所需",
             "what it takes to decide it", .of = &pilot_clause_class_words),
    REQUIRED(clause_document, soft, "soft", ANSWER, NULL, "软性条款，不会判为不符合", "never a breach"),
    OPTIONAL(clause_document, clause.actors, "actors", WORDS, NULL, "所涉单位", "whom it names",
             .of = &pilot_actor_words),
    REQUIRED(clause_document, clause.zh, "zh", TEXT, NULL, "内容，中文", "what it says, in Chinese"),
    REQUIRED(clause_document, clause.en, "en", TEXT, NULL, "内容，英文", "what it says, in English"),
    SEVERAL(clause_document, carriers, carrier_count, "carried_out_by", TEXTS, NULL,
            "程序库中由何者落实", "what in the library carries it out"),
};
static const record clause_record =
    RECORD("clauses", clause_document, clause_fields, "方案的一条", "a clause of the notice");
LISTED(clauses, "clauses", clause_record, "方案各条，按原文顺序", "clauses, in the order of the notice");

#define CARRIER_SIZE 160
static bool find_carriers(calling *c, clause_document *d)
{
    char text[CARRIER_SIZE];
    size_t count = 0;
    while (pilot_clause_binding(d->clause.id, count, text, sizeof text) == PILOT_OK)
        count++;
    const char **carriers = pilot_arena_take(&c->memory, count, sizeof *carriers);
    for (; carriers && d->carrier_count < count; d->carrier_count++) {
        (void)pilot_clause_binding(d->clause.id, d->carrier_count, text, sizeof text);
        carriers[d->carrier_count] = pilot_arena_copy(&c->memory, text);
        if (!carriers[d->carrier_count])
            return false;
    }
    d->carriers = carriers;
    return carriers != NULL;
}

/* Nothing has that name, which is told. */
static bool no_clause(calling *c, size_t found)
{
    if (found || !c->request.clause)
        return false;
    (void)pilot_call_not_found(c, "clause", c->request.clause, "方案没有这一条款或章节",
                               "the notice has no such clause or section");
    return true;
}

static pilot_status clauses(calling *c, char **text)
{
    const char *asked = c->request.clause;
    const pilot_clause *one = asked ? pilot_clause_find(asked) : NULL;
    const pilot_clause_filter filter = {.section = asked};
    clause_document *items = pilot_arena_take(&c->memory, pilot_clause_count(), sizeof *items);
    listed all = {items, 0};
    if (!items)
        return pilot_no_memory(&c->to);
    for (const pilot_clause *at = one ? one : pilot_clause_next(NULL, &filter); at;
         at = one ? NULL : pilot_clause_next(at, &filter)) {
        clause_document *d = &items[all.count++];
        *d = (clause_document){.clause = *at,
                               .class_number = pilot_bit_number((uint32_t)at->clause_class),
                               .soft = answer_of(at->soft)};
        if (!find_carriers(c, d))
            return pilot_no_memory(&c->to);
    }
    return no_clause(c, all.count) ? PILOT_ERROR_NOT_FOUND
                                   : pilot_call_give(c, &clauses_list, &all, text);
}

static const field rules_fields[] = {
    CALL, CLAUSE_OR_SECTION,
    OPTIONAL(call_request, rule, "rule", TEXT, NULL, "规则编号", "id of the rule")};
static const record rules_request = REQUEST(rules_fields);

typedef struct rule_document {
    pilot_rule rule;
    const char *const *clauses;
    size_t clause_count;
    const char *part;
    pilot_answer soft, whole_city;
    uint32_t outcomes;
    size_t read_count;
} rule_document;

static const field rule_fields[] = {
    REQUIRED(rule_document, rule.id, "id", ID, NULL, "规则编号", "id of the rule"),
    SEVERAL(rule_document, clauses, clause_count, "clauses", TEXTS, NULL, "依据条款，首条为所引",
            "clauses that it carries out; a finding cites the first"),
    REQUIRED(rule_document, part, "part", TEXT, NULL, "所属部分",
             "part of the notice, which names its file"),
    REQUIRED(rule_document, rule.scope, "scope", WORD, NULL, "检查对象类别", "what it is asked of",
             .of = &pilot_scope_words),
    REQUIRED(rule_document, soft, "soft", ANSWER, NULL, "软性，不会判为不符合", "never a breach"),
    OPTIONAL(rule_document, rule.due, "waits_for", WORD, NULL, "等待的期限",
             "the day until which it is pending", .of = &pilot_due_words),
    REQUIRED(rule_document, outcomes, "outcomes", WORDS, NULL, "可能的结论", "what it can find",
             .of = &pilot_outcome_words),
    OPTIONAL(rule_document, rule.readings, "readings", SET, NULL, "可能影响它的争议读法",
             "disputed readings that it may depend on", .of = &pilot_readings_record),
    OPTIONAL(rule_document, rule.actors, "actors", WORDS, NULL, "可整改的单位，不填为条款所涉",
             "who can put it right; left out: those of the clause", .of = &pilot_actor_words),
    OPTIONAL(rule_document, rule.law, "law", TEXT, NULL, "依据的其他法规",
             "where it is written, if not in the notice"),
    SEVERAL(rule_document, rule.reads, read_count, "reads", TEXTS, NULL, "决定结论的字段",
            "the fields that decide it, as paths of keys in the city file"),
    REQUIRED(rule_document, whole_city, "whole_city", ANSWER, NULL, "须看全市的记录",
             "whether it needs the whole city"),
    REQUIRED(rule_document, rule.zh, "zh", TEXT, NULL, "要求，中文", "what has to be so, in Chinese"),
    REQUIRED(rule_document, rule.en, "en", TEXT, NULL, "要求，英文", "what has to be so, in English"),
};
static const record rule_record = RECORD("rules", rule_document, rule_fields, "一条规则", "a rule");
LISTED(rules, "rules", rule_record, "规则，按方案顺序", "rules, in the order of the notice");

/* An id, or the section that it is in: "4.4" takes "4.4-1" and "4.4.1-8". */
static bool is_within(const char *id, const char *section)
{
    const size_t length = strlen(section);
    return strncmp(id, section, length) == 0 && strchr("-.", id[length]);
}

static bool carries_out(const pilot_rule *rule, const char *clause)
{
    for (int i = 0; i < PILOT_RULE_CLAUSES_MAX && rule->clauses[i]; i++)
        if (is_within(rule->clauses[i], clause))
            return true;
    return false;
}

static rule_document rule_document_of(const pilot_rule *rule)
{
    rule_document d = {.rule = *rule,
                       .clauses = rule->clauses,
                       .part = pilot_rule_part(rule),
                       .soft = answer_of(rule->soft),
                       .whole_city = answer_of(pilot_rule_whole_city(rule)),
                       .outcomes = pilot_rule_outcomes(rule)};
    while (d.clause_count < PILOT_RULE_CLAUSES_MAX && rule->clauses[d.clause_count])
        d.clause_count++;
    while (rule->reads[d.read_count])
        d.read_count++;
    return d;
}

static pilot_status rules(calling *c, char **text)
{
    const call_request *r = &c->request;
    rule_document *items = pilot_arena_take(&c->memory, pilot_rule_count(), sizeof *items);
    listed all = {items, 0};
    if (!items)
        return pilot_no_memory(&c->to);
    if (r->rule && !pilot_rule_find(r->rule))
        return pilot_call_not_found(c, "rule", r->rule, "没有这条规则", "there is no such rule");
    for (size_t i = 0; i < pilot_rule_count(); i++) {
        const pilot_rule *rule = pilot_rule_at(i);
        if ((!r->rule || strcmp(rule->id, r->rule) == 0) && (!r->clause || carries_out(rule, r->clause)))
            items[all.count++] = rule_document_of(rule);
    }
    return pilot_call_give(c, &rules_list, &all, text);
}

static const field option_fields[] = {
    REQUIRED(pilot_word, name, "name", TEXT, NULL, "名称", "its name"),
    REQUIRED(pilot_word, zh, "zh", TEXT, NULL, "中文", "in Chinese"),
    REQUIRED(pilot_word, en, "en", TEXT, NULL, "英文", "in English"),
};
static const record option_record =
    RECORD("options", pilot_word, option_fields, "一个选项", "a word, with what people call it");

typedef struct reading_document {
    pilot_reading_info info;
    size_t option_count;
} reading_document;
#define READING(member, key, zh, en) REQUIRED(reading_document, info.member, key, TEXT, NULL, zh, en)
static const field reading_fields[] = {
    REQUIRED(reading_document, info.name, "id", ID, NULL, "开关名称", "name of the switch"),
    READING(register_id, "register", "歧义编号", "its number in the register of ambiguities"),
    READING(clause, "clause", "有歧义的条款", "the clause that can be read in more than one way"),
    SEVERAL(reading_document, info.options, option_count, "options", LIST, NULL, "各读法，首个为默认",
            "the first is the default", .of = &option_record),
    READING(title_zh, "title_zh", "所涉事项，中文", "what it is about, in Chinese"),
    READING(title_en, "title_en", "所涉事项，英文", "what it is about, in English"),
    READING(question_zh, "question_zh", "问题，中文", "the question, in Chinese"),
    READING(question_en, "question_en", "问题，英文", "the question, in English"),
    READING(reason_zh, "reason_zh", "默认的理由，中文", "why the default, in Chinese"),
    READING(reason_en, "reason_en", "默认的理由，英文", "why the default, in English"),
};
static const record reading_record =
    RECORD("readings", reading_document, reading_fields, "一处争议读法", "a disputed reading");
LISTED(readings, "readings", reading_record, "全部争议读法", "all disputed readings");

static pilot_status readings(calling *c, char **text)
{
    reading_document items[PILOT_READING_COUNT];
    const listed all = {items, PILOT_READING_COUNT};
    for (int i = 0; i < PILOT_READING_COUNT; i++) {
        (void)pilot_reading_at((pilot_reading)i, &items[i].info);
        items[i].option_count = (size_t)items[i].info.option_count;
    }
    return pilot_call_give(c, &readings_list, &all, text);
}

#define FILTER(key, of_words, zh, en)                                                                   \
    OPTIONAL(call_request, key, #key, WORD, NULL, zh, en, .of = &(of_words))
static const field duties_fields[] = {
    CALL,
    POLICY,
    FILTER(matter, pilot_duty_matter_words, "事项", "the matter"),
    FILTER(role, pilot_role_words, "职责方式", "what the body has to do with it"),
    FILTER(actor, pilot_actor_words, "单位", "the body"),
    FILTER(side, pilot_side_words, "门内或门外", "the side of the gate"),
    FILTER(place, pilot_place_words, "场所", "the place"),
    FILTER(layout, pilot_layout_words, "封闭或开放", "the layout of the area"),
    CLAUSE_OR_SECTION,
};
static const record duties_request = REQUEST(duties_fields);

typedef struct duty_document {
    int32_t row;
    pilot_duty duty;
    const char *matters[PILOT_DUTY_MATTER_COUNT];
    const char *const *matter;
    size_t matter_count;
    pilot_opt_date due;
} duty_document;
static const field duty_fields[] = {
    REQUIRED(duty_document, row, "row", NUMBER, NULL, "方案顺序中的序号，从0起",
             "its number in the order of the notice, from 0"),
    REQUIRED(duty_document, duty.clause, "clause", TEXT, NULL, "依据条款", "id of the clause"),
    SEVERAL(duty_document, matter, matter_count, "matters", TEXTS, NULL, "事项", "what it is about",
            .of = &pilot_duty_matter_words),
    REQUIRED(duty_document, duty.role, "role", WORD, NULL, "职责方式", "what the body has to do with it",
             .of = &pilot_role_words),
    REQUIRED(duty_document, duty.actor, "actor", WORD, NULL, "单位", "the body",
             .of = &pilot_actor_words),
    OPTIONAL(duty_document, duty.side, "side", WORD, NULL, "门内或门外，不填为两者",
             "the side of the gate; left out: both", .of = &pilot_side_words),
    OPTIONAL(duty_document, duty.place, "place", WORD, NULL, "限于该场所", "of this place alone",
             .of = &pilot_place_words),
    OPTIONAL(duty_document, duty.layout, "layout", WORD, NULL, "限于该布局", "of this layout alone",
             .of = &pilot_layout_words),
    OPTIONAL(duty_document, duty.order, "order", NUMBER, NULL, "同类职责中的次序",
             "rank among those of one role in one matter on one side, from 1"),
    OPTIONAL(duty_document, duty.leads_on, "leads_on", WORD, NULL, "在该场所居先",
             "the place where it goes before all of them", .of = &pilot_place_words),
    OPTIONAL(duty_document, due, "due", DATE, NULL, "截止日期", "the last day for it"),
    REQUIRED(duty_document, duty.zh, "zh", TEXT, NULL, "内容，中文",
             "what it does or may do, in Chinese"),
    REQUIRED(duty_document, duty.en, "en", TEXT, NULL, "内容，英文",
             "what it does or may do, in English"),
};
static const record duty_record = RECORD("duties", duty_document, duty_fields, "一项职责", "a duty");
LISTED(duties, "duties", duty_record, "职责", "duties, powers and rights");

static pilot_duty_filter duty_filter(const call_request *r)
{
    return (pilot_duty_filter){.matter = (pilot_duty_matter)r->matter,
                               .role = (pilot_role)r->role,
                               .actor = (pilot_actor)r->actor,
                               .side = (pilot_side)r->side,
                               .place = (pilot_place)r->place,
                               .layout = (pilot_layout)r->layout,
                               .clause = r->clause};
}

static pilot_status give_duties(calling *c, const pilot_duty *const *duties, size_t count, char **text)
{
    const pilot_policy *policy = pilot_call_policy(c);
    duty_document *items = pilot_arena_take(&c->memory, count, sizeof *items);
    const listed all = {items, count};
    if (!policy || !items)
        return pilot_no_memory(&c->to);
    for (size_t i = 0; i < count; i++) {
        duty_document *d = &items[i];
        d->row = (int32_t)(duties[i] - pilot_duty_at(0));
        d->duty = *duties[i];
        d->matter = d->matters;
        for (int32_t m = 1; m < PILOT_DUTY_MATTER_COUNT; m++)
            if (d->duty.matters & PILOT_DUTY_BIT(m))
                d->matters[d->matter_count++] = pilot_duty_matter_name((pilot_duty_matter)m);
        (void)pilot_duty_due(policy, duties[i], &d->due);
    }
    return pilot_call_give(c, &duties_list, &all, text);
}

static const pilot_duty **room_for_duties(calling *c)
{
    const pilot_duty **room = pilot_arena_take(&c->memory, pilot_duty_count(), sizeof *room);
    if (!room)
        (void)pilot_no_memory(&c->to);
    return room;
}

static pilot_status duties(calling *c, char **text)
{
    const pilot_duty_filter filter = duty_filter(&c->request);
    const pilot_duty **found = room_for_duties(c);
    size_t count = 0;
    if (!found)
        return PILOT_ERROR_MEMORY;
    for (const pilot_duty *d = NULL; (d = pilot_duty_next(d, &filter));)
        found[count++] = d;
    return give_duties(c, found, count, text);
}

static pilot_status responsible(calling *c, char **text)
{
    const pilot_duty_filter filter = duty_filter(&c->request);
    const pilot_duty **found = room_for_duties(c);
    size_t count;
    pilot_error error;
    if (!found)
        return PILOT_ERROR_MEMORY;
    const pilot_status status = pilot_responsible(&filter, found, pilot_duty_count(), &count, &error);
    return status == PILOT_OK ? give_duties(c, found, count, text)
                              : pilot_call_refused(c, status, &error, "");
}

static const field policy_fields[] = {CALL, POLICY};
static const record policy_request = REQUEST(policy_fields);

static pilot_status policy(calling *c, char **text)
{
    const pilot_policy *whole = pilot_call_policy(c);
    return whole ? pilot_policy_write(whole, PILOT_JSON_COMPACT, text) : PILOT_ERROR_MEMORY;
}

static const field diff_fields[] = {
    CALL,
    DOCUMENT(from, "from", PILOT_SCHEMA_REFORM, true, "改动前的政策", "the policy before"),
    DOCUMENT(to, "to", PILOT_SCHEMA_REFORM, true, "改动后的政策", "the policy after"),
};
static const record diff_request = REQUEST(diff_fields);

static pilot_status diff(calling *c, char **text)
{
    return pilot_policy_diff(c->request.from.made, c->request.to.made, PILOT_JSON_COMPACT, text);
}

typedef struct fingerprint_document {
    const char *policy;
    uint64_t whole, award;
} fingerprint_document;
static const field fingerprint_fields[] = {
    REQUIRED(fingerprint_document, policy, "policy", TEXT, NULL, "政策编号", "id of the policy"),
    REQUIRED(fingerprint_document, whole, "fingerprint", HASH, NULL, "政策指纹", "of all parameters"),
    REQUIRED(fingerprint_document, award, "award_fingerprint", HASH, NULL, "奖励指纹",
             "of those that an award can depend on"),
};
static const record fingerprint_record = RECORD("fingerprint", fingerprint_document, fingerprint_fields,
                                                "政策的指纹", "what tells policies apart");

static pilot_status fingerprint(calling *c, char **text)
{
    const pilot_policy *p = pilot_call_policy(c);
    if (!p)
        return PILOT_ERROR_MEMORY;
    const fingerprint_document d = {pilot_policy_parameters(p)->id, pilot_policy_fingerprint(p),
                                    pilot_policy_award_fingerprint(p)};
    return pilot_call_give(c, &fingerprint_record, &d, text);
}

/* The sets of words that documents, requests and results are written in. */
static const struct word_set {
    const char *name;
    const words *of;
} word_sets[] = {
    {"status", &pilot_status_words},       {"lang", &pilot_language_words},
    {"document", &pilot_schema_words},     {"outcome", &pilot_outcome_words},
    {"scope", &pilot_scope_words},         {"kind", &pilot_kind_words},
    {"class", &pilot_clause_class_words},  {"actor", &pilot_actor_words},
    {"matter", &pilot_duty_matter_words},  {"role", &pilot_role_words},
    {"side", &pilot_side_words},           {"place", &pilot_place_words},
    {"layout", &pilot_layout_words},       {"due", &pilot_due_words},
    {"milestone", &pilot_milestone_words}, {"milestone_state", &pilot_milestone_state_words},
    {"basis", &pilot_basis_words},         {"menu_basis", &pilot_menu_basis_words},
    {"payer", &pilot_payer_words},         {"result", &pilot_assessment_result_words},
    {"withheld", &pilot_withheld_words},   {"rounding", &pilot_rounding_words},
    {"vote_matter", &pilot_matter_words},  {"ballot", &pilot_ballot_words},
    {"choice", &pilot_choice_words},       {"cell_code", &pilot_cell_code_words},
    {"cell_kind", &pilot_cell_kind_words}, {"form", &pilot_table_form_words},
};
enum { WORD_SETS = FIELD_COUNT_OF(word_sets) };

typedef struct word_document {
    int32_t number;
    pilot_word word;
} word_document;
static const field word_fields[] = {
    REQUIRED(word_document, number, "number", NUMBER, NULL, "编号", "its number in C"),
    REQUIRED(word_document, word.name, "name", TEXT, NULL, "名称", "the word"),
    REQUIRED(word_document, word.zh, "zh", TEXT, NULL, "中文", "in Chinese"),
    REQUIRED(word_document, word.en, "en", TEXT, NULL, "英文", "in English"),
};
static const record word_record = RECORD("words", word_document, word_fields, "一个选项", "a word");

typedef struct set_document {
    const char *name;
    const word_document *words;
    size_t count;
} set_document;
static const field set_fields[] = {
    REQUIRED(set_document, name, "id", ID, NULL, "名称", "its name"),
    SEVERAL(set_document, words, count, "words", LIST, NULL, "选项", "its words", .of = &word_record),
};
static const record set_record = RECORD("sets", set_document, set_fields, "一组选项", "a set of words");
LISTED(sets, "sets", set_record, "各组选项", "the sets of words");

static bool add_words(calling *c, const words *of, set_document *d)
{
    word_document *items = pilot_arena_take(&c->memory, (size_t)of->count, sizeof *items);
    if (!items)
        return false;
    for (int32_t i = 0; i < of->count; i++)
        if (of->words[i].name)
            items[d->count++] = (word_document){i, of->words[i]};
    d->words = items;
    return true;
}

/* A reading is called by its question. */
static bool add_readings(calling *c, set_document *d)
{
    word_document *items = pilot_arena_take(&c->memory, PILOT_READING_COUNT, sizeof *items);
    for (int32_t i = 0; items && i < PILOT_READING_COUNT; i++)
        items[i] = (word_document){i,
                                   {pilot_reading_name((pilot_reading)i),
                                    pilot_reading_title((pilot_reading)i, PILOT_CHINESE),
                                    pilot_reading_title((pilot_reading)i, PILOT_ENGLISH)}};
    *d = (set_document){"reading", items, PILOT_READING_COUNT};
    return items != NULL;
}

static pilot_status words_call(calling *c, char **text)
{
    set_document items[WORD_SETS + 1];
    const listed all = {items, WORD_SETS + 1};
    bool kept = add_readings(c, &items[WORD_SETS]);
    for (size_t i = 0; kept && i < WORD_SETS; i++) {
        items[i] = (set_document){.name = word_sets[i].name};
        kept = add_words(c, word_sets[i].of, &items[i]);
    }
    return kept ? pilot_call_give(c, &sets_list, &all, text) : pilot_no_memory(&c->to);
}

#define CODE REQUIRED(call_request, code, "code", TEXT, NULL, "代码", "the code")
static const field credit_fields[] = {CALL, CODE};
static const record credit_request = REQUEST(credit_fields);
static const field division_fields[] = {
    CALL,
    CODE,
    OPTIONAL(call_request, digits, "digits", COUNT, NULL, "位数：6、9或12，不填为任一",
             "6, 9 or 12; left out: any of them", RANGE(0, 12)),
    OPTIONAL(call_request, on, "on", DATE, NULL, "在该日有效，不填为不查",
             "good on this day; left out: any"),
};
static const record division_request = REQUEST(division_fields);

typedef struct code_document {
    const char *code;
} code_document;
static const field code_fields[] = {
    REQUIRED(code_document, code, "code", TEXT, NULL, "代码，无误", "the code, which is right")};
static const record code_record = RECORD("code", code_document, code_fields, "代码", "a code");

static pilot_status give_code(calling *c, pilot_status status, pilot_error *error, char **text)
{
    const code_document d = {c->request.code};
    const char *within = status != PILOT_OK && *error->path ? "" : "code";
    return status == PILOT_OK ? pilot_call_give(c, &code_record, &d, text)
                              : pilot_call_refused(c, status, error, within);
}

static pilot_status credit_code(calling *c, char **text)
{
    pilot_error error;
    const pilot_status status = pilot_credit_code_check(c->request.code, &error);
    return give_code(c, status, &error, text);
}

static pilot_status division_code(calling *c, char **text)
{
    const call_request *r = &c->request;
    pilot_error error;
    const pilot_status status =
        pilot_division_code_check(r->code, (int32_t)r->digits.value, r->on, &error);
    return give_code(c, status, &error, text);
}

static const field schema_fields[] = {
    CALL,
    REQUIRED(call_request, document, "document", WORD, NULL, "文档", "the document",
             .of = &pilot_schema_words),
};
static const record schema_request = REQUEST(schema_fields);

static pilot_status schema(calling *c, char **text)
{
    return pilot_schema_write((pilot_schema)c->request.document, PILOT_JSON_COMPACT, text);
}

typedef struct version_document {
    const char *version;
} version_document;
static const field version_fields[] = {
    REQUIRED(version_document, version, "version", TEXT, NULL, "程序库版本", "version of the library")};
static const record version_record =
    RECORD("version", version_document, version_fields, "程序库", "the library");

static pilot_status version(calling *c, char **text)
{
    const version_document d = {pilot_version()};
    return pilot_call_give(c, &version_record, &d, text);
}

LISTED(calls, "calls", option_record, "全部调用", "all that can be called");

static pilot_status calls(calling *c, char **text)
{
    const size_t count = pilot_call_count();
    pilot_word *items = pilot_arena_take(&c->memory, count, sizeof *items);
    const listed all = {items, count};
    if (!items)
        return pilot_no_memory(&c->to);
    for (size_t i = 0; i < count; i++)
        items[i] = pilot_call_at(i);
    return pilot_call_give(c, &calls_list, &all, text);
}

static const call_row rows[] = {
    {"clauses", &clauses_request, NULL, &clauses_list, clauses, "方案的条款", "clauses of the notice"},
    {"rules", &rules_request, NULL, &rules_list, rules, "检查所用的规则",
     "the rules that a city is checked by"},
    {"readings", &plain_request, NULL, &readings_list, readings, "争议读法及其选项",
     "the disputed readings and their options"},
    {"duties", &duties_request, NULL, &duties_list, duties, "职责分工，按方案顺序",
     "who has to do what, in the order of the notice"},
    {"responsible", &duties_request, NULL, &duties_list, responsible, "由谁负责，按先后",
     "who is responsible, the nearest first"},
    {"policy", &policy_request, DOCUMENT_OF(POLICY), policy, "改动后的完整政策",
     "a policy whole, in canonical form"},
    {"diff", &diff_request, DOCUMENT_OF(REFORM), diff, "两个政策的差别",
     "the reform that leads from one policy to another"},
    {"fingerprint", &policy_request, NULL, &fingerprint_record, fingerprint, "政策的指纹",
     "what tells policies apart"},
    {"words", &plain_request, NULL, &sets_list, words_call, "各组选项的名称",
     "the words that documents are written in"},
    {"credit_code", &credit_request, NULL, &code_record, credit_code, "核对统一社会信用代码",
     "whether a unified social credit code is right"},
    {"division_code", &division_request, NULL, &code_record, division_code, "核对行政区划代码",
     "whether a division code is right"},
    {"schema", &schema_request, NULL, NULL, schema, "文档的JSON Schema",
     "the JSON Schema of a document"},
    {"version", &plain_request, NULL, &version_record, version, "程序库版本", "the library's version"},
    {"calls", &plain_request, NULL, &calls_list, calls, "全部调用", "all that can be called"},
};
const call_rows pilot_notice_calls = {rows, FIELD_COUNT_OF(rows)};
