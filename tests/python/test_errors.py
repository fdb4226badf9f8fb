"""Every status is one class; every refusal names the place, the value and what was wanted."""

import datetime
import pickle
from decimal import Decimal

import libpilot
import pytest
from libpilot import NANCHANG_2019, _errors, _pilot
from libpilot._call import word_list

BUILT_IN = (ValueError, KeyError, OverflowError, MemoryError, TypeError, RuntimeError)


def test_every_status_is_one_class_and_back():
    statuses = word_list("status")[1:]
    assert [status["number"] for status in statuses] == list(range(1, len(statuses) + 1))
    classes = libpilot.Error.__subclasses__()
    assert {(made.number, made.status) for made in classes} == {
        (status["number"], status["name"]) for status in statuses
    }
    assert len(classes) == len(statuses)
    for made in classes:
        assert issubclass(made, BUILT_IN)
        assert getattr(libpilot, made.__name__) is made
        assert made.__name__ in dir(libpilot)
        error = _errors.of_status(made.number, "a sentence", "/a/0", "x", 3, 7, "一句话")
        assert type(error) is made
        assert str(error) == "line 3, column 7: /a/0: a sentence"
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), str(again), again.path, again.value) == (made, str(error), "/a/0", "x")
        assert (again.line, again.column, again.message) == (3, 7, "a sentence")
        assert again.text("zh") == "第3行第7列，/a/0：一句话"


BAD_AREA = '{"districts": [], "communities": [], "areas": [{"id": "a", "building_area_m2": "120,5"}]}'


def test_an_error_says_it_in_either_language():
    with pytest.raises(libpilot.Error) as caught:
        libpilot.City.load(BAD_AREA)
    error = caught.value
    assert error.text() == error.text("en") == str(error)
    assert "不是面积" in error.message_zh and "120,5" in error.message_zh
    assert error.text("zh") == f"第1行第{error.column}列，/areas/0/building_area_m2：{error.message_zh}"
    error.source = "城.json"
    assert error.text("zh").startswith(f"城.json:1:{error.column}，/areas/0/building_area_m2：“120,5”")
    error.place = "表.csv:3: 面积"
    assert error.text("zh") == f"表.csv:3: 面积：{error.message_zh}"
    with pytest.raises(libpilot.NotFoundError, match="/lang"):
        error.text("fr")


def test_a_sentence_in_english_alone_gives_way_to_the_status_in_chinese():
    meanings = {status["number"]: status["zh"] for status in word_list("status")}
    for made in libpilot.Error.__subclasses__():
        assert made("a sentence").text("zh") == meanings[made.number]
        assert made("a sentence", "/a").text("zh") == f"/a：{meanings[made.number]}"


