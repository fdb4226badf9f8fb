/* Reports for people. */
#include "report_internal.h"
#include "base/base_internal.h"
#include "base/sentence.h"
#include "base/writer.h"

#include <stdlib.h>

/* In the order in which somebody has to act on them. */
static const pilot_outcome printing_order[PILOT_OUTCOME_COUNT] = {
    PILOT_BREACH, PILOT_UNKNOWN, PILOT_PENDING, PILOT_INFO, PILOT_MET, PILOT_NOT_APPLICABLE};

static void print_counts(writer *w, const size_t counts[PILOT_OUTCOME_COUNT], pilot_language language)
{
    static const pilot_phrase comma = {"，", ", "};
    for (int i = 0; i < PILOT_OUTCOME_COUNT; i++)
        pilot_write_format(w, "%s%s %zu", i ? pilot_phrase_in(comma, language) : "",
                           pilot_outcome_title(printing_order[i], language), counts[printing_order[i]]);
    pilot_write_raw(w, "\n");
}

static void print_head(writer *w, const pilot_report *report, pilot_language language)
{
    static const pilot_phrase as_of = {"截至", "as of "}, policy = {"；依据政策“", ", policy "},
                              fingerprint = {"”（指纹", " ("},
                              library = {"），libpilot ", "), libpilot "};
    const pilot_receipt *receipt = pilot_report_receipt(report);
    const pilot_parameters *p = pilot_policy_parameters(pilot_report_policy(report));
    char day[64];
    sentence said = pilot_sentence_begin(day, sizeof day);
    pilot_say_date(&said, receipt->as_of.value, language);
    (void)pilot_sentence_end(&said);
    pilot_write_shown(w, pilot_phrase_in((pilot_phrase){p->name_zh, p->name_en}, language));
    pilot_write_format(w, "\n%s%s%s", pilot_phrase_in(as_of, language), day,
                       pilot_phrase_in(policy, language));
    pilot_write_shown(w, receipt->policy);
    pilot_write_format(w, "%s%016llx%s%s\n", pilot_phrase_in(fingerprint, language),
                       (unsigned long long)receipt->fingerprint, pilot_phrase_in(library, language),
                       receipt->library);
}

static size_t size_of(const pilot_summary *row)
{
    size_t size = 0;
    for (int i = 0; i < PILOT_OUTCOME_COUNT; i++)
        size += row->counts[i];
    return size;
}

/* Of what passes, whatever its outcome: in all, and the rows that add up to it. */
static bool print_districts(writer *w, const pilot_report *report, pilot_report_filter filter,
                            pilot_language language)
{
    static const pilot_phrase own = {"市本级", "the city itself"}, colon = {"：", ": "};
    size_t count = pilot_city_records(pilot_report_city(report))->district_count + 1;
    pilot_summary *rows = calloc(count, sizeof *rows), all = {0};
    filter.outcomes = 0;
    if (!rows || pilot_report_by_district_until(report, &filter, rows, count, &w->stop) != PILOT_OK) {
        free(rows);
        return false;
    }
    for (size_t i = 0; i < count; i++)
        for (int outcome = 0; outcome < PILOT_OUTCOME_COUNT; outcome++)
            all.counts[outcome] += rows[i].counts[outcome];
    print_counts(w, all.counts, language);
    for (size_t i = 0; i < count; i++) {
        if (!size_of(&rows[i]))
            continue;
        pilot_write_raw(w, "  ");
        pilot_write_shown(w, i + 1 < count ? pilot_name_or_id(rows[i].name, rows[i].id)
                                           : pilot_phrase_in(own, language));
        pilot_write_raw(w, pilot_phrase_in(colon, language));
        print_counts(w, rows[i].counts, language);
    }
    free(rows);
    return true;
}

/* A sentence of any length. Returns whether there is one. */
typedef size_t (*sentence_function)(const pilot_finding *f, pilot_language language, char *text,
                                    size_t size);
static bool print_sentence(writer *w, const char *before, sentence_function say, const pilot_finding *f,
                           pilot_language language)
{
    const size_t length = say(f, language, NULL, 0);
    if (!length)
        return false;
    pilot_write_raw(w, before);
    char *room = pilot_write_room(w, length);
    if (room)
        (void)say(f, language, room, length + 1);
    return true;
}

static void print_finding(writer *w, const pilot_finding *f, pilot_language language)
{
    pilot_write_format(w, "  %-8s ", f->clause);
    (void)print_sentence(w, "", pilot_finding_text, f, language);
    pilot_write_raw(w, "\n");
    if (print_sentence(w, "           -> ", pilot_finding_next, f, language))
        pilot_write_raw(w, "\n");
}

