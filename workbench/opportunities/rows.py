"""Opportunities, their entries and the stages of their cycles in the store, read."""

# Names of columns come from the lists below and from Opportunity and Entry; values are bound.
# ruff: noqa: S608

from __future__ import annotations

from dataclasses import fields

from pipelines.sales_cycle_rules import Stage
from workbench.errors import NotFoundError, nearest
from workbench.opportunities.results import NAMES, Entry, Opportunity
from workbench.store import Connection
from workbench.store.connection import first_row

SOURCE = """
    opportunity o LEFT JOIN contact c USING (contact_id)
    LEFT JOIN contact y ON y.contact_no = c.company_no
    LEFT JOIN (
        SELECT * FROM opportunity_entry WHERE is_active
        QUALIFY row_number() OVER (PARTITION BY opportunity_no ORDER BY entry_no DESC) = 1
    ) e ON e.opportunity_no = o.opportunity_no
    LEFT JOIN sales_cycle_stage g ON g.sales_cycle_code = e.sales_cycle_code AND g.stage_no = e.stage_no
"""
"""SQL for opportunities as o, with the contact as c, its company as y, the active entry as e and its stage as g."""

STATUS = "coalesce(o.status, 'not_started')"
"""SQL for the status of an opportunity; files may leave it out."""

_SELECTED = {
    "contact_no": "c.contact_no",
    "contact_name": "c.name",
    "company_no": "coalesce(c.company_no, CASE WHEN c.type = 'company' THEN c.contact_no END)",
    "company_name": "y.name",
    "status": STATUS,
    "priority": "coalesce(o.priority, 'normal')",
    # Files may bring entries, or only what the product shows of the active one.
    "stage": "CASE WHEN e.stage_no > 0 THEN coalesce(g.description, e.stage_no::INTEGER::VARCHAR) "
    "WHEN e.entry_no IS NULL THEN o.stage END",
    "estimated_amount": "coalesce(e.estimated_amount, o.estimated_amount)::DOUBLE",
    "calculated_amount": "coalesce(e.calculated_amount, o.calculated_amount)::DOUBLE",
    "probability_rate": "coalesce(e.probability_rate, o.probability_rate)",
    "estimated_close_on": "coalesce(e.estimated_close_on, o.estimated_close_on)",
}
_RATES = ("completed_rate", "chances_rate", "probability_rate")
_OF_ENTRY = {
    "stage_no": "stage_no::INTEGER",
    **{name: f"coalesce({name}, 0)::DOUBLE" for name in ("estimated_amount", "calculated_amount", *_RATES)},
}
_ENTRY_NAMES = tuple(item.name for item in fields(Entry))
_STAGE_NAMES = tuple(item.name for item in fields(Stage))
_OF_STAGE = {"stage_no": "stage_no::INTEGER"} | {name: f"coalesce({name}, 0)" for name in _RATES}


def column(name: str) -> str:
    """Write a field of opportunities in SQL, over `SOURCE`.

    Parameters
    ----------
    name : str
        A field of `Opportunity`, or ``"stage_no"``.

    Returns
    -------
    str
        An expression.
    """
    return "e.stage_no::INTEGER" if name == "stage_no" else _SELECTED.get(name, f"o.{name}")


def found(con: Connection, opportunity_no: str) -> Opportunity:
    """Find an opportunity.

    Parameters
    ----------
    con : connection
        An open unit of work.
    opportunity_no : str
        Its number.

    Returns
    -------
    Opportunity
        Its fields.

    Raises
    ------
    NotFoundError
        When none has the number; suggests the nearest.
    """
    columns = ", ".join(column(name) for name in NAMES)
    row = first_row(con, f"SELECT {columns} FROM {SOURCE} WHERE o.opportunity_no = ?", [opportunity_no])
    if row is None:
        query = "SELECT opportunity_no FROM opportunity ORDER BY levenshtein(opportunity_no, ?), 1 LIMIT 20"
        near = [no for (no,) in con.execute(query, [opportunity_no]).fetchall() if no]
        hint = nearest(opportunity_no, near) or "Create one."
        raise NotFoundError(f'There is no opportunity "{opportunity_no}".', hint)
    return Opportunity(*row)


