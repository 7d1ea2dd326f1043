"""Whose interaction it is unless somebody says otherwise."""

from __future__ import annotations

from workbench import config
from workbench.store import Connection

# Who was blocked since is no default.
_DEFAULT = """
    WITH me AS (SELECT salesperson_code, email FROM user_setup WHERE user_name = $user),
    of_address AS (
        SELECT s.code FROM salesperson s JOIN me ON lower(trim(s.email)) = lower(trim(me.email))
        WHERE trim(s.email) <> ''
    )
    SELECT d.code FROM (
        SELECT 1 AS place, min(code) AS code FROM of_address HAVING count(*) = 1
        UNION ALL SELECT 2, salesperson_code FROM me
        UNION ALL SELECT 3, $contact
    ) d LEFT JOIN salesperson s ON s.code = d.code
    WHERE coalesce(d.code, '') <> '' AND NOT coalesce(s.is_blocked OR s.is_privacy_blocked, FALSE)
    ORDER BY d.place LIMIT 1
"""


def default(con: Connection, of_contact: str | None) -> str | None:
    """Choose the salesperson of a new interaction.

    Parameters
    ----------
    con : connection
        An open unit of work.
    of_contact : str or None
        The contact's salesperson.

    Returns
    -------
    str or None
        The one salesperson with the e-mail address of whoever works here, else the one of user setup, else the
        contact's; nobody who is blocked.

    References
    ----------
    Business Central, codeunit 5051 (SegManagement) and page 5077 (Create Interaction).
    """
    rows = con.execute(_DEFAULT, {"user": config.user(), "contact": of_contact}).fetchall()
    return rows[0][0] if rows else None
