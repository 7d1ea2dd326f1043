"""What running or showing a score tells."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from workbench.scores.computed import RunDetails
from workbench.scoring.method import Offer


@dataclass(frozen=True)
class ScoreReport:
    """A run of a score, with how it was made.

    Attributes
    ----------
    name : str
        The score.
    scored_on : datetime.date
        The day it is of.
    rows : pandas.DataFrame
        One row for each contact: `contact_id`, and the fields of the score.
    made : RunDetails
        Method, revision of the data, parameters, quality, tables, notes, offers.
    is_written : bool
        Whether it is kept in the store; false for a preview.
    """

    name: str
    scored_on: dt.date
    rows: pd.DataFrame = field(repr=False)
    made: RunDetails
    is_written: bool

    @property
    def method(self) -> str:
        """The way it was computed."""
        return self.made.method

    @property
    def revision(self) -> int:
        """The revision of the store it was computed from."""
        return self.made.revision

    @property
    def parameters(self) -> Mapping[str, Any]:
        """What the method was told, defaults included."""
        return self.made.parameters

    @property
    def quality(self) -> Mapping[str, Any]:
        """How good it is: name to number or text."""
        return self.made.quality

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """What the plots show, by name."""
        return self.made.tables

    @property
    def notes(self) -> tuple[str, ...]:
        """Things to know that are no errors."""
        return self.made.notes

    @property
    def offers(self) -> tuple[Offer, ...]:
        """Segments that can be made of it."""
        return tuple(Offer(**offer) for offer in self.made.offers)

    def frame(self) -> pd.DataFrame:
        """Show the rows.

        Returns
        -------
        pandas.DataFrame
            One row for each contact: `contact_id`, and the fields of the score.
        """
        return self.rows.copy()

    def to_dict(self) -> dict[str, Any]:
        """Write everything but the rows as plain JSON values.

        Returns
        -------
        dict
            Days as ISO text, tables as lists of rows.
        """
        return {
            "score": self.name,
            "scored_on": self.scored_on.isoformat(),
            "contacts": len(self.rows),
            "method": self.method,
            "revision": self.revision,
            "parameters": dict(self.parameters),
            "quality": dict(self.quality),
            "notes": list(self.notes),
            "tables": {name: _records(table) for name, table in self.tables.items()},
            "offers": [vars(offer) for offer in self.offers],
            "is_written": self.is_written,
        }

    def _repr_html_(self) -> str:
        title = f"{self.name}, {self.method} as of {self.scored_on.isoformat()}: {len(self.rows):,} contacts"
        quality = pd.Series(dict(self.quality), name="value", dtype="object").to_frame()
        return f"<p>{html.escape(title)}</p>{quality.to_html()}{self.rows.head(10).to_html(index=False)}"


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows with nothing where nothing is known, which JSON has no other word for."""
    return table.astype("object").where(table.notna(), None).to_dict("records")  # type: ignore[return-value]
