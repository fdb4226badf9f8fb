"""Verdicts: of each rule the worst of the report, from dicts as from texts, many as one by one."""

import copy
import datetime
import json
import pickle
import random
from decimal import Decimal

import libpilot
import pytest
from cases import TOP, cases
from hypothesis import given, settings
from hypothesis import strategies as st
from libpilot import _pilot
from libpilot._policy import native
from test_cases import PARTS, policy_of, small_city

NANCHANG = json.loads((TOP / "examples/data/nanchang-2019.json").read_text(encoding="utf-8"))
DAY = "2020-02-29"
WORST = ["breach", "unknown", "pending", "info", "met", "not_applicable"]
IDS = [rule.id for rule in libpilot.RULES]


def worst_of(report, community=None):
    """Of each rule the worst of the report's findings, or of those of a community and its areas."""
    found = dict.fromkeys(IDS, "not_applicable")
    city = report.city.to_dict()
    for finding in report.findings:
        at = finding.path.split("/")[1:3]
        if community:
            record = city[at[0]][int(at[1])] if at else {}
            if community not in (record.get("id"), *record.get("communities", ())):
                continue
        found[finding.rule] = min(found[finding.rule], finding.outcome, key=WORST.index)
    return found


def fast(record):
    """Whether the record is taken as it is, without another look at it."""
    return _pilot.verdicts(native(None), DAY, None, (record,))[0] is not None


@pytest.mark.parametrize("part", PARTS)
def test_a_verdict_is_the_worst_of_the_report(part):
    for case in cases(f"rules/{part}.json"):
        city, on = small_city(case), case.get("as_of", "2020-03-01")
        by = {"as_of": on, "policy": policy_of(case)}
        report = libpilot.check(city, **by)
        wanted = worst_of(report)
        assert dict(libpilot.verdict(city, **by)) == wanted, case["says"]
        assert dict(libpilot.verdict(json.dumps(city), **by)) == wanted
        assert dict(libpilot.verdict(report.city, **by)) == wanted
        for one in city["communities"]:
            found = libpilot.verdict(city, community=one["id"], **by)
            assert dict(found) == worst_of(report, one["id"])


def test_every_case_is_taken_as_it_is():
    """No case needs a text where it is a dict."""
    for part in PARTS:
        for case in cases(f"rules/{part}.json"):
            assert fast(small_city(case)), case["says"]
    assert fast(NANCHANG)


def test_the_example_community_by_community():
    report = libpilot.check(NANCHANG, as_of=DAY)
    assert dict(libpilot.verdict(NANCHANG, as_of=DAY)) == worst_of(report)
    for community in NANCHANG["communities"]:
        found = libpilot.verdict(report.city, as_of=datetime.date(2020, 2, 29), community=community["id"])
        assert dict(found) == worst_of(report, community["id"])
    with pytest.raises(libpilot.NotFoundError, match="/community"):
        libpilot.verdict(NANCHANG, as_of=DAY, community="no such")


def test_a_verdict_is_a_mapping_that_does_not_change():
    found = libpilot.verdict(NANCHANG, as_of=DAY)
    assert list(found) == IDS and len(found) == len(IDS)
    assert set(found.values()) <= set(WORST)
    assert found.ok is False and found.counts.breach == len(found.rules("breach"))
    for outcomes in ((), ("breach",), ("unknown", "met"), tuple(WORST)):
        assert found.rules(*outcomes) == tuple(rule for rule in IDS if found[rule] in outcomes)
    assert found == pickle.loads(pickle.dumps(found)) and hash(found) == hash(
        pickle.loads(pickle.dumps(found))
    )
    assert found == dict(found) and found != libpilot.verdict(NANCHANG, as_of="2019-01-01")
    assert repr(found).startswith("<Verdict: met ")
    with pytest.raises(KeyError):
        found["no_rule"]
    with pytest.raises(libpilot.NotFoundError):
        found.rules("bad")


