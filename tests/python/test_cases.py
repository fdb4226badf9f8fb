"""The cases of the C suite, from the same files."""

import collections
import json
import sys
from decimal import Decimal

import libpilot
import pytest
from cases import TOP, cases

sys.path.append(str(TOP / "tests"))
from rule_cases import merge, small_city  # noqa: E402

PARTS = sorted(path.stem for path in (TOP / "tests/cases/rules").glob("*.json"))
MENU = libpilot.Menu.load(TOP / "examples/data/menus/foshan-2019.json")
LOAD = {
    "city": libpilot.City.load,
    "policy": libpilot.Policy.from_json,
    "reform": libpilot.NANCHANG_2019.patch,
    "menu": libpilot.Menu.load,
    "vote_totals": libpilot.decide_vote,
    "account": libpilot.Account.load,
    "outside": libpilot.outside,
    "contest": libpilot.contest,
    "order": lambda text: libpilot.quote_order(MENU, text),
    "comparison": libpilot.comparison,
}
MALFORMED = cases("malformed.json")


def test_every_part_has_cases():
    assert {rule.part for rule in libpilot.RULES} == set(PARTS)


@pytest.mark.parametrize(
    "row", cases("reward.json"), ids=lambda row: f"{row['households']}-{row['first']}-{row['last']}"
)
def test_worked_rewards(row):
    award = libpilot.NANCHANG_2019.reward(households=row["households"], first=row["first"], last=row["last"])
    assert award.total * row["communities"] == Decimal(row["total_yuan"])
    assert award.city * row["communities"] == Decimal(row["city_yuan"])
    assert award.city + award.district == award.total
    assert award.to_dict()["total_yuan"] == str(award.total)


def policy_of(case):
    return libpilot.NANCHANG_2019.patch(case["policy"]) if "policy" in case else libpilot.NANCHANG_2019


@pytest.mark.parametrize("part", PARTS)
def test_each_case_says_what_the_law_says_there(part):
    said = collections.Counter((case["rule"], case.get("says", "")) for case in cases(f"rules/{part}.json"))
    assert not [key for key, count in said.items() if not key[1] or count > 1]


@pytest.mark.parametrize("part", PARTS)
def test_rules(part):
    for number, case in enumerate(cases(f"rules/{part}.json")):
        name = f"{part} case {number}: {case['rule']} {case['outcome']}: {case['says']}"
        report = libpilot.check(
            small_city(case), as_of=case.get("as_of", "2020-03-01"), policy=policy_of(case)
        )
        found = [
            (finding, row)
            for finding, row in zip(report.findings, report.to_dict()["findings"])
            if finding.rule == case["rule"] and finding.path == case.get("path", finding.path)
        ]
        assert found, name
        finding, row = found[0]
        assert finding.outcome == case["outcome"], f"{name}: {finding.en}"
        assert finding.clause in libpilot.rule(case["rule"]).clauses, name
        for key, wanted in case.get("finding", {}).items():
            # null: it is not there.
            assert row.get(key) == wanted, f"{name}: {key}"
        assert (finding in report.breaches) == (case["outcome"] == "breach"), name
        assert report.ok == (not report.breaches), name


def malformed_text(case):
    """The file's, or where the case has a patch, that of the notice's policy with it."""
    if "file" in case:
        return (TOP / "tests/cases/malformed" / case["file"]).read_bytes()
    policy = libpilot.NANCHANG_2019.to_dict()
    merge(policy, case["patch"])
    return json.dumps(policy, ensure_ascii=False, indent=1).encode()


@pytest.mark.parametrize("case", MALFORMED, ids=lambda case: case.get("file", case.get("case")))
def test_malformed(case):
    text = malformed_text(case)
    with pytest.raises(libpilot.Error) as caught:
        LOAD[case["kind"]](text)
    error = caught.value
    assert (error.status, error.path) == (case["status"], case["path"])
    if "line" in case:
        assert error.line == case["line"]
    else:
        assert f'"{error.path.rpartition("/")[2]}"' in text.decode().split("\n")[error.line - 1]
    assert error.column >= 1
    assert case["says"] in str(error)
    assert error.path in str(error) and f"line {error.line}" in str(error)


def test_a_file_is_named_by_its_error(tmp_path):
    path = tmp_path / "city.json"
    path.write_text('{"districts": [], "communities": [],\n "area": []}', encoding="utf-8")
    with pytest.raises(libpilot.UnknownKeyError) as caught:
        libpilot.City.load(path)
    assert str(caught.value).startswith(f"{path}:2:2: /area: ")
    assert caught.value.source == str(path)
    with pytest.raises(FileNotFoundError):
        libpilot.City.load(tmp_path / "none.json")


def test_demo(example_city):
    """The example city in both languages, against what the C program prints of it."""
    for lang in ("en", "zh"):
        report = libpilot.check(example_city, as_of="2020-02-29", lang=lang)
        printed = (TOP / f"tests/cases/demo.{lang}.txt").read_text(encoding="utf-8")
        assert printed.startswith(str(report))
    assert json.loads(report.to_json()) == report.to_dict()
