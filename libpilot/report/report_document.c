/* A report as a document. */
#include "report_internal.h"

#include "base/base_internal.h"
#include "notice/clause_internal.h"
#include "notice/policy_internal.h"
#include "record/fields.h"
#include "rules/subject.h"

#include <stdlib.h>

/* A finding with all that has to be looked up or said in words. */
typedef struct finding_document {
    pilot_finding finding;
    const char *rule, *law;
    int32_t scope;
    char path[64];
    char zh[512], en[512];
    char missing_text[256];
    const char *missing;
    uint32_t who;
    const char *next_zh, *next_en;
    char next_zh_text[256], next_en_text[384];
} finding_document;

static const field finding_fields[] = {
    REQUIRED(finding_document, rule, "rule", TEXT, NULL, "规则编号", "id of the rule"),
    REQUIRED(finding_document, finding.clause, "clause", TEXT, NULL, "依据条款编号",
             "id of the clause that decides"),
    OPTIONAL(finding_document, law, "law", TEXT, NULL, "依据的其他法规",
             "where it is written, if not in the notice"),
    REQUIRED(finding_document, scope, "scope", WORD, NULL, "检查对象类别", "what the rule is asked of",
             .of = &pilot_scope_words),
    CHARS(finding_document, path, "path", NULL, "记录位置，城市数据文件中",
          "of the record in the city file"),
    REQUIRED(finding_document, finding.outcome, "outcome", WORD, NULL, "检查结论", "the outcome",
             .of = &pilot_outcome_words),
    OPTIONAL(finding_document, finding.found, "found", VALUE, NULL, "实际值", "the value found"),
    OPTIONAL(finding_document, finding.required, "required", VALUE, NULL, "要求值",
             "the value required"),
    OPTIONAL(finding_document, finding.due, "due", DATE, NULL, "截止日期", "the last day for it"),
    OPTIONAL(
        finding_document, finding.notice_due, "notice_due", DATE, NULL,
        "方案载明的期限，通知生效时已过、自生效之日起计的",
        "the notice's own date, where due counts in its place as it had passed when the notice took "
        "force"),
    OPTIONAL(finding_document, finding.since, "since", DATE, NULL, "应付未付起始日期",
             "the day since which the sum is waited for"),
    OPTIONAL(finding_document, finding.days_late, "days_late", NUMBER, NULL, "逾期天数",
             "days after the due day"),
    OPTIONAL(
        finding_document, missing, "missing", TEXT, NULL, "缺少的证据，其字段名及所在列表记录的编号",
        "the evidence that is not there: its key, with the id of the list's record that it is a key of"),
    OPTIONAL(finding_document, finding.readings, "readings", SET, NULL, "影响结论的争议读法",
             "disputed readings on which the outcome depends", .of = &pilot_readings_record),
    CHARS(finding_document, zh, "zh", NULL, "中文说明", "the finding in Chinese"),
    CHARS(finding_document, en, "en", NULL, "英文说明", "the finding in English"),
    OPTIONAL(finding_document, who, "who", WORDS, NULL, "责任单位", "the bodies that have to act",
             .of = &pilot_actor_words),
    OPTIONAL(finding_document, next_zh, "next_zh", TEXT, NULL, "下一步的中文说明",
             "what to do next, in Chinese"),
    OPTIONAL(finding_document, next_en, "next_en", TEXT, NULL, "下一步的英文说明",
             "what to do next, in English"),
};
const record pilot_finding_record =
    RECORD("findings", finding_document, finding_fields, "一条检查结果", "a finding");

static void fill(finding_document *d, const pilot_finding *finding)
{
    d->finding = *finding;
    d->rule = finding->rule->id;
    d->law = finding->rule->law;
    d->scope = (int32_t)finding->rule->scope;
    pilot_finding_path(finding, d->path, sizeof d->path);
    pilot_finding_text(finding, PILOT_CHINESE, d->zh, sizeof d->zh);
    pilot_finding_text(finding, PILOT_ENGLISH, d->en, sizeof d->en);
    d->missing =
        pilot_finding_missing(finding, d->missing_text, sizeof d->missing_text) ? d->missing_text : NULL;
    d->next_zh = pilot_finding_next(finding, PILOT_CHINESE, d->next_zh_text, sizeof d->next_zh_text)
                     ? d->next_zh_text
                     : NULL;
    d->next_en = pilot_finding_next(finding, PILOT_ENGLISH, d->next_en_text, sizeof d->next_en_text)
                     ? d->next_en_text
                     : NULL;
    d->who = d->next_en ? pilot_finding_actors(finding) : 0;
}

