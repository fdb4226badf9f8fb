/* What an award, and a totals of awards, is bound to. */
#include "cases.h"

#include "base/base_internal.h"

#define MOVES "tests/cases/impact/moves.json"

/* At these prices awards are odd and do not end in whole fen, and the notice was published in a later
 * month than it was issued in. */
static const char metered[] =
    "{'published': '2019-12-04', 'rates': [{'first': '2019-01', 'last': '2023-12', 'yuan': '0.2003', "
    "'per': 'square_metre_month'}]}";

static pilot_policy *patched(const pilot_policy *policy, const char *patch)
{
    pilot_policy *made = NULL;
    pilot_error error;
    const char *text = quoted(patch);
    CHECK(pilot_policy_patch(policy, text, strlen(text), &made, &error) == PILOT_OK, "%s: %s: %s", patch,
          error.path, error.message);
    return made;
}

static pilot_policy *moved(const pilot_policy *policy, const cJSON *move)
{
    char *patch = cJSON_PrintUnformatted(move);
    pilot_policy *made = NULL;
    CHECK(pilot_policy_patch(policy, patch, strlen(patch), &made, NULL) == PILOT_OK, "%s", patch);
    cJSON_free(patch);
    return made;
}

/* The moves of a parameter. */
static const cJSON *moves_of(const cJSON *all, const pilot_parameter_info *parameter)
{
    if (parameter->parent)
        all = cJSON_GetObjectItemCaseSensitive(all, parameter->parent);
    const cJSON *moves = cJSON_GetObjectItemCaseSensitive(all, parameter->key);
    CHECK(moves, "%s has no move", parameter->key);
    return moves;
}

typedef struct random_claim {
    pilot_claim claim;
    pilot_assessment assessments[5];
    pilot_count counts[2];
} random_claim;

static void draw_claim(random_claim *r)
{
    r->claim = (pilot_claim){.quantity = {known(below(3000)), known(below(9999999)), known(below(4))},
                             .first = month(2018, 1) + (pilot_month)below(48)};
    r->claim.last = r->claim.first + (pilot_month)below(60);
    r->claim.assessment_count = (size_t)below(COUNT(r->assessments) + 1);
    r->claim.assessments = r->assessments;
    for (size_t i = 0; i < COUNT(r->assessments); i++)
        r->assessments[i] =
            (pilot_assessment){.year = 2019 + (int32_t)i,
                               .result = below(3) ? PILOT_PASSED : PILOT_FAILED,
                               .date = {date(2020, 1, 1) + (pilot_date)below(900), true}};
    r->claim.count_count = (size_t)below(COUNT(r->counts) + 1);
    r->claim.counts = r->counts;
    for (size_t i = 0; i < COUNT(r->counts); i++)
        r->counts[i] =
            (pilot_count){.from = date(2019, 6, 1) + (pilot_date)(i * 500 + (size_t)below(400)),
                          .households = known(below(3000)),
                          .building_area = known(below(9999999))};
}

/* Whether some claim of these is worth another amount, to somebody. */
static bool awards_differ(const pilot_policy *a, const pilot_policy *b, const random_claim *claims,
                          size_t count)
{
    for (size_t i = 0; i < count; i++) {
        pilot_award x, y;
        CHECK(pilot_award_compute(a, &claims[i].claim, &x, NULL, 0, NULL) == PILOT_OK, "claim %zu", i);
        CHECK(pilot_award_compute(b, &claims[i].claim, &y, NULL, 0, NULL) == PILOT_OK, "claim %zu", i);
        if (x.total != y.total || x.city != y.city || x.district != y.district ||
            x.withheld != y.withheld || x.months_paid != y.months_paid || x.reasons != y.reasons)
            return true;
    }
    return false;
}

static bool fingerprints_differ(const pilot_policy *a, const pilot_policy *b)
{
    return pilot_policy_award_fingerprint(a) != pilot_policy_award_fingerprint(b);
}

/* The notice, or the metered one, under the combination of this number of the readings
 * that bear on awards. */
#define BASES (2 * 3 * 2 * 2 * 2 * 3 * 2)
static pilot_policy *base(int number)
{
    static const struct {
        pilot_reading reading;
        int options;
    } switches[] = {{PILOT_READING_MONTH_RULE, 3},     {PILOT_READING_GATE_MODE, 2},
                    {PILOT_READING_ODD_FEN_TO, 2},     {PILOT_READING_IN_FORCE_FROM, 2},
                    {PILOT_READING_HOUSEHOLD_DATE, 3}, {PILOT_READING_PASS_EFFECT, 2}};
    pilot_policy *policy = notice();
    if (number % 2) {
        pilot_policy *by_area = patched(policy, metered);
        pilot_policy_free(policy);
        policy = by_area;
    }
    number /= 2;
    for (size_t i = 0; i < COUNT(switches); number /= switches[i++].options)
        policy = reading(policy, switches[i].reading, number % switches[i].options);
    return policy;
}

