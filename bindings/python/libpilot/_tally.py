"""Sums of awards that add up, for rows that need not be kept."""

from __future__ import annotations

from decimal import Decimal
from threading import Lock
from typing import TYPE_CHECKING, Any

from . import _column_passes, _pilot
from ._column_inputs import claims, part, row_count, whole
from ._column_passes import Pass, over_rows, pass_of
from ._errors import InconsistentError, LimitError
from ._policy import NANCHANG_2019, Policy, native
from ._values import EXACT, Value, count, placed, yuan

if TYPE_CHECKING:
    from typing_extensions import Self

    from ._column_inputs import Array, Column, Prepared
    from ._column_passes import Work

_AT_ONCE = 1 << 18
"""Rows that are added in one call: some milliseconds. More are summed up apart, so that they can be stopped,
unless those sums, of many groups, would take longer than the rows."""
_ROWS_A_GROUP = 128
"""that a call adds up, so that the groups' sums take less time than their rows'."""


class TallyYear(Value):
    """Sums of a calendar year, in yuan. rows: with a month of the year that is paid; households, building_area
    (m²), communities: of those rows, where a rate is paid for them."""

    year: int
    total: Decimal
    city: Decimal
    district: Decimal
    withheld: Decimal
    rows: int
    households: int
    building_area: Decimal
    communities: int


