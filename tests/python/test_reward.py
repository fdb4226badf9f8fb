"""Properties of the reward and of policies, held by the library whatever the claim."""

import datetime
import json
import pickle
from decimal import Decimal, localcontext

import libpilot
import pytest
from hypothesis import given
from hypothesis import strategies as st
from libpilot import NANCHANG_2019

months = st.integers(0, 83).map(lambda number: f"{2018 + number // 12}-{number % 12 + 1:02d}")
spans = st.tuples(months, months).map(sorted)
households = st.integers(0, 5_000)
results = st.dictionaries(st.integers(2018, 2024), st.sampled_from([True, False, None]))
readings = st.fixed_dictionaries(
    # From the pass on, a result needs a day, which those here have not.
    {
        reading.name: st.sampled_from(reading.options if reading.name != "pass_effect" else reading.options[:1])
        for reading in libpilot.READINGS
    }
)
# Two places of a share give odd fen; a rate with four decimals gives parts of one.
reforms = st.fixed_dictionaries(
    {
        "readings": readings,
        "city_share": st.tuples(st.integers(0, 7), st.integers(7, 9)).map(lambda s: f"{s[0]}/{s[1]}"),
        "rates": st.integers(0, 10**6).map(
            lambda price: [
                {
                    "first": "2019-01",
                    "last": "2023-12",
                    "yuan": f"{price // 10000}.{price % 10000:04d}",
                    "per": "household_month",
                }
            ]
        ),
    }
)


@given(reforms, spans, households, results)
def test_conservation(reform, span, number, passed):
    award = NANCHANG_2019.patch(reform).reward(households=number, first=span[0], last=span[1], passed=passed)
    assert award.city + award.district == award.total
    for name, whole in (
        ("amount", award.total),
        ("city", award.city),
        ("district", award.district),
        ("withheld", award.withheld),
        ("months", award.months_paid + award.months_withheld),
    ):
        assert sum(getattr(line, name) for line in award.lines) == whole
    over = award.range().total
    assert over.least <= award.total <= over.greatest


@given(spans, households, results, st.data())
def test_parts_of_a_period_add_up_to_it(span, number, passed, data):
    first, last = (int(text[:4]) * 12 + int(text[5:]) - 1 for text in span)
    cut = data.draw(st.integers(first, last))
    at = f"{cut // 12}-{cut % 12 + 1:02d}"
    whole, before = (
        NANCHANG_2019.reward(households=number, first=span[0], last=end, passed=passed)
        for end in (span[1], at)
    )
    parts = [before]
    if cut < last:
        after = f"{(cut + 1) // 12}-{(cut + 1) % 12 + 1:02d}"
        parts.append(NANCHANG_2019.reward(households=number, first=after, last=span[1], passed=passed))
    for name in ("total", "city", "district", "withheld", "months_paid", "months_withheld"):
        assert sum(getattr(part, name) for part in parts) == getattr(whole, name)


@given(reforms, spans, households, st.integers(0, 1000), results)
def test_more_households_are_never_paid_less(reform, span, number, more, passed):
    policy = NANCHANG_2019.patch(reform)
    asked = {"first": span[0], "last": span[1], "passed": passed}
    less, greater = (policy.reward(households=n, **asked) for n in (number, number + more))
    assert less.total <= greater.total
    assert less.city <= greater.city + Decimal("0.01")


@given(reforms)
def test_a_patch_that_is_taken_back_is_none(reform):
    changed = NANCHANG_2019.patch(reform)
    own = NANCHANG_2019.to_dict()
    back = changed.patch({key: own[key] for key in reform})
    assert back == NANCHANG_2019
    assert hash(back) == hash(NANCHANG_2019)
    assert back.fingerprint == NANCHANG_2019.fingerprint
    assert (changed == NANCHANG_2019) == (changed.fingerprint == NANCHANG_2019.fingerprint)


