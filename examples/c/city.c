/* Reads a city file, holds it against the notice, and prints what a city's office needs: findings,
 * awards by community and year, and the range over the disputed readings. */
#include <pilot.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: city [options] CITY.json\n"
    "\n"
    "Checks a city file against the notice and computes its communities' rewards.\n"
    "\n"
    "  --as-of DATE    the day to judge by, such as 2020-02-29 (required)\n"
    "  --lang zh|en    language of the output (default: en)\n"
    "  --reform FILE   apply a JSON merge patch to the default policy first\n"
    "  --all           list met and not applicable findings as well\n"
    "  --clause ID     list only findings of a clause or section, such as 4.2-1 or 4.4\n"
    "  --district ID   list only findings of a district\n"
    "  --community ID  list only findings of a community\n"
    "  --readings      list what would change under other readings of the notice\n"
    "  --timeline      list each area's steps: done, open, overdue, and who acts next\n"
    "  --json          print the report as JSON and nothing else\n"
    "  -h, --help      print this\n"
    "\n"
    "Exit status: 0 no breach, 1 at least one breach, 2 input that cannot be used.\n";

typedef struct options {
    const char *file;
    const char *reform;
    const char *clause, *district, *community;
    pilot_date as_of;
    bool has_as_of, all, json, readings, timeline;
    pilot_language language;
} options;

#define PROBLEMS_SHOWN 20

static void print_problem(const char *file, const pilot_error *error, pilot_language language)
{
    const bool zh = language == PILOT_CHINESE;
    fprintf(stderr, "%s", file);
    if (error->line)
        fprintf(stderr, ":%d:%d", (int)error->line, (int)error->column);
    fprintf(stderr, "%s%s%s%s\n",
            zh && *error->path ? "，"
            : zh               ? "："
                               : ": ",
            error->path,
            !*error->path ? ""
            : zh          ? "："
                          : ": ",
            zh ? error->message_zh : error->message);
}

/* All that is wrong with the text. error: why it was refused. */
static int refuse(pilot_schema document, const char *file, const char *text, size_t length,
                  const pilot_error *error, const options *o)
{
    pilot_error errors[PROBLEMS_SHOWN];
    size_t count = 0;
    (void)pilot_problems(document, text, length, NULL, errors, PROBLEMS_SHOWN, &count);
    for (size_t i = 0; i < count && i < PROBLEMS_SHOWN; i++)
        print_problem(file, &errors[i], o->language);
    if (count > PROBLEMS_SHOWN)
        fprintf(stderr, o->language == PILOT_CHINESE ? "另有%zu处\n" : "and %zu more\n",
                count - PROBLEMS_SHOWN);
    if (!count)
        print_problem(file, error, o->language);
    return 2;
}

static int misused(const char *what)
{
    fprintf(stderr, "city: %s\n\n%s", what, usage);
    return 2;
}

/* The option's value goes to *text; NULL where it takes none. */
static const char **value_of(const char *word, options *o)
{
    return strcmp(word, "--reform") == 0      ? &o->reform
           : strcmp(word, "--clause") == 0    ? &o->clause
           : strcmp(word, "--district") == 0  ? &o->district
           : strcmp(word, "--community") == 0 ? &o->community
                                              : NULL;
}

static bool *switch_of(const char *word, options *o)
{
    return strcmp(word, "--all") == 0        ? &o->all
           : strcmp(word, "--json") == 0     ? &o->json
           : strcmp(word, "--readings") == 0 ? &o->readings
           : strcmp(word, "--timeline") == 0 ? &o->timeline
                                             : NULL;
}

/* -1: go on. */
static int read_option(const char *word, const char *value, options *o)
{
    pilot_error error;
    if (strcmp(word, "--as-of") == 0) {
        if (pilot_date_parse(value, &o->as_of, &error) != PILOT_OK)
            return misused(error.message);
        o->has_as_of = true;
    } else if (strcmp(word, "--lang") == 0) {
        if (!value || (strcmp(value, "zh") != 0 && strcmp(value, "en") != 0))
            return misused("--lang takes zh or en");
        o->language = strcmp(value, "zh") == 0 ? PILOT_CHINESE : PILOT_ENGLISH;
    } else if (value_of(word, o) && value) {
        *value_of(word, o) = value;
    } else {
        return misused("an option that it does not have, or that lacks its value");
    }
    return -1;
}

