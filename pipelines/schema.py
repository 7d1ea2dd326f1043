"""What each table of the store holds, and the one place that fixes the dtypes of its frames.

Names follow Dynamics 365 Business Central (tables 5050, 5065, 5071, 5092 and their neighbours),
written in snake case with the unit as the ending: `_no`, `_code`, `_on` (a calendar date), `_at`
(an instant in UTC), `_amount` (the store's currency), `_count`, `_rate` (0 to 1), `is_`/`has_`.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from pipelines.campaign_tables import CAMPAIGN, CAMPAIGN_TABLES, CAMPAIGN_TARGET
from pipelines.code_tables import CODE_TABLES
from pipelines.columns import PANDAS_DTYPE, Column, FieldType, Table, column, contact_no, flag, text
from pipelines.contact_tables import CONTACT_TABLES
from pipelines.errors import FrameError, nearest
from pipelines.interaction_tables import INTERACTION, INTERACTION_TABLES, INTERACTION_TEMPLATE
from pipelines.linked_tables import LINKED_TABLES, PURCHASE_ENTRY
from pipelines.opportunity_tables import OPPORTUNITY, OPPORTUNITY_TABLES
from pipelines.profile_tables import ANSWER_PRIORITIES, PRIORITIES, PROFILE_TABLES

__all__ = [
    "BUSINESS_RELATION", "CAMPAIGN", "CAMPAIGN_TARGET", "CONSENT", "CONTACT", "CONTACT_LIST", "INTERACTION",
    "INTERACTION_TEMPLATE", "OPPORTUNITY", "PANDAS_DTYPE", "PROFILE_ANSWER", "SALES_ENTRY", "TABLES", "Column",
    "FieldType", "Table", "conform", "folded", "table_named",
]  # fmt: skip

CONTACT = Table(
    "contact",
    "a person or a company, of whatever relation to us",
    (
        text("contact_no", "number of the contact", "no", "contact id", "id", nullable=False),
        text("external_id", "number of the contact in another system"),
        text("type", "person or company", "contact type", choices=("person", "company"), nullable=False),
        text("name", "full name", "full name", "company name"),
        text("name_2", "second line of the name", "name 2"),
        text("search_name", "name to search by", "search name"),
        text("first_name", "first name", "given name"),
        text("middle_name", "middle name"),
        text("surname", "surname", "last name", "family name"),
        text("initials", "initials"),
        text("job_title", "job title"),
        text("company_no", "contact number of the company; a company's own number"),
        text("address", "street address", "address 1", "street"),
        text("address_2", "second line of the address"),
        text("city", "city", "town", "suburb"),
        text("post_code", "post code", "postcode", "zip", "zip code"),
        text("county", "county or state", "state"),
        text("country_code", "country or region code", "country", "country region code"),
        text("phone_no", "telephone", "phone", "telephone"),
        text("mobile_phone_no", "mobile telephone", "mobile", "mobile phone"),
        text("extension_no", "telephone extension", "extension"),
        text("fax_no", "fax number", "fax"),
        text("telex_no", "telex number", "telex"),
        text("telex_answer_back", "telex answer back"),
        text("pager", "pager"),
        text("email", "e-mail address", "e-mail", "email address"),
        text("email_2", "second e-mail address", "e-mail 2", "email 2"),
        text("home_page", "web address", "website"),
        text("territory_code", "sales territory", "territory"),
        text("salesperson_code", "salesperson", "salesperson"),
        text("language_code", "language", "language"),
        text("format_region", "format region"),
        text("currency_code", "currency", "currency"),
        text("organizational_level_code", "organizational level"),
        text("correspondence_type", "preferred correspondence", choices=("hard_copy", "email")),
        text("salutation_code", "salutation"),
        text("vat_registration_no", "VAT registration number"),
        text("registration_no", "registration number", "registration number"),
        column(FieldType.MANY, "mailing_group_codes", "mailing groups", "mailing groups"),
        column(FieldType.MANY, "industry_codes", "industry groups", "industry groups", "industries"),
        column(FieldType.MANY, "job_responsibility_codes", "job responsibilities", "job responsibilities"),
        flag("is_excluded_from_segments", "excluded from segments", "exclude from segment"),
        flag("is_privacy_blocked", "privacy blocked", "privacy blocked"),
        flag("is_minor", "minor", "minor"),
        flag("has_parental_consent", "parental consent received", "parental consent received"),
        text(
            "contact_business_relation",
            "what the contact is for us",
            choices=("customer", "vendor", "bank_account", "employee", "none", "other", "multiple"),
            is_kept_up=True,
        ),
        column(FieldType.TIMESTAMP, "last_modified_at", "when the contact was last changed", is_kept_up=True),
    ),
    key=("contact_no",),
    takes_fields=True,
)

BUSINESS_RELATION = Table(
    "business_relation",
    "a role a contact has for us, linked to a customer, vendor or bank account where there is one",
    (
        contact_no(),
        text("business_relation_code", "business relation", "business relation", nullable=False),
        text(
            "link_to_table",
            "kind of linked record",
            choices=("customer", "vendor", "bank_account", "employee"),
        ),
        text("linked_no", "number of the linked record", "no"),
    ),
    key=("contact_no", "business_relation_code"),
)

SALES_ENTRY = Table(
    "sales_entry",
    "one posted sales line",
    (
        text("sales_entry_no", "number of the entry in its source", "entry no", "id"),
        contact_no(),
        column(
            FieldType.TIMESTAMP,
            "posted_at",
            "when it was posted",
            "date",
            "posting date",
            "timestamp",
            "order date",
            nullable=False,
        ),
        text("document_no", "receipt, invoice or basket", "order no", "invoice no", "order id", "basket id"),
        text("item_no", "item", "item", "product", "product id"),
        column(FieldType.NUMBER, "quantity", "quantity", "qty"),
        column(
            FieldType.AMOUNT,
            "sales_amount",
            "sales value",
            "amount",
            "sales",
            "revenue",
            "sales value",
            "spend",
        ),
        column(FieldType.AMOUNT, "discount_amount", "discount given", "discount"),
        column(FieldType.AMOUNT, "profit_amount", "profit", "profit"),
        column(FieldType.DATE, "due_on", "day on which the document is due", "due date"),
        column(FieldType.DATE, "closed_on", "day on which the document was paid", "closed at date"),
        text("campaign_no", "campaign", "campaign"),
        text("salesperson_code", "salesperson", "salesperson"),
    ),
    key=("sales_entry_no",),
    time="posted_at",
    takes_fields=True,
)

CONSENT = Table(
    "consent",
    "a contact's yes or no to one channel and purpose, given on a date",
    (
        contact_no(),
        text("channel", "channel", choices=("email", "phone", "post", "sms"), nullable=False),
        text("purpose", "purpose"),
        flag("is_granted", "granted (yes) or withdrawn (no)", "granted", "consent", "opt in"),
        column(FieldType.TIMESTAMP, "given_at", "when it was given", "date", "timestamp", nullable=False),
    ),
    key=("contact_no", "channel", "purpose", "given_at"),
    time="given_at",
)

CONTACT_LIST = Table(
    "contact_list",
    "one contact on an uploaded list",
    (
        text("list_name", "name of the list", "list", nullable=False),
        contact_no(),
    ),
    key=("list_name", "contact_no"),
)

PROFILE_ANSWER = Table(
    "profile_answer",
    "one answer of a contact to a question of a profile questionnaire",
    (
        contact_no(),
        text(
            "questionnaire_code", "profile questionnaire", "profile questionnaire code", "questionnaire", nullable=False
        ),
        column(FieldType.NUMBER, "line_no", "line of the answer in the questionnaire", "answer no", nullable=False),
        text("question", "question"),
        text("answer", "answer", "answer", "description"),
        text("questionnaire_priority", "priority of the questionnaire", choices=PRIORITIES),
        text("answer_priority", "priority of the answer", choices=ANSWER_PRIORITIES),
        column(FieldType.DATE, "updated_on", "day on which the answer was last set", "last date updated"),
    ),
    key=("contact_no", "questionnaire_code", "line_no"),
)

TABLES = {
    table.name: table
    for table in (
        CONTACT,
        BUSINESS_RELATION,
        SALES_ENTRY,
        CONSENT,
        CONTACT_LIST,
        PROFILE_ANSWER,
        PURCHASE_ENTRY,
        *OPPORTUNITY_TABLES,
        *INTERACTION_TABLES,
        *CAMPAIGN_TABLES,
        *CONTACT_TABLES,
        *PROFILE_TABLES,
        *LINKED_TABLES,
        *CODE_TABLES,
    )
}


def folded(name: str) -> str:
    """Fold a header or name for comparison: lower case, letters and digits only.

    Parameters
    ----------
    name : str
        Any header.

    Returns
    -------
    str
        ``"Contact No."`` and ``"contact_no"`` both give ``"contactno"``.
    """
    return re.sub(r"[\W_]+", "", name).casefold()


def table_named(name: str) -> Table:
    """Find a table by its name, in the singular or plural, however it is spelled.

    Parameters
    ----------
    name : str
        ``"contact"``, ``"Contacts"`` or ``"sales entries"``.

    Returns
    -------
    Table
        The built-in table, without custom fields.

    Raises
    ------
    FrameError
        When no table has the name.
    """
    wanted = folded(name)
    for table in TABLES.values():
        one = folded(table.name)
        if wanted in (one, one + "s", re.sub("y$", "ies", one)):
            return table
    raise FrameError(f'There is no table "{name}".', nearest(name, TABLES))


def conform(frame: pd.DataFrame, table: Table, extra: tuple[Column, ...] = ()) -> pd.DataFrame:
    """Give a frame the columns, order and dtypes of a table.

    Parameters
    ----------
    frame : pandas.DataFrame
        Any row order; columns the table does not have are refused.
    table : Table
        What the frame should look like.
    extra : tuple of Column, optional
        Columns the frame carries in front of the table's own, such as `contact_id`.

    Returns
    -------
    pandas.DataFrame
        A new frame with exactly the columns of `extra` and `table`; a nullable column that the
        frame lacks is unknown throughout, a flag that it lacks is false.

    Raises
    ------
    FrameError
        When a required column is missing, a column is not the table's, or a value cannot be
        read as its column's type.

    Examples
    --------
    >>> import pandas as pd
    >>> conform(pd.DataFrame({"list_name": ["vip"], "contact_no": ["CT1"]}), CONTACT_LIST).dtypes.to_dict()
    {'list_name': <StringDtype(na_value=nan)>, 'contact_no': <StringDtype(na_value=nan)>}
    """
    columns = {column.name: column for column in extra + table.columns}
    for name in frame.columns:
        if name not in columns:
            raise FrameError(f'{table.name} has no column "{name}".', nearest(name, columns))
    return pd.DataFrame({c.name: _conformed(frame, c, table) for c in columns.values()}, index=frame.index)


def _conformed(frame: pd.DataFrame, column: Column, table: Table) -> pd.Series:
    if column.name not in frame.columns:
        return _absent(frame, column, table)
    values = frame[column.name]
    try:
        return _cast(values, column)
    except (TypeError, ValueError) as error:
        raise FrameError(
            f"{table.name}.{column.name} should be {column.type.value}, but holds {values.dtype}: {error}"
        ) from None


def _absent(frame: pd.DataFrame, column: Column, table: Table) -> pd.Series:
    if column.type is FieldType.BOOLEAN and not column.nullable:
        return pd.Series(False, index=frame.index, dtype="bool")
    if not column.nullable:
        raise FrameError(f'The frame has no column "{column.name}", which {table.name} needs.')
    if column.type is FieldType.MANY:
        return pd.Series([[] for _ in range(len(frame))], index=frame.index, dtype="object")
    dtype: Any = column.dtype
    unknown: pd.Series = pd.Series(pd.NA, index=frame.index, dtype="object").astype(dtype)
    return unknown


def _cast(values: pd.Series, column: Column) -> pd.Series:
    dtype: Any = column.dtype
    if column.type is FieldType.MANY:
        return values.map(lambda v: [] if not isinstance(v, list | tuple | np.ndarray) else list(v)).astype(object)
    if column.type is FieldType.TIMESTAMP:
        return pd.to_datetime(values, utc=True).astype(dtype)
    if column.type is FieldType.TEXT and pd.api.types.is_numeric_dtype(values.dtype):
        raise TypeError("identifiers that look like numbers must stay text")
    if column.dtype == "bool":
        return values.astype("boolean").fillna(False).astype("bool")
    cast: pd.Series = values.astype(dtype)
    return cast
