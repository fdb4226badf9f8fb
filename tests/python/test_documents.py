"""Accounts, money outside the gate, orders, comparisons and votes among offers, from their documents."""

import json
import pickle
from decimal import Decimal

import libpilot
import pytest
from cases import TOP

DATA = TOP / "examples/data"
FILE = DATA / "accounts/956-households.json"


@pytest.fixture(scope="module")
def account():
    return libpilot.Account.load(FILE)


@pytest.fixture(scope="module")
def result(account):
    return account.compute()


def ledgers(result):
    for row in (*result.months, *result.years, result.total):
        yield from ((row, row.service), (row, row.community))


def test_an_account_by_month_and_year(result):
    assert (len(result.months), len(result.years), len(result.answers)) == (61, 6, 6)
    # tests/cases/account.txt, which the C program prints.
    row = result.years[4]
    assert (row.first, row.last, row.community.shortfall) == ("2023-01", "2023-12", Decimal("6804.00"))
    assert (row.service.collected, row.service.closing) == (Decimal("262594.08"), Decimal("22169.37"))
    assert result.total.community.shortfall == 156804 and result.total.community.misused == 5000
    assert (
        result.award == libpilot.NANCHANG_2019.reward(households=956, first="2019-12", last="2024-12").total
    )
    assert result.award == result.total.community.reward == 636696
    assert result.total.margin.outcome == "small_profit"
    assert result.receipt.fingerprint == libpilot.NANCHANG_2019.fingerprint


def test_ledgers_add_up(result):
    for row in result.months:
        for one in (row.service, row.community):
            came = one.opening + one.collected + one.reward + one.income + one.shortfall
            assert came == one.cost + one.used + one.misused + one.rebate + one.closing, row.first
    for row, one in ledgers(result):
        assert min(one.gap, one.gap_after_fees, one.gap_after_reward, one.shortfall) >= 0, row.first
    for name in ("collected", "reward", "income", "cost", "used", "misused", "rebate", "shortfall", "result"):
        for ledger in ("service", "community"):
            months, years = (
                sum(getattr(getattr(row, ledger), name) for row in rows)
                for rows in (result.months, result.years)
            )
            assert months == years == getattr(getattr(result.total, ledger), name), name


def test_the_break_even_fee_does_and_a_smaller_one_does_not(account):
    fee = libpilot.break_even_fee(FILE, "2022-01", "2022-12")
    assert fee == account.break_even_fee("2022-01", "2022-12") == Decimal("0.3447")

    def lacks(price):
        # The year alone, opened with nothing; a month that lacks may be met by one that has.
        document = {**account.to_dict(), "first": "2022-01", "last": "2022-12", "rebate": "0"}
        document["fee"]["price_yuan"] = price
        total = libpilot.Account.from_dict(document).compute().total.service
        return total.result < 0

    assert not lacks(fee) and lacks(fee - Decimal("0.0001"))
    answer = account.answer("2023-01", "2023-12")
    assert (answer.community_gap, answer.reward_rate, answer.collection_rate) == (
        Decimal("81168.00"),
        Decimal("13.0754"),
        "3693/5000",
    )
    assert account.answer() == account.answer("2019-12", "2024-12")
    providers = libpilot.NANCHANG_2019.with_reading(reward_payee="provider")
    with_reward, without = (
        account.break_even_fee("2022-01", "2022-12", policy=providers, reward=reward)
        for reward in (True, False)
    )
    assert with_reward < without == fee


def test_an_account_over_the_readings_and_under_a_reform(account):
    over = account.range()
    assert (over.both.least, over.both.greatest) == (0, Decimal("793500.00"))
    assert "income_basis" in over.service.moved_by and "income_basis" not in over.community.moved_by
    nothing = libpilot.NANCHANG_2019.patch({"rates": []})
    without = account.compute(policy=nothing)
    assert (
        without.award == 0 and without.total.community.shortfall > account.compute().total.community.shortfall
    )


def test_an_account_comes_back(account, result):
    for source in (account.to_dict(), account.to_json(), str(FILE), account.to_json(indent=True).encode()):
        assert libpilot.Account.load(source) == account
    again = pickle.loads(pickle.dumps(account))
    assert (again, hash(again)) == (account, hash(account))
    assert again.compute() == result == pickle.loads(pickle.dumps(result))
    assert repr(account) == "<Account 2019-12 to 2024-12>"


def test_what_an_account_refuses(account):
    for first, last, kind in (
        ("2019-11", "2020-01", libpilot.RangeError),
        ("2020-02", "2020-01", libpilot.OrderError),
        ("2020-13", "2020-12", libpilot.RangeError),
    ):
        with pytest.raises(kind):
            account.answer(first, last)
    document = account.to_dict()
    del document["claim"]["households"]
    with pytest.raises(libpilot.MissingValueError) as caught:
        libpilot.Account.load(document).compute()
    assert caught.value.path == "/claim"
    with pytest.raises(libpilot.MissingKeyError):
        libpilot.Account.load({"first": "2020-01", "last": "2020-12"})


