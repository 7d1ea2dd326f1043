"""Custom fields: columns that users add to the tables of their store."""

from __future__ import annotations

import re

from pipelines.schema import TABLES, Column, FieldType, Table, folded
from workbench.errors import ConfigError, ConflictError, RuleError, nearest
from workbench.store import Connection
from workbench.store.tables import SQL_TYPE, quoted

TYPES = tuple(type_ for type_ in FieldType if type_ is not FieldType.INTEGER)

# What the store itself calls the numbers of its rows.
_RESERVED = ("contact_id", "contact_no", "entry_no", "rowid")


def fields(con: Connection, table: Table) -> Table:
    """Give a table with the custom fields of a store behind its own columns.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        In a unit of work.
    table : Table
        As the schema describes it.

    Returns
    -------
    Table
        Custom fields stand in the order in which they were added.
    """
    rows = con.execute(
        "SELECT name, type, meaning FROM custom_field WHERE table_name = ? ORDER BY position", [table.name]
    ).fetchall()
    custom = (Column(name, FieldType(type_), meaning, is_custom=True) for name, type_, meaning in rows)
    return TABLES[table.name].extended(tuple(custom))


def add_field(con: Connection, table: Table, name: str, type_: FieldType | str, meaning: str = "") -> Column:
    """Add a custom field to a table of a store.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        In a unit of work that writes.
    table : Table
        One that takes fields.
    name : str
        Lower-case letters, digits and underscores, beginning with a letter; 59 characters at most.
    type_ : FieldType or str
        One of text, number, amount, date, timestamp, boolean and many-valued.
    meaning : str, optional
        One phrase for a person choosing the field; by default its name in words.

    Returns
    -------
    Column
        The field; the one that is there when the same was added before.

    Raises
    ------
    RuleError
        When the table takes no fields.
    ConfigError
        When the name or the type cannot be used.
    ConflictError
        When the table has a column of the name already, or a field of another type.
    """
    known, type_ = fields(con, table), field_type(type_)
    there = same_field(known, name, type_)
    if there is not None:
        return there
    column = Column(name, type_, meaning.strip() or name.replace("_", " "), is_custom=True)
    con.execute(f"ALTER TABLE {quoted(table.name)} ADD COLUMN {quoted(name)} {SQL_TYPE[type_]}")
    con.execute(
        "INSERT INTO custom_field VALUES (?, ?, ?, ?, ?)",
        [table.name, name, type_.value, column.meaning, len(known.columns) + 1],
    )
    return column


def same_field(table: Table, name: str, type_: FieldType | str) -> Column | None:
    """Find the field that is there already when it is to be added once more.

    Parameters
    ----------
    table : Table
        With its custom fields.
    name : str
        Of the field.
    type_ : FieldType or str
        Its type.

    Returns
    -------
    Column or None
        None when the field can be added.

    Raises
    ------
    RuleError, ConfigError, ConflictError
        When it cannot be added, as `add_field` says.
    """
    type_ = field_type(type_)
    _require_usable(table, name)
    there = table.by_name.get(name)
    if there is None:
        return None
    if not there.is_custom:
        raise ConflictError(f'{table.name} has a column "{name}" already.', "Use it, or choose another name.")
    if there.type is not type_:
        raise ConflictError(
            f'{table.name} has a field "{name}" of type {there.type.value}, not {type_.value}.',
            "Use it as it is, or choose another name.",
        )
    return there


def field_type(name: FieldType | str) -> FieldType:
    """Find a type by its name, however it is spelled.

    Parameters
    ----------
    name : FieldType or str
        ``"many-valued"``, ``"Many valued"`` and ``"many_valued"`` are the same.

    Returns
    -------
    FieldType
        One that a custom field can have.

    Raises
    ------
    ConfigError
        When there is none of the name.
    """
    by_name = {folded(type_.value): type_ for type_ in TYPES}
    found = by_name.get(folded(str(name)))
    if found is None:
        raise ConfigError(f'There is no field type "{name}".', nearest(name, [type_.value for type_ in TYPES]))
    return found


def _require_usable(table: Table, name: str) -> None:
    if not table.takes_fields:
        takers = ", ".join(known.name for known in TABLES.values() if known.takes_fields)
        raise RuleError(f"Fields cannot be added to {table.name}.", f"They can be added to {takers}.")
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,58}", name):
        raise ConfigError(
            f'"{name}" cannot name a field.',
            "Use lower-case letters, digits and underscores, beginning with a letter; 59 characters at most.",
        )
    if name in _RESERVED:
        raise ConflictError(f'"{name}" is a name the store uses itself.', "Choose another name.")
