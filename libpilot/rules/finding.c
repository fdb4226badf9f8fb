/* Findings in words. */
#include "naming.h"

#include "city/city_internal.h"

#include <string.h>

const words pilot_outcome_words =
    WORD_LIST({"met", "符合", "met"}, {"breach", "不符合", "breach"}, {"pending", "未到期", "pending"},
              {"unknown", "缺少证据", "unknown"}, {"info", "提示", "info"},
              {"not_applicable", "不适用", "not applicable"});
const words pilot_scope_words = WORD_LIST(
    {"city", "全市", "city"}, {"district", "城区", "district"}, {"community", "社区", "community"},
    {"area", "居民区", "area"}, {"office", "物业管理用房", "office"},
    {"appointment", "工作站兼职", "appointment"}, {"handover", "公共服务下沉", "handover"},
    {"contract", "服务合同", "contract"}, {"charge", "收费", "charge"}, {"income", "经营收益", "income"},
    {"parking", "停车位", "parking"});

WORDED(pilot_outcome, pilot_outcome, pilot_outcome_words)
WORDED(pilot_scope, pilot_scope, pilot_scope_words)

size_t pilot_finding_path(const pilot_finding *finding, char *text, size_t size)
{
    sentence out = pilot_sentence_begin(text, size);
    const pilot_rule *rule = pilot_rule_itself(finding->rule);
    if (rule)
        (void)pilot_say_record(&out, &finding->subject, rule->scope);
    return pilot_sentence_end(&out);
}

const char *pilot_name_or_id(const char *name, const char *id)
{
    return name ? name : id ? id : "";
}

const char *pilot_subject_name(const pilot_finding *finding)
{
    const pilot_subject *s = &finding->subject;
    const pilot_rule *rule = pilot_rule_itself(finding->rule);
    switch (rule ? pilot_own_scope(rule->scope) : PILOT_SCOPE_COUNT) {
    case PILOT_SCOPE_CITY:
        return s->city ? pilot_name_or_id(pilot_city_records(s->city)->name, NULL) : "";
    case PILOT_SCOPE_DISTRICT:
        return s->district ? pilot_name_or_id(s->district->name, s->district->id) : "";
    case PILOT_SCOPE_COMMUNITY:
        return s->community ? pilot_name_or_id(s->community->name, s->community->id) : "";
    case PILOT_SCOPE_AREA:
        return s->area ? pilot_name_or_id(s->area->name, s->area->id) : "";
    default:
        return "";
    }
}

static const pilot_phrase list_comma = {"、", ", "};
static const pilot_phrase open_quote = {"“", "\""}, close_quote = {"”", "\""};

static void say_quoted(sentence *out, const char *text, pilot_language language)
{
    pilot_say_phrase(out, open_quote, language);
    pilot_say_shown(out, text);
    pilot_say_phrase(out, close_quote, language);
}

static void say_names(sentence *out, const pilot_value *set, pilot_language language)
{
    const char *between = "";
    for (int32_t i = 0; set->words && i < set->word_count && i < 63; i++)
        if (set->number & INT64_C(1) << i && set->words[i].name) {
            pilot_say_text(out, between);
            pilot_say_lacking(out, &set->words[i], language);
            between = pilot_phrase_in(list_comma, language);
        }
}

static void say_number(sentence *out, const pilot_value *value, pilot_language language)
{
    static const pilot_phrase units[] = {[PILOT_VALUE_MONEY] = {"元", " yuan"},
                                         [PILOT_VALUE_AREA] = {"平方米", " m²"},
                                         [PILOT_VALUE_PRICE] = {"元", " yuan"}};
    pilot_text text;
    if (value->kind == PILOT_VALUE_COUNT)
        pilot_say(out, "%lld", (long long)value->number);
    else if (value->kind == PILOT_VALUE_DATE)
        pilot_say_date(out, (pilot_date)value->number, language);
    else if (value->kind == PILOT_VALUE_MONEY)
        pilot_say_text(out, pilot_money_text(value->number, &text));
    else if (value->kind == PILOT_VALUE_AREA)
        pilot_say_text(out, pilot_area_text(value->number, &text));
    else if (value->kind == PILOT_VALUE_PRICE)
        pilot_say_text(out, pilot_price_text(value->number, &text));
    if ((size_t)value->kind < sizeof units / sizeof *units && units[value->kind].en)
        pilot_say_phrase(out, units[value->kind], language);
}

