"""What of contacts is compared: fields by kind, read from the store, with how often values occur in it."""

# Expressions are put together from fields of the schema; values are bound or in tables.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from pipelines.columns import FieldType, Table
from pipelines.fuzzy_duplicates import COMPANY_KINDS, PERSON_KINDS
from pipelines.likeness import KINDS
from pipelines.likeness_records import joined, texts
from workbench.compiling.values import offered
from workbench.errors import ConfigError, nearest
from workbench.store import Connection, tables
from workbench.store.connection import first_row
from workbench.store.tables import quoted

TYPES = ("person", "company")
_DEFAULTS = {"person": PERSON_KINDS, "company": COMPANY_KINDS}
_OFFERED = "compared_value"

# People of whom only the full name is known: its first and its last word.
_PARTS = {
    "first_name": "CASE WHEN surname IS NULL THEN regexp_extract(trim(name), '^\\S+') END",
    "surname": "CASE WHEN first_name IS NULL THEN nullif(regexp_extract(trim(name), '\\s(\\S+)$', 1), '') END",
}


def kinds_of(contact: Table, type_: str, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Say which fields are compared, and as what.

    Parameters
    ----------
    contact : Table
        The fields of contacts, custom fields included.
    type_ : str
        ``"person"`` or ``"company"``.
    more : mapping of str to str, optional
        Further fields, or other kinds for fields.

    Returns
    -------
    dict of str to str
        The kind of each field. Custom fields that name a day of birth are compared without being asked for.

    Raises
    ------
    ConfigError
        When contacts have no such field, or there is no such kind.
    """
    for field, kind in (more or {}).items():
        if field not in contact.by_name:
            raise ConfigError(f'Contacts have no field "{field}".', nearest(field, contact.by_name))
        if kind not in KINDS:
            raise ConfigError(f'{field} cannot be compared as "{kind}".', nearest(kind, KINDS))
    births = {column.name: "date" for column in contact.columns if column.is_custom and _tells_birth(column.name)}
    return {**_DEFAULTS[type_], **(births if type_ == "person" else {}), **(more or {})}


def _tells_birth(name: str) -> bool:
    return "birth" in name or name in ("dob", "born_on")


def expression(field: str, type_: str, column_type: FieldType = FieldType.TEXT) -> str:
    """Write the text of a field in SQL.

    Parameters
    ----------
    field : str
        A field of contacts.
    type_ : str
        The type of the contacts.
    column_type : FieldType, optional
        What the field holds.

    Returns
    -------
    str
        NULL where it is unknown.
    """
    name = quoted(field) if column_type is FieldType.TEXT else f"{quoted(field)}::VARCHAR"
    return f"coalesce({name}, {_PARTS[field]})" if type_ == "person" and field in _PARTS else name


def read(
    con: Connection, contact: Table, type_: str, fields: Iterable[str], ids: Sequence[int] | None = None
) -> pd.DataFrame:
    """Read what is compared.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact : Table
        The fields of contacts.
    type_ : str
        Of which type.
    fields : iterable of str
        Which fields.
    ids : sequence of int, optional
        Which contacts; all where absent.

    Returns
    -------
    pandas.DataFrame
        `contact_id`, `contact_no` and the fields, by number, so that the order of loading plays no part.
    """
    chosen = ", ".join(f"{expression(f, type_, contact.column(f).type)} AS {quoted(f)}" for f in fields)
    query = f"SELECT contact_id, contact_no, {chosen} FROM contact"
    where = " WHERE type = ? ORDER BY contact_no"
    if ids is None:
        return tables.frame(con, query + where, [type_])
    with offered(con, pd.Series(list(ids), dtype="int64").to_numpy()):
        return tables.frame(con, query + " SEMI JOIN chosen_contact USING (contact_id)" + where, [type_])


def population(con: Connection, type_: str) -> int:
    """Count the contacts of a type.

    Parameters
    ----------
    con : connection
        An open unit of work.
    type_ : str
        ``"person"`` or ``"company"``.

    Returns
    -------
    int
        How many there are.
    """
    (count,) = first_row(con, "SELECT count(*) FROM contact WHERE type = ?", [type_]) or (0,)
    return int(count)


def counts(
    con: Connection, contact: Table, type_: str, kinds: Mapping[str, str], frame: pd.DataFrame
) -> dict[str, dict[str, int]]:
    """Count how often the values of some contacts occur in all.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact : Table
        The fields of contacts.
    type_ : str
        Of which type.
    kinds : mapping of str to str
        What is compared.
    frame : pandas.DataFrame
        The contacts.

    Returns
    -------
    dict of str to dict of str to int
        As `pipelines.likeness_records.records` takes it.
    """
    lines = [name for name, kind in kinds.items() if kind == "street" and name in frame]
    found: dict[str, dict[str, int]] = {}
    for name, kind in kinds.items():
        if name not in frame or name in lines[1:]:
            continue
        parts = lines if name in lines else [name]
        written = joined(frame, parts) if name in lines else texts(frame[name])
        found[name] = _counted(con, _spoken(contact, type_, parts), type_, kind, written)
    return found


def _spoken(contact: Table, type_: str, fields: Sequence[str]) -> str:
    written = ", ".join(expression(field, type_, contact.column(field).type) for field in fields)
    return f"lower(trim(concat_ws(' ', {written})))"


def _counted(con: Connection, spoken: str, type_: str, kind: str, written: pd.Series) -> dict[str, int]:
    con.register(_OFFERED, pd.DataFrame({"value": written.str.lower().drop_duplicates()}, dtype="str"))
    query = (
        f"SELECT {spoken} AS value, count(*) AS count FROM contact "
        f"WHERE type = ? AND {spoken} IN (SELECT value FROM {_OFFERED} WHERE value <> '') GROUP BY 1"
    )
    found = con.execute(query, [type_]).fetchall()
    con.unregister(_OFFERED)
    by_value: dict[str, int] = {}
    for value, count in found:
        brought = KINDS[kind].brought(value)
        by_value[brought] = by_value.get(brought, 0) + count
    return by_value
