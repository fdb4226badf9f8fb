"""Columns against the scalar reward, tallies, and what is refused."""

import multiprocessing
import pickle
import random
import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import libpilot
import pytest
from libpilot import NANCHANG_2019

numpy = pytest.importorskip("numpy")
from libpilot import Tally, _column_inputs, columns  # noqa: E402

SUMS = ("total", "city", "district", "withheld")


def fen(amount):
    return int(amount.scaleb(2))


def reform(generator):
    """Any readings, share, and rates of any basis."""
    bases = ("household_month", "square_metre_month", "community_month")
    cuts = sorted(generator.sample(range(2018 * 12, 2026 * 12), 4))
    rates = [
        {
            "first": f"{first // 12}-{first % 12 + 1:02d}",
            "last": f"{(after - 1) // 12}-{(after - 1) % 12 + 1:02d}",
            "yuan": f"{generator.randrange(40)}.{generator.randrange(10**4):04d}",
            "per": generator.choice(bases),
        }
        for first, after in zip(cuts, cuts[1:])
    ]
    return NANCHANG_2019.patch(
        {
            "readings": {one.name: generator.choice(one.options) for one in libpilot.READINGS},
            "city_share": f"{generator.randrange(8)}/{generator.randrange(7, 10)}",
            "rates": rates,
        }
    )


def month_of(number):
    return f"{number // 12 + 1970}-{number % 12 + 1:02d}"


def scalar(policy, start, row):
    """The award of a row as Policy.reward gives it, or the word of its error."""
    households, area, communities, first, last, passed, failed = (int(one) for one in row)
    if passed & failed:
        return "inconsistent"
    results = {start + bit: bool(passed >> bit & 1) for bit in range(16) if (passed | failed) >> bit & 1}
    try:
        return policy.reward(
            households=households,
            area=f"{area // 100}.{area % 100:02d}",
            communities=communities,
            first=month_of(first),
            last=month_of(last),
            passed=results,
        )
    except libpilot.Error as error:
        return error.status


def claims(generator, rows):
    first = generator.integers(565, 665, rows)
    passed = generator.integers(0, 1 << 8, rows)
    failed = generator.integers(0, 1 << 8, rows)
    return {
        "households": generator.integers(-1, 3000, rows),
        "building_area": generator.integers(0, 10**7, rows),
        "communities": generator.integers(0, 4, rows),
        "first": first,
        "last": first + generator.integers(-1, 70, rows),
        "passed": passed,
        "failed": numpy.where(generator.random(rows) < 0.98, failed & ~passed, failed),
    }


def test_columns_are_the_scalar_reward():
    chance = random.Random(2019)
    generator = numpy.random.default_rng(2019)
    seen, met = 0, set()
    for policy in [NANCHANG_2019, *(reform(chance) for _ in range(24))]:
        asked = claims(generator, 800)
        made = columns.awards(
            **asked, policy=policy, years=True, withheld=True, reasons=True, statuses=True, threads=2
        )
        start = columns.years(policy)[0]
        bad = []
        for row, values in enumerate(zip(*(asked[name].tolist() for name in asked))):
            households, area, communities, *rest = values
            award = scalar(policy, start, (households, area, communities, *rest))
            seen += 1
            if isinstance(award, str):
                bad.append((row, award))
                assert all(getattr(made, name)[row] == columns.NO_AMOUNT for name in SUMS)
                assert (made.years[row] == columns.NO_AMOUNT).all()
                kind = libpilot._errors.BY_NUMBER[made.statuses[row]]
                assert (kind.status, made.reasons[row]) == (award, 0)
                continue
            assert [int(getattr(made, name)[row]) for name in SUMS] == [
                fen(getattr(award, name)) for name in SUMS
            ]
            of_years = dict.fromkeys(columns.years(policy), 0)
            for line in award.lines:
                if line.amount:
                    of_years[int(line.first[:4])] += fen(line.amount)
            assert made.years[row].tolist() == list(of_years.values())
            words = {line.reason for line in award.lines}
            assert {columns.REASONS[bit] for bit in range(4) if made.reasons[row] >> bit & 1} == words
            met |= words
        assert (made.bad, made.first_bad, made.status) == (len(bad), *(bad[0] if bad else (None, None)))
        met |= {word for _, word in bad}
    assert seen == 20_000
    assert met >= {*columns.REASONS, "range", "order", "inconsistent"}


