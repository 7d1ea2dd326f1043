"""What a run finds for one question: who takes part with which figure, and who gets which answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.questionnaires.people import Flags, People, Positions
from workbench.questionnaires.records import Line, Questionnaire
from workbench.questionnaires.totals import Period

Days = npt.NDArray[np.datetime64]


@dataclass(frozen=True)
class Classified:
    """The outcome of one question.

    Attributes
    ----------
    questionnaire : Questionnaire
        Whose question.
    question : Line
        The question.
    positions : numpy.ndarray of int
        Who takes part, as positions among the people.
    figures, compared : numpy.ndarray of float
        The figure of each of them, and what it is compared as.
    marks : mapping of int to numpy.ndarray of bool
        For each answer, by its line, who of all people gets it.
    days : numpy.ndarray of datetime64
        For each of all people, the day that its answer is of.
    period : Period or None
        The days it looks at; None for ratings.
    answered_rates : numpy.ndarray of float or None
        Share of questions that each who takes part has answered; of ratings.
    """

    questionnaire: Questionnaire
    question: Line
    positions: Positions
    figures: npt.NDArray[np.float64]
    compared: npt.NDArray[np.float64]
    marks: Mapping[int, Flags]
    days: Days
    period: Period | None = None
    answered_rates: npt.NDArray[np.float64] | None = field(default=None)

    @property
    def place(self) -> tuple[str, int]:
        """Code and line of the question."""
        return self.questionnaire.questionnaire_code, self.question.line_no

    def answers(self) -> pd.DataFrame:
        """List who gets what.

        Returns
        -------
        pandas.DataFrame
            One row for each: position, line_no, updated_on.
        """
        parts = []
        for line_no, flags in self.marks.items():
            at = np.flatnonzero(flags)
            parts.append(pd.DataFrame({"position": at, "line_no": line_no, "updated_on": self.days[at]}))
        if not parts:
            return pd.DataFrame({"position": np.empty(0, np.int64), "line_no": 0, "updated_on": self.days[:0]})
        return pd.concat(parts, ignore_index=True)

    def summary(self) -> dict[str, Any]:
        """Say what was looked at.

        Returns
        -------
        dict
            One row of the questions of a receipt.
        """
        return {
            "questionnaire_code": self.questionnaire.questionnaire_code,
            "line_no": self.question.line_no,
            "question": self.question.text,
            "figure": self.question.class_field,
            "method": self.question.classification_method,
            "since": self.period.since if self.period else None,
            "until": self.period.until if self.period else None,
            "population": len(self.positions),
            "total": float(np.sum(self.figures)),
        }

    def counts(self) -> list[dict[str, Any]]:
        """Count who gets each answer.

        Returns
        -------
        list of dict
            Rows of the answers of a receipt.
        """
        head = {"questionnaire_code": self.questionnaire.questionnaire_code, "question_line_no": self.question.line_no,
                "question": self.question.text}  # fmt: skip
        return [
            {**head, "line_no": line.line_no, "answer": line.text,
             "contact_count": int(self.marks[line.line_no].sum()), "before_count": line.contact_count}
            for line in self.questionnaire.answers_of(self.question)
        ]  # fmt: skip

    def shown(self, people: People) -> pd.DataFrame:
        """Show the figures.

        Parameters
        ----------
        people : People
            The contacts.

        Returns
        -------
        pandas.DataFrame
            Rows of the figures of a receipt.
        """
        return pd.DataFrame(
            {
                "contact_no": people.numbers[self.positions],
                "questionnaire_code": self.questionnaire.questionnaire_code,
                "line_no": self.question.line_no,
                "figure": self.figures,
                "compared": self.compared,
                "answered_rate": np.nan if self.answered_rates is None else self.answered_rates,
            }
        )


def same_day(people: People, day: dt.date) -> Days:
    """Give everybody the same day.

    Parameters
    ----------
    people : People
        The contacts.
    day : datetime.date
        The day.

    Returns
    -------
    numpy.ndarray of datetime64
        One for each.
    """
    return np.full(len(people), np.datetime64(day, "us"))
