/* Records that a caller filled in, and not a reader: whatever is in them, a function gives an outcome or
 * a status, and the sanitizers find nothing. Their members come from the record tables, so that a new
 * field is tried by itself. */
#include "common.h"

#include "money/account_internal.h"
#include "base/arena.h"
#include "cases.h"
#include "rules/subject.h"
#include "city/city_internal.h"
#include "market/menu_internal.h"
#include "market/order_internal.h"
#include "duty/outside_internal.h"
#include "notice/policy_internal.h"
#include "money/reward_internal.h"
#include "report/report_internal.h"
#include "vote/vote_internal.h"

static arena memory;
static bool spoilt; /* values may be what they may not be: enums, bools, texts in place, days, shares */
static pilot_menu *menu;

static void *take(size_t count, size_t size)
{
    void *taken = pilot_arena_take(&memory, count, size);
    CHECK(taken, "no memory");
    return taken;
}

static int64_t any_number(void)
{
    static const int64_t extremes[] = {0,   1,     INT64_MAX, INT64_MAX - 1, INT32_MAX,
                                       100, 10000, -1,        INT64_MIN,     INT32_MIN};
    return below(3) ? below(100000) : extremes[below(spoilt ? COUNT(extremes) : COUNT(extremes) - 3)];
}

static int32_t any_day(void)
{
    static const int32_t extremes[] = {0, INT32_MAX, INT32_MIN, -1, -25567, 84371};
    return !spoilt || below(4) ? 18100 + (int32_t)below(400) : extremes[below(COUNT(extremes))];
}

static int32_t any_month(void)
{
    static const int32_t extremes[] = {0, INT32_MAX, INT32_MIN, -1, 2772};
    return !spoilt || below(6) ? 590 + (int32_t)below(50) : extremes[below(COUNT(extremes))];
}

static int32_t any_word(int32_t count)
{
    static const int32_t none[] = {-1, INT32_MAX, INT32_MIN, 32, 64};
    return spoilt && !below(30) ? none[below(COUNT(none))] : (int32_t)below(count);
}

static bool any_bool(bool *at)
{
    const unsigned char byte = (unsigned char)(spoilt && !below(30) ? below(256) : below(2));
    memcpy(at, &byte, 1);
    return byte;
}

static const char *any_text(void)
{
    static const char *const texts[] = {NULL,       "",         "cleaning", "comprehensive-3", "1-101",
                                        "a\x1B[2J", "\xFF\xFE", "360102",   "\xE2\x80\xAE"};
    if (below(20))
        return texts[below(COUNT(texts))];
    char *text = take(2000, 1);
    memset(text, 'x', 1999);
    return text;
}

static const pilot_clause *any_clause(void)
{
    pilot_clause *copy = take(1, sizeof *copy);
    const pilot_clause *clause = pilot_clause_at((size_t)below((int64_t)pilot_clause_count()));
    *copy = *clause;
    copy->id = below(4) ? clause->id : NULL;
    return below(3) ? clause : below(2) ? copy : NULL;
}

static void any_value(pilot_value *value)
{
    static const pilot_word some[] = {{"a", "", ""}, {0}, {"b", "", ""}};
    *value = (pilot_value){.kind = (pilot_value_kind)any_word(PILOT_VALUE_PRICE + 1),
                           .number = any_number(),
                           .word = any_text(),
                           .words = below(2) ? some : NULL,
                           .word_count = (int32_t)below(4)};
    if (!value->words)
        value->word_count = (int32_t)any_number();
}

static void any_record(const record *type, void *item);

