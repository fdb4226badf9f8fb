"""The command line: what it prints, in both languages, what it refuses, and how it ends."""

import json
import os
import re
import shlex
import subprocess
import sys

import libpilot
import pytest
from cases import TOP

typer = pytest.importorskip("typer")
from libpilot.cli import app  # noqa: E402
from rich.cells import cell_len  # noqa: E402
from typer.testing import CliRunner  # noqa: E402

DATA = TOP / "examples/data"
CITY = str(DATA / "nanchang-2019.json")
ACCOUNT = str(DATA / "accounts/956-households.json")
FOSHAN = str(DATA / "menus/foshan-2019.json")
WUHAN = str(DATA / "reforms/wuhan-2010.json")
CHECK = ("check", CITY, "--as-of", "2020-02-29")
REWARD = ("reward", "--first", "2019-12", "--last", "2023-12", "--households", "1885")


def run(*words, status=0, given=None, env=None):
    settings = {"COLUMNS": "110", "LC_ALL": "C.UTF-8", "TERM": "dumb", **(env or {})}
    result = CliRunner(env=settings).invoke(app, [str(word) for word in words], input=given)
    assert result.exit_code == status, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def golden(name, printed):
    assert printed == (TOP / "tests/cases/cli" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("reward", (*REWARD, "--passed", "2019=yes", "--passed", "2021=no")),
        ("quote", ("quote", FOSHAN, "--order", DATA / "orders/foshan-entrance.json")),
        ("account", ("account", ACCOUNT)),
        ("duty", ("duty", "street_lights", "courtyard")),
        ("clauses", ("clauses", "4.2")),
        ("diff", ("policy", "diff", WUHAN)),
    ],
)
def test_tables(name, words, lang):
    golden(f"{name}.{lang}.txt", run(*words, "--lang", lang).stdout)


@pytest.mark.parametrize(("lang", "breach", "all_"), [("en", "breach", "all"), ("zh", "不符合", "合计")])
def test_check(lang, breach, all_):
    printed = run(*CHECK, "--lang", lang, status=1).stdout
    report = libpilot.check(CITY, as_of="2020-02-29", lang=lang)
    assert f"\n{breach} (20)\n" in printed
    squeezed = "".join(printed.split())
    for finding in report.breaches:
        words = finding.zh if lang == "zh" else finding.en
        assert finding.clause in printed
        assert "".join(words[:12].split()) in squeezed
    # The README's sums, which the C program prints.
    assert f"{all_}  " in printed and "8401626.00" in printed and "10286784.00" in printed
    assert "met (" not in printed and "符合 (741)" not in printed


def test_why_a_community_has_no_sum():
    """What is the case, and not one sentence for all of it (city.h: an empty list is known)."""

    def notes(complete, *areas):
        city = {
            "complete": complete,
            "districts": [{"id": "d"}],
            "communities": [{"id": "c", "district": "d"}, {"id": "e", "district": "d"}],
            "areas": [{"id": "first", "communities": ["c"], "households": 5, "steps": {"entry": "2019-12-01"}}, *areas],
        }
        printed = run("check", "-", "--as-of", "2020-02-29", given=json.dumps(city), status=1).stdout
        row = re.search(r"^ *e  +0 .*$", printed[printed.index("Reward, yuan") :], re.MULTILINE)
        return re.sub(r"^[ e0.]*", "", row[0]).strip()

    assert notes(False) == "no area names it"
    assert notes(True) == "has no area"
    assert notes(True, {"id": "a", "communities": []}) == "has no area"
    assert notes(True, {"id": "a"}) == "no area names it; 1 area(s) name no community"
    assert notes(True, {"id": "a", "communities": ["c", "e"]}) == "counted in another community"
    assert notes(True, {"id": "a", "communities": ["e"]}) == "1 area(s) lack data"


def test_check_in_part():
    parts = {
        ("--clause", "4.2"): lambda finding: finding["clause"].startswith("4.2-"),
        ("--district", "西湖区"): lambda finding: True,
        ("--community", "360103-01"): lambda finding: True,
    }
    whole = json.loads(run(*CHECK, "--json", status=1).stdout)
    assert len(whole["findings"]) == 20 + 5 + 14 + 3
    every = json.loads(run(*CHECK, "--all", "--json", status=1).stdout)
    assert every == libpilot.check(CITY, as_of="2020-02-29").to_dict()
    ids = [row["id"] for row in json.loads((DATA / "nanchang-2019.json").read_text())["communities"]]
    for (option, value), holds in parts.items():
        value = ids[1] if option == "--community" else value
        made = json.loads(run(*CHECK, option, value, "--json", status=1).stdout)
        assert 0 < len(made["findings"]) < len(whole["findings"])
        assert all(map(holds, made["findings"])) and made["receipt"] == whole["receipt"]
    by_name = run(*CHECK, "--district", "西湖区", "--json", status=1).stdout
    assert by_name == run(*CHECK, "--district", "360103", "--json", status=1).stdout
    printed = run(*CHECK, "--timeline", "--readings", status=1).stdout
    assert "-> assessment" in printed and "area_map = function (A-2)" in printed


