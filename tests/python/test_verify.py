"""Sealed results: what is digested, by other programs than the library's own; that no changed byte passes for the
same; and that a result is made again of what it says it was made of, and of nothing else."""

import json
import pickle
import random
import re
import subprocess
import sys
from hashlib import sha256

import libpilot
import pytest
from cases import TOP
from libpilot import NANCHANG_2019, Error, seal, verify
from libpilot._receipts import _canonical

CITY = TOP / "examples/data/nanchang-2019.json"
DAY = "2020-03-31"
SMALL = {
    "name": '东湖 "é\u2028\x7f\t\n\\😀/\u0001',
    "districts": [{"id": "360102", "name": "东湖区"}],
    "communities": [{"id": "c", "district": "360102", "offices": [{"area_m2": "118.50"}]}],
    "areas": [{"id": 'a"\n', "communities": ["c"], "households": 10}],
}
CLAIM = {"households": 1885, "first": "2019-12", "last": "2023-12"}
CLAIMS = (
    {},
    {"passed": None},
    {"passed": {}},
    {"passed": False},
    {"passed": {2019: True, 2021: False, 2022: None}},
    {"passed": [{"year": 2020, "result": "passed", "date": "2020-01-02"}], "as_of": "2021-01-01"},
    {"counts": [{"from": "2021-07-01", "households": 120}, {"from": "2022-01-01", "building_area_m2": "7.5"}]},
    {"area": "83363.20", "communities": 3},
)
YEARS = NANCHANG_2019.with_reading(month_rule="calendar_years")


@pytest.fixture(scope="module")
def award():
    return NANCHANG_2019.reward(households=1885, first="2019-12", last="2020-02")


@pytest.fixture(scope="module")
def report():
    return libpilot.check(CITY, as_of=DAY)


def sha256sum(text):
    return subprocess.run(["sha256sum"], input=text.encode(), capture_output=True, check=True).stdout[:64].decode()


def resealed(document):
    """As whoever knows how can seal anything."""
    document["receipt"]["x-sha256"].pop("result")
    document["receipt"]["x-sha256"]["result"] = sha256(_canonical(document).encode()).hexdigest()
    return _canonical(document)


def found(verification):
    return [(one.what, one.path) for one in verification.differences]


# What is digested


def test_digests_are_those_of_another_program(award, report):
    for result, given in ((award, None), (report, report.city.to_json())):
        text = seal(result)
        digests = json.loads(text)["receipt"]["x-sha256"]
        claim = text[text.rfind('"x-claim":') + len('"x-claim":') : -1]
        assert list(digests) == ["policy", "input", "result"]
        assert digests["policy"] == sha256sum(NANCHANG_2019.to_json())
        assert digests["input"] == sha256sum(claim if given is None else given)
        assert digests["result"] == sha256sum(text.replace(f',"result":"{digests["result"]}"', ""))


def test_a_sealed_result_is_the_result_and_its_seal(award, report):
    for result in (award, report):
        text = seal(result)
        bare = re.sub(',"x-sha256":{[^}]*}', "", text)
        bare = re.sub(',"x-claim":.*', "}", bare)
        assert bare == result.to_json()
        schema = libpilot.schema("award" if result is award else "report")
        receipt = schema["$defs"]["receipt"]
        for of, members in ((schema, json.loads(text)), (receipt, json.loads(text)["receipt"])):
            assert of["patternProperties"] == {"^x-": True}
            assert {key for key in members if not key.startswith("x-")} <= set(of["properties"])


def test_text_is_written_as_the_library_writes_it():
    """Of all characters that JSON escapes, in a name that a report repeats."""
    for number in (*range(1, 0x100), 0x2028, 0xFFFD, 0x1F600):
        city = libpilot.City({**SMALL, "name": chr(number), "districts": [{"id": "360102", "name": chr(number)}]})
        for result in (city, libpilot.check(city, as_of=DAY)):
            assert _canonical(json.loads(result.to_json())) == result.to_json()
            assert _canonical(json.loads(result.to_json()), indent=True) + "\n" == result.to_json(indent=True)


def test_the_same_result_has_the_same_seal(award):
    assert seal(award) == seal(pickle.loads(pickle.dumps(award)))
    assert json.loads(seal(award)) == json.loads(seal(award, indent=True))


# The same


