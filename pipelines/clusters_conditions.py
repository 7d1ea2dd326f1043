"""The rules of clusters as conditions of the segment language."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from typing import Any

from pipelines.clusters_tree import Split
from pipelines.contact_features import Feature

Condition = dict[str, Any]
_MOST_DAYS = 9999  # of a date formula


def conditions(path: Sequence[Split], features: Mapping[str, Feature], as_of: dt.date) -> list[Condition]:
    """Say who is in a leaf.

    Parameters
    ----------
    path : sequence of Split
        The questions that lead to the leaf.
    features : mapping of str to Feature
        How conditions ask for each feature, by its name.
    as_of : datetime.date
        The day the features are of; only days more than 9,999 days away are written as themselves, the others
        relative to the day of evaluation.

    Returns
    -------
    list of dict
        Each of them must hold; several questions about one feature are said as one or two.

    Notes
    -----
    Comparisons are false of what is not known. So it is said where unknown values belong as well, and where a
    negative condition does not take them.

    Examples
    --------
    >>> path = [Split("spent", 250.0, False), Split("spent", 900.0, True)]
    >>> spent = Feature("spent", "sales value", {"field": "sales_amount"})
    >>> conditions(path, {"spent": spent}, dt.date(2026, 1, 1))
    ... # doctest: +NORMALIZE_WHITESPACE
    [{'field': 'sales_amount', 'op': 'more_than', 'value': 250},
     {'field': 'sales_amount', 'op': 'at_most', 'value': 900}]
    """
    found: list[Condition] = []
    for feature in dict.fromkeys(split.feature for split in path):
        splits = [split for split in path if split.feature == feature]
        how = features[feature]
        found += _of_values(splits, how) if how.kind in ("text", "flag") else _of_bounds(splits, how, as_of)
    return found


def _of_bounds(splits: Sequence[Split], how: Feature, as_of: dt.date) -> list[Condition]:
    above = max((float(split.bound or 0) for split in splits if not split.holds), default=-math.inf)
    up_to = min((float(split.bound or 0) for split in splits if split.holds), default=math.inf)
    is_unknown = {**how.asked, "op": "is_unknown"}
    if above == math.inf:
        return [is_unknown]
    bounds = [_bound(how, name, bound, as_of) for name, bound in (("above", above), ("up_to", up_to)) if _is(bound)]
    if not all(split.takes_unknown for split in splits):
        return bounds or [{**how.asked, "op": "is_known"}]
    both = bounds[0] if len(bounds) == 1 else {"all": bounds}
    return [{"any": [both, is_unknown]}]


def _is(bound: float) -> bool:
    return math.isfinite(bound)


def _bound(how: Feature, name: str, bound: float, as_of: dt.date) -> Condition:
    if how.kind == "number":
        op = "more_than" if name == "above" else "at_most"
        return {**how.asked, "op": op, "value": int(bound) if bound.is_integer() else bound}
    op = "before" if name == "above" else "on_or_after"
    return {**how.asked, "op": op, "value": _day(int(bound), as_of)}


def _day(days: int, as_of: dt.date) -> str:
    if abs(days) > _MOST_DAYS:
        return (as_of - dt.timedelta(days)).isoformat()
    return f"{-days:+d}D" if days else "t"


def _of_values(splits: Sequence[Split], how: Feature) -> list[Condition]:
    chosen = [split.bound for split in splits if split.holds]
    if chosen:
        return [_is_value(how, chosen[0])]
    refused = [split.bound for split in splits]
    takes_unknown = None not in refused
    texts = [bound for bound in refused if bound is not None]
    if how.kind == "flag":
        return _of_flag(how, [str(text) for text in texts], takes_unknown)
    found = [] if takes_unknown else [{**how.asked, "op": "is_known"}]
    if texts:
        op, value = ("is_not", texts[0]) if len(texts) == 1 else ("not_in", texts)
        found.insert(0, {**how.asked, "op": op, "value": value})
    return found


def _of_flag(how: Feature, refused: Sequence[str], takes_unknown: bool) -> list[Condition]:
    """Say which answers are left: nothing but the other one, or the other one and that it is not known."""
    if len(set(refused)) == 2:
        return [{**how.asked, "op": "is_unknown"}]
    if not refused:
        return [{**how.asked, "op": "is_known"}]
    if takes_unknown:
        return [{"not": _is_value(how, refused[0])}]
    return [_is_value(how, "no" if refused[0] == "yes" else "yes")]


def _is_value(how: Feature, value: float | str | None) -> Condition:
    if value is None:
        return {**how.asked, "op": "is_unknown"}
    return {**how.asked, "op": "is", "value": value == "yes" if how.kind == "flag" else value}
