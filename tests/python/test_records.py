"""Cities, reports, menus, votes and the notice, through the package."""

import datetime
import json
import pickle
from decimal import Decimal

import libpilot
import pytest
from cases import TOP

EMPTY = {"districts": [], "communities": [], "areas": []}


@pytest.fixture(scope="module")
def city(example_city):
    return libpilot.City.load(example_city)


@pytest.fixture(scope="module")
def report(city):
    return libpilot.check(city, as_of=datetime.date(2020, 2, 29))


@pytest.fixture(scope="module")
def menu():
    return libpilot.Menu.load(TOP / "examples/data/menus/foshan-2019.json")


def test_a_city_comes_from_anything_that_holds_one(city, example_city):
    text = example_city.read_text(encoding="utf-8")
    sources = (
        str(example_city),
        text,
        text.encode(),
        bytearray(text.encode()),
        json.loads(text),
        city.to_json(),
    )
    for source in sources:
        assert libpilot.City.load(source) == city
    assert pickle.loads(pickle.dumps(city)) == city
    assert hash(libpilot.City.load(text)) == hash(city)
    assert json.loads(city.to_json(indent=True)) == city.to_dict()
    assert repr(city) == "<City 南昌市: 5 districts, 10 communities, 10 areas>"
    exact = {
        **EMPTY,
        "reward_budget_yuan": Decimal("4200813.00"),
        "meetings": [{"held_on": datetime.date(2019, 11, 5)}],
    }
    again = libpilot.City.load(exact).to_dict()
    assert (again["reward_budget_yuan"], again["meetings"]) == ("4200813.00", [{"held_on": "2019-11-05"}])


def test_a_city_s_award(city):
    award = city.award(as_of="2020-02-29")
    # The README's table, which the C program prints.
    assert (award.total, award.city, award.district) == (Decimal("8401626.00"), 4200813, 4200813)
    assert award.withheld == Decimal("2024640.00")
    assert [(year.year, year.total) for year in award.years] == [
        (2019, 171378),
        (2020, 2743416),
        (2021, 2743416),
        (2022, 1828944),
        (2023, 914472),
    ]
    assert (award.range.total.least, award.range.total.greatest) == (0, 10286784)
    assert award.range.total.moved_by == ("month_rule", "gate_mode", "pass_effect")
    assert award.areas + award.areas_unknown == 10
    ids = [community["id"] for community in city.to_dict()["communities"]]
    assert sum(city.award(as_of="2020-02-29", community=id).total for id in ids) == award.total
    with pytest.raises(libpilot.NotFoundError):
        city.award(as_of="2020-02-29", community="none")


def test_a_timeline(city):
    area = city.to_dict()["areas"][9]["id"]
    timeline = libpilot.timeline(city, area, as_of="2020-02-29")
    assert timeline == city.timeline(area, as_of=datetime.date(2020, 2, 29))
    steps = {step.name: step for step in timeline.steps}
    # 5.4-1, as the README's report has it of this area.
    assert (steps["entry"].done_on, steps["entry"].due, steps["entry"].days_late) == (
        datetime.date(2020, 1, 8),
        datetime.date(2019, 12, 31),
        8,
    )
    assert timeline.next is None or timeline.next in timeline.steps
    before = city.timeline(area, as_of="2019-11-15")
    assert before.next.state in ("open", "overdue", "not_recorded")
    with pytest.raises(libpilot.NotFoundError):
        libpilot.timeline(city, "none", as_of="2020-02-29")


def test_a_report(report):
    assert not report.ok
    counts = report.counts
    assert (counts.breach, counts.unknown, counts.pending, counts.info) == (19, 4, 17, 2)
    assert len(report.breaches) == 19
    assert len(report.unknowns) == 4
    assert len(report.findings) == sum(counts.to_dict().values())
    first = report.breaches[0]
    assert (first.clause, first.path, first.who) == ("6.1-3", "/districts/2", ("district_government",))
    assert all(finding.missing for finding in report.unknowns)
    late = [finding for finding in report.breaches if finding.days_late]
    assert {finding.due for finding in late} == {datetime.date(2019, 11, 30), datetime.date(2019, 12, 31)}
    assert report.of("breach", "info") != report.breaches
    for outcomes in (("breach",), ("unknown", "info"), ()):
        assert list(report.rules(*outcomes)) == list(dict.fromkeys(one.rule for one in report.of(*outcomes)))
    with pytest.raises(libpilot.NotFoundError):
        report.of("broken")
    assert report.receipt.as_of == report.as_of == datetime.date(2020, 2, 29)
    assert report.receipt.fingerprint == libpilot.NANCHANG_2019.fingerprint
    assert report.receipt.library == libpilot.__version__


