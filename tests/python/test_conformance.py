"""The conformance pack: the package passes it, and it has every rule, reading and status."""

import json
import sys

import pytest
from cases import TOP
from libpilot import _pilot
from libpilot._call import GIVEN, call

PACK = TOP / "conformance/v1"
sys.path.append(str(PACK))
import run  # noqa: E402

NOTHING = (None,) * len(GIVEN)
CASES = list(run.cases(PACK / "cases"))


@pytest.mark.parametrize("subject", sorted({case["id"].split("/")[0] for case in CASES}))
def test_the_package_passes(subject):
    wrong = {}
    for case in CASES:
        if case["id"].startswith(f"{subject}/"):
            faults = list(run.faults(case["expect"], json.loads(_pilot.call(NOTHING, run.request_of(case)))))
            wrong |= {case["id"]: faults} if faults else {}
    assert not wrong


def findings():
    return [(case, finding) for case in CASES for finding in case["expect"].get("findings", ())]


def test_every_rule_has_every_outcome():
    there = {(finding["rule"], finding["outcome"]) for _, finding in findings()}
    rules = call("rules")["rules"]
    assert len(rules) > 100
    lacking = {(rule["id"], outcome) for rule in rules for outcome in rule["outcomes"]} - there
    assert lacking == {(row[0], row[1]) for row in never("Outcomes")}


def never(what):
    """The rows of the page's table of those that no request reaches."""
    page = (PACK / "README.md").read_text(encoding="utf-8")
    section = page.split(f"## {what} no request reaches")[1].split("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.split("\n") if line.startswith("| `")]
    return [[cell.strip(" `") for cell in row] for row in rows]


def test_every_reading_has_every_option():
    """Named in the policy, or left at its default where the finding has to depend on it."""
    named = {
        option
        for case in CASES
        if case["expect"]["status"] == "ok"
        for option in case["request"].get("policy", {}).get("readings", {}).items()
    }
    left = {
        reading
        for case, finding in findings()
        for reading in finding.get("readings") or ()
        if reading not in case["request"].get("policy", {}).get("readings", {})
    }
    readings = call("readings")["readings"]
    assert len(readings) == 24
    for reading in readings:
        default, *others = [option["name"] for option in reading["options"]]
        assert reading["id"] in left or (reading["id"], default) in named
        assert not [option for option in others if (reading["id"], option) not in named]


def test_every_status_that_a_call_can_reach():
    words = next(words["words"] for words in call("words")["sets"] if words["id"] == "status")
    there = {case["expect"]["status"] for case in CASES}
    there |= {problem["status"] for case in CASES for problem in case["expect"].get("problems", ())}
    assert sorted([*(row[0] for row in never("Statuses")), *there]) == sorted(word["name"] for word in words)


def test_a_fault_is_found():
    """What the runner compares: a wrong word, amount, place, and what ought not to be there."""
    response = {
        "status": "ok",
        "result": {"total_yuan": "1.00", "rows": [1], "findings": [{"rule": "r", "path": "", "due": "d"}]},
    }
    finding = {"rule": "r", "path": ""}
    for expect in (
        {"status": "range"},
        {"status": "ok", "result": {"total_yuan": "1.01"}},
        {"status": "ok", "result": {"total_yuan": None}},
        {"status": "ok", "result": {"rows": []}},
        {"status": "ok", "result": {"rows": [True]}},
        {"status": "ok", "result": {"other": 1}},
        {"status": "ok", "problems": [{"status": "range", "path": "/a"}]},
        {"status": "ok", "findings": [{**finding, "path": "/areas/0"}]},
        {"status": "ok", "findings": [{**finding, "due": None}]},
        {"status": "ok", "findings": [{**finding, "outcome": "met"}]},
    ):
        assert list(run.faults(expect, response)), expect
    assert not list(run.faults({"status": "ok", "findings": [finding]}, response))