@pytest.mark.parametrize("more", CLAIMS)
def test_an_award_is_verified_by_itself(more):
    text = seal(NANCHANG_2019.reward(**CLAIM, **more), indent=bool(more))
    made = verify(text)
    assert (made.same, made.sealed, made.kind, made.count, made.differences) == (True, True, "award", 0, ())
    assert verify(text, json.loads(text)["x-claim"]) == made
    assert str(made) == "same" and made.to_text("zh") == "相同"


def test_a_report_is_verified_by_its_city(report, tmp_path):
    path = tmp_path / "report.json"
    for text in (seal(report), seal(report, indent=True)):
        path.write_text(text + "\n", encoding="utf-8")
        for given in (CITY, report.city, report.city.to_dict(), report.city.to_json(indent=True)):
            assert verify(path, given).same
    with pytest.raises(libpilot.MissingValueError, match="/input: the city"):
        verify(path)


def test_readings_come_with_the_policy():
    text = seal(YEARS.reward(households=1, first="2019-12", last="2019-12"))
    with pytest.raises(libpilot.MissingValueError, match=f"/policy.*{YEARS.fingerprint}"):
        verify(text)
    assert verify(text, policy=YEARS).same
    assert verify(text, policy=YEARS.to_json()).same
    assert found(verify(text, policy=NANCHANG_2019)) == [("policy", "/receipt/fingerprint")]


def test_results_of_other_languages_have_no_digests():
    """The requests and responses that all languages share."""
    lines = (TOP / "tests/cases/calls.txt").read_text(encoding="utf-8").splitlines()
    tried = 0
    for asked, answer in zip(lines, lines[1:]):
        if not asked.startswith('{"call":"award",') or not answer.startswith('{"status":"ok","result":'):
            continue
        request, text = json.loads(asked), answer.removeprefix('{"status":"ok","result":').removesuffix("}")
        policy = NANCHANG_2019.patch(request.get("policy", {}))
        made = verify(text, request["claim"], policy)
        assert made.same and not made.sealed and "has no digests (/receipt/x-sha256)" in str(made)
        assert "没有摘要（/receipt/x-sha256）" in made.to_text("zh")
        with pytest.raises(libpilot.MissingValueError, match="/input: the claim"):
            verify(text, policy=policy)
        tried += 1
    assert tried >= 2


def test_a_part_of_a_report_is_none(report):
    part = report.to_dict()
    part["findings"] = part["findings"][1:]
    count = len(report.findings)
    with pytest.raises(libpilot.ArgumentError, match=f"/findings: the report has {count - 1} of its {count} findings"):
        verify(part, CITY)


# What differs


def changed_bytes(text, places):
    """At each place a byte changed by one bit, another one put there, and bytes put in and taken out."""
    choose = random.Random(2019)
    for at in places:
        yield text[:at] + bytes([text[at] ^ 1 << choose.randrange(8)]) + text[at + 1 :]
        yield text[:at] + choose.choice(b'0129abcf",:{}[]\\ \n\t\0\xff').to_bytes(1, "big") + text[at + 1 :]
        yield text[:at] + choose.choice(b' \n\t\r0"x,').to_bytes(1, "big") + text[at:]
        yield text[:at] + text[at + 1 :]


def refused(text, *given):
    try:
        return not verify(text, *given).same
    except Error:
        return True


@pytest.mark.parametrize("indent", [False, True])
def test_no_changed_byte_of_an_award_passes(award, indent):
    text = seal(award, indent=indent).encode()
    assert not refused(text)
    for changed in changed_bytes(text, range(len(text))):
        assert changed == text or refused(changed), changed


@pytest.mark.parametrize("indent", [False, True])
def test_no_changed_byte_of_a_report_passes(indent):
    city = libpilot.City(SMALL)
    text = seal(libpilot.check(city, as_of=DAY), indent=indent).encode()
    assert not refused(text, city)
    for changed in changed_bytes(text, random.Random(1).sample(range(len(text)), 200)):
        assert changed == text or refused(changed, city), changed


def test_one_line_break_may_end_it(award):
    text = seal(award)
    assert verify(text + "\n").same
    for end in ("\n\n", "\r\n", " ", " \n"):
        assert found(verify(text + end)) == [("form", "")]
    again = json.dumps(json.loads(text), ensure_ascii=False, indent=4)
    assert "spaces, line breaks or escapes were changed" in str(verify(again))
    assert "重新排版" in verify(again).to_text("zh")


def test_an_output_of_another_encoding_is_as_good(report):
    """What cannot be written is escaped, all of it or nothing."""
    text = seal(report, indent=True)
    escaped = re.sub("[^\0-\x7f]", lambda one: f"\\u{ord(one[0]):04x}", text)
    assert escaped.isascii() and verify(escaped, CITY).same
    assert found(verify(text.replace("东", "\\u4e1c", 1), CITY)) == [("form", "")]


