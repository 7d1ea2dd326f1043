"""The entry of a campaign that interactions belong to: found, or made for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from workbench import config
from workbench.store import Connection
from workbench.store.connection import first_row

_FOUND = """
    SELECT campaign_entry_no FROM campaign_entry
    WHERE campaign_no = ? AND document_type IS NOT DISTINCT FROM ? AND segment_no IS NOT DISTINCT FROM ?
        AND NOT is_canceled
    ORDER BY length(campaign_entry_no), campaign_entry_no LIMIT 1
"""
# Files may bring interactions of entries that they do not bring.
_NEXT = """
    SELECT coalesce(max(try_cast(campaign_entry_no AS BIGINT)), 0) + 1
    FROM (SELECT campaign_entry_no FROM campaign_entry UNION ALL SELECT campaign_entry_no FROM interaction)
"""
_INSERT = """
    INSERT INTO campaign_entry (campaign_entry_no, campaign_no, description, dated_on, user_name, segment_no,
        salesperson_code, logged_segment_entry_no, document_type)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


_SPOKEN: Mapping[str, str] = MappingProxyType({"email": "E-mail"})


def kind(document_type: str | None) -> str:
    """Say what the interactions of an entry are that belong to no segment.

    Parameters
    ----------
    document_type : str or None
        The kind of document they stand for; None where they stand for none.

    Returns
    -------
    str
        The description of such an entry.

    Examples
    --------
    >>> kind("sales_invoice"), kind(None)
    ('Sales invoice', 'Interactions')
    """
    if document_type is None:
        return "Interactions"
    return _SPOKEN.get(document_type, document_type.replace("_", " ").capitalize())


def entry_for(
    con: Connection,
    *,
    campaign_no: str,
    segment_no: str | None = None,
    document_type: str | None = None,
    description: str,
    dated_on: dt.date,
    salesperson_code: str | None,
    logged_segment_entry_no: str | None = None,
) -> str:
    """Find the entry of a campaign for interactions of one kind, or make it.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    campaign_no : str
        The campaign.
    segment_no : str, optional
        The worksheet that is logged; None for a single interaction.
    document_type : str, optional
        The kind of document that is recorded.
    description : str
        Of a new entry.
    dated_on : datetime.date
        The day of a new entry.
    salesperson_code : str or None
        The salesperson of a new entry.
    logged_segment_entry_no : str, optional
        The logged segment of a new entry.

    Returns
    -------
    str
        Its number: that of the first entry with the campaign, document type and segment which is not canceled, else
        the one after the highest.

    Notes
    -----
    The product finds canceled entries as well, and then keeps an interaction that counts under an entry that does not.

    References
    ----------
    Business Central, codeunit 5051 (SegManagement), and table 5072 (Campaign Entry).
    """
    row = first_row(con, _FOUND, [campaign_no, document_type, segment_no])
    if row is not None:
        return str(row[0])
    (number,) = first_row(con, _NEXT) or (1,)
    con.execute(
        _INSERT,
        [str(number), campaign_no, description, dated_on, config.user(), segment_no, salesperson_code,
         logged_segment_entry_no, document_type],
    )  # fmt: skip
    return str(number)
