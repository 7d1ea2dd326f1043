"""Files that other programs wrote, recognised by their headers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipelines.schema import folded
from workbench.sources import export_headers as headers_of


@dataclass(frozen=True)
class KnownExport:
    """How a program writes one kind of record.

    Attributes
    ----------
    program : str
        The program's name.
    record : str
        What one row is there, in the singular.
    table : str
        The table its rows go to.
    signs : tuple of str
        Headers that together tell it from other files.
    columns : Mapping[str, str]
        Target by header, as a mapping takes it; an empty one leaves the column out. Of two headers with one target,
        the earlier here goes there.
    key : str
        The field that names its contacts; empty for the usual one.
    constants : Mapping[str, str]
        What is the same for all rows and stands in no column.
    companies_bear_own_name : bool
        Whether a contact whose company has the contact's own number or name is that company.
    """

    program: str
    record: str
    table: str
    signs: tuple[str, ...]
    columns: Mapping[str, str]
    key: str = ""
    constants: Mapping[str, str] = field(default_factory=dict)
    companies_bear_own_name: bool = False

    @property
    def label(self) -> str:
        """``"HubSpot contact export"``."""
        return f"{self.program} {self.record} export"

    def is_of(self, headers: Iterable[str]) -> bool:
        """Tell whether a file looks like this.

        Parameters
        ----------
        headers : iterable of str
            The file's headers.

        Returns
        -------
        bool
            Whether all signs are among them, whatever their case and blanks.
        """
        there = {folded(header) for header in headers}
        return all(folded(sign) in there for sign in self.signs)

    def mapping(self, headers: Iterable[str]) -> dict[str, str]:
        """Say where the columns of a file go.

        Parameters
        ----------
        headers : iterable of str
            The file's headers.

        Returns
        -------
        dict of str to str
            Target by header of the file, for those that are known, in the order of `columns`. The name of a contact's
            company is not among them where its number is.
        """
        named = {folded(header): header for header in headers}
        found = {named[folded(known)]: to for known, to in self.columns.items() if folded(known) in named}
        if "company_no" in found.values():
            return {header: to for header, to in found.items() if not to.startswith(headers_of.COMPANY_NAME)}
        return found


_BUSINESS_CENTRAL, _SALESFORCE, _HUBSPOT, _MAUTIC = "Business Central", "Salesforce", "HubSpot", "Mautic"
_COMPANY = {"type": "company"}

# The first that fits is taken.
KNOWN = (
    KnownExport(
        _BUSINESS_CENTRAL, "interaction log entry", "interaction",
        ("Entry No.", "Contact No.", "Interaction Group Code"), headers_of.BC_INTERACTION,
    ),
    KnownExport(
        _BUSINESS_CENTRAL, "opportunity", "opportunity", ("No.", "Contact No.", "Sales Cycle Code", "Status"),
        headers_of.BC_OPPORTUNITY,
    ),
    KnownExport(
        _BUSINESS_CENTRAL, "segment line", "contact_list", ("Segment No.", "Contact No.", "Line No."),
        headers_of.BC_SEGMENT_LINE,
    ),
    KnownExport(
        _BUSINESS_CENTRAL, "campaign", "campaign", ("No.", "Description", "Starting Date", "Ending Date"),
        headers_of.BC_CAMPAIGN,
    ),
    KnownExport(
        _BUSINESS_CENTRAL, "contact", "contact", ("No.", "Name", "Company Name"),
        headers_of.BC_CONTACT, companies_bear_own_name=True,
    ),
    KnownExport(
        _BUSINESS_CENTRAL, "customer", "customer", ("No.", "Name", "Sales (LCY)"), headers_of.BC_LINKED
    ),
    KnownExport(
        _BUSINESS_CENTRAL, "customer", "customer", ("No.", "Name", "Customer Posting Group"), headers_of.BC_LINKED
    ),
    KnownExport(_BUSINESS_CENTRAL, "vendor", "vendor", ("No.", "Name", "Balance (LCY)"), headers_of.BC_LINKED),
    KnownExport(
        _BUSINESS_CENTRAL, "vendor", "vendor", ("No.", "Name", "Vendor Posting Group"), headers_of.BC_LINKED
    ),
    KnownExport(
        _MAUTIC, "contact", "contact", ("firstname", "lastname", "points"), headers_of.MAUTIC_CONTACT, key="mautic_id"
    ),
    KnownExport(_SALESFORCE, "lead", "contact", ("Lead ID", "Last Name"), headers_of.SALESFORCE_LEAD),
    KnownExport(_SALESFORCE, "lead", "contact", ("Company / Account", "Last Name"), headers_of.SALESFORCE_LEAD),
    KnownExport(_SALESFORCE, "lead", "contact", ("Id", "LastName", "Company"), headers_of.SALESFORCE_LEAD),
    KnownExport(_SALESFORCE, "contact", "contact", ("Contact ID", "Last Name"), headers_of.SALESFORCE_CONTACT),
    KnownExport(_SALESFORCE, "contact", "contact", ("Last Name", "Account Name"), headers_of.SALESFORCE_CONTACT),
    KnownExport(_SALESFORCE, "contact", "contact", ("Id", "LastName", "AccountId"), headers_of.SALESFORCE_CONTACT),
    KnownExport(
        _SALESFORCE, "account", "contact", ("Account Name", "Billing City"), headers_of.SALESFORCE_ACCOUNT,
        constants=_COMPANY,
    ),
    KnownExport(
        _SALESFORCE, "account", "contact", ("Account ID", "Account Name"), headers_of.SALESFORCE_ACCOUNT,
        constants=_COMPANY,
    ),
    KnownExport(
        _SALESFORCE, "account", "contact", ("Id", "Name", "BillingCity"), headers_of.SALESFORCE_ACCOUNT,
        constants=_COMPANY,
    ),
    KnownExport(
        _HUBSPOT, "contact", "contact", ("Record ID", "First Name", "Last Name"), headers_of.HUBSPOT_CONTACT,
        key="hubspot_contact_id",
    ),
    KnownExport(
        _HUBSPOT, "contact", "contact", ("Record ID - Contact", "First Name", "Last Name"),
        headers_of.HUBSPOT_CONTACT, key="hubspot_contact_id",
    ),
    KnownExport(
        _HUBSPOT, "company", "contact", ("Record ID", "Company name"), headers_of.HUBSPOT_COMPANY,
        key="hubspot_company_id", constants=_COMPANY,
    ),
)  # fmt: skip


def recognised(headers: Iterable[str], table: str) -> KnownExport | None:
    """Tell which program wrote a file.

    Parameters
    ----------
    headers : iterable of str
        The file's headers.
    table : str
        The table its rows are to go to; exports for it go before others.

    Returns
    -------
    KnownExport or None
        None when no program is recognised; perhaps one whose rows belong into another table.
    """
    listed = tuple(headers)
    fitting = [known for known in KNOWN if known.is_of(listed)]
    return next((known for known in fitting if known.table == table), fitting[0] if fitting else None)
