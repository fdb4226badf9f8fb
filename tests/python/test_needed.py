"""What to write next: what would decide the unknown findings, and that writing it does."""

import copy
import json
import pickle
from decimal import Decimal

import libpilot
import pytest
from cases import TOP

EXAMPLE = json.loads((TOP / "examples/data/nanchang-2019.json").read_text(encoding="utf-8"))
DISTRICTS = [row["id"] for row in EXAMPLE["districts"]]
EMPTY = {
    "districts": [{"id": id} for id in DISTRICTS],
    "communities": [{"id": f"c{at}", "district": DISTRICTS[at // 2]} for at in range(10)],
    "areas": [{"id": f"a{at}"} for at in range(10)],
}
SCALARS = {
    "date": "2019-12-15",
    "count": 2,
    "money": "1000000.00",
    "square_metres": "200.00",
    "price": "0.5000",
    "share": "1/2",
    "year": 2019,
    "month": "2019-12",
    "boolean": True,
    "text": "文",
}


def made_by(form, records, number, clause=None):
    """A value of the form. number: of the community or area that it is of, for what refers to another record."""
    if form.kind == "record":
        return {
            field.key: "new" if field.key == "id" else made_by(field.form, records, number, clause)
            for field in form.fields
            if field.required
        }
    if form.kind == "list":
        return []
    if form.kind == "ids":
        return [records["communities"][number]["id"]]
    if form.kind == "id":
        records.setdefault("providers", [{"id": "p"}])
        return records["providers"][0]["id"]
    if form.kind == "clause":
        assert clause in form.words
        return clause
    if form.kind == "words":
        return list(form.words)
    return form.words[-1] if form.kind == "word" else SCALARS[form.kind]


def fill(records, one):
    """Writes it where its path says, with the records on the way."""
    *way, last = one.path.split("/")[1:]
    number = int(way[1]) if len(way) > 1 else 0
    value = made_by(one.form, records, number, one.clause)
    at = records
    for step, after in zip(way, [*way[1:], last]):
        if isinstance(at, list):
            at = at[int(step)]
        else:
            at = at.setdefault(step, [] if after == "-" else {})
    if last != "-":
        at[int(last) if isinstance(at, list) else last] = value
        return
    if one.path == "/areas/-":  # of the community whose finding waits for it
        place = int(one.findings[0].path.split("/")[2])
        value["communities"] = [records["communities"][place]["id"]]
    if one.key == "assessments":  # of a year that has no result
        known = {row["year"] for row in at if row["result"] != "not_assessed"}
        value["year"] = next(year for year in range(2019, 2100) if year not in known)
    at.append(value)


def filled(records, as_of):
    """How much is asked for in each round until nothing is unknown, and the last report."""
    records, rounds = copy.deepcopy(records), []
    while True:
        report = libpilot.check(records, as_of=as_of)
        asked = report.needed()
        waiting = [(one.rule, one.path) for needed in asked for one in needed.findings]
        assert sorted(waiting) == sorted((one.rule, one.path) for one in report.unknowns)
        if not asked:
            return rounds, report
        rounds.append(len(asked))
        assert len(rounds) < 60
        for one in asked:
            fill(records, one)
        after = libpilot.check(records, as_of=as_of).needed()
        # Only what it newly asks for.
        assert not {(one.path, one.clause) for one in asked} & {(one.path, one.clause) for one in after}


@pytest.mark.parametrize("as_of", ["2019-11-20", "2020-02-29", "2020-03-31", "2022-06-30"])
@pytest.mark.parametrize(("records", "most"), [(EXAMPLE, 5), (EMPTY, 400)])
def test_filling_it_in_leaves_nothing_unknown(records, most, as_of):
    rounds, report = filled(records, as_of)
    assert report.counts.unknown == 0 < report.counts.met
    assert 0 < rounds[0] <= most


def needed(records, as_of="2020-03-31"):
    return {one.path: one for one in libpilot.check(records, as_of=as_of).needed()}


def test_what_the_example_needs():
    found = needed(EXAMPLE)
    assert list(found) == [
        "/communities/6/assessments/-",
        "/areas/-",
        "/areas/9/evidence/-",
        "/communities/7/offices/0/area_m2",
        "/communities/7/workstation/property_staff",
    ]
    first = found["/communities/6/assessments/-"]
    assert first.money == Decimal("999000.00") and first.clauses == ("3.2-7b",)
    assert first.en == "records of assessments of community 湾里甲社区"
    assert [field.key for field in first.form.fields if field.required] == ["year", "result"]
    evidence = found["/areas/9/evidence/-"]
    assert (evidence.key, evidence.clause, evidence.who) == ("evidence", "3.2-4a", ("housing_bureau",))
    assert evidence.zh == "居民区“青山湖片区”的证明材料（条款3.2-4a）"
    assert evidence.en == "evidence of area 青山湖片区 (clause 3.2-4a)"
    office = found["/communities/7/offices/0/area_m2"]
    assert (office.form.kind, office.money) == ("square_metres", None)
    assert office.form.zh == "平方米，不小于0，至多两位小数，如“118.50”"
    assert found["/areas/-"].en == "records of the areas (青山湖乙社区)"
    assert all(pickle.loads(pickle.dumps(one)) == one and hash(one) for one in found.values())
    assert json.loads(json.dumps(office.to_dict()))["form"]["kind"] == "square_metres"


def test_findings_that_wait_for_the_same_are_told_together():
    found = libpilot.check(EMPTY, as_of="2020-03-31").needed()
    assert len({(one.path, one.clause) for one in found}) == len(found)
    # The more it decides, the sooner it comes; equal ones stand as in the file.
    assert [-len(one.findings) for one in found] == sorted(-len(one.findings) for one in found)
    branches = [one for one in found if one.key == "branch"]
    assert [one.path for one in branches] == [f"/areas/{at}/branch" for at in range(10)]
    assert branches[0].form.words == ("remediated", "in_progress", "neither")
    assert {len(one.findings) for one in branches} == {5}
    assert "/complete" not in {one.path for one in found}  # which nothing waits for before the communities
    placed = copy.deepcopy(EMPTY)
    for area in placed["areas"]:
        area["communities"] = ["c0"]
    assert needed(placed)["/complete"].form.kind == "boolean"


def test_forms():
    from libpilot._needed import form_at

    day = form_at("/areas/3/steps/selection")
    assert (day.kind, day.words) == ("date", ("not_done",))
    assert day.en == 'a day, such as "2019-12-31", or "not_done"'
    assert day.zh == "日期，如“2019-12-31”，或“not_done”"
    posts = form_at("/areas/3/grid_posts")
    assert posts.en == "a list of records, each with department, post, and where known linked; [] where there is none"
    assert posts.zh == "记录列表，每条含department、post，已知时含linked；没有则为[]"
    assert posts.fields[0].form.kind == "word" and posts.fields[2].form.en == "true or false"
    assert form_at("/areas/3/grid_posts/-").kind == "record"
    assert form_at("/areas/0/communities").kind == "ids" and form_at("/name").kind == "text"
    assert form_at("/leading_group/office_host").words == libpilot.words("actor")


def test_money_is_what_the_award_comes_to():
    """Withheld for want of a result; owed where no payment is known; not told where the award is not."""
    city = copy.deepcopy(EXAMPLE)
    award = libpilot.City(city).award(as_of="2020-03-31", community=city["communities"][0]["id"])
    assert award.total > 0
    del city["communities"][0]["reward_payments"]
    assert needed(city)["/communities/0/reward_payments"].money == award.total
    del city["communities"][0]["assessments"]
    found = needed(city)
    assert found["/communities/0/assessments"].money == award.total
    assert found["/communities/0/reward_payments"].money == 0
    del city["areas"][0]["households"]
    found = needed(city)
    assert found["/communities/0/assessments"].money is None
    assert found["/areas/0/households"].money is None
