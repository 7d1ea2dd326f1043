"""What each action of a worksheet inserted and deleted, which is what going back needs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.worksheet import NO_LINES, Lines, lines, renumbered
from workbench.store import Connection, tables
from workbench.worksheets.lines import offered_lines


@dataclass(frozen=True)
class Done:
    """What one action did to the lines.

    Attributes
    ----------
    insertion : Lines
        Lines that it inserted.
    deletion : Lines
        Lines that it deleted.
    """

    insertion: Lines = NO_LINES
    deletion: Lines = NO_LINES

    def renumbered(self, before: Lines, after: Lines) -> Done:
        """Follow lines that came back under other numbers.

        Parameters
        ----------
        before, after : Lines
            Numbers then and now, of the same contacts in the same order.

        Returns
        -------
        Done
            Under the numbers of now.
        """
        return Done(renumbered(self.insertion, before, after), renumbered(self.deletion, before, after))

    def equals(self, other: Done) -> bool:
        """Tell whether another one has the same lines.

        Parameters
        ----------
        other : Done
            The other.

        Returns
        -------
        bool
            Whether all numbers and contacts are equal.
        """
        pairs = ((self.insertion, other.insertion), (self.deletion, other.deletion))
        return all(
            np.array_equal(one.numbers, two.numbers) and np.array_equal(one.contacts, two.contacts)
            for one, two in pairs
        )


def write(con: Connection, worksheet_no: str, action_no: int, done: Done) -> None:
    """Note what an action did.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    worksheet_no : str
        Which worksheet.
    action_no : int
        The number of actions when it was done.
    done : Done
        The lines.
    """
    for taken, part in (("insertion", done.insertion), ("deletion", done.deletion)):
        if len(part):
            with offered_lines(con, part):
                con.execute(
                    "INSERT INTO worksheet_history SELECT ?, ?, line_no, contact_id, ? FROM chosen_line",
                    [worksheet_no, action_no, taken],
                )


def read(con: Connection, worksheet_no: str) -> dict[int, Done]:
    """Read what the actions of a worksheet did.

    Parameters
    ----------
    con : connection
        An open unit of work.
    worksheet_no : str
        Which worksheet.

    Returns
    -------
    dict of int to Done
        By the number of the action; those that changed no line are not there.
    """
    query = (
        "SELECT action_no, action_taken, line_no, contact_id FROM worksheet_history "
        "WHERE worksheet_no = ? ORDER BY action_no, line_no"
    )
    rows = tables.frame(con, query, [worksheet_no])
    return {
        int(action_no): _of_action(rows[rows["action_no"] == action_no]) for action_no in rows["action_no"].unique()
    }


def _of_action(rows: pd.DataFrame) -> Done:
    parts = {taken: rows[rows["action_taken"] == taken] for taken in ("insertion", "deletion")}
    return Done(**{taken: lines(part["line_no"], part["contact_id"]) for taken, part in parts.items()})


def forget(con: Connection, worksheet_no: str, action_no: int | None = None) -> None:
    """Delete the history of an action, or of all.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    worksheet_no : str
        Which worksheet.
    action_no : int, optional
        Which action; all of them where absent.
    """
    con.execute(
        "DELETE FROM worksheet_history WHERE worksheet_no = $1 AND ($2 IS NULL OR action_no = $2)",
        [worksheet_no, action_no],
    )
