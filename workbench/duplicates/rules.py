"""The setup of search strings in the store (Business Central, table 5095)."""

from __future__ import annotations

from pipelines.columns import FieldType, Table
from pipelines.duplicates import LONGEST, SHORTEST, SearchStringRule
from workbench.errors import ConfigError, NotFoundError, nearest
from workbench.store import Connection

PARTS = ("first", "last")


def read(con: Connection) -> list[SearchStringRule]:
    """Read the setup.

    Parameters
    ----------
    con : connection
        An open unit of work.

    Returns
    -------
    list of SearchStringRule
        By field and part.
    """
    query = "SELECT field_name, part, length FROM duplicate_search_string ORDER BY field_name, part"
    return [SearchStringRule(*row) for row in con.execute(query).fetchall()]


def save(con: Connection, contact: Table, rule: SearchStringRule) -> None:
    """Write a rule, in place of the one for the same field and part.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    contact : Table
        The fields of contacts.
    rule : SearchStringRule
        What to write.

    Raises
    ------
    ConfigError
        When contacts have no such field of text, there is no such part, or the length is none of 2 to 10.
    """
    checked(contact, rule)
    delete(con, rule.field_name, rule.part)
    con.execute("INSERT INTO duplicate_search_string VALUES (?, ?, ?)", [rule.field_name, rule.part, rule.length])


def checked(contact: Table, rule: SearchStringRule) -> None:
    """Refuse a rule that cannot be kept.

    Parameters
    ----------
    contact : Table
        The fields of contacts.
    rule : SearchStringRule
        The rule.

    Raises
    ------
    ConfigError
        As `save` says.
    """
    texts = [column.name for column in contact.columns if column.type is FieldType.TEXT and column.name != "contact_no"]
    if rule.field_name not in texts:
        raise ConfigError(f'Contacts have no field of text "{rule.field_name}".', nearest(rule.field_name, texts))
    if rule.part not in PARTS:
        raise ConfigError(f'"{rule.part}" is no part of a field.', 'Write "first" or "last".')
    if not isinstance(rule.length, int) or not SHORTEST <= rule.length <= LONGEST:
        raise ConfigError(f"{rule.length} is no length of a search string.", "Use a whole number from 2 to 10.")


def required(con: Connection, field_name: str, part: str) -> None:
    """Make sure that there is a rule.

    Parameters
    ----------
    con : connection
        An open unit of work.
    field_name, part : str
        Which one.

    Raises
    ------
    NotFoundError
        When there is none.
    """
    known = [f"{rule.field_name} {rule.part}" for rule in read(con)]
    wanted = f"{field_name} {part}"
    if wanted not in known:
        raise NotFoundError(f'There is no search string for "{wanted}".', nearest(wanted, known))


def delete(con: Connection, field_name: str, part: str) -> None:
    """Delete a rule.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    field_name, part : str
        Which one.
    """
    con.execute("DELETE FROM duplicate_search_string WHERE field_name = ? AND part = ?", [field_name, part])