@given(reforms)
def test_policies_come_back_from_their_json(reform):
    policy = NANCHANG_2019.patch(reform)
    for again in (
        libpilot.Policy.from_json(policy.to_json()),
        libpilot.Policy.from_json(policy.to_json(indent=True).encode()),
        libpilot.Policy.from_dict(policy.to_dict()),
        pickle.loads(pickle.dumps(policy)),
    ):
        assert again == policy
        assert again.to_json() == policy.to_json()
    assert policy.readings == reform["readings"]
    assert NANCHANG_2019.with_reading(**reform["readings"]).readings == reform["readings"]


@given(reforms, spans, households, results)
def test_awards_come_back_from_a_pickle(reform, span, number, passed):
    award = NANCHANG_2019.patch(reform).reward(households=number, first=span[0], last=span[1], passed=passed)
    again = pickle.loads(pickle.dumps(award))
    assert again == award
    assert hash(again) == hash(award)
    assert again.lines == award.lines
    assert again.receipt == award.receipt
    assert again.policy == award.policy


@pytest.mark.parametrize(
    ("mode", "passed", "yuan"),
    [
        ("once", True, 666),
        ("once", False, 0),
        ("once", None, 0),
        ("once", {}, 0),
        ("once", {2019: True}, 666),
        ("once", {2020: False}, 0),
        ("once", {2019: True, 2020: False}, 666 - 216),
        ("once", {2019: True, 2020: None}, 666),
        ("annual", True, 666),
        ("annual", {2019: True}, 18),
        ("annual", {2019: True, 2020: False, 2021: None, 2022: True}, 18 + 144),
        ("once", [libpilot.Assessment(2019, True, datetime.date(2020, 2, 29))], 666),
        ("once", [libpilot.Assessment(2019, True, "2020-03-01")], 0),
        ("once", [{"year": 2019, "result": "passed", "date": "2020-02-29"}], 666),
        ("once", [{"year": 2019, "result": "not_assessed"}], 0),
        (
            "once",
            [libpilot.Assessment(2019, False, "2020-02-28"), libpilot.Assessment(2019, True, "2020-02-29")],
            666,
        ),
    ],
)
def test_assessments(mode, passed, yuan):
    policy = NANCHANG_2019.with_reading(gate_mode=mode)
    award = policy.reward(households=1, first="2019-12", last="2023-12", passed=passed, as_of="2020-02-29")
    assert award.total == yuan
    assert award.total + award.withheld == 666
    assert award.receipt.as_of == datetime.date(2020, 2, 29)


def test_other_bases():
    def by(per, price):
        rate = {"first": "2019-01", "last": "2019-12", "yuan": price, "per": per}
        return NANCHANG_2019.patch({"rates": [rate]})

    asked = {"first": "2019-12", "last": "2019-12"}
    assert by("square_metre_month", "0.3050").reward(area="83240.57", **asked).total == Decimal("25388.37")
    assert by("square_metre_month", "0.3050").reward(area=Decimal("83240.570"), **asked).total == Decimal(
        "25388.37"
    )
    assert by("community_month", "100").reward(communities=3, **asked).total == 300
    assert by("community_month", "100").rate("2019-07").per == "community_month"
    with pytest.raises(libpilot.MissingValueError) as caught:
        by("square_metre_month", "0.3050").reward(households=1, **asked)
    assert caught.value.path == "/area"


def test_amounts_do_not_depend_on_the_decimal_context():
    with localcontext() as context:
        context.prec = 3
        award = NANCHANG_2019.reward(households=1885, first="2019-12", last="2023-12")
        assert str(award.total) == "1255410.00"
        assert str(award.lines[0].amount) == "33930.00"


def test_an_award_says_what_it_is():
    award = NANCHANG_2019.reward(households=10, first="2023-12", last="2024-01", passed={2023: False})
    assert award.explain() == (
        "0.00 yuan: city 0.00, district 0.00\n"
        "  2023-12 to 2023-12: 1 month at 6.0000 yuan per household:"
        " the assessment was failed, 60.00 withheld (5.5-4)\n"
        "  2024-01 to 2024-01: 1 month: outside the reward period (4.4.1-3)"
    )
    assert award.explain("zh").splitlines()[2] == "  2024-01至2024-01：1个月：不在奖励期内（4.4.1-3）"
    with pytest.raises(libpilot.NotFoundError, match="one of en, zh"):
        award.explain("fr")
    assert repr(award) == "<Award 0.00 yuan: city 0.00, district 0.00>"
    assert award.to_dict() == json.loads(award.to_json(indent=True))
    with pytest.raises(AttributeError):
        award.total = 1


