"""Menus of services inside the gate (4.3-3, 5.4-2b): quotes, dwelling bills, offers side by side."""

from __future__ import annotations

from decimal import Decimal

from . import _pilot
from ._call import call, schema
from ._values import (
    Value,
    count,
    day,
    day_of,
    decimal_of,
    exact,
    from_json,
    indented,
    load,
    month,
    one_of,
    yuan,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from typing import Any, SupportsIndex, Union

    from typing_extensions import TypeAlias

    from ._values import Day, Document, Exact, Month

    Items: TypeAlias = Union[Mapping[str, SupportsIndex], Iterable[tuple[str, SupportsIndex]]]


# What a price is per, in English and Chinese.
PER = {
    "square_metre_month": ("m²", "平方米"),
    "household_month": ("household", "户"),
    "building_month": ("building", "栋"),
    "month": ("month", "月"),
}


class Rounding(Value):
    """How amounts are rounded. mode: ``half_up``, ``up``, ``down``, ``half_even``; unit: ``fen``, ``jiao``,
    ``yuan``; step, what is rounded: ``bill``, ``month``, ``line``, ``four_decimals``."""

    mode: str = "half_up"
    unit: str = "fen"
    step: str = "bill"


class QuoteLine(Value):
    """A line of a quote, in yuan. service: None for a package at one price; package: None where the service is
    chosen by itself. quantity: m², households or buildings, or 1. price: as listed, per unit and month."""

    service: str | None
    package: str | None
    grade: int
    per: str
    quantity: Decimal
    price: Decimal
    discount: str
    month: Decimal
    year: Decimal


class Quote(Value):
    """What a choice from a menu costs, in yuan. The lines add up to month and to year."""

    menu: str
    day: date
    rounding: Rounding
    month: Decimal
    year: Decimal
    month_per_dwelling: Decimal | None
    month_per_square_metre: Decimal | None
    lines: tuple[QuoteLine, ...]


def _quote(row: Mapping[str, Any]) -> Quote:
    on = day_of(row["day"])
    assert on is not None
    return Quote(
        row["menu"],
        on,
        Rounding(**row["rounding"]),
        Decimal(row["month_yuan"]),
        Decimal(row["year_yuan"]),
        decimal_of(row.get("month_yuan_per_dwelling")),
        decimal_of(row.get("month_yuan_per_m2")),
        tuple(
            QuoteLine(
                line.get("service"),
                line.get("package"),
                line["grade"],
                line["per"],
                Decimal(line.get("quantity_m2", line.get("quantity"))),
                Decimal(line["yuan"]),
                line["discount"],
                Decimal(line["month_yuan"]),
                Decimal(line["year_yuan"]),
            )
            for line in row.get("lines", ())
        ),
    )


class BillLine(Value):
    """A line of a dwelling's bill; amount in yuan for the whole period."""

    service: str | None
    package: str | None
    grade: int
    per: str
    quantity: Decimal
    price: Decimal
    discount: str
    amount: Decimal


class Bill(Value):
    """A dwelling's bill, in yuan; the lines add up to total."""

    months: int
    total: Decimal
    lines: tuple[BillLine, ...]


class BillSum(Value):
    """The bills of many dwellings against one bill for all of them together, in yuan. difference: what rounding
    each by itself adds or takes. amounts: of each dwelling, in order."""

    months: int
    dwellings: int
    area: Decimal
    of_dwellings: Decimal
    of_area: Decimal
    difference: Decimal
    least: Decimal
    most: Decimal
    amounts: tuple[Decimal, ...]


class PriceFault(Value):
    """Where prices are not in keeping with quality (5.4-2b): ``better_is_cheaper`` or ``single_price_level``."""

    fault: str
    service: str | None
    grade: int
    better_grade: int
    price: Decimal
    better_price: Decimal


class Offer(Value):
    """A choice from a menu, to be held against others."""

    menu: Menu
    package: str | None = None
    items: Items = ()


class OfferQuote(Value):
    """An offer beside the others, in yuan. quote: without its lines. rank: 1 is the cheapest year. month_more,
    year_more: than the cheapest."""

    offer: Offer
    quote: Quote
    rank: int
    month_more: Decimal
    year_more: Decimal
    year_more_per_dwelling: Decimal | None


class Cheapest(Value):
    """The offer whose menu has a service cheapest, at which grade, and what it costs a month, in yuan."""

    offer: Offer
    grade: int
    per: str
    price: Decimal
    month: Decimal


def _selection(package: str | None, items: Items | None) -> _pilot.Selection:
    pairs: Any = items or ()
    if hasattr(pairs, "keys"):
        pairs = pairs.items()
    return package, tuple((service, count(grade, f"selection/items/{service}")) for service, grade in pairs)


def _premises(
    area: Exact | None,
    households: SupportsIndex | None,
    buildings: SupportsIndex | None,
    dwellings: Iterable[Exact] | None,
) -> _pilot.Premises:
    return (
        None if dwellings is None else tuple(exact(one, "premises/dwellings") for one in dwellings),
        None if area is None else exact(area, "premises/area"),
        None if households is None else count(households, "premises/households"),
        None if buildings is None else count(buildings, "premises/buildings"),
    )


def _rounding(rounding: Rounding | Mapping[str, str] | None) -> tuple[int, int, int] | None:
    """As numbers, which are the places of the words in the schema that the library makes."""
    if rounding is None:
        return None
    rule = rounding if isinstance(rounding, Rounding) else Rounding(**rounding)
    words = schema("quote")["$defs"]["rounding"]["properties"]
    mode, unit, step = (
        one_of(getattr(rule, name), tuple(words[name]["enum"]), f"/rounding/{name}")
        for name in ("mode", "unit", "step")
    )
    return mode, unit, step


class Menu:
    """A menu of services and what they cost. It never changes; compared by value and pickled.

    >>> menu = Menu.load({"id": "m", "best_is_low": True, "services": [{"id": "cleaning", "kind": "cleaning",
    ...     "per": "square_metre_month", "grades": [{"grade": 1, "yuan": "0.3050"}, {"grade": 2, "yuan": "0.3100"}]}]})
    >>> menu.quote(items={"cleaning": 1}, day="2020-01-01", area="83363.20").month
    Decimal('25425.78')
    >>> [(fault.fault, fault.price, fault.better_price) for fault in menu.faults()]
    [('better_is_cheaper', Decimal('0.3100'), Decimal('0.3050'))]
    >>> menu.to_dict()["id"], menu.to_json()[:20]
    ('m', '{"id":"m","best_is_l')
    """

    __slots__ = ("_native",)

    def __init__(self, document: Document) -> None:
        """A path, JSON text or bytes, or a dict, as ``libpilot.schema("menu")`` describes it. Raises the Error of
        whatever is wrong with it, with its place."""
        self._native = load(_pilot.Menu, document, "menu")

    @classmethod
    def load(cls, document: Document) -> Menu:
        """The menu of a path, JSON text or bytes, or a dict. Raises the Error of what is wrong with it."""
        return cls(document)

    @property
    def id(self) -> str:
        """As the document has it."""
        found: str = self.to_dict()["id"]
        return found

    def quote(
        self,
        package: str | None = None,
        items: Items | None = None,
        *,
        day: Day,
        area: Exact | None = None,
        households: SupportsIndex | None = None,
        buildings: SupportsIndex | None = None,
        dwellings: Iterable[Exact] | None = None,
    ) -> Quote:
        """What a package, services by themselves ({service: grade}), or both cost, by the menu in force on the day
        (4.3-3). area: building area in m², else the sum of dwellings, the area of each. Only what the chosen
        prices are per has to be given.

        Raises MissingValueError (nothing chosen, a quantity that a price is per), NotFoundError (a package,
        service or grade that the menu does not have), DuplicateIdError, InconsistentError (not in force on the
        day, a service that the package has already, an area that the dwellings do not give), RangeError,
        TooLargeError; paths as ``/selection/items/0/grade``, ``/premises/buildings``.
        """
        asked = _premises(area, households, buildings, dwellings)
        return _quote(from_json(_pilot.quote(self._native, _selection(package, items), asked, _day(day), 0)))

    def faults(self) -> tuple[PriceFault, ...]:
        """Where a better grade costs less, or all costs the same (5.4-2b); empty where all is well."""
        rows = call("price_faults", given={"menu": self._native})["faults"]
        return tuple(
            PriceFault(
                row["fault"],
                row.get("service"),
                row["grade"],
                row["better_grade"],
                Decimal(row["yuan"]),
                Decimal(row["better_yuan"]),
            )
            for row in rows
        )

    def _repr_html_(self) -> str:
        from ._html import menu

        return menu(self)

    def to_dict(self) -> dict[str, Any]:
        """The menu's JSON form, without the keys that begin with ``x-``."""
        made: dict[str, Any] = from_json(self.to_json())
        return made

    def to_json(self, *, indent: bool = False) -> str:
        """Canonical: the same menu, the same text."""
        return _pilot.menu_json(self._native, indented(indent))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Menu):
            return NotImplemented
        return self is other or self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(self.to_json())

    def __repr__(self) -> str:
        return f"<Menu {self.id}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return (Menu, (self.to_json(),))


