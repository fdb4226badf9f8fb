"""Frames of claims: awards, reforms compared, questions that a budget asks, files larger than memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy

from . import _pilot
from ._call import words
from ._column_inputs import Reader
from ._errors import ArgumentError, Error, InconsistentError, NotFoundError
from ._files import AREA, BATCH_ROWS, RESULT, TEXT, WHOLE, TableFile, differ, is_csv, table_written
from ._frames import (
    UNITS,
    Frame,
    Groups,
    Rows,
    amounts_of,
    columns_of,
    free,
    groups_of,
    in_unit,
    rows_of,
    sums_of,
)
from ._policy import _UNITS, NANCHANG_2019, Policy
from ._tally import cells_by_group, group_number
from ._values import EXACT, Value, count, exact, fen, month, one_of, yuan
from .columns import REASONS, Tally, TallyYear, years

if TYPE_CHECKING:
    from typing import Union

    from typing_extensions import TypeAlias

    from ._files import Batch, Path
    from ._frames import Name
    from ._values import Exact, Month
    from .columns import Awards

    Yearly: TypeAlias = Union[Exact, Mapping[int, Exact], None]


def simulate(
    frame: Any,
    policy: Policy = NANCHANG_2019,
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
    group: str | None = None,
    by_year: bool = False,
    reasons: bool = False,
    unit: str = "fen",
    bad: str = "raise",
    threads: int = 1,
) -> Any:
    """The award of each row (4.4.1), as the same kind of frame with total_fen, city_fen and district_fen.

    frame: a pandas or Polars DataFrame, a PyArrow Table or a dict of arrays. households, first, last, building_area
    (m², whole or decimal numbers), communities: names of columns, or a value for every row; building_area_dm2:
    likewise, in whole 0.01 m². Months are dates and times (by the wall clock of their own zone), monthly periods, text
    such as 2019-12, or whole numbers since 1970-01. passed: a column of True, False and nulls (not assessed) that hold
    for all years; a dict from years to such columns; a column of masks as columns.awards takes them, with failed
    likewise; or True (as None), False. passed_from: months, as columns.awards takes them.
    group: the sums by group of that column and year instead of the rows. by_year: total_fen_2019 and so on as well;
    reasons: why months are not paid, as words. unit: ``fen``, whole numbers, or ``yuan``, exact decimals (Decimal
    objects, or the decimal type of Polars and PyArrow) as total_yuan and so on, which take longer.
    bad: ``raise`` raises the Error of the first bad row; ``keep`` gives bad rows nulls and adds the column status,
    ``ok`` or a word of Error. A row is bad that has no award, or a cell without a value or that cannot be read.

    Raises NotFoundError (no such column), DuplicateKeyError (a column of a name that is to be made), WrongTypeError (a
    column of another type: quarters, years and weeks are no months); and of rows, at the column and the row:
    MissingValueError (no value), WrongTypeError (a number with decimals), FormatError (text that is no month),
    PrecisionError (an area of more than two decimals), or at the row what Policy.reward raises.

    >>> simulate({"households": [1885, 10], "first": ["2019-12", "2021-01"]}, last="2023-12")["total_fen"]
    array([125541000,    432000])
    """
    keep = one_of(bad, ("raise", "keep"), "/bad") == 1
    source = Frame(frame)
    if group is None:
        free(_made(policy, by_year, reasons, keep, unit), source.names)
    rows = rows_of(
        source,
        [policy],
        group,
        households=households,
        first=first,
        last=last,
        building_area=building_area,
        building_area_dm2=building_area_dm2,
        communities=communities,
        passed=passed,
        failed=failed,
        passed_from=passed_from,
    )
    if group is not None:
        tally = Tally(policy, len(rows.labels))
        told = rows.add_to(tally, threads)
        if not keep:
            rows.check(told)
        return source.like(_sums(tally, rows.labels, group, unit))
    made = rows.awards(policy, years=by_year, reasons=reasons, statuses=keep, threads=threads)
    if not keep:
        rows.check(made)
    return source.with_columns(_columns(made, policy, unit))


def _made(policy: Policy, by_year: bool, reasons: bool, keep: bool, unit: str) -> list[str]:
    """The names of the columns that _columns makes."""
    yearly = [f"total_{unit}_{year}" for year in years(policy)] if by_year else []
    return [*amounts_of(unit), *yearly, *(["reasons"] if reasons else []), *(["status"] if keep else [])]


def _columns(made: Awards, policy: Policy, unit: str) -> dict[str, Any]:
    """Awards as columns of a frame; with statuses, what a bad row has not is masked, or None of words."""
    bad = None if made.statuses is None else made.statuses != 0
    columns: dict[str, Any] = {
        name: in_unit(unit, values, bad) for name, values in zip(amounts_of(unit), made[:3])
    }
    if made.years is not None:
        for index, year in enumerate(years(policy)):
            columns[f"total_{unit}_{year}"] = in_unit(
                unit, numpy.ascontiguousarray(made.years[:, index]), bad
            )
    if made.reasons is not None:
        said = [
            ",".join(word for bit, word in enumerate(REASONS) if mask >> bit & 1)
            for mask in range(1 << len(REASONS))
        ]
        columns["reasons"] = numpy.array(said, dtype=object)[made.reasons]
        if bad is not None:
            columns["reasons"][bad] = None
    if made.statuses is not None:
        columns["status"] = _status_words()[made.statuses]
    return columns


def _status_words() -> Any:
    return numpy.array(words("status"), dtype=object)


def _sums(tally: Tally, labels: list[Any], by: str, unit: str) -> dict[str, Any]:
    """A tally as columns: a row for each group and year."""
    made: dict[str, Any] = {name: [] for name in (by, *sums_of(unit))}
    for label, cells in zip(labels, cells_by_group(tally)):
        for year, (rows, number, _, _, *sums) in zip(years(tally.policy), cells):
            for name, value in zip(made, (label, year, *sums, number, rows)):
                made[name].append(value)
    own = (*amounts_of(unit), f"withheld_{unit}")
    return {name: in_unit(unit, one) if name in own else one for name, one in made.items()}


class PolicyComparisonRow(Value):
    """Sums of a policy in a calendar year, of a group (None: there are none), in yuan; difference: of total to the
    baseline's."""

    policy: str
    group: Any
    year: int
    total: Decimal
    city: Decimal
    district: Decimal
    withheld: Decimal
    households: int
    rows: int
    difference: Decimal


