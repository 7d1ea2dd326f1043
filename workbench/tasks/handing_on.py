"""Open tasks of an opportunity that get its new salesperson, campaign or contact.

References
----------
Business Central, table 5092, Opportunity: OnValidate of Salesperson Code, Campaign No. and Contact No.
"""

# Names of columns come from the lists below; values are bound.
# ruff: noqa: S608

from __future__ import annotations

from workbench.store import Connection
from workbench.tasks.rows import ORGANIZER_NO

_OPEN = "t.opportunity_no = $opportunity AND NOT t.is_closed AND NOT t.is_canceled"
_IS_MEETING = "coalesce(t.type, '') = 'meeting'"
_TASK_ITSELF = f"({ORGANIZER_NO} IS NULL AND NOT ({_IS_MEETING}))"
# Of a meeting the organizer stays; who attended it for the old one is replaced, unless the new one attends anyway.
_ATTENDEE = f"""
    ({_IS_MEETING} AND t.role = '{{role}}' AND NOT EXISTS (
        SELECT 1 FROM task a WHERE a.organizer_task_no = {ORGANIZER_NO} AND a.{{column}} = $after AND a.role = t.role))
"""
_ATTENDED = {"salesperson_code": "salesperson_attendee", "contact_id": "contact_attendee"}
_WHOSE = {"campaign_no": "TRUE"} | {
    column: f"({_TASK_ITSELF} OR {_ATTENDEE.format(role=role, column=column)})" for column, role in _ATTENDED.items()
}


def matching(con: Connection, opportunity_no: str, column: str, before: object, after: object) -> list[str]:
    """Find the open tasks of an opportunity that have what it had.

    Parameters
    ----------
    con : connection
        An open unit of work.
    opportunity_no : str
        The opportunity.
    column : {"campaign_no", "salesperson_code", "contact_id"}
        What changes.
    before, after : object
        What the opportunity had, and what it gets.

    Returns
    -------
    list of str
        Their numbers; of meetings those of the copies of who attends them, and never of who organizes them.
    """
    query = f"""
        SELECT t.task_no FROM task t
        WHERE {_OPEN} AND t.{column} IS NOT DISTINCT FROM $before AND $after IS NOT DISTINCT FROM $after
            AND {_WHOSE[column]}
        ORDER BY 1
    """
    asked = {"opportunity": opportunity_no, "before": before, "after": after}
    return [no for (no,) in con.execute(query, asked).fetchall()]


def hand_on(con: Connection, task_nos: list[str], column: str, after: object) -> None:
    """Give tasks another salesperson, campaign or contact.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    task_nos : list of str
        As from `matching`.
    column : {"campaign_no", "salesperson_code", "contact_id"}
        What changes.
    after : object
        What they get.
    """
    con.execute(f"UPDATE task SET {column} = ? WHERE task_no IN (SELECT unnest(?::VARCHAR[]))", [after, task_nos])