REWARD = {"households": 1, "first": "2019-12", "last": "2019-12"}
REFUSED = [
    (
        {"households": 1.5},
        libpilot.WrongTypeError,
        "/households",
        "found 1.5 where a whole number, an int, is wanted",
    ),
    ({"households": float("nan")}, libpilot.MissingValueError, "/households", "no value"),
    ({"households": 1e300}, libpilot.WrongTypeError, "/households", "a whole number"),
    ({"households": True}, libpilot.WrongTypeError, "/households", "found True where a whole number"),
    ({"households": "1"}, libpilot.WrongTypeError, "/households", "found '1' where a whole number"),
    ({"households": -1}, libpilot.RangeError, "/households", "0 or more"),
    ({"households": None}, libpilot.MissingValueError, "/households", "not given"),
    ({"households": 2**63}, libpilot.TooLargeError, "/households", "64 bits"),
    ({"households": 2**63 - 1}, libpilot.TooLargeError, "", "does not fit"),
    ({"first": "2019-13"}, libpilot.RangeError, "/first", '"2019-13"'),
    ({"first": "2019-12-1"}, libpilot.FormatError, "/first", '"2019-12-1"'),
    ({"first": "2019-11-31"}, libpilot.RangeError, "/first", '"2019-11-31"'),
    ({"first": "2019-12-01T24:00"}, libpilot.FormatError, "/first", "2019-12-01T24:00"),
    ({"first": "1899-12"}, libpilot.RangeError, "/first", "1899-12"),
    ({"first": 598}, libpilot.WrongTypeError, "/first", "found 598 where a month"),
    ({"first": None}, libpilot.WrongTypeError, "/first", "found None where a month"),
    ({"first": "2019-12\0"}, libpilot.FormatError, "/first", "NUL"),
    ({"first": "\ud800"}, libpilot.EncodingError, "/first", "surrogate"),
    ({"last": "2019-11"}, libpilot.OrderError, "/last", "before the first"),
    (
        {"area": 118.5},
        libpilot.WrongTypeError,
        "/area",
        'pass a decimal.Decimal, an int, or text such as "118.5"',
    ),
    ({"area": "118.555"}, libpilot.PrecisionError, "/area", "118.555"),
    ({"area": Decimal("NaN")}, libpilot.FormatError, "/area", "finite"),
    ({"area": Decimal("1e999999")}, libpilot.TooLargeError, "/area", "exactly"),
    ({"area": Decimal("1e-999999")}, libpilot.RangeError, "/area", "exactly"),
    ({"area": 10**4000}, libpilot.TooLargeError, "/area", "64 bits"),
    ({"area": "-1"}, libpilot.Error, "/area", "-1"),
    ({"as_of": "2019-12"}, libpilot.FormatError, "/as_of", "2019-12"),
    ({"passed": "yes"}, libpilot.WrongTypeError, "/passed", "True, False"),
    ({"passed": {2019: 1.0}}, libpilot.WrongTypeError, "/passed/2019", "True, False or None"),
    ({"passed": {"2019": True}}, libpilot.WrongTypeError, "/passed", "'2019'"),
    ({"passed": {3019: True}}, libpilot.RangeError, "/passed/0", "1900..2200"),
]


@pytest.mark.parametrize(("changes", "kind", "path", "says"), REFUSED)
def test_refused_claims(changes, kind, path, says):
    with pytest.raises(kind) as caught:
        NANCHANG_2019.reward(**{**REWARD, **changes})
    assert caught.value.path == path
    assert says in caught.value.message
    assert "'" + caught.value.message + "'" != str(caught.value)  # as a KeyError would show it


def test_a_float_is_refused_wherever_money_goes_in():
    for number in (0.35, float("nan"), -1e300):
        with pytest.raises(TypeError, match="decimal.Decimal"):
            libpilot.fee(number, 10)
        with pytest.raises(TypeError, match="floats cannot hold"):
            libpilot.fee(1, number)
    with pytest.raises(TypeError):
        libpilot.fee(True, 10)


@pytest.mark.parametrize(
    ("ask", "path"),
    [
        (lambda: libpilot.clause("9-9"), "/clause"),
        (lambda: libpilot.rule("no_such_rule"), "/rule"),
        (lambda: libpilot.reading("no_such_reading"), "/reading"),
        (lambda: libpilot.duties("street_lamps"), "/matter"),
        (lambda: libpilot.duties(role="does"), "/role"),
        (lambda: libpilot.responsible("street_lights", layout="ajar"), "/layout"),
        (lambda: libpilot.schema("letter"), "/document"),
        (lambda: libpilot.words("letters"), "/list"),
    ],
)
def test_a_name_that_nothing_has_is_a_key_error_with_a_readable_text(ask, path):
    with pytest.raises(KeyError) as caught:
        ask()
    assert isinstance(caught.value, libpilot.NotFoundError)
    assert caught.value.path == path
    assert str(caught.value).startswith(f"{path}: ")


