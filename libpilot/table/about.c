/* What the columns and sheets of a city are for, so that a template can say it. */
#include "pilot/table.h"

#include "city/city_internal.h"
#include "notice/policy_internal.h"
#include "pilot/clause.h"
#include "sheets.h"
#include "value.h"

static const words kind_words = WORD_LIST(
    {0}, {"text", "文字", "text"}, {"id", "编号", "id"}, {"word", "选项", "word"},
    {"answer", "是或否", "yes or no"}, {"count", "数目", "count"}, {"money", "金额", "money"},
    {"price", "单价", "price"}, {"area", "面积", "area"}, {"share", "比例", "share"},
    {"year", "年份", "year"}, {"month", "月份", "month"}, {"date", "日期", "date"},
    {"step", "完成日期", "date of a step"}, {"clause", "条款", "clause"}, {"record", "记录", "record"},
    {"records", "几条记录", "records"}, {"rows", "行数", "rows"});
WORDED(pilot_column_kind, pilot_column_kind, kind_words)

/* A code is text: what it is made up of, its `wanted` says. */
static pilot_column_kind kind_of(field_kind kind)
{
    switch (kind) {
    case FIELD_ID:
        return PILOT_COLUMN_ID;
    case FIELD_WORD:
        return PILOT_COLUMN_WORD;
    case FIELD_ANSWER:
        return PILOT_COLUMN_ANSWER;
    case FIELD_COUNT:
        return PILOT_COLUMN_COUNT;
    case FIELD_MONEY:
        return PILOT_COLUMN_MONEY;
    case FIELD_PRICE:
        return PILOT_COLUMN_PRICE;
    case FIELD_AREA:
        return PILOT_COLUMN_AREA;
    case FIELD_SHARE:
        return PILOT_COLUMN_SHARE;
    case FIELD_YEAR:
        return PILOT_COLUMN_YEAR;
    case FIELD_MONTH:
        return PILOT_COLUMN_MONTH;
    case FIELD_DATE:
        return PILOT_COLUMN_DATE;
    case FIELD_STEP:
        return PILOT_COLUMN_STEP;
    case FIELD_CLAUSE:
        return PILOT_COLUMN_CLAUSE;
    case FIELD_REF:
        return PILOT_COLUMN_RECORD;
    case FIELD_REFS:
        return PILOT_COLUMN_RECORDS;
    case FIELD_LIST:
        return PILOT_COLUMN_ROWS;
    default:
        return PILOT_COLUMN_TEXT;
    }
}

static const char *said(const pilot_cells *cells, pilot_phrase phrase)
{
    return pilot_phrase_in(phrase, cells->form == PILOT_TABLE_CHINESE ? PILOT_CHINESE : PILOT_ENGLISH);
}

static pilot_phrase unit_of(field_kind kind)
{
    switch (kind) {
    case FIELD_MONEY:
    case FIELD_PRICE:
        return (pilot_phrase){"元", "yuan"};
    case FIELD_AREA:
        return (pilot_phrase){"平方米", "m²"};
    default:
        return (pilot_phrase){NULL, NULL};
    }
}

static const sheet_type *type_at(const pilot_cells *cells, size_t sheet)
{
    return sheet < cells->types.count ? &cells->types.of[sheet] : NULL;
}

static const sheet_column *column_at(const pilot_cells *cells, size_t sheet, size_t column)
{
    const sheet_type *s = type_at(cells, sheet);
    return s && column < s->count ? &s->columns[column] : NULL;
}

/* Of the first columns, which name what the row lies in: by its id, or by its number. */
static void about_naming(const pilot_cells *cells, const sheet_column *c, pilot_column_about *about)
{
    const bool by_id = sheet_has_ids(&cells->types.of[c->of]);
    const pilot_phrase number = {"请填写其为第几条，如 1", "write its number among them, such as 1"};
    const field ref = {.kind = FIELD_REF};
    about->kind = by_id ? PILOT_COLUMN_RECORD : PILOT_COLUMN_COUNT;
    about->required = true;
    about->names = c->of;
    about->meaning = said(cells, (pilot_phrase){"本行所属的记录", "the record that the row belongs to"});
    about->wanted = said(cells, by_id ? pilot_cell_wanted(&ref) : number);
}

