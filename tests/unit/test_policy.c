#include "common.h"

/* Parameters whose lists may be changed. */
typedef struct draft {
    pilot_parameters p;
    pilot_rate rates[4];
    pilot_policy_district districts[6];
    pilot_vote_rule vote_rules[3];
} draft;

static void draft_from(draft *d, const pilot_policy *policy)
{
    d->p = *pilot_policy_parameters(policy);
    cr_assert_eq(d->p.rate_count, 3);
    cr_assert_eq(d->p.district_count, 5);
    memcpy(d->rates, d->p.rates, 3 * sizeof *d->rates);
    memcpy(d->districts, d->p.districts, 5 * sizeof *d->districts);
    d->rates[3] = (pilot_rate){month(2024, 1), month(2024, 12), 10000, PILOT_PER_HOUSEHOLD};
    d->districts[5] = (pilot_policy_district){"360112", "新建区"};
    cr_assert_eq(d->p.vote_rule_count, 2);
    memcpy(d->vote_rules, d->p.vote_rules, 2 * sizeof *d->vote_rules);
    d->vote_rules[2] = d->vote_rules[1];
    d->vote_rules[2].id = "next";
    d->vote_rules[2].first = date(2030, 1, 1);
    d->p.vote_rules = d->vote_rules;
    d->p.rates = d->rates;
    d->p.districts = d->districts;
}

