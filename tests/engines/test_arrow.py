"""The Arrow functions alone, without an engine."""

import functools
import json
import operator
import pickle
import random
from datetime import date, datetime, timezone

import libpilot
import pyarrow as pa
import pytest
from libpilot import NANCHANG_2019, Tally, arrow
from panel import DISTRICTS, NAMED, REFORM

MADE = ["total_fen", "city_fen", "district_fen", "status"]


def claims(households=(1885,), first=("2019-12",), last=("2023-12",), **more):
    return pa.RecordBatch.from_pydict({"households": households, "first": first, "last": last, **more})


def status(batch, **named):
    return arrow.awards(batch, **named).column("status").to_pylist()


def test_rows_equal_one_call(panel, policy):
    made = arrow.awards(panel.table, policy, **NAMED[policy])
    assert made.select(panel.table.column_names).equals(panel.table)
    assert made.select(MADE).equals(panel.expected(policy))
    # The panel has what it is meant to have.
    assert set(made.column("status").to_pylist()) == {"ok", "missing_value", "range", "order", "overflow"}


def test_rows_equal_the_award(panel):
    """Every 199th row by the scalar function, from Python's own dates."""
    for row in arrow.awards(panel.table).to_pylist()[::199]:
        if None in (row["households"], row["first"], row["last"]):
            assert row["status"] == "missing_value" and row["total_fen"] is None
            continue
        try:
            award = NANCHANG_2019.reward(**{key: row[key] for key in ("households", "first", "last")})
        except libpilot.Error as error:
            assert row["status"] == error.status
            assert row["total_fen"] is row["city_fen"] is row["district_fen"] is None
        else:
            found = (row["total_fen"], row["city_fen"], row["district_fen"], row["status"])
            assert found == (award.total * 100, award.city * 100, award.district * 100, "ok")


def test_any_cut_gives_the_same(panel, policy):
    whole = arrow.awards(panel.table, policy, **NAMED[policy])
    for rows in (1_000_000, 65_536, 9_973):
        parts = panel.table.to_batches(rows)
        made = [arrow.awards(part, policy, **NAMED[policy]) for part in parts]
        assert all(isinstance(part, pa.RecordBatch) for part in made)
        assert pa.Table.from_batches(made).equals(whole)
    assert arrow.awards(pa.Table.from_batches(parts), policy, **NAMED[policy]).equals(whole)


def test_months_in_every_form():
    wanted = arrow.awards(claims()).column("total_fen").to_pylist()
    assert wanted == [125541000]
    late = datetime(2019, 11, 30, 20, tzinfo=timezone.utc)  # December in Nanchang
    for first in (
        pa.array([date(2019, 12, 31)], pa.date32()),
        pa.array([date(2019, 12, 31)], pa.date64()),
        *(pa.array([datetime(2019, 12, 31, 23, 59)], pa.timestamp(unit)) for unit in ("s", "ms", "us", "ns")),
        pa.array([late], pa.timestamp("us", "Asia/Shanghai")),
        pa.array([599], pa.int16()),
        pa.array([599], pa.int32()),
        pa.array([599], pa.uint64()),
        pa.array(["2019-12"], pa.large_string()),
        pa.array(["2019-12"], pa.string_view()),
        pa.array(["2019-12"]).dictionary_encode(),
    ):
        assert arrow.awards(claims(first=first)).column("total_fen").to_pylist() == wanted, first.type


