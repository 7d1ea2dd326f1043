"""Fields, tables and coded values as a reader names them."""

from __future__ import annotations

from pipelines import schema
from pipelines.catalogue import COMPUTED
from pipelines.contact_features import FEATURES
from pipelines.schema import Column, Table
from workbench.app.language import _


def N_(text: str) -> str:  # noqa: N802  (gettext's own name for it)
    """Mark a text for the catalogues; it is translated where it is used.

    Parameters
    ----------
    text : str
        In English.

    Returns
    -------
    str
        The same.
    """
    return text


_TABLES = {
    "contact": N_("Contacts"),
    "business_relation": N_("Business relations"),
    "interaction": N_("Interactions"),
    "opportunity": N_("Opportunities"),
    "opportunity_entry": N_("Steps through sales cycles"),
    "sales_cycle": N_("Sales cycles"),
    "sales_cycle_stage": N_("Stages of sales cycles"),
    "close_opportunity_code": N_("Close opportunity codes"),
    "item": N_("Items"),
    "sales_entry": N_("Sales entries"),
    "campaign": N_("Campaigns"),
    "campaign_target": N_("Campaign targets"),
    "campaign_response": N_("Campaign responses"),
    "campaign_entry": N_("Campaign entries"),
    "campaign_price": N_("Campaign prices"),
    "consent": N_("Consents"),
    "contact_list": N_("Contact lists"),
    "profile_answer": N_("Profile answers"),
    "interaction_group": N_("Interaction groups"),
    "interaction_template": N_("Interaction templates"),
    "interaction_template_setup": N_("Templates of documents"),
    "campaign_status": N_("Campaign statuses"),
    "task": N_("Tasks"),
    "purchase_entry": N_("Purchase entries"),
    "comment": N_("Comments"),
    "alternative_address": N_("Alternative addresses"),
    "industry_group": N_("Industry groups"),
    "mailing_group": N_("Mailing groups"),
    "job_responsibility": N_("Job responsibilities"),
    "organizational_level": N_("Organizational levels"),
    "business_relation_type": N_("Kinds of business relation"),
    "web_source": N_("Web sources"),
    "territory": N_("Territories"),
    "language": N_("Languages"),
    "country": N_("Countries"),
    "salutation": N_("Salutations"),
    "activity": N_("Activities"),
    "activity_step": N_("Steps of activities"),
    "questionnaire": N_("Questionnaires"),
    "questionnaire_line": N_("Questions and answers"),
    "questionnaire_rating": N_("Points of ratings"),
    "contact_web_source": N_("Web sources of contacts"),
    "alternative_address_range": N_("Days of alternative addresses"),
    "contact_comment": N_("Comments"),
    "customer": N_("Customers"),
    "vendor": N_("Vendors"),
    "bank_account": N_("Bank accounts"),
    "employee": N_("Employees"),
    "salutation_formula": N_("Formulas of salutations"),
    "salesperson": N_("Salespeople"),
    "user_setup": N_("Users"),
    "team": N_("Teams"),
    "team_salesperson": N_("Members of teams"),
}
TABLE_GROUPS = {
    N_("Contacts"): (
        "contact", "business_relation", "consent", "contact_list", "profile_answer", "alternative_address",
        "alternative_address_range", "contact_web_source", "contact_comment",
    ),
    N_("Activity"): (
        "interaction", "task", "opportunity", "opportunity_entry", "sales_entry", "purchase_entry", "campaign",
        "campaign_target", "campaign_response", "campaign_entry", "campaign_price",
    ),
    N_("Linked records"): ("customer", "vendor", "bank_account", "employee"),
    N_("Setup"): (
        "salesperson", "team", "team_salesperson", "user_setup", "territory", "country", "language", "industry_group",
        "mailing_group", "job_responsibility", "organizational_level", "business_relation_type", "web_source",
        "salutation", "salutation_formula", "interaction_group", "interaction_template", "interaction_template_setup",
        "campaign_status", "sales_cycle", "sales_cycle_stage", "close_opportunity_code", "item", "activity",
        "activity_step", "questionnaire", "questionnaire_line", "questionnaire_rating",
    ),
}  # fmt: skip
"""Tables as they are offered together: what it is about, and the names."""
_TYPES = {
    "text": N_("text"),
    "number": N_("number"),
    "amount": N_("amount of money"),
    "date": N_("date"),
    "timestamp": N_("date and time"),
    "boolean": N_("yes or no"),
    "many_valued": N_("several values"),
    "integer": N_("whole number"),
}


def field(column: Column) -> str:
    """Name a field.

    Parameters
    ----------
    column : Column
        Built-in, computed or custom.

    Returns
    -------
    str
        Its meaning, in the visitor's language where the catalogue has it, with a capital.
    """
    text = column.meaning.strip() or column.name
    return capital(text.replace("_", " ") if column.is_custom else _(text))


def feature(name: str) -> str:
    """Name what contacts are told apart by.

    Parameters
    ----------
    name : str
        A feature, or a field of contacts; with a value, as in ``"city: Prague"``.

    Returns
    -------
    str
        In the visitor's language where the catalogue has it, with a capital.
    """
    bare, colon, value = name.partition(": ")
    if bare in FEATURES:
        return capital(_(FEATURES[bare].meaning)) + colon + value
    known = {column.name: column for column in schema.CONTACT.columns}
    known |= {key: item.column for key, item in COMPUTED.items()}
    return (field(known[bare]) if bare in known else capital(bare.replace("_", " "))) + colon + value


def table(name: str | Table) -> str:
    """Name a table.

    Parameters
    ----------
    name : str or Table
        As the schema or a condition names it.

    Returns
    -------
    str
        In the plural.
    """
    name = name if isinstance(name, str) else name.name
    return _(_TABLES[name]) if name in _TABLES else capital(name.replace("_", " "))


def type_name(type_: str) -> str:
    """Name a field type.

    Parameters
    ----------
    type_ : str
        A value of `FieldType`.

    Returns
    -------
    str
        In words.
    """
    return _(_TYPES[type_]) if type_ in _TYPES else type_


def choice(value: str) -> str:
    """Name a coded value, such as `very_positive`.

    Parameters
    ----------
    value : str
        One of a column's choices.

    Returns
    -------
    str
        In the visitor's language; a value that no catalogue has stays as it is.
    """
    words = value.replace("_", " ")
    return _(words) if words else value


def capital(text: str) -> str:
    """Begin a text with a capital.

    Parameters
    ----------
    text : str
        Any.

    Returns
    -------
    str
        The rest as it was.
    """
    return text[:1].upper() + text[1:]
