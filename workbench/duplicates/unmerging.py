"""Undoing a merge from its before-image, as long as nobody has changed what it has changed."""

# Names of tables come from the before-image and from the store and are quoted, values are bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from workbench import clock
from workbench.contact_rows import relation_kind
from workbench.duplicates import merge_planning, rows
from workbench.duplicates.merge_results import MergeList, UnmergeReceipt
from workbench.duplicates.merge_work import Work
from workbench.duplicates.reviewing import Reviewing
from workbench.errors import ConflictError, NotFoundError, RuleError, nearest
from workbench.store import Connection, tables
from workbench.store.connection import first_row
from workbench.store.tables import quoted

_MERGES = """
    SELECT merge_no, before_image->'survivor'->>'contact_no' AS current_no,
        before_image->'duplicate'->>'contact_no' AS duplicate_no, before_image->'duplicate'->>'name' AS duplicate_name,
        merged_at, merged_by, undone_at
    FROM contact_merge ORDER BY merge_no DESC
"""
_KEPT_UP = ("last_modified_at", "contact_business_relation")


class Unmerging(Reviewing):
    """Undoing merges."""

    def merges(self) -> MergeList:
        """List the merges that were done.

        Returns
        -------
        MergeList
            The latest first.
        """
        with self._database.reading() as con:
            found = tables.frame(con, _MERGES)
        times = {name: pd.to_datetime(found[name], utc=True) for name in ("merged_at", "undone_at")}
        return MergeList(found.assign(**times))

    def undo_merge(self, merge_no: int, *, dry_run: bool = False) -> UnmergeReceipt:
        """Undo a merge: both contacts and all rows about them are as they were before.

        Parameters
        ----------
        merge_no : int
            The number of the merge.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        UnmergeReceipt
            What is back.

        Raises
        ------
        NotFoundError
            When there is no such merge.
        RuleError
            When it was undone already.
        ConflictError
            When somebody has changed what the merge had changed.
        """
        with self._database.reading() if dry_run else self._database.writing() as con:
            work = Work.from_json(_image(con, merge_no))
            _require_untouched(merge_no, list(_touched(con, work)))
            people = _people(con, work)
            if not dry_run:
                _write(con, work)
                now = clock.now().replace(tzinfo=None)
                con.execute("UPDATE contact_merge SET undone_at = ? WHERE merge_no = ?", [now, merge_no])
        return UnmergeReceipt(
            merge_no, str(work.survivor["contact_no"]), str(work.duplicate["contact_no"]), _returned(work), people,
            not dry_run,
        )  # fmt: skip


def _image(con: Connection, merge_no: int) -> str:
    query = "SELECT before_image, undone_at FROM contact_merge WHERE merge_no = ?"
    row = first_row(con, query, [merge_no])
    if row is None:
        known = [str(no) for (no,) in con.execute("SELECT merge_no FROM contact_merge ORDER BY 1").fetchall()]
        raise NotFoundError(f"There is no merge {merge_no}.", nearest(merge_no, known) or "Nothing was merged yet.")
    if row[1] is not None:
        raise RuleError(f"Merge {merge_no} was undone already.", "Merge the two again if they are the same.")
    return str(row[0])


def _require_untouched(merge_no: int, touched: list[str]) -> None:
    if touched:
        raise ConflictError(
            f"Merge {merge_no} cannot be undone, for what it changed has changed since: {'; '.join(touched)}.",
            "Put that back first, or correct the contacts by hand.",
        )


def _touched(con: Connection, work: Work) -> Iterator[str]:
    """Say what is not as the merge has left it."""
    number, current = work.duplicate["contact_no"], work.survivor["contact_no"]
    if first_row(con, "SELECT 1 FROM contact WHERE contact_no = ?", [number]):
        yield f"{number} is another contact now"
    now = rows.there(con, "contact", work.merged)
    if now is None:
        yield f"{current} is gone"
        return
    if fields := rows.changed(now, work.merged, _KEPT_UP):
        yield f"{current} has other values of {', '.join(fields)}"
    for table, keys in work.moved.items():
        gone = len(keys) - rows.owned_count(con, table, keys, work.survivor_id)
        if gone:
            yield f"{gone} of {len(keys)} rows of {table} are not {current}'s any more"
    yield from _touched_rows(con, work)
    left = first_row(con, _LEFT, [work.people, current]) or (0,)
    if left[0] != len(work.people):
        yield f"people of {number} have left {current}"


