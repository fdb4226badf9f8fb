#!/usr/bin/env python3
"""What a compiler and a linker can do against a wrong write is in the built files; nothing of them is written at run time.

tests/hardened.py FILE...   FILE: a shared object, an archive, or an object. Asks readelf. Whether a whole shared object is
marked for Intel's CET is a matter of the system's start files, too: so its objects are asked for the mark, and it for
the landing pads of the functions that it shows.
"""

import re
import subprocess
import sys

# What a shared object shows begins as one of these, all of it alike.
SHOWN = ("PyInit_", "Java_libpilot_", "pilot_")
MARKS = {"X86-64": "x86 feature: IBT, SHSTK", "AArch64": "AArch64 feature: BTI, PAC"}
# endbr64; bti c, or paciasp, which is one as well.
PADS = {"X86-64": [b"\xf3\x0f\x1e\xfa"], "AArch64": [b"\x5f\x24\x03\xd5", b"\x3f\x23\x03\xd5"]}
SECTION = re.compile(
    r"^ +\[ *\d+\] (\.\S+) +\S+ +([0-9a-f]+) ([0-9a-f]+) ([0-9a-f]+) [0-9a-f]+ +(\w*)", re.MULTILINE
)
SYMBOL = re.compile(r"^ +\d+: ([0-9a-f]+) +\d+ (\w+) +(\w+) +\w+ +(\w+) ([\w.]+)", re.MULTILINE)
SEGMENT = re.compile(r"^  ([A-Z]\w+) +(?:0x[0-9a-f]+ ){5}([R ][W ][E ])", re.MULTILINE)


def shared_object(path, machine, told):
    """What is wrong with it."""
    segments = SEGMENT.findall(told)
    stacks = [flags for kind, flags in segments if kind == "GNU_STACK"]
    if not any(kind == "GNU_RELRO" for kind, _ in segments):
        yield "GNU_RELRO is missing: -Wl,-z,relro"
    if not re.search(r"\(FLAGS(_1)?\) .*\b(BIND_)?NOW\b", told):
        yield "BIND_NOW is missing: -Wl,-z,now"
    if len(stacks) != 1 or "E" in stacks[0]:
        yield "the stack can be executed: -Wl,-z,noexecstack"
    if any("W" in flags and "E" in flags for _, flags in segments):
        yield "a segment can be written and executed"
    if re.search(r"\bTEXTREL\b", told):
        yield "its code is written to by the loader: -fPIC"
    symbols = sorted(set(SYMBOL.findall(told)))  # of those that are shown it tells twice
    asked = {name for _, _, _, section, name in symbols if section == "UND"}
    if "__stack_chk_fail" not in asked:
        yield "no function is protected: -fstack-protector-strong"
    if "[libc.so.6]" in told and not any(re.fullmatch(r"__(?!stack)\w+_chk", name) for name in asked):
        yield "no call is fortified: -D_FORTIFY_SOURCE"
    shown = [each for each in symbols if each[2] != "LOCAL" and each[3].isdigit()]
    own = next((each for each in SHOWN if any(name.startswith(each) for *_, name in shown)), SHOWN)
    yield from (f"{name} is shown" for *_, name in shown if not name.startswith(own))
    with open(path, "rb") as file:
        content = file.read()
    address, offset = next(
        (int(at, 16), int(to, 16)) for name, at, to, *_ in SECTION.findall(told) if name == ".text"
    )
    bare = []
    for value, kind, _, _, name in shown:
        at = int(value, 16) - address + offset
        if kind == "FUNC" and machine in PADS and content[at : at + 4] not in PADS[machine]:
            bare.append(name)
    if bare:
        yield f"{len(bare)} functions as {bare[0]} have no landing pad: -fcf-protection, -mbranch-protection=standard"


def plain_object(machine, told):
    if machine in MARKS and MARKS[machine] not in told:
        yield f'"{MARKS[machine]}" is not marked: -fcf-protection, -mbranch-protection=standard'
    for name, _, _, size, flags in SECTION.findall(told):
        if flags.startswith("WA") and int(size, 16) and not name.startswith((".data.rel.ro", ".init_array")):
            yield f"{name} has {int(size, 16)} bytes that are written at run time: const"
    yield from (
        f"{name} is written at run time: const"
        for *_, section, name in SYMBOL.findall(told)
        if section == "COM"
    )


def main():
    files = objects = 0
    faults = []
    for path in sys.argv[1:]:
        told = subprocess.run(
            ["readelf", "-hSldnsW", path], check=True, capture_output=True, text=True, env={"LC_ALL": "C"}
        ).stdout
        files += 1
        for part in re.split(r"^File: ", told, flags=re.MULTILINE) if path.endswith(".a") else [told]:
            kind = re.search(r"^  Type: +(\w+)", part, re.MULTILINE)
            if kind is None:
                continue
            name = part.split("\n", 1)[0] if path.endswith(".a") else path
            machine = re.search(r"^  Machine: +.*?([\w-]+)$", part, re.MULTILINE).group(1)
            found = (
                shared_object(path, machine, part) if kind.group(1) == "DYN" else plain_object(machine, part)
            )
            faults += [f"{name}: {fault}" for fault in found]
            objects += 1
    print("\n".join(faults), end="\n" if faults else "")
    print(f"hardened: {files} files, {objects} objects, {len(faults)} faults")
    return 1 if faults or not objects else 0


sys.exit(main())
