"""Frames of any kind as columns, and columns as frames: dicts of arrays, and what narwhals knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy

from ._cells import Cells, cells_of, few
from ._column_inputs import (
    Fault,
    Reader,
    first_of,
    is_one,
    mark,
    paid_by,
    read_claims,
    with_faults,
)
from ._errors import BY_STATUS, ArgumentError, DuplicateKeyError, NotFoundError, WrongTypeError
from ._policy import native
from ._tally import Tally
from ._values import EXACT, one_of, yuan
from .columns import awards_of

if TYPE_CHECKING:
    from typing import Union

    from typing_extensions import TypeAlias

    from ._column_inputs import Array, Claims, Prepared
    from ._column_passes import Pass, Told
    from ._policy import Policy
    from .columns import Awards

    Name: TypeAlias = Union[str, int, Any, None]  # a column's name, or a value for every row

UNITS = ("fen", "yuan")


def amounts_of(unit: str) -> tuple[str, ...]:
    """The names of the columns of an award. Raises NotFoundError (no such unit)."""
    one_of(unit, UNITS, "/unit")
    return tuple(f"{name}_{unit}" for name in ("total", "city", "district"))


def sums_of(unit: str) -> tuple[str, ...]:
    """Those of sums by group and year, after that of the groups."""
    return ("year", *amounts_of(unit), f"withheld_{unit}", "households", "rows")


class Yuan(NamedTuple):
    """A column of amounts in whole fen that a frame gets as exact decimals of yuan. missing: where it has none."""

    fen: Any
    missing: Any = None

    def decimals(self) -> list[Decimal | None]:
        made: list[Decimal | None] = [yuan(int(one)) for one in self.fen]
        for at in () if self.missing is None else numpy.flatnonzero(self.missing).tolist():
            made[at] = None
        return made


def in_unit(unit: str, fen: Any, missing: Any = None) -> Any:
    """Amounts in fen as a column of a frame; what is missing is masked."""
    if unit == "yuan":
        return Yuan(fen, missing)
    return fen if missing is None else numpy.ma.MaskedArray(fen, missing)


# What a sum of any number of rows fits in.
_DECIMALS = (38, 2)


def free(made: Iterable[str], taken: Iterable[str]) -> None:
    """Raises DuplicateKeyError where a column that is to be made has the name of one that is there."""
    for name in taken:
        if name in made:
            raise DuplicateKeyError(
                f"found a column of the name {name}, which is to be made: rename or drop it",
                f"/{name}",
                name,
                message_zh=f"已有名为{name}的列，与要生成的列同名：请改名或删去",
            )


class Frame:
    """A frame's columns. Raises WrongTypeError (no frame), DuplicateKeyError (two columns of one name)."""

    def __init__(self, frame: Any, faults: Sequence[Fault] = ()) -> None:
        """faults: of cells that could not be read when the frame was made, which are missing in it."""
        self.frame = frame
        self.faults = faults
        self.narwhal: Any = None
        if isinstance(frame, Mapping):
            self.names = list(frame)
            return
        try:
            import narwhals.stable.v1 as nw
            from narwhals.exceptions import DuplicateError
        except ImportError:
            raise ArgumentError(
                "frames other than dicts of arrays need narwhals: pip install libpilot[columns]", "/frame"
            ) from None
        try:
            self.narwhal = nw.from_native(frame, eager_only=True)
        except DuplicateError:
            _names(frame)
            raise  # pragma: no cover: _names has said which
        except TypeError:
            lazy = ", which is lazy: collect() it" if hasattr(frame, "collect") else ""
            raise WrongTypeError(
                f"found a {type(frame).__module__}.{type(frame).__name__}{lazy} where a pandas or Polars"
                " DataFrame, a PyArrow Table or a dict of arrays is wanted",
                "/frame",
            ) from None
        self.frame = self.narwhal.to_native()
        self.names = _names(self.frame)

    def empty(self) -> Frame:
        """One of the same kind, without rows, which keeps no memory of this one's."""
        return Frame({}) if self.narwhal is None else Frame(self.narwhal.head(0).to_native())

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name in self.names

    @property
    def rows(self) -> int:
        if self.narwhal is not None:
            return len(self.narwhal)
        columns = [one for one in self.frame.values() if not is_one(one)]
        return len(columns[0]) if columns else 1

    def column(self, name: str) -> Any:
        """The column, as its own library has it. Raises NotFoundError."""
        if name not in self.names:
            listed = ", ".join(map(str, self.names))
            raise NotFoundError(
                f"there is no such column; the frame has {listed}",
                f"/{name}",
                message_zh=f"没有此列；表中有{listed.replace(', ', '、')}",
            )
        return self.frame[name]

    def with_columns(self, made: Mapping[str, Any]) -> Any:
        """The same kind of frame, with the columns; what is masked is null. Raises DuplicateKeyError."""
        free(made, self.names)
        if self.narwhal is None:
            return {**self.frame, **_of_dict(made)}
        backend = self.narwhal.implementation
        library = backend.to_native_namespace()
        if backend.is_pandas_like():
            return self.frame.assign(**{name: _of_pandas(values, library) for name, values in made.items()})
        if backend.is_polars():
            return self.frame.with_columns(_of_polars(name, values, library) for name, values in made.items())
        table = self.frame
        for name, values in made.items():
            table = table.append_column(name, _of_arrow(values, library))
        return table

    def like(self, made: Mapping[str, Any]) -> Any:
        """A frame of the same kind, of these columns alone."""
        if self.narwhal is None:
            return {name: numpy.asarray(values) for name, values in _of_dict(made).items()}
        import narwhals.stable.v1 as nw

        decimals = {name: values for name, values in made.items() if isinstance(values, Yuan)}
        others = {name: values for name, values in made.items() if name not in decimals}
        frame = nw.from_dict(others, backend=self.narwhal.implementation).to_native()
        if not decimals:
            return frame
        return nw.from_native(Frame(frame).with_columns(decimals)).select(list(made)).to_native()


