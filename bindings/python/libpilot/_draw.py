"""What a scheme may cost where passes, take-up and numbers of households are uncertain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy

from . import _pilot
from ._column_inputs import Reader, masks, part, row_count, share_of
from ._column_passes import in_threads, pass_of
from ._errors import ArgumentError, NotFoundError, RangeError, WrongTypeError
from ._frames import Frame, Rows, amounts_of, in_unit, rows_of
from ._notice import reading
from ._policy import NANCHANG_2019, Policy, native
from ._progress import progress_bar
from ._shocks import MILLION, YEAR, Distribution, Shock, choice, expected, group_column, step_of, variant
from ._tally import cells_by_group
from ._values import EXACT, Value, count, one_of, yuan
from .columns import years

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from typing_extensions import TypeAlias

    from ._column_inputs import Array, Prepared
    from ._shocks import Tables
    from ._tally import Tally

    Sample: TypeAlias = dict[str, Array]  # places in the lattice of each shock: (cells, draws)
    Advance: TypeAlias = Callable[[float], object]

_WORD = 1 << 32
_BLOCK = 64  # rows that the library draws together
_AT_ONCE = 1 << 23
"""Rows times draws in one call: some milliseconds."""
_SHARE = Fraction(1, MILLION)
_LUCK = "rows"
_OTHER_LUCK = 0x9E3779B97F4A7C15


class Source(Value):
    """What one source adds to how far the draws lie apart: shares of the variance of the total of all years (Sobol
    indices). alone: what would be gone if the source were known (first order); with_others: what would be left if all
    others were known (total order). name: ``pass_probability``, ``take_up``, a parameter's place, a reading's, or
    ``rows``, the rows' own luck. Estimates are off by about one part in the square root of the number of draws."""

    name: str
    alone: Decimal
    with_others: Decimal

    @property
    def title_en(self) -> str:
        """What the source is called, in English."""
        return self._title("en")

    @property
    def title_zh(self) -> str:
        """The same in Chinese."""
        return self._title("zh")

    def _title(self, lang: str) -> str:
        kind, _, of = self.name.partition("/")
        if kind == "readings":
            found = reading(of)
            return found.title_zh if lang == "zh" else found.title_en
        if self.name not in _TITLES and kind != "pass_probability":
            return f"参数{self.name}" if lang == "zh" else f"parameter {self.name}"
        en, zh = _TITLES[kind]
        return f"{zh if lang == 'zh' else en}{' ' + of if of else ''}"


_TITLES = {
    "pass_probability": ("pass rate", "考核合格率"),
    "take_up": ("take-up", "参与率"),
    _LUCK: ("luck of each row", "各行自身的偶然"),
}


