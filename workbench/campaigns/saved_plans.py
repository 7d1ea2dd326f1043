"""Plans of campaigns as files and in the store; the latest under a name counts, earlier ones stay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.campaign_plan import Plan, read_plan, written
from workbench import clock, config
from workbench.errors import ConditionError, ConflictError, NotFoundError, nearest
from workbench.segments.definition import dumped, loaded
from workbench.store import Connection

AnyPlan = Plan | Mapping[str, Any] | Path | str
"""A plan, a mapping in its form, a path of a YAML file, or the name of a saved plan."""
_LATEST = """
    SELECT name, arg_max(plan, (saved_at, rowid)), max(saved_at), arg_max(saved_by, (saved_at, rowid))
    FROM campaign_plan GROUP BY name ORDER BY name
"""


@dataclass(frozen=True)
class SavedPlan:
    """An entry in the list of saved plans.

    Attributes
    ----------
    name : str
        Its name.
    plan : Plan
        What it says.
    saved_at : datetime.datetime
        When it was last saved, in UTC.
    saved_by : str or None
        By whom.
    """

    name: str
    plan: Plan
    saved_at: dt.datetime
    saved_by: str | None


def from_yaml(source: str | Path) -> Plan:
    """Read a plan from a YAML file or text.

    Parameters
    ----------
    source : str or pathlib.Path
        A path, or the text itself when it spans lines or holds a colon followed by a blank.

    Returns
    -------
    Plan
        The checked value.

    Raises
    ------
    ConditionError
        When the text is no YAML or says something a plan does not; the message names the place.
    NotFoundError
        When there is no such file.
    SourceError
        When the file cannot be read.
    """
    return read_plan(loaded(source))


def to_yaml(plan: Plan) -> str:
    """Write a plan as YAML.

    Parameters
    ----------
    plan : Plan
        The plan.

    Returns
    -------
    str
        What `from_yaml` reads as the same plan.
    """
    return dumped(written(plan))


def listed(con: Connection) -> tuple[SavedPlan, ...]:
    """List the saved plans.

    Parameters
    ----------
    con : connection
        An open unit of work.

    Returns
    -------
    tuple of SavedPlan
        By name.
    """
    return tuple(SavedPlan(name, from_yaml(text), *rest) for name, text, *rest in con.execute(_LATEST).fetchall())


def resolved(con: Connection, plan: AnyPlan) -> Plan:
    """Find the plan that is meant.

    Parameters
    ----------
    con : connection
        An open unit of work.
    plan : Plan, mapping, pathlib.Path or str
        The plan, its mapping, its file or its name.

    Returns
    -------
    Plan
        The plan.

    Raises
    ------
    NotFoundError
        When no saved plan has the name; suggests the nearest.
    ConditionError
        When it is no plan.
    """
    if isinstance(plan, Path):
        return from_yaml(plan)
    if not isinstance(plan, str):
        return read_plan(plan)
    saved = {entry.name: entry.plan for entry in listed(con)}
    if plan not in saved:
        raise NotFoundError(f'There is no saved plan "{plan}".', nearest(plan, saved) or "None is saved yet.")
    return saved[plan]


def save(con: Connection, plan: Plan, *, replace: bool, dry_run: bool) -> bool:
    """Save a plan under its name.

    Parameters
    ----------
    con : connection
        A unit of work; one that writes unless it is a preview.
    plan : Plan
        With a name.
    replace : bool
        Whether another plan of that name may be replaced.
    dry_run : bool
        Whether to write nothing.

    Returns
    -------
    bool
        Whether it is another plan than the one saved.

    Raises
    ------
    ConditionError
        When it has no name.
    ConflictError
        When another plan has the name and may not be replaced.
    """
    if not plan.name:
        raise ConditionError("A plan needs a name to be saved.", "Write name: … at its top.")
    known = {entry.name: entry.plan for entry in listed(con)}.get(plan.name)
    if known == plan:
        return False
    if known is not None and not replace:
        raise ConflictError(f'Another plan is saved as "{plan.name}".', "Replace it, or give this one another name.")
    if not dry_run:
        row = [plan.name, to_yaml(plan), clock.now().replace(tzinfo=None), config.user()]
        con.execute("INSERT INTO campaign_plan VALUES (?, ?, ?, ?)", row)
    return True
