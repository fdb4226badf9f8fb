"""The commands over files of claims: simulate, compare, solve."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Annotated, Any, List, Optional

import typer

from ._cli_base import (
    AsJson,
    Lang,
    Page,
    Readings,
    Reforms,
    pairs,
    policy_of,
    refuse,
    say,
    say_json,
    table,
    year_of,
)
from ._policy import Policy
from ._values import plain

File = Annotated[str, typer.Argument(metavar="FILE", help="Claims, a row each: .parquet, .csv or .csv.gz.")]
Households = Annotated[
    Optional[str], typer.Option(metavar="COLUMN", help="Households [default: households].")
]
First = Annotated[str, typer.Option(metavar="COLUMN|MONTH", help="First month of service.")]
Last = Annotated[str, typer.Option(metavar="COLUMN|MONTH", help="Last month of service, included.")]
Area = Annotated[
    Optional[str], typer.Option("--building-area", metavar="COLUMN", help="Building area in m².")
]
AreaDm2 = Annotated[
    Optional[str],
    typer.Option("--building-area-dm2", metavar="COLUMN", help="Building area in whole 0.01 m² (1 dm²)."),
]
Communities = Annotated[Optional[str], typer.Option(metavar="COLUMN", help="Numbers of communities.")]
Passed = Annotated[
    Optional[List[str]],
    typer.Option(metavar="[YEAR=]COLUMN", help="Whether the assessment of a year, or of all, was passed."),
]
PassedFrom = Annotated[
    Optional[str],
    typer.Option("--passed-from", metavar="COLUMN", help="Month of a row's passes, for the reading from_the_pass."),
]
Group = Annotated[Optional[str], typer.Option(metavar="COLUMN", help="Sums for each value of a column.")]
Encoding = Annotated[
    Optional[str],
    typer.Option(metavar="NAME", help="Of a CSV: utf-8 or gb18030; found out where it is not given."),
]
Threads = Annotated[int, typer.Option(min=1, max=1024, help="Threads; the sums are the same for any number.")]
KeepBad = Annotated[
    bool, typer.Option("--keep-bad", help="Count rows that cannot be computed, and go on.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar.")]


def _columns(
    households: str | None,
    first: str,
    last: str,
    area: str | None,
    area_dm2: str | None,
    communities: str | None,
    passed: List[str] | None,
    passed_from: str | None,
) -> dict[str, Any]:
    """The columns as simulate takes them."""
    asked: dict[str, Any] = {
        "first": first,
        "last": last,
        "building_area": area,
        "building_area_dm2": area_dm2,
        "communities": communities,
        "passed_from": passed_from,
    }
    if households is not None:
        asked["households"] = households
    if passed and len(passed) == 1 and "=" not in passed[0]:
        asked["passed"] = passed[0]
    elif passed:
        asked["passed"] = {
            year_of(year, "--passed"): column for year, column in pairs(passed, "--passed", "YEAR=COLUMN")
        }
    return asked


def _watched(quiet: bool) -> bool:
    """Whether a bar is asked for, and seen."""
    return not quiet and sys.stderr is not None and sys.stderr.isatty()


def _label(label: Any) -> Any:
    """A group's label as JSON has it: text and whole numbers as they are, and days as text."""
    return label if label is None or isinstance(label, (str, int)) else str(plain(label))


def _sums(page: Page, rows: list[list[Any]], by: str | None) -> None:
    head = [by] if by else []
    page.table(
        page("Rewards by year, in yuan", "各年奖励（元）"),
        [
            *head,
            page("year", "年份"),
            *(
                ">" + page(*names)
                for names in (
                    ("total", "合计"),
                    ("city", "市级"),
                    ("district", "区级"),
                    ("withheld", "未予支付"),
                    ("households", "户数"),
                    ("rows", "行数"),
                )
            ),
        ],
        rows,
    )


def _rows_of(made: Any, by: str | None) -> list[list[Any]]:
    return [
        [
            *([label] if by else []),
            row.year,
            row.total,
            row.city,
            row.district,
            row.withheld,
            row.households,
            row.rows,
        ]
        for code, label in enumerate(made.labels)
        for row in made.tally.years(code).values()
    ]


