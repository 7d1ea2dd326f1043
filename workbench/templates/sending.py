"""What templates send in each language: a file as it is, or a Word template to be merged (table 5103)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from workbench.errors import ConfigError, NotFoundError, RuleError, nearest
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.templates import attachments, checks, rows
from workbench.templates.results import TemplateReceipt
from workbench.templates.work import TemplateWork

_FIELDS = ("description", "attachment_no", "word_template_code")
_SENT = ("attachment_no", "word_template_code")
_KEY = "WHERE interaction_template_code = ? AND language_code = ?"


@dataclass(frozen=True)
class _Row:
    """What a template sends in a language."""

    description: str | None = None
    attachment_no: int | None = None
    word_template_code: str | None = None


class Sending(TemplateWork):
    """Languages of templates, and what is sent in them."""

    def save_language(
        self, code: str, language_code: str, *, dry_run: bool = False, **fields: object
    ) -> TemplateReceipt:
        """Say what a template sends in a language.

        Parameters
        ----------
        code : str
            The template.
        language_code : str
            The language.
        dry_run : bool, optional
            Only tell what would happen.
        **fields : object
            ``description``, ``attachment_no`` or ``word_template_code``; those not named stay as they are, but an
            attachment takes the place of a Word template and the other way around.

        Returns
        -------
        TemplateReceipt
            What is different now.

        Raises
        ------
        ConfigError
            When there is no such field, or a value does not suit it.
        NotFoundError
            When there is no such template, language, file or Word template.
        RuleError
            When both are given, documents are recorded with the template, or its wizard action does not suit.
        """
        given = _checked(fields)
        with self._unit(dry_run) as con:
            if given.get("attachment_no"):
                attachments.check(con, given["attachment_no"])
            return _save(con, code, language_code, given, dry_run)

    def attach(
        self, code: str, language_code: str, file: str | Path, content: bytes | None = None, *, dry_run: bool = False
    ) -> TemplateReceipt:
        """Let a template send a file in a language.

        Parameters
        ----------
        code : str
            The template.
        language_code : str
            The language.
        file : str or pathlib.Path
            The file; only its name where `content` is given.
        content : bytes, optional
            What is in it; else the file is read.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        TemplateReceipt
            What is different now.

        Raises
        ------
        SourceError
            When the file cannot be read.
        NotFoundError
            When there is no such template or language.
        RuleError
            When the file is empty or larger than 50 MB, documents are recorded with the template, or its wizard action
            does not suit.
        """
        name, content = attachments.given(file, content)
        with self._unit(dry_run) as con:
            number, notes = attachments.kept(con, name, content, dry_run=dry_run)
            receipt = _save(con, code, language_code, {"attachment_no": number}, dry_run)
        return replace(receipt, notes=notes)

    def delete_language(self, code: str, language_code: str, *, dry_run: bool = False) -> TemplateReceipt:
        """Delete what a template sends in a language, and the file if nothing else refers to it.

        Parameters
        ----------
        code : str
            The template.
        language_code : str
            The language.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        TemplateReceipt
            What was deleted.

        Raises
        ------
        NotFoundError
            When there is no such template, or it has nothing in the language.
        """
        with self._unit(dry_run) as con:
            code = rows.found(con, code).interaction_template_code
            row = _held(con, code, language_code)
            if row is None:
                hint = nearest(language_code, rows.languages(con, code))
                raise NotFoundError(f'{code} has nothing in the language "{language_code}".', hint)
            if not dry_run:
                con.execute(f"DELETE FROM interaction_template_language {_KEY}", [code, language_code])  # noqa: S608
                attachments.drop_unused(con, [row.attachment_no or 0])
        return TemplateReceipt(f"{code} {language_code}", "deleted", is_written=not dry_run)


def _checked(fields: Mapping[str, object]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for name, value in fields.items():
        if name not in _FIELDS:
            raise ConfigError(f'A language of a template has no field "{name}".', nearest(name, _FIELDS))
        text = "" if value is None else str(value).strip()
        given[name] = attachments.number(text) if text and name == "attachment_no" else text or None
    if all(given.get(name) for name in _SENT):
        raise RuleError("A template sends an attachment or a Word template, not both.", "Name one of them.")
    return given


def _save(con: Connection, code: str, language_code: str, given: Mapping[str, Any], dry_run: bool) -> TemplateReceipt:
    template = rows.found(con, code)
    code = template.interaction_template_code
    _check(con, code, language_code, given)
    before = _held(con, code, language_code)
    replaced = dict.fromkeys(_SENT) if any(given.get(name) for name in _SENT) else {}
    row = replace(before or _Row(), **{**replaced, **given})
    if language_code == template.language_code:
        checks.check_action(template, (row.attachment_no, row.word_template_code))
    changed = {name: value for name, value in vars(row).items() if value != getattr(before or _Row(), name)}
    if not dry_run and (changed or before is None):
        _write(con, code, language_code, row)
        attachments.drop_unused(con, [(before or row).attachment_no or 0])
    change = "added" if before is None else "changed" if changed else "unchanged"
    return TemplateReceipt(f"{code} {language_code}", change, changed, is_written=not dry_run)


def _check(con: Connection, code: str, language_code: str, given: Mapping[str, Any]) -> None:
    if not language_code.strip():
        raise ConfigError("A language of a template needs a code.", "Name one, such as CS.")
    checks.check_references(con, {"language_code": language_code, **given})
    row = first_row(
        con, "SELECT document_type FROM interaction_template_setup WHERE interaction_template_code = ? LIMIT 1", [code]
    )
    if row is not None:
        raise RuleError(
            f"{code} records documents of the kind {row[0]}, so it cannot have languages.",
            "Choose another template for such documents first: they are sent as themselves.",
        )


def _held(con: Connection, code: str, language_code: str) -> _Row | None:
    query = f"SELECT {', '.join(_FIELDS)} FROM interaction_template_language {_KEY}"  # noqa: S608
    row = first_row(con, query, [code, language_code])
    return None if row is None else _Row(*row)


def _write(con: Connection, code: str, language_code: str, row: _Row) -> None:
    con.execute(f"DELETE FROM interaction_template_language {_KEY}", [code, language_code])  # noqa: S608
    con.execute(
        "INSERT INTO interaction_template_language "
        "(interaction_template_code, language_code, description, attachment_no, word_template_code) "
        "VALUES (?, ?, ?, ?, ?)",
        [code, language_code, row.description, row.attachment_no, row.word_template_code],
    )
