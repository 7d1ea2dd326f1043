"""Deleting contacts: what forbids it, and what becomes of the rows about them (table 5050, OnDelete)."""

# Names of tables come from the schema and from the scores of the store and are quoted, values are bound.
# ruff: noqa: S608

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.contact_rows import tombstones
from workbench.contact_rows.finding import id_of
from workbench.contact_rows.related import ABOUT_CONTACTS, NOBODY
from workbench.contacts import record
from workbench.contacts.receipts import DeletionReceipt
from workbench.errors import RuleError
from workbench.setup.work import Work
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.store.tables import quoted

OUTLIVING = ("interaction", "opportunity", "opportunity_entry", "task", "sales_entry", "purchase_entry")
"""Rows that outlive a contact: what happened, and what was bought and sold."""
_MINE = "contact_id IN (SELECT unnest(?))"
_LINKED_TO_PEOPLE = ("customer", "vendor")
_TASKS = f"""
    SELECT c.contact_no, count(*) FROM task t JOIN contact c USING (contact_id)
    WHERE {_MINE} AND NOT t.is_closed AND NOT t.is_canceled GROUP BY ALL ORDER BY ALL LIMIT 1
"""
_LINES = f"""
    SELECT c.contact_no, l.worksheet_no FROM worksheet_line l JOIN contact c USING (contact_id)
    WHERE {_MINE} ORDER BY ALL LIMIT 1
"""
_OPPORTUNITIES = f"""
    SELECT c.contact_no, coalesce(o.opportunity_no, o.description, '') FROM opportunity o
    JOIN contact c USING (contact_id)
    WHERE {_MINE} AND o.status IN ('not_started', 'in_progress') ORDER BY ALL LIMIT 1
"""


@dataclass(frozen=True)
class Leaving:
    """Contacts that go together.

    Attributes
    ----------
    ids : sequence of int
        The contact first, then the people of a company.
    numbers : sequence of str
        Theirs, in the same order.
    heir_id : int
        Who gets the rows that outlive them: a person's company, or nobody.
    heir_no : str or None
        Its number.
    """

    ids: Sequence[int]
    numbers: Sequence[str]
    heir_id: int
    heir_no: str | None


class Deleting(Work):
    """Deleting contacts."""

    def delete(self, contact_no: str, *, as_of: dt.date, dry_run: bool = False) -> DeletionReceipt:
        """Delete a contact; with a company, its people.

        Parameters
        ----------
        contact_no : str
            Its number.
        as_of : datetime.date
            The day of the work.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        DeletionReceipt
            Who is gone, and what became of the rows about them.

        Raises
        ------
        NotFoundError
            When no contact has the number.
        RuleError
            When one that would go has an open task or opportunity, or is on a worksheet.

        Notes
        -----
        Interactions, opportunities, tasks, sales and purchases outlive the contact: those of a person are its company's
        then, those of a company or of a person without one nobody's. Everything else about it goes: relations,
        addresses, comments, answers, consents, lists, campaign targets, scores, duplicates. Snapshots keep its number.
        A tombstone keeps the number's digest, and its id is never given again.
        """
        with self._unit(dry_run) as con:
            leaving = _leaving(con, contact_no)
            _check(con, leaving.ids)
            removed, moved = _counts(con, leaving.ids)
            if not dry_run:
                _write(con, leaving, [*removed, *moved])
        return DeletionReceipt(
            contact_no, as_of, tuple(leaving.numbers), removed, moved, leaving.heir_no, is_written=not dry_run
        )


def _leaving(con: Connection, contact_no: str) -> Leaving:
    contact_id = id_of(con, contact_no)
    query = "SELECT type, company_no FROM contact WHERE contact_id = ?"
    type_, company_no = first_row(con, query, [contact_id]) or ("", None)
    if type_ == "company":
        people = record.people(con, contact_no, ("contact_no",))
        numbers = [contact_no, *(str(person["contact_no"]) for person in people.values())]
        return Leaving([contact_id, *people], numbers, NOBODY, None)
    company_id = record.id_of_company(con, company_no)
    if company_id is None:
        return Leaving([contact_id], [contact_no], NOBODY, None)
    return Leaving([contact_id], [contact_no], company_id, company_no)


def _check(con: Connection, ids: Sequence[int]) -> None:
    if row := first_row(con, _TASKS, [ids]):
        raise RuleError(f"{row[0]} cannot be deleted: open tasks: {row[1]}.", "Close or cancel them first.")
    if row := first_row(con, _LINES, [ids]):
        raise RuleError(
            f"{row[0]} cannot be deleted: it is on the worksheet {row[1]}.",
            "Log the worksheet, or delete the line, first.",
        )
    if row := first_row(con, _OPPORTUNITIES, [ids]):
        raise RuleError(f"{row[0]} cannot be deleted: the opportunity {row[1]} is not closed.", "Close it first.")


def _counts(con: Connection, ids: Sequence[int]) -> tuple[dict[str, int], dict[str, int]]:
    """Count the rows that go and those that outlive the contacts."""
    names = [*ABOUT_CONTACTS, *_score_tables(con)]
    query = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM {quoted(name)} WHERE {_MINE}" for name in names)
    counts = {name: count for name, count in con.execute(query, [ids] * len(names)).fetchall() if count}
    moved = {name: count for name, count in counts.items() if name in OUTLIVING}
    return {name: count for name, count in counts.items() if name not in OUTLIVING}, moved


def _write(con: Connection, leaving: Leaving, tables: Sequence[str]) -> None:
    for name in tables:
        if name in OUTLIVING:
            con.execute(f"UPDATE {quoted(name)} SET contact_id = ? WHERE {_MINE}", [leaving.heir_id, leaving.ids])
        else:
            con.execute(f"DELETE FROM {quoted(name)} WHERE {_MINE}", [leaving.ids])
    either = f"{_MINE} OR duplicate_id IN (SELECT unnest(?))"
    con.execute(f"DELETE FROM contact_duplicate WHERE {either}", [leaving.ids, leaving.ids])
    for name in _LINKED_TO_PEOPLE:
        asked_for = "primary_contact_no = NULL WHERE primary_contact_no IN (SELECT unnest(?))"
        con.execute(f"UPDATE {name} SET {asked_for}", [leaving.numbers])
    con.execute(f"DELETE FROM contact WHERE {_MINE}", [leaving.ids])
    for contact_id, number in zip(leaving.ids, leaving.numbers, strict=True):
        tombstones.bury(con, contact_id, number, tombstones.DELETED)


def _score_tables(con: Connection) -> list[str]:
    names = con.execute("SELECT DISTINCT score_name FROM score_run ORDER BY ALL").fetchall()
    return [f"scored_{name}" for (name,) in names]
