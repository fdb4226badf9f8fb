"""What check prints in place of its findings: what to write next, and a line for each community."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, List

from ._city import Report
from ._cli_base import Page, say_json
from ._needed import Needed, needed
from ._notice import titles
from ._results import communities

if TYPE_CHECKING:
    from ._results import Part


def print_receipt(page: Page, report: Report) -> None:
    receipt = report.receipt
    page.line(
        page("as of {}, policy {} ({}), libpilot {}", "截至{}；依据政策“{}”（指纹{}），libpilot {}").format(
            page.day(receipt.as_of), receipt.policy, receipt.fingerprint, receipt.library
        )
    )


def _say_json(report: Report, key: str, rows: List[dict[str, Any]]) -> None:
    told = {"receipt": report.receipt.to_dict(), "counts": report.counts.to_dict(), key: rows}
    say_json(json.dumps(told, ensure_ascii=False, indent=2))


def tell_needed(page: Page, report: Report, part: Sequence[str | None], as_json: bool) -> None:
    """A table for each body, or for those that share what is to be written; the most money first. part: a clause, a
    district, a community."""
    found = needed(report, *part)
    if as_json:
        _say_json(report, "needed", list(map(_row, found)))
        return
    print_receipt(page, report)
    actors = titles("actor", page.lang)
    bodies: dict[tuple[str, ...], List[Needed]] = {}
    for one in found:
        bodies.setdefault(one.who, []).append(one)
    for who, own in bodies.items():
        page.table(
            page(", ", "、").join(actors[body] for body in who) or page("the bodies concerned", "有关单位"),
            [
                page("what to write, and where", "填写内容和位置"),
                page("how", "填写形式"),
                ">" + page("decides", "可判定"),
                page("clauses", "条款"),
                ">" + page("yuan", "涉及金额（元）"),
            ],
            [
                [
                    [page(one.en, one.zh), one.path if one.place is None else str(one.place)],
                    page(one.form.en, one.form.zh),
                    len(one.findings),
                    page(", ", "、").join(one.clauses),
                    one.money,
                ]
                for one in own
            ],
        )
    count = sum(len(one.findings) for one in found)
    if not found:
        page.line(page("Nothing is unknown.", "没有缺少证据的结论。"))
        return
    page.line(
        page(
            f"{len(found)} to write, for {count} findings; what is written may ask for more.",
            f"需填写{len(found)}项，可判定{count}条结论；填写后可能还需补充。",
        )
    )


def _row(one: Needed) -> dict[str, Any]:
    """With its findings by rule and record: their words are the report's."""
    findings = [{"rule": found.rule, "clause": found.clause, "path": found.path} for found in one.findings]
    return {**one.to_dict(), "findings": findings}


def tell_communities(page: Page, report: Report, part: Part, as_json: bool) -> None:
    """owed: what was earned by the day and is not paid; None where that is not known. Who has not passed is owed
    nothing. part: as above."""
    rows: List[dict[str, Any]] = [
        {
            "id": one.id,
            "name": one.name,
            **one.counts,
            "owed_yuan": None if one.owed is None else str(one.owed),
            "paid_yuan": None if one.paid is None else str(one.paid),
        }
        for one in communities(report, part)
    ]
    if as_json:
        _say_json(report, "communities", rows)
        return
    unknown = page("unknown", "不明")
    print_receipt(page, report)
    page.table(
        "",
        [
            page("community", "社区"),
            ">" + page("met", "符合"),
            ">" + page("breaches", "不符合"),
            ">" + page("missing", "缺少证据"),
            ">" + page("owed, yuan", "应付未付（元）"),
            ">" + page("paid, yuan", "已付（元）"),
        ],
        [
            [
                row["name"] or row["id"],
                *(row[outcome] for outcome in ("met", "breach", "unknown")),
                *(unknown if row[key] is None else row[key] for key in ("owed_yuan", "paid_yuan")),
            ]
            for row in rows
        ],
    )
