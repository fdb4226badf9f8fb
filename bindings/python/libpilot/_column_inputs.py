"""Columns as the binding takes them, each by its use: whole numbers, areas, months, results, masks of years."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy

from . import _pilot
from ._cells import Cells, cells_of, is_masked
from ._errors import (
    ArgumentError,
    Error,
    InconsistentError,
    MissingValueError,
    RangeError,
    TooLargeError,
    WrongTypeError,
)
from ._values import count, month, quantity, square_metres, within

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import NoReturn, Union

    from typing_extensions import TypeAlias

    from ._cells import Array as Array
    from ._policy import Policy

    Column: TypeAlias = Any  # a column of any kind, one value, or None where it is not given
    Prepared: TypeAlias = Union[int, Array, None]
    Reading: TypeAlias = Callable[[Any, str], int]

# What the library takes as it is.
_TAKEN = frozenset(map(numpy.dtype, ("int64", "int32", "int16")))
_LEAST, _MOST = numpy.iinfo(numpy.int64).min, numpy.iinfo(numpy.int64).max
# Months as numbers that are rather meant as years: as months they would be of 2128 to 2153.
_YEARS = (1900, 2199)
# No month of any year that the library knows, of any element: it finds a row bad that cannot be read.
_NO_MONTH = -(1 << 15)
# The unit that a rate is paid for, of each.
QUANTITIES = {
    "households": "household_month",
    "building_area": "square_metre_month",
    "communities": "community_month",
}


@lru_cache(maxsize=64)
def paid_by(policy: Policy) -> frozenset[str]:
    """The quantities that the policy has rates for."""
    per = {rate["per"] for rate in policy.to_dict()["rates"]}
    return frozenset(argument for argument, unit in QUANTITIES.items() if unit in per)


class Fault(NamedTuple):
    """Rows, in order, whose cell in the column cannot be read, for reasons of one status; error: of the first."""

    name: str
    rows: Array
    error: Error

    def refuse(self, start: int = 0) -> NoReturn:
        """start: the first row's number."""
        self.error.path = f"/{self.name}/{int(self.rows[0]) + start}"
        raise self.error


def first_of(faults: Sequence[Fault]) -> Fault:
    """That of the first row; of one row, a missing value's before others, as mark tells them."""
    return min(faults, key=lambda fault: (fault.rows[0], -fault.error.number))


def mark(statuses: Array, faults: Sequence[Fault]) -> None:
    """Writes the faults' statuses over those of their rows."""
    for fault in sorted(faults, key=lambda fault: fault.error.number):
        statuses[fault.rows] = fault.error.number


