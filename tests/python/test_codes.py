"""Credit codes and division codes, by themselves and in a city's records."""

import datetime

import libpilot
import pytest

RIGHT = "91110000600037341L"


def city(**provider):
    return {
        "districts": [{"id": "360102"}],
        "providers": [{"id": "p", **provider}],
        "communities": [{"id": "c", "district": "360102", "division_code": "360102008001"}],
        "areas": [],
    }


def test_a_code_that_fits_is_given_back():
    assert libpilot.credit_code(RIGHT) == RIGHT
    assert libpilot.division_code("360102008001", 12) == "360102008001"
    assert libpilot.division_code("360105", on=datetime.date(2020, 6, 27)) == "360105"


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("9111000060003734IL", 'character 17 is "I"'),
        ("91110000600037341l", 'it may be "L"'),
        ("９1110000600037341L", 'character 1 is "９"'),
        ("", "it has 0 characters"),
    ],
)
def test_a_credit_code_that_is_wrong_says_where(code, says):
    with pytest.raises(libpilot.FormatError) as raised:
        libpilot.credit_code(code)
    assert raised.value.path == "/code" and says in raised.value.message


def test_division_codes_are_of_their_level_and_their_day():
    with pytest.raises(libpilot.FormatError):
        libpilot.division_code("360102", 12)
    with pytest.raises(libpilot.NotFoundError):
        libpilot.division_code("360109")
    with pytest.raises(libpilot.RangeError):
        libpilot.division_code("360113", on="2019-12-23")
    with pytest.raises(libpilot.ArgumentError) as raised:
        libpilot.division_code("360102", 7)
    assert raised.value.path == "/digits"
    with pytest.raises(libpilot.FormatError) as raised:
        libpilot.division_code("360102", on="2019")
    assert raised.value.path == "/on"


def test_a_city_is_held_to_its_codes():
    assert f'"credit_code":"{RIGHT}"' in libpilot.City.load(city(credit_code=RIGHT)).to_json()
    with pytest.raises(libpilot.FormatError) as raised:
        libpilot.City.load(city(credit_code=RIGHT[:-1] + "M"))
    assert raised.value.path == "/providers/0/credit_code"
    wrong = city()
    wrong["districts"][0]["id"] = wrong["communities"][0]["district"] = "360103"
    with pytest.raises(libpilot.InconsistentError) as raised:
        libpilot.City.load(wrong)
    assert raised.value.path == "/communities/0/division_code"
