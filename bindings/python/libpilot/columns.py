"""Awards, bills, screening, accounts and sums that add up, over NumPy columns: the C library's panel.h.

Numbers are whole fen, and whole 0.0001 yuan of a price; with ``unit="yuan"`` the amounts of a result are arrays of
exact Decimal yuan, None in a bad row, which take longer. Areas are m², whole or decimal numbers (Decimal, text);
arrays of whole 0.01 m² have names that end in ``_dm2``. A column is one value that holds for every row, a list, or a
column of NumPy, pandas, Polars or PyArrow; int64, int32, int16 and ``datetime64[M]`` arrays without gaps are read where they
lie, others are converted where nothing is lost: a whole float is its number, and one with decimals is refused, as is
a row without a value. No row depends on another, so that the results are the same bits for any number of threads and
any split of the rows.

A bad row never stops a call: its amounts are :data:`NO_AMOUNT`, and the result says how many there are, which is
the first (``first_bad``) and why (``status``, a word of :class:`libpilot.Error`). Look at ``bad`` before adding up,
or call ``check()``, which raises the first one.

>>> import numpy
>>> from libpilot import columns
>>> made = columns.awards(numpy.array([1885, 10]), "2019-12", numpy.array(["2023-12", "2020-01"], "M8[M]"))
>>> made.total
array([125541000,     36000])
>>> columns.accounts("2023-07", "2024-06", service_cost=[700, 900], years=range(2023, 2025)).service.shortfall
array([[4200, 4200],
       [5400, 5400]])
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy

from . import _pilot
from ._column_inputs import area as areas, claims, months, whole
from ._column_passes import Checked, Output, Pass, written
from ._errors import ArgumentError, Error, RangeError, TooLargeError, UnknownKeyError, WrongTypeError
from ._menu import _rounding
from ._policy import NANCHANG_2019, Policy, native
from ._tally import Tally, TallyYear, tally
from ._values import one_of, yuan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ._column_inputs import Array, Column, Prepared
    from ._column_passes import Done
    from ._menu import Rounding

__all__ = [
    "NO_AMOUNT",
    "REASONS",
    "SCREEN_RULES",
    "Accounts",
    "Awards",
    "Bills",
    "LedgerColumns",
    "Pass",
    "Screening",
    "Tally",
    "TallyYear",
    "accounts",
    "awards",
    "bills",
    "screen",
    "tally",
    "years",
]

NO_AMOUNT: int = numpy.iinfo(numpy.int64).min
"""The amount of a bad row."""

SCREEN_RULES: tuple[str, ...] = _pilot.screen_rules()
"""The rule of each bit of :func:`screen`'s masks."""

REASONS: tuple[str, ...] = ("payable", "not_assessed", "failed", "outside_period", "before_pass")
"""The reason of each bit of Awards.reasons."""


class _Awards(NamedTuple):
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


class Awards(_Awards, Checked):
    """Awards in fen (or yuan), a row each; city + district == total, both None where split was False. withheld; years, of the shape (rows, years of the
    policy); reasons, bit 0 for paid months, 1 for not assessed, 2 for failed, 3 for those outside the period, 4 for
    those before the pass; statuses, 0 or the number of an Error: each None unless asked for. NO_AMOUNT where the row is bad."""

    __slots__ = ()


class _Bills(NamedTuple):
    amounts: Array
    statuses: Array | None = None
    bad: int = 0
    first_bad: int | None = None
    status: str | None = None


class Bills(_Bills, Checked):
    """Bills in fen, a row each, NO_AMOUNT where it is bad; statuses as those of Awards."""

    __slots__ = ()


class LedgerColumns(NamedTuple):
    """What a ledger lacks by row and calendar year, in fen: arrays of the shape (rows, years), named as the
    sums of libpilot.Ledger. gap: before any source; gap_after_fees; reward: booked; gap_after_reward;
    shortfall: after all sources, which somebody has to bring. Those between gap and shortfall are None unless
    asked for. 0 in a year without a month of the account."""

    gap: Array
    gap_after_fees: Array | None
    reward: Array | None
    gap_after_reward: Array | None
    shortfall: Array


