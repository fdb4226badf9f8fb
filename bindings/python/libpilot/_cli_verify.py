"""Results that were saved, held against what they were made of."""

from __future__ import annotations

import json
from typing import Annotated, Optional

import typer

from ._cli_base import FILE, AsJson, Lang, Page, Readings, Reforms, document, policy_of, refuse, say_json
from ._cli_help import POLICY, both
from ._cli_tables import city_of
from ._errors import Error
from ._policy import Policy
from ._receipts import Recorded, input_of


def verify(
    result: Annotated[
        str,
        typer.Argument(
            metavar=both("RESULT.json", "结果.json"),
            help=both(
                "A report or an award, as check or reward saved it with --json --sealed.",
                "check或reward以--json --sealed保存的检查报告或奖励结果。",
            ),
        ),
    ],
    input: Annotated[
        Optional[str],
        typer.Option(
            "--input",
            metavar=FILE,
            help=both(
                "What the result was made of: a report's city file or workbook, an award's claim in JSON; a sealed"
                " award has its claim with it.",
                "结果所依据的数据：报告为城市数据文件或工作簿，奖励为申领依据（JSON）；封存的奖励结果自带申领依据。",
            ),
        ),
    ] = None,
    policy: Annotated[
        Optional[str],
        typer.Option(
            "--policy",
            metavar=FILE,
            rich_help_panel=POLICY,
            help=both(
                "The whole policy, where it is not the notice's: what policy patch prints.",
                "结果依据的完整政策，不是试点方案的政策时填写，即policy patch的输出。",
            ),
        ),
    ] = None,
    reform: Reforms = None,
    reading: Readings = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Verify a saved result: its digests, and each of its values by making it again. Status 1: it differs.

    核对已保存的结果：核对摘要，并重新计算逐项比较；不同时退出状态为1。
    """
    page = Page(lang)
    if policy is not None and (reform or reading):
        refuse(
            "--policy: a whole policy is given; leave --reform and --reading out",
            "--policy：已给出完整政策，请去掉--reform和--reading",
        )
    by = (
        policy_of(reform, reading)
        if reform or reading
        else None
        if policy is None
        else document(Policy, policy)
    )
    recorded = document(Recorded, result)
    given = None
    if input is not None:
        given = (
            city_of(input)
            if recorded.kind == "report"
            else document(lambda text: input_of("award", text), input)
        )
    try:
        made = recorded.verified(given, by)
    except Error as error:
        if error.path not in ("/input", "/policy"):
            error.source = result if error.line or input is None else input
        raise
    if as_json:
        say_json(json.dumps(made.to_dict(), ensure_ascii=False, indent=2))
    else:
        page.line(made.to_text(page.lang))
    raise typer.Exit(0 if made.same else 1)
