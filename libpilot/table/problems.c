#include "problems.h"

#include "base/sentence.h"

#include <stdio.h>
#include <stdlib.h>

const words pilot_cell_code_words = WORD_LIST(
    [PILOT_CELL_NOT_A_NUMBER] = {"not_a_number", "不是数字", "it is not a number"},
    [PILOT_CELL_NOT_EXACT] = {"not_exact", "不能确定数值", "no exact number can be taken from it"},
    [PILOT_CELL_TOO_PRECISE] = {"too_precise", "小数位数超过所能保存的位数",
                                "it has more decimals than are kept"},
    [PILOT_CELL_DIGITS_LOST] = {"digits_lost", "数字单元格超过15位，末几位已不可信",
                                "a number cell of more than 15 digits has lost the last of them"},
    [PILOT_CELL_NOT_A_DATE] = {"not_a_date", "不是日期", "it is not a date"},
    [PILOT_CELL_DATE_AMBIGUOUS] = {"date_ambiguous", "日期不止一种读法", "it could be several dates"},
    [PILOT_CELL_NOT_A_MONTH] = {"not_a_month", "不是月份", "it is not a month"},
    [PILOT_CELL_MONTH_AMBIGUOUS] = {"month_ambiguous", "月份不止一种读法", "it could be several months"},
    [PILOT_CELL_UNEXPECTED_DATE] = {"unexpected_date", "此处不应为日期", "no date is wanted here"},
    [PILOT_CELL_DATE_WANTED] = {"date_wanted", "只说已完成，没有日期",
                                "it says that it is done and not on what day"},
    [PILOT_CELL_NOT_AN_ANSWER] = {"not_an_answer", "既不是“是”也不是“否”", "it is neither yes nor no"},
    [PILOT_CELL_NOT_A_WORD] = {"not_a_word", "不在可选之列", "it is none of the words for this column"},
    [PILOT_CELL_NOT_A_SHARE] = {"not_a_share", "不是0至1之间的比例，或读法不止一种",
                                "it is no share from 0 to 1, or could be two"},
    [PILOT_CELL_NOT_A_CLAUSE] = {"not_a_clause", "通知中没有此条款", "the notice has no such clause"},
    [PILOT_CELL_NOT_A_TEXT] = {"not_a_text", "此处应为文字", "text is wanted here"},
    [PILOT_CELL_NOT_A_YEAR] = {"not_a_year", "不是1900至2200之间的年份",
                               "it is not a year from 1900 to 2200"},
    [PILOT_CELL_ERROR_VALUE] = {"error_value", "单元格是公式错误，不是“不详”",
                                "the cell is a formula's error, which is not \"unknown\""},
    [PILOT_CELL_NO_VALUE] = {"no_value", "公式没有保存计算结果",
                             "the file has no value of this formula"},
    [PILOT_CELL_MERGED_VALUE] =
        {"merged_value", "合并单元格之内，不知其值是否也属于本行",
         "it is in a merged range: whether the value is this row's too is not said"},
    [PILOT_CELL_NO_RECORD] = {"no_record", "没有以此为编号或名称的记录",
                              "no record has it for its id or name"},
    [PILOT_CELL_NAME_AMBIGUOUS] = {"name_ambiguous", "名称对应不止一条记录",
                                   "several records have this name"},
    [PILOT_CELL_NAMED_TWICE] = {"named_twice", "同一单元格中两次指同一记录",
                                "the cell names one record twice"},
    [PILOT_CELL_MISSING] = {"missing", "必填而未填", "it has to be there"},
    [PILOT_CELL_ROWS_DIFFER] = {"rows_differ", "所填条数与其工作表中的行数不符",
                                "its sheet has another number of rows"},
    [PILOT_CELL_OUT_OF_RANGE] = {"out_of_range", "超出可用范围", "it is outside what it may be"},
    [PILOT_CELL_OUT_OF_ORDER] = {"out_of_order", "先后次序有误", "it stands out of order"},
    [PILOT_CELL_REPEATED] = {"repeated", "重复", "it is there twice"},
    [PILOT_CELL_CONTRADICTORY] = {"contradictory", "与其他内容矛盾", "it contradicts something else"},
    [PILOT_CELL_REFUSED] = {"refused", "内容不可用", "it is refused"},
    [PILOT_CELL_SECOND_ROW] = {"second_row", "本表只有一行", "this sheet has one row"},
    [PILOT_CELL_NO_HEADER] = {"no_header", "前20行中没有表头",
                              "there is no header among the first 20 rows"},
    [PILOT_CELL_HEADER_AMBIGUOUS] = {"header_ambiguous", "表头不止一种读法",
                                     "the header could mean several columns"},
    [PILOT_CELL_HEADER_REPEATED] = {"header_repeated", "两列表头相同", "two columns have this header"},
    [PILOT_CELL_SHEET_AMBIGUOUS] = {"sheet_ambiguous", "工作表名称不止一种读法",
                                    "the sheet's title could mean several lists"},
    [PILOT_CELL_UNIT_ABOVE] =
        {"unit_above", "表头之上另有单位，各列数值是否照此不明",
         "a unit stands above the header, and whether the columns are in it is not said"},
    [PILOT_CELL_NO_SHEET] = {"no_sheet", "工作簿中没有城市数据的工作表",
                             "none of the workbook's sheets is one of a city"},
    [PILOT_CELL_TOTAL_DIFFERS] = {"total_differs", "合计与各行之和不符",
                                  "the total is not the sum of its rows"},
    [PILOT_CELL_NOT_A_CODE] = {"not_a_code", "不是这种代码", "it is not such a code"},
    [PILOT_CELL_UNKNOWN_HEADER] = {"unknown_header", "没有这样的列，其内容未读入",
                                   "there is no such column: what is in it was not read"},
    [PILOT_CELL_UNKNOWN_SHEET] = {"unknown_sheet", "没有这样的工作表，未读入",
                                  "there is no such sheet: it was not read"},
    [PILOT_CELL_NO_COLUMN] = {"no_column", "所在列没有表头，未读入",
                              "its column has no header: it was not read"},
    [PILOT_CELL_ABOVE_HEADER] = {"above_header", "在表头之上，未读入",
                                 "it is above the header: not read"},
    [PILOT_CELL_TOTALS_ROW] = {"totals_row", "合计行，未读入", "a row of totals: it was not read"},
    [PILOT_CELL_EXAMPLE_ROW] = {"example_row", "模板的示例行，未读入",
                                "the template's row of examples: it was not read"},
    [PILOT_CELL_SERIAL_DAY] = {"serial_day", "按日期序号读入", "read as a day's serial number"},
    [PILOT_CELL_HAS_PICTURE] = {"has_picture", "单元格是图片，没有内容可读入",
                                "the cell is a picture, which has no value to read"},
    [PILOT_CELL_HIDDEN_SHEET] = {"hidden_sheet", "隐藏的工作表，已照常读入",
                                 "a hidden sheet: it was read as any other"},
    [PILOT_CELL_HIDDEN_ROWS] = {"hidden_rows", "有隐藏的行，已照常读入",
                                "it has hidden rows: they were read as any others"},
    [PILOT_CELL_NAME_FOR_ID] = {"name_for_id", "没有编号，以名称为编号",
                                "it has no id: its name was taken for one"},
    [PILOT_CELL_RECORD_MADE] = {"record_made", "没有这一记录的行，已按名称建立",
                                "it has no row: the record was made from its name"},
    [PILOT_CELL_LATER_TEMPLATE] = {"later_template", "模板的版本较新，其中新增的内容未读入",
                                   "a later template's: what is new in it was not read"});
