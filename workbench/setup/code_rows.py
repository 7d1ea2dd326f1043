"""The rows of code tables in the store: read with how many contacts have each, written, renamed, deleted."""

# Names of tables and columns come from the schema; values are bound.
# ruff: noqa: S608

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

import pandas as pd

from pipelines.code_tables import CODE_TABLES
from pipelines.schema import TABLES, FieldType, Table
from workbench.errors import ConfigError, NotFoundError, nearest
from workbench.setup.codes import CODE_OF, IN_LISTS
from workbench.setup.settings import yes_or_no
from workbench.store import Connection, tables
from workbench.store.connection import first_row

BY_NAME: Mapping[str, Table] = MappingProxyType({table.name: table for table in CODE_TABLES})
_FIELD_OF = {table: field for field, table in CODE_OF.items()}
_LONGEST = 20
# A choice that the product never leaves blank.
_FIRST_CHOICE = (("sales_cycle", "probability_calculation"),)
# Where else a code stands: in every column called after its table, and in a few with names of their own.
_OTHER_NAMES = MappingProxyType({
    "business_relation_type": ("business_relation_code",),
    "close_opportunity_code": ("close_opportunity_code",),
    "industry_group": (),
    "job_responsibility": (),
    "mailing_group": (),
})  # fmt: skip

# Worksheets are no table of the schema: nobody loads them.
_WORKSHEETS = ("worksheet", "worksheet_line")
_ON_WORKSHEETS = ("interaction_group_code", "language_code", "salesperson_code")
_ALSO = MappingProxyType({
    "language": [("interaction_template_language", "language_code")],
    "salesperson": [("task", "completed_by")],
})  # fmt: skip


def table_named(name: str) -> Table:
    """Find a code table.

    Parameters
    ----------
    name : str
        In the singular; blanks and hyphens count as underscores.

    Returns
    -------
    Table
        Its columns.

    Raises
    ------
    NotFoundError
        When there is none of the name.
    """
    wanted = name.strip().casefold().replace(" ", "_").replace("-", "_")
    for table in CODE_TABLES:
        if wanted in (table.name, f"{table.name}s", table.name.removesuffix("y") + "ies"):
            return table
    raise NotFoundError(f'There is no code table "{name}".', nearest(wanted, BY_NAME))


def listed(con: Connection, table: Table) -> pd.DataFrame:
    """List the rows of a code table.

    Parameters
    ----------
    con : connection
        An open unit of work.
    table : Table
        The table.

    Returns
    -------
    pandas.DataFrame
        Its columns, `contact_count` where contacts can have the code, and `is_described`: codes that contacts have
        without an entry are listed as well.
    """
    names = ", ".join(f"t.{column.name}" for column in table.columns)
    order = ", ".join(f"t.{name}" for name in table.key)
    counted = _counted(table.name)
    if not counted:
        return tables.frame(con, f"SELECT {names} FROM {table.name} t ORDER BY {order}")
    others = ", ".join(f"t.{column.name}" for column in table.columns[1:])
    return tables.frame(
        con,
        f"WITH used AS ({counted}) SELECT coalesce(t.code, u.code) AS code, {others}, "
        "coalesce(u.contact_count, 0) AS contact_count, t.code IS NOT NULL AS is_described "
        f"FROM {table.name} t FULL JOIN used u ON u.code = t.code ORDER BY 1",
    )


def _counted(table: str) -> str:
    """Codes with the number of contacts that have them; empty for tables that contacts do not refer to."""
    if table == "business_relation_type":
        return (
            "SELECT business_relation_code AS code, count(DISTINCT contact_id) AS contact_count "
            "FROM business_relation GROUP BY 1"
        )
    if table == "web_source":
        return (
            "SELECT web_source_code AS code, count(DISTINCT contact_id) AS contact_count "
            "FROM contact_web_source GROUP BY 1"
        )
    if table not in _FIELD_OF:
        return ""
    field = _FIELD_OF[table]
    codes = (
        f"SELECT unnest(list_distinct({field})) AS code FROM contact"
        if field in IN_LISTS
        else (f"SELECT {field} AS code FROM contact WHERE {field} IS NOT NULL")
    )
    return f"SELECT code, count(*) AS contact_count FROM ({codes}) GROUP BY code"


def contact_count(con: Connection, table: Table, code: str) -> int:
    """Count the contacts that have a code.

    Parameters
    ----------
    con : connection
        An open unit of work.
    table : Table
        The table.
    code : str
        The code.

    Returns
    -------
    int
        0 for tables that contacts do not refer to.
    """
    counted = _counted(table.name)
    row = first_row(con, f"SELECT contact_count FROM ({counted}) WHERE code = ?", [code]) if counted else None
    return 0 if row is None else int(row[0])


def found(con: Connection, table: Table, key: tuple[str, ...]) -> dict[str, Any] | None:
    """Read one row.

    Parameters
    ----------
    con : connection
        An open unit of work.
    table : Table
        The table.
    key : tuple of str
        A value for each column of the table's key.

    Returns
    -------
    dict or None
        By column; codes are compared without case. None where there is no such row.
    """
    names = [column.name for column in table.columns]
    row = first_row(con, f"SELECT {', '.join(names)} FROM {table.name} WHERE {_is(table)}", list(key))
    return None if row is None else dict(zip(names, row, strict=True))