static void say_word(sentence *out, const pilot_finding *f, const char *word, pilot_language language)
{
    if (!pilot_say_word(out, f, word, language))
        say_quoted(out, word, language);
}

/* What a count counts: 2个居民区; in English once, after both: "found 2, required 1 (areas)". */
static void say_counted(sentence *out, const pilot_finding *f, const pilot_value *value,
                        pilot_language language)
{
    const pilot_rule *rule = pilot_rule_itself(f->rule);
    if (language == PILOT_CHINESE && rule->counts_zh)
        pilot_say_text(out, rule->counts_zh);
    else if (language == PILOT_ENGLISH && rule->counts_en &&
             (value == &f->required || f->required.kind == PILOT_VALUE_NONE))
        pilot_say(out, " (%s)", rule->counts_en);
}

static void say_value(sentence *out, const pilot_finding *f, const pilot_value *value,
                      pilot_language language)
{
    static const pilot_phrase open = {"（", " ("}, close = {"）", ")"};
    if (value->kind == PILOT_VALUE_WORD) {
        say_word(out, f, value->word ? value->word : "", language);
        return;
    }
    if (value->kind == PILOT_VALUE_SET)
        say_names(out, value, language);
    else
        say_number(out, value, language);
    if (value->kind == PILOT_VALUE_COUNT && f->required.kind != PILOT_VALUE_SET)
        say_counted(out, f, value, language);
    if (value->word) {
        pilot_say_phrase(out, open, language);
        say_word(out, f, value->word, language);
        pilot_say_phrase(out, close, language);
    }
}

static bool is_word(const pilot_value *value, const char *word)
{
    return value->kind == PILOT_VALUE_WORD && value->word && strcmp(value->word, word) == 0;
}

/* What stands before the value found; NULL where it says so itself: 尚未完成. */
static const pilot_phrase *before_found(const pilot_finding *f)
{
    static const pilot_phrase plain = {"；实际为", "; found "}, day = {"；实际日期", "; found "},
                              count = {"；已有", "; found "};
    if (f->found.kind == PILOT_VALUE_COUNT && f->required.kind == PILOT_VALUE_SET)
        return &count;
    return f->found.kind == PILOT_VALUE_DATE ? &day : &plain;
}

/* What stands before the value required, which says how it is meant. */
static const pilot_phrase *before_required(const pilot_finding *f, const pilot_rule *rule)
{
    static const pilot_phrase plain = {"，要求为", ", required "}, by = {"，应不晚于", ", required "},
                              alone = {"；要求为", "; required "}, answer = {"；未满足：", "; not so: "},
                              lacking = {"项，尚缺", ", lacking "}, lacks = {"；尚缺", "; lacking "};
    const bool has_found = f->found.kind != PILOT_VALUE_NONE;
    if (f->required.kind == PILOT_VALUE_SET)
        return f->found.kind == PILOT_VALUE_COUNT ? &lacking : &lacks;
    if (has_found)
        return f->required.kind == PILOT_VALUE_DATE && rule->due == PILOT_DUE_OWN ? &by : &plain;
    return f->required.kind == PILOT_VALUE_WORD && f->required.word &&
                   pilot_is_answer_key(f, f->required.word)
               ? &answer
               : &alone;
}

static void say_values(sentence *out, const pilot_finding *f, const pilot_rule *rule,
                       pilot_language language)
{
    static const pilot_phrase not_done = {"；尚未完成", "; found not done"};
    if (is_word(&f->found, "not_done")) {
        pilot_say_phrase(out, not_done, language);
    } else if (f->found.kind != PILOT_VALUE_NONE) {
        pilot_say_phrase(out, *before_found(f), language);
        say_value(out, f, &f->found, language);
    }
    if (f->required.kind != PILOT_VALUE_NONE) {
        pilot_say_phrase(out, *before_required(f, rule), language);
        say_value(out, f, &f->required, language);
    }
}

/* Of a finding that the caller may have filled in. */
static bool has_due(const pilot_finding *f)
{
    return pilot_is_bool(&f->due.known) && f->due.known;
}

/* The notice's own date, where the day in force counts in its place. */
static void say_notice_due(sentence *out, const pilot_finding *f, pilot_language language)
{
    static const pilot_phrase own = {"（方案期限为", " (the notice has "},
                              counted = {"，自", "; it counts from "},
                              close = {"方案生效之日起计）", ")"};
    if (!pilot_is_bool(&f->notice_due.known) || !f->notice_due.known || !has_due(f))
        return;
    pilot_say_phrase(out, own, language);
    pilot_say_date(out, f->notice_due.value, language);
    pilot_say_phrase(out, counted, language);
    pilot_say_date(out, f->due.value, language);
    pilot_say_phrase(out, close, language);
}

