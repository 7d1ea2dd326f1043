"""Segments that were logged: listed, canceled with what they wrote, deleted without it."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.errors import NotFoundError, RuleError, nearest
from workbench.store import Connection
from workbench.worksheets.acting import Acting
from workbench.worksheets.receipts import CancelingReceipt, LoggedDeletionReceipt
from workbench.worksheets.results import LoggedSegment

# Rows of both kinds that are as canceled as the logged segment itself (table 5075).
_LOGGED = """
    WITH interactions AS (
        SELECT logged_segment_entry_no AS entry_no, is_canceled, count(*) AS rows FROM interaction
        WHERE logged_segment_entry_no IS NOT NULL GROUP BY ALL
    ), entries AS (
        SELECT logged_segment_entry_no AS entry_no, is_canceled, count(*) AS rows FROM campaign_entry
        WHERE logged_segment_entry_no IS NOT NULL GROUP BY ALL
    )
    SELECT g.entry_no, g.segment_no, g.description, g.created_on, g.logged_by, g.is_canceled,
        coalesce(i.rows, 0), coalesce(e.rows, 0)
    FROM logged_segment g
    LEFT JOIN interactions i ON i.entry_no = g.entry_no::VARCHAR AND i.is_canceled = g.is_canceled
    LEFT JOIN entries e ON e.entry_no = g.entry_no::VARCHAR AND e.is_canceled = g.is_canceled
    ORDER BY g.entry_no
"""
_OF_LOGGED = ("interaction", "campaign_entry")


class LoggedSegments(Acting):
    """What was logged."""

    def logged(self) -> tuple[LoggedSegment, ...]:
        """List the segments that were logged.

        Returns
        -------
        tuple of LoggedSegment
            By entry number.
        """
        with self._database.reading() as con:
            return _listed(con)

    def cancel_logged(self, entry_nos: Sequence[int], *, dry_run: bool = False) -> CancelingReceipt:
        """Cancel logged segments with their interactions and campaign entries, or take that back.

        Parameters
        ----------
        entry_nos : sequence of int
            Their numbers.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        CancelingReceipt
            All of them become the opposite of what the first one is, as in Business Central.

        Raises
        ------
        NotFoundError
            When there is no such logged segment.
        RuleError
            When none is named.
        """
        with self._unit(dry_run) as con:
            chosen = _chosen(con, entry_nos)
            is_canceled = not chosen[0].is_canceled
            numbers = [str(one.entry_no) for one in chosen]
            interactions, entries = (_following(con, table, numbers) for table in _OF_LOGGED)
            if not dry_run:
                _mark(con, numbers, is_canceled)
        return CancelingReceipt(tuple(one.entry_no for one in chosen), is_canceled, interactions, entries, not dry_run)

    def delete_logged(self, entry_nos: Sequence[int] | None = None, *, dry_run: bool = False) -> LoggedDeletionReceipt:
        """Delete canceled logged segments (report 5191); interactions and campaign entries stay, without their number.

        Parameters
        ----------
        entry_nos : sequence of int, optional
            Their numbers; all that are canceled where absent.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        LoggedDeletionReceipt
            What was deleted, and how many rows were let go.

        Raises
        ------
        NotFoundError
            When there is no such logged segment.
        RuleError
            When one that is named is not canceled.
        """
        with self._unit(dry_run) as con:
            chosen = _canceled(con) if entry_nos is None else _chosen(con, entry_nos)
            for one in chosen:
                if not one.is_canceled:
                    raise RuleError(f"The logged segment {one.entry_no} is not canceled.", "Cancel it first.")
            numbers = [str(one.entry_no) for one in chosen]
            interactions, entries = (_following(con, table, numbers) for table in _OF_LOGGED)
            if not dry_run:
                _delete(con, numbers)
        return LoggedDeletionReceipt(tuple(one.entry_no for one in chosen), interactions, entries, not dry_run)


def _listed(con: Connection) -> tuple[LoggedSegment, ...]:
    return tuple(LoggedSegment(*row) for row in con.execute(_LOGGED).fetchall())


def _canceled(con: Connection) -> list[LoggedSegment]:
    return [one for one in _listed(con) if one.is_canceled]


def _chosen(con: Connection, entry_nos: Sequence[int]) -> list[LoggedSegment]:
    known = {one.entry_no: one for one in _listed(con)}
    if not entry_nos:
        raise RuleError("No logged segment is named.", "Give the number of one.")
    for number in entry_nos:
        if number not in known:
            raise NotFoundError(
                f"There is no logged segment {number}.",
                nearest(number, [str(one) for one in known]) or "Log a worksheet first.",
            )
    return [known[number] for number in dict.fromkeys(entry_nos)]


def _following(con: Connection, table: str, numbers: list[str]) -> int:
    query = f"SELECT count(*) FROM {table} WHERE list_contains(?, logged_segment_entry_no)"  # noqa: S608 - ours
    return int(con.execute(query, [numbers]).fetchall()[0][0])


def _mark(con: Connection, numbers: list[str], is_canceled: bool) -> None:
    con.execute(
        "UPDATE logged_segment SET is_canceled = ? WHERE list_contains(?, entry_no::VARCHAR)", [is_canceled, numbers]
    )
    for table in _OF_LOGGED:
        con.execute(
            f"UPDATE {table} SET is_canceled = ? WHERE list_contains(?, logged_segment_entry_no)",  # noqa: S608 - ours
            [is_canceled, numbers],
        )


def _delete(con: Connection, numbers: list[str]) -> None:
    con.execute("DELETE FROM logged_segment WHERE list_contains(?, entry_no::VARCHAR)", [numbers])
    for table in _OF_LOGGED:
        con.execute(
            f"UPDATE {table} SET logged_segment_entry_no = NULL "  # noqa: S608 - ours
            "WHERE list_contains(?, logged_segment_entry_no)",
            [numbers],
        )