class Change(Value):
    """Rows that a reform gives more, less and the same in all, and by how much together, in yuan, of a group
    (None: there are none)."""

    policy: str
    group: Any
    more: int
    less: int
    same: int
    gained: Decimal
    lost: Decimal


class PolicyComparison:
    """What compare gives. rows: ComparisonRows by policy, group and year; changes: a Change for each reform and
    group; policies: the names, the baseline's first.

    >>> made = compare({"households": [10], "first": ["2019-12"], "last": ["2020-12"]}, NANCHANG_2019,
    ...     {"years": NANCHANG_2019.with_reading(month_rule="calendar_years")})
    >>> made.totals("years")[2019]
    Decimal('2160.00')
    >>> made.to_frame()["difference_fen"][:7]
    array([     0,      0,      0,      0,      0, 198000,      0])
    """

    __slots__ = ("_source", "policies", "rows", "changes")

    def __init__(
        self, source: Frame, policies: list[str], rows: list[PolicyComparisonRow], changes: list[Change]
    ) -> None:
        self._source = source
        self.policies = tuple(policies)
        self.rows = tuple(rows)
        self.changes = tuple(changes)

    def totals(self, policy: str) -> dict[int, Decimal]:
        """The policy's total of each year, all groups together. Raises NotFoundError."""
        one_of(policy, self.policies, "/policy")
        made: dict[int, int] = {}
        for row in self.rows:
            if row.policy == policy:
                made[row.year] = made.get(row.year, 0) + fen(row.total)
        return {year: yuan(total) for year, total in made.items()}

    def to_frame(self, unit: str = "fen") -> Any:
        """The rows as a frame of the kind that was compared, amounts in whole fen, or in yuan as simulate has them.
        Raises NotFoundError (another unit)."""
        one_of(unit, UNITS, "/unit")
        money = ("total", "city", "district", "withheld", "difference")
        made: dict[str, Any] = {}
        for name in PolicyComparisonRow.__match_args__:
            values = [getattr(row, name) for row in self.rows]
            if name in money:
                made[f"{name}_{unit}"] = in_unit(unit, [fen(value) for value in values])
            elif name != "group" or any(value is not None for value in values):
                made[name] = values
        return self._source.like(made)

    def plot(self, ax: Any = None, *, lang: str = "en") -> Any:
        """The policies' totals as bars over their years; arguments as of Award.plot. A policy whose name no font can show
        goes by its place among the policies."""
        from ._plot import policy_comparison

        return policy_comparison(self, ax, lang)

    def _repr_html_(self) -> str:
        from ._html import policy_comparison

        return policy_comparison(self)

    def __str__(self) -> str:
        lines = [f"{'year':>4}  " + "  ".join(f"{name:>18}" for name in self.policies)]
        totals = [self.totals(name) for name in self.policies]
        for year in sorted({row.year for row in self.rows}):
            lines.append(f"{year}  " + "  ".join(f"{one.get(year, yuan(0)):>18,}" for one in totals))
        sums = [yuan(sum(map(fen, one.values()))) for one in totals]
        lines.append(" all  " + "  ".join(f"{one:>18,}" for one in sums))
        for change in self.changes:
            of = "" if change.group is None else f" {change.group}"
            lines.append(
                f"{change.policy}{of}: {change.more} rows get {change.gained:,} more, {change.less}"
                f" get {change.lost:,} less, {change.same} the same"
            )
        return "\n".join(lines)


