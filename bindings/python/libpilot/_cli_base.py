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
from pathlib import Path
from typing import Annotated, Any, List, NoReturn, Optional, TypeVar

import typer
from rich.console import Console
from rich.text import Text

from . import _layout, _pilot
from ._cli_help import (
    GENERAL,
    LANG,
    OUTPUT,
    POLICY,
    Group,
    both,
    language,
    localise,
    of_usage,
    say_in,
    told,
    width,
)
from ._errors import Error, of_system
from ._files import SUFFIXES
from ._notice import Reading, _listed, titled
from ._policy import NANCHANG_2019, Policy, Range
from ._values import contents, meant

T = TypeVar("T")


class Commands(Group):
    """The commands, whose every run ends with a status that means what it says: 0, 1 breaches, 2 and one sentence
    why; 128 and the number of a signal that ended it."""

    examples = (
        (
            both(
                "What a city lacks today, and who has to act:",
                "一个城市到今天还有哪些不符合项，由谁处理：",
            ),
            "libpilot check city.json --as-of today",
        ),
        (
            both(
                "What the claims of a file cost by district and year:",
                "文件中的全部申请按城区和年份各需多少钱：",
            ),
            "libpilot simulate claims.csv --group district",
        ),
        (
            both(
                "The reward of an area, as JSON for another program:",
                "一个居民区的奖励，以JSON交给其他程序：",
            ),
            "libpilot reward --households 1885 --first 2019-12 --last 2023-12 --json",
        ),
    )

    def main(self, args: Sequence[str] | None = None, *words: Any, **named: Any) -> NoReturn:
        named["standalone_mode"] = False
        asked = sys.argv[1:] if args is None else args

        def run() -> Any:
            LANG[0] = language(asked)
            localise(self)
            return super(Commands, self).main(asked, *words, **named)

        sys.exit(_ended(run))


_BREACHES, _UNUSABLE, _INTERRUPTED, _NOBODY_READS, _TERMINATED = 1, 2, 130, 141, 143


def _ended(run: Callable[[], Any]) -> int:
    """The status of a run. Whatever stopped it has been told."""
    if sys.stdout is None:
        complain(say_in("standard output: is closed", "标准输出：已关闭"))
        return _UNUSABLE
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.reconfigure(errors=_ESCAPED)  # type: ignore[union-attr]
    _SAID.clear()
    _NOTED.clear()
    try:
        status = run() or 0
        if status <= _BREACHES:
            sys.stdout.writelines(f"{text}\n" for text in _SAID)
            for sentence in _NOTED:
                complain(sentence)
        sys.stdout.flush()
    except BaseException as error:
        status = _status_of(error)
    for signalled, en, zh in ((_INTERRUPTED, "interrupted", "已中断"), (_TERMINATED, "terminated", "已终止")):
        if status == signalled:
            complain(say_in(en, zh))
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
    if hasattr(error, "show"):  # the command line itself cannot be understood
        for line in of_usage(error).split("\n"):
            complain(line)
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
    name = type(error).__name__
    complain(
        say_in(
            f"internal error: {name}: {said} (LIBPILOT_TRACEBACK=1 shows where)",
            f"程序内部错误：{name}: {said}（设LIBPILOT_TRACEBACK=1可显示出处）",
        )
    )


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
    """The error with its place: in the file, or as the option that it was given by."""
    steps = [step for step in error.path.split("/") if step and step not in ("premises", "selection")]
    if error.cell or error.place or error.source or error.line or not steps:
        return error.text(LANG[0])
    option = _OPTIONS.get(steps[0], "--" + steps[0].replace("_", "-"))
    return say_in(
        f"{option}: {error.message}", f"{option}：{error.text('zh').removeprefix(error.path + '：')}"
    )


_PROBLEMS_MOST = 100  # lines of them


def _complain_of_all(error: Error) -> None:
    """What is wrong with a document, a line each; of anything else one sentence."""
    for one in error.problems[:_PROBLEMS_MOST] or (error,):
        complain(_sentence(one))
    more = error.problem_count - _PROBLEMS_MOST
    if more > 0:
        complain(say_in(f"and {more} more", f"另有{more}处"))


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
_NOTED: List[str] = []


def say(text: str) -> None:
    """To standard output, when all is said: what is refused half way prints nothing."""
    _SAID.append(text)


def note(sentence: str) -> None:
    """To standard error, when all is said, of a run that gives what it was asked for."""
    _NOTED.append(sentence)


def say_json(text: str) -> None:
    """JSON is UTF-8; where the output is in another encoding it is ASCII, which is both."""
    utf8 = codecs.lookup(sys.stdout.encoding or "utf-8").name == "utf-8"
    say(text if utf8 else text.encode("ascii", _ESCAPED).decode())


def complain(sentence: str) -> None:
    """To standard error, where there is one."""
    with suppress(OSError, AttributeError):
        sys.stderr.write(one_line(sentence) + "\n")
        sys.stderr.flush()


def refuse(en: str, zh: str) -> NoReturn:
    complain(say_in(en, zh))
    raise typer.Exit(_UNUSABLE)


