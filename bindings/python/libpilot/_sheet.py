"""A workbook's sheets as cells, whatever file they come from, and what no file may ask for."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from decimal import Context, Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from ._errors import Error, FormatError, LimitError

FILE_MAX = 1 << 28  # bytes of a file
UNPACKED_MAX = 1 << 29  # bytes of all parts of one, unpacked
SHEETS_MAX = 1000
ROWS_MAX, COLUMNS_MAX = 1048576, 16384  # of a sheet, as Excel has them and PILOT_TABLE_ROWS_MAX says
CELLS_MAX = 20_000_000  # of all sheets, with the blank ones between
TEXT_MAX = 1 << 30  # bytes of all cells


class Sheet(NamedTuple):
    """A sheet. rows: the cells from A1 on, all rows as long as the widest; blank rows and columns behind the last
    value are left out. hidden: whether the workbook does not show it. hidden_rows: how many rows with values are
    hidden or filtered away, which are read as the others are. from_1904: whether the workbook counts days from
    1904; its dates are dates already.

    A cell is ``""`` (blank), str, int, float (as stored: what lies behind the 15th digit is the file's way of
    keeping numbers), bool, datetime.date, or Special. A percentage is text, ``95%``, as its cell shows it but with
    all its digits. So is a time of day, ``13:45:00``, a length of time, ``36:00:00``, and a date with a time of day
    other than midnight, ``2019-12-05 13:45:00``: whether its day is meant, or the day after it in another zone, the
    file does not say.
    """

    name: str
    rows: list[list[Any]]
    hidden: bool
    hidden_rows: int
    from_1904: bool


class Special(NamedTuple):
    """A cell that has no value of its own. kind:

    ``error``: text is ``#N/A`` or another.
    ``formula``: one whose value the file does not have; text is the formula, None where it is not known.
    ``merged``: in a merged range and not its first cell, which is above rows up and left columns to the left. A
    cell that has a value although it is covered keeps it.
    ``picture``: a picture instead of a value.
    """

    kind: str
    text: str | None = None
    above: int = 0
    left: int = 0


class Range(NamedTuple):
    """A merged range, from 0, its ends included."""

    top: int
    left: int
    bottom: int
    right: int


def refusal(kind: type[Error], en: str, zh: str, place: str = "") -> Error:
    """place: of the sheet, ``社区!D7``; the file's name is put before it where it is known."""
    error = kind(en, message_zh=zh)
    error.place = place
    return error


def damaged(what: object = "") -> Error:
    """what: that a parser says, which is in English."""
    said = str(what).splitlines()[0] if str(what) else ""
    en, zh = (f" ({said})", f"（{said}）") if said else ("", "")
    return refusal(
        FormatError,
        f"the file is damaged or was not written to its end{en}: open it in a spreadsheet program and save it",
        f"文件已损坏或不完整{zh}：请用表格软件打开后另存",
    )


def locked() -> Error:
    return refusal(
        FormatError,
        "the workbook is protected by a password: take the password off and save it again",
        "工作簿设有密码：请取消密码后重新保存",
    )


def too_many_cells(sheet: str, row: int, column: int) -> Error:
    """row, column: the last, from 0."""
    return refusal(
        LimitError,
        f"the cells reach {name_of(row, column)}, which with those of the other sheets are more than the"
        f" {CELLS_MAX} that are read: clear what lies far out",
        f"单元格一直到{name_of(row, column)}，连同其他工作表超过可读的{CELLS_MAX}个：请清除远处的内容",
        sheet,
    )


def too_many_sheets(count: int) -> Error:
    return refusal(
        LimitError,
        f"found {count} sheets where at most {SHEETS_MAX} are read",
        f"有{count}个工作表，最多可读{SHEETS_MAX}个",
    )


def too_large() -> Error:
    return refusal(
        LimitError,
        f"what is packed in the file is more than {UNPACKED_MAX >> 20} MiB, which no workbook of an office has",
        f"文件解压后超过{UNPACKED_MAX >> 20} MiB，不是办公所用的工作簿",
    )


def too_much_text() -> Error:
    return refusal(
        LimitError,
        f"the texts of all cells are more than {TEXT_MAX >> 20} MiB together",
        f"各单元格的文字合计超过{TEXT_MAX >> 20} MiB",
    )


def name_of(row: int, column: int) -> str:
    """From 0: (6, 3) is D7."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"


@lru_cache(maxsize=None)
def column_of(letters: str) -> int:
    """From 0: A is 0. letters: at most three, of either case."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


_DIGITS = Context(prec=15)  # that a workbook keeps


def percentage(stored: float) -> str:
    """0.57999999999999996 is 58%, 0.125 is 12.5%."""
    shown = f"{_DIGITS.create_decimal(Decimal(stored)).scaleb(2):f}"
    return f"{shown.rstrip('0').rstrip('.') if '.' in shown else shown}%"


# What a number's format shows as it stands: in quotes, behind a backslash, in brackets.
_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


def is_percentage(number_format: str) -> bool:
    return "%" in _SHOWN.sub("", number_format)


def is_time(number_format: str) -> bool:
    """Of a day as well. E+00 is a power, and General a word."""
    bare = _SHOWN.sub("", number_format).lower().replace("general", "")
    return any(letter in bare for letter in "ymdhs")


TIMES = frozenset({datetime, time, timedelta})


def timeless(cell: Any) -> Any:
    """A time of any kind as text, to the second; a date without one as itself."""
    if type(cell) is datetime:
        second = (cell + timedelta(microseconds=500_000)).replace(microsecond=0)
        return second.date() if second.time() == time() else str(second)
    if type(cell) is time:
        return str(cell.replace(microsecond=0))
    if type(cell) is timedelta:
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return cell


def finish(
    rows: list[list[Any]], special: dict[tuple[int, int], Special], merged: list[Range]
) -> list[list[Any]]:
    """The rows with the special cells put in, cut behind the last value and made of one length. Merged ranges reach
    as far as values do."""
    for (row, column), cell in special.items():
        while len(rows) <= row:
            rows.append([])
        if len(rows[row]) <= column:
            rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = cell
    while rows and rows[-1].count("") == len(rows[-1]):
        rows.pop()
    lengths = set(map(len, rows))
    width = max(lengths, default=0)
    for row_of in rows if len(lengths) > 1 else ():
        row_of += [""] * (width - len(row_of))
    kept = width
    while kept and all(row_of[kept - 1] == "" for row_of in rows):
        kept -= 1
    for row_of in rows if kept < width else ():
        del row_of[kept:]
    _cover(rows, kept, merged)
    return rows


def filled(rows: list[list[Any]], among: list[int]) -> int:
    """How many of these rows have something."""
    return sum(row < len(rows) and any(cell != "" for cell in rows[row]) for row in among)


def _cover(rows: list[list[Any]], width: int, merged: list[Range]) -> None:
    covered = 0
    for top, left, bottom, right in merged:
        bottom, right = min(bottom, len(rows) - 1), min(right, width - 1)
        covered += max(0, bottom + 1 - top) * max(0, right + 1 - left)
        if covered > len(rows) * width:
            raise damaged("merged ranges lie over each other")
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if rows[row][column] == "" and (row, column) != (top, left):
                    rows[row][column] = Special("merged", None, row - top, column - left)
