"""What each table of the store holds, and the one place that fixes the dtypes of its frames.

Names follow Dynamics 365 Business Central (tables 5050, 5065, 5071, 5092 and their neighbours),
written in snake case with the unit as the ending: `_no`, `_code`, `_on` (a calendar date), `_at`
(an instant in UTC), `_amount` (the store's currency), `_count`, `_rate` (0 to 1), `is_`/`has_`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from pipelines.errors import FrameError, nearest


class FieldType(StrEnum):
    """The types a field can have; `INTEGER` is for the store's own counters and behaves as a number."""

    TEXT = "text"
    NUMBER = "number"
    AMOUNT = "amount"
    DATE = "date"
    TIMESTAMP = "timestamp"
    BOOLEAN = "boolean"
    MANY = "many_valued"
    INTEGER = "integer"


PANDAS_DTYPE = {
    FieldType.TEXT: "str",
    FieldType.NUMBER: "float64",
    FieldType.AMOUNT: "float64",
    FieldType.DATE: "datetime64[us]",
    FieldType.TIMESTAMP: "datetime64[us, UTC]",
    FieldType.BOOLEAN: "boolean",
    FieldType.MANY: "object",
    FieldType.INTEGER: "Int64",
}


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name : str
        In snake case, ending in its unit.
    type : FieldType
        What it holds.
    meaning : str
        One phrase for a person choosing it.
    nullable : bool
        Whether it may be unknown.
    choices : tuple of str
        The only values a text column admits, or empty.
    aliases : tuple of str
        Headers under which files bring this column, compared without case, blanks and signs.
    is_custom : bool
        Whether a user added it.
    """

    name: str
    type: FieldType
    meaning: str
    nullable: bool = True
    choices: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    is_custom: bool = False

    @property
    def dtype(self) -> str:
        """The pandas dtype of the column in a conformed frame."""
        if self.type is FieldType.INTEGER and not self.nullable:
            return "int64"
        if self.type is FieldType.BOOLEAN and not self.nullable:
            return "bool"
        return PANDAS_DTYPE[self.type]


@dataclass(frozen=True)
class Table:
    """One table of the store as its users see it: contacts are named by number.

    Attributes
    ----------
    name : str
        Singular, in snake case.
    meaning : str
        What one row is.
    columns : tuple of Column
        In their order, custom fields last.
    key : tuple of str
        The columns that name a row from outside; a row without them is told apart by its content.
    time : str
        The column that says when a row happened, or empty when rows have no time.
    takes_fields : bool
        Whether users may add fields.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    time: str = ""
    takes_fields: bool = False
    by_name: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})

    def column(self, name: str) -> Column:
        """Look a column up.

        Parameters
        ----------
        name : str
            Its name.

        Returns
        -------
        Column
            The column.

        Raises
        ------
        FrameError
            When the table has no such column.
        """
        if name not in self.by_name:
            raise FrameError(f'{self.name} has no column "{name}".', nearest(name, self.by_name))
        return self.by_name[name]

    def extended(self, columns: tuple[Column, ...]) -> Table:
        """Give the table with custom fields added behind its own columns.

        Parameters
        ----------
        columns : tuple of Column
            The fields to add.

        Returns
        -------
        Table
            A new table; this one is unchanged.
        """
        return replace(self, columns=self.columns + columns)


def _text(name: str, meaning: str, *aliases: str, **more: object) -> Column:
    return Column(name, FieldType.TEXT, meaning, aliases=aliases, **more)  # type: ignore[arg-type]


def _column(type_: FieldType, name: str, meaning: str, *aliases: str, nullable: bool = True) -> Column:
    return Column(name, type_, meaning, nullable=nullable, aliases=aliases)


def _flag(name: str, meaning: str, *aliases: str) -> Column:
    return Column(name, FieldType.BOOLEAN, meaning, nullable=False, aliases=aliases)


