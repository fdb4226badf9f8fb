"""Columns against the scalar reward, tallies, and what is refused."""

import array
import collections
import datetime
import json
import multiprocessing
import pickle
import random
import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from fractions import Fraction

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
            # From the pass on, results need days, which those here have not.
            "readings": {
                one.name: generator.choice(one.options)
                for one in libpilot.READINGS
                if one.name != "pass_effect"
            },
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
            # One that no rate is paid for is not looked at in columns.
            households=households if "households" in _column_inputs.paid_by(policy) else None,
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
        "building_area_dm2": generator.integers(0, 10**7, rows),
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
            assert {columns.REASONS[bit] for bit in range(5) if made.reasons[row] >> bit & 1} == words
            met |= words
        assert (made.bad, made.first_bad, made.status) == (len(bad), *(bad[0] if bad else (None, None)))
        met |= {word for _, word in bad}
    assert seen == 20_000
    assert met >= {*columns.REASONS[:4], "range", "order", "inconsistent"}


def test_narrow_columns_give_what_wide_ones_do():
    generator = numpy.random.default_rng(15)
    rows = 5000
    wide = {
        "households": generator.integers(-1, 4000, rows),
        "first": generator.integers(565, 665, rows),
    }
    wide["last"] = wide["first"] + generator.integers(-1, 60, rows)
    wanted = columns.awards(**wide, statuses=True)
    assert 0 < wanted.bad < rows
    for households in ("int64", "int32", "int16"):
        for months in ("int64", "int32", "int16"):
            types = {"households": households, "first": months, "last": months}
            narrow = {name: column.astype(types[name]) for name, column in wide.items()}
            made = columns.awards(**narrow, statuses=True)
            alone = columns.awards(**narrow, split=False, threads=2)
            assert alone.city is None and alone.district is None and alone.bad == wanted.bad
            assert numpy.array_equal(alone.total, wanted.total)
            assert all(numpy.array_equal(one, other) for one, other in zip(made[:3], wanted[:3]))
            assert numpy.array_equal(made.statuses, wanted.statuses)
            assert columns.tally(**narrow, group=narrow["households"] % 2) == columns.tally(
                **wide, group=wide["households"] % 2
            )
            again = columns.awards(**narrow, split=False, out=alone)
            assert again.total is alone.total


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
        ("households", [1.0, 2.5], libpilot.WrongTypeError, "/households/1"),
        ("households", [1, float("nan")], libpilot.MissingValueError, "/households/1"),
        ("households", [float(1 << 60), 2], libpilot.WrongTypeError, "/households/0"),
        ("households", 1.5, libpilot.WrongTypeError, "/households"),
        ("households", True, libpilot.WrongTypeError, "/households"),
        ("households", "7", libpilot.WrongTypeError, "/households"),
        ("households", ["7", "8"], libpilot.WrongTypeError, "/households/0"),
        ("households", numpy.array(["7", "8"]), libpilot.WrongTypeError, "/households"),
        ("households", numpy.array([7, 8], "m8[D]"), libpilot.WrongTypeError, "/households"),
        ("households", [True, False], libpilot.WrongTypeError, "/households"),
        ("households", [1, True], libpilot.WrongTypeError, "/households/1"),
        ("households", Decimal("7.5"), libpilot.WrongTypeError, "/households"),
        ("households", [[1, 2]], libpilot.WrongTypeError, "/households"),
        ("households", [[1], [2, 3]], libpilot.WrongTypeError, "/households"),
        ("households", numpy.ma.MaskedArray([1, 2], [0, 1]), libpilot.MissingValueError, "/households/1"),
        ("households", huge, libpilot.TooLargeError, "/households/1"),
        ("households", 1 << 64, libpilot.TooLargeError, "/households"),
        ("first", [600, 601, 602], libpilot.InconsistentError, ""),
        ("first", ["2019-12", "2019-13"], libpilot.RangeError, "/first/1"),
        ("first", ["2019-12", "soon"], libpilot.FormatError, "/first/1"),
        ("first", 2019.5, libpilot.WrongTypeError, "/first"),
        ("first", 600, libpilot.WrongTypeError, "/first"),
        ("last", None, libpilot.ArgumentError, "/last"),
        ("passed", {2019: 1}, libpilot.WrongTypeError, "/passed/2019"),
        ("passed", {"2019": True}, libpilot.WrongTypeError, "/passed"),
        ("passed", {2019: [True, 1]}, libpilot.WrongTypeError, "/passed/2019/1"),
        ("threads", 0, libpilot.ArgumentError, "/threads"),
        ("policy", "x", libpilot.WrongTypeError, "/policy"),
        ("out", columns.awards(1, "2019-12", "2019-12"), libpilot.WrongTypeError, "/out/total"),
    ]:
        yield {"first": "2019-12", "last": "2020-12", "households": [1, 2], **right, name: value}, kind, path
    yield {**right, "passed": True, "failed": 1}, libpilot.ArgumentError, "/failed"
    yield (
        {**right, "building_area": 1, "building_area_dm2": 100},
        libpilot.ArgumentError,
        "/building_area_dm2",
    )
    yield {**right, "passed": {2019: True}, "failed": 1}, libpilot.ArgumentError, "/failed"


