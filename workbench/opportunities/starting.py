"""Opportunities that begin elsewhere: on the lines of a worksheet, or with an interaction.

References
----------
Business Central, table 5092, Opportunity: `CreateOppFromOpp`, `InsertOpportunity`, `CreateFromInteractionLogEntry`;
table 5065, Interaction Log Entry: `CanCreateOpportunity`.
"""

from __future__ import annotations

import datetime as dt
import html
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from workbench.contact_rows.related import NOBODY
from workbench.errors import ConfigError, NotFoundError, RuleError, nearest
from workbench.opportunities import remarks
from workbench.opportunities.creating import creating
from workbench.opportunities.given import Estimates
from workbench.opportunities.receipts import OpportunityReceipt
from workbench.setup.work import Work
from workbench.store import Connection
from workbench.store.connection import first_row

_WORKSHEET = "SELECT description, salesperson_code FROM worksheet WHERE worksheet_no = ?"
_LINES = """
    SELECT c.contact_no, coalesce(c.is_privacy_blocked, FALSE)
    FROM worksheet_line l JOIN contact c USING (contact_id) WHERE l.worksheet_no = ? ORDER BY l.line_no
"""
# What it refers to may be gone meanwhile, such as the worksheet that was logged, or a salesperson who left.
_INTERACTION = f"""
    SELECT coalesce(i.description, i.subject), w.worksheet_no, k.campaign_no, s.code, c.contact_no, i.is_canceled,
        i.opportunity_no
    FROM interaction i LEFT JOIN contact c ON c.contact_id = i.contact_id AND i.contact_id <> {NOBODY}
    LEFT JOIN worksheet w ON w.worksheet_no = i.segment_no LEFT JOIN campaign k ON k.campaign_no = i.campaign_no
    LEFT JOIN salesperson s ON s.code = i.salesperson_code AND NOT (s.is_blocked OR s.is_privacy_blocked)
    WHERE i.entry_no = ?
"""  # noqa: S608 - a number of ours
_SAID = "SELECT comment, commented_on FROM interaction_comment WHERE interaction_entry_no = ? ORDER BY line_no"
_FROM_LINE = ("contact_no", "segment_no", "campaign_no")
_TOLD = ("contact_no", "description", "salesperson_code", "campaign_no", "sales_cycle_code")


@dataclass(frozen=True)
class OpportunitiesReceipt:
    """Opportunities that were created together, or would be.

    Attributes
    ----------
    worksheet_no : str
        The worksheet they came from.
    opportunities : pandas.DataFrame
        One row for each, in the order of the lines: opportunity_no (unknown in a preview of several), contact_no,
        description, salesperson_code, campaign_no, sales_cycle_code, is_activated, task_count.
    notes : tuple of str
        Who was left out, and other things to know.
    is_written : bool
        False for a preview.
    """

    worksheet_no: str
    opportunities: pd.DataFrame = field(repr=False)
    notes: tuple[str, ...] = ()
    is_written: bool = True

    def frame(self) -> pd.DataFrame:
        """Show the opportunities.

        Returns
        -------
        pandas.DataFrame
            `opportunities`.
        """
        return self.opportunities

    def _repr_html_(self) -> str:
        head = f"Opportunities from {self.worksheet_no}: {len(self.opportunities):,}"
        return f"<b>{html.escape(head)}</b>{self.opportunities.to_html(index=False)}"


