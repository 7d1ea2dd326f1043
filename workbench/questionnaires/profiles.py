"""The profile of one contact: what it has answered, and what it can be asked."""

from __future__ import annotations

from pipelines.profile_tables import ANSWER_PRIORITIES, PRIORITIES
from workbench.contact_rows.finding import id_of
from workbench.questionnaires import offering, rows
from workbench.questionnaires.profile_results import Choice, Offer, OfferedQuestion, Profile, ProfileAnswer
from workbench.questionnaires.records import Line, Questionnaire
from workbench.setup.work import Work

_ANSWERS = f"""
    SELECT questionnaire_code, line_no, question, answer, coalesce(questionnaire_priority, 'normal'),
        coalesce(answer_priority, 'normal'), updated_on
    FROM profile_answer WHERE contact_id = ?
    ORDER BY list_position({list(ANSWER_PRIORITIES)}, answer_priority) DESC NULLS LAST,
        list_position({list(PRIORITIES)}, questionnaire_priority) DESC NULLS LAST, questionnaire_code, line_no
"""  # noqa: S608 - names of ours


class Profiles(Work):
    """Profiles of contacts."""

    def answers(self, contact_no: str) -> Profile:
        """Show what a contact has answered.

        Parameters
        ----------
        contact_no : str
            The contact's number.

        Returns
        -------
        Profile
            Its answers, those of very low priority marked as hidden.

        Raises
        ------
        NotFoundError
            When there is no such contact.
        """
        with self._database.reading() as con:
            found = con.execute(_ANSWERS, [id_of(con, contact_no)]).fetchall()
        return Profile(contact_no, tuple(ProfileAnswer(code, int(line_no), *rest) for code, line_no, *rest in found))

    def questions_for(self, contact_no: str) -> Offer:
        """Show what a contact can be asked.

        Parameters
        ----------
        contact_no : str
            The contact's number.

        Returns
        -------
        Offer
            The questions of questionnaires for its type and for a business relation of its company, and of those it
            has answered already.

        Raises
        ------
        NotFoundError
            When there is no such contact.
        """
        with self._database.reading() as con:
            contact_id = id_of(con, contact_no)
            known = rows.all_of(con)
            offered = [known[code] for code in offering.codes(con, known, contact_id)]
            query = "SELECT questionnaire_code, line_no FROM profile_answer WHERE contact_id = ?"
            given = set(con.execute(query, [contact_id]).fetchall())
            ((is_minor,),) = con.execute("SELECT is_minor FROM contact WHERE contact_id = ?", [contact_id]).fetchall()
        questions = (_offered(one, question, given) for one in offered for question in one.questions)
        return Offer(contact_no, bool(is_minor), tuple(questions))


def _offered(one: Questionnaire, question: Line, given: set[tuple[str, float]]) -> OfferedQuestion:
    code = one.questionnaire_code
    choices = tuple(Choice(line.line_no, line.text, (code, line.line_no) in given) for line in one.answers_of(question))
    return OfferedQuestion(
        code, one.description or code, question.line_no, question.text, question.has_multiple_answers,
        question.is_auto_classified or question.is_rating, choices,
    )  # fmt: skip