def test_what_is_no_column_is_refused():
    for asked, kind, path in refusals():
        with pytest.raises(kind) as caught:
            columns.awards(**asked)
        assert caught.value.path == path, (asked, str(caught.value))
    with pytest.raises(libpilot.WrongTypeError, match="floats cannot hold every amount exactly"):
        columns.bills(area=[1.5], price=1, months=1)
    with pytest.raises(libpilot.ArgumentError) as caught:
        columns.bills(price=1, months=1)
    assert caught.value.path == "/area"
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
        return (column, None, None, 599, whole, None, None, None)

    for column in (
        numpy.zeros(4),
        numpy.zeros((2, 2), numpy.int64),
        numpy.zeros(8, numpy.int64)[::2],
        numpy.zeros(4, ">i8"),
        numpy.zeros(4, numpy.uint64),
        numpy.zeros(4, numpy.int8),
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
        for inputs in ((column, None, None, 599, 600, None, None, None), (column, column, 1.5) + (None,) * 5):
            try:
                libpilot._pilot.award_columns(NANCHANG_2019._native, inputs, outputs)
            except libpilot.WrongTypeError:
                pass
    del inputs, outputs
    assert (sys.getrefcount(column), sys.getrefcount(output)) == counts
    assert output.tolist() == [3600 * number for number in range(8)]
    output.resize(9)  # which an array with a buffer still held refuses


def test_columns_of_other_libraries_are_read_where_they_lie():
    pandas, polars, pyarrow = map(pytest.importorskip, ("pandas", "polars", "pyarrow"))
    pytest.importorskip("narwhals")
    for own in (numpy.arange(8), numpy.arange(8, dtype=numpy.int32)):
        arrow = pyarrow.array(own)
        for column in (
            pandas.Series(own, copy=False),
            pandas.Series(pandas.arrays.ArrowExtensionArray(arrow)),
            polars.Series(own),
            arrow,
            pyarrow.chunked_array([arrow]),
        ):
            assert numpy.shares_memory(_column_inputs.whole(column, "x"), own)
            assert numpy.shares_memory(_column_inputs.months(column, "x"), own)


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
        made = columns.bills(
            area_dm2=area, price=price, months=months, rounding=rounding, threads=2, statuses=True
        )
        for row in range(300):
            number = libpilot.fee(
                Decimal(int(price[row])).scaleb(-4),
                Decimal(int(area[row])).scaleb(-2),
                max(int(months[row]), 1),
                rounding,
            )
            if months[row] > 0:
                assert made.amounts[row] == fen(number)
        again = columns.bills(area_dm2=area, price=price, months=months, rounding=rounding, out=made)
        assert again.amounts is made.amounts
    bad = columns.bills(area=[1, -1], price=1, months=1)
    assert (bad.amounts[1], bad.bad, bad.first_bad, bad.status) == (columns.NO_AMOUNT, 1, 1, "range")
    least = int(Decimal(NANCHANG_2019.to_dict()["office_min_area_m2"]).scaleb(2))
    seen = columns.screen(
        office_area_dm2=[least, least - 1, -1], communities=1, staff=[1, -1, 1], layout="open", threads=2
    )
    office = 1 << columns.SCREEN_RULES.index("office_area")
    staff = 1 << columns.SCREEN_RULES.index("property_staff")
    assert (seen.breached & office).tolist() == [0, office, 0]
    assert (seen.unknown & office).tolist() == [0, 0, office]
    assert (seen.unknown & staff).tolist() == [0, staff, 0]


MONEY = (
    "service_opening",
    "community_opening",
    "service_cost",
    "community_cost",
    "billed",
    "service_income_gross",
    "service_income_cost",
    "community_income_gross",
    "community_income_cost",
)
FAULTS = {
    "range": ("service_cost", -1),
    "order": ("last", 500),
    "overflow": ("billed", (1 << 63) - 1),
    "inconsistent": ("passed", -1),
}


def account_columns(generator, rows):
    """Accounts and their claims, some of them with one fault."""
    money = {name: generator.integers(0, 4_000_000, rows) for name in MONEY}
    for name in MONEY:
        money[name][generator.random(rows) < 0.2] = 0
    first = generator.integers(565, 640, rows)
    asked = {"first": first, "last": first + generator.integers(0, 70, rows), **money}
    claim = claims(generator, rows)
    claim["households"] = abs(claim["households"])
    claim["last"] = claim["first"] + generator.integers(0, 60, rows)
    claim["failed"] |= 1
    claim["passed"] &= ~claim["failed"]
    for row in numpy.flatnonzero(generator.random(rows) < 0.1):
        name, value = FAULTS[generator.choice(list(FAULTS))]
        (claim if name in claim and name != "last" else asked)[name][row] = value
    return asked, claim


def text(number):
    return str(Decimal(int(number)).scaleb(-2))


def document(start, rate, row, claim):
    """The account of a row, and of its claim where it has one, as a document."""
    months = {"first": month_of(row["first"]), "last": month_of(row["last"])}
    made = {
        **months,
        "fee": {"billed_yuan": text(row["billed"])},
        "collection_rate": rate,
        "costs": [
            {"ledger": ledger, **months, "monthly_yuan": text(row[f"{ledger}_cost"])}
            for ledger in ("service", "community")
        ],
        "incomes": [
            {
                "source": source,
                **months,
                "gross_yuan": text(row[f"{ledger}_income_gross"]),
                "cost_yuan": text(row[f"{ledger}_income_cost"]),
            }
            for ledger, source in (("service", "lockers"), ("community", "parking"))
        ],
        **{f"{ledger}_opening_yuan": text(row[f"{ledger}_opening"]) for ledger in ("service", "community")},
    }
    if claim is not None:
        made["claim"] = {
            "first": month_of(claim["first"]),
            "last": month_of(claim["last"]),
            "households": claim["households"],
            "building_area_m2": text(claim["building_area_dm2"]),
            "communities": claim["communities"],
            "assessments": [
                {"year": start + bit, "result": "passed" if claim["passed"] >> bit & 1 else "failed"}
                for bit in range(8)
                if (claim["passed"] | claim["failed"]) >> bit & 1
            ],
        }
    return made


def account_years(policy, years, rate, row, claim):
    """By ledger the sums of each year as Account.compute gives them, or the word of its error."""
    if claim is not None and claim["passed"] & claim["failed"]:
        return "inconsistent"
    try:
        told = document(columns.years(policy)[0], rate, row, claim)
        made = {int(one.first[:4]): one for one in libpilot.Account(told).compute(policy=policy).years}
    except libpilot.Error as error:
        return error.status
    sums = {
        ledger: [
            [fen(getattr(getattr(made[year], ledger), name)) if year in made else 0 for year in years]
            for name in columns.LedgerColumns._fields
        ]
        for ledger in ("service", "community")
    }
    sums["both"] = numpy.add(sums["service"], sums["community"]).tolist()
    return sums


def test_columns_are_the_scalar_account():
    chance = random.Random(7)
    generator = numpy.random.default_rng(7)
    met, moved = set(), dict.fromkeys(columns.LedgerColumns._fields, 0)
    for number, policy in enumerate([NANCHANG_2019, *(reform(chance) for _ in range(15))]):
        asked, claim = account_columns(generator, 40)
        claim = claim if number % 5 else None
        rate = f"{chance.randrange(1, 8)}/8"
        years = None if number % 3 else range(2017, 2017 + chance.randrange(1, 12))
        made = columns.accounts(
            **asked,
            collection_rate=rate,
            claim=claim,
            policy=policy,
            years=years,
            sources=True,
            statuses=True,
            threads=number % 2 + 1,
        )
        years = columns.years(policy) if years is None else years
        bad = []
        for row in range(40):
            values, claimed = (
                one and {name: int(column[row]) for name, column in one.items()} for one in (asked, claim)
            )
            wanted = account_years(policy, years, rate, values, claimed)
            if isinstance(wanted, str):
                bad.append((row, wanted))
                assert libpilot._errors.BY_NUMBER[made.statuses[row]].status == wanted
                assert all((one[row] == columns.NO_AMOUNT).all() for ledger in made[:3] for one in ledger)
                continue
            assert made.statuses[row] == 0
            for ledger, sums in wanted.items():
                found = getattr(made, ledger)
                assert [one[row].tolist() for one in found] == sums, (number, row, ledger)
                for name, one in zip(moved, found):
                    moved[name] += bool(one[row].any())
        assert (made.bad, made.first_bad, made.status) == (len(bad), *(bad[0] if bad else (None, None)))
        met |= {word for _, word in bad}
    assert met == set(FAULTS)
    assert min(moved.values()) > 100


def flat(made):
    return [*made.service, *made.community, *made.both, *made[3:]]


def test_splits_of_accounts_give_the_same_bits():
    asked, claim = account_columns(numpy.random.default_rng(9), 700)
    asked["billed"] %= 1 << 31
    claim = {**claim, "passed": claim["passed"] & 255}
    kinds = {"collection_rate": "7/9", "years": range(2018, 2026), "sources": True, "statuses": True}
    whole = columns.accounts(**asked, claim=claim, **kinds)
    assert whole.bad
    narrow = [{name: column.astype(numpy.int32) for name, column in one.items()} for one in (asked, claim)]
    gaps = [{name: numpy.repeat(column, 2)[::2] for name, column in one.items()} for one in (asked, claim)]
    again = columns.accounts(**asked, claim=claim, **kinds, threads=700)
    others = [columns.accounts(**one, claim=of_it, **kinds) for one, of_it in (narrow, gaps)]
    others += [columns.accounts(**asked, claim=claim, **kinds, threads=threads) for threads in (2, 7)]
    fractions = {**kinds, "collection_rate": Fraction(7, 9), "sources": False, "statuses": False}
    others += [again, columns.accounts(**asked, claim=claim, **fractions, out=again, threads=3)]
    for other in others:
        for mine, its in zip(flat(whole), flat(other)):
            assert numpy.array_equal(mine, its)
    for mine, its in zip(flat(others[-1])[:16], flat(again)):
        assert mine is its
    few = columns.accounts(**asked, claim=claim, collection_rate="7/9", years=range(2020, 2021))
    assert few.statuses is None and few.both.reward is None
    part = few._replace(both=few.both._replace(reward=numpy.empty((700, 1), numpy.int64)))
    made = columns.accounts(
        **asked, claim=claim, collection_rate="7/9", years=range(2020, 2021), out=part, threads=2
    )
    assert made.both.reward is part.both.reward and made.both.gap_after_fees is None
    assert numpy.array_equal(made.both.reward[:, 0], whole.both.reward[:, 2])
    assert numpy.array_equal(made.service.reward[:, 0], whole.service.reward[:, 2])
    assert numpy.array_equal(few.both.shortfall[:, 0], whole.both.shortfall[:, 2])
    assert columns.accounts([], [], service_cost=1).both.gap.shape == (0, 5)


def test_accounts_worked_by_hand():
    # 18, 12 and 6 yuan for 100 households against 2000 yuan a month, of which 200 come from parking.
    asked = {
        "first": "2021-01",
        "last": numpy.array(["2024-12"], "M8[M]"),
        "community_cost": 200_000,
        "community_income_gross": 25_000,
        "community_income_cost": 5_000,
        "community_opening": 120_000,
        "claim": {
            "households": 100,
            "first": "2021-01",
            "last": "2024-12",
            "passed": {2021: True, 2023: True},
        },
        "policy": NANCHANG_2019.with_reading(gate_mode="annual"),
    }
    made = columns.accounts(**asked, years=range(2021, 2025), sources=True).check()
    assert made.community.reward.tolist() == [[12 * 180_000, 0, 12 * 60_000, 0]]
    assert made.community.shortfall.tolist() == [[0, 12 * 180_000 - 120_000, 12 * 120_000, 12 * 180_000]]
    assert made.service.gap.tolist() == [[0, 0, 0, 0]]
    asked["policy"] = asked["policy"].with_reading(reward_payee="provider")
    moved = columns.accounts(**asked, years=range(2021, 2022), sources=True)
    assert (moved.community.reward.tolist(), moved.service.reward.tolist()) == ([[0]], [[12 * 180_000]])


def test_bad_accounts():
    asked = {"first": "2020-01", "last": "2020-12", "years": range(2020, 2021)}
    nobody = columns.accounts(**asked, claim={"first": "2020-01", "last": ["2020-12"] * 2})
    assert (nobody.bad, nobody.first_bad, nobody.status) == (2, 0, "missing_value")
    # Each ledger's sum fits, and both together do not.
    half = (1 << 62) // 12 + 1
    costs = numpy.array([1, half, -1, half, half, 1])
    other = numpy.array([1, 1, 1, half, half, 1])
    for threads in (1, 2, 3, 6):
        made = columns.accounts(
            **asked, service_cost=costs, community_cost=other, sources=True, statuses=True, threads=threads
        )
        assert made.statuses.tolist() == [0, 0, 4, 3, 3, 0]
        assert (made.bad, made.first_bad, made.status) == (3, 2, "range")
        assert made.both.gap[:, 0].tolist() == [24, half * 12 + 12, *[columns.NO_AMOUNT] * 3, 24]
        for ledger in made[:3]:
            for one in ledger:
                assert (one[:, 0] == columns.NO_AMOUNT).tolist() == [False, False, True, True, True, False]
    made = columns.accounts(**asked, service_cost=costs[1:4:2], community_cost=other[1:4:2])
    assert (made.bad, made.first_bad, made.status) == (1, 1, "overflow")
    with pytest.raises(libpilot.TooLargeError) as caught:
        made.check()
    assert caught.value.path == "/1"
    made = columns.accounts(**asked, service_cost=costs[3:0:-1], community_cost=other[3:0:-1])
    assert (made.bad, made.first_bad, made.status) == (2, 0, "overflow")


def test_what_is_no_account_is_refused():
    right = {"first": "2020-01", "last": "2020-12", "service_cost": [1, 2]}
    claim = {"households": [1, 2], "first": "2020-01", "last": "2020-12"}
    narrow = columns.accounts(**right, years=range(2020, 2021))
    torn = narrow._replace(both=narrow.both._replace(shortfall=numpy.zeros((2, 1), numpy.int32)))
    ages = NANCHANG_2019.patch(
        {
            "rates": [
                {"first": f"{year}-01", "last": f"{year}-12", "yuan": "1", "per": "household_month"}
                for year in (1950, 2020)
            ]
        }
    )
    nothing = NANCHANG_2019.patch({"rates": []})
    for change, kind, path in [
        *(({name: [1.0, 2.5]}, libpilot.WrongTypeError, f"/{name}/1") for name in MONEY),
        *(({"claim": {**claim, name: 1.5}}, libpilot.WrongTypeError, f"/claim/{name}") for name in claim),
        ({"claim": {**claim, "building_area": "7.125"}}, libpilot.PrecisionError, "/claim/building_area"),
        ({"claim": {**claim, "building_area_dm2": "7"}}, libpilot.WrongTypeError, "/claim/building_area_dm2"),
        ({"claim": {**claim, "communities": 1 << 64}}, libpilot.TooLargeError, "/claim/communities"),
        ({"claim": {**claim, "passed": 0.5}}, libpilot.WrongTypeError, "/claim/passed"),
        ({"claim": {**claim, "failed": 0.5}}, libpilot.WrongTypeError, "/claim/failed"),
        ({"claim": {**claim, "passed": {2020: 1}}}, libpilot.WrongTypeError, "/claim/passed/2020"),
        ({"claim": {**claim, "passed": {}, "failed": 1}}, libpilot.ArgumentError, "/claim/failed"),
        ({"claim": {**claim, "passed": True, "failed": 1}}, libpilot.ArgumentError, "/claim/failed"),
        ({"claim": {"households": 1, "first": "2020-01"}}, libpilot.ArgumentError, "/claim/last"),
        ({"claim": {}}, libpilot.ArgumentError, "/claim/first"),
        ({"claim": {**claim, "household": 1}}, libpilot.UnknownKeyError, "/claim/household"),
        ({"claim": {**claim, "at": ""}}, libpilot.UnknownKeyError, "/claim/at"),
        ({"claim": [1, 2]}, libpilot.WrongTypeError, "/claim"),
        ({"claim": {**claim, "first": ["2020-01", "x"]}}, libpilot.FormatError, "/claim/first/1"),
        ({"claim": {**claim, "households": [1, 2, 3]}}, libpilot.InconsistentError, ""),
        ({"claim": claim, "policy": ages, "years": range(2020, 2021)}, libpilot.LimitError, ""),
        ({"first": None}, libpilot.ArgumentError, "/first"),
        ({"last": None}, libpilot.ArgumentError, "/last"),
        ({"last": "2020-13"}, libpilot.RangeError, "/last"),
        ({"billed": 1}, libpilot.ArgumentError, "/collection_rate"),
        ({"billed": 1, "collection_rate": 0.5}, libpilot.WrongTypeError, "/collection_rate"),
        ({"billed": 1, "collection_rate": "most"}, libpilot.FormatError, "/collection_rate"),
        ({"billed": 1, "collection_rate": "3/2"}, libpilot.RangeError, "/collection_rate"),
        ({"billed": 1, "collection_rate": Fraction(-1, 2)}, libpilot.FormatError, "/collection_rate"),
        ({"years": [2020]}, libpilot.WrongTypeError, "/years"),
        ({"years": range(2020, 2030, 2)}, libpilot.WrongTypeError, "/years"),
        ({"years": range(2020, 2020)}, libpilot.RangeError, "/years"),
        ({"years": range(1899, 1902)}, libpilot.RangeError, "/years"),
        ({"years": range(2190, 2202)}, libpilot.RangeError, "/years"),
        ({"years": range(-5, 10**30)}, libpilot.RangeError, "/years"),
        ({"policy": nothing}, libpilot.RangeError, "/years"),
        ({"policy": "x"}, libpilot.WrongTypeError, "/policy"),
        ({"threads": 0}, libpilot.ArgumentError, "/threads"),
        ({"out": narrow}, libpilot.WrongTypeError, "/out/service/gap"),
        ({"out": torn, "years": range(2020, 2021)}, libpilot.WrongTypeError, "/out/both/shortfall"),
    ]:
        with pytest.raises(kind) as caught:
            columns.accounts(**{**right, **change})
        assert caught.value.path == path, (change, str(caught.value))


def test_the_binding_of_accounts_checks_its_buffers():
    native, whole = NANCHANG_2019._native, numpy.zeros(4, numpy.int64)
    inputs, outputs = (None,) * 8 + (600, 611) + (whole,) * 9, (None,) * 11

    def call(inputs=inputs, outputs=outputs, years=(2020, 2021)):
        return libpilot._pilot.account_columns(native, inputs, "1/2", *years, outputs)

    assert call() == (0, 4, 0)
    for place in (0, 9):
        for output in (numpy.zeros(4, numpy.int64), numpy.zeros(8, numpy.int32), numpy.zeros((4, 2), "i8")):
            with pytest.raises(libpilot.WrongTypeError) as caught:
                call(outputs=outputs[:place] + (output,) + outputs[place + 1 :])
            assert caught.value.path == f"/outputs/{place}"
    for wrong in ({"inputs": inputs[1:]}, {"inputs": inputs + (1,)}, {"outputs": outputs[1:]}):
        with pytest.raises(libpilot.WrongTypeError):
            call(**wrong)
    for years, kind in (((1899, 1900), libpilot.RangeError), ((2200, 2201), libpilot.RangeError)):
        with pytest.raises(kind):
            call(years=years)
    with pytest.raises(libpilot.ArgumentError):
        call(inputs=(None,) * 4 + (600,) + inputs[5:])


def money(year):
    return {name: Decimal(year[name]) for name in (*SUMS, "building_area")}


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
        columns.bills(area=["61.37"], price=3500, months=1),
        columns.accounts("2020-01", "2020-12", service_cost=[1]),
    ):
        assert one.check() is one
        again = pickle.loads(pickle.dumps(one))
        assert (type(again), repr(again)) == (type(one), repr(one))
        assert not hasattr(one, "__dict__")
    for one in (
        columns.Pass(3, 7, "overflow"),
        columns.bills(area_dm2=[1] * 7 + [-1], price=1, months=1)._replace(bad=3),
    ):
        with pytest.raises(libpilot.Error, match="3 bad rows in all") as caught:
            one.check()
        assert (caught.value.path, caught.value.status) == ("/7", one.status)


