"""Panels that are read once: to the fen what the rows cost one by one, under any policy."""

import concurrent.futures
import itertools
import json
import pickle
from decimal import Decimal
from fractions import Fraction

import libpilot
import numpy
import pandas
import pyarrow
import pyarrow.csv
import pyarrow.parquet
import pytest
from libpilot import NANCHANG_2019, Panel, Tally

REFORMS = {
    "as it is": {},
    "thirds": {"city_share": "1/3"},
    "sevenths to the city": {"city_share": "3/7", "readings": {"odd_fen_to": "city"}},
    "not whole fen": {
        "rates": [{"first": "2019-01", "last": "2022-06", "yuan": "17.7777", "per": "household_month"}],
        "rounding": "half_even",
    },
    "whole years": {"readings": {"month_rule": "calendar_years"}},
    "each year's own": {"readings": {"gate_mode": "annual"}},
    "earlier and later": {
        "rates": [
            {"first": "2017-03", "last": "2018-12", "yuan": "5.00", "per": "household_month"},
            {"first": "2020-02", "last": "2026-12", "yuan": "20.00", "per": "household_month"},
        ]
    },
    "by area": {
        "rates": [
            {"first": "2019-01", "last": "2020-12", "yuan": "0.3050", "per": "square_metre_month"},
            {"first": "2021-01", "last": "2021-12", "yuan": "12.00", "per": "household_month"},
        ]
    },
    "from the pass": {"readings": {"pass_effect": "from_the_pass", "gate_mode": "annual"}},
}
YEARS = range(2016, 2028)


def policy_of(name):
    return NANCHANG_2019.patch(REFORMS[name])


@pytest.fixture(scope="module")
def claims():
    draw = numpy.random.default_rng(20191101)
    rows = 3000
    first = numpy.datetime64("2018-11") + draw.integers(0, 50, rows)
    made = {
        "households": draw.integers(0, 400, rows),
        "first": first,
        "last": first + draw.integers(0, 60, rows),
        "dm2": draw.integers(0, 10**7, rows),
        "town": numpy.array(["b", "a", "洪城", "c"])[draw.integers(0, 4, rows)],
        "passed_from": numpy.datetime64("2019-11") + draw.integers(0, 40, rows),
    }
    for year in YEARS:
        made[f"y{year}"] = draw.integers(0, 3, rows) > 0
    return made


def asked(claims, *names, **more):
    kept = {name: claims[name] for name in ("households", "first", "last", "town", *names)}
    return kept, more


WAYS = {
    "all passed": ((), {}),
    "grouped": ((), {"group": "town"}),
    "by year": (
        tuple(f"y{year}" for year in YEARS),
        {"passed": {year: f"y{year}" for year in YEARS}, "group": "town"},
    ),
    "areas and passes": (
        ("dm2", "passed_from", "y2019"),
        {"households": "households", "building_area_dm2": "dm2", "passed_from": "passed_from", "passed": "y2019"},
    ),
}


def by_rows(frame, policy, group=None, **more):
    """The sums of each group and year, row by row."""
    made = libpilot.simulate(frame, policy, group=group or "everything", **more)
    names = ("total_fen", "city_fen", "district_fen", "withheld_fen", "households", "rows")
    keys = zip(made[group or "everything"], made["year"])
    return dict(zip(keys, zip(*(made[name] for name in names))))


def by_panel(panel, policy):
    made = {}
    tally = panel.cost(policy)
    for number, label in enumerate(panel.labels):
        for year, sums in tally.years(number).items():
            fen = (int(one * 100) for one in (sums.total, sums.city, sums.district, sums.withheld))
            made[label, year] = (*fen, sums.households, sums.rows)
    return made


