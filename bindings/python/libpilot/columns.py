"""Awards, bills and screening over NumPy columns, and sums of awards that add up: the C library's panel.h.

Numbers are whole, in the library's units: fen, 0.0001 yuan of a price, 0.01 m² of an area. A column is an array
of one dimension or one value that holds for every row; int64, int32 and ``datetime64[M]`` arrays without gaps are
read where they lie, others are converted where nothing is lost, and floats are refused. No row depends on another,
so that the results are the same bits for any number of threads and any split of the rows.

A bad row never stops a call: its amounts are :data:`NO_AMOUNT`, and the result says how many there are, which is
the first (``first_bad``) and why (``status``, a word of :class:`libpilot.Error`). Look at ``bad`` before adding up,
or call ``check()``, which raises the first one.

>>> import numpy
>>> from libpilot import columns
>>> made = columns.awards(numpy.array([1885, 10]), "2019-12", numpy.array(["2023-12", "2020-01"], "M8[M]"))
>>> made.total
array([125541000,     36000])
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy

from . import _pilot
from ._errors import (
    BY_NUMBER,
    ArgumentError,
    Error,
    InconsistentError,
    LimitError,
    TooLargeError,
    WrongTypeError,
)
from ._menu import _rounding
from ._policy import NANCHANG_2019, Policy, native
from ._values import Value, month, yuan

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from decimal import Decimal
    from typing import Union

    from typing_extensions import Self, TypeAlias

    from ._menu import Rounding

    Array: TypeAlias = numpy.ndarray[Any, numpy.dtype[Any]]
    Column: TypeAlias = Any  # an array, one value, or None where it is not given
    Prepared: TypeAlias = Union[int, Array, None]

NO_AMOUNT: int = numpy.iinfo(numpy.int64).min
"""The amount of a bad row."""

SCREEN_RULES: tuple[str, ...] = _pilot.screen_rules()
"""The rule of each bit of :func:`screen`'s masks."""

REASONS: tuple[str, ...] = ("payable", "not_assessed", "failed", "outside_period")
"""The reason of each bit of Awards.reasons."""

_LEAST, _MOST = NO_AMOUNT, numpy.iinfo(numpy.int64).max


class Pass(NamedTuple):
    """What became of the rows: bad ones, the first of them and its status as a word, or None."""

    bad: int = 0
    first_bad: int | None = None
    status: str | None = None

    def check(self) -> Pass:
        """Raises the Error of the first bad row, at ``/row``; gives the same pass where there is none."""
        _check(self)
        return self


class Awards(NamedTuple):
    """Awards in fen, a row each; city + district == total. withheld; years, of the shape (rows, years of the
    policy); reasons, bit 0 for paid months, 1 for not assessed, 2 for failed, 3 for those outside the period;
    statuses, 0 or the number of an Error: each None unless asked for. NO_AMOUNT where the row is bad."""

    total: Array
    city: Array
    district: Array
    withheld: Array | None = None
    years: Array | None = None
    reasons: Array | None = None
    statuses: Array | None = None
    bad: int = 0
    first_bad: int | None = None
    status: str | None = None

    def check(self) -> Awards:
        """Raises the Error of the first bad row, at ``/row``; gives the same awards where there is none."""
        _check(self)
        return self


class Bills(NamedTuple):
    """Bills in fen, a row each, NO_AMOUNT where it is bad; statuses as those of Awards."""

    amounts: Array
    statuses: Array | None = None
    bad: int = 0
    first_bad: int | None = None
    status: str | None = None

    def check(self) -> Bills:
        """Raises the Error of the first bad row, at ``/row``; gives the same bills where there is none."""
        _check(self)
        return self


class Screening(NamedTuple):
    """A mask a row of the rules breached and of those whose evidence is missing: bit i is SCREEN_RULES[i]."""

    breached: Array
    unknown: Array


def _check(made: Pass | Awards | Bills) -> None:
    if made.bad:
        kind = next(kind for kind in BY_NUMBER.values() if kind.status == made.status)
        raise kind(f"{kind.__doc__} ({made.bad} bad rows in all)", f"/{made.first_bad}")


