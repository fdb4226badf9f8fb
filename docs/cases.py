#!/usr/bin/env python3
"""Writes docs/cases.md from the cases of tests/cases/rules and the tables of the page of reference: make generated.

From the top of the project: docs/cases.py REFERENCE, where REFERENCE is docs/reference.md as the library gives it.
"""

import json
import pathlib
import sys

DAY = "2020-03-01"  # of a case that names none
OUTCOMES = ["met", "breach", "info", "pending", "unknown", "not_applicable"]
HEAD = f"""# Cases

Made by `make generated` from the cases under `tests/cases/rules/`, which both suites run.

For each clause of the notice that a rule carries out: the rule, and what the law says in each of its cases. A rule that
carries out several clauses has its cases under the first of its own. Cases are asked of {DAY} where no other day
stands beside them. A-1 to A-18 and B-1 to B-3 are the disputed readings of [reference](reference.md).
"""


def table(lines, title):
    """The rows of the table under that title, by the names of its columns."""
    start = lines.index(f"## {title}")
    end = next((i for i, line in enumerate(lines[start + 1:]) if line.startswith("## ")), len(lines))
    rows = [[cell.strip() for cell in line.removeprefix("|").removesuffix("|").split("|")]
            for line in lines[start : start + 1 + end] if line.startswith("|")]
    names, _, *rows = rows
    return [dict(zip(names, row, strict=True)) for row in rows]


def cases_of_rules():
    found = {}
    for path in sorted(pathlib.Path("tests/cases/rules").glob("*.json")):
        for case in json.loads(path.read_text(encoding="utf-8")):
            found.setdefault(case["rule"], []).append(case)
    return found


def print_cases(cases):
    cases = sorted(cases, key=lambda case: OUTCOMES.index(case["outcome"]))
    dated = any(case.get("as_of", DAY) != DAY for case in cases)
    print(f"\n| Outcome |{' On |' if dated else ''} What the law says there |\n|---|{'---|' if dated else ''}---|")
    for case in cases:
        day = case.get("as_of", DAY)
        on = f" {'' if day == DAY else day} |" if dated else ""
        print(f"| {case['outcome'].replace('_', ' ')} |{on} {case['says']} |".replace("  ", " "))


def main(reference):
    lines = pathlib.Path(reference).read_text(encoding="utf-8").split("\n")
    rules, cases, first = table(lines, "Rules"), cases_of_rules(), {}
    for row in rules:
        first.setdefault(row["Rule"].strip("`"), row["Clause"])
    print(HEAD, end="")
    for clause in table(lines, "The notice, clause by clause"):
        own = [row for row in rules if row["Clause"] == clause["Clause"]]
        if own:
            print(f"\n## {clause['Clause']}\n\n{clause['Place']}. {clause['What it says']}")
        for row in own:
            name = row["Rule"].strip("`")
            if first[name] == clause["Clause"]:
                asked = "the city" if row["Asked of"] == "city" else f"each {row['Asked of']}"
                print(f"\n### {name}\n\nOf {asked}: {row['What has to be so']}.")
                print_cases(cases.pop(name))
            else:
                print(f"\n[{name}](#{name}), under {first[name]}: {row['What has to be so']}.")
    if cases:
        sys.exit(f"no rule of the reference has these cases: {', '.join(cases)}")


if __name__ == "__main__":
    main(sys.argv[1])
