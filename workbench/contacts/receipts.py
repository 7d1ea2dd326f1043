"""What was done to contacts, or would be: the same receipt for a preview."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class FieldChange:
    """One field of one contact that is another than before.

    Attributes
    ----------
    contact_no : str
        Whose.
    field : str
        Which.
    before, after : object
        Its values; None for blank ones.
    why : str
        ``"given"`` where somebody gave it, else what it follows: ``"default"``, ``"type"``, ``"name"``, ``"minor"``,
        ``"parental_consent"``, ``"new_company"`` (a person was given a company) or ``"company_changed"``.
    """

    contact_no: str
    field: str
    before: Any
    after: Any
    why: str


@dataclass(frozen=True)
class ContactReceipt:
    """What creating or changing a contact did, or would do.

    Attributes
    ----------
    contact_no : str
        The contact's number.
    as_of : datetime.date
        The day of the work.
    changes : tuple of FieldChange
        Every field that is another now, of the contact and of the people of a company.
    moved : mapping of str to int
        Rows of the contact that another contact has now, by table.
    moved_to : str or None
        That other contact.
    notes : tuple of str
        Things to know that are no errors.
    is_written : bool
        False for a preview.
    """

    contact_no: str
    as_of: dt.date
    changes: tuple[FieldChange, ...]
    moved: Mapping[str, int] = field(default_factory=dict)
    moved_to: str | None = None
    notes: tuple[str, ...] = ()
    is_written: bool = True

    @property
    def contact_nos(self) -> tuple[str, ...]:
        """The contacts that have changed, each once."""
        return tuple(dict.fromkeys(change.contact_no for change in self.changes))

    def frame(self) -> pd.DataFrame:
        """Show the changes as a table.

        Returns
        -------
        pandas.DataFrame
            Columns contact_no, field, before, after, why.
        """
        rows = [[one.contact_no, one.field, one.before, one.after, one.why] for one in self.changes]
        return pd.DataFrame(rows, columns=["contact_no", "field", "before", "after", "why"])

    def to_dict(self) -> dict[str, Any]:
        """Give the receipt as plain values.

        Returns
        -------
        dict
            With a list of changes.
        """
        return {
            "contact_no": self.contact_no,
            "as_of": self.as_of,
            "changes": [one.__dict__ for one in self.changes],
            "moved": dict(self.moved),
            "moved_to": self.moved_to,
            "notes": list(self.notes),
            "is_written": self.is_written,
        }

    def _repr_html_(self) -> str:
        return f"<b>{html.escape(self.contact_no)}</b>{self.frame().to_html(index=False)}"


@dataclass(frozen=True)
class DeletionReceipt:
    """What deleting a contact did, or would do.

    Attributes
    ----------
    contact_no : str
        The contact's number.
    as_of : datetime.date
        The day of the work.
    contact_nos : tuple of str
        The contacts that are gone: it, and the people of a company.
    removed : mapping of str to int
        Rows about them that are gone, by table.
    moved : mapping of str to int
        Rows about them that outlive them, by table.
    moved_to : str or None
        Who has those rows now; None where nobody has.
    is_written : bool
        False for a preview.
    """

    contact_no: str
    as_of: dt.date
    contact_nos: tuple[str, ...]
    removed: Mapping[str, int]
    moved: Mapping[str, int]
    moved_to: str | None
    is_written: bool = True

    def frame(self) -> pd.DataFrame:
        """Show what became of the rows as a table.

        Returns
        -------
        pandas.DataFrame
            One row for each table: table, removed_count, moved_count.
        """
        names = sorted({*self.removed, *self.moved})
        rows = [[name, self.removed.get(name, 0), self.moved.get(name, 0)] for name in names]
        return pd.DataFrame(rows, columns=["table", "removed_count", "moved_count"])

    def to_dict(self) -> dict[str, Any]:
        """Give the receipt as plain values.

        Returns
        -------
        dict
            By attribute.
        """
        return {
            "contact_no": self.contact_no,
            "as_of": self.as_of,
            "contact_nos": list(self.contact_nos),
            "removed": dict(self.removed),
            "moved": dict(self.moved),
            "moved_to": self.moved_to,
            "is_written": self.is_written,
        }

    def _repr_html_(self) -> str:
        head = f"{self.contact_no}: {len(self.contact_nos):,} contacts"
        return f"<b>{html.escape(head)}</b>{self.frame().to_html(index=False)}"


@dataclass(frozen=True)
class RowReceipt:
    """What was done to one row about a contact, or would be: an address, a comment, a consent, a web source.

    Attributes
    ----------
    contact_no : str
        The contact's number.
    table : str
        Which table the row is in.
    before : mapping of str to object, or None
        The row before; None where there was none.
    after : mapping of str to object, or None
        The row now; None where it is gone.
    is_written : bool
        False for a preview.
    """

    contact_no: str
    table: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    is_written: bool = True

    def frame(self) -> pd.DataFrame:
        """Show the row as a table.

        Returns
        -------
        pandas.DataFrame
            One row for each field: field, before, after.
        """
        before, after = self.before or {}, self.after or {}
        rows = [[name, before.get(name), after.get(name)] for name in {**before, **after}]
        return pd.DataFrame(rows, columns=["field", "before", "after"])

    def to_dict(self) -> dict[str, Any]:
        """Give the receipt as plain values.

        Returns
        -------
        dict
            By attribute.
        """
        return dict(self.__dict__)

    def _repr_html_(self) -> str:
        return f"<b>{html.escape(self.contact_no)}</b>{self.frame().to_html(index=False)}"
