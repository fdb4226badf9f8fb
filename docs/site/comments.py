"""A header as Doxygen wants it, on the output: comments.py HEADER.

The headers have plain comments, as a reader wants them: one above what it tells of, or behind a member on its line.
"""

import pathlib
import re
import sys

COMMENT = re.compile(
    r"^(?P<indent>[ \t]*)(?P<code>[^\n]*?)/\*(?P<text>(?:(?!\*/).)*)\*/", re.DOTALL | re.MULTILINE
)


def written(found):
    # What Doxygen would take for a command or a tag stands as it is.
    text = re.sub(r"([\\@<>#&%])", r"\\\1", found["text"])
    behind = found["code"].strip()
    if not found.start():  # the first comment is the file's
        text = f" @file\n *{text}"
    return f"{found['indent']}{found['code']}/**{'<' if behind else ''}{text}*/"


def main(path):
    sys.stdout.write(COMMENT.sub(written, path.read_text(encoding="utf-8")))


main(pathlib.Path(sys.argv[1]))