class Draws:
    """The sums of each draw, in fen, as arrays of the shape (draws, years): total, city, district. years: the
    calendar years; seed: what they were drawn with. The sums of a draw add up as an award's do.

    >>> made = draw({"households": [1000] * 100, "first": ["2020-01"] * 100, "last": ["2020-12"] * 100}, seed=1, draws=100,
    ...     pass_probability="0.5")
    >>> made.quantiles()[2020]
    (Decimal('9504000.00'), Decimal('11016000.00'), Decimal('12744000.00'))
    >>> sorted(made.to_frame())
    ['city_fen', 'district_fen', 'draw', 'total_fen', 'year']
    """

    __slots__ = ("years", "seed", "total", "city", "district", "_source", "_model", "_sources")

    def __init__(self, source: Frame, model: _Model, seed: int, sums: Array) -> None:
        """sums: of (draws, years, total and city)."""
        self._source = source
        self._model = model
        self._sources: tuple[Source, ...] | None = None
        self.seed = seed
        self.years = model.years
        self.total = numpy.ascontiguousarray(sums[:, :, 0])
        self.city = numpy.ascontiguousarray(sums[:, :, 1])
        self.district = self.total - self.city

    def quantiles(
        self, at: Sequence[Decimal | float | str] = ("0.05", "0.5", "0.95"), of: str = "total"
    ) -> dict[int | None, tuple[Decimal, ...]]:
        """For each year, and None for all years together, the least sum in yuan that at least that share of the
        draws does not exceed: a sum that was drawn, exact. of: ``total``, ``city`` or ``district``. Raises RangeError (a
        share outside 0..1), NotFoundError (of is none of them)."""
        one_of(of, ("total", "city", "district"), "/of")
        sums = getattr(self, of)
        places = [_place(one, len(sums)) for one in at]
        made: dict[int | None, tuple[Decimal, ...]] = {}
        for index, year in enumerate(self.years):
            made[year] = _picked(sums[:, index].tolist(), places)
        made[None] = _picked([sum(row) for row in sums.tolist()], places)
        return made

    def sources(self, *, threads: int = 1, progress: bool = False) -> tuple[Source, ...]:
        """What share of the spread each source brings, the greatest first: by drawing as often again with another
        seed, and once more for each source with that one's luck changed for the other's (pick and freeze, with
        Saltelli's estimator and Jansen's), which takes so many times as long as the draws did. Kept once it is known.

        >>> from libpilot import uniform
        >>> made = draw({"households": [1000] * 100, "first": ["2020-01"] * 100, "last": ["2020-12"] * 100}, seed=1,
        ...     draws=2000, pass_probability=uniform("0.8", "0.95"), take_up=uniform("0.89", "0.91"), rows="expected")
        >>> [(one.name, round(float(one.alone), 1)) for one in made.sources()]
        [('pass_probability', 1.0), ('take_up', 0.0)]
        """
        if self._sources is None:
            self._sources = _sources(self._model, self.seed, self.total.sum(axis=1), threads, progress)
        return self._sources

    @property
    def known_sources(self) -> tuple[Source, ...]:
        """The sources, where there are several and they are known already, or soon found: all are rates, and rows are
        as expected; else ()."""
        several = len(self._model.names) > 1
        return self.sources() if several and (self._sources is not None or self._model.is_quick) else ()

    def to_frame(self, unit: str = "fen") -> Any:
        """A row for each draw and year, as a frame of the kind that was drawn from; amounts in whole fen, or in yuan
        as simulate has them. Raises NotFoundError (another unit)."""
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


class _Odds(NamedTuple):
    """What is drawn of a row: chances out of 2**32, of a pass by year and of taking part, and an error in millionths;
    a Shock in the place of one that is drawn itself, once for many rows."""

    passes: list[Any]
    take_up: Any
    error: Any

    def shocks(self) -> list[Shock]:
        return list(
            {one.name: one for one in (*self.passes, self.take_up) if isinstance(one, Shock)}.values()
        )


def _share(frame: Frame, given: Any, name: str, whole: int) -> Any:
    """A share of a whole number, nearest, for every row or as an array; or the shock that it is drawn by."""
    if isinstance(given, Distribution):
        shock = _shock(name, given, _SHARE)
        shock.lattice.millionths(numpy.zeros(1, numpy.int64), name)  # which refuses what is no share
        return shock
    if not isinstance(given, str) or given not in frame:
        return share_of(given, name, whole)
    reader = Reader()
    made = reader.shares(frame.column(given), given, whole)
    reader.check()
    return made


def _shock(name: str, given: Distribution, step: Fraction) -> Shock:
    return Shock(name, given._lattice(step), any(one != YEAR for one in given.by), YEAR in given.by)


def _settings(
    policy: Policy, parameters: Mapping[str, Distribution] | None, readings: Mapping[str, Any] | None
) -> list[Shock]:
    """The shocks of a policy: of parameters, and of readings."""
    made = []
    for key, given in (parameters or {}).items():
        if not isinstance(given, Distribution):
            raise WrongTypeError(
                f"found {given!r} where a distribution, such as uniform(10, 20), is wanted",
                f"/parameters/{key}",
                message_zh="应为一个分布，如uniform(10, 20)",
            )
        made.append(_shock(key, given, given._step_from(step_of(policy, key))))
    for name, given in (readings or {}).items():
        known = reading(name).options
        one = given if isinstance(given, Distribution) else choice(known if given is None else given)
        for option in one.numbers:
            if option not in known:
                raise NotFoundError(
                    f"found {option!r} where one of {', '.join(known)} is wanted",
                    f"/readings/{name}",
                    str(option),
                    message_zh=f"{option!r}有误，应为{'、'.join(known)}之一",
                )
        made.append(_shock(f"readings/{name}", one, Fraction(1)))
    for shock in made:
        if shock.by_group or shock.by_year:
            raise ArgumentError(
                "found a policy that would differ by group or year: a policy's shock is one for all",
                f"/{shock.name}",
                message_zh="政策只有一个，其参数和读法不能按组或按年分别抽取",
            )
    return made