typedef struct effect {
    bool award, fingerprint;
} effect;

static effect effect_of(const pilot_policy *policy, const cJSON *move, const random_claim *claims,
                        size_t count)
{
    pilot_policy *after = moved(policy, move);
    effect e = {awards_differ(policy, after, claims, count), fingerprints_differ(policy, after)};
    pilot_policy_free(after);
    return e;
}

#define CLAIMS 50

/* It moves with each parameter and reading that moves an award in some policy, and with no other. */
Test(award_fingerprint, moves_with_what_moves_awards)
{
    static random_claim claims[CLAIMS];
    cJSON *all = cases_read(MOVES);
    pilot_parameter_info parameter;
    int bound = 0;
    for (size_t i = 0; i < CLAIMS; i++)
        draw_claim(&claims[i]);
    for (size_t i = 0; pilot_parameter_at(i, &parameter) == PILOT_OK; i++) {
        effect some = {false, false};
        const cJSON *move;
        for (int b = 0; b < BASES; b++) {
            pilot_policy *policy = base(b);
            cJSON_ArrayForEach(move, moves_of(all, &parameter))
            {
                effect e = effect_of(policy, move, claims, CLAIMS);
                CHECK(e.fingerprint || !e.award, "%s moves awards of policy %d alone", parameter.key, b);
                some.award |= e.award;
                some.fingerprint |= e.fingerprint;
            }
            pilot_policy_free(policy);
        }
        cr_expect_eq(some.award, some.fingerprint, "%s moves no award", parameter.key);
        bound += some.fingerprint;
    }
    cr_expect_eq(bound, 11, "%d parameters and readings", bound);
    cJSON_Delete(all);
}

/* A move of any parameter. */
static const cJSON *any_move(const cJSON *all)
{
    pilot_parameter_info parameter;
    size_t count = 0;
    while (pilot_parameter_at(count, &parameter) == PILOT_OK)
        count++;
    CHECK(pilot_parameter_at((size_t)below((int64_t)count), &parameter) == PILOT_OK, "%zu", count);
    const cJSON *moves = moves_of(all, &parameter);
    return cJSON_GetArrayItem(moves, (int)below(cJSON_GetArraySize(moves)));
}

/* Many moves at once, over other claims each time. */
Test(award_fingerprint, equal_ones_give_equal_awards)
{
    static random_claim claims[CLAIMS];
    cJSON *all = cases_read(MOVES);
    int same = 0;
    for (int round = 0; round < 2000 / stride(); round++) {
        pilot_policy *policy = base((int)below(BASES)), *after = moved(policy, any_move(all));
        for (int i = (int)below(8); i > 0; i--) {
            pilot_policy *next = moved(after, any_move(all));
            pilot_policy_free(after);
            after = next;
        }
        for (size_t i = 0; i < CLAIMS; i++)
            draw_claim(&claims[i]);
        bool differ = fingerprints_differ(policy, after);
        same += !differ;
        CHECK(differ || !awards_differ(policy, after, claims, CLAIMS), "round %d", round);
        pilot_policy_free(after);
        pilot_policy_free(policy);
    }
    cr_expect_gt(same, 0);
    cJSON_Delete(all);
}

/* A row of the table that an award does not use leaves this number, which packed tallies hold. */
Test(award_fingerprint, of_the_notice)
{
    pilot_policy *policy = notice();
    cr_expect_eq(pilot_policy_award_fingerprint(policy), UINT64_C(0x675538866d714a6d), "%016" PRIx64,
                 pilot_policy_award_fingerprint(policy));
    pilot_policy_free(policy);
}

typedef struct packed {
    uint8_t bytes[4096];
    size_t size;
} packed;

enum { MONTH = 600, ROWS = 3 };
static const int64_t households[ROWS] = {1885, 10, 956}, first[ROWS] = {MONTH, MONTH, MONTH + 7},
                     last[ROWS] = {MONTH + 12, MONTH, MONTH + 40};

/* The rows' sums under the policy; released with free. */
static pilot_aggregate *sums_of(const pilot_policy *policy)
{
    const pilot_claim_columns claims = {
        .quantity = {{households, PILOT_INT64, true}, {households, PILOT_INT64, true}},
        .first = {first, PILOT_INT64, true},
        .last = {last, PILOT_INT64, true},
        .passed_from = {first, PILOT_INT64, true}};
    const size_t size = pilot_aggregate_size(policy, 1);
    void *memory = malloc(size);
    pilot_aggregate *made = NULL;
    pilot_pass pass;
    CHECK(memory && pilot_aggregate_make(policy, 1, memory, size, &made) == PILOT_OK, "no aggregate");
    CHECK(pilot_aggregate_add(made, policy, &claims, (pilot_column){0}, ROWS, &pass) == PILOT_OK &&
              !pass.bad,
          "rows");
    return made;
}