class _Accounts(NamedTuple):
    service: LedgerColumns
    community: LedgerColumns
    both: LedgerColumns
    statuses: Array | None = None
    bad: int = 0
    first_bad: int | None = None
    status: str | None = None


class Accounts(_Accounts, Checked):
    """Accounts, a row each: the two ledgers, and both together, each sum of both being that of service and
    that of community. NO_AMOUNT throughout where the row is bad; statuses as those of Awards."""

    __slots__ = ()


class Screening(NamedTuple):
    """A mask a row of the rules breached and of those whose evidence is missing: bit i is SCREEN_RULES[i]."""

    breached: Array
    unknown: Array


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
    building_area_dm2: Column = None,
    communities: Column = None,
    passed: Column = None,
    failed: Column = None,
    passed_from: Column = None,
    policy: Policy | None = NANCHANG_2019,
    split: bool = True,
    years: bool = False,
    withheld: bool = False,
    reasons: bool = False,
    statuses: bool = False,
    unit: str = "fen",
    threads: int = 1,
    out: Awards | None = None,
) -> Awards:
    """The award of each row, as Policy.reward gives it (4.4.1).

    households, communities: whole numbers; building_area: m², or building_area_dm2: whole 0.01 m². Those that the
    policy's rates are not paid for may be left out. first, last: months of service, both included: dates and times
    (by the wall clock of their own zone), monthly periods, text such as 2019-12, or columns of months since 1970-01.
    passed, failed: masks with a bit for each year, bit 0 for ``years(policy)[0]``. Both: years in neither are not
    assessed, and a year in both makes the row bad. passed alone: no year failed; failed alone: the others passed;
    neither: all passed. Instead of masks, passed may be True, False or an array of those, for all years, or a dict
    from years to True, False, None (not assessed) or an array of bool; years not in it are not assessed, nor are rows
    that a masked array masks.
    passed_from: the month in which a row's passes were made, blank where there is none. Where the policy's reading
    pass_effect is ``from_the_pass`` it has to be given, and they pay from it on; otherwise it is not looked at.
    A row has one number of households: a claim whose counts have dates is several rows, those of
    :meth:`libpilot.Policy.claim_runs`.
    split: whether to make city and district; totals alone of int32 households, with months of int32 or int16 and every
    year passed, are the fastest. years, withheld, reasons, statuses: whether to make those columns as well.
    unit: of the amounts, ``fen`` or ``yuan``.
    out: earlier Awards of as many rows, whose arrays are written again; an exception, Ctrl-C as well, leaves some
    rows written. threads: ranges of rows at once.

    Raises, at the column and row: MissingValueError (a row without a value), WrongTypeError (a float with decimals; a
    quarter, year or week for a month), RangeError (a number from 1900 to 2199 for a month, which is rather a year),
    FormatError (text that is no month), PrecisionError (an area of more than two decimals), TooLargeError; and
    InconsistentError (lengths), MissingValueError (no passed_from where it is needed), ArgumentError (no first or last; areas twice), LimitError (rates of more than 64
    years). What can be read is never an error but makes bad rows.

    >>> awards([1885, 10], "2019-12", ["2023-12", "2020-12"]).total
    array([125541000,    234000])
    """
    plan = native(policy)
    in_yuan = _in_yuan(unit, out)
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
    made = awards_of(
        plan,
        claims(plan, given),
        split=split,
        years=years,
        withheld=withheld,
        reasons=reasons,
        statuses=statuses,
        threads=threads,
        out=out,
    )
    return made._replace(**_decimals(made, "total", "city", "district", "withheld", "years")) if in_yuan else made


def _in_yuan(unit: str, out: object) -> bool:
    """Whether amounts are asked for in yuan, which no array of fen can be written again with."""
    if one_of(unit, ("fen", "yuan"), "/unit") == 1 and out is not None:
        raise ArgumentError("found arrays to write again, which are of fen, where yuan are wanted", "/out")
    return unit == "yuan"