class Starting(Work):
    """Opportunities that begin elsewhere."""

    def from_worksheet(
        self,
        worksheet_no: str,
        as_of: dt.date,
        *,
        activates: bool = False,
        estimated_amount: float | str | None = None,
        chances_rate: float | str | None = None,
        estimated_close_on: dt.date | str | None = None,
        dry_run: bool = False,
        **fields: object,
    ) -> OpportunitiesReceipt:
        """Create an opportunity for each line of a worksheet.

        Parameters
        ----------
        worksheet_no : str
            The worksheet.
        as_of : datetime.date
            The day of the work, which chooses the line of the number series.
        activates : bool, optional
            Whether they start at the first stage of their cycle.
        estimated_amount, chances_rate, estimated_close_on : optional
            Of each of them, as for `create`.
        dry_run : bool, optional
            Only tell what would happen.
        **fields : object
            What all of them have, as for `create`; the worksheet tells contact and campaign, and description and
            salesperson where nobody says them.

        Returns
        -------
        OpportunitiesReceipt
            One for each line; lines of contacts that are privacy blocked are left out.

        Raises
        ------
        NotFoundError
            When there is no such worksheet, or a field refers to what is not there.
        ConfigError
            When a field is the worksheet's to tell, or a value does not suit it.
        RuleError
            When no line is left, or a rule refuses one of them; nothing is written then.

        Notes
        -----
        As in Business Central the campaign of a worksheet does not have to run, and a contact on two lines gets two.
        """
        estimates = (estimated_amount, chances_rate, estimated_close_on) if activates else None
        _refuse_told(fields)
        with self._unit(dry_run) as con:
            contacts, notes = _on_lines(con, worksheet_no)
            shared = {**_of_worksheet(con, worksheet_no, fields), "segment_no": worksheet_no}
            made = [
                creating(con, {**shared, "contact_no": one}, as_of, estimates=estimates, dry_run=dry_run)
                for one in contacts
            ]
        return OpportunitiesReceipt(worksheet_no, _told(made), notes, not dry_run)

    def from_interaction(
        self,
        interaction_entry_no: int,
        as_of: dt.date,
        *,
        activates: bool = False,
        estimated_amount: float | str | None = None,
        chances_rate: float | str | None = None,
        estimated_close_on: dt.date | str | None = None,
        dry_run: bool = False,
        **fields: object,
    ) -> OpportunityReceipt:
        """Create an opportunity of an interaction, which belongs to it from then on.

        Parameters
        ----------
        interaction_entry_no : int
            The interaction, as the log numbers it.
        as_of : datetime.date
            The day of the work, which chooses the line of the number series.
        activates : bool, optional
            Whether it starts at the first stage of its cycle.
        estimated_amount, chances_rate, estimated_close_on : optional
            As for `create`.
        dry_run : bool, optional
            Only tell what would happen.
        **fields : object
            As for `create`, in the place of what the interaction tells: description, contact, salesperson, campaign
            and segment.

        Returns
        -------
        OpportunityReceipt
            With the comments of the interaction.

        Raises
        ------
        NotFoundError
            When there is no such interaction, or a field refers to what is not there.
        ConfigError
            When a value does not suit its field.
        RuleError
            When the interaction is canceled or has an opportunity already, or a rule refuses it.
        """
        estimates: Estimates | None = (estimated_amount, chances_rate, estimated_close_on) if activates else None
        with self._unit(dry_run) as con:
            told = _of_interaction(con, interaction_entry_no)
            receipt = creating(
                con, {**told, **fields}, as_of, estimates=estimates, dry_run=dry_run,
                comments=[(text, on) for text, on in con.execute(_SAID, [interaction_entry_no]).fetchall()],
                checks_campaign=bool(fields.get("campaign_no")),
            )  # fmt: skip
            if not dry_run:
                con.execute(
                    "UPDATE interaction SET opportunity_no = ? WHERE entry_no = ?",
                    [receipt.opportunity_no, interaction_entry_no],
                )
        return receipt


def _refuse_told(fields: dict[str, object]) -> None:
    for name in _FROM_LINE:
        if name in fields:
            raise ConfigError(f"The worksheet tells {name}.", "Leave it out.")


def _on_lines(con: Connection, worksheet_no: str) -> tuple[list[str], tuple[str, ...]]:
    lines = con.execute(_LINES, [worksheet_no]).fetchall()
    allowed = [contact_no for contact_no, is_blocked in lines if not is_blocked]
    if not allowed:
        _worksheet(con, worksheet_no)
        raise RuleError("You cannot create opportunities on an empty segment.", "Add contacts to the worksheet.")
    return allowed, remarks.blocked(len(lines) - len(allowed))


def _worksheet(con: Connection, worksheet_no: str) -> tuple[Any, ...]:
    row = first_row(con, _WORKSHEET, [worksheet_no])
    if row is None:
        known = [no for (no,) in con.execute("SELECT worksheet_no FROM worksheet ORDER BY 1").fetchall()]
        raise NotFoundError(f'There is no worksheet "{worksheet_no}".', nearest(worksheet_no, known) or "Create one.")
    return row


def _of_worksheet(con: Connection, worksheet_no: str, given: dict[str, object]) -> dict[str, object]:
    told = dict(zip(("description", "salesperson_code"), _worksheet(con, worksheet_no), strict=True))
    return {**told, **{name: value for name, value in given.items() if value not in (None, "")}}


def _of_interaction(con: Connection, entry_no: int) -> dict[str, object]:
    row = first_row(con, _INTERACTION, [entry_no])
    if row is None:
        raise NotFoundError(
            f"There is no interaction {entry_no}.", "See `workbench interaction list` for those there are."
        )
    *told, is_canceled, opportunity_no = row
    if is_canceled:
        raise RuleError(f"The interaction {entry_no} is canceled.", "Choose one that counts, or take that back.")
    if opportunity_no:
        raise RuleError(
            f"The interaction {entry_no} belongs to the opportunity {opportunity_no}.", "It gets no second one."
        )
    names = ("description", "segment_no", "campaign_no", "salesperson_code", "contact_no")
    return {name: value for name, value in zip(names, told, strict=True) if value is not None}


def _told(made: list[OpportunityReceipt]) -> pd.DataFrame:
    is_known = len(made) == 1 or made[0].is_written
    records = [
        [
            one.opportunity_no if is_known else None, *((one.changed.get(name) or (None, None))[1] for name in _TOLD),
            one.first_step is not None, 0 if one.first_step is None else one.first_step.created_task_count,
        ]
        for one in made
    ]  # fmt: skip
    names = ["opportunity_no", *_TOLD, "is_activated", "task_count"]
    types = {**dict.fromkeys(names[:-2], "str"), "is_activated": "bool", "task_count": "int64"}
    return pd.DataFrame(records, columns=names).astype(types)
