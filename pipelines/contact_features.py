"""What is known of a contact on a day, in figures: each a measure that the segment language can ask for as well.

Because a figure is a measure of the language, it sees no row after the day, and a bound on it is a condition.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

Kind = Literal["number", "days_since", "flag", "text"]

EVENT_TABLES = ("sales_entry", "interaction", "campaign_entry", "purchase_entry", "opportunity_entry")
"""Tables whose rows happen on a day and stay as they were, so that it can be told what was known on an earlier one."""
_RESPONDED = ({"field": "is_campaign_response", "op": "is", "value": True},)
_TOOK_PLACE = (
    {"field": "is_canceled", "op": "is", "value": False}, {"field": "is_postponed", "op": "is", "value": False},
)  # fmt: skip
_UP_TO_THE_DAY = {"on_or_before": "t"}


@dataclass(frozen=True)
class Feature:
    """A figure of contacts.

    Attributes
    ----------
    name : str
        What its column is called.
    meaning : str
        In words.
    asked : mapping
        The condition of the segment language that asks for it, without operator and value.
    kind : {"number", "days_since", "flag", "text"}
        What the figure is: the value itself, or of a day how many days before the day of evaluation it is.
    without_rows : float or None
        The value of a contact that has no rows; None where it is not known.
    is_dated : bool
        Whether it is what was known on the day; false for what is recorded of a contact now, whenever it came.
    """

    name: str
    meaning: str
    asked: Mapping[str, Any]
    kind: Kind = "number"
    without_rows: float | None = None
    is_dated: bool = True


def counted(name: str, meaning: str, related: str, measure: Mapping[str, str], **more: Any) -> Feature:
    """Describe a count, a number of different values, or a sum: 0 where there are no rows.

    Parameters
    ----------
    name, meaning : str
        Of the feature.
    related : str
        One of `EVENT_TABLES`.
    measure : mapping of str to str
        ``{"count": "rows"}``, ``{"distinct": field}`` or ``{"sum": field}``.
    **more : object
        Other keys of the condition: `where`, `within`.

    Returns
    -------
    Feature
        A number.
    """
    return Feature(name, meaning, _rows(related, measure, more), without_rows=0.0)


def days_since(name: str, meaning: str, related: str, measure: Mapping[str, str], **more: Any) -> Feature:
    """Describe how long ago something was; not known where it never was.

    Parameters
    ----------
    name, meaning : str
        Of the feature.
    related : str
        One of `EVENT_TABLES`.
    measure : mapping of str to str
        ``{"maximum": field}`` for the last time, ``{"minimum": field}`` for the first.
    **more : object
        Other keys of the condition: `where`, `within`.

    Returns
    -------
    Feature
        In days.
    """
    return Feature(name, meaning, _rows(related, measure, more), "days_since")


def of_events(name: str, meaning: str, related: str, time: str, **more: Any) -> tuple[Feature, ...]:
    """Describe how often something happened, lately and ever, and how long ago.

    Parameters
    ----------
    name, meaning : str
        What the names of the features begin with, and what their meanings end with.
    related : str
        One of `EVENT_TABLES`.
    time : str
        The field that says when.
    **more : object
        Other keys of the condition: `where`.

    Returns
    -------
    tuple of Feature
        ``NAME_count``, ``NAME_count_90d`` and ``NAME_days_since``.
    """
    return (
        counted(f"{name}_count", f"number of {meaning}", related, {"count": "rows"}, **more),
        counted(f"{name}_count_90d", f"number of {meaning} in the last 90 days", related, {"count": "rows"},
                within=_last(90), **more),
        days_since(f"{name}_days_since", f"days since the last of {meaning}", related, {"maximum": time}, **more),
    )  # fmt: skip


def _rows(related: str, measure: Mapping[str, str], more: Mapping[str, Any]) -> dict[str, Any]:
    """Rows of targets may have no day; without a window those would count as known."""
    within = {"within": _UP_TO_THE_DAY} if related == "campaign_entry" else {}
    return {"related": related, **within, **more, "measure": dict(measure)}


def _last(days: int) -> dict[str, Any]:
    return {"in_last": {"n": days, "unit": "day"}}


_SALES = (
    days_since("sales_days_since", "days since the last purchase", "sales_entry", {"maximum": "posted_at"}),
    days_since("sales_first_days_since", "days since the first purchase", "sales_entry", {"minimum": "posted_at"}),
    counted("basket_count", "number of receipts", "sales_entry", {"distinct": "document_no"}),
    counted("item_count", "number of different items bought", "sales_entry", {"distinct": "item_no"}),
    counted("sales_value", "sales value", "sales_entry", {"sum": "sales_amount"}),
    counted("discount_value", "discount given", "sales_entry", {"sum": "discount_amount"}),
    *(
        feature
        for days in (30, 90)
        for feature in (
            counted(f"basket_count_{days}d", f"number of receipts in the last {days} days", "sales_entry",
                    {"distinct": "document_no"}, within=_last(days)),
            counted(f"sales_value_{days}d", f"sales value in the last {days} days", "sales_entry",
                    {"sum": "sales_amount"}, within=_last(days)),
            counted(f"discount_value_{days}d", f"discount given in the last {days} days", "sales_entry",
                    {"sum": "discount_amount"}, within=_last(days)),
        )
    ),
)  # fmt: skip
_TALKS = (
    *of_events("inbound", "interactions that came from the contact", "interaction", "occurred_at",
               where=[{"field": "information_flow", "op": "is", "value": "inbound"}, *_TOOK_PLACE]),
    *of_events("outbound", "interactions that went to the contact", "interaction", "occurred_at",
               where=[{"field": "information_flow", "op": "is", "value": "outbound"}, *_TOOK_PLACE]),
)  # fmt: skip
_CAMPAIGNS = (
    counted("targeted_campaign_count", "number of campaigns the contact was a target of", "campaign_entry",
            {"distinct": "campaign_no"}),
    days_since("targeted_days_since", "days since the contact was last a target", "campaign_entry",
               {"maximum": "targeted_on"}),
    *of_events("response", "responses to campaigns", "interaction", "occurred_at", where=[*_RESPONDED, *_TOOK_PLACE]),
    counted("response_campaign_count", "number of campaigns responded to", "interaction", {"distinct": "campaign_no"},
            where=[*_RESPONDED, *_TOOK_PLACE]),
)  # fmt: skip

FEATURES: Mapping[str, Feature] = MappingProxyType({one.name: one for one in (*_SALES, *_CAMPAIGNS, *_TALKS)})
"""The figures that are there without asking, by name."""


def responses_to(campaigns: tuple[str, ...]) -> tuple[Feature, ...]:
    """Describe what contacts did on earlier campaigns, such as those of one type.

    Parameters
    ----------
    campaigns : tuple of str
        Numbers of the campaigns.

    Returns
    -------
    tuple of Feature
        How many of them contacts were targets of, and answered, how often and how long ago. Only what happened up to
        the day counts, whichever campaigns are named.
    """
    theirs = {"field": "campaign_no", "op": "in", "value": list(campaigns)}
    where = [theirs, *_RESPONDED, *_TOOK_PLACE]
    return (
        counted("like_targeted_count", "number of campaigns like this the contact was a target of", "campaign_entry",
                {"distinct": "campaign_no"}, where=[theirs]),
        counted("like_response_campaign_count", "number of campaigns like this responded to", "interaction",
                {"distinct": "campaign_no"}, where=where),
        *of_events("like_response", "responses to campaigns like this", "interaction", "occurred_at", where=where),
    )  # fmt: skip


def earlier_cases(related: str, time: str, **more: Any) -> tuple[Feature, ...]:
    """Describe what contacts did before of the very thing that is to be told of them.

    Parameters
    ----------
    related : str
        The table that a target asks.
    time : str
        The field that says when.
    **more : object
        Other keys of the condition: `where`.

    Returns
    -------
    tuple of Feature
        How often, lately and ever, and how long ago.
    """
    return of_events("target", "rows that the target asks for", related, time, **more)


OF_TARGETS = (*responses_to(("",)), *earlier_cases("sales_entry", "posted_at"))
"""Features that depend on what is to be told, as examples of their names and meanings."""
