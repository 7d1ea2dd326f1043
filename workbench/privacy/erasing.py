"""Erasing: every row about a person is either removed or left without identity, and both are counted."""

# Names of tables and columns come from the schema and the lists here, values are bound.
# ruff: noqa: S608

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipelines.linked_tables import LINKED
from pipelines.schema import Table
from workbench import clock, config
from workbench.contact_rows import tombstones
from workbench.contact_rows.related import ABOUT_CONTACTS
from workbench.privacy.identity import Identity
from workbench.privacy.keeping import KEPT
from workbench.scores.registry import scores
from workbench.setup import Setup
from workbench.store import Connection
from workbench.store.tables import quoted
from workbench.templates import attachments

_MINE = "list_contains($ids, contact_id)"
_INTERACTIONS = f"SELECT entry_no FROM interaction WHERE {_MINE}"
# A record that another contact is linked to as well is not this one's alone.
_LINKED = """
    SELECT r.linked_no FROM business_relation r WHERE list_contains($ids, r.contact_id) AND r.link_to_table = $name
    AND r.linked_no NOT IN (
        SELECT o.linked_no FROM business_relation o
        WHERE NOT list_contains($ids, o.contact_id) AND o.link_to_table = $name AND o.linked_no IS NOT NULL
    )
"""
# By number, or by name at a record of the company.
_ASKED_FOR = """
    list_contains($numbers, primary_contact_no) OR {table}_no IN (
        SELECT o.{table}_no FROM {table} o
        JOIN business_relation r ON r.linked_no = o.{table}_no AND r.link_to_table = '{table}'
        JOIN contact k ON k.contact_id = r.contact_id
        JOIN contact p ON p.company_no = k.contact_no AND p.name = o.contact_name
        WHERE list_contains($ids, p.contact_id)
    )
"""
# Before-images of other merges may hold rows that name the contact.
_MERGED = """
    list_contains($ids, survivor_id) OR list_contains($ids, duplicate_id) OR EXISTS (
        SELECT 1 FROM unnest($numbers) n(contact_no) WHERE contains(before_image, '"' || n.contact_no || '"')
    )
"""
_DIGESTS = """
    UPDATE {table} SET contact_no = t.digest FROM contact_tombstone t
    WHERE t.contact_id = {table}.contact_id AND list_contains($ids, {table}.contact_id)
"""
_OPEN_TASKS = "UPDATE task SET is_canceled = TRUE, is_closed = TRUE, closed_on = $as_of WHERE NOT is_closed AND "
# Tasks about them and meetings that no other contact attends, which name nobody else; their copies are about nobody.
_TASKS = f"""
    SELECT task_no FROM task WHERE {_MINE} AND role IS DISTINCT FROM 'contact_attendee'
    UNION
    SELECT organizer_task_no FROM task WHERE {_MINE} AND role = 'contact_attendee' AND organizer_task_no NOT IN (
        SELECT organizer_task_no FROM task
        WHERE NOT {_MINE} AND role = 'contact_attendee' AND organizer_task_no IS NOT NULL
    )
"""
_COPIES = f"NOT {_MINE} AND (task_no IN ({_TASKS}) OR organizer_task_no IN ({_TASKS}))"
_OPEN_OPPORTUNITIES = f"{_MINE} AND coalesce(status, '') IN ('not_started', 'in_progress')"
_OPEN_ENTRIES = f"is_active AND opportunity_no IN (SELECT opportunity_no FROM opportunity WHERE {_OPEN_OPPORTUNITIES})"
# As closing does: another entry says that it was lost, and the one before ends on that day.
_LOSING = (
    f"""
    INSERT INTO opportunity_entry BY NAME
    SELECT * REPLACE (
        (SELECT max(entry_no) FROM opportunity_entry) + row_number() OVER (ORDER BY entry_no) AS entry_no,
        (row_number() OVER (ORDER BY entry_no) + (
            SELECT coalesce(max(try_cast(opportunity_entry_no AS BIGINT)), 0) FROM opportunity_entry
        ))::VARCHAR AS opportunity_entry_no,
        0 AS stage_no, stage_no AS previous_stage_no, greatest(changed_on, $as_of::DATE) AS changed_on,
        'lost' AS action_taken, greatest(changed_on, $as_of::DATE) AS closed_on, 0 AS calculated_amount,
        1 AS completed_rate, 0 AS chances_rate, 0 AS probability_rate,
        greatest(changed_on, $as_of::DATE) AS estimated_close_on
    ) FROM opportunity_entry WHERE {_OPEN_ENTRIES}
    """,
    f"""
    UPDATE opportunity_entry SET is_active = FALSE, open_days = greatest(0, $as_of::DATE - changed_on)
    WHERE {_OPEN_ENTRIES} AND action_taken IS DISTINCT FROM 'lost'
    """,
    f"UPDATE opportunity SET status = 'lost', closed_on = $as_of WHERE {_OPEN_OPPORTUNITIES}",
)
_OPPORTUNITIES = f"SELECT opportunity_no FROM opportunity WHERE {_MINE}"
_DOCUMENTS = f"SELECT document_no FROM sales_document WHERE opportunity_no IN ({_OPPORTUNITIES})"


