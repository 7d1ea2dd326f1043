"""Writing new interactions: the one way in beside loading files."""

# Names of columns come from the list below and are quoted, values come in frames.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pipelines.schema import INTERACTION
from workbench import config
from workbench.errors import FrameError, nearest
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.store.tables import quoted

# What the store keeps of an interaction besides what its users see.
HIDDEN = (
    "attachment_no", "word_template_code", "sends_word_document_as_attachment", "delivered_at", "delivery_error",
    "logged_by",
)  # fmt: skip
_INCOMING = "incoming_interaction"
_KNOWN = {"contact_id", *INTERACTION.by_name, *HIDDEN} - {"contact_no"}


def insert(con: Connection, frame: pd.DataFrame) -> list[int]:
    """Write interactions.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    frame : pandas.DataFrame
        One row for each: `contact_id` and `occurred_at` (UTC), and any other column of the table of interactions, those
        that users do not see and custom fields included. Flags that are left out or blank are false; `logged_by` is
        whoever works here unless it is given.

    Returns
    -------
    list of int
        Their numbers in the log, in the order of the rows.

    Raises
    ------
    FrameError
        When contact or time is missing, or a column is not one of the table.

    Notes
    -----
    Nothing is checked that a rule of the business could refuse: who calls this has done so. Costs about 2 ms for one
    row and 1 s for a million.
    """
    _check(con, frame)
    if "logged_by" not in frame:
        frame = frame.assign(logged_by=config.user())
    (last,) = first_row(con, "SELECT coalesce(max(entry_no), 0) FROM interaction") or (0,)
    numbers = list(range(last + 1, last + 1 + len(frame)))
    con.register(_INCOMING, _typed(frame).assign(entry_no=numbers))
    try:
        values = {quoted(name): _value(name) for name in ("entry_no", *frame.columns)}
        con.execute(
            f"INSERT INTO interaction ({', '.join(values)}) SELECT {', '.join(values.values())} "
            f"FROM {_INCOMING} ORDER BY entry_no"
        )
    finally:
        con.unregister(_INCOMING)
    return numbers


def update(con: Connection, entry_no: int, values: Mapping[str, Any]) -> None:
    """Write new values into an interaction.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    entry_no : int
        Its number.
    values : mapping of str to object
        By column, as `insert` takes them.
    """
    places = ", ".join(f"{quoted(name)} = ?" for name in values)
    con.execute(f"UPDATE interaction SET {places} WHERE entry_no = ?", [*values.values(), entry_no])


def _check(con: Connection, frame: pd.DataFrame) -> None:
    for name in ("contact_id", "occurred_at"):
        if name not in frame or frame[name].isna().any():
            raise FrameError(f"Interactions need {name} in each row.", "Fill it in for all of them.")
    custom = con.execute("SELECT name FROM custom_field WHERE table_name = 'interaction'").fetchall()
    known = _KNOWN | {name for (name,) in custom}
    for name in frame.columns:
        if name not in known:
            raise FrameError(f'interaction has no column "{name}".', nearest(str(name), known))


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Say what columns without a value are, since DuckDB reads the type of others from their first rows."""
    texts = {
        name: "str" for name in frame.columns
        if frame[name].dtype == object and frame[name].map(lambda value: value is None or isinstance(value, str)).all()
    }  # fmt: skip
    return frame.astype(texts)


def _value(name: str) -> str:
    """A flag that is blank is false; a moment with a zone is kept as UTC."""
    if name == "sends_word_document_as_attachment" or (
        name in INTERACTION.by_name and INTERACTION.by_name[name].dtype == "bool"
    ):
        return f"coalesce({quoted(name)}, FALSE)"
    return quoted(name)
