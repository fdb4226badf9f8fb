#!/usr/bin/env python3
"""Faults put into a copy of the tree, one at a time: for each the check that has to fail is run, and says so or not.

tests/planted.py [NAME...]     all unless named; minutes. Ends with 1 where a fault goes unseen.

A fault is text of a file in the place of other text. Steps are those of tests/run; a fault of the Python package is put into
a copy of the installed one, and its tests are run on that.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import time
from typing import NamedTuple

TOP = pathlib.Path(__file__).parents[1]
COPY = TOP / "build/planted/tree"
PACKAGE = TOP / "build/planted/python"
PYTHON = TOP / "build/venv/bin/python"


class Fault(NamedTuple):
    file: str
    before: str
    after: str
    check: str  # a step, or tests of Python


FAULTS = {
    "leak": Fault("libpilot/base/writer.c", "    free(text);\n}", "    (void)text;\n}", "chaos"),
    "race": Fault(
        "libpilot/report/walk.c",
        "    bool on = v->visit(v->context, s, at);\n",
        "    static size_t walked;\n    walked++;\n    bool on = v->visit(v->context, s, at);\n",
        "threads",
    ),
    "overflow": Fault(
        "libpilot/base/base.c", "b < 0 ? a < INT64_MIN - b : a > INT64_MAX - b", "b < 0 && a < INT64_MIN - b", "suite"
    ),
    "one fen off in the split": Fault(
        "libpilot/base/base.c",
        "rest * share.numerator / share.denominator;",
        "(rest * share.numerator + share.denominator - 1) / share.denominator;",
        "suite",
    ),
    "another clause": Fault(
        "libpilot/rules/siting.c", '.clauses = {"2-2"},', '.clauses = {"2-3"},', "docs"
    ),
    "export nobody lists": Fault(
        "libpilot/base/base.c",
        "pilot_status pilot_add(",
        "PILOT_API int pilot_spare(void);\nint pilot_spare(void)\n{\n    return 0;\n}\n\npilot_status pilot_add(",
        "exports",
    ),
    "list searched from its start": Fault(
        "libpilot/record/index.c", "size_t middle = low + (high - low) / 2;", "size_t middle = low;", "scale"
    ),
    "struct that grew": Fault(
        "include/pilot/reward.h", "} pilot_claim;", "    int64_t spare;\n} pilot_claim;", "house"
    ),
    "name that is not escaped": Fault("_page.py", "autoescape=True", "autoescape=False", "test_page.py"),
    "row lost in a file": Fault(
        "_files.py", "yield Batch(self, table.slice(first, rows), start + first)",
        "yield Batch(self, table.slice(first, rows - 1), start + first)", "test_files.py",
    ),
}  # fmt: skip


def put(path, before, after):
    text = path.read_text(encoding="utf-8")
    if before not in text:
        sys.exit(f"{path}: there is no {before!r} any more to put the fault in the place of")
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def copied():
    """The tree as it stands, what has been built in an earlier copy kept."""
    listed = subprocess.run(["git", "-C", TOP, "ls-files", "-co", "--exclude-standard", "-z"], check=True,
                            capture_output=True, text=True).stdout  # fmt: skip
    for name in listed.rstrip("\0").split("\0"):
        source, to = TOP / name, COPY / name
        if not source.exists() or (to.exists() and to.read_bytes() == source.read_bytes()):
            continue
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, to)


def step_fails(fault):
    place = COPY / fault.file
    kept = place.read_text(encoding="utf-8")
    put(place, fault.before, fault.after)
    try:
        done = subprocess.run(
            ["make", "-s", "-C", COPY, f"test-{fault.check}"], capture_output=True, text=True, check=False
        )
    finally:
        place.write_text(kept, encoding="utf-8")
    return done


def python_fails(fault):
    """The package with the fault goes before the one that is installed."""
    where = subprocess.run([PYTHON, "-c", "import libpilot; print(libpilot.__path__[0])"], check=True, cwd="/",
                           capture_output=True, text=True).stdout.strip()  # fmt: skip
    shutil.rmtree(PACKAGE, ignore_errors=True)
    shutil.copytree(where, PACKAGE / "libpilot")
    put(PACKAGE / "libpilot" / fault.file, fault.before, fault.after)
    return subprocess.run([PYTHON, "-m", "pytest", "-q", "-x", f"tests/python/{fault.check}"], cwd=TOP,
                          env={**os.environ, "PYTHONPATH": str(PACKAGE)}, capture_output=True, text=True, check=False)  # fmt: skip


def seen(name, fault):
    began = time.monotonic()
    done = (python_fails if fault.check.endswith(".py") else step_fails)(fault)
    # A fault that no compiler takes shows nothing of the check.
    ran = "FAILED" in done.stdout + done.stderr
    told = f"{fault.check} fails" if done.returncode and ran else "UNSEEN"
    print(f"{name:30} {told:24} {time.monotonic() - began:4.0f} s", flush=True)
    if not ran:
        print((done.stdout + done.stderr)[-2000:])
    return ran and done.returncode != 0


def main(names):
    copied()
    found = [seen(name, FAULTS[name]) for name in names or FAULTS]
    print(f"{sum(found)} of {len(found)} faults are seen")
    return 0 if all(found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
