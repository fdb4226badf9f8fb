"""Draws: by each row's luck, against what C and theory say; by common shocks, against slow exact sums."""

from fractions import Fraction
from math import floor

import libpilot
import numpy
import pytest
from libpilot import NANCHANG_2019, columns
from libpilot._shocks import MILLION, Lattice, Shock, _multiply_high, distribution_of

pytest.importorskip("narwhals")
YEARS = tuple(range(2019, 2024))
ODD = NANCHANG_2019.patch(
    {
        "city_share": "1/3",
        "rates": [
            {"first": "2019-01", "last": "2021-12", "yuan": "18.0033", "per": "household_month"},
            {"first": "2022-01", "last": "2023-12", "yuan": "0.0107", "per": "square_metre_month"},
        ],
        "readings": {"gate_mode": "annual", "odd_fen_to": "city"},
    }
)
THIRD = NANCHANG_2019.patch({"city_share": "1/3"})
LATE = NANCHANG_2019.with_reading(pass_effect="from_the_pass")


def panel(rows=500, seed=5):
    draw = numpy.random.default_rng(seed)
    first = 599 + draw.integers(0, 24, rows)
    return {
        "households": draw.integers(50, 5000, rows),
        "building_area_dm2": draw.integers(10**6, 10**7, rows),
        "first": first,
        "last": first + draw.integers(0, 36, rows),
        "district": draw.choice(["east", "north", "west"], rows),
        "since": first + draw.integers(0, 12, rows),
    }


ASKED = {"building_area_dm2": "building_area_dm2", "passed_from": "since"}


def shares():
    return {
        "pass_probability": libpilot.uniform("0.8", "0.95", by=["district", "year"]),
        "take_up": libpilot.beta("0.7", "0.1"),
    }


@pytest.mark.parametrize("policy", [NANCHANG_2019, THIRD, ODD, LATE])
def test_rows_that_are_sure_come_to_their_awards(policy):
    data = panel()
    asked = {**ASKED, "passed": {2019: True, 2020: True, 2021: False}}
    known = libpilot.simulate(data, policy, by_year=True, **asked)
    for odds, held in (({"pass_probability": 1}, [True]), ({"pass_probability": 0}, [False])):
        drawn = libpilot.draw(data, policy, seed=1, draws=3, **odds, **asked)
        whole = libpilot.simulate(
            data, policy, **{**ASKED, "passed": {**asked["passed"], 2022: held[0], 2023: held[0]}}
        )
        assert (drawn.total.sum(axis=1) == whole["total_fen"].sum()).all()
        assert (drawn.city.sum(axis=1) == whole["city_fen"].sum()).all()
    assert known["total_fen"].sum() > 0
    nobody = libpilot.draw(data, policy, seed=1, draws=2, take_up=0, **asked)
    assert not nobody.total.any() and not nobody.district.any()


@pytest.mark.parametrize("policy", [NANCHANG_2019, THIRD, ODD, LATE])
def test_the_moments_are_those_of_theory(policy):
    """Rows are independent, and so are the years of one row where it takes part."""
    data, draws, chance, take = panel(60), 4000, 0.7, 0.6
    asked = {"pass_probability": str(chance), "take_up": str(take), **ASKED}
    made = libpilot.draw(data, policy, seed=11, draws=draws, threads=2, **asked)
    for place, year in enumerate(YEARS):
        sure = {other: other == year for other in YEARS}
        rows = libpilot.simulate(data, policy, **ASKED, passed=sure)["total_fen"].astype(float)
        both = chance * take
        mean, variance = (rows * both).sum(), (rows**2 * both * (1 - both)).sum()
        assert abs(made.total[:, place].mean() - mean) <= 5 * (variance / draws) ** 0.5 + len(rows)
        assert (
            abs(made.total[:, place].var() / variance - 1) < 0.15
            if variance
            else not made.total[:, place].any()
        )


