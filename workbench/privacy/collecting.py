"""Everything that is held about one contact, table by table."""

# Names of tables come from the schema, values are bound.
# ruff: noqa: S608

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pandas as pd

from pipelines.linked_tables import LINKED
from pipelines.schema import Column, FieldType, Table
from workbench.contact_rows import export_log
from workbench.contact_rows.related import ABOUT_CONTACTS
from workbench.privacy.identity import Identity
from workbench.privacy.keeping import PURPOSES
from workbench.privacy.mentions import mentions
from workbench.privacy.results import Access, Section
from workbench.scores.registry import scores
from workbench.setup import Setup
from workbench.store import Connection, tables
from workbench.store.tables import quoted

_WORKSHEETS = """
    SELECT l.* EXCLUDE (contact_id), w.description AS worksheet_description
    FROM worksheet_line l JOIN worksheet w USING (worksheet_no) WHERE list_contains(?, l.contact_id)
    ORDER BY worksheet_no, line_no
"""
_SNAPSHOTS = """
    SELECT s.snapshot_id, s.segment_name, s.sentence, s.as_of, s.taken_at, m.contact_no
    FROM segment_snapshot s JOIN segment_snapshot_member m USING (snapshot_id)
    WHERE list_contains(?, m.contact_id) ORDER BY s.taken_at, s.snapshot_id
"""
_LAUNCHES = """
    SELECT l.plan_name, m.campaign_no, m.segment_name, m.stratum, m.arm, m.reason, l.as_of, l.launched_at
    FROM campaign_launch l JOIN campaign_launch_member m USING (launch_no)
    WHERE list_contains(?, m.contact_id) ORDER BY l.launch_no, m.campaign_no, m.segment_name
"""
_COMMENTS = """
    SELECT i.occurred_at, i.description, k.commented_on, k.comment
    FROM interaction_comment k JOIN interaction i ON i.entry_no = k.interaction_entry_no
    WHERE list_contains(?, i.contact_id) ORDER BY k.interaction_entry_no, k.line_no
"""
_TASK_COMMENTS = """
    SELECT t.task_no, t.description, k.commented_on, k.comment
    FROM task_comment k JOIN task t ON k.task_no = coalesce(nullif(t.organizer_task_no, ''), t.task_no)
    WHERE list_contains(?, t.contact_id) ORDER BY k.task_no, k.line_no
"""
_OPPORTUNITY_COMMENTS = """
    SELECT o.opportunity_no, o.description, k.commented_on, k.comment
    FROM opportunity_comment k JOIN opportunity o USING (opportunity_no)
    WHERE list_contains(?, o.contact_id) ORDER BY k.opportunity_no, k.line_no
"""
_DOCUMENTS = """
    SELECT d.*, l.* EXCLUDE (document_no)
    FROM sales_document d LEFT JOIN sales_document_line l USING (document_no)
    WHERE d.opportunity_no IN (SELECT opportunity_no FROM opportunity WHERE list_contains(?, contact_id))
    ORDER BY d.document_no, l.line_no
"""
_FILES = """
    SELECT i.occurred_at, a.attachment_no, a.file_name, a.media_type, a.byte_count, a.sha256
    FROM interaction i JOIN attachment a USING (attachment_no)
    WHERE list_contains(?, i.contact_id) ORDER BY i.entry_no
"""
_DUPLICATES = """
    SELECT c.contact_no AS other_contact_no, d.found_by, d.match_count, d.score_rate, d.reasons, d.verdict, d.found_at,
        d.decided_at, d.decided_by
    FROM contact_duplicate d
    JOIN contact c
        ON c.contact_id = CASE WHEN list_contains($ids, d.contact_id) THEN d.duplicate_id ELSE d.contact_id END
    WHERE list_contains($ids, d.contact_id) OR list_contains($ids, d.duplicate_id) ORDER BY ALL
"""
_MERGES = """
    SELECT merge_no, before_image, merged_at, merged_by, undone_at FROM contact_merge
    WHERE list_contains($ids, survivor_id) OR list_contains($ids, duplicate_id) ORDER BY merge_no
"""
_TOMBSTONES = """
    SELECT digest, reason, removed_at FROM contact_tombstone WHERE list_contains(?, contact_id) ORDER BY removed_at
"""
_MEANINGS = {
    "worksheet_line": "a line of a worksheet",
    "segment_snapshot": "a segment's members as they were kept on a day",
    "interaction_comment": "a comment on an interaction",
    "task_comment": "a comment on a task",
    "opportunity_comment": "a comment on a possible sale",
    "sales_document": "a line of a quote or an order",
    "attachment": "a file that was sent or received; the store hands it out by its number",
    "campaign_launch": "a campaign that weighed the contact, and what became of it",
    "export": "a file that left the workbench",
    "contact_duplicate": "another contact that may be the same",
    "contact_merge": "a contact merged into this one, or this one into another, as both were before",
    "contact_tombstone": "what is left of a contact that was merged into this one",
    "mention": "a definition that names the contact",
}
_OF_NUMPY = {
    "b": FieldType.BOOLEAN, "i": FieldType.INTEGER, "u": FieldType.INTEGER, "f": FieldType.NUMBER,
    "M": FieldType.TIMESTAMP,
}  # fmt: skip