def _day(value: Day) -> str:
    return day(value, "day")


def bill(
    menu: Menu,
    package: str | None = None,
    items: Items | None = None,
    *,
    area: Exact,
    first: Month,
    last: Month,
    rounding: Rounding | Mapping[str, str] | None = None,
) -> Bill:
    """A dwelling's bill: area (m²) x price x months, a price per household counted once. first, last: months,
    both included, throughout which the menu has to be in force. rounding: the menu's own where it is None.
    Raises as Menu.quote, and OrderError; InconsistentError for a price that is no one dwelling's.

    >>> menu = Menu.load({"id": "m", "best_is_low": True, "services": [{"id": "cleaning", "kind": "cleaning",
    ...     "per": "square_metre_month", "grades": [{"grade": 1, "yuan": "0.3050"}]}]})
    >>> bill(menu, items={"cleaning": 1}, area="61.37", first="2020-01", last="2020-12").total
    Decimal('224.61')
    """
    months, total, lines = _pilot.bill(
        menu._native,
        _selection(package, items),
        exact(area, "area"),
        month(first, "period/first"),
        month(last, "period/last"),
        _rounding(rounding),
    )
    return Bill(
        months,
        yuan(total),
        tuple(
            BillLine(service, of, grade, per, Decimal(quantity), Decimal(price), discount, yuan(amount))
            for service, of, grade, per, quantity, price, discount, amount in lines
        ),
    )