def test_tallies_as_json():
    asked, groups = claims(numpy.random.default_rng(11), 400), numpy.arange(400) % 3  # one group too many
    policy = reform(random.Random(11))
    made = columns.tally(**asked, group=groups, groups=2, policy=policy)
    told = json.loads(json.dumps(made.to_dict()))
    assert (told["policy"], told["fingerprint"]) == (policy.id, policy.fingerprint)
    assert (told["rows"], told["bad"]) == (made.rows, made.bad)
    assert [(one["rows"], one["bad"]) for one in told["groups"]] == [made.counts(0), made.counts(1)]
    assert told["bad"] > sum(one["bad"] for one in told["groups"])
    rows = columns.awards(**asked, years=True, policy=policy)
    for number, group in enumerate(told["groups"]):
        mine = rows.years[(groups == number) & (rows.total != columns.NO_AMOUNT)].sum(axis=0)
        assert [one["year"] for one in group["years"]] == list(columns.years(policy))
        assert [one["total"] for one in group["years"]] == [text(each) for each in mine]
        assert [libpilot.TallyYear(**{**one, **money(one)}) for one in group["years"]] == list(
            made.years(number).values()
        )
    huge = columns.tally(numpy.full(2000, 4 * 10**10), "2020-01", "2020-12")
    with pytest.raises(libpilot.TooLargeError):
        for _ in range(40):
            huge += huge
            huge.to_dict()


