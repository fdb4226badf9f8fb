"""The examples in Python, as a user runs them."""

import importlib.util
import os
import subprocess
import sys

import pytest
from cases import TOP

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
