"""Workbooks on the command line: read as a city, and made into a city file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, List, Optional

import typer

from ._city import City
from ._cli_base import Lang, Page, document, note, refuse, say_json
from ._cli_help import both, say_in
from ._files import differ, written
from ._tables import CellProblem, is_workbook
from ._template import template as template_of

CITIES = (".json", ".xlsx", ".xls", ".ods", ".csv")
_NOTES_MOST = 100  # lines of them
_ENGINE = Path(__file__).parent / "page" / "engine.html"  # where the package was built with it


def city_of(path: str) -> City:
    """The city of a city file, a workbook or a CSV; "-" is standard input. That something was passed over is told."""

    def make(content: bytes) -> City:
        if is_workbook(content, path):
            return City.from_files([content], [path])
        return City.load(content)

    city = document(make, path, CITIES)
    count = len(city.notes)
    if count:
        note(
            say_in(
                f"{path}: {count} notes on what was passed over or taken for something; libpilot import {path} lists"
                " them",
                f"{path}：读入时有{count}处说明，可用libpilot import {path}逐条列出",
            )
        )
    return city


def import_(
    files: Annotated[
        List[str],
        typer.Argument(
            metavar=both("FILE...", "文件..."),
            help=both(
                "Workbooks (.xlsx, .xls, .ods) and CSV files.", "工作簿（.xlsx、.xls、.ods）和CSV文件。"
            ),
        ),
    ],
    out: Annotated[
        Optional[str],
        typer.Option(
            "--out",
            "-o",
            metavar=both("FILE", "文件"),
            help=both(
                "The city file to write; printed without it.", "要写入的城市数据文件；不指定时显示其内容。"
            ),
        ),
    ] = None,
    lang: Lang = None,
) -> None:
    """Make a city file of workbooks and CSV files, which are read together as one: all that is wrong is told by cell.

    将工作簿和CSV文件合并读入，写成城市数据文件；所有问题按单元格列出。
    """
    page = Page(lang)
    for path in files:
        if path == "-":
            refuse("FILE: standard input is not read; name the files", "文件：不读标准输入，请写明文件名")
        if out is not None:
            differ(Path(path), Path(out))
    contents = [document(bytes, path, CITIES[1:]) for path in files]
    city = City.from_files(contents, files)
    tell(city.notes)
    text = city.to_json(indent=True)
    if out is None:
        say_json(text.rstrip("\n"))
        return
    with written(Path(out)) as file:
        file.write(text.encode())
    records = city.to_dict()
    districts, communities, areas = (len(records[key]) for key in ("districts", "communities", "areas"))
    page.line(
        page(
            f"written: {out}, {districts} districts, {communities} communities, {areas} areas",
            f"已写入：{out}，{districts}个城区、{communities}个社区、{areas}个居民区",
        )
    )


def template(
    out: Annotated[
        str,
        typer.Argument(
            metavar=both("FILE.xlsx", "文件.xlsx"), help=both("The workbook to write.", "要写入的工作簿。")
        ),
    ],
    city: Annotated[
        Optional[str],
        typer.Option(
            "--city",
            metavar=both("CITY", "城市数据"),
            help=both("Fill it from a city file or workbook.", "用城市数据文件或工作簿填写。"),
        ),
    ] = None,
    lang: Lang = None,
) -> None:
    """Write the workbook that an office fills in, empty or from a city: what each column means, and what may stand in
    it.

    写出供填报的空白工作簿，或按已有城市数据填好：各列附说明和可选内容。
    """
    page = Page(lang)
    if Path(out).suffix.lower() != ".xlsx":
        refuse(
            f'FILE: found "{out}", and the name of a workbook ends in .xlsx',
            f"文件：“{out}”不可用，工作簿的文件名应以.xlsx结尾",
        )
    if city is not None and city != "-":
        differ(Path(city), Path(out))
    template_of(out, None if city is None else city_of(city), page.lang)
    page.line(page(f"written: {out}", f"已写入：{out}"))


def page(
    out: Annotated[
        str,
        typer.Option(
            "--out",
            "-o",
            metavar=both("FILE", "文件"),
            help=both("The page to write; its name ends in .html.", "要写入的网页，文件名以.html结尾。"),
        ),
    ],
    lang: Lang = None,
) -> None:
    """Write the page that checks by itself: a workbook dropped on it is held against the notice in the browser, and
    leaves the machine nowhere.

    写出可独立检查的网页：把工作簿拖入即在浏览器内按方案检查，文件不离开本机。
    """
    told = Page(lang)
    if Path(out).suffix.lower() not in (".html", ".htm"):
        refuse(
            f'--out: found "{out}", and the name of a page ends in .html',
            f"--out：“{out}”不可用，网页的文件名应以.html结尾",
        )
    if not _ENGINE.is_file():
        refuse(
            "this libpilot was built without the page: make page in its sources writes build/page/page.html, and make"
            " wheel a package that has it",
            "本libpilot未附带该网页：在源代码中用make page可写出build/page/page.html，make wheel生成附带网页的安装包",
        )
    with written(Path(out)) as file:
        file.write(_ENGINE.read_bytes())
    told.line(told(f"written: {out}", f"已写入：{out}"))


def tell(notes: Sequence[CellProblem]) -> None:
    """What was passed over, a line each."""
    lang = say_in("en", "zh")
    for one in notes[:_NOTES_MOST]:
        note(say_in("note: ", "提示：") + one.text(lang))
    more = len(notes) - _NOTES_MOST
    if more > 0:
        note(say_in(f"and {more} more notes", f"另有{more}处说明"))