def is_taken(con: Connection, opportunity_no: str) -> bool:
    """Tell whether an opportunity has a number.

    Parameters
    ----------
    con : connection
        An open unit of work.
    opportunity_no : str
        The number.

    Returns
    -------
    bool
        Whether one has it.
    """
    return first_row(con, "SELECT 1 FROM opportunity WHERE opportunity_no = ?", [opportunity_no]) is not None


def contact_id(con: Connection, opportunity_no: str) -> int:
    """Give the contact of an opportunity that is there.

    Parameters
    ----------
    con : connection
        An open unit of work.
    opportunity_no : str
        Its number.

    Returns
    -------
    int
        The contact's id.
    """
    row = first_row(con, "SELECT contact_id FROM opportunity WHERE opportunity_no = ?", [opportunity_no])
    return int((row or (0,))[0])


def contact_names(con: Connection, contact_no: str) -> tuple[str | None, str | None, str | None]:
    """Give the name of a contact, and its company.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_no : str
        The contact.

    Returns
    -------
    tuple of str or None
        Its name, and number and name of its company.
    """
    query = """
        SELECT c.name, coalesce(c.company_no, CASE WHEN c.type = 'company' THEN c.contact_no END) AS company_no, y.name
        FROM contact c LEFT JOIN contact y ON y.contact_no = c.company_no WHERE c.contact_no = ?
    """
    name, company_no, company = first_row(con, query, [contact_no]) or (None, None, None)
    return name, company_no, company


def active(con: Connection, opportunity_no: str) -> Entry | None:
    """Find where an opportunity stands.

    Parameters
    ----------
    con : connection
        An open unit of work.
    opportunity_no : str
        Its number.

    Returns
    -------
    Entry or None
        Its active entry; None where it was never activated, or came from a file without entries.
    """
    columns = ", ".join(_OF_ENTRY.get(name, name) for name in _ENTRY_NAMES)
    query = f"SELECT {columns} FROM opportunity_entry WHERE opportunity_no = ? AND is_active ORDER BY entry_no DESC"
    row = first_row(con, query, [opportunity_no])
    return None if row is None else Entry(*row)


def stages(con: Connection, sales_cycle_code: str | None) -> list[Stage]:
    """List the stages of a sales cycle.

    Parameters
    ----------
    con : connection
        An open unit of work.
    sales_cycle_code : str or None
        The cycle.

    Returns
    -------
    list of Stage
        By number.
    """
    columns = ", ".join(_OF_STAGE.get(name, name) for name in _STAGE_NAMES)
    query = f"SELECT {columns} FROM sales_cycle_stage WHERE sales_cycle_code = ? ORDER BY stage_no"
    return [Stage(*row) for row in con.execute(query, [sales_cycle_code]).fetchall()]


def calculation(con: Connection, sales_cycle_code: str | None) -> str:
    """Tell how a sales cycle works the probability out.

    Parameters
    ----------
    con : connection
        An open unit of work.
    sales_cycle_code : str or None
        The cycle.

    Returns
    -------
    str
        One of the four calculations; multiplying where the cycle is not described.
    """
    row = first_row(con, "SELECT probability_calculation FROM sales_cycle WHERE code = ?", [sales_cycle_code])
    return str(row[0]) if row and row[0] else "multiply"


def quote_amount(con: Connection, opportunity: Opportunity) -> float | None:
    """Give the value of the sales quote that is linked with an opportunity.

    Parameters
    ----------
    con : connection
        An open unit of work.
    opportunity : Opportunity
        The opportunity.

    Returns
    -------
    float or None
        The sum of its lines after their discounts; None where no quote is linked.
    """
    if not opportunity.has_quote:
        return None
    query = """
        SELECT coalesce(sum(quantity * unit_price_amount::DOUBLE * (1 - coalesce(line_discount_rate, 0))), 0)
        FROM sales_document_line WHERE document_no = ?
    """
    (amount,) = first_row(con, query, [opportunity.document_no]) or (0.0,)
    return float(amount)
