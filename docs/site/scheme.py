"""The scheme clause by clause, with the rules, their cases and their code; and the disputed readings."""

import json
import re
import sys

from page import TOP, Page, anchor, clause_link, codes, titled, whole

import libpilot

CITY = TOP / "examples/data/nanchang-2019.json"
DAY = "2020-02-29"  # of the example city
CASE_DAY = "2020-03-01"  # of a case that names none
OUTCOMES = ["met", "breach", "info", "pending", "unknown", "not_applicable"]

# The clauses of a page: those whose id begins so.
CHAPTERS = {
    "0": ("The covering letter and the preamble", "函件与序言"),
    "1": ("What the pilot is for, and the gate", "指导思想与“门”"),
    "2": ("Where and how many", "试点范围与数量"),
    "3.1": ("The leading group", "领导小组"),
    "3.2": ("Who does what", "职责分工"),
    "4.1": ("The community workstation", "社区工作站"),
    "4.2": ("The property office, and whose area it is", "物业管理用房与社区对应"),
    "4.3": ("Service inside and outside the gate", "门内门外的服务"),
    "4.4": ("Money", "资金"),
    "4.5": ("The market", "市场"),
    "5.1": ("Step one: survey and selection", "第一步：调查与选点"),
    "5.2": ("Step two: remediation", "第二步：综合整治"),
    "5.3": ("Step three: assembly and committee", "第三步：业主大会与业主委员会"),
    "5.4": ("Step four: provider and entry", "第四步：选聘与进驻"),
    "5.5": ("Step five: assessment", "第五步：考核"),
    "6": ("How the work is held together", "工作要求"),
}


def chapter_of(clause):
    """3.2 of 3.2-5d, 4.4 of 4.4.1-2, 6 of 6.1-3."""
    section = clause.partition("-")[0]
    if section == "3":  # which forms the leading group of 3.1
        return "3.1"
    return max((id for id in CHAPTERS if f"{section}.".startswith(f"{id}.")), key=len)


# The scheme


class Sources:
    """The functions that carry the rules out, by the rules' ids."""

    def __init__(self):
        self.texts = {
            path: path.read_text(encoding="utf-8") for path in sorted(TOP.glob("libpilot/rules/*.c"))
        }
        row = re.compile(r'\{\{\.id = "(\w+)",(?:(?!\{\{\.id).)*?\},\s+(\w+)\},', re.DOTALL)
        self.rows = {
            found[1]: (path, found[2]) for path, text in self.texts.items() for found in row.finditer(text)
        }

    def of(self, rule):
        """Name, file and line of the function, and its text with the comment above it."""
        path, name = self.rows[rule]
        shape = re.compile(
            rf"(?:^/\*(?:(?!\*/).)*\*/\n)?^(?:static )?pilot_outcome {name}\([^;]*?\)\n\{{.*?^\}}",
            re.DOTALL | re.MULTILINE,
        )
        for at in (path, *self.texts):
            if found := shape.search(text := self.texts[at]):
                line = text.count("\n", 0, text.index(f"pilot_outcome {name}(", found.start())) + 1
                return name, at.relative_to(TOP).as_posix(), line, found[0]
        sys.exit(f"{path}: no function {name}, which the rule {rule} names")


def cases_of_rules():
    found = {}
    for path in sorted(TOP.glob("tests/cases/rules/*.json")):
        for case in json.loads(path.read_text(encoding="utf-8")):
            found.setdefault(case["rule"], []).append(case)
    return found


def add_cases(page, cases):
    cases = sorted(cases, key=lambda case: OUTCOMES.index(case["outcome"]))
    heads = (
        page.say("Outcome", "结论"),
        page.say("On", "日期"),
        page.say("What the law says there", "各案例中的规定（以英文写成）"),
    )
    page.table(
        heads,
        [
            (whole(titled("outcome", case["outcome"], page.lang)), whole(case.get("as_of", "")), case["says"])
            for case in cases
        ],
    )


