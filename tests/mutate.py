#!/usr/bin/env python3
"""Breaks the library one place at a time, and counts what its tests notice.

    tests/mutate.py [--sample N] [--jobs N] [FILE ...]     default: every place of libpilot/, which takes hours

Each mutant turns one comparison, condition, outcome or constant of a function into another. It is compiled and run
against the tests that are about its file; where those pass, against failing allocations and the whole suite, thinned.
One that survives all has to be explained in tests/cases/mutants.json (file, line of code, change, reason): of a sample
95 % have to be caught or explained, else all. The same sources give the same sample, of each file in proportion.
"""

import argparse
import concurrent.futures
import glob
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile

FLAGS = ["-std=c11", "-O1", "-w", "-Iinclude", "-Ilibpilot"]
SEED, LEAST = 2019, 95
SECONDS, BYTES = 30, 8 << 30  # of one process; a wall clock would count a busy machine as a mutant caught
FAILING = "--wrap=malloc,--wrap=calloc,--wrap=realloc"
FAILED = [
    *sorted(glob.glob("examples/data/*/*.json")),
    *(f"tests/cases/{name}" for name in ("problems/city.json", "from_sqlite.json", "calls.txt")),
]
# The suites of tests/unit that are about a file, or about its folder.
TESTS = {
    "libpilot/base": "base|code|sentences|words",
    "libpilot/record": "problems|city_new|schema|json|where",
    "libpilot/notice": "policy|clause|notice|award_fingerprint|words",
    "libpilot/market": "menu|order",
    "libpilot/market/order.c": "order|json",
    "libpilot/vote": "vote|contest|json",
    "libpilot/money": "reward|by_hand|where",
    "libpilot/money/account.c": "account",
    "libpilot/money/account_document.c": "account|json",
    "libpilot/city": "city_new|where|report|json",
    "libpilot/duty": "duty|outside",
    "libpilot/rules": "rules|by_hand",
    "libpilot/report": "report|verdict|stop",
    "libpilot/panel": "panel|panel_account",
    "libpilot/table": "table|value",
    "libpilot/json": "json|scan|schema",
    "libpilot/call": "call|words",
}
# Two thirds of all the time, and they ask rules and cells of nothing that other tests do not.
LONG = "reads/decide|table/every_city_comes_through_cells_as_it_is"
# Of the cases of the notice's rules, those of a file's own alone are run first.
TABLES = {f"libpilot/rules/{name}.c" for name in ("rule", "rules", "finding", "evidence", "naming")}
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
    (r"(?<![\w.\"-])0(?![\w.])", "1"),
    (r"(?<![\w.\"-])1(?![\w.])", "2"),
]


def bodies(lines):
    """Line numbers that lie inside functions."""
    inside = False
    for number, line in enumerate(lines):
        if line.startswith("{"):
            inside = True
        elif line.startswith("}"):
            inside = False
        elif inside and not line.strip().startswith(("/*", "*", "//", "#")):
            yield number


def mutants(path):
    lines = open(path, encoding="utf-8").read().split("\n")
    for number in bodies(lines):
        code = re.sub(r"/\*.*?\*/", lambda m: " " * len(m.group()), lines[number])
        code = re.sub(r'"[^"]*"', lambda m: '"' + "s" * (len(m.group()) - 2) + '"', code)
        for pattern, replacement in CHANGES:
            for match in re.finditer(pattern, code):
                line = lines[number][: match.start()] + replacement + lines[number][match.end() :]
                if line != lines[number]:
                    yield {
                        "file": path,
                        "line": number + 1,
                        "code": lines[number].strip(),
                        "change": f"{match.group().strip()} -> {replacement.strip()}",
                        "text": "\n".join(lines[:number] + [line] + lines[number + 1 :]),
                    }


def objects_but(source, folder):
    return [o for o in sorted(glob.glob(f"{folder}/libpilot/**/*.o", recursive=True)) if not o.endswith(source.replace(".c", ".o"))]