@dataclass(frozen=True)
class Step:
    """One table of an erasure.

    Attributes
    ----------
    table : str
        What it is called.
    kept, removed : int
        Rows that stay without identity, and rows that go.
    """

    table: str
    kept: int
    removed: int


def erased(con: Connection, setup: Setup, them: Sequence[Identity], as_of: dt.date, *, dry_run: bool) -> Iterator[Step]:
    """Erase contacts, or count what would be done.

    Parameters
    ----------
    con : connection
        A unit of work that writes, unless it is a preview.
    setup : Setup
        Custom fields.
    them : sequence of Identity
        The contacts.
    as_of : datetime.date
        The day on which open tasks and opportunities end.
    dry_run : bool
        Only count.

    Yields
    ------
    Step
        For each table, whether it held anything or not.
    """
    work = _Work(con, them, dry_run)
    if not dry_run:
        for who in them:
            tombstones.bury(con, who.contact_id, who.contact_no, tombstones.ERASED)
        con.execute(f"{_OPEN_TASKS} ({_MINE} OR {_COPIES})", {"as_of": as_of, "ids": work.ids})
        for statement in _LOSING:
            con.execute(statement, {"as_of": as_of, "ids": work.ids})
    yield from (work.unnamed(name) for name in ("customer", "vendor"))
    yield from (work.linked(name) for name in LINKED)
    yield work.removed("interaction_comment", f"interaction_entry_no IN ({_INTERACTIONS})")
    yield work.files()
    yield work.removed("task_comment", f"task_no IN ({_TASKS})")
    yield work.copies()
    yield work.removed("opportunity_comment", f"opportunity_no IN ({_OPPORTUNITIES})")
    yield work.documents()
    yield from (work.about(setup.table(name)) for name in ABOUT_CONTACTS)
    yield from (work.score(score.name, score.table.name) for score in scores(con).values())
    yield work.removed("worksheet_line")
    yield work.removed("worksheet_history")
    yield work.removed("contact_duplicate", f"{_MINE} OR list_contains($ids, duplicate_id)")
    yield work.removed("contact_merge", _MERGED)
    yield work.members("segment_snapshot_member")
    yield work.members("campaign_launch_member")
    yield work.removed("contact")


def noted(con: Connection, them: Sequence[Identity], reason: str) -> None:
    """Note that contacts were erased, and why.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    them : sequence of Identity
        The contacts; only their ids are noted.
    reason : str
        Why.
    """
    now = clock.now().replace(tzinfo=None)
    for who in them:
        con.execute("INSERT INTO erasure VALUES (?, ?, ?, ?)", [who.contact_id, reason, now, config.user()])


def totals(steps: Iterable[Step]) -> pd.DataFrame:
    """Show the steps of an erasure as a table.

    Parameters
    ----------
    steps : iterable of Step
        In their order.

    Returns
    -------
    pandas.DataFrame
        Columns table, row_count, kept_count, removed_count; tables that held nothing are left out.
    """
    return pd.DataFrame(
        [(step.table, step.kept + step.removed, step.kept, step.removed) for step in steps if step.kept + step.removed],
        columns=["table", "row_count", "kept_count", "removed_count"],
    )


