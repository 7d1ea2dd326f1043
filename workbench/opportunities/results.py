"""What is known of opportunities."""

from __future__ import annotations

import datetime as dt
import html
from dataclasses import dataclass, field, fields

import pandas as pd

from pipelines.opportunity_values import Values
from pipelines.sales_cycle_rules import Offer, Stage

CLOSED = ("won", "lost")
STATUSES = ("not_started", "in_progress", *CLOSED)
PRIORITIES = ("low", "normal", "high")


@dataclass(frozen=True)
class Entry:
    """One step of an opportunity through its sales cycle (table 5093).

    Attributes
    ----------
    opportunity_entry_no : str
        Its number.
    stage_no : int or None
        The stage; 0 for the entry that closes, None where a file did not say.
    changed_on : datetime.date
        The day of the step.
    action_taken : str or None
        ``"next"``, ``"previous"``, ``"updated"``, ``"jumped"``, ``"won"``, ``"lost"``, or None for the first.
    estimated_amount, calculated_amount : float
        Estimated and calculated current value.
    completed_rate, chances_rate, probability_rate : float
        From 0 to 1.
    estimated_close_on : datetime.date or None
        When it is expected to close.
    close_opportunity_code : str or None
        Why it was closed.
    """

    opportunity_entry_no: str
    stage_no: int | None
    changed_on: dt.date
    action_taken: str | None
    estimated_amount: float
    calculated_amount: float
    completed_rate: float
    chances_rate: float
    probability_rate: float
    estimated_close_on: dt.date | None
    close_opportunity_code: str | None

    @property
    def values(self) -> Values:
        """What it says the opportunity is worth."""
        return Values(
            self.changed_on, self.estimated_amount, self.chances_rate, self.estimated_close_on, self.completed_rate,
            self.probability_rate, self.calculated_amount,
        )  # fmt: skip


@dataclass(frozen=True)
class Opportunity:
    """A possible sale (table 5092).

    Attributes
    ----------
    opportunity_no : str
        Its number.
    description : str or None
        What could be sold.
    contact_no, contact_name : str or None
        With whom.
    company_no, company_name : str or None
        The contact's company.
    salesperson_code, campaign_no, segment_no, sales_cycle_code : str or None
        What it belongs to.
    status : str
        ``"not_started"``, ``"in_progress"``, ``"won"`` or ``"lost"``.
    priority : str
        ``"low"``, ``"normal"`` or ``"high"``.
    created_on, closed_on : datetime.date or None
        When it came to be, and when it was closed.
    stage : str or None
        The description of its stage, else the number; None where it has none.
    estimated_amount, calculated_amount : float or None
        Estimated and calculated current value.
    probability_rate : float or None
        From 0 to 1.
    estimated_close_on : datetime.date or None
        When it is expected to close.
    item_no : str or None
        What is to be sold.
    document_type, document_no : str or None
        The sales document that came of it.
    """

    opportunity_no: str
    description: str | None
    contact_no: str | None
    contact_name: str | None
    company_no: str | None
    company_name: str | None
    salesperson_code: str | None
    campaign_no: str | None
    segment_no: str | None
    sales_cycle_code: str | None
    status: str
    priority: str
    created_on: dt.date | None
    closed_on: dt.date | None
    stage: str | None
    estimated_amount: float | None
    calculated_amount: float | None
    probability_rate: float | None
    estimated_close_on: dt.date | None
    item_no: str | None
    document_type: str | None
    document_no: str | None

    @property
    def is_closed(self) -> bool:
        """Whether it was won or lost."""
        return self.status in CLOSED

    @property
    def has_quote(self) -> bool:
        """Whether a sales quote is linked with it."""
        return self.document_type == "quote" and self.document_no is not None


NAMES = tuple(item.name for item in fields(Opportunity))


@dataclass(frozen=True)
class OpportunityCard:
    """Everything about one opportunity.

    Attributes
    ----------
    opportunity : Opportunity
        Its fields.
    active : Entry or None
        Where it stands; None where it was never activated.
    offers : dict of str to Offer
        Where it may go, by action that is enabled; nothing leads on from a closed one.
    default_action : str or None
        What is done unless somebody says otherwise.
    remaining : tuple of Stage
        The stages before it.
    entries : pandas.DataFrame
        Its history, the first step first: opportunity_entry_no, changed_on, action_taken, stage_no, stage,
        previous_stage_no, is_active, open_days, estimated_amount, calculated_amount, completed_rate, chances_rate,
        probability_rate, estimated_close_on, closed_on, close_opportunity_code, salesperson_code, campaign_no.
    comments : pandas.DataFrame
        line_no, commented_on, comment.
    """

    opportunity: Opportunity
    active: Entry | None
    offers: dict[str, Offer] = field(repr=False)
    default_action: str | None
    remaining: tuple[Stage, ...] = field(repr=False)
    entries: pd.DataFrame = field(repr=False)
    comments: pd.DataFrame = field(repr=False)

    def frame(self) -> pd.DataFrame:
        """Show the fields as a table.

        Returns
        -------
        pandas.DataFrame
            Columns field and value, blank ones left out.
        """
        held = [[name, getattr(self.opportunity, name)] for name in NAMES]
        return pd.DataFrame([row for row in held if row[1] not in (None, "")], columns=["field", "value"])

    def _repr_html_(self) -> str:
        head = html.escape(f"{self.opportunity.opportunity_no} {self.opportunity.description or ''}")
        return f"<b>{head}</b>{self.frame().to_html(index=False)}{self.entries.to_html(index=False)}"


@dataclass(frozen=True)
class OpportunityList:
    """Opportunities, and how many are due.

    Attributes
    ----------
    as_of : datetime.date
        The day that tells what is due.
    opportunities : pandas.DataFrame
        One row for each, the fields of `Opportunity` and `stage_no`.
    total : int
        How many there are, those beyond `opportunities` included.
    open_count : int
        Those not closed among all of them.
    due_count, overdue_count : int
        Open ones whose active entry expects to close within seven days from `as_of`, and before it.
    estimated_amount, calculated_amount : float
        Sums over the open ones.
    """

    as_of: dt.date
    opportunities: pd.DataFrame = field(repr=False)
    total: int
    open_count: int
    due_count: int
    overdue_count: int
    estimated_amount: float
    calculated_amount: float

    def frame(self) -> pd.DataFrame:
        """Show the opportunities.

        Returns
        -------
        pandas.DataFrame
            `opportunities`.
        """
        return self.opportunities

    def _repr_html_(self) -> str:
        head = f"Opportunities: {self.total}, open: {self.open_count}, overdue on {self.as_of}: {self.overdue_count}"
        return f"<b>{head}</b>{self.opportunities.to_html(index=False)}"