_INPUT = both("standard input", "标准输入")
_OUTPUT = both("standard output", "标准输出")


def _of_file(error: OSError) -> str:
    name = told(_OUTPUT) if error.filename is None else os.fsdecode(error.filename)
    return say_in(f"{name}: ", f"{name}：") + say_in(*of_system(error))


def _unreadable(path: str, error: OSError, suffixes: tuple[str, ...]) -> NoReturn:
    error.filename = told(_INPUT) if path == "-" else path
    sentence = _of_file(error)
    if isinstance(error, FileNotFoundError):
        parent = Path(path).parent
        near = _near(Path(path).name, parent, suffixes)
        if near:
            sentence += say_in(f"; did you mean {parent / near}?", f"；是否指{parent / near}？")
        elif not parent.is_dir():
            sentence += say_in(f"; there is no directory {parent}", f"；目录{parent}不存在")
    refuse(sentence, sentence)


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


def document(make: Callable[[bytes], T], path: str, suffixes: tuple[str, ...] = (".json",)) -> T:
    """What make makes of a file, or of standard input for "-". suffixes: of such files, for one whose name is nearly
    this."""
    if path == "-" and sys.stdin is None:
        refuse("standard input: is closed", "标准输入：已关闭")
    try:
        with open(path, "rb") if path != "-" else nullcontext(sys.stdin.buffer) as file:
            text = contents(file)
    except OSError as error:
        _unreadable(path, error, suffixes)
    try:
        return make(text)
    except Error as error:
        for one in (error, *error.problems):
            one.source = told(_INPUT) if path == "-" else path
        raise


def table(path: str) -> str:
    """The path of a table that can be read."""
    if path == "-":
        refuse(
            "FILE: a Parquet, CSV or Arrow file is wanted; standard input is not read",
            "FILE：须为Parquet、CSV或Arrow文件，不读标准输入",
        )
    try:
        open(path, "rb").close()
    except OSError as error:
        _unreadable(path, error, SUFFIXES)
    return path


def one_of(value: str, known: Iterable[str] | Mapping[str, Sequence[str]], what: str) -> str:
    """The word, by itself or by a title that is known of it, or a refusal with those that it could be or that come
    nearest. what: the option."""
    titles: dict[str, Sequence[str]] = dict(known) if isinstance(known, Mapping) else dict.fromkeys(known, ())
    found = meant(value, titles)
    if len(found) == 1:
        return found[0]
    if found:
        en = " or ".join(f"{key} ({titles[key][0]})" for key in found)
        zh = "、".join(_with_title(key, titles[key]) for key in found)
        refuse(f'{what}: "{value}" can be {en}', f"{what}：“{value}”不止一个意思：{zh}")
    every = list(dict.fromkeys(name for key, names in titles.items() for name in (key, *names)))
    near = difflib.get_close_matches(value, every, 3, 0.5) or [name for name in every if value in name][:3]
    if near:
        refuse(
            f'{what}: there is no "{value}"; did you mean {" or ".join(near)}?',
            f"{what}：没有“{value}”；是否指{'或'.join(near)}？",
        )
    refuse(
        f'{what}: there is no "{value}", only {", ".join(titles)}',
        f"{what}：没有“{value}”，只有{'、'.join(_with_title(key, titles[key]) for key in titles)}",
    )


def _with_title(key: str, titles: Sequence[str]) -> str:
    return f"{titles[0]}（{key}）" if titles else key


def pairs(values: Iterable[str], option: str, en: str, zh: str) -> Iterable[tuple[str, str]]:
    """KEY=VALUE of an option that may be repeated, each key once. en, zh: what is wanted."""
    known: dict[str, str] = {}
    for value in values:
        key, equals, rest = value.replace("＝", "=").partition("=")
        if not (key and equals and rest):
            refuse(f'{option}: found "{value}" where {en} is wanted', f"{option}：“{value}”有误，应为{zh}")
        if key in known:
            before = f"{key}={known[key]}"
            refuse(
                f'{option}: found "{before}" and "{value}", and one of them is wanted',
                f"{option}：“{before}”和“{value}”只能有一个",
            )
        known[key] = rest
    return known.items()


def as_of_day(text: str) -> str:
    """The day to judge by: as it is given, or today's by the clock, which nothing else here reads."""
    return date.today().isoformat() if text in ("today", "今天") else text


def year_of(text: str, option: str) -> int:
    if not re.fullmatch("[0-9]{4}", text):
        refuse(f'{option}: found "{text}" where a year is wanted', f"{option}：“{text}”不是年份")
    return int(text)


def whole_of(text: str, option: str, least: int = 0, most: int = 999_999_999) -> int:
    if not re.fullmatch("-?[0-9]{1,19}", text) or not least <= int(text) <= most:
        refuse(
            f'{option}: found "{text}" where a whole number, {least} to {most}, is wanted',
            f"{option}：“{text}”有误，应为{least}至{most}的整数",
        )
    return int(text)


