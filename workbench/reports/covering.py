"""Cover sheets: addressees, salutations, remarks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.code_tables import NAME_PARTS
from pipelines.salutation import render
from workbench.errors import ConfigError, nearest
from workbench.interactions import campaign_entries, writing
from workbench.reports import addressees, statements
from workbench.reports.results import REMARKS, CoverSheet
from workbench.reports.whom import in_order
from workbench.setup import MarketingSetup
from workbench.store import Connection
from workbench.templates import Template, rows

DOCUMENT = "cover_sheet"
"""The kind of document that setup may name a template for."""


def check_remarks(remarks: Sequence[str]) -> None:
    """Refuse check boxes that a cover sheet does not have.

    Parameters
    ----------
    remarks : sequence of str
        Those to cross.

    Raises
    ------
    ConfigError
        For the first that does not exist.
    """
    for remark in remarks:
        if remark not in REMARKS:
            raise ConfigError(f'A cover sheet has no remark "{remark}".', nearest(remark, REMARKS))


def sheets(
    con: Connection, held: pd.DataFrame, ids: npt.NDArray[np.int64], marketing: MarketingSetup
) -> tuple[CoverSheet, ...]:
    """Make a sheet for each addressee.

    Parameters
    ----------
    con : connection
        An open unit of work.
    held : pandas.DataFrame
        As `addressees.read` gives them.
    ids : numpy.ndarray of int
        Their contacts.
    marketing : MarketingSetup
        For the language of contacts that name none, and for our own country.

    Returns
    -------
    tuple of CoverSheet
        In the order of the rows.
    """
    said = _salutations(con, ids, marketing.default_language_code)
    lines = addressees.blocks(held, marketing.default_country_code, addressees.countries(con))
    return tuple(
        CoverSheet(number, block, said.get(int(contact_id), ""))
        for contact_id, (number, block) in zip(ids, lines, strict=True)
    )


def template(con: Connection, code: str | None) -> Template | None:
    """Find what the interactions of cover sheets begin with.

    Parameters
    ----------
    con : connection
        An open unit of work.
    code : str or None
        The template that somebody named; else it is that of setup for cover sheets.

    Returns
    -------
    Template or None
        None where neither names one.

    Raises
    ------
    NotFoundError
        When there is none of that code.
    RuleError
        When that of setup sends something itself.
    """
    return rows.for_document(con, DOCUMENT) if code is None else rows.found(con, code)


def log(
    con: Connection,
    ids: npt.NDArray[np.int64],
    used: Template | None,
    campaign_no: str | None,
    as_of: dt.date,
    at: dt.datetime,
) -> None:
    """Write an interaction for each cover sheet.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    ids : numpy.ndarray of int
        The contacts, one for each sheet.
    used : Template or None
        What they begin with.
    campaign_no : str or None
        The campaign of the worksheet they are for; else it is the template's.
    as_of : datetime.date
        The day.
    at : datetime.datetime
        When it begins, in UTC.
    """
    with in_order(con, ids):
        logged = con.execute(statements.LOGGED).df()
    if logged.empty:
        return
    begun = used or Template("", correspondence_type="hard_copy")
    campaign = campaign_no or begun.campaign_no
    values: dict[str, Any] = {
        "occurred_at": at, "document_type": DOCUMENT, "description": "Cover sheet",
        "interaction_template_code": begun.interaction_template_code or None,
        "interaction_group_code": begun.interaction_group_code,
        "information_flow": begun.information_flow or "outbound", "initiated_by": begun.initiated_by or "us",
        "correspondence_type": begun.correspondence_type or "hard_copy", "campaign_no": campaign,
        "campaign_entry_no": _campaign_entry(con, campaign, as_of),
        "is_campaign_target": begun.is_campaign_target, "is_campaign_response": begun.is_campaign_response,
        "cost_amount": begun.unit_cost_amount, "duration_minutes": begun.unit_duration_minutes,
    }  # fmt: skip
    if begun.language_code:
        values["language_code"] = begun.language_code
    writing.insert(con, logged.assign(**values))


def _campaign_entry(con: Connection, campaign_no: str | None, as_of: dt.date) -> str | None:
    if campaign_no is None:
        return None
    return campaign_entries.entry_for(
        con, campaign_no=campaign_no, document_type=DOCUMENT, description="Cover sheet", dated_on=as_of,
        salesperson_code=None,
    )  # fmt: skip


def _salutations(con: Connection, ids: npt.NDArray[np.int64], language: str) -> dict[int, str]:
    with in_order(con, ids):
        found = con.execute(statements.FORMULAS, {"language": language or None}).fetchall()
    return {
        int(contact_id): render(text, parts, dict(zip(NAME_PARTS, names, strict=True))).strip()
        for contact_id, text, parts, *names in found
    }
