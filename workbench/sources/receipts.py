"""What a load would do, and what it did."""

from __future__ import annotations

import html
import os
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from workbench.sources import rejects
from workbench.sources.rejects import RejectedRows


@dataclass(frozen=True)
class FileDialect:
    """How a file is written.

    Attributes
    ----------
    encoding : str
        Of a text file, else empty.
    delimiter : str
        Of a text file, else empty.
    sheet : str
        Of a workbook, else empty.
    time_zone : str
        Zone in which times without an offset were read.
    columns : dict of str to str
        How numbers and dates are written, by header: ``"1.234,56"``, ``"dd-mm-yyyy"``.
    """

    encoding: str
    delimiter: str
    sheet: str
    time_zone: str
    columns: dict[str, str]


@dataclass(frozen=True)
class MappedColumn:
    """A column of the file and the field it fills.

    Attributes
    ----------
    header : str
        In the file.
    field : str
        In the table.
    type : str
        Type of the field.
    is_new : bool
        Whether the field is added by the load.
    written_as : str
        How its numbers or dates are written, or empty.
    """

    header: str
    field: str
    type: str
    is_new: bool
    written_as: str


@dataclass(frozen=True)
class LoadPlan:
    """What loading a file would do; `rows` = `new` + `changed` + `unchanged` + `rejected`.

    Attributes
    ----------
    table : str
        The table.
    source : str
        The file's name, or ``"frame"``.
    sha256 : str
        Of the content.
    dialect : FileDialect
        How the file is written.
    columns : tuple of MappedColumn
        Which column fills which field.
    new_fields : tuple of MappedColumn
        Columns that no field takes: to be added, or to be decided about.
    ignored : tuple of str
        Headers of the columns left out.
    rows, new, changed, unchanged, rejected : int
        Rows, blank ones not counted.
    problems : pandas.DataFrame
        One line per problem: row (number in a spreadsheet, the header being row 1), column (the file's header;
        empty when the row as a whole is wrong), value, reason.
    questions : tuple of str
        What a person has to decide before the file can be loaded; empty when it can.
    hints : tuple of str
        How to answer each question.
    notes : tuple of str
        What a person should know.
    rejected_rows : RejectedRows
        What `write_rejects` writes.
    source_kind : str
        ``"HubSpot contact export"``, when the headers tell; else empty.
    source_table : str
        Where rows of such an export go; empty when it is not recognised.
    first_rows : pandas.DataFrame
        The first rows as they were written, under the file's headers; the index is their number in a spreadsheet.
    is_remembered : bool
        Whether columns go where those of such a file went the last time.
    duplicates : pandas.DataFrame or None
        New rows that look like contacts that are there: row, contact_no, score (0 to 1), reasons; the surest first.
        None when it was not asked for.
    values : dict of str to dict
        By header and value of the file, what the value is taken as.
    unknown_values : pandas.DataFrame
        Values that nothing in the store has, or that are no choice of their field: column, field, value, rows, nearest.
    known_values : dict of str to tuple of str
        By header of those, what they may be mapped to.
    """

    table: str
    source: str
    sha256: str
    dialect: FileDialect
    columns: tuple[MappedColumn, ...]
    new_fields: tuple[MappedColumn, ...]
    ignored: tuple[str, ...]
    rows: int
    new: int
    changed: int
    unchanged: int
    rejected: int
    problems: pd.DataFrame
    questions: tuple[str, ...]
    hints: tuple[str, ...]
    notes: tuple[str, ...]
    rejected_rows: RejectedRows = field(repr=False)
    source_kind: str = ""
    source_table: str = ""
    first_rows: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)
    is_remembered: bool = False
    duplicates: pd.DataFrame | None = field(default=None, repr=False)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    unknown_values: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)
    known_values: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    @property
    def mapping(self) -> dict[str, str]:
        """File column to field, as `mapping` takes it."""
        return {column.header: column.field for column in self.columns}

    @property
    def counts(self) -> dict[str, int]:
        """The five counts by name."""
        return {name: getattr(self, name) for name in ("rows", "new", "changed", "unchanged", "rejected")}

    def frame(self) -> pd.DataFrame:
        """Show which column goes where.

        Returns
        -------
        pandas.DataFrame
            One line per column of the file that is loaded: column, field, type, is_new, written_as.
        """
        names = {"column": "header", "field": "field", "type": "type", "is_new": "is_new", "written_as": "written_as"}
        return pd.DataFrame({name: [getattr(c, source) for c in self.columns] for name, source in names.items()})

    def summary(self) -> dict[str, object]:
        """Tell everything but the rows in values that JSON knows.

        Returns
        -------
        dict
            With table, source, source_kind, source_table, sha256, dialect, mapping, is_remembered, new_fields, ignored,
            the counts, questions, notes, values, and the unknown values, problems and duplicates as lists of objects;
            duplicates are null when they were not looked for.
        """
        return {
            "table": self.table,
            "source": self.source,
            "source_kind": self.source_kind,
            "source_table": self.source_table,
            "sha256": self.sha256,
            "dialect": vars(self.dialect),
            "mapping": self.mapping,
            "is_remembered": self.is_remembered,
            "new_fields": {column.field: column.type for column in self.new_fields},
            "ignored": list(self.ignored),
            **self.counts,
            "questions": list(self.questions),
            "notes": list(self.notes),
            "values": self.values,
            "unknown_values": self.unknown_values.to_dict("records"),
            "problems": self.problems.to_dict("records"),
            "duplicates": None if self.duplicates is None else self.duplicates.to_dict("records"),
        }

    def write_rejects(self, path: str | os.PathLike[str]) -> Path:
        """Write the rejected rows in the format they came in, to be corrected and loaded again.

        Parameters
        ----------
        path : str or os.PathLike
            The file to write; for a frame, its ending says the format.

        Returns
        -------
        pathlib.Path
            The file; its last column, `problem`, says what is wrong and is ignored when it is loaded.

        Raises
        ------
        SourceError
            When the ending does not fit the format, or the file cannot be written.
        """
        target = Path(path)
        rejects.write(self.rejected_rows, target)
        return target

    def _repr_html_(self) -> str:
        counts = ", ".join(f"{count:,} {name}" for name, count in self.counts.items())
        texts = "".join(f"<p>{html.escape(text)}</p>" for text in (*self.questions, *self.notes))
        problems = self.problems.head(20).to_html(index=False, border=0) if len(self.problems) else ""
        title = html.escape(f"{self.source} to {self.table}: {counts}")
        return f"<p><b>{title}</b></p>{texts}{self.frame().to_html(index=False, border=0)}{problems}"


@dataclass(frozen=True)
class LoadReceipt(LoadPlan):
    """What loading a file did.

    Attributes
    ----------
    load_no : int or None
        Number of the load; None when the file changed nothing and so nothing was written.
    revision : int
        The store's revision after it.
    """

    load_no: int | None = None
    revision: int = 0