static void print_outcome(writer *w, const pilot_report *report, pilot_report_filter filter,
                          pilot_outcome outcome, pilot_language language)
{
    filter.outcomes = 1u << outcome;
    size_t i = pilot_report_next_until(report, 0, &filter, &w->stop);
    if (i == pilot_report_size(report))
        return;
    pilot_write_format(w, "\n%s\n", pilot_outcome_title(outcome, language));
    for (; i < pilot_report_size(report) && !pilot_writer_ends(w);
         i = pilot_report_next_until(report, i + 1, &filter, &w->stop)) {
        pilot_finding f;
        if (pilot_report_at_until(report, i, &w->stop, &f) == PILOT_OK)
            print_finding(w, &f, language);
    }
}

pilot_status pilot_report_print(const pilot_report *report, const pilot_report_filter *filter,
                                pilot_language language, char **text)
{
    return pilot_report_print_until(report, filter, language, NULL, text);
}

pilot_status pilot_report_print_until(const pilot_report *report, const pilot_report_filter *filter,
                                      pilot_language language, const pilot_stop *stop, char **text)
{
    static const pilot_report_filter all = {0};
    if (!report || !text)
        return PILOT_ERROR_ARGUMENT;
    writer w = pilot_writer_text(false);
    w.stop.stop = stop;
    filter = filter ? filter : &all;
    print_head(&w, report, language);
    w.failed |= !print_districts(&w, report, *filter, language);
    for (int i = 0; i < PILOT_OUTCOME_COUNT; i++)
        if (!filter->outcomes || filter->outcomes & 1u << printing_order[i])
            print_outcome(&w, report, *filter, printing_order[i], language);
    return pilot_writer_finish(&w, text);
}

static void print_change(writer *w, const pilot_report *from, const pilot_report *to, size_t i,
                         pilot_language language)
{
    static const pilot_phrase colon = {"：", ": "};
    pilot_finding f;
    if (pilot_report_at_until(to, i, &w->stop, &f) != PILOT_OK)
        return;
    pilot_write_format(w, "  %-8s ", f.clause);
    pilot_write_shown(w, pilot_subject_name(&f));
    pilot_write_format(w, "%s%s%s%s -> %s\n", pilot_phrase_in(colon, language),
                       pilot_phrase_in((pilot_phrase){f.rule->zh, f.rule->en}, language),
                       pilot_phrase_in(colon, language),
                       pilot_outcome_title(pilot_report_outcome(from, i), language),
                       pilot_outcome_title(f.outcome, language));
}

/* 一一对应：一个居民区归一个社区（A-2） */
static void print_reading(writer *w, const pilot_reading_info *info, int32_t option,
                          pilot_language language)
{
    const pilot_word *word = &info->options[option];
    if (language == PILOT_CHINESE)
        pilot_write_format(w, "%s：%s（%s）\n", info->title_zh, word->zh, info->register_id);
    else
        pilot_write_format(w, "%s: %s (%s)\n", info->title_en, word->en, info->register_id);
}

/* What one other option changes; nothing is printed where it changes nothing. */
static pilot_status print_option(writer *w, const pilot_report *report, const pilot_reading_info *info,
                                 pilot_reading reading, int32_t option, pilot_language language)
{
    pilot_policy *policy;
    pilot_report *other;
    size_t size = pilot_report_size(report);
    pilot_status status =
        pilot_policy_with_reading(pilot_report_policy(report), reading, option, &policy);
    if (status != PILOT_OK)
        return status;
    status = pilot_check_until(policy, pilot_report_city(report),
                               pilot_report_receipt(report)->as_of.value, w->stop.stop, &other, NULL);
    if (status == PILOT_OK) {
        size_t i = pilot_report_difference(report, other, 0);
        if (i < size)
            print_reading(w, info, option, language);
        for (; i < size && !pilot_writer_ends(w); i = pilot_report_difference(report, other, i + 1))
            print_change(w, report, other, i, language);
        pilot_report_free(other);
    }
    pilot_policy_free(policy);
    return w->stop.stopped ? PILOT_ERROR_STOPPED : status;
}

pilot_status pilot_readings_print(const pilot_report *report, pilot_language language, char **text)
{
    return pilot_readings_print_until(report, language, NULL, text);
}

pilot_status pilot_readings_print_until(const pilot_report *report, pilot_language language,
                                        const pilot_stop *stop, char **text)
{
    if (!report || !text)
        return PILOT_ERROR_ARGUMENT;
    writer w = pilot_writer_text(false);
    w.stop.stop = stop;
    pilot_status status = PILOT_OK;
    for (int i = 0; status == PILOT_OK && i < PILOT_READING_COUNT; i++) {
        pilot_reading_info info;
        status = pilot_reading_at((pilot_reading)i, &info);
        int32_t own = pilot_policy_parameters(pilot_report_policy(report))->readings[i];
        for (int32_t option = 0; status == PILOT_OK && option < info.option_count; option++)
            if (option != own)
                status = print_option(&w, report, &info, (pilot_reading)i, option, language);
    }
    if (status != PILOT_OK) {
        pilot_text_free(w.text);
        return status;
    }
    return pilot_writer_finish(&w, text);
}