def compare(
    frame: Any,
    baseline: Policy,
    reforms: Mapping[str, Policy],
    by: str | None = None,
    *,
    threads: int = 1,
    **claims: Any,
) -> PolicyComparison:
    """What reforms cost beside a baseline, by year and by the groups of a column, and who gains and loses.

    reforms: policies by name. claims: the columns, as simulate takes them. Raises the Error of the first row that
    is bad under any of the policies.

    >>> reform = NANCHANG_2019.with_reading(month_rule="calendar_years")
    >>> panel = {"households": [10], "first": ["2019-12"], "last": ["2020-12"]}
    >>> print(compare(panel, NANCHANG_2019, {"years": reform}))
    year            baseline               years
    2019              180.00            2,160.00
    2020            2,160.00            2,160.00
    2021                0.00                0.00
    2022                0.00                0.00
    2023                0.00                0.00
     all            2,340.00            4,320.00
    years: 1 rows get 1,980.00 more, 0 get 0.00 less, 0 the same
    """
    if "baseline" in reforms:
        raise ArgumentError(
            "found a reform of the name baseline, which is the baseline's",
            "/reforms/baseline",
            message_zh="改革不能名为baseline，那是基准的名称",
        )
    source = frame if isinstance(frame, Frame) else Frame(frame)
    policies = {"baseline": baseline, **reforms}
    rows = rows_of(source, policies.values(), by, **claims)
    tallies: dict[str, Tally] = {}
    changes: list[Change] = []
    before: Any = None
    after: Awards | None = None
    for name, policy in policies.items():
        after = rows.awards(policy, threads=threads, out=after)
        rows.check(after)
        if name == "baseline":
            before, after = after.total, None
        else:
            changes += _changes(name, after.total - before, rows)
        tallies[name] = rows.tally(policy, threads)
    return PolicyComparison(source, list(policies), _comparison_rows(tallies, rows.labels), changes)


def _changes(name: str, differences: Any, rows: Rows) -> list[Change]:
    made = []
    for code, label in enumerate(rows.labels):
        own = differences if rows.group is None else differences[rows.group == code]
        more, less = own[own > 0], own[own < 0]
        made.append(
            Change(
                name,
                label,
                len(more),
                len(less),
                len(own) - len(more) - len(less),
                yuan(_sum(more)),
                yuan(-_sum(less)),
            )
        )
    return made


def _sum(values: Any) -> int:
    """Exact, whatever it comes to: the halves of 64 bits are added up apart."""
    low = int((values & 0xFFFFFFFF).sum(dtype=numpy.uint64)) if len(values) else 0
    return (int((values >> 32).sum(dtype=numpy.int64)) << 32) + low