def test_what_is_no_month():
    for first, wanted in (
        (pa.array(["2019-13", "2019-00", "1899-12", None]), ["range"] * 3 + ["missing_value"]),
        (pa.array(["2019-12-1", "2019-1", "", "²⁰¹⁹-¹²", "2019-12\n", "2019-12\0"]), ["format"] * 6),
        (pa.array([201912, 2**31 - 1, -(2**31), None], pa.int32()), ["range"] * 3 + ["missing_value"]),
        (pa.array([2**63 - 1, -(2**63)], pa.int64()), ["range"] * 2),
        # 65,536 years and the days to 2020: a year of 16 bits would take it for 2020.
        (pa.array([65_536 * 146_097 // 400 + 18_262], pa.int32()).cast(pa.date32()), ["range"]),
        (pa.array([2**63 - 1, -(2**63), None], pa.timestamp("s")), ["range", "range", "missing_value"]),
        (pa.nulls(2), ["missing_value"] * 2),
    ):
        rows = len(first)
        assert status(claims([1] * rows, first, ["2023-12"] * rows)) == wanted, first.type
        other = ["1900-01"] * rows
        assert status(claims([1] * rows, other, first)) == wanted, first.type


def test_a_null_in_any_column_is_a_bad_row():
    masks = {"p": pa.array([1, None, 1]), "f": pa.array([None, 2, 2])}
    batch = claims([1, 1, 1], ["2019-12"] * 3, ["2023-12"] * 3, **masks)
    assert status(batch) == ["ok"] * 3
    assert status(batch, passed="p") == ["ok", "missing_value", "ok"]
    assert status(batch, passed="p", failed="f") == ["missing_value", "missing_value", "ok"]
    # A result that is not known is none yet.
    made = arrow.awards(claims([1] * 2, ["2019-12"] * 2, ["2023-12"] * 2, p=[True, None]), passed="p")
    assert made.column("total_fen").to_pylist() == [66600, 0]
    # What the policy does not pay by is not looked at, null or not there.
    batch = claims([1, None], ["2019-12"] * 2, ["2023-12", "x"], area=pa.nulls(2))
    assert status(batch, building_area="area", communities="nowhere") == ["ok", "missing_value"]


def test_masks_of_any_form():
    """2019 alone is passed, by the year's own pass; or all years are, or none."""
    policy = NANCHANG_2019.with_reading(gate_mode="annual")
    one, all_years = 1885 * 1800, 125541000
    for mask, wanted in (
        (pa.array([1], pa.uint8()), one),
        (pa.array([2**63 + 1], pa.uint64()), one),
        (pa.array([-1], pa.int8()), all_years),
        (pa.array([2**32 - 1], pa.uint32()), all_years),
        (pa.array([True]), all_years),
        (pa.array([False]), 0),
    ):
        made = arrow.awards(claims(mask=mask), policy, passed="mask")
        assert made.column("total_fen").to_pylist() == [wanted], mask.type


def test_what_is_refused():
    for batch, named, wrong, path in (
        (claims([True]), {}, libpilot.WrongTypeError, "/households"),
        (claims(["1885"]), {}, libpilot.WrongTypeError, "/households"),
        (claims(last=pa.array([1], pa.time32("s"))), {}, libpilot.WrongTypeError, "/last"),
        (claims(p=[True]), {"failed": "p"}, libpilot.WrongTypeError, "/failed"),
        (claims(p=["yes"]), {"passed": "p"}, libpilot.WrongTypeError, "/passed"),
        (claims(a=[1], b=[1]), {"policy": REFORM, "building_area": "a", "building_area_dm2": "b"},
         libpilot.ArgumentError, "/building_area_dm2"),
        (claims(), {"households": "homes"}, libpilot.NotFoundError, "/households"),
        (claims(), {"failed": "p"}, libpilot.NotFoundError, "/failed"),
        (claims(status=["x"]), {}, libpilot.DuplicateKeyError, "/status"),
        ([1], {}, libpilot.WrongTypeError, "/batch"),
    ):
        with pytest.raises(wrong) as caught:
            arrow.awards(batch, **named)
        assert caught.value.path == path
    with pytest.raises(libpilot.WrongTypeError) as caught:
        arrow.tally(claims(group=[1.5]), group="group", groups=2)
    assert caught.value.path == "/group"
    with pytest.raises(libpilot.WrongTypeError) as caught:
        arrow.tally(claims(group=[1]), group="group", groups=["a"])
    assert caught.value.path == "/groups"


def test_schema():
    batch = claims().replace_schema_metadata({"of": "the user"})
    for whole in (batch, pa.Table.from_batches([batch]), batch.slice(0, 0), batch.schema.empty_table()):
        made = arrow.awards(whole)
        assert made.schema.equals(arrow.schema(batch.schema), check_metadata=True)
        assert made.num_rows == whole.num_rows
    assert arrow.schema().names == [part.split()[0] for part in arrow.ddl().split(", ")] == MADE


def test_other_frames():
    class Stream:
        def __arrow_c_stream__(self, requested_schema=None):
            return pa.Table.from_batches([claims()]).__arrow_c_stream__(requested_schema)

    assert arrow.awards(Stream()).column("total_fen").to_pylist() == [125541000]
    assert arrow.tally(Stream()).to_bytes() == arrow.tally(claims()).to_bytes()


def test_tallies_merge_in_any_order(panel, policy):
    named = NAMED[policy]
    wanted = panel.expected_tally(policy)
    assert arrow.tally(panel.table, policy, "district", DISTRICTS, **named).to_bytes() == wanted
    parts = panel.table.to_batches(9_973)
    reader = pa.RecordBatchReader.from_batches(panel.table.schema, parts)
    assert arrow.tally(reader, policy, "district", DISTRICTS, **named).to_bytes() == wanted
    packed = []
    for some in (parts[::3], parts[1::3], [pa.Table.from_batches(parts[2::3])], []):
        row = arrow.tally_batch(some, policy, "district", DISTRICTS, **named)
        assert (row.num_rows, row.schema) == (1, pa.schema({"tally": pa.binary()}))
        packed += row.column("tally").to_pylist()
    shuffled = random.Random(7)
    for _ in range(6):
        shuffled.shuffle(packed)
        tallies = [Tally.from_bytes(one, policy) for one in packed]
        assert functools.reduce(operator.add, tallies).to_bytes() == wanted


def test_groups_by_number(panel):
    numbered = panel.table.append_column("n", pa.array(panel.groups, pa.int16()))
    wanted = panel.expected_tally(NANCHANG_2019)
    assert arrow.tally(numbered, group="n", groups=len(DISTRICTS)).to_bytes() == wanted
    coded = panel.table.set_column(1, "district", panel.table.column("district").dictionary_encode())
    assert arrow.tally(coded, group="district", groups=DISTRICTS).to_bytes() == wanted


def test_a_policy_travels(policy):
    assert json.loads(pickle.loads(pickle.dumps(policy)).to_json()) == policy.to_dict()