static bool same_text(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static bool same_terms(const pilot_vote_terms *a, const pilot_vote_terms *b)
{
    bool equal = a->approval_of == b->approval_of;
    for (size_t i = 0; equal && i < PILOT_THRESHOLD_COUNT; i++)
        equal = a->thresholds[i].bound == b->thresholds[i].bound &&
                a->thresholds[i].share.numerator == b->thresholds[i].share.numerator &&
                a->thresholds[i].share.denominator == b->thresholds[i].share.denominator;
    return equal;
}

static bool same_rule(const pilot_vote_rule *a, const pilot_vote_rule *b)
{
    return same_text(a->id, b->id) && same_text(a->law, b->law) && a->first == b->first &&
           a->special_matters == b->special_matters && same_terms(&a->terms[0], &b->terms[0]) &&
           same_terms(&a->terms[1], &b->terms[1]);
}

static bool same(const pilot_parameters *a, const pilot_parameters *b)
{
    bool equal =
        same_text(a->id, b->id) && same_text(a->name_zh, b->name_zh) &&
        same_text(a->name_en, b->name_en) && a->issued == b->issued && a->published == b->published &&
        a->pilot_year == b->pilot_year && a->district_count == b->district_count &&
        a->communities_per_district == b->communities_per_district &&
        a->workstation_min_staff == b->workstation_min_staff &&
        a->office_min_area == b->office_min_area && a->selection_due == b->selection_due &&
        a->remediation_due == b->remediation_due && a->assembly_due == b->assembly_due &&
        a->entry_due == b->entry_due && a->leading_group_heads == b->leading_group_heads &&
        a->leading_group_deputies == b->leading_group_deputies &&
        a->leading_group_members == b->leading_group_members &&
        a->grid_departments == b->grid_departments && a->transfer_tolerance == b->transfer_tolerance &&
        a->assembly_notice_days == b->assembly_notice_days && a->payment_days == b->payment_days &&
        a->succession_count == b->succession_count && a->assessment_due == b->assessment_due &&
        a->vote_rule_count == b->vote_rule_count && a->rate_count == b->rate_count &&
        a->city_share.numerator == b->city_share.numerator &&
        a->city_share.denominator == b->city_share.denominator && a->rounding == b->rounding &&
        memcmp(a->readings, b->readings, sizeof a->readings) == 0;
    for (size_t i = 0; equal && i < a->district_count; i++)
        equal = same_text(a->districts[i].id, b->districts[i].id) &&
                same_text(a->districts[i].name, b->districts[i].name);
    for (size_t i = 0; equal && i < a->vote_rule_count; i++)
        equal = same_rule(&a->vote_rules[i], &b->vote_rules[i]);
    for (size_t i = 0; equal && i < a->rate_count; i++)
        equal = a->rates[i].first == b->rates[i].first && a->rates[i].last == b->rates[i].last &&
                a->rates[i].price == b->rates[i].price && a->rates[i].basis == b->rates[i].basis;
    return equal;
}

Test(policy, the_default_is_the_notice)
{
    static const char *const districts[][2] = {{"360102", "东湖区"},
                                               {"360103", "西湖区"},
                                               {"360104", "青云谱区"},
                                               {"360105", "湾里区"},
                                               {"360111", "青山湖区"}};
    const pilot_rate rates[] = {{month(2019, 1), month(2021, 12), 180000, PILOT_PER_HOUSEHOLD},
                                {month(2022, 1), month(2022, 12), 120000, PILOT_PER_HOUSEHOLD},
                                {month(2023, 1), month(2023, 12), 60000, PILOT_PER_HOUSEHOLD}};
    pilot_policy *policy = notice();
    const pilot_parameters *p = pilot_policy_parameters(policy);
    cr_assert_str_eq(p->id, "nanchang-2019");
    cr_assert(*p->name_zh != '\0' && *p->name_en != '\0');
    cr_assert_eq(p->issued, date(2019, 11, 1));
    cr_assert_eq(p->published, date(2019, 11, 4));
    cr_assert_eq(p->pilot_year, 2019);
    cr_assert_eq(p->district_count, COUNT(districts));
    for (size_t i = 0; i < COUNT(districts); i++) {
        cr_assert_str_eq(p->districts[i].id, districts[i][0]);
        cr_assert_str_eq(p->districts[i].name, districts[i][1]);
    }
    cr_assert_eq(p->communities_per_district, 2);
    cr_assert_eq(p->workstation_min_staff, 1);
    cr_assert_eq(p->office_min_area, 12000);
    cr_assert_eq(p->selection_due, date(2019, 8, 31));
    cr_assert_eq(p->remediation_due, date(2019, 12, 31));
    cr_assert_eq(p->assembly_due, date(2019, 11, 30));
    cr_assert_eq(p->entry_due, date(2019, 12, 31));
    cr_assert_eq(p->leading_group_heads, 1);
    cr_assert_eq(p->leading_group_deputies, 3);
    cr_assert_eq(p->leading_group_members, 15);
    cr_assert_eq(p->grid_departments, PILOT_ACTOR_BIT(PILOT_ACTOR_PUBLIC_SECURITY_BUREAU) |
                                          PILOT_ACTOR_BIT(PILOT_ACTOR_FIRE_BRIGADE) |
                                          PILOT_ACTOR_BIT(PILOT_ACTOR_CITY_MANAGEMENT_BUREAU) |
                                          PILOT_ACTOR_BIT(PILOT_ACTOR_ENVIRONMENT_BUREAU));
    cr_assert_eq(p->transfer_tolerance, 0);
    cr_assert_eq(p->assembly_notice_days, 15);
    cr_assert_eq(p->payment_days, 0);
    cr_assert_eq(p->succession_count, 1);
    cr_assert_str_eq(p->successions[0].from, "360105");
    cr_assert_str_eq(p->successions[0].to, "360112");
    cr_assert_eq(p->successions[0].on, date(2020, 6, 28));
    cr_assert_str_eq(pilot_district_on(policy, "360105", date(2020, 6, 27)), "360105");
    cr_assert_str_eq(pilot_district_on(policy, "360105", date(2020, 6, 28)), "360112");
    cr_assert_str_eq(pilot_district_on(policy, "360102", date(2020, 6, 28)), "360102");
    cr_assert_eq(p->assessment_due, date(2020, 2, 29));
    cr_assert_eq(p->rate_count, COUNT(rates));
    for (size_t i = 0; i < COUNT(rates); i++) {
        cr_assert_eq(p->rates[i].first, rates[i].first);
        cr_assert_eq(p->rates[i].last, rates[i].last);
        cr_assert_eq(p->rates[i].price, rates[i].price);
        cr_assert_eq(p->rates[i].basis, rates[i].basis);
    }
    cr_assert_eq(p->city_share.numerator, 1);
    cr_assert_eq(p->city_share.denominator, 2);
    cr_assert_eq(p->rounding, PILOT_HALF_UP);
    for (int i = 0; i < PILOT_READING_COUNT; i++)
        cr_assert_eq(p->readings[i], 0, "reading %d", i);
    pilot_policy_free(policy);
    pilot_policy_free(NULL);
    cr_assert_eq(pilot_policy_nanchang_2019(NULL), PILOT_ERROR_ARGUMENT);
}

static bool some_text(const char *text, bool chinese)
{
    bool beyond_ascii = false;
    for (const char *c = text; c && *c; c++)
        beyond_ascii |= (unsigned char)*c >= 0x80;
    return text && *text && beyond_ascii == chinese;
}

Test(policy, readings)
{
    static const struct {
        pilot_reading reading;
        const char *name, *register_id;
        const char *options[3];
    } rows[] = {
        {PILOT_READING_QUOTA_UNIT, "quota_unit", "A-1", {"communities", "areas"}},
        {PILOT_READING_AREA_MAP, "area_map", "A-2", {"one_to_one", "function"}},
        {PILOT_READING_MONTH_RULE,
         "month_rule",
         "A-3",
         {[PILOT_MONTH_RULE_SERVICE_MONTHS] = "service_months",
          [PILOT_MONTH_RULE_FROM_NOTICE] = "from_notice",
          [PILOT_MONTH_RULE_CALENDAR_YEARS] = "calendar_years"}},
        {PILOT_READING_HOUSEHOLD_BASIS,
         "household_basis",
         "A-4",
         {"all_dwellings", "occupied", "paying"}},
        {PILOT_READING_GATE_MODE, "gate_mode", "A-5", {"once", "annual"}},
        {PILOT_READING_ODD_FEN_TO, "odd_fen_to", "A-6b", {"district", "city"}},
        {PILOT_READING_PRE_NOTICE, "pre_notice", "A-8", {"confirmatory", "strict"}},
        {PILOT_READING_ACTING_COMMITTEE, "acting_committee", "A-10", {"allowed", "refused"}},
        {PILOT_READING_OFFICE_RULE, "office_rule", "A-11", {"shared_counts", "shared_excluded"}},
        {PILOT_READING_IN_FORCE_FROM, "in_force_from", "A-12", {"issued", "published"}},
        {PILOT_READING_DUPLICATE_KEY,
         "duplicate_key",
         "A-7",
         {"same_service", "any_service", "same_kind"}},
        {PILOT_READING_GATE_LAYOUT, "gate_layout", "A-9", {"on_the_day", "as_selected"}},
        {PILOT_READING_DISTRICT_SUCCESSION, "district_succession", "A-13", {"successor", "original"}},
        {PILOT_READING_REWARD_PAYEE, "reward_payee", "A-6", {"community", "provider"}},
        {PILOT_READING_REWARD_CAP, "reward_cap", "A-6", {"uncapped", "capped_by_shortfall"}},
        {PILOT_READING_INCOME_BASIS, "income_basis", "A-14", {"net", "gross"}},
        {PILOT_READING_CRITICISM_SCOPE, "criticism_scope", "B-1", {"progress", "any_requirement"}},
        {PILOT_READING_PARKING_COLLECTOR,
         "parking_collector",
         "B-2",
         {"district_on_public_roads", "district_only"}},
        {PILOT_READING_SUCCESSION_FROM, "succession_from", "A-13", {"takeover", "approval"}},
        {PILOT_READING_CONTRACT_PARTY, "contract_party", "A-10", {"committee", "either"}},
        {PILOT_READING_REMEDIATION_ORDER, "remediation_order", "A-8", {"before_entry", "by_its_date"}},
        {PILOT_READING_MEETINGS_UNTIL, "meetings_until", "B-3", {"assessment", "reward_end"}},
        {PILOT_READING_HOUSEHOLD_DATE, "household_date", "A-4", {"assessment", "january", "each_month"}},
        {PILOT_READING_PASS_EFFECT, "pass_effect", "A-5", {"retroactive", "from_the_pass"}},
    };
    cr_assert_eq(COUNT(rows), PILOT_READING_COUNT);
    pilot_reading_info info;
    for (size_t i = 0; i < COUNT(rows); i++) {
        cr_assert_eq(pilot_reading_at(rows[i].reading, &info), PILOT_OK);
        cr_assert_str_eq(info.name, rows[i].name);
        cr_assert_str_eq(info.register_id, rows[i].register_id);
        cr_assert_not_null(pilot_clause_find(info.clause), "%s: %s", info.name, info.clause);
        int32_t options = rows[i].options[2] ? 3 : 2;
        cr_assert_eq(info.option_count, options, "%s", info.name);
        for (int32_t j = 0; j < options; j++)
            cr_assert_str_eq(info.options[j].name, rows[i].options[j]);
        cr_assert(some_text(info.question_zh, true) && some_text(info.reason_zh, true), "%s", info.name);
        cr_assert(some_text(info.question_en, false), "%s", info.name);
        cr_assert(some_text(info.reason_en, false), "%s", info.name);
    }
    const int beyond[] = {-1, PILOT_READING_COUNT, INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < COUNT(beyond); i++)
        cr_assert_eq(pilot_reading_at((pilot_reading)beyond[i], &info), PILOT_ERROR_NOT_FOUND);
    cr_assert_eq(pilot_reading_at(PILOT_READING_GATE_MODE, NULL), PILOT_ERROR_ARGUMENT);
}

Test(policy, a_reading_is_switched_alone)
{
    pilot_policy *policy = notice();
    const uint64_t fingerprint = pilot_policy_fingerprint(policy);
    draft original;
    draft_from(&original, policy);
    for (int i = 0; i < PILOT_READING_COUNT; i++) {
        pilot_reading_info info;
        cr_assert_eq(pilot_reading_at((pilot_reading)i, &info), PILOT_OK);
        for (int32_t option = 0; option < info.option_count; option++) {
            pilot_policy *changed = NULL, *back = NULL;
            cr_assert_eq(pilot_policy_with_reading(policy, (pilot_reading)i, option, &changed),
                         PILOT_OK);
            draft wanted = original;
            wanted.p.readings[i] = option;
            cr_assert(same(pilot_policy_parameters(changed), &wanted.p), "%s", info.name);
            cr_assert_eq(pilot_policy_fingerprint(changed) == fingerprint, option == 0, "%s", info.name);
            cr_assert_eq(pilot_policy_with_reading(changed, (pilot_reading)i, 0, &back), PILOT_OK);
            cr_assert_eq(pilot_policy_fingerprint(back), fingerprint, "%s", info.name);
            pilot_policy_free(changed);
            cr_assert(same(pilot_policy_parameters(back), &original.p), "%s", info.name);
            pilot_policy_free(back);
        }
        pilot_policy *untouched = policy;
        const int32_t bad[] = {-1, info.option_count, INT32_MAX, INT32_MIN};
        for (size_t j = 0; j < COUNT(bad); j++) {
            pilot_status status =
                pilot_policy_with_reading(policy, (pilot_reading)i, bad[j], &untouched);
            cr_assert(status == PILOT_ERROR_RANGE && untouched == policy, "%s: %d", info.name, bad[j]);
        }
    }
    cr_assert(same(pilot_policy_parameters(policy), &original.p));
    cr_assert_eq(pilot_policy_fingerprint(policy), fingerprint);
    pilot_policy *none = NULL;
    const pilot_reading no_reading = (pilot_reading)PILOT_READING_COUNT;
    cr_assert_eq(pilot_policy_with_reading(policy, no_reading, 0, &none), PILOT_ERROR_RANGE);
    cr_assert_eq(pilot_policy_with_reading(policy, (pilot_reading)-1, 0, &none), PILOT_ERROR_RANGE);
    cr_assert_eq(pilot_policy_with_reading(NULL, PILOT_READING_GATE_MODE, 0, &none),
                 PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_policy_with_reading(policy, PILOT_READING_GATE_MODE, 0, NULL),
                 PILOT_ERROR_ARGUMENT);
    cr_assert_null(none);
    pilot_policy_free(policy);
}

typedef struct seen {
    uint64_t fingerprints[96];
    size_t count;
} seen;

static void expect_new(const draft *d, seen *s, const char *change)
{
    pilot_policy *first = NULL, *second = NULL;
    pilot_error error;
    CHECK(pilot_policy_new(&d->p, &first, &error) == PILOT_OK, "%s: %s", change, error.message);
    CHECK(pilot_policy_new(pilot_policy_parameters(first), &second, NULL) == PILOT_OK, "%s", change);
    CHECK(same(pilot_policy_parameters(first), &d->p), "%s", change);
    uint64_t fingerprint = pilot_policy_fingerprint(first);
    CHECK(pilot_policy_fingerprint(second) == fingerprint, "%s: no two alike", change);
    for (size_t i = 0; i < s->count; i++)
        CHECK(s->fingerprints[i] != fingerprint, "%s: as change %zu", change, i);
    CHECK(s->count < COUNT(s->fingerprints), "%s", change);
    s->fingerprints[s->count++] = fingerprint;
    pilot_policy_free(second);
    pilot_policy_free(first);
}

#define CHANGED(change) (draft_from(&d, policy), (void)(change), expect_new(&d, &s, #change))

Test(policy, fingerprint_tells_every_parameter)
{
    seen s = {.count = 0};
    pilot_policy *policy = notice();
    draft d;
    CHANGED(0);
    cr_assert_eq(s.fingerprints[0], pilot_policy_fingerprint(policy));
    CHANGED(d.p.id = "nanchang-2020");
    CHANGED(d.p.name_zh = "另一方案");
    CHANGED(d.p.name_en = "Another scheme");
    CHANGED(d.p.issued--);
    CHANGED(d.p.published++);
    CHANGED(d.p.pilot_year++);
    CHANGED(d.p.district_count--);
    CHANGED(d.p.district_count++);
    CHANGED(d.p.district_count = 0);
    CHANGED(d.p.communities_per_district++);
    CHANGED(d.p.workstation_min_staff++);
    CHANGED(d.p.office_min_area++);
    CHANGED(d.p.selection_due++);
    CHANGED(d.p.remediation_due++);
    CHANGED(d.p.assembly_due++);
    CHANGED(d.p.entry_due++);
    CHANGED(d.p.leading_group_heads++);
    CHANGED(d.p.leading_group_deputies++);
    CHANGED(d.p.leading_group_members++);
    CHANGED(d.p.grid_departments ^= PILOT_ACTOR_BIT(PILOT_ACTOR_STREET));
    CHANGED(d.p.transfer_tolerance++);
    CHANGED(d.p.assembly_notice_days++);
    CHANGED(d.p.payment_days++);
    CHANGED(d.p.succession_count = 0);
    CHANGED(d.p.vote_rule_count = 0);
    CHANGED(d.p.vote_rule_count--);
    CHANGED(d.p.vote_rule_count++);
    CHANGED(d.vote_rules[0].id = "old-law");
    CHANGED(d.vote_rules[1].law = "第278条");
    CHANGED(d.vote_rules[1].first++);
    CHANGED(d.vote_rules[1].special_matters ^= PILOT_MATTER_BIT(PILOT_MATTER_OTHER));
    for (int i = 0; i < PILOT_THRESHOLD_COUNT; i++) {
        CHANGED((d.vote_rules[0].terms[0].thresholds[i].share = (pilot_share){3, 5}));
        CHANGED(d.vote_rules[0].terms[0].thresholds[i].bound = PILOT_AT_LEAST);
        CHANGED((d.vote_rules[1].terms[1].thresholds[i].share = (pilot_share){3, 5}));
    }
    CHANGED(d.vote_rules[0].terms[1].approval_of = PILOT_OF_PARTICIPATING);
    CHANGED(d.p.assessment_due++);
    CHANGED(d.p.rate_count--);
    CHANGED(d.p.rate_count++);
    CHANGED(d.p.rate_count = 0);
    CHANGED(d.p.city_share.denominator++);
    CHANGED((d.p.city_share = (pilot_share){2, 3}));
    CHANGED(d.p.rounding = PILOT_UP);
    CHANGED(d.p.rounding = PILOT_DOWN);
    CHANGED(d.p.rounding = PILOT_HALF_EVEN);
    CHANGED(d.districts[1].id = "360199");
    CHANGED(d.districts[1].name = "西湖");
    CHANGED((d.districts[0] = d.districts[5], d.p.district_count));
    CHANGED(d.rates[0].first++);
    CHANGED(d.rates[0].last--);
    CHANGED(d.rates[1].first++);
    CHANGED(d.rates[2].last++);
    CHANGED(d.rates[0].price++);
    CHANGED(d.rates[2].price--);
    CHANGED(d.rates[0].basis = PILOT_PER_SQUARE_METRE);
    CHANGED(d.rates[0].basis = PILOT_PER_COMMUNITY);
    for (int i = 0; i < PILOT_READING_COUNT; i++) {
        pilot_reading_info info;
        cr_assert_eq(pilot_reading_at((pilot_reading)i, &info), PILOT_OK);
        for (int32_t option = 1; option < info.option_count; option++)
            CHANGED(d.p.readings[i] = option);
    }
    pilot_policy_free(policy);
}

static void expect_refused(const pilot_parameters *p, pilot_status status, const char *path,
                           const char *change, pilot_error *error)
{
    char mark;
    pilot_policy *const untouched = (void *)&mark;
    pilot_policy *policy = untouched;
    memset(error, 0, sizeof *error);
    pilot_status got = pilot_policy_new(p, &policy, error);
    cr_expect_eq(got, status, "%s: status %d", change, (int)got);
    cr_expect_eq(error->status, status, "%s: status %d in the error", change, (int)error->status);
    cr_expect(same_text(error->path, path), "%s: at \"%s\"", change, error->path);
    cr_expect_neq(error->message[0], '\0', "%s: no message", change);
    cr_expect_eq(pilot_policy_new(p, &policy, NULL), status, "%s", change);
    cr_expect_eq(policy, untouched, "%s: a policy was given out", change);
}

#define REFUSED(status, path, change)                                                                   \
    (draft_from(&d, policy), (void)(change), expect_refused(&d.p, status, path, #change, &error))

#define ID_47 "0123456789-0123456789-0123456789-0123456789-abc"

Test(policy, bad_parameters_are_refused)
{
    const pilot_date early = date(1900, 1, 1) - 1, late = date(2200, 12, 31) + 1;
    const pilot_month early_month = month(1900, 1) - 1, late_month = month(2200, 12) + 1;
    pilot_policy *policy = notice();
    pilot_error error;
    draft d;
    REFUSED(PILOT_ERROR_MISSING_KEY, "", d.p.id = NULL);
    REFUSED(PILOT_ERROR_MISSING_KEY, "", d.p.name_zh = NULL);
    REFUSED(PILOT_ERROR_MISSING_KEY, "", d.p.name_en = NULL);
    REFUSED(PILOT_ERROR_ARGUMENT, "/districts", d.p.districts = NULL);
    REFUSED(PILOT_ERROR_ARGUMENT, "/rates", d.p.rates = NULL);
    REFUSED(PILOT_ERROR_MISSING_KEY, "/districts/4", d.districts[4].id = NULL);
    REFUSED(PILOT_ERROR_MISSING_KEY, "/districts/4", d.districts[4].name = NULL);
    REFUSED(PILOT_ERROR_FORMAT, "/id", d.p.id = "");
    REFUSED(PILOT_ERROR_RANGE, "/id", d.p.id = ID_47 "d");
    REFUSED(PILOT_ERROR_RANGE, "/issued", d.p.issued = early);
    REFUSED(PILOT_ERROR_RANGE, "/published", d.p.published = late);
    REFUSED(PILOT_ERROR_INCONSISTENT, "/published", d.p.published = d.p.issued - 1);
    REFUSED(PILOT_ERROR_RANGE, "/pilot_year", d.p.pilot_year = 1899);
    REFUSED(PILOT_ERROR_RANGE, "/pilot_year", d.p.pilot_year = 2201);
    REFUSED(PILOT_ERROR_DUPLICATE_ID, "/districts/4/id", d.districts[4].id = "360105");
    REFUSED(PILOT_ERROR_DUPLICATE_ID, "/districts/4/id", d.districts[4].id = "360102");
    cr_expect_str_eq(error.value, "360102");
    REFUSED(PILOT_ERROR_RANGE, "/communities_per_district", d.p.communities_per_district = -1);
    cr_expect_str_eq(error.value, "-1");
    REFUSED(PILOT_ERROR_RANGE, "/workstation_min_staff", d.p.workstation_min_staff = -1);
    REFUSED(PILOT_ERROR_RANGE, "/office_min_area_m2", d.p.office_min_area = -1);
    REFUSED(PILOT_ERROR_RANGE, "/selection_due", d.p.selection_due = early);
    REFUSED(PILOT_ERROR_RANGE, "/remediation_due", d.p.remediation_due = late);
    REFUSED(PILOT_ERROR_RANGE, "/assembly_due", d.p.assembly_due = INT32_MIN);
    REFUSED(PILOT_ERROR_RANGE, "/entry_due", d.p.entry_due = INT32_MAX);
    REFUSED(PILOT_ERROR_RANGE, "/leading_group_members", d.p.leading_group_members = -1);
    REFUSED(PILOT_ERROR_RANGE, "/transfer_tolerance_yuan", d.p.transfer_tolerance = -1);
    REFUSED(PILOT_ERROR_RANGE, "/assembly_notice_days", d.p.assembly_notice_days = -1);
    REFUSED(PILOT_ERROR_RANGE, "/payment_days", d.p.payment_days = -1);
    REFUSED(PILOT_ERROR_RANGE, "/grid_departments", d.p.grid_departments = 1);
    REFUSED(PILOT_ERROR_RANGE, "/grid_departments",
            d.p.grid_departments = PILOT_ACTOR_BIT(PILOT_ACTOR_COUNT));
    REFUSED(PILOT_ERROR_RANGE, "/assessment_due", d.p.assessment_due = early);
    REFUSED(PILOT_ERROR_RANGE, "/rates/0/first", d.rates[0].first = early_month);
    REFUSED(PILOT_ERROR_RANGE, "/rates/2/last", d.rates[2].last = late_month);
    REFUSED(PILOT_ERROR_ORDER, "/rates/1/last", d.rates[1].last = d.rates[1].first - 1);
    REFUSED(PILOT_ERROR_INCONSISTENT, "/rates/1/first", d.rates[1].first--);
    REFUSED(PILOT_ERROR_INCONSISTENT, "/rates/1/first", /* of two the first is told */
            (d.rates[1].first--, d.rates[2].first = d.rates[1].first));
    REFUSED(PILOT_ERROR_INCONSISTENT, "/rates/2/first", d.rates[1].last = d.rates[2].last);
    REFUSED(PILOT_ERROR_INCONSISTENT, "/rates/1/first",
            (d.rates[3] = d.rates[0], d.rates[0] = d.rates[1], d.rates[1] = d.rates[3]));
    REFUSED(PILOT_ERROR_RANGE, "/rates/2/yuan", d.rates[2].price = -1);
    REFUSED(PILOT_ERROR_RANGE, "/rates/0/per", d.rates[0].basis = (pilot_basis)-1);
    REFUSED(PILOT_ERROR_RANGE, "/rates/0/per", d.rates[0].basis = (pilot_basis)PILOT_BASIS_COUNT);
    cr_expect_str_eq(error.value, "3");
    REFUSED(PILOT_ERROR_ARGUMENT, "/vote_rules", d.p.vote_rules = NULL);
    REFUSED(PILOT_ERROR_MISSING_KEY, "/vote_rules/1", d.vote_rules[1].id = NULL);
    REFUSED(PILOT_ERROR_MISSING_KEY, "/vote_rules/1", d.vote_rules[1].law = NULL);
    REFUSED(PILOT_ERROR_FORMAT, "/vote_rules/1/id", d.vote_rules[1].id = "");
    REFUSED(PILOT_ERROR_RANGE, "/vote_rules/1/id", d.vote_rules[1].id = ID_47 "d");
    REFUSED(PILOT_ERROR_DUPLICATE_ID, "/vote_rules/1/id", d.vote_rules[1].id = "property-law");
    REFUSED(PILOT_ERROR_RANGE, "/vote_rules/0/first", d.vote_rules[0].first = early);
    REFUSED(PILOT_ERROR_RANGE, "/vote_rules/1/first", d.vote_rules[1].first = late);
    REFUSED(PILOT_ERROR_INCONSISTENT, "/vote_rules/1/first",
            d.vote_rules[1].first = d.vote_rules[0].first);
    cr_expect_str_eq(error.value, "2007-10-01");
    REFUSED(PILOT_ERROR_INCONSISTENT, "/vote_rules/1/first",
            d.vote_rules[1].first = d.vote_rules[0].first - 1);
    REFUSED(PILOT_ERROR_RANGE, "/vote_rules/0/special_matters", d.vote_rules[0].special_matters |= 1);
    REFUSED(PILOT_ERROR_RANGE, "/vote_rules/1/special_matters",
            d.vote_rules[1].special_matters = PILOT_MATTER_BIT(PILOT_MATTER_COUNT));
    REFUSED(PILOT_ERROR_RANGE, "/vote_rules/0/ordinary/participation_area/share",
            (d.vote_rules[0].terms[0].thresholds[0].share = (pilot_share){2, 4}));
    cr_expect_str_eq(error.value, "2/4");
    REFUSED(PILOT_ERROR_RANGE, "/vote_rules/1/special/approval_heads/share",
            (d.vote_rules[1].terms[1].thresholds[3].share = (pilot_share){5, 4}));
    REFUSED(PILOT_ERROR_RANGE, "/vote_rules/1/special/approval_area/share",
            (d.vote_rules[1].terms[1].thresholds[2].share = (pilot_share){-1, 4}));
    REFUSED(PILOT_ERROR_RANGE, "/vote_rules/0/ordinary/participation_heads/share",
            (d.vote_rules[0].terms[0].thresholds[1].share = (pilot_share){1, 1}));
    REFUSED(PILOT_ERROR_RANGE, "/vote_rules/0/special/participation_heads/bound",
            d.vote_rules[0].terms[1].thresholds[1].bound = (pilot_bound)2);
    REFUSED(PILOT_ERROR_RANGE, "/vote_rules/0/special/approval_of",
            d.vote_rules[0].terms[1].approval_of = (pilot_approval_base)-1);
    REFUSED(PILOT_ERROR_RANGE, "/city_share", (d.p.city_share = (pilot_share){2, 4}));
    cr_expect_str_eq(error.value, "2/4");
    REFUSED(PILOT_ERROR_RANGE, "/city_share", (d.p.city_share = (pilot_share){3, 2}));
    REFUSED(PILOT_ERROR_RANGE, "/city_share", (d.p.city_share = (pilot_share){-1, 2}));
    REFUSED(PILOT_ERROR_RANGE, "/city_share", (d.p.city_share = (pilot_share){1, 0}));
    REFUSED(PILOT_ERROR_RANGE, "/city_share", (d.p.city_share = (pilot_share){0, 2}));
    REFUSED(PILOT_ERROR_RANGE, "/city_share", d.p.city_share.denominator = PILOT_SHARE_MAX + 1);
    REFUSED(PILOT_ERROR_RANGE, "/rounding", d.p.rounding = (pilot_rounding)9);
    REFUSED(PILOT_ERROR_RANGE, "/rounding", d.p.rounding = (pilot_rounding)-1);
    REFUSED(PILOT_ERROR_RANGE, "/readings/month_rule", d.p.readings[PILOT_READING_MONTH_RULE] = 7);
    REFUSED(PILOT_ERROR_RANGE, "/readings/month_rule", d.p.readings[PILOT_READING_MONTH_RULE] = 3);
    REFUSED(PILOT_ERROR_RANGE, "/readings/quota_unit", d.p.readings[PILOT_READING_QUOTA_UNIT] = -1);
    REFUSED(PILOT_ERROR_RANGE, "/readings/in_force_from", d.p.readings[PILOT_READING_IN_FORCE_FROM] = 2);
    pilot_policy *none = NULL;
    cr_expect_eq(pilot_policy_new(NULL, &none, &error), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(error.status, PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_policy_new(NULL, &none, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_eq(pilot_policy_new(&d.p, NULL, NULL), PILOT_ERROR_ARGUMENT);
    cr_expect_null(none);
    pilot_policy_free(policy);
}

Test(policy, parameters_at_their_limits_are_good)
{
    pilot_policy *policy = notice();
    seen s = {.count = 0};
    draft d;
    CHANGED(d.p.id = ID_47);
    CHANGED(d.p.id = "x");
    CHANGED((d.p.name_zh = "", d.p.name_en = ""));
    CHANGED(d.p.issued = date(1900, 1, 1));
    CHANGED(d.p.published = date(2200, 12, 31));
    CHANGED(d.p.published = d.p.issued);
    CHANGED(d.p.selection_due = date(1900, 1, 1));
    CHANGED(d.p.assessment_due = date(2200, 12, 31));
    CHANGED(d.p.pilot_year = 1900);
    CHANGED(d.p.pilot_year = 2200);
    CHANGED(d.p.communities_per_district = 0);
    CHANGED(d.p.communities_per_district = INT64_MAX);
    CHANGED(d.p.workstation_min_staff = 0);
    CHANGED(d.p.office_min_area = 0);
    CHANGED((d.p.districts = NULL, d.p.district_count = 0));
    CHANGED((d.p.rates = NULL, d.p.rate_count = 0));
    CHANGED((d.p.vote_rules = NULL, d.p.vote_rule_count = 0));
    CHANGED(d.vote_rules[1].id = ID_47);
    CHANGED(d.vote_rules[1].first = d.vote_rules[0].first + 1);
    CHANGED(d.vote_rules[0].special_matters = 0);
    CHANGED(d.vote_rules[0].special_matters = PILOT_MATTER_BIT(PILOT_MATTER_COUNT) - 2);
    CHANGED((d.vote_rules[0].terms[1].thresholds[2].share = (pilot_share){1, 1}));
    CHANGED((d.vote_rules[0].terms[0].thresholds[0].share = (pilot_share){0, 1}));
    CHANGED(d.rates[0].price = 0);
    CHANGED(d.rates[0].price = INT64_MAX);
    CHANGED(d.rates[1].last = d.rates[1].first);
    CHANGED(d.rates[0].first = month(1900, 1));
    CHANGED(d.rates[2].last = month(2200, 12));
    CHANGED((d.p.city_share = (pilot_share){0, 1}));
    CHANGED((d.p.city_share = (pilot_share){1, 1}));
    CHANGED((d.p.city_share = (pilot_share){1, PILOT_SHARE_MAX}));
    pilot_policy_free(policy);
}

Test(policy, copies_what_it_is_made_of)
{
    pilot_policy *basis = notice(), *policy = NULL;
    draft d;
    char id[] = "copied", zh[] = "抄本", en[] = "a copy", district_id[] = "360121",
         district_name[] = "南昌县", law_id[] = "own-law", law[] = "某法";
    draft_from(&d, basis);
    d.p.id = id;
    d.p.name_zh = zh;
    d.p.name_en = en;
    d.districts[2] = (pilot_policy_district){district_id, district_name};
    d.vote_rules[1].id = law_id;
    d.vote_rules[1].law = law;
    cr_assert_eq(pilot_policy_new(&d.p, &policy, NULL), PILOT_OK);
    const uint64_t fingerprint = pilot_policy_fingerprint(policy);

    pilot_policy_free(basis);
    char *const texts[] = {id, zh, en, district_id, district_name, law_id, law};
    for (size_t i = 0; i < COUNT(texts); i++)
        memset(texts[i], '#', strlen(texts[i]));
    memset(d.rates, 0, sizeof d.rates);
    memset(d.districts, 0, sizeof d.districts);
    memset(d.vote_rules, 0, sizeof d.vote_rules);
    memset(&d.p, 0, sizeof d.p);

    const pilot_parameters *p = pilot_policy_parameters(policy);
    cr_assert_str_eq(p->id, "copied");
    cr_assert_str_eq(p->name_zh, "抄本");
    cr_assert_str_eq(p->name_en, "a copy");
    cr_assert_eq(p->district_count, 5);
    cr_assert_str_eq(p->districts[0].name, "东湖区");
    cr_assert_str_eq(p->districts[2].id, "360121");
    cr_assert_str_eq(p->districts[2].name, "南昌县");
    cr_assert_eq(p->vote_rule_count, 2);
    cr_assert_str_eq(p->vote_rules[1].id, "own-law");
    cr_assert_str_eq(p->vote_rules[1].law, "某法");
    cr_assert_eq(p->rate_count, 3);
    cr_assert_eq(p->rates[0].price, 180000);
    cr_assert_eq(p->rates[2].last, month(2023, 12));
    cr_assert_eq(pilot_policy_fingerprint(policy), fingerprint);

    /* A switched policy outlives the one it was made from. */
    pilot_policy *changed = NULL;
    cr_assert_eq(
        pilot_policy_with_reading(policy, PILOT_READING_GATE_MODE, PILOT_GATE_MODE_ANNUAL, &changed),
        PILOT_OK);
    pilot_policy_free(policy);
    p = pilot_policy_parameters(changed);
    cr_assert_str_eq(p->id, "copied");
    cr_assert_str_eq(p->districts[2].name, "南昌县");
    cr_assert_eq(p->rates[1].price, 120000);
    pilot_policy_free(changed);
}

Test(policy, parameters_name_their_clauses)
{
    static const struct {
        const char *key, *clause;
    } rows[] = {
        {"issued", "0.1-3"},
        {"published", "0.1-3"},
        {"pilot_year", "2-2"},
        {"districts", "2-2"},
        {"successions", "2-2"},
        {"communities_per_district", "2-3"},
        {"leading_group_heads", "3.1-1"},
        {"leading_group_deputies", "3.1-1"},
        {"leading_group_members", "3.1-1"},
        {"grid_departments", "4.3-13"},
        {"transfer_tolerance_yuan", "4.3-9"},
        {"assembly_notice_days", NULL}, /* another regulation's */
        {"payment_days", "3.2-7c"},
        {"vote_rules", "5.4-2"},
        {"workstation_min_staff", "4.1-4"},
        {"office_min_area_m2", "4.2-1"},
        {"selection_due", "5.1-1"},
        {"remediation_due", "5.2-1"},
        {"assembly_due", "5.3-1"},
        {"entry_due", "5.4-1"},
        {"assessment_due", "5.5-1"},
        {"rates", "4.4.1-4"},
        {"city_share", "4.4.1-8"},
        {"rounding", NULL},
        {"id", NULL},
        {"name_zh", NULL},
        {"name_en", NULL},
    };
    pilot_parameter_info all[64];
    size_t count = 0, readings = 0;
    while (count < COUNT(all) && pilot_parameter_at(count, &all[count]) == PILOT_OK)
        count++;
    cr_assert_eq(count, COUNT(rows) + PILOT_READING_COUNT);
    for (size_t i = 0; i < count; i++) {
        const pilot_parameter_info *row = &all[i];
        cr_assert(some_text(row->key, false) && some_text(row->en, false), "row %zu", i);
        cr_assert(!row->clause || pilot_clause_find(row->clause), "%s: %s", row->key, row->clause);
        for (size_t j = 0; j < i; j++)
            cr_assert_str_neq(row->key, all[j].key);
        pilot_reading_info info = {0};
        for (int r = 0; row->parent && r < PILOT_READING_COUNT; r++)
            if (pilot_reading_at((pilot_reading)r, &info) == PILOT_OK && same_text(info.name, row->key))
                break;
        if (row->parent) {
            cr_assert_str_eq(row->parent, "readings");
            cr_assert_str_eq(info.name, row->key);
            cr_assert_str_eq(info.clause, row->clause);
            readings++;
        }
    }
    cr_assert_eq(readings, PILOT_READING_COUNT);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const pilot_parameter_info *row = all;
        while (row < all + count && (row->parent || !same_text(row->key, rows[i].key)))
            row++;
        cr_assert(row < all + count, "%s", rows[i].key);
        cr_assert(!rows[i].clause || same_text(row->clause, rows[i].clause), "%s", rows[i].key);
    }
    const size_t beyond[] = {count, count + 1, SIZE_MAX};
    for (size_t i = 0; i < COUNT(beyond); i++)
        cr_assert_eq(pilot_parameter_at(beyond[i], &all[0]), PILOT_ERROR_NOT_FOUND);
    cr_assert_eq(pilot_parameter_at(0, NULL), PILOT_ERROR_ARGUMENT);
}
