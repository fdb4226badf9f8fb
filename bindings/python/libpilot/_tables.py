"""Cities as tables: what was read of sheets of cells, and a city as sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain
from os import PathLike, fspath
from os.path import splitext

from . import _pilot
from ._call import words
from ._errors import BY_NUMBER, Error, InconsistentError, WrongTypeError
from ._values import Value, blank, copied, day_of, one_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, Union

    from typing_extensions import TypeAlias

    from ._city import City

    Source: TypeAlias = Union[str, "PathLike[str]", bytes]


class Place(Value):
    """A cell of a workbook: the name of its sheet, and ``D7``; ``7`` where a whole row is meant. file: the one that
    it is in, where several were read together."""

    sheet: str
    cell: str
    file: str = ""

    def __str__(self) -> str:
        return "".join(
            (f"{self.file}: " if self.file else "", self.sheet, f"!{self.cell}" if self.cell else "")
        )


class CellProblem(Value):
    """What is wrong with a cell, or with several of a column, or what was passed over there.

    code: stable, as ``date_ambiguous``. note: told, and nothing is refused for it. sheet, cell: of the first; ``7``
    is a row, "" the sheet. cells: of all, as many as there is room for; count: how many they are. header: as the
    sheet has it. value: as the cell has it. path: in a city file, where that is known. reason, remedy: why, and what
    to write. file: where several were read together.

    >>> from libpilot import City, Error
    >>> try:
    ...     City.from_tables({"communities": [{"id": "c1", "name": "甲社区"}], "areas": []})
    ... except Error as error:
    ...     print(error.cell.text("zh"))
    communities!2 所属城区代码：必填而未填；请填写其编号或名称，单元格设为文本 [missing]
    """

    code: str
    note: bool
    sheet: str
    cell: str
    cells: str
    count: int
    header: str
    value: str
    path: str
    reason_zh: str
    reason_en: str
    remedy_zh: str
    remedy_en: str
    zh: str
    en: str
    file: str = ""

    def text(self, lang: str = "en") -> str:
        """One line with all of it: its place first, its code at the end. lang: ``en`` or ``zh``. Raises NotFoundError
        (another language)."""
        chinese = one_of(lang, words("lang"), "/lang") == 1
        line = self.zh if chinese else self.en
        return f"{self.file}{'：' if chinese else ': '}{line}" if self.file else line

    def __str__(self) -> str:
        return self.text()


class Table:
    """A city that was read of sheets: where its values stand, and what was passed over."""

    __slots__ = ("_native", "_files", "problems", "more")

    def __init__(self, sheets: Iterable[Any], files: Sequence[str] = ()) -> None:
        """files: of each sheet, where several were read together."""
        rows = [
            (sheet.name, sheet.rows, sheet.hidden, sheet.hidden_rows, sheet.from_1904) for sheet in sheets
        ]
        self._native = _pilot.Table(rows)
        self._files = files
        told, self.more = _pilot.table_problems(self._native)
        self.problems = tuple(self._problem(*row) for row in told)
        refused = tuple(
            _refusal(problem, row[2]) for problem, row in zip(self.problems, told) if not problem.note
        )
        if refused:
            first = copied(refused[0])
            first.problems = refused
            first.problem_count = len(refused) + self.more
            first.notes = self.notes
            raise first

    def _problem(self, code: str, note: bool, status: int, sheet: int, *rest: Any) -> CellProblem:
        name, cell, cells, header, value, count, path, *said = rest
        said.append(self._file(sheet))
        return CellProblem(code, note, name, cell, cells, count, header, value, path, *said)

    def _file(self, sheet: int) -> str:
        return self._files[sheet] if self._files and sheet >= 0 else ""

    @property
    def notes(self) -> tuple[CellProblem, ...]:
        return tuple(problem for problem in self.problems if problem.note)

    def city(self) -> _pilot.City:
        return _pilot.table_city(self._native)

    def place(self, path: str) -> Place | None:
        found = _pilot.table_place(self._native, path)
        return None if found is None else Place(found[1], found[2], self._file(found[0]))


def around(city: City, path: str) -> Place | None:
    """The cell of a path, or the row of the record around it."""
    place = city.place(path) if path else None
    while place is None and path:
        path = path.rpartition("/")[0]
        if path.rpartition("/")[2].isdigit():
            place = city.place(path)
    return place


def _refusal(problem: CellProblem, status: int) -> Error:
    error = BY_NUMBER[status](problem.en, problem.path, problem.value, message_zh=problem.zh)
    error.cell = problem
    return error


# What a workbook begins with: a zip archive (.xlsx, .ods), or the compound files of .xls.
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def is_workbook(text: str | bytes, name: str) -> bool:
    """Whether a file's content is to be read as sheets: its bytes decide, but that CSV is known by the file's name."""
    return isinstance(text, bytes) and (
        text.startswith(_WORKBOOKS) or splitext(name)[1].lower() in (".csv", ".tsv")
    )


def of_files(sources: Sequence[Source], names: Sequence[str] = ()) -> Table:
    """The files read together, as one workbook. names: what problems call them; their own where there are none."""
    from ._workbook import read_sheets

    sheets, files = [], []
    for index, source in enumerate(sources):
        own = "" if isinstance(source, bytes) else fspath(source)
        name = names[index] if names else own
        made = read_sheets(source, name)
        sheets += made
        files += [name] * len(made)
    return Table(sheets, files if len(sources) > 1 else ())


def of_tables(tables: Mapping[str, Any]) -> Table:
    """Frames, or lists of dicts, each under the name of its sheet."""
    from ._sheet import Sheet

    if not hasattr(tables, "items"):
        raise WrongTypeError(f"found {type(tables).__name__} where a dict of tables is wanted", "/tables")
    return Table(
        [Sheet(str(name), _rows(str(name), table), False, 0, False) for name, table in tables.items()]
    )


_PLAIN = frozenset({type(None), str, bool, int})  # what cells have as it is


def _rows(name: str, table: Any) -> list[list[Any]]:
    heads, rows = (_of_dicts if isinstance(table, (list, tuple)) else _of_frame)(name, table)
    made: list[list[Any]] = [[str(head) for head in heads]]
    for number, row in enumerate(rows):
        made.append(
            [
                one if type(one) in _PLAIN else _cell(one, f"/tables/{name}/{number}/{head}")
                for head, one in zip(heads, row)
            ]
        )
    return made


def _of_frame(name: str, table: Any) -> tuple[list[Any], Iterable[Sequence[Any]]]:
    from ._frames import Frame

    frame = Frame(table)
    if frame.narwhal is None:
        columns = [list(column) for column in frame.frame.values()]
    else:
        columns = [frame.narwhal[head].to_list() for head in frame.names]
    lengths = sorted(set(map(len, columns)))
    if len(lengths) > 1:
        said = " and ".join(map(str, lengths))
        raise InconsistentError(
            f"found columns of {said} rows in one table", f"/tables/{name}", message_zh="各列行数不同"
        )
    return frame.names, zip(*columns)


def _of_dicts(name: str, table: Sequence[Any]) -> tuple[list[Any], Iterable[Sequence[Any]]]:
    """Dicts, or what drivers of databases give for them, which has keys as well."""
    rows: list[dict[Any, Any]] = []
    for number, row in enumerate(table):
        if not hasattr(row, "keys"):
            raise WrongTypeError(
                f"found {type(row).__name__} where a dict is wanted", f"/tables/{name}/{number}"
            )
        rows.append(row if isinstance(row, dict) else {key: row[key] for key in row.keys()})
    heads = list(dict.fromkeys(chain.from_iterable(rows)))
    return heads, ([row.get(head) for head in heads] for row in rows)


def _cell(value: Any, path: str) -> Any:
    """The value as a cell has it. A list is one text, whose items are apart by semicolons."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if hasattr(value, "tolist"):  # NumPy's: an array, or one number
        return None if blank(value) else _cell(value.tolist(), path)
    if isinstance(value, (list, tuple)):
        return _joined(
            [item if isinstance(item, (list, tuple)) else _cell(item, path) for item in value], path
        )
    if blank(value):
        return None
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, (date, float)):
        return value
    if isinstance(value, Decimal):
        return ("number", format(value, "f"), 0, 0)
    raise WrongTypeError(f"found {type(value).__name__} where the value of a cell is wanted", path)


def _joined(items: list[Any], path: str) -> str:
    """None is left out of no list: what is not known cannot be one of several."""
    if any(not isinstance(item, (str, int)) or isinstance(item, bool) for item in items):
        raise WrongTypeError("found a list of other than text where the value of a cell is wanted", path)
    quoted = ['"' + str(item).replace('"', '""') + '"' for item in items]
    return "; ".join(quoted) if items else "none"


def tables_of(city: _pilot.City, form: str) -> dict[str, list[dict[str, Any]]]:
    one_of(form, FORMS, "/form")
    made: dict[str, list[dict[str, Any]]] = {}
    for name, rows in _pilot.city_cells(city, form):
        heads = [cell[1] if cell else "" for cell in rows[0]]
        made[name] = [dict(zip(heads, map(_value, row))) for row in rows[1:]]
    return made


FORMS = ("keys", "zh", "en")


def _value(cell: tuple[str, str] | None) -> Any:
    """A whole number is an int, another a Decimal."""
    if cell is None:
        return None
    kind, text = cell
    if kind == "number":
        return Decimal(text) if "." in text else int(text)
    return day_of(text) if kind == "day" else text
