"""The report as a page: what stands in the file, before a browser opens it (tests/page has what one shows)."""

import base64
import copy
import hashlib
import html.parser
import json
import os
import re
import subprocess
import sys
from decimal import Decimal

import libpilot
import pytest
from cases import TOP

pytest.importorskip("jinja2")

EXAMPLE = json.loads((TOP / "examples/data/nanchang-2019.json").read_text(encoding="utf-8"))
WORDS = json.loads((TOP / "bindings/python/libpilot/page/words.json").read_text(encoding="utf-8"))
CHINESE = re.compile("[\u3400-\u9fff]")


class Reader(html.parser.HTMLParser):
    """The elements of a page and its text, scripts and styles apart."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.text, self.raw, self._in = [], [], {}, None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag in ("script", "style"):
            self._in = dict(attributes).get("id", tag)
            self.raw.setdefault(self._in, "")

    def handle_endtag(self, tag):
        if tag in ("script", "style"):
            self._in = None

    def handle_data(self, data):
        if self._in is None:
            self.text.append(data)
        else:
            self.raw[self._in] += data

    def of(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


def checked(city=EXAMPLE, as_of="2020-02-29", lang="zh"):
    return libpilot.check(city, as_of=as_of, lang=lang)


def island(page):
    return json.loads(Reader(page).raw["data"])


def tallied(data, column):
    """Findings by outcome for each place of a column of the subjects: 1 the district, 2 the community."""
    made = {}
    for row in data["findings"]:
        place = data["subjects"][row[1] if len(row) > 1 else 0][column]
        outcome = data["outcomes"][row[2] if len(row) > 2 else 0][0]
        made.setdefault(place, dict.fromkeys(libpilot.words("outcome"), 0))[outcome] += 1
    return made


@pytest.mark.parametrize("as_of", ["2019-10-01", "2020-02-29", "2021-06-30"])
def test_counts_are_the_reports(as_of):
    report = checked(as_of=as_of)
    data = island(report.to_html())
    assert len(data["findings"]) == len(report.findings)
    sums = dict.fromkeys(libpilot.words("outcome"), 0)
    for counts in tallied(data, 1).values():
        sums = {outcome: sums[outcome] + count for outcome, count in counts.items()}
    assert sums == report.counts.to_dict()
    for column, list_, summaries in (
        (1, "districts", report.by_district()),
        (2, "communities", report.by_community()),
    ):
        found = tallied(data, column)
        for place, row in enumerate(data[list_]):
            assert found[place] == summaries[row[0]].counts.to_dict(), row[0]


def test_a_finding_as_the_script_reads_it():
    report = checked()
    data = island(report.to_html())
    place = next(
        at for at, one in enumerate(report.findings) if one.rule == "assembly_on_time" and one.days_late
    )
    row = data["findings"][place]
    texts = [data["texts"][row[at]] for at in (3, 4, 5)]
    assert texts == [
        ["2019年12月9日", "2019-12-09"],
        ["不晚于2019年11月30日", "by 2019-11-30"],
        ["2019年11月30日", "2019-11-30"],
    ]
    assert row[12] == 9
    kind = data["kinds"][row[0]]
    assert kind[0] == "按期召开业主大会"
    assert data["clauses"][kind[2]][0] == "5.3-1" and data["parts"][data["clauses"][kind[2]][1]][0] == "5.3"
    assert data["texts"][data["subjects"][row[1]][0]] == "青云谱甲片区"
    assert [data["actors"][one][1] for one in data["bodies"][row[7] - 1]] == [
        "街道办事处（乡镇政府）",
        "社区工作站",
        "社区居民委员会",
    ]
    assert (
        data["texts"][row[9]][0] == "请街道办事处（乡镇政府）、青云谱甲社区工作站、青云谱甲社区居民委员会整改"
    )


def test_what_a_finding_is_waiting_for_and_depends_on():
    city = copy.deepcopy(EXAMPLE)
    report = checked(city)
    data = island(report.to_html())
    waits = [(one, row) for one, row in zip(report.findings, data["findings"]) if one.since]
    assert waits
    for finding, row in waits:
        assert data["texts"][row[11]][1] == finding.since.isoformat()
    for finding, row in zip(report.findings, data["findings"]):
        assert [data["readings"][one - 1][0] for one in row[14:]] == list(finding.readings)


def test_nothing_breaks_out_of_the_page():
    city = copy.deepcopy(EXAMPLE)
    nasty = [
        "院</script><script>alert(1)</script>",
        "院<!--<script>",
        "院\"'><img src=x onerror=alert(1)>",
        "院&lt;b&gt;{{ 7 }}",
    ]
    for record, name in zip(city["communities"], nasty):
        record["name"] = name
    city["districts"][0]["name"] = city["areas"][0]["name"] = city["name"] = nasty[0]
    page = checked(city).to_html()
    reader, plain = Reader(page), Reader(checked().to_html())
    assert reader.tags == plain.tags
    assert nasty[0] in "".join(reader.text) and nasty[2] in "".join(reader.text)
    assert nasty[3] in "".join(reader.text)
    data = json.loads(reader.raw["data"])
    assert [row[1] for row in data["communities"][:4]] == nasty and "<" not in reader.raw["data"]
    assert reader.raw["script"] == plain.raw["script"]


def test_it_needs_nothing_beside_it():
    page = checked().to_html()
    reader = Reader(page)
    assert not re.search(r"https?:|//\w+\.|@import|url\(", page)
    names = {name for _, attributes in reader.tags for name in attributes}
    assert not names & {"src", "srcset", "style", "action", "data", "poster"}
    assert not any(name.startswith("on") for name in names)
    assert all(one["href"].startswith("#") for one in reader.of("a"))
    assert not reader.of("link") and not reader.of("iframe")
    policy = next(one["content"] for one in reader.of("meta") if "http-equiv" in one)
    hashes = {
        kind: "sha256-" + base64.b64encode(hashlib.sha256(reader.raw[kind].encode()).digest()).decode()
        for kind in ("script", "style")
    }
    assert policy.startswith("default-src 'none'; ") and "connect-src 'none'" in policy
    assert f"script-src '{hashes['script']}'" in policy and f"style-src '{hashes['style']}'" in policy
    assert "unsafe" not in policy


def test_the_same_report_gives_the_same_bytes():
    page = checked().to_html()
    assert checked(libpilot.City(EXAMPLE)).to_html() == page
    told = "import libpilot, sys; sys.stdout.buffer.write(libpilot.check(sys.argv[1], as_of='2020-02-29', lang='zh').to_html().encode())"
    for seed in ("1", "2"):
        ran = subprocess.run(
            [sys.executable, "-c", told, str(TOP / "examples/data/nanchang-2019.json")],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        assert ran.stdout.decode() == page
    assert checked(as_of="2020-03-01").to_html() != page


def test_both_languages_are_there():
    for key, (zh, en) in WORDS.items():
        assert zh and en and not CHINESE.search(en), key
        assert sorted(set(re.findall(r"\{\d\}", zh))) == sorted(set(re.findall(r"\{\d\}", en))), key
    report = checked()
    pages = {lang: report.to_html(lang) for lang in ("zh", "en")}
    assert pages["zh"] == report.to_html() != pages["en"]
    assert (
        Reader(pages["zh"]).of("html")[0]["lang"] == "zh-CN"
        and Reader(pages["en"]).of("html")[0]["lang"] == "en"
    )
    data = island(pages["en"])
    for name, at in (
        ("outcomes", 2),
        ("actors", 1),
        ("parts", 1),
        ("clauses", 3),
        ("readings", 1),
        ("kinds", 0),
    ):
        for row in data[name]:
            assert CHINESE.search(row[at]) and row[at + 1] and not CHINESE.search(row[at + 1]), row


def test_codes_are_never_shown():
    """What has an underscore is a code of the files; addresses and the tables behind them may have it."""
    reader = Reader(checked(as_of="2021-06-30").to_html())
    assert not re.search(r"[a-z]_[a-z]", "".join(reader.text))
    data = json.loads(reader.raw["data"])
    shown = [
        *data["kinds"],
        *data["parts"],
        *(row[1:] for name in ("outcomes", "actors") for row in data[name]),
    ]
    said = json.dumps([shown, data["texts"], [row[2:] for row in data["clauses"]]], ensure_ascii=False)
    assert not re.search(r"[a-z]_[a-z]", said)


def amounts(page):
    """Row by row: its name and the amounts, as they stand in the table of rewards."""
    table = page[page.index('<table class="money">') :]
    made = {}
    for row in re.findall(r"<tr[^>]*><th scope=\"row\"[^>]*>(.*?)</th>(.*?)</tr>", table, re.S):
        name = re.sub(r'<span class="en".*?</span>|<[^>]+>', "", row[0]).strip(" †")
        made[name] = [Decimal(one.replace(",", "")) for one in re.findall(r"[\d,]+\.\d\d", row[1])]
    return made


def test_rewards_are_the_awards_to_the_fen():
    report = checked()
    rows = amounts(report.to_html())
    for record in [*EXAMPLE["communities"], None]:
        award = report.city.award(as_of="2020-02-29", community=record and record["id"])
        ends = award.range.total
        assert rows[record["name"] if record else "南昌市 合计"] == [
            *(year.total for year in award.years),
            award.total,
            award.city,
            award.district,
            award.withheld,
            ends.least,
            ends.greatest,
        ]
    for district in EXAMPLE["districts"]:
        own = [rows[one["name"]] for one in EXAMPLE["communities"] if one["district"] == district["id"]]
        sums = [sum(column) for column in zip(*own)]
        assert rows[f"{district['name']} 小计"][:9] == sums[:9]
    assert sum(row[5] for name, row in rows.items() if "小计" in name) == rows["南昌市 合计"][5]
    assert rows["南昌市 合计"][5] == Decimal("8401626.00") and "8,401,626.00" in report.to_html()


def test_without_a_script_there_are_the_counts():
    report = checked()
    text = re.sub(r"\s+", " ", " ".join(Reader(report.to_html()).text))
    counts = report.by_community()["xihu-2"].counts
    said = " ".join(
        str(getattr(counts, one)) for one in ("breach", "unknown", "pending", "info", "met", "not_applicable")
    )
    assert f"西湖乙社区 {said} " in text


def test_the_receipt_is_in_the_foot():
    report = checked()
    page = report.to_html()
    foot = page[page.index("<footer>") :]
    for said in (
        report.receipt.library,
        "nanchang-2019",
        report.receipt.fingerprint,
        "2020年2月29日",
        "1013",
    ):
        assert said in foot, said


def test_cells_are_shown_where_the_city_has_them(monkeypatch):
    def place(city, path):
        return libpilot.Place("社区", "D7") if path == "/communities/7/offices/0/area_m2" else None

    assert "社区!D7" not in checked().to_html()
    monkeypatch.setattr(libpilot.City, "place", place)
    report = checked()
    data = island(report.to_html())
    asks = [row for row in data["findings"] if len(row) > 13 and row[13]]
    assert [data["texts"][row[13]] for row in asks] == ["社区!D7"]
    assert data["kinds"][asks[0][0]][0] == "物业管理用房办公面积不低于规定"


@pytest.mark.parametrize(
    "city",
    [
        {"districts": [], "communities": [], "areas": []},
        {
            "districts": [{"id": "360102"}],
            "communities": [{"id": "c", "district": "360102"}],
            "areas": [{"id": "a"}],
        },
    ],
)
def test_what_a_city_lacks(city):
    report = checked(city)
    data = island(report.to_html())
    assert len(data["findings"]) == len(report.findings) > 0
    assert data["communities"] == [["c", "c", 0]] * len(city["communities"])


def test_an_area_of_two_districts_counts_once():
    city = copy.deepcopy(EXAMPLE)
    city["areas"][0]["communities"] = ["yuan-1", "xihu-1"]
    rows = amounts(checked(city).to_html())
    assert sum(row[5] for name, row in rows.items() if "小计" in name) == rows["南昌市 合计"][5] > 0


def test_what_is_refused(monkeypatch):
    with pytest.raises(libpilot.NotFoundError, match="found 'fr' where one of"):
        checked().to_html("fr")
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(
        libpilot.ArgumentError, match=r"to_html\(\) needs Jinja2: pip install libpilot\[html\]"
    ):
        checked().to_html()
