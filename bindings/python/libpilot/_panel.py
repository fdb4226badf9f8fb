"""A panel that is read once and costed under any number of policies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from itertools import product
from os import PathLike
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy

from . import _pilot
from ._call import words
from ._column_inputs import paid_by, part, row_count
from ._column_passes import in_threads, over_rows
from ._errors import (
    BY_NUMBER,
    ArgumentError,
    CapacityError,
    Error,
    InconsistentError,
    MissingValueError,
    NotFoundError,
    WrongTypeError,
)
from ._files import TableFile
from ._frames import Frame, amounts_of, in_order, in_unit, rows_of
from ._notice import _listed
from ._parameters import numbers, patch_of, plain
from ._policy import NANCHANG_2019, Policy
from ._simulate import _columns_read, _uses, rows_of_batch, solve
from ._tally import Tally, cells_by_group
from ._values import EXACT, Value, count, one_of, yuan
from .columns import years

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Union

    from typing_extensions import TypeAlias

    from ._column_inputs import Array
    from ._draw import Draws
    from ._shocks import Distribution
    from ._column_passes import Work
    from ._files import Batch, Path
    from ._frames import Rows

    Reforms: TypeAlias = Union[
        Mapping[str, Union[Sequence[Any], "Policy"]], Iterable[Union["Policy", Mapping[str, Any]]]
    ]


class _Of(NamedTuple):
    """What a panel is of. kind: the first year of the masks, whether they are of calendar years, whether single rows
    are kept; assessed: whether the claims have results; keep: whether bad rows are kept."""

    kind: tuple[int, bool, bool]
    policy: Policy
    group: str | None
    quantities: frozenset[str]
    assessed: bool
    keep: bool


_QUANTITIES = ("households", "building_area", "communities")
_YEARS = 64  # that a mask has


class Panel:
    """Claims that are read once, to be costed under any number of policies.

    Rows that share group, first and last month and results of the years are kept as one bin with the sums of their
    quantities, which is exact wherever each unit's month is paid in whole fen that the city's share splits whole, as
    the notice's are. A policy that rounds needs the rows themselves, which are kept once each; ``needs_rows`` says
    whether one does. Every cost is the same to the fen as that of the rows one by one.

    Panels of one kind add up (``+``, ``sum``), groups by their labels, and can be pickled. They never change.

    >>> panel = Panel({"households": [1885, 10, 10], "first": ["2019-12", "2021-01", "2021-01"],
    ...                "town": ["a", "b", "b"]}, group="town", last="2023-12")
    >>> panel
    <Panel of 3 rows in 2 groups: 2 bins, 3 single rows>
    >>> panel.cost().total, panel.cost().years(group=1)[2021].total
    (Decimal('1264050.00'), Decimal('4320.00'))
    >>> print(panel.sweep({"rates/0/yuan": ["17.00", "18.00"], "city_share": ["1/2", "2/3"]}))
    rates/0/yuan  city_share    total_yuan   city_yuan  district_yuan
           17.00         1/2  1,216,685.00  608,342.50     608,342.50
           17.00         2/3  1,216,685.00  811,123.33     405,561.67
           18.00         1/2  1,264,050.00  632,025.00     632,025.00
           18.00         2/3  1,264,050.00  842,700.00     421,350.00
    >>> panel.solve(find="factor", budget=1_000_000), panel.needs_rows()
    (Decimal('0.7911'), False)
    >>> panel.sensitivity().spreads()[0]
    ('month_rule', Decimal('1264050.00'), Decimal('1637280.00'))
    """

    __slots__ = ("_native", "_of", "_labels", "_like", "_lock")

    def __init__(
        self,
        source: Any,
        policy: Policy = NANCHANG_2019,
        *,
        group: str | None = None,
        single_rows: bool = True,
        bad: str = "raise",
        threads: int = 1,
        batch_rows: int = 1 << 20,
        progress: bool = False,
        encoding: str | None = None,
        **claims: Any,
    ) -> None:
        """source: a frame as simulate takes it, or the path of a file as tally_file does, which batch_rows, progress
        and encoding are of. policy: what is costed where no other is named; bits of masks of years begin with its first
        year. group: a column, whose values are the labels of groups. single_rows: whether single rows are kept as well,
        16 bytes or more for each different one. bad: ``raise`` raises the Error of the first bad row; ``keep`` costs
        nothing for them. claims: the columns, as simulate takes them.

        Raises what simulate raises."""
        keep = one_of(bad, ("raise", "keep"), "/bad") == 1
        results = claims.get("passed")
        by_year = isinstance(results, Mapping)
        first = min([years(policy)[0], *(results if isinstance(results, Mapping) else ())])
        kind = (first, by_year, bool(single_rows))
        assessed = results is not None or claims.get("failed") is not None
        of = _Of(kind, policy, group, _given(claims), assessed, keep)
        self._take(_pilot.Panel(*kind), of)
        labels: dict[Any, int] = {}

        def add(rows: Rows, start: int = 0) -> None:
            doubtful = _read(self._native, kind, rows, labels, threads)
            if doubtful and not keep:
                rows.check(rows.add_to(Tally(policy, len(rows.labels)), threads), start)

        if isinstance(source, (str, PathLike)):
            _read_file(source, policy, group, add, batch_rows, progress, encoding, claims)
        else:
            frame = Frame(source)
            add(rows_of(frame, [policy], group, **claims))
            self._like = frame.empty()
        self._sort(labels)

    def _take(self, native: _pilot.Panel, of: _Of) -> None:
        self._native = native
        self._of = of
        self._like = Frame({})
        self._lock = Lock()

    def _sort(self, labels: dict[Any, int]) -> None:
        """Puts the groups in the order of their labels. Raises WrongTypeError."""
        ordered = in_order(labels, "group")
        self._labels = ordered or [None]
        if ordered != list(labels):
            place = {label: number for number, label in enumerate(ordered)}
            made = _pilot.Panel(*self._of.kind)
            _pilot.panel_merge(made, self._native, (_codes([place[label] for label in labels]),))
            self._native = made
        _pilot.panel_order(self._native, False)

    @property
    def policy(self) -> Policy:
        """What is costed where no other policy is named."""
        return self._of.policy

    @property
    def labels(self) -> tuple[Any, ...]:
        """Of the groups, in the order that costs have them; (None,) without a group."""
        return tuple(self._labels)

    @property
    def rows(self) -> int:
        """How many were read."""
        return _pilot.panel_measure(self._native)[0]

    def needs_rows(self, policy: Policy | None = None) -> bool:
        """Whether the policy is costed from single rows, as it rounds each. Raises LimitError (rates of more than 64
        years)."""
        return _pilot.panel_needs_rows(self._native, (policy or self._of.policy)._native)

    def cost(self, policy: Policy | None = None) -> Tally:
        """The sums of the awards under the policy, a group for each of ``labels``.

        Raises MissingValueError (a quantity that the policy pays by, or passed_from where it reads from_the_pass, is
        not in the panel), CapacityError (the policy needs single rows, which the panel was made without), LimitError;
        and, unless the panel keeps bad rows, the Error of rows that have no award under it."""
        return self._cost(policy or self._of.policy)

    def _cost(self, policy: Policy, open: str = "not_assessed") -> Tally:
        """open: the result that a year without one counts as."""
        made = Tally(policy, len(self._labels))
        bad, status = self._add_to(made, policy, _results()[open])
        if bad:
            self._check_quantities(policy)
        if bad and not self._of.keep:
            kind = BY_NUMBER[status]
            raise kind(
                f"{kind.__doc__} ({bad} rows have no award under the policy {policy.id})",
                message_zh=f"有{bad}行在政策{policy.id}下没有奖励",
            )
        return made

    def _add_to(self, tally: Tally, policy: Policy, open: int) -> tuple[int, int]:
        if self.needs_rows(policy):  # bins have been in order since the panel was made
            with self._lock:
                _pilot.panel_order(self._native, True)
        try:
            return _pilot.panel_cost(self._native, policy._native, open, tally._native)
        except MissingValueError:
            raise MissingValueError(
                "the policy pays from the month of the pass on, and the panel was read without passed_from",
                "/passed_from",
                message_zh="该政策自考核合格当月起计奖，而面板读入时没有passed_from",
            ) from None
        except CapacityError:
            self._check_quantities(policy)
            raise CapacityError(
                "the policy rounds each row, and the panel was made without single rows",
                "/single_rows",
                message_zh="该政策须逐行舍入，而面板未保留单行（single_rows）",
            ) from None

    def _check_quantities(self, policy: Policy) -> None:
        for name in paid_by(policy) - self._of.quantities:
            raise MissingValueError(
                f"the policy pays by a quantity that the panel was read without: {name}",
                f"/{name}",
                message_zh=f"政策按{name}计奖，而面板读入时没有这一列",
            )

    def sweep(
        self,
        over: Reforms,
        *,
        policy: Policy | None = None,
        threads: int = 1,
    ) -> Sweep:
        """What many reforms cost.

        over: a grid, a dict from parameters to the values of each, every combination of which is costed, the last
        parameter's values changing first; or reforms: a list of policies or of merge patches, or a dict of them by name.
        A parameter is its key in a policy's JSON, and within it keys and numbers from 0: ``"city_share"``,
        ``"rates/0/yuan"``, ``"readings/month_rule"``. policy: what is reformed, the panel's where it is None.

        Raises NotFoundError (no such parameter) and what a patch and cost raise, with the reform that they are of."""
        base = policy or self._of.policy
        names, points, reform = _reforms(over, base)
        found: list[Any] = [None] * len(points)

        def some(numbers: range, goes_on: Callable[[], bool]) -> None:
            for number in numbers:
                if not goes_on():
                    return
                try:
                    found[number] = _sums(self.cost(reform(points[number])))
                except Error as error:
                    error.place = _point(names, points[number])
                    raise

        pieces = [range(start, min(start + 64, len(points))) for start in range(0, len(points), 64)]
        in_threads(some, pieces, count(threads, "threads"))
        return Sweep(names, points, tuple(self._labels), found, self._like)

    def solve(self, *, policy: Policy | None = None, group: Any = None, **question: Any) -> Any:
        """libpilot.solve of the panel's cost under the policy. group: a label; None: all groups together. Raises
        NotFoundError (no such group) and what solve raises."""
        if group is not None and group not in self._labels:
            raise NotFoundError(f"there is no group {group!r}", "/group", message_zh=f"没有“{group}”这一组")
        number = None if group is None else self._labels.index(group)
        return solve(self.cost(policy), group=number, **question)

    def draw(
        self,
        policy: Policy | None = None,
        *,
        seed: int,
        draws: int = 1000,
        pass_probability: Any = 1,
        take_up: Any = 1,
        parameters: Mapping[str, Distribution] | None = None,
        readings: Mapping[str, Any] | None = None,
        threads: int = 1,
        progress: bool = False,
    ) -> Draws:
        """What the panel may cost, as libpilot.draw has it with rows="expected": by the distributions of pass rates and
        take-up, of parameters and of readings. A shock ``by`` a column is by that of the panel's groups. Years without a
        result are open, all of them where the claims have none. Raises NotFoundError (no such parameter or reading),
        RangeError (a rate outside 0..1), ArgumentError (a shock by another column than that of the groups).

        >>> panel = Panel({"households": [1000, 500], "first": ["2020-01", "2020-01"], "town": ["a", "b"]},
        ...               group="town", last="2020-12")
        >>> from libpilot import uniform
        >>> panel.draw(seed=1, draws=500, pass_probability=uniform("0.8", "1", by="town"))
        <Draws: 500, 267332.62 to 313257.89 yuan in nine of ten, 292031.03 in the middle>
        """
        from ._draw import expected_draws, table_of

        def tables(of: Policy) -> tuple[Array, Array]:
            most = table_of(self._cost(of, "passed"))
            least = table_of(self._cost(of, "failed")) if self._of.assessed else numpy.zeros_like(most)
            return least, most

        return expected_draws(
            policy or self._of.policy,
            self._labels,
            self._of.group,
            tables,
            self._like,
            seed=seed,
            draws=draws,
            pass_probability=pass_probability,
            take_up=take_up,
            parameters=parameters,
            readings=readings,
            threads=threads,
            progress=progress,
        )

    def sensitivity(self, policy: Policy | None = None, *, by: Decimal | str = "0.1") -> Sensitivity:
        """What each disputed reading and each parameter moves, the others as they are: every option of a reading, and
        every number and share of the policy less and more by that part of it, rounded to its decimals.

        What changes no award is named in ``unmoved``; what the panel cannot tell, such as a reading that needs a column
        which it was read without, with its reason in ``untold``. Raises ArgumentError (by is not between 0 and 1)."""
        base = policy or self._of.policy
        part_of = Decimal(str(by))
        if not 0 < part_of < 1:
            raise ArgumentError(f"found {by} where a part between 0 and 1 is wanted", "/by")
        before = self.cost(base).fen()[:3]
        rows: list[SensitivityRow] = []
        untold: list[tuple[str, str, str]] = []
        settings = [*_readings(base), *_parameters(base, part_of)]
        for kind, name, setting, patch in settings:
            try:
                reform = base.patch(patch)
                sums = (
                    before
                    if reform.award_fingerprint == base.award_fingerprint
                    else self.cost(reform).fen()[:3]
                )
            except Error as error:
                untold.append((name, setting, str(error)))
                continue
            if sums != before:
                total, city, district = map(yuan, sums)
                change = yuan(sums[0] - before[0])
                rows.append(SensitivityRow(kind, name, setting, total, city, district, change))
        moving = {row.name for row in rows} | {name for name, _, _ in untold}
        unmoved = tuple(dict.fromkeys(name for _, name, _, _ in settings if name not in moving))
        return Sensitivity(before, rows, unmoved, tuple(untold), self._like)

    def __add__(self, other: Panel) -> Panel:
        """Both panels' rows. Raises InconsistentError (of another kind, or of another policy)."""
        if not isinstance(other, Panel):
            return NotImplemented
        if self._of != other._of:
            raise InconsistentError(
                "the panels were read with other policies, groups, columns, results or single_rows, or deal with bad"
                " rows in another way",
                message_zh="两个面板的政策、分组、列、考核结果、single_rows或对坏行的处理不同",
            )
        made = Panel.__new__(Panel)
        made._take(_pilot.Panel(*self._of.kind), self._of)
        labels = {
            label: number for number, label in enumerate(dict.fromkeys((*self._labels, *other._labels)))
        }
        for one in (self, other):
            with one._lock:
                places = _codes([labels[label] for label in one._labels])
                _pilot.panel_merge(made._native, one._native, (places,))
        made._like = self._like
        made._sort(labels)
        return made

    def __radd__(self, other: int) -> Panel:
        return self if other == 0 else NotImplemented  # so that sum() works

    def __reduce__(self) -> tuple[Any, ...]:
        with self._lock:
            packed = _pilot.panel_pack(self._native)
        return (_unpickled, (packed, self._of, self._labels, self._like.frame))

    def __repr__(self) -> str:
        rows, bins, single, _ = _pilot.panel_measure(self._native)
        groups = "" if self._labels == [None] else f" in {len(self._labels)} groups"
        return f"<Panel of {rows} rows{groups}: {bins} bins, {single} single rows>"


