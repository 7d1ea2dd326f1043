"""What a way to score contacts is: options, what it reads, and what it gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from pydantic import BaseModel, ConfigDict

from pipelines.context import Context
from pipelines.definition import Definition
from pipelines.schema import Column
from pipelines.tallies import Integers
from workbench.segments.evaluating import Evaluator
from workbench.setup import Setup
from workbench.store import Cancellation, Connection, Database

Progress = Callable[[int, int], None]


class Options(BaseModel):
    """What a method can be told; each field has a description, which front ends show beside it."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


@dataclass(frozen=True)
class Inputs:
    """What a run may look at: the store as of a day.

    Attributes
    ----------
    as_of : datetime.date
        The day of the run; no row after it may be read.
    database : Database
        The store.
    setup : Setup
        Its settings and fields.
    evaluator : Evaluator
        What evaluates definitions on it.
    progress : callable or None
        Told how many parts of how many are done.
    cancellation : Cancellation or None
        What ends the run.
    score : str
        The name that the score has, for conditions on it.
    """

    as_of: dt.date
    database: Database
    setup: Setup
    evaluator: Evaluator
    progress: Progress | None = None
    cancellation: Cancellation | None = None
    score: str = ""

    @property
    def context(self) -> Context:
        """The day with the store's calendar."""
        return self.context_on(self.as_of)

    def context_on(self, day: dt.date) -> Context:
        """Give another day with the store's calendar.

        Parameters
        ----------
        day : datetime.date
            Such as the day before a window opens.

        Returns
        -------
        Context
            For conditions that are asked as of that day.
        """
        return self.setup.settings().context(day)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a unit of work that reads.

        Yields
        ------
        Connection
            Given up at the end, so that nobody waits while models are fitted.
        """
        with self.database.reading() as con:
            yield con

    def members(self, definition: Definition | Mapping[str, Any], as_of: dt.date | None = None) -> Integers:
        """Tell who is in a segment.

        Parameters
        ----------
        definition : Definition or mapping
            Of the segment.
        as_of : datetime.date, optional
            Another day than that of the run.

        Returns
        -------
        numpy.ndarray of int
            Contact ids, ascending.

        Raises
        ------
        ConditionError
            When the definition does not fit the store.
        """
        meant = definition if isinstance(definition, Definition) else Definition.from_dict(dict(definition))
        return self.evaluator.evaluate(meant, as_of or self.as_of).ids

    def reached(self, done: int, total: int) -> None:
        """Tell how far the run is, and end it here if it was cancelled.

        Parameters
        ----------
        done, total : int
            Parts.

        Raises
        ------
        CancelledError
            When it was cancelled.
        """
        if self.cancellation is not None:
            self.cancellation.check()
        if self.progress is not None:
            self.progress(done, total)


@dataclass(frozen=True)
class Offer:
    """A segment that a run suggests.

    Attributes
    ----------
    name : str
        What to call it.
    description : str
        Who is in it.
    definition : mapping
        In the segment language.
    """

    name: str
    description: str
    definition: Mapping[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What a method computed.

    Attributes
    ----------
    rows : pandas.DataFrame
        `contact_id` and one column for each field; contacts of whom nothing can be said are left out.
    columns : tuple of Column
        The score's fields with their meanings, types among `pipelines.scores.TYPES`.
    quality : mapping of str to number or str
        How good it is, each name saying of what.
    tables : mapping of str to pandas.DataFrame
        Small tables behind the plots; values that JSON knows, days as text.
    notes : tuple of str
        Things to know that are no errors.
    offers : tuple of Offer
        Segments to make of it.
    """

    rows: pd.DataFrame = field(repr=False)
    columns: tuple[Column, ...]
    quality: Mapping[str, float | int | str | None]
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict, repr=False)
    notes: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True)
class Method:
    """A way to score contacts.

    Attributes
    ----------
    name : str
        How users call it; also the name of its score unless they give another.
    description : str
        What it tells of a contact.
    options : type of Options
        What it can be told.
    compute : callable
        From inputs and options to an outcome; raises `MeasureError` where the data do not suffice.
    """

    name: str
    description: str
    options: type[Options]
    compute: Callable[[Inputs, Any], Outcome]
