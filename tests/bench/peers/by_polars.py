"""Polars, lazy, Int64 throughout; threads by POLARS_MAX_THREADS, which the runner sets. The frame is made
over the columns without a copy and outside the time; a result is a new frame, as Polars makes it.
"""

import polars as pl

from by_numpy import END, MONTHS, START, grid
from work import RATES

VERSION = pl.__version__


def awards(columns, threads):
    """The table of by_numpy as a gather, on the streaming engine. Slower: the same in memory; the months
    of each rate by min_horizontal and max_horizontal; each month clipped to the ends of the rates; a
    table of sums gathered from twice."""
    assert pl.thread_pool_size() == threads
    frame = pl.DataFrame(dict(zip(("households", "first", "last"), columns)))
    fen = pl.lit(pl.Series(grid(RATES).ravel()))
    place = (pl.col("first").clip(START, END + 1) - START) * (MONTHS + 1) + (
        pl.col("last").clip(START - 1, END) - (START - 1))
    query = (frame.lazy().select(total=fen.gather(place) * pl.col("households"))
             .with_columns(city=pl.col("total") // 2)
             .with_columns(district=pl.col("total") - pl.col("city")))
    return (lambda: query.collect(engine="streaming")), lambda result: [
        result[name].to_numpy() for name in ("total", "city", "district")]
