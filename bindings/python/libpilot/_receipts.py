"""Results that prove: sealed with digests of what they were made of, and verified by making them again."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager, nullcontext
from hashlib import sha256
from itertools import zip_longest

from . import _pilot
from ._call import call, words
from ._city import City, Report
from ._errors import (
    ArgumentError,
    DuplicateKeyError,
    EncodingError,
    Error,
    FormatError,
    JSONSyntaxError,
    LimitError,
    MissingKeyError,
    MissingValueError,
    UnknownKeyError,
    WrongTypeError,
    of_status,
)
from ._policy import NANCHANG_2019, Award, Policy
from ._values import PROBLEMS_MOST, Frozen, Value, from_json, json_text, one_of, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any, NoReturn, Union

    from typing_extensions import TypeAlias

    from ._values import Document

    Sealable: TypeAlias = Union[Report, Award]

# Members of the user's own, which the library's schemas let pass everywhere, so that a sealed result is still one.
_SEAL, _CLAIM = "x-sha256", "x-claim"
_AT = f"/receipt/{_SEAL}"
_DIGESTS = ("policy", "input", "result")
_INPUTS = {"award": ("claim", "申领依据"), "report": ("city", "城市数据")}
DIFFERENCES_MOST = 20


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


_BEYOND_ASCII = re.compile("[^\0-\x7f]")
_ESCAPE = re.compile(r"\\(.)")
_SHORT = {"b": "\\u0008", "t": "\\u0009", "n": "\\u000a", "f": "\\u000c", "r": "\\u000d"}


def _canonical(document: Any, *, indent: bool = False) -> str:
    """As the library's own writer has it."""
    text = json.dumps(
        document, ensure_ascii=False, indent=2 if indent else None, separators=None if indent else (",", ":")
    )
    return _ESCAPE.sub(lambda found: _SHORT.get(found[1], found[0]), text)


def _claim_document(claim: _pilot.Claim) -> dict[str, Any]:
    """A claim of Python's as JSON has it."""
    households, area, communities, first, last, results, as_of, counts = claim
    if results is None or isinstance(results, bool):
        answer = 0 if results is None else 1 + results
        results = tuple((year, answer, None) for year in range(int(first[:4]), int(last[:4]) + 1))
    named = words("result")
    made = {
        "first": first,
        "last": last,
        "households": households,
        "building_area_m2": area,
        "communities": communities,
        "counts": [
            {"from": since, "households": households, "building_area_m2": area}
            for since, households, area in counts
        ],
        "assessments": [
            {"year": year, "result": named[result], "date": date} for year, result, date in results
        ],
        "as_of": as_of,
    }
    return {key: value for key, value in made.items() if value is not None}


def _claim(text: str | bytes) -> dict[str, Any]:
    """The claim of a JSON text, canonical. It is a document's part alone, an account's, which reads it and writes it."""
    encoded = text if isinstance(text, bytes) else text.encode(errors="surrogatepass")
    _json_of(encoded)
    try:
        account = _pilot.Account(
            b'{"first":"2019-12","last":"2019-12","fee":{"billed_yuan":"0"},"collection_rate":"1","claim":%s}'
            % encoded
        )
    except Error as error:
        error.path = error.path.removeprefix("/claim")
        error.line, error.column = _pilot.locate(encoded, error.path)
        raise
    made: dict[str, Any] = from_json(_pilot.account_json(account, 0))["claim"]
    return made