@pytest.mark.parametrize("name", REFORMS)
@pytest.mark.parametrize("way", WAYS)
def test_costs_are_those_of_the_rows(claims, name, way):
    names, more = WAYS[way]
    needed = {"by area": "building_area", "from the pass": "passed_from"}.get(name)
    frame, more = asked(claims, *names, **more)
    policy = policy_of(name)
    if needed and needed not in more and f"{needed}_dm2" not in more:
        with pytest.raises(libpilot.MissingValueError) as caught:
            Panel(frame, **more).cost(policy)
        assert caught.value.path == f"/{needed}"
        return
    frame["everything"] = numpy.zeros(len(frame["first"]), int)
    wanted = by_rows(frame, policy, **more)
    for threads in (1, 3):
        panel = Panel(frame, threads=threads, **{"group": "everything", **more})
        assert by_panel(panel, policy) == wanted
    again = pickle.loads(pickle.dumps(panel))
    assert by_panel(again, policy) == wanted and again.labels == panel.labels
    assert panel.needs_rows(policy) == (name in ("sevenths to the city", "not whole fen", "by area", "from the pass"))


@pytest.mark.parametrize("kind", ["pandas.DataFrame", "polars.DataFrame", "pyarrow.table"])
def test_kinds_of_frames(claims, kind):
    module, name = kind.split(".")
    kind = getattr(pytest.importorskip(module), name)
    frame, _ = asked(claims)
    frame = {**frame, "first": frame["first"].astype(str), "last": frame["last"].astype(str)}
    wanted = Panel(frame, group="town").cost()
    panel = Panel(kind(frame), group="town")
    assert panel.cost() == wanted
    assert isinstance(panel.sweep({"city_share": ["1/2"]}).to_frame(), type(kind(frame)))
    assert isinstance(pickle.loads(pickle.dumps(panel)).sensitivity().to_frame(), type(kind(frame)))


def test_files(claims, tmp_path):
    frame, _ = asked(claims)
    frame = {**frame, "first": frame["first"].astype(str), "last": frame["last"].astype(str)}
    table = pyarrow.table(frame)
    pyarrow.parquet.write_table(table, tmp_path / "claims.parquet")
    pyarrow.csv.write_csv(table, tmp_path / "claims.csv")
    whole = Panel(frame, group="town")
    for name in ("claims.parquet", "claims.csv"):
        panel = Panel(tmp_path / name, group="town", batch_rows=701, threads=2)
        assert panel.labels == whole.labels == ("a", "b", "c", "洪城")
        assert panel.rows == 3000 and panel.cost() == whole.cost()
        assert panel.cost(policy_of("thirds")) == whole.cost(policy_of("thirds"))


def test_a_bad_row_of_a_file_has_its_place(tmp_path):
    (tmp_path / "claims.csv").write_text("households,first,last\n10,2020-01,2020-02\n10,2020-03,2020-02\n")
    with pytest.raises(libpilot.OrderError) as caught:
        Panel(tmp_path / "claims.csv")
    assert caught.value.place.endswith("claims.csv:3")
    panel = Panel(tmp_path / "claims.csv", bad="keep")
    assert panel.cost().bad == 1 and panel.cost().total == Decimal(360)


def part_of(claims, start, stop):
    frame, _ = asked(claims)
    return Panel({name: values[start:stop] for name, values in frame.items()}, group="town")


def test_panels_of_processes_add_up(claims):
    edges = [0, 1, 2, 1000, 3000]
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        parts = list(pool.map(part_of, itertools.repeat(claims), edges[:-1], edges[1:]))
    frame, _ = asked(claims)
    whole = Panel(frame, group="town")
    assert parts[0].labels != whole.labels
    for order in (parts, parts[::-1]):
        made = sum(order)
        assert made.labels == whole.labels and made.rows == whole.rows
        for name in ("as it is", "not whole fen"):
            assert made.cost(policy_of(name)) == whole.cost(policy_of(name))


