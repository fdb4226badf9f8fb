"""The command line. Each command reads files, asks the library, and prints tables, or with --json the library's JSON.
Whatever it says to people is written in both languages beside each other: both(en, zh) in what is declared,
page(en, zh) in what is printed, and a paragraph of each in the docstring of a command.

Exit status: 0 no breach, 1 at least one breach (with check --strict also: anything unknown; of verify: the result
differs), 2 input, options or an output that cannot be used; 130 interrupted, 141 nobody reads the output, 143
terminated.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Annotated, Any, List, Optional

import typer

from . import _cli_columns, _pilot
from ._account import Account, AccountResult, AccountRow
from ._call import schema as schema_of, words
from ._city import City, Finding, Report, finding_of, check as check_city, outcome_bits
from ._cli_base import (
    FILE,
    AsJson,
    Commands,
    Lang,
    Page,
    Readings,
    Reforms,
    Sealed,
    as_of_day,
    complain,
    completion,
    document,
    one_of,
    pairs,
    policy_of,
    refuse,
    say,
    say_json,
    whole,
    whole_of,
    year_of,
)
from ._cli_help import ANALYSTS, GENERAL, INTEGRATORS, OFFICIALS, OUTPUT, App, Group, both
from ._cli_results import Mark, Notices, Out, sealable, wanted, write
from ._cli_tables import city_of, import_, page, template
from ._cli_todo import print_receipt, tell_communities, tell_needed
from ._cli_verify import verify
from ._documents import order_quoted
from ._menu import PER, Menu, Quote, _premises, _quote, bill
from ._notice import (
    Clause,
    Duty,
    Reading,
    _listed,
    duties,
    reading as reading_named,
    responsible,
    rule,
    titled,
    titles,
)
from ._policy import NANCHANG_2019, Assessment, Award, AwardRange, Count, Policy
from ._receipts import seal
from ._results import OUTCOMES
from ._values import meant

app = App(
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # which takes what is in brackets for itself
    context_settings={"help_option_names": ["-h", "--help"]},
    help=both(
        "The Nanchang pilot of property services in old residential areas (2019): hold a city's records against the"
        " notice, and compute rewards, prices and accounts. A file named - is standard input. 中文：--lang zh。",
        "南昌市老旧居民区物业服务试点（2019年）：按试点方案检查城市数据，计算奖励、价格和账目。文件名为“-”时读标准输入。",
    ),
    epilog=both(
        "Exit status: 0 no breach; 1 at least one breach (with check --strict also: evidence is missing), or a result"
        " that verify finds to differ; 2 a file, an option or an output that cannot be used.",
        "退出状态：0为没有不符合项；1为有不符合项（check --strict时也含缺少证据），或verify核对的结果不同；2为文件、选项或输出不可用。",
    ),
)
policies = App(
    cls=Group,
    no_args_is_help=True,
    rich_markup_mode=None,
    help=both(
        "Show, compare and check policies: the notice's, and reforms of it.",
        "查看、比较和核对政策：试点方案的政策及其改革。",
    ),
)
app.add_typer(policies, name="policy", rich_help_panel=ANALYSTS)


def _version(asked: bool) -> None:
    if asked:
        say(f"libpilot {_pilot.version()}")
        raise typer.Exit()


@app.callback()
def _main(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, rich_help_panel=GENERAL,
            help=both("Print the version.", "显示版本。"),
        ),
    ] = False,
    lang: Lang = None,
) -> None:  # fmt: skip
    Page(lang)


_LISTED = {"show": ("列出", "show"), "hide": ("不列", "hide")}


def _id_of(city: City, records: str, value: str | None, option: str) -> str | None:
    """The id of a record that is given by id or name."""
    if value is None:
        return None
    rows = city.to_dict().get(records) or ()
    return one_of(value, {row["id"]: [row["name"]] if row.get("name") else [] for row in rows}, option)


def _clause_or_section(value: str, option: str) -> str:
    clauses = [one for one in _listed("CLAUSES") if isinstance(one, Clause)]
    known = {one.id for one in clauses}
    for one in clauses:
        parts = one.section.split(".")
        known.update(".".join(parts[:depth]) for depth in range(1, len(parts) + 1))
    return one_of(value, sorted(known), option)


_CHOSEN = both("Which findings", "列出哪些结论")
_ADDED = both("What is shown", "显示内容")


@app.command(rich_help_panel=OFFICIALS)
def check(
    city: Annotated[
        str,
        typer.Argument(
            metavar=both("CITY", "城市数据"),
            help=both(
                "The city file, or a workbook of its sheets (.xlsx, .xls, .ods).",
                "城市数据文件，或其工作簿（.xlsx、.xls、.ods）。",
            ),
        ),
    ],
    as_of: Annotated[
        str,
        typer.Option(
            "--as-of",
            metavar=both("DATE", "日期"),
            help=both(
                "The day to judge by, such as 2020-02-29, or today.", "以哪一天为准，如2020-02-29，或“今天”。"
            ),
        ),
    ],
    reform: Reforms = None,
    reading: Readings = None,
    every: Annotated[
        bool,
        typer.Option(
            "--all",
            rich_help_panel=_CHOSEN,
            help=both("List what is met and what does not apply, too.", "符合和不适用的也列出。"),
        ),
    ] = False,
    clause: Annotated[
        Optional[str],
        typer.Option(
            metavar=both("ID", "编号"),
            rich_help_panel=_CHOSEN,
            help=both(
                "Only of a clause or section, such as 4.2-1 or 4.4.", "只看一个条款或一节，如4.2-1或4.4。"
            ),
        ),
    ] = None,
    district: Annotated[
        Optional[str],
        typer.Option(
            metavar=both("ID", "城区"),
            rich_help_panel=_CHOSEN,
            help=both("Only of a district, by its id or name.", "只看一个城区，填编号或名称。"),
        ),
    ] = None,
    community: Annotated[
        Optional[str],
        typer.Option(
            metavar=both("ID", "社区"),
            rich_help_panel=_CHOSEN,
            help=both("Only of a community, by its id or name.", "只看一个社区，填编号或名称。"),
        ),
    ] = None,
    readings: Annotated[
        bool,
        typer.Option(
            "--readings",
            rich_help_panel=_ADDED,
            help=both("Add what would change under other readings.", "另列按其他读法将有变化的结论。"),
        ),
    ] = False,
    timeline: Annotated[
        bool,
        typer.Option(
            "--timeline",
            rich_help_panel=_ADDED,
            help=both(
                "Add each area's steps (part 5): done, open or overdue, and who acts.",
                "另列各居民区的步骤（第五部分）：已完成、未完成或已逾期，由谁办理。",
            ),
        ),
    ] = False,
    todo: Annotated[
        bool,
        typer.Option(
            "--todo",
            rich_help_panel=_ADDED,
            help=both(
                "Show instead what to write next, by body: the evidence that decides what is unknown.",
                "改为列出各单位需补充的证据，补充后即可判定缺少证据的结论。",
            ),
        ),
    ] = False,
    summary: Annotated[
        bool,
        typer.Option(
            "--summary",
            rich_help_panel=_ADDED,
            help=both(
                "Show instead a line for each community: met, breaches, missing, owed, paid.",
                "改为每个社区一行：符合、不符合、缺少证据、应付未付、已付。",
            ),
        ),
    ] = False,
    unknown: Annotated[
        str,
        typer.Option(
            "--unknown",
            metavar=both("show|hide", "列出|不列"),
            rich_help_panel=_CHOSEN,
            show_default=both("show", "列出"),
            help=both("Whether to list what lacks evidence.", "缺少证据的结论是否列出。"),
        ),
    ] = "show",
    strict: Annotated[
        bool,
        typer.Option(
            "--strict",
            rich_help_panel=OUTPUT,
            help=both("End with status 1 where evidence is missing, too.", "缺少证据时退出状态也为1。"),
        ),
    ] = False,
    out: Out = None,
    mark: Mark = None,
    notices: Notices = None,
    as_json: AsJson = False,
    sealed: Sealed = False,
    lang: Lang = None,
) -> None:
    """Hold a city file against the notice, and compute its communities' rewards (4.4.1).

    按试点方案检查城市数据文件，并计算各社区的奖励（4.4.1）。
    """
    page = Page(lang)
    asked = wanted(city, out, mark, notices)
    if todo and summary:
        refuse(
            "--todo: --summary is asked for as well, and one of them is wanted",
            "--todo：不能与--summary同时使用",
        )
    hidden = one_of(unknown, _LISTED, "--unknown") == "hide"
    if sealed:
        narrowing = {
            "--clause": clause,
            "--district": district,
            "--community": community,
            "--todo": todo,
            "--summary": summary,
            "--unknown": hidden,
        }
        sealable(asked, as_json, [option for option, given in narrowing.items() if given])
    listed = [one for one in OUTCOMES if every or sealed or one not in ("met", "not_applicable")]
    if hidden:
        listed.remove("unknown")
    as_of = as_of_day(as_of)
    policy = policy_of(reform, reading)
    records = city_of(city)
    report = check_city(records, as_of=as_of, policy=policy, lang=page.lang)
    part = (
        None if clause is None else _clause_or_section(clause, "--clause"),
        _id_of(records, "districts", district, "--district"),
        _id_of(records, "communities", community, "--community"),
    )
    text = (
        seal(report, indent=True)
        if sealed
        else _pilot.report_part(report._native, outcome_bits(*listed), *part, 1)
    )
    if todo:
        tell_needed(page, report, part, as_json)
    elif summary:
        tell_communities(page, report, part, as_json)
    elif as_json:
        say_json(text)
    else:
        _print_counts(page, report, _pilot.report_by_district(report._native, *part))
        if not asked:
            _print_findings(page, [finding_of(row) for row in json.loads(text)["findings"]])
        if readings:
            page.line(page("What other readings would change", "按其他读法将有变化的结论"), "bold")
            page.line(report.other_readings())
        if timeline:
            _print_timelines(page, records, as_of, policy)
        if not asked:
            _print_awards(page, records, as_of, policy)
    write(page, report, city, asked, listed, part, as_json, text if sealed else None)
    raise typer.Exit(0 if report.ok and not (strict and report.counts.unknown) else 1)


def _print_counts(
    page: Page, report: Report, rows: Sequence[tuple[str, str | None, tuple[int, ...]]]
) -> None:
    """By district and of the city itself, which add up to all."""
    names = titles("outcome", page.lang)
    places = [words("outcome").index(outcome) for outcome in OUTCOMES]
    print_receipt(page, report)
    itself = page("the city itself", "市本级")
    sums = [sum(counts) for counts in zip(*(counts for _, _, counts in rows))]
    page.table(
        "",
        [page("district", "城区"), *(">" + names[outcome] for outcome in OUTCOMES)],
        [
            *(
                [name or id or itself, *(counts[place] for place in places)]
                for id, name, counts in rows
                if any(counts)
            ),
            [page("all", "合计"), *(sums[place] for place in places)],
        ],
    )


def _print_findings(page: Page, findings: List[Finding]) -> None:
    names = titles("outcome", page.lang)
    for outcome in OUTCOMES:
        rows = [one for one in findings if one.outcome == outcome]
        if rows:
            page.table(
                page(f"{names[outcome]} ({len(rows)})", f"{names[outcome]}（{len(rows)}）"),
                [page("clause", "条款"), page("finding", "结论"), page("next", "下一步")],
                [
                    [
                        one.clause,
                        page(one.en + (one.path and f"  [{one.path}]"), one.zh),
                        page(one.next_en or "", one.next_zh or ""),
                    ]
                    for one in rows
                ],
            )


def _print_timelines(page: Page, city: City, as_of: str, policy: Policy) -> None:
    actors = titles("actor", page.lang)
    for area in city.to_dict().get("areas") or ():
        made = city.timeline(area["id"], as_of=as_of, policy=policy)
        page.table(
            area.get("name") or area["id"],
            [
                page("step", "步骤"),
                page("state", "状态"),
                page("day", "日期"),
                ">" + page("days late", "逾期天数"),
                page("who", "责任方"),
                page("clause", "条款"),
            ],
            [
                [
                    ("-> " if step == made.next else "   ") + page(step.en, step.zh),
                    page(step.state_en, step.state_zh),
                    step.done_on or step.due,
                    step.days_late or None,
                    actors.get(step.actor or ""),
                    step.clause,
                ]
                for step in made.steps
            ],
        )


def _print_awards(page: Page, city: City, as_of: str, policy: Policy) -> None:
    amounts = [
        ">" + page("payable", "应付合计"),
        ">" + page("city", "市级"),
        ">" + page("district", "区级"),
        ">" + page("withheld", "未予支付"),
    ]
    rows: List[List[object]] = []
    records = city.to_dict()
    named = {community for area in records["areas"] for community in area.get("communities") or ()}
    unplaced = sum("communities" not in area for area in records["areas"])
    for row in records["communities"]:
        one = city.award(as_of=as_of, policy=policy, community=row["id"])
        note = None
        if one.areas_unknown:
            note = page(f"{one.areas_unknown} area(s) lack data", f"{one.areas_unknown}个居民区缺数据")
        elif not one.areas and row["id"] in named:
            note = page("counted in another community", "计入另一社区")
        elif not one.areas:
            note = _without_area(page, unplaced, known=records.get("complete") is True)
        name = row.get("name") or row["id"]
        rows.append([name, one.households, one.total, one.city, one.district, one.withheld, note])
    sums = city.award(as_of=as_of, policy=policy)
    rows.append([page("all", "合计"), sums.households, sums.total, sums.city, sums.district, sums.withheld])
    page.table(
        page("Reward, yuan (4.4.1-2 to 4.4.1-8)", "以奖代补，元（4.4.1-2至4.4.1-8）"),
        [page("community", "社区"), ">" + page("homes", "户数"), *amounts, page("note", "备注")],
        rows,
    )
    page.table(
        page("By year, yuan", "按年，元"),
        [page("year", "年份"), *amounts],
        [[year.year, year.total, year.city, year.district, year.withheld] for year in sums.years],
    )
    _print_award_range(page, sums.range)


def _without_area(page: Page, unplaced: int, *, known: bool) -> str:
    """Of a community that no area names. unplaced: areas that may be its own, as they do not say theirs."""
    if unplaced:
        return page(
            f"no area names it; {unplaced} area(s) name no community",
            f"没有居民区属于它；{unplaced}个居民区未注明社区",
        )
    return page("has no area", "没有居民区") if known else page("no area names it", "没有居民区属于它")


def _print_award_range(page: Page, range: AwardRange) -> None:
    page.ranges(
        page("Payable over the readings, yuan", "各种读法下的应付，元"),
        {
            page("in all", "合计"): range.total,
            page("city", "市级"): range.city,
            page("district", "区级"): range.district,
        },
    )


_RESULTS = {"passed": ("yes", "是"), "failed": ("no", "否"), "not_assessed": ("open", "未定")}
_ANSWERS = {"passed": True, "failed": False, "not_assessed": None}


def _passed(values: List[str]) -> bool | List[Assessment]:
    known = {key: (*titles, *_RESULTS[key]) for key, titles in titled("result").items()}
    if len(values) == 1 and "=" not in values[0].replace("＝", "="):
        found = meant(values[0], known)
        if found in (["passed"], ["failed"]):
            return found == ["passed"]
    made: List[Assessment] = []
    en, zh = "yes, no, or YEAR=yes|no|open[@DATE]", "合格、不合格，或 年份=合格|不合格|未考核[@日期]"
    for key, given in pairs(values, "--passed", en, zh):
        answer, _, date = given.partition("@")
        year = year_of(key, "--passed")
        made.append(Assessment(year, _ANSWERS[one_of(answer, known, "--passed")], date or None))
    return made


def _dated(values: List[str]) -> List[Count]:
    given = pairs(values, "--count", "DATE=HOUSEHOLDS", "日期=户数")
    return [Count(date, whole_of(number, "--count")) for date, number in given]


# Why a reading has no effect on a reward by itself.
_NO_EFFECT = {
    "reward_cap": (
        "what is lacking is known of an account alone: libpilot account",
        "缺口须由账目得出：libpilot account",
    ),
    "reward_payee": ("it says whose the reward is, not how much", "只定奖励归谁，不定数额"),
    "household_basis": (
        "--households is taken as it is given: give the number counted in this way",
        "--households按所给数计算，请按此口径填写",
    ),
    "household_date": (
        "one count is given: give the later ones by --count",
        "只有一个户数，此后的户数由--count给出",
    ),
}


def _tell_unused(page: Page, policy: Policy, counts: List[Count]) -> None:
    """Readings that were switched and that the award of one claim cannot follow."""
    followed = {"month_rule", "gate_mode", "odd_fen_to", "in_force_from", "pass_effect"}
    if counts:
        followed.add("household_date")
    usual = NANCHANG_2019.readings
    for name, option in policy.readings.items():
        if option != usual[name] and name not in followed:
            why = page(*_NO_EFFECT.get(name, ("a reward does not depend on it", "奖励与此无关")))
            complain(
                page(
                    f"reading {name}={option}: no effect here: {why}",
                    f"读法{name}={option}：在此不起作用：{why}",
                )
            )


@app.command(rich_help_panel=OFFICIALS)
def reward(
    first: Annotated[
        str,
        typer.Option(
            metavar=both("MONTH", "月份"),
            help=both("First month of service, such as 2019-12.", "服务的第一个月，如2019-12。"),
        ),
    ],
    last: Annotated[
        str,
        typer.Option(
            metavar=both("MONTH", "月份"),
            help=both("Last month of service, included.", "服务的最后一个月（含）。"),
        ),
    ],
    households: Annotated[
        Optional[int],
        typer.Option(
            parser=whole("--households"),
            metavar=both("NUMBER", "户数"),
            help=both(
                "Total households: all dwellings of the area (4.4.1-6).",
                "总户数：居民区内全部住宅（4.4.1-6）。",
            ),
        ),
    ] = None,
    area: Annotated[
        Optional[str],
        typer.Option(
            metavar=both("M2", "平方米"),
            help=both("Building area, for reforms that pay by it.", "建筑面积，用于按面积计奖的改革。"),
        ),
    ] = None,
    communities: Annotated[
        Optional[int],
        typer.Option(
            parser=whole("--communities"),
            metavar=both("NUMBER", "个数"),
            help=both("Communities, for reforms that pay by them.", "社区数，用于按社区计奖的改革。"),
        ),
    ] = None,
    passed: Annotated[
        List[str],
        typer.Option(
            metavar=both("ANSWER", "结果"),
            show_default=both("yes", "合格"),
            help=both(
                "Assessments (4.4.1-2): yes or no for every year, or a year's as YEAR=yes|no|open, repeated, with"
                " @DATE where its day is known.",
                "考核结果（4.4.1-2）：各年相同的填合格或不合格；否则每年一项，年份=合格|不合格|未考核，可重复，考核日期已知时加@日期。",
            ),
        ),
    ] = ["yes"],
    count: Annotated[
        Optional[List[str]],
        typer.Option(
            metavar=both("DATE=HOUSEHOLDS", "日期=户数"),
            help=both(
                "Total households from a day on, in the order of the days; may be repeated.",
                "自某日起的总户数，按日期先后；可重复。",
            ),
        ),
    ] = None,
    as_of: Annotated[
        Optional[str],
        typer.Option(
            "--as-of",
            metavar=both("DATE", "日期"),
            help=both(
                "The day to judge by, such as 2020-02-29, or today: later assessments do not count.",
                "以哪一天为准，如2020-02-29，或“今天”：其后的考核不计。",
            ),
        ),
    ] = None,
    reform: Reforms = None,
    reading: Readings = None,
    as_json: AsJson = False,
    sealed: Sealed = False,
    lang: Lang = None,
) -> None:
    """The reward in place of subsidy for months of service (4.4.1-1 to 4.4.1-8).

    一段服务月份的以奖代补金额（4.4.1-1至4.4.1-8）。
    """
    page = Page(lang)
    as_of = None if as_of is None else as_of_day(as_of)
    if sealed and not as_json:
        refuse("--sealed: JSON is sealed: --json is wanted", "--sealed：只用于JSON，须有--json")
    policy, results, counts = policy_of(reform, reading), _passed(passed), _dated(count or [])
    award = policy.reward(
        first=first,
        last=last,
        households=households,
        area=area,
        communities=communities,
        passed=results,
        as_of=as_of,
        counts=counts,
    )
    _tell_unused(page, policy, counts)
    if as_of is not None and not (isinstance(results, list) and all(one.date for one in results)):
        complain(
            page(
                "--as-of: results of --passed without a date count as known on every day",
                "--as-of：--passed所给结果没有日期的，视为任何日期均已知",
            )
        )
    if as_json:
        say_json(seal(award, indent=True) if sealed else award.to_json(indent=True))
    else:
        _print_award(page, award, counted=bool(counts))


def _print_award(page: Page, award: Award, *, counted: bool) -> None:
    """counted: the lines are for several numbers of households, and say which."""
    reasons = {
        "payable": page("payable", "应付"),
        "not_assessed": page("not assessed yet", "尚未考核合格"),
        "failed": page("assessment failed", "考核不合格"),
        "outside_period": page("outside the reward period", "不在奖励期内"),
        "before_pass": page("before the pass", "合格之前"),
    }
    homes = [">" + page("homes", "户数")] if counted else []
    page.table(
        page("Reward, yuan", "以奖代补，元"),
        [page("from", "起"), page("to", "止"), ">" + page("months", "月数"), *homes, ">" + page("rate", "标准"),
         ">" + page("payable", "应付"), ">" + page("city", "市级"), ">" + page("district", "区级"),
         ">" + page("withheld", "未予支付"), page("result", "结论"), page("clause", "条款")],
        [
            *([one.first, one.last, one.months, *[one.quantity for _ in homes], one.rate, one.amount, one.city, one.district, one.withheld,
               reasons[one.reason], one.clause] for one in award.lines),
            [page("in all", "合计"), "", award.months_paid + award.months_withheld, *["" for _ in homes], "", award.total, award.city,
             award.district, award.withheld],
        ],
    )  # fmt: skip
    _print_award_range(page, award.range())


@app.command(rich_help_panel=OFFICIALS)
def quote(
    menu: Annotated[
        str,
        typer.Argument(
            metavar=both("MENU.json", "菜单.json"),
            help=both("The menu of services (4.3-3).", "服务菜单（4.3-3）。"),
        ),
    ],
    order: Annotated[
        Optional[str],
        typer.Option(
            metavar=FILE,
            help=both(
                "Take the choice, day and premises from an order in JSON.",
                "所选服务、日期和房屋均取自询价单（JSON）。",
            ),
        ),
    ] = None,
    package: Annotated[
        Optional[str],
        typer.Option(
            metavar=both("ID", "套餐"),
            help=both("A package of the menu, by id or name.", "菜单中的套餐，填编号或名称。"),
        ),
    ] = None,
    item: Annotated[
        Optional[List[str]],
        typer.Option(
            metavar=both("SERVICE=GRADE", "服务=级别"),
            help=both(
                "A service by itself, by id or name; may be repeated.", "单项服务，填编号或名称；可重复。"
            ),
        ),
    ] = None,
    day: Annotated[
        Optional[str],
        typer.Option(
            metavar=both("DATE", "日期"), help=both("The day whose prices are asked for.", "按哪一天的价格。")
        ),
    ] = None,
    area: Annotated[
        Optional[str], typer.Option(metavar=both("M2", "平方米"), help=both("Building area.", "建筑面积。"))
    ] = None,
    households: Annotated[
        Optional[int],
        typer.Option(
            parser=whole("--households"),
            metavar=both("NUMBER", "户数"),
            help=both("Number of households.", "户数。"),
        ),
    ] = None,
    buildings: Annotated[
        Optional[int],
        typer.Option(
            parser=whole("--buildings"),
            metavar=both("NUMBER", "栋数"),
            help=both("Number of buildings.", "栋数。"),
        ),
    ] = None,
    dwelling: Annotated[
        Optional[str],
        typer.Option(
            metavar=both("M2", "平方米"),
            help=both(
                "Add the bill of a dwelling of this area for 12 months.", "另列一户此面积的住房12个月的账单。"
            ),
        ),
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """What a choice from a menu costs (4.3-3, 5.4-2).

    从菜单所选服务的费用（4.3-3、5.4-2）。
    """
    page = Page(lang)
    found = document(Menu.load, menu)
    if order is not None:
        if package or item or day or area or households or buildings or dwelling:
            refuse(
                "--order: an order says all by itself; leave the other options out",
                "--order：询价单已包含全部内容，请去掉其他选项",
            )
        quoted = document(lambda text: order_quoted(found, text), order)
    elif day is None:
        refuse(
            "--day: of which day are the prices? Such as --day 2020-01-01; or give an --order",
            "--day：按哪一天的价格？如--day 2020-01-01；或用--order给出询价单",
        )
    else:
        asked = _premises(area, households, buildings, None)
        quoted = json.loads(_pilot.quote(found._native, _choice(found, package, item), asked, day, 0))
    if as_json:
        say_json(json.dumps(quoted, ensure_ascii=False, indent=2))
        return
    _print_quote(page, found, _quote(quoted))
    if dwelling is not None and day is not None:
        chosen, items = _choice(found, package, item)
        first = day[:7]
        last = f"{int(day[:4]) + (day[5:7] != '01')}-{(int(day[5:7]) + 10) % 12 + 1:02d}"
        sum = bill(found, chosen, items, area=dwelling, first=first, last=last).total
        page.line(
            page("a dwelling of {} m²: {} yuan from {} to {}", "{}平方米的住房：{}元，{}至{}").format(
                dwelling, sum, first, last
            )
        )


def _choice(
    menu: Menu, package: str | None, items: List[str] | None
) -> tuple[str | None, tuple[tuple[str, int], ...]]:
    """The selection, of ids that the menu has."""
    services, packages = (
        {one["id"]: [one["name"]] if one.get("name") else [] for one in menu.to_dict().get(list) or ()}
        for list in ("services", "packages")
    )
    if package is None and not items:
        every = [
            ", ".join(f"{name[0]} ({id})" if name else id for id, name in one.items())
            for one in (packages, services)
        ]
        refuse(
            f"nothing is chosen: give --package ({every[0]}) or --item ({every[1]}) with a grade, such as --item"
            " cleaning=3",
            f"没有选择服务：请给出--package（{every[0]}）或--item（{every[1]}）及级别，如--item 保洁=3",
        )
    if package is not None:
        package = one_of(package, packages, "--package")
    made = []
    for service, grade in pairs(items or (), "--item", "SERVICE=GRADE", "服务=级别"):
        made.append((one_of(service, services, "--item"), whole_of(grade, f"--item {service}")))
    return package, tuple(made)


def _print_quote(page: Page, menu: Menu, made: Quote) -> None:
    names = {one["id"]: one.get("name") or one["id"] for one in menu.to_dict().get("services") or ()}
    page.table(
        page(f"Menu {made.menu}, prices of {made.day}, yuan", f"菜单{made.menu}，{page.day(made.day)}的价格，元"),
        [page("service", "服务"), ">" + page("grade", "级别"), ">" + page("price", "单价"), page("per", "单位"),
         ">" + page("quantity", "数量"), ">" + page("a month", "每月"), ">" + page("a year", "每年")],
        [
            *([names.get(one.service or "", one.service or one.package), one.grade, one.price,
               page(*PER.get(one.per, (one.per, one.per))), one.quantity, one.month, one.year]
              for one in made.lines),
            [page("in all", "合计"), None, None, None, None, made.month, made.year],
        ],
    )  # fmt: skip
    if made.month_per_dwelling is not None:
        page.line(page("for each dwelling {} yuan a month", "每户每月{}元").format(made.month_per_dwelling))
    if made.month_per_square_metre is not None:
        page.line(page("for each m² {} yuan a month", "每平方米每月{}元").format(made.month_per_square_metre))


@app.command(rich_help_panel=OFFICIALS)
def account(
    account: Annotated[
        str,
        typer.Argument(
            metavar=both("ACCOUNT.json", "账目.json"),
            help=both(
                "The account: fees, costs, incomes, the claim of the reward.",
                "账目：收费、支出、收益和奖励申请。",
            ),
        ),
    ],
    reform: Reforms = None,
    reading: Readings = None,
    months: Annotated[
        bool, typer.Option("--months", help=both("By month instead of by year.", "按月列出，不按年。"))
    ] = False,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """What a community's two earmarked ledgers lack, and what it would take (4.4-1 to 4.5-1).

    社区两本专账的缺口，以及收支平衡所需的条件（4.4-1至4.5-1）。
    """
    page = Page(lang)
    policy = policy_of(reform, reading)
    found = document(Account.load, account)
    if as_json:
        say_json(json.dumps(found._computed(policy), ensure_ascii=False, indent=2))
        return
    made = found.compute(policy=policy)
    _print_account(page, made, made.months if months else made.years)
    _print_answers(page, made)
    over = found.range(policy=policy)
    page.ranges(
        page("Lacking over the readings, yuan", "各种读法下的不足，元"),
        {
            page("service", "物业服务"): over.service,
            page("community", "社区工作"): over.community,
            page("both", "合计"): over.both,
        },
    )


def _print_account(page: Page, made: AccountResult, rows: tuple[AccountRow, ...]) -> None:
    margins = {
        "unknown": page("margin unknown", "盈亏不明"),
        "loss": page("loss", "亏损"),
        "break_even": page("break-even", "保本"),
        "small_profit": page("small profit", "微利"),
        "above_cap": page("profit above the cap", "利润超上限"),
    }
    cells: List[List[object]] = []
    for row in [*rows, made.total]:
        span = row.first if row.first == row.last else row.first[:4]
        if row is made.total:
            span = page("all", "合计")
        for name, one, note in (
            (page("service", "物业服务"), row.service, margins[row.margin.outcome]),
            (page("community", "社区工作"), row.community, ""),
        ):
            if one.misused:
                note = ", ".join(filter(None, [note, page(f"{one.misused} misused", f"挪用{one.misused}")]))
            cells.append(
                [span, name, one.cost + one.used + one.misused, one.collected,
                 one.reward, one.income, one.shortfall, one.rebate, one.closing, note]
            )  # fmt: skip
            span = ""
    page.table(
        page("The two ledgers, yuan", "两本账，元"),
        [page("time", "时间"), page("ledger", "账目"),
         *(">" + title for title in (page("spent", "支出"), page("fees", "收费"), page("reward", "奖补"),
                                     page("income", "收益"), page("lacking", "不足"), page("rebate", "返还"),
                                     page("carried on", "结转"))), page("note", "备注")],
        cells,
    )  # fmt: skip


def _print_answers(page: Page, made: AccountResult) -> None:
    none = page("none", "无")
    page.table(
        page("To hold in a year", "当年收支平衡所需"),
        [page("year", "年份"),
         *(">" + title for title in (page("fee per m²", "每平方米收费"), page("without reward", "无奖补时"),
                                     page("share to collect", "收缴率"), page("community lacks", "社区缺口"),
                                     page("reward rate", "奖补标准")))],
        [
            [
                one.first[:4],
                none if one.break_even_price is None else one.break_even_price,
                none if one.without_reward_price is None else one.without_reward_price,
                one.collection_rate or none,
                one.community_gap,
                none if one.reward_rate is None else one.reward_rate,
            ]
            for one in made.answers
        ],
    )  # fmt: skip


@app.command(rich_help_panel=OFFICIALS)
def duty(
    matter: Annotated[
        Optional[str],
        typer.Argument(
            metavar=both("[MATTER]", "[事项]"),
            help=both("The matter, such as street_lights.", "事项，如路灯。"),
            autocompletion=completion("matter"),
        ),
    ] = None,
    place: Annotated[
        Optional[str],
        typer.Argument(
            metavar=both("[PLACE]", "[地点]"),
            help=both("Where it is, such as courtyard.", "地点，如庭院。"),
            autocompletion=completion("place"),
        ),
    ] = None,
    layout: Annotated[
        Optional[str],
        typer.Argument(
            metavar=both("[LAYOUT]", "[布局]"),
            help=both(
                "Whether the area is open or closed, which moves the gate (1-4).",
                "居民区为开放或封闭，决定“门”的位置（1-4）。",
            ),
            autocompletion=completion("layout"),
        ),
    ] = None,
    actor: Annotated[
        Optional[str],
        typer.Option(
            metavar=both("BODY", "单位"),
            help=both("All that one body owes, such as finance_bureau.", "一个单位的全部职责，如市财政局。"),
            autocompletion=completion("actor"),
        ),
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Who performs, pays for and supervises a matter, and who may be told (1-3, 1-4, 3.2, 4.3).

    一个事项由谁承担、出资、监管，可向谁反映（1-3、1-4、3.2、4.3）。
    """
    page = Page(lang)
    if actor is None and matter is None:
        refuse(
            f"name a matter, or --actor and a body; the matters are {', '.join(words('matter'))}",
            f"请给出事项，或用--actor给出单位；事项有{'、'.join(titles('matter', 'zh').values())}",
        )
    matter = _word("matter", matter, page("matter", "事项"))
    place = _word("place", place, page("place", "地点"))
    layout = _word("layout", layout, page("layout", "布局"))
    actor = _word("actor", actor, "--actor")
    if matter is None:
        found = duties(actor=actor)
        if as_json:
            _json(found)
        else:
            _print_owed(page, found)
        return
    # Where the place does not settle the side of the gate, the layout does: then both are answered.
    layouts: Sequence[Optional[str]] = [layout] if layout or not place else ["open", "closed"]
    answers = [responsible(matter, place=place, layout=one, actor=actor) for one in layouts]
    if len(answers) == 2 and answers[0] == answers[1]:
        layouts, answers = [None], answers[:1]
    if as_json:
        _json(sorted({one for answer in answers for one in answer}, key=lambda one: one.row))
        return
    for one, answer in zip(layouts, answers):
        _print_responsible(page, matter, place, one, answer)


