/* What the money of public services outside the gate does: who pays what after a hand-over, and what an
 * enclosure moves to the owners:
 *     outside examples/data/outside/handover.json
 *     outside --json examples/data/outside/enclosure.json */
#include <pilot.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int refused(const char *what, const pilot_error *error)
{
    fprintf(stderr, "%s:%d:%d: %s: %s\n", what, (int)error->line, (int)error->column, error->path,
            error->message);
    return 2;
}

static pilot_status read_file(const char *path, pilot_outside_file **read, pilot_error *error)
{
    static char text[1 << 20];
    FILE *file = fopen(path, "rb");
    size_t length = file ? fread(text, 1, sizeof text, file) : 0;
    if (file)
        fclose(file);
    return pilot_outside_parse(text, length, read, error);
}

/* A service has the same number as a matter. */
static const char *service_title(pilot_public_service service)
{
    return pilot_duty_matter_title((pilot_duty_matter)service, PILOT_ENGLISH);
}

static const char *known(pilot_opt_int amount, pilot_text *text)
{
    return amount.known ? pilot_money_text(amount.value, text) : "?";
}

static const char *said(pilot_answer answer)
{
    static const char *const words[] = {"not known", "no", "yes"};
    return words[answer];
}

static void print_services(const char *what, uint32_t set)
{
    for (int service = 1; service <= PILOT_OTHER_PUBLIC_SERVICE; service++)
        if (set & UINT32_C(1) << service) {
            printf("%s: %s\n", what, service_title((pilot_public_service)service));
        }
}

static void print_handovers(const pilot_handover_sum *sum, const pilot_handover_money *rows,
                            size_t count)
{
    pilot_text cut, transfer, difference, city, district;
    printf("%-26s %12s %12s %12s %12s %12s  zero sum\n", "handed down, yuan a year", "cut", "transfer",
           "difference", "city", "district");
    for (size_t i = 0; i < count; i++)
        printf("%-26s %12s %12s %12s %12s %12s  %s%s\n", service_title(rows[i].service),
               known(rows[i].cut, &cut), known(rows[i].transfer, &transfer),
               known(rows[i].difference, &difference), known(rows[i].city, &city),
               known(rows[i].district, &district), said(rows[i].zero_sum),
               rows[i].parts == PILOT_PARTS_BY_SHARE ? ", parts by the given share" : "");
    printf("%-26s %12s %12s %12s %12s %12s  %s\n", "those known", pilot_money_text(sum->cut, &cut),
           pilot_money_text(sum->transfer, &transfer), pilot_money_text(sum->difference, &difference),
           pilot_money_text(sum->city, &city), pilot_money_text(sum->district, &district),
           said(sum->zero_sum));
    print_services("not handed down", sum->missing);
    print_services("not known whether handed down", sum->open);
    print_services("duty without its money", sum->duty_alone);
    print_services("money without its duty", sum->money_alone);
    printf("money that has not followed its duty: %s\n", pilot_money_text(sum->unfunded, &cut));
}

static void print_enclosure(const pilot_enclosure_sum *e, const pilot_item_shift *rows, size_t count)
{
    static const char *const shifts[PILOT_SHIFT_COUNT] = {
        "not known", "stays public", "stays with the owners", "to the owners", "to the public budget"};
    pilot_text text;
    pilot_reading_info reading;
    puts("items, yuan a year");
    for (size_t i = 0; i < count; i++)
        printf("%12s  %s, %s: %s\n", pilot_money_text(rows[i].item.yearly, &text),
               service_title(rows[i].item.service), pilot_place_title(rows[i].item.place, PILOT_ENGLISH),
               shifts[rows[i].shift]);
    for (int i = 0; i < PILOT_SHIFT_COUNT; i++)
        if (e->sum.of[i])
            printf("%12s  in all: %s\n", pilot_money_text(e->sum.of[i], &text), shifts[i]);
    if (e->per_dwelling.known)
        printf("%12s  of what moves, for each dwelling\n",
               pilot_money_text(e->per_dwelling.value, &text));
    if (e->per_square_metre.known)
        printf("%12s  of what moves, for each m2\n", pilot_price_text(e->per_square_metre.value, &text));
    if (e->in_year.known)
        printf("%12s  of what moves, for %d months of the year\n",
               pilot_money_text(e->in_year.value, &text), (int)e->months.value);
    if (!e->readings || pilot_reading_at(PILOT_READING_GATE_LAYOUT, &reading) != PILOT_OK)
        return;
    printf("depends on the reading of \"%s\" (%s)\n", reading.title_en, reading.register_id);
    for (int i = 0; i < PILOT_GATE_LAYOUT_COUNT; i++)
        printf("%12s  to the owners under \"%s\"\n",
               pilot_money_text(e->under[i].of[PILOT_TO_OWNERS], &text), reading.options[i].en);
}

static void print_ledger(const pilot_money *ledger)
{
    static const char *const parties[PILOT_PARTY_COUNT] = {
        "former providers", "street and community", "city", "district", "city or district", "owners"};
    pilot_text text;
    puts("who has more or less, yuan a year");
    for (int i = 0; i < PILOT_PARTY_COUNT; i++)
        if (ledger[i])
            printf("%12s  %s\n", pilot_money_text(ledger[i], &text), parties[i]);
}

static int print(const pilot_outside *outside, bool json)
{
    pilot_policy *policy = NULL;
    pilot_error error = {0};
    pilot_outside_result result;
    char *text = NULL;
    pilot_handover_money *handovers = calloc(outside->handover_count + 1, sizeof *handovers);
    pilot_item_shift *items = calloc(outside->enclosure.item_count + 1, sizeof *items);
    pilot_status status = handovers && items ? pilot_policy_nanchang_2019(&policy) : PILOT_ERROR_MEMORY;
    if (status == PILOT_OK)
        status = pilot_outside_compute(policy, outside, &result, handovers, items, &error);
    if (status == PILOT_OK && json) {
        status = pilot_outside_result_write(&result, handovers, items, PILOT_JSON_INDENTED, &text);
        if (status == PILOT_OK)
            fputs(text, stdout);
    } else if (status == PILOT_OK) {
        if (outside->handovers)
            print_handovers(&result.handovers, handovers, result.handover_count);
        if (outside->enclosure.items)
            print_enclosure(&result.enclosure, items, result.item_count);
        print_ledger(result.ledger);
    }
    pilot_text_free(text);
    free(items);
    free(handovers);
    pilot_policy_free(policy);
    return status == PILOT_OK ? 0 : refused("the amounts", &error);
}

int main(int count, char **words)
{
    pilot_outside_file *file;
    pilot_error error = {0};
    bool json = count == 3 && strcmp(words[1], "--json") == 0;
    if (count != (json ? 3 : 2)) {
        fputs("usage: outside [--json] FILE.json\n", stderr);
        return 2;
    }
    const char *path = words[count - 1];
    if (read_file(path, &file, &error) != PILOT_OK)
        return refused(path, &error);
    int status = print(pilot_outside_of(file), json);
    pilot_outside_free(file);
    return status;
}
