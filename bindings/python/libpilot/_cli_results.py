"""What check writes: reports by their suffix, the office's own workbook marked, and letters."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Dict, List, NamedTuple, Optional, Sequence

import typer

from ._cli_base import Page, complain, refuse
from ._files import differ, written
from ._results import FILES

if TYPE_CHECKING:
    from ._city import Report
    from ._results import Part

Out = Annotated[
    Optional[List[str]],
    typer.Option(
        "--out",
        "-o",
        metavar="FILE",
        help="Write the report to FILE, which ends in .xlsx, .html, .csv or .json; may be repeated. It has the"
        " findings that would be printed, by --all, --unknown hide, --clause, --district and --community; a page"
        " (.html) has all of them, and filters of its own. Without --summary or --todo only the counts are printed.",
    ),
]
Mark = Annotated[
    Optional[str],
    typer.Option(
        "--mark",
        metavar="FILE",
        help="Write the workbook that is checked once more as FILE, with the cells of what is breached or missing"
        " filled and noted.",
    ),
]
Notices = Annotated[
    Optional[str],
    typer.Option(
        "--notices",
        metavar="DIR",
        help="Write to DIR a draft letter (.docx) to each body: what it breaches, and the papers that it is to"
        " supply.",
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
            refuse(f'--out: found "{path}", and the name of a report ends in {", ".join(most)} or {last}')
    if mark is not None:
        if city == "-":
            refuse("--mark: standard input is no workbook that could be marked")
        if _suffix(mark) != ".xlsx":
            refuse(f'--mark: found "{mark}", and the name of a marked workbook ends in .xlsx')
    paths = [*made.out, *([mark] if mark is not None else ())]
    for at, path in enumerate(paths):
        if Path(path).absolute() in [Path(other).absolute() for other in paths[:at]]:
            refuse(f'found "{path}" twice among the files to write')
        if city != "-":
            differ(city, path)
    return made


def _suffix(path: str) -> str:
    return Path(path).suffix.lower()


def write(
    page: Page, report: Report, city: str, asked: Wanted, outcomes: Sequence[str], part: Part, as_json: bool
) -> None:
    """Makes all of it before any is written, and says what was."""
    reports: Dict[str, bytes] = {
        path: FILES[_suffix(path)](report, page.lang, outcomes, part) for path in asked.out
    }
    said: List[str] = []
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
    if asked.mark is not None and left:
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