def test_tallies_are_bound_to_what_awards_use():
    one = columns.tally([5, 956], ["2019-12", "2020-03"], "2021-08", group=[0, 1], groups=2)
    packed = one.to_bytes()
    for change in (
        {"office_min_area_m2": "100.00"},
        {
            "id": "later",
            "payment_days": 30,
            "readings": {"office_rule": "shared_excluded", "area_map": "function"},
        },
    ):
        later = NANCHANG_2019.patch(change)
        assert later.award_fingerprint == NANCHANG_2019.award_fingerprint
        again = Tally.from_bytes(packed, later)
        assert (again, again.policy, again.years(1)) == (one, later, one.years(1))
        assert pickle.loads(pickle.dumps(again)).policy == later
        assert (one + again).to_bytes() == (again + one).to_bytes()
        assert again.to_dict()["fingerprint"] == later.fingerprint != NANCHANG_2019.fingerprint
        assert libpilot.solve(again, find="factor", budget=1000) == libpilot.solve(
            one, find="factor", budget=1000
        )
    for change in (
        {"rates": [{"first": "2019-01", "last": "2023-12", "yuan": "18.01", "per": "household_month"}]},
        {"city_share": "2/3"},
        {"rounding": "up"},
        {"issued": "2019-10-31"},
        {"readings": {"month_rule": "calendar_years"}},
        {"readings": {"gate_mode": "annual"}},
    ):
        other = NANCHANG_2019.patch(change)
        assert other.award_fingerprint != NANCHANG_2019.award_fingerprint
        with pytest.raises(libpilot.InconsistentError, match="rates, city share, rounding"):
            Tally.from_bytes(packed, other)


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
    with pytest.raises(libpilot.InconsistentError, match="of other awards than those of <Policy"):
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


