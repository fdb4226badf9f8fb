"""Numbers of every kind in every public function that takes one: a result, or one of the library's errors with
the place; dicts that are no documents; results that do not change."""

from __future__ import annotations

import fractions
import pickle
from decimal import Decimal

import numpy
import pytest
from cases import TOP

import libpilot
from libpilot import NANCHANG_2019 as NOTICE
from libpilot import columns

MENU = libpilot.Menu.load(TOP / "examples/data/menus/foshan-2019.json")
SUMS = columns.tally([5], "2021-12", "2022-01")


class Odd:
    """Has no number."""


# Whole numbers beyond what fits, floats, bools, and what other libraries have for numbers.
VALUES = [
    None, True, False, 0, -1, 1, 2**31 - 1, 2**31, -(2**31) - 1, 2**32, 2**63 - 1, 2**63, 2**64, 10**30, 10**5000,
    0.5, 1.0, float("nan"), float("inf"), -0.0, Decimal("120.0000"), Decimal("NaN"), Decimal("-Infinity"),
    Decimal("1E+400"), Decimal("1E-400"), fractions.Fraction(1, 2), complex(1), "1", "", "1e5", "\x1b[2J", "\ud800",
    b"1", [], {}, (), Odd(), Odd, numpy.int64(3), numpy.uint64(2**64 - 1), numpy.float64(1.5), numpy.bool_(True),
    numpy.array([1, 2]), numpy.array(3), numpy.datetime64("NaT"),
]  # fmt: skip

ON = {"day": "2020-01-01", "area": "100"}
CALLS = {
    "fee.price": lambda v: libpilot.fee(v, "61.37"),
    "fee.area": lambda v: libpilot.fee("0.35", v),
    "fee.months": lambda v: libpilot.fee("0.35", "61.37", v),
    "reward.households": lambda v: NOTICE.reward(households=v, first="2019-12", last="2020-01"),
    "reward.communities": lambda v: NOTICE.reward(communities=v, first="2019-12", last="2020-01"),
    "reward.area": lambda v: NOTICE.reward(area=v, first="2019-12", last="2020-01"),
    "reward.first": lambda v: NOTICE.reward(households=1, first=v, last="2020-01"),
    "reward.as_of": lambda v: NOTICE.reward(households=1, first="2019-12", last="2020-01", as_of=v),
    "rate": lambda v: NOTICE.rate(v),
    "quote.households": lambda v: MENU.quote("comprehensive-3", households=v, **ON),
    "quote.buildings": lambda v: MENU.quote("comprehensive-3", buildings=v, **ON),
    "quote.area": lambda v: MENU.quote("comprehensive-3", area=v, day="2020-01-01"),
    "quote.dwellings": lambda v: MENU.quote("comprehensive-3", dwellings=[v], day="2020-01-01"),
    "quote.grade": lambda v: MENU.quote(items={"cleaning": v}, **ON),
    "quote.day": lambda v: MENU.quote("comprehensive-3", area="100", day=v),
    "cheapest.grade": lambda v: libpilot.cheapest_service([(MENU, "comprehensive-3")], "cleaning", v, **ON),
    "tally.groups": lambda v: columns.Tally(groups=v),
    "tally.counts": lambda v: SUMS.counts(v),
    "tally.years": lambda v: SUMS.years(v),
    "tally.threads": lambda v: columns.tally([5], "2021-12", "2022-01", threads=v),
    "solve.rate": lambda v: libpilot.solve(SUMS, find="rate", budget="100000", rate=v),
    "solve.group": lambda v: libpilot.solve(SUMS, find="factor", budget="100000", group=v),
    "solve.budget": lambda v: libpilot.solve(SUMS, find="factor", budget=v),
    "solve.yearly": lambda v: libpilot.solve(SUMS, find="factor", yearly={2021: v}),
    "patch": lambda v: NOTICE.patch({"office_min_area_m2": v}),
    "patch.count": lambda v: NOTICE.patch({"communities_per_district": v}),
    "outside": lambda v: libpilot.outside(
        {"as_of": "2020-02-29", "handovers": [{"service": "greenery", "transferred_yuan": v}]}
    ),
}


@pytest.mark.parametrize("name", CALLS)
def test_numbers_of_every_kind(name):
    for value in VALUES:
        try:
            CALLS[name](value)
        except libpilot.Error as error:
            assert str(error) and "\x1b" not in str(error), name
            # A sum that does not fit is of no argument alone, nor is a key or a bound that is not there.
            whole = isinstance(
                error,
                (
                    libpilot.TooLargeError,
                    libpilot.InconsistentError,
                    libpilot.MissingKeyError,
                    libpilot.MissingValueError,
                ),
            )
            # Which of a budget's bounds is negative, and how many rates there are, solve does not say.
            whole = whole or name in ("solve.rate", "solve.budget", "solve.yearly")
            assert error.path or whole, (name, type(value), error)
        except Exception as error:
            raise AssertionError(f"{name}: {type(value).__name__} gives {error!r}") from error


