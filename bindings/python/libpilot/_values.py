"""Values in and out: exact amounts, days, months, documents, and the base of all records."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Context, Decimal
from operator import index
from os import PathLike, fspath

from ._errors import (
    EncodingError,
    Error,
    FormatError,
    JSONSyntaxError,
    LimitError,
    MissingValueError,
    NoMemoryError,
    NotFoundError,
    RangeError,
    StoppedError,
    TooLargeError,
    WrongTypeError,
    of_status,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any, BinaryIO, ClassVar, NoReturn, Protocol, SupportsIndex, TypeVar, Union

    from typing_extensions import TypeAlias, dataclass_transform

    class NumPyMonth(Protocol):
        def astype(self, *args: Any, **kwargs: Any) -> Any: ...

    class PandasPeriod(Protocol):
        @property
        def freqstr(self) -> str: ...

    T = TypeVar("T")
    Exact: TypeAlias = Union[Decimal, SupportsIndex, str]
    Day: TypeAlias = Union[str, date, NumPyMonth, PandasPeriod]
    Month: TypeAlias = Day
    Document: TypeAlias = Union[str, bytes, "PathLike[str]", Mapping[str, Any]]
else:

    def dataclass_transform(**_options):
        return lambda made: made


@dataclass_transform(frozen_default=True)
class Fields(type):
    """Makes a class's annotated names its slots, in order, and their values in the body defaults."""

    def __new__(cls, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> Fields:
        names = tuple(space.get("__annotations__", ()))
        space["__slots__"] = names
        space["__match_args__"] = names
        space["_defaults"] = {key: space.pop(key) for key in names if key in space}
        return super().__new__(cls, name, bases, space)


class Frozen(dict[str, "Any"]):
    """A dict of a record, which does not change: compared and shown like any other, and hashed."""

    def _refuse(self, *values: object, **named: object) -> NoReturn:
        raise TypeError("a record's dict does not change: dict(it) is a copy that does")

    if not TYPE_CHECKING:
        __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (dict(self),))


class Value(metaclass=Fields):
    """A record that does not change: compared, hashed, shown and pickled by its fields."""

    if TYPE_CHECKING:
        __match_args__: ClassVar[tuple[str, ...]]
    else:

        def __init__(self, *values, **named):
            names = self.__slots__
            if len(values) > len(names):
                raise TypeError(f"{type(self).__name__} has {len(names)} fields")
            given = dict(zip(names, values))
            for key, value in named.items():
                if key in given or key not in names:
                    raise TypeError(f"{type(self).__name__}: {key} is no field, or given twice")
                given[key] = value
            for key in names:
                if key not in given:
                    if key not in self._defaults:
                        raise TypeError(f"{type(self).__name__} needs {key}")
                    given[key] = self._defaults[key]
                value = given[key]
                object.__setattr__(self, key, Frozen(value) if type(value) is dict else value)

        def __setattr__(self, name, value):
            raise AttributeError(f"a {type(self).__name__} does not change")

        __delattr__ = None

    def _fields(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.__match_args__)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._fields() == other._fields()

    def __hash__(self) -> int:
        return hash((type(self), self._fields()))

    def __repr__(self) -> str:
        names = self.__match_args__
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), self._fields())

    def to_dict(self) -> dict[str, Any]:
        """The fields as JSON has them: amounts and days as text, records and lists as such."""
        return {name: plain(getattr(self, name)) for name in self.__match_args__}


def plain(value: Any) -> Any:
    """A value of a record as JSON has it."""
    if isinstance(value, Value):
        return value.to_dict()
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value


# Room for any 64-bit number, whatever the caller's decimal context is.
EXACT = Context(prec=40)


def yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2, EXACT)


def fen(yuan: Decimal) -> int:
    return int(yuan.scaleb(2, EXACT))


def day_text(day: date, lang: str) -> str:
    """As a sentence has it: 2019年12月31日."""
    return f"{day.year}年{day.month}月{day.day}日" if lang == "zh" else day.isoformat()


def record_at(document: Any, path: str) -> Any:
    """What a JSON pointer leads to."""
    found = document
    for step in path.split("/")[1:]:
        found = found[int(step) if isinstance(found, list) else step]
    return found


