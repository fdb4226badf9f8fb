#include "vote_internal.h"

#include "base/base_internal.h"
#include "record/fields.h"
#include "notice/policy_internal.h"

#include <stdio.h>
#include <string.h>

const words pilot_choice_words = WORD_LIST(
    {"chosen", "选定", "chosen"}, {"tie", "并列", "tie"}, {"none", "无方案通过", "none passes"},
    {"run_off", "进入二轮表决", "run-off"}, {"run_off_tie", "二轮资格并列", "tie for the run-off"});
const words pilot_ballot_words =
    WORD_LIST({"none", "未投票", "no ballot"}, {"in_favour", "同意", "in favour"},
              {"against", "反对", "against"}, {"abstained", "弃权", "abstained"});

static const field weight_fields[] = {
    REQUIRED(pilot_vote_weight, area, "area_m2", AREA, NULL, "专有部分面积", "their exclusive area"),
    REQUIRED(pilot_vote_weight, heads, "owners", COUNT, NULL, "业主人数", "how many"),
};
const record pilot_vote_weight_record =
    RECORD("vote_weights", pilot_vote_weight, weight_fields, "业主及其专有部分面积",
           "owners and their exclusive area");

/* Of a unit, and of one whose ballot can be for an offer. */
#define UNIT_FIELDS                                                                                     \
    REQUIRED(pilot_vote_unit, area, "area_m2", AREA, NULL, "专有部分面积，按不动产登记，大于0",         \
             "exclusive area by the register of property, above 0"),                                    \
        OPTIONAL(pilot_vote_unit, owner, "owner", TEXT, NULL,                                           \
                 "业主标识，一名业主一个，建设单位的可不填",                                            \
                 "text that is one owner's alone; may be left out for a unit of the developer's"),      \
        OPTIONAL(pilot_vote_unit, developer, "developer", ANSWER, NULL,                                 \
                 "建设单位尚未出售，或已售未交付", "not yet sold, or sold and not yet handed over"),    \
        REQUIRED(pilot_vote_unit, ballot, "ballot", WORD, NULL, "所投的票", "the ballot cast for it",   \
                 .of = &pilot_ballot_words)
static const field unit_fields[] = {UNIT_FIELDS};
static const record unit_record = RECORD("units", pilot_vote_unit, unit_fields, "专有部分及其投票",
                                         "an exclusive unit and its ballot");

/* Of a vote, and of a contest, which begins as one. */
#define VOTE_FIELDS                                                                                     \
    REQUIRED(totals_document, totals.day, "held_on", DATE, "5.4-2", "表决日期", "day of the vote"),     \
        REQUIRED(totals_document, totals.matter, "matter", WORD, "5.4-2", "表决事项",                   \
                 "what it is about", .of = &pilot_matter_words)
