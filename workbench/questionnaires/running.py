"""Runs of automatic classification over everybody."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from pipelines import ratings
from pipelines.classification import PERCENTAGE_OF_CONTACTS, in_range
from workbench.questionnaires import by_figures, by_ratings, people, rows, writing
from workbench.questionnaires.classified import Classified
from workbench.questionnaires.people import People
from workbench.questionnaires.rating_points import Place, check_circle, feeds
from workbench.questionnaires.receipts import RunReceipt
from workbench.setup.work import Work
from workbench.store import Connection

_QUESTIONS = ["questionnaire_code", "line_no", "question", "figure", "method", "since", "until", "population", "total"]
_ANSWERS = ["questionnaire_code", "question_line_no", "question", "line_no", "answer", "contact_count", "before_count"]
_FIGURES = ["contact_no", "questionnaire_code", "line_no", "figure", "compared", "answered_rate"]


class Running(Work):
    """Automatic classification."""

    def run(self, questionnaire_code: str | None, as_of: dt.date, *, dry_run: bool = False) -> RunReceipt:
        """Let figures answer questions (Update Contact Classification, report 5199).

        Parameters
        ----------
        questionnaire_code : str or None
            Which questionnaire; all of them where None.
        as_of : datetime.date
            The day of the run, from which date formulas count; later sales and interactions are not there.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        RunReceipt
            How many contacts have each answer, and the figure of each contact.

        Raises
        ------
        NotFoundError
            When there is no such questionnaire.
        RuleError
            When a question lacks its figure, dates, method or sorting, its last day is before its first, or ratings
            wait for each other. Nothing is written then.

        Notes
        -----
        Answers of earlier runs go first. Ratings of the questionnaire come last, those that others need before them,
        and ratings of other questionnaires that its answers feed are brought up to date as well. Customers are
        companies, or people without a company, that have a business relation linked to a customer, or sales entries
        of their own or of their people; vendors likewise with purchase entries. A company's figures are those of its
        people and its own. Minors are not profiled.
        """
        zone = self._setup.settings().time_zone
        with self._unit(dry_run) as con:
            known = rows.all_of(con)
            chosen = known if questionnaire_code is None else [rows.found(known, questionnaire_code).questionnaire_code]
            everybody = people.read(con)
            done = _classified(con, everybody, known, set(chosen), as_of, zone)
            if not dry_run:
                writing.replace(con, everybody, list(done.values()))
        return _receipt(as_of, everybody, list(done.values()), dry_run)


def _classified(
    con: Connection, everybody: People, known: rows.Known, codes: set[str], as_of: dt.date, zone: str
) -> dict[Place, Classified]:
    chosen = [
        (known[code], question)
        for code in sorted(codes)
        for question in known[code].questions
        if question.is_auto_classified and not question.is_rating
    ]
    periods = [by_figures.period_of(one, question, as_of, zone) for one, question in chosen]
    fed = feeds(known)
    check_circle(known, fed)
    done: dict[Place, Classified] = {}
    for (one, question), period in zip(chosen, periods, strict=True):
        found = by_figures.classify(con, everybody, one, question, period)
        done[found.place] = found
    wanted = {place for place in fed if place[0] in codes} | ratings.fed_by(fed, set(done))
    for place in ratings.leaves_first(fed):
        if place in wanted:
            told = {each: found.answers() for each, found in done.items() if each in fed[place]}
            done[place] = by_ratings.rate(con, everybody, known, place, as_of, told)
    return done


def _receipt(as_of: dt.date, everybody: People, done: list[Classified], dry_run: bool) -> RunReceipt:
    figures = [one.shown(everybody) for one in done]
    return RunReceipt(
        as_of,
        pd.DataFrame([one.summary() for one in done], columns=_QUESTIONS),
        pd.DataFrame([row for one in done for row in one.counts()], columns=_ANSWERS),
        pd.concat(figures, ignore_index=True) if figures else pd.DataFrame(columns=_FIGURES),
        tuple(_notes(everybody, done)),
        not dry_run,
    )


def _notes(everybody: People, done: list[Classified]) -> list[str]:
    if not done:
        return ["No question is classified automatically."]
    minors = int(everybody.is_minor.sum())
    notes = [f"Minors are not profiled, so they were left out: {minors}."] if minors else []
    torn = [(one.question.text, count) for one in done if (count := _torn(one))]
    return notes + [
        f'"{text}": contacts with the same figure but another answer, ranked by their numbers: {count}.'
        for text, count in torn
    ]


def _torn(one: Classified) -> int:
    """Count contacts with a figure that the border between two answers runs through."""
    if one.question.classification_method != PERCENTAGE_OF_CONTACTS:
        return 0
    answers = np.zeros(len(one.positions), dtype=np.uint64)
    for place, line in enumerate(one.questionnaire.answers_of(one.question)):
        gets_it = in_range(one.compared, line.from_value or 0, line.to_value or 0)
        answers |= gets_it.astype(np.uint64) << np.uint64(place % 64)
    kinds = pd.DataFrame({"figure": one.figures, "answers": answers}).groupby("figure")["answers"]
    sizes = kinds.agg(["nunique", "size"])
    return int(sizes.loc[sizes["nunique"] > 1, "size"].sum())
