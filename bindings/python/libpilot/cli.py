"""The command line. Each command reads files, asks the library, and prints tables, or with --json the library's JSON.

Exit status: 0 no breach, 1 at least one breach (with check --strict also: anything unknown), 2 input, options or an output that cannot be used; 130 interrupted,
141 nobody reads the output, 143 terminated.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import Enum
from typing import Annotated, Any, List, Optional

import typer

from . import _cli_columns, _pilot
from ._account import Account, AccountResult, AccountRow
from ._city import City, Finding, Report, finding_of, check as check_city, outcome_bits
from ._cli_base import (
    AsJson,
    Commands,
    Group,
    Lang,
    Page,
    Readings,
    Reforms,
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
    whole_of,
    year_of,
)
from ._cli_todo import print_receipt, tell_communities, tell_needed
from ._menu import PER, Menu, Quote, _premises, _quote, bill
from ._notice import Clause, Duty, _listed, duties, responsible, titles, words
from ._policy import NANCHANG_2019, Assessment, Award, AwardRange, Count, Policy
from ._values import load

app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # which takes what is in brackets for itself
    context_settings={"help_option_names": ["-h", "--help"]},
    help="The Nanchang pilot of property services for old residential areas (2019). A file named - is standard input."
    " 输出中文：--lang zh。",
    epilog="Exit status: 0 no breach, 1 at least one breach (with check --strict also: anything unknown), 2 input,"
    " options or an output that cannot be used.",
)
policies = typer.Typer(
    cls=Group, no_args_is_help=True, rich_markup_mode=None, help="Policies: the notice's, and reforms of it."
)
app.add_typer(policies, name="policy")


def _version(asked: bool) -> None:
    if asked:
        say(f"libpilot {_pilot.version()}")
        raise typer.Exit()


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


_OUTCOMES = ("breach", "unknown", "pending", "info", "met", "not_applicable")


class Listed(str, Enum):
    show = "show"
    hide = "hide"


def _id_of(city: City, records: str, value: str | None, option: str) -> str | None:
    """The id of a record that is given by id or name."""
    if value is None:
        return None
    rows = city.to_dict().get(records) or ()
    names = {row["name"]: row["id"] for row in rows if row.get("name")}
    ids = {row["id"]: row["id"] for row in rows}
    found: str = {**names, **ids}[one_of(value, [*ids, *names], option)]
    return found


def _clause_or_section(value: str, option: str) -> str:
    clauses = [one for one in _listed("CLAUSES") if isinstance(one, Clause)]
    known = {one.id for one in clauses}
    for one in clauses:
        parts = one.section.split(".")
        known.update(".".join(parts[:depth]) for depth in range(1, len(parts) + 1))
    return one_of(value, sorted(known), option)


@app.command()
def check(
    city: Annotated[str, typer.Argument(metavar="CITY.json", help="The city file.")],
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="DATE", help="The day to judge by: 2020-02-29, or today.")
    ],
    reform: Reforms = None,
    reading: Readings = None,
    every: Annotated[bool, typer.Option("--all", help="Met and not applicable findings as well.")] = False,
    clause: Annotated[
        Optional[str], typer.Option(metavar="ID", help="Only of a clause or section, such as 4.2-1 or 4.4.")
    ] = None,
    district: Annotated[
        Optional[str], typer.Option(metavar="ID", help="Only of a district: its id or name.")
    ] = None,
    community: Annotated[
        Optional[str], typer.Option(metavar="ID", help="Only of a community: its id or name.")
    ] = None,
    readings: Annotated[
        bool, typer.Option("--readings", help="What would change under other readings.")
    ] = False,
    timeline: Annotated[
        bool, typer.Option("--timeline", help="Each area's steps (part 5): done, open, overdue, who acts.")
    ] = False,
    todo: Annotated[
        bool,
        typer.Option("--todo", help="What to write next, by body: the evidence that decides what is unknown."),
    ] = False,
    summary: Annotated[
        bool, typer.Option("--summary", help="A line for each community: met, breaches, missing, owed, paid.")
    ] = False,
    unknown: Annotated[
        Listed, typer.Option("--unknown", help="Whether findings whose evidence is missing are listed.")
    ] = Listed.show,
    strict: Annotated[
        bool, typer.Option("--strict", help="What is unknown makes the exit status 1, as a breach does.")
    ] = False,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Hold a city file against the notice, and compute its communities' rewards (4.4.1)."""
    page = Page(lang)
    if todo and summary:
        refuse("--todo: --summary is asked for as well, and one of them is wanted")
    as_of = as_of_day(as_of)
    policy = policy_of(reform, reading)
    records = document(City.load, city)
    report = check_city(records, as_of=as_of, policy=policy, lang=page.lang)
    part = (
        None if clause is None else _clause_or_section(clause, "--clause"),
        _id_of(records, "districts", district, "--district"),
        _id_of(records, "communities", community, "--community"),
    )
    listed = [one for one in _OUTCOMES if every or one not in ("met", "not_applicable")]
    if unknown is Listed.hide:
        listed.remove("unknown")
    text = _pilot.report_part(report._native, outcome_bits(*listed), *part, 1)
    if todo:
        tell_needed(page, report, part, as_json)
    elif summary:
        tell_communities(page, report, part, as_json)
    elif as_json:
        say_json(text)
    else:
        _print_counts(page, report, _pilot.report_by_district(report._native, *part))
        _print_findings(page, [finding_of(row) for row in json.loads(text)["findings"]])
        if readings:
            page.line(page("What other readings would change", "按其他读法将有变化的结论"), "bold")
            page.line(report.other_readings())
        if timeline:
            _print_timelines(page, records, as_of, policy)
        _print_awards(page, records, as_of, policy)
    raise typer.Exit(0 if report.ok and not (strict and report.counts.unknown) else 1)


