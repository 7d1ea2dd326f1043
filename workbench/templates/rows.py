"""Interaction templates in the store: found, and what they send in a language."""

# Names of columns come from the schema; values are bound.
# ruff: noqa: S608

from __future__ import annotations

from pipelines import correspondence
from pipelines.schema import INTERACTION_TEMPLATE
from workbench.errors import NotFoundError, RuleError, nearest
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.templates.results import Template

_COLUMNS = tuple(column.name for column in INTERACTION_TEMPLATE.columns)
_FOUND = f"SELECT {', '.join(_COLUMNS)} FROM interaction_template WHERE lower(interaction_template_code) = lower(?)"


def held(con: Connection, code: str) -> Template | None:
    """Read a template that may not be there.

    Parameters
    ----------
    con : connection
        An open unit of work.
    code : str
        Its code; capitals do not matter.

    Returns
    -------
    Template or None
        None where there is none.
    """
    row = first_row(con, _FOUND, [code.strip()])
    return None if row is None else Template(**dict(zip(_COLUMNS, row, strict=True)))


def found(con: Connection, code: str) -> Template:
    """Find a template.

    Parameters
    ----------
    con : connection
        An open unit of work.
    code : str
        Its code; capitals do not matter.

    Returns
    -------
    Template
        Its fields.

    Raises
    ------
    NotFoundError
        When there is none of the code; suggests the nearest.
    """
    template = held(con, code)
    if template is None:
        rows = con.execute("SELECT interaction_template_code FROM interaction_template").fetchall()
        hint = nearest(code, [one for (one,) in rows]) or "Add it first: workbench interaction template set CODE."
        raise NotFoundError(f'There is no interaction template "{code}".', hint)
    return template


def languages(con: Connection, code: str) -> set[str]:
    """List the languages a template has something in.

    Parameters
    ----------
    con : connection
        An open unit of work.
    code : str
        The template.

    Returns
    -------
    set of str
        Their codes.
    """
    query = "SELECT language_code FROM interaction_template_language WHERE interaction_template_code = ?"
    return {language for (language,) in con.execute(query, [code]).fetchall()}


def content_for(con: Connection, code: str, language_code: str | None) -> tuple[int | None, str | None]:
    """Tell what a template sends in a language.

    Parameters
    ----------
    con : connection
        An open unit of work.
    code : str
        The template.
    language_code : str or None
        The contact's language.

    Returns
    -------
    tuple
        Number of the attachment and code of the Word template, of which one at most is given: what the template has in
        the language, else in its own one; else its own Word template.

    Raises
    ------
    NotFoundError
        When there is no such template.
    """
    template = found(con, code)
    code = template.interaction_template_code
    chosen = correspondence.language(language_code, languages(con, code), template.language_code)
    row = first_row(
        con,
        "SELECT attachment_no, word_template_code FROM interaction_template_language "
        "WHERE interaction_template_code = ? AND language_code = ?",
        [code, chosen],
    )
    attachment_no, word_template_code = row or (None, None)
    if attachment_no is not None:
        return int(attachment_no), None
    return None, word_template_code or template.word_template_code


def for_document(con: Connection, document_type: str) -> Template | None:
    """Find the template that documents of a kind are recorded with.

    Parameters
    ----------
    con : connection
        An open unit of work.
    document_type : str
        The kind of document.

    Returns
    -------
    Template or None
        None where setup names none: such documents are not recorded.

    Raises
    ------
    NotFoundError
        When setup names a template that is gone.
    RuleError
        When the template sends something: a document is sent as itself (table 5122).
    """
    query = "SELECT interaction_template_code FROM interaction_template_setup WHERE document_type = ?"
    row = first_row(con, query, [document_type])
    if row is None:
        return None
    template = found(con, row[0])
    refuse_content(con, template, document_type)
    return template


def refuse_content(con: Connection, template: Template, document_type: str) -> None:
    """Refuse a template with languages or attachments for documents.

    Parameters
    ----------
    con : connection
        An open unit of work.
    template : Template
        Which one.
    document_type : str
        The kind of document it is to stand for.

    Raises
    ------
    RuleError
        When it has languages.
    """
    code = template.interaction_template_code
    has = sorted(languages(con, code))
    if has:
        raise RuleError(
            f"{code} cannot record documents of the kind {document_type}: it has languages ({', '.join(has)}), "
            "and a document is sent as itself.",
            f"Delete the languages of {code}, or choose a template without.",
        )
