"""The customer that a won opportunity needs.

References
----------
Business Central, table 5093, Opportunity Entry: `TestCust`.
"""

from __future__ import annotations

from workbench.contact_rows.finding import id_of
from workbench.relations import creating
from workbench.store import Connection
from workbench.store.connection import first_row

# The contact's own customer, or that of its company.
_CUSTOMER = """
    SELECT b.linked_no FROM contact c
    JOIN contact k ON k.contact_id = c.contact_id OR k.contact_no = c.company_no
    JOIN business_relation b ON b.contact_id = k.contact_id AND b.link_to_table = 'customer'
    WHERE c.contact_no = ? ORDER BY k.type = 'company' DESC, b.linked_no LIMIT 1
"""


def found(con: Connection, contact_no: str | None) -> str | None:
    """Find the customer that a contact or its company is.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_no : str or None
        The contact.

    Returns
    -------
    str or None
        The number of the customer; None where there is none.
    """
    row = first_row(con, _CUSTOMER, [contact_no])
    return None if row is None else str(row[0])


def ensure(con: Connection, contact_no: str, *, dry_run: bool) -> str | None:
    """Create a customer of a contact, or of its company, where there is none yet.

    Parameters
    ----------
    con : connection
        An open unit of work; one that writes unless it is a preview.
    contact_no : str
        The contact.
    dry_run : bool
        Whether nothing is written.

    Returns
    -------
    str or None
        The number of the customer that is created; None where there was one.

    Raises
    ------
    NotFoundError
        When there is no such contact.
    ConflictError
        When another customer has the number of the contact.
    RuleError
        When marketing setup names no relation for customers, or the contact's privacy is blocked.
    """
    id_of(con, contact_no)
    if found(con, contact_no) is not None:
        return None
    plan = creating.plan(con, contact_no, "customer")
    if not dry_run:
        creating.write(con, plan)
    return plan.record_no
