#!/usr/bin/env python3
"""Breaks the library one place at a time, and counts what its tests notice.

    tests/mutate.py [--sample N [--seed TEXT]] [--jobs N] [FILE ...]     default: every place of libpilot/, which takes hours

Each mutant turns one comparison, condition, outcome or constant of a function into another. The tests of the C suite that
reach the function are run on it, the quickest first and thinned as in `make test`; then failing allocations; then the tests
again under the sanitizers. One that survives all has to be explained in tests/cases/mutants.json (file, function, line of
code, what that becomes, reason): of a sample 95 % have to be caught or explained, else all. What is explained and caught is told.
"""

import argparse
import collections
import concurrent.futures
import glob
import hashlib
import json
import os
import re
import resource
import subprocess
import sys
import tempfile

FLAGS = ["-std=c11", "-w", "-Iinclude", "-Ilibpilot", "-Itests/port"]
LEAST = 95
SECONDS, MEGABYTES = 20, 8 << 10  # of one process; a wall clock would count a busy machine as a mutant caught
FAILING = "-Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc"
FAILED = [
    *sorted(glob.glob("examples/data/*/*.json")),
    *(f"tests/cases/{name}" for name in ("problems/city.json", "from_sqlite.json", "calls.txt")),
]
# A third of all the time, and they ask rules and cells of nothing that other tests do not.
LONG = {"reads/decide", "table/every_city_comes_through_cells_as_it_is"}
# The library is built three times: to see which functions a test reaches; plainly; and with each piece of memory an
# allocation of its own, under the sanitizers, which see what is read past it. Tests of more than LONGER seconds, which are
# more than half of the time there, are not run under them.
LONGER = 0.3
REACHED = ["-O1", "-g1", "-fno-inline", "-finstrument-functions"]
STACK = "-DSTACK=8388608"
BUILDS = {
    "plain": ["-O1", STACK],
    "sanitized": [
        "-O1", STACK, "-DLARGEST_BLOCK=0", "-DPILOT_WIDTH_MAX=0", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"
    ],
}  # fmt: skip
SKIPPED = 77
CHANGES = [
    (r"(?<![<>=!\-])<(?![<=])", "<="),
    (r"<=(?!=)", "<"),
    (r"(?<![>\-])>(?![>=])", ">="),
    (r">=(?!=)", ">"),
    (r"==", "!="),
    (r"!=", "=="),
    (r"&&", "||"),
    (r"\|\|", "&&"),
    (r"(?<=[\w)\]]) \+ (?=[\w(])", " - "),
    (r"(?<=[\w)\]]) - (?=[\w(])", " + "),
    (r"!(?=[\w(])", ""),
    (r"\bPILOT_MET\b", "PILOT_BREACH"),
    (r"\bPILOT_BREACH\b", "PILOT_MET"),
    (r"\bPILOT_PENDING\b", "PILOT_MET"),
    (r"\bPILOT_INFO\b", "PILOT_BREACH"),
    (r"\bPILOT_NOT_APPLICABLE\b", "PILOT_MET"),
    (r"\bpilot_at_least\b", "pilot_exactly"),
    (r"\bpilot_exactly\b", "pilot_at_least"),
    (r"return pilot_missing\([^;]*\);", "return PILOT_MET;"),
    (r"\btrue\b", "false"),
    (r"\bfalse\b", "true"),
    (r"\bif \((?=.*\)$)(.*)\)$", "if (0)"),
    (r"(?<![\w.\"\-)])0(?![\w.])", "1"),
    (r"(?<![\w.\"-])1(?![\w.])", "2"),
]


def bodies(lines):
    """Line numbers that lie inside functions, and the function's name."""
    inside, name = False, ""
    for number, line in enumerate(lines):
        if line.startswith("{"):
            inside = True
        elif line.startswith("}"):
            inside = False
        elif inside and not line.strip().startswith(("/*", "*", "//", "#")):
            yield number, name
        elif not inside and (named := re.match(r"[\w *]*?(\w+)\(", line)):
            name = named[1]