def test_a_report_by_district(report):
    districts = report.by_district()
    assert districts["360103"].name == "西湖区"
    assert districts["360103"].counts.breach == 6
    # One breach and one unknown are the city's own, or none: the sums never exceed the whole.
    assert sum(summary.counts.breach for summary in districts.values()) == 19
    assert set(report.by_community()) == {row["id"] for row in report.city.to_dict()["communities"]}


def test_a_report_for_people(report):
    assert str(report).startswith("Nanchang pilot of property services")
    assert "东湖区" in report.to_text("zh") and "breach" not in report.to_text("zh")
    # 院二社区 has two areas, which the other reading only notes.
    assert "one-to-one: one community per area (A-2)" in report.other_readings()
    assert report.other_readings("zh") != report.other_readings()
    assert repr(report) == (
        "<Report as of 2020-02-29: met 784, breach 19, pending 17, unknown 4, info 2, not_applicable 187>"
    )
    with pytest.raises(libpilot.NotFoundError, match="one of en, zh"):
        libpilot.check(EMPTY, as_of="2020-02-29", lang="fr")


def test_a_report_is_compared_and_pickled_by_value(report, city):
    again = pickle.loads(pickle.dumps(report))
    assert again == report
    assert hash(again) == hash(report)
    assert again.to_json() == report.to_json()
    assert again.findings == report.findings
    reform = libpilot.NANCHANG_2019.patch({"office_min_area_m2": "118.50"})
    other = libpilot.check(city, as_of="2020-02-29", policy=reform)
    assert other != report
    assert len(other.breaches) == 18


def test_a_report_outlives_what_it_was_made_from(example_city):
    reports = [
        libpilot.check(example_city, as_of="2020-02-29", policy=libpilot.NANCHANG_2019.patch({}))
        for _ in range(20)
    ]
    assert len({report.to_json() for report in reports}) == 1
    with pytest.raises(AttributeError):
        reports[0].city = None


def test_a_frame(report):
    pandas = pytest.importorskip("pandas")
    frame = report.to_frame()
    assert len(frame) == len(report.findings)
    assert list(frame.columns)[:5] == ["rule", "clause", "scope", "path", "outcome"]
    assert (frame.outcome == "breach").sum() == 19
    assert frame.due.notna().sum() == sum(finding.due is not None for finding in report.findings)
    assert frame.due.max() == pandas.Timestamp("2023-12-31")


def test_a_quote(menu):
    # tests/cases/quote.txt, which the C program prints.
    quote = menu.quote("comprehensive-3", day="2020-01-01", area="83240.57", households=956)
    assert (quote.month, quote.year) == (Decimal("166481.14"), Decimal("1997773.68"))
    assert (quote.month_per_square_metre, quote.month_per_dwelling) == (Decimal("2.0000"), Decimal("174.14"))
    assert sum(line.month for line in quote.lines) == quote.month
    assert sum(line.year for line in quote.lines) == quote.year
    assert quote == pickle.loads(pickle.dumps(quote))
    assert quote.to_dict()["rounding"] == {"mode": "half_up", "unit": "fen", "step": "bill"}
    single = menu.quote(
        items={"cleaning": 3}, day=datetime.date(2020, 1, 1), dwellings=["61.37", Decimal("80.50"), 100]
    )
    assert single.month == Decimal("87.07")  # 241.87 m² at 0.36 yuan
    assert single.lines[0].quantity == Decimal("241.87")
    for asked, kind, path in (
        ({"package": "comprehensive-6"}, libpilot.NotFoundError, "/selection/package"),
        ({"items": {"cleaning": 9}}, libpilot.NotFoundError, "/selection/items/0/grade"),
        ({"items": {"cleaning": 1.0}}, libpilot.WrongTypeError, "/selection/items/cleaning"),
        ({}, libpilot.MissingValueError, "/selection"),
        (
            {"package": "comprehensive-3", "area": None},
            libpilot.MissingValueError,
            "/premises/building_area_m2",
        ),
        ({"package": "comprehensive-3", "day": "2019-01-01"}, libpilot.InconsistentError, "/day"),
        ({"package": "comprehensive-3", "area": "1.234"}, libpilot.PrecisionError, "/premises/area"),
        (
            {"package": "comprehensive-3", "dwellings": ["1.234"]},
            libpilot.PrecisionError,
            "/premises/dwellings/0",
        ),
    ):
        with pytest.raises(kind) as caught:
            menu.quote(**{"day": "2020-01-01", "area": "100", **asked})
        assert caught.value.path == path


