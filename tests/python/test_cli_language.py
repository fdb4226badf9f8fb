"""The command line in Chinese and in English: every text has both, every word is taken in both, and whatever is printed
fits the terminal and breaks its lines where its language may."""

import json
import re
import sys

import libpilot
import pytest
from cases import TOP
from hypothesis import given, settings, strategies as st

typer = pytest.importorskip("typer")
from libpilot import _cli_help, _layout  # noqa: E402
from libpilot.cli import app  # noqa: E402
from rich.cells import cell_len  # noqa: E402
from test_cli import ACCOUNT, CHECK, CITY, DATA, FOSHAN, REFUSED, REWARD, WUHAN, run  # noqa: E402

LANGS = ("en", "zh")
ORDER = str(DATA / "orders/foshan-entrance.json")
CLAIMS = "户数,起,止,区\n120,2019-12,2020-12,东湖区\n80,2020-01,2023-12,西湖区\n"
COLUMNS = ("--households", "户数", "--first", "起", "--last", "止", "--group", "区")

# A call of each command, and of each thing that a command prints, with the status that it ends with.
PRINTED = {
    "check": (("check", CITY, "--as-of", "2020-03-31", "--all", "--readings", "--timeline"), 1),
    "todo": (("check", CITY, "--as-of", "2020-03-31", "--todo"), 1),
    "summary": (("check", CITY, "--as-of", "2020-03-31", "--summary"), 1),
    "reward": ((*REWARD, "--passed", "2019=yes", "--passed", "2021=no"), 0),
    "reward counts": ((*REWARD, "--count", "2021-07-01=2000"), 0),
    "quote": (("quote", FOSHAN, "--order", ORDER), 0),
    "quote dwelling": (
        (
            "quote",
            FOSHAN,
            "--day",
            "2020-01-01",
            "--package",
            "comprehensive-3",
            "--area",
            "100",
            "--dwelling",
            "61.37",
        ),
        0,
    ),
    "template": (("template", "/dev/null/city.xlsx"), 2),
    "page": (("page", "--out", "page.txt"), 2),
    "import": (("import", str(TOP / "tests/cases/office/corrected.xlsx")), 0),
    "account": (("account", ACCOUNT), 0),
    "account months": (("account", ACCOUNT, "--months"), 0),
    "duty": (("duty", "street_lights", "courtyard"), 0),
    "duty of a body": (("duty", "--actor", "district_government"), 0),
    "clauses": (("clauses",), 0),
    "clauses of one": (("clauses", "4.4.1-4"), 0),
    "policy show": (("policy", "show"), 0),
    "policy diff": (("policy", "diff", WUHAN), 0),
    "policy diff of two": (("policy", "diff", WUHAN, str(DATA / "reforms/xuecheng-2023.json")), 0),
    "policy patch": (("policy", "patch", WUHAN), 0),
    "schema": (("schema",), 0),
    "verify": (("verify", "AWARD"), 1),
    "simulate": (("simulate", "FILE", *COLUMNS), 0),
    "compare": (("compare", "FILE", *COLUMNS, "--with", f"武汉={WUHAN}", "--communities", "户数"), 0),
    "solve": (("solve", "FILE", *COLUMNS, "--budget", "30000"), 0),
    "draw": (("draw", "FILE", *COLUMNS[:-2], "--seed", "7", "--draws", "40"), 0),
}
NO_TEXT = {"import", "page", "policy patch", "template"}  # JSON alone, or nothing


@pytest.fixture(scope="module")
def claims(tmp_path_factory):
    path = tmp_path_factory.mktemp("claims") / "claims.csv"
    path.write_text(CLAIMS, encoding="utf-8")
    award = libpilot.seal(libpilot.NANCHANG_2019.reward(households=1885, first="2019-12", last="2023-12"))
    award = award.replace('"months_paid"', '"months"').replace("household_month", "community_month")
    path.with_suffix(".json").write_text(award, encoding="utf-8")
    return str(path)


def printed(name, claims, lang, wide=80):
    words, status = PRINTED[name]
    if "FILE" in words:
        pytest.importorskip("pyarrow")
        pytest.importorskip("narwhals")
    files = {"FILE": claims, "AWARD": claims.replace(".csv", ".json")}
    words = [files.get(word, word) for word in words]
    return run(*words, "--lang", lang, status=status, env={"COLUMNS": str(wide)}).stdout


def commands(command, words=()):
    yield words, command
    for name, one in getattr(command, "commands", {}).items():
        yield from commands(one, (*words, name))


EVERY = dict(commands(typer.main.get_command(app)))
CHINESE = re.compile("[\u4e00-\u9fff]")