/* The sum that is lacking, and from when it is waited for. */
static void say_waiting(sentence *out, const pilot_finding *f, pilot_language language)
{
    static const pilot_phrase lacking = {"；尚欠", "; "}, since = {"元，自", " yuan waits since "},
                              close = {"起应付未付", ""};
    pilot_money rest;
    pilot_text text;
    if (!pilot_is_bool(&f->since.known) || !f->since.known ||
        pilot_subtract(f->required.number, f->found.number, &rest) != PILOT_OK)
        return;
    pilot_say_phrase(out, lacking, language);
    pilot_say_text(out, pilot_money_text(rest, &text));
    pilot_say_phrase(out, since, language);
    pilot_say_date(out, f->since.value, language);
    pilot_say_phrase(out, close, language);
}

static void say_dates(sentence *out, const pilot_finding *f, pilot_language language)
{
    static const pilot_phrase late = {"，逾期", ", "}, day = {"天", " day late"},
                              days = {"天", " days late"}, due = {"；期限", "; due "};
    if (f->days_late) {
        pilot_say_phrase(out, late, language);
        pilot_say(out, "%d", (int)f->days_late);
        pilot_say_phrase(out, f->days_late == 1 ? day : days, language);
        say_notice_due(out, f, language);
    } else if (f->outcome == PILOT_PENDING && has_due(f)) {
        pilot_say_phrase(out, due, language);
        pilot_say_date(out, f->due.value, language);
        say_notice_due(out, f, language);
    }
}

/* The key as machines have it; the id of a list's record stands after the list's. */
static void say_missing_key(sentence *out, const pilot_finding *f)
{
    const char *missing = f->missing ? f->missing : "evidence";
    const int list = f->missing_of ? (int)strcspn(missing, "/") : 0;
    if (f->missing_of) {
        pilot_say(out, "%.*s/", list, missing);
        pilot_say_shown(out, f->missing_of);
    }
    pilot_say_text(out, missing + list);
}

/* A record that evidence is of. */
typedef struct owner {
    pilot_scope scope;
    const char *name; /* NULL, "": it is not said */
} owner;

/* That of the list's id, by its name where the city has it. */
static owner owner_of_id(const pilot_finding *f)
{
    const pilot_city *city = f->subject.city;
    const size_t length = strcspn(f->missing, "/");
    if (strncmp(f->missing, "communities", length) == 0) {
        const pilot_community *c = city ? pilot_city_find_community(city, f->missing_of) : NULL;
        return (owner){PILOT_SCOPE_COMMUNITY, c ? pilot_name_or_id(c->name, c->id) : f->missing_of};
    }
    const pilot_residential_area *a = city ? pilot_city_find_area(city, f->missing_of) : NULL;
    return (owner){PILOT_SCOPE_AREA, a ? pilot_name_or_id(a->name, a->id) : f->missing_of};
}

/* 居民区“院一”的, " of area 院一", or after a question " (area 院一)". */
static void say_owner(sentence *out, owner o, bool question, pilot_language language)
{
    if (!o.name || !*o.name)
        return;
    if (language == PILOT_CHINESE) {
        pilot_say_text(out, pilot_scope_title(o.scope, language));
        say_quoted(out, o.name, language);
        pilot_say_text(out, question ? "" : "的");
        return;
    }
    pilot_say(out, "%s%s ", question ? " (" : " of ", pilot_scope_title(o.scope, language));
    pilot_say_shown(out, o.name);
    pilot_say_text(out, question ? ")" : "");
}

/* alone: the sentence does not name its subject otherwise. */
static void say_missing(sentence *out, const pilot_finding *f, bool alone, pilot_language language)
{
    const pilot_rule *rule = pilot_rule_itself(f->rule);
    const char *missing = f->missing ? f->missing : "evidence";
    sentence unsaid = pilot_sentence_begin(NULL, 0);
    evidence_of found; /* where it is found tells whose it is */
    owner of = {PILOT_SCOPE_CITY, NULL};
    if (!rule || !pilot_say_evidence(&unsaid, rule->scope, missing, language, &found)) {
        say_missing_key(out, f);
        return;
    }
    if (f->missing_of)
        of = owner_of_id(f);
    else if (alone && pilot_own_scope(found.scope) == pilot_own_scope(rule->scope) &&
             rule->scope != PILOT_SCOPE_CITY)
        of = (owner){pilot_own_scope(rule->scope), pilot_subject_name(f)};
    if (language == PILOT_CHINESE)
        say_owner(out, of, found.question, language);
    (void)pilot_say_evidence(out, rule->scope, missing, language, &found);
    if (language == PILOT_ENGLISH)
        say_owner(out, of, found.question, language);
}

