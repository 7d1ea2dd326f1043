"""What the new values of a contact have to be like: codes that exist, telephones without letters, real addresses."""

from __future__ import annotations

from pipelines import email_addresses, telephones
from pipelines.columns import FieldType, Table
from pipelines.contact_changes import Outcome, said
from pipelines.errors import shown
from workbench.errors import ConfigError
from workbench.setup.codes import check_code
from workbench.store import Connection

LONGEST_REGISTRATION_NO = 20


def check(con: Connection, table: Table, outcome: Outcome) -> tuple[str, ...]:
    """Check the values that somebody gave a contact.

    Parameters
    ----------
    con : connection
        An open unit of work.
    table : Table
        Contacts with their custom fields.
    outcome : Outcome
        The contact before and after; what is as before is not looked at.

    Returns
    -------
    tuple of str
        What is doubtful and not refused.

    Raises
    ------
    WorkbenchError
        When a value is refused; unknown codes as `workbench.setup.codes.check_code` says.
    """
    new = {name: said(outcome.values, name) for name in table.by_name if outcome.is_given(name)}
    for name, value in new.items():
        for code in _codes(table, name, value):
            check_code(con, name, code)
    texts = {name: str(value) for name, value in new.items() if value is not None}
    check_texts(texts)
    country = said(outcome.values, "country_code")
    return doubts(texts, None if country is None else str(country))


def check_texts(texts: dict[str, str]) -> None:
    """Check values that need no look into the store.

    Parameters
    ----------
    texts : dict of str to str
        New values by field, blank ones left out.

    Raises
    ------
    ConfigError
        When a telephone number holds letters, an e-mail address is none, or a registration number is too long.
    """
    for name in telephones.LETTERLESS:
        if telephones.has_letters(texts.get(name, "")):
            raise ConfigError(f"{shown(texts[name])} in {name} holds letters.", "Write a telephone number in digits.")
    for name in email_addresses.FIELDS:
        if name in texts and not email_addresses.is_valid(texts[name]):
            raise ConfigError(f"{shown(texts[name])} in {name} is no e-mail address.", "Write it like ana@example.com.")
    if len(texts.get("registration_no", "")) > LONGEST_REGISTRATION_NO:
        raise ConfigError(
            f"{shown(texts['registration_no'])} is too long.", "A registration number has 20 signs at most."
        )


def doubts(texts: dict[str, str], country_code: str | None) -> tuple[str, ...]:
    """Say which telephone numbers are doubtful.

    Parameters
    ----------
    texts : dict of str to str
        New values by field, blank ones left out.
    country_code : str or None
        Of numbers without a prefix.

    Returns
    -------
    tuple of str
        A sentence for each.
    """
    said_of = (telephones.doubt(name, texts[name], country_code) for name in telephones.FIELDS if name in texts)
    return tuple(sentence for sentence in said_of if sentence is not None)


def _codes(table: Table, name: str, value: object) -> list[str]:
    """The codes in a field of codes."""
    column = table.by_name[name]
    if column.is_custom or value is None:
        return []
    if column.type is FieldType.MANY:
        return list(value) if isinstance(value, list) else []
    return [str(value)] if name.endswith("_code") else []
