"""Holds the schemas of docs/schema to what the library reads and writes, by a public validator.

From the top of the project: /usr/bin/python3 tests/schema.py BUILD, where BUILD has examples/city and
documents. Needs Debian's python3-jsonschema.
"""

import datetime
import json
import pathlib
import re
import subprocess
import sys

from jsonschema import Draft202012Validator, RefResolver, exceptions
from rule_cases import small_city

REFUSED_LEAST = 40  # malformed files that the schemas have to refuse

passed = failed = 0


def check(good, what):
    global passed, failed
    passed, failed = passed + bool(good), failed + (not good)
    if not good:
        print(f"failed: {what}")


def read(path):
    return json.loads(pathlib.Path(path).read_text(encoding="utf-8"))


def validator_of(kind):
    return Draft202012Validator(read(f"docs/schema/{kind}.schema.json"))


def pointer(path):
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def causes(error):
    """What keeps a value out of every branch of an anyOf; that it is not null is no news."""
    for cause in error.context or [error]:
        if cause.validator_value != "null":
            yield from causes(cause) if cause.context else [cause]


def errors(kind, document):
    return [(pointer(cause.absolute_path), cause.message)
            for error in validators[kind].iter_errors(document) for cause in causes(error)]


def accepted(kind, document, what):
    found = errors(kind, document)
    check(not found, f"{what} as {kind}: {found[:3]}")


def merged(target, patch):
    """RFC 7396."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merged(result.get(key), value)
    return result


def parts(node):
    """Every object within a schema."""
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from parts(child)


def test_schema(kind, schema):
    try:
        Draft202012Validator.check_schema(schema)
        check(True, kind)
    except exceptions.SchemaError as error:
        check(False, f"{kind} against the metaschema: {error.message}")
    used = {part["$ref"] for part in parts(schema) if isinstance(part.get("$ref"), str)}
    there = {f"#/$defs/{name}" for name in schema["$defs"]}
    check(used == there, f"{kind}: references and definitions differ: {used ^ there}")


def test_null(kind, schema):
    """null stands for a key that may be left out, and for no other."""
    for name, record in [(kind, schema), *schema["$defs"].items()]:
        for key, value in record.get("properties", {}).items():
            taken = Draft202012Validator({**value, "$defs": schema["$defs"]}).is_valid(None)
            check(taken == (key not in record["required"]), f"{kind}: {key} of {name}: null is accepted: {taken}")


def test_forms():
    """The values of a definition, at the edges of what the reader takes."""
    forms = {
        "money": (["0", "0.5", "-0.01", "-12.05", "-10.00", "92233720368547758.07", 0.07, -18.15, 999999999999999],
                  ["", "-0", "-0.00", "007", ".5", "5.", "+1", "1e3", "1.005", "1,5", "100000000000000000", "٣"]),
        "price": (["0.3050", "18", 0.0001, 922337203685477], ["-1", "0.00001", -0.5, 922337203685478, True]),
        "square_metres": (["118.5", 83240.57], ["-1", "120 m²", -1]),
        "count": ([0, 3.0, 999999999999999], [-1, 0.5, "1", 10**15, None]),
        "share": (["0", "1", "1/2", "0/5", "3/3"], ["1/0", "2", "01/2", "1/2/3", "-1/2", "0.5", 0.5]),
        "year": ([1900, 2200], [1899, 2201, "2019"]),
        "month": (["1900-01", "2200-12"], ["1899-12", "2201-01", "2019-00", "2019-13", "2019-1"]),
        "id": (["1", " "], ["", 1, None]),
        "clause": (["4.2-1"], ["4.2-99", ""]),
    }
    definitions = {**validators["city"].schema["$defs"], **validators["policy"].schema["$defs"]}
    for name, (good, bad) in forms.items():
        validator = Draft202012Validator(definitions[name])
        for value in good:
            check(validator.is_valid(value), f"{name}: {value!r} is refused")
        for value in bad:
            check(not validator.is_valid(value), f"{name}: {value!r} is accepted")


def is_date(year, month, day):
    try:
        return 1900 <= year <= 2200 and bool(datetime.date(year, month, day))
    except ValueError:
        return False


def test_dates():
    date = re.compile(validators["city"].schema["$defs"]["date"]["pattern"])
    wrong = [(year, month, day) for year in range(1890, 2211) for month in range(14) for day in range(33)
             if bool(date.search(f"{year}-{month:02}-{day:02}")) != is_date(year, month, day)]
    check(not wrong, f"dates of 1890 to 2210: {wrong[:3]}")


def test_examples(policy):
    for path in sorted(pathlib.Path("examples/data").glob("*.json")):
        accepted("city", read(path), path)
    for path in sorted(pathlib.Path("examples/data/reforms").glob("*.json")):
        accepted("reform", read(path), path)
        accepted("policy", merged(policy, read(path)), path)
    for path in sorted(pathlib.Path("examples/data/menus").glob("*.json")):
        accepted("menu", read(path), path)
    for path in sorted(pathlib.Path("examples/data/outside").glob("*.json")):
        accepted("outside", read(path), path)
    for kind in ("order", "comparison", "contest"):
        for path in sorted(pathlib.Path(f"examples/data/{kind}s").glob("*.json")):
            accepted(kind, read(path), path)
    for path in sorted(pathlib.Path("examples/data/accounts").glob("*.json")):
        accepted("account", read(path), path)
    city = read(CITY)
    city["areas"][0]["steps"] = {"entry": "not_done"}
    accepted("city", city, "a step that is not done")


def test_rules():
    """Each case is a city, and says what the law says there as no other of its rule does."""
    said = set()
    for path in sorted(pathlib.Path("tests/cases/rules").glob("*.json")):
        for number, case in enumerate(read(path)):
            key = case["rule"], case.get("says")
            check(key[1] and key not in said, f"{path}: case {number}: {key}: says nothing of its own")
            said.add(key)
            accepted("city", small_city(case), f"{path}: case {number}: {key}")
            if "policy" in case:
                accepted("reform", case["policy"], f"{path}: case {number}: {key}: its policy")


def call_validator(name):
    """Of a schema that refers to those of documents, in the folder above it."""
    path = pathlib.Path("docs/schema/call", f"{name}.schema.json").resolve()
    schema = read(path)
    return Draft202012Validator(schema, resolver=RefResolver(path.as_uri(), schema))


def test_calls():
    """The shared requests and their responses, as the schemas of calls say."""
    lines = pathlib.Path("tests/cases/calls.txt").read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if line and not line.startswith("#")]
    response = call_validator("response")
    seen = set()
    for request, answer in zip(lines[::2], map(json.loads, lines[1::2])):
        check(response.is_valid(answer), f"the response to {request[:99]}")
        if answer["status"] != "ok":
            continue
        name = json.loads(request)["call"]
        seen.add(name)
        for kind, value in (("request", json.loads(request)), ("result", answer["result"])):
            found = [error.message for error in call_validator(f"{name}.{kind}").iter_errors(value)]
            check(not found, f"{kind} of {name}: {found[:3]}")
    paths = read("docs/schema/call/openapi.json")["paths"]
    check({f"/{name}" for name in seen} == set(paths), f"calls without a request: {set(paths) - seen}")
    for part in parts(paths):
        file = part.get("$ref")
        check(not file or pathlib.Path("docs/schema/call", file).exists(), f"openapi.json: no {file}")


def test_malformed(policy):
    """A refusal has to be for the file's fault: an error lies at its place, or at what holds it."""
    refused = 0
    for case in read("tests/cases/malformed.json"):
        if case.get("json") is False:
            continue
        name, place = case.get("file", case.get("case")), case["path"]
        document = merged(policy, case["patch"]) if "patch" in case else read(f"tests/cases/malformed/{name}")
        kind = "policy" if case["kind"] == "reform" else case["kind"]
        if case["kind"] == "reform":
            seen = not validators["reform"].is_valid(document)
            check(seen == case.get("schema", True), f"{name} as reform: refused is {seen}")
            document = merged(policy, document)
        if not case.get("schema", True):
            accepted(kind, document, f"{name}, which the manifest says no schema can see,")
            continue
        found = errors(kind, document)
        there = [error for error in found if error[0] in (place, place.rpartition("/")[0])]
        refused += bool(there)
        check(there, f"{name}: its fault at {place} is not seen: {found[:3]}")
    check(refused >= REFUSED_LEAST, f"{refused} malformed files are refused, {REFUSED_LEAST} are wanted")