def simulate(
    file: File,
    households: Households = None,
    first: First = "first",
    last: Last = "last",
    building_area: Area = None,
    building_area_dm2: AreaDm2 = None,
    communities: Communities = None,
    passed: Passed = None,
    passed_from: PassedFrom = None,
    group: Group = None,
    out: Annotated[
        Optional[str],
        typer.Option(
            "--out", "-o", metavar="FILE", help="Write the rows' awards; the suffix tells the format."
        ),
    ] = None,
    unit: Annotated[
        str, typer.Option(metavar="UNIT", help="Of the amounts that --out writes: fen, or yuan with two decimals.")
    ] = "fen",
    keep_bad: KeepBad = False,
    reform: Reforms = None,
    reading: Readings = None,
    encoding: Encoding = None,
    threads: Threads = 1,
    quiet: Quiet = False,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """The rewards of a file of claims of any size, by year (4.4.1); --out writes those of each row."""
    from ._simulate import FileTally, simulate_file, tally_file

    page = Page(lang)
    policy = policy_of(reform, reading)
    asked: dict[str, Any] = {
        **_columns(households, first, last, building_area, building_area_dm2, communities, passed, passed_from),
        "bad": "keep" if keep_bad else "raise",
        "threads": threads,
        "encoding": encoding,
        "progress": not as_json and _watched(quiet),
    }
    made: FileTally
    if out is not None and group is None:
        made = FileTally(simulate_file(table(file), out, policy, unit=unit, **asked), [None])
    else:
        made = tally_file(table(file), policy, group=group, **asked)
        if out is not None:
            simulate_file(file, out, policy, unit=unit, **asked)
    if as_json:
        years = [
            {**({"group": _label(label)} if group else {}), **row.to_dict()}
            for code, label in enumerate(made.labels)
            for row in made.tally.years(code).values()
        ]
        told = {"policy": policy.id, "fingerprint": policy.fingerprint, "rows": made.tally.rows}
        say_json(json.dumps({**told, "bad": made.tally.bad, "years": years}, ensure_ascii=False))
        return
    _sums(page, _rows_of(made, group), group)
    page.line(
        page(
            f"{made.tally.rows} rows, {made.tally.bad} bad: {made.tally.total} yuan",
            f"{made.tally.rows}行，{made.tally.bad}行无法计算：{made.tally.total}元",
        )
    )


def _named(reforms: List[str]) -> Mapping[str, Policy]:
    return {name: policy_of([path]) for name, path in pairs(reforms, "--with", "NAME=FILE, a reform,")}


def compare(
    file: File,
    with_: Annotated[
        List[str], typer.Option("--with", metavar="NAME=FILE", help="A reform to compare; may be repeated.")
    ],
    households: Households = None,
    first: First = "first",
    last: Last = "last",
    building_area: Area = None,
    building_area_dm2: AreaDm2 = None,
    communities: Communities = None,
    passed: Passed = None,
    passed_from: PassedFrom = None,
    group: Group = None,
    reform: Reforms = None,
    reading: Readings = None,
    encoding: Encoding = None,
    threads: Threads = 1,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """What reforms cost beside the notice (or --reform and --reading, the baseline), and who gains and loses."""
    from ._files import TableFile
    from ._frames import Frame
    from ._simulate import _uses, compare as compared

    page = Page(lang)
    baseline, reforms = policy_of(reform, reading), _named(with_)
    asked = _columns(households, first, last, building_area, building_area_dm2, communities, passed, passed_from)

    rows = TableFile(table(file), encoding).whole()
    with rows.located():
        frame = Frame(*rows.used(_uses(**asked)))
        made = compared(frame, baseline, reforms, group, threads=threads, **asked)
    if as_json:
        told = [{**row.to_dict(), "group": _label(row.group)} for row in made.rows]
        changes = [{**one.to_dict(), "group": _label(one.group)} for one in made.changes]
        say_json(json.dumps({"rows": told, "changes": changes}, ensure_ascii=False))
        return
    head = [group] if group else []
    page.table(
        page("Rewards by year, in yuan", "各年奖励（元）"),
        [
            page("policy", "方案"),
            *head,
            page("year", "年份"),
            ">" + page("total", "合计"),
            ">" + page("city", "市级"),
            ">" + page("district", "区级"),
            ">" + page("difference", "差额"),
        ],
        [
            [
                row.policy,
                *([row.group] if group else []),
                row.year,
                row.total,
                row.city,
                row.district,
                row.difference,
            ]
            for row in made.rows
        ],
    )
    page.table(
        page("Rows that get more or less", "增减的行"),
        [
            page("policy", "方案"),
            *head,
            ">" + page("more", "增加"),
            ">" + page("gained, yuan", "增加额（元）"),
            ">" + page("less", "减少"),
            ">" + page("lost, yuan", "减少额（元）"),
            ">" + page("same", "不变"),
        ],
        [
            [one.policy, *([one.group] if group else []), one.more, one.gained, one.less, one.lost, one.same]
            for one in made.changes
        ],
    )


def solve(
    file: Annotated[
        Optional[str], typer.Argument(metavar="[FILE]", help="Claims; none is needed for --find quantity.")
    ] = None,
    find: Annotated[
        str, typer.Option(metavar="WHAT", help="factor, rate, city_share or quantity.")
    ] = "factor",
    budget: Annotated[Optional[str], typer.Option(metavar="YUAN", help="Over all years.")] = None,
    yearly: Annotated[
        Optional[List[str]], typer.Option(metavar="[YEAR=]YUAN", help="In every year, or in one.")
    ] = None,
    of: Annotated[str, typer.Option(metavar="PAYER", help="Whose budget: both, city or district.")] = "both",
    rate: Annotated[Optional[int], typer.Option(help="Which rate, from 0, for --find rate.")] = None,
    households: Households = None,
    first: First = "first",
    last: Last = "last",
    building_area: Area = None,
    building_area_dm2: AreaDm2 = None,
    communities: Communities = None,
    passed: Passed = None,
    passed_from: PassedFrom = None,
    reform: Reforms = None,
    reading: Readings = None,
    encoding: Encoding = None,
    threads: Threads = 1,
    quiet: Quiet = False,
) -> None:
    """The largest rate, factor or number of households that a budget carries, or the least city share."""
    from ._simulate import solve as solved, tally_file

    policy = policy_of(reform, reading)
    bound: Any = None
    if yearly:
        bound = (
            yearly[0]
            if len(yearly) == 1 and "=" not in yearly[0]
            else {year_of(year, "--yearly"): yuan for year, yuan in pairs(yearly, "--yearly", "YEAR=YUAN")}
        )
    asked: dict[str, Any] = {"find": find, "budget": budget, "yearly": bound, "of": of, "rate": rate}
    if find == "quantity":
        say(str(solved(None, **asked, policy=policy, first=first, last=last)))
        return
    if file is None:
        refuse("FILE: the claims are needed, but for --find quantity")
    sums = tally_file(
        table(file),
        policy,
        threads=threads,
        encoding=encoding,
        progress=_watched(quiet),
        **_columns(households, first, last, building_area, building_area_dm2, communities, passed, passed_from),
    )
    say(str(solved(sums.tally, **asked)))


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    for command in (simulate, compare, solve):
        app.command()(command)
