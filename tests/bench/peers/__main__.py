"""libpilot beside the engines that people use for such sums: one run, one table, docs/performance.md.

    build/bench-venv/bin/python tests/bench/peers [--most ROWS] [--rounds N] [--without-libpilot] [--out FILE]

For each line of ROWS the two sides take turns in processes of their own, on the same columns; the medians
are compared. A side whose answer is not the exact one, to the fen and the row, ends the run. --most makes
every line smaller, for a trial.
"""

import argparse
import ast
import contextlib
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
from typing import NamedTuple

import record
import work

HERE = pathlib.Path(__file__).parent


class Side(NamedTuple):
    module: str
    way: str  # the module's function
    threads: int = 1


class Row(NamedTuple):
    what: str
    kind: str  # of work
    rows: int
    subject: Side
    peer: Side | None
    aim: float | None  # the subject's speed over the peer's, at least

    @property
    def limit(self):
        """What memory allows for the bytes that the work reads and writes, by as many threads."""
        return None if self.kind == "verdicts" else Side("by_memory", self.subject.way, self.subject.threads)

    def sides(self):
        return [side for side in (self.subject, self.peer, self.limit) if side]

    def least(self, most):
        return self._replace(rows=min(self.rows, most))


def pilot(way, threads=1):
    return Side("by_libpilot", way, threads)


def awards(what, module, aim, threads=1, rows=10**7):
    return Row(what, "awards", rows, pilot("awards", threads), Side(module, "awards", threads), aim)


def record_to(what, way, peer, aim, rows=1700, threads=1):
    return Row(what, "verdicts", rows, pilot(way, threads), peer, aim)


OF_LIMIT = 0.7  # the aim where memory leaves no room for another
ROWS = [
    awards("awards", "by_numpy", 10),
    awards("awards", "by_polars", 5),
    awards("awards", "by_duckdb", 5),
    awards("awards", "by_polars", 5, threads=2),
    awards("awards", "by_duckdb", 5, threads=2),
    awards("awards", "by_openfisca", 1000, rows=10**6),
    Row("tally, and awards written row by row", "tally", 10**7, pilot("tally"), pilot("awards"), 1.5),
    Row("tally", "tally", 10**7, pilot("tally"), Side("by_numpy", "tally"), None),
    Row("bills", "bills", 10**7, pilot("bills"), Side("by_numpy", "bills"), 5),
    record_to("one record, JSON in, verdict out", "verdicts", Side("by_zen", "verdicts"), 20),
    record_to("one record, JSON in, verdict out", "verdicts", Side("by_zen", "expression"), 1),
    record_to("one record, JSON in, verdict out", "verdicts", Side("by_rules.mjs", "verdicts"), 20),
    record_to("one record, dict in, verdict out", "from_dicts", Side("by_zen", "from_dicts"), 20),
    record_to("records, JSON in, verdicts out", "many", pilot("verdicts"), None, 17000),
    record_to("records, JSON in, verdicts out", "many", pilot("many"), None, 17000, threads=2),
    record_to("one record, JSON in, findings out", "findings", Side("by_zen", "verdicts"), None),
    *(Row("growth: awards", "awards", 10**power, pilot("awards"), None, None) for power in range(4, 9)),
    Row("awards, two threads and one", "awards", 10**7, pilot("awards", 2), pilot("awards"), 1.7),
]