def _names(frame: Any) -> list[Any]:
    """Raises DuplicateKeyError."""
    names = list(getattr(frame, "column_names", None) or frame.columns)
    twice = next((name for place, name in enumerate(names) if name in names[:place]), None)
    if twice is not None:
        raise DuplicateKeyError(
            f"found two columns of the name {twice}: rename one",
            f"/{twice}",
            str(twice),
            message_zh=f"有两列都名为{twice}：请改名",
        )
    return names


def _of_dict(made: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: numpy.array(values.decimals(), dtype=object) if isinstance(values, Yuan) else values
        for name, values in made.items()
    }


def _of_arrow(values: Any, arrow: Any) -> Any:
    if isinstance(values, Yuan):
        return arrow.array(values.decimals(), arrow.decimal128(*_DECIMALS))
    return arrow.array(values.tolist() if values.dtype == object else values)


def _of_pandas(values: Any, pandas: Any) -> Any:
    if isinstance(values, Yuan):
        return numpy.array(values.decimals(), dtype=object)
    if not isinstance(values, numpy.ma.MaskedArray):
        return values
    return pandas.arrays.IntegerArray(values.data, numpy.ma.getmaskarray(values))


def _of_polars(name: str, values: Any, polars: Any) -> Any:
    if isinstance(values, Yuan):
        return polars.Series(name, values.decimals(), polars.Decimal(*_DECIMALS))
    if not isinstance(values, numpy.ma.MaskedArray):
        return polars.Series(name, values.tolist() if values.dtype == object else values)
    return polars.Series(name, values.data).set(polars.Series(numpy.ma.getmaskarray(values)), None)


