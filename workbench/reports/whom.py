"""Whom a report is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.definition import Definition
from workbench.compiling.values import MEMBERS, offered
from workbench.contact_rows.finding import id_of
from workbench.segments import Segment, Segments
from workbench.store import Connection, tables

_ORDERED = f"SELECT contact_id FROM {MEMBERS} JOIN contact USING (contact_id) ORDER BY contact_no"  # noqa: S608
_NUMBERED = """
    SELECT n.contact_no, c.contact_id FROM unnest(?) WITH ORDINALITY n(contact_no, place)
    LEFT JOIN contact c USING (contact_no) ORDER BY n.place
"""
_FILTERED = """
    SELECT contact_id FROM contact
    WHERE ($type IS NULL OR type = $type)
        AND ($text = '' OR contains(lower(concat_ws(' ', contact_no, name, city)), $text))
    ORDER BY contact_no
"""


@dataclass(frozen=True)
class Whom:
    """Contacts by what they are; all of them where nothing is said.

    Attributes
    ----------
    type : {"person", "company"} or None
        Only such.
    text : str
        A part of number, name or city, without regard to case.
    """

    type: Literal["person", "company"] | None = None
    text: str = ""


AnyWhom = Whom | Sequence[str] | str | Definition | Mapping[str, Any]


def chosen(
    con: Connection, segments: Segments, whom: AnyWhom, as_of: dt.date
) -> tuple[npt.NDArray[np.int64], str | None]:
    """Find the contacts that a report is about.

    Parameters
    ----------
    con : connection
        An open unit of work.
    segments : Segments
        What evaluates segments.
    whom : Whom, sequence of str, str, Segment or mapping
        A filter, numbers of contacts, the name of a saved segment, or a segment.
    as_of : datetime.date
        The day a segment is evaluated on.

    Returns
    -------
    tuple of numpy.ndarray of int64 and str or None
        Contact ids: numbers in the order given and each once, others by number; and the segment's name.

    Raises
    ------
    NotFoundError
        When there is no such segment, or no contact with a number.
    """
    if isinstance(whom, Whom):
        values = {"type": whom.type, "text": whom.text.strip().casefold()}
        rows = con.execute(_FILTERED, values).fetchall()
        return np.array([one for (one,) in rows], dtype=np.int64), None
    if isinstance(whom, str | Definition | Mapping):
        segment = segments.get(whom) if isinstance(whom, str) else _segment(whom)
        ids = segments.evaluator.evaluate(segment, as_of).ids
        with offered(con, ids):
            return tables.ids(con, _ORDERED).astype(np.int64), segment.name or None
    return _numbered(con, list(dict.fromkeys(whom))), None


@contextmanager
def in_order(con: Connection, ids: npt.NDArray[np.int64]) -> Iterator[None]:
    """Let statements join contacts in an order.

    Parameters
    ----------
    con : connection
        An open unit of work.
    ids : numpy.ndarray of int
        The contacts.

    Yields
    ------
    None
        While the table `chosen` is there, with contact_id and place.
    """
    con.register("chosen", pd.DataFrame({"contact_id": ids, "place": np.arange(len(ids))}))
    try:
        yield
    finally:
        con.unregister("chosen")


def _segment(whom: Definition | Mapping[str, Any]) -> Segment:
    if isinstance(whom, Segment):
        return whom
    return Segment.from_dict(whom.to_dict() if isinstance(whom, Definition) else dict(whom))


def _numbered(con: Connection, numbers: list[str]) -> npt.NDArray[np.int64]:
    found = con.execute(_NUMBERED, [numbers]).fetchall()
    for number, contact_id in found:
        if contact_id is None:
            id_of(con, number)  # refuses, and suggests the nearest
    return np.array([contact_id for _, contact_id in found], dtype=np.int64)
