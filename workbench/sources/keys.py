"""How the rows of a table are told apart: by a number of their own, by several columns, or by their content."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from pipelines.schema import CONTACT, Column, FieldType, Table
from workbench.errors import SourceError, nearest


@dataclass(frozen=True)
class Keys:
    """What names a row of a file, and what names the contact it is about.

    Attributes
    ----------
    columns : tuple of str
        Columns of the store that name a row together; empty when every row is told apart by its content.
    may_be_blank : bool
        Whether a row may lack its key; it is then told apart by its content.
    contact_field : str
        Field of contacts by which the contact of a row is found; empty for tables that are about no contact.
    """

    columns: tuple[str, ...]
    may_be_blank: bool
    contact_field: str = ""


def keys_for(table: Table, contact: Table, brought: Collection[str], key: str | None, contact_key: str | None) -> Keys:
    """Decide by what the rows of a file are told apart.

    Parameters
    ----------
    table : Table
        The table to fill.
    contact : Table
        Contacts with their custom fields.
    brought : collection of str
        Fields that the file brings.
    key : str or None
        Text field that names a contact, for files of contacts.
    contact_key : str or None
        Text field of contacts in which the contact of a row is looked up.

    Returns
    -------
    Keys
        The key; `contact_id` stands for the contact.

    Raises
    ------
    SourceError
        When `key` or `contact_key` does not fit the table, or the file does not bring the key.
    """
    if table.name == CONTACT.name:
        return _of_contacts(table, brought, key, contact_key)
    if key is not None:
        raise SourceError(
            f'key="{key}" is for files of contacts, not of {table.name}.',
            'Say contact_key="..." for the field in which the contacts are looked up.',
        )
    if "contact_no" not in table.by_name:
        return Keys(table.key, may_be_blank=False)
    found_by = contact_text(contact, contact_key or "contact_no").name
    if _may_lack_key(table):
        return Keys(tuple(c for c in table.key if c in brought), True, found_by)
    columns = tuple("contact_id" if column == "contact_no" else column for column in table.key)
    return Keys(columns, False, found_by)


def _may_lack_key(table: Table) -> bool:
    """Rows of some tables may have a number of their own in their source, but need not; others never have one."""
    return all(table.by_name[column].nullable for column in table.key)


def _of_contacts(table: Table, brought: Collection[str], key: str | None, contact_key: str | None) -> Keys:
    if contact_key is not None:
        raise SourceError(
            "contact_key is for rows about contacts.", f'Say key="{contact_key}" for contacts themselves.'
        )
    if key is None:
        own = next((name for name in ("contact_no", "external_id") if name in brought), None)
        return Keys((own,) if own else (), True)
    field = contact_text(table, key)
    if field.name not in brought:
        raise SourceError(f"No column of the file goes to {field.name}, which is to be the key.", nearest(key, brought))
    return Keys((field.name,), True)


def contact_text(contact: Table, name: str) -> Column:
    """Look up the field by which contacts are named.

    Parameters
    ----------
    contact : Table
        Contacts with their custom fields.
    name : str
        The field.

    Returns
    -------
    Column
        The field.

    Raises
    ------
    SourceError
        When there is none of that name, or it does not hold text.
    """
    texts = [column.name for column in contact.columns if column.type is FieldType.TEXT]
    if name not in texts:
        raise SourceError(f'Contacts cannot be found by "{name}".', nearest(name, texts))
    return contact.by_name[name]


def with_contact_field(table: Table, contact: Table, contact_key: str | None) -> Table:
    """Let the headers of the field in which contacts are looked up name the contact of a row.

    Parameters
    ----------
    table : Table
        Rows about contacts.
    contact : Table
        Contacts with their custom fields.
    contact_key : str or None
        The field, when it is not the number.

    Returns
    -------
    Table
        With more aliases of `contact_no`; the same table when there is nothing to add.
    """
    if contact_key is None or "contact_no" not in table.by_name or table.name == CONTACT.name:
        return table
    field = contact_text(contact, contact_key)
    columns = tuple(
        replace(c, aliases=(field.name, *field.aliases, *c.aliases)) if c.name == "contact_no" else c
        for c in table.columns
    )
    return replace(table, columns=columns)
