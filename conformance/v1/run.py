#!/usr/bin/env python3
"""Runs the conformance pack on an implementation: run.py [--only TEXT] [--cases FOLDER] COMMAND [ARGUMENT ...]

The command reads requests from its standard input, one a line, and writes a response a line, in the same order.
Exit status: 0 all cases passed, 1 some did not, 2 the command gave not as many lines as it was asked.
"""

import argparse
import base64
import json
import pathlib
import subprocess
import sys


def cases(folder):
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as file:
            yield from map(json.loads, file)


def request_of(case):
    """The bytes of a request: a JSON object, or a text or bytes that are sent as they are."""
    if "base64" in case:
        return base64.b64decode(case["base64"])
    text = case["text"] if "text" in case else json.dumps(case["request"], ensure_ascii=False)
    return text.encode()


def differences(wanted, found, at):
    """What of the wanted is not in what was found: of an object the members that are named, where null means that
    there is none; a list whole."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        for key, value in wanted.items():
            if value is not None or found.get(key) is not None:
                yield from differences(value, found.get(key), f"{at}/{key}")
    elif isinstance(wanted, list) and isinstance(found, list) and len(wanted) == len(found):
        for i, pair in enumerate(zip(wanted, found)):
            yield from differences(*pair, f"{at}/{i}")
    elif type(wanted) is not type(found) or wanted != found:
        yield f"{at}: wanted {json.dumps(wanted, ensure_ascii=False)}, found {json.dumps(found, ensure_ascii=False)}"


def faults(expect, response):
    """What is wrong with the response, a line each."""
    yield from differences(expect["status"], response.get("status"), "/status")
    if "result" in expect:
        yield from differences(expect["result"], response.get("result"), "/result")
    for problem in expect.get("problems", []):
        if not any(problem.items() <= found.items() for found in response.get("problems", [])):
            yield f"/problems: wanted {json.dumps(problem)}, which is not there"
    for finding in expect.get("findings", []):
        place = {"rule": finding["rule"], "path": finding["path"]}
        found = [f for f in response.get("result", {}).get("findings", []) if place.items() <= f.items()]
        if len(found) != 1:
            yield f"/result/findings: wanted one finding of {json.dumps(place)}, found {len(found)}"
        else:
            yield from differences(finding, found[0], f"/result/findings/{finding['rule']}")


def read(line):
    try:
        response = json.loads(line)
    except ValueError:
        response = None
    return response if isinstance(response, dict) else {"status": "no JSON object"}


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", default="", metavar="TEXT", help="cases with this in their id")
    options.add_argument("--cases", type=pathlib.Path, default=pathlib.Path(__file__).parent / "cases",
                         metavar="FOLDER", help="the pack's cases (default: beside this program)")
    options.add_argument("command", nargs=argparse.REMAINDER, help="the implementation, with its arguments")
    given = options.parse_args()
    if not given.command:
        options.error("name the command that answers")
    asked = [case for case in cases(given.cases) if given.only in case["id"]]
    requests = b"".join(request_of(case) + b"\n" for case in asked)
    answered = subprocess.run(given.command, input=requests, stdout=subprocess.PIPE)
    lines = answered.stdout.splitlines()
    if len(lines) != len(asked):
        print(f"{len(asked)} requests, {len(lines)} responses; the command ended with {answered.returncode}")
        return 2
    failed = 0
    for case, line in zip(asked, lines):
        wrong = list(faults(case["expect"], read(line)))
        failed += bool(wrong)
        if wrong:
            print(f"{case['id']}: {case['en']}", *wrong, sep="\n    ")
    print(f"{len(asked) - failed} passed, {failed} failed")
    return 1 if failed or not asked else 0


if __name__ == "__main__":
    sys.exit(main())
