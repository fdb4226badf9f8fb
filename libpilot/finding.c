/* Findings in words. */
#include "check_internal.h"

#include "city_internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const words pilot_outcome_words =
    WORD_LIST("met", "breach", "pending", "unknown", "info", "not_applicable");
const words pilot_scope_words =
    WORD_LIST("city", "district", "community", "area", "office", "appointment", "handover", "contract",
              "charge", "income", "parking");

const char *pilot_outcome_name(pilot_outcome outcome)
{
    return pilot_word(&pilot_outcome_words, (int32_t)outcome);
}

const char *pilot_scope_name(pilot_scope scope)
{
    return pilot_word(&pilot_scope_words, (int32_t)scope);
}

const char *pilot_outcome_title(pilot_outcome outcome, pilot_language language)
{
    static const char *const titles[PILOT_OUTCOME_COUNT][2] = {
        {"met", "符合"},         {"breach", "不符合"}, {"pending", "未到期"},
        {"unknown", "缺少证据"}, {"info", "提示"},     {"not applicable", "不适用"},
    };
    return (unsigned)outcome < PILOT_OUTCOME_COUNT ? titles[outcome][language == PILOT_CHINESE] : NULL;
}

/* Text that goes on where the last piece ended, and counts what does not fit. */
typedef struct sentence {
    char *text;
    size_t size, length;
} sentence;

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

/* What the subject's record lies in, or is. */
static pilot_scope own_scope(pilot_scope scope)
{
    const child_scope *child = pilot_child_scope(scope);
    return child ? child->parent : scope;
}

size_t pilot_finding_path(const pilot_finding *finding, char *text, size_t size)
{
    sentence out = {text, size, 0};
    const pilot_subject *s = &finding->subject;
    const child_scope *child = pilot_child_scope(finding->rule->scope);
    if (size)
        *text = '\0';
    if (!s->city)
        return 0;
    const pilot_records *r = pilot_city_records(s->city);
    pilot_scope own = own_scope(finding->rule->scope);
    if (own == PILOT_SCOPE_DISTRICT)
        say(&out, "/districts/%td", s->district - r->districts);
    else if (own == PILOT_SCOPE_COMMUNITY)
        say(&out, "/communities/%td", s->community - r->communities);
    else if (own == PILOT_SCOPE_AREA)
        say(&out, "/areas/%td", s->area - r->areas);
    if (child) {
        size_t count;
        const char *list = pilot_child_list(child, s, &count);
        const char *item = pilot_subject_record(s, child->scope);
        say(&out, "/%s/%zu", child->key, (size_t)(item - list) / child->size);
    }
    return out.length;
}

static const char *name_or_id(const char *name, const char *id)
{
    return name ? name : id ? id : "";
}

const char *pilot_subject_name(const pilot_finding *finding)
{
    const pilot_subject *s = &finding->subject;
    switch (own_scope(finding->rule->scope)) {
    case PILOT_SCOPE_CITY:
        return name_or_id(pilot_city_records(s->city)->name, NULL);
    case PILOT_SCOPE_DISTRICT:
        return name_or_id(s->district->name, s->district->id);
    case PILOT_SCOPE_COMMUNITY:
        return s->community ? name_or_id(s->community->name, s->community->id) : "";
    default:
        return s->area ? name_or_id(s->area->name, s->area->id) : "";
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
    case PILOT_VALUE_AREA:
        say(out, zh ? "%s平方米" : "%s m²", pilot_area_text(value->number, &text));
        break;
    case PILOT_VALUE_DATE:
        say(out, "%s", pilot_date_text((pilot_date)value->number, &text));
        break;
    case PILOT_VALUE_WORD:
        say(out, "%s", value->word);
        break;
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

static void say_dates(sentence *out, const pilot_finding *f, pilot_language language)
{
    bool zh = language == PILOT_CHINESE;
    pilot_text text;
    if (f->days_late)
        say(out, zh ? "，逾期%d天" : ", %d days late", (int)f->days_late);
    else if (f->outcome == PILOT_PENDING && f->due.known)
        say(out, zh ? "；到期日%s" : "; due %s", pilot_date_text(f->due.value, &text));
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
    sentence out = {text, size, 0};
    bool zh = language == PILOT_CHINESE;
    const char *name = pilot_subject_name(finding);
    if (size)
        *text = '\0';
    say(&out, "%s%s%s", name,
        !*name ? ""
        : zh   ? "："
               : ": ",
        zh ? finding->rule->zh : finding->rule->en);
    say_values(&out, finding, language);
    say_dates(&out, finding, language);
    if (finding->missing)
        say(&out, zh ? "；缺少 %s" : "; no evidence of %s", finding->missing);
    say_readings(&out, finding->readings, language);
    return out.length;
}

/* In the order in which somebody has to act on them. */
static const pilot_outcome printing_order[PILOT_OUTCOME_COUNT] = {
    PILOT_BREACH, PILOT_UNKNOWN, PILOT_PENDING, PILOT_INFO, PILOT_MET, PILOT_NOT_APPLICABLE};

static void print_counts(writer *w, const pilot_report *report, pilot_language language)
{
    for (int i = 0; i < PILOT_OUTCOME_COUNT; i++)
        pilot_write_format(w, "%s%s %zu", i ? (language == PILOT_CHINESE ? "，" : ", ") : "",
                           pilot_outcome_title(printing_order[i], language),
                           pilot_report_count(report, printing_order[i]));
    pilot_write_raw(w, "\n");
}

static void print_finding(writer *w, const pilot_finding *f, pilot_language language)
{
    char text[512], path[64];
    pilot_finding_text(f, language, text, sizeof text);
    pilot_finding_path(f, path, sizeof path);
    pilot_write_format(w, "  %-8s ", f->clause);
    pilot_write_raw(w, text);
    pilot_write_format(w, "%s%s%s\n", *path ? "  [" : "", path, *path ? "]" : "");
}

static void print_outcome(writer *w, const pilot_report *report, pilot_outcome outcome,
                          pilot_language language)
{
    pilot_write_format(w, "\n%s (%zu)\n", pilot_outcome_title(outcome, language),
                       pilot_report_count(report, outcome));
    for (size_t i = 0; i < pilot_report_size(report); i++) {
        pilot_finding f;
        if (pilot_report_outcome(report, i) == outcome && pilot_report_at(report, i, &f) == PILOT_OK)
            print_finding(w, &f, language);
    }
}

pilot_status pilot_report_print(const pilot_report *report, uint32_t outcomes, pilot_language language,
                                char **text)
{
    if (!report || !text)
        return PILOT_ERROR_ARGUMENT;
    writer w = pilot_writer_text(false);
    const pilot_receipt *receipt = pilot_report_receipt(report);
    pilot_text day;
    const pilot_parameters *p = pilot_policy_parameters(pilot_report_policy(report));
    pilot_write_raw(&w, language == PILOT_CHINESE ? p->name_zh : p->name_en);
    pilot_write_format(&w,
                       language == PILOT_CHINESE ? "\n截至%s，政策 %s (%016llx)，libpilot %s\n"
                                                 : "\nas of %s, policy %s (%016llx), libpilot %s\n",
                       pilot_date_text(receipt->as_of.value, &day), receipt->policy,
                       (unsigned long long)receipt->fingerprint, receipt->library);
    print_counts(&w, report, language);
    for (int i = 0; i < PILOT_OUTCOME_COUNT; i++)
        if (outcomes & 1u << printing_order[i] && pilot_report_count(report, printing_order[i]))
            print_outcome(&w, report, printing_order[i], language);
    return pilot_writer_finish(&w, text);
}
