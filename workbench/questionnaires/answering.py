"""Answers that people give for a contact, by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from pipelines import ratings
from workbench import clock
from workbench.contact_rows.finding import id_of
from workbench.errors import ConflictError, NotFoundError, RuleError
from workbench.questionnaires import by_ratings, offering, people, rows, writing
from workbench.questionnaires.classified import Classified
from workbench.questionnaires.people import People
from workbench.questionnaires.rating_points import Place, check_circle, feeds
from workbench.questionnaires.receipts import AnswerReceipt
from workbench.questionnaires.records import Line, Questionnaire
from workbench.setup.work import Work
from workbench.store import Connection
from workbench.store.connection import first_row

_RATED = ["questionnaire_code", "line_no", "question", "points", "answered_rate", "answer"]
_GIVEN = "SELECT line_no FROM profile_answer WHERE contact_id = ? AND questionnaire_code = ?"


@dataclass(frozen=True)
class _Chosen:
    """An answer in hand: whose, of which questionnaire, to which question."""

    contact_id: int
    contact_no: str
    questionnaire: Questionnaire
    question: Line
    answer: Line

    @property
    def place(self) -> Place:
        return self.questionnaire.questionnaire_code, self.question.line_no


class Answering(Work):
    """What is answered for a contact."""

    def answer(
        self, contact_no: str, questionnaire_code: str, line_no: int, as_of: dt.date, *, dry_run: bool = False
    ) -> AnswerReceipt:
        """Give an answer for a contact.

        Parameters
        ----------
        contact_no : str
            The contact's number.
        questionnaire_code : str
            Which questionnaire.
        line_no : int
            The line of the answer.
        as_of : datetime.date
            The day.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        AnswerReceipt
            With the ratings that it feeds, which are brought up to date for the contact.

        Raises
        ------
        NotFoundError
            When there is no such contact, questionnaire or line.
        ConflictError
            When the contact has the answer already.
        RuleError
            When the line is no answer, figures answer its question, the contact is a minor or is not asked, or the
            question has an answer already and allows one only.

        Notes
        -----
        A contact whose privacy is blocked may be answered for; a minor may not. Source: Business Central, table 5089.
        """
        with self._unit(dry_run) as con:
            known = rows.all_of(con)
            chosen = _chosen(con, known, contact_no, questionnaire_code, line_no)
            _check_contact(con, known, chosen)
            _check_first(con, chosen)
            rated = _rated(con, known, chosen, as_of, is_given=True)
            if not dry_run:
                given = {"contact_id": [chosen.contact_id], "questionnaire_code": [questionnaire_code],
                         "line_no": [chosen.answer.line_no], "updated_on": [pd.Timestamp(as_of)]}  # fmt: skip
                writing.insert(con, pd.DataFrame(given), [chosen.questionnaire])
                _write(con, chosen, rated)
        return _receipt(chosen, rated, dry_run)

    def unanswer(
        self, contact_no: str, questionnaire_code: str, line_no: int, as_of: dt.date, *, dry_run: bool = False
    ) -> AnswerReceipt:
        """Take an answer of a contact away.

        Parameters
        ----------
        contact_no, questionnaire_code, line_no : str, str, int
            As for `answer`.
        as_of : datetime.date
            The day.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        AnswerReceipt
            With the ratings that it fed, which are brought up to date for the contact.

        Raises
        ------
        NotFoundError
            When there is no such contact, questionnaire or line, or the contact has not given the answer.
        RuleError
            When the line is no answer, or figures answer its question.
        """
        with self._unit(dry_run) as con:
            known = rows.all_of(con)
            chosen = _chosen(con, known, contact_no, questionnaire_code, line_no)
            if chosen.answer.line_no not in _given(con, chosen):
                raise NotFoundError(
                    f'{contact_no} has not given the answer "{chosen.answer.text}".', "Look its profile up."
                )
            rated = _rated(con, known, chosen, as_of, is_given=False)
            if not dry_run:
                con.execute(
                    "DELETE FROM profile_answer WHERE contact_id = ? AND questionnaire_code = ? AND line_no = ?",
                    [chosen.contact_id, questionnaire_code, chosen.answer.line_no],
                )
                _write(con, chosen, rated)
        return _receipt(chosen, rated, dry_run)


def _chosen(con: Connection, known: rows.Known, contact_no: str, questionnaire_code: str, line_no: int) -> _Chosen:
    contact_id = id_of(con, contact_no)
    questionnaire = rows.found(known, questionnaire_code)
    answer = questionnaire.line(line_no)
    if answer.is_question:
        raise RuleError(f'"{answer.text}" is a question.', "Name the line of one of its answers.")
    question = questionnaire.question_of(answer)
    if question is None:
        raise RuleError(f'Before the answer "{answer.text}" there is no question.', "Add the question first.")
    if question.is_auto_classified or question.is_rating:
        raise RuleError(
            f'"{question.text}" is answered automatically.', "Run the questionnaire instead of answering by hand."
        )
    return _Chosen(contact_id, contact_no, questionnaire, question, answer)


def _given(con: Connection, chosen: _Chosen) -> set[float]:
    values = [chosen.contact_id, chosen.questionnaire.questionnaire_code]
    return {line_no for (line_no,) in con.execute(_GIVEN, values).fetchall()}


def _check_contact(con: Connection, known: rows.Known, chosen: _Chosen) -> None:
    (is_minor,) = first_row(con, "SELECT is_minor FROM contact WHERE contact_id = ?", [chosen.contact_id]) or (False,)
    if is_minor:
        raise RuleError(f"{chosen.contact_no} is a minor, and minors are not profiled.", "Leave the profile empty.")
    code = chosen.questionnaire.questionnaire_code
    if code not in offering.codes(con, known, chosen.contact_id):
        raise RuleError(
            f"{code} is not for {chosen.contact_no}.",
            "Its contact type or business relation does not fit; change the questionnaire or the contact.",
        )


def _check_first(con: Connection, chosen: _Chosen) -> None:
    given = _given(con, chosen)
    if chosen.answer.line_no in given:
        raise ConflictError(f'{chosen.contact_no} has the answer "{chosen.answer.text}" already.', "Nothing is to do.")
    if chosen.question.has_multiple_answers:
        return
    for line in chosen.questionnaire.answers_of(chosen.question):
        if line.line_no in given:
            raise RuleError(
                f'"{chosen.question.text}" allows one answer, and {chosen.contact_no} has "{line.text}".',
                "Take that away first, or let the question have multiple answers.",
            )


def _rated(con: Connection, known: rows.Known, chosen: _Chosen, as_of: dt.date, *, is_given: bool) -> list[Classified]:
    """Rate the contact anew where the answer feeds ratings."""
    fed = feeds(known)
    check_circle(known, fed)
    wanted = ratings.fed_by(fed, {chosen.place})
    person = people.read(con, chosen.contact_id)
    told = {chosen.place: _told(con, known, person, chosen, as_of, is_given)}
    found = []
    for place in ratings.leaves_first(fed):
        if place in wanted:
            found.append(by_ratings.rate(con, person, known, place, as_of, told))
            told[place] = found[-1].answers()
    return found


def _told(
    con: Connection, known: rows.Known, person: People, chosen: _Chosen, as_of: dt.date, is_given: bool
) -> pd.DataFrame:
    """Give the answers to the question as they will be."""
    before = by_ratings.stored(con, person, known, chosen.place)
    if not is_given:
        return before[before["line_no"] != chosen.answer.line_no]
    new = pd.DataFrame(
        {"position": [0], "line_no": [float(chosen.answer.line_no)], "updated_on": [pd.Timestamp(as_of)]}
    )
    return pd.concat([before, new.astype(before.dtypes.to_dict())], ignore_index=True)


def _write(con: Connection, chosen: _Chosen, rated: list[Classified]) -> None:
    """Write ratings, and note that the contact has changed."""
    writing.replace(con, people.read(con, chosen.contact_id), rated, chosen.contact_id)
    now = clock.now().replace(tzinfo=None)
    con.execute("UPDATE contact SET last_modified_at = ? WHERE contact_id = ?", [now, chosen.contact_id])


def _receipt(chosen: _Chosen, rated: list[Classified], dry_run: bool) -> AnswerReceipt:
    return AnswerReceipt(
        chosen.contact_no, chosen.place[0], chosen.answer.line_no, chosen.question.text, chosen.answer.text,
        pd.DataFrame([_row(one) for one in rated], columns=_RATED), not dry_run,
    )  # fmt: skip


def _row(one: Classified) -> list[object]:
    takes_part = len(one.positions) > 0
    given = [line.text for line in one.questionnaire.answers_of(one.question) if one.marks[line.line_no].any()]
    points = float(one.figures[0]) if takes_part else None
    rate = float(one.answered_rates[0]) if takes_part and one.answered_rates is not None else None
    return [*one.place, one.question.text, points, rate, ", ".join(given)]
