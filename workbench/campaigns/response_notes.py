"""What to know when reading responses and lifts of a campaign: no errors, but nothing to pass over."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd

from pipelines.response_rule import ResponseRule
from workbench.campaigns import response_remarks as say

if TYPE_CHECKING:
    from pipelines.measurement import Figures


def on_responses(rows: pd.DataFrame, rule: ResponseRule, data_until: dt.date | None, as_of: dt.date) -> tuple[str, ...]:
    """Say what to know of the responses to a campaign.

    Parameters
    ----------
    rows : pandas.DataFrame
        One row for each target.
    rule : ResponseRule
        What counted.
    data_until : datetime.date or None
        The last day that is known of at all; None where that is not asked.
    as_of : datetime.date
        The day of the evaluation.

    Returns
    -------
    tuple of str
        Sentences.
    """
    if rows.empty:
        return (say.no_targets(),)
    notes = []
    if undated := int(rows["targeted_on"].isna().sum()):
        notes.append(say.undated(undated))
    if still_open := int(rows["is_open"].sum()):
        notes.append(say.open_windows(still_open, as_of))
    if late := int(rows["is_late"].sum()):
        notes.append(say.late_only(late))
    until = _counted_until(rows, rule, as_of)
    if data_until is not None and data_until < until:
        notes.append(say.not_loaded(data_until, until))
    return tuple(notes)


def on_measurement(
    rows: pd.DataFrame,
    rule: ResponseRule,
    found: Figures,
    *,
    contaminated_count: int,
    gone_count: int,
    as_of: dt.date,
) -> tuple[str, ...]:
    """Say what to know of the lifts of a campaign.

    Parameters
    ----------
    rows : pandas.DataFrame
        One row for each target.
    rule : ResponseRule
        What counted.
    found : Figures
        What was computed.
    contaminated_count : int
        Held-out contacts that were contacted.
    gone_count : int
        Contacts that were launched and are no targets any more.
    as_of : datetime.date
        The day of the evaluation.

    Returns
    -------
    tuple of str
        Sentences.
    """
    notes = list(on_responses(rows, rule, None, as_of))
    if gone_count:
        notes.append(say.gone(gone_count))
    if rows.empty:
        return tuple(notes)
    if found.against is None:
        return (*notes, say.no_holdout())
    if rule.response is None:
        notes.append(say.tied_to_campaign())
    if contaminated_count:
        notes.append(say.contaminated(contaminated_count))
    ratio = found.sample_ratio
    if ratio is not None and ratio.is_mismatch:
        sizes = ", ".join(f"{arm} {ratio.counted[arm]:,} / {n:,.0f}" for arm, n in ratio.expected.items())
        notes.append(say.sizes_off(sizes, ratio.p_value))
    if len(found.lifts) > 1:
        notes.append(say.corrected(len(found.lifts)))
    return tuple(notes)


def _counted_until(rows: pd.DataFrame, rule: ResponseRule, as_of: dt.date) -> dt.date:
    """Find the last day on which a response of anybody counts."""
    last = rows["targeted_on"].max()
    if rule.window_days is None or pd.isna(last):
        return as_of
    ends_on: dt.date = last.date() + dt.timedelta(rule.window_days)
    return min(as_of, ends_on)
