"""Documents that are computed whole: money outside the gate, orders, comparisons, votes among offers."""

from __future__ import annotations

from decimal import Decimal

from ._call import call_with
from ._menu import _quote
from ._policy import native, receipt_of
from ._values import Value, day_of, fields, load
from ._vote import _result

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from typing import Any

    from ._menu import Menu, Quote
    from ._policy import Policy, Receipt
    from ._values import Document
    from ._vote import VoteResult


class Handover(Value):
    """The money of one public service that is handed down, in yuan a year (4.3-5 to 4.3-9); None is not
    known.

    moved: ``neither``, ``both``, ``duty_alone`` or ``money_alone``. cut: former_budget - reduced_budget;
    difference: cut - transferred. zero_sum: it is within the policy's tolerance. parts: whether city_part and
    district_part are ``recorded`` or ``by_share``."""

    service: str
    moved: str | None = None
    former_budget: Decimal | None = None
    reduced_budget: Decimal | None = None
    transferred: Decimal | None = None
    cut: Decimal | None = None
    difference: Decimal | None = None
    zero_sum: bool | None = None
    parts: str | None = None
    city_part: Decimal | None = None
    district_part: Decimal | None = None
    parts_agree: bool | None = None


class HandoverSum(Value):
    """The hand-overs whose cut and transfer are both known, in yuan a year; unknown: how many are not.
    undivided: of the transfers, nobody's part so far. missing, open, duty_alone, money_alone: services.
    unfunded: money that has not followed its duty."""

    counted: int
    unknown: int
    former_budget: Decimal
    reduced_budget: Decimal
    transferred: Decimal
    cut: Decimal
    difference: Decimal
    city_part: Decimal
    district_part: Decimal
    undivided: Decimal
    missing: tuple[str, ...]
    open: tuple[str, ...]
    duty_alone: tuple[str, ...]
    money_alone: tuple[str, ...]
    unfunded: Decimal
    zero_sum: bool | None = None


class ShiftSum(Value):
    """Items by what becomes of them when the gate moves, in yuan a year; the five add up to all items."""

    to_owners: Decimal
    to_public: Decimal
    stays_public: Decimal
    stays_owners: Decimal
    unknown: Decimal
    unknown_items: int


class ItemShift(Value):
    """A public service at a place, yuan a year, and who bears it: ``to_owners``, ``to_public``,
    ``stays_public``, ``stays_owners`` or ``unknown``. before, after: side of the gate."""

    service: str
    place: str
    yuan: Decimal
    shift: str
    before: str | None = None
    after: str | None = None


class Enclosure(Value):
    """What an enclosure, or an opening, moves (1-4, 5.2-5), in yuan a year. under: the sum under each option
    of the reading gate_layout; readings: on which what moves depends. in_year: what moves in the months of
    the year asked for."""

    sum: ShiftSum
    under: dict[str, ShiftSum]
    items: tuple[ItemShift, ...]
    readings: tuple[str, ...] = ()
    yuan_per_household: Decimal | None = None
    yuan_per_m2: Decimal | None = None
    months: int | None = None
    in_year: Decimal | None = None


class Outside(Value):
    """The money of public services outside the gate. ledger: what each party has more a year, in yuan; the
    six add up to 0."""

    handover_sum: HandoverSum
    handovers: tuple[Handover, ...]
    enclosure: Enclosure
    ledger: dict[str, Decimal]
    receipt: Receipt


def _enclosure(row: Mapping[str, Any]) -> Enclosure:
    made = fields(row)
    made["sum"] = ShiftSum(**fields(row["sum"]))
    made["under"] = {one["gate_layout"]: ShiftSum(**fields(one["sum"])) for one in row["under"]}
    made["items"] = tuple(ItemShift(**fields(item)) for item in row.get("items", ()))
    return Enclosure(**made)


def outside(document: Document, *, policy: Policy | None = None) -> Outside:
    """What follows public services that are handed down, and what an enclosure moves between the public
    budget and the owners (3.2-5c, 3.2-5d, 4.3-5 to 4.3-9, A-9).

    document: a path, JSON text or a dict, as ``libpilot.schema("outside")`` describes it. Raises
    MissingValueError (a year without the day of the change), TooLargeError, and what a document can be
    refused for.

    >>> result = outside({"as_of": "2020-02-29", "handovers": [{"service": "street_lights", "transferred_yuan": "300",
    ...     "former_budget_yuan": "1000", "reduced_budget_yuan": "700", "city_part_yuan": "150",
    ...     "district_part_yuan": "150"}]})
    >>> result.handovers[0].zero_sum, result.ledger["street_and_community"], sum(result.ledger.values())
    (True, Decimal('300.00'), Decimal('0.00'))
    """
    row = _asked("outside", document, policy=native(policy))
    return Outside(
        HandoverSum(**fields(row["handover_sum"])),
        tuple(Handover(**fields(one)) for one in row.get("handovers", ())),
        _enclosure(row["enclosure"]),
        fields(row["ledger"]),
        receipt_of(row),
    )


def _asked(name: str, document: Document, **given: Any) -> Any:
    """Of a call that is named as its document."""
    return load(lambda text: call_with(name, name, text, name, given), document, name)


class ContestOffer(Value):
    """An offer in a vote. behind: how many offers are ahead of it; standing: chosen, in the tie, or for the
    run-off; vote: on this offer alone."""

    id: str
    standing: bool
    behind: int
    vote: VoteResult
    provider: str | None = None
    standard: str | None = None


