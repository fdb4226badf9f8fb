"""An office's own workbook again, with the cells of its findings filled and noted."""

from __future__ import annotations

import io
import os
import warnings
import zipfile
from xml.etree import ElementTree

from ._errors import ArgumentError, FormatError
from ._excel import FILLS
from ._files import differ, kind_of, written
from ._needed import needed
from ._notice import titles
from ._results import ALL, Bodies, form_text, source, told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from os import PathLike
    from typing import Any, Union

    from typing_extensions import TypeAlias

    from ._city import Finding, Report
    from ._results import Part, Told

    Path: TypeAlias = Union[str, "PathLike[str]"]

_NOTE_MOST = 30000  # characters in a note


def mark(report: Report, source: Path, to: Path, lang: str) -> tuple[Finding, ...]:
    """Writes the copy. Gives the findings that have no cell in the workbook."""
    differ(source, to)
    made, left = marked(report, source, lang, ("breach", "unknown"), ALL)
    with written(to) as file:
        file.write(made)
    return left


def marked(
    report: Report, source: Path, lang: str, outcomes: tuple[str, ...], part: Part
) -> tuple[bytes, tuple[Finding, ...]]:
    """The copy's bytes, and the findings that have no cell."""
    try:
        from openpyxl.reader.excel import ExcelReader
        from openpyxl.writer.excel import ExcelWriter
    except ImportError:
        raise ArgumentError(
            "mark() needs openpyxl: pip install libpilot[excel]",
            message_zh="标注工作簿需要openpyxl：pip install libpilot[excel]",
        ) from None
    name = os.fsdecode(os.fspath(source))
    with open(name, "rb") as file:
        content = file.read()
    _refuse_others(name, content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about what _kept keeps
            reader = ExcelReader(io.BytesIO(content), rich_text=True)
            reader.read()
            kept = _kept(content, reader)
    except Exception as wrong:  # whatever a reader of foreign files can meet
        error = FormatError(f"found a workbook that cannot be opened: {str(wrong) or type(wrong).__name__}")
        error.source = name
        raise error from None
    book = reader.wb
    notes, left = _notes(report, lang, outcomes, part)
    for (sheet, cell), (outcome, texts) in notes.items():
        _mark(book[sheet], cell, outcome, texts)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        # By itself, as the workbook's own way of saving notes the time.
        ExcelWriter(book, archive).save()
    parts = {f"xl/worksheets/sheet{at}.xml": kept[one.title] for at, one in enumerate(book.worksheets, 1)}
    return settled(made.getvalue(), lambda part, text: _with_values(text, parts.get(part, {}))), left


_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINKS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_LATER = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
_IN_LATER = "{http://schemas.microsoft.com/office/excel/2006/main}"


def _kept(content: bytes, reader: Any) -> dict[str, dict[str, tuple[str | None, str | None]]]:
    """What the reader passes over. By sheet the kinds and values of the formulas' cells; and lists of choices that are
    on another sheet, which newer programs write apart, are put with the others."""
    from openpyxl.worksheet.cell_range import MultiCellRange
    from openpyxl.worksheet.datavalidation import DataValidation

    made: dict[str, dict[str, tuple[str | None, str | None]]] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for sheet, rel in reader.parser.find_sheets():
            root = ElementTree.fromstring(archive.read(rel.target))
            cells = (cell for cell in root.iter(f"{_MAIN}c") if cell.find(f"{_MAIN}f") is not None)
            made[sheet.name] = {
                cell.get("r", ""): (cell.get("t"), cell.findtext(f"{_MAIN}v")) for cell in cells
            }
            for one in root.iter(f"{_LATER}dataValidation"):
                formulas = [formula.text for formula in one.iter(f"{_IN_LATER}f")]
                names = {key: value for key, value in one.attrib.items() if not key.startswith("{")}
                again = DataValidation(**names, **dict(zip(("formula1", "formula2"), formulas)))
                again.sqref = MultiCellRange(one.findtext(f"{_IN_LATER}sqref", ""))
                reader.wb[sheet.name].data_validations.append(again)
    return made


def _with_values(text: bytes, values: dict[str, tuple[str | None, str | None]]) -> bytes:
    """A sheet whose formulas have the values that they had, as nobody computes them before it is opened."""
    if not values:
        return text
    root = ElementTree.fromstring(text)
    for cell in root.iter(f"{_MAIN}c"):
        kind, value = values.get(cell.get("r", ""), (None, None))
        if value is None or cell.find(f"{_MAIN}f") is None:
            continue
        if kind is not None:
            cell.set("t", kind)
        for place in cell.findall(f"{_MAIN}v"):
            place.text = value
    for prefix, space in (("", _MAIN), ("r", _LINKS)):  # as everybody writes them
        ElementTree.register_namespace(prefix, space[1:-1])
    whole: bytes = ElementTree.tostring(root, "UTF-8", xml_declaration=True)
    return whole


def settled(archive: bytes, edit: Callable[[str, bytes], bytes] = lambda name, content: content) -> bytes:
    """An archive without the times at which its members were written, so that the same ones are the same bytes. edit:
    what becomes of a member."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            member = zipfile.ZipInfo(one.filename)
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, edit(one.filename, old.read(one)))
    return made.getvalue()


def _refuse_others(name: str, content: bytes) -> None:
    """What is no workbook of the one kind that can be written again with all that is in it."""
    kind = kind_of(content[:4096], io.BytesIO(content))
    if kind is None or ".xlsx" not in kind[0]:
        found = kind[0] if kind else "no workbook"
        error = FormatError(f"found {found} where a workbook (.xlsx) is wanted: save it as .xlsx first")
        error.message_zh = "只能在.xlsx工作簿上标注：请先另存为.xlsx"
        error.source = name
        raise error


def _notes(
    report: Report, lang: str, outcomes: tuple[str, ...], part: Part
) -> tuple[dict[tuple[str, str], tuple[str, list[str]]], tuple[Finding, ...]]:
    """By sheet and cell the outcome to show and the sentences; breaches come first. And the findings without cells."""
    bodies = Bodies(report.city, report.as_of, lang)
    forms = {(finding.rule, finding.path): one for one in needed(report, *part) for finding in one.findings}
    notes: dict[tuple[str, str], tuple[str, list[str]]] = {}
    left: list[Finding] = []
    for one in told(report, bodies, outcomes, part, lang):
        lacking = forms.get((one.finding.rule, one.finding.path))
        text = _note(one, lacking, lang)
        if not one.places:
            left.append(one.finding)
        for place in one.places:
            notes.setdefault((place.sheet, place.cell), (one.finding.outcome, []))[1].append(text)
    return notes, tuple(left)


def _note(one: Told, lacking: Any, lang: str) -> str:
    """What a note says of a finding: what is found, what is required, by which clause, and what to do."""
    chinese = lang == "zh"
    finding = one.finding
    lines = [f"【{titles('outcome', lang)[finding.outcome]}】" if chinese else f"[{finding.outcome.upper()}]"]
    lines[0] += ("" if chinese else " ") + one.matter
    colon = "：" if chinese else ": "
    for en, zh, text in (
        ("found", "实际", one.found),
        ("required", "要求", one.required),
        ("to supply", "需补充", "" if lacking is None else (lacking.zh if chinese else lacking.en)),
        ("what to write", "填写内容", "" if lacking is None else form_text(lacking.form, lang)),
        ("clause", "条款", source(finding.clause, lang)),
        ("next step", "下一步", (finding.next_zh if chinese else finding.next_en) or ""),
    ):
        if text:
            lines.append((zh if chinese else en) + colon + text)
    return "\n".join(lines)


def _mark(sheet: Any, cell: str, outcome: str, texts: list[str]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    target = _row_cell(sheet, int(cell)) if cell.isdigit() else _whole_cell(sheet, cell)
    fill = FILLS[outcome][0].lstrip("#")
    target.fill = PatternFill("solid", start_color=fill, end_color=fill)
    own = [target.comment.text] if target.comment else []
    text = "\n\n".join([*own, *texts])[:_NOTE_MOST]
    lines = sum(1 + len(line) // 26 for line in text.split("\n"))
    target.comment = Comment(text, "libpilot", height=min(24 + 17 * lines, 600), width=360)


def _row_cell(sheet: Any, row: int) -> Any:
    """The first cell of a row that is the row's own and has something: one merged with the rows around is theirs too."""
    from openpyxl.cell.cell import MergedCell

    tall = [one for one in sheet.merged_cells.ranges if one.min_row <= row <= one.max_row > one.min_row]
    cells = [
        one
        for one in sheet[row]
        if not isinstance(one, MergedCell) and not any(one.coordinate in range for range in tall)
    ]
    return next((one for one in cells if one.value is not None), cells[0] if cells else sheet.cell(row, 1))


def _whole_cell(sheet: Any, cell: str) -> Any:
    """The cell, or the one that it is merged into."""
    around = next((one for one in sheet.merged_cells.ranges if cell in one), None)
    return sheet[cell] if around is None else sheet.cell(around.min_row, around.min_col)