_CONTACT_NO = _text(
    "contact_no",
    "number of the contact",
    "contact",
    "contact id",
    "customer id",
    "customer no",
    nullable=False,
)

CONTACT = Table(
    "contact",
    "a person or a company, of whatever relation to us",
    (
        _text("contact_no", "number of the contact", "no", "contact id", "id", nullable=False),
        _text("external_id", "number of the contact in another system"),
        _text("type", "person or company", "contact type", choices=("person", "company"), nullable=False),
        _text("name", "full name", "full name", "company name"),
        _text("first_name", "first name", "given name"),
        _text("middle_name", "middle name"),
        _text("surname", "surname", "last name", "family name"),
        _text("job_title", "job title"),
        _text("company_no", "contact number of the company; a company's own number"),
        _text("address", "street address", "address 1", "street"),
        _text("address_2", "second line of the address"),
        _text("city", "city", "town", "suburb"),
        _text("post_code", "post code", "postcode", "zip", "zip code"),
        _text("county", "county or state", "state"),
        _text("country_code", "country or region code", "country", "country region code"),
        _text("phone_no", "telephone", "phone", "telephone"),
        _text("mobile_phone_no", "mobile telephone", "mobile", "mobile phone"),
        _text("email", "e-mail address", "e-mail", "email address"),
        _text("home_page", "web address", "website"),
        _text("territory_code", "sales territory", "territory"),
        _text("salesperson_code", "salesperson", "salesperson"),
        _text("language_code", "language", "language"),
        _text("currency_code", "currency", "currency"),
        _text("organizational_level_code", "organizational level"),
        _text("correspondence_type", "preferred correspondence", choices=("hard_copy", "email")),
        _text("salutation_code", "salutation"),
        _text("vat_registration_no", "VAT registration number"),
        _column(FieldType.MANY, "mailing_group_codes", "mailing groups", "mailing groups"),
        _column(FieldType.MANY, "industry_codes", "industry groups", "industry groups", "industries"),
        _column(FieldType.MANY, "job_responsibility_codes", "job responsibilities", "job responsibilities"),
        _flag("is_excluded_from_segments", "excluded from segments", "exclude from segment"),
        _flag("is_privacy_blocked", "privacy blocked", "privacy blocked"),
        _flag("is_minor", "minor", "minor"),
        _flag("has_parental_consent", "parental consent received", "parental consent received"),
    ),
    key=("contact_no",),
    takes_fields=True,
)

BUSINESS_RELATION = Table(
    "business_relation",
    "a role a contact has for us, linked to a customer, vendor or bank account where there is one",
    (
        _CONTACT_NO,
        _text("business_relation_code", "business relation", "business relation", nullable=False),
        _text(
            "link_to_table",
            "kind of linked record",
            choices=("customer", "vendor", "bank_account", "employee"),
        ),
        _text("linked_no", "number of the linked record", "no"),
    ),
    key=("contact_no", "business_relation_code"),
)