def _print_counts(
    page: Page, report: Report, rows: Sequence[tuple[str, str | None, tuple[int, ...]]]
) -> None:
    """By district and of the city itself, which add up to all."""
    names = titles("outcome", page.lang)
    places = [words("outcome").index(outcome) for outcome in _OUTCOMES]
    print_receipt(page, report)
    itself = page("the city itself", "市本级")
    sums = [sum(counts) for counts in zip(*(counts for _, _, counts in rows))]
    page.table(
        "",
        [page("district", "城区"), *(">" + names[outcome] for outcome in _OUTCOMES)],
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
    for outcome in _OUTCOMES:
        rows = [one for one in findings if one.outcome == outcome]
        if rows:
            page.table(
                f"{names[outcome]} ({len(rows)})",
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
        page("Reward, yuan (4.4.1-2 to 4.4.1-8)", "以奖代补，元（4.4.1-2 至 4.4.1-8）"),
        [page("community", "社区"), ">" + page("homes", "户数"), *amounts, ""],
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


def _passed(values: List[str]) -> bool | List[Assessment]:
    answers = {"yes": True, "no": False, "open": None}
    if len(values) == 1 and values[0] in ("yes", "no"):
        return values[0] == "yes"
    made: List[Assessment] = []
    for key, given in pairs(values, "--passed", "yes, no, or YEAR=yes|no|open[@DATE]"):
        answer, _, date = given.partition("@")
        made.append(
            Assessment(year_of(key, "--passed"), answers[one_of(answer, answers, "--passed")], date or None)
        )
    return made


def _dated(values: List[str]) -> List[Count]:
    return [Count(date, whole_of(number, "--count")) for date, number in pairs(values, "--count", "DATE=HOUSEHOLDS")]


# Why a reading has no effect on a reward by itself.
_NO_EFFECT = {
    "reward_cap": ("what is lacking is known of an account alone: libpilot account", "缺口须由账目得出：libpilot account"),
    "reward_payee": ("it says whose the reward is, not how much", "只定奖励归谁，不定数额"),
    "household_basis": (
        "--households is taken as it is given: give the number counted in this way",
        "--households按所给数计算，请按此口径填写",
    ),
    "household_date": ("one count is given: give the later ones by --count", "只有一个户数，此后的户数由--count给出"),
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
            complain(page(f"reading {name}={option}: no effect here: {why}", f"读法{name}={option}：在此不起作用：{why}"))


@app.command()
def reward(
    first: Annotated[str, typer.Option(metavar="MONTH", help="First month of service, such as 2019-12.")],
    last: Annotated[str, typer.Option(metavar="MONTH", help="Last month of service, included.")],
    households: Annotated[
        Optional[int], typer.Option(help="All dwellings inside the boundary (4.4.1-6).")
    ] = None,
    area: Annotated[
        Optional[str], typer.Option(metavar="M2", help="Building area, for reforms that pay by it.")
    ] = None,
    communities: Annotated[Optional[int], typer.Option(help="For reforms that pay by community.")] = None,
    passed: Annotated[
        List[str],
        typer.Option(
            metavar="ANSWER",
            help="Assessments (4.4.1-2): yes or no for every year, or YEAR=yes|no|open, repeated, each with"
            " @DATE where its day is known.",
        ),
    ] = ["yes"],
    count: Annotated[
        Optional[List[str]],
        typer.Option(
            metavar="DATE=HOUSEHOLDS",
            help="Households from a day on, in the order of the days; may be repeated.",
        ),
    ] = None,
    as_of: Annotated[
        Optional[str],
        typer.Option("--as-of", metavar="DATE", help="Later assessments do not count: 2020-02-29, or today."),
    ] = None,
    reform: Reforms = None,
    reading: Readings = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """The reward in place of subsidy for months of service (4.4.1-1 to 4.4.1-8)."""
    page = Page(lang)
    as_of = None if as_of is None else as_of_day(as_of)
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
        say_json(award.to_json(indent=True))
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
         ">" + page("withheld", "未予支付"), page("", ""), page("clause", "条款")],
        [
            *([one.first, one.last, one.months, *[one.quantity for _ in homes], one.rate, one.amount, one.city, one.district, one.withheld,
               reasons[one.reason], one.clause] for one in award.lines),
            [page("in all", "合计"), "", award.months_paid + award.months_withheld, *["" for _ in homes], "", award.total, award.city,
             award.district, award.withheld],
        ],
    )  # fmt: skip
    _print_award_range(page, award.range())


@app.command()
def quote(
    menu: Annotated[str, typer.Argument(metavar="MENU.json", help="The menu of services (4.3-3).")],
    order: Annotated[
        Optional[str], typer.Option(metavar="FILE", help="Take all that follows from an order in JSON.")
    ] = None,
    package: Annotated[Optional[str], typer.Option(metavar="ID", help="A package of the menu.")] = None,
    item: Annotated[
        Optional[List[str]],
        typer.Option(metavar="SERVICE=GRADE", help="A service by itself; may be repeated."),
    ] = None,
    day: Annotated[Optional[str], typer.Option(metavar="DATE", help="The prices of this day.")] = None,
    area: Annotated[Optional[str], typer.Option(metavar="M2", help="Building area.")] = None,
    households: Annotated[Optional[int], typer.Option(help="How many.")] = None,
    buildings: Annotated[Optional[int], typer.Option(help="How many.")] = None,
    dwelling: Annotated[
        Optional[str],
        typer.Option(metavar="M2", help="Also the bill of a dwelling of this area for 12 months."),
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """What a choice from a menu costs (4.3-3, 5.4-2)."""
    page = Page(lang)
    found = document(Menu.load, menu)
    if order is not None:
        if package or item or day or area or households or buildings or dwelling:
            refuse("--order: an order says all by itself; leave the other options out")
        text = document(
            lambda text: load(lambda one: _pilot.order(found._native, one, 1), text, "order"), order
        )
    elif day is None:
        refuse("--day: of which day are the prices? Such as --day 2020-01-01; or give an --order")
    else:
        asked = _premises(area, households, buildings, None)
        text = _pilot.quote(found._native, _choice(found, package, item), asked, day, 1)
    if as_json:
        say_json(text)
        return
    _print_quote(page, found, _quote(json.loads(text)))
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
    services = [one["id"] for one in menu.to_dict().get("services") or ()]
    packages = [one["id"] for one in menu.to_dict().get("packages") or ()]
    if package is None and not items:
        refuse(
            f"nothing is chosen: give --package ({', '.join(packages)}) or --item ({', '.join(services)}) with a"
            " grade, such as --item cleaning=3"
        )
    if package is not None:
        one_of(package, packages, "--package")
    made = []
    for service, grade in pairs(items or (), "--item", "SERVICE=GRADE"):
        made.append((one_of(service, services, "--item"), whole_of(grade, f"--item {service}")))
    return package, tuple(made)


def _print_quote(page: Page, menu: Menu, made: Quote) -> None:
    names = {one["id"]: one.get("name") or one["id"] for one in menu.to_dict().get("services") or ()}
    page.table(
        page(f"Menu {made.menu}, prices of {made.day}, yuan", f"菜单 {made.menu}，{made.day} 的价格，元"),
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


@app.command()
def account(
    account: Annotated[
        str, typer.Argument(metavar="ACCOUNT.json", help="The account: fees, costs, incomes, claim.")
    ],
    reform: Reforms = None,
    reading: Readings = None,
    months: Annotated[bool, typer.Option("--months", help="By month instead of by year.")] = False,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """What a community's two earmarked ledgers lack, and what it would take (4.4-1 to 4.5-1)."""
    page = Page(lang)
    policy = policy_of(reform, reading)
    found = document(Account.load, account)
    if as_json:
        say_json(_pilot.account(policy._native, found._native, 1))
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
                                     page("carried on", "结转"))), ""],
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


@app.command()
def duty(
    matter: Annotated[
        Optional[str], typer.Argument(help="Such as street_lights.", autocompletion=completion("matter"))
    ] = None,
    place: Annotated[
        Optional[str], typer.Argument(help="Such as courtyard.", autocompletion=completion("place"))
    ] = None,
    layout: Annotated[
        Optional[str],
        typer.Argument(
            help="open or closed, which moves the gate (1-4).", autocompletion=completion("layout")
        ),
    ] = None,
    actor: Annotated[
        Optional[str],
        typer.Option(
            help="All that one body owes, such as finance_bureau.", autocompletion=completion("actor")
        ),
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Who performs, pays for and supervises a matter, and who may be told (1-3, 1-4, 3.2, 4.3)."""
    page = Page(lang)
    if actor is None and matter is None:
        refuse(f"name a matter, or --actor and a body; the matters are {', '.join(words('matter'))}")
    asked = {"matter": matter, "place": place, "layout": layout, "actor": actor}
    for name, value in asked.items():
        if value is not None:
            one_of(value, words(name), name)
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


@app.command()
def clauses(
    clause: Annotated[
        Optional[str], typer.Argument(metavar="ID", help="A clause or section: 4.2-1 or 4.4.")
    ] = None,
    find: Annotated[Optional[str], typer.Option(metavar="TEXT", help="Only those with this text.")] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """The notice, clause by clause, and what in the library carries each one out."""
    page = Page(lang)
    found = [one for one in _listed("CLAUSES") if isinstance(one, Clause)]
    if clause is not None:
        wanted = _clause_or_section(clause, "clause")
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
    actors = titles("actor", page.lang)
    page.line(f"{one.id}  {page(one.en, one.zh)}", "bold")
    for title, text in (
        (page("source", "出处"), one.ref),
        (page("kind", "类型"), ", ".join(one.kinds)),
        (page("decided by", "判定"), _decided(page, one)),
        (page("speaks to", "对象"), page(", ", "、").join(actors[actor] for actor in one.actors)),
        (page("carried out by", "实现"), "; ".join(one.carried_out_by)),
    ):
        if text:
            page.line(f"  {title}: {text}")


def _parameters() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(_pilot.schema("policy"))["properties"]
    return found


def _flat(parameters: dict[str, Any]) -> dict[str, Any]:
    """Parameters of a policy or a reform; each reading is one of them."""
    made = dict(parameters)
    made.update({f"readings.{name}": option for name, option in made.pop("readings", {}).items()})
    return made


def _cell(value: Any) -> str | list[str]:
    """A parameter for people: a list's items on lines of their own."""
    return [_shown(one, True) for one in value] if isinstance(value, list) else _shown(value)


def _shown(value: Any, inner: bool = False) -> str:
    if isinstance(value, list):
        return ", ".join(_shown(one, True) for one in value)
    if isinstance(value, dict):
        said = "; ".join(f"{key} {_shown(one, True)}" for key, one in value.items())
        return f"({said})" if inner and any(isinstance(one, dict) for one in value.values()) else said
    return value if isinstance(value, str) else json.dumps(value)


def _clause_of(key: str) -> str | None:
    name = key[len("readings.") :] if key.startswith("readings.") else ""
    if name:
        return next(one.clause for one in _listed("READINGS") if one.name == name)  # type: ignore[attr-defined,no-any-return]
    found = _parameters().get(key, {}).get("x-clause")
    return found if isinstance(found, str) else None


@policies.command("show")
def policy_show(
    reform: Annotated[
        Optional[List[str]], typer.Argument(metavar="[REFORM.json]...", help="Applied in order.")
    ] = None,
    reading: Readings = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """The parameters of the notice's policy, or of a reform of it, with their clauses."""
    page = Page(lang)
    policy = policy_of(reform, reading)
    if as_json:
        say_json(policy.to_json(indent=True))
        return
    page.table(
        f"{policy.id} ({policy.fingerprint})",
        [page("parameter", "参数"), page("value", "值"), page("clause", "条款")],
        [[key, _cell(value), _clause_of(key)] for key, value in _flat(policy.to_dict()).items()],
    )


@policies.command("diff")
def policy_diff(
    reform: Annotated[str, typer.Argument(metavar="REFORM.json", help="A reform, or a whole policy.")],
    other: Annotated[
        Optional[str],
        typer.Argument(metavar="[OTHER.json]", help="Another one, in the place of the notice's."),
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """What a reform changes of the notice's policy; of two, what the second has otherwise. --json: as a patch."""
    page = Page(lang)
    before, after = (policy_of(files) for files in (([reform], [other]) if other else ([], [reform])))
    patch = before.diff(after)
    if as_json:
        say_json(json.dumps(patch, ensure_ascii=False, indent=2))
        return
    old, new = _flat(before.to_dict()), _flat(patch)
    page.table(
        f"{before.id} ({before.fingerprint}) -> {after.id} ({after.fingerprint})",
        [page("parameter", "参数"), page("before", "原"), page("after", "新"), page("clause", "条款")],
        [[key, _cell(old[key]), _cell(value), _clause_of(key)] for key, value in new.items()],
    )
    if not new:
        page.line(page("Nothing differs.", "没有差别。"))


@policies.command("patch")
def policy_patch(
    reform: Annotated[List[str], typer.Argument(metavar="REFORM.json...", help="Applied in order.")],
    reading: Readings = None,
) -> None:
    """The whole policy that reforms of the notice make, as JSON, checked."""
    say_json(policy_of(reform, reading).to_json(indent=True))


@app.command()
def schema(
    document: Annotated[
        Optional[str],
        typer.Argument(help="Such as city; none lists them all.", autocompletion=completion("document")),
    ] = None,
    lang: Lang = None,
) -> None:
    """The JSON Schema (2020-12) of a document that is read or written."""
    if document is not None:
        found = json.loads(_pilot.schema(one_of(document, words("document"), "document")))
        say_json(json.dumps(found, ensure_ascii=False, indent=2))
        return
    page = Page(lang)
    page.table(
        "",
        [page("document", "文档"), page("what it is", "说明")],
        [[name, json.loads(_pilot.schema(name)).get("description")] for name in words("document")],
    )


_cli_columns.register(app)