/* Of a list there is nothing, or a few items, or a count alone. */
static void any_list(const field *f, void *item)
{
    const record *of = f->of;
    size_t count = (size_t)below(4);
    void *list = NULL;
    if (below(5)) {
        const size_t size = f->kind == FIELD_REFS                                ? sizeof(void *)
                            : f->kind == FIELD_AREAS || f->kind == FIELD_AMOUNTS ? sizeof(int64_t)
                                                                                 : of->size;
        list = take(count, size);
        for (size_t i = 0; i < count; i++) {
            void *at = (char *)list + i * size;
            if (f->kind == FIELD_LIST) {
                any_record(of, at);
            } else if (f->kind == FIELD_REFS) {
                void *ref = below(5) ? take(1, of->size) : NULL;
                if (ref)
                    any_record(of, ref);
                memcpy(at, &ref, sizeof ref);
            } else {
                *(int64_t *)at = any_number();
            }
        }
    } else if (below(2)) {
        count = SIZE_MAX - (size_t)below(3);
    }
    memcpy((char *)item + f->offset, &list, sizeof list);
    memcpy((char *)item + f->count_offset, &count, sizeof count);
}

static void any_pointer(const field *f, void *at)
{
    const void *to = NULL;
    if (f->of == &pilot_menu_record)
        to = below(2) ? menu : NULL;
    else if (below(3)) {
        void *made = take(1, ((const record *)f->of)->size);
        any_record(f->of, made);
        to = made;
    }
    memcpy(at, &to, sizeof to);
}

static void any_optional(const field *f, void *at, bool day)
{
    if (day && f->required)
        *(pilot_date *)at = any_day();
    else if (day) {
        ((pilot_opt_date *)at)->value = any_day();
        any_bool(&((pilot_opt_date *)at)->known);
    } else if (f->required)
        *(int64_t *)at = any_number();
    else {
        ((pilot_opt_int *)at)->value = any_number();
        any_bool(&((pilot_opt_int *)at)->known);
    }
}

static void any_field(const field *f, void *item)
{
    void *at = (char *)item + f->offset;
    switch (f->kind) {
    case FIELD_TEXT:
    case FIELD_ID:
    case FIELD_CODE:
        *(const char **)at = any_text();
        break;
    case FIELD_WORD:
        *(int32_t *)at = any_word(((const words *)f->of)->count);
        break;
    case FIELD_WORDS:
    case FIELD_SET:
        *(uint32_t *)at = (uint32_t)random_bits();
        for (int32_t i = 0; !spoilt && f->kind == FIELD_WORDS && i < 32; i++)
            if (!pilot_word_name(f->of, i))
                *(uint32_t *)at &= ~(UINT32_C(1) << i);
        break;
    case FIELD_ANSWER:
        *(int32_t *)at = any_word(3);
        break;
    case FIELD_COUNT:
    case FIELD_MONEY:
    case FIELD_PRICE:
    case FIELD_AREA:
    case FIELD_DATE:
        any_optional(f, at, f->kind == FIELD_DATE);
        break;
    case FIELD_SHARE:
        *(pilot_share *)at =
            !spoilt || below(4) ? (pilot_share){1, 2} : (pilot_share){any_day(), any_month()};
        break;
    case FIELD_YEAR:
        *(int32_t *)at = !spoilt || below(4) ? 2019 + (int32_t)below(3) : any_day();
        break;
    case FIELD_MONTH:
        *(pilot_month *)at = any_month();
        break;
    case FIELD_STEP:
        *(pilot_step *)at = (pilot_step){(pilot_answer)any_word(3), any_day()};
        break;
    case FIELD_CLAUSE:
        *(const pilot_clause **)at = any_clause();
        break;
    case FIELD_REF:
    case FIELD_OPTIONAL:
        any_pointer(f, at);
        break;
    case FIELD_RECORD:
        any_record(f->of, at);
        break;
    case FIELD_REFS:
    case FIELD_LIST:
    case FIELD_AREAS:
    case FIELD_AMOUNTS:
        any_list(f, item);
        break;
    case FIELD_CHARS:
        memset(at, below(2) ? 'x' : 0, f->count_offset - (spoilt && !below(30) ? 0 : 1));
        break;
    case FIELD_HASH:
        *(uint64_t *)at = random_bits();
        break;
    case FIELD_NUMBER:
        *(int32_t *)at = any_day();
        break;
    case FIELD_VALUE:
        any_value(at);
        break;
    case FIELD_TEXTS: /* of no record of a caller's */
    case FIELD_JSON:
        break;
    }
}

