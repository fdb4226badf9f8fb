"""How Sphinx makes the site: docs/site lays out the pages, `make docs` runs both. The tag zh is the Chinese site's."""

import pathlib
import re

from sphinx.search.en import SearchEnglish

TOP = pathlib.Path(__file__).parents[1]
CHINESE = tags.has("zh")  # noqa: F821, which Sphinx gives

project = "libpilot"
release = version = re.search(r"^VERSION\s*= (\S+)", (TOP / "Makefile").read_text(), re.MULTILINE)[1]
language = "zh_CN" if CHINESE else "en"
html_title = f"libpilot {release}"
html_theme = "furo"
html_static_path = [str(TOP / "docs/site/static")]
html_css_files = ["site.css"]
html_copy_source = False
html_show_copyright = False
templates_path = [str(TOP / "docs/site/templates")]
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "sidebar/languages.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}

extensions = ["myst_parser"] if CHINESE else ["myst_parser", "sphinx.ext.autodoc", "breathe"]
breathe_projects = {"libpilot": str(TOP / "build/doxygen/xml")}
breathe_default_project = "libpilot"
breathe_domain_by_extension = {"h": "c"}
exclude_patterns = ["files"]
myst_enable_extensions = ["attrs_inline"]
myst_heading_anchors = 3
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
nitpicky = True
# What is no name of the library's: types of C and of Python, aliases of annotations, what is private.
nitpick_ignore_regex = [
    ("c:identifier", r"u?int\d+_t|size_t|pilot_stopping"),
    (
        "py:class",
        r"(decimal|fractions|collections|pa)\..*|Decimal|Fraction|Mapping\[.*|PathLike|Path|.*\b_\w+(\.\w+)*",
    ),
    (
        "py:class",
        "Array|Batch|Column|Day|Document|Exact|Found|Frame|Items|Month|Name|Number|Passed|Records|Reforms|Sealable|Yearly",
    ),
    ("py:func", "awards"),
    ("py:meth", r"Tally\.add"),
]


def laid_out(app, what, name, object, options, lines):
    """A docstring as reStructuredText: each "name: what it is" of a list of them is a line of its own."""
    paragraphs = "\n".join(lines).split("\n\n")
    begins = re.compile(r"[a-z_][\w, ]*: |``\w+`` {2,}")
    for number, paragraph in enumerate(paragraphs):
        rows = paragraph.strip("\n").split("\n")
        if rows[0].startswith((">>>", " ", "..", "-")):
            continue
        if begins.match(rows[0]) and sum(bool(begins.match(row)) for row in rows) > 1:
            rows = [f"| {row}" if begins.match(row) else f"  {row.strip()}" for row in rows]
        else:
            rows = [row.strip() for row in rows]
        paragraphs[number] = "\n".join(rows)
    lines[:] = "\n\n".join(paragraphs).split("\n")


# Search. Chinese has no spaces between words: each two characters beside each other are indexed, and asked for.
CHINESE_RUN = "\u4e00-\u9fff"


class Search(SearchEnglish):
    lang = "en-zh"
    js_splitter_code = """
function splitQuery(query) {
    const words = [];
    for (const part of query.split(/[^\\p{Letter}\\p{Number}_]+/u)) {
        for (const [run] of part.matchAll(/[\\u4e00-\\u9fff]+|[^\\u4e00-\\u9fff]+/gu)) {
            if (run.length < 3 || !/[\\u4e00-\\u9fff]/u.test(run)) words.push(run);
            else for (let at = 0; at + 1 < run.length; at++) words.push(run.slice(at, at + 2));
        }
    }
    return words;
}
"""

    def split(self, text):
        words = []
        for run in re.findall(rf"[{CHINESE_RUN}]+|[^\W{CHINESE_RUN}]+", text):
            if "\u4e00" <= run[0] <= "\u9fff":
                words.extend(run)
                words.extend(run[at : at + 2] for at in range(len(run) - 1))
            else:
                words.append(run)
        return words

    def word_filter(self, word):
        return "\u4e00" <= word[0] <= "\u9fff" or super().word_filter(word)


html_search_language = "en-zh"


def other_language(app, docname, templatename, context, doctree):
    """The page's counterpart: the Chinese guides stand beside the index, the English ones in guide/."""
    name = docname.removeprefix("guide/")
    other = pathlib.Path(app.srcdir).parent / ("en" if CHINESE else "zh")
    found = next((each for each in (name, f"guide/{name}") if (other / f"{each}.md").exists()), "index")
    up = "../" * (docname.count("/") + CHINESE)
    context["other_language"] = f"{up}{'' if CHINESE else 'zh/'}{found}.html"


def setup(app):
    app.add_search_language(Search)
    if not CHINESE:
        app.connect("autodoc-process-docstring", laid_out)
    app.connect("html-page-context", other_language)
