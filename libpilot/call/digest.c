/* A report small enough for a page of thousands of communities: each text once, and findings as rows of
 * the texts' numbers. */
#include "call.h"

#include "base/base_internal.h"
#include "base/writer.h"
#include "notice/policy_internal.h"
#include "report/report_internal.h"
#include "rules/subject.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where a text stands among those that are written. */
typedef struct text_place {
    uint64_t hash;
    size_t at, length; /* in the writer; length 0: no text */
    uint32_t number;
} text_place;

typedef struct texts {
    writer w;
    text_place *places; /* by hash, capacity of them, at most half of them used */
    size_t capacity;
    uint32_t count;
} texts;

enum { TEXTS_FIRST = 1024 };

static text_place *place_of(const texts *t, uint64_t hash, const char *text, size_t length)
{
    size_t at = (size_t)hash & (t->capacity - 1);
    while (t->places[at].length && (t->places[at].hash != hash || t->places[at].length != length ||
                                    memcmp(t->w.text + t->places[at].at, text, length) != 0))
        at = (at + 1) & (t->capacity - 1);
    return &t->places[at];
}

static bool make_room(texts *t)
{
    if (2 * ((size_t)t->count + 1) < t->capacity)
        return true;
    texts wider = *t;
    wider.capacity = t->capacity ? 2 * t->capacity : TEXTS_FIRST;
    wider.places = calloc(wider.capacity, sizeof *wider.places);
    if (!wider.places)
        return false;
    for (size_t i = 0; i < t->capacity; i++)
        if (t->places[i].length)
            *place_of(&wider, t->places[i].hash, t->w.text + t->places[i].at, t->places[i].length) =
                t->places[i];
    free(t->places);
    *t = wider;
    return true;
}

/* The number of a text in both languages, from 1; 0 of one that is empty. It is written where it would
 * stand, and taken back where it is there already. */
static uint32_t number_of(texts *t, const char *zh, const char *en)
{
    const size_t before = t->w.length;
    if (!*zh && !*en)
        return 0;
    if (t->w.failed || !make_room(t)) {
        t->w.failed = true;
        return 0;
    }
    pilot_write_raw(&t->w, ",");
    t->w.first_member = true;
    if (strcmp(zh, en) == 0) {
        pilot_write_string(&t->w, NULL, zh);
    } else {
        pilot_write_open(&t->w, NULL, '[');
        pilot_write_string(&t->w, NULL, zh);
        pilot_write_string(&t->w, NULL, en);
        pilot_write_close(&t->w, ']');
    }
    if (t->w.failed)
        return 0;
    const size_t length = t->w.length - before;
    const uint64_t hash = pilot_hash(PILOT_HASH_START, t->w.text + before, length);
    text_place *at = place_of(t, hash, t->w.text + before, length);
    if (at->length)
        t->w.length = before;
    else
        *at = (text_place){hash, before, length, ++t->count};
    return at->number;
}

static uint32_t same(texts *t, const char *text)
{
    return text ? number_of(t, text, text) : 0;
}

static uint32_t day_number(texts *t, pilot_opt_date day)
{
    pilot_text text;
    return day.known ? same(t, pilot_date_text(day.value, &text)) : 0;
}

/* The names of the words whose bits are set, with spaces between. */
static uint32_t names_number(texts *t, uint32_t bits, int count, const char *(*name)(int))
{
    char text[1024] = "";
    size_t length = 0;
    for (int i = 0; i < count; i++)
        if (bits >> i & 1)
            length += (size_t)snprintf(text + length, sizeof text - length, "%s%s", length ? " " : "",
                                       name(i));
    return same(t, text);
}

static const char *actor(int number)
{
    return pilot_actor_name((pilot_actor)number);
}

static const char *reading(int number)
{
    return pilot_reading_name((pilot_reading)number);
}

static uint32_t part_number(texts *t, const pilot_finding *f, pilot_finding_part part)
{
    char zh[512], en[512];
    pilot_finding_part_text(f, part, PILOT_CHINESE, zh, sizeof zh);
    pilot_finding_part_text(f, part, PILOT_ENGLISH, en, sizeof en);
    return number_of(t, zh, en);
}