/* Some members stay zero. */
static void any_record(const record *type, void *item)
{
    for (size_t i = 0; i < type->field_count; i++)
        if (below(4))
            any_field(&type->fields[i], item);
}

static void *made(const record *type)
{
    void *item = take(1, type->size);
    any_record(type, item);
    return item;
}

/* The table of a list, by its key, wherever it lies. */
static const record *table_of(const record *type, const char *key)
{
    const record *found = NULL;
    for (size_t i = 0; !found && i < type->field_count; i++)
        if (type->fields[i].kind == FIELD_LIST)
            found = strcmp(type->fields[i].key, key) == 0 ? type->fields[i].of
                                                          : table_of(type->fields[i].of, key);
    return found;
}

#define MADE(key) made(table_of(&pilot_city_record, key))

/* Records that lie in those around them, or anywhere, or are not there. */
static pilot_subject any_subject(const pilot_city *city)
{
    pilot_subject s = {.city = below(3) ? NULL : city,
                       .district = MADE("districts"),
                       .community = MADE("communities"),
                       .area = MADE("areas"),
                       .office = MADE("offices"),
                       .appointment = MADE("appointments"),
                       .handover = MADE("handovers"),
                       .contract = MADE("contracts"),
                       .charge = MADE("charges"),
                       .income = MADE("incomes"),
                       .parking = MADE("parking")};
    const pilot_records *r = pilot_city_records(city);
    if (!below(5))
        s.community = &r->communities[below((int64_t)r->community_count)];
    if (!below(5))
        s.area = &r->areas[below((int64_t)r->area_count)];
    if (!below(10))
        s.community = NULL;
    if (!below(10))
        s.area = NULL;
    if (s.area && s.area->contracts && s.area->contract_count - 1 < 4)
        s.contract = s.area->contracts;
    if (s.area && s.area->charges && s.area->charge_count - 1 < 4)
        s.charge = s.area->charges;
    return s;
}

static pilot_policy *policy;
static pilot_city *city;
static size_t asked, answered;

static void look_at(const pilot_finding *f)
{
    char text[256], whole[8192];
    for (int language = PILOT_ENGLISH; language <= PILOT_CHINESE; language++) {
        const size_t length = pilot_finding_text(f, (pilot_language)language, text, sizeof text);
        CHECK(pilot_finding_text(f, (pilot_language)language, NULL, 0) == length, "its length");
        (void)pilot_finding_next(f, (pilot_language)language, text, sizeof text);
        (void)pilot_finding_missing_text(f, (pilot_language)language, text, sizeof text);
        for (int part = PILOT_FINDING_SUBJECT; part <= PILOT_FINDING_WHO; part++)
            (void)pilot_finding_part_text(f, (pilot_finding_part)part, (pilot_language)language, text,
                                          sizeof text);
        if (pilot_finding_text(f, (pilot_language)language, whole, sizeof whole) < sizeof whole)
            for (const char *c = whole; *c; c++)
                CHECK((unsigned char)*c >= 0x20 && *c != 0x7F, "a control in \"%s\"", whole);
    }
    (void)pilot_finding_path(f, text, sizeof text);
    (void)pilot_finding_missing_path(f, text, sizeof text);
    (void)pilot_finding_actors(f);
    (void)pilot_subject_name(f);
}