def bills(
    menu: Menu,
    package: str | None = None,
    items: Items | None = None,
    *,
    areas: Iterable[Exact],
    first: Month,
    last: Month,
    rounding: Rounding | Mapping[str, str] | None = None,
) -> BillSum:
    """The bill of each dwelling, of these areas in m², and their sum against one bill for all. Raises as bill,
    with paths as ``/areas/3``.

    >>> menu = Menu.load({"id": "m", "best_is_low": True, "services": [{"id": "cleaning", "kind": "cleaning",
    ...     "per": "square_metre_month", "grades": [{"grade": 1, "yuan": "0.3050"}, {"grade": 2, "yuan": "0.2500"}]}]})
    >>> made = bills(menu, items={"cleaning": 1}, areas=["61.37", "58.92"], first="2020-01", last="2020-12")
    >>> made.amounts, made.of_area, made.difference
    ((Decimal('224.61'), Decimal('215.65')), Decimal('440.26'), Decimal('0.00'))
    """
    months, dwellings, area, of_dwellings, of_area, difference, least, most, amounts = _pilot.bills(
        menu._native,
        _selection(package, items),
        tuple(exact(one, f"areas/{index}") for index, one in enumerate(areas)),
        month(first, "period/first"),
        month(last, "period/last"),
        _rounding(rounding),
    )
    return BillSum(
        months,
        dwellings,
        Decimal(area),
        yuan(of_dwellings),
        yuan(of_area),
        yuan(difference),
        yuan(least),
        yuan(most),
        tuple(map(yuan, amounts)),
    )