class Reader:
    """Reads columns, each by its use. A column of a type that cannot be read is refused at once; a cell that cannot
    be is a Fault, and its row has any number."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def check(self) -> None:
        if self.faults:
            first_of(self.faults).refuse()

    def whole(self, column: Column, name: str, *, mask: bool = False, absent: int | None = None) -> Prepared:
        """Whole numbers: an int, an array of int64, int32 or int16, or None. mask: of 64 bits; absent: the number of a row
        without one, which is a fault where that is None."""
        if column is None:
            return None
        if is_one(column):
            return _whole_one(column, name)
        cells = cells_of(column, name)
        if mask and cells.values.dtype == numpy.uint64:
            cells = cells._replace(values=_laid_out(cells.values).view(numpy.int64))
        if cells.text:
            raise _refused(cells, name, "whole numbers")
        return self._done(cells, name, self._numbers(cells, name, _whole_one, "whole numbers"), absent)

    def area(self, column: Column, name: str, *, absent: int | None = None) -> Prepared:
        """Areas in m², as whole numbers of 0.01 m²."""
        if is_one(column):
            return _area_one(column, name)
        cells = cells_of(column, name)
        numbers = self._numbers(cells, name, _area_one, "areas in m², whole or decimal numbers,", 100)
        return self._done(cells, name, numbers, absent)

    def months(self, column: Column, name: str, *, absent: int | None = None) -> Prepared:
        """Months since 1970-01; a day stands for its month. absent: as of whole."""
        if column is None:
            raise ArgumentError("found None where a column of months is wanted", f"/{name}")
        if is_one(column):
            return _month_number(month(column.item() if hasattr(column, "ndim") else column, name), name)
        cells = cells_of(column, name)
        unit = str(cells.values.dtype) if cells.kind == "M" else cells.type
        if (cells.kind == "M" or unit.startswith("period")) and not within(unit, len("2019-12")):
            raise _refused(cells, name, "months, or days in them,")
        if cells.kind == "M":
            numbers = _laid_out(cells.values.astype("M8[M]", copy=False)).view(numpy.int64)
        else:
            numbers = self._numbers(
                cells,
                name,
                _month_one,
                'months: dates, text such as "2019-12" or whole numbers since 1970-01,',
            )
            if cells.kind in "iuf" and numbers.size and numbers.max() >= _YEARS[0]:
                self._wrong(cells, name, (numbers >= _YEARS[0]) & (numbers <= _YEARS[1]), _month_one)
        return self._done(cells, name, numbers, absent)

    def passed(self, column: Column, name: str) -> Any:
        """What there is of assessments: None, True or False, results by row, a dict of those by year, or masks."""
        if isinstance(column, Mapping):
            return {count(year, name): self._result(one, f"{name}/{year}") for year, one in column.items()}
        if column is None or isinstance(column, (bool, numpy.bool_)):
            return column
        if not is_one(column):
            cells = cells_of(column, name)
            if _has_results(cells):
                return self._results(cells, name)
        return self.whole(column, name, mask=True)

    def _result(self, column: Column, name: str) -> Any:
        if column is None or isinstance(column, (bool, numpy.bool_)):
            return column
        cells = Cells(numpy.zeros(1)) if is_one(column) else cells_of(column, name)
        if not _has_results(cells):
            raise WrongTypeError("found no array of True and False", f"/{name}")
        return self._results(cells, name)

    def _results(self, cells: Cells, name: str) -> Array:
        """True and False; a row without one has not been assessed, and is masked."""
        known = cells.values
        if cells.kind == "O":
            wrong = numpy.array([not isinstance(one, (bool, numpy.bool_)) for one in known.tolist()], bool)
            self._wrong(cells, name, wrong, _result_one)
            known = numpy.where(wrong, False, known).astype(bool)
        found = cells.spread(known)
        return found if cells.missing is None else numpy.ma.MaskedArray(found, cells.missing)

    def shares(self, column: Column, name: str, whole: int) -> Prepared:
        """Shares from 0 to 1 of a whole number, the nearest. Here floats are what they are."""
        if is_one(column):
            return share_of(column, name, whole)
        cells = cells_of(column, name)
        if cells.kind not in "fiu":
            numbers = self._numbers(
                cells, name, lambda one, name: share_of(one, name, whole), "shares from 0 to 1"
            )
            return self._done(cells, name, numbers)
        values = cells.values / 10.0**cells.scale
        wrong = ~((values >= 0) & (values <= 1))
        self._wrong(cells, name, wrong, lambda one, name: share_of(one, name, whole))
        numbers = numpy.rint(numpy.where(wrong, 0, values) * float(whole)).astype(numpy.int64)
        return self._done(cells, name, numbers)

    def _numbers(self, cells: Cells, name: str, one: Reading, wanted: str, times: int = 1) -> Array:
        """A number for each of the values, as one reads them."""
        values = cells.values
        if cells.kind in "OU":
            return self._each(cells, name, one)
        if cells.kind == "f":
            values = values.astype(numpy.float64, copy=False)
            # NaN is equal to nothing, and missing.
            good = (numpy.abs(values) <= 1 << 53) & (numpy.floor(values) == values)
            self._wrong(cells, name, ~good, one)
            return numpy.where(good, values, 0).astype(numpy.int64) * times
        if cells.kind not in "iu":
            raise _refused(cells, name, wanted)
        places = 10**cells.scale
        if places <= times:
            return self._times(cells, name, one, times // places)
        numbers, rest = numpy.divmod(values, places // times)
        self._wrong(cells, name, rest != 0, one)
        return numbers

    def _times(self, cells: Cells, name: str, one: Reading, times: int) -> Array:
        values = cells.values
        if times == 1 and values.dtype in _TAKEN:
            return _laid_out(values)
        if values.dtype != numpy.uint64:
            values = values.astype(numpy.int64)
        wrong = values > _MOST // times
        if values.dtype == numpy.int64:
            wrong |= values < -(_MOST // times)
        self._wrong(cells, name, wrong, one)
        return numpy.where(wrong, 0, values).astype(numpy.int64) * times

    def _each(self, cells: Cells, name: str, one: Reading) -> Array:
        numbers = numpy.zeros(len(cells.values), numpy.int64)
        statuses = numpy.zeros(len(cells.values), numpy.uint8)
        for place, value in enumerate(cells.values.tolist()):
            if value is None:
                continue
            try:
                numbers[place] = one(value, name)
            except Error as error:
                statuses[place] = error.number
        for number in sorted({*statuses.tolist()} - {0}):
            self._wrong(cells, name, statuses == number, one)
        return numbers

    def _wrong(self, cells: Cells, name: str, wrong: Array, one: Reading) -> None:
        """Keeps the rows of the values that are wrong, for the reason for which one refuses the first of them."""
        if not wrong.any():
            return
        of_rows = cells.spread(wrong)
        rows = numpy.flatnonzero(of_rows if cells.missing is None else of_rows & ~cells.missing)
        if rows.size:
            place = rows[0] if cells.codes is None else cells.codes[rows[0]]
            try:
                one(cells.value(int(place)), name)
            except Error as error:
                self.faults.append(Fault(name, rows, error))

    def _done(self, cells: Cells, name: str, numbers: Array, absent: int | None = None) -> Array:
        numbers = cells.spread(numbers)
        if cells.missing is None:
            return numbers
        if absent is None:
            self.missing(cells, name)
            return numbers
        return numpy.where(cells.missing, absent, numbers)

    def missing(self, cells: Cells, name: str) -> None:
        if cells.missing is not None:
            error = MissingValueError(
                "found no value, and every row needs one", f"/{name}", message_zh="没有填写，每行都须填写"
            )
            self.faults.append(Fault(name, numpy.flatnonzero(cells.missing), error))


def _refused(cells: Cells, name: str, wanted: str) -> Error:
    return WrongTypeError(
        f"found a column of {cells.type} where {wanted} are wanted",
        f"/{name}",
        cells.type,
        message_zh=f"列的类型{cells.type}不合用",
    )


def is_one(value: Column) -> bool:
    """Whether it is one value and no column."""
    if hasattr(value, "ndim"):
        return bool(value.ndim == 0)
    return isinstance(value, (str, bytes)) or not hasattr(value, "__len__")


def share_of(value: Any, name: str, whole: int) -> int:
    """That share of a whole number, nearest; from 0 to 1."""
    try:
        share = Fraction(str(value))
    except ValueError:
        raise WrongTypeError(
            f"found {value!r} where a share from 0 to 1, or a column of them, is wanted",
            f"/{name}",
            message_zh=f"{value!r}有误，应为0至1的比例，或一列比例",
        ) from None
    if not 0 <= share <= 1:
        raise RangeError(
            f"found {value} where a share from 0 to 1 is wanted",
            f"/{name}",
            message_zh=f"{value}有误，应为0至1的比例",
        )
    return round(share * whole)


def _whole_one(value: Any, name: str) -> int:
    number = quantity(value.item() if hasattr(value, "ndim") else value, name)
    if not _LEAST <= number <= _MOST:
        raise TooLargeError("the number does not fit in 64 bits", f"/{name}", message_zh="数字超出64位")
    return number


def _area_one(value: Any, name: str) -> int:
    text = square_metres(value.item() if hasattr(value, "ndim") else value, name)
    return _at(lambda: _pilot.area_number(text), name)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)


def _month_one(value: Any, name: str) -> int:
    if not _is_number(value):
        return _month_number(month(value, name), name)
    number = _whole_one(value, name)
    if _YEARS[0] <= number <= _YEARS[1]:
        raise RangeError(
            f"found {number}, a year, where a month is wanted; months as numbers are counted from 1970-01",
            f"/{name}",
            str(number),
            message_zh=f"{number}是年份，应为月份；以数字表示的月份自1970年1月起算",
        )
    return number


def _month_number(text: str, name: str) -> int:
    return _at(lambda: _pilot.month_number(text), name)


def _result_one(value: Any, name: str) -> int:
    raise WrongTypeError(
        f"found {value!r} among True, False and rows without a result",
        f"/{name}",
        repr(value),
        message_zh=f"{value!r}不是考核结果，应为真、假或留空",
    )


def _at(read: Callable[[], int], name: str) -> int:
    """What the library reads; its errors name the column."""
    try:
        return read()
    except Error as error:
        error.path = f"/{name}"
        raise


def _has_results(cells: Cells) -> bool:
    """Whether the column is of True and False, which one of nothing but blanks is too."""
    if cells.kind != "O":
        return cells.kind == "b"
    return not len(cells.values) or any(isinstance(one, (bool, numpy.bool_)) for one in cells.values.tolist())


def _laid_out(array: Array) -> Array:
    """Without gaps, aligned, in the machine's byte order; the array itself where it is."""
    if array.flags.c_contiguous and array.flags.aligned and array.dtype.isnative:
        return array
    return numpy.require(array, array.dtype.newbyteorder("="), ["C", "A"])