def seal(result: Sealable, *, indent: bool = False) -> str:
    """The result's JSON, as its to_json() gives it, with ``x-sha256`` in its receipt: the SHA-256 of the policy, of
    the input, which is the report's city or the award's claim, and of the result itself. An award has its claim
    with it, as ``x-claim``. The same result gives the same bytes. docs/receipts.md says what is digested.

    result: a Report or an Award. Whoever is given the text has :func:`verify` make the result again. Raises
    WrongTypeError where it is neither.

    >>> import libpilot
    >>> text = seal(libpilot.NANCHANG_2019.reward(households=1885, first="2019-12", last="2023-12"))
    >>> libpilot.verify(text).same
    True
    >>> print(libpilot.verify(text.replace("1255410.00", "1255411.00")))
    differs: 2
    /receipt/x-sha256/result: changed since it was sealed
    /total_yuan: recorded "1255411.00", recomputed "1255410.00"
    """
    if not isinstance(result, (Report, Award)):
        raise WrongTypeError(f"found {type(result).__name__} where a Report or an Award is wanted", "/result")
    made = result.to_dict()
    if isinstance(result, Award):
        made[_CLAIM] = _claim(json_text(_claim_document(result._claim)))
        given = _canonical(made[_CLAIM])
    else:
        given = result.city.to_json()
    digests = {"policy": _digest(result.policy.to_json()), "input": _digest(given)}
    made["receipt"][_SEAL] = digests
    digests["result"] = _digest(_canonical(made))
    return _canonical(made, indent=indent)


class Difference(Value):
    """Where a result is not what it says. what: ``form`` (its bytes are not those that it is sealed with), ``result``
    (it was changed), ``policy`` and ``input`` (another one was given), or ``value`` (it is computed otherwise). path: in
    the result. recorded, computed: as JSON has them; None where there is none."""

    what: str
    path: str
    recorded: Any
    computed: Any


class Verification(Value):
    """Whether a result is what it says: made by :func:`verify`. ``print`` it to read it.

    kind: ``award`` or ``report``. sealed: it has digests. same: nothing differs. count: how many differences there
    are. differences: the first of them; of what was given before those of what was computed by it. library: the
    version that made the result; verified_by: that which made it again.

    >>> from libpilot import NANCHANG_2019
    >>> made = seal(NANCHANG_2019.reward(households=1, first="2019-12", last="2019-12"))
    >>> verify(made).to_text("zh")
    '相同'
    """

    kind: str
    sealed: bool
    same: bool
    count: int
    differences: tuple[Difference, ...]
    library: str
    verified_by: str

    def to_text(self, lang: str = "en") -> str:
        """Line by line, ``en`` or ``zh``. Raises NotFoundError (another language)."""
        zh = one_of(lang, words("lang"), "/lang") == 1
        lines = [
            ("相同" if zh else "same")
            if self.same
            else f"不同：{self.count}处"
            if zh
            else f"differs: {self.count}"
        ]
        lines += [_told(one, self.kind, zh) for one in self.differences]
        more = self.count - len(self.differences)
        if more:
            lines.append(f"另有{more}处" if zh else f"and {more} more")
        if not self.sealed:
            lines.append(
                f"结果没有摘要（{_AT}），只与重新计算的结果比较"
                if zh
                else f"the result has no digests ({_AT}): it was only compared with what is computed again"
            )
        if self.library != self.verified_by:
            lines.append(
                f"结果由libpilot {self.library}得出，由libpilot {self.verified_by}核对"
                if zh
                else f"made by libpilot {self.library}, verified by libpilot {self.verified_by}"
            )
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.to_text()


def _told(one: Difference, kind: str, zh: bool) -> str:
    if one.what == "form":
        said = (
            "文件写法不是封存时的写法（空格、换行、转义或重新排版）"
            if zh
            else "not written as it was sealed: spaces, line breaks or escapes were changed"
        )
    elif one.what == "result":
        said = "封存后被改动过" if zh else "changed since it was sealed"
    elif one.what == "value":
        recorded, computed = (_shown(value, zh) for value in (one.recorded, one.computed))
        said = (
            f"记录为{recorded}，重新计算为{computed}" if zh else f"recorded {recorded}, recomputed {computed}"
        )
    else:
        name = ("policy", "政策") if one.what == "policy" else _INPUTS[kind]
        said = (
            f"{name[1]}不是得出结果的那一份：记录为{one.recorded}，给出的为{one.computed}"
            if zh
            else f"not the {name[0]} that it was made of: recorded {one.recorded}, given {one.computed}"
        )
    where = one.path or ("整个文件" if zh else "the whole")
    return f"{where}{'：' if zh else ': '}{said}"