INTERACTION = Table(
    "interaction",
    "one entry of the interaction log: a letter, call, e-mail, visit or response",
    (
        _text("interaction_no", "number of the interaction in its source", "interaction id", "entry no", "id"),
        _CONTACT_NO,
        _column(
            FieldType.TIMESTAMP,
            "occurred_at",
            "when it happened",
            "date",
            "interaction date",
            "timestamp",
            "occurred on",
            nullable=False,
        ),
        _text("interaction_group_code", "interaction group", "group", "interaction group"),
        _text("interaction_template_code", "interaction template", "template", "interaction template", "kind"),
        _text("description", "description"),
        _text("subject", "subject"),
        _text("information_flow", "outbound or inbound", "flow", "direction", choices=("outbound", "inbound")),
        _text("initiated_by", "us or them", choices=("us", "them")),
        _text("correspondence_type", "correspondence", choices=("hard_copy", "email")),
        _text("campaign_no", "campaign", "campaign", "campaign id"),
        _flag("is_campaign_target", "sent to a campaign's target", "campaign target"),
        _flag("is_campaign_response", "a response to a campaign", "campaign response"),
        _text("salesperson_code", "salesperson", "salesperson"),
        _text(
            "evaluation",
            "how it went",
            choices=("very_positive", "positive", "neutral", "negative", "very_negative"),
        ),
        _flag("is_attempt_failed", "the attempt failed", "attempt failed"),
        _flag("is_canceled", "canceled", "canceled", "cancelled"),
        _flag("is_postponed", "postponed", "postponed"),
        _column(FieldType.AMOUNT, "cost_amount", "cost", "cost"),
        _column(FieldType.NUMBER, "duration_minutes", "duration in minutes", "duration"),
        _text("language_code", "language", "language"),
        _text("document_no", "document", "document no"),
        _text("opportunity_no", "opportunity", "opportunity"),
        _text("segment_no", "segment it was logged from", "segment"),
        _text("logged_segment_entry_no", "number of the logged segment", "logged segment"),
    ),
    key=("interaction_no",),
    time="occurred_at",
    takes_fields=True,
)

OPPORTUNITY = Table(
    "opportunity",
    "a possible sale in a sales cycle",
    (
        _text("opportunity_no", "number of the opportunity", "opportunity id", "no", "id"),
        _CONTACT_NO,
        _text("description", "description"),
        _text("salesperson_code", "salesperson", "salesperson", "sales agent"),
        _text("campaign_no", "campaign", "campaign"),
        _text("sales_cycle_code", "sales cycle", "sales cycle"),
        _text("stage", "stage of the sales cycle", "deal stage", "sales cycle stage"),
        _text("status", "status", choices=("not_started", "in_progress", "won", "lost")),
        _text("priority", "priority", choices=("low", "normal", "high")),
        _column(FieldType.DATE, "created_on", "creation date", "creation date", "engage date", "created"),
        _column(FieldType.DATE, "closed_on", "date closed", "date closed", "close date"),
        _column(FieldType.DATE, "estimated_close_on", "estimated closing date", "estimated close date"),
        _column(FieldType.AMOUNT, "estimated_amount", "estimated value", "estimated value", "value"),
        _column(
            FieldType.AMOUNT,
            "calculated_amount",
            "calculated current value",
            "calcd current value",
            "close value",
        ),
        _column(FieldType.NUMBER, "probability_rate", "probability, 0 to 1", "probability"),
    ),
    key=("opportunity_no",),
    time="created_on",
    takes_fields=True,
)

SALES_ENTRY = Table(
    "sales_entry",
    "one posted sales line",
    (
        _text("sales_entry_no", "number of the entry in its source", "entry no", "id"),
        _CONTACT_NO,
        _column(
            FieldType.TIMESTAMP,
            "posted_at",
            "when it was posted",
            "date",
            "posting date",
            "timestamp",
            "order date",
            nullable=False,
        ),
        _text("document_no", "receipt, invoice or basket", "order no", "invoice no", "order id", "basket id"),
        _text("item_no", "item", "item", "product", "product id"),
        _column(FieldType.NUMBER, "quantity", "quantity", "qty"),
        _column(
            FieldType.AMOUNT,
            "sales_amount",
            "sales value",
            "amount",
            "sales",
            "revenue",
            "sales value",
            "spend",
        ),
        _column(FieldType.AMOUNT, "discount_amount", "discount given", "discount"),
        _text("campaign_no", "campaign", "campaign"),
        _text("salesperson_code", "salesperson", "salesperson"),
    ),
    key=("sales_entry_no",),
    time="posted_at",
    takes_fields=True,
)

