"""The examples print what docs/engines.md shows, and are short."""

import os
import pathlib
import subprocess
import sys

import pytest

TOP = pathlib.Path(__file__).parents[2]


@pytest.mark.parametrize("engine", ["spark", "duckdb", "polars"])
def test_example(engine):
    path = TOP / f"examples/python/{engine}_awards.py"
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 40
    loopback = {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_HOSTNAME": "localhost"}
    told = subprocess.run(
        [sys.executable, path],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **loopback, "PYTHONIOENCODING": "utf-8"},
    )
    assert told.returncode == 0, told.stderr
    shown = (TOP / "docs/engines.md").read_text(encoding="utf-8")
    assert f"```\n{told.stdout.rstrip()}\n```" in shown


def test_rollout(tmp_path):
    """8,530,200 households of the published table x 864 yuan each in five years, half of it the city's."""
    told = subprocess.run(
        [sys.executable, TOP / "examples/python/rollout.py", "--out", tmp_path],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "MPLBACKEND": "agg"},
    )
    assert told.returncode == 0, told.stderr
    page = (tmp_path / "rollout.md").read_text(encoding="utf-8")
    half = f"{8_530_200 * 864 // 2:,}.00"
    assert f"| nanchang-2019 | 5 | {8_530_200 * 864:,}.00 | {half} | {half} | 216.00 |" in page
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in (tmp_path / "images").iterdir())