def test_threads_parts_and_numbers_of_draws_change_nothing(monkeypatch):
    data = {**panel(5000), "chance": numpy.linspace(0, 1, 5000)}
    alone = {"pass_probability": {2020: "0.8", 2021: "chance"}, "take_up": 0.9, "household_error": "0.05"}
    common = {**shares(), "parameters": {"rates/0/yuan": libpilot.uniform(15, 20, step="0.5")}}
    for odds in (alone, common, {**common, "rows": "expected", "readings": {"month_rule": None}}):
        one = libpilot.draw(data, seed=7, draws=20, **odds)
        assert libpilot.draw(data, seed=7, draws=20, threads=3, **odds) == one
        assert libpilot.draw(data, seed=8, draws=20, **odds) != one
        assert (libpilot.draw(data, seed=7, draws=5, **odds).total == one.total[:5]).all()
        with monkeypatch.context() as patched:
            patched.setattr(libpilot._draw, "_AT_ONCE", 20 * 192)
            assert libpilot.draw(data, seed=7, draws=20, threads=2, **odds) == one
    fewer = {name: values[:1000] for name, values in data.items()}
    rest = {
        name: numpy.where(numpy.arange(5000) < 1000, 0, values) if name == "households" else values
        for name, values in data.items()
    }
    del alone["household_error"]
    every, first, others = (libpilot.draw(one, seed=7, draws=4, **alone) for one in (data, fewer, rest))
    assert (first.total + others.total == every.total).all()


def test_expected_costs_are_exact():
    data, draws = panel(400), 50
    odds = {
        **shares(),
        "parameters": {
            "rates/0/yuan": libpilot.triangular("15", "18", "20.5"),
            "city_share": libpilot.choice(["1/3", "1/2"]),
        },
        "readings": {"month_rule": {"service_months": 3, "calendar_years": 1}},
    }
    for policy in (NANCHANG_2019, ODD):
        asked = {**odds, "passed": {2020: [True, None, False, None] * 100}, **ASKED}
        made = libpilot.draw(data, policy, seed=3, draws=draws, rows="expected", **asked)
        sample = made._model.sample(3, "A", draws)
        shocks = {shock.name: shock for shock in made._model.shocks}
        for draw in range(0, draws, 7):
            total, city = slow_expected(data, policy, asked["passed"], shocks, sample, draw)
            assert made.total[draw].tolist() == total and made.city[draw].tolist() == city
        assert (made.total == made.city + made.district).all()


def slow_expected(data, policy, passed, shocks, sample, draw):
    """As the docstring of draw says it, in fractions."""
    document = policy.to_dict()
    of = {name: shock.lattice.value(int(sample[name][0, draw])) for name, shock in shocks.items()}
    document["rates"][0]["yuan"] = str(float(of["rates/0/yuan"]))
    document["city_share"] = of["city_share"]
    document["readings"]["month_rule"] = of["readings/month_rule"]
    changed = libpilot.Policy.from_dict(document)
    take = Fraction(of["take_up"])
    rates = [
        shocks["pass_probability"].lattice.value(int(one)) for one in sample["pass_probability"][:, draw]
    ]
    sums = []
    labels = sorted(set(data["district"].tolist()))
    for open_result in (False, True):
        results = {
            year: [open_result if one is None else one for one in passed.get(year, [None] * 400)]
            for year in YEARS
        }
        sums.append(libpilot.simulate(data, changed, group="district", **ASKED, passed=results))
    total, city = [], []
    for year in YEARS:
        for name, made in (("total_fen", total), ("city_fen", city)):
            exact = Fraction(0)
            for group, label in enumerate(labels):
                fails, passes = (
                    int(one[name][(one["year"] == year) & (one["district"] == label)].sum()) for one in sums
                )
                rate = rates[group * len(YEARS) + YEARS.index(year)]
                exact += take * (fails + rate * (passes - fails))
            made.append(floor(exact + Fraction(1, 2)))
    return total, city


def test_luck_of_many_rows_comes_close_to_what_is_expected():
    data = panel(20_000)
    odds = shares()
    luck = libpilot.draw(data, seed=9, draws=8, threads=2, **odds)
    sure = libpilot.draw(data, seed=9, draws=8, rows="expected", **odds)
    assert (abs(luck.total.sum(axis=1) / sure.total.sum(axis=1) - 1) < 0.03).all()
    spread = sure.total.sum(axis=1).std() / sure.total.sum(axis=1).mean()
    assert spread > 0.05