/* -1: go on. */
static int read_options(int count, char **words, options *o)
{
    for (int i = 1; i < count; i++) {
        int result = -1;
        if (strcmp(words[i], "-h") == 0 || strcmp(words[i], "--help") == 0) {
            fputs(usage, stdout);
            return 0;
        }
        if (switch_of(words[i], o))
            *switch_of(words[i], o) = true;
        else if (*words[i] == '-')
            result = read_option(words[i], i + 1 < count ? words[i + 1] : NULL, o), i++;
        else if (!o->file)
            o->file = words[i];
        else
            result = misused("a second file");
        if (result >= 0)
            return result;
    }
    if (!o->file || !o->has_as_of)
        return misused(o->file ? "--as-of is missing" : "no city file is named");
    return -1;
}

/* The whole file, or NULL; the caller frees it. */
static char *slurp(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    size_t used = 0, size = 0;
    if (!file)
        return NULL;
    for (;;) {
        if (used == size) {
            char *larger = realloc(text, size = size ? size * 2 : 65536);
            if (!larger)
                break;
            text = larger;
        }
        size_t read = fread(text + used, 1, size - used, file);
        used += read;
        if (!read)
            break;
    }
    bool whole = !ferror(file) && feof(file);
    fclose(file);
    if (!whole) {
        free(text);
        return NULL;
    }
    *length = used;
    return text;
}

/* Columns a terminal gives the text: two for a character of the CJK blocks. */
static int width(const char *text)
{
    int columns = 0;
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        if ((byte & 0xC0) != 0x80)
            columns += byte >= 0xE3 ? 2 : 1;
    }
    return columns;
}

/* Text of the file may hold anything, and is shown so that it cannot leave its line. */
static void cell(const char *text, int columns)
{
    char shown[512];
    pilot_shown(text, shown, sizeof shown);
    printf("%s%*s", shown, columns - width(shown) > 0 ? columns - width(shown) : 0, "");
}

static void amount(pilot_money money)
{
    pilot_text text;
    printf(" %15s", pilot_money_text(money, &text));
}

/* What stands in the output, by pilot_language. */
enum {
    REWARD,
    COMMUNITY,
    HOMES,
    ALL,
    LACK_DATA,
    COUNTED_ELSEWHERE,
    NO_AREA,
    NO_AREA_NAMES_IT,
    BUT,
    NAME_NONE,
    BY_YEAR,
    YEAR,
    RANGE,
    TO,
    YUAN,
    READINGS,
    LATE,
    DAYS,
    STEPS,
};
static const char *const texts[][2] = {
    [REWARD] = {"\nReward, yuan (4.4.1-2 to 4.4.1-8)", "\n以奖代补，元（4.4.1-2至4.4.1-8）"},
    [COMMUNITY] = {"community", "社区"},
    [HOMES] = {"homes", "户数"},
    [ALL] = {"all", "合计"},
    [LACK_DATA] = {" area(s) lack data", "个居民区数据不全"},
    [COUNTED_ELSEWHERE] = {"its area is counted in another community", "其居民区计入另一社区"},
    [NO_AREA] = {"has no area", "没有居民区"},
    [NO_AREA_NAMES_IT] = {"no area names it", "没有居民区属于它"},
    [BUT] = {"; ", "；"},
    [NAME_NONE] = {" area(s) name no community", "个居民区未注明社区"},
    [BY_YEAR] = {"\nBy year, yuan", "\n分年度，元"},
    [YEAR] = {"year", "年份"},
    [RANGE] = {"\nPayable over the readings: ", "\n各种读法下的应付合计："},
    [TO] = {" to ", "至"},
    [YUAN] = {" yuan", "元"},
    [READINGS] = {"What other readings would change", "按其他读法将有变化的结论"},
    [LATE] = {"", "逾期"},
    [DAYS] = {" days late", "天"},
    [STEPS] = {"\nSteps of each area (an arrow marks the next one and who acts)",
               "\n各居民区进度（箭头为下一步及责任单位）"},
};

/* A row of headings over the amounts; name and count may be "". */
static void heading(const char *name, const char *count, pilot_language language)
{
    static const char *const titles[][2] = {
        {"payable", "应付合计"}, {"city", "市级"}, {"district", "区级"}, {"withheld", "未予支付"}};
    cell(name, 16);
    printf("%*s%s", 9 - width(count), "", count);
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        printf("%*s%s", 16 - width(titles[i][language]), "", titles[i][language]);
    putchar('\n');
}

