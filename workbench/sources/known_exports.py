"""Exports of other programs, recognised by their headers, and where their columns go.

Headers are those the programs write when lists are exported: Business Central (Open in Excel), Salesforce (reports and
data export), HubSpot, Mautic. What is not named here is matched by name, or offered as a custom field.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipelines.schema import folded


@dataclass(frozen=True)
class KnownExport:
    """How a program writes one kind of record.

    Attributes
    ----------
    program : str
        The program's name.
    table : str
        The table its rows go to.
    signs : tuple of str
        Headers that together tell it from other files.
    columns : dict of str to str
        Field by header; an empty field leaves the column out.
    """

    program: str
    table: str
    signs: tuple[str, ...]
    columns: dict[str, str] = field(default_factory=dict)

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
            Field by header of the file, for those that are known.
        """
        known = {folded(header): target for header, target in self.columns.items()}
        return {header: known[folded(header)] for header in headers if folded(header) in known}


_BUSINESS_CENTRAL = "Business Central"
_CONTACT = {
    "No.": "contact_no", "Name": "name", "Name 2": "name_2", "Company No.": "company_no", "Type": "type",
    "Post Code": "post_code", "Country/Region Code": "country_code", "Phone No.": "phone_no", "County": "county",
    "Mobile Phone No.": "mobile_phone_no", "Fax No.": "fax_no", "Email": "email", "E-Mail": "email",
    "Email 2": "email_2", "Salesperson Code": "salesperson_code", "Territory Code": "territory_code",
    "Currency Code": "currency_code", "Language Code": "language_code", "Search Name": "search_name",
    "Privacy Blocked": "is_privacy_blocked", "Minor": "is_minor", "Exclude from Segment": "is_excluded_from_segments",
    "Parental Consent Received": "has_parental_consent", "VAT Registration No.": "vat_registration_no",
    "Organizational Level Code": "organizational_level_code", "Salutation Code": "salutation_code",
    "Correspondence Type": "correspondence_type", "External ID": "external_id", "Surname": "surname",
    "First Name": "first_name", "Middle Name": "middle_name", "Home Page": "home_page", "Job Title": "job_title",
    "Company Name": "", "Business Relation": "", "Coupled to Dataverse": "", "Coupled to Dynamics 365 Sales": "",
}  # fmt: skip
_INTERACTION = {
    "Entry No.": "interaction_no", "Contact No.": "contact_no", "Date": "occurred_at", "Description": "description",
    "Interaction Group Code": "interaction_group_code", "Interaction Template Code": "interaction_template_code",
    "Information Flow": "information_flow", "Initiated By": "initiated_by", "Cost (LCY)": "cost_amount",
    "Duration (Min.)": "duration_minutes", "Campaign No.": "campaign_no", "Canceled": "is_canceled",
    "Campaign Target": "is_campaign_target", "Campaign Response": "is_campaign_response", "Evaluation": "evaluation",
    "Salesperson Code": "salesperson_code", "Attempt Failed": "is_attempt_failed", "Postponed": "is_postponed",
    "Segment No.": "segment_no", "Opportunity No.": "opportunity_no", "Document No.": "document_no",
    "Interaction Language Code": "language_code", "Correspondence Type": "correspondence_type", "Subject": "subject",
    "Contact Company No.": "", "User ID": "", "Contact Name": "", "Contact Company Name": "",
}  # fmt: skip
_SALESFORCE = {
    "Contact ID": "external_id", "Id": "external_id", "First Name": "first_name", "FirstName": "first_name",
    "Last Name": "surname", "LastName": "surname", "MiddleName": "middle_name", "Middle Name": "middle_name",
    "Title": "job_title", "Mailing Street": "address", "MailingStreet": "address", "Mailing City": "city",
    "MailingCity": "city", "Mailing State/Province": "county", "MailingState": "county", "Mailing State": "county",
    "Mailing Zip/Postal Code": "post_code", "MailingPostalCode": "post_code", "Mailing Country": "country_code",
    "MailingCountry": "country_code", "Phone": "phone_no", "Mobile": "mobile_phone_no",
    "MobilePhone": "mobile_phone_no", "Fax": "fax_no", "Email": "email",
}  # fmt: skip
_ACCOUNT = {
    "Account ID": "external_id", "Id": "external_id", "Account Name": "name", "Name": "name",
    "Billing Street": "address", "BillingStreet": "address", "Billing City": "city", "BillingCity": "city",
    "Billing State/Province": "county", "BillingState": "county", "Billing Zip/Postal Code": "post_code",
    "BillingPostalCode": "post_code", "Billing Country": "country_code", "BillingCountry": "country_code",
    "Phone": "phone_no", "Fax": "fax_no", "Website": "home_page",
}  # fmt: skip
_HUBSPOT = {
    "Record ID": "external_id", "First Name": "first_name", "Last Name": "surname", "Email": "email",
    "Phone Number": "phone_no", "Mobile Phone Number": "mobile_phone_no", "Fax Number": "fax_no",
    "Job Title": "job_title", "Street Address": "address", "City": "city", "State/Region": "county",
    "Postal Code": "post_code", "Country/Region": "country_code", "Website URL": "home_page",
}  # fmt: skip
_MAUTIC = {
    "id": "external_id", "firstname": "first_name", "lastname": "surname", "position": "job_title",
    "email": "email", "phone": "phone_no", "mobile": "mobile_phone_no", "fax": "fax_no", "address1": "address",
    "address2": "address_2", "city": "city", "state": "county", "zipcode": "post_code", "country": "country_code",
    "website": "home_page",
}  # fmt: skip

KNOWN = (
    KnownExport(
        _BUSINESS_CENTRAL, "interaction", ("Entry No.", "Contact No.", "Interaction Template Code"), _INTERACTION
    ),
    KnownExport(_BUSINESS_CENTRAL, "contact", ("No.", "Company Name", "Search Name"), _CONTACT),
    KnownExport(_BUSINESS_CENTRAL, "contact", ("No.", "Company Name", "Salesperson Code"), _CONTACT),
    KnownExport("Salesforce", "contact", ("Contact ID", "Last Name"), _SALESFORCE),
    KnownExport("Salesforce", "contact", ("Id", "LastName", "AccountId"), _SALESFORCE),
    KnownExport("Salesforce", "contact", ("Last Name", "Account Name", "Mailing City"), _SALESFORCE),
    KnownExport("Salesforce", "contact", ("Account Name", "Billing City"), _ACCOUNT),
    KnownExport("Salesforce", "contact", ("Id", "Name", "BillingCity"), _ACCOUNT),
    KnownExport("HubSpot", "contact", ("Record ID", "First Name", "Last Name"), _HUBSPOT),
    KnownExport("Mautic", "contact", ("id", "firstname", "lastname", "email"), _MAUTIC),
)


def recognised(headers: Iterable[str], table: str) -> KnownExport | None:
    """Tell which program wrote a file.

    Parameters
    ----------
    headers : iterable of str
        The file's headers.
    table : str
        The table its rows go to.

    Returns
    -------
    KnownExport or None
        The first that fits; None when no program is recognised.
    """
    listed = tuple(headers)
    return next((one for one in KNOWN if one.table == table and one.is_of(listed)), None)