#define GROUP(type, in, group, need, zh, en)                                                            \
    need(type, in group, #group, RECORD, "5.4-2", zh, en, .of = &pilot_vote_weight_record)
#define ALL(type, in, need)                                                                             \
    GROUP(type, in, all, need, "全体业主，不论是否投票", "all owners, whether or not they vote")
#define IN_FAVOUR(type, in) GROUP(type, in, in_favour, OPTIONAL, "同意的业主", "those in favour")
#define NOT_IN_FAVOUR(type, in)                                                                         \
    GROUP(type, in, against, OPTIONAL, "反对的业主", "those against"),                                  \
        GROUP(type, in, abstained, OPTIONAL, "弃权的业主，参与表决而弃权",                              \
              "those who take part and abstain")
#define INSTEAD                                                                                         \
    "instead of the totals: each unit with its ballot, counted by the SPC interpretation on owners' "   \
    "separate ownership, arts. 8 and 9"

static pilot_status check_groups(const checker *c, const record_place *at, const void *item)
{
    pilot_error found;
    pilot_status status = pilot_vote_totals_check(item, &found);
    return pilot_problem_within(c->to, at, status, &found);
}

static const field groups_fields[] = {ALL(pilot_vote_totals, , REQUIRED), IN_FAVOUR(pilot_vote_totals, ),
                                      NOT_IN_FAVOUR(pilot_vote_totals, )};
const record pilot_vote_groups_record = RECORD("totals", pilot_vote_totals, groups_fields, "表决的计票",
                                               "a vote, counted", .check = check_groups);

static const field totals_fields[] = {
    VOTE_FIELDS,
    ALL(totals_document, totals., OPTIONAL),
    IN_FAVOUR(totals_document, totals.),
    NOT_IN_FAVOUR(totals_document, totals.),
    SEVERAL(totals_document, units, unit_count, "units", LIST, "5.4-2",
            "逐户投票，代替总数，按最高人民法院建筑物区分所有权司法解释第8、9条计算", INSTEAD,
            .of = &unit_record),
};
const record pilot_vote_totals_record =
    RECORD("vote_totals", totals_document, totals_fields, "业主表决", "an owners' vote");

static const field offer_fields[] = {
    REQUIRED(pilot_contest_offer, id, "id", ID, NULL, "方案编号，本文件内使用",
             "names the offer in this file"),
    OPTIONAL(pilot_contest_offer, provider, "provider", TEXT, "5.4-2", "提供方", "who makes it"),
    OPTIONAL(pilot_contest_offer, standard, "standard", TEXT, "5.4-2", "服务标准", "of what service"),
    OPTIONAL(pilot_contest_offer, votes, "votes", OPTIONAL, "5.4-2",
             "同意该方案的业主，有逐户投票的不填",
             "those in favour of it; left out where there are units", .of = &pilot_vote_weight_record),
};
static const record offer_record = RECORD("offers", pilot_contest_offer, offer_fields,
                                          "某一标准的服务方案", "a provider at a standard");

static const field contest_unit_fields[] = {
    UNIT_FIELDS,
    OPTIONAL(contest_unit, offer, "offer", REF, "5.4-2", "方案编号，同意票所投",
             "id of the offer that a ballot in favour is for", .of = &offer_record),
};
static const record contest_unit_record = RECORD("units", contest_unit, contest_unit_fields,
                                                 "专有部分及其投票", "an exclusive unit and its ballot");

_Static_assert(offsetof(contest_document, totals) == offsetof(totals_document, totals) &&
                   offsetof(contest_unit, unit) == 0,
               "the rows that two tables share hold for both");
static const field contest_fields[] = {
    VOTE_FIELDS,
    REQUIRED(contest_document, run_off, "run_off", ANSWER, "5.4-2",
             "二轮表决，无方案通过时由领先的两个方案进入",
             "where no offer passes, the two that lead go to a second vote"),
    ALL(totals_document, totals., OPTIONAL),
    NOT_IN_FAVOUR(totals_document, totals.),
    SEVERAL(contest_document, offers, offer_count, "offers", LIST, "5.4-2", "参选方案，一个以上",
            "one or more", .of = &offer_record, .required = true, RANGE(1, PILOT_CONTEST_OFFERS_MAX)),
    SEVERAL(contest_document, units, unit_count, "units", LIST, "5.4-2",
            "逐户投票，代替总数，按最高人民法院建筑物区分所有权司法解释第8、9条计算", INSTEAD,
            .of = &contest_unit_record),
};
const record pilot_contest_record = RECORD("contest", contest_document, contest_fields,
                                           "业主对多个方案的表决", "an owners' vote among offers");

/* The document's totals, or those of its units. */
static pilot_status totals_of(totals_file *file, pilot_error *error)
{
    totals_document *d = &file->document;
    if (!d->units)
        return PILOT_OK;
    pilot_status status = pilot_units_alone(&d->totals, error);
    if (status != PILOT_OK)
        return status;
    const pilot_vote_unit **order = pilot_arena_take(&file->memory, d->unit_count, sizeof *order);
    if (!order)
        return PILOT_ERROR_MEMORY;
    return pilot_vote_count(d->units, d->unit_count, order, NULL, 0, &d->totals, error);
}

static pilot_status finish_totals(void *made, problems *to)
{
    pilot_error found;
    pilot_status status = totals_of(made, &found);
    return pilot_problem_within(to, NULL, status, &found);
}

const container pilot_vote_totals_container = {.type = &pilot_vote_totals_record,
                                               .size = sizeof(totals_file),
                                               .record = offsetof(totals_file, document),
                                               .memory = offsetof(totals_file, memory),
                                               .finish = finish_totals};

WORDED(pilot_ballot, pilot_ballot, pilot_ballot_words)
WORDED(pilot_choice, pilot_choice_outcome, pilot_choice_words)

/* The last that is in force by the day: rules are in date order. */
static const pilot_vote_rule *rule_of(const pilot_parameters *p, pilot_date day)
{
    size_t low = 0, high = p->vote_rule_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (p->vote_rules[middle].first <= day)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? &p->vote_rules[low - 1] : NULL;
}

pilot_status pilot_vote_law_on(const pilot_policy *policy, pilot_date day, pilot_matter matter,
                               pilot_vote_law *law, pilot_error *error)
{
    pilot_text text;
    if (!policy || !law)
        return pilot_error_null(error);
    if (!pilot_matter_name(matter))
        return pilot_error_number(error, PILOT_ERROR_ARGUMENT, "/matter", (int64_t)matter,
                                  "没有这个编号的表决事项", "it is none of the matters");
    if (!pilot_date_valid(day))
        return pilot_error_day(error, "/held_on", day);
    const pilot_vote_rule *rule = rule_of(&policy->parameters, day);
    if (!rule)
        return pilot_error_refuse(error, PILOT_ERROR_NOT_FOUND, "/held_on", pilot_date_text(day, &text),
                                  "政策没有适用于这么早的日期的表决规则",
                                  "the policy has no law of votes for so early a day");
    bool special = rule->special_matters & PILOT_MATTER_BIT(matter);
    law->first = rule->first;
    law->kind = special ? PILOT_SPECIAL : PILOT_ORDINARY;
    law->terms = rule->terms[law->kind];
    snprintf(law->id, sizeof law->id, "%s", rule->id);
    return PILOT_OK;
}

static pilot_status refuse(pilot_error *error, pilot_status status, const char *path, int64_t value,
                           pilot_phrase wanted)
{
    pilot_text text;
    pilot_decimal_text(value, 0, &text);
    pilot_error_set(error, status, text.text, "%s is refused: %s", text.text, wanted.en);
    pilot_error_zh(error, "%s不予接受：%s", text.text, wanted.zh);
    pilot_error_place(error, "%s", path);
    return status;
}

static pilot_status null_argument(pilot_error *error)
{
    pilot_error_set(error, PILOT_ERROR_ARGUMENT, NULL,
                    "the policy, the votes or the place for the result is NULL");
    pilot_error_zh(error, "政策、票数或存放结果的指针为空");
    return PILOT_ERROR_ARGUMENT;
}

/* Takes a group out of those who are left. */
static pilot_status take_out(pilot_vote_weight *left, pilot_vote_weight group, const char *path,
                             pilot_error *error)
{
    if (group.area < 0 || group.heads < 0)
        return refuse(error, PILOT_ERROR_RANGE, path, group.area < 0 ? group.area : group.heads,
                      (pilot_phrase){"面积和人数不得小于0", "areas and heads are 0 or more"});
    if (!group.area != !group.heads)
        return refuse(error, PILOT_ERROR_INCONSISTENT, path, group.area ? group.area : group.heads,
                      (pilot_phrase){"有业主就有面积，有面积就有业主，否则两者都为0",
                                     "owners have area and area has owners, or both are 0"});
    if (group.area > left->area)
        return refuse(error, PILOT_ERROR_INCONSISTENT, path, group.area,
                      (pilot_phrase){"连同前面各项，面积超过总面积",
                                     "with the groups before it, it is more area than there is"});
    if (group.heads > left->heads)
        return refuse(error, PILOT_ERROR_INCONSISTENT, path, group.heads,
                      (pilot_phrase){"连同前面各项，人数超过总人数",
                                     "with the groups before it, it is more heads than there are"});
    *left = (pilot_vote_weight){left->area - group.area, left->heads - group.heads};
    return PILOT_OK;
}

static const char in_favour_path[] = "/in_favour";

/* What is left of all is who has not voted. in_favour: the place of that group. */
static pilot_status check_totals(const pilot_vote_totals *t, const char *in_favour,
                                 pilot_vote_weight *not_voted, pilot_error *error)
{
    pilot_vote_weight left = {INT64_MAX, INT64_MAX};
    pilot_status status = take_out(&left, t->all, "/all", error);
    left = t->all;
    if (status == PILOT_OK)
        status = take_out(&left, t->in_favour, in_favour, error);
    if (status == PILOT_OK)
        status = take_out(&left, t->against, "/against", error);
    if (status == PILOT_OK)
        status = take_out(&left, t->abstained, "/abstained", error);
    if (status == PILOT_OK && !left.area != !left.heads)
        status = refuse(
            error, PILOT_ERROR_INCONSISTENT, "/all", left.area ? left.area : left.heads,
            (pilot_phrase){"未投票的部分会有面积而无业主，或有业主而无面积",
                           "who has not voted would be area without owners, or owners without area"});
    if (status == PILOT_OK)
        *not_voted = left;
    return status;
}

pilot_status pilot_vote_totals_check(const pilot_vote_totals *totals, pilot_error *error)
{
    pilot_vote_weight not_voted;
    return check_totals(totals, in_favour_path, &not_voted, error);
}

/* The least whole number that the threshold lets pass. At least m/n of a base is the base without what
 * the other n - m parts hold at most, which rounds up without a wider product. */
static int64_t least_of(int64_t base, const pilot_threshold *t)
{
    const pilot_share s = t->share, others = {s.denominator - s.numerator, s.denominator};
    int64_t part = 0;
    if (t->bound == PILOT_MORE_THAN) {
        (void)pilot_share_of(base, s, &part);
        return part + 1; /* less than the whole, as the policy has seen to */
    }
    (void)pilot_share_of(base, others, &part);
    return base - part > 1 ? base - part : 1;
}

/* The least in favour that passes when, of those who take part, so many are not: x of x + others is
 * m/n where x is others * m / (n - m). OVERFLOW where it is too much for any vote. */
static pilot_status least_against(int64_t others, const pilot_threshold *t, int64_t *least)
{
    const int64_t m = t->share.numerator, rest = t->share.denominator - m;
    int64_t whole;
    if (rest == 0)
        return others ? PILOT_ERROR_OVERFLOW : (*least = 1, PILOT_OK);
    pilot_status status = pilot_multiply(others / rest, m, &whole);
    if (status != PILOT_OK)
        return status;
    const int64_t parts = others % rest * m;
    bool round_up = t->bound == PILOT_MORE_THAN || parts % rest != 0 || (whole == 0 && parts == 0);
    return pilot_add(whole, parts / rest + round_up, least);
}

static int64_t measure_of(pilot_vote_weight weight, bool heads)
{
    return heads ? weight.heads : weight.area;
}

/* Both measures of one vote. */
typedef struct counted {
    pilot_vote_weight all, participating, in_favour, not_voted;
} counted;

static pilot_vote_check check_of(const pilot_vote_terms *terms, int index, const counted *c)
{
    bool heads = index == PILOT_PARTICIPATION_HEADS || index == PILOT_APPROVAL_HEADS;
    bool approval = index == PILOT_APPROVAL_AREA || index == PILOT_APPROVAL_HEADS;
    bool of_those = approval && terms->approval_of == PILOT_OF_PARTICIPATING;
    pilot_vote_check check = {.threshold = terms->thresholds[index]};
    int64_t participating = measure_of(c->participating, heads), left = measure_of(c->not_voted, heads);
    check.base = of_those ? participating : measure_of(c->all, heads);
    check.reached = approval ? measure_of(c->in_favour, heads) : participating;
    check.needed = least_of(check.base, &check.threshold);
    check.margin = check.reached - check.needed;
    check.met = check.margin >= 0;
    check.missing = check.met ? 0 : -check.margin;
    int64_t least = check.needed;
    if (!check.met && of_those &&
        least_against(participating - check.reached, &check.threshold, &least) != PILOT_OK)
        return check;
    int64_t more = check.met ? 0 : least - check.reached;
    if (more <= left)
        check.more = (pilot_opt_int){more, true};
    return check;
}

static void take_greatest(int64_t *greatest, int64_t value)
{
    if (value > *greatest)
        *greatest = value;
}

static void add_check(pilot_vote_result *r, int index, const pilot_vote_check *check)
{
    bool heads = index == PILOT_PARTICIPATION_HEADS || index == PILOT_APPROVAL_HEADS;
    r->checks[index] = *check;
    r->passed = r->passed && check->met;
    r->reachable = r->reachable && check->more.known;
    take_greatest(heads ? &r->more.heads : &r->more.area, check->more.value);
}

static pilot_vote_result result_of(const pilot_policy *policy, const pilot_vote_totals *t,
                                   const pilot_vote_law *law, const counted *c)
{
    pilot_vote_result r = {.passed = true,
                           .reachable = true,
                           .matter = t->matter,
                           .law = *law,
                           .all = c->all,
                           .participating = c->participating,
                           .in_favour = c->in_favour};
    for (int i = 0; i < PILOT_THRESHOLD_COUNT; i++) {
        pilot_vote_check check = check_of(&law->terms, i, c);
        add_check(&r, i, &check);
    }
    pilot_receipt_fill(policy, (pilot_opt_date){t->day, true}, &r.receipt);
    return r;
}

static pilot_status prepare(const pilot_policy *policy, const pilot_vote_totals *t, pilot_vote_law *law,
                            counted *c, pilot_error *error)
{
    pilot_vote_weight left;
    pilot_status status = pilot_vote_law_on(policy, t->day, t->matter, law, error);
    if (status == PILOT_OK)
        status = check_totals(t, in_favour_path, &left, error);
    if (status == PILOT_OK)
        *c = (counted){.all = t->all,
                       .participating = {t->all.area - left.area, t->all.heads - left.heads},
                       .in_favour = t->in_favour,
                       .not_voted = left};
    return status;
}

pilot_status pilot_vote_decide(const pilot_policy *policy, const pilot_vote_totals *totals,
                               pilot_vote_result *result, pilot_error *error)
{
    pilot_vote_law law;
    counted c;
    if (!policy || !totals || !result)
        return null_argument(error);
    pilot_status status = prepare(policy, totals, &law, &c, error);
    if (status == PILOT_OK)
        *result = result_of(policy, totals, &law, &c);
    return status;
}

static pilot_status refuse_unit(pilot_error *error, pilot_status status, size_t unit, const char *key,
                                const char *value, pilot_phrase wanted)
{
    pilot_excerpt excerpt;
    const char *shown = pilot_excerpt_of(value, &excerpt);
    pilot_error_set(error, status, value, "\"%s\" is refused: %s", shown, wanted.en);
    pilot_error_zh(error, "“%s”不予接受：%s", shown, wanted.zh);
    pilot_error_place(error, "/units/%zu/%s", unit, key);
    return status;
}

static pilot_status check_unit(const pilot_vote_unit *u, size_t index, size_t offer_count,
                               pilot_error *error)
{
    pilot_text text;
    if (u->area < 1)
        return refuse_unit(
            error, PILOT_ERROR_RANGE, index, "area_m2", pilot_area_text(u->area, &text),
            (pilot_phrase){"专有部分的面积应大于0", "an exclusive unit has an area above 0"});
    if (u->developer != PILOT_ANSWER_YES && (!u->owner || !*u->owner))
        return refuse_unit(error, PILOT_ERROR_MISSING_VALUE, index, "owner", "",
                           (pilot_phrase){"业主要计人数，每个专有部分都应写明业主",
                                          "owners are counted, so each unit names its own"});
    pilot_decimal_text((int64_t)u->ballot, 0, &text);
    if (!pilot_ballot_name(u->ballot))
        return refuse_unit(error, PILOT_ERROR_ARGUMENT, index, "ballot", text.text,
                           (pilot_phrase){"不是任何一种投票意见", "it is none of the ballots"});
    if (offer_count && u->ballot == PILOT_IN_FAVOUR && u->offer >= offer_count)
        return refuse_unit(error, PILOT_ERROR_RANGE, index, "offer", "",
                           (pilot_phrase){"没有这份报价", "there is no such offer"});
    return PILOT_OK;
}

/* Art. 9: all units of the developer's are one head, whatever owner they name. */
static int compare_heads(const pilot_vote_unit *a, const pilot_vote_unit *b)
{
    bool of_a = a->developer == PILOT_ANSWER_YES, of_b = b->developer == PILOT_ANSWER_YES;
    if (of_a || of_b)
        return (int)of_b - (int)of_a;
    return strcmp(a->owner, b->owner);
}

/* By head, and within one as they are in the list. */
static bool before(const pilot_vote_unit *a, const pilot_vote_unit *b)
{
    int order = compare_heads(a, b);
    return order ? order < 0 : a < b;
}

static void sift_down(const pilot_vote_unit **heap, size_t at, size_t count)
{
    const pilot_vote_unit *moved = heap[at];
    for (size_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && before(heap[child], heap[child + 1]))
            child++;
        if (!before(moved, heap[child]))
            break;
        heap[at] = heap[child];
    }
    heap[at] = moved;
}

