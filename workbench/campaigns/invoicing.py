"""Invoices to the target group of a campaign, recorded as interactions of the campaign."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from pipelines.dates import instant, shift
from workbench.campaigns import cards
from workbench.campaigns.work import CampaignWork
from workbench.contact_rows import target_groups
from workbench.errors import RuleError
from workbench.interactions import campaign_entries, writing
from workbench.store import Connection, tables
from workbench.templates import Template
from workbench.templates.rows import for_document

_DOCUMENT = "sales_invoice"
# A document whose lines come to nothing or less is no invoice; one that is recorded for the campaign is recorded once.
_INVOICES = """
    SELECT s.document_no, min(s.contact_id) AS contact_id, min(c.contact_no) AS contact_no,
        min(s.posted_at) AS occurred_at, sum(s.sales_amount) AS sales_amount
    FROM sales_entry s JOIN contact c USING (contact_id)
    WHERE s.document_no IS NOT NULL AND ($2 IS NULL OR s.posted_at >= $2) AND s.posted_at < $3
        AND coalesce(CASE WHEN c.type = 'person' THEN c.company_no END, c.contact_no) IN (
            SELECT contact_no FROM target_member
        )
        AND NOT EXISTS (
            SELECT 1 FROM interaction i
            WHERE i.campaign_no = $1 AND i.document_type = 'sales_invoice' AND i.document_no = s.document_no
        )
    GROUP BY s.document_no HAVING sum(s.sales_amount) > 0 ORDER BY occurred_at, s.document_no
"""


@dataclass(frozen=True)
class InvoiceReceipt:
    """Which invoices were recorded for a campaign, or would be.

    Attributes
    ----------
    campaign_no : str
        Which campaign.
    as_of : datetime.date
        Later invoices are left out.
    invoices : pandas.DataFrame
        One row for each: document_no, contact_no, occurred_at, sales_amount.
    is_written : bool
        False for a preview.
    """

    campaign_no: str
    as_of: dt.date
    invoices: pd.DataFrame = field(repr=False)
    is_written: bool

    def __len__(self) -> int:
        return len(self.invoices)

    def frame(self) -> pd.DataFrame:
        """Show the invoices.

        Returns
        -------
        pandas.DataFrame
            `invoices`.
        """
        return self.invoices

    def _repr_html_(self) -> str:
        return self.invoices.to_html(index=False)


class Invoicing(CampaignWork):
    """Invoices to target groups."""

    def record_invoices(self, campaign_no: str, as_of: dt.date, *, dry_run: bool = False) -> InvoiceReceipt:
        """Record the invoices to the target group of an activated campaign as its interactions.

        Parameters
        ----------
        campaign_no : str
            Which campaign.
        as_of : datetime.date
            Later invoices are left out.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        InvoiceReceipt
            The invoices of the days of the campaign that were not recorded for it before. A second time there are
            none.

        Raises
        ------
        NotFoundError
            When there is no such campaign.
        RuleError
            When it is not activated, or no template is set up for sales invoices.

        Notes
        -----
        The product does this when it posts an invoice (codeunit 80, Sales-Post). Sales come here by file, often those
        of years, so it is a step of its own that can be looked at first.
        """
        with self._unit(dry_run) as con:
            campaign = cards.found(con, campaign_no)
            template = _template(con, campaign_no)
            if not campaign.is_activated:
                raise RuleError(
                    f"{campaign_no} is not activated, so it has no target group to invoice.",
                    f"Activate it first: workbench campaign activate {campaign_no}.",
                )
            last = min(as_of, campaign.ending_on or as_of)
            found = self._invoices(con, campaign_no, campaign.starting_on, last)
            if not dry_run and len(found):
                _record(con, campaign_no, template, found, as_of)
        return InvoiceReceipt(campaign_no, as_of, found.drop(columns="contact_id"), not dry_run)

    def _invoices(self, con: Connection, campaign_no: str, first: dt.date | None, last: dt.date) -> pd.DataFrame:
        begin = None if first is None else instant(first, self._zone)
        con.register("target_member", target_groups.members(con, campaign_no)[["contact_no"]])
        try:
            return tables.frame(con, _INVOICES, [campaign_no, begin, instant(shift(last, 1, "day"), self._zone)])
        finally:
            con.unregister("target_member")


def _template(con: Connection, campaign_no: str) -> Template:
    template = for_document(con, _DOCUMENT)
    if template is None:
        raise RuleError(
            f"Invoices cannot be recorded for {campaign_no}: no template is set up for sales invoices.",
            "Set one up first: workbench interaction setup set sales_invoice TEMPLATE.",
        )
    return template


def _record(con: Connection, campaign_no: str, template: Template, found: pd.DataFrame, as_of: dt.date) -> None:
    description = template.description or "Sales invoice"
    entry_no = campaign_entries.entry_for(
        con, campaign_no=campaign_no, document_type=_DOCUMENT, description=description, dated_on=as_of,
        salesperson_code=cards.found(con, campaign_no).salesperson_code,
    )  # fmt: skip
    of_all: dict[str, Any] = {
        "campaign_no": campaign_no, "campaign_entry_no": entry_no, "document_type": _DOCUMENT,
        "description": description, **_from_template(template),
    }  # fmt: skip
    writing.insert(con, found[["contact_id", "occurred_at", "document_no"]].assign(**of_all))


def _from_template(template: Template) -> dict[str, Any]:
    names = (
        "interaction_template_code", "interaction_group_code", "information_flow", "initiated_by",
        "is_campaign_target", "is_campaign_response",
    )  # fmt: skip
    figures = {"cost_amount": template.unit_cost_amount, "duration_minutes": template.unit_duration_minutes}
    return {name: getattr(template, name) for name in names} | figures
