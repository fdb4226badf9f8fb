"""Awards in Polars, batch by batch as its streaming engine hands them out."""

from datetime import date

import polars as pl

import libpilot
from libpilot import arrow

policy = libpilot.NANCHANG_2019
claims = pl.LazyFrame(
    {
        "id": ["A", "B", "C"],
        "households": [1885, 956, None],
        "first": [date(2019, 12, 1), date(2020, 3, 1), date(2019, 12, 1)],
        "last": [date(2023, 12, 1), date(2022, 2, 1), date(2023, 12, 1)],
    }
)


def awards(frame):
    return pl.from_arrow(arrow.awards(frame.to_arrow(), policy))


schema = {**claims.collect_schema(), **pl.from_arrow(arrow.schema().empty_table()).schema}
print(claims.map_batches(awards, schema=schema, streamable=True).collect(engine="streaming"))
