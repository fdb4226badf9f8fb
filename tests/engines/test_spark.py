"""Awards and tallies by a Spark cluster on this machine: two executors, each a process of its own."""

import datetime
import functools
import json
import operator
import os
import pathlib
import random
import subprocess

import pyarrow as pa
import pyarrow.parquet
import pyspark
import pytest
from libpilot import NANCHANG_2019, Tally, arrow
from panel import DISTRICTS, NAMED, REFORM
from pyspark.errors import PySparkException
from pyspark.sql import functions as f
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


M2 = "cast(cast(area as decimal(18, 0)) / 100 as decimal(18, 2))"
# The arguments that each policy asks the panel for.
ASKED = {
    NANCHANG_2019: ["households", "first", "last"],
    REFORM: ["households", "first", "last", "passed", "null", M2],
}


def asked(policy):
    """Columns, and the policy as a patch."""
    return [*map(f.expr, ASKED[policy]), f.lit(json.dumps(policy.to_dict(), ensure_ascii=False))]


def test_sql_rows_equal_one_process(frame, panel, policy):
    made = frame.select("id", f.call_function("pilot_award", *asked(policy)).alias("award"))
    table = made.select("id", "award.*").toArrow().sort_by("id")
    assert table.select(arrow.schema().names).cast(arrow.schema()).equals(panel.expected(policy))


def test_sql_without_code_of_its_own(frame, panel, spark):
    """Interpreted, and by the code that Spark makes, the rows are the same."""
    spark.conf.set("spark.sql.codegen.wholeStage", "false")
    spark.conf.set("spark.sql.codegen.factoryMode", "NO_CODEGEN")
    try:
        made = frame.selectExpr("id", "pilot_award(households, first, last) as award").select("id", "award.*")
        found = made.toArrow().sort_by("id").select(arrow.schema().names).cast(arrow.schema())
    finally:
        spark.conf.unset("spark.sql.codegen.wholeStage")
        spark.conf.unset("spark.sql.codegen.factoryMode")
    assert found.equals(panel.expected(NANCHANG_2019))


def tally_of(panel, policy, chosen=slice(None)):
    given, _ = panel.asked(policy)
    tally = Tally(policy)
    tally.add(**{name: values[chosen] for name, values in given.items()})
    return tally.to_bytes()


def test_sql_tallies(frame, panel, policy):
    call = f.call_function("pilot_tally", *asked(policy))
    for cut in (1, PARTITIONS, 50):
        (packed,) = frame.repartition(cut).agg(call).first()
        assert bytes(packed) == tally_of(panel, policy)
    rows = frame.groupBy("district").agg(call.alias("tally")).collect()
    names = panel.table.column("district").to_pylist()
    assert len(rows) == len(set(names))
    for row in rows:
        assert bytes(row.tally) == tally_of(panel, policy, [name == row.district for name in names])


def test_sql_merges_the_tallies_of_python(frame, panel, policy):
    def sums(batches):
        yield arrow.tally_batch(batches, policy, "district", DISTRICTS, **NAMED[policy])

    packed = frame.mapInArrow(sums, "tally binary").repartition(3)
    merged = packed.agg(f.call_function("pilot_merge", "tally", asked(policy)[-1])).first()[0]
    assert bytes(merged) == panel.expected_tally(policy)


def test_sql_of_no_rows(frame):
    (packed,) = frame.where("false").selectExpr("pilot_tally(households, first, last)").first()
    assert bytes(packed) == Tally(NANCHANG_2019).to_bytes()


CASES = pathlib.Path(__file__).parents[1] / "cases"