def test_the_rules_that_are_asked():
    whole = libpilot.verdict(NANCHANG, as_of=DAY)
    asked = random.Random(1).sample(IDS, 20)
    for record in (NANCHANG, libpilot.City(NANCHANG), json.dumps(NANCHANG)):
        found = libpilot.verdict(record, as_of=DAY, rules=asked)
        assert list(found.items()) == [(rule, whole[rule]) for rule in asked]
    assert dict(libpilot.verdict(NANCHANG, as_of=DAY, rules=())) == {}
    assert list(libpilot.verdict(NANCHANG, as_of=DAY, rules=iter(["quota", "quota"]))) == ["quota"]
    with pytest.raises(libpilot.NotFoundError, match="/rules/1") as refused:
        libpilot.verdict(NANCHANG, as_of=DAY, rules=["quota", "no_rule"])
    assert "no_rule" in refused.value.message_zh
    with pytest.raises(libpilot.WrongTypeError, match="/rules"):
        libpilot.verdict(NANCHANG, as_of=DAY, rules="quota")


def test_what_is_asked_is_refused():
    for day, error in (("2020-02-30", libpilot.RangeError), ("1066-01-01", libpilot.RangeError)):
        with pytest.raises(error):
            libpilot.verdict(NANCHANG, as_of=day)
        with pytest.raises(error):
            libpilot.check_many([], as_of=day)
    with pytest.raises(libpilot.WrongTypeError):
        libpilot.verdict(3, as_of=DAY)
    with pytest.raises(libpilot.WrongTypeError):
        libpilot.verdict(NANCHANG, as_of=DAY, policy="policy")


leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**17), 10**17),
    st.floats(),
    st.text(st.characters(exclude_categories=()), max_size=6),
    st.sampled_from(
        ["2019-12-31", "360102", "c", "1.50", "met", Decimal("1.5"), datetime.date(2019, 12, 31), {1}]
    ),
)
values = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.tuples(inner),
        st.dictionaries(st.sampled_from(["id", "x-own", "evidence", "name", "heads"]), inner, max_size=3),
    ),
    max_leaves=6,
)


def nodes(value):
    """The lists and dicts of a value, with it."""
    if isinstance(value, (dict, list)):
        yield value
        for item in value.values() if isinstance(value, dict) else value:
            yield from nodes(item)


@st.composite
def changed(draw):
    city = copy.deepcopy(draw(st.sampled_from([NANCHANG, small_city({})])))
    for _ in range(draw(st.integers(1, 2))):
        node = draw(st.sampled_from(list(nodes(city))))
        keys = sorted(node) if isinstance(node, dict) else list(range(len(node)))
        if isinstance(node, dict):
            keys += ["x-own", "househods"]
        if keys:
            node[draw(st.sampled_from(keys))] = draw(values)
    return city


def told(call):
    """What the call gives, or all that its error says."""
    try:
        return dict(call())
    except libpilot.Error as error:
        return [
            (type(one), one.path, one.value, one.line, one.message, one.message_zh, one.source)
            for one in (error, *error.problems)
        ]


@settings(max_examples=200)
@given(changed())
def test_a_dict_is_read_as_its_text(city):
    """The same outcomes, or the same errors, as by way of the report."""
    assert told(lambda: libpilot.verdict(city, as_of=DAY)) == told(
        lambda: worst_of(libpilot.check(city, as_of=DAY))
    )


def test_what_only_looks_like_a_text_of_json():
    """Values that Python's json writes in another way go that way."""

    class Text(str):
        pass

    city = small_city({})
    for value in (Text("c"), "c\0", "\ud800", 10**400, float("nan"), 1e300, Decimal("1.5"), {1}, object()):
        for key in ("name", "x-own"):
            one = {**city, key: value}
            assert told(lambda one=one: libpilot.verdict(one, as_of=DAY)) == told(
                lambda one=one: worst_of(libpilot.check(one, as_of=DAY))
            )
    own = {**city}
    own["x-own"] = own
    with pytest.raises(libpilot.Error):
        libpilot.verdict(own, as_of=DAY)
    many = {**city, "x-own": list(range(1 << 15))}  # more values than are taken at once
    assert not fast(many)
    assert libpilot.verdict(many, as_of=DAY) == libpilot.verdict(city, as_of=DAY)


def some_records():
    rows = [small_city(case) for part in PARTS for case in cases(f"rules/{part}.json")]
    return rows, [libpilot.verdict(row, as_of=DAY) for row in rows]


