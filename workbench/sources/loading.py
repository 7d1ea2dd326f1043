"""Compared rows written to the store: changed ones in place, new ones at the end, and a receipt."""

# ruff: noqa: S608 - statements are put together from names of the schema; values are bound or in tables.

from __future__ import annotations

from pipelines.schema import CONTACT
from workbench import clock
from workbench.contact_rows import relation_kind
from workbench.sources import new_contacts
from workbench.sources.comparing import DECIDED, changeable
from workbench.sources.incoming import INCOMING, Target
from workbench.sources.receipts import LoadPlan
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.store.tables import quoted

# Tables whose rows decide what contacts are for us.
_DECIDE_RELATIONS = ("contact", "business_relation")


def write(con: Connection, target: Target) -> None:
    """Write what comparing has decided.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        Writing, with the temporary tables of :func:`workbench.sources.comparing.compared`.
    target : Target
        Where the rows go; its new fields exist by now.
    """
    if target.table.name == CONTACT.name:
        new_contacts.number(con, target)
    _change(con, target)
    _append(con, target)
    if target.table.name in _DECIDE_RELATIONS:
        relation_kind.refresh(con)


def _change(con: Connection, target: Target) -> None:
    columns = {quoted(column): f"i.{quoted(column)}" for column in changeable(target)}
    if not columns:
        return
    if target.table.name == CONTACT.name:
        columns |= new_contacts.followed(target)
    con.execute(
        f"UPDATE {target.table.name} SET {', '.join(f'{column} = {value}' for column, value in columns.items())} "
        f"FROM (SELECT r.*, d.place FROM {INCOMING} r JOIN {DECIDED} d USING (row_no) WHERE d.state = 'changed') i "
        f"WHERE {target.table.name}.rowid = i.place"
    )


def _append(con: Connection, target: Target) -> None:
    values = {quoted(column): f"i.{quoted(column)}" for column in target.columns}
    values |= _given(target)
    con.execute(
        f"INSERT INTO {target.table.name} ({', '.join(values)}) "
        f"SELECT {', '.join(values.values())} FROM {INCOMING} i JOIN {DECIDED} d USING (row_no) "
        f"WHERE d.state = 'new' ORDER BY i.row_no"
    )


def _given(target: Target) -> dict[str, str]:
    """What the store adds to a new row."""
    name = target.table.name
    if name == CONTACT.name:
        return new_contacts.given(target)
    if not target.is_about_contacts:
        return {}
    return {"entry_no": _next(name, "entry_no")}


def _next(table: str, column: str) -> str:
    return f"(SELECT coalesce(max({column}), 0) FROM {table}) + row_number() OVER (ORDER BY i.row_no)"


def write_receipt(con: Connection, plan: LoadPlan) -> int:
    """Note that a file was loaded.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        Writing.
    plan : LoadPlan
        What was loaded.

    Returns
    -------
    int
        Number of the load, from 1.
    """
    (number,) = first_row(con, "SELECT coalesce(max(load_no), 0) + 1 FROM load_receipt") or (1,)
    con.execute(
        "INSERT INTO load_receipt VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            number, plan.table, plan.source, plan.sha256, clock.now().replace(tzinfo=None),
            plan.new, plan.changed, plan.unchanged, plan.rejected,
        ],
    )  # fmt: skip
    return int(number)