def _comparison_rows(tallies: Mapping[str, Tally], labels: list[Any]) -> list[PolicyComparisonRow]:
    every = sorted({year for tally in tallies.values() for year in years(tally.policy)})
    zero = yuan(0)
    rows = []
    for code, label in enumerate(labels):
        before = tallies["baseline"].years(code)
        for name, tally in tallies.items():
            own = tally.years(code)
            for year in every:
                row = own.get(year) or TallyYear(year, zero, zero, zero, zero, 0, 0, zero, 0)
                base = fen(before[year].total) if year in before else 0
                rows.append(
                    PolicyComparisonRow(
                        name,
                        label,
                        year,
                        row.total,
                        row.city,
                        row.district,
                        row.withheld,
                        row.households,
                        row.rows,
                        yuan(fen(row.total) - base),
                    )
                )
    return rows


_PAYERS = ("both", "city", "district")


def solve(
    claims: Any,
    *,
    find: str,
    budget: Exact | None = None,
    yearly: Yearly = None,
    of: str = "both",
    rate: int | None = None,
    group: int | None = None,
    policy: Policy | None = None,
    first: Month | None = None,
    last: Month | None = None,
    per: str = "household_month",
    bad: str = "raise",
    threads: int = 1,
    **columns: Any,
) -> Decimal | Fraction | int:
    """The question of a budget, answered exactly: the largest value that keeps it.

    claims: a Tally, or a frame with the columns as simulate takes them; None for ``quantity``. budget: yuan over
    all years; yearly: yuan of each year, or a dict from years (others are without bound); both hold where both are
    given. of: whose budget it is, ``both``, ``city`` or ``district``. find:

    ``factor``      by which all rates can be multiplied, a Decimal in ten-thousandths;
    ``rate``        the price that the policy's rate of this number (from 0) can have, the others as they are, yuan;
    ``city_share``  the least, a Fraction in ten-thousandths, that leaves the district within the budget;
    ``quantity``    households (or what per says: community_month, or square_metre_month, m² as a Decimal) that it
                    carries through the months first to last with every year passed.

    bad, threads: of a frame, as simulate has them; bad rows that are kept cost nothing.

    Raises InconsistentError (no answer fits), NotFoundError (every answer does), MissingValueError (no budget).

    >>> solve(None, find="quantity", budget=30_000_000, first="2019-12", last="2020-12")
    128205
    """
    asked = one_of(find, ("factor", "rate", "city_share", "quantity"), "/find")
    payer = one_of(of, _PAYERS, "/of")
    known = claims if isinstance(claims, Tally) else None
    if known is not None:
        policy = known.policy
    elif policy is None:
        policy = NANCHANG_2019
    bound = (payer, None if budget is None else _fen(budget, "budget"), _yearly(policy, yearly))
    if asked == 3:
        return _quantity(policy, first, last, per, bound)
    keep = one_of(bad, ("raise", "keep"), "/bad") == 1
    tally = known or _tally_of(claims, policy, first, last, columns, keep=keep, threads=threads)
    return _answer(asked, tally, rate, group, bound)


def _ask(question: Callable[..., int], *arguments: Any) -> int:
    """The library's answer. Of a group that is there it finds none only where no answer is too large, which is of
    the question."""
    try:
        return question(*arguments)
    except NotFoundError as error:
        raise NotFoundError(error.message, "/find", message_zh=error.message_zh) from None


def _quantity(policy: Policy, first: Month | None, last: Month | None, per: str, bound: Any) -> int | Decimal:
    if first is None or last is None:
        raise ArgumentError(
            "found None where a month is wanted",
            "/first" if first is None else "/last",
            message_zh="须给出月份",
        )
    basis = one_of(per, tuple(_UNITS), "/per")
    months = month(first, "first"), month(last, "last")
    found = _ask(_pilot.budget_quantity, policy._native, basis, *months, bound)
    return _square_metres(found) if per == "square_metre_month" else found


def _answer(asked: int, tally: Tally, rate: int | None, group: int | None, bound: Any) -> Decimal | Fraction:
    if group is not None and not 0 <= count(group, "group") < tally.groups:
        raise NotFoundError(f"there is no such group; the tally has {tally.groups}", "/group")
    plan, sums, code = tally.policy._native, tally._native, group_number(group)
    if asked == 0:
        return _ten_thousandths(_ask(_pilot.budget_factor, plan, sums, code, bound))
    if asked == 2:
        return Fraction(_ask(_pilot.budget_city_share, plan, sums, code, bound), 10_000)
    if rate is None:
        raise ArgumentError(
            "found None where the number of a rate, from 0, is wanted",
            "/rate",
            message_zh="须给出第几项标准，自0起",
        )
    return _ten_thousandths(_ask(_pilot.budget_rate, plan, sums, code, bound, count(rate, "rate")))


