"""Opportunities created, with or without their first stage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from workbench import config
from workbench.contact_rows.finding import id_of
from workbench.contact_rows.privacy import require_not_blocked
from workbench.errors import RuleError
from workbench.opportunities import checks, comment_rows, rows, steps
from workbench.opportunities.given import Estimates, on_day
from workbench.opportunities.moving import activation
from workbench.opportunities.receipts import OpportunityReceipt, StepReceipt
from workbench.opportunities.results import Opportunity
from workbench.setup import marketing_setup
from workbench.setup.work import Work
from workbench.store import Connection
from workbench.store.connection import first_row

_SALESPEOPLE = """
    WITH surrounding AS (
        SELECT 1 AS place, salesperson_code FROM worksheet WHERE worksheet_no = $segment_no
        UNION ALL SELECT 2, salesperson_code FROM campaign WHERE campaign_no = $campaign_no
        UNION ALL SELECT 3, salesperson_code FROM contact WHERE contact_no = $contact_no
        UNION ALL SELECT 4, salesperson_code FROM user_setup WHERE user_name = $user
    )
    SELECT n.salesperson_code FROM surrounding n LEFT JOIN salesperson s ON s.code = n.salesperson_code
    WHERE n.salesperson_code <> '' AND NOT coalesce(s.is_blocked OR s.is_privacy_blocked, FALSE) ORDER BY n.place
