"""Frames, reforms compared, budgets solved, draws and files."""

import datetime
import itertools
from decimal import Decimal
from fractions import Fraction

import libpilot
import pytest
from libpilot import NANCHANG_2019

numpy = pytest.importorskip("numpy")
from libpilot import columns  # noqa: E402

REFORM = NANCHANG_2019.patch({"city_share": "1/3", "readings": {"month_rule": "calendar_years"}})


def panel(rows=200, seed=4):
    generator = numpy.random.default_rng(seed)
    first = generator.integers(590, 630, rows).astype("M8[M]")
    return {
        "district": numpy.array(["east", "west", "north"])[generator.integers(0, 3, rows)],
        "households": generator.integers(1, 3000, rows),
        "first": first.astype(str),
        "last": (first + generator.integers(0, 40, rows)).astype(str),
    }


def pandas_frame(data):
    pandas = pytest.importorskip("pandas")
    rows = len(data["households"])
    return pandas.DataFrame(data, index=[f"row {rows - at}" for at in range(rows)])


def polars_frame(data):
    return pytest.importorskip("polars").DataFrame(data)


def arrow_frame(data):
    return pytest.importorskip("pyarrow").table({name: values.tolist() for name, values in data.items()})


def dict_frame(data):
    return data


KINDS = [pandas_frame, polars_frame, arrow_frame, dict_frame]


@pytest.mark.parametrize("kind", KINDS)
def test_a_frame_comes_back_as_its_kind(kind):
    if kind is not dict_frame:
        pytest.importorskip("narwhals")
    data = panel()
    frame = kind(data)
    wanted = columns.awards(data["households"], data["first"], data["last"], years=True, reasons=True)
    made = libpilot.simulate(frame, by_year=True, reasons=True, threads=2)
    assert type(made) is type(frame)
    for name, values in (
        ("total_fen", wanted.total),
        ("city_fen", wanted.city),
        ("district_fen", wanted.district),
        ("total_fen_2021", wanted.years[:, 2]),
        ("households", data["households"]),
    ):
        assert numpy.asarray(made[name]).dtype == numpy.int64
        assert numpy.asarray(made[name]).tolist() == values.tolist()
    said = set(numpy.asarray(made["reasons"]).tolist())
    assert said <= {"payable", "payable,outside_period", "outside_period"}
    if kind is pandas_frame:
        assert list(made.index) == list(frame.index)
    with pytest.raises(libpilot.DuplicateKeyError) as caught:
        libpilot.simulate(made)
    assert caught.value.path == "/total_fen"
    sums = libpilot.simulate(frame, group="district")
    assert type(sums) is type(frame)
    assert numpy.asarray(sums["total_fen"]).sum() == wanted.total.sum()
    assert numpy.asarray(sums["district"]).tolist()[::5] == ["east", "north", "west"]
    east = data["district"] == "east"
    assert numpy.asarray(sums["total_fen"]).tolist()[:5] == wanted.years[east].sum(axis=0).tolist()


@pytest.mark.parametrize("kind", [pandas_frame, polars_frame, arrow_frame])
def test_results_with_nulls_are_not_assessed(kind):
    pytest.importorskip("narwhals")
    frame = kind(panel(3))
    data = {"households": [10, 10, 10], "p": [True, False, None]}
    asked = {"first": "2020-01", "last": "2020-12", "reasons": True}
    if kind is pandas_frame:
        import pandas

        frame = pandas.DataFrame({"households": data["households"], "p": pandas.array(data["p"], "boolean")})
    elif kind is polars_frame:
        import polars

        frame = polars.DataFrame(data)
    else:
        import pyarrow

        frame = pyarrow.table(data)
    frames = [frame]
    if kind is pandas_frame:
        frames.append(pandas.DataFrame(data))  # objects
    for frame, passed in itertools.product(frames, ("p", {2020: "p"})):
        made = libpilot.simulate(frame, passed=passed, **asked)
        assert numpy.asarray(made["reasons"]).tolist() == ["payable", "failed", "not_assessed"]
        assert numpy.asarray(made["total_fen"]).tolist() == [216000, 0, 0]


