#!/usr/bin/env python3
"""Writes tests/unit/test_layout.c: sizes and offsets of the structs in include/pilot/, as this compiler has them.

Run from the top, on a machine of 64 bits: tests/layout.py; with --check, fails where the file is another one.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

FILE = pathlib.Path("tests/unit/test_layout.c")
HEAD = """/* Sizes and offsets of the public structs, on which a program relies that was built against the headers:
 * where pointers have 64 bits. tests/layout.py writes this file (make layout). */
#include "common.h"

#define SIZE(type, size) _Static_assert(sizeof(type) == (size), #type)
#define AT(type, member, offset) _Static_assert(offsetof(type, member) == (offset), #type "." #member)

#ifdef __LP64__
"""
TAIL = """#endif

Test(layout, is_held_when_this_is_compiled)
{
#ifndef __LP64__
    cr_skip_test("the sizes are those of 64 bits");
#endif
}
"""


def structs():
    """(name, its members) of every struct that a public header defines, in order."""
    for path in sorted(pathlib.Path("include/pilot").glob("*.h")):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
        for body, name in re.findall(r"^typedef struct \w+ \{\n(.*?)^\} (\w+);", text, re.M | re.S):
            yield name, [member(part) for line in body.split(";")[:-1] for part in declarators(line)]


def declarators(declaration):
    """One text for each member that a declaration declares; a function's parameters are no members."""
    return [declaration] if "(*" in declaration else declaration.split(",")


def member(declarator):
    if "(*" in declarator:
        return re.search(r"\(\*(\w+)\)", declarator)[1]
    return re.search(r"(\w+)\s*(\[.*)?$", declarator.strip(), re.S)[1]


def measured(rows):
    """The numbers of C expressions, by a program that prints them."""
    source = "#include <pilot.h>\n#include <stdio.h>\nint main(void)\n{\n"
    source += "".join(f'    printf("%zu\\n", {row});\n' for row in rows) + "    return 0;\n}\n"
    with tempfile.TemporaryDirectory() as place:
        program = pathlib.Path(place, "layout")
        build = ["cc", "-std=c11", "-Iinclude", "-x", "c", "-", "-o", program]
        subprocess.run(build, input=source, text=True, check=True)
        return subprocess.run([program], capture_output=True, text=True, check=True).stdout.split()


def written():
    found = list(structs())
    asked = [row for name, members in found for row in [f"SIZE({name}", *(f"AT({name}, {m}" for m in members)]]
    numbers = measured([row.replace("SIZE", "sizeof").replace("AT", "offsetof") + ")" for row in asked])
    return HEAD + "".join(f"{row}, {n});\n" for row, n in zip(asked, numbers)) + TAIL


def main():
    text = written()
    if "--check" not in sys.argv:
        FILE.write_text(text, encoding="utf-8")
    elif text != FILE.read_text(encoding="utf-8"):
        print(f"{FILE}: not what the headers give; make layout writes it, where CONTRIBUTING.md allows the change")
        return 1
    return 0


sys.exit(main())
