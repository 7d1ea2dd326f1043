"""What reports say, before they are printed."""

from __future__ import annotations

import datetime as dt
import html
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.questionnaires.paper import Handout, TestResult

REMARKS = {
    "for_your_information": "For your information",
    "as_agreed": "As agreed",
    "please_call": "Please call",
    "please_comment": "Please comment",
    "for_approval": "For your approval",
    "for_signature": "Please sign",
    "please_return": "Please return",
    "with_thanks": "With thanks",
}
"""The check boxes of a cover sheet."""


@dataclass(frozen=True)
class Report:
    """What every report on contacts has.

    Attributes
    ----------
    as_of : datetime.date
        Its day.
    contact_ids : numpy.ndarray of int
        Whom it holds.
    segment_name : str or None
        The segment it is of, where it is of one.
    notes : tuple of str
        Who was left out, and other things to know.
    """

    as_of: dt.date
    contact_ids: npt.NDArray[np.int64] = field(repr=False, compare=False)
    segment_name: str | None
    notes: tuple[str, ...]
    title: ClassVar[str]
    is_table: ClassVar[bool] = True

    def frame(self) -> pd.DataFrame:
        """Show the report as a table.

        Returns
        -------
        pandas.DataFrame
            Its rows.
        """
        raise NotImplementedError

    def _repr_html_(self) -> str:
        notes = "".join(f"<p>{html.escape(note)}</p>" for note in self.notes)
        return f"<b>{self.title} as of {self.as_of.isoformat()}</b>{self.frame().to_html(index=False)}{notes}"


@dataclass(frozen=True)
class ContactList(Report):
    """Contact - List (report 5050).

    Attributes
    ----------
    rows : pandas.DataFrame
        One row for each contact: contact_no, type, name, address, city, post_code, county, country_code, cost_amount,
        duration_minutes, opportunity_count, estimated_amount, calculated_amount, next_task_on.
    """

    rows: pd.DataFrame = field(repr=False)
    title: ClassVar[str] = "Contact list"

    def frame(self) -> pd.DataFrame:
        """Show the contacts.

        Returns
        -------
        pandas.DataFrame
            `rows`.
        """
        return self.rows


@dataclass(frozen=True)
class CompanySummary(Report):
    """Contact - Company Summary (report 5051).

    Attributes
    ----------
    companies : pandas.DataFrame
        contact_no, name, address, city, post_code, county, country_code, phone_no, email.
    people : pandas.DataFrame
        Those of each company: company_no, contact_no, name, job_title, phone_no, email.
    tasks : pandas.DataFrame
        Of the company and its people: company_no, contact_no, dated_on, type, description, status, salesperson_code.
    interactions : pandas.DataFrame
        Likewise, not postponed, the latest first: company_no, contact_no, occurred_on, interaction_template_code,
        description, information_flow, salesperson_code.
    """

    companies: pd.DataFrame = field(repr=False)
    people: pd.DataFrame = field(repr=False)
    tasks: pd.DataFrame = field(repr=False)
    interactions: pd.DataFrame = field(repr=False)
    title: ClassVar[str] = "Company summary"

    def frame(self) -> pd.DataFrame:
        """Show everything as one table.

        Returns
        -------
        pandas.DataFrame
            Column kind says what a row is: company, person, task or interaction; `company_no` whose.
        """
        parts = {"company": self.companies.assign(company_no=self.companies["contact_no"]), "person": self.people}
        return stacked({**parts, "task": self.tasks, "interaction": self.interactions}, "company_no")