def years(policy: Policy | None = None) -> range:
    """The calendar years of the policy's rates, which ``awards(years=True)`` and Tally.years have.

    >>> from libpilot import columns
    >>> list(columns.years())
    [2019, 2020, 2021, 2022, 2023]
    """
    first, count = _pilot.policy_years(native(policy))
    return range(first, first + count)


def awards(
    households: Column = None,
    first: Column = None,
    last: Column = None,
    *,
    building_area: Column = None,
    communities: Column = None,
    passed: Column = None,
    failed: Column = None,
    policy: Policy | None = NANCHANG_2019,
    years: bool = False,
    withheld: bool = False,
    reasons: bool = False,
    statuses: bool = False,
    threads: int = 1,
    out: Awards | None = None,
) -> Awards:
    """The award of each row, as Policy.reward gives it (4.4.1).

    households, building_area (0.01 m²), communities: whole numbers; those that the policy's rates are not paid for
    may be left out. first, last: months of service, both included: ``datetime64``, text such as 2019-12, or months
    since 1970-01.
    passed, failed: masks with a bit for each year, bit 0 for ``years(policy)[0]``. Both: years in neither are not
    assessed, and a year in both makes the row bad. passed alone: no year failed; failed alone: the others passed;
    neither: all passed. Instead of masks, passed may be True, False or an array of those, for all years, or a dict
    from years to True, False, None (not assessed) or an array of bool; years not in it are not assessed, nor are rows
    that a masked array masks.
    years, withheld, reasons, statuses: whether to make those columns as well.
    out: earlier Awards of as many rows, whose arrays are written again. threads: ranges of rows at once.

    Raises WrongTypeError (floats), FormatError (text that is no month), TooLargeError, InconsistentError (lengths),
    ArgumentError (no first or last), LimitError (rates of more than 64 years). Values are never an error but make
    bad rows.
    """
    plan = native(policy)
    prepared = _claims(plan, households, building_area, communities, first, last, passed, failed)
    rows = _rows(prepared)
    count = _pilot.policy_years(plan)[1]
    kinds: tuple[tuple[str, bool, type[Any], int], ...] = (
        ("total", True, numpy.int64, 1),
        ("city", True, numpy.int64, 1),
        ("district", True, numpy.int64, 1),
        ("withheld", withheld, numpy.int64, 1),
        ("years", years, numpy.int64, count),
        ("reasons", reasons, numpy.uint8, 1),
        ("statuses", statuses, numpy.uint8, 1),
    )
    arrays = [
        _output(None if out is None else getattr(out, name), name, wanted, kind, rows, width)
        for name, wanted, kind, width in kinds
    ]
    if arrays[4] is not None:
        arrays[4] = arrays[4].reshape(-1)
    done = _ranges(
        rows,
        threads,
        lambda start, stop: _pilot.award_columns(
            plan,
            _part(prepared, start, stop),
            tuple(
                None if array is None else array[start * kind[3] : stop * kind[3]]
                for array, kind in zip(arrays, kinds)
            ),
        ),
    )
    if arrays[4] is not None:
        arrays[4] = arrays[4].reshape(rows, count)
    total, city, district, held, by_year, mask, told = arrays
    assert total is not None and city is not None and district is not None
    return Awards(total, city, district, held, by_year, mask, told, *done)


