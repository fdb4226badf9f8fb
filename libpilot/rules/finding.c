/* Findings in words. */
#include "subject.h"

#include "base/base_internal.h"
#include "city/city_internal.h"

#include <stdarg.h>
#include <stdio.h>
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

/* Text that goes on where the last piece ended, and counts what does not fit. */
typedef struct sentence {
    char *text;
    size_t size, length;
} sentence;

static sentence begin(char *text, size_t size)
{
    if (size)
        *text = '\0';
    return (sentence){text, size, 0};
}

/* The length it has whole; what is there is cut at a whole character. */
static size_t end(const sentence *s)
{
    if (s->length < s->size)
        return s->length;
    size_t kept = s->size ? s->size - 1 : 0, from = 0;
    for (size_t length; from < kept && (length = pilot_utf8_length(s->text + from, kept - from));)
        from += length;
    if (from < kept)
        s->text[from] = '\0';
    return s->length;
}

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
static void
say(sentence *s, const char *format, ...)
{
    size_t used = s->length < s->size ? s->length : s->size;
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(s->size ? s->text + used : NULL, s->size - used, format, arguments);
    va_end(arguments);
    s->length += length > 0 ? (size_t)length : 0;
}

/* Text that a record has. */
static void say_shown(sentence *s, const char *text)
{
    size_t used = s->length < s->size ? s->length : s->size;
    s->length += pilot_shown(text, s->size ? s->text + used : NULL, s->size - used);
}

