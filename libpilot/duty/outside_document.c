/* What money outside the gate moves, as a document. */
#include "outside_internal.h"

#include "base/base_internal.h"
#include "city/city_internal.h"
#include "duty_internal.h"
#include "notice/policy_internal.h"
#include "record/fields.h"

#include <string.h>

static const field handover_money_fields[] = {
    REQUIRED(pilot_handover_money, service, "service", WORD, "3.2-5b", "公共服务项目",
             "the public service", .of = &pilot_public_service_words),
    OPTIONAL(pilot_handover_money, moved, "moved", WORD, "3.2-5d", "职责与经费是否一并下沉",
             "whether duty and money moved together", .of = &pilot_movement_words),
    OPTIONAL(pilot_handover_money, former_budget, "former_budget_yuan", MONEY, "4.3-9",
             "原单位核减前经费，每年", "budget of the former provider before, a year"),
    OPTIONAL(pilot_handover_money, reduced_budget, "reduced_budget_yuan", MONEY, "4.3-9",
             "原单位核减后经费，每年", "budget of the former provider since, a year"),
    OPTIONAL(pilot_handover_money, transfer, "transferred_yuan", MONEY, "4.3-8", "划拨经费，每年",
             "moved with it, a year"),
    OPTIONAL(pilot_handover_money, cut, "cut_yuan", MONEY, "4.3-9", "核减额",
             "by which the budget is less"),
    OPTIONAL(pilot_handover_money, difference, "difference_yuan", MONEY, "4.3-9",
             "差额，核减额减划拨经费", "the cut less the transfer"),
    OPTIONAL(pilot_handover_money, zero_sum, "zero_sum", ANSWER, "4.3-9",
             "核减与划拨相符，差额在政策允许范围内", "the difference is within the policy's tolerance"),
    OPTIONAL(pilot_handover_money, parts, "parts", WORD, "4.3-8", "市区承担额的依据",
             "where the parts of city and district come from", .of = &pilot_parts_words),
    OPTIONAL(pilot_handover_money, city, "city_part_yuan", MONEY, "4.3-8", "市级承担额，划拨经费中",
             "the city's part of the transfer"),
    OPTIONAL(pilot_handover_money, district, "district_part_yuan", MONEY, "4.3-8",
             "区级承担额，划拨经费中", "the district's part of the transfer"),
    OPTIONAL(pilot_handover_money, parts_agree, "parts_agree", ANSWER, "4.3-8",
             "市区承担额之和等于划拨经费", "the parts add up to the transfer"),
};
static const record handover_money_record =
    RECORD("handovers", pilot_handover_money, handover_money_fields, "一项下沉服务的经费",
           "a hand-over's money");

#define SERVICES(member, zh, en)                                                                        \
    REQUIRED(pilot_handover_sum, member, #member, WORDS, "3.2-5c", zh, en,                              \
             .of = &pilot_public_service_words)
#define SUM(member, key, clause, zh, en) REQUIRED(pilot_handover_sum, member, key, MONEY, clause, zh, en)
static const field handover_sum_fields[] = {
    REQUIRED(pilot_handover_sum, counted, "counted", COUNT, NULL, "计入项数，核减额和划拨经费已知",
             "hand-overs that are in the sums: their cut and transfer are known"),
    REQUIRED(pilot_handover_sum, unknown, "unknown", COUNT, NULL, "未计入项数", "those that are not"),
    SUM(former_budget, "former_budget_yuan", "4.3-9", "核减前经费合计", "budgets before"),
    SUM(reduced_budget, "reduced_budget_yuan", "4.3-9", "核减后经费合计", "budgets since"),
    SUM(transfer, "transferred_yuan", "4.3-8", "划拨经费合计", "moved with the services"),
    SUM(cut, "cut_yuan", "4.3-9", "核减额合计", "by which the budgets are less"),
    SUM(difference, "difference_yuan", "4.3-9", "差额，核减额减划拨经费", "the cut less the transfer"),
    OPTIONAL(pilot_handover_sum, zero_sum, "zero_sum", ANSWER, "4.3-9",
             "核减与划拨相符，差额在政策允许范围内，不填为不明",
             "the difference is within the policy's tolerance; left out: not known"),
    SUM(city, "city_part_yuan", "4.3-8", "市级承担额合计", "the city's parts of the transfers"),
    SUM(district, "district_part_yuan", "4.3-8", "区级承担额合计", "the district's parts"),
    SUM(undivided, "undivided_yuan", "4.3-8", "未定承担方的划拨经费",
        "of the transfers, what is nobody's part so far"),
    SERVICES(missing, "尚未下沉的公共服务，限方案列明的", "of those the notice names, not handed down"),
    SERVICES(open, "是否下沉不明的公共服务，限方案列明的",
             "of those the notice names, not known whether they are handed down"),
    SERVICES(duty_alone, "仅职责下沉的公共服务", "the duty moved without its money"),
    SERVICES(money_alone, "仅经费划拨的公共服务", "the money moved without the duty"),
    SUM(unfunded, "unfunded_yuan", "3.2-5d", "未随职责划拨的经费",
        "money that has not followed its duty"),
};
static const record handover_sum_record = RECORD("handover_sum", pilot_handover_sum, handover_sum_fields,
                                                 "下沉服务汇总", "the hand-overs together");