def test_outside_the_gate():
    handed = libpilot.outside(DATA / "outside/handover.json")
    # tests/cases/outside.txt, which the C program prints.
    assert [one.zero_sum for one in handed.handovers] == [True, True, False, True, None]
    assert handed.handovers[1].city_part == Decimal("28979.67") and handed.handovers[0].parts == "recorded"
    assert handed.handover_sum.missing == ("municipal_pipes",)
    assert (
        handed.handover_sum.difference == handed.handover_sum.cut - handed.handover_sum.transferred == -26650
    )
    moved = libpilot.outside(DATA / "outside/enclosure.json")
    assert moved.enclosure.in_year == Decimal("58187.79") and moved.enclosure.months == 7
    assert moved.enclosure.under["as_selected"].to_owners == 0
    assert sum(item.yuan for item in moved.enclosure.items if item.shift == "to_owners") == Decimal(
        "99750.50"
    )
    for one in (handed, moved):
        assert sum(one.ledger.values()) == 0 and len(one.ledger) == 6
        assert pickle.loads(pickle.dumps(one)) == one
    before = libpilot.NANCHANG_2019.with_reading(gate_layout="as_selected")
    assert libpilot.outside(DATA / "outside/enclosure.json", policy=before).enclosure.sum.to_owners == 0
    with pytest.raises(libpilot.TooLargeError) as caught:
        libpilot.outside(
            {
                "as_of": "2020-02-29",
                "enclosure": {
                    "layout_before": "open",
                    "layout_after": "closed",
                    "items": [{"service": "other", "place": "courtyard", "yuan": "90000000000000000.00"}] * 2,
                },
            }
        )
    assert caught.value.path.startswith("/enclosure")


def test_votes_among_offers():
    chosen = libpilot.contest(DATA / "contests/by-units.json")
    assert (chosen.outcome, chosen.chosen) == ("chosen", "a")
    assert chosen.offers[0].vote.in_favour == libpilot.Weight(Decimal("275.24"), 3)
    assert (chosen.offers[1].behind, chosen.offers[1].standing) == (1, False)
    run_off = libpilot.contest(DATA / "contests/by-totals.json")
    assert (run_off.outcome, run_off.chosen) == ("run_off", None)
    assert [(offer.id, offer.standing, offer.behind) for offer in run_off.offers] == [
        ("a", True, 0),
        ("b", True, 1),
        ("c", False, 2),
    ]
    assert run_off.offers[0].vote.participating == libpilot.Weight(Decimal("70000.00"), 700)
    text = (DATA / "contests/by-totals.json").read_text(encoding="utf-8").replace("2021-06-01", "1990-06-01")
    with pytest.raises(libpilot.NotFoundError) as caught:
        libpilot.contest(text)
    # Where in the text, though the text itself is well.
    assert (caught.value.path, caught.value.line) == ("/held_on", 3)


def test_a_unit_that_cannot_be_counted():
    document = json.loads((DATA / "contests/by-units.json").read_text(encoding="utf-8"))
    for change, kind, path in (
        ({"offer": "c"}, libpilot.DanglingIdError, "/units/2/offer"),
        ({"ballot": "maybe"}, libpilot.FormatError, "/units/2/ballot"),
        ({"owner": None}, libpilot.MissingValueError, "/units/2/owner"),
    ):
        unit = {key: value for key, value in {**document["units"][2], **change}.items() if value is not None}
        with pytest.raises(kind) as caught:
            libpilot.contest({**document, "units": [*document["units"][:2], unit, *document["units"][3:]]})
        assert caught.value.path == path


def test_orders_and_comparisons():
    menu = libpilot.Menu.load(DATA / "menus/foshan-2019.json")
    file = DATA / "orders/foshan-entrance.json"
    order = json.loads(file.read_text(encoding="utf-8"))
    quote = menu.quote(
        order["selection"]["package"],
        day=order["day"],
        buildings=1,
        dwellings=order["premises"]["dwellings_m2"],
    )
    assert libpilot.quote_order(menu, file) == quote
    order["selection"]["package"] = "none"
    with pytest.raises(libpilot.NotFoundError) as caught:
        libpilot.quote_order(menu, json.dumps(order, indent=1))
    assert caught.value.path == "/selection/package" and caught.value.line > 1
    made = libpilot.comparison(DATA / "comparisons/foshan-mudanjiang.json")
    assert [offer.rank for offer in made.offers] == [4, 2, 3, 1]
    assert made.offers[0].year_more == made.offers[0].quote.year - made.offers[3].quote.year
    assert made.offers[0].provider == "甲物业" and made.offers[0].items["cleaning"] == 3
    assert made.offers[0].year_more_per_dwelling == Decimal("1410.56")
    assert (made.cheapest[0].service, made.cheapest[0].offer, made.cheapest[0].month) == (
        "shared_equipment",
        0,
        Decimal("24972.17"),
    )


def test_titles():
    lists = "matter role actor side place layout outcome reading vote_matter ballot document lang"
    for list in lists.split():
        for lang in ("en", "zh"):
            made = libpilot.titles(list, lang)
            assert tuple(made) == libpilot.words(list) and all(made.values())
            assert len(set(made.values())) == len(made)
    assert libpilot.titles("outcome", "zh")["met"] == "符合"
    for asked in (("actor", "fr"), ("letters",)):
        with pytest.raises(libpilot.NotFoundError):
            libpilot.titles(*asked)
