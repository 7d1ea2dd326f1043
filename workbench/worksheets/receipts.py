"""What was done to a worksheet, or would be: one receipt for each kind of work, the same for a preview."""

from __future__ import annotations

import datetime as dt
import html
from dataclasses import dataclass, field, fields
from typing import Any

import pandas as pd

from pipelines.criteria import CriteriaAction


@dataclass(frozen=True)
class ActionStep:
    """What one action did to the lines.

    Attributes
    ----------
    action : CriteriaAction
        The action that was logged, or that going back took off the log.
    sentence : str
        The action in one line.
    matched : int
        Contacts that its filters give, expanded to companies where that was asked for; of a reduction or refinement,
        those among the lines.
    excluded : int
        Contacts among them that are excluded from segments and were left out.
    existing : int
        Contacts among them that were on a line already and were left out.
    added, removed : int
        Lines.
    line_count, contact_count : int
        Lines, and different contacts on them, afterwards.
    product_count : int
        Lines that Business Central would have afterwards.
    differences : tuple of str
        Why the two figures differ.
    is_undone : bool
        Whether going back took the action off the log.
    """

    action: CriteriaAction
    sentence: str
    matched: int
    excluded: int
    existing: int
    added: int
    removed: int
    line_count: int
    contact_count: int
    product_count: int
    differences: tuple[str, ...] = ()
    is_undone: bool = False


@dataclass(frozen=True)
class ActionReceipt:
    """What was done to a worksheet, or would be.

    Attributes
    ----------
    worksheet_no : str
        Which worksheet.
    as_of : datetime.date or None
        The day on which filters were evaluated; None where there were none.
    steps : tuple of ActionStep
        One for each action.
    line_count, contact_count, action_count : int
        Lines, different contacts on them and actions in the log, afterwards.
    notes : tuple of str
        Things to know that are no errors.
    is_written : bool
        False for a preview.
    """

    worksheet_no: str
    as_of: dt.date | None
    steps: tuple[ActionStep, ...]
    line_count: int
    contact_count: int
    action_count: int
    notes: tuple[str, ...] = ()
    is_written: bool = True

    @property
    def added(self) -> int:
        """Lines added by all steps."""
        return sum(step.added for step in self.steps)

    @property
    def removed(self) -> int:
        """Lines removed by all steps."""
        return sum(step.removed for step in self.steps)

    @property
    def product_count(self) -> int:
        """Lines that Business Central would have, had it done the last step to the lines before it."""
        return self.steps[-1].product_count if self.steps else self.line_count

    def frame(self) -> pd.DataFrame:
        """Show the steps as a table.

        Returns
        -------
        pandas.DataFrame
            One row for each.
        """
        names = [item.name for item in fields(ActionStep) if item.name != "action"]
        return pd.DataFrame([[getattr(step, name) for name in names] for step in self.steps], columns=names)

    def to_dict(self) -> dict[str, Any]:
        """Give the receipt as plain values.

        Returns
        -------
        dict
            With a list of steps.
        """
        return {
            "worksheet_no": self.worksheet_no,
            "as_of": self.as_of,
            "added": self.added,
            "removed": self.removed,
            "line_count": self.line_count,
            "contact_count": self.contact_count,
            "action_count": self.action_count,
            "product_count": self.product_count,
            "notes": list(self.notes),
            "is_written": self.is_written,
            "steps": self.frame().to_dict(orient="records"),
        }

    def _repr_html_(self) -> str:
        head = f"{self.worksheet_no}: {self.line_count:,} lines, {self.contact_count:,} contacts"
        return f"<b>{html.escape(head)}</b>{self.frame().to_html(index=False)}"


@dataclass(frozen=True)
class MailingGroupReceipt:
    """What applying a mailing group did, or would do.

    Attributes
    ----------
    worksheet_no, mailing_group_code : str
        Worksheet and group.
    contact_count : int
        Contacts on the lines.
    assigned : int
        Contacts that got the group.
    already : int
        Contacts that had it and keep it.
    removed : int
        Contacts from which it was taken, being on no line.
    is_written : bool
        False for a preview.
    """

    worksheet_no: str
    mailing_group_code: str
    contact_count: int
    assigned: int
    already: int
    removed: int
    is_written: bool


@dataclass(frozen=True)
class HeaderReceipt:
    """What a change of a worksheet's header did, or would do.

    Attributes
    ----------
    worksheet_no : str
        Which worksheet.
    changed : dict of str to object
        The fields of the header that are different now, with their new values.
    updated_lines : int
        Lines that took the value over.
    other_lines : int
        Lines that kept theirs: their template is not the header's, or the field does not go on to lines.
    is_written : bool
        False for a preview.
    """

    worksheet_no: str
    changed: dict[str, Any] = field(hash=False)
    updated_lines: int
    other_lines: int
    is_written: bool


@dataclass(frozen=True)
class LoggingReceipt:
    """What logging a worksheet did, or would do.

    Attributes
    ----------
    entry_no : int
        The number of the logged segment.
    segment_no : str
        The worksheet's number; the worksheet itself is gone.
    interaction_count : int
        Interactions written, one for each line.
    campaign_entry_count : int
        Campaign entries they belong to, one for each campaign on the lines.
    to_deliver_count : int
        Interactions marked as to be delivered.
    follow_up_no : str or None
        The worksheet made for following up, with the same contacts.
    notes : tuple of str
        Things to know that are no errors.
    is_written : bool
        False for a preview.
    """

    entry_no: int
    segment_no: str
    interaction_count: int
    campaign_entry_count: int
    to_deliver_count: int
    follow_up_no: str | None
    notes: tuple[str, ...]
    is_written: bool


@dataclass(frozen=True)
class CancelingReceipt:
    """What canceling logged segments did, or would do.

    Attributes
    ----------
    entry_nos : tuple of int
        Which ones.
    is_canceled : bool
        Whether they were canceled; else that was taken back.
    interaction_count, campaign_entry_count : int
        Rows that followed.
    is_written : bool
        False for a preview.
    """

    entry_nos: tuple[int, ...]
    is_canceled: bool
    interaction_count: int
    campaign_entry_count: int
    is_written: bool


@dataclass(frozen=True)
class LoggedDeletionReceipt:
    """What deleting logged segments did, or would do.

    Attributes
    ----------
    entry_nos : tuple of int
        Which ones are gone.
    interaction_count, campaign_entry_count : int
        Rows that stay and no longer name them.
    is_written : bool
        False for a preview.
    """

    entry_nos: tuple[int, ...]
    interaction_count: int
    campaign_entry_count: int
    is_written: bool
