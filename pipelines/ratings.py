"""Ratings: points for the answers that contacts have given to other questions, which a rating question adds up."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any, TypeVar

import pandas as pd

from pipelines.errors import MeasureError

Question = TypeVar("Question", bound=Hashable)


def loop(feeds: Mapping[Question, set[Question]]) -> list[Question]:
    """Find rating questions that wait for each other.

    Parameters
    ----------
    feeds : mapping of question to set of question
        For each rating question, the questions whose answers give it points.

    Returns
    -------
    list
        Questions in a circle, the first once more at the end, each fed by the one before; empty where there is none.

    Examples
    --------
    >>> loop({"A": {"B"}, "B": {"C"}})
    []
    >>> loop({"A": {"A"}})
    ['A', 'A']
    """
    try:
        TopologicalSorter(feeds).prepare()
    except CycleError as error:
        found: list[Question] = error.args[1]
        return found
    return []


def leaves_first(feeds: Mapping[Question, set[Question]]) -> list[Question]:
    """Put rating questions into the order in which they can be evaluated.

    Parameters
    ----------
    feeds : mapping of question to set of question
        For each rating question, the questions whose answers give it points; those that are no keys are no ratings.

    Returns
    -------
    list
        The keys, each behind those that feed it.

    Raises
    ------
    MeasureError
        When some wait for each other.

    Notes
    -----
    Source: Business Central, report 5199, UpdateRating.

    Examples
    --------
    >>> leaves_first({"loyalty": {"value", "channel"}, "value": {"sales"}})
    ['value', 'loyalty']
    """
    circle = loop(feeds)
    if circle:
        raise MeasureError(f"Ratings wait for each other: {' -> '.join(map(str, circle))}.", "Take one of them away.")
    return [question for question in TopologicalSorter(feeds).static_order() if question in feeds]


def fed_by(feeds: Mapping[Question, set[Question]], questions: set[Question]) -> set[Question]:
    """Find the ratings that depend on questions, directly or through other ratings.

    Parameters
    ----------
    feeds : mapping of question to set of question
        As for `leaves_first`.
    questions : set of question
        Whose answers have changed.

    Returns
    -------
    set
        Keys of `feeds`.

    Examples
    --------
    >>> sorted(fed_by({"loyalty": {"value"}, "value": {"sales"}, "other": {"channel"}}, {"sales"}))
    ['loyalty', 'value']
    """
    found: set[Question] = set()
    touched = set(questions)
    while more := {rating for rating, its in feeds.items() if rating not in found and its & touched}:
        found |= more
        touched |= more
    return found


def rate(points: pd.DataFrame, answers: pd.DataFrame, contacts: pd.Index) -> pd.DataFrame:
    """Add the points of each contact up.

    Parameters
    ----------
    points : pandas.DataFrame
        What the rating is made of: question, answer, points; an answer stands once.
    answers : pandas.DataFrame
        What contacts have answered: contact, question, answer, updated_on; of whatever questions.
    contacts : pandas.Index
        The contacts to be rated.

    Returns
    -------
    pandas.DataFrame
        One row for each of `contacts` in their order: points (0 without answers), answered_rate (questions answered of
        those that give points, 0 to 1; 0 where none does), updated_on (of the oldest answer that gave points, unknown
        where none did).

    Notes
    -----
    A question counts as answered with any of its answers, whether or not that answer gives points. Source: Business
    Central, report 5199, FindContactRatingValue.

    Examples
    --------
    >>> points = pd.DataFrame({"question": [1, 1, 2], "answer": [11, 12, 21], "points": [5.0, 2.0, 3.0]})
    >>> days = pd.to_datetime(["2018-01-05", "2018-01-02"])
    >>> answers = pd.DataFrame({"contact": ["CT1", "CT1"], "question": [1, 2], "answer": [11, 22], "updated_on": days})
    >>> rate(points, answers, pd.Index(["CT1", "CT2"])).iloc[:, :2].values.tolist()
    [[5.0, 1.0], [0.0, 0.0]]
    """
    asked = points["question"].nunique()
    told = answers[answers["question"].isin(points["question"])]
    answered = told[["contact", "question"]].drop_duplicates().groupby("contact").size()
    counted = told.merge(points[["answer", "points"]], on="answer").groupby("contact")
    found: dict[str, Any] = {
        "points": counted["points"].sum().reindex(contacts, fill_value=0.0),
        "answered_rate": (answered.astype("float64") / max(1, asked)).reindex(contacts, fill_value=0.0),
        "updated_on": counted["updated_on"].min().reindex(contacts),
    }
    return pd.DataFrame(found, index=contacts)