def whole(option: str, least: int = 0, most: int = 999_999_999) -> Callable[[str], int]:
    """What an option of a whole number is read by: parser=whole("--households")."""
    return lambda text: text if isinstance(text, int) else whole_of(text, option, least, most)


def completion(list: str) -> Callable[[str], Iterable[str]]:
    """Completes a word of one of the library's lists: the keys, or in Chinese its titles."""

    def complete(incomplete: str) -> Iterable[str]:
        words = titled(list)
        named = [titles[0] for titles in words.values()] if incomplete and not incomplete.isascii() else words
        return [word for word in named if word.startswith(incomplete)]

    return complete


def _readings() -> dict[str, Reading]:
    return {one.name: one for one in _listed("READINGS") if isinstance(one, Reading)}


def _reading_completion(incomplete: str) -> list[str]:
    every = [f"{one.name}={option}" for one in _readings().values() for option in one.options]
    return [text for text in every if text.startswith(incomplete)]


FILE = both("FILE", "文件")
Lang = Annotated[
    Optional[str],
    typer.Option(
        "--lang",
        metavar="zh|en",
        rich_help_panel=GENERAL,
        help=both(
            "The language of all texts, Chinese or English; otherwise the locale's.",
            "文字所用语言：中文（zh）或英文（en）；不指定时按系统语言。",
        ),
    ),
]
AsJson = Annotated[
    bool,
    typer.Option(
        "--json", rich_help_panel=OUTPUT, help=both("Print JSON, for programs.", "输出供程序使用的JSON。")
    ),
]
Sealed = Annotated[
    bool,
    typer.Option(
        "--sealed",
        rich_help_panel=OUTPUT,
        help=both(
            "Have the JSON prove what it was made of, whole and with digests: libpilot verify checks it.",
            "在JSON中写入全部内容和摘要，证明结果所依据的数据，可用libpilot verify核对。",
        ),
    ),
]
Reforms = Annotated[
    Optional[List[str]],
    typer.Option(
        "--reform",
        metavar=FILE,
        rich_help_panel=POLICY,
        help=both(
            "Compute by a reform of the notice's policy (a JSON merge patch); may be repeated.",
            "按改革后的政策计算（对试点方案政策的JSON合并补丁）；可重复。",
        ),
    ),
]
Readings = Annotated[
    Optional[List[str]],
    typer.Option(
        "--reading",
        metavar=both("NAME=OPTION", "读法=选项"),
        rich_help_panel=POLICY,
        help=both(
            "Read a disputed clause otherwise, such as month_rule=calendar_years; may be repeated.",
            "改用有争议条款的另一种读法，如 计奖月份=全年；可重复。",
        ),
        autocompletion=_reading_completion,
    ),
]


def reading_name(given: str, option: str) -> str:
    """That of the disputed reading of this name or title."""
    return one_of(given, {name: (one.title_zh, one.title_en) for name, one in _readings().items()}, option)


def policy_of(reforms: Sequence[str] | None, readings: Sequence[str] | None = None) -> Policy:
    """The notice's policy with reforms applied in order, then readings switched."""
    policy = NANCHANG_2019
    for path in reforms or ():
        policy = document(policy.patch, path)
    for given, option in pairs(readings or (), "--reading", "NAME=OPTION", "读法=选项"):
        name = reading_name(given, "--reading")
        found = _readings()[name]
        options = dict(zip(found.options, zip(found.options_zh, found.options_en)))
        policy = policy.with_reading(**{name: one_of(option, options, f"--reading {given}")})
    return policy


class Page:
    """What people read: sentences and tables in their language."""

    def __init__(self, lang: str | None) -> None:
        if lang is not None:  # which is known already, and may be no language
            one_of(lang, titled("lang"), "--lang")
        self.lang = LANG[0]
        self.zh = self.lang == "zh"

    def __call__(self, en: str, zh: str) -> str:
        return say_in(en, zh)

    def _print(self, lines: Iterable[str], style: str = "") -> None:
        console = Console(markup=False, highlight=False, emoji=False, soft_wrap=True)
        with console.capture() as printed:
            for line in lines:
                console.print(Text(line, style=style))
        say(printed.get().removesuffix("\n"))

    def line(self, text: str = "", style: str = "") -> None:
        self._print(
            (part for line in shown(text).split("\n") for part in _layout.wrapped(line, width())), style
        )

    def table(self, title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Columns whose heading begins with ">" are numbers. What is None is left blank; a list has a line for
        each item."""
        cells = [
            [list(map(one_line, cell)) if isinstance(cell, list) else [one_line(cell)] for cell in row]
            for row in rows
        ]
        if title:
            self.line(one_line(title), "bold")
        self._print(_layout.table([one_line(heading) for heading in columns], cells, width()))
        self.line()

    def day(self, iso: object) -> str:
        """A day or a month as a sentence has it: 2019年12月31日."""
        parts = [f"{int(part)}{unit}" for part, unit in zip(str(iso).split("-"), "年月日")]
        return self(str(iso), "".join(parts))

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