class Claims(NamedTuple):
    """The columns of claims as the binding takes them, but for the assessments, which depend on a policy's years.
    building_area: 0.01 m². faults: of rows that cannot be read, whose first month is none."""

    households: Prepared
    building_area: Prepared
    communities: Prepared
    first: Prepared
    last: Prepared
    passed: Any = None
    failed: Prepared = None
    passed_from: Prepared = None
    faults: tuple[Fault, ...] = ()

    def prepared(self, plan: _pilot.Policy, at: str = "") -> tuple[Prepared, ...]:
        """In the order of the binding. Raises ArgumentError (of the assessments)."""
        return self.spanning(_pilot.policy_years(plan), at)

    def spanning(self, years: tuple[int, int], at: str = "") -> tuple[Prepared, ...]:
        """Likewise, with the results of these years: the first, and how many."""
        return (*self[:5], *masks(years, self.passed, self.failed, at), self.passed_from)


def read_claims(
    given: Mapping[str, Column],
    names: Mapping[str, str] | None = None,
    at: str = "",
    needed: frozenset[str] = frozenset(QUANTITIES),
) -> Claims:
    """The claims of columns, by argument. names: those of the columns that are called otherwise, for errors, and at
    where they are; needed: the quantities that no row may be without."""
    reader = Reader()

    def name(argument: str) -> str:
        return at + (names or {}).get(argument, argument)

    def whole(argument: str, **asked: Any) -> Prepared:
        return reader.whole(given.get(argument), name(argument), **asked)

    square, hundredths = given.get("building_area"), given.get("building_area_dm2")
    if square is not None and hundredths is not None:
        raise ArgumentError(
            "found areas in m² and in 0.01 m² as well; give one",
            f"/{name('building_area_dm2')}",
            message_zh="建筑面积以平方米和0.01平方米各给了一次，只能给一次",
        )
    absent = {argument: None if argument in needed else 0 for argument in QUANTITIES}
    made = Claims(
        whole("households", absent=absent["households"]),
        whole("building_area_dm2", absent=absent["building_area"])
        if square is None
        else reader.area(square, name("building_area"), absent=absent["building_area"]),
        whole("communities", absent=absent["communities"]),
        reader.months(given.get("first"), name("first")),
        reader.months(given.get("last"), name("last")),
        reader.passed(given.get("passed"), name("passed")),
        whole("failed", mask=True),
        None
        if given.get("passed_from") is None
        else reader.months(given["passed_from"], name("passed_from"), absent=_NO_MONTH),
    )
    return _faulty(made, reader.faults) if reader.faults else made