/* Every rule, on what the subject has. */
static void ask_all(const pilot_subject *s, uint32_t wanted)
{
    const pilot_date days[] = {cases_date("2019-08-01"), cases_date("2020-02-29"), 84370};
    for (size_t i = 0; i < pilot_rule_count(); i++) {
        const pilot_rule *rule = pilot_rule_at(i), copy = *rule;
        pilot_finding f;
        pilot_status status =
            pilot_check_rule(policy, below(2) ? rule : &copy, s, days[below(COUNT(days))], &f, NULL);
        asked++;
        CHECK(status == PILOT_OK || status == PILOT_ERROR_ARGUMENT || status == PILOT_ERROR_RANGE,
              "%s: status %d", rule->id, (int)status);
        if (status != PILOT_OK)
            continue;
        answered++;
        const uint32_t may = (pilot_rule_outcomes(rule) | 1u << PILOT_INFO) & wanted;
        CHECK(f.rule == rule && may >> f.outcome & 1, "%s: outcome %d", rule->id, (int)f.outcome);
        CHECK((f.outcome == PILOT_UNKNOWN) == (f.missing != NULL), "%s: missing", rule->id);
        look_at(&f);
    }
}

static void ask_others(const pilot_subject *s)
{
    pilot_claim claim;
    pilot_award award;
    pilot_timeline timeline;
    if (!s->area)
        return;
    asked += 3;
    if (pilot_residential_area_claim(policy, s->area, 18321, &claim, NULL) == PILOT_OK)
        answered += pilot_award_compute(policy, &claim, &award, NULL, 0, NULL) == PILOT_OK;
    answered += pilot_timeline_make(policy, s->area, 18321, &timeline, NULL) == PILOT_OK;
    answered += pilot_side_on(policy, s->area, PILOT_PLACE_COURTYARD, any_day()) != PILOT_SIDE_UNKNOWN;
}

static void begin(void)
{
    pilot_error error;
    size_t length;
    policy = notice();
    char *text = cases_slurp("examples/data/nanchang-2019.json", &length);
    cr_assert_eq(pilot_city_parse(text, length, &city, &error), PILOT_OK, "%s", error.message);
    free(text);
    text = cases_slurp("examples/data/menus/foshan-2019.json", &length);
    cr_assert_eq(pilot_menu_parse(text, length, &menu, &error), PILOT_OK, "%s", error.message);
    free(text);
}

static void end(void)
{
    pilot_arena_free(&memory);
    pilot_menu_free(menu);
    pilot_city_free(city);
    pilot_policy_free(policy);
}

TestSuite(by_hand, .init = begin, .fini = end);

/* Zero-initialised means that nothing is known: nothing follows from it. */
Test(by_hand, zeroed_records)
{
    const uint32_t open = 1u << PILOT_UNKNOWN | 1u << PILOT_PENDING | 1u << PILOT_NOT_APPLICABLE;
    const pilot_district district = {0};
    const pilot_community community = {0};
    const pilot_residential_area area = {0};
    const pilot_office office = {0};
    const pilot_appointment appointment = {0};
    const pilot_handover handover = {0};
    const pilot_contract contract = {0};
    const pilot_charge charge = {0};
    const pilot_income income = {0};
    const pilot_parking parking = {0};
    pilot_subject s = {.district = &district, .community = &community, .area = &area, .office = &office};
    s.appointment = &appointment;
    s.handover = &handover;
    s.contract = &contract;
    s.charge = &charge;
    s.income = &income;
    s.parking = &parking;
    for (int i = 0; i < 20; i++)
        ask_all(&s, open);
    cr_expect_geq(answered, asked / 2);
    ask_others(&s);
}

/* A count without its list is of nothing known. */
Test(by_hand, counts_without_lists)
{
    const uint32_t open = 1u << PILOT_UNKNOWN | 1u << PILOT_PENDING | 1u << PILOT_NOT_APPLICABLE |
                          1u << PILOT_MET; /* of the menu, which is a good one */
    pilot_community community = {0};
    pilot_residential_area area = {0};
    pilot_contract contract = {.selection = {.item_count = 3}, .menu = menu};
    const pilot_charge charge = {.amount = 1};
    const pilot_income income = {.source = PILOT_INCOME_LOCKERS};
    community.office_count = community.assessment_count = community.reward_payment_count = 5;
    community.use_count = community.appointment_count = community.handover_count = SIZE_MAX;
    community.evidence.count = area.evidence.count = 7;
    area.community_count = area.offer_count = area.vote_count = area.contract_count = 5;
    area.grid_post_count = area.charge_count = area.income_count = area.use_count = SIZE_MAX;
    const pilot_subject s = {.community = &community,
                             .area = &area,
                             .contract = &contract,
                             .charge = &charge,
                             .income = &income};
    for (int i = 0; i < 20; i++)
        ask_all(&s, open);
    cr_expect_geq(answered, asked / 3);
    ask_others(&s);
}

