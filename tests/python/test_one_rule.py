"""One rule, asked of one record."""

import json

import pytest

import libpilot

DAY = "2020-02-29"
MENU = {
    "id": "m",
    "best_is_low": True,
    "services": [
        {"id": "s", "kind": "cleaning", "per": "square_metre_month", "grades": [{"grade": 1, "yuan": "0.50"}]}
    ],
}


def test_a_finding_is_the_reports():
    community = {"id": "c", "name": "Community", "district": "360102", "offices": [{"area_m2": "118.50"}]}
    report = libpilot.check({"districts": [{"id": "360102"}], "communities": [community], "areas": []}, as_of=DAY)
    (wanted,) = (finding for finding in report.findings if finding.rule == "office_area")
    found = libpilot.rule("office_area").check(community, as_of=DAY)
    assert found.to_dict() == {**wanted.to_dict(), "path": ""}
    assert found.next_zh and found.next_en and found.who
    assert libpilot.rule("office_area").check(json.dumps(community), as_of=DAY) == found


def test_what_a_record_lies_in_and_names():
    charge = {"service": "s", "first": "2020-01", "last": "2020-01", "amount_yuan": "50.01", "area_m2": "100"}
    contract = {"menu": "m", "signed_on": "2019-12-01", "selection": {"items": [{"service": "s", "grade": 1}]}}
    found = libpilot.rule("charge_price").check(
        charge, as_of=DAY, area={"contracts": [contract]}, city={"menus": [MENU]}
    )
    assert (found.outcome, found.found, found.required) == ("breach", "50.01", "50.00")
    entered = libpilot.rule("entry_before_assessment").check(
        {"steps": {"entry": "2019-12-20"}},
        as_of=DAY,
        community={"assessments": [{"year": 2019, "result": "passed", "date": "2020-01-31"}]},
    )
    assert entered.outcome == "met"
    assert not libpilot.rule("charge_price").whole_city


def test_a_rule_that_needs_the_whole_city_says_so():
    needing = [rule.id for rule in libpilot.RULES if rule.whole_city]
    assert needing == [
        "all_districts",
        "quota",
        "reward_budget",
        "all_steps_on_time",
        "circular_criticism",
        "one_area",
        "same_provider",
        "reward_due",
        "reward_not_overpaid",
        "parking_spent",
    ]
    rule = libpilot.rule("one_area")
    with pytest.raises(libpilot.MissingValueError) as caught:
        rule.check({"id": "c"}, as_of=DAY)
    assert caught.value.path == "/city" and "areas/communities" in str(caught.value)
    city = libpilot.City(
        {
            "districts": [{"id": "d"}],
            "communities": [{"id": "c", "district": "d"}],
            "areas": [{"id": "a", "communities": ["c"]}, {"id": "b", "communities": ["c"]}],
        }
    )
    assert rule.check({"id": "c"}, as_of=DAY, city=city).found == 2
    assert rule.check({"id": "c"}, as_of=DAY, city=city.to_dict()).found == 2
    # A rule of the city is asked of a city file.
    assert libpilot.rule("all_districts").check(city.to_dict(), as_of=DAY).missing == "complete"


def test_the_policy_counts():
    reform = libpilot.NANCHANG_2019.patch({"office_min_area_m2": "100"})
    record = {"offices": [{"area_m2": "118.50"}]}
    assert libpilot.rule("office_area").check(record, as_of=DAY, policy=reform).outcome == "met"


@pytest.mark.parametrize(
    "given, wrong, path",
    [
        ({"record": {"offices": [{"area_m2": "1.555"}]}}, libpilot.PrecisionError, "/offices/0/area_m2"),
        ({"record": {"ofices": []}}, libpilot.UnknownKeyError, "/ofices"),
        ({"record": {}, "district": {"evidence": 5}}, libpilot.WrongTypeError, "/district/evidence"),
        ({"record": {}, "city": {"complete": 5}}, libpilot.WrongTypeError, "/city/complete"),
        ({"record": {}, "area": {}}, libpilot.ArgumentError, "/area"),
        ({"record": {}, "as_of": "2500-01-01"}, libpilot.RangeError, "/as_of"),
        ({"record": {}, "as_of": None}, libpilot.WrongTypeError, "/as_of"),
        ({"record": {}, "policy": 5}, libpilot.WrongTypeError, "/policy"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_refused_has_its_place(given, wrong, path):
    with pytest.raises(wrong) as caught:
        libpilot.rule("office_area").check(**{"as_of": DAY, **given})
    assert caught.value.path == path
    assert caught.value.line == 0


def test_a_text_has_lines():
    with pytest.raises(libpilot.WrongTypeError) as caught:
        libpilot.rule("office_area").check('{\n "offices": 5}', as_of=DAY)
    assert (caught.value.line, caught.value.path) == (2, "/offices")


def test_an_unknown_rule_has_a_hint():
    with pytest.raises(libpilot.NotFoundError, match="did you mean office_area"):
        libpilot.rule("ofice_area")
    with pytest.raises(libpilot.NotFoundError) as caught:
        libpilot.rule("x" * 30)
    assert "did you mean" not in str(caught.value)