def test_sql_the_shared_awards(spark):
    """What every language answers in the shared cases, of households, months and years' results."""
    lines = (CASES / "calls.txt").read_text(encoding="utf-8").splitlines()
    texts = [line for line in lines if line and not line.startswith("#")]
    asked = []
    for request, response in zip(texts[::2], texts[1::2]):
        award = json.loads(response).get("result")
        if award and request.startswith('{"call":"award",'):
            found = json.loads(request)
            asked.append((found["claim"], found.get("policy", {}), award["total_yuan"], award["city_yuan"]))
    worked = json.loads((CASES / "reward.json").read_text(encoding="utf-8"))
    passed = [{"year": 2019, "result": "passed"}]
    for case in worked:
        claim = {**case, "households": case["households"] * case["communities"], "assessments": passed}
        asked.append((claim, {}, case["total_yuan"], case["city_yuan"]))
    assert len(asked) > len(worked) + 2
    for claim, patch, total, city in asked:
        results = claim.get("assessments", [])
        masks = [
            sum(1 << one["year"] - 2019 for one in results if one["result"] == word) for word in ("passed", "failed")
        ]
        policy = json.dumps(patch, ensure_ascii=False)
        call = f"pilot_award({claim['households']}, '{claim['first']}', '{claim['last']}', {masks[0]}L, {masks[1]}L, '{policy}')"
        yuan = "cast(found.{}_fen as decimal(20)) / 100"
        columns = ", ".join(f"format_number({yuan.format(name)}, '0.00')" for name in ("total", "city"))
        row = spark.sql(f"select {columns} from (select {call} as found)").first()
        assert tuple(row) == (total, city), call


def row_of(spark, call):
    return tuple(spark.sql(f"select found.* from (select {call} as found)").first())


def test_sql_fees(spark):
    """0.35 yuan x 80.00 m² x 3 months; 0.305 x 83.51 x 3 is 76.41165; 10^17 yuan, which 64 bits of fen do not hold."""
    for price, area, months, wanted in (
        ("0.35", "80", "3", (8400, "ok")),
        ("cast(0.305 as decimal(10, 4))", "cast(83.51 as decimal(10, 2))", "3L", (7641, "ok")),
        ("-0.0001", "1", "1", (None, "range")),
        ("1", "1", "0", (None, "range")),
        ("1", "1", "3000000000", (None, "range")),
        ("0.0001", "1000000000000000", "1000000", (None, "overflow")),
        ("1", "cast(null as int)", "1", (None, "missing_value")),
    ):
        assert row_of(spark, f"pilot_fee({price}, {area}, {months})") == wanted, price


# 1,885 households from 2019-12 to 2023-12, 666 yuan each.
PAID = 125541000


@pytest.mark.parametrize(
    "first",
    ["'2019-12'", "'2019-12-31'", "599", "599L", "date'2019-12-31'", "timestamp'2019-12-31 23:59:59'",
     "timestamp_ntz'2019-12-31 23:59:59'", "cast(599 as smallint)"],
)  # fmt: skip
def test_sql_months_in_every_form(spark, first):
    query = f"select pilot_award(1885, {first}, '2023-12').total_fen, pilot_award(1885L, x, '2023-12').total_fen"
    assert tuple(spark.sql(f"{query} from values ({first}) as t(x)").first()) == (PAID, PAID)


def test_sql_months_by_the_zone_of_the_session(spark):
    late = datetime.datetime(2019, 11, 30, 20, tzinfo=datetime.timezone.utc)  # December in Nanchang
    frame = spark.createDataFrame([(late,)], "x timestamp")
    spark.conf.set("spark.sql.session.timeZone", "Asia/Shanghai")
    try:
        (made,) = frame.selectExpr("pilot_award(1885, x, '2023-12').total_fen").first()
    finally:
        spark.conf.set("spark.sql.session.timeZone", "UTC")
    assert made == PAID


@pytest.mark.parametrize(
    "call, status",
    [
        ("pilot_award(1885, '2019-13', '2023-12')", "range"),
        ("pilot_award(1885, 'soon', '2023-12')", "format"),
        ("pilot_award(1885, '2019-12\\u0000', '2023-12')", "format"),
        ("pilot_award(1885, '2019-12', 9223372036854775807)", "range"),
        ("pilot_award(1885, '2019-12', -9223372036854775788)", "range"),
        ("pilot_award(1885, '2023-12', '2019-12')", "order"),
        ("pilot_award(-1, '2019-12', '2023-12')", "range"),
        ("pilot_award(cast(null as int), 'soon', '2023-12')", "missing_value"),
        ("pilot_award(1885, '2019-12', '2023-12', 1L, 1L)", "inconsistent"),
        ("pilot_award(1885, '2019-12', '2023-12', cast(null as long))", "missing_value"),
    ],
)
def test_sql_bad_rows(spark, call, status):
    assert row_of(spark, call) == (None, None, None, status)


