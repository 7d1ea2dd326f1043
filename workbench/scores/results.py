"""What loading and listing scores tell."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbench.scores.registry import ScoreRun
from workbench.sources import LoadReceipt

_FIRST_FIGURES = 3


@dataclass(frozen=True)
class ScoreReceipt(LoadReceipt):
    """What loading a score did; its counts compare the rows with those of the runs they replace.

    Attributes
    ----------
    score : str
        The score.
    runs : tuple of datetime.date
        The runs that were loaded, ascending; empty when every row was refused, and nothing was written.
    replaced : int
        How many rows of earlier runs of those days were taken out.
    """

    score: str = ""
    runs: tuple[dt.date, ...] = ()
    replaced: int = 0

    def summary(self) -> dict[str, object]:
        """Tell everything but the rows in values that JSON knows.

        Returns
        -------
        dict
            As of any load, with score, runs and replaced.
        """
        runs = [day.isoformat() for day in self.runs]
        return {**super().summary(), "score": self.score, "runs": runs, "replaced": self.replaced}


@dataclass(frozen=True)
class ScoreEntry:
    """A score in the list of scores.

    Attributes
    ----------
    name : str
        How conditions name it.
    fields : mapping of str to str
        The type of each of its fields.
    runs : tuple of ScoreRun
        The latest first.
    """

    name: str
    fields: Mapping[str, str]
    runs: tuple[ScoreRun, ...]

    @property
    def latest(self) -> ScoreRun | None:
        """Its latest run, whatever the day of an evaluation."""
        return self.runs[0] if self.runs else None

    def run_on(self, as_of: dt.date) -> ScoreRun | None:
        """Find the run that counts on a day.

        Parameters
        ----------
        as_of : datetime.date
            The day of an evaluation.

        Returns
        -------
        ScoreRun or None
            The newest of that day or before.
        """
        return next((run for run in self.runs if run.scored_on <= as_of), None)


@dataclass(frozen=True)
class ScoreList:
    """The scores of a store.

    Attributes
    ----------
    entries : tuple of ScoreEntry
        By name.
    """

    entries: tuple[ScoreEntry, ...]

    def __iter__(self) -> Iterator[ScoreEntry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def frame(self, as_of: dt.date | None = None) -> pd.DataFrame:
        """Show the list as a table.

        Parameters
        ----------
        as_of : datetime.date, optional
            The day of an evaluation; the latest runs whatever the day where left out.

        Returns
        -------
        pandas.DataFrame
            Columns score, method, fields, run_count, and of the run that counts on the day scored_on, age_days (its age
            on that day; unknown without one), contacts and quality (its first figures, as text). What no run tells is
            unknown.
        """
        columns = ["score", "method", "fields", "run_count", "scored_on", "age_days", "contacts", "quality"]
        frame = pd.DataFrame([_row(entry, as_of) for entry in self.entries], columns=columns)
        return frame.astype({"age_days": "Int64"})

    def to_dict(self, as_of: dt.date | None = None) -> list[dict[str, Any]]:
        """Write the list as plain JSON values.

        Parameters
        ----------
        as_of : datetime.date, optional
            The day of an evaluation.

        Returns
        -------
        list of dict
            For each score its name, its fields by type, and its runs; with a day, also which run counts on it and how
            many days old that is.
        """
        return [
            {
                "score": entry.name,
                "fields": dict(entry.fields),
                "runs": [_plain(run) for run in entry.runs],
                **({} if as_of is None else _counting(entry, as_of)),
            }
            for entry in self
        ]

    def _repr_html_(self) -> str:
        return self.frame().to_html(index=False)


@dataclass(frozen=True)
class ScoreRuns:
    """The runs of one score.

    Attributes
    ----------
    score : str
        The score.
    runs : tuple of ScoreRun
        The latest first.
    """

    score: str
    runs: tuple[ScoreRun, ...]

    def __iter__(self) -> Iterator[ScoreRun]:
        return iter(self.runs)

    def __len__(self) -> int:
        return len(self.runs)

    def frame(self) -> pd.DataFrame:
        """Show the runs as a table.

        Returns
        -------
        pandas.DataFrame
            Columns scored_on, row_count, source, sha256, loaded_at (UTC), method and revision.
        """
        columns = ["scored_on", "row_count", "source", "sha256", "loaded_at", "method", "revision"]
        return pd.DataFrame([vars(run) for run in self.runs], columns=columns)

    def to_dict(self) -> list[dict[str, Any]]:
        """Write the runs as plain JSON values.

        Returns
        -------
        list of dict
            Dates as ISO text.
        """
        return [_plain(run) for run in self.runs]

    def _repr_html_(self) -> str:
        return self.frame().to_html(index=False)


def quality_text(quality: Mapping[str, Any]) -> str:
    """Write the first figures of a run's quality.

    Parameters
    ----------
    quality : mapping
        Name to number or text.

    Returns
    -------
    str
        ``"auc 0.8312, brier 0.1204"``; the rest is left to the report of the run.
    """
    known = [(name, value) for name, value in quality.items() if value is not None][:_FIRST_FIGURES]
    return ", ".join(f"{name} {value_text(value)}" for name, value in known)


def value_text(value: Any) -> str:
    """Write a figure of quality, or what a method was told, in one line.

    Parameters
    ----------
    value : object
        As JSON knows it.

    Returns
    -------
    str
        Numbers with four decimals at most; nothing for None.
    """
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int():
            return f"{value:,}"
        case float():
            return f"{value:,.4f}".rstrip("0").rstrip(".")
        case list() | tuple():
            return ", ".join(map(value_text, value))
        case Mapping():
            return json.dumps(value, ensure_ascii=False)
    return str(value)


def _row(entry: ScoreEntry, as_of: dt.date | None) -> list[object]:
    fields = ", ".join(f"{name} ({type_})" for name, type_ in entry.fields.items())
    run = entry.latest if as_of is None else entry.run_on(as_of)
    if run is None:
        return [entry.name, None, fields, len(entry.runs), None, None, 0, ""]
    age = None if as_of is None else (as_of - run.scored_on).days
    quality = quality_text(run.quality)
    return [entry.name, run.method, fields, len(entry.runs), run.scored_on, age, run.row_count, quality]


def _counting(entry: ScoreEntry, as_of: dt.date) -> dict[str, Any]:
    run = entry.run_on(as_of)
    age = None if run is None else (as_of - run.scored_on).days
    return {"scored_on": run and run.scored_on.isoformat(), "age_days": age}


def _plain(run: ScoreRun) -> dict[str, Any]:
    return {**vars(run), "scored_on": run.scored_on.isoformat(), "loaded_at": run.loaded_at.isoformat()}
