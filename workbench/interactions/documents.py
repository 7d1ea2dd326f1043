"""Documents recorded as interactions, with the templates that setup names for their kinds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from pipelines.interaction_tables import DOCUMENT_TYPES
from workbench.errors import ConfigError, nearest
from workbench.interactions import campaign_entries, checks, drafting, recording, writing
from workbench.interactions.drafting import Moment
from workbench.interactions.results import DocumentReceipt, Draft
from workbench.setup.work import Work
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.templates import Template, rows

_LINKED = """
    SELECT c.contact_no FROM business_relation b JOIN contact c USING (contact_id)
    WHERE b.link_to_table = ? AND b.linked_no = ? ORDER BY b.contact_id LIMIT 1
"""


class Documents(Work):
    """Documents."""

    def record_document(
        self,
        document_type: str,
        document_no: str,
        as_of: dt.date,
        *,
        contact_no: str | None = None,
        customer_no: str | None = None,
        vendor_no: str | None = None,
        values: Mapping[str, object] = MappingProxyType({}),
        at: dt.time | None = None,
        dry_run: bool = False,
    ) -> DocumentReceipt:
        """Record that a document went to somebody, or came from there.

        Parameters
        ----------
        document_type : str
            Its kind, one of `DOCUMENT_TYPES`, such as ``"sales_invoice"``.
        document_no : str
            Its number.
        as_of : datetime.date
            The day.
        contact_no : str, optional
            Whose document it is.
        customer_no, vendor_no : str, optional
            Whose it is instead, by the number of the customer or vendor.
        values : mapping of str to object, optional
            Fields of the interaction that are other than the template says.
        at : datetime.time, optional
            The time of the day; now where absent.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        DocumentReceipt
            The interaction; or why there is none: setup names no template for the kind, or no contact is linked with
            the customer or vendor. That is no error, as in the product.

        Raises
        ------
        ConfigError
            When there is no such kind of document, or not one of contact, customer and vendor is named.
        NotFoundError
            When there is no such contact, or the interaction names what is not there.
        RuleError
            When the template of setup sends something itself, or the contact is privacy blocked.

        Notes
        -----
        The salesperson is the contact's, and none is needed. With a campaign, it belongs to the campaign entry for
        documents of its kind. A document that is recorded twice is there twice.

        References
        ----------
        Business Central, codeunit 5051 (SegManagement), LogDocument; table 5122 (Interaction Template Setup).
        """
        if document_type not in DOCUMENT_TYPES:
            raise ConfigError(
                f'There is no kind of document "{document_type}".', nearest(document_type, DOCUMENT_TYPES)
            )
        with self._unit(dry_run) as con:
            template = rows.for_document(con, document_type)
            whose = _contact_no(con, contact_no, customer_no, vendor_no)
            if template is None or whose is None:
                reason = "no template" if template is None else "no contact"
                return DocumentReceipt(document_type, document_no, whose, None, reason, not dry_run)
            given = drafting.typed(self._setup.table("interaction"), values, self._zone)
            draft = _draft(con, given, template, (document_type, document_no, whose), Moment(as_of, at, self._zone))
            number = None
            if not dry_run:
                (number,) = writing.insert(con, pd.DataFrame([recording.row(con, draft, self._zone)]))
        return DocumentReceipt(document_type, document_no, whose, number, is_written=not dry_run, draft=draft)


def _draft(
    con: Connection, given: dict[str, object], template: Template, document: tuple[str, str, str], moment: Moment
) -> Draft:
    document_type, document_no, contact_no = document
    query = "SELECT salesperson_code FROM contact WHERE contact_no = ?"
    (salesperson,) = first_row(con, query, [contact_no]) or (None,)
    chosen = {
        "salesperson_code": salesperson,
        "description": template.description or f"{campaign_entries.kind(document_type)} {document_no}",
        **given,
        "contact_no": contact_no,
        "interaction_template_code": template.interaction_template_code,
        "document_type": document_type,
        "document_no": document_no,
    }
    draft = drafting.drafted(con, chosen, moment)
    checks.check(con, draft)
    return draft


def _contact_no(con: Connection, contact_no: str | None, customer_no: str | None, vendor_no: str | None) -> str | None:
    named = {"contact": contact_no, "customer": customer_no, "vendor": vendor_no}
    (kind, number), *others = [(kind, number) for kind, number in named.items() if number] or [("", "")]
    if others or not number:
        raise ConfigError("A document belongs to one contact, customer or vendor.", "Name one of them.")
    if kind == "contact":
        return number
    row = first_row(con, _LINKED, [kind, number])
    return None if row is None else str(row[0])
