"""Interaction templates: listed, saved, renamed, deleted (table 5064)."""

# Names of tables and columns come from the schema and the lists below; values are bound.
# ruff: noqa: S608

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from workbench.errors import ConflictError, RuleError
from workbench.store import Connection, tables
from workbench.store.connection import first_row
from workbench.templates import attachments, checks, figures, rows
from workbench.templates.results import Listing, Template, TemplateCard, TemplateReceipt
from workbench.templates.work import TemplateWork

_OWN = ("interaction_template_language", "interaction_template_setup")
_ELSEWHERE = ("interaction", "task", "worksheet", "worksheet_line")
_LANGUAGES = """
    SELECT g.language_code, g.description, g.attachment_no, a.file_name, g.word_template_code
    FROM interaction_template_language g LEFT JOIN attachment a USING (attachment_no)
    WHERE g.interaction_template_code = ? ORDER BY g.language_code
"""
_DOCUMENTS = """
    SELECT document_type FROM interaction_template_setup WHERE interaction_template_code = ? ORDER BY document_type
"""


class Keeping(TemplateWork):
    """Templates as such."""

    def list(self, since: dt.date | None = None, until: dt.date | None = None) -> Listing:
        """List the templates with what their interactions came to.

        Parameters
        ----------
        since, until : datetime.date, optional
            First and last day, in the store's time zone, on which interactions count.

        Returns
        -------
        Listing
            By code: the fields of `Template`, languages, then interaction_count, cost_amount and duration_minutes of
            interactions that are neither canceled nor postponed.
        """
        with self._database.reading() as con:
            return Listing(figures.of_templates(con, self._moments(since, until)))

    def get(self, code: str) -> TemplateCard:
        """Fetch a template.

        Parameters
        ----------
        code : str
            Its code; capitals do not matter.

        Returns
        -------
        TemplateCard
            With its languages, and the documents that are recorded with it.

        Raises
        ------
        NotFoundError
            When there is none of the code.
        """
        with self._database.reading() as con:
            template = rows.found(con, code)
            key = [template.interaction_template_code]
            languages = tables.frame(con, _LANGUAGES, key).astype({"attachment_no": "Int64"})
            query = (
                "SELECT document_type FROM interaction_template_setup WHERE interaction_template_code = ? ORDER BY 1"
            )
            types = tuple(one for (one,) in con.execute(query, key).fetchall())
        return TemplateCard(template, languages, types)

    def save(self, code: str, *, dry_run: bool = False, **fields: object) -> TemplateReceipt:
        """Add a template, or change the one that is there.

        Parameters
        ----------
        code : str
            Its code.
        dry_run : bool, optional
            Only tell what would happen.
        **fields : object
            Fields of `Template`; those not named stay as they are.

        Returns
        -------
        TemplateReceipt
            What is different now.

        Raises
        ------
        ConfigError
            When there is no such field, or a value does not suit it.
        NotFoundError
            When there is no such group, campaign, language or Word template.
        RuleError
            When it has no group, or its wizard action does not suit what it sends.

        Notes
        -----
        The correspondence type of a new template is e-mail, as in the product. A wizard action is held to what the
        template sends in its own language, once it has something in it; a Word template never goes with import.
        """
        given = checks.checked(fields)
        with self._unit(dry_run) as con:
            before = rows.held(con, code)
            template = replace(before or Template(checks.check_code(code)), **given)
            checks.check_references(con, given)
            checks.check_whole(con, template)
            changed = _differences(before, template)
            change = "added" if before is None else "changed" if changed else "unchanged"
            if changed and not dry_run:
                _write(con, template)
        return TemplateReceipt(template.interaction_template_code, change, changed, is_written=not dry_run)

    def rename(self, code: str, new: str, *, dry_run: bool = False) -> TemplateReceipt:
        """Give a template another code, wherever it stands.

        Parameters
        ----------
        code, new : str
            The code as it is, and as it is to be.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        TemplateReceipt
            In how many other rows it was renamed: languages, document types, interactions, tasks, worksheets and their
            lines. Definitions of segments keep the old code.

        Raises
        ------
        NotFoundError
            When there is no such template.
        ConfigError
            When it cannot be a code.
        ConflictError
            When the new code is taken.
        """
        new = checks.check_code(new)
        with self._unit(dry_run) as con:
            code = rows.found(con, code).interaction_template_code
            if rows.held(con, new) is not None and new.casefold() != code.casefold():
                raise ConflictError(f'There is an interaction template "{new}" already.', "Choose another code.")
            places = (*_OWN, *_ELSEWHERE)
            elsewhere = sum(_count(con, place, code) for place in places)
            for place in ("interaction_template", *places) if not dry_run else ():
                con.execute(
                    f"UPDATE {place} SET interaction_template_code = ? WHERE interaction_template_code = ?", [new, code]
                )
        return TemplateReceipt(new, "renamed", elsewhere=elsewhere, is_written=not dry_run)

    def delete(self, code: str, *, dry_run: bool = False) -> TemplateReceipt:
        """Delete a template with its languages, and the files that nothing else refers to.

        Parameters
        ----------
        code : str
            Which one.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        TemplateReceipt
            With how many languages went; interactions keep the code.

        Raises
        ------
        NotFoundError
            When there is no such template.
        RuleError
            When documents are recorded with it, or a worksheet or open task names it.
        """
        with self._unit(dry_run) as con:
            code = rows.found(con, code).interaction_template_code
            _refuse_deletion(con, code)
            count = _count(con, "interaction_template_language", code)
            if not dry_run:
                _remove(con, code)
        return TemplateReceipt(code, "deleted", elsewhere=count, is_written=not dry_run)


