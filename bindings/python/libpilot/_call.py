"""What Python asks by the library's one call (pilot/call.h): all but what is hot, or has to stay in memory."""

from __future__ import annotations

from functools import lru_cache

from . import _pilot
from ._errors import BY_STATUS, NotFoundError, of_status
from ._values import from_json, json_text, one_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Optional

    from ._errors import Error

    Handle = Optional[Any]

GIVEN = ("policy", "city", "menu", "account", "report")


def call(
    name: str, *, given: Mapping[str, Handle] | None = None, within: str = "", **members: Any
) -> Any:
    """The result of the call. given: natives of the package, beside the request. members: those that are None are
    left out. within: the member that a path of an Error is told from: of an argument of Python's own. Raises the
    Error of the first problem, which has no line: the caller never saw the request."""
    asked = {key: value for key, value in members.items() if value is not None}
    response = from_json(_pilot.call(_handles(given), json_text({"call": name, **asked})))
    if response["status"] != "ok":
        raise _error(response, within)
    return response["result"]


def call_with(
    name: str,
    member: str,
    text: str | bytes,
    kind: str,
    given: Mapping[str, Handle] | None = None,
) -> Any:
    """The result of a call that takes a document of the kind, by its text. Raises the Error of what is wrong with the
    document, or of what was asked of it, with the place in the text."""
    count, problems = _pilot.problems(kind, text, 1)
    if count:
        raise of_status(*problems[0])
    encoded = text if isinstance(text, bytes) else text.encode()
    request = b'{"call":"%s","%s":%s}' % (name.encode(), member.encode(), encoded)
    response = from_json(_pilot.call(_handles(given), request))
    if response["status"] != "ok":
        error = _error(response, member)
        error.line, error.column = _pilot.locate(text, error.path)
        raise error
    return response["result"]


def _handles(given: Mapping[str, Handle] | None) -> _pilot.Handles:
    policy, city, menu, account, report = (given.get(key) if given else None for key in GIVEN)
    return policy, city, menu, account, report


def _error(response: Mapping[str, Any], within: str) -> Error:
    first = response["problems"][0]
    path: str = first["path"]
    if within and path.startswith(f"/{within}"):
        path = path[len(within) + 1 :]
    return BY_STATUS[first["status"]](first["en"], path, first["value"], message_zh=first["zh"])


@lru_cache(maxsize=None)
def _word_sets() -> dict[str, tuple[dict[str, Any], ...]]:
    return {one["id"]: tuple(one["words"]) for one in call("words")["sets"]}


def word_list(list: str) -> tuple[dict[str, Any], ...]:
    """The words of a list, each with its number in C, its name and its titles. Raises NotFoundError."""
    found = _word_sets().get(list)
    if found is None:
        raise NotFoundError("there is no such list of words", "/list", list)
    return found


def words(list: str) -> tuple[str, ...]:
    """The words of a list: ``matter``, ``role``, ``actor``, ``side``, ``place``, ``layout`` (of duties),
    ``outcome``, ``reading``, ``vote_matter``, ``ballot``, ``document``, ``lang``, ``result`` (of an assessment),
    ``basis`` (of a rate), ``payer``, ``kind`` (of a clause), ``status``, ``milestone``, ``cell_code`` (of a table's
    problem) and all others that documents are written in. Raises NotFoundError (no such list).

    >>> words("outcome")
    ('met', 'breach', 'pending', 'unknown', 'info', 'not_applicable')
    """
    return tuple(word["name"] for word in word_list(list))


def schema(document: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a document: ``libpilot.words("document")``. Raises NotFoundError.

    >>> schema("award")["title"]
    'Award'
    """
    one_of(document, words("document"), "/document")
    made: dict[str, Any] = call("schema", document=document)
    return made