def test_documents_of_another_type():
    for document in (1, None, 1.5, ["a"]):
        with pytest.raises(libpilot.WrongTypeError):
            libpilot.City.load(document)
    with pytest.raises(libpilot.WrongTypeError, match="JSON has no form"):
        libpilot.City.load({"name": {1, 2}})
    with pytest.raises(libpilot.EncodingError):
        libpilot.City.load({"name": "\ud800"})
    with pytest.raises(libpilot.WrongTypeError):
        libpilot.Policy.from_json(1)
    for policy in ("nanchang-2019", 1):
        with pytest.raises(libpilot.WrongTypeError):
            libpilot.check(
                {"districts": [], "communities": [], "areas": []}, as_of="2020-01-01", policy=policy
            )


def test_the_binding_never_takes_none_for_an_object():
    claim = (1, None, None, "2019-12", "2019-12", True, None)
    for broken in ((None, claim), (NANCHANG_2019._native, None), (NANCHANG_2019._native, claim[:3])):
        with pytest.raises((libpilot.Error, TypeError)):
            _pilot.reward(*broken)
    with pytest.raises(TypeError):
        _pilot.reward(libpilot.City({"districts": [], "communities": [], "areas": []})._native, claim)
    with pytest.raises(AttributeError):
        NANCHANG_2019._native.misspelt = 1


def test_days_and_months_of_other_libraries():
    numpy = pytest.importorskip("numpy")
    pandas = pytest.importorskip("pandas")
    wanted = NANCHANG_2019.reward(households=1885, first="2019-12", last="2023-12", as_of="2024-02-29")
    for first, last, day in (
        (datetime.date(2019, 12, 31), datetime.datetime(2023, 12, 1, 23, 59), datetime.date(2024, 2, 29)),
        (numpy.datetime64("2019-12"), numpy.datetime64("2023-12-05"), numpy.datetime64("2024-02-29")),
        (
            numpy.datetime64("2019-12-01T00:00:00.000000000"),
            numpy.datetime64("2023-12"),
            pandas.Timestamp("2024-02-29"),
        ),
        (pandas.Period("2019-12", "M"), pandas.Period("2023-12-05", "D"), pandas.Period("2024-02-29", "D")),
        (
            pandas.Timestamp("2019-12-31"),
            pandas.Timestamp("2023-12-01"),
            pandas.Timestamp("2024-02-29 12:00"),
        ),
    ):
        award = NANCHANG_2019.reward(households=numpy.int64(1885), first=first, last=last, as_of=day)
        assert award == wanted
    assert (
        NANCHANG_2019.reward(households=1, first="2019-12", last="2019-12", passed=numpy.bool_(False)).total
        == 0
    )
    for missing in (pandas.NaT, numpy.datetime64("NaT", "M")):
        with pytest.raises(libpilot.MissingValueError):
            NANCHANG_2019.reward(households=1, first=missing, last="2019-12")
    for coarse in (
        numpy.datetime64("2019"),
        numpy.datetime64("2019-12-05", "W"),
        numpy.datetime64("2019-12", "3M"),
        pandas.Period("2019Q4", "Q"),
        pandas.Period("2019", "Y"),
        pandas.Period("2019-12-05", "W"),
        pandas.Period("2019-12", "2M"),
        pandas.Period("2019-12-31", "3D"),
    ):
        with pytest.raises(libpilot.WrongTypeError):
            NANCHANG_2019.reward(households=1, first=coarse, last="2019-12")
    with pytest.raises(libpilot.WrongTypeError):
        NANCHANG_2019.reward(households=1, first="2019-12", last="2019-12", as_of=numpy.datetime64("2019-12"))
    with pytest.raises(libpilot.WrongTypeError):
        NANCHANG_2019.reward(
            households=1, first="2019-12", last="2019-12", as_of=pandas.Period("2019-12-05", "W")
        )
    for number in (numpy.float64(1), numpy.float32(1)):
        with pytest.raises(libpilot.WrongTypeError, match="float"):
            libpilot.fee(number, 1)
