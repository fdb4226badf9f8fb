/* What several offers cost on the same premises, side by side, and where a service is cheapest:
 *     compare examples/data/comparisons/foshan-mudanjiang.json
 * With --json the outcome is a JSON document. */
#include <pilot.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char text[1 << 20];

static int refused(const char *path, const pilot_error *error)
{
    fprintf(stderr, "%s:%d:%d: %s: %s\n", path, (int)error->line, (int)error->column, error->path,
            error->message);
    return 2;
}

static const char *provider_of(const pilot_menu_offer *offer)
{
    return offer->provider ? offer->provider : "-";
}

/* Text of the file may hold anything, and is shown so that it cannot leave its line. */
typedef struct shown {
    char text[256];
} shown;

static const char *show(const char *name, shown *to)
{
    pilot_shown(name, to->text, sizeof to->text);
    return to->text;
}

static void print_offers(const pilot_comparison_terms *t, const pilot_offer_quote *rows)
{
    pilot_text month, year, more, dwelling;
    shown menu, provider;
    puts("rank    yuan a month     yuan a year        more a year  a dwelling  menu, provider");
    for (size_t rank = 1; rank <= t->offer_count; rank++)
        for (size_t i = 0; i < t->offer_count; i++) {
            const pilot_offer_quote *r = &rows[i];
            if (r->rank != rank)
                continue;
            bool known = r->year_more_per_dwelling.known;
            printf("%4zu %15s %15s %18s %11s  %s, %s\n", r->rank,
                   pilot_money_text(r->quote.month, &month), pilot_money_text(r->quote.year, &year),
                   pilot_money_text(r->year_more, &more),
                   known ? pilot_money_text(r->year_more_per_dwelling.value, &dwelling) : "-",
                   show(r->quote.menu, &menu), show(provider_of(&t->offers[i]), &provider));
        }
}

static void print_cheapest(const pilot_comparison_terms *t, const pilot_cheapest *rows)
{
    pilot_text price, month;
    shown service, menu;
    for (size_t i = 0; i < t->required_count; i++)
        printf("%s at grade %lld or better: %s at grade %lld, %s yuan per %s, %s yuan a month\n",
               show(t->required[i].service, &service), (long long)t->required[i].grade,
               show(pilot_menu_prices(t->offers[rows[i].offer].menu)->id, &menu),
               (long long)rows[i].grade, pilot_price_text(rows[i].price, &price),
               pilot_menu_basis_name(rows[i].basis), pilot_money_text(rows[i].month, &month));
}

static pilot_status print_json(const pilot_comparison_terms *t, const pilot_offer_quote *quotes,
                               const pilot_cheapest *cheapest)
{
    char *written;
    pilot_status status =
        pilot_comparison_result_write(t, quotes, cheapest, PILOT_JSON_INDENTED, &written);
    if (status != PILOT_OK)
        return status;
    puts(written);
    pilot_text_free(written);
    return PILOT_OK;
}

static pilot_status compare(const pilot_comparison_terms *t, bool json, pilot_error *error)
{
    pilot_offer_quote *quotes = calloc(t->offer_count, sizeof *quotes);
    pilot_cheapest *cheapest = calloc(t->required_count + 1, sizeof *cheapest);
    pilot_status status = PILOT_ERROR_MEMORY;
    if (quotes && cheapest)
        status = pilot_comparison_compute(t, quotes, cheapest, error);
    if (status == PILOT_OK && json)
        status = print_json(t, quotes, cheapest);
    if (status == PILOT_OK && !json) {
        print_offers(t, quotes);
        print_cheapest(t, cheapest);
    }
    free(quotes);
    free(cheapest);
    return status;
}

int main(int count, char **words)
{
    pilot_comparison *comparison;
    pilot_error error = {0};
    bool json = count == 3 && strcmp(words[1], "--json") == 0;
    if (count != 2 && !json) {
        fputs("usage: compare [--json] COMPARISON.json\n", stderr);
        return 2;
    }
    const char *path = words[count - 1];
    FILE *file = fopen(path, "rb");
    size_t length = file ? fread(text, 1, sizeof text, file) : 0;
    if (file)
        fclose(file);
    if (pilot_comparison_parse(text, length, &comparison, &error) != PILOT_OK)
        return refused(path, &error);
    pilot_status status = compare(pilot_comparison_content(comparison), json, &error);
    pilot_comparison_free(comparison);
    if (status == PILOT_OK)
        return 0;
    pilot_error_locate(text, length, &error);
    return refused(path, &error);
}
