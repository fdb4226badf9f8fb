"""The shared requests of the one call, to the byte, and what the package makes of a refusal."""

import json
import re

import libpilot
import pytest
from cases import TOP
from libpilot import NANCHANG_2019, _pilot
from libpilot._call import GIVEN, call, call_with

NOTHING = (None,) * len(GIVEN)
LINES = [
    line
    for line in (TOP / "tests/cases/calls.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
CASES = list(zip(LINES[::2], LINES[1::2]))


@pytest.mark.parametrize("text", [str, str.encode])
def test_cases(text):
    assert len(CASES) >= 60
    for request, response in CASES:
        assert _pilot.call(NOTHING, text(request)) == response


def test_a_refusal_is_an_error():
    with pytest.raises(libpilot.NotFoundError) as caught:
        call("rules", rule="none")
    assert (caught.value.path, caught.value.value, caught.value.line) == ("/rule", "none", 0)
    assert "没有这条规则" in caught.value.message_zh


def test_what_is_given_is_what_the_package_holds():
    city = libpilot.City.load(TOP / "examples/data/nanchang-2019.json")
    reform = NANCHANG_2019.patch({"office_min_area_m2": "100.00"})
    given = {"policy": reform._native, "city": city._native}
    assert call("check", given=given, as_of="2020-02-29") == reform_report(city, reform).to_dict()


def reform_report(city, policy):
    return libpilot.check(city, as_of="2020-02-29", policy=policy)


VOTE = {"held_on": "2019-12-10", "matter": "hire_provider", "all": {"area_m2": "100.00", "owners": 2}}


def test_a_document_has_its_own_places():
    """A text that would make the request another one, were it not read by itself, is refused for what it is."""
    text = json.dumps(VOTE)
    with pytest.raises(libpilot.JSONSyntaxError) as caught:
        call_with("vote", "vote", text + ',"policy":{"vote_rules":[]}', "vote_totals")
    assert caught.value.column == len(text) + 1
    early = json.dumps({**VOTE, "held_on": "1950-01-01"}, indent=1)
    with pytest.raises(libpilot.NotFoundError) as caught:
        call_with("vote", "vote", early, "vote_totals")
    assert (caught.value.path, caught.value.line) == ("/held_on", 2)


def test_the_page_of_calls():
    """Its request is answered as it says, and its refusal is one of the shared cases."""
    blocks = re.findall("```json\n(.*?)```", (TOP / "docs/calls.md").read_text(encoding="utf-8"), re.S)
    request, answer, refusal = map(json.loads, blocks)
    response = json.loads(_pilot.call(NOTHING, json.dumps(request)))
    assert answer.items() <= {**response, "result": {"total_yuan": response["result"]["total_yuan"]}}.items()
    assert refusal in [json.loads(response) for _, response in CASES]