@pytest.mark.parametrize(
    ("of", "mean", "deviation"),
    [
        (libpilot.uniform("0.2", "0.6"), 0.4, 0.4 / 12**0.5),
        (
            libpilot.triangular("0.2", "0.3", "0.7"),
            0.4,
            ((0.04 + 0.09 + 0.49 - 0.06 - 0.14 - 0.21) / 18) ** 0.5,
        ),
        (libpilot.beta("0.9", "0.05"), 0.9, 0.05),
        (libpilot.beta("0.5", "0.4"), 0.5, 0.4),
        (libpilot.choice({"0.2": 3, "0.6": 1}), 0.3, 0.4 * (3 / 16) ** 0.5),
    ],
)
def test_distributions_have_their_moments(of, mean, deviation):
    shock = Shock("x", of._lattice(Fraction(1, MILLION)), False, False)
    shares = shock.lattice.millionths(shock.drawn(1, "A", 200_000, ["|"]), "x")[0] / MILLION
    assert abs(shares.mean() - mean) < 5 * deviation / 200_000**0.5
    assert abs(shares.std() / deviation - 1) < 0.01
    assert distribution_of(repr(of)) == of or of.kind == "choice"


def test_a_lattice_is_drawn_by_its_weights():
    words = numpy.array([0, 1, 1 << 63, (1 << 64) - 1, 0x123456789ABCDEF0], numpy.uint64)
    for by in (1, 3, 1 << 32, (1 << 53) + 1, 10**18):
        assert _multiply_high(words, by).tolist() == [int(one) * by >> 64 for one in words.tolist()]
    exact = libpilot.triangular(1, 2, 3)._lattice(Fraction(1))
    assert numpy.diff(exact.upto, prepend=numpy.uint64(0)).tolist() == [2, 4, 2]
    assert [exact.value(place) for place in range(3)] == [1, 2, 3]
    assert libpilot.uniform(1, 3)._lattice(Fraction(1)) == Lattice(None, 1, Fraction(1), 3, None)
    steps = libpilot.uniform("15", "20", step="0.5")._lattice(Fraction(1))
    assert steps.size == 11 and steps.value(10) == 20


def test_a_parameter_has_a_hundred_steps_where_none_is_asked_for():
    made = libpilot.uniform(10, 20)._step_from(Fraction(1, 10_000))
    assert made == Fraction(1, 10) and libpilot.uniform(10, 20)._lattice(made).size == 101
    assert libpilot.uniform(17, 18)._step_from(Fraction(1, 10_000)) == Fraction(1, 100)
    assert libpilot.uniform("0.4", "0.405")._step_from(Fraction(1, 10_000)) == Fraction(1, 10_000)
    assert libpilot.beta("0.9", "0.05")._step_from(Fraction(1, 10_000)) == Fraction(1, 100)
    drawn = libpilot.draw(
        panel(50), seed=1, draws=5000, rows="expected", parameters={"rates/0/yuan": libpilot.uniform(10, 20)}
    )
    assert 95 < len(set(drawn.total[:, 0].tolist())) <= 101


def test_the_text_of_a_distribution():
    told = "triangular(0.7, 0.9, 1)@district,year"
    assert repr(distribution_of(told)) == told
    assert distribution_of("uniform( 0.8 ,0.95)@ year") == libpilot.uniform("0.8", "0.95", by="year")
    assert distribution_of("0.9") is None and distribution_of("uniform") is None
    for text in ("uniform(1)", "uniform(a,b)", "beta(0.5)", "triangular(1,2)"):
        with pytest.raises(libpilot.FormatError):
            distribution_of(text)
    for text in ("uniform(2,1)", "beta(0.5,0.6)", "beta(1,0.1)", "triangular(1,3,2)"):
        with pytest.raises(libpilot.RangeError):
            distribution_of(text)


