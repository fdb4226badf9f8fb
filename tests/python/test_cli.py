"""The command line: what it prints, in both languages, what it refuses, and how it ends."""

import datetime
import json
import os
import re
import subprocess
import sys
import zipfile

import libpilot
import pytest
from cases import TOP

typer = pytest.importorskip("typer")
from libpilot import _cli_base  # noqa: E402
from libpilot._cli_help import _ADDED  # noqa: E402
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
    words = [str(word) for word in words]
    result = CliRunner(env=settings).invoke(app, words, input=given, prog_name="libpilot")
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
    assert f"\n{breach}{'（19）' if lang == 'zh' else ' (19)'}\n" in printed
    squeezed = "".join(printed.split())
    for finding in report.breaches:
        words = finding.zh if lang == "zh" else finding.en
        assert finding.clause in printed
        assert "".join(words[:12].split()) in squeezed
    # The README's sums, which the C program prints.
    assert f"{all_}  " in printed and "8401626.00" in printed and "10286784.00" in printed
    assert "met (" not in printed and "符合 (741)" not in printed


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("asked", ["todo", "summary"])
def test_what_to_write_next_and_a_line_for_each_community(asked, lang):
    printed = run("check", CITY, "--as-of", "2020-03-31", f"--{asked}", "--lang", lang, status=1).stdout
    golden(f"{asked}.{lang}.txt", re.sub("[0-9a-f]{16}", "0123456789abcdef", printed))


def test_what_to_write_next_as_json_and_in_part():
    asked = ("check", CITY, "--as-of", "2020-03-31", "--todo", "--json")
    report = libpilot.check(CITY, as_of="2020-03-31")
    told = json.loads(run(*asked, status=1).stdout)
    assert told["receipt"] == report.receipt.to_dict()
    assert [one["path"] for one in told["needed"]] == [one.path for one in report.needed()]
    for row, one in zip(told["needed"], report.needed()):
        assert {**row, "findings": None} == {**json.loads(json.dumps(one.to_dict())), "findings": None}
        assert [found["rule"] for found in row["findings"]] == [found.rule for found in one.findings]
    for words, paths in (
        (("--clause", "4.2"), ["/communities/7/offices/0/area_m2"]),
        (("--district", "青山湖区"), ["/areas/-", "/areas/9/evidence/-"]),
        (("--community", "院一社区"), []),
    ):
        part = json.loads(run(*asked, *words, status=1).stdout)["needed"]
        assert [one["path"] for one in part] == paths
    nothing = run(*CHECK, "--todo", "--community", "院一社区", status=1).stdout
    assert nothing.endswith("\nNothing is unknown.\n")


def test_a_line_for_each_community_adds_up():
    asked = ("check", CITY, "--as-of", "2020-03-31", "--summary", "--json")
    report = libpilot.check(CITY, as_of="2020-03-31")
    rows = json.loads(run(*asked, status=1).stdout)["communities"]
    assert {row["id"]: row["met"] for row in rows} == {
        id: one.counts.met for id, one in report.by_community().items()
    }
    assert [row["owed_yuan"] for row in rows if row["name"] in ("院一社区", "青云谱乙社区", "青山湖乙社区")] == [
        "68760.00",
        "0.00",  # which failed
        None,
    ]
    assert {row["paid_yuan"] for row in rows} == {"0.00"}
    office = json.loads(run(*asked, "--clause", "4.2-1", "--district", "西湖区", status=1).stdout)
    assert [(row["breach"], row["unknown"]) for row in office["communities"]] == [(1, 0), (0, 0)]
    assert len(json.loads(run(*asked, "--community", "院一社区", status=1).stdout)["communities"]) == 1


