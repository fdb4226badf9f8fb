"""Policies, and the reward in place of subsidy (4.4.1)."""

from __future__ import annotations

from decimal import Decimal

from . import _pilot
from ._call import call, words
from ._errors import WrongTypeError
from ._values import (
    Value,
    count,
    day,
    day_of,
    from_json,
    indented,
    load,
    month,
    one_of,
    quantity,
    square_metres,
    yuan,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from typing import Any, SupportsIndex, Union

    from typing_extensions import TypeAlias

    from ._values import Day, Document, Exact, Month

    Passed: TypeAlias = Union[
        bool, None, Mapping[int, "bool | None"], Iterable["Assessment | Mapping[str, Any]"]
    ]


class Assessment(Value):
    """A community's assessment for a year of service (5.5-2). passed: None is no result yet. date: on which
    it was made; an award as of an earlier day does not count it."""

    year: int
    passed: bool | None
    date: Day | None = None


class Count(Value):
    """What a claim is for from a day on, until the next count's: households, area in m². A number that is None stays
    what it was before."""

    since: Day
    households: int | None = None
    area: Exact | None = None


class ClaimRun(Value):
    """Months, both included, that are paid for the same quantities; None where one is not known."""

    first: str
    last: str
    households: int | None
    area: Decimal | None
    communities: int | None


class Receipt(Value):
    """Where a result comes from: the library's version, the policy and its fingerprint, the day."""

    library: str
    policy: str
    fingerprint: str
    as_of: date | None


def receipt_of(document: Mapping[str, Any]) -> Receipt:
    found = document["receipt"]
    return Receipt(found["library"], found["policy"], found["fingerprint"], day_of(found.get("as_of")))


class Rate(Value):
    """What the reward pays from a month to a month, both included: yuan for each household, m² or community
    (``per``) and month (4.4.1-4)."""

    first: str
    last: str
    yuan: Decimal
    per: str


class AwardLine(Value):
    """Months of one calendar year at one rate, for one quantity, with one answer; amounts in yuan. reason:
    ``payable``, ``not_assessed``, ``failed``, ``outside_period`` or ``before_pass``. clause: that decides. quantity:
    of what the rate is paid for; None where there is no rate."""

    first: str
    last: str
    months: int
    rate: Decimal
    per: str
    reason: str
    amount: Decimal
    city: Decimal
    district: Decimal
    withheld: Decimal
    clause: str
    quantity: int | Decimal | None = None


class Range(Value):
    """The least and the greatest amount over the readings, in yuan, and the readings that move it."""

    least: Decimal
    greatest: Decimal
    moved_by: tuple[str, ...]


class AwardRange(Value):
    """The ranges of an award's total and of its two parts."""

    total: Range
    city: Range
    district: Range


def range_of(row: Mapping[str, Any]) -> Range:
    """Of a result's."""
    return Range(Decimal(row["least_yuan"]), Decimal(row["greatest_yuan"]), tuple(row.get("moved_by", ())))


def award_range(rows: Iterable[tuple[int, int, tuple[str, ...]]]) -> AwardRange:
    total, city, district = (Range(yuan(least), yuan(most), moved) for least, most, moved in rows)
    return AwardRange(total, city, district)


_UNITS = {
    "household_month": ("household", "户"),
    "square_metre_month": ("m²", "平方米"),
    "community_month": ("community", "社区"),
}
_REASONS = {
    "not_assessed": ("not assessed yet", "尚未考核合格"),
    "failed": ("the assessment was failed", "考核不合格"),
    "outside_period": ("outside the reward period", "不在奖励期内"),
    "before_pass": ("before the pass", "合格之前"),
}


def _quantity(line: Mapping[str, Any]) -> int | Decimal | None:
    area = line.get("building_area_m2")
    if area is not None:
        return Decimal(area)
    found: int | None = line.get("households", line.get("communities"))
    return found


class Award:
    """What a claim is paid (4.4.1): made by :meth:`Policy.reward`. Amounts are Decimal yuan; city + district
    == total, and the lines add up to each of them. Compared, hashed and pickled by value.

    >>> award = NANCHANG_2019.reward(households=10, first="2019-12", last="2020-12")
    >>> award.total, award.city, award.months_paid
    (Decimal('2340.00'), Decimal('1170.00'), 13)
    >>> award.range().total
    Range(least=Decimal('2340.00'), greatest=Decimal('4320.00'), moved_by=('month_rule',))
    >>> award.to_dict()["total_yuan"], award.to_json()[:11]
    ('2340.00', '{"receipt":')
    """

    __slots__ = ("_claim", "_document", "_policy", "_sums")

    _policy: Policy
    _claim: _pilot.Claim
    _sums: tuple[int, int, int, int, int, int]
    _document: dict[str, Any] | None

    def __init__(self, policy: Policy, claim: _pilot.Claim) -> None:
        _set_policy(self, policy)
        _set_claim(self, claim)
        _set_sums(self, _pilot.reward(policy._native, claim))
        _set_document(self, None)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("an Award does not change")

    def __reduce__(self) -> tuple[Any, ...]:
        return (Award, (self._policy, self._claim))

    @property
    def total(self) -> Decimal:
        """Payable in all (4.4.1-6)."""
        return yuan(self._sums[0])

    @property
    def city(self) -> Decimal:
        """The city's part (4.4.1-8)."""
        return yuan(self._sums[1])

    @property
    def district(self) -> Decimal:
        """The district's part (4.4.1-8)."""
        return yuan(self._sums[2])

    @property
    def withheld(self) -> Decimal:
        """What the rate gives and the assessment holds back (4.4.1-2)."""
        return yuan(self._sums[3])

    @property
    def months_paid(self) -> int:
        """How many months are paid (4.4.1-3)."""
        return self._sums[4]

    @property
    def months_withheld(self) -> int:
        """Not paid for any reason, outside the period included."""
        return self._sums[5]

    @property
    def policy(self) -> Policy:
        """Under which it was computed."""
        return self._policy

    @property
    def lines(self) -> tuple[AwardLine, ...]:
        """The schedule, in time order."""
        return tuple(
            AwardLine(
                row["first"],
                row["last"],
                row["months"],
                Decimal(row["yuan"]),
                row["per"],
                row["reason"],
                Decimal(row["amount_yuan"]),
                Decimal(row["city_yuan"]),
                Decimal(row["district_yuan"]),
                Decimal(row["withheld_yuan"]),
                row["clause"],
                _quantity(row),
            )
            for row in self._made()["lines"]
        )

    @property
    def receipt(self) -> Receipt:
        """What it was made of: library, policy and day."""
        return receipt_of(self._made())

    def range(self) -> AwardRange:
        """The award under every combination of the readings that bear on it, whatever the policy's own."""
        return award_range(_pilot.reward_range(self._policy._native, self._claim))

    def explain(self, lang: str = "en") -> str:
        """The sum in words, line by line, each with its clause; lang: ``en`` or ``zh``. Raises NotFoundError (another
        language).

        >>> from libpilot import NANCHANG_2019
        >>> print(NANCHANG_2019.reward(households=10, first="2021-12", last="2022-01").explain())
        300.00 yuan: city 150.00, district 150.00
          2021-12 to 2021-12: 1 month at 18.0000 yuan per household: 180.00 (4.4.1-4)
          2022-01 to 2022-01: 1 month at 12.0000 yuan per household: 120.00 (4.4.1-4)
        """
        chinese = one_of(lang, words("lang"), "/lang")
        if chinese:
            said = [f"{self.total}元：市级{self.city}元，区级{self.district}元"]
        else:
            said = [f"{self.total} yuan: city {self.city}, district {self.district}"]
        for line in self.lines:
            unit = _UNITS[line.per][chinese]
            if line.reason == "payable":
                result = str(line.amount)
            else:
                result = _REASONS[line.reason][chinese]
                if line.withheld:
                    refused = "不予支付" if line.reason == "failed" else "暂不支付"
                    result += f"，{refused}{line.withheld}" if chinese else f", {line.withheld} withheld"
            if chinese:
                rate = "" if line.reason == "outside_period" else f"，每{unit}每月{line.rate}元"
                said.append(
                    f"  {line.first}至{line.last}：{line.months}个月{rate}：{result}（{line.clause}）"
                )
            else:
                rate = "" if line.reason == "outside_period" else f" at {line.rate} yuan per {unit}"
                months = "1 month" if line.months == 1 else f"{line.months} months"
                said.append(f"  {line.first} to {line.last}: {months}{rate}: {result} ({line.clause})")
        return "\n".join(said)

    def plot(self, ax: Any = None, *, lang: str = "en") -> Any:
        """The award and its two parts as bars, each with its range over the readings. ax: matplotlib's axes, new ones
        where it is None; they are given back. lang: ``en``, or ``zh`` where a font has Chinese. Raises ArgumentError
        (no matplotlib), NotFoundError (no such language)."""
        from ._plot import award

        return award(self, ax, lang)

    def _repr_html_(self) -> str:
        from ._html import award

        return award(self)

    def to_dict(self) -> dict[str, Any]:
        """The award's JSON form, as ``libpilot.schema("award")`` describes it."""
        made: dict[str, Any] = from_json(self.to_json())
        return made

    def to_json(self, *, indent: bool = False) -> str:
        """The same award, the same text."""
        return _pilot.reward_json(self._policy._native, self._claim, indented(indent))

    def _made(self) -> dict[str, Any]:
        if self._document is None:
            _set_document(self, self.to_dict())
        assert self._document is not None
        return self._document

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Award):
            return NotImplemented
        return self._sums == other._sums and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(self._sums)

    def __repr__(self) -> str:
        return f"<Award {self.total} yuan: city {self.city}, district {self.district}>"


