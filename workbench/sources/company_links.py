"""People linked to their companies by name, where a file has names of companies and not their numbers."""

# ruff: noqa: S608 - statements are put together from names of the schema; values are bound or in tables.

from __future__ import annotations

from workbench.sources.export_headers import COMPANY_NAME
from workbench.sources.incoming import INCOMING, Target
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.store.tables import quoted

_FOLDED = "lower(trim({name}))"


def link(con: Connection, target: Target) -> int:
    """Find the companies of incoming contacts by their names.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        An open unit of work with the temporary table of incoming rows.
    target : Target
        Where the rows go.

    Returns
    -------
    int
        People that name a company of which there is none, or several.

    Notes
    -----
    Companies are those of the store, and those of the file that come with their number. Names are the same without
    regard to case. A company is its own company. Who names no single company keeps the company that the store has.
    """
    if not target.links_companies:
        return 0
    own = "type = 'company'" if "type" in target.fields else "FALSE"
    _link_people(con, target, own)
    (unlinked,) = first_row(
        con, f"SELECT count(*) FROM {INCOMING} WHERE {COMPANY_NAME} IS NOT NULL AND company_no IS NULL AND NOT ({own})"
    ) or (0,)
    if "contact_no" in target.fields:
        con.execute(f"UPDATE {INCOMING} SET company_no = contact_no WHERE {own}")
    _keep_links(con, target)
    return int(unlinked)


def _link_people(con: Connection, target: Target, own: str) -> None:
    named = "SELECT name, contact_no FROM contact WHERE type = 'company'"
    if {"name", "contact_no", "type"} <= set(target.fields):
        named += f" UNION ALL SELECT name, contact_no FROM {INCOMING} WHERE {own} AND contact_no IS NOT NULL"
    con.execute(
        f"UPDATE {INCOMING} SET company_no = k.contact_no FROM ("
        f"SELECT name, min(contact_no) AS contact_no FROM ("
        f"SELECT DISTINCT {_FOLDED.format(name='name')} AS name, contact_no FROM ({named})) GROUP BY name "
        f"HAVING count(*) = 1) k "
        f"WHERE {_FOLDED.format(name=f'{INCOMING}.{COMPANY_NAME}')} = k.name AND NOT ({own})"
    )


def _keep_links(con: Connection, target: Target) -> None:
    if not target.keys.columns or target.keys.columns[0] in target.added:
        return
    key = quoted(target.keys.columns[0])
    con.execute(
        f"UPDATE {INCOMING} SET company_no = c.company_no FROM contact c "
        f"WHERE {INCOMING}.company_no IS NULL AND c.{key} = {INCOMING}.{key}"
    )