def _faulty(claims: Claims, faults: Sequence[Fault]) -> Claims:
    rows = row_count([*claims[:5], claims.failed, claims.passed_from, *_columns_of(claims.passed)])
    first = numpy.array(numpy.broadcast_to(numpy.asarray(claims.first), rows))
    for fault in faults:
        first[fault.rows] = _NO_MONTH
    return claims._replace(first=first, faults=tuple(faults))


def with_faults(claims: Claims, faults: Sequence[Fault]) -> Claims:
    """The claims with faults that were found before; that their cells are missing now is not another one."""
    rest = []
    for fault in claims.faults:
        known = [one.rows for one in faults if one.name == fault.name]
        if known and isinstance(fault.error, MissingValueError):
            fault = fault._replace(rows=numpy.setdiff1d(fault.rows, numpy.concatenate(known)))
        if fault.rows.size:
            rest.append(fault)
    return _faulty(claims, (*faults, *rest))


def _columns_of(passed: Any) -> list[Any]:
    return list(passed.values()) if isinstance(passed, Mapping) else [passed]


def claims(plan: _pilot.Policy, given: Mapping[str, Column], at: str = "") -> tuple[Prepared, ...]:
    """The columns of claims, by argument, in the order of the binding; the first that cannot be read is raised."""
    made = read_claims(given, at=at)
    if made.faults:
        first_of(made.faults).refuse()
    return made.prepared(plan, at)


