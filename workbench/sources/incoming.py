"""Rows of a file laid beside the store: each with its contact, those without a clear one taken out."""

# ruff: noqa: S608 - statements are put together from names of the schema; values are bound or in tables.

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import pyarrow as pa

from pipelines.schema import Table
from workbench.sources.keys import Keys
from workbench.store import Connection
from workbench.store.tables import quoted

INCOMING = "load_incoming"
_READ = "load_read"


@dataclass(frozen=True)
class Target:
    """Where rows go.

    Attributes
    ----------
    table : Table
        The table, with fields that are still to be added.
    fields : tuple of str
        Fields the file brings, under the schema's names.
    added : frozenset of str
        Those of them that the store does not have yet.
    keys : Keys
        By what rows are told apart.
    links_companies : bool
        Whether the companies of contacts are found by their names.
    """

    table: Table
    fields: tuple[str, ...]
    added: frozenset[str]
    keys: Keys
    links_companies: bool = False

    @property
    def is_about_contacts(self) -> bool:
        """Whether each row belongs to a contact."""
        return bool(self.keys.contact_field)

    @property
    def columns(self) -> tuple[str, ...]:
        """Fields under the store's names: `contact_id` for the contact of a row."""
        if not self.is_about_contacts:
            return self.fields
        return tuple("contact_id" if field == "contact_no" else field for field in self.fields)


def take_in(con: Connection, rows: pa.Table, target: Target) -> list[pd.DataFrame]:
    """Make the temporary table of incoming rows, and take out those whose contact is not clear.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        Reading or writing.
    rows : pyarrow.Table
        `row_no` and the fields, as checking gives them.
    target : Target
        Where they go.

    Returns
    -------
    list of pandas.DataFrame
        Refused rows: row_no, value, field, reason.
    """
    con.register(_READ, rows)
    refused = _with_contacts(con, target)
    con.unregister(_READ)
    return refused + _clashes(con, target)


def _with_contacts(con: Connection, target: Target) -> list[pd.DataFrame]:
    missing = [c for c in target.keys.columns if c not in target.columns and not target.keys.may_be_blank]
    blanks = "".join(f", NULL::VARCHAR AS {quoted(column)}" for column in missing)
    if not target.is_about_contacts:
        con.execute(f"CREATE TEMP TABLE {INCOMING} AS SELECT *{blanks} FROM {_READ}")
        return [refusals([], "", "")]
    field = quoted(target.keys.contact_field)
    con.execute(
        f"CREATE TEMP TABLE {INCOMING} AS WITH bearers AS ("
        f"SELECT {field} AS name, min(contact_id) AS contact_id, count(*) AS contacts FROM contact GROUP BY {field}) "
        f"SELECT r.* EXCLUDE (contact_no), r.contact_no AS named_contact, b.contact_id, b.contacts{blanks} "
        f"FROM {_READ} r LEFT JOIN bearers b ON b.name = r.contact_no"
    )
    what = target.keys.contact_field
    nobody = _refused_where(con, "contact_no", "named_contact", f"no contact has this {what}", "contact_id IS NULL")
    several = _refused_where(con, "contact_no", "named_contact", f"several contacts have this {what}", "contacts > 1")
    return [nobody, several]


def _refused_where(con: Connection, field: str, value: str, reason: str, where: str) -> pd.DataFrame:
    """Take the rows that meet a condition out of the incoming ones; all arguments are names and texts of ours."""
    rows = con.execute(f"SELECT row_no, {value} FROM {INCOMING} WHERE {where} ORDER BY row_no").fetchall()
    if rows:
        con.execute(f"DELETE FROM {INCOMING} WHERE {where}")
    return refusals(rows, field, reason)


def refusals(rows: list[tuple[object, ...]], field: str, reason: str) -> pd.DataFrame:
    """Frame refused rows.

    Parameters
    ----------
    rows : list of (row_no, value)
        The rows.
    field : str
        The field at fault.
    reason : str
        What is wrong with the value.

    Returns
    -------
    pandas.DataFrame
        Columns row_no, value, field, reason.
    """
    frame = pd.DataFrame(rows, columns=["row_no", "value"]).astype({"row_no": "int64", "value": "str"})
    return frame.assign(field=field, reason=reason)


def _clashes(con: Connection, target: Target) -> list[pd.DataFrame]:
    """Contacts named by another field than their number: neither may point at two contacts."""
    if target.table.name != "contact" or target.keys.columns in ((), ("contact_no",)):
        return []
    name = target.keys.columns[0]
    key, refused = quoted(name), []
    if name not in target.added:
        shared = f"SELECT {key} FROM contact WHERE {key} IS NOT NULL GROUP BY 1 HAVING count(*) > 1"
        refused.append(_refused_where(con, name, key, f"several contacts have this {name}", f"{key} IN ({shared})"))
    if "contact_no" not in target.fields:
        return refused
    unnamed = f"{key} IS NULL AND contact_no IS NOT NULL"
    held = "NULL" if name in target.added else f"c.{key}"
    other = f"{held} IS DISTINCT FROM {INCOMING}.{key} AND c.contact_no = {INCOMING}.contact_no"
    renamed = f"{held} = {INCOMING}.{key} AND c.contact_no <> {INCOMING}.contact_no"
    earlier = f"c.{key} IS DISTINCT FROM {INCOMING}.{key} AND c.contact_no = {INCOMING}.contact_no"
    return [
        *refused,
        _refused_where(con, name, "contact_no", f"the {name} that names this contact is blank", unnamed),
        _refused_number(con, f"the number belongs to a contact with another {name}", f"contact c WHERE {other}"),
        _refused_number(con, f"the contact with this {name} has another number", f"contact c WHERE {renamed}"),
        _refused_number(
            con,
            f"an earlier row has this number with another {name}",
            f"{INCOMING} c WHERE {earlier} AND c.row_no < {INCOMING}.row_no",
        ),
    ]


def _refused_number(con: Connection, reason: str, rows: str) -> pd.DataFrame:
    return _refused_where(con, "contact_no", "contact_no", reason, f"EXISTS (SELECT 1 FROM {rows})")
