"""Questionnaires as such: listed, saved, deleted."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from pipelines.profile_tables import QUESTIONNAIRE
from workbench.errors import ConfigError, ConflictError, NotFoundError, RuleError, nearest
from workbench.questionnaires import field_values, rows, texts
from workbench.questionnaires.receipts import ChangeReceipt, DeletionReceipt
from workbench.questionnaires.records import Questionnaire, QuestionnaireList
from workbench.setup.work import Work
from workbench.store import Connection

_CODE = re.compile(r"[^\x00-\x1f/\\]{1,20}")
_KNOWN_RELATIONS = """
    SELECT code FROM business_relation_type UNION SELECT business_relation_code FROM business_relation
"""


class Keeping(Work):
    """What is done with whole questionnaires."""

    def list(self) -> QuestionnaireList:
        """List the questionnaires.

        Returns
        -------
        QuestionnaireList
            By code, with their lines.
        """
        with self._database.reading() as con:
            return QuestionnaireList(tuple(rows.all_of(con).values()))

    def get(self, questionnaire_code: str) -> Questionnaire:
        """Fetch a questionnaire.

        Parameters
        ----------
        questionnaire_code : str
            Its code.

        Returns
        -------
        Questionnaire
            With its lines, and how many contacts have each answer.

        Raises
        ------
        NotFoundError
            When none has the code.
        """
        with self._database.reading() as con:
            return rows.found(rows.all_of(con), questionnaire_code)

    def save(self, questionnaire_code: str, *, dry_run: bool = False, **fields: object) -> ChangeReceipt:
        """Make a questionnaire, or change its header.

        Parameters
        ----------
        questionnaire_code : str
            Its code, 20 signs at most.
        dry_run : bool, optional
            Only tell what would happen.
        **fields : object
            description, contact_type (``companies``, ``people`` or blank for both), business_relation_code, priority
            (``normal`` unless given). Fields that are not given stay as they are.

        Returns
        -------
        ChangeReceipt
            What is different now. Answers that contacts have given take a new priority over.

        Raises
        ------
        ConfigError
            When the code cannot be used, there is no such field, or a value does not suit it.
        ConflictError
            When a questionnaire has the code in other capitals.
        NotFoundError
            When nothing has the business relation.
        """
        given = field_values.read(QUESTIONNAIRE, rows.HEADER_FIELDS, fields)
        code = _checked(questionnaire_code)
        if given.get("priority", "normal") is None:
            given["priority"] = "normal"
        with self._unit(dry_run) as con:
            known = rows.all_of(con)
            _check_capitals(code, known)
            before = known.get(code, Questionnaire(code))
            after = replace(before, **given)
            changed = {name: value for name, value in given.items() if value != getattr(before, name)}
            if changed.get("business_relation_code"):
                _check_relation(con, changed["business_relation_code"])
            updated = texts.refresh(con, after, dry_run=dry_run)
            if not dry_run:
                rows.write_header(con, after)
        return ChangeReceipt(code, None, code not in known, changed, updated, not dry_run)

    def delete(self, questionnaire_code: str, *, dry_run: bool = False) -> DeletionReceipt:
        """Delete a questionnaire with its lines and the points of its ratings.

        Parameters
        ----------
        questionnaire_code : str
            Its code.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        DeletionReceipt
            How much went.

        Raises
        ------
        NotFoundError
            When none has the code.
        RuleError
            When contacts have answered it, or ratings of another questionnaire depend on it.
        """
        with self._unit(dry_run) as con:
            known = rows.all_of(con)
            gone = rows.found(known, questionnaire_code)
            _check_unused(gone, known)
            if not dry_run:
                rows.delete_header(con, questionnaire_code)
        return DeletionReceipt(questionnaire_code, None, len(gone.lines), len(gone.ratings), not dry_run)


def _checked(questionnaire_code: str) -> str:
    code = questionnaire_code.strip()
    if not _CODE.fullmatch(code):
        raise ConfigError(
            f'"{code}" is no code for a questionnaire.', "Write at most 20 signs, without slashes, such as LEADS."
        )
    return code


def _check_capitals(code: str, known: rows.Known) -> None:
    for held in known:
        if held != code and held.casefold() == code.casefold():
            raise ConflictError(f'"{code}" and "{held}" are the same code.', f'Write "{held}".')


def _check_relation(con: Connection, code: Any) -> None:
    known = [str(one) for (one,) in con.execute(_KNOWN_RELATIONS).fetchall()]
    if code not in known:
        raise NotFoundError(
            f'There is no business relation "{code}".', nearest(code, known) or "Set up a business relation first."
        )


def _check_unused(gone: Questionnaire, known: rows.Known) -> None:
    code = gone.questionnaire_code
    if gone.contact_count:
        raise RuleError(
            f"Contacts that have answered {code}: {gone.contact_count}.",
            "Take their answers away first, or leave the questionnaire.",
        )
    for other in known.values():
        if other is not gone and any(rating.rated_questionnaire_code == code for rating in other.ratings):
            raise RuleError(
                f"Ratings of {other.questionnaire_code} depend on answers of {code}.", "Delete their points first."
            )
