"""Headers that other programs write when lists are exported, and where such columns go.

As of 2026: Business Central ("Open in Excel", or the page's list as CSV), Salesforce (reports by label, data export by
API name), HubSpot and Mautic. ``"name:type"`` becomes a field of contacts when there is none of that name; an empty
target is left out. Whatever is not named here is matched by name, or asked about.

Numbers that those programs give are names among their own records only, so each has a field of its own, but for
Salesforce, whose ids are never given twice. What people agreed to or refused is kept as it was exported: a consent of
ours has a channel, a purpose and a moment, which these columns do not tell.
"""

from __future__ import annotations

COMPANY_NAME = "company_name"
"""The field of contacts by which a person is linked to the only company of that name."""

_COMPANY = f"{COMPANY_NAME}:text"
_LEFT_OUT = ""

BC_CONTACT = {
    "No.": "contact_no", "Type": "type", "Name": "name", "Name 2": "name_2", "Company No.": "company_no",
    "Company Name": _COMPANY, "Email": "email", "E-Mail": "email", "Email 2": "email_2", "E-Mail 2": "email_2",
    "Home Page": "home_page", "External ID": "external_id", "Correspondence Type": "correspondence_type",
    "Business Relation": _LEFT_OUT, "Contact Business Relation": _LEFT_OUT, "Coupled to Dataverse": _LEFT_OUT,
    "Coupled to Dynamics 365 Sales": _LEFT_OUT, "Lookup Contact No.": _LEFT_OUT, "Has Business Relations": _LEFT_OUT,
    "Next Task Date": _LEFT_OUT, "Last Date Modified": _LEFT_OUT, "Last Time Modified": _LEFT_OUT,
    "No. of Interactions": _LEFT_OUT, "No. of Opportunities": _LEFT_OUT, "Date of Last Interaction": _LEFT_OUT,
    "Estimated Value (LCY)": _LEFT_OUT, "Calcd. Current Value (LCY)": _LEFT_OUT, "Comment": _LEFT_OUT,
    "No. Series": _LEFT_OUT, "Picture": _LEFT_OUT, "Image": _LEFT_OUT,
}  # fmt: skip
BC_INTERACTION = {
    "Entry No.": "interaction_no", "Contact No.": "contact_no", "Date": "occurred_at",
    "Cost (LCY)": "cost_amount", "Duration (Min.)": "duration_minutes", "Interaction Language Code": "language_code",
    "Time of Interaction": _LEFT_OUT, "Contact Company No.": _LEFT_OUT, "Contact Name": _LEFT_OUT,
    "Contact Company Name": _LEFT_OUT, "User ID": _LEFT_OUT, "Version No.": _LEFT_OUT, "Attachment No.": _LEFT_OUT,
    "Doc. No. Occurrence": _LEFT_OUT, "Comment": _LEFT_OUT, "Contact Alt. Address Code": _LEFT_OUT,
    "Campaign Entry No.": _LEFT_OUT, "To-do No.": _LEFT_OUT, "Task No.": _LEFT_OUT,
}  # fmt: skip
BC_OPPORTUNITY = {
    "No.": "opportunity_no", "Contact No.": "contact_no", "Estimated Value (LCY)": "estimated_amount",
    "Calcd. Current Value (LCY)": "calculated_amount", "Estimated Closing Date": "estimated_close_on",
    "Current Sales Cycle Stage": "stage", "Creation Date": "created_on", "Date Closed": "closed_on",
    "Probability %": "probability_percent:number", "Chances of Success %": "success_percent:number",
    "Completed %": "completed_percent:number", "Closed": _LEFT_OUT, "Contact Company No.": _LEFT_OUT,
    "Contact Name": _LEFT_OUT, "Contact Company Name": _LEFT_OUT, "Campaign Description": _LEFT_OUT,
    "Sales Document Type": _LEFT_OUT, "Sales Document No.": _LEFT_OUT, "Segment No.": _LEFT_OUT,
    "Segment Description": _LEFT_OUT, "Comment": _LEFT_OUT,
}  # fmt: skip
BC_SEGMENT_LINE = {
    "Segment No.": "list_name", "Contact No.": "contact_no", "Line No.": _LEFT_OUT, "Description": _LEFT_OUT,
    "Contact Name": _LEFT_OUT, "Contact Company No.": _LEFT_OUT, "Contact Company Name": _LEFT_OUT,
    "Campaign No.": _LEFT_OUT, "Salesperson Code": _LEFT_OUT, "Date": _LEFT_OUT, "Correspondence Type": _LEFT_OUT,
    "Interaction Template Code": _LEFT_OUT, "Contact Alt. Address Code": _LEFT_OUT, "Language Code": _LEFT_OUT,
}  # fmt: skip
BC_CAMPAIGN = {
    "No.": "campaign_no", "Last Date Modified": _LEFT_OUT, "Comment": _LEFT_OUT, "Activated": _LEFT_OUT,
    "No. Series": _LEFT_OUT, "Global Dimension 1 Code": _LEFT_OUT, "Global Dimension 2 Code": _LEFT_OUT,
    "No. of Opportunities": _LEFT_OUT, "Estimated Value (LCY)": _LEFT_OUT, "Calcd. Current Value (LCY)": _LEFT_OUT,
}  # fmt: skip
BC_LINKED = {
    "Email": "email", "E-Mail": "email", "Contact": "contact_name", "Purchaser Code": "salesperson_code",
    "Privacy Blocked": _LEFT_OUT, "Responsibility Center": _LEFT_OUT, "Location Code": _LEFT_OUT,
    "IC Partner Code": _LEFT_OUT, "Customer Posting Group": _LEFT_OUT, "Vendor Posting Group": _LEFT_OUT,
    "Allow Multiple Posting Groups": _LEFT_OUT, "Gen. Bus. Posting Group": _LEFT_OUT,
    "VAT Bus. Posting Group": _LEFT_OUT, "Customer Price Group": _LEFT_OUT, "Customer Disc. Group": _LEFT_OUT,
    "Payment Terms Code": _LEFT_OUT, "Payment Method Code": _LEFT_OUT, "Reminder Terms Code": _LEFT_OUT,
    "Fin. Charge Terms Code": _LEFT_OUT, "Credit Limit (LCY)": _LEFT_OUT, "Last Date Modified": _LEFT_OUT,
    "Application Method": _LEFT_OUT, "Combine Shipments": _LEFT_OUT, "Reserve": _LEFT_OUT,
    "Shipping Advice": _LEFT_OUT, "Shipping Agent Code": _LEFT_OUT, "Base Calendar Code": _LEFT_OUT,
    "Balance (LCY)": _LEFT_OUT, "Balance Due (LCY)": _LEFT_OUT, "Sales (LCY)": _LEFT_OUT,
    "Payments (LCY)": _LEFT_OUT, "Coupled to Dataverse": _LEFT_OUT, "Search Name": "search_name",
}  # fmt: skip

