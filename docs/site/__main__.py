"""Lays out what Sphinx makes the site of, from the top of the project, in an environment that has libpilot:

python docs/site FOLDER

FOLDER/en and FOLDER/zh get the pages that are written by hand, and what the library's tables, the cases and the sources
tell: the scheme clause by clause, the readings, the records, the sheets, the references; and the notebook as it runs.
"""

import pathlib
import shutil
import sys

from languages import write_c, write_python, write_references
from links import Site
from notebook import write_notebook
from records import write_records, write_sheets
from scheme import write_clauses, write_readings


def main(folder):
    shutil.rmtree(folder, ignore_errors=True)
    Site(folder).write()
    for write in (write_c, write_python, write_references, write_notebook):
        write(folder / "en")
    for lang in ("en", "zh"):
        for write in (write_clauses, write_readings, write_records, write_sheets):
            write(folder / lang, lang)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