def test_panels_that_do_not_add_up(claims):
    frame, _ = asked(claims, "y2019")
    one = Panel(frame)
    for other in (
        Panel(frame, policy_of("thirds")),
        Panel(frame, single_rows=False),
        Panel(frame, bad="keep"),
        Panel(frame, passed={2019: "y2019"}),
        Panel(frame, households=1, communities=1),
    ):
        with pytest.raises(libpilot.InconsistentError):
            one + other
    with pytest.raises(TypeError):
        one + 1


def test_without_single_rows(claims):
    frame, _ = asked(claims)
    panel = Panel(frame, single_rows=False)
    assert panel.cost() == Panel(frame).cost()
    with pytest.raises(libpilot.CapacityError) as caught:
        panel.cost(policy_of("not whole fen"))
    assert caught.value.path == "/single_rows"


def test_rows_that_a_policy_refuses():
    dear = {"rates": [{"first": "2019-01", "last": "2019-12", "yuan": "9000000000.00", "per": "household_month"}]}
    frame = {"households": [1, 10**10], "first": ["2019-12"] * 2}
    with pytest.raises(libpilot.TooLargeError, match="1 rows"):
        Panel(frame, last="2019-12").cost(NANCHANG_2019.patch(dear))
    kept = Panel(frame, last="2019-12", bad="keep").cost(NANCHANG_2019.patch(dear))
    assert kept.bad == 1 and kept.total == Decimal("9000000000.00")


def test_a_grid(claims):
    frame, _ = asked(claims)
    panel = Panel(frame, group="town")
    grid = {"rates/0/yuan": [Decimal("17.5"), "18.00", 19], "/city_share": [Fraction(2, 5), "1/2"],
            "readings/month_rule": ["service_months", "calendar_years"]}  # fmt: skip
    made = panel.sweep(grid, threads=2)
    assert len(made) == 12 and made.points == list(itertools.product(*grid.values()))
    for number, (price, share, rule) in enumerate(made.points):
        rates = [{**rate} for rate in NANCHANG_2019.to_dict()["rates"]]
        rates[0]["yuan"] = str(price)
        reform = NANCHANG_2019.patch({"rates": rates, "city_share": str(share), "readings": {"month_rule": rule}})
        tally = panel.cost(reform)
        assert made.fen(number) == tally.fen() and made.total[number] == tally.total
        assert made.fen(number, "洪城") == tally.fen(3)
    table = made.to_frame(by_group=True, by_year=True)
    assert len(table["total_fen"]) == 12 * 4 * 5 and table["total_fen"].sum() == sum(made.fen(i)[0] for i in range(12))
    assert list(table)[:5] == ["rates/0/yuan", "/city_share", "readings/month_rule", "group", "year"]


def test_lists_of_reforms():
    panel = Panel({"households": [10], "first": ["2020-01"]}, last="2020-12")
    reforms = {name: patch for name, patch in REFORMS.items() if name in ("thirds", "whole years")}
    named = panel.sweep(reforms)
    listed = panel.sweep([policy_of("thirds"), REFORMS["whole years"]])
    assert named.points == [("thirds",), ("whole years",)] and listed.points == [(0,), (1,)]
    assert [named.fen(i) for i in range(2)] == [listed.fen(i) for i in range(2)]
    assert named.fen(0)[:3] == (216000, 72000, 144000)
    assert "thirds" in named._repr_html_()


@pytest.mark.parametrize(
    "over, kind, path",
    [
        ({"rate": [1]}, libpilot.NotFoundError, "/over/rate"),
        ({"rates/3/yuan": [1]}, libpilot.NotFoundError, "/over/rates/3/yuan"),
        ({"rates/0/fen": [1]}, libpilot.NotFoundError, "/over/rates/0/fen"),
        ({"city_share": "1/2"}, libpilot.WrongTypeError, "/over/city_share"),
        ([1], libpilot.WrongTypeError, "/over"),
        ("city_share", libpilot.WrongTypeError, "/over"),
        ({"city_share": ["1/2", "3/2"]}, libpilot.RangeError, "/city_share"),
    ],
)
def test_what_no_sweep_is_over(over, kind, path):
    panel = Panel({"households": [10], "first": ["2020-01"]}, last="2020-12")
    with pytest.raises(kind) as caught:
        panel.sweep(over)
    assert caught.value.path == path


