"""The commands simulate, compare, solve and draw."""

import json

import libpilot
import pytest
from libpilot import NANCHANG_2019

numpy = pytest.importorskip("numpy")
pyarrow = pytest.importorskip("pyarrow")
typer = pytest.importorskip("typer")
pytest.importorskip("narwhals")
base = pytest.importorskip("libpilot._cli_base")
help = pytest.importorskip("libpilot._cli_help")
from libpilot import _cli_columns, columns  # noqa: E402
from typer.testing import CliRunner  # noqa: E402

REFORM = {"city_share": "1/3", "readings": {"month_rule": "calendar_years"}}


@pytest.fixture
def run(tmp_path):
    import pyarrow.csv

    generator = numpy.random.default_rng(9)
    table = pyarrow.table(
        {
            "homes": generator.integers(1, 3000, 50),
            "first": ["2019-12", "2021-05"] * 25,
            "last": ["2023-01"] * 50,
            "district": ["east", "west"] * 25,
            "ok": [True, False, True, True, True] * 10,
        }
    )
    pyarrow.csv.write_csv(table, tmp_path / "panel.csv")
    (tmp_path / "reform.json").write_text(json.dumps(REFORM), encoding="utf-8")
    app = help.App(cls=base.Commands)
    _cli_columns.register(app)

    def call(*words, code=0, households=True):
        words = [*words, *(("--households", "homes") if households else ())]
        made = CliRunner().invoke(app, [word.replace("DIR", str(tmp_path)) for word in words])
        assert made.exit_code == code, made.output
        return made.output

    call.table, call.folder = table, tmp_path
    return call


def test_simulate(run):
    asked = ("simulate", "DIR/panel.csv", "--passed", "ok", "--lang", "en")
    said = json.loads(run(*asked, "--json", "--group", "district", "--threads", "2"))
    wanted = libpilot.simulate(run.table, households="homes", passed="ok")
    total = sum(wanted["total_fen"].to_pylist())
    assert round(sum(float(row["total"]) for row in said["years"]) * 100) == total
    assert (said["rows"], said["bad"], {row["group"] for row in said["years"]}) == (50, 0, {"east", "west"})
    text = run(*asked, "-q", "--out", "DIR/out.parquet")
    assert f"50 rows, 0 bad: {total // 100}.{total % 100:02d} yuan" in text
    import pyarrow.parquet

    assert pyarrow.parquet.read_table(run.folder / "out.parquet")["total_fen"].equals(wanted["total_fen"])
    assert "合计" in run(*asked[:-1], "zh", "-q", "--group", "district", "--reform", "DIR/reform.json")


def test_compare(run):
    said = json.loads(run("compare", "DIR/panel.csv", "--with", "share=DIR/reform.json", "--json"))
    made = libpilot.compare(
        run.table, NANCHANG_2019, {"share": NANCHANG_2019.patch(REFORM)}, households="homes"
    )
    assert said == {
        "rows": [row.to_dict() for row in made.rows],
        "changes": [one.to_dict() for one in made.changes],
    }
    text = run(
        "compare", "DIR/panel.csv", "--with", "share=DIR/reform.json", "--group", "district", "--lang", "en"
    )
    assert "share" in text and "east" in text


def test_solve(run):
    tally = columns.tally(run.table["homes"].to_numpy(), ["2019-12", "2021-05"] * 25, "2023-01")
    said = run("solve", "DIR/panel.csv", "--yearly", "2020=1000000", "--budget", "3000000", "-q")
    assert said.strip() == str(libpilot.solve(tally, find="factor", yearly={2020: 10**6}, budget=3 * 10**6))
    asked = ("solve", "--find", "quantity", "--budget", "30000000", "--first", "2019-12", "--last", "2020-12")
    assert run(*asked).strip() == "128205"


