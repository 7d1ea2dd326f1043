"""Logs of telephone calls: what a file of them holds, and what its words mean."""

from __future__ import annotations

import re

from pipelines.columns import FieldType, Table, column, text

CALL = Table(
    "call",
    "a telephone call",
    (
        text("call_no", "number of the call in its log", "call id", "id", "uuid", "unique id", "call no"),
        column(
            FieldType.TIMESTAMP, "started_at", "when it began", "date", "time", "start", "start time", "started",
            "call date", "call time", "date time", "timestamp", nullable=False,
        ),
        text(
            "telephone_no", "number of the other side", "number", "phone", "phone number", "phone no", "telephone",
            "caller", "remote number", "contact number", nullable=False,
        ),
        text("direction", "in, out or missed", "type", "call type", "flow", "information flow"),
        text("duration", "how long it took", "duration seconds", "seconds", "length", "billsec", "duration s"),
        text("salesperson_code", "salesperson", "salesperson", "agent", "user"),
        text("description", "what it was about", "note", "notes", "comment", "subject"),
    ),
    key=("started_at", "telephone_no"),
)  # fmt: skip

_INBOUND = ("in", "inbound", "incoming", "received", "answered", "eingehend", "entrante")
_OUTBOUND = ("out", "outbound", "outgoing", "dialed", "dialled", "placed", "ausgehend", "saliente")
_MISSED = ("missed", "unanswered", "no answer", "rejected", "voicemail", "verpasst", "perdida")
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):([0-5]\d)")
_SECONDS = re.compile(r"(\d+)(?:[.,]\d+)?\s*(s|sec|seconds)?", re.IGNORECASE)
_MINUTES = re.compile(r"(\d+(?:[.,]\d+)?)\s*(m|min|minutes)", re.IGNORECASE)


def flow(word: str | None) -> tuple[str, bool] | None:
    """Read which way a call went.

    Parameters
    ----------
    word : str or None
        As the log has it; nothing means that we called.

    Returns
    -------
    tuple of str and bool or None
        ``"outbound"`` or ``"inbound"``, and whether it was missed; None where the word is not known.

    Examples
    --------
    >>> flow("Incoming"), flow("Missed"), flow("sideways")
    (('inbound', False), ('inbound', True), None)
    """
    small = (word or "out").strip().casefold().removesuffix(" call")
    if small in _MISSED:
        return "inbound", True
    if small in _INBOUND:
        return "inbound", False
    return ("outbound", False) if small in _OUTBOUND else None


def minutes(text: str | None) -> float | None:
    """Read how long a call took.

    Parameters
    ----------
    text : str or None
        Seconds, ``1:05``, ``0:01:05`` or ``2 min``.

    Returns
    -------
    float or None
        Minutes; None where nothing is said, or it cannot be read.

    Examples
    --------
    >>> minutes("90"), minutes("0:01:30"), minutes("1:30"), minutes("2 min"), minutes("long")
    (1.5, 1.5, 1.5, 2.0, None)
    """
    said = (text or "").strip()
    if found := _CLOCK.fullmatch(said):
        hours, whole, rest = (int(part or 0) for part in found.groups())
        return hours * 60 + whole + rest / 60
    if found := _MINUTES.fullmatch(said):
        return float(found[1].replace(",", "."))
    if found := _SECONDS.fullmatch(said):
        return int(found[1]) / 60
    return None
