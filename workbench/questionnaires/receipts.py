"""What was done to questionnaires and profiles, or would be: the same for a preview."""

from __future__ import annotations

import datetime as dt
import html
from dataclasses import asdict, dataclass, field, fields
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class ChangeReceipt:
    """What saving a header, a line or points of a rating did, or would do.

    Attributes
    ----------
    questionnaire_code : str
        Which questionnaire.
    line_no : int or None
        Which line; None for the header.
    is_new : bool
        Whether it was not there before.
    changed : dict of str to object
        The fields that are different now, with their new values; those that follow from others too.
    updated_answers : int
        Answers of contacts that took over a new text or priority.
    is_written : bool
        False for a preview.
    """

    questionnaire_code: str
    line_no: int | None
    is_new: bool
    changed: dict[str, Any] = field(hash=False)
    updated_answers: int = 0
    is_written: bool = True

    def frame(self) -> pd.DataFrame:
        """Show what is different now as a table.

        Returns
        -------
        pandas.DataFrame
            Columns field, value.
        """
        return pd.DataFrame(list(self.changed.items()), columns=["field", "value"])

    def to_dict(self) -> dict[str, Any]:
        """Give the receipt as plain values.

        Returns
        -------
        dict
            By attribute.
        """
        return asdict(self)

    def _repr_html_(self) -> str:
        return self.frame().to_html(index=False)


@dataclass(frozen=True)
class DeletionReceipt:
    """What was deleted, or would be.

    Attributes
    ----------
    questionnaire_code : str
        Which questionnaire.
    line_no : int or None
        Which line; None for the whole questionnaire.
    line_count : int
        Lines that went.
    rating_count : int
        Answers whose points went.
    is_written : bool
        False for a preview.
    """

    questionnaire_code: str
    line_no: int | None
    line_count: int
    rating_count: int
    is_written: bool

    def frame(self) -> pd.DataFrame:
        """Show the receipt as a table.

        Returns
        -------
        pandas.DataFrame
            Columns field, value.
        """
        return pd.DataFrame(list(asdict(self).items()), columns=["field", "value"])

    def _repr_html_(self) -> str:
        return self.frame().to_html(index=False)


@dataclass(frozen=True)
class AnswerReceipt:
    """What answering a question for a contact did, or would do.

    Attributes
    ----------
    contact_no : str
        Whose profile.
    questionnaire_code : str
        Which questionnaire.
    line_no : int
        The line of the answer.
    question, answer : str
        Their texts.
    rated : pandas.DataFrame
        The ratings that the answer feeds, directly or not, with what they come to now: questionnaire_code, line_no
        (of the rating question), question, points, answered_rate, answer (blank for none).
    is_written : bool
        False for a preview.
    """

    contact_no: str
    questionnaire_code: str
    line_no: int
    question: str
    answer: str
    rated: pd.DataFrame = field(compare=False)
    is_written: bool = True

    def frame(self) -> pd.DataFrame:
        """Show the ratings as a table.

        Returns
        -------
        pandas.DataFrame
            As `rated`.
        """
        return self.rated

    def to_dict(self) -> dict[str, Any]:
        """Give the receipt as plain values.

        Returns
        -------
        dict
            With a list of ratings.
        """
        values = {item.name: getattr(self, item.name) for item in fields(self) if item.name != "rated"}
        return {**values, "rated": self.rated.to_dict(orient="records")}

    def _repr_html_(self) -> str:
        head = html.escape(f"{self.contact_no}: {self.question}: {self.answer}")
        return f"<b>{head}</b>{self.rated.to_html(index=False)}"


@dataclass(frozen=True)
class RunReceipt:
    """What a run of automatic classification did, or would do.

    Attributes
    ----------
    as_of : datetime.date
        The day of the run.
    questions : pandas.DataFrame
        One row for each question, ratings last: questionnaire_code, line_no, question, figure, method, since, until,
        population (contacts with a figure), total (the sum of all figures).
    answers : pandas.DataFrame
        One row for each answer: questionnaire_code, question_line_no, question, line_no, answer, contact_count,
        before_count (before the run).
    figures : pandas.DataFrame
        One row for each contact with a figure and question: contact_no, questionnaire_code, line_no (of the question),
        figure, compared (as the method compares it), answered_rate (of ratings).
    notes : tuple of str
        Things to know that are no errors.
    is_written : bool
        False for a preview.
    """

    as_of: dt.date
    questions: pd.DataFrame = field(compare=False)
    answers: pd.DataFrame = field(compare=False)
    figures: pd.DataFrame = field(compare=False)
    notes: tuple[str, ...] = ()
    is_written: bool = True

    def frame(self) -> pd.DataFrame:
        """Show how many contacts have each answer.

        Returns
        -------
        pandas.DataFrame
            As `answers`.
        """
        return self.answers

    def to_dict(self) -> dict[str, Any]:
        """Give the receipt as plain values, without the figures of contacts.

        Returns
        -------
        dict
            With lists of questions and answers.
        """
        return {
            "as_of": self.as_of,
            "questions": self.questions.astype(object).where(self.questions.notna(), None).to_dict(orient="records"),
            "answers": self.answers.to_dict(orient="records"),
            "notes": list(self.notes),
            "is_written": self.is_written,
        }

    def _repr_html_(self) -> str:
        return f"<b>{self.as_of}</b>{self.answers.to_html(index=False)}"
