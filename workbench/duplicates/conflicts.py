"""What stands in the way of a merge: rows of both contacts that would be one, and how each is resolved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from workbench.contact_rows.related import ABOUT_CONTACTS
from workbench.duplicates.rows import Row
from workbench.errors import ConfigError, nearest

RENAMED = {
    "business_relation": "business_relation_code",
    "contact_web_source": "web_source_code",
    "alternative_address": "address_code",
}
"""The column that renaming changes, for the tables where rows may be renamed."""

KEYS = {
    name: tuple(column for column in table.key if column != "contact_no")
    for name, table in ABOUT_CONTACTS.items()
    if "contact_no" in table.key
}
"""Tables whose key holds the contact, with the rest of their key."""

_OWN = ("entry_no", "contact_id")


@dataclass(frozen=True)
class Conflict:
    """Two rows that would be one after a merge.

    Attributes
    ----------
    table : str
        Whose rows they are.
    key : str
        What they have in common, beside the contact.
    reason : str
        Why they cannot both stay.
    row : dict of str to str
        The row of the contact that stays.
    other_row : dict of str to str
        The row of the duplicate.
    can_rename : bool
        Whether the row of the duplicate may stay under another code.
    """

    table: str
    key: str
    reason: str
    row: Row = field(hash=False)
    other_row: Row = field(hash=False)
    can_rename: bool

    @property
    def name(self) -> str:
        """What the conflict is called when it is resolved: table and key."""
        return f"{self.table}:{self.key}"


@dataclass(frozen=True)
class Resolution:
    """What becomes of the duplicate's row.

    Attributes
    ----------
    new_key : str
        The code under which it stays; empty where it is removed.
    taken : tuple of str
        Columns of the row that stays which get the values of the one that is removed.
    """

    new_key: str = ""
    taken: tuple[str, ...] = ()


def same_content(row: Row, other: Row) -> bool:
    """Tell whether two rows say the same of their contacts.

    Parameters
    ----------
    row, other : dict of str to str
        Rows of one table.

    Returns
    -------
    bool
        Then one of them can go, and nothing is lost.
    """
    return all(other[name] == value for name, value in row.items() if name not in _OWN)


def found(own: Mapping[str, Sequence[Row]], others: Mapping[str, Sequence[Row]]) -> Iterator[Conflict]:
    """Find what stands in the way.

    Parameters
    ----------
    own, others : mapping of str to sequence of dict
        By table, the rows of the contact that stays and those of its duplicate.

    Yields
    ------
    Conflict
        By table and key. Rows that say the same are none: one of them goes.
    """
    for table, columns in KEYS.items():
        by_key = {_key(row, columns): row for row in own.get(table, ())}
        for other in others.get(table, ()):
            row = by_key.get(_key(other, columns))
            if table == "business_relation" and (linked := _linked_alike(own.get(table, ()), other)):
                yield _two_records(linked, other)
            elif row is not None and not same_content(row, other):
                yield Conflict(table, _key(other, columns), "both have one", row, other, table in RENAMED)


def _two_records(row: Row, other: Row) -> Conflict:
    kind = str(other["link_to_table"]).replace("_", " ")
    reason = f"{kind} {row['linked_no']} and {kind} {other['linked_no']}: a contact is one {kind} at most"
    return Conflict("business_relation", str(other["business_relation_code"]), reason, row, other, can_rename=False)


def _linked_alike(own: Sequence[Row], other: Row) -> Row | None:
    """One record of a kind for each contact (Business Central, table 5054)."""
    if not other["linked_no"] or not other["link_to_table"]:
        return None
    alike = (row for row in own if row["linked_no"] and row["link_to_table"] == other["link_to_table"])
    return next(alike, None)


def _key(row: Row, columns: Sequence[str]) -> str:
    return "/".join(_shown(row[column]) for column in columns)


def _shown(value: str | None) -> str:
    return "" if value is None else value.removesuffix(".0")


def key_of(table: str, row: Row) -> str:
    """Write what tells a row from the others of its contact.

    Parameters
    ----------
    table : str
        A key of `KEYS`.
    row : dict of str to str
        The row.

    Returns
    -------
    str
        Values with slashes between.
    """
    return _key(row, KEYS[table])


def resolutions(open_: Sequence[Conflict], said: Mapping[str, object]) -> dict[str, Resolution]:
    """Read how conflicts are resolved.

    Parameters
    ----------
    open_ : sequence of Conflict
        The conflicts there are.
    said : mapping of str to object
        By name of the conflict: ``"remove"``, ``("remove", column, ...)`` or ``("rename", code)``.

    Returns
    -------
    dict of str to Resolution
        By name of the conflict.

    Raises
    ------
    ConfigError
        When there is no such conflict, or it cannot be resolved in that way.
    """
    by_name = {conflict.name: conflict for conflict in open_}
    for name in said:
        if name not in by_name:
            raise ConfigError(f'There is no conflict "{name}".', nearest(name, by_name) or "Leave it out.")
    return {name: _read(by_name[name], how) for name, how in said.items()}


def _read(conflict: Conflict, how: object) -> Resolution:
    action, *rest = [how] if isinstance(how, str) else list(how) if isinstance(how, tuple | list) else [how]
    if action == "remove":
        return Resolution(taken=tuple(_column(conflict, name) for name in rest))
    if action != "rename":
        raise ConfigError(
            f'The conflict "{conflict.name}" cannot be resolved by "{action}".',
            'Say "remove", or ("rename", new code).',
        )
    if not conflict.can_rename:
        raise ConfigError(f'The row of "{conflict.name}" cannot be renamed.', "Remove it.")
    new = str(rest[0]).strip() if len(rest) == 1 else ""
    if not new or new in (conflict.row[RENAMED[conflict.table]], conflict.other_row[RENAMED[conflict.table]]):
        raise ConfigError(
            f'"{new}" is no new code for "{conflict.name}".', "Give one that neither of the two contacts has."
        )
    return Resolution(new)


def _column(conflict: Conflict, name: object) -> str:
    known = [column for column in conflict.row if column not in (*_OWN, *KEYS[conflict.table])]
    if name not in known:
        raise ConfigError(f'{conflict.table} has no column "{name}" to take over.', nearest(name, known))
    return str(name)