def test_solve_has_the_options_of_the_others(run):
    """An answer for each group, which is that of the group's rows alone; bad rows left out and told; JSON."""
    asked = ("solve", "DIR/panel.csv", "--budget", "3000000", "--group", "district")
    said = json.loads(run(*asked, "--json", "--threads", "2"))
    assert (said["policy"], said["bad"]) == (NANCHANG_2019.id, 0)
    for answer in said["answers"]:
        own = run.table.filter(pyarrow.compute.equal(run.table["district"], answer["group"]))
        wanted = libpilot.solve(own, find="factor", budget=3 * 10**6, households="homes")
        assert answer["factor"] == str(wanted)
        assert wanted == libpilot.solve(own, find="factor", budget=3 * 10**6, households="homes", threads=3)
    east, west = ([one["factor"]] for one in said["answers"])
    for lang, title in (("en", "factor"), ("zh", "标准倍数")):
        text = run(*asked, "-q", "--lang", lang)
        assert title in text and text.split()[-4:] == ["east", *east, "west", *west]
    (run.folder / "bad.csv").write_text(
        "homes,first,last\n10,2020-01,2020-12\n-1,2020-01,2020-12\n", encoding="utf-8"
    )
    assert "bad.csv:3" in run("solve", "DIR/bad.csv", "--budget", "1080", "-q", code=2)
    kept = run("solve", "DIR/bad.csv", "--budget", "1080", "--keep-bad", "-q", "--lang", "en")
    assert kept.split() == "1 bad rows are left out 0.5000".split()
    assert json.loads(run("solve", "DIR/bad.csv", "--budget", "1080", "--keep-bad", "--json"))["bad"] == 1
    bad = {"households": [10, -1], "first": ["2020-01"] * 2, "last": ["2020-12"] * 2}
    assert str(libpilot.solve(bad, find="factor", budget=1080, bad="keep")) == "0.5000"
    with pytest.raises(libpilot.RangeError):
        libpilot.solve(bad, find="factor", budget=1080)
    per = ("solve", "--find", "quantity", "--budget", "1", "--first", "2019-12", "--last", "2020-12", "--per")
    assert "did you mean household_month or" in run(*per, "month", code=2)


def test_draw(run):
    asked = ("draw", "DIR/panel.csv", "--seed", "7", "--draws", "40", "--household-error", "0.05")
    odds = {"take_up": "0.9", "pass_probability": {2020: "0.5"}, "household_error": "0.05"}
    made = libpilot.draw(run.table, seed=7, draws=40, households="homes", **odds)
    asked = (*asked, "--take-up", "0.9", "--pass-probability", "2020=0.5")
    said = json.loads(run(*asked, "--of", "city", "--threads", "2", "--json"))
    assert (said["seed"], said["draws"], said["of"]) == (7, 40, "city")
    for row in said["quantiles"]:
        wanted = made.quantiles(of="city")[row["year"]]
        assert [row[at] for at in ("0.05", "0.5", "0.95")] == [str(one) for one in wanted]
    middle = str(made.quantiles()[None][1])
    assert middle in run(*asked, "--lang", "en") and "合计" in run(*asked, "--lang", "zh")
    import pyarrow.parquet

    for unit in ("fen", "yuan"):
        run(*asked, "--out", "DIR/drawn.parquet", "--unit", unit)
        assert pyarrow.parquet.read_table(run.folder / "drawn.parquet").equals(made.to_frame(unit))


def test_draw_by_common_shocks(run):
    asked = ("draw", "DIR/panel.csv", "--seed", "7", "--draws", "60", "--rows", "expected")
    asked = (*asked, "--pass-probability", "uniform(0.5,0.9)@year", "--take-up", "triangular(0.6,0.7,0.8)")
    asked = (*asked, "--parameter", "rates/0/yuan=uniform(15,20)", "--vary", "month_rule")
    made = libpilot.draw(
        run.table,
        seed=7,
        draws=60,
        households="homes",
        rows="expected",
        pass_probability=libpilot.uniform("0.5", "0.9", by="year"),
        take_up=libpilot.triangular("0.6", "0.7", "0.8"),
        parameters={"rates/0/yuan": libpilot.uniform(15, 20)},
        readings={"month_rule": None},
    )
    said = json.loads(run(*asked, "--json"))
    assert said["quantiles"][-1]["0.5"] == str(made.quantiles()[None][1])
    told = [(one["name"], one["alone"], one["with_others"]) for one in said["sources"]]
    assert told == [(one.name, str(one.alone), str(one.with_others)) for one in made.sources()]
    assert len(told) == 4
    for lang, words in (
        ("en", ("by itself", "take-up", "parameter rates/0/yuan")),
        ("zh", ("来源", "参与率", "计奖月份")),
    ):
        text = run(*asked, "--lang", lang)
        assert all(word in text for word in words)
    luck = (
        "draw",
        "DIR/panel.csv",
        "--seed",
        "7",
        "--draws",
        "20",
        "--take-up",
        "uniform(0.5,0.9)",
        "--json",
    )
    assert json.loads(run(*luck))["sources"] == []
    assert {one["name"] for one in json.loads(run(*luck, "--sources"))["sources"]} == {"take_up", "rows"}
    for wrong in (
        ("--take-up", "uniform(1)"),
        ("--vary", "nothing"),
        ("--rows", "all"),
        ("--parameter", "x"),
        ("--parameter", "id=3"),
    ):
        run(*luck[:-3], *wrong, code=2)