def _decimals(made: Any, *names: str) -> dict[str, Any]:
    """The amounts of a result in yuan."""

    def decimal(fen: int) -> Decimal | None:
        return None if fen == NO_AMOUNT else yuan(int(fen))

    of_all: Any = numpy.frompyfunc(decimal, 1, 1)
    given = {name: getattr(made, name) for name in names}
    return {name: None if one is None else of_all(one).astype(object) for name, one in given.items()}


def awards_of(
    plan: _pilot.Policy,
    prepared: tuple[Prepared, ...],
    *,
    split: bool = True,
    years: bool = False,
    withheld: bool = False,
    reasons: bool = False,
    statuses: bool = False,
    threads: int = 1,
    out: Awards | None = None,
) -> Awards:
    """The same of columns as the binding takes them."""
    made = written(
        lambda columns, arrays: _pilot.award_columns(plan, columns, arrays),
        prepared,
        (
            Output("total"),
            Output("city", split),
            Output("district", split),
            Output("withheld", withheld),
            Output("years", years, width=_pilot.policy_years(plan)[1]),
            Output("reasons", reasons, numpy.uint8),
            Output("statuses", statuses, numpy.uint8),
        ),
        out,
        threads,
    )
    return Awards(*made)


def bills(
    *,
    price: Column,
    months: Column,
    area: Column = None,
    area_dm2: Column = None,
    rounding: Rounding | Mapping[str, str] | None = None,
    statuses: bool = False,
    unit: str = "fen",
    threads: int = 1,
    out: Bills | None = None,
) -> Bills:
    """A dwelling's fee a row: area (m²; or area_dm2: whole 0.01 m²) x price (whole 0.0001 yuan per m² and month) x
    months, as libpilot.fee gives it: half up to the fen, once, where rounding is None. Raises as awards; unit and
    threads as of it.

    >>> from libpilot import columns
    >>> columns.bills(area=["61.37", "120"], price=3500, months=1).amounts
    array([2148, 4200])
    >>> columns.bills(area="61.37", price=3500, months=[1, 12], unit="yuan").amounts
    array([Decimal('21.48'), Decimal('257.75')], dtype=object)
    """
    rule = _rounding(rounding)
    in_yuan = _in_yuan(unit, out)
    prepared = {
        "price": whole(price, "price"),
        "area": areas(area, area_dm2, "area"),
        "months": whole(months, "months"),
    }
    for name, column in prepared.items():
        if column is None:
            raise ArgumentError("found None where a column is wanted", f"/{name}")
    made = written(
        lambda columns, arrays: _pilot.fee_columns(columns, rule, arrays),
        tuple(prepared.values()),
        (Output("amounts"), Output("statuses", statuses, numpy.uint8)),
        out,
        threads,
    )
    bills = Bills(*made)
    return bills._replace(**_decimals(bills, "amounts")) if in_yuan else bills


_FIRST_ACCOUNTS = 1 << 9
"""Rows that are worked on first, to see how long all take: they take a hundred times as long as awards."""
_LEDGERS = ("service", "community", "both")
_SOURCES = ("gap_after_fees", "reward", "gap_after_reward")
_CLAIM = (
    "households",
    "building_area",
    "building_area_dm2",
    "communities",
    "first",
    "last",
    "passed",
    "failed",
    "passed_from",
)