static const field item_shift_fields[] = {
    REQUIRED(pilot_item_shift, item.service, "service", WORD, "3.2-5b", "公共服务项目",
             "the public service", .of = &pilot_public_service_words),
    REQUIRED(pilot_item_shift, item.place, "place", WORD, "1-4", "服务地点", "where it is done",
             .of = &pilot_place_words),
    REQUIRED(pilot_item_shift, item.yearly, "yuan", MONEY, "4.3-1", "年费用，在该地点",
             "what it costs there, a year"),
    OPTIONAL(pilot_item_shift, before, "before", WORD, "1-4", "变更前位于门内或门外",
             "side of the gate before the change", .of = &pilot_side_words),
    OPTIONAL(pilot_item_shift, after, "after", WORD, "1-4", "变更后位于门内或门外", "and after it",
             .of = &pilot_side_words),
    REQUIRED(pilot_item_shift, shift, "shift", WORD, "5.2-5", "变更前后的承担方",
             "who bears it before and after", .of = &pilot_shift_words),
};
static const record item_shift_record =
    RECORD("items", pilot_item_shift, item_shift_fields, "一项服务的变化", "what becomes of an item");

#define SHIFT(shift, key, zh, en)                                                                       \
    REQUIRED(pilot_shift_sum, of[shift], key "_yuan", MONEY, "5.2-5", zh, en)
static const field shift_sum_fields[] = {
    SHIFT(PILOT_TO_OWNERS, "to_owners", "由公共经费转由业主承担，每年",
          "from the public budget to the owners, a year"),
    SHIFT(PILOT_TO_PUBLIC, "to_public", "由业主转由公共经费承担，每年",
          "from the owners to the public budget"),
    SHIFT(PILOT_STAYS_PUBLIC, "stays_public", "仍由公共经费承担", "stays with the public budget"),
    SHIFT(PILOT_STAYS_OWNERS, "stays_owners", "仍由业主承担", "stays with the owners"),
    SHIFT(PILOT_SHIFT_UNKNOWN, "unknown", "门内门外不明的费用", "of items whose side is not known"),
    REQUIRED(pilot_shift_sum, unknown_items, "unknown_items", COUNT, "1-4", "门内门外不明的项数",
             "items whose side is not known"),
};
static const record shift_sum_record = RECORD("shift_sum", pilot_shift_sum, shift_sum_fields,
                                              "按承担方变化汇总", "the items by what becomes of them");

typedef struct option_document {
    const char *option;
    pilot_shift_sum sum;
} option_document;

static const field option_fields[] = {
    REQUIRED(option_document, option, "gate_layout", TEXT, "1-4", "读法选项", "option of the reading"),
    REQUIRED(option_document, sum, "sum", RECORD, "5.2-5", "该选项下的汇总", "the items under it",
             .of = &shift_sum_record),
};
static const record option_record =
    RECORD("under", option_document, option_fields, "读法gate_layout某一选项下的结果",
           "what an option of the reading gate_layout makes of the items");

typedef struct enclosure_document {
    pilot_enclosure_sum sum;
    const option_document *under;
    size_t option_count;
    const pilot_item_shift *items;
    size_t item_count;
} enclosure_document;