def add_rule(page, rule, sources, cases):
    name, file, line, text = sources.of(rule.id)
    page.add("", f"(rule-{rule.id.replace('_', '-')})=", f"### `{rule.id}`", "")
    page.add("<br>".join(page.both(rule.en, rule.zh)), "")
    scope, due = titled("scope", rule.scope, page.lang), rule.due and titled("due", rule.due, page.lang)
    facts = [
        (page.say("Asked of", "检查对象"), scope),
        (page.say("Waits for", "时限"), due or page.say("nothing", "无")),
        (
            page.say("Outcomes", "可能的结论"),
            page.listed(titled("outcome", one, page.lang) for one in rule.outcomes),
        ),
        (page.say("Reads", "读取的字段"), codes(rule.reads)),
        (page.say("Carried out by", "实现"), f"`{name}`, `{file}:{line}`"),
    ]
    if rule.readings:
        facts.insert(
            3,
            (
                page.say("Readings", "读法"),
                ", ".join(f"[{one}](#reading-{one.replace('_', '-')})" for one in rule.readings),
            ),
        )
    page.table(("", ""), [(whole(name), fact) for name, fact in facts])
    add_cases(page, cases)
    page.folded(page.say("The function", "函数代码"), "```c", text, "```")


def write_clauses(folder, lang):
    sources, cases = Sources(), cases_of_rules()
    under = {}
    for rule in libpilot.RULES:
        for clause in rule.clauses:
            under.setdefault(clause, []).append(rule)
    chapters = {id: [] for id in CHAPTERS}
    for clause in libpilot.CLAUSES:
        chapters[chapter_of(clause.id)].append(clause)

    for id, clauses in chapters.items():
        page = Page(lang)
        page.add(f"# {id} {page.say(*CHAPTERS[id])}", "")
        for clause in clauses:
            add_clause(page, clause, under.get(clause.id, []), sources, cases)
        page.write(folder / f"clauses/{id}.md")

    page = Page(lang)
    page.add(f"# {page.say('The scheme, clause by clause', '试点方案逐条')}", "")
    page.add(
        page.say(
            f"The notice has {len(libpilot.CLAUSES)} clauses here, {len(libpilot.RULES)} rules carry out those that can be "
            "decided. Each clause has its summary, the rules with their outcomes, and what the law says in each of the "
            f"cases that the tests run; a case without a day of its own is asked of {CASE_DAY}.",
            f"试点方案在这里分为{len(libpilot.CLAUSES)}条，其中能够判定的由{len(libpilot.RULES)}条规则落实。每条列出摘要、规则及其结论，"
            f"以及测试所用的案例；未注明日期的案例按{CASE_DAY}检查。",
        ),
        "",
        "```{toctree}",
        ":maxdepth: 1",
        "",
        *chapters,
        "```",
        "",
    )
    for id, clauses in chapters.items():
        page.table(
            (f"[{id}]({id}.md)", page.say(*CHAPTERS[id]), page.say("Rules", "规则")),
            [
                (
                    clause_link(clause.id),
                    page.say(clause.en, clause.zh),
                    ", ".join(
                        f"[{rule.id}](#rule-{rule.id.replace('_', '-')})" for rule in under.get(clause.id, [])
                    ),
                )
                for clause in clauses
            ],
        )
    page.write(folder / "clauses/index.md")