def collected(con: Connection, setup: Setup, who: Identity, as_of: dt.date) -> Access:
    """Collect everything that is held about a contact.

    Parameters
    ----------
    con : connection
        An open unit of work.
    setup : Setup
        Custom fields.
    who : Identity
        The contact.
    as_of : datetime.date
        The day of the answer.

    Returns
    -------
    Access
        Sections that have rows.
    """
    sections = (*_schema_sections(con, setup, who), *_score_sections(con, who), *_other_sections(con, who))
    name = str(sections[0].rows["name"].fillna("").iloc[0])
    return Access(who.contact_no, name, as_of, tuple(one for one in sections if len(one.rows)))


def _schema_sections(con: Connection, setup: Setup, who: Identity) -> Iterator[Section]:
    contact = setup.table("contact")
    yield _section(contact, _rows(con, contact, "t.contact_id = ?", [who.contact_id]))
    for name in ABOUT_CONTACTS:
        table = setup.table(name)
        yield _section(table, _rows(con, table, "list_contains(?, t.contact_id) ORDER BY t.entry_no", [list(who.ids)]))
    for name in LINKED:
        table = setup.table(name)
        is_linked = (
            f"t.{name}_no IN (SELECT linked_no FROM business_relation WHERE link_to_table = ? "
            "AND list_contains(?, contact_id))"
        )
        yield _section(table, _rows(con, table, is_linked, [name, list(who.ids)]))


def _rows(con: Connection, table: Table, where: str, values: list[Any]) -> pd.DataFrame:
    names = ", ".join(f"t.{quoted(name)}" for name in _stored(table))
    return tables.frame(con, f"SELECT {names} FROM {quoted(table.name)} t WHERE {where}", values)


def _stored(table: Table) -> list[str]:
    """The number of a contact stands in the table of contacts alone."""
    return [name for name in table.by_name if table.name == "contact" or name != "contact_no"]


def _section(table: Table, rows: pd.DataFrame) -> Section:
    columns = tuple(table.by_name[name] for name in _stored(table))
    return Section(table.name, table.meaning, PURPOSES[table.name], columns, rows)


def _score_sections(con: Connection, who: Identity) -> Iterator[Section]:
    for score in scores(con).values():
        names = ["scored_on", *score.fields]
        listed = ", ".join(quoted(name) for name in names)
        query = f"SELECT {listed} FROM {quoted(score.table.name)} WHERE list_contains(?, contact_id) ORDER BY scored_on"
        day = Column("scored_on", FieldType.DATE, "day of the run")
        columns = (day, *(score.fields[name] for name in score.fields))
        rows = tables.frame(con, query, [list(who.ids)])
        yield Section(f"score {score.name}", "what was computed of the contact", PURPOSES["score"], columns, rows)


def _other_sections(con: Connection, who: Identity) -> Iterator[Section]:
    ids = list(who.ids)
    yield _of_frame("task_comment", tables.frame(con, _TASK_COMMENTS, [ids]))
    yield _of_frame("interaction_comment", tables.frame(con, _COMMENTS, [ids]))
    yield _of_frame("opportunity_comment", tables.frame(con, _OPPORTUNITY_COMMENTS, [ids]))
    yield _of_frame("sales_document", tables.frame(con, _DOCUMENTS, [ids]))
    yield _of_frame("attachment", tables.frame(con, _FILES, [ids]))
    yield _of_frame("worksheet_line", tables.frame(con, _WORKSHEETS, [ids]))
    yield _of_frame("segment_snapshot", tables.frame(con, _SNAPSHOTS, [ids]))
    yield _of_frame("campaign_launch", tables.frame(con, _LAUNCHES, [ids]))
    yield _of_frame("export", export_log.holding(con, ids))
    yield _of_frame("contact_duplicate", con.execute(_DUPLICATES, {"ids": ids}).df())
    yield _of_frame("contact_merge", con.execute(_MERGES, {"ids": ids}).df())
    yield _of_frame("contact_tombstone", tables.frame(con, _TOMBSTONES, [ids]))
    yield _of_frame("mention", mentions(con, who.names))


def _of_frame(name: str, rows: pd.DataFrame) -> Section:
    columns = tuple(
        Column(column, _OF_NUMPY.get(rows[column].dtype.kind, FieldType.TEXT), column.replace("_", " "))
        for column in rows.columns
    )
    return Section(name, _MEANINGS[name], PURPOSES[name], columns, rows)