static const field enclosure_sum_fields[] = {
    REQUIRED(enclosure_document, sum.sum, "sum", RECORD, "5.2-5", "汇总，按政策所取读法",
             "the items as the policy reads the gate", .of = &shift_sum_record),
    OPTIONAL(enclosure_document, sum.readings, "readings", SET, NULL, "影响结果的争议读法",
             "disputed readings on which depends what moves", .of = &pilot_readings_record),
    SEVERAL(enclosure_document, under, option_count, "under", LIST, "1-4", "各读法下的范围",
            "the range over the reading", .of = &option_record, .required = true),
    OPTIONAL(enclosure_document, sum.per_dwelling, "yuan_per_household", MONEY, "5.2-5",
             "每户转移额，每年", "of what moves, a year"),
    OPTIONAL(enclosure_document, sum.per_square_metre, "yuan_per_m2", PRICE, "5.2-5",
             "每平方米转移额，每年", "of what moves, a year"),
    OPTIONAL(enclosure_document, sum.months, "months", COUNT, "5.2-5",
             "计入月数，测算年度内于变更当日或之后开始的月份",
             "of the year asked for that begin on the day of the change or later"),
    OPTIONAL(enclosure_document, sum.in_year, "in_year_yuan", MONEY, "5.2-5", "当年转移额，上述月份合计",
             "what moves in those months"),
    SEVERAL(enclosure_document, items, item_count, "items", LIST, "5.2-5", "逐项结果", "item by item",
            .of = &item_shift_record),
};
static const record enclosure_sum_record =
    RECORD("enclosure", enclosure_document, enclosure_sum_fields, "布局变更引起的费用转移",
           "what a change of layout moves");

typedef struct ledger_document {
    pilot_money of[PILOT_PARTY_COUNT];
} ledger_document;

#define PARTY(party, key, zh, en)                                                                       \
    REQUIRED(ledger_document, of[party], key "_yuan", MONEY, "4.3-9", zh, en)
static const field ledger_fields[PILOT_PARTY_COUNT] = {
    PARTY(PILOT_PARTY_FORMER_PROVIDER, "former_provider", "原服务单位", "the bodies that did it before"),
    PARTY(PILOT_PARTY_STREET_AND_COMMUNITY, "street_and_community", "街道和社区",
          "street and community"),
    PARTY(PILOT_PARTY_CITY, "city", "市级", "the city"),
    PARTY(PILOT_PARTY_DISTRICT, "district", "区级", "the district"),
    PARTY(PILOT_PARTY_PUBLIC, "public", "市级或区级，承担方不明",
          "city and district, where it is not known which of them"),
    PARTY(PILOT_PARTY_OWNERS, "owners", "业主", "the owners"),
};
static const record ledger_record =
    RECORD("ledger", ledger_document, ledger_fields, "各方每年增减，合计为零",
           "what each party has more a year; adds up to 0");

typedef struct outside_document {
    pilot_receipt receipt;
    pilot_handover_sum sum;
    const pilot_handover_money *handovers;
    size_t handover_count;
    enclosure_document enclosure;
    ledger_document ledger;
} outside_document;

static const field outside_result_fields[] = {
    REQUIRED(outside_document, receipt, "receipt", RECORD, NULL, "结果出处", "where it comes from",
             .of = &pilot_receipt_record),
    REQUIRED(outside_document, sum, "handover_sum", RECORD, "4.3-9", "下沉服务汇总",
             "the hand-overs together", .of = &handover_sum_record),
    SEVERAL(outside_document, handovers, handover_count, "handovers", LIST, "4.3-9", "下沉服务逐项结果",
            "one by one", .of = &handover_money_record),
    REQUIRED(outside_document, enclosure, "enclosure", RECORD, "5.2-5", "布局变更引起的费用转移",
             "what a change of layout moves", .of = &enclosure_sum_record),
    REQUIRED(outside_document, ledger, "ledger", RECORD, "4.3-9", "各方每年增减",
             "what each party has more a year", .of = &ledger_record),
};
const record pilot_outside_result_record =
    RECORD("outside_result", outside_document, outside_result_fields, "门外经费的变动",
           "what money outside the gate moves");

pilot_status pilot_outside_result_write(const pilot_outside_result *result,
                                        const pilot_handover_money *handovers,
                                        const pilot_item_shift *items, pilot_json_style style,
                                        char **text)
{
    option_document under[PILOT_GATE_LAYOUT_COUNT];
    pilot_reading_info gate_layout = {0};
    if (!result || !text)
        return PILOT_ERROR_ARGUMENT;
    pilot_reading_at(PILOT_READING_GATE_LAYOUT, &gate_layout);
    for (int i = 0; i < PILOT_GATE_LAYOUT_COUNT; i++)
        under[i] = (option_document){gate_layout.options[i].name, result->enclosure.under[i]};
    outside_document document = {
        .receipt = result->receipt,
        .sum = result->handovers,
        .handovers = handovers,
        .handover_count = result->handover_count,
        .enclosure = {result->enclosure, under, PILOT_GATE_LAYOUT_COUNT, items, result->item_count},
    };
    memcpy(document.ledger.of, result->ledger, sizeof document.ledger.of);
    return pilot_record_text(&pilot_outside_result_record, &document, style == PILOT_JSON_INDENTED, NULL,
                             text);
}
