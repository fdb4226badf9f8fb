"""What a scheme may cost where passes, take-up and numbers of households are uncertain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy

from . import _pilot
from ._column_inputs import Claims, Reader, masks, row_count, share_of
from ._column_passes import in_threads
from ._errors import ArgumentError, RangeError
from ._frames import Frame, amounts_of, in_unit, rows_of
from ._policy import NANCHANG_2019, Policy
from ._values import count, one_of, yuan
from .columns import Tally, years

if TYPE_CHECKING:
    from collections.abc import Callable

    from ._column_inputs import Array

_ROWS = 1 << 16  # worked on at once: some megabytes
_WORD = 1 << 32
_MILLION = 1_000_000


class Draws:
    """The sums of each draw, in fen, as arrays of the shape (draws, years): total, city, district. years: the
    calendar years; seed: what they were drawn with. The sums of a draw add up as an award's do."""

    __slots__ = ("years", "seed", "total", "city", "district", "_source")

    def __init__(
        self, source: Frame, seed: int, years: tuple[int, ...], total: Array, city: Array, district: Array
    ) -> None:
        self._source = source
        self.seed = seed
        self.years = years
        self.total = total
        self.city = city
        self.district = district

    def quantiles(
        self, at: Sequence[Decimal | float | str] = ("0.05", "0.5", "0.95"), of: str = "total"
    ) -> dict[int | None, tuple[Decimal, ...]]:
        """For each year, and None for all years together, the least sum in yuan that at least that share of the
        draws does not exceed: a sum that was drawn, exact. of: ``total``, ``city`` or ``district``."""
        one_of(of, ("total", "city", "district"), "/of")
        sums = getattr(self, of)
        places = [_place(one, len(sums)) for one in at]
        made: dict[int | None, tuple[Decimal, ...]] = {}
        for index, year in enumerate(self.years):
            made[year] = _picked(sums[:, index].tolist(), places)
        made[None] = _picked([sum(row) for row in sums.tolist()], places)
        return made

    def to_frame(self, unit: str = "fen") -> Any:
        """A row for each draw and year, as a frame of the kind that was drawn from; amounts in whole fen, or in yuan
        as simulate has them."""
        draws = len(self.total)
        sums = (self.total, self.city, self.district)
        return self._source.like(
            {
                "draw": numpy.repeat(numpy.arange(draws), len(self.years)).tolist(),
                "year": list(self.years) * draws,
                **{
                    name: in_unit(unit, one.reshape(-1).tolist()) for name, one in zip(amounts_of(unit), sums)
                },
            }
        )

    def plot(self, ax: Any = None, *, lang: str = "en") -> Any:
        """How many draws come to which total, all years together, with the totals that a twentieth, half and nineteen
        twentieths of the draws do not exceed; arguments as of Award.plot."""
        from ._plot import draws

        return draws(self, ax, lang)

    def _repr_html_(self) -> str:
        from ._html import draws

        return draws(self)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Draws):
            return NotImplemented
        return self.years == other.years and all(
            numpy.array_equal(getattr(self, name), getattr(other, name))
            for name in ("total", "city", "district")
        )

    def __repr__(self) -> str:
        low, middle, high = self.quantiles()[None]
        return f"<Draws: {len(self.total)}, {low} to {high} yuan in nine of ten, {middle} in the middle>"