/* Without the zeros at its end. */
static void write_row(writer *w, texts *t, const pilot_finding *f)
{
    char path[256], evidence[256], zh[512], en[512];
    const bool acts = pilot_finding_next(f, PILOT_ENGLISH, en, sizeof en) > 0;
    const uint32_t next =
        pilot_finding_next(f, PILOT_CHINESE, zh, sizeof zh) || acts ? number_of(t, zh, en) : 0;
    pilot_finding_path(f, path, sizeof path);
    pilot_finding_missing_text(f, PILOT_CHINESE, zh, sizeof zh);
    pilot_finding_missing_text(f, PILOT_ENGLISH, en, sizeof en);
    pilot_finding_missing_path(f, evidence, sizeof evidence);
    const int64_t row[] = {
        (int64_t)f->outcome,
        same(t, f->rule->id),
        same(t, f->clause),
        same(t, f->rule->law),
        same(t, path),
        part_number(t, f, PILOT_FINDING_SUBJECT),
        part_number(t, f, PILOT_FINDING_FOUND),
        part_number(t, f, PILOT_FINDING_REQUIRED),
        day_number(t, f->due),
        number_of(t, zh, en),
        acts ? names_number(t, pilot_finding_actors(f), PILOT_ACTOR_COUNT, actor) : 0,
        part_number(t, f, PILOT_FINDING_WHO),
        next,
        day_number(t, f->notice_due),
        day_number(t, f->since),
        f->days_late,
        same(t, evidence),
        names_number(t, f->readings, PILOT_READING_COUNT, reading),
    };
    size_t count = sizeof row / sizeof *row;
    while (count > 1 && !row[count - 1])
        count--;
    pilot_write_open(w, NULL, '[');
    for (size_t i = 0; i < count; i++)
        pilot_write_integer(w, NULL, row[i]);
    pilot_write_close(w, ']');
}

static void write_rows(writer *w, texts *t, const pilot_report *report,
                       const pilot_report_filter *filter)
{
    const size_t size = pilot_report_size(report);
    pilot_write_open(w, NULL, '[');
    for (size_t i = pilot_report_next_until(report, 0, filter, &w->stop);
         i < size && !pilot_writer_ends(w);
         i = pilot_report_next_until(report, i + 1, filter, &w->stop)) {
        pilot_finding f;
        if (pilot_report_at_until(report, i, &w->stop, &f) == PILOT_OK)
            write_row(w, t, &f);
    }
    pilot_write_close(w, ']');
}

typedef struct digest_document {
    pilot_receipt receipt;
    pilot_json_text texts, findings;
} digest_document;
#define JSON(member_, key_, zh_, en_)                                                                   \
    {                                                                                                   \
        .key = key_, .kind = FIELD_JSON, .required = true,                                              \
        .offset = offsetof(digest_document, member_), .zh = zh_, .en = en_                              \
    }
static const field digest_fields[] = {
    REQUIRED(digest_document, receipt, "receipt", RECORD, NULL, "结果出处", "where it comes from",
             .of = &pilot_receipt_record),
    JSON(texts, "texts", "文本：中英文一对，或两者相同的一个，第一个为空",
         "texts: a pair of Chinese and English, or one that is both; the first is \"\""),
    JSON(
        findings, "findings",
        "检查结果，每项依次为结论序号、规则、条款、法规、位置、对象、实际值、要求值、截止日期、"
        "所缺证据、责任单位编号、责任单位、下一步、方案载明的期限、应付未付起始日期、逾期天数、"
        "填写位置、争议读法；除结论和天数外均为文本序号，末尾的0略去",
        "findings: of each the number of its outcome, and the numbers of the texts that are its rule, "
        "clause, law, path, subject, value found, value required, due day, missing evidence, names of "
        "the bodies that have to act, these in words, next step, the notice's own date, the day since "
        "which a sum is waited for, how many days late it is (no text), the path of the evidence, names "
        "of the readings; zeros at the end are left out"),
};
const record pilot_digest_record =
    RECORD("digest", digest_document, digest_fields, "检查报告的紧凑写法", "a report in few bytes");

/* Both writers end, whatever fails. */
static pilot_status finish(writer *rows, texts *t, digest_document *d)
{
    char *texts_json = NULL, *rows_json = NULL;
    pilot_write_raw(&t->w, "]");
    t->w.failed |= rows->failed;
    const pilot_status status = pilot_writer_finish(rows, &rows_json);
    const pilot_status of_texts = pilot_writer_finish(&t->w, &texts_json);
    free(t->places);
    if (status == PILOT_OK && of_texts == PILOT_OK) {
        d->texts = (pilot_json_text){texts_json, strlen(texts_json)};
        d->findings = (pilot_json_text){rows_json, strlen(rows_json)};
        return PILOT_OK;
    }
    pilot_text_free(texts_json);
    pilot_text_free(rows_json);
    return status == PILOT_OK ? of_texts : status;
}

pilot_status pilot_call_digest(calling *c, const pilot_report *report, const pilot_report_filter *filter,
                               char **text)
{
    digest_document d = {.receipt = *pilot_report_receipt(report)};
    texts t = {.w = pilot_writer_text(false)};
    writer rows = pilot_writer_text(false);
    rows.stop.stop = c->from.stop;
    pilot_write_raw(&t.w, "[\"\"");
    write_rows(&rows, &t, report, filter);
    pilot_status status = finish(&rows, &t, &d);
    if (status == PILOT_OK)
        status = pilot_call_give(c, &pilot_digest_record, &d, text);
    pilot_text_free((char *)d.texts.text);
    pilot_text_free((char *)d.findings.text);
    return status;
}
