"""Customers, vendors, bank accounts and employees: the records that contacts are linked to, and purchases."""

from __future__ import annotations

from pipelines.columns import Column, FieldType, Table, column, contact_no, flag, text

_NAMES = (
    text("name", "full name", "full name", "company name"),
    text("name_2", "second line of the name", "name 2"),
    text("search_name", "name to search by", "search name"),
    text("contact_name", "name of the person to ask for", "contact"),
)
_PRIMARY = (text("primary_contact_no", "contact to ask for", "primary contact no"),)
_ADDRESS = (
    text("address", "street address", "address 1", "street"),
    text("address_2", "second line of the address"),
    text("city", "city", "town", "suburb"),
    text("post_code", "post code", "postcode", "zip", "zip code"),
    text("county", "county or state", "state"),
    text("country_code", "country or region code", "country", "country region code"),
    text("phone_no", "telephone", "phone", "telephone"),
    text("mobile_phone_no", "mobile telephone", "mobile", "mobile phone"),
    text("fax_no", "fax number", "fax"),
)
_REACHED = (
    *_ADDRESS,
    text("telex_no", "telex number", "telex"),
    text("telex_answer_back", "telex answer back"),
    text("email", "e-mail address", "e-mail", "email address"),
    text("home_page", "web address", "website"),
    text("territory_code", "sales territory", "territory"),
    text("salesperson_code", "salesperson", "salesperson", "purchaser", "our contact code"),
    text("language_code", "language", "language"),
    text("format_region", "format region"),
    text("currency_code", "currency", "currency"),
)
_REGISTERED = (
    text("vat_registration_no", "VAT registration number"),
    text("registration_no", "registration number", "registration number"),
)
_BLOCKED = (flag("is_blocked", "blocked", "blocked"),)


def _linked(name: str, meaning: str, *columns: Column) -> Table:
    number = text(f"{name}_no", f"number of the {name.replace('_', ' ')}", "no", nullable=False)
    return Table(name, meaning, (number, *columns), key=(number.name,))


CUSTOMER = _linked("customer", "somebody we sell to", *_NAMES, *_PRIMARY, *_REACHED, *_REGISTERED, *_BLOCKED)
VENDOR = _linked("vendor", "somebody we buy from", *_NAMES, *_PRIMARY, *_REACHED, *_REGISTERED, *_BLOCKED)
BANK_ACCOUNT = _linked(
    "bank_account",
    "an account of ours at a bank",
    *_NAMES,
    *_REACHED,
    text("bank_account_number", "number of the account at the bank"),
    text("iban", "IBAN"),
    *_BLOCKED,
)
EMPLOYEE = _linked(
    "employee",
    "somebody who works for us",
    text("first_name", "first name", "given name"),
    text("middle_name", "middle name"),
    text("surname", "surname", "last name", "family name"),
    text("initials", "initials"),
    text("search_name", "name to search by", "search name"),
    text("job_title", "job title"),
    *_ADDRESS,
    text("pager", "pager"),
    text("extension_no", "telephone extension", "extension"),
    text("email", "private e-mail address", "e-mail", "email address"),
    text("company_email", "e-mail address at work", "company e-mail"),
    text("salesperson_code", "salesperson", "salesperson"),
)
LINKED_TABLES = (CUSTOMER, VENDOR, BANK_ACCOUNT, EMPLOYEE)
LINKED = {table.name: table for table in LINKED_TABLES}

PURCHASE_ENTRY = Table(
    "purchase_entry",
    "one posted purchase line",
    (
        text("purchase_entry_no", "number of the entry in its source", "entry no", "id"),
        contact_no(),
        column(
            FieldType.TIMESTAMP,
            "posted_at",
            "when it was posted",
            "date",
            "posting date",
            "timestamp",
            nullable=False,
        ),
        text("document_no", "invoice", "order no", "invoice no"),
        text("item_no", "item", "item", "product", "product id"),
        column(FieldType.NUMBER, "quantity", "quantity", "qty"),
        column(FieldType.AMOUNT, "purchase_amount", "purchase value", "amount", "purchase"),
        column(FieldType.AMOUNT, "discount_amount", "discount received", "discount"),
        column(FieldType.DATE, "due_on", "day on which the document is due", "due date"),
        column(FieldType.DATE, "closed_on", "day on which the document was paid", "closed at date"),
    ),
    key=("purchase_entry_no",),
    time="posted_at",
)