def _unpickled(packed: bytes, of: _Of, labels: list[Any], like: Any) -> Panel:
    made = Panel.__new__(Panel)
    made._take(_pilot.panel_unpack(packed), of)
    made._labels = labels
    made._like = Frame(like)
    _pilot.panel_order(made._native, False)
    return made


def _codes(codes: list[int]) -> Array:
    return numpy.array(codes, numpy.int64)


def _given(claims: Mapping[str, Any]) -> frozenset[str]:
    """The quantities that the claims have, as rows_of reads them."""
    areas = claims.get("building_area") is not None or claims.get("building_area_dm2") is not None
    others = areas or claims.get("communities") is not None
    households = claims.get("households", None if others else "households") is not None
    there = (households, areas, claims.get("communities") is not None)
    return frozenset(name for name, given in zip(_QUANTITIES, there) if given)


def _read(
    to: _pilot.Panel, kind: tuple[int, bool, bool], rows: Rows, labels: dict[Any, int], threads: int
) -> int:
    """Adds the rows, whose groups' labels are numbered as they come. How many are doubtful."""
    group: Any = rows.group
    if group is not None:
        place = numpy.full(len(rows.labels) + 1, -1)  # the last is that of a row of no group
        for code in numpy.flatnonzero(numpy.bincount(group[group >= 0])).tolist():
            place[code] = labels.setdefault(rows.labels[code], len(labels))
        group = place[group]
    prepared = (*rows.claims.spanning((kind[0], _YEARS)), group)
    doubtful: list[int] = []
    parts: list[_pilot.Panel] = []

    def begin() -> Work:
        own = _pilot.Panel(*kind) if parts else to
        parts.append(own)

        def add(start: int, stop: int) -> tuple[int, int, int]:
            doubtful.append(_pilot.panel_add(own, part(prepared, start, stop)))
            return 0, 0, 0

        return add

    over_rows(row_count(prepared), threads, begin)
    for own in parts[1:]:
        _pilot.panel_merge(to, own, (None,))
    return sum(doubtful)