def mutants(path):
    with open(path, encoding="utf-8") as source:
        lines = source.read().split("\n")
    for number, name in bodies(lines):
        code = re.sub(r"/\*.*?\*/", lambda m: " " * len(m.group()), lines[number])
        code = re.sub(r'"[^"]*"', lambda m: '"' + "s" * (len(m.group()) - 2) + '"', code)
        for pattern, replacement in CHANGES:
            for match in re.finditer(pattern, code):
                line = lines[number][: match.start()] + replacement + lines[number][match.end() :]
                if line != lines[number]:
                    yield {
                        "file": path,
                        "line": number + 1,
                        "function": name,
                        "code": lines[number].strip(),
                        "becomes": line.strip(),
                        "text": line,
                    }


def what(mutant):
    return tuple(mutant[key] for key in ("file", "function", "code", "becomes"))


class Suite:
    """The C suite's programs in a folder, and the functions of the library that each test reaches."""

    def __init__(self, folder):
        self.folder = folder
        self.sources = sorted(glob.glob("libpilot/*/*.c"))
        tests = [*glob.glob("tests/unit/*.c"), "tests/port/criterion.c"]
        self.units = {name: [self.object(name, source) for source in tests] for name in BUILDS}
        chaos = {("chaos", source): ["-O1", "-DLARGEST_BLOCK=0"] for source in ("tests/chaos.c", "libpilot/base/arena.c")}
        self.chaos = [self.object(*made) for made in chaos]
        made = {(name, source): flags for name, flags in BUILDS.items() for source in [*self.sources, *tests]}
        reached = {("reached", source): REACHED for source in self.sources} | {("reached", "tests/reached.c"): ["-O1"]}
        with concurrent.futures.ThreadPoolExecutor() as pool:
            every = (made | chaos | reached).items()
            if not all(pool.map(lambda one: compiled(one[0][1], self.object(*one[0]), *one[1]), every)):
                sys.exit("the library or its tests do not compile")
        self.starts, self.reached, self.long = self.looked_at()

    def object(self, name, source):
        return os.path.join(self.folder, name, source.replace(".c", ".o"))

    def library(self, name, broken=None, instead=None):
        return [instead if source == broken else self.object(name, source) for source in self.sources]

    def looked_at(self):
        """The first lines of each file's functions; by test, the quickest first, those it reaches; and the long tests."""
        program = os.path.join(self.folder, "reached/unit")
        own = [*self.units["plain"], self.object("reached", "tests/reached.c")]
        linked(program, own + self.library("reached"), "-no-pie")
        symbols = [line.split() for line in said("nm", program).splitlines()]
        addresses = sorted({int(s[0], 16) for s in symbols if len(s) == 3 and s[1] in "tT"})
        lines = said("addr2line", "-e", program, *map(hex, addresses)).splitlines()
        places = {}
        for address, place in zip(addresses, lines):
            file, _, line = place.split(" ")[0].rpartition(":")
            if "/libpilot/" in file and line.isdigit():
                places[address] = file[file.index("libpilot/") :], int(line)
        starts = {}
        for file, line in sorted(set(places.values())):
            starts.setdefault(file, []).append(line)
        found = {}
        for test in sorted(set(said(program).split()) - LONG):
            began = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
            told = re.findall(r"^0x[0-9a-f]+$", ran([program, test]).stdout, re.MULTILINE)
            took = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - began
            found[test] = took, {places[int(a, 16)] for a in told if int(a, 16) in places}
        quickest = sorted(found, key=lambda test: found[test][0])
        long = {test for test in quickest if found[test][0] > LONGER}
        return starts, {test: found[test][1] for test in quickest}, long

    def about(self, file, line):
        """The tests that reach the function of a line."""
        start = max(first for first in self.starts[file] if first <= line)
        return [test for test, functions in self.reached.items() if (file, start) in functions]

    def survives(self, mutant):
        """Whether the tests pass all the same. A mutant that does not compile is none."""
        with tempfile.TemporaryDirectory() as scratch:
            source = os.path.join(scratch, os.path.basename(mutant["file"]))
            with open(source, "w", encoding="utf-8") as out:
                out.write(mutant["text"])
            tests = self.about(mutant["file"], mutant["line"])
            for name, flags in BUILDS.items():
                made = f"{source}.{name}.o"
                if not compiled(source, made, *flags, "-I" + os.path.dirname(mutant["file"])):
                    return None
                if not self.passes(name, tests, scratch, self.library(name, mutant["file"], made)):
                    return False
            return True

    def passes(self, name, tests, scratch, library):
        """And where all of them pass, against failing allocations, each piece of memory being one."""
        unit, chaos = os.path.join(scratch, "unit"), os.path.join(scratch, "chaos")
        linked(unit, self.units[name] + library, *BUILDS[name])
        sanitized = name == "sanitized"
        tests = [test for test in tests if test not in self.long] if sanitized else tests
        if not all(ran([unit, test], sanitized).returncode in (0, SKIPPED) for test in tests):
            return False
        if sanitized:
            return True
        but_arena = [one for one in library if not os.path.basename(one).startswith("arena.")]
        linked(chaos, self.chaos + but_arena, FAILING)
        return ran([chaos, *FAILED]).returncode == 0


