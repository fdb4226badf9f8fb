"""Follows each link of the pages that were built, within them: docs/site/check.py FOLDER.

Every file and every part of a page that a link names has to be there, and no page may load anything from elsewhere.
"""

import pathlib
import sys
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

LOADS = {"script", "img", "iframe", "source", "link"}


class Links(HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.names, self.links, self.loaded = set(), [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.names.update(given[key] for key in ("id", "name") if given.get(key))
        for key in ("href", "src"):
            if given.get(key):
                (self.loaded if tag in LOADS else self.links).append(given[key])


def main(folder):
    pages = {path: Links(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.html"))}
    wrong, followed = [], 0
    for path, page in pages.items():
        for link in page.links + page.loaded:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                if link in page.loaded and parts.scheme != "data":
                    wrong.append(f"{path.relative_to(folder)}: loads {link}")
                continue
            to = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            to = to / "index.html" if to.is_dir() else to
            part = unquote(parts.fragment)
            followed += 1
            if not to.exists():
                wrong.append(f"{path.relative_to(folder)}: {link} leads nowhere")
            elif part and to in pages and part not in pages[to].names:
                wrong.append(f"{path.relative_to(folder)}: {link} leads to no part of that page")
    for line in dict.fromkeys(wrong):
        print(line)
    print(f"{len(pages)} pages, {followed} links followed, {len(wrong)} wrong")
    return 1 if wrong or not followed else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
