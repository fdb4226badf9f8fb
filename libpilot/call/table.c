/* Workbooks: a city of cells, cells of a city. */
#include "call.h"

#include "city/city_internal.h"
#include "table/problems.h"
#include "table/sheets.h"

static const field cell_fields[] = {
    OPTIONAL(call_cell, kind, "kind", WORD, NULL, "单元格类型，不填为空，有text时为文本",
             "what the file says that it is; left out: blank, or text where there is \"text\"",
             .of = &pilot_cell_kind_words),
    OPTIONAL(call_cell, text, "text", TEXT, NULL, "文本、错误、公式，或数字的最短写法",
             "of a text, an error or a formula; the shortest digits of a number"),
    OPTIONAL(call_cell, day, "day", DATE, NULL, "日期", "of a day"),
    OPTIONAL(call_cell, truth, "truth", ANSWER, NULL, "真假", "of a bool"),
    OPTIONAL(call_cell, above, "above", COUNT, NULL, "距合并区域首格的行数",
             "of one that is merged: rows from the range's first cell", RANGE(0, UINT32_MAX)),
    OPTIONAL(call_cell, left, "left", COUNT, NULL, "距合并区域首格的列数", "columns likewise",
             RANGE(0, UINT16_MAX)),
};
static const record cell_record =
    RECORD("cells", call_cell, cell_fields, "一个单元格", "a cell; {} is blank");

static const field sheet_fields[] = {
    REQUIRED(call_sheet, name, "name", TEXT, NULL, "工作表名称", "its name"),
    REQUIRED(call_sheet, columns, "columns", COUNT, NULL, "列数", "how many columns it has",
             RANGE(1, PILOT_TABLE_COLUMNS_MAX)),
    SEVERAL(call_sheet, cells, cell_count, "cells", LIST, NULL, "单元格，逐行排列，每行为列数",
            "row by row, as many in each as there are columns", .of = &cell_record),
    OPTIONAL(call_sheet, hidden, "hidden", ANSWER, NULL, "整表隐藏", "the file hides it"),
    OPTIONAL(call_sheet, hidden_rows, "hidden_rows", COUNT, NULL, "隐藏的行数",
             "rows that the file hides"),
    OPTIONAL(call_sheet, from_1904, "from_1904", ANSWER, NULL, "日期从1904年起计",
             "its file counts days from 1904"),
};
static const record sheet_record = RECORD("sheets", call_sheet, sheet_fields, "一张工作表", "a sheet");

#define SHEETS                                                                                          \
    {                                                                                                   \
        .key = "sheets", .kind = FIELD_LIST, .required = true,                                          \
        .offset = offsetof(call_request, sheets), .count_offset = offsetof(call_request, sheet_count),  \
        .of = &sheet_record, .zh = "工作表", .en = "the workbook's sheets"                              \
    }
static const field import_fields[] = {CALL, SHEETS,
                                      SEVERAL(call_request, paths, path_count, "paths", TEXTS, NULL,
                                              "要查找单元格的位置，城市数据文件中",
                                              "places in the city file whose cells are asked for")};
static const record import_request = REQUEST(import_fields);

typedef struct cell_problem_document {
    pilot_cell_problem problem;
    pilot_answer note;
    pilot_opt_int sheet;
    int64_t count;
    pilot_status status;
} cell_problem_document;
#define PROBLEM(member, key, zh, en) CHARS(cell_problem_document, problem.member, key, NULL, zh, en)
static const field problem_fields[] = {
    REQUIRED(cell_problem_document, problem.code, "code", WORD, NULL, "问题代码", "what is wrong",
             .of = &pilot_cell_code_words),
    REQUIRED(cell_problem_document, note, "note", ANSWER, NULL, "仅为提示，不妨碍导入",
             "it is only told, and refuses nothing"),
    REQUIRED(cell_problem_document, status, "status", WORD, NULL, "城市数据文件的同类状态",
             "that a city file would be refused with; ok of a note", .of = &pilot_status_words),
    OPTIONAL(cell_problem_document, sheet, "sheet", COUNT, NULL, "工作表序号，从0起，不填为整个文件",
             "number of the sheet, from 0; left out: the workbook as a whole"),
    PROBLEM(sheet_name, "sheet_name", "工作表名称", "its name"),
    PROBLEM(cell, "cell", "单元格，行号或空", "the cell; a row, or \"\" of the sheet"),
    PROBLEM(cells, "cells", "有此问题的单元格", "those that have it, as many as there is room for"),
    PROBLEM(header, "header", "列标题", "as the sheet has it"),
    PROBLEM(value, "value", "单元格内容", "as the cell has it"),
    REQUIRED(cell_problem_document, count, "count", COUNT, NULL, "有此问题的单元格数",
             "how many cells have it"),
    PROBLEM(path, "path", "城市数据文件中的位置", "in the city file, where that is known"),
    PROBLEM(reason_zh, "reason_zh", "原因，中文", "why, in Chinese"),
    PROBLEM(reason_en, "reason_en", "原因，英文", "why, in English"),
    PROBLEM(remedy_zh, "remedy_zh", "应填写，中文", "what to write, in Chinese"),
    PROBLEM(remedy_en, "remedy_en", "应填写，英文", "what to write, in English"),
};
static const record problem_record = RECORD("problems", cell_problem_document, problem_fields,
                                            "单元格的一处问题或提示", "a problem of cells, or a note");

