"""Saved segments: a name, a definition, and the rule that references among them never run in a circle."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipelines import walking
from pipelines.conditions import SegmentReference
from pipelines.definition import Definition
from workbench.errors import ConditionError, ConflictError, NotFoundError, nearest
from workbench.segments import versions
from workbench.segments.definition import Segment
from workbench.store import Connection
from workbench.store.connection import first_row


@dataclass(frozen=True)
class SavedSegment:
    """An entry in the list of saved segments.

    Attributes
    ----------
    name : str
        Its name.
    description : str
        What it is for.
    hash : str
        The SHA-256 of its definition.
    saved_at : datetime.datetime
        When it was last saved, in UTC.
    """

    name: str
    description: str
    hash: str
    saved_at: dt.datetime


def listed(con: Connection) -> list[SavedSegment]:
    """List the saved segments.

    Parameters
    ----------
    con : connection
        An open unit of work.

    Returns
    -------
    list of SavedSegment
        By name.
    """
    rows = con.execute("SELECT name, definition, definition_hash, saved_at FROM segment ORDER BY name").fetchall()
    return [SavedSegment(name, Segment.from_yaml(text).description, hash_, at) for name, text, hash_, at in rows]


def found(name: str, definitions: Mapping[str, Segment]) -> Segment:
    """Find a saved segment.

    Parameters
    ----------
    name : str
        Its name.
    definitions : mapping of str to Segment
        Those there are.

    Returns
    -------
    Segment
        The definition.

    Raises
    ------
    NotFoundError
        When none has the name.
    """
    if name not in definitions:
        raise NotFoundError(f'There is no saved segment "{name}".', nearest(name, definitions) or "None is saved yet.")
    return definitions[name]


def check_name(segment: Definition) -> None:
    """Refuse to save what has no name.

    Parameters
    ----------
    segment : Definition
        What is to be saved.

    Raises
    ------
    ConditionError
        When the name is blank.
    """
    if not segment.name:
        raise ConditionError("A segment needs a name to be saved.", "Write name: … at its top.")


def check_no_circle(segment: Definition, definitions: Mapping[str, Definition]) -> None:
    """Refuse references that run in a circle.

    Parameters
    ----------
    segment : Definition
        What is to be saved.
    definitions : mapping of str to Definition
        The saved segments, which it joins under its name.

    Raises
    ------
    ConditionError
        With the path of the circle.
    """
    known = {**definitions, segment.name: segment}

    def walk(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            circle = " -> ".join([*path[path.index(name) :], name])
            raise ConditionError(f"Segments refer to each other in a circle: {circle}.", "Break the circle.")
        for other in references(known[name]) if name in known else ():
            walk(other, (*path, name))

    walk(segment.name, ())


def references(definition: Definition) -> Iterator[str]:
    """List the segments a definition refers to.

    Parameters
    ----------
    definition : Definition
        The definition.

    Yields
    ------
    str
        Each name as often as it is written.
    """
    for condition, _ in walking.conditions(definition):
        if isinstance(condition, SegmentReference):
            yield condition.segment


def named(definition: Definition) -> Iterator[str]:
    """List the segments a definition needs: those it refers to, and those its invariants speak of.

    Parameters
    ----------
    definition : Definition
        The definition.

    Yields
    ------
    str
        Each name as often as it is written.

    Notes
    -----
    Only references can run in a circle. Two segments may each be a subset of the other: that says they have the same
    members, and finding out needs neither's invariants.
    """
    yield from references(definition)
    yield from definition.invariants.subset_of if definition.invariants else ()


def write(
    con: Connection, segment: Segment, *, replace: bool, known_hash: str | None, restored_no: int | None = None
) -> None:
    """Save a segment with a version, unless that would overwrite what somebody else saved.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    segment : Segment
        With a name.
    replace : bool
        Whether a different definition of that name may be replaced.
    known_hash : str or None
        The hash of the definition that the writer started from; None where it does not matter.
    restored_no : int, optional
        The version that is saved again.

    Raises
    ------
    ConflictError
        When another definition has the name and may not be replaced.
    """
    row = first_row(con, "SELECT definition_hash FROM segment WHERE name = ?", [segment.name])
    if row and row[0] != segment.hash and not replace:
        raise ConflictError(
            f'Another segment is saved as "{segment.name}".',
            "Replace it (--replace), or save yours under another name.",
        )
    if row and known_hash is not None and row[0] != known_hash:
        raise ConflictError(
            f'"{segment.name}" was changed by somebody else meanwhile.',
            "Open it again, or save under another name.",
        )
    if row and row[0] == segment.hash:
        return
    version = versions.record(con, segment, "saved" if restored_no is None else "restored", restored_no)
    con.execute("DELETE FROM segment WHERE name = ?", [segment.name])
    con.execute(
        "INSERT INTO segment VALUES (?, ?, ?, ?)",
        [version.name, version.definition, version.definition_hash, version.saved_at],
    )


def remove(con: Connection, name: str, definitions: Mapping[str, Segment]) -> None:
    """Delete a saved segment that no other one needs; its versions stay.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    name : str
        Its name.
    definitions : mapping of str to Segment
        The saved segments.

    Raises
    ------
    ConflictError
        When other saved segments refer to it.
    """
    users = [other for other, definition in definitions.items() if other != name and name in named(definition)]
    if users:
        raise ConflictError(f'"{name}" is used by {", ".join(sorted(users))}.', "Change or delete those first.")
    versions.record(con, found(name, definitions), "deleted")
    con.execute("DELETE FROM segment WHERE name = ?", [name])