def survives(mutant, folder):
    """Whether the tests pass all the same. A mutant that does not compile is none."""
    source = mutant["file"]
    with tempfile.TemporaryDirectory() as scratch:
        broken = os.path.join(scratch, os.path.basename(source))
        with open(broken, "w", encoding="utf-8") as out:
            out.write(mutant["text"])
        library = [broken + ".o", *objects_but(source, folder)]
        include = ["-I" + os.path.dirname(source)]
        if subprocess.run(["cc", *FLAGS, *include, "-c", broken, "-o", library[0]], capture_output=True).returncode:
            return None
        suite, chaos = os.path.join(scratch, "suite"), os.path.join(scratch, "chaos")
        linked(suite, glob.glob(f"{folder}/tests/unit/*.o") + library, "-lcriterion")
        about = f"@({TESTS.get(source) or TESTS[os.path.dirname(source)]})/!(every_city*)"
        own = os.path.basename(source).removesuffix(".c")
        of_a_part = source.startswith("libpilot/rules/") and source not in TABLES
        if of_a_part and not passes([suite, "--filter", about], PILOT_TEST_PART=own):
            return False
        if not passes([suite, "--filter", about]):
            return False
        apart = [f"{folder}/tests/{one}.o" for one in ("chaos", "arena")]
        others = [one for one in library if os.path.basename(one) not in ("arena.o", "arena.c.o")]
        linked(chaos, apart + others, f"-Wl,{FAILING}")
        return passes([chaos, *FAILED]) and passes([suite, "--filter", f"!({LONG})"])


def linked(program, objects, *flags):
    subprocess.run(["cc", *objects, *flags, "-lcjson", "-o", program], check=True)


def limited():
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))


def passes(command, **environment):
    """Of the suite: no test more after one that fails."""
    once = ["-j1", "--fail-fast"] if command[0].endswith("suite") else []
    environment = {**os.environ, "PILOT_TEST_STRIDE": "100", **environment}
    try:
        run = subprocess.run(
            [*command, *once], capture_output=True, timeout=20 * SECONDS, env=environment, preexec_fn=limited
        )
    except subprocess.TimeoutExpired:
        return False
    return run.returncode == 0


def build(folder):
    for source in glob.glob("libpilot/**/*.c", recursive=True) + glob.glob("tests/unit/*.c") + ["tests/chaos.c"]:
        target = os.path.join(folder, source.replace(".c", ".o"))
        os.makedirs(os.path.dirname(target), exist_ok=True)
        subprocess.run(["cc", *FLAGS, "-c", source, "-o", target], check=True)
    arena = ["-DLARGEST_BLOCK=0", "-c", "libpilot/base/arena.c", "-o", f"{folder}/tests/arena.o"]
    subprocess.run(["cc", *FLAGS, *arena], check=True)


def sample(files, count):
    """Every so manieth of all mutants, file by file, which of a file's is chance; all of them, in their order, for 0."""
    chance = random.Random(SEED)
    found = []
    for path in files:
        of_file = list(mutants(path))
        found += chance.sample(of_file, len(of_file)) if count else of_file
    count = min(count or len(found), len(found))
    return [found[(2 * i + 1) * len(found) // (2 * count)] for i in range(count)], len(found)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    asked = parser.parse_args()
    files = asked.files or sorted(glob.glob("libpilot/*/*.c"))
    with open("tests/cases/mutants.json", encoding="utf-8") as explained_file:
        explained = {(e["file"], e["code"], e["change"]) for e in json.load(explained_file)}
    broken, places = sample(files, asked.sample)
    counts = {"caught": 0, "explained": 0, "SURVIVED": 0}

    def told(mutant, survived):
        known = (mutant["file"], mutant["code"], mutant["change"]) in explained
        end = "caught" if not survived else "explained" if known else "SURVIVED"
        counts[end] += 1
        if survived:
            print(f"{end} {mutant['file']}:{mutant['line']}: {mutant['change']}: {mutant['code']}", flush=True)

    with tempfile.TemporaryDirectory() as folder:
        build(folder)
        if not survives({"file": files[0], "text": open(files[0], encoding="utf-8").read()}, folder):
            print("the tests fail before anything is broken")
            return 1
        with concurrent.futures.ThreadPoolExecutor(asked.jobs) as pool:
            for mutant, survived in zip(broken, pool.map(lambda m: survives(m, folder), broken)):
                if survived is not None:
                    told(mutant, survived)
    made = sum(counts.values())
    good = made - counts["SURVIVED"]
    print(
        f"mutants: {made} of {places} places, caught: {counts['caught']}, explained: {counts['explained']},"
        f" unexplained: {counts['SURVIVED']}; {100 * good / made:.1f}% caught or explained"
    )
    return 0 if 100 * good >= (LEAST if asked.sample else 100) * made else 1


if __name__ == "__main__":
    sys.exit(main())
