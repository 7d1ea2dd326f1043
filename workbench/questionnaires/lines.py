"""Questions and answers: saved with what follows for their fields, deleted where nothing needs them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from pipelines.profile_tables import QUESTIONNAIRE_LINE
from workbench.errors import ConfigError, RuleError
from workbench.questionnaires import checking, field_values, rows, texts
from workbench.questionnaires.receipts import ChangeReceipt, DeletionReceipt
from workbench.questionnaires.records import LINE_FIELDS, Line, Questionnaire
from workbench.setup.work import Work

STEP = 10_000


class KeepingLines(Work):
    """What is done with the lines of questionnaires."""

    def save_line(
        self,
        questionnaire_code: str,
        line_no: int | None = None,
        *,
        after: int | None = None,
        dry_run: bool = False,
        **fields: object,
    ) -> ChangeReceipt:
        """Add a question or an answer, or change one.

        Parameters
        ----------
        questionnaire_code : str
            Which questionnaire.
        line_no : int, optional
            The line to be changed, or the number that a new one gets; where absent, the next number.
        after : int, optional
            The line that a new one without number follows; the last where absent.
        dry_run : bool, optional
            Only tell what would happen.
        **fields : object
            Fields of `Line`. Those that are not given stay as they are.

        Returns
        -------
        ChangeReceipt
            What is different now, with what followed for other fields. Answers that contacts have given take new
            texts and priorities over.

        Raises
        ------
        NotFoundError
            When there is no such questionnaire or line.
        ConfigError
            When there is no such field, or a value does not suit it.
        RuleError
            When the fields do not go together; when an answer has no question before it; when a line that contacts
            have answered, or that has points, would become something else.

        Notes
        -----
        Setting one of the three figures clears the others and brings the method Defined Value where there was none;
        taking it away takes dates, method, sorting, decimals and the share of answers away as well. A percentage
        brings the sorting Descending. Source: Business Central, table 5088.
        """
        given = field_values.read(QUESTIONNAIRE_LINE, LINE_FIELDS, fields)
        with self._unit(dry_run) as con:
            known = rows.all_of(con)
            questionnaire = rows.found(known, questionnaire_code)
            number = line_no if line_no is not None else _next_no(questionnaire, after)
            there = {line.line_no: line for line in questionnaire.lines}
            before = there.get(number) or _new(number, given.get("type"))
            line = checking.changed(before, given)
            result = _with(questionnaire, line)
            _check_kept(questionnaire, before, line, known)
            _check_place(result, line)
            updated = texts.refresh(con, result, dry_run=dry_run)
            if not dry_run:
                rows.write_line(con, questionnaire_code, line)
        is_new = number not in there
        changed = {name: getattr(line, name) for name in LINE_FIELDS
                   if getattr(line, name) != getattr(before, name) or (is_new and name == "type")}  # fmt: skip
        return ChangeReceipt(questionnaire_code, number, is_new, changed, updated, not dry_run)

    def delete_line(self, questionnaire_code: str, line_no: int, *, dry_run: bool = False) -> DeletionReceipt:
        """Delete a question or an answer.

        Parameters
        ----------
        questionnaire_code : str
            Which questionnaire.
        line_no : int
            Which line.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        DeletionReceipt
            With one line.

        Raises
        ------
        NotFoundError
            When there is no such questionnaire or line.
        RuleError
            When contacts have the answer, ratings depend on it, the question has points, or still has answers.
        """
        with self._unit(dry_run) as con:
            known = rows.all_of(con)
            questionnaire = rows.found(known, questionnaire_code)
            line = questionnaire.line(line_no)
            _check_unused(line)
            _check_unrated(questionnaire, line, known)
            _check_empty(questionnaire, line)
            if not dry_run:
                rows.delete_lines(con, questionnaire_code, line.line_no)
        return DeletionReceipt(questionnaire_code, line.line_no, 1, 0, not dry_run)


def _new(number: int, type_: str | None) -> Line:
    if type_ is None:
        raise ConfigError("A new line is a question or an answer.", "Give type=question or type=answer.")
    if number < 1:
        raise ConfigError(f"{number} is no number for a line.", "Write a whole number from 1.")
    return Line(number, type_)


def _next_no(questionnaire: Questionnaire, after: int | None) -> int:
    numbers = [line.line_no for line in questionnaire.lines]
    if after is None:
        return (numbers[-1] if numbers else 0) + STEP
    begun = questionnaire.line(after).line_no
    end = dict(pairwise(numbers)).get(begun, begun + 2 * STEP)
    if end - begun < 2:
        raise RuleError(f"Between lines {begun} and {end} there is no number left.", "Add the line somewhere else.")
    return (begun + end) // 2


def _with(questionnaire: Questionnaire, line: Line) -> Questionnaire:
    others = [each for each in questionnaire.lines if each.line_no != line.line_no]
    return replace(questionnaire, lines=tuple(sorted([*others, line], key=lambda each: each.line_no)))


def _check_place(result: Questionnaire, line: Line) -> None:
    if not line.is_question and result.question_of(line) is None:
        raise RuleError(f'Before the answer "{line.text}" there is no question.', "Begin with a question.")
    if result.lines and not result.lines[0].is_question:
        raise RuleError(f'The answer "{result.lines[0].text}" would be left without a question.', "Delete it first.")


def _check_kept(questionnaire: Questionnaire, before: Line, line: Line, known: rows.Known) -> None:
    """Refuse to make something else of a line that is in use."""
    if before.type != line.type:
        _check_unused(before)
        _check_unrated(questionnaire, before, known)
        _check_empty(questionnaire, before)
    if before.is_rating and not line.is_rating and _own_points(questionnaire, before):
        raise RuleError(f'"{before.text}" is a rating as long as answers have points for it.', "Delete them first.")


def _own_points(questionnaire: Questionnaire, line: Line) -> bool:
    return any(rating.line_no == line.line_no for rating in questionnaire.ratings)


def _check_unused(line: Line) -> None:
    if line.contact_count:
        raise RuleError(
            f'Contacts that have the answer "{line.text}": {line.contact_count}.', "Take their answers away first."
        )


def _check_empty(questionnaire: Questionnaire, line: Line) -> None:
    if line.is_question and questionnaire.answers_of(line):
        raise RuleError(f'"{line.text}" still has answers.', "Delete its answers first.")


def _check_unrated(questionnaire: Questionnaire, line: Line, known: rows.Known) -> None:
    place = (questionnaire.questionnaire_code, line.line_no)
    for other in known.values():
        for rating in other.ratings:
            if place == (rating.rated_questionnaire_code, rating.rated_line_no):
                raise RuleError(
                    f'The rating "{other.line(rating.line_no).text}" depends on the answer "{line.text}".',
                    "Delete its points first.",
                )
    if _own_points(questionnaire, line):
        raise RuleError(f'Answers have points for "{line.text}".', "Delete them first.")