ROWS, WANTED = some_records()


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_many_are_each_one(threads, tmp_path):
    texts = [json.dumps(row, ensure_ascii=bool(at % 2)) for at, row in enumerate(ROWS)]
    mixed = [
        [row, text, text.encode(), libpilot.City(row)][at % 4]
        for at, (row, text) in enumerate(zip(ROWS, texts))
    ]
    path = tmp_path / "records.ndjson"
    path.write_text("\n\n \n".join(texts), encoding="utf-8")
    for records in (ROWS, texts, mixed, iter(mixed), path, str(path)):
        assert list(libpilot.check_many(records, as_of=DAY, threads=threads)) == WANTED
    asked = ["office_area", "quota"]
    few = list(libpilot.check_many(ROWS, as_of=DAY, rules=asked, threads=threads))
    assert few == [{rule: one[rule] for rule in asked} for one in WANTED]


@pytest.mark.parametrize("threads", [1, 3])
def test_a_bad_record_does_not_end_the_run(threads):
    bad = {
        5: {},
        6: '{"areas": [}',
        7: b"\xff",
        300: {**ROWS[0], "areas": [{"id": "a", "households": -1}]},
        301: 3,
    }
    records = [bad.get(at, row) for at, row in enumerate(ROWS)]
    made = list(libpilot.check_many(records, as_of=DAY, bad="keep", threads=threads))
    assert [one for at, one in enumerate(made) if at not in bad] == [
        one for at, one in enumerate(WANTED) if at not in bad
    ]
    for at, record in bad.items():
        with pytest.raises(libpilot.Error) as alone:
            libpilot.verdict(record.encode() if isinstance(record, str) else record, as_of=DAY)
        error = made[at]
        assert type(error) is type(alone.value) and error.message == alone.value.message
        assert error.path == f"/{at}{alone.value.path}" and error.line == alone.value.line
        assert [one.path for one in error.problems] == [f"/{at}{one.path}" for one in alone.value.problems]
    taken = libpilot.check_many(records, as_of=DAY, threads=threads)
    for wanted in WANTED[:5]:
        assert next(taken) == wanted
    with pytest.raises(libpilot.MissingKeyError, match="^/5: "):
        next(taken)


def test_a_bad_line_has_its_file_and_line(tmp_path):
    path = tmp_path / "records.ndjson"
    good = json.dumps(ROWS[0]).encode()
    path.write_bytes(b"\n".join([good, b"", good, b'{"areas": [}', b"{}", good]) + b"\n")
    made = list(libpilot.check_many(path, as_of=DAY, bad="keep"))
    assert [made[at] for at in (0, 1, 4)] == [WANTED[0]] * 3
    assert [(one.source, one.line, one.path) for one in made[2:4]] == [
        (str(path), 4, "/areas/0"),
        (str(path), 5, ""),
    ]
    assert all(one.line == 5 and one.source == str(path) for one in made[3].problems)
    assert str(made[2]).startswith(f"{path}:4:")
    with pytest.raises(OSError):
        list(libpilot.check_many(tmp_path / "none.ndjson", as_of=DAY))


def test_lines_are_cut_wherever_pieces_end(tmp_path, monkeypatch):
    from libpilot import _verdict

    path = tmp_path / "records.ndjson"
    path.write_text("\r\n".join(json.dumps(row) for row in ROWS[:30]), encoding="utf-8")
    for piece in (1, 7, 1000):
        monkeypatch.setattr(_verdict, "_PIECE", piece)
        monkeypatch.setattr(_verdict, "_BATCH", piece)
        assert list(libpilot.check_many(path, as_of=DAY)) == WANTED[:30]


def test_many_are_taken_as_they_are_asked_for():
    """No more than some batches ahead, and an error of the iterable's own comes through."""
    taken = []

    def rows():
        for at in range(10**9):
            taken.append(at)
            if at == 2500:
                raise ZeroDivisionError
            yield ROWS[0]

    made = libpilot.check_many(rows(), as_of=DAY, threads=2)
    assert not taken and next(made) == WANTED[0] and len(taken) <= 2000
    with pytest.raises(ZeroDivisionError):
        list(made)
    half = libpilot.check_many(rows(), as_of=DAY, threads=2)
    next(half)
    half.close()


def test_what_is_no_list_of_records_is_refused():
    for records in (ROWS[0], b"{}", libpilot.City(ROWS[0])):
        with pytest.raises(libpilot.WrongTypeError, match="/records"):
            libpilot.check_many(records, as_of=DAY)
    with pytest.raises(libpilot.ArgumentError, match="/threads"):
        libpilot.check_many([], as_of=DAY, threads=0)
    with pytest.raises(libpilot.NotFoundError, match="/bad"):
        libpilot.check_many([], as_of=DAY, bad="skip")
