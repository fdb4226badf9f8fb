/* A city as sheets of cells: out and in again, headers and values as people write them, and what is told
 * of the rest. */
#include "../codes.h"
#include "rule_cases.h"

#include "city/city_internal.h"
#include "table/fold.h"

WRITER(city_text, pilot_city, pilot_city_write)

static void show_problems(const pilot_table *table)
{
    size_t count;
    const pilot_cell_problem *p = pilot_table_problems(table, &count, NULL);
    char text[1024];
    for (size_t i = 0; i < count; i++) {
        pilot_cell_problem_text(&p[i], PILOT_ENGLISH, text, sizeof text);
        fprintf(stderr, "%s\n", text);
    }
}

static int taken;

/* City -> cells -> city is the same city, with nothing to tell. */
static void through_cells(const pilot_city *city, const char *name)
{
    char *before = city_text(city, PILOT_JSON_COMPACT);
    for (int form = PILOT_TABLE_ENGLISH; form <= PILOT_TABLE_KEYS; form++) {
        pilot_cells *cells = NULL;
        pilot_city *made = NULL;
        pilot_table *table = NULL;
        size_t count, more;
        CHECK(pilot_city_to_cells(city, (pilot_table_form)form, &cells) == PILOT_OK, "%s", name);
        pilot_status status = pilot_city_from_cells(pilot_cells_workbook(cells), &made, &table);
        pilot_table_problems(table, &count, &more);
        if (count)
            show_problems(table);
        CHECK(status == PILOT_OK && count == 0 && more == 0, "%s, form %d: %s, %zu told", name, form,
              pilot_status_name(status), count);
        char *after = city_text(made, PILOT_JSON_COMPACT);
        size_t same = 0;
        while (before[same] && before[same] == after[same])
            same++;
        CHECK(!before[same] && !after[same], "%s, form %d: %.200s\nbecame %.200s", name, form,
              before + same, after + same);
        pilot_text_free(after);
        pilot_city_free(made);
        pilot_table_free(table);
        pilot_cells_free(cells);
        taken++;
    }
    pilot_text_free(before);
}

static void take_case(const cJSON *test, const char *name)
{
    static int number;
    if (number++ % (1 + stride() / 8))
        return;
    pilot_city *city = rule_case_city(test, name);
    through_cells(city, name);
    pilot_city_free(city);
}

Test(table, every_city_comes_through_cells_as_it_is)
{
    static const char *const files[] = {"examples/data/nanchang-2019.json",
                                        "tests/cases/impact/city.json", "tests/cases/from_sqlite.json"};
    for (size_t i = 0; i < COUNT(files); i++) {
        pilot_city *city = cases_city(files[i]);
        through_cells(city, files[i]);
        pilot_city_free(city);
    }
    each_rule_case(take_case);
    cr_assert_gt(taken, 1800 / (1 + stride() / 8));
}

/* A record of random values, of any table. Texts are such as cells could mistake. */
typedef struct random_city {
    arena memory;
    pilot_records records;
    size_t ids;
    int depth;
} random_city;

static const char *random_text(random_city *c)
{
    static const char *const texts[] = {
        "",  " ",    "东湖", "a、b", "x;y, z",     "\"quoted\"", "\"half",   "无",         "未知",
        "-", "=1+1", "101",  "1.50", "2019-12-05", "合计（1）",  "　全角　", "two\nlines", "是"};
    char *text = pilot_arena_copy(&c->memory, texts[below(COUNT(texts))]);
    cr_assert_not_null(text);
    return text;
}

static const char *random_id(random_city *c)
{
    char id[64];
    snprintf(id, sizeof id, "%s%zu%s", below(3) ? "n" : "\"、 无", ++c->ids, below(4) ? "" : ", x");
    return pilot_arena_copy(&c->memory, id);
}

static const char *const no_lists[] = {"menus", "counts", "votes", "evidence", NULL};
static bool left_out(const char *key)
{
    for (size_t i = 0; no_lists[i]; i++)
        if (strcmp(no_lists[i], key) == 0)
            return true;
    return false;
}

static void fill(random_city *c, const record *type, char *item);

static void fill_list(random_city *c, const field *f, char *item)
{
    const record *of = f->of;
    const size_t count = left_out(f->key) ? 0 : (size_t)below(4);
    if ((count == 0 && below(2)) || left_out(f->key))
        return;
    char *items = pilot_arena_take(&c->memory, count, of->size);
    cr_assert_not_null(items);
    for (size_t i = 0; i < count; i++)
        fill(c, of, items + i * of->size);
    pilot_field_list(f, item, items, count);
}

/* Lists of the city are filled in order, each before those that refer to it. */
static const void *random_record(const random_city *c, const record *of)
{
    for (size_t i = 0; i < pilot_city_record.field_count; i++) {
        const field *f = &pilot_city_record.fields[i];
        if (f->kind != FIELD_LIST || f->of != of)
            continue;
        const size_t count = field_count(&c->records, f);
        return count ? (const char *)field_pointer(&c->records, f) +
                           (size_t)below((int64_t)count) * of->size
                     : NULL;
    }
    return NULL;
}

static int64_t random_number(void)
{
    static const int64_t bases[] = {10, 1000, 1000000, INT64_C(1000000000000), INT64_MAX};
    return below(bases[below(COUNT(bases))]);
}

static void fill_number(const field *f, void *at)
{
    int64_t value = random_number();
    if (f->kind == FIELD_MONEY && !(f->limits & LIMIT_RANGE) && below(4) == 0)
        value = -value;
    if (f->required)
        *(int64_t *)at = value;
    else if (below(2))
        *(pilot_opt_int *)at = (pilot_opt_int){value, true};
}

static void fill_field(random_city *c, const field *f, char *item)
{
    void *at = field_at(item, f);
    const pilot_date day = (pilot_date)below(80000);
    const void *refers;
    switch (f->kind) {
    case FIELD_ID:
        field_point(item, f, random_id(c));
        break;
    case FIELD_TEXT:
        if (f->required || below(2))
            field_point(item, f, random_text(c));
        break;
    case FIELD_CODE:
        field_point(item, f, below(2) ? example_code(f->of) : NULL);
        break;
    case FIELD_WORD: {
        const words *of = f->of;
        int32_t word = (int32_t)below(of->count);
        while (f->required && !pilot_word_name(of, word))
            word = (int32_t)below(of->count);
        *(int32_t *)at = pilot_word_name(of, word) ? word : 0;
        break;
    }
    case FIELD_ANSWER:
        *(pilot_answer *)at = (pilot_answer)(f->required + below(3 - f->required));
        break;
    case FIELD_COUNT:
    case FIELD_MONEY:
    case FIELD_PRICE:
    case FIELD_AREA:
        fill_number(f, at);
        break;
    case FIELD_YEAR:
        *(int32_t *)at = f->required || below(2) ? 1900 + (int32_t)below(301) : 0;
        break;
    case FIELD_MONTH: /* the last of two is not before the first */
        *(pilot_month *)at =
            f->limits & LIMIT_ORDER ? 700 + (pilot_month)below(600) : (pilot_month)below(700);
        break;
    case FIELD_DATE:
        if (f->required)
            *(pilot_date *)at = day;
        else if (below(2))
            *(pilot_opt_date *)at = (pilot_opt_date){day, true};
        break;
    case FIELD_STEP:
        *(pilot_step *)at = below(2)   ? pilot_done_on(day)
                            : below(2) ? pilot_not_done()
                                       : (pilot_step){0};
        break;
    case FIELD_REF:
        refers = random_record(c, f->of);
        field_point(item, f, f->required || below(2) ? refers : NULL);
        break;
    case FIELD_REFS: {
        const void **refs = pilot_arena_take(&c->memory, 2, sizeof *refs);
        size_t count = (size_t)below(3);
        for (size_t i = 0; i < count; i++)
            refs[i] = random_record(c, f->of);
        if (count && (!refs[0] || (count > 1 && refs[0] == refs[1])))
            count = refs[0] ? 1 : 0;
        if (below(4))
            pilot_field_list(f, item, refs, count);
        break;
    }
    case FIELD_RECORD:
        if (below(3) && strcmp(f->key, "selection") != 0)
            fill(c, f->of, at);
        break;
    default:
        break;
    }
}

static void fill(random_city *c, const record *type, char *item)
{
    for (size_t i = 0; i < type->field_count; i++)
        if (type->fields[i].kind == FIELD_LIST)
            fill_list(c, &type->fields[i], item);
        else
            fill_field(c, &type->fields[i], item);
}

Test(table, random_cities_come_through_cells_as_they_are)
{
    int made = 0;
    for (int i = 0; i < 300; i += stride()) {
        random_city c = {.ids = 0};
        pilot_city *city;
        pilot_error error;
        fill(&c, &pilot_city_record, (char *)&c.records);
        if (!c.records.district_count) /* which communities have to name */
            c.records.community_count = c.records.area_count = 0;
        if (pilot_city_new(&c.records, &city, &error) == PILOT_OK) {
            through_cells(city, "random");
            pilot_city_free(city);
            made++;
        }
        pilot_arena_free(&c.memory);
    }
    cr_assert_gt(made, 100 / stride());
}

/* A workbook in a few lines: "@title" begins a sheet, a line is a row, its cells are between bars. A
 * cell that begins with # is a number (#12.5), a day (#d2019-12-05; #d is none), #true, #false, an error
 * (#!), a formula without a value (#f) or within a merged range (#m); any other is text. */
#define ROOM 64
typedef struct book {
    pilot_workbook workbook;
    pilot_sheet sheets[8];
    char *text;
} book;

static pilot_cell cell_of(char *text)
{
    if (!*text)
        return (pilot_cell){0};
    if (*text != '#' || !text[1])
        return (pilot_cell){.kind = PILOT_CELL_TEXT, .text = text};
    switch (text[1]) {
    case 'd':
        return (pilot_cell){.kind = PILOT_CELL_DAY, .day = text[2] ? cases_date(text + 2) : INT32_MAX};
    case 't':
    case 'f':
        if (text[2])
            return (pilot_cell){.kind = PILOT_CELL_BOOL, .truth = text[1] == 't'};
        return (pilot_cell){.kind = PILOT_CELL_FORMULA, .text = "A1+1"};
    case '!':
        return (pilot_cell){.kind = PILOT_CELL_ERROR, .text = "#N/A"};
    case 'm':
        return (pilot_cell){.kind = PILOT_CELL_MERGED,
                            .above = text[2] ? (uint32_t)(text[2] - '0') : 1,
                            .left = text[2] && text[3] ? (uint16_t)(text[3] - '0') : 0};
    case 'p':
        return (pilot_cell){.kind = PILOT_CELL_PICTURE};
    default:
        return (pilot_cell){.kind = PILOT_CELL_NUMBER, .text = text + 1};
    }
}

static void add_row(pilot_sheet *sheet, char *line)
{
    sheet->columns = ROOM;
    pilot_cell *cells =
        realloc((void *)(uintptr_t)sheet->cells, (sheet->rows + 1) * ROOM * sizeof *cells);
    memset(cells + sheet->rows * ROOM, 0, ROOM * sizeof *cells);
    sheet->cells = cells;
    cells += sheet->rows++ * ROOM;
    for (char *bar; line; line = bar) {
        if ((bar = strchr(line, '|')))
            *bar++ = '\0';
        *cells++ = cell_of(line);
    }
}

/* Each $ in the text is the value. */
static book *book_of(const char *text, const char *value)
{
    book *b = calloc(1, sizeof *b);
    buffer whole = {0};
    char one[2] = "";
    for (; *text; text++) {
        one[0] = *text;
        add(&whole, *text == '$' ? value : one);
    }
    b->text = whole.text;
    b->workbook.sheets = b->sheets;
    for (char *line = b->text, *end; line; line = end) {
        if ((end = strchr(line, '\n')))
            *end++ = '\0';
        if (*line == '@')
            b->sheets[b->workbook.count++].name = line + 1;
        else
            add_row(&b->sheets[b->workbook.count - 1], line);
    }
    return b;
}

static void free_book(book *b)
{
    for (size_t i = 0; i < b->workbook.count; i++)
        free((void *)(uintptr_t)b->sheets[i].cells);
    free(b->text);
    free(b);
}

/* What is read of a workbook: a city, or NULL, and what is told. */
typedef struct result {
    book *of;
    pilot_status status;
    pilot_city *city;
    char *json;
    pilot_table *table;
    const pilot_cell_problem *told;
    size_t count, more;
} result;

static result read_book(const char *text, const char *value)
{
    result r = {.of = book_of(text, value)};
    r.status = pilot_city_from_cells(&r.of->workbook, &r.city, &r.table);
    CHECK((r.status == PILOT_OK) == (r.city != NULL), "%s", text);
    r.told = pilot_table_problems(r.table, &r.count, &r.more);
    r.json = r.city ? city_text(r.city, PILOT_JSON_COMPACT) : NULL;
    return r;
}

static void end(result *r)
{
    pilot_text_free(r->json);
    pilot_city_free(r->city);
    pilot_table_free(r->table);
    free_book(r->of);
}

/* Every problem says why and where, in both languages, and ends with its code. */
static void check_told(const pilot_cell_problem *p, const char *what)
{
    char zh[1024], en[1024], code[64];
    CHECK(pilot_cell_problem_text(p, PILOT_CHINESE, zh, sizeof zh) < sizeof zh, "%s", what);
    CHECK(pilot_cell_problem_text(p, PILOT_ENGLISH, en, sizeof en) < sizeof en, "%s", what);
    snprintf(code, sizeof code, "[%s]", pilot_cell_code_name(p->code));
    CHECK(strstr(zh, code) && strstr(en, code), "%s: %s", what, zh);
    CHECK(cases_is_chinese(p->reason_zh) && *p->reason_en, "%s: %s", what, zh);
    CHECK(p->note || (p->status != PILOT_OK && p->count), "%s: %s", what, zh);
}

static const pilot_cell_problem *find_code(const result *r, pilot_cell_code code)
{
    for (size_t i = 0; i < r->count; i++)
        if (r->told[i].code == code)
            return &r->told[i];
    return NULL;
}

#define DISTRICT "@城区\n行政区划代码|城区名称\n360102|东湖区\n"
#define COMMUNITY DISTRICT "@试点社区\n社区编号|所属城区代码|社区名称\nc1|360102|七一\nc2|东湖区|七二\n"
#define AREA "@老旧居民区\n居民区编号\na"
#define AREA_WITH(head, value) "@老旧居民区\n居民区编号|" head "\na|" value
#define CHARGE_WITH(first, last)                                                                        \
    COMMUNITY AREA_WITH(                                                                                \
        "所属社区",                                                                                     \
        "c1") "\n@已收取的费用\n居民区编号|房号|收费项目|起始月份|截止月份|收取金额\na|101|x|" first    \
              "|" last "|18"

