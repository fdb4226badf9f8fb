"""Columns as the binding takes them: whole numbers, months and masks, without copies where they fit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy

from . import _pilot
from ._errors import ArgumentError, Error, InconsistentError, TooLargeError, WrongTypeError
from ._values import month

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Union

    from typing_extensions import TypeAlias

    Array: TypeAlias = numpy.ndarray[Any, numpy.dtype[Any]]
    Column: TypeAlias = Any  # an array, one value, or None where it is not given
    Prepared: TypeAlias = Union[int, Array, None]

_LEAST, _MOST = numpy.iinfo(numpy.int64).min, numpy.iinfo(numpy.int64).max


def claims(
    plan: _pilot.Policy,
    households: Column = None,
    building_area: Column = None,
    communities: Column = None,
    first: Column = None,
    last: Column = None,
    passed: Column = None,
    failed: Column = None,
    at: str = "",
) -> tuple[Prepared, ...]:
    """The columns of claims, in the order of the binding. at: where they are, for errors."""
    good, bad = masks(plan, passed, failed, at)
    return (
        whole(households, f"{at}households"),
        whole(building_area, f"{at}building_area"),
        whole(communities, f"{at}communities"),
        months(first, f"{at}first"),
        months(last, f"{at}last"),
        good,
        bad,
    )


def masks(plan: _pilot.Policy, passed: Column, failed: Column, at: str = "") -> tuple[Prepared, Prepared]:
    """The masks of passed and failed years."""
    if isinstance(passed, Mapping):
        if failed is not None:
            raise ArgumentError("found a dict of years and a mask of failed ones; give one", f"/{at}failed")
        return _masks_of_years(plan, passed, at)
    if passed is None or _is_bool(passed):
        if passed is None or failed is None:
            good, bad = _bits(passed, 0, -1) if passed is not None else (None, None)
            return good, whole(failed, f"{at}failed", mask=True) if passed is None else bad
        raise ArgumentError(
            "found True or False and a mask of failed years; give masks of both", f"/{at}failed"
        )
    return whole(passed, f"{at}passed", mask=True), whole(failed, f"{at}failed", mask=True)


def _masks_of_years(plan: _pilot.Policy, passed: Mapping[int, Column], at: str) -> tuple[Prepared, Prepared]:
    start, count = _pilot.policy_years(plan)
    good: Any = 0
    bad: Any = 0
    for year, result in passed.items():
        if result is None or not start <= year < start + count:
            continue  # not assessed, or a year in which nothing is paid
        if not _is_bool(result):
            raise WrongTypeError("found no array of True and False", f"/{at}passed/{year}")
        yes, no = _bits(result, year - start, 1)
        good, bad = good | yes, bad | no
    return good, bad


def _is_bool(value: Column) -> bool:
    if isinstance(value, (bool, numpy.bool_)):
        return True
    if isinstance(value, list) and value and isinstance(value[0], (bool, numpy.bool_)):
        return all(isinstance(one, (bool, numpy.bool_)) for one in value)
    return getattr(getattr(value, "dtype", None), "kind", "") == "b"


def _bits(passed: Column, bit: int, ones: int) -> tuple[Any, Any]:
    """ones << bit where passed, and where not."""
    mask = ones << bit if bit < 63 else _LEAST
    if isinstance(passed, (bool, numpy.bool_)):
        return (mask, 0) if passed else (0, mask)
    one, none = numpy.int64(mask), numpy.int64(0)
    array = passed if isinstance(passed, numpy.ma.MaskedArray) else numpy.ma.asarray(passed)
    yes, no = array.filled(False), array.filled(True)
    return numpy.where(yes, one, none), numpy.where(no, none, one)


def row_count(prepared: Sequence[Prepared]) -> int:
    lengths = {len(column) for column in prepared if isinstance(column, numpy.ndarray)}
    if len(lengths) > 1:
        listed = " and ".join(map(str, sorted(lengths)))
        raise InconsistentError(f"found columns of {listed} rows where all have to be as long")
    return lengths.pop() if lengths else 1


def part(prepared: Sequence[Prepared], start: int, stop: int) -> tuple[Prepared, ...]:
    return tuple(column[start:stop] if isinstance(column, numpy.ndarray) else column for column in prepared)


def _refused(value: object, name: str, found: str) -> Error:
    if "float" in found:
        return WrongTypeError(
            f"found {found}, and floats cannot hold every amount exactly: pass whole numbers, int64 or int32",
            f"/{name}",
        )
    return WrongTypeError(f"found {found} where whole numbers, int64 or int32, are wanted", f"/{name}")


def _array(value: Column, name: str) -> Array:
    if isinstance(value, numpy.ma.MaskedArray):
        raise WrongTypeError("found a masked array, and every row needs a value", f"/{name}")
    try:
        array = numpy.asarray(value)
    except ValueError:
        raise WrongTypeError("found no column: lists of lists, or of other things", f"/{name}") from None
    if array.ndim != 1:
        raise WrongTypeError(f"found {array.ndim} dimensions where a column has one", f"/{name}")
    if not array.size and not isinstance(value, numpy.ndarray):
        array = array.astype(numpy.int64)
    return array


def _laid_out(array: Array) -> Array:
    """Without gaps, aligned, in the machine's byte order; the array itself where it is."""
    return numpy.require(array, array.dtype.newbyteorder("="), ["C", "A"])


