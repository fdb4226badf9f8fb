/* Any bytes as packed sums, and as a packed panel: they are refused, or packed again they are bytes that
 * open as the same. An input that begins with an odd byte gets the check sum that it should have. */
#include "fuzz.h"

#include "panel/packed.h"

static void try_aggregate(const pilot_policy *policy, const uint8_t *bytes, size_t length)
{
    size_t groups = 0;
    pilot_aggregate *made, *again;
    pilot_status status = pilot_aggregate_unpack(policy, bytes, length, NULL, 0, &groups, &made);
    require(status != PILOT_OK);
    if (status != PILOT_ERROR_CAPACITY || groups > 4096)
        return;
    const size_t size = pilot_aggregate_size(policy, groups);
    void *memory = malloc(size), *other = malloc(size);
    require(size && memory && other);
    status = pilot_aggregate_unpack(policy, bytes, length, memory, size, &groups, &made);
    if (status == PILOT_OK) {
        const size_t packed = pilot_aggregate_packed_size(made);
        uint8_t *once = malloc(packed), *twice = malloc(packed);
        require(once && twice && pilot_aggregate_pack(made, once, packed) == PILOT_OK);
        require(pilot_aggregate_unpack(policy, once, packed, other, size, &groups, &again) == PILOT_OK);
        require(pilot_aggregate_packed_size(again) == packed);
        require(pilot_aggregate_pack(again, twice, packed) == PILOT_OK);
        require(memcmp(once, twice, packed) == 0);
        require(pilot_aggregate_merge(made, again) == PILOT_OK);
        free(once);
        free(twice);
    }
    free(memory);
    free(other);
}

static void try_panel(const pilot_policy *policy, const uint8_t *bytes, size_t length)
{
    pilot_panel *made, *again;
    if (pilot_panel_unpack(bytes, length, &made) != PILOT_OK)
        return;
    const size_t packed = pilot_panel_packed_size(made);
    uint8_t *once = malloc(packed), *twice = malloc(packed);
    require(once && twice && pilot_panel_pack(made, once, packed) == PILOT_OK);
    require(pilot_panel_unpack(once, packed, &again) == PILOT_OK);
    require(pilot_panel_packed_size(again) == packed);
    require(pilot_panel_pack(again, twice, packed) == PILOT_OK && memcmp(once, twice, packed) == 0);
    require(pilot_panel_order(made, true) == PILOT_OK);
    const size_t size = pilot_aggregate_size(policy, 4);
    void *memory = malloc(size);
    pilot_aggregate *sums = NULL;
    int64_t bad;
    pilot_status status;
    require(memory && pilot_aggregate_make(policy, 4, memory, size, &sums) == PILOT_OK);
    (void)pilot_panel_cost(made, policy, PILOT_NOT_ASSESSED, sums, &bad, &status);
    free(memory);
    free(once);
    free(twice);
    pilot_panel_free(again);
    pilot_panel_free(made);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    pilot_policy *policy = NULL;
    uint8_t *bytes = malloc(size + 1);
    require(bytes && pilot_policy_nanchang_2019(&policy) == PILOT_OK);
    const bool summed = size && data[0] & 1;
    const size_t length = size ? size - 1 : 0, whole = length / sizeof(uint64_t);
    memcpy(bytes, data + (size ? 1 : 0), length);
    if (summed && whole)
        pilot_put_sum(bytes, whole - 1);
    try_aggregate(policy, bytes, length);
    try_panel(policy, bytes, length);
    free(bytes);
    pilot_policy_free(policy);
    return 0;
}
