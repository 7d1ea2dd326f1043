"""What to know when reading responses and lifts of a campaign: no errors, but nothing to pass over."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd

from pipelines.response_rule import ResponseRule

if TYPE_CHECKING:
    from pipelines.measurement import Figures

NO_TARGETS = "The campaign has no targets by this day."
NO_HOLDOUT = (
    "No contact was held out, so nobody knows how many would have responded without the campaign. "
    "Rates are responses to what was sent or happened anyway; no lift is told."
)
TIED_TO_CAMPAIGN = (
    "Responses are those marked for this campaign, which held-out contacts were never told of. "
    "A lift is only fair with a response that both can give, such as a purchase."
)


def on_responses(rows: pd.DataFrame, rule: ResponseRule, data_until: dt.date | None, as_of: dt.date) -> tuple[str, ...]:
    """Say what to know of the responses to a campaign.

    Parameters
    ----------
    rows : pandas.DataFrame
        One row for each target.
    rule : ResponseRule
        What counted.
    data_until : datetime.date or None
        The last day that is known of at all.
    as_of : datetime.date
        The day of the evaluation.

    Returns
    -------
    tuple of str
        Sentences.
    """
    if rows.empty:
        return (NO_TARGETS,)
    said = [
        (
            int(rows["targeted_on"].isna().sum()),
            "Targets without a day: {n:,}; a response at any time counts for them.",
        ),
        (int(rows["is_open"].sum()), "Targets whose window ends after {as_of}: {n:,}; they may still respond."),
        (int(rows["is_late"].sum()), "Targets that responded only after their window: {n:,}; they do not count."),
    ]
    notes = [text.format(n=n, as_of=as_of) for n, text in said if n]
    last = rows["targeted_on"].max()
    watched_until = (
        as_of if rule.window_days is None or pd.isna(last) else min(as_of, last.date() + dt.timedelta(rule.window_days))
    )
    if data_until is not None and data_until < watched_until:
        notes.append(f"Nothing is known of days after {data_until}, though responses count until {watched_until}: "
                     "later ones may not have been loaded yet.")  # fmt: skip
    return tuple(notes)


def on_measurement(
    rows: pd.DataFrame, rule: ResponseRule, found: Figures, contaminated_count: int, as_of: dt.date
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
    as_of : datetime.date
        The day of the evaluation.

    Returns
    -------
    tuple of str
        Sentences.
    """
    notes = list(on_responses(rows, rule, None, as_of))
    if found.against is None:
        return (*notes, NO_HOLDOUT) if len(rows) else tuple(notes)
    if rule.response is None:
        notes.append(TIED_TO_CAMPAIGN)
    if contaminated_count:
        notes.append(
            f"Held-out contacts that the campaign contacted all the same: {contaminated_count:,}. "
            "They stay in the arm they were drawn into, which makes the lift look smaller than it is."
        )
    ratio = found.sample_ratio
    if ratio is not None and ratio.is_mismatch:
        sizes = ", ".join(f"{arm} {ratio.counted[arm]:,} (planned {n:,.0f})" for arm, n in ratio.expected.items())
        notes.append(
            f"The arms do not have the sizes they were drawn to have: {sizes}; chance does this in one of "
            f"{1 / max(ratio.p_value, 1e-12):,.0f} campaigns. Find the reason before reading any lift."
        )
    if len(found.lifts) > 1:
        notes.append(f"Arms compared: {len(found.lifts)}; verdicts are corrected for that (Holm).")
    return tuple(notes)
