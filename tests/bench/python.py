"""How long a reward takes from Python, what an import costs, and what a loop leaves behind.

python tests/bench/python.py          a second or two
python tests/bench/python.py --full   10 million rewards and 100,000 city files, too: minutes
"""

import decimal
import os
import pathlib
import re
import subprocess
import sys
import time
import timeit

import libpilot
from libpilot import NANCHANG_2019, _pilot

CITY = pathlib.Path(__file__).parents[2] / "examples/data/nanchang-2019.json"
RATES = [
    (1, decimal.Decimal("18.0000")),
    (24, decimal.Decimal("18.0000")),
    (12, decimal.Decimal("12.0000")),
    (12, decimal.Decimal("6.0000")),
]
FEN = decimal.Decimal("0.01")


def by_decimal():
    """The same sum, its months and rates already looked up."""
    total = decimal.Decimal(0)
    for months, rate in RATES:
        total += 1885 * months * rate
    total = total.quantize(FEN, decimal.ROUND_HALF_UP)
    city = (total / 2).quantize(FEN, decimal.ROUND_DOWN)
    return total, city, total - city


def microseconds(call, number=20_000):
    """Of processor time, the best of ten: what is slower is the machine's doing."""
    return min(timeit.repeat(call, number=number, repeat=10, timer=time.process_time)) / number * 1e6


def imported(code):
    """The importtime total of a statement's modules, in milliseconds; the best of seven."""
    best = float("inf")
    for _ in range(7):
        told = subprocess.run(
            [sys.executable, "-X", "importtime", "-c", code],
            capture_output=True,
            text=True,
            check=True,
            cwd="/",
        ).stderr
        rows = re.findall(r"import time:\s+(\d+) \|\s+(\d+) \|( +)(\S+)", told)
        wanted = {name.strip() for name in code.removeprefix("import ").split(",")}
        best = min(
            best, sum(int(total) for _, total, depth, name in rows if name in wanted and len(depth) == 1)
        )
    return best / 1000


def resident():
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def loop(count, call):
    for _ in range(count // 100 + 1000):
        call()
    before = resident()
    for _ in range(count):
        call()
    return before, resident()


def main():
    native = NANCHANG_2019._native
    claim = NANCHANG_2019.reward(households=1885, first="2019-12", last="2023-12")._claim
    asked = {"households": 1885, "first": "2019-12", "last": "2023-12"}
    assert NANCHANG_2019.reward(**asked).total == by_decimal()[0]
    rows = [
        ("extension's call, reward", lambda: _pilot.reward(native, claim)),
        ("Policy.reward(...)", lambda: NANCHANG_2019.reward(**asked)),
        ("Policy.reward(...).total", lambda: NANCHANG_2019.reward(**asked).total),
        ("decimal, the same sum", by_decimal),
    ]
    for name, call in rows:
        print(f"{name:28} {microseconds(call):9.2f} µs")
    text = CITY.read_bytes()
    city = libpilot.City.load(text)
    print(f"{'City.load(example)':28} {microseconds(lambda: libpilot.City.load(text), 20):9.2f} µs")
    print(
        f"{'check(example)':28} {microseconds(lambda: libpilot.check(city, as_of='2020-02-29'), 20):9.2f} µs"
    )
    base, own = imported("import json, decimal, datetime"), imported("import libpilot")
    print(f"{'json, decimal, datetime':28} {base:9.2f} ms to import")
    print(f"{'libpilot, those included':28} {own:9.2f} ms, {own / base:.2f} times as long")
    full = "--full" in sys.argv[1:]
    for name, count, call in (
        ("rewards", 10_000_000 if full else 200_000, rows[1][1]),
        ("city files", 100_000 if full else 2_000, lambda: libpilot.City.load(text)),
    ):
        before, after = loop(count, call)
        print(f"{f'{count:,} {name}':28} {before:9.2f} MiB resident before, {after:.2f} after")


main()