_SALESFORCE_PEOPLE = {
    "First Name": "first_name", "FirstName": "first_name", "Middle Name": "middle_name", "MiddleName": "middle_name",
    "Last Name": "surname", "LastName": "surname", "Title": "job_title", "Phone": "phone_no",
    "Business Phone": "phone_no", "Mobile": "mobile_phone_no", "MobilePhone": "mobile_phone_no", "Fax": "fax_no",
    "Business Fax": "fax_no", "Email": "email", "Salutation": "form_of_address:text",
    "Email Opt Out": "email_opt_out:boolean", "HasOptedOutOfEmail": "email_opt_out:boolean",
    "Fax Opt Out": "fax_opt_out:boolean", "HasOptedOutOfFax": "fax_opt_out:boolean",
    "Do Not Call": "do_not_call:boolean", "DoNotCall": "do_not_call:boolean",
    "Lead Source": "lead_source:text", "LeadSource": "lead_source:text", "Type": "account_type:text",
}  # fmt: skip
SALESFORCE_CONTACT = _SALESFORCE_PEOPLE | {
    "Contact ID": "external_id", "Id": "external_id", "Account Name": _COMPANY,
    "Account ID": "salesforce_account_id:text", "AccountId": "salesforce_account_id:text",
    "Mailing Street": "address", "MailingStreet": "address", "Mailing City": "city", "MailingCity": "city",
    "Mailing State/Province": "county", "Mailing State": "county", "MailingState": "county",
    "Mailing Zip/Postal Code": "post_code", "MailingPostalCode": "post_code",
    "Mailing Country": "country_code", "MailingCountry": "country_code", "MailingCountryCode": "country_code",
}  # fmt: skip
SALESFORCE_LEAD = _SALESFORCE_PEOPLE | {
    "Lead ID": "external_id", "Id": "external_id", "Company / Account": _COMPANY, "Company": _COMPANY,
    "Lead Status": "lead_status:text", "Status": "lead_status:text",
    "Street": "address", "City": "city", "State/Province": "county", "State": "county",
    "Zip/Postal Code": "post_code", "PostalCode": "post_code", "Country": "country_code", "Website": "home_page",
}  # fmt: skip
SALESFORCE_ACCOUNT = {
    "Account ID": "external_id", "Id": "external_id", "Account Name": "name", "Name": "name",
    "Type": "account_type:text", "Phone": "phone_no", "Fax": "fax_no", "Website": "home_page",
    "Billing Street": "address", "BillingStreet": "address", "Billing City": "city", "BillingCity": "city",
    "Billing State/Province": "county", "Billing State": "county", "BillingState": "county",
    "Billing Zip/Postal Code": "post_code", "BillingPostalCode": "post_code",
    "Billing Country": "country_code", "BillingCountry": "country_code", "BillingCountryCode": "country_code",
}  # fmt: skip