WORDED(pilot_cell_code, pilot_cell_code, pilot_cell_code_words)

const words pilot_cell_kind_words = WORD_LIST(
    [PILOT_CELL_BLANK] = {"blank", "空", "blank"}, [PILOT_CELL_TEXT] = {"text", "文本", "text"},
    [PILOT_CELL_NUMBER] = {"number", "数字", "number"}, [PILOT_CELL_DAY] = {"day", "日期", "day"},
    [PILOT_CELL_BOOL] = {"bool", "真假", "true or false"},
    [PILOT_CELL_ERROR] = {"error", "错误", "error"},
    [PILOT_CELL_FORMULA] = {"formula", "没有值的公式", "formula without a value"},
    [PILOT_CELL_MERGED] = {"merged", "合并单元格之内", "within a merged range"},
    [PILOT_CELL_PICTURE] = {"picture", "图片", "picture"});
WORDED(pilot_cell_kind, pilot_cell_kind, pilot_cell_kind_words)

/* What helps whatever the column is. */
static pilot_phrase remedy_of(pilot_cell_code code)
{
    switch (code) {
    case PILOT_CELL_ERROR_VALUE:
        return (pilot_phrase){"请改正公式，或填写其值", "correct the formula, or write its value"};
    case PILOT_CELL_NO_VALUE:
        return (pilot_phrase){"请用表格软件打开一次并保存", "open the workbook once and save it"};
    case PILOT_CELL_MERGED_VALUE:
        return (pilot_phrase){"请取消合并，逐行填写", "unmerge the cells and write a value in each row"};
    case PILOT_CELL_NO_RECORD:
        return (pilot_phrase){"请填写已有记录的编号或名称，或先补上该记录",
                              "write the id or name of a record that is there, or add the record"};
    case PILOT_CELL_NAME_AMBIGUOUS:
        return (pilot_phrase){"请填写编号", "write the id"};
    case PILOT_CELL_NAMED_TWICE:
        return (pilot_phrase){"请删去其一", "take one of them out"};
    case PILOT_CELL_MISSING:
        return (pilot_phrase){"请补填", "write it"};
    case PILOT_CELL_DIGITS_LOST:
        return (pilot_phrase){"请将单元格设为文本后重新填写",
                              "make it a cell of text and write it anew"};
    case PILOT_CELL_TOTAL_DIFFERS:
        return (pilot_phrase){"请核对各行与合计", "check the rows and the total"};
    case PILOT_CELL_SECOND_ROW:
        return (pilot_phrase){"请只留一行", "leave one row"};
    case PILOT_CELL_NO_HEADER:
        return (pilot_phrase){"请补上表头", "write the headers"};
    case PILOT_CELL_HEADER_AMBIGUOUS:
    case PILOT_CELL_SHEET_AMBIGUOUS:
        return (pilot_phrase){"请写全称", "write its whole title"};
    case PILOT_CELL_HEADER_REPEATED:
        return (pilot_phrase){"请删去其一", "take one of them out"};
    case PILOT_CELL_REPEATED:
        return (pilot_phrase){"请改为另一个，或删去重复的一行",
                              "write another, or take the repeated row out"};
    case PILOT_CELL_OUT_OF_RANGE:
    case PILOT_CELL_OUT_OF_ORDER:
    case PILOT_CELL_CONTRADICTORY:
    case PILOT_CELL_REFUSED:
    case PILOT_CELL_ROWS_DIFFER:
        return (pilot_phrase){"请核对后改正", "check it and correct it"};
    case PILOT_CELL_NO_SHEET:
        return (pilot_phrase){"请按模板的工作表名称命名", "call the sheets as the template does"};
    case PILOT_CELL_LATER_TEMPLATE:
        return (pilot_phrase){"请更新libpilot", "update libpilot"};
    case PILOT_CELL_UNIT_ABOVE:
        return (pilot_phrase){"请把单位写在各列表头的括号中，如“（万元）”，并删去此处",
                              "write the unit in brackets behind each header, and take this out"};
    default:
        return (pilot_phrase){"", ""};
    }
}