def bills(
    area: Column,
    price: Column,
    months: Column,
    *,
    rounding: Rounding | Mapping[str, str] | None = None,
    statuses: bool = False,
    threads: int = 1,
    out: Bills | None = None,
) -> Bills:
    """A dwelling's fee a row: area (0.01 m²) x price (0.0001 yuan per m² and month) x months, in fen, as
    libpilot.fee gives it: half up to the fen, once, where rounding is None. Errors and threads as of awards.

    >>> from libpilot import columns
    >>> columns.bills([6137, 12000], 3500, 1).amounts
    array([2148, 4200])
    """
    rule = _rounding(rounding)
    prepared = (_whole(price, "price"), _whole(area, "area"), _whole(months, "months"))
    for name, column in zip(("price", "area", "months"), prepared):
        if column is None:
            raise ArgumentError("found None where a column is wanted", f"/{name}")
    rows = _rows(prepared)
    amounts = _output(None if out is None else out.amounts, "amounts", True, numpy.int64, rows, 1)
    told = _output(None if out is None else out.statuses, "statuses", statuses, numpy.uint8, rows, 1)
    done = _ranges(
        rows,
        threads,
        lambda start, stop: _pilot.fee_columns(
            _part(prepared, start, stop), rule, _slices((amounts, told), start, stop)
        ),
    )
    assert amounts is not None
    return Bills(amounts, told, *done)


_LAYOUTS = {"open": 1, "closed": 2}


def screen(
    policy: Policy | None = NANCHANG_2019,
    *,
    office_area: Column = None,
    communities: Column = None,
    staff: Column = None,
    layout: Column = None,
    remediation: Column = None,
    threads: int = 1,
    out: Screening | None = None,
) -> Screening:
    """The rules that each site breaches, and those whose evidence is missing, by the policy's parameters.

    office_area: 0.01 m² of the offices that count; communities: that the area spans; staff: named for property
    management; layout: ``open``, ``closed``, or 1 and 2; remediation: a mask, bit i for item i of the notice's
    remediation, of an area that is being remediated. A negative number (below 1 of communities, another layout) is
    not known, and a column that is not given leaves its rule unknown.
    """
    plan = native(policy)
    layout = _LAYOUTS.get(layout, layout) if isinstance(layout, str) else layout
    prepared = (
        _whole(office_area, "office_area"),
        _whole(communities, "communities"),
        _whole(staff, "staff"),
        _whole(layout, "layout"),
        _whole(remediation, "remediation"),
    )
    rows = _rows(prepared)
    breached = _output(None if out is None else out.breached, "breached", True, numpy.uint32, rows, 1)
    unknown = _output(None if out is None else out.unknown, "unknown", True, numpy.uint32, rows, 1)

    def part(start: int, stop: int) -> tuple[int, int, int]:
        _pilot.screen_columns(plan, _part(prepared, start, stop), _slices((breached, unknown), start, stop))
        return 0, 0, 0

    _ranges(rows, threads, part)
    assert breached is not None and unknown is not None
    return Screening(breached, unknown)


class TallyYear(Value):
    """Sums of a calendar year, in yuan. rows: with a month of the year that is paid; households, building_area
    (0.01 m²), communities: of those rows, where a rate is paid for them."""

    year: int
    total: Decimal
    city: Decimal
    district: Decimal
    withheld: Decimal
    rows: int
    households: int
    building_area: int
    communities: int