/* A heap sort: qsort may allocate. */
static void sort_by_head(const pilot_vote_unit **units, size_t count)
{
    for (size_t i = count / 2; i-- > 0;)
        sift_down(units, i, count);
    for (size_t end = count; end > 1;) {
        const pilot_vote_unit *last = units[0];
        units[0] = units[--end];
        units[end] = last;
        sift_down(units, 0, end);
    }
}

static bool same_ballot(const pilot_vote_unit *a, const pilot_vote_unit *b, size_t offer_count)
{
    return a->ballot == b->ballot &&
           (!offer_count || a->ballot != PILOT_IN_FAVOUR || a->offer == b->offer);
}

static pilot_status check_agreement(const pilot_vote_unit *units, size_t count,
                                    const pilot_vote_unit *const *order, size_t offer_count,
                                    pilot_error *error)
{
    const pilot_vote_unit *differs = NULL;
    for (size_t i = 1; i < count; i++) {
        if (compare_heads(order[i - 1], order[i]) == 0 &&
            !same_ballot(order[i - 1], order[i], offer_count) && (!differs || order[i] < differs))
            differs = order[i];
    }
    if (!differs)
        return PILOT_OK;
    return refuse_unit(
        error, PILOT_ERROR_INCONSISTENT, (size_t)(differs - units), "ballot",
        pilot_ballot_name(differs->ballot),
        (pilot_phrase){"一名业主只有一票，而同一业主在前面的专有部分投了另一种票",
                       "an owner has one vote, and an earlier unit of the same owner has another"});
}