def test_what_was_changed_is_told_with_its_place():
    text = seal(NANCHANG_2019.reward(**CLAIM)).replace('"1255410.00"', '"1255411.00"')
    made = verify(text)
    assert found(made) == [("result", "/receipt/x-sha256/result"), ("value", "/total_yuan")]
    assert (made.differences[1].recorded, made.differences[1].computed) == ("1255411.00", "1255410.00")
    assert '/total_yuan: recorded "1255411.00", recomputed "1255410.00"' in str(made)
    assert '/total_yuan：记录为"1255411.00"，重新计算为"1255410.00"' in made.to_text("zh")


def test_digests_that_were_made_anew_do_not_help():
    document = json.loads(seal(NANCHANG_2019.reward(**CLAIM)))
    document["total_yuan"], document["lines"][1]["city_yuan"] = "1255411.00", "0.00"
    document["note"] = "paid"
    document["lines"].append({"months": True})
    assert found(verify(resealed(document))) == [
        ("value", "/total_yuan"),
        ("value", "/lines/1/city_yuan"),
        ("value", "/lines/5"),
        ("value", "/note"),
    ]
    # One claim in the place of another is no fault of the result: whoever knows the claim tells.
    other = json.loads(seal(NANCHANG_2019.reward(**{**CLAIM, "households": 2000})))
    assert verify(resealed(other)).same
    known = json.loads(seal(NANCHANG_2019.reward(**CLAIM)))["x-claim"]
    assert found(verify(resealed(other), known)) == [("input", "/receipt/x-sha256/input")]


def test_a_number_is_not_true_and_null_is_not_nothing():
    document = NANCHANG_2019.reward(households=1, first="2019-12", last="2019-12").to_dict()
    claim = {"households": 1, "first": "2019-12", "last": "2019-12", "assessments": [{"year": 2019, "result": "passed"}]}
    assert verify(document, claim).same
    assert found(verify({**document, "months_paid": True}, claim)) == [("value", "/months_paid")]
    assert found(verify({**document, "x-note": None}, claim)) == [("value", "/x-note")]
    assert found(verify({**document, "lines": []}, claim)) == [("value", "/lines/0")]


def test_differences_are_counted_and_the_first_are_kept(report):
    document = json.loads(seal(report))
    for finding in document["findings"]:
        finding["zh"] += "。"
    made = verify(resealed(document), CITY, most=3)
    count = len(report.findings)
    assert (made.count, len(made.differences)) == (count, 3)
    assert str(made).endswith(f"and {count - 3} more") and made.to_text("zh").endswith(f"另有{count - 3}处")
    assert pickle.loads(pickle.dumps(made)) == made and hash(made) == hash(pickle.loads(pickle.dumps(made)))


def test_another_input_is_told_before_anything_else(report):
    text = seal(report).replace('"outcome":"breach"', '"outcome":"met"')
    made = verify(text, SMALL)
    assert found(made) == [("result", "/receipt/x-sha256/result"), ("input", "/receipt/x-sha256/input")]
    assert "not the city that it was made of: recorded " in str(made)
    both = verify(seal(report), SMALL, YEARS)
    assert found(both) == [("policy", "/receipt/fingerprint"), ("input", "/receipt/x-sha256/input")]
    # A policy whose fingerprint agrees by a change of the receipt.
    document = json.loads(seal(report))
    document["receipt"]["fingerprint"] = YEARS.fingerprint
    assert found(verify(resealed(document), CITY, YEARS)) == [("policy", "/receipt/x-sha256/policy")]


def test_another_version_is_told(report):
    document = json.loads(seal(report))
    document["receipt"]["library"] = "0.0.9"
    made = verify(resealed(document), CITY)
    assert made.same and str(made) == f"same\nmade by libpilot 0.0.9, verified by libpilot {libpilot.__version__}"
    document["findings"][0]["en"] = "another sentence"
    made = verify(resealed(document), CITY)
    assert found(made) == [("value", "/findings/0/en")]
    assert made.to_text("zh").endswith(f"结果由libpilot 0.0.9得出，由libpilot {libpilot.__version__}核对")


# What cannot be read

AWARD = NANCHANG_2019.reward(households=1, first="2019-12", last="2019-12").to_json()
HEX = "0" * 64