pilot_status pilot_finding_write(const pilot_finding *finding, pilot_json_style style, char **text)
{
    if (!finding || !text || !pilot_rule_itself(finding->rule))
        return PILOT_ERROR_ARGUMENT;
    finding_document d;
    fill(&d, finding);
    return pilot_record_text(&pilot_finding_record, &d, style == PILOT_JSON_INDENTED, NULL, text);
}

typedef struct report_inputs {
    int64_t districts, providers, communities, areas;
} report_inputs;

static const field inputs_fields[] = {
    REQUIRED(report_inputs, districts, "districts", COUNT, NULL, "城区数", "its districts"),
    REQUIRED(report_inputs, providers, "providers", COUNT, NULL, "服务企业数", "its providers"),
    REQUIRED(report_inputs, communities, "communities", COUNT, NULL, "社区数", "its communities"),
    REQUIRED(report_inputs, areas, "areas", COUNT, NULL, "居民区数", "its areas"),
};
static const record inputs_record = RECORD("inputs", report_inputs, inputs_fields,
                                           "城市数据文件的记录数", "how many records the city file has");

typedef struct report_counts {
    int64_t of[PILOT_OUTCOME_COUNT];
} report_counts;

/* The keys are those of pilot_outcome_name. */
#define OUTCOME(outcome, key, zh, en)                                                                   \
    [outcome] = REQUIRED(report_counts, of[outcome], key, COUNT, NULL, zh, en)
static const field counts_fields[PILOT_OUTCOME_COUNT] = {
    OUTCOME(PILOT_MET, "met", "符合，达到方案要求", "what the notice asks is so"),
    OUTCOME(PILOT_BREACH, "breach", "不符合，未达到方案要求", "it is not so"),
    OUTCOME(PILOT_PENDING, "pending", "未到期", "not yet due"),
    OUTCOME(PILOT_UNKNOWN, "unknown", "缺少证据", "evidence is missing"),
    OUTCOME(PILOT_INFO, "info", "提示，属软性条款", "of a soft clause"),
    OUTCOME(PILOT_NOT_APPLICABLE, "not_applicable", "不适用", "the rule does not apply"),
};
static const record counts_record =
    RECORD("counts", report_counts, counts_fields, "按结论计的结果数", "findings by outcome");

typedef struct summary_document {
    const char *id, *name;
    report_counts counts;
} summary_document;

static const field summary_fields[] = {
    REQUIRED(summary_document, id, "id", ID, NULL, "记录编号", "of the record in the city file"),
    OPTIONAL(summary_document, name, "name", TEXT, NULL, "记录名称", "its name"),
    REQUIRED(summary_document, counts, "counts", RECORD, NULL, "按结论计的结果数", "findings by outcome",
             .of = &counts_record),
};
static const record summary_record =
    RECORD("summaries", summary_document, summary_fields, "一个城区或社区连同其下属",
           "a district or community and all that lies in it");

/* Without its lists, whose items are made one at a time. */
typedef struct report_document {
    pilot_receipt receipt;
    report_inputs inputs;
    report_counts counts;
} report_document;

enum {
    REPORT_RECEIPT,
    REPORT_INPUTS,
    REPORT_COUNTS,
    REPORT_DISTRICTS,
    REPORT_COMMUNITIES,
    REPORT_FINDINGS
};
static const field report_fields[] = {
    [REPORT_RECEIPT] = REQUIRED(report_document, receipt, "receipt", RECORD, NULL, "结果出处",
                                "where it comes from", .of = &pilot_receipt_record),
    [REPORT_INPUTS] = REQUIRED(report_document, inputs, "inputs", RECORD, NULL, "城市数据文件的记录数",
                               "how many records the city file has", .of = &inputs_record),
    [REPORT_COUNTS] =
        REQUIRED(report_document, counts, "counts", RECORD, NULL, "按结论计的全部结果数，含未写出的",
                 "all findings by outcome, those that are not written included", .of = &counts_record),
    [REPORT_DISTRICTS] = {.key = "districts",
                          .kind = FIELD_LIST,
                          .required = true,
                          .of = &summary_record,
                          .zh = "分城区结果",
                          .en = "findings by district"},
    [REPORT_COMMUNITIES] = {.key = "communities",
                            .kind = FIELD_LIST,
                            .required = true,
                            .of = &summary_record,
                            .zh = "分社区结果",
                            .en = "findings by community"},
    [REPORT_FINDINGS] = {.key = "findings",
                         .kind = FIELD_LIST,
                         .required = true,
                         .of = &pilot_finding_record,
                         .zh = "检查结果，先全市，后按文件中的记录顺序",
                         .en = "in stable order: the city, then its records in the "
                               "order of the file"},
};
const record pilot_report_record =
    RECORD("report", report_document, report_fields, "检查报告，以方案的规则对照城市数据",
           "a report: the notice's rules held against a city's records");

