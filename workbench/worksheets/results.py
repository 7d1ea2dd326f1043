"""Worksheets, their criteria and logged segments as their users see them."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from typing import Any

import pandas as pd

from pipelines.criteria import CriteriaAction


@dataclass(frozen=True)
class Header:
    """What a worksheet hands on to its lines (Business Central's Segment Header, table 5076).

    Attributes
    ----------
    description, campaign_no, salesperson_code : str or None
        Of the worksheet and of each new line; a line without salesperson takes the contact's.
    correspondence_type : str or None
        ``hard_copy`` or ``email``; for lines only where `ignores_contact_correspondence`.
    interaction_template_code, interaction_group_code : str or None
        What the interactions will be.
    unit_cost_amount : decimal.Decimal or None
        Cost of each line, in the store's currency.
    unit_duration_minutes : float or None
        Duration of each line.
    dated_on : datetime.date
        The day of the interactions.
    is_campaign_target, is_campaign_response : bool
        What the lines are to their campaign.
    information_flow, initiated_by : str or None
        ``outbound`` or ``inbound``; ``us`` or ``them``.
    language_code, subject : str or None
        Language and subject; a line without language takes the contact's.
    ignores_contact_correspondence : bool
        Whether the worksheet's correspondence type goes before the contact's.
    word_template_code, attachment_no : str or int or None
        What is sent, in the place of what the template says: a Word template to merge, or a file as it is.
    sends_word_documents_as_attachments : bool
        Whether e-mails bring the merged document as a file; else its text is the message.
    """

    dated_on: dt.date
    description: str | None = None
    campaign_no: str | None = None
    salesperson_code: str | None = None
    correspondence_type: str | None = None
    interaction_template_code: str | None = None
    interaction_group_code: str | None = None
    unit_cost_amount: Decimal | None = None
    unit_duration_minutes: float | None = None
    is_campaign_target: bool = False
    is_campaign_response: bool = False
    information_flow: str | None = None
    initiated_by: str | None = None
    language_code: str | None = None
    subject: str | None = None
    ignores_contact_correspondence: bool = False
    word_template_code: str | None = None
    attachment_no: int | None = None
    sends_word_documents_as_attachments: bool = False


@dataclass(frozen=True)
class Worksheet:
    """A worksheet with its figures.

    Attributes
    ----------
    worksheet_no : str
        Its number.
    header : Header
        What it hands on to its lines.
    line_count : int
        How many lines it has.
    contact_count : int
        How many different contacts are on them.
    action_count : int
        How many actions its criteria have.
    cost_amount : decimal.Decimal
        The cost of all lines, in the store's currency.
    duration_minutes : float
        The duration of all lines.
    """

    worksheet_no: str
    header: Header
    line_count: int
    contact_count: int
    action_count: int
    cost_amount: Decimal
    duration_minutes: float

    def to_dict(self) -> dict[str, Any]:
        """Give the worksheet as plain values.

        Returns
        -------
        dict
            Header and figures on one level.
        """
        figures = {item.name: getattr(self, item.name) for item in fields(self) if item.name != "header"}
        return {"worksheet_no": self.worksheet_no, **asdict(self.header), **figures}

    def frame(self) -> pd.DataFrame:
        """Show the worksheet as a table.

        Returns
        -------
        pandas.DataFrame
            Columns field, value.
        """
        return pd.DataFrame(list(self.to_dict().items()), columns=["field", "value"])

    def _repr_html_(self) -> str:
        return f"<b>{html.escape(self.worksheet_no)}</b>{self.frame().to_html(index=False)}"


@dataclass(frozen=True)
class WorksheetList:
    """The worksheets.

    Attributes
    ----------
    worksheets : tuple of Worksheet
        By number.
    """

    worksheets: tuple[Worksheet, ...]

    def __iter__(self) -> Iterator[Worksheet]:
        return iter(self.worksheets)

    def __len__(self) -> int:
        return len(self.worksheets)

    def frame(self) -> pd.DataFrame:
        """Show the list as a table.

        Returns
        -------
        pandas.DataFrame
            Columns worksheet_no, description, campaign_no, dated_on, line_count, contact_count, action_count.
        """
        of_header = ("description", "campaign_no", "dated_on")
        figures = ("line_count", "contact_count", "action_count")
        rows = [
            [one.worksheet_no, *(getattr(one.header, name) for name in of_header), *(getattr(one, n) for n in figures)]
            for one in self.worksheets
        ]
        return pd.DataFrame(rows, columns=["worksheet_no", *of_header, *figures])

    def _repr_html_(self) -> str:
        return self.frame().to_html(index=False)


@dataclass(frozen=True)
class LoggedAction:
    """An action in a log of criteria.

    Attributes
    ----------
    number : int
        From 1.
    action : CriteriaAction
        With its filters and options.
    line_no : int
        The number of its line in the log; its filters are on the lines after it.
    """

    number: int
    action: CriteriaAction
    line_no: int


@dataclass(frozen=True)
class CriteriaLog:
    """The actions of a worksheet, or of saved criteria.

    Attributes
    ----------
    actions : tuple of LoggedAction
        In the order in which they were done.
    """

    actions: tuple[LoggedAction, ...]

    def frame(self) -> pd.DataFrame:
        """Show the log as the product shows it: a line for each action and for each filter.

        Returns
        -------
        pandas.DataFrame
            Columns line_no, type, text, filter_count.
        """
        rows: list[tuple[int, str, str, int]] = []
        for entry in self.actions:
            filters = entry.action.filters
            rows.append((entry.line_no, "action", entry.action.head, len(filters)))
            rows += [(entry.line_no + at, "filter", each.text, 0) for at, each in enumerate(filters, start=1)]
        return pd.DataFrame(rows, columns=["line_no", "type", "text", "filter_count"])

    def to_dict(self) -> dict[str, Any]:
        """Give the log as plain values.

        Returns
        -------
        dict
            With a list of actions.
        """
        return {"actions": [{"number": entry.number, **entry.action.to_dict()} for entry in self.actions]}

    def _repr_html_(self) -> str:
        return self.frame().to_html(index=False)


@dataclass(frozen=True)
class SavedCriteria:
    """Criteria that were saved under a code.

    Attributes
    ----------
    code : str
        The code.
    description : str or None
        What they are for.
    action_count : int
        How many actions they have.
    saved_at : datetime.datetime
        When, in UTC.
    saved_by : str or None
        By whom, where that is known.
    """

    code: str
    description: str | None
    action_count: int
    saved_at: dt.datetime
    saved_by: str | None


@dataclass(frozen=True)
class LoggedSegment:
    """A worksheet that was logged: its lines have become interactions.

    Attributes
    ----------
    entry_no : int
        Its number.
    segment_no : str
        The worksheet's number.
    description : str or None
        The worksheet's description.
    created_on : datetime.date
        The day.
    logged_by : str or None
        By whom, where that is known.
    is_canceled : bool
        Whether it was canceled.
    interaction_count, campaign_entry_count : int
        Interactions and campaign entries that are as canceled as itself.
    """

    entry_no: int
    segment_no: str
    description: str | None
    created_on: dt.date
    logged_by: str | None
    is_canceled: bool
    interaction_count: int
    campaign_entry_count: int
