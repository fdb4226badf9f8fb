"""What the commands share: files and words in, tables out, errors as one sentence each, and how a run ends."""

from __future__ import annotations

import codecs
import difflib
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext, suppress
from datetime import date
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

from . import _pilot
from ._errors import Error
from ._files import SUFFIXES
from ._notice import Reading, _listed, words
from ._policy import NANCHANG_2019, Policy, Range
from ._values import contents

T = TypeVar("T")


class Language(str, Enum):
    zh = "zh"
    en = "en"


class Group(TyperGroup):
    """A group of commands, whose help says of each what the command's own help begins with, not cut."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        commands = [self.get_command(ctx, name) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl([(one.name, (one.help or "").split("\n\n")[0]) for one in commands if one])


class Commands(Group):
    """The commands, whose every run ends with a status that means what it says: 0, 1 breaches, 2 and one sentence
    why; 128 and the number of a signal that ended it."""

    def main(self, *words: Any, **named: Any) -> NoReturn:
        named["standalone_mode"] = False
        sys.exit(_ended(lambda: super(Commands, self).main(*words, **named)))


_BREACHES, _UNUSABLE, _INTERRUPTED, _NOBODY_READS, _TERMINATED = 1, 2, 130, 141, 143


def _ended(run: Callable[[], Any]) -> int:
    """The status of a run. Whatever stopped it has been told."""
    if sys.stdout is None:
        complain("standard output: is closed")
        return _UNUSABLE
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.reconfigure(errors=_ESCAPED)  # type: ignore[union-attr]
    _SAID.clear()
    _LANG[0] = "en"
    try:
        status = run() or 0
        if status <= _BREACHES:
            sys.stdout.writelines(f"{text}\n" for text in _SAID)
        sys.stdout.flush()
    except BaseException as error:
        status = _status_of(error)
    for signalled, said in ((_INTERRUPTED, "interrupted"), (_TERMINATED, "terminated")):
        if status == signalled:
            complain(said)
    for stream in (sys.stdout, sys.stderr):
        _settle(stream)
    return int(status)


def _status_of(error: BaseException) -> int:
    if isinstance(error, (KeyboardInterrupt, typer.Abort)):
        return _INTERRUPTED
    if isinstance(error, SystemExit) and isinstance(error.code, int):
        if not isinstance(error.__context__, BrokenPipeError):
            return error.code
        error = error.__context__
    show = getattr(error, "show", None)  # of what the command line itself cannot be understood for
    if show is not None:
        with suppress(OSError):
            show()
    elif isinstance(error, Error):
        _complain_of_all(error)
    elif isinstance(error, OSError):
        if isinstance(error, BrokenPipeError):
            return _NOBODY_READS
        complain(_of_file(error))
    else:
        _confess(error)
    return _UNUSABLE


def _settle(stream: Any) -> None:
    """What a stream cannot take is not tried again at the end of the program, which would change its status."""
    try:
        stream.flush()
    except AttributeError:  # there is none
        pass
    except OSError:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _confess(error: BaseException) -> None:
    if os.environ.get("LIBPILOT_TRACEBACK"):
        import traceback

        traceback.print_exception(type(error), error, error.__traceback__)
    said = str(error).split("\n")[0]
    complain(f"internal error: {type(error).__name__}: {said} (LIBPILOT_TRACEBACK=1 shows where)")


# Arguments of the library that the command line has by another name.
_OPTIONS = {
    "building_area_m2": "--area",
    "counts": "--count",
    "dwellings_m2": "--dwelling",
    "dwellings": "--dwelling",
    "items": "--item",
    "period": "--day",
    "to": "--out",
}


def _sentence(error: Error) -> str:
    """The error with its place: in the file, or as the option that it was given by. In English where the package
    says it in no other language."""
    chinese = _LANG[0] == "zh" and error.message_zh != ""
    steps = [step for step in error.path.split("/") if step and step not in ("premises", "selection")]
    if error.cell or error.place or error.source or error.line or not steps:
        return error.text("zh" if chinese else "en")
    option = _OPTIONS.get(steps[0], "--" + steps[0].replace("_", "-"))
    return f"{option}：{error.message_zh}" if chinese else f"{option}: {error.message}"


_PROBLEMS_MOST = 100  # lines of them


def _complain_of_all(error: Error) -> None:
    """What is wrong with a document, a line each; of anything else one sentence."""
    for one in error.problems[:_PROBLEMS_MOST] or (error,):
        complain(_sentence(one))
    more = error.problem_count - _PROBLEMS_MOST
    if more > 0:
        complain(f"另有{more}处" if _LANG[0] == "zh" else f"and {more} more")


_ESCAPED = "libpilot.escaped"


def _escape(error: UnicodeError) -> tuple[str, int]:
    """Characters that an encoding lacks, as JSON writes them: not lost, and good in JSON as well."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2)), error.end


