"""Definitions that name a contact by number, name or e-mail: they are the work of users, and are told, not changed."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from workbench.store import Connection

# Where each text stands: the place as users know it, and the text.
_TEXTS = """
    SELECT 'segment ' || name AS place, definition AS text FROM segment
    UNION ALL SELECT 'version ' || version_no || ' of segment ' || name, definition FROM segment_version
    UNION ALL SELECT 'snapshot ' || snapshot_id, definition FROM segment_snapshot
    UNION ALL SELECT 'worksheet ' || worksheet_no, filters FROM worksheet_criterion WHERE filters IS NOT NULL
    UNION ALL SELECT 'saved criteria ' || code, filters FROM saved_criterion WHERE filters IS NOT NULL
    UNION ALL SELECT 'view of contacts ' || name, query FROM contact_view
"""


def mentions(con: Connection, names: Sequence[str]) -> pd.DataFrame:
    """Find the definitions that name a contact.

    Parameters
    ----------
    con : connection
        An open unit of work.
    names : sequence of str
        Number, name, e-mail addresses.

    Returns
    -------
    pandas.DataFrame
        Columns place and named, each pair once, in order.

    Notes
    -----
    A name counts where it stands as a whole, without regard to case: CT1 is not in CT10.
    """
    near = " OR ".join("contains(lower(text), lower(?))" for _ in names)
    query = f"SELECT place, text FROM ({_TEXTS}) WHERE {near}"  # noqa: S608 - texts of ours
    found = con.execute(query, list(names)).fetchall()
    pairs = {(place, name) for place, text in found for name in names if _stands_in(name, text)}
    return pd.DataFrame(sorted(pairs), columns=["place", "named"], dtype="str")


def _stands_in(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None