def _word(list: str, value: str | None, what: str) -> str | None:
    """The key of a word of one of the library's lists."""
    return None if value is None else one_of(value, titled(list), what)


def _json(rows: Any) -> None:
    say_json(json.dumps([row.to_dict() for row in rows], ensure_ascii=False, indent=2))


def _print_owed(page: Page, found: tuple[Duty, ...]) -> None:
    roles = titles("role", page.lang)
    page.table(
        titles("actor", page.lang)[found[0].actor] if found else "",
        [page("clause", "条款"), page("due", "期限"), page("role", "角色"), page("what", "内容")],
        [[one.clause, one.due(), roles[one.role], page(one.en, one.zh)] for one in found],
    )
    page.line(page("No date: the notice sets none.", "无期限者：通知没有规定。"), "dim")


def _print_responsible(
    page: Page, matter: str, place: str | None, layout: str | None, found: tuple[Duty, ...]
) -> None:
    roles, actors = titles("role", page.lang), titles("actor", page.lang)
    sides = titles("side", page.lang)
    asked = [titles("matter", page.lang)[matter]]
    if place:
        asked.append(titles("place", page.lang)[place])
    if layout:
        asked.append(page(f"{layout} area", titles("layout", "zh")[layout]))
    rows: List[List[object]] = []
    before = ("", "")
    for role in words("role"):
        for one in found:
            if one.role != role:
                continue
            shown = (
                "" if before[0] == role else roles[role],
                "" if before == (role, one.actor) else actors[one.actor],
            )
            side = f" [{sides[one.side]}]" if one.side and not place else ""
            rows.append([*shown, one.clause, page(one.en, one.zh) + side])
            before = (role, one.actor)
    page.table(
        page(", ", "，").join(asked), [page("role", "角色"), page("body", "责任方"), page("clause", "条款"),
                                        page("what", "内容")], rows,
    )  # fmt: skip
    if not found:
        page.line(page("The notice names nobody.", "通知没有指明。"))


