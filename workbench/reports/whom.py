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
from workbench.worksheets import headers

_ORDERED = f"SELECT contact_id FROM {MEMBERS} JOIN contact USING (contact_id) ORDER BY contact_no"  # noqa: S608
_NUMBERED = """
    SELECT n.contact_no, c.contact_id FROM unnest(?) WITH ORDINALITY n(contact_no, place)
    LEFT JOIN contact c USING (contact_no) ORDER BY n.place
"""
_ON_LINES = """
    SELECT contact_id, alternative_address_code FROM worksheet_line JOIN contact USING (contact_id)
    WHERE worksheet_no = ? ORDER BY line_no
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


@dataclass(frozen=True)
class OnWorksheet:
    """The contacts on a worksheet, once for each line, in the order of the lines.

    Attributes
    ----------
    worksheet_no : str
        Its number.
    """

    worksheet_no: str


AnyWhom = Whom | OnWorksheet | Sequence[str] | str | Definition | Mapping[str, Any]


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
    whom : Whom, OnWorksheet, sequence of str, str, Segment or mapping
        A filter, a worksheet, numbers of contacts, the name of a saved segment, or a segment.
    as_of : datetime.date
        The day a segment is evaluated on.

    Returns
    -------
    tuple of numpy.ndarray of int64 and str or None
        Contact ids: numbers in the order given and each once, those of lines in the order of the lines, others by
        number; and the segment's name.

    Raises
    ------
    NotFoundError
        When there is no such segment or worksheet, or no contact with a number.
    """
    if isinstance(whom, OnWorksheet):
        headers.found(con, whom.worksheet_no)
        return tables.ids(con, _ON_LINES, [whom.worksheet_no]).astype(np.int64), None
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


def addresses(con: Connection, whom: AnyWhom) -> list[str | None] | None:
    """Tell which alternative addresses the lines of a worksheet name.

    Parameters
    ----------
    con : connection
        An open unit of work.
    whom : Whom, OnWorksheet, sequence of str, str, Segment or mapping
        As for `chosen`.

    Returns
    -------
    list of str or None, or None
        Their codes in the order of `chosen`; None where it is no worksheet.
    """
    if not isinstance(whom, OnWorksheet):
        return None
    return [code for _, code in con.execute(_ON_LINES, [whom.worksheet_no]).fetchall()]


def campaign_of(con: Connection, whom: AnyWhom) -> str | None:
    """Tell the campaign of a worksheet.

    Parameters
    ----------
    con : connection
        An open unit of work.
    whom : Whom, OnWorksheet, sequence of str, str, Segment or mapping
        As for `chosen`.

    Returns
    -------
    str or None
        None where it is no worksheet, or has no campaign.
    """
    return headers.found(con, whom.worksheet_no).header.campaign_no if isinstance(whom, OnWorksheet) else None


@contextmanager
def in_order(
    con: Connection, ids: npt.NDArray[np.int64], address_codes: Sequence[str | None] | None = None
) -> Iterator[None]:
    """Let statements join contacts in an order.

    Parameters
    ----------
    con : connection
        An open unit of work.
    ids : numpy.ndarray of int
        The contacts.
    address_codes : sequence of str or None, optional
        The alternative address of each, in the same order.

    Yields
    ------
    None
        While the table `chosen` is there, with contact_id, place and address_code.
    """
    codes = pd.Series([None] * len(ids) if address_codes is None else list(address_codes), dtype="str")
    con.register("chosen", pd.DataFrame({"contact_id": ids, "place": np.arange(len(ids)), "address_code": codes}))
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
