"""What help() tells: the package on one page, each name by itself in full."""

import inspect
import pydoc
import re

import libpilot
import pytest

pytest.importorskip("numpy")
from libpilot import columns

# A line of the index: names, and after two blanks what they are for; or names that go on in the next line.
ROW = re.compile(r"^  (\w+(?:, \w+)*),?(?:  \S.*)?$", re.MULTILINE)


def page(thing):
    return pydoc.plain(pydoc.render_doc(thing)).splitlines()


def test_the_package_is_one_page():
    lines = page(libpilot)
    # The files that lie in the package, pydoc lists on any account.
    assert len(lines) <= 125
    assert len([line for line in lines if not re.fullmatch(r"    _\w+", line)]) <= 75
    assert max(map(len, lines)) <= 120


def test_its_index_has_every_public_name_once():
    found = [name for row in ROW.findall(libpilot.__doc__) for name in row.split(", ")]
    assert sorted(found) == dir(libpilot)


@pytest.mark.parametrize("name", ["award", "check", "Policy", "Panel", "simulate", "timeline"])
def test_a_name_by_itself_is_told_in_full(name):
    thing = libpilot.NANCHANG_2019.reward if name == "award" else getattr(libpilot, name)
    told = "\n".join(line.strip(" |") for line in page(thing))
    for line in inspect.getdoc(thing).splitlines():
        assert line.strip() in told
    if inspect.isclass(thing):
        assert all(
            f"{method}(" in told
            for method in vars(thing)
            if inspect.isfunction(vars(thing)[method]) and method[0] != "_"
        )


# Nothing is shown of what draws, needs an extra, or writes a file of it: the pages of docs/ show what comes of them.
DRAWN = {"plot", "to_excel", "to_html", "mark", "notices", "from_files", "template"}


def functions():
    """The name, the docstring, that of the class where it is a method, and the function itself of all that is called."""
    for name in dir(libpilot):
        thing = getattr(libpilot, name)
        if inspect.isfunction(thing):
            yield name, inspect.getdoc(thing), "", thing
        elif inspect.isclass(thing):
            for of, one in vars(thing).items():
                method = getattr(one, "__func__", one)
                if inspect.isfunction(method) and not of.startswith("_"):
                    yield f"{name}.{of}", inspect.getdoc(method), inspect.getdoc(thing), method
    for name in columns.__all__:
        if inspect.isfunction(getattr(columns, name)):
            yield f"columns.{name}", inspect.getdoc(getattr(columns, name)), "", getattr(columns, name)


EVERY = {name: rest for name, *rest in functions()}


@pytest.mark.parametrize("name", EVERY)
def test_every_function_has_an_example(name):
    own, of_class, _ = EVERY[name]
    assert own
    called = name.rpartition(".")[2]
    if called not in DRAWN:
        examples = [line for line in f"{own}\n{of_class}".splitlines() if line.startswith((">>>", "..."))]
        assert re.search(rf"\b{called}\(", "\n".join(examples)), "no example calls it"


# What every function that has it takes alike: said once, in the package's own docstring or where it is explained.
ALIKE = {"self", "cls", "policy", "lang", "indent", "threads", "progress", "ax"}
# Of a path that leads nowhere it gives None.
REFUSES_NOTHING = {"City.place"}


@pytest.mark.parametrize("name", EVERY)
def test_what_can_be_refused_is_said(name):
    own, _, function = EVERY[name]
    if set(inspect.signature(function).parameters) - ALIKE and name not in REFUSES_NOTHING:
        assert re.search(r"[Rr]aises[\s,]|arguments as of", own)


@pytest.mark.parametrize("name", EVERY)
def test_units_are_said(name):
    own, _, function = EVERY[name]
    for one in inspect.signature(function).parameters.values():
        if "area" in one.name and re.search("Exact|Column|Name", str(one.annotation)):
            assert "m²" in own
        if one.name in ("budget", "yearly", "price"):
            assert "yuan" in own


CLAUSES = {
    "Policy.reward": "4.4.1",
    "Policy.rate": "4.4.1-4",
    "Policy.claim_runs": "4.4.1-6",
    "City.award": "4.4.1",
    "simulate": "4.4.1",
    "columns.awards": "4.4.1",
    "Account.break_even_fee": "4.5-1",
    "break_even_fee": "4.5-1",
    "Menu.quote": "4.3-3",
    "quote_order": "4.3-3",
    "Menu.faults": "5.4-2b",
    "compare_quotes": "5.4-2",
    "comparison": "5.4-2",
    "contest": "5.4-2",
    "outside": "4.3-5",
    "Duty.due": "5.1-1",
    "responsible": "1-3",
    "duties": "3.2",
}


@pytest.mark.parametrize("name", CLAUSES)
def test_the_clause_is_said(name):
    assert CLAUSES[name] in EVERY[name][0]


def test_clauses_that_are_said_are_in_the_notice():
    known = {one.id for one in libpilot.CLAUSES}
    said = {
        (name, clause)
        for name, (own, of_class, _) in EVERY.items()
        for clause in re.findall(r"(?<![\d.-])\d(?:\.\d)*-\d+[a-z]?(?![\d-])", f"{own}\n{of_class}")
    }
    assert said and not {(name, clause) for name, clause in said if clause not in known}
