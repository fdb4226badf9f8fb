#include "policy_internal.h"

#include "base/base_internal.h"
#include "record/fields.h"

#include <stdlib.h>
#include <string.h>

static void write_award_fields(writer *w, const char *key, const record *type, const void *item)
{
    pilot_write_open(w, key, '{');
    for (size_t i = 0; i < type->field_count; i++)
        if (type->fields[i].marks & MARK_AWARD)
            pilot_field_write(w, &type->fields[i], item);
    pilot_write_close(w, '}');
}

/* Keys and values of the marked rows, so that a row added without the mark leaves it as it was. */
static uint64_t hash_award(const pilot_parameters *p)
{
    writer hash = pilot_writer_hash();
    write_award_fields(&hash, NULL, &pilot_policy_record, p);
    write_award_fields(&hash, "readings", &pilot_readings_record, p->readings);
    return hash.hash;
}

static pilot_status finish_policy(void *made, problems *to)
{
    pilot_policy *policy = made;
    writer hash = pilot_writer_hash();
    arena scratch = {0};
    const pilot_parameters *p = &policy->parameters;
    const bool indexed = pilot_index_ids(&policy->successions, &policy->memory, &scratch, p->successions,
                                         sizeof *p->successions, p->succession_count);
    pilot_arena_free(&scratch);
    if (!indexed || !pilot_plan_make(policy))
        return pilot_no_memory(to);
    pilot_record_write(&hash, NULL, &pilot_policy_record, &policy->parameters);
    policy->fingerprint = hash.hash;
    policy->award_fingerprint = hash_award(&policy->parameters);
    return PILOT_OK;
}

const container pilot_policy_container = {.type = &pilot_policy_record,
                                          .size = sizeof(pilot_policy),
                                          .record = offsetof(pilot_policy, parameters),
                                          .memory = offsetof(pilot_policy, memory),
                                          .finish = finish_policy};

pilot_status pilot_policy_new(const pilot_parameters *parameters, pilot_policy **policy,
                              pilot_error *error)
{
    problems first = pilot_first_problem(error);
    if (!parameters || !policy)
        return pilot_refuse(&first, NULL, PILOT_ERROR_ARGUMENT, NULL, "参数或存放政策之处为空指针",
                            "parameters or policy is NULL");
    return pilot_container_new(&pilot_policy_container, parameters, policy, &first);
}

pilot_status pilot_policy_nanchang_2019(pilot_policy **policy)
{
    return pilot_policy_new(&pilot_nanchang_2019, policy, NULL);
}

pilot_status pilot_policy_with_reading(const pilot_policy *policy, pilot_reading reading, int32_t option,
                                       pilot_policy **changed)
{
    if (!policy || !changed)
        return PILOT_ERROR_ARGUMENT;
    if ((unsigned)reading >= PILOT_READING_COUNT)
        return PILOT_ERROR_RANGE;
    pilot_parameters parameters = policy->parameters;
    parameters.readings[reading] = option;
    return pilot_policy_new(&parameters, changed, NULL);
}

void pilot_policy_free(pilot_policy *policy)
{
    pilot_container_free(&pilot_policy_container, policy);
}

const pilot_parameters *pilot_policy_parameters(const pilot_policy *policy)
{
    return &policy->parameters;
}

uint64_t pilot_policy_fingerprint(const pilot_policy *policy)
{
    return policy->fingerprint;
}

uint64_t pilot_policy_award_fingerprint(const pilot_policy *policy)
{
    return policy->award_fingerprint;
}

size_t pilot_policy_years(const pilot_policy *policy, int32_t *first)
{
    if (!policy || !policy->parameters.rate_count)
        return 0;
    const pilot_parameters *p = &policy->parameters;
    int32_t from = pilot_month_year(p->rates[0].first);
    if (first)
        *first = from;
    return (size_t)(pilot_month_year(p->rates[p->rate_count - 1].last) - from) + 1;
}

/* Reading succession_from. */
static pilot_date succeeds_on(const pilot_parameters *p, const pilot_succession *s)
{
    const bool approval = p->readings[PILOT_READING_SUCCESSION_FROM] == PILOT_SUCCESSION_FROM_APPROVAL;
    return approval && s->approved.known ? s->approved.value : s->on;
}

const char *pilot_district_on(const pilot_policy *policy, const char *district, pilot_date day)
{
    const pilot_parameters *p = &policy->parameters;
    size_t count;
    const void *const *merged = pilot_find_ids(&policy->successions, district, &count);
    if (p->readings[PILOT_READING_DISTRICT_SUCCESSION] == PILOT_DISTRICT_SUCCESSION_ORIGINAL)
        return district;
    for (size_t i = 0; i < count; i++) {
        const pilot_succession *s = merged[i];
        if (succeeds_on(p, s) <= day)
            return s->to;
    }
    return district;
}

pilot_opt_date pilot_due_date(const pilot_parameters *p, pilot_due due)
{
    const pilot_date days[PILOT_DUE_COUNT] = {
        [PILOT_DUE_SELECTION] = p->selection_due,   [PILOT_DUE_REMEDIATION] = p->remediation_due,
        [PILOT_DUE_ASSEMBLY] = p->assembly_due,     [PILOT_DUE_ENTRY] = p->entry_due,
        [PILOT_DUE_ASSESSMENT] = p->assessment_due,
    };
    if (due == PILOT_DUE_NONE || due == PILOT_DUE_OWN)
        return (pilot_opt_date){0};
    return (pilot_opt_date){days[due], true};
}

static const field receipt_fields[] = {
    CHARS(pilot_receipt, library, "library", NULL, "程序库版本", "version of the library"),
    CHARS(pilot_receipt, policy, "policy", NULL, "政策编号", "id of the policy"),
    REQUIRED(pilot_receipt, fingerprint, "fingerprint", HASH, NULL, "政策指纹", "of the policy"),
    OPTIONAL(pilot_receipt, as_of, "as_of", DATE, NULL, "基准日期", "day on which the result holds"),
};
const record pilot_receipt_record =
    RECORD("receipt", pilot_receipt, receipt_fields, "结果出处", "what a result comes from");

void pilot_receipt_fill(const pilot_policy *policy, pilot_opt_date as_of, pilot_receipt *receipt)
{
    *receipt =
        (pilot_receipt){.library = PILOT_VERSION, .fingerprint = policy->fingerprint, .as_of = as_of};
    memcpy(receipt->policy, policy->parameters.id, strlen(policy->parameters.id) + 1);
}