class _Model:
    """What is drawn, and what it comes to."""

    def __init__(self, policy: Policy, odds: _Odds, settings: Sequence[Shock], labels: Sequence[Any]) -> None:
        self.policy = policy
        self.years = tuple(years(policy))
        self.odds = odds
        self.settings = settings
        self.labels = labels
        self.shocks = [*odds.shocks(), *settings]
        self._variants: dict[tuple[int, ...], Policy] = {}

    @property
    def names(self) -> list[str]:
        return [shock.name for shock in self.shocks]

    @property
    def is_quick(self) -> bool:
        """Whether to draw again takes no row to be looked at."""
        return False

    def sample(self, seed: int, which: str, draws: int) -> Sample:
        return {
            shock.name: shock.drawn(seed, which, draws, shock.cells(self.labels, self.years))
            for shock in self.shocks
        }

    def cost(self, sample: Sample, seed: int, draws: int, threads: int, advance: Advance) -> Array:
        """(draws, years, total and city), in fen. seed: of the rows' luck."""
        raise NotImplementedError  # pragma: no cover: each kind of draws has its own

    def _policies(self, sample: Sample, draws: int) -> tuple[list[Policy], Array]:
        """The policies that are drawn, and which of them in each draw."""
        if not self.settings:
            return [self.policy], numpy.zeros(draws, numpy.int64)
        places = numpy.concatenate([sample[shock.name] for shock in self.settings])
        found, which = numpy.unique(places, axis=1, return_inverse=True)
        return [self._variant(tuple(one)) for one in found.T.tolist()], which.reshape(-1)

    def _variant(self, places: tuple[int, ...]) -> Policy:
        made = self._variants.get(places)
        if made is None:
            settings = {shock.name: shock.lattice.value(place) for shock, place in zip(self.settings, places)}
            made = self._variants[places] = variant(self.policy, settings)
            if tuple(years(made)) != self.years:
                raise RangeError(
                    "found a parameter that moves the years of the rates, which no draw can add up over",
                    "/parameters",
                    message_zh="该参数会改变标准适用的年份，各次抽样无法按年合计",
                )
        return made

    def _rates(self, shock: Shock, sample: Sample) -> Array:
        """Millionths of (groups or 1, years or 1, draws)."""
        made = shock.lattice.millionths(sample[shock.name], shock.name)
        groups = len(self.labels) if shock.by_group else 1
        return made.reshape(groups, -1, made.shape[1])


class Expected(_Model):
    """Costs as they are expected of the rates that are drawn. tables: see expected."""

    def __init__(
        self,
        policy: Policy,
        odds: _Odds,
        settings: Sequence[Shock],
        labels: Sequence[Any],
        tables: Tables,
    ) -> None:
        super().__init__(policy, odds, settings, labels)
        self.tables = tables
        self._made: dict[Policy, Array] = {}
        for name, one in (("take_up", odds.take_up), ("household_error", odds.error), *self._named_passes()):
            if isinstance(one, numpy.ndarray) or (name == "household_error" and one):
                raise ArgumentError(
                    'found odds of single rows: they need rows="independent"',
                    f"/{name}",
                    message_zh="各行自身的概率或偏差只能用于rows=independent",
                )

    @property
    def is_quick(self) -> bool:
        return not self.settings

    def _named_passes(self) -> Iterator[tuple[str, Any]]:
        return ((f"pass_probability/{year}", one) for year, one in zip(self.years, self.odds.passes))

    def cost(self, sample: Sample, seed: int, draws: int, threads: int, advance: Advance) -> Array:
        policies, which = self._policies(sample, draws)
        tables = numpy.array([self._table(one) for one in policies])
        passes = self._passes(sample, draws)
        takes = self._rate(self.odds.take_up, sample, draws)[:, 0]
        if len(passes) == len(takes) == 1:
            tables = tables.sum(axis=1, keepdims=True)
        made = expected(tables, which, passes, takes)
        advance(draws)
        return made

    def _table(self, policy: Policy) -> Array:
        if policy not in self._made:
            self._made[policy] = numpy.stack(self.tables(policy), axis=2)
        return self._made[policy]

    def _rate(self, one: Any, sample: Sample, draws: int) -> Array:
        if isinstance(one, Shock):
            return self._rates(one, sample)
        return numpy.full((1, 1, 1), one, numpy.int64)

    def _passes(self, sample: Sample, draws: int) -> Array:
        """(groups or 1, years, draws or 1)."""
        of_year = []
        for place, one in enumerate(self.odds.passes):
            rates = self._rate(one, sample, draws)
            of_year.append(rates[:, min(place, rates.shape[1] - 1)])
        shape = numpy.broadcast_shapes(*(one.shape for one in of_year))
        return numpy.stack([numpy.broadcast_to(one, shape) for one in of_year], axis=1)