def with_digests(digests):
    document = json.loads(AWARD)
    document["receipt"]["x-sha256"] = digests
    return json.dumps(document)


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        (b"", "syntax", "line 1, column 1"),
        (b"\xef\xbb\xbf" + AWARD.encode(), "encoding", "line 1, column 1: the text begins with a byte-order mark"),
        (AWARD.encode("utf-16"), "encoding", "line 1"),
        (AWARD.replace("4.4.1-4", "\xff").encode("latin-1"), "encoding", "/lines/0/clause: the byte 0xFF"),
        (AWARD + " x", "syntax", 'nothing after the end, found "x"'),
        (AWARD.replace('"months_paid"', '"total_yuan"'), "duplicate_key", '"total_yuan" is already a key'),
        (AWARD.replace('"library"', '"policy"'), "duplicate_key", '/receipt/policy: "policy" is already a key'),
        (AWARD.replace('"months_paid":1', '"months_paid":NaN'), "syntax", "/months_paid"),
        (AWARD.replace("4.4.1-4", "\\ud800"), "syntax", "/lines/0/clause"),
        ('{"a":' + "[" * 40 + "]" * 40 + "}", "limit", "33rd level"),
        ("[" + AWARD + "]", "type", "line 1, column 1: an object is wanted"),
        ("{}", "missing_key", 'line 1, column 1: the key "receipt" is missing'),
        ('{"receipt":[]}', "type", "line 1, column 2: /receipt: an object is wanted"),
        ('{"receipt":{}}', "missing_key", '/receipt: the key "library" is missing'),
        (AWARD.replace('"0.2.0"', "1"), "type", "line 1, column 13: /receipt/library: a string is wanted"),
        (AWARD.replace('"fingerprint"', '"x-f"'), "missing_key", '/receipt: the key "fingerprint" is missing'),
        (AWARD.replace('"lines"', '"x-lines"'), "argument", "neither an award nor a report"),
        (AWARD.replace('"lines"', '"findings"'), "missing_key", '/receipt: the key "as_of" is missing'),
        (with_digests("0"), "type", "/receipt/x-sha256: an object is wanted"),
        (with_digests({}), "missing_key", '/receipt/x-sha256: the key "policy" is missing'),
        (with_digests({"policy": HEX, "input": HEX}), "missing_key", 'the key "result" is missing'),
        (with_digests({"policy": HEX, "input": HEX, "result": 3}), "type", "/receipt/x-sha256/result: a string"),
        (with_digests({"policy": HEX, "input": HEX.upper()[:-1] + "A", "result": HEX}), "format", "/x-sha256/input"),
        (with_digests({"policy": HEX, "input": HEX, "result": HEX, "city": HEX}), "unknown_key", "/x-sha256/city"),
    ],
)  # fmt: skip
def test_what_is_no_result_is_refused_with_its_place(text, error, said):
    with pytest.raises(Error) as raised:
        verify(text, CLAIM)
    assert raised.value.status == error and said in str(raised.value)
    assert raised.value.message_zh


def test_inputs_are_refused_with_their_place(report, tmp_path):
    path = tmp_path / "claim.json"
    path.write_text('{"first":"2019-12",\n "last":"2019-11"}', encoding="utf-8")
    with pytest.raises(libpilot.OrderError, match=f"{path}:2:2: /last: "):
        verify(AWARD, path)
    path.write_text('{"first":"2019-12","last":"2019-12"},"costs":[]', encoding="utf-8")
    with pytest.raises(libpilot.JSONSyntaxError, match="nothing after the end"):
        verify(AWARD, path)
    with pytest.raises(libpilot.MissingValueError, match="/households"):
        verify(AWARD, {"first": "2019-12", "last": "2019-12"})
    with pytest.raises(libpilot.WrongTypeError, match="/input"):
        verify(AWARD, libpilot.City(SMALL))
    with pytest.raises(libpilot.UnknownKeyError, match="/citys"):
        verify(report.to_json(), {**SMALL, "citys": []})
    document = json.loads(seal(report))
    document["receipt"]["as_of"] = "2020-02-30"
    with pytest.raises(libpilot.RangeError, match="/receipt/as_of"):
        verify(resealed(document), CITY)
    for wrong in (None, AWARD, report.to_dict()):
        with pytest.raises(libpilot.WrongTypeError, match="/result"):
            seal(wrong)


# The command line


@pytest.fixture(scope="module")
def run():
    pytest.importorskip("typer")
    import test_cli

    return test_cli.run


def golden(name, printed):
    assert printed == (TOP / "tests/cases/cli" / name).read_text(encoding="utf-8")