def test_the_month_of_the_passes():
    policy = NANCHANG_2019.with_reading(pass_effect="from_the_pass")
    asked = {"households": [1, 1, 1, 1], "first": "2019-12", "last": "2023-12", "policy": policy}
    month = ["2020-02", "2019-12", None, None]
    passed = numpy.ma.array([True, True, True, True], mask=[False, False, True, False])
    made = columns.awards(**asked, passed=passed, passed_from=month, withheld=True, reasons=True, statuses=True)
    assert made.total.tolist() == [63000, 66600, 0, columns.NO_AMOUNT]
    assert made.withheld.tolist()[:3] == [3600, 0, 66600]
    assert made.reasons.tolist() == [0b10001, 1, 0b10, 0]
    assert (made.bad, made.first_bad, made.status) == (1, 3, "missing_value")
    # The same as of one claim.
    dated = [libpilot.Assessment(year, True, "2020-02-01") for year in range(2019, 2024)]
    assert policy.reward(households=1, first="2019-12", last="2023-12", passed=dated).total == 630
    sums = Tally(policy)
    sums.add(1, "2019-12", "2023-12", passed_from="2020-02")
    frame = {"households": [1], "first": ["2019-12"], "from": ["2020-02"]}
    simulated = libpilot.simulate(frame, policy, last="2023-12", passed_from="from", reasons=True)
    assert simulated["total_fen"].tolist() == [63000] == [int(sums.total * 100)]
    assert simulated["reasons"].tolist() == ["payable,before_pass"]
    lacking = {"last": "2023-12", "first": "2019-12", "households": 1}
    for call in (
        lambda: columns.awards(**lacking, policy=policy),
        lambda: Tally(policy).add(**lacking),
        lambda: columns.accounts("2019-12", "2020-12", claim=lacking, policy=policy),
        lambda: libpilot.simulate({"households": [1], "first": ["2019-12"]}, policy, last="2023-12"),
    ):
        with pytest.raises(libpilot.MissingValueError, match="from_the_pass") as refused:
            call()
        assert refused.value.path == "/passed_from"
    assert columns.awards(**lacking).total.tolist() == [66600]