def said(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def compiled(source, target, *flags):
    os.makedirs(os.path.dirname(target), exist_ok=True)
    command = ["cc", *FLAGS, *flags, "-c", source, "-o", target]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def linked(program, objects, *flags):
    subprocess.run(["cc", *flags, *objects, "-lcjson", "-o", program], check=True)


def ran(command, sanitized=False):
    """A process that takes too much time or memory has failed. Sanitizers reserve far more than they use."""
    environment = {
        **os.environ,
        "PILOT_TEST_STRIDE": "40",
        "ASAN_OPTIONS": f"abort_on_error=1:detect_leaks=1:hard_rss_limit_mb={MEGABYTES}",
    }
    try:
        return subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=20 * SECONDS, env=environment,
            preexec_fn=limited if sanitized else bounded, check=False
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 1, "", "")


def limited():
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def bounded():
    limited()
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))


def sample(files, count, seed=""):
    """As many of all mutants as count says, and how many there are. Whether one is chosen hangs on itself and the seed
    alone, so that a smaller sample is part of a larger one, and another line elsewhere changes nothing."""
    found, repeats = [], collections.Counter()
    for path in files:
        for mutant in mutants(path):
            text = path, mutant["code"], mutant["becomes"]
            repeats[text] += 1
            mutant["order"] = hashlib.sha256((repr((*text, repeats[text])) + seed).encode()).digest()
            found.append(mutant)
    chosen = sorted(found, key=lambda mutant: mutant["order"])[: count or None]
    for mutant in chosen:
        with open(mutant["file"], encoding="utf-8") as source:
            lines = source.read().split("\n")
        lines[mutant["line"] - 1] = mutant["text"]
        mutant["text"] = "\n".join(lines)
    return sorted(chosen, key=lambda mutant: (mutant["file"], mutant["line"])), len(found)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", default="", help="another sample")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    asked = parser.parse_args()
    files = asked.files or sorted(glob.glob("libpilot/*/*.c"))
    with open("tests/cases/mutants.json", encoding="utf-8") as explained_file:
        explained = {what(entry) for entry in json.load(explained_file)}
    broken, places = sample(files, asked.sample, asked.seed)
    counts = {"caught": 0, "explained": 0, "survived": 0}

    def told(mutant, survived):
        known = what(mutant) in explained
        if survived:
            end = "explained" if known else "SURVIVED"
        else:
            end = "EXPLAINED AND CAUGHT" if known else "caught"
        counts[end.lower() if survived else "caught"] += 1
        if survived or known:
            print(f"{end} {mutant['file']}:{mutant['line']}: {mutant['code']} -> {mutant['becomes']}", flush=True)

    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as scratch:
        suite = Suite(folder)
        if not all(suite.passes(name, list(suite.reached), scratch, suite.library(name)) for name in BUILDS):
            print("the tests fail before anything is broken")
            return 1
        with concurrent.futures.ThreadPoolExecutor(asked.jobs) as pool:
            for mutant, survived in zip(broken, pool.map(suite.survives, broken)):
                if survived is not None:
                    told(mutant, survived)
    made = sum(counts.values())
    good = made - counts["survived"]
    print(
        f"mutants: {made} of {places} places, caught: {counts['caught']}, explained: {counts['explained']},"
        f" unexplained: {counts['survived']}; {100 * good / made:.1f}% caught or explained"
    )
    return 0 if 100 * good >= (LEAST if asked.sample else 100) * made else 1


if __name__ == "__main__":
    sys.exit(main())