def test_unknown_findings_may_be_hidden_and_may_count():
    assert "unknown (4)" in run(*CHECK, "--unknown", "show", status=1).stdout
    assert "unknown (" not in run(*CHECK, "--unknown", "hide", status=1).stdout
    hidden = json.loads(run(*CHECK, "--unknown", "hide", "--all", "--json", status=1).stdout)
    assert hidden["counts"]["unknown"] == 4  # which are counted all the same
    assert {one["outcome"] for one in hidden["findings"]} == set(OUTCOMES) - {"unknown"}
    missing = json.dumps({"districts": [], "communities": [], "areas": [{"id": "a"}]})
    for words, status in (((), 0), (("--strict",), 1), (("--strict", "--todo"), 1)):
        run("check", "-", "--as-of", "2020-02-29", *words, given=missing, status=status)
    empty = '{"districts": [], "communities": [], "areas": []}'
    run("check", "-", "--as-of", "2019-10-01", "--strict", given=empty, status=0)


def test_today_is_a_day_of_the_command_line(monkeypatch):
    class Clock(datetime.date):
        @classmethod
        def today(cls):
            return cls(2020, 2, 29)

    monkeypatch.setattr("libpilot._cli_base.date", Clock)
    today = (*CHECK[:-1], "today")
    assert run(*today, status=1).stdout == run(*CHECK, status=1).stdout
    dated = (*REWARD, "--passed", "2019=yes@2020-02-29")
    assert run(*dated, "--as-of", "today").stdout == run(*dated, "--as-of", "2020-02-29").stdout
    with pytest.raises(libpilot.Error):
        libpilot.check(CITY, as_of="today")  # the library reads no clock