def test_a_refused_reform_is_named():
    panel = Panel({"households": [10], "first": ["2020-01"]}, last="2020-12")
    with pytest.raises(libpilot.RangeError, match="city_share 3/2"):
        panel.sweep({"city_share": ["1/2", "3/2"]})


def test_budgets(claims):
    frame, _ = asked(claims)
    panel = Panel(frame, group="town")
    for question in ({"find": "factor"}, {"find": "rate", "rate": 0}, {"find": "city_share"}):
        budget = {"budget": panel.cost().total * 9 / 10}
        assert panel.solve(**question, **budget) == libpilot.solve(panel.cost(), **question, **budget)
    own = panel.solve(find="factor", budget=1000, group="b")
    assert own == libpilot.solve(panel.cost(), find="factor", budget=1000, group=1)
    with pytest.raises(libpilot.NotFoundError):
        panel.solve(find="factor", budget=1000, group="d")


def test_sensitivity(claims):
    frame, _ = asked(claims, "y2019")
    panel = Panel(frame, passed="y2019")
    made = panel.sensitivity()
    assert made.total == panel.cost().total
    names = [row.name for row in made.rows]
    assert {"month_rule", "rates/0/yuan", "city_share"} <= set(names)
    for row in made.rows:
        if row.kind == "reading":
            policy = NANCHANG_2019.with_reading(**{row.name: row.setting})
        else:
            name, value = row.name.split("/")[0], row.setting
            if name == "rates":
                value = [{**rate} for rate in NANCHANG_2019.to_dict()["rates"]]
                value[int(row.name.split("/")[1])]["yuan"] = row.setting
            policy = NANCHANG_2019.patch({name: value})
        assert (row.total, row.city) == (panel.cost(policy).total, panel.cost(policy).city)
        assert row.difference == row.total - made.total
    prices = {row.setting for row in made.rows if row.name == "rates/0/yuan"}
    assert prices == {"16.2000", "19.8000"}
    assert {row.setting for row in made.rows if row.name == "city_share"} == {"9/20", "11/20"}
    assert "office_min_area_m2" in made.unmoved and "area_map" in made.unmoved
    assert [name for name, _, _ in made.untold] == ["pass_effect"] and "passed_from" in made.untold[0][2]
    widths = [greatest - least for _, least, greatest in made.spreads()]
    assert widths == sorted(widths, reverse=True) and len(widths) == len(set(names))
    assert "month_rule" in str(made) and "month" in made._repr_html_()
    told = {*names, *made.unmoved, "pass_effect"}
    assert {one.name for one in libpilot.READINGS} <= told


def test_no_rows_and_no_group():
    panel = Panel({"households": numpy.array([], int), "first": numpy.array([], "M8[M]"), "town": []}, group="town",
                  last="2020-12")  # fmt: skip
    assert panel.labels == (None,) and panel.rows == 0 and panel.cost().total == 0
    with pytest.raises(libpilot.MissingValueError):
        Panel({"households": [1, 2], "first": ["2020-01"] * 2, "town": ["a", None]}, group="town", last="2020-12")
    kept = Panel({"households": [1, 2], "first": ["2020-01"] * 2, "town": ["a", None]}, group="town", last="2020-12",
                 bad="keep")  # fmt: skip
    assert kept.labels == ("a",) and kept.cost().bad == 1 and kept.cost().rows == 1


def test_many_threads_may_ask(claims):
    frame, _ = asked(claims)
    panel = Panel(frame, group="town")
    wanted = {name: panel.cost(policy_of(name)) for name in ("as it is", "not whole fen", "whole years")}
    fresh = Panel(frame, group="town")
    names = list(wanted) * 20
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda name: fresh.cost(policy_of(name)), names))
    assert all(one == wanted[name] for name, one in zip(names, found))