static pilot_status check_units(const pilot_vote_unit *units, size_t count, size_t offer_count,
                                pilot_error *error)
{
    pilot_area all = 0;
    for (size_t i = 0; i < count; i++) {
        pilot_text text;
        pilot_status status = check_unit(&units[i], i, offer_count, error);
        if (status != PILOT_OK)
            return status;
        if (pilot_add(all, units[i].area, &all) != PILOT_OK)
            return refuse_unit(
                error, PILOT_ERROR_OVERFLOW, i, "area_m2", pilot_area_text(units[i].area, &text),
                (pilot_phrase){"面积合计超出可存范围", "the areas add up to more than can be kept"});
    }
    return PILOT_OK;
}

static void add_weight(pilot_vote_weight *to, pilot_area area, bool head)
{
    to->area += area;
    to->heads += head;
}

/* Each head counts with the first of its units. */
static void add_unit(const pilot_vote_unit *u, bool head, pilot_vote_weight *offers, size_t offer_count,
                     pilot_vote_totals *totals)
{
    add_weight(&totals->all, u->area, head);
    if (u->ballot == PILOT_AGAINST)
        add_weight(&totals->against, u->area, head);
    if (u->ballot == PILOT_ABSTAINED)
        add_weight(&totals->abstained, u->area, head);
    if (u->ballot != PILOT_IN_FAVOUR)
        return;
    add_weight(&totals->in_favour, u->area, head);
    if (offer_count)
        add_weight(&offers[u->offer], u->area, head);
}

