"""Text laid out for a terminal: lines that break where Chinese and English may, and tables that fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import List

from rich.cells import cell_len

# What a line may not end and may not begin with.
OPENING = "（《〈「『【〔“‘([{"
CLOSING = "，。；：！？）》〉」』】〕”’、…％·,.;:!?)]}%"

# A number stays with what it counts.
_UNITS = "平方米|个百分点|个月|万元|亿元|小时|分钟|个|户|元|分|年|月|日|天|人|项|条|处|栋|套|家|次|倍|行|级|期|名|岁|米|页|笔|位|字|周|季"
_ATOM = re.compile(
    r"[0-9]{4}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?|[0-9]{1,2}月[0-9]{1,2}日"
    r"|第?[0-9][0-9.,/-]*(?:" + _UNITS + r")"
    r"|第[0-9]+"
    r"|[0-9][0-9.,]* (?:yuan|fen|m²)(?![a-z])"
    r"|libpilot [0-9.]+"
    r"|[(\[](?=[0-9])"
    r"|[^\s\u2018-\u201d\u2026\u2e80-\uffef\U00020000-\U0003ffff]+"
    r"|\s+|."
)
_NAME = re.compile("[\u4e00-\u9fff]{2,12}")
_ALONE = re.compile("[\u4e00-\u9fff][，。；：！？）》]?")  # which does not stand in a last line by itself
_PARTS = re.compile(r"[^/_|=,]*[/_|=,]?")  # where a word may be broken that is longer than the line


def _pieces(text: str) -> List[str]:
    """What a line may not break, with the spaces between. Of a text in English that is also a name in Chinese."""
    made: List[str] = []
    english = len(re.findall("[A-Za-z]", text)) > len(re.findall("[\u4e00-\u9fff]", text))
    for atom in _ATOM.findall(text):
        after = made[-1] if made else ""
        name = english and _NAME.fullmatch(after + atom)
        if after and not after.isspace() and (name or atom[0] in CLOSING or after[-1] in OPENING):
            made[-1] += atom
        else:
            made.append(atom)
    return made


def _broken(piece: str, width: int) -> List[str]:
    """A piece that is longer than a line, in several: after a sign that joins, or else anywhere."""
    made = [""]
    for part in _PARTS.findall(piece):
        if made[-1] and cell_len(made[-1] + part) > width:
            made.append("")
        for character in part:
            if made[-1] and cell_len(made[-1] + character) > width:
                made.append("")
            made[-1] += character
    return made


def wrapped(text: str, width: int) -> List[str]:
    """One line of text as lines of at most so many cells: none begins with a sign that closes or ends with one that
    opens, dates, ids of clauses and numbers with their units stay whole. What the text is indented by, the lines
    are."""
    words = text.lstrip(" ")
    indent = text[: len(text) - len(words)] if len(text) - len(words) < width // 2 else ""
    room = width - len(indent)
    lines: List[List[str]] = [[]]
    used = 0  # cells of the last of them
    for piece in _pieces(words):
        cells = cell_len(piece)
        if used + cells > room:
            parts = [] if piece.isspace() else _broken(piece, room)
            lines[-1:] = [*filter(None, lines[-1:]), *([part] for part in parts or [""])]
            used = cell_len(lines[-1][0])
        elif lines[-1] or not piece.isspace():
            lines[-1].append(piece)
            used += cells
    if len(lines) > 1 and len(lines[-2]) > 2 and _ALONE.fullmatch("".join(lines[-1])):
        if not lines[-2][-1].isspace() and cell_len("".join([lines[-2][-1], *lines[-1]])) <= room:
            lines[-1].insert(0, lines[-2].pop())
    return [indent + "".join(line).rstrip() for line in lines if "".join(line).strip()] or [""]


def _longest(text: str) -> int:
    """Cells of the longest piece, which is what a column has to have."""
    return max(map(cell_len, _pieces(text)), default=0)


_GAP = 2
_SHORT = 24  # cells of text that is wrapped only where there is no other way
_LEAST = 10  # cells that text is given before a table is split
_WORD = 30  # cells of a word that is not broken; a longer one is a path

Cell = List[str]  # its lines


class _Column:
    def __init__(self, heading: str, cells: Sequence[Cell]) -> None:
        self.number = heading.startswith(">")
        self.heading = heading.lstrip(">")
        lines = [line for cell in cells for line in cell]
        inside = max(map(cell_len, lines), default=0)
        self.whole = max(inside, cell_len(self.heading))
        # A heading over numbers has its remark, or each of its words in English, on a line of its own.
        head = max(map(cell_len, re.split("(?=（)| ", self.heading)))
        self.tight = max(inside, head) if self.number else self._tight(lines)
        self.short = self.tight if self.number or self.whole > _SHORT else self.whole

    def _tight(self, lines: Sequence[str]) -> int:
        words = [_longest(line) for line in [self.heading, *lines]]
        return min(self.whole, max(_LEAST, *(word if word <= _WORD else _SHORT for word in words)))


def _widths(columns: Sequence[_Column], width: int) -> List[int] | None:
    """The columns' widths: as they are, or long text wrapped, or all text; None where all that is too wide."""
    room = width - _GAP * (len(columns) - 1)
    for least in ("whole", "short", "tight"):
        widths = [getattr(column, least) for column in columns]
        if sum(widths) <= room:
            break
    else:
        return None
    for _ in range(room - sum(widths)):  # a cell more each time to where it saves the most lines
        narrow = [at for at, column in enumerate(columns) if widths[at] < column.whole]
        if not narrow:
            break
        widths[max(narrow, key=lambda at: columns[at].whole / widths[at] ** 2)] += 1
    return widths