def _place(share: Decimal | float | str, draws: int) -> int:
    exact = Fraction(str(share))
    if not 0 <= exact <= 1:
        raise RangeError(f"found {share} where a share from 0 to 1 is wanted", "/at")
    return max(0, -(-exact.numerator * draws // exact.denominator) - 1)


def _picked(sums: list[int], places: Sequence[int]) -> tuple[Decimal, ...]:
    ordered = sorted(sums)
    return tuple(yuan(ordered[place]) for place in places)


class _Odds:
    """What is drawn, as whole numbers: a share of 2**32 for each row or for all, and an error in millionths."""

    def __init__(self, frame: Frame, policy: Policy, passes: Any, take_up: Any, error: Any) -> None:
        named = passes if isinstance(passes, Mapping) else dict.fromkeys(years(policy), passes)
        self.passes = [
            _share(frame, named.get(year, 1), f"pass_probability/{year}", _WORD) for year in years(policy)
        ]
        self.take_up = _share(frame, take_up, "take_up", _WORD)
        self.error = _share(frame, error, "household_error", _MILLION)
        # A generator's block is eight words, and every row begins one.
        self.blocks = -(-(len(self.passes) + 2) // 8)


def _share(frame: Frame, given: Any, name: str, whole: int) -> Any:
    """A share of a whole number, nearest, for every row or as an array."""
    if not isinstance(given, str) or given not in frame:
        return share_of(given, name, whole)
    reader = Reader()
    made = reader.shares(frame.column(given), given, whole)
    reader.check()
    return made


def draw(
    frame: Any,
    policy: Policy = NANCHANG_2019,
    *,
    seed: int,
    draws: int = 1000,
    pass_probability: Any = 1,
    take_up: Any = 1,
    household_error: Any = 0,
    threads: int = 1,
    **claims: Any,
) -> Draws:
    """Costs a panel again and again, each time with other luck (4.4.1-2, 4.4.1-6).

    pass_probability: that a row passes the assessment of a year, for each year apart: a share from 0 to 1, a dict
    from years to shares, or a column of shares. Results that the claims give (passed, failed) hold; those of other
    years are drawn. take_up: the share of rows that take part, or a column of each row's chance. household_error:
    households are taken to lie anywhere within this share of the number given, evenly, and are rounded to whole ones.
    claims: the columns, as simulate takes them.

    The same seed gives the same sums whatever the number of threads: each row of each draw has its own place in the
    generator's sequence (Philox, keyed by the seed). Memory does not grow with the draws but for their sums.

    Raises RangeError (a share outside 0 to 1, no draw, the first bad row), and what simulate raises.

    >>> draw({"households": [1000] * 100, "first": ["2020-01"] * 100, "last": ["2020-12"] * 100}, seed=1, draws=200,
    ...     pass_probability="0.9").quantiles()[2020]
    (Decimal('18144000.00'), Decimal('19440000.00'), Decimal('20520000.00'))
    """
    if count(draws, "draws") < 1 or threads < 1:
        raise RangeError(
            "found a number below 1", "/draws" if draws < 1 else "/threads", message_zh="须不小于1"
        )
    if not 0 <= count(seed, "seed") < 1 << 64:
        raise RangeError(
            "found a seed that does not fit in 64 bits", "/seed", message_zh="种子应为0至2的64次方减1的整数"
        )
    source = frame if isinstance(frame, Frame) else Frame(frame)
    rows = rows_of(source, [policy], **claims)
    given = rows.claims
    if given.passed is None and given.failed is not None:
        raise ArgumentError("found failed years and no passed ones: give masks of both", "/passed")
    good, bad = (0 if mask is None else mask for mask in masks(_pilot.policy_years(policy._native), given.passed, given.failed))
    known = given._replace(passed=good, failed=bad)
    rows.check(rows.awards(policy))
    odds = _Odds(source, policy, pass_probability, take_up, household_error)

    def one(number: int, goes_on: Callable[[], bool]) -> list[tuple[int, int, int]]:
        return _sums(known, policy, odds, seed, number, goes_on)

    made = in_threads(one, range(draws), threads)
    sums = numpy.array(made, numpy.int64).reshape(draws, len(years(policy)), 3)
    total, city, district = (numpy.ascontiguousarray(sums[:, :, i]) for i in range(3))
    return Draws(source, int(seed), tuple(years(policy)), total, city, district)


def _sums(
    rows: Claims, policy: Policy, odds: _Odds, seed: int, number: int, goes_on: Callable[[], bool]
) -> list[tuple[int, int, int]]:
    """total, city and district of each year of one draw."""
    tally = Tally(policy)
    every = row_count(rows[:5])
    for start in range(0, every, _ROWS):
        if not goes_on():
            break
        stop = min(start + _ROWS, every)
        generator = numpy.random.Philox(key=[seed, 0], counter=[start * odds.blocks, number, 0, 0])
        raw = generator.random_raw((stop - start) * odds.blocks * 4).astype("<u8", copy=False)
        words = raw.view("<u4").reshape(stop - start, odds.blocks * 8)
        drawn = _drawn(rows.part(start, stop), odds, words, slice(start, stop))
        tally._add((*drawn.prepared(policy._native), None)).check()
    cells = _pilot.aggregate_years(policy._native, tally._native, -1)
    return [cell[4:7] for cell in cells]


def _of(share: Any, rows: slice) -> Any:
    return share[rows] if isinstance(share, numpy.ndarray) else share


def _drawn(rows: Claims, odds: _Odds, words: Array, part: slice) -> Claims:
    """The claims with what this draw says of them."""
    good: Any = 0
    for bit, share in enumerate(odds.passes):
        good = good | (words[:, bit] < _of(share, part)).astype(numpy.int64) << bit
    every = (1 << len(odds.passes)) - 1 if len(odds.passes) < 64 else -1
    unknown = ~(rows.passed | rows.failed)
    takes = words[:, -2] < _of(odds.take_up, part)
    return rows._replace(
        households=_taken(rows.households, takes, _of(odds.error, part), words[:, -1]),
        building_area=_taken(rows.building_area, takes, 0, words[:, -1]),
        communities=_taken(rows.communities, takes, 0, words[:, -1]),
        passed=rows.passed | good & unknown,
        failed=rows.failed | ~good & unknown & every,
    )


def _taken(quantity: Any, takes: Array, error: Any, words: Array) -> Any:
    """The quantity of the rows that take part, each off by up to so many millionths."""
    if quantity is None:
        return None
    if isinstance(error, int) and error == 0:
        return numpy.where(takes, quantity, 0)
    # Evenly from -error to error, in millionths of what is taken apart so that no product wraps.
    off = (words.astype(numpy.int64) * (2 * error + 1) >> 32) - error
    number = numpy.asarray(quantity, numpy.int64)
    near = number // _MILLION * off + (number % _MILLION * off + _MILLION // 2) // _MILLION
    return numpy.where(takes, number + near, 0)