static void say_readings(sentence *out, uint32_t readings, pilot_language language)
{
    static const pilot_phrase depends = {"；结论取决于", "; depends on the reading of "},
                              reading = {"的读法", ""};
    const char *opening = pilot_phrase_in(depends, language);
    bool any = false;
    for (int i = 0; i < PILOT_READING_COUNT; i++) {
        pilot_reading_info info;
        if (!(readings & PILOT_READING_BIT(i)) || pilot_reading_at((pilot_reading)i, &info) != PILOT_OK)
            continue;
        pilot_say_text(out, opening);
        say_quoted(out, language == PILOT_CHINESE ? info.title_zh : info.title_en, language);
        opening = pilot_phrase_in(list_comma, language);
        any = true;
    }
    if (any)
        pilot_say_phrase(out, reading, language);
}

/* Which of several records of its kind a finding is of: （收费第3项）, " (charge 3)". */
static void say_item(sentence *out, const pilot_finding *f, const pilot_rule *rule,
                     pilot_language language)
{
    size_t item;
    if (!pilot_child_scope(rule->scope) || !pilot_subject_index(&f->subject, rule->scope, &item))
        return;
    if (language == PILOT_CHINESE)
        pilot_say(out, "（%s第%zu项）", pilot_scope_title(rule->scope, language), item + 1);
    else
        pilot_say(out, " (%s %zu)", pilot_scope_title(rule->scope, language), item + 1);
}

size_t pilot_finding_text(const pilot_finding *finding, pilot_language language, char *text, size_t size)
{
    sentence out = pilot_sentence_begin(text, size);
    static const pilot_phrase colon = {"：", ": "}, missing = {"；缺少", "; missing: "},
                              by_law = {"（依", " ("}, close = {"）", ")"};
    const char *name = pilot_subject_name(finding);
    const pilot_rule *rule = pilot_rule_itself(finding->rule);
    if (!rule)
        return 0;
    pilot_say_shown(&out, name);
    if (*name) {
        say_item(&out, finding, rule, language);
        pilot_say_phrase(&out, colon, language);
    }
    pilot_say_phrase(&out, (pilot_phrase){rule->zh, rule->en}, language);
    if (rule->law) {
        pilot_say_phrase(&out, by_law, language);
        pilot_say_text(&out, rule->law);
        pilot_say_phrase(&out, close, language);
    }
    say_values(&out, finding, rule, language);
    say_dates(&out, finding, language);
    say_waiting(&out, finding, language);
    if (finding->missing) {
        pilot_say_phrase(&out, missing, language);
        say_missing(&out, finding, false, language);
    }
    say_readings(&out, finding->readings, language);
    return pilot_sentence_end(&out);
}

size_t pilot_finding_missing(const pilot_finding *finding, char *text, size_t size)
{
    sentence out = pilot_sentence_begin(text, size);
    if (finding->missing)
        say_missing_key(&out, finding);
    return pilot_sentence_end(&out);
}

size_t pilot_finding_missing_path(const pilot_finding *finding, char *text, size_t size)
{
    sentence out = pilot_sentence_begin(text, size);
    pilot_say_place(&out, finding);
    return pilot_sentence_end(&out);
}

size_t pilot_finding_missing_text(const pilot_finding *finding, pilot_language language, char *text,
                                  size_t size)
{
    sentence out = pilot_sentence_begin(text, size);
    if (finding->missing && pilot_rule_itself(finding->rule))
        say_missing(&out, finding, true, language);
    return pilot_sentence_end(&out);
}

static void say_actors(sentence *out, const pilot_finding *f, pilot_language language)
{
    static const pilot_phrase nobody = {"有关单位", "the bodies concerned"};
    const uint32_t actors = pilot_finding_actors(f);
    const char *between = "";
    for (int actor = 1; actor < PILOT_ACTOR_COUNT; actor++)
        if (actors & PILOT_ACTOR_BIT(actor)) {
            pilot_say_text(out, between);
            pilot_say_actor(out, f, (pilot_actor)actor, language);
            between = pilot_phrase_in(list_comma, language);
        }
    if (!*between)
        pilot_say_phrase(out, nobody, language);
}