typedef struct cell_row {
    const char *book, *cell;
    const char *wanted; /* a part of the city's JSON; NULL: refused */
    pilot_cell_code code;
    const char *says; /* a part of the reason in English */
} cell_row;

static void check_rows(const cell_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const cell_row *row = &rows[i];
        result r = read_book(row->book, row->cell);
        const char *wanted = row->wanted ? quoted(row->wanted) : NULL;
        const char *first = r.count ? pilot_cell_code_name(r.told[0].code) : "nothing";
        if (wanted) {
            CHECK(r.status == PILOT_OK && r.count == 0, "%s: %s", row->cell, first);
            CHECK(strstr(r.json, wanted), "%s: %s in %s", row->cell, wanted, r.json);
        } else {
            CHECK(r.count == 1 && r.told[0].code == row->code, "%s: %s, not %s alone (%zu)", row->cell,
                  first, pilot_cell_code_name(row->code), r.count);
            check_told(&r.told[0], row->cell);
            CHECK(*r.told[0].remedy_zh && *r.told[0].remedy_en, "%s", row->cell);
            CHECK(!row->says || strstr(r.told[0].reason_en, row->says), "%s: %s", row->cell,
                  r.told[0].reason_en);
        }
        end(&r);
    }
}

/* More digits than any number has, and more than a cell that is read. */
#define TEN "1234567890"
#define LONG_NUMBER TEN TEN TEN TEN TEN TEN TEN
#define LONG_TEXT LONG_NUMBER LONG_NUMBER LONG_NUMBER LONG_NUMBER "户"
#define COUNTED AREA_WITH("总户数", "$")
#define SIZED COMMUNITY "@物业管理用房\n社区编号|用房面积\nc1|$"
#define PRICED AREA "\n@服务合同\n居民区编号|约定单价\na|$"
#define MONEYED COMMUNITY "@下沉的公共服务\n社区编号|公共服务项目|每年划拨经费\nc1|绿化养护|$"

Test(table, numbers_as_people_write_them)
{
    static const cell_row rows[] = {
        {COUNTED, "956", "'households':956", 0, NULL},
        {COUNTED, "#956", "'households':956", 0, NULL},
        {COUNTED, "#956.0", "'households':956", 0, NULL},
        {COUNTED, "#1.2E+3", "'households':1200", 0, NULL},
        {COUNTED, "１，２００户", "'households':1200", 0, NULL},
        {COUNTED, "1,200", "'households':1200", 0, NULL},
        {COUNTED, "1,234,567", "'households':1234567", 0, NULL},
        {COUNTED, "1.2万", "'households':12000", 0, NULL},
        {COUNTED, "007", "'households':7", 0, NULL},
        {COUNTED, "0", "'households':0", 0, NULL},
        {COUNTED, "\xC2\xA0 12 \xE3\x80\x80", "'households':12", 0, NULL},
        {COUNTED, "9007199254740993", "'households':9007199254740993", 0, NULL},
        {COUNTED, "约120", NULL, PILOT_CELL_NOT_EXACT, NULL},
        {COUNTED, "120+", NULL, PILOT_CELL_NOT_EXACT, NULL},
        {COUNTED, "100-120", NULL, PILOT_CELL_NOT_EXACT, NULL},
        {COUNTED, "100～120", NULL, PILOT_CELL_NOT_EXACT, NULL},
        {COUNTED, "120余户", NULL, PILOT_CELL_NOT_EXACT, NULL},
        {COUNTED, "一百二十", NULL, PILOT_CELL_NOT_A_NUMBER, NULL},
        {COUNTED, "12,00", NULL, PILOT_CELL_NOT_A_NUMBER, NULL},
        {COUNTED, "1234,567", NULL, PILOT_CELL_NOT_A_NUMBER, NULL},
        {COUNTED, "#1,200", NULL, PILOT_CELL_NOT_A_NUMBER, NULL},
        {COUNTED, "#1e", NULL, PILOT_CELL_NOT_A_NUMBER, NULL},
        {COUNTED, "#12x", NULL, PILOT_CELL_NOT_A_NUMBER, NULL},
        {COUNTED, "#" LONG_TEXT, NULL, PILOT_CELL_NOT_A_NUMBER, NULL},
        {COUNTED, "1,20,300", NULL, PILOT_CELL_NOT_A_NUMBER, NULL},
        {COUNTED, "1,2,3", NULL, PILOT_CELL_NOT_A_NUMBER, NULL},
        {COUNTED, "1,,234", NULL, PILOT_CELL_NOT_A_NUMBER, NULL},
        {COUNTED, ",234", NULL, PILOT_CELL_NOT_A_NUMBER, NULL},
        {COUNTED, ".5", NULL, PILOT_CELL_NOT_A_NUMBER, NULL},
        {COUNTED, "5.", NULL, PILOT_CELL_NOT_A_NUMBER, NULL},
        {COUNTED, "120㎡", NULL, PILOT_CELL_NOT_A_NUMBER, NULL},
        {COUNTED, "12.5", NULL, PILOT_CELL_TOO_PRECISE, NULL},
        {COUNTED, "#1E-70", NULL, PILOT_CELL_TOO_PRECISE, NULL},
        {COUNTED, "-3", NULL, PILOT_CELL_OUT_OF_RANGE, NULL},
        {COUNTED, "#9007199254740993", NULL, PILOT_CELL_DIGITS_LOST, NULL},
        {COUNTED, "#1E+99999999999", NULL, PILOT_CELL_DIGITS_LOST, NULL},
        {COUNTED, "99999999999999999999", NULL, PILOT_CELL_OUT_OF_RANGE, NULL},
        {COUNTED, LONG_NUMBER, NULL, PILOT_CELL_NOT_A_NUMBER, NULL},
        {COUNTED, "0." LONG_NUMBER, NULL, PILOT_CELL_NOT_A_NUMBER, NULL},
        {COUNTED, "12.", NULL, PILOT_CELL_NOT_A_NUMBER, NULL},
        {COUNTED, LONG_TEXT, NULL, PILOT_CELL_NOT_A_NUMBER, NULL},
        {COUNTED, "100–120", NULL, PILOT_CELL_NOT_EXACT, NULL},
        {COUNTED, "#d2019-03-02", NULL, PILOT_CELL_UNEXPECTED_DATE, "2019-03-02"},
        {COUNTED, "#true", NULL, PILOT_CELL_NOT_A_NUMBER, NULL},
        {COUNTED, "#!", NULL, PILOT_CELL_ERROR_VALUE, NULL},
        {COUNTED, "#f", NULL, PILOT_CELL_NO_VALUE, NULL},
        {COUNTED, "#m", NULL, PILOT_CELL_MERGED_VALUE, NULL},
        {SIZED, "120", "'area_m2':'120.00'", 0, NULL},
        {SIZED, "１２０．５㎡", "'area_m2':'120.50'", 0, NULL},
        {SIZED, "120平方米", "'area_m2':'120.00'", 0, NULL},
        {SIZED, "120 m²", "'area_m2':'120.00'", 0, NULL},
        {SIZED, "120平", "'area_m2':'120.00'", 0, NULL},
        {SIZED, "120M2", "'area_m2':'120.00'", 0, NULL},
        {SIZED, "#0.57999999999999996", "'area_m2':'0.58'", 0, NULL},
        {SIZED, "#0.30000000000000004", "'area_m2':'0.30'", 0, NULL},
        {SIZED, "#99.9999999999999999", "'area_m2':'100.00'", 0, NULL},
        {SIZED, "#5E-2", "'area_m2':'0.05'", 0, NULL},
        {SIZED, "120.505", NULL, PILOT_CELL_TOO_PRECISE, NULL},
        {SIZED, "120元", NULL, PILOT_CELL_NOT_A_NUMBER, NULL},
        {SIZED, "-1", NULL, PILOT_CELL_OUT_OF_RANGE, NULL},
        {PRICED, "0.305", "'price_yuan_per_m2':'0.3050'", 0, NULL},
        {PRICED, "1.2元/平方米·月", "'price_yuan_per_m2':'1.2000'", 0, NULL},
        {PRICED, "￥0.8", "'price_yuan_per_m2':'0.8000'", 0, NULL},
        {PRICED, "0.30505", NULL, PILOT_CELL_TOO_PRECISE, NULL},
        {MONEYED, "1,200.50", "'transferred_yuan':'1200.50'", 0, NULL},
        /* A workbook keeps 15 digits: a 16th is its own. */
        {MONEYED, "#1200.500000000001", "'transferred_yuan':'1200.50'", 0, NULL},
        {MONEYED, "#9999.999999999999", "'transferred_yuan':'10000.00'", 0, NULL},
        {MONEYED, "#1200.50000000001", NULL, PILOT_CELL_TOO_PRECISE, NULL},
        {MONEYED, "18元", "'transferred_yuan':'18.00'", 0, NULL},
        {MONEYED, "¥ 18", "'transferred_yuan':'18.00'", 0, NULL},
        {MONEYED, "3万元", "'transferred_yuan':'30000.00'", 0, NULL},
        {MONEYED, "1.2345万元", "'transferred_yuan':'12345.00'", 0, NULL},
        {MONEYED, "1.2345678万元", NULL, PILOT_CELL_TOO_PRECISE, NULL},
        {MONEYED, "18元左右", NULL, PILOT_CELL_NOT_EXACT, NULL},
        {MONEYED, "-5", NULL, PILOT_CELL_OUT_OF_RANGE, NULL},
        {MONEYED, TEN TEN TEN TEN TEN TEN "亿元", NULL, PILOT_CELL_OUT_OF_RANGE, NULL},
        {COMMUNITY "@下沉的公共服务\n社区编号|公共服务项目|每年划拨经费（万元）\nc1|绿化养护|$", "#1.5",
         "'transferred_yuan':'15000.00'", 0, NULL},
        {COMMUNITY "@下沉的公共服务\n社区编号|公共服务项目|每年划拨经费（万元）\nc1|绿化养护|$", "1.5",
         "'transferred_yuan':'15000.00'", 0, NULL},
        {COMMUNITY "@下沉的公共服务\n社区编号|公共服务项目|每年划拨经费(万元)\nc1|绿化养护|$", "15元",
         "'transferred_yuan':'15.00'", 0, NULL},
    };
    check_rows(rows, COUNT(rows));
}

#define DATED AREA_WITH("封闭日期", "$")
#define STEPPED AREA_WITH("居民意愿调查", "$")
#define YEARED AREA "\n@已划设停车位\n居民区编号|停车收入所属年度\na|$"

Test(table, days_months_and_years_as_people_write_them)
{
    static const char day[] = "'enclosed_on':'2019-12-05'";
    static const cell_row rows[] = {
        {DATED, "2019年12月5日", day, 0, NULL},
        {DATED, "2019年12月05号", day, 0, NULL},
        {DATED, "2019 年 12 月 5 日", day, 0, NULL},
        {DATED, "2019.12.5", day, 0, NULL},
        {DATED, "２０１９．１２．５", day, 0, NULL},
        {DATED, "2019/12/5", day, 0, NULL},
        {DATED, "2019-12-05", day, 0, NULL},
        {DATED, "20191205", day, 0, NULL},
        {DATED, "#20191205", day, 0, NULL},
        {DATED, "#d2019-12-05", day, 0, NULL},
        {DATED, "2019-12-05 00:00:00", day, 0, NULL},
        {DATED, "2019-12-05T00:00:00.000", day, 0, NULL},
        {DATED, "5/12/2019", NULL, PILOT_CELL_DATE_AMBIGUOUS, "2019-05-12 or 2019-12-05"},
        {DATED, "25/12/2019", NULL, PILOT_CELL_DATE_AMBIGUOUS, "2019-12-25"},
        {DATED, "19.12.5", NULL, PILOT_CELL_DATE_AMBIGUOUS, "2019-12-05"},
        {DATED, "99/99/2019", NULL, PILOT_CELL_NOT_A_DATE, NULL},
        {DATED, "2019/012/5", NULL, PILOT_CELL_NOT_A_DATE, NULL},
        {DATED, "2019/12/005", NULL, PILOT_CELL_NOT_A_DATE, NULL},
        {DATED, "12-05", NULL, PILOT_CELL_NOT_A_DATE, "it is not a date"},
        {DATED, "20191205年", NULL, PILOT_CELL_NOT_A_DATE, NULL},
        {DATED, "#1e", NULL, PILOT_CELL_NOT_A_DATE, NULL},
        {DATED, "#1E+99", NULL, PILOT_CELL_NOT_A_DATE, NULL},
        {DATED, "#-1234567", NULL, PILOT_CELL_NOT_A_DATE, NULL},
        {DATED, "#d", NULL, PILOT_CELL_NOT_A_DATE, NULL},
        {DATED, "2019.12", NULL, PILOT_CELL_NOT_A_DATE, "no day"},
        {DATED, "2019-02-29", NULL, PILOT_CELL_NOT_A_DATE, NULL},
        {DATED, "2019-12.5", NULL, PILOT_CELL_NOT_A_DATE, NULL},
        {DATED, "2019-12-05.", NULL, PILOT_CELL_NOT_A_DATE, NULL},
        {DATED, "2019-12-05 14:30", NULL, PILOT_CELL_NOT_A_DATE, NULL},
        {DATED, "12月5日", NULL, PILOT_CELL_NOT_A_DATE, NULL},
        {DATED, "年底", NULL, PILOT_CELL_NOT_A_DATE, NULL},
        {DATED, "123456789", NULL, PILOT_CELL_NOT_A_DATE, NULL},
        {DATED, "99.99.99", NULL, PILOT_CELL_NOT_A_DATE, NULL},
        {DATED, LONG_TEXT, NULL, PILOT_CELL_NOT_A_DATE, NULL},
        {DATED, "#true", NULL, PILOT_CELL_NOT_A_DATE, NULL},
        {DATED, "#m", NULL, PILOT_CELL_MERGED_VALUE, NULL},
        {STEPPED, "2019年12月5日", "'survey':'2019-12-05'", 0, NULL},
        {STEPPED, "未完成", "'survey':'not_done'", 0, NULL},
        {STEPPED, "Not done", "'survey':'not_done'", 0, NULL},
        {STEPPED, "否", "'survey':'not_done'", 0, NULL},
        {STEPPED, "#false", "'survey':'not_done'", 0, NULL},
        {STEPPED, "已完成", NULL, PILOT_CELL_DATE_WANTED, NULL},
        {STEPPED, "#true", NULL, PILOT_CELL_DATE_WANTED, NULL},
        {CHARGE_WITH("$", "2019-12"), "2019-10", "'first':'2019-10'", 0, NULL},
        {CHARGE_WITH("$", "2019-12"), "2019年1月", "'first':'2019-01'", 0, NULL},
        {CHARGE_WITH("$", "2019-12"), "2019.1", "'first':'2019-01'", 0, NULL},
        {CHARGE_WITH("$", "2019-12"), "201910", "'first':'2019-10'", 0, NULL},
        {CHARGE_WITH("$", "2019-12"), "#201910", "'first':'2019-10'", 0, NULL},
        {CHARGE_WITH("$", "2019-12"), "#2019.11", "'first':'2019-11'", 0, NULL},
        {CHARGE_WITH("$", "2019-12"), "#d2019-10-01", "'first':'2019-10'", 0, NULL},
        {CHARGE_WITH("$", "2019-12"), "#2019.1", NULL, PILOT_CELL_MONTH_AMBIGUOUS, "2019-01 or 2019-10"},
        {CHARGE_WITH("$", "2019-12"), "#d2019-10-02", NULL, PILOT_CELL_UNEXPECTED_DATE, "2019-10-02"},
        {CHARGE_WITH("$", "2019-12"), "2019-12-", NULL, PILOT_CELL_NOT_A_MONTH, NULL},
        {CHARGE_WITH("$", "2019-12"), "2019.13", NULL, PILOT_CELL_NOT_A_MONTH, NULL},
        {CHARGE_WITH("$", "2019-12"), "12-2019", NULL, PILOT_CELL_NOT_A_MONTH, NULL},
        {CHARGE_WITH("$", "2019-12"), "02019-12", NULL, PILOT_CELL_NOT_A_MONTH, NULL},
        {CHARGE_WITH("$", "2019-12"), "2019-012", NULL, PILOT_CELL_NOT_A_MONTH, NULL},
        {CHARGE_WITH("$", "2019-12"), "201910年", NULL, PILOT_CELL_NOT_A_MONTH, NULL},
        {CHARGE_WITH("$", "2019-12"), "201910前", NULL, PILOT_CELL_NOT_A_MONTH, NULL},
        {CHARGE_WITH("$", "2019-12"), "不详", NULL, PILOT_CELL_MISSING, NULL},
        {CHARGE_WITH("$", "2019-12"), "#1e", NULL, PILOT_CELL_NOT_A_MONTH, NULL},
        {CHARGE_WITH("$", "2019-12"), "#1E+99", NULL, PILOT_CELL_NOT_A_MONTH, NULL},
        {CHARGE_WITH("$", "2019-12"), "#-1234", NULL, PILOT_CELL_NOT_A_MONTH, NULL},
        {CHARGE_WITH("$", "2019-12"), "#43801", NULL, PILOT_CELL_NOT_A_MONTH, NULL},
        {CHARGE_WITH("$", "2019-12"), "#d", NULL, PILOT_CELL_UNEXPECTED_DATE, NULL},
        {CHARGE_WITH("$", "2019-12"), "#2019", NULL, PILOT_CELL_NOT_A_MONTH, NULL},
        {CHARGE_WITH("$", "2019-12"), "2020-01", NULL, PILOT_CELL_OUT_OF_ORDER, NULL},
        {CHARGE_WITH("2019-12", "$"), "", NULL, PILOT_CELL_MISSING, NULL},
        {YEARED, "2019年度", "'year':2019", 0, NULL},
        {YEARED, "#2019", "'year':2019", 0, NULL},
        {YEARED, "0", NULL, PILOT_CELL_NOT_A_YEAR, NULL},
        {YEARED, "2,019", NULL, PILOT_CELL_NOT_A_YEAR, NULL},
        {YEARED, "不详", "'parking':[{}]", 0, NULL},
        {YEARED, "1900", "'year':1900", 0, NULL},
        {YEARED, "2200", "'year':2200", 0, NULL},
        {YEARED, "1899", NULL, PILOT_CELL_NOT_A_YEAR, NULL},
        {YEARED, "2201", NULL, PILOT_CELL_NOT_A_YEAR, NULL},
        {YEARED, "本年", NULL, PILOT_CELL_NOT_A_YEAR, NULL},
        {YEARED, "#2019.5", NULL, PILOT_CELL_NOT_A_YEAR, NULL},
        {YEARED, LONG_TEXT, NULL, PILOT_CELL_NOT_A_YEAR, NULL},
        {YEARED, "#d2019-01-01", NULL, PILOT_CELL_UNEXPECTED_DATE, NULL},
    };
    check_rows(rows, COUNT(rows));
}

