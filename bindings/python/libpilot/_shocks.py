"""What is drawn once for many rows: distributions of rates, parameters and readings, and what cost they give."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple, Union

import numpy

from ._errors import ArgumentError, FormatError, RangeError
from ._parameters import patch_of, value_at
from ._policy import Policy
from ._values import count

if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import TypeAlias

    from ._column_inputs import Array

    Number: TypeAlias = Union[int, float, str, Fraction, Any]
    Tables: TypeAlias = Callable[[Policy], tuple[Array, Array]]

MILLION = 1_000_000
_LATTICE_MOST = 1 << 20
_PARAMETER_STEPS = 100  # each value of a parameter is a policy, whose rounding may take every row to be looked at
YEAR = "year"


class Distribution:
    """A number, or a word, that is not certain, drawn once for all that ``by`` does not tell apart. Numbers lie on a
    lattice of whole steps, so that each is exact; they are drawn by whole numbers as well."""

    __slots__ = ("kind", "numbers", "weights", "by", "step")

    def __init__(
        self,
        kind: str,
        numbers: Sequence[Any],
        by: str | Sequence[str] | None,
        step: Number | None = None,
        weights: Sequence[int] = (),
    ) -> None:
        self.kind = kind
        self.numbers = tuple(numbers)
        self.weights = tuple(weights)
        self.by: tuple[str, ...] = () if by is None else (by,) if isinstance(by, str) else tuple(by)
        self.step = None if step is None else _number(step, "step")
        if self.step is not None and self.step <= 0:
            raise RangeError(
                f"found {step} where a step above 0 is wanted", "/step", message_zh="步长应大于0"
            )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Distribution):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__slots__)

    def __hash__(self) -> int:
        return hash((self.kind, self.numbers, self.weights, self.by, self.step))

    def __repr__(self) -> str:
        told = ", ".join(map(_text, self.numbers))
        return f"{self.kind}({told})" + (f"@{','.join(self.by)}" if self.by else "")

    def _lattice(self, step: Fraction) -> Lattice:
        """Its lattice. step: where it has none of its own."""
        if self.kind == "choice":
            upto = numpy.cumsum(self.weights, dtype=numpy.uint64)
            return Lattice(self.numbers, 0, Fraction(0), len(upto), upto)
        step = self.step or step
        low, high = (0, 1) if self.kind == "beta" else (self.numbers[0], self.numbers[-1])
        first, last = math.ceil(low / step), math.floor(high / step)
        if last < first or last - first >= _LATTICE_MOST:
            raise RangeError(
                f"found {self!r}, which has no value, or more than {_LATTICE_MOST}, in steps of {_text(step)}",
                "/step",
                message_zh=f"{self!r}按步长{_text(step)}没有取值，或取值过多",
            )
        if self.kind == "uniform":
            return Lattice(None, first, step, last - first + 1, None)
        upto = numpy.cumsum(self._weights(first, last, step), dtype=numpy.uint64)
        return Lattice(None, first, step, len(upto), upto)

    def _step_from(self, least: Fraction) -> Fraction:
        """So many of the least steps that there are at most 100 from end to end."""
        low, high = (0, 1) if self.kind in ("beta", "choice") else (self.numbers[0], self.numbers[-1])
        return least * max(math.ceil((high - low) / least / _PARAMETER_STEPS), 1)

    def _weights(self, first: int, last: int, step: Fraction) -> Array:
        size = last - first + 1
        places = numpy.arange(size)
        if self.kind == "triangular":
            mode = min(max(round(self.numbers[1] / step) - first, 0), size - 1)
            rising, falling = (places + 1) * (size - mode), (size - places) * (mode + 1)
            ramps: Array = numpy.where(places <= mode, rising, falling).astype(numpy.uint64)
            return ramps
        mean, spread = map(float, self.numbers)
        size_of = mean * (1 - mean) / spread**2 - 1
        middle = (first + places + 0.5) / (last + 1)
        logs = (mean * size_of - 1) * numpy.log(middle) + ((1 - mean) * size_of - 1) * numpy.log1p(-middle)
        made: Array = numpy.rint(numpy.exp(logs - logs.max()) * (1 << 32)).astype(numpy.uint64)
        return made


def uniform(
    low: Number, high: Number, *, by: str | Sequence[str] | None = None, step: Number | None = None
) -> Distribution:
    """Every value from low to high is as likely. by: what has a value of its own: "year", the name of a column,
    such as a district's, or both; None: there is one for all, the whole city. step: between two values; else 0.000001
    of a rate, and of a parameter about a hundredth of the way from low to high, in whole units of what it tells apart:
    each value is a policy of its own. Raises FormatError (no number), RangeError (low above high, a step of 0 or less).

    >>> uniform("0.8", "0.95", by="district")
    uniform(0.8, 0.95)@district
    """
    numbers = _number(low, "low"), _number(high, "high")
    return Distribution("uniform", _ordered(numbers), by, step)


def triangular(
    low: Number,
    mode: Number,
    high: Number,
    *,
    by: str | Sequence[str] | None = None,
    step: Number | None = None,
) -> Distribution:
    """Likeliest at the mode, and evenly less so to either side; by and step as of uniform. Raises as that.

    >>> triangular("0.5", "0.8", "0.9", by="district")
    triangular(0.5, 0.8, 0.9)@district
    """
    numbers = _number(low, "low"), _number(mode, "mode"), _number(high, "high")
    return Distribution("triangular", _ordered(numbers), by, step)


def beta(
    mean: Number, spread: Number, *, by: str | Sequence[str] | None = None, step: Number | None = None
) -> Distribution:
    """A share from 0 to 1, of that mean and standard deviation: a beta distribution; by and step as of uniform. Raises as that.

    >>> beta("0.9", "0.05", by="year")
    beta(0.9, 0.05)@year
    """
    centre, width = _number(mean, "mean"), _number(spread, "spread")
    if not 0 < centre < 1 or not 0 < width**2 < centre * (1 - centre):
        raise RangeError(
            f"found a mean of {mean} and a spread of {spread} where a share and a deviation that it can have are wanted",
            "/spread",
            message_zh=f"均值{mean}与离散{spread}不能同为一个比例的均值与标准差",
        )
    return Distribution("beta", (centre, width), by, step)


def choice(
    values: Sequence[Any] | Mapping[Any, int], *, by: str | Sequence[str] | None = None
) -> Distribution:
    """One of the values, each as likely, or by its weight, a whole number; by as of uniform. Raises as that.

    >>> choice({"0.8": 1, "0.9": 3})
    choice(0.8, 0.9)
    """
    given = dict(values) if isinstance(values, Mapping) else dict.fromkeys(values, 1)
    weights = [count(weight, "weight") for weight in given.values()]
    if not given or min(weights) < 0 or not 0 < sum(weights) < 1 << 53:
        raise RangeError(
            "found no value to choose, or weights that are not above 0 in all",
            "/values",
            message_zh="没有可选的值，或权重有误",
        )
    return Distribution("choice", list(given), by, None, weights)


_KINDS: Mapping[str, Callable[..., Distribution]] = {
    "uniform": uniform,
    "triangular": triangular,
    "beta": beta,
    "choice": lambda *values, by: choice(values, by=by),
}


def distribution_of(text: str) -> Distribution | None:
    """What repr writes: "triangular(0.7, 0.9, 1)@district,year"; None of a text that is none of these. Raises
    FormatError."""
    made, _, by = text.partition("@")
    kind, opened, inner = made.strip().partition("(")
    if kind not in _KINDS or not opened:
        return None
    parts = [part.strip() for part in inner.rstrip().rstrip(")").split(",")]
    try:
        return _KINDS[kind](*parts, by=[part.strip() for part in by.split(",")] if by else None)
    except TypeError:
        raise FormatError(
            f"found {text!r} where uniform(LOW,HIGH), triangular(LOW,MODE,HIGH), beta(MEAN,SPREAD) or"
            " choice(VALUE,...) is wanted",
            value=text,
            message_zh=f"{text!r}有误，应为uniform(下限,上限)、triangular(下限,众数,上限)、beta(均值,标准差)或choice(值,...)",
        ) from None


def _number(value: Number, name: str) -> Fraction:
    try:
        return Fraction(str(value))
    except ValueError:
        raise FormatError(
            f"found {value!r} where a number is wanted",
            f"/{name}",
            str(value),
            message_zh=f"{value!r}不是数字",
        ) from None


def _ordered(numbers: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    if list(numbers) != sorted(numbers):
        raise RangeError(
            f"found {', '.join(map(_text, numbers))} where numbers that do not fall are wanted",
            "/low",
            message_zh="下限、众数、上限应由小到大",
        )
    return numbers


def _text(value: Any) -> str:
    """A number as a decimal where it is one."""
    if not isinstance(value, Fraction):
        return str(value)
    for places in range(10):
        scaled = value * 10**places
        if scaled.denominator == 1:
            whole = f"{abs(scaled.numerator):0{places + 1}d}"
            cut = len(whole) - places
            return ("-" if value < 0 else "") + whole[:cut] + ("." + whole[cut:] if places else "")
    return str(value)


class Lattice(NamedTuple):
    """values: of a choice, else None: (first + place) x step; size: how many; upto: the weights up to each place,
    added up, where they are not all alike."""

    values: tuple[Any, ...] | None
    first: int
    step: Fraction
    size: int
    upto: Array | None

    def places(self, words: Array) -> Array:
        """Of 64-bit random words, by weight."""
        if self.upto is None:
            return _multiply_high(words, self.size).astype(numpy.int64)
        return numpy.searchsorted(self.upto, _multiply_high(words, self.upto[-1]), side="right")

    def value(self, place: int) -> Any:
        return (self.first + place) * self.step if self.values is None else self.values[place]

    def millionths(self, places: Array, name: str) -> Array:
        """Of a share."""
        made = [_number(one, name) for one in self.values or ()]
        ends = made or [self.value(0), self.value(self.size - 1)]
        if not all(0 <= one <= 1 for one in ends):
            raise RangeError(
                f"found {_text(max(ends))} where shares from 0 to 1 are wanted",
                f"/{name}",
                message_zh="应为0至1的比例",
            )
        if self.values is not None:
            return numpy.array([round(one * MILLION) for one in made], numpy.int64)[places]
        scaled = (self.first + places.astype(numpy.int64)) * (self.step * MILLION).numerator
        return (scaled + (self.step * MILLION).denominator // 2) // (self.step * MILLION).denominator


def _multiply_high(words: Array, by: Any) -> Array:
    """The upper 64 bits of the products."""
    low32, shift = numpy.uint64(0xFFFFFFFF), numpy.uint64(32)
    high, low = words >> shift, words & low32
    by_high, by_low = numpy.uint64(int(by) >> 32), numpy.uint64(int(by) & 0xFFFFFFFF)
    middle = high * by_low + (low * by_low >> shift)
    other = low * by_high + (middle & low32)
    made: Array = high * by_high + (middle >> shift) + (other >> shift)
    return made


class Shock(NamedTuple):
    """A source of what is uncertain: its name, of which its random words are drawn, and where its values differ."""

    name: str
    lattice: Lattice
    by_group: bool
    by_year: bool

    def cells(self, labels: Sequence[Any], years: Sequence[int]) -> list[str]:
        of_group = [repr(label) for label in labels] if self.by_group else [""]
        of_year = [str(year) for year in years] if self.by_year else [""]
        return [f"{group}|{year}" for group in of_group for year in of_year]

    def drawn(self, seed: int, sample: str, draws: int, cells: Sequence[str]) -> Array:
        """Places in the lattice, of the shape (cells, draws); the first draws are the same however many there are."""
        made = [self.lattice.places(_words(seed, f"{sample}|{self.name}|{cell}", draws)) for cell in cells]
        return numpy.array(made, numpy.int64)


_AT = "/parameters"


def _words(seed: int, name: str, number: int) -> Array:
    tag = int.from_bytes(sha256(name.encode()).digest()[:8], "big")
    made: Array = numpy.random.Philox(key=[seed, tag]).random_raw(number)
    return made.astype(numpy.uint64, copy=False)


def group_column(distributions: Sequence[Distribution]) -> str | None:
    """The column by which some of them tell rows apart. Raises ArgumentError (two of them)."""
    names = dict.fromkeys(name for one in distributions for name in one.by if name != YEAR)
    if len(names) > 1:
        raise ArgumentError(
            f"found shocks by {' and by '.join(names)}: give one column",
            "/by",
            message_zh=f"共同因素分别按{'、'.join(names)}划分，只能按一列",
        )
    return next(iter(names), None)


def variant(policy: Policy, settings: Mapping[str, Any]) -> Policy:
    """The policy with the parameters at these places, such as "rates/0/yuan", and readings, "readings/month_rule"."""
    document = policy.to_dict()
    given = {name: _as(value_at(document, name, _AT), value) for name, value in settings.items()}
    return policy.patch(patch_of(document, given, _AT))


def step_of(policy: Policy, key: str) -> Fraction:
    """Between two values that the parameter can have: of a number of days or things one, of a share a ten-thousandth."""
    value = value_at(policy.to_dict(), key, _AT)
    if isinstance(value, int):
        return Fraction(1)
    text = str(value)
    if _is_share(text):
        return Fraction(1, 10_000)
    return Fraction(1, 10 ** len(text.partition(".")[2]))


def _is_share(text: str) -> bool:
    return "/" in text or text in ("0", "1")


def _as(before: Any, value: Any) -> Any:
    """A value in the form of the one it replaces: a whole number, a share "1/2", decimal text."""
    if not isinstance(value, Fraction):
        return value
    if isinstance(before, int) and value.denominator == 1:
        return value.numerator
    return str(value) if _is_share(str(before)) else _text(value)


def expected(tables: Array, which: Array, passes: Array, takes: Array) -> Array:
    """What each draw is expected to cost by its rates, fen of (draws, years, total and city): of each group and year
    take-up x (what rows come to if every result that is open fails + pass rate x what more if all of them pass), added
    up exactly and rounded half up once a year. tables: (variants, groups, years, that and all, total and city); which:
    each draw's variant; passes, takes: millionths, (groups, years, draws) and (groups, draws), or 1 in place of a
    number of groups or years for all of them."""
    variants, groups, years, _, _ = tables.shape
    made = numpy.empty((len(which), years, 2), numpy.int64)
    high, low = numpy.divmod(numpy.stack([tables[..., 0, :], tables[..., 1, :] - tables[..., 0, :]]), MILLION)
    for year in range(years):
        # In whole fen, millionths of them, and millionths of those.
        sums = numpy.zeros((2, 3, len(which)), numpy.int64)
        for group in range(groups):
            take = takes[min(group, len(takes) - 1)]
            both = numpy.divmod(
                take * passes[min(group, len(passes) - 1), min(year, passes.shape[1] - 1)], MILLION
            )
            for payer in range(2):
                of = (high[:, :, group, year, payer], low[:, :, group, year, payer])
                (sure1, more1), (sure0, more0) = (one[:, 0] if variants == 1 else one[:, which] for one in of)
                sums[payer, 0] += both[0] * more1 + take * sure1
                sums[payer, 1] += both[0] * more0 + both[1] * more1 + take * sure0
                sums[payer, 2] += both[1] * more0
        whole, millionths, rest = sums[:, 0], sums[:, 1], sums[:, 2]
        made[:, year] = (whole + (millionths + (rest + MILLION * MILLION // 2) // MILLION) // MILLION).T
    return made
