"""Arguments and files of any kind, thrown at every command: never a traceback, and the status 1 for breaches alone."""

import gzip
import json
import os
import re
import zipfile
from pathlib import Path

import pytest
from cases import TOP
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

typer = pytest.importorskip("typer")
pyarrow = pytest.importorskip("pyarrow")
pytest.importorskip("narwhals")
import pyarrow.parquet  # noqa: E402
from libpilot import NANCHANG_2019, seal  # noqa: E402
from libpilot._cli_help import LANG  # noqa: E402
from libpilot.cli import app  # noqa: E402
from typer.testing import CliRunner  # noqa: E402

DATA = TOP / "examples/data"
CITY = json.dumps({"districts": [{"id": "360102", "name": "东湖区"}], "communities": [
    {"id": "c", "district": "360102", "offices": [{"area_m2": "118.50"}]}], "areas": [
    {"id": "a", "communities": ["c"], "households": 10}]})  # fmt: skip
PANEL = "homes,first,last,ok,area,code\n10,2019-12,2020-12,true,100.00,041\n5,2020-01,2021-12,,80.5,41\n"

# A call of each command that works: what is thrown at it is thrown among these words.
CALLS = {
    ("check",): ("city.json", "--as-of", "2020-02-29"),
    ("reward",): ("--first", "2019-12", "--last", "2020-12", "--households", "10", "--passed", "2019=yes"),
    ("quote",): ("menu.json", "--day", "2020-01-01", "--package", "comprehensive-3", "--area", "100"),
    ("account",): ("account.json",),
    ("duty",): ("street_lights", "courtyard"),
    ("clauses",): ("4.2-1",),
    ("schema",): ("city",),
    ("import",): ("社区.csv",),
    ("verify",): ("award.json",),
    ("template",): ("out.xlsx",),
    ("page",): ("--out", "out.html"),
    ("policy", "show"): ("reform.json",),
    ("policy", "diff"): ("reform.json",),
    ("policy", "patch"): ("reform.json",),
    ("simulate",): ("panel.csv", "--households", "homes", "-q"),
    ("compare",): ("panel.csv", "--households", "homes", "--with", "one=reform.json"),
    ("solve",): ("panel.csv", "--households", "homes", "--budget", "1000"),
    ("draw",): ("panel.csv", "--households", "homes", "--seed", "1", "--draws", "3"),
}
FILES = (
    "city.json", "社区.csv", "award.json", "menu.json", "account.json", "order.json", "reform.json", "panel.csv", "panel.parquet", "panel.csv.gz",
    "junk.json", "junk.csv", "junk.parquet", "gbk.json", "gbk.csv", "empty.json", "empty.csv", "header.csv", "cut.json",
    "cut.parquet", "cut.csv.gz", "book.xlsx", "title.csv", "wide.csv", "deep.json", "folder", "folder.csv", "none.json",
    "none/none.csv", "out.csv", "out.parquet", "out.csv.gz", "out.xlsx", "full.csv", "-", ".", "",
)  # fmt: skip
WORDS = (
    "2019-12", "2020-12", "2019-12-31", "2020-02-30", "0000-00", "9999-12", "2019", "2019=yes", "²=first", "2019=ok",
    "today", "yuan", "hide",
    "2019=", "=", "yes", "no", "open", "closed", "homes", "first", "last", "ok", "area", "code", "户数", "0", "1", "-1",
    "10", "1.5", "1e9", "0.0001", "99999999999", "9223372036854775808", "10" * 400, "NaN", "inf", "factor", "rate",
    "city_share", "quantity", "both", "city", "district", "cleaning=3", "cleaning=²", "cleaning=99999999999",
    "comprehensive-3", "gate_mode=annual", "gate_mode=", "x=reform.json", "x=junk.json", "4.2", "4", "street_lights",
    "courtyard", "360102", "c", "东湖区", "utf-8", "gbk", "latin-1", "utf-16", "en", "zh", "\udcff", "\x1b[2J\u202e", "²",
    "[red]", "%s", "{0}", "a\nb", "合格", "2019=合格", "路灯", "物业", "封闭", "数量", "元", "中文", "今天", "保洁=3",
)  # fmt: skip


KEPT: dict[Path, bytes] = {}


def put_back():
    """What a command has written over one of the files that others are called with."""
    for path, data in KEPT.items():
        if not path.is_file() or path.read_bytes() != data:
            path.write_bytes(data)


