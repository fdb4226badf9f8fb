#include "binding.h"

#include <stdlib.h>
#include <string.h>

static jbyteArray bytes_out(JNIEnv *jenv, const char *text, size_t length)
{
    const jbyteArray bytes = (*jenv)->NewByteArray(jenv, (jsize)length);
    if (bytes)
        (*jenv)->SetByteArrayRegion(jenv, bytes, 0, (jsize)length, (const jbyte *)text);
    return bytes;
}

static jbyteArray word_out(JNIEnv *jenv, const char *word)
{
    return bytes_out(jenv, word, strlen(word));
}

/* A libpilot.Problem of the error; NULL where it throws. */
static jobject problem_out(JNIEnv *jenv, jclass problem, const pilot_error *error)
{
    const jmethodID make = (*jenv)->GetMethodID(jenv, problem, "<init>", "(III[B[B[B[B)V");
    const char *en = error->message, *zh = error->message_zh;
    const jbyteArray words[4] = {
        word_out(jenv, error->path), word_out(jenv, error->value),
        word_out(jenv, *zh ? zh : pilot_status_text(error->status, PILOT_CHINESE)),
        word_out(jenv, *en ? en : pilot_status_text(error->status, PILOT_ENGLISH))};
    if ((*jenv)->ExceptionCheck(jenv))
        return NULL;
    const jobject made =
        (*jenv)->NewObject(jenv, problem, make, (jint)error->status, error->line, error->column,
                           words[0], words[1], words[2], words[3]);
    for (int i = 0; i < 4; i++)
        (*jenv)->DeleteLocalRef(jenv, words[i]);
    return made;
}

static jobjectArray problems_out(JNIEnv *jenv, const pilot_error *errors, size_t count)
{
    const jclass problem = (*jenv)->FindClass(jenv, "libpilot/Problem");
    const jobjectArray all =
        problem ? (*jenv)->NewObjectArray(jenv, (jsize)count, problem, NULL) : NULL;
    for (size_t i = 0; all && i < count; i++) {
        const jobject one = problem_out(jenv, problem, &errors[i]);
        if (!one)
            return NULL;
        (*jenv)->SetObjectArrayElement(jenv, all, (jsize)i, one);
        (*jenv)->DeleteLocalRef(jenv, one);
    }
    return all;
}

static void throw_problems(JNIEnv *jenv, const pilot_error *errors, size_t listed, size_t count)
{
    if ((*jenv)->ExceptionCheck(jenv))
        return;
    const jobjectArray problems = problems_out(jenv, errors, listed);
    const jclass exception = problems ? (*jenv)->FindClass(jenv, "libpilot/PilotException") : NULL;
    const jmethodID make =
        exception ? (*jenv)->GetMethodID(jenv, exception, "<init>", "([Llibpilot/Problem;J)V") : NULL;
    const jobject thrown =
        make ? (*jenv)->NewObject(jenv, exception, make, problems, (jlong)count) : NULL;
    if (thrown)
        (*jenv)->Throw(jenv, thrown);
}

void java_throw(JNIEnv *jenv, const pilot_error *error)
{
    throw_problems(jenv, error, 1, 1);
}

static void fail(pilot_error *error, pilot_status status)
{
    if (status)
        *error = (pilot_error){.status = status};
}

char *java_bytes_in(JNIEnv *jenv, jbyteArray bytes, size_t *length)
{
    const jsize size = (*jenv)->GetArrayLength(jenv, bytes);
    char *text = malloc((size_t)size + 1);
    if (!text) {
        java_throw(jenv, &(pilot_error){.status = PILOT_ERROR_MEMORY});
        return NULL;
    }
    (*jenv)->GetByteArrayRegion(jenv, bytes, 0, size, (jbyte *)text);
    text[size] = '\0';
    *length = (size_t)size;
    return text;
}

