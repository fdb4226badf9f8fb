/* What the library works out, as JSON. */
#include "pilot/json.h"

#include "../check_internal.h"
#include "../reward_internal.h"

#define F(type, member, key, kind, required, of, clause, en)                                            \
    {                                                                                                   \
        key, kind, required, offsetof(type, member), 0, of, clause, en                                  \
    }

static const field receipt_fields[] = {
    F(pilot_receipt, library, "library", FIELD_CHARS, true, NULL, NULL, "version of the library"),
    F(pilot_receipt, policy, "policy", FIELD_CHARS, true, NULL, NULL, "id of the policy"),
    F(pilot_receipt, fingerprint, "fingerprint", FIELD_HASH, true, NULL, NULL, "of the policy"),
    F(pilot_receipt, as_of, "as_of", FIELD_DATE, false, NULL, NULL, "day on which the result holds"),
};
static const record receipt_record = {"receipt", sizeof(pilot_receipt), FIELDS(receipt_fields),
                                      "what a result comes from"};

static const field line_fields[] = {
    F(pilot_award_line, first, "first", FIELD_MONTH, true, NULL, "4.4.1-3", "first month, included"),
    F(pilot_award_line, last, "last", FIELD_MONTH, true, NULL, "4.4.1-3", "last month, included"),
    F(pilot_award_line, months, "months", FIELD_NUMBER, true, NULL, "4.4.1-6", "how many"),
    F(pilot_award_line, rate.price, "yuan", FIELD_PRICE, true, NULL, "4.4.1-4",
      "rate per unit and month"),
    F(pilot_award_line, rate.basis, "per", FIELD_WORD, true, &pilot_basis_words, "4.4.1-6",
      "what the rate is paid for"),
    F(pilot_award_line, reason, "reason", FIELD_WORD, true, &pilot_withheld_words, "4.4.1-2",
      "payable, or why not"),
    F(pilot_award_line, amount, "amount_yuan", FIELD_MONEY, true, NULL, "4.4.1-6", "payable"),
    F(pilot_award_line, city, "city_yuan", FIELD_MONEY, true, NULL, "4.4.1-8", "the city's part"),
    F(pilot_award_line, district, "district_yuan", FIELD_MONEY, true, NULL, "4.4.1-8",
      "the district's part"),
    F(pilot_award_line, withheld, "withheld_yuan", FIELD_MONEY, true, NULL, "4.4.1-2", "held back"),
    F(pilot_award_line, clause, "clause", FIELD_TEXT, true, NULL, NULL, "that decides the line"),
};
static const record line_record = {"lines", sizeof(pilot_award_line), FIELDS(line_fields),
                                   "a line of the schedule"};

typedef struct award_document {
    pilot_award award;
    const pilot_award_line *lines;
    size_t line_count;
} award_document;

static const field award_fields[] = {
    F(award_document, award.receipt, "receipt", FIELD_RECORD, true, &receipt_record, NULL,
      "where it comes from"),
    F(award_document, award.total, "total_yuan", FIELD_MONEY, true, NULL, "4.4.1-6", "payable in all"),
    F(award_document, award.city, "city_yuan", FIELD_MONEY, true, NULL, "4.4.1-8", "the city's part"),
    F(award_document, award.district, "district_yuan", FIELD_MONEY, true, NULL, "4.4.1-8",
      "the district's part"),
    F(award_document, award.withheld, "withheld_yuan", FIELD_MONEY, true, NULL, "4.4.1-2", "held back"),
    F(award_document, award.months_paid, "months_paid", FIELD_NUMBER, true, NULL, "4.4.1-6",
      "months payable"),
    F(award_document, award.months_withheld, "months_withheld", FIELD_NUMBER, true, NULL, "4.4.1-2",
      "months not payable, for any reason"),
    {"lines", FIELD_LIST, false, offsetof(award_document, lines), offsetof(award_document, line_count),
     &line_record, "4.4.1-4", "the schedule, in time order"},
};
static const record award_record = {"award", sizeof(award_document), FIELDS(award_fields), "an award"};

pilot_status pilot_award_write(const pilot_award *award, const pilot_award_line *lines,
                               pilot_json_style style, char **text)
{
    if (!award || !text)
        return PILOT_ERROR_ARGUMENT;
    award_document document = {*award, lines, lines ? award->line_count : 0};
    writer w = pilot_writer_text(style == PILOT_JSON_INDENTED);
    pilot_record_write(&w, NULL, &award_record, &document);
    return pilot_writer_finish(&w, text);
}