# What a frozen object's own constructor sets its slots by; a call of each is a third of object.__setattr__.
_set_policy = Award.__dict__["_policy"].__set__
_set_claim = Award.__dict__["_claim"].__set__
_set_sums = Award.__dict__["_sums"].__set__
_set_document = Award.__dict__["_document"].__set__


class Policy:
    """The scheme's parameters and disputed readings. A policy never changes; a reform is a new one.

    ``NANCHANG_2019`` is the notice as issued. Policies are compared and hashed by value, can be pickled, and
    may be shared by any number of threads.

    >>> Policy.from_json(NANCHANG_2019.to_json()) == NANCHANG_2019 == Policy.from_dict(NANCHANG_2019.to_dict())
    True
    >>> NANCHANG_2019.rate("2022-05"), NANCHANG_2019.rate("2024-01")
    (Rate(first='2022-01', last='2022-12', yuan=Decimal('12.0000'), per='household_month'), None)
    """

    __slots__ = ("_native", "_text")

    def __init__(self, document: Document) -> None:
        """A path, JSON text or bytes, or a dict, as ``libpilot.schema("policy")`` describes it. Raises the
        Error of whatever is wrong with it, with its place."""
        self._native = load(_pilot.Policy, document, "policy")
        self._text: str | None = None

    @classmethod
    def from_json(cls, text: str | bytes) -> Policy:
        """The policy of a JSON text. Raises the Error of what is wrong with it, with line, column and place."""
        return cls._of(_pilot.Policy(text))

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> Policy:
        """The policy of a dict; Decimals and datetime.dates in it are fine. Raises the Error of what is wrong with it."""
        return cls(document)

    @classmethod
    def _of(cls, native: _pilot.Policy) -> Policy:
        made = cls.__new__(cls)
        made._native = native
        made._text = None
        return made

    def patch(self, changes: Document) -> Policy:
        """A reform: the policy with an RFC 7396 merge patch applied, and the whole checked again.

        changes: a dict, a path or JSON text, as ``libpilot.schema("reform")`` describes it. Raises the Error of what
        is wrong with it; line and column are those of the patch's text.

        >>> from libpilot import NANCHANG_2019
        >>> NANCHANG_2019.patch({"office_min_area_m2": "100.00"}).to_dict()["office_min_area_m2"]
        '100.00'
        """
        return load(lambda text: Policy._of(_pilot.policy_patch(self._native, text)), changes, "policy", "reform")

    def diff(self, to: Policy) -> PolicyDiff:
        """The reform that leads to the other policy: ``self.patch(self.diff(to)) == to``. ``{}`` of two alike. Raises
        WrongTypeError where to is no Policy.

        >>> from libpilot import NANCHANG_2019
        >>> NANCHANG_2019.diff(NANCHANG_2019.patch({"city_share": "1/3", "entry_due": "2019-12-31"}))
        {'city_share': '1/3'}
        """
        native(to)
        return PolicyDiff(self, to)

    def with_reading(self, **readings: str) -> Policy:
        """The policy with disputed readings switched (``libpilot.READINGS``). Raises UnknownKeyError (no such reading),
        FormatError (no such option).

        >>> from libpilot import NANCHANG_2019
        >>> whole_years = NANCHANG_2019.with_reading(month_rule="calendar_years")
        >>> whole_years.reward(households=1, first="2019-12", last="2019-12").total
        Decimal('216.00')
        """
        return self.patch({"readings": readings})

    @property
    def id(self) -> str:
        """As its JSON has it: ``nanchang-2019`` of the notice's."""
        found: str = self.to_dict()["id"]
        return found

    @property
    def fingerprint(self) -> str:
        """A 64-bit hash of the canonical JSON, as 16 hexadecimal digits: what receipts name."""
        return self._fingerprints()["fingerprint"]

    @property
    def award_fingerprint(self) -> str:
        """The same of what an award can depend on alone: policies that agree in it give every claim the same
        award, and open each other's tallies.

        >>> from libpilot import NANCHANG_2019
        >>> smaller = NANCHANG_2019.patch({"office_min_area_m2": "100.00"})
        >>> smaller.award_fingerprint == NANCHANG_2019.award_fingerprint, smaller == NANCHANG_2019
        (True, False)
        """
        return self._fingerprints()["award_fingerprint"]

    def _fingerprints(self) -> dict[str, str]:
        found: dict[str, str] = call("fingerprint", given={"policy": self._native})
        return found

    @property
    def readings(self) -> dict[str, str]:
        """The option of each disputed reading, by its name; a copy."""
        found: dict[str, str] = self.to_dict()["readings"]
        return found

    def rate(self, month_: Month) -> Rate | None:
        """The rate in a month (4.4.1-4); None where the policy has none (4.4.1-3). Raises FormatError, RangeError (a
        month outside 1900..2200)."""
        found = _pilot.policy_rate(self._native, month(month_, "month"))
        if found is None:
            return None
        first, last, price, basis = found
        return Rate(first, last, Decimal(price), tuple(_UNITS)[basis])

    def reward(
        self,
        *,
        first: Month,
        last: Month,
        households: SupportsIndex | None = None,
        passed: Passed = True,
        area: Exact | None = None,
        communities: SupportsIndex | None = None,
        as_of: Day | None = None,
        counts: Iterable[Count | Mapping[str, Any]] = (),
    ) -> Award:
        """The award for months of service (4.4.1-1 to 4.4.1-8).

        first, last: months, both included: ``"2019-12"``, or a day in the month, by the wall clock of its own zone
        (``"2019-12-05"``, a datetime.date or datetime), a NumPy or pandas month or day. Quarters, years and weeks
        are no months.
        households: all dwellings inside the boundary (4.4.1-6); area: building area in m², and communities,
        where a reform pays by those. Whole floats, which tables make of whole numbers, are their numbers.
        as_of: assessments made after that day do not count yet; one without a date counts as known.
        counts: later households and areas, each with the day from which it holds, in their order: Count, or dicts with
        from, households and building_area_m2 as in a city file. households and area hold until the first. Which of
        them a month is paid for is the reading household_date.

        passed: whether the assessments were passed (4.4.1-2). True or False holds for every calendar year from
        first to last. A mapping of years gives exactly those results, None being no result yet; a list of
        Assessment (or dicts with year, result and date, as in a city file) adds days. A year that is not in a
        mapping has not been assessed: under the reading gate_mode ``once`` a pass of any year pays it as well,
        under ``annual`` it is withheld. A failed year is never paid.

        >>> from libpilot import NANCHANG_2019
        >>> NANCHANG_2019.reward(households=1885, first="2019-12", last="2023-12").total
        Decimal('1255410.00')
        >>> NANCHANG_2019.reward(households=1, first="2019-12", last="2023-12", passed={2019: True, 2021: False})
        <Award 450.00 yuan: city 225.00, district 225.00>

        >>> NANCHANG_2019.with_reading(household_date="each_month").reward(
        ...     households=100, first="2019-12", last="2021-12", counts=[{"from": "2021-07-01", "households": 120}]).total
        Decimal('47160.00')

        Raises RangeError (a negative number, a month outside 1900..2200), OrderError (last before first, counts out of
        order), MissingValueError (a quantity that a rate is paid for, NaN; the date of a pass, under the reading
        pass_effect ``from_the_pass``), FormatError, PrecisionError (an area),
        TooLargeError, WrongTypeError (a float with decimals).
        """
        return Award(self, _claim(first, last, households, passed, area, communities, as_of, counts))

    def claim_runs(
        self,
        *,
        first: Month,
        last: Month,
        households: SupportsIndex | None = None,
        passed: Passed = True,
        area: Exact | None = None,
        communities: SupportsIndex | None = None,
        as_of: Day | None = None,
        counts: Iterable[Count | Mapping[str, Any]] = (),
    ) -> tuple[ClaimRun, ...]:
        """The months that count of a claim, arguments as of reward, as runs of one quantity each (4.4.1-6): a row of
        ``columns.awards`` for each, under ``with_reading(month_rule="service_months")``, as these months are counted
        already. Where no amount has to be rounded, as at the notice's rates, the rows' awards add up to the claim's. Areas
        are Decimal m². Raises as reward.

        >>> from libpilot import NANCHANG_2019
        >>> for run in NANCHANG_2019.with_reading(household_date="january").claim_runs(
        ...         households=100, first="2019-12", last="2023-12", counts=[{"from": "2021-07-01", "households": 120}]):
        ...     print(run.first, run.last, run.households)
        2019-12 2021-12 100
        2022-01 2023-12 120
        """
        claim = _claim(first, last, households, passed, area, communities, as_of, counts)
        rows = _pilot.claim_runs(self._native, claim)
        return tuple(
            ClaimRun(first, last, households, None if area is None else yuan(area), communities)
            for first, last, households, area, communities in rows
        )

    def _repr_html_(self) -> str:
        from ._html import policy

        return policy(self)

    def to_dict(self) -> dict[str, Any]:
        """The policy's JSON form."""
        made: dict[str, Any] = from_json(self._json())
        return made

    def to_json(self, *, indent: bool = False) -> str:
        """Canonical: the same policy, the same text."""
        return _pilot.policy_json(self._native, 1) if indent else self._json()

    def _json(self) -> str:
        if self._text is None:
            self._text = _pilot.policy_json(self._native, 0)
        return self._text

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Policy):
            return NotImplemented
        return self is other or self._json() == other._json()

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def __repr__(self) -> str:
        return f"<Policy {self.id} {self.fingerprint}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return (Policy.from_json, (self._json(),))