class Tally:
    """Sums of awards by group and year, for rows that need not be kept.

    Tallies of one policy and as many groups add up (``+``, ``+=``), whatever made them and in whatever order, to the
    same bytes. They can be pickled, compared and written as bytes that mean the same on every machine.

    >>> from libpilot import columns
    >>> one = Tally(groups=2)
    >>> one.add([1885, 10], "2019-12", "2020-12", group=[0, 1]).bad
    0
    >>> one.years()[2020].total, one.years(group=1)[2020].city
    (Decimal('409320.00'), Decimal('1080.00'))
    """

    __slots__ = ("_policy", "_native", "_lock")

    def __init__(self, policy: Policy | None = NANCHANG_2019, groups: int = 1) -> None:
        """groups: their number. Raises LimitError where there can be no such sums."""
        try:
            self._take(policy, _pilot.Aggregate(native(policy), groups))
        except LimitError:
            raise LimitError(
                f"found {groups!r} groups where 1 or more are wanted, or rates of more than 64 years",
                "/groups",
            ) from None

    def _take(self, policy: Policy | None, made: _pilot.Aggregate) -> None:
        self._policy = NANCHANG_2019 if policy is None else policy
        self._native = made
        self._lock = Lock()

    def add(
        self,
        households: Column = None,
        first: Column = None,
        last: Column = None,
        *,
        building_area: Column = None,
        communities: Column = None,
        passed: Column = None,
        failed: Column = None,
        group: Column = None,
        threads: int = 1,
    ) -> Pass:
        """Adds the rows' awards, columns as :func:`awards` takes them. group: of each row, from 0; a group that
        there is not makes a bad row, and bad rows add to the number of bad rows alone. threads: each adds up a
        range of rows of its own. Several threads may add to one tally, one at a time."""
        plan = self._policy._native
        prepared = (
            *_claims(plan, households, building_area, communities, first, last, passed, failed),
            _whole(group, "group"),
        )
        rows = _rows(prepared)
        lock = Lock()
        made: list[_pilot.Aggregate] = []

        def part(start: int, stop: int) -> tuple[int, int, int]:
            own = _pilot.Aggregate(plan, self.groups)
            done = _pilot.aggregate_add(own, plan, _part(prepared, start, stop))
            with lock:
                made.append(own)
            return done

        with self._lock:
            if threads == 1:
                return _pass(_pilot.aggregate_add(self._native, plan, prepared))
            told = _ranges(rows, threads, part)
            for own in made:
                _pilot.aggregate_merge(self._native, own)
        return told

    @property
    def policy(self) -> Policy:
        return self._policy

    @property
    def groups(self) -> int:
        """Their number."""
        return _pilot.aggregate_groups(self._native)

    @property
    def rows(self) -> int:
        """Good rows of all groups."""
        return _pilot.aggregate_rows(self._native, -1)[0]

    @property
    def bad(self) -> int:
        """Bad rows, those of no group as well."""
        return _pilot.aggregate_rows(self._native, -1)[1]

    def counts(self, group: int) -> tuple[int, int]:
        """Good and bad rows of a group. Raises NotFoundError."""
        return _pilot.aggregate_rows(self._native, _group(group))

    def years(self, group: int | None = None) -> dict[int, TallyYear]:
        """The sums of each calendar year of the policy's rates: of a group, from 0, or of all. Raises
        NotFoundError, TooLargeError (a sum does not fit)."""
        return {row.year: row for row in self._rows(group)}

    def _rows(self, group: int | None) -> list[TallyYear]:
        cells = _pilot.aggregate_years(self._policy._native, self._native, _group(group))
        made = []
        for year, (rows, households, area, communities, *fen) in zip(years(self._policy), cells):
            total, city, district, withheld = map(yuan, fen)
            made.append(TallyYear(year, total, city, district, withheld, rows, households, area, communities))
        return made

    def group(self, group: int) -> dict[int, TallyYear]:
        """The sums of a group, by year."""
        return self.years(group)

    def fen(self, group: int | None = None) -> tuple[int, int, int, int]:
        """total, city, district and withheld over all years, in fen."""
        cells = _pilot.aggregate_years(self._policy._native, self._native, _group(group))
        total, city, district, withheld = (sum(cell[i] for cell in cells) for i in (4, 5, 6, 7))
        return total, city, district, withheld

    @property
    def total(self) -> Decimal:
        """Of all groups and years, in yuan."""
        return yuan(self.fen()[0])

    @property
    def city(self) -> Decimal:
        return yuan(self.fen()[1])

    @property
    def district(self) -> Decimal:
        return yuan(self.fen()[2])

    @property
    def withheld(self) -> Decimal:
        return yuan(self.fen()[3])

    def __iadd__(self, other: Tally) -> Self:
        """Adds what the other holds. Raises InconsistentError (another policy or number of groups)."""
        if not isinstance(other, Tally):
            return NotImplemented
        copy = other._copy() if other is self else other
        with self._lock:
            try:
                _pilot.aggregate_merge(self._native, copy._native)
            except InconsistentError:
                raise InconsistentError(
                    f"found a tally of {other._policy!r} with {other.groups} groups where one of {self._policy!r}"
                    f" with {self.groups} is wanted"
                ) from None
        return self

    def __add__(self, other: Tally) -> Tally:
        if not isinstance(other, Tally):
            return NotImplemented
        made = self._copy()
        made += other
        return made

    def __radd__(self, other: int) -> Tally:
        return self._copy() if other == 0 else NotImplemented  # so that sum() works

    def _copy(self) -> Tally:
        return Tally.from_bytes(self.to_bytes(), self._policy)

    def to_bytes(self) -> bytes:
        """The sums with a check sum, the same on every machine."""
        with self._lock:
            return _pilot.aggregate_pack(self._native)

    @classmethod
    def from_bytes(cls, data: bytes, policy: Policy | None = NANCHANG_2019) -> Tally:
        """What to_bytes gave for the policy. Raises FormatError (other bytes), InconsistentError (of another
        policy)."""
        made = cls.__new__(cls)
        made._take(policy, _pilot.aggregate_unpack(native(policy), bytes(data)))
        return made

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Tally):
            return NotImplemented
        return self._policy == other._policy and self.to_bytes() == other.to_bytes()

    def __reduce__(self) -> tuple[Any, ...]:
        return (Tally.from_bytes, (self.to_bytes(), self._policy))

    def __repr__(self) -> str:
        rows, bad = _pilot.aggregate_rows(self._native, -1)
        return f"<Tally of {rows} rows, {bad} bad: {self.total} yuan>"


