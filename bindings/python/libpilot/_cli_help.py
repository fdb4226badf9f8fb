"""The command line in its user's language: every text of it has both beside each other, and is one of them when a
run begins."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, List

import typer
from rich.cells import cell_len
from typer.core import TyperCommand, TyperGroup

from ._layout import wrapped
from ._notice import titled
from ._values import meant

LANG: List[str] = ["en"]  # that the run speaks: asked for, or the locale's


def both(en: str, zh: str) -> str:
    """A text of the command line, for any of its parameters: help=, metavar=, show_default=, rich_help_panel= (the
    section it stands in). The docstring of a command is the same: a paragraph in English and one in Chinese."""
    return f"{en}\n\n{zh}"


def told(text: str) -> str:
    """The text in the language of the run."""
    return text.split("\n\n")[-1 if LANG[0] == "zh" else 0].replace("\n", "" if LANG[0] == "zh" else " ")


def say_in(en: str, zh: str) -> str:
    return zh if LANG[0] == "zh" else en


def language(words: Sequence[str]) -> str:
    """What a command line asks for, wherever it does, or what the locale has: a refusal comes before the options are
    understood."""
    said = next((os.environ[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(key)), "")
    found = "zh" if said.startswith("zh") else "en"
    for at, word in enumerate(words):
        if word == "--":
            break
        name, equals, value = word.partition("=")
        asked = value if equals else "".join(words[at + 1 : at + 2])
        keys = meant(asked, titled("lang")) if name == "--lang" else []
        found = keys[0] if len(keys) == 1 else found
    return found


def width(most: int = 1 << 20) -> int:
    """Cells of a line: the terminal's, or what COLUMNS says."""
    seen = sys.stdout is not None and sys.stdout.isatty()
    known = shutil.get_terminal_size().columns if seen or "COLUMNS" in os.environ else 110
    return max(20, min(known, most))


# What click and typer themselves add to a command line.
_ADDED = {
    "help": both("Show this text.", "显示本说明。"),
    "install_completion": both(
        "Have the shell complete commands, options and words.", "为当前命令行环境安装自动补全。"
    ),
    "show_completion": both(
        "Print what --install-completion installs.", "显示--install-completion所安装的内容。"
    ),
}
ARGUMENTS, OPTIONS = both("Arguments", "参数"), both("Options", "选项")
POLICY = both("Policy and readings", "政策和读法")
OUTPUT = both("Output", "输出")
GENERAL = both("General", "通用")
# Whom a command is for, in the order of the help.
OFFICIALS = both("For officials: a city, its money, its duties", "供管理人员使用：城市数据、资金和职责")
ANALYSTS = both("For analysts: many rows, and reforms", "供分析人员使用：批量数据和改革")
INTEGRATORS = both("For integrators: documents and proofs", "供系统对接人员使用：文档和核对")
_READERS = (OFFICIALS, ANALYSTS, INTEGRATORS)
# The order of the sections; others stand between.
_FIRST = (ARGUMENTS, OPTIONS)
_LAST = (POLICY, OUTPUT, GENERAL)


def localise(command: Any) -> None:
    """Leaves of each text of the command, and of those below it, what the run speaks."""
    for name in ("help", "epilog", "rich_help_panel"):
        setattr(command, name, told(getattr(command, name) or ""))
    for one in command.params:
        one.help = told(_ADDED.get(one.name) or getattr(one, "help", None) or "")
        one.metavar = told(one.metavar or "")
        one.rich_help_panel = told(getattr(one, "rich_help_panel", None) or "")
        if isinstance(one.show_default, str):
            one.show_default = told(one.show_default)
    for one in getattr(command, "commands", {}).values():
        localise(one)


def _name(one: Any) -> str:
    if one.param_type_name == "argument":
        return str(one.metavar)
    names = ", ".join(sorted(one.opts, key=len))
    return names if one.is_flag else f"{names} {one.metavar}"


def _described(one: Any, ctx: Any) -> str:
    """Its help, and what it is where it is not given."""
    if one.required:
        return f"{one.help} [{say_in('required', '必填')}]"
    default = one.show_default
    if default is True and one.param_type_name == "option" and not one.is_flag:
        default = one.get_default(ctx, call=False)
    if isinstance(default, bool) or default is None:
        return str(one.help)
    return f"{one.help} [{say_in(f'default: {default}', f'默认：{default}')}]"


def usage(command: Any, ctx: Any) -> str:
    """A line that shows what has to be given, and in which order."""
    words = [ctx.command_path]
    for one in command.get_params(ctx):
        if one.param_type_name == "argument":
            words.append(one.metavar)
        elif one.required:
            words.append(f"{one.opts[0]} {one.metavar}")
    words.append(say_in("[OPTIONS]", "[选项]"))
    if hasattr(command, "commands"):
        words.append(say_in("COMMAND ...", "命令 ..."))
    return say_in("Usage: ", "用法：") + " ".join(words)