pilot_status pilot_vote_count(const pilot_vote_unit *units, size_t unit_count,
                              const pilot_vote_unit **order, pilot_vote_weight *offers,
                              size_t offer_count, pilot_vote_totals *totals, pilot_error *error)
{
    if (!totals || (unit_count && (!units || !order)) || (offer_count && !offers))
        return null_argument(error);
    pilot_status status = check_units(units, unit_count, offer_count, error);
    if (status != PILOT_OK)
        return status;
    for (size_t i = 0; i < unit_count; i++)
        order[i] = &units[i];
    sort_by_head(order, unit_count);
    status = check_agreement(units, unit_count, order, offer_count, error);
    if (status != PILOT_OK)
        return status;
    *totals = (pilot_vote_totals){.day = totals->day, .matter = totals->matter};
    for (size_t i = 0; i < offer_count; i++)
        offers[i] = (pilot_vote_weight){0, 0};
    for (size_t i = 0; i < unit_count; i++)
        add_unit(order[i], i == 0 || compare_heads(order[i - 1], order[i]) != 0, offers, offer_count,
                 totals);
    return PILOT_OK;
}

static bool ahead(pilot_vote_weight a, pilot_vote_weight b)
{
    return a.area >= b.area && a.heads >= b.heads && (a.area > b.area || a.heads > b.heads);
}