jbyteArray java_text_out(JNIEnv *jenv, java_text *text)
{
    const size_t length = text ? strlen(text) : 0;
    jbyteArray bytes = NULL;
    if (length > INT32_MAX)
        java_throw(jenv, &(pilot_error){.status = PILOT_ERROR_LIMIT});
    else if (text)
        bytes = bytes_out(jenv, text, length);
    pilot_text_free(text);
    return bytes;
}

java_text *java_call(const pilot_policy *policy, const pilot_city *city, const pilot_menu *menu,
                     const pilot_account_case *account, const char *text, size_t length,
                     pilot_error *error)
{
    const pilot_call_given given = {
        .policy = policy, .city = city, .menu = menu, .account = account};
    char *response = NULL;
    fail(error, pilot_call_with(&given, text, length, NULL, &response));
    return response;
}

static void throw_all(JNIEnv *jenv, pilot_schema document, const char *text, size_t length)
{
    pilot_error *errors = calloc(PILOT_CALL_PROBLEMS_MAX, sizeof *errors);
    size_t count = 0;
    if (errors)
        (void)pilot_problems(document, text, length, NULL, errors, PILOT_CALL_PROBLEMS_MAX, &count);
    if (count)
        throw_problems(jenv, errors, count < PILOT_CALL_PROBLEMS_MAX ? count : PILOT_CALL_PROBLEMS_MAX,
                       count);
    free(errors);
}

static void *parse(JNIEnv *jenv, pilot_schema document, const char *text, size_t length)
{
    void *made = NULL;
    pilot_error error;
    if (pilot_document_parse(document, text, length, NULL, &made, &error) == PILOT_OK)
        return made;
    throw_all(jenv, document, text, length);
    java_throw(jenv, &error); /* of what only the reader finds */
    return NULL;
}

pilot_policy *java_policy_parse(JNIEnv *jenv, const char *text, size_t length)
{
    return parse(jenv, PILOT_SCHEMA_POLICY, text, length);
}

pilot_city *java_city_parse(JNIEnv *jenv, const char *text, size_t length)
{
    return parse(jenv, PILOT_SCHEMA_CITY, text, length);
}

pilot_menu *java_menu_parse(JNIEnv *jenv, const char *text, size_t length)
{
    return parse(jenv, PILOT_SCHEMA_MENU, text, length);
}

pilot_account_case *java_account_parse(JNIEnv *jenv, const char *text, size_t length)
{
    return parse(jenv, PILOT_SCHEMA_ACCOUNT, text, length);
}

pilot_policy *java_nanchang_2019(pilot_error *error)
{
    pilot_policy *made = NULL;
    fail(error, pilot_policy_nanchang_2019(&made));
    return made;
}

pilot_policy *java_policy_patch(const pilot_policy *policy, const char *text, size_t length,
                                pilot_error *error)
{
    pilot_policy *made = NULL;
    pilot_policy_patch(policy, text, length, &made, error);
    return made;
}

long long java_policy_years(const pilot_policy *policy, long long first[1])
{
    int32_t year = 0;
    const size_t years = pilot_policy_years(policy, &year);
    first[0] = year;
    return (long long)years;
}

enum { YEARS = PILOT_YEAR_MAX - PILOT_YEAR_MIN + 1 };

/* A pass for every calendar year of the claim; none where its months are such that it is refused. */
static size_t all_passed(pilot_month first, pilot_month last, pilot_assessment passed[YEARS])
{
    size_t count = 0;
    if (!pilot_month_valid(first) || !pilot_month_valid(last))
        return 0;
    for (int32_t year = pilot_month_year(first); year <= pilot_month_year(last); year++)
        passed[count++] = (pilot_assessment){.year = year, .result = PILOT_PASSED};
    return count;
}

void java_award(const pilot_policy *policy, long long households, pilot_month first, pilot_month last,
                long long amounts[6], pilot_error *error)
{
    pilot_assessment passed[YEARS];
    const pilot_claim claim = {.quantity[PILOT_PER_HOUSEHOLD] = PILOT_KNOWN(households),
                               .first = first,
                               .last = last,
                               .assessments = passed,
                               .assessment_count = all_passed(first, last, passed)};
    pilot_award award;
    if (pilot_award_compute(policy, &claim, &award, NULL, 0, error))
        return;
    amounts[0] = award.total;
    amounts[1] = award.city;
    amounts[2] = award.district;
    amounts[3] = award.withheld;
    amounts[4] = award.months_paid;
    amounts[5] = award.months_withheld;
}

