"""A policy's parameters by their place in its JSON: ``city_share``, ``rates/0/yuan``, ``readings/month_rule``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ._errors import NotFoundError

_NUMBER = re.compile(r"[0-9]+(\.|/)[0-9]+")  # a decimal number or a share; digits alone are somebody's code


def value_at(document: Mapping[str, Any], name: str, path: str) -> Any:
    """What a parameter is. path: of the argument that names it, for errors. Raises NotFoundError."""
    holder, key = _holder(document, name, path)
    return holder[key]


def patch_of(document: Mapping[str, Any], values: Mapping[str, Any], path: str) -> dict[str, Any]:
    """The merge patch that gives the parameters these values. Raises NotFoundError."""
    made: dict[str, Any] = {}
    for name, value in values.items():
        top = _keys(name)[0]
        if top not in made and top in document:
            made[top] = deepcopy(document[top])
        holder, key = _holder(made, name, path)
        holder[key] = plain(value)
    return made


def _keys(name: str) -> list[str]:
    return name.strip("/").split("/")


def _holder(document: Any, name: str, path: str) -> tuple[Any, Any]:
    """The list or dict that has the parameter, and its place there."""
    holder = document
    keys: list[Any] = _keys(name)
    for number, key in enumerate(keys):
        if isinstance(holder, list) and key.isdecimal():
            keys[number] = key = int(key)
        known = (
            holder if isinstance(holder, Mapping) else range(len(holder)) if isinstance(holder, list) else ()
        )
        if key not in known:
            raise NotFoundError(
                f"the policy has no parameter {name}",
                f"{path}/{name}",
                name,
                message_zh=f"政策没有参数“{name}”",
            )
        if number < len(keys) - 1:
            holder = holder[key]
    return holder, keys[-1]


def plain(value: Any) -> Any:
    """A parameter's value as JSON has it."""
    if isinstance(value, (Decimal, Fraction)):
        return str(value)
    return value.item() if hasattr(value, "dtype") and hasattr(value, "item") else value


def numbers(within: Any, name: str = "") -> Iterator[tuple[str, int | str]]:
    """The numbers and shares of a policy's JSON, as they stand there, with their names."""
    if isinstance(within, (Mapping, list)):
        for key, value in within.items() if isinstance(within, Mapping) else enumerate(within):
            if key != "pilot_year":
                yield from numbers(value, f"{name}/{key}" if name else str(key))
    elif isinstance(within, int) and not isinstance(within, bool):
        yield name, within
    elif isinstance(within, str) and _NUMBER.fullmatch(within):
        yield name, within
