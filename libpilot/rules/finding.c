/* Findings in words. */
#include "subject.h"

#include "base/sentence.h"
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
    static const char *const lists[] = {[PILOT_SCOPE_DISTRICT] = "districts",
                                        [PILOT_SCOPE_COMMUNITY] = "communities",
                                        [PILOT_SCOPE_AREA] = "areas"};
    sentence out = pilot_sentence_begin(text, size);
    const pilot_rule *rule = pilot_rule_itself(finding->rule);
    size_t index;
    if (!rule || rule->scope == PILOT_SCOPE_CITY ||
        !pilot_subject_index(&finding->subject, rule->scope, &index))
        return 0;
    const child_scope *child = pilot_child_scope(rule->scope);
    if (child) {
        size_t item = index;
        (void)pilot_subject_index(&finding->subject, child->parent, &index);
        pilot_say(&out, "/%s/%zu/%s/%zu", lists[child->parent], index, child->key, item);
    } else {
        pilot_say(&out, "/%s/%zu", lists[rule->scope], index);
    }
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

static void say_names(sentence *out, const pilot_value *set, pilot_language language)
{
    const char *between = "";
    for (int32_t i = 0; set->words && i < set->word_count && i < 63; i++)
        if (set->number & INT64_C(1) << i && set->words[i].name) {
            pilot_say(out, "%s%s", between, set->words[i].name);
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
        pilot_say_text(out, pilot_date_text((pilot_date)value->number, &text));
    else if (value->kind == PILOT_VALUE_MONEY)
        pilot_say_text(out, pilot_money_text(value->number, &text));
    else if (value->kind == PILOT_VALUE_AREA)
        pilot_say_text(out, pilot_area_text(value->number, &text));
    else if (value->kind == PILOT_VALUE_PRICE)
        pilot_say_text(out, pilot_price_text(value->number, &text));
    if ((size_t)value->kind < sizeof units / sizeof *units && units[value->kind].en)
        pilot_say_phrase(out, units[value->kind], language);
}

static void say_value(sentence *out, const pilot_value *value, pilot_language language)
{
    static const pilot_phrase open = {"（", " ("}, close = {"）", ")"};
    if (value->kind == PILOT_VALUE_WORD) {
        pilot_say_shown(out, value->word);
        return;
    }
    if (value->kind == PILOT_VALUE_SET)
        say_names(out, value, language);
    else
        say_number(out, value, language);
    if (value->word) {
        pilot_say_phrase(out, open, language);
        pilot_say_shown(out, value->word);
        pilot_say_phrase(out, close, language);
    }
}

static void say_values(sentence *out, const pilot_finding *f, pilot_language language)
{
    static const pilot_phrase found = {"；现为", "; found "};
    static const pilot_phrase required[] = {{"，要求", "; required "}, {"，要求", ", required "}};
    const bool has_found = f->found.kind != PILOT_VALUE_NONE;
    if (has_found) {
        pilot_say_phrase(out, found, language);
        say_value(out, &f->found, language);
    }
    if (f->required.kind != PILOT_VALUE_NONE) {
        pilot_say_phrase(out, required[has_found], language);
        say_value(out, &f->required, language);
    }
}

/* Of a finding that the caller may have filled in. */
static bool has_due(const pilot_finding *f)
{
    return pilot_is_bool(&f->due.known) && f->due.known;
}

static void say_dates(sentence *out, const pilot_finding *f, pilot_language language)
{
    static const pilot_phrase late = {"，逾期", ", "}, days = {"天", " days late"};
    static const pilot_phrase due = {"；到期日", "; due "};
    pilot_text text;
    if (f->days_late) {
        pilot_say_phrase(out, late, language);
        pilot_say(out, "%d", (int)f->days_late);
        pilot_say_phrase(out, days, language);
    } else if (f->outcome == PILOT_PENDING && has_due(f)) {
        pilot_say_phrase(out, due, language);
        pilot_say_text(out, pilot_date_text(f->due.value, &text));
    }
}

/* The id of a list's record stands after the list's key. */
static void say_missing(sentence *out, const pilot_finding *f)
{
    const char *missing = f->missing ? f->missing : "evidence";
    const int list = f->missing_of ? (int)strcspn(missing, "/") : 0;
    if (f->missing_of) {
        pilot_say(out, "%.*s/", list, missing);
        pilot_say_shown(out, f->missing_of);
    }
    pilot_say_text(out, missing + list);
}

static void say_readings(sentence *out, uint32_t readings, pilot_language language)
{
    static const pilot_phrase depends = {"；取决于读法 ", "; depends on the reading "};
    const char *opening = pilot_phrase_in(depends, language);
    for (int i = 0; i < PILOT_READING_COUNT; i++) {
        pilot_reading_info info;
        if (!(readings & PILOT_READING_BIT(i)) || pilot_reading_at((pilot_reading)i, &info) != PILOT_OK)
            continue;
        pilot_say(out, "%s%s", opening, info.name);
        opening = ", ";
    }
}

size_t pilot_finding_text(const pilot_finding *finding, pilot_language language, char *text, size_t size)
{
    sentence out = pilot_sentence_begin(text, size);
    static const pilot_phrase colon = {"：", ": "}, missing = {"；缺少 ", "; missing: "};
    const char *name = pilot_subject_name(finding);
    const pilot_rule *rule = pilot_rule_itself(finding->rule);
    if (!rule)
        return 0;
    pilot_say_shown(&out, name);
    if (*name)
        pilot_say_phrase(&out, colon, language);
    pilot_say_phrase(&out, (pilot_phrase){rule->zh, rule->en}, language);
    say_values(&out, finding, language);
    say_dates(&out, finding, language);
    if (finding->missing) {
        pilot_say_phrase(&out, missing, language);
        say_missing(&out, finding);
    }
    say_readings(&out, finding->readings, language);
    return pilot_sentence_end(&out);
}

size_t pilot_finding_missing(const pilot_finding *finding, char *text, size_t size)
{
    sentence out = pilot_sentence_begin(text, size);
    if (finding->missing)
        say_missing(&out, finding);
    return pilot_sentence_end(&out);
}

static void say_actors(sentence *out, uint32_t actors, pilot_language language)
{
    static const pilot_phrase nobody = {"有关单位", "the bodies concerned"};
    const char *between = "";
    for (int actor = 1; actor < PILOT_ACTOR_COUNT; actor++)
        if (actors & PILOT_ACTOR_BIT(actor)) {
            pilot_say(out, "%s%s", between, pilot_actor_title((pilot_actor)actor, language));
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
    static const pilot_phrase in_time = {"及时办理（未定期限）", ": do it in time (no date is set)"};
    pilot_text day;
    if (!has_due(f)) {
        pilot_say_phrase(out, in_time, language);
        return;
    }
    pilot_say_phrase(out, by, language);
    pilot_say_text(out, pilot_date_text(f->due.value, &day));
    pilot_say_phrase(out, done, language);
}

size_t pilot_finding_next(const pilot_finding *finding, pilot_language language, char *text, size_t size)
{
    static const pilot_phrase please = {"请", ""}, supply = {"补充 ", ": supply "};
    static const pilot_phrase put_right = {"整改", ": put it right"};
    sentence out = pilot_sentence_begin(text, size);
    if (finding->outcome != PILOT_BREACH && finding->outcome != PILOT_PENDING &&
        finding->outcome != PILOT_UNKNOWN)
        return 0;
    pilot_say_phrase(&out, please, language);
    say_actors(&out, pilot_finding_actors(finding), language);
    if (finding->outcome == PILOT_BREACH) {
        pilot_say_phrase(&out, put_right, language);
    } else if (finding->outcome == PILOT_UNKNOWN) {
        pilot_say_phrase(&out, supply, language);
        say_missing(&out, finding);
    } else {
        say_by_when(&out, finding, language);
    }
    return pilot_sentence_end(&out);
}