def english(text):
    """Two English words beside each other, which no name, path, option or quotation has."""
    called = "|".join(" ".join(words) for words in sorted(EVERY, reverse=True) if words)
    for known in (
        rf"libpilot (?:{called})",
        r"“[^”]*”",
        r'"[^"]*"',
        r"'[^']*'",
        r"\S*/\S*",
        r"--?[a-z]\S*",
        r"\S*[_=|.]\S*",
        r"[A-Za-z]+-[0-9]\S*",
    ):
        text = re.sub(known, "，", text)
    return re.search(r"\b[A-Za-z]{2,}\s+[a-z]{2,}\b", text)


def test_every_command_is_printed():
    called = {
        words for words in EVERY if any(tuple(call[: len(words)]) == words for call, _ in PRINTED.values())
    }
    assert {words for words in EVERY if not hasattr(EVERY[words], "commands")} <= called


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_every_text_of_a_command_has_both_languages(words):
    command = EVERY[words]
    texts = {"help": command.help}
    if command.epilog:
        texts["epilog"] = command.epilog
    if command.rich_help_panel:
        texts["section"] = command.rich_help_panel
    texts |= {f"example {words}": text for text, words in getattr(command, "examples", ())}
    for one in command.params:
        texts[f"help of {one.name}"] = (
            one.help if one.name not in _cli_help._ADDED else _cli_help._ADDED[one.name]
        )
        section = getattr(one, "rich_help_panel", None)
        if section:
            texts[f"section of {one.name}"] = section
        if re.search("[A-Z]{2}", one.metavar or ""):
            texts[f"metavar of {one.name}"] = one.metavar
        if not getattr(one, "is_flag", False):
            assert one.metavar, one.name
    for what, text in texts.items():
        assert text, what
        en, zh = text.split("\n\n")
        assert CHINESE.search(zh) and not english(zh), (what, zh)
        assert not CHINESE.search(en.replace("中文：", "")), (what, en)


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
@pytest.mark.parametrize("lang", LANGS)
def test_help_is_in_one_language(words, lang):
    lines = run("--lang", lang, *words, "--help", env={"COLUMNS": "80"}).stdout.splitlines()
    assert lines[0].startswith(" ".join(["用法：libpilot" if lang == "zh" else "Usage: libpilot", *words]))
    for line in lines:
        assert cell_len(line) <= 80
        if lang == "zh":
            assert not english(line), line
        else:
            assert not CHINESE.search(line.replace("中文：", "")), line


@pytest.mark.parametrize("lang", LANGS)
def test_commands_stand_under_those_who_need_them(lang):
    lines = run("--lang", lang, "-h", env={"COLUMNS": "80"}).stdout.splitlines()
    readers = {
        "en": ("officials", "analysts", "integrators"),
        "zh": ("管理人员", "分析人员", "系统对接人员"),
    }[lang]
    found, section = {}, None
    for line in lines:
        if line and not line.startswith(" "):
            section = next(
                (one for one in readers if f"For {one}:" in line or f"供{one}使用：" in line), None
            )
        elif section and re.match("  [a-z]", line):
            found.setdefault(section, []).append(line.split()[0])
    assert list(found) == list(readers)
    assert sorted(sum(found.values(), [])) == sorted(words[0] for words in EVERY if len(words) == 1)
    assert {"check", "reward", "duty"} <= set(found[readers[0]])
    assert {"simulate", "solve", "policy"} <= set(found[readers[1]])
    assert {"schema", "verify"} <= set(found[readers[2]])


def test_the_help_ends_with_three_examples_that_run(tmp_path, monkeypatch):
    ends = {}
    for lang in LANGS:
        lines = run("--lang", lang, "-h", env={"COLUMNS": "80"}).stdout.splitlines()
        told = lines[lines.index({"en": "Examples", "zh": "示例"}[lang]) + 1 :]
        ends[lang] = [line.split() for line in told if line.startswith("    ")]
        assert told[-1] == "    " + " ".join(ends[lang][-1])
    assert ends["en"] == ends["zh"] and len(ends["en"]) == 3
    monkeypatch.chdir(tmp_path)
    (tmp_path / "city.json").write_bytes((TOP / CITY).read_bytes())
    (tmp_path / "claims.csv").write_text(
        "households,first,last,district\n1885,2019-12,2023-12,donghu\n10,2021-01,2023-12,xihu\n"
    )
    _, simulate, reward = (run(*words, status=status) for (_, *words), status in zip(ends["en"], (1, 0, 0)))
    assert "donghu" in simulate.stdout
    assert json.loads(reward.stdout)["total_yuan"] == "1255410.00"