def test_splits_and_layouts_give_the_same_bits():
    asked = claims(numpy.random.default_rng(1), 5000)
    whole = columns.awards(**asked, years=True, withheld=True, reasons=True, statuses=True)
    again = columns.awards(**asked, years=True, withheld=True, reasons=True, statuses=True, threads=7)
    narrow = {name: values.astype(numpy.int32) for name, values in asked.items()}
    gaps = {name: numpy.repeat(values, 2)[::2] for name, values in asked.items()}
    swapped = {name: values.astype(">i8") for name, values in asked.items()}
    months = {**asked, "first": asked["first"].astype("M8[M]"), "last": asked["last"].astype("M8[M]")}
    days = {**asked, "first": months["first"].astype("M8[D]"), "last": months["last"].astype("M8[ns]")}
    text = {**asked, "first": months["first"].astype(str), "last": months["last"].astype(str).tolist()}
    kinds = {"years": True, "withheld": True, "reasons": True, "statuses": True}
    for other in (
        again,
        *(columns.awards(**one, **kinds) for one in (narrow, gaps, swapped, months, days, text)),
        columns.awards(**asked, out=again),
    ):
        for mine, its in zip(whole, other):
            assert numpy.array_equal(mine, its)
    assert columns.awards(**asked, out=again).years is not None
    late = numpy.arange(1, 1001)
    late[[700, 900]] = -1
    for threads in (1, 2, 3, 1000, 5000):
        made = columns.awards(late, "2020-01", "2020-12", threads=threads)
        assert (made.bad, made.first_bad, made.status) == (2, 700, "range")
        assert columns.Tally().add(late, "2020-01", "2020-12", threads=threads) == (2, 700, "range")
    parts = [
        columns.awards(**{name: values[at : at + 1] for name, values in asked.items()}) for at in range(9)
    ]
    assert [part.total[0] for part in parts] == whole.total[:9].tolist()


def test_constants_and_results_of_years():
    asked = {"households": [10, 20], "first": "2019-12", "last": "2020-12"}
    made = columns.awards(**asked, years=True)
    assert made.years[:, :2].tolist() == [[18000, 216000], [36000, 432000]]
    assert columns.awards(10, "2019-12", "2020-12").total.tolist() == [234000]
    assert columns.awards(**asked, passed=False, withheld=True).withheld.tolist() == [234000, 468000]
    for passed in ([True, False], numpy.array([True, False])):
        assert columns.awards(**asked, passed=passed).total.tolist() == [234000, 0]
    annual = NANCHANG_2019.with_reading(gate_mode="annual")
    unknown = numpy.ma.MaskedArray([True, True], [False, True])
    for passed, wanted in (
        ({2020: True}, [216000, 432000]),
        ({2019: [True, False], 2020: None, 1999: True}, [18000, 0]),
        ({2020: unknown}, [216000, 0]),
        (unknown, [234000, 0]),
    ):
        assert columns.awards(**asked, passed=passed, policy=annual).total.tolist() == wanted
    assert columns.awards(**asked, passed=unknown, reasons=True).reasons.tolist() == [1, 2]


