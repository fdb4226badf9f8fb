"""Awards and their sums in Apache Spark: python spark_awards.py [MASTER]"""

import functools
import operator
import os
import sys
from datetime import date

from pyspark.sql import SparkSession
from pyspark.sql.types import StructType

import libpilot
from libpilot import arrow

policy = libpilot.NANCHANG_2019  # or a reform: pickled, it goes to the executors with the function
DISTRICTS = ["360102", "360103", "360111"]
ROWS = [
    ("A", "360102", 1885, date(2019, 12, 1), date(2023, 12, 1)),
    ("B", "360103", 956, date(2020, 3, 1), date(2022, 2, 1)),
    ("C", "360111", None, date(2019, 12, 1), date(2023, 12, 1)),
]


def awards(batches):
    return (arrow.awards(batch, policy) for batch in batches)


def sums(batches):
    yield arrow.tally_batch(batches, policy, "district", DISTRICTS)


os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
spark = SparkSession.builder.master(sys.argv[1] if sys.argv[1:] else "local[2]").getOrCreate()
frame = spark.createDataFrame(ROWS, "id string, district string, households bigint, first date, last date")
frame.mapInArrow(awards, StructType(frame.schema.fields + StructType.fromDDL(arrow.ddl()).fields)).show()
parts = (
    libpilot.Tally.from_bytes(row.tally, policy) for row in frame.mapInArrow(sums, "tally binary").collect()
)
print(functools.reduce(operator.add, parts))
