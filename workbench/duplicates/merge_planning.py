"""What merging two contacts is about: fields that differ, rows about both, and what stands in the way."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from pipelines.columns import Column, FieldType, Table
from workbench.duplicates import conflicts, merge_work, rows
from workbench.duplicates.conflicts import Conflict
from workbench.duplicates.merge_results import MergePlan
from workbench.duplicates.rows import Row
from workbench.errors import ConfigError, nearest
from workbench.store import Connection
from workbench.store.connection import first_row

_NEVER = ("contact_no", "type")


def contact_row(con: Connection, contact_id: int) -> Row:
    """Read a contact.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_id : int
        Which one.

    Returns
    -------
    dict of str to str
        Its row as texts.
    """
    return rows.read(con, "contact", "contact_id = ?", [contact_id])[0]


def mergeable(contact: Table, type_: str) -> list[Column]:
    """List the fields of which one of two values has to be chosen.

    Parameters
    ----------
    contact : Table
        The fields of contacts.
    type_ : str
        The type of the two; the company of a company is itself.

    Returns
    -------
    list of Column
        Without the key, the type, and what the workbench keeps up itself.
    """
    never = (*_NEVER, "company_no") if type_ == "company" else _NEVER
    return [column for column in contact.columns if column.name not in never and not column.is_kept_up]


def merged(survivor: Row, duplicate: Row, fields: Sequence[Column], taken: Sequence[str]) -> Row:
    """Say how the contact that stays looks afterwards.

    Parameters
    ----------
    survivor, duplicate : dict of str to str
        The two contacts.
    fields : sequence of Column
        What can be merged.
    taken : sequence of str
        Fields whose value is the duplicate's.

    Returns
    -------
    dict of str to str
        Lists have the values of both, other fields the survivor's value unless it is taken over.

    Raises
    ------
    ConfigError
        When there is no such field, or it is a list.
    """
    single = [column.name for column in fields if column.type is not FieldType.MANY]
    for name in taken:
        if name not in single:
            raise ConfigError(f'"{name}" is no field to take over from a duplicate.', nearest(name, single))
    lists = [column.name for column in fields if column.type is FieldType.MANY]
    joined = {name: _joined(survivor[name], duplicate[name]) for name in lists}
    return {**survivor, **joined, **{name: duplicate[name] for name in taken}}


def _joined(one: str | None, other: str | None) -> str | None:
    own, others = _values(one), _values(other)
    return one if not set(others) - set(own) else json.dumps([*own, *(v for v in others if v not in own)])


def _values(text: str | None) -> list[Any]:
    return [] if text is None else json.loads(text) or []


def differing(survivor: Row, duplicate: Row, fields: Sequence[Column], taken: Sequence[str]) -> pd.DataFrame:
    """List the fields in which two contacts differ.

    Parameters
    ----------
    survivor, duplicate : dict of str to str
        The two.
    fields : sequence of Column
        What can be merged.
    taken : sequence of str
        Fields whose value is the duplicate's.

    Returns
    -------
    pandas.DataFrame
        Columns field, value, other_value, taken, joined.
    """
    told = [
        (column.name, *(_shown(row[column.name], column) for row in (survivor, duplicate)), column.name in taken,
         column.type is FieldType.MANY)
        for column in fields
        if _shown(survivor[column.name], column) != _shown(duplicate[column.name], column)
    ]  # fmt: skip
    return pd.DataFrame(told, columns=["field", "value", "other_value", "taken", "joined"]).astype(
        {"value": "str", "other_value": "str", "taken": bool, "joined": bool}
    )


def _shown(text: str | None, column: Column) -> str | None:
    if column.type is FieldType.MANY:
        return ", ".join(map(str, _values(text))) or None
    return text or None


def plan(
    con: Connection, contact: Table, ids: tuple[int, int], type_: str, taken: Sequence[str], said: Mapping[str, object]
) -> tuple[MergePlan, list[Conflict]]:
    """Say what merging two contacts is about.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact : Table
        The fields of contacts.
    ids : tuple of (int, int)
        The contact that stays, and the duplicate.
    type_ : str
        The type of both.
    taken : sequence of str
        Fields whose value is the duplicate's.
    said : mapping of str to object
        How conflicts are resolved.

    Returns
    -------
    tuple of MergePlan and list of Conflict
        The plan, and the conflicts in it.

    Raises
    ------
    ConfigError
        When a field cannot be taken over, or a conflict cannot be resolved as said.
    """
    survivor, duplicate = (contact_row(con, one) for one in ids)
    fields = mergeable(contact, type_)
    merged(survivor, duplicate, fields, taken)
    found = list(conflicts.found(*(merge_work.keyed_rows(con, one) for one in ids)))
    resolved = conflicts.resolutions(found, said)
    own, others = (merge_work.counts(con, one) for one in ids)
    counted = [(table, own[table], count) for table, count in others.items() if count]
    (people,) = first_row(con, _PEOPLE, [duplicate["contact_no"], ids[1]]) or (0,)
    told = MergePlan(
        str(survivor["contact_no"]), str(duplicate["contact_no"]), type_,
        differing(survivor, duplicate, fields, taken),
        pd.DataFrame(counted, columns=["table", "current_count", "duplicate_count"]),
        tuple(found), tuple(c.name for c in found if c.name not in resolved), int(people),
    )  # fmt: skip
    return told, found


_PEOPLE = "SELECT count(*) FROM contact WHERE company_no = ? AND contact_id <> ?"