def whole(column: Column, name: str, absent: int | None = None) -> Prepared:
    """Whole numbers, as Reader has them; the first row that has none is raised."""
    reader = Reader()
    made = reader.whole(column, name, absent=absent)
    reader.check()
    return made


def area(column: Column, hundredths: Column, name: str, absent: int | None = None) -> Prepared:
    """Areas of either column, m² or 0.01 m², as whole numbers of 0.01 m²."""
    if column is not None and hundredths is not None:
        raise ArgumentError("found areas in m² and in 0.01 m² as well; give one", f"/{name}_dm2")
    reader = Reader()
    made = (
        reader.whole(hundredths, f"{name}_dm2", absent=absent)
        if column is None
        else reader.area(column, name, absent=absent)
    )
    reader.check()
    return made


def months(column: Column, name: str) -> Prepared:
    """Months since 1970-01, likewise."""
    reader = Reader()
    made = reader.months(column, name)
    reader.check()
    return made


def masks(
    years: tuple[int, int], passed: Any, failed: Prepared, at: str = ""
) -> tuple[Prepared, Prepared]:
    """The masks of passed and failed years, of what Reader.passed gave. years: the first, and how many."""
    if isinstance(passed, Mapping):
        if failed is not None:
            raise ArgumentError("found a dict of years and a mask of failed ones; give one", f"/{at}failed")
        return _masks_of_years(years, passed)
    if not _is_result(passed):
        return passed, failed
    if failed is not None:
        raise ArgumentError(
            "found True or False and a mask of failed years; give masks of both", f"/{at}failed"
        )
    good, bad = _bits(passed, 0, -1)
    return good, bad


def _masks_of_years(years: tuple[int, int], passed: Mapping[int, Any]) -> tuple[Prepared, Prepared]:
    start, number = years
    good: Any = 0
    bad: Any = 0
    for year, result in passed.items():
        if result is None or not start <= year < start + number:
            continue  # not assessed, or a year in which nothing is paid
        yes, no = _bits(result, year - start, 1)
        good, bad = good | yes, bad | no
    return good, bad


def _is_result(passed: Any) -> bool:
    return isinstance(passed, (bool, numpy.bool_)) or (
        isinstance(passed, numpy.ndarray) and passed.dtype == bool
    )


def _bits(passed: Any, bit: int, ones: int) -> tuple[Any, Any]:
    """ones << bit where passed, and where not."""
    mask = ones << bit if bit < 63 else _LEAST
    if isinstance(passed, (bool, numpy.bool_)):
        return (mask, 0) if passed else (0, mask)
    one, none = numpy.int64(mask), numpy.int64(0)
    yes, no = (passed.filled(False), passed.filled(True)) if is_masked(passed) else (passed, passed)
    return numpy.where(yes, one, none), numpy.where(no, none, one)


def row_count(prepared: Sequence[Any]) -> int:
    lengths = {len(column) for column in prepared if isinstance(column, numpy.ndarray)}
    if len(lengths) > 1:
        listed = " and ".join(map(str, sorted(lengths)))
        raise InconsistentError(
            f"found columns of {listed} rows where all have to be as long", message_zh="各列行数不同"
        )
    return lengths.pop() if lengths else 1


def part(prepared: Sequence[Any], start: int, stop: int) -> tuple[Any, ...]:
    return tuple(column[start:stop] if isinstance(column, numpy.ndarray) else column for column in prepared)
