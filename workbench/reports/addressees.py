"""Where letters to contacts go on a day: the contact's own address, or the alternative one that holds then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from babel import Locale

from pipelines.postal_address import PostalAddress, block
from workbench.reports.whom import in_order
from workbench.store import Connection

# Business Central, table 5050, ActiveAltAddress: of the ranges that hold the day, the one that began last.
_ADDRESSEES = """
    WITH held AS (
        SELECT DISTINCT ON (contact_id) contact_id, address_code FROM alternative_address_range
        WHERE starting_on <= $as_of AND (ending_on IS NULL OR ending_on >= $as_of)
        ORDER BY contact_id, starting_on DESC, address_code DESC
    ),
    wanted AS (
        SELECT m.place, m.contact_id, coalesce(m.address_code, h.address_code) AS address_code
        FROM chosen m LEFT JOIN held h USING (contact_id)
    ),
    other AS (
        SELECT DISTINCT ON (w.place) w.place, a.*
        FROM wanted w JOIN alternative_address a USING (contact_id, address_code)
        ORDER BY w.place, a.entry_no DESC
    )
    SELECT c.contact_id, c.contact_no, c.type, c.is_privacy_blocked,
        CASE WHEN c.type = 'company' THEN coalesce(o.name, c.name) ELSE coalesce(o.name, k.name) END AS company_name,
        CASE WHEN o.contact_id IS NULL THEN c.name_2 ELSE o.name_2 END AS name_2,
        CASE WHEN c.type = 'person' THEN c.name END AS person_name,
        {fields},
        o.address_code
    FROM chosen m JOIN contact c USING (contact_id)
    LEFT JOIN other o USING (place)
    LEFT JOIN contact k ON k.contact_no = c.company_no AND k.contact_id <> c.contact_id
    ORDER BY m.place
"""
_FIELDS = ("address", "address_2", "city", "post_code", "county", "country_code")
_QUERY = _ADDRESSEES.format(
    fields=", ".join(f"CASE WHEN o.contact_id IS NULL THEN c.{name} ELSE o.{name} END AS {name}" for name in _FIELDS)
)


def read(
    con: Connection,
    ids: npt.NDArray[np.int64],
    as_of: dt.date,
    address_codes: Sequence[str | None] | None = None,
) -> pd.DataFrame:
    """Read where letters to contacts go.

    Parameters
    ----------
    con : connection
        An open unit of work.
    ids : numpy.ndarray of int
        The contacts.
    as_of : datetime.date
        The day on which an alternative address has to hold.
    address_codes : sequence of str or None, optional
        The alternative address that each is to have, whatever the day; where there is none, the day decides.

    Returns
    -------
    pandas.DataFrame
        One row for each, in the order given: contact_id, contact_no, type, is_privacy_blocked, company_name, name_2,
        person_name, the address, and address_code where it is an alternative one. Unknown texts are empty.
    """
    with in_order(con, ids, address_codes):
        frame = con.execute(_QUERY, {"as_of": as_of}).df()
    texts = [name for name in frame.columns if name not in ("contact_id", "is_privacy_blocked")]
    return frame.assign(**{name: frame[name].astype("str").fillna("") for name in texts})


def countries(con: Connection) -> Mapping[str, str]:
    """Tell the names of countries.

    Parameters
    ----------
    con : connection
        An open unit of work.

    Returns
    -------
    mapping of str to str
        By code: as setup describes them, else in English.
    """
    own = con.execute("SELECT upper(code), description FROM country WHERE description IS NOT NULL").fetchall()
    return {**Locale("en").territories, **dict(own)}


def address_of(row: Any) -> PostalAddress:
    """Take the address out of a row.

    Parameters
    ----------
    row : namedtuple
        Of `read`.

    Returns
    -------
    PostalAddress
        A person stands behind the company, as in Business Central.
    """
    names = (row.company_name, row.name_2, row.person_name)
    return PostalAddress(names, *(getattr(row, name) for name in _FIELDS))


def blocks(rows: pd.DataFrame, home: str, named: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give address blocks one by one.

    Parameters
    ----------
    rows : pandas.DataFrame
        As from `read`.
    home : str
        The code of our own country.
    named : mapping of str to str
        Countries, as from `countries`.

    Yields
    ------
    tuple of str and tuple of str
        Contact number and lines.
    """
    for row in rows.itertuples(index=False):
        address = address_of(row)
        yield str(row.contact_no), block(address, home, named.get(address.country_code.upper(), ""))