def test_no_breach_is_status_0():
    empty = '{"districts": [], "communities": [], "areas": []}'
    printed = run("check", "-", "--as-of", "2019-11-05", given=empty, status=0).stdout
    assert "breach (" not in printed


def test_json_is_the_library_s():
    award = libpilot.NANCHANG_2019.reward(first="2019-12", last="2023-12", households=1885)
    assert json.loads(run(*REWARD, "--json").stdout) == award.to_dict()
    text = (DATA / "accounts/956-households.json").read_text(encoding="utf-8")
    made = json.loads(run("account", "-", "--json", given=text).stdout)
    assert made["total"]["community"]["shortfall_yuan"] == "156804.00"
    assert len(made["months"]) == 61 and len(made["answers"]) == 6
    asked = ("--package", "comprehensive-3", "--area", "83240.57", "--day", "2020-01-01")
    assert json.loads(run("quote", FOSHAN, *asked, "--json").stdout)["year_yuan"] == "1997773.68"
    assert json.loads(run("clauses", "4.2-1", "--json").stdout) == [libpilot.clause("4.2-1").to_dict()]
    assert json.loads(run("duty", "--actor", "district_finance", "--json").stdout) == [
        duty.to_dict() for duty in libpilot.duties(actor="district_finance")
    ]
    for document in libpilot.words("document"):
        assert json.loads(run("schema", document).stdout) == libpilot.schema(document)
        assert document in run("schema").stdout


def test_policies(tmp_path):
    patched = run("policy", "patch", WUHAN).stdout
    policy = libpilot.Policy.from_json(patched)
    assert policy == libpilot.NANCHANG_2019.patch(WUHAN)
    # The difference, as a patch, makes the same policy; a whole policy is taken for the reform that makes it.
    patch = run("policy", "diff", WUHAN, "--json").stdout
    assert libpilot.NANCHANG_2019.patch(patch) == policy
    whole = tmp_path / "whole.json"
    whole.write_text(patched, encoding="utf-8")
    assert "Nothing differs." in run("policy", "diff", WUHAN, whole).stdout
    shown = run("policy", "show", "--reading", "gate_mode=annual").stdout
    assert "readings.gate_mode" in shown and "annual" in shown and "120.00" in shown
    switched = json.loads(run("policy", "show", "--reading", "gate_mode=annual", "--json").stdout)
    assert switched == libpilot.NANCHANG_2019.with_reading(gate_mode="annual").to_dict()


def test_months_and_a_dwelling():
    printed = run("account", ACCOUNT, "--months").stdout
    assert printed.count("\n2022-0") == 9 and "2022-11" in printed
    asked = (
        "--package",
        "comprehensive-3",
        "--area",
        "83240.57",
        "--households",
        "956",
        "--dwelling",
        "61.37",
    )
    # tests/cases/quote.txt, of the C program.
    printed = run("quote", FOSHAN, *asked, "--day", "2020-03-05").stdout
    assert "61.37 m²: 1472.88 yuan from 2020-03 to 2021-02" in printed
    assert "from 2020-01 to 2020-12" in run("quote", FOSHAN, *asked, "--day", "2020-01-01").stdout
    assert "174.14" in printed


def test_the_language_is_the_locale_s():
    for locale, sign in (("zh_CN.UTF-8", "以奖代补"), ("en_GB.UTF-8", "Reward"), ("C", "Reward")):
        assert run(*REWARD, env={"LC_ALL": locale}).stdout.startswith(sign)
    assert run(*REWARD, "--lang", "en", env={"LC_ALL": "zh_CN.UTF-8"}).stdout.startswith("Reward")


def test_chinese_columns_are_aligned():
    rows = run("account", ACCOUNT, "--lang", "zh").stdout.splitlines()[3:17]
    # The first amount of each row ends in the same column of the terminal.
    assert {cell_len(row[: row.index(".") + 3]) for row in rows} == {cell_len(rows[0].split(".")[0]) + 3}


def test_no_amount_is_ever_cut():
    """At any width of the terminal."""

    def amounts(value):
        if isinstance(value, dict):
            for key, one in value.items():
                if key in ("collected_yuan", "reward_yuan", "income_yuan", "shortfall_yuan", "closing_yuan"):
                    yield one
                yield from amounts(one)

    for row in json.loads(run("account", ACCOUNT, "--json").stdout)["years"]:
        for wide in (20, 60, 90, 110, 200):
            for lang in ("en", "zh"):
                printed = run("account", ACCOUNT, "--lang", lang, env={"COLUMNS": str(wide)}).stdout.split()
                assert set(amounts(row)) <= set(printed), (wide, lang)


