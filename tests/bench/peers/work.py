"""The work that is timed: its columns, and what it has to come to.

Columns are made block by block from counters, so that a row is the same whatever the number of rows.
The answers are computed here the slow way, month by month or in one exact line, and only as digests: a
peer whose digest is another has not done the work.
"""

import hashlib
import json

import numpy as np

import record

BLOCK = 1_000_000

# The default policy as its users would type it: first and last month since 1970-01, fen per household.
RATES = [(588, 623, 1800), (624, 635, 1200), (636, 647, 600)]
YEARS = [(588 + 12 * i, 599 + 12 * i, rate) for i, rate in enumerate((1800, 1800, 1800, 1200, 600))]

# Yuan per m² and month in 0.0001 yuan: a menu's five grades.
PRICES = np.array([13000, 16500, 20000, 23500, 27000])


def claims_block(block, count):
    """Households, first month, last month: also service before, after and across the reward's years."""
    make = np.random.Generator(np.random.Philox(key=[20191101, block]))
    households = make.integers(30, 3200, count)
    first = make.integers(576, 650, count)
    return households, first, first + make.integers(0, 80, count)


def dwellings_block(block, count):
    """Area in 0.01 m², price in 0.0001 yuan, months."""
    make = np.random.Generator(np.random.Philox(key=[20191102, block]))
    return make.integers(2500, 15000, count), PRICES[make.integers(0, 5, count)], make.integers(1, 13, count)


def awards_of(households, first, last):
    total = np.zeros_like(households)
    for start, end, rate in RATES:
        for month in range(start, end + 1):
            total += households * rate * ((first <= month) & (month <= last))
    return total, total // 2, total - total // 2


def bills_of(area, price, months):
    return ((2 * area * price * months + 10_000) // 20_000,)


def tally_of(households, first, last):
    """Rows, households, total, city, district of each year."""
    table = []
    for start, end, rate in YEARS:
        months = sum(((first <= m) & (m <= last)).astype(np.int64) for m in range(start, end + 1))
        total = households * months * rate
        paid = months > 0
        table.append([paid.sum(), households[paid].sum(), total.sum(), (total // 2).sum(),
                      (total - total // 2).sum()])
    return np.array(table)


def check_by_hand(count=300):
    """The answers above against whole numbers of Python's, a month and a row at a time."""
    claims, dwellings = claims_block(0, count), dwellings_block(0, count)
    total, city, district = awards_of(*claims)
    years = {year: [0] * 5 for year in range(2019, 2024)}
    for i, (households, first, last) in enumerate(zip(*(column.tolist() for column in claims))):
        award = 0
        for year, row in years.items():
            months = [m for m in range(first, last + 1) if m // 12 + 1970 == year]
            paid = households * sum(next(r for a, b, r in RATES if a <= m <= b) for m in months)
            award += paid
            parts = [bool(paid), households * bool(paid), paid, paid // 2, paid - paid // 2]
            row[:] = [a + b for a, b in zip(row, parts)]
        assert (total[i], city[i], district[i]) == (award, award // 2, award - award // 2)
    assert tally_of(*claims).tolist() == list(years.values())
    for i, (area, price, months) in enumerate(zip(*(column.tolist() for column in dwellings))):
        whole, rest = divmod(area * price * months, 10_000)
        assert bills_of(*dwellings)[0][i] == whole + (rest >= 5_000)


def blocks(rows):
    return [(block, min(BLOCK, rows - block * BLOCK)) for block in range(-(-rows // BLOCK))]


def columns(of_block, rows):
    """Whole columns of int64. Written block by block: a column of 10^8 rows is there once."""
    made = None
    for block, count in blocks(rows):
        part = of_block(block, count)
        made = made or [np.empty(rows, np.int64) for _ in part]
        for column, values in zip(made, part):
            column[block * BLOCK:block * BLOCK + count] = values
    return made


def digest_columns(answer):
    """Of columns, or of one small table."""
    digests = [hashlib.sha256(np.ascontiguousarray(column, np.int64)).hexdigest() for column in answer]
    return " ".join(digests)


def digest_verdicts(verdicts):
    text = json.dumps([sorted(verdict) for verdict in verdicts], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def expected_columns(of_block, answer_of):
    def expected(rows):
        digests = None
        for block, count in blocks(rows):
            part = answer_of(*of_block(block, count))
            digests = digests or [hashlib.sha256() for _ in part]
            for digest, values in zip(digests, part):
                digest.update(np.ascontiguousarray(values, np.int64))
        return " ".join(digest.hexdigest() for digest in digests)
    return expected


def expected_tally(rows):
    return digest_columns(sum(tally_of(*claims_block(*block)) for block in blocks(rows)))


# For each work: its input for so many rows, the digest of an answer, and the digest that is right.
INPUT = {
    "awards": lambda rows: columns(claims_block, rows),
    "tally": lambda rows: columns(claims_block, rows),
    "bills": lambda rows: columns(dwellings_block, rows),
    "verdicts": lambda rows: rows,
}
DIGEST = {"awards": digest_columns, "tally": digest_columns, "bills": digest_columns,
          "verdicts": digest_verdicts}
EXPECTED = {
    "awards": expected_columns(claims_block, awards_of),
    "tally": expected_tally,
    "bills": expected_columns(dwellings_block, bills_of),
    "verdicts": lambda rows: digest_verdicts(record.expected(rows)),
}