def refusals():
    right = {"households": [1, 2], "first": "2019-12", "last": "2020-12"}
    huge = numpy.array([1, 1 << 63], numpy.uint64)
    for name, value, kind, path in [
        ("households", [1.0, 2.0], libpilot.WrongTypeError, "/households"),
        ("households", 1.5, libpilot.WrongTypeError, "/households"),
        ("households", True, libpilot.WrongTypeError, "/households"),
        ("households", "7", libpilot.WrongTypeError, "/households"),
        ("households", ["7", "8"], libpilot.WrongTypeError, "/households"),
        ("households", Decimal(7), libpilot.WrongTypeError, "/households"),
        ("households", [[1, 2]], libpilot.WrongTypeError, "/households"),
        ("households", [[1], [2, 3]], libpilot.WrongTypeError, "/households"),
        ("households", numpy.ma.MaskedArray([1, 2], [0, 1]), libpilot.WrongTypeError, "/households"),
        ("households", huge, libpilot.TooLargeError, "/households"),
        ("households", 1 << 64, libpilot.TooLargeError, "/households"),
        ("first", [600, 601, 602], libpilot.InconsistentError, ""),
        ("first", ["2019-12", "2019-13"], libpilot.RangeError, "/first/1"),
        ("first", ["2019-12", "soon"], libpilot.FormatError, "/first/1"),
        ("first", 2019.5, libpilot.WrongTypeError, "/first"),
        ("last", None, libpilot.ArgumentError, "/last"),
        ("passed", {2019: 1}, libpilot.WrongTypeError, "/passed/2019"),
        ("threads", 0, libpilot.ArgumentError, "/threads"),
        ("policy", "x", libpilot.WrongTypeError, "/policy"),
        ("out", columns.awards(1, "2019-12", "2019-12"), libpilot.WrongTypeError, "/out/total"),
    ]:
        yield {"first": "2019-12", "last": "2020-12", "households": [1, 2], **right, name: value}, kind, path
    yield {**right, "passed": True, "failed": 1}, libpilot.ArgumentError, "/failed"
    yield {**right, "passed": {2019: True}, "failed": 1}, libpilot.ArgumentError, "/failed"


def test_what_is_no_column_is_refused():
    for asked, kind, path in refusals():
        with pytest.raises(kind) as caught:
            columns.awards(**asked)
        assert caught.value.path == path, (asked, str(caught.value))
    with pytest.raises(libpilot.WrongTypeError, match="floats cannot hold every amount exactly"):
        columns.bills([1.0], 1, 1)
    with pytest.raises(libpilot.RangeError) as caught:
        columns.awards([1, -1], "2019-12", "2020-12").check()
    assert caught.value.path == "/1"
    frozen = columns.awards([1], "2019-12", "2019-12")
    frozen.city.setflags(write=False)
    with pytest.raises(libpilot.WrongTypeError, match="written"):
        columns.awards([1], "2019-12", "2019-12", out=frozen)


def test_the_binding_checks_its_buffers():
    native, whole = NANCHANG_2019._native, numpy.zeros(4, numpy.int64)
    no_outputs = (None,) * 7

    def inputs(column):
        return (column, None, None, 599, whole, None, None)

    for column in (
        numpy.zeros(4),
        numpy.zeros((2, 2), numpy.int64),
        numpy.zeros(8, numpy.int64)[::2],
        numpy.zeros(4, ">i8"),
        numpy.zeros(4, numpy.uint64),
        numpy.zeros(4, numpy.int16),
        numpy.frombuffer(b"\0" * 33, numpy.int64, offset=1),
        "text",
    ):
        with pytest.raises(libpilot.WrongTypeError) as caught:
            libpilot._pilot.award_columns(native, inputs(column), no_outputs)
        assert caught.value.path == "/columns/0"
    with pytest.raises(libpilot.InconsistentError):
        libpilot._pilot.award_columns(native, inputs(numpy.zeros(3, numpy.int64)), no_outputs)
    for output in (bytes(32), numpy.zeros(3, numpy.int64), numpy.zeros(4, numpy.int32), numpy.zeros(4)):
        with pytest.raises(libpilot.WrongTypeError) as caught:
            libpilot._pilot.award_columns(native, inputs(whole), (None, output, *no_outputs[2:]))
        assert caught.value.path == "/outputs/1"
    for wrong in ((whole,), (whole,) * 9):
        with pytest.raises(libpilot.WrongTypeError):
            libpilot._pilot.award_columns(native, wrong, no_outputs)
        with pytest.raises(libpilot.WrongTypeError):
            libpilot._pilot.award_columns(native, inputs(whole), wrong)


