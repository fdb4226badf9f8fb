#!/usr/bin/env python3
"""Runs what shows that the library can be trusted, and writes docs/trust.md of what it said.

tests/trust.py [--out FILE] [COMMAND ...]     ends with 1, and writes nothing, where something fails

Without a command all are run but the slow ones, which is an hour at most. What is not run keeps what it said last.
"""

import argparse
import pathlib
import platform
import re
import subprocess
import sys

TOP = pathlib.Path(__file__).parents[1]

# What is shown, the command, and the words of its output that are the figure; None: that it ends well.
SHOWN = [
    ("The notice's cases, rule by rule, and each function of the library, in C", "make test-suite", r"Tested: \d+"),
    ("The same under the address and undefined behaviour sanitizers, each piece of memory an allocation of its own",
     "make test-sanitizers", r"\d+ passed, \d+ failed"),
    ("The conformance pack, by a runner that has no code of the library", "make test-conformance", r"\d+ passed, \d+ failed"),
    ("gcc's analyzer over the library, each of its warnings explained", "make analyze", r"\d+ files passed, \d+ warnings explained"),
    ("The Python package, from its wheel", "make test-python", r"\d+ passed"),
    ("Each allocation of small files, calls, votes and a panel fails alone: a clean MEMORY, no leak", "make test-chaos", None),
    ("Several threads at once, under the thread sanitizer", "make test-threads", None),
    ("Twice as many items of any list, in texts, calls and workbooks, cost at most 2.4 times as much", "make test-scale", None),
    ("Inputs that fuzzing found, and the tests' own, replayed under the sanitizers", "make test-corpus", None),
    ("What the shared library shows is listed, and it is hardened", "make test-exports", None),
    ("Lines and branches of the library, and lines of the Python package, that tests reach",
     "make coverage", r"[\d.]+% of lines, [\d.]+% of branches, [\d.]+% of lines in Python"),
    ("Fuzzing of each reader of texts, cells, bytes and rows", "make fuzz SECONDS=140", r"[\w]+: [\d,]+ inputs, [\d,]+ edges reached"),
    ("Faults of ten kinds, planted one at a time", "make planted", r"\S.*?  +\S+ fails|\d+ of \d+ faults are seen"),
]  # fmt: skip
SLOW = [
    ("The library broken in one place at a time, a sample of all places", "make mutants", r"mutants: .*"),
]

PAGE = """# Trust

Each row is a command that anyone can give in a clone, and what it said on {machine}.
`make trust` runs them all and writes this page. How to report a fault, the limits of input and what is promised stand in [SECURITY.md](../SECURITY.md); results
that can be verified in [receipts.md](receipts.md); speed in [performance.md](performance.md).

| What is shown | Command | What it said |
| --- | --- | --- |
{rows}

Coverage is counted in one width of the columns' loops, of which the others are clones. What is not reached yet
`build/coverage/index.html` shows line by line. `make mutants` takes ten minutes more and is not of `make trust`:
`python3 tests/trust.py "make mutants"` renews its row. Slower and not in the table: `make test-full` takes every number
of households, `make check-builds` builds each package twice and compares the bytes, `make test-ports` runs the C suite on
other machines.
"""


def machine():
    model = next(
        (line.partition(":")[2].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
         if line.startswith("model name")), platform.machine())  # fmt: skip
    return f"{model}, {platform.system()} ({platform.libc_ver()[0]} {platform.libc_ver()[1]})"


def ran(what, command, figure):
    done = subprocess.run(command.split(), cwd=TOP, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{done.stdout[-3000:]}{done.stderr[-3000:]}\n{command} failed")
    told = [re.sub(r" {2,}", ": ", one) for one in re.findall(figure, done.stdout)] if figure else ["ok"]
    if not told:
        sys.exit(f"{done.stdout[-3000:]}\n{command} did not say {figure}")
    print(f"{command:28} {told[-1]}", flush=True)
    return f"| {what} | `{command}` | {'<br>'.join(told)} |"


def kept(page):
    """The rows of the page as it stands, by their commands."""
    rows = [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("| ") and "| `" in line]
    return {row.split("`")[1]: row for row in rows}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=pathlib.Path, default=TOP / "docs/trust.md")
    parser.add_argument("commands", nargs="*", metavar="COMMAND")
    options = parser.parse_args()
    asked = options.commands or [command for _, command, _ in SHOWN]
    last = kept(TOP / "docs/trust.md")
    rows = [ran(*one) if one[1] in asked else last.get(one[1]) for one in SHOWN + SLOW]
    told = "\n".join(row for row in rows if row)
    options.out.write_text(PAGE.format(machine=machine(), rows=told), encoding="utf-8")


if __name__ == "__main__":
    main()
