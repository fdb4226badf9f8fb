"""Where the cases are that the C suite reads, too."""

import json
import pathlib

TOP = pathlib.Path(__file__).parents[2]


def cases(name):
    return json.loads((TOP / "tests/cases" / name).read_text(encoding="utf-8"))
