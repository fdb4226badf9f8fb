"""A thousand reforms of a panel that is read once, beside Polars and DuckDB, which look at each row for each reform.

python tests/bench/reforms.py [ROWS] [REFORMS]    10 million and 1,000 unless told; Polars and DuckDB do 50 of them

Both get two threads. Every reform's total and city's part are the same to the fen, or the run ends with status 1.
"""

import os
import statistics
import sys
import time

THREADS = 2
os.environ["POLARS_MAX_THREADS"] = str(THREADS)

import duckdb  # noqa: E402
import numpy as np  # noqa: E402
import polars as pl  # noqa: E402
import pyarrow  # noqa: E402
from libpilot import NANCHANG_2019, Panel  # noqa: E402

ASKED_OF_PEERS = 50
ROUNDS = 5
START, END = 588, 647  # the months of the notice's rates


def columns(rows):
    draw = np.random.default_rng(20191101)
    households = draw.integers(30, 3200, rows)
    first = draw.integers(588, 648, rows).astype(np.int32)
    return households, first, (first + draw.integers(0, 60, rows)).astype(np.int32)


def prices(reforms):
    """Of the first rate in fen, such that each month's half is whole."""
    return [1000 + 2 * number for number in range(reforms)]


def reform(fen):
    rates = NANCHANG_2019.to_dict()["rates"]
    return NANCHANG_2019.patch({"rates": [{**rates[0], "yuan": f"{fen // 100}.{fen % 100:02}"}, *rates[1:]]})


def sums_until(fen):
    """What a household gets before each month, from START to the month after END."""
    return np.concatenate([[0], np.cumsum([fen] * 36 + [1200] * 12 + [600] * 12)])


def by_polars(claims):
    """One look into a table of all pairs of months, on the streaming engine."""
    frame = pl.DataFrame(dict(zip(("households", "first", "last"), claims))).lazy()
    last = pl.col("last").clip(START - 1, END) - (START - 1)
    place = (pl.col("first").clip(START, END + 1) - START) * 61 + last

    def run(fen):
        until = sums_until(fen)
        pairs = np.maximum(until[None, :] - until[:, None], 0)
        total = pl.lit(pl.Series(pairs.ravel())).gather(place) * pl.col("households")
        query = frame.select(total=total).select(total=pl.col("total").sum(), city=(pl.col("total") // 2).sum())
        return query.collect(engine="streaming").row(0)

    return run


def by_duckdb(claims):
    """A list of sums of months, looked into twice, over a table of its own."""
    connection = duckdb.connect(config={"threads": THREADS})
    claims = pyarrow.table(dict(zip(("households", "first", "last"), claims)))  # noqa: F841, SQL reads it
    connection.execute("CREATE TABLE claim AS SELECT * FROM claims")

    def run(fen):
        until = sums_until(fen).tolist()
        # Lists count from 1. No row begins outside the months, and none ends before it begins.
        total = f"households * ({until}[least(last, {END}) - {START - 2}] - {until}[first - {START - 1}])"
        query = f"SELECT sum(total)::BIGINT, sum(total // 2)::BIGINT FROM (SELECT {total} AS total FROM claim)"
        return connection.sql(query).fetchone()

    return run


def by_polars_grouped(claims):
    """The same as a panel's bins: households by both months once, and the table of pairs times that."""
    start = time.perf_counter()
    frame = pl.DataFrame(dict(zip(("households", "first", "last"), claims)))
    bins = frame.group_by("first", "last").agg(pl.col("households").sum())
    households, first, last = (bins[name].to_numpy() for name in ("households", "first", "last"))
    taken = time.perf_counter() - start

    def run(fen):
        until = sums_until(fen)
        total = int(((until[np.minimum(last, END) - START + 1] - until[first - START]) * households).sum())
        return total, total // 2

    return run, taken


def timed(call):
    start = time.perf_counter()
    made = call()
    return time.perf_counter() - start, made


def main():
    rows, reforms = (int(text) for text in (sys.argv[1:] + ["10000000", "1000"][len(sys.argv) - 1 :]))
    claims = columns(rows)
    asked = prices(reforms)
    policies = [reform(fen) for fen in asked]
    some = asked[:: max(reforms // ASKED_OF_PEERS, 1)]
    peers = {"Polars, row by row": by_polars(claims), "DuckDB, row by row": by_duckdb(claims)}
    passes = {True: [], False: []}
    swept, one = [], []
    for _ in range(ROUNDS):
        for single in passes:
            taken, panel = timed(lambda: Panel(dict(zip(("households", "first", "last"), claims)), single_rows=single,
                                               threads=THREADS))  # fmt: skip
            passes[single].append(taken)
        taken, made = timed(lambda: panel.sweep(policies, threads=1))
        swept.append(taken / reforms)
        one += [timed(lambda policy=policy: panel.cost(policy))[0] for policy in policies[:100]]
    found = {fen: made.fen(number)[:2] for number, fen in enumerate(asked)}
    times = {name: [] for name in peers}
    for fen in some:
        for name, run in peers.items():
            taken, answer = timed(lambda: run(fen))
            times[name].append(taken)
            if tuple(answer) != found[fen]:
                sys.exit(f"{name}, {fen} fen: {answer}, where the panel has {found[fen]}")
    run, grouping = by_polars_grouped(claims)
    grouped = []
    for fen in some:
        taken, answer = timed(lambda: run(fen))
        grouped.append(taken)
        if answer != found[fen]:
            sys.exit(f"Polars, grouped once, {fen} fen: {answer}, where the panel has {found[fen]}")
    each = statistics.median(swept)
    fastest = min(statistics.median(taken) for taken in times.values())
    print(f"{rows:,} rows, {reforms:,} reforms, {THREADS} threads, medians; {panel!r}")
    for name, taken in times.items():
        print(f"  {name:44} {statistics.median(taken) * 1e6:12,.1f} us a reform")
    print(f"  {'Polars, grouped once':44} {statistics.median(grouped) * 1e6:12,.1f} us a reform, grouped in "
          f"{grouping * 1e3:,.0f} ms")  # fmt: skip
    print(f"  {'panel.sweep over policies':44} {each * 1e6:12,.1f} us a reform")
    print(f"  {'panel.cost':44} {statistics.median(one) * 1e6:12,.1f} us, wanted at most 100")
    for single, taken in passes.items():
        read = statistics.median(taken)
        name = "the pass, single rows kept" if single else "the pass, bins alone"
        ratio = fastest * reforms / (read + each * reforms)
        met = "met" if ratio >= 200 else "not met"
        print(f"  {name:44} {read * 1e3:12,.1f} ms; with all reforms {ratio:,.0f} times as fast as the faster"
              f" (wanted 200: {met})")  # fmt: skip
    ratio = fastest / each
    print(f"  {'without the pass':44} {ratio:12,.0f} times as fast (wanted 1,000: {'met' if ratio >= 1000 else 'not met'})")


main()