def test_the_language_is_asked_for_anywhere():
    zh, en = "按试点方案检查城市数据文件", "Hold a city file against the notice"
    for words, env, said in (
        (("--lang", "zh", "check", "--help"), "C.UTF-8", zh),
        (("check", "--lang", "zh", "--help"), "C.UTF-8", zh),
        (("check", "--help", "--lang=zh"), "C.UTF-8", zh),
        (("check", "--lang", "中文", "-h"), "C.UTF-8", zh),
        (("check", "--help"), "zh_CN.UTF-8", zh),
        (("--lang", "en", "check", "--help"), "zh_CN.UTF-8", en),
        (("check", "--lang=英文", "--help"), "zh_CN.UTF-8", en),
        (("check", "--lang", "English", "--help"), "zh_CN.UTF-8", en),
        (("--lang", "zh", "check", "--help", "--lang", "en"), "C.UTF-8", en),  # the last, as of any option
        (("check", "--help", "--", "--lang", "zh"), "C.UTF-8", en),
    ):
        assert said in run(*words, env={"LC_ALL": env, "COLUMNS": "110"}).stdout, words
    assert run("--lang", "zh", *REWARD).stdout == run(*REWARD, "--lang", "zh").stdout
    for words in (("--lang", "fr", "clauses"), ("clauses", "--lang", "fr")):
        assert '--lang: there is no "fr", only en, zh' in run(*words, status=2).stderr


@pytest.mark.parametrize(
    ("words", "says"), REFUSED, ids=lambda value: "" if isinstance(value, str) else value[0]
)
def test_refusals_are_in_the_language(words, says):  # says: of the other test, in English
    said = run("--lang", "zh", *words, status=2)
    assert all(CHINESE.search(line) and not english(line) for line in said.stderr.splitlines()), said.stderr
    assert not said.stdout


@pytest.mark.parametrize(
    ("words", "en", "zh"),
    [
        (("nothing",), "there is no command nothing", "没有命令nothing"),
        (("chekc",), "there is no command chekc; did you mean check?", "没有命令chekc；是否指check？"),
        (("check", CITY), "--as-of is missing", "缺少选项--as-of"),
        (("check", "--as-of", "today"), "CITY is missing", "缺少参数城市数据"),
        (
            ("check", CITY, "--asof"),
            "there is no option --asof; did you mean --as-of",
            "没有选项--asof；是否指--as-of",
        ),
        (("check", CITY, "-x"), "there is no option -x", "没有选项-x"),
        (("check", CITY, "--as-of"), "--as-of needs a value", "选项--as-of需要一个值"),
        (("schema", "--lang"), "--lang needs a value", "选项--lang需要一个值"),
        (("clauses", "--json=yes"), "--json takes no value", "选项--json不带值"),
        (("clauses", "4.2-1", "more"), 'nothing takes "more"', "多出参数“more”"),
        (
            ("reward", "--first", "x", "--last", "y", "--households", "many"),
            'found "many"',
            "“many”有误，应为0至999999999的整数",
        ),
    ],
)
def test_what_click_refuses(words, en, zh):
    for lang, said in (("en", en), ("zh", zh)):
        lines = run("--lang", lang, *words, status=2).stderr.splitlines()
        assert any(
            line == said or line.startswith((said, f"--households：{said}", f"--households: {said}"))
            for line in lines
        ), lines
        if lines[0].startswith(("Usage", "用法")):
            assert len(lines) == 3 and lines[0].startswith("用法" if lang == "zh" else "Usage")


def test_files_and_ends_are_told_in_the_language(monkeypatch, tmp_path):
    def say(*words, lang="zh"):
        return run(*words, "--as-of", "2020-02-29", "--lang", lang, status=2).stderr

    assert say("check", "none.json") == "none.json：文件或目录不存在\n"
    assert say("check", str(tmp_path)) == f"{tmp_path}：是目录，不是文件\n"
    (tmp_path / "city-2019.json").write_text("{}")
    assert say("check", tmp_path / "city2019.json").endswith(f"；是否指{tmp_path}/city-2019.json？\n")
    assert say("check", tmp_path / "no/city.json").endswith(f"；目录{tmp_path}/no不存在\n")

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("libpilot.cli.check_city", interrupted)
    assert run("check", CITY, "--as-of", "2020-02-29", "--lang", "zh", status=130).stderr == "已中断\n"


def same(one, other):
    """Whether both calls give the same JSON."""
    found = [json.loads(run(*words, "--json").stdout) for words in (one, other)]
    return found[0] == found[1]