@app.command(rich_help_panel=OFFICIALS)
def clauses(
    clause: Annotated[
        Optional[str],
        typer.Argument(
            metavar=both("[ID]", "[编号]"),
            help=both("A clause or section, such as 4.2-1 or 4.4.", "条款或节，如4.2-1或4.4。"),
        ),
    ] = None,
    find: Annotated[
        Optional[str],
        typer.Option(
            metavar=both("TEXT", "文字"), help=both("Only those with this text.", "只列含此文字的条款。")
        ),
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """The notice, clause by clause, and what in the library carries each one out.

    试点方案的各条款，以及本库中实现各条款的内容。
    """
    page = Page(lang)
    found = [one for one in _listed("CLAUSES") if isinstance(one, Clause)]
    if clause is not None:
        wanted = _clause_or_section(clause, page("clause", "条款"))
        found = [one for one in found if one.id == wanted or f"{one.section}.".startswith(f"{wanted}.")]
    if find is not None:
        found = [one for one in found if find.lower() in f"{one.id} {one.zh} {one.en}".lower()]
    if as_json:
        _json(found)
    elif len(found) == 1:
        _print_clause(page, found[0])
    else:
        page.table(
            page(f"{len(found)} clauses", f"{len(found)} 条"),
            [page("clause", "条款"), page("decided by", "判定"), page("text", "内容")],
            [[one.id, _decided(page, one), page(one.en, one.zh)] for one in found],
        )


def _decided(page: Page, one: Clause) -> str:
    said = {
        "computable": page("computing", "计算"),
        "evidence": page("evidence", "证据"),
        "tracked": page("nobody: tracked", "不判定，仅跟踪"),
        "mixed": page("in part", "部分判定"),
    }[one.decided_by]
    return said + (page(", soft", "，软性") if one.soft else "")


def _print_clause(page: Page, one: Clause) -> None:
    actors, kinds = titles("actor", page.lang), titles("kind", page.lang)
    page.line(f"{one.id}  {page(one.en, one.zh)}", "bold")
    for title, text in (
        (page("source", "出处"), one.ref),
        (page("kind", "类型"), page(", ", "、").join(kinds[kind] for kind in one.kinds)),
        (page("decided by", "判定"), _decided(page, one)),
        (page("speaks to", "对象"), page(", ", "、").join(actors[actor] for actor in one.actors)),
        (
            page("carried out by", "实现"),
            page("; ", "；").join(_carrier(page, each) for each in one.carried_out_by),
        ),
    ):
        if text:
            page.line(f"  {title}{page(': ', '：')}{text}")


def _carrier(page: Page, said: str) -> str:
    """What carries a clause out: of a rule and a parameter what it is, and its name."""
    what, _, name = said.partition(" ")
    if not page.zh:
        return said
    if what == "rule":
        return f"规则“{rule(name).zh}”（{name}）"
    return f"参数“{_meaning(page, name)}”（{name}）" if what == "parameter" else f"函数{name}"


def _schema() -> dict[str, Any]:
    found: dict[str, Any] = schema_of("policy")
    return found


def _form(schema: dict[str, Any], whole: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """What the schema of a value refers to, and the name that it has there."""
    name = ""
    while "$ref" in schema or "anyOf" in schema:
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            schema = whole["$defs"][name]
        else:
            schema = next(one for one in schema["anyOf"] if one.get("type") != "null")
    return schema, name


def _parameter(key: str) -> dict[str, Any]:
    """The schema of a parameter, or of a reading as readings.name."""
    found: dict[str, Any] = {"properties": _schema()["properties"]}
    for step in key.split("."):
        found = _form(found, _schema())[0]["properties"][step]
    return found


def _meaning(page: Page, key: str) -> str:
    if key.startswith("readings."):
        one = _reading(key)
        return page(one.title_en, one.title_zh)
    found: str = _parameter(key)[page("description", "x-zh")]
    return found


def _flat(parameters: dict[str, Any]) -> dict[str, Any]:
    """Parameters of a policy or a reform; each reading is one of them."""
    made = dict(parameters)
    made.update({f"readings.{name}": option for name, option in made.pop("readings", {}).items()})
    return made


def _cell(page: Page, key: str, value: Any) -> list[str]:
    """A parameter for people: a list's items on lines of their own, and of an item with records in it each field."""
    form, name = _form(_parameter(key), _schema())
    if not isinstance(value, list):
        return [_shown(page, value, form, name)]
    its, name = _form(form["items"], _schema())
    lines = []
    for one in value:
        if isinstance(one, dict) and any(isinstance(field, dict) for field in one.values()):
            fields = [_field(page, key, field, its) for key, field in one.items()]
            lines += [fields[0], *(f"  {field}" for field in fields[1:])]
        else:
            lines.append(_shown(page, one, its, name))
    return lines


def _field(page: Page, key: str, value: Any, form: dict[str, Any]) -> str:
    """A field of a record with what it is called, the Chinese without its remarks."""
    schema = form["properties"][key]
    label = page(key, re.split("[，（]", schema["x-zh"])[0])
    known, name = _form(schema, _schema())
    said = _shown(page, value, known, page("", name))  # the English key has the unit
    return (
        f"{label}{page(': ', '：')}{said}"
        if isinstance(value, dict) and len(value) > 2
        else f"{label} {said}"
    )


_UNITS = {
    "square_metres": ("{} m²", "{}平方米"),
    "money": ("{} yuan", "{}元"),
    "price": ("{} yuan", "{}元"),
}


def _shown(page: Page, value: Any, form: dict[str, Any], name: str) -> str:
    """A value as its schema says: days and units as people write them, words by what they are called."""
    if isinstance(value, list):
        return page(", ", "、").join(_shown(page, one, *_form(form["items"], _schema())) for one in value)
    if isinstance(value, dict):
        if value.keys() == {"bound", "share"}:  # which law names together
            return " ".join(
                _shown(page, value[key], *_form(form["properties"][key], _schema())) for key in value
            )
        return page("; ", "；").join(_field(page, key, one, form) for key, one in value.items())
    if "enum" in form and "x-zh-words" in form and page.zh:
        found: str = form["x-zh-words"][form["enum"].index(value)]
        return found
    if name in ("date", "month"):
        return page.day(value)
    return page(*_UNITS.get(name, ("{}", "{}"))).format(value)


def _parameter_rows(page: Page, parameters: dict[str, Any], *others: dict[str, Any]) -> List[List[object]]:
    """A row for each parameter: what it is and its key, its values, the clause."""
    return [
        [
            [_meaning(page, key), key],
            *(_cell(page, key, one[key]) if key in one else None for one in (parameters, *others)),
            _clause_of(key),
        ]
        for key in (others[-1] if others else parameters)
    ]


def _reading(key: str) -> Reading:
    return reading_named(key[len("readings.") :])


def _named(page: Page, policy: Policy) -> str:
    name = policy.to_dict()[page("name_en", "name_zh")]
    return page(
        f"{name} ({policy.id}, {policy.fingerprint})", f"{name}（{policy.id}，指纹{policy.fingerprint}）"
    )


def _clause_of(key: str) -> str | None:
    if key.startswith("readings."):
        return _reading(key).clause
    found = _parameter(key).get("x-clause")
    return found if isinstance(found, str) else None


_REFORM = both("REFORM.json", "改革.json")


@policies.command("show")
def policy_show(
    reform: Annotated[
        Optional[List[str]],
        typer.Argument(
            metavar=both("[REFORM.json]...", "[改革.json]..."),
            help=both(
                "Reforms of the notice's policy, applied in order.", "对试点方案政策的改革，依次生效。"
            ),
        ),
    ] = None,
    reading: Readings = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Show the parameters of the notice's policy, or of a reform of it, with their clauses.

    列出试点方案政策的参数，或改革后的参数，及所依条款。
    """
    page = Page(lang)
    policy = policy_of(reform, reading)
    if as_json:
        say_json(policy.to_json(indent=True))
        return
    page.table(
        _named(page, policy),
        [page("parameter", "参数"), page("value", "值"), page("clause", "条款")],
        _parameter_rows(page, _flat(policy.to_dict())),
    )


@policies.command("diff")
def policy_diff(
    reform: Annotated[
        str,
        typer.Argument(metavar=_REFORM, help=both("A reform, or a whole policy.", "改革，或完整的政策。")),
    ],
    other: Annotated[
        Optional[str],
        typer.Argument(
            metavar=both("[OTHER.json]", "[另一个.json]"),
            help=both(
                "Another one, to compare with the first instead of the notice's.",
                "另一个改革或政策；给出时与第一个比较，不与试点方案比较。",
            ),
        ),
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Show what a reform changes of the notice's policy; of two, what the second has otherwise. --json: as a patch.

    列出改革对试点方案政策的改动；给出两个时，列出第二个与第一个的不同。--json输出合并补丁。
    """
    page = Page(lang)
    before, after = (policy_of(files) for files in (([reform], [other]) if other else ([], [reform])))
    patch = before.diff(after)
    if as_json:
        say_json(json.dumps(patch, ensure_ascii=False, indent=2))
        return
    for what, policy in ((page("before", "原"), before), (page("after", "新"), after)):
        page.line(f"{what}{page(': ', '：')}{_named(page, policy)}", "bold")
    old, new = _flat(before.to_dict()), _flat(patch)
    page.table(
        "",
        [page("parameter", "参数"), page("before", "原"), page("after", "新"), page("clause", "条款")],
        _parameter_rows(page, old, new),
    )
    if not new:
        page.line(page("Nothing differs.", "没有差别。"))


@policies.command("patch")
def policy_patch(
    reform: Annotated[
        List[str],
        typer.Argument(
            metavar=both("REFORM.json...", "改革.json..."),
            help=both(
                "Reforms of the notice's policy, applied in order.", "对试点方案政策的改革，依次生效。"
            ),
        ),
    ],
    reading: Readings = None,
    lang: Lang = None,
) -> None:
    """Print the whole policy that reforms of the notice make, as JSON, checked.

    输出改革后的完整政策（JSON），已经核对。
    """
    Page(lang)
    say_json(policy_of(reform, reading).to_json(indent=True))


@app.command(rich_help_panel=INTEGRATORS)
def schema(
    document: Annotated[
        Optional[str],
        typer.Argument(
            metavar=both("[DOCUMENT]", "[文档]"),
            help=both(
                "The document, such as city; without it, a list of them all.",
                "文档，如城市数据文件；不给出时列出全部文档。",
            ),
            autocompletion=completion("document"),
        ),
    ] = None,
    lang: Lang = None,
) -> None:
    """The JSON Schema (2020-12) of a document that is read or written.

    所读写文档的JSON Schema（2020-12）。
    """
    page = Page(lang)
    if document is not None:
        found = schema_of(one_of(document, titled("document"), page("document", "文档")))
        say_json(json.dumps(found, ensure_ascii=False, indent=2))
        return
    page.table(
        "",
        [page("document", "文档"), page("what it is", "说明")],
        [[name, schema_of(name)[page("description", "x-zh")]] for name in words("document")],
    )


app.command(rich_help_panel=OFFICIALS)(template)
app.command(rich_help_panel=OFFICIALS)(page)
app.command("import", rich_help_panel=INTEGRATORS)(import_)
app.command(rich_help_panel=INTEGRATORS)(verify)
_cli_columns.register(app)