@dataclass(frozen=True)
class PersonSummary(Report):
    """Contact - Person Summary (report 5053).

    Attributes
    ----------
    people : pandas.DataFrame
        contact_no, name, job_title, company_name, address, city, post_code, county, country_code, phone_no, email.
    tasks : pandas.DataFrame
        contact_no, dated_on, type, description, status, salesperson_code.
    interactions : pandas.DataFrame
        Not postponed, the latest first: contact_no, occurred_on, interaction_template_code, description,
        information_flow, salesperson_code.
    """

    people: pd.DataFrame = field(repr=False)
    tasks: pd.DataFrame = field(repr=False)
    interactions: pd.DataFrame = field(repr=False)
    title: ClassVar[str] = "Person summary"

    def frame(self) -> pd.DataFrame:
        """Show everything as one table.

        Returns
        -------
        pandas.DataFrame
            Column kind says what a row is: person, task or interaction; `contact_no` whose.
        """
        return stacked({"person": self.people, "task": self.tasks, "interaction": self.interactions}, "contact_no")


@dataclass(frozen=True)
class CoverSheets(Report):
    """Contact Cover Sheet (report 5055), a page for each contact.

    Attributes
    ----------
    sheets : tuple of CoverSheet
        In the order of the contacts.
    letter_head : tuple of str
        Our own lines at the top.
    remarks : tuple of str
        Which of `REMARKS` are checked.
    text : str
        Free text.
    logged_count : int
        Interactions written, or that would be.
    is_logged : bool
        Whether they were written.
    """

    sheets: tuple[CoverSheet, ...]
    letter_head: tuple[str, ...]
    remarks: tuple[str, ...]
    text: str
    logged_count: int = 0
    is_logged: bool = False
    title: ClassVar[str] = "Cover sheet"
    is_table: ClassVar[bool] = False

    def frame(self) -> pd.DataFrame:
        """Show whom the sheets are for.

        Returns
        -------
        pandas.DataFrame
            Columns contact_no, addressee (with line ends), salutation.
        """
        rows = [(one.contact_no, "\n".join(one.lines), one.salutation) for one in self.sheets]
        return pd.DataFrame(rows, columns=["contact_no", "addressee", "salutation"], dtype="str")


@dataclass(frozen=True)
class CoverSheet:
    """One page.

    Attributes
    ----------
    contact_no : str
        For whom.
    lines : tuple of str
        Name and address.
    salutation : str
        As the contact's salutation formula has it; empty where there is none.
    """

    contact_no: str
    lines: tuple[str, ...]
    salutation: str


@dataclass(frozen=True)
class LabelFormat:
    """A sheet of labels on A4: 210 by 297 mm.

    Attributes
    ----------
    name : str
        Height by width of a label in millimetres.
    height, width : float
        Of a label.
    columns, rows : int
        Labels beside and below each other.
    """

    name: str
    height: float
    width: float
    columns: int
    rows: int = 8

    @property
    def per_sheet(self) -> int:
        """Labels on a sheet."""
        return self.columns * self.rows

    @property
    def left(self) -> float:
        """Margin on the left and on the right, in millimetres."""
        return (210 - self.columns * self.width) / 2

    @property
    def top(self) -> float:
        """Margin at the top and at the bottom, in millimetres."""
        return (297 - self.rows * self.height) / 2

    def corner(self, place: int) -> tuple[float, float]:
        """Tell where a label is.

        Parameters
        ----------
        place : int
            On its sheet, from 0, row by row.

        Returns
        -------
        tuple of float
            Millimetres from the left and from the top.
        """
        row, column = divmod(place, self.columns)
        return self.left + column * self.width, self.top + row * self.height


LABEL_FORMATS = {
    one.name: one
    for one in (
        LabelFormat("36x70", 36, 70, 3),
        LabelFormat("37x70", 37, 70, 3),
        LabelFormat("36x105", 36, 105, 2),
        LabelFormat("37x105", 37, 105, 2),
    )
}
"""The formats of report 5056."""