static pilot_status check_offers(const pilot_vote_totals *totals, const pilot_vote_weight *offers,
                                 size_t count, const char *in_favour, pilot_error *error)
{
    pilot_vote_weight left = totals->in_favour;
    for (size_t i = 0; i < count; i++) {
        char path[32];
        snprintf(path, sizeof path, "/offers/%zu", i);
        pilot_status status = take_out(&left, offers[i], path, error);
        if (status != PILOT_OK)
            return status;
    }
    if (left.area || left.heads)
        return refuse(error, PILOT_ERROR_INCONSISTENT, in_favour, left.area ? left.area : left.heads,
                      (pilot_phrase){"各份报价的票数合计比同意票少此数",
                                     "it is what the offers lack to add up to those in favour"});
    return PILOT_OK;
}

pilot_status pilot_units_alone(const pilot_vote_totals *totals, pilot_error *error)
{
    if (!totals->all.area && !totals->all.heads && !totals->in_favour.heads && !totals->against.heads &&
        !totals->abstained.heads)
        return PILOT_OK;
    pilot_error_set(error, PILOT_ERROR_INCONSISTENT, NULL,
                    "found totals beside units: a vote has one or the other");
    pilot_error_zh(error, "既有合计又有逐户票数：一次表决只能用其中一种");
    pilot_error_place(error, "/units");
    return PILOT_ERROR_INCONSISTENT;
}