def test_bills(menu):
    asked = {"package": "comprehensive-3", "first": "2020-01", "last": "2020-12"}
    bill = libpilot.bill(menu, area="61.37", **asked)
    assert (bill.total, bill.months) == (Decimal("1472.88"), 12)
    assert sum(line.amount for line in bill.lines) == bill.total
    areas = ["61.37", "80.50", "100"]
    sums = libpilot.bills(menu, areas=areas, **asked)
    assert sums.amounts == tuple(libpilot.bill(menu, area=area, **asked).total for area in areas)
    assert sums.of_dwellings == sum(sums.amounts)
    assert sums.of_dwellings - sums.of_area == sums.difference
    whole = libpilot.Rounding(unit="yuan", mode="up", step="month")
    assert libpilot.bill(menu, area="61.37", rounding=whole, **asked).total == 12 * 123
    assert libpilot.bill(menu, area="61.37", rounding={"unit": "jiao"}, **asked).total == Decimal("1472.90")
    with pytest.raises(libpilot.NotFoundError) as caught:
        libpilot.bill(menu, area="61.37", rounding={"unit": "mao"}, **asked)
    assert caught.value.path == "/rounding/unit"
    with pytest.raises(libpilot.OrderError):
        libpilot.bill(menu, "comprehensive-3", area=1, first="2020-02", last="2020-01")
    with pytest.raises(libpilot.RangeError) as caught:
        libpilot.fee("1", "1", 0)
    assert caught.value.path == "/months"
    with pytest.raises(libpilot.PrecisionError) as caught:
        libpilot.bills(menu, areas=["1", "1.234"], **asked)
    assert caught.value.path == "/areas/1"


def test_offers_side_by_side(menu):
    premises = {"day": "2020-01-01", "area": "83240.57", "households": 956}
    offers = [libpilot.Offer(menu, "comprehensive-3"), (menu, "comprehensive-1"), (menu, {"cleaning": 3})]
    compared = libpilot.compare_quotes(offers, **premises)
    assert [row.rank for row in compared] == [2, 3, 1]
    assert compared[2].year_more == 0
    assert compared[0].year_more == compared[0].quote.year - compared[2].quote.year
    assert compared[0].quote.year == menu.quote("comprehensive-3", **premises).year
    assert compared[1].offer.package == "comprehensive-1"
    cheapest = libpilot.cheapest_service(offers, "cleaning", 3, **premises)
    assert (cheapest.grade, cheapest.price, cheapest.month) == (3, Decimal("0.3600"), Decimal("29966.61"))
    with pytest.raises(libpilot.RangeError):
        libpilot.compare_quotes(offers[:1], **premises)
    with pytest.raises(libpilot.NotFoundError) as caught:
        libpilot.compare_quotes([offers[0], (menu, "none")], **premises)
    assert caught.value.path.startswith("/offers/1")