def test_months_of_every_kind():
    pandas, polars, pyarrow = map(pytest.importorskip, ("pandas", "polars", "pyarrow"))
    pytest.importorskip("narwhals")
    day = datetime.date(2020, 1, 31)
    text = ["2020-01"]
    base = {"households": [10], "last": ["2020-12"]}
    for frame in (
        pandas.DataFrame({**base, "first": pandas.PeriodIndex(text, freq="M")}),
        pandas.DataFrame({**base, "first": pandas.to_datetime(["2020-01-15"])}),
        pandas.DataFrame({**base, "first": [day]}),
        pandas.DataFrame({**base, "first": pandas.array(text, "string")}),
        polars.DataFrame({**base, "first": [day]}),
        polars.DataFrame({**base, "first": [datetime.datetime(2020, 1, 2)]}),
        pyarrow.table({**base, "first": [day]}),
        pyarrow.table({**base, "first": pyarrow.array(text).dictionary_encode()}),
        {**base, "first": numpy.array(text, "M8[M]")},
        {**base, "first": numpy.array([600], numpy.int32)},
    ):
        assert numpy.asarray(libpilot.simulate(frame)["total_fen"]).tolist() == [216000]


def test_what_frames_do_not_fit():
    polars = pytest.importorskip("polars")
    pytest.importorskip("narwhals")
    right = {"households": [1, 2], "first": ["2020-01"] * 2, "last": ["2020-12"] * 2}
    for changed, kind, path in (
        ({"households": [1, None]}, libpilot.MissingValueError, "/households/1"),
        ({"households": [1.0, 2.5]}, libpilot.WrongTypeError, "/households/1"),
        ({"households": ["1", "2"]}, libpilot.WrongTypeError, "/households"),
        ({"first": ["2020-01", "2020-1"]}, libpilot.FormatError, "/first/1"),
        ({"first": ["2020-01", None]}, libpilot.MissingValueError, "/first/1"),
        ({"households": [1, -2]}, libpilot.RangeError, "/1"),
    ):
        with pytest.raises(kind) as caught:
            libpilot.simulate(polars.DataFrame({**right, **changed}))
        assert caught.value.path == path
    frame = polars.DataFrame(right)
    for asked, kind, path in (
        ({"households": "dwellings"}, libpilot.NotFoundError, "/dwellings"),
        ({"first": "start"}, libpilot.NotFoundError, "/start"),
        ({"bad": "drop"}, libpilot.NotFoundError, "/bad"),
    ):
        with pytest.raises(kind) as caught:
            libpilot.simulate(frame, **asked)
        assert caught.value.path == path
    with pytest.raises(libpilot.WrongTypeError) as caught:
        libpilot.simulate({**right, "mixed": numpy.array([1, "a"], object)}, group="mixed")
    assert caught.value.path == "/mixed"
    with pytest.raises(libpilot.WrongTypeError, match="collect"):
        libpilot.simulate(frame.lazy())
    with pytest.raises(libpilot.WrongTypeError):
        libpilot.simulate([1, 2])
    kept = libpilot.simulate(polars.DataFrame({**right, "households": [1, -2]}), bad="keep")
    assert kept["status"].to_list() == ["ok", "range"]
    assert kept["total_fen"].to_list() == [21600, None]
    with pytest.raises(libpilot.RangeError):
        libpilot.simulate(polars.DataFrame({**right, "households": [1, -2]}), group="first")


@pytest.mark.parametrize("kind", KINDS)
def test_values_that_hold_for_every_row(kind):
    if kind is not dict_frame:
        pytest.importorskip("narwhals")
    frame = kind({"households": numpy.array([10, 20, 30]), "name": numpy.array(["a", "b", "c"])})
    asked = {"households": 10, "first": "2020-01", "last": datetime.date(2020, 12, 31)}
    assert numpy.asarray(libpilot.simulate(frame, **asked)["total_fen"]).tolist() == [216000] * 3
    made = libpilot.compare(frame, NANCHANG_2019, {"share": REFORM}, **asked)
    assert made.totals("share")[2020] == 6480
    assert libpilot.draw(frame, seed=1, draws=1, **asked).total.sum() == 3 * 216000


def test_columns_that_are_not_asked_for_may_be_anything():
    polars = pytest.importorskip("polars")
    pytest.importorskip("narwhals")
    data = {"note": [None, 1.5], "households": [1, 2], "first": ["2020-01"] * 2, "last": ["2020-12"] * 2}
    assert libpilot.simulate(polars.DataFrame(data))["total_fen"].to_list() == [21600, 43200]


