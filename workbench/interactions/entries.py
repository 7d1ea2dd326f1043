"""Entries of the log, one or many: canceled, taken back, evaluated, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipelines.interaction_tables import INTERACTION
from workbench.contact_rows.target_groups import watched
from workbench.errors import ConfigError, RuleError, nearest
from workbench.interactions import rows
from workbench.interactions.results import EntriesReceipt
from workbench.setup.work import Work
from workbench.store import Connection
from workbench.templates import attachments

EVALUATIONS = INTERACTION.by_name["evaluation"].choices
_AMONG = "entry_no IN (SELECT unnest(?::BIGINT[]))"
# What an entry hangs on that is canceled itself.
_HELD = f"""
    SELECT i.entry_no, i.logged_segment_entry_no, NULL FROM interaction i
    JOIN logged_segment g ON g.entry_no::VARCHAR = i.logged_segment_entry_no
    WHERE g.is_canceled AND i.{_AMONG}
    UNION ALL
    SELECT i.entry_no, NULL, i.campaign_entry_no FROM interaction i
    JOIN campaign_entry e ON e.campaign_entry_no = i.campaign_entry_no AND e.campaign_no = i.campaign_no
    WHERE e.is_canceled AND i.{_AMONG}
    ORDER BY 1 LIMIT 1
"""  # noqa: S608 - names of ours


class Entries(Work):
    """What is done with entries that are there."""

    def cancel(self, entry_nos: Sequence[int], *, dry_run: bool = False) -> EntriesReceipt:
        """Cancel entries of the log, or take that back.

        Parameters
        ----------
        entry_nos : sequence of int
            Their numbers.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        EntriesReceipt
            All of them become the opposite of what the first one is, as in Business Central.

        Raises
        ------
        NotFoundError
            When there is no such entry.
        RuleError
            When none is named; or when it is to be taken back, and the logged segment or the campaign entry of one is
            canceled.

        References
        ----------
        Business Central, table 5065 (Interaction Log Entry), ToggleCanceledCheckmark.
        """
        with self._unit(dry_run) as con:
            found = rows.chosen(con, entry_nos, ["is_canceled"])
            is_canceled = not found[0]["is_canceled"]
            if not is_canceled:
                _refuse_held(con, found)
            return _set(con, found, "is_canceled", is_canceled, dry_run)

    def evaluate(self, entry_nos: Sequence[int], evaluation: str | None, *, dry_run: bool = False) -> EntriesReceipt:
        """Say how interactions went.

        Parameters
        ----------
        entry_nos : sequence of int
            Their numbers.
        evaluation : {"very_positive", "positive", "neutral", "negative", "very_negative"} or None
            The same for all; None takes it away.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        EntriesReceipt
            The entries.

        Raises
        ------
        NotFoundError
            When there is no such entry.
        ConfigError
            When there is no such evaluation.
        RuleError
            When no entry is named.
        """
        word = (evaluation or "").strip().casefold().replace(" ", "_") or None
        if word is not None and word not in EVALUATIONS:
            raise ConfigError(f'"{evaluation}" is no evaluation.', nearest(word, EVALUATIONS))
        with self._unit(dry_run) as con:
            return _set(con, rows.chosen(con, entry_nos, ["evaluation"]), "evaluation", word, dry_run)

    def delete_canceled(self, entry_nos: Sequence[int] | None = None, *, dry_run: bool = False) -> EntriesReceipt:
        """Delete canceled entries of the log (report 5190).

        Parameters
        ----------
        entry_nos : sequence of int, optional
            Their numbers; all that are canceled where absent.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        EntriesReceipt
            With how many comments and files went along; a file goes with the last entry that has it.

        Raises
        ------
        NotFoundError
            When there is no such entry.
        RuleError
            When one that is named is not canceled.
        """
        with self._unit(dry_run) as con:
            numbers = _all_canceled(con) if entry_nos is None else _canceled(con, entry_nos)
            comments, files = _belonging(con, numbers)
            if not dry_run:
                delete(con, numbers)
        return EntriesReceipt(tuple(numbers), "deleted", True, len(numbers), comments, files, not dry_run)


def _set(con: Connection, found: list[dict[str, Any]], name: str, value: object, dry_run: bool) -> EntriesReceipt:
    numbers = [one["entry_no"] for one in found]
    if not dry_run:
        con.execute(f"UPDATE interaction SET {name} = ? WHERE {_AMONG}", [value, numbers])  # noqa: S608 - ours
    changed = sum(one[name] != value for one in found)
    return EntriesReceipt(tuple(numbers), name, value, changed, is_written=not dry_run)


def _refuse_held(con: Connection, found: list[dict[str, Any]]) -> None:
    numbers = [one["entry_no"] for one in found]
    for entry_no, segment, entry in con.execute(_HELD, [numbers, numbers]).fetchall():
        if segment is not None:
            raise RuleError(
                f"Interaction {entry_no} stays canceled: its logged segment {segment} is canceled.",
                f"Take that back first: workbench worksheet cancel-logged {segment}.",
            )
        raise RuleError(
            f"Interaction {entry_no} stays canceled: its campaign entry {entry} is canceled.",
            "Take that back first, among the entries of its campaign.",
        )


def _all_canceled(con: Connection) -> list[int]:
    return [no for (no,) in con.execute("SELECT entry_no FROM interaction WHERE is_canceled ORDER BY 1").fetchall()]


def _canceled(con: Connection, entry_nos: Sequence[int]) -> list[int]:
    found = rows.chosen(con, entry_nos, ["is_canceled"])
    for one in found:
        if not one["is_canceled"]:
            raise RuleError(f"Interaction {one['entry_no']} is not canceled.", "Cancel it first.")
    return [one["entry_no"] for one in found]


def _belonging(con: Connection, numbers: list[int]) -> tuple[int, int]:
    """Count the comments on entries, and the files that nothing else refers to."""
    query = f"SELECT count(*) FROM interaction_comment WHERE interaction_{_AMONG}"  # noqa: S608 - names of ours
    ((comments,),) = con.execute(query, [numbers]).fetchall()
    uses = _files(con, numbers)
    return int(comments), sum(attachments.use_count(con, no) == count for no, count in uses.items())


def _files(con: Connection, numbers: list[int]) -> dict[int, int]:
    query = f"""
        SELECT attachment_no, count(*) FROM interaction WHERE {_AMONG} AND attachment_no IS NOT NULL GROUP BY 1
    """  # noqa: S608 - names of ours
    return dict(con.execute(query, [numbers]).fetchall())


def delete(con: Connection, numbers: list[int]) -> None:
    """Delete entries of the log with their comments, and the files that nothing else refers to.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    numbers : list of int
        Their numbers.
    """
    files = _files(con, numbers)
    rows.delete_comments(con, numbers)
    with watched(con):
        con.execute(f"DELETE FROM interaction WHERE {_AMONG}", [numbers])  # noqa: S608 - names of ours
    attachments.drop_unused(con, files)
