"""The documents and the sheets, field by field, of the tables that read them; and the calls."""

import shutil

from libpilot._call import call
from libpilot._template import _sheets
from page import TOP, Page, clause_link

import libpilot


def write_records(folder, lang):
    """A page for each document, an index of them, and one of the calls."""
    names = libpilot.words("document")
    for name in names:
        write_document(folder, lang, name)
    page = Page(lang)
    page.add(
        page.say("# Documents, field by field", "# 文件与字段"),
        "",
        page.say(
            "Every document that is read or written, made of the tables that read and write it. Each has a JSON Schema "
            "(2020-12). Money is text in yuan, areas are m², months `2019-12`, days `2019-12-31`; a key that is left out "
            "is not known.",
            "库读写的每种文件，均由读写它的字段表生成，各有JSON Schema（2020-12）。金额为以元计的文本，面积以平方米计，月份如"
            "`2019-12`，日期如`2019-12-31`；未填的键表示未知。",
        ),
        "",
    )
    page.table(
        (page.say("Document", "文件"), page.say("What it is", "说明"), "JSON Schema"),
        [
            (
                f"[`{name}`]({name}.md)",
                page.say(schema["title"], schema["x-title-zh"]),
                schema_link(folder, f"{name}.schema.json"),
            )
            for name in names
            for schema in [libpilot.schema(name)]
        ],
    )
    page.add("", "(calls)=", page.say("## Calls", "## 调用"), "")
    page.add(
        page.say("What `pilot_call` answers, ", "`pilot_call` 所回答的调用，")
        + page.say("with what each takes and gives; as OpenAPI 3.1: ", "及其请求与结果；OpenAPI 3.1：")
        + schema_link(folder, "call/openapi.json")
    )
    page.table(
        (
            page.say("Call", "调用"),
            page.say("What it gives", "结果"),
            page.say("Takes", "请求"),
            page.say("Gives", "结果格式"),
        ),
        [
            (
                f"`{row['name']}`",
                page.say(row["en"], row["zh"]),
                *(
                    schema_link(folder, f"call/{row['name']}.{end}.schema.json", end)
                    for end in ("request", "result")
                ),
            )
            for row in call("calls")["calls"]
        ],
    )
    page.add("```{toctree}", ":hidden:", "", *names, "```")
    page.write(folder / "documents/index.md")


def schema_link(folder, name, text=None):
    place = folder / "files/docs/schema" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(TOP / "docs/schema" / name, place)
    return f"[{text or name.rpartition('/')[2]}](/files/docs/schema/{name})"


def write_document(folder, lang, name):
    schema = libpilot.schema(name)
    page = Page(lang)
    page.add(f"# {page.say(schema['title'], schema['x-title-zh'])}", "")
    page.add("<br>".join(page.both(schema["description"], schema["x-zh"])), "")
    kinds = Kinds(page, name, schema["$defs"])
    kinds.add_fields(schema)
    for key, of in schema["$defs"].items():
        if "properties" in of:
            page.add(
                "",
                f"({kinds.anchor(key)})=",
                f"## `{key}`",
                "",
                "<br>".join(page.both(of["description"], of["x-zh"])),
                "",
            )
            kinds.add_fields(of)
    page.write(folder / f"documents/{name}.md")


class Kinds:
    """What a field takes, in words."""

    def __init__(self, page, name, defs):
        self.page, self.name, self.defs = page, name, defs

    def anchor(self, key):
        return f"{self.name}-{key}".replace("_", "-")

    def add_fields(self, schema):
        page = self.page
        page.table(
            (
                page.say("Key", "键"),
                page.say("Meaning", "含义"),
                page.say("Takes", "取值"),
                page.say("Clause", "条款"),
            ),
            [
                (
                    f"`{key}`"
                    + (page.say(" (required)", "（必填）") if key in schema.get("required", ()) else ""),
                    "<br>".join(page.both(field["description"], field["x-zh"])),
                    self.of(field),
                    clause_link(field["x-clause"]) if "x-clause" in field else "",
                )
                for key, field in schema["properties"].items()
            ],
        )

    def of(self, field):
        say = self.page.say
        if "$ref" in field:
            key = field["$ref"].rpartition("/")[2]
            of = self.defs[key]
            return (
                f"[`{key}`](#{self.anchor(key)})"
                if "properties" in of
                else self.of({**of, "called": say(of["description"], of["x-zh"])})
            )
        if "anyOf" in field:
            return say(" or ", " 或 ").join(
                self.of(one) for one in field["anyOf"] if one.get("type") != "null"
            )
        if "const" in field:
            return f"`{field['const']}`"
        if "enum" in field:
            return self.words(field)
        if "items" in field:
            return say("list of ", "列表：") + self.of(field["items"])
        if "called" in field:
            return field["called"]
        kinds = {
            "string": say("text", "文本"),
            "integer": say("whole number", "整数"),
            "number": say("number", "数"),
            "boolean": say("true, false", "true、false"),
            "object": say("object", "对象"),
        }
        types = field.get("type", [])
        return say(" or ", " 或 ").join(
            kinds[kind] for kind in ([types] if isinstance(types, str) else types) if kind != "null"
        )

    def words(self, field):
        words = [word for word in field["enum"] if word is not None]
        if len(words) > 30:
            return field.get("called", "") or self.page.say(
                f"one of {len(words)} words", f"{len(words)}个词之一"
            )
        titles = field.get(f"x-{'zh' if self.page.lang == 'zh' else 'en'}-words")
        if not titles:
            return ", ".join(f"`{word}`" for word in words)
        return "<br>".join(f"`{word}` {title}" for word, title in zip(words, titles))


def taken(page, column):
    if 0 < len(column.choices) <= 30:
        return page.say(", ", "、").join(column.choices)
    return column.wanted


def write_sheets(folder, lang):
    page = Page(lang)
    page.add(
        page.say("# Sheets, column by column", "# 表格与列"),
        "",
        page.say(
            "The sheets that a workbook of a city can have, as `libpilot template` writes them, in any order. A column is "
            "found by its title in either language or by its key; what a cell may hold is told with each.",
            "城市数据工作簿可有的工作表，与 `libpilot template` 写出的一致，次序不限。列按中英文标题或键名识别；各列可填内容如下。",
        ),
        "",
    )
    of_both = zip(_sheets(None, "en"), _sheets(None, "zh"), _sheets(None, "keys"))
    for en, zh, key in of_both:
        sheet = zh if lang == "zh" else en
        page.add(
            "",
            f"## {' · '.join(page.both(en.name, zh.name))}",
            "",
            sheet.meaning + page.say(". Key: ", "。键名：") + f"`{key.name}`.",
            "",
        )
        page.table(
            (
                page.say("Column", "列"),
                page.say("Key", "键名"),
                page.say("Meaning", "含义"),
                page.say("Takes", "填写"),
                page.say("Clause", "条款"),
            ),
            [
                (
                    "<br>".join(page.both(one.title, other.title))
                    + (page.say(" (required)", "（必填）") if one.required else ""),
                    f"`{by_key.title}`",
                    (other if lang == "zh" else one).meaning,
                    taken(page, other if lang == "zh" else one),
                    clause_link(one.clause) if one.clause else "",
                )
                for one, other, by_key in zip(en.columns, zh.columns, key.columns)
            ],
        )
    page.write(folder / "sheets.md")
