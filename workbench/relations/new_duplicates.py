"""Duplicates of companies that were made of records, one by one or all at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from workbench.compiling.values import MEMBERS, offered
from workbench.duplicates import indexing, pairs, rules, searching
from workbench.setup import marketing_setup
from workbench.store import Connection
from workbench.store.connection import first_row

ONE_BY_ONE = 20
"""So many new companies are each compared with all others; of more, all pairs are looked for at once."""
_COUNT = f"""
    SELECT count(*) FROM {MEMBERS} WHERE contact_id IN (
        SELECT unnest([contact_id, duplicate_id]) FROM contact_duplicate WHERE verdict IS DISTINCT FROM 'separate'
    )
"""  # noqa: S608 - texts of ours


def keep_up(con: Connection, contact_ids: npt.NDArray[np.int64]) -> int:
    """Find the duplicates of new companies, and keep the pairs.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    contact_ids : numpy.ndarray of int64
        The companies.

    Returns
    -------
    int
        How many of them may be duplicates; 0 where the marketing setup says that duplicates are not maintained.

    Raises
    ------
    RuleError
        When too many companies share search strings.
    """
    setup = marketing_setup.read(con)
    if not setup.maintain_duplicates or not len(contact_ids):
        return 0
    if len(contact_ids) <= ONE_BY_ONE:
        return sum(searching.refresh(con, int(contact_id)) > 0 for contact_id in contact_ids)
    found, _ = indexing.duplicate_pairs(con, rules.read(con), setup.search_hit_percent)
    is_new = found["contact_id"].isin(contact_ids) | found["duplicate_id"].isin(contact_ids)
    found = found[is_new]
    reasons = [searching.shared(count) for count in found["match_count"]]
    pairs.keep(con, pairs.framed(found.assign(found_by=pairs.BUSINESS_CENTRAL, reasons=reasons)))
    with offered(con, contact_ids):
        (count,) = first_row(con, _COUNT) or (0,)
    return int(count)