/* A rule is the one of its id, wherever the caller keeps it. */
Test(by_hand, copied_rules)
{
    const pilot_subject s = {.city = city};
    pilot_finding f, g;
    for (size_t i = 0; i < pilot_rule_count(); i++) {
        pilot_rule copy = *pilot_rule_at(i);
        cr_assert_eq(pilot_rule_outcomes(&copy), pilot_rule_outcomes(pilot_rule_at(i)));
        cr_assert_eq(pilot_rule_part(&copy), pilot_rule_part(pilot_rule_at(i)));
        const pilot_status status = pilot_check_rule(policy, &copy, &s, 18321, &f, NULL);
        cr_assert_eq(status, pilot_check_rule(policy, pilot_rule_at(i), &s, 18321, &g, NULL));
        if (status == PILOT_OK)
            cr_assert(f.rule == g.rule && f.outcome == g.outcome && f.found.number == g.found.number);
        copy.scope = (pilot_scope)77; /* is not asked for */
        cr_assert_eq(pilot_check_rule(policy, &copy, &s, 18321, &f, NULL), status);
        copy.id = "no_rule";
        cr_assert_eq(pilot_check_rule(policy, &copy, &s, 18321, &f, NULL), PILOT_ERROR_ARGUMENT);
        copy.id = NULL;
        cr_assert_eq(pilot_check_rule(policy, &copy, &s, 18321, &f, NULL), PILOT_ERROR_ARGUMENT);
        cr_assert_eq(pilot_rule_outcomes(&copy), 0);
        cr_assert_null(pilot_rule_part(&copy));
    }
    const pilot_clause clause = *pilot_clause_at(3), none = {.id = "9-9"};
    cr_expect_eq(pilot_clause_next(&clause, NULL), pilot_clause_at(4));
    cr_expect_null(pilot_clause_next(&none, NULL));
    const pilot_duty duty = *pilot_duty_at(3);
    cr_expect_null(pilot_duty_next(&duty, NULL));
}

Test(by_hand, records_of_random_members)
{
    const int rounds = 4000 / stride();
    for (int round = 0; round < rounds; round++) {
        spoilt = round % 4 == 0;
        const pilot_subject s = any_subject(city);
        ask_all(&s, UINT32_MAX);
        ask_others(&s);
        pilot_arena_free(&memory);
    }
    cr_log_info("%zu questions, of which %zu had an answer\n", asked, answered);
    cr_expect_geq(answered, asked / 3);
}

static void settle(const record *type, void *item, const pilot_records *r);

/* One record of the city's list, or none. */
static const void *any_of(const record *type, const pilot_records *r)
{
    for (size_t i = 0; i < pilot_city_record.field_count; i++) {
        const field *f = &pilot_city_record.fields[i];
        if (f->of == type && f->kind == FIELD_LIST && field_count(r, f))
            return (const char *)field_pointer(r, f) +
                   (size_t)below((int64_t)field_count(r, f)) * type->size;
    }
    return NULL;
}

static void settle_list(const field *f, void *item, const pilot_records *r)
{
    char *list = field_pointer(item, f);
    const record *of = f->of;
    const size_t count = list ? field_count(item, f) : 0;
    pilot_field_list(f, item, list, count);
    for (size_t i = 0; f->kind == FIELD_LIST && i < count; i++)
        settle(of, list + i * of->size, r);
    for (size_t i = 0; f->kind == FIELD_REFS && i < count; i++)
        ((const void **)(void *)list)[i] = any_of(of, r);
    if (f->kind == FIELD_REFS && count && !any_of(of, r))
        pilot_field_list(f, item, list, 0);
}