"""


class Creating(Work):
    """Creating opportunities."""

    def create(
        self,
        as_of: dt.date,
        *,
        opportunity_no: str | None = None,
        created_on: dt.date | str | None = None,
        activates: bool = False,
        estimated_amount: float | str | None = None,
        chances_rate: float | str | None = None,
        estimated_close_on: dt.date | str | None = None,
        comments: Sequence[str] = (),
        dry_run: bool = False,
        **fields: object,
    ) -> OpportunityReceipt:
        """Create an opportunity, as the create wizard does.

        Parameters
        ----------
        as_of : datetime.date
            The day of the work, which chooses the line of the number series.
        opportunity_no : str, optional
            Its number; the next one, such as OP000001, where absent.
        created_on : datetime.date or str, optional
            Its creation date; `as_of` where absent.
        activates : bool, optional
            Whether it starts at the first stage of its cycle.
        estimated_amount, chances_rate : float or str, optional
            Of one that is activated: estimated value, and chances of success, 0 to 1; those of the stage where absent.
        estimated_close_on : datetime.date or str, optional
            Of one that is activated: when it is expected to close.
        comments : sequence of str, optional
            What is said about it.
        dry_run : bool, optional
            Only tell what would happen.
        **fields : object
            `description` and `contact_no`, and any other of `checks.FIELDS`: `salesperson_code`, `campaign_no`,
            `segment_no`, `sales_cycle_code`, `priority`, `item_no`.

        Returns
        -------
        OpportunityReceipt
            Its number and its fields, and its first entry where it was activated.

        Raises
        ------
        ConfigError
            When there is no such field, or a value does not suit it.
        NotFoundError
            When it refers to what is not there.
        ConflictError
            When the number is taken.
        RuleError
            When something must be filled in, the contact is privacy blocked, the salesperson or the cycle is blocked,
            the campaign does not run or is not activated, or the worksheet is another campaign's.

        Notes
        -----
        Without a sales cycle it has the default one of marketing setup, unless that is blocked. Without a salesperson
        it is that of the worksheet, the campaign, the contact, or the user, in this order. Without a campaign it has
        that of the worksheet, and without a worksheet the only one of the campaign.
        """
        with self._unit(dry_run) as con:
            return creating(
                con, fields, as_of, opportunity_no=opportunity_no, created_on=on_day(created_on),
                estimates=(estimated_amount, chances_rate, estimated_close_on) if activates else None,
                comments=[(text.strip(), as_of) for text in comments if text.strip()], dry_run=dry_run,
            )  # fmt: skip


def creating(
    con: Connection,
    fields: Mapping[str, object],
    as_of: dt.date,
    *,
    opportunity_no: str | None = None,
    created_on: dt.date | None = None,
    estimates: Estimates | None = None,
    comments: Sequence[tuple[str, dt.date | None]] = (),
    checks_campaign: bool = True,
    dry_run: bool = False,
) -> OpportunityReceipt:
    """Create an opportunity within a unit of work.

    Parameters
    ----------
    con : connection
        A unit of work; one that writes unless it is a preview.
    fields : mapping of str to object
        As for `Creating.create`.
    as_of : datetime.date
        The day of the work.
    opportunity_no : str, optional
        Its number.
    created_on : datetime.date, optional
        Its creation date; `as_of` where absent.
    estimates : tuple, optional
        Of one that is activated: estimated value, chances and closing date. Where absent it is not.
    comments : sequence of tuple of str and datetime.date or None, optional
        What is said about it, and when.
    checks_campaign : bool, optional
        Whether the campaign has to run; one taken over from somewhere does not (table 5092).
    dry_run : bool, optional
        Only tell what would happen.

    Returns
    -------
    OpportunityReceipt
        As `Creating.create` gives it.

    Raises
    ------
    ConfigError, NotFoundError, ConflictError, RuleError
        As for `Creating.create`.
    """
    values = _values(con, checks.checked(con, fields), created_on or as_of, checks_campaign)
    number = checks.new_number(con, opportunity_no, as_of, dry_run)
    opportunity = _drafted(con, number, values)
    if not dry_run:
        _write(con, opportunity, comments)
    step = None if estimates is None else activation(con, opportunity, as_of, dry_run, estimates, needs_estimates=True)
    return OpportunityReceipt(number, _changed(values), step, notes=_notes(step), is_written=not dry_run)


def _values(con: Connection, given: Mapping[str, Any], created_on: dt.date, checks_campaign: bool) -> dict[str, Any]:
    """Fill in what follows, and refuse what cannot be."""
    values: dict[str, Any] = {**dict.fromkeys(checks.FIELDS), **given, "created_on": created_on}
    if values["campaign_no"] and checks_campaign:
        checks.check_campaign(con, values["campaign_no"], created_on)
    values["segment_no"] = values["segment_no"] or checks.only_segment(con, values["campaign_no"])
    if values["segment_no"]:
        checks.check_segment(con, values["segment_no"], values["campaign_no"])
        values["campaign_no"] = values["campaign_no"] or checks.campaign_of(con, values["segment_no"])
    values["salesperson_code"] = values["salesperson_code"] or _salesperson(con, values)
    values["sales_cycle_code"] = values["sales_cycle_code"] or _default_cycle(con)
    values["priority"] = values["priority"] or "normal"
    _check_given(values)
    require_not_blocked(con, id_of(con, values["contact_no"]), "new opportunities")
    return values


def _check_given(values: Mapping[str, Any]) -> None:
    if values["description"] is None:
        raise RuleError("You must fill in the Description field.", "Give it as description.")
    if values["contact_no"] is None:
        raise RuleError("You must fill in the contact that is involved in the opportunity.", "Give it as contact_no.")
    if values["salesperson_code"] is None:
        raise RuleError("You must fill in the Salesperson Code field.", "Give it as salesperson_code.")
    if values["sales_cycle_code"] is None:
        raise RuleError("You must fill in the Sales Cycle Code field.", "Give it as sales_cycle_code.")


def _default_cycle(con: Connection) -> str | None:
    code = marketing_setup.read(con).default_sales_cycle_code
    known = first_row(con, "SELECT 1 FROM sales_cycle WHERE code = ?", [code])
    return None if known is None or checks.is_blocked(con, code) else code


def _salesperson(con: Connection, values: Mapping[str, Any]) -> str | None:
    asked = {name: values[name] for name in ("segment_no", "campaign_no", "contact_no")}
    found = con.execute(_SALESPEOPLE, {**asked, "user": config.user()}).fetchall()
    return str(found[0][0]) if found else None


def _drafted(con: Connection, number: str, values: Mapping[str, Any]) -> Opportunity:
    name, company_no, company = rows.contact_names(con, values["contact_no"])
    kept = {field: values[field] for field in (*checks.FIELDS, "created_on")}
    return Opportunity(
        **kept, opportunity_no=number, contact_name=name, company_no=company_no, company_name=company,
        status="not_started", closed_on=None, stage=None, estimated_amount=None, calculated_amount=None,
        probability_rate=None, estimated_close_on=None, document_type=None, document_no=None,
    )  # fmt: skip


def _write(con: Connection, opportunity: Opportunity, comments: Sequence[tuple[str, dt.date | None]]) -> None:
    columns = [name for name in checks.FIELDS if name != "contact_no"]
    values = {name: getattr(opportunity, name) for name in (*columns, "status", "created_on")}
    contact_id = id_of(con, str(opportunity.contact_no))
    steps.insert(con, opportunity.opportunity_no, {**values, "contact_id": contact_id})
    for text, on in comments:
        comment_rows.add(con, opportunity.opportunity_no, text, on)


def _changed(values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {name: (None, value) for name, value in values.items() if value is not None}


def _notes(step: StepReceipt | None) -> tuple[str, ...]:
    return () if step is None else step.notes