@pytest.mark.parametrize("stride", [8, pytest.param(1, marks=pytest.mark.slow)])
def test_every_word_is_taken_in_either_language(stride):
    for list, words in (
        ("matter", lambda word: ("duty", word)),
        ("actor", lambda word: ("duty", "--actor", word)),
    ):
        for key in tuple(libpilot.words(list))[::stride]:
            for lang in LANGS:
                title = libpilot.titles(list, lang)[key]
                assert same(words(key), words(title)), title
    for key in tuple(libpilot.words("document"))[::stride]:
        said = run("schema", key).stdout
        assert said == run("schema", libpilot.titles("document", "zh")[key]).stdout
    for one in libpilot.READINGS[::stride]:
        for option, zh, en in zip(one.options, one.options_zh, one.options_en):
            wanted = run("policy", "show", "--json", "--reading", f"{one.name}={option}").stdout
            for asked in (f"{one.title_zh}={zh}", f"{one.title_en}={en}", f"{one.name}＝{zh}"):
                assert run("policy", "show", "--json", "--reading", asked).stdout == wanted, asked


def test_words_as_people_write_them():
    for zh, key in (
        (("duty", "路灯", "庭院", "封闭"), ("duty", "street_lights", "courtyard", "closed")),
        (("duty", "路灯", "庭院", "开放式"), ("duty", "street_lights", "courtyard", "open")),
        (("duty", "Street Lights"), ("duty", "street_lights")),
        ((*REWARD, "--passed", "合格"), (*REWARD, "--passed", "yes")),
        ((*REWARD, "--passed", "不合格"), (*REWARD, "--passed", "no")),
        ((*REWARD, "--passed", "否"), (*REWARD, "--passed", "failed")),
        (
            (*REWARD, "--passed", "2019=合格@2020-02-29", "--passed", "2021=不合格", "--passed", "2020=未考核"),
            (*REWARD, "--passed", "2019=yes@2020-02-29", "--passed", "2021=no", "--passed", "2020=open"),
        ),
        (
            ("quote", FOSHAN, "--day", "2020-01-01", "--item", "保洁=3", "--area", "100"),
            ("quote", FOSHAN, "--day", "2020-01-01", "--item", "cleaning=3", "--area", "100"),
        ),
        (
            ("solve", "--find", "数量", "--budget", "30000000", "--per", "每户每月", "--of", "市级", "--first", "2019-12",
             "--last", "2020-12"),
            ("solve", "--find", "quantity", "--budget", "30000000", "--per", "household_month", "--of", "city", "--first",
             "2019-12", "--last", "2020-12"),
        ),
    ):  # fmt: skip
        assert same(zh, key), zh


def test_a_word_that_could_be_several_is_refused_with_each():
    for lang, said in (
        (
            "en",
            'matter: "物业" can be property_service (物业服务) or property_fee (物业服务费) or property_disputes (物业纠纷)'
            " or property_office (物业管理用房)",
        ),
        (
            "zh",
            "事项：“物业”不止一个意思：物业服务（property_service）、物业服务费（property_fee）、物业纠纷（property_disputes）、"
            "物业管理用房（property_office）",
        ),
    ):
        assert run("duty", "物业", "--lang", lang, status=2).stderr == said + "\n"
    with pytest.raises(libpilot.NotFoundError, match="property_disputes") as raised:
        libpilot.duties("物业")
    assert "物业纠纷（property_disputes）" in raised.value.text("zh")
    assert libpilot.duties("物业服务费") == libpilot.duties("property_fee")


# What a page in Chinese may have in Latin letters: keys that are written in files, names of files and programs.
def known_words():
    words = {"libpilot", "json", "schema", "id", "m", "sha", "true", "false"}
    for document in libpilot.words("document"):
        words |= set(
            re.findall(
                "[A-Za-z]+", json.dumps(libpilot.schema(document).get("properties", {}), ensure_ascii=False)
            )
        )
        words.add(document)
    ids = [
        libpilot.NANCHANG_2019.id,
        "wuhan-2010",
        "xuecheng-2023",
        "foshan-2019",
        libpilot.NANCHANG_2019.to_dict()["name_en"],
    ]
    ids += [
        json.loads((DATA / "reforms" / f"{name}.json").read_text(encoding="utf-8"))["name_en"]
        for name in ids[1:3]
    ]
    ids += [one.id for one in libpilot.RULES] + [
        word for one in libpilot.READINGS for word in (one.name, *one.options)
    ]
    ids += [each for one in libpilot.CLAUSES for each in one.carried_out_by if each.startswith("function ")]
    ids += [
        json.dumps(json.loads((DATA / "nanchang-2019.json").read_text(encoding="utf-8"))),
        "property-law civil-code",
    ]
    return {word.lower() for text in [*words, *ids] for word in re.findall("[A-Za-z]+", text)}