/* A list that is not known has no count, and references are to records of the city. */
static void settle(const record *type, void *item, const pilot_records *r)
{
    for (size_t i = 0; i < type->field_count; i++) {
        const field *f = &type->fields[i];
        if (f->kind == FIELD_LIST || f->kind == FIELD_REFS || f->kind == FIELD_AREAS)
            settle_list(f, item, r);
        if (f->kind == FIELD_RECORD)
            settle(f->of, field_at(item, f), r);
        if (f->kind == FIELD_REF && f->of != &pilot_menu_record)
            field_point(item, f, any_of(f->of, r));
    }
}

static pilot_city *any_city(void)
{
    pilot_city *partial = take(1, sizeof *partial);
    any_record(&pilot_city_record, &partial->records);
    settle(&pilot_city_record, &partial->records, &partial->records);
    CHECK(pilot_links_make(&partial->links, &memory, &partial->records), "no memory");
    return partial;
}

static void look_at_report(const pilot_report *report)
{
    const pilot_report_filter filter = {.district = "360102", .community = "1-101"};
    pilot_summary rows[8];
    char *text = NULL;
    asked++;
    answered += pilot_report_write(report, NULL, PILOT_JSON_COMPACT, &text) == PILOT_OK;
    pilot_text_free(text);
    CHECK(pilot_report_print(report, NULL, PILOT_CHINESE, &text) == PILOT_OK, "the text");
    pilot_text_free(text);
    (void)pilot_report_next(report, 0, &filter);
    (void)pilot_report_summaries(report, PILOT_SCOPE_DISTRICT, rows, COUNT(rows));
    (void)pilot_report_summaries(report, PILOT_SCOPE_COMMUNITY, rows, COUNT(rows));
}

/* A city of which any field may be missing, those too that a file has to have, as is one that a single
 * rule was asked in: all that is done with a city may be done with it. */
Test(by_hand, partial_cities)
{
    for (int round = 0; round < 2000 / stride(); round++) {
        pilot_city *partial = any_city();
        pilot_report *report = NULL;
        pilot_award_sum sum;
        char *text = NULL;
        CHECK(pilot_check(policy, partial, 18321, &report, NULL) == PILOT_OK, "the check");
        look_at_report(report);
        pilot_report_free(report);
        asked += 2;
        answered += pilot_city_award(policy, partial, NULL, 18321, &sum, NULL, 0, NULL) == PILOT_OK;
        answered += pilot_city_write(partial, PILOT_JSON_COMPACT, &text) == PILOT_OK;
        pilot_text_free(text);
        pilot_arena_free(&memory);
    }
    cr_expect_geq(answered, asked / 2, "%zu of %zu", answered, asked);
}

/* A finding that nobody has found. */
Test(by_hand, findings)
{
    const pilot_finding nothing = {0};
    look_at(&nothing);
    for (int round = 0; round < 20000 / stride(); round++) {
        const pilot_rule *rule = pilot_rule_at((size_t)below((int64_t)pilot_rule_count()));
        spoilt = true;
        pilot_finding f = {.rule = below(9) ? rule : NULL,
                           .clause = any_text(),
                           .outcome = (pilot_outcome)any_word(PILOT_OUTCOME_COUNT),
                           .due = {.value = any_day()},
                           .days_late = any_day(),
                           .missing = any_text(),
                           .readings = (uint32_t)random_bits(),
                           .subject = any_subject(city)};
        any_bool(&f.due.known);
        any_value(&f.found);
        any_value(&f.required);
        f.found.word = f.required.word = NULL;
        f.missing = below(2) ? "key" : NULL;
        if (!below(3))
            f.subject = (pilot_subject){.city = below(2) ? city : NULL};
        look_at(&f);
        pilot_arena_free(&memory);
    }
}