def _row(cells: Sequence[Cell], columns: Sequence[_Column], widths: Sequence[int]) -> Iterable[str]:
    for at in range(max(map(len, cells), default=0)):
        texts = [cell[at] if at < len(cell) else "" for cell in cells]
        padded = [
            " " * (width - cell_len(text)) + text if column.number else text + " " * (width - cell_len(text))
            for text, column, width in zip(texts, columns, widths)
        ]
        yield (" " * _GAP).join(padded).rstrip()


def _fitting(columns: Sequence[_Column], width: int) -> List[tuple[List[int], List[int]]]:
    """The tables that fit: the columns that name a row, which each of them has, and its own."""
    numbers = [at for at, column in enumerate(columns) if column.number]
    names = list(range(min(numbers[0] if numbers else 1, 2)))
    made: List[tuple[List[int], List[int]]] = []
    for at in range(len(names), len(columns)):
        if not made or _widths([columns[one] for one in [*names, *made[-1][1], at]], width) is None:
            made.append((names, []))
        made[-1][1].append(at)
    return made or [(names, [])]


def table(headings: Sequence[str], rows: Sequence[Sequence[Cell]], width: int) -> List[str]:
    """The lines of a table. Headings that begin with ">" are of numbers, which are never wrapped nor cut: where the
    columns have no room beside each other, the table becomes several, with the rows' names in each."""
    full = [[*row, *([[""]] * (len(headings) - len(row)))] for row in rows]
    columns = [_Column(heading, [row[at] for row in full]) for at, heading in enumerate(headings)]
    lines: List[str] = []
    for names, others in _fitting(columns, width):
        places = [*names, *others]
        own = [columns[at] for at in places]
        widths = _widths(own, width) or [column.tight for column in own]
        head = [wrapped(column.heading, size) for column, size in zip(own, widths)]
        deep = max(map(len, head))
        lines += [""] if lines else []
        lines += _row([[""] * (deep - len(one)) + one for one in head], own, widths)
        lines.append("─" * (sum(widths) + _GAP * (len(own) - 1)))
        for row in full:
            if len(places) < len(columns) and not any(any(row[at]) for at in others):
                continue  # it has nothing in this part
            cells = [
                row[at] if columns[at].number else [part for line in row[at] for part in wrapped(line, size)]
                for at, size in zip(places, widths)
            ]
            lines += _row(cells, own, widths)
    return lines
