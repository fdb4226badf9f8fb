/* Any bytes: a reader either refuses them with a place, or what it read writes and reads back the same.
 */
#include <pilot.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
    if (!condition)
        abort();
}

static void check_error(pilot_status status, const pilot_error *error)
{
    require(error->status == status && *error->message &&
            strlen(error->message) < sizeof error->message);
    require((error->line > 0) == (error->column > 0));
}

/* status: what the document's reader gives. */
static void try_problems(pilot_schema document, const char *text, size_t size, pilot_status status)
{
    pilot_error errors[8];
    size_t count = 0;
    pilot_status first = pilot_problems(document, text, size, NULL, errors, 8, &count);
    require((first == PILOT_OK) == (status == PILOT_OK) && (first == PILOT_OK) == (count == 0));
    for (size_t i = 0; i < count && i < 8; i++) {
        const pilot_error *before = &errors[i ? i - 1 : 0];
        check_error(i ? errors[i].status : first, &errors[i]);
        require(before->line < errors[i].line ||
                (before->line == errors[i].line && before->column <= errors[i].column));
    }
}

static void try_city(const char *text, size_t size)
{
    pilot_city *city, *again;
    pilot_report *report;
    pilot_policy *policy;
    pilot_error error = {0};
    char *written, *rewritten;
    pilot_status status = pilot_city_parse(text, size, &city, &error);
    try_problems(PILOT_SCHEMA_CITY, text, size, status);
    if (status != PILOT_OK) {
        check_error(status, &error);
        return;
    }
    require(pilot_city_write(city, PILOT_JSON_COMPACT, &written) == PILOT_OK);
    require(pilot_city_parse(written, strlen(written), &again, &error) == PILOT_OK);
    require(pilot_city_write(again, PILOT_JSON_COMPACT, &rewritten) == PILOT_OK);
    require(strcmp(written, rewritten) == 0);
    pilot_text_free(rewritten);
    require(pilot_policy_nanchang_2019(&policy) == PILOT_OK);
    require(pilot_check(policy, city, 18321, &report, NULL) == PILOT_OK);
    require(pilot_report_write(report, NULL, PILOT_JSON_COMPACT, &rewritten) == PILOT_OK);
    pilot_text_free(rewritten);
    pilot_report_free(report);
    pilot_policy_free(policy);
    pilot_text_free(written);
    pilot_city_free(again);
    pilot_city_free(city);
}

static void try_policy(const char *text, size_t size)
{
    pilot_policy *policy, *reform, *again;
    pilot_error error = {0};
    char *written;
    pilot_status status = pilot_policy_parse(text, size, &policy, NULL);
    try_problems(PILOT_SCHEMA_POLICY, text, size, status);
    if (status == PILOT_OK)
        pilot_policy_free(policy);
    require(pilot_policy_nanchang_2019(&policy) == PILOT_OK);
    status = pilot_policy_patch(policy, text, size, &reform, &error);
    pilot_policy_free(policy);
    if (status != PILOT_OK) {
        check_error(status, &error);
        return;
    }
    require(pilot_policy_write(reform, PILOT_JSON_COMPACT, &written) == PILOT_OK);
    require(pilot_policy_parse(written, strlen(written), &again, &error) == PILOT_OK);
    require(pilot_policy_fingerprint(again) == pilot_policy_fingerprint(reform));
    pilot_text_free(written);
    pilot_policy_free(again);
    pilot_policy_free(reform);
}

/* What is read, written, read and written again: the same bytes. */
#define TRY(name, document)                                                                             \
    static void try_##name(const char *text, size_t size)                                               \
    {                                                                                                   \
        pilot_##name *read, *again;                                                                     \
        pilot_error error = {0};                                                                        \
        char *written, *rewritten;                                                                      \
        pilot_status status = pilot_##name##_parse(text, size, &read, &error);                          \
        try_problems(PILOT_SCHEMA_##document, text, size, status);                                      \
        if (status != PILOT_OK) {                                                                       \
            check_error(status, &error);                                                                \
            return;                                                                                     \
        }                                                                                               \
        require(pilot_##name##_write(read, PILOT_JSON_COMPACT, &written) == PILOT_OK);                  \
        require(pilot_##name##_parse(written, strlen(written), &again, &error) == PILOT_OK);            \
        require(pilot_##name##_write(again, PILOT_JSON_COMPACT, &rewritten) == PILOT_OK);               \
        require(strcmp(written, rewritten) == 0);                                                       \
        pilot_text_free(rewritten);                                                                     \
        pilot_text_free(written);                                                                       \
        pilot_##name##_free(again);                                                                     \
        pilot_##name##_free(read);                                                                      \
    }
TRY(menu, MENU)
TRY(order, ORDER)
TRY(comparison, COMPARISON)
TRY(contest, CONTEST)

/* Whatever is read, a ledger that can be made adds up to 0. */
static void try_outside(const char *text, size_t size)
{
    pilot_outside_file *file, *again;
    pilot_outside_result result;
    pilot_policy *policy;
    pilot_error error = {0};
    char *written, *rewritten;
    pilot_status status = pilot_outside_parse(text, size, &file, &error);
    try_problems(PILOT_SCHEMA_OUTSIDE, text, size, status);
    if (status != PILOT_OK) {
        check_error(status, &error);
        return;
    }
    require(pilot_outside_write(pilot_outside_of(file), PILOT_JSON_COMPACT, &written) == PILOT_OK);
    require(pilot_outside_parse(written, strlen(written), &again, &error) == PILOT_OK);
    require(pilot_outside_write(pilot_outside_of(again), PILOT_JSON_COMPACT, &rewritten) == PILOT_OK);
    require(strcmp(written, rewritten) == 0);
    require(pilot_policy_nanchang_2019(&policy) == PILOT_OK);
    status = pilot_outside_compute(policy, pilot_outside_of(file), &result, NULL, NULL, &error);
    require(status == PILOT_OK || status == PILOT_ERROR_OVERFLOW);
    uint64_t sum = 0;
    for (int i = 0; status == PILOT_OK && i < PILOT_PARTY_COUNT; i++)
        sum += (uint64_t)result.ledger[i];
    require(sum == 0);
    pilot_policy_free(policy);
    pilot_text_free(rewritten);
    pilot_text_free(written);
    pilot_outside_free(again);
    pilot_outside_free(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    try_city((const char *)data, size);
    try_policy((const char *)data, size);
    try_menu((const char *)data, size);
    try_outside((const char *)data, size);
    try_order((const char *)data, size);
    try_comparison((const char *)data, size);
    try_contest((const char *)data, size);
    return 0;
}