def test_results_of_tallies_and_json(claims):
    frame, _ = asked(claims)
    tally = Panel(frame).cost()
    assert isinstance(tally, Tally) and json.loads(json.dumps(tally.to_dict()))["rows"] == 3000


@pytest.mark.parametrize("passed", [None, {2019: "y2019", 2021: "y2021"}])
def test_draws_are_those_of_the_frame(claims, passed):
    frame, _ = asked(claims, "y2019", "y2021")
    panel = Panel(frame, group="town", passed=passed)
    shocks = {
        "pass_probability": libpilot.beta("0.9", "0.05", by="town"),
        "take_up": libpilot.triangular("0.5", "0.8", "1"),
        "readings": {"month_rule": None},
        "parameters": {"rates/0/yuan": libpilot.uniform("17", "18")},
        "seed": 5,
        "draws": 300,
    }
    made = panel.draw(**shocks)
    assert made == libpilot.draw(frame, rows="expected", passed=passed, **shocks)
    assert made.total.min() < made.total.max()
    with pytest.raises(libpilot.ArgumentError) as caught:
        panel.draw(seed=1, pass_probability=libpilot.uniform("0.5", "1", by="street"))
    assert caught.value.path == "/by"


def test_groups_that_a_column_of_categories_has_no_row_of(claims):
    frame, _ = asked(claims)
    towns = pandas.Categorical(frame["town"], categories=["z", "洪城", "b", "c", "a"])
    made = Panel(pandas.DataFrame({**frame, "town": towns}), group="town")
    assert made.labels == ("a", "b", "c", "洪城") and made.cost() == Panel(frame, group="town").cost()


def test_a_part_of_a_setting_is_between_0_and_1(claims):
    frame, _ = asked(claims)
    panel = Panel(frame)
    assert panel.policy == NANCHANG_2019
    for by in ("0", "1", "-0.1"):
        with pytest.raises(libpilot.ArgumentError) as refused:
            panel.sensitivity(by=by)
        assert refused.value.path == "/by"
    assert repr(panel.sweep({"city_share": ["1/2", "1/3"]})) == "<Sweep of 2 reforms over city_share>"
    made = panel.sensitivity()
    assert repr(made) == f"<Sensitivity of {made.total} yuan: {len(made.rows)} settings move it>"


def test_rows_of_several_threads_come_to_one_panel(monkeypatch):
    monkeypatch.setattr("libpilot._column_passes._PAYS", 0)
    number = numpy.arange(200_000)
    frame = {"households": number % 900, "first": 599 + number % 24, "last": 623 + number % 30}
    assert Panel(frame, threads=4).cost() == Panel(frame).cost()


def test_a_sweep_that_is_to_stop_costs_no_more(claims, monkeypatch):
    def at_once(work, parts, threads):
        for one in parts:
            work(one, lambda: False)
        raise KeyboardInterrupt

    frame, _ = asked(claims)
    monkeypatch.setattr("libpilot._panel.in_threads", at_once)
    monkeypatch.setattr(Panel, "cost", None)
    with pytest.raises(KeyboardInterrupt):
        Panel(frame).sweep([{"city_share": "1/3"}])


def test_a_sweep_has_the_groups_of_its_panel():
    asked = {"first": ["2020-01"] * 2, "last": ["2020-12"] * 2, "households": [10, 20], "district": ["a", "b"]}
    made = libpilot.Panel(asked, group="district").sweep({"notice": libpilot.NANCHANG_2019})
    assert made.fen(0, "b")[0] == 2 * made.fen(0, "a")[0] == 20 * 12 * 1800
    with pytest.raises(libpilot.NotFoundError, match="'c'") as caught:
        made.fen(0, "c")
    assert caught.value.path == "/group"