def test_compare_adds_up():
    data = panel()
    fewer = NANCHANG_2019.patch(
        {"rates": [{"first": "2020-01", "last": "2024-12", "yuan": "15", "per": "household_month"}]}
    )
    policies = {"baseline": NANCHANG_2019, "share": REFORM, "flat": fewer}
    made = libpilot.compare(data, NANCHANG_2019, {"share": REFORM, "flat": fewer}, by="district", threads=2)
    assert made.policies == tuple(policies)
    frame = made.to_frame()
    of_rows = {
        name: columns.awards(data["households"], data["first"], data["last"], policy=policy)
        for name, policy in policies.items()
    }
    for name, rows in of_rows.items():
        assert frame["total_fen"][frame["policy"] == name].sum() == rows.total.sum()
        assert frame["city_fen"][frame["policy"] == name].sum() == rows.city.sum()
        assert sum(made.totals(name).values()).scaleb(2) == int(rows.total.sum())
        assert (
            frame["difference_fen"][frame["policy"] == name].sum()
            == rows.total.sum() - of_rows["baseline"].total.sum()
        )
    assert {row.year for row in made.rows} == set(range(2019, 2025))
    assert len(made.changes) == 6
    for change in made.changes:
        own = data["district"] == change.group
        moved = (of_rows[change.policy].total - of_rows["baseline"].total)[own]
        assert (change.more, change.less, change.same) == tuple(
            int(one.sum()) for one in (moved > 0, moved < 0, moved == 0)
        )
        assert change.gained.scaleb(2) == int(moved[moved > 0].sum())
        assert change.lost.scaleb(2) == -int(moved[moved < 0].sum())
    assert any(change.less for change in made.changes) and any(change.more for change in made.changes)
    assert "share east" in str(made)
    with pytest.raises(libpilot.ArgumentError):
        libpilot.compare(data, REFORM, {"baseline": REFORM})


def cost(policy, data, of="total"):
    tally = columns.tally(data["households"], data["first"], data["last"], policy=policy)
    return dict(zip(("total", "city", "district"), tally.fen()))[of]


def priced(prices):
    rates = NANCHANG_2019.to_dict()["rates"]
    return NANCHANG_2019.patch(
        {"rates": [{**rate, "yuan": str(price)} for rate, price in zip(rates, prices)]}
    )


def test_solve_gives_the_largest_that_fits():
    data = panel()
    prices = [Decimal(rate["yuan"]) for rate in NANCHANG_2019.to_dict()["rates"]]
    step = Decimal("0.0001")
    for at, of in ((0, "both"), (1, "city"), (2, "district")):
        side = "total" if of == "both" else of
        # Odd fen and the rounding of a row: less than two fen for each row and year.
        slack = 0 if of == "both" else 2 * 200 * 5
        others = [*prices[:at], Decimal(0), *prices[at + 1 :]]
        budget = Decimal(cost(priced(others), data, side) + 123_456_789).scaleb(-2)
        rate = libpilot.solve(data, find="rate", rate=at, budget=budget, of=of)
        assert rate > 0
        whole = [*prices[:at], rate, *prices[at + 1 :]]
        assert cost(priced(whole), data, side) <= budget.scaleb(2) + 2 * 200 * 5
        whole[at] += step
        assert cost(priced(whole), data, side) > budget.scaleb(2) - slack - 200 * 5
    tally = columns.tally(data["households"], data["first"], data["last"])
    units = [
        cost(priced([p * 10000 if i == at else 0 for i, p in enumerate([1] * len(prices))]), data)
        for at in range(len(prices))
    ]
    whole = sum(price * Decimal(number).scaleb(-6) for price, number in zip(prices, units))
    factor = libpilot.solve(tally, find="factor", budget="25000000")
    assert whole * factor <= 25_000_000 < whole * (factor + step)
    share = libpilot.solve(tally, find="city_share", budget="9000000")
    assert isinstance(share, Fraction)
    kept = tally.total * (10_000 - int(share * 10_000)) / 10_000
    assert kept <= 9_000_000 < kept + tally.total / 10_000
    number = libpilot.solve(None, find="quantity", budget=30_000_000, first="2019-12", last="2020-12")
    each = NANCHANG_2019.reward(households=1, first="2019-12", last="2020-12").total
    assert number * each <= 30_000_000 < (number + 1) * each
    yearly = libpilot.solve(tally, find="factor", yearly={2020: tally.years()[2020].total / 2})
    assert yearly == Decimal("0.5")
    assert libpilot.solve(tally, find="factor", yearly=max(row.total for row in tally.years().values())) == 1


