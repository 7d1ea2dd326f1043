"""Snapshots: the members of one evaluation, kept for good."""

from __future__ import annotations

from dataclasses import fields

import pandas as pd

from workbench import clock
from workbench.compiling.values import offered
from workbench.errors import NotFoundError, nearest
from workbench.segments.definition import Segment
from workbench.segments.evaluating import Evaluation
from workbench.segments.results import Snapshot
from workbench.store import Connection

ERASED = "erased"
# An erasure leaves the digest of a tombstone in the place of the number.
NUMBER = f"""
    CASE WHEN length(m.contact_no) = 64 AND m.contact_no IN (SELECT digest FROM contact_tombstone) THEN '{ERASED}'
    ELSE m.contact_no END
"""  # noqa: S608 - a text of ours
"""SQL for the number of a member `m` of a snapshot."""

_COLUMNS = tuple(column.name for column in fields(Snapshot))
_LISTED = ", ".join(_COLUMNS)
_SELECT = f"SELECT {_LISTED} FROM segment_snapshot ORDER BY taken_at DESC, snapshot_id"  # noqa: S608
_INSERT = f"INSERT INTO segment_snapshot ({_LISTED}) VALUES ({', '.join('?' for _ in _COLUMNS)})"  # noqa: S608


def take(con: Connection, segment: Segment, evaluation: Evaluation) -> Snapshot:
    """Keep the members of an evaluation.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    segment : Segment
        What was evaluated; with a name.
    evaluation : Evaluation
        Who is in it.

    Returns
    -------
    Snapshot
        Under a number of its own.
    """
    as_of, ids = evaluation.context.as_of, evaluation.ids
    taken = Snapshot(
        snapshot_id=_free_id(con, f"{segment.name}@{as_of.isoformat()}"),
        segment_name=segment.name,
        definition=segment.to_yaml(),
        definition_hash=segment.hash,
        sentence=segment.sentence,
        as_of=as_of,
        revision=evaluation.facts.revision,
        taken_at=clock.now().replace(tzinfo=None),
        total=int(ids.size),
    )
    con.execute(_INSERT, [getattr(taken, name) for name in _COLUMNS])
    with offered(con, ids):
        con.execute(
            "INSERT INTO segment_snapshot_member SELECT ?, m.contact_id, c.contact_no "
            "FROM chosen_contact m JOIN contact c USING (contact_id) ORDER BY c.contact_no",
            [taken.snapshot_id],
        )
    return taken


def listed(con: Connection) -> list[Snapshot]:
    """List the snapshots.

    Parameters
    ----------
    con : connection
        An open unit of work.

    Returns
    -------
    list of Snapshot
        The newest first.
    """
    rows = con.execute(_SELECT).fetchall()
    return [Snapshot(*row) for row in rows]


def members(con: Connection, snapshot_id: str) -> pd.DataFrame:
    """Read the members of a snapshot.

    Parameters
    ----------
    con : connection
        An open unit of work.
    snapshot_id : str
        Which one.

    Returns
    -------
    pandas.DataFrame
        Column `contact_no`, in order; contacts deleted since are still there, and those that were erased are
        ``"erased"``.

    Raises
    ------
    NotFoundError
        When there is no such snapshot.
    """
    known = [snapshot.snapshot_id for snapshot in listed(con)]
    if snapshot_id not in known:
        raise NotFoundError(f'There is no snapshot "{snapshot_id}".', nearest(snapshot_id, known))
    query = f"SELECT {NUMBER} FROM segment_snapshot_member m WHERE snapshot_id = ? ORDER BY 1"  # noqa: S608
    return pd.DataFrame(con.execute(query, [snapshot_id]).fetchall(), columns=["contact_no"], dtype="str")


def _free_id(con: Connection, wanted: str) -> str:
    taken = {row[0] for row in con.execute("SELECT snapshot_id FROM segment_snapshot").fetchall()}
    number, free = 1, wanted
    while free in taken:
        number += 1
        free = f"{wanted}.{number}"
    return free
