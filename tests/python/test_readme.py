"""The README in both languages: the same headings, commands and programs, and what it shows is what is printed."""

import re
import shlex

import pytest
from cases import TOP
from test_cli import run

PAGES = {"en": TOP / "README.md", "zh": TOP / "README.zh.md"}


def text(lang):
    return PAGES[lang].read_text(encoding="utf-8")


def blocks(lang, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", text(lang), re.MULTILINE | re.DOTALL)


def levels(lang):
    return [len(marks) for marks in re.findall(r"^(#+) ", text(lang), re.MULTILINE)]


def without_comments(program):
    return re.sub(r"  #.*", "", program)


def test_both_have_the_same_headings_commands_and_programs():
    assert levels("en") == levels("zh")
    assert len(blocks("en", "sh")) >= 5
    assert blocks("en", "sh") == blocks("zh", "sh")
    assert [without_comments(p) for p in blocks("en", "python")] == [without_comments(p) for p in blocks("zh", "python")]


def test_both_have_the_same_words_and_places():
    tables = [[re.findall("`([^`]+)`", row) for row in text(lang).splitlines() if row.startswith("|")] for lang in PAGES]
    assert tables[0] == tables[1]
    pages = [re.findall(r"\]\(((?:docs/(?!images)|[A-Z](?!EADME)).*?)\)", text(lang)) for lang in PAGES]
    assert sorted(pages[0]) == sorted(pages[1])


@pytest.mark.parametrize("lang", PAGES)
def test_what_it_names_is_there(lang):
    for path in re.findall(r"\]\((?!http)([^)#]+)\)", text(lang)):
        assert (TOP / path).exists(), path


@pytest.mark.parametrize("lang", PAGES)
def test_it_shows_how_the_demo_begins(lang):
    demo = (TOP / f"tests/cases/demo.{lang}.txt").read_text(encoding="utf-8").splitlines()
    shown = blocks(lang, "text")[0].splitlines()
    assert len(shown) == 12
    assert shown == demo[:12]


@pytest.mark.parametrize("lang", PAGES)
def test_it_shows_what_the_program_prints(lang):
    # Which test_guides has the program print.
    assert f"./award\n{blocks(lang, 'text')[1]}```" in (TOP / "docs/guide/linking.md").read_text(encoding="utf-8")


def test_it_is_short():
    for lang in PAGES:
        assert len(text(lang).splitlines()) <= 170


@pytest.mark.parametrize("lang", PAGES)
def test_its_commands_run(lang, tmp_path, monkeypatch):
    for extra in ("python_calamine", "jinja2"):
        pytest.importorskip(extra)
    monkeypatch.chdir(tmp_path)
    for folder in ("examples", "tests"):
        (tmp_path / folder).symlink_to(TOP / folder)
    commands = [
        shlex.split(line)[1:] for block in blocks(lang, "sh") for line in block.splitlines() if "bin/libpilot" in line
    ]
    assert len(commands) == 4
    printed = [run(*words, "--lang", lang, status=status) for words, status in zip(commands, (2, 1, 1, 0))]
    told = re.findall(r"\[(not_exact|no_record|not_a_date)\]$", printed[0].stderr, re.MULTILINE)
    assert told == ["not_exact", "no_record", "not_a_date"]
    assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