static pilot_rounding_rule rule_of(int mode, int unit, int step)
{
    return (pilot_rounding_rule){(pilot_rounding)mode, (pilot_rounding_unit)unit,
                                 (pilot_rounding_step)step};
}

pilot_money java_fee(pilot_price price, pilot_area area, int months, int mode, int unit, int step,
                     pilot_error *error)
{
    const pilot_rounding_rule rule = rule_of(mode, unit, step);
    pilot_money amount = 0;
    pilot_fee_compute(price, area, months, &rule, &amount, error);
    return amount;
}

long long java_address(JNIEnv *jenv, jobject buffer)
{
    return (long long)(intptr_t)(*jenv)->GetDirectBufferAddress(jenv, buffer);
}

/* Columns as they come, two numbers of each. */
enum { COLUMNS_MAX = 16 };
enum { KIND, PLACE, NUMBERS };
enum { NOT_GIVEN, LONGS, INTS, BYTES, CONSTANT };

typedef struct columns {
    jlong numbers[COLUMNS_MAX][NUMBERS];
    jobject arrays[COLUMNS_MAX];
    void *held[COLUMNS_MAX]; /* the elements of those that are arrays */
    size_t count;
    bool held_all;
} columns;

static void release(JNIEnv *jenv, columns *c)
{
    for (size_t i = c->count; i-- > 0;)
        if (c->held[i])
            (*jenv)->ReleasePrimitiveArrayCritical(jenv, c->arrays[i], c->held[i], 0);
}

/* Nothing else of JNI may be called until release. */
static void hold(JNIEnv *jenv, jobjectArray arrays, jlongArray places, columns *c)
{
    *c = (columns){.held_all = true};
    c->count = (size_t)(*jenv)->GetArrayLength(jenv, arrays);
    (*jenv)->GetLongArrayRegion(jenv, places, 0, (jsize)(c->count * NUMBERS), &c->numbers[0][0]);
    for (size_t i = 0; i < c->count; i++)
        c->arrays[i] = (*jenv)->GetObjectArrayElement(jenv, arrays, (jsize)i);
    for (size_t i = 0; i < c->count && c->held_all; i++)
        if (c->arrays[i]) {
            c->held[i] = (*jenv)->GetPrimitiveArrayCritical(jenv, c->arrays[i], NULL);
            c->held_all = c->held[i] != NULL;
        }
}

static void *at(const columns *c, size_t i)
{
    static const size_t sizes[] = {[LONGS] = sizeof(jlong), [INTS] = sizeof(jint), [BYTES] = sizeof(jbyte)};
    const jlong *numbers = c->numbers[i];
    if (numbers[KIND] == NOT_GIVEN)
        return NULL;
    return c->held[i] ? (char *)c->held[i] + (size_t)numbers[PLACE] * sizes[numbers[KIND]]
                      : (void *)(intptr_t)numbers[PLACE];
}

static pilot_column column(const columns *c, size_t i)
{
    const jlong *numbers = c->numbers[i];
    if (numbers[KIND] == CONSTANT)
        return (pilot_column){.values = &numbers[PLACE], .element = PILOT_INT64, .constant = true};
    return (pilot_column){.values = at(c, i), .element = numbers[KIND] == INTS ? PILOT_INT32 : PILOT_INT64};
}

enum { CLAIM_COLUMNS = PILOT_BASIS_COUNT + 5 };

static pilot_claim_columns claim_columns(const columns *c)
{
    pilot_claim_columns claims = {.first = column(c, PILOT_BASIS_COUNT),
                                  .last = column(c, PILOT_BASIS_COUNT + 1),
                                  .passed = column(c, PILOT_BASIS_COUNT + 2),
                                  .failed = column(c, PILOT_BASIS_COUNT + 3),
                                  .passed_from = column(c, PILOT_BASIS_COUNT + 4)};
    for (size_t basis = 0; basis < PILOT_BASIS_COUNT; basis++)
        claims.quantity[basis] = column(c, basis);
    return claims;
}

