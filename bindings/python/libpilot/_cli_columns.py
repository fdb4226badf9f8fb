"""The commands over files of claims: simulate, compare, solve."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, List, Optional

import typer

from ._cli_base import AsJson, Lang, Page, Readings, Reforms, document, pairs, policy_of, refuse
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
Group = Annotated[Optional[str], typer.Option(metavar="COLUMN", help="Sums for each value of a column.")]
Threads = Annotated[int, typer.Option(min=1, help="Threads; the sums are the same for any number.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar.")]


def _columns(
    households: str | None,
    first: str,
    last: str,
    area: str | None,
    area_dm2: str | None,
    communities: str | None,
    passed: List[str] | None,
) -> dict[str, Any]:
    """The columns as simulate takes them."""
    asked: dict[str, Any] = {
        "first": first,
        "last": last,
        "building_area": area,
        "building_area_dm2": area_dm2,
        "communities": communities,
    }
    if households is not None:
        asked["households"] = households
    if passed and len(passed) == 1 and "=" not in passed[0]:
        asked["passed"] = passed[0]
    elif passed:
        asked["passed"] = {_year(year): column for year, column in pairs(passed, "--passed", "YEAR=COLUMN")}
    return asked


def _year(text: str) -> int:
    return int(text) if text.isdigit() else refuse(f'--passed: found "{text}" where a year is wanted')


def _exists(path: str) -> str:
    """The path, or a refusal as of any other file."""
    if path == "-":
        refuse("FILE: a Parquet or CSV file is wanted; standard input is not read")
    try:
        open(path, "rb").close()
    except OSError:
        document(bytes, path)  # which says what is the matter
    return path


def _table(path: str) -> Any:
    import pyarrow

    from ._simulate import _batches

    return pyarrow.concat_tables(list(_batches(path, 1 << 20, None, False)))


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
                    ("withheld", "暂不发放"),
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
    group: Group = None,
    out: Annotated[
        Optional[str], typer.Option("--out", "-o", metavar="FILE", help="Write the rows' awards as Parquet.")
    ] = None,
    keep_bad: Annotated[
        bool, typer.Option("--keep-bad", help="Count rows that cannot be computed, and go on.")
    ] = False,
    reform: Reforms = None,
    reading: Readings = None,
    threads: Threads = 1,
    quiet: Quiet = False,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """The rewards of a file of claims of any size, by year (4.4.1); --out writes those of each row."""
    from ._simulate import FileTally, simulate_file, tally_file

    policy = policy_of(reform, reading)
    asked: dict[str, Any] = {
        **_columns(households, first, last, building_area, building_area_dm2, communities, passed),
        "bad": "keep" if keep_bad else "raise",
        "threads": threads,
        "progress": not quiet and not as_json,
    }
    made: FileTally
    if out is not None and group is None:
        made = FileTally(simulate_file(_exists(file), out, policy, **asked), [None])
    else:
        made = tally_file(_exists(file), policy, group=group, **asked)
        if out is not None:
            simulate_file(file, out, policy, **asked)
    if as_json:
        years = [
            {**({"group": label} if group else {}), **row.to_dict()}
            for code, label in enumerate(made.labels)
            for row in made.tally.years(code).values()
        ]
        told = {"policy": policy.id, "fingerprint": policy.fingerprint, "rows": made.tally.rows}
        typer.echo(json.dumps({**told, "bad": made.tally.bad, "years": years}, ensure_ascii=False))
        return
    page = Page(lang)
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
    group: Group = None,
    reform: Reforms = None,
    reading: Readings = None,
    threads: Threads = 1,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """What reforms cost beside the notice (or --reform and --reading, the baseline), and who gains and loses."""
    from ._simulate import compare as compared

    made = compared(
        _table(_exists(file)),
        policy_of(reform, reading),
        _named(with_),
        group,
        threads=threads,
        **_columns(households, first, last, building_area, building_area_dm2, communities, passed),
    )
    if as_json:
        typer.echo(json.dumps({"rows": plain(made.rows), "changes": plain(made.changes)}, ensure_ascii=False))
        return
    page = Page(lang)
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
    reform: Reforms = None,
    reading: Readings = None,
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
            else {_year(year): yuan for year, yuan in pairs(yearly, "--yearly", "YEAR=YUAN")}
        )
    asked: dict[str, Any] = {"find": find, "budget": budget, "yearly": bound, "of": of, "rate": rate}
    if find == "quantity":
        typer.echo(solved(None, **asked, policy=policy, first=first, last=last))
        return
    if file is None:
        refuse("FILE: the claims are needed, but for --find quantity")
    sums = tally_file(
        _exists(file),
        policy,
        threads=threads,
        progress=not quiet,
        **_columns(households, first, last, building_area, building_area_dm2, communities, passed),
    )
    typer.echo(solved(sums.tally, **asked))


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    for command in (simulate, compare, solve):
        app.command()(command)