_HUBSPOT = {
    "Phone Number": "phone_no", "Street Address": "address", "City": "city", "State/Region": "county",
    "Postal Code": "post_code", "Zip": "post_code", "Country/Region": "country_code", "Website URL": "home_page",
    "Lifecycle Stage": "lifecycle_stage:text",
}  # fmt: skip
HUBSPOT_CONTACT = _HUBSPOT | {
    "Record ID": "hubspot_contact_id:text", "Record ID - Contact": "hubspot_contact_id:text",
    "First Name": "first_name", "Last Name": "surname", "Email": "email",
    "Mobile Phone Number": "mobile_phone_no", "Fax Number": "fax_no", "Job Title": "job_title",
    "Associated Company": _COMPANY, "Company Name": _COMPANY, "Lead Status": "lead_status:text",
    "Associated Company IDs": "hubspot_company_ids:text",
    "Associated Company IDs (Primary)": "hubspot_company_ids:text",
    "Unsubscribed from all email": "unsubscribed_from_all_email:boolean",
    "Marketing contact status": "marketing_contact_status:text",
    "Legal basis for processing contact's data": "legal_basis:text",
}  # fmt: skip
HUBSPOT_COMPANY = _HUBSPOT | {
    "Record ID": "hubspot_company_id:text", "Company name": "name", "Company Domain Name": "domain_name:text",
    "Type": "company_kind:text",
}  # fmt: skip
MAUTIC_CONTACT = {
    "id": "mautic_id:text", "firstname": "first_name", "lastname": "surname", "position": "job_title",
    "email": "email", "phone": "phone_no", "mobile": "mobile_phone_no", "fax": "fax_no", "company": _COMPANY,
    "companyname": _COMPANY, "address1": "address", "address2": "address_2", "city": "city", "state": "county",
    "zipcode": "post_code", "country": "country_code", "website": "home_page", "title": "form_of_address:text",
    "points": "points:number", "tags": "tags:many_valued", "stage": "stage:text", "doNotEmail": "do_not_email:boolean",
    "preferred_locale": "language_code",
}  # fmt: skip