codecs.register_error(_ESCAPED, _escape)


def shown(text: str) -> str:
    """Text for people, each of its lines by itself, without characters that act on the terminal: as the library
    shows text of any origin."""
    whole = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace").replace("\0", "\\u0000")
    return "\n".join(map(_pilot.shown, whole.split("\n")))


def one_line(text: object) -> str:
    """A cell, a name or a sentence, which has no lines; "" for None."""
    return "" if text is None else shown(str(text)).replace("\n", "\\u000a")


_SAID: List[str] = []
_LANG: List[str] = ["en"]  # that what is refused is told in: the page's, where the command has one


def say(text: str) -> None:
    """To standard output, when all is said: what is refused half way prints nothing."""
    _SAID.append(text)


def say_json(text: str) -> None:
    """JSON is UTF-8; where the output is in another encoding it is ASCII, which is both."""
    utf8 = codecs.lookup(sys.stdout.encoding or "utf-8").name == "utf-8"
    say(text if utf8 else text.encode("ascii", _ESCAPED).decode())


def complain(sentence: str) -> None:
    """To standard error, where there is one."""
    with suppress(OSError, AttributeError):
        sys.stderr.write(one_line(sentence) + "\n")
        sys.stderr.flush()


def refuse(sentence: str) -> NoReturn:
    complain(sentence)
    raise typer.Exit(_UNUSABLE)


def _of_file(error: OSError) -> str:
    name = "standard output" if error.filename is None else os.fsdecode(error.filename)
    return f"{name}: {(error.strerror or str(error)).lower()}"


def _unreadable(path: str, error: OSError, suffixes: tuple[str, ...]) -> NoReturn:
    error.filename = "standard input" if path == "-" else path
    sentence = _of_file(error)
    if isinstance(error, FileNotFoundError):
        parent = Path(path).parent
        near = _near(Path(path).name, parent, suffixes)
        if near:
            sentence += f"; did you mean {parent / near}?"
        elif not parent.is_dir():
            sentence += f"; there is no directory {parent}"
    refuse(sentence)


def _near(name: str, folder: Path, suffixes: tuple[str, ...]) -> str | None:
    """A file of the kind that is wanted, whose name is nearly this one: but for its suffix and a letter or two."""

    def stem(name: str) -> str:
        end = next((suffix for suffix in suffixes if name.lower().endswith(suffix)), Path(name).suffix)
        return name[: len(name) - len(end)]

    def figures(name: str) -> list[str]:
        return re.findall("[0-9]+", name)

    wanted = stem(name)
    stems: dict[str, str] = {}
    with suppress(OSError):
        for one in sorted(os.listdir(folder)):
            if (
                one.lower().endswith(suffixes)
                and figures(stem(one)) == figures(wanted)
                and (folder / one).is_file()
            ):
                stems.setdefault(stem(one), one)
    near = difflib.get_close_matches(wanted, stems, 1, 0.8)
    return stems[near[0]] if near else None


def document(make: Callable[[bytes], T], path: str) -> T:
    """What make makes of a file, or of standard input for "-"."""
    if path == "-" and sys.stdin is None:
        refuse("standard input: is closed")
    try:
        with open(path, "rb") if path != "-" else nullcontext(sys.stdin.buffer) as file:
            text = contents(file)
    except OSError as error:
        _unreadable(path, error, (".json",))
    try:
        return make(text)
    except Error as error:
        for one in (error, *error.problems):
            one.source = "standard input" if path == "-" else path
        raise


