"""Scores: what was computed of contacts on a day, in named fields, one run for each day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.schema import Column, FieldType, Table

PREFIX = "scored_"
VALUE_PREFIX = "score."
TYPES = (FieldType.TEXT, FieldType.NUMBER, FieldType.AMOUNT, FieldType.BOOLEAN, FieldType.DATE)

_CONTACT_NO = Column(
    "contact_no", FieldType.TEXT, "number of the contact", nullable=False, aliases=("contact", "customer id")
)
_SCORED_ON = Column(
    "scored_on", FieldType.DATE, "day the score is of", nullable=False, aliases=("date", "run", "run date")
)


@dataclass(frozen=True)
class Score:
    """A score that a store holds.

    Attributes
    ----------
    name : str
        How conditions name it.
    table : Table
        One row for each contact and run: `contact_no`, `scored_on` and the score's fields.
    runs : tuple of datetime.date
        The days it was computed on, ascending.
    """

    name: str
    table: Table
    runs: tuple[dt.date, ...] = ()

    @property
    def fields(self) -> dict[str, Column]:
        """What conditions can name: the columns that say something of the contact."""
        return {column.name: column for column in self.table.columns if column.is_custom}

    def run_on(self, as_of: dt.date) -> dt.date | None:
        """Find the run that counts on a day.

        Parameters
        ----------
        as_of : datetime.date
            The day of evaluation.

        Returns
        -------
        datetime.date or None
            The latest run on or before the day; None where there is none.

        Examples
        --------
        >>> score = score_of("rfm", (), (dt.date(2017, 12, 1), dt.date(2018, 1, 1)))
        >>> score.run_on(dt.date(2017, 12, 31))
        datetime.date(2017, 12, 1)
        """
        return max((run for run in self.runs if run <= as_of), default=None)


def score_of(name: str, fields: Iterable[Column], runs: Iterable[dt.date] = ()) -> Score:
    """Describe a score.

    Parameters
    ----------
    name : str
        Its name.
    fields : iterable of Column
        What it says of a contact.
    runs : iterable of datetime.date, optional
        The days it was computed on, in any order.

    Returns
    -------
    Score
        With its table.
    """
    columns = (_CONTACT_NO, _SCORED_ON, *fields)
    table = Table(
        PREFIX + name, f"{name} of one contact on one day", columns, ("contact_no", "scored_on"), takes_fields=True
    )
    return Score(name, table, tuple(sorted(runs)))


def parted(value: str) -> tuple[str, str] | None:
    """Take apart the name of a score's field as columns and orders write it.

    Parameters
    ----------
    value : str
        Any name of a value.

    Returns
    -------
    tuple of str, or None
        The score and its field; None for what is no score's field.

    Examples
    --------
    >>> parted("score.lifetime_value.expected_value")
    ('lifetime_value', 'expected_value')
    >>> parted("city")
    """
    if not value.startswith(VALUE_PREFIX):
        return None
    score, _, field = value.removeprefix(VALUE_PREFIX).partition(".")
    return score, field
