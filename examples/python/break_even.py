"""The fee at which a community's property service breaks even, year by year, and what the community lacks.

python examples/python/break_even.py examples/data/accounts/956-households.json [PICTURE.png]

A picture needs matplotlib: pip install 'libpilot[plot]'. Without it there is the table alone.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import libpilot


def draw(answers: Sequence[libpilot.AccountAnswer], path: str) -> None:
    try:
        from matplotlib import pyplot
    except ImportError:
        print(f"{path} is not drawn: that needs matplotlib", file=sys.stderr)
        return
    years = [answer.first[:4] for answer in answers]
    # Floats are good enough for the height of a bar.
    fees = [float(answer.break_even_price or 0) for answer in answers]
    gaps = [float(answer.community_gap) / 10_000 for answer in answers]
    figure, (above, below) = pyplot.subplots(2, sharex=True, layout="constrained")
    above.plot(years, fees, marker="o")
    above.set_ylabel("break-even fee\nyuan per m² and month")
    below.bar(years, gaps)
    below.set_ylabel("the community lacks\n10,000 yuan a year")
    figure.savefig(path)


def main(account: str, picture: str | None = None) -> None:
    result = libpilot.Account.load(account).compute()
    print(
        f"{'year':<6}{'fee per m²':>12}{'share to collect':>18}{'community lacks':>18}{'without reward':>18}"
    )
    for answer in result.answers:
        fee = "none" if answer.break_even_price is None else answer.break_even_price
        print(
            f"{answer.first[:4]:<6}{fee:>12}{answer.collection_rate or 'none':>18}"
            f"{answer.community_gap:>18}{answer.community_gap_without_reward:>18}"
        )
    if picture:
        draw(result.answers, picture)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(*sys.argv[1:])
