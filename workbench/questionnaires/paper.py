"""Questionnaires on paper: handouts to fill in, and a test of what is missing."""

from __future__ import annotations

import html
from dataclasses import dataclass

import pandas as pd

from pipelines.classification import DEFINED_VALUE, rounded
from workbench.questionnaires import rows
from workbench.questionnaires.records import Line, Questionnaire
from workbench.setup.work import Work


@dataclass(frozen=True)
class Warning_:  # noqa: N801  (Warning is Python's own)
    """Something that is missing in a questionnaire.

    Attributes
    ----------
    questionnaire_code : str
        Which questionnaire.
    line_no : int
        Which line.
    type, description : str
        What the line is, and its text.
    warning : str
        What is missing.
    """

    questionnaire_code: str
    line_no: int
    type: str
    description: str
    warning: str


@dataclass(frozen=True)
class TestResult:
    """What is missing in questionnaires (Questionnaire - Test, report 5067).

    Attributes
    ----------
    warnings : tuple of Warning_
        By questionnaire and line; empty where nothing is missing.
    """

    __test__ = False  # no tests of pytest's

    warnings: tuple[Warning_, ...]

    def frame(self) -> pd.DataFrame:
        """Show the warnings as a table.

        Returns
        -------
        pandas.DataFrame
            Columns questionnaire_code, line_no, type, description, warning.
        """
        names = ["questionnaire_code", "line_no", "type", "description", "warning"]
        return pd.DataFrame([[getattr(one, name) for name in names] for one in self.warnings], columns=names)

    def _repr_html_(self) -> str:
        return self.frame().to_html(index=False)


@dataclass(frozen=True)
class Handout:
    """A questionnaire to be filled in on paper (Questionnaire - Handouts, report 5066).

    Attributes
    ----------
    questionnaire_code, description : str
        Its code, and what it is about.
    with_classification : bool
        Whether questions that are answered automatically are on it.
    lines : pandas.DataFrame
        One row for each question and answer in their order: type, text, number_of_answers (``multiple`` or
        ``one_only`` for questions, blank for answers), is_auto_classified.
    """

    questionnaire_code: str
    description: str
    with_classification: bool
    lines: pd.DataFrame

    def frame(self) -> pd.DataFrame:
        """Show the lines as a table.

        Returns
        -------
        pandas.DataFrame
            As `lines`.
        """
        return self.lines

    def _repr_html_(self) -> str:
        return f"<b>{html.escape(self.description)}</b>{self.lines.to_html(index=False)}"


class Papers(Work):
    """Reports on questionnaires."""

    def test(self, questionnaire_code: str | None = None) -> TestResult:
        """Find what is missing before a questionnaire can be used.

        Parameters
        ----------
        questionnaire_code : str, optional
            Which questionnaire; all of them where absent.

        Returns
        -------
        TestResult
            Automatic questions without figure, dates, method or sorting; questions without answers; answers to
            automatic questions without bounds, or with bounds that nothing lies between; bounds that have other
            decimals than the question; answers without a question before them.

        Raises
        ------
        NotFoundError
            When there is no such questionnaire.
        """
        with self._database.reading() as con:
            known = rows.all_of(con)
        chosen = known.values() if questionnaire_code is None else [rows.found(known, questionnaire_code)]
        return TestResult(
            tuple(
                Warning_(one.questionnaire_code, line.line_no, line.type, line.text, text)
                for one in chosen
                for line in one.lines
                for text in (_of_question(one, line) if line.is_question else _of_answer(one, line))
            )
        )

    def handout(self, questionnaire_code: str, *, with_classification: bool = False) -> Handout:
        """Lay a questionnaire out for paper.

        Parameters
        ----------
        questionnaire_code : str
            Which questionnaire.
        with_classification : bool, optional
            Also the questions that are answered automatically.

        Returns
        -------
        Handout
            Questions and answers in their order.

        Raises
        ------
        NotFoundError
            When there is no such questionnaire.
        """
        with self._database.reading() as con:
            one = rows.found(rows.all_of(con), questionnaire_code)
        lines = [
            row
            for question in one.questions
            if with_classification or not question.is_auto_classified
            for row in _printed(one, question)
        ]
        names = ["type", "text", "number_of_answers", "is_auto_classified"]
        head = one.description or questionnaire_code
        return Handout(questionnaire_code, head, with_classification, pd.DataFrame(lines, columns=names))


def _printed(one: Questionnaire, question: Line) -> list[tuple[str, str, str, bool]]:
    is_auto = question.is_auto_classified
    number = "multiple" if question.has_multiple_answers else "one_only"
    answers = [("answer", line.text, "", is_auto) for line in one.answers_of(question)]
    return [("question", question.text, number, is_auto), *answers]


def _of_question(one: Questionnaire, question: Line) -> list[str]:
    found = _of_automatic(question) if question.is_auto_classified else []
    if not one.answers_of(question):
        found.append("It has no answers.")
    return found


def _of_automatic(question: Line) -> list[str]:
    needed = ["classification_method"]
    if not question.is_rating:
        needed = ["starting_date_formula", "ending_date_formula", *needed]
    if question.classification_method not in (None, DEFINED_VALUE):
        needed.append("sorting_method")
    found = [] if question.class_field else ["It is classified automatically but has no figure."]
    return found + [
        f"It is classified automatically but has no {field}." for field in needed if not getattr(question, field)
    ]


def _of_answer(one: Questionnaire, answer: Line) -> list[str]:
    question = one.question_of(answer)
    if question is None:
        return ["There is no question before it."]
    found = []
    if question.is_auto_classified and not answer.from_value and not answer.to_value:
        found.append("It has neither from_value nor to_value, so nobody gets it.")
    if answer.from_value and answer.to_value and answer.from_value > answer.to_value:
        found.append("Its from_value is above its to_value, so nobody gets it.")
    decimals = int(question.decimal_count or 0)
    for field in ("from_value", "to_value"):
        value = getattr(answer, field) or 0.0
        if rounded([value], decimals)[0] != value:
            found.append(f"Its {field} is {value:g}, but its question is rounded to {decimals} decimals.")
    return found
