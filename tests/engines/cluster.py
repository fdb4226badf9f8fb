"""A Spark cluster on the loopback: a master and two executors, each a process of one core."""

import os
import pathlib
import sys

import pyspark
from pyspark.sql import SparkSession

# With its functions of Spark SQL: `make jar`.
JAR = next((pathlib.Path(__file__).parents[2] / "build/java/maven").glob("libpilot-*.jar"))


def start(memory="1024m", **settings):
    # The executors are started from here, and look for Spark and Python by the same names.
    os.environ["SPARK_HOME"] = str(pathlib.Path(pyspark.__file__).parent)
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    os.environ["SPARK_LOCAL_HOSTNAME"] = "localhost"
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master(f"local-cluster[2,1,{memory.rstrip('m')}]")
    for key, value in {
        "spark.executor.memory": memory,
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        # Both executors are there before the first task.
        "spark.scheduler.minRegisteredResourcesRatio": "1.0",
        "spark.scheduler.maxRegisteredResourcesWaitingTime": "300s",
        "spark.locality.wait": "0s",
        "spark.jars": str(JAR),
        "spark.sql.extensions": "libpilot.spark.PilotExtensions",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "9973",
        **settings,
    }.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()
