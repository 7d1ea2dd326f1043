"""Answers that runs and ratings give, put into the place of those before."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from workbench.questionnaires import texts
from workbench.questionnaires.classified import Classified
from workbench.questionnaires.people import People
from workbench.questionnaires.records import Questionnaire
from workbench.store import Connection

_NEW = "classified_answer"
_DELETE = """
    DELETE FROM profile_answer WHERE questionnaire_code = $code AND line_no >= $first AND line_no < $end
        AND ($contact_id IS NULL OR contact_id = $contact_id)
"""
_INSERT = f"""
    INSERT INTO profile_answer (
        entry_no, contact_id, questionnaire_code, line_no, question, answer, questionnaire_priority, answer_priority,
        updated_on
    )
    SELECT (SELECT coalesce(max(entry_no), 0) FROM profile_answer) + row_number() OVER (), n.contact_id,
        s.questionnaire_code, s.line_no, s.question, s.answer, s.questionnaire_priority, s.answer_priority,
        n.updated_on::DATE
    FROM {_NEW} n JOIN {texts.SAID} s USING (questionnaire_code, line_no)
"""  # noqa: S608 - names of ours


def replace(con: Connection, people: People, done: Sequence[Classified], contact_id: int | None = None) -> None:
    """Write the answers that were found, in the place of those that questions had before.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    people : People
        Whom the outcomes are about.
    done : sequence of Classified
        The outcomes.
    contact_id : int, optional
        The contact they are about, whose answers alone are replaced; everybody's where absent.
    """
    for one in done:
        end = one.questionnaire.end_of(one.question)
        code, first = one.place
        con.execute(_DELETE, {"code": code, "first": first, "end": end, "contact_id": contact_id})
        if len(found := one.answers()):
            rows = found.assign(contact_id=people.ids[found["position"]], line_no=found["line_no"].astype("float64"))
            insert(con, rows.assign(questionnaire_code=code).drop(columns="position"), [one.questionnaire])


def insert(con: Connection, rows: pd.DataFrame, questionnaires: Sequence[Questionnaire]) -> None:
    """Write answers with the texts of their questionnaires.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    rows : pandas.DataFrame
        contact_id, questionnaire_code, line_no, updated_on.
    questionnaires : sequence of Questionnaire
        Those they belong to.
    """
    con.register(_NEW, rows.astype({"line_no": np.float64}))
    try:
        with texts.offered(con, questionnaires):
            con.execute(_INSERT)
    finally:
        con.unregister(_NEW)
