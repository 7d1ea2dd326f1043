"""What a merge does to the rows of the store, worked out before anything is written; the before-image of an undo."""

# Names of tables come from the schema and from the scores of the store and are quoted, values are bound.
# ruff: noqa: S608

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from workbench.contact_rows.related import ABOUT_CONTACTS
from workbench.duplicates import conflicts, rows
from workbench.duplicates.conflicts import KEYS, RENAMED, Conflict, Resolution
from workbench.duplicates.rows import Key, Row
from workbench.errors import ConfigError
from workbench.store import Connection
from workbench.store.tables import quoted

PRIMARY_CONTACTS = ("customer", "vendor")
"""Records that name a contact to ask for."""

# A worksheet may hold a contact twice, so its lines and their history move as they are.
_UNKEYED = ("worksheet_line", "worksheet_history")
_LONG = ("interaction", "sales_entry", "purchase_entry", "opportunity", "opportunity_entry", "task", *_UNKEYED)
"""Tables whose rows only change hands: of them only the keys are kept."""


@dataclass
class Work:
    """What a merge does, row by row.

    Attributes
    ----------
    survivor, duplicate : dict of str to str
        The contacts as they were.
    merged : dict of str to str
        The contact that stays, as it is afterwards.
    moved : dict of str to list of list of str
        By table, the keys of the rows that change hands.
    removed : dict of str to list of dict
        By table, rows of the duplicate that go.
    rewritten : dict of str to list of (before, after)
        By table, rows that change in other ways as well.
    added : dict of str to list of dict
        By table, rows that are new.
    people : list of int
        Ids of people of the duplicate.
    kinds : list of list of int, str, str
        Ids of contacts whose business relation was computed anew, with the one before and the one afterwards.
    asked_for : dict of str to list of str
        By table, numbers of records whose contact to ask for is the duplicate.
    pairs, pairs_after : list of dict
        Pairs with either contact, before and afterwards.
    """

    survivor: Row
    duplicate: Row
    merged: Row = field(default_factory=dict)
    moved: dict[str, list[Key]] = field(default_factory=dict)
    removed: dict[str, list[Row]] = field(default_factory=dict)
    rewritten: dict[str, list[tuple[Row, Row]]] = field(default_factory=dict)
    added: dict[str, list[Row]] = field(default_factory=dict)
    people: list[int] = field(default_factory=list)
    kinds: list[tuple[int, str | None, str | None]] = field(default_factory=list)
    asked_for: dict[str, list[str]] = field(default_factory=dict)
    pairs: list[Row] = field(default_factory=list)
    pairs_after: list[Row] = field(default_factory=list)

    @property
    def survivor_id(self) -> int:
        """The id of the contact that stays."""
        return int(self.survivor["contact_id"] or 0)

    @property
    def duplicate_id(self) -> int:
        """The id of the contact that goes."""
        return int(self.duplicate["contact_id"] or 0)

    def to_json(self) -> str:
        """Write it as a before-image.

        Returns
        -------
        str
            JSON.
        """
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Work:
        """Read a before-image.

        Parameters
        ----------
        text : str
            As `to_json` writes it.

        Returns
        -------
        Work
            What was done.
        """
        return cls(**json.loads(text))

    def moved_counts(self) -> dict[str, int]:
        """Count the rows that have changed hands.

        Returns
        -------
        dict of str to int
            By table; rows that were renamed or put at the end as well.
        """
        counts = {table: len(keys) for table, keys in self.moved.items()}
        for table, pairs in self.rewritten.items():
            count = sum(before.get("contact_id") != after.get("contact_id") for before, after in pairs)
            counts[table] = counts.get(table, 0) + count
        return {table: count for table, count in counts.items() if count}


def tables_of(con: Connection) -> list[str]:
    """List the tables whose rows go over to the contact that stays.

    Parameters
    ----------
    con : connection
        An open unit of work.

    Returns
    -------
    list of str
        Tables of the schema, those of scores, and lines of worksheets with their history. Snapshots and exports keep
        the contact they were made with: what was frozen or sent does not change.
    """
    return [*ABOUT_CONTACTS, *score_tables(con), *_UNKEYED]


def score_tables(con: Connection) -> list[str]:
    """List the tables that hold scores.

    Parameters
    ----------
    con : connection
        An open unit of work.

    Returns
    -------
    list of str
        In order.
    """
    names = con.execute("SELECT DISTINCT score_name FROM score_field ORDER BY 1").fetchall()
    return [f"scored_{name}" for (name,) in names]


def counts(con: Connection, contact_id: int) -> dict[str, int]:
    """Count the rows about a contact.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_id : int
        The contact.

    Returns
    -------
    dict of str to int
        By table of `tables_of`.
    """
    query = " UNION ALL ".join(
        f"SELECT '{name}', count(*) FROM {quoted(name)} WHERE contact_id = $id" for name in tables_of(con)
    )
    return dict(con.execute(query, {"id": contact_id}).fetchall())


