/* What a choice from a menu costs an area and one of its dwellings:
 *     quote MENU.json PACKAGE AREA_M2 HOUSEHOLDS DWELLING_M2 DATE
 *     quote examples/data/menus/foshan-2019.json comprehensive-3 83240.57 956 61.37 2020-01-01 */
#include <pilot.h>

#include <stdio.h>
#include <stdlib.h>

static int refused(const char *what, const pilot_error *error)
{
    fprintf(stderr, "%s:%d:%d: %s: %s\n", what, (int)error->line, (int)error->column, error->path,
            error->message);
    return 2;
}

static pilot_status read_menu(const char *path, pilot_menu **menu, pilot_error *error)
{
    static char text[1 << 20];
    FILE *file = fopen(path, "rb");
    size_t length = file ? fread(text, 1, sizeof text, file) : 0;
    if (file)
        fclose(file);
    return pilot_menu_parse(text, length, menu, error);
}

/* Shown so that no name of the menu can leave its line. */
static const char *service_name(const pilot_menu *menu, const char *id, char shown[256])
{
    const pilot_price_list *list = pilot_menu_prices(menu);
    const char *name = id ? id : "the package";
    for (size_t i = 0; id && i < list->service_count; i++)
        if (list->services[i].id == id && list->services[i].name)
            name = list->services[i].name;
    pilot_shown(name, shown, 256);
    return shown;
}

static const char *quantity_text(const pilot_quote_line *line, pilot_text *text)
{
    if (line->basis == PILOT_MENU_PER_SQUARE_METRE)
        return pilot_area_text(line->quantity, text);
    snprintf(text->text, sizeof text->text, "%lld", (long long)line->quantity);
    return text->text;
}

static void print_quote(const pilot_menu *menu, const pilot_quote *q, const pilot_quote_line *lines)
{
    pilot_text price, quantity, month, year;
    char name[256];
    for (size_t i = 0; i < q->line_count; i++)
        printf("  %s yuan x %s: %s a month, %s a year  %s, grade %lld\n",
               pilot_price_text(lines[i].price, &price), quantity_text(&lines[i], &quantity),
               pilot_money_text(lines[i].month, &month), pilot_money_text(lines[i].year, &year),
               service_name(menu, lines[i].service, name), (long long)lines[i].grade);
    printf("in all %s yuan a month, %s a year", pilot_money_text(q->month, &month),
           pilot_money_text(q->year, &year));
    if (q->month_per_square_metre.known)
        printf("; %s a month for each m2", pilot_price_text(q->month_per_square_metre.value, &price));
    if (q->month_per_dwelling.known)
        printf("; %s for each dwelling", pilot_money_text(q->month_per_dwelling.value, &month));
    putchar('\n');
}

static pilot_status print_bill(const pilot_menu *menu, const pilot_selection *selection,
                               pilot_area dwelling, pilot_date day, pilot_error *error)
{
    pilot_bill bill;
    pilot_text area, total;
    pilot_month first = pilot_month_of(day);
    pilot_status status = pilot_bill_compute(
        menu, selection, dwelling, (pilot_bill_period){first, first + 11}, NULL, &bill, NULL, 0, error);
    if (status == PILOT_OK)
        printf("a dwelling of %s m2: %s yuan for %d months\n", pilot_area_text(dwelling, &area),
               pilot_money_text(bill.total, &total), (int)bill.months);
    return status;
}

int main(int count, char **words)
{
    pilot_menu *menu = NULL;
    pilot_error error = {0};
    pilot_quote quote;
    pilot_quote_line lines[PILOT_MENU_SERVICES_MAX];
    pilot_premises premises = {0};
    pilot_area area, dwelling;
    pilot_date day;
    if (count != 7) {
        fputs("usage: quote MENU.json PACKAGE AREA_M2 HOUSEHOLDS DWELLING_M2 DATE\n", stderr);
        return 2;
    }
    if (pilot_area_parse(words[3], &area, &error) != PILOT_OK ||
        pilot_area_parse(words[5], &dwelling, &error) != PILOT_OK ||
        pilot_date_parse(words[6], &day, &error) != PILOT_OK)
        return refused("arguments", &error);
    premises.building_area = pilot_known(area);
    premises.households = pilot_known(strtoll(words[4], NULL, 10));
    if (read_menu(words[1], &menu, &error) != PILOT_OK)
        return refused(words[1], &error);
    const pilot_selection selection = {.package = words[2]};
    pilot_status status = pilot_quote_compute(menu, &selection, &premises, day, &quote, lines,
                                              PILOT_MENU_SERVICES_MAX, &error);
    if (status == PILOT_OK) {
        print_quote(menu, &quote, lines);
        status = print_bill(menu, &selection, dwelling, day, &error);
    }
    pilot_menu_free(menu);
    return status == PILOT_OK ? 0 : refused("the choice", &error);
}