def test_amounts_in_yuan():
    """The fen as exact decimals, whatever their shape; None in a bad row."""
    from decimal import Decimal

    def same(fen, yuan):
        assert (fen is None) == (yuan is None)
        if fen is not None:
            wanted = [None if one == columns.NO_AMOUNT else Decimal(one) / 100 for one in fen.reshape(-1).tolist()]
            assert yuan.shape == fen.shape and yuan.reshape(-1).tolist() == wanted

    rows = {"households": [1885, -1, 10], "first": "2019-12", "last": "2023-12", "statuses": True}
    for asked in ({}, {"withheld": True, "years": True, "reasons": True}):
        fen, yuan = (columns.awards(**rows, **asked, unit=unit) for unit in ("fen", "yuan"))
        for name in ("total", "city", "district", "withheld", "years"):
            same(getattr(fen, name), getattr(yuan, name))
        assert yuan.total[1] is None and yuan.bad == 1 and yuan.statuses.tolist() == fen.statuses.tolist()
    dwellings = {"area": ["61.37", "120"], "price": 3500, "months": 12}
    same(columns.bills(**dwellings).amounts, columns.bills(**dwellings, unit="yuan").amounts)
    books = {"first": "2021-07", "last": "2022-12", "community_cost": [2800000, 1], "years": range(2021, 2023)}
    for sources in (False, True):
        fen, yuan = (columns.accounts(**books, sources=sources, unit=unit) for unit in ("fen", "yuan"))
        for ledger in ("service", "community", "both"):
            for one, other in zip(getattr(fen, ledger), getattr(yuan, ledger)):
                same(one, other)
    none = columns.awards(households=[], first="2019-12", last="2023-12", unit="yuan")
    assert none.total.tolist() == [] and none.total.dtype == object
    with pytest.raises(libpilot.ArgumentError, match="/out"):
        columns.awards([1], "2019-12", "2023-12", unit="yuan", out=columns.awards([1], "2019-12", "2023-12"))
    with pytest.raises(libpilot.NotFoundError, match="/unit"):
        columns.bills(**dwellings, unit="jiao")