_NAMES_MOST = 26  # cells of an option beside its help; a longer one has a line of its own


def _listed(title: str, rows: Sequence[tuple[str, str]], wide: int) -> Iterable[str]:
    yield ""
    yield title
    beside = max([cell_len(name) for name, _ in rows if cell_len(name) <= _NAMES_MOST], default=0)
    for name, text in rows:
        lines = wrapped(text, wide - beside - 4)
        if cell_len(name) > beside:
            yield from wrapped(f"  {name}", wide)
        else:
            yield f"  {name}{' ' * (beside - cell_len(name))}  {lines.pop(0)}".rstrip()
        yield from (" " * (beside + 4) + line for line in lines)


def _help(command: Any, ctx: Any) -> Iterable[str]:
    wide = width(100)
    yield from wrapped(usage(command, ctx), wide)
    yield ""
    yield from wrapped(command.help, wide)
    panels: dict[str, List[tuple[str, str]]] = {told(title): [] for title in _FIRST}
    for one in command.get_params(ctx):
        if one.name in _ADDED:
            one.help, one.rich_help_panel = told(_ADDED[one.name]), told(GENERAL)
        usual = told(ARGUMENTS if one.param_type_name == "argument" else OPTIONS)
        panels.setdefault(one.rich_help_panel or usual, []).append((_name(one), _described(one, ctx)))
    panels.update({title: panels.pop(title) for title in map(told, _LAST) if title in panels})
    below = getattr(command, "commands", {})
    sections: dict[str, List[tuple[str, str]]] = {told(title): [] for title in _READERS}
    for name in below:
        title = below[name].rich_help_panel or say_in("Commands", "命令")
        sections.setdefault(title, []).append((name, below[name].help))
    for title in filter(sections.get, sections):
        yield from _listed(title, sections[title], wide)
    for title in filter(panels.get, panels):
        yield from _listed(title, panels[title], wide)
    if command.epilog:
        yield ""
        yield from wrapped(command.epilog, wide)
    examples = getattr(command, "examples", ())
    if examples:
        yield ""
        yield say_in("Examples", "示例")
    for text, words in examples:
        yield from (f"  {line}" for line in wrapped(told(text), wide - 2))
        yield f"    {words}"


class _Told:
    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write("\n".join(_help(self, ctx)) + "\n")


class Command(_Told, TyperCommand):
    """A command whose help is told in the language of the run."""


class Group(_Told, TyperGroup):
    """The same of a group of commands."""


class App(typer.Typer):
    """Whose commands are such ones."""

    def command(self, name: str | None = None, **named: Any) -> Callable[[Any], Any]:
        return super().command(name, **{"cls": Command, **named})


# What click refuses a command line for, as it says it, and as we do.
_REFUSALS = (
    (r"Missing option (.+)\.", "{} is missing", "缺少选项{}"),
    (r"Missing argument (.+)\.", "{} is missing", "缺少参数{}"),
    (r"Missing command\.", "a command is missing", "缺少命令"),
    (r"No such option: (\S+)(?: \(Possible options: (.+)\))?", "there is no option {}", "没有选项{}"),
    (r"No such option: (\S+)(?: Did you mean (.+)\?)", "there is no option {}", "没有选项{}"),
    (r"No such command (.+?)\.(?: Did you mean (.+)\?)?", "there is no command {}", "没有命令{}"),
    (r"Option (.+) requires an argument\.", "{} needs a value", "选项{}需要一个值"),
    (r"Option (.+) does not take a value\.", "{} takes no value", "选项{}不带值"),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", 'nothing takes "{}"', "多出参数“{}”"),
)


def of_usage(error: Any) -> str:
    """The lines that say what is wrong with a command line."""
    if type(error).__name__ == "NoArgsIsHelpError":
        return str(error.format_message()).rstrip("\n")
    said = " ".join(error.format_message().split())
    for pattern, en, zh in _REFUSALS:
        found = re.fullmatch(pattern, said)
        if found:
            what, near = (*found.groups(), None, None)[:2]
            said = say_in(en, zh).format((what or "").replace("'", ""))
            if near:
                near = near.replace("'", "")
                said += say_in(
                    f"; did you mean {near.replace(', ', ' or ')}?", f"；是否指{near.replace(', ', '或')}？"
                )
    if error.ctx is None:
        return said
    command = error.ctx.command_path
    seek = say_in(f"{command} --help says what there is.", f"{command} --help列出全部用法。")
    return "\n".join([*wrapped(usage(error.ctx.command, error.ctx), width(100)), said, seek])