def _shown(value: Any, zh: bool) -> str:
    if value is None:
        return "无" if zh else "nothing"
    text = _pilot.shown(_canonical(value))
    return text if len(text) <= 80 else text[:77] + "..."


class Recorded:
    """A result as it was saved: its JSON, read strictly, and what its receipt says."""

    def __init__(self, text: bytes) -> None:
        """Raises the Error of what is no result, with its place."""
        self._text = text
        self.document = _json_of(text)
        receipt = self._member(self.document, "receipt", "", dict)
        self.library: str = self._member(receipt, "library", "/receipt", str)
        self.policy: str = self._member(receipt, "policy", "/receipt", str)
        self.fingerprint: str = self._member(receipt, "fingerprint", "/receipt", str)
        if "findings" in self.document:
            self.kind = "report"
            self.as_of: str = self._member(receipt, "as_of", "/receipt", str)
        elif "lines" in self.document and "total_yuan" in self.document:
            self.kind = "award"
        else:
            self._refuse(ArgumentError, "neither an award nor a report", "既不是奖励结果也不是检查报告", "")
        self.digests = self._digests(receipt[_SEAL]) if _SEAL in receipt else None
        if self.digests is None:
            self._whole()

    def _whole(self) -> None:
        """A report tells how many findings there are, and may have been written with some of them alone."""
        counts, findings = self.document.get("counts"), self.document.get("findings")
        if not isinstance(counts, dict) or not isinstance(findings, list):
            return
        every = sum(count for count in counts.values() if isinstance(count, int))
        if len(findings) < every:
            self._refuse(
                ArgumentError,
                f"the report has {len(findings)} of its {every} findings: all are wanted, as --sealed or --all write",
                f"报告只有全部{every}条结论中的{len(findings)}条：应为完整报告，可用--sealed或--all写出",
                "/findings",
            )

    def _digests(self, digests: Any) -> Mapping[str, str]:
        self._typed(digests, _AT, dict)
        for key in digests:
            if key not in _DIGESTS:
                self._refuse(
                    UnknownKeyError,
                    f'the key "{key}" is not known here',
                    f"此处没有键“{key}”",
                    f"{_AT}/{key}",
                )
        for key in _DIGESTS:
            value = self._member(digests, key, _AT, str)
            if not re.fullmatch("[0-9a-f]{64}", value):
                self._refuse(
                    FormatError, "found no SHA-256, 64 digits 0 to 9 and a to f", "应为SHA-256，64位0至9、a至f",
                    f"{_AT}/{key}",
                )  # fmt: skip
        made: dict[str, str] = dict(digests)
        return made

    def _member(self, of: Mapping[str, Any], key: str, path: str, kind: type) -> Any:
        if key not in of:
            self._refuse(MissingKeyError, f'the key "{key}" is missing', f"缺少键“{key}”", path)
        return self._typed(of[key], f"{path}/{key}", kind)

    def _typed(self, value: Any, path: str, kind: type) -> Any:
        if not isinstance(value, kind):
            wanted = ("an object", "对象") if kind is dict else ("a string", "字符串")
            self._refuse(WrongTypeError, f"{wanted[0]} is wanted", f"应为{wanted[1]}", path)
        return value

    def _refuse(self, kind: type[Error], en: str, zh: str, path: str) -> NoReturn:
        raise kind(en, path, "", *_pilot.locate(self._text, path), message_zh=zh)

    @contextmanager
    def _inside(self, path: str) -> Iterator[None]:
        """Gives an error its place in the result, which has what was read at the path."""
        try:
            yield
        except Error as error:
            error.path = path + error.path
            error.line, error.column = _pilot.locate(self._text, error.path)
            raise

    def verified(
        self, given: City | Mapping[str, Any] | None, policy: Policy | None, most: int = DIFFERENCES_MOST
    ) -> Verification:
        """given: the city, or the claim. Raises MissingValueError of what is not given and needed."""
        found: list[Difference] = [] if self.digests is None else list(self._changed(self.digests))
        tampered = bool(found)
        by = self._policy(policy)
        own = given is None and self.digests is not None and _CLAIM in self.document and self.kind == "award"
        if own:
            with self._inside(f"/{_CLAIM}"):
                given = _claim(json_text(self.document[_CLAIM]))
        if by is None and not tampered:
            raise MissingValueError(
                f'the policy "{self.policy}" ({self.fingerprint}) of libpilot {self.library} has to be given: it is not'
                f" the notice's of libpilot {_pilot.version()}",
                "/policy",
                message_zh=f"须给出结果依据的政策“{self.policy}”（{self.fingerprint}，libpilot {self.library}），"
                f"它不是libpilot {_pilot.version()}中试点方案的政策",
            )
        if given is None and not tampered:
            en, zh = _INPUTS[self.kind]
            raise MissingValueError(
                f"the {en} that the {self.kind} was made of has to be given",
                "/input",
                message_zh=f"须给出{zh}",
            )
        if by is not None:
            found += self._other("policy", by.to_json(), by.fingerprint)
        if given is not None:
            found += self._other(
                "input", given.to_json() if isinstance(given, City) else _canonical(given), None
            )
        count = len(found)
        if by is not None and given is not None and not any(one.what in ("policy", "input") for one in found):
            for one in _differences("", self.document, self._again(given, by, own)):
                count += 1
                if len(found) < most:
                    found.append(one)
        sealed, version = self.digests is not None, _pilot.version()
        return Verification(self.kind, sealed, not count, count, tuple(found[:most]), self.library, version)

    def _changed(self, digests: Mapping[str, str]) -> Iterator[Difference]:
        """By the digest of the result, and by its bytes: what is digested does not depend on how it is written."""
        rest = {key: digest for key, digest in digests.items() if key != "result"}
        receipt = {**self.document["receipt"], _SEAL: rest}
        computed = _digest(_canonical({**self.document, "receipt": receipt}))
        if computed != digests["result"]:
            yield Difference("result", f"{_AT}/result", digests["result"], computed)
        text = self._text.removesuffix(b"\n")
        form = _canonical(self.document, indent=b"\n" in text)
        # An output in an encoding that has not all characters has them as JSON escapes them.
        if text.isascii():
            form = _BEYOND_ASCII.sub(lambda found: json.dumps(found[0])[1:-1], form)
        if text != form.encode():
            yield Difference("form", "", None, None)

    def _policy(self, policy: Policy | None) -> Policy | None:
        if policy is not None:
            return policy
        return (
            None
            if list(self._other("policy", NANCHANG_2019.to_json(), NANCHANG_2019.fingerprint))
            else NANCHANG_2019
        )

    def _other(self, what: str, text: str, fingerprint: str | None) -> Iterator[Difference]:
        """Where what is given is not what the receipt says; one without digests has of the policy a fingerprint."""
        if fingerprint is not None and fingerprint != self.fingerprint:
            yield Difference(what, "/receipt/fingerprint", self.fingerprint, fingerprint)
        elif self.digests is not None and _digest(text) != self.digests[what]:
            yield Difference(what, f"{_AT}/{what}", self.digests[what], _digest(text))

    def _again(self, given: City | Mapping[str, Any], policy: Policy, own: bool) -> dict[str, Any]:
        """The result of what is given, with what seals the recorded one: of which its digests tell. own: what is given
        is the result's own claim."""
        made: dict[str, Any]
        if isinstance(given, City):
            with self._inside("/receipt"):
                made = Report(given, policy, self.as_of, "en").to_dict()
        else:
            with self._inside(f"/{_CLAIM}") if own else nullcontext():
                made = call("award", given={"policy": policy._native}, within="claim", claim=given)
        # Which version it was is told by itself, and is no difference.
        made["receipt"]["library"] = self.library
        if self.digests is not None:
            made["receipt"][_SEAL] = self.digests
            if self.kind == "award" and _CLAIM in self.document:
                made[_CLAIM] = self.document[_CLAIM]
        return made