def test_the_readme_shows_what_is_printed():
    text = (TOP / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"^\$ libpilot (.*)\n((?:(?!\$ |```).*\n)*)", text, re.MULTILINE)
    assert len(shown) >= 3
    for words, printed in shown:
        got = run(*shlex.split(words.replace("examples/", f"{TOP}/examples/")), env={"COLUMNS": "100"}).stdout
        assert got.strip() == printed.strip(), words


REFUSED = [
    (("chekc",), "Did you mean 'check'"),
    (("check", CITY), "--as-of"),
    (("check", CITY, "--as-of", "2020-2-29"), '--as-of: "2020-2-29" is not a date'),
    (("check", str(DATA / "nanchang2019.json"), "--as-of", "2020-02-29"), f"did you mean {CITY}?"),
    (("check", "no/such/place.json", "--as-of", "2020-02-29"), "there is no directory no/such"),
    (("check", str(DATA), "--as-of", "2020-02-29"), f"{DATA}: is a directory"),
    ((*CHECK, "--clause", "4.2-9"), "did you mean"),
    ((*CHECK, "--district", "西湖"), "did you mean 西湖区?"),
    (
        ("check", TOP / "tests/cases/malformed/unknown_misspelt.json", "--as-of", "2020-02-29"),
        'mean "area_m2"?',
    ),
    (("account", CITY), "nanchang-2019.json:3:3: /name"),
    (("reward", "--first", "2019-13", "--last", "2019-12", "--households", "1"), "--first: "),
    (("reward", "--first", "2019-12", "--last", "2019-12"), "--households: "),
    ((*REWARD, "--passed", "maybe"), "--passed: "),
    ((*REWARD, "--passed", "2019=maybe"), 'no "maybe"'),
    ((*REWARD, "--passed", "x=yes"), "where a year is wanted"),
    ((*REWARD, "--reading", "gate_mod=annual"), "did you mean gate_mode"),
    ((*REWARD, "--reading", "gate_mode=anual"), "did you mean annual?"),
    ((*REWARD, "--reading", "gate_mode"), "NAME=OPTION is wanted"),
    ((*REWARD, "--reform", CITY), "nanchang-2019.json:3:3: /name"),
    (("quote", FOSHAN, "--day", "2020-01-01"), "nothing is chosen"),
    (("quote", FOSHAN, "--package", "comprehensive-3"), "--day: "),
    (("quote", FOSHAN, "--day", "2020-01-01", "--package", "comprehensive-6"), "did you mean comprehensive-"),
    (("quote", FOSHAN, "--day", "2020-01-01", "--item", "cleaning=3"), "--area: "),
    (("quote", FOSHAN, "--day", "2020-01-01", "--item", "cleaning=x"), "whole number"),
    (("quote", FOSHAN, "--order", DATA / "orders/foshan-entrance.json", "--area", "1"), "--order: "),
    (("duty",), "name a matter"),
    (("duty", "street_lamps"), "did you mean street_lights"),
    (("duty", "street_lights", "yard"), "did you mean courtyard?"),
    (("policy", "show", "nope.json"), "nope.json: no such file or directory"),
    (("schema", "cty"), "did you mean city"),
]


@pytest.mark.parametrize(
    ("words", "says"), REFUSED, ids=lambda value: "" if isinstance(value, str) else value[0]
)
def test_refused(words, says):
    result = run(*words, status=2)
    assert says in " ".join(result.stderr.split())
    assert not result.stdout


def python(*words, **options):
    settings = {**os.environ, "LC_ALL": "C.UTF-8", "COLUMNS": "110"}
    return subprocess.run(
        [sys.executable, *words], capture_output=True, encoding="utf-8", env=settings, cwd=TOP, **options
    )


def test_the_program_itself():
    city = (DATA / "nanchang-2019.json").read_text(encoding="utf-8")
    done = python("-m", "libpilot", "check", "-", "--as-of", "2020-02-29", "--json", input=city)
    assert (done.returncode, done.stderr) == (1, "")
    assert json.loads(done.stdout)["counts"]["breach"] == 20
    done = python("-m", "libpilot", "check", "-", "--as-of", "2020-02-29", input="{")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("standard input:1:") and "Traceback" not in done.stderr


def test_without_the_extra_there_is_one_clear_sentence():
    code = "import sys; sys.modules['typer'] = None; import libpilot.__main__ as m; m.main()"
    done = python("-c", code)
    assert done.returncode == 2
    assert done.stderr == "libpilot: the command line needs typer: pip install 'libpilot[cli]'\n"