def table(path: str) -> str:
    """The path of a table that can be read."""
    if path == "-":
        refuse("FILE: a Parquet or CSV file is wanted; standard input is not read")
    try:
        open(path, "rb").close()
    except OSError as error:
        _unreadable(path, error, SUFFIXES)
    return path


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
    """KEY=VALUE of an option that may be repeated, each key once."""
    known: dict[str, str] = {}
    for value in values:
        key, equals, rest = value.partition("=")
        if not (key and equals and rest):
            refuse(f'{option}: found "{value}" where {wanted} is wanted')
        if key in known:
            refuse(f'{option}: found "{key}={known[key]}" and "{value}", and one of them is wanted')
        known[key] = rest
    return known.items()


def as_of_day(text: str) -> str:
    """The day to judge by: as it is given, or today's by the clock, which nothing else here reads."""
    return date.today().isoformat() if text == "today" else text


def year_of(text: str, option: str) -> int:
    if not re.fullmatch("[0-9]{4}", text):
        refuse(f'{option}: found "{text}" where a year is wanted')
    return int(text)


def whole_of(text: str, option: str) -> int:
    if not re.fullmatch("[0-9]{1,9}", text):
        refuse(f'{option}: found "{text}" where a whole number is wanted')
    return int(text)


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
        _LANG[0] = self.lang
        self.zh = self.lang == "zh"

    def __call__(self, en: str, zh: str) -> str:
        return zh if self.zh else en

    def _print(self, what: Any, least: int = 0) -> None:
        console = Console(markup=False, highlight=False, emoji=False)
        wide = console.width if sys.stdout.isatty() or "COLUMNS" in os.environ else 110
        console.width = max(wide, least)
        with console.capture() as printed:
            console.print(what)
        say("\n".join(line.rstrip() for line in printed.get().removesuffix("\n").split("\n")))

    def line(self, text: str = "", style: str = "") -> None:
        self._print(Text(shown(text), style=style))

    def table(self, title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Columns whose heading begins with ">" are numbers. What is None is left blank; a list has a line for
        each item. Long text is wrapped; a number never is, nor cut: rather the table is wider than the
        terminal."""
        cells_of = [
            ["\n".join(map(one_line, cell)) if isinstance(cell, list) else one_line(cell) for cell in row]
            for row in rows
        ]
        table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 0, 0, 1))
        least = 0
        for index, heading in enumerate(columns):
            number, heading = heading.startswith(">"), shown(heading.lstrip(">"))
            cells = [heading, *(row[index] for row in cells_of if index < len(row))]
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
        for row in cells_of:
            table.add_row(*row)
        if title:
            self.line(one_line(title), "bold")
        self._print(table, least)
        self.line()

    def day(self, iso: object) -> str:
        """A day as a sentence has it: 2019年12月31日."""
        year, month, day = str(iso).split("-")
        return self(str(iso), f"{year}年{int(month)}月{int(day)}日")

    def ranges(self, title: str, ranges: Mapping[str, Range]) -> None:
        """Amounts over the readings, and which of them move each."""
        every = {name for one in ranges.values() for name in one.moved_by}
        known = {name: self(name, one.title_zh) for name, one in _readings().items() if name in every}
        self.table(
            title,
            ["", ">" + self("least", "最少"), ">" + self("greatest", "最多"), self("moved by", "取决于读法")],
            [
                [name, one.least, one.greatest, self(", ", "、").join(known[by] for by in one.moved_by)]
                for name, one in ranges.items()
            ],
        )
        if every:
            self.table(
                "",
                [self("reading", "读法"), self("entry", "编号"), self("question", "问题")],
                [
                    [known[name], one.register, self(one.question_en, one.question_zh)]
                    for name, one in _readings().items()
                    if name in every
                ],
            )


def _locale() -> str:
    said = next((os.environ[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(key)), "")
    return "zh" if said.startswith("zh") else "en"