def _json_of(text: bytes) -> dict[str, Any]:
    """An object's JSON, read as strictly as the library reads any. Raises the Error of what is wrong, with its place."""
    # Asked as a policy, which it is not: what is told of any document is what is looked for.
    for row in _pilot.problems("policy", text, PROBLEMS_MOST)[1]:
        error = of_status(*row)
        if isinstance(error, (JSONSyntaxError, EncodingError, LimitError, DuplicateKeyError)):
            raise error
    made = from_json(text.decode())
    if not isinstance(made, dict):
        raise WrongTypeError("an object is wanted", "", "", 1, 1, message_zh="应为对象")
    return made


_NOTHING = object()  # in the place of a member that is not there


def _differences(path: str, recorded: Any, computed: Any) -> Iterator[Difference]:
    if isinstance(recorded, dict) and isinstance(computed, dict):
        for key in dict.fromkeys((*recorded, *computed)):
            at = f"{path}/{key.replace('~', '~0').replace('/', '~1')}"
            yield from _differences(at, recorded.get(key, _NOTHING), computed.get(key, _NOTHING))
    elif isinstance(recorded, list) and isinstance(computed, list):
        for place, pair in enumerate(zip_longest(recorded, computed, fillvalue=_NOTHING)):
            yield from _differences(f"{path}/{place}", *pair)
    elif type(recorded) is not type(computed) or recorded != computed:
        yield Difference("value", path, _kept(recorded), _kept(computed))


