"""Word templates: documents with merge fields, kept under a code."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from workbench.errors import ConfigError, NotFoundError, RuleError, nearest
from workbench.store import Connection, tables
from workbench.store.connection import first_row
from workbench.templates import attachments
from workbench.templates.results import Listing, TemplateReceipt
from workbench.templates.work import TemplateWork

_LONGEST = 20
_USES = """
    SELECT word_template_code AS code, 'interaction template ' || interaction_template_code AS place
    FROM interaction_template
    UNION ALL
    SELECT word_template_code, 'interaction template ' || interaction_template_code || ' in ' || language_code
    FROM interaction_template_language
    UNION ALL
    SELECT word_template_code, 'worksheet ' || worksheet_no FROM worksheet
    UNION ALL
    SELECT word_template_code, 'interaction ' || entry_no FROM interaction WHERE delivery_status IS NOT NULL
"""
_LISTED = f"""
    SELECT w.code, w.description, w.attachment_no, a.file_name, a.byte_count, count(u.code) AS use_count
    FROM word_template w JOIN attachment a USING (attachment_no) LEFT JOIN ({_USES}) u USING (code)
    GROUP BY ALL ORDER BY w.code
"""  # noqa: S608 - statements of ours


class WordTemplates(TemplateWork):
    """Documents that are merged."""

    def word_templates(self) -> Listing:
        """List the Word templates.

        Returns
        -------
        Listing
            By code: code, description, attachment_no, file_name, byte_count, use_count (templates, their languages,
            worksheets, and interactions still to be delivered that name it).
        """
        with self._database.reading() as con:
            return Listing(tables.frame(con, _LISTED))

    def save_word_template(
        self,
        code: str,
        file: str | Path | None = None,
        content: bytes | None = None,
        *,
        description: str | None = None,
        dry_run: bool = False,
    ) -> TemplateReceipt:
        """Add a Word template, or change the one that is there.

        Parameters
        ----------
        code : str
            Its code; capitals do not matter.
        file : str or pathlib.Path, optional
            The .docx file, only its name where `content` is given; a Word template that is there keeps its own.
        content : bytes, optional
            What is in it; else the file is read.
        description : str, optional
            What it is for; blank takes it away.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        TemplateReceipt
            What is different now.

        Raises
        ------
        ConfigError
            When it cannot be a code, or a new one has no file.
        SourceError
            When the file cannot be read.
        RuleError
            When it is no Word document, or larger than 50 MB.
        """
        read = None if file is None else attachments.given(file, content)
        if read is not None:
            _refuse_other_files(*read)
        with self._unit(dry_run) as con:
            before = _held(con, code)
            code, old_description, old_no = before or (_code(code), None, None)
            number, notes = (old_no, ()) if read is None else attachments.kept(con, *read, dry_run=dry_run)
            if number is None:
                raise ConfigError(f"The Word template {code} has no document.", "Name a .docx file.")
            wanted = old_description if description is None else description.strip() or None
            after, was = {"description": wanted, "attachment_no": number}, (old_description, old_no)
            changed = {name: new for (name, new), old in zip(after.items(), was, strict=True) if new != old}
            if changed and not dry_run:
                _write(con, code, wanted, number)
                attachments.drop_unused(con, [old_no or number])
        change = "added" if before is None else "changed" if changed else "unchanged"
        return TemplateReceipt(code, change, changed, notes=notes, is_written=not dry_run)

    def delete_word_template(self, code: str, *, dry_run: bool = False) -> TemplateReceipt:
        """Delete a Word template, and its document if nothing else refers to it.

        Parameters
        ----------
        code : str
            Which one.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        TemplateReceipt
            What was deleted.

        Raises
        ------
        NotFoundError
            When there is none of the code.
        RuleError
            When a template, worksheet or interaction to be delivered names it.
        """
        with self._unit(dry_run) as con:
            held = _held(con, code)
            if held is None:
                known = [one for (one,) in con.execute("SELECT code FROM word_template").fetchall()]
                hint = nearest(code, known) or "Add it first: workbench interaction word-template set CODE FILE."
                raise NotFoundError(f'There is no Word template "{code}".', hint)
            code, _, number = held
            _refuse_deletion(con, code)
            if not dry_run:
                con.execute("DELETE FROM word_template WHERE code = ?", [code])
                attachments.drop_unused(con, [number])
        return TemplateReceipt(code, "deleted", is_written=not dry_run)


def _code(code: str) -> str:
    code = code.strip()
    if not code:
        raise ConfigError("A Word template needs a code.", "Write one such as LETTER.")
    if len(code) > _LONGEST:
        raise ConfigError(f'The code "{code}" has {len(code)} signs.', f"Write at most {_LONGEST}.")
    return code


def _held(con: Connection, code: str) -> tuple[str, str | None, int] | None:
    query = "SELECT code, description, attachment_no FROM word_template WHERE lower(code) = lower(?)"
    return first_row(con, query, [code.strip()])


def _write(con: Connection, code: str, description: str | None, attachment_no: int) -> None:
    con.execute("DELETE FROM word_template WHERE code = ?", [code])
    con.execute(
        "INSERT INTO word_template (code, description, attachment_no) VALUES (?, ?, ?)",
        [code, description, attachment_no],
    )


def _refuse_other_files(name: str, content: bytes) -> None:
    """A Word document is an archive with its text in one place; whether its fields can be merged is told by letters."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            is_word = "word/document.xml" in archive.namelist()
    except BadZipFile:
        is_word = False
    if not is_word:
        raise RuleError(f"{name} is no Word document.", "Save it as .docx.")


def _refuse_deletion(con: Connection, code: str) -> None:
    rows = con.execute(f"SELECT place FROM ({_USES}) WHERE code = ? ORDER BY 1", [code]).fetchall()  # noqa: S608
    if rows:
        raise RuleError(
            f"The Word template {code} cannot be deleted. Places that still name it: {len(rows):,}, the first of them "
            f"{rows[0][0]}.",
            "Choose another document there first.",
        )
