"""Sheets of an .ods file, from its content.xml: what calamine reads of it is the values alone, and to know how much
a repeated cell asks for takes all of a reader but that."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ._archive import feed, new_parser
from ._sheet import (
    CELLS_MAX,
    COLUMNS_MAX,
    ROWS_MAX,
    SHEETS_MAX,
    Range,
    Sheet,
    Special,
    damaged,
    filled,
    finish,
    locked,
    percentage,
    timeless,
    too_many_cells,
    too_many_sheets,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from ._archive import Archive

CONTENT = "content.xml"
_MANIFEST = "meta-inf/manifest.xml"

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {f"{_ODF}{name}:1.0": name for name in ("table", "office", "text", "style")}
_PREFIXES["urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"] = "calcext"
_ERROR = re.compile(r"#(N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)|(Err|错误)[:：]\s?[0-9]{3}")
# What stands in a cell and is not its text: a remark, how a word is read, a drawing.
_BESIDE = {"office:annotation", "text:ruby-text", "draw:frame", "draw:custom-shape", "table:table"}
_BETWEEN = {"text:tab": "\t", "text:line-break": "\n"}


def sheets(archive: Archive) -> list[Sheet]:
    """Raises FormatError, LimitError."""
    if _MANIFEST in archive and b"encryption-data" in archive.read(_MANIFEST):
        raise locked()
    reader = _Reader()
    parser = new_parser(" ")
    parser.StartElementHandler = reader.begin
    parser.CharacterDataHandler = reader.text
    parser.EndElementHandler = reader.end
    feed(parser, archive.pieces(CONTENT))
    return reader.sheets


def _named(name: str) -> str:
    """The name with the prefix that its namespace has in the standard."""
    space, _, local = name.rpartition(" ")
    prefix = _PREFIXES.get(space) or ("draw" if "drawing" in space else "")
    return f"{prefix}:{local}"


def _times(text: str, most: int) -> int:
    if not text.isdecimal() or len(text) > 9:
        raise damaged(f'"{text}" is no number of times')
    return min(max(int(text), 1), most + 1)


class _Reader:
    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.names: dict[str, str] = {}  # of elements and attributes, as they are looked up
        self.unseen: set[str] = set()  # styles of tables that are not shown
        self.style = ""
        self.from_1904 = False
        self.cells = 0
        self.beside = 0  # how deep in what is not the text of a cell
        self.in_cell = self.in_paragraph = False
        self._begin_table({})  # whatever comes first
        self._begin_row({})
        self.begins: dict[str, Callable[[dict[str, str]], None]] = {
            "style:style": self._begin_style,
            "style:table-properties": self._begin_properties,
            "table:null-date": self._begin_null_date,
            "table:table": self._begin_table,
            "table:table-row": self._begin_row,
            "table:table-cell": self._begin_cell,
            "table:covered-table-cell": self._begin_cell,
            "text:p": self._begin_paragraph,
            "text:s": lambda of: self.text(" " * _times(of.get("text:c", "1"), 1000)),
        }
        self.ends: dict[str, Callable[[], None]] = {
            "table:table": self._end_table,
            "table:table-row": self._end_row,
            "table:table-cell": self._end_cell,
            "table:covered-table-cell": self._end_cell,
            "text:p": self._end_paragraph,
        }

    def name(self, name: str) -> str:
        found = self.names.get(name)
        if found is None:
            found = self.names[name] = _named(name)
        return found

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        name = self.name(tag)
        if self.beside or (self.in_cell and name in _BESIDE):
            self.beside += 1
        elif name in self.begins:
            self.begins[name]({self.name(key): value for key, value in attributes.items()})
        elif name in _BETWEEN:
            self.text(_BETWEEN[name])

    def end(self, tag: str) -> None:
        name = self.name(tag)
        if self.beside:
            self.beside -= 1
        elif name in self.ends:
            self.ends[name]()

    def text(self, text: str) -> None:
        if self.in_paragraph and not self.beside:
            self.paragraphs[-1] += text

    def _begin_style(self, of: dict[str, str]) -> None:
        self.style = of.get("style:name", "")

    def _begin_properties(self, of: dict[str, str]) -> None:
        if of.get("table:display") == "false":
            self.unseen.add(self.style)

    def _begin_null_date(self, of: dict[str, str]) -> None:
        self.from_1904 = of.get("table:date-value", "").startswith("1904")

    def _begin_table(self, of: dict[str, str]) -> None:
        if len(self.sheets) >= SHEETS_MAX:
            raise too_many_sheets(len(self.sheets) + 1)
        self.table = of.get("table:name", "")
        self.hidden = of.get("table:style-name") in self.unseen
        self.rows: list[list[Any]] = []
        self.row = 0  # the next; rows has none of those that are blank and have none behind them
        self.widest = 0
        self.special: dict[tuple[int, int], Special] = {}
        self.merged: list[Range] = []
        self.hidden_rows: list[int] = []

    def _end_table(self) -> None:
        self.cells += len(self.rows) * self.widest
        rows = finish(self.rows, self.special, self.merged)
        self.sheets.append(
            Sheet(self.table, rows, self.hidden, filled(rows, self.hidden_rows), self.from_1904)
        )

    def _begin_row(self, of: dict[str, str]) -> None:
        self.repeated = _times(of.get("table:number-rows-repeated", "1"), ROWS_MAX)
        self.is_hidden = of.get("table:visibility", "visible") != "visible"
        self.cells_of: list[Any] = []
        self.column = 0

    def _end_row(self) -> None:
        width, last = len(self.cells_of), self.row + self.repeated
        if width:
            self.widest = max(self.widest, width)
            if last > ROWS_MAX or self.cells + last * self.widest > CELLS_MAX:
                raise too_many_cells(self.table, last - 1, self.widest - 1)
            self.rows += ([] for _ in range(self.row - len(self.rows)))
            self.rows += (list(self.cells_of) for _ in range(self.repeated))
            if self.is_hidden:
                self.hidden_rows += range(self.row, last)
        self.row = last

    def _begin_cell(self, of: dict[str, str]) -> None:
        self.of = of
        self.in_cell = True
        self.paragraphs: list[str] = []

    def _begin_paragraph(self, of: dict[str, str]) -> None:
        if self.in_cell:
            self.in_paragraph = True
            self.paragraphs.append("")

    def _end_paragraph(self) -> None:
        self.in_paragraph = False

    def _end_cell(self) -> None:
        self.in_cell = False
        times = _times(self.of.get("table:number-columns-repeated", "1"), COLUMNS_MAX)
        value = self._value()
        down = _times(self.of.get("table:number-rows-spanned", "1"), ROWS_MAX)
        across = _times(self.of.get("table:number-columns-spanned", "1"), COLUMNS_MAX)
        if down > 1 or across > 1:
            self.merged.append(Range(self.row, self.column, self.row + down - 1, self.column + across - 1))
        if value != "":
            if self.column + times > COLUMNS_MAX:
                raise too_many_cells(self.table, self.row, self.column + times - 1)
            self.cells_of += [""] * (self.column - len(self.cells_of)) + [value] * times
        self.column += times

    def _value(self) -> Any:
        of = self.of
        kind, formula = of.get("office:value-type", ""), of.get("table:formula", "")
        shown = "\n".join(self.paragraphs)
        if "DISPIMG(" in formula:
            return Special("picture")
        if of.get("calcext:value-type") == "error" or (formula and _ERROR.fullmatch(shown)):
            return Special("error", shown)
        if formula and not kind and not shown:
            return Special("formula", formula[formula.find("=") :])
        if kind in ("float", "currency", "percentage"):
            value = float(of.get("office:value", ""))
            return percentage(value) if kind == "percentage" else value
        if kind == "date":
            with suppress(ValueError):  # of years that are none
                return timeless(datetime.fromisoformat(of.get("office:date-value", "").partition(".")[0]))
        if kind == "boolean":
            return of.get("office:boolean-value") == "true"
        return of.get("office:string-value", shown) if kind == "string" else shown