/* Each day that it could be is named once, and none that it could not. */
Test(table, days_that_could_be_several_name_them)
{
    static const struct {
        const char *cell, *could_be;
    } rows[] = {
        {"5/12/2019", "2019-05-12 or 2019-12-05"},
        {"5/5/2019", "2019-05-05"},
        {"12/13/2019", "2019-12-13"},
        {"13.12.2019", "2019-12-13"},
        {"19.12.5", "2019-12-05"},
        {"5/12/19", "2019-05-12 or 2019-12-05"},
        {"12/13/19", "2019-12-13"},
        {"25/12/19", "2025-12-19 or 2019-12-25"},
        {"10/11/12", "2010-11-12 or 2012-10-11 or 2012-11-10"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        result r = read_book(DATED, rows[i].cell);
        CHECK(r.count == 1 && r.told[0].code == PILOT_CELL_DATE_AMBIGUOUS, "%s", rows[i].cell);
        check_told(r.told, rows[i].cell);
        const char *end_of = strstr(r.told[0].reason_en, "it could be ");
        CHECK(end_of && strcmp(end_of + strlen("it could be "), rows[i].could_be) == 0, "%s: %s",
              rows[i].cell, r.told[0].reason_en);
        CHECK(same_numbers(r.told[0].reason_en, r.told[0].reason_zh), "%s", r.told[0].reason_zh);
        end(&r);
    }
}

/* Those of Unicode that have a width, end a line, or are written where there is none. */
Test(table, spaces_of_every_kind_mean_nothing)
{
    static const char *const spaces[] = {
        "\t",           "\v",           "\f",           "\r",           " ",
        "\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x8A",
        "\xE2\x80\x8B", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F",
        "\xE2\x81\xA0", "\xE3\x80\x80", "\xEF\xBB\xBF"};
    for (size_t i = 0; i < COUNT(spaces); i++) {
        char cell[16];
        snprintf(cell, sizeof cell, "%s12%s", spaces[i], spaces[i]);
        result r = read_book(COUNTED, cell);
        CHECK(r.json && strstr(r.json, quoted("'households':12")), "%zu", i);
        end(&r);
    }
}

#define ANSWERED AREA_WITH("是否属老旧居民区", "$")
#define WORDED_AREA AREA_WITH("选点时的布局", "$")
#define NAMED_AREA AREA_WITH("居民区名称", "$")
#define CLAUSED COMMUNITY "@试点社区-证明材料\n社区编号|条款编号|完成日期\nc1|$|2019-12-05"
#define MENU_WITH(head, value)                                                                                                      \
    "@服务菜单\n菜单编号|等级1为最高\nm|是\n@可选服务\n菜单编号|服务编号|服务类别|计价单位\nm|s|" \
    "cleaning|square_metre_month\n@可选等级\n菜单编号|服务编号|等级|单价\nm|s|1|0.5\n@可选套餐\n"               \
    "菜单编号|套餐编号|" head "\nm|p|" value                                                                                        \
    "\n@套餐内服务\n菜单编号|套餐编号|服务编号|服务等级\nm|p|s|1"
#define SHARED MENU_WITH("优惠比例", "$")

Test(table, words_as_people_write_them)
{
    static const cell_row rows[] = {
        {ANSWERED, "是", "'old':true", 0, NULL},
        {ANSWERED, "√", "'old':true", 0, NULL},
        {ANSWERED, "Ｙｅｓ", "'old':true", 0, NULL},
        {ANSWERED, "#true", "'old':true", 0, NULL},
        {ANSWERED, "否", "'old':false", 0, NULL},
        {ANSWERED, "无", "'old':false", 0, NULL},
        {ANSWERED, "NO", "'old':false", 0, NULL},
        {ANSWERED, "#false", "'old':false", 0, NULL},
        {ANSWERED, "不是", NULL, PILOT_CELL_NOT_AN_ANSWER, NULL},
        {ANSWERED, "#1", NULL, PILOT_CELL_NOT_AN_ANSWER, NULL},
        {ANSWERED, "#0", NULL, PILOT_CELL_NOT_AN_ANSWER, NULL},
        {ANSWERED, "#!", NULL, PILOT_CELL_ERROR_VALUE, NULL},
        {WORDED_AREA, "开放式", "'layout_at_selection':'open'", 0, NULL},
        {WORDED_AREA, "Open", "'layout_at_selection':'open'", 0, NULL},
        {WORDED_AREA, " 封闭式 ", "'layout_at_selection':'closed'", 0, NULL},
        {COMMUNITY "@物业管理用房\n社区编号|用房来源\nc1|$", "Built in the remediation",
         "'route':'built_in_remediation'", 0, NULL},
        {WORDED_AREA, "半开放", NULL, PILOT_CELL_NOT_A_WORD, "open, closed"},
        {WORDED_AREA, "#1", NULL, PILOT_CELL_NOT_A_WORD, NULL},
        /* More words than a message has room for. */
        {AREA "\n@服务合同\n居民区编号|signed_by\na|$", "某局", NULL, PILOT_CELL_NOT_A_WORD, ", ..."},
        {WORDED_AREA, LONG_TEXT, NULL, PILOT_CELL_NOT_A_WORD, NULL},
        {NAMED_AREA, " 园丁小区　", "'name':'园丁小区'", 0, NULL},
        {NAMED_AREA, "\"园丁\"\"小区\"", "'name':'园丁\\'小区'", 0, NULL},
        {NAMED_AREA, "\"\"", "'name':''", 0, NULL},
        {NAMED_AREA, "\"园丁\"小区", "'name':'\\'园丁\\'小区'", 0, NULL},
        {NAMED_AREA, "\"园丁", "'name':'\\'园丁'", 0, NULL},
        {"@居民区\n居民区名称|居民区编号\n$|a", LONG_TEXT "合计", "户合计'", 0, NULL},
        {NAMED_AREA, "未知", "'name':'未知'", 0, NULL},
        {NAMED_AREA, "#360102", "'name':'360102'", 0, NULL},
        {NAMED_AREA, "#3.1", NULL, PILOT_CELL_NOT_A_TEXT, NULL},
        {NAMED_AREA, "#1e", NULL, PILOT_CELL_NOT_A_TEXT, NULL},
        {NAMED_AREA, "#1E+99", NULL, PILOT_CELL_NOT_A_TEXT, NULL},
        {NAMED_AREA, "#360102199003074514", NULL, PILOT_CELL_DIGITS_LOST, NULL},
        {NAMED_AREA, "#d2019-03-02", NULL, PILOT_CELL_UNEXPECTED_DATE, "2019-03-02"},
        {CLAUSED, "9-9", NULL, PILOT_CELL_NOT_A_CLAUSE, NULL},
        {CLAUSED, LONG_TEXT, NULL, PILOT_CELL_NOT_A_CLAUSE, NULL},
        {CLAUSED, "#d2019-03-02", NULL, PILOT_CELL_UNEXPECTED_DATE, "2019-03-02"},
        {SHARED, "1/20", "'discount':'1/20'", 0, NULL},
        {SHARED, "5%", "'discount':'1/20'", 0, NULL},
        {SHARED, "５％", "'discount':'1/20'", 0, NULL},
        {SHARED, "#0.05", "'discount':'1/20'", 0, NULL},
        {SHARED, "#1", NULL, PILOT_CELL_NOT_A_SHARE, NULL},
        {SHARED, "#5", NULL, PILOT_CELL_NOT_A_SHARE, NULL},
        {SHARED, "五折", NULL, PILOT_CELL_NOT_A_SHARE, NULL},
        {SHARED, "0.5折", NULL, PILOT_CELL_NOT_A_SHARE, NULL},
        {SHARED, "0.1234567", NULL, PILOT_CELL_NOT_A_SHARE, NULL},
        {SHARED, "150%", NULL, PILOT_CELL_NOT_A_SHARE, NULL},
        {SHARED, LONG_TEXT, NULL, PILOT_CELL_NOT_A_SHARE, NULL},
        {SHARED, "#-0.05", NULL, PILOT_CELL_NOT_A_SHARE, NULL},
        {SHARED, "#1e", NULL, PILOT_CELL_NOT_A_SHARE, NULL},
        {SHARED, "#1E-70", NULL, PILOT_CELL_NOT_A_SHARE, NULL},
        {SHARED, "#0", "'discount':'0'", 0, NULL},
        {SHARED, "#true", NULL, PILOT_CELL_NOT_A_SHARE, NULL},
        {SHARED, "不详", "{'id':'p','items'", 0, NULL},
        {ANSWERED, LONG_TEXT, NULL, PILOT_CELL_NOT_AN_ANSWER, NULL},
    };
    check_rows(rows, COUNT(rows));
}

/* Blank and the words for it are not no, and not 0. */
#define CREDITED "@服务企业\n服务企业编号|统一社会信用代码\np|$\n" AREA
#define DISTRICT_CODED "@城区\n城区代码|国标代码\nd|$\n" AREA
#define STREET_CODED DISTRICT "@试点社区\n社区编号|所属城区代码|街道代码\nc|360102|$\n" AREA
#define CODED DISTRICT "@试点社区\n社区编号|所属城区代码|区划代码\nc|360102|$\n" AREA

Test(table, codes_as_people_write_them)
{
    static const char credit[] = "'credit_code':'91110000600037341L'";
    static const cell_row rows[] = {
        {CREDITED, "91110000600037341L", credit, 0, NULL},
        {CREDITED, "９１１１００００６０００３７３４１Ｌ", credit, 0, NULL},
        {CREDITED, "91110000600037341l", credit, 0, NULL},
        {CREDITED,
         "　91 110000 60003734\xC2\xA0"
         "1L ",
         credit, 0, NULL},
        {CREDITED, "不详", "'providers':[{'id':'p'}]", 0, NULL},
        {CREDITED, "—", "'providers':[{'id':'p'}]", 0, NULL},
        /* Digits are lost where a program had it for a number. */
        {CREDITED, "#121200004013590816", NULL, PILOT_CELL_DIGITS_LOST, "more than 15 digits"},
        {CREDITED, "#1.21200004013591E+17", NULL, PILOT_CELL_DIGITS_LOST, NULL},
        {CREDITED, "1.212E+17", NULL, PILOT_CELL_DIGITS_LOST, NULL},
        {CREDITED, "121200004013590816", "'credit_code':'121200004013590816'", 0, NULL},
        {CREDITED, "911100006OOO37341L", NULL, PILOT_CELL_NOT_A_CODE, "character 10 is \"O\""},
        {CREDITED, "911100006000３7341M", NULL, PILOT_CELL_NOT_A_CODE, "\"M\", and \"L\" is wanted"},
        {CREDITED, "91110000-60003734-1L", NULL, PILOT_CELL_NOT_A_CODE, "character 9 is \"-\""},
        {CREDITED, "91110000{60003734L", NULL, PILOT_CELL_NOT_A_CODE, "character 9 is \"{\""},
        {CREDITED, "91110000E+0037341L", NULL, PILOT_CELL_NOT_A_CODE, "character 10 is \"+\""},
        {CREDITED, "91110000600037341", NULL, PILOT_CELL_NOT_A_CODE, "it has 17 characters"},
        {CREDITED, "#360102", NULL, PILOT_CELL_NOT_A_CODE, "it has 6 characters, where 18"},
        {CREDITED, "#0.5", NULL, PILOT_CELL_NOT_A_TEXT, NULL},
        {CREDITED, "#d2019-03-02", NULL, PILOT_CELL_UNEXPECTED_DATE, NULL},
        {CREDITED, "#true", NULL, PILOT_CELL_NOT_A_CODE, NULL},
        {CREDITED, "#!", NULL, PILOT_CELL_ERROR_VALUE, NULL},
        {CREDITED, LONG_TEXT, NULL, PILOT_CELL_NOT_A_CODE, NULL},
        {CREDITED, "#m", NULL, PILOT_CELL_MERGED_VALUE, NULL},
        {DISTRICT_CODED, "#360102", "'division_code':'360102'", 0, NULL},
        {DISTRICT_CODED, "#360102.0", "'division_code':'360102'", 0, NULL},
        {DISTRICT_CODED, "３６０１ ０２", "'division_code':'360102'", 0, NULL},
        {DISTRICT_CODED, "#360102008", NULL, PILOT_CELL_NOT_A_CODE, "it has 9 characters, where 6"},
        {DISTRICT_CODED, "#360109", NULL, PILOT_CELL_NOT_A_CODE, "Nanchang (3601)"},
        {DISTRICT_CODED, "36OI02", NULL, PILOT_CELL_NOT_A_CODE, "character 3 is \"O\""},
        {STREET_CODED, "#360102008", "'street_code':'360102008'", 0, NULL},
        {STREET_CODED, "#360103008", NULL, PILOT_CELL_CONTRADICTORY, "360102, that of its district"},
        {CODED, "#360102008001", "'division_code':'360102008001'", 0, NULL},
        {CODED, "360102008001", "'division_code':'360102008001'", 0, NULL},
        {CODED, "#360102", NULL, PILOT_CELL_NOT_A_CODE, "it has 6 characters, where 12"},
        {CODED, "360103008001", NULL, PILOT_CELL_CONTRADICTORY, "360102, that of its district"},
    };
    check_rows(rows, COUNT(rows));
}

/* The headers that name a district are still its, and a sentence names the cell and the character. */
Test(table, a_code_is_refused_in_its_cell)
{
    result r = read_book("@城区\n区划代码|城区名称|国标代码\n东湖|东湖区|360102\n"
                         "@试点社区\n社区编号|行政区划代码|统计用区划代码\nc|东湖|360102008001\n"
                         "d|东湖|36010200800l\n" AREA,
                         "");
    char text[1024];
    cr_assert_eq(r.count, 1);
    pilot_cell_problem_text(&r.told[0], PILOT_CHINESE, text, sizeof text);
    cr_assert_str_eq(text, "试点社区!C3 统计用区划代码 "
                           "“36010200800l”：第12位是“L”，应为数字，可能是“1”；请填写12位区划代码 "
                           "[not_a_code]");
    pilot_cell_problem_text(&r.told[0], PILOT_ENGLISH, text, sizeof text);
    cr_assert_str_eq(
        text, "试点社区!C3 统计用区划代码 \"36010200800l\": character 12 is \"L\", where a digit is "
              "wanted: it may be \"1\"; write the 12 digits of the division code [not_a_code]");
    cr_assert_eq(r.status, PILOT_ERROR_FORMAT);
    end(&r);
}

Test(table, unknown_is_apart_from_no)
{
    static const char *const books[] = {COUNTED, DATED, STEPPED, ANSWERED, WORDED_AREA};
    static const char *const unknown[] = {"", " ", "未知", "不详", "待定", "—", "/", "unknown", "　"};
    for (size_t i = 0; i < COUNT(books); i++)
        for (size_t j = 0; j < COUNT(unknown); j++) {
            result r = read_book(books[i], unknown[j]);
            CHECK(r.status == PILOT_OK && r.count == 0, "%s in %s", unknown[j], books[i]);
            CHECK(strstr(r.json, quoted("'areas':[{'id':'a'}]")), "%s: %s", unknown[j], r.json);
            end(&r);
        }
}

/* In Chinese, in English, by key, shortened, and in any order. */
Test(table, headers_in_three_forms_and_any_order)
{
    static const char *const books[] = {
        COMMUNITY "@老旧居民区\n居民区编号|所属社区|总户数|居民意愿调查\na|c1|9|未完成\n@收费\n居民区|"
                  "房号|收费项目|"
                  "起始月份（含）|截止月份|收取金额\na|101|x|2019-10|2019-12|18",
        COMMUNITY "@居民区\n居民意愿调查日期|总户数（户）|编号|社区\n未完成|9|a|七一\n@"
                  "收费记录\n收取金额（元）|收费项目|"
                  "房号|截止月份|起始月份|居民区编号\n18|x|101|2019-12|2019-10|a",
        COMMUNITY "@Areas\nArea ID|Community|Households|Date of the residents' survey\na|c1|9|not done\n"
                  "@charges\narea id|number of the dwelling|service charged for|first month|last month|"
                  "amount\na|101|x|2019-10|2019-12|18",
        COMMUNITY
        "@areas\nid|communities|households|steps/survey\na|c1|9|not_done\n@areas.charges\nareas|"
        "dwelling|service|first|last|amount_yuan\na|101|x|2019-10|2019-12|18"};
    char *wanted = NULL;
    for (size_t i = 0; i < COUNT(books); i++) {
        result r = read_book(books[i], "");
        if (r.count)
            show_problems(r.table);
        CHECK(r.status == PILOT_OK && r.count == 0, "%zu: %zu", i, r.count);
        if (!wanted)
            wanted = strcpy(malloc(strlen(r.json) + 1), r.json);
        CHECK(strcmp(wanted, r.json) == 0, "%zu: %s\nis not %s", i, r.json, wanted);
        end(&r);
    }
    expect_part(wanted, quoted("'steps':{'survey':'not_done'}"));
    expect_part(wanted, quoted("'amount_yuan':'18.00'"));
    free(wanted);
}

/* Each title leads back to its own column, in each form. */
Test(table, titles_are_read_as_they_are_written)
{
    for (int form = PILOT_TABLE_ENGLISH; form <= PILOT_TABLE_KEYS; form++) {
        pilot_cells *cells;
        cr_assert_eq(pilot_city_to_cells(NULL, (pilot_table_form)form, &cells), PILOT_OK);
        const pilot_workbook *b = pilot_cells_workbook(cells);
        cr_assert_eq(b->count, 31);
        for (size_t i = 0; i < b->count; i++) {
            CHECK(b->sheets[i].rows == 1, "%s", b->sheets[i].name);
            for (size_t j = 0; j < i; j++)
                CHECK(strcmp(b->sheets[i].name, b->sheets[j].name) != 0, "%s twice", b->sheets[i].name);
            size_t characters = 0;
            for (const char *c = b->sheets[i].name; *c; c++)
                characters += ((unsigned char)*c & 0xC0) != 0x80;
            CHECK(characters <= 31, "%s is longer than a workbook takes", b->sheets[i].name);
        }
        pilot_city *city = NULL;
        pilot_table *table;
        size_t count;
        cr_assert_eq(pilot_city_from_cells(b, &city, &table), PILOT_OK);
        pilot_table_problems(table, &count, NULL);
        if (count)
            show_problems(table);
        CHECK(count == 0, "form %d", form);
        pilot_city_free(city);
        pilot_table_free(table);
        pilot_cells_free(cells);
    }
}

/* No two words of one set are read alike. */
static void check_words(const record *type)
{
    for (size_t i = 0; i < type->field_count; i++) {
        const field *f = &type->fields[i];
        if (f->kind == FIELD_RECORD || f->kind == FIELD_LIST)
            check_words(f->of);
        if (f->kind != FIELD_WORD)
            continue;
        const words *of = f->of;
        for (int32_t a = 0; a < of->count; a++)
            for (int32_t b = 0; b < a; b++)
                CHECK(!of->words[a].name || !of->words[b].name ||
                          (strcmp(of->words[a].zh, of->words[b].zh) != 0 &&
                           strcmp(of->words[a].en, of->words[b].en) != 0),
                      "%s: %s and %s", f->key, of->words[a].name, of->words[b].name);
    }
}

Test(table, words_differ)
{
    check_words(&pilot_city_record);
}

typedef struct told_row {
    const char *book;
    pilot_cell_code code;
    const char *cell; /* where */
    const char *says; /* part of the line in English */
} told_row;

/* Where each problem stands, and that it is the only one. */
Test(table, problems_name_their_cells)
{
    static const told_row rows[] = {
        {COMMUNITY "@物业管理用房\n社区编号|用房面积\nc1|60\nc3|60", PILOT_CELL_NO_RECORD, "A3",
         "\"c3\""},
        {COMMUNITY "@物业管理用房\n用房面积|社区编号\n60|", PILOT_CELL_MISSING, "B2", "社区编号"},
        {COMMUNITY "@物业管理用房\n用房面积\n60\n70", PILOT_CELL_MISSING, "2", "(2 cells: 2, 3)"},
        {"@城区\n行政区划代码\n1\n1", PILOT_CELL_REPEATED, "A3", "城区!A2 has this id already"},
        {"@城区\n行政区划代码\n1\n1\n2\n@社区\n编号|城区\nc1|1\nc2|2", PILOT_CELL_REPEATED, "A3", NULL},
        {"@社区\n编号|城区|名称\nc1||七一", PILOT_CELL_MISSING, "B2", NULL},
        {DISTRICT "@试点社区\n社区编号|所属城区代码\nc1|西湖区", PILOT_CELL_NO_RECORD, "B2", "西湖区"},
        {"@城区\n行政区划代码|城区名称\n1|东\n2|东\n@试点社区\n社区编号|城区\nc1|东",
         PILOT_CELL_NAME_AMBIGUOUS, "B2", "城区!A2 and of 城区!A3"},
        {COMMUNITY AREA_WITH("所属社区", "c1、七一"), PILOT_CELL_NAMED_TWICE, "B2", NULL},
        {COMMUNITY AREA_WITH("所属社区", "c1、c9"), PILOT_CELL_NO_RECORD, "B2", "\"c9\""},
        {AREA_WITH("服务合同", "无") "\n@服务合同\n居民区编号|约定单价\na|1", PILOT_CELL_ROWS_DIFFER,
         "B2", "it says 0, and their sheet has 1 rows"},
        {AREA_WITH("服务合同", "#2") "\n@服务合同\n居民区编号|约定单价\na|1", PILOT_CELL_ROWS_DIFFER,
         "B2", "it says 2, and"},
        {AREA_WITH("服务合同", "") "\n@服务合同\n居民区编号|约定单价\na|1\n@单选服务\n居民区编号|"
                                   "服务合同|服务编号|服务等级\na|"
                                   "2|s|1",
         PILOT_CELL_NO_RECORD, "B2", "number \"2\""},
        {AREA "\nb\n@服务合同\n居民区编号|约定单价\na|1\nb|1\n@单选服务\n居民区编号|服务合同|服务编号|"
              "服务等级\nb|0|s|1",
         PILOT_CELL_NO_RECORD, "B2", "number \"0\""},
        {AREA "\nb\n@服务合同\n居民区编号|约定单价\na|1\n@单选服务\n居民区编号|服务合同|服务编号|"
              "服务等级\nb|1|s|1",
         PILOT_CELL_NO_RECORD, "B2", "number \"1\""},
        {DISTRICT "@社区\n编号|城区|名称\nc1|360102|七一\nc2|360102|七一\n@物业管理用房\n社区|用房面积\n"
                  "七一|60",
         PILOT_CELL_NAME_AMBIGUOUS, "A2", "社区!A2 and of 社区!A3"},
        {"@居民区\n居民区名称|总户数\n\"\"|1", PILOT_CELL_MISSING, "2", "居民区编号"},
        {COMMUNITY "@试点社区-证明材料\n社区编号|条款编号|完成日期\nc1|4.1-3|2019-12-05\nc1|4.1-3|"
                   "2019-12-06",
         PILOT_CELL_REPEATED, "B3", "\"4.1-3\" has evidence here already"},
        {"@全市\n城市名称\n南昌\n九江", PILOT_CELL_SECOND_ROW, "3", NULL},
        {AREA_WITH("户数", "1"), PILOT_CELL_HEADER_AMBIGUOUS, "B1", "households"},
        {AREA_WITH("日期", "1"), PILOT_CELL_HEADER_AMBIGUOUS, "B1", "date"},
        {AREA_WITH("总户数|households", "1|2"), PILOT_CELL_HEADER_REPEATED, "C1", NULL},
        {"@老旧居民区\n甲|乙\n1|2", PILOT_CELL_NO_HEADER, "", NULL},
        {COMMUNITY "@资金使用记录\n资金来源|资金用途\n1|2", PILOT_CELL_SHEET_AMBIGUOUS, "", NULL},
        {COMMUNITY "@资金使用记录\n甲|乙\n1|2", PILOT_CELL_NO_HEADER, "", NULL},
        {"@老旧居民区\n单位：万元\n居民区编号|总户数\na|1", PILOT_CELL_UNIT_ABOVE, "A1", NULL},
        {"@甲\n乙", PILOT_CELL_NO_SHEET, "", NULL},
        {AREA
         "\n@votes\nareas|held_on|matter|totals.all.area_m2|totals.all.owners|totals.in_favour.area_m2|"
         "totals.in_favour.owners\na|2019-11-18|hire_provider|100|10|60|6\na|2019-11-19|hire_provider|"
         "100||60|6",
         PILOT_CELL_MISSING, "E3", NULL},
        /* What only the whole city shows has the remedy of its column. */
        {COMMUNITY
         "@menus\nid|best_is_low\nm|yes\n@services\nmenus|id|kind|per\nm|s|other|month\n@grades\n"
         "menus|services|grade|yuan\nm|s|0|1",
         PILOT_CELL_OUT_OF_RANGE, "C2", "it is 1 or more; write a whole number"},
        {COMMUNITY "@居民区\n编号|社区|总户数|入住户数|缴费户数\na|c1|约9|8|7\nb|c1|约9|8|7\nc|c1|9|8|"
                   "7\nd|c1|多|8|7",
         PILOT_CELL_NOT_EXACT, "C2", "(2 cells: C2, C3)"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        result r = read_book(rows[i].book, "");
        const pilot_cell_problem *p = find_code(&r, rows[i].code);
        char line[1024];
        size_t refused = 0;
        for (size_t j = 0; j < r.count; j++)
            refused += !r.told[j].note;
        CHECK(p && r.status == p->status, "%zu: %s of %zu", i, pilot_cell_code_name(rows[i].code),
              r.count);
        CHECK(refused == (i == COUNT(rows) - 1 ? 2 : 1), "%zu: %zu refused", i, refused);
        check_told(p, rows[i].book);
        pilot_cell_problem_text(p, PILOT_ENGLISH, line, sizeof line);
        CHECK(strcmp(p->cell, rows[i].cell) == 0, "%zu: %s", i, line);
        CHECK(!rows[i].says || strstr(line, rows[i].says), "%zu: %s", i, line);
        end(&r);
    }
}

/* Of each column that a sheet has not its rows are told together, and apart from those of another. */
Test(table, each_missing_column_is_told)
{
    result r = read_book(AREA "\n@已收取的费用\n居民区编号|收费项目|截止月份|收取金额\n"
                              "a|x|2019-12|18\na|y|2019-12|18\na|z|2019-12|18",
                         "");
    const char *const headers[] = {"房号", "起始月份（含）"};
    cr_assert_eq(r.count, COUNT(headers));
    for (size_t i = 0; i < COUNT(headers); i++) {
        size_t met = 0;
        for (size_t j = 0; j < r.count; j++)
            met += r.told[j].code == PILOT_CELL_MISSING && strcmp(r.told[j].header, headers[i]) == 0 &&
                   strcmp(r.told[j].cells, "2, 3, 4") == 0 && r.told[j].count == 3;
        cr_expect_eq(met, 1, "%s", headers[i]);
    }
    end(&r);
}

/* However many others are told before it, and in whatever order they came. */
Test(table, a_problem_that_comes_again_is_told_once)
{
    enum { SHEET_ROWS = 40, COLUMNS = 3 };
    static const char *const values[] = {"多", "1.5", "-1", "999999999999999999999"};
    buffer text = {0};
    add(&text, "@老旧居民区\n居民区编号|总户数|入住户数|缴费户数");
    for (int row = 0; row < SHEET_ROWS; row++) {
        char line[200];
        snprintf(line, sizeof line, "\na%d|%s|%s|%s", row, values[row % 4], values[(row + 1) % 4],
                 values[(row * 7 / 4 + 2) % 4]);
        add(&text, line);
    }
    result r = read_book(text.text, "");
    size_t cells = 0;
    for (size_t i = 0; i < r.count; i++) {
        cells += r.told[i].count;
        for (size_t j = 0; j < i; j++)
            CHECK(r.told[i].code != r.told[j].code || r.told[i].column != r.told[j].column,
                  "%zu and %zu", j, i);
    }
    cr_expect_eq(cells, SHEET_ROWS * COLUMNS);
    cr_expect_gt(r.count, 2 * COLUMNS);
    end(&r);
    free(text.text);
}

/* What is passed over is told, and a city is made. */
Test(table, nothing_is_dropped_in_silence)
{
    static const told_row rows[] = {
        {AREA_WITH("联系人", "x"), PILOT_CELL_UNKNOWN_HEADER, "B1", "联系人"},
        {AREA_WITH("总户数（把）", "1"), PILOT_CELL_UNKNOWN_HEADER, "B1", NULL},
        {AREA_WITH("总户数（" LONG_TEXT "）", "1"), PILOT_CELL_UNKNOWN_HEADER, "B1", NULL},
        {AREA_WITH("总户数（" LONG_TEXT LONG_TEXT LONG_TEXT LONG_TEXT "）", "1"),
         PILOT_CELL_UNKNOWN_HEADER, "B1", NULL},
        {AREA_WITH("总户数||", "1||x"), PILOT_CELL_NO_COLUMN, "D2", "\"x\""},
        {AREA_WITH("总户数", "1") "\n合 计|1", PILOT_CELL_TOTALS_ROW, "3", NULL},
        {"@老旧居民区\n填报单位：甲\n\n居民区编号|总户数\na|1", PILOT_CELL_ABOVE_HEADER, "A1",
         "填报单位"},
        {AREA_WITH("总户数", "1") "\n@说明\n填表说明", PILOT_CELL_UNKNOWN_SHEET, "", "说明"},
        {AREA_WITH("总户数", "1") "\n示例|120", PILOT_CELL_EXAMPLE_ROW, "3", NULL},
        {AREA_WITH("封闭日期", "#43800"), PILOT_CELL_SERIAL_DAY, "B2", "2019-12-01"},
        {AREA
         "\n@已收取的费用\n居民区|房号|收费项目|起始月份|截止月份|收取金额\na|1|x|#43800|2020-01|18",
         PILOT_CELL_SERIAL_DAY, "D2", "2019-12-01"},
        {AREA_WITH("总户数", "#p"), PILOT_CELL_HAS_PICTURE, "B2", NULL},
        {"@居民区\n居民区名称|总户数\na|1", PILOT_CELL_NAME_FOR_ID, "2", NULL},
        {"@社区\n编号|城区\nc1|东湖区\nc2|东湖区\n@居民区\n编号\na", PILOT_CELL_RECORD_MADE, "B2", NULL},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        result r = read_book(rows[i].book, "");
        char line[1024];
        CHECK(r.status == PILOT_OK && r.count == 1 && r.told[0].code == rows[i].code && r.told[0].note,
              "%zu: %s, %zu told", i, pilot_status_name(r.status), r.count);
        check_told(r.told, rows[i].book);
        pilot_cell_problem_text(r.told, PILOT_ENGLISH, line, sizeof line);
        CHECK(strcmp(r.told[0].cell, rows[i].cell) == 0 && (!rows[i].says || strstr(line, rows[i].says)),
              "%zu: %s", i, line);
        expect_part(r.json, quoted("'id':'a'"));
        end(&r);
    }
}

/* What a sheet or its file says of itself. */
Test(table, hidden_rows_and_the_count_of_days)
{
    book *b = book_of(AREA_WITH("封闭日期", "#43800") "\n@说明\n填表说明", "");
    pilot_city *city = NULL;
    pilot_table *table = NULL;
    b->sheets[0].hidden_rows = 3;
    b->sheets[0].hidden = b->sheets[0].from_1904 = b->sheets[1].hidden = true;
    cr_assert_eq(pilot_city_from_cells(&b->workbook, &city, &table), PILOT_OK);
    size_t count;
    const pilot_cell_problem *told = pilot_table_problems(table, &count, NULL);
    static const pilot_cell_code wanted[] = {PILOT_CELL_HIDDEN_SHEET, PILOT_CELL_HIDDEN_ROWS,
                                             PILOT_CELL_SERIAL_DAY, PILOT_CELL_UNKNOWN_SHEET};
    cr_assert_eq(count, COUNT(wanted));
    for (size_t i = 0; i < count; i++)
        CHECK(told[i].code == wanted[i], "%zu: %s", i, pilot_cell_code_name(told[i].code));
    cr_assert_str_eq(told[1].value, "3");
    char *json = city_text(city, PILOT_JSON_COMPACT);
    expect_part(json, quoted("'enclosed_on':'2023-12-02'"));
    pilot_text_free(json);
    pilot_city_free(city);
    pilot_table_free(table);
    free_book(b);
}

/* A header of several rows is read by the way down to its columns; what is above it is told. */
Test(table, headers_of_several_rows)
{
#define VOTES COMMUNITY "@居民区\n编号|社区\na|c1\n@业主表决\n"
#define VOTE "\na|2019-11-18|选聘服务企业|83240.00|938|46012.50|514"
    static const char *const books[] = {
        VOTES "2019年表决情况|#m01|#m02|#m03|#m04|#m05|#m06\n"
              "居民区编号|表决日期|表决事项|全体业主|#m01|同意的业主|#m01\n"
              "#m1|#m1|#m1|专有部分面积|业主人数|专有部分面积|业主人数" VOTE,
        VOTES "2019年表决情况\n居民区编号|表决日期|表决事项|计票|#m01|#m02|#m03\n"
              "#m1|#m1|#m1|全体业主|#m01|同意的业主|#m01\n"
              "#m2|#m2|#m2|专有部分面积|业主人数|专有部分面积|业主人数" VOTE,
        VOTES
        "表决情况|#m01|#m02|计票-全体业主|#m01|计票-同意的业主|#m01\n"
        "居民区编号|表决日期|表决事项|专有部分面积（㎡）|业主人数|专有部分面积（㎡）|业主人数" VOTE,
        VOTES LONG_TEXT "|#m01|#m02|#m03|#m04|#m05|#m06\n"
                        "居民区编号|表决日期|表决事项|全体业主|#m01|同意的业主|#m01\n"
                        "#m1|#m1|#m1|专有部分面积|业主人数|专有部分面积|业主人数" VOTE,
    };
    pilot_cell_place p;
    for (size_t i = 0; i < COUNT(books); i++) {
        result r = read_book(books[i], "");
        show_problems(r.table);
        cr_assert_eq(r.status, PILOT_OK);
        expect_part(r.json, quoted("'in_favour':{'area_m2':'46012.50','owners':514}"));
        expect_part(r.json, quoted("'held_on':'2019-11-18'"));
        CHECK(r.count == (i == 2 ? 0 : 1), "%zu: %zu told", i, r.count);
        cr_assert_eq(pilot_table_place(r.table, "/areas/0/votes/0/totals/in_favour/owners", &p),
                     PILOT_OK);
        CHECK(*p.cell == 'G', "%zu: %s", i, p.cell);
        end(&r);
    }
}

/* One that is unknown and stands beside several rows is told where it stands. */
Test(table, a_merged_header_that_is_unknown)
{
    result r = read_book(VOTES "居民区编号|表决日期|表决事项|全体业主|#m01|同意的业主|#m01|联系人\n"
                               "#m1|#m1|#m1|专有部分面积|业主人数|专有部分面积|业主人数|#m1" VOTE "|x",
                         "");
    const pilot_cell_problem *p = find_code(&r, PILOT_CELL_UNKNOWN_HEADER);
    cr_assert(p && r.count == 1);
    cr_expect_str_eq(p->cells, "H1", "%s", p->cells);
    end(&r);
}

/* A total is of all rows above it or of those since the last; one of another is told, unless a row's
 * value is not known. */
Test(table, totals_are_held_against_their_sums)
{
    static const struct {
        const char *rows;
        const char *differs; /* its cell */
    } rows[] = {
        {"a|10|1.5\nb|5|2\n合计|15|3.5", NULL},
        {"a|10|1.5\nb|5|2\n合计|16|3.5", "B4"},
        {"a|10|1.5\n小计|10|1.5\nb|5|2\nc|1|2\n小计|6|4\n总计|16|5.5", NULL},
        {"a|10|1.5\n小计|10|1.5\nb|5|2\nc|1|2\n东湖区小计|7|4\n总计|16|5.5", "B6"},
        {"a|10|1.5\n小计|10|1.5\nb|5|2\nc|1|2\n小计|6|4\n总计|16|5.6", "C7"},
        {"a|约10|1.5\nb|5|2\n合计|16|3.5", NULL},
        {"a|约10|1.5\n小计|10|1.5\nb|5|2\n合计|16|3.5", NULL},
        {"a||1.5\nb|5|2\n合计|5|3.5", NULL},
        {"a|10|1.5\n合计|#f|", NULL},
        {"a|１０|1.5\n合计|＃|1.5平", NULL},
        {"a|10|1.5\nb|5|2\nSubtotal|16|3.5", "B4"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        buffer whole = {0};
        add(&whole, "@居民区\n编号|总户数|建筑面积\n");
        add(&whole, rows[i].rows);
        result r = read_book(whole.text, "");
        const pilot_cell_problem *p = find_code(&r, PILOT_CELL_TOTAL_DIFFERS);
        CHECK((p != NULL) == (rows[i].differs != NULL), "%zu", i);
        CHECK(!p || (strcmp(p->cell, rows[i].differs) == 0 && !p->note && strstr(p->reason_en, "sum")),
              "%zu: %s", i, p ? p->cell : "");
        end(&r);
        free(whole.text);
    }
}

/* A sum that no number holds is held against nothing. */
Test(table, sums_have_an_end)
{
#define PAID COMMUNITY "@奖励资金拨付记录\n社区编号|拨付日期|拨付金额"
#define PAYMENT(amount) "\nc1|2019-12-05|" amount
    static const char *const books[] = {
        PAID PAYMENT("90000000000000000") PAYMENT("90000000000000000") "\n合计||5",
        PAID PAYMENT("-90000000000000000") "\n小计||-90000000000000000" PAYMENT("90000000000000000")
            PAYMENT("90000000000000000") "\n小计||5"};
    for (size_t i = 0; i < COUNT(books); i++) {
        result r = read_book(books[i], "");
        cr_assert_not_null(find_code(&r, PILOT_CELL_TOTALS_ROW));
        CHECK(!find_code(&r, PILOT_CELL_TOTAL_DIFFERS), "%zu", i);
        end(&r);
    }
    result r = read_book(PAID PAYMENT("90000000000000000") "\n合计||5", "");
    cr_assert_not_null(find_code(&r, PILOT_CELL_TOTAL_DIFFERS));
    end(&r);
}

/* Of a merged range names and words are its first cell's, below it and not beside it. */
Test(table, merged_cells_fill_down_alone)
{
    result r =
        read_book("@社区\n编号|城区|名称\nc1|东湖区|甲\nc2|#m1|#m11\n@居民区\n编号|社区\na|c1", "");
    const pilot_cell_problem *p = find_code(&r, PILOT_CELL_MERGED_VALUE);
    cr_assert(p && strcmp(p->cell, "C3") == 0);
    end(&r);
    r = read_book("@社区\n编号|城区|名称\nc1|东湖区|甲\nc2|#m1|#m1\n@居民区\n编号|社区\na|c1", "");
    expect_part(r.json, quoted("{'id':'c2','name':'甲','district':'360102'"));
    end(&r);
}

/* The row of examples is passed over in each form while nothing of it is changed. */
Test(table, examples_are_passed_over_while_unchanged)
{
    for (int form = PILOT_TABLE_ENGLISH; form <= PILOT_TABLE_KEYS; form++)
        for (int changed = 0; changed < 2; changed++) {
            pilot_cells *cells;
            pilot_city *city = NULL;
            pilot_table *table = NULL;
            cr_assert_eq(pilot_table_examples((pilot_table_form)form, &cells), PILOT_OK);
            const pilot_workbook *whole = pilot_cells_workbook(cells);
            pilot_sheet *sheets = calloc(whole->count, sizeof *sheets);
            memcpy(sheets, whole->sheets, whole->count * sizeof *sheets);
            for (size_t i = 0; changed && i < whole->count; i++) {
                if (sheets[i].rows < 2)
                    continue;
                pilot_cell *row = calloc(2 * sheets[i].columns, sizeof *row);
                memcpy(row, sheets[i].cells, 2 * sheets[i].columns * sizeof *row);
                row[2 * sheets[i].columns - 1] = (pilot_cell){.kind = PILOT_CELL_TEXT, .text = "2"};
                sheets[i].cells = row;
            }
            const pilot_workbook workbook = {sheets, whole->count};
            pilot_status status = pilot_city_from_cells(&workbook, &city, &table);
            size_t count, examples = 0, rows = 0;
            const pilot_cell_problem *told = pilot_table_problems(table, &count, NULL);
            for (size_t i = 0; i < whole->count; i++)
                rows += whole->sheets[i].rows - 1;
            for (size_t i = 0; i < count; i++)
                examples += told[i].code == PILOT_CELL_EXAMPLE_ROW;
            CHECK((status == PILOT_OK) == !changed, "form %d, %d: %s", form, changed,
                  pilot_status_name(status));
            CHECK(rows > 25 && examples == (changed ? 0 : rows), "form %d: %zu of %zu", form, examples,
                  rows);
            for (size_t i = 0; changed && i < whole->count; i++)
                if (sheets[i].rows > 1)
                    free((void *)(uintptr_t)sheets[i].cells);
            free(sheets);
            pilot_city_free(city);
            pilot_table_free(table);
            pilot_cells_free(cells);
        }
}

/* Rows behind a gap, and names over merged cells. */
Test(table, rows_are_read_to_the_end)
{
    result r = read_book(COMMUNITY "@物业管理用房\n社区编号|用房面积\nc1|60\n#m|70\n\n\nc2|80", "");
    cr_assert_eq(r.status, PILOT_OK);
    expect_part(r.json, quoted("'offices':[{'area_m2':'60.00'},{'area_m2':'70.00'}]"));
    expect_part(r.json, quoted("'offices':[{'area_m2':'80.00'}]"));
    end(&r);
}

/* Several in a cell stand as the language writes a list. */
Test(table, several_references_are_listed)
{
    static const char *const wanted[] = {[PILOT_TABLE_ENGLISH] = "c1; c2",
                                         [PILOT_TABLE_CHINESE] = "c1、c2",
                                         [PILOT_TABLE_KEYS] = "c1; c2"};
    const char *json =
        quoted("{'districts':[{'id':'d'}],'communities':[{'id':'c1','district':'d'},{'id':'c2',"
               "'district':'d'}],'areas':[{'id':'a','communities':['c1','c2']}]}");
    pilot_city *city;
    cr_assert_eq(pilot_city_parse(json, strlen(json), &city, NULL), PILOT_OK);
    for (size_t form = 0; form < COUNT(wanted); form++) {
        pilot_cells *cells;
        size_t found = 0;
        cr_assert_eq(pilot_city_to_cells(city, (pilot_table_form)form, &cells), PILOT_OK);
        const pilot_workbook *b = pilot_cells_workbook(cells);
        for (size_t s = 0; s < b->count; s++)
            for (size_t c = 0; c < b->sheets[s].rows * b->sheets[s].columns; c++)
                found +=
                    b->sheets[s].cells[c].text && strcmp(b->sheets[s].cells[c].text, wanted[form]) == 0;
        cr_expect_eq(found, 1, "%zu", form);
        pilot_cells_free(cells);
    }
    pilot_city_free(city);
}

/* A record that is called like a row of totals is a record again. */
Test(table, a_record_called_total)
{
    static const char *const ids[] = {"TOTAL", "合计", "东湖区小计", "sum"};
    for (size_t i = 0; i < COUNT(ids); i++) {
        char text[200];
        pilot_city *city;
        snprintf(text, sizeof text, "{\"districts\":[],\"communities\":[],\"areas\":[{\"id\":\"%s\"}]}",
                 ids[i]);
        cr_assert_eq(pilot_city_parse(text, strlen(text), &city, NULL), PILOT_OK);
        through_cells(city, ids[i]);
        pilot_city_free(city);
    }
}

/* Sheets are called by words, but where they are called by keys. */
Test(table, sheets_have_words_for_names)
{
    for (int form = PILOT_TABLE_ENGLISH; form <= PILOT_TABLE_KEYS; form++) {
        pilot_cells *cells;
        size_t joined = 0;
        cr_assert_eq(pilot_table_examples((pilot_table_form)form, &cells), PILOT_OK);
        const pilot_workbook *b = pilot_cells_workbook(cells);
        for (size_t s = 0; s < b->count; s++)
            joined += strpbrk(b->sheets[s].name, "_.") != NULL;
        cr_expect_eq(joined > 0, form == PILOT_TABLE_KEYS, "%d", form);
        pilot_cells_free(cells);
    }
}

/* A row with something in a column that is not ours, and in no other, is no record. */
Test(table, a_row_of_remarks_is_no_record)
{
    result r = read_book("@居民区\n居民区编号|我的备注\na|x\n|y", "");
    cr_assert_eq(r.status, PILOT_OK);
    expect_part(r.json, quoted("'areas':[{'id':'a'}]"));
    cr_assert(r.count == 1 && r.told[0].code == PILOT_CELL_UNKNOWN_HEADER);
    end(&r);
}

/* A district of the notice is found by its name where the sheet has its code alone. */
Test(table, districts_are_known_by_their_names)
{
    result r = read_book("@城区\n行政区划代码\n360102\n@社区\n社区编号|城区\nc|东湖区", "");
    cr_assert_eq(r.status, PILOT_OK);
    cr_assert_eq(r.count, 0);
    expect_part(r.json, quoted("'communities':[{'id':'c','district':'360102'}]"));
    end(&r);
}

/* A name may have what parts the entries of a cell of several; and so may an id, in quotes. */
Test(table, several_references_in_one_cell)
{
    static const char *const cells[] = {"南、北社区", "南、北社区，东", "\"南、北社区\";c3",
                                        "c3 ; n,s",   "\"n,s\"，东",    "无",
                                        "\"n,s\"c3",  "\"n,s\" ,, 东",  "不详",
                                        "\"无\"",     "\"不详\""};
    static const char *const wanted[] = {"['n,s']", NULL, "['n,s','c3']", NULL, "['n,s','c3']",
                                         "[]",      NULL, "['n,s','c3']", "",   NULL,
                                         NULL};
    for (size_t i = 0; i < COUNT(cells); i++) {
        result r = read_book(
            DISTRICT "@试点社区\n社区编号|社区名称|所属城区代码\n\"n,s\"|南、北社区|360102\nc3|东|"
                     "360102\n@老旧居民区\n居民区编号|所属社区\na|$",
            cells[i]);
        CHECK((r.city != NULL) == (wanted[i] != NULL), "%s: %s", cells[i], pilot_status_name(r.status));
        if (wanted[i]) {
            char part[64];
            snprintf(part, sizeof part, "{'id':'a'%s%s}", *wanted[i] ? ",'communities':" : "",
                     wanted[i]);
            expect_part(r.json, quoted(part));
        } else {
            CHECK(r.told[0].code == PILOT_CELL_NO_RECORD, "%s", cells[i]);
        }
        end(&r);
    }
}

/* A word for what is not known is a record's id, where there is one. */
Test(table, records_may_be_called_as_what_is_not_known)
{
    result r = read_book("@城区\n行政区划代码\n未知\n@社区\n编号|城区\n待定|未知\n@居民区\n编号|社区\na|"
                         "待定\n@服务合同\n居民区编号|服务企业|约定单价\na|不详|1",
                         "");
    cr_assert_eq(r.status, PILOT_OK);
    expect_part(r.json, "{'id':'待定','district':'未知'");
    expect_part(r.json, "'communities':['待定']");
    expect_part(r.json, "'contracts':[{'price_yuan_per_m2'");
    end(&r);
}

/* Ids and shares that are written as other texts, so that they are read as what they are. */
Test(table, what_could_be_mistaken_comes_through_cells)
{
    result r =
        read_book(DISTRICT "@社区\n编号|城区\n无|360102\na、b|360102\n@居民区\n编号|社区\na|\"无\"、"
                           "\"a、b\"\nb|无\nc|\"无\"",
                  "");
    expect_part(r.json, "'communities':['无','a、b']");
    expect_part(r.json, "{'id':'b','communities':[]");
    expect_part(r.json, "{'id':'c','communities':['无']");
    through_cells(r.city, "ids");
    end(&r);
    r = read_book(SHARED, "1/20");
    through_cells(r.city, "a share");
    end(&r);
}

/* Of what follows from a mistake no more is told. */
Test(table, one_mistake_is_told_once)
{
    static const char *const books[] = {
        AREA "\n@服务合同\n居民区编号|约定单价\nb|1\n@单选服务\n居民区编号|服务合同|服务编号|"
             "服务等级\na|1|s|1",
        DISTRICT "@试点社区\n社区编号|所属城区代码\n|360102\n@物业管理用房\n社区编号|用房面积\nc1|60",
        COMMUNITY "@老旧居民区\n居民区编号|所属社区|总户数\na|c1|约9\n@收费\n居民区编号|房号|收费项目|"
                  "起始月份|截止月份|"
                  "收取金额\na|1|x|2019-12|13月|1",
        AREA_WITH("服务合同", "2") "\n@服务合同\n居民区编号|约定单价\nb|1",
        DISTRICT "@社区\n编号|城区|街道代码|物业管理专责人员数\nc|360102|360103008|约3",
        AREA_WITH("总户数|入住户数", "约9|-3"),
        CHARGE_WITH("2020-01", "2019-12") "元左右",
        MENU_WITH("套餐单价|套餐计价单位", "约9|square_metre_month"),
        DISTRICT "@试点社区\n社区编号|所属城区代码\n|360102\n" AREA_WITH("所属社区", "c1")};
    static const size_t wanted[] = {1, 1, 2, 1, 1, 2, 2, 1, 1};
    for (size_t i = 0; i < COUNT(books); i++) {
        result r = read_book(books[i], "");
        CHECK(r.status != PILOT_OK && r.count == wanted[i], "%zu: %zu", i, r.count);
        end(&r);
    }
}

/* What is not known is a blank cell, and not a 0. */
Test(table, what_is_not_known_is_blank)
{
    static const char text[] = "{'districts':[],'communities':[],'areas':[{'id':'a','votes':[{'held_on':"
                               "'2019-12-05','matter':'hire_provider'}]}]}";
    pilot_city *city = NULL;
    pilot_cells *cells;
    pilot_error error = {0};
    const char *json = quoted(text);
    CHECK(pilot_city_parse(json, strlen(json), &city, &error) == PILOT_OK, "%s", error.message);
    cr_assert_eq(pilot_city_to_cells(city, PILOT_TABLE_KEYS, &cells), PILOT_OK);
    const pilot_workbook *b = pilot_cells_workbook(cells);
    const pilot_sheet *votes = &b->sheets[b->count - 1];
    cr_assert_str_eq(votes->name, "votes");
    for (size_t c = 3; c < votes->columns; c++)
        CHECK(votes->cells[votes->columns + c].kind == PILOT_CELL_BLANK, "%s", votes->cells[c].text);
    pilot_cells_free(cells);
    pilot_city_free(city);
}

/* Lists that are known to be empty, and those that are not known. */
Test(table, an_empty_list_is_apart_from_one_that_is_not_known)
{
    result r = read_book(AREA_WITH("服务合同|已收取的费用|业主表决", "无|0|"), "");
    cr_assert_eq(r.status, PILOT_OK);
    expect_part(r.json, quoted("'contracts':[],'charges':[]"));
    cr_assert_null(strstr(r.json, "votes"));
    end(&r);
}

/* One mistake in many cells is one line; of many mistakes so many are kept, and the rest is counted. */
Test(table, repeats_are_grouped_and_the_rest_is_counted)
{
    buffer text = {0};
    add(&text, "@老旧居民区\n居民区编号|总户数");
    for (int i = 0; i < 3000; i++) {
        char row[64];
        snprintf(row, sizeof row, "\na%d|约%d", i, i);
        add(&text, row);
    }
    result r = read_book(text.text, "");
    cr_assert_eq(r.count, 1);
    cr_assert_eq(r.told[0].count, 3000);
    cr_assert_eq(r.more, 0);
    cr_assert_str_eq(r.told[0].cell, "B2");
    expect_part(r.told[0].cells, "B2, B3, B4");
    expect_part(r.told[0].cells, "...");
    end(&r);
    free(text.text);

    text = (buffer){0};
    add(&text, "@老旧居民区\n居民区编号");
    for (int i = 0; i < 1500; i++)
        add(&text, "\na");
    r = read_book(text.text, "");
    cr_assert_eq(r.count, 1);
    cr_assert_eq(r.told[0].code, PILOT_CELL_REPEATED);
    cr_assert_eq(r.told[0].count + r.more, 1499);
    cr_assert_gt(r.more, 0);
    end(&r);
    free(text.text);

    pilot_cell *cells = calloc(300 * 2, sizeof *cells);
    pilot_sheet sheet = {.name = "areas", .cells = cells, .rows = 2, .columns = 300};
    const pilot_workbook wide_book = {&sheet, 1};
    pilot_city *city = NULL;
    pilot_table *table;
    size_t count, more;
    for (size_t c = 1; c < 300; c++)
        cells[c] = (pilot_cell){.kind = PILOT_CELL_TEXT, .text = "x"};
    cells[0] = (pilot_cell){.kind = PILOT_CELL_TEXT, .text = "id"};
    cr_assert_eq(pilot_city_from_cells(&wide_book, &city, &table), PILOT_OK);
    pilot_table_problems(table, &count, &more);
    const pilot_cell_problem *p = pilot_table_problems(table, &count, NULL);
    cr_assert_eq(count, PILOT_TABLE_PROBLEMS_MAX);
    cr_assert_str_eq(p[24].cell, "Z1");
    cr_assert_str_eq(p[25].cell, "AA1");
    cr_assert_str_eq(p[51].cell, "BA1");
    cr_assert_eq(more, 299 - PILOT_TABLE_PROBLEMS_MAX);
    pilot_city_free(city);
    pilot_table_free(table);
    free(cells);
}

static const pilot_cell *cell_at(const pilot_workbook *b, const pilot_cell_place *p)
{
    return &b->sheets[p->sheet].cells[p->row * b->sheets[p->sheet].columns + p->column];
}

/* Every finding can name its cell: paths lead to the cells that their values came from. */
Test(table, paths_lead_to_cells)
{
    result r = read_book(
        COMMUNITY "@物业管理用房\n用房面积|社区编号\n60|c2\n70|c1\n80|c2\n@老旧居民区\n居民区编号|"
                  "所属社区|居民意愿调查|服务合同\na|c1|未完成|",
        "");
    pilot_cell_place p;
    cr_assert_eq(r.status, PILOT_OK);
    cr_assert_eq(pilot_table_place(r.table, "/communities/1/offices/1/area_m2", &p), PILOT_OK);
    cr_assert_str_eq(p.cell, "A4");
    cr_assert_str_eq(p.sheet_name, "物业管理用房");
    cr_assert_str_eq(cell_at(&r.of->workbook, &p)->text, "80");
    cr_assert_eq(pilot_table_place(r.table, "/communities/0/offices/0", &p), PILOT_OK);
    cr_assert_str_eq(p.cell, "3");
    cr_assert_eq(pilot_table_place(r.table, "/communities/0/offices", &p), PILOT_OK);
    cr_assert_eq(p.column, SIZE_MAX);
    cr_assert_eq(pilot_table_place(r.table, "/areas/0/steps/survey", &p), PILOT_OK);
    cr_assert_str_eq(p.cell, "C2");
    cr_assert_eq(pilot_table_place(r.table, "/areas/0/communities/0", &p), PILOT_OK);
    cr_assert_str_eq(p.cell, "B2");
    cr_assert_eq(pilot_table_place(r.table, "/areas/0/households", &p), PILOT_OK);
    cr_assert_eq(p.column, SIZE_MAX);
    static const char *const nowhere[] = {
        "/areas/1", "/communities/0/offices/1", "/x", "/areas/x", "areas", "/meetings/0", "/name"};
    for (size_t i = 0; i < COUNT(nowhere); i++)
        CHECK(pilot_table_place(r.table, nowhere[i], &p) == PILOT_ERROR_NOT_FOUND, "%s", nowhere[i]);
    end(&r);
}

Test(table, cells_that_nothing_can_be_made_of)
{
    static const cell_row rows[] = {
        {DISTRICT "@试点社区\n社区编号|所属城区代码\nc1|$", "不详", NULL, PILOT_CELL_MISSING, NULL},
        {AREA_WITH("服务合同", "$"), "-1", NULL, PILOT_CELL_OUT_OF_RANGE, NULL},
    };
    check_rows(rows, COUNT(rows));
    pilot_cell_place p;
    result r = read_book(AREA "\n", "");
    cr_assert_eq(r.status, PILOT_OK);
    cr_assert(!r.count, "%s", pilot_cell_code_name(r.told[0].code));
    cr_assert_eq(pilot_table_place(r.table, NULL, &p), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_table_place(r.table, "/areas/0", NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_table_place(NULL, "/areas/0", &p), PILOT_ERROR_ARGUMENT);
    char text[8] = "before";
    cr_assert_eq(pilot_cell_problem_text(NULL, PILOT_ENGLISH, text, sizeof text), 0);
    cr_assert_str_eq(text, "");
    end(&r);
}

/* A day is where both of a workbook's ways of counting have it. */
Test(table, serial_days)
{
    static const struct {
        int64_t serial;
        bool from_1904;
        const char *day;
    } rows[] = {{1, false, "1900-01-01"},     {59, false, "1900-02-28"},   {61, false, "1900-03-01"},
                {43800, false, "2019-12-01"}, {42338, true, "2019-12-01"}, {0, true, "1904-01-01"}};
    pilot_date day = 7;
    for (size_t i = 0; i < COUNT(rows); i++) {
        cr_assert_eq(pilot_serial_day(rows[i].serial, rows[i].from_1904, &day), PILOT_OK);
        CHECK(day == cases_date(rows[i].day), "%s", rows[i].day);
    }
    day = 7;
    cr_assert_eq(pilot_serial_day(60, false, &day), PILOT_ERROR_RANGE);
    cr_assert_eq(pilot_serial_day(0, false, &day), PILOT_ERROR_RANGE);
    cr_assert_eq(pilot_serial_day(-1, true, &day), PILOT_ERROR_RANGE);
    cr_assert_eq(pilot_serial_day(INT64_MAX, true, &day), PILOT_ERROR_RANGE);
    cr_assert_eq(pilot_serial_day(1, true, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(day, 7);
}

Test(table, refuses_what_is_no_workbook)
{
    pilot_cell odd = {.kind = (pilot_cell_kind)99};
    pilot_sheet sheet = {.name = "areas", .cells = &odd, .rows = 1, .columns = 1};
    pilot_workbook b = {&sheet, 1};
    pilot_city *city;
    pilot_table *table;
    mark(&city, sizeof city);
    mark(&table, sizeof table);
    cr_assert_eq(pilot_city_from_cells(NULL, &city, &table), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_city_from_cells(&b, NULL, &table), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_city_from_cells(&b, &city, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_city_from_cells(&b, &city, &table), PILOT_ERROR_ARGUMENT);
    sheet.cells = NULL;
    cr_assert_eq(pilot_city_from_cells(&b, &city, &table), PILOT_ERROR_ARGUMENT);
    b.sheets = NULL;
    cr_assert_eq(pilot_city_from_cells(&b, &city, &table), PILOT_ERROR_ARGUMENT);
    b.sheets = &sheet;
    odd.kind = PILOT_CELL_BOOL;
    memset(&odd.truth, 2, sizeof odd.truth);
    sheet.cells = &odd;
    cr_assert_eq(pilot_city_from_cells(&b, &city, &table), PILOT_ERROR_ARGUMENT);
    sheet =
        (pilot_sheet){.name = "areas", .cells = &odd, .rows = PILOT_TABLE_ROWS_MAX + 1, .columns = 1};
    cr_assert_eq(pilot_city_from_cells(&b, &city, &table), PILOT_ERROR_LIMIT);
    sheet.rows = 1;
    sheet.columns = PILOT_TABLE_COLUMNS_MAX + 1;
    cr_assert_eq(pilot_city_from_cells(&b, &city, &table), PILOT_ERROR_LIMIT);
    sheet.rows = PILOT_TABLE_ROWS_MAX;
    sheet.columns = PILOT_TABLE_COLUMNS_MAX;
    cr_assert_eq(pilot_city_from_cells(&b, &city, &table), PILOT_ERROR_LIMIT);
    cr_assert(marked(&city, sizeof city) && marked(&table, sizeof table));
    /* As many as there may be, and no cell: read, and of no use. */
    const pilot_sheet most[] = {{.name = "areas", .rows = PILOT_TABLE_ROWS_MAX},
                                {.name = "areas", .columns = PILOT_TABLE_COLUMNS_MAX}};
    for (size_t i = 0; i < COUNT(most); i++) {
        b.sheets = &most[i];
        cr_assert_eq(pilot_city_from_cells(&b, &city, &table), PILOT_ERROR_MISSING_KEY);
        pilot_table_free(table);
    }
    cr_assert_eq(pilot_city_to_cells(NULL, PILOT_TABLE_KEYS, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_city_to_cells(NULL, (pilot_table_form)3, (pilot_cells **)&table),
                 PILOT_ERROR_ARGUMENT);
    pilot_table_free(NULL);
    pilot_cells_free(NULL);
    cr_assert_eq(pilot_table_form_find("zh", NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_cell_code_find("missing", NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_cell_kind_find("day", NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_column_kind_find("money", NULL), PILOT_ERROR_ARGUMENT);
    /* Nothing at all is a workbook without a sheet of ours. */
    b = (pilot_workbook){NULL, 0};
    cr_assert_eq(pilot_city_from_cells(&b, &city, &table), PILOT_ERROR_MISSING_KEY);
    pilot_table_free(table);
}

/* A text that is NULL is none, and a sheet without rows or columns has no cells. */
Test(table, texts_and_cells_may_be_left_out)
{
    pilot_cell cells[3][3] = {
        {{.kind = PILOT_CELL_TEXT, .text = "居民区编号"},
         {.kind = PILOT_CELL_TEXT, .text = "总户数"},
         {.kind = PILOT_CELL_TEXT}},
        {{.kind = PILOT_CELL_TEXT, .text = "a"}, {.kind = PILOT_CELL_TEXT}, {.kind = PILOT_CELL_TEXT}},
        {{.kind = PILOT_CELL_TEXT, .text = "b"}, {.kind = PILOT_CELL_NUMBER}}};
    const pilot_sheet sheets[] = {{.name = "居民区", .cells = cells[0], .rows = 3, .columns = 3},
                                  {.name = "社区"},
                                  {.name = "城区", .rows = 3},
                                  {.name = NULL, .columns = 3}};
    const pilot_workbook b = {sheets, COUNT(sheets)};
    pilot_city *city = NULL;
    pilot_table *table = NULL;
    size_t count;
    cr_assert_eq(pilot_city_from_cells(&b, &city, &table), PILOT_ERROR_FORMAT);
    const pilot_cell_problem *told = pilot_table_problems(table, &count, NULL);
    cr_assert_eq(count, 2);
    cr_assert(told[0].code == PILOT_CELL_NOT_A_NUMBER && strcmp(told[0].cell, "B3") == 0);
    cr_assert(told[1].code == PILOT_CELL_UNKNOWN_SHEET && !*told[1].sheet_name);
    pilot_table_free(table);
    cells[2][1].kind = PILOT_CELL_BLANK;
    cr_assert_eq(pilot_city_from_cells(&b, &city, &table), PILOT_OK);
    pilot_table_free(table);
    pilot_city_free(city);
}

/* A city that was read from cells is reported on, and each finding has its row. */
Test(table, findings_have_their_rows)
{
    pilot_city *city = cases_city("examples/data/nanchang-2019.json"), *made = NULL;
    pilot_policy *policy = notice();
    pilot_cells *cells;
    pilot_table *table;
    pilot_report *report;
    cr_assert_eq(pilot_city_to_cells(city, PILOT_TABLE_CHINESE, &cells), PILOT_OK);
    cr_assert_eq(pilot_city_from_cells(pilot_cells_workbook(cells), &made, &table), PILOT_OK);
    cr_assert_eq(pilot_check(policy, made, cases_date("2020-02-29"), &report, NULL), PILOT_OK);
    for (size_t i = 0; i < pilot_report_size(report); i++) {
        pilot_finding finding;
        pilot_cell_place place;
        char path[192];
        cr_assert_eq(pilot_report_at(report, i, &finding), PILOT_OK);
        pilot_finding_path(&finding, path, sizeof path);
        CHECK(pilot_table_place(table, path, &place) == PILOT_OK, "%s", path);
        CHECK(place.row > 0 && *place.cell, "%s: %s", path, place.cell);
    }
    cr_assert_gt(pilot_report_size(report), 100);
    pilot_report_free(report);
    pilot_table_free(table);
    pilot_cells_free(cells);
    pilot_city_free(made);
    pilot_city_free(city);
    pilot_policy_free(policy);
}

/* Cells of any kind in place of any of a city's: read or refused, and nothing else. */
static pilot_cell random_cell(void)
{
    static const char *const texts[] = {"",        " ",     "无",       "未知",   "c1",   "1",
                                        "\"",      "\"a\"", "\xFF\xFE", "、、",   ",;",   "2019-12-05",
                                        "2019.1",  "是",    "合计",     "999999", "-1",   "1/2",
                                        "3.2-12a", "1e999", "0.0.0",    "万",     "（）", NULL};
    static const char *const numbers[] = {
        "0",      "1",     "-1", "1E+300", "1e-300", "123456789012345678",
        "0.005",  "abc",   "",   "1e",     "--1",    "9.99999999999999999",
        "2019.1", "43800", NULL};
    pilot_cell cell = {.kind = (pilot_cell_kind)below(8)};
    cell.truth = below(2);
    cell.day = (pilot_date)random_bits();
    cell.text =
        cell.kind == PILOT_CELL_NUMBER ? numbers[below(COUNT(numbers))] : texts[below(COUNT(texts))];
    return cell;
}

Test(table, any_cells_are_read_or_refused)
{
    pilot_city *city = cases_city("examples/data/nanchang-2019.json");
    int refused = 0;
    for (int i = 0; i < 400; i += stride()) {
        pilot_cells *cells;
        pilot_city *made = NULL;
        pilot_table *table = NULL;
        size_t count;
        cr_assert_eq(pilot_city_to_cells(city, (pilot_table_form)below(3), &cells), PILOT_OK);
        const pilot_workbook *b = pilot_cells_workbook(cells);
        for (int64_t left = 1 + below(30); left > 0; left--) {
            const pilot_sheet *sheet = &b->sheets[below((int64_t)b->count)];
            pilot_cell *all = (pilot_cell *)(uintptr_t)sheet->cells;
            all[below((int64_t)(sheet->rows * sheet->columns))] = random_cell();
        }
        pilot_status status = pilot_city_from_cells(b, &made, &table);
        CHECK((status == PILOT_OK) == (made != NULL), "%s", pilot_status_name(status));
        const pilot_cell_problem *p = pilot_table_problems(table, &count, NULL);
        bool any = false;
        for (size_t j = 0; j < count; j++) {
            check_told(&p[j], "random");
            any = any || !p[j].note;
        }
        CHECK(any == (status != PILOT_OK), "%s", pilot_status_name(status));
        if (made)
            through_cells(made, "what was accepted");
        refused += any;
        pilot_city_free(made);
        pilot_table_free(table);
        pilot_cells_free(cells);
    }
    cr_assert_gt(refused, 10 / stride());
    pilot_city_free(city);
}

/* The sheets that explain a template say in their first cell what they are; a later one is told, once.
 */
Test(table, a_templates_own_sheets_are_passed_over)
{
    static const struct {
        const char *mark;
        pilot_cell_code code; /* 0: nothing is told */
        size_t count;
    } rows[] = {{"libpilot template 1", 0, 0},
                {"libpilot template 2", PILOT_CELL_LATER_TEMPLATE, 1},
                {"libpilot templates 1", PILOT_CELL_UNKNOWN_SHEET, 2},
                {" libpilot template 1", PILOT_CELL_UNKNOWN_SHEET, 2}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        result r = read_book("@说明\n$\n居民区编号|总户数\nx|9\n@选项\n$|是\n|否\n" AREA, rows[i].mark);
        CHECK(r.status == PILOT_OK && r.count == rows[i].count, "%s: %zu told", rows[i].mark, r.count);
        CHECK(!r.count || (r.told[0].code == rows[i].code && r.told[0].note), "%s", rows[i].mark);
        if (r.count)
            check_told(&r.told[0], rows[i].mark);
        CHECK(rows[i].code != PILOT_CELL_LATER_TEMPLATE || strcmp(r.told[0].cells, "A1") == 0, "%s",
              r.told[0].cells);
        expect_part(r.json, quoted("'areas':[{'id':'a'}]"));
        end(&r);
    }
}

/* A sheet of districts without a row is as none: those of the notice are known by their names. */
Test(table, districts_need_no_rows)
{
    result r = read_book(
        "@城区\n行政区划代码|城区名称\n示例|示例\n@试点社区\n社区编号|所属城区代码\nc1|东湖区", "");
    cr_assert_eq(r.status, PILOT_OK);
    expect_part(r.json, quoted("'districts':[{'id':'360102','name':'东湖区'}]"));
    cr_assert_not_null(find_code(&r, PILOT_CELL_RECORD_MADE));
    end(&r);
    r = read_book(
        "@城区\n行政区划代码|城区名称\n360103|西湖区\n@试点社区\n社区编号|所属城区代码\nc1|东湖区", "");
    cr_assert_neq(r.status, PILOT_OK);
    cr_assert_not_null(find_code(&r, PILOT_CELL_NO_RECORD));
    end(&r);
    r = read_book("@城区\n城区名称\n东湖区\n新区", "");
    cr_assert_eq(r.status, PILOT_OK);
    expect_part(r.json, "[{'id':'360102','name':'东湖区'},{'id':'新区','name':'新区'}]");
    cr_assert_not_null(find_code(&r, PILOT_CELL_NAME_FOR_ID));
    end(&r);
}

/* Where a sheet and a column of the examples stand, by key. */
static void find_column(const pilot_workbook *keys, const char *sheet, const char *column, size_t at[2])
{
    for (at[0] = 0; at[0] < keys->count && strcmp(keys->sheets[at[0]].name, sheet) != 0;)
        at[0]++;
    cr_assert_lt(at[0], keys->count);
    const pilot_sheet *s = &keys->sheets[at[0]];
    for (at[1] = 0; at[1] < s->columns && strcmp(s->cells[at[1]].text, column) != 0;)
        at[1]++;
    cr_assert_lt(at[1], s->columns);
}

static size_t choices_of(const pilot_cells *cells, const size_t at[2], char all[200])
{
    const char *choice;
    size_t count = 0;
    *all = '\0';
    while ((choice = pilot_cells_choice(cells, at[0], at[1], count))) {
        if (strlen(all) + strlen("、") + strlen(choice) < 200)
            strcat(strcat(all, count ? "、" : ""), choice);
        count++;
    }
    return count;
}

/* What columns are for, as the notice and the form of a city file have it. */
Test(table, columns_say_what_they_are_for)
{
    static const struct {
        const char *sheet, *column;
        pilot_column_kind kind;
        bool required;
        const char *names, *unit, *clause, *says; /* says: part of what it means, or of what to write */
        const char *choices;                      /* the first of them */
        size_t count;
    } rows[] = {
        {"areas", "id", PILOT_COLUMN_ID, true, NULL, NULL, NULL, "居民区编号", "", 0},
        {"areas", "households", PILOT_COLUMN_COUNT, false, NULL, NULL, "4.4.1-6", "不含商铺", "", 0},
        {"areas", "communities", PILOT_COLUMN_RECORDS, false, "communities", NULL, "4.2-3", "、", "", 0},
        {"areas", "building_area_m2", PILOT_COLUMN_AREA, false, NULL, "平方米", "4.4.1-6", "平方米", "",
         0},
        {"areas", "steps.survey", PILOT_COLUMN_STEP, false, NULL, NULL, "5.1-2", "未完成", "未完成", 1},
        {"areas", "enclosed_on", PILOT_COLUMN_DATE, false, NULL, NULL, "5.2-5", "2019-12-31", "", 0},
        {"areas", "old", PILOT_COLUMN_ANSWER, false, NULL, NULL, "2-4", "留空", "是、否", 2},
        {"areas", "contracts", PILOT_COLUMN_ROWS, false, "contracts", NULL, "4.3-2", "无", "无", 1},
        {"communities", "district", PILOT_COLUMN_RECORD, true, "districts", NULL, "2-3", "名称",
         "东湖区、西湖区", 5},
        {"offices", "communities", PILOT_COLUMN_RECORD, true, "communities", NULL, NULL, "所属", "", 0},
        {"assessments", "result", PILOT_COLUMN_WORD, true, NULL, NULL, "4.4.1-2", "其中一项",
         "未考核、不合格、合格", 3},
        {"contracts", "price_yuan_per_m2", PILOT_COLUMN_PRICE, false, NULL, "元", "4.3-2", "4位", "", 0},
        {"contracts.items", "contracts", PILOT_COLUMN_COUNT, true, "contracts", NULL, NULL, "第几条", "",
         0},
        {"charges", "first", PILOT_COLUMN_MONTH, true, NULL, NULL, "4.4-3", "2019-12", "", 0},
        {"charges", "amount_yuan", PILOT_COLUMN_MONEY, true, NULL, "元", "4.4-3", "元", "", 0},
        {"incomes", "year", PILOT_COLUMN_YEAR, false, NULL, NULL, "4.4.2-2", "2019", "", 0},
        {"packages", "discount", PILOT_COLUMN_SHARE, false, NULL, NULL, NULL, "1/2", "", 0},
        {"areas.evidence", "clause", PILOT_COLUMN_CLAUSE, true, NULL, NULL, NULL, "3.2-12a",
         "0.1-1、0.1-2", 140},
        {"areas.evidence", "document", PILOT_COLUMN_TEXT, false, NULL, NULL, NULL, "文号", "", 0},
    };
    pilot_cells *keys, *cells;
    pilot_column_about about;
    char choices[200];
    cr_assert_eq(pilot_table_examples(PILOT_TABLE_KEYS, &keys), PILOT_OK);
    cr_assert_eq(pilot_table_examples(PILOT_TABLE_CHINESE, &cells), PILOT_OK);
    const pilot_workbook *b = pilot_cells_workbook(keys);
    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t at[2];
        find_column(b, rows[i].sheet, rows[i].column, at);
        cr_assert_eq(pilot_cells_column(cells, at[0], at[1], &about), PILOT_OK);
        const char *names = about.names == SIZE_MAX ? "" : b->sheets[about.names].name;
        CHECK(about.kind == rows[i].kind, "%s: %s", rows[i].column, pilot_column_kind_name(about.kind));
        CHECK(about.required == rows[i].required, "%s", rows[i].column);
        CHECK(strcmp(names, rows[i].names ? rows[i].names : "") == 0, "%s: %s", rows[i].column, names);
        CHECK(strcmp(about.unit ? about.unit : "", rows[i].unit ? rows[i].unit : "") == 0, "%s",
              rows[i].column);
        CHECK(!rows[i].clause || (about.clause && strcmp(about.clause, rows[i].clause) == 0), "%s: %s",
              rows[i].column, about.clause);
        CHECK(strstr(about.meaning, rows[i].says) || strstr(about.wanted, rows[i].says), "%s: %s, %s",
              rows[i].column, about.meaning, about.wanted);
        const size_t count = choices_of(cells, at, choices);
        CHECK(count == rows[i].count && strncmp(choices, rows[i].choices, strlen(rows[i].choices)) == 0,
              "%s: %zu, %s", rows[i].column, count, choices);
        CHECK(choices_of(keys, at, choices) == count, "%s", rows[i].column);
        if (rows[i].kind == PILOT_COLUMN_ANSWER)
            cr_assert_str_eq(choices, "yes、no");
        if (rows[i].kind == PILOT_COLUMN_WORD)
            cr_assert_str_eq(choices, "not_assessed、failed、passed");
    }
    pilot_cells_free(cells);
    pilot_cells_free(keys);
}

/* A vote's totals and a menu's rounding may be left out, and only whole. */
Test(table, columns_required_beside_others)
{
    static const char *const groups[] = {"totals.all.", "totals.in_favour.", "totals.against.",
                                         "totals.abstained.", "rounding."};
    pilot_cells *keys;
    size_t found = 0;
    cr_assert_eq(pilot_table_examples(PILOT_TABLE_KEYS, &keys), PILOT_OK);
    const pilot_workbook *b = pilot_cells_workbook(keys);
    for (size_t s = 0; s < b->count; s++)
        for (size_t c = 0; c < b->sheets[s].columns; c++) {
            pilot_column_about about;
            bool grouped = false;
            cr_assert_eq(pilot_cells_column(keys, s, c, &about), PILOT_OK);
            for (size_t i = 0; i < COUNT(groups); i++)
                grouped =
                    grouped || strncmp(b->sheets[s].cells[c].text, groups[i], strlen(groups[i])) == 0;
            cr_expect_eq(about.required_beside, grouped, "%s", b->sheets[s].cells[c].text);
            found += about.required_beside;
        }
    cr_expect_eq(found, 4 * 2 + 3);
    pilot_cells_free(keys);
}

/* A title with its column's unit in brackets is read as the title, and a number below it as it is. */
Test(table, units_stand_behind_titles)
{
    size_t units = 0;
    for (int form = PILOT_TABLE_ENGLISH; form <= PILOT_TABLE_CHINESE; form++) {
        pilot_cells *cells;
        cr_assert_eq(pilot_table_examples((pilot_table_form)form, &cells), PILOT_OK);
        const pilot_workbook *b = pilot_cells_workbook(cells);
        for (size_t i = 0; i < b->count; i++)
            for (size_t j = 0; j < b->sheets[i].columns; j++) {
                pilot_column_about about;
                char text[300];
                cr_assert_eq(pilot_cells_column(cells, i, j, &about), PILOT_OK);
                if (!about.unit)
                    continue;
                snprintf(text, sizeof text, "@%s\n%s (%s)\n约9", b->sheets[i].name,
                         b->sheets[i].cells[j].text, about.unit);
                result r = read_book(text, "");
                const pilot_cell_problem *p = find_code(&r, PILOT_CELL_NOT_EXACT);
                CHECK(p && strcmp(p->cell, "A2") == 0 && !find_code(&r, PILOT_CELL_UNKNOWN_HEADER), "%s",
                      text);
                end(&r);
                units++;
            }
        pilot_cells_free(cells);
    }
    cr_assert_gt(units, 40);
}

/* A file has no more digits of a number than it needs: of examples neither. */
Test(table, examples_have_numbers_as_files_do)
{
    pilot_cells *cells;
    size_t numbers = 0;
    cr_assert_eq(pilot_table_examples(PILOT_TABLE_CHINESE, &cells), PILOT_OK);
    const pilot_workbook *b = pilot_cells_workbook(cells);
    for (size_t i = 0; i < b->count; i++)
        for (size_t j = 0; b->sheets[i].rows > 1 && j < b->sheets[i].columns; j++) {
            const pilot_cell *cell = &b->sheets[i].cells[b->sheets[i].columns + j];
            if (cell->kind != PILOT_CELL_NUMBER)
                continue;
            CHECK(!strchr(cell->text, '.') || cell->text[strlen(cell->text) - 1] != '0', "%s",
                  cell->text);
            numbers++;
        }
    cr_assert_gt(numbers, 40);
    pilot_cells_free(cells);
}

/* A workbook keeps fifteen digits: a number of more is written as text. */
Test(table, numbers_that_a_workbook_keeps)
{
    static const struct {
        const char *area;
        pilot_cell_kind kind;
    } rows[] = {{"1234567890123.45", PILOT_CELL_NUMBER}, {"12345678901234.56", PILOT_CELL_TEXT}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        char text[256];
        pilot_city *city;
        pilot_cells *cells;
        size_t found = 0;
        snprintf(text, sizeof text,
                 "{\"districts\":[],\"communities\":[],\"areas\":[{\"id\":\"a\",\"building_area_m2\":"
                 "\"%s\"}]}",
                 rows[i].area);
        cr_assert_eq(pilot_city_parse(text, strlen(text), &city, NULL), PILOT_OK);
        cr_assert_eq(pilot_city_to_cells(city, PILOT_TABLE_KEYS, &cells), PILOT_OK);
        const pilot_workbook *b = pilot_cells_workbook(cells);
        for (size_t s = 0; s < b->count; s++)
            for (size_t c = 0; c < b->sheets[s].rows * b->sheets[s].columns; c++) {
                const pilot_cell *cell = &b->sheets[s].cells[c];
                if (cell->text && strncmp(cell->text, "1234567", 7) == 0) {
                    cr_expect_eq(cell->kind, rows[i].kind, "%s", cell->text);
                    found++;
                }
            }
        cr_expect_eq(found, 1, "%s", rows[i].area);
        pilot_cells_free(cells);
        pilot_city_free(city);
    }
}

Test(table, sheets_say_what_they_are_for)
{
    pilot_cells *cells;
    pilot_sheet_about about;
    pilot_column_about column;
    size_t required = 0, at[2];
    cr_assert_eq(pilot_table_examples(PILOT_TABLE_KEYS, &cells), PILOT_OK);
    const pilot_workbook *b = pilot_cells_workbook(cells);
    for (size_t i = 0; i < b->count; i++) {
        cr_assert_eq(pilot_cells_sheet(cells, i, &about), PILOT_OK);
        CHECK(about.meaning && *about.meaning, "%s", b->sheets[i].name);
        const bool within =
            strchr(b->sheets[i].name, '.') && strncmp(b->sheets[i].name, "city.", 5) != 0;
        CHECK(!within || about.above < i, "%s", b->sheets[i].name);
        required += about.required && about.above == SIZE_MAX;
    }
    cr_assert_eq(required, 3); /* districts, communities, areas */
    find_column(b, "contracts", "provider", at);
    cr_assert_eq(pilot_cells_sheet(cells, at[0], &about), PILOT_OK);
    cr_assert(about.id == SIZE_MAX && strcmp(about.clause, "4.3-2") == 0);
    cr_assert_str_eq(b->sheets[about.above].name, "areas");
    find_column(b, "packages", "id", at);
    cr_assert_eq(pilot_cells_sheet(cells, at[0], &about), PILOT_OK);
    cr_assert_eq(about.id, at[1]);
    mark(&about, sizeof about);
    mark(&column, sizeof column);
    cr_assert_eq(pilot_cells_sheet(cells, b->count, &about), PILOT_ERROR_NOT_FOUND);
    cr_assert_eq(pilot_cells_sheet(NULL, 0, &about), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_cells_column(cells, b->count, 0, &column), PILOT_ERROR_NOT_FOUND);
    cr_assert_eq(pilot_cells_column(cells, 0, b->sheets[0].columns, &column), PILOT_ERROR_NOT_FOUND);
    cr_assert_eq(pilot_cells_column(NULL, 0, 0, &column), PILOT_ERROR_ARGUMENT);
    cr_assert(marked(&about, sizeof about) && marked(&column, sizeof column));
    cr_assert_eq(pilot_cells_sheet(cells, 0, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_eq(pilot_cells_column(cells, 0, 0, NULL), PILOT_ERROR_ARGUMENT);
    cr_assert_null(pilot_cells_choice(NULL, 0, 0, 0));
    cr_assert_null(pilot_cells_choice(cells, b->count, 0, 0));
    pilot_cells_free(cells);
}

/* Titles are compared in small letters of one width. */
Test(table, capitals_of_any_width_are_small)
{
    char folded[FOLDED_SIZE];
    cr_assert(pilot_fold("AMZ ＡＭＺ az09", folded));
    cr_expect_str_eq(folded, "amz amz az09", "%s", folded);
    for (unsigned sign = 0xFF01; sign <= 0xFF5E; sign++) {
        const char text[] = {'x', (char)0xEF, (char)(0x80 | (sign >> 6 & 0x3F)),
                             (char)(0x80 | (sign & 0x3F)), 0};
        const int narrow = (int)(sign - 0xFEE0);
        const char wanted[] = {'x', (char)(narrow >= 'A' && narrow <= 'Z' ? narrow + 32 : narrow), 0};
        cr_assert(pilot_fold(text, folded));
        CHECK(strcmp(folded, wanted) == 0, "%s: %s", text, folded);
    }
}