size_t pilot_finding_path(const pilot_finding *finding, char *text, size_t size)
{
    static const char *const lists[] = {[PILOT_SCOPE_DISTRICT] = "districts",
                                        [PILOT_SCOPE_COMMUNITY] = "communities",
                                        [PILOT_SCOPE_AREA] = "areas"};
    sentence out = begin(text, size);
    const pilot_rule *rule = pilot_rule_itself(finding->rule);
    size_t index;
    if (!rule || rule->scope == PILOT_SCOPE_CITY ||
        !pilot_subject_index(&finding->subject, rule->scope, &index))
        return 0;
    const child_scope *child = pilot_child_scope(rule->scope);
    if (child) {
        size_t item = index;
        (void)pilot_subject_index(&finding->subject, child->parent, &index);
        say(&out, "/%s/%zu/%s/%zu", lists[child->parent], index, child->key, item);
    } else {
        say(&out, "/%s/%zu", lists[rule->scope], index);
    }
    return end(&out);
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

static void say_names(sentence *out, const pilot_value *set, bool zh)
{
    const char *between = "";
    for (int32_t i = 0; set->words && i < set->word_count && i < 63; i++)
        if (set->number & INT64_C(1) << i && set->words[i].name) {
            say(out, "%s%s", between, set->words[i].name);
            between = zh ? "、" : ", ";
        }
}

static void say_value(sentence *out, const pilot_value *value, pilot_language language)
{
    pilot_text text;
    bool zh = language == PILOT_CHINESE;
    switch (value->kind) {
    case PILOT_VALUE_NONE:
        break;
    case PILOT_VALUE_COUNT:
        say(out, "%lld", (long long)value->number);
        break;
    case PILOT_VALUE_MONEY:
        say(out, zh ? "%s元" : "%s yuan", pilot_money_text(value->number, &text));
        break;
    case PILOT_VALUE_PRICE:
        say(out, zh ? "%s元" : "%s yuan", pilot_price_text(value->number, &text));
        break;
    case PILOT_VALUE_AREA:
        say(out, zh ? "%s平方米" : "%s m²", pilot_area_text(value->number, &text));
        break;
    case PILOT_VALUE_DATE:
        say(out, "%s", pilot_date_text((pilot_date)value->number, &text));
        break;
    case PILOT_VALUE_WORD:
        say_shown(out, value->word);
        break;
    case PILOT_VALUE_SET:
        say_names(out, value, zh);
        break;
    }
    if (value->kind != PILOT_VALUE_WORD && value->word) {
        say(out, zh ? "（" : " (");
        say_shown(out, value->word);
        say(out, zh ? "）" : ")");
    }
}

static void say_values(sentence *out, const pilot_finding *f, pilot_language language)
{
    bool zh = language == PILOT_CHINESE;
    if (f->found.kind != PILOT_VALUE_NONE) {
        say(out, zh ? "；现为" : "; found ");
        say_value(out, &f->found, language);
    }
    if (f->required.kind != PILOT_VALUE_NONE) {
        say(out, zh ? "，要求" : f->found.kind != PILOT_VALUE_NONE ? ", required " : "; required ");
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
    bool zh = language == PILOT_CHINESE;
    pilot_text text;
    if (f->days_late)
        say(out, zh ? "，逾期%d天" : ", %d days late", (int)f->days_late);
    else if (f->outcome == PILOT_PENDING && has_due(f))
        say(out, zh ? "；到期日%s" : "; due %s", pilot_date_text(f->due.value, &text));
}

/* The id of a list's record stands after the list's key. */
static void say_missing(sentence *out, const pilot_finding *f)
{
    const char *missing = f->missing ? f->missing : "evidence";
    const int list = f->missing_of ? (int)strcspn(missing, "/") : 0;
    if (f->missing_of) {
        say(out, "%.*s/", list, missing);
        say_shown(out, f->missing_of);
    }
    say(out, "%s", missing + list);
}

static void say_readings(sentence *out, uint32_t readings, pilot_language language)
{
    const char *opening = language == PILOT_CHINESE ? "；取决于读法 " : "; depends on the reading ";
    for (int i = 0; i < PILOT_READING_COUNT; i++) {
        pilot_reading_info info;
        if (!(readings & PILOT_READING_BIT(i)) || pilot_reading_at((pilot_reading)i, &info) != PILOT_OK)
            continue;
        say(out, "%s%s", opening, info.name);
        opening = ", ";
    }
}

size_t pilot_finding_text(const pilot_finding *finding, pilot_language language, char *text, size_t size)
{
    sentence out = begin(text, size);
    bool zh = language == PILOT_CHINESE;
    const char *name = pilot_subject_name(finding);
    const pilot_rule *rule = pilot_rule_itself(finding->rule);
    if (!rule)
        return 0;
    say_shown(&out, name);
    say(&out, "%s%s", !*name ? "" : zh ? "：" : ": ", zh ? rule->zh : rule->en);
    say_values(&out, finding, language);
    say_dates(&out, finding, language);
    if (finding->missing) {
        say(&out, zh ? "；缺少 " : "; missing: ");
        say_missing(&out, finding);
    }
    say_readings(&out, finding->readings, language);
    return end(&out);
}

size_t pilot_finding_missing(const pilot_finding *finding, char *text, size_t size)
{
    sentence out = begin(text, size);
    if (finding->missing)
        say_missing(&out, finding);
    return end(&out);
}

static void say_actors(sentence *out, uint32_t actors, pilot_language language)
{
    const char *between = "";
    for (int actor = 1; actor < PILOT_ACTOR_COUNT; actor++)
        if (actors & PILOT_ACTOR_BIT(actor)) {
            say(out, "%s%s", between, pilot_actor_title((pilot_actor)actor, language));
            between = language == PILOT_CHINESE ? "、" : ", ";
        }
    if (!*between)
        say(out, language == PILOT_CHINESE ? "有关单位" : "the bodies concerned");
}

uint32_t pilot_finding_actors(const pilot_finding *finding)
{
    const pilot_clause *clause = pilot_clause_find(finding->clause);
    return clause ? clause->actors : 0;
}

size_t pilot_finding_next(const pilot_finding *finding, pilot_language language, char *text, size_t size)
{
    sentence out = begin(text, size);
    bool zh = language == PILOT_CHINESE;
    pilot_text day;
    if (finding->outcome != PILOT_BREACH && finding->outcome != PILOT_PENDING &&
        finding->outcome != PILOT_UNKNOWN)
        return 0;
    say(&out, zh ? "请" : "");
    say_actors(&out, pilot_finding_actors(finding), language);
    if (finding->outcome == PILOT_BREACH)
        say(&out, zh ? "整改" : ": put it right");
    else if (finding->outcome == PILOT_UNKNOWN) {
        say(&out, zh ? "补充 " : ": supply ");
        say_missing(&out, finding);
    } else if (has_due(finding))
        say(&out, zh ? "于%s前完成" : ": do it by %s", pilot_date_text(finding->due.value, &day));
    else
        say(&out, zh ? "及时办理（未定期限）" : ": do it in time (no date is set)");
    return end(&out);
}