static bool is_note(pilot_cell_code code)
{
    return code >= PILOT_CELL_UNKNOWN_HEADER;
}

void pilot_cell_named(size_t row, size_t column, char name[CELL_NAME_SIZE])
{
    char letters[8];
    size_t used = sizeof letters - 1;
    letters[used] = '\0';
    for (size_t n = column + 1; column != SIZE_MAX && n; n = (n - 1) / 26)
        letters[--used] = (char)('A' + (n - 1) % 26);
    *name = '\0';
    if (row != SIZE_MAX)
        snprintf(name, CELL_NAME_SIZE, "%s%zu", letters + used, (row + 1) % 10000000);
}

const pilot_cell *pilot_cell_at(const pilot_sheet *sheet, size_t row, size_t column)
{
    static const pilot_cell blank = {0};
    const bool there = sheet->cells && row < sheet->rows && column < sheet->columns;
    return there ? &sheet->cells[row * sheet->columns + column] : &blank;
}

void pilot_cell_shown(const pilot_cell *cell, char *shown, size_t size)
{
    pilot_text text;
    pilot_excerpt excerpt;
    *shown = '\0';
    if (cell->kind == PILOT_CELL_DAY)
        snprintf(shown, size, "%s", pilot_date_text(cell->day, &text));
    else if (cell->kind == PILOT_CELL_BOOL)
        snprintf(shown, size, "%s", cell->truth ? "TRUE" : "FALSE");
    else if (cell->text)
        pilot_shown(pilot_excerpt_of(cell->text, &excerpt), shown, size);
}