def fee(
    price: Exact, area: Exact, months: SupportsIndex = 1, rounding: Rounding | Mapping[str, str] | None = None
) -> Decimal:
    """A fee by area, in yuan: price (yuan per m² and month) x area (m²) x months, half up to the fen, once, where
    rounding is None. Raises RangeError, TooLargeError.

    >>> fee("0.35", "61.37")
    Decimal('21.48')
    """
    return yuan(
        _pilot.fee(exact(price, "price"), exact(area, "area"), count(months, "months"), _rounding(rounding))
    )


def _offers(offers: Iterable[Offer | tuple[Menu, str | Mapping[str, int]]]) -> Sequence[Offer]:
    made = []
    for one in offers:
        if isinstance(one, Offer):
            made.append(one)
        else:
            menu, choice = one
            made.append(
                Offer(menu, choice) if isinstance(choice, str) else Offer(menu, None, tuple(choice.items()))
            )
    return made


def _native(offers: Sequence[Offer]) -> tuple[tuple[_pilot.Menu, _pilot.Selection], ...]:
    return tuple((one.menu._native, _selection(one.package, one.items)) for one in offers)


def compare_quotes(
    offers: Iterable[Offer | tuple[Menu, str | Mapping[str, int]]],
    *,
    day: Day,
    area: Exact | None = None,
    households: SupportsIndex | None = None,
    buildings: SupportsIndex | None = None,
    dwellings: Iterable[Exact] | None = None,
) -> tuple[OfferQuote, ...]:
    """Two or more offers side by side on the same premises (5.4-2), in the order given. An offer is an Offer, or
    a pair of a menu and a package's id or {service: grade}; area: m². Raises as Menu.quote, with paths that begin with
    ``/offers/1``, and RangeError for fewer than two.

    >>> menu = Menu.load({"id": "m", "best_is_low": True, "services": [{"id": "cleaning", "kind": "cleaning",
    ...     "per": "square_metre_month", "grades": [{"grade": 1, "yuan": "0.3050"}, {"grade": 2, "yuan": "0.2500"}]}]})
    >>> [(one.rank, one.quote.month, one.year_more) for one in compare_quotes(
    ...     [(menu, {"cleaning": 1}), (menu, {"cleaning": 2})], day="2020-01-01", area="1000")]
    [(2, Decimal('305.00'), Decimal('660.00')), (1, Decimal('250.00'), Decimal('0.00'))]
    """
    asked = _offers(offers)
    rows = _pilot.compare(_native(asked), _premises(area, households, buildings, dwellings), _day(day))
    return tuple(
        OfferQuote(
            offer,
            _quote(from_json(text)),
            rank,
            yuan(month_more),
            yuan(year_more),
            None if each is None else yuan(each),
        )
        for offer, (text, rank, month_more, year_more, each) in zip(asked, rows)
    )


def cheapest_service(
    offers: Iterable[Offer | tuple[Menu, str | Mapping[str, int]]],
    service: str,
    grade: SupportsIndex,
    *,
    day: Day,
    area: Exact | None = None,
    households: SupportsIndex | None = None,
    buildings: SupportsIndex | None = None,
    dwellings: Iterable[Exact] | None = None,
) -> Cheapest:
    """Where a service is cheapest on the premises at this grade or a better one, whatever the offers select; area: m². Raises
    NotFoundError where no menu has it so good, and as Menu.quote.

    >>> menu = Menu.load({"id": "m", "best_is_low": True, "services": [{"id": "cleaning", "kind": "cleaning",
    ...     "per": "square_metre_month", "grades": [{"grade": 1, "yuan": "0.3050"}, {"grade": 2, "yuan": "0.2500"}]}]})
    >>> cheapest_service([(menu, {"cleaning": 1})], "cleaning", 2, day="2020-01-01", area="1000").month
    Decimal('250.00')
    """
    asked = _offers(offers)
    found, at, per, price, cost = _pilot.cheapest(
        _native(asked),
        service,
        count(grade, "grade"),
        _premises(area, households, buildings, dwellings),
        _day(day),
    )
    return Cheapest(asked[found], at, per, Decimal(price), yuan(cost))