def test_the_sources_of_the_spread():
    """Of a sum of independent parts each brings its variance; of a product what theory says as well."""
    data = {
        "households": [1000, 2000],
        "first": ["2020-01"] * 2,
        "last": ["2020-12"] * 2,
        "district": ["a", "b"],
    }
    rate, take = libpilot.uniform("0.5", "0.9"), libpilot.uniform("0.6", "0.8")
    made = libpilot.draw(data, seed=1, draws=20_000, pass_probability=rate, take_up=take, rows="expected")
    found = {one.name: one for one in made.sources()}
    means, variances = (0.7, 0.7), (0.4**2 / 12, 0.2**2 / 12)
    first = [variances[0] * means[1] ** 2, variances[1] * means[0] ** 2]
    whole = sum(first) + variances[0] * variances[1]
    for name, alone in zip(("pass_probability", "take_up"), first):
        assert abs(float(found[name].alone) - alone / whole) < 0.03
        assert abs(float(found[name].with_others) - (alone + variances[0] * variances[1]) / whole) < 0.03
    assert made.sources() is made.sources() and made.known_sources == made.sources()
    nothing = {"parameters": {"office_min_area_m2": libpilot.uniform(100, 120)}}
    idle = libpilot.draw(data, seed=1, draws=500, take_up=take, rows="expected", **nothing).sources()
    assert {one.name: one.with_others for one in idle}["office_min_area_m2"] == 0
    assert [str(one.alone) for one in idle if one.name == "office_min_area_m2"] == ["0.000"]
    assert libpilot.draw(data, seed=1, draws=9, take_up=take, rows="expected", **nothing).known_sources == ()
    luck = libpilot.draw(data, seed=1, draws=300, pass_probability=rate)
    assert luck.known_sources == () and {one.name for one in luck.sources()} == {"pass_probability", "rows"}
    (alone,) = libpilot.draw(data, seed=1, draws=9, pass_probability="0.5").sources()
    assert (alone.name, alone.alone, alone.title_zh) == ("rows", 1, "各行自身的偶然")
    reading = libpilot.draw(data, seed=1, draws=9, readings={"month_rule": None}, rows="expected").sources()
    assert reading[0].title_zh == libpilot.reading("month_rule").title_zh
    assert libpilot.Source("pass_probability/2020", 1, 1).title_en == "pass rate 2020"


@pytest.mark.parametrize(
    ("asked", "error", "path"),
    [
        ({"take_up": libpilot.uniform("0.5", "1.5")}, libpilot.RangeError, "/take_up"),
        ({"take_up": libpilot.choice(["0.5", "2"])}, libpilot.RangeError, "/take_up"),
        ({"take_up": libpilot.uniform(0, 1, by="nowhere")}, libpilot.NotFoundError, "/nowhere"),
        (
            {
                "take_up": libpilot.uniform(0, 1, by="district"),
                "pass_probability": libpilot.uniform(0, 1, by="first"),
            },
            libpilot.ArgumentError,
            "/by",
        ),
        (
            {"parameters": {"rates/9/yuan": libpilot.uniform(1, 2)}},
            libpilot.NotFoundError,
            "/parameters/rates/9/yuan",
        ),
        ({"parameters": {"rates/0/yuan": 18}}, libpilot.WrongTypeError, "/parameters/rates/0/yuan"),
        (
            {"parameters": {"rates/0/yuan": libpilot.uniform(1, 2, by="year")}},
            libpilot.ArgumentError,
            "/rates/0/yuan",
        ),
        ({"readings": {"month_rule": ["x"]}}, libpilot.NotFoundError, "/readings/month_rule"),
        ({"readings": {"nothing": None}}, libpilot.NotFoundError, None),
        ({"rows": "some"}, libpilot.NotFoundError, "/rows"),
        ({"rows": "expected", "household_error": "0.1"}, libpilot.ArgumentError, "/household_error"),
        ({"rows": "expected", "take_up": "chance"}, libpilot.ArgumentError, "/take_up"),
        (
            {"parameters": {"rates/2/last": libpilot.choice(["2023-12", "2024-12"])}},
            libpilot.RangeError,
            "/parameters",
        ),
    ],
)
def test_what_draws_refuse(asked, error, path):
    data = {**panel(10), "chance": numpy.full(10, 0.5)}
    with pytest.raises(error) as refused:
        libpilot.draw(data, seed=1, draws=20, **asked)
    assert path is None or refused.value.path == path
    assert path is None or refused.value.message_zh