def test_shares_in_a_column(run):
    (run.folder / "odds.csv").write_text(
        "homes,first,last,chance\n10,2020-01,2020-12,1\n20,2020-01,2020-12,0.0\n", encoding="utf-8"
    )
    asked = ("draw", "DIR/odds.csv", "--seed", "1", "--draws", "3", "--json")
    for option in ("--take-up", "--pass-probability"):
        said = json.loads(run(*asked, option, "chance"))
        assert {row["0.5"] for row in said["quantiles"] if row["year"] in (2020, None)} == {"2160.00"}
    assert "odds.csv:2: homes: found 10" in run(*asked, "--take-up", "homes", code=2)
    assert "take_up" in run(*asked, "--take-up", "nine", code=2)


def test_amounts_in_yuan(run):
    import pyarrow.parquet

    asked = ("simulate", "DIR/panel.csv", "-q", "--out", "DIR/out.parquet", "--unit")
    run(*asked, "yuan")
    made = pyarrow.parquet.read_table(run.folder / "out.parquet")
    wanted = libpilot.simulate(run.table, households="homes", unit="yuan")
    assert made["total_yuan"].equals(wanted["total_yuan"])
    assert '--unit: there is no "jiao", only fen, yuan' in run(*asked, "jiao", code=2)


def test_areas(run):
    """A yuan for each m²: 120.50 m² in a file of m², or 12050 in one of 0.01 m²."""
    rates = [{"first": "2019-12", "last": "2019-12", "yuan": "1", "per": "square_metre_month"}]
    (run.folder / "area.json").write_text(json.dumps({"rates": rates}), encoding="utf-8")
    (run.folder / "area.csv").write_text("homes,square,dm2\n1,120.50,12050\n", encoding="utf-8")
    asked = ("DIR/area.csv", "--first", "2019-12", "--last", "2019-12", "--reform", "DIR/area.json")
    for option in (("--building-area", "square"), ("--building-area-dm2", "dm2")):
        said = json.loads(run("simulate", *asked, *option, "--json"))
        assert [(row["total"], row["building_area"]) for row in said["years"]] == [("120.50", "120.50")]
        made = run("compare", *asked, *option, "--with", "same=DIR/area.json", "--json")
        assert json.loads(made)["rows"][0]["total"] == "120.50"
        assert run("solve", *asked, *option, "--budget", "60.25", "-q").strip() == "0.5000"
    assert "found areas in m² and in 0.01 m²" in run(
        "simulate", *asked, "--building-area", "square", "--building-area-dm2", "dm2", code=2
    )


def test_days_as_groups(run):
    import datetime

    import pyarrow.parquet

    days = [datetime.date(2019, 12, 1), datetime.date(2020, 1, 1)] * 25
    table = run.table.append_column("day", pyarrow.array(days))
    pyarrow.parquet.write_table(table, run.folder / "days.parquet")
    said = json.loads(run("simulate", "DIR/days.parquet", "--group", "day", "--json"))
    assert {row["group"] for row in said["years"]} == {"2019-12-01", "2020-01-01"}
    assert "2019-12-01" in run("simulate", "DIR/days.parquet", "--group", "day")
    asked = ("compare", "DIR/days.parquet", "--with", "share=DIR/reform.json", "--group", "day")
    said = json.loads(run(*asked, "--json"))
    assert {row["group"] for row in said["changes"]} == {"2019-12-01", "2020-01-01"}


