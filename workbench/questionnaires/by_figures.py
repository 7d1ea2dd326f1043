"""Questions that figures of customers, vendors or contacts answer."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from pipelines import classification, date_formula
from pipelines.classification import DEFINED_VALUE
from workbench.errors import RuleError
from workbench.questionnaires import totals
from workbench.questionnaires.classified import Classified, same_day
from workbench.questionnaires.people import Flags, People, asked, marked
from workbench.questionnaires.records import Line, Questionnaire
from workbench.questionnaires.totals import Period
from workbench.store import Connection

_TEST = "`workbench questionnaire test` lists everything that is missing."


def period_of(questionnaire: Questionnaire, question: Line, as_of: dt.date, zone: str) -> Period:
    """Check that a question can be classified, and find the days it looks at.

    Parameters
    ----------
    questionnaire : Questionnaire
        Its questionnaire.
    question : Line
        A question that figures answer.
    as_of : datetime.date
        The day of the run.
    zone : str
        Where days begin.

    Returns
    -------
    Period
        Its days.

    Raises
    ------
    RuleError
        When the figure, a date formula, the method or the sorting is missing, or the last day is before the first.
    """
    name = f'"{question.text}" of {questionnaire.questionnaire_code}'
    if question.class_field is None:
        raise RuleError(f"{name} has no figure to classify by.", _TEST)
    for field in ("starting_date_formula", "ending_date_formula", "classification_method"):
        if not getattr(question, field):
            raise RuleError(f"{name} has no {field}.", _TEST)
    if question.classification_method != DEFINED_VALUE and not question.sorting_method:
        raise RuleError(f"{name} has no sorting_method.", _TEST)
    since = date_formula.evaluate(str(question.starting_date_formula), as_of)
    until = date_formula.evaluate(str(question.ending_date_formula), as_of)
    if until < since:
        raise RuleError(
            f"{name} would end on {until}, before it begins on {since}.",
            "Change starting_date_formula or ending_date_formula.",
        )
    return Period(since, until, as_of, zone)


def classify(
    con: Connection, people: People, questionnaire: Questionnaire, question: Line, period: Period
) -> Classified:
    """Classify contacts by a figure.

    Parameters
    ----------
    con : connection
        An open unit of work.
    people : People
        Everybody.
    questionnaire : Questionnaire
        Its questionnaire.
    question : Line
        The question.
    period : Period
        As from `period_of`.

    Returns
    -------
    Classified
        The outcome.
    """
    figures = _figures(con, people, question, period, asked(con, people, questionnaire, question))
    compared = classification.compared(
        figures, str(question.classification_method), question.sorting_method or "descending",
        int(question.decimal_count or 0),
    )  # fmt: skip
    answers = questionnaire.answers_of(question)
    found = classification.classify(compared, bounds(answers))
    return Classified(
        questionnaire, question, figures.index.to_numpy(), figures.to_numpy(), compared.to_numpy(),
        marks_of(people, questionnaire, question, found), same_day(people, period.as_of), period,
    )  # fmt: skip


def _figures(con: Connection, people: People, question: Line, period: Period, takes_part: Flags) -> pd.Series:
    """Give the figures of all who take part, by position; positions are in the order of contact numbers."""
    known = totals.figures(con, question, period)
    at = people.positions(known.index.to_numpy())
    if question.contact_class_field:
        values = np.zeros(len(people))
        values[at] = known.to_numpy()
        return pd.Series(values, index=np.arange(len(people))).loc[takes_part]
    mine = takes_part[at]
    return pd.Series(known.to_numpy()[mine], index=at[mine]).sort_index()


def bounds(answers: tuple[Line, ...]) -> pd.DataFrame:
    """Give the ranges of answers as `pipelines.classification.classify` takes them.

    Parameters
    ----------
    answers : tuple of Line
        Answers to one question.

    Returns
    -------
    pandas.DataFrame
        line_no, from_value, to_value.
    """
    rows = [(line.line_no, line.from_value or 0.0, line.to_value or 0.0) for line in answers]
    return pd.DataFrame(rows, columns=["line_no", "from_value", "to_value"])


def marks_of(people: People, questionnaire: Questionnaire, question: Line, found: pd.DataFrame) -> dict[int, Flags]:
    """Tell who gets each answer.

    Parameters
    ----------
    people : People
        Everybody.
    questionnaire : Questionnaire
        Its questionnaire.
    question : Line
        The question.
    found : pandas.DataFrame of bool
        By position and line, as `pipelines.classification.classify` gives it.

    Returns
    -------
    dict of int to numpy.ndarray of bool
        By line, one truth value for each of all people.
    """
    at = found.index.to_numpy()
    marks = {}
    for line_no in found.columns:
        flags = np.zeros(len(people), dtype=np.bool_)
        flags[at] = found[line_no].to_numpy()
        marks[int(line_no)] = marked(people, questionnaire, question, flags)
    return marks
