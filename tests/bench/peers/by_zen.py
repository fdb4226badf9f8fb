"""zen-engine: the ten rules of record.py as expressions, made once; a record's text goes in as it is, and
the verdict comes out as text.
"""

import json
from importlib.metadata import version

import zen

import record

VERSION = version("zen-engine")

EXPRESSIONS = {
    "property_staff": f"property_staff >= {record.MIN_STAFF}",
    "office_area": f"office_area_m2 >= {record.MIN_AREA}",
    "one_community": f"communities == {record.COMMUNITIES}",
    "remediation_items": " and ".join(f'"{item}" in remediation_items' for item in record.ITEMS),
    "contract_terms": " and ".join(f"contract.{term}" for term in record.CONTRACT),
    **{f"{step}_on_time": f"{step} != null and date({step}) <= date('{due}')"
       for step, due in record.DUE.items()},
}


def decision():
    """A JSON decision, which is what its editor makes and its users keep: one node of ten expressions."""
    expressions = [{"id": rule, "key": rule, "value": text} for rule, text in EXPRESSIONS.items()]
    return json.dumps({
        "nodes": [{"id": "in", "type": "inputNode", "name": "record"},
                  {"id": "rules", "type": "expressionNode", "name": "rules",
                   "content": {"expressions": expressions}},
                  {"id": "out", "type": "outputNode", "name": "verdict"}],
        "edges": [{"id": "1", "type": "edge", "sourceId": "in", "targetId": "rules"},
                  {"id": "2", "type": "edge", "sourceId": "rules", "targetId": "out"}]})


def broken(texts):
    return [[rule for rule, met in json.loads(text).items() if not met] for text in texts]


def verdicts(count, threads):
    """The decision. Slower: compiled content in place of text."""
    texts, made = record.texts(count), zen.ZenEngine().create_decision(decision())
    return (lambda: [json.dumps(made.evaluate(text)["result"]) for text in texts]), broken


def from_dicts(count, threads):
    """The decision from a record's dict, its verdict as a dict."""
    dicts, made = list(record.records(count)), zen.ZenEngine().create_decision(decision())
    return (lambda: [made.evaluate(one)["result"] for one in dicts],
            lambda results: [[rule for rule, met in result.items() if not met] for result in results])


def expression(count, threads):
    """Not a decision but one compiled expression that gives the ten answers as a list: what is left of
    the engine once nobody but its author can read the rules."""
    texts, made = record.texts(count), zen.compile_expression(f"[{', '.join(EXPRESSIONS.values())}]")

    def answer(lists):
        return [[rule for rule, met in zip(EXPRESSIONS, json.loads(text)) if not met] for text in lists]
    return (lambda: [json.dumps(made.evaluate(text)) for text in texts]), answer