typedef struct place_document {
    const char *path;
    int64_t sheet;
    const char *sheet_name;
    pilot_cell_place place;
} place_document;
static const field place_fields[] = {
    REQUIRED(place_document, path, "path", TEXT, NULL, "位置", "the path that was asked for"),
    REQUIRED(place_document, sheet, "sheet", COUNT, NULL, "工作表序号，从0起",
             "number of the sheet, from 0"),
    REQUIRED(place_document, sheet_name, "sheet_name", TEXT, NULL, "工作表名称", "its name"),
    CHARS(place_document, place.cell, "cell", NULL, "单元格，无此列时为行号", "the cell, or its row"),
};
static const record place_record =
    RECORD("places", place_document, place_fields, "一处位置的单元格", "where a value stands");

typedef struct import_document {
    pilot_json_text city;
    const cell_problem_document *problems;
    size_t problem_count;
    int64_t more;
    const place_document *places;
    size_t place_count;
} import_document;
static const field import_result_fields[] = {
    {.key = "city",
     .kind = FIELD_JSON,
     .offset = offsetof(import_document, city),
     .of = &pilot_documents[PILOT_SCHEMA_CITY],
     .zh = "城市数据文件，有问题时不给出",
     .en = "the city file; left out where there are problems"},
    SEVERAL(import_document, problems, problem_count, "problems", LIST, NULL,
            "问题和提示，按工作表、行、列排列", "problems and notes, in the order of the cells",
            .of = &problem_record),
    REQUIRED(import_document, more, "more", COUNT, NULL, "未列出的有问题单元格数",
             "cells with problems that are not among them"),
    SEVERAL(import_document, places, place_count, "places", LIST, NULL, "所查位置的单元格，没有的不列",
            "of the paths that lead to one", .of = &place_record),
};
static const record import_record = RECORD("import", import_document, import_result_fields,
                                           "由工作表得到的城市数据", "a city made of sheets");

static bool cells_of(calling *c, const call_sheet *from, pilot_sheet *sheet)
{
    pilot_cell *cells = pilot_arena_take(&c->memory, from->cell_count, sizeof *cells);
    for (size_t i = 0; cells && i < from->cell_count; i++) {
        const call_cell *f = &from->cells[i];
        cells[i] = (pilot_cell){.kind = f->kind || !f->text ? (pilot_cell_kind)f->kind : PILOT_CELL_TEXT,
                                .truth = f->truth == PILOT_ANSWER_YES,
                                .left = (uint16_t)f->left.value,
                                .above = (uint32_t)f->above.value,
                                .day = f->day.value,
                                .text = f->text};
    }
    *sheet = (pilot_sheet){.name = from->name,
                           .cells = cells,
                           .rows = from->cell_count / (size_t)from->columns,
                           .columns = (size_t)from->columns,
                           .hidden_rows = (size_t)from->hidden_rows.value,
                           .hidden = from->hidden == PILOT_ANSWER_YES,
                           .from_1904 = from->from_1904 == PILOT_ANSWER_YES};
    return cells != NULL;
}

static pilot_status workbook_of(calling *c, pilot_workbook *book)
{
    const call_request *r = &c->request;
    pilot_sheet *sheets = pilot_arena_take(&c->memory, r->sheet_count, sizeof *sheets);
    if (!sheets)
        return pilot_no_memory(&c->to);
    for (size_t i = 0; i < r->sheet_count; i++) {
        const record_place list = pilot_member(NULL, "sheets"), sheet = {&list, NULL, i},
                           cells = pilot_member(&sheet, "cells");
        if (r->sheets[i].cell_count % (size_t)r->sheets[i].columns)
            return pilot_refuse_number(&c->to, &cells, PILOT_ERROR_INCONSISTENT,
                                       (int64_t)r->sheets[i].cell_count, "单元格数不是列数的整数倍",
                                       "it is not as many cells as whole rows have");
        if (!cells_of(c, &r->sheets[i], &sheets[i]))
            return pilot_no_memory(&c->to);
    }
    *book = (pilot_workbook){sheets, r->sheet_count};
    return PILOT_OK;
}

static bool tell_problems(calling *c, const pilot_table *table, import_document *d)
{
    size_t count, more;
    const pilot_cell_problem *told = pilot_table_problems(table, &count, &more);
    cell_problem_document *items = pilot_arena_take(&c->memory, count, sizeof *items);
    for (size_t i = 0; items && i < count; i++)
        items[i] = (cell_problem_document){.problem = told[i],
                                           .note = told[i].note ? PILOT_ANSWER_YES : PILOT_ANSWER_NO,
                                           .sheet = {(int64_t)told[i].sheet, told[i].sheet != SIZE_MAX},
                                           .count = (int64_t)told[i].count,
                                           .status = told[i].status};
    d->problems = items;
    d->problem_count = count;
    d->more = (int64_t)more;
    return items != NULL;
}