pilot_status pilot_cells_column(const pilot_cells *cells, size_t sheet, size_t column,
                                pilot_column_about *about)
{
    if (!cells || !about)
        return PILOT_ERROR_ARGUMENT;
    const sheet_column *c = column_at(cells, sheet, column);
    if (!c)
        return PILOT_ERROR_NOT_FOUND;
    const field *f = c->f;
    *about = (pilot_column_about){.names = SIZE_MAX};
    if (column < cells->types.of[sheet].named) {
        about_naming(cells, c, about);
        return PILOT_OK;
    }
    about->kind = kind_of(f->kind);
    about->required = f->required;
    about->names = f->kind == FIELD_LIST ? c->of : pilot_sheet_named(&cells->types, sheet, column);
    about->meaning = said(cells, (pilot_phrase){f->zh, f->en});
    about->wanted = said(cells, pilot_cell_wanted(f));
    about->unit = said(cells, unit_of(f->kind));
    about->clause = f->clause;
    for (const group *g = c->in; g; g = g->in) {
        about->required_beside = about->required_beside || (about->required && !g->f->required);
        about->required = about->required && g->f->required;
        about->clause = about->clause ? about->clause : g->f->clause;
    }
    return PILOT_OK;
}

static const char *word_at(const pilot_cells *cells, const words *of, size_t number)
{
    for (int32_t i = 0; i < of->count; i++)
        if (of->words[i].name && number-- == 0)
            return cells->form == PILOT_TABLE_KEYS
                       ? of->words[i].name
                       : said(cells, (pilot_phrase){of->words[i].zh, of->words[i].en});
    return NULL;
}

static const char *answer_at(const pilot_cells *cells, size_t number)
{
    static const pilot_answer answers[] = {PILOT_ANSWER_YES, PILOT_ANSWER_NO};
    if (number >= sizeof answers / sizeof *answers)
        return NULL;
    return pilot_answer_title(answers[number],
                              cells->form == PILOT_TABLE_CHINESE ? PILOT_CHINESE : PILOT_ENGLISH);
}

static const char *clause_at(size_t number)
{
    const pilot_clause *clause = NULL;
    while ((clause = pilot_clause_next(clause, NULL)) && number-- > 0)
        continue;
    return clause ? clause->id : NULL;
}

const char *pilot_cells_choice(const pilot_cells *cells, size_t sheet, size_t column, size_t number)
{
    const sheet_column *c = cells ? column_at(cells, sheet, column) : NULL;
    const pilot_parameters *notice = &pilot_nanchang_2019;
    if (!c || column < cells->types.of[sheet].named)
        return NULL;
    switch (c->f->kind) {
    case FIELD_WORD:
        return word_at(cells, c->f->of, number);
    case FIELD_ANSWER:
        return answer_at(cells, number);
    case FIELD_CLAUSE:
        return clause_at(number);
    case FIELD_STEP:
        return number ? NULL : pilot_not_done_word[cells->form];
    case FIELD_LIST:
        return number ? NULL : pilot_none_word[cells->form];
    case FIELD_REF:
    case FIELD_REFS:
        return c->f->of == &pilot_district_record && number < notice->district_count
                   ? notice->districts[number].name
                   : NULL;
    default:
        return NULL;
    }
}

pilot_status pilot_cells_sheet(const pilot_cells *cells, size_t sheet, pilot_sheet_about *about)
{
    if (!cells || !about)
        return PILOT_ERROR_ARGUMENT;
    const sheet_type *s = type_at(cells, sheet);
    if (!s)
        return PILOT_ERROR_NOT_FOUND;
    *about = (pilot_sheet_about){
        .required = s->list && s->list->required,
        .above = s->above ? s->above : SIZE_MAX,
        .id = sheet_has_ids(s) ? s->named : SIZE_MAX,
        .meaning =
            said(cells, s->list ? (pilot_phrase){s->list->zh, s->list->en}
                                : (pilot_phrase){"全市的情况，只填一行", "the city itself, in one row"}),
        .clause = s->list ? s->list->clause : NULL,
    };
    return PILOT_OK;
}
