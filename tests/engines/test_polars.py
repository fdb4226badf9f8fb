"""Awards and tallies of Polars frames, whole and as its streaming engine cuts them."""

import functools
import operator

import polars as pl
import pytest
from libpilot import Tally, arrow
from panel import DISTRICTS, NAMED

MADE = arrow.schema().names


@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
def test_rows_equal_one_process(panel, policy, engine, tmp_path):
    seen = []

    def awards(frame):
        seen.append(len(frame))
        return pl.from_arrow(arrow.awards(frame.to_arrow(), policy, **NAMED[policy]))

    path = tmp_path / "claims.parquet"
    pl.from_arrow(panel.table).write_parquet(path, row_group_size=7_000)
    claims = pl.scan_parquet(path)
    schema = {**claims.collect_schema(), **pl.from_arrow(arrow.schema().empty_table()).schema}
    made = claims.map_batches(awards, schema=schema, streamable=True).collect(engine=engine)
    assert made.select("id", *MADE).sort("id").drop("id").equals(pl.from_arrow(panel.expected(policy)))
    assert (len(seen) > 2) == (engine == "streaming")


def test_tally(panel, policy):
    plain = pl.from_arrow(panel.table)
    frame = plain.with_columns(pl.col("district").cast(pl.Categorical))
    wanted = panel.expected_tally(policy)
    named = NAMED[policy]
    for whole in (plain, frame):
        assert arrow.tally(whole, policy, "district", DISTRICTS, **named).to_bytes() == wanted
    rows = (
        frame.lazy()
        .map_batches(
            lambda part: pl.from_arrow(arrow.tally_batch(part, policy, "district", DISTRICTS, **named)),
            schema={"tally": pl.Binary},
            streamable=True,
        )
        .collect(engine="streaming")
    )
    parts = [Tally.from_bytes(packed, policy) for packed in rows["tally"]]
    assert functools.reduce(operator.add, parts).to_bytes() == wanted