def keyed_rows(con: Connection, contact_id: int) -> dict[str, list[Row]]:
    """Read the rows of a contact that can stand in the way of another's.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_id : int
        The contact.

    Returns
    -------
    dict of str to list of dict
        By table.
    """
    there = counts(con, contact_id)
    return {table: rows.read(con, table, "contact_id = ?", [contact_id]) if there[table] else [] for table in KEYS}


def sort_out(
    con: Connection, work: Work, open_: Sequence[Conflict], resolved: Mapping[str, Resolution], comment: Row | None
) -> None:
    """Say of each row of the duplicate what becomes of it.

    Parameters
    ----------
    con : connection
        An open unit of work.
    work : Work
        Filled in.
    open_ : sequence of Conflict
        The conflicts.
    resolved : mapping of str to Resolution
        What becomes of them.
    comment : dict of str to str or None
        The line that stands before the duplicate's comments, where it has any.
    """
    own, others = keyed_rows(con, work.survivor_id), keyed_rows(con, work.duplicate_id)
    _check_new_codes(own, others, open_, resolved)
    _resolve(work, open_, resolved)
    gone = _addresses(open_, resolved)
    for table, its_rows in others.items():
        for row in its_rows:
            _of_row(work, table, row, own[table], gone)
    there = counts(con, work.duplicate_id)
    for table in score_tables(con):
        if there[table]:
            _of_scores(con, work, table)
    for table in _LONG:
        if there[table]:
            work.moved[table] = rows.keys(con, table, work.duplicate_id)
    if comment is not None:
        _append_comments(con, work, comment)


def _resolve(work: Work, open_: Sequence[Conflict], resolved: Mapping[str, Resolution]) -> None:
    for conflict in open_:
        how = resolved[conflict.name]
        if how.new_key:
            renamed = {**conflict.other_row, RENAMED[conflict.table]: how.new_key}
            _rewrite(work, conflict.table, conflict.other_row, renamed)
        else:
            work.removed.setdefault(conflict.table, []).append(conflict.other_row)
            taken = {column: conflict.other_row[column] for column in how.taken}
            if taken:
                work.rewritten.setdefault(conflict.table, []).append((conflict.row, {**conflict.row, **taken}))


def _rewrite(work: Work, table: str, before: Row, after: Row) -> None:
    mine = {**after, "contact_id": str(work.survivor_id)}
    work.rewritten.setdefault(table, []).append((before, mine))


def _addresses(open_: Sequence[Conflict], resolved: Mapping[str, Resolution]) -> dict[str | None, Resolution]:
    """Days of an address go with it: they are renamed or removed like the address itself."""
    return {c.other_row["address_code"]: resolved[c.name] for c in open_ if c.table == "alternative_address"}


def _of_row(work: Work, table: str, row: Row, own: Sequence[Row], addresses: Mapping[str | None, Resolution]) -> None:
    if _is_settled(work, table, row):
        return
    address = addresses.get(row["address_code"]) if table == "alternative_address_range" else None
    if address is not None and address.new_key:
        _rewrite(work, table, row, {**row, "address_code": address.new_key})
    elif address is not None or any(_says_the_same(table, mine, row) for mine in own):
        work.removed.setdefault(table, []).append(row)
    else:
        work.moved.setdefault(table, []).append(rows.key(table, row))


def _is_settled(work: Work, table: str, row: Row) -> bool:
    return row in work.removed.get(table, ()) or any(row == before for before, _ in work.rewritten.get(table, ()))


def _says_the_same(table: str, mine: Row, row: Row) -> bool:
    return conflicts.key_of(table, mine) == conflicts.key_of(table, row) and conflicts.same_content(mine, row)


def _of_scores(con: Connection, work: Work, table: str) -> None:
    """A contact has one score of a run: the one it had itself stays."""
    own = {row["scored_on"] for row in rows.read(con, table, "contact_id = ?", [work.survivor_id])}
    for row in rows.read(con, table, "contact_id = ?", [work.duplicate_id]):
        if row["scored_on"] in own:
            work.removed.setdefault(table, []).append(row)
        else:
            work.moved.setdefault(table, []).append(rows.key(table, row))


def _append_comments(con: Connection, work: Work, comment: Row) -> None:
    """Comments of the duplicate stand at the end, behind a line that says where they come from."""
    found = rows.read(con, "contact_comment", "contact_id = ?", [work.duplicate_id])
    highest = con.execute("SELECT coalesce(max(entry_no), 0) FROM contact_comment").fetchall()[0][0]
    work.added["contact_comment"] = [{**comment, "entry_no": str(highest + 1)}]
    for at, row in enumerate(found, highest + 2):
        _rewrite(work, "contact_comment", row, {**row, "entry_no": str(at)})


def _check_new_codes(
    own: Mapping[str, Sequence[Row]],
    others: Mapping[str, Sequence[Row]],
    open_: Sequence[Conflict],
    resolved: Mapping[str, Resolution],
) -> None:
    for conflict in open_:
        new = resolved[conflict.name].new_key
        column = RENAMED.get(conflict.table, "")
        taken = [row[column] for row in (*own[conflict.table], *others[conflict.table])] if new else []
        if new in taken:
            raise ConfigError(
                f'"{new}" is no new code for "{conflict.name}".', "Give one that neither of the two contacts has."
            )