class PolicyDiff(dict[str, "Any"]):
    """The reform that leads from a policy to another: a dict, and in a notebook what it changes from what to what.

    before, after: the two policies."""

    __slots__ = ("after", "before")

    def __init__(self, before: Policy, after: Policy) -> None:
        asked: dict[str, Any] = {"from": before.to_dict(), "to": after.to_dict()}
        super().__init__(call("diff", **asked))
        self.before = before
        self.after = after

    def _repr_html_(self) -> str:
        from ._html import policy_diff

        return policy_diff(self)


def _claim(
    first: Any, last: Any, households: Any, passed: Any, area: Any, communities: Any, as_of: Any, counts: Any
) -> _pilot.Claim:
    """A claim as the binding takes it."""
    if type(first) is not str or len(first) > 7:
        first = month(first, "first")
    if type(last) is not str or len(last) > 7:
        last = month(last, "last")
    if type(households) is not int and households is not None:
        households = quantity(households, "households")
    if area is not None:
        area = square_metres(area, "area")
    if communities is not None:
        communities = quantity(communities, "communities")
    if as_of is not None:
        as_of = day(as_of, "as_of")
    results = True if passed is True else _results(passed)
    dated = _counts(counts) if counts != () else ()
    return households, area, communities, first, last, results, as_of, dated