@pytest.mark.parametrize(
    "name, value, wrong, path",
    [
        ("fee.months", 2**31, libpilot.TooLargeError, "/months"),
        ("fee.months", 1.0, libpilot.WrongTypeError, "/months"),
        ("tally.groups", 1.0, libpilot.WrongTypeError, "/groups"),
        ("tally.groups", True, libpilot.WrongTypeError, "/groups"),
        ("solve.rate", 10**30, libpilot.TooLargeError, "/rate"),
        ("solve.group", "1", libpilot.WrongTypeError, "/group"),
        ("patch", 10**5000, libpilot.TooLargeError, "/office_min_area_m2"),
        ("patch", Decimal("NaN"), libpilot.FormatError, "/office_min_area_m2"),
        ("patch", Decimal("1.005"), libpilot.PrecisionError, "/office_min_area_m2"),
        ("patch", fractions.Fraction(1, 2), libpilot.WrongTypeError, "/office_min_area_m2"),
        ("patch", Odd, libpilot.WrongTypeError, "/office_min_area_m2"),
        ("outside", {1: 2}, libpilot.WrongTypeError, "/handovers/0/transferred_yuan"),
    ],
    ids=range(12),
)
def test_numbers_that_are_refused(name, value, wrong, path):
    with pytest.raises(wrong) as refused:
        CALLS[name](value)
    assert refused.value.path == path


def test_zeros_that_say_nothing():
    assert NOTICE.patch({"office_min_area_m2": Decimal("120.0000")}) == NOTICE
    assert NOTICE.patch({"office_min_area_m2": Decimal("1.2E+2")}) == NOTICE
    assert columns.Tally(groups=numpy.int64(3)).groups == 3


def test_documents_that_lie_in_themselves():
    ring: dict[str, object] = {}
    ring["readings"] = ring
    chain: list[object] = []
    chain.append(chain)
    deep: object = 1
    for _ in range(100_000):
        deep = [deep]
    for wrong in (ring, {"rates": chain}, {"rates": deep}):
        with pytest.raises(libpilot.LimitError) as refused:
            NOTICE.patch(wrong)
        assert refused.value.path.startswith(("/readings/readings", "/rates/0/0"))


def test_results_do_not_change():
    made = libpilot.outside(
        {"as_of": "2020-02-29", "enclosure": {"layout_before": "open", "layout_after": "closed"}}
    )
    again = pickle.loads(pickle.dumps(made))
    assert hash(made) == hash(again) and made == again and type(again.ledger) is type(made.ledger)
    assert made.to_dict()["ledger"]["city"] == "0.00"
    assert set(made.to_dict()["enclosure"]["under"]) == {"on_the_day", "as_selected"}
    before = dict(made.ledger)
    for change in (
        lambda: made.ledger.clear(),
        lambda: made.ledger.pop("city"),
        lambda: made.ledger.popitem(),
        lambda: made.ledger.update(city=1),
        lambda: made.ledger.setdefault("x", 1),
        lambda: made.ledger.__setitem__("city", 1),
        lambda: made.ledger.__delitem__("city"),
        lambda: made.ledger.__ior__({"x": 1}),
    ):
        with pytest.raises(TypeError):
            change()
    assert made.ledger == before and isinstance(made.ledger, dict)


def test_every_record_that_is_made_can_be_hashed():
    made = [
        libpilot.comparison(TOP / "examples/data/comparisons/foshan-mudanjiang.json"),
        libpilot.outside(TOP / "examples/data/outside/enclosure.json"),
        NOTICE.reward(households=1, first="2019-12", last="2020-01"),
        MENU.quote("comprehensive-3", **ON),
        *libpilot.CLAUSES[:3],
        *libpilot.RULES[:3],
    ]
    assert len({*made, *pickle.loads(pickle.dumps(made))}) == len(made)


def test_names_stay_in_their_cell(tmp_path):
    typer = pytest.importorskip("typer.testing")
    from libpilot.cli import app

    name = "a\x1b[2J\nbreach\u202e\u2028\x00\x85"
    city = tmp_path / "city.json"
    city.write_bytes(
        libpilot.City(
            {
                "districts": [{"id": "360102", "name": name.replace("\0", "")}],
                "communities": [{"id": "c\x1b", "name": "c\x07", "district": "360102"}],
                "areas": [{"id": "a\n", "communities": ["c\x1b"]}],
            }
        )
        .to_json()
        .encode()
    )
    for words in (
        ["check", "--all", "--timeline", "--as-of", "2020-02-29", str(city)],
        ["check", "--as-of", "2020-02-29", str(city) + name.replace("\0", "")],
    ):
        said = typer.CliRunner().invoke(app, words)
        text = said.output
        assert not set(text) & set("\x1b\u202e\u2028\x85\x07"), text
        assert "\nbreach\u202e" not in text and "\\u001b" in text and "\\u000abreach\\u202e" in text