class Worker:
    """A side at work, in a process that ends with the row."""

    def __init__(self, side, row):
        # A tally may be held against awards: each side does the work of its own name.
        self.kind = side.way if side.way in work.INPUT else row.kind
        self.side, self.rows, self.input = side, row.rows, None
        threads = str(side.threads)
        names = ("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
        if side.module.endswith(".mjs"):
            self.input = tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8")
            self.input.write("\n".join(record.texts(row.rows)) + "\n")
            self.input.flush()
            command = ["node", HERE / side.module, self.input.name]
        else:
            command = [sys.executable, HERE / "worker.py", side.module, self.kind, str(row.rows), threads, side.way]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        env={**os.environ, **dict.fromkeys(names, threads)})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.communicate()
        if self.input:
            self.input.close()

    def ask(self, what):
        self.process.stdin.write(what + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{self.side.module} {self.side.way}: no answer")
        return json.loads(line)


_expected = {}


def verify(worker):
    if worker.side.module == "by_memory":
        return
    asked = worker.kind, worker.rows
    if asked not in _expected:
        _expected[asked] = work.EXPECTED[worker.kind](worker.rows)
    if worker.ask("digest") != _expected[asked]:
        sys.exit(f"{worker.side.module} {worker.side.way}: the answer is not the exact one")


PROCESSES = 3  # of each side, one after the other: where one's columns come to lie can halve its speed


def times(sides, row, rounds):
    """The seconds of each side's runs: taking turns, after one in each process that is not counted."""
    taken, versions = [], {}
    for _ in range(PROCESSES):
        with contextlib.ExitStack() as stack:
            workers = [stack.enter_context(Worker(side, row)) for side in sides]
            versions.update({worker.side.module: worker.ask("version") for worker in workers})
            taken += [[worker.ask("run") for worker in workers] for _ in range(rounds + 1)][1:]
            for worker in workers:
                verify(worker)
    return list(zip(*taken)), versions


def spread(seconds):
    """The fastest and the slowest run over the median."""
    middle = statistics.median(seconds)
    return f"{min(seconds) / middle:.2f}-{max(seconds) / middle:.2f}"


def name(side):
    text = side.module.removeprefix("by_").removesuffix(".mjs").replace("rules", "json-rules-engine")
    way = "" if side.way in work.INPUT and side.module != "by_libpilot" else f" {side.way}"
    return text.replace("zen", "zen-engine").replace("openfisca", "openfisca-core") + way


WAYS = ("expression", "findings", "from_dicts", "many")  # beside those of the name of their work

HEAD = ["work", "rows", "threads", "who", "rows/s", "beside", "rows/s", "spread", "times as fast",
        "memory's limit, rows/s", "share of it", "bar"]


def bar(row, speed):
    """What is wanted, why, and whether it is met. speed: rows a second of each side."""
    own, limit = speed[row.subject], speed.get(row.limit)
    other = speed.get(row.peer)
    if limit and (row.peer is None or row.aim and row.aim * other > limit):
        why = f"limit: {row.aim:g} times is {row.aim * other:,.0f} rows/s" if row.aim else "limit"
        return f"{OF_LIMIT} of the {why}; " + ("met" if own / limit >= OF_LIMIT else "not met")
    if row.aim is None:
        return ""
    return f"aim: {row.aim:g} times; " + ("met" if own / other >= row.aim else "not met")


def line(row, sides, taken):
    seconds = dict(zip(sides, taken))
    speed = {side: row.rows / statistics.median(times) for side, times in seconds.items()}
    own, other, limit = (speed.get(side) for side in (row.subject, row.peer, row.limit))
    threads = {side.threads for side in (row.subject, row.peer) if side}
    return [row.what, f"{row.rows:,}", " and ".join(str(n) for n in sorted(threads, reverse=True)),
            name(row.subject) if own else "", f"{own:,.0f}" if own else "",
            name(row.peer) if row.peer else "", f"{other:,.0f}" if other else "",
            ", ".join(spread(seconds[side]) for side in (row.subject, row.peer) if side in seconds),
            f"{own / other:,.2f}" if own and other else "",
            f"{limit:,.0f}" if limit else "",
            f"{own / limit:.2f}" if own and limit else "",
            bar(row, speed) if own else ""]


def machine():
    model = next((text.partition(":")[2].strip() for text in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
                  if text.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB of memory, {platform.system()}"


def fits(row):
    """Columns read and written on all sides, 8 bytes each, with room for the rest."""
    available = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_AVPHYS_PAGES")
    return row.kind == "verdicts" or len(row.sides()) * 6 * 8 * row.rows * 1.25 < available


def notes(modules):
    """How each peer was written, in the words of its module."""
    for module in modules:
        text = (HERE / module).read_text(encoding="utf-8")
        if module.endswith(".mjs"):
            yield module, " ".join(part.strip(" *") for part in text[2:text.index("*/")].split("\n\n")[0].splitlines()
                                   if part.strip(" *") and not part.strip(" *").startswith("node "))
            continue
        tree = ast.parse(text)
        yield module, " ".join(ast.get_docstring(tree).split())
        for node in tree.body:
            ways = isinstance(node, ast.FunctionDef) and node.name in (*work.INPUT, *WAYS)
            if ways and ast.get_docstring(node):
                yield f"{module}, {node.name}", " ".join(ast.get_docstring(node).split())


PAGE = """# Performance

Made by `make bench-peers`; every figure is from one run on one machine. In each line the two sides took turns
{rounds} times after a run that is not counted, each in a process of its own, on the same columns, and all of that
{processes} times with new processes; the figures are medians of all these runs, the spread is the fastest and the
slowest over the median. Every answer was held against one computed month by month, to the fen and the row.
Beside them, in the same turns, as many threads copy, or read, the bytes that the work reads and writes: the memory's
limit, which no form of the work exceeds by much.

A bar is an aim that was set before the work was measured: so many times as fast as the peer. Where that would take
more rows a second than the limit that the same run measured, the bar is {of_limit} of the limit.

Machine: {machine}. Python {python}. Versions: {versions}.

{table}

A line whose bar is not met stays as it is.{left_out}

## Where a line falls short

- Awards: memory is the limit. NumPy's copy writes around the caches, while a line that an award is written to is read
  first: with that read counted an award moves as many bytes a second as the copy. Writing around the caches was tried
  in turns with this: as fast by one thread, slower for totals alone and for narrow columns, and by two threads
  faster on a quiet machine and slower on a shared one; it went. Blocks of 64 rows in registers of 256 bits are the
  fastest form tried, those of 512 bits are no faster. Months of 32 bits take a seventh less time than those of 64.
- Few rows: up to 10,000 a call takes about a tenth of a millisecond whatever it does, most of it in Python.
- The tally: no row is written, so it is held to reading alone, which is three times as fast: rows are counted by where
  they begin and end, and that counting is what takes the time. Adding up each row year by year took some twenty times
  as long; one joint count of begin and end is NumPy's way, and needs a table that many groups push out of the cache.
- Bills: three columns in and one out leave NumPy's four plain passes little to lose. libpilot also checks each row and
  rounds by any rule. Tried: division by a multiplication of 128 bits, then of 32 where the amounts of a block allow,
  and AVX-512's products of 64 bits where the machine has them; the last two are kept.
- One record: the text is scanned, read and indexed strictly and all rules are decided, not ten; two thirds of the time go
  into the text in. A rule's own time is some ten nanoseconds, so that a community's verdict stays above a microsecond.
- Reforms: the single rows, which only a policy that rounds needs, take as long again to be put in order as the bins take to
  be made; where they are left out (`single_rows=False`) the bar is met.
- Files: DuckDB decodes a column and adds it up in one go; here the reader's batches are made whole first. Kept of what was
  tried: the reader's dictionaries as they are, only the columns that are needed, a batch read ahead.

## How each was written

{notes}
"""


def page(lines, versions, rounds, left_out):
    table = ["| " + " | ".join(cells) + " |" for cells in (HEAD, ["---"] * len(HEAD), *lines)]
    modules = sorted(path.name for path in HERE.glob("by_*"))
    return PAGE.format(
        rounds=rounds, processes=PROCESSES, of_limit=OF_LIMIT, machine=machine(), python=platform.python_version(),
        versions=", ".join(f"{name(Side(module, 'awards')).removesuffix(' awards')} {version}"
                           for module, version in sorted(versions.items())),
        table="\n".join(table),
        left_out="".join(f" {text}." for text in left_out),
        notes="\n".join(f"- `{module}`: {text}" for module, text in notes(modules)))


def main():
    parser = argparse.ArgumentParser(prog="peers")
    parser.add_argument("--most", type=lambda text: int(float(text)), default=10**9, help="rows of a line, at most")
    parser.add_argument("--rounds", type=int, default=7, help="turns of each side, at least 5")
    parser.add_argument("--without-libpilot", action="store_true", help="the peers alone")
    parser.add_argument("--out", type=pathlib.Path, help="also write the page there")
    options = parser.parse_args()
    rounds = max(5, options.rounds)
    work.check_by_hand()
    lines, versions, left_out = [], {}, []
    for row in dict.fromkeys(row.least(options.most) for row in ROWS):
        sides = [side for side in row.sides()
                 if not (options.without_libpilot and side.module == "by_libpilot")]
        if not sides or not fits(row):
            left_out.append(f"Left out: {row.what} at {row.rows:,} rows, "
                            + ("for want of memory" if sides else "which is libpilot's alone"))
            continue
        taken, seen = times(sides, row, rounds)
        versions.update(seen)
        lines.append(line(row, sides, taken))
        print(" | ".join(text for text in lines[-1] if text), flush=True)
    text = page(lines, versions, rounds, left_out)
    if options.out:
        options.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