def _read_file(
    path: Path,
    policy: Policy,
    group: str | None,
    add: Callable[[Rows, int], None],
    batch_rows: int,
    progress: bool,
    encoding: str | None,
    claims: Mapping[str, Any],
) -> None:
    file = TableFile(path, encoding)
    uses = _uses(**claims)

    def read(batch: Batch) -> None:
        add(rows_of_batch(batch, uses, policy, group, claims), batch.start)

    file.each(read, batch_rows, _columns_read(file, claims, group), progress, group)


class _Sums(NamedTuple):
    """Of a policy: its years, and of each group and year total, city, district and withheld in fen."""

    years: range
    groups: Sequence[Sequence[Sequence[int]]]


@cache
def _results() -> dict[str, int]:
    return {word: number for number, word in enumerate(words("result"))}


def _sums(tally: Tally) -> _Sums:
    return _Sums(years(tally.policy), [[cell[4:] for cell in cells] for cells in cells_by_group(tally)])


class Sweep:
    """What many reforms cost. names: of the parameters, or ``reform``; points: their values in each reform, in order;
    labels: of the groups.

    >>> made = Panel({"households": [10], "first": ["2019-12"]}, last="2023-12").sweep({"rates/0/yuan": ["17.00", "18.00"]})
    >>> made.fen(0), made.total
    ((641000, 320500, 320500, 0), (Decimal('6410.00'), Decimal('6660.00')))
    >>> made.to_frame("yuan")["total_yuan"]
    array([Decimal('6410.00'), Decimal('6660.00')], dtype=object)
    """

    __slots__ = ("names", "points", "labels", "_sums", "_like")

    def __init__(
        self,
        names: tuple[str, ...],
        points: list[tuple[Any, ...]],
        labels: tuple[Any, ...],
        sums: list[_Sums],
        like: Frame,
    ) -> None:
        self.names = names
        self.points = points
        self.labels = labels
        self._sums = sums
        self._like = like

    def __len__(self) -> int:
        return len(self.points)

    def fen(self, number: int, group: Any = None) -> tuple[int, int, int, int]:
        """total, city, district and withheld of a reform over all years, in fen: of the group of that label, or of
        all. number: of the reform, from 0. Raises IndexError (no such reform), NotFoundError (no such group)."""
        groups = self._sums[number].groups
        if group is not None and group not in self.labels:
            raise NotFoundError(f"there is no group {group!r}", "/group", message_zh=f"没有“{group}”这一组")
        chosen = groups if group is None else [groups[self.labels.index(group)]]
        total, city, district, withheld = (
            sum(year[place] for one in chosen for year in one) for place in range(4)
        )
        return total, city, district, withheld

    @property
    def total(self) -> tuple[Decimal, ...]:
        """Of each reform, all groups and years together, in yuan."""
        return tuple(yuan(self.fen(number)[0]) for number in range(len(self)))

    def to_frame(self, unit: str = "fen", *, by_group: bool = False, by_year: bool = False) -> Any:
        """A row for each reform, or for each and group or year or both, as a frame of the kind that the panel was read
        from (a dict of arrays where it was a file): the parameters, group, year, and the amounts in whole fen, or in yuan
        as simulate has them. Raises NotFoundError (another unit)."""
        names = (*amounts_of(unit), f"withheld_{unit}")
        keys = (*self.names, *(["group"] if by_group else []), *(["year"] if by_year else []))
        rows = [
            ((*point, *key), amounts)
            for point, sums in zip(self.points, self._sums)
            for key, amounts in _split(sums, self.labels, by_group, by_year)
        ]
        made: dict[str, Any] = {
            name: [plain(key[place]) for key, _ in rows] for place, name in enumerate(keys)
        }
        for place, name in enumerate(names):
            made[name] = in_unit(unit, [amounts[place] for _, amounts in rows])
        return self._like.like(made)

    def __str__(self) -> str:
        head = [*self.names, "total_yuan", "city_yuan", "district_yuan"]
        lines = [
            [*map(_text, point), *(f"{yuan(amount):,}" for amount in self.fen(number)[:3])]
            for number, point in enumerate(self.points)
        ]
        return _aligned([head, *lines])

    def _repr_html_(self) -> str:
        from ._html import sweep

        return sweep(self)

    def __repr__(self) -> str:
        return f"<Sweep of {len(self)} reforms over {', '.join(self.names) or 'nothing'}>"


