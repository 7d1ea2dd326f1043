"""Who went from which name to which between two runs of a score."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipelines.score_migration import Moves, moves
from pipelines.scores import Score
from workbench.errors import ConflictError, MeasureError, NotFoundError, nearest
from workbench.scores import registry
from workbench.scores.computed import details, rows_of
from workbench.store import Connection

USUAL = ("segment", "cluster")
"""Fields whose values are names, where the user does not say which."""
MOST = 60
"""Different values that names can have; what has more is a figure."""


@dataclass(frozen=True)
class ScoreMigration:
    """How contacts moved between two runs of a score.

    Attributes
    ----------
    name : str
        The score.
    field : str
        Whose values are the names.
    from_on, to_on : datetime.date
        The days of the runs.
    found : Moves
        What moved.
    """

    name: str
    field: str
    from_on: dt.date
    to_on: dt.date
    found: Moves

    @property
    def sentence(self) -> str:
        """What happened, with its base."""
        found = self.found
        return (
            f"Of {found.contacts:,} contacts with a {self.field} in one of the runs of {self.from_on.isoformat()} and "
            f"{self.to_on.isoformat()}, {found.stayed:,} kept it, {found.moved:,} changed it, {found.came:,} have one "
            f"in the later run only, and {found.left:,} in the earlier only."
        )

    def frame(self) -> pd.DataFrame:
        """Show who went where.

        Returns
        -------
        pandas.DataFrame
            One row for each pair of names: `from_name`, `to_name` (empty without a name), `contacts`, `share_of_from`,
            `share_of_to`.
        """
        return self.found.moves.copy()

    def matrix(self) -> pd.DataFrame:
        """Show the contacts of each pair of names.

        Returns
        -------
        pandas.DataFrame
            One row for each earlier name, one column for each later one; the empty name stands for none.
        """
        return self.found.matrix()

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain JSON values.

        Returns
        -------
        dict
            Days as ISO text, pairs of names as a list of rows.
        """
        found = self.found
        return {
            "score": self.name, "field": self.field, "from_on": self.from_on.isoformat(),
            "to_on": self.to_on.isoformat(), "contacts": found.contacts, "stayed": found.stayed, "moved": found.moved,
            "came": found.came, "left": found.left,
            "moves": self.frame().astype("object").where(self.frame().notna(), None).to_dict("records"),
        }  # fmt: skip

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(self.sentence)}</p>{self.matrix().rename(index=_shown, columns=_shown).to_html()}"


def _shown(name: str) -> str:
    return name or "(none)"


def migration(
    con: Connection, name: str, from_on: dt.date | None, to_on: dt.date | None, field: str | None
) -> ScoreMigration:
    """Compare the names of contacts in two runs of a score.

    Parameters
    ----------
    con : connection
        An open unit of work.
    name : str
        The score.
    from_on, to_on : datetime.date or None
        The days of the runs; the latest and the one before where None.
    field : str or None
        The field whose values are the names; the first of `USUAL` that the score has where None.

    Returns
    -------
    ScoreMigration
        Names in the order of the later run's own table of names, where it has one.

    Raises
    ------
    NotFoundError
        When there is no such score, field or run, or only one run.
    MeasureError
        When the field is a figure.
    ConflictError
        When the runs are not in order.
    """
    known = registry.scores(con)
    if name not in known:
        raise NotFoundError(f'There is no score "{name}".', nearest(name, known))
    chosen = _field(known[name], field)
    first, last = _days(con, name, from_on, to_on)
    before, after = (_names(rows_of(con, name, day), chosen) for day in (first, last))
    for day, names in ((first, before), (last, after)):
        _check_names(name, chosen, day, names)
    return ScoreMigration(name, chosen, first, last, moves(before, after, _order(con, name, last)))


def _field(score: Score, field: str | None) -> str:
    if field is None:
        field = next((one for one in USUAL if one in score.fields), None)
        if field is None:
            raise NotFoundError(
                f"Nothing says which field of the score {score.name} has names.",
                f"Say it (field, --field): {', '.join(score.fields)}.",
            )
    if field not in score.fields:
        raise NotFoundError(f'The score {score.name} has no field "{field}".', nearest(field, score.fields))
    return field


def _days(con: Connection, name: str, from_on: dt.date | None, to_on: dt.date | None) -> tuple[dt.date, dt.date]:
    days = [run.scored_on for run in registry.runs(con, name)]
    last = _known(name, days, to_on) if to_on or not days else days[0]
    earlier = [day for day in days if day < last]
    if from_on is None and not earlier:
        raise NotFoundError(
            f"The score {name} has no run before {last.isoformat()}, and moves are between two.",
            f"Compute one of an earlier day: workbench score run {name} --as-of DATE.",
        )
    first = _known(name, days, from_on) if from_on else earlier[0]
    if not first < last:
        raise ConflictError(
            f"The run of {first.isoformat()} does not come before that of {last.isoformat()}.",
            "Name the earlier day first.",
        )
    return first, last


def _known(name: str, days: Sequence[dt.date], day: dt.date | None) -> dt.date:
    if day is None:
        raise registry.no_run(name)
    registry.check_run(name, days, day)
    return day


def _names(rows: pd.DataFrame, field: str) -> pd.Series:
    """Give values as texts: 1 for the number 1.0."""
    values = rows.set_index("contact_id")[field]
    if pd.api.types.is_float_dtype(values.dtype):
        return values.map(lambda value: f"{value:g}", na_action="ignore").astype("str")
    return values.astype("str")


def _check_names(name: str, field: str, day: dt.date, names: pd.Series) -> None:
    count = names.nunique()
    if count > MOST:
        raise MeasureError(
            f"The field {field} of the score {name} has {count:,} different values in the run of {day.isoformat()}: it "
            "is a figure, and no name.",
            f"Take a field of {MOST} values at most.",
        )


def _order(con: Connection, name: str, day: dt.date) -> list[str]:
    made = details(con, name, day)
    table = None if made is None else made.tables.get("names")
    return [] if table is None or "name" not in table else table["name"].astype("str").tolist()