def test_a_menu_comes_back(menu):
    assert libpilot.Menu.load(menu.to_json()) == menu == pickle.loads(pickle.dumps(menu))
    assert repr(menu) == "<Menu foshan-2019>"
    assert menu.faults() == ()
    document = menu.to_dict()
    document["services"][0]["grades"][0]["yuan"] = "0.1000"
    del document["packages"]
    (fault,) = libpilot.Menu.load(document).faults()
    assert (fault.fault, fault.service, fault.better_price) == (
        "better_is_cheaper",
        document["services"][0]["id"],
        Decimal("0.1000"),
    )


OWNERS = {"all": ("61370.00", 1000), "in_favour": ("33000.00", 540), "against": ("12000.00", 195)}


def test_votes_under_either_law():
    # Letting common parts is an ordinary matter before the Civil Code and three quarters under it.
    old, new = (
        libpilot.decide_vote(held_on=day, matter="use_common_parts", **OWNERS)
        for day in ("2020-06-01", "2021-06-01")
    )
    assert (old.passed, old.kind, old.law) == (True, "ordinary", "property-law")
    assert (new.passed, new.kind, new.law_first) == (False, "special", datetime.date(2021, 1, 1))
    assert new.participation_area.reached == 45000
    assert new.approval_heads.needed == 552  # three quarters of 735, rounded up
    assert new.all == libpilot.Weight(Decimal("61370.00"), 1000)
    assert pickle.loads(pickle.dumps(new)) == new
    document = {"held_on": "2021-06-01", "matter": "use_common_parts"}
    document.update({key: {"area_m2": area, "owners": owners} for key, (area, owners) in OWNERS.items()})
    assert libpilot.decide_vote(document) == libpilot.decide_vote(json.dumps(document)) == new
    for asked, kind, path in (
        ({"matter": "paint"}, libpilot.FormatError, "/matter"),
        ({"held_on": None}, libpilot.MissingValueError, "/held_on"),
        ({"held_on": "1990-01-01"}, libpilot.NotFoundError, "/held_on"),
        ({"against": ("60000", 900)}, libpilot.InconsistentError, ""),
        ({"against": (1.5, 1)}, libpilot.WrongTypeError, "/against/area_m2"),
    ):
        with pytest.raises(libpilot.Error) as caught:
            libpilot.decide_vote(**{"held_on": "2020-06-01", "matter": "hire_provider", **OWNERS, **asked})
        assert isinstance(caught.value, kind), repr(caught.value)
        assert caught.value.path.startswith(path)
    with pytest.raises(libpilot.WrongTypeError):
        libpilot.decide_vote(document, matter="other")


UNITS = (
    libpilot.Unit("61.37", "甲", "in_favour"),
    libpilot.Unit("61.37", "甲", "in_favour"),
    libpilot.Unit("80.50", "乙", "in_favour"),
    libpilot.Unit("80.50", "丙", "in_favour"),
    libpilot.Unit("72.00", "丁", "in_favour"),
    libpilot.Unit("90.00", None, "none", developer=True),
)


def test_votes_unit_by_unit():
    counted = libpilot.decide_vote(held_on="2019-12-10", matter="hire_provider", units=UNITS)
    assert counted.all == libpilot.Weight(Decimal("445.74"), 5)  # one owner, one head
    assert counted.in_favour == libpilot.Weight(Decimal("355.74"), 4)


def test_the_notice():
    assert len(libpilot.CLAUSES) == 140
    assert len(libpilot.RULES) == 106
    assert len(libpilot.READINGS) == 24
    assert libpilot.CLAUSES is libpilot.CLAUSES
    for clause in libpilot.CLAUSES:
        assert libpilot.clause(clause.id) is clause
        assert clause.zh and clause.en and clause.kinds
        # Every clause that data or evidence can decide is carried out by something.
        assert clause.carried_out_by or clause.decided_by in ("tracked", "mixed") or clause.soft, clause.id
    for rule in libpilot.RULES:
        assert all(libpilot.clause(id) for id in rule.clauses)
        assert not (rule.soft and "breach" in rule.outcomes)
        assert f"rule {rule.id}" in libpilot.clause(rule.clauses[0]).carried_out_by
    for reading in libpilot.READINGS:
        assert libpilot.NANCHANG_2019.readings[reading.name] == reading.options[0]
        assert libpilot.clause(reading.clause)