class Rows:
    """Claims, one a row, with the group of each; rows that cannot be read are bad, with the reason as their status."""

    def __init__(self, claims: Claims, group: Prepared = None, labels: list[Any] | None = None) -> None:
        """labels: what the groups are called, in order."""
        self.claims = claims
        self.group = group
        self.labels = [None] if labels is None else labels

    def grouped(self, frame: Frame, by: str) -> Rows:
        """With the groups of a column of a frame of the same rows, in order."""
        reader = Reader()
        codes, found = groups_of(reader, frame, by)
        used = numpy.zeros(len(found), bool)
        used[codes[codes >= 0]] = True
        labels = in_order({found[code] for code in numpy.flatnonzero(used).tolist()}, by)
        place = {label: number for number, label in enumerate(labels)}
        # A row of no group has the last of these.
        places = numpy.array([*(place.get(label, -1) for label in found), -1])
        return self.coded(reader, places[codes], labels or [None])

    def coded(self, reader: Reader, codes: Array, labels: list[Any]) -> Rows:
        """With the groups of rows that the reader has read."""
        return Rows(self.claims._replace(faults=(*self.claims.faults, *reader.faults)), codes, labels)

    def awards(self, policy: Policy, **asked: Any) -> Awards:
        plan = native(policy)
        made = awards_of(plan, self.claims.prepared(plan), **asked)
        if made.statuses is not None:
            mark(made.statuses, self.claims.faults)
        return made._replace(status=self._status(made))

    def tally(self, policy: Policy, threads: int) -> Tally:
        made = Tally(policy, len(self.labels))
        self.add_to(made, threads)
        return made

    def add_to(self, tally: Tally, threads: int = 1) -> Pass:
        told = tally._add((*self.claims.prepared(native(tally.policy)), self.group), threads)
        return told._replace(status=self._status(told))

    def _fault_of(self, told: Told) -> Fault | None:
        """That of the first bad row, where it cannot be read."""
        if told.first_bad is None or not self.claims.faults:
            return None
        fault = first_of(self.claims.faults)
        return fault if fault.rows[0] == told.first_bad else None

    def _status(self, told: Told) -> str | None:
        fault = self._fault_of(told)
        return told.status if fault is None else fault.error.status

    def check(self, told: Told, start: int = 0) -> None:
        """Raises the error of the first bad row, whatever rows follow. start: the number of the first of these."""
        fault = self._fault_of(told)
        if fault is not None:
            fault.refuse(start)
        if told.first_bad is not None:
            kind = BY_STATUS[told.status]
            raise kind(str(kind.__doc__), f"/{told.first_bad + start}")


def rows_of(
    frame: Frame,
    policies: Iterable[Policy],
    group: str | None = None,
    *,
    households: Name = "households",
    first: Name = "first",
    last: Name = "last",
    building_area: Name = None,
    building_area_dm2: Name = None,
    communities: Name = None,
    passed: Any = None,
    failed: Name = None,
    passed_from: Name = None,
) -> Rows:
    """The claims of a frame's rows. A name is that of a column; anything else holds for every row. policies: those
    that they are made for; a quantity that none of them pays by may be missing."""
    claims = {
        "households": households,
        "building_area": building_area,
        "building_area_dm2": building_area_dm2,
        "communities": communities,
        "first": first,
        "last": last,
        "passed": passed,
        "failed": failed,
        "passed_from": passed_from,
    }
    asked = columns_of(frame.names, claims)
    if "households" not in asked and households == "households":
        claims["households"] = None
    if isinstance(passed, Mapping):
        claims["passed"] = {
            year: frame.column(one) if isinstance(one, str) else one for year, one in passed.items()
        }
    claims.update((argument, frame.column(name)) for argument, name in asked.items())
    read = read_claims(claims, asked, needed=frozenset().union(*map(paid_by, policies)))
    if not isinstance(read.first, numpy.ndarray):
        read = read._replace(first=numpy.full(frame.rows, read.first, numpy.int64))
    rows = Rows(with_faults(read, frame.faults) if frame.faults else read)
    return rows if group is None else rows.grouped(frame, group)