static void award_row(const char *name, const pilot_award_sum *sum, pilot_language language)
{
    cell(name, 16);
    printf(" %8lld", (long long)sum->quantity[PILOT_PER_HOUSEHOLD]);
    amount(sum->award.total);
    amount(sum->award.city);
    amount(sum->award.district);
    amount(sum->award.withheld);
    if (sum->areas_unknown)
        printf("  %zu%s", sum->areas_unknown, texts[LACK_DATA][language]);
}

/* Why a community has no area in its sum. unplaced: areas that do not say which communities are theirs.
 */
static void without_area(const pilot_city *city, const pilot_community *community, size_t unplaced,
                         pilot_language language)
{
    size_t named;
    (void)pilot_city_areas_of(city, community, &named);
    const bool none = !unplaced && pilot_city_records(city)->complete == PILOT_ANSWER_YES;
    printf("  %s", texts[named ? COUNTED_ELSEWHERE : none ? NO_AREA : NO_AREA_NAMES_IT][language]);
    if (!named && unplaced)
        printf("%s%zu%s", texts[BUT][language], unplaced, texts[NAME_NONE][language]);
}

static pilot_status print_awards(const pilot_policy *policy, const pilot_city *city, const options *o)
{
    const pilot_language language = o->language;
    const pilot_records *r = pilot_city_records(city);
    pilot_award_sum sum;
    size_t unplaced = 0;
    for (size_t i = 0; i < r->area_count; i++)
        unplaced += !r->areas[i].communities;
    puts(texts[REWARD][language]);
    heading(texts[COMMUNITY][language], texts[HOMES][language], language);
    for (size_t i = 0; i < r->community_count; i++) {
        pilot_status status =
            pilot_city_award(policy, city, &r->communities[i], o->as_of, &sum, NULL, 0, NULL);
        if (status != PILOT_OK)
            return status;
        award_row(r->communities[i].name ? r->communities[i].name : r->communities[i].id, &sum,
                  language);
        if (!sum.areas && !sum.areas_unknown)
            without_area(city, &r->communities[i], unplaced, language);
        putchar('\n');
    }
    pilot_status status = pilot_city_award(policy, city, NULL, o->as_of, &sum, NULL, 0, NULL);
    if (status != PILOT_OK)
        return status;
    award_row(texts[ALL][language], &sum, language);
    putchar('\n');
    return PILOT_OK;
}

static pilot_status print_years(const pilot_policy *policy, const pilot_city *city, const options *o)
{
    size_t count = pilot_policy_years(policy, NULL);
    pilot_award_year *years = calloc(count ? count : 1, sizeof *years);
    pilot_award_sum sum;
    if (!years)
        return PILOT_ERROR_MEMORY;
    pilot_status status = pilot_city_award(policy, city, NULL, o->as_of, &sum, years, count, NULL);
    if (status == PILOT_OK) {
        puts(texts[BY_YEAR][o->language]);
        heading(texts[YEAR][o->language], "", o->language);
    }
    for (size_t i = 0; status == PILOT_OK && i < count; i++) {
        printf("%-16d %8s", (int)years[i].year, "");
        amount(years[i].total);
        amount(years[i].city);
        amount(years[i].district);
        amount(years[i].withheld);
        putchar('\n');
    }
    free(years);
    return status;
}

static pilot_status print_range(const pilot_policy *policy, const pilot_city *city, const options *o)
{
    pilot_award_range range;
    pilot_text least, greatest;
    pilot_status status = pilot_city_award_range(policy, city, NULL, o->as_of, &range, NULL);
    if (status != PILOT_OK)
        return status;
    printf("%s%s%s%s%s\n", texts[RANGE][o->language], pilot_money_text(range.total.least, &least),
           texts[TO][o->language], pilot_money_text(range.total.greatest, &greatest),
           texts[YUAN][o->language]);
    for (int i = 0; i < PILOT_READING_COUNT; i++) {
        pilot_reading_info info;
        if (range.total.moved_by & PILOT_READING_BIT(i) &&
            pilot_reading_at((pilot_reading)i, &info) == PILOT_OK)
            printf("  %-6s %s\n", info.register_id,
                   (const char *[]){info.question_en, info.question_zh}[o->language]);
    }
    return PILOT_OK;
}

static pilot_status print_readings(const pilot_report *report, const options *o)
{
    char *text;
    pilot_status status = pilot_readings_print(report, o->language, &text);
    if (status != PILOT_OK)
        return status;
    printf("\n%s\n%s", texts[READINGS][o->language], text);
    pilot_text_free(text);
    return PILOT_OK;
}

