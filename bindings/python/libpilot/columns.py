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
from typing import TYPE_CHECKING, NamedTuple

import numpy

from . import _pilot
from ._column_inputs import claims, whole
from ._column_passes import Checked, Output, Pass, written
from ._errors import ArgumentError
from ._menu import _rounding
from ._policy import NANCHANG_2019, Policy, native
from ._tally import Tally, TallyYear, tally

if TYPE_CHECKING:
    from ._column_inputs import Array, Column, Prepared
    from ._column_passes import Done
    from ._menu import Rounding

__all__ = [
    "NO_AMOUNT",
    "REASONS",
    "SCREEN_RULES",
    "Awards",
    "Bills",
    "Pass",
    "Screening",
    "Tally",
    "TallyYear",
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

REASONS: tuple[str, ...] = ("payable", "not_assessed", "failed", "outside_period")
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
    """Awards in fen, a row each; city + district == total. withheld; years, of the shape (rows, years of the
    policy); reasons, bit 0 for paid months, 1 for not assessed, 2 for failed, 3 for those outside the period;
    statuses, 0 or the number of an Error: each None unless asked for. NO_AMOUNT where the row is bad."""

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
    made = written(
        lambda columns, arrays: _pilot.award_columns(plan, columns, arrays),
        claims(plan, households, building_area, communities, first, last, passed, failed),
        (
            Output("total"),
            Output("city"),
            Output("district"),
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
    given = {"price": price, "area": area, "months": months}
    prepared = {name: whole(column, name) for name, column in given.items()}
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
    return Bills(*made)


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
    given = {
        "office_area": office_area,
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
        [whole(column, name) for name, column in given.items()],
        (Output("breached", kind=numpy.uint32), Output("unknown", kind=numpy.uint32)),
        out,
        threads,
    )
    return Screening(breached, unknown)
