"""The lines of worksheets in the store: read, built from header and contact, deleted, put in order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.worksheet import Lines, lines
from workbench.compiling.values import offered
from workbench.store import Connection, tables

_OFFERED = "chosen_line"
# The language is the contact's where the template has it, else the worksheet's, else the contact's all the same.
# A contact's correspondence type: the worksheet's where it ignores the contact's, the template's likewise, then the
# contact's own, then the template's (Business Central, table 5077, field Contact No.).
_INSERT = """
    INSERT INTO worksheet_line (
        worksheet_no, line_no, contact_id, description, campaign_no, salesperson_code, correspondence_type,
        interaction_template_code, interaction_group_code, cost_amount, duration_minutes, dated_on, is_campaign_target,
        is_campaign_response, information_flow, initiated_by, language_code, subject
    )
    SELECT w.worksheet_no, n.line_no, n.contact_id, w.description, coalesce(n.campaign_no, w.campaign_no),
        coalesce(w.salesperson_code, c.salesperson_code),
        CASE
            WHEN w.ignores_contact_correspondence AND w.correspondence_type IS NOT NULL THEN w.correspondence_type
            WHEN t.ignores_contact_correspondence THEN t.correspondence_type
            ELSE coalesce(c.correspondence_type, t.correspondence_type)
        END,
        w.interaction_template_code, w.interaction_group_code, w.unit_cost_amount, w.unit_duration_minutes,
        w.dated_on, w.is_campaign_target, w.is_campaign_response, w.information_flow, w.initiated_by,
        coalesce(g.language_code, w.language_code, c.language_code), w.subject
    FROM chosen_line n
    JOIN worksheet w ON w.worksheet_no = ?
    JOIN contact c ON c.contact_id = n.contact_id
    LEFT JOIN interaction_template t USING (interaction_template_code)
    LEFT JOIN interaction_template_language g
        ON g.interaction_template_code = w.interaction_template_code AND g.language_code = c.language_code
    ORDER BY n.line_no
"""
# Of the alternative addresses that hold on the day of the line, the one that began last (table 5050, ActiveAltAddress).
_READDRESS = """
    UPDATE worksheet_line SET alternative_address_code = (
        SELECT r.address_code
        FROM alternative_address_range r JOIN alternative_address a USING (contact_id, address_code)
        WHERE r.contact_id = worksheet_line.contact_id AND r.starting_on <= worksheet_line.dated_on
            AND (r.ending_on IS NULL OR r.ending_on >= worksheet_line.dated_on)
        ORDER BY r.starting_on DESC, r.address_code DESC LIMIT 1
    )
    WHERE worksheet_no = ? AND contact_id IN (SELECT contact_id FROM alternative_address_range)
"""
# Type is an option in Business Central: Company is 0, Person is 1. Blanks come first.
_IN_ORDER = """
    SELECT c.contact_id FROM chosen_contact m JOIN contact c USING (contact_id)
    LEFT JOIN contact k ON k.contact_no = c.company_no
    ORDER BY lower(coalesce(CASE WHEN c.type = 'company' THEN c.name ELSE k.name END, '')),
        lower(coalesce(c.company_no, '')), c.type <> 'company', lower(coalesce(c.name, '')), c.contact_no
"""
_FREE_TASKS = """
    UPDATE task SET segment_no = NULL
    WHERE segment_no = $1 AND contact_id IN (SELECT contact_id FROM chosen_line)
        AND contact_id NOT IN (SELECT contact_id FROM worksheet_line WHERE worksheet_no = $1)
"""
_SHOWN = """
    SELECT l.line_no, c.contact_no, c.type, c.name, c.company_no, k.name AS company_name,
        l.* EXCLUDE (worksheet_no, line_no, contact_id)
    FROM worksheet_line l JOIN contact c USING (contact_id) LEFT JOIN contact k ON k.contact_no = c.company_no
    WHERE l.worksheet_no = ? ORDER BY l.line_no
"""


@contextmanager
def offered_lines(con: Connection, chosen: Lines, campaigns: npt.NDArray[Any] | None = None) -> Iterator[None]:
    """Let statements join lines as a table.

    Parameters
    ----------
    con : connection
        An open unit of work.
    chosen : Lines
        The lines.
    campaigns : numpy.ndarray of object, optional
        The campaign of each line, where it is not the worksheet's.

    Yields
    ------
    None
        While the table is there, under the name `chosen_line`.
    """
    frame = pd.DataFrame({"line_no": chosen.numbers, "contact_id": chosen.contacts})
    frame["campaign_no"] = pd.Series(campaigns if campaigns is not None else [None] * len(chosen), dtype="str")
    con.register(_OFFERED, frame)
    try:
        yield
    finally:
        con.unregister(_OFFERED)


def read(con: Connection, worksheet_no: str) -> Lines:
    """Read the lines of a worksheet.

    Parameters
    ----------
    con : connection
        An open unit of work.
    worksheet_no : str
        Which one.

    Returns
    -------
    Lines
        In the order of their numbers.
    """
    query = "SELECT line_no, contact_id FROM worksheet_line WHERE worksheet_no = ? ORDER BY line_no"
    found = tables.frame(con, query, [worksheet_no])
    return lines(found["line_no"].to_numpy(), found["contact_id"].to_numpy())


def shown(con: Connection, worksheet_no: str, top: int | None = None) -> pd.DataFrame:
    """Read the lines of a worksheet with their contacts.

    Parameters
    ----------
    con : connection
        An open unit of work.
    worksheet_no : str
        Which one.
    top : int, optional
        How many at most.

    Returns
    -------
    pandas.DataFrame
        In the order of their numbers.
    """
    limit = "" if top is None else f" LIMIT {int(top)}"
    return tables.frame(con, _SHOWN + limit, [worksheet_no])


def insert(con: Connection, worksheet_no: str, new: Lines, campaigns: npt.NDArray[Any] | None = None) -> None:
    """Write lines, each made of the worksheet's header and its contact.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    worksheet_no : str
        Which worksheet.
    new : Lines
        Numbers and contacts.
    campaigns : numpy.ndarray of object, optional
        The campaign of each line, where it is not the worksheet's.
    """
    if len(new):
        with offered_lines(con, new, campaigns):
            con.execute(_INSERT, [worksheet_no])
        readdress(con, worksheet_no)


def readdress(con: Connection, worksheet_no: str) -> None:
    """Give each line the alternative address of its contact that holds on the line's day, or none.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    worksheet_no : str
        Which worksheet.
    """
    con.execute(_READDRESS, [worksheet_no])


def delete(con: Connection, worksheet_no: str, gone: Lines) -> None:
    """Delete lines; tasks of contacts who have no other line are those of the worksheet no longer (table 5077).

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    worksheet_no : str
        Which worksheet.
    gone : Lines
        Which lines; their numbers count.
    """
    if len(gone):
        with offered_lines(con, gone):
            con.execute(
                "DELETE FROM worksheet_line WHERE worksheet_no = ? AND line_no IN (SELECT line_no FROM chosen_line)",
                [worksheet_no],
            )
            con.execute(_FREE_TASKS, [worksheet_no])


def in_order(con: Connection, contacts: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """Put contacts in the order in which they get lines.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contacts : numpy.ndarray of int
        Contact ids, each once.

    Returns
    -------
    numpy.ndarray of int64
        By company name, company number, type (companies first) and name, without regard to case, blanks first; equal
        ones by number.
    """
    with offered(con, contacts):
        return tables.ids(con, _IN_ORDER).astype(np.int64)