def tally(
    households: Column = None,
    first: Column = None,
    last: Column = None,
    *,
    policy: Policy | None = NANCHANG_2019,
    groups: int = 1,
    group: Column = None,
    threads: int = 1,
    **columns: Column,
) -> Tally:
    """The Tally of the rows, columns as :meth:`Tally.add` takes them."""
    made = Tally(policy, groups)
    made.add(households, first, last, group=group, threads=threads, **columns)
    return made


def _group(group: int | None) -> int:
    if group is None:
        return -1
    return group if group >= 0 else _MOST  # which no tally has


def _claims(
    plan: _pilot.Policy,
    households: Column,
    building_area: Column,
    communities: Column,
    first: Column,
    last: Column,
    passed: Column,
    failed: Column,
) -> tuple[Prepared, ...]:
    good, bad = _masks(plan, passed, failed)
    return (
        _whole(households, "households"),
        _whole(building_area, "building_area"),
        _whole(communities, "communities"),
        _months(first, "first"),
        _months(last, "last"),
        good,
        bad,
    )


def _masks(plan: _pilot.Policy, passed: Column, failed: Column) -> tuple[Prepared, Prepared]:
    """The masks of passed and failed years."""
    if isinstance(passed, Mapping):
        if failed is not None:
            raise ArgumentError("found a dict of years and a mask of failed ones; give one", "/failed")
        return _masks_of_years(plan, passed)
    if passed is None or _is_bool(passed):
        if passed is None or failed is None:
            good, bad = _bits(passed, 0, -1) if passed is not None else (None, None)
            return good, _whole(failed, "failed", mask=True) if passed is None else bad
        raise ArgumentError("found True or False and a mask of failed years; give masks of both", "/failed")
    return _whole(passed, "passed", mask=True), _whole(failed, "failed", mask=True)


def _masks_of_years(plan: _pilot.Policy, passed: Mapping[int, Column]) -> tuple[Prepared, Prepared]:
    start, count = _pilot.policy_years(plan)
    good: Any = 0
    bad: Any = 0
    for year, result in passed.items():
        if result is None or not start <= year < start + count:
            continue  # not assessed, or a year in which nothing is paid
        if not _is_bool(result):
            raise WrongTypeError("found no array of True and False", f"/passed/{year}")
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
    mask = ones << bit if bit < 63 else NO_AMOUNT
    if isinstance(passed, (bool, numpy.bool_)):
        return (mask, 0) if passed else (0, mask)
    one, none = numpy.int64(mask), numpy.int64(0)
    array = passed if isinstance(passed, numpy.ma.MaskedArray) else numpy.ma.asarray(passed)
    yes, no = array.filled(False), array.filled(True)
    return numpy.where(yes, one, none), numpy.where(no, none, one)