def test_solve_says_what_does_not_fit():
    tally = columns.tally(100, "2020-01", "2020-12")
    dear = {"find": "rate", "rate": 0, "budget": "1"}
    for claims, asked, kind, path in (
        (tally, {"find": "factor"}, libpilot.MissingValueError, "/budget"),
        (tally, {"find": "factor", "budget": "-1"}, libpilot.RangeError, "/budget"),
        (tally, {"find": "factor", "budget": 1.5}, libpilot.WrongTypeError, "/budget"),
        (tally, {"find": "factor", "budget": "1.001"}, libpilot.PrecisionError, "/budget"),
        (tally, {"find": "rates", "budget": "1"}, libpilot.NotFoundError, "/find"),
        (tally, {"find": "rate", "budget": "1"}, libpilot.ArgumentError, "/rate"),
        (tally, {"find": "rate", "budget": "1", "rate": 9}, libpilot.RangeError, "/rate"),
        (tally, {"find": "factor", "yearly": {1999: 1}}, libpilot.NotFoundError, "/yearly/1999"),
        (tally, {"find": "factor", "budget": "1", "group": 1}, libpilot.NotFoundError, "/group"),
        (tally, {"find": "rate", "rate": 1, "budget": "1"}, libpilot.InconsistentError, "/budget"),
        (columns.tally(0, "2020-01", "2020-12"), dear, libpilot.NotFoundError, "/find"),
        (None, {"find": "quantity", "budget": 1, "first": "2020-01"}, libpilot.ArgumentError, "/last"),
    ):
        with pytest.raises(kind) as caught:
            libpilot.solve(claims, **asked)
        assert caught.value.path == path, (asked, str(caught.value))


def test_draws_come_back_from_their_seed(monkeypatch):
    data = {**panel(150_000), "chance": numpy.linspace(0, 1, 150_000)}
    asked = {
        "seed": 7,
        "draws": 6,
        "pass_probability": {2020: "0.8", 2021: "chance"},
        "take_up": 0.9,
        "household_error": "0.05",
    }
    one = libpilot.draw(data, **asked)
    assert libpilot.draw(data, **asked, threads=3) == one
    assert (one.city + one.district == one.total).all()
    assert libpilot.draw(data, **{**asked, "seed": 8}) != one
    assert len({tuple(row) for row in one.total.tolist()}) == 6
    # A draw is the same whatever rows follow, and however many draws there are.
    fewer = libpilot.draw(data, **{**asked, "draws": 2})
    assert (fewer.total == one.total[:2]).all()
    monkeypatch.setattr(libpilot._draw, "_AT_ONCE", 6 * 70_016)
    assert libpilot.draw(data, **asked) == one
    frame = one.to_frame()
    assert frame["total_fen"].sum() == one.total.sum()