class Contest(Value):
    """How a vote among offers ends: ``chosen``, ``tie``, ``none``, ``run_off``, ``run_off_tie``. chosen: the
    offer's id, where one is."""

    outcome: str
    chosen: str | None
    offers: tuple[ContestOffer, ...]
    receipt: Receipt


def contest(document: Document, *, policy: Policy | None = None) -> Contest:
    """Decides a vote among offers, each with a provider and a standard (5.4-2), by the law of its day: most
    votes are not enough, an offer has to pass by itself.

    document: a path, JSON text or a dict, as ``libpilot.schema("contest")`` describes it, by totals or by
    units. Raises NotFoundError (no law for so early a day), InconsistentError, and what a document can be
    refused for.

    >>> made = contest({"held_on": "2021-06-01", "matter": "hire_provider", "run_off": True,
    ...     "all": {"area_m2": "1000.00", "owners": 10},
    ...     "offers": [{"id": "a", "votes": {"area_m2": "600.00", "owners": 6}},
    ...                {"id": "b", "votes": {"area_m2": "200.00", "owners": 2}}]})
    >>> made.outcome, made.chosen
    ('chosen', 'a')
    """
    row = _asked("contest", document, policy=native(policy))
    return Contest(
        row["outcome"],
        row.get("chosen"),
        tuple(ContestOffer(**{**offer, "vote": _result(offer["vote"])}) for offer in row["offers"]),
        receipt_of(row),
    )


def quote_order(menu: Menu, order: Document) -> Quote:
    """What an order costs by the menu (4.3-3). order: a path, JSON text or a dict, as
    ``libpilot.schema("order")`` describes it. Raises as :meth:`Menu.quote`, and what a document can be
    refused for.

    >>> from libpilot import Menu
    >>> menu = Menu.load({"id": "m", "best_is_low": True, "services": [{"id": "cleaning", "kind": "cleaning",
    ...     "per": "square_metre_month", "grades": [{"grade": 1, "yuan": "0.3050"}]}]})
    >>> quote_order(menu, {"day": "2020-01-01", "selection": {"items": [{"service": "cleaning", "grade": 1}]},
    ...     "premises": {"building_area_m2": "1000"}}).month
    Decimal('305.00')
    """
    return _quote(order_quoted(menu, order))


def order_quoted(menu: Menu, order: Document) -> dict[str, Any]:
    """The quote as a document."""
    made: dict[str, Any] = load(
        lambda text: call_with("quote", "order", text, "order", {"menu": menu._native}), order, "order"
    )
    return made


class ComparisonOffer(Value):
    """An offer beside the others, in yuan. package, items ({service: grade}): what it is. rank: 1 is the
    cheapest year; month_more, year_more: than the cheapest. quote: without its lines."""

    package: str | None
    items: dict[str, int]
    quote: Quote
    rank: int
    month_more: Decimal
    year_more: Decimal
    year_more_per_dwelling: Decimal | None = None
    provider: str | None = None


class ComparisonCheapest(Value):
    """Where a required service is cheapest so good or better. offer: its place in the comparison. yuan: the
    price per unit and month; month: what it costs a month, in yuan."""

    service: str
    required_grade: int
    offer: int
    menu: str
    grade: int
    per: str
    yuan: Decimal
    month: Decimal
    provider: str | None = None


class Comparison(Value):
    """Offers held against each other, in the order of the document."""

    day: date
    offers: tuple[ComparisonOffer, ...]
    cheapest: tuple[ComparisonCheapest, ...]

    def plot(self, ax: Any = None, *, lang: str = "en") -> Any:
        """The cost of a year of each offer as bars, in the order of the document; arguments as of Award.plot."""
        from ._plot import comparison

        return comparison(self, ax, lang)

    def _repr_html_(self) -> str:
        from ._html import comparison

        return comparison(self)


def _offer(row: Mapping[str, Any]) -> ComparisonOffer:
    made = fields(row)
    choice = made.pop("selection")
    made["package"] = choice.get("package")
    made["items"] = {item["service"]: item["grade"] for item in choice.get("items") or ()}
    made["quote"] = _quote(row["quote"])
    # Its yuan stands within the key: of each dwelling.
    each = made.pop("year_more_yuan_per_dwelling", None)
    return ComparisonOffer(**made, year_more_per_dwelling=None if each is None else Decimal(each))


def comparison(document: Document) -> Comparison:
    """Holds the offers of a comparison and their menus against each other on the same premises (5.4-2).

    document: a path, JSON text or a dict, as ``libpilot.schema("comparison")`` describes it. Raises as
    :func:`compare_quotes`, and what a document can be refused for.

    >>> made = comparison({"day": "2020-01-01", "premises": {"building_area_m2": "1000"},
    ...     "menus": [{"id": "m", "best_is_low": True, "services": [{"id": "cleaning", "kind": "cleaning",
    ...         "per": "square_metre_month", "grades": [{"grade": 1, "yuan": "0.3050"}, {"grade": 2, "yuan": "0.2500"}]}]}],
    ...     "offers": [{"menu": "m", "selection": {"items": [{"service": "cleaning", "grade": grade}]}} for grade in (1, 2)]})
    >>> [(one.rank, one.quote.month, one.year_more) for one in made.offers]
    [(2, Decimal('305.00'), Decimal('660.00')), (1, Decimal('250.00'), Decimal('0.00'))]
    """
    row = load(lambda text: call_with("compare", "comparison", text, "comparison"), document, "comparison")
    on = day_of(row["day"])
    assert on is not None
    return Comparison(
        on,
        tuple(map(_offer, row["offers"])),
        tuple(ComparisonCheapest(**fields(one)) for one in row.get("cheapest", ())),
    )
