"""What became of the letters of a logged segment, and which merge fields there are."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from pipelines.deliveries import REASONS, STATES

_SHOWN = ["entry_no", "contact_no", "name", "correspondence_type", "state", "reason", "delivery_error", "delivered_at"]


@dataclass(frozen=True)
class Delivery:
    """The letters of a logged segment, after what was done, or as they would be.

    Attributes
    ----------
    entry_no : int
        The number of the logged segment.
    went : int
        Letters that went now, or would go.
    rows : pandas.DataFrame
        As `frame` gives them.
    place : str or None
        Where they went: a folder or a mail server; None where nothing was to go.
    files : tuple of pathlib.Path
        The files that were made.
    is_written : bool
        False for a preview, and where nothing was to go.
    is_complete : bool
        False where it was cancelled before the last letter.
    """

    entry_no: int
    went: int
    rows: pd.DataFrame = field(repr=False, compare=False)
    place: str | None = None
    files: tuple[Path, ...] = ()
    is_written: bool = False
    is_complete: bool = True

    @property
    def states(self) -> dict[str, int]:
        """How many letters there are in each state, those of the log as a whole."""
        counts = self.rows["state"].value_counts()
        return {state: int(counts.get(state, 0)) for state in STATES}

    @property
    def reasons(self) -> dict[str, int]:
        """How many letters are held back for each reason, those without any left out."""
        counts = self.rows["reason"].value_counts()
        return {reason: int(counts[reason]) for reason in REASONS if reason in counts.index}

    def frame(self) -> pd.DataFrame:
        """Show the letters as a table.

        Returns
        -------
        pandas.DataFrame
            One row for each interaction to be delivered, by number: entry_no, contact_no, name, correspondence_type,
            state, reason (why it is held back), delivery_error (what the server said), delivered_at (UTC).
        """
        return self.rows[_SHOWN].reset_index(drop=True)

    def to_dict(self) -> dict[str, Any]:
        """Give the figures as plain values.

        Returns
        -------
        dict
            Without the rows.
        """
        return {
            "entry_no": self.entry_no, "went": self.went, "place": self.place, "states": self.states,
            "reasons": self.reasons, "files": [str(path) for path in self.files], "is_written": self.is_written,
            "is_complete": self.is_complete,
        }  # fmt: skip

    def _repr_html_(self) -> str:
        head = ", ".join(f"{state}: {count:,}" for state, count in self.states.items() if count)
        return f"<b>{html.escape(f'Logged segment {self.entry_no}: {head}')}</b>{self.frame().to_html(index=False)}"


@dataclass(frozen=True)
class MergeFields:
    """The merge fields that letters may have.

    Attributes
    ----------
    rows : pandas.DataFrame
        One row for each: field, meaning; of a template also is_used.
    unknown : tuple of str
        Fields of the template that do not exist.
    """

    rows: pd.DataFrame = field(repr=False, compare=False)
    unknown: tuple[str, ...] = ()

    def frame(self) -> pd.DataFrame:
        """Show the fields as a table.

        Returns
        -------
        pandas.DataFrame
            `rows`.
        """
        return self.rows

    def _repr_html_(self) -> str:
        strange = f"<p>Do not exist: {html.escape(', '.join(self.unknown))}</p>" if self.unknown else ""
        return self.rows.to_html(index=False) + strange