def accounts(
    first: Column = None,
    last: Column = None,
    *,
    service_opening: Column = None,
    community_opening: Column = None,
    service_cost: Column = None,
    community_cost: Column = None,
    billed: Column = None,
    collection_rate: str | Fraction | None = None,
    service_income_gross: Column = None,
    service_income_cost: Column = None,
    community_income_gross: Column = None,
    community_income_cost: Column = None,
    claim: Mapping[str, Column] | None = None,
    policy: Policy | None = NANCHANG_2019,
    years: range | None = None,
    sources: bool = False,
    statuses: bool = False,
    unit: str = "fen",
    threads: int = 1,
    out: Accounts | None = None,
) -> Accounts:
    """What each account's ledgers lack by calendar year, as Account.compute gives it under the policy's
    readings (4.4-1 to 4.4.2-5), without uses or a rebate.

    first, last: months of the account, both included, as awards takes them. The others are fen, whole
    numbers, and 0 where they are not given: opening, carried into a ledger; and of each month cost, billed
    (such as ``bills`` of one month), and what businesses take and cost: of the service the project's own
    (4.4.2-1), of the community parking (4.4.2-5). collection_rate: the share of what is billed that is
    collected, in every row, ``"3/4"`` or a Fraction.
    claim: the columns that awards takes, by name; None: no reward is claimed.
    years: a range of calendar years, those of the policy's rates where it is None. Months before it count for
    what they carry on.
    sources: whether to make what is lacking after fees and reward, and the reward, as well. statuses,
    unit, threads, out: as of awards.

    Raises what awards raises, the columns of the claim being at ``/claim``; ArgumentError (billed without a
    collection rate), FormatError and RangeError (a rate that is no share, years that the calendar does not
    have), UnknownKeyError (a name of the claim). A row is bad where Account.compute or the claim's award
    fails, or a sum of both ledgers does not fit.

    >>> from libpilot import columns
    >>> made = columns.accounts("2021-07", "2024-12", community_cost=[2800000, 3500000], sources=True,
    ...     years=range(2022, 2025), claim={"households": 1885, "first": "2021-07", "last": "2023-12"})
    >>> made.community.reward[0]
    array([27144000, 13572000,        0])
    >>> made.both.shortfall
    array([[ 2898000, 20028000, 33600000],
           [14856000, 28428000, 42000000]])
    """
    plan = native(policy)
    in_yuan = _in_yuan(unit, out)
    amounts = {
        "service_opening": service_opening,
        "community_opening": community_opening,
        "service_cost": service_cost,
        "community_cost": community_cost,
        "billed": billed,
        "service_income_gross": service_income_gross,
        "community_income_gross": community_income_gross,
        "service_income_cost": service_income_cost,
        "community_income_cost": community_income_cost,
    }
    prepared = (
        *_claimed(plan, claim),
        months(first, "first"),
        months(last, "last"),
        *(whole(column, name) for name, column in amounts.items()),
    )
    rate = _collected(billed, collection_rate)
    span = _span(plan, years)
    outputs = [
        Output(f"{ledger}.{name}", _is_made(name, sources, out), width=len(span))
        for ledger in _LEDGERS
        for name in LedgerColumns._fields
    ]

    def call(columns: tuple[Prepared, ...], arrays: tuple[Array | None, ...]) -> Done:
        told = arrays[-1]
        done = _pilot.account_columns(plan, columns, rate, span[0], span[-1], (*arrays[:10], told))
        return _add_up(done, [array for array in arrays[:-1] if array is not None], told, len(span))

    written_to = (*outputs, Output("statuses", statuses, numpy.uint8))
    made = written(call, prepared, written_to, out, threads, _FIRST_ACCOUNTS)
    service, community, both = (LedgerColumns(*made[at : at + 5]) for at in (0, 5, 10))
    if in_yuan:
        service, community, both = (
            LedgerColumns(**_decimals(one, *LedgerColumns._fields)) for one in (service, community, both)
        )
    return Accounts(service, community, both, *made[15:])


def _claimed(plan: _pilot.Policy, claim: Mapping[str, Column] | None) -> tuple[Prepared, ...]:
    if claim is None:
        return (None,) * 8
    if not isinstance(claim, Mapping):
        raise WrongTypeError(f"found {claim!r} where a dict of columns is wanted", "/claim")
    for name in claim:
        if name not in _CLAIM:
            raise UnknownKeyError(
                f"found no column of a claim: those are {', '.join(_CLAIM)}", f"/claim/{name}"
            )
    return claims(plan, claim, at="claim/")


def _collected(billed: Column, rate: str | Fraction | None) -> str:
    if rate is None and billed is None:
        return "0"  # of nothing
    if rate is None:
        raise ArgumentError("found None where the share of what is billed is wanted", "/collection_rate")
    if isinstance(rate, Fraction):
        return str(rate)
    if not isinstance(rate, str):
        raise WrongTypeError(f'found {rate!r} where a share such as "3/4" is wanted', "/collection_rate")
    return rate