static bool find_places(calling *c, const pilot_table *table, import_document *d)
{
    const call_request *r = &c->request;
    place_document *items = pilot_arena_take(&c->memory, r->path_count, sizeof *items);
    for (size_t i = 0; items && i < r->path_count; i++) {
        place_document *at = &items[d->place_count];
        if (pilot_table_place(table, r->paths[i], &at->place) != PILOT_OK)
            continue;
        at->path = r->paths[i];
        at->sheet = (int64_t)at->place.sheet;
        at->sheet_name = at->place.sheet_name;
        d->place_count++;
    }
    d->places = items;
    return items != NULL;
}

static pilot_status give_import(calling *c, const pilot_city *made, const pilot_table *table,
                                char **text)
{
    import_document d = {.more = 0};
    char *json = NULL;
    if (!tell_problems(c, table, &d) || !find_places(c, table, &d))
        return pilot_no_memory(&c->to);
    pilot_status status = made ? pilot_city_write(made, PILOT_JSON_COMPACT, &json) : PILOT_OK;
    if (json)
        d.city = (pilot_json_text){json, strlen(json)};
    if (status == PILOT_OK)
        status = pilot_call_give(c, &import_record, &d, text);
    pilot_text_free(json);
    return status;
}

/* A workbook with problems is no problem of the request: they are the answer. */
static pilot_status import(calling *c, char **text)
{
    pilot_workbook book;
    pilot_city *made = NULL;
    pilot_table *table = NULL;
    pilot_status status = workbook_of(c, &book);
    if (status != PILOT_OK)
        return status;
    status = pilot_city_from_cells(&book, &made, &table);
    if (table)
        status = give_import(c, made, table, text);
    pilot_city_free(made);
    pilot_table_free(table);
    return status;
}

#define FORM                                                                                            \
    OPTIONAL(call_request, form, "form", WORD, NULL, "标题和选项的写法，不填为英文",                    \
             "what titles and words are written in; left out: English", .of = &pilot_table_form_words)
static const field export_fields[] = {CALL, CITY, FORM};
static const record export_request = REQUEST(export_fields);
static const field template_fields[] = {CALL, FORM};
static const record template_request = REQUEST(template_fields);

LISTED(workbook, "sheets", sheet_record, "工作表", "the sheets");

static bool sheet_document(calling *c, const pilot_sheet *from, call_sheet *sheet)
{
    const size_t count = from->rows * from->columns;
    call_cell *cells = pilot_arena_take(&c->memory, count, sizeof *cells);
    for (size_t i = 0; cells && i < count; i++)
        cells[i] = (call_cell){.kind = (int32_t)from->cells[i].kind,
                               .text = from->cells[i].text,
                               .day = {from->cells[i].day, from->cells[i].kind == PILOT_CELL_DAY},
                               .truth = from->cells[i].kind != PILOT_CELL_BOOL ? PILOT_ANSWER_UNKNOWN
                                        : from->cells[i].truth                 ? PILOT_ANSWER_YES
                                                                               : PILOT_ANSWER_NO};
    *sheet = (call_sheet){
        .name = from->name, .columns = (int64_t)from->columns, .cells = cells, .cell_count = count};
    return cells != NULL;
}

static pilot_status give_sheets(calling *c, pilot_status status, pilot_cells *cells, char **text)
{
    if (status != PILOT_OK)
        return status;
    const pilot_workbook *book = pilot_cells_workbook(cells);
    call_sheet *sheets = pilot_arena_take(&c->memory, book->count, sizeof *sheets);
    const listed d = {sheets, book->count};
    bool kept = sheets != NULL;
    for (size_t i = 0; kept && i < book->count; i++)
        kept = sheet_document(c, &book->sheets[i], &sheets[i]);
    status = kept ? pilot_call_give(c, &workbook_list, &d, text) : pilot_no_memory(&c->to);
    pilot_cells_free(cells);
    return status;
}

static pilot_status export_city(calling *c, char **text)
{
    pilot_cells *cells = NULL;
    const pilot_status status =
        pilot_city_to_cells(c->request.city.made, (pilot_table_form)c->request.form, &cells);
    return give_sheets(c, status, cells, text);
}

static pilot_status template_sheets(calling *c, char **text)
{
    pilot_cells *cells = NULL;
    const pilot_status status = pilot_table_examples((pilot_table_form)c->request.form, &cells);
    return give_sheets(c, status, cells, text);
}

static const call_row rows[] = {
    {"import", &import_request, NULL, &import_record, import, "由工作表的单元格建立城市数据",
     "a city made of a workbook's cells, and what is wrong with them"},
    {"export", &export_request, NULL, &workbook_list, export_city, "把城市数据写成工作表的单元格",
     "a city as a workbook's cells"},
    {"template", &template_request, NULL, &workbook_list, template_sheets, "空白工作表及填写示例",
     "the sheets of an empty city, with a row of examples in each"},
};
const call_rows pilot_table_calls = {rows, FIELD_COUNT_OF(rows)};