def test_columns_are_read_where_they_lie_and_let_go():
    for kind in (numpy.int64, numpy.int32, "M8[M]"):
        whole = numpy.zeros(8, numpy.int64).astype(kind)
        prepare = _column_inputs.months if kind == "M8[M]" else _column_inputs.whole
        for part in (whole, whole[3:]):
            assert numpy.shares_memory(prepare(part, "x"), whole)
    column, output = numpy.arange(8), numpy.zeros(8, numpy.int64)
    counts = sys.getrefcount(column), sys.getrefcount(output)
    for outputs in ((output,) + (None,) * 6, (output, output[:3]) + (None,) * 5, (output,)):
        for inputs in ((column, None, None, 599, 600, None, None), (column, column, 1.5) + (None,) * 4):
            try:
                libpilot._pilot.award_columns(NANCHANG_2019._native, inputs, outputs)
            except libpilot.WrongTypeError:
                pass
    del inputs, outputs
    assert (sys.getrefcount(column), sys.getrefcount(output)) == counts
    assert output.tolist() == [3600 * number for number in range(8)]
    output.resize(9)  # which an array with a buffer still held refuses


def test_threads_add_to_one_tally():
    asked = claims(numpy.random.default_rng(8), 2000)
    one = Tally()
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(one.add, **asked) for _ in range(20)]:
            done.result()
    assert one.fen() == tuple(20 * each for each in columns.tally(**asked).fen())


def test_bills_and_screens():
    generator = numpy.random.default_rng(3)
    area, price, months = (generator.integers(0, most, 300) for most in (50_000, 100_000, 40))
    for rounding in (None, {"mode": "up", "unit": "jiao", "step": "month"}):
        made = columns.bills(area, price, months, rounding=rounding, threads=2, statuses=True)
        for row in range(300):
            number = libpilot.fee(
                Decimal(int(price[row])).scaleb(-4),
                Decimal(int(area[row])).scaleb(-2),
                max(int(months[row]), 1),
                rounding,
            )
            if months[row] > 0:
                assert made.amounts[row] == fen(number)
        again = columns.bills(area, price, months, rounding=rounding, out=made)
        assert again.amounts is made.amounts
    bad = columns.bills([100, -1], 1, 1)
    assert (bad.amounts[1], bad.bad, bad.first_bad, bad.status) == (columns.NO_AMOUNT, 1, 1, "range")
    least = int(Decimal(NANCHANG_2019.to_dict()["office_min_area_m2"]).scaleb(2))
    seen = columns.screen(
        office_area=[least, least - 1, -1], communities=1, staff=[1, -1, 1], layout="open", threads=2
    )
    office = 1 << columns.SCREEN_RULES.index("office_area")
    staff = 1 << columns.SCREEN_RULES.index("property_staff")
    assert (seen.breached & office).tolist() == [0, office, 0]
    assert (seen.unknown & office).tolist() == [0, 0, office]
    assert (seen.unknown & staff).tolist() == [0, staff, 0]


def parts_of(asked, groups, policy=NANCHANG_2019):
    edges = [0, 1, 700, 701, 2500, 3000]
    for start, stop in zip(edges, edges[1:]):
        made = Tally(policy, 3)
        made.add(**{name: values[start:stop] for name, values in asked.items()}, group=groups[start:stop])
        yield made


