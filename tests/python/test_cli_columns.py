"""The commands simulate, compare and solve."""

import json

import libpilot
import pytest
from libpilot import NANCHANG_2019

numpy = pytest.importorskip("numpy")
pyarrow = pytest.importorskip("pyarrow")
typer = pytest.importorskip("typer")
pytest.importorskip("narwhals")
base = pytest.importorskip("libpilot._cli_base")
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
    app = typer.Typer(cls=base.Commands)
    _cli_columns.register(app)

    def call(*words, code=0):
        made = CliRunner().invoke(
            app, [word.replace("DIR", str(tmp_path)) for word in (*words, "--households", "homes")]
        )
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
    ):
        assert said in run(*words, code=2)