KEYS = known_words()


@pytest.mark.parametrize("name", [name for name in PRINTED if name not in NO_TEXT])
def test_what_is_printed_in_chinese_is_chinese(name, claims):
    text = printed(name, claims, "zh", 200)
    assert CHINESE.search(text)
    left = {
        word
        for word in re.findall("[A-Za-z]{2,}", re.sub("指纹[0-9a-f]+", "", text))
        if word.lower() not in KEYS
    }
    assert not left
    assert not english(text) or name.startswith("policy"), english(text)  # the policy's English name


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", PRINTED)
def test_nothing_is_wider_than_the_terminal(name, lang, claims):
    """And no number is cut or broken: at any width there are the same."""

    def numbers(text):
        return sorted(set(re.findall(r"[0-9]+\.[0-9]{2,4}\b", text)))

    if name in NO_TEXT:
        return
    text = printed(name, claims, lang)
    assert [line for line in text.splitlines() if cell_len(line) > 80] == []
    assert numbers(text) == numbers(printed(name, claims, lang, 400))
    for line in text.splitlines():
        for cell in re.split(" {2,}", line.strip()):
            assert not cell or cell[0] not in "，。；：！？）》」』】、”", line
            assert not cell or cell[-1] not in "（《「『【“", line


def test_a_table_that_does_not_fit_becomes_several(claims):
    wide, narrow = (printed("reward", claims, "zh", wide).splitlines() for wide in (120, 80))
    heads = [line.split() for line in (wide[1], narrow[1], narrow[10])]
    assert heads[0] == [*heads[1], *heads[2][2:]] and heads[2][:2] == heads[1][:2] == ["起", "止"]
    assert narrow[3].split() == wide[3].split()[:8] and narrow[12].split() == [
        *wide[3].split()[:2],
        *wide[3].split()[8:],
    ]


TEXTS = [one.zh for one in libpilot.CLAUSES] + [one.en for one in libpilot.CLAUSES]
TEXTS += [one.question_zh for one in libpilot.READINGS] + [one.reason_zh for one in libpilot.READINGS]
TEXTS += [
    "依据（4.2-1）于2019年12月31日前拨付18.00元，第3项120.00平方米（含2个月）；“一一对应”的读法。",
    "  缩进：《物业管理条例》！",
]
WHOLE = re.compile(
    r"[0-9]{4}年(?:[0-9]+月(?:[0-9]+日)?)?|[0-9.]*[0-9](?:元|平方米|个月|户|天|项)|[0-9]+(?:\.[0-9]+)*-[0-9]+[a-z]?|[A-Za-z']+"
)


@settings(max_examples=400)
@given(st.sampled_from(TEXTS), st.integers(16, 60))
def test_lines_break_where_they_may(text, wide):
    lines = _layout.wrapped(text, wide)
    assert "".join("".join(lines).split()) == "".join(text.split())  # nothing is lost, and nothing is added
    assert all(cell_len(line) <= wide for line in lines)
    for line in lines:
        assert line.strip()[0] not in "，。；：！？）》〉」』】、”,.;:!?)"
        assert line.strip()[-1] not in "（《〈「『【“("
    for whole in WHOLE.findall(text):
        if cell_len(whole) <= wide - 4:
            assert any(whole in line for line in lines), (whole, lines)


@given(st.text(max_size=60), st.integers(4, 40))
def test_any_text_can_be_wrapped(text, wide):
    text = "".join(one for one in text if cell_len(one) > 0 and one.isprintable())
    lines = _layout.wrapped(text, wide)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= wide for line in lines)


@pytest.mark.parametrize(
    ("module", "words", "name"),
    [
        ("xlsxwriter", ("template", "t.xlsx"), "XlsxWriter"),
        ("xlsxwriter", (*CHECK, "--out", "r.xlsx"), "XlsxWriter"),
        ("docx", (*CHECK, "--notices", "letters"), "python-docx"),
        ("jinja2", (*CHECK, "--out", "r.html"), "Jinja2"),
    ],
)
def test_an_extra_that_is_not_there_is_told_in_chinese(module, words, name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, module, None)
    assert re.match(f"[\u4e00-\u9fff]+需要{name}：pip install", run(*words, "--lang", "zh", status=2).stderr)
    assert not list(tmp_path.iterdir())
