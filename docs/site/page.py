"""A page as Markdown, in one language, and what pages say of the library's words."""

import pathlib

import libpilot

TOP = pathlib.Path(__file__).parents[2]


class Page:
    """A page of one language, line by line."""

    def __init__(self, lang):
        self.lang = lang
        self.lines = []

    def say(self, en, zh):
        return zh if self.lang == "zh" else en

    def both(self, en, zh):
        """A text in both languages, the page's own first."""
        return (zh, en) if self.lang == "zh" else (en, zh)

    def listed(self, words):
        return self.say(", ", "、").join(words)

    def add(self, *lines):
        self.lines.extend(lines)

    def table(self, names, rows):
        self.add("", row_of(names), "|" + "---|" * len(names), *map(row_of, rows), "")

    def folded(self, summary, *lines):
        self.add("", f"<details><summary>{summary}</summary>", "", *lines, "", "</details>", "")

    def write(self, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(self.lines) + "\n", encoding="utf-8")


def row_of(cells):
    return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def codes(names):
    return ", ".join(f"`{name}`" for name in names)


def whole(text):
    """Of a cell: on one line, however narrow the page is."""
    return f'<span class="whole">{text}</span>' if text else ""


def titled(list, word, lang):
    return libpilot.titles(list, lang).get(word, word)


def anchor(clause):
    return "clause-" + clause.replace(".", "-")


def clause_link(clause):
    return f"[{clause}](#{anchor(clause)})"


def rule_link(rule):
    return f"[{rule}](#rule-{rule.replace('_', '-')})"
