/* Writes docs/reference.md from the library's own tables: make generated. */
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
    puts(
        "\n## Rules\n\nEvery rule can also find that it does not apply. Its cases are in the file of "
        "its part\n"
        "under `tests/cases/rules/`, and run as the test `rules/cases`. Before the notice is in force "
        "nothing is\n"
        "asked; until the day of what a rule waits for is over, what is not so is pending. A rule that "
        "waits for nothing\n"
        "is a ban, or says how something has to be done that is done. What no evidence shows is unknown "
        "throughout.\n\n"
        "| Clause | Rule | Outcomes | Waits for | Asked of | Test | What has to be so | "
        "|\n|---|---|---|---|---|---|---|---|");
    for (size_t i = 0; i < pilot_rule_count(); i++) {
        const pilot_rule *rule = pilot_rule_at(i);
        for (int j = 0; j < PILOT_RULE_CLAUSES_MAX && rule->clauses[j]; j++) {
            printf("| %s | `%s` | ", rule->clauses[j], rule->id);
            print_outcomes(rule);
            printf(" | %s | %s | rules/cases: %s.json | %s%s%s%s | %s |\n",
                   rule->due ? pilot_due_title(rule->due, PILOT_ENGLISH) : "",
                   pilot_scope_name(rule->scope), pilot_rule_part(rule), rule->en, rule->law ? " (" : "",
                   rule->law ? rule->law : "", rule->law ? ")" : "", rule->zh);
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

static void print_calls(void)
{
    puts("\n## Calls\n\nWhat `pilot_call` answers; `docs/calls.md` says how. Each takes "
         "`schema/call/NAME.request.schema.json` and gives\n`schema/call/NAME.result.schema.json`.\n\n"
         "| Call | What it gives | |\n|---|---|---|");
    for (size_t i = 0; i < pilot_call_count(); i++) {
        const pilot_word call = pilot_call_at(i);
        printf("| `%s` | %s | %s |\n", call.name, call.en, call.zh);
    }
}

/* Where the second reading of the notice decided against the first, whose register has. */
static void print_second_reading(void)
{
    static const char *const rows[][3] = {
        {"5.1 to 5.5", "An undated duty binds at once.",
         "It binds from the day in force and is due with the step that it is needed for, or with the "
         "assessment: nobody can owe an office before there is a service."},
        {"5.5-1, 6.1-3, 6.2-2", "A late assessment is a late step of its district.",
         "The leading group's office makes it (5.5-2), so the district is not late with it; the city's "
         "and the district's leading groups criticise, and no district itself."},
        {"4.4.1-2, 4.4.1-6", "A community that passes and was paid something is in order.",
         "More than is earned by the day, what is paid before the pass and a wrong share of one side "
         "are "
         "each a breach: the amount and who bears it are fixed."},
        {"3.2-7c, 5.5-3", "Payment is never late, as the notice sets no day.",
         "It waits from the pass on, and is late once the reward's last month is over: \"in time\" "
         "cannot "
         "mean after the period."},
        {"4.4.2-3, 4.4.2-4", "Bays and parking fees are the district's alone.",
         "On public roads. What is allowed to the district is forbidden to nobody else, and 3.2-8 "
         "speaks "
         "of providers that collect parking fees (B-2)."},
        {"4.2-3, 4.2-4", "Under `area_map` = `function` a second area is a note.",
         "Nothing is asked of it there; providers that differ within a community are the note, as that "
         "is "
         "what 4.2-4 encourages. The district acts, which selects."},
        {"2-2", "A merged district and its successor are two.",
         "Together they are one of the five, from the takeover or the approval (A-13)."},
        {"5.4-2, 5.4-4", "The last vote decides.",
         "A contract rests on the vote that chose its provider, and a later vote does not touch it."},
        {"4.4-3", "A refund collects nothing and changes nothing.",
         "A fee that was paid back is not collected twice. Fees of one kind can be one fee (A-7)."},
        {"4.4.1-5, 4.4.2-2, 4.4.2-5", "Money is misused once it is spent wrongly.",
         "It \"must be used\": unspent by the end of the following year it is noted, and held by a body "
         "that it is not meant for it is a breach."},
        {"3.2-13a, 5.3-2",
         "A full day lies between preparatory group and notice; fifteen before the "
         "assembly, by 5.3-2.",
         "The same day is in order. The fifteen days are article 14 of the regulation on property "
         "management, which the finding cites."},
        {"3.2-6b, 3.2-14b", "The procedure for part-time posts is soft, by 4.1-1.",
         "These two clauses ask for it firmly."},
        {"3.2-3a", "The group meets every quarter for good.",
         "Until the pilot is assessed, or until the reward ends (B-3)."},
        {"5.3-1", "Assembly and committee are one step.", "They are two, with two dates."},
        {"4.4.1-6", "The households are one number.",
         "They are those of a day: the assessment's, each January's or each month's (A-4). Shops and "
         "units are no households; no reading counts them until a figure needs it."},
        {"5.5-3", "A pass pays for the months before it.",
         "So it does unless the pass is read to pay from its own month on (A-5)."},
    };
    puts("\n## A second reading\n\nThe notice was read a second time, by someone who did not know the "
         "first reading. Where the rules now\n"
         "decide otherwise, and why. B-1 to B-3 are disputed readings that this brought up.\n\n"
         "| Clause | At first | Now |\n|---|---|---|");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        printf("| %s | %s | %s |\n", rows[i][0], rows[i][1], rows[i][2]);
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
    puts("# Reference\n\nMade from the library's tables by `make generated`.\n");
    print_readings();
    print_parameters();
    print_second_reading();
    print_rules();
    print_reads();
    print_clauses();
    print_calls();
    return 0;
}
