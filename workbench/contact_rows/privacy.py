"""Whether something may be done with a contact at all."""

from __future__ import annotations

from workbench.errors import RuleError
from workbench.store import Connection
from workbench.store.connection import first_row


def require_not_blocked(con: Connection, contact_id: int, doing: str) -> None:
    """Refuse to use a contact whose privacy is blocked.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_id : int
        The contact.
    doing : str
        What was to be done with it, as a noun: ``"creating a customer"``.

    Raises
    ------
    RuleError
        When it is privacy blocked, as a minor is without parental consent.
    """
    query = "SELECT contact_no FROM contact WHERE contact_id = ? AND is_privacy_blocked"
    row = first_row(con, query, [contact_id])
    if row is not None:
        raise RuleError(f"{row[0]} is privacy blocked, which forbids {doing}.", "Clear privacy blocked first.")
