"""What is told of the responses to a campaign."""

from __future__ import annotations

import datetime as dt
import html
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from pipelines.response_rule import ResponseRule, written


@dataclass(frozen=True)
class Responses:
    """Responses to a campaign by contact, by company and by entry, side by side.

    Attributes
    ----------
    campaign_no : str
        Which campaign.
    as_of : datetime.date
        Targets and responses after this day are left out.
    rule : ResponseRule
        What counted as a response.
    is_written : bool
        Whether the rule was saved now; false for a preview and where none was given.
    counts : pandas.DataFrame
        One row each for `by` = ``"contact"``, ``"company"`` and ``"entry"``: `target_count` (contacts, companies,
        contacts), `response_count` (contacts that responded, companies with somebody who did, entries), `response_rate`
        with `rate_low` and `rate_high` (95 % Wilson interval; NaN for entries, of which a contact can have several).
    early_count : int
        Entries of targets before their day; they do not count.
    late_count : int
        Entries of targets after the window; they do not count.
    late_only_count : int
        Targets that responded, but only after the window.
    open_count : int
        Targets whose window ends after `as_of`: more responses may come.
    undated_count : int
        Targets without a day, for whom a response at any time counts.
    data_until : datetime.date or None
        The last day of which the table of responses knows anything at all; None where it is empty.
    notes : tuple of str
        Things to know that are no errors.
    rows : pandas.DataFrame
        One row for each target, as `frame` gives it.
    """

    campaign_no: str
    as_of: dt.date
    rule: ResponseRule
    is_written: bool
    counts: pd.DataFrame = field(repr=False)
    early_count: int
    late_count: int
    late_only_count: int
    open_count: int
    undated_count: int
    data_until: dt.date | None
    notes: tuple[str, ...]
    rows: pd.DataFrame = field(repr=False)

    def frame(self) -> pd.DataFrame:
        """Show the targets.

        Returns
        -------
        pandas.DataFrame
            One row for each: contact_id, contact_no, company, arm, targeted_on, is_responder, responded_on,
            response_days, response_count, late_response_count, early_response_count, is_open.
        """
        return self.rows

    def to_dict(self) -> dict[str, Any]:
        """Give everything but the targets as plain values.

        Returns
        -------
        dict of str to object
            For JSON; days stay days.
        """
        plain = {name: value for name, value in self.__dict__.items() if name not in ("rows", "counts", "rule")}
        return {**plain, "rule": written(self.rule), "counts": self.counts.to_dict("records")}

    def _repr_html_(self) -> str:
        head = f"Responses to {self.campaign_no} as of {self.as_of.isoformat()}, of its targets"
        notes = "".join(f"<li>{html.escape(note)}</li>" for note in self.notes)
        return f"<b>{html.escape(head)}</b>{self.counts.to_html(index=False)}<ul>{notes}</ul>"
