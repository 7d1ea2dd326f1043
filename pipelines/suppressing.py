"""Suppressions and channels: how they are written, and what they mean, said in the segment language itself."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, TypeAdapter

from pipelines.conditions import Condition
from pipelines.values import Node, Span, to_plain

Channel = Literal["email", "phone", "post", "sms"]


class Consent(Node):
    """The channel, and the purpose if one is named, for which a consent must stand.

    Attributes
    ----------
    channel : {"email", "phone", "post", "sms"}
        By which they would be addressed.
    purpose : str, optional
        For what, if one is named.
    """

    channel: Channel
    purpose: str | None = None


class NoConsent(Node):
    """Suppress contacts without a standing consent.

    Attributes
    ----------
    no_consent : Consent
        What must stand.
    """

    no_consent: Consent


class Cap(Node):
    """How many outbound interactions are enough, and in which time.

    Attributes
    ----------
    max : int
        So many are enough.
    in_last : Span
        Counted up to the day of evaluation.
    """

    max: int = Field(ge=1)
    in_last: Span


class FrequencyCap(Node):
    """Suppress contacts that were already written to as often as the cap allows.

    Attributes
    ----------
    frequency_cap : Cap
        How often is enough.
    """

    frequency_cap: Cap


def _suppression_kind(raw: Any) -> str | None:
    if isinstance(raw, str):
        return "flag"
    if isinstance(raw, NoConsent) or (isinstance(raw, Mapping) and "no_consent" in raw):
        return "no_consent"
    if isinstance(raw, FrequencyCap) or (isinstance(raw, Mapping) and "frequency_cap" in raw):
        return "frequency_cap"
    return None


Flag = Literal["excluded_from_segments", "privacy_blocked"]
Suppression = Annotated[
    Annotated[Flag, Tag("flag")]
    | Annotated[NoConsent, Tag("no_consent")]
    | Annotated[FrequencyCap, Tag("frequency_cap")],
    Discriminator(_suppression_kind),
]


_condition: TypeAdapter[Any] = TypeAdapter(Condition)

REACHABLE: Mapping[str, Any] = MappingProxyType({
    channel: _condition.validate_python(condition)
    for channel, condition in {
        "email": {"field": "email", "op": "is_known"},
        "phone": {"any": [{"field": "phone_no", "op": "is_known"}, {"field": "mobile_phone_no", "op": "is_known"}]},
        "post": {"all": [{"field": "address", "op": "is_known"}, {"field": "city", "op": "is_known"}]},
        "sms": {"field": "mobile_phone_no", "op": "is_known"},
    }.items()
})  # fmt: skip


def reasons(suppress: tuple[Any, ...]) -> dict[str, Any]:
    """Name each suppression of a definition and say whom it holds back.

    Parameters
    ----------
    suppress : tuple
        The suppressions in the order in which reasons are given.

    Returns
    -------
    dict of str to Condition
        By reason: ``"privacy_blocked"``, ``"no_consent"``, …; where a kind occurs more than once, its channel or
        number is added: ``"no_consent: phone"``.

    Notes
    -----
    A consent stands when the latest entry for the channel (and purpose, where one is named) on or before as_of
    grants it. A frequency cap holds back those who already had `max` outbound interactions that were neither
    canceled nor postponed.
    """
    named: dict[str, Any] = {}
    for item in suppress:
        kind, condition, detail = _said(item)
        name = kind if kind not in named or not detail else f"{kind}: {detail}"
        named[name if name not in named else f"{name} {len(named)}"] = _condition.validate_python(condition)
    return named


def _said(item: Any) -> tuple[str, dict[str, Any], str]:
    if isinstance(item, NoConsent):
        return "no_consent", _no_consent(item), item.no_consent.channel
    if isinstance(item, FrequencyCap):
        return "frequency_cap", _too_often(item), str(item.frequency_cap.max)
    return str(item), {"field": _FLAGS[item], "op": "is", "value": True}, ""


_FLAGS = {"excluded_from_segments": "is_excluded_from_segments", "privacy_blocked": "is_privacy_blocked"}


def _no_consent(item: NoConsent) -> dict[str, Any]:
    where = [{"field": "channel", "op": "is", "value": item.no_consent.channel}]
    if item.no_consent.purpose:
        where.append({"field": "purpose", "op": "is", "value": item.no_consent.purpose})
    standing = {
        "related": "consent",
        "where": where,
        "measure": {"latest": "is_granted"},
        "op": "is",
        "value": True,
    }
    return {"not": standing}


def _too_often(item: FrequencyCap) -> dict[str, Any]:
    sent = [
        {"field": "information_flow", "op": "is", "value": "outbound"},
        {"field": "is_canceled", "op": "is", "value": False},
        {"field": "is_postponed", "op": "is", "value": False},
    ]
    within = {"in_last": to_plain(item.frequency_cap.in_last)}
    times = {"measure": {"count": "rows"}, "op": "at_least", "value": item.frequency_cap.max}
    return {"related": "interaction", "where": sent, "within": within, **times}
