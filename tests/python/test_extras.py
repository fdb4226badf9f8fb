"""Each extra alone: what it promises needs no package of another."""

import os
import re
import subprocess
import sys
from importlib.metadata import requires
from importlib.util import find_spec
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
DATA = TOP / "examples" / "data"
OFFICE = DATA / "office"

IMPORTED = {"python-calamine": "python_calamine", "python-docx": "docx", "pillow": "PIL"}

USES = {
    "": "libpilot.check(city, as_of='2020-02-29').to_text('zh'); libpilot.NANCHANG_2019.reward(households=300, first='2019-11', last='2023-12')",
    "cli": "from libpilot.cli import app; app(['check', sys.argv[1], '--as-of', '2020-02-29'], standalone_mode=False)",
    "columns": "from libpilot import columns; columns.awards([300], [0], [49])",
    "excel": "city.to_excel(out + '/city.xlsx'); libpilot.City.load(out + '/city.xlsx');"
    " libpilot.check(city, as_of='2020-02-29').to_excel(out + '/report.xlsx')",
    "docx": "libpilot.check(city, as_of='2020-02-29').notices(out)",
    "html": "libpilot.check(city, as_of='2020-02-29').to_html('zh')",
    "plot": "libpilot.check(city, as_of='2020-02-29').plot()",
}


def packages(extra, seen=()):
    """The modules that an extra brings, those of the extras that it names included."""
    for line in requires("libpilot") or ():
        if not re.search(rf"""extra == ["']{extra}["']""", line):
            continue
        name, inner = re.match(r"([\w.-]+)(?:\[([\w,]+)\])?", line).groups()
        if name == "libpilot":
            for other in inner.split(","):
                yield from packages(other)
        else:
            yield IMPORTED.get(name.lower(), name.lower())


def every_extra():
    return {
        re.search(r"""extra == ["'](\w+)["']""", line)[1] for line in requires("libpilot") if "extra" in line
    }


@pytest.mark.parametrize("extra", USES)
def test_an_extra_alone(extra, tmp_path):
    if not all(map(find_spec, packages(extra))):
        pytest.skip(f"the extra {extra} is not installed")
    others = {name for one in every_extra() for name in packages(one)} - {
        *packages(extra),
        "PIL",
    }  # matplotlib brings it
    code = (
        f"import sys; sys.modules.update(dict.fromkeys({sorted(others)!r}))\n"
        "import libpilot; out = sys.argv[2]; city = libpilot.City.load(sys.argv[1])\n" + USES[extra]
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(DATA / "nanchang-2019.json"), str(tmp_path)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        cwd=TOP,
        check=False,
    )
    assert done.returncode in (0, 1) and "Traceback" not in done.stderr, done.stderr