/* 0 where the problem is the same again: in the column, or of rows or of sheets as a whole. */
static int compare_told(const pilot_cell_problem *p, const cell_told *told, size_t sheet, size_t row,
                        size_t column)
{
    const bool whole = column == SIZE_MAX;
    const size_t of_p[] = {(size_t)p->code, p->sheet, p->column, whole && p->row == SIZE_MAX};
    const size_t of_told[] = {(size_t)told->code, sheet, column, whole && row == SIZE_MAX};
    for (size_t i = 0; i < 4; i++)
        if (of_p[i] != of_told[i])
            return of_p[i] < of_told[i] ? -1 : 1;
    return told->code == PILOT_CELL_MISSING && whole ? strcmp(p->header, told->header) : 0;
}

/* Its place in the order of those that are told: where it is, or would be. */
static size_t find_told(const cell_problems *to, const cell_told *told, size_t sheet, size_t row,
                        size_t column, bool *found)
{
    size_t low = 0, high = to->count;
    *found = false;
    while (low < high && !*found) {
        const size_t middle = low + (high - low) / 2;
        const int order = compare_told(&to->all[to->sorted[middle]], told, sheet, row, column);
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
        *found = order == 0;
    }
    return high;
}

static void add_cell(pilot_cell_problem *p, size_t row, size_t column)
{
    char name[CELL_NAME_SIZE];
    const size_t used = strlen(p->cells);
    pilot_cell_named(row, column, name);
    p->count++;
    if (used >= 3 && strcmp(p->cells + used - 3, "...") == 0)
        return;
    if (used + strlen(name) + sizeof ", , ..." < sizeof p->cells)
        snprintf(p->cells + used, sizeof p->cells - used, "%s%s", used ? ", " : "", name);
    else
        snprintf(p->cells + used, sizeof p->cells - used, ", ...");
}

/* A phrase of its own, or the code's. */
static void put_phrase(pilot_phrase own, pilot_phrase other, char *zh, size_t zh_size, char *en,
                       size_t en_size)
{
    const bool has_own = own.zh && *own.zh;
    pilot_shown(has_own ? own.zh : other.zh, zh, zh_size);
    pilot_shown(has_own ? own.en : other.en, en, en_size);
}

