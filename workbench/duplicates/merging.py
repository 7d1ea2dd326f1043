"""Merging a duplicate into the contact that stays (Business Central, table 64 and its neighbours)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from workbench import clock, config
from workbench.contact_rows import linked, relation_kind, tombstones
from workbench.duplicates import merge_planning, merge_work, rows, searching
from workbench.duplicates.conflicts import Resolution, resolutions
from workbench.duplicates.merge_results import MergePlan, MergeReceipt
from workbench.duplicates.merge_work import PRIMARY_CONTACTS, Work
from workbench.duplicates.reviewing import Reviewing, two_of_a_type
from workbench.duplicates.rows import Row
from workbench.errors import ConflictError
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.store.tables import quoted

_WITH_EITHER = "contact_id IN (?, ?) OR duplicate_id IN (?, ?)"


class Merging(Reviewing):
    """Merging contacts."""

    def merge_plan(
        self,
        current_no: str,
        duplicate_no: str,
        *,
        override: Sequence[str] = (),
        conflicts: Mapping[str, object] | None = None,
    ) -> MergePlan:
        """Say what merging one contact into another is about.

        Parameters
        ----------
        current_no : str
            The contact that stays.
        duplicate_no : str
            The contact that disappears.
        override : sequence of str, optional
            Fields whose value is taken from the duplicate.
        conflicts : mapping of str to object, optional
            How conflicts are resolved, as for `merge`.

        Returns
        -------
        MergePlan
            Fields that differ, rows about both, conflicts.

        Raises
        ------
        NotFoundError
            When there is no such contact.
        RuleError
            When it is twice the same contact, or a person and a company.
        ConfigError
            When a field cannot be taken over, or a conflict cannot be resolved as said.
        """
        with self._database.reading() as con:
            ids, type_ = two_of_a_type(con, current_no, duplicate_no)
            return merge_planning.plan(con, self._setup.table("contact"), ids, type_, override, conflicts or {})[0]

    def merge(
        self,
        current_no: str,
        duplicate_no: str,
        *,
        override: Sequence[str] = (),
        conflicts: Mapping[str, object] | None = None,
        as_of: dt.date,
        dry_run: bool = False,
    ) -> MergeReceipt:
        """Merge one contact into another: the duplicate disappears, everything about it is about the other.

        Parameters
        ----------
        current_no : str
            The contact that stays. Its values win.
        duplicate_no : str
            The contact that disappears.
        override : sequence of str, optional
            Fields whose value is taken from the duplicate. Lists of codes are joined in any case.
        conflicts : mapping of str to object, optional
            What becomes of rows of the duplicate that cannot stay beside those of the other, by name of the conflict:
            ``"remove"``, ``("remove", column, ...)`` to let the row that stays have these values, or
            ``("rename", code)``.
        as_of : datetime.date
            The day of the line before copied comments.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        MergeReceipt
            With the number by which the merge is undone.

        Raises
        ------
        NotFoundError
            When there is no such contact.
        RuleError
            When it is twice the same contact, or a person and a company.
        ConfigError
            When a field cannot be taken over, or a conflict cannot be resolved as said.
        ConflictError
            When a conflict is not resolved.

        Notes
        -----
        People of a company that disappears become people of the other. Rows that say the same as one of the other
        contact, and scores of a run in which both were scored, go with the duplicate and are counted as removed.
        Snapshots and exports keep the contact they were made with. The number of the duplicate is free again; its id
        is never given again.
        """
        with self._database.reading() if dry_run else self._database.writing() as con:
            ids, type_ = two_of_a_type(con, current_no, duplicate_no)
            contact = self._setup.table("contact")
            told, found = merge_planning.plan(con, contact, ids, type_, override, conflicts or {})
            _require_resolved(told)
            resolved = resolutions(found, conflicts or {})
            work = Work(merge_planning.contact_row(con, ids[0]), merge_planning.contact_row(con, ids[1]))
            fields = merge_planning.mergeable(contact, type_)
            work.merged = merge_planning.merged(work.survivor, work.duplicate, fields, override)
            merge_work.sort_out(con, work, found, resolved, _comment(con, work, as_of))
            people = _people(con, work)
            joined = tuple(name for name in told.fields.query("joined")["field"] if _is_joined(work, name))
            number = 0 if dry_run else _write(con, work, type_)
        return MergeReceipt(
            number, current_no, duplicate_no, tuple(override), joined, work.moved_counts(),
            {table: len(gone) for table, gone in work.removed.items()}, _renamed(resolved), people, not dry_run,
        )  # fmt: skip


def _require_resolved(told: MergePlan) -> None:
    if told.open:
        raise ConflictError(
            f"{told.duplicate_no} cannot be merged into {told.current_no}, for both have rows of these keys: "
            f"{', '.join(told.open)}.",
            "Remove or rename each of these rows of the duplicate.",
        )


def _is_joined(work: Work, name: str) -> bool:
    return work.merged[name] != work.survivor[name]


def _renamed(resolved: Mapping[str, Resolution]) -> dict[str, str]:
    return {name: how.new_key for name, how in resolved.items() if how.new_key}


def _comment(con: Connection, work: Work, as_of: dt.date) -> Row | None:
    if first_row(con, "SELECT 1 FROM contact_comment WHERE contact_id = ?", [work.duplicate_id]) is None:
        return None
    who = " ".join(filter(None, (work.duplicate["contact_no"], work.duplicate["name"])))
    text = f"Copied by merge from {who}"
    return {"contact_id": str(work.survivor_id), "commented_on": as_of.isoformat(), "comment": text}


def _people(con: Connection, work: Work) -> tuple[str, ...]:
    """Find people of a company that disappears, and records that name the duplicate as the one to ask for."""
    number = work.duplicate["contact_no"]
    query = "SELECT contact_id, contact_no FROM contact WHERE company_no = ? AND contact_id <> ? ORDER BY contact_no"
    found = con.execute(query, [number, work.duplicate_id]).fetchall()
    work.people = [int(one) for one, _ in found]
    for table in PRIMARY_CONTACTS:
        asked = con.execute(
            f"SELECT {table}_no FROM {table} WHERE primary_contact_no = ? ORDER BY 1",  # noqa: S608
            [number],
        ).fetchall()
        if asked:
            work.asked_for[table] = [str(one) for (one,) in asked]
    return tuple(str(no) for _, no in found)


def _write(con: Connection, work: Work, type_: str) -> int:
    """Write what was worked out, and keep the before-image."""
    ids, current_no = (work.survivor_id, work.duplicate_id), work.survivor["contact_no"]
    work.pairs = rows.read(con, "contact_duplicate", _WITH_EITHER, [*ids, *ids])
    kinds = _kinds(con, work)
    rows.delete(con, "contact", [work.duplicate])
    now = clock.now().replace(tzinfo=None)
    rows.replace(con, "contact", work.survivor, {**work.merged, "last_modified_at": str(now)})
    _write_rows(con, work)
    con.execute("UPDATE contact SET company_no = ? WHERE list_contains(?, contact_id)", [current_no, work.people])
    for table, numbers in work.asked_for.items():
        _ask_for(con, table, numbers, current_no)
    _write_pairs(con, work)
    tombstones.bury(con, ids[1], str(work.duplicate["contact_no"]), tombstones.MERGED, ids[0])
    _bring_up_to_date(con, work, type_)
    work.kinds = [
        (one, kind, now_kind) for one, now_kind in _kinds(con, work).items() if (kind := kinds[one]) != now_kind
    ]
    work.merged = merge_planning.contact_row(con, ids[0])
    work.pairs_after = rows.read(con, "contact_duplicate", _WITH_EITHER, [*ids, *ids])
    (number,) = first_row(con, "SELECT coalesce(max(merge_no), 0) + 1 FROM contact_merge") or (1,)
    con.execute(
        "INSERT INTO contact_merge VALUES (?, ?, ?, ?, ?, ?, NULL)", [number, *ids, work.to_json(), now, config.user()]
    )
    return int(number)


def _write_rows(con: Connection, work: Work) -> None:
    """After rows that go and rows that change, what is left of the duplicate changes hands."""
    for table, gone in work.removed.items():
        rows.delete(con, table, gone)
    for table, changes in work.rewritten.items():
        for before, after in changes:
            rows.replace(con, table, before, after)
    for table, new in work.added.items():
        rows.insert(con, table, new)
    for table in work.moved:
        con.execute(
            f"UPDATE {quoted(table)} SET contact_id = ? WHERE contact_id = ?",  # noqa: S608
            [work.survivor_id, work.duplicate_id],
        )


def _ask_for(con: Connection, table: str, numbers: Sequence[str], contact_no: str | None) -> None:
    con.execute(
        f"UPDATE {table} SET primary_contact_no = ? WHERE list_contains(?, {table}_no)",  # noqa: S608
        [contact_no, list(numbers)],
    )


def _write_pairs(con: Connection, work: Work) -> None:
    """Pairs of the duplicate are pairs of the other; where that is one already, a verdict goes before none."""
    rows.delete(con, "contact_duplicate", work.pairs)
    kept: dict[int, Row] = {}
    for row in sorted(work.pairs, key=lambda row: (row["verdict"] is None, not _is_with(row, work.survivor_id))):
        ids = {int(row["contact_id"] or 0), int(row["duplicate_id"] or 0)}
        other = next(iter(ids - {work.survivor_id, work.duplicate_id}), None)
        if other is not None and other not in kept:
            low, high = sorted((work.survivor_id, other))
            kept[other] = {**row, "contact_id": str(low), "duplicate_id": str(high)}
    rows.insert(con, "contact_duplicate", kept.values())


def _is_with(row: Row, contact_id: int) -> bool:
    return str(contact_id) in (row["contact_id"], row["duplicate_id"])


def _bring_up_to_date(con: Connection, work: Work, type_: str) -> None:
    """What the contact is for us, the records it is, and the duplicates it has."""
    relation_kind.refresh(con, [work.survivor_id])
    links = linked.links(con, work.survivor_id)
    before = [(kind, rows.read(con, kind, f"{kind}_no = ?", [number])) for kind, number in links]
    linked.push(con, work.survivor_id)
    for kind, found in before:
        for row in found:
            after = rows.there(con, kind, row)
            if after is not None and rows.changed(after, row):
                work.rewritten.setdefault(kind, []).append((row, after))
    if type_ == "company":
        searching.refresh(con, work.survivor_id)


def _kinds(con: Connection, work: Work) -> dict[int, str | None]:
    """What people of both are for us, which depends on their company."""
    numbers = [work.survivor["contact_no"], work.duplicate["contact_no"]]
    query = (
        "SELECT contact_id, contact_business_relation FROM contact "
        "WHERE (list_contains($numbers, company_no) OR list_contains($people, contact_id)) "
        "AND NOT list_contains($both, contact_id) ORDER BY contact_id"
    )
    both = [work.survivor_id, work.duplicate_id]
    return dict(con.execute(query, {"numbers": numbers, "people": work.people, "both": both}).fetchall())