CAMPAIGN = Table(
    "campaign",
    "a marketing campaign",
    (
        _text("campaign_no", "number of the campaign", "no", "campaign id", "campaign", nullable=False),
        _text("description", "description", "name"),
        _text("type_code", "type of campaign", "type", "campaign type"),
        _column(FieldType.DATE, "starting_on", "first day", "starting date", "start date"),
        _column(FieldType.DATE, "ending_on", "last day", "ending date", "end date"),
        _text("salesperson_code", "salesperson", "salesperson"),
        _text("status_code", "status", "status"),
    ),
    key=("campaign_no",),
)

CAMPAIGN_TARGET = Table(
    "campaign_target",
    "one contact that a campaign targets, or holds out",
    (
        _text("campaign_no", "campaign", "campaign", "campaign id", nullable=False),
        _CONTACT_NO,
        _text("arm", "arm of the campaign the contact was drawn into", "variant"),
        _column(FieldType.DATE, "targeted_on", "day the contact was targeted", "date", "start date"),
    ),
    key=("campaign_no", "contact_no"),
    time="targeted_on",
)

CONSENT = Table(
    "consent",
    "a contact's yes or no to one channel and purpose, given on a date",
    (
        _CONTACT_NO,
        _text("channel", "channel", choices=("email", "phone", "post", "sms"), nullable=False),
        _text("purpose", "purpose"),
        _flag("is_granted", "granted (yes) or withdrawn (no)", "granted", "consent", "opt in"),
        _column(FieldType.TIMESTAMP, "given_at", "when it was given", "date", "timestamp", nullable=False),
    ),
    key=("contact_no", "channel", "purpose", "given_at"),
    time="given_at",
)

CONTACT_LIST = Table(
    "contact_list",
    "one contact on an uploaded list",
    (
        _text("list_name", "name of the list", "list", nullable=False),
        _CONTACT_NO,
    ),
    key=("list_name", "contact_no"),
)

PROFILE_ANSWER = Table(
    "profile_answer",
    "one answer of a contact to a question of a profile questionnaire",
    (
        _CONTACT_NO,
        _text(
            "questionnaire_code", "profile questionnaire", "profile questionnaire code", "questionnaire", nullable=False
        ),
        _column(FieldType.NUMBER, "line_no", "line of the answer in the questionnaire", "answer no", nullable=False),
        _text("question", "question"),
        _text("answer", "answer", "answer", "description"),
    ),
    key=("contact_no", "questionnaire_code", "line_no"),
)

INTERACTION_TEMPLATE = Table(
    "interaction_template",
    "a kind of interaction, with what its interactions begin with",
    (
        _text("interaction_template_code", "interaction template", "code", "template", nullable=False),
        _text("description", "description"),
        _text("interaction_group_code", "interaction group", "group", "interaction group"),
        _column(FieldType.AMOUNT, "unit_cost_amount", "cost of each", "unit cost"),
        _column(FieldType.NUMBER, "unit_duration_minutes", "duration of each in minutes", "unit duration"),
        _text("information_flow", "outbound or inbound", "flow", "direction", choices=("outbound", "inbound")),
        _text("initiated_by", "us or them", choices=("us", "them")),
        _text("campaign_no", "campaign", "campaign"),
        _flag("is_campaign_target", "sent to a campaign's target", "campaign target"),
        _flag("is_campaign_response", "a response to a campaign", "campaign response"),
        _text("correspondence_type", "correspondence", choices=("hard_copy", "email")),
        _flag("ignores_contact_correspondence", "whether its correspondence goes before the contact's"),
        _text("language_code", "language", "language"),
    ),
    key=("interaction_template_code",),
)

TABLES = {
    table.name: table
    for table in (
        CONTACT,
        BUSINESS_RELATION,
        INTERACTION,
        OPPORTUNITY,
        SALES_ENTRY,
        CAMPAIGN,
        CAMPAIGN_TARGET,
        CONSENT,
        CONTACT_LIST,
        PROFILE_ANSWER,
        INTERACTION_TEMPLATE,
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
