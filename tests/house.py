#!/usr/bin/env python3
"""The folders of libpilot/ look at each other one way, downwards in CONTRIBUTING's list of them.

A file may include what lies in its own folder or in one further up that list; a public header lies in the
folder that carries its functions out, which is one. Every enumerator of a public header has its number, so that none moves when
another is put before it. Run from the top, on what make has built: tests/house.py [--draw]
"""

import ctypes
import glob
import pathlib
import re
import subprocess
import sys

INCLUDE = re.compile(r'^#include ["<]([\w/]+\.h)[">]', re.M)
FUNCTION = re.compile(r"^PILOT_API\b[^;{]*?\b(pilot_\w+)\(", re.M | re.S)
WORDED = re.compile(r"^PILOT_WORDED\((\w+),", re.M)


def folders():
    text = pathlib.Path("CONTRIBUTING.md").read_text(encoding="utf-8")
    return re.findall(r"^\| `libpilot/(\w+)/` \|", text, re.M)


def functions(text):
    """Names of the functions that a header declares."""
    words = [f"{prefix}_{what}" for prefix in WORDED.findall(text) for what in ("name", "title", "find")]
    return FUNCTION.findall(text) + words


def carriers():
    """Public header -> the folders whose objects define its functions."""
    defined = {}
    for folder in folders():
        objects = glob.glob(f"build/release/libpilot/{folder}/*.o")
        symbols = subprocess.run(["nm", "--defined-only", *objects], capture_output=True, text=True, check=True)
        for name in re.findall(r" [TR] (pilot_\w+)$", symbols.stdout, re.M):
            defined.setdefault(name, f"{folder}/")
    return {
        path: {defined.get(name, f"nobody ({name})") for name in functions(path.read_text(encoding="utf-8"))}
        for path in map(pathlib.Path, sorted(glob.glob("include/pilot/*.h")))
    }


def enumerators(text):
    """Name of each enum -> (name, number) of each of its enumerators, in order; number None where none is written."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    for tag, body in re.findall(r"\benum\s*(\w*)\s*\{(.*?)\}", text, re.S):
        each = re.findall(r"(\w+)(?:\s*=\s*(\d+)(?:\s*<<\s*(\d+))?)?\s*(?:,|$)", body.strip())
        yield tag or each[0][0], [(name, int(n) << int(bit or 0) if n else None) for name, n, bit in each]


def misnumbered():
    """What is wrong with the numbers of the public enums; a last _END or _COUNT is one more than the greatest."""
    for path in map(pathlib.Path, sorted(glob.glob("include/pilot/*.h"))):
        for tag, each in enumerators(path.read_text(encoding="utf-8")):
            numbers = [number for _, number in each]
            last = each[-1][0]
            yield from (f"{path}: {name} has no number" for name, number in each if number is None)
            if None in numbers:
                continue
            if len(set(numbers)) < len(numbers):
                yield f"{path}: {tag} has a number twice"
            if last.endswith(("_END", "_COUNT")) and numbers[-1] != max(numbers[:-1]) + 1:
                yield f"{path}: {last} is {numbers[-1]}, not {max(numbers[:-1]) + 1}"


def wordless():
    """Enumerators that have no word, but for a first that says that none is known and a last that counts."""
    library = ctypes.CDLL("build/release/libpilot.so")
    for path in map(pathlib.Path, sorted(glob.glob("include/pilot/*.h"))):
        text = path.read_text(encoding="utf-8")
        each_of = dict(enumerators(text))
        for prefix, tag in re.findall(r"^PILOT_WORDED\((\w+), (\w+)\)", text, re.M):
            name_of = getattr(library, f"{prefix}_name")
            name_of.restype = ctypes.c_char_p
            for name, number in each_of.get(tag, []):
                if number and not name.endswith(("_END", "_COUNT")) and name_of(number) is None:
                    yield f"{path}: {name} has no word"


def main():
    order = folders()
    sources = {p: p.read_text(encoding="utf-8") for p in map(pathlib.Path, sorted(glob.glob("libpilot/*/*.[ch]")))}
    faults = [f"{p.parent}: not in CONTRIBUTING's list" for p in sources if p.parent.name not in order]
    faults += [*misnumbered(), *wordless()]
    owners = {}
    for header, by in carriers().items():
        if len(by) > 1:
            faults.append(f"{header}: carried out by {', '.join(sorted(by))}")
        owners[f"pilot/{header.name}"] = min(by, default="").strip("/")
    looks = {folder: set() for folder in order}
    for path, text in sources.items():
        own = path.parent.name
        for name in INCLUDE.findall(text):
            to = owners.get(name) or (name.split("/")[0] if name.split("/")[0] in order else own)
            looks.setdefault(own, set()).add(to)
            if own in order and to in order and order.index(to) > order.index(own):
                faults.append(f'{path}: includes "{name}", of {to}, which comes after {own}')
    if "--draw" in sys.argv:
        for folder in order:
            print(f"{folder:8} -> {' '.join(f for f in order if f in looks[folder] - {folder})}")
    print("\n".join(faults), end="\n" if faults else "")
    return 1 if faults else 0


sys.exit(main())