def _kept(value: Any) -> Any:
    """As a record that does not change has it."""
    if isinstance(value, list):
        return tuple(map(_kept, value))
    if isinstance(value, dict):
        return Frozen({key: _kept(item) for key, item in value.items()})
    return None if value is _NOTHING else value


def input_of(kind: str, document: Document) -> City | dict[str, Any]:
    """What a result of the kind is made of."""
    if kind == "report":
        return City.load(document)
    text, name = text_of(document)
    try:
        return _claim(text)
    except Error as error:
        error.source = name
        raise


def verify(
    result: Document,
    input: City | Document | None = None,
    policy: Policy | Document | None = None,
    *,
    most: int = DIFFERENCES_MOST,
) -> Verification:
    """Whether a saved result is what it says: its digests, where :func:`seal` put them, and the result made again of
    its policy and its input, member by member.

    result: a path, JSON text or bytes, or a dict, of a report or an award; a report has to be whole, as Report.to_json
    and seal write it. input: a report's city, or whatever City.load takes; an award's claim, in the JSON of
    ``libpilot.schema("account")``'s member ``claim``, which a sealed award has with it. policy: not needed where it is
    the notice's. most: the differences to keep.

    Any change of a byte of a sealed result is a difference or an Error, but for one line break at its end. A digest
    tells of what a result was made, not by whom.

    Raises the Error of what cannot be read, with its place; MissingValueError where the input, or a policy that is
    not the notice's, is not given; ArgumentError where the document is neither a report nor an award.

    >>> from libpilot import NANCHANG_2019
    >>> made = seal(NANCHANG_2019.reward(households=1, first="2019-12", last="2019-12"))
    >>> verify(made).same, verify(made.replace("18.00", "19.00")).same
    (True, False)
    """
    text, name = text_of(result)
    if hasattr(result, "keys"):  # of which only the values are known
        text = _canonical(from_json(json_text(result)))
    try:
        # A lone surrogate becomes what the reader refuses.
        recorded = Recorded(text if isinstance(text, bytes) else text.encode(errors="surrogatepass"))
    except Error as error:
        error.source = name
        raise
    given = input if input is None or isinstance(input, City) else input_of(recorded.kind, input)
    by = policy if policy is None or isinstance(policy, Policy) else Policy(policy)
    if isinstance(given, City) and recorded.kind != "report":
        raise WrongTypeError("found a City where an award's claim is wanted", "/input")
    return recorded.verified(given, by, most)
