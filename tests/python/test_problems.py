"""All that is wrong with a document: what an Error has of it, and libpilot.problems."""

import json
import pickle

import libpilot
import pytest
from cases import TOP
from libpilot import _errors

CITY = TOP / "tests/cases/problems/city.json"
MISTAKES = json.loads((TOP / "tests/cases/problems.json").read_text(encoding="utf-8"))
MENU = str(TOP / "examples/data/menus/foshan-2019.json")


def told(problems):
    return [(one.status, one.path, one.line, one.column) for one in problems]


WANTED = [(one["status"], one["path"], one["line"], one["column"]) for one in MISTAKES]


def refused(make, *given, **named):
    with pytest.raises(libpilot.Error) as raised:
        make(*given, **named)
    return raised.value


def same(one, other):
    return type(one) is type(other) and str(one) == str(other) and one.text("zh") == other.text("zh")


def test_all_are_told_in_the_order_of_the_text():
    error = refused(libpilot.City.load, CITY)
    assert error.problem_count == len(error.problems) == len(MISTAKES) == 31
    assert told(error.problems) == WANTED
    assert len({one["kind"] for one in MISTAKES}) == 9
    for wanted, found in zip(MISTAKES, error.problems):
        assert type(found) is _errors.BY_STATUS[wanted["status"]]
        assert found.source == str(CITY) and not found.problems
        assert all(part in found.message for part in wanted["en"])
        assert all(part in found.message_zh for part in wanted["zh"])
        assert str(found).startswith(f"{CITY}:{found.line}:{found.column}: ")
    assert same(error, error.problems[0])
    assert told(libpilot.problems(CITY)) == WANTED


def test_each_by_itself():
    lines = CITY.read_text(encoding="utf-8").split("\n")
    right = {one["line"] - 1: one["right"] for one in MISTAKES}
    good = [right.get(at, line) for at, line in enumerate(lines)]
    assert libpilot.problems("\n".join(good)) == ()
    libpilot.City.load("\n".join(good))
    for number, at in enumerate(right):
        without = [right[at] if at == other else line for other, line in enumerate(lines)]
        assert told(libpilot.problems("\n".join(without))) == WANTED[:number] + WANTED[number + 1 :]
        alone = [lines[at] if at == other else line for other, line in enumerate(good)]
        error = refused(libpilot.City.load, "\n".join(alone))
        assert told(error.problems) == told([error]) == [WANTED[number]]


def test_forms_of_a_document():
    text = CITY.read_text(encoding="utf-8")
    assert told(libpilot.problems(text)) == told(libpilot.problems(text.encode())) == WANTED
    # A dict has the last of two equal keys, and no lines.
    once = [(status, path, 0, 0) for status, path, _, _ in WANTED if status != "duplicate_key"]
    of_dict = libpilot.problems(json.loads(text))
    assert told(of_dict) == [one for one in once if one[1] != "/communities/0/offices/1/area_m2"]
    error = refused(libpilot.City.load, json.loads(text))
    assert told(error.problems) == told(of_dict) and str(error).startswith("/completed: ")
    with pytest.raises(FileNotFoundError):
        libpilot.problems("there is no such file")
    assert refused(libpilot.problems, 5).status == "type"


def test_every_document_is_told_whole():
    menu = {"id": "m", "best_is_low": 1, "Services": []}
    account = json.loads((TOP / "examples/data/accounts/956-households.json").read_text())
    order = {"premisse": {}, "selection": {}, "day": 1}
    comparison = {"day": "2020-01-01", "premises": {"households": -1}, "offers": 5, "x": 1}
    contest = {"held_on": "2020-01-32", "matter": "hire", "run_off": 1, "offers": []}
    vote = {"held_on": "2020-01-32", "matter": "hire"}
    outside = {"as_of": "2020-01-32", "handover": []}
    reform = {"city_share": 5, "payment_days": -1, "office_min_area": "1"}
    policy = {**libpilot.NANCHANG_2019.to_dict(), **reform}
    cases = (
        (libpilot.Policy, policy, "policy", 3),
        (libpilot.NANCHANG_2019.patch, reform, "reform", 3),
        (libpilot.Menu, menu, "menu", 2),
        (libpilot.Account, {**account, "fees": 1, "last": 2}, "account", 2),
        (lambda given: libpilot.quote_order(libpilot.Menu(MENU), given), order, "order", 2),
        (libpilot.comparison, comparison, "comparison", 4),
        (libpilot.contest, contest, "contest", 4),
        (libpilot.decide_vote, vote, "vote_totals", 2),
        (libpilot.outside, outside, "outside", 2),
    )
    for make, document, kind, count in cases:
        error, text = refused(make, document), json.dumps(document)
        assert error.problem_count == len(error.problems) >= count, (kind, told(error.problems))
        found = libpilot.problems(document, kind)
        assert told(found) == told(error.problems) and same(found[0], error), kind
        assert [one.line for one in refused(make, text).problems] == [1] * len(found), kind


def test_as_many_as_are_asked_for():
    areas = [{"id": str(at), "nam": 1} for at in range(1500)]
    city = {"districts": [], "communities": [], "areas": areas}
    error = refused(libpilot.City, city)
    assert error.problem_count == 1500 and len(error.problems) == 1000
    for most, found in ((0, 0), (1, 1), (1200, 1200), (5000, 1500)):
        paths = [one.path for one in libpilot.problems(city, most=most)]
        assert paths == [f"/areas/{at}/nam" for at in range(found)]
    for most in (-1, 1000001):
        assert (refused(libpilot.problems, city, most=most).status) == "range"


def test_what_is_no_document():
    assert refused(libpilot.problems, "{}", "cities").status == "not_found"
    assert refused(libpilot.problems, "{}", "report").status == "argument"


def test_what_is_not_wrong_in_the_document_itself():
    """The day's law, or a sum: the document is good, and what is asked of it is not."""
    early = {"held_on": "1950-01-01", "matter": "hire_provider", "all": {"owners": 1, "area_m2": 1}}
    error = refused(libpilot.decide_vote, early)
    assert error.status == "not_found" and error.problems == () and error.problem_count == 0
    assert libpilot.problems(early, "vote_totals") == ()
    assert (
        refused(
            libpilot.City(TOP / "tests/cases/impact/city.json").timeline, "no", as_of="2020-01-01"
        ).problems
        == ()
    )


def test_a_reform_of_another_policy_than_the_notice():
    """Its problems are those that it has there."""
    later = libpilot.NANCHANG_2019.patch({"issued": "2025-01-01", "published": "2025-02-01"})
    error = refused(later.patch, {"published": "2020-01-01"})
    assert error.path == "/published" and error.problems == ()
    assert len(refused(later.patch, {"payment_days": -1, "city_share": 2}).problems) == 2


def test_an_error_is_pickled_with_its_problems():
    error = refused(libpilot.City.load, CITY)
    again = pickle.loads(pickle.dumps(error))
    assert same(again, error) and again.problem_count == 31
    assert all(map(same, again.problems, error.problems))
    assert error not in error.problems  # or the frames that it was raised in would stay


def test_syntax_is_told_after_what_stands_before_it():
    error = refused(libpilot.City.load, '{"nam": 1, "districts": [{"id": 5}, {"id"')
    assert [one.status for one in error.problems] == ["unknown_key", "type", "syntax"]
    archive = refused(libpilot.Menu.load, b"PK\x03\x04")
    assert "archive" in str(archive) and [str(one) for one in archive.problems] == [str(archive)]