pilot_status pilot_votes_check(const pilot_vote_totals *totals, const pilot_vote_weight *offers,
                               size_t count, const char *in_favour, pilot_error *error)
{
    pilot_vote_weight left;
    pilot_status status = check_offers(totals, offers, count, in_favour, error);
    return status == PILOT_OK ? check_totals(totals, in_favour, &left, error) : status;
}

/* A vote among offers under way: the same owners, and each offer's part of those in favour. */
typedef struct contest {
    const pilot_policy *policy;
    const pilot_vote_totals *totals;
    const pilot_vote_weight *offers;
    size_t offer_count;
    pilot_vote_law law;
    counted c;
} contest;

static pilot_vote_result offer_result(const contest *k, size_t i)
{
    counted c = k->c;
    c.in_favour = k->offers[i];
    return result_of(k->policy, k->totals, &k->law, &c);
}

/* How many offers are ahead of this one. */
static size_t behind(const contest *k, size_t i)
{
    size_t count = 0;
    for (size_t j = 0; j < k->offer_count; j++)
        count += ahead(k->offers[j], k->offers[i]);
    return count;
}

/* Where any passes, the one that passes with nobody ahead of it stands: whoever were ahead would pass as
 * well. Else, for a run-off, who has votes and at most one ahead; where two stand, each is ahead of all
 * the rest. */
