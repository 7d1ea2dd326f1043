"""The texts and priorities that answers of contacts carry, kept as their questionnaires say them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pandas as pd

from workbench.questionnaires.records import Questionnaire
from workbench.store import Connection
from workbench.store.connection import first_row

SAID = "said_answer"
"""The table that `offered` lets statements join."""

_DIFFERENT = """
    a.questionnaire_code = s.questionnaire_code AND a.line_no = s.line_no AND (
        a.question IS DISTINCT FROM s.question OR a.answer IS DISTINCT FROM s.answer
        OR a.questionnaire_priority IS DISTINCT FROM s.questionnaire_priority
        OR a.answer_priority IS DISTINCT FROM s.answer_priority
    )
"""


def said(questionnaires: Iterable[Questionnaire]) -> pd.DataFrame:
    """List what answers of contacts have to say.

    Parameters
    ----------
    questionnaires : iterable of Questionnaire
        With their lines.

    Returns
    -------
    pandas.DataFrame
        One row for each answer: questionnaire_code, line_no, question, answer, questionnaire_priority,
        answer_priority.
    """
    rows = [
        (one.questionnaire_code, float(line.line_no), question.description if question else None, line.description,
         one.priority, line.priority or "normal")
        for one in questionnaires
        for line in one.lines
        if not line.is_question
        for question in [one.question_of(line)]
    ]  # fmt: skip
    names = ["questionnaire_code", "line_no", "question", "answer", "questionnaire_priority", "answer_priority"]
    texts = dict.fromkeys((name for name in names if name != "line_no"), "str")
    return pd.DataFrame(rows, columns=names).astype({**texts, "line_no": "float64"})


@contextmanager
def offered(con: Connection, questionnaires: Iterable[Questionnaire]) -> Iterator[None]:
    """Let statements join what answers have to say.

    Parameters
    ----------
    con : connection
        An open unit of work.
    questionnaires : iterable of Questionnaire
        With their lines.

    Yields
    ------
    None
        While the table is there, under the name `SAID`.
    """
    con.register(SAID, said(questionnaires))
    try:
        yield
    finally:
        con.unregister(SAID)


def refresh(con: Connection, questionnaire: Questionnaire, *, dry_run: bool = False) -> int:
    """Let the answers of contacts say what their questionnaire says now.

    Parameters
    ----------
    con : connection
        A unit of work, which writes unless it is a preview.
    questionnaire : Questionnaire
        As it is, or would be.
    dry_run : bool, optional
        Only count.

    Returns
    -------
    int
        How many answers say something else.
    """
    with offered(con, [questionnaire]):
        (count,) = first_row(con, f"SELECT count(*) FROM profile_answer a, {SAID} s WHERE {_DIFFERENT}") or (0,)  # noqa: S608
        if count and not dry_run:
            con.execute(
                f"""UPDATE profile_answer a SET question = s.question, answer = s.answer,
                questionnaire_priority = s.questionnaire_priority, answer_priority = s.answer_priority
                FROM {SAID} s WHERE {_DIFFERENT}"""  # noqa: S608
            )
    return int(count)