/* A finding with all that has to be looked up or said in words. */
typedef struct finding_document {
    pilot_finding finding;
    const char *rule;
    int32_t scope;
    char path[64];
    char zh[512], en[512];
} finding_document;

static const field finding_fields[] = {
    F(finding_document, rule, "rule", FIELD_TEXT, true, NULL, NULL, "id of the rule"),
    F(finding_document, finding.clause, "clause", FIELD_TEXT, true, NULL, NULL,
      "id of the clause that decides"),
    F(finding_document, scope, "scope", FIELD_WORD, true, &pilot_scope_words, NULL,
      "what the rule is asked of"),
    F(finding_document, path, "path", FIELD_CHARS, true, NULL, NULL, "of the record in the city file"),
    F(finding_document, finding.outcome, "outcome", FIELD_WORD, true, &pilot_outcome_words, NULL,
      "the outcome"),
    F(finding_document, finding.found, "found", FIELD_VALUE, false, NULL, NULL, "the value found"),
    F(finding_document, finding.required, "required", FIELD_VALUE, false, NULL, NULL,
      "the value required"),
    F(finding_document, finding.due, "due", FIELD_DATE, false, NULL, NULL, "the last day for it"),
    F(finding_document, finding.days_late, "days_late", FIELD_NUMBER, false, NULL, NULL,
      "days after the due day"),
    F(finding_document, finding.missing, "missing", FIELD_TEXT, false, NULL, NULL,
      "the evidence that is not there"),
    F(finding_document, finding.readings, "readings", FIELD_SET, false, &pilot_readings_record, NULL,
      "disputed readings on which the outcome depends"),
    F(finding_document, zh, "zh", FIELD_CHARS, true, NULL, NULL, "the finding in Chinese"),
    F(finding_document, en, "en", FIELD_CHARS, true, NULL, NULL, "the finding in English"),
};
static const record finding_record = {"findings", sizeof(finding_document), FIELDS(finding_fields),
                                      "a finding"};

static void write_finding(writer *w, const pilot_finding *finding)
{
    finding_document d;
    d.finding = *finding;
    d.rule = finding->rule->id;
    d.scope = (int32_t)finding->rule->scope;
    pilot_finding_path(finding, d.path, sizeof d.path);
    pilot_finding_text(finding, PILOT_CHINESE, d.zh, sizeof d.zh);
    pilot_finding_text(finding, PILOT_ENGLISH, d.en, sizeof d.en);
    pilot_record_write(w, NULL, &finding_record, &d);
}

static void write_counts(writer *w, const pilot_report *report)
{
    const pilot_records *r = pilot_city_records(pilot_report_city(report));
    pilot_write_open(w, "inputs", '{');
    pilot_write_integer(w, "districts", (int64_t)r->district_count);
    pilot_write_integer(w, "providers", (int64_t)r->provider_count);
    pilot_write_integer(w, "communities", (int64_t)r->community_count);
    pilot_write_integer(w, "areas", (int64_t)r->area_count);
    pilot_write_close(w, '}');
    pilot_write_open(w, "counts", '{');
    for (int i = 0; i < PILOT_OUTCOME_COUNT; i++)
        pilot_write_integer(w, pilot_outcome_name((pilot_outcome)i),
                            (int64_t)pilot_report_count(report, (pilot_outcome)i));
    pilot_write_close(w, '}');
}

pilot_status pilot_report_write(const pilot_report *report, uint32_t outcomes, pilot_json_style style,
                                char **text)
{
    if (!report || !text)
        return PILOT_ERROR_ARGUMENT;
    writer w = pilot_writer_text(style == PILOT_JSON_INDENTED);
    pilot_write_open(&w, NULL, '{');
    pilot_record_write(&w, "receipt", &receipt_record, pilot_report_receipt(report));
    write_counts(&w, report);
    pilot_write_open(&w, "findings", '[');
    for (size_t i = 0; i < pilot_report_size(report); i++) {
        pilot_finding f;
        if (outcomes & 1u << pilot_report_outcome(report, i) &&
            pilot_report_at(report, i, &f) == PILOT_OK)
            write_finding(&w, &f);
    }
    pilot_write_close(&w, ']');
    pilot_write_close(&w, '}');
    return pilot_writer_finish(&w, text);
}
