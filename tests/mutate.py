#!/usr/bin/env python3
"""Breaks the rules, the reward and the menus one place at a time, and counts what the suite notices.

Each mutant turns one comparison, condition, outcome or constant of a function into another, is
compiled and run against the tests of its file. A mutant that survives has to be explained in
tests/cases/mutants.json (file, line of code, change, reason); one that is not is a failure.

    tests/mutate.py [FILE ...]     default: the rules, reward.c and vote.c
"""

import concurrent.futures
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

FLAGS = ["-std=c11", "-O1", "-w", "-Iinclude", "-Ilibpilot"]
TESTS = {
    "libpilot/money/reward.c": "@(reward/*|by_hand/*|where/*)",
    "libpilot/vote/vote.c": "@(vote/*|contest/*|json/malformed*)",
    "libpilot/market/menu.c": "menu/*",
    "libpilot/market/quote.c": "menu/*",
    "libpilot/duty/outside.c": "outside/*",
    "libpilot/market/order.c": "@(order/*|json/malformed*)",
    "libpilot/vote/contest.c": "@(contest/*|json/malformed*)",
    "libpilot/money/account.c": "account/*",
    **dict.fromkeys(glob.glob("libpilot/panel/*.c"), "@(panel|panel_account)/*"),
}
# The files with the notice's rules, and what rules are made of.
TABLES = {f"libpilot/rules/{name}.c" for name in ("rules", "finding", "evidence", "naming")}
RULES = sorted(set(glob.glob("libpilot/rules/*.c")) - TABLES)
PARTS = {path: (os.path.basename(path).removesuffix(".c"),) for path in RULES if not path.endswith("/rule.c")}
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
    return [o for o in sorted(glob.glob(f"{folder}/**/*.o", recursive=True)) if not o.endswith(source.replace(".c", ".o"))]


def survives(mutant, folder):
    """Whether the tests pass all the same. A mutant that does not compile is none."""
    source = mutant["file"]
    with tempfile.TemporaryDirectory() as scratch:
        broken = os.path.join(scratch, os.path.basename(source))
        with open(broken, "w", encoding="utf-8") as out:
            out.write(mutant["text"])
        compiled, program = broken + ".o", broken + ".bin"
        include = ["-I" + os.path.dirname(source)]
        if subprocess.run(["cc", *FLAGS, *include, "-c", broken, "-o", compiled], capture_output=True).returncode:
            return None
        link = ["cc", compiled, *objects_but(source, folder), "-lcjson", "-lcriterion", "-o", program]
        subprocess.run(link, check=True)
        tests = TESTS.get(source, "@(rules/*|by_hand/*)")
        return all(passes(program, tests, part) for part in (*PARTS.get(source, ()), None))


def passes(program, tests, part):
    """part: whose cases alone are run, which most mutants of its file do not survive; None: all."""
    environment = dict(os.environ, PILOT_TEST_STRIDE="300", **({"PILOT_TEST_PART": part} if part else {}))
    try:
        run = subprocess.run([program, "--filter", tests, "-j1", "--fail-fast"], capture_output=True, timeout=20,
                             env=environment)
    except subprocess.TimeoutExpired:
        return False
    return run.returncode == 0


def build(folder):
    for source in glob.glob("libpilot/**/*.c", recursive=True) + glob.glob("tests/unit/*.c"):
        target = os.path.join(folder, source.replace(".c", ".o"))
        os.makedirs(os.path.dirname(target), exist_ok=True)
        subprocess.run(["cc", *FLAGS, "-c", source, "-o", target], check=True)


def main():
    files = sys.argv[1:] or RULES + ["libpilot/money/reward.c", "libpilot/vote/vote.c"]
    with open("tests/cases/mutants.json", encoding="utf-8") as explained_file:
        explained = {(e["file"], e["code"], e["change"]) for e in json.load(explained_file)}
    with tempfile.TemporaryDirectory() as folder:
        build(folder)
        for path in files:
            if not survives({"file": path, "text": open(path, encoding="utf-8").read()}, folder):
                print(f"the tests of {path} fail before anything is broken")
                return 1
        all_mutants = [m for path in files for m in mutants(path)]
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            results = list(pool.map(lambda m: survives(m, folder), all_mutants))
    caught = sum(r is False for r in results)
    unexplained = 0
    for mutant, survived in zip(all_mutants, results):
        if not survived:
            continue
        known = (mutant["file"], mutant["code"], mutant["change"]) in explained
        unexplained += not known
        print(f"{'explained' if known else 'SURVIVED'} {mutant['file']}:{mutant['line']}: {mutant['change']}: {mutant['code']}")
    alive = sum(bool(r) for r in results)
    print(f"mutants: {caught + alive}, caught: {caught}, explained: {alive - unexplained}, unexplained: {unexplained}")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