def _split(
    sums: _Sums, labels: tuple[Any, ...], by_group: bool, by_year: bool
) -> list[tuple[tuple[Any, ...], tuple[int, ...]]]:
    """The sums of each group or year or both, with what they are of."""
    made: dict[tuple[Any, ...], list[int]] = {}
    for label, group in zip(labels, sums.groups):
        for year, amounts in zip(sums.years, group):
            key = (*([label] if by_group else []), *([year] if by_year else []))
            own = made.setdefault(key, [0] * 4)
            for place, amount in enumerate(amounts):
                own[place] += amount
    return [(key, tuple(amounts)) for key, amounts in made.items()]


def _aligned(lines: Sequence[Sequence[str]]) -> str:
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(line, widths)).rstrip() for line in lines
    )


def _text(value: Any) -> str:
    return str(plain(value))


_Make: TypeAlias = "Callable[[tuple[Any, ...]], Policy]"


def _reforms(over: Reforms, base: Policy) -> tuple[tuple[str, ...], list[tuple[Any, ...]], _Make]:
    """The parameters, their values in each reform, and what makes a policy of these."""
    if isinstance(over, (str, bytes, Policy)) or not isinstance(over, Iterable):
        raise WrongTypeError(
            f"found {type(over).__name__} where a dict of parameters' values, or reforms, are wanted", "/over"
        )
    named: dict[Any, Any] = dict(over) if isinstance(over, Mapping) else dict(enumerate(over))
    reforms = all(isinstance(one, (Policy, Mapping)) for one in named.values())
    if not isinstance(over, Mapping) and not reforms:
        raise WrongTypeError("found what is neither a policy nor a merge patch among the reforms", "/over")
    if reforms and (named or not isinstance(over, Mapping)):
        return ("reform",), [(name,) for name in named], lambda point: _reformed(base, named[point[0]])
    for name, values in named.items():
        if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
            raise WrongTypeError(f"found {values!r} where a list of values is wanted", f"/over/{name}")
    document = base.to_dict()
    names = tuple(map(str, named))

    def reform(point: tuple[Any, ...]) -> Policy:
        return base.patch(patch_of(document, dict(zip(names, point)), "/over"))

    return names, list(product(*named.values())), reform