def test_draws_keep_to_their_odds():
    rows, data = 4000, {"households": [1000] * 4000, "first": ["2020-01"] * 4000, "last": ["2021-12"] * 4000}
    sure = columns.awards(data["households"], data["first"], data["last"], years=True).years.sum(axis=0)
    assert (libpilot.draw(data, seed=1, draws=3).total == sure).all()
    nobody = libpilot.draw(data, seed=1, draws=2, take_up=0)
    assert not nobody.total.any()
    made = libpilot.draw(data, seed=1, draws=100, pass_probability={2020: "0.25", 2021: 1})
    assert (made.total[:, 2] == sure[2]).all()
    passes = made.total[:, 1] * rows / sure[1]
    assert abs(passes.mean() - 1000) < 4 * (4000 * 0.25 * 0.75 / 100) ** 0.5
    assert 0.5 < passes.var() / (4000 * 0.25 * 0.75) < 1.6
    known = libpilot.draw(data, seed=1, draws=20, pass_probability="0.5", passed={2020: True, 2021: None})
    assert (known.total[:, 1] == sure[1]).all() and len(set(known.total[:, 2].tolist())) > 1
    near = libpilot.draw(data, seed=1, draws=50, household_error="0.1")
    assert abs(near.total[:, 1].mean() / sure[1] - 1) < 0.001
    one = {name: values[:1] for name, values in data.items()}
    counts = libpilot.draw(one, seed=1, draws=500, household_error="0.1").total[:, 1] // 21600
    assert counts.min() >= 900 and counts.max() <= 1100 and len(set(counts.tolist())) > 150
    ordered = sorted(made.total[:, 1].tolist())
    assert [fen.scaleb(2) for fen in made.quantiles(["0", "0.05", 0.5, 1])[2020]] == [
        ordered[0],
        ordered[4],
        ordered[49],
        ordered[99],
    ]
    for asked, path in (
        ({"draws": 0}, "/draws"),
        ({"seed": -1}, "/seed"),
        ({"take_up": 2}, "/take_up"),
        ({"household_error": "-0.1"}, "/household_error"),
        ({"households": [-1] * 4000}, "/0"),
    ):
        changed = {**data, "households": asked.pop("households", data["households"])}
        with pytest.raises(libpilot.RangeError) as caught:
            libpilot.draw(changed, **{"seed": 1, "draws": 1, **asked})
        assert caught.value.path == path


def test_files_of_any_size(tmp_path):
    pyarrow = pytest.importorskip("pyarrow")
    pytest.importorskip("narwhals")
    import pyarrow.csv
    import pyarrow.parquet

    data = panel(5000)
    table = arrow_frame(data)
    pyarrow.parquet.write_table(table, tmp_path / "panel.parquet")
    pyarrow.csv.write_csv(table, tmp_path / "panel.csv")
    names = ["east", "north", "west"]
    whole = columns.tally(
        data["households"],
        data["first"],
        data["last"],
        group=numpy.searchsorted(names, data["district"]),
        groups=3,
    )
    for name, progress in (("panel.parquet", True), ("panel.csv", False)):
        made = libpilot.tally_file(
            tmp_path / name, group="district", batch_rows=700, threads=2, progress=progress
        )
        assert made.labels == names
        assert made.tally == whole
        sums = libpilot.simulate_file(tmp_path / name, tmp_path / "out.parquet", batch_rows=700, reasons=True)
        assert sums.total == whole.total
        out = pyarrow.parquet.read_table(tmp_path / "out.parquet")
        assert out.equals(libpilot.simulate(table, reasons=True).cast(out.schema))
    (tmp_path / "out.parquet").unlink()
    late = data["last"].astype(object)
    late[4001] = "1999-01"
    pyarrow.parquet.write_table(arrow_frame({**data, "last": late}), tmp_path / "bad.parquet")
    for call in (
        lambda: libpilot.tally_file(tmp_path / "bad.parquet", batch_rows=700),
        lambda: libpilot.simulate_file(tmp_path / "bad.parquet", tmp_path / "out.parquet", batch_rows=700),
    ):
        with pytest.raises(libpilot.OrderError) as caught:
            call()
        assert caught.value.path == "/4001"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.parquet", "panel.csv", "panel.parquet"]
    kept = libpilot.simulate_file(
        tmp_path / "bad.parquet", tmp_path / "out.parquet", bad="keep", batch_rows=700
    )
    assert (kept.rows, kept.bad) == (4999, 1)
    assert pyarrow.parquet.read_table(tmp_path / "out.parquet")["status"].to_pylist()[4001] == "order"
    pyarrow.parquet.write_table(table.slice(0, 0), tmp_path / "none.parquet")
    assert libpilot.tally_file(tmp_path / "none.parquet", group="district").tally.rows == 0
    assert libpilot.simulate_file(tmp_path / "none.parquet", tmp_path / "out.parquet").rows == 0
    assert pyarrow.parquet.read_table(tmp_path / "out.parquet").num_rows == 0
    (tmp_path / "text.parquet").write_text("no Parquet", encoding="utf-8")
    for name, asked, kind in (
        ("text.parquet", {}, libpilot.FormatError),
        ("panel.csv", {"group": "province"}, libpilot.NotFoundError),
        ("panel.parquet", {"group": "province"}, libpilot.NotFoundError),
    ):
        with pytest.raises(kind) as caught:
            libpilot.tally_file(tmp_path / name, **asked)
        assert caught.value.source == str(tmp_path / name)