static void pack(const pilot_aggregate *sums, packed *to)
{
    to->size = pilot_aggregate_packed_size(sums);
    CHECK(to->size <= sizeof to->bytes && pilot_aggregate_pack(sums, to->bytes, to->size) == PILOT_OK,
          "%zu bytes", to->size);
}

/* The bytes' status under the policy. What opens goes on under it, and to the same bytes. */
static pilot_status opened(const pilot_policy *policy, const packed *from)
{
    _Alignas(8) static char memory[1 << 17];
    static packed twice, again;
    pilot_aggregate *made = NULL;
    pilot_status status =
        pilot_aggregate_unpack(policy, from->bytes, from->size, memory, sizeof memory, NULL, &made);
    if (status != PILOT_OK)
        return status;
    pilot_aggregate *fresh = sums_of(policy), *both = sums_of(policy);
    CHECK(pilot_aggregate_merge(made, fresh) == PILOT_OK, "merge");
    CHECK(pilot_aggregate_merge(both, fresh) == PILOT_OK, "merge");
    pack(made, &twice);
    pack(both, &again);
    CHECK(twice.size == again.size && memcmp(twice.bytes, again.bytes, again.size) == 0, "other sums");
    free(both);
    free(fresh);
    return status;
}

static void expect_opened(const pilot_policy *policy, const char *reform, const packed *from,
                          pilot_status wanted)
{
    pilot_policy *after = patched(policy, reform);
    cr_expect_eq(opened(after, from), wanted, "%s", reform);
    pilot_policy_free(after);
}

Test(award_fingerprint, binds_a_packed_tally)
{
    static packed bytes;
    pilot_policy *policy = notice();
    pilot_aggregate *sums = sums_of(policy);
    pack(sums, &bytes);
    expect_opened(policy, "{}", &bytes, PILOT_OK);
    expect_opened(policy, "{'office_min_area_m2': '100.00'}", &bytes, PILOT_OK);
    expect_opened(policy, "{'id': 'other', 'readings': {'office_rule': 'shared_excluded'}}", &bytes,
                  PILOT_OK);
    static const char *const others[] = {
        "{'rates': [{'first': '2019-01', 'last': '2023-12', 'yuan': '18', 'per': 'household_month'}]}",
        "{'city_share': '2/3'}",
        "{'rounding': 'up'}",
        "{'readings': {'month_rule': 'from_notice'}}",
        "{'readings': {'household_date': 'january'}}",
        "{'readings': {'pass_effect': 'from_the_pass'}}",
        "{'issued': '2019-10-31'}",
    };
    for (size_t i = 0; i < COUNT(others); i++)
        expect_opened(policy, others[i], &bytes, PILOT_ERROR_INCONSISTENT);
    cJSON *all = cases_read(MOVES);
    pilot_parameter_info parameter;
    for (size_t i = 0; pilot_parameter_at(i, &parameter) == PILOT_OK; i++) {
        const cJSON *move;
        cJSON_ArrayForEach(move, moves_of(all, &parameter))
        {
            pilot_policy *after = moved(policy, move);
            bool other = fingerprints_differ(policy, after);
            CHECK(opened(after, &bytes) == (other ? PILOT_ERROR_INCONSISTENT : PILOT_OK), "%s",
                  parameter.key);
            pilot_policy_free(after);
        }
    }
    cJSON_Delete(all);
    free(sums);
    pilot_policy_free(policy);
}

static void put(packed *to, size_t word, uint64_t value)
{
    for (size_t i = 0; i < 8; i++)
        to->bytes[word * 8 + i] = (uint8_t)(value >> 8 * i);
}

/* As the bytes were when they had the whole policy's number. */
Test(award_fingerprint, bytes_of_the_format_before_open_under_the_same_policy)
{
    static packed bytes;
    pilot_policy *policy = notice();
    pilot_aggregate *sums = sums_of(policy);
    pack(sums, &bytes);
    memcpy(bytes.bytes, "PPLGRAW1", 8);
    put(&bytes, 1, pilot_policy_fingerprint(policy));
    put(&bytes, bytes.size / 8 - 1, pilot_hash(PILOT_HASH_START, bytes.bytes, bytes.size - 8));
    expect_opened(policy, "{}", &bytes, PILOT_OK);
    expect_opened(policy, "{'office_min_area_m2': '100.00'}", &bytes, PILOT_ERROR_INCONSISTENT);
    expect_opened(policy, "{'city_share': '2/3'}", &bytes, PILOT_ERROR_INCONSISTENT);
    put(&bytes, 1, pilot_policy_award_fingerprint(policy));
    put(&bytes, bytes.size / 8 - 1, pilot_hash(PILOT_HASH_START, bytes.bytes, bytes.size - 8));
    expect_opened(policy, "{}", &bytes, PILOT_ERROR_INCONSISTENT);
    free(sums);
    pilot_policy_free(policy);
}
