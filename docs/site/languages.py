"""The references of C and of Python, a page a subject, which Breathe and autodoc fill from the headers and the package."""

import re
import sys
from importlib import import_module

from page import TOP, Page, codes

import libpilot


def write_c(folder):
    page = Page("en")
    headers = sorted(TOP.glob("include/pilot/*.h"))
    page.add(
        "# C",
        "",
        "A header for each subject, made from the headers' own comments; `#include <pilot.h>` has them all. What holds for "
        "every function is told first in [base.h](base.md).",
        "",
    )
    page.table(
        ("Header", "Subject"),
        [
            (f"[{header.name}]({header.stem}.md)", subject(header.read_text(encoding="utf-8")))
            for header in headers
        ],
    )
    page.add("```{toctree}", ":hidden:", "", *(header.stem for header in headers), "```")
    page.write(folder / "c/index.md")
    for header in headers:
        page = Page("en")
        page.add(
            f"({header.stem}_8h)=", f"# pilot/{header.name}", "", f"```{{doxygenfile}} {header.name}", "```"
        )
        page.write(folder / f"c/{header.stem}.md")


def subject(text):
    """The first sentence of a header."""
    comment = re.match(r"/\*(.*?)\*/", text, re.DOTALL)[1]
    return re.split(r"(?<=\.)\s", re.sub(r"\s*\n \* ?", " ", comment).strip())[0]


# The modules that the package's names come from, in the order in which they are read.
MODULES = [
    "_policy", "_city", "_tables", "_template", "_needed", "_verdict", "_receipts", "_notice", "_menu", "_vote",
    "_account", "_documents", "_simulate", "_panel", "_tally", "_draw", "_shocks", "columns", "arrow", "_codes",
    "_call", "_values", "_errors",
]  # fmt: skip


def write_python(folder):
    """A page for each module, of those of its names that the package has; its title is what the module says of itself."""
    modules = {}
    for name in (name for name in dir(libpilot) if not name.startswith("_")):
        found = getattr(libpilot, name)
        module = getattr(found, "__module__", None) or ("columns" if name == "columns" else "_notice")
        modules.setdefault({"libpilot": "_city"}.get(module, module.rpartition(".")[2]), []).append(name)
    modules["columns"] = modules["arrow"] = []
    if unknown := set(modules) - set(MODULES):
        sys.exit(f"modules that no page is for: {unknown}")

    page = Page("en")
    page.add(
        "# Python",
        "",
        "What `import libpilot` gives, from its own docstrings. `help(libpilot)` tells the same.",
        "",
    )
    rows = []
    for name in MODULES:
        module = import_module(f"libpilot.{name}")
        title = module.__doc__.strip().partition("\n")[0]
        write_module(folder / f"python/{name.strip('_')}.md", name, title, modules[name])
        rows.append((f"[{title}]({name.strip('_')}.md)", codes(modules[name]) or f"`libpilot.{name}`"))
    page.table(("Subject", "Names"), rows)
    page.add("```{toctree}", ":hidden:", "", *(name.strip("_") for name in MODULES), "```")
    page.write(folder / "python/index.md")


def write_module(path, module, title, names):
    page = Page("en")
    page.add(f"# {title.rstrip('.')}", "", "```{eval-rst}")
    if not names:
        page.add(
            f".. automodule:: libpilot.{module}", "   :members:", "   :exclude-members: Tally, TallyYear"
        )
    else:
        page.add(".. py:currentmodule:: libpilot", "")
    for name in names:
        found = getattr(libpilot, name)
        if isinstance(found, type):
            page.add(f".. autoclass:: libpilot.{name}", "   :members:", "   :undoc-members:", "")
        elif callable(found):
            page.add(f".. autofunction:: libpilot.{name}", "")
        else:
            page.add(f".. py:data:: {name}", "")
    page.add("```")
    page.write(path)


def write_references(folder):
    page = Page("en")
    page.add(
        "# References",
        "",
        "Each is made of its own sources: comments of headers, docstrings, Javadoc, types.",
        "",
        "| Language | Reference | How it is used |",
        "|---|---|---|",
        "| C | [headers](/c/index.md) | [five minutes](/guide/start-integrator.md), [integration](/guide/integration.md) |",
        "| C++ | the header `pilot.hpp`, whose types come from C's | [C++](/cpp.md) |",
        "| Python | [modules](/python/index.md) | [five minutes](/guide/start-analyst.md), [columns](/columns.md) |",
        '| Java | <a href="java/index.html">Javadoc</a> | [Java](/java.md) |',
        '| JavaScript | <a href="javascript/index.html">types</a> | [JavaScript](/javascript.md) |',
        "| any, by JSON | [calls](/documents/index.md#calls) and their schemas | [the one call](/calls.md) |",
    )
    page.write(folder / "api/index.md")