def test_duties():
    every = libpilot.duties()
    assert {duty.role for duty in every} == set(libpilot.words("role"))
    assert {matter for duty in every for matter in duty.matters} == set(libpilot.words("matter"))
    lamps = libpilot.responsible("street_lights", place="courtyard", layout="open")
    assert {duty.side for duty in lamps} <= {"outside", None}
    assert [
        duty.actor
        for duty in libpilot.responsible(
            "disorderly_parking", role="supervises", place="courtyard", layout="open"
        )
    ][0] == "city_management_bureau"
    assert set(libpilot.duties("reward", clause="4.4.1")) <= set(libpilot.duties("reward"))
    with pytest.raises(libpilot.InconsistentError) as caught:
        libpilot.responsible("property_service", side="outside", place="dwelling")
    assert caught.value.path == "/side"
    due = {duty.due() for duty in every} - {None}
    assert datetime.date(2019, 12, 31) in due
    later = libpilot.NANCHANG_2019.patch({"entry_due": "2020-06-30"})
    assert {duty.due(later) for duty in libpilot.duties(clause="5.4-1")} == {datetime.date(2020, 6, 30)}


def test_schemas_are_those_of_the_documents():
    for word in libpilot.words("document"):
        made = json.loads((TOP / f"docs/schema/{word}.schema.json").read_text(encoding="utf-8"))
        assert libpilot.schema(word) == made
    assert {path.name.split(".")[0] for path in (TOP / "docs/schema").glob("*.json")} == set(
        libpilot.words("document")
    )


def test_layouts_are_those_of_the_city_file():
    layouts = libpilot.schema("city")["$defs"]["areas"]["properties"]["layout_at_selection"]["anyOf"][0][
        "enum"
    ]
    assert tuple(layouts) == libpilot.words("layout")


def test_records_do_not_change():
    line = libpilot.Rounding()
    with pytest.raises(AttributeError):
        line.mode = "up"
    with pytest.raises((AttributeError, TypeError)):
        del line.mode
    with pytest.raises(AttributeError):
        line.other = 1
    for broken in (
        lambda: libpilot.Weight("1"),
        lambda: libpilot.Weight("1", 2, 3),
        lambda: libpilot.Weight("1", 2, heads=3),
    ):
        with pytest.raises(TypeError):
            broken()
    match libpilot.Weight("1", 2):
        case libpilot.Weight(area, owners):
            assert (area, owners) == ("1", 2)
    assert repr(libpilot.Weight("1", 2)) == "Weight(area='1', owners=2)"
    assert libpilot.Weight("1", 2) == libpilot.Weight(owners=2, area="1") != libpilot.Weight("1", 3)


def counted_city(*, dated=True):
    result = {"year": 2019, "result": "passed", **({"date": "2020-02-29"} if dated else {})}
    return libpilot.City(
        {
            "districts": [{"id": "d"}],
            "communities": [{"id": "c", "district": "d", "assessments": [result]}],
            "areas": [
                {
                    "id": "a",
                    "communities": ["c"],
                    "households": 100,
                    "occupied_households": 50,
                    "paying_households": 40,
                    "counts": [
                        {"from": "2021-07-01", "households": 120, "occupied_households": 60},
                        {"from": "2022-07-15", "households": 130},
                    ],
                    "steps": {"entry": "2019-12-05"},
                }
            ],
        }
    )


def test_an_area_whose_counts_have_dates():
    city = counted_city()
    assert libpilot.City(city.to_json()) == city
    for option, basis, yuan, households in (
        ("assessment", "all_dwellings", 66600, 100),
        ("january", "all_dwellings", 71640, 130),
        ("each_month", "all_dwellings", 74400, 130),
        ("each_month", "occupied", 50 * (18 + 216 + 108) + 60 * (108 + 144 + 72), 60),
        ("each_month", "paying", 40 * 666, 40),
    ):
        policy = libpilot.NANCHANG_2019.with_reading(household_date=option, household_basis=basis)
        award = city.award(as_of="2023-12-31", policy=policy)
        assert (award.total, award.households, award.areas) == (yuan, households, 1)
        assert sum(year.total for year in award.years) == award.total
    moved = award.range.total.moved_by
    assert {"household_date", "household_basis", "pass_effect"} <= set(moved)
    swapped = city.to_dict()
    swapped["areas"][0]["counts"].reverse()
    with pytest.raises(libpilot.OrderError) as refused:
        libpilot.City(swapped)
    assert refused.value.path == "/areas/0/counts/1/from"


