"""Draws the pictures of docs/pictures.md.

python examples/python/pictures.py FOLDER

It needs matplotlib: pip install 'libpilot[plot]'. Where no font has Chinese the pictures are in English.
"""

import pathlib
import sys

import libpilot
from matplotlib import pyplot

DATA = pathlib.Path(__file__).parents[1] / "data"


def pictures():
    """File names, what is drawn, and in which language."""
    notice = libpilot.NANCHANG_2019
    award = notice.reward(households=1885, first="2019-12", last="2023-12")
    account = libpilot.Account.load(DATA / "accounts/956-households.json").compute()
    offers = libpilot.comparison(DATA / "comparisons/foshan-mudanjiang.json")
    report = libpilot.check(DATA / "nanchang-2019.json", as_of="2020-02-29")
    panel = {"households": [1885, 956, 1210], "first": ["2019-12", "2020-03", "2020-01"], "last": ["2023-12"] * 3}
    flat = notice.patch(
        {"rates": [{"first": "2019-11", "last": "2024-12", "yuan": "12", "per": "household_month"}]}
    )
    reforms = libpilot.compare({**panel, "last": ["2024-12"] * 3}, notice, {"12 yuan throughout": flat})
    drawn = libpilot.draw(panel, seed=2019, draws=1000, pass_probability="0.9", household_error="0.05")
    return [
        ("award", award, "en"),
        ("account", account, "en"),
        ("reforms", reforms, "en"),
        ("draws", drawn, "en"),
        ("offers", offers, "zh"),
        ("report", report, "en"),
        ("report-zh", report, "zh"),
    ]


def main(folder):
    for name, result, lang in pictures():
        axes = result.plot(lang=lang)
        axes.figure.savefig(pathlib.Path(folder) / f"{name}.png", dpi=90)
        pyplot.close(axes.figure)
        print(f"{name}.png: {axes.get_title() if lang == 'en' else lang}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