@dataclass(frozen=True)
class Labels(Report):
    """Contact - Labels (report 5056).

    Attributes
    ----------
    format : LabelFormat
        The sheet.
    rows : pandas.DataFrame
        One row for each label: contact_no, block (lines with line ends between them).
    skip : int
        Labels that are used up on the first sheet.
    """

    format: LabelFormat
    rows: pd.DataFrame = field(repr=False)
    skip: int
    title: ClassVar[str] = "Labels"
    is_table: ClassVar[bool] = False

    @property
    def sheet_count(self) -> int:
        """Sheets that are needed."""
        return -(-(len(self.rows) + self.skip) // self.format.per_sheet) if len(self.rows) else 0

    def frame(self) -> pd.DataFrame:
        """Show the labels.

        Returns
        -------
        pandas.DataFrame
            `rows`.
        """
        return self.rows


@dataclass(frozen=True)
class QuestionnaireHandout(Report):
    """Questionnaire - Handouts (report 5066).

    Attributes
    ----------
    handout : Handout
        Questions and answers.
    """

    handout: Handout
    title: ClassVar[str] = "Questionnaire"
    is_table: ClassVar[bool] = False

    def frame(self) -> pd.DataFrame:
        """Show the lines.

        Returns
        -------
        pandas.DataFrame
            As `Handout.frame`.
        """
        return self.handout.frame()


@dataclass(frozen=True)
class QuestionnaireTest(Report):
    """Questionnaire - Test (report 5067).

    Attributes
    ----------
    result : TestResult
        The warnings.
    """

    result: TestResult
    title: ClassVar[str] = "Questionnaire test"
    is_table: ClassVar[bool] = False

    def frame(self) -> pd.DataFrame:
        """Show the warnings.

        Returns
        -------
        pandas.DataFrame
            As `TestResult.frame`.
        """
        return self.result.frame()


@dataclass(frozen=True)
class ReportFile:
    """A report that was written.

    Attributes
    ----------
    path : pathlib.Path
        The file.
    format : str
        ``"pdf"``, ``"csv"``, ``"xlsx"`` or ``"parquet"``.
    pages : int or None
        Of a PDF.
    rows : int
        Of the report.
    bytes : int
        Its size.
    sha256 : str
        Its digest; equal reports of equal days give equal PDF.
    notes : tuple of str
        Those of the report, and what could not be printed as it is.
    """

    path: Path
    format: str
    pages: int | None
    rows: int
    bytes: int
    sha256: str
    notes: tuple[str, ...]

    def frame(self) -> pd.DataFrame:
        """Show the file as a table of one row.

        Returns
        -------
        pandas.DataFrame
            A column for each attribute but the notes.
        """
        row = {name: value for name, value in self.__dict__.items() if name != "notes"}
        return pd.DataFrame([{**row, "path": str(self.path)}])

    def _repr_html_(self) -> str:
        notes = "".join(f"<p>{html.escape(note)}</p>" for note in self.notes)
        return f"<p>{html.escape(str(self.path))} ({self.bytes:,} bytes)</p>{notes}"


def stacked(parts: dict[str, pd.DataFrame], whose: str) -> pd.DataFrame:
    """Put the rows of each contact or campaign together, in their order.

    Parameters
    ----------
    parts : dict of str to pandas.DataFrame
        Rows by kind; the first has one for each.
    whose : str
        The column that says whose a row is.

    Returns
    -------
    pandas.DataFrame
        The column `whose`, then kind, then those of all parts, as text and days.
    """
    first = next(iter(parts.values()))
    order = {number: place for place, number in enumerate(first[whose])}
    kinds = {kind: place for place, kind in enumerate(parts)}
    columns = list(dict.fromkeys(name for part in parts.values() for name in part.columns))
    told = [part.reindex(columns=columns).assign(kind=kind) for kind, part in parts.items()]
    rows = pd.concat(told, ignore_index=True)
    place = pd.DataFrame({"whose": rows[whose].map(order), "kind": rows["kind"].map(kinds)})
    ordered = rows.loc[place.sort_values(["whose", "kind"], kind="stable").index]
    front = list(dict.fromkeys([whose, "kind", *columns]))
    dtypes = {name: "datetime64[us]" if name.endswith("_on") else "str" for name in front}
    return ordered[front].astype(dtypes).reset_index(drop=True)