def test_tallies_add_up_to_the_same_bytes():
    generator = numpy.random.default_rng(5)
    asked, groups = claims(generator, 3000), generator.integers(0, 4, 3000)  # one group too many
    whole = columns.tally(**asked, group=groups, groups=3)
    rows = columns.awards(**asked, years=True, withheld=True)
    for group in range(3):
        mine = (groups == group) & (rows.total != columns.NO_AMOUNT)
        assert whole.fen(group) == tuple(int(getattr(rows, name)[mine].sum()) for name in SUMS)
        assert whole.counts(group)[0] == mine.sum()
        by_year = [fen(row.total) for row in whole.group(group).values()]
        assert by_year == rows.years[mine].sum(axis=0).tolist()
    good = (groups < 3) & (rows.total != columns.NO_AMOUNT)
    assert (whole.rows, whole.bad) == (good.sum(), 3000 - good.sum())
    for row in whole.years().values():
        assert row.city + row.district == row.total
    assert columns.tally(**asked, group=groups, groups=3, threads=5) == whole
    parts = list(parts_of(asked, groups))
    for order in ([0, 1, 2, 3, 4], [4, 2, 0, 1, 3], [3, 1, 4, 0, 2]):
        assert sum(parts[i] for i in order).to_bytes() == whole.to_bytes()
    twice = Tally(groups=3)
    twice += whole
    twice += twice
    assert twice.fen() == tuple(2 * one for one in whole.fen())
    assert twice != whole
    assert Tally.from_bytes(whole.to_bytes()) == whole
    assert repr(whole).startswith(f"<Tally of {whole.rows} rows, {whole.bad} bad")


def tally_in_a_process(task):
    asked, groups, policy = task
    return columns.tally(**asked, group=groups, groups=3, policy=policy)


def test_tallies_cross_processes():
    generator = numpy.random.default_rng(6)
    asked, groups = claims(generator, 600), generator.integers(0, 3, 600)
    policy = NANCHANG_2019.with_reading(gate_mode="annual")
    tasks = [
        ({name: values[at::3] for name, values in asked.items()}, groups[at::3], policy) for at in range(3)
    ]
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        made = sum(pool.map(tally_in_a_process, tasks))
    assert made == columns.tally(**asked, group=groups, groups=3, policy=policy)
    assert made.policy == policy
    assert pickle.loads(pickle.dumps(made)) == made
    # By the name that users import it by, too.
    assert pickle.loads(b"clibpilot.columns\nTally\n.") is Tally is columns.Tally


def test_results_are_what_they_were_called_on():
    for one in (
        columns.Pass(),
        columns.awards([1, 2], "2019-12", "2019-12", withheld=True),
        columns.bills([6137], 3500, 1),
    ):
        assert one.check() is one
        again = pickle.loads(pickle.dumps(one))
        assert (type(again), repr(again)) == (type(one), repr(one))
        assert not hasattr(one, "__dict__")
    for one in (columns.Pass(3, 7, "overflow"), columns.bills([1] * 7 + [-1], 1, 1)._replace(bad=3)):
        with pytest.raises(libpilot.Error, match="3 bad rows in all") as caught:
            one.check()
        assert (caught.value.path, caught.value.status) == ("/7", one.status)


def test_tallies_refuse_what_does_not_belong():
    one = columns.tally(5, "2019-12", "2020-12")
    other = columns.tally(5, "2019-12", "2020-12", policy=NANCHANG_2019.patch({"city_share": "1/3"}))
    before = one.to_bytes()
    for wrong in (other, Tally(groups=2)):
        with pytest.raises(libpilot.InconsistentError, match="where one of <Policy"):
            one += wrong
        assert one.to_bytes() == before
    with pytest.raises(TypeError):
        one + 1
    with pytest.raises(libpilot.FormatError):
        Tally.from_bytes(before[:-1] + bytes([before[-1] ^ 1]))
    with pytest.raises(libpilot.InconsistentError):
        Tally.from_bytes(before, other.policy)
    for call in (lambda: one.years(1), lambda: one.group(-1), lambda: one.counts(1)):
        with pytest.raises(libpilot.NotFoundError):
            call()
    for groups in (0, -1):
        with pytest.raises(libpilot.LimitError):
            Tally(groups=groups)
    huge = columns.tally(numpy.full(2000, 4 * 10**10), "2020-01", "2020-12")
    assert huge.total == 8_640_000_000_000 * 2000
    with pytest.raises(libpilot.TooLargeError):
        for _ in range(40):
            huge += huge
            huge.total