class Tally:
    """Sums of awards by group and year, for rows that need not be kept.

    Tallies of as many groups add up (``+``, ``+=``), whatever made them and in whatever order, to the same bytes, where
    their policies have one ``award_fingerprint``: a reform that changes no award, such as one of offices, changes no
    tally. They can be pickled, compared by their sums and written as bytes that mean the same on every machine.

    >>> from libpilot import columns
    >>> one = Tally(groups=2)
    >>> one.add([1885, 10], "2019-12", "2020-12", group=[0, 1]).bad
    0
    >>> one.years()[2020].total, one.years(group=1)[2020].city
    (Decimal('409320.00'), Decimal('1080.00'))
    >>> sums = Tally(groups=2)
    >>> sums.add([1885, 10], "2019-12", "2020-12", group=[0, 1]).bad
    0
    >>> sums.fen(1), sums.counts(0), sums.group(1)[2020].total
    ((234000, 117000, 117000, 0), (1, 0), Decimal('2160.00'))
    >>> sums == Tally.from_bytes(sums.to_bytes())
    True
    """

    __slots__ = ("_policy", "_native", "_lock")

    def __init__(self, policy: Policy | None = NANCHANG_2019, groups: int = 1) -> None:
        """groups: their number. Raises LimitError where there can be no such sums."""
        try:
            with placed("/groups"):
                self._take(policy, _pilot.Aggregate(native(policy), count(groups, "groups")))
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
        building_area_dm2: Column = None,
        communities: Column = None,
        passed: Column = None,
        failed: Column = None,
        passed_from: Column = None,
        group: Column = None,
        threads: int = 1,
    ) -> Pass:
        """Adds the rows' awards, columns as :func:`awards` takes them. group: of each row, from 0; a group that
        there is not makes a bad row, and bad rows add to the number of bad rows alone. threads: each adds up a
        range of rows of its own. Several threads may add to one tally at once. An exception, Ctrl-C as well,
        leaves the tally as it was.

        building_area: m². Raises as :func:`awards`; a bad row raises nothing, the Pass that is given tells of it."""
        given = {
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
        return self._add((*claims(self._policy._native, given), whole(group, "group")), threads)

    def _add(self, prepared: tuple[Prepared, ...], threads: int = 1) -> Pass:
        """The same of columns as the binding takes them, with that of groups."""
        plan = self._policy._native
        rows = row_count(prepared)
        made: list[_pilot.Aggregate] = []

        def begin() -> Work:
            own = _pilot.Aggregate(plan, self.groups)
            made.append(own)
            return lambda start, stop: _pilot.aggregate_add(own, plan, part(prepared, start, stop))

        first = max(_column_passes.FIRST_BLOCK, _ROWS_A_GROUP * self.groups)
        if rows <= (max(_AT_ONCE, self.groups) if count(threads, "threads") == 1 else first):
            with self._lock:
                return pass_of([(0, _pilot.aggregate_add(self._native, plan, prepared))])
        # Each call adds up the groups at its end.
        told = over_rows(rows, threads, begin, first)
        # Into one of them first, so that this tally changes in one call, which adds all or nothing.
        for own in made[1:]:
            _pilot.aggregate_merge(made[0], own)
        with self._lock:
            _pilot.aggregate_merge(self._native, made[0])
        return told

    @property
    def policy(self) -> Policy:
        """Under which the rows' awards were computed."""
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
        with placed("/group"):
            return _pilot.aggregate_rows(self._native, group_number(group))

    def years(self, group: int | None = None) -> dict[int, TallyYear]:
        """The sums of each calendar year of the policy's rates: of a group, from 0, or of all. Raises
        NotFoundError, TooLargeError (a sum does not fit)."""
        plan = self._policy._native
        start, _ = _pilot.policy_years(plan)
        made = {}
        with placed("/group"):
            cells = _pilot.aggregate_years(plan, self._native, group_number(group))
        for year, cell in enumerate(cells, start):
            total, city, district, withheld = map(yuan, cell[4:])
            rows, households, area, communities = cell[:4]
            made[year] = TallyYear(
                year,
                total,
                city,
                district,
                withheld,
                rows,
                households,
                Decimal(area).scaleb(-2, EXACT),
                communities,
            )
        return made

    def group(self, group: int) -> dict[int, TallyYear]:
        """The sums of a group, by year. Raises as years."""
        return self.years(group)

    def fen(self, group: int | None = None) -> tuple[int, int, int, int]:
        """total, city, district and withheld over all years, in fen: of a group, from 0, or of all. Raises
        NotFoundError."""
        with placed("/group"):
            cells = _pilot.aggregate_years(self._policy._native, self._native, group_number(group))
        total, city, district, withheld = (sum(cell[i] for cell in cells) for i in (4, 5, 6, 7))
        return total, city, district, withheld

    @property
    def total(self) -> Decimal:
        """Of all groups and years, in yuan."""
        return yuan(self.fen()[0])

    @property
    def city(self) -> Decimal:
        """The city's part of total, in yuan (4.4.1-8)."""
        return yuan(self.fen()[1])

    @property
    def district(self) -> Decimal:
        """The district's part of total, in yuan (4.4.1-8)."""
        return yuan(self.fen()[2])

    @property
    def withheld(self) -> Decimal:
        """What the rates give and the assessments hold back, in yuan (4.4.1-2)."""
        return yuan(self.fen()[3])

    def __iadd__(self, other: Tally) -> Self:
        """Adds what the other holds. Raises InconsistentError (of other awards, or another number of groups)."""
        if not isinstance(other, Tally):
            return NotImplemented
        copy = other._copy() if other is self else other
        # Of both, as other threads may run meanwhile; in one order, so that a += b and b += a do not wait for
        # each other.
        first, second = sorted((self._lock, copy._lock), key=id)
        with first, second:
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

    def _regrouped(self, groups: int, numbers: Array) -> Tally:
        """The same sums in so many groups, numbers being those there of the groups here."""
        made = Tally(self._policy, groups)
        made._add_groups(self, numbers)
        return made

    def _add_groups(self, other: Tally, numbers: Array) -> None:
        """Adds what another holds, whose groups have the numbers here."""
        _pilot.aggregate_regroup(self._native, other._native, (numbers,))

    def to_dict(self) -> dict[str, Any]:
        """The sums as JSON has them: each group's good and bad rows and its years, amounts in yuan as text. bad
        counts rows of no group as well. Raises TooLargeError (a sum does not fit).

        >>> made = tally([1885, 10, -1], "2019-12", "2020-12", group=[0, 1, 1], groups=2).to_dict()
        >>> made["policy"], made["rows"], made["bad"], made["groups"][1]["bad"]
        ('nanchang-2019', 2, 1, 1)
        >>> made["groups"][0]["years"][1]["total"]
        '407160.00'
        """
        groups = []
        for group in range(self.groups):
            rows, bad = self.counts(group)
            years = [year.to_dict() for year in self.years(group).values()]
            groups.append({"rows": rows, "bad": bad, "years": years})
        return {
            "policy": self._policy.id,
            "fingerprint": self._policy.fingerprint,
            "rows": self.rows,
            "bad": self.bad,
            "groups": groups,
        }

    def to_bytes(self) -> bytes:
        """The sums with a check sum, the same on every machine."""
        with self._lock:
            return _pilot.aggregate_pack(self._native)

    @classmethod
    def from_bytes(cls, data: bytes, policy: Policy | None = NANCHANG_2019) -> Tally:
        """What to_bytes gave under a policy of the same ``award_fingerprint``. Raises FormatError (other bytes),
        InconsistentError (of other awards; bytes of an earlier version also where anything else in the policy
        has changed)."""
        made = cls.__new__(cls)
        try:
            made._take(policy, _pilot.aggregate_unpack(native(policy), bytes(data)))
        except InconsistentError:
            raise InconsistentError(
                f"found a tally of other awards than those of {policy or NANCHANG_2019!r}, which differ in rates, city"
                " share, rounding, days of issue, or readings that bear on them"
            ) from None
        return made

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Tally):
            return NotImplemented
        return self.to_bytes() == other.to_bytes()

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
    """The Tally of the rows, columns as :meth:`Tally.add` takes them. Raises as Tally and Tally.add.

    >>> tally([1885, 10], "2019-12", "2023-12")
    <Tally of 2 rows, 0 bad: 1262070.00 yuan>
    """
    made = Tally(policy, groups)
    made.add(households, first, last, group=group, threads=threads, **columns)
    return made


def cells_by_group(tally: Tally) -> list[tuple[_pilot.Cell, ...]]:
    """Of each group the cells of its years, amounts in fen."""
    plan = tally.policy._native
    return [_pilot.aggregate_years(plan, tally._native, group) for group in range(tally.groups)]


def group_number(group: int | None) -> int:
    if group is None:
        return -1
    number = count(group, "group")
    return number if 0 <= number < 1 << 63 else (1 << 63) - 1  # which no tally has