def test_sql_results_of_the_assessment(spark):
    """Not passed, not known yet: nothing is paid; the year 2019 alone by its own pass: one month."""
    annual = """'{"readings": {"gate_mode": "annual"}}'"""
    for given, paid in (("true", PAID), ("false", 0), ("cast(null as boolean)", 0), ("null, 0L", PAID)):
        call = f"pilot_award(1885, '2019-12', '2023-12', {given}).total_fen"
        assert spark.sql(f"select {call}").first()[0] == paid, given
    (one,) = spark.sql(f"select pilot_award(1885, '2019-12', '2023-12', 1, {annual}).total_fen").first()
    assert one == 1885 * 1800


@pytest.mark.parametrize(
    "call, why",
    [
        ("pilot_award(1885, '2019-12')", "3 to 7 arguments"),
        ("pilot_award(1885.0D, '2019-12', '2023-12')", "is double where a whole number is wanted"),
        ("pilot_award(1885, true, '2023-12')", "is boolean where a whole number is wanted"),
        ("pilot_award(1885, '2019-12', '2023-12', '{\"rate\": 1}')", "/rate"),
        ("pilot_award(x, '2019-12', '2023-12', y)", "one text for all rows"),
        ("pilot_fee(0.35001, 80, 3)", "a decimal of at most 4 places"),
        ("pilot_fee(0.35, 80)", "a further one is wanted"),
        ("pilot_merge('x')", "is string where a binary is wanted"),
    ],
)
def test_sql_refuses(spark, call, why):
    with pytest.raises(PySparkException, match=why):
        spark.sql(f"select {call} from values (1, 'a') as t(x, y)").collect()


def test_sql_by_area(spark):
    policy = """'{"rates": [{"first": "2019-12", "last": "2019-12", "yuan": "1", "per": "square_metre_month"}]}'"""
    call = "pilot_award(null, '2019-12', '2019-12', null, null, {}, {}).total_fen"
    for area, fen in (("80", 8000), ("80.25", 8025), ("80.5", 8050)):
        assert spark.sql(f"select {call.format(area, policy)}").first()[0] == fen
    with pytest.raises(PySparkException, match="the policy pays by square_metre_month"):
        spark.sql(f"select pilot_award(1, '2019-12', '2019-12', {policy})").collect()


HOME = pathlib.Path(pyspark.__file__).parent
EXAMPLES = pathlib.Path(__file__).parents[2] / "examples/java"


@pytest.mark.parametrize("language", ["scala", "java"])
def test_other_languages(language):
    import cluster

    if language == "scala":
        command = [HOME / "bin/spark-shell", "--master", "local[1]", "--jars", cluster.JAR, "-I", EXAMPLES / "awards.scala",
                   "--conf", "spark.sql.extensions=libpilot.spark.PilotExtensions"]  # fmt: skip
    else:
        opens = (HOME / "../pyspark").resolve()
        command = ["java", "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED", "--add-opens=java.base/java.nio=ALL-UNNAMED",
                   "--add-opens=java.base/java.lang=ALL-UNNAMED", "--add-opens=java.base/java.util=ALL-UNNAMED",
                   "--add-opens=java.base/sun.util.calendar=ALL-UNNAMED", "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
                   "-cp", f"{cluster.JAR}:{opens}/jars/*", EXAMPLES / "SparkAwards.java"]  # fmt: skip
    environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_HOME": str(HOME)}
    told = subprocess.run(
        command, capture_output=True, encoding="utf-8", env=environment, stdin=subprocess.DEVNULL, timeout=300
    )
    assert f"[{PAID},62770500,62770500,ok]" in told.stdout, told.stdout + told.stderr
    assert "[null,null,null,missing_value]" in told.stdout