def _fen(value: Exact, name: str) -> int:
    try:
        return _pilot.fen(exact(value, name))
    except Error as error:
        error.path = f"/{name}"
        raise


def _square_metres(number: int) -> Decimal:
    return Decimal(number).scaleb(-2, EXACT)


def _ten_thousandths(number: int) -> Decimal:
    return Decimal(number).scaleb(-4, EXACT)


def _yearly(policy: Policy, yearly: Yearly) -> tuple[int, ...] | None:
    if yearly is None:
        return None
    if not isinstance(yearly, Mapping):
        return (_fen(yearly, "yearly"),) * len(years(policy))
    most = numpy.iinfo(numpy.int64).max
    unknown = set(yearly) - set(years(policy))
    if unknown:
        raise NotFoundError(
            "the policy has no rate in that year",
            f"/yearly/{min(unknown)}",
            message_zh="政策在该年没有奖励标准",
        )
    return tuple(
        _fen(yearly[year], f"yearly/{year}") if year in yearly else int(most) for year in years(policy)
    )


def _tally_of(
    frame: Any,
    policy: Policy,
    first: Month | None,
    last: Month | None,
    columns: Mapping[str, Any],
    *,
    keep: bool,
    threads: int,
) -> Tally:
    source = Frame(frame)
    named: dict[str, Any] = {
        **({} if first is None else {"first": first}),
        **({} if last is None else {"last": last}),
    }
    rows = rows_of(source, [policy], **{**named, **columns})
    tally = Tally(policy)
    told = rows.add_to(tally, threads)
    if not keep:
        rows.check(told)
    return tally


def tally_file(
    path: Path,
    policy: Policy = NANCHANG_2019,
    *,
    group: str | None = None,
    batch_rows: int = BATCH_ROWS,
    bad: str = "raise",
    threads: int = 1,
    progress: bool = False,
    encoding: str | None = None,
    **claims: Any,
) -> FileTally:
    """The sums of a Parquet, CSV or Arrow file of any size, a batch of rows at a time; claims: columns as simulate
    takes them. progress: a bar on standard error,
    which needs rich. Raises the Error of the first bad row, unless bad is ``keep``.

    A CSV is UTF-8 or GB18030, as it is found to be where encoding is None. Its columns are what they are used as:
    whole numbers; results, which are true, yes, 是 or 合格, false, no, 否 or 不合格, or nothing; and text as it is
    written, which groups, months and areas are. A masks' column of passed years goes with one of failed years.

    >>> import pathlib, tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = pathlib.Path(folder.name, "claims.csv")
    >>> path.write_text("households,first,last,district\\n1885,2019-12,2023-12,donghu\\n10,2021-01,2023-12,xihu\\n") > 0
    True
    >>> sums, labels = tally_file(path, group="district")
    >>> labels, sums.total, sums.group(1)[2021].total
    (['donghu', 'xihu'], Decimal('1259730.00'), Decimal('2160.00'))
    >>> folder.cleanup()
    """
    keep = one_of(bad, ("raise", "keep"), "/bad") == 1
    file = TableFile(path, encoding)
    groups, made = Groups(policy), Tally(policy)
    uses = _uses(**claims)

    def add(batch: Batch) -> None:
        rows = rows_of_batch(batch, uses, policy, group, claims)
        own = made if group is None else Tally(policy, len(rows.labels) or 1)
        told = rows.add_to(own, threads)
        if not keep:
            rows.check(told, batch.start)
        if group is not None:
            groups.add(own, rows.labels)

    file.each(add, batch_rows, _columns_read(file, claims, group), progress, group)
    return FileTally(made, [None]) if group is None else FileTally(*groups.in_order())


def rows_of_batch(
    batch: Batch, uses: Mapping[str, str], policy: Policy, group: str | None, claims: Mapping[str, Any]
) -> Rows:
    """The claims of a batch of a file's rows, with the groups that it has."""
    rows = rows_of(Frame(*batch.used(uses)), [policy], **claims)
    if group is None:
        return rows
    reader = Reader()
    # As it is written, whatever else the column is used as.
    return rows.coded(reader, *groups_of(reader, Frame(batch.table), group))