def _span(plan: _pilot.Policy, years: range | None) -> range:
    """The years, which the calendar has; at least one."""
    if years is None:
        start, count = _pilot.policy_years(plan)
        years = range(start, start + count)
    if not isinstance(years, range) or years.step != 1:
        raise WrongTypeError(f"found {years!r} where a range of calendar years is wanted", "/years")
    if not years:
        raise RangeError("found no year", "/years")
    try:
        for year in (years.start, years.stop - 1):
            _pilot.month_number(f"{year:04d}-01")
    except Error:
        raise RangeError(f"found {years!r} where years of the calendar are wanted", "/years") from None
    return years


def _is_made(name: str, sources: bool, out: Accounts | None) -> bool:
    """A sum is made of all ledgers or of none."""
    given = out is not None and any(getattr(getattr(out, one), name) is not None for one in _LEDGERS)
    return given or sources or name not in _SOURCES


def _add_up(done: Done, ledgers: Sequence[Array], statuses: Array | None, years: int) -> Done:
    """Both ledgers together, of those that the library has written to. ledgers: arrays of service, as many of
    community, and those of both. A row with a sum that does not fit is bad."""
    bad, first, number = done
    count = len(ledgers) // 3
    over = numpy.zeros(len(ledgers[0]) // years, bool)
    for service, community, both in zip(ledgers, ledgers[count:], ledgers[2 * count :]):
        numpy.add(service, community, out=both)
        # No sum is negative but NO_AMOUNT, twice which is 0: what is negative here has wrapped.
        if both.size and both.min() < 0:
            over |= (both < 0).reshape(-1, years).any(axis=1)
        if bad:
            both[service == NO_AMOUNT] = NO_AMOUNT
    if not over.any():
        return done
    for array in ledgers:
        array.reshape(-1, years)[over] = NO_AMOUNT
    if statuses is not None:
        statuses[over] = TooLargeError.number
    earliest = min((int(over.argmax()), TooLargeError.number), (first, number) if bad else (len(over), 0))
    return bad + int(over.sum()), *earliest


_LAYOUTS = {"open": 1, "closed": 2}


def screen(
    policy: Policy | None = NANCHANG_2019,
    *,
    office_area: Column = None,
    office_area_dm2: Column = None,
    communities: Column = None,
    staff: Column = None,
    layout: Column = None,
    remediation: Column = None,
    threads: int = 1,
    out: Screening | None = None,
) -> Screening:
    """The rules that each site breaches, and those whose evidence is missing, by the policy's parameters.

    office_area: m² of the offices that count, or office_area_dm2: whole 0.01 m²; communities: that the area spans;
    staff: named for property management; layout: ``open``, ``closed``, or 1 and 2; remediation: a mask, bit i for
    item i of the notice's remediation, of an area that is being remediated. A blank or negative number (or another
    layout) is not known, and a column that is not given leaves its rule unknown. Raises FormatError and PrecisionError
    (an area), WrongTypeError (a number with decimals), InconsistentError (columns of other lengths).

    >>> SCREEN_RULES[0], screen(office_area=["120", "118.50"]).breached
    ('office_area', array([0, 1], dtype=uint32))
    """
    plan = native(policy)
    layout = _LAYOUTS.get(layout, layout) if isinstance(layout, str) else layout
    given = {
        "communities": communities,
        "staff": staff,
        "layout": layout,
        "remediation": remediation,
    }

    def call(columns: tuple[Prepared, ...], arrays: tuple[Array | None, ...]) -> Done:
        _pilot.screen_columns(plan, columns, arrays)
        return 0, 0, 0  # every row has an answer

    breached, unknown, *_ = written(
        call,
        [
            areas(office_area, office_area_dm2, "office_area", absent=-1),
            *(whole(column, name, absent=-1) for name, column in given.items()),
        ],
        (Output("breached", kind=numpy.uint32), Output("unknown", kind=numpy.uint32)),
        out,
        threads,
    )
    return Screening(breached, unknown)
