"""What merging tells: the plan, the receipt, and what undoing brought back."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from workbench.duplicates.conflicts import Conflict


@dataclass(frozen=True)
class MergePlan:
    """What merging one contact into another is about.

    Attributes
    ----------
    current_no, duplicate_no : str
        The contact that stays, and the one that disappears.
    type : str
        The type of both.
    fields : pandas.DataFrame
        Fields that differ: field, value, other_value, taken (whether the duplicate's value is taken over), joined
        (whether it is a list, of which both parts stay).
    tables : pandas.DataFrame
        Rows about the two: table, current_count, duplicate_count, for tables in which the duplicate has rows.
    conflicts : tuple of Conflict
        What stands in the way, resolved or not.
    open : tuple of str
        Names of the conflicts that are not resolved.
    people_count : int
        People of the duplicate, who become the people of the contact that stays.
    """

    current_no: str
    duplicate_no: str
    type: str
    fields: pd.DataFrame = field(repr=False)
    tables: pd.DataFrame = field(repr=False)
    conflicts: tuple[Conflict, ...] = field(repr=False)
    open: tuple[str, ...]
    people_count: int

    @property
    def conflict_frame(self) -> pd.DataFrame:
        """The conflicts as a table: name, table, key, reason, can_rename, is_open."""
        rows = [(c.name, c.table, c.key, c.reason, c.can_rename, c.name in self.open) for c in self.conflicts]
        return pd.DataFrame(rows, columns=["name", "table", "key", "reason", "can_rename", "is_open"])

    def frame(self) -> pd.DataFrame:
        """Show the fields that differ.

        Returns
        -------
        pandas.DataFrame
            `fields`.
        """
        return self.fields

    def _repr_html_(self) -> str:
        head = html.escape(f"{self.duplicate_no} into {self.current_no}: {len(self.open)} open conflicts")
        parts = (self.fields, self.tables, self.conflict_frame)
        return f"<b>{head}</b>" + "".join(part.to_html(index=False) for part in parts)


@dataclass(frozen=True)
class MergeReceipt:
    """What a merge did, or would do.

    Attributes
    ----------
    merge_no : int
        By which it is undone; 0 for a preview.
    current_no, duplicate_no : str
        The contact that stayed, and the one that is gone.
    taken : tuple of str
        Fields that have the duplicate's value now.
    joined : tuple of str
        Lists that have the values of both.
    moved : mapping of str to int
        Rows that are about the contact that stayed now, by table.
    removed : mapping of str to int
        Rows of the duplicate that are gone, by table: those whose conflict was resolved so, and those that said the
        same as a row of the contact that stayed.
    renamed : mapping of str to str
        The new key of each row that was renamed, by name of its conflict.
    people : tuple of str
        People whose company is another now.
    is_written : bool
        False for a preview.
    """

    merge_no: int
    current_no: str
    duplicate_no: str
    taken: tuple[str, ...]
    joined: tuple[str, ...]
    moved: Mapping[str, int]
    removed: Mapping[str, int]
    renamed: Mapping[str, str]
    people: tuple[str, ...]
    is_written: bool

    def frame(self) -> pd.DataFrame:
        """Show what became of the rows.

        Returns
        -------
        pandas.DataFrame
            Columns table, moved, removed.
        """
        names = sorted({*self.moved, *self.removed})
        rows = [(name, self.moved.get(name, 0), self.removed.get(name, 0)) for name in names]
        return pd.DataFrame(rows, columns=["table", "moved", "removed"])

    def _repr_html_(self) -> str:
        head = html.escape(f"{self.duplicate_no} merged into {self.current_no}")
        return f"<b>{head}</b>{self.frame().to_html(index=False)}"


@dataclass(frozen=True)
class UnmergeReceipt:
    """What undoing a merge brought back, or would bring back.

    Attributes
    ----------
    merge_no : int
        Which merge.
    current_no, duplicate_no : str
        The contact that had stayed, and the one that is back.
    returned : mapping of str to int
        Rows that are about the duplicate again, by table, those that had been removed included.
    people : tuple of str
        People whose company is the duplicate again.
    is_written : bool
        False for a preview.
    """

    merge_no: int
    current_no: str
    duplicate_no: str
    returned: Mapping[str, int]
    people: tuple[str, ...]
    is_written: bool

    def frame(self) -> pd.DataFrame:
        """Show what is back.

        Returns
        -------
        pandas.DataFrame
            Columns table, returned.
        """
        return pd.DataFrame(sorted(self.returned.items()), columns=["table", "returned"])

    def _repr_html_(self) -> str:
        head = html.escape(f"{self.duplicate_no} is back, {self.current_no} as before")
        return f"<b>{head}</b>{self.frame().to_html(index=False)}"


@dataclass(frozen=True)
class MergeList:
    """Merges that were done.

    Attributes
    ----------
    merges : pandas.DataFrame
        Columns merge_no, current_no, duplicate_no, duplicate_name, merged_at, merged_by, undone_at (UTC), the latest
        first.
    """

    merges: pd.DataFrame = field(repr=False)

    def frame(self) -> pd.DataFrame:
        """Show the merges.

        Returns
        -------
        pandas.DataFrame
            `merges`.
        """
        return self.merges

    def _repr_html_(self) -> str:
        return self.merges.to_html(index=False)