static void end_pass(JNIEnv *jenv, columns *c, pilot_status status, const pilot_pass *made,
                     jlongArray pass, pilot_error *error)
{
    release(jenv, c);
    fail(error, status);
    const jlong numbers[3] = {(jlong)made->bad, (jlong)made->first_bad, made->status};
    if (!status)
        (*jenv)->SetLongArrayRegion(jenv, pass, 0, 3, numbers);
}

void java_award_columns(JNIEnv *jenv, const pilot_policy *policy, jobjectArray arrays, jlongArray places,
                        long long rows, jlongArray pass, pilot_error *error)
{
    columns c;
    pilot_pass made = {0};
    pilot_status status = PILOT_ERROR_MEMORY;
    hold(jenv, arrays, places, &c);
    if (c.held_all) {
        const pilot_claim_columns claims = claim_columns(&c);
        const pilot_award_columns awards = {.total = at(&c, CLAIM_COLUMNS),
                                            .city = at(&c, CLAIM_COLUMNS + 1),
                                            .district = at(&c, CLAIM_COLUMNS + 2),
                                            .withheld = at(&c, CLAIM_COLUMNS + 3),
                                            .years = at(&c, CLAIM_COLUMNS + 4),
                                            .reasons = at(&c, CLAIM_COLUMNS + 5),
                                            .statuses = at(&c, CLAIM_COLUMNS + 6)};
        status = pilot_award_columns_compute(policy, &claims, (size_t)rows, &awards, &made);
    }
    end_pass(jenv, &c, status, &made, pass, error);
}

void java_fee_columns(JNIEnv *jenv, jobjectArray arrays, jlongArray places, int mode, int unit, int step,
                      long long rows, jlongArray pass, pilot_error *error)
{
    columns c;
    pilot_pass made = {0};
    pilot_status status = PILOT_ERROR_MEMORY;
    const pilot_rounding_rule rule = rule_of(mode, unit, step);
    hold(jenv, arrays, places, &c);
    if (c.held_all)
        status = pilot_fee_columns_compute(column(&c, 0), column(&c, 1), column(&c, 2), &rule,
                                           (size_t)rows, at(&c, 3), at(&c, 4), &made);
    end_pass(jenv, &c, status, &made, pass, error);
}

int java_award_row(const pilot_policy *policy, int given, long long households, long long area,
                   long long communities, pilot_month first, pilot_month last, long long passed,
                   long long failed, long long row[3])
{
    const int64_t values[] = {households, area, communities, passed, failed};
    pilot_column given_columns[5];
    for (int i = 0; i < 5; i++)
        given_columns[i] = (pilot_column){.values = given >> i & 1 ? &values[i] : NULL, .constant = true};
    const pilot_claim_columns claims = {
        .quantity = {given_columns[0], given_columns[1], given_columns[2]},
        .first = {.values = &first, .element = PILOT_INT32, .constant = true},
        .last = {.values = &last, .element = PILOT_INT32, .constant = true},
        .passed = given_columns[3],
        .failed = given_columns[4]};
    int64_t total, city, district;
    uint8_t bad;
    const pilot_award_columns awards = {
        .total = &total, .city = &city, .district = &district, .statuses = &bad};
    pilot_pass pass;
    const pilot_status status = pilot_award_columns_compute(policy, &claims, 1, &awards, &pass);
    if (status)
        return (int)status;
    row[0] = total;
    row[1] = city;
    row[2] = district;
    return bad;
}

static java_tally *tally_room(const pilot_policy *policy, size_t groups, size_t *size, pilot_error *error)
{
    *size = pilot_aggregate_size(policy, groups);
    java_tally *made = *size ? malloc(sizeof *made + *size) : NULL;
    if (!made)
        fail(error, *size ? PILOT_ERROR_MEMORY : PILOT_ERROR_LIMIT);
    return made;
}