def test_a_policy_says_what_it_is():
    assert repr(NANCHANG_2019) == f"<Policy nanchang-2019 {NANCHANG_2019.fingerprint}>"
    assert NANCHANG_2019.rate("2022-06") == libpilot.Rate(
        "2022-01", "2022-12", Decimal("12.0000"), "household_month"
    )
    assert NANCHANG_2019.rate("2024-01") is None
    assert NANCHANG_2019 != "nanchang-2019"
    with pytest.raises(libpilot.Error) as caught:
        NANCHANG_2019.with_reading(gate_mode="twice")
    assert caught.value.path == "/readings/gate_mode"
    assert (caught.value.line, caught.value.column) == (0, 0)
    with pytest.raises(libpilot.UnknownKeyError):
        NANCHANG_2019.with_reading(gate="once")


def test_dated_counts():
    counts = [libpilot.Count("2021-07-01", 120), {"from": datetime.date(2022, 7, 15), "households": 130}]
    claim = {"households": 100, "first": "2019-12", "last": "2023-12", "counts": counts}
    claim["passed"] = [libpilot.Assessment(2019, True, "2020-02-29")]
    wanted = {"assessment": 66600, "january": 71640, "each_month": 74400}
    for option, yuan in wanted.items():
        policy = libpilot.NANCHANG_2019.with_reading(household_date=option)
        award = policy.reward(**claim)
        assert award.total == yuan
        assert pickle.loads(pickle.dumps(award)) == award
        runs = policy.claim_runs(**claim)
        assert [run.households for run in runs] == [100, 120, 130][: 1 if option == "assessment" else 3]
        assert (runs[0].first, runs[-1].last, runs[0].area) == ("2019-12", "2023-12", None)
        assert {line.quantity for line in award.lines} == {run.households for run in runs}
    assert "household_date" in award.range().total.moved_by
    assert "household_date" not in libpilot.NANCHANG_2019.reward(**{**claim, "counts": ()}).range().total.moved_by
    # Without a number until the first count, the months before it have none.
    with pytest.raises(libpilot.MissingValueError) as missing:
        policy.reward(**{**claim, "households": None})
    assert missing.value.path == "/households"
    for bad, kind, path in (
        (list(reversed(counts)), libpilot.OrderError, "/counts/1/from"),
        ([counts[0], counts[0]], libpilot.OrderError, "/counts/1/from"),
        ([libpilot.Count("2021-07-01", -1)], libpilot.RangeError, "/counts/0/households"),
        ([libpilot.Count("1899-12-31", 1)], libpilot.RangeError, "/counts/0"),
        ([libpilot.Count("2021-07-01", 1.5)], libpilot.WrongTypeError, "/counts/0/households"),
        ("2021", libpilot.WrongTypeError, "/counts"),
    ):
        with pytest.raises(kind) as refused:
            policy.reward(**{**claim, "counts": bad})
        assert refused.value.path == path


def test_a_pass_that_pays_from_its_month_on():
    policy = libpilot.NANCHANG_2019.with_reading(pass_effect="from_the_pass")
    claim = {"households": 1, "first": "2019-12", "last": "2023-12"}
    award = policy.reward(**claim, passed=[libpilot.Assessment(2019, True, "2020-02-29")])
    assert (award.total, award.withheld) == (630, 36)
    assert [line.reason for line in award.lines[:3]] == ["before_pass", "before_pass", "payable"]
    assert "before the pass" in award.explain() and "合格之前" in award.explain("zh")
    with pytest.raises(libpilot.MissingValueError) as missing:
        policy.reward(**claim, passed=[libpilot.Assessment(2021, False), libpilot.Assessment(2020, True)])
    assert missing.value.path == "/passed"
    # A claim's runs are not paid for, and need no pass.
    assert len(policy.claim_runs(**claim)) == 1