def _is(table: Table) -> str:
    """Codes are compared without case, numbers as numbers: 10 is 10.0."""
    return " AND ".join(
        f"{name} = try_cast(? AS DOUBLE)"
        if table.by_name[name].type is FieldType.NUMBER
        else f"lower({name}::VARCHAR) = lower(?)"
        for name in table.key
    )


def write(con: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Write a row in the place of the one with its key.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    table : Table
        The table.
    row : mapping of str to object
        A value for each column.
    """
    con.execute(f"DELETE FROM {table.name} WHERE {_is(table)}", [str(row[name]) for name in table.key])
    con.execute(
        f"INSERT INTO {table.name} ({', '.join(row)}) VALUES ({', '.join('?' for _ in row)})", list(row.values())
    )


def blank(table: Table) -> dict[str, Any]:
    """Give what a new row begins with.

    Parameters
    ----------
    table : Table
        The table.

    Returns
    -------
    dict
        By column: nothing, and false for flags.
    """
    return {column.name: False if column.type is FieldType.BOOLEAN else None for column in table.columns}


def completed(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """Fill in what is never blank, and refuse a row without something that it cannot do without.

    Parameters
    ----------
    table : Table
        The table.
    row : mapping of str to object
        A value for each column.

    Returns
    -------
    dict
        With the choice that the product begins with where there is none.

    Raises
    ------
    ConfigError
        When there is no value for such a column.
    """
    never_blank = {name: table.by_name[name].choices[0] for of, name in _FIRST_CHOICE if of == table.name}
    full = {name: never_blank.get(name) if value is None else value for name, value in row.items()}
    missing = next((one for one in table.columns if not one.nullable and full[one.name] is None), None)
    if missing is not None:
        raise ConfigError(
            f"A row of {table.name} needs {missing.name}.",
            f"Choose one of: {', '.join(missing.choices)}." if missing.choices else "Give it a value.",
        )
    return full


def remove(con: Connection, table: Table, key: tuple[str, ...]) -> None:
    """Delete a row.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    table : Table
        The table.
    key : tuple of str
        A value for each column of the table's key.
    """
    con.execute(f"DELETE FROM {table.name} WHERE {_is(table)}", list(key))


def rename(con: Connection, table: Table, old: str, new: str) -> int:
    """Give a code another name wherever it stands.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    table : Table
        The table.
    old, new : str
        The code.

    Returns
    -------
    int
        In how many other rows it stood.
    """
    con.execute(f"UPDATE {table.name} SET code = ? WHERE code = ?", [new, old])
    changed = 0
    for place, column in _places(table.name):
        row = first_row(con, f"UPDATE {place} SET {column} = ? WHERE {column} = ?", [new, old])
        changed += int(row[0]) if row else 0
    field = _FIELD_OF.get(table.name)
    if field in IN_LISTS:
        row = first_row(
            con,
            f"UPDATE contact SET {field} = list_distinct(list_transform({field}, lambda code: "
            f"CASE WHEN code = $1 THEN $2 ELSE code END)) WHERE list_contains({field}, $1)",
            [old, new],
        )
        changed += int(row[0]) if row else 0
    return changed


def _places(table: str) -> list[tuple[str, str]]:
    names = _OTHER_NAMES.get(table, (f"{table}_code",))
    places = [(other.name, name) for other in TABLES.values() for name in names if name in other.by_name]
    places += [(other, name) for other in _WORKSHEETS for name in names if name in _ON_WORKSHEETS]
    return places + _ALSO.get(table, [])


def checked(table: Table, values: Mapping[str, object]) -> dict[str, Any]:
    """Read values for columns of a code table.

    Parameters
    ----------
    table : Table
        The table.
    values : mapping of str to object
        By column; text is read, None and blank text are nothing.

    Returns
    -------
    dict
        With the columns' types.

    Raises
    ------
    ConfigError
        When there is no such column, or the value does not suit it.
    """
    return {name: _checked(table, name, value) for name, value in values.items()}


def _checked(table: Table, name: str, value: object) -> Any:
    if name not in table.by_name:
        raise ConfigError(f'{table.name} has no column "{name}".', nearest(name, table.by_name))
    column, text = table.by_name[name], "" if value is None else str(value).strip()
    if column.type is FieldType.BOOLEAN:
        return bool(text) and yes_or_no(name, text)
    if not text:
        return "" if name in table.key else None
    if column.type is FieldType.NUMBER:
        return _number(name, text)
    if name in table.key and len(text) > _LONGEST and name != "user_name":
        raise ConfigError(f'The code "{text}" has {len(text)} signs.', f"Write at most {_LONGEST}.")
    if column.choices and text not in column.choices:
        raise ConfigError(f'"{text}" is no value of {name}.', nearest(text, column.choices))
    return text


def _number(name: str, text: str) -> float:
    try:
        number = float(Decimal(text))
    except InvalidOperation:
        number = math.nan
    if not math.isfinite(number):
        raise ConfigError(f'"{text}" is no value of {name}.', "Write a number.")
    if name in ("stage_no", "step_no") and not number.is_integer():
        raise ConfigError(f'"{text}" is no value of {name}.', "Write a whole number.")
    if name == "commission_rate" and not 0 <= number <= 1:
        raise ConfigError(f'"{text}" is no commission.', "Write a number from 0 to 1; 0.05 is five percent.")
    if name.endswith("_rate") and not 0 <= number <= 1:
        raise ConfigError(f'"{text}" is no value of {name}.', "Write a number from 0 to 1; 0.5 is fifty percent.")
    return number
