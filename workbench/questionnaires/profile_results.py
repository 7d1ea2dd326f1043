"""Profiles of contacts as their users see them."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from typing import Any

import pandas as pd

HIDDEN = "very_low"


@dataclass(frozen=True)
class ProfileAnswer:
    """One answer of a contact.

    Attributes
    ----------
    questionnaire_code : str
        The questionnaire.
    line_no : int
        The line of the answer.
    question, answer : str or None
        Their texts.
    questionnaire_priority, answer_priority : str
        ``"very_low"`` to ``"very_high"``.
    updated_on : datetime.date or None
        The day on which it was last set.
    """

    questionnaire_code: str
    line_no: int
    question: str | None
    answer: str | None
    questionnaire_priority: str
    answer_priority: str
    updated_on: dt.date | None

    @property
    def is_hidden(self) -> bool:
        """Whether a card leaves it out: its priority is very low."""
        return self.answer_priority == HIDDEN


@dataclass(frozen=True)
class Profile:
    """What a contact has answered.

    Attributes
    ----------
    contact_no : str
        The contact.
    answers : tuple of ProfileAnswer
        By priority of the answer, then of the questionnaire, the highest first.
    """

    contact_no: str
    answers: tuple[ProfileAnswer, ...]

    def __iter__(self) -> Iterator[ProfileAnswer]:
        return iter(self.answers)

    def __len__(self) -> int:
        return len(self.answers)

    def frame(self) -> pd.DataFrame:
        """Show the profile as a table.

        Returns
        -------
        pandas.DataFrame
            One row for each answer, with the columns of `ProfileAnswer` and is_hidden.
        """
        names = [*(item.name for item in fields(ProfileAnswer)), "is_hidden"]
        return pd.DataFrame([[getattr(one, name) for name in names] for one in self.answers], columns=names)

    def _repr_html_(self) -> str:
        return f"<b>{html.escape(self.contact_no)}</b>{self.frame().to_html(index=False)}"


@dataclass(frozen=True)
class Choice:
    """An answer that can be given.

    Attributes
    ----------
    line_no : int
        Its line.
    answer : str
        Its text.
    is_given : bool
        Whether the contact has it.
    """

    line_no: int
    answer: str
    is_given: bool


@dataclass(frozen=True)
class OfferedQuestion:
    """A question that a contact can be asked.

    Attributes
    ----------
    questionnaire_code, questionnaire : str
        The questionnaire and what it is about.
    line_no : int
        The line of the question.
    question : str
        Its text.
    has_multiple_answers : bool
        Whether several answers can be given.
    is_auto : bool
        Whether figures or points answer it, so that nobody can.
    choices : tuple of Choice
        Its answers.
    """

    questionnaire_code: str
    questionnaire: str
    line_no: int
    question: str
    has_multiple_answers: bool
    is_auto: bool
    choices: tuple[Choice, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the question as plain values.

        Returns
        -------
        dict
            With a list of choices.
        """
        return asdict(self)


@dataclass(frozen=True)
class Offer:
    """What a contact can be asked.

    Attributes
    ----------
    contact_no : str
        The contact.
    is_minor : bool
        Whether it is a minor, for whom no answer is taken.
    questions : tuple of OfferedQuestion
        By questionnaire and line.
    """

    contact_no: str
    is_minor: bool
    questions: tuple[OfferedQuestion, ...]

    def __iter__(self) -> Iterator[OfferedQuestion]:
        return iter(self.questions)

    def __len__(self) -> int:
        return len(self.questions)

    def frame(self) -> pd.DataFrame:
        """Show the answers that can be given as a table.

        Returns
        -------
        pandas.DataFrame
            Columns questionnaire_code, question, line_no (of the answer), answer, is_given, is_auto.
        """
        found = [
            (one.questionnaire_code, one.question, choice.line_no, choice.answer, choice.is_given, one.is_auto)
            for one in self.questions
            for choice in one.choices
        ]
        names = ["questionnaire_code", "question", "line_no", "answer", "is_given", "is_auto"]
        return pd.DataFrame(found, columns=names)

    def _repr_html_(self) -> str:
        return f"<b>{html.escape(self.contact_no)}</b>{self.frame().to_html(index=False)}"