def add_clause(page, clause, rules, sources, cases):
    page.add("", f"({anchor(clause.id)})=", f"## {clause.id} · {clause.ref}", "")
    page.add("<br>".join(page.both(clause.en, clause.zh)), "")
    decided = {
        "computable": page.say("decided by computing", "可计算"),
        "evidence": page.say("decided by evidence", "凭证据判定"),
        "tracked": page.say("kept as text, too soft for a verdict", "只作记录，不作判定"),
        "mixed": page.say("partly by computing, partly by evidence", "部分可计算，部分凭证据"),
    }[clause.decided_by]
    words = [decided, *([page.say("soft: never a breach", "倡导性条款：不判不符合")] if clause.soft else [])]
    if clause.actors:
        words.append(page.listed(titled("actor", actor, page.lang) for actor in clause.actors))
    page.add(page.say("; ", "；").join(words) + page.say(".", "。"), "")
    others = [text for text in clause.carried_out_by if not text.startswith("rule ")]
    if others:
        page.add(
            page.say("Also carried out by: ", "另由以下部分落实：") + codes(others) + page.say(".", "。"), ""
        )
    for rule in rules:
        if rule.clauses[0] == clause.id:
            add_rule(page, rule, sources, cases[rule.id])
        else:
            link = f"[`{rule.id}`](#rule-{rule.id.replace('_', '-')})"
            page.add(
                page.say(
                    f"Rule {link}, under {clause_link(rule.clauses[0])}.",
                    f"规则{link}，见{clause_link(rule.clauses[0])}。",
                ),
                "",
            )


# The readings, on the example city


def write_readings(folder, lang):
    city = libpilot.City.load(CITY)

    def under(policy):
        return libpilot.check(city, as_of=DAY, policy=policy).counts, city.award(
            as_of=DAY, policy=policy
        ).total

    usual = under(libpilot.NANCHANG_2019)
    page = Page(lang)
    page.add(
        page.say("# Disputed readings", "# 有争议的读法"),
        "",
        page.say(
            "Where the notice can be read in more than one way the reading is a switch of the policy; the first option is "
            f"the default. Beside each option stands what it makes of the example city (`{CITY.relative_to(TOP)}`) on {DAY}, "
            "the other readings being as they are.",
            "试点方案有不止一种读法之处，在政策中各有一个开关；第一个选项为默认。每个选项旁列出示例城市"
            f"（`{CITY.relative_to(TOP)}`）在{DAY}按该读法的结果，其余读法不变。",
        ),
        "",
    )
    for reading in libpilot.READINGS:
        page.add(
            "",
            f"(reading-{reading.name.replace('_', '-')})=",
            f"## {reading.register}: {page.say(reading.title_en, reading.title_zh)}",
            "",
        )
        page.add("<br>".join(page.both(reading.question_en, reading.question_zh)), "")
        rules = [rule.id for rule in libpilot.RULES if reading.name in rule.readings]
        page.add(
            page.say(f"Switch `{reading.name}`, clause ", f"开关 `{reading.name}`，条款 ")
            + ", ".join(map(clause_link, split_clauses(reading.clause)))
            + page.say(".", "。"),
            "",
        )
        page.add(
            page.say("Why the default: ", "默认的理由：") + page.say(reading.reason_en, reading.reason_zh), ""
        )
        rows, totals = [], []
        for option, en, zh in zip(reading.options, reading.options_en, reading.options_zh):
            counts, total = (
                usual
                if option == reading.options[0]
                else under(libpilot.NANCHANG_2019.with_reading(**{reading.name: option}))
            )
            totals.append(total)
            rows.append(
                (
                    f"`{option}`",
                    page.say(en, zh),
                    f"{total:,}",
                    *(getattr(counts, name) for name in OUTCOMES[:5]),
                )
            )
        heads = [titled("outcome", name, lang) for name in OUTCOMES[:5]]
        page.table((page.say("Option", "选项"), "", page.say("Payable, yuan", "应付，元"), *heads), rows)
        if min(totals) != max(totals):
            page.add(
                page.say(
                    f"Range of what is payable: {min(totals):,} to {max(totals):,} yuan.",
                    f"应付金额的范围：{min(totals):,}元至{max(totals):,}元。",
                ),
                "",
            )
        if rules:
            page.add(
                page.say("Rules that it can move: ", "可能受影响的规则：")
                + ", ".join(f"[{id}](#rule-{id.replace('_', '-')})" for id in rules)
                + page.say(".", "。"),
                "",
            )
    page.write(folder / "readings.md")


def split_clauses(text):
    known = {clause.id for clause in libpilot.CLAUSES}
    found = [word for word in re.split(r"[,;、 ]+", text) if word in known]
    return found or sys.exit(f"no clause in {text!r}")