def test_every_command_reads_a_file_by_its_use(run):
    text = "户数,起,区\n0012,2019-12,041\n3.0,2020-01,41\n"
    (run.folder / "gbk.csv").write_bytes(text.encode("gb18030"))
    (run.folder / "wrong.csv").write_bytes((text + "x,2020-01,41\n").encode("gb18030"))
    asked = ("--first", "起", "--last", "2020-12", "--households", "户数", "--group", "区")
    reform = ("--with", "share=DIR/reform.json")
    for words in (("simulate", "--json"), ("compare", *reform, "--json")):
        said = json.loads(run(words[0], "DIR/gbk.csv", *words[1:], *asked, households=False))
        told = said["years"] if "years" in said else said["rows"]
        assert {row["group"]: row["households"] for row in told if row["year"] == 2020} == {
            "041": 12,
            "41": 3,
        }
        wrong = f'{run.folder}/wrong.csv:4: 户数: found "x" where a whole number is wanted\n'
        for encoding in ((), ("--encoding", "gb18030")):
            assert (
                run(words[0], "DIR/wrong.csv", *words[1:], *asked, *encoding, code=2, households=False)
                == wrong
            )
    assert run("solve", "DIR/wrong.csv", "--budget", "1", *asked[:-2], code=2, households=False) == wrong
    assert "--encoding" in run("solve", "DIR/gbk.csv", "--budget", "1", "--encoding", "x", code=2)


def test_what_cannot_be_used(run):
    (run.folder / "year.csv").write_text("homes,first,last,year\n1,2020-01,2020-01,a\n", encoding="utf-8")
    for words, said in (
        (("simulate", "DIR/year.csv", "--group", "year"), "which is to be made"),
        (("simulate", "DIR/year.csv", "--group", "year", "--json"), "which is to be made"),
        (
            ("compare", "DIR/year.csv", "--group", "year", "--with", "x=DIR/reform.json"),
            "which is to be made",
        ),
        (("simulate", "DIR/panel.cvs"), "did you mean"),
        (("simulate", "DIR/panel.csv", "--first", "start"), "there is no such column"),
        (("compare", "DIR/panel.csv", "--with", "x"), "NAME=FILE"),
        (("solve", "--budget", "1"), "FILE"),
        (("solve", "DIR/panel.csv", "--budget", "1", "--find", "rate", "--rate", "1", "-q"), "too small"),
        (("simulate", "DIR/panel.csv", "--passed", "x=ok"), "a year"),
        (("simulate", "DIR/panel.csv", "--passed", "²=ok"), "a year"),
        (("simulate", "DIR/panel.csv", "--passed", "2020=ok", "--passed", "2020=homes"), "one of them"),
        (("solve", "DIR/panel.csv", "--yearly", "2020=1", "--yearly", "2020=2"), "one of them"),
        (("solve", "DIR/panel.csv", "--yearly", "²=1"), "a year"),
        (
            ("compare", "DIR/panel.csv", "--with", "a=DIR/reform.json", "--with", "a=DIR/b.json"),
            "one of them",
        ),
        (("simulate", "DIR/panel.csv", "--out", "DIR/panel.csv"), "--out: found"),
        (("simulate", "DIR/panel.csv", "--out", "DIR/out.xlsx"), ".parquet, .csv, .csv.gz, .arrow or .feather"),
        (("simulate", "DIR/panel.csv", "--out", "DIR/none/out.csv"), "none: there is no such directory"),
        (("simulate", "DIR/panel.csv", "--out", "/dev/stdout"), ".parquet, .csv, .csv.gz, .arrow or .feather"),
        (("simulate", "DIR/panel.csv", "--out", "DIR"), ".parquet, .csv, .csv.gz, .arrow or .feather"),
        (("simulate", "DIR"), "is a directory"),
        (("simulate", "DIR/reform.json"), "found text"),
    ):
        assert said in run(*words, code=2)


def test_tallies_by_group_are_written_as_well(run):
    import pyarrow.parquet

    asked = ("simulate", "DIR/panel.csv", "--passed", "ok", "--group", "district", "--out", "DIR/out.parquet")
    said = json.loads(run(*asked, "-q", "--json"))
    made = pyarrow.parquet.read_table(run.folder / "out.parquet")
    total = sum(made["total_fen"].to_pylist())
    assert total == round(sum(float(row["total"]) for row in said["years"]) * 100) > 0


def test_one_sum_bounds_every_year(run):
    asked = ("solve", "DIR/panel.csv", "--passed", "ok", "-q")
    wanted = ("--yearly", "2019=9000", "--yearly", "2020=9000", "--yearly", "2021=9000", "--yearly", "2022=9000")
    assert run(*asked, "--yearly", "9000") == run(*asked, *wanted, "--yearly", "2023=9000")
