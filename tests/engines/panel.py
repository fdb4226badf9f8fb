"""A seeded panel of claims, good and bad, as an Arrow table and as plain NumPy columns."""

import functools

import numpy as np
import pyarrow as pa
from libpilot import NANCHANG_2019, Tally, columns
from libpilot._errors import BY_NUMBER

ROWS = 200_000
DISTRICTS = ["360102", "360103", "360104", "360105", "360111"]
WORDS = ["ok", *(BY_NUMBER[number].status for number in sorted(BY_NUMBER))]
# Prices that need rounding, two bases, a share that leaves odd fen, and each year's own pass.
REFORM = NANCHANG_2019.patch(
    {
        "rates": [
            {"first": "2019-12", "last": "2021-12", "yuan": "1.2345", "per": "square_metre_month"},
            {"first": "2022-01", "last": "2023-12", "yuan": "6.1250", "per": "household_month"},
        ],
        "city_share": "1/3",
        "readings": {"gate_mode": "annual"},
    }
)
# Which columns of the panel each policy is asked with.
NAMED = {
    NANCHANG_2019: {},
    REFORM: {"building_area_dm2": "area", "passed": "passed"},
}


class Panel:
    """table: with nulls, negative and huge quantities, last before first, dates beyond all years, and
    districts that are not listed. plain: the same numbers as int64 arrays, by argument. missing: the rows
    with a null."""

    def __init__(self, rows=ROWS, seed=2019):
        draw = np.random.default_rng(seed)
        households, area = draw.integers(0, 5000, rows), draw.integers(0, 10**8, rows)
        households[draw.random(rows) < 0.01] *= -1
        households[draw.random(rows) < 0.01] = 2**62
        first = 599 + draw.integers(-6, 48, rows)  # 599 is 2019-12
        last = first + draw.integers(-2, 60, rows)
        first[draw.random(rows) < 0.005] = 12 * (9_000 - 1970)
        group = draw.choice(6, rows, p=[0.2, 0.2, 0.2, 0.2, 0.19, 0.01])
        self.plain = {
            "households": households,
            "building_area_dm2": area,
            "first": first,
            "last": last,
            "passed": draw.integers(0, 32, rows),
        }
        self.missing = {
            name: draw.random(rows) < 0.005 for name in ("households", "building_area_dm2", "first", "last")
        }
        no_district = draw.random(rows) < 0.005
        self.groups = np.where(no_district | (group == 5), -1, group)
        self.table = pa.table(
            {
                "id": pa.array(np.arange(rows)),
                "district": pa.array(np.array([*DISTRICTS, "360199"])[group], mask=no_district),
                "households": pa.array(households, mask=self.missing["households"]),
                "area": pa.array(area, mask=self.missing["building_area_dm2"]),
                "first": self._days(first, 0, self.missing["first"]),
                "last": self._days(last, 14, self.missing["last"]),
                "passed": pa.array(self.plain["passed"]),
            }
        )

    @staticmethod
    def _days(months, day, mask):
        days = months.astype("datetime64[M]").astype("datetime64[D]") + day
        return pa.array(days.astype(np.int32), mask=mask).cast(pa.date32())

    def asked(self, policy):
        """The plain columns that the policy is asked with, no month where a row has a null; those rows."""
        names = ["households", "first", "last", *NAMED[policy]]
        missing = functools.reduce(
            np.logical_or, (self.missing[name] for name in names if name in self.missing)
        )
        given = {name: self.plain[name] for name in names}
        given["first"] = np.where(missing, -(10**6), given["first"])
        return given, missing

    @functools.lru_cache
    def expected(self, policy):
        """total_fen, city_fen, district_fen and status of each row."""
        given, missing = self.asked(policy)
        found = columns.awards(policy=policy, statuses=True, **given)
        status = np.where(missing, 20, found.statuses)
        amounts = [pa.array(values, mask=status != 0) for values in (found.total, found.city, found.district)]
        return pa.table([*amounts, pa.array([WORDS[one] for one in status])],
                        ["total_fen", "city_fen", "district_fen", "status"])  # fmt: skip

    @functools.lru_cache
    def expected_tally(self, policy):
        """The bytes of the tally by district, made in one call."""
        tally = Tally(policy, len(DISTRICTS))
        tally.add(**self.asked(policy)[0], group=self.groups)
        return tally.to_bytes()
