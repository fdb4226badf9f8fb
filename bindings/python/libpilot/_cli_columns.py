"""The commands over files of claims: simulate, compare, solve, draw."""

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
    complain,
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
Unit = Annotated[
    str, typer.Option(metavar="UNIT", help="Of the amounts that --out writes: fen, or yuan with two decimals.")
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
    unit: Unit = "fen",
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


def _bound(yearly: List[str] | None) -> Any:
    """Yuan of every year, or by year."""
    if not yearly:
        return None
    if len(yearly) == 1 and "=" not in yearly[0]:
        return yearly[0]
    return {year_of(year, "--yearly"): yuan for year, yuan in pairs(yearly, "--yearly", "YEAR=YUAN")}


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
    per: Annotated[
        str,
        typer.Option(
            metavar="UNIT",
            help="For --find quantity: household_month, community_month or square_metre_month.",
        ),
    ] = "household_month",
    households: Households = None,
    first: First = "first",
    last: Last = "last",
    building_area: Area = None,
    building_area_dm2: AreaDm2 = None,
    communities: Communities = None,
    passed: Passed = None,
    passed_from: PassedFrom = None,
    group: Annotated[
        Optional[str], typer.Option(metavar="COLUMN", help="An answer for each value of a column.")
    ] = None,
    keep_bad: KeepBad = False,
    reform: Reforms = None,
    reading: Readings = None,
    encoding: Encoding = None,
    threads: Threads = 1,
    quiet: Quiet = False,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """The largest rate, factor or number of households that a budget carries, or the least city share."""
    from ._simulate import solve as solved, tally_file

    page = Page(lang)
    policy = policy_of(reform, reading)
    asked: dict[str, Any] = {"find": find, "budget": budget, "yearly": _bound(yearly), "of": of, "rate": rate}
    answers: list[tuple[Any, str]]
    bad = 0
    if find == "quantity":
        answers = [(None, str(solved(None, **asked, policy=policy, first=first, last=last, per=per)))]
    elif file is None:
        refuse("FILE: the claims are needed, but for --find quantity")
    else:
        sums = tally_file(
            table(file),
            policy,
            group=group,
            bad="keep" if keep_bad else "raise",
            threads=threads,
            encoding=encoding,
            progress=not as_json and _watched(quiet),
            **_columns(
                households, first, last, building_area, building_area_dm2, communities, passed, passed_from
            ),
        )
        bad = sums.tally.bad
        codes = [None] if group is None else range(len(sums.labels))
        answers = [
            (label, str(solved(sums.tally, **asked, group=code))) for code, label in zip(codes, sums.labels)
        ]
    if as_json:
        told = [{**({"group": _label(label)} if group else {}), find: answer} for label, answer in answers]
        policy_told = {"policy": policy.id, "fingerprint": policy.fingerprint}
        say_json(json.dumps({**policy_told, "bad": bad, "answers": told}, ensure_ascii=False))
        return
    if bad:
        complain(page(f"{bad} bad rows are left out", f"{bad}行无法计算，未计入"))
    if group is None:
        say(answers[0][1])
        return
    page.table("", [group, ">" + page(*_FOUND.get(find, (find, find)))], answers)


_FOUND = {
    "factor": ("factor", "标准倍数"),
    "rate": ("rate, yuan", "标准（元）"),
    "city_share": ("city share", "市级比例"),
}


def _shares(values: List[str] | None, option: str) -> Any:
    """A share or column, or those of years."""
    if not values:
        return 1
    if len(values) == 1 and "=" not in values[0]:
        return values[0]
    return {year_of(year, option): share for year, share in pairs(values, option, "YEAR=SHARE")}


def draw(
    file: File,
    seed: Annotated[int, typer.Option(help="The same seed draws the same, with any number of threads.")],
    draws: Annotated[int, typer.Option(min=1, max=1_000_000, help="How often.")] = 1000,
    pass_probability: Annotated[
        Optional[List[str]],
        typer.Option(
            "--pass-probability",
            metavar="[YEAR=]SHARE|COLUMN",
            help="That a row passes a year's assessment; may be repeated.",
        ),
    ] = None,
    take_up: Annotated[
        str, typer.Option("--take-up", metavar="SHARE|COLUMN", help="Share of the rows that take part.")
    ] = "1",
    household_error: Annotated[
        str,
        typer.Option(
            "--household-error", metavar="SHARE|COLUMN", help="By which households may be off, up or down."
        ),
    ] = "0",
    of: Annotated[str, typer.Option(metavar="PAYER", help="Whose sums: total, city or district.")] = "total",
    households: Households = None,
    first: First = "first",
    last: Last = "last",
    building_area: Area = None,
    building_area_dm2: AreaDm2 = None,
    communities: Communities = None,
    passed: Passed = None,
    passed_from: PassedFrom = None,
    out: Annotated[
        Optional[str],
        typer.Option(
            "--out", "-o", metavar="FILE", help="Write each draw's sums; the suffix tells the format."
        ),
    ] = None,
    unit: Unit = "fen",
    reform: Reforms = None,
    reading: Readings = None,
    encoding: Encoding = None,
    threads: Threads = 1,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """What a file of claims may cost where passes, take-up and households are uncertain, by year."""
    from ._draw import draw as drawn
    from ._files import TEXT, TableFile, differ, table_written
    from ._frames import Frame
    from ._simulate import _uses

    page = Page(lang)
    policy = policy_of(reform, reading)
    asked = _columns(households, first, last, building_area, building_area_dm2, communities, passed, passed_from)
    chances: dict[str, Any] = {
        "pass_probability": _shares(pass_probability, "--pass-probability"),
        "take_up": take_up,
        "household_error": household_error,
    }
    if out is not None:
        differ(file, out)
    rows = TableFile(table(file), encoding).whole()
    given = chances["pass_probability"]
    shares = [*(given.values() if isinstance(given, Mapping) else [given]), take_up, household_error]
    uses = {**{name: TEXT for name in shares if isinstance(name, str)}, **_uses(**asked)}
    with rows.located():
        frame = Frame(*rows.used(uses))
        made = drawn(frame, policy, seed=seed, draws=draws, threads=threads, **chances, **asked)
    at = ("0.05", "0.5", "0.95")
    quantiles = made.quantiles(at, of)
    if out is not None:
        with table_written(out) as put:
            put(made.to_frame(unit))
    if as_json:
        told = [
            {"year": year, **{share: str(one) for share, one in zip(at, sums)}}
            for year, sums in quantiles.items()
        ]
        head = {"policy": policy.id, "fingerprint": policy.fingerprint, "seed": seed, "draws": draws, "of": of}
        say_json(json.dumps({**head, "quantiles": told}, ensure_ascii=False))
        return
    page.table(
        page("What nine draws of ten lie between, in yuan", "九成抽样结果所在范围（元）"),
        [
            page("year", "年份"),
            ">" + page("least (5 %)", "下限（5%）"),
            ">" + page("middle", "中位数"),
            ">" + page("greatest (95 %)", "上限（95%）"),
        ],
        [[page("in all", "合计") if year is None else year, *sums] for year, sums in quantiles.items()],
    )


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    for command in (simulate, compare, solve, draw):
        app.command()(command)
