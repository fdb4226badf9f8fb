"""The commands over files of claims: simulate, compare, solve, draw."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Annotated, Any, List, Optional

import typer

from ._cli_base import (
    FILE,
    AsJson,
    Lang,
    Page,
    Readings,
    Reforms,
    complain,
    one_of,
    pairs,
    policy_of,
    reading_name,
    refuse,
    say,
    say_json,
    table,
    whole,
    year_of,
)
from ._cli_help import ANALYSTS, OUTPUT, both
from ._notice import titled
from ._policy import Policy
from ._values import plain

READING = both("Reading the file", "读取文件")
CLAIMS = both("Columns of the file", "文件的列")
COLUMN = both("COLUMN", "列")
_OF_ROWS = both("COLUMN|MONTH", "列|月份")

File = Annotated[
    str,
    typer.Argument(
        metavar=FILE,
        help=both(
            "Claims, a row each: .parquet, .csv, .csv.gz, .arrow or .feather.",
            "奖励申请，每行一项：.parquet、.csv、.csv.gz、.arrow或.feather。",
        ),
    ),
]
Households = Annotated[
    Optional[str],
    typer.Option(
        metavar=COLUMN,
        rich_help_panel=CLAIMS,
        show_default="households",
        help=both("Total households (4.4.1-6).", "总户数（4.4.1-6）。"),
    ),
]
First = Annotated[
    str,
    typer.Option(
        metavar=_OF_ROWS,
        rich_help_panel=CLAIMS,
        help=both(
            "First month of service: a column, or a month for all rows.",
            "服务的第一个月：列名，或各行相同的月份。",
        ),
    ),
]
Last = Annotated[
    str,
    typer.Option(
        metavar=_OF_ROWS,
        rich_help_panel=CLAIMS,
        help=both("Last month of service, included: likewise.", "服务的最后一个月（含）：同上。"),
    ),
]
Area = Annotated[
    Optional[str],
    typer.Option(
        "--building-area",
        metavar=COLUMN,
        rich_help_panel=CLAIMS,
        help=both("Building area in m².", "建筑面积，平方米。"),
    ),
]
AreaDm2 = Annotated[
    Optional[str],
    typer.Option(
        "--building-area-dm2",
        metavar=COLUMN,
        rich_help_panel=CLAIMS,
        help=both("Building area in whole 0.01 m² (1 dm²).", "建筑面积，以0.01平方米为单位的整数。"),
    ),
]
Communities = Annotated[
    Optional[str],
    typer.Option(metavar=COLUMN, rich_help_panel=CLAIMS, help=both("Number of communities.", "社区数。")),
]
Passed = Annotated[
    Optional[List[str]],
    typer.Option(
        metavar=both("[YEAR=]COLUMN", "[年份=]列"),
        rich_help_panel=CLAIMS,
        help=both(
            "Whether a year's assessment was passed, or that of every year; may be repeated.",
            "某年或各年考核是否合格；可重复。",
        ),
    ),
]
PassedFrom = Annotated[
    Optional[str],
    typer.Option(
        "--passed-from",
        metavar=COLUMN,
        rich_help_panel=CLAIMS,
        help=both(
            "Month of the first pass, for the reading pass_effect=from_the_pass.",
            "首次合格的月份，用于“考核合格的追溯”的另一种读法（pass_effect=from_the_pass）。",
        ),
    ),
]
Group = Annotated[
    Optional[str],
    typer.Option(
        metavar=COLUMN,
        help=both("Results for each value of a column, such as district.", "按某列的值分组，如城区。"),
    ),
]
Encoding = Annotated[
    Optional[str],
    typer.Option(
        metavar=both("NAME", "编码"),
        rich_help_panel=READING,
        help=both(
            "Of a CSV: utf-8 or gb18030; found out where it is not given.",
            "CSV的编码：utf-8或gb18030；不给出时自行识别。",
        ),
    ),
]
Threads = Annotated[
    int,
    typer.Option(
        parser=whole("--threads", 1, 1024),
        metavar=both("NUMBER", "个数"),
        rich_help_panel=READING,
        help=both(
            "Threads, 1 to 1024; the sums are the same for any number.", "线程数，1至1024；结果与线程数无关。"
        ),
    ),
]
KeepBad = Annotated[
    bool,
    typer.Option(
        "--keep-bad",
        rich_help_panel=READING,
        help=both("Leave out rows that cannot be computed, and count them.", "无法计算的行不计入，只计数。"),
    ),
]
Unit = Annotated[
    str,
    typer.Option(
        metavar=both("fen|yuan", "分|元"),
        rich_help_panel=OUTPUT,
        show_default=both("fen", "分"),
        help=both(
            "Unit of the amounts that --out writes; yuan have two decimals.",
            "--out所写金额的单位；元带两位小数。",
        ),
    ),
]
Quiet = Annotated[
    bool,
    typer.Option(
        "--quiet", "-q", rich_help_panel=OUTPUT, help=both("Show no progress bar.", "不显示进度条。")
    ),
]
Payer = both("PAYER", "出资方")
_SHARE = both("SHARE|COLUMN", "比例|列")
_UNCERTAIN = both("What is uncertain", "不确定因素")
_ROWS = {
    "independent": ("各行自身的偶然", "each by its own luck"),
    "expected": ("期望值", "as expected"),
}

# The words that options take besides those of the library's lists.
_UNIT = {"fen": ("分",), "yuan": ("元",)}
_FIND = {
    "factor": ("标准倍数", "factor"),
    "rate": ("标准（元）", "rate, yuan"),
    "city_share": ("市级比例", "city share"),
    "quantity": ("数量", "quantity"),
}
_OF = {"total": ("合计", "total"), "city": ("市级", "the city"), "district": ("区级", "the district")}


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
            year_of(year, "--passed"): column
            for year, column in pairs(passed, "--passed", "YEAR=COLUMN", "年份=列")
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
            "--out",
            "-o",
            metavar=FILE,
            rich_help_panel=OUTPUT,
            help=both(
                "Write the rows' awards; the suffix tells the format.", "写出各行的奖励；格式由后缀决定。"
            ),
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
    """The rewards of a file of claims of any size, by year (4.4.1); --out writes those of each row.

    按年计算一个文件中全部申请的奖励（4.4.1），行数不限；--out写出各行的奖励。
    """
    from ._simulate import FileTally, simulate_file, tally_file

    page = Page(lang)
    unit = one_of(unit, _UNIT, "--unit")
    policy = policy_of(reform, reading)
    asked: dict[str, Any] = {
        **_columns(
            households, first, last, building_area, building_area_dm2, communities, passed, passed_from
        ),
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
    given = pairs(reforms, "--with", "NAME=FILE, a reform,", "名称=文件（改革）")
    return {name: policy_of([path]) for name, path in given}


def compare(
    file: File,
    with_: Annotated[
        List[str],
        typer.Option(
            "--with",
            metavar=both("NAME=FILE", "名称=文件"),
            help=both(
                "A reform to compare, and what to call it; may be repeated.", "要比较的改革及其名称；可重复。"
            ),
        ),
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
    """What reforms cost beside the notice, or beside a baseline of --reform and --reading, and who gains and loses.

    各项改革与试点方案（或由--reform和--reading给出的基准）相比的金额，以及增减的行。
    """
    from ._files import TableFile
    from ._frames import Frame
    from ._simulate import _uses, compare as compared

    page = Page(lang)
    baseline, reforms = policy_of(reform, reading), _named(with_)
    asked = _columns(
        households, first, last, building_area, building_area_dm2, communities, passed, passed_from
    )

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
    named = {"baseline": page("baseline", "基准")}
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
                named.get(row.policy, row.policy),
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
            [
                named.get(one.policy, one.policy),
                *([one.group] if group else []),
                one.more,
                one.gained,
                one.less,
                one.lost,
                one.same,
            ]
            for one in made.changes
        ],
    )


def _bound(yearly: List[str] | None) -> Any:
    """Yuan of every year, or by year."""
    if not yearly:
        return None
    if len(yearly) == 1 and "=" not in yearly[0]:
        return yearly[0]
    return {
        year_of(year, "--yearly"): yuan for year, yuan in pairs(yearly, "--yearly", "YEAR=YUAN", "年份=金额")
    }


def solve(
    file: Annotated[
        Optional[str],
        typer.Argument(
            metavar=both("[FILE]", "[文件]"),
            help=both(
                "Claims, a row each; none is needed for --find quantity.",
                "奖励申请，每行一项；--find数量 时不需要。",
            ),
        ),
    ] = None,
    find: Annotated[
        str,
        typer.Option(
            metavar=both("WHAT", "所求"),
            show_default=both("factor", "标准倍数"),
            help=both(
                "What to find: factor (of all rates), rate, city_share or quantity.",
                "求什么：标准倍数（各项标准同乘）、标准、市级比例或数量。",
            ),
        ),
    ] = "factor",
    budget: Annotated[
        Optional[str],
        typer.Option(
            metavar=both("YUAN", "金额"),
            help=both("The budget over all years, in yuan.", "各年合计的预算，元。"),
        ),
    ] = None,
    yearly: Annotated[
        Optional[List[str]],
        typer.Option(
            metavar=both("[YEAR=]YUAN", "[年份=]金额"),
            help=both(
                "The budget of every year, or of one; may be repeated.",
                "每年的预算，或某一年的预算，元；可重复。",
            ),
        ),
    ] = None,
    of: Annotated[
        str,
        typer.Option(
            metavar=Payer,
            show_default=both("both", "市区两级"),
            help=both("Whose budget: both, city or district.", "谁的预算：市区两级、市级或区级。"),
        ),
    ] = "both",
    rate: Annotated[
        Optional[int],
        typer.Option(
            parser=whole("--rate"),
            metavar=both("NUMBER", "序号"),
            help=both(
                "Which rate to find, for --find rate; the first is 0.",
                "--find标准 时求第几项标准，第一项为0。",
            ),
        ),
    ] = None,
    per: Annotated[
        str,
        typer.Option(
            metavar=both("UNIT", "单位"),
            show_default=both("household_month", "每户每月"),
            help=both(
                "For --find quantity: household_month, community_month or square_metre_month.",
                "--find数量 时的单位：每户每月、每社区每月或每平方米每月。",
            ),
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
    group: Group = None,
    keep_bad: KeepBad = False,
    reform: Reforms = None,
    reading: Readings = None,
    encoding: Encoding = None,
    threads: Threads = 1,
    quiet: Quiet = False,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """The largest rate, factor or number of households that a budget carries, or the least city share.

    预算所能承担的最高标准、最大倍数或最多户数，或者最小的市级比例。
    """
    from ._simulate import solve as solved, tally_file

    page = Page(lang)
    find, per = one_of(find, _FIND, "--find"), one_of(per, titled("basis"), "--per")
    of = one_of(of, titled("payer"), "--of")
    policy = policy_of(reform, reading)
    asked: dict[str, Any] = {"find": find, "budget": budget, "yearly": _bound(yearly), "of": of, "rate": rate}
    answers: list[tuple[Any, str]]
    bad = 0
    if find == "quantity":
        answers = [(None, str(solved(None, **asked, policy=policy, first=first, last=last, per=per)))]
    elif file is None:
        refuse(
            "FILE: the claims are needed, but for --find quantity",
            "文件：除--find数量外，须给出奖励申请的文件",
        )
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
    zh, en = _FIND[find]
    page.table("", [group, ">" + page(en, zh)], answers)


def _share(text: str) -> Any:
    """A share, a column, or a distribution."""
    from ._shocks import distribution_of

    made = distribution_of(text)
    return text if made is None else made


def _shares(values: List[str] | None, option: str) -> Any:
    """A share or column, or those of years."""
    if not values:
        return 1
    if len(values) == 1 and "=" not in values[0]:
        return _share(values[0])
    return {
        year_of(year, option): _share(share)
        for year, share in pairs(values, option, "YEAR=SHARE", "年份=比例")
    }


def _parameters(values: List[str] | None) -> dict[str, Any]:
    return {
        place: _share(text)
        for place, text in pairs(values or [], "--parameter", "PLACE=DISTRIBUTION", "位置=分布")
    }


def draw(
    file: File,
    seed: Annotated[
        int,
        typer.Option(
            parser=whole("--seed", -(1 << 63), (1 << 64) - 1),
            metavar=both("NUMBER", "整数"),
            help=both(
                "The same seed draws the same, with any number of threads.",
                "随机种子：种子相同则结果相同，与线程数无关。",
            ),
        ),
    ],
    draws: Annotated[
        int,
        typer.Option(
            parser=whole("--draws", 1, 1_000_000),
            metavar=both("NUMBER", "次数"),
            help=both("How often to draw, 1 to 1000000.", "抽样次数，1至1000000。"),
        ),
    ] = 1000,
    pass_probability: Annotated[
        Optional[List[str]],
        typer.Option(
            "--pass-probability",
            metavar=both("[YEAR=]SHARE|COLUMN", "[年份=]比例|列"),
            show_default="1",
            rich_help_panel=_UNCERTAIN,
            help=both(
                "How likely a row passes a year's assessment; may be repeated. Also a distribution, drawn once for"
                " many rows: uniform(0.8,0.95), triangular(0.7,0.9,1) or beta(0.9,0.03), and with @year, @COLUMN or"
                " both for each of them: uniform(0.8,0.95)@district,year.",
                "各行某年考核合格的概率；可重复。也可以是分布，多行共同抽取一次：uniform(0.8,0.95)、"
                "triangular(0.7,0.9,1)或beta(0.9,0.03)；加@year、@列或两者则分别抽取，如"
                "uniform(0.8,0.95)@district,year。",
            ),
        ),
    ] = None,
    take_up: Annotated[
        str,
        typer.Option(
            "--take-up",
            metavar=_SHARE,
            rich_help_panel=_UNCERTAIN,
            help=both("How likely a row takes part; or likewise.", "各行参与试点的概率；或同上。"),
        ),
    ] = "1",
    household_error: Annotated[
        str,
        typer.Option(
            "--household-error",
            metavar=_SHARE,
            rich_help_panel=_UNCERTAIN,
            help=both("By which share the households may be off, up or down.", "户数可能上下偏差的比例。"),
        ),
    ] = "0",
    parameter: Annotated[
        Optional[List[str]],
        typer.Option(
            metavar=both("PLACE=DISTRIBUTION", "位置=分布"),
            rich_help_panel=_UNCERTAIN,
            help=both(
                "A parameter of the policy, such as rates/0/yuan=uniform(15,20); may be repeated.",
                "政策的一个参数，如rates/0/yuan=uniform(15,20)；可重复。",
            ),
        ),
    ] = None,
    vary: Annotated[
        Optional[List[str]],
        typer.Option(
            metavar=both("READING", "读法"),
            rich_help_panel=_UNCERTAIN,
            help=both(
                "A disputed reading whose options are as likely; may be repeated.",
                "各选项可能性相同的有争议读法；可重复。",
            ),
        ),
    ] = None,
    rows_by: Annotated[
        str,
        typer.Option(
            "--rows",
            metavar=both("WORD", "词"),
            show_default=both("independent", "independent（各行自身的偶然）"),
            rich_help_panel=_UNCERTAIN,
            help=both(
                "independent: each row by its own luck; expected: what the rates lead to expect.",
                "independent：各行自身的偶然；expected：按抽到的比例计算期望值。",
            ),
        ),
    ] = "independent",
    sources: Annotated[
        bool,
        typer.Option(
            "--sources",
            help=both(
                "Tell what share of the spread each source brings, which draws again for each.",
                "列出各来源占离散的比例，为此须逐一再次抽样。",
            ),
        ),
    ] = False,
    of: Annotated[
        str,
        typer.Option(
            metavar=Payer,
            show_default=both("total", "合计"),
            help=both("Whose sums: total, city or district.", "谁的金额：合计、市级或区级。"),
        ),
    ] = "total",
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
            "--out",
            "-o",
            metavar=FILE,
            rich_help_panel=OUTPUT,
            help=both(
                "Write each draw's sums; the suffix tells the format.", "写出每次抽样的金额；格式由后缀决定。"
            ),
        ),
    ] = None,
    unit: Unit = "fen",
    reform: Reforms = None,
    reading: Readings = None,
    encoding: Encoding = None,
    threads: Threads = 1,
    quiet: Quiet = False,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """What a file of claims may cost where passes, take-up and households are uncertain, by year.

    考核结果、参与情况和户数不确定时，按年估计一个文件中全部申请的金额。
    """
    from ._draw import draw as drawn
    from ._files import TEXT, TableFile, differ, table_written
    from ._frames import Frame
    from ._simulate import _uses

    page = Page(lang)
    of, unit = one_of(of, _OF, "--of"), one_of(unit, _UNIT, "--unit")
    by = one_of(rows_by, _ROWS, "--rows")
    policy = policy_of(reform, reading)
    asked = _columns(
        households, first, last, building_area, building_area_dm2, communities, passed, passed_from
    )
    chances: dict[str, Any] = {
        "pass_probability": _shares(pass_probability, "--pass-probability"),
        "take_up": _share(take_up),
        "household_error": household_error,
        "parameters": _parameters(parameter),
        "readings": dict.fromkeys(reading_name(name, "--vary") for name in vary or []),
    }
    watched = not as_json and _watched(quiet)
    if out is not None:
        differ(file, out)
    rows = TableFile(table(file), encoding).whole()
    given = chances["pass_probability"]
    shares = [
        *(given.values() if isinstance(given, Mapping) else [given]),
        chances["take_up"],
        household_error,
    ]
    uses = {**{name: TEXT for name in shares if isinstance(name, str)}, **_uses(**asked)}
    with rows.located():
        frame = Frame(*rows.used(uses))
        made = drawn(
            frame,
            policy,
            seed=seed,
            draws=draws,
            rows=by,
            threads=threads,
            progress=watched,
            **chances,
            **asked,
        )
    brought = made.sources(threads=threads, progress=watched) if sources or by == "expected" else ()
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
        head = {
            "policy": policy.id,
            "fingerprint": policy.fingerprint,
            "seed": seed,
            "draws": draws,
            "of": of,
        }
        shown = [
            {"name": one.name, "alone": str(one.alone), "with_others": str(one.with_others)}
            for one in brought
        ]
        say_json(json.dumps({**head, "quantiles": told, "sources": shown}, ensure_ascii=False))
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
    if len(brought) > 1:
        page.table(
            page("What the spread of the total comes from", "合计金额离散的来源"),
            [page("source", "来源"), ">" + page("by itself", "单独"), ">" + page("with others", "连同其他")],
            [
                [page(one.title_en, one.title_zh), f"{one.alone:.1%}", f"{one.with_others:.1%}"]
                for one in brought
            ],
        )


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    for command in (simulate, compare, solve, draw):
        app.command(rich_help_panel=ANALYSTS)(command)