static void try_claims(void)
{
    const pilot_claim *claim = made(&pilot_account_claim_record);
    pilot_award award;
    pilot_award_range range;
    asked += 2;
    answered += pilot_award_compute(policy, claim, &award, NULL, 0, NULL) == PILOT_OK;
    answered += pilot_award_range_compute(policy, claim, &range, NULL) == PILOT_OK;
}

static void try_accounts(void)
{
    account_document *d = made(&pilot_account_case_record);
    pilot_account account;
    pilot_account_range range;
    pilot_account_answer answer;
    pilot_error error;
    char *text = NULL;
    d->terms.claim = below(2) ? &d->claim : NULL;
    asked += 2;
    answered += pilot_account_compute(policy, &d->terms, &account, NULL, 0, NULL, 0, &error) == PILOT_OK;
    (void)pilot_account_range_compute(policy, &d->terms, &range, NULL);
    (void)pilot_account_answer_compute(policy, &d->terms, any_month(), any_month(), &answer, &error);
    answered += pilot_account_terms_write(&d->terms, PILOT_JSON_COMPACT, &text) == PILOT_OK;
    pilot_text_free(text);
}

static void try_outside(void)
{
    const pilot_outside *outside = made(&pilot_outside_record);
    const pilot_handover *handover = made(&pilot_handover_record);
    pilot_outside_result result;
    pilot_handover_money money;
    pilot_error error;
    char *text = NULL;
    asked += 3;
    answered += pilot_outside_compute(policy, outside, &result, NULL, NULL, &error) == PILOT_OK;
    answered += pilot_handover_compute(policy, handover, (pilot_share){1, 2}, any_day(), &money,
                                       &error) == PILOT_OK;
    answered += pilot_outside_write(outside, PILOT_JSON_COMPACT, &text) == PILOT_OK;
    pilot_text_free(text);
}

/* error: what the item is refused for, which is the problem that is found first. */
static void expect_problems(pilot_schema document, const void *item, pilot_status status,
                            const pilot_error *error)
{
    pilot_error errors[3];
    size_t count = 0;
    CHECK(pilot_record_problems(document, item, errors, COUNT(errors), &count) == status, "%d",
          (int)status);
    CHECK((count > 0) == (status != PILOT_OK), "%zu problems", count);
    CHECK(!count || (strcmp(errors[0].path, error->path) == 0 &&
                     strcmp(errors[0].message, error->message) == 0),
          "%s: %s", error->path, errors[0].path);
    for (size_t i = 0; i < count && i < COUNT(errors); i++)
        CHECK(errors[i].status != PILOT_OK && *errors[i].message && *errors[i].message_zh, "%zu", i);
}

static void try_prices(void)
{
    const pilot_price_list *list = made(&pilot_menu_record);
    const pilot_order_terms *order = made(&pilot_order_record);
    const pilot_menu_offer offers[] = {{.menu = menu, .selection = order->selection},
                                       {.selection = order->selection}};
    pilot_menu *new_menu = NULL;
    pilot_quote quote;
    pilot_bill bill;
    pilot_bill_sum sum;
    pilot_offer_quote quotes[2];
    pilot_cheapest cheapest;
    pilot_error error;
    const pilot_bill_period period = {any_month(), any_month()};
    const pilot_premises *p = &order->premises;
    asked += 4;
    pilot_status status = pilot_menu_new(list, &new_menu, &error);
    answered += status == PILOT_OK;
    expect_problems(PILOT_SCHEMA_MENU, list, status, &error);
    answered +=
        pilot_quote_compute(menu, &order->selection, p, order->day, &quote, NULL, 0, &error) == PILOT_OK;
    answered += pilot_bill_compute(menu, &order->selection, any_number(), period, order->rounding, &bill,
                                   NULL, 0, &error) == PILOT_OK;
    answered += pilot_bills_apportion(menu, &order->selection, p, period, order->rounding, &sum, NULL,
                                      &error) == PILOT_OK;
    (void)pilot_offers_compare(offers, 2, p, order->day, quotes, &error);
    (void)pilot_cheapest_service(offers, 1 + (size_t)below(2), "cleaning", any_number(), p, order->day,
                                 &cheapest, &error);
    pilot_menu_free(new_menu);
}

