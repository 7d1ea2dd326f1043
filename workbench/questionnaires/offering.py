"""Which questionnaires a contact is offered."""

from __future__ import annotations

from workbench.questionnaires import rows
from workbench.store import Connection
from workbench.store.connection import first_row

_CONTACT = """
    SELECT c.type, coalesce(k.contact_id, c.contact_id) FROM contact c
    LEFT JOIN contact k ON k.contact_no = c.company_no WHERE c.contact_id = ?
"""


def codes(con: Connection, known: rows.Known, contact_id: int) -> list[str]:
    """List the questionnaires that a contact is offered.

    Parameters
    ----------
    con : connection
        An open unit of work.
    known : mapping of str to Questionnaire
        All questionnaires.
    contact_id : int
        The contact.

    Returns
    -------
    list of str
        Those whose contact type fits, and whose business relation its company has, or the contact itself where it has
        no company; and those that it has answered already.

    Notes
    -----
    Source: Business Central, codeunit 5059, FindLegalProfileQuestionnaire.
    """
    type_, company_id = first_row(con, _CONTACT, [contact_id]) or ("", contact_id)
    relations = _column(con, "SELECT business_relation_code FROM business_relation WHERE contact_id = ?", company_id)
    answered = _column(con, "SELECT questionnaire_code FROM profile_answer WHERE contact_id = ?", contact_id)
    wanted = "companies" if type_ == "company" else "people"
    return [
        code
        for code, one in known.items()
        if code in answered or (one.contact_type in (None, wanted) and one.business_relation_code in (None, *relations))
    ]


def _column(con: Connection, query: str, contact_id: int) -> set[str]:
    return {str(value) for (value,) in con.execute(query, [contact_id]).fetchall()}