void pilot_cell_tell(cell_problems *to, size_t sheet, size_t row, size_t column, const cell_told *told)
{
    if (!is_note(told->code) && to->status == PILOT_OK)
        to->status = told->status;
    bool found;
    const size_t at = find_told(to, told, sheet, row, column, &found);
    if (found) {
        add_cell(&to->all[to->sorted[at]], row, column);
        return;
    }
    if (to->count == PILOT_TABLE_PROBLEMS_MAX) {
        to->more++;
        return;
    }
    pilot_cell_problem *p = &to->all[to->count];
    memmove(to->sorted + at + 1, to->sorted + at, (to->count - at) * sizeof *to->sorted);
    to->sorted[at] = to->count++;
    *p = (pilot_cell_problem){.code = told->code,
                              .note = is_note(told->code),
                              .status = is_note(told->code) ? PILOT_OK : told->status,
                              .sheet = sheet,
                              .row = row,
                              .column = column};
    add_cell(p, row, column);
    pilot_cell_named(row, column, p->cell);
    const pilot_sheet none = {0}, *of = sheet < to->book->count ? &to->book->sheets[sheet] : &none;
    pilot_shown(of->name, p->sheet_name, sizeof p->sheet_name);
    pilot_shown(told->header, p->header, sizeof p->header);
    if (told->value)
        pilot_shown(told->value, p->value, sizeof p->value);
    else
        pilot_cell_shown(pilot_cell_at(of, row, column), p->value, sizeof p->value);
    pilot_shown(told->path, p->path, sizeof p->path);
    put_phrase(told->reason,
               (pilot_phrase){pilot_cell_code_words.words[told->code].zh,
                              pilot_cell_code_words.words[told->code].en},
               p->reason_zh, sizeof p->reason_zh, p->reason_en, sizeof p->reason_en);
    put_phrase(told->remedy, remedy_of(told->code), p->remedy_zh, sizeof p->remedy_zh, p->remedy_en,
               sizeof p->remedy_en);
}

static int in_order(const void *a, const void *b)
{
    const pilot_cell_problem *x = a, *y = b;
    const size_t of_x[] = {x->sheet, x->row + 1, x->column + 1, (size_t)x->code};
    const size_t of_y[] = {y->sheet, y->row + 1, y->column + 1, (size_t)y->code};
    for (size_t i = 0; i < 4; i++)
        if (of_x[i] != of_y[i])
            return of_x[i] < of_y[i] ? -1 : 1;
    return strcmp(x->header, y->header);
}

void pilot_cell_problems_end(cell_problems *of)
{
    qsort(of->all, of->count, sizeof *of->all, in_order);
    for (size_t i = 0; i < of->count; i++)
        if (!of->all[i].note) {
            of->status = of->all[i].status;
            return;
        }
}

size_t pilot_cell_problem_text(const pilot_cell_problem *p, pilot_language language, char *text,
                               size_t size)
{
    const bool zh = language == PILOT_CHINESE;
    sentence out = pilot_sentence_begin(text, size);
    if (!p)
        return pilot_sentence_end(&out);
    pilot_say(&out, "%s%s%s", p->sheet_name, *p->cell ? "!" : "", p->cell);
    if (*p->header)
        pilot_say(&out, " %s", p->header);
    if (*p->value)
        pilot_say(&out, zh ? " “%s”" : " \"%s\"", p->value);
    pilot_say(&out, zh ? "：%s" : ": %s", zh ? p->reason_zh : p->reason_en);
    if (*(zh ? p->remedy_zh : p->remedy_en))
        pilot_say(&out, zh ? "；%s" : "; %s", zh ? p->remedy_zh : p->remedy_en);
    if (p->count > 1)
        pilot_say(&out, zh ? "（共%zu处：%s）" : " (%zu cells: %s)", p->count, p->cells);
    pilot_say(&out, " [%s]", pilot_cell_code_name(p->code));
    return pilot_sentence_end(&out);
}