def written_documents(build):
    lines = subprocess.run([f"{build}/documents", CITY], check=True, capture_output=True).stdout
    for line in lines.decode().splitlines():
        kind, text = line.split(" ", 1)
        yield kind, json.loads(text)
    # A status of 1 says that there are breaches.
    report = subprocess.run([f"{build}/examples/city", "--json", "--as-of", "2020-02-29", CITY], capture_output=True)
    yield "report", json.loads(report.stdout)


def finish():
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


CITY = "examples/data/nanchang-2019.json"
KINDS = ["city", "policy", "reform", "report", "award", "vote_totals", "vote", "menu", "quote", "outside",
         "outside_result", "order", "bill", "bill_sum", "comparison", "comparison_result",
         "contest", "choice", "account", "account_result"]
validators = {kind: validator_of(kind) for kind in KINDS}
for kind in KINDS:
    test_schema(kind, validators[kind].schema)
if failed:
    finish()  # what is no schema cannot be tried
documents = list(written_documents(sys.argv[1]))
for kind, document in documents:
    accepted(kind, document, "what the library writes")
check({kind for kind, _ in documents} == set(KINDS) - {"reform"}, "a document of each kind is written")
default_policy = dict(documents)["policy"]
for kind in ("city", "policy", "menu", "outside", "order", "comparison", "contest", "account"):
    test_null(kind, validators[kind].schema)
test_forms()
test_dates()
test_examples(default_policy)
test_rules()
test_calls()
test_malformed(default_policy)
finish()
