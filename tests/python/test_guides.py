"""Every block of code of the pages under docs/ is run as it stands, page by page.

console    a line that begins with "$ " is given to a shell ("> " goes on with it), and what stands below it is what it
           prints, on either output; a line of dots stands for any lines. Its status is 0, or is shown.
diff       is applied to the files that it names
python     with >>> is a doctest, which tests/run has pytest take from the page
others     after a line that ends with `name`: they are the content of the file of that name; or another step runs them

A comment in the page, <!-- not run: why -->, stands above a block that cannot be run here.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from cases import TOP

for extra in ("xlsxwriter", "python_calamine", "docx", "jinja2"):  # which the pages' commands take
    pytest.importorskip(extra)

PAGES = sorted(TOP.glob("docs/*.md")) + sorted(TOP.glob("docs/guide/*.md")) + sorted(TOP.glob("docs/zh/*.md"))
# Of these pages the blocks of these languages, and what is printed below them, are run by another step.
ELSEWHERE = {
    "docs/cpp.md": ("test-cpp and test-cmake_package", {"cpp", "cmake", "text"}),
    "docs/engines.md": ("test-engines", {"sql", "", "properties"}),
    "docs/java.md": ("test-java", {"java", ""}),
    "docs/javascript.md": ("test-js", {"js", ""}),
    "docs/sqlite.md": ("test-examples", {"sql", "text"}),
}
BUILDS = {"docs/guide/add-a-rule.md"}  # in a copy of the project, which takes long


class Block(NamedTuple):
    line: int
    language: str
    text: str
    name: str  # of the file that it is, or ""
    skipped: str  # why it is not run, or ""


def blocks(page):
    text = page.read_text(encoding="utf-8")
    found = re.finditer(r"^```([^\n]*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    for fence in found:
        above = text[: fence.start()].rstrip()
        comment = re.search(r"<!-- not run: ([^>]+) -->$", above)
        name = re.search(r"`([^`\s]+)`[:：]$", above)
        yield Block(
            text.count("\n", 0, fence.start()) + 1,
            fence[1].strip(),
            fence[2],
            name[1] if name else "",
            comment[1] if comment else "",
        )


def commands(text):
    """What a console shows: each command, and what stands below it."""
    command, printed = None, []
    for line in text.splitlines():
        if line.startswith("$ "):
            if command is not None:
                yield command, printed
            command, printed = line[2:], []
        elif line.startswith("> ") and not printed and command is not None:
            command += "\n" + line[2:]
        else:
            assert command is not None, f"{line!r} stands above the first command"
            printed.append(line)
    yield command, printed


def fits(printed, shown):
    pattern = "".join(
        r"(?:[^\n]*\n)*?" if line.strip() == "..." else re.escape(line.rstrip()) + "\n"
        for line in "\n".join(shown).strip("\n").splitlines()
    )
    lines = "".join(f"{line.rstrip()}\n" for line in printed.strip("\n").splitlines())
    return re.fullmatch(pattern, lines) is not None


@pytest.fixture(scope="session")
def installed(tmp_path_factory):
    """The library as `make install` lays it down."""
    prefix = tmp_path_factory.mktemp("installed")
    subprocess.run(["make", "-s", "install", f"PREFIX={prefix}", "DESTDIR="], cwd=TOP, check=True)
    return prefix


def environment(prefix):
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return {
        **{key: value for key, value in os.environ.items() if not key.startswith(("PILOT_", "MAKE", "MFLAGS"))},
        "PATH": path,
        "PKG_CONFIG_PATH": str(prefix / "lib/pkgconfig"),
        "LD_LIBRARY_PATH": str(prefix / "lib"),
        "COLUMNS": "100",
        "LC_ALL": "C.UTF-8",
        "MPLBACKEND": "agg",
    }


def run(block, place, env):
    if block.language == "console":
        for command, shown in commands(block.text):
            done = subprocess.run(
                ["bash", "-c", command],
                check=False,
                cwd=place,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
            )
            assert done.returncode == 0, (
                f"line {block.line}: {command} ended with {done.returncode}: {done.stdout}"
            )
            assert fits(done.stdout, shown), f"line {block.line}: {command} printed\n{done.stdout}"
    elif block.language == "diff":
        subprocess.run(
            ["patch", "-p1", "-s", "-F0"], cwd=place, input=block.text, encoding="utf-8", check=True
        )
    elif block.name:
        file = place / block.name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(block.text, encoding="utf-8")
    elif block.language == "json":
        json.loads(block.text)
    else:
        raise AssertionError(
            f"line {block.line}: nothing runs this block of {block.language or 'no language'}"
        )


def run_page(page, place, env):
    _, elsewhere = ELSEWHERE.get(page.relative_to(TOP).as_posix(), ("", set()))
    for block in blocks(page):
        doctest = block.language == "python" and ">>> " in block.text
        directive = block.language.startswith("{")
        if not block.skipped and not doctest and not directive and block.language not in elsewhere:
            run(block, place, env)


@pytest.mark.parametrize(
    "page",
    [page.relative_to(TOP).as_posix() for page in PAGES if page.relative_to(TOP).as_posix() not in BUILDS],
)
def test_what_a_page_shows_is_so(page, tmp_path, installed):
    for folder in ("examples", "tests"):
        (tmp_path / folder).symlink_to(TOP / folder)
    run_page(TOP / page, tmp_path, environment(installed))


@pytest.mark.slow
@pytest.mark.parametrize("page", sorted(BUILDS))
def test_what_a_page_changes_is_built(page, tmp_path):
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=TOP, capture_output=True, check=True, encoding="utf-8"
    )
    for name in filter(None, listed.stdout.split("\0")):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(TOP / name, tmp_path / name)
    run_page(TOP / page, tmp_path, environment(tmp_path / "none"))
