"""What loading and listing scores tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbench.scores.registry import ScoreRun
from workbench.sources import LoadReceipt


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

    def frame(self) -> pd.DataFrame:
        """Show the list as a table.

        Returns
        -------
        pandas.DataFrame
            Columns score, fields, run_count, latest (a date) and contacts, those of the latest run.
        """
        return pd.DataFrame(map(_row, self.entries), columns=["score", "fields", "run_count", "latest", "contacts"])

    def to_dict(self) -> list[dict[str, Any]]:
        """Write the list as plain JSON values.

        Returns
        -------
        list of dict
            For each score its name, its fields by type, and its runs.
        """
        return [{"score": e.name, "fields": dict(e.fields), "runs": [_plain(run) for run in e.runs]} for e in self]

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


def _row(entry: ScoreEntry) -> tuple[object, ...]:
    fields = ", ".join(f"{name} ({type_})" for name, type_ in entry.fields.items())
    latest = entry.latest
    return entry.name, fields, len(entry.runs), latest and latest.scored_on, latest.row_count if latest else 0


def _plain(run: ScoreRun) -> dict[str, Any]:
    return {**vars(run), "scored_on": run.scored_on.isoformat(), "loaded_at": run.loaded_at.isoformat()}