static void try_votes(void)
{
    const totals_document *d = made(&pilot_vote_totals_record);
    const pilot_vote_weight *offers = made(&pilot_vote_weight_record);
    const pilot_vote_unit *order[4];
    pilot_vote_result result;
    pilot_choice choice;
    pilot_vote_totals totals = d->totals;
    pilot_error error;
    char *text = NULL;
    asked += 3;
    answered += pilot_vote_decide(policy, &d->totals, &result, &error) == PILOT_OK;
    answered +=
        pilot_vote_choose(policy, &d->totals, offers, 1, below(2), &choice, NULL, &error) == PILOT_OK;
    if (d->unit_count <= COUNT(order))
        (void)pilot_vote_count(d->units, d->unit_count, order, NULL, 0, &totals, &error);
    answered += pilot_vote_totals_write(&d->totals, PILOT_JSON_COMPACT, &text) == PILOT_OK;
    pilot_text_free(text);
}

static void try_policies(void)
{
    const pilot_parameters *own = pilot_policy_parameters(policy);
    pilot_parameters *p = made(&pilot_policy_record);
    pilot_policy *new_policy = NULL;
    pilot_error error;
    asked += 1;
    if (below(2)) { /* one parameter alone, whichever it is */
        const field *f = &pilot_policy_record.fields[below((int64_t)pilot_policy_record.field_count)];
        *p = *own;
        any_field(f, p);
    }
    pilot_status status = pilot_policy_new(p, &new_policy, &error);
    answered += status == PILOT_OK;
    expect_problems(PILOT_SCHEMA_POLICY, p, status, &error);
    pilot_policy_free(new_policy);
}

/* Of a city all is random, or one list alone. */
static void try_cities(void)
{
    const pilot_records *all = made(&pilot_city_record);
    pilot_records records = {.providers = all->providers, .provider_count = all->provider_count};
    pilot_city *new_city = NULL;
    pilot_error error;
    if (below(4))
        records = *all;
    asked += 1;
    pilot_status status = pilot_city_new(&records, &new_city, &error);
    answered += status == PILOT_OK;
    expect_problems(PILOT_SCHEMA_CITY, &records, status, &error);
    pilot_city_free(new_city);
}

/* What the library gives and writes, as a caller might fill it in. */
static void try_results(void)
{
    static const record *const results[] = {
        &pilot_award_record,          &pilot_vote_result_record,
        &pilot_choice_record,         &pilot_quote_record,
        &pilot_bill_record,           &pilot_bill_sum_record,
        &pilot_account_record,        &pilot_comparison_result_record,
        &pilot_outside_result_record, &pilot_contest_record,
        &pilot_comparison_record,     &pilot_city_record,
        &pilot_remediation_record};
    for (size_t i = 0; i < COUNT(results); i++) {
        char *text = NULL;
        asked++;
        pilot_status status = pilot_record_text(results[i], made(results[i]), below(2), NULL, &text);
        CHECK(status == PILOT_OK ||
                  (spoilt && (status == PILOT_ERROR_ARGUMENT || status == PILOT_ERROR_RANGE)),
              "%s: status %d", results[i]->key, (int)status);
        answered += status == PILOT_OK;
        pilot_text_free(text);
    }
}

Test(by_hand, inputs_and_results_of_random_members)
{
    static void (*const tries[])(void) = {try_claims, try_accounts, try_outside, try_prices,
                                          try_votes,  try_policies, try_cities,  try_results};
    for (size_t i = 0; i < COUNT(tries); i++) {
        asked = answered = 0;
        for (int round = 0; round < 1000 + 3000 / stride(); round++) {
            spoilt = round % 4 == 0;
            tries[i]();
            pilot_arena_free(&memory);
        }
        cr_log_info("%zu: %zu tried, %zu done\n", i, asked, answered);
        CHECK(answered > 0, "%zu: none of %zu", i, asked);
    }
}
