"""Sheets of an .xlsx file: values by python-calamine, and what that does not tell by one search of the sheet's XML,
which is made before, so that nothing is asked of calamine that a file's few bytes only claim to be."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import unescape

from . import _pilot
from ._archive import bare, feed, new_parser
from ._sheet import (
    CELLS_MAX,
    COLUMNS_MAX,
    ROWS_MAX,
    SHEETS_MAX,
    TEXT_MAX,
    TIMES,
    Range,
    Sheet,
    Special,
    column_of,
    damaged,
    filled,
    finish,
    is_percentage,
    name_of,
    percentage,
    timeless,
    too_many_cells,
    too_many_sheets,
    too_much_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ._archive import Archive

WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_RICH_VALUES = "xl/richData/rdrichvaluestructure.xml"
_LEAST_CELL = len('<c t="s"><v>0</v></c>')
_PIECE = 1 << 24  # bytes of a sheet that are searched at once


class _Book:
    """What a workbook says of all its sheets. parts: of each sheet's name, the part that has its cells, None where
    it is a chart. percent: the numbers of the styles that show percentages. uncounted: whether the program that
    wrote it left all formulas to be counted when it is opened, so that a stored 0 says nothing. pictures: whether a
    value of many parts may be a picture."""

    def __init__(self, archive: Archive) -> None:
        targets: dict[str, tuple[str, str]] = {}
        for _, relation in archive.elements(_RELATIONS, {"Relationship"}):
            path = relation.get("Target", "")
            path = path[1:] if path.startswith("/") else path if path.startswith("xl/") else f"xl/{path}"
            if relation.get("Id", "") in targets:
                raise damaged("a relationship is there twice")
            targets[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], path)
        self.parts: dict[str, str | None] = {}
        self.hidden: set[str] = set()
        self.from_1904 = self.uncounted = False
        for kind, of in archive.elements(WORKBOOK, {"sheet", "workbookPr", "calcPr"}):
            if kind == "workbookPr":
                self.from_1904 = of.get("date1904", "") in ("1", "true")
            elif kind == "calcPr":
                self.uncounted = of.get("fullCalcOnLoad", "") in ("1", "true")
            else:
                name = of.get("name", "")
                if name in self.parts:
                    raise damaged(f'two sheets are called "{name}"')
                if of.get("state", "visible") != "visible":
                    self.hidden.add(name)
                found, path = targets.get(of.get("id", ""), ("", ""))
                self.parts[name] = path if found == "worksheet" else None
        if len(self.parts) > SHEETS_MAX:
            raise too_many_sheets(len(self.parts))
        styles, strings = (
            [path for kind, path in targets.values() if kind == wanted and path in archive]
            for wanted in ("styles", "sharedStrings")
        )
        self.percent = _percentages(archive, styles[0]) if styles else []
        self.pictures = _RICH_VALUES in archive and b"Image" in archive.read(_RICH_VALUES)
        # Each cell takes its own copy of a text that many share.
        self.lengths = _lengths(archive, strings[0]) if strings else []
        cells = (
            sum(archive.size(path) for path in self.parts.values() if path and path in archive) // _LEAST_CELL
        )
        self.counts_texts = cells * max(self.lengths, default=0) > TEXT_MAX


def _percentages(archive: Archive, path: str) -> list[int]:
    formats, styles = {"9", "10"}, []
    within = ""
    for kind, of in archive.elements(path, {"numFmt", "cellStyleXfs", "cellXfs", "xf"}):
        if kind == "xf" and within == "cellXfs":
            styles.append(of.get("numFmtId", ""))
        elif kind == "numFmt" and is_percentage(of.get("formatCode", "")):
            formats.add(of.get("numFmtId", ""))
        elif kind != "xf":
            within = kind
    return [number for number, style in enumerate(styles) if style in formats]


def _lengths(archive: Archive, path: str) -> list[int]:
    """Of the texts that cells share: at least the bytes of each."""
    lengths: list[int] = []
    rest = b""
    for piece in archive.pieces(path, _PIECE):
        *whole, rest = re.split(rb"</(?:\w+:)?si\s*>", rest + piece)
        lengths += map(len, whole)
    return [*lengths, len(rest)]


class _Found:
    """What the search of a sheet finds. row, column: the last that cells have, from 0. shared: how often each shared
    text is there, where that was asked for."""

    def __init__(self) -> None:
        self.special: dict[tuple[int, int], Special] = {}
        self.percent: list[tuple[int, int]] = []
        self.merged: list[Range] = []
        self.hidden: list[int] = []
        self.row = self.column = -1
        self.shared: Counter[int] = Counter()

    @property
    def size(self) -> int:
        return (self.row + 1) * (self.column + 1)


# What cells of nearly all writers have beside values, which is searched by expressions where a scan of the tags has
# found that there is some.
_CELL = rb'<c r="([A-Z]+)([0-9]+)"'
_ERROR = re.compile(_CELL + rb'[^>]* t="e"[^>]*(?<!/)>(?:(?!</c>).)*?<v>([^<]+)</v>', re.DOTALL)
_RICH = re.compile(_CELL + rb'[^>]* vm="[^>]*>')
_FORMULA = rb"<f(?:\s[^>]*)?(?:/>|>([^<]*)</f>)\s*"
_NO_VALUE = rb"(?:</c>|<v\s*/>|<v>\s*</v>"
_UNKNOWN = re.compile(_FORMULA + _NO_VALUE + rb")")
_UNCOUNTED = re.compile(_FORMULA + _NO_VALUE + rb"|<v>0</v>)")
_PICTURE = re.compile(rb"<f(?:\s[^>]*)?>[^<]*DISPIMG\(")
_HIDDEN = re.compile(rb"""<row\s[^>]*\bhidden\s*=\s*["'](?:1|true)["'][^>]*>""")
_ROW = re.compile(rb"""\sr\s*=\s*["']([0-9]{1,7})["']""")
_MERGED = re.compile(
    rb"""<mergeCell\s[^>]*\bref\s*=\s*["']\$?([A-Z]+)\$?([0-9]+):\$?([A-Z]+)\$?([0-9]+)["']"""
)
_SHARED = re.compile(rb't="s"[^>]*>\s*<v>([0-9]{1,8})</v>')


def _search(pieces: Iterable[bytes], book: _Book) -> _Found | None:
    """None where the cells are not written as nearly all are."""
    found = _Found()
    last = b""
    percent = b"|".join(b"%d" % number for number in book.percent)
    shown = re.compile(_CELL + rb'[^>]* s="(?:%b)"[^>]*(?<!/)>' % percent) if percent else None
    for piece in _at_rows(pieces):
        scanned = _pilot.sheet_scan(piece)
        if scanned is None:
            return None
        row, column, formulas, errors, rich, hidden = scanned
        found.row, found.column = max(found.row, row), max(found.column, column)
        if book.counts_texts:
            found.shared.update(map(int, _SHARED.findall(piece)))
        if errors:
            for letters, digits, text in _ERROR.findall(piece):
                found.special[_place(letters, digits)] = Special("error", text.decode())
        if rich and book.pictures:
            for letters, digits in _RICH.findall(piece):
                found.special[_place(letters, digits)] = Special("picture")
        if formulas:
            for match in (_UNCOUNTED if book.uncounted else _UNKNOWN).finditer(piece):
                _add_formula(found, piece, match)
            for match in _PICTURE.finditer(piece):
                found.special[_place(*_begun(piece, match).groups()[:2])] = Special("picture")
        if shown:
            found.percent += [_place(letters, digits) for letters, digits in shown.findall(piece)]
        if hidden:
            rows_hidden = [_ROW.search(tag) for tag in _HIDDEN.findall(piece)]
            if None in rows_hidden:
                return None
            found.hidden += [int(one[1]) - 1 for one in rows_hidden if one]
        last = piece
    for left, top, right, bottom in _MERGED.findall(last):
        found.merged.append(_range(left, top, right, bottom))
    return found


def _at_rows(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same, cut where rows begin; the last has all that stands behind the rows."""
    held: list[bytes] = []
    for piece in pieces:
        cut = piece.rfind(b"<row")
        if cut < 0:
            held.append(piece)
            continue
        yield b"".join([*held, piece[:cut]])
        held = [piece[cut:]]
    yield b"".join(held)


def _place(letters: bytes, row: bytes) -> tuple[int, int]:
    return _reference((letters + row).decode())


def _range(left: bytes, top: bytes, right: bytes, bottom: bytes) -> Range:
    return Range(*_place(left, top), *_place(right, bottom))


_BEGUN = re.compile(_CELL + rb"([^>]*)>")


def _begun(piece: bytes, match: re.Match[bytes]) -> re.Match[bytes]:
    """The cell that a formula is in."""
    cell = _BEGUN.match(piece, max(0, piece.rfind(b"<c ", 0, match.start())))
    if not cell:
        raise damaged("a formula is in no cell")
    return cell


def _add_formula(found: _Found, piece: bytes, match: re.Match[bytes]) -> None:
    """A formula without a value; of one that gives an empty text, that is the value."""
    letters, row, attributes = _begun(piece, match).groups()
    if b't="str"' not in attributes:
        text = unescape(match[1].decode()) if match[1] else None
        found.special[_place(letters, row)] = Special("formula", text and f"={text}")


class _Walk:
    """The same search by a parser, which takes whatever is XML."""

    def __init__(self, book: _Book) -> None:
        self.found = _Found()
        self.book = book
        self.row = self.column = -1
        self.inside = self.formula = self.value = ""
        self.cell: dict[str, str] = {}
        self.has_formula = self.has_text = False

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        name = bare(tag)
        of = attributes
        if name == "c":
            self.cell = of
            self.inside = self.formula = self.value = ""
            self.has_formula = self.has_text = False
            self.row, self.column = _reference(of["r"]) if "r" in of else (self.row, self.column + 1)
        elif name == "row":
            self.row, self.column = int(of["r"]) - 1 if "r" in of else self.row + 1, -1
            if of.get("hidden", "") in ("1", "true"):
                self.found.hidden.append(self.row)
        elif name in ("f", "v", "t"):
            self.inside = name
            self.has_formula |= name == "f"
        elif name == "mergeCell":
            first, _, second = of.get("ref", "").partition(":")
            self.found.merged.append(Range(*_reference(first), *_reference(second or first)))

    def text(self, text: str) -> None:
        if self.inside == "f":
            self.formula += text
        elif self.inside == "v":
            self.value += text
        elif self.inside == "t":
            self.has_text = True

    def end(self, tag: str) -> None:
        name = bare(tag)
        if name in ("f", "v", "t"):
            self.inside = ""
        elif name == "c":
            self._end_cell()

    def _end_cell(self) -> None:
        of, found, place = self.cell, self.found, (self.row, self.column)
        kind, value = of.get("t", "n"), self.value.strip()
        if not (self.has_formula or self.has_text or self.value):
            return
        found.row, found.column = max(found.row, self.row), max(found.column, self.column)
        if kind == "s" and value.isdecimal():
            found.shared[int(value)] += 1
        if "vm" in of and self.book.pictures or "DISPIMG(" in self.formula:
            found.special[place] = Special("picture")
        elif self.has_formula and kind != "str" and (not value or (value == "0" and self.book.uncounted)):
            found.special[place] = Special("formula", f"={self.formula}" if self.formula else None)
        elif kind == "e":
            found.special[place] = Special("error", value)
        elif of.get("s", "").isdecimal() and int(of["s"]) in self.book.percent:
            found.percent.append(place)


_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


def _reference(text: str) -> tuple[int, int]:
    found = _REFERENCE.fullmatch(text)
    if not found or not int(found[2]):
        raise damaged(f'"{text}" is no cell')
    return int(found[2]) - 1, column_of(found[1])


def _walk(pieces: Iterator[bytes], book: _Book) -> _Found:
    walk = _Walk(book)
    parser = new_parser()
    parser.StartElementHandler = walk.begin
    parser.CharacterDataHandler = walk.text
    parser.EndElementHandler = walk.end
    feed(parser, pieces)
    return walk.found


def sheets(archive: Archive, data: bytes) -> list[Sheet]:
    """Of a workbook whose archive data is. Raises FormatError, LimitError."""
    from ._calamine import opened

    book = _Book(archive)
    made = []
    cells = text = 0
    with opened(data) as workbook:
        for of in workbook.sheets_metadata:
            path = book.parts.get(of.name)
            if path is None:
                continue
            found = _search(archive.pieces(path, _PIECE), book) or _walk(archive.pieces(path), book)
            text += sum(
                book.lengths[one] * times for one, times in found.shared.items() if one < len(book.lengths)
            )
            if text > TEXT_MAX:
                raise too_much_text()
            if found.row >= ROWS_MAX or found.column >= COLUMNS_MAX:
                raise damaged(f"{of.name} has a cell {name_of(found.row, found.column)}")
            if cells + found.size > CELLS_MAX:
                raise too_many_cells(of.name, found.row, found.column)
            rows = _rows(workbook.get_sheet_by_name(of.name), found, archive.nul)
            cells += len(rows) * (len(rows[0]) if rows else 0)
            made.append(
                Sheet(of.name, rows, of.name in book.hidden, filled(rows, found.hidden), book.from_1904)
            )
    return made


def _rows(sheet: Any, found: _Found, nul: bool) -> list[list[Any]]:
    """calamine's rows, from A1 on. It has them from the first value on. nul: whether a text may have a NUL."""
    rows: list[list[Any]] = sheet.to_python()
    top, left = sheet.start or (0, 0)
    if left:
        rows = [[""] * left + row for row in rows]
    if top:
        rows[:0] = [[""] * len(rows[0]) for _ in range(top)]
    if not TIMES.isdisjoint(map(type, chain.from_iterable(rows))):
        rows = [[timeless(cell) for cell in row] for row in rows]
    if nul:
        rows = [[cell.replace("\0", "") if type(cell) is str else cell for cell in row] for row in rows]
    for row, column in found.percent:
        if row < len(rows) and column < len(rows[row]) and type(rows[row][column]) is float:
            rows[row][column] = percentage(rows[row][column])
    return finish(rows, found.special, found.merged)
