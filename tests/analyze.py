#!/usr/bin/env python3
"""gcc's analyzer over the library: what it says and is not explained below is a failure, and so is what it says no more.

tests/analyze.py
"""

import os
import pathlib
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

TOP = pathlib.Path(__file__).parents[1]
WARNING = re.compile(r"^(libpilot/\S+?):\d+:\d+: warning: (.*?) (?:\[CWE-\d+\] )?\[-W", re.MULTILINE)

# File and warning -> why it is none.
EXPLAINED = {
    ("libpilot/json/tree.c", "dereference of NULL ‘planted’"): "a tree that is planted well is there",
    (
        "libpilot/panel/aggregate.c",
        "use of uninitialized value ‘*places.group[i]’",
    ): "a block has a place for each row",
    ("libpilot/panel/bins.c", "leak of ‘made.of’"): "the list that is handed over owns it",
    ("libpilot/panel/bins.c", "leak of ‘made.start’"): "likewise",
    ("libpilot/panel/bins.c", "leak of ‘made.times’"): "likewise",
    (
        "libpilot/panel/draw.c",
        "use of uninitialized value ‘*to.come[d]’",
    ): "read where the first bits were drawn",
    ("libpilot/panel/draw.c", "use of uninitialized value ‘*to.open[d]’"): "likewise",
    ("libpilot/rules/rules.c", "dereference of NULL ‘type’"): "a scope is within a record that has its list",
}


def said(source):
    done = subprocess.run(
        ["gcc", "-std=c11", "-O1", "-fanalyzer", "-Iinclude", "-Ilibpilot", "-c", source, "-o", "/dev/null"],
        cwd=TOP, env={**os.environ, "LC_ALL": "C.UTF-8"}, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return set(WARNING.findall(done.stderr))


def main():
    sources = sorted(str(path.relative_to(TOP)) for path in TOP.glob("libpilot/*/*.c"))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = set().union(*pool.map(said, sources))
    for file, warning in sorted(found - EXPLAINED.keys()):
        print(f"{file}: {warning}")
    for file, warning in sorted(EXPLAINED.keys() - found):
        print(f"{file}: no longer said, and still explained: {warning}")
    print(f"{len(sources)} files passed, {len(found & EXPLAINED.keys())} warnings explained")
    return 0 if found == EXPLAINED.keys() else 1


if __name__ == "__main__":
    sys.exit(main())