def test_an_area_whose_community_passed_on_no_known_day():
    late = libpilot.NANCHANG_2019.with_reading(pass_effect="from_the_pass")
    assert counted_city().award(as_of="2023-12-31", policy=late).total == 63000
    undated = counted_city(dated=False)
    award = undated.award(as_of="2023-12-31", policy=late)
    assert (award.total, award.areas, award.areas_unknown) == (0, 0, 1)
    found = libpilot.rule("reward_due").check(
        {**undated.to_dict()["communities"][0], "reward_payments": []},
        city={"complete": True, "areas": undated.to_dict()["areas"]},
        as_of="2023-12-31",
        policy=late,
    )
    assert (found.outcome, found.missing) == ("unknown", "communities/c/assessments/date")


def test_what_is_equal_to_nothing_else():
    """Of every kind of result, that compares with its own kind alone; what has a hash has that of its equal."""
    data = TOP / "examples/data"
    panel = {"households": [1885], "first": ["2019-12"], "last": ["2020-12"]}
    city = libpilot.City.load(data / "nanchang-2019.json")
    menu = data / "menus/foshan-2019.json"
    for made in (
        libpilot.Account.load(data / "accounts/956-households.json"),
        city,
        libpilot.check(city, as_of="2020-02-29"),
        libpilot.Menu.load(menu),
        libpilot.NANCHANG_2019.reward(households=1, first="2019-12", last="2020-12"),
        libpilot.draw(panel, seed=1, draws=5, pass_probability="0.5"),
        libpilot.uniform(0, 1),
        libpilot.columns.tally(**panel),
    ):
        assert made != 1 and made == made and not made == "1"
    assert hash(libpilot.Menu.load(menu)) == hash(libpilot.Menu.load(menu))
    assert hash(libpilot.uniform(0, 1)) == hash(libpilot.uniform(0, 1)) != hash(libpilot.uniform(0, 2))


def test_documents_of_what_python_has():
    """Mappings that are no dicts, keys that are no text, zero as a decimal, long texts that are no Unicode."""

    class Mapped:
        def __init__(self, **given):
            self.given = given

        def keys(self):
            return self.given.keys()

        def __getitem__(self, key):
            return self.given[key]

    day = {"held_on": "2020-06-01", "matter": "hire_provider"}
    weights = {"all": {"area_m2": 100, "owners": 3}, "in_favour": {"area_m2": 80, "owners": 2}}
    wanted = libpilot.decide_vote(**day, **weights)
    typed = {"all": libpilot.Weight(Decimal(100), 3), "in_favour": libpilot.Weight(Decimal(80), 2)}
    assert libpilot.decide_vote(**day, **typed) == wanted
    assert (
        libpilot.decide_vote({**day, **weights, "in_favour": Mapped(area_m2=Decimal(80), owners=2)}) == wanted
    )
    units = [
        {"area_m2": 80, "ballot": "in_favour", "owner": "a"},
        {"area_m2": 20, "ballot": "against", "owner": "b"},
    ]
    own = [libpilot.Unit(one["area_m2"], one.get("owner"), one["ballot"]) for one in units]
    assert libpilot.decide_vote(**day, units=units) == libpilot.decide_vote(**day, units=own)
    assert libpilot.fee("0", "1", 1) == libpilot.fee(Decimal(0), Decimal(1), 1)
    with pytest.raises(libpilot.WrongTypeError, match="where text is wanted"):
        libpilot.City.load({"x-own": {2: object()}})
    with pytest.raises(libpilot.Error):
        libpilot.City.load('{"x-own": "' + "\ud800" * (1 << 20) + '"}')