def _rows(prepared: Sequence[Prepared]) -> int:
    lengths = {len(column) for column in prepared if isinstance(column, numpy.ndarray)}
    if len(lengths) > 1:
        listed = " and ".join(map(str, sorted(lengths)))
        raise InconsistentError(f"found columns of {listed} rows where all have to be as long")
    return lengths.pop() if lengths else 1


def _part(prepared: Sequence[Prepared], start: int, stop: int) -> tuple[Prepared, ...]:
    return tuple(column[start:stop] if isinstance(column, numpy.ndarray) else column for column in prepared)


def _slices(arrays: Sequence[Array | None], start: int, stop: int) -> tuple[Array | None, ...]:
    return tuple(None if array is None else array[start:stop] for array in arrays)


def _output(given: Any, name: str, wanted: bool, kind: type[Any], rows: int, width: int) -> Array | None:
    """The array of out, or a new one where it is wanted. Of more than one column: flat."""
    shape = (rows, width) if name == "years" else (rows,)
    if given is None:
        return numpy.empty(shape, kind) if wanted else None
    if not isinstance(given, numpy.ndarray) or given.dtype != kind or given.shape != shape:
        raise WrongTypeError(
            f"an array of {numpy.dtype(kind)} of the shape {shape} is wanted", f"/out/{name}"
        )
    if not given.flags.c_contiguous or not given.flags.writeable or not given.flags.aligned:
        raise WrongTypeError("an array that can be written, without gaps, is wanted", f"/out/{name}")
    return given


def _pass(done: tuple[int, int, int], start: int = 0) -> Pass:
    bad, first, number = done
    return Pass(bad, start + first, BY_NUMBER[number].status) if bad else Pass()


def _ranges(rows: int, threads: int, work: Callable[[int, int], tuple[int, int, int]]) -> Pass:
    """What work did for the rows, in as many ranges at once as there are threads."""
    if isinstance(threads, bool) or not isinstance(threads, int) or threads < 1:
        raise ArgumentError(f"found {threads!r} where a number of threads, 1 or more, is wanted", "/threads")
    threads = min(threads, rows) or 1
    if threads == 1:
        return _pass(work(0, rows))
    # Each output's cache lines but those at the edges belong to one thread.
    edges = [rows * i // threads for i in range(threads + 1)]
    with ThreadPoolExecutor(threads) as pool:
        done = list(pool.map(work, edges[:-1], edges[1:]))
    parts = [_pass(one, start) for one, start in zip(done, edges)]
    first = next((part for part in parts if part.bad), parts[0])
    return Pass(sum(part.bad for part in parts), first.first_bad, first.status)


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


def _is_one(value: Column) -> bool:
    """Whether it is one value and no column."""
    if hasattr(value, "ndim"):
        return bool(value.ndim == 0)
    return isinstance(value, (str, bytes)) or not hasattr(value, "__len__")


def _whole(value: Column, name: str, *, mask: bool = False) -> Prepared:
    """Whole numbers as the binding takes them: an int, an array of int64 or int32, or None."""
    if value is None:
        return None
    if not isinstance(value, (str, bytes, numpy.ndarray, numpy.bool_, bool)) and hasattr(value, "__index__"):
        return _scalar(value, name)
    if _is_one(value) and not isinstance(value, numpy.ndarray):
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


def _months(value: Column, name: str) -> Prepared:
    """Months since 1970-01, likewise."""
    if value is None:
        raise ArgumentError("found None where a column of months is wanted", f"/{name}")
    kind = getattr(getattr(value, "dtype", None), "kind", "")
    if isinstance(value, str) or (_is_one(value) and not hasattr(value, "__index__")):
        return _pilot.month_number(_named(lambda: month(value, name), name))
    if _is_one(value) and kind != "M":
        return _whole(value, name)
    array = _array(value, name)
    if array.dtype.kind == "M":
        # A day stands for its month.
        return _laid_out(array.astype("M8[M]", copy=False)).view(numpy.int64)
    if array.dtype.kind in "UOT":
        return _months_of_text(array, name)
    return _whole(array, name)


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
