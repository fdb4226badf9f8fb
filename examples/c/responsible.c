/* Who is responsible: for a matter at a place, and what one body owes. */
#include <pilot.h>

#include <stdio.h>
#include <string.h>

static const char usage[] =
    "usage: responsible MATTER [PLACE LAYOUT] [--lang zh|en]\n"
    "       responsible --actor ACTOR [--lang zh|en]\n"
    "\n"
    "Says who, by the notice, performs, pays for and supervises a matter and who may be told of it; or\n"
    "what one body owes, and by when.\n"
    "\n"
    "  MATTER          such as street_lights\n"
    "  PLACE           such as courtyard\n"
    "  LAYOUT          open, closed or unknown\n"
    "  --actor ACTOR   such as city_management_bureau\n"
    "  --lang zh|en    language of the output (default: en)\n"
    "  -h, --help      print this, and every word\n"
    "\n"
    "Exit status: 0 answered, 2 a word that cannot be used.\n";

typedef struct options {
    const char *words[3]; /* matter, place, layout */
    int word_count;
    const char *actor;
    pilot_language language;
} options;

/* Wrapped, under the heading. */
static void print_words(const char *of, const char *(*word)(int))
{
    enum { WIDTH = 100 };
    size_t column = WIDTH;
    printf("\n%s:", of);
    for (int i = 1; word(i); i++) {
        size_t length = strlen(word(i)) + 1;
        bool wrap = column + length > WIDTH;
        printf(wrap ? "\n  %s" : " %s", word(i));
        column = wrap ? length + 1 : column + length;
    }
    putchar('\n');
}

static const char *matter_word(int i)
{
    return pilot_duty_matter_name((pilot_duty_matter)i);
}

static const char *place_word(int i)
{
    return pilot_place_name((pilot_place)i);
}

static const char *actor_word(int i)
{
    return pilot_actor_name((pilot_actor)i);
}

static int help(void)
{
    fputs(usage, stdout);
    print_words("matters", matter_word);
    print_words("places", place_word);
    print_words("actors", actor_word);
    return 0;
}

static int misused(const char *what, const char *word)
{
    fprintf(stderr, "responsible: %s%s%s%s; -h lists every word.\n", what, word ? " \"" : "",
            word ? word : "", word ? "\"" : "");
    return 2;
}

/* -1: go on. */
static int read_options(int count, char **words, options *o)
{
    for (int i = 1; i < count; i++) {
        const char *word = words[i];
        const char *value = i + 1 < count ? words[i + 1] : "";
        if (strcmp(word, "-h") == 0 || strcmp(word, "--help") == 0)
            return help();
        if (strcmp(word, "--lang") == 0) {
            if (strcmp(value, "zh") != 0 && strcmp(value, "en") != 0)
                return misused("--lang takes zh or en, not", value);
            o->language = strcmp(value, "zh") == 0 ? PILOT_CHINESE : PILOT_ENGLISH;
            i++;
        } else if (strcmp(word, "--actor") == 0) {
            o->actor = value;
            i++;
        } else if (*word == '-') {
            return misused("there is no option", word);
        } else if (o->word_count == 3) {
            return misused("a matter, a place and a layout are enough without", word);
        } else {
            o->words[o->word_count++] = word;
        }
    }
    if (o->actor && o->word_count)
        return misused("--actor asks about all matters, so leave out", o->words[0]);
    if (!o->actor && !o->word_count)
        return misused("name a matter, or --actor and a body", NULL);
    if (o->word_count == 2)
        return misused("say open, closed or unknown after the place", o->words[1]);
    return -1;
}

/* False for a word that is no layout. */
static bool find_layout(const char *word, pilot_layout *layout)
{
    return strcmp(word, "unknown") == 0 || pilot_layout_find(word, layout) == PILOT_OK;
}

/* What stands in the output, by pilot_language. */
enum {
    COMMA,
    COLON,
    GATE_IS,
    GATE_END,
    LIKEWISE,
    NOBODY,
    BOTH_SIDES,
    CLAUSE,
    DUE,
    NO_DATE,
};
static const char *const texts[][2] = {
    [COMMA] = {", ", "，"},
    [COLON] = {": ", "："},
    [GATE_IS] = {" (the gate is the ", "（“门”即"},
    [GATE_END] = {", 1-4)", "，1-4）"},
    [LIKEWISE] = {"Likewise.", "同上。"},
    [NOBODY] = {"The notice names nobody.", "通知没有指明。"},
    [BOTH_SIDES] = {"The layout settles the side, so here are both answers.\n",
                    "在门内还是门外，取决于布局，故分别回答。\n"},
    [CLAUSE] = {"clause", "条款    "},
    [DUE] = {"due", "期限"},
    [NO_DATE] = {"\n-: the notice sets no date.", "\n“-”：通知没有规定期限。"},
};

static const char *duty_text(const pilot_duty *duty, pilot_language language)
{
    return (const char *[]){duty->en, duty->zh}[language];
}