static bool stands(const contest *k, size_t i, bool any_passes)
{
    if (any_passes)
        return offer_result(k, i).passed && behind(k, i) == 0;
    return k->offers[i].heads && behind(k, i) < 2;
}

static pilot_choice choice_of(const contest *k, bool run_off, bool *any_passes)
{
    pilot_choice choice = {.outcome = PILOT_CHOICE_NONE, .chosen = SIZE_MAX};
    *any_passes = false;
    for (size_t i = 0; i < k->offer_count; i++)
        *any_passes = *any_passes || offer_result(k, i).passed;
    size_t last = SIZE_MAX;
    for (size_t i = 0; (*any_passes || run_off) && i < k->offer_count; i++)
        if (stands(k, i, *any_passes)) {
            choice.count++;
            last = i;
        }
    if (*any_passes && choice.count == 1)
        choice.chosen = last;
    if (*any_passes)
        choice.outcome = choice.count == 1 ? PILOT_CHOICE_CHOSEN : PILOT_CHOICE_TIE;
    else if (choice.count > 1)
        choice.outcome = choice.count == 2 ? PILOT_CHOICE_RUN_OFF : PILOT_CHOICE_RUN_OFF_TIE;
    else
        choice.count = 0;
    pilot_receipt_fill(k->policy, (pilot_opt_date){k->totals->day, true}, &choice.receipt);
    return choice;
}

pilot_status pilot_vote_choose(const pilot_policy *policy, const pilot_vote_totals *totals,
                               const pilot_vote_weight *offers, size_t offer_count, bool run_off,
                               pilot_choice *choice, pilot_offer_result *results, pilot_error *error)
{
    contest k = {.policy = policy, .totals = totals, .offers = offers, .offer_count = offer_count};
    bool any_passes;
    if (!policy || !totals || !choice || (offer_count && !offers))
        return null_argument(error);
    pilot_status status = prepare(policy, totals, &k.law, &k.c, error);
    if (status == PILOT_OK)
        status = check_offers(totals, offers, offer_count, in_favour_path, error);
    if (status != PILOT_OK)
        return status;
    *choice = choice_of(&k, run_off, &any_passes);
    for (size_t i = 0; results && i < offer_count; i++)
        results[i] = (pilot_offer_result){.vote = offer_result(&k, i),
                                          .behind = behind(&k, i),
                                          .standing = choice->count && stands(&k, i, any_passes)};
    return PILOT_OK;
}
