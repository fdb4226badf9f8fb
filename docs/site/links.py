"""The pages that are written by hand, with their links, which are right in the project, made right on the site."""

import os
import pathlib
import re
import shutil
import sys

from page import TOP

ELSEWHERE = {
    "changelog": "CHANGELOG.md",
    "contributing": "CONTRIBUTING.md",
    "security": "SECURITY.md",
    "conformance": "conformance/v1/README.md",
}
# What the site has in another form, and folders that a link leads to: the English page instead.
INSTEAD = {
    "README.md": "index",
    "conformance/v1": "conformance",
    "docs/cases.md": "clauses/index",
    "docs/reference.md#disputed-readings": "readings",
    "docs/reference.md#the-notice-clause-by-clause": "clauses/index",
    "docs/reference.md#calls": "documents/index",
    "docs/schema": "documents/index",
    "examples/python/policy_simulation.ipynb": "policy_simulation",
    "docs/schema/call": "documents/index",
    **{path: page for page, path in ELSEWHERE.items()},
}
LINK = re.compile(r"(!?)\[((?:[^\]\[]|\[[^\]]*\])*)\]\((?!\w+:|#|/|<)([^)\s#]+)(#[^)\s]*)?\)")


IMAGES = TOP / "docs/images"
# Those that both sites have.
BOTH = {"clauses/index", "readings", "documents/index"}


class Site:
    def __init__(self, folder):
        self.folder = folder
        self.pages = {("en", page): TOP / path for page, path in ELSEWHERE.items()}
        for path in TOP.glob("docs/*.md"), TOP.glob("docs/*/*.md"):
            self.pages.update((page, each) for each in path if (page := page_of(each)))

    def write(self):
        for (lang, page), path in self.pages.items():
            place = self.folder / lang / f"{page}.md"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(self.linked(lang, page, path), encoding="utf-8")
        for lang in ("en", "zh"):
            shutil.copytree(IMAGES, self.folder / lang / "images")

    def linked(self, lang, page, path):
        """The page's text, with its links as they are on the site."""

        def link(found):
            picture, text, part = found[1], found[2], found[4] or ""
            target = pathlib.Path(os.path.normpath(path.parent / found[3]))
            if picture and target.parent == IMAGES:
                return f"![{text}](/images/{target.name})"
            to = page_of(target, part)
            if to:
                to = (lang, to[1]) if to[1] in BOTH else to
                part = "" if f"{target.relative_to(TOP).as_posix()}{part}" in INSTEAD else part
                if to[0] == lang:
                    return f"[{text}](/{to[1]}.md{part})"
                up = "../" * (page.count("/") + (lang == "zh"))
                address = f"{up}{'zh/' if to[0] == 'zh' else ''}{to[1]}.html{part}"
                return f'<a class="reference internal" href="{address}">{text}</a>'
            if target.is_file():
                place = self.folder / lang / "files" / target.relative_to(TOP)
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(target, place)
                return f"[{text}](/files/{target.relative_to(TOP)})"
            sys.exit(f"{path.relative_to(TOP)}: a link to {found[3]}, which is no page and no file")

        # An index may name a guide that is not there yet.
        unwritten = re.compile(r"^guide/[\w-]+\n", re.MULTILINE)
        parts = re.split(r"^(```.*?^```$)", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
        return "".join(
            unwritten.sub(lambda entry: entry[0] if (lang, entry[0].strip()) in self.pages else "", part)
            if part.startswith("```{toctree}")
            else re.sub(r"\n+```$", "\n```", part)
            if part.startswith("```")
            else LINK.sub(link, part)
            for part in parts
        )


def page_of(path, part=""):
    """The language and the name of the page that stands for a path of the project; None of others."""
    name = path.relative_to(TOP).as_posix()
    if name + part in INSTEAD:
        return "en", INSTEAD[name + part]
    if name in INSTEAD:
        return "en", INSTEAD[name]
    found = re.fullmatch(r"docs/(zh/)?([^/]+|guide/[^/]+)\.md", name)
    return found and ("zh" if found[1] else "en", found[2])
