"""Sheets of an .xls file (BIFF8, of Excel 97 and later): a file system with a stream of records. Read here and not
by calamine, which ends on a damaged one by telling of its own source, and makes room for whatever a cell claims."""

from __future__ import annotations

import re
from array import array
from datetime import datetime, timedelta
from struct import unpack_from
from sys import byteorder
from typing import TYPE_CHECKING, Any

from ._errors import FormatError
from ._sheet import (
    CELLS_MAX,
    SHEETS_MAX,
    Range,
    Sheet,
    Special,
    damaged,
    filled,
    finish,
    is_percentage,
    is_time,
    locked,
    percentage,
    refusal,
    timeless,
    too_many_cells,
    too_many_sheets,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typing_extensions import TypeAlias

    Streams: TypeAlias = "dict[str, tuple[int, int]]"
    Place: TypeAlias = "tuple[int, int, int]"

_END_OF_CHAIN = 0xFFFFFFFE
_ENTRY = 128  # bytes of an entry of the directory
_MINI_SHIFT, _MINI_BELOW = 6, 4096  # streams below that are in sectors of their own size


class _FileSystem:
    """A compound file. streams: by name, the first sector and the length of each."""

    def __init__(self, data: bytes) -> None:
        shift = unpack_from("<H", data, 30)[0]
        if shift not in (9, 12):
            raise damaged()
        self.shift = shift
        self.data = data + bytes(-len(data) % (1 << shift))  # some leave the end of the last sector out
        count, first = unpack_from("<II", data, 44)
        held, more = unpack_from("<II", data, 68)
        table = list(unpack_from("<109I", data, 76))
        while more and held < _END_OF_CHAIN and len(table) <= len(data):
            sector = self._sector(held)
            *rest, held = unpack_from(f"<{len(sector) // 4}I", sector)
            table += rest
            more -= 1
        self.next = _numbers(b"".join(map(self._sector, table[:count])))
        directory = self._chain(first)
        self.streams: Streams = {}
        for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length, start, size = unpack_from("<H", directory, at + 64) + unpack_from(
                "<II", directory, at + 116
            )
            name = directory[at : at + min(max(length - 2, 0), 62)].decode("utf-16-le", "replace")
            self.streams.setdefault(name.lower(), (start, size))
        self.mini: bytes | None = None

    def _sector(self, number: int) -> bytes:
        start = (number + 1) << self.shift
        if start + (1 << self.shift) > len(self.data):
            raise damaged()
        return self.data[start : start + (1 << self.shift)]

    def _chain(self, number: int) -> bytes:
        sectors: list[bytes] = []
        while number < _END_OF_CHAIN:
            if number >= len(self.next) or len(sectors) > len(self.next):
                raise damaged()
            sectors.append(self._sector(number))
            number = self.next[number]
        return b"".join(sectors)

    def stream(self, name: str) -> bytes:
        number, size = self.streams[name]
        if size >= _MINI_BELOW:
            return self._chain(number)[:size]
        root = self._chain(self.streams["root entry"][0])
        following = _numbers(self._chain(unpack_from("<I", self.data, 60)[0]))
        parts: list[bytes] = []
        while number < _END_OF_CHAIN:
            if number >= len(following) or len(parts) > len(following):
                raise damaged()
            parts.append(root[number << _MINI_SHIFT : (number + 1) << _MINI_SHIFT])
            number = following[number]
        return b"".join(parts)[:size]


def _numbers(data: bytes) -> array[int]:
    made = array("I", data)
    if byteorder == "big":
        made.byteswap()  # pragma: no cover: a machine of the other order
    return made


# Records.
_FORMULA, _EOF, _DATEMODE, _FILEPASS, _CONTINUE, _BOUNDSHEET = 0x06, 0x0A, 0x22, 0x2F, 0x3C, 0x85
_MULRK, _RSTRING, _XF, _MERGEDCELLS, _SST, _LABELSST, _NUMBER = 0xBD, 0xD6, 0xE0, 0xE5, 0xFC, 0xFD, 0x203
_LABEL, _BOOLERR, _STRING, _ROW, _RK, _FORMAT, _BOF = 0x204, 0x205, 0x207, 0x208, 0x27E, 0x41E, 0x809
_BIFF8, _OF_SHEET = 0x600, 0x10
_HIDDEN_ROW = 0x20
_LAST_COLUMN = 255
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def _place(body: bytes) -> Place:
    """Of a cell: row, column, style."""
    row, column, style = unpack_from("<HHH", body)
    return row, column, style


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Up to the end of the part that begins there, without the parts in it, such as charts."""
    depth = 0
    while True:
        kind, length = unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + length]
        if len(body) < length:
            raise damaged()
        at += 4 + length
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 1:
            yield kind, body
        if not depth:
            return


class _Texts:
    """Texts that go on from one record to the next, which says anew how wide their characters are."""

    def __init__(self, bodies: list[bytes]) -> None:
        self.bodies = bodies
        self.number = self.at = 0

    def _bytes(self, count: int) -> bytes:
        """Across borders."""
        taken = b""
        while len(taken) < count:
            if self.at >= len(self.bodies[self.number]):
                self.number, self.at = self.number + 1, 0
                if self.number >= len(self.bodies):
                    raise damaged()
            more = self.bodies[self.number][self.at : self.at + count - len(taken)]
            self.at += len(more)
            taken += more
        return taken

    def text(self, length_size: int = 2) -> str:
        """Without its formats and without how it is read."""
        length = int.from_bytes(self._bytes(length_size), "little")
        flags = self._bytes(1)[0]
        behind = 4 * int.from_bytes(self._bytes(2), "little") if flags & 8 else 0
        behind += int.from_bytes(self._bytes(4), "little") if flags & 4 else 0
        parts = []
        while length:
            if self.at >= len(self.bodies[self.number]):
                flags = self._bytes(1)[0]
            width = 2 if flags & 1 else 1
            count = min(length, (len(self.bodies[self.number]) - self.at) // width)
            if not count:
                raise damaged()
            parts.append(
                self._bytes(count * width).decode("utf-16-le" if width == 2 else "latin-1", "replace")
            )
            length -= count
        self._bytes(behind)
        return "".join(parts).replace("\0", "")


class _Book:
    """What stands before the sheets. formats: of each style, its number's."""

    def __init__(self, stream: bytes) -> None:
        self.stream = stream
        self.from_1904 = False
        self.sheets: list[tuple[int, bool, str]] = []
        self.texts: list[str] = []
        formats: dict[int, str] = {}
        styles: list[int] = []
        strings: list[bytes] = []
        last = 0
        for kind, body in _records(stream, 0):
            if kind == _BOF and unpack_from("<H", body)[0] != _BIFF8:
                raise refusal(
                    FormatError,
                    "found a workbook of Excel 95 or before: save it as .xlsx",
                    "这是Excel 95或更早版本的工作簿：请另存为.xlsx",
                )
            if kind == _FILEPASS:
                raise locked()
            if kind == _DATEMODE:
                self.from_1904 = body[:1] == b"\1"
            elif kind == _FORMAT:
                formats[unpack_from("<H", body)[0]] = _Texts([body[2:]]).text()
            elif kind == _XF:
                styles.append(unpack_from("<H", body, 2)[0])
            elif kind == _BOUNDSHEET:
                start, hidden, of_kind = unpack_from("<IBB", body)
                if of_kind == 0:
                    self.sheets.append((start, bool(hidden & 3), _Texts([body[6:]]).text(1)))
            elif kind == _SST or (kind == _CONTINUE and last in (_SST, _CONTINUE) and strings):
                strings.append(body)
            last = kind
        if len(self.sheets) > SHEETS_MAX:
            raise too_many_sheets(len(self.sheets))
        self.percent = [one in (9, 10) or is_percentage(formats.get(one, "")) for one in styles]
        self.times = [one in _TIMES or is_time(formats.get(one, "")) for one in styles]
        self.lengths = [one in _LENGTHS or bool(_ELAPSED.search(formats.get(one, ""))) for one in styles]
        if strings:
            count = unpack_from("<I", strings[0], 4)[0]
            texts = _Texts([strings[0][8:], *strings[1:]])
            self.texts = [texts.text() for _ in range(min(count, len(stream)))]


# Formats that have a number and no text, of which a Chinese Excel has more days and months than others.
_TIMES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_LENGTHS = {46}
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_FIRST_1900, _FIRST_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LAST_SERIAL = 2958465  # 9999-12-31


class _Cells:
    """The cells of one sheet."""

    def __init__(self, book: _Book, name: str) -> None:
        self.book = book
        self.name = name
        self.values: dict[tuple[int, int], Any] = {}
        self.special: dict[tuple[int, int], Special] = {}
        self.merged: list[Range] = []
        self.hidden: list[int] = []
        self.row = self.column = -1

    def _put(self, place: Place, value: Any) -> None:
        row, column, _ = place
        if column > _LAST_COLUMN:
            raise damaged()
        self.row, self.column = max(self.row, row), max(self.column, column)
        if isinstance(value, Special):
            self.special[row, column] = value
        else:
            self.values[row, column] = value

    def _number(self, place: Place, value: float) -> None:
        style, book = place[2], self.book
        if style >= len(book.percent):
            self._put(place, value)
        elif book.percent[style]:
            self._put(place, percentage(value))
        elif book.lengths[style]:
            self._put(place, timeless(timedelta(seconds=round(value * 86400))))
        else:
            self._put(place, _day(value, book.from_1904) if book.times[style] else value)

    def read(self, start: int) -> None:
        awaited: Place | None = None  # the cell of a formula that gives a text
        for kind, body in _records(self.book.stream, start):
            if kind == _LABELSST:
                self._put(_place(body), self.book.texts[unpack_from("<I", body, 6)[0]])
            elif kind == _RK:
                self._number(_place(body), _rk(body, 6))
            elif kind == _MULRK:
                row, first = unpack_from("<HH", body)
                for number in range((len(body) - 6) // 6):
                    style = unpack_from("<H", body, 4 + 6 * number)[0]
                    self._number((row, first + number, style), _rk(body, 6 + 6 * number))
            elif kind == _NUMBER:
                self._number(_place(body), unpack_from("<d", body, 6)[0])
            elif kind == _FORMULA:
                awaited = self._formula(body)
            elif kind == _STRING and awaited:
                self._put(awaited, _Texts([body]).text())
                awaited = None
            elif kind in (_LABEL, _RSTRING):
                self._put(_place(body), _Texts([body[6:]]).text())
            elif kind == _BOOLERR:
                self._result(_place(body), body[6], 2 if body[7] else 1)
            elif kind == _ROW and unpack_from("<H", body, 12)[0] & _HIDDEN_ROW:
                self.hidden.append(unpack_from("<H", body)[0])
            elif kind == _MERGEDCELLS:
                for number in range(unpack_from("<H", body)[0]):
                    top, bottom, left, right = unpack_from("<HHHH", body, 2 + 8 * number)
                    self.merged.append(Range(top, left, bottom, right))

    def _result(self, place: Place, value: int, kind: int) -> None:
        if kind == 1:
            self._put(place, bool(value))
        else:
            self._put(place, Special("error", _ERRORS.get(value, f"#{value}")))

    def _formula(self, body: bytes) -> Place | None:
        place = _place(body)
        if body[12:14] != b"\xff\xff":
            self._number(place, unpack_from("<d", body, 6)[0])
        elif body[6] in (1, 2):
            self._result(place, body[8], body[6])
        return place if body[12:14] == b"\xff\xff" and body[6] == 0 else None

    def rows(self, others: int) -> list[list[Any]]:
        """others: how many cells other sheets have."""
        if others + (self.row + 1) * (self.column + 1) > CELLS_MAX:
            raise too_many_cells(self.name, self.row, self.column)
        rows = [[""] * (self.column + 1) for _ in range(self.row + 1)]
        for (row, column), value in self.values.items():
            rows[row][column] = value
        return finish(rows, self.special, self.merged)


def _rk(body: bytes, at: int) -> float:
    """A number in four bytes: a whole one or the upper half of a float, a hundred times too large if it is so
    marked."""
    packed = unpack_from("<i", body, at)[0]
    value = (
        float(packed >> 2)
        if packed & 2
        else unpack_from("<d", b"\0\0\0\0" + (packed & ~3 & 0xFFFFFFFF).to_bytes(4, "little"))[0]
    )
    return value / 100 if packed & 1 else value


def _day(value: float, from_1904: bool) -> Any:
    """A number that is shown as a day, a time of day or both. That of no day, as it is."""
    if not 0 <= value <= _LAST_SERIAL:
        return value
    seconds = timedelta(seconds=round(value * 86400))
    if value < 1:
        return timeless((_FIRST_1904 + seconds).time())
    if from_1904:
        return timeless(_FIRST_1904 + seconds)
    if int(value) == 60:
        return "1900-02-29"
    return timeless(_FIRST_1900 + seconds + timedelta(days=value < 60))


def sheets(data: bytes) -> list[Sheet]:
    """Raises FormatError, LimitError."""
    files = _FileSystem(data)
    if "encryptedpackage" in files.streams:
        raise locked()
    if "workbook" not in files.streams:
        what, zh = (
            ("a workbook of Excel 95 or before", "Excel 95或更早版本的工作簿")
            if "book" in files.streams
            else ("a document of an older Office that is no workbook", "旧版Office文档，不是工作簿")
        )
        raise refusal(FormatError, f"found {what}: save it as .xlsx", f"这是{zh}：请另存为.xlsx")
    book = _Book(files.stream("workbook"))
    made = []
    cells = 0
    for start, hidden, name in book.sheets:
        of = _Cells(book, name)
        of.read(start)
        rows = of.rows(cells)
        cells += len(rows) * (len(rows[0]) if rows else 0)
        made.append(Sheet(name, rows, hidden, filled(rows, of.hidden), book.from_1904))
    return made