def test_a_bar_tells_how_far_it_is(capsys):
    pytest.importorskip("rich")
    data = panel(2000)
    for odds in (
        {"take_up": "0.5"},
        {"take_up": libpilot.uniform(0, 1)},
        {"take_up": libpilot.uniform(0, 1), "rows": "expected"},
    ):
        assert libpilot.draw(data, seed=1, draws=30, progress=True, **odds) == libpilot.draw(
            data, seed=1, draws=30, **odds
        )
        told = capsys.readouterr()
        assert not told.out and "draws" in told.err and "100%" in told.err


def test_tables_make_the_same_draws():
    """What a panel is asked for is a table for each policy, and nothing else."""
    from libpilot._draw import Expected, _odds, _settings, drawn
    from libpilot._frames import Frame

    data = panel(100)
    take = libpilot.uniform("0.5", "0.9")
    made = libpilot.draw(data, seed=4, draws=30, take_up=take, rows="expected")
    sums = columns.awards(data["households"], data["first"], data["last"], years=True)
    fen = numpy.stack([sums.years.sum(axis=0), sums.years.sum(axis=0) // 2], axis=-1)[None]
    odds = _odds(Frame(data), NANCHANG_2019, 1, take, 0, "expected")
    model = Expected(
        NANCHANG_2019,
        odds,
        _settings(NANCHANG_2019, None, None),
        [None],
        lambda policy: (numpy.zeros_like(fen), fen),
    )
    assert drawn(model, Frame(data), 4, 30, 1, False) == made


@pytest.mark.parametrize(
    ("make", "path"),
    [
        (lambda: libpilot.uniform(0, 1, step=0), "/step"),
        (lambda: libpilot.choice([]), "/values"),
        (lambda: libpilot.choice({"1": 0}), "/values"),
        (lambda: libpilot.choice({"1": -1, "2": 2}), "/values"),
    ],
)
def test_distributions_that_are_none(make, path):
    with pytest.raises(libpilot.RangeError) as refused:
        make()
    assert refused.value.path == path and refused.value.message_zh


def test_what_has_no_value_in_its_steps():
    thin = libpilot.uniform("0.31", "0.32", step=Fraction(1, 3))
    with pytest.raises(libpilot.RangeError, match="1/3"):
        libpilot.draw(panel(5), seed=1, draws=5, take_up=thin)


def test_a_quantile_is_of_a_share():
    made = libpilot.draw(panel(5), seed=1, draws=5, pass_probability="0.5")
    with pytest.raises(libpilot.RangeError) as refused:
        made.quantiles(["1.5"])
    assert refused.value.path == "/at"


def test_failed_years_need_passed_ones():
    with pytest.raises(libpilot.ArgumentError) as refused:
        libpilot.draw({**panel(5), "lost": [1] * 5}, seed=1, draws=5, take_up="0.5", failed="lost")
    assert refused.value.path == "/passed"


@pytest.mark.parametrize("days", [libpilot.uniform(10, 30), libpilot.triangular(0, 1, 90, step=7)])
def test_a_whole_number_of_a_policy_stays_one(days):
    """As text it would be no number of days; and the days of a payment move no sum."""
    made = libpilot.draw(panel(5), seed=1, draws=5, parameters={"payment_days": days})
    wanted = libpilot.simulate(panel(5), by_year=False)
    assert set(made.total.sum(axis=1).tolist()) == {sum(wanted["total_fen"].tolist())}


def test_draws_that_are_to_stop_look_at_no_more_rows(monkeypatch):
    def at_once(work, parts, threads):
        for one in parts:
            work(one, lambda: False)

    monkeypatch.setattr("libpilot._draw.in_threads", at_once)
    made = libpilot.draw(panel(50), seed=1, draws=4, take_up=libpilot.uniform(0, 1))
    assert not made.total.any()


def test_a_share_that_holds_for_every_row():
    data = panel(5)
    one = libpilot.draw({**data, "chance": 0.5}, seed=1, draws=9, pass_probability="chance")
    each = libpilot.draw({**data, "chance": numpy.full(5, 0.5)}, seed=1, draws=9, pass_probability="chance")
    assert one == each and len(set(one.total.sum(axis=1).tolist())) > 1
