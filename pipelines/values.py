"""What every value of the segment language has in common, and its one canonical form."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from pipelines.dates import PeriodUnit, Unit
from pipelines.operators import WITHOUT_VALUE

LARGEST_NUMBER = 10**300


class Node(BaseModel):
    """What every value of the language has in common: frozen, and no key it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, coerce_numbers_to_str=True)


class Span(Node):
    """A length of calendar time: `n` units.

    Attributes
    ----------
    n : int
        How many, from 1 to 100,000.
    unit : {"day", "week", "month", "quarter", "year"}
        Of the calendar.
    """

    n: int = Field(ge=1, le=100_000)
    unit: Unit


def _plain(value: Any) -> Any:
    """Bring a written value to the JSON types, so that it can be hashed, stored and written back."""
    if isinstance(value, list | tuple):
        return tuple(_plain(item) for item in value)
    if isinstance(value, Mapping):
        return Span.model_validate(dict(value)) if set(value) != {"unit"} else _plain(value["unit"])
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        value = int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("a value must be a finite number; unknown numbers are asked for with is_unknown")
    if isinstance(value, int) and abs(value) > LARGEST_NUMBER:
        raise ValueError("a number can have 300 digits at most")
    if isinstance(value, str) and not value.isascii() and any("\ud800" <= sign <= "\udfff" for sign in value):
        raise ValueError("a text must be valid Unicode; this one holds half of a surrogate pair")
    if isinstance(value, Span | str | bool | int | float) or value is None:
        return value
    raise ValueError(f"a value cannot be {type(value).__name__}")


Value = Annotated[Any, BeforeValidator(_plain)]
Day = Annotated[str | None, BeforeValidator(_plain)]
TwoDays = Annotated[tuple[str, str] | None, BeforeValidator(_plain)]
Period = Annotated[PeriodUnit | None, BeforeValidator(_plain)]


def to_plain(node: Any) -> Any:
    """Write a value of the language as plain JSON values in the canonical form.

    Parameters
    ----------
    node : Node or plain value
        Any part of a definition.

    Returns
    -------
    dict, list, str, int, float, bool or None
        The canonical form.
    """
    if isinstance(node, tuple):
        return [to_plain(item) for item in node]
    if not isinstance(node, Node):
        return node
    return {
        info.alias or name: to_plain(value)
        for name, info in type(node).model_fields.items()
        if not _says_nothing(node, name, value := getattr(node, name))
    }


def canonical(node: Any) -> str:
    """Write a value of the language as one line of canonical JSON, to compare, hash and cache by.

    Parameters
    ----------
    node : Node
        Any part of a definition.

    Returns
    -------
    str
        Equal for equal meaning of the same shape.
    """
    return json.dumps(to_plain(node), ensure_ascii=False, separators=(",", ":"))


def _says_nothing(node: Node, name: str, value: Any) -> bool:
    if name in ("all", "any", "steps", "version"):
        return False
    if name == "value" and hasattr(node, "op"):
        return node.op in WITHOUT_VALUE
    return value is None or (value is False and name == "ignore_case") or value == () or value == ""
