"""Contacts of a score named by their ids in the store, as frames computed from the store name them."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from workbench.sources.frames import text_of
from workbench.sources.raw_table import RawTable
from workbench.store import Connection

_BY_ID = "contact_id"


def by_number(con: Connection, raw: RawTable) -> RawTable:
    """Name contacts by number where a file names them by their ids in this store.

    Parameters
    ----------
    con : connection
        An open unit of work.
    raw : RawTable
        A file with a column `contact_no`, or `contact_id`.

    Returns
    -------
    RawTable
        With a column `contact_no`; the same table where it is not by ids. An id that no contact has becomes a number
        that no contact has, so that its row is refused.
    """
    if _BY_ID not in raw.headers or "contact_no" in raw.headers:
        return raw
    place = raw.headers.index(_BY_ID)
    known = con.sql("SELECT contact_id::VARCHAR, contact_no FROM contact").to_arrow_table()
    written = pa.chunked_array([pa.array(map(text_of, raw.columns[place].to_pylist()), pa.string())])
    at = pc.index_in(written, value_set=known.column(0).combine_chunks())
    unknown = pc.binary_join_element_wise("contact_id", written, " ")
    numbers = pc.coalesce(known.column(1).take(at), unknown)
    headers, columns = list(raw.headers), list(raw.columns)
    headers[place], columns[place] = "contact_no", pa.chunked_array([pa.concat_arrays(numbers.chunks)])
    return replace(raw, headers=tuple(headers), columns=tuple(columns))
