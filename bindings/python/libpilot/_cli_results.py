"""What check writes: reports by their suffix, the office's own workbook marked, and letters."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Dict, List, NamedTuple, Optional, Sequence

import typer

from ._cli_base import Page, complain, refuse
from ._cli_help import both
from ._files import differ, written
from ._results import FILES

if TYPE_CHECKING:
    from ._city import Finding, Report
    from ._results import Part

WRITTEN = both("Files to write", "写入文件")

Out = Annotated[
    Optional[List[str]],
    typer.Option(
        "--out",
        "-o",
        metavar=both("FILE", "文件"),
        rich_help_panel=WRITTEN,
        help=both(
            "Write the report to FILE, which ends in .xlsx, .html, .csv or .json; may be repeated. It has the findings"
            " that would be printed; a page (.html) has all of them, and filters of its own.",
            "将报告写入文件，文件名以.xlsx、.html、.csv或.json结尾；可多次使用。内容与显示的结论相同；网页（.html）包含全部结论，可自行筛选。",
        ),
    ),
]
Mark = Annotated[
    Optional[str],
    typer.Option(
        "--mark",
        metavar=both("FILE", "文件"),
        rich_help_panel=WRITTEN,
        help=both(
            "Write the workbook that is checked once more as FILE, with the cells of what is breached or missing"
            " filled and noted.",
            "将所检查的工作簿另写一份，不符合和缺少证据的单元格以颜色标出并加批注。",
        ),
    ),
]
Notices = Annotated[
    Optional[str],
    typer.Option(
        "--notices",
        metavar=both("DIR", "文件夹"),
        rich_help_panel=WRITTEN,
        help=both(
            "Write to DIR a draft letter (.docx) to each body: what it breaches, and the papers that it is to supply.",
            "向文件夹写入各单位的整改通知草稿和补充材料清单（.docx）。",
        ),
    ),
]


class Wanted(NamedTuple):
    """What is to be written."""

    out: Sequence[str]
    mark: Optional[str]
    notices: Optional[str]

    def __bool__(self) -> bool:
        return bool(self.out or self.mark or self.notices)


def wanted(city: str, out: Optional[List[str]], mark: Optional[str], notices: Optional[str]) -> Wanted:
    """Refuses what cannot be written before anything is read."""
    made = Wanted(out or (), mark, notices)
    for path in made.out:
        if _suffix(path) not in FILES:
            *most, last = FILES
            refuse(
                f'--out: found "{path}", and the name of a report ends in {", ".join(most)} or {last}',
                f"--out：“{path}”不可用，报告的文件名应以{'、'.join(most)}或{last}结尾",
            )
    if mark is not None:
        if city == "-":
            refuse(
                "--mark: standard input is no workbook that could be marked",
                "--mark：标准输入不是可标注的工作簿",
            )
        if _suffix(mark) != ".xlsx":
            refuse(
                f'--mark: found "{mark}", and the name of a marked workbook ends in .xlsx',
                f"--mark：“{mark}”不可用，标注后的工作簿文件名应以.xlsx结尾",
            )
    paths = [*made.out, *([mark] if mark is not None else ())]
    for at, path in enumerate(paths):
        if Path(path).absolute() in [Path(other).absolute() for other in paths[:at]]:
            refuse(f'found "{path}" twice among the files to write', f"要写入的文件中“{path}”出现两次")
        if city != "-":
            differ(city, path)
    return made


def sealable(asked: Wanted, as_json: bool, narrowed: Sequence[str]) -> None:
    """Refuses a sealed report that would be no JSON, or not whole. narrowed: the options by which it is not."""
    if not as_json and not any(_suffix(path) == ".json" for path in asked.out):
        refuse(
            "--sealed: JSON is sealed: --json, or an --out that ends in .json, is wanted",
            "--sealed：只用于JSON，须有--json，或以.json结尾的--out",
        )
    if narrowed:
        refuse(
            f"--sealed: a sealed report is whole, without {', '.join(narrowed)}",
            f"--sealed：封存的报告须完整，不能与{'、'.join(narrowed)}同时使用",
        )


def _suffix(path: str) -> str:
    return Path(path).suffix.lower()


def write(
    page: Page,
    report: Report,
    city: str,
    asked: Wanted,
    outcomes: Sequence[str],
    part: Part,
    as_json: bool,
    sealed: str | None,
) -> None:
    """Makes all of it before any is written, and says what was. sealed: what a .json is then."""
    reports: Dict[str, bytes] = {
        path: f"{sealed}\n".encode()
        if sealed is not None and _suffix(path) == ".json"
        else FILES[_suffix(path)](report, page.lang, outcomes, part)
        for path in asked.out
    }
    said: List[str] = []
    left: Sequence[Finding] = ()
    if asked.mark is not None:
        from ._mark import marked

        open_ = tuple(one for one in outcomes if one in ("breach", "unknown"))
        reports[asked.mark], left = marked(report, city, page.lang, open_, part)
    letters: Dict[str, bytes] = {}
    if asked.notices is not None:
        from ._notices import letters as made

        letters = made(report, page.lang, part, papers="unknown" in outcomes)
    for path, content in reports.items():
        with written(path) as file:
            file.write(content)
        said.append(page(f"written: {path}", f"已写入：{path}"))
    if left:
        said.append(
            page(
                f"{len(left)} findings have no cell in the workbook",
                f"其中{len(left)}条结论在工作簿中没有对应单元格",
            )
        )
    if asked.notices is not None:
        from ._notices import put

        put(letters, asked.notices)
        said.append(
            page(
                f"written: {len(letters)} letters in {asked.notices}",
                f"已写入：{asked.notices}，共{len(letters)}份文书",
            )
        )
    for line in said:
        if as_json:  # which is all that standard output then has
            complain(line)
        else:
            page.line(line)