def columns_of(names: Sequence[Any], claims: Mapping[str, Any]) -> dict[str, str]:
    """The names of columns that claims have, by argument, but for a dict of results. names: those of the frame, which
    may lack one that is asked for."""
    asked = {argument: name for argument, name in claims.items() if isinstance(name, str)}
    for argument in ("first", "last", "passed_from"):
        name = asked.get(argument)
        if name is not None and name not in names and name[:4].isdigit():
            del asked[argument]  # a month
    others = ("building_area", "building_area_dm2", "communities")
    if asked.get("households") == "households" and any(claims.get(one) is not None for one in others):
        if "households" not in names:
            del asked["households"]
    return asked


def groups_of(reader: Reader, frame: Frame, by: str) -> tuple[Array, list[Any]]:
    """The group of each row, by its place among those that follow, which may be of no row; -1: a row without a value.
    Times are called by the wall clock of their zone."""
    free((*sums_of("fen"), *sums_of("yuan")), [by])
    column = frame.column(by)
    cells = cells_of([column] * frame.rows if is_one(column) else few(column), by)
    if cells.kind not in "biufMOU":
        raise WrongTypeError(
            f"found a column of {cells.type} where groups are wanted",
            f"/{by}",
            cells.type,
            message_zh=f"列的类型{cells.type}不能用来分组",
        )
    reader.missing(cells, by)
    values, codes = cells.values, cells.codes
    if codes is None:
        values, codes = numpy.unique(values, return_inverse=True)
    if codes.dtype not in (numpy.int32, numpy.int64):
        codes = codes.astype(numpy.int64)
    return (codes if cells.missing is None else numpy.where(cells.missing, -1, codes)), _named(cells, values)


def in_order(labels: Iterable[Any], by: str) -> list[Any]:
    """What the groups of a column are called, in order. Raises WrongTypeError."""
    try:
        return sorted(labels)
    except TypeError:
        raise WrongTypeError(
            "found values that cannot be put in order, which groups need",
            f"/{by}",
            message_zh="列中的值不能排序，不能用来分组",
        ) from None


class Groups:
    """The groups that the batches of a file have, numbered as they are found, and their sums."""

    def __init__(self, policy: Policy) -> None:
        self._numbers: dict[Any, int] = {}
        self._sums = Tally(policy)

    def add(self, own: Tally, labels: Sequence[Any]) -> None:
        """Adds the sums of a batch, whose groups are called so; those of no row are none."""
        known = self._numbers
        numbers = [known.get(label) for label in labels]
        for group, number in enumerate(numbers):
            if number is None:
                # Two values of a column may be called the same.
                numbers[group] = known.setdefault(labels[group], len(known)) if any(own.counts(group)) else 0
        if self._sums.groups < len(known):
            self._sums = self._sums._regrouped(len(known), numpy.arange(self._sums.groups))
        self._sums._add_groups(own, numpy.array(numbers or [0]))

    def in_order(self) -> tuple[Tally, list[Any]]:
        """The sums by group, and what the groups are called, in order."""
        labels = sorted(self._numbers)
        places = numpy.zeros(self._sums.groups, numpy.int64)
        for place, label in enumerate(labels):
            places[self._numbers[label]] = place
        return self._sums._regrouped(len(places), places), labels or [None]


def _named(cells: Cells, values: Array) -> list[Any]:
    """Values of the cells, as groups are called: Python's own, times without their zone."""
    if cells.scale:
        return [Decimal(one).scaleb(-cells.scale, EXACT) for one in values.tolist()]
    if cells.kind == "U":
        return list(values.tolist())
    if cells.kind != "M":
        return [_label(one) for one in values.tolist()]
    unit = numpy.datetime_data(values.dtype)[0]
    if unit in "YMW":  # which is no day that Python has
        return [str(one) for one in numpy.datetime_as_string(values)]
    named: list[Any] = values.astype("M8[D]" if unit == "D" else "M8[us]").tolist()
    return named


def _label(value: Any) -> Any:
    if hasattr(value, "to_pydatetime"):
        value = value.to_pydatetime()
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return str(value) if type(value).__name__ == "Period" else value
