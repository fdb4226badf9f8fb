"""What the commands share: files and words in, tables out, and errors as one sentence each."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, List, NoReturn, Optional, TypeVar

import typer
from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text
from typer.core import TyperGroup

from ._errors import Error
from ._notice import Reading, _listed, words
from ._policy import NANCHANG_2019, Policy, Range

T = TypeVar("T")


class Language(str, Enum):
    zh = "zh"
    en = "en"


class Commands(TyperGroup):
    """A group of commands in which whatever the library refuses is one sentence and the status 2."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except Error as error:
            refuse(_sentence(error))


# Arguments of the library that the command line has by another name.
_OPTIONS = {
    "building_area_m2": "--area",
    "dwellings_m2": "--dwelling",
    "dwellings": "--dwelling",
    "items": "--item",
    "period": "--day",
}


def _sentence(error: Error) -> str:
    """The error with its place: in the file, or as the option that it was given by."""
    steps = [step for step in error.path.split("/") if step and step not in ("premises", "selection")]
    if error.source or error.line or not steps:
        return str(error)
    return f"{_OPTIONS.get(steps[0], '--' + steps[0].replace('_', '-'))}: {error.message}"


def refuse(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)


def _unreadable(path: str, error: OSError) -> NoReturn:
    sentence = f"{path}: {(error.strerror or 'cannot be read').lower()}"
    if isinstance(error, FileNotFoundError):
        parent = Path(path).parent
        names = os.listdir(parent) if parent.is_dir() else []
        near = difflib.get_close_matches(Path(path).name, names, 1)
        if near:
            sentence += f"; did you mean {parent / near[0]}?"
        elif not parent.is_dir():
            sentence += f"; there is no directory {parent}"
    refuse(sentence)


def document(make: Callable[[bytes], T], path: str) -> T:
    """What make makes of a file, or of standard input for "-"."""
    try:
        text = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        _unreadable(path, error)
    try:
        return make(text)
    except Error as error:
        error.source = "standard input" if path == "-" else path
        raise


def one_of(value: str, known: Iterable[str], what: str) -> str:
    """The word, or a refusal with those that come nearest."""
    known = list(known)
    if value in known:
        return value
    near = difflib.get_close_matches(value, known, 3, 0.5) or [word for word in known if value in word][:3]
    if near:
        refuse(f'{what}: there is no "{value}"; did you mean {" or ".join(near)}?')
    refuse(f'{what}: there is no "{value}", only {", ".join(known)}')


def pairs(values: Iterable[str], option: str, wanted: str) -> Iterable[tuple[str, str]]:
    """KEY=VALUE of an option that may be repeated."""
    for value in values:
        key, equals, rest = value.partition("=")
        if not (key and equals and rest):
            refuse(f'{option}: found "{value}" where {wanted} is wanted')
        yield key, rest


def completion(list: str) -> Callable[[str], Iterable[str]]:
    """Completes a word of one of the library's lists."""
    return lambda incomplete: [word for word in words(list) if word.startswith(incomplete)]


def _readings() -> dict[str, Reading]:
    return {one.name: one for one in _listed("READINGS") if isinstance(one, Reading)}


def _reading_completion(incomplete: str) -> list[str]:
    every = [f"{one.name}={option}" for one in _readings().values() for option in one.options]
    return [text for text in every if text.startswith(incomplete)]


Lang = Annotated[
    Optional[Language], typer.Option("--lang", help="Language of the output; the locale's by default.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs and nothing else.")]
Reforms = Annotated[
    Optional[List[str]],
    typer.Option(
        "--reform", metavar="FILE", help="Apply a JSON merge patch to the notice's policy; may be repeated."
    ),
]
Readings = Annotated[
    Optional[List[str]],
    typer.Option(
        "--reading",
        metavar="NAME=OPTION",
        help="Switch a disputed reading, such as gate_mode=annual; may be repeated.",
        autocompletion=_reading_completion,
    ),
]


def policy_of(reforms: Sequence[str] | None, readings: Sequence[str] | None = None) -> Policy:
    """The notice's policy with reforms applied in order, then readings switched."""
    policy = NANCHANG_2019
    for path in reforms or ():
        policy = document(policy.patch, path)
    for name, option in pairs(readings or (), "--reading", "NAME=OPTION"):
        found = _readings()[one_of(name, _readings(), "--reading")]
        policy = policy.with_reading(**{name: one_of(option, found.options, f"--reading {name}")})
    return policy


_SHORT = 24  # columns of text that is not wrapped


class Page:
    """What people read: sentences and tables in their language."""

    def __init__(self, lang: Language | None) -> None:
        self.lang = lang.value if lang else _locale()
        self.zh = self.lang == "zh"

    def __call__(self, en: str, zh: str) -> str:
        return zh if self.zh else en

    def _print(self, what: Any, least: int = 0) -> None:
        console = Console(markup=False, highlight=False, emoji=False)
        wide = console.width if sys.stdout.isatty() or "COLUMNS" in os.environ else 110
        console.width = max(wide, least)
        with console.capture() as printed:
            console.print(what)
        typer.echo("\n".join(line.rstrip() for line in printed.get().splitlines()))

    def line(self, text: str = "", style: str = "") -> None:
        self._print(Text(text, style=style))

    def table(self, title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Columns whose heading begins with ">" are numbers. What is None is left blank. Long text is wrapped; a
        number never is, nor cut: rather the table is wider than the terminal."""
        shown = [["" if cell is None else str(cell) for cell in row] for row in rows]
        table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 0, 0, 1))
        least = 0
        for index, heading in enumerate(columns):
            number, heading = heading.startswith(">"), heading.lstrip(">")
            cells = [heading, *(row[index] for row in shown if index < len(row))]
            widest = max(cell_len(line) for cell in cells for line in cell.split("\n"))
            whole = number or widest <= _SHORT
            least += 2 + (widest if whole else _SHORT)
            table.add_column(
                heading,
                justify="right" if number else "left",
                no_wrap=whole,
                min_width=widest if whole else None,
                overflow="fold",
            )
        for row in shown:
            table.add_row(*row)
        if title:
            self.line(title, "bold")
        self._print(table, least)
        self.line()

    def ranges(self, title: str, ranges: Mapping[str, Range]) -> None:
        """Amounts over the readings, and which of them move each."""
        every = {name for one in ranges.values() for name in one.moved_by}
        self.table(
            title,
            ["", ">" + self("least", "最少"), ">" + self("greatest", "最多"), self("moved by", "取决于读法")],
            [[name, one.least, one.greatest, ", ".join(one.moved_by)] for name, one in ranges.items()],
        )
        if every:
            known = [one for name, one in _readings().items() if name in every]
            self.table(
                "",
                [self("reading", "读法"), self("entry", "编号"), self("question", "问题")],
                [[one.name, one.register, self(one.question_en, one.question_zh)] for one in known],
            )


def _locale() -> str:
    said = next((os.environ[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(key)), "")
    return "zh" if said.startswith("zh") else "en"