def day_of(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def decimal_of(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def told(value: object) -> str:
    """A value as a message shows it, whatever it is: Python refuses to write out the longest numbers."""
    try:
        text = repr(value)
    except Exception:
        return f"a value of the type {type(value).__name__}"
    return text if len(text) <= 80 else text[:77] + "..."


def _whole(value: object) -> int | None:
    """Of any integer type but bool; None for what is none, as an array of several."""
    if isinstance(value, (bool, type)):
        return None
    try:
        return index(value)  # type: ignore[arg-type]
    except TypeError:
        return None


class placed:
    """Gives an error of the library that has no place this one."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if isinstance(error, Error) and not error.path:
            error.path = self.path


def exact(value: Exact, name: str) -> str:
    """An amount, a price or an area as the text that the library reads without loss."""
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return _decimal_text(value, name)
    number = _whole(value)
    if number is None:
        raise _inexact(value, name)
    if number.bit_length() > 128:
        raise TooLargeError("the number does not fit in 64 bits", f"/{name}", message_zh="数字超出64位")
    return str(number)


def _decimal_text(value: Decimal, name: str) -> str:
    if not value.is_finite():
        raise FormatError("a finite number is wanted", f"/{name}", str(value), message_zh="应为有限的数字")
    if not value:
        return "0"
    if not -40 < value.adjusted() < 40:
        wrong = TooLargeError if value.adjusted() > 0 else RangeError
        raise wrong(
            "the number is beyond what can be kept exactly",
            f"/{name}",
            str(value),
            message_zh="数字超出能精确保存的范围",
        )
    text = format(value, "f")
    # Arithmetic leaves zeros behind (1.50 * 2.00 is 3.0000), which say nothing.
    return text.rstrip("0").rstrip(".") if "." in text else text


def _is_float(value: object) -> bool:
    return isinstance(value, float) or type(value).__name__.startswith("float")


def _inexact(value: object, name: str) -> Error:
    if _is_float(value):
        return WrongTypeError(
            f"found the float {told(value)}, and floats cannot hold every amount exactly: pass a decimal.Decimal,"
            f' an int, or text such as "{value!s}"',
            f"/{name}",
            told(value),
        )
    return WrongTypeError(
        f"found {told(value)} where a decimal.Decimal, an int or text with a decimal number is wanted",
        f"/{name}",
    )


def count(value: SupportsIndex, name: str) -> int:
    """A whole number, of any integer type but bool."""
    number = _whole(value)
    if number is None:
        raise WrongTypeError(
            f"found {told(value)} where a whole number, an int, is wanted", f"/{name}", told(value)
        )
    return number


# Up to here a float tells every whole number from the next.
_WHOLE_FLOATS = 1 << 53


def blank(value: Any) -> bool:
    """Whether it is what a table has where there is no value: None, NaN, NaT or pandas' NA."""
    kind = type(value).__name__
    if value is None or kind == "NAType":
        return True
    # pandas' NaT is a datetime, and NumPy's is a datetime64: like NaN, neither equals itself.
    return kind.startswith(("float", "datetime64", "NaT")) and bool(value != value)


def _unfloated(value: Any, name: str) -> Any:
    """A whole float as an int: what libraries of tables make of whole numbers where a cell is blank."""
    if blank(value):
        raise MissingValueError(
            f"found {value!r}, which is no value, and one is needed",
            f"/{name}",
            repr(value),
            message_zh="没有填写，必须填写",
        )
    if _is_float(value) and abs(value) <= _WHOLE_FLOATS and value == int(value):
        return int(value)
    return value


def quantity(value: Any, name: str) -> int:
    """A number of households or communities: whole, of whatever type. Raises MissingValueError, WrongTypeError."""
    value = _unfloated(value, name)
    return int(_decimal_text(value, name)) if _is_whole_decimal(value) else count(value, name)


def _is_whole_decimal(value: object) -> bool:
    return isinstance(value, Decimal) and value.is_finite() and value == value.to_integral_value()


def square_metres(value: Any, name: str) -> str:
    """An area in m² as the text that the library reads without loss."""
    return exact(_unfloated(value, name), name)


def day(value: Day, name: str) -> str:
    """A day as "2019-12-31"."""
    return _time(value, name, 10, "a day: a datetime.date or text such as 2019-12-31")


def month(value: Month, name: str) -> str:
    """A month as "2019-12"; a day stands for its month, by the wall clock of its own zone."""
    if isinstance(value, str):
        return _month_of_text(value, name) if len(value) > len("2019-12") else value
    return _time(value, name, 7, "a month: text such as 2019-12, or a datetime.date in it")


# ISO 8601's day, with a time of day and a zone or without.
_DAY_TEXT = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?", re.ASCII
)


def _month_of_text(text: str, name: str) -> str:
    if not _DAY_TEXT.fullmatch(text):
        return text  # which the library refuses
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        raise RangeError(
            f'found "{text}", a day that its month does not have',
            f"/{name}",
            text,
            message_zh=f"“{text}”有误，该月没有这一天",
        ) from None
    return text[:7]


# The units of NumPy's times and of pandas' periods that lie within a day.
_DAYS = frozenset(
    ("D", "B", "h", "H", "m", "min", "T", "s", "S", "ms", "L", "us", "U", "ns", "N", "ps", "fs", "as")
)
_UNIT = re.compile(r"(?:.*\[)?(\d*)([A-Za-z]+)")


def within(unit: str, length: int) -> bool:
    """Whether periods of a unit, "M" or "datetime64[2M]" or "period[Q-DEC]", lie within one month (length 7) or
    day (10): those of quarters, years, weeks or several months do not."""
    found = _UNIT.match(unit)
    if found is None or found[1] not in ("", "1"):
        return False
    return found[2] in _DAYS or (found[2] == "M" and length == 7)


def _time(value: Day, name: str, length: int, wanted: str) -> str:
    if isinstance(value, str):
        return value
    if value is not None and blank(value):
        raise MissingValueError(f"found no time (NaT) where {wanted} is wanted", f"/{name}", "NaT")
    if isinstance(value, date):
        return f"{value.year:04d}-{value.month:02d}-{value.day:02d}"[:length]
    unit = ""
    if type(value).__name__ == "datetime64":
        unit = str(value.dtype)  # type: ignore[union-attr]
    elif type(value).__name__ == "Period":
        unit = value.freqstr  # type: ignore[union-attr]
    if unit and within(unit, length):
        return str(value)[:length]
    raise WrongTypeError(f"found {told(value)} where {wanted}, is wanted", f"/{name}", told(value))


def fields(row: Mapping[str, Any]) -> dict[str, Any]:
    """A record's fields from its JSON form: amounts as Decimal and without the yuan of their keys, lists as
    tuples."""
    made: dict[str, Any] = {}
    for key, value in row.items():
        if key.endswith("_yuan"):
            made[key[: -len("_yuan")]] = Decimal(value)
        elif key.startswith("yuan"):
            made[key] = Decimal(value)
        else:
            made[key] = tuple(value) if isinstance(value, list) else value
    return made


def meant(value: str, titled: Mapping[str, Iterable[str]]) -> list[str]:
    """The keys that a word can stand for: the key or one of its titles, in any case of letters; else, where it is
    Chinese, each whose title has it in it, as 封闭 is in 封闭式."""
    if value in titled:
        return [value]
    folded = value.casefold()
    same = [key for key, titles in titled.items() if folded in (key.casefold(), *map(str.casefold, titles))]
    if same or not any("\u4e00" <= character <= "\u9fff" for character in value):
        return same
    return [key for key, titles in titled.items() if any(value in title for title in titles)]


def one_of(value: str, words: tuple[str, ...], path: str) -> int:
    """The place of a word among those there are."""
    if not isinstance(value, str) or value not in words:
        listed = ", ".join(words)
        raise NotFoundError(
            f"found {told(value)} where one of {listed} is wanted",
            path,
            told(value),
            message_zh=f"{told(value)}有误，应为{'、'.join(words)}之一",
        )
    return words.index(value)


def from_json(text: str) -> Any:
    """What JSON text says. For every object a function of Python is called, in which Python sees to its signals
    and lets other threads run: the parser itself does neither, however long the text is."""
    return json.loads(text, object_hook=_same)


def _same(made: dict[str, Any]) -> dict[str, Any]:
    return made


def json_text(value: object) -> str:
    """A dict as JSON: Decimals and days as text."""
    try:
        return json.dumps(value, default=_json_default, ensure_ascii=False)
    except (ValueError, TypeError, RecursionError, OverflowError):
        # Something in it has no form, and only a walk over it all knows where.
        return json.dumps(_json_form(value, "", 0), ensure_ascii=False)


def _json_default(value: Any) -> Any:
    if isinstance(value, Decimal):
        return _decimal_text(value, "")
    if isinstance(value, (Value, date)):
        return plain(value)
    number = _whole(value)
    if number is not None:
        return number
    if not isinstance(value, type) and hasattr(value, "keys"):
        return dict(value)
    raise WrongTypeError(f"found {told(value)}, which JSON has no form for", "", told(value))


_DEPTH_MAX = 32  # of what the library reads
_DIGITS_MAX = 4000  # of a number that Python writes out


def _json_form(value: Any, path: str, depth: int) -> Any:
    """The value as json writes it; its path is that of the document."""
    if depth > _DEPTH_MAX:
        raise LimitError(f"found more than {_DEPTH_MAX} levels, or a value that lies in itself", path)
    if isinstance(value, (list, tuple)):
        return [_json_form(item, f"{path}/{at}", depth + 1) for at, item in enumerate(value)]
    if not isinstance(value, Value) and hasattr(value, "keys"):
        return _json_object(dict(value), path, depth)
    if isinstance(value, int) and value.bit_length() > _DIGITS_MAX:
        raise TooLargeError("the number does not fit in 64 bits", path)
    if isinstance(value, str) and any("\ud800" <= character <= "\udfff" for character in value):
        raise EncodingError("the text has a lone surrogate, which is no character", path)
    if value is None or isinstance(value, (str, int, float)):
        return value
    try:
        return _json_form(_json_default(value), path, depth + 1)
    except Error as error:
        error.path = error.path if error.path.strip("/") else path
        raise


def _json_object(value: dict[Any, Any], path: str, depth: int) -> dict[str, Any]:
    made = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise WrongTypeError(f"found the key {told(key)} where text is wanted", path, told(key))
        made[key] = _json_form(item, f"{path}/{key.replace('~', '~0').replace('/', '~1')}", depth + 1)
    return made


_PIECE = 1 << 20


def _in_pieces(text: str) -> str | bytes:
    """Long text as UTF-8, piece by piece: Python lets nothing else happen while it makes one."""
    if len(text) <= _PIECE:
        return text
    try:
        return b"".join([text[at : at + _PIECE].encode() for at in range(0, len(text), _PIECE)])
    except UnicodeEncodeError:
        return text  # which the library refuses


PROBLEMS_MOST = 1000  # that an Error keeps


def load(make: Callable[[str | bytes], T], source: Document, wanted: str, kind: str | None = None) -> T:
    """What make makes of the document: a path, JSON text or bytes, or a dict. wanted: what it is, such as city.
    kind: its name among the documents, where that is another; "": it has none."""
    return made_of(make, source, *text_of(source), wanted, kind)


def made_of(
    make: Callable[[str | bytes], T],
    source: Document,
    text: str | bytes,
    name: str,
    wanted: str,
    kind: str | None = None,
) -> T:
    """The same of a document whose text is read already. name: of its file."""
    try:
        return make(text)
    except Error as error:
        if isinstance(error, (JSONSyntaxError, EncodingError)) and hasattr(source, "keys"):
            _json_form(source, "", 0)  # knows where
        raise _told_whole(error, source, text, name, wanted, wanted if kind is None else kind) from None


def problems(document: Document, kind: str = "city", *, most: int = PROBLEMS_MOST) -> tuple[Error, ...]:
    """All that one pass finds wrong with a document, in the order of its text, or the first most of it; ``()``
    where it is good. Nothing is raised for what is in it.

    document: a path, JSON text or bytes, or a dict. kind: one that is read, such as ``city``, ``policy``, ``menu``
    or ``reform``, a change of the notice's policy. Raises NotFoundError (no such kind), ArgumentError (one that is
    only written), RangeError (most is 0 to 1000000).

    >>> for problem in problems({"id": "m", "best_is_low": "yes", "servces": []}, "menu"):
    ...     print(problem.status, problem)
    type /best_is_low: found a string where true or false is wanted
    unknown_key /servces: the key "servces" is not known here; did you mean "services"?
    >>> problems({"districts": [], "communities": [], "areas": []})
    ()
    """
    text, name = text_of(document)
    return _problems_in(kind, text, most, name, hasattr(document, "keys"))[1]


def text_of(source: Document) -> tuple[str | bytes, str]:
    """A document's text, and the name of its file."""
    if isinstance(source, (bytes, bytearray)):
        return bytes(source), ""
    if isinstance(source, str) and source.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        return _in_pieces(source), ""
    if isinstance(source, (str, PathLike)):
        name = fspath(source)
        with open(name, "rb") as file:
            return contents(file), name
    if hasattr(source, "keys"):
        return json_text(source), ""
    raise WrongTypeError(f"found {type(source).__name__} where a path, JSON text, bytes or a dict is wanted")


def _problems_in(
    kind: str, text: str | bytes, most: int, name: str, of_dict: bool
) -> tuple[int, tuple[Error, ...]]:
    """How many there are, and the first most of them."""
    from . import _pilot

    count, rows = _pilot.problems(kind, text, most)
    return count, tuple(_placed(of_status(*row), name, of_dict) for row in rows)


def _placed(error: Error, name: str, of_dict: bool) -> Error:
    error.source = name
    if of_dict:
        error.line = error.column = 0  # of a text that the caller never saw
    return error


def _told_whole(
    error: Error, source: Document, text: str | bytes, name: str, wanted: str, kind: str
) -> Error:
    """The error of a document, or the one that comes first in its text, with all of them."""
    of_dict = hasattr(source, "keys")
    count = 0
    found: tuple[Error, ...] = ()
    if kind and not isinstance(error, (NoMemoryError, StoppedError)):
        count, found = _problems_in(kind, text, PROBLEMS_MOST, name, of_dict)
    # None where the document is good, and what was asked of it is not.
    first = copied(found[0]) if found else _placed(error, name, of_dict)
    if isinstance(first, (JSONSyntaxError, EncodingError)):
        first = _of_kind(first, text, name, wanted)
        found = (copied(first), *found[1:]) if found else ()
    first.problems, first.problem_count = found, count
    return first


def copied(error: Error) -> Error:
    """So that no error lies in its own problems."""
    made = type(error)(error.message, error.path, error.value, error.line, error.column, error.message_zh)
    made.source = error.source
    made.cell = error.cell
    return made


_HEAD = 4096
_LONGEST = 1 << 30  # PILOT_JSON_SIZE_MAX: longer text is refused


# What is no text in UTF-8 and yet read whole: an archive, which has its names at its end, workbooks of older programs
# (.xls), and text in UTF-16, as of CSV.
_WHOLE = (b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"\xfe\xff")


def contents(file: BinaryIO) -> bytes:
    """What a document's file has in it. Of what is nothing that is read only as much as tells what it is, so that a
    device that never ends does; nor is more read than can be used."""
    head = file.read(_HEAD)
    if b"\0" in head and not head.startswith(_WHOLE):
        return head
    parts, length = [head], len(head)
    while parts[-1] and length <= _LONGEST:
        parts.append(file.read(max(length, 1 << 20)))
        length += len(parts[-1])
    return b"".join(parts)


# What documents are called that are read.
_KINDS = {
    "city": "城市数据",
    "policy": "政策",
    "account": "账目",
    "menu": "服务菜单",
    "order": "询价单",
    "vote": "业主表决",
    "record": "记录",
}


def _of_kind(error: Error, text: str | bytes, name: str, wanted: str) -> Error:
    """The error, or where the text is a file of another kind altogether, one that says which."""
    from io import BytesIO

    from ._files import kind_of

    kind = kind_of(text, BytesIO(text)) if isinstance(text, bytes) else None
    said, said_zh = error.message, error.message_zh
    if kind:
        said, said_zh = (
            f"found {kind[0]} where a JSON {wanted} file is wanted",
            f"是{kind[1]}，应为JSON文件（{_KINDS.get(wanted, wanted)}）",
        )
    made = type(error)(said, error.path, error.value, error.line, error.column, said_zh)
    made.source = name
    return made


def indented(indent: bool) -> int:
    return 1 if indent else 0
