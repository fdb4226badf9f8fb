#!/usr/bin/env python3
"""The harnesses in tests/fuzz, each a function of any bytes: fuzzed, or given the inputs that are kept.

tests/fuzz/run.py SECONDS [HARNESS...]   coverage-guided, the seconds shared out; what is found stays in build/fuzz
tests/fuzz/run.py --keep [HARNESS...]    of that, the fewest inputs that reach what no seed does, the short ones of
                                         them into tests/fuzz/corpus
tests/fuzz/run.py --replay FOLDER        the seeds and those inputs, by the programs that make has built in the folder

Seeds are the files that the tests have anyway. An input that is kept is a line of base64.
"""

import base64
import os
import pathlib
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

HERE = pathlib.Path(__file__).parent
TOP = HERE.parents[1]
BUILD = TOP / "build/fuzz"
SANITIZERS = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
LONGEST = 20_000
KEPT = 600  # bytes of an input that is kept, at most
SEEDS = {
    "documents": [
        "examples/data/*.json",
        "examples/data/*/*.json",
        "tests/cases/malformed/*.json",
        "tests/cases/problems/*.json",
    ],
    "cells": ["tests/fuzz/workbooks/*.txt"],
}


def harnesses(asked):
    return asked or sorted(path.stem for path in HERE.glob("*.c") if path.stem != "replay")


def seeds(harness):
    """The texts that the tests have for it."""
    for pattern in SEEDS.get(harness, ()):
        yield from (path.read_bytes() for path in sorted(TOP.glob(pattern)) if path.stat().st_size <= LONGEST)
    if harness == "calls":
        lines = (TOP / "tests/cases/calls.txt").read_bytes().splitlines()
        yield from [line for line in lines if line and not line.startswith(b"#")][::2]
    if harness == "base":
        values = re.findall(rb'"([^"\\]{1,40})"', (TOP / "examples/data/nanchang-2019.json").read_bytes())
        yield from sorted({value for value in values if value[:1].isdigit()})


def kept(harness):
    path = HERE / "corpus" / f"{harness}.txt"
    return [base64.b64decode(line) for line in path.read_text().split()] if path.exists() else []


def fill(folder, inputs):
    folder.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(inputs):
        (folder / f"{number:05d}").write_bytes(data)


def built(names):
    """The harnesses, on a library that says which of its edges are reached."""
    subprocess.run(["sh", TOP / ".ci/packages", "clang", f"libclang-rt-{clang_version()}-dev"], check=True)
    BUILD.mkdir(parents=True, exist_ok=True)
    compiler = ["clang", "-std=c11", "-g", "-O1", f"-I{TOP}/include", f"-I{TOP}/libpilot", *SANITIZERS]
    sources = sorted(TOP.glob("libpilot/*/*.c"))
    objects = [BUILD / f"{path.parent.name}-{path.stem}.o" for path in sources]

    def compile_one(source, made):
        subprocess.run([*compiler, "-fsanitize=fuzzer-no-link", "-c", source, "-o", made], check=True)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(compile_one, sources, objects))
    cjson = subprocess.run(["pkg-config", "--libs", "libcjson"], check=True, capture_output=True, text=True)
    for name in names:
        subprocess.run(
            [
                *compiler,
                "-fsanitize=fuzzer",
                HERE / f"{name}.c",
                *objects,
                *cjson.stdout.split(),
                "-o",
                BUILD / name,
            ],
            check=True,
        )


def clang_version():
    return subprocess.run(["clang", "-dumpversion"], check=True, capture_output=True, text=True).stdout.split(
        "."
    )[0]


def fuzz(seconds, names):
    built(names)
    for name in names:
        corpus = BUILD / "corpus" / name
        fill(corpus, [*seeds(name), *kept(name)])
        done = subprocess.run(
            [
                BUILD / name,
                f"-max_total_time={max(seconds // len(names), 1)}",
                f"-max_len={LONGEST}",
                "-timeout=10",
                "-print_final_stats=1",
                f"-artifact_prefix={BUILD}/",
                corpus,
            ],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if done.returncode:
            sys.exit(f"{done.stderr[-4000:]}\n{name}: the input is in {BUILD}")
        runs = re.search(r"number_of_executed_units: *(\d+)", done.stderr)[1]
        reached = re.findall(r"cov: (\d+)", done.stderr)[-1]
        print(f"{name}: {int(runs):,} inputs, {int(reached):,} edges reached", flush=True)


def keep(names):
    for name in names:
        merged = BUILD / "merged" / name
        shutil.rmtree(merged, ignore_errors=True)
        own = list(seeds(name))
        fill(merged, own)
        subprocess.run(
            [BUILD / name, "-merge=1", f"-max_len={LONGEST}", merged, BUILD / "corpus" / name],
            check=True,
            capture_output=True,
        )
        found = {path.read_bytes() for path in merged.iterdir() if path.stat().st_size <= KEPT} - set(own)
        (HERE / "corpus").mkdir(exist_ok=True)
        lines = [
            base64.b64encode(data).decode() for data in sorted(found, key=lambda data: (len(data), data))
        ]
        (HERE / "corpus" / f"{name}.txt").write_text("".join(f"{line}\n" for line in lines))
        print(f"{name}: {len(own)} seeds, {len(lines)} inputs kept")


def replay(folder):
    for name in harnesses([]):
        inputs = [*seeds(name), *kept(name)]
        corpus = pathlib.Path(folder) / "corpus" / name
        shutil.rmtree(corpus, ignore_errors=True)
        fill(corpus, inputs)
        subprocess.run([pathlib.Path(folder) / name, *sorted(corpus.iterdir())], check=True)


def main(words):
    if words[:1] == ["--replay"]:
        replay(words[1])
    elif words[:1] == ["--keep"]:
        keep(harnesses(words[1:]))
    elif words and words[0].isdigit():
        fuzz(int(words[0]), harnesses(words[1:]))
    else:
        sys.exit(__doc__)


main(sys.argv[1:])
