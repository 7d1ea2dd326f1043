"""What is held about somebody, what an erasure did, and which files held somebody."""

from __future__ import annotations

import datetime as dt
import html
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from pipelines.schema import Column


@dataclass(frozen=True)
class Section:
    """The rows of one kind that are held about somebody.

    Attributes
    ----------
    name : str
        The table, or what the rows are.
    meaning : str
        What one row is.
    purpose : str
        What the rows are kept for.
    columns : tuple of Column
        With their meanings, in the order of the rows.
    rows : pandas.DataFrame
        The rows.
    """

    name: str
    meaning: str
    purpose: str
    columns: tuple[Column, ...]
    rows: pd.DataFrame = field(repr=False)


@dataclass(frozen=True)
class Access:
    """Everything that is held about one contact.

    Attributes
    ----------
    contact_no : str
        Its number.
    name : str
        Its name.
    as_of : datetime.date
        The day of the answer.
    sections : tuple of Section
        The contact itself first, then all that has rows.
    """

    contact_no: str
    name: str
    as_of: dt.date
    sections: tuple[Section, ...] = field(repr=False)

    def section(self, name: str) -> Section | None:
        """Find the rows of one kind.

        Parameters
        ----------
        name : str
            As in `Section.name`.

        Returns
        -------
        Section or None
            None where there are none.
        """
        return next((section for section in self.sections if section.name == name), None)

    def frame(self) -> pd.DataFrame:
        """Show how much is held of what.

        Returns
        -------
        pandas.DataFrame
            Columns held, row_count, meaning, purpose.
        """
        rows = [(one.name, len(one.rows), one.meaning, one.purpose) for one in self.sections]
        return pd.DataFrame(rows, columns=["held", "row_count", "meaning", "purpose"])

    def _repr_html_(self) -> str:
        head = f"<b>{html.escape(self.contact_no)} {html.escape(self.name)}</b>"
        return head + self.frame().to_html(index=False)


@dataclass(frozen=True)
class AccessFile:
    """The file that answers somebody who asks what is held about her.

    Attributes
    ----------
    path : pathlib.Path
        A ZIP with the same content twice: JSON for programs, HTML to read.
    contact_no : str
        Whose.
    row_count : int
        Rows of all sections.
    bytes : int
        Its size.
    sha256 : str
        Its digest.
    """

    path: Path
    contact_no: str
    row_count: int
    bytes: int
    sha256: str

    def frame(self) -> pd.DataFrame:
        """Show the file as a table of one row.

        Returns
        -------
        pandas.DataFrame
            A column for each attribute.
        """
        return pd.DataFrame([{**self.__dict__, "path": str(self.path)}])

    def _repr_html_(self) -> str:
        return f"<p>{self.row_count:,} rows in {html.escape(str(self.path))} ({self.bytes:,} bytes)</p>"


@dataclass(frozen=True)
class HeldExports:
    """The files that held a contact.

    Attributes
    ----------
    contact_no : str
        Whose; it may be erased.
    exports : pandas.DataFrame
        The latest first: export_no, place, format, segment_name, sha256, row_count, exported_at (UTC), exported_by.
    """

    contact_no: str
    exports: pd.DataFrame = field(repr=False)

    def frame(self) -> pd.DataFrame:
        """Show the files.

        Returns
        -------
        pandas.DataFrame
            `exports`.
        """
        return self.exports

    def _repr_html_(self) -> str:
        head = f"<b>{len(self.exports):,} files held {html.escape(self.contact_no)}</b>"
        return head + self.exports.to_html(index=False)


@dataclass(frozen=True)
class Erasure:
    """What an erasure did, or would do.

    Attributes
    ----------
    contact_nos : tuple of str
        The contact asked for first, then its people where those were erased with it.
    as_of : datetime.date
        The day.
    reason : str
        Why, as given.
    rows : pandas.DataFrame
        One row for each table that held anything: table, row_count, kept_count (without identity), removed_count;
        the last two add up to the first.
    exports : pandas.DataFrame
        Files that held them, as in `HeldExports`.
    mentions : pandas.DataFrame
        Definitions that name them: place, named.
    notes : tuple of str
        What is left to do by hand.
    is_written : bool
        False for a preview.
    """

    contact_nos: tuple[str, ...]
    as_of: dt.date
    reason: str
    rows: pd.DataFrame = field(repr=False)
    exports: pd.DataFrame = field(repr=False)
    mentions: pd.DataFrame = field(repr=False)
    notes: tuple[str, ...] = ()
    is_written: bool = True

    @property
    def removed_count(self) -> int:
        """Rows removed in all."""
        return int(self.rows["removed_count"].sum())

    @property
    def kept_count(self) -> int:
        """Rows kept without identity."""
        return int(self.rows["kept_count"].sum())

    def frame(self) -> pd.DataFrame:
        """Show what became of the rows.

        Returns
        -------
        pandas.DataFrame
            `rows`.
        """
        return self.rows

    def to_dict(self) -> dict[str, Any]:
        """Give the erasure as plain values.

        Returns
        -------
        dict
            A key for each attribute; frames as lists of rows.
        """
        frames = {name: getattr(self, name) for name in ("rows", "exports", "mentions")}
        return {
            **{key: value for key, value in self.__dict__.items() if key not in frames},
            **{name: frame.to_dict(orient="records") for name, frame in frames.items()},
        }

    def _repr_html_(self) -> str:
        done = "erased" if self.is_written else "would be erased"
        notes = "".join(f"<p>{html.escape(note)}</p>" for note in self.notes)
        return f"<b>{html.escape(', '.join(self.contact_nos))} {done}</b>{self.rows.to_html(index=False)}{notes}"


@dataclass(frozen=True)
class Erasures:
    """What was erased.

    Attributes
    ----------
    erasures : pandas.DataFrame
        The latest first: contact_id (which no other contact gets), reason, erased_at (UTC), erased_by.
    """

    erasures: pd.DataFrame = field(repr=False)

    def frame(self) -> pd.DataFrame:
        """Show the erasures.

        Returns
        -------
        pandas.DataFrame
            `erasures`.
        """
        return self.erasures

    def _repr_html_(self) -> str:
        return f"<b>{len(self.erasures):,} contacts were erased</b>{self.erasures.to_html(index=False)}"


@dataclass(frozen=True)
class Compaction:
    """What writing the store anew gave.

    Attributes
    ----------
    bytes_before, bytes_after : int
        The size of the file; 0 for a store in memory.
    """

    bytes_before: int
    bytes_after: int

    def frame(self) -> pd.DataFrame:
        """Show the sizes as a table of one row.

        Returns
        -------
        pandas.DataFrame
            Columns bytes_before and bytes_after.
        """
        return pd.DataFrame([self.__dict__])

    def _repr_html_(self) -> str:
        return f"<p>{self.bytes_before:,} bytes before, {self.bytes_after:,} after</p>"
