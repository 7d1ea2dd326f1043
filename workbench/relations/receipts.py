"""What linking contacts with records did, or would do: the same receipts for a preview."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from workbench.contacts import FieldChange


@dataclass(frozen=True)
class RecordChange:
    """One field of a linked record that is another than before.

    Attributes
    ----------
    field : str
        Which.
    before, after : object
        Its values; None for blank ones.
    """

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class LinkReceipt:
    """What linking, unlinking, creating or changing a linked record did, or would do.

    Attributes
    ----------
    kind : str
        ``"customer"``, ``"vendor"``, ``"bank_account"`` or ``"employee"``.
    record_no : str
        The record.
    contact_no : str or None
        The contact that is, or was, linked to it; for a person of a company that may be the company. None where there
        is none.
    action : str
        ``"created"``, ``"linked"``, ``"unlinked"`` or ``"changed"``.
    as_of : datetime.date
        The day of the work.
    record_changes : tuple of RecordChange
        Fields of the record that are other than before.
    contact_changes : tuple of FieldChange
        Fields of the contact, and of the people of a company, that are other than before.
    notes : tuple of str
        Things to know that are no errors.
    is_written : bool
        False for a preview.
    """

    kind: str
    record_no: str
    contact_no: str | None
    action: str
    as_of: dt.date
    record_changes: tuple[RecordChange, ...] = ()
    contact_changes: tuple[FieldChange, ...] = ()
    notes: tuple[str, ...] = ()
    is_written: bool = True

    def frame(self) -> pd.DataFrame:
        """Show the changes as a table.

        Returns
        -------
        pandas.DataFrame
            Columns kind, no, field, before, after; contacts have the kind ``"contact"``.
        """
        changed = [[self.kind, self.record_no, one.field, one.before, one.after] for one in self.record_changes]
        changed += [["contact", one.contact_no, one.field, one.before, one.after] for one in self.contact_changes]
        return pd.DataFrame(changed, columns=["kind", "no", "field", "before", "after"])

    def to_dict(self) -> dict[str, Any]:
        """Give the receipt as plain values.

        Returns
        -------
        dict
            By attribute, with lists of changes.
        """
        changes = {
            name: [one.__dict__ for one in getattr(self, name)] for name in ("record_changes", "contact_changes")
        }
        return {**self.__dict__, **changes, "notes": list(self.notes)}

    def _repr_html_(self) -> str:
        head = f"{self.kind} {self.record_no}, {self.contact_no or 'no contact'}: {self.action}"
        return f"<b>{html.escape(head)}</b>{self.frame().to_html(index=False)}"


@dataclass(frozen=True)
class CreationReceipt:
    """Which contacts were created from records, or would be.

    Attributes
    ----------
    kind : str
        The kind of the records.
    as_of : datetime.date
        The day of the work, which chooses the lines of the number series.
    contacts : pandas.DataFrame
        One row for each record, in the order of their numbers: record_no, contact_no and name of the contact, person_no
        and person_name of the person to ask for at a company; numbers are NULL in a preview, which takes none.
    skipped_count : int
        Records that were linked already.
    duplicate_count : int
        How many of the new contacts may be duplicates; 0 in a preview.
    is_written : bool
        False for a preview.
    """

    kind: str
    as_of: dt.date
    contacts: pd.DataFrame = field(repr=False)
    skipped_count: int = 0
    duplicate_count: int = 0
    is_written: bool = True

    @property
    def person_count(self) -> int:
        """How many people are created beside the contacts of the records."""
        return int(self.contacts["person_name"].notna().sum())

    def frame(self) -> pd.DataFrame:
        """Show the contacts.

        Returns
        -------
        pandas.DataFrame
            `contacts`.
        """
        return self.contacts

    def to_dict(self) -> dict[str, Any]:
        """Give the receipt as plain values, without its rows.

        Returns
        -------
        dict
            With the counts.
        """
        return {
            "kind": self.kind,
            "as_of": self.as_of,
            "contact_count": len(self.contacts),
            "person_count": self.person_count,
            "skipped_count": self.skipped_count,
            "duplicate_count": self.duplicate_count,
            "is_written": self.is_written,
        }

    def _repr_html_(self) -> str:
        return f"<b>{self.kind}: {len(self.contacts):,} contacts</b>{self.contacts.head(20).to_html(index=False)}"


@dataclass(frozen=True)
class SynchronizationReceipt:
    """What bringing linked records and contacts together did, or would do.

    Attributes
    ----------
    kind : str
        The kind of the records.
    wins : str
        Whose values were taken: ``"record"`` or ``"contact"``.
    as_of : datetime.date
        The day of the work.
    changes : pandas.DataFrame
        Columns kind, no, field, before, after: the fields that are other than before, of records or of contacts.
    rejected : pandas.DataFrame
        Columns record_no, contact_no, reason: what the rules for contacts refuse.
    compared_count : int
        Linked records of the kind.
    is_written : bool
        False for a preview.
    """

    kind: str
    wins: str
    as_of: dt.date
    changes: pd.DataFrame = field(repr=False)
    rejected: pd.DataFrame = field(repr=False)
    compared_count: int
    is_written: bool = True

    @property
    def changed_count(self) -> int:
        """How many records or contacts are other than before."""
        return len(self.changes[["kind", "no"]].drop_duplicates())

    def frame(self) -> pd.DataFrame:
        """Show the changes.

        Returns
        -------
        pandas.DataFrame
            `changes`.
        """
        return self.changes

    def to_dict(self) -> dict[str, Any]:
        """Give the receipt as plain values, without its rows.

        Returns
        -------
        dict
            With the counts.
        """
        return {
            "kind": self.kind,
            "wins": self.wins,
            "as_of": self.as_of,
            "compared_count": self.compared_count,
            "changed_count": self.changed_count,
            "rejected_count": len(self.rejected),
            "is_written": self.is_written,
        }

    def _repr_html_(self) -> str:
        return f"<b>{self.kind}: {self.changed_count:,} changed</b>{self.changes.head(50).to_html(index=False)}"


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[RecordChange, ...]:
    """List the fields of a record whose values differ.

    Parameters
    ----------
    before, after : mapping of str to object
        Fields then and now; blank texts are nothing, and a flag that is not set is no value of a new record.

    Returns
    -------
    tuple of RecordChange
        In the order of the fields.
    """
    pairs: Iterable[tuple[str, Any, Any]] = ((name, before.get(name), value) for name, value in after.items())
    return tuple(RecordChange(name, old, new) for name, old, new in pairs if (old or None) != (new or None))