def _counts(counts: Iterable[Any]) -> tuple[tuple[str, int | None, str | None], ...]:
    """The dated counts as the binding takes them."""
    if isinstance(counts, (str, bytes)) or hasattr(counts, "keys") or not hasattr(counts, "__iter__"):
        raise WrongTypeError(f"found {counts!r} where a list of counts is wanted", "/counts")
    return tuple(
        _count(i, one["from"], one.get("households"), one.get("building_area_m2"))
        if hasattr(one, "keys")
        else _count(i, one.since, one.households, one.area)
        for i, one in enumerate(counts)
    )


def _count(index: int, since: Any, households: Any, area: Any) -> tuple[str, int | None, str | None]:
    at = f"counts/{index}"
    return (
        day(since, f"{at}/from"),
        None if households is None else quantity(households, f"{at}/households"),
        None if area is None else square_metres(area, f"{at}/building_area_m2"),
    )


_RESULTS = {None: 0, False: 1, True: 2}
_RESULT_WORDS = {"not_assessed": 0, "failed": 1, "passed": 2}


def _results(passed: Any) -> bool | None | tuple[tuple[int, int, str | None], ...]:
    """The assessments as the binding takes them."""
    if passed is None or isinstance(passed, bool):
        return passed
    if type(passed).__module__ == "numpy" and type(passed).__name__ in ("bool", "bool_"):
        return bool(passed)
    if hasattr(passed, "keys"):
        return tuple(_result(year, passed[year], None) for year in passed)
    if isinstance(passed, (str, bytes)) or not hasattr(passed, "__iter__"):
        raise WrongTypeError(
            f"found {passed!r} where True, False, a dict of years or a list of assessments is wanted",
            "/passed",
        )
    return tuple(
        _result(one["year"], one["result"], one.get("date"))
        if hasattr(one, "keys")
        else _result(one.year, one.passed, one.date)
        for one in passed
    )


def _result(year: Any, result: Any, date: Any) -> tuple[int, int, str | None]:
    if isinstance(result, str) and result in _RESULT_WORDS:
        number = _RESULT_WORDS[result]
    elif result is None or isinstance(result, bool):
        number = _RESULTS[result]
    else:
        raise WrongTypeError(f"found {result!r} where True, False or None is wanted", f"/passed/{year}")
    return count(year, "passed"), number, None if date is None else day(date, f"passed/{year}")


NANCHANG_2019 = Policy._of(_pilot.nanchang_2019())


def native(policy: Policy | None) -> _pilot.Policy:
    """The policy's own object, the notice's where none is given."""
    if policy is None:
        return NANCHANG_2019._native
    if not isinstance(policy, Policy):
        raise WrongTypeError(f"found {policy!r} where a libpilot.Policy is wanted", "/policy")
    return policy._native