@pytest.fixture(scope="module", autouse=True)
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("anything")
    before = os.getcwd()
    os.chdir(folder)
    texts = {"city.json": CITY, "reform.json": '{"city_share": "1/3"}', "panel.csv": PANEL, "empty.json": "",
             "empty.csv": "", "header.csv": PANEL.split("\n")[0], "cut.json": CITY[:99], "title.csv": "试点\n" + PANEL,
             "社区.csv": "编号,城区\nc,东湖区\n", "wide.csv": PANEL + "1,2\n", "deep.json": "[" * 9999}  # fmt: skip
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    for name, source in (
        ("menu.json", "menus/foshan-2019.json"),
        ("account.json", "accounts/956-households.json"),
        ("order.json", "orders/foshan-entrance.json"),
    ):
        (folder / name).write_bytes((DATA / source).read_bytes())
    (folder / "award.json").write_text(
        seal(NANCHANG_2019.reward(households=10, first="2019-12", last="2020-12")), encoding="utf-8"
    )
    junk = bytes((number * 7919) % 256 for number in range(4000))
    for name in ("junk.json", "junk.csv", "junk.parquet"):
        (folder / name).write_bytes(junk)
    (folder / "gbk.json").write_bytes(CITY.encode("gb18030"))
    (folder / "gbk.csv").write_bytes(PANEL.replace("code", "小区").encode("gb18030"))
    (folder / "panel.csv.gz").write_bytes(gzip.compress(PANEL.encode()))
    (folder / "cut.csv.gz").write_bytes(gzip.compress(PANEL.encode())[:-9])
    table = pyarrow.table(
        {"homes": [10, 5], "first": ["2019-12"] * 2, "last": ["2020-12"] * 2, "ok": [True, None]}
    )
    pyarrow.parquet.write_table(table, folder / "panel.parquet")
    (folder / "cut.parquet").write_bytes((folder / "panel.parquet").read_bytes()[:-9])
    with zipfile.ZipFile(folder / "book.xlsx", "w") as file:
        file.writestr("xl/workbook.xml", "")
    (folder / "folder").mkdir()
    (folder / "folder.csv").mkdir()
    (folder / "full.csv").symlink_to("/dev/full")
    KEPT.update({path: path.read_bytes() for path in folder.iterdir() if path.is_file() and not path.is_symlink()})
    yield folder
    os.chdir(before)


def parameters(path):
    command = typer.main.get_command(app)
    for name in path:
        command = command.commands[name]
    return command.params


# No argument of a program has a NUL in it, or half a character but for a byte that is none, as in WORDS.
ANY = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(FILES),
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12),
)


@st.composite
def asked(draw, path):
    """Words for the command: those of a call that works, some of them left out, put in another's place or added, and
    options of its own."""
    words = list(CALLS[path])
    for _ in range(draw(st.integers(0, 2))):
        place = draw(st.integers(0, len(words)))
        words[place : place + draw(st.integers(0, 1))] = draw(st.lists(ANY, max_size=1))
    options = [one for one in parameters(path) if one.opts[0].startswith("-")]
    for option in draw(st.lists(st.sampled_from(options), max_size=2)):
        words.append(draw(st.sampled_from(option.opts)))
        if not option.is_flag:
            words.append(draw(ANY))
    return words


TRIED = {path: dict.fromkeys((0, 1, 2), 0) for path in CALLS}


def test_every_command_is_called():
    def paths(command, path=()):
        below = getattr(command, "commands", None)
        return (
            [path] if below is None else [one for name in below for one in paths(below[name], (*path, name))]
        )

    assert set(paths(typer.main.get_command(app))) == set(CALLS)


@pytest.mark.parametrize("path", CALLS, ids=" ".join)
def test_anything(path, folder, monkeypatch):
    if path == ("template",):
        pytest.importorskip("xlsxwriter")
    # Whether the package was built with its page or not.
    monkeypatch.setattr("libpilot._cli_tables._ENGINE", Path(__file__))

    @settings(
        max_examples=int(os.environ.get("PILOT_TEST_EXAMPLES", 10)),
        suppress_health_check=list(HealthCheck),
    )
    @example(list(CALLS[path]), CITY, "C.UTF-8")
    @given(asked(path), st.sampled_from(["", CITY, "\ufeff{", "[]"]), st.sampled_from(["C.UTF-8", "zh_CN.UTF-8"]))
    def throw(words, given, locale):
        put_back()
        made = CliRunner(env={"HOME": str(folder), "LC_ALL": locale}).invoke(
            app, [*path, *words], input=given, prog_name="libpilot"
        )
        told = f"libpilot {' '.join(path)} {words!r}: {made.exit_code}\n{made.output}"
        assert made.exception is None or isinstance(made.exception, SystemExit), told
        assert made.exit_code in (0, 1, 2), told
        assert "Traceback" not in made.output and "internal error" not in made.output, told
        if made.exit_code == 1:
            assert path in (("check",), ("verify",)) and made.stdout, told
        if made.exit_code == 1 and path == ("check",):
            counts = json.loads(made.stdout)["counts"] if "--json" in words else {"breach": 1}
            assert counts["breach"] or ("--strict" in words and counts["unknown"]), told
        if made.exit_code == 2:
            assert not made.stdout and made.stderr.endswith("\n"), told
            lines = made.stderr.splitlines()
            of_file = all(re.match(r".+:[0-9]+:[0-9]+[:，：]|.+ \[[a-z_]+\]$|and [0-9]+ more$|另有[0-9]+处$", line) for line in lines)
            usage = "用法：" if LANG[0] == "zh" else "Usage: "
            assert len(lines) == 1 or of_file or made.stderr.startswith(usage), told
            if usage == "用法：":
                assert all(re.search("[\u4e00-\u9fff]", line) for line in lines), told
        TRIED[path][made.exit_code] += 1

    throw()
    left = {name for name in os.listdir(folder) if name.startswith(".")}
    assert not left
    assert TRIED[path][int(path == ("check",))] and TRIED[path][2], TRIED[path]