def _reformed(base: Policy, reform: Policy | Mapping[str, Any]) -> Policy:
    return reform if isinstance(reform, Policy) else base.patch(reform)


def _point(names: Sequence[str], point: Sequence[Any]) -> str:
    return ", ".join(f"{name} {_text(value)}" for name, value in zip(names, point))


# What is tried: reading or parameter, its name, the setting as people read it, and the patch.
_Setting: TypeAlias = "tuple[str, str, str, dict[str, Any]]"


def _readings(base: Policy) -> Iterable[_Setting]:
    for one in _listed("READINGS"):
        for option in one.options:
            if option != base.readings[one.name]:
                yield "reading", one.name, option, {"readings": {one.name: option}}


def _parameters(base: Policy, part_of: Decimal) -> Iterable[_Setting]:
    document = base.to_dict()
    for name, value in numbers(document):
        for way in (-1, 1):
            setting = _scaled(value, 1 + way * part_of)
            if setting != str(value):
                given = setting if isinstance(value, str) else int(setting)
                yield "parameter", name, setting, patch_of(document, {name: given}, "/policy")


def _scaled(value: int | str, by: Decimal) -> str:
    """A number times another, half up to its own decimals; a share exactly."""
    text = str(value)
    if "/" in text:
        return str(Fraction(text) * Fraction(by))
    number = Decimal(text)
    return str((number * by).quantize(number, ROUND_HALF_UP, context=EXACT))


