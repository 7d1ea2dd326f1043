"""Target groups of campaigns, worked out from the target rows there are, and what the product would keep in them.

A campaign's target rows are the lines of worksheets and the interactions that name it and are ticked as its target.
Each stands for the company of its contact: as the customer the company is linked with, else as the company itself.
Since the group is worked out whenever it is read, it follows every change of lines, interactions and customers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pandas as pd

from workbench.store import Connection, tables
from workbench.store.connection import first_row

# Postponed interactions do not count, canceled ones do (codeunit 7030). A person without company stands for itself;
# the product gives all of them together one row without number.
_TARGETS = """
    SELECT campaign_no, contact_id, 1 AS is_line, line_no AS row_no FROM worksheet_line
    WHERE is_campaign_target AND campaign_no IS NOT NULL
    UNION ALL
    SELECT campaign_no, contact_id, 0, entry_no FROM interaction
    WHERE is_campaign_target AND NOT is_postponed AND campaign_no IS NOT NULL
"""
_COMPANIES = f"""
    SELECT t.*, c.type, CASE WHEN c.type = 'company' THEN c.contact_no ELSE c.company_no END AS company_no,
        coalesce(CASE WHEN c.type = 'person' THEN c.company_no END, c.contact_no) AS member_no
    FROM ({_TARGETS}) t JOIN contact c USING (contact_id)
"""  # noqa: S608 - a statement of ours
_CUSTOMERS = """
    SELECT contact_id, min(linked_no) AS customer_no FROM business_relation
    WHERE link_to_table = 'customer' AND coalesce(linked_no, '') <> '' GROUP BY contact_id
"""
_MEMBERS = f"""
    SELECT CASE WHEN u.customer_no IS NULL THEN 'contact' ELSE 'customer' END AS type,
        coalesce(u.customer_no, m.member_no) AS no, m.member_no AS contact_no, k.name,
        count(*) FILTER (m.is_line = 1) AS line_count, count(*) FILTER (m.is_line = 0) AS interaction_count,
        bool_or(m.company_no IS NULL) AS has_no_company
    FROM ({_COMPANIES}) m LEFT JOIN contact k ON k.contact_no = m.member_no
    LEFT JOIN ({_CUSTOMERS}) u ON u.contact_id = k.contact_id
    WHERE m.campaign_no = ? GROUP BY ALL ORDER BY m.member_no
"""  # noqa: S608 - a statement of ours
# Work that is watched may be part of other work that is watched already.
_IS_NEEDED = """
    SELECT 1 FROM campaign_activation
    WHERE NOT EXISTS (SELECT 1 FROM duckdb_tables() WHERE table_name = 'target_before') LIMIT 1
"""
# What the group of each activated campaign rests on, and whether its last target row is one of a person.
_BEFORE = f"""
    SELECT campaign_no, coalesce(company_no, '') AS company_no, member_no,
        arg_max(type, (is_line, row_no)) = 'person' AS is_of_person
    FROM ({_COMPANIES}) WHERE campaign_no IN (SELECT campaign_no FROM campaign_activation) GROUP BY ALL
"""  # noqa: S608 - a statement of ours
_LEFT_OVER = f"""
    INSERT INTO campaign_target_leftover
    SELECT DISTINCT b.campaign_no, b.company_no FROM target_before b
    LEFT JOIN contact k ON k.contact_no = b.member_no
    LEFT JOIN ({_CUSTOMERS}) u ON u.contact_id = k.contact_id
    WHERE b.is_of_person AND u.customer_no IS NULL
        AND (b.campaign_no, b.member_no) NOT IN (SELECT (campaign_no, member_no) FROM ({_COMPANIES}))
        AND (b.campaign_no, b.company_no) NOT IN (SELECT (campaign_no, company_no) FROM campaign_target_leftover)
"""  # noqa: S608 - a statement of ours


def members(con: Connection, campaign_no: str) -> pd.DataFrame:
    """Work out the target group of a campaign, activated or not.

    Parameters
    ----------
    con : connection
        An open unit of work.
    campaign_no : str
        Which campaign.

    Returns
    -------
    pandas.DataFrame
        One row for each member, by the number of its contact: type (``customer`` or ``contact``), no, contact_no, name,
        line_count, interaction_count, has_no_company.
    """
    return tables.frame(con, _MEMBERS, [campaign_no])


def product_count(con: Connection, campaign_no: str, found: pd.DataFrame) -> int:
    """Count the members that Business Central has in the group.

    Parameters
    ----------
    con : connection
        An open unit of work.
    campaign_no : str
        Which campaign.
    found : pandas.DataFrame
        Its members, from `members`.

    Returns
    -------
    int
        Customers, companies, one row for all people without company together, and the companies that were left over.
    """
    query = "SELECT company_no FROM campaign_target_leftover WHERE campaign_no = ?"
    left = {no for (no,) in con.execute(query, [campaign_no]).fetchall()}
    own = found["no"].mask(found["has_no_company"].eq(True) & found["type"].eq("contact"), "")
    return len(left.union(own))


def is_activated(con: Connection, campaign_no: str) -> bool:
    """Tell whether the prices of a campaign are for its target group.

    Parameters
    ----------
    con : connection
        An open unit of work.
    campaign_no : str
        Which campaign.

    Returns
    -------
    bool
        Whether it was activated and not deactivated since.
    """
    return first_row(con, "SELECT 1 FROM campaign_activation WHERE campaign_no = ?", [campaign_no]) is not None


@contextmanager
def watched(con: Connection) -> Iterator[None]:
    """Note which members Business Central would keep although the work inside takes their last target row away.

    Parameters
    ----------
    con : connection
        A unit of work that writes.

    Yields
    ------
    None
        For work on lines of worksheets or on interactions.

    Notes
    -----
    The product adds a company under the number of the company, and looks the row to be removed up under the number of
    the contact (codeunit 7030, DeleteSegfromTargetGr). The last target row of a person therefore removes nothing,
    unless the company is a customer. Costs nothing while no campaign is activated.
    """
    if first_row(con, _IS_NEEDED) is None:
        yield
        return
    con.execute(f"CREATE TEMP TABLE target_before AS {_BEFORE}")
    yield
    con.execute(_LEFT_OVER)
    con.execute("DROP TABLE target_before")
