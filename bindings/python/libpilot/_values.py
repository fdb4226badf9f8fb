"""Values in and out: exact amounts, days, months, documents, and the base of all records."""

from __future__ import annotations

import json
from datetime import date
from decimal import Context, Decimal
from operator import index
from os import PathLike, fspath

from ._errors import (
    Error,
    FormatError,
    MissingValueError,
    NotFoundError,
    RangeError,
    TooLargeError,
    WrongTypeError,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, ClassVar, Protocol, SupportsIndex, TypeVar, Union

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
                object.__setattr__(self, key, given[key])

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
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value


# Room for any 64-bit number, whatever the caller's decimal context is.
_EXACT = Context(prec=40)


def yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2, _EXACT)


def fen(yuan: Decimal) -> int:
    return int(yuan.scaleb(2, _EXACT))


def day_of(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def decimal_of(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def exact(value: Exact, name: str) -> str:
    """An amount, a price or an area as the text that the library reads without loss."""
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return _decimal_text(value, name)
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise _inexact(value, name)
    number = index(value)
    if number.bit_length() > 128:
        raise TooLargeError("the number does not fit in 64 bits", f"/{name}")
    return str(number)


def _decimal_text(value: Decimal, name: str) -> str:
    if not value.is_finite():
        raise FormatError("a finite number is wanted", f"/{name}", str(value))
    if not value:
        return "0"
    if not -40 < value.adjusted() < 40:
        wrong = TooLargeError if value.adjusted() > 0 else RangeError
        raise wrong("the number is beyond what can be kept exactly", f"/{name}", str(value))
    text = format(value, "f")
    # Arithmetic leaves zeros behind (1.50 * 2.00 is 3.0000), which say nothing.
    return text.rstrip("0").rstrip(".") if "." in text else text


def _inexact(value: object, name: str) -> Error:
    if isinstance(value, float) or type(value).__name__.startswith("float"):
        return WrongTypeError(
            f"found the float {value!r}, and floats cannot hold every amount exactly: pass a decimal.Decimal,"
            f' an int, or text such as "{value!r}"',
            f"/{name}",
            repr(value),
        )
    return WrongTypeError(
        f"found {value!r} where a decimal.Decimal, an int or text with a decimal number is wanted", f"/{name}"
    )


def count(value: SupportsIndex, name: str) -> int:
    """A whole number, of any integer type but bool."""
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise WrongTypeError(
            f"found {value!r} where a whole number, an int, is wanted", f"/{name}", repr(value)
        )
    return index(value)


def day(value: Day, name: str) -> str:
    """A day as "2019-12-31"."""
    return _time(value, name, 10, "a day: a datetime.date or text such as 2019-12-31")


def month(value: Month, name: str) -> str:
    """A month as "2019-12"; a day stands for its month."""
    return _time(value, name, 7, "a month: text such as 2019-12, or a datetime.date in it")


def _time(value: Day, name: str, length: int, wanted: str) -> str:
    if isinstance(value, str):
        return value
    # pandas' NaT is a datetime, and NumPy's is a datetime64: neither equals itself.
    if value != value:
        raise MissingValueError(f"found no time (NaT) where {wanted} is wanted", f"/{name}", "NaT")
    if isinstance(value, date):
        return f"{value.year:04d}-{value.month:02d}-{value.day:02d}"[:length]
    if type(value).__name__ in ("datetime64", "Period"):
        text = str(value)
        if len(text) >= length:
            return text[:length]
    raise WrongTypeError(f"found {value!r} where {wanted}, is wanted", f"/{name}", repr(value))


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


def one_of(value: str, words: tuple[str, ...], path: str) -> int:
    """The place of a word among those there are."""
    if value not in words:
        listed = ", ".join(words)
        raise NotFoundError(f"found {value!r} where one of {listed} is wanted", path, str(value))
    return words.index(value)


def json_text(value: object) -> str:
    """A dict as JSON: Decimals and days as text."""
    return json.dumps(value, default=_json_default, ensure_ascii=False)


def _json_default(value: Any) -> Any:
    if isinstance(value, (Value, Decimal, date)):
        return plain(value)
    if hasattr(value, "__index__"):
        return index(value)
    if hasattr(value, "keys"):
        return dict(value)
    raise WrongTypeError(f"found {value!r}, which JSON has no form for")


def load(make: Callable[[str | bytes], T], source: Document) -> T:
    """What make makes of the document: a path, JSON text or bytes, or a dict."""
    name = ""
    text: str | bytes
    if isinstance(source, (bytes, bytearray)):
        text = bytes(source)
    elif isinstance(source, str) and source.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        text = source
    elif isinstance(source, (str, PathLike)):
        name = fspath(source)
        with open(name, "rb") as file:
            text = file.read()
    elif hasattr(source, "keys"):
        text = json_text(source)
    else:
        raise WrongTypeError(
            f"found {type(source).__name__} where a path, JSON text, bytes or a dict is wanted"
        )
    try:
        return make(text)
    except Error as error:
        error.source = name
        if hasattr(source, "keys"):
            error.line = error.column = 0  # of a text that the caller never saw
        raise


def indented(indent: bool) -> int:
    return 1 if indent else 0