def _columns_read(file: TableFile, claims: Mapping[str, Any], group: str | None) -> list[str]:
    """The columns of a file that its claims and groups take; one at least, which has the rows."""
    asked = columns_of(file.names, {"households": "households", "first": "first", "last": "last", **claims})
    passed = claims.get("passed")
    results = passed.values() if isinstance(passed, Mapping) else ()
    named = [*asked.values(), *(one for one in results if isinstance(one, str)), group]
    return list(dict.fromkeys(name for name in named if name is not None)) or file.names[:1]


class FileTally(NamedTuple):
    """The sums of a file, and the label of each group, in order ([None] without groups)."""

    tally: Tally
    labels: list[Any]


def simulate_file(
    path: Path,
    to: Path,
    policy: Policy = NANCHANG_2019,
    *,
    by_year: bool = False,
    reasons: bool = False,
    unit: str = "fen",
    bad: str = "raise",
    batch_rows: int = 1 << 20,
    threads: int = 1,
    progress: bool = False,
    encoding: str | None = None,
    **claims: Any,
) -> Tally:
    """Writes the rows of a Parquet, CSV or Arrow file with the columns that simulate adds, a batch of rows at a time,
    and gives their sums; arguments as tally_file and simulate take them.

    to: the file that is written, as Parquet, CSV, CSV in gzip or Arrow by its suffix; a CSV is in UTF-8, with a CSV's
    cells as they were, while the others have them by their use, and nulls where they cannot be read. It comes in the
    place of an older one when all is written, and keeps its mode; a symbolic link stays. Where anything fails, a bad
    row or a full disk, the older one is as it was and nothing else is left. Raises ArgumentError (another suffix; to
    is the file that is read), OSError with the name of the file.

    >>> import pathlib, tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = pathlib.Path(folder.name, "claims.csv")
    >>> path.write_text("households,first,last,district\\n1885,2019-12,2023-12,donghu\\n10,2021-01,2023-12,xihu\\n") > 0
    True
    >>> simulate_file(path, path.with_name("awards.csv"))
    <Tally of 2 rows, 0 bad: 1259730.00 yuan>
    >>> print(path.with_name("awards.csv").read_text().splitlines()[1])
    "1885","2019-12","2023-12","donghu",125541000,62770500,62770500
    >>> folder.cleanup()
    """
    keep = one_of(bad, ("raise", "keep"), "/bad") == 1
    one_of(unit, UNITS, "/unit")
    file = TableFile(path, encoding)
    differ(path, to)
    sums = Tally(policy)
    uses = _uses(**claims)

    def write(batch: Batch) -> None:
        source = Frame(*batch.used(uses))
        free(_made(policy, by_year, reasons, keep, unit), source.names)
        rows = rows_of(source, [policy], **claims)
        made = rows.awards(policy, years=by_year, reasons=reasons, statuses=keep, threads=threads)
        if not keep:
            rows.check(made, batch.start)
        rows.add_to(sums, threads)
        # A CSV has the cells as they were, also those that cannot be read.
        kept = batch.table if is_csv(to) else batch.plain(source.frame, uses)
        put(Frame(kept).with_columns(_columns(made, policy, unit)))

    with table_written(to) as put:
        file.each(write, batch_rows, None, progress)
    return sums


def _uses(**claims: Any) -> dict[str, str]:
    """The columns of claims, and what they are used as."""
    masks = claims.get("failed") is not None
    passed = claims.get("passed")
    results = list(passed.values()) if isinstance(passed, Mapping) else [passed]
    numbers = ("communities", "building_area_dm2", "failed")
    uses = (
        (TEXT, [claims.get("first", "first"), claims.get("last", "last"), claims.get("passed_from")]),
        (AREA, [claims.get("building_area")]),
        (WHOLE, [claims.get("households", "households"), *map(claims.get, numbers)]),
        (WHOLE if masks else RESULT, results),
    )
    made: dict[str, str] = {}
    for use, names in uses:
        for name in names:
            if isinstance(name, str) and made.setdefault(name, use) != use:
                raise InconsistentError(
                    f"found a column that is asked for as {made[name]} and as {use}",
                    f"/{name}",
                    message_zh="同一列不能作两种用途",
                )
    return made