static report_document document_of(const pilot_report *report)
{
    const pilot_records *r = pilot_city_records(pilot_report_city(report));
    report_document d = {
        .receipt = *pilot_report_receipt(report),
        .inputs = {(int64_t)r->district_count, (int64_t)r->provider_count, (int64_t)r->community_count,
                   (int64_t)r->area_count},
    };
    for (int i = 0; i < PILOT_OUTCOME_COUNT; i++)
        d.counts.of[i] = (int64_t)pilot_report_count(report, (pilot_outcome)i);
    return d;
}

static void write_summaries(writer *w, const pilot_report *report, const field *list, pilot_scope scope,
                            size_t count)
{
    pilot_summary *rows = calloc(count + 1, sizeof *rows);
    if (!rows || pilot_report_summaries_until(report, scope, rows, count, &w->stop) != PILOT_OK) {
        w->failed = true;
        free(rows);
        return;
    }
    pilot_write_open(w, list->key, '[');
    for (size_t i = 0; i < count && !pilot_writer_ends(w); i++) {
        summary_document d = {.id = rows[i].id, .name = rows[i].name};
        for (int j = 0; j < PILOT_OUTCOME_COUNT; j++)
            d.counts.of[j] = (int64_t)rows[i].counts[j];
        pilot_record_write(w, NULL, &summary_record, &d);
    }
    pilot_write_close(w, ']');
    free(rows);
}

static void write_findings(writer *w, const pilot_report *report, const pilot_report_filter *filter)
{
    pilot_write_open(w, report_fields[REPORT_FINDINGS].key, '[');
    size_t size = pilot_report_size(report);
    for (size_t i = pilot_report_next_until(report, 0, filter, &w->stop);
         i < size && !pilot_writer_ends(w);
         i = pilot_report_next_until(report, i + 1, filter, &w->stop)) {
        pilot_finding f;
        finding_document d;
        if (pilot_report_at_until(report, i, &w->stop, &f) != PILOT_OK)
            continue;
        fill(&d, &f);
        pilot_record_write(w, NULL, &pilot_finding_record, &d);
    }
    pilot_write_close(w, ']');
}

pilot_status pilot_report_write(const pilot_report *report, const pilot_report_filter *filter,
                                pilot_json_style style, char **text)
{
    return pilot_report_write_until(report, filter, style, NULL, text);
}

pilot_status pilot_report_write_until(const pilot_report *report, const pilot_report_filter *filter,
                                      pilot_json_style style, const pilot_stop *stop, char **text)
{
    if (!report || !text)
        return PILOT_ERROR_ARGUMENT;
    report_document d = document_of(report);
    writer w = pilot_writer_text(style == PILOT_JSON_INDENTED);
    w.stop.stop = stop;
    pilot_write_open(&w, NULL, '{');
    for (int i = 0; i <= REPORT_COUNTS; i++)
        pilot_record_write(&w, report_fields[i].key, report_fields[i].of,
                           field_in(&d, &report_fields[i]));
    write_summaries(&w, report, &report_fields[REPORT_DISTRICTS], PILOT_SCOPE_DISTRICT,
                    (size_t)d.inputs.districts);
    write_summaries(&w, report, &report_fields[REPORT_COMMUNITIES], PILOT_SCOPE_COMMUNITY,
                    (size_t)d.inputs.communities);
    write_findings(&w, report, filter);
    pilot_write_close(&w, '}');
    return pilot_writer_finish(&w, text);
}
