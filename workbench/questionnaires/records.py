"""Profile questionnaires as their users see them: headers, lines, points of ratings."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from typing import Any

import pandas as pd

from workbench.errors import NotFoundError

RATING = "rating"


@dataclass(frozen=True)
class Line:
    """A question, or an answer to the question before it (Business Central, table 5088).

    Attributes
    ----------
    line_no : int
        Its place in the questionnaire.
    type : str
        ``"question"`` or ``"answer"``.
    description : str or None
        Its text.
    has_multiple_answers : bool
        Whether a contact may give several answers to the question.
    is_auto_classified : bool
        Whether figures answer the question.
    customer_class_field, vendor_class_field, contact_class_field : str or None
        Which figure; one of the three at most.
    starting_date_formula, ending_date_formula : str or None
        First and last day that counts, from the day of the run.
    classification_method : str or None
        ``"defined_value"``, ``"percentage_of_value"`` or ``"percentage_of_contacts"``.
    sorting_method : str or None
        ``"descending"`` or ``"ascending"``, for the two percentages.
    decimal_count : float or None
        Decimals that figures are rounded to, -25 to 25.
    min_answered_rate : float or None
        Share of the rated questions that a contact must have answered, 0 to 1; of ratings.
    from_value, to_value : float or None
        Lowest and highest figure of the answer.
    priority : str or None
        Of the answer; ``"very_low"`` ones are not shown on the contact's card.
    contact_count : int
        How many contacts have the answer; 0 for questions.
    """

    line_no: int
    type: str
    description: str | None = None
    has_multiple_answers: bool = False
    is_auto_classified: bool = False
    customer_class_field: str | None = None
    vendor_class_field: str | None = None
    contact_class_field: str | None = None
    starting_date_formula: str | None = None
    ending_date_formula: str | None = None
    classification_method: str | None = None
    sorting_method: str | None = None
    decimal_count: float | None = None
    min_answered_rate: float | None = None
    from_value: float | None = None
    to_value: float | None = None
    priority: str | None = None
    contact_count: int = 0

    @property
    def is_question(self) -> bool:
        """Whether it is a question."""
        return self.type == "question"

    @property
    def is_rating(self) -> bool:
        """Whether it is a question that points of other answers decide."""
        return self.is_question and self.contact_class_field == RATING

    @property
    def class_field(self) -> str | None:
        """The figure that answers the question, whichever of the three it is."""
        return self.customer_class_field or self.vendor_class_field or self.contact_class_field

    @property
    def text(self) -> str:
        """The description, or the number of the line where it has none."""
        return self.description or f"{self.line_no}"


LINE_FIELDS = tuple(item.name for item in fields(Line) if item.name not in ("line_no", "contact_count"))


@dataclass(frozen=True)
class Rating:
    """Points that an answer gives towards a rating question (Business Central, table 5111).

    Attributes
    ----------
    line_no : int
        The line of the rating question.
    rated_questionnaire_code : str
        Questionnaire of the answer.
    rated_line_no : int
        Line of the answer.
    points : float
        The points.
    """

    line_no: int
    rated_questionnaire_code: str
    rated_line_no: int
    points: float


@dataclass(frozen=True)
class Questionnaire:
    """A profile questionnaire with its lines (Business Central, table 5087).

    Attributes
    ----------
    questionnaire_code : str
        Its code.
    description : str or None
        What it is about.
    contact_type : str or None
        ``"companies"``, ``"people"`` or None for both.
    business_relation_code : str or None
        Only contacts of this business relation are asked.
    priority : str
        ``"very_low"`` to ``"very_high"``.
    contact_count : int
        Contacts with an answer.
    lines : tuple of Line
        By number.
    ratings : tuple of Rating
        The points of its rating questions.
    """

    questionnaire_code: str
    description: str | None = None
    contact_type: str | None = None
    business_relation_code: str | None = None
    priority: str = "normal"
    contact_count: int = 0
    lines: tuple[Line, ...] = ()
    ratings: tuple[Rating, ...] = ()

    @property
    def questions(self) -> tuple[Line, ...]:
        """Its questions."""
        return tuple(line for line in self.lines if line.is_question)

    def line(self, line_no: float) -> Line:
        """Look a line up.

        Parameters
        ----------
        line_no : int
            Its number.

        Returns
        -------
        Line
            The line.

        Raises
        ------
        NotFoundError
            When there is none.
        """
        for line in self.lines:
            if line.line_no == line_no:
                return line
        known = ", ".join(str(line.line_no) for line in self.lines[:40])
        raise NotFoundError(
            f"{self.questionnaire_code} has no line {line_no:g}.", f"Known: {known}." if known else "Add lines first."
        )

    def question_of(self, line: Line) -> Line | None:
        """Find the question that an answer belongs to.

        Parameters
        ----------
        line : Line
            An answer.

        Returns
        -------
        Line or None
            The last question before it.
        """
        before = [question for question in self.questions if question.line_no < line.line_no]
        return before[-1] if before else None

    def answers_of(self, question: Line) -> tuple[Line, ...]:
        """List the answers to a question.

        Parameters
        ----------
        question : Line
            One of its questions.

        Returns
        -------
        tuple of Line
            Those up to the next question.
        """
        end = self.end_of(question)
        return tuple(line for line in self.lines if question.line_no < line.line_no < end)

    def end_of(self, question: Line) -> float:
        """Tell where the answers to a question end.

        Parameters
        ----------
        question : Line
            One of its questions.

        Returns
        -------
        float
            The number of the next question; infinite behind the last one.
        """
        return min((each.line_no for each in self.questions if each.line_no > question.line_no), default=float("inf"))

    def to_dict(self) -> dict[str, Any]:
        """Give the questionnaire as plain values.

        Returns
        -------
        dict
            With lists of lines and ratings.
        """
        return asdict(self)

    def frame(self) -> pd.DataFrame:
        """Show the lines as a table.

        Returns
        -------
        pandas.DataFrame
            One row for each, with the columns of `Line`.
        """
        names = [item.name for item in fields(Line)]
        return pd.DataFrame([[getattr(line, name) for name in names] for line in self.lines], columns=names)

    def _repr_html_(self) -> str:
        head = html.escape(f"{self.questionnaire_code}: {self.description or ''}")
        columns = ["line_no", "type", "description", "from_value", "to_value", "contact_count"]
        return f"<b>{head}</b>{self.frame()[columns].to_html(index=False, na_rep='')}"


@dataclass(frozen=True)
class QuestionnaireList:
    """The questionnaires of a store.

    Attributes
    ----------
    questionnaires : tuple of Questionnaire
        By code.
    """

    questionnaires: tuple[Questionnaire, ...]

    def __iter__(self) -> Iterator[Questionnaire]:
        return iter(self.questionnaires)

    def __len__(self) -> int:
        return len(self.questionnaires)

    def frame(self) -> pd.DataFrame:
        """Show the list as a table.

        Returns
        -------
        pandas.DataFrame
            Columns questionnaire_code, description, contact_type, business_relation_code, priority, question_count,
            contact_count.
        """
        names = ["questionnaire_code", "description", "contact_type", "business_relation_code", "priority"]
        rows = [
            [*(getattr(one, name) for name in names), len(one.questions), one.contact_count]
            for one in self.questionnaires
        ]
        return pd.DataFrame(rows, columns=[*names, "question_count", "contact_count"])

    def _repr_html_(self) -> str:
        return self.frame().to_html(index=False, na_rep="")