class SensitivityRow(Value):
    """What all rows come to with one setting changed, in yuan. kind: ``reading`` or ``parameter``; name: of it; setting:
    the option or value; difference: of the total to that of the policy as it is."""

    kind: str
    name: str
    setting: str
    total: Decimal
    city: Decimal
    district: Decimal
    difference: Decimal


class Sensitivity:
    """What Panel.sensitivity gives. total, city, district: as the policy is, in yuan; rows: SensitivityRows, those of
    the name that spreads the total most first; unmoved: names that move nothing; untold: name, setting and reason of
    what the panel cannot cost.

    >>> made = Panel({"households": [10], "first": ["2019-12"]}, last="2023-12").sensitivity()
    >>> made.spreads("city")[0]
    ('month_rule', Decimal('3330.00'), Decimal('4320.00'))
    >>> list(made.to_frame())
    ['kind', 'name', 'setting', 'total_fen', 'city_fen', 'district_fen', 'difference_fen']
    """

    __slots__ = ("total", "city", "district", "rows", "unmoved", "untold", "_like")

    def __init__(
        self,
        before: Sequence[int],
        rows: Sequence[SensitivityRow],
        unmoved: tuple[str, ...],
        untold: tuple[tuple[str, str, str], ...],
        like: Frame,
    ) -> None:
        self.total, self.city, self.district = map(yuan, before)
        self.rows = tuple(rows)
        self.unmoved = unmoved
        self.untold = untold
        self._like = like
        order = {name: place for place, (name, _, _) in enumerate(self.spreads())}
        self.rows = tuple(sorted(rows, key=lambda row: order[row.name]))

    def spreads(self, of: str = "total") -> list[tuple[str, Decimal, Decimal]]:
        """Each name with the least and the greatest of ``total``, ``city`` or ``district`` over its settings and the
        policy as it is, the widest first. Raises NotFoundError (of is none of them)."""
        one_of(of, ("total", "city", "district"), "/of")
        base: Decimal = getattr(self, of)
        made: dict[str, list[Decimal]] = {}
        for row in self.rows:
            made.setdefault(row.name, [base]).append(getattr(row, of))
        spreads = [(name, min(values), max(values)) for name, values in made.items()]
        return sorted(spreads, key=lambda one: one[1] - one[2])

    def to_frame(self, unit: str = "fen") -> Any:
        """The rows as a frame of the kind that the panel was read from, amounts in whole fen, or in yuan as simulate
        has them. Raises NotFoundError (another unit)."""
        made: dict[str, Any] = {
            name: [getattr(row, name) for row in self.rows] for name in ("kind", "name", "setting")
        }
        amounts = (*amounts_of(unit), f"difference_{unit}")
        for name, word in zip(("total", "city", "district", "difference"), amounts):
            made[word] = in_unit(unit, [int(getattr(row, name).scaleb(2)) for row in self.rows])
        return self._like.like(made)

    def plot(self, ax: Any = None, *, of: str = "total", lang: str = "en") -> Any:
        """A tornado: for each name a bar from the least to the greatest, the widest above; arguments as of Award.plot
        and spreads."""
        from ._plot import sensitivity

        return sensitivity(self, ax, of, lang)

    def _repr_html_(self) -> str:
        from ._html import sensitivity

        return sensitivity(self)

    def __str__(self) -> str:
        lines = [
            [row.name, row.setting, f"{row.total:,}", f"{row.city:,}", f"{row.difference:+,}"]
            for row in self.rows
        ]
        base = ["as it is", "", f"{self.total:,}", f"{self.city:,}", ""]
        return _aligned([["name", "setting", "total_yuan", "city_yuan", "difference"], base, *lines])

    def __repr__(self) -> str:
        return f"<Sensitivity of {self.total} yuan: {len(self.rows)} settings move it>"
