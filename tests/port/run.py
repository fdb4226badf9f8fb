#!/usr/bin/env python3
"""The C suite without Criterion, each test in a process of its own: for other systems and machines, and under sanitizers.

tests/port/run.py [TARGET | PROGRAM ...] [-TEST ...]   from the top, on build/ports/TARGET/unit; a TEST is left out of a PROGRAM.
Tests are told whose time stands out: more than SLOW seconds.
"""

import os
import pathlib
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

SLOW = 10
SKIPPED = 77

NO_COMMA = {"json/no_locale_shows": "its C library has a decimal point in all locales"}
# Four are most of the time where it is emulated.
SLOW_EMULATED = {
    "reads/decide": "asks the rules of nothing that other tests do not",
    "table/every_city_comes_through_cells_as_it_is": "asks cells of nothing that other tests do not",
    "sentences/of_the_rules_cases": "looks at the wording alone of what rules/cases asks",
    "stop/ends_the_call_wherever_it_says_so": "stops at each place; other tests stop at some",
}

# As zig calls it -> what runs its programs, and the tests that are left out, with the reason.
TARGETS = {
    "x86_64-linux-musl": ([], NO_COMMA),
    "x86-linux-musl": ([], NO_COMMA),
    # Pointers are signed by what the processor may choose, as the algorithm of the standard takes most of the time emulated.
    "aarch64-linux-musl": (["qemu-aarch64", "-cpu", "max,pauth-impdef=on"], NO_COMMA | SLOW_EMULATED),
    "s390x-linux-musl": (["qemu-s390x"], NO_COMMA | SLOW_EMULATED),
    "wasm32-wasi": (["node", "--no-warnings", "tests/port/wasi.mjs"], NO_COMMA),
}


def ran(command, test):
    began = time.monotonic()
    done = subprocess.run([*command, test], capture_output=True, text=True, check=False)
    return test, done, time.monotonic() - began


def run(target, without):
    """Whether every test of it passed that is not left out."""
    if "/" in target:
        command, left_out = [target], without
    else:
        launcher, left_out = TARGETS[target]
        command = [*launcher, f"build/ports/{target}/unit"]
    began = time.monotonic()
    tests = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    unknown = set(left_out) - set(tests)
    counts = {0: 0, SKIPPED: 0}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        asked = sorted(set(tests) - set(left_out))
        for test, done, took in pool.map(lambda test: ran(command, test), asked):
            if done.returncode in counts:
                counts[done.returncode] += 1
            else:
                print(f"{target}: {test} ended with {done.returncode}\n{done.stdout}{done.stderr}", end="")
            if took > SLOW:
                print(f"{target}: {test} took {took:.0f} s")
    for test in unknown:
        print(f"{target}: {test} is no test")
    failed = len(tests) - len(left_out) - sum(counts.values())
    print(
        f"{target}: {counts[0]} passed, {failed} failed, {counts[SKIPPED]} skipped, {len(left_out)} left out"
        f" in {time.monotonic() - began:.0f} s",
        flush=True,
    )
    return counts[0] and not failed and not unknown


def main():
    pathlib.Path("build/ports").mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("PILOT_TEST_STRIDE", "40")
    without = {one[1:] for one in sys.argv[1:] if one.startswith("-")}
    asked = [one for one in sys.argv[1:] if not one.startswith("-")]
    passed = [run(target, without) for target in asked or TARGETS]
    return 0 if all(passed) else 1


sys.exit(main())