def _differences(before: Template | None, after: Template) -> dict[str, Any]:
    """A new template differs in whatever it says."""
    if before is None:
        return {name: value for name, value in vars(after).items() if value not in (None, False)}
    return {name: value for name, value in vars(after).items() if value != getattr(before, name)}


def _write(con: Connection, template: Template) -> None:
    row: Mapping[str, Any] = vars(template)
    con.execute(
        "DELETE FROM interaction_template WHERE interaction_template_code = ?", [template.interaction_template_code]
    )
    con.execute(
        f"INSERT INTO interaction_template ({', '.join(row)}) VALUES ({', '.join('?' for _ in row)})",
        list(row.values()),
    )


def _count(con: Connection, table: str, code: str) -> int:
    query = f"SELECT count(*) FROM {table} WHERE interaction_template_code = ?"
    (count,) = first_row(con, query, [code]) or (0,)
    return int(count)


_STILL_NAMED = """
    SELECT 'document type ' || document_type FROM interaction_template_setup WHERE interaction_template_code = $code
    UNION ALL
    SELECT 'worksheet ' || worksheet_no FROM worksheet WHERE interaction_template_code = $code
    UNION ALL
    SELECT DISTINCT 'worksheet ' || worksheet_no FROM worksheet_line WHERE interaction_template_code = $code
    UNION ALL
    SELECT 'task ' || task_no FROM task
    WHERE interaction_template_code = $code AND NOT is_closed AND NOT is_canceled
"""


def _refuse_deletion(con: Connection, code: str) -> None:
    used = sorted({place for (place,) in con.execute(_STILL_NAMED, {"code": code}).fetchall()})
    if used:
        raise RuleError(
            f"The interaction template {code} cannot be deleted. Places that still name it: {len(used):,}, the first "
            f"of them {used[0]}.",
            "Choose another template there first.",
        )


def _remove(con: Connection, code: str) -> None:
    for table in ("interaction_template", "interaction_template_language"):
        gone = con.execute(f"DELETE FROM {table} WHERE interaction_template_code = ? RETURNING *", [code]).df()
    attachments.drop_unused(con, gone["attachment_no"].dropna().astype(int))
