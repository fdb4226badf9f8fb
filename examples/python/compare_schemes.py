"""What the notice and the schemes of three other cities pay one community.

python examples/python/compare_schemes.py

Each scheme pays for its own months and by its own measure: households, square metres or communities.
"""

import pathlib
from decimal import Decimal

import libpilot

REFORMS = pathlib.Path(__file__).parents[1] / "data" / "reforms"
HOUSEHOLDS, AREA = 956, Decimal("83363.20")

SCHEMES = [
    # The pilots' services begin in December 2019 (5.4-1).
    (libpilot.NANCHANG_2019, "2019-12", "2023-12"),
    (libpilot.NANCHANG_2019.patch(REFORMS / "shijiazhuang-2015.json"), "2015-01", "2017-12"),
    (libpilot.NANCHANG_2019.patch(REFORMS / "wuhan-2010.json"), "2010-01", "2010-12"),
    (libpilot.NANCHANG_2019.patch(REFORMS / "xuecheng-2023.json"), "2023-01", "2023-12"),
]


def main() -> None:
    print(f"{'yuan':<20}{'months':>6}{'in all':>12}{'city':>12}{'district':>12}{'a household and month':>24}")
    for policy, first, last in SCHEMES:
        award = policy.reward(
            first=first, last=last, households=HOUSEHOLDS, area=AREA, communities=1, passed=True
        )
        each = (award.total / HOUSEHOLDS / award.months_paid).quantize(Decimal("0.01"))
        print(
            f"{policy.id:<20}{award.months_paid:>6}{award.total:>12}{award.city:>12}{award.district:>12}{each:>24}"
        )


if __name__ == "__main__":
    main()