static void print_step(const pilot_milestone_entry *entry, bool next, pilot_language language)
{
    pilot_text day;
    const char *when = entry->done_on.known ? pilot_date_text(entry->done_on.value, &day)
                       : entry->due.known   ? pilot_date_text(entry->due.value, &day)
                                            : "";
    printf("  %s ", next ? "->" : "  ");
    cell(pilot_milestone_title(entry->milestone, language), 30);
    cell(pilot_milestone_state_title(entry->state, language), *when ? 14 : 0);
    printf("%s", when);
    if (entry->days_late)
        printf("  %s%d%s", texts[LATE][language], (int)entry->days_late, texts[DAYS][language]);
    if (next)
        printf("  %s", pilot_actor_title(entry->actor, language));
    putchar('\n');
}

static pilot_status print_timelines(const pilot_policy *policy, const pilot_city *city, const options *o)
{
    const pilot_records *r = pilot_city_records(city);
    puts(texts[STEPS][o->language]);
    for (size_t i = 0; i < r->area_count; i++) {
        pilot_timeline timeline;
        pilot_status status = pilot_timeline_make(policy, &r->areas[i], o->as_of, &timeline, NULL);
        if (status != PILOT_OK)
            return status;
        cell(r->areas[i].name ? r->areas[i].name : r->areas[i].id, 0);
        putchar('\n');
        for (int j = 0; j < PILOT_MILESTONE_COUNT; j++)
            print_step(&timeline.entries[j], j == timeline.next, o->language);
    }
    return PILOT_OK;
}

static pilot_status print_report(const pilot_report *report, const options *o)
{
    const pilot_report_filter filter = {.outcomes = o->all ? 0 : PILOT_OUTCOMES_OPEN,
                                        .clause = o->clause,
                                        .district = o->district,
                                        .community = o->community};
    char *text;
    pilot_status status = o->json ? pilot_report_write(report, &filter, PILOT_JSON_INDENTED, &text)
                                  : pilot_report_print(report, &filter, o->language, &text);
    if (status != PILOT_OK)
        return status;
    fputs(text, stdout);
    pilot_text_free(text);
    return o->readings && !o->json ? print_readings(report, o) : PILOT_OK;
}

static int print_all(const pilot_policy *policy, const pilot_city *city, const options *o)
{
    pilot_report *report;
    pilot_status status = pilot_check(policy, city, o->as_of, &report, NULL);
    int breaches = 0;
    if (status == PILOT_OK) {
        status = print_report(report, o);
        breaches = pilot_report_count(report, PILOT_BREACH) > 0;
        pilot_report_free(report);
    }
    if (status == PILOT_OK && o->timeline && !o->json)
        status = print_timelines(policy, city, o);
    if (status == PILOT_OK && !o->json)
        status = print_awards(policy, city, o);
    if (status == PILOT_OK && !o->json)
        status = print_years(policy, city, o);
    if (status == PILOT_OK && !o->json)
        status = print_range(policy, city, o);
    if (status == PILOT_OK)
        return breaches;
    fprintf(stderr, "city: %s\n", pilot_status_text(status, PILOT_ENGLISH));
    return 2;
}

static int make_policy(const options *o, pilot_policy **policy)
{
    pilot_error error;
    pilot_policy *reform;
    size_t length;
    if (pilot_policy_nanchang_2019(policy) != PILOT_OK)
        return misused("out of memory");
    if (!o->reform)
        return 0;
    char *text = slurp(o->reform, &length);
    if (!text) {
        fprintf(stderr, "%s: cannot be read\n", o->reform);
        return 2;
    }
    int result = 0;
    if (pilot_policy_patch(*policy, text, length, &reform, &error) == PILOT_OK) {
        pilot_policy_free(*policy);
        *policy = reform;
    } else {
        result = refuse(PILOT_SCHEMA_REFORM, o->reform, text, length, &error, o);
    }
    free(text);
    return result;
}

int main(int count, char **words)
{
    options o = {0};
    pilot_policy *policy = NULL;
    pilot_city *city = NULL;
    pilot_error error;
    size_t length = 0;
    int result = read_options(count, words, &o);
    if (result >= 0)
        return result;
    result = make_policy(&o, &policy);
    char *text = result ? NULL : slurp(o.file, &length);
    if (!result && !text) {
        fprintf(stderr, "%s: cannot be read\n", o.file);
        result = 2;
    }
    if (text && pilot_city_parse(text, length, &city, &error) != PILOT_OK)
        result = refuse(PILOT_SCHEMA_CITY, o.file, text, length, &error, &o);
    free(text);
    if (city)
        result = print_all(policy, city, &o);
    pilot_city_free(city);
    pilot_policy_free(policy);
    return result;
}