class _Work:
    """What is done to each table; a preview counts the same rows."""

    def __init__(self, con: Connection, them: Sequence[Identity], dry_run: bool) -> None:
        self.con, self.dry_run = con, dry_run
        self.ids = sorted({one for who in them for one in who.ids})
        self.numbers = [who.contact_no for who in them]

    def about(self, table: Table) -> Step:
        kept = KEPT.get(table.name)
        if kept is None:
            return self.removed(table.name)
        blanked = [column for column in table.columns if column.name not in (*kept, "contact_no")]
        return self.blanked(table.name, [column.name for column in blanked])

    def removed(self, table: str, where: str = _MINE, **values: Any) -> Step:
        count = self.done(table, f"DELETE FROM {quoted(table)}", where, values)
        return Step(table, 0, count)

    def blanked(self, table: str, columns: list[str]) -> Step:
        if not columns:
            return Step(table, self.count(table, _MINE, {}), 0)
        nothing = ", ".join(f"{quoted(column)} = NULL" for column in columns)
        return Step(table, self.done(table, f"UPDATE {quoted(table)} SET {nothing}", _MINE, {}), 0)

    def linked(self, name: str) -> Step:
        return self.removed(name, f"{name}_no IN ({_LINKED})", name=name)

    def unnamed(self, table: str) -> Step:
        """Customers and vendors may name somebody to ask for."""
        nothing = f"UPDATE {table} SET primary_contact_no = NULL, contact_name = NULL"
        return Step(f"{table}, person to ask for", self.done(table, nothing, _ASKED_FOR.format(table=table), {}), 0)

    def score(self, name: str, table: str) -> Step:
        step = self.removed(table)
        if step.removed and not self.dry_run:
            counted = f"(SELECT count(*) FROM {quoted(table)} s WHERE s.scored_on = score_run.scored_on)"
            self.con.execute(f"UPDATE score_run SET row_count = {counted} WHERE score_name = ?", [name])
            self.con.execute("DELETE FROM score_run WHERE score_name = ? AND row_count = 0", [name])
        return Step(f"score {name}", 0, step.removed)

    def copies(self) -> Step:
        """Copies that members of a team have of tasks about them, and meetings with them alone, name them as well."""
        nothing = "UPDATE task SET description = NULL, location = NULL"
        return Step("task, copies", self.done("task", nothing, _COPIES, {}), 0)

    def documents(self) -> Step:
        """Quotes and orders stay without customer, their lines without words."""
        mine = f"document_no IN ({_DOCUMENTS})"
        self.done("sales_document_line", "UPDATE sales_document_line SET description = NULL", mine, {})
        nothing = "UPDATE sales_document SET customer_no = NULL"
        return Step("sales_document", self.done("sales_document", nothing, mine, {}), 0)

    def files(self) -> Step:
        """Files of interactions go with them, unless templates or other contacts have them as well.

        What a mail server answered goes too, for it may name the address.
        """
        numbers = attachments.only_of(self.con, self.ids)
        if not self.dry_run:
            self.con.execute(
                f"UPDATE interaction SET attachment_no = NULL, delivery_error = NULL WHERE {_MINE}", {"ids": self.ids}
            )
            attachments.drop_unused(self.con, numbers)
        return Step("attachment", 0, len(numbers))

    def members(self, table: str) -> Step:
        """Members of what was frozen keep counting under the digest of their tombstone."""
        count = self.count(table, _MINE, {})
        if not self.dry_run:
            self.con.execute(_DIGESTS.format(table=table), {"ids": self.ids})
        return Step(table, count, 0)

    def done(self, table: str, statement: str, where: str, values: dict[str, Any]) -> int:
        count = self.count(table, where, values)
        if count and not self.dry_run:
            self.con.execute(f"{statement} WHERE {where}", self.named(where, values))
        return count

    def count(self, table: str, where: str, values: dict[str, Any]) -> int:
        query = f"SELECT count(*) FROM {quoted(table)} WHERE {where}"
        (count,) = self.con.execute(query, self.named(where, values)).fetchall()[0]
        return int(count)

    def named(self, where: str, values: dict[str, Any]) -> dict[str, Any]:
        """DuckDB refuses values that a statement does not name."""
        own = {"ids": self.ids, "numbers": self.numbers}
        return {name: value for name, value in {**own, **values}.items() if f"${name}" in where}