def test_amounts_in_yuan():
    """Exact decimals of the frame's own kind, which are the fen; what has no award has none."""
    pandas, polars, pyarrow = map(pytest.importorskip, ("pandas", "polars", "pyarrow"))
    panel = {"households": [1885, 10, -1], "first": ["2019-12", "2021-01", "2020-01"], "of": ["a", "b", "a"]}
    good = {name: cells[:2] for name, cells in panel.items()}

    def cells(frame, name):
        column = frame[name]
        return list(column.to_pylist() if hasattr(column, "to_pylist") else column)

    def same(fen, yuan, *names):
        for name in names:
            wanted = [Decimal(int(one)) / 100 for one in cells(fen, name)]
            assert cells(yuan, name.replace("_fen", "_yuan")) == wanted, name
            assert name not in list(getattr(yuan, "columns", yuan)) + list(getattr(yuan, "column_names", ()))

    award, yearly = ("total_fen", "city_fen", "district_fen"), ("total_fen_2019", "total_fen_2023")
    for make in (dict, pandas.DataFrame, polars.DataFrame, pyarrow.table):
        kept = libpilot.simulate(make(panel), last="2023-12", bad="keep", unit="yuan")
        assert cells(kept, "total_yuan") == [Decimal("1255410.00"), Decimal("4320.00"), None]
        asked = {"last": "2023-12", "by_year": True}
        same(
            libpilot.simulate(make(good), **asked),
            libpilot.simulate(make(good), unit="yuan", **asked),
            *award,
            *yearly,
        )
        asked = {"last": "2023-12", "group": "of"}
        by_group = [libpilot.simulate(make(good), unit=unit, **asked) for unit in ("fen", "yuan")]
        same(*by_group, *award, "withheld_fen")
        compared = libpilot.compare(make(good), libpilot.NANCHANG_2019, {}, last="2023-12")
        same(compared.to_frame(), compared.to_frame(unit="yuan"), *award, "withheld_fen", "difference_fen")
        drawn = libpilot.draw(make(good), seed=1, draws=2, last="2023-12")
        same(drawn.to_frame(), drawn.to_frame(unit="yuan"), *award)
        for refused in (lambda: compared.to_frame("jiao"), lambda: drawn.to_frame("jiao")):
            with pytest.raises(libpilot.Error, match="/unit"):
                refused()
        for words in ({}, {"group": "of"}):
            with pytest.raises(libpilot.Error, match="/unit"):
                libpilot.simulate(make(good), last="2023-12", unit="Yuan", **words)
    types = libpilot.simulate(pyarrow.table(panel), last="2023-12", bad="keep", unit="yuan").schema
    assert types.field("city_yuan").type == pyarrow.decimal128(38, 2)
    with pytest.raises(libpilot.DuplicateKeyError, match="total_yuan"):
        libpilot.simulate({**good, "total_yuan": [1, 2]}, last="2023-12", unit="yuan")


def test_files_in_yuan(tmp_path):
    pyarrow = pytest.importorskip("pyarrow")
    import pyarrow.parquet

    (tmp_path / "in.csv").write_text("households,first\n1885,2019-12\n0,2020-01\n,2020-01\n", encoding="utf-8")
    for name in ("out.csv", "out.parquet"):
        libpilot.simulate_file(
            tmp_path / "in.csv", tmp_path / name, last="2023-12", unit="yuan", bad="keep", batch_rows=1
        )
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[2:5] == [
        "1255410.00",
        "627705.00",
        "627705.00",
    ]
    made = pyarrow.parquet.read_table(tmp_path / "out.parquet")["total_yuan"]
    assert [str(one) for one in made.to_pylist()] == ["1255410.00", "0.00", "None"]
    with pytest.raises(libpilot.Error, match="/unit"):
        libpilot.simulate_file(tmp_path / "in.csv", tmp_path / "no.csv", last="2023-12", unit="jiao")
    assert not (tmp_path / "no.csv").exists()


def test_two_columns_of_one_name_are_told():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame([[1, 2]], columns=["households", "households"])
    with pytest.raises(libpilot.DuplicateKeyError, match="households"):
        libpilot.simulate(frame, first="2020-01", last="2020-12")
