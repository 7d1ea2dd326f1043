"""Questions that points of other answers decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np
import pandas as pd

from pipelines import classification, ratings
from pipelines.classification import DEFINED_VALUE
from workbench.questionnaires import rows
from workbench.questionnaires.by_figures import bounds, marks_of
from workbench.questionnaires.classified import Classified, same_day
from workbench.questionnaires.people import People, asked
from workbench.questionnaires.rating_points import Place, question_of
from workbench.questionnaires.records import Line, Questionnaire
from workbench.store import Connection

Done = Mapping[Place, pd.DataFrame]
_STORED = """
    SELECT contact_id, line_no, updated_on FROM profile_answer
    WHERE questionnaire_code = $code AND line_no > $first AND line_no < $end
        AND ($contact_id IS NULL OR contact_id = $contact_id)
"""


def rate(con: Connection, people: People, known: rows.Known, place: Place, as_of: dt.date, done: Done) -> Classified:
    """Rate contacts by the answers they have.

    Parameters
    ----------
    con : connection
        An open unit of work.
    people : People
        Everybody, or the one contact to be rated.
    known : mapping of str to Questionnaire
        All questionnaires.
    place : tuple of str and int
        The rating question.
    as_of : datetime.date
        The day of the run.
    done : mapping of place to pandas.DataFrame
        The answers that other questions have now: position, line_no, updated_on; for all others what is stored counts.

    Returns
    -------
    Classified
        The outcome; only contacts that have answered enough questions take part.
    """
    questionnaire = known[place[0]]
    question = questionnaire.line(place[1])
    points = _points(known, questionnaire, question)
    told = [
        _told(each, done[each] if each in done else stored(con, people, known, each))
        for each in points["place"].unique()
    ]
    answers = pd.concat(told, ignore_index=True) if told else _nothing()
    numbered = points.assign(question=points["place"].map(_text), answer=points["answer_place"].map(_text))
    mine = np.flatnonzero(asked(con, people, questionnaire, question))
    rated = ratings.rate(numbered[["question", "answer", "points"]], answers, pd.Index(mine))
    rated = rated[rated["answered_rate"] >= (question.min_answered_rate or 0)]
    return _classified(people, questionnaire, question, rated, as_of)


def _classified(
    people: People, questionnaire: Questionnaire, question: Line, rated: pd.DataFrame, as_of: dt.date
) -> Classified:
    compared = classification.compared(rated["points"], DEFINED_VALUE, decimal_count=int(question.decimal_count or 0))
    found = classification.classify(compared, bounds(questionnaire.answers_of(question)))
    days = same_day(people, as_of)
    oldest = rated["updated_on"].to_numpy(dtype="datetime64[us]")
    at = rated.index.to_numpy()
    days[at] = np.fmin(oldest, days[at])
    return Classified(
        questionnaire, question, at, rated["points"].to_numpy(), compared.to_numpy(),
        marks_of(people, questionnaire, question, found), days, None, rated["answered_rate"].to_numpy(),
    )  # fmt: skip


def _points(known: rows.Known, questionnaire: Questionnaire, question: Line) -> pd.DataFrame:
    """List the answers that have points, with their questions; what is not there has none."""
    made = [
        (place, (rating.rated_questionnaire_code, rating.rated_line_no), rating.points)
        for rating in questionnaire.ratings
        if rating.line_no == question.line_no
        for place in [question_of(known, rating)]
        if place is not None
    ]
    return pd.DataFrame(made, columns=["place", "answer_place", "points"]).astype({"points": "float64"})


def stored(con: Connection, people: People, known: rows.Known, place: Place) -> pd.DataFrame:
    """List who has answered a question with what.

    Parameters
    ----------
    con : connection
        An open unit of work.
    people : People
        Everybody, or one contact.
    known : mapping of str to Questionnaire
        All questionnaires.
    place : tuple of str and int
        The question.

    Returns
    -------
    pandas.DataFrame
        One row for each answer: position, line_no, updated_on.
    """
    code, line_no = place
    values = {"code": code, "first": line_no, "end": known[code].end_of(known[code].line(line_no)),
              "contact_id": int(people.ids[0]) if len(people) == 1 else None}  # fmt: skip
    frame = con.execute(_STORED, values).df()
    frame["position"] = people.positions(frame.pop("contact_id").to_numpy(dtype=np.int64))
    return frame[frame["position"] >= 0]


def _told(place: Place, answers: pd.DataFrame) -> pd.DataFrame:
    """Give the answers to a question the form that ratings take."""
    names = {line_no: _text((place[0], int(line_no))) for line_no in answers["line_no"].unique()}
    return pd.DataFrame(
        {
            "contact": answers["position"].astype("int64"),
            "question": pd.Series(_text(place), index=answers.index, dtype="str"),
            "answer": answers["line_no"].map(names).astype("str"),
            "updated_on": answers["updated_on"].astype("datetime64[us]"),
        }
    )


def _nothing() -> pd.DataFrame:
    empty = pd.DataFrame({"contact": [], "question": [], "answer": [], "updated_on": []})
    return empty.astype({"contact": "int64", "question": "str", "answer": "str", "updated_on": "datetime64[us]"})


def _text(place: Place) -> str:
    return f"{place[0]}/{place[1]}"