def test_columns_of_rare_kinds_are_what_they_hold():
    pyarrow = pytest.importorskip("pyarrow")
    polars = pytest.importorskip("polars")
    wanted = columns.awards([3, 5], ["2019-12", "2020-01"], "2020-12").total.tolist()
    views = pyarrow.array(["2019-12", "2020-01"], pyarrow.string_view())
    named = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0, 1], pyarrow.int8()), views)
    for first in (views, named):
        assert columns.awards([3, 5], first, "2020-12").total.tolist() == wanted
    for households in (
        array.array("q", [3, 5]),
        collections.deque([3, 5]),
        pyarrow.array([Decimal(3), Decimal(5)], pyarrow.decimal128(38, 20)),
    ):
        assert columns.awards(households, ["2019-12", "2020-01"], "2020-12").total.tolist() == wanted
    for households in (
        numpy.zeros((2, 2), numpy.int64),
        collections.deque([[3], [5, 7]]),
        polars.Series([datetime.timedelta(1), datetime.timedelta(2)]),
    ):
        with pytest.raises(libpilot.WrongTypeError) as refused:
            columns.awards(households, ["2019-12", "2020-01"], "2020-12")
        assert refused.value.path == "/households"
    masks = numpy.array([1, 1 << 63], numpy.uint64)
    years = columns.awards([3, 5], "2019-12", "2020-12", passed=masks, failed=0).total
    assert years.tolist() == columns.awards([3, 5], "2019-12", "2020-12", passed=masks.view(numpy.int64), failed=0).total.tolist()
    with pytest.raises(libpilot.ArgumentError) as twice:
        columns.bills(area=[1], area_dm2=[100], price=1, months=1)
    assert twice.value.path == "/area_dm2"


def test_what_a_tally_holds_by_payer():
    made = columns.tally([3, 5], "2019-12", "2020-12", passed={2019: True, 2020: False})
    total, city, district, withheld = made.fen()
    assert [100 * one for one in (made.total, made.city, made.district, made.withheld)] == [
        total,
        city,
        district,
        withheld,
    ]
    assert withheld > 0 and city + district == total
    with pytest.raises(TypeError):
        made += 1
    assert made != 1
