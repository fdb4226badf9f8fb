/* An award as a document. */
#include "reward_internal.h"

#include "record/fields.h"

static const field line_fields[] = {
    REQUIRED(pilot_award_line, first, "first", MONTH, "4.4.1-3", "起始月份（含）",
             "first month, included"),
    REQUIRED(pilot_award_line, last, "last", MONTH, "4.4.1-3", "截止月份（含）", "last month, included"),
    REQUIRED(pilot_award_line, months, "months", NUMBER, "4.4.1-6", "月数", "how many"),
    REQUIRED(pilot_award_line, rate.price, "yuan", PRICE, "4.4.1-4", "奖励标准，每计奖单位每月",
             "rate per unit and month"),
    REQUIRED(pilot_award_line, rate.basis, "per", WORD, "4.4.1-6", "计奖单位",
             "what the rate is paid for", .of = &pilot_basis_words),
    OPTIONAL(pilot_award_line, quantity[PILOT_PER_HOUSEHOLD], "households", COUNT, "4.4.1-6", "所计户数",
             "how many it is paid for, where it is paid for households"),
    OPTIONAL(pilot_award_line, quantity[PILOT_PER_SQUARE_METRE], "building_area_m2", AREA, "4.4.1-6",
             "所计建筑面积", "likewise"),
    OPTIONAL(pilot_award_line, quantity[PILOT_PER_COMMUNITY], "communities", COUNT, "4.4.1-6",
             "所计社区数", "likewise"),
    REQUIRED(pilot_award_line, reason, "reason", WORD, "4.4.1-2", "应付或不予发放的原因",
             "payable, or why not", .of = &pilot_withheld_words),
    REQUIRED(pilot_award_line, amount, "amount_yuan", MONEY, "4.4.1-6", "应付金额", "payable"),
    REQUIRED(pilot_award_line, city, "city_yuan", MONEY, "4.4.1-8", "市级承担额", "the city's part"),
    REQUIRED(pilot_award_line, district, "district_yuan", MONEY, "4.4.1-8", "区级承担额",
             "the district's part"),
    REQUIRED(pilot_award_line, withheld, "withheld_yuan", MONEY, "4.4.1-2", "不予发放金额", "held back"),
    REQUIRED(pilot_award_line, clause, "clause", TEXT, NULL, "依据条款", "that decides the line"),
};
static const record line_record =
    RECORD("lines", pilot_award_line, line_fields, "奖励明细", "a line of the schedule");

typedef struct award_document {
    pilot_award award;
    const pilot_award_line *lines;
    size_t line_count;
} award_document;

static const field award_fields[] = {
    REQUIRED(award_document, award.receipt, "receipt", RECORD, NULL, "结果出处", "where it comes from",
             .of = &pilot_receipt_record),
    REQUIRED(award_document, award.total, "total_yuan", MONEY, "4.4.1-6", "应付总额", "payable in all"),
    REQUIRED(award_document, award.city, "city_yuan", MONEY, "4.4.1-8", "市级承担额", "the city's part"),
    REQUIRED(award_document, award.district, "district_yuan", MONEY, "4.4.1-8", "区级承担额",
             "the district's part"),
    REQUIRED(award_document, award.withheld, "withheld_yuan", MONEY, "4.4.1-2", "不予发放金额",
             "held back"),
    REQUIRED(award_document, award.months_paid, "months_paid", NUMBER, "4.4.1-6", "应付月数",
             "months payable"),
    REQUIRED(award_document, award.months_withheld, "months_withheld", NUMBER, "4.4.1-2",
             "不予发放月数，不论原因", "months not payable, for any reason"),
    SEVERAL(award_document, lines, line_count, "lines", LIST, "4.4.1-4", "奖励明细，按时间顺序",
            "the schedule, in time order", .of = &line_record),
};
const record pilot_award_record = RECORD("award", award_document, award_fields, "一笔奖励", "an award");

pilot_status pilot_award_write(const pilot_award *award, const pilot_award_line *lines,
                               pilot_json_style style, char **text)
{
    if (!award || !text)
        return PILOT_ERROR_ARGUMENT;
    award_document document = {*award, lines, lines ? award->line_count : 0};
    return pilot_record_text(&pilot_award_record, &document, style == PILOT_JSON_INDENTED, NULL, text);
}
