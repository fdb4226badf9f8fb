"""The examples in Python, as a user runs them."""

import contextlib
import importlib.util
import os
import sqlite3
import subprocess
import sys

import pytest
from cases import TOP
from libpilot import City

ACCOUNT = "examples/data/accounts/956-households.json"


def run(name, *words, status=0):
    done = subprocess.run(
        [sys.executable, f"examples/python/{name}.py", *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        cwd=TOP,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "MPLBACKEND": "agg"},
    )
    assert done.returncode == status, done.stderr
    return done


@pytest.mark.parametrize(
    ("name", "words", "status"),
    [
        ("check_city", ("examples/data/nanchang-2019.json", "2020-02-29"), 1),
        ("compare_schemes", (), 0),
        ("break_even", (ACCOUNT,), 0),
        ("complaints", (), 0),
    ],
)
def test_examples(name, words, status):
    printed = run(name, *words, status=status).stdout
    assert printed == (TOP / f"tests/cases/python/{name}.txt").read_text(encoding="utf-8")


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "city #1.db"  # a path is no address
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript((TOP / "examples/data/city.sql").read_text(encoding="utf-8"))
    return path


def test_a_city_out_of_a_database(database, monkeypatch):
    printed = run("from_postgres", database, "2020-02-29", status=1).stdout
    assert printed == (TOP / "tests/cases/python/from_postgres.txt").read_text(encoding="utf-8")
    monkeypatch.syspath_prepend(TOP / "examples/python")
    example = importlib.import_module("from_postgres")
    with contextlib.closing(example.connect(str(database))) as connection:
        city = example.read_city(connection)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("delete from contracts")
    # What examples/c/from_sqlite.c makes of the same rows.
    assert city.to_json() == City.load(TOP / "tests/cases/from_sqlite.json").to_json() and city.notes == ()


def test_a_database_that_is_refused(database):
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.execute("update areas set households = 'about 640' where id = 'a2'")
        connection.execute("insert into area_communities values ('a1', 'c9')")
        connection.commit()
    told = run("from_postgres", database, status=2).stderr.splitlines()
    assert [line.split(" ")[0] for line in told] == ["areas!F2", "areas!C3"]
    assert [line[line.rindex("[") :] for line in told] == ["[no_record]", "[not_exact]"]
    assert not run("from_postgres", f"{database}.none", status=2).stdout


# Those that need more than make test installs are run by make test-engines.
ELSEWHERE = {"spark_awards", "duckdb_awards", "polars_awards", "rollout"}


def test_the_pictures_of_the_docs(tmp_path):
    pytest.importorskip("matplotlib")
    printed = run("pictures", tmp_path).stdout
    assert printed == (TOP / "tests/cases/python/pictures.txt").read_text(encoding="utf-8")
    page = (TOP / "docs/pictures.md").read_text(encoding="utf-8")
    for line in printed.splitlines():
        name = line.partition(":")[0]
        assert (tmp_path / name).read_bytes().startswith(b"\x89PNG") and f"](images/{name})" in page


def test_every_example_is_run():
    golden = {path.stem for path in (TOP / "tests/cases/python").iterdir()}
    assert {path.stem for path in (TOP / "examples/python").glob("*.py")} - ELSEWHERE == golden


def test_what_the_schemes_pay_by_hand():
    rows = {row.split()[0]: row.split()[2] for row in run("compare_schemes").stdout.splitlines()[1:]}
    assert rows == {
        "nanchang-2019": f"{956 * (25 * 18 + 12 * 12 + 12 * 6)}.00",
        "shijiazhuang-2015": "600215.04",  # 83,363.20 m2 x (0.30 + 0.20 + 0.10) yuan x 12
        "wuhan-2010": "60000.00",
        "xuecheng-2023": "200071.68",  # 83,363.20 m2 x 0.20 yuan x 12
    }


def test_the_picture_is_drawn_where_matplotlib_is(tmp_path):
    picture = tmp_path / "fees.png"
    done = run("break_even", ACCOUNT, picture)
    if importlib.util.find_spec("matplotlib"):
        assert picture.read_bytes().startswith(b"\x89PNG")
        assert not done.stderr
    else:
        assert "needs matplotlib" in done.stderr and not picture.exists()
    assert done.stdout == run("break_even", ACCOUNT).stdout
