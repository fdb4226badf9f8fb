#!/usr/bin/env python3
"""The layout of the files of cases: what fits a line stands on one, what does not is filled into several.

A list of records has one record at least a line. Numbers stay as they are written. From the top of the project:
tests/cases_format.py [--check] [FILE ...]; with no file named, those of the list below.
"""

import glob
import json
import pathlib
import sys
import unicodedata

WIDTH = 120
STEP = 2
FILES = ("tests/cases/rules/*.json", "tests/cases/menu.json", "tests/cases/malformed.json", "tests/cases/problems.json",
         "tests/cases/reward.json", "tests/cases/readings.json", "tests/cases/impact/moves.json")


class Number(str):
    """As it is written."""


def members(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) < len(keys):
        raise ValueError(f"a key is there twice: {keys}")
    return dict(pairs)


def read(text):
    return json.loads(text, object_pairs_hook=members, parse_int=Number, parse_float=Number, parse_constant=Number)


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def on_one_line(value):
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{on_one_line(key)}: {on_one_line(v)}" for key, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(on_one_line, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def items(value):
    """What a container holds, each with what stands before it."""
    if isinstance(value, dict):
        return [(f"{on_one_line(key)}: ", item) for key, item in value.items()]
    return [("", item) for item in value]


def fits(line, after=0):
    return width(line) + after <= WIDTH


def broken(value, column, after):
    """The lines of a container that begins in the column, without what stands before it, where so many characters
    come after it; what it holds stands under what it holds first."""
    records = isinstance(value, list) and any(isinstance(item, (dict, list)) for item in value)
    indent = " " * (column + 1)
    lines, last = [], len(value) - 1
    joins = False  # the line so far may be gone on with
    for i, (before, item) in enumerate(items(value)):
        end = "," if i < last else "]" if isinstance(value, list) else "}"
        text = before + on_one_line(item) + end
        room = after if i == last else 0
        if joins and fits(f"{lines[-1]} {text}", room):
            lines[-1] += f" {text}"
        elif fits(indent + text, room) or not isinstance(item, (dict, list)) or not item:
            lines.append(indent + text)
            joins = not records
        else:
            more = broken(item, column + 1 + width(before), 1 + room)
            more[-1] += end
            lines += [indent + before + more[0], *more[1:]]
            joins = False
    lines[0] = ("{" if isinstance(value, dict) else "[") + lines[0][column + 1:]
    return lines


def layout(value):
    """The whole file: a record or a member at least a line."""
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    lines, last = [], len(value) - 1
    for i, (before, item) in enumerate(items(value)):
        text = " " * STEP + before + on_one_line(item)
        part = [text]
        if not fits(text, 1) and isinstance(item, (dict, list)) and item:
            first, *rest = broken(item, STEP + width(before), 1)
            part = [" " * STEP + before + first, *rest]
        part[-1] += "," if i < last else ""
        lines += part
    return "\n".join([opening, *lines, closing]) + "\n"


def main(arguments):
    named = [argument for argument in arguments if not argument.startswith("--")]
    wrong = []
    for path in map(pathlib.Path, named or sorted(path for pattern in FILES for path in glob.glob(pattern))):
        text = path.read_text(encoding="utf-8")
        laid_out = layout(read(text))
        # What else is longer is one text, such as a line of code, that cannot be broken.
        wrong += [f"{path}:{number}: longer than {WIDTH} columns: say it in fewer words"
                  for number, line in enumerate(laid_out.split("\n"), 1) if not fits(line) and '"says": ' in line]
        if text == laid_out:
            continue
        if "--check" in arguments:
            wrong.append(f"{path}: not laid out as tests/cases_format.py has it")
        else:
            path.write_text(laid_out, encoding="utf-8")
    print("\n".join(wrong), end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
