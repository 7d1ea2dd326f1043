"""Compared rows written to the store: changed ones in place, new ones at the end, and a receipt."""

# ruff: noqa: S608 - statements are put together from names of the schema; values are bound or in tables.

from __future__ import annotations

import re

from pipelines.schema import CONTACT
from workbench import clock
from workbench.contact_rows.tombstones import HIGHEST_ID
from workbench.sources.comparing import DECIDED, changeable
from workbench.sources.incoming import INCOMING, Target
from workbench.sources.receipts import LoadPlan
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.store.tables import quoted

# The first number that a contact without one gets; the digits count up.
_FIRST_NUMBER = "CT000001"


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
        _number_contacts(con, target)
    _change(con, target)
    _append(con, target)


def _change(con: Connection, target: Target) -> None:
    columns = [quoted(column) for column in changeable(target)]
    if not columns:
        return
    con.execute(
        f"UPDATE {target.table.name} SET {', '.join(f'{c} = i.{c}' for c in columns)} "
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
        return _given_to_contacts(target)
    if not target.is_about_contacts:
        return {}
    return {"entry_no": _next(name, "entry_no")}


def _next(table: str, column: str) -> str:
    return f"(SELECT coalesce(max({column}), 0) FROM {table}) + row_number() OVER (ORDER BY i.row_no)"


def _given_to_contacts(target: Target) -> dict[str, str]:
    """Id and number; a person unless the file says otherwise; a company is its own company."""
    type_ = "i.type" if "type" in target.fields else "'person'"
    given = {
        "contact_id": f"{HIGHEST_ID} + row_number() OVER (ORDER BY i.row_no)",
        quoted("contact_no"): "i.contact_no",
        quoted("type"): type_,
    }
    if "company_no" not in target.fields:
        given[quoted("company_no")] = f"CASE WHEN {type_} = 'company' THEN i.contact_no END"
    return given


def _number_contacts(con: Connection, target: Target) -> None:
    """Give new contacts without a number the next ones after the highest of the series in store and file."""
    if "contact_no" not in target.fields:
        con.execute(f"ALTER TABLE {INCOMING} ADD COLUMN contact_no VARCHAR")
    prefix, digits = re.fullmatch(r"(.*?)(\d+)", _FIRST_NUMBER).groups()  # type: ignore[union-attr]
    con.execute(
        f"WITH used AS (SELECT contact_no FROM contact UNION ALL SELECT contact_no FROM {INCOMING}), "
        f"highest AS (SELECT max(try_cast(regexp_extract(contact_no, ?, 1) AS BIGINT)) AS number FROM used), "
        f"waiting AS (SELECT r.row_no, row_number() OVER (ORDER BY r.row_no) AS place "
        f"FROM {INCOMING} r JOIN {DECIDED} d USING (row_no) WHERE d.state = 'new' AND r.contact_no IS NULL), "
        f"numbered AS (SELECT row_no, (place + coalesce(h.number, 0))::VARCHAR AS digits FROM waiting, highest h) "
        f"UPDATE {INCOMING} SET contact_no = ? || lpad(n.digits, greatest(?, length(n.digits))::INTEGER, '0') "
        f"FROM numbered n WHERE {INCOMING}.row_no = n.row_no",
        [f"^{re.escape(prefix)}(\\d{{1,17}})$", prefix, len(digits)],
    )


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