class _Independent(_Model):
    """Costs as the rows' own luck, by the rates that are drawn, makes them."""

    def __init__(
        self,
        policy: Policy,
        odds: _Odds,
        settings: Sequence[Shock],
        labels: Sequence[Any],
        columns: tuple[Prepared, ...],
        group: Any,
    ) -> None:
        super().__init__(policy, odds, settings, labels)
        self.columns = columns
        self.group = group

    @property
    def names(self) -> list[str]:
        return [*super().names, _LUCK]

    def cost(self, sample: Sample, seed: int, draws: int, threads: int, advance: Advance) -> Array:
        if not self.shocks:
            return self._alike(seed, draws, threads, advance)
        policies, which = self._policies(sample, draws)
        sums = numpy.zeros((draws, len(self.years), 2), numpy.int64)
        rates = {shock.name: self._rates(shock, sample) for shock in self.odds.shocks()}

        def one(draw: int, goes_on: Callable[[], bool]) -> None:
            odds = self._columns(rates, draw)
            for start in range(0, row_count(self.columns), _AT_ONCE // _BLOCK * _BLOCK):
                if not goes_on():
                    return
                columns = part((*self.columns, *odds), start, start + _AT_ONCE)
                self._add(policies[which[draw]], columns, seed, start, draw, sums[draw : draw + 1])
            advance(1)

        in_threads(one, range(draws), threads)
        return sums

    def _alike(self, seed: int, draws: int, threads: int, advance: Advance) -> Array:
        """Where all draws have the same odds: each call draws them all of some rows."""
        rows = row_count(self.columns)
        step = max(_AT_ONCE // draws // _BLOCK, 1) * _BLOCK
        blocks = range(0, rows, step)
        columns = (*self.columns, *self._columns({}, 0))
        spans = [
            blocks[len(blocks) * i // threads : len(blocks) * (i + 1) // threads] for i in range(threads)
        ]

        def through(span: range, goes_on: Callable[[], bool]) -> Array:
            sums = numpy.zeros((draws, len(self.years), 2), numpy.int64)
            for start in span:
                if not goes_on():
                    break
                stop = min(start + step, rows)
                self._add(self.policy, part(columns, start, stop), seed, start, 0, sums)
                advance(draws * (stop - start) / rows)
            return sums

        made: Array = numpy.sum(in_threads(through, spans, threads), axis=0)
        return made

    def _add(
        self, policy: Policy, columns: tuple[Prepared, ...], seed: int, row: int, draw: int, sums: Array
    ) -> None:
        bits = seed - (1 << 64) if seed >> 63 else seed
        flat = sums.reshape(-1)
        told = _pilot.draw_columns(native(policy), columns, bits, row, draw, len(sums), (flat,))
        pass_of([(row, told)]).check()

    def _columns(self, rates: Mapping[str, Array], draw: int) -> tuple[Prepared, ...]:
        """take_up, household_error and each year's pass, of one draw."""

        def of(one: Any, place: int = 0) -> Prepared:
            if not isinstance(one, Shock):
                known: Prepared = one
                return known
            found = rates[one.name][:, min(place, rates[one.name].shape[1] - 1), draw]
            chances = (found * _WORD + MILLION // 2) // MILLION
            if len(chances) == 1:
                return int(chances[0])
            of_rows: Array = chances[self.group]
            return of_rows

        odds = self.odds
        return (of(odds.take_up), odds.error, *(of(one, place) for place, one in enumerate(odds.passes)))


def draw(
    frame: Any,
    policy: Policy = NANCHANG_2019,
    *,
    seed: int,
    draws: int = 1000,
    pass_probability: Any = 1,
    take_up: Any = 1,
    household_error: Any = 0,
    parameters: Mapping[str, Distribution] | None = None,
    readings: Mapping[str, Any] | None = None,
    rows: str = "independent",
    threads: int = 1,
    progress: bool = False,
    **claims: Any,
) -> Draws:
    """Costs a panel again and again, each time with other luck (4.4.1-2, 4.4.1-6).

    pass_probability: that a row passes the assessment of a year, for each year apart: a share from 0 to 1, a dict
    from years to shares, or a column of shares. Results that the claims give (passed, failed) hold; those of other
    years are drawn. take_up: the share of rows that take part, or a column of each row's chance. household_error:
    households are taken to lie anywhere within this share of the number given, evenly, and are rounded to whole ones.
    claims: the columns, as simulate takes them.

    Any of the first two, or a year's, may itself be drawn, once for many rows: ``uniform(low, high)``,
    ``triangular(low, mode, high)``, ``beta(mean, spread)`` or ``choice(values)``, whose ``by`` says what has a value of
    its own: a column such as the district, "year", or both. parameters: distributions of the policy's by their place,
    such as ``{"rates/0/yuan": uniform(15, 20), "city_share": triangular("0.3", "0.5", "0.5")}``. readings: by name,
    options that are as likely, or a dict of their weights, or None for all options: ``{"month_rule": None}``.

    rows: "independent", each row passes and takes part by its own luck at these rates; or "expected", a draw is what
    the rates lead to expect, which the luck of many rows comes close to: of each group and year take-up x (what the
    rows come to if every result that is open fails + pass rate x what more they do if all of them pass), exactly, and
    rounded half up to the fen once for each year and payer, the district's being the rest.

    The same seed gives the same sums whatever the number of threads: each row of each draw has its own place in the
    generator's sequence (Threefry, keyed by the seed), and each shock in another (Philox). Memory does not grow with
    the draws but for their sums. progress: a bar on standard error, which needs rich.

    Raises RangeError (a share outside 0 to 1, no draw, the first bad row), ArgumentError (odds of single rows where
    rows are expected), NotFoundError (no such parameter or option), and what simulate raises.

    >>> draw({"households": [1000] * 100, "first": ["2020-01"] * 100, "last": ["2020-12"] * 100}, seed=1, draws=200,
    ...     pass_probability="0.9").quantiles()[2020]
    (Decimal('18144000.00'), Decimal('19440000.00'), Decimal('20520000.00'))
    """
    _check(seed, draws, threads)
    one_of(rows, ("independent", "expected"), "/rows")
    source = frame if isinstance(frame, Frame) else Frame(frame)
    group = _told_apart_by(pass_probability, take_up)
    made = rows_of(source, [policy], group, **claims)
    claimed = made.claims
    if claimed.passed is None and claimed.failed is not None:
        raise ArgumentError("found failed years and no passed ones: give masks of both", "/passed")
    made.check(made.awards(policy))
    odds = _odds(source, policy, pass_probability, take_up, household_error, rows)
    settings = _settings(policy, parameters, readings)
    good, bad = (
        0 if mask is None else mask
        for mask in masks(_pilot.policy_years(policy._native), claimed.passed, claimed.failed)
    )
    model: _Model
    if rows == "expected":
        model = Expected(policy, odds, settings, made.labels, _tables(made, good, bad, threads))
    else:
        columns = (*claimed[:5], good, bad, claimed.passed_from)
        model = _Independent(policy, odds, settings, made.labels, columns, made.group)
    return drawn(model, source, seed, draws, threads, progress)


def expected_draws(
    policy: Policy,
    labels: Sequence[Any],
    group: str | None,
    tables: Tables,
    source: Frame,
    *,
    seed: int,
    draws: int,
    pass_probability: Any,
    take_up: Any,
    parameters: Mapping[str, Distribution] | None,
    readings: Mapping[str, Any] | None,
    threads: int,
    progress: bool,
) -> Draws:
    """Draws of a panel, whose groups have these labels and are those of the column group."""
    _check(seed, draws, threads)
    asked = _told_apart_by(pass_probability, take_up)
    if asked not in (None, group):
        raise ArgumentError(
            f"found a shock by {asked}, and the panel's groups are those of {group or 'no column'}",
            "/by",
            message_zh=f"共同因素按{asked}划分，而面板的分组列是{group or '无'}",
        )
    odds = _odds(source, policy, pass_probability, take_up, 0, "expected")
    settings = _settings(policy, parameters, readings)
    model = Expected(policy, odds, settings, labels, tables)
    return drawn(model, source, seed, draws, threads, progress)


def drawn(model: _Model, source: Frame, seed: int, draws: int, threads: int, progress: bool) -> Draws:
    """The draws of a model. source: the frame whose kind to_frame gives."""
    with progress_bar(progress, "draws", draws) as advance:
        sums = model.cost(model.sample(seed, "A", draws), seed, draws, threads, advance)
    return Draws(source, model, int(seed), sums)


def _told_apart_by(passes: Any, take_up: Any) -> str | None:
    """The column that shocks of these are by."""
    given = passes if isinstance(passes, Mapping) else {}
    return group_column([one for one in (*given.values(), passes, take_up) if isinstance(one, Distribution)])


def _check(seed: int, draws: int, threads: int) -> None:
    if count(draws, "draws") < 1 or threads < 1:
        raise RangeError(
            "found a number below 1", "/draws" if draws < 1 else "/threads", message_zh="须不小于1"
        )
    if not 0 <= count(seed, "seed") < 1 << 64:
        raise RangeError(
            "found a seed that does not fit in 64 bits", "/seed", message_zh="种子应为0至2的64次方减1的整数"
        )


def _odds(frame: Frame, policy: Policy, passes: Any, take_up: Any, error: Any, rows: str) -> _Odds:
    """In millionths where rows are expected, as shocks are."""
    whole = MILLION if rows == "expected" else _WORD
    if isinstance(passes, Mapping):
        each = [
            _share(frame, passes.get(year, 1), f"pass_probability/{year}", whole) for year in years(policy)
        ]
    else:
        each = [_share(frame, passes, "pass_probability", whole)] * len(years(policy))
    return _Odds(
        each, _share(frame, take_up, "take_up", whole), _share(frame, error, "household_error", MILLION)
    )


def table_of(tally: Tally) -> Array:
    """(groups, years, total and city)."""
    return numpy.array([[cell[4:6] for cell in cells] for cells in cells_by_group(tally)], numpy.int64)


def _tables(rows: Rows, good: Any, bad: Any, threads: int) -> Tables:
    """What the groups' rows come to, each (groups, years, total and city): if every open result fails, and if all
    of them pass."""

    def sums(policy: Policy, passed: Any, failed: Any) -> Array:
        claims = rows.claims._replace(passed=passed, failed=failed)
        return table_of(Rows(claims, rows.group, rows.labels).tally(policy, threads))

    def made(policy: Policy) -> tuple[Array, Array]:
        most = sums(policy, ~bad, bad)
        nothing_known = isinstance(good, int) and not good
        return numpy.zeros_like(most) if nothing_known else sums(policy, good, ~good), most

    return made


def _sources(model: _Model, seed: int, costs: Array, threads: int, progress: bool) -> tuple[Source, ...]:
    draws, names = len(costs), model.names
    if len(names) < 2:  # all of it, and nothing to draw for
        whole = Decimal(1 if costs.min() < costs.max() else 0)
        return tuple(Source(name, whole, whole) for name in names)
    one, other = model.sample(seed, "A", draws), model.sample(seed, "B", draws)
    another = seed ^ _OTHER_LUCK
    with progress_bar(progress, "draws", draws * (len(names) + 1)) as advance:

        def cost(sample: Sample, luck: int) -> Array:
            made: Array = model.cost(sample, luck, draws, threads, advance).sum(axis=1)[:, 0]
            return made.astype(float)

        before, after = costs.astype(float), cost(other, another)
        spread = numpy.concatenate([before, after]).var() or 1.0
        found = []
        for name in names:
            changed = cost(
                {**one, name: other[name]} if name in one else one, another if name == _LUCK else seed
            )
            alone = ((after - after.mean()) * (changed - before)).mean() / spread
            rest = ((before - changed) ** 2).mean() / 2 / spread
            found.append(Source(name, _thousandths(alone), _thousandths(rest)))
    return tuple(sorted(found, key=lambda source: -source.alone))


def _thousandths(share: float) -> Decimal:
    return Decimal(round(min(max(share, 0.0), 1.0) * 1000)).scaleb(-3, EXACT)