def _scalar(value: Any, name: str) -> int:
    number = int(value)
    if not _LEAST <= number <= _MOST:
        raise TooLargeError("the number does not fit in 64 bits", f"/{name}")
    return number


def is_one(value: Column) -> bool:
    """Whether it is one value and no column."""
    if hasattr(value, "ndim"):
        return bool(value.ndim == 0)
    return isinstance(value, (str, bytes)) or not hasattr(value, "__len__")


def whole(value: Column, name: str, *, mask: bool = False) -> Prepared:
    """Whole numbers as the binding takes them: an int, an array of int64 or int32, or None."""
    if value is None:
        return None
    if not isinstance(value, (str, bytes, numpy.ndarray, numpy.bool_, bool)) and hasattr(value, "__index__"):
        return _scalar(value, name)
    if is_one(value) and not isinstance(value, numpy.ndarray):
        raise _refused(value, name, f"{value!r}" if not isinstance(value, float) else f"the float {value!r}")
    array = _array(value, name)
    if array.dtype == numpy.int64 or array.dtype == numpy.int32:
        return _laid_out(array)
    if array.dtype.kind not in "iu":
        raise _refused(value, name, f"a column of {array.dtype}")
    if array.dtype == numpy.uint64:
        if mask:
            return _laid_out(array).view(numpy.int64)
        if array.size and array.max() > _MOST:
            raise TooLargeError("a number does not fit in 64 bits", f"/{name}")
    return array.astype(numpy.int64)


def months(value: Column, name: str) -> Prepared:
    """Months since 1970-01, likewise."""
    if value is None:
        raise ArgumentError("found None where a column of months is wanted", f"/{name}")
    kind = getattr(getattr(value, "dtype", None), "kind", "")
    if isinstance(value, str) or (is_one(value) and not hasattr(value, "__index__")):
        return _pilot.month_number(_named(lambda: month(value, name), name))
    if is_one(value) and kind != "M":
        return whole(value, name)
    array = _array(value, name)
    if array.dtype.kind == "M":
        # A day stands for its month.
        return _laid_out(array.astype("M8[M]", copy=False)).view(numpy.int64)
    if array.dtype.kind in "UOT":
        return _months_of_text(array, name)
    return whole(array, name)


def _months_of_text(array: Array, name: str) -> Array:
    known: dict[Any, int] = {}
    made = numpy.empty(len(array), numpy.int64)
    for row, one in enumerate(array.tolist()):
        number = known.get(one)
        if number is None:
            place = f"{name}/{row}"
            number = known[one] = _pilot.month_number(_named(lambda: month(one, place), place))
        made[row] = number
    return made


def _named(make: Callable[[], str], name: str) -> str:
    """A month's text, which the library can read; errors name the column and row."""
    text = make()
    try:
        _pilot.month_number(text)
    except Error as error:
        error.path = f"/{name}"
        raise
    return text
