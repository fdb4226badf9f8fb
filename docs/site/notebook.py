"""The notebook as a page, with what its cells say and draw when they are run now."""

import re

import nbformat
from nbconvert import MarkdownExporter
from nbconvert.preprocessors import ExecutePreprocessor
from page import TOP

NOTEBOOK = TOP / "examples/python/policy_simulation.ipynb"


def write_notebook(folder):
    book = nbformat.read(NOTEBOOK, as_version=4)
    ExecutePreprocessor(timeout=600).preprocess(book, {"metadata": {"path": str(NOTEBOOK.parent)}})
    text, resources = MarkdownExporter().from_notebook_node(book)
    # The site has a style for tables, and Markdown would end pandas' own at its first empty line.
    text = re.sub(r"<style scoped>.*?</style>\n", "", text, flags=re.DOTALL)
    text = text.replace('<table border="1" class="dataframe">', '<table class="docutils align-default">')
    for name, picture in resources["outputs"].items():
        (folder / "images" / name).write_bytes(picture)
    text = re.sub(r"!\[\w*\]\((\w+\.png)\)", r"![What the cell above draws](/images/\1)", text)
    (folder / f"{NOTEBOOK.stem}.md").write_text(text, encoding="utf-8")