_LEFT = "SELECT count(*) FROM contact WHERE list_contains(?, contact_id) AND company_no = ?"


def _touched_rows(con: Connection, work: Work) -> Iterator[str]:
    written = [(table, after) for table, changes in work.rewritten.items() for _, after in changes]
    written += [(table, row) for table, new in work.added.items() for row in new]
    for table, after in written:
        now = rows.there(con, table, after)
        if now is None or rows.changed(now, after):
            yield f"a row of {table} is {'gone' if now is None else 'another'}"


def _people(con: Connection, work: Work) -> tuple[str, ...]:
    query = "SELECT contact_no FROM contact WHERE list_contains(?, contact_id) ORDER BY 1"
    return tuple(str(no) for (no,) in con.execute(query, [work.people]).fetchall())


def _returned(work: Work) -> dict[str, int]:
    counts = work.moved_counts()
    for table, gone in work.removed.items():
        counts[table] = counts.get(table, 0) + len(gone)
    return counts


def _write(con: Connection, work: Work) -> None:
    """Go back over the merge, the last thing first."""
    for table, new in work.added.items():
        rows.delete(con, table, new)
    for table, changes in reversed(work.rewritten.items()):
        for before, after in reversed(changes):
            rows.replace(con, table, after, before)
    for table, keys in work.moved.items():
        rows.give(con, table, keys, work.duplicate_id)
    for table, gone in work.removed.items():
        rows.insert(con, table, (_with_free_number(con, table, row) for row in gone))
    _restore_contacts(con, work)
    for table, numbers in work.asked_for.items():
        con.execute(
            f"UPDATE {table} SET primary_contact_no = ? WHERE list_contains(?, {table}_no)",
            [work.duplicate["contact_no"], numbers],
        )
    _restore_pairs(con, work)


def _with_free_number(con: Connection, table: str, row: rows.Row) -> rows.Row:
    """A number of an entry that was the highest may have been given again since."""
    if rows.there(con, table, row) is None:
        return row
    (highest,) = first_row(con, f"SELECT max(entry_no) FROM {quoted(table)}") or (0,)
    return {**row, "entry_no": str(highest + 1)}


def _restore_contacts(con: Connection, work: Work) -> None:
    now = merge_planning.contact_row(con, work.survivor_id)
    is_kept_up = {name: now[name] for name in _KEPT_UP if now[name] != work.merged[name]}
    rows.replace(con, "contact", now, {**work.survivor, **is_kept_up})
    rows.insert(con, "contact", [work.duplicate])
    con.execute("DELETE FROM contact_tombstone WHERE contact_id = ?", [work.duplicate_id])
    con.execute(
        "UPDATE contact SET company_no = ? WHERE list_contains(?, contact_id)",
        [work.duplicate["contact_no"], work.people],
    )
    for contact_id, before, after in work.kinds:
        con.execute(
            "UPDATE contact SET contact_business_relation = ? "
            "WHERE contact_id = ? AND contact_business_relation IS NOT DISTINCT FROM ?",
            [before, contact_id, after],
        )
    if "contact_business_relation" in is_kept_up:
        relation_kind.refresh(con, [work.survivor_id, work.duplicate_id])


def _restore_pairs(con: Connection, work: Work) -> None:
    """Pairs that the merge has left and nobody has touched go, and those from before come back."""
    for row in work.pairs_after:
        now = rows.there(con, "contact_duplicate", row)
        if now is not None and not rows.changed(now, row):
            rows.delete(con, "contact_duplicate", [row])
    missing = (row for row in work.pairs if rows.there(con, "contact_duplicate", row) is None)
    rows.insert(con, "contact_duplicate", list(missing))