def test_why_a_community_has_no_sum():
    """What is the case, and not one sentence for all of it (city.h: an empty list is known)."""

    def notes(complete, *areas):
        city = {
            "complete": complete,
            "districts": [{"id": "d"}],
            "communities": [{"id": "c", "district": "d"}, {"id": "e", "district": "d"}],
            "areas": [
                {"id": "first", "communities": ["c"], "households": 5, "steps": {"entry": "2019-12-01"}},
                *areas,
            ],
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
    assert "-> assessment" in printed and "one-to-one: one community per area (A-2)" in printed


OUTCOMES = ("breach", "unknown", "pending", "info", "met", "not_applicable")


def counted(*words):
    """The table of counts that check prints, by its first column."""
    printed = run(*CHECK, *words, status=1).stdout.splitlines()
    lines = printed[printed.index(next(line for line in printed if line.startswith("──"))) + 1 :]
    rows = [re.split("  +", line) for line in lines[: lines.index("")]]
    return {name: [int(one) for one in counts] for name, *counts in rows}


def test_counts_add_up_and_respect_what_is_asked_for():
    data = json.loads((DATA / "nanchang-2019.json").read_text(encoding="utf-8"))
    names = {row["id"]: row["name"] for row in data["districts"]}
    report = libpilot.check(CITY, as_of="2020-02-29")
    rows = counted()
    assert set(rows) == {*names.values(), "the city itself", "all"}
    for id, summary in report.by_district().items():
        assert rows[names[id]] == [summary.counts.to_dict()[outcome] for outcome in OUTCOMES]
    own = [one.outcome for one in report.findings if one.path == ""]
    assert (
        rows["the city itself"] == [own.count(outcome) for outcome in OUTCOMES]
        and sum(own.count(o) for o in OUTCOMES) > 0
    )
    community = data["communities"][2]
    for words, district in (
        ((), None),
        (("--clause", "4.2"), None),
        (("--district", "西湖区"), "西湖区"),
        (("--community", community["id"]), names[community["district"]]),
        (("--community", community["id"], "--clause", "4.2-1"), names[community["district"]]),
    ):
        rows = counted(*words)
        every = rows.pop("all")
        assert [sum(column) for column in zip(*rows.values())] == every
        found = json.loads(run(*CHECK, *words, "--all", "--json", status=1).stdout)["findings"]
        outcomes = [one["outcome"] for one in found]
        assert every == [outcomes.count(outcome) for outcome in OUTCOMES]
        assert district is None or set(rows) == {district}
    # The library's own text and the C program's, likewise.
    lines = report.to_text().split("\n\n")[0].splitlines()[2:]
    sums = [
        [int(number) for number in re.findall(r" (\d+)", line.rpartition(": ")[2].join(" ,"))]
        for line in lines
    ]
    assert sums[0] == [sum(column) for column in zip(*sums[1:])] and len(sums) == 7


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


REFUSED = [
    (("chekc",), "did you mean check?"),
    (("check", CITY), "--as-of"),
    (("check", CITY, "--as-of", "2020-2-29"), '--as-of: "2020-2-29" is not a date'),
    (("check", str(DATA / "nanchang2019.json"), "--as-of", "2020-02-29"), f"did you mean {CITY}?"),
    (("check", "no/such/place.json", "--as-of", "2020-02-29"), "there is no directory no/such"),
    (("check", str(DATA), "--as-of", "2020-02-29"), f"{DATA}: is a directory"),
    (("check", str(DATA / "accounts"), "--as-of", "2020-02-29"), "accounts: is a directory"),
    ((*REWARD, "--passed", "²=first"), '--passed: found "²" where a year is wanted'),
    ((*REWARD, "--passed", "٢٠١٩=yes"), "where a year is wanted"),
    ((*REWARD, "--passed", "2019=yes", "--passed", "2019=no"), 'found "2019=yes" and "2019=no"'),
    ((*REWARD, "--passed", "yes", "--passed", "2019=no"), "YEAR=yes|no|open[@DATE] is wanted"),
    (
        (*REWARD, "--reading", "gate_mode=annual", "--reading", "gate_mode=once"),
        'found "gate_mode=annual" and',
    ),
    (
        ("quote", FOSHAN, "--day", "2020-01-01", "--item", "cleaning=3", "--item", "cleaning=2"),
        "--item: found",
    ),
    (("quote", FOSHAN, "--day", "2020-01-01", "--item", "cleaning=²"), "where a whole number, 0 to "),
    (("clauses", "4.2-1", "\udcff"), "nothing takes "),
    (("clauses", "\udcff"), "there is no "),
    (("account", str(DATA / "acounts.json")), "acounts.json: no such file or directory"),
    ((*CHECK, "--clause", "4.2-9"), "did you mean"),
    ((*CHECK, "--todo", "--summary"), "--todo: --summary is asked for as well"),
    ((*CHECK, "--unknown", "maybe"), "only show, hide"),
    ((*CHECK, "--district", "西胡区"), "did you mean 西湖区"),
    ((*CHECK, "--community", "甲社区"), "can be xihu-1 (西湖甲社区) or"),
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
    assert json.loads(done.stdout)["counts"]["breach"] == 19
    done = python("-m", "libpilot", "check", "-", "--as-of", "2020-02-29", input="{")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("standard input:1:") and "Traceback" not in done.stderr


def test_without_the_extra_there_is_one_clear_sentence():
    code = "import sys; sys.modules['typer'] = None; import libpilot.__main__ as m; m.main()"
    done = python("-c", code)
    assert done.returncode == 2
    assert done.stderr == "libpilot: the command line needs typer: pip install 'libpilot[cli]'\n"


def test_no_other_file_is_named_for_one_that_is_missing(tmp_path):
    for name in ("31_single.json", "city-2019.json", "panel.csv", "close.json"):
        (tmp_path / name).write_text("{}")
    (tmp_path / "missing.json").mkdir()
    for asked, near in (
        ("missin.json", ""),
        ("3_single.json", ""),
        ("31_double.json", ""),
        ("city-2020.json", ""),
        ("panel.json", "panel.csv"),
        ("x.json", ""),
        ("31-single.json", "31_single.json"),
        ("city2019.json", "city-2019.json"),
        ("city-2019.jsn", "city-2019.json"),
        ("closed.json", "close.json"),
    ):
        said = run("check", tmp_path / asked, "--as-of", "2020-02-29", status=2).stderr
        wanted = f"; did you mean {tmp_path / near}?" if near else ""
        assert said == f"{tmp_path / asked}: no such file or directory{wanted}\n"


def test_files_that_are_no_json(tmp_path):
    (tmp_path / "gbk.json").write_bytes('{"districts": "西湖"}'.encode("gbk"))
    assert "UTF-8" in run("check", tmp_path / "gbk.json", "--as-of", "2020-02-29", status=2).stderr
    with zipfile.ZipFile(tmp_path / "city.xlsx", "w") as file:
        file.writestr("xl/workbook.xml", "")
    wanted = f"{tmp_path / 'city.xlsx'}:1:1: found a workbook (.xlsx) where a JSON {{}} file is wanted\n"
    for words, kind in (
        (("account", tmp_path / "city.xlsx"), "account"),
        ((*REWARD, "--reform", tmp_path / "city.xlsx"), "policy"),
        (("quote", FOSHAN, "--order", tmp_path / "city.xlsx"), "order"),
        (("quote", tmp_path / "city.xlsx", "--day", "2020-01-01"), "menu"),
    ):
        assert run(*words, status=2).stderr == wanted.format(kind)
    given = (tmp_path / "city.xlsx").read_bytes()
    said = run("account", "-", given=given, status=2).stderr
    assert said == wanted.format("account").replace(str(tmp_path / "city.xlsx"), "standard input")
    for words, name in (((tmp_path / "city.xlsx",), str(tmp_path / "city.xlsx")), (("-",), "standard input")):
        said = run("check", *words, "--as-of", "2020-02-29", given=given, status=2).stderr
        assert said.startswith(f"{name}: the file is damaged") and said.count("\n") == 1


def commands(command, words=()):
    yield words, command
    for name, one in getattr(command, "commands", {}).items():
        yield from commands(one, (*words, name))


def test_help_says_all_that_is_declared():
    """No markup takes a part of it, and nothing is cut."""

    def squeezed(text):
        return "".join(text.split())

    seen = 0
    for words, command in commands(typer.main.get_command(app)):
        for wide in ("60", "200"):
            printed = squeezed(run(*words, "--help", env={"COLUMNS": wide, "TERMINAL_WIDTH": wide}).stdout)
            told = [
                command.help,
                command.epilog,
                *(one.help for one in getattr(command, "commands", {}).values()),
            ]
            for parameter in command.params:
                if parameter.name not in _ADDED:
                    told += [getattr(parameter, "help", None), parameter.metavar]
                told += [one for one in parameter.opts if one.startswith("-")]
            for text in (text.split("\n\n")[0] for text in filter(None, told)):
                assert squeezed(text).strip("[]") in printed or squeezed(text) in printed, (words, text)
                seen += "[" in text
    assert seen  # such as "[default: households]"


def shell(command, **settings):
    env = {**os.environ, "LC_ALL": "C.UTF-8", "COLUMNS": "110", **settings}
    env.pop("PYTHONUNBUFFERED", None)  # what is buffered is what comes too late
    libpilot_ = f'"{sys.executable}" -m libpilot'
    return subprocess.run(
        ["bash", "-c", command.replace("libpilot ", f"{libpilot_} ")], capture_output=True, cwd=TOP, env=env
    )


ASKED = "libpilot check examples/data/nanchang-2019.json --as-of 2020-02-29"


@pytest.mark.parametrize(
    ("command", "status", "said"),
    [
        ("libpilot check - --as-of 2020-02-29 <&-", 2, "standard input: is closed\n"),
        (f"{ASKED} >&-", 2, "standard output: is closed\n"),
        (f"{ASKED} >/dev/full", 2, "standard output: no space left on device\n"),
        (f"{ASKED} --json >/dev/full", 2, "standard output: no space left on device\n"),
        ("libpilot --help >/dev/full", 2, "standard output: no space left on device\n"),
        ("libpilot --version >/dev/full", 2, "standard output: no space left on device\n"),
        ("libpilot nothing 2>/dev/full", 2, ""),
        ("libpilot nothing 2>&-", 2, ""),
        ("libpilot check none.json --as-of 2020-02-29 2>/dev/full", 2, ""),
        ("libpilot check none.json --as-of 2020-02-29 <&- >&- 2>&-", 2, ""),
        (f"set -o pipefail; {ASKED} --all | head -1 >/dev/null", 141, ""),
        (f"{ASKED} >/dev/null", 1, ""),
        (f"LIBPILOT_TRACEBACK=1 {ASKED} >/dev/null", 1, ""),
    ],
)
def test_streams_that_cannot_be_used(command, status, said):
    done = shell(command)
    assert (done.returncode, done.stderr.decode()) == (status, said)


def test_text_that_the_terminal_lacks_is_replaced():
    asked = "libpilot quote examples/data/menus/foshan-2019.json --day 2020-01-01 --package comprehensive-3 --area 83240.57"
    done = shell(asked, PYTHONIOENCODING="gbk")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "for each m\\u00b2 2.0000 yuan a month" in done.stdout.decode("gbk")
    assert "保洁" in shell(f"{asked} --lang zh", PYTHONIOENCODING="gbk").stdout.decode("gbk")
    for encoding in ("gbk", "ascii", "latin-1", "utf-8"):
        done = shell(f"{ASKED} --json", PYTHONIOENCODING=encoding)
        assert done.returncode == 1
        wanted = run(*CHECK, "--json", status=1).stdout
        assert json.loads(done.stdout) == json.loads(wanted)  # bytes: UTF-8, as JSON is
    said = shell("libpilot clauses 四", PYTHONIOENCODING="ascii").stderr
    assert b'there is no "\\u56db"' in said


def test_names_do_not_act_on_the_terminal(tmp_path):
    name = "a\x1b[2J\u202eb\x07"
    city = {"districts": [{"id": "360102", "name": name}], "communities": [], "areas": []}
    given = json.dumps(city)
    printed = run("check", "-", "--as-of", "2020-02-29", given=given).output
    assert "a\\u001b[2J\\u202eb\\u0007" in printed and not set("\x1b\u202e\x07") & set(printed)
    said = run("check", f"{tmp_path}/{name}\n", "--as-of", "2020-02-29", status=2).stderr
    assert said.count("\n") == 1 and "\x1b" not in said


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_all_that_is_wrong_with_a_file(lang, monkeypatch):
    monkeypatch.chdir(TOP)
    words = ("check", "tests/cases/problems/city.json", "--as-of", "2020-02-29")
    result = run(*words, "--lang", lang, status=2)
    golden(f"problems.{lang}.txt", result.stderr)
    assert not result.stdout
    by_locale = run(*words, status=2, env={"LC_ALL": "zh_CN.UTF-8" if lang == "zh" else "C.UTF-8"})
    assert by_locale.stderr == result.stderr


@pytest.mark.parametrize(
    ("count", "lang", "last"),
    [
        (100, "en", "areas/99/nam: "),
        (101, "en", "and 1 more"),
        (350, "en", "and 250 more"),
        (350, "zh", "另有250处"),
    ],
)
def test_at_most_a_hundred_problems_are_shown(count, lang, last):
    areas = [{"id": str(at), "nam": 1} for at in range(count)]
    given = json.dumps({"districts": [], "communities": [], "areas": areas})
    said = run(
        "check", "-", "--as-of", "2020-02-29", "--lang", lang, given=given, status=2
    ).stderr.splitlines()
    assert len(said) == min(count, 101) and last in said[-1]
    name = "标准输入" if lang == "zh" else "standard input"
    assert all("/areas/" in line and f"{name}:1:" in line for line in said[:100])


def test_every_file_is_told_whole(tmp_path):
    """Whatever the file is, and in what place it is named."""

    def told(text, *words):
        path = tmp_path / "file.json"
        path.write_text(text, encoding="utf-8")
        said = run(*(path if word is ... else word for word in words), status=2).stderr
        assert all(line.startswith(f"{path}:1:") for line in said.splitlines())
        return [re.sub(f"^{path}:1:[0-9]+: ", "", line).split(":")[0] for line in said.splitlines()]

    reform, wrong = '{"nme": 1, "Id": "m", "city_share": 5}', ["/nme", "/Id", "/city_share"]
    for words in (("check", CITY, "--as-of", "2020-02-29", "--reform"), (*REWARD, "--reform")):
        assert told(reform, *words, ...) == wrong
    for words in (("policy", "show"), ("policy", "diff"), ("policy", "patch")):
        assert told(reform, *words, ...) == wrong
    assert told('{"Id": "m", "best_is_low": 1, "services": {}}', "quote", ..., "--item", "a=1") == [
        "/Id",
        "/best_is_low",
        "/services",
    ]
    order = '{"premisse": {}, "selection": {}, "day": 1}'
    assert told(order, "quote", FOSHAN, "--order", ...) == ["/premisse", "/day"]
    account = json.dumps(
        {**json.loads((DATA / "accounts/956-households.json").read_text()), "fees": 1, "last": 2}
    )
    assert told(account, "account", ...) == ["/last", "/fees"]


def test_what_is_refused_half_way_prints_nothing():
    asked = ("--day", "2020-01-01", "--package", "comprehensive-3", "--area", "100")
    assert not run("quote", FOSHAN, *asked, "--dwelling", "x", status=2).stdout


def test_a_fault_of_the_program_says_so(monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError("what\nelse")

    monkeypatch.setattr("libpilot.cli.check_city", broken)
    said = run(*CHECK, status=2).stderr
    assert said == "internal error: ZeroDivisionError: what (LIBPILOT_TRACEBACK=1 shows where)\n"
    said = run(*CHECK, status=2, env={"LIBPILOT_TRACEBACK": "1"}).stderr
    assert "Traceback" in said and "in broken" in said


@pytest.mark.parametrize("raised", [KeyboardInterrupt, typer.Abort])
def test_an_interrupt_is_one_line_and_130(monkeypatch, raised):
    def interrupted(*_, **__):
        raise raised

    monkeypatch.setattr("libpilot.cli.check_city", interrupted)
    assert run(*CHECK, status=130).stderr == "interrupted\n"


def test_readings_that_a_reward_cannot_follow_are_told():
    switched = ("reward_cap=capped_by_shortfall", "reward_payee=provider", "household_basis=occupied")
    for name, en, zh in (
        ("reward_cap=capped_by_shortfall", "libpilot account", "须由账目得出"),
        ("reward_payee=provider", "whose the reward is", "归谁"),
        ("household_basis=paying", "counted in this way", "按此口径"),
        ("household_date=january", "--count", "--count"),
        ("office_rule=shared_excluded", "does not depend on it", "与此无关"),
    ):
        for lang, said in (("en", en), ("zh", zh)):
            told = run(*REWARD, "--reading", name, "--lang", lang).stderr
            assert name in told and said in told and told.count("\n") == 1
        assert name in run(*REWARD, "--reading", name, "--json").stderr
    told = run(*REWARD, *(word for name in switched for word in ("--reading", name))).stderr
    assert told.count("\n") == 3
    for name in ("month_rule=from_notice", "gate_mode=annual", "odd_fen_to=city", "in_force_from=published"):
        assert run(*REWARD, "--reading", name).stderr == ""


def test_results_without_a_date_are_told_to_count_as_known():
    for words, told in (((), True), (("--passed", "no"), True), (("--passed", "2019=yes@2020-02-29"), False)):
        for lang, said in (("en", "count as known"), ("zh", "视为任何日期均已知")):
            text = run(*REWARD, *words, "--as-of", "2020-02-01", "--lang", lang).stderr
            assert (said in text) is told
        assert run(*REWARD, *words).stderr == ""
    early = json.loads(run(*REWARD, "--passed", "2019=yes@2020-02-29", "--as-of", "2020-02-01", "--json").stdout)
    assert early["total_yuan"] == "0.00"


def test_counts_and_days_of_passes():
    words = ("reward", "--first", "2019-12", "--last", "2023-12", "--households", "100")
    counts = ("--count", "2021-07-01=120", "--count", "2022-07-15=130")
    dated = ("--passed", "2019=yes@2020-02-29")
    for option, yuan in (("assessment", "66600.00"), ("january", "71640.00"), ("each_month", "74400.00")):
        asked = (*words, *counts, *dated, "--reading", f"household_date={option}")
        result = run(*asked, "--json")
        assert (json.loads(result.stdout)["total_yuan"], result.stderr) == (yuan, "")
    printed = run(*asked).stdout
    assert "homes" in printed and " 130 " in printed
    late = ("--reading", "pass_effect=from_the_pass")
    assert json.loads(run(*words, *dated, *late, "--json").stdout)["total_yuan"] == "63000.00"
    assert "before the pass" in run(*words, *dated, *late).stdout
    assert "合格之前" in run(*words, *dated, *late, "--lang", "zh").stdout
    assert "--passed" in run(*words, *late, status=2).stderr
    assert "--count" in run(*words, "--count", "2022-07-15=1", "--count", "2021-07-01=1", status=2).stderr
    assert "DATE=HOUSEHOLDS" in run(*words, "--count", "2022", status=2).stderr


def test_what_nobody_is_named_for():
    nobody = run("duty", "service_handover", "dwelling", "--lang", "en").stdout
    assert "The notice names nobody." in nobody and nobody.count("Handover") <= 1
    both = run("duty", "street_lights", "dwelling", "--lang", "en").stdout
    assert both == run("duty", "street_lights", "dwelling", "open", "--lang", "en").stdout.replace(", open area", "")


def test_words_are_completed():
    assert _cli_base.completion("matter")("street") == ["street_lights"]
    assert "路灯" in list(_cli_base.completion("matter")("路")) and "street_lights" in list(_cli_base.completion("matter")(""))
    assert _cli_base._reading_completion("gate_mode=a") == ["gate_mode=annual"]


def test_a_reform_of_a_vote_is_told_whole(tmp_path):
    reform = tmp_path / "reform.json"
    votes = libpilot.NANCHANG_2019.to_dict()["vote_rules"]
    votes[0]["ordinary"]["approval_area"] = {"bound": "at_least", "share": "3/4"}
    reform.write_text(json.dumps({"vote_rules": votes}), encoding="utf-8")
    assert "at_least 3/4" in run("policy", "diff", reform, "--lang", "en").stdout


def test_how_a_run_ends_that_nobody_reads():
    """A program that writes to a pipe that is closed may tell by an exit of its own."""
    try:
        try:
            raise BrokenPipeError
        except BrokenPipeError:
            sys.exit(1)
    except SystemExit as error:
        assert _cli_base._status_of(error) == 141
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("utf-8", "libpilot.escaped")


def test_a_command_of_commands_alone_shows_its_help():
    assert "show" in run("policy", status=2).output
    assert "show" in python("-m", "libpilot", "policy").stderr


def test_files_that_are_not_read(tmp_path, monkeypatch):
    pytest.importorskip("pyarrow")
    for words in (("import", "-"), ("simulate", "-", "--households", "1")):
        assert "standard input is not read" in run(*words, "--lang", "en", status=2).stderr
    monkeypatch.setattr("libpilot._cli_tables._ENGINE", tmp_path / "none.html")
    assert "built without the page" in run("page", "--out", tmp_path / "p.html", "--lang", "en", status=2).stderr


def test_notes_are_so_many_and_the_number_of_others(tmp_path):
    path = tmp_path / "社区.csv"
    wide = [f"列{number}" for number in range(150)]
    path.write_text(",".join(["编号", "城区", *wide]) + "\n" + ",".join(["c1", "东湖区", *["1"] * 150]), encoding="utf-8")
    said = run("import", path, "--lang", "en").stderr
    notes = [line for line in said.splitlines() if line.startswith("note: ")]
    assert len(notes) == 100 and re.search(r"and [0-9]+ more notes$", said.strip())


def test_clauses_are_found_by_their_words():
    found = run("clauses", "4.2", "--find", "OFFICE", "--json", "--lang", "en").stdout
    assert {one["id"] for one in json.loads(found)} >= {"4.2-1", "4.2-2"}
    assert all("office" in f"{one['zh']} {one['en']}".lower() for one in json.loads(found))


def test_a_template_is_a_workbook(tmp_path):
    told = run("template", tmp_path / "city.csv", "--lang", "en", status=2).stderr
    assert told.endswith("the name of a workbook ends in .xlsx\n") and not list(tmp_path.iterdir())


def test_a_page_is_html(tmp_path):
    told = run("page", "--out", tmp_path / "page.txt", "--lang", "en", status=2).stderr
    assert told.endswith("the name of a page ends in .html\n") and not list(tmp_path.iterdir())


def test_clauses_say_in_chinese_what_carries_them_out():
    for clause, carrier in (("1-4", "；函数pilot_gate_of；"), ("4.2-1", "：规则“物业管理用房"), ("4.2-1", "；参数“")):
        assert carrier in run("clauses", clause, "--lang", "zh").stdout