static java_tally *tally_made(java_tally *made, pilot_status status, pilot_error *error)
{
    if (!status)
        return made;
    free(made);
    fail(error, status);
    return NULL;
}

java_tally *java_tally_new(const pilot_policy *policy, long long groups, pilot_error *error)
{
    size_t size;
    java_tally *made = tally_room(policy, groups < 0 ? 0 : (size_t)groups, &size, error);
    if (!made)
        return NULL;
    return tally_made(
        made, pilot_aggregate_make(policy, (size_t)groups, made->memory, size, &made->sums), error);
}

java_tally *java_tally_unpack(const pilot_policy *policy, const char *text, size_t length,
                              pilot_error *error)
{
    const uint8_t *bytes = (const uint8_t *)text;
    size_t groups = 0, size;
    pilot_aggregate *none;
    const pilot_status status =
        pilot_aggregate_unpack(policy, bytes, length, NULL, 0, &groups, &none);
    if (status != PILOT_ERROR_CAPACITY) {
        fail(error, status);
        return NULL;
    }
    java_tally *made = tally_room(policy, groups, &size, error);
    if (!made)
        return NULL;
    return tally_made(made,
                      pilot_aggregate_unpack(policy, bytes, length, made->memory, size, NULL, &made->sums),
                      error);
}

void java_tally_free(java_tally *tally)
{
    free(tally);
}

void java_tally_add(JNIEnv *jenv, java_tally *tally, const pilot_policy *policy, jobjectArray arrays,
                    jlongArray places, long long rows, jlongArray pass, pilot_error *error)
{
    columns c;
    pilot_pass made = {0};
    pilot_status status = PILOT_ERROR_MEMORY;
    hold(jenv, arrays, places, &c);
    if (c.held_all) {
        const pilot_claim_columns claims = claim_columns(&c);
        status = pilot_aggregate_add(tally->sums, policy, &claims, column(&c, CLAIM_COLUMNS), (size_t)rows,
                                     &made);
    }
    end_pass(jenv, &c, status, &made, pass, error);
}

void java_tally_merge(java_tally *tally, const java_tally *other, pilot_error *error)
{
    fail(error, pilot_aggregate_merge(tally->sums, other->sums));
}

jbyteArray java_tally_pack(JNIEnv *jenv, const java_tally *tally, pilot_error *error)
{
    const size_t size = pilot_aggregate_packed_size(tally->sums);
    uint8_t *bytes = malloc(size);
    const pilot_status status =
        bytes ? pilot_aggregate_pack(tally->sums, bytes, size) : PILOT_ERROR_MEMORY;
    fail(error, status);
    const jbyteArray packed = status ? NULL : bytes_out(jenv, (const char *)bytes, size);
    free(bytes);
    return packed;
}

long long java_tally_groups(const java_tally *tally)
{
    return (long long)pilot_aggregate_groups(tally->sums);
}

static size_t group_of(long long group)
{
    return group < 0 ? PILOT_ALL_GROUPS : (size_t)group;
}

void java_tally_rows(const java_tally *tally, long long group, long long counts[2], pilot_error *error)
{
    int64_t rows = 0, bad = 0;
    fail(error, pilot_aggregate_rows(tally->sums, group_of(group), &rows, &bad));
    counts[0] = rows;
    counts[1] = bad;
}

void java_tally_cell(const java_tally *tally, long long group, int year, long long cell[8],
                     pilot_error *error)
{
    pilot_aggregate_cell found = {0};
    const pilot_status status =
        pilot_aggregate_cell_at(tally->sums, group_of(group), (size_t)year, &found);
    fail(error, status);
    cell[0] = found.rows;
    for (int basis = 0; basis < PILOT_BASIS_COUNT; basis++)
        cell[1 + basis] = found.quantity[basis];
    cell[4] = found.total;
    cell[5] = found.city;
    cell[6] = found.district;
    cell[7] = found.withheld;
}