REWARD = ("reward", "--first", "2019-12", "--last", "2023-12", "--households", "1885", "--json", "--sealed")
CHECK = ("check", CITY, "--as-of", DAY, "--sealed")
WUHAN = TOP / "examples/data/reforms/wuhan-2010.json"


def test_from_command_to_command(run, tmp_path):
    award, report, out = (tmp_path / name for name in ("award.json", "report.json", "out.json"))
    award.write_text(run(*REWARD).stdout, encoding="utf-8")
    assert award.read_text(encoding="utf-8") == seal(NANCHANG_2019.reward(**CLAIM), indent=True) + "\n"
    report.write_text(run(*CHECK, "--json", "--out", out, status=1).stdout, encoding="utf-8")
    assert out.read_bytes() == report.read_bytes()
    assert run("verify", award).stdout == "same\n"
    assert run("verify", report, "--input", CITY, "--lang", "zh").stdout == "相同\n"
    made = json.loads(run("verify", "-", "--input", CITY, "--json", given=report.read_text(encoding="utf-8")).stdout)
    assert made == verify(report, CITY).to_dict()
    award.write_text(award.read_text(encoding="utf-8").replace("1255410", "1255411"), encoding="utf-8")
    for lang in ("en", "zh"):
        golden(f"verify.{lang}.txt", run("verify", award, "--lang", lang, status=1).stdout)
    assert json.loads(run("verify", award, "--json", status=1).stdout)["differences"][1] == {
        "what": "value", "path": "/total_yuan", "recorded": "1255411.00", "computed": "1255410.00"}  # fmt: skip
    assert run("verify", report, status=2).stderr == "--input: the city that the report was made of has to be given\n"


def test_policies_and_workbooks_of_a_command(run, tmp_path):
    office = TOP / "tests/cases/office/corrected.xlsx"
    pytest.importorskip("python_calamine")
    out, policy = tmp_path / "out.json", tmp_path / "policy.json"
    reform = ("--reform", WUHAN, "--reading", "month_rule=calendar_years")
    run("check", office, "--as-of", DAY, "--sealed", "--out", out, *reform, status=1)
    assert run("verify", out, "--input", office, *reform).stdout == "same\n"
    policy.write_text(run("policy", "patch", WUHAN, "--reading", "month_rule=calendar_years").stdout, encoding="utf-8")
    assert run("verify", out, "--input", office, "--policy", policy).stdout == "same\n"
    assert "not the policy" in run("verify", out, "--input", office, "--reform", WUHAN, status=1).stdout
    assert run("verify", out, "--input", office, status=2).stderr.startswith("--policy: the policy")
    assert "--reform" in run("verify", out, "--input", office, "--policy", policy, *reform, status=2).stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (REWARD[:-2] + ("--sealed",), "--json is wanted"),
        (CHECK, "--out that ends in .json, is wanted"),
        ((*CHECK, "--out", "report.html"), "--out that ends in .json, is wanted"),
        ((*CHECK, "--json", "--clause", "4.2", "--unknown", "不列"), "whole, without --clause, --unknown"),
        ((*CHECK, "--json", "--summary"), "whole, without --summary"),
        (("verify", "none.json"), "none.json: "),
        (("verify", CITY), f'{CITY}:1:1: the key "receipt" is missing'),
    ],
)
def test_what_a_command_refuses(run, words, said):
    for lang in ("en", "zh"):
        result = run(*words, "--lang", lang, status=2)
        assert result.stdout == "" and (lang == "zh" or said in result.stderr), result.stderr


def test_a_claim_of_a_command_is_told_with_its_file(run, tmp_path):
    award, claim = tmp_path / "award.json", tmp_path / "claim.json"
    award.write_text(AWARD, encoding="utf-8")
    claim.write_text('{"first":"2019-12","last":"2019-12"}', encoding="utf-8")
    assert run("verify", award, "--input", claim, status=2).stderr.startswith(f"{claim}: /households: ")
    claim.write_text('{"first":"2019-12"}', encoding="utf-8")
    assert run("verify", award, "--input", claim, status=2).stderr.startswith(f"{claim}:1:1: ")


def test_an_output_in_another_encoding(tmp_path):
    """A process of its own, whose output is not in UTF-8."""
    words = [sys.executable, "-m", "libpilot", *map(str, CHECK), "--json"]
    pytest.importorskip("typer")
    told = subprocess.run(words, capture_output=True, env={"PYTHONIOENCODING": "ascii"}, check=False)
    assert told.returncode == 1 and told.stdout.isascii()
    assert verify(told.stdout, CITY).same
