"""Questionnaires read from the store, and written to it."""

# Names of columns come from the fields of Line and from the schema, values are bound.
# ruff: noqa: S608

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from workbench.errors import NotFoundError, nearest
from workbench.questionnaires.records import LINE_FIELDS, Line, Questionnaire, Rating
from workbench.store import Connection

HEADER_FIELDS = ("description", "contact_type", "business_relation_code", "priority")
_HEADERS = """
    SELECT q.questionnaire_code, q.description, q.contact_type, q.business_relation_code,
        coalesce(q.priority, 'normal'), coalesce(n.contact_count, 0)
    FROM questionnaire q LEFT JOIN (
        SELECT questionnaire_code, count(DISTINCT contact_id) AS contact_count FROM profile_answer GROUP BY ALL
    ) n USING (questionnaire_code)
    ORDER BY q.questionnaire_code
"""
_LINES = f"""
    SELECT l.questionnaire_code, l.line_no, {", ".join(f"l.{name}" for name in LINE_FIELDS)},
        CASE WHEN l.type = 'answer' THEN coalesce(n.contact_count, 0) ELSE 0 END
    FROM questionnaire_line l LEFT JOIN (
        SELECT questionnaire_code, line_no, count(DISTINCT contact_id) AS contact_count
        FROM profile_answer GROUP BY ALL
    ) n USING (questionnaire_code, line_no)
    ORDER BY l.questionnaire_code, l.line_no
"""
_RATINGS = """
    SELECT questionnaire_code, line_no, rated_questionnaire_code, rated_line_no, points FROM questionnaire_rating
    ORDER BY ALL
"""
Known = Mapping[str, Questionnaire]


def all_of(con: Connection) -> Known:
    """Read all questionnaires.

    Parameters
    ----------
    con : connection
        An open unit of work.

    Returns
    -------
    mapping of str to Questionnaire
        By code, in its order.
    """
    lines: dict[str, list[Line]] = defaultdict(list)
    for code, number, *values, count in con.execute(_LINES).fetchall():
        named: dict[str, Any] = dict(zip(LINE_FIELDS, values, strict=True))
        lines[code].append(Line(int(number), **named, contact_count=count))
    ratings: dict[str, list[Rating]] = defaultdict(list)
    for code, number, rated_code, rated_no, points in con.execute(_RATINGS).fetchall():
        ratings[code].append(Rating(int(number), rated_code, int(rated_no), points))
    return {
        code: Questionnaire(
            code, text, contact_type, relation, priority, count, tuple(lines[code]), tuple(ratings[code])
        )
        for code, text, contact_type, relation, priority, count in con.execute(_HEADERS).fetchall()
    }


def found(known: Known, questionnaire_code: str) -> Questionnaire:
    """Find a questionnaire.

    Parameters
    ----------
    known : mapping of str to Questionnaire
        As from `all_of`.
    questionnaire_code : str
        Its code.

    Returns
    -------
    Questionnaire
        With its lines.

    Raises
    ------
    NotFoundError
        When none has the code; suggests the nearest.
    """
    if questionnaire_code not in known:
        raise NotFoundError(
            f'There is no questionnaire "{questionnaire_code}".',
            nearest(questionnaire_code, known) or "Make one, or load one from a file.",
        )
    return known[questionnaire_code]


def write_header(con: Connection, questionnaire: Questionnaire) -> None:
    """Write a header, whether or not it is new.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    questionnaire : Questionnaire
        Whose lines stay as they are.
    """
    code = questionnaire.questionnaire_code
    con.execute("DELETE FROM questionnaire WHERE questionnaire_code = ?", [code])
    values = [getattr(questionnaire, name) for name in HEADER_FIELDS]
    con.execute(
        f"INSERT INTO questionnaire (questionnaire_code, {', '.join(HEADER_FIELDS)}) VALUES (?, ?, ?, ?, ?)",
        [code, *values],
    )


def write_line(con: Connection, questionnaire_code: str, line: Line) -> None:
    """Write a line, whether or not it is new.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    questionnaire_code : str
        Its questionnaire.
    line : Line
        The line.
    """
    delete_lines(con, questionnaire_code, line.line_no)
    names = ", ".join(LINE_FIELDS)
    marks = ", ".join("?" for _ in LINE_FIELDS)
    con.execute(
        f"INSERT INTO questionnaire_line (questionnaire_code, line_no, {names}) VALUES (?, ?, {marks})",
        [questionnaire_code, line.line_no, *(getattr(line, name) for name in LINE_FIELDS)],
    )


def delete_lines(con: Connection, questionnaire_code: str, line_no: int | None = None) -> None:
    """Delete a line, or all lines of a questionnaire.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    questionnaire_code : str
        The questionnaire.
    line_no : int, optional
        The line; all of them where absent.
    """
    con.execute(
        "DELETE FROM questionnaire_line WHERE questionnaire_code = $1 AND ($2 IS NULL OR line_no = $2)",
        [questionnaire_code, line_no],
    )


def delete_header(con: Connection, questionnaire_code: str) -> None:
    """Delete a questionnaire with its lines and the points of its ratings.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    questionnaire_code : str
        The questionnaire.
    """
    for table in ("questionnaire_rating", "questionnaire_line", "questionnaire"):
        con.execute(f"DELETE FROM {table} WHERE questionnaire_code = ?", [questionnaire_code])


def delete_rating(con: Connection, questionnaire_code: str, rating: Rating) -> None:
    """Delete the points of an answer.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    questionnaire_code : str
        The questionnaire of the rating question.
    rating : Rating
        The points.
    """
    con.execute(
        "DELETE FROM questionnaire_rating WHERE questionnaire_code = ? AND line_no = ? "
        "AND rated_questionnaire_code = ? AND rated_line_no = ?",
        [questionnaire_code, rating.line_no, rating.rated_questionnaire_code, rating.rated_line_no],
    )


def write_rating(con: Connection, questionnaire_code: str, rating: Rating) -> None:
    """Write the points of an answer, whether or not they are new.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    questionnaire_code : str
        The questionnaire of the rating question.
    rating : Rating
        The points.
    """
    delete_rating(con, questionnaire_code, rating)
    con.execute(
        "INSERT INTO questionnaire_rating VALUES (?, ?, ?, ?, ?)",
        [questionnaire_code, rating.line_no, rating.rated_questionnaire_code, rating.rated_line_no, rating.points],
    )
