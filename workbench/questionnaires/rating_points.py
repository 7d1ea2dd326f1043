"""Points that answers give towards ratings: saved unless ratings would wait for each other, deleted."""

from __future__ import annotations

from pipelines import ratings
from workbench.errors import ConfigError, NotFoundError, RuleError
from workbench.questionnaires import rows
from workbench.questionnaires.receipts import ChangeReceipt, DeletionReceipt
from workbench.questionnaires.records import Line, Rating
from workbench.setup.work import Work

Place = tuple[str, int]


class KeepingPoints(Work):
    """What is done with the points of ratings."""

    def save_rating(
        self,
        questionnaire_code: str,
        line_no: int,
        rated_questionnaire_code: str,
        rated_line_no: int,
        points: float,
        *,
        dry_run: bool = False,
    ) -> ChangeReceipt:
        """Give an answer points towards a rating.

        Parameters
        ----------
        questionnaire_code, line_no : str, int
            The rating question.
        rated_questionnaire_code, rated_line_no : str, int
            The answer, of whatever questionnaire.
        points : float
            The points, a whole number.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        ChangeReceipt
            With the points where they are new. Contacts are rated anew with the next run.

        Raises
        ------
        NotFoundError
            When there is no such questionnaire or line.
        ConfigError
            When the points are no whole number.
        RuleError
            When the question is no rating, the other line no answer, or ratings would wait for each other.
        """
        if not float(points).is_integer():
            raise ConfigError(f'"{points}" is no number of points.', "Write a whole number.")
        rating = Rating(line_no, rated_questionnaire_code, rated_line_no, float(points))
        with self._unit(dry_run) as con:
            known = rows.all_of(con)
            questionnaire = rows.found(known, questionnaire_code)
            _check_question(questionnaire.line(line_no))
            _check_answer(rows.found(known, rated_questionnaire_code).line(rated_line_no))
            _check_circle(known, questionnaire_code, rating)
            before = next((each for each in questionnaire.ratings if _same(each, rating)), None)
            if not dry_run:
                rows.write_rating(con, questionnaire_code, rating)
        changed = {} if before == rating else {"points": rating.points}
        return ChangeReceipt(questionnaire_code, line_no, before is None, changed, 0, not dry_run)

    def delete_rating(
        self,
        questionnaire_code: str,
        line_no: int,
        rated_questionnaire_code: str,
        rated_line_no: int,
        *,
        dry_run: bool = False,
    ) -> DeletionReceipt:
        """Take the points of an answer away.

        Parameters
        ----------
        questionnaire_code, line_no : str, int
            The rating question.
        rated_questionnaire_code, rated_line_no : str, int
            The answer.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        DeletionReceipt
            With one rating.

        Raises
        ------
        NotFoundError
            When there is no such questionnaire, or the answer has no points there.
        """
        wanted = Rating(line_no, rated_questionnaire_code, rated_line_no, 0)
        with self._unit(dry_run) as con:
            questionnaire = rows.found(rows.all_of(con), questionnaire_code)
            if not any(_same(each, wanted) for each in questionnaire.ratings):
                raise NotFoundError(
                    f"{rated_questionnaire_code} {rated_line_no} has no points for {questionnaire_code} {line_no}.",
                    "Look the points up with the questionnaire.",
                )
            if not dry_run:
                rows.delete_rating(con, questionnaire_code, wanted)
        return DeletionReceipt(questionnaire_code, line_no, 0, 1, not dry_run)


def feeds(known: rows.Known) -> dict[Place, set[Place]]:
    """Tell which questions feed each rating.

    Parameters
    ----------
    known : mapping of str to Questionnaire
        All questionnaires.

    Returns
    -------
    dict
        For each rating question, as code and line number, the questions whose answers have points for it.
    """
    found: dict[Place, set[Place]] = {
        (one.questionnaire_code, line.line_no): set()
        for one in known.values()
        for line in one.questions
        if line.is_rating
    }
    for one in known.values():
        for rating in one.ratings:
            question = question_of(known, rating)
            if question is not None and (one.questionnaire_code, rating.line_no) in found:
                found[one.questionnaire_code, rating.line_no].add(question)
    return found


def question_of(known: rows.Known, rating: Rating) -> Place | None:
    """Find the question of an answer that has points.

    Parameters
    ----------
    known : mapping of str to Questionnaire
        All questionnaires.
    rating : Rating
        The points.

    Returns
    -------
    tuple of str and int, or None
        Code and line number; None where a file named an answer that is not there.
    """
    rated = known.get(rating.rated_questionnaire_code)
    if rated is None:
        return None
    for line in rated.lines:
        if line.line_no == rating.rated_line_no and not line.is_question:
            question = rated.question_of(line)
            return None if question is None else (rated.questionnaire_code, question.line_no)
    return None


def check_circle(known: rows.Known, fed: dict[Place, set[Place]]) -> None:
    """Refuse ratings that wait for each other.

    Parameters
    ----------
    known : mapping of str to Questionnaire
        All questionnaires.
    fed : dict
        As from `feeds`.

    Raises
    ------
    RuleError
        When there is a circle; names its questions.
    """
    circle = ratings.loop(fed)
    if circle:
        way = " -> ".join(known[code].line(number).text for code, number in circle)
        raise RuleError(f"Ratings would wait for each other: {way}.", "Let one of them do without the other.")


def _check_circle(known: rows.Known, questionnaire_code: str, rating: Rating) -> None:
    fed = feeds(known)
    question = question_of(known, rating)
    if question is not None:
        fed[questionnaire_code, rating.line_no].add(question)
    check_circle(known, fed)


def _check_question(line: Line) -> None:
    if not line.is_rating:
        raise RuleError(f'"{line.text}" is no rating.', "Let its contact_class_field be rating.")


def _check_answer(line: Line) -> None:
    if line.is_question:
        raise RuleError(f'"{line.text}" is no answer, and only answers have points.', "Name one of its answers.")


def _same(one: Rating, other: Rating) -> bool:
    place = (other.line_no, other.rated_questionnaire_code, other.rated_line_no)
    return (one.line_no, one.rated_questionnaire_code, one.rated_line_no) == place
