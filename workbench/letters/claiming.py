"""Who sends a letter: marked before it goes, so that no letter goes twice whatever breaks.

A letter is claimed in a unit of work of its own, then handed over, then settled. Where the second step is the last,
the letter is in doubt and stays with whoever looks after it: no run touches it.
"""

from __future__ import annotations

from collections.abc import Sequence

from workbench import clock
from workbench.store import Connection

# Looked at once more: meanwhile somebody may have sent another letter of the log to the contact, or blocked it.
_CLAIM = """
    UPDATE interaction SET delivered_at = $now, delivery_status = 'in_progress', delivery_error = NULL
    WHERE entry_no IN (SELECT unnest($entries)) AND delivered_at IS NULL AND NOT is_canceled
        AND NOT EXISTS (
            SELECT 1 FROM contact c WHERE c.contact_id = interaction.contact_id AND c.is_privacy_blocked
        )
        AND NOT EXISTS (
            SELECT 1 FROM interaction o
            WHERE o.logged_segment_entry_no = interaction.logged_segment_entry_no
                AND o.contact_id = interaction.contact_id AND o.delivered_at IS NOT NULL
        )
"""


def claim(con: Connection, entry_nos: Sequence[int]) -> int:
    """Mark letters as being delivered.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    entry_nos : sequence of int
        The interactions, one for each contact.

    Returns
    -------
    int
        How many; others may not go any more, for somebody else was faster or the contact was blocked.
    """
    now = clock.now().replace(tzinfo=None)
    ((count,),) = con.execute(_CLAIM, {"now": now, "entries": list(entry_nos)}).fetchall()
    return int(count)


def deliver(con: Connection, entry_nos: Sequence[int]) -> None:
    """Mark letters that were claimed as delivered.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    entry_nos : sequence of int
        The interactions.
    """
    con.execute("UPDATE interaction SET delivery_status = NULL WHERE entry_no IN (SELECT unnest(?))", [list(entry_nos)])


def give_back(con: Connection, entry_nos: Sequence[int], error: str | None = None) -> None:
    """Mark letters that were claimed as not delivered.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    entry_nos : sequence of int
        The interactions.
    error : str, optional
        Why; they have failed then, else they may go again.
    """
    con.execute(
        "UPDATE interaction SET delivered_at = NULL, delivery_status = ?, delivery_error = ? "
        "WHERE entry_no IN (SELECT unnest(?))",
        ["in_progress" if error is None else "error", error, list(entry_nos)],
    )
