"""Awards and tallies by a Spark cluster on this machine: two executors, each a process of its own."""

import functools
import operator
import os
import random

import pyarrow as pa
import pyarrow.parquet
import pytest
from libpilot import Tally, arrow
from panel import DISTRICTS, NAMED
from pyspark.sql.types import LongType, StructType

PARTITIONS = 8


@pytest.fixture(scope="module")
def spark():
    import cluster

    session = cluster.start()
    yield session
    session.stop()


@pytest.fixture(scope="module")
def frame(spark, panel, tmp_path_factory):
    """The panel from files, one for each partition."""
    place = tmp_path_factory.mktemp("claims")
    step = -(-panel.table.num_rows // PARTITIONS)
    for number in range(PARTITIONS):
        part = panel.table.slice(number * step, step)
        pa.parquet.write_table(part, place / f"{number}.parquet")
    made = spark.read.parquet(str(place)).repartition(PARTITIONS)
    assert made.count() == panel.table.num_rows
    return made


def test_rows_equal_one_process(frame, panel, policy):
    named = NAMED[policy]

    def awards(batches):
        for batch in batches:
            made = arrow.awards(batch, policy, **named)
            # A worker's parent is the one Python process that its executor starts workers by.
            yield made.append_column("executor", pa.repeat(os.getppid(), made.num_rows))

    fields = frame.schema.fields + StructType.fromDDL(arrow.ddl()).fields
    schema = StructType(fields).add("executor", LongType())
    made = frame.mapInArrow(awards, schema).toArrow().sort_by("id")
    assert made.select(arrow.schema().names).cast(arrow.schema()).equals(panel.expected(policy))
    executors = set(made.column("executor").to_pylist())
    assert len(executors) == 2 and os.getpid() not in executors


def test_tallies_of_partitions(frame, panel, policy):
    named = NAMED[policy]

    def sums(batches):
        yield arrow.tally_batch(batches, policy, "district", DISTRICTS, **named)

    packed = [bytes(row.tally) for row in frame.mapInArrow(sums, "tally binary").collect()]
    assert len(packed) == PARTITIONS
    shuffled = random.Random(7)
    for _ in range(4):
        shuffled.shuffle(packed)
        parts = [Tally.from_bytes(one, policy) for one in packed]
        assert functools.reduce(operator.add, parts).to_bytes() == panel.expected_tally(policy)