uint32_t pilot_finding_actors(const pilot_finding *finding)
{
    const pilot_rule *rule = pilot_rule_itself(finding->rule);
    const pilot_clause *clause = pilot_clause_find(finding->clause);
    if (finding->actors)
        return finding->actors;
    if (rule && rule->actors)
        return rule->actors;
    return clause ? clause->actors : 0;
}

/* What is still to be done on a date, or on none that is set. */
static void say_by_when(sentence *out, const pilot_finding *f, pilot_language language)
{
    static const pilot_phrase by = {"于", ": do it by "}, done = {"前完成", ""};
    static const pilot_phrase promptly = {"及时办理（未规定期限）", ": do it promptly (no date is set)"};
    if (!has_due(f)) {
        pilot_say_phrase(out, promptly, language);
        return;
    }
    pilot_say_phrase(out, by, language);
    pilot_say_date(out, f->due.value, language);
    pilot_say_phrase(out, done, language);
}

/* Whether something is still to be done. */
static bool is_open(const pilot_finding *f)
{
    return f->outcome == PILOT_BREACH || f->outcome == PILOT_PENDING || f->outcome == PILOT_UNKNOWN;
}

size_t pilot_finding_next(const pilot_finding *finding, pilot_language language, char *text, size_t size)
{
    static const pilot_phrase please = {"请", ""}, supply = {"补充：", ": supply "};
    static const pilot_phrase correct = {"整改", ": correct it"};
    sentence out = pilot_sentence_begin(text, size);
    if (!is_open(finding))
        return 0;
    pilot_say_phrase(&out, please, language);
    say_actors(&out, finding, language);
    if (finding->outcome == PILOT_BREACH) {
        pilot_say_phrase(&out, correct, language);
    } else if (finding->outcome == PILOT_UNKNOWN) {
        pilot_say_phrase(&out, supply, language);
        say_missing(&out, finding, true, language);
    } else {
        say_by_when(&out, finding, language);
    }
    return pilot_sentence_end(&out);
}

static const words part_words = WORD_LIST([PILOT_FINDING_SUBJECT] = {"subject", "对象", "subject"},
                                          [PILOT_FINDING_FOUND] = {"found", "现状", "found"},
                                          [PILOT_FINDING_REQUIRED] = {"required", "要求", "required"},
                                          [PILOT_FINDING_WHO] = {"who", "责任单位", "who"});
WORDED(pilot_finding_part, pilot_finding_part, part_words)

static void say_found(sentence *out, const pilot_finding *f, pilot_language language)
{
    static const pilot_phrase not_done = {"尚未完成", "not done"}, items = {"项", ""};
    if (is_word(&f->found, "not_done")) {
        pilot_say_phrase(out, not_done, language);
    } else if (f->found.kind != PILOT_VALUE_NONE) {
        say_value(out, f, &f->found, language);
        if (f->found.kind == PILOT_VALUE_COUNT && f->required.kind == PILOT_VALUE_SET)
            pilot_say_phrase(out, items, language);
    }
}

static void say_required(sentence *out, const pilot_finding *f, const pilot_rule *rule,
                         pilot_language language)
{
    static const pilot_phrase by = {"不晚于", "by "}, lacks = {"还须有", "also "};
    if (f->required.kind == PILOT_VALUE_NONE)
        return;
    if (f->required.kind == PILOT_VALUE_SET)
        pilot_say_phrase(out, lacks, language);
    else if (f->required.kind == PILOT_VALUE_DATE && rule->due == PILOT_DUE_OWN)
        pilot_say_phrase(out, by, language);
    say_value(out, f, &f->required, language);
}

size_t pilot_finding_part_text(const pilot_finding *finding, pilot_finding_part part,
                               pilot_language language, char *text, size_t size)
{
    sentence out = pilot_sentence_begin(text, size);
    const pilot_rule *rule = pilot_rule_itself(finding->rule);
    const char *name = pilot_subject_name(finding);
    if (!rule)
        return 0;
    if (part == PILOT_FINDING_SUBJECT && *name) {
        pilot_say_shown(&out, name);
        say_item(&out, finding, rule, language);
    } else if (part == PILOT_FINDING_FOUND) {
        say_found(&out, finding, language);
    } else if (part == PILOT_FINDING_REQUIRED) {
        say_required(&out, finding, rule, language);
    } else if (part == PILOT_FINDING_WHO && is_open(finding)) {
        say_actors(&out, finding, language);
    }
    return pilot_sentence_end(&out);
}