/* "street lights, courtyard, open area: outside the gate (the gate is the door of the unit, 1-4)" */
static void print_question(const pilot_duty_filter *q, pilot_language language)
{
    static const char *const layouts[][2] = {
        {"layout unknown", "布局不明"}, {"open area", "开放式"}, {"closed area", "封闭式"}};
    const char *comma = texts[COMMA][language];
    printf("%s", pilot_duty_matter_title(q->matter, language));
    if (q->place) {
        printf("%s%s%s%s%s%s", comma, pilot_place_title(q->place, language), comma,
               layouts[q->layout][language], texts[COLON][language],
               pilot_side_title(pilot_side_of(q->place, q->layout), language));
        if (q->layout)
            printf("%s%s%s", texts[GATE_IS][language],
                   pilot_gate_title(pilot_gate_of(q->layout), language), texts[GATE_END][language]);
    }
    putchar('\n');
}

/* Whether another body has had this very line before. */
static bool is_repeated(const pilot_duty *const *duties, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (strcmp(duties[i]->en, duties[index]->en) == 0)
            return true;
    return false;
}

/* The role's duties, each body once with all its lines; the side only where the question has none. */
static void print_role(const pilot_duty_filter *q, const pilot_duty *const *duties, size_t count,
                       pilot_language language)
{
    pilot_actor last = PILOT_ACTOR_NONE;
    printf("\n%s\n", pilot_role_title(q->role, language));
    for (size_t i = 0; i < count; i++) {
        const pilot_duty *d = duties[i];
        if (d->actor != last)
            printf("  %s\n", pilot_actor_title(d->actor, language));
        last = d->actor;
        printf("    %-8s %s", d->clause,
               is_repeated(duties, i) ? texts[LIKEWISE][language] : duty_text(d, language));
        if (!q->place && d->side)
            printf(" [%s]", pilot_side_title(d->side, language));
        putchar('\n');
    }
    if (!count)
        printf("  %s\n", texts[NOBODY][language]);
}

static int print_roles(pilot_duty_filter q, pilot_language language)
{
    enum { ENOUGH = 64 };
    const pilot_duty *duties[ENOUGH];
    print_question(&q, language);
    for (int role = 1; role < PILOT_ROLE_COUNT; role++) {
        size_t count;
        q.role = (pilot_role)role;
        pilot_error error;
        if (pilot_responsible(&q, duties, ENOUGH, &count, &error) != PILOT_OK) {
            fprintf(stderr, "responsible: %s: %s\n", error.path, error.message);
            return 2;
        }
        /* What everybody asks is answered even where the notice is silent. */
        bool asked = q.role == PILOT_PERFORMS || q.role == PILOT_PAYS || q.role == PILOT_SUPERVISES ||
                     q.role == PILOT_MAY_BE_TOLD;
        if (count || asked)
            print_role(&q, duties, count, language);
    }
    return 0;
}

static int print_responsible(const options *o)
{
    pilot_duty_filter q = {0};
    if (pilot_duty_matter_find(o->words[0], &q.matter) != PILOT_OK)
        return misused("there is no matter", o->words[0]);
    if (o->word_count == 3 && pilot_place_find(o->words[1], &q.place) != PILOT_OK)
        return misused("there is no place", o->words[1]);
    if (o->word_count == 3 && !find_layout(o->words[2], &q.layout))
        return misused("a layout is open, closed or unknown, not", o->words[2]);
    if (!q.place || pilot_side_of(q.place, q.layout))
        return print_roles(q, o->language);
    puts(texts[BOTH_SIDES][o->language]);
    q.layout = PILOT_LAYOUT_OPEN;
    int result = print_roles(q, o->language);
    putchar('\n');
    q.layout = PILOT_LAYOUT_CLOSED;
    return result ? result : print_roles(q, o->language);
}

static int print_owed(const options *o)
{
    pilot_duty_filter q = {0};
    pilot_policy *policy;
    if (pilot_actor_find(o->actor, &q.actor) != PILOT_OK)
        return misused("there is no actor", o->actor);
    if (pilot_policy_nanchang_2019(&policy) != PILOT_OK)
        return misused("out of memory", NULL);
    printf("%s\n", pilot_actor_title(q.actor, o->language));
    printf("%-8s %s\n", texts[CLAUSE][o->language], texts[DUE][o->language]);
    for (const pilot_duty *d = NULL; (d = pilot_duty_next(d, &q));) {
        pilot_opt_date due;
        pilot_text date;
        if (pilot_duty_due(policy, d, &due) != PILOT_OK)
            continue;
        printf("%-8s %-10s  %s: %s\n", d->clause, due.known ? pilot_date_text(due.value, &date) : "-",
               pilot_role_title(d->role, o->language), duty_text(d, o->language));
    }
    puts(texts[NO_DATE][o->language]);
    pilot_policy_free(policy);
    return 0;
}

int main(int count, char **words)
{
    options o = {0};
    int result = read_options(count, words, &o);
    if (result >= 0)
        return result;
    return o.actor ? print_owed(&o) : print_responsible(&o);
}
