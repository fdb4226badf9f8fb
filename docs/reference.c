/* Writes docs/reference.md from the library's own tables: make docs. */
#include <pilot.h>

#include <stdio.h>

static void print_options(const pilot_reading_info *info)
{
    for (int32_t i = 0; i < info->option_count; i++)
        printf("%s`%s` %s", i ? ", " : "", info->options[i].name, info->options[i].zh);
}

static void print_readings(void)
{
    puts("## Disputed readings\n\n"
         "The first option is the default.\n\n"
         "| Switch | Register | Clause | Options | Question | Why the default "
         "|\n|---|---|---|---|---|---|");
    for (int i = 0; i < PILOT_READING_COUNT; i++) {
        pilot_reading_info info;
        if (pilot_reading_at((pilot_reading)i, &info) != PILOT_OK)
            continue;
        printf("| `%s` | %s | %s | ", info.name, info.register_id, info.clause);
        print_options(&info);
        printf(" | %s %s | %s %s |\n", info.question_en, info.question_zh, info.reason_en,
               info.reason_zh);
    }
}

static void print_parameters(void)
{
    pilot_parameter_info parameter;
    puts("\n## Parameters of a policy\n\n| Key | Clause | Meaning | |\n|---|---|---|---|");
    for (size_t i = 0; pilot_parameter_at(i, &parameter) == PILOT_OK; i++)
        if (!parameter.parent)
            printf("| `%s` | %s | %s | %s |\n", parameter.key, parameter.clause ? parameter.clause : "",
                   parameter.en, parameter.zh);
}

static void print_outcomes(const pilot_rule *rule)
{
    uint32_t outcomes = pilot_rule_outcomes(rule) & ~(1u << PILOT_NOT_APPLICABLE);
    const char *between = "";
    for (int i = 0; i < PILOT_OUTCOME_COUNT; i++)
        if (outcomes & 1u << i) {
            printf("%s%s", between, pilot_outcome_title((pilot_outcome)i, PILOT_ENGLISH));
            between = ", ";
        }
}

/* A row for each clause that a rule carries out, so that a clause can be looked up as well as a rule. */
static void print_rules(void)
{
    puts("\n## Rules\n\nEvery rule can also find that it does not apply. Its cases are in the file of "
         "its part\n"
         "under `tests/cases/rules/`, and run as the test `rules/cases`.\n\n"
         "| Clause | Rule | Outcomes | Asked of | Test | What has to be so | "
         "|\n|---|---|---|---|---|---|---|");
    for (size_t i = 0; i < pilot_rule_count(); i++) {
        const pilot_rule *rule = pilot_rule_at(i);
        for (int j = 0; j < PILOT_RULE_CLAUSES_MAX && rule->clauses[j]; j++) {
            printf("| %s | `%s` | ", rule->clauses[j], rule->id);
            print_outcomes(rule);
            printf(" | %s | rules/cases: %s.json | %s | %s |\n", pilot_scope_name(rule->scope),
                   pilot_rule_part(rule), rule->en, rule->zh);
        }
    }
}

static void print_reads(void)
{
    puts("\n## What a rule reads\n\nThe fields that decide it, as paths of keys in the city file; what "
         "a record or a\n"
         "list has is read with it, and no other field changes what the rule finds.\n\n"
         "| Rule | Asked of | Fields | Needs the whole city |\n|---|---|---|---|");
    for (size_t i = 0; i < pilot_rule_count(); i++) {
        const pilot_rule *rule = pilot_rule_at(i);
        printf("| `%s` | %s |", rule->id, pilot_scope_name(rule->scope));
        for (size_t j = 0; rule->reads[j]; j++)
            printf("%s`%s`", j ? ", " : " ", rule->reads[j]);
        puts(pilot_rule_whole_city(rule) ? " | yes |" : " | |");
    }
}

static void print_clauses(void)
{
    char text[96];
    puts("\n## The notice, clause by clause\n\n"
         "| Clause | Place | Class | What it says | | Carried out by |\n|---|---|---|---|---|---|");
    for (const pilot_clause *c = NULL; (c = pilot_clause_next(c, NULL));) {
        printf("| %s | %s | %s%s | %s | %s |", c->id, c->ref, pilot_clause_class_name(c->clause_class),
               c->soft ? ", soft" : "", c->en, c->zh);
        for (size_t i = 0; pilot_clause_binding(c->id, i, text, sizeof text) == PILOT_OK; i++)
            printf("%s%s", i ? "; " : " ", text);
        puts(" |");
    }
}

int main(void)
{
    puts("# Reference\n\nMade from the library's tables by `make docs`.\n");
    print_readings();
    print_parameters();
    print_rules();
    print_reads();
    print_clauses();
    return 0;
}
